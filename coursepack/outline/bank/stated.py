"""What a key states where there are no answers to choose from: a number, a text, texts of gaps; and rows of pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coursepack import languages
from coursepack.model.blocks import Blocks, Inlines, Paragraph, Run, block_text, with_text
from coursepack.model.questions import Answer, Gap, NumericalAnswer, literal

_DECIMAL = r"[-+−]?\s?\d+(?:[.,]\d+)?"
_NUMBER = re.compile(
    rf"[≈~]?\s*(?P<value>{_DECIMAL})(?:\s*[(\[]?\s*(?:±|\+\s?/?\s?[-−–])\s*(?P<spread>\d+(?:[.,]\d+)?)\s*[)\]]?)?"
)
_BETWEEN = languages.expression(
    rf"(?:@range-from@\s+(?P<low>{_DECIMAL})\s+@range-to@\s+(?P<high>{_DECIMAL})|"
    rf"(?P<first>{_DECIMAL})\s*(?:\.\.\.?|…)\s*(?P<last>{_DECIMAL}))",
    re.IGNORECASE,
)
_OR = languages.expression(r"\s+/\s+|\s*\|\s*|\s*;?\s+@or@\s+", re.IGNORECASE)
_GAP = re.compile(r"(?:\(\d{1,2}\)\s*)?(?:_{3,}|\.{5,}|…{2,})(?:\s*\(\d{1,2}\))?")
_COUNTED = re.compile(r"(?:^|(?<=[\s,;]))\(?\d{1,2}[).]\s*(?=\S)")
_ROW = re.compile(r"(?P<left>\S.*?)\s*(?:(?<=\s)[-–—=]+>*(?=\s)|→|⟶|➔|➜|⇒)\s*(?P<right>\S.*)", re.DOTALL)


def number_of(key: str) -> NumericalAnswer | None:
    """«9,8», «≈ 9.8 ± 0.1», «from 9.7 to 9.9», «9.7..9.9» as a number with its tolerance."""
    plain = key.strip().rstrip(" .;")
    if found := _NUMBER.fullmatch(plain):
        return NumericalAnswer(value=_plain(found["value"]), tolerance=_plain(found["spread"] or "0"))
    if found := _BETWEEN.fullmatch(plain):
        low, high = (float(_plain(one)) for one in (found["low"] or found["first"], found["high"] or found["last"]))
        if low <= high:
            return NumericalAnswer(value=_short((low + high) / 2), tolerance=_short((high - low) / 2))
    return None


def _plain(number: str) -> str:
    return number.replace(",", ".").replace("−", "-").replace(" ", "").lstrip("+")


def _short(number: float) -> str:
    return f"{number:.10f}".rstrip("0").rstrip(".")


def texts_of(key: str) -> list[str]:
    """The texts that a key accepts: «Astana / Nur-Sultan», «Astana or Nur-Sultan»."""
    found = [one.strip(" .;") for one in _OR.split(key)]
    return found if all(found) else [key.strip(" .;")]


def gaps(text: Blocks, key: str) -> tuple[Blocks, tuple[Gap, ...]] | None:
    """A question with several gaps and as many answers in its key, as the text and gaps of a cloze."""
    count = len(_GAP.findall(block_text(text)))
    answers = _each(key, count) if count > 1 else []
    plain = all(isinstance(block, Paragraph) for block in text)
    if len(answers) != count or not answers or not plain or not all(answers):
        return None
    numbers = iter(range(1, count + 1))
    result = tuple(
        Paragraph(content=_filled(block.content, numbers), place=block.place, align=block.align)
        for block in text
        if isinstance(block, Paragraph)
    )
    if next(numbers, None) is not None:
        return None
    kinds = tuple(
        Gap(kind="short-answer", answers=tuple(Answer(text=literal(one)) for one in texts_of(answer)))
        for answer in answers
    )
    return result, kinds


def _each(key: str, count: int) -> list[str]:
    """The answers of a key that states one for each gap: by numbers, semicolons or commas, whichever gives so many."""
    counted = [one.strip(" ,;.") for one in _COUNTED.split(key)[1:]]
    for found in (counted, *([one.strip(" .") for one in key.split(sign)] for sign in (";", ","))):
        if len(found) == count:
            return found
    return []


def _filled(content: Inlines, numbers: Iterator[int]) -> Inlines:
    def fill(_: re.Match[str]) -> str:
        return f"{{#{next(numbers, 0)}}}"

    return tuple(with_text(one, _GAP.sub(fill, one.text)) if isinstance(one, Run) else one for one in content)


_MATCHES = languages.expression(r"(?<!\w)@matching@(?!\w)", re.IGNORECASE)


def asks_to_match(text: str) -> bool:
    """Whether a question asks to pair two sides."""
    return _MATCHES.search(text) is not None


@dataclass(frozen=True, slots=True)
class Row:
    """A line that pairs two sides: where the left one ends, where the right one begins."""

    end: int
    start: int


def rows_of(texts: Sequence[str]) -> list[Row]:
    """The rows «left → right», «left – right» of lines that are nothing else, each left side once."""
    found = [_ROW.fullmatch(text) for text in texts]
    rows = [Row(one.end("left"), one.start("right")) for one in found if one]
    lefts = {text[: row.end].lower() for text, row in zip(texts, rows, strict=False)}
    return rows if len(rows) == len(texts) > 1 and len(lefts) == len(rows) else []


def side_end(text: str) -> int:
    """Where a side of a pair ends before the dash or arrow that parts it from the other: «Abai —»."""
    return len(_PARTED.sub("", text))


_PARTED = re.compile(r"\s*(?:[-–—=]+>*|→|⟶|➔|➜|⇒)\s*$")
