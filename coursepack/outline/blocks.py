"""Pieces to blocks: headings, paragraphs, lists, tables; bullets and numbers become marks on the ledger."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import msgspec

from coursepack import languages
from coursepack.model.blocks import (
    Block,
    Blocks,
    Cell,
    Code,
    Figure,
    Formula,
    Heading,
    Inlines,
    List,
    ListItem,
    Media,
    Paragraph,
    Quote,
    Row,
    Run,
    Table,
)
from coursepack.model.document import Display, Drawing, Grid, GridCell, Line, Listing, Para, Unit
from coursepack.outline.alphabets import positions
from coursepack.outline.markers import fold, number_of
from coursepack.outline.pieces import Piece, SourceTexts, colourless, joined, uncoloured, whole
from coursepack.place import Place
from coursepack.text import roman
from coursepack.text.characters import GONE
from coursepack.text.lines import MARK

_STOP = re.compile(r"[.!?…:;,][»”\")\]]*$")

# What a printed mark makes of a list.
_MARKERS = {".": "decimal", ")": "paren", "]": "paren"}
LONGEST_HEADING = 140
_LONGEST_ALONE = 60
_OPTION = re.compile(r"[+*✓√]?\s*\(?[^\W\d_]\s?[).]\s")
"""What an answer to choose from begins with, where it is no item of a list: «A. …»."""
QUOTE = "quote"
"""The style of a paragraph of a quotation, as ``Para`` has it."""
_SECTION = languages.expression(r"(?:§\s*\d{1,3}(?:\.\d{1,3}){0,3}|\d{1,3}(?:\.\d{1,3}){1,3})[.)]?\s+(?=[«“\"(]?[@A@])")
"""The number of a section before its title: «2.1», «§ 2»."""
_FORMULA = re.compile(r"\s[=≈≠≤≥≡→]\s|^[^=]{1,12}=|[∑∫√∏∂]")


@dataclass(frozen=True, slots=True)
class ListLabel:
    """The mark of a list item: ``end`` where its text begins, ``value`` its number, ``printed`` as it stands."""

    kind: str
    end: int
    value: int = 0
    printed: str = ""
    level: int = 0
    list_id: str | None = None


_NUMBER = re.compile(r"\d+")


def counted_by(printed: str) -> int:
    """The number that a printed count ends in: «7», «№ 7», «LO 7 –»."""
    return int(_NUMBER.findall(printed)[-1])


def list_label(piece: Piece) -> ListLabel | None:
    """The mark that a piece begins with, typed or automatic."""
    if piece.plain:
        return None
    if piece.label:
        return _by_label(piece, piece.label.strip())
    if piece.count:
        printed = piece.text[: piece.count].strip()
        if _NUMBER.search(printed) is None:
            return _by_letter(piece, piece.count, printed)
        return ListLabel("decimal", piece.count, counted_by(printed), printed)
    match = MARK.match(piece.text)
    if match is None or match.end() >= len(piece.text):
        return None
    end, printed = match.end(), match[0].strip()
    if match["number"]:
        return ListLabel(_MARKERS[match["form"]], end, int(match["n"]), printed)
    if match["roman"]:
        return ListLabel("lower-roman", end, number_of(fold(_letter(printed))) or 0, printed)
    bare = "disc" if match["bullet"] else "dash" if match["dash"] else None
    return ListLabel(bare, end, 0, printed) if bare else _by_letter(piece, end, printed)


_NUMBER_LABEL = re.compile(r"\(?(\d{1,5})([.)])?$")
_DEEP_LABEL = re.compile(r"\(?(?:\d+\.)+(\d+)[.)]?$")
_LETTER_LABEL = re.compile(r"\(?([^\W\d_])[.)]$")
_ROMAN_LABEL = re.compile(r"\(?([ivx]+)[.)]$", re.IGNORECASE)


def _by_label(piece: Piece, label: str) -> ListLabel:
    """The mark of an automatic label."""
    if match := _NUMBER_LABEL.match(label):
        kind, value = _MARKERS.get(match[2] or ".", "decimal"), int(match[1])
    elif match := _DEEP_LABEL.match(label):
        kind, value = "decimal", int(match[1])
    elif (match := _LETTER_LABEL.match(label)) and match[1].lower() not in "ivx":
        return _by_letter(piece, 0, label)
    elif match := _ROMAN_LABEL.match(label):
        kind, value = "lower-roman", roman.read(match[1].lower()) or 0
    else:
        kind, value = "dash" if label in _DASHES else "disc", 0
        box = _BOX.match(piece.text)
        return ListLabel(kind, box.end() if box else 0, value, label, piece.level, piece.list_id)
    return ListLabel(kind, 0, value, label, piece.level, piece.list_id)


_BOX = re.compile(r"\[[ xX]\]\s+(?=\S)")
"""A box to tick behind a bullet: «- [ ] read the chapter»."""
_DASHES = frozenset("-–—")


def _by_letter(piece: Piece, end: int, printed: str) -> ListLabel:
    (place,) = positions((_letter(printed),), piece.language)
    level, list_id = (piece.level, piece.list_id) if piece.label else (0, None)
    return ListLabel("lower-alpha", end, place, printed, level, list_id)


def in_alphabet(pieces: Sequence[Piece], marks: Sequence[ListLabel | None]) -> list[ListLabel | None]:
    """The marks, letters with their places in the alphabet that their list follows, or with the number that they are
    among Roman ones: «i)» before «ii)», «v)» behind «iv)»."""
    result = _with_romans(marks)
    for run in _lettered(result):
        letters = tuple(_letter(mark.printed) for _, mark in run)
        places = positions(letters, pieces[run[0][0]].language)
        for (at, mark), place in zip(run, places, strict=True):
            result[at] = replace(mark, value=place)
    return result


def _with_romans(marks: Sequence[ListLabel | None]) -> list[ListLabel | None]:
    """The marks; a typed letter beside the Roman number before or behind it is one."""
    result = list(marks)
    for at, mark in enumerate(result):
        if mark is None or mark.kind != "lower-alpha" or not mark.end:
            continue
        number = number_of(fold(_letter(mark.printed)))
        beside = [(step, result[at + step]) for step in (-1, 1) if number and 0 <= at + step < len(result)]
        if any(one and one.kind == "lower-roman" and one.value == (number or 0) + step for step, one in beside):
            result[at] = replace(mark, kind="lower-roman", value=number or 0)
    return result


def _lettered(marks: Sequence[ListLabel | None]) -> Iterator[list[tuple[int, ListLabel]]]:
    """The lists that are counted with letters; what stands deeper does not end one."""
    runs: dict[int, list[tuple[int, ListLabel]]] = {}
    for at, mark in enumerate((*marks, None)):
        level = -1 if mark is None else mark.level
        lettered = mark is not None and mark.kind == "lower-alpha"
        for ended in [one for one in runs if one > level or (one == level and not lettered)]:
            yield runs.pop(ended)
        if mark is not None and lettered:
            runs.setdefault(level, []).append((at, mark))


def _letter(printed: str) -> str:
    return printed.strip(" (.)").lower()


_Named = TypeVar("_Named", bound=Table | Figure | Media)


def _captioned(block: _Named, caption: Inlines) -> _Named:
    """A block with the caption that stands beside it, unless it has one of its own."""
    return msgspec.structs.replace(block, caption=caption) if caption and not block.caption else block


@dataclass
class Builder:
    """Makes blocks for one part of the course and claims the letters they are made of."""

    texts: SourceTexts
    place: Callable[[int, int], Place]
    wrapped: bool

    def where(self, *pieces: Piece) -> Place | None:
        """The place of pieces that follow one another."""
        units = [part.unit for piece in pieces for part in piece.parts]
        return self.place(min(units), max(units)) if units else None

    def content(self, piece: Piece, part: str) -> Inlines:
        """A piece's inlines, claimed as content."""
        self.texts.claim(piece, "content", part=part)
        return piece.inlines()

    def unmarked(self, piece: Piece, mark: ListLabel | None, part: str) -> Piece:
        """The piece without its printed mark, which is claimed, and without the colour of a key."""
        if piece.content is not None:
            piece = replace(piece, content=uncoloured(piece.content))
        if mark is None:
            return piece
        if mark.end == 0:
            return replace(piece, label=None, list_id=None, level=0, style="")
        head, tail = self.texts.cut(piece, mark.end)
        self.texts.claim(head, "mark", part=part, reason="number" if mark.value else "bullet")
        return replace(tail, style="")  # a quotation around a list says nothing of one item

    def _unnumbered(self, piece: Piece, mark: ListLabel | None, part: str) -> Piece:
        """A heading without its number, which is claimed: «2.», «2.1», «§ 2»."""
        if mark is not None:
            return self.unmarked(piece, mark, part) if mark.kind in {"decimal", "paren"} else piece
        number = _SECTION.match(piece.text)
        if number is None or piece.label:
            return piece
        head, tail = self.texts.cut(piece, number.end())
        self.texts.claim(head, "mark", part=part, reason="number")
        return tail

    def blocks(self, pieces: Sequence[Piece], part: str, *, headings: bool = True) -> Blocks:
        """Pieces as blocks of the part with that id."""
        marks = in_alphabet(pieces, [_inner_mark(piece) if _may_be_item(piece) else None for piece in pieces])
        flags = [headings and self._heading(pieces, marks, at) for at in range(len(pieces))]
        # A document's own levels count from the highest used in the part; a level that course.toml gives is meant so.
        styled = (piece for piece, flag in zip(pieces, flags, strict=True) if flag and not piece.is_heading)
        lowest = min((piece.heading for piece in styled if piece.heading), default=1)
        result: list[Block] = []
        at = 0
        while at < len(pieces):
            piece = pieces[at]
            mark = marks[at]
            if piece.object is not None and mark is None:
                result.extend(self._object(piece, part))
            elif _is_quoted(piece):
                quoted = list(itertools.takewhile(_is_quoted, pieces[at:]))
                result.append(self._quote(quoted, part))
                at += len(quoted)
                continue
            elif flags[at]:
                place = self.where(piece)
                plain = self._unnumbered(piece, mark, part)
                base = 1 if piece.is_heading else lowest
                level = min(6, max(1, (piece.heading or base) - base + 1))
                result.append(Heading(level=level, content=unbold(self.content(plain, part)), place=place))
                result.extend(piece.notes)
            elif mark is not None and not (
                mark.kind == "dash" and not piece.label and self._list_end(pieces, marks, flags, at) == at + 1
            ):
                end = self._list_end(pieces, marks, flags, at)
                result.append(self._list(pieces[at:end], marks[at:end], part))
                result.extend(note for one in pieces[at:end] if not _is_quoted(one) for note in one.notes)
                at = end
                continue
            elif self._loose_items(pieces, marks, flags, at):
                end = self._loose_items(pieces, marks, flags, at)
                items = tuple(
                    ListItem(blocks=(Paragraph(content=self.content(one, part), place=self.where(one)),))
                    for one in pieces[at:end]
                )
                result.append(List(items=items, marker="disc", place=self.where(*pieces[at:end])))
                at = end
                continue
            else:
                content = self.content(piece, part)
                if _OPTION.match(piece.text):
                    content = uncoloured(content)
                if content:
                    result.append(Paragraph(content=content, place=self.where(piece), direction=piece.direction))
                result.extend(piece.notes)
            at += 1
        return tuple(result)

    def asked(self, pieces: Sequence[Piece], part: str) -> Blocks:
        """Pieces as blocks of a question."""
        return colourless(self.blocks(pieces, part, headings=False))

    def _quote(self, pieces: Sequence[Piece], part: str) -> Quote:
        inside = self.blocks([replace(piece, style="") for piece in pieces], part, headings=False)
        return Quote(blocks=inside, place=self.where(*pieces))

    def _heading(self, pieces: Sequence[Piece], marks: Sequence[ListLabel | None], at: int) -> bool:
        piece = pieces[at]
        if piece.object is not None or not piece.text or piece.plain:
            return False
        if piece.is_heading or piece.heading is not None:
            return True
        if piece.within or not self._could_head(pieces, marks, at):
            return False
        if not self.wrapped and piece.bold and piece.content is not None:
            return True
        is_distinct = self.wrapped or marks[at] is not None or piece.bold
        return is_distinct and at + 1 < len(pieces) and self._leads(pieces, marks, at)

    def _could_head(self, pieces: Sequence[Piece], marks: Sequence[ListLabel | None], at: int) -> bool:
        """Whether a line by itself could be a heading: short, no sentence, no item, begun by a capital or a number."""
        piece, mark = pieces[at], marks[at]
        text = piece.text
        if len(text) > LONGEST_HEADING or piece.lines > 2 or piece.glued or _STOP.search(text) or _FORMULA.search(text):
            return False
        if mark is not None and (mark.kind not in {"decimal", "paren"} or self._in_list(pieces, marks, at)):
            return False
        begins = text.lstrip('«“"(0123456789.§) ')[:1].isupper() or text[:1].isdigit()
        return begins and (piece.lines <= 1 or piece.gap or piece.bold or text.isupper())

    def _leads(self, pieces: Sequence[Piece], marks: Sequence[ListLabel | None], at: int) -> bool:
        """Whether what could be a heading stands as one between what is before and after it."""
        piece, after, after_mark = pieces[at], pieces[at + 1], marks[at + 1]
        ends = (".", "!", "?", "…", ":", "»", ")")
        if after.object is None and after.lines <= 1 and not after.text.endswith(ends) and after_mark is None:
            alone = piece.gap and not after.gap and piece.lines == 1
            return alone and len(piece.text) < _LONGEST_ALONE and self._short(pieces, at + 1)
        if after_mark is not None and not (piece.gap or piece.text.isupper() or (after.gap and not piece.bold)):
            return bool(re.match(r"\d+\S*\s*(?:[-–.]\s*)?\w+$", piece.text)) or after.gap
        if at == 0:
            return True
        before = pieces[at - 1]
        if self._one_of_many(pieces, marks, at):
            return False
        goes_on = before.object is None and not before.is_heading and not _STOP.search(before.text)
        return not goes_on or piece.gap or self._heading_before(pieces, marks, at)

    def _one_of_many(self, pieces: Sequence[Piece], marks: Sequence[ListLabel | None], at: int) -> bool:
        """A line of a verse, or the first of names in a row under a heading in capitals."""
        before = pieces[at - 1]
        if before.object is not None:
            return False
        if before.text.endswith(",") and not pieces[at].gap:
            return True
        return before.text.isupper() and self._names_end(pieces, marks, None, at) - at >= 4

    def _heading_before(self, pieces: Sequence[Piece], marks: Sequence[ListLabel | None], at: int) -> bool:
        """A heading under a heading: the one above stands after a gap or a full stop."""
        before = pieces[at - 1]
        return before.gap or at == 1 or marks[at - 1] is not None

    @staticmethod
    def _short(pieces: Sequence[Piece], at: int) -> bool:
        if at >= len(pieces) or pieces[at].object is not None:
            return False
        text = pieces[at].text
        return len(text) <= LONGEST_HEADING and not _STOP.search(text) and pieces[at].lines == 1

    @staticmethod
    def _in_list(pieces: Sequence[Piece], marks: Sequence[ListLabel | None], at: int) -> bool:
        """Whether a numbered piece has a neighbour with the number before or after; what goes on an item lies between
        neighbours, prose below a numbered line does not."""
        mark = marks[at]
        if mark is None:
            return False
        for step in (-1, 1):
            near = at + step
            while (
                0 <= near < len(marks) and pieces[near].within > mark.level and len(pieces[near].text) < LONGEST_HEADING
            ):
                near += step
            if 0 <= near < len(marks):
                other = marks[near]
                if other is not None and other.kind == mark.kind and other.value == mark.value + step:
                    return True
        return False

    @staticmethod
    def _list_end(pieces: Sequence[Piece], marks: Sequence[ListLabel | None], flags: Sequence[bool], at: int) -> int:
        """One past the last item of the list that begins at ``at``."""
        first = marks[at]
        value = first.value if first else 0
        level = first.level if first else 0
        end = at + 1
        while end < len(pieces):
            mark = marks[end]
            opens = (
                mark is not None and mark.level <= level and pieces[end].object is not None
            )  # a listing and its number
            if pieces[end].within > level and not flags[end] and not opens:
                end += 1
                continue
            if shown := _listed_between(pieces, marks, end, first, value):
                end = shown
                continue
            if mark is None or flags[end] or first is None:
                break
            if mark.level > level and pieces[end].label:
                end += 1
                continue
            if mark.kind != first.kind or mark.level < level:
                break
            if mark.kind in {"decimal", "paren", "lower-roman"} and mark.value != value + 1:
                break
            if mark.kind == "lower-alpha" and not value < mark.value <= value + 2:
                break
            value = mark.value
            end += 1
        return end

    def _list(self, pieces: Sequence[Piece], marks: Sequence[ListLabel | None], part: str) -> List:
        first = marks[0]
        assert first is not None  # noqa: S101 - the caller found a mark there
        items: list[ListItem] = []
        at = 0
        while at < len(pieces):
            mark = marks[at]
            inner: list[Block] = [*self._opening(pieces[at], mark, part)]
            end = at + 1
            while end < len(pieces) and not _is_item(marks[end], first.level):
                end += 1
            if end > at + 1:
                inner.extend(self._inside(pieces[at + 1 : end], marks[at + 1 : end], part))
            items.append(ListItem(blocks=tuple(inner)))
            at = end
        start = first.value or 1
        return List(items=tuple(items), marker=first.kind, start=start, place=self.where(*pieces))  # type: ignore[arg-type]  # the kinds are List's markers

    def _opening(self, piece: Piece, mark: ListLabel | None, part: str) -> Iterable[Block]:
        """What an item begins with: a paragraph, or a listing that bears its number."""
        if piece.object is not None:
            return self._object(piece, part)
        content = self.content(self.unmarked(piece, mark, part), part)
        return [Paragraph(content=content, place=self.where(piece))]

    def _inside(self, pieces: Sequence[Piece], marks: Sequence[ListLabel | None], part: str) -> list[Block]:
        """What an item holds behind its first paragraph; footnotes stand behind the whole list."""
        result: list[Block] = []
        at = 0
        flags = [False] * len(pieces)
        while at < len(pieces):
            piece, end = pieces[at], at + 1
            if piece.object is not None and marks[at] is None:
                result.extend(self._object(piece, part))
            elif _is_quoted(piece):
                quoted = list(itertools.takewhile(_is_quoted, pieces[at:]))
                result.append(self._quote(quoted, part))
                end = at + len(quoted)
            elif marks[at] is not None:
                end = self._list_end(pieces, marks, flags, at)
                result.append(self._list(pieces[at:end], marks[at:end], part))
            elif content := self.content(piece, part):
                result.append(Paragraph(content=content, place=self.where(piece), direction=piece.direction))
            at = end
        return result

    def _loose_items(
        self, pieces: Sequence[Piece], marks: Sequence[ListLabel | None], flags: Sequence[bool], at: int
    ) -> int:
        """One past the last of lines that make a list without marks (a semicolon after each); 0 when none."""
        if not self.wrapped:
            return 0
        end = self._names_end(pieces, marks, flags, at)
        if end - at >= 4:
            return end
        if at == 0 or not pieces[at - 1].text.endswith((":", ";")):
            return 0
        end = at
        while end < len(pieces) and marks[end] is None and not flags[end] and pieces[end].object is None:
            text = pieces[end].text
            alike = text[:1].islower() or (text[:4].isdigit() and pieces[at].text[:4].isdigit())
            if not text.endswith(";") and not (end > at and text.endswith(".") and alike):
                break
            end += 1
            if text.endswith("."):
                break
        return end if end - at >= 2 else 0

    @staticmethod
    def _names_end(
        pieces: Sequence[Piece], marks: Sequence[ListLabel | None], flags: Sequence[bool] | None, at: int
    ) -> int:
        """One past a run of short lines without full stops: names, bodies, dates, a line each."""
        end = at
        while end < len(pieces) and marks[end] is None and pieces[end].object is None:
            if flags is not None and flags[end]:
                break
            piece = pieces[end]
            if _STOP.search(piece.text) or len(piece.text) > 200 or piece.lines > 3 or (end > at and piece.gap):
                break
            end += 1
        return end

    # --- tables, pictures, formulas -----------------------------------------------------------------------------------

    def _object(self, piece: Piece, part: str) -> list[Block]:
        self.texts.claim(piece, "content", part=part)
        match piece.object:
            case Table():
                return [_captioned(piece.object, piece.caption)]
            case Grid():
                return [_captioned(self.table(piece.object, self.where(piece)), piece.caption)]
            case Listing():
                lines = [part.unit for part in piece.parts]
                return [listing(piece.object.language, lines, self.texts.clean, self.where(piece))]
            case Drawing():
                return [_captioned(piece.object.figure, piece.caption)]
            case Display():
                return [Formula(math=piece.object.math)]
        return []

    def table(self, grid: Grid, place: Place | None) -> Table:
        """A grid as a table block (its letters are claimed by the caller)."""
        rows = [
            Row(
                cells=tuple(
                    Cell(
                        blocks=self._cell(cell),
                        colspan=cell.colspan,
                        rowspan=cell.rowspan,
                        header=number < grid.header_rows,
                    )
                    for cell in row
                )
            )
            for number, row in enumerate(grid.rows)
        ]
        return Table(rows=tuple(rows), header_rows=grid.header_rows, place=place, align=grid.align)

    def _cell(self, cell: GridCell) -> Blocks:
        return self.units(cell.units)

    def units(self, units: Sequence[Unit]) -> Blocks:
        """Units of a cell as blocks, nothing claimed."""
        from coursepack.outline.stream import restyled

        result: list[Block] = []
        for unit, more in whole(units):
            match unit:
                case Listing():
                    lines = [unit.number, *(line.number for line in more)]
                    result.append(listing(unit.language, lines, self.texts.clean, None))
                case Para():
                    content = restyled(unit.content, self.texts.clean.get(unit.number, ""))
                    if unit.label:
                        content = joined((Run(text=f"{unit.label} "), *content)) if content else (Run(text=unit.label),)
                    if any(getattr(item, "text", "x").strip() for item in content):
                        result.append(Paragraph(content=content, direction=unit.direction))
                    result.extend(unit.notes)
                case Grid():
                    result.append(self.table(unit, None))
                case Drawing():
                    result.append(unit.figure)
                case Display():
                    result.append(Formula(math=unit.math))
                case Line():
                    result.append(Paragraph(content=(Run(text=self.texts.clean.get(unit.number, unit.text).strip()),)))
        return tuple(result)


