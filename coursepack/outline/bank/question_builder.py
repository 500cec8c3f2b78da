"""Parts of a bank → questions of the model; all letters are claimed. Without a key none is guessed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from typing import Any

from coursepack import languages
from coursepack.model.blocks import Block, Blocks, List, ListItem, NoteMark, Paragraph, Run, block_text
from coursepack.model.document import Grid
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    Ordering,
    OrderingItem,
    Pair,
    Question,
    ShortAnswer,
    TrueFalse,
    literal,
    shares,
)
from coursepack.outline.bank import looks, stated
from coursepack.outline.bank.alone import bracketed
from coursepack.outline.bank.apart import apart, by_letter
from coursepack.outline.bank.comments import told_by
from coursepack.outline.bank.guard import empty, guard, unasked
from coursepack.outline.bank.items import items_of
from coursepack.outline.bank.key_lists import deal, key_lists
from coursepack.outline.bank.key_tables import NumberedKeys, is_key_column, is_key_table, options_of
from coursepack.outline.bank.key_text import (
    counted_in_words,
    is_judged,
    key_in,
    key_of,
    latin,
    letter_before,
    matched,
    truth_behind,
)
from coursepack.outline.bank.keys import KeyPlaces, are_letters, judge
from coursepack.outline.bank.levels import level_tags
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import BankLine, inline_starts, lines_of
from coursepack.outline.bank.named import dealt
from coursepack.outline.bank.parts import DraftOption, DraftQuestion, Read, Score
from coursepack.outline.bank.printed_forms import form_lines
from coursepack.outline.bank.scores import fractions
from coursepack.outline.bank.sheets import Apart
from coursepack.outline.bank.weights import weight_in
from coursepack.outline.found import NOT_UNDERSTOOD, OutlineSource
from coursepack.outline.pieces import Piece, but, colourless
from coursepack.outline.question_lists import worth
from coursepack.outline.question_places import QuestionPlace
from coursepack.outline.stream import flatten
from coursepack.outline.tree.words import words
from coursepack.place import Finding, Place, error, note, warning
from coursepack.text.tagged import LEVEL_TAG

_ON_ONE_LINE = frozenset({"inline", "beside"})
_GLUED = languages.expression(r"\s(?P<number>@question@\s*№?\s*\d{1,5}\s*[:.)])$", re.IGNORECASE)


def tests(
    source: OutlineSource, bodies: Sequence[Piece], answers: Sequence[Piece], shelf: QuestionPlace, apart: Apart
) -> list[Question]:
    """The questions of a bank, each with its place on ``shelf``. ``answers`` are lists or tables of keys that stand
    behind them, ``apart`` those of other files."""
    read = items_of(*_opened(source, bodies))
    tables = list(_key_tables(source, read))
    _stray(read)
    making = _Making(source, read, shelf)
    making.keys([*answers, *tables])
    making.keys_of(apart)
    reported = len(source.findings)
    result = making.questions()
    unknown = _unknown_keys(source, reported)
    if answers and not result:
        source.findings.append(unasked(source.builder.where(answers[0])))
    _rest(source, read, making.part)
    file, where = source.document.file, source.builder.where
    if result:
        source.doubts.append(guard(file, result, making.keyless, making.shared, read, where, unknown))
        source.findings.extend(source.doubts[-1].findings)
    else:
        source.findings.extend(empty(file, read, where))
    return result


def _unknown_keys(source: OutlineSource, since: int) -> list[tuple[Place | None, str]]:
    """The questions whose keys name none of their answers; what was found of each is gathered where there are many."""
    found = [one for one in source.findings[since:] if isinstance(one, Finding) and one.code == _UNKNOWN]
    if len(found) > limits()["shown"]:
        places = "; ".join(str(one.place) for one in found[: limits()["shown"]])
        message = f"{len(found)} keys name none of the answers of their questions: {places} …"
        gathered = warning(_UNKNOWN, message, found[0].place, found[0].advice)
        kept = [one for one in source.findings[since:] if not any(one is each for each in found)]
        source.findings[since:] = [gathered, *kept]
    return [(one.place, "its key names none of its answers") for one in found]


_UNKNOWN = "outline-key-unknown"


def _stray(read: Read) -> None:
    """Answers, keys and numbered lines that ask before the first question, long text between a heading and a question,
    belong to none."""
    first = min((item.lead.at for item in read.items), default=0)
    long = limits()["head"]
    lost = [
        one
        for one in read.front
        if one.is_text
        and (
            one.offers
            or key_of(one.text)
            or (one.number is not None and words().asks(one.text[one.number.end :]) is not None)
            or (one.at > first and len(one.text) > long)
        )
    ]
    read.front = [one for one in read.front if not any(one is other for other in lost)]
    read.strays.extend(lost)


def _key_tables(source: OutlineSource, read: Read) -> Iterator[Piece]:
    """Tables of keys, taken out: they stand behind answers or before all questions, never in a stem above answers. The
    title above such a table belongs to it, and what stands behind it to no question."""
    held = [option.more for item in read.items for option in item.options]
    held += [item.stem for item in read.items if not item.options]
    for lines in (*held, read.front):
        tables = {line.at for line in lines if not line.is_text and is_key_table(source, line.piece)}
        yield from (line.piece for line in lines if line.at in tables)
        if tables:
            over = [one for one in [line for line in lines if line.at < min(tables)][-1:] if _entitles(one)]
            behind = [line for line in lines if line.at > min(tables) and line.at not in tables]
            behind = [] if lines is read.front else behind
            read.heads.extend(over)
            read.strays.extend(behind)
            tables |= {line.at for line in (*over, *behind)}
        lines[:] = [line for line in lines if line.at not in tables]


def _entitles(line: BankLine) -> bool:
    """Whether a line is the title of a table of keys below it: short, and no answer's last line, «Marking scheme»."""
    text = line.text.strip()
    plain = line.is_text and line.number is None and not (line.letter or line.starts or line.sign or line.bullet)
    set_off = line.piece.bold or line.piece.heading is not None or text.endswith(":")
    titled = text[:1].isupper() and text[-1:] not in _STOPS
    return plain and (set_off or titled) and len(text) < limits()["apart"] and not text.endswith("?")


