"""A filled old syllabus becomes a template: its values go, its looks stay, what was not found is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner

from coursepack import old_syllabus
from coursepack.cli import cli
from coursepack.files.zipped import zip_bytes
from coursepack.model.artifact import Artifact
from coursepack.place import CoursepackError
from coursepack.writers import Context, load
from tests.papers import lines, opened, sound
from tests.samples import everything

Row = tuple[str, ...]


def table(document: Any, *rows: Row) -> None:
    made = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def kazakh(path: Path) -> Path:
    """Title page, labels beside values, headed parts, a plan by weeks."""
    document = docx.Document()
    for line in ("Әл-Фараби атындағы Қазақ ұлттық университеті", "Философия факультеті", "Саясаттану кафедрасы"):
        document.add_paragraph(line)
    document.add_paragraph("СИЛЛАБУС")
    rows = (
        *(("Пәннің коды", "ЕСКІ 2201"), ("Пәннің атауы", "ЕСКІ атау"), ("Кредит саны", "3"), ("Оқытушы", "ЕСКІ И.И.")),
        *(("E-mail", "ESKI@kaznu.kz"), ("Пререквизиттер", "ЕСКІ логика")),
    )
    table(document, *rows)
    for heading, texts in (
        ("Пәннің қысқаша сипаттамасы", ("ЕСКІ мәтін.", "ЕСКІ екінші абзац.")),
        ("Пәннің мақсаты", ("ЕСКІ мақсат.",)),
        ("Оқыту нәтижелері", ("1. ЕСКІ нәтиже", "2. ЕСКІ тағы")),
    ):
        document.add_heading(heading, 1)
        for text in texts:
            document.add_paragraph(text)
    document.add_heading("Күнтізбелік-тақырыптық жоспар", 1)
    table(document, ("Апта", "Тақырып", "Сағат"), *((str(n), f"ЕСКІ тақырып {n}", "1") for n in range(1, 16)))
    document.add_heading("Әдебиеттер", 1)
    document.add_paragraph("ЕСКІ кітап.")
    document.add_paragraph("Кафедра меңгерушісі ____________ ЕСКІ О.")
    document.add_paragraph("Дәріскер ____________")
    document.save(str(path))
    return path


def russian(path: Path) -> Path:
    """Two labels a row, a label and its text on a line, a plan with the week in the second column."""
    document = docx.Document()
    document.add_paragraph("Ошский государственный университет")
    table(
        document,
        ("Специальность", "СТАРАЯ", "Код курса", "СТАРЫЙ 3201"),
        ("Язык обучения", "русский", "Дисциплина", "СТАРАЯ"),
        ("Академический год", "2019/2020 СТАРЫЙ", "Количество кредитов", "4"),
        ("Преподаватель", "СТАРЫЙ П.П.", "Семестр", "СТАРЫЙ"),
    )
    document.add_paragraph("Цель дисциплины: СТАРАЯ цель")
    document.add_heading("Политика курса", 2)
    document.add_paragraph("СТАРАЯ политика.")
    document.add_heading("Календарно-тематический план", 2)
    table(document, ("№", "Неделя", "Название темы"), *((str(n), str(n), f"СТАРАЯ тема {n}") for n in range(1, 16)))
    document.add_paragraph("Руководитель программы ____________")
    document.save(str(path))
    return path


def english(path: Path) -> Path:
    """Labels over values, the scale of grades, labels on lines."""
    document = docx.Document()
    document.add_paragraph("Faculty of Humanities")
    document.add_paragraph("Instructor: OLD Jane Doe")
    document.add_paragraph("Academic year: OLD 2019/2020")
    table(document, ("Course code", "Course title", "Credits"), ("OLD 101", "OLD title", "3"))
    document.add_heading("Course description", 1)
    document.add_paragraph("OLD description.")
    document.add_heading("Grading", 1)
    document.add_paragraph("OLD rules.")
    table(
        document,
        ("Letter", "Points", "Per cent"),
        ("A", "4.0", "95-100"),
        ("A-", "3.67", "90-94"),
        ("B+", "3.33", "85-89"),
    )
    document.add_heading("Learning outcomes", 1)
    document.add_paragraph("OLD outcome")
    document.save(str(path))
    return path


def built(old: Path, folder: Path, language: str) -> Artifact:
    """A syllabus from the template that was made."""
    made = old_syllabus.template_of(old)
    (folder / "papers").mkdir(parents=True)
    (folder / "papers" / "syllabus.docx").write_bytes(zip_bytes(made.members))
    writer = load("syllabus")
    return writer.write(
        everything(language), Context(options=writer.options(), templates=(folder, *Context().templates))
    ).artifacts[0]


@pytest.mark.parametrize(
    ("make", "language", "value", "found"),
    [
        (
            kazakh,
            "kk",
            "ЕСКІ",
            "code title credits teacher email prerequisites plan description aim outcomes literature signatures",
        ),
        (
            russian,
            "ru",
            "СТАР",
            "programme code title year credits teacher semester plan policies university aim signatures",
        ),
        (english, "en", "OLD", "code title credits letter_scale description grading outcomes faculty teacher year"),
    ],
)
def test_values_make_room_for_fields(tmp_path: Path, make: Any, language: str, value: str, found: str) -> None:
    old = make(tmp_path / "old.docx")
    made = old_syllabus.template_of(old)
    house = ["department", "faculty", "university"] if language == "kk" else []
    assert sorted(made.found) == sorted([*found.split(), *house])
    assert not set(made.missing) & set(made.found)
    paper = built(old, tmp_path / "mine", language)
    said = lines(paper)
    assert not [line for line in said if value in line]
    assert any("SB 3208" in line for line in said)
    # What python-docx's own document lacks in its settings is not ours.
    assert not [one for one in sound(paper) if one.place is None or one.place.member != "word/settings.xml"]


def test_what_is_no_field_stays_as_it_was(tmp_path: Path) -> None:
    paper = built(kazakh(tmp_path / "old.docx"), tmp_path / "mine", "kk")
    said = lines(paper)
    assert "СИЛЛАБУС" in said
    assert "Пәннің мақсаты" in said
    data = opened(paper).tables[0]
    assert [row.cells[0].text for row in data.rows][:3] == ["Пәннің коды", "Пәннің атауы", "Кредит саны"]
    assert [row.cells[1].text for row in data.rows][:3] == ["SB 3208", "Үлгі курс: «билік» & <заң>", "5"]
    assert said[-2].split("\t")[0] == "Кафедра меңгерушісі"


@pytest.mark.parametrize("text", ["{{ title }}", "{% if x %}", "x {# y"])
def test_a_document_with_tags_is_refused(tmp_path: Path, text: str) -> None:
    old = kazakh(tmp_path / "old.docx")
    document = docx.Document(str(old))
    document.add_paragraph(text)
    document.save(str(old))
    with pytest.raises(CoursepackError, match="holds a template's tag already"):
        old_syllabus.template_of(old)


def test_a_letter_is_no_syllabus(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Құрметті әріптестер!")
    document.save(str(tmp_path / "letter.docx"))
    with pytest.raises(CoursepackError, match="no field of a syllabus was found in it"):
        old_syllabus.template_of(tmp_path / "letter.docx")


def test_the_command_names_what_it_found_and_what_not(tmp_path: Path) -> None:
    old = kazakh(tmp_path / "old.docx")
    done = CliRunner().invoke(cli, ["templates", "from", str(old), str(tmp_path / "mine")])
    assert done.exit_code == 0, done.output
    assert "code: table 1, row 1\n" in done.output
    assert "not found: programme, cycle" in done.output
    assert (tmp_path / "mine" / "papers" / "syllabus.docx").is_file()
    again = CliRunner().invoke(cli, ["templates", "from", str(old), str(tmp_path / "mine")])
    assert isinstance(again.exception, CoursepackError)


def test_lists_contents_and_rules_of_real_papers(tmp_path: Path) -> None:
    """A table of tasks with a head has no labels; a head in the contents is not the head; rules have heads of their
    own; what stands between a plan and the next part stays."""
    old, document = tmp_path / "old.docx", docx.Document()
    for line in ("Цель дисциплины", "Политика курса (может изменяться):", "Литература"):
        document.add_paragraph(line)
    table(document, ("Дисциплина", "СТАРАЯ", "Код курса", "СТАРЫЙ 3201"))
    document.add_heading("Цель дисциплины", 1)
    document.add_paragraph("СТАРАЯ цель.")
    document.add_heading("Технологическая карта", 1)
    document.add_paragraph("Карта остаётся.")
    table(document, ("Модуль", "Ауд. часы"), ("1", "36"))
    document.add_heading("Календарно-тематический план", 1)
    table(document, ("Неделя", "Тема"), *((str(n), f"СТАРАЯ тема {n}") for n in range(1, 9)))
    document.add_paragraph("План организации СРС")
    tasks = [(str(n), f"СТАРАЯ {n}", "Литература", "телефон", "2", "реферат") for n in range(1, 6)]
    table(document, ("№", "Тема", "Задание для СРС", "Литература", "Часы", "Форма"), *tasks)
    table(
        document,
        ("№", "Тема консультации", "Форма", "Часы"),
        *((str(n), "вопросы", "беседа", "1") for n in range(1, 6)),
    )
    document.add_heading("Политика курса (может изменяться):", 1)
    document.add_paragraph("СТАРОЕ правило.")
    document.add_heading("Академическая честность", 1)
    document.add_paragraph("СТАРОЕ о плагиате.")
    document.add_heading("Литература", 1)
    document.add_paragraph("Press 2011 Cambridge University. СТАРАЯ книга")
    document.save(str(old))
    made = old_syllabus.template_of(old)
    assert set(made.found) == {
        "title",
        "code",
        "aim",
        "plan",
        "independent_work",
        "policies",
        "literature",
    }
    assert [words.split(" ", 2)[2] for words in made.left] == [
        "«Модуль | Ауд. часы | 1»",
        "«№ | Тема консультации | Форма»",
    ]
    target = tmp_path / "mine" / "papers" / "syllabus.docx"
    target.parent.mkdir(parents=True)
    target.write_bytes(zip_bytes(made.members))
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(target)).paragraphs)
    assert "СТАР" not in text
    assert text.count("Цель дисциплины") == 2
    assert "Карта остаётся." in text
    assert "План организации СРС" in text


def test_a_heading_over_the_data_takes_none_of_them(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Пән туралы мәліметтер", 1)
    table(document, ("Пәннің атауы", "ЕСКІ атау"), ("Кредит саны", "3"), ("Оқытушы", "ЕСКІ И.И."))
    document.add_heading("Пәннің қысқаша сипаттамасы", 1)
    document.add_paragraph("ЕСКІ мәтін.")
    document.save(str(tmp_path / "old.docx"))
    found = old_syllabus.template_of(tmp_path / "old.docx").found
    assert found == {
        "title": "table 1, row 1",
        "credits": "table 1, row 2",
        "teacher": "table 1, row 3",
        "description": "paragraph «Пәннің қысқаша сипаттамасы»",
    }


def traps(path: Path) -> Path:
    """What looks like a field and is none, in the forms of real papers."""
    document = docx.Document()
    document.add_heading("MIS 538", 1)
    document.add_paragraph("Instructor: OLD Person")
    document.add_paragraph("Module 1: Building models of the university")
    document.add_paragraph("an invitation via email, register with your faculty email)")
    document.add_paragraph("The mission of the university is to prepare people for lives of service.")
    for line in ("Modules: check weekly details", "Discussions: contribute", "Quizzes: weekly", "Grades: check them"):
        document.add_paragraph(line)
    document.add_paragraph("Announcements: look here")
    table(
        document,
        *(("Mid Term", "100"), ("Programming", "No"), ("E-mail", "by the office")),
    )
    document.add_heading("Course Objective", 2)
    document.add_paragraph("OLD aim")
    document.add_heading("What will you learn?", 2)
    table(document, ("Week", "Topic", "Text"), *((str(n), f"OLD topic {n}", "p. 1") for n in range(1, 16)))
    document.add_heading("Learning Outcomes", 2)
    document.add_paragraph("OLD outcome")
    table(document, ("Meetings", "Day"), ("1", "kept row"))
    document.add_paragraph().add_run("Objectives:").bold = True
    document.add_paragraph("OLD objective")
    honor = document.add_paragraph()
    honor.add_run("Honor Code:").bold = True
    honor.add_run(" kept, the work is your own.")
    document.add_heading("Project guideline", 2)
    document.add_heading("Description:", 3)
    document.add_paragraph("kept, of the project")
    document.add_paragraph("Haines, N. (2018). The Outcome-Representation Model: kept in a journal.")
    document.add_paragraph("Prerequisites: OLD logic")
    document.add_paragraph("1. OLD calculus")
    document.add_paragraph("The end of it.")
    document.save(str(path))
    return path


def test_what_only_looks_like_a_field_is_left(tmp_path: Path) -> None:
    """A wrong field is worse than one that is not found."""
    made = old_syllabus.template_of(traps(tmp_path / "old.docx"))
    assert made.found == {
        "plan": "table 2",
        "aim": "paragraph «Course Objective»",
        "outcomes": "paragraph «Learning Outcomes»",
        "objectives": "paragraph «Objectives:»",
        "teacher": "paragraph «Instructor: OLD Person»",
        "prerequisites": "paragraph «Prerequisites: OLD logic»",
    }
    text = "\n".join(lines(Artifact(name="x.docx", format="docx", members=made.members, layers=())))
    assert "OLD" not in text
    for kept in ("Modules: check weekly details", "Grades: check them", "100", "No", "by the office"):
        assert kept in text
    for kept in ("kept row", "Honor Code: kept", "kept, of the project", "kept in a journal", "lives of service"):
        assert kept in text
    # Each field that is told stands in the template.
    assert all(f"{{{{ {name} }}}}" in text for name in made.found)


def template(
    path: Path, *parts: tuple[str, ...], labels: tuple[str, ...] = (), rows: tuple[Row, ...] = ()
) -> tuple[Any, str]:
    """What was found in a paper of headed ``parts`` below an aim and outcomes, and the text of the template."""
    document = docx.Document()
    for line in labels:
        document.add_paragraph(line)
    if rows:
        table(document, *rows)
    for heading, *texts in (("Course aim", "OLD aim"), ("Learning outcomes", "OLD outcome"), *parts):
        document.add_heading(heading, 1)
        for text in texts:
            document.add_paragraph(text)
    document.save(str(path))
    made = old_syllabus.template_of(path)
    return made.found, "\n".join(lines(Artifact(name="x.docx", format="docx", members=made.members, layers=())))


@pytest.mark.parametrize("rule", ["Late Policy", "Attendance policy", "Академическая честность", "Академиялық адалдық"])
def test_one_rule_is_not_all_of_them(tmp_path: Path, rule: str) -> None:
    found, text = template(tmp_path / "old.docx", (rule, "kept, a mark a day"), ("Literature", "OLD book"))
    assert "policies" not in found
    assert f"{rule}\nkept, a mark a day" in text


def test_rules_without_a_heading_over_them_are_one_part(tmp_path: Path) -> None:
    """Their names come with the part."""
    rules = (("Late Policy", "OLD"), ("Attendance policy", "OLD"), ("Academic honesty", "OLD"))
    found, text = template(tmp_path / "old.docx", *rules, ("Literature", "OLD book"))
    assert found["policies"] == "paragraph «Late Policy»"
    assert "{{ policies }}" in text
    assert not [word for word in ("OLD", "Late", "Attendance", "honesty") if word in text]


@pytest.mark.parametrize("heading", ["Course policies", "Academic policy", "Политика курса", "Курс саясаты"])
def test_a_heading_over_all_rules_stays_over_them(tmp_path: Path, heading: str) -> None:
    found, text = template(tmp_path / "old.docx", (heading, "OLD"), ("Late Policy", "OLD"), ("Literature", "OLD book"))
    assert found["policies"] == f"paragraph «{heading}»"
    assert f"{heading}\n{{{{ policies }}}}" in text
    assert "OLD" not in text


@pytest.mark.parametrize("heading", ["Welcome!", "Welcome", "Welcome to the course", "Overview!"])
def test_a_greeting_describes_no_course(tmp_path: Path, heading: str) -> None:
    found, text = template(tmp_path / "old.docx", (heading, "kept, dear students"))
    assert "description" not in found
    assert f"{heading}\nkept, dear students" in text


ROOMS = [
    (("E-mail: old@kaznu.kz", "Room: 305"), True),
    (("Office: 305",), True),
    (("Кабинет: 305",), True),
    (("Телефон: 377 33 33", "Аудитория: 305"), True),
    (("Instructor: OLD Person", "Class location: 305"), False),
    (("E-mail: old@kaznu.kz", "Classroom: 305"), False),
    (("Semester: 3", "Location: 305"), False),
    (("Телефон: 377 33 33", "Место проведения занятий: 305"), False),
]


@pytest.mark.parametrize(("labels", "of_teacher"), ROOMS)
@pytest.mark.parametrize("as_table", [False, True])
def test_a_room_for_classes_is_not_the_teachers(
    tmp_path: Path, labels: tuple[str, ...], of_teacher: bool, as_table: bool
) -> None:
    rows = tuple((name, value) for name, _, value in (line.partition(": ") for line in labels)) if as_table else ()
    found, text = template(tmp_path / "old.docx", labels=() if as_table else labels, rows=rows)
    assert ("room" in found) is of_teacher
    assert ("305" in text) is not of_teacher


def test_an_academic_course_is_no_academy(tmp_path: Path) -> None:
    found, text = template(tmp_path / "old.docx", labels=("Академиялық жазылым", "Каспий академиясы"))
    assert found["university"] == "paragraph «Каспий академиясы»"
    assert "Академиялық жазылым" in text


def test_a_form_of_labels_and_values_that_names_hours_by_week_is_no_plan(tmp_path: Path) -> None:
    """It was put out for the plan, with everything that it said."""
    rows = (
        ("Апта бойынша сағат саны", "дәріс", "практика"),
        ("Пәннің атауы", "Топырақтану", ""),
        ("Пәннің коды", "TOP 2201", ""),
        ("Оқытушы", "Ә. Серікова", ""),
        ("Бөлме", "екінші корпус", ""),
        ("Байланыс", "kafedra@example.kz", ""),
        ("Тіл", "қазақ тілі", ""),
    )
    weeks = (("Апта", "Тақырып", "Сағат"), *((str(n), f"OLD тақырып {n}", "2") for n in range(1, 8)))
    document = docx.Document()
    table(document, *rows)
    document.add_paragraph("Курс жоспары")
    table(document, *weeks)
    document.save(str(tmp_path / "old.docx"))
    made = old_syllabus.template_of(tmp_path / "old.docx")
    text = "\n".join(lines(Artifact(name="x.docx", format="docx", members=made.members, layers=())))
    assert made.found["plan"] == "table 2"
    assert "Апта бойынша сағат саны" in text
    assert "OLD" not in text
