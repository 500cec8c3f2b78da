"""What is seen of each piece of a document, once: its number, how it stands, whether it asks, offers, defines."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path

from coursepack import languages
from coursepack.model.blocks import Inlines, Run
from coursepack.model.document import Display, Listing
from coursepack.outline.bank.key_text import is_key, names_answer, pairs_stated
from coursepack.outline.bank.levels import level_of
from coursepack.outline.bank.lines import begins, follows, inline_starts
from coursepack.outline.bank.named import named
from coursepack.outline.bank.other_signs import shared
from coursepack.outline.bank.paired_lines import rows
from coursepack.outline.blocks import ListLabel, list_label
from coursepack.outline.levels import is_marked
from coursepack.outline.markers import Marker, Markers, fold
from coursepack.outline.pieces import Piece
from coursepack.outline.tree import dates, due, stages
from coursepack.outline.tree.defined import bold_terms, defined
from coursepack.outline.tree.each import once_in_each
from coursepack.outline.tree.labelled import labelled
from coursepack.outline.tree.leads import leads
from coursepack.outline.tree.lit import Standing, lit_answers
from coursepack.outline.tree.ordinals import CLOSES, WEEK, HeadingNumber, counted, of_marks
from coursepack.outline.tree.values import led_by_code, of_form
from coursepack.outline.tree.words import FULL, OutlineWords, alternatives, phrases, words
from coursepack.text.scripts import ANSWERS

_STOP = re.compile(r"[.!…;][»”\")\]]*$")
_LABELLED = re.compile(r"(?P<label>[^:.!?]{2,70}?)\s*:[-–—]?\s+(?P<value>\S.*)", re.DOTALL)
TERM = re.compile(
    r"(?:\d{1,3}[.)]\s*)?(?P<term>(?:[^.!?:–—\t(]|\([^()\t]{1,60}\)|\((?![^()\t]*\))){2,70}?)(?:\s(?:--|[–—-])\s+|\s*\t\s*(?=[^\t]{20,}$))\S.{8,}",
    re.DOTALL,
)
_COUNTED_TERM = re.compile(r"\d.*|.*\d")
_OPTION = languages.expression(
    r"(?P<box>\[[ xX*✓✔]\]|\([ xX*✓✔]\))\s*\S|"
    r"[+*✓√]?\s*\(?(?P<letter>[@A:answer-letters@])\s?(?:[).]\s*|/\s+)\S|[+*]\s*[^\s*]|[□☐❏❑◯○●☑☒]\s*\S|[‐‒–—-]\s*\S|−\s+\S|<variant|~|=\S",
    re.IGNORECASE,
)
_ALPHABETS = tuple(found.option_letters for found in languages.lexicons())
_BOOK = languages.expression(
    r"(?:19|20)\d\d|https?://|www\.|ISBN|\bpp?\.|[–—-]\s*\d+\s*\w{1,2}\.|//|\bed\.|\b\d+\s*-?\s*(?:@pages@)\."
    r"|\d\s*[–-]\s*\d+\s*-?\s*(?:@pages@)$",
    re.IGNORECASE,
)
_AUTHOR = languages.expression(
    r"[^\W\d_]{2,}[,]?\s+(?:[@A@]\.\s?){1,2}|(?:[@A@]\.\s?){1,2}\s*[^\W\d_]{3,}"
    r"|^\W{0,3}(?:[@A@][\w'’-]+\s+){1,3}[@A@][\w'’-]+(?:\s+(?:@also@|&)\s+(?:[@A@][\w'’-]+\s*){2,4})?[,:]\s+[@A@«“\"'‘]"
)
_IMPRINT = languages.expression(r"[.:]\s[–—-]\s[@A@][^\W\d_]*\.?(?:\s?:\s[@A@«\"][^.;]{1,40})?,\s(?:19|20)\d\d\.")
"""The place and the year that a book without authors is known by: «Ropes in pictures. – Hull, 2015.»"""
_PUBLISHED = languages.expression(
    r"[.?!»”\"]\s[@A@][^.:;]{2,30}:\s[@A@«\"“][^.:;]{1,40},\s(?:19|20)\d\d\.?$|\.\s\d{1,2}\w{0,3}\sed\.,\s(?:19|20)\d\d\.?$"
)
"""The place, the publisher and the year at the end of a book, or its edition: «Lind, Ada. Tides. Hull: Quay, 2015.»"""
_SIGNATURE = re.compile(r"_{3,}|\.{6,}|…{3,}")
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%")


_IS_SHARE = re.compile(r"^\d{1,3}\s*%|\d\s*%\)?$")
_HINTED = 6
_LONGEST_TERM = 350
_SURELY_TERM = 110
NEXT_SENTENCE = languages.expression(r"[.!?]\s+[@A@]")
LABEL_STYLE = "coursepack:label"
"""The style of a piece that was the label of a table's row."""


_TITLE_STYLES = languages.words("title-style")


def is_title(piece: Piece) -> bool:
    """Whether a piece has the style of a document's title, which heads all of it."""
    return piece.style.lower() in _TITLE_STYLES


@cache
def weights() -> dict[str, dict[str, int]]:
    """The rules' weights (``weights.toml``), fitted by a tool."""
    return tomllib.loads((Path(__file__).parent / "weights.toml").read_text("utf-8"))


@dataclass(slots=True)
class Segment:
    """A piece with what is seen of it. ``heading`` sums up how much it looks like a heading, ``why`` says of what.

    ``lead`` is where the text behind a title in bold type on its own line begins («**Phones.** Keep them …»);
    ``inline`` how many answers to choose from it holds beside one another; ``repeated`` how many lines of the document
    read the same, whatever ends them, ``labels_again`` how many of those end in a colon, ``headed``: one of them below
    is a heading; ``data`` the fields of a course's data that it names;
    ``stage``: it is the heading of a stage of a lesson, among others; ``due``: it says when work is due; ``leads``: the
    field of a course whose list it leads in; ``common``: the field of a class that the label at its beginning opens in
    most classes, and where the text behind it begins; ``of_week``: the week in which the class above it is held;
    ``dashed``: a dash parts a label of a lesson from what it says; ``brief``: it heads assessed work and ends with its
    share of the mark.
    """

    at: int
    piece: Piece
    text: str
    mark: ListLabel | None
    marks: list[Marker]
    counted: list[HeadingNumber]
    labels: dict[str, int]
    asks: str | None = None
    option: bool = False
    letter: str = ""
    term: bool = False
    book: bool = False
    lead: int = 0
    inline: int = 0
    stage: bool = False
    data: tuple[str, ...] = ()
    due: bool = False
    leads: str | None = None
    repeated: int = 1
    labels_again: int = 1
    common: tuple[str, int] | None = None
    dashed: bool = False
    headed: bool = False
    of_week: int | None = None
    brief: bool = False
    heading: int = 0
    why: dict[str, int] = field(default_factory=dict)

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def is_text(self) -> bool:
        return self.piece.object is None


@dataclass(slots=True)
class UsualStyle:
    """What is usual in a document, which a heading stands out from."""

    bold: bool
    centred: bool
    size: float | None
    apart: frozenset[int] = frozenset()
    """The levels of headings by style most of which stand over no answers to choose from."""


