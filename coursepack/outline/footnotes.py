"""Footnotes of hard-wrapped text whose reader tells their lines: notes of the paragraphs that bear their marks."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from coursepack.model.blocks import Footnote, Inlines, NoteMark, Paragraph, Run
from coursepack.model.document import Line
from coursepack.outline.pieces import Piece, UnitRange
from coursepack.text.characters import GONE
from coursepack.text.lines import Vocabulary, glue

MARK = "\ufdd0"
"""Stands for each letter of a note's mark while lines are joined: a noncharacter, which no text holds."""
_LABEL = re.compile(r"\s*(?P<label>\d{1,3}|[*†‡]{1,3})[).]?\s*(?=\S)")


@dataclass(slots=True)
class _Note:
    id: str
    label: str
    lines: list[int]
    taken: bool = False


class Footnotes:
    """The footnotes of a document's lines; ``texts``, the cleaned ones, get ``MARK`` where a note's mark stands."""

    def __init__(self, lines: Sequence[Line], texts: list[str], gone: Collection[int]) -> None:
        self._lines = lines
        self._texts = texts
        self._notes: dict[tuple[int, str], _Note] = {}
        self.inside: set[int] = set()
        """Lines, counted from 0, that are footnotes."""
        self._marks: dict[int, list[_Note]] = defaultdict(list)
        self._read(gone)
        for index, line in enumerate(lines):
            for start, end in line.notes:
                note = self._notes.get((line.page or 0, texts[index][start:end]))
                if note is not None and index not in gone:
                    texts[index] = texts[index][:start] + MARK * (end - start) + texts[index][end:]
                    self._marks[index].append(note)

    def _read(self, gone: Collection[int]) -> None:
        labels = {(line.page, self._texts[at][a:b]) for at, line in enumerate(self._lines) for a, b in line.notes}
        note: _Note | None = None
        for index, line in enumerate(self._lines):
            if line.role != "footnote" or index in gone:
                continue
            match = _LABEL.match(self._texts[index])
            key = (line.page or 0, match["label"]) if match else None
            if key in labels and key is not None and key not in self._notes:
                note = self._notes[key] = _Note(f"p{key[0]}-{len(self._notes) + 1}", key[1], [])
            if note is not None:
                note.lines.append(index)
                self.inside.add(index)

    def hidden(self) -> Iterator[tuple[int, str]]:
        """Lines with marks of notes and what is read of them elsewhere: letters that are ``GONE``."""
        return ((index, self._texts[index].replace(MARK, GONE)) for index in self._marks)

    def noted(self, piece: Piece, lines: Sequence[int], vocabulary: Vocabulary) -> Piece:
        """A paragraph made of ``lines`` with its notes; the letters of the notes become its own."""
        notes = [note for index in lines for note in self._marks.get(index, ())]
        if not notes:
            return piece
        piece.content = _content(piece.text, notes)
        piece.text = piece.text.replace(MARK, "")
        for note in notes:
            piece.notes += (self._footnote(note, vocabulary),)
            piece.parts += self._parts(note)
            note.taken = True
        return piece

    def left(self, vocabulary: Vocabulary) -> Iterator[Piece]:
        """Notes whose marks stand in no paragraph, as paragraphs."""
        for note in (note for note in self._notes.values() if not note.taken):
            yield Piece(f"{note.label} {self._text(note, vocabulary)}", self._parts(note))

    def _parts(self, note: _Note) -> list[UnitRange]:
        return [UnitRange(self._lines[index].number, 0, len(self._texts[index])) for index in note.lines]

    def _footnote(self, note: _Note, vocabulary: Vocabulary) -> Footnote:
        text = self._text(note, vocabulary)
        return Footnote(id=note.id, label=note.label, blocks=(Paragraph(content=(Run(text=text),)),))

    def _text(self, note: _Note, vocabulary: Vocabulary) -> str:
        texts = [" ".join(self._texts[index].split()) for index in note.lines]
        texts[0] = _LABEL.sub("", texts[0], count=1)
        return glue(texts, vocabulary)[0]


def _content(text: str, notes: Sequence[_Note]) -> Inlines:
    parts = re.split(f"{MARK}+", text)
    runs = (Run(text=part) if part else None for part in parts)
    marks = (NoteMark(note=note.id) for note in notes)
    result = itertools.chain.from_iterable(itertools.zip_longest(runs, marks))
    return tuple(item for item in result if item is not None)
