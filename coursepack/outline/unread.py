"""A test that was read as text for students or set aside: lines that look like its keys, answers or questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import PurePosixPath

from coursepack import languages
from coursepack.model.document import Grid
from coursepack.outline import naming
from coursepack.outline.bank.guard import evenly
from coursepack.outline.bank.key_tables import table_keys
from coursepack.outline.bank.key_text import CLASS, is_key, is_key_word, is_list
from coursepack.outline.bank.leftover import closed, parted
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import offers_answers
from coursepack.outline.bank.looks import has
from coursepack.outline.drafts import SESSIONS
from coursepack.outline.found import OF_TICKET, SIGNED, OutlineSource
from coursepack.outline.missed_questions import texts_of
from coursepack.outline.pieces import Piece
from coursepack.outline.stream import cell_text, cells_of
from coursepack.outline.tree.words import words
from coursepack.outline.unsure import some
from coursepack.place import Finding, Place, warning


def unread_test(source: OutlineSource) -> Finding | None:
    """Lines that state the answers of a test, that ask, or of which one of several is bold again and again, where they
    were read as text for students or set aside."""
    kinds = {draft.kind for draft in source.drafts}
    if "keys" in kinds or ("tests" in kinds and not (_stated(source) or _columns(source))):
        return None
    pieces = [one for one in source.stream.pieces if one.object is None and one.text and one.parts]
    for what, found in (
        ("that state answers, as those of a test do,", _stated(source)),
        ("that are the letter of an answer and its text", _lettered(source, pieces)),
        ("in columns beside questions", _columns(source)),
        ("that name questions, each with a colon or dash behind,", _named(source)),
        ("that ask, taken for heads or signatures of tickets,", _beside_tickets(source)),
        ("of a program's data", _in_program(source)),
        ("in tables that hold a question and its answers each", _in_tables(source)),
        ("in tables that pair points with numbers and letters", _matching(source)),
        ("in tables that hold the numbers and letters of keys", _key_tables(source)),
        ("of parts, as many in each, as rows of a test have,", _parted(source)),
        ("that end with one of a few words, as keys of statements do,", _closed(source)),
        ("that ask and go on behind it", _going_on(source, pieces)),
        ("with a gap to fill in", _with_gaps(source, pieces)),
        ("that ask, each over as many that do not,", _evenly(source, pieces)),
        ("that begin alike, so many below each line", _below_each(source, pieces)),
        ("of which one among several is bold, as right answers are,", _bold(source, pieces)),
        ("that come again below each number, as the parts of tasks do,", _labels_below(source)),
        ("that are headings with the label of a question", _labelled_heads(source)),
        ("that numbers count, each over as many short ones,", _over_short(source)),
        ("that numbers count from the first line on and that each set a task", _set_tasks(source)),
        ("that end with a colon, each over an answer,", _over_answers(source)),
        ("that end with the sign of a right answer", _signed_behind(source)),
        ("that ask among short lines", _asking(source)),
        ("of a list that its name or title calls a test or questions", _called(source, pieces)),
        ("of what holds questions by its role, and were set aside as a title page,", _all_aside(source)),
    ):
        if found:
            name = source.stream.texts.ledger.unit_name
            return warning(
                "bank-unread",
                f"{len(found)} lines {what} were read as text: {some(source, list(map(str, found)))}",
                Place(source.document.file, found[0], found[0], name),
                'if it is a test, give the file the role that it has in course.toml (role = "tests"); what '
                "students may read shows these answers",
            )
    return None


def _stated(source: OutlineSource) -> list[int]:
    """The lines that state answers and were taken for no keys, where they are many of a document's."""
    clean, ledger = source.stream.texts.clean, source.stream.texts.ledger
    lines = sum(1 for text in clean.values() if text.strip())
    offered = {one.unit for one in ledger.entries if one.fate == "mark" and one.reason == "letter"}
    found = [
        one.unit
        for one in ledger.entries
        if one.fate != "mark"
        and one.unit not in offered
        and any(map(_is_stated, clean[one.unit][one.start : one.end].split("\n")))
    ]
    many = len(found) * 100 >= lines * limits()["keyed-share"] or _is_called(source)
    several = len(found) >= limits()["judged"] or any(is_list(clean[at], limits()["least-pairs"]) for at in found)
    return found if several and many else []