def segments(pieces: Sequence[Piece], marks: Markers) -> list[Segment]:
    """The pieces with their signals."""
    _count_runs(pieces, marks)
    _count_characters(pieces)
    found = [_segment(at, piece, marks) for at, piece in enumerate(pieces)]
    _roman_runs(found)
    _option_runs(found)
    _numbered_options(found)
    _repetitions(found)
    _definitions(found)
    _title_is_no_term(found)
    _no_terms(found)
    _institution_is_no_book(found)
    _dashed_labels(found)
    _stages(found)
    _weeks_of_work(found)
    page = _page(found)
    among = _among(found)
    worth = shared([one.text if one.is_text else None for one in found])
    for at in (*lit_answers(list(map(_standing, found))), *worth):
        found[at].option = True
    lettered = _lettered_heads(found) | _bold_letters(found, page)
    for at in lettered:
        found[at].option = False
    each = once_in_each(found)
    for at, one in enumerate(found):
        if (field := leads(found, at)) is not None:
            one.leads = field
            one.labels = {**one.labels, field: weights()["heading"]["leads"]}
    section = 0
    for at, segment in enumerate(found):
        if segment.is_text and segment.text:
            _heading(found, at, page, among=at in among and at not in lettered, section=section)
            if at in lettered:
                segment.why["lettered"] = weights()["heading"]["lettered"]
                segment.heading += segment.why["lettered"]
            if at in each and not segment.piece.plain:
                segment.why["each"] = weights()["heading"]["each"]
                segment.heading += segment.why["each"]
            if segment.heading >= weights()["heading"]["least"] and segment.mark is not None:
                section = segment.mark.value
    _headed(found)
    return found


def _roman_runs(found: Sequence[Segment]) -> None:
    """«(i)» before «(ii)» is the Roman one, and not the ninth letter."""
    marked = [one for one in found if one.mark is not None]
    for one, after in itertools.pairwise(marked):
        first, second = one.mark, after.mark
        if first is None or second is None or first.printed.strip("().:").lower() != "i":
            continue
        if second.kind == "lower-roman" and second.value == _AFTER_FIRST:
            one.mark = replace(first, kind=second.kind, value=1)


_AFTER_FIRST = 2


_LETTER = languages.expression(r"(?P<letter>[@A@])[.)]\s+(?=[@A@«“\"])")
_LETTERED_HEADS = 3
"""Lines that letters count from which on they are headings."""


def _lettered_heads(found: Sequence[Segment]) -> set[int]:
    """Short lines that letters count from the first one, «A. Beginnings», each behind blank space or over a numbered
    item, over several lines that do not begin so: headings of groups."""
    run: list[int] = []
    best: set[int] = set()
    for at, one in enumerate(found):
        set_off = one.is_text and (one.piece.gap or _is_over_number(found, at))
        match = _LETTER.match(one.text) if set_off and not one.option else None
        if match is None or len(one.text) >= weights()["limits"]["short"] or one.text[-1] in ".;:?!":
            continue
        letter = match["letter"]
        if run and follows(found[run[-1]].text[0], letter) and at - run[-1] > _LETTERED_LINES:
            run.append(at)
        else:
            run = [at] if begins(letter) else []
        if len(run) >= _LETTERED_HEADS:
            best.update(run)
    return best


def _is_over_number(found: Sequence[Segment], at: int) -> bool:
    """Whether a numbered item stands below a line."""
    below = found[at + 1].mark if at + 1 < len(found) else None
    return below is not None and below.value > 0 and below.kind in {"decimal", "paren"}


def _bold_letters(found: Sequence[Segment], page: UsualStyle) -> set[int]:
    """Short lines in bold type that letters count from the first one, where most of a document is not bold, each over
    something else: «A. Background», «B. Useful words» over a table. Right answers in bold type stand among others."""
    lines = [(at, one) for at, one in enumerate(found) if one.is_text and page.bold and one.piece.bold]
    run: list[int] = []
    best: set[int] = set()
    for at, one in lines:
        match = _LETTER.match(one.text)
        if match is None or len(one.text) >= weights()["limits"]["short"] or one.text[-1] in ".;?!":
            continue
        if run and follows(found[run[-1]].text[0], match["letter"]) and at - run[-1] > 1:
            run.append(at)
        else:
            run = [at] if begins(match["letter"]) else []
        if len(run) >= _LETTERED_HEADS and not any(_LETTER.match(found[near + 1].text) for near in run[:-1]):
            best.update(run)
    return best


_LETTERED_LINES = 2
"""Lines below such a heading."""


def _headed(found: Sequence[Segment]) -> None:
    """Which items of lists come back as headings below, whatever number they bear."""
    least = weights()["heading"]["least"]
    heads = {uncounted(one): one.at for one in found if one.heading >= least}
    for one in found:
        one.headed = one.mark is not None and heads.get(uncounted(one), -1) > one.at


_NUMBER = re.compile(r"[\d.]{1,8}[.)\s]\s*")


def uncounted(one: Segment) -> str:
    """The words of a line without the number before them and the signs behind them."""
    return (
        _NUMBER.sub("", fold(one.text), count=1).strip(" .:;") if one.text[:1].isdigit() else one.folded.strip(" .:;")
    )


def _among(found: Sequence[Segment]) -> set[int]:
    """Short lines that look alike, four or more in a row: a list, whose first line alone may head it."""
    result: set[int] = set()
    run: list[int] = []
    for at, one in enumerate([*found, None]):
        if one is not None and run and _alike(found[run[-1]], one):
            run.append(at)
            continue
        if len(run) > 4:
            result.update(run[1:-1] if _heads_items(found[run[-1]], one) else run[1:])
        run = [at] if one is not None and _is_line(one) else []
    return result


def _standing(one: Segment) -> Standing:
    """A line as one among answers that a look tells apart."""
    number = one.mark.value if one.mark is not None and one.mark.value else None
    number = next((c.value for c in one.counted if c.kind == "question" and c.start == 0), number)
    plain = one.is_text and one.piece.heading is None and one.text[-1:] not in {":", ";"}
    short = plain and 0 < len(one.text) < weights()["limits"]["short"] * 1.5
    return Standing(number, short, one.piece.bold or _is_underlined(one.piece))


def _heads_items(last: Segment, after: Segment | None) -> bool:
    """Whether the last of several lines is the whole heading of a part, over the first item of a list."""
    named = any(mark.whole and mark.group == "heading" for mark in last.marks)
    return named and after is not None and after.mark is not None and after.mark.value == 1


def _is_line(one: Segment) -> bool:
    short = one.is_text and 0 < len(one.text) < weights()["limits"]["short"] * 1.5
    set_off = one.piece.heading is not None or one.piece.bold or _is_underlined(one.piece)
    return short and one.mark is None and not set_off and one.text[-1] not in ":;"


def _alike(before: Segment, one: Segment) -> bool:
    if not _is_line(one) or one.text.isupper() != before.text.isupper() or one.repeated > 1:
        return False
    a, b = before.piece, one.piece
    look = [(each.gap, each.centered, each.style, each.lines > 1) for each in (a, b)]
    return look[0] == look[1] and _is_sentence(before.text) == _is_sentence(one.text)


def _is_sentence(text: str) -> bool:
    return text.endswith(".") and text.count(" ") >= _SENTENCE


_SENTENCE = 5
"""Blanks in a line from which on a full stop ends a sentence rather than an item."""


