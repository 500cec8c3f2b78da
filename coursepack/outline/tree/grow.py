"""The whole way of one document: pieces → drafts."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from coursepack.outline import naming
from coursepack.outline.about import AboutCollector
from coursepack.outline.bank.items import answers
from coursepack.outline.bank.key_text import key_of
from coursepack.outline.bank.no_questions import as_texts
from coursepack.outline.bank.sheets import holds_keys_alone
from coursepack.outline.drafts import PartDraft
from coursepack.outline.filled_before import with_keys_below
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.plans.forms import is_day
from coursepack.outline.ruled import headings
from coursepack.outline.tree import briefs
from coursepack.outline.tree.alike import nest
from coursepack.outline.tree.assemble import Assembly
from coursepack.outline.tree.captioned import captioned
from coursepack.outline.tree.counted_parts import parts_apart
from coursepack.outline.tree.course_title import TitleLines
from coursepack.outline.tree.dated import works_listed
from coursepack.outline.tree.defined import called_words
from coursepack.outline.tree.front import Front
from coursepack.outline.tree.in_line import terms_apart
from coursepack.outline.tree.modes import OF_ROLE, Mode, TableContents, bank_of, weighed
from coursepack.outline.tree.ordinals import CLOSES, counted
from coursepack.outline.tree.read import to_read
from coursepack.outline.tree.sections import SESSIONS, OutlineSection, tree
from coursepack.outline.tree.signals import Segment, segments, weights
from coursepack.outline.tree.tables import gives_shares, holds_terms, opened, pairs_words
from coursepack.outline.tree.terms import joined
from coursepack.outline.tree.two_numbers import count_through
from coursepack.outline.tree.values import CODE, led_by_code
from coursepack.outline.tree.words import FULL
from coursepack.outline.tree.work import begins_work

_KEYED = frozenset({"keys", "tests", "questions"})
"""Roles of documents that may hold nothing but the keys of another one."""


def grow(source: OutlineSource, detected: AboutCollector) -> list[PartDraft]:
    """The drafts of a source, read as a document of its role; what it says of the course is ``heard``."""
    if source.entry.role in _KEYED and (source.entry.role == "keys" or holds_keys_alone(source)):
        return [PartDraft("keys", fields={"body": list(source.stream.pieces)})]
    front = Front(source, detected)
    deck = source.document.slides and source.entry.role == "lecture"
    root, mode = planted(source, front, ("session",) if deck else OF_ROLE.get(source.entry.role, ()))
    if mode == "tests":
        lay_out(root)
    root.bank = None  # asked for no more, and large
    drafts = Assembly(source, front, root, mode).run()
    as_texts(source, drafts)
    return drafts


def planted(source: OutlineSource, front: Front, among: Sequence[Mode]) -> tuple[OutlineSection, Mode]:
    """The sections of a document, and what it is ``among`` some kinds or all; its tables are taken apart."""
    before = len(front.detected.fields)
    typed = with_keys_below(source.stream.texts, _pieces(source))
    pieces = captioned(opened(source, front, typed), source.marks)
    root = tree(_with_terms(source, segments(pieces, source.marks)))
    words_follow = called_words(pieces)
    termed = {id(one) for one in pieces if holds_terms(source, one) or (words_follow and pairs_words(source, one))}
    _name_glossaries(source, root, termed)
    nest(root)
    characters = sum(len(one.text) for one in root.everything())
    held = TableContents(
        plans=len(front.plan_heads) + front.weeks,
        detected=len(front.detected.fields) - before,
        glossaries=len(termed),
        reading=to_read(source, root),
        lessons=front.lessons,
        shares=any(gives_shares(source, piece) for piece in pieces),
        counts_class=naming.read(source.document.file).counts_class,
        annexed=front.lesson_letters * 2 < characters,
    )
    scores = weighed(root, held)
    mode = max(among or scores, key=lambda mode: scores[mode])
    root.label = mode
    root.reasons = {name: round(value) for name, value in scores.items() if round(value)}
    source.root = root
    front.every = TitleLines(root.everything(), of_part=mode in {"session", "sheet"})
    return root, mode


def _name_glossaries(source: OutlineSource, root: OutlineSection, termed: Set[int]) -> None:
    """A heading with a word for a glossary over a table of terms and their meanings names one, whatever else it says:
    «The little dictionary on the last page»."""
    for section in root.walk():
        head = section.head
        evidence = max(map(head.labels.get, ("glossary", "keywords"), (0, 0))) if head is not None else 0
        pairs = evidence >= _CALLED and any(pairs_words(source, one.piece) for one in section.own if not one.is_text)
        if head is not None and evidence and (pairs or any(id(one.piece) in termed for one in section.own)):
            head.labels["glossary"] = max(evidence, FULL)


_CALLED = 5
"""Evidence of a heading that it names words, where a table of pairs stands below it."""


def _with_terms(source: OutlineSource, found: list[Segment]) -> list[Segment]:
    """The segments of a document; lines below titles that say in which week work is due and what it gives count no week
    of the course: «Work one. The map» over «Week 4 · 15 points»."""
    works = [(before, one) for before, one in pairwise(found) if begins_work(one)]
    titled = [one for before, one in works if before.heading > one.heading or (before.counted and before.heading > 0)]
    for one in titled if len(titled) * 2 > len(works) else ():
        one.counted, one.heading, one.due = [], 0, True
    briefs.set_off(source, found)
    count_through(found)
    _weeks_of_classes(found)
    works_listed(found)
    return found


_BELOW = 2
"""Lines below the title of a class among which its week is said."""
_TAUGHT = SESSIONS | {"unit"}


def _weeks_of_classes(found: Sequence[Segment]) -> None:
    """Lines that say a week and nothing more than its day, each below the title of another class, say when these are
    held: «Unit 3: Rivers» over «Week 3 (2 Feb)». They count no weeks that hold classes."""
    weeks = [(at, week) for at, one in enumerate(found) if (week := _week_alone(one)) is not None]
    titles = [
        next((n for n in range(at - 1, max(at - 1 - _BELOW, -1), -1) if _titles_class(found[n])), None)
        for at, _ in weeks
    ]
    below = {title for title in titles if title is not None}
    if len(weeks) < _SEVERAL or len(below) * 5 < len(weeks) * 4 or len(below) < sum(map(_titles_class, found)) * 0.6:
        return
    for at, week in weeks:
        one = found[at]
        one.counted, one.marks, one.heading, one.of_week = [], [], 0, week


def _week_alone(one: Segment) -> int | None:
    """The week that a line counts with its day at most."""
    if not one.is_text or len(one.text) > weights()["limits"]["short"]:
        return None
    for each in one.counted:
        if each.kind == "week" and not each.start:
            rest = one.text[each.end :].strip(" ()[].,:;–—-")
            return each.value if not rest or is_day(rest) else None
    return None


def _titles_class(one: Segment) -> bool:
    """Whether a line counts a class or a unit and gives its title."""
    heads = one.is_text and one.heading >= weights()["heading"]["least"]
    return heads and any(c.words and c.parted and c.kind in _TAUGHT and c.end < len(one.text) for c in one.counted)


def _pieces(source: OutlineSource) -> list[Piece]:
    """The pieces without remarks; what two parts have on one line is cut."""
    ruled = headings(source, _without_remarks(source))
    kept = joined(_without_rules(source, ruled))
    closed = sum(any(one.form.startswith(CLOSES) for one in counted(piece.text)) for piece in kept if not piece.object)
    first = kept[:_FIRST]
    if closed < _SEVERAL:  # «Roots – Lecture 3» before «Leaves – Lecture 4» is a title each
        first = [part for piece in first for part in _from_course(source, piece)]
    apart = [part for piece in (*first, *kept[_FIRST:]) for part in _unglued(source, piece)]
    return terms_apart(parts_apart(apart, source.stream.texts), source.stream.texts)


def _without_remarks(source: OutlineSource) -> list[Piece]:
    """The pieces without an editor's remarks in brackets, which are set aside."""
    texts = [piece for piece in source.stream.pieces if piece.object is None and not piece.kept]
    remarks = [piece for piece in texts if source.marks.is_remark(piece.text)]
    source.aside(remarks, "editor's remark")
    return _without(source.stream.pieces, remarks)