def _is_stated(text: str) -> bool:
    return is_key(text) or (text.rstrip().endswith(":") and is_key_word(text))


def _are_many(count: int, lines: int) -> bool:
    return count >= limits()["keyed"] and count * 100 >= lines * limits()["keyed-share"]


_SHORT = 60
_ANSWER = re.compile(
    rf"\d{{1,4}}\s?[.)–-]\s*(?:{CLASS}(?:\s*,\s*{CLASS})*(?:\s?[.)]\s*\S|\s*(?:\(|$))|\d(?:\s*,\s*\d)*\s*$)"
)


def _lettered(source: OutlineSource, pieces: Sequence[Piece]) -> list[int]:
    """The lines «1. B) carbon», «1. B», where most are: the answers of a test that is not there."""
    clean = source.stream.texts.clean
    found = [one.first for one in pieces if any(map(_ANSWER.match, (clean[one.first].strip(), _labelled(one))))]
    return found if len(found) * 3 >= len(pieces) * 2 and _are_many(len(found), len(pieces)) else []


def _labelled(piece: Piece) -> str:
    return f"{piece.label or ''} {piece.text}".lstrip()


_OF_TEXT = SESSIONS.keys() | {"front"}


def _asking(source: OutlineSource) -> list[int]:
    """The lines of a document of no questions, no topics of classes and no data of a course that ask, where they are
    many among short ones."""
    if any(draft.kind not in _OF_TEXT or draft.get("topics") for draft in source.drafts):
        return []
    lines = _lines(source)
    found = [at for at, text in lines if "?" in text]
    if _is_question(source):  # what is called a test, and of which few questions were read
        taken = {piece.first for draft in source.drafts for piece in (*draft.get("review"), *draft.get("tests"))}
        left = [at for at in found if at not in taken]
        return left if _is_called(source) and len(left) * 2 > len(found) and len(left) >= limits()["keyed"] else []
    short = sum(len(text.strip()) < _SHORT for _, text in lines)
    many = len(found) * 100 >= len(lines) * limits()["asking"] and short * 100 >= len(lines) * limits()["throughout"]
    signs = sum(text.count("?") for _, text in lines)
    dense = signs * limits()["dense"] >= sum(len(text) for _, text in lines)
    return found if (many or dense) and signs >= limits()["keyed"] else []


def _labels_below(source: OutlineSource) -> list[int]:
    """The short lines that come again word for word below each of several numbers that count from one, in a document
    of no questions, no topics of classes and no data of a course: «Input:», «Output:»."""
    if _is_question(source) or any(draft.kind not in _OF_TEXT or draft.get("topics") for draft in source.drafts):
        return []
    below: list[list[tuple[int, str]]] = []
    values: list[int] = []
    for at, text in _lines(source):
        if number := _COUNTED.match(text.strip()):
            below.append([])
            values.append(int(number["n"]))
        elif below:
            below[-1].append((at, text.strip()))
    each = Counter(text for lines in below for text in {text for _, text in lines if len(text) < _LABEL_LETTERS})
    common = {text for text, count in each.items() if count == len(below) and any(map(str.isalpha, text))}
    if len(below) < _FEW_ROWS or values != list(range(1, len(values) + 1)):
        return []
    return [at for lines in below for at, text in lines if text in common]


_COUNTED = re.compile(r"(?P<n>\d{1,3})\s?[.)]\s*\S")
_LABEL_LETTERS = 30


