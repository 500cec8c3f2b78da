"""Tables that hold a list: questions, tests, tickets, unfolded into pieces as if they had been typed line by line.

The head of a column says what it holds (``[table]`` in the markers); a table without such heads that only lays out a
page (one ticket in each row, a head of three cells) is read cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from coursepack import languages
from coursepack.model.document import Grid
from coursepack.outline.bank.apart import lettered
from coursepack.outline.bank.counted_rows import counted_rows
from coursepack.outline.bank.key_tables import table_keys
from coursepack.outline.bank.key_text import is_key_word, letters_of
from coursepack.outline.bank.lines import begins, follows, lines_of, part_in
from coursepack.outline.found import OutlineSource
from coursepack.outline.judged_rows import judged_rows
from coursepack.outline.markers import fold
from coursepack.outline.pieces import Piece, UnitRange
from coursepack.outline.stream import cell_text, cells_of, flatten, in_cell, rows_in
from coursepack.outline.table_of_one import one_of
from coursepack.outline.tall_rows import Tall, tall_rows
from coursepack.outline.tree.ordinals import counted
from coursepack.outline.tree.words import words

_NUMBER = re.compile(r"(\d{1,3})\s*[.)]?")
_AMOUNT = re.compile(r"\d{1,4}(?:[.,]\d+)?\s*%?")
_SHORT_NAME = 45
_PAIR = 2
_SHORTEST = 5
"""The fewest letters of a question; a key or a number has fewer."""
_LISTS = frozenset({"questions", "tests", "tickets", "assessment-fund", "syllabus"})
_LISTS_OF_TESTS = frozenset({"questions", "tests", "assessment-fund"})
"""Roles of documents in which a table of statements with «Yes | No» is a test and no check list."""

_FIRST_ROWS = 3
_LONGEST_HEAD = 160
"""The rows and the characters within which the head of a ticket is searched."""
_MANY = 10
_CARDS = 3
_CARD = re.compile(r"(?:[^\W\d_]{2,20}\s*)?(?:№\s*)?(?P<n>\d{1,3})(?:\s*[-–]?\s*[^\W\d_]{2,20})?[.:]?")
_NUMBER_QUESTION = 2
_ASKING = ("?", ":", "…", "...")
_FIRST_LINES = 12
_NAMED = 3
_ROLES_OF_TICKETS = frozenset({"tickets", "textbook", "assessment-fund", "questions"})

# The cells of a row, each with its pieces.
_Row = list[list[Piece]]


def lists_by_heads(source: OutlineSource, cells: Sequence[str]) -> bool:
    """Whether the heads of a table's columns say that it holds questions."""
    return "question" in _heads_of(source, cells)


def _heads_of(source: OutlineSource, cells: Sequence[str]) -> list[str | None]:
    """The kinds of a table's columns by their heads; the languages of question tables are used as well where with them
    every head is known."""
    marked = [source.marks.holds(text) for text in cells]
    found = [known or _foreign(text) for known, text in zip(marked, cells, strict=True)]
    has_numbered_options = {"question", "key"} <= {*found} and _numbered_option_heads(found, cells) != found
    return found if None not in found or has_numbered_options else marked


def _foreign(text: str) -> str | None:
    if text.strip(" .:").casefold() in _NUMBER_HEADS:
        return "number"
    return _FOREIGN.get(fold(text).strip(" .:")) or ("key" if text and is_key_word(text) else None)


_COLUMNS = {"text": "question", "key": "key", "options": "options"}
_NUMBER_HEADS = frozenset({"n°", "nº", "nr", "no", "núm"})
_FOREIGN = {
    fold(head): _COLUMNS[name]
    for name, heads in languages.foreign_heads().items()
    if name in _COLUMNS
    for head in heads
}


def may_list(source: OutlineSource, piece: Piece, cells: Sequence[str]) -> bool:
    """Whether a table may hold questions: by its heads, or because the document is declared a test."""
    grid = piece.object if isinstance(piece.object, Grid) else None
    by_form = grid is not None and (
        _has_spanning_cells(grid)
        or _counts_cards(grid, source)
        or _heads_tickets(source, grid)
        or _names_tickets(source)
    )
    if not by_form and (rows := rows_in(piece, source.stream.texts)):
        judges = source.entry.role in _LISTS_OF_TESTS and judged_rows(rows) is not None
        by_form = judges or _offer(rows) or (grid is not None and _counts_questions(source, rows))
    return lists_by_heads(source, cells) or source.entry.role == "tests" or by_form


