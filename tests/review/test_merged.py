"""A printed syllabus, filled by hand, goes back into course.toml: what is new, what differs, what has no place."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from docx.oxml import OxmlElement

from coursepack import build, discovery, writers
from coursepack.cli import cli
from coursepack.languages import known
from coursepack.languages.messages import of as messages
from coursepack.place import CoursepackError
from coursepack.project import course_toml as project
from coursepack.publish import artifact_chunks
from coursepack.review import merged
from coursepack.review.filled_values import iso_of
from coursepack.writers.papers.words import PaperWords
from tests.shared import small

HEAD = "# Кафедраның курсы\n"


def course(tmp_path: Path, more: str = "", language: str = "kk") -> Path:
    folder = small(tmp_path)
    toml = folder / "course.toml"
    text = HEAD + toml.read_text("utf-8").replace('language = "kk"', f'language = "{language}" # тілі') + more
    toml.write_text(text, "utf-8")
    return folder


def printed(folder: Path) -> Path:
    (loaded,) = discovery.find_projects([folder])
    writer = writers.load("syllabus")
    context = build.context(loaded, writer, build.understand(loaded).assets, build.Settings())
    made = writer.write(build.understand(loaded).course, context).artifacts[0]
    path = folder.parent / "old.docx"
    path.write_bytes(b"".join(artifact_chunks(made)))
    return path


def fill(path: Path, act: Callable[[Any], None]) -> Path:
    document = docx.Document(str(path))
    act(document)
    document.save(str(path))
    return path


def cell(document: Any, label: str) -> Any:
    """The cell behind a name."""
    return next(row.cells[-1] for table in document.tables for row in table.rows if row.cells[0].text == label)


def below(document: Any, heading: str) -> Any:
    paragraphs = document.paragraphs
    return paragraphs[next(n for n, p in enumerate(paragraphs) if p.text == heading) + 1]


def by_hand(language: str) -> Callable[[Any], None]:
    say = PaperWords(language)

    def act(document: Any) -> None:
        cell(document, say("Course code")).text = "SB 3208"
        cell(document, say("Credits")).text = "5"
        cell(document, say("Cycle")).text = "БП / ТК"
        cell(document, say("Teacher")).text = "Ахметова А.Б., PhD, доцент"
        cell(document, say("Office hours")).text = "дс 15:00"
        below(document, say("Course aim")).text = "Билікті түсіндіру."
        below(document, say("Learning outcomes")).text = "ОН1. Біледі"
        below(document, say("Prerequisites")).text = "Философия; Құқық."
        below(document, say("Basic literature")).text = "1. Вебер М. Саясат."
        below(document, say("Course policy")).text = "Кешікпеу."
        hours = next(t for t in document.tables if t.rows[0].cells[0].text == say("Lectures"))
        hours.rows[1].cells[0].text = "15"
        date = say.date("2026-08-28")
        line = next(
            p for p in document.paragraphs if p.text.startswith(say("Considered at a meeting of the department"))
        )
        line.text = f"{say('Considered at a meeting of the department')}. {say('Minutes No.')} 3, {date}"
        document.paragraphs[0].text = f"{say('University')}: Үлгі университеті"
        document.paragraphs[1].text = "Философия факультеті"

    return act


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_was_filled_goes_to_its_key(tmp_path: Path, language: str) -> None:
    folder = course(tmp_path, language=language)
    done = merged.merge(fill(printed(folder), by_hand(language)), folder)
    about = tomllib.loads(done.text)["about"]
    assert about == {
        "code": "SB 3208",
        "credits": 5,
        "cycle": "БП",
        "component": "ТК",
        "teachers": [{"name": "Ахметова А.Б.", "degree": "PhD", "post": "доцент", "office_hours": "дс 15:00"}],
        "hours": {"lecture": 15},
        "university": "Үлгі университеті",
        "faculty": "Философия факультеті",
        "aim": "Билікті түсіндіру.",
        "outcomes": ["ОН1. Біледі"],
        "prerequisites": ["Философия", "Құқық"],
        "policies": [{"title": PaperWords(language)("Course policy"), "text": "Кешікпеу."}],
        "literature": {"basic": ["Вебер М. Саясат."]},
        "approval": {"department_minutes": "3", "department_date": "2026-08-28"},
    }
    # Comments and order stay, and what comes out is a course.toml.
    assert done.text.startswith(done.before.rstrip())
    assert done.findings == []
    done.file.write_text(done.text, "utf-8")
    (again,) = discovery.find_projects([folder])
    assert again.declared.code == "SB 3208"


@pytest.mark.parametrize("layout", ["paragraphs", "grid"])
def test_a_paper_that_nobody_filled_changes_nothing(tmp_path: Path, layout: str) -> None:
    folder = course(tmp_path, f'\n[papers]\nsyllabus = "{layout}"\n')
    done = merged.merge(printed(folder), folder)
    assert (done.placed, done.findings, done.text) == ([], [], done.before)


def test_the_grid_is_read_by_the_same_names(tmp_path: Path) -> None:
    folder = course(tmp_path, '\n[papers]\nsyllabus = "grid"\n')

    def act(document: Any) -> None:
        rows = document.tables[0].rows
        place = next(n for n, row in enumerate(rows) if row.cells[0].text == "Пәннің коды")
        rows[place + 1].cells[0].text = "SB 3208"
        aim = next(n for n, row in enumerate(rows) if row.cells[0].text == "Пәннің мақсаты")
        rows[aim + 1].cells[0].text = "Билікті түсіндіру."

    about = tomllib.loads(merged.merge(fill(printed(folder), act), folder).text)["about"]
    assert about == {"code": "SB 3208", "aim": "Билікті түсіндіру."}


def test_a_value_that_differs_is_told_and_taken_only_when_asked(tmp_path: Path) -> None:
    folder = course(tmp_path, '\n[about]\ncode = "OLD 1" # ескі\n')

    def act(document: Any) -> None:
        cell(document, "Пәннің коды").text = "NEW 2"

    paper = fill(printed(folder), act)
    done = merged.merge(paper, folder)
    assert done.text == done.before
    (finding,) = done.findings
    assert finding.code == "merge-differs"
    assert finding.message == "table 1, row 2: about.code is «NEW 2» in the paper and «OLD 1» in the course"
    asked = merged.merge(paper, folder, replace=True)
    assert 'code = "NEW 2" # ескі' in asked.text
    assert asked.findings == []


def test_what_has_no_place_is_named_with_it(tmp_path: Path) -> None:
    folder = course(tmp_path)

    def act(document: Any) -> None:
        plan = next(t for t in document.tables if t.rows[0].cells[0].text == "Апта")
        plan.rows[1].cells[2].text = "2"
        below(document, "Пән туралы мәліметтер").insert_paragraph_before("Аудитория 305, екінші корпус")

    told = [finding.message for finding in merged.merge(fill(printed(folder), act), folder).findings]
    assert len(told) == 2
    assert any("«Аудитория 305, екінші корпус» has no place in course.toml" in message for message in told)
    assert any(message.startswith("table 3, row 2: «1 | 1-дәріс. Билік | 2 |»") for message in told)


def test_the_command_says_what_it_does_and_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    folder = course(tmp_path)
    paper = fill(printed(folder), by_hand("kk"))
    before = (folder / "course.toml").read_bytes()
    dry = CliRunner().invoke(cli, ["merge", str(paper), str(folder), "--dry-run"])
    assert dry.exit_code == 0
    assert "about.code = «SB 3208»" in dry.output
    assert (folder / "course.toml").read_bytes() == before
    assert CliRunner().invoke(cli, ["merge", str(paper), str(folder)]).exit_code == 0
    assert b'code = "SB 3208"' in (folder / "course.toml").read_bytes()
    again = merged.merge(paper, folder)
    assert again.text == again.before


def test_other_documents_are_refused(tmp_path: Path) -> None:
    folder = course(tmp_path)
    other = tmp_path / "letter.docx"
    docx.Document().save(str(other))
    with pytest.raises(CoursepackError, match="not a syllabus made by coursepack"):
        merged.merge(other, folder)
    other.write_bytes(b"text")
    with pytest.raises(CoursepackError, match="not a Word document"):
        merged.merge(other, folder)
    with pytest.raises(CoursepackError, match=r"there is no course\.toml"):
        merged.merge(other, tmp_path)


@pytest.mark.parametrize("language", sorted(known()))
def test_days_in_words_are_read_back(language: str) -> None:
    say = PaperWords(language)
    assert [iso_of(say.date(f"2026-{month:02d}-28"), say) for month in range(1, 13)] == [
        f"2026-{month:02d}-28" for month in range(1, 13)
    ]
    assert iso_of("28.08.2026 ж.", say) == "2026-08-28"
    assert iso_of("20___ жылғы «___» ____", say) is None
    assert iso_of("31.02.2026", say) is None


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_blank_of_a_known_teacher_that_was_filled_is_an_addition(
    tmp_path: Path, language: str, *, declared: bool
) -> None:
    say = PaperWords(language)
    teacher = '\n[[about.teachers]]\nname = "Ахметова А.Б."\n'
    folder = course(tmp_path, teacher if declared else "", language=language)
    if not declared:
        source = docx.Document()
        source.add_paragraph("Силлабус")
        table = source.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = say("Teacher"), "Ахметова А.Б."
        source.save(str(folder / "syllabus.docx"))
        toml = folder / "course.toml"
        toml.write_text(toml.read_text("utf-8") + '\n[[source]]\nfile = "syllabus.docx"\nrole = "syllabus"\n', "utf-8")

    def act(document: Any) -> None:
        assert cell(document, say("Teacher")).text == "Ахметова А.Б."
        cell(document, say("Office hours")).text = "дс 15:00"

    done = merged.merge(fill(printed(folder), act), folder)
    assert tomllib.loads(done.text)["about"]["teachers"] == [{"name": "Ахметова А.Б.", "office_hours": "дс 15:00"}]
    assert done.findings == []


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ru", "абзац 10: для «Программа: 6B05207 – География» нет места в course.toml"),
        ("kk", "10-абзац: «Программа: 6B05207 – География» – course.toml файлында бұған орын жоқ"),
    ],
)
def test_a_line_with_a_colon_is_told_whole_and_its_place_in_words(language: str, told: str) -> None:
    say = messages(language)
    assert say("paragraph 10: «Программа: 6B05207 – География» has no place in course.toml") == told
    differs = say("table 1, row 2: about.code is «A: 1» in the paper and «B: 2» in the course")
    assert "table" not in differs
    assert "«A: 1»" in differs


# --- two languages ------------------------------------------------------------------------------------------------

TWO = '\n[about.ru]\nuniversity = "Университет"\n\n[papers]\nsecond_language = "ru"\n'


def both(tmp_path: Path) -> Path:
    folder = course(tmp_path, TWO)
    toml = folder / "course.toml"
    text = toml.read_text("utf-8").replace("# тілі\n", '\nlanguages = ["ru"]\ntitles = { ru = "Власть" }\n', 1)
    toml.write_text(text, "utf-8")
    return folder


def printed_in(folder: Path, language: str, number: int) -> Path:
    (loaded,) = discovery.find_projects([folder])
    courses = {code: build.understand(project.edition(loaded, code)) for code in ("kk", "ru")}
    other = courses["ru" if language == "kk" else "kk"].course
    own, writer = project.edition(loaded, language), writers.load("syllabus")
    context = build.context(own, writer, courses[language].assets, build.Settings(), (other,))
    path = folder.parent / "old.docx"
    path.write_bytes(b"".join(artifact_chunks(writer.write(courses[language].course, context).artifacts[number])))
    return path


def under(document: Any, name: str) -> Any:
    """The cell below a name, on its side."""
    for table in document.tables:
        for place, row in enumerate(table.rows[:-1]):
            for side, found in enumerate(row.cells):
                if found.text == name:
                    return table.rows[place + 1].cells[side]
    raise AssertionError(name)


def right_of(document: Any, name: str) -> Any:
    for table in document.tables:
        for row in table.rows:
            for side, found in enumerate(row.cells):
                if found.text == name:
                    return row.cells[side + 1]
    raise AssertionError(name)


def by_hand_in_two(document: Any) -> None:
    right_of(document, "Пәннің коды").text = "SB 3208"
    right_of(document, "Код дисциплины").text = "SB 3208"
    right_of(document, "Кредит саны").text = "5"
    right_of(document, "Семестр").text = "күзгі"
    under(document, "Пәннің мақсаты").text = "Билікті түсіндіру."
    under(document, "Цель дисциплины").text = "Объяснить власть."
    under(document, "Литература и ресурсы").paragraphs[1].text = "1. Вебер М. Политика."


def test_a_bilingual_paper_fills_both_editions(tmp_path: Path) -> None:
    folder = both(tmp_path)
    path = fill(printed_in(folder, "kk", 1), by_hand_in_two)
    done = merged.merge(path, folder)
    assert [finding.message for finding in done.findings] == []
    data = tomllib.loads(done.text)
    assert data["about"]["code"] == "SB 3208"
    assert data["about"]["credits"] == 5
    assert data["about"]["semester"] == "күзгі"
    assert data["about"]["aim"] == "Билікті түсіндіру."
    assert data["about"]["ru"] == {
        "university": "Университет",
        "aim": "Объяснить власть.",
        "literature": {"basic": ["Вебер М. Политика."]},
    }
    assert len(done.placed) == 6


def test_the_paper_of_another_edition_is_read_beside_its_own(tmp_path: Path) -> None:
    folder = both(tmp_path)

    def act(document: Any) -> None:
        cell(document, "Количество кредитов").text = "5"
        below(document, "Цель дисциплины").text = "Объяснить власть."

    done = merged.merge(fill(printed_in(folder, "ru", 0), act), folder)
    assert done.findings == []
    data = tomllib.loads(done.text)
    assert data["about"] == {"credits": 5, "ru": {"university": "Университет", "aim": "Объяснить власть."}}


def test_a_second_language_without_an_edition_is_told(tmp_path: Path) -> None:
    folder = course(tmp_path, '\n[papers]\nsecond_language = "ru"\n')
    path = folder.parent / "old.docx"
    (loaded,) = discovery.find_projects([folder])
    writer, understood = writers.load("syllabus"), build.understand(loaded)
    made = writer.write(understood.course, build.context(loaded, writer, understood.assets, build.Settings()))
    path.write_bytes(b"".join(artifact_chunks(made.artifacts[1])))
    done = merged.merge(fill(path, by_hand_in_two), folder)
    assert [(finding.code, finding.message) for finding in done.findings] == [
        ("merge-no-edition", "2 values are in 'ru', and the course has no edition in it: they were not placed")
    ]
    assert tomllib.loads(done.text)["about"]["aim"] == "Билікті түсіндіру."


def controlled(element: Any) -> Any:
    """A content control of Word around an element."""
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(OxmlElement("w:sdtPr"))
    control.append(content)
    element.addprevious(control)
    content.append(element)
    return control


def split(paragraph: Any, text: str) -> None:
    """A text in several runs, the first of them put in while changes are tracked."""
    for run in list(paragraph.runs):
        run._r.getparent().remove(run._r)
    for place in range(0, len(text), 3):
        paragraph.add_run(text[place : place + 3])
    put_in = OxmlElement("w:ins")
    first = paragraph.runs[0]._r
    first.addprevious(put_in)
    put_in.append(first)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_word_puts_around_a_text_hides_nothing(tmp_path: Path, language: str) -> None:
    """Content controls around cells, rows, paragraphs and runs, split runs, tracked changes."""
    say = PaperWords(language)

    def act(document: Any) -> None:
        for label, text in (("Course code", "SB 3208"), ("Credits", "5"), ("Teacher", "Ахметова А.Б., PhD")):
            split(cell(document, say(label)).paragraphs[0], text)
        for heading, text in (("Course aim", "Мақсат."), ("Basic literature", "Вебер М. Саясат.")):
            split(below(document, say(heading)), text)
        controlled(cell(document, say("Course code"))._tc)
        controlled(cell(document, say("Credits")).paragraphs[0]._p)
        controlled(cell(document, say("Teacher"))._tc.getparent())
        controlled(below(document, say("Course aim"))._p)
        controlled(document.add_paragraph("Ескерту: кітап кафедрада.")._p)

    folder = course(tmp_path, language=language)
    done = merged.merge(fill(printed(folder), act), folder)
    assert tomllib.loads(done.text)["about"] == {
        "code": "SB 3208",
        "credits": 5,
        "teachers": [{"name": "Ахметова А.Б.", "post": "PhD"}],
        "aim": "Мақсат.",
        "literature": {"basic": ["Вебер М. Саясат."]},
    }
    # What stands behind the lines to sign is of no part.
    assert [(f.code, "Ескерту" in f.message) for f in done.findings] == [("merge-not-placed", True)]
    assert f"below «{say('Course aim')}», paragraph 1" in {change.place for change in done.placed}