def _over_short(source: OutlineSource) -> list[int]:
    """The lines with numbers that count on, however they are written, over as many short lines without one each, in a
    document of no questions, no tasks and no data of a course: six and more, some of which ask."""
    if _is_question(source) or any(draft.kind not in _OF_TEXT for draft in source.drafts):
        return []
    places: list[tuple[int, int, str]] = []
    below: list[list[str]] = []
    for at, text in texts_of(source):
        found = _ANY_NUMBER.match(text)
        if found and int(found["n"]) in {1, places[-1][1] + 1 if places else 1}:
            places.append((at, int(found["n"]), text))
            below.append([])
        elif below:
            below[-1].append(text)
    sizes = Counter(len(lines) for lines in below if lines and all(len(one) < _SHORT for one in lines))
    size, count = sizes.most_common(1)[0] if sizes else (0, 0)
    on = sum(b == a + 1 for (_, a, _), (_, b, _) in pairwise(places))
    asks = sum("?" in text for _, _, text in places)
    regular = size > _FEW_ROWS and count >= limits()["seen-least"] and count * 100 >= len(places) * limits()["stacked"]
    return [at for at, *_ in places] if regular and asks and on * 2 > len(places) else []


def _set_tasks(source: OutlineSource) -> list[int]:
    """The lines with numbers of a document that begins with number one, counts on to the end and has no title, where
    each asks or sets a task."""
    classes = [draft for draft in source.drafts if draft.kind in SESSIONS]
    titled = any(draft.number is not None or draft.title for draft in classes)
    if _is_question(source) or titled or len(classes) != len(source.drafts) or not classes:
        return []
    lines = texts_of(source)
    found = [(at, text, int(number["n"])) for at, text in lines if (number := _COUNTED.match(text))]
    counted = [n for _, _, n in found] == list(range(1, len(found) + 1)) and len(found) >= limits()["judged"]
    if not counted or found[0][0] != lines[0][0]:
        return []
    asks = [text.rstrip().endswith("?") or words().asks(_BARE_COUNT.sub("", text, count=1)) for _, text, _ in found]
    return [at for at, *_ in found] if all(asks) else []


_BARE_COUNT = re.compile(r"\d{1,3}\s?[.)]\s*")
_ANY_NUMBER = re.compile(r"(?:№\s?)?(?P<n>\d{1,3})(?:\s?[.):–—-])?\s+\S")


def _columns(source: OutlineSource) -> list[int]:
    """The lines of columns beside questions that nothing was made of, where they are much of the document."""
    ledger = source.stream.texts.ledger
    characters = sum(one.end - one.start for one in ledger.entries)
    left = [one for one in ledger.entries if one.fate == "mark" and one.reason == "column"]
    many = sum(one.end - one.start for one in left) * 100 > characters * limits()["columns"]
    return [one.unit for one in left] if many and len(left) >= limits()["keyed"] else []


_HEAD_LABEL = languages.expression(r"(?:@question@|@question-short@)\s?\d{0,3}\s?[):.–—-]\s*\S", re.IGNORECASE)


def _labelled_heads(source: OutlineSource) -> list[int]:
    """The headings «Q) Why …?» over text, of a document without questions, where they are most of its headings."""
    if _is_question(source):
        return []
    heads = [one for one in source.stream.pieces if one.heading is not None and one.parts]
    found = [one.first for one in heads if _HEAD_LABEL.match(one.text)]
    return found if len(found) >= limits()["keyed"] and len(found) * 2 > len(heads) else []


def _over_answers(source: OutlineSource) -> list[int]:
    """The lines that end with a colon, or ask, each over a line or a few, in a document without questions of which they
    begin nearly every part between blank lines: «Return type of an async method:», «Task»."""
    if _is_question(source) or any(draft.kind not in _OF_TEXT or draft.get("topics") for draft in source.drafts):
        return []
    clean, before, parts = source.stream.texts.clean, -2, list[list[int]]()
    for at in sorted(at for at, text in clean.items() if text.strip()):
        if at != before + 1:
            parts.append([])
        parts[-1].append(at)
        before = at
    over = [part[0] for part in parts if len(part) > 1 and clean[part[0]].rstrip().endswith((":", "?"))]
    few = all(len(part) <= limits()["most-answers"] for part in parts)
    return over if few and len(over) >= limits()["most-answers"] and len(over) * 100 >= len(parts) * _NEARLY else []