def offers(source: OutlineSource, grid: Grid) -> bool:
    """Whether a long table holds a test by its shape: numbers that count on, what asks, and behind it answers that
    differ from one another in each row."""
    return _offer(cells_of(grid, source.stream.texts))


def _offer(cells: Sequence[_Row]) -> bool:
    shaped = one_of(cells) is not None or counted_rows(cells) is not None or tall_rows(cells) is not None
    if shaped or _lays_beside(cells) or _lays_variants(cells):
        return True
    if len(cells) < _MANY or len(cells[0]) < _NUMBER_QUESTION + _PAIR:
        return False
    rows = [[cell_text(cell) for cell in row] for row in cells[1 : _MANY + 1]]
    width = len(cells[0])
    if any(len(row) != width for row in rows):
        return False
    asks = sum(row[1].rstrip().endswith(_ASKING) for row in rows)
    apart = sum(len(set(row[_NUMBER_QUESTION:])) == width - _NUMBER_QUESTION and all(row[1:]) for row in rows)
    return asks * 3 >= len(rows) and apart * 5 >= len(rows) * 4


def _lays_beside(rows: Sequence[_Row]) -> bool:
    """Whether the first rows of a table hold a question and its answers side by side."""
    return sum(map(_offers_beside, rows[: _FIRST_ROWS + 1])) >= _FIRST_ROWS


def _heads_tickets(source: OutlineSource, grid: Grid) -> bool:
    """Whether a table lays out tickets: a line in one of its first cells numbers one."""
    first = [flatten(Grid(rows=(row,), number=grid.number), source.stream.texts) for row in grid.rows[:_FIRST_ROWS]]
    return any(_is_ticket(source, piece.text) for row in first for piece in row)


def _is_ticket(source: OutlineSource, line: str) -> bool:
    """Whether a line heads a ticket: it has a ticket's number, or is nothing but the word «ticket»."""
    found = counted(line) if len(line) < _LONGEST_HEAD else []
    numbered = any(one.kind == "ticket" and one.words and one.parted for one in found)
    return numbered or any(one.kind == "ticket" and one.whole for one in source.marks.find(line[:_LONGEST_HEAD]))


def _has_spanning_cells(grid: Grid) -> bool:
    """Whether cells that span several rows group them: a ticket, with its questions below one another."""
    tall = [len(row) == _PAIR and row[0].rowspan > 1 for row in grid.rows]
    return sum(tall) > 1 and all(is_tall or len(row) == 1 for is_tall, row in zip(tall, grid.rows, strict=True))


def _spanned(source: OutlineSource, grid: Grid, rows: Sequence[_Row]) -> list[Piece]:
    """Tickets whose numbers are in the cell next to their questions; empty where the numbers are not consecutive."""
    heads = [_NUMBER.fullmatch(cell_text(row[0])) if len(row) == _PAIR else None for row in rows]
    values = [int(found[1]) for found in heads if found]
    if len(values) < sum(len(row) == _PAIR for row in rows) or any(b != a + 1 for a, b in pairwise(values)):
        return []
    result: list[Piece] = []
    count = 0
    for row, found in zip(rows, heads, strict=True):
        if found:
            result.append(_as_line(row[0], _ticket_heading(int(found[1])).text))
            count = 0
        count += 1
        result.extend(_numbered(row[-1], count))
    return result


def unfolded(source: OutlineSource, piece: Piece) -> list[Piece]:
    """The cells of a table of questions, tests or tickets as lines; nothing for another table."""
    rows = rows_in(piece, source.stream.texts)
    if not rows:
        return []
    if (
        one := _statements(source, rows)
        or _single_question(source, rows)
        or _by_marks(source, rows)
        or _tall(source, rows)
        or _variants(source, rows)
    ):
        return one
    if len(table_keys([[cell_text(cell) for cell in row] for row in rows])) * _PAIR > len(rows):
        return []  # «Question 1 2 3» over «Answer A B C»: keys, no questions
    if sum(_holds_ticket(source, cell) for cell in rows[0]) > 1 and (beside := _laid_out(source, rows)):
        return beside
    if by_ticket := _by_ticket(source, rows) or _cards(rows):
        return by_ticket
    titles, rows = _untitled(rows)
    top = [cell_text(cell) for cell in rows[0]]
    heads = _with_answers(_numbered_option_heads(_with_letters(_heads_of(source, top), top, rows[1:]), top), rows[1:])
    if len(rows) > 1 and "question" in heads and (questions := _by_heads(source, rows[0], heads, rows[1:])):
        return [*titles, *questions]
    result = _by_role(source, piece, rows)
    return [*titles, *result] if result else []


