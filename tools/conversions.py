"""What each question format keeps of each type of question, found by asking the code: ``python -m tools.conversions``
writes it into ``docs/conversions.md``; with ``--check`` nothing is written, and it ends with 1 where the page is not as
the code is.

One question of each type with everything that the type can say goes through the writer of a format, and the reader of
that format gives back what it holds. A format is found by its writer, so that a new one has its row at once.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from coursepack import convert, publish, readers, writers
from coursepack.files.hashes import sha256
from coursepack.model.artifact import Assets, Bank, Written
from coursepack.model.blocks import Blocks, Math, Paragraph, Picture, Run, block_text, text_blocks
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Description,
    Essay,
    Gap,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    OrderingItem,
    Pair,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.place import CoursepackError

PAGE = Path(__file__).parents[1] / "docs" / "conversions.md"
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>'
SETTINGS: dict[str, dict[str, object]] = {
    "platonus": {"options": 0, "right": "tag"},
    "platonus-levels": {"levels": [], "options": 0},
}
"""Options without which a format takes only banks of a certain size."""
CALLED = {
    "MultipleChoice": "multiple choice",
    "TrueFalse": "true/false",
    "ShortAnswer": "short answer",
    "Numerical": "numerical",
    "Matching": "matching",
    "Ordering": "ordering",
    "Cloze": "cloze",
    "Essay": "essay",
    "Description": "description",
}


def rich(text: str) -> Blocks:
    """A text with what a text may hold: bold text, a formula, a picture."""
    picture = Picture(asset=sha256(PNG), media_type="image/png", alt="cell")
    formula = Math(mathml=MATH, tex="x", text="x")
    words = (Run(text=f"{text} "), Run(text="bold", bold=True), Run(text=" "), formula, Run(text=" "), picture)
    return (Paragraph(content=words),)


def samples() -> list[tuple[str, Question]]:
    """A question of each type, called by what the column of the table says."""
    said: dict[str, Any] = {
        "mark": 2.0,
        "feedback": text_blocks("After all."),
        "tags": ("cells", "level-2"),
        "category": ("Part",),
    }

    def common(number: int) -> dict[str, Any]:
        return {"id": f"q-{number:05d}", "number": number, "title": f"Title {number}", **said}

    combined: dict[str, Any] = {
        "correct_feedback": text_blocks("Well."),
        "partial_feedback": text_blocks("Nearly."),
        "incorrect_feedback": text_blocks("Alas."),
    }
    of = [text_blocks(f"Of {each}.") for each in range(4)]
    one = (("Right", 1.0), ("Half", 0.5), ("Wrong", 0.0), ("Worse", 0.0))
    many = (("First", 0.5), ("Second", 0.5), ("Third", -0.5), ("Fourth", -0.5))

    def options(found: tuple[tuple[str, float], ...]) -> tuple[Choice, ...]:
        return tuple(
            Choice(content=text_blocks(text), fraction=share, feedback=of[at]) for at, (text, share) in enumerate(found)
        )

    gaps = (
        Gap(kind="short-answer", answers=(Answer(text="sun"),), mark=1),
        Gap(kind="multiple-choice", answers=(Answer(text="red"), Answer(text="blue", fraction=0.0)), mark=2),
        Gap(kind="numerical", answers=(Answer(text="3.5"),), tolerances=("0.5",)),
    )
    pairs = [Pair(question=text_blocks(a), answer=text_blocks(b)) for a, b in (("cat", "purrs"), ("dog", "barks"))]
    makers: list[Callable[[int], tuple[str, Question]]] = [
        lambda n: ("one answer", MultipleChoice(**common(n), text=rich("Which?"), choices=options(one), **combined)),
        lambda n: (
            "several answers",
            MultipleChoice(**common(n), text=rich("Choose!"), choices=options(many), single=False, **combined),
        ),
        lambda n: (
            "true/false",
            TrueFalse(**common(n), text=rich("So?"), answer=True, true_feedback=of[0], false_feedback=of[1]),
        ),
        lambda n: (
            "short answer",
            ShortAnswer(
                **common(n),
                text=rich("Name?"),
                answers=(Answer(text="Astana", feedback=of[0]), Answer(text="Akmola", fraction=0.5)),
                case_sensitive=True,
            ),
        ),
        lambda n: (
            "numerical",
            Numerical(
                **common(n),
                text=rich("How many?"),
                answers=(NumericalAnswer(value="3.5", tolerance="0.5", feedback=of[0]),),
                unit="kg",
            ),
        ),
        lambda n: (
            "matching",
            Matching(**common(n), text=rich("Pairs?"), pairs=(*pairs, Pair(question=(), answer=text_blocks("sings")))),
        ),
        lambda n: (
            "ordering",
            Ordering(
                **common(n),
                text=rich("Order?"),
                items=tuple(OrderingItem(content=text_blocks(word)) for word in ("one", "two", "three")),
                grading="all-or-nothing",
                **combined,
            ),
        ),
        lambda n: (
            "cloze",
            Cloze(**{**common(n), "mark": None}, text=text_blocks("The {#1} is {#2} and {#3} far."), gaps=gaps),
        ),
        lambda n: (
            "essay",
            Essay(
                **common(n),
                text=rich("Explain."),
                grader_notes=text_blocks("Model."),
                template=text_blocks("I think"),
                response_lines=10,
                min_words=5,
                max_words=50,
                attachments=1,
            ),
        ),
        lambda n: (
            "description",
            Description(id=f"q-{n:05d}", number=n, title=f"Title {n}", text=rich("Read."), category=("Part",)),
        ),
    ]
    return [make(number) for number, make in enumerate(makers, 1)]


# --- what a question says -----------------------------------------------------------------------------------------


def features(question: Question) -> dict[str, object]:
    """What a question says, by the words of the table."""
    found: dict[str, object] = {
        "text": [word for word in re.findall(r"\w+", block_text(question.text)) if word != "cell"],
        "bold text": any(isinstance(part, Run) and part.bold for part in parts(question.text)),
        "formulas": any(isinstance(part, Math) for part in parts(question.text)),
        "pictures": any(isinstance(part, Picture) for part in parts(question.text)),
        "title": question.title,
        "mark": question.mark,
        "tags": question.tags,
        "category": question.category,
        "feedback": block_text(question.feedback),
        "grader's notes": block_text(question.grader_notes),
        **own(question),
    }
    return {name: value for name, value in found.items() if value not in (None, "", (), [], False)}


def own(question: Question) -> dict[str, object]:
    """What only its type says."""
    match question:
        case MultipleChoice():
            return {
                "options": [block_text(choice.content) for choice in question.choices],
                "key": [
                    choice.fraction > 0.9 if question.single else choice.fraction > 0 for choice in question.choices
                ],
                "shares": [round(choice.fraction, 3) for choice in question.choices],
                "feedback of answers": [block_text(choice.feedback) for choice in question.choices if choice.feedback],
                **combined(question),
            }
        case TrueFalse():
            said = (question.true_feedback, question.false_feedback)
            return {"key": str(question.answer), "feedback of answers": [block_text(each) for each in said if each]}
        case ShortAnswer():
            return {
                "answers": sorted(answer.text for answer in question.answers if answer.fraction >= 0.999),
                "shares": sorted(answer.fraction for answer in question.answers if answer.fraction > 0),
                "feedback of answers": [block_text(answer.feedback) for answer in question.answers if answer.feedback],
                "case sensitivity": question.case_sensitive,
            }
        case Numerical():
            return {
                "answers": [answer.value for answer in question.answers if answer.fraction > 0],
                "tolerance": [answer.tolerance for answer in question.answers if answer.fraction > 0],
                "feedback of answers": [block_text(answer.feedback) for answer in question.answers if answer.feedback],
                "unit": question.unit,
            }
        case Matching():
            return {"pairs": sorted((block_text(pair.question), block_text(pair.answer)) for pair in question.pairs)}
        case Ordering():
            items = [block_text(item.content) for item in question.items]
            return {"order": items, "grading": question.grading, **combined(question)}
        case Cloze():
            return {
                "gaps": [[(answer.text, answer.fraction) for answer in gap.answers] for gap in question.gaps],
                "tolerance": [gap.tolerances for gap in question.gaps if gap.tolerances],
                "marks of gaps": [gap.mark for gap in question.gaps],
            }
        case Essay():
            return {
                "lines": question.response_lines,
                "word limits": (question.min_words, question.max_words) if question.max_words else None,
                "template": block_text(question.template),
                "attachments": question.attachments,
            }
        case Description():
            return {}


def combined(question: MultipleChoice | Ordering) -> dict[str, object]:
    """What is said of a response as a whole."""
    said = (question.correct_feedback, question.partial_feedback, question.incorrect_feedback)
    return {"combined feedback": [block_text(each) for each in said if each]}


def parts(blocks: Blocks) -> Iterator[object]:
    """The inline parts of paragraphs."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.content


