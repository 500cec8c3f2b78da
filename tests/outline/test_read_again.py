"""A course that is read again after each of many changes is the one that a full reading gives, in every part of it."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import msgspec
import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.outline import Understood
from coursepack.project.course_toml import Correction, Deadline, Loaded
from coursepack.stages import Stages

SOIL = ("Почва есть верхний слой земли, в котором растут корни растений.", "Воду в почве держат глина и перегной.")
SYLLABUS = """Силлабус

Название дисциплины: Почвоведение
Код дисциплины: PV 2201

Цель дисциплины: научить читать почву.

Неделя 1
Лекция 1. Состав почвы
Неделя 2
Лекция 2. Вода в почве

Основная литература:
1. Ковда В. А. Основы учения о почвах. – М.: Наука, 1973. – 447 с.
"""


def lecture(number: int, title: str) -> str:
    asked = "".join(f"{n}. Что говорится о слое {number}{n}?\n" for n in (1, 2, 3))
    return f"Лекция {number}. {title}\n\n" + "\n\n".join(SOIL * 2) + f"\n\nКонтрольные вопросы\n\n{asked}"


def bank_lines(first: int, count: int) -> str:
    return "".join(
        f"{n}. Какой слой почвы носит номер {n}?\nA) тонкий {n}\nB) глубокий {n}\nC) никакой {n}\nОтвет: B\n\n"
        for n in range(first, first + count)
    )


@pytest.fixture
def course(tmp_path: Path) -> Path:
    texts = {
        "syllabus.txt": ("syllabus", SYLLABUS),
        "one.txt": ("textbook", lecture(1, "Состав") + "\n" + lecture(2, "Вода в почве")),
        "two.txt": ("textbook", lecture(3, "Перегной") + "\n" + lecture(4, "Соли")),
        "exam.txt": ("questions", "Вопросы к экзамену\n\n" + "".join(f"{n}. Опишите слой {n}.\n" for n in range(1, 7))),
        "test.txt": ("tests", "Тест. Лекция 3\n\n" + bank_lines(1, 4)),
        "tickets.txt": ("tickets", "".join(f"Билет {n}\n1. Опишите слой {n}.\n2. Соли {n}?\n\n" for n in (1, 2, 3))),
        "terms.txt": ("glossary", "Глоссарий\n\nГумус – остатки живого.\nГоризонт – слой почвы.\n"),
        "work.txt": (
            "assignments",
            "Задания СРС\n\n1. Вырыть яму.\n2. Взвесить ведро песка.\n3. Собрать пять листьев.\n",
        ),
    }
    for name, (_, text) in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    sources = "".join(f'[[source]]\nfile = "{name}"\nrole = "{role}"\n' for name, (role, _) in texts.items())
    head = 'id = "soil"\ntitle = "Почвоведение"\nlanguage = "ru"\n'
    (tmp_path / "course.toml").write_text(head + sources, "utf-8")
    return tmp_path


def said(found: Understood) -> tuple[object, ...]:
    """All that a reading gives: the course, findings in order, and each letter of each source with its fate."""
    return (
        msgspec.to_builtins(found.course),
        found.findings,
        [(one.file, one.entries, one.twice, one.unclaimed()) for one in found.ledgers],
        [(source.document.file, source.findings) for source in found.sources],
    )


def changed(loaded: Loaded, rng: random.Random) -> Loaded:
    """The course with one change that a person may make at some passage."""
    line = rng.choice([
        ("one.txt", "Лекция 2"), ("two.txt", "Лекция 3"), ("two.txt", "Лекция 4"), ("one.txt", "Воду в почве"),
        ("exam.txt", "Опишите слой 3"), ("test.txt", "Какой слой почвы носит номер 2"), ("terms.txt", "Горизонт"),
        ("work.txt", "Взвесить"), ("syllabus.txt", "Лекция 2"), ("tickets.txt", "Соли 2"), ("one.txt", "Нет такого"),
    ])  # fmt: skip
    acts: list[dict[str, object]] = [
        {"kind": "part", "part": "lecture", "number": rng.randint(1, 9), "title": "Другое"},
        {"kind": "part", "part": "seminar", "week": rng.randint(1, 5)},
        {"kind": "part", "part": "none"},
        {"kind": "debris"},
        {"kind": "join"},
        {"kind": "paragraph"},
        {"kind": "replace", "text": "Сказано иначе: www.example.org"},
    ]
    file, begins = line
    correction = Correction(file=file, begins=begins, **rng.choice(acts))  # type: ignore[arg-type]
    project = loaded.project
    given = [*project.correction, correction]
    if len(given) > 3:
        del given[rng.randrange(3)]
    tasks = (Deadline(assignment="w02-independent", points=5),) if rng.random() < 0.3 else ()
    return msgspec.structs.replace(
        loaded, project=msgspec.structs.replace(project, correction=tuple(given), assignment=tasks)
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_course_read_again_is_the_one_that_is_read_whole(course: Path, seed: int) -> None:
    (loaded,) = discovery.find_projects([course])
    stages, rng = Stages(), random.Random(seed)  # noqa: S311 - a made course
    assert said(build.understand(loaded, stages=stages)) == said(build.understand(loaded))
    for _ in range(10):
        loaded = changed(loaded, rng)
        assert said(build.understand(loaded, stages=stages)) == said(build.understand(loaded)), (
            loaded.project.correction
        )


def test_a_second_foreword_stays_below_the_first(tmp_path: Path) -> None:
    head = 'id = "soil"\ntitle = "Почвоведение"\nlanguage = "ru"\n'
    for number, word in enumerate(("корни", "вода"), 1):
        text = f"Предисловие\n\nВ этой книге {number} сказано, что такое {word}.\n\n{lecture(number, word.title())}"
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
        head += f'[[source]]\nfile = "{number}.txt"\nrole = "textbook"\n'
    (tmp_path / "course.toml").write_text(head, "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    stages = Stages()
    first = build.understand(loaded, stages=stages)
    assert first.course.foreword is not None
    assert [block_text((one,)) for one in first.course.foreword.blocks] == [
        "В этой книге 1 сказано, что такое корни.",
        "Предисловие",
        "В этой книге 2 сказано, что такое вода.",
    ]
    again = msgspec.structs.replace(loaded, project=msgspec.structs.replace(loaded.project, title="Почва"))
    assert build.understand(again, stages=stages).course.foreword == first.course.foreword


def test_corrections_that_were_tried_before_are_tried_in_the_same_order(tmp_path: Path) -> None:
    """Whatever was found out of each in earlier readings: which of them a bank is read as a whole for is told by all of
    them together."""
    asked = "".join(f"{n}. Опишите слой {n}.\n" for n in range(1, 7))
    tickets = "".join(f"Билет {n}\n1. Опишите слой {n}.\n2. Соли {n}?\n\n" for n in (1, 2, 3))
    head = 'id = "soil"\ntitle = "Почвоведение"\nlanguage = "ru"\n'
    for name, role, text in (("exam.txt", "questions", asked), ("tickets.txt", "tickets", tickets)):
        (tmp_path / name).write_text(f"Вопросы к экзамену\n\n{text}" if role == "questions" else text, "utf-8")
        head += f'[[source]]\nfile = "{name}"\nrole = "{role}"\n'
    (tmp_path / "course.toml").write_text(head, "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    sha256 = hashlib.sha256((tmp_path / "exam.txt").read_bytes()).hexdigest()
    stages = Stages()
    build.understand(loaded, stages=stages)
    given: tuple[Correction, ...] = ()
    for begins, text in (
        ("4. Опишите слой 4.", "Правильные ответы"),
        ("Правильные ответы", "4. почва Опишите слой 4."),
    ):
        given += (Correction(file="exam.txt", begins=begins, kind="replace", text=text, sha256=sha256),)
        now = msgspec.structs.replace(loaded, project=msgspec.structs.replace(loaded.project, correction=given))
        assert said(build.understand(now, stages=stages)) == said(build.understand(now))


def test_what_did_not_change_is_the_same_object(course: Path) -> None:
    (loaded,) = discovery.find_projects([course])
    stages = Stages()
    first = build.understand(loaded, stages=stages).course
    project = msgspec.structs.replace(
        loaded.project,
        correction=(
            Correction(file="two.txt", begins="Лекция 4", kind="part", part="lecture", number=4, title="Иначе"),
        ),
    )
    again = build.understand(msgspec.structs.replace(loaded, project=project), stages=stages).course
    titles = {one.number: one.title for _, one in again.sessions() if one.kind == "lecture"}
    assert titles == {1: "Состав", 2: "Вода в почве", 3: "Перегной", 4: "Иначе"}
    same = {id(one) for _, one in first.sessions()}
    # Of the corrected document too: a class that says what it said is the one that was there.
    assert [one.number for _, one in again.sessions() if id(one) in same] == [1, 2, 3]
    assert first.exam is not None
    assert again.exam is not None
    pairs = list(zip(first.exam.questions, again.exam.questions, strict=True))
    assert len(pairs) == 9
    assert all(one is other for one, other in pairs)
    assert first.glossary[0] is again.glossary[0]