def _untitled(rows: list[_Row]) -> tuple[list[Piece], list[_Row]]:
    """The title of a wide table, the only cell of its first rows that holds something, as lines; and the rows below."""
    width = max(map(len, rows))
    at = next((at for at, row in enumerate(rows) if len(_filled(row)) != 1), 0)
    if width <= _PAIR or at >= len(rows) - _PAIR or at > _FIRST_ROWS:
        return [], rows
    return [one for row in rows[:at] for cell in _filled(row) for one in cell], rows[at:]


def _filled(row: _Row) -> list[list[Piece]]:
    return [cell for cell in row if cell_text(cell)]


_COUNTED_HEAD = re.compile(
    r"(?P<word>[^\W\d_][^\d]{1,30}?)\s*(?:№\s*)?(?P<n>\d)|(?P<before>\d)\s?[-–]?\s?(?P<behind>[^\W\d_]{3,20})"
)


def _numbered_option_heads(heads: list[str | None], top: Sequence[str]) -> list[str | None]:
    """The kinds of a table's columns, where heads of one word and consecutive numbers, «Answer 1», «Answer 2», are
    answers."""
    found = [_COUNTED_HEAD.fullmatch(text.strip()) for text in top]
    numbered = [
        (at, one["word"] or one["behind"], int(one["n"] or one["before"])) for at, one in enumerate(found) if one
    ]
    words_ = {word.lower() for _, word, _ in numbered}
    if len(numbered) < _PAIR or len(words_) > 1 or [n for *_, n in numbered] != list(range(1, len(numbered) + 1)):
        return heads
    result = list(heads)
    for at, *_ in numbered:
        result[at] = "option"
    return result if "question" in result else heads


def _by_role(source: OutlineSource, piece: Piece, rows: Sequence[_Row]) -> list[Piece]:
    """The cells of a table without known heads as lines, by the role of its document and by its shape."""
    role = source.entry.role
    if role in _ROLES_OF_TICKETS and (laid_out := _laid_out(source, rows)):
        return laid_out
    grid = piece.object if isinstance(piece.object, Grid) else None
    if grid is not None and _has_spanning_cells(grid) and (spanned := _spanned(source, grid, rows)):
        return spanned
    if _counts_questions(source, rows):
        return _without_heads(source, rows)
    if role != "syllabus" and _names_tickets(source) and (counted_off := _row_each(source, rows)):
        return counted_off
    match role:
        case "syllabus":
            return []
        case "tickets":
            return [one for row in rows for cell in row for one in cell]
        case "questions":
            return _without_heads(source, rows)
        case _:
            return _by_shape(source, rows) if role == "tests" or _offer(rows) else []


def _by_heads(source: OutlineSource, top: _Row, heads: Sequence[str | None], body: Sequence[_Row]) -> list[Piece]:
    """The questions of a table whose heads name questions; empty where it lists amounts."""
    whole = [row for row in body if len(row) == len(heads)]
    if "ticket" in heads:
        return _tickets(source, top, heads, whole)
    if {"options", "option", "key"} & set(heads):
        return _tests(source, top, heads, [row for row in body if len(row) == len(heads) or len(_filled(row)) == 1])
    body = whole
    levels = [words().kind(fold(cell_text(cell)).strip(" .:")) == "level" for cell in top]
    plain = ["level" if level and kind is None else kind for level, kind in zip(levels, heads, strict=True)]
    return [] if _are_amounts(plain, body) else _questions(source, top, heads, body)


def _counts_questions(source: OutlineSource, rows: Sequence[_Row]) -> bool:
    """Whether a table without known heads has a number next to each question: in a list of questions, or where most of
    it asks."""
    if source.entry.role not in _LISTS or any(len(row) != _PAIR for row in rows):
        return False
    top = [cell_text(cell) for cell in rows[0]]
    body = rows if _NUMBER.fullmatch(top[0]) else rows[1:]
    if body is not rows and source.marks.columns(top[1]):
        return False
    numbers = [_NUMBER.fullmatch(cell_text(row[0])) for row in body]
    texts = [cell_text(row[1]) for row in body]
    if len(body) < _CARDS or [int(found[1]) if found else 0 for found in numbers] != list(range(1, len(body) + 1)):
        return False
    asks = sum(text.rstrip().endswith(_ASKING[:1]) for text in texts)
    return min(map(len, texts)) > _SHORTEST and (source.entry.role == "questions" or asks * 2 >= len(body))


def _single_question(source: OutlineSource, rows: Sequence[_Row]) -> list[Piece]:
    """The one question that a table holds; empty for any other table."""
    found = one_of(rows)
    if found is None:
        return []
    source.stream.texts.claim(found[1], "mark", part="exam", reason="letter")
    return found[0]


