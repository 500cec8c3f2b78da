"""Tests: questions with answers to choose from, and their keys (a sign, ``ANSWER:``, a key list or a table)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import msgspec

from coursepack import languages
from coursepack.model.blocks import Blocks, Paragraph, Run, Table, block_text
from coursepack.model.document import Grid, Listing
from coursepack.model.questions import Answer, Choice, Essay, MultipleChoice, Question, ShortAnswer
from coursepack.outline.found import Source
from coursepack.outline.pieces import Piece
from coursepack.outline.stream import flatten
from coursepack.outline.tree.ordinals import counted
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
_INLINE_STOPS = re.compile(rf"(?:(?<=\s)|^)[+*]?{_LETTER}[.]\s(?=\S)")
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
    tables = [piece for piece in bodies if isinstance(piece.object, Grid | Table) and _is_key_table(source, piece)]
    bodies = [piece for piece in bodies if not any(piece is one for one in tables)]
    keys = _keys(source, [*answers, *tables])
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
        _claim(source, item, made[-1].id)
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


def _claim(source: Source, item: _Item, part: str) -> None:
    """The number or label that a question bears is a mark, the rest content."""
    first, *more = item.pieces
    at = first.text.find(item.text[0]) if item.text[0] else 0
    if at > 0 and not first.replaced:
        number, first = source.stream.texts.cut(first, at)
        source.stream.texts.claim(number, "mark", part=part, reason="number")
    source.stream.texts.claim([first, *more], "content", part=part)


def is_key(text: str) -> bool:
    """Whether a line gives answers: «Answer: B», «1-B, 2-A, 3-C»."""
    if _KEY_LINE.match(text):
        return True
    pairs = sum(1 for _ in _PAIR.finditer(text))
    return pairs > 1 and len(_PAIR.sub("", text).strip(" ,;.:")) * 3 <= len(text)


def _keys_between(source: Source, items: Sequence[_Item]) -> None:
    """«1-B, 2-A, 3-C …» after the questions of a variant: the keys of those since the last such line."""
    since: list[_Item] = []
    for item in items:
        text = " ".join(item.text)
        pairs = {} if item.options else {int(pair["n"]): pair["key"] for pair in _PAIR.finditer(text)}
        named = any(mark.kind == "answers" for mark in source.marks.find(text))
        if len(pairs) < (1 if named else 4) or (not named and len(_PAIR.sub("", text).strip(" ,;.:")) * 3 > len(text)):
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
        for one in (flatten(piece.object, source.stream.texts) if isinstance(piece.object, Grid) else [piece])
    ]


def _items(source: Source, pieces: Sequence[Piece]) -> Iterator[_Item]:
    """The questions of a test: a question is everything from where it begins to where the next one does."""
    form = layout(pieces)
    current: _Item | None = None
    for at, piece in enumerate(pieces):
        text = piece.text
        if current is not None and isinstance(piece.object, Listing):
            current.listings.append((len(current.text), len(current.options), piece))
            continue
        if piece.object is not None or not text or (source.marks.is_approval(text) and current is None):
            source.aside([piece], "approval or signature" if text else "not understood")
            continue
        label = (piece.label or "").strip()
        labelled = f"{label} {text}" if label else text
        if current is not None and _goes_on(current, piece, labelled, form, at):
            (current.keys if _KEY_LINE.match(text) else current.pieces).append(piece)
            continue
        if current is not None:
            yield current
        tag, numbered = _TAGGED.match(text), _asked(labelled)
        body = tag["text"] if tag else numbered[1] if numbered else text
        stem, options = _inline(body.strip())
        current = _Item([stem], numbered[0] if numbered else None, [piece], options)
    if current is not None:
        yield current


def _asked(text: str) -> tuple[int, str] | None:
    """The number that a question bears and its text: «12. …», «Q3. …», «5-сұрақ: …»."""
    plain = _NUMBERED.match(text)
    if plain:
        return int(plain["n"]), plain["text"]
    for one in counted(text):
        if one.words and one.parted and one.kind in {"question", "task"} and text[one.end :].strip():
            return one.value, text[one.end :].strip()
    return None


@dataclass(frozen=True)
class _Layout:
    """How a bank sets its answers apart where no letter does: ``numbers``, or ``below`` are the places of pieces that
    are answers by where they stand."""

    numbers: bool = False
    below: frozenset[int] = frozenset()
    numbered: bool = False


_SHORT_NUMBER = re.compile(r"\(?(?P<n>\d{1,2})(?P<form>[.)])\s*(?P<text>\S.*)", re.DOTALL)


def layout(pieces: Sequence[Piece]) -> _Layout:
    """Look at the whole of a bank once."""
    texts = [f"{(p.label or '').strip()} {p.text}".strip() if p.object is None else "" for p in pieces]
    lettered = sum(
        bool(_option(text) or (p.label and _LETTERED.match(p.text))) for p, text in zip(pieces, texts, strict=True)
    )
    numbered = [found for text in texts if (found := _SHORT_NUMBER.match(text))]
    forms = {form: [int(f["n"]) for f in numbered if f["form"] == form] for form in ".)"}
    asked = sum(bool(_asked(text)) for text in texts)
    if lettered * 4 >= len(texts):
        return _Layout(numbered=asked > 1)
    restarts = {form: sum(n == 1 for n in numbers) for form, numbers in forms.items()}
    inner = max(forms, key=lambda form: restarts[form])
    other = "." if inner == ")" else ")"
    if restarts[inner] > 2 and len(forms[inner]) > 2 * restarts[inner] - 1 and restarts[other] < restarts[inner]:
        return _Layout(numbers=True, numbered=True, below=frozenset(_inner(texts, inner, pieces)))
    return _Layout(below=frozenset(_stacked(pieces, texts)), numbered=asked > 1)


def _inner(texts: Sequence[str], form: str, pieces: Sequence[Piece]) -> Iterator[int]:
    """The places of answers that are numbered anew under each question."""
    mixed = any((found := _SHORT_NUMBER.match(text)) and found["form"] != form for text in texts)
    least = min((piece.level for piece in pieces if piece.label), default=0)
    for at, text in enumerate(texts):
        found = _SHORT_NUMBER.match(text)
        if found and found["form"] == form and (mixed or not pieces[at].label or pieces[at].level > least):
            yield at


def _stacked(pieces: Sequence[Piece], texts: Sequence[str]) -> Iterator[int]:
    """Short lines below a question that nothing marks: they stand between two numbers, or between two gaps."""
    starts = [at for at, text in enumerate(texts) if _asked(text)]
    if len(starts) < 2:
        starts = [at for at, piece in enumerate(pieces) if piece.gap or at == 0]
    deeper = [at for at, piece in enumerate(pieces) if piece.label and piece.level > 0]
    if deeper and len(deeper) * 2 > len(pieces):
        yield from deeper
        return
    if not starts:
        return
    ends = [*starts[1:], len(pieces)]
    runs = [list(range(start + 1, end)) for start, end in zip(starts, ends, strict=True)]
    runs = [[at for at in run if texts[at] and not _KEY_LINE.match(texts[at])] for run in runs]
    fit = [run for run in runs if 2 <= len(run) <= 8 and all(len(texts[at]) < 140 for at in run)]
    if len(fit) < 2 or len(fit) * 10 < len(runs) * 6:
        return
    for run in fit:
        yield from run


def _unsigned(body: str) -> str:
    """An option without the sign at its end that says it is right."""
    plain = _SIGN.sub("", body)
    return body if plain == body else plain.rstrip()


_BARE_SIGN = re.compile(r"(?P<sign>[+*✓√])\s*(?P<text>[^\s*+].*)", re.DOTALL)


def _goes_on(current: _Item, piece: Piece, labelled: str, form: _Layout, at: int) -> bool:
    """Whether a piece is an option, the key or a further part of the question; takes it in."""
    text = piece.text
    key = _KEY_LINE.match(text)
    if key:
        current.key = key["key"].strip()
        return True
    if at in form.below:
        found = _SHORT_NUMBER.match(labelled) if form.numbers else None
        body = found["text"] if found else text
        signed = _BARE_SIGN.match(body)
        current.options.append(
            ("", _unsigned(signed["text"] if signed else body), bool(signed) or body.endswith(("(+)", " +", "*")))
        )
        current.strong.append(_strong(piece))
        return True
    bulleted = bool(piece.label) and bool(_LETTERED.match(text))
    option = _option(text) if bulleted else _option(labelled)
    if option:
        first, more = _inline(option[1])
        current.options.append((option[0], first, option[2]))
        current.options.extend(more)
        current.strong.extend([_strong(piece) and not more] + [False] * len(more))
        return True
    tag = _TAGGED.match(text)
    if _asked(labelled) or tag:
        return False
    if text[:1].islower() and current.options:
        letter, old, right = current.options[-1]
        current.options[-1] = (letter, f"{old} {text}", right)
        return True
    below = current.number is not None and (form.numbered or current.listings)
    if not current.options and (text[:1].islower() or below):
        current.text.append(text)
        return True
    return False


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
    if not starts:  # «а. one б. two в. three»: with full stops, three or more, for two may be initials
        stops = [found.start() for found in _INLINE_STOPS.finditer(text)]
        starts = stops if len(stops) > 2 else []
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
    if len(item.options) < 2 and len(key) > 1 and not item.listings:
        return ShortAnswer(
            id=question_id,
            text=text,
            number=number,
            printed=printed,
            place=where,
            answers=(Answer(text=key.rstrip(".")),),
        )
    if len(item.options) == 1:  # no choice: what stands there is text of the question
        text = (*text, Paragraph(content=(Run(text=item.options[0][1]),), place=where))
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


def _is_key_table(source: Source, piece: Piece) -> bool:
    found: dict[int, str] = {}
    table = source.builder.table(piece.object, None) if isinstance(piece.object, Grid) else piece.object
    if not isinstance(table, Table):
        return False
    _table_keys([[block_text(cell.blocks).strip() for cell in row.cells] for row in table.rows], found)
    return len(found) > 1


_ONE_KEY = re.compile(r"(?:[^\W\d_]|\d{1,2})(?:\s*,\s*(?:[^\W\d_]|\d{1,2}))*")


def _table_keys(rows: list[list[str]], found: dict[int, str]) -> None:
    for at, row in enumerate(rows):
        numbers = [cell.rstrip(".)") for cell in row]
        below = rows[at + 1] if at + 1 < len(rows) else []
        digits = sum(cell.isdigit() for cell in numbers)
        rising = [int(cell) for cell in numbers if _SMALL.fullmatch(cell)]
        counts = digits >= len(row) - 1 and all(b - a == 1 for a, b in pairwise(rising))
        paired = digits == len(row) > 1 and all(_ONE_KEY.fullmatch(cell) for cell in below)
        if len(below) == len(row) and counts and (paired or len(row) > 2):
            found.update({int(n): key for n, key in zip(numbers, below, strict=True) if _SMALL.fullmatch(n)})
            continue
        for number, key in zip(numbers[::2], row[1::2], strict=False):
            if (
                _SMALL.fullmatch(number)
                and re.fullmatch(r"[^\W\d_](?:\s*,\s*[^\W\d_])*", key)
                and int(number) not in found
            ):
                found[int(number)] = key