def _inner_mark(piece: Piece) -> ListLabel | None:
    """The mark of a piece; a typed one inside an item counts as one level deeper."""
    mark = list_label(piece)
    return replace(mark, level=piece.within) if mark is not None and piece.within and not piece.label else mark


def _may_be_item(piece: Piece) -> bool:
    """Whether a piece may begin an item: a paragraph, or a listing or the like that bears the label of one."""
    return piece.object is None or bool(piece.label)


def _is_item(mark: ListLabel | None, level: int) -> bool:
    return mark is not None and mark.level <= level


def _listed_between(
    pieces: Sequence[Piece], marks: Sequence[ListLabel | None], at: int, first: ListLabel | None, value: int
) -> int:
    """One past the listings at ``at`` where the next number of the list stands behind them, so that they belong to the
    item before it; 0 where they do not."""
    end = at
    while end < len(pieces) and isinstance(pieces[end].object, Listing):
        end += 1
    after = marks[end] if at < end < len(pieces) else None
    if after is None or first is None or first.kind not in _COUNTED:
        return 0
    return end if (after.kind, after.level, after.value) == (first.kind, first.level, value + 1) else 0


_COUNTED = frozenset({"decimal", "paren", "lower-roman", "lower-alpha"})


def _is_quoted(piece: Piece) -> bool:
    return piece.style == QUOTE and piece.object is None and piece.heading is None and not piece.is_heading


def listing(language: str | None, units: Sequence[int], texts: Mapping[int, str], place: Place | None) -> Code:
    """The listing in those units; a unit that is missing between two was a blank line."""
    parts = [texts[units[0]]]
    for before, unit in itertools.pairwise(units):
        parts += ["\n" * (unit - before), texts[unit]]
    return Code(text="".join(parts).replace(GONE, ""), language=language, place=place)


def unbold(content: Inlines) -> Inlines:
    """A heading's inlines without the bold and the colour that only made it a heading."""
    return tuple(
        msgspec.structs.replace(item, bold=False) if isinstance(item, Run) and item.bold else item
        for item in uncoloured(content)
    )