def _segment(at: int, piece: Piece, marks: Markers) -> Segment:
    if piece.object is not None:
        return Segment(at, piece, "", None, [], [], {})
    seen = _seen(marks, _look(piece))
    return Segment(
        at, piece, seen.text, seen.mark, list(seen.marks), list(seen.counted), dict(seen.labels),
        asks=seen.asks, letter=seen.letter, term=seen.term, book=seen.book, lead=seen.lead, inline=seen.inline,
        data=seen.data, due=seen.due,
    )  # fmt: skip


_KEPT = 32_768
"""Lines of which what was seen is kept: a course under review is read again after each correction."""
_Look = tuple[str, str | None, int, int | None, bool, bool, int, str | None, str, Inlines | None]


def _look(piece: Piece) -> _Look:
    """All that tells what a line is, whatever stands around it."""
    return (
        piece.text, piece.label, piece.count, piece.heading, piece.bold, piece.plain, piece.level, piece.list_id,
        piece.language, piece.content,
    )  # fmt: skip


@lru_cache(_KEPT)
def _seen(marks: Markers, look: _Look) -> Segment:
    """What is seen of a line alone, as of the first of a document."""
    text, label, count, heading, bold, plain, level, list_id, language, content = look
    piece = Piece(
        text, [], content, None, label, list_id, level, heading, bold,
        language=language, plain=plain, count=count,
    )  # fmt: skip
    names, text = words(), text.strip()
    short = len(text) < weights()["limits"]["title"] or heading is not None
    title = without_annex(text)
    found = marks.find(text)
    if title != text:
        found += [one for one in marks.find(title) if one.whole and one.group == "heading"]
    lettered = f"{label} {text}" if label else text
    is_due = due.says(text)
    data = tuple(kind for kind in _data(marks, text) if not (is_due and kind == "other"))
    numbers = [_without_day(text, one) for one in _counted(found, text, data)] if short and not plain else []
    return Segment(
        0, piece, text, list_label(piece),
        marks=found,
        # A week by which work is due counts no week of the course.
        counted=[one for one in numbers if not (is_due and one.kind == "week")],
        labels=_labels(names, stages.without_time(title), styled=heading is not None)
        if len(text) < weights()["limits"]["long"]
        else {},
        asks=_asks(piece, text, names),
        letter=_letter_of(lettered) or _letter_of(text),
        term=not data and (_is_term(text) or _is_led(piece, text)),
        book=is_book(text),
        lead=lead(piece),
        inline=len(inline_starts(text)) if short else 0,
        data=data,
        due=is_due,
    )  # fmt: skip


_BEHIND_HEAD = re.compile(r"\s+\([^()]{1,80}\)\s*$")
"""What brackets say behind a heading."""


def _labels(names: OutlineWords, title: str, *, styled: bool) -> dict[str, int]:
    """The parts that a heading may name; what brackets say behind one by style is a remark: «Glossary (from the course
    wiki)»."""
    if len(title) < _LONGEST_VALUE and any(_is_all(title, one.letters) for one in of_form(title)):
        return {}  # «Autumn Term 2026» names no terms
    labels = names.labels(title)
    bare = _BEHIND_HEAD.sub("", title) if styled else title
    if bare in {"", title}:
        return labels
    more = names.labels(bare)
    return {label: max(labels.get(label, 0), more.get(label, 0)) for label in {**labels, **more}}


_LONGEST_VALUE = 40


def _is_all(text: str, characters: int) -> bool:
    """Whether a value takes so many letters as a text has."""
    return characters >= sum(map(str.isalnum, text))


def _says_how_many(one: HeadingNumber) -> bool:
    """«Three lectures», «6 talks»: how many there are, and no number of one."""
    return one.words != "" and "behind" in one.form and words().front("several-classes", one.words)


def _counted(marks: Sequence[Marker], text: str, data: Sequence[str]) -> list[HeadingNumber]:
    """The numbers of a heading. Those at the end of a line of data, «Credits: 3 (Lecture 2, Lab 3)», count no class,
    nor do those of what is read: «Read: Owens, Chapter 1»."""
    found = [*of_marks(marks), *counted(text)]
    if not any(one.form == WEEK for one in found):  # «Weeks 3–4» goes on with «Week 2»
        weeks = [one for one in found[:1] if one.kind == "week" and one.parted and text[:1].isalnum()]
        found = [*(replace(one, form=WEEK) for one in weeks), *found]
    if any(mark.kind in AREAS and mark.whole and mark.group == "heading" for mark in marks):
        found = [one for one in found if not one.words]  # «2 Lectures» counts a section
    found = [one for one in found if not _says_how_many(one)]
    label = _LABELLED.match(text)
    data_or_books = label is not None and (bool(data) or words().labels(label["label"]).get("literature", 0) >= FULL)
    return [
        one
        for one in found
        if not (one.form.startswith(CLOSES) and (data_or_books or _is_in_book(text[one.start :], one)))
        and not _is_read(one)
    ]


BOOK_PARTS = frozenset(phrases("cited", "book-parts"))
"""Words for what is counted in a book."""


def _is_in_book(behind: str, one: HeadingNumber) -> bool:
    """Whether what stands behind a line cites a part of a book: «Owens, Chapter 1»."""
    return behind.lstrip()[:1] in {",", ";", "."} and one.words in BOOK_PARTS


def _is_read(one: HeadingNumber) -> bool:
    """Whether the words before a number say to read a part of a book: «Read chapter 1»."""
    led = one.words.split()[:-1] if one.kind in {"lecture", "unit"} else []
    return bool(led) and words().labels(" ".join(led)).get("literature", 0) >= FULL


def _asks(piece: Piece, text: str, names: OutlineWords) -> str | None:
    """Whether a text asks or orders: a paragraph of sentences none of which ends as a question does not, nor does a
    key («Answer – B»)."""
    request = names.asks(_bare(piece, text))
    if (
        request is None
        or names_answer(text)
        or pairs_stated(text)
        or (request == "task" and any(map(_is_read, counted(text))))
    ):
        return None
    is_statement = (
        len(text) >= _STATED
        and "?" not in text
        and NEXT_SENTENCE.search(text) is not None
        and list_label(piece) is None
    )
    return None if request == "question" and is_statement else request


def _without_day(text: str, one: HeadingNumber) -> HeadingNumber:
    """The number of a class with the day beside it: «Lecture 3 (4 May). Roots»."""
    known = one.kind or one.form.startswith("before")  # «Trip 1 (5 May)» counts classes by a word of its own
    end = dates.past_day(text, one.end) if one.words and known and not one.start else None
    return one if end is None else replace(one, end=end, parted=True)


def _data(marks: Markers, text: str) -> tuple[str, ...]:
    """The fields of a course's data that a line names: by labels, or by a code before a title."""
    if len(text) > weights()["limits"]["shares"]:
        return ()
    return tuple(one.kind for one in labelled(marks, text)) or (("code",) if led_by_code(text) else ())


