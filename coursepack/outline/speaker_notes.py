"""What a speaker says at a slide → notes of the class in which the slide is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from coursepack.model.blocks import block_text
from coursepack.model.course import Course, Session
from coursepack.model.document import Document, SpeakerNote
from coursepack.outline.bank.key_text import key_of
from coursepack.place import Finding, warning


def with_speaker_notes(course: Course, documents: Sequence[Document]) -> tuple[Course, list[Finding]]:
    """The course with the notes of its teachers; a warning for a deck whose notes belong to no class."""
    left = {document.file: list(document.spoken) for document in documents if document.spoken}
    weeks = [
        msgspec.structs.replace(week, sessions=tuple(_noted(session, left) for session in week.sessions))
        for week in course.weeks
    ]
    lost = {file: [note for note in notes if not _is_key(note)] for file, notes in left.items()}
    findings = [finding for document in documents for finding in _lost(document, len(lost.get(document.file, ())))]
    return (msgspec.structs.replace(course, weeks=tuple(weeks)) if left else course), findings


def _is_key(note: SpeakerNote) -> bool:
    """Whether notes state, under the title of their slide, nothing but the key of the test question on it."""
    lines = [line.strip() for line in block_text(note.blocks).split("\n") if line.strip()]
    stated = [key_of(line) for line in lines[-1:] + lines[1:-1]]
    return bool(stated) and all(stated)


def _noted(session: Session, left: dict[str, list[SpeakerNote]]) -> Session:
    place = session.place
    if place is None or place.file not in left:
        return session
    found = [each for each in left[place.file] if place.first <= each.number <= place.last]
    left[place.file] = [each for each in left[place.file] if each not in found]
    notes = tuple(block for each in found for block in each.blocks)
    return msgspec.structs.replace(session, notes=(*session.notes, *notes)) if notes else session


def _lost(document: Document, number: int) -> Iterator[Finding]:
    if number:
        notes = f"notes of {number} slides" if number > 1 else "notes of 1 slide"
        message = f"{notes} belong to no class and are left out"
        yield warning("outline-notes-lost", message, document.place(1), "give the deck the role of a lecture")
