"""Gaps of a cloze question inside its text: ``{1:SHORTANSWER:=Астана~%50%Ақмола#almost}``.

The notation is that of Moodle 4.5 (``question/type/multianswer/questiontype.php``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Literal, NamedTuple

from msgspec.structs import replace

from coursepack.model.blocks import Blocks
from coursepack.model.questions import Answer, Gap

GapKind = Literal["short-answer", "short-answer-case", "numerical", "multiple-choice", "multiple-response"]

_KINDS: dict[str, GapKind] = {
    **dict.fromkeys(("NUMERICAL", "NM"), "numerical"),
    **dict.fromkeys(("SHORTANSWER", "SA", "MW"), "short-answer"),
    **dict.fromkeys(("SHORTANSWER_C", "SAC", "MWC"), "short-answer-case"),
    **dict.fromkeys(("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH"), "multiple-choice"),
    **dict.fromkeys(("MULTICHOICE_S", "MCS", "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS"), "multiple-choice"),
    **dict.fromkeys(("MULTIRESPONSE", "MR", "MULTIRESPONSE_H", "MRH"), "multiple-response"),
    **dict.fromkeys(("MULTIRESPONSE_S", "MRS", "MULTIRESPONSE_HS", "MRHS"), "multiple-response"),
}
_PLAIN = frozenset({"NUMERICAL", "NM", "SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC", "MULTICHOICE", "MC"})
_PLAIN_MANY = frozenset({"MULTIRESPONSE", "MR"})
_OPENING = re.compile(r"\{([0-9]*):([A-Z_]+):")
_FRACTION = re.compile(r"=|%(-?[0-9]+(?:[.,][0-9]*)?)%")
# Per cents of a gap to tick. «%0%» is none to Moodle, for PHP takes "0" for nothing.
_WEIGHED = re.compile(r"(?:^|(?<!\\)~)\s*%(?!0%)-?[0-9]+(?:[.,][0-9]*)?%")
_TAGS = re.compile(r"<[^<>]*>")


class Parsed(NamedTuple):
    """The text with ``{#1}``, ``{#2}`` … for its gaps; ``variants`` counts gaps whose layout was lost."""

    text: str
    gaps: tuple[Gap, ...]
    variants: int


def parse(text: str, remark: Callable[[str], Blocks]) -> Parsed:
    """Find the gaps of a text (HTML as it stands). ``remark`` makes blocks of the HTML of an answer's feedback, whose
    entities are read once more than those of the text around it (Moodle 4.5,
    ``question/type/multianswer/questiontype.php``, ``qtype_multianswer_extract_question``)."""
    gaps: list[Gap] = []
    parts: list[str] = []
    variants = 0
    at = 0
    while found := _OPENING.search(text, at):
        kind = _KINDS.get(found[2])
        end = None if kind is None else _end(text, found.end())
        if kind is not None and end is None:
            break  # nor is any gap after it closed
        gap = None if kind is None or end is None else _gap(kind, found[1], text[found.end() : end], remark)
        if gap is None or end is None:
            parts.append(text[at : found.end()])
            at = found.end()
            continue
        gaps.append(gap)
        variants += found[2] not in _PLAIN | _PLAIN_MANY
        parts.append(text[at : found.start()] + f"{{#{len(gaps)}}}")
        at = end + 1
    return Parsed("".join(parts) + text[at:], tuple(gaps), variants)


def _end(text: str, at: int) -> int | None:
    """Where the gap's closing brace stands: the first one without a backslash before it."""
    while (found := text.find("}", at)) >= 0:
        if text[found - 1] != "\\":
            return found
        at = found + 1
    return None


def _split(text: str, sign: str, most: int = -1) -> list[str]:
    """Parts between signs that no backslash protects; a ``#`` of an entity (``&#39;``) parts nothing."""
    parts: list[str] = []
    start = at = 0
    while at < len(text):
        c = text[at]
        if c == "\\":
            at += 2
            continue
        if c == sign and not (c == "#" and text.endswith(("&", "&amp;"), 0, at)) and most != 0:
            parts.append(text[start:at])
            start = at + 1
            most -= 1
        at += 1
    return [*parts, text[start:]]


def _meant(text: str) -> str:
    return re.sub(r"\\([}~#\"/\\=%])", r"\1", text)


def _gap(kind: GapKind, mark: str, inner: str, remark: Callable[[str], Blocks]) -> Gap | None:
    answers: list[Answer] = []
    tolerances: list[str] = []
    for part in _split(inner, "~"):
        text, *rest = _split(part, "#", 1)
        text = text.strip()
        fraction = 0.0
        if found := _FRACTION.match(text):
            fraction = 1.0 if found[0] == "=" else _share(found[1])
            text = text[found.end() :]
        if not text.strip():
            continue
        text = unescape(_TAGS.sub("", _meant(text))).strip()
        tolerance = "0"
        if kind == "numerical":
            text, _, after = text.partition(":")
            text, tolerance = text.strip().replace(",", "."), after.strip().replace(",", ".") or "0"
        answers.append(Answer(text=text, fraction=fraction, feedback=remark(unescape(_meant(rest[0]))) if rest else ()))
        tolerances.append(tolerance)
    if not answers:
        return None
    return Gap(
        kind=kind,
        answers=tuple(_ticked(answers, inner) if kind == "multiple-response" else answers),
        mark=int(mark[:6]) if mark else 1,
        tolerances=tuple(tolerances) if kind == "numerical" and any(t != "0" for t in tolerances) else (),
    )


def _ticked(answers: list[Answer], inner: str) -> list[Answer]:
    """Answers to tick as Moodle counts them: the right ones share the mark, and where nobody gave per cents a wrong one
    undoes a right one."""
    total = sum(answer.fraction for answer in answers if answer.fraction > 0)
    if not total:
        return answers
    undone = 0.0 if _WEIGHED.search(inner) else 1 / total
    return [
        replace(answer, fraction=answer.fraction / total if answer.fraction > 0 else answer.fraction - undone)
        for answer in answers
    ]


def _share(percent: str) -> float:
    return max(-1.0, min(1.0, float(percent.replace(",", ".")) / 100))