_COUNT = languages.expression(r"(?P<word>(?:№\s*)?)(?P<n>\d{1,2})(?:\t\s*(?=[^\W\d_])|\s+(?=[«“\"(]?[@A@]))")
_COUNT_SMALL = languages.expression(r"(?P<word>)(?P<n>\d{1,2})\s+(?=[«“\"(]?[@a@]{2}.*[;.]$)", re.DOTALL)
"""«1 to find a source;», one of several items in small letters."""
_CODE = languages.expression(
    r"(?P<word>[@A@]{1,5}[ -]?(?:№\s?)?(?:\d{1,2}\.)?)(?P<n>\d{1,2})(?:\s*[:.)–—-]\s*|\s+)(?=\S)"
)
_PAIR = re.compile(r"(?P<word>\d{1,2}[–-])(?P<n>\d{1,2})[.)]?\s+(?=\S)")
_DOTTED = re.compile(r"(?P<word>\d{1,2}\.)(?P<n>\d{1,2})[.)]?\s+(?=[^\W\d_].*\?\W*$|[^\W\d_].*[.:]$)", re.DOTALL)
_SIGNED = re.compile(r"(?P<n>\d{1,3})(?P<word>\s?[/|>»›:]|\.[)–—-]|\s[–—-])\s+(?=[^\W\d_]|[«“\"(])")
"""«1 / …», «1.) …», «1 – …»: a number with any sign behind it but those that all lists have."""
_RUN = {_COUNT: 3, _COUNT_SMALL: 3, _CODE: 2, _PAIR: 3, _DOTTED: 2, _SIGNED: 3}
_PLAIN_COUNTS = frozenset({_COUNT, _COUNT_SMALL, _SIGNED})
AREA_OF = {"lecture": "lectures", "seminar": "seminars", "practical": "practicals", "laboratory": "laboratories"}
AREAS = frozenset(AREA_OF.values())
"""Parts of a course that are classes of one kind."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_NEAR = 8
_COMES_BACK = 2
"""How often a line stands in a document that names a part of each class."""
_BESIDE = 2
"""How near lines stand that «7.1», «7.2» count which may be headings as well."""
_STATED = 140
"""Characters from which sentences without a mark before them are text."""
_STAGES = 2
"""Headings of stages that a document has at least."""


def _count_runs(pieces: Sequence[Piece], marks: Markers) -> None:
    """Numbers without a sign behind them («7 Explain …») count where three or more of them rise one by one, numbers
    behind the same capitals («LO2 – explains …») where two do."""
    for pattern, least in _RUN.items():
        far = _BESIDE if pattern is _DOTTED else _NEAR
        run: list[tuple[int, Piece, re.Match[str]]] = []
        for at, piece in enumerate([*pieces, Piece("", [])]):
            found = _counts(pattern, piece, marks)
            if run and found and _next(run[-1][2], found) and at - run[-1][0] <= far:
                run.append((at, piece, found))
            elif run and found and int(found["n"]) != 1 and at - run[-1][0] <= far:
                continue  # «50 degrees» is an answer to the question above it
            elif found or (run and at - run[-1][0] > far) or at == len(pieces):
                if len(run) >= least:
                    for _, one, match in run:
                        one.count = match.end()
                run = [(at, piece, found)] if found and int(found["n"]) == 1 else []


_LETTER_STOP = languages.expression(r"(?P<letter>[@a@])\.\s+(?=[^\W\d_«“\"(])")
_LETTERS_NEAR = 3
"""How near lines stand that letters with a full stop count."""


def _count_characters(pieces: Sequence[Piece]) -> None:
    """Small letters with a full stop behind them, «a. Describe …», «b. Draw …», count where they follow one another
    from the first of an alphabet."""
    run: list[tuple[int, Piece, re.Match[str]]] = []
    for at, piece in enumerate([*pieces, Piece("", [])]):
        plain = piece.object is None and not (piece.label or piece.count or piece.plain)
        found = _LETTER_STOP.match(piece.text) if plain else None
        near = bool(run) and at - run[-1][0] <= _LETTERS_NEAR
        if found and near and follows(run[-1][2]["letter"], found["letter"]):
            run.append((at, piece, found))
        elif found or not near or at == len(pieces):
            for _, one, match in run if len(run) > 1 else ():
                one.count = match.end()
            run = [(at, piece, found)] if found and begins(found["letter"]) else []


def _counts(pattern: re.Pattern[str], piece: Piece, marks: Markers) -> re.Match[str] | None:
    found = pattern.match(piece.text) if piece.object is None and not piece.label and not piece.count else None
    if found is None or pattern in _PLAIN_COUNTS:
        return found
    word = found["word"].rstrip(" -.0123456789")
    counts_class = words().kind(word) not in {None, "question", "task"}
    return None if counts_class or marks.short(found[0].strip(" .:–—-)")) or marks.find(piece.text) else found


def _next(before: re.Match[str], found: re.Match[str]) -> bool:
    most = _MISSING if "№" in found["word"] else 1  # «КВ № 11.», «КВ № 13.»: a sign tells it from other numbers
    return 0 < int(found["n"]) - int(before["n"]) <= most and found["word"] == before["word"]


_MISSING = 3
"""How far numbers with a sign are apart where some are left out."""


_SIGNS = " \t.:–—-"


def lead(piece: Piece) -> int:
    """The length of a title that stands in bold type at the beginning of its text, with a colon that the bold type
    leaves out; 0 without one."""
    if piece.content is None or piece.bold:
        return 0
    length = 0
    for item in piece.content:
        if not isinstance(item, Run) or not (item.bold or not item.text.strip()):
            break
        length += len(item.text)
    title = piece.text[:length].strip()
    after = piece.text[length:].lstrip()
    if not 1 < len(title) < 80 or not after.strip(_SIGNS):  # «**Lectures**:» is no title before a text
        return 0
    if after[0] == ":" and after[1:2].isspace():
        return len(piece.text) - len(after) + 1
    return length if title[-1] in ".:—–-" or after[0] in ".:—–-" or after[:1].isupper() else 0


_TITLE_WORDS = 5
_REMARK = languages.expression(r"\W{0,3}@remark@\s*[:.]", re.IGNORECASE)
_RUN_IN = languages.expression(r"\W{0,3}[@A@][^.:!?;]{2,40}[.:]\s+(?=[@A@])")


def title_before(one: Segment) -> int:
    """Where the text behind a short title on its line begins, in bold type or not, behind a number or none: «Late work.
    Notebooks lose …», «6.1 Late work. Notebooks lose …»; 0 without one."""
    start = one.mark.end if one.mark is not None and one.mark.value else 0
    found = _RUN_IN.match(one.text, start)
    long = found is not None and len(found[0].split()) > _TITLE_WORDS
    return one.lead or (found.end() if found and not long and not _REMARK.match(one.text) else 0)


def bold_before(piece: Piece) -> int:
    """Where the text behind a few words in bold type begins that no sign parts from it, «**Diaries** are collected …»;
    0 without any."""
    length = 0
    for item in piece.content or ():
        if not isinstance(item, Run) or not (item.bold or not item.text.strip()):
            break
        length += len(item.text)
    words_before = len(piece.text[:length].split())
    return length if not piece.bold and 0 < words_before <= _TITLE_WORDS and piece.text[length:].strip() else 0


def _repetitions(found: Sequence[Segment]) -> None:
    """How often a short line comes back."""
    short = [one for one in found if one.is_text and one.text and len(one.text) < 80]
    counts = Counter(one.text.rstrip(" .:") for one in short)
    labels = Counter(one.text.rstrip(" .:") for one in short if one.text.endswith(":"))
    for one in found:
        one.repeated = counts.get(one.text.rstrip(" .:"), 1)
        one.labels_again = labels.get(one.text.rstrip(" .:"), 1)


_PARTS_OF_LESSON = ("aims", "outcomes", "equipment", "homework", "tasks")


_ANNEX = re.compile(
    rf"(?:{alternatives(phrases('cited', 'annexes'))})\s*(?:№\s*)?(?:\d{{1,2}}|[^\W\d_])"
    r"\s*(?:[.:)–—-]+\s*|\s)(?=[^\W\d_])"
)


def without_annex(text: str) -> str:
    """The title of an annex: «Appendix B. Answers» is called «Answers»."""
    found = _ANNEX.match(fold(text[:_LONGEST_ANNEX]))
    return text[found.end() :] if found is not None else text


_LONGEST_ANNEX = 80


def _dashed_labels(found: Sequence[Segment]) -> None:
    """Labels of a lesson that a dash parts from what they say, «Aim – to see …», «Homework – find …»: several of
    different parts are no terms with their meanings. The other lines of that form are the lesson's text."""
    lines = [(one, at) for one in found if one.term and (at := TERM.match(one.text)) is not None]
    labelled = [(one, _part_of_lesson(at["term"]), at) for one, at in lines]
    parts = {name for _, name, _ in labelled if name is not None}
    if len(parts) >= _FEWEST_PARTS and len(lines) <= _MOST_LABELS:
        for one, name, at in labelled:
            one.term, one.dashed = False, True
            one.common = (name, _value_start(one.text, at.end("term"))) if name is not None else None


