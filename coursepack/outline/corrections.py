"""Corrections of course.toml: applied to the pieces that their quoted text begins."""

from __future__ import annotations

import re

from coursepack.outline.found import Source
from coursepack.outline.pieces import Piece
from coursepack.place import Finding, Place, warning
from coursepack.project.course_toml import Correction
from coursepack.text.letters import Letters


def correct(sources: list[Source], corrections: tuple[Correction, ...], where: Place | None) -> list[Finding]:
    """Apply corrections; a warning for each anchor that no passage begins with."""
    findings: list[Finding] = []
    for correction in corrections:
        hits = 0
        for source in sources:
            if correction.file in {None, source.document.file}:
                hits += _apply(source, correction)
            if hits:
                break
        if not hits:
            findings.append(
                warning(
                    "outline-correction-unmatched",
                    f"[[correction]] begins = {correction.begins[:60]!r}: no passage begins so",
                    where,
                    "copy the beginning from `coursepack inspect`, or take the correction out",
                )
            )
    return findings


def _apply(source: Source, correction: Correction) -> int:
    anchor = _plain(correction.begins)
    pieces = source.stream.pieces
    for at, piece in enumerate(pieces):
        if piece.object is not None or anchor not in _plain(piece.text):
            continue
        start = _start(piece.text, anchor)
        if start is None:
            continue
        if start == 0 or _MARK_ALONE.fullmatch(piece.text[:start]):
            # The printed number of a question or an item is no passage of its own.
            _correct(source, at, piece, correction)
            return 1
        before, passage = source.stream.texts.cut(piece, start)
        passage.glued = False
        pieces[at : at + 1] = [before, passage]
        if correction.kind == "break":
            before.plain = passage.plain = True
        _correct(source, at + 1, passage, correction)
        return 1
    return 0


def _correct(source: Source, at: int, piece: Piece, correction: Correction) -> None:
    pieces = source.stream.pieces
    match correction.kind:
        case "debris":
            source.aside([piece], "debris (course.toml)")
            del pieces[at]
        case "heading":
            piece.is_heading = True
            piece.heading = correction.level
        case "paragraph":
            piece.is_heading = False
            piece.heading = None
            piece.plain = True
        case "list-item":
            piece.label = piece.label or "•"
        case "session":
            piece.session = correction.session
        case "replace":
            if correction.text is not None:
                piece.text = correction.text
                piece.replaced = True
                if piece.content is not None:
                    from coursepack.model.blocks import Run

                    piece.content = (Run(text=correction.text),)
        case "break":
            pass


_MARK_ALONE = re.compile(r"\s*(?:(?:[^\W\d_]+\s*)?(?:№\s*)?\d{1,4}\s*(?:[.):]\s*)?|\(?[^\W\d_][.)]\s*|[•–—-]\s*)")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", Letters(own=True).repair(text)).strip()


def _start(text: str, anchor: str) -> int | None:
    """Where the anchor begins in a text: at its start or after a space."""
    pattern = r"\s+".join(re.escape(word) for word in anchor.split(" "))
    found = re.search(rf"(?:^|(?<=[\s«“\"(]))(?:[•–—-]\s*)?{pattern}", text) or re.search(pattern, text)
    return found.start() if found else None
