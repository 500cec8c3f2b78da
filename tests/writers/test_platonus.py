"""Tagged tests written: as departments want them, and read back as they were."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from coursepack.checks import check_artifact
from coursepack.cli import cli
from coursepack.convert import convert
from coursepack.model.artifact import Artifact, Bank
from coursepack.model.blocks import Blocks, Cell, Figure, Formula, Math, Paragraph, Row, Table, block_text
from coursepack.model.questions import Choice, Essay, MultipleChoice, Question, TrueFalse
from coursepack.place import CoursepackError, Finding, has_errors
from coursepack.publish import artifact_chunks
from coursepack.readers import read_questions
from coursepack.writers import Context, load
from coursepack.writers.plain.platonus import PlatonusOptions
from tests.samples import ASSETS, MATHML, PNG_ID, b, everything


def question(
    stem: str, *options: str, number: int = 1, right: int = 0, tags: tuple[str, ...] = (), **more: Any
) -> MultipleChoice:
    choices = tuple(Choice(content=b(each), fraction=float(at == right)) for at, each in enumerate(options))
    made = MultipleChoice(id=f"q-{number:05d}", number=number, text=b(stem) if stem else (), choices=choices, tags=tags)
    return msgspec.structs.replace(made, **more)


def written(name: str, *questions: Question, **options: object) -> tuple[str, list[Finding]]:
    """The file's text and what was told, its own check included."""
    artifact, findings = made(name, *questions, **options)
    text = b"".join(artifact.members[0].chunks()).decode() if artifact else ""
    return text, findings


def made(name: str, *questions: Question, **options: object) -> tuple[Artifact | None, list[Finding]]:
    bank = Bank(id="bank", title="Bank", language="kk", questions=lambda: iter(questions))
    context = Context(assets=ASSETS, options=msgspec.convert(options, PlatonusOptions))
    writer = load(name)
    assert writer.write_bank
    found = writer.write_bank(bank, context)
    if not found.artifacts:
        return None, list(found.findings)
    (artifact,) = found.artifacts
    assert check_artifact(artifact) == []
    return artifact, list(found.findings)


FIGURE = Figure(asset=PNG_ID, media_type="image/png", alt="сурет")
TABLE = Table(rows=(Row(cells=(Cell(blocks=b("x")), Cell(blocks=b("1")))),))
FIVE = ("а", "ә", "б", "в", "г")


def test_the_right_variant_comes_first_and_no_tag_says_so() -> None:
    text, findings = written("platonus", question("Қайсысы?", *FIVE, right=2))
    assert text == "<question>Қайсысы?\n<variant>б\n<variant>а\n<variant>ә\n<variant>в\n<variant>г\n\n"
    assert findings == []


def test_with_a_tag_the_order_stays() -> None:
    two = question("Қайсысы?", *FIVE, right=2)
    choices = (msgspec.structs.replace(two.choices[0], fraction=0.5), two.choices[1])
    several = msgspec.structs.replace(two, choices=(*choices, *two.choices[2:]), single=False)
    text, findings = written("platonus", several, right="tag")
    assert text.splitlines()[:4] == ["<question>Қайсысы?", "<variantright>а", "<variant>ә", "<variantright>б"]
    assert [finding.code for finding in findings] == ["platonus-lost"]


def test_levels() -> None:
    asked = [question(f"{at}?", *FIVE, number=at, tags=(f"level-{at}",)) for at in (1, 2, 3)]
    text, findings = written("platonus-levels", *asked, levels=[1, 1, 1])
    assert [line for line in text.splitlines() if line.startswith("<question")] == [
        *("<question1>1?", "<question2>2?", "<question3>3?")
    ]
    assert text.count("<variantright>а") == 3
    assert findings == []


