"""Parts whose label is not sure: told with the correction that makes them what they may be instead."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from coursepack import visible
from coursepack.model.document import Grid
from coursepack.outline.corrections import found_in, paragraphs
from coursepack.outline.found import OutlineSource
from coursepack.outline.parted import plain
from coursepack.outline.pieces import Piece
from coursepack.outline.tree.classes import FIELDS
from coursepack.outline.tree.sections import PAPERS, SESSIONS, OutlineSection
from coursepack.outline.tree.signals import weights
from coursepack.place import Finding, Place, note, warning

NO_PART = "text of what is around it"
_ANCHOR = 60
# Parts that take whatever stands below their heading.
_WHOLE = frozenset({"exam", "tests", "answers", "foreword", "introduction", "conclusion"}) | PAPERS
# Place alone makes no label.
_EVIDENCE = frozenset({"words", "known words", "shape"})
_MANY = {"line": "lines", "paragraph": "paragraphs"}
_IN_CLASS = FIELDS.keys() | {"assignments"}


@cache
def limits() -> dict[str, dict[str, int]]:
    """From where on something is told (``told.toml``)."""
    return tomllib.loads((Path(__file__).parent / "told.toml").read_text("utf-8"))


def unsure(source: OutlineSource) -> list[Finding]:
    """A note for each part of a source whose label is not sure; a warning when they are many."""
    found = doubted(source)
    notes = [_note(source, *one) for one in found[: limits()["unsure"]["most"]]]
    return [*([_gathered(source, found)] if len(found) > limits()["unsure"]["many"] else []), *notes]


def doubted(source: OutlineSource) -> list[tuple[OutlineSection, str]]:
    """The parts of a source whose label is not sure, each with what it may be instead."""
    if source.root is None or source.root.label not in {"course", "session"}:
        return []
    return [one for one in _sections(source.root, inside=source.root.label == "session") if one[0].head is not None]


def _note(source: OutlineSource, section: OutlineSection, to: str) -> Finding:
    assert section.head is not None  # noqa: S101 - those without a heading are left out above
    piece = section.head.piece
    by = " and ".join(section.reasons) or "nothing"
    read, other = section.label or NO_PART, NO_PART if to == "none" else to
    return note(
        "outline-unsure",
        f"«{piece.text[:_ANCHOR]}» was read as {read}, by {by} ({section.score}); it may be {other}",
        source.builder.where(piece),
        "if so, correct it in course.toml:",
        correction(source, piece, to),
    )


def _gathered(source: OutlineSource, found: Sequence[tuple[OutlineSection, str]]) -> Finding:
    first = [str(section.head.piece.first) for section, _ in found if section.head]
    return warning(
        "outline-many-unsure",
        f"of {len(found)} parts it is uncertain what they are: {some(source, first)}",
        Place(source.document.file),
        "«coursepack inspect -v» lists them with corrections to paste; «inspect --why LINE» explains any line",
    )


def some(source: OutlineSource, units: Sequence[str]) -> str:
    """The first of some lines or paragraphs: «lines 3, 8 …»."""
    most = limits()["foremost"]["places"]
    unit = source.stream.texts.ledger.unit_name
    return f"{_MANY[unit] if len(units) > 1 else unit} {', '.join(units[:most])}{' …' if len(units) > most else ''}"


def _sections(root: OutlineSection, *, inside: bool) -> Iterator[tuple[OutlineSection, str]]:
    """The sections that are not sure, each with what it may be instead."""
    for section in root.children:
        is_class = section.label in SESSIONS or (section.series is not None and section.series.kind in SESSIONS)
        if section.series is None and section.said is None and (other := _instead(section, inside=inside)):
            yield section, other
        if section.label not in _WHOLE:
            yield from _sections(section, inside=inside or is_class)


def _instead(section: OutlineSection, *, inside: bool) -> str | None:
    """What a section may be other than its label; None where its label is sure, or makes no difference (a plan is read
    wherever it stands)."""
    label = weights()["label"]

    def differs(one: str | None, other: str | None) -> bool:
        return "plan" not in {one, other} and _becomes(one, inside=inside) != _becomes(other, inside=inside)

    if section.label is None:
        close = (
            section.nearest is not None
            and "words" in section.reasons
            and section.score >= label["least"] - label["margin"]
        )
        return section.nearest if close and differs(None, section.nearest) else None
    if section.label != section.nearest:
        return None  # its equals spoke for it
    if section.runner and section.margin < label["margin"]:
        return section.runner if differs(section.label, section.runner) else None
    evidence = [value for name, value in section.reasons.items() if name in _EVIDENCE]
    alone = len(evidence) == 1 and evidence[0] < limits()["unsure"]["sure"]
    return "none" if alone and differs(section.label, None) else None


def _becomes(label: str | None, *, inside: bool) -> str | None:
    """What a label makes of a section: None for text under its own heading."""
    if inside:
        return FIELDS.get(label or "", label) if label in _IN_CLASS else None
    return None if label == "policy" else label  # rules are what a section without a label becomes


def correction(source: OutlineSource, piece: Piece, part: str) -> str:
    """The lines of course.toml by which a passage is that part."""
    begins, nth = anchor(source, piece)
    lines = ["[[correction]]", f"file = {visible.toml(source.document.file)}", f"begins = {visible.toml(begins)}"]
    lines += [f"nth = {nth}"] if nth > 1 else []
    return "\n".join([*lines, 'kind = "part"', f"part = {visible.toml(part)}"])


def anchor(source: OutlineSource, piece: Piece) -> tuple[str, int]:
    """The beginning of a passage to quote, whole words of it, and which of those that begin so it is."""
    text = plain(piece.text)
    begins = (
        text if len(text) <= _ANCHOR else text[: text.rfind(" ", 1, _ANCHOR) if " " in text[1:_ANCHOR] else _ANCHOR]
    )
    return begins, 1 + sum(found_in(text, begins) is not None for text in _before(source, piece))


def _before(source: OutlineSource, piece: Piece) -> Iterator[str]:
    """The texts of the passages that stand before a piece."""
    place = (piece.first, piece.parts[0].start) if piece.parts else (0, 0)
    for one in source.stream.pieces:
        if isinstance(one.object, Grid):
            numbers = (para.number for para in paragraphs(one.object))
            yield from (source.stream.texts.clean[number] for number in numbers if number < place[0])
        elif one.object is None and one.parts and (one.first, one.parts[0].start) < place:
            yield one.text