_FEWEST_PARTS = 3
_MOST_LABELS = 16
"""Lines of that form that one lesson has at most."""


def _part_of_lesson(label: str) -> str | None:
    named = words().labels(label)
    best = max(_PARTS_OF_LESSON, key=lambda name: named.get(name, 0))
    return best if named.get(best, 0) >= _OF_RULES else None


def _value_start(text: str, end: int) -> int:
    return len(text) - len(text[end:].lstrip(_SIGNS))


def _title_is_no_term(found: Sequence[Segment]) -> None:
    """The first line of a document that says behind a dash what paper it is, above no other line of that form, is its
    title and no term: «Botany – lecture notes»."""
    texts = [one for one in found if one.is_text and one.text][:2]
    term = TERM.match(texts[0].text) if len(texts) > 1 and texts[0].term and not texts[1].term else None
    if term is not None and words().front("paper", texts[0].text[term.end("term") :]):
        texts[0].term = False


def _no_terms(found: Sequence[Segment]) -> None:
    """What stands before several tabs or dashes alike defines none of its lines, «int    area(int side)»; and a line in
    lower case below the first one, over lines that begin with capitals, goes on with the title."""
    lines = [(one, at["term"]) for one in found if one.term and (at := TERM.match(one.text)) is not None]
    times = Counter(fold(term) for _, term in lines)
    for one, term in lines:
        one.term = times[fold(term)] < _SAME_TERMS or not term[:1].islower()  # «Lecture    …» is a label
    first = [one for one in found if one.is_text and one.text][:2]
    capitals = sum(term[:1].isupper() for _, term in lines)
    if len(first) > 1 and first[1].term and first[1].text[:1].islower() and capitals * 4 > max(len(lines) - 1, 1) * 3:
        first[1].term = False


_SAME_TERMS = 4
"""Lines of a document that begin with the same word, which is no term of theirs."""


def _institution_is_no_book(found: Sequence[Segment]) -> None:
    """A line at the beginning of a document that begins with an institution and its part, and names a year, cites no
    book: «Brannock University, Faculty of Health — from 2022»."""
    for one in found[:_TITLE_LINES]:
        begins, _, behind = one.text.partition(",")
        part = any(words().front(kind, behind) for kind in ("faculty", "department"))
        if one.book and part and words().front("university", begins):
            one.book = False


_TITLE_LINES = 6
"""Lines at the beginning of a document that may be its title page."""
_FEWEST_DEFINED = 4
_MOSTLY_DEFINED = 0.4
"""The share of the lines of a document of terms that define one with a verb."""


def _definitions(found: Sequence[Segment]) -> None:
    """Terms in bold type that a verb parts from their meanings: one among paragraphs of text opens that paragraph, so
    that they are terms only where they are many."""
    lines = [one for one in found if one.is_text and one.text]
    defined_lines = [one for one in lines if defined(one.piece) and not NEXT_SENTENCE.search(one.text)]
    if len(defined_lines) >= _FEWEST_DEFINED and len(defined_lines) >= _MOSTLY_DEFINED * len(lines):
        for one in defined_lines:
            one.term = True
    for at, end in bold_terms([one.piece for one in lines]).items():
        lines[at].term, lines[at].lead = True, end


def _stages(found: Sequence[Segment]) -> None:
    """Headings of stages come in numbers: one line with a time, or a word that names a stage, is none."""
    lines = [one for one in found if one.is_text and one.text and not one.option and one.asks != "question"]
    timed = [one for one in lines if stages.is_set_apart(one.text)] + stages.in_turn(lines)
    named = [one for one in lines if not one.lead and stages.is_named(_bare(one.piece, one.text))]
    if len(timed) >= _STAGES or len({one.folded for one in (*timed, *named)}) > _STAGES:
        for one in (*timed, *named):
            one.stage = True
        for one in timed:  # «3. Practice (30 min)» is no third practical class
            one.counted = [each for each in one.counted if each.kind not in _CLASS_KINDS]


_CLASS_KINDS = frozenset({"lecture", "seminar", "practical", "laboratory"})
_WORK = frozenset({"assignments", "homework", "tasks"})
_NAMES_LIST = 5
"""Evidence of a heading that names a list of work."""


def _weeks_of_work(found: Sequence[Segment]) -> None:
    """A week behind a title, «Essay (week 5)», or in brackets on the line below it, counts no week of the course but
    says when work is due, in a line that names a piece of work by its abbreviation, and below the heading of a list of
    them. Work that is done with a teacher has weeks in which that is."""
    below = False
    for one in found:
        closes = any(map(_closes_with_week, one.counted))
        if below and (within := due.inner(one.text)) is not None and due.named(within) is not None:
            one.marks, one.counted = [mark for mark in one.marks if mark.kind != "week"], []
            one.due, one.term = True, False
        elif closes and (below or any(map(_names_own_work, one.marks))):
            one.counted = [each for each in one.counted if not _closes_with_week(each)]
            one.due, one.term = True, False
        elif below and one.term and due.says_week(one.text):
            one.due, one.term = True, False
        elif not closes and one.labels and max(one.labels.values()) >= _NAMES_LIST:
            below = max(one.labels, key=one.labels.__getitem__) in _WORK
            below = below and not any(mark.kind == "supervised" for mark in one.marks)


def _names_own_work(mark: Marker) -> bool:
    """Whether a mark is the abbreviation and the number of work that a student does alone."""
    return mark.group == "label" and mark.number is not None and mark.kind != "supervised"


def _closes_with_week(one: HeadingNumber) -> bool:
    return one.kind == "week" and one.form.startswith(CLOSES)


def _letter_of(text: str) -> str:
    """What an answer to choose from is counted with: its letter, or the sign that it begins with."""
    found = _OPTION.match(text)
    if found is None:
        return ""
    if found["box"]:
        return _TO_DO if found["box"] == "[ ]" else "☐"
    return found["letter"].upper() if found["letter"] else found[0][0]


