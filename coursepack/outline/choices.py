"""Tests: questions with answers to choose from, and their keys (a sign, ``ANSWER:``, a key list or a table)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from coursepack import languages
from coursepack.model.blocks import Blocks, Paragraph, Run, Table, block_text
from coursepack.model.document import Grid, Listing
from coursepack.model.questions import Choice, Essay, MultipleChoice, Question
from coursepack.outline.found import Source
from coursepack.outline.pieces import Piece
from coursepack.outline.stream import flatten
from coursepack.place import Place, note
from coursepack.text import scripts

_KEY_LINE = languages.expression(r"@key-line@\s*[:.=–-]\s*(?P<key>.+)", re.IGNORECASE)
_LETTERS = "".join(languages.words("answer-letters"))
_LETTER = f"[{_LETTERS}{_LETTERS.lower()}]"
_LETTERED = re.compile(rf"(?P<sign>[+*✓√]\s*)?\(?(?P<letter>{_LETTER})\s?[).]\s*(?P<text>\S.*)", re.DOTALL)
_SIGNED = re.compile(r"(?P<sign>[+–—-])\s*(?P<text>\S.*)", re.DOTALL)
_TAGGED = re.compile(
    r"(?:<(?P<tag>question|variant|variantright|right)\s*\d*>|(?P<shell>S|[+-]):)\s*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBERED = languages.expression(
    r"(?:@question@\s*(?:№\s*)?)?(?P<n>\d{1,4})\s*[.):](?:\s+|(?=\D))(?P<text>\S.*)", re.DOTALL | re.IGNORECASE
)
_PAIR = re.compile(
    rf"(?P<n>\d{{1,4}})\s*(?:[-–—.):=]\s*)?(?P<key>{_LETTER}(?:\s*,\s*{_LETTER})*)(?![\w])", re.IGNORECASE
)
_INLINE = re.compile(rf"(?:(?<=\s)|^)[+*]?\(?{_LETTER}[)]\s")
_SMALL = re.compile(r"[0-9]{1,4}")
_SIGN = re.compile(r"(?:\(\+\)|(?<=\s)\+|\*)$")
_LATIN = scripts.ANSWERS


@dataclass
class _Item:
    """A question in the making; an option is its letter, its text, and whether a sign says that it is right."""

    text: list[str]
    number: int | None
    pieces: list[Piece] = field(default_factory=list)
    options: list[tuple[str, str, bool]] = field(default_factory=list)
    key: str = ""
    printed_keys: bool = False
    keys: list[Piece] = field(default_factory=list)
    strong: list[bool] = field(default_factory=list)
    listings: list[tuple[int, int, Piece]] = field(default_factory=list)
    """Listings: how many pieces of ``text`` and how many options stand before each, and it."""


def tests(source: Source, bodies: Sequence[Piece], answers: Sequence[Piece], first: int) -> list[Question]:
    """The questions of a test, numbered on from ``first``; all letters are claimed. Without a key none is guessed."""
    keys = _keys(source, answers)
    made: list[Question] = []
    category: tuple[str, ...] = ()
    found = list(_items(source, _flat(source, bodies)))
    asked = sum(len(item.options) > 1 and item.number is not None for item in found)
    _keys_between(source, found)
    for item in found:
        if item.printed_keys:
            continue
        if asked * 2 > len(found) - asked and _is_heading(item, started=bool(made)):
            source.stream.texts.claim(item.pieces, "mark", part="exam", reason="heading")
            category = (item.text[0].strip(" .:"),) if made else ()
            continue
        key = item.key or (keys.get(item.number, "") if item.number is not None else "")
        question = _question(source, item, key, first + len(made))
        made.append(msgspec.structs.replace(question, category=category) if category else question)
        source.stream.texts.claim(item.pieces, "content", part=made[-1].id)
        source.stream.texts.claim(item.keys, "mark", part=made[-1].id, reason="key")
    keyless = [q for q in made if isinstance(q, MultipleChoice) and not any(c.fraction > 0 for c in q.choices)]
    if keyless:
        source.findings.append(
            note(
                "outline-test-without-key",
                f"{len(keyless)} test questions have no key",
                keyless[0].place,
                "mark the right answers in the source",
            )
        )
    return made


def _keys_between(source: Source, items: Sequence[_Item]) -> None:
    """«1-B, 2-A, 3-C …» after the questions of a variant: the keys of those since the last such line."""
    since: list[_Item] = []
    for item in items:
        text = " ".join(item.text)
        pairs = {} if item.options else {int(pair["n"]): pair["key"] for pair in _PAIR.finditer(text)}
        if len(pairs) < 4 or len(_PAIR.sub("", text).strip(" ,;.:")) * 3 > len(text):
            since.append(item)
            continue
        source.stream.texts.claim(item.pieces, "mark", part="exam", reason="key")
        item.printed_keys = True
        for one in since:
            if one.number in pairs and not one.key:
                one.key = pairs[one.number]
        since = []


def _is_heading(item: _Item, *, started: bool) -> bool:
    """A short line without number and answers between the questions of a test: its title, «Вариант 2»."""
    text = " ".join(item.text)
    if item.options or item.key or item.listings or text.endswith("?"):
        return False
    return (item.number is None and len(text) < 160) or not started


def _flat(source: Source, pieces: Sequence[Piece]) -> list[Piece]:
    return [
        one
        for piece in pieces
        for one in (flatten(piece.object, source.stream.texts.clean) if isinstance(piece.object, Grid) else [piece])
    ]


def _items(source: Source, pieces: Sequence[Piece]) -> Iterator[_Item]:
    current: _Item | None = None
    for piece in pieces:
        text = piece.text
        if current is not None and isinstance(piece.object, Listing):
            current.listings.append((len(current.text), len(current.options), piece))
            continue
        if piece.object is not None or not text or (source.marks.is_approval(text) and current is None):
            source.aside([piece], "approval or signature" if text else "not understood")
            continue
        label = (piece.label or "").strip()
        labelled = f"{label} {text}" if label else text
        if current is not None and _goes_on(current, piece, labelled):
            (current.keys if _KEY_LINE.match(text) else current.pieces).append(piece)
            continue
        if current is not None:
            yield current
        tag, numbered = _TAGGED.match(text), _NUMBERED.match(labelled)
        body = tag["text"] if tag else numbered["text"] if numbered else text
        stem, options = _inline(body.strip())
        current = _Item([stem], int(numbered["n"]) if numbered else None, [piece], options)
    if current is not None:
        yield current


def _unsigned(body: str) -> str:
    """An option without the sign at its end that says it is right."""
    plain = _SIGN.sub("", body)
    return body if plain == body else plain.rstrip()


def _goes_on(current: _Item, piece: Piece, labelled: str) -> bool:
    """Whether a piece is an option, the key or a further line of the question; takes it in."""
    text = piece.text
    key = _KEY_LINE.match(text)
    if key:
        current.key = key["key"].strip()
        return True
    option = _option(labelled)
    if option:
        first, more = _inline(option[1])
        current.options.append((option[0], first, option[2]))
        current.options.extend(more)
        current.strong.extend([_strong(piece) and not more] + [False] * len(more))
        return True
    tag = _TAGGED.match(text)
    below = current.number is not None and current.listings and not current.options
    if _NUMBERED.match(labelled) or tag or not (text[:1].islower() or below):
        return False
    if current.options:
        letter, old, right = current.options[-1]
        current.options[-1] = (letter, f"{old} {text}", right)
    else:
        current.text.append(text)
    return True


def _option(text: str) -> tuple[str, str, bool] | None:
    tag = _TAGGED.match(text)
    if tag:
        name = (tag["tag"] or tag["shell"]).lower()
        return None if name in {"question", "s"} else ("", tag["text"].strip(), "right" in name or name == "+")
    lettered = _LETTERED.match(text)
    if lettered:
        body = lettered["text"].strip()
        right = bool(lettered["sign"]) or body.endswith(("(+)", " +", "*"))
        return lettered["letter"], _unsigned(body), right
    signed = _SIGNED.match(text)
    return ("", signed["text"].strip(), signed["sign"] == "+") if signed else None


def _inline(text: str) -> tuple[str, list[tuple[str, str, bool]]]:
    """«Question? A) one B) two» on one line: what stands before the options, and they."""
    starts = [found.start() for found in _INLINE.finditer(text)]
    if not starts or (len(starts) < 2 and starts[0] > 0):
        return text, []
    ends = [*starts[1:], len(text)]
    options = [option for start, end in zip(starts, ends, strict=True) if (option := _option(text[start:end].strip()))]
    return text[: starts[0]].strip(), options


def _question(source: Source, item: _Item, key: str, number: int) -> Question:
    where = source.builder.where(*item.pieces)
    text = _stem(source, item, where)
    question_id = f"exam-{number:03d}"
    printed = str(item.number) if item.number is not None else None
    if len(item.options) < 2:
        return Essay(id=question_id, text=text, number=number, printed=printed, place=where)
    wanted = {_latin(letter) for letter in re.findall(r"(?<![^\W\d_])[^\W\d_](?![^\W\d_])", key)}
    right = [sign or (bool(letter) and _latin(letter) in wanted) for letter, _, sign in item.options]
    if _SMALL.fullmatch(key.strip()) and not any(right) and 0 < int(key) <= len(right):
        right[int(key) - 1] = True
    if not any(right) and not wanted and len(item.strong) == len(right) and 0 < sum(item.strong) < len(right):
        right = list(item.strong)  # the right answers are printed in bold type or underlined
    count = sum(right)
    return MultipleChoice(
        id=question_id,
        text=text,
        number=number,
        printed=printed,
        place=where,
        single=count <= 1,
        choices=tuple(
            Choice(
                content=(Paragraph(content=(Run(text=body),)), *_answer_code(source, item, at)),
                fraction=round(1 / count, 7) if ok else 0.0,
            )
            for at, ((_, body, _), ok) in enumerate(zip(item.options, right, strict=True), 1)
        ),
    )


def _stem(source: Source, item: _Item, where: Place | None) -> Blocks:
    """The text of a question, its listings where they stand."""
    pieces = [(at, piece) for at, options, piece in item.listings if not options]
    cuts = [0, *(at for at, _ in pieces), len(item.text)]
    texts = [" ".join(item.text[start:end]) for start, end in itertools.pairwise(cuts)]
    codes = [*(source.builder.blocks([piece], "exam") for _, piece in pieces), ()]
    return tuple(
        block
        for text, code in zip(texts, codes, strict=True)
        for block in (*((Paragraph(content=(Run(text=text),), place=where),) if text or not pieces else ()), *code)
    )


def _answer_code(source: Source, item: _Item, number: int) -> Blocks:
    """The listings of an option."""
    pieces = [piece for _, options, piece in item.listings if options == number]
    return source.builder.blocks(pieces, "exam")


def _strong(piece: Piece) -> bool:
    """Whether most of an answer is bold or underlined."""
    runs = [run for run in piece.content or () if isinstance(run, Run)]
    return sum(len(run.text) for run in runs if run.bold or run.underline) * 2 > sum(len(run.text) for run in runs)


def _latin(letter: str) -> str:
    return letter.upper().translate(_LATIN)


def _keys(source: Source, answers: Sequence[Piece]) -> dict[int, str]:
    """Key by question number, from lines «1-A 2-B» or a table."""
    found: dict[int, str] = {}
    for piece in answers:
        source.stream.texts.claim(piece, "mark", part="exam", reason="key")
        table = piece.object
        if isinstance(table, Grid):
            table = source.builder.table(table, None)
        if isinstance(table, Table):
            _table_keys([[block_text(cell.blocks).strip() for cell in row.cells] for row in table.rows], found)
            continue
        label = f"{piece.label.strip()} " if piece.label else ""
        for pair in _PAIR.finditer(label + piece.text):
            found[int(pair["n"])] = pair["key"]
    return found


def _table_keys(rows: list[list[str]], found: dict[int, str]) -> None:
    for at, row in enumerate(rows):
        numbers = [cell.rstrip(".)") for cell in row]
        below = rows[at + 1] if at + 1 < len(rows) else []
        counted = sum(cell.isdigit() for cell in numbers)
        paired = counted == len(row) > 1 and all(re.fullmatch(r"[^\W\d_]", cell) for cell in below)
        if len(below) == len(row) and (paired or (len(row) > 2 and counted >= len(row) - 1)):
            found.update({int(n): key for n, key in zip(numbers, below, strict=True) if _SMALL.fullmatch(n)})
            continue
        for number, key in zip(numbers[::2], row[1::2], strict=False):
            if _SMALL.fullmatch(number) and re.fullmatch(r"[^\W\d_](?:\s*,\s*[^\W\d_])*", key):
                found[int(number)] = key
