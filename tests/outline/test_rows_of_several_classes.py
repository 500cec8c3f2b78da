"""A row of a plan that holds several classes loses none of them because one is not held, or is a control."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.course import Course, Interim

Row = tuple[str, ...]


def course(folder: Path, **files: str) -> Course:
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    (loaded,) = discovery.find_projects([folder])
    understood = build.understand(loaded)
    assert not [one for one in understood.findings if one.code.startswith("ledger")]
    return understood.course


def plan(title: str, head: Row, rows: Sequence[Row]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return f"# {title}\n\n## {head[0]}\n\n" + "\n".join("| " + " | ".join(row) + " |" for row in lines) + "\n"


def classes(made: Course) -> list[tuple[int, str, int | None, str | None]]:
    return [(week.number, one.kind, one.number, one.title) for week in made.weeks for one in week.sessions]


def interim(made: Course) -> Sequence[Interim]:
    assert made.about.grading is not None
    return made.about.grading.interim


HEADS = {
    "en": ("Week", "Lecture", "Seminar"),
    "ru": ("Неделя", "Лекция", "Семинар"),
    "kk": ("Апта", "Дәріс", "Семинар"),
}
ROWS = {
    "en": [
        ("1", "Was there a revolution?", "No seminar"), ("2", "Cotton and its factories", "Arkwright and the clock"),
        ("3", "READING WEEK", "READING WEEK"), ("4", "No lecture", "Hudson, the Railway King"),
    ],
    "ru": [
        ("1", "Была ли революция?", "Занятия нет"), ("2", "Хлопок и его фабрики", "Аркрайт и часы"),
        ("3", "Каникулы", "Каникулы"), ("4", "Праздничный день", "Хадсон, король дорог"),
    ],
    "kk": [
        ("1", "Революция болды ма?", "Сабақ жоқ"), ("2", "Мақта және фабрикалар", "Аркрайт және сағат"),
        ("3", "Каникул", "Каникул"), ("4", "Мереке күні", "Темір жол патшасы"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_cell_that_says_that_there_is_none(language: str, tmp_path: Path) -> None:
    rows = ROWS[language]
    made = course(tmp_path, plan=plan("Syllabus", HEADS[language], rows))
    assert classes(made) == [
        (1, "lecture", 1, rows[0][1]),
        (2, "lecture", 2, rows[1][1]),
        (2, "seminar", 2, rows[1][2]),
        (4, "seminar", 4, rows[3][2]),
    ]


@pytest.mark.parametrize(
    ("language", "control", "name", "topic"),
    [
        ("ru", "Рубежный контроль 2. Асимметрия информации", "Рубежный контроль 2", "Асимметрия информации"),
        ("kk", "1-аралық бақылау. Еңбек нарығы және жалақы", "1-аралық бақылау", "Еңбек нарығы және жалақы"),
    ],
)
def test_a_class_behind_the_name_of_a_control(
    language: str, control: str, name: str, topic: str, tmp_path: Path
) -> None:
    rows = [*ROWS[language][1:2], ("3", control, "Рынок лимонов")]
    made = course(tmp_path, plan=plan("Syllabus", HEADS[language], rows))
    assert classes(made)[2:] == [(3, "lecture", 3, topic), (3, "seminar", 3, "Рынок лимонов")]
    assert [(one.after_week, one.name) for one in interim(made)] == [(3, name)]


def test_a_control_beside_a_class(tmp_path: Path) -> None:
    rows = [*ROWS["ru"][1:2], ("3", "Спрос и предложение", "Рубежный контроль 1"), ("4", "Рубежный контроль 2", "")]
    made = course(tmp_path, plan=plan("Силлабус", HEADS["ru"], rows))
    assert classes(made)[2:] == [(3, "lecture", 3, "Спрос и предложение")]
    assert [(one.after_week, one.name) for one in interim(made)] == [
        (3, "Рубежный контроль 1"),
        (4, "Рубежный контроль 2"),
    ]


PACK = """# Seminar pack

## Seminar One: Arkwright and the clock

The bell at Cromford rang at five. Everybody was at work by six.

## Seminar Two: Reading a wage book

The book of April 1831 lists forty names. Twelve of them are children.

## Seminar Three: Who paid for the canals?

Shares were sold in towns along the line. Many were held by potters.
"""


def test_a_pack_counts_its_seminars_and_the_plan_its_weeks(tmp_path: Path) -> None:
    titles = ["Arkwright and the clock", "Reading a wage book", "Who paid for the canals?"]
    rows = [("1", "The first factories", "No seminar")]
    rows += [
        (str(at), f"Lecture about {word}", title)
        for at, word, title in zip((2, 3, 5), ("cotton", "coal", "canals"), titles, strict=True)
    ]
    made = course(tmp_path, handbook=plan("Handbook", HEADS["en"], rows), pack=PACK)
    seminars = [one for one in classes(made) if one[1] == "seminar"]
    assert seminars == [(2, "seminar", 1, titles[0]), (3, "seminar", 2, titles[1]), (5, "seminar", 3, titles[2])]
    assert all(one.topics for week in made.weeks for one in week.sessions if one.kind == "seminar")


def test_a_plan_with_numbers_of_its_own_counts_the_classes(tmp_path: Path) -> None:
    rows = [("1", "1", "Soils of the north"), ("3", "2", "Soils of the south"), ("5", "3", "Soils of the steppe")]
    text = "# Soils\n\n## Lecture 4. Soils of the south\n\nThey are dry. They hold salt.\n\n"
    text += "## Lecture 5. Soils of the steppe\n\nThey are black. They hold humus.\n"
    made = course(tmp_path, a_plan=plan("Plan", ("Week", "No.", "Topic"), rows), b_text=text)
    assert [(week, number, title) for week, _, number, title in classes(made)] == [
        (1, 1, "Soils of the north"),
        (3, 2, "Soils of the south"),
        (5, 3, "Soils of the steppe"),
    ]


@pytest.mark.parametrize(
    ("topic", "kind", "title"),
    [
        ("ПЗ. Оценка качества круп", "practical", "Оценка качества круп"),
        ("ЛЗ. Измерение шума", "laboratory", "Измерение шума"),
        ("США. История и право", "lecture", "США. История и право"),
    ],
)
def test_an_abbreviation_before_a_title_names_the_kind(topic: str, kind: str, title: str, tmp_path: Path) -> None:
    head = ("№ урока", "Наименование тем", "Кол-во часов")
    rows = [("1", "Санитария и личная гигиена", "2"), ("2", "Крупы и бобовые", "2"), ("3", topic, "2")]
    made = course(tmp_path, plan=plan("Календарно-тематический план", head, rows))
    assert classes(made)[-1][1:] == (kind, 3, title)


@pytest.mark.parametrize("none", ["Нет занятия", "Занятие не проводится", "Нет семинара"])
def test_points_of_a_row_with_a_control_are_those_of_the_control(none: str, tmp_path: Path) -> None:
    rows = [("1", "Основы сетей", none, "5"), ("2", "Рубежный контроль 1", "Защита работ", "100")]
    made = course(tmp_path, plan=plan("Календарный план", (*HEADS["ru"], "Баллы"), rows))
    assert classes(made) == [(1, "lecture", 1, "Основы сетей"), (2, "seminar", 2, "Защита работ")]
    assert [(one.after_week, one.name, one.points) for one in interim(made)] == [(2, "Рубежный контроль 1", 100)]
    assert [one.points for week in made.weeks for one in week.sessions] == [5, None]