def _by_marks(source: OutlineSource, rows: Sequence[_Row]) -> list[Piece]:
    """The questions of a table with their numbers, and the letters of their answers, in its first column."""
    found = counted_rows(rows)
    if found is None:
        return []
    first, counts = found
    _claim_cells(source, [cell for row in rows[:first] for cell in row], "table head")
    result: list[Piece] = []
    ticked: list[tuple[str, _Row]] = []
    for row, count, after in zip(rows[first:], counts, [*counts[1:], None], strict=True):
        _claim_cells(source, row[:1], "letter" if count.letter else "number")
        held = [one for one in row[1] if one.text or one.content or one.object is not None]
        if count.letter:
            result += lettered(held, count.letter)
            ticked += [(count.letter, row[_PAIR:])] * count.right
            _claim_cells(source, [] if count.right else row[_PAIR:], "key")
        else:
            result += [replace(held[0], label=f"{count.number}.", gap=False, bold=False), *held[1:]]
        if ticked and (after is None or after.number):
            cells = [one for _, beside in ticked for cell in beside for one in cell]
            result.append(_as_line(cells, f"ANSWER: {', '.join(letter for letter, _ in ticked)}"))
            ticked = []
    return result


def _statements(source: OutlineSource, rows: Sequence[_Row]) -> list[Piece]:
    """The statements of a table that judges each by a sign in one of two columns; empty for any other table."""
    found = judged_rows(rows) if source.entry.role in _LISTS_OF_TESTS else None
    if found is None:
        return []
    _claim_cells(source, rows[0], "table head")
    result: list[Piece] = []
    for nth, one in enumerate(found, 1):
        result += _numbered(one.stated, one.number or nth)
        signs = [piece for cell in one.beside for piece in cell]
        if one.truth is None:
            source.stream.texts.claim(signs, "mark", part="exam", reason="number")
        else:
            result.append(_as_line(signs, f"ANSWER: {languages.words('true' if one.truth else 'false')[0]}"))
    return result


def _tall(source: OutlineSource, rows: Sequence[_Row]) -> list[Piece]:
    """The questions of a table that span several rows, one answer in each."""
    found = tall_rows(rows)
    if found is None:
        return []
    first, questions = found
    _claim_cells(source, [cell for row in rows[:first] for cell in row], "table head")
    return [piece for nth, one in enumerate(questions, 1) for piece in _tall_question(source, one, nth)]


def _tall_question(source: OutlineSource, one: Tall, nth: int) -> list[Piece]:
    number = _NUMBER.fullmatch(cell_text(one.number)) if one.number else None
    letters = [chr(ord("A") + at) for at in range(len(one.answers))]
    right = ", ".join(letter for letter, is_right in zip(letters, one.right, strict=True) if is_right)
    signs = [piece for cell in one.beside for piece in cell]
    source.stream.texts.claim([*one.number], "mark", part="exam", reason="number")
    result = _numbered(one.asked, int(number[1]) if number else nth)
    result += [piece for cell, letter in zip(one.answers, letters, strict=True) for piece in lettered(cell, letter)]
    if right and signs:
        return [*result, _as_line(signs, f"ANSWER: {right}")]
    source.stream.texts.claim(signs, "mark", part="exam", reason="letter")
    return result


def _lays_variants(rows: Sequence[_Row]) -> bool:
    """Whether the cells of the first row number parts, «Variant 1 | Variant 2», above cells of several answers each."""
    top = [cell_text(cell) for cell in rows[0]]
    if len(rows) < _PAIR or len(top) < _PAIR or any(len(row) != len(top) for row in rows):
        return False
    values = [part_in(text) for text in top]
    below = [[piece for row in rows[1:] for piece in row[at]] for at in range(len(top))]
    return values == list(range(1, len(top) + 1)) and all(_option_count(cells) >= _PAIR for cells in below)


def _variants(source: OutlineSource, rows: Sequence[_Row]) -> list[Piece]:
    """One variant of a test in each column, one after the other; empty for any other table."""
    if not _lays_variants(rows):
        return []
    return [piece for column in zip(*rows, strict=True) for cell in column for piece in cell]


def _with_answers(heads: list[str | None], rows: Sequence[_Row]) -> list[str | None]:
    """The kinds of a table's columns; filled columns of unknown kind between question and key are answers, «1 | 2 |
    3»."""
    if {"question", "key"} - set(heads) or {"options", "option"} & set(heads):
        return heads
    first, last = sorted((heads.index("question"), heads.index("key")))
    beside = range(first + 1, last) if last - first > _PAIR else range(last + 1, len(heads))
    filled = [at for at in beside if rows and all(len(row) == len(heads) and cell_text(row[at]) for row in rows)]
    if len(filled) < _PAIR or len(filled) < len(beside):
        return heads
    return ["option" if at in filled else kind for at, kind in enumerate(heads)]


