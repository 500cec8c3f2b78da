"""Corrections inside of single questions read the questions around them anew, and give what a fresh build gives."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest

from coursepack import build, discovery, readers
from coursepack.model.blocks import block_text
from coursepack.model.questions import Question
from coursepack.outline import Understood, measured
from coursepack.project.course_toml import Correction, Loaded
from coursepack.review.anchors import spot
from coursepack.stages import Stages
from tests.outline.documents import Word
from tests.outline.test_read_again import said

WORDS = ["почва", "вода", "глина", "песок", "корень", "слой", "соль", "воздух", "азот", "камень", "поле", "лес"]
Questions = Callable[[random.Random, int], list[str]]


def some(rng: random.Random, count: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(count))


def lettered(rng: random.Random, number: int) -> list[str]:
    answers = [f"{letter}) {some(rng, 2)}" for letter in "ABCD"]
    return [f"{number}. Какой {some(rng, 3)} у слоя {number}?", *answers, f"Ответ: {rng.choice('ABCD')}"]


def starred(rng: random.Random, number: int) -> list[str]:
    right = rng.randrange(4)
    answers = [f"{'*' if n == right else ''}{letter}) {some(rng, 2)}" for n, letter in enumerate("abcd")]
    return [f"{number}) Which {some(rng, 4)} has number {number}?", *answers]


def bare(rng: random.Random, number: int) -> list[str]:
    return [f"{number}. Қандай {some(rng, 4)} {number}?", *(f"{letter}. {some(rng, 2)}" for letter in "ABCDE")]


def open_(rng: random.Random, number: int) -> list[str]:
    return [f"{number}. Опишите {some(rng, 6)} {number}."]


KEYS_BEHIND = "Ключи"


def lines_of(ask: Questions, count: int, rng: random.Random, *, keys: bool) -> list[str]:
    lines = [line for number in range(1, count + 1) for line in ask(rng, number)]
    behind = [KEYS_BEHIND, *(f"{n}. {rng.choice('ABCD')}" for n in range(1, count + 1))] if keys else []
    return ["Тестовые вопросы по почвоведению", "", *lines, *behind]


def laid(folder: Path, lines: Sequence[str], role: str = "tests", *, word: bool = False) -> Loaded:
    folder.mkdir(parents=True, exist_ok=True)
    file = "bank.docx" if word else "bank.txt"
    if word:
        document = Word()
        for line in lines:
            document.p(line)
        document.save(folder / file)
    else:
        (folder / file).write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "course.toml").write_text(
        f'id = "soil"\ntitle = "Soil"\nlanguage = "ru"\n[[source]]\nfile = "{file}"\nrole = "{role}"\n', "utf-8"
    )
    (loaded,) = discovery.find_projects([folder])
    return loaded


def corrected(loaded: Loaded, corrections: Sequence[Correction]) -> Loaded:
    return msgspec.structs.replace(loaded, project=msgspec.structs.replace(loaded.project, correction=(*corrections,)))


def act(found: Understood, unit: int, kind: str, quote: str = "", **said_: object) -> Correction | None:
    """What the page would write for an act at a line; None where it has none."""
    there = spot(found.sources[0], unit)
    if there is None:
        return None
    return Correction(**there.entry(quote), kind=kind, **said_)  # type: ignore[arg-type]


def any_act(found: Understood, rng: random.Random) -> Correction | None:
    units = [unit for unit, text in found.ledgers[0].units.items() if text.strip()]
    unit = rng.choice(units)
    words = found.ledgers[0].units[unit].split()
    kind = rng.choice(["replace", "replace", "join", "debris", "break", "paragraph", "list-item", "heading"])
    if kind == "replace":
        told = rng.choice([[*words[:-1], "иное"], ["B)", "иное"], ["Ответ:", "A"], ["77.", "Что", "это?"], ["иное"]])
        return act(found, unit, kind, text=" ".join(told))
    if kind == "break":
        return act(found, unit, kind, " ".join(words[len(words) // 2 :])) if len(words) > 3 else None
    return act(found, unit, kind)


FORMS = {
    "lettered": (lettered, False, "tests", False),
    "starred": (starred, False, "tests", False),
    "keys behind": (bare, True, "tests", False),
    "open": (open_, False, "questions", False),
    "word": (lettered, False, "tests", True),
    "without keys": (bare, False, "tests", False),
}


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS)
def test_random_acts_give_what_a_fresh_build_gives(tmp_path: Path, form: str) -> None:
    ask, keys, role, word = FORMS[form]
    rng = random.Random(form)  # noqa: S311 - a made course
    loaded = laid(tmp_path, lines_of(ask, 20, rng, keys=keys), role, word=word)
    stages, done = Stages(), list[Correction]()
    found = build.understand(loaded, stages=stages)
    for _ in range(6):
        if (one := any_act(found, rng)) is None:
            continue
        done.append(one)
        if len(done) > 2 and rng.random() < 0.2:
            done.pop(rng.randrange(len(done)))
        now = corrected(loaded, done)
        found = build.understand(now, stages=stages)
        assert said(found) == said(build.understand(now)), done


@pytest.mark.parametrize("form", FORMS)
def test_an_act_in_a_question_outlines_nothing_again(tmp_path: Path, form: str) -> None:
    ask, keys, role, word = FORMS[form]
    loaded = laid(tmp_path, lines_of(ask, 40, random.Random(3), keys=keys), role, word=word)  # noqa: S311
    stages = Stages()
    found = build.understand(loaded, stages=stages)
    unit = next(unit for unit, text in found.ledgers[0].units.items() if text.startswith(("20.", "20)")))
    text = found.ledgers[0].units[unit]
    edited = act(found, unit, "replace", text=text.replace(text.split()[2], "ИНАЧЕ"))
    assert edited
    before = dict(stages.runs)
    again = build.understand(corrected(loaded, [edited]), stages=stages)
    assert stages.runs == before
    assert [one.code for one in again.findings] == [one.code for one in found.findings]
    exam, was = again.course.exam, found.course.exam
    assert exam
    assert was
    pairs = list(zip(was.questions, exam.questions, strict=True))
    assert [n for n, (one, other) in enumerate(pairs, 1) if one != other] == [20]
    assert "ИНАЧЕ" in block_text(exam.questions[19].text)


def test_what_joins_and_parts_questions_counts_on(tmp_path: Path) -> None:
    lines = lines_of(lettered, 40, random.Random(4), keys=False)  # noqa: S311
    at = lines.index(next(line for line in lines if line.startswith("21.")))
    lines[at - 1 : at + 1] = ["Ответ: B 21. Какой слой лежит ниже?"]
    loaded = laid(tmp_path, lines)
    stages = Stages()
    found = build.understand(loaded, stages=stages)
    assert found.course.exam
    count = len(found.course.exam.questions)
    parted = act(found, at, "break", "21. Какой слой лежит ниже?")
    assert parted
    before = dict(stages.runs)
    again = build.understand(corrected(loaded, [parted]), stages=stages)
    assert stages.runs == before
    assert again.course.exam
    questions = again.course.exam.questions
    assert len(questions) == count + 1
    assert [one.id for one in questions] == [f"exam-{n:03d}" for n in range(1, count + 2)]
    assert block_text(questions[20].text) == "Какой слой лежит ниже?"
    joined = act(again, at + 6, "debris")  # the stem behind: its answers go to the question above
    assert joined
    fewer = build.understand(corrected(loaded, [parted, joined]), stages=stages)
    assert stages.runs == before
    assert fewer.course.exam
    assert len(fewer.course.exam.questions) == count
    assert fewer.course.exam.questions[-1].id == f"exam-{count:03d}"


def test_doubts_of_a_bank_are_told_as_they_are_after_an_act(tmp_path: Path) -> None:
    loaded = laid(tmp_path, lines_of(lettered, 40, random.Random(5), keys=False))  # noqa: S311
    stages = Stages()
    found = build.understand(loaded, stages=stages)
    keyed = [unit for unit, text in found.ledgers[0].units.items() if text.startswith("Ответ")]
    one = act(found, keyed[19], "debris")
    assert one
    before = dict(stages.runs)
    less = build.understand(corrected(loaded, [one]), stages=stages)
    other = act(less, keyed[9], "debris")
    assert other
    least = build.understand(corrected(loaded, [one, other]), stages=stages)
    assert stages.runs == before
    told = [[f for f in each.findings if f.code == "outline-test-without-key"] for each in (found, less, least)]
    assert [len(some) for some in told] == [0, 1, 1]
    assert told[1][0].message.startswith("a test question has no key")
    assert told[2][0].message.startswith("2 test questions have no key")
    assert told[2][0].place
    assert told[2][0].place.first == keyed[9] - 5  # the first of both


def test_an_act_that_is_of_more_than_its_questions_reads_the_bank_as_a_whole(tmp_path: Path) -> None:
    """The keys behind all questions count with them: a question more is keyed by the whole list alone."""
    loaded = laid(tmp_path, lines_of(bare, 40, random.Random(6), keys=True))  # noqa: S311
    stages = Stages()
    found = build.understand(loaded, stages=stages)
    unit = next(unit for unit, text in found.ledgers[0].units.items() if text.startswith("20."))
    gone = [one for at in range(6) if (one := act(found, unit + at, "debris"))]
    before = stages.runs["outline"]
    again = build.understand(corrected(loaded, gone), stages=stages)
    assert stages.runs["outline"] > before
    assert again.course.exam
    assert len(again.course.exam.questions) == 39
    assert said(again) == said(build.understand(corrected(loaded, gone)))
    # What follows in other questions is of these alone again.
    later = act(again, unit + 60, "replace", text="30. Что сказано иначе?")
    assert later
    done = [*gone, later]
    before = stages.runs["outline"]
    last = build.understand(corrected(loaded, done), stages=stages)
    assert said(last) == said(build.understand(corrected(loaded, done)))


def test_an_act_in_a_bank_asks_one_question_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the others tell by themselves is known, and a file of questions is not read again."""
    laid(tmp_path, lines_of(lettered, 20, random.Random(3), keys=False))  # noqa: S311
    (tmp_path / "more.gift").write_text("".join(f"::g{n}::Слой {n}? {{=да ~нет}}\n\n" for n in range(9)), "utf-8")
    with (tmp_path / "course.toml").open("a", encoding="utf-8") as toml:
        toml.write('[[source]]\nfile = "more.gift"\nrole = "tests"\n')
    (loaded,) = discovery.find_projects([tmp_path])
    stages = Stages()
    found = build.understand(loaded, stages=stages)
    assert found.course.exam
    assert len(found.course.exam.questions) == 29
    asked: list[str] = []
    read = measured._read

    def noted(one: Question) -> object:
        asked.append(one.id)
        return read(one)

    monkeypatch.setattr(measured, "_read", noted)
    monkeypatch.setattr(readers, "read_questions", lambda *_, **__: pytest.fail("read again"))
    edited = act(found, 9, "replace", text="2. Какой слой лежит ИНАЧЕ?")
    assert edited
    again = build.understand(corrected(loaded, [edited]), stages=stages)
    assert again.course.exam
    assert "ИНАЧЕ" in block_text(again.course.exam.questions[1].text)
    assert asked == ["exam-002"]
