"""What a document brings itself is printed once; names say what they are; nothing stands where it does not belong."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from coursepack.model.blocks import Blocks, Cell, Row, Table
from coursepack.model.course import About, Assignment, Course, GradeWeight, Grading, Section, Session, Week
from coursepack.model.questions import Essay
from coursepack.pages.block_builders import text
from tests.papers import cells, document, headings, lines, opened, sound, table_with, write
from tests.printed import printed
from tests.printed import text as seen
from tests.samples import b, everything

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def table(*rows: str) -> Table:
    made = tuple(Row(cells=tuple(Cell(blocks=(text(cell.strip()),)) for cell in row.split("|"))) for row in rows)
    return Table(rows=made, header_rows=1)


WEIGHTS = (GradeWeight(name="Рубежный контроль", percent=60), GradeWeight(name="Экзамен", percent=40))
SHARES = table("Виды работ | Доля, %", "Рубежный контроль | 60 %", "Экзамен | 40")
SCALE = table("Оценка | Баллы", "A | 4,0", "А- | 3,67", "В+ | 3,33", "B | 3,0", "C | 2,0", "F | 0")


def course(**about: Any) -> Course:
    week = Week(id="w01", number=1, sessions=(Session(id="w01-lecture", kind="lecture", number=1, title="Тема"),))
    return Course(id="kurs", title="Курс", language="ru", about=About(**about), weeks=(week,))


@pytest.mark.parametrize("layout", ["paragraphs", "grid"])
@pytest.mark.parametrize(
    ("blocks", "policies", "shares", "scales"),
    [
        ((), (), 1, 1),
        ((SHARES,), (), 1, 1),
        ((SHARES, SCALE), (), 1, 1),
        ((), (Section(id="policy-1", title="Оценки", blocks=(SCALE,)),), 1, 1),
        # Other shares of the document's are no repetition.
        ((table("Виды работ | Доля", "Рубежный контроль | 70", "Экзамен | 30"),), (), 2, 1),
    ],
    ids=["none", "shares", "both", "among policies", "others"],
)
def test_what_the_document_brings_is_printed_once(
    layout: str, blocks: Blocks, policies: tuple[Section, ...], shares: int, scales: int
) -> None:
    grading = Grading(weights=WEIGHTS, blocks=blocks)
    (made, *_) = write("syllabus", course(grading=grading, policies=policies), syllabus=layout).artifacts
    said = lines(made)
    assert said.count("Рубежный контроль") == shares
    assert sum(line in {"C", "С"} for line in said) == scales
    own = any(block is SCALE for block in (*blocks, *(b for p in policies for b in p.blocks)))
    assert said.count("Шкала оценок") == (layout == "paragraphs" and not own)
    assert not sound(made)


def test_a_scale_that_is_left_out_leaves_no_heading() -> None:
    (made, *_) = write("syllabus", course(), letter_scale=False).artifacts
    assert "Шкала оценок" not in lines(made)


def test_the_course_policy_is_named_once() -> None:
    own = Section(id="policy-1", title="Политика курса", blocks=b("Без опозданий."))
    (made, *_) = write("syllabus", course(policies=(own,))).artifacts
    assert lines(made).count("Политика курса") == 1


def test_faculty_and_department_say_what_they_are() -> None:
    (made, *_) = write("course-set", course(faculty="Экономика", department="Кафедра истории")).artifacts
    assert lines(made)[:3] == [lines(made)[0], "Факультет: Экономика", "Кафедра истории"]


def test_a_part_of_one_title_has_no_contents() -> None:
    sessions = tuple(
        Session(id=f"l{n}", kind="lecture", number=n, title=f"Тема {n}", review=(Essay(id=f"r{n}", text=b("Что?")),))
        for n in (1, 2)
    )
    two = msgspec.structs.replace(course(), weeks=(Week(id="w01", number=1, sessions=sessions),))
    lectures, review = write("course-set", two, course_set="parts").artifacts
    assert "Содержание" in lines(lectures)
    assert "Содержание" not in lines(review)
    assert headings(review, 1) == ["Контрольные вопросы"]
    assert "Содержание" in seen(printed(lectures).data)


RUBRIC = table("Критерий | 5 баллов | 2 балла", "Содержание | полно | частично", "Язык | чисто | с ошибками")


def test_criteria_of_a_document_stand_under_their_task_and_not_in_the_plan() -> None:
    task = Assignment(
        id="w01-independent",
        kind="independent",
        label="СРС 1",
        blocks=(text("Написать эссе."), text("Критерии оценивания:"), RUBRIC),
    )
    week = msgspec.structs.replace(course().weeks[0], assignments=(task,))
    (made, *_) = write("syllabus", msgspec.structs.replace(course(), weeks=(week,))).artifacts
    plan = cells(table_with(made, "Неделя"))
    assert [row[1] for row in plan if "СРС" in row[1]] == ["СРС 1. Написать эссе."]
    assert [row[1] for row in cells(table_with(made, "№"))[1:]] == ["Написать эссе."]
    assert cells(table_with(made, "Критерий"))[1] == ["Содержание", "полно", "частично"]
    said = lines(made)
    assert said.index("СРС 1", said.index("Задание")) < said.index("Критерии оценивания:") < said.index("полно")


def test_numbers_of_small_tickets_are_small() -> None:
    made = write("exam-tickets", everything(), ticket_size="A5", tickets_a_page=1).artifacts[0]
    marks = [p for p in document(made).iter(f"{W}pPr") if p.find(f"{W}numPr") is not None]
    assert marks
    assert {size.get(f"{W}val") for p in marks for size in p.iterfind(f"{W}rPr/{W}sz")} == {"20"}
    assert not sound(made)


def test_the_bilingual_form_is_as_wide_as_its_page() -> None:
    made = next(
        a
        for a in write("syllabus", second_language="ru", foot=("version", "date", "pages")).artifacts
        if "-kk-ru" in a.name
    )
    section = opened(made).sections[0]
    (foot,) = [p for p in section.footer.paragraphs if "\t" in p.text]
    stops = [stop.position.cm for stop in foot.paragraph_format.tab_stops]
    assert stops == [pytest.approx(12.5, abs=0.05), pytest.approx(25, abs=0.05)]
    title = everything().title
    assert sum(line == title for line in lines(made)) <= 2


@pytest.mark.parametrize("where", ["grading", "policies"])
def test_the_name_of_a_table_is_a_heading_and_stands_with_it(where: str) -> None:
    blocks = (
        *(text("Работы сдаются в срок."), text("Шкала оценок"), SCALE),
        *(text("Доли работ видны ниже."), SHARES, text("Конец раздела")),
    )
    given: dict[str, Any] = {"policies": (Section(id="policy-1", title="Оценки", blocks=blocks),)}
    if where == "grading":
        given = {"grading": Grading(blocks=blocks)}
    (made,) = write("syllabus", course(**given)).artifacts
    assert "Шкала оценок" in headings(made, 3)
    assert not {"Доли работ видны ниже.", "Конец раздела", "Работы сдаются в срок."} & set(headings(made, 3))
    kept = {p.text: p.paragraph_format.keep_with_next for p in opened(made).paragraphs}
    assert kept["Доли работ видны ниже."]
    assert not kept["Работы сдаются в срок."]
    assert not sound(made)