def _option_runs(found: Sequence[Segment]) -> None:
    """Answers to choose from come in runs: A, B … or several with signs. One alone is an initial or a paragraph."""
    for at, one in enumerate(found):
        if not one.letter or one.text.endswith((";", "?")) or _heads_list(one):  # «a) Who was it?» asks itself
            continue
        near = [other for other in (*found[max(at - 2, 0) : at], *found[at + 1 : at + 3]) if other.letter]
        if one.letter.isalpha():
            one.option = any(_beside(one.letter, other.letter) for other in near)
        elif one.letter == _TO_DO:
            one.option = _is_beside_ticked(found, at)
        elif one.letter in BOXES:
            one.option = any(other.letter in BOXES for other in near)
        elif one.letter in "–—-":
            one.option = any(other.letter in "+*" for other in near) and one.piece.label is None
        else:
            others = any(not other.letter.isalpha() and other.letter != one.letter for other in near)
            one.option = others and one.piece.label is None  # stars alone are bullets
    for at in rows([one.text if one.is_text and not one.piece.label else "" for one in found]):
        found[at].option = True  # «1) cat   a) …»: a point and an answer beside one another


BOXES = frozenset("□☐❏❑◯○●☑☒")
_TO_DO = "[ ]"
"""A box in square brackets: of an answer where another of its list is ticked, else of a list of what is to be done."""


def _is_beside_ticked(found: Sequence[Segment], at: int) -> bool:
    """Whether one of the boxes in a row is ticked."""
    first = last = at
    while first > at - _NEAR_BOXES and first and found[first - 1].letter in _BRACKETS:
        first -= 1
    while last < min(at + _NEAR_BOXES, len(found) - 1) and found[last + 1].letter in _BRACKETS:
        last += 1
    return any(one.letter != _TO_DO for one in found[first : last + 1])


_BRACKETS = frozenset({_TO_DO, "☐"})
_NEAR_BOXES = 9
"""So many boxes before and behind one are looked at."""
_SURE_NAME = 8


def _heads_list(one: Segment) -> bool:
    """«a) further literature:» heads a list rather than answers a question."""
    return one.text.endswith(":") and max(one.labels.values(), default=0) >= _SURE_NAME


def _numbered_options(found: Sequence[Segment]) -> None:
    """Answers may be counted with numbers too: «1. …:», «1) …», «2) …», «2. …:», where several questions that count on
    stand over nothing but such items."""
    run: list[tuple[int, int]] = []
    at = 0
    while at <= len(found):
        end = _items_below(found, at) if at < len(found) else at
        follows = bool(run) and end > at and run[-1][1] == at and _next_number(found[run[-1][0]], found[at])
        if not follows:
            _take_options(found, run)
            run = []
        if end > at:
            run.append((at, end))
        at = max(end, at + 1)


def _take_options(found: Sequence[Segment], run: Sequence[tuple[int, int]]) -> None:
    """The items below the questions of a run that is long enough are answers to choose from."""
    if len(run) < _QUESTIONS:
        return
    for at, end in run:
        found[at].asks = "question"
        for one in found[at + 1 : end]:
            one.option = True


_QUESTIONS = 4
"""Numbered questions over numbered items from which these are answers to choose from."""
_ANSWERS = range(2, 9)


def _items_below(found: Sequence[Segment], at: int) -> int:
    """Where the items end that begin anew below a numbered line, in another form of number; ``at`` without any."""
    over = found[at].mark
    if over is None or not over.value or found[at].piece.heading is not None:
        return at
    end = at + 1
    while end < len(found):
        mark = found[end].mark
        if mark is None or mark.kind == over.kind or mark.value != end - at or not mark.printed[:1].isdigit():
            break
        end += 1
    return end if end - at - 1 in _ANSWERS else at


def _next_number(before: Segment, one: Segment) -> bool:
    """Whether a numbered line counts on."""
    a, b = before.mark, one.mark
    return a is not None and b is not None and a.kind == b.kind and b.value == a.value + 1


def _beside(one: str, other: str) -> bool:
    """Whether two letters stand beside one another, one between them at most, in an alphabet that options use."""
    places = [{form.find(letter) for letter in (c, c.translate(ANSWERS))} for form in _ALPHABETS for c in (one, other)]
    pairs = zip(places[::2], places[1::2], strict=True)
    return any(0 < abs(a - b) <= 2 for left, right in pairs for a in left for b in right if a >= 0 and b >= 0)


def _bare(piece: Piece, text: str) -> str:
    mark = list_label(piece)
    return text[mark.end :] if mark else text


def _is_term(text: str) -> bool:
    """«term – meaning», no date and no count before a text; a paragraph of several sentences is text that begins with
    a definition."""
    found = TERM.match(text) if len(text) < _LONGEST_TERM else None
    if found is None or _COUNTED_TERM.fullmatch(found["term"]):
        return False
    return len(text) < _SURELY_TERM or not NEXT_SENTENCE.search(text)


def names_share(title: str) -> bool:
    """Whether a title in bold type before its text names a share of the mark: «30% - Midterm», «Final exam (45 %)». It
    is an entry of the grading, no part of the course and no term."""
    return "%" in title


def _is_led(piece: Piece, text: str) -> bool:
    """A term in bold type before its meaning: no date and no count, and no title before several sentences of a rule."""
    at = lead(piece) if len(text) < _LONGEST_TERM else 0
    stopped = text[:at].rstrip().endswith(".") or text[at:].lstrip()[:1] == "."
    if text[:at].rstrip().endswith("?") or (stopped and NEXT_SENTENCE.search(text[at:].lstrip(". "))):
        return False
    title = text[:at].strip(" .:–—-")
    if not at or _COUNTED_TERM.fullmatch(title) or stages.is_timed(title) or names_share(title):
        return False
    named = words().labels(title)
    return max(named.get(name, 0) for name in _NO_TERMS) < _OF_RULES


_OF_RULES = 5
"""Evidence that a title in bold type names a rule of the course, or a part of a lesson."""
_NO_TERMS = ("policy", "equipment", "homework", "aims")


_CASE = languages.expression(r"[@A@][\w'’.,&() -]{0,60}\sv\.?\s[@A@][\w'’.,&()\[\] -]{0,90}")
"""A case of a court: «Fisher v Bell [1961] 1 QB 394»."""


_CITED = languages.expression(
    r"[@A@][\w'’-]+(?:\s+(?:@also@|&)\s+[@A@][\w'’-]+)?,\s+[«“\"'@A@].{3,100},\s+(?:@pages@|pp?)\.?\s*\d{1,4}(?:\s*[–-]\s*\d{1,4})?\W?"
    r"|[@A@][\w'’-]+(?:\s+(?:@also@|&)\s+[@A@][\w'’-]+)?,\s+[«“\"].{3,100}[»”\"],\s+[@A@].{2,60}\s\d{1,4}\W?"
)
"""A surname, a title and pages, or a title in quotes and a journal: «Haugland, Reading Snow, pp. 1–19»."""


def is_book(text: str) -> bool:
    if len(text) < weights()["limits"]["long"] and (_CASE.fullmatch(text) or _CITED.fullmatch(text)):
        return True
    if 15 < len(text) < 400 and (_IMPRINT.search(text) or _PUBLISHED.search(text)):
        return True
    return (
        15 < len(text) < 400
        and bool(_BOOK.search(text))
        and (bool(_AUTHOR.search(text)) or "http" in text or "www." in text)
    )