# --- there and back -----------------------------------------------------------------------------------------------


def returned(name: str) -> list[Question]:
    """The samples as a format gives them back, in the order in which it holds them."""
    write = writers.load(name).write_bank
    assert write is not None  # noqa: S101 - ``formats`` looked
    assets = Assets({sha256(PNG): PNG})
    questions = [question for _, question in samples()]
    bank = Bank("bank", "Bank", "en", lambda: iter(questions))
    options = msgspec.convert(SETTINGS.get(name, {}), writers.load(name).options)
    written: Written = write(bank, writers.Context(assets=assets, options=options, version=""))
    found: list[Question] = []
    with tempfile.TemporaryDirectory() as folder:
        for artifact in written.artifacts:
            path = Path(folder) / artifact.name
            path.write_bytes(b"".join(publish.artifact_chunks(artifact)))
            found += readers.read_questions(path).bank.questions()
    return found


def cell(name: str, question: Question, back: Question | None) -> str:
    """What became of a question in a format."""
    if back is None:
        return "left out"
    before, after = features(question), features(back)
    same = type(question) is type(back)
    shared = before if same else {word: before[word] for word in before if word in _OF_ALL}
    gone = [word for word, value in shared.items() if after.get(word) != value]
    gone = [word for word in gone if word != "shares" or "key" not in gone]
    lost = [word for word in gone if word not in after]
    changed = [word for word in gone if word in after]
    said = "kept" if same else f"as {CALLED[type(back).__name__]}"
    said += f"; changed: {', '.join(changed)}" if changed else ""
    return said + (f"; lost: {', '.join(lost)}" if lost else "")


