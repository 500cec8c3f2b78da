"""Corrections of course.toml: applied to the pieces that their quoted text begins."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import msgspec

from coursepack.model.blocks import Run
from coursepack.model.document import Grid, Para, Unit
from coursepack.outline.drafts import SESSIONS, PartDraft
from coursepack.outline.found import Anchored, OutlineSource
from coursepack.outline.parted import brought_back, counts, itemised, offered, plain, start_of, starts_of
from coursepack.outline.pieces import Piece, SourceTexts
from coursepack.place import Finding, Place, warning
from coursepack.project.course_toml import Correction, SourceEntry


def roles(entries: Sequence[SourceEntry], corrections: Iterable[Correction]) -> list[SourceEntry]:
    """The sources with the roles that corrections give them."""
    role_of = {one.file: one.role for one in corrections if one.kind == "role" and one.role}
    return [msgspec.structs.replace(one, role=role_of.get(one.file, one.role)) for one in entries]


def assigned(
    files: Sequence[str], corrections: Iterable[Correction], holds: Callable[[int, Correction], bool]
) -> tuple[list[list[Correction]], list[Correction]]:
    """The corrections of each source, in the order of ``files``: each goes to the first source that ``holds`` its
    passage; and those whose passage no source has."""
    by_source: list[list[Correction]] = [[] for _ in files]
    missed: list[Correction] = []
    for correction in corrections:
        if correction.kind == "key":
            continue  # it belongs to a question, of any source (see ``keyed``)
        if correction.kind == "role":
            missed += [] if correction.file in files else [correction]
            continue
        among = (at for at, file in enumerate(files) if correction.file in {None, file})
        at = next((at for at in among if holds(at, correction)), None)
        if at is None:
            missed.append(correction)
        else:
            by_source[at].append(correction)
    return by_source, missed


def holds(source: OutlineSource, correction: Correction) -> bool:
    """Whether a source has the passage that a correction quotes."""
    return found(source, correction) is not None


def unmatched(corrections: Iterable[Correction], missed: Sequence[Correction], where: Place) -> list[Finding]:
    """A warning for each correction whose passage was not found."""
    return [
        _unmatched(correction, where)
        for correction in corrections
        if any(correction is one or correction == one for one in missed)
    ]


def _unmatched(correction: Correction, where: Place) -> Finding:
    begins = f"[[correction]] begins = {(correction.begins or '')[:60]!r}"
    if correction.sha256 is None:
        message, code = f"{begins}: no passage begins so", "outline-correction-unmatched"
    else:
        message = f"{begins}: lost, its source was changed and no passage begins so between what stood around it"
        code = "outline-correction-lost"
    return warning(code, message, where, "copy the beginning from `coursepack inspect`, or remove the correction")


def correct(source: OutlineSource, corrections: Iterable[Correction]) -> list[Correction]:
    """Apply corrections to a source in their order; returns those whose passage is not there."""
    missed: list[Correction] = []
    for one in corrections:
        passage = found(source, one)
        anchored = None if passage is None else anchor(source, passage, one)
        if passage is None or not apply(source, passage, one):
            missed.append(one)
        elif anchored is not None:
            source.anchored.append(anchored)
    return missed


def anchor(source: OutlineSource, passage: AnchoredPassage, correction: Correction) -> Anchored | None:
    """The anchor of a correction in the units of a source; None for one in a table."""
    if passage.unit:
        return Anchored(correction, passage.unit, whole=True)
    piece = source.stream.pieces[passage.at]
    if passage.para is not None or not piece.parts:
        return None
    return Anchored(correction, piece.first, piece.parts[0].start)


def apply_again(source: OutlineSource, one: Anchored) -> bool:
    """Apply an anchored correction to another reading of the same source; False where it cannot be applied."""
    if one.correction.kind == "options":
        return offered(source, one.correction) or True  # it applies to all answers; there may be none here
    if one.whole:
        return one.unit in source.stream.texts.clean and brought_back(source, one.unit)
    pieces = source.stream.pieces
    own = (at for at, it in enumerate(pieces) if it.parts and (it.first, it.parts[0].start) == (one.unit, one.start))
    at = next(own, None)
    return at is not None and apply(source, AnchoredPassage(at, pieces[at].text), one.correction)


def found_in(text: str, anchor: str) -> int | None:
    """The offset in a text of a passage, by its quoted words; None where the text does not contain them."""
    return start_of(text, anchor) if anchor in plain(text) else None


# --- which passage


class AnchoredPassage(NamedTuple):
    """A paragraph of the stream, or one in a cell of a table (``para``): piece number ``at`` is or contains it; or a
    ``unit`` of the source as it was read, even if it was excluded."""

    at: int
    text: str
    para: Para | None = None
    unit: int = 0


def passages(source: OutlineSource) -> Iterator[AnchoredPassage]:
    """The passages that a correction may quote, in order."""
    clean = source.stream.texts.clean
    for at, piece in enumerate(source.stream.pieces):
        if isinstance(piece.object, Grid):
            for para in paragraphs(piece.object):
                yield AnchoredPassage(at, clean[para.number], para)
        elif piece.object is None:
            yield AnchoredPassage(at, piece.text)


def units(source: OutlineSource) -> Iterator[AnchoredPassage]:
    """The lines or paragraphs of a source, those too that were set aside while it was read: what ``kind = "content"``
    may quote."""
    yield from (AnchoredPassage(0, text, unit=unit) for unit, text in source.stream.texts.clean.items() if text.strip())


def _candidates(source: OutlineSource, correction: Correction) -> Iterator[AnchoredPassage]:
    return units(source) if correction.kind == "content" else passages(source)


AROUND = 40
"""The characters of the passages before and after one that are kept with a quote."""


def around(passages: Sequence[AnchoredPassage], at: int) -> tuple[str, str]:
    """The end of the passage before one, and the beginning of the passage after it."""
    before = plain(passages[at - 1].text)[-AROUND:] if at else ""
    after = plain(passages[at + 1].text)[:AROUND] if at + 1 < len(passages) else ""
    return before.strip(), after.strip()


def found(source: OutlineSource, correction: Correction) -> AnchoredPassage | None:
    """The passage that a correction quotes: of those with the quoted beginning the one between the recorded neighbours;
    else, in a source that has not changed since, the one with the recorded number; in a changed one, the only one."""
    anchor = plain(correction.begins or "")
    if correction.sha256 is None:
        alike = (one for one in _candidates(source, correction) if found_in(one.text, anchor) is not None)
        return next(itertools.islice(alike, correction.nth - 1, None), None)
    every = list(_candidates(source, correction))
    numbers = [n for n, one in enumerate(every) if found_in(one.text, anchor) is not None]
    same = correction.sha256 == source.document.sha256
    counted = numbers[correction.nth - 1] if same and len(numbers) >= correction.nth else None
    fit = [n for n in numbers if _fits(correction, *around(every, n))]
    if len(fit) == 1:
        return every[fit[0]]
    if counted is None and not fit and len(numbers) == 1:
        return every[numbers[0]]
    return every[counted] if counted is not None else None


def _fits(correction: Correction, before: str, after: str) -> bool:
    """Whether the neighbours are the recorded ones; either may have been corrected since."""
    return (bool(before) and before == correction.before) or (bool(after) and after == correction.after)


def apply(source: OutlineSource, found: AnchoredPassage, correction: Correction) -> bool:
    """Apply a correction to the passage that it quotes; False where it cannot be applied."""
    anchor = plain(correction.begins or "")
    if found.unit:
        return brought_back(source, found.unit)
    if correction.kind == "options":
        return offered(source, correction)
    pieces = source.stream.pieces
    at, piece = found.at, pieces[found.at]
    if found.para is not None:
        assert isinstance(piece.object, Grid)  # noqa: S101 - only a table has paragraphs of its own
        return _apply_in_table(source.stream.texts, piece, piece.object, found.para, correction, anchor)
    start = found_in(piece.text, anchor) or 0
    if start == 0 or _MARK_ALONE.fullmatch(piece.text[:start]):
        # The printed number of a question or an item is no separate passage.
        return _correct(source, at, piece, correction)
    before, passage = source.stream.texts.cut(piece, start)
    passage.glued = False
    pieces[at : at + 1] = [before, passage]
    if correction.kind == "break":
        for one in (before, passage):
            one.plain = not counts(one)
    return _correct(source, at + 1, passage, correction)


def _correct(source: OutlineSource, at: int, piece: Piece, correction: Correction) -> bool:
    if correction.kind == "debris":
        source.aside([piece], "debris (course.toml)")
        del source.stream.pieces[at]
    elif correction.kind == "join":
        return _join(source.stream.pieces, at)
    elif correction.kind == "replace" and correction.text is not None:
        _replace(piece, correction.text)
    elif correction.kind == "items":
        return itemised(source, at, correction.items)
    else:
        piece.take(correction)
    return True


def _join(pieces: list[Piece], at: int) -> bool:
    """Joins a passage to the paragraph before it; False where there is none."""
    before, piece = (pieces[at - 1] if at else None), pieces[at]
    if before is None or before.object is not None:
        return False
    if before.content is not None or piece.content is not None:
        before.content = (*before.inlines(), Run(text=" "), *piece.inlines())
    before.text = f"{before.text} {piece.text}"
    before.parts = [*before.parts, *piece.parts]
    before.notes = (*before.notes, *piece.notes)
    before.lines += piece.lines
    del pieces[at]
    return True


def _replace(piece: Piece, text: str) -> None:
    piece.text, piece.replaced = text, True
    if piece.content is not None:
        piece.content = (Run(text=text),)


# --- paragraphs of tables: they stay in their cells, and so in their rows


def paragraphs(grid: Grid) -> Iterator[Para]:
    """The paragraphs of a table, those of tables in it too."""
    for row in grid.rows:
        for cell in row:
            for unit in cell.units:
                if isinstance(unit, Para):
                    yield unit
                elif isinstance(unit, Grid):
                    yield from paragraphs(unit)


def _apply_in_table(
    texts: SourceTexts, piece: Piece, grid: Grid, para: Para, correction: Correction, anchor: str
) -> bool:
    text = texts.clean[para.number]
    start = found_in(text, anchor) or 0
    begins = 0 if _MARK_ALONE.fullmatch(text[:start]) else start
    if correction.kind == "items":
        return _items_in_table(texts, para, correction)
    if correction.kind == "join" or (begins and (correction.kind == "debris" or not text[begins - 1].isspace())):
        return False
    if begins:
        texts.clean[para.number] = f"{text[: begins - 1]}\n{text[begins:]}"
    if correction.kind == "replace":
        _replace_in_table(texts, piece, grid, para, text[:start] + (correction.text or ""))
    elif correction.kind == "debris":
        texts.ledger.claim(para.number, "aside", reason="debris (course.toml)")
        piece.object = _with(grid, para, None)
        piece.parts = [part for part in piece.parts if part.unit != para.number]
    else:
        texts.said[para.number, begins] = correction
    return True


def _items_in_table(texts: SourceTexts, para: Para, correction: Correction) -> bool:
    """Each item on a line of its own in its cell."""
    text = texts.clean[para.number]
    starts = starts_of(text, correction.items)
    if starts is None or not all(text[at - 1].isspace() for at in starts):
        return False
    for at in starts:
        text = f"{text[: at - 1]}\n{text[at:]}"
    texts.clean[para.number] = text
    texts.said |= {(para.number, at): correction for at in (0, *starts)}
    return True


def _replace_in_table(texts: SourceTexts, piece: Piece, grid: Grid, para: Para, text: str) -> None:
    texts.clean[para.number] = text
    texts.replaced.add(para.number)
    piece.object = _with(grid, para, msgspec.structs.replace(para, content=(Run(text=text),)))
    piece.parts = [replace(part, end=len(text)) if part.unit == para.number else part for part in piece.parts]


def _with(grid: Grid, old: Para, new: Para | None) -> Grid:
    """The table with a paragraph replaced, or removed."""

    def inside(units: Sequence[Unit]) -> Iterator[Unit]:
        for unit in units:
            if isinstance(unit, Grid):
                yield _with(unit, old, new)
            elif unit is not old:
                yield unit
            elif new is not None:
                yield new

    rows = (tuple(msgspec.structs.replace(cell, units=tuple(inside(cell.units))) for cell in row) for row in grid.rows)
    return msgspec.structs.replace(grid, rows=tuple(rows))


# --- parts


def settle(source: OutlineSource, corrections: Iterable[Correction]) -> list[Correction]:
    """Apply the corrections of course.toml to the drafts; returns those of parts that no section and no draft
    matches."""
    heads = [one.head.piece.said for one in source.root.walk() if one.head] if source.root else []
    missed: list[Correction] = []
    for correction in corrections:
        if correction.kind == "session":
            _move(source, correction)
        if correction.kind != "part":
            continue
        among = [draft for draft in source.drafts if any(one.said is correction for one in _pieces(draft))]
        chosen = next((draft for draft in among if draft.kind == correction.part), among[0] if among else None)
        if chosen is not None and (correction.part is None or correction.part in KINDS):
            _apply_to_draft(chosen, correction)
        elif correction.part != "none" and not any(head is correction for head in heads):
            missed.append(correction)
    return missed


def _pieces(draft: PartDraft) -> Iterator[Piece]:
    yield from (draft.opened,) if draft.opened else ()
    yield from draft.pieces()
    yield from (piece for piece, _ in draft.marks)


def _apply_to_draft(draft: PartDraft, correction: Correction) -> None:
    draft.kind = correction.part or draft.kind
    if correction.number is not None:
        draft.number = correction.number
    if correction.week is not None:
        draft.week, draft.week_stated = correction.week, True
    if correction.title is not None:
        draft.opened = draft.opened or next(iter(draft.title), None)
        draft.marks.extend((piece, "title (course.toml)") for piece in draft.title)
        draft.title = [Piece(correction.title, [], language=draft.language)]


def _move(source: OutlineSource, correction: Correction) -> None:
    """Moves a row of a plan to the class that course.toml names by its session id."""
    found = _SESSION.fullmatch(correction.session or "")
    for draft in source.drafts if found else ():
        named = any(one.session == correction.session for one in (*draft.title, *filter(None, [draft.opened])))
        if found and named and draft.kind in SESSIONS:
            draft.kind, draft.week, draft.week_stated = found["kind"], int(found["week"]), True


KINDS = SESSIONS.keys() | {"assignment"}
"""Parts that a row of a plan may be."""
_SESSION = re.compile(rf"w(?P<week>\d+)-(?P<kind>{'|'.join(SESSIONS)})(?:-\d+)?")
_MARK_ALONE = re.compile(r"\s*(?:(?:[^\W\d_]+\s*)?(?:№\s*)?\d{1,4}\s*(?:[.):]\s*)?|\(?[^\W\d_][.)]\s*|[•–—-]\s*)")
