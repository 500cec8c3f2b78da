"""What a document says of itself: its title, its language, the numbers of its classes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from coursepack import languages
from coursepack.languages import assumed
from coursepack.model.blocks import inline_text
from coursepack.model.document import Document, Grid, Line, Para
from coursepack.outline.markers import Marker, Markers, standard
from coursepack.outline.tree.labelled import before_label
from coursepack.text.characters import CharacterRepair, clean, has_own_letters
from coursepack.text.halves import halves
from coursepack.text.language import foreign, language

_TITLES = (
    languages.expression(r"«([^«»]{3,90})»\s+@title-after@"),
    languages.expression(r"@title-before@\s*[:–-]?\s*[«\"“]([^«»\"”]{3,90})[»\"”]", re.IGNORECASE),
    languages.expression(r"@title-label@\s*[:–-]\s*(\S[^\n]{2,90})", re.IGNORECASE),
)


def guess_title(document: Document) -> str | None:
    """The course's title where a document names it («X» пәні, «Дисциплина: X»); the commonest of such names."""
    texts, _ = _texts(document)
    found: Counter[str] = Counter(_table_titles(document))
    marks = standard()
    for text in texts[:120]:
        label, colon, value = text.partition(":")
        if colon and 2 < len(value.strip()) < 110 and len(label) < 60 and marks.about_label(label) == "title":
            found[before_label(value.strip()).strip(' .«»"')] += 1
    if found:
        return found.most_common(1)[0][0]
    whole = "\n".join(texts)[:400_000]
    for pattern in _TITLES:
        found.update(match[1].strip(' .«»"') for match in pattern.finditer(whole))
        if found:
            break
    return found.most_common(1)[0][0] if found else None


def _table_titles(document: Document) -> Iterator[str]:
    """What stands beside or below «Наименование дисциплины» in tables."""
    marks = standard()
    for unit in document.units:
        if not isinstance(unit, Grid):
            continue
        columns: dict[int, int] = {}
        for at, row in enumerate(unit.rows):
            column = 0
            texts = [" ".join(_cells(Grid(rows=((cell,),), number=unit.number))).strip() for cell in row]
            for nth, (cell, text) in enumerate(zip(row, texts, strict=True)):
                if column in columns and text and at >= columns[column]:
                    yield text
                    return
                if marks.about_label(text) == "title":
                    beside = next((one for one in texts[nth + 1 :] if one), "")
                    under = nth > 0 and marks.about_label(texts[nth - 1]) is not None
                    if (
                        beside
                        and not under
                        and not marks.about_label(beside)
                        and marks.column(beside) is None
                        and len(beside) < 150
                    ):
                        yield beside
                        return
                    columns[column] = at + cell.rowspan
                column += cell.colspan


def main_language(document: Document) -> tuple[str, int]:
    """The language that most of a document is in, and how many letters say so; of two that share it, the one that it
    begins with."""
    code, characters = spoken(document)
    return (code if code in languages.known() else assumed(), characters)


def spoken(document: Document) -> tuple[str, int]:
    """As ``main_language``; where no text tells it, the English name of a language that is not read, or ""."""
    texts, _ = _texts(document)
    whole = " ".join(texts)
    return (_first_of_two(texts[:_LOOKED_AT]) or language(whole) or foreign(whole), len(whole))


_LOOKED_AT = 80
"""Paragraphs that tell whether two languages share a document."""
_SHARED = 0.3
"""Of the letters of a document that each of two languages has at least where they share it."""


def _first_of_two(texts: Sequence[str]) -> str:
    """The language in which texts begin that two languages share; "" where they are in one."""
    spoken = [(halves(text) or [language(text)], len(text)) for text in texts]
    lengths: Counter[str] = Counter()
    for found, length in spoken:
        lengths.update({code: length // len(found) for code in found if code in languages.known()})
    both = {code for code, number in lengths.items() if number >= _SHARED * lengths.total()}
    return next((found[0] for found, _ in spoken if both.issuperset(found)), "") if len(both) > 1 else ""


def _first_marks(marks: Markers, text: str) -> list[Marker]:
    """The marker that a text begins with; with a unit's, that of a lecture glued to it."""
    first = marks.find(text)[:1]
    if first and first[0].kind == "unit" and first[0].group == "numbered" and len(text) < 300:
        for stop in re.finditer(r"[.!?:;]\s+", text):
            inner = marks.find(text[stop.end() :])[:1]
            if inner and inner[0].kind == "lecture" and inner[0].group == "numbered":
                return [*first, *inner]
    return first


def _cells(grid: Grid) -> Iterator[str]:
    """The paragraphs of a table, cell by cell."""
    for row in grid.rows:
        for cell in row:
            for inner in cell.units:
                if isinstance(inner, Para):
                    yield from inline_text(inner.content).split("\n")
                elif isinstance(inner, Grid):
                    yield from _cells(inner)


def paragraphs(document: Document) -> list[str]:
    """The lines or paragraphs of a document that are not blank, those of tables too, repaired."""
    return _texts(document)[0]


def _texts(document: Document) -> tuple[list[str], int]:
    """The non-blank lines or paragraphs, repaired, and how many grids there are."""
    raw: list[str] = []
    grids = 0
    for unit in document.units:
        match unit:
            case Line():
                raw.append(unit.text)
            case Para():
                raw.extend(inline_text(unit.content).split("\n"))
                if unit.label and raw:
                    raw[-1] = f"{unit.label} {raw[-1]}"
            case Grid():
                grids += 1
                raw.extend(_cells(unit))
            case _:
                pass
    whole = "\n".join(raw)
    repair = CharacterRepair(own=has_own_letters(whole))
    texts = [re.sub(r"\s+", " ", repair.repair(clean(text)[0])).strip() for text in raw if text.strip()]
    return texts, grids


def full_text(document: Document) -> str:
    """All lines and paragraphs of a document, repaired."""
    return "\n".join(_texts(document)[0])


def numbers_stated(document: Document) -> set[str]:
    """The kinds of parts whose numbers the document itself says («lecture», «week» …)."""
    marks = standard()
    return {mark.kind for text in _texts(document)[0] for mark in _first_marks(marks, text) if mark.number is not None}
