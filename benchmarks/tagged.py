"""Tests in tags, there and back: P1, P2 and P3 → Moodle XML → the same dialect; how many questions are the same.

    python -m benchmarks.tagged            4,500 questions
    python -m benchmarks.tagged COUNT      so many, a third in each dialect

The text that comes back must be the text that was there, byte for byte, and each question must be read alike from both.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from coursepack.convert import convert
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice, Question
from coursepack.readers import read_questions

DIALECTS: dict[str, tuple[str, dict[str, object]]] = {
    "P1, classic": ("platonus", {}),
    "P2, levels": ("platonus-levels", {}),
    "P3, mixed": ("platonus", {"right": "tag"}),
}
WORDS = ("мемлекет", "заң", "билік", "халық", "x<y", "a&b", "«тырнақша»", "5", "%", "{жақша}", "~", "=", "->", "H2O")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tagged")
    parser.add_argument("count", type=int, nargs="?", default=4500)
    each = parser.parse_args().count // 3 // 3 * 3
    print("| dialect | questions | identical questions | identical text |\n| --- | --- | --- | --- |")
    for name, (form, options) in DIALECTS.items():
        more = {"levels": [each // 3] * 3} if form == "platonus-levels" else {}
        alike, same = there_and_back(name, each, form, {**options, **more})
        print(f"| {name} | {each} | {alike} | {'yes' if same else 'no'} |")


def there_and_back(name: str, count: int, form: str, options: dict[str, object]) -> tuple[int, bool]:
    """How many questions are the same on both sides, and whether the text is."""
    with tempfile.TemporaryDirectory() as made:
        source, back = Path(made) / "bank.txt", Path(made) / "back.txt"
        source.write_text("".join(bank(name, count)), "utf-8")
        ((xml, _),) = convert(source, "moodle-xml", Path(made) / "bank.xml").files
        convert(xml, form, back, options=options)
        sides = [[_said(one) for one in read_questions(path).bank.questions()] for path in (source, xml, back)]
        alike = sum(a == b == c for a, b, c in zip(*sides, strict=False))
        return alike, back.read_text("utf-8") == source.read_text("utf-8")


def bank(name: str, count: int) -> Iterator[str]:
    """A bank of a dialect, question by question; some stems take two lines."""
    draw = random.Random(name)  # noqa: S311 - a bank to read, no secret
    levels, tagged = name.startswith("P2"), not name.startswith("P1")
    for n in range(count):
        stem = "\n".join(" ".join(["Ал", *draw.choices(WORDS, k=draw.randint(2, 9))]) for _ in range(1 + (n % 4 == 0)))
        yield f"<question{1 + n * 3 // count if levels else ''}>{n}-сұрақ {stem}\n"
        right = n % 5 if name.startswith("P3") else 0
        for at in range(5):
            tag = "variantright" if tagged and at == right else "variant"
            yield f"<{tag}>{at}-жауап {' '.join(draw.choices(WORDS, k=3))}\n"
        yield "\n"


def _said(question: Question) -> tuple[object, ...]:
    if not isinstance(question, MultipleChoice):
        return (type(question).__name__,)
    choices = tuple((block_text(one.content), round(one.fraction, 4)) for one in question.choices)
    return block_text(question.text), choices, question.tags, question.single


if __name__ == "__main__":
    main()
