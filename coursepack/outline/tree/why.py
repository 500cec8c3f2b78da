"""Why a line was read as it was: what was seen of it, what its section was taken for and what stood next to that, what
became of it, and the correction that would make it something else.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from coursepack.model.ledger import LedgerEntry
from coursepack.outline.corrections import KINDS
from coursepack.outline.drafts import PartDraft
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.tree.sections import OutlineSection
from coursepack.outline.tree.signals import Segment, weights
from coursepack.outline.unsure import correction

Say = Callable[[str], str]
"""A message in the language that is spoken."""
_CORRECT = "to correct it:"


def why(source: OutlineSource, first: int, last: int, say: Say = str) -> list[str]:
    """The answer for the lines or paragraphs with those numbers, in the language of ``say``; none where a source has no
    letter there."""
    ledger = source.stream.texts.ledger
    questions = [
        unit for unit in range(first, min(last, max(ledger.units, default=0)) + 1) if ledger.units.get(unit, "").strip()
    ]
    entries: defaultdict[int, list[LedgerEntry]] = defaultdict(list)
    for entry in ledger.entries:
        entries[entry.unit].append(entry)
    seen = _seen(source.root) if source.root is not None else {}
    drafts = _rows(source)
    told: list[str] = []
    shown: set[int] = set()
    for unit in questions:
        told.append(f"{source.document.file}:{unit} «{_short(' '.join(ledger.units[unit].split()))}»")
        told += [f"  {line}" for line in _fates(entries[unit], say)]
        for segment, section in seen.get(unit, ()):
            if id(segment) not in shown:
                shown.add(id(segment))
                told += [f"  {line}" for line in _of(source, segment, section, say)]
        if (row := drafts.get(unit)) is not None:
            told += [f"  {say(_CORRECT)}", *_indented(correction(source, *row))]
    return told


def _seen(root: OutlineSection) -> Mapping[int, list[tuple[Segment, OutlineSection]]]:
    """The segments of each line or paragraph, with the section that each heads or stands in."""
    found: defaultdict[int, list[tuple[Segment, OutlineSection]]] = defaultdict(list)
    for section in root.walk():
        for segment in (*([section.head] if section.head else []), *section.own):
            for unit in dict.fromkeys(part.unit for part in segment.piece.parts):
                found[unit].append((segment, section))
    return found


def _rows(source: OutlineSource) -> Mapping[int, tuple[Piece, str]]:
    """The cells that name a class or a task of a plan: the piece of each, and what it is."""
    cells = {part.unit for one in source.stream.pieces if one.object is not None for part in one.parts}
    return {
        part.unit: (piece, draft.kind)
        for draft in reversed(source.drafts)
        if draft.kind in KINDS
        for piece in _title(draft)
        for part in piece.parts
        if part.unit in cells
    }


def _title(draft: PartDraft) -> list[Piece]:
    return draft.title or draft.get("body")[:1]


def _fates(entries: list[LedgerEntry], say: Say) -> Iterator[str]:
    """What became of a line, each part and reason once."""
    for entry in dict.fromkeys((one.fate, one.part, one.reason) for one in entries):
        fate, part, reason = entry
        where = f" of {part}" if part else ""
        yield say(f"became {fate}{where}" + (f" ({reason})" if reason else ""))


def reasons(source: OutlineSource, unit: int, say: Say) -> list[str]:
    """Why one line was read so, in the language of ``say``: what is seen of it, and of the sections around it."""
    seen = _seen(source.root) if source.root is not None else {}
    return [line for segment, section in seen.get(unit, ()) for line in _seen_of(source, segment, section, say)]


def _of(source: OutlineSource, segment: Segment, section: OutlineSection, say: Say) -> Iterator[str]:
    yield from _seen_of(source, segment, section, say)
    if section.head is segment:
        near = section.runner if section.margin < weights()["label"]["margin"] else None
        other = near or ("none" if section.label else section.nearest or "text")
        yield say(_CORRECT)
        yield from _indented(correction(source, segment.piece, other))


def _seen_of(source: OutlineSource, segment: Segment, section: OutlineSection, say: Say) -> Iterator[str]:
    if segment.is_text:
        least = weights()["heading"]["least"]
        yield f"{say(f'heading {segment.heading} of {least}')}: {_sum(_named(segment.why), say)}"
    if source.root is not None:
        yield from (f"{say('in')} {line}" for line in _path(source.root, section, say))


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in text.split("\n")]


def _path(root: OutlineSection, section: OutlineSection, say: Say) -> Iterator[str]:
    """The sections around a line, the nearest first: label, score, runner-up, reasons."""
    at: OutlineSection | None = section
    while at is not None and at is not root:
        name = say(at.label or "text of the section around it")
        counted = f" {at.counted.value}" if at.counted else ""
        told = [name + counted, say(f"score {at.score}")]
        if at.runner:
            told.append(f"{say('next')} {say(at.runner)} ({at.score - at.margin})")
        title = _short(at.head.text) if at.head else ""
        yield f"«{title}»: {', '.join(told)}: {_sum(at.reasons, say) or say('a number of its series')}"
        at = at.parent
    yield f"{say('the document')}: {say(root.label or 'text')}, {say('weighed')} {_sum(root.reasons, say)}"


def _named(seen: Mapping[str, int]) -> dict[str, int]:
    return {_names()[signal]["says"]: points for signal, points in seen.items()}


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    """Signal of a heading → how it is said, under «says»."""
    text = Path(__file__).with_name("why.toml").read_text("utf-8")
    names: Mapping[str, Mapping[str, str]] = tomllib.loads(text)["heading"]
    return names


def _sum(reasons: Mapping[str, int], say: Say) -> str:
    return ", ".join(f"{say(name)} {value:+d}" for name, value in sorted(reasons.items(), key=lambda one: -abs(one[1])))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