_LETTER_HEAD = re.compile(r"\(?(?P<letter>[^\W\d_])[.)]?")


def _with_letters(heads: list[str | None], top: Sequence[str], rows: Sequence[_Row]) -> list[str | None]:
    """The kinds of a table's columns, where heads that are letters of an alphabet in order, «a | b | c», are answers; a
    column of unknown kind whose cells are nearly all one of these letters holds keys."""
    letters = {at: found["letter"] for at, text in enumerate(top) if (found := _LETTER_HEAD.fullmatch(text))}
    in_order = list(letters.values())
    runs = len(letters) >= _PAIR and begins(in_order[0]) and all(follows(a, b) for a, b in pairwise(in_order))
    if not runs or "question" not in heads:
        return heads
    names = {letter.casefold() for letter in in_order}
    result = ["option" if at in letters else kind for at, kind in enumerate(heads)]
    for at in (at for at, kind in enumerate(result) if kind is None):
        cells = [cell_text(row[at]).strip(" .)").casefold() for row in rows if at < len(row)]
        if "key" not in result and cells and sum(cell in names for cell in cells) * 10 >= len(cells) * 9:
            result[at] = "key"
    return result


_NO_AMOUNTS = frozenset({"number", "level"})


def _are_amounts(heads: Sequence[str | None], rows: Sequence[_Row]) -> bool:
    """Whether short names are next to amounts, «Item | Points»: no list of questions."""
    questions = heads.index("question")
    texts = [cell_text(row[questions]) for row in rows]
    beside = [
        [cell_text(row[at]) for row in rows] for at in range(questions + 1, len(heads)) if heads[at] not in _NO_AMOUNTS
    ]
    amounts = any(all(_AMOUNT.fullmatch(text) for text in column) for column in beside if column)
    return amounts and all(len(text) < _SHORT_NAME and "?" not in text for text in texts)


def _laid_out(source: OutlineSource, rows: Sequence[_Row]) -> list[Piece]:
    """Tickets that a table sets side by side or below one another, a cell, a column or some rows each; nothing where no
    line counts one."""
    heads = [[_holds_ticket(source, cell) for cell in row] for row in rows]
    if not any(map(any, heads)):
        return []
    bands = _bands(rows, heads)
    if any(len(band) > 1 for band in bands):
        return [one for band in bands for one in _in_columns(source, band)]
    result: list[Piece] = []
    for row in rows:
        number = _NUMBER.fullmatch(cell_text(row[0])) if len(row) > 1 else None
        if number is None:
            result.extend(one for cell in row for one in cell)
            continue
        _claim_cells(source, row[:1], "number")
        result.extend(one for cell in row[1:] for one in _numbered(cell, int(number[1])))
    return result


def _bands(rows: Sequence[_Row], heads: Sequence[Sequence[bool]]) -> list[list[_Row]]:
    """The rows of a table whose tickets stand beside one another, from each row of their heads to the next; nothing
    where the first row has no more than one."""
    bands: list[list[_Row]] = []
    for row, held in zip(rows, heads, strict=True):
        if any(held):
            bands.append([row])
        elif bands:
            bands[-1].append(row)
    return bands if sum(heads[0]) > 1 else []


def _in_columns(source: OutlineSource, band: Sequence[_Row]) -> list[Piece]:
    """Tickets whose heads stand in the first row, each over the cells of its column."""
    top, *below = band
    columns = [at for at, cell in enumerate(top) if _holds_ticket(source, cell)]
    beside = [cell for row in band for at, cell in enumerate(row) if at not in columns]
    _claim_cells(source, beside, "column")
    result: list[Piece] = []
    for at in columns:
        result.extend(top[at])
        for nth, row in enumerate((row for row in below if at < len(row)), 1):
            result.extend(_numbered(row[at], nth))
    return result


def _holds_ticket(source: OutlineSource, cell: Sequence[Piece]) -> bool:
    return any(_is_ticket(source, piece.text) for piece in cell)


def _counts_cards(grid: Grid, source: OutlineSource) -> bool:
    """Whether the cells of a table are tickets that their first lines count, whatever counts them; the first cell of
    another table is asked alone."""
    first = grid.rows[0][0] if grid.rows and grid.rows[0] else None
    lines = in_cell(first, source.stream.texts) if first is not None and len(first.units) > _PAIR else []
    return bool(lines) and _card(lines[0].text) == 1 and bool(_cards(cells_of(grid, source.stream.texts)))