def _without(pieces: Sequence[Piece], left_out: Sequence[Piece]) -> list[Piece]:
    gone = set(map(id, left_out))
    return [piece for piece in pieces if id(piece) not in gone]


_RULE = re.compile(r"([_.])(?:\s*+\1){2,}|([*#~=–—•·-])(?:\s*\2){2,30}")
"""A longer row of dashes parts what stands above it from what stands below: a line to cut along."""
_SIGN = re.compile(r"[§~•·▪■●○–—](?:\s*+[§~•·▪■●○–—])*")


def _is_sign(piece: Piece) -> bool:
    """Whether a line that heads nothing is a sign alone, which stands where a picture or a rule stood."""
    return piece.heading is None and not piece.bold and _SIGN.fullmatch(_printed(piece)) is not None


def _without_rules(source: OutlineSource, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without lines that only part what stands over them from what stands below, «* * *», and those on which
    answers are written."""
    texts = [piece for piece in pieces if piece.object is None and not piece.kept]
    rules = [piece for piece in texts if _RULE.fullmatch(_printed(piece)) or _is_sign(piece)]
    source.aside(rules, "ruled line")
    blanks = [piece for piece in texts if (key := key_of(piece.text)) and _BLANK.fullmatch(key)]
    source.aside(blanks, "line to write on")
    return _without(pieces, [*rules, *blanks])


_BLANK = re.compile(r"[_.…\s]{3,}")
"""Where an answer is to be written: «Answer: ________»."""


def _printed(piece: Piece) -> str:
    return f"{piece.label or ''} {piece.text}".strip()


_STARTS = re.compile(r"[.!?:;]\s+")
_DASHES = re.compile(r"\s[–—|·-]+\s+")
_SEVERAL = 2
_FIRST = 6
"""Among how many pieces a document names its class."""
_LONGEST_GLUED = 300


def _from_course(source: OutlineSource, piece: Piece) -> list[Piece]:
    """«Botany – Lecture 3: Roots», «BOT210 Lecture 3», the only title of a document: the course and the class."""
    if piece.object is not None or len(piece.text) > weights()["limits"]["title"]:
        return [piece]
    coded = CODE.match(piece.text)
    behind = [coded.end()] if coded is not None and led_by_code(piece.text) is not None else []
    for end in (*behind, *(dash.end() for dash in _DASHES.finditer(piece.text))):
        rest = piece.text[end:].lstrip()
        closes = (one.form.startswith(CLOSES) for one in counted(rest))
        found = [] if any(closes) else [one for one in counted(rest) if one.parted and one.kind in SESSIONS]
        if found and not (rest[:1].islower() and found[0].end >= len(rest)):  # «Roots – lecture 3» is one title
            return list(source.stream.texts.cut(piece, end))
    return [piece]


def _unglued(source: OutlineSource, piece: Piece) -> list[Piece]:
    """«Раздел III. … Лекция 5. …» on one line: the unit and the lecture."""
    if piece.object is not None or len(piece.text) > _LONGEST_GLUED:
        return [piece]
    if not any(mark.kind in {"unit", "week"} and mark.group == "numbered" for mark in source.marks.find(piece.text)):
        return [piece]
    for start in _STARTS.finditer(piece.text):
        found = source.marks.find(piece.text[start.end() :])
        if any(mark.kind == "lecture" and mark.group == "numbered" for mark in found):
            unit, lecture = source.stream.texts.cut(piece, start.end())
            lecture.glued = False
            return [unit, lecture]
    return [piece]


def lay_out(root: OutlineSection) -> None:
    """In a test, what is an answer by where it stands is one, and what stands above it asks, as its number says."""
    every, read = bank_of(root)
    signed = {one.line.at for item in read.items for one in item.options if one.kind == "sign"}
    for at in answers(read) | signed:
        every[at].option = True
    for item in read.items:
        if item.number is not None and item.closed:
            every[item.lead.at].asks = "question"
    for before, one in pairwise(every):
        if one.option and not before.option:
            before.asks = "question"