def test_a_bank_that_no_department_takes() -> None:
    asked: list[Question] = [
        question("Төртеу?", *FIVE[:4], number=1, tags=("level-1",)),
        question("Екеуі?", *FIVE, number=2, tags=("level-1",), choices=(Choice(content=b("а"), fraction=1),) * 5),
        question("Ешқайсысы?", *FIVE, right=9, number=3, tags=("level-1",)),
        question("Бірдей?", "а", "ә", " Ә", "б", "в", number=4, tags=("level-1",)),
        question("", *FIVE, number=5, tags=("level-1",)),
        question("<variant> деген не?", *FIVE, number=6, tags=("level-4",)),
        question("Деңгейсіз?", *FIVE, number=7),
        Essay(id="q-00008", text=b("Неге?")),
        question("Жақсы?", *FIVE, number=9, tags=("level-4",)),
    ]
    _, findings = written("platonus-levels", *asked)
    assert [(finding.code, finding.message) for finding in findings] == [
        ("platonus-options", "question q-00001 is left out: it has 4 options, expected 5"),
        ("platonus-right", "question q-00002 is left out: it has 5 right options, expected one"),
        ("platonus-same", "question q-00002 is left out: it has two options 'а'"),
        ("platonus-right", "question q-00003 is left out: it has 0 right options, expected one"),
        ("platonus-same", "question q-00004 is left out: it has two options 'ә'"),
        ("platonus-empty", "question q-00005 is left out: it has no text"),
        ("platonus-tag", "question q-00006 is left out: it has a text that contains a tag of the format"),
        ("platonus-levels-left-out", "question q-00007 is left out: it has no level (a tag level-1, level-2 …)"),
        ("platonus-levels-left-out", "question q-00008 is left out: tagged tests hold multiple choice only"),
        ("platonus-levels", "level 1 has 0 questions, expected 100"),
        ("platonus-levels", "level 2 has 0 questions, expected 100"),
        ("platonus-levels", "level 3 has 0 questions, expected 100"),
        ("platonus-levels", "there are questions of level 4, expected 3 levels"),
    ]
    assert has_errors([finding for finding in findings if finding.code != "platonus-levels-left-out"][:1])


def test_settings_take_another_number() -> None:
    text, findings = written(
        "platonus", question("Төртеу?", *FIVE[:4]), TrueFalse(id="t", text=b("Шын ба?"), answer=False), options=0
    )
    assert findings == []
    assert text.split("Шын ба?")[1].split() == ["<variant>Бұрыс", "<variant>Дұрыс"]


def test_what_text_cannot_hold_is_told() -> None:
    rich = question("Сурет", *FIVE, text=(*b("Сурет"), FIGURE), feedback=b("түсініктеме"), mark=2.0)
    _, findings = written("platonus", rich)
    assert [finding.message for finding in findings] == [
        "question q-00001 loses its mark, its feedback and its picture, which platonus cannot hold"
    ]


def test_word_holds_pictures_formulas_and_tables(tmp_path: Path) -> None:
    rich = question("Сурет", *FIVE, text=(*b("Сурет"), FIGURE, TABLE))
    rich = msgspec.structs.replace(
        rich, choices=(Choice(content=(Formula(math=Math(mathml=MATHML, text="x")),), fraction=1), *rich.choices[1:])
    )
    artifact, findings = made("platonus", rich, file="docx")
    assert artifact is not None
    assert [finding.code for finding in findings] == []
    path = tmp_path / "bank.docx"
    path.write_bytes(b"".join(artifact_chunks(artifact)))
    found = read_questions(path)
    (again,) = found.bank.questions()
    assert isinstance(again, MultipleChoice)
    assert [type(block) for block in again.text] == [Paragraph, Figure, Table]
    assert [type(choice.content[0]) for choice in again.choices] == [Formula, *[Paragraph] * 4]
    assert [choice.fraction for choice in again.choices] == [1, 0, 0, 0, 0]
    assert any(found.assets.data)


@pytest.mark.parametrize("name", ["platonus", "platonus-levels"])
def test_the_questions_of_a_course_that_are_no_such_tests_stop_nothing(name: str) -> None:
    writer = load(name)
    found = writer.write(everything(), Context(assets=ASSETS, options=PlatonusOptions()))
    assert found.artifacts == ()
    assert not has_errors(found.findings)
    assert {finding.code for finding in found.findings} >= {f"{name}-left-out", "platonus-empty"}


def test_a_course_whole() -> None:
    writer = load("platonus")
    found = writer.write(everything(), Context(assets=ASSETS, options=PlatonusOptions(options=0, right="tag")))
    assert [artifact.audience for artifact in found.artifacts] == ["teacher"]
    # three questions of the sample stand in a class and in the exam
    assert [one.code for artifact in found.artifacts for one in check_artifact(artifact)] == ["platonus-twice"] * 3