_NEARLY = 70
"""Share of the parts between blank lines."""


def _all_aside(source: OutlineSource) -> list[int]:
    """The lines of a list of questions of which none was found, where all of it was taken for a title page."""
    if source.entry.role not in _OF_QUESTIONS:
        return []
    entries = source.stream.texts.ledger.entries
    aside = [one.unit for one in entries if one.fate == "aside" and one.reason == "title page"]
    kept = any(one.fate == "content" for one in entries)
    return aside if len(aside) >= limits()["keyed"] and not kept else []


_OF_QUESTIONS = frozenset({"tests", "questions", "tickets"})


def _is_called(source: OutlineSource) -> bool:
    """Whether the name of the file, or its first line, speaks of a test or of questions."""
    first = next((text for text in source.stream.texts.clean.values() if text.strip()), "")
    name = PurePosixPath(source.document.file)
    names = (one for one in (first, name.stem) if len(one) < _SHORT)
    named = naming.read(str(name)).role in _CALLED
    return named or any(not _CALLED.isdisjoint(words().labels(one)) for one in names)


_CALLED = frozenset({"tests", "exam", "questions", "tickets"})


def _called(source: OutlineSource, pieces: Sequence[Piece]) -> list[int]:
    """The items of lists, and the rows that a number begins, that are most of a document without questions which its
    name or its first line calls a test."""
    if not _is_called(source) or _is_question(source):
        return []
    grids = [one for one in source.stream.pieces if isinstance(one.object, Grid)]
    rows = [row for one in grids for row in cells_of(_of(one), source.stream.texts)]
    cells = [(row[0][0].first, cell_text(row[0]).strip(" .)№")) for row in rows if row and row[0]]
    items = [one.first for one in pieces[1:] if one.label or _NUMBERED.match(one.text)]
    found = [*items, *(at for at, text in cells if text.isdecimal())]
    many = len(found) * 100 >= (len(pieces) + len(rows)) * limits()["listed"]
    return found if len(found) >= limits()["keyed"] and many else []


_NUMBERED = re.compile(r"\W?\d{1,3}\s?[.)]\s*\S")
_OF_TASKS = frozenset({"assignment", "assignments"})
_QUOTED = languages.expression(r"[\"']?@question@s?(?:\[\w{1,4}\])*[\"']?\s*[:=]\s*[\"'`]", re.IGNORECASE)
_QUESTION = languages.expression(
    r"\W{0,3}@question@s?\W{0,3}\s*(?:№?\s*\d{0,4}\W{0,2}\s*[:–—-]|№?\s*\d{1,4}\W{0,2}$)", re.IGNORECASE
)


def _named(source: OutlineSource) -> list[int]:
    """The lines «Question 3 –», «question: "…"», in tables as well, of a document without questions; the quotes are a
    program's, whatever was made of it."""
    lines = _lines(source)
    quoted = [at for at, text in lines for _ in _QUOTED.finditer(text)]
    if len(quoted) >= limits()["judged"]:
        return list(dict.fromkeys(quoted))
    other = _is_question(source) or any(draft.kind in _OF_TASKS for draft in source.drafts)
    named = [] if other else [at for at, (_, text) in enumerate(lines) if _QUESTION.match(text.strip())]
    if len(named) < limits()["keyed"] or _are_headings(source, [text for _, text in lines], named):
        return []
    return [lines[at][0] for at in named]