_STOPS = frozenset(".;,?!")


def _are_keys(items: Sequence[DraftQuestion], lists: Sequence[NumberedKeys]) -> bool:
    """Whether lists of keys are of those questions: half of their numbers are theirs. Others are answers as well."""
    numbers = {item.number for item in items}
    key_numbers = [number for keys in lists for number in keys.by_number]
    return sum(number in numbers for number in key_numbers) * 2 >= len(key_numbers)


def _opened(source: OutlineSource, pieces: Sequence[Piece]) -> tuple[list[Piece], frozenset[int]]:
    """The pieces; a table that only lays out questions is taken apart, one of data stays whole. And the places of those
    that bear a number of a matching question's side."""
    beside, numbered = apart(source.stream.texts, pieces)
    count = {id(beside[at]) for at in numbered}
    result: list[Piece] = []
    for piece in beside:
        if options := options_of(source, piece):
            result.extend(options)
            continue
        cells = flatten(piece.object, source.stream.texts) if isinstance(piece.object, Grid) else []
        cells = by_letter(cells)
        result.extend(cells if _lays_out(piece, cells) and not is_key_column(source, piece) else [piece])
    opened = _unglued(source, _unled(source, _unstarred(source, result)))
    return opened, frozenset(at for at, piece in enumerate(opened) if id(piece) in count)