def _cards(rows: Sequence[_Row]) -> list[Piece]:
    """Tickets set out in cells, each with its number on a line of its own over its questions; nothing for another
    table."""
    cells = [[one for one in cell if one.text] for row in rows for cell in row]
    cells = [cell for cell in cells if cell]
    numbers = [_card(cell[0].text) for cell in cells]
    if len(cells) < _CARDS or numbers != list(range(1, len(cells) + 1)) or min(map(len, cells)) <= _PAIR:
        return []
    result: list[Piece] = []
    for number, (head, *questions) in enumerate(cells, 1):
        result.append(replace(head, text=_ticket_heading(number).text, content=None, plain=False, replaced=True))
        result.extend(replace(one, gap=False, bold=False) for one in questions)
    return result


def _card(line: str) -> int | None:
    """The number that a line gives and nothing else, a word before or behind it or not: «№ 1», «Card 1», «1-карта»."""
    found = _CARD.fullmatch(line.strip())
    return int(found["n"]) if found else None


def _by_ticket(source: OutlineSource, rows: Sequence[_Row]) -> list[Piece]:
    """A question a row behind the number of its ticket, which stands before the first one alone: blank, or spanned,
    before the others; nothing for another table."""
    width = max(map(len, rows))
    top = [source.marks.holds(cell_text(cell)) for cell in rows[0]]
    if width < _PAIR + 1 or not ("ticket" in top or _names_tickets(source)):
        return []
    groups: list[list[_Row]] = []
    head: list[_Row] = []
    for row in rows:
        found = _NUMBER.fullmatch(cell_text(row[0])) if len(row) == width else None
        if found and int(found[1]) == len(groups) + 1:
            groups.append([row[1:]])
        elif groups and (len(row) < width or not cell_text(row[0])):
            groups[-1].append(row[1:] if len(row) == width else row)
        elif groups or head:
            return []
        else:
            head.append(row)
    if len(groups) < _PAIR or min(map(len, groups)) < _PAIR:
        return []
    _claim_cells(source, [cell for row in head for cell in row], "table head")
    firsts = [row[0] for row in rows if len(row) == width and _NUMBER.fullmatch(cell_text(row[0]))]
    result: list[Piece] = []
    for first, group in zip(firsts, groups, strict=True):
        result.append(_as_line(first, _ticket_heading(int(cell_text(first).strip(" .)"))).text))
        for nth, row in enumerate(group, 1):
            number = _NUMBER.fullmatch(cell_text(row[0])) if len(row) > 1 else None
            _claim_cells(source, row[:1] if number else [], "number")
            result.extend(one for cell in (row[1:] if number else row) for one in _numbered(cell, nth))
    return result


def _names_tickets(source: OutlineSource) -> bool:
    """Whether one of the first lines of a document names tickets."""
    first = (piece.text for piece in source.stream.pieces[:_FIRST_LINES] if piece.object is None)
    return any(words().labels(text).get("tickets", 0) >= _NAMED for text in first if len(text) < _LONGEST_HEAD)


def _row_each(source: OutlineSource, rows: Sequence[_Row]) -> list[Piece]:
    """A ticket a row: its number, and its questions in a cell each, or as lines of one cell; nothing where rows are
    others."""
    found = [_NUMBER.fullmatch(cell_text(row[0])) if len(row) > 1 else None for row in rows]
    values = [int(one[1]) for one in found if one]
    questions = [_row_questions(row) for row, one in zip(rows, found, strict=True) if one]
    if len(values) < max(len(rows) - 1, _PAIR) or any(b != a + 1 for a, b in pairwise(values)):
        return []
    if min(map(len, questions)) < _PAIR:
        return []
    result: list[Piece] = []
    for row, one in zip(rows, found, strict=True):
        if one is None:
            _claim_cells(source, row, "table head")
            continue
        result.append(_as_line(row[0], _ticket_heading(int(one[1])).text))
        for nth, lines in enumerate(_row_questions(row), 1):
            result.extend(_numbered(lines, nth))
    return result


def _row_questions(row: _Row) -> list[list[Piece]]:
    """The questions of a row behind its number: a cell each, or a line each of the only cell."""
    cells = [[one for one in cell if one.text or one.object is not None] for cell in row[1:]]
    return [[line] for line in cells[0]] if len(cells) == 1 else [cell for cell in cells if cell]