def _page(found: Sequence[Segment]) -> UsualStyle:
    texts = [one for one in found if one.is_text and one.text]
    characters = sum(len(one.text) for one in texts) or 1
    bold = sum(len(one.text) for one in texts if one.piece.bold)
    centred = sum(len(one.text) for one in texts if one.piece.centered)
    sizes: Counter[float] = Counter()
    for one in texts:
        if one.piece.size:
            sizes[round(one.piece.size, 1)] += len(one.text)
    size = sizes.most_common(1)[0][0] if sizes else None
    return UsualStyle(bold * 5 < characters * 3, centred * 3 < characters, size, _levels_apart(found))


def _levels_apart(found: Sequence[Segment]) -> frozenset[int]:
    """The levels of headings by style, several each, few of which stand over answers to choose from: a heading is no
    question there because cases of a task stand below it, «Your turn» over «a. …»."""
    over: defaultdict[int, list[bool]] = defaultdict(list)
    for one, after in itertools.pairwise(found):
        if one.is_text and one.piece.heading is not None:
            over[one.piece.heading].append(after.option)
    return frozenset(
        level for level, stated in over.items() if len(stated) >= _STYLED and sum(stated) * 3 <= len(stated)
    )


_STYLED = 3


def _heading(found: Sequence[Segment], at: int, page: UsualStyle, *, among: bool, section: int) -> None:
    """Add up what speaks for and against a segment's being a heading."""
    one, weight, limits = found[at], weights()["heading"], weights()["limits"]
    piece, text = one.piece, one.text
    typed = _typed(text)
    after = found[at + 1] if at + 1 < len(found) else None
    size = len(text)
    if piece.plain:
        return
    if piece.is_heading:
        one.why["style"] = 100
        one.heading = 100
        return
    body = text[one.counted[0].end :] if one.counted and one.counted[0].parted else text
    field = any(m.group == "field" and m.rest for m in one.marks)
    hinted = max(one.labels.values(), default=0) >= _HINTED
    set_off = piece.bold and page.bold and size < limits["short"] and not (one.data or one.mark or field)
    over = _is_numbered_over_text(one, after, size)
    apart = one.stage or _is_unlike(found, at, page, over=over) or _is_next_over_text(found, at, section)
    known = size < limits["long"] and any(m.whole and m.group in {"heading", "field", "label"} for m in one.marks)
    again = one.labels_again >= _COMES_BACK
    names = again and not _goes_on_from(found, at)
    leads_in = text.endswith(":") and not names and _leads_in(one, after, known=known)
    styled = piece.heading is not None or is_title(piece)
    evidence = {
        "style": styled or piece.style == LABEL_STYLE,
        "bold": piece.bold and page.bold,
        "underlined": _is_underlined(piece),
        "capitals": "capitals" in typed,
        "centred": piece.centered and page.centred,
        "larger": bool(page.size and piece.size and piece.size > page.size * 1.1),
        "repeated": _comes_back(found, at) and not leads_in,
        "counted": text.startswith("§") or any(c.words and c.parted and c.kind for c in one.counted),
        "known": known,
        "hinted": hinted,
        "gap": piece.gap,
        "alone": not text.endswith(":") and _is_alone(one, after),
        "atop": _is_atop(one, after),
        "short": size < limits["short"],
        "colon": text.endswith(":") and not leads_in,
        "heads": _heads(one, after),
        "asked": _is_over_questions(found, at),
        "leads": one.leads is not None,
        "over": over,
        "stop": "stop" in typed and not (styled or known or one.stage or (set_off and (text.endswith("!") or hinted))),
        "comma": text.endswith(","),
        "aside": text[:1] == "(" and text[-1:] == ")" and not styled,
        "share": "share" in typed and not styled,
        "asks": text.endswith("?"),
        "long": size > limits["long"],
        "lower": text[:1].islower(),
        "wrapped": not styled and goes_on_line(found[at - 1] if at else None, one),
        "stage": one.stage,
        "between": not (styled or apart) and (_is_between(found, at, known=known, section=section)),
        "item": one.mark is not None
        and not apart
        and (one.mark.value == 0 or _goes_on(found, at) or _is_planned(found, at)),
        "option": one.option or (after is not None and after.option and (piece.heading not in page.apart)),
        "labelled": "labelled" in typed and not (styled or set_off or one.counted),
        "among": among and not one.stage and not any(c.words and c.parted for c in one.counted),
        "caption": any(c.kind in {"caption", "level"} for c in one.counted),
        "term": (one.term or one.dashed) and not styled and not one.counted,
        "key": "key" in typed,
        "signature": "signature" in typed,
        "deadline": one.due and not styled and size < limits["short"] and not _heads_work(one),
    }
    one.why = {name: weight[name] for name, is_so in evidence.items() if is_so}
    one.heading = sum(one.why.values()) if body.strip() or one.counted else 0


def _heads_work(one: Segment) -> bool:
    """Whether a line in bold type says in brackets when what it counts is due: «Set 1 (due Sep 3)»."""
    bare = _BEHIND_HEAD.sub("", one.text)
    counts = bare[-1:].isdigit() or any(c.parted for c in one.counted)
    return one.piece.bold and counts and bare not in {"", one.text} and not due.says(bare)


@lru_cache(_KEPT)
def _typed(text: str) -> frozenset[str]:
    """What the letters of a line alone say for and against its being a heading."""
    type_signs = {
        "capitals": text.isupper() and sum(map(str.isalpha, text)) > 3,
        "stop": _STOP.search(text) is not None,
        "share": _IS_SHARE.search(text) is not None,
        "labelled": _LABELLED.match(text) is not None,
        "key": is_key(text) or named(text) is not None,
        "signature": _SIGNATURE.search(text) is not None,
    }
    return frozenset(name for name, is_so in type_signs.items() if is_so)


def goes_on_line(before: Segment | None, one: Segment) -> bool:
    """Whether a line that is set off goes on with the one above it, which looks the same and ends no sentence: a title
    over two lines, «Теория вероятностей» over «и математическая статистика»."""
    if before is None or not (before.is_text and one.is_text) or one.mark is not None or before.option:
        return False
    first, second = before.piece, one.piece
    looks = [(each.bold, each.centered, each.size, each.heading, each.style) for each in (first, second)]
    joined = _ALSO.match(one.text) or _ENDS_IN_ALSO.search(before.text)
    begins = one.text[:1].islower() or joined is not None
    set_off = (second.bold or second.centered) and looks[0] == looks[1] and before.text.isupper() == one.text.isupper()
    short = max(len(before.text), len(one.text)) < weights()["limits"]["short"]
    paper = any(words().front(kind, one.text) for kind in ("paper", "course"))
    return begins and set_off and short and before.text.rstrip()[-1:] not in ".:;!?" and not (one.data or paper)


def _is_underlined(piece: Piece) -> bool:
    """Whether all of a line's letters are underlined, and none of them leads somewhere."""
    runs = [one for one in piece.content or () if not isinstance(one, Run) or one.text.strip()]
    return bool(runs) and all(isinstance(one, Run) and one.underline for one in runs)


def _is_numbered_over_text(one: Segment, after: Segment | None, size: int) -> bool:
    """«2. Water in the ground» over a paragraph of text: a heading that nothing but its number sets off."""
    plain = any(found.form.startswith("#") and found.form != "#bare" and found.depth == 1 for found in one.counted)
    text_follows = (
        after is not None and after.is_text and after.mark is None and len(after.text) > weights()["limits"]["long"]
    )
    return (
        plain
        and text_follows
        and size < weights()["limits"]["short"]
        and not _STOP.search(one.text)
        and one.asks is None
    )