def _unstarred(source: OutlineSource, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of a page that a program printed; the star behind each question that has to be answered is no word of
    it."""
    starred = [piece.object is None and piece.text.endswith(" *") for piece in pieces]
    if not sum(starred) or not form_lines([piece.text if piece.object is None else None for piece in pieces]):
        return list(pieces)
    result: list[Piece] = []
    for piece, one in zip(pieces, starred, strict=True):
        body, star = source.stream.texts.cut(piece, len(piece.text) - 1) if one else (piece, None)
        source.stream.texts.claim(star or [], "mark", part="exam", reason="label")
        result.append(body)
    return result


_LED_BY = languages.expression(r"(?:@options-label@)\s*[:.–—-]\s*(?=\S)", re.IGNORECASE)


def _unled(source: OutlineSource, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces; «Answers: a) one; b) two» is cut behind the label of its answers."""
    result: list[Piece] = []
    for piece in pieces:
        found = _LED_BY.match(piece.text) if piece.object is None else None
        starts = inline_starts(piece.text) if found else ()
        led = found is not None and len(starts) > 1 and starts[0] == found.end()
        result.extend(source.stream.texts.cut(piece, starts[0]) if led else [piece])
    return result


def _unglued(source: OutlineSource, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces; «D. text Question 2:» is cut before the number of the next question, where several end so."""
    glued = [_GLUED.search(piece.text) if piece.object is None else None for piece in pieces]
    if sum(found is not None for found in glued) < limits()["least-ends"]:
        return list(pieces)
    result: list[Piece] = []
    for piece, found in zip(pieces, glued, strict=True):
        result.extend(source.stream.texts.cut(piece, found.start("number")) if found and found.start() else [piece])
    return result


def _lays_out(piece: Piece, cells: Sequence[Piece]) -> bool:
    if not isinstance(piece.object, Grid):
        return False
    lines = lines_of(cells)
    columns = max((len(row) for row in piece.object.rows), default=0)
    return columns == 1 or any(line.offers for line in lines) or sum(line.asks for line in lines) > 0


def _rest(source: OutlineSource, read: Read, part: str) -> None:
    """What is no question: headings, what stands before the first one, lines that nobody understands."""
    texts = source.stream.texts
    texts.claim([line.piece for line in read.heads], "mark", part=part, reason="heading")
    strays = {line.at for line in read.strays}
    keys = [line.piece for _, line in read.keys if line.at not in strays]
    texts.claim(keys, "mark", part=part, reason="key")
    approval = {line.at for line in read.front if line.is_text and source.marks.is_approval(line.text)}
    source.aside([line.piece for line in read.front if line.at in approval], "approval or signature")
    title = [line.piece for line in read.front if line.at not in approval]
    texts.claim(title, "mark", part=part, reason="heading")
    source.aside([line.piece for line in read.strays], NOT_UNDERSTOOD)
    source.aside([line.piece for line in read.repeated], "the same under each question")


def _unmarked(piece: Piece) -> Piece:
    """A piece that is no item of a list and no heading."""
    return but(piece, label=None, list_id=None, level=0, style="", heading=None, plain=True)


@dataclass
class _QuestionParts:
    """A question's pieces, cut from its lines: the stem, each answer with what goes on with it."""

    stem: list[Piece]
    bodies: list[Piece]
    more: list[list[Piece]]
    mark: float | None = None
    said: list[str] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    """The places of the answers that comments call right."""


def _behind_answers(item: DraftQuestion) -> Iterator[str]:
    """What a key states that stands behind all answers of a line: «(neon / argon). Answer: argon»."""
    beside = [option for option in item.options if option.kind == "beside"]
    inside = key_in(beside[-1].line.text) if beside else None
    if inside is not None and (beside[-1].end or inside[0] + 1) <= inside[0]:
        yield inside[1]


def _noted(result: _QuestionParts) -> None:
    """Take the keys that stand in footnotes of a question or of its answers, «Answer: B», and the marks of those."""
    for pieces in (result.stem, result.bodies):
        for at, piece in enumerate(pieces):
            keys = {note.id: key for note in piece.notes if (key := key_of(block_text(note.blocks).strip()))}
            if not keys:
                continue
            result.said.extend(keys.values())
            content = tuple(one for one in piece.content or () if not (isinstance(one, NoteMark) and one.note in keys))
            notes = tuple(note for note in piece.notes if note.id not in keys)
            pieces[at] = replace(piece, notes=notes, content=content or None)


@dataclass
class _Making:
    source: OutlineSource
    read: Read
    shelf: QuestionPlace
    dealt: dict[int, str] = field(default_factory=dict)
    keyless: list[Place | None] = field(default_factory=list)
    shown: dict[int, Blocks] = field(default_factory=dict)
    """What stands over several questions, by their list of its lines."""
    shared: Sequence[str] = ()
    """The looks that all answers to choose from have."""

    @property
    def part(self) -> str:
        """The part of the course that ledgers name for what is of no single question."""
        return self.shelf.given or "exam"

    def keys(self, pieces: Sequence[Piece]) -> None:
        """Deal lists of keys: those between questions to the ones before them, those apart to all."""
        self.source.stream.texts.claim(pieces, "mark", part=self.part, reason="key")
        self._named()
        every: list[NumberedKeys] = []
        since = 0
        for until, lines in groupby(self.read.keys, key=lambda pair: pair[0]):
            key_lines = list(lines)
            questions = self.read.items[since:until]
            lists = key_lists(self.source, [line.piece for _, line in key_lines])
            if not _are_keys(questions, lists):
                self.read.strays.extend(line for _, line in key_lines)
                since = until
                continue
            every += lists
            found = deal(questions, lists)
            self.dealt.update({since + at: key for at, key in found.items()})
            since = until
        behind = key_lists(self.source, pieces)
        for at, key in deal(self.read.items, behind).items():
            self.dealt.setdefault(at, key)
        if lists := [*every, *behind]:
            self._shifted(lists, pieces)

    def _shifted(self, lists: Sequence[NumberedKeys], pieces: Sequence[Piece]) -> None:
        """Tell of lists of keys with numbers of no question, while questions with answers have none: they may all be
        those of others."""
        items = self.read.items
        numbers = {item.number for item in items}
        left = sorted({number for keys in lists for number in keys.by_number} - numbers)
        chosen = ((at, item) for at, item in enumerate(items) if len(item.options) > 1 and item.number is not None)
        bare = [item.number for at, item in chosen if at not in self.dealt and not item.said]
        if not left or not bare:
            return
        named, requested = (", ".join(map(str, each[: limits()["shown"]])) for each in (left, bare))
        message = f"the list of keys has the numbers {named} of no question and none of {requested}: is it shifted?"
        pieces = [line.piece for _, line in self.read.keys] or pieces
        where = self.source.builder.where(pieces[0]) if pieces else Place(self.source.document.file)
        advice = "give each key the number of its question, or write it below the question, «Answer: B»"
        self.source.findings.append(error(_UNKNOWN, message, where, advice))

    def keys_of(self, sheets: Apart) -> None:
        """Deal the keys of other files, where they are those of this bank."""
        items = self.read.items
        open_ = [at for at, item in enumerate(items) if not item.said and not item.answer and at not in self.dealt]
        for at, key in sheets.dealt(items, open_).items():
            self.dealt.setdefault(at, key)
        for name in sheets.used:
            message = f"the keys of {name} are taken for those of its questions, whose numbers they bear"
            self.source.findings.append(note("bank-keys-apart", message, Place(self.source.document.file)))

    def _named(self) -> None:
        """Deal the keys of lines that name their question."""
        named_keys = [(at, line.named) for at, line in self.read.named if line.named is not None]
        found = dealt([item.number for item in self.read.items], named_keys) if named_keys else {}
        self.dealt.update(found)
        lines = [line for _, line in self.read.named]
        if len(found) < len(lines):
            self._undealt(len(lines) - len(found), lines[0])
        self.source.stream.texts.claim([line.piece for line in lines], "mark", part=self.part, reason="key")

    def _undealt(self, count: int, line: BankLine) -> None:
        message = f"{count} keys that name their questions name none of the bank, or one twice"
        where = self.source.builder.where(line.piece)
        advice = "write each key below its question, «Answer: B»"
        self.source.findings.append(warning("outline-key-unknown", message, where, advice))

    def questions(self) -> list[Question]:
        items = self.read.items
        places = [self.shelf.place(item.path, item.lead.piece.session) for item in items]
        parts = [self._cut(item, part) for item, (_, part, _) in zip(items, places, strict=True)]
        self._judged(parts, [part for _, part, _ in places])
        chosen = [at for at, item in enumerate(items) if len(item.options) > 1]
        bodies = {
            id(option): body for at in chosen for option, body in zip(items[at].options, parts[at].bodies, strict=True)
        }
        chosen_items = [items[at] for at in chosen]
        open_ = [items[at] for at in chosen if not (self._is_keyed(at) or parts[at].right)]
        sign = looks.sign_of(open_, lambda option: looks.signs(option, bodies[id(option)]))
        look, shared = looks.look_of(open_, lambda option, name: self._looks(bodies[id(option)], name))
        by_letter = None if sign or look else looks.look_of_letters(open_)
        keyed = ((_key(items[at], parts[at], self.dealt.get(at, "")), items[at], parts[at].bodies) for at in chosen)
        lettered = are_letters((key, item, [body.text for body in held]) for key, item, held in keyed)
        first = self._is_first_right()
        tagged = any(item.lead.tag == "ask" for item in items)
        result: list[Question] = []
        keyless: list[Question] = []
        for at, (item, part) in enumerate(zip(items, parts, strict=True)):
            session, name, number = places[at]
            session = session or item.lead.piece.session
            look_here = None if sign else look
            if by_letter:
                part.right = part.right or looks.by_letter(item.options, by_letter)
            question = _QuestionBuilder(
                self.source,
                item,
                part,
                name,
                number,
                session,
                self.dealt.get(at, ""),
                sign,
                look_here,
                first and (item.lead.tag == "ask" or not tagged),
                lettered,
                above=self._above(item, name),
            )
            result.append(question.made())
            if isinstance(result[-1], MultipleChoice) and not any(choice.fraction > 0 for choice in result[-1].choices):
                keyless.append(result[-1])
        self.keyless, self.shared = [one.place for one in keyless], shared if chosen_items else ()
        return result

    def _above(self, item: DraftQuestion, part: str) -> Blocks:
        """What stands over several questions, which each of them shows; its letters are claimed for the first."""
        lines = item.above
        if not lines:
            return ()
        if id(lines) not in self.shown:
            self.shown[id(lines)] = self.source.builder.asked([_unmarked(line.piece) for line in lines], part)
        return self.shown[id(lines)]

    def _is_keyed(self, at: int) -> bool:
        """Whether a question with answers has a key in words, or says what each is worth."""
        item = self.read.items[at]
        return bool(item.said or item.options[0].score) or at in self.dealt

    def _looks(self, body: Piece, name: str) -> bool:
        return looks.has(body.inlines(), name) or self.source.stream.texts.looks_so(body, name)

    def _is_first_right(self) -> bool:
        """Whether of questions without any key the first answer is right: course.toml or a line of the test says so, or
        no tag tells which, and all tagged questions have as many."""
        tagged = [item for item in self.read.items if item.lead.tag == "ask"]
        options = [option.line.tag for item in tagged for option in item.options]
        if "right" in options or any(line.lead.text.startswith("S:") for line in tagged):
            return False
        said = self.source.entry.first_right
        if said is None and (piece := self.source.says_first) is not None:
            message = "the first answers are taken as right, because a line of the test says so"
            self._report_first(message, piece)
            return True
        if said is None and tagged and len({len(item.options) for item in tagged}) == 1:
            message = "no tag marks the right variants: the first ones are taken as right"
            self._report_first(message, tagged[0].lead.piece)
            return True
        return bool(said)

    def _report_first(self, message: str, piece: Piece) -> None:
        advice = "first_right = false of this [[source]]: there is no key"
        self.source.findings.append(note("tagged-first", message, self.source.builder.where(piece), advice))

    # --- pieces

    def _cut(self, item: DraftQuestion, part: str) -> _QuestionParts:
        """A question's lines without numbers, letters and what else is only a mark."""
        inline = {option.line.at: option.line for option in item.options if option.kind in _ON_ONE_LINE}
        whole = {at: line.piece for at, line in inline.items()}
        bodies = [self._body(option, whole, part) for option in reversed(item.options)][::-1]
        stem = [whole.get(line.at, line.piece) for line in item.stem]
        if len(bodies) > 1 and all(option.kind == "inline" for option in item.options):
            bodies = self._without_signs(bodies, part)
        more = [[line.piece for line in option.more] for option in item.options]
        for at, pieces in enumerate(more):
            if not bodies[at].text and not bodies[at].content and pieces and pieces[0].object is None:
                bodies[at] = _unmarked(pieces.pop(0))  # the letter stands on a line of its own
        bodies = [self._unscored(option, body, part) for option, body in zip(item.options, bodies, strict=True)]
        result = _QuestionParts(stem, bodies, more)
        result.said.extend(_behind_answers(item))
        self._lead(item, result, part)
        result.mark = worth(self.source, result.stem, part, chosen=bool(bodies)) if result.stem else None
        if result.mark is None:
            result.mark = self._weight(item, result, part)
        self._said(item, result, part)
        _noted(result)
        keys, result.right = told_by(item)
        result.said.extend(keys)
        return result

    def _without_signs(self, bodies: Sequence[Piece], part: str) -> list[Piece]:
        """Answers on one line without the semicolons between them, and the full stop behind the last, where most of
        them have one: that of «1147 г.;» is a word's own."""
        texts = [one.text.rstrip() for one in bodies]
        parted = [text.removesuffix(";").rstrip() for text in texts[:-1]]
        if sum(text.endswith(";") for text in texts[:-1]) * 2 <= len(parted):
            return list(bodies)
        own = any(text.endswith(".") for text in parted) and not texts[-1].endswith("..")
        last = texts[-1].removesuffix(";") if own else texts[-1].removesuffix(";").removesuffix(".")
        result: list[Piece] = []
        for one, text in zip(bodies, [*parted, last.rstrip()], strict=True):
            body, sign = self.source.stream.texts.cut(one, len(text))
            self._mark(sign, part, "sign")
            result.append(body)
        return result

    def _body(self, option: DraftOption, whole: dict[int, Piece], part: str) -> Piece:
        """The text of an answer; its letter is claimed as a mark."""
        line = option.line
        piece = whole.get(line.at, line.piece)
        if option.kind == "beside":
            return self._beside(option, whole, part)
        if option.start:
            before, body = self.source.stream.texts.cut(piece, option.start)
            if option.kind == "inline":
                start = max(start for start in line.starts if start < option.start)
                whole[line.at], before = self.source.stream.texts.cut(before, start) if start else (before, before)
            self._mark(before, part, "letter")
            piece = body
        return _unmarked(piece)

    def _unscored(self, option: DraftOption, body: Piece, part: str) -> Piece:
        """An answer without the letters that say what it is worth."""
        score = option.score
        if score is None:
            return body
        front = not score.start
        sign, text = self.source.stream.texts.cut(body, score.end if front else score.start)
        sign, text = (sign, text) if front else (text, sign)
        self._mark(sign, part, "key")
        return _unmarked(text)

    def _beside(self, option: DraftOption, whole: dict[int, Piece], part: str) -> Piece:
        """An answer on one line with others: its number, and what parts it from the next, are marks."""
        texts, at = self.source.stream.texts, option.line.at
        whole[at], rest = texts.cut(whole[at], option.begins)
        label, body = texts.cut(rest, option.start - option.begins)
        body, sign = texts.cut(body, (option.end or option.start) - option.start)
        for mark in (label, sign):
            self._mark(mark, part, "letter")
        return _unmarked(body)

    def _lead(self, item: DraftQuestion, result: _QuestionParts, part: str) -> None:
        """The first line without its number."""
        if not result.stem:
            return
        number_end = item.lead.number.end if item.lead.number and item.number is not None else 0
        labelled = next((at for at, line in enumerate(item.stem) if item.label and line is item.label[0]), None)
        behind = item.label[1] if item.label else 0
        if labelled:
            label, result.stem[labelled] = self.source.stream.texts.cut(result.stem[labelled], behind)
            self._mark(label, part, "label")
        end = item.lead.tag_end or (behind if labelled == 0 else 0) or number_end or item.led
        lead = result.stem[0]
        if end:
            number, lead = self.source.stream.texts.cut(lead, min(end, len(lead.text)))
            self._mark(number, part, "number")
        result.stem[0] = _unmarked(lead)

    def _weight(self, item: DraftQuestion, result: _QuestionParts, part: str) -> float | None:
        """What it says it is worth behind its last answer, below it or behind what it asks; the words are cut off."""
        slot, bare = item.weighed
        below = result.more[-1] if result.more else []
        pieces = {"lead": result.stem, "stem": result.stem, "answer": result.bodies, "below": below}.get(slot, [])
        at = 0 if slot == "lead" else len(pieces) - 1
        last = pieces[at] if pieces and pieces[at].object is None else None
        found = weight_in(text := last.text.rstrip(), bare=bare) if last is not None else None
        if found is None or last is None:
            return item.mark
        body, said = self.source.stream.texts.cut(last, len(text[: found.start].rstrip()))
        self._mark(said, part, "points")
        pieces[at : at + 1] = [replace(body, plain=last.plain)] if body.text or slot == "answer" else []
        return found.value

    def _said(self, item: DraftQuestion, result: _QuestionParts, part: str) -> None:
        """«(Ответ: Б)» at the end of the stem or of the last answer."""
        if item.bracketed and (found := bracketed(item)):
            line, count, said = found
            ended = result.bodies if line is item.options[-1].line else result.stem
            if ended and ended[-1].object is None:
                ended[-1], key = self.source.stream.texts.cut(ended[-1], len(ended[-1].text) - count)
                self._mark(key, part, "key")
                result.said.append(said)
        for pieces in (result.stem, result.bodies):
            inside = key_in(pieces[-1].text) if pieces and pieces[-1].object is None else None
            if inside:
                pieces[-1], key = self.source.stream.texts.cut(pieces[-1], inside[0])
                self._mark(key, part, "key")
                result.said.append(inside[1])

    def _judged(self, parts: Sequence[_QuestionParts], names: Sequence[str]) -> None:
        """«A cell has a wall. (True)»: statements that are judged where they stand, when several are."""
        plain = [
            (result, name) for result, name in zip(parts, names, strict=True) if result.stem and len(result.bodies) < 2
        ]
        statements = [
            (result, name, truth_behind(result.stem[-1].text))
            for result, name in plain
            if result.stem[-1].object is None
        ]
        found = [(result, name, truth) for result, name, truth in statements if truth is not None]
        if not is_judged([result.stem[-1].text for result, _, _ in statements]):
            return
        for result, name, truth in found:
            result.stem[-1], key = self.source.stream.texts.cut(result.stem[-1], truth[0])
            self._mark(key, name, "key")
            result.said.append(truth[1])

    def _mark(self, piece: Piece, part: str, reason: str) -> None:
        self.source.stream.texts.claim(piece, "mark", part=part, reason=reason)


def _key(item: DraftQuestion, parts: _QuestionParts, dealt: str) -> str:
    """What the first key of a question states."""
    return next((said for _, said in item.said if said), "") or next(iter(parts.said), "") or dealt


@dataclass
class _QuestionBuilder:
    """One question of the model from its parts."""

    source: OutlineSource
    item: DraftQuestion
    parts: _QuestionParts
    id: str
    number: int
    session: str | None
    dealt: str
    sign: str | None
    look: str | None
    first_right: bool
    lettered: bool
    above: Blocks = ()
    notes: list[Block] = field(default_factory=list)
    said: list[Block] = field(default_factory=list)
    """What a key line says beside the key: feedback."""

    def made(self) -> Question:
        key = _key(self.item, self.parts, self.dealt)
        lines = [line for line, _ in self.item.said]
        self.source.stream.texts.claim([line.piece for line in lines], "mark", part=self.id, reason="key")
        below = [line.piece for line in self.item.answer]
        if not key and below and below[0].text and len(self.item.options) > 1:  # «Answer:» over «B. No»
            key, below = below[0].text, self._keyed(below)
        self.notes.extend(self.source.builder.asked(below, self.id))
        pairs = self._pairs(key) if key else []
        if pairs:
            return self._matching(pairs)
        if not key and len(self.item.options) < 2 and (rows := self._rows()):
            return self._paired(*rows)
        if not key and self._has_sides():
            return self._unpaired()
        if len(self.item.options) > 1:
            return self._choice(key)
        return self._open(key)

    def _keyed(self, below: Sequence[Piece]) -> list[Piece]:
        """What stands behind the line that states a key."""
        self.source.stream.texts.claim(below[0], "mark", part=self.id, reason="key")
        return list(below[1:])

    # --- blocks

    def _stem(self, *, without: Sequence[Piece] = ()) -> Blocks:
        chosen = len(self.item.options) > 1
        pieces = [one for one in self.parts.stem if one.text or one.object is not None or one.content]
        pieces = [one for one in pieces if not any(one is left for left in without)]
        if not chosen:
            pieces.extend(
                piece for body, more in zip(self.parts.bodies, self.parts.more, strict=True) for piece in (body, *more)
            )
        return (*self.above, *self.source.builder.asked(pieces, self.id))

    def _feedback(self) -> Blocks:
        result: list[Block] = []
        for line in self.item.feedback:
            head, tail = self.source.stream.texts.cut(line.piece, line.feedback or len(line.text))
            self.source.stream.texts.claim(head, "mark", part=self.id, reason="label")
            if tail.text:
                result.extend(self.source.builder.asked([replace(tail, plain=True)], self.id))
        result.extend(self.source.builder.asked([line.piece for line in self.item.behind], self.id))
        return (*self.said, *result)

    def _common(self, text: Blocks) -> dict[str, Any]:
        item = self.item
        lines = [item.lead, *item.stem, *(o.line for o in item.options), *(m for o in item.options for m in o.more)]
        return {
            "id": self.id,
            "text": text,
            "number": self.number,
            "printed": str(item.number) if item.number is not None else None,
            "mark": self.parts.mark,
            "feedback": self._feedback(),
            "grader_notes": tuple(self.notes),
            "category": item.path,
            "session": self.session,
            "tags": (f"{LEVEL_TAG}{item.lead.hard}",) if item.lead.hard else level_tags(item.path),
            "place": self.source.builder.where(*(line.piece for line in lines)),
        }

    # --- kinds

    def _choice(self, key: str) -> Question:
        order = self._judged(key)
        right = set(order)
        signed = self._signed()
        if key and order and signed and signed != right:
            self._report(
                "outline-key-differs", "its marked answers differ from its key line; the key line is used", warn=True
            )
        if not key:
            by_sign = set(self.parts.right) or (signed if self.sign else self._looking())
            right = signed if self._scores() else self._by_place() if self.first_right else by_sign
        options = [at for at in range(len(self.parts.bodies)) if self._is_there(at)]
        text = self._stem()
        contents = {at: self._content(at, cut=bool(self.sign) and at in signed) for at in options}
        if len(order) == len(options) > 2 and list(order) != sorted(order):
            items = tuple(OrderingItem(content=contents[at]) for at in order)
            return Ordering(**self._common(text), items=items)
        printed_fractions = None if key else fractions(self._scores())
        single = len(right) <= 1 or (printed_fractions is not None and max(printed_fractions) == 1)
        worth = printed_fractions or shares([at in right for at in options], single=single, free=self.source.free_ticks)
        choices = tuple(Choice(content=contents[at], fraction=one) for at, one in zip(options, worth, strict=True))
        return MultipleChoice(**self._common(text), single=single, choices=choices)

    def _by_place(self) -> set[int]:
        """The first answer, which is right where nothing tells another one."""
        return {next((at for at in range(len(self.parts.bodies)) if self._is_there(at)), 0)}

    def _is_there(self, at: int) -> bool:
        body = self.parts.bodies[at]
        return bool(body.text or self.parts.more[at] or any(not isinstance(one, Run) for one in body.content or ()))

    def _judged(self, key: str) -> tuple[int, ...]:
        """The answers that a key names; what it leaves open is told and kept for who marks."""
        if not key:
            return ()
        texts = [self._unsigned(at) for at in range(len(self.parts.bodies))]
        verdict = judge(key, self.item, texts, lettered=self.lettered)
        if verdict.right is None:
            self._report("outline-key-unknown", f"its key {key[:60]!r} names none of its answers", warn=True)
        elif verdict.other:
            self._report("outline-key-ambiguous", f"its key {key[:60]!r} names {self._both(verdict)}", warn=False)
        if verdict.right is None or verdict.other:
            self.notes.append(Paragraph(content=(Run(text=key),)))
            return ()
        self._explained(key, [texts[at] for at in verdict.right])
        return verdict.right

    def _explained(self, key: str, right: Sequence[str]) -> None:
        """What a key says behind the letter of the answer, where that is more than the answer itself."""
        letter_and_text = letter_before(key)
        if letter_and_text is None or len(right) != 1:
            return
        answer, said = (" ".join(text.split()).strip(" .;").lower() for text in (right[0], letter_and_text[1]))
        if said not in answer and answer != said:
            self.said.append(Paragraph(content=(Run(text=letter_and_text[1]),)))

    def _both(self, verdict: KeyPlaces) -> str:
        texts = [self.parts.bodies[at].text[:30] for at in (*(verdict.right or ()), *verdict.other)]
        return ", ".join(f"«{text}»" for text in texts)

    def _report(self, code: str, message: str, *, warn: bool) -> None:
        where = self.source.builder.where(self.item.lead.piece)
        say = warning if warn else error
        self.source.findings.append(
            say(code, f"question {self.item.number or self.number}: {message}", where, "write the letter of the answer")
        )

    def _signs(self, at: int) -> list[looks.AnswerSign]:
        return looks.signs(self.item.options[at], self.parts.bodies[at])

    def _signed(self) -> set[int]:
        """The answers that the bank's sign, or what they are worth, marks."""
        if scores := self._scores():
            return {at for at, score in enumerate(scores) if score.value > 0}
        marked = range(len(self.parts.bodies))
        if self.sign is None:
            return set()
        return {at for at in marked if any(one.char == self.sign for one in self._signs(at))}

    def _scores(self) -> list[Score]:
        """What each answer says that it is worth, in order."""
        return [option.score for option in self.item.options if option.score]

    def _unsigned(self, at: int) -> str:
        """An answer's text without the bank's sign."""
        text = self.parts.bodies[at].text
        for one in self._signs(at):
            if self.sign == one.char:
                return (text[: one.start] + text[one.end :]).strip()
        return text

    def _wrong_signed(self) -> bool:
        """Whether a minus stands before each answer that has not the plus of right ones: «1) + one», «2) - two»."""
        marked, bodies = self._signed(), self.parts.bodies
        return self.sign == "+" and all(at in marked or looks.wrong_end(one.text) for at, one in enumerate(bodies))

    def _looking(self) -> set[int]:
        count = len(self.parts.bodies)
        if self.look is None:
            return set()
        texts, bodies, look = self.source.stream.texts, self.parts.bodies, self.look
        found = {at for at in range(count) if looks.has(bodies[at].inlines(), look) or texts.looks_so(bodies[at], look)}
        return found if len(found) < count else set()

    def _content(self, at: int, *, cut: bool) -> Blocks:
        """An answer as blocks, without the sign and the look of a key."""
        body = self.parts.bodies[at]
        if box := looks.box_end(body.text):
            empty, body = self.source.stream.texts.cut(body, box)
            self.source.stream.texts.claim(empty, "mark", part=self.id, reason="key")
            body = replace(body, plain=True)
        for one in self._signs(at) if cut else ():
            if one.char == self.sign and one.end > one.start:
                if one.slot == "front":
                    sign, body = self.source.stream.texts.cut(body, one.end)
                else:
                    body, sign = self.source.stream.texts.cut(body, one.start)
                self.source.stream.texts.claim(sign, "mark", part=self.id, reason="key")
                body = replace(body, plain=True)
        if not cut and self._wrong_signed():
            sign, body = self.source.stream.texts.cut(body, looks.wrong_end(body.text))
            self.source.stream.texts.claim(sign, "mark", part=self.id, reason="key")
            body = replace(body, plain=True)
        pieces = [body, *self.parts.more[at]] if body.text or body.content else self.parts.more[at]
        bare = partial(looks.plain, unstruck=self.look == looks.UNSTRUCK)
        shown = [but(one, content=bare(one.content)) if one.content else one for one in pieces]
        return colourless(self.source.builder.blocks(shown, self.id, headings=False))

    def _open(self, key: str) -> Question:
        """A question without answers to choose from: what it states is its answer."""
        text = self._stem()
        if self.item.answer:
            if key:
                self.notes.insert(0, Paragraph(content=(Run(text=key),)))
            return Essay(**self._common(text))
        if not key:
            return Essay(**self._common(text))
        plain = key.rstrip(" .")
        word = plain.lower()
        if word in languages.words("true") or word in languages.words("false"):
            return TrueFalse(**self._common(text), answer=word in languages.words("true"))
        in_points = plain.count("=") > 1 or counted_in_words(plain)  # it asks several things; or how it was found
        if self.item.mark is not None or in_points:
            self.notes.append(Paragraph(content=(Run(text=key),)))
            return Essay(**self._common(text))
        if (number := stated.number_of(plain)) is not None:
            return Numerical(**self._common(text), answers=(number,))
        if filled := stated.gaps(text, key):
            return Cloze(**self._common(filled[0]), gaps=filled[1])
        texts = stated.texts_of(plain)
        if max(map(len, texts)) <= limits()["short-answer"] and "\n" not in plain:
            return ShortAnswer(**self._common(text), answers=tuple(Answer(text=literal(one)) for one in texts))
        self.notes.append(Paragraph(content=(Run(text=key),)))
        return Essay(**self._common(text))

    # --- matching

    def _rows(self) -> tuple[list[Piece], list[stated.Row]] | None:
        """The last lines of the stem where they pair two sides each: «Abai → poet»."""
        below = self.parts.stem[1:]
        if not below or not stated.asks_to_match(self.parts.stem[0].text):
            return None
        for at in range(len(below) - 1):
            lines = below[at:]
            texts = [one.text for one in lines]
            if all(one.object is None for one in lines) and (rows := stated.rows_of(texts)):
                return lines, rows
        return None

    def _paired(self, lines: Sequence[Piece], rows: Sequence[stated.Row]) -> Question:
        text = self._stem(without=lines)
        pairs = []
        for piece, row in zip(lines, rows, strict=True):
            left, rest = self.source.stream.texts.cut(piece, row.end)
            sign, right = self.source.stream.texts.cut(rest, len(rest.text) - len(piece.text[row.start :].strip()))
            self.source.stream.texts.claim(sign, "mark", part=self.id, reason="key")
            pairs.append(Pair(question=self._side(left), answer=self._side(right)))
        return Matching(**self._common(text), pairs=tuple(pairs))

    def _has_sides(self) -> bool:
        """Whether what is to be paired stands below a question in two lists, points with numbers and answers."""
        asks = bool(self.parts.stem) and stated.asks_to_match(self.parts.stem[0].text)
        return asks and len(self.item.options) > 1 and len(list(self._points())) > 1

    def _unpaired(self) -> Question:
        """Two sides without a key: an open question that shows both, so that nobody chooses among one of them."""
        sides = f"{len(list(self._points()))} points and {len(self.parts.bodies)} answers"
        self._report(
            "outline-key-unknown",
            f"{sides} are to be paired, and no key says how: it is kept as an open question",
            warn=True,
        )
        held = zip(self.parts.bodies, self.parts.more, strict=True)
        items = [ListItem(blocks=self.source.builder.asked([body, *more], self.id)) for body, more in held]
        text = (*self._stem(), List(items=tuple(items), marker="lower-alpha"))
        return Essay(**self._common(text))

    def _side(self, piece: Piece) -> Blocks:
        return self.source.builder.asked([_unmarked(piece)], self.id)

    def _pairs(self, key: str) -> list[tuple[BankLine, int]]:
        """The points (lines with numbers) that a key pairs with answers, and those answers' places."""
        points = {line.number.value: line for line in self._points() if line.number}
        labels = [latin(option.label) for option in self.item.options]
        pairs = matched(key) or self._in_order(key, points, labels)
        found: list[tuple[BankLine, int]] = []
        for a, b in pairs:
            number, letter = (a, b) if a.isdecimal() else (b, a)
            if int(number) not in points or letter not in labels:
                return []
            found.append((points[int(number)], labels.index(letter)))
        return found

    def _in_order(self, key: str, points: Collection[int], labels: Sequence[str]) -> Sequence[tuple[str, str]]:
        """«213» below letters beside numbers: the number of each letter, in order."""
        digits = key.replace(" ", "")
        whole = len(digits) == len(labels) > 2 and digits.isdecimal() and all(labels)
        return list(zip(digits, labels, strict=True)) if whole and {int(one) for one in digits} <= set(points) else []

    def _points(self) -> Iterator[BankLine]:
        yield from (line for line in self.item.stem[1:] if line.is_text and line.number)
        yield from (line for option in self.item.options for line in option.more if line.is_text and line.number)

    def _matching(self, pairs: Sequence[tuple[BankLine, int]]) -> Question:
        points = list(self._points())
        first = bool(self.item.stem[1:]) and any(line is points[0] for line in self.item.stem)
        sides = {line.at: self._point(line) for line in points}
        bodies = [colourless(self._bare_side(body)) for body in self.parts.bodies]
        taken = [line.piece for line in points]
        text = self._stem(without=taken)
        result = [
            Pair(question=sides[line.at] if first else bodies[at], answer=bodies[at] if first else sides[line.at])
            for line, at in pairs
        ]
        used = {at for _, at in pairs} if first else {line.at for line, _ in pairs}
        left = (
            [body for at, body in enumerate(bodies) if at not in used]
            if first
            else [sides[line.at] for line in points if line.at not in used]
        )
        result.extend(Pair(question=(), answer=one) for one in left)
        return Matching(**self._common(text), pairs=tuple(result))

    def _point(self, line: BankLine) -> Blocks:
        """A point of a matching question without its number."""
        piece = line.piece
        if line.number and line.number.end:
            number, piece = self.source.stream.texts.cut(piece, line.number.end)
            self.source.stream.texts.claim(number, "mark", part=self.id, reason="number")
        return self._bare_side(piece)

    def _bare_side(self, piece: Piece) -> Blocks:
        """A side of a pair without the dash that parts it from the other."""
        end = stated.side_end(piece.text) if piece.object is None else len(piece.text)
        if 0 < end < len(piece.text):
            piece, sign = self.source.stream.texts.cut(piece, end)
            self.source.stream.texts.claim(sign, "mark", part=self.id, reason="key")
        bare = replace(piece, label=None, list_id=None, level=0, style="", plain=True)
        return self.source.builder.asked([bare], self.id)
