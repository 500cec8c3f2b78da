"""Forms that papers of other people showed: work behind whose text its day and points stand, plans whose cells say the
kind of their class, titles over two lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.outline.tree import work
from tests.outline.documents import Word


def understood(path: Path) -> Course:
    (loaded,) = discovery.find_projects([path])
    return build.understand(loaded).course


@pytest.mark.parametrize(
    ("line", "text", "due", "week", "points"),
    [
        ("Draw a map. Due: 20 September. 5 points", "Draw a map.", "20 September", None, 5),
        ("Начертить карту. Срок сдачи: 20.09.2026; 5 баллов", "Начертить карту.", "20.09.2026", None, 5),
        ("Карта сызу. Мерзімі: 20 қыркүйек, 5 балл.", "Карта сызу.", "20 қыркүйек", None, 5),
        ("Начертить карту. Срок: 5 неделя. 10 баллов", "Начертить карту.", None, 5, 10),
    ],
)
def test_when_work_is_due_before_its_points(
    line: str, text: str, due: str | None, week: int | None, points: float
) -> None:
    found = work.behind(line)
    assert found is not None
    assert line[: found[0]].strip() == text
    assert (found[1].due, found[1].week, found[1].points) == (due, week, points)


def test_points_alone_behind_a_sentence() -> None:
    found = work.behind("Draw a map of the river. 5 points")
    assert found is not None
    assert (found[1].due, found[1].points) == (None, 5)


def test_tasks_below_a_class(tmp_path: Path) -> None:
    doc = Word()
    for nth, (name, task) in enumerate({
        "Нанның түрлері": "Нан тарихы туралы хабарлама. Мерзімі: 12 қыркүйек. 5 балл",
        "Ұнның сапасы": "Ұн сорттарының кестесін жасау. Мерзімі: 3 қазан. 10 балл",
    }.items(), 1):  # fmt: skip
        doc.h(f"{nth}-дәріс. {name}").p("Нан – ұннан, судан және ашытқыдан пісірілетін тағам, оны ертеден біледі.")
        doc.p(f"БӨЖ-{nth}. {task}")
    course = understood(doc.save(tmp_path / "work.docx"))
    found = [one for week in course.weeks for one in week.assignments]
    assert [(one.number, block_text(one.blocks), one.due, one.points) for one in found] == [
        (1, "Нан тарихы туралы хабарлама.", "12 қыркүйек", 5),
        (2, "Ұн сорттарының кестесін жасау.", "3 қазан", 10),
    ]


PLANS = {
    "kk": ("Апта", "Дәріс тақырыбы", "Семинар / зертханалық сабақ", "Балл",
           "Семинар", "Зертханалық жұмыс", "аралық бақылау"),
    "ru": ("Неделя", "Тема лекции", "Семинар / лабораторное занятие", "Балл",
           "Семинар", "Лабораторная работа", "рубежный контроль"),
    "en": ("Week", "Lecture topic", "Seminar / laboratory", "Points", "Seminar", "Laboratory work", ""),
}  # fmt: skip


@pytest.mark.parametrize("language", PLANS)
@pytest.mark.parametrize("stop", [":", "."])
def test_a_column_whose_cells_say_the_kind_of_their_class(tmp_path: Path, language: str, stop: str) -> None:
    week, lecture, both, points, seminar, lab, control = PLANS[language]
    rows = [(week, lecture, both, points)]
    rows += [
        ("1", "Топырақ түзілуі", f"{seminar}{stop} Қабаттар", "5"),
        ("2", "Топырақ суы", f"{lab} №1: Елеу", "5"),
        ("3", "Топырақ ауасы", f"{seminar}{stop} Кеуектілік", "5"),
    ]
    if control:
        name = f"1-{control} (РК 1)" if language == "kk" else f"1-й {control} (РК 1)"
        rows.append((name, "", "", "60"))
    rows += [
        ("4", "Топырақ жылуы", f"{lab} №2: Өлшеу", "5"),
        ("5", "Топырақ картасы", f"{seminar}{stop} Белгілер", "5"),
    ]
    doc = Word().p("Syllabus").p("Soils 2101")
    doc.table(rows, *([(4, 0, 4, 2)] if control else []))
    course = understood(doc.save(tmp_path / "plan.docx"))
    found = [(week_.number, one.kind, one.title) for week_ in course.weeks for one in week_.sessions]
    assert [one for one in found if one[1] == "seminar"] == [
        (1, "seminar", "Қабаттар"),
        (3, "seminar", "Кеуектілік"),
        (5, "seminar", "Белгілер"),
    ]
    assert [one for one in found if one[1] == "laboratory"] == [(2, "laboratory", "Елеу"), (4, "laboratory", "Өлшеу")]
    assert [one[0] for one in found if one[1] == "lecture"] == [1, 2, 3, 4, 5]
    assert not any(one.topics for _, one in course.sessions())
    if control:
        assert course.about.grading is not None
        assert [(one.after_week, one.points) for one in course.about.grading.interim] == [(3, 60)]


def test_a_title_over_two_lines_that_the_plan_knows(tmp_path: Path) -> None:
    plan = Word().p("Syllabus").p("Soils 2101")
    plan.table([("Week", "Lecture topic", "Hours"), ("1", "What soil is. The horizons of Dokuchaev", "2"),
                ("2", "Water in the soil", "2"), ("3", "Air in the soil", "2")])  # fmt: skip
    plan.save(tmp_path / "syllabus.docx")
    text = Word()
    text.h("Lecture 1. What soil is.").p("The horizons of Dokuchaev")
    text.p("Soil is the upper layer of the land, in which plants grow and which time and climate have made from rock.")
    text.h("Lecture 2. Water in the soil").p("Water moves through the pores of a soil by its own weight.")
    text.save(tmp_path / "lectures.docx")
    loaded = discovery.find_projects([tmp_path])[0]
    made = build.understand(loaded)
    lectures = [one for _, one in made.course.sessions() if one.kind == "lecture"]
    assert [one.title for one in lectures] == [
        "What soil is. The horizons of Dokuchaev", "Water in the soil", "Air in the soil"
    ]  # fmt: skip
    assert block_text(lectures[0].blocks).startswith("Soil is the upper layer")
    assert not {"outline-titles-differ", "outline-number-twice"} & {one.code for one in made.findings}


@pytest.mark.parametrize(
    ("label", "volume"), [("Кредит саны (ECTS)", "Сағат көлемі"), ("Количество кредитов (ECTS)", "Объем в часах")]
)
def test_credits_beside_the_volume_of_hours(tmp_path: Path, label: str, volume: str) -> None:
    doc = Word().b("СИЛЛАБУС").b("ТОПЫРАҚТАНУ НЕГІЗДЕРІ")
    doc.table([
        ("Пәннің коды", "TOP 2204", label, "5"),
        ("Пререквизиттер", "География", "", ""),
        (volume, "Барлығы 150: дәріс – 15, семинар – 15, СӨЖ – 120", "", ""),
    ])  # fmt: skip
    doc.b("Оқыту нәтижелері:").p("ОН1 – топырақ түрлерін ажыратады;", "ОН2 – топырақ картасын оқиды.")
    assert understood(doc.save(tmp_path / "syllabus.docx")).about.credits == 5