_OF_ALL = frozenset({"text", "title", "mark", "tags", "category", "feedback", "grader's notes", "pictures", "formulas"})


def rows(name: str) -> list[str]:
    """A cell for each sample."""
    try:
        found = {_mark(question): question for question in returned(name)}
    except CoursepackError as problem:
        return [f"not read back: {problem.message}"] * len(samples())
    return [cell(name, question, found.get(_mark(question))) for _, question in samples()]


def _mark(question: Question) -> str:
    """The first letters of a sample, which tell it from the others in every format."""
    return block_text(question.text).split()[0].strip("?.,") if question.text else ""


def brief(said: str) -> str:
    """A cell in a word or two."""
    return said.partition(";")[0] if not said.startswith("kept;") else "in part"


HEAD = """# Conversions between question formats

coursepack can convert any question format into any other. Everything that both formats can hold is kept. For each type,
the tables take a question that uses everything its type allows, write it in each format, read it again, and show what
is left. `coursepack convert` reports the same for each question that it converts. This page is generated from the code
by `python -m tools.conversions`, and a test checks it.

- `kept`: the type and everything in the question.
- `in part`: the type, but not everything; the tables below list it after «changed» and «lost».
- `as …`: the question becomes another type.
- `left out`: the format does not support the type.

"""


def page() -> str:
    """The whole page."""
    found = {name: rows(name) for name in convert.formats()}
    types = [called for called, _ in samples()]
    lines = [HEAD.rstrip(), "", f"| format | {' | '.join(types)} |", f"| --- |{' --- |' * len(types)}"]
    lines += [f"| `{name}` | {' | '.join(map(brief, cells))} |" for name, cells in found.items()]
    lines.append("")
    for at, (called, _) in enumerate(samples()):
        lines += [f"## {called.capitalize()}", "", "| format | what is left |", "| --- | --- |"]
        lines += [f"| `{name}` | {cells[at]} |" for name, cells in found.items()]
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true")
    made = page()
    if parser.parse_args().check:
        return int(not PAGE.exists() or PAGE.read_text("utf-8") != made)
    PAGE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