def _claim_cells(source: OutlineSource, cells: Sequence[Sequence[Piece]], reason: str) -> None:
    for cell in cells:
        source.stream.texts.claim(cell, "mark", part="exam", reason=reason)


def _questions(source: OutlineSource, top: _Row, heads: Sequence[str | None], rows: Sequence[_Row]) -> list[Piece]:
    """A question a row, its number in a column of its own, or in none."""
    _claim_cells(source, top, "table head")
    result: list[Piece] = []
    for nth, row in enumerate(rows, 1):
        number = nth
        for kind, cell in zip(heads, row, strict=True):
            if kind == "question":
                result.extend(_numbered(cell, number))
                continue
            found = _NUMBER.fullmatch(cell_text(cell))
            number = int(found[1]) if found and kind == "number" else number
            source.stream.texts.claim(cell, "mark", part="exam", reason="number" if kind == "number" else "column")
    return result


def _numbered(cell: Sequence[Piece], number: int) -> list[Piece]:
    """The pieces of a cell, the first with the number that stands beside it."""
    return [
        replace(piece, label=f"{number}.", gap=False, bold=False)
        if at == 0 and not _own_number(piece)
        else replace(piece, plain=piece.plain or (at > 0 and not _own_number(piece)))  # it heads nothing
        for at, piece in enumerate(cell)
        if piece.text
    ]


def _own_number(piece: Piece) -> bool:
    return bool(piece.label or re.match(r"\d{1,3}[.)]\s", piece.text))


def _tests(source: OutlineSource, top: _Row, heads: Sequence[str | None], rows: Sequence[_Row]) -> list[Piece]:
    """One question in each row, with its answers (in one column or one column each) and its key."""
    _claim_cells(source, top, "table head")
    letters = _letters(heads, top)
    result: list[Piece] = []
    count = 0
    for row in rows:
        if len(row) != len(heads) or (len(heads) > _PAIR and len(_filled(row)) == 1):
            result.extend(replace(one, bold=True) for cell in _filled(row) for one in cell)  # a topic over what follows
            continue
        count += 1
        number, keys = count, list[Piece]()
        for kind, cell, letter in zip(heads, row, letters, strict=True):
            text = cell_text(cell)
            if kind == "question":
                result.extend(_numbered(cell, number))
            elif kind == "option":
                result.extend(lettered(cell, letter))
            elif kind == "options":
                result.extend(cell)
            elif kind == "key" and text:
                keys.append(_as_line(cell, f"ANSWER: {text}"))
            else:
                found = _NUMBER.fullmatch(text)
                number = int(found[1]) if found and kind == "number" else number
                source.stream.texts.claim(cell, "mark", part="exam", reason="number" if found else "column")
        result.extend(keys)
    return result


def _letters(heads: Sequence[str | None], top: _Row) -> list[str]:
    """The letter of each column of answers, to which keys refer: that of its head where all heads are letters in
    order."""
    head_letters = [cell_text(cell) for kind, cell in zip(heads, top, strict=True) if kind == "option"]
    letters = (
        head_letters
        if len(head_letters) > 1 and _are_letters_in_order(head_letters)
        else [chr(ord("A") + at) for at in range(len(heads))]
    )
    count = iter(one.strip(" ().").upper() for one in letters)
    return [next(count) if kind == "option" else "" for kind in heads]


def _by_shape(source: OutlineSource, rows: Sequence[_Row]) -> list[Piece]:
    """A table with unknown heads: a number, a question and answers in each row, in separate columns or below the
    question; letters or numbers of answers in the last column are keys."""
    beside = [row for row in rows if _offers_beside(row)]
    if len(beside) > _PAIR and len(beside) >= len(rows) - 1:
        columns = ["question", "options", "key"][: len(beside[0])]
        return _tests(source, rows[0] if beside[0] is not rows[0] else [[] for _ in columns], columns, beside)
    width = len(rows[0])
    rows = [row for row in rows if any(map(cell_text, row))]  # forms have blank rows at their end
    numbered = [
        row for row in rows if len(row) == width and (_NUMBER.fullmatch(cell_text(row[0])) or _automatic(row[0]))
    ]
    questions = sum(sum(map(str.isalpha, cell_text(row[1]))) > _SHORTEST for row in numbered) if width > 1 else 0
    if width < 3 or len(numbered) < 3 or len(numbered) < len(rows) - 1 or questions * 2 < len(numbered):
        return []
    if any(_are_letters_in_order([cell_text(row[at]) for row in numbered]) for at in range(2, width)):
        return []  # the sides of a matching question, with a column of letters between
    keyed = all(_is_key(cell_text(row[-1]), width - 3 if width > 3 else _option_count(row[1])) for row in numbered)
    if width == 3 and not (keyed and all(_option_count(row[1]) for row in numbered)):
        return []
    heads = ["number", "question", *["option"] * (width - 2 - keyed), *["key"] * keyed]
    top = rows[0] if numbered[0] is not rows[0] else [[] for _ in heads]
    return _tests(source, top, heads, numbered)


