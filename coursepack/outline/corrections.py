"""Corrections of course.toml: applied to the pieces that their quoted text begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import msgspec

from coursepack.model.blocks import Run
from coursepack.model.document import Grid, Para, Unit
from coursepack.outline.drafts import SESSIONS, Draft
from coursepack.outline.found import Source
from coursepack.outline.pieces import Piece, Texts
from coursepack.place import Finding, Place, warning
from coursepack.project.course_toml import Correction, SourceEntry
from coursepack.text.letters import Letters


def roles(entries: Sequence[SourceEntry], corrections: Iterable[Correction]) -> list[SourceEntry]:
    """The sources with the roles that corrections give them."""
    said = {one.file: one.role for one in corrections if one.kind == "role" and one.role}
    return [msgspec.structs.replace(one, role=said.get(one.file, one.role)) for one in entries]


def assigned(
    sources: Sequence[Source], corrections: Iterable[Correction]
) -> tuple[list[list[Correction]], list[Correction]]:
    """The corrections of each source, the first with the passage; and those whose passage is nowhere."""
    own: list[list[Correction]] = [[] for _ in sources]
    missed: list[Correction] = []
    for correction in corrections:
        if correction.kind == "role":
            missed += [] if any(one.document.file == correction.file for one in sources) else [correction]
            continue
        among = [one for one in enumerate(sources) if correction.file in {None, one[1].document.file}]
        at = next((at for at, source in among if _holds(source, correction)), None)
        if at is None:
            missed.append(correction)
        else:
            own[at].append(correction)
    return own, missed


def unmatched(corrections: Iterable[Correction], missed: Sequence[Correction], where: Place) -> list[Finding]:
    """A warning for each correction that no passage answered."""
    return [
        warning(
            "outline-correction-unmatched",
            f"[[correction]] begins = {(correction.begins or '')[:60]!r}: no passage begins so",
            where,
            "copy the beginning from `coursepack inspect`, or take the correction out",
        )
        for correction in corrections
        if any(correction is one or correction == one for one in missed)
    ]


def correct(source: Source, corrections: Iterable[Correction]) -> list[Correction]:
    """Apply corrections to a source in their order; those whose passage is not there."""
    return [one for one in corrections if not _apply(source, one)]


def _holds(source: Source, correction: Correction) -> bool:
    """Whether so many passages of a source begin with the quoted text as the correction counts."""
    anchor, left = plain(correction.begins or ""), correction.nth
    for piece in source.stream.pieces:
        if isinstance(piece.object, Grid):
            texts = [source.stream.texts.clean[para.number] for para in paragraphs(piece.object)]
        else:
            texts = [] if piece.object is not None else [piece.text]
        left -= sum(found_in(text, anchor) is not None for text in texts)
        if left <= 0:
            return True
    return False


def found_in(text: str, anchor: str) -> int | None:
    """Where a passage begins in a text by the words that are quoted of it; None where it holds them not."""
    return _start(text, anchor) if anchor in plain(text) else None


def _apply(source: Source, correction: Correction) -> bool:
    anchor = plain(correction.begins or "")
    pieces = source.stream.pieces
    left = correction.nth
    for at, piece in enumerate(pieces):
        if isinstance(piece.object, Grid):
            for para in paragraphs(piece.object):
                left -= found_in(source.stream.texts.clean[para.number], anchor) is not None
                if not left:
                    return _apply_in_table(source.stream.texts, piece, piece.object, para, correction, anchor)
            continue
        start = found_in(piece.text, anchor) if piece.object is None else None
        left -= start is not None
        if start is None or left:
            continue
        if start == 0 or _MARK_ALONE.fullmatch(piece.text[:start]):
            # The printed number of a question or an item is no passage of its own.
            _correct(source, at, piece, correction)
            return True
        before, passage = source.stream.texts.cut(piece, start)
        passage.glued = False
        pieces[at : at + 1] = [before, passage]
        if correction.kind == "break":
            before.plain = passage.plain = True
        _correct(source, at + 1, passage, correction)
        return True
    return False


def _correct(source: Source, at: int, piece: Piece, correction: Correction) -> None:
    if correction.kind == "debris":
        source.aside([piece], "debris (course.toml)")
        del source.stream.pieces[at]
    elif correction.kind == "replace" and correction.text is not None:
        _replace(piece, correction.text)
    else:
        piece.take(correction)


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


def _apply_in_table(texts: Texts, piece: Piece, grid: Grid, para: Para, correction: Correction, anchor: str) -> bool:
    text = texts.clean[para.number]
    start = found_in(text, anchor) or 0
    begins = 0 if _MARK_ALONE.fullmatch(text[:start]) else start
    if begins and (correction.kind == "debris" or not text[begins - 1].isspace()):
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


def _replace_in_table(texts: Texts, piece: Piece, grid: Grid, para: Para, text: str) -> None:
    texts.clean[para.number] = text
    texts.replaced.add(para.number)
    piece.object = _with(grid, para, msgspec.structs.replace(para, content=(Run(text=text),)))
    piece.parts = [replace(part, end=len(text)) if part.unit == para.number else part for part in piece.parts]


def _with(grid: Grid, old: Para, new: Para | None) -> Grid:
    """The table with another paragraph, or none, in the place of one."""

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


def settle(source: Source, corrections: Iterable[Correction]) -> list[Correction]:
    """Give the drafts what course.toml says of them; the corrections of parts that no section and no draft is of."""
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
            _say(chosen, correction)
        elif correction.part != "none" and not any(said is correction for said in heads):
            missed.append(correction)
    return missed


def _pieces(draft: Draft) -> Iterator[Piece]:
    yield from (draft.opened,) if draft.opened else ()
    yield from draft.pieces()
    yield from (piece for piece, _ in draft.marks)


def _say(draft: Draft, correction: Correction) -> None:
    draft.kind = correction.part or draft.kind
    if correction.number is not None:
        draft.number = correction.number
    if correction.week is not None:
        draft.week, draft.week_said = correction.week, True
    if correction.title is not None:
        draft.opened = draft.opened or next(iter(draft.title), None)
        draft.marks.extend((piece, "title (course.toml)") for piece in draft.title)
        draft.title = [Piece(correction.title, [], language=draft.language)]


def _move(source: Source, correction: Correction) -> None:
    """A row of a plan whose class course.toml names by its session id."""
    found = _SESSION.fullmatch(correction.session or "")
    for draft in source.drafts if found else ():
        named = any(one.session == correction.session for one in (*draft.title, *filter(None, [draft.opened])))
        if found and named and draft.kind in SESSIONS:
            draft.kind, draft.week, draft.week_said = found["kind"], int(found["week"]), True


KINDS = SESSIONS.keys() | {"assignment"}
"""Parts that a row of a plan may be."""
_SESSION = re.compile(rf"w(?P<week>\d+)-(?P<kind>{'|'.join(SESSIONS)})(?:-\d+)?")
_MARK_ALONE = re.compile(r"\s*(?:(?:[^\W\d_]+\s*)?(?:№\s*)?\d{1,4}\s*(?:[.):]\s*)?|\(?[^\W\d_][.)]\s*|[•–—-]\s*)")


@lru_cache(1 << 16)
def plain(text: str) -> str:
    """A text as it is compared: letters repaired, one space for many."""
    return re.sub(r"\s+", " ", Letters(own=True).repair(text)).strip()


def _start(text: str, anchor: str) -> int | None:
    """Where the anchor begins in a text: at its start or after a space."""
    pattern = r"\s+".join(re.escape(word) for word in anchor.split(" "))
    found = re.search(rf"(?:^|(?<=[\s«“\"(]))(?:[•–—-]\s*)?{pattern}", text) or re.search(pattern, text)
    return found.start() if found else None