def _are_headings(source: OutlineSource, texts: Sequence[str], named: Sequence[int]) -> bool:
    """Whether «Question 1» is the heading of a part of a lecture: the document is one class that counts itself or bears
    a title, and text that asks for nothing stands below most of those lines."""
    classes = [draft for draft in source.drafts if draft.kind in SESSIONS]
    titled = len(classes) == 1 and (classes[0].number is not None or bool(classes[0].title))
    below = [texts[at + 1].strip() for at in named if at + 1 < len(texts) and _BARE.fullmatch(texts[at].strip())]
    prose_count = sum(len(text) > _STATED and text[-1:] in _ENDS and words().asks(text) != "task" for text in below)
    return titled and not _is_called(source) and prose_count * 2 > len(named)


_BARE = languages.expression(r"\W{0,3}@question@s?\W{0,3}\s*№?\s*\d{1,4}\W{0,2}", re.IGNORECASE)
_STATED = 100
_ENDS = frozenset(".!…")


_VALUE = re.compile(r"[{,\[\s]*+[\"'][^\"']{1,60}[\"']\s*:\s*(?:[\"'\[{\d-]|true|false|null)", re.IGNORECASE)


_ASKING = ("?", ":")


def _beside_tickets(source: OutlineSource) -> list[int]:
    """The lines with a number or words that ask which were set aside as heads or signatures of tickets, where they are
    several."""
    clean, ledger = source.stream.texts.clean, source.stream.texts.ledger
    held = [one for one in ledger.entries if one.fate == "aside" and one.reason == OF_TICKET]
    found = [
        one.unit
        for one in held
        if (text := clean[one.unit][one.start : one.end].strip()).endswith(_ASKING) and _NUMBERED_LINE.match(text)
    ]
    return found if len(found) >= limits()["keyed"] else []


_NUMBERED_LINE = re.compile(r"\W?\d{1,3}\s?[.):]?\s*[^\W\d_]")


def _in_program(source: OutlineSource) -> list[int]:
    """The lines that give a name in quotes a value, as a program's data do, where they are most of a document."""
    lines = _lines(source)
    found = [at for at, text in lines if _VALUE.match(text)]
    bare = sum(not any(map(str.isalnum, text)) for _, text in lines)
    many = len(found) >= limits()["keyed"] and len(found) * 2 >= len(lines) - bare
    return found if many else []


def _in_tables(source: OutlineSource) -> list[int]:
    """The first lines of tables of which several look alike and hold short cells below one that asks or is longer, or
    answers with letters, in a document without questions."""
    if _is_question(source):
        return []
    grids = [one for one in source.stream.pieces if isinstance(one.object, Grid)]
    rows = [row for one in grids for row in cells_of(_of(one), source.stream.texts)]
    found = [cell[0].first for row in rows for cell in row if cell and offers_answers(cell)]
    if len(found) >= limits()["least-ends"]:
        return found
    shapes = Counter((len(_of(one).rows), len(_of(one).rows[-1])) for one in grids if len(_of(one).rows) > _FEW_ROWS)
    (height, width), count = shapes.most_common(1)[0] if shapes else ((0, 0), 0)
    alike = [one for one in grids if (len(_of(one).rows), len(_of(one).rows[-1])) == (height, width)]
    asks = sum("?" in cell_text(cells_of(_of(one), source.stream.texts)[0][0]) for one in alike)
    many = count >= limits()["least-ends"] and height <= limits()["most-answers"] and asks * 3 >= count
    return [one.first for one in alike] if many else []


def _matching(source: OutlineSource) -> list[int]:
    """The first lines of tables of two sides, points that numbers count and points that letters count, of a document
    without questions."""
    if _is_question(source):
        return []
    grids = [one for one in source.stream.pieces if isinstance(one.object, Grid)]
    rows = [
        (one.first, [list(map(cell_text, row)) for row in cells_of(_of(one), source.stream.texts)]) for one in grids
    ]
    return [at for at, cells in rows if _has_sides(cells)]