def _are_letters_in_order(texts: Sequence[str]) -> bool:
    """Whether cells are letters of an alphabet in order."""
    letters = [text.strip(" ().") for text in texts]
    single = all(len(one) == 1 and one.isalpha() for one in letters)
    return single and begins(letters[0]) and all(follows(a, b) for a, b in pairwise(letters))


def _offers_beside(row: _Row) -> bool:
    """Whether a row holds a question, its answers in one cell, and its key or nothing behind it."""
    if len(row) not in {_PAIR, _PAIR + 1}:
        return False
    questions = cell_text(row[0])
    if not _NUMBER.match(questions) or _NUMBER.fullmatch(questions):
        return False
    count = _option_count(row[1])
    return count > 1 and (len(row) == _PAIR or _is_key(cell_text(row[-1]), count))


def _is_key(text: str, count: int) -> bool:
    """Whether a cell names answers by letters, or by numbers up to their ``count``."""
    names = letters_of(text)
    return names is not None and all(name.isalpha() or int(name) <= count for name in names)


def _option_count(cell: Sequence[Piece]) -> int:
    """How many lettered answers a cell holds."""
    return sum(max(len(line.starts), line.offers) for line in lines_of(cell))


def _as_line(cell: Sequence[Piece], text: str) -> Piece:
    """A cell as the line that it would be outside a table."""
    parts: list[UnitRange] = [part for piece in cell for part in piece.parts]
    return Piece(text, parts, replaced=True, language=cell[0].language)


def _tickets(source: OutlineSource, top: _Row, heads: Sequence[str | None], rows: Sequence[_Row]) -> list[Piece]:
    """One ticket in each row, its questions in columns."""
    _claim_cells(source, top, "table head")
    questions = [kind == "question" or _asks_too(kind, [row[at] for row in rows]) for at, kind in enumerate(heads)]
    result: list[Piece] = []
    for nth, row in enumerate(rows, 1):
        count = 0
        for kind, asks, cell in zip(heads, questions, row, strict=True):
            found = re.search(r"\d{1,3}", cell_text(cell))
            if kind == "ticket":
                result.append(
                    _as_line(cell, _ticket_heading(int(found[0]) if found else nth).text)
                    if cell
                    else _ticket_heading(nth)
                )
            elif asks:
                count += 1
                result.extend(_numbered(cell, count))
            else:
                source.stream.texts.claim(cell, "mark", part="exam", reason="column")
    return result


def _asks_too(kind: str | None, column: Sequence[Sequence[Piece]]) -> bool:
    """Whether a column next to the questions of tickets also holds a question of each, under another head: «Practical
    task»."""
    texts = [cell_text(cell) for cell in column]
    asking = sum(len(text) > _SHORT_NAME // 2 and not _AMOUNT.fullmatch(text) for text in texts)
    return kind is None and asking * 2 > len(texts)


_TICKET = languages.words("ticket")[0]
"""The word in the heading line of a ticket, as the next step reads it."""


def _ticket_heading(number: int) -> Piece:
    return Piece(f"{_TICKET} № {number}", [], replaced=True)


def _without_heads(source: OutlineSource, rows: Sequence[_Row]) -> list[Piece]:
    """A table without heads: a number next to each question, or cells one after another."""
    numbered = [row for row in rows if len(row) > 1 and (_NUMBER.fullmatch(cell_text(row[0])) or _automatic(row[0]))]
    if len(numbered) * 2 <= len(rows):
        return [one for row in rows for cell in row for one in cell if one.text]
    result: list[Piece] = []
    if rows[0] is not numbered[0] and source.marks.holds(cell_text(rows[0][0])) == "number":
        _claim_cells(source, rows[0], "table head")
        rows = rows[1:]
    for nth, row in enumerate(rows, 1):
        found = _NUMBER.fullmatch(cell_text(row[0]))
        if found or _automatic(row[0]):
            source.stream.texts.claim(row[0], "mark", part="exam", reason="number")
            result.extend(one for cell in row[1:] for one in _numbered(cell, int(found[1]) if found else nth))
        else:
            result.extend(one for cell in row for one in cell if one.text)
    return result


def _automatic(cell: Sequence[Piece]) -> bool:
    return not cell_text(cell)