def _is_alone(one: Segment, after: Segment | None) -> bool:
    """Whether more blank space than usual stands before and behind words over a list or a sentence."""
    if after is None or not (one.piece.gap and after.piece.gap) or _WORD.search(one.text) is None:
        return False
    return after.mark is not None or _STOP.search(after.text) is not None


def _is_over_questions(found: Sequence[Segment], at: int) -> bool:
    """Whether a few words that do not ask stand between text and several questions, each of which ends as one."""
    one, before, below = found[at], found[at - 1] if at else None, found[at + 1 : at + 1 + _ASKED]
    if one.asks is not None or one.mark is not None or one.data or len(one.text) >= weights()["limits"]["short"]:
        return False
    words_alone = one.text[:1].isupper() and one.text[-1:] not in ".,;!…" and _WORD.search(one.text) is not None
    questions = len(below) == _ASKED and all(each.is_text and each.text.endswith("?") for each in below)
    return (
        words_alone
        and questions
        and not level_of(one.text)
        and not (before is not None and before.is_text and before.asks is not None)
    )


_ASKED = 2
"""Questions that a line heads at least."""


def _is_atop(one: Segment, after: Segment | None) -> bool:
    """Whether words behind blank space stand right over a list, a share of the mark or a sentence, without any between:
    the first line of a block, which is no sentence."""
    if after is None or not one.piece.gap or after.piece.gap or not after.is_text or one.mark is not None:
        return False
    words_alone = one.text[:1].isupper() and one.text[-1:] not in ".:,;!…" and not one.data and _WORD.search(one.text)
    shaped = after.mark is not None or after.term or after.book
    is_prose_below = shaped or _STOP.search(after.text) is not None or _IS_SHARE.search(after.text) is not None
    return bool(words_alone) and is_prose_below


def _is_unlike(found: Sequence[Segment], at: int, page: UsualStyle, *, over: bool) -> bool:
    """Whether a numbered line looks otherwise than the items before it: in its type, or ``over`` text after a gap where
    they ask."""
    one, before = found[at], found[at - 1] if at else None
    if before is None or before.mark is None:
        return False
    set_off = page.bold and one.piece.bold and not before.piece.bold and one.asks != "question"
    return set_off or (over and one.piece.gap and before.asks is not None)


def _is_next_over_text(found: Sequence[Segment], at: int, section: int) -> bool:
    """Whether a numbered line goes on with the sections rather than with the questions before it: it has the number
    behind the last section's, and stands over a text."""
    one = found[at]
    if not 0 < at < len(found) - 1 or one.mark is None or one.mark.value != section + 1 or one.mark.value < 3:
        return False
    before, after = found[at - 1], found[at + 1]
    text_follows = after.is_text and after.mark is None and bool(NEXT_SENTENCE.search(after.text))
    return text_follows and before.asks is not None and one.asks is None and not _STOP.search(one.text)


def _leads_in(one: Segment, after: Segment | None, *, known: bool) -> bool:
    """A line of text that a list, a program or a formula completes: «The tasks of a state are:»."""
    is_named = known or max(one.labels.values(), default=0) >= _HINTED or bool(one.counted)
    if is_named or after is None:
        return False
    return isinstance(after.piece.object, Listing | Display) or (after.mark is not None and after.asks is None)


def _comes_back(found: Sequence[Segment], at: int) -> bool:
    """Whether a line that comes back heads what follows; the last of a list of points does not."""
    one, before = found[at], found[at - 1] if at else None
    after = found[at + 1] if at + 1 < len(found) else None
    if one.repeated < (2 if one.text.endswith(":") else 3) or not _heads(one, after):
        return False
    counts = before is not None and any(each.words and each.parted for each in before.counted)
    labels = one.labels_again > _COMES_BACK and after is not None and after.mark is not None
    listed = before is not None and not one.piece.gap and _is_point(before) and not (counts or labels)
    return one.mark is None and not one.option and not one.text.endswith(".") and not listed


def _is_point(one: Segment) -> bool:
    """Whether a line may be a point of a list without marks: it is short, and ends as no sentence."""
    return _is_line(one) and not (_is_sentence(one.text) or one.book)


def _is_between(found: Sequence[Segment], at: int, *, known: bool, section: int) -> bool:
    """Whether a numbered line is an item among others rather than the next numbered section, or the text of a number
    that stands alone on the line before."""
    one, before = found[at], found[at - 1] if at else None
    alone = before is not None and any(
        c.kind in {"question", "task"} and c.end >= len(before.text) for c in before.counted
    )
    if alone:
        return True
    next_section = known and one.mark is not None and one.mark.value == section + 1
    return _goes_on(found, at) and not one.text.endswith(":") and not next_section


def _heads(one: Segment, after: Segment | None) -> bool:
    """Whether what follows looks otherwise: a list, a table, a longer text."""
    if after is None:
        return False
    label = after.piece.style == LABEL_STYLE != one.piece.style
    other = label or not after.is_text or after.piece.bold != one.piece.bold or after.mark is not None
    begins = one.text[:1].isupper() and after.text[:1].islower() and max(one.labels.values(), default=0) >= _HINTED
    return other or begins or len(after.text) > len(one.text) * 2


def _goes_on_from(found: Sequence[Segment], at: int) -> bool:
    """Whether a paragraph stands before a line: what leads in a list goes on from it."""
    before = found[at - 1] if at else None
    return before is not None and before.is_text and before.mark is None and _is_sentence(before.text)


_ALSO = languages.expression(r"(?:@also@)(?=\s)", re.IGNORECASE)
_ENDS_IN_ALSO = languages.expression(r"(?<!\w)(?:@also@)$", re.IGNORECASE)
_PLANNED = 60
"""So many items back the head of a plan is looked for."""
_DISCUSSES = frozenset({"seminar", "practical", "laboratory"})


def _goes_on(found: Sequence[Segment], at: int) -> bool:
    """Whether a numbered segment has the number before or after it near by."""
    mark = found[at].mark
    if mark is None:
        return False
    for near, step in ((at - 1, -1), (at + 1, 1)):
        if 0 <= near < len(found):
            other = found[near].mark
            if other is not None and other.kind == mark.kind and other.value == mark.value + step:
                return True
    return False


def _is_planned(found: Sequence[Segment], at: int) -> bool:
    """Whether a numbered line counts on in a plan, points of its points between: «2. Kinds», «- wide», «3. Summary»."""
    mark = found[at].mark
    if mark is None or not found[at].labels:
        return False
    counted = mark.value == 1
    for near in range(at - 1, max(at - _PLANNED, -1), -1):
        one = found[near]
        if one.mark is not None and one.mark.kind == mark.kind and one.mark.level == mark.level:
            counted = counted or one.mark.value == mark.value - 1
        elif one.mark is None and not is_marked(one.piece):
            return counted and _heads_points(one)
    return False


def _heads_points(one: Segment) -> bool:
    """Whether a line heads points to speak of: that of a plan, or a class that is no lecture."""
    planned = any(mark.kind == "outline" and mark.whole for mark in one.marks) or "outline" in one.labels
    return planned or any(c.words and c.kind in _DISCUSSES for c in one.counted)