def _has_sides(rows: Sequence[Sequence[str]]) -> bool:
    left = [found["n"] for row in rows if row and (found := _COUNTED_CELL.match(row[0]))]
    right = [row[-1] if len(row) < _SIDES else row[2] for row in rows if len(row) > 1]
    lettered = sum(_LETTERED_CELL.match(text) is not None for text in right)
    return (
        len(left) == len(rows) > _FEW_ROWS
        and left == [str(n) for n in range(1, len(left) + 1)]
        and lettered == len(rows)
    )


_SIDES = 4
"""Cells of a row whose numbers and letters stand in cells of their own."""
_COUNTED_CELL = re.compile(r"\(?(?P<n>\d{1,2})(?:[.)]|$)")
_LETTERED_CELL = re.compile(rf"\(?{CLASS}(?:[.)]|$)")


def _key_tables(source: OutlineSource) -> list[int]:
    """The first lines of tables of keys, of a document without questions."""
    if _is_question(source):
        return []
    texts = source.stream.texts
    grids = [one for one in source.stream.pieces if isinstance(one.object, Grid)]
    rows = [(one.first, [list(map(cell_text, row)) for row in cells_of(_of(one), texts)]) for one in grids]
    keys = [(at, [key for key in table_keys(cells).values() if key.isalpha()], len(cells)) for at, cells in rows]
    return [at for at, characters, size in keys if len(characters) >= max(limits()["keyed"], size - 1)]


_FEW_ROWS = 2


def _of(piece: Piece) -> Grid:
    assert isinstance(piece.object, Grid)  # noqa: S101 - asked of tables alone
    return piece.object


def _lines(source: OutlineSource) -> list[tuple[int, str]]:
    """The lines of a document with their places, before any were joined."""
    return [(at, line) for at, text in source.stream.texts.clean.items() for line in text.split("\n") if line.strip()]


def _parted(source: OutlineSource) -> list[int]:
    """The lines with as many parts each, behind one sign, of a document without questions of whose lines many ask."""
    if _is_question(source):
        return []
    lines = _lines(source)
    asks = sum("?" in text for _, text in lines)
    return [lines[at][0] for at in parted([text for _, text in lines])] if asks * 4 >= len(lines) else []


def _closed(source: OutlineSource) -> list[int]:
    """The lines that end with one of a few words behind a sign, where they are most of a document's."""
    if _is_question(source):
        return []
    lines = _lines(source)
    found = [lines[at][0] for at in closed([text for _, text in lines])]
    return found if len(found) * 100 >= len(lines) * limits()["throughout"] and len(found) > _FEW_ROWS else []


_SIGN_BEHIND = re.compile(r"\w[.;)]?\s+(?:[+*✓√✔]\ufe0f?|\([+*]\))\s*[;.]?$")


def _signed_behind(source: OutlineSource) -> list[int]:
    """The short lines that end with a sign of right answers, many of a document's without questions."""
    lines = [] if _is_question(source) else _lines(source)
    found = [at for at, text in lines if len(text) < _SHORT * 2 and _SIGN_BEHIND.search(text.rstrip())]
    return found if _are_many(len(found), len(lines)) else []


_GOES_ON = re.compile(r"\?\s*[:=–—-]?\s*[^\W_][^?]{0,60}$")
_GAP = re.compile(r"_{2,}|\.{5,}|…{2,}")
_FILLED = re.compile(r"(?:[^\W_]\W*){8,}")


def _is_question(source: OutlineSource) -> bool:
    """Whether questions were found."""
    lists = {"exam", "tests", "ticket", "tickets"}
    return any(draft.kind in lists or draft.get("review") or draft.get("tests") for draft in source.drafts)


def _going_on(source: OutlineSource, pieces: Sequence[Piece]) -> list[int]:
    """The lines «What is …? : that», where they are many of a document's without questions."""
    found = [] if _is_question(source) else [one.first for one in pieces if _GOES_ON.search(one.text.rstrip())]
    return found if len(found) * 3 >= len(pieces) and _are_many(len(found), len(pieces)) else []