# --- there and back -----------------------------------------------------------------------------------------------

LARGE = 600


def bank(kind: str) -> Iterator[str]:
    """A bank of the kind, question by question: stems of several lines, signs, formulas in letters."""
    chance = random.Random(kind)  # noqa: S311 - a bank to read, no secret
    signs = ("x<y", "a&b", "«тырнақша»", "5", "%", "{жақша}", "~", "=", "#", "\\frac", "c:", "->")
    words = ("мемлекет", "заң", "билік", "H2O", *signs)
    for number in range(LARGE):
        level = "123"[number * 3 // LARGE] if kind == "levels" else ""
        stem = "\n".join(
            " ".join(["Ал", *chance.choices(words, k=chance.randint(2, 9))]) for _ in range(chance.choice((1, 1, 1, 2)))
        )
        yield f"<question{level}>{number}-сұрақ {stem}\n"
        right = {"first": 0, "levels": 0, "tag": number % 5}[kind]
        for place in range(5):
            tag = "variantright" if place == right and kind != "first" else "variant"
            yield f"<{tag}>{place}-жауап {' '.join(chance.choices(words, k=3))}\n"
        yield "\n"


KINDS: dict[str, tuple[str, dict[str, object]]] = {
    "first": ("platonus", {}),
    "tag": ("platonus", {"right": "tag"}),
    "levels": ("platonus-levels", {"levels": [LARGE // 3] * 3}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_large_bank_there_and_back_by_moodle_xml(kind: str, tmp_path: Path) -> None:
    name, options = KINDS[kind]
    source = tmp_path / "bank.txt"
    source.write_text("".join(bank(kind)), "utf-8")
    ((xml, _),) = convert(source, "moodle-xml", tmp_path / "bank.xml").files
    done = convert(xml, name, tmp_path / "back.txt", options=options)
    assert [finding.code for finding in done.findings] == ["moodle-xml-left-out"]  # ids, which come from the order
    assert (tmp_path / "back.txt").read_text("utf-8") == source.read_text("utf-8")
    before, after = (list(read_questions(path).bank.questions()) for path in (source, xml))
    assert len(before) == LARGE
    assert [said(question) for question in after] == [said(question) for question in before]


def said(question: Question) -> tuple[object, ...]:
    assert isinstance(question, MultipleChoice)
    choices = [(text(choice.content), round(choice.fraction, 4)) for choice in question.choices]
    return text(question.text), choices, question.tags, question.single


def text(blocks: Blocks) -> str:
    return block_text(blocks)


def test_a_bank_streams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept while a bank is read does not grow with it."""
    monkeypatch.setenv("COURSEPACK_LIMITS", "question-letters=20000")  # the longest line that is read at once
    source = tmp_path / "bank.txt"
    some = "".join(islice(bank("tag"), 700))
    source.write_text(some, "utf-8")
    found = read_questions(source)
    peaks = []
    for times in (1, 20):
        source.write_text(some * times, "utf-8")
        tracemalloc.start()
        questions = iter(found.bank.questions())
        next(questions)
        tracemalloc.reset_peak()
        assert sum(1 for _ in questions) == 100 * times - 1
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 200_000 < source.stat().st_size


def test_the_command(tmp_path: Path) -> None:
    source = tmp_path / "bank.txt"
    source.write_text(
        "<question>а?\n<variant>ә\n<variant>б\n<question>в?\n<variant>г\n<variant>ғ\n<variant>д\n", "utf-8"
    )
    run = CliRunner()
    stopped = run.invoke(cli, ["convert", str(source), "-t", "gift", "-o", str(tmp_path / "a.gift")])
    assert stopped.exit_code != 0
    said = ["--first-right", "-O", "options=0", "-O", "right=tag"]
    done = run.invoke(cli, ["convert", str(source), "-t", "platonus", "-o", str(tmp_path / "b.txt"), *said])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "b.txt").read_text("utf-8").count("<variantright>") == 2
    with pytest.raises(CoursepackError, match=r"options of platonus: .*it has options, right, levels, file"):
        convert(source, "platonus", tmp_path, options={"optoins": 4}, first_right=True)
    wrong = run.invoke(cli, ["convert", str(source), "-t", "platonus", "-O", "options"])
    assert wrong.exit_code == 2
    assert "expected NAME=VALUE" in wrong.output