def _evenly(source: OutlineSource, pieces: Sequence[Piece]) -> list[int]:
    """The lines that ask in a document of short lines, where as many short lines follow upon each."""
    short = sum(len(one.text) < _SHORT * 2 for one in pieces)
    questions = _is_question(source) or any(draft.get("tests") for draft in source.drafts)
    if questions or short * 10 < len(pieces) * 9 or evenly([one.text for one in pieces]) is None:
        return []
    return [one.first for one in pieces if "?" in one.text]


def _with_gaps(source: OutlineSource, pieces: Sequence[Piece]) -> list[int]:
    """Sentences with a gap, where they are many of a document's without questions; a line to sign has no sentence."""
    if _is_question(source):
        return []
    signed = {one.unit for one in source.stream.texts.ledger.entries if one.reason == SIGNED}
    gaps = [one.first for one in pieces if _GAP.search(one.text) and _FILLED.search(one.text)]
    found = [at for at in gaps if at not in signed]
    return found if len(found) * 3 >= len(pieces) and _are_many(len(found), len(pieces)) else []


def _below_each(source: OutlineSource, pieces: Sequence[Piece]) -> list[int]:
    """Lines of one beginning, as many below each of several lines of which some ask, that are most of a document."""
    if any(draft.kind == "tests" or draft.get("tests") for draft in source.drafts):
        return []
    lines = [(one, text) for one in pieces for text in one.text.split("\n")]
    forms = [_form(one, text) for one, text in lines]
    usual, count = Counter(filter(None, forms)).most_common(1)[0] if any(forms) else ("", 0)
    if not count or count * 4 < len(lines):
        return []
    runs = [[at for at, _ in run] for form, run in groupby(enumerate(forms), key=itemgetter(1)) if form == usual]
    over = [run[0] - 1 for run in runs if run[0]]
    size, alike = Counter(map(len, runs)).most_common(1)[0]
    asks = sum("?" in lines[at][1] for at in over)
    regular = 1 < size <= limits()["most-answers"] and alike * 4 >= len(runs) * 3 and alike >= limits()["least-ends"]
    most = count * 2 >= len(lines) or alike > limits()["most-answers"]
    return [lines[at][0].first for run in runs for at in run] if regular and most and asks * 3 >= len(runs) else []


_LABEL = re.compile(rf"(?:\(?{CLASS}|\(?\d{{1,2}}|[<\[]{CLASS}[>\]])(?P<close>[).:\]>])|[^\w\s«“\"(]")


_SIGN_BEFORE = re.compile(rf"[-–+*]\s?(?=\(?{CLASS}[).])")
"""«-a) one», «+b) two»: the sign of a key before the letter of an answer."""


def _form(piece: Piece, text: str) -> str:
    """What a short line begins with, a letter of an answer or a sign."""
    if piece.heading is not None or len(text) > _SHORT * 2 or "?" in text:
        return ""
    text = f"{piece.label or ''}{text}" if piece.text.startswith(text) else text
    found = _LABEL.match(_SIGN_BEFORE.sub("", text, count=1))
    return (found["close"] or found[0][0]) if found else ""


def _is_bold(piece: Piece) -> bool:
    return piece.bold or has(piece.inlines(), "bold")


def _bold(source: OutlineSource, pieces: Sequence[Piece]) -> list[int]:
    """The bold ones among three short lines or more below a line that is none of them, where that is most of a
    document."""
    if any(draft.kind == "tests" or draft.get("tests") for draft in source.drafts):
        return []
    lists: list[list[Piece]] = [[]]
    for before, one in pairwise(pieces):
        if one.heading is not None or one.label is None or (before.label is None and lists[-1]):
            lists.append([])
        if one.label is not None and len(one.text) < _SHORT * 2:
            lists[-1].append(one)
    answers = [each for each in lists if len(each) > 2 and sum(map(_is_bold, each)) == 1]
    lines = sum(map(len, answers))
    found = [one.first for each in answers for one in each if _is_bold(one)]
    return found if lines * 2 > len(pieces) and _are_many(len(found), len(pieces)) else []
