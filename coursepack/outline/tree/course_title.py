"""The course's title among the first lines of a document: by its form, the lines above it, and later mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise, takewhile

from coursepack import languages
from coursepack.model.document import Display, Listing
from coursepack.outline.tree import due, masthead, paper_behind
from coursepack.outline.tree.dates import day
from coursepack.outline.tree.genitive import nominative
from coursepack.outline.tree.labelled import before_label
from coursepack.outline.tree.named import persons
from coursepack.outline.tree.ordinals import CLOSES, HeadingNumber, counted, is_lettered
from coursepack.outline.tree.people import INITIALS, MAIL, NAME
from coursepack.outline.tree.shape import ends_as_sentence, is_prose
from coursepack.outline.tree.signals import _SIGNATURE, LABEL_STYLE, Segment, goes_on_line, is_title, weights
from coursepack.outline.tree.values import CODE, QUOTED, YEAR, YEARS, institutions, is_code, led_by_code, of_form
from coursepack.outline.tree.words import FULL, words
from coursepack.outline.tree.workload import only_counts_hours
from coursepack.text.characters import GONE

_PAPER_BEFORE = re.compile(r"(?P<paper>[^\s:]+(?: [^\s:]+){0,2})(?:\s+[–—-]|:)\s+(?P<title>\S.{2,200})")
_PAPER_COUNT = re.compile(r"(?P<paper>[^\W\d_]+(?: [^\W\d_]+)?)\s+(?:№\s*)?\d{1,2}\s*[:.–—-]\s*\S")
_BRACKETED = re.compile(r"\s*\((?P<said>[^()]{1,60})\)")
_DASHED = re.compile(r"\s+[–—|-]\s+|(?<=[^\W\d_]{3})[.:,]\s+")
_EDGE_PUNCTUATION = re.compile(r"^[\s:·•|–—-]+|[\s:·•|–—-]+$")
_UNPAIRED = re.compile(r"^[^«“„\"]*[»”]")
_GREETING = re.compile(rf"(?:{languages.pattern('greeting')})\s+", re.IGNORECASE)
_DAY = re.compile(r"\b\d{1,2}(?:[^\W\d_]{2})?\b.*\b(?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b")
_TIME = re.compile(r"\d{1,2}[:.]\d\d\s*(?:[–—-]|[ap]\.?m)", re.IGNORECASE)
_PERSON_FIELDS = frozenset({"teacher", "assistant", "email", "phone", "room", "office-hours"})
_VALUE_SEPARATOR = re.compile(r"\s+[·•|●■◆]\s+")
_FEWEST, _MOST_PARTS = 2, 6
"""Values on one line."""
_COURSE_BEFORE = languages.expression(r"(?:^|.*?\s)(?i:@course-before@)\s*:?\s+(?P<title>[@A@\d].*)")
_COURSE_BEHIND = languages.expression(r"(?P<title>[@A@].*?)\s+(?i:@course-behind@)(?!\w)(?P<rest>.*)")
_FOR_COURSE = languages.expression(r"\s+(?i:@paper-for@)\s+(?P<title>(?!(?i:@determiner@)\s)[«\"“]?[@A@\d].{3,})")
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)", re.IGNORECASE)
_TITLE_SEPARATOR = re.compile(r"\s+[–—|·•-]\s+")
_ENDS_COURSE = languages.expression(r",\s|\s+(?=(?:@course-ends@)(?!\w))|\s*[(«]", re.IGNORECASE)
_FIRST_LINES = 16
"""How many lines at the beginning are searched for a title where no title page was recognised."""
_FEWEST_BELOW = 2
"""The fewest headings below the one heading of the highest level."""
_SHORTEST_END = 4
_LEADING_LABEL = re.compile(r"([^\W\d_][^.:!?;,]{2,45})[.:]\s+\S")
_TITLE_MARKS = ' «»“”".'


@dataclass(frozen=True, slots=True)
class Title:
    """A candidate for the title of a course: its text, and the course code given with it. ``worth`` is its score;
    ``told`` is the share of that score that comes from words and neighbouring lines, not from the line's own form."""

    text: str
    code: str | None
    worth: int
    told: int = 0


class TitleLines:
    """All lines of a document by position, and how often each course title occurs in quotes. ``of_part``: the document
    is a class or one piece of work, whose own title is its highest heading."""

    def __init__(self, every: Iterable[Segment] = (), *, of_part: bool = False) -> None:
        self.at = {one.at: one for one in every}
        self.of_part = of_part

    @cached_property
    def led(self) -> frozenset[str]:
        """The labels with which several lines begin: «What for: …» in each class."""
        found = (_LEADING_LABEL.match(one.text) for one in self.at.values() if one.is_text)
        counts = Counter(match[1].casefold() for match in found if match)
        return frozenset(label for label, count in counts.items() if count > 1)

    @cached_property
    def listed(self) -> frozenset[int]:
        """The positions of adjacent terms, and of lines that number several things of one name: a list begins here, and
        the head of the document has ended."""
        lines = _in_order(self)
        terms = (one.at for one, below in pairwise(lines) if one.term and below.term)
        named = [(one.at, each.form) for one in lines for each in one.counted if each.parted and each.words]
        times = Counter(form for _, form in named)
        return frozenset(terms) | frozenset(at for at, form in named if times[form] > 1)

    @cached_property
    def over_all(self) -> int | None:
        """The position of the only heading of the highest level by style, where several headings follow or it is the
        first line of the document."""
        if self.of_part:
            return None
        texts = [one for one in _in_order(self) if one.is_text and one.text]
        levels = [(one.piece.heading, one.at) for one in texts if one.piece.heading]
        highest = min(levels, default=(0, 0))[0]
        top = [at for level, at in levels if level == highest]
        return top[0] if len(top) == 1 and (len(levels) > _FEWEST_BELOW or top[0] == texts[0].at) else None

    @cached_property
    def quoted(self) -> Counter[str]:
        return Counter(title for one in self.at.values() for title in _quoted_course(one))


def _quoted_course(one: Segment) -> set[str]:
    """The titles that a line gives in quotes where it has the word for a course, in lower case."""
    titles = {found[1].casefold() for found in QUOTED.finditer(one.text)} if one.is_text else set()
    return titles if titles and words().front("course", one.text) else set()


def best(lines: Sequence[Segment], every: TitleLines, *, of_class: bool = False) -> tuple[list[Segment], Title] | None:
    """The line of a title page that looks most like the title, where any does, with those on which it goes on; in the
    paper ``of_class`` one with the code of a course, whatever heading stands over all."""
    read = [(one, _title(one, every)) for one in lines]
    found = max(read, key=lambda pair: (*_rank(pair[1], of_class=of_class), -pair[0].at), default=None)
    if found is None or found[1].worth <= 0:
        return None
    rest = _continuation(found[0], every)
    first = _with_paper(found[0], found[1].text) if rest else found[1].text
    text = " ".join([first, *(one.text.rstrip(_TITLE_MARKS) for one in rest)])
    return [found[0], *rest], replace(found[1], text=text)


def _with_paper(one: Segment, text: str) -> str:
    """A title on several lines with the kind of paper that its first line ends in: «Dictionary | of soil terms» is one
    name."""
    line = one.text.rstrip(_TITLE_MARKS)
    return line if line.startswith(f"{text} ") and only_paper(line[len(text) :]) else text


def _continuation(first: Segment, every: TitleLines) -> list[Segment]:
    """The lines on which a title continues; it ends before a line that names a paper or a part of a title page."""
    found: list[Segment] = []
    closed = QUOTED.search(first.text) is not None
    while not closed and (below := every.at.get((found[-1] if found else first).at + 1)) is not None:
        named = _names_paper(below.text) or words().front("course", below.text) or any(institutions(below.text))
        if named or not goes_on_line(found[-1] if found else first, below):
            break
        found.append(below)
    return found


def _rank(title: Title, *, of_class: bool) -> tuple[bool, bool, int]:
    """The sort key of a candidate: evidence from words goes before its form."""
    reported = title.worth > 0 and title.told >= weights()["title"]["told"]
    return reported, reported and of_class and title.code is not None, title.worth


def scan(every: TitleLines, *, of_class: bool) -> Title | None:
    """The title that the first lines give with certainty, where no title page was recognised: by a code, by the kind of
    paper or by institutions above it. In the paper ``of_class`` or of one task, the form of a line points to the title
    of that paper instead. The lines are not changed."""
    above = takewhile(lambda one: not isinstance(one.piece.object, Listing | Display), _in_order(every))
    first = list(islice((one for one in above if one.is_text and one.text), _FIRST_LINES))
    ends = (at for at, one in enumerate(first) if _ends_head(one) or (one.at in every.listed))
    lines = [one for one in first[: next(ends, None)] if not one.option and one.mark is None]
    found = best(lines, every, of_class=of_class)
    if found is None:
        return None
    weight = weights()["title"]
    sure = found[1].told >= weight["told"] or (not of_class and found[1].worth >= weight["sure"])
    return found[1] if sure else None


def code_beside_paper(every: TitleLines) -> str | None:
    """The code that one of the first lines gives next to the kind of paper alone: «EKN-812: Final Exam»."""
    first = islice((one for one in _in_order(every) if one.is_text and one.text), _FIRST_LINES)
    cleaned = (_cleaned(one.text) for one in first if len(one.text) < weights()["limits"]["short"])
    return next((code for text, code in cleaned if code and text and only_paper(text)), None)


def _in_order(every: TitleLines) -> list[Segment]:
    return [one for _, one in sorted(every.at.items())]


def _ends_head(one: Segment) -> bool:
    """Whether the head of a document ends before this line: prose, a question, a list, or the heading of a class."""
    heads = any(each.parted and each.kind == "lecture" and each.words for each in one.counted) and _is_styled(one)
    return heads or is_prose(one) or one.asks == "question" or (one.mark is not None and one.mark.value == 1)


def _is_styled(one: Segment) -> bool:
    """Whether a style says that a line is a title or a heading."""
    return one.piece.heading is not None or is_title(one.piece)


def _title(one: Segment, every: TitleLines) -> Title:
    one = _coded_part(one)
    text, code = _beside_values(one.text) or _cleaned(_topic(one) or one.text)
    before, below = _line_above(one, every), every.at.get(one.at + 1)
    text = nominative(text) if before is not None and only_paper(before.text) else text
    if not _can_be_title(one, text, below):
        return Title(text, code, -20)
    weight = weights()["title"]
    form = one.heading - sum(one.why.get(name, 0) for name in ("known", "hinted", "counted", "heads", "among"))
    quoted = QUOTED.search(one.text)
    named = words().front("course", one.text) or words().front("paper", one.text)
    worth = weight["quoted-course" if named else "quoted"] if quoted else 0
    worth += weight["code"] if code else 0
    worth += weight["beside-values"] if _beside_values(one.text) else 0
    worth += weight["labelled"] if _labelled_title(one.text) else 0
    worth += weight["named-course"] if not quoted and _next_to_course(one.text) else 0
    worth += weight["behind-paper"] if _after_paper(one.text) else 0
    worth += weight["style"] if is_title(one.piece) else 0
    worth += weight["over-all"] if one.at == every.over_all else 0
    # «Review questions», words of a part that are known as a whole, name no paper on «Review».
    beside = text != one.text and not quoted and not one.why.get("known") and _names_paper(one.text)
    worth += weight["beside-paper"] if beside else 0
    coded = before is not None and is_code(before.text.strip())
    if before is not None and (coded or not before.counted):
        over = only_paper(before.text) or _ends_in_course(before.text)
        looks = " " in text or one.piece.bold or one.piece.heading or text.isupper() or _ends_in_course(before.text)
        worth += weight["below-paper"] if over and looks else 0
        worth += weight["below-code"] if coded else 0
        institution = any(institutions(before.text)) or any(masthead.institutions(before.text))
        beneath = weight["below-institution"] + weight["capitals"] * one.text.isupper()
        worth += beneath if institution else 0
    worth += weight["again"] if _is_repeated(text, one, every) else 0
    looks = one.text.isupper() or one.piece.bold or one.piece.heading is not None
    over = below is not None and below.is_text and looks and only_paper(below.text) and not _names_paper(one.text)
    worth += weight["over-paper"] if over else 0
    worth += weight["over-institution"] if before is None and below is not None and _is_byline(below) else 0
    if not worth and max(_part_labels(one, text), default=0) >= weight["part-words"]:
        form -= weight["part"]
    return Title(text, code, form + worth + 2, worth)


def _coded_part(one: Segment) -> Segment:
    """The part of a line with wide gaps that begins with a code, as a line of its own: «QUIZ 4    BIO 101 Plants and
    People»; the line itself where there is none, or several."""
    parts = _GAP.split(one.text)
    coded = [part for part in parts if led_by_code(part.strip()) or _after_paper(part.strip())]
    if len(parts) == 1 or len(coded) != 1 or is_code(parts[0].strip()):
        return one
    text = coded[0].strip()
    return replace(one, text=text, counted=counted(text), marks=[], labels=words().labels(text))


def _part_labels(one: Segment, text: str) -> Iterator[int]:
    """How certainly a line is the heading of each part; «Введение в почвоведение» as a whole is the title of a
    course."""
    return (value for name, value in one.labels.items() if name not in _BEGINS_TITLE or " " not in text)


_BEGINS_TITLE = frozenset({"introduction"})
"""Parts whose word a course may begin with."""


def _topic(one: Segment) -> str | None:
    """The value of a line whose label names the topic of a class: «Topic: Seeds»."""
    named = (mark for mark in one.marks if mark.group == "field" and mark.kind == "title" and not mark.whole)
    return next((one.text[mark.end :] for mark in named if (mark.label or "")[:1] == ":"), None)


def _is_byline(one: Segment) -> bool:
    """Whether a line that is no prose says where or by whom a course is taught."""
    short = one.is_text and len(one.text) <= weights()["masthead"]["longest"] and not is_prose(one)
    return short and (any(masthead.institutions(one.text)) or bool(masthead.teachers(one.text)))


def _can_be_title(one: Segment, text: str, below: Segment | None) -> bool:
    """Whether a line can be a title: it is no institution, person, date, sentence, part of a course, or paper alone."""
    if not any(c.isalpha() for c in text) or one.piece.style == LABEL_STYLE or len(text) > weights()["limits"]["title"]:
        return False
    if words().labels(text).get("approval", 0) >= FULL or _is_official(one):
        return False
    if words().front("unfinished", text.rsplit(maxsplit=1)[-1]) or _names_author(one.text):
        return False
    if "; " in text and QUOTED.search(one.text) is None:
        return False
    if _ADDRESS.match(one.text) or one.text.lstrip().startswith("("):
        return False
    named = bool(QUOTED.search(one.text) or _next_to_course(one.text))
    if _names_people(one, text, named=named) or _is_paper_alone(one, text) or _is_institution(one, text):
        return False
    if only_counts_hours(text):
        return False
    if _is_numbered(one) or (not named and any(mark.whole and mark.group == "heading" for mark in one.marks)):
        return False
    return not _is_when_or_where(one, text, below) and _is_more_than_values(one, text, named=named)


def _is_official(one: Segment) -> bool:
    """Whether a line is that of a label, a ministry, a legal form, a signature or an address."""
    front = words().front
    official = one.leads or one.common or front("ministry", one.text) or front("legal-form", one.text)
    return bool(official or _SIGNATURE.search(one.text) or MAIL.search(one.text))


def _names_people(one: Segment, text: str, *, named: bool) -> bool:
    """Whether a line names persons; ``named``: it has the title of a course in quotes or next to the word «course»."""
    label, _, persons = text.rpartition(":")  # «Ю.Н. Крылова, С.С. Ахметов», «Ведут: проф. Б. Н. Ли»
    parts = [INITIALS.search(part) for part in persons.split(",")]
    if all(parts) and (label or all(found and found[0] == found.string.strip() for found in parts)):
        return True
    led = INITIALS.search(text) is not None and words().about(text.split(maxsplit=1)[0]) in _PERSON_FIELDS
    if led or _TIME.search(text) or (not named and words().about(text) in _PERSON_FIELDS):  # led: «Compiled by A. Lee»
        return True
    alone = NAME.fullmatch(text) is not None and words().front("post", one.text)
    return INITIALS.fullmatch(text) is not None or alone


def _is_paper_alone(one: Segment, text: str) -> bool:
    """Whether a line names a paper and no course, or leads to one."""
    leads = one.text.rstrip().endswith((":", "?", "!", ",", ";")) and not _GREETING.match(one.text)
    ends = _ends_in_course(one.text) and QUOTED.search(one.text) is None  # «по дисциплине «Ботаника» для I курса»
    return _is_numbered_paper(one.text) or only_paper(text) or ends or leads


def _is_institution(one: Segment, text: str) -> bool:
    """Whether a line names an institution and no course in quotes or with its code."""
    of_course = words().front("course", one.text) or words().front("paper", one.text)
    if any(institutions(text)) and not (led_by_code(one.text) or (of_course and QUOTED.search(one.text))):
        return True
    return _quotes_institution(one.text)


def _is_when_or_where(one: Segment, text: str, below: Segment | None) -> bool:
    """Whether a line is a day, a place, or goes on with the line above it."""
    dated = bool(_DAY.search(text)) or _is_day(text) or _is_place(one, text, below)
    return dated or text[0].islower() or _UNPAIRED.search(one.text) is not None


def _is_more_than_values(one: Segment, text: str, *, named: bool) -> bool:
    """Whether a line is neither a sentence nor mostly values of a course."""
    taken = sum(value.letters for value in of_form(text))
    quoted = QUOTED.search(one.text) is not None
    programmes = [str(value.value) for value in of_form(one.text) if value.name == "programme"]
    if any(value == text or (quoted and text in value) for value in programmes):
        return False
    is_sentence = one.text.endswith(".") and (len(text) > 60 or (not named and ends_as_sentence(f"{text}.")))
    return taken * 2 <= sum(c.isalnum() for c in text) and not is_sentence


def _names_author(line: str) -> bool:
    """Whether a label says who did the work: «Выполнили: студенты группы 107»."""
    _, colon, whose = line.partition(":")
    return bool(colon) and words().front("reader", " ".join(whose.split()[:1]))


def _quotes_institution(line: str) -> bool:
    """Whether what a line quotes is the name of an institution: «Department «Applied mechanics»»."""
    quoted = QUOTED.search(line)
    before = line[: quoted.start()].strip() if quoted else ""
    if quoted and before.count("«") > before.count("»"):  # «The centre „Together“»: a name within a name
        return True
    return bool(before) and words().covered(("department", "faculty", "university"), before) == 1


def _is_numbered_paper(line: str) -> bool:
    """«Quiz 2 – Measures and bias»: the title of one of several papers."""
    found = _PAPER_COUNT.match(line)
    return found is not None and words().front("paper", found["paper"]) and not led_by_code(line)


def _is_numbered(one: Segment) -> bool:
    """Whether the line is numbered: with a Roman number, or with that of a class, a paper, a question."""
    first = (
        each
        for each in one.counted
        if each.parted and not each.form.startswith(CLOSES) and not _numbers_part(one, each)
    )
    numbered = any(
        each.form.startswith("#roman") or each.form == "#1." or each.kind in _NUMBERED_KINDS for each in first
    )
    return numbered or is_lettered(one.text)


def _numbers_part(one: Segment, counted: HeadingNumber) -> bool:
    """Whether a Roman number behind several words is that of a part of the course: «General Chemistry Laboratory I»."""
    length = len(counted.words.split()) + (counted.kind is None)
    several = length > _FEW_WORDS or (is_title(one.piece) and " " in counted.words)
    return counted.form.startswith("before") and several and _ROMAN_END.search(one.text) is not None


_FEW_WORDS = 2
_ROMAN_END = re.compile(r"\s[IVX]{1,3}$")
_CLASSES = frozenset({"week", "unit", "lecture", "seminar", "practical", "laboratory", "meeting"})
_NUMBERED_KINDS = _CLASSES | {"ticket", "variant", "question", "task"}


def _is_day(text: str) -> bool:
    found = day(text)
    return found is not None and found.end >= len(text)


def _is_place(one: Segment, text: str, below: Segment | None) -> bool:
    """A word over the year, or the last of a title page: the city."""
    alone = len(text.split()) == 1 and one.piece.heading is None
    return alone and below is not None and bool(YEAR.fullmatch(below.text.strip()))


def _labelled_title(line: str) -> str | None:
    """The value of a line whose label names the title of a course: «Пән: Механика»."""
    label, colon, value = line.partition(":")
    titled = colon and value.strip() and words().about(label) == "title"
    return before_label(value.strip()) if titled else None


def _line_above(one: Segment, every: TitleLines) -> Segment | None:
    """The nearest line of text above; one picture or empty line is skipped."""
    above = (every.at.get(one.at - step) for step in (1, 2))
    return next((found for found in above if found is not None and found.is_text and found.text), None)


def _is_repeated(text: str, one: Segment, every: TitleLines) -> bool:
    """Whether another line gives this text in quotes next to the word for a course."""
    title = text.casefold()
    return len(text) > 3 and every.quoted[title] > (title in _quoted_course(one))


def _beside_values(line: str) -> tuple[str, str | None] | None:
    """The title, and the code, on a line of several values: «Ceramics II · handout · K. Ansah», «Botany | BOT 210»."""
    if (found := _before_credits(line)) is not None:
        return found
    parts = [part.strip() for part in _VALUE_SEPARATOR.split(line) if part.strip()]
    if not _FEWEST <= len(parts) <= _MOST_PARTS:
        return None
    kinds = [_value_alone(part) for part in parts]
    code = next((part for part, kind in zip(parts, kinds, strict=True) if kind == "code"), None)
    free = [part for part, kind in zip(parts, kinds, strict=True) if kind is None]
    first = kinds.index(None) if None in kinds else len(kinds)
    several = {"code", "paper"} & {*kinds} or len(parts) > _FEWEST
    known = several if len(free) == 1 else "paper" in kinds[first:] and len(free) < _FEWEST + 1
    # A word alone may be a place, or a person's name.
    named = bool(free) and free[0][0].isupper() and (" " in free[0] or (len(free) == 1 and len(parts) > _FEWEST))
    if not (known and named):
        return None
    title, beside = without_code(free[0])
    return title, code or beside


def _before_credits(line: str) -> tuple[str, str] | None:
    """The title, and the code before it, of a line that goes on with the credits: «TMS455 Heat and power, 7.5
    credits, …»."""
    if (led := led_by_code(line)) is None or QUOTED.search(line):
        return None
    code, rest = led
    title, comma, behind = rest.partition(", ")
    credit_value = next(of_form(behind.partition(",")[0]), None) if comma else None
    return (title, code) if credit_value is not None and credit_value.name == "credits" and " " in title else None


def without_code(text: str) -> tuple[str, str | None]:
    """A title without the code in brackets beside it, and that code: «Sound and Society (MUS 218)»."""
    for found in _BRACKETED.finditer(text):
        if CODE.fullmatch(found["said"].strip()) and not YEARS.search(found["said"]):
            return f"{text[: found.start()]}{text[found.end() :]}".strip(), found["said"].strip()
    return text, None


def _value_alone(part: str) -> str | None:
    """The kind of one value on a line of several; None where it may be the title of the course."""
    if CODE.fullmatch(part):
        return "code"
    if only_paper(part) or _leads_paper(part):
        return "paper"
    if MAIL.search(part) or _is_person(part):
        return "person"
    first, comma, _ = part.partition(", ")  # «2 курс, все направления»
    taken = sum(value.letters for value in of_form(part))
    if comma and sum(value.letters for value in of_form(first)) * 2 > sum(map(str.isalnum, first)):
        return "value"
    return "value" if taken * 2 > sum(map(str.isalnum, part)) or any(institutions(part)) or _is_day(part) else None


def _leads_paper(part: str) -> bool:
    """Whether a part begins with the kind of paper, behind which its own subject stands: «Unit check: the Moon»."""
    paper, colon, subject = part.partition(": ")
    return bool(colon and subject.strip()) and only_paper(paper)


def _is_person(part: str) -> bool:
    """Whether a part names a person, and nothing else but a post or that the paper is by that person."""
    if INITIALS.fullmatch(part) or (NAME.fullmatch(part) and words().front("post", part)):
        return True
    named = [*masthead.teachers(part), *persons(part)]
    return len(named) == 1 and part.endswith(named[0]) and len(part.split()) - len(named[0].split()) <= _LED_BY


_LED_BY = 3
"""Words before a name that say what its bearer did."""


def _names_paper(text: str) -> bool:
    return words().front("paper", text)


def _ends_in_course(text: str) -> bool:
    """«по учебной дисциплине»: the title of the course follows."""
    tokens = re.findall(r"(?<![-\w])[^\W\d_]{3,}|-[^\W\d_]{3,}", text)  # «учителя-предметника» names no course
    return (
        bool(tokens)
        and tokens[-1][0] != "-"
        and words().front("course", tokens[-1])
        and len(text) < weights()["limits"]["short"]
    )


def only_paper(text: str) -> bool:
    """Whether a line names nothing but a kind of paper, or the course: «Syllabus», «Exam questions»."""
    plain = _BRACKETED.sub("", text)
    most = words().covered(("paper", "course"), plain) > weights()["title"]["paper-percent"] / 100
    return most or (words().covered(("paper", "paper-kind", "course"), plain) == 1 and _names_paper(plain))


def _title_before_paper(text: str) -> str:
    """The title before a colon that is followed, in lower case, by the kind of paper: «Базы данных: задания на дом»."""
    title, _, paper = text.partition(": ")
    names = paper.split()
    if len(names) < _FEWEST_PAPER_WORDS or not paper[:1].islower() or len(title) < _SHORTEST_END or ":" in paper:
        return ""
    if words().about(title) or max(words().labels(title).values(), default=0) >= FULL:  # «Contact: the laboratory»
        return ""
    return title if any(words().front("paper", name) for name in (" ".join(names[:2]), names[-1])) else ""


_FEWEST_PAPER_WORDS = 2
"""The fewest words after the colon that name a kind of paper."""


def without_paper(text: str) -> str:
    """A title without the kind of paper: words at its end («Botany test questions»), a part after a dash («Botany —
    course plan»). Empty where nothing else remains, or where the title begins with the kind of paper."""
    before = _PAPER_BEFORE.fullmatch(text)
    if before and words().front("paper", before["paper"].split()[-1]) and not only_paper(before["title"]):
        return before["title"]
    if title := _title_before_paper(text) or paper_behind.without(text, only_paper):
        return title
    parts = [part for part in _DASHED.split(text) if not only_paper(part)]
    tokens = (parts[0] if len(parts) == 1 else text).split()
    every = len(tokens)
    while tokens and words().front("paper", tokens[-1]) and _may_end(tokens):
        tokens.pop()
    beside = ("paper-kind", "course") if len(tokens) < every else ()  # «Деректер қоры | пәнінен тест»
    while len(tokens) > 1 and any(words().front(kind, tokens[-1]) for kind in beside):
        tokens.pop()
    if tokens and tokens[-1].islower() and len(tokens[-1]) < _SHORTEST_END:
        return ""  # «Билеты к | экзамену»
    left = " ".join(tokens).rstrip(" :,–—-")
    cut = len(left) < len(text.rstrip(" :,–—-"))
    return left if cut and len(tokens) > (0 if len(parts) == 1 else 1) and not only_paper(tokens[0]) else ""


def _may_end(tokens: Sequence[str]) -> bool:
    """Whether the last word of a line names its kind rather than the subject: «Road Materials», «Soil Physics
    Laboratory» are titles, «Course Materials» is none."""
    both = words().front("subject-too", tokens[-1])
    beside = " ".join(tokens[-2:-1])
    return not both or any(words().front(kind, beside) for kind in ("paper", "paper-kind", "course"))


def _cleaned(line: str) -> tuple[str, str | None]:
    """A line without code, quotes, kind of paper, semester in brackets and greeting: the title; and the code."""
    line = line.replace(GONE, "")
    text, code = _GREETING.sub("", line, count=1).rstrip("! ") if _GREETING.match(line) else line, None
    if _GAP.search(text):
        parts = [part.strip() for part in _GAP.split(text)]
        text = " ".join(part for part in parts if not _is_paper_or_value(part)) or text
    named = _labelled_title(text) or _next_to_course(text)
    text = named or _after_paper(text) or text
    if led := led_by_code(text):
        code, text = led
    quoted = QUOTED.search(text)
    if quoted:
        title = quoted[1].strip(_TITLE_MARKS)
        led = None if code else led_by_code(title)  # «ОП.04 Ботаника»
        return (led[1], led[0]) if led else (title, code)
    for found in _BRACKETED.finditer(text):
        if code is None and CODE.fullmatch(found["said"].strip()) and not YEARS.search(found["said"]):
            code, text = found["said"].strip(), text[: found.start()]
            break
    text = _BRACKETED.sub(_kept_brackets, text)
    text = text if named else _without_values(without_paper(text) or text)
    return _EDGE_PUNCTUATION.sub("", text).removesuffix("."), code


def _without_values(title: str) -> str:
    """A title without what stands behind it on its line and is none of it: who teaches, which week or class it is, a
    semester, when the work is due: «Microeconomics, Dr N. Adeyemi», «Linear Algebra — Fall 2026»."""
    return parted(title)[0]


def parted(title: str) -> tuple[str, list[str]]:
    """A title, and the values of other fields behind it on its line, the last one first."""
    beside: list[str] = []
    for parting in _BEHIND_TITLE:
        while (signs := list(parting.finditer(title))) and _is_beside(title[signs[-1].end() :], signs[-1][0].strip()):
            beside.append(title[signs[-1].end() :].strip())
            title = title[: signs[-1].start()].rstrip()
    return title, beside


_BEHIND_TITLE = (re.compile(r"\s+[·•|—–-]\s+"), re.compile(r",\s+|:\s+"))
"""What parts a title from what stands behind it: dashes and the like before commas, some of which may be inside."""


def _is_beside(part: str, sign: str) -> bool:
    """Whether what a sign parts from a title is no part of it; behind a colon a kind of paper alone is none."""
    if sign == ":":
        return only_paper(part)
    known = _is_person(part) or _counts_class(part) or (sign != "," and _is_value(part))
    return known or due.says(part) or (sign != "," and any(institutions(part)))


def _is_value(part: str) -> bool:
    """Whether a part says little but values of a course: «5 ECTS», «code FM-311», «Fall 2026»."""
    taken = sum(value.letters for value in of_form(part))
    coded = CODE.search(part) is not None and words().about(CODE.sub("", part).strip(" :"), least=1.0) == "code"
    return coded or taken * 3 >= sum(map(str.isalnum, part)) * 2 > 0


def _counts_class(part: str) -> bool:
    """Whether a part says nothing but which week or class it is: «Week 3»."""
    return any(one.kind in _CLASSES and one.start == 0 and one.end >= len(part) for one in counted(part))


def _next_to_course(line: str) -> str | None:
    """The title next to the word for a course in a grammatical case that shows so: «по дисциплине Ботаника для …»,
    «Физика пәнінен …»."""
    if found := _COURSE_BEFORE.match(line):
        code, title = led_by_code(found["title"]) or ("", found["title"])
        if code and (quoted := QUOTED.match(title)):  # «по дисциплине ОП.04 «Ботаника»»
            return f"{code} {quoted[0]}"
        title = _ENDS_COURSE.split(title, maxsplit=1)[0].strip(_TITLE_MARKS)
        return f"{code} {title}".strip() or None
    found = _COURSE_BEHIND.match(line)
    title = found["title"] if found else ""
    fits = words().covered(("paper", "paper-kind", "course"), title) < 1 and not any(institutions(title))
    return title.strip(_TITLE_MARKS) if title and fits else None


_GAP = re.compile(r"\t|\s{3,}")


def _is_paper_or_value(part: str) -> bool:
    """Whether a part separated from a title by a wide gap names the kind of paper, or is a value of the course other
    than its code."""
    taken = sum(value.letters for value in of_form(part) if value.name != "code")
    return (
        only_paper(YEAR.sub("", part).strip())
        or INITIALS.fullmatch(part) is not None
        or any(institutions(part))
        or taken * 2 > sum(map(str.isalnum, part))
    )


def _after_paper(line: str) -> str | None:
    """What follows the kind of paper: after a word such as «in» or «for» («Questions for the oral exam in Petrology»),
    or with a code («Brief for the project in TDE 240 Design»)."""
    for found in CODE.finditer(line):
        before = line[: found.start()].rstrip()
        if before and before[-1].isalpha() and _names_paper(before) and led_by_code(line[found.start() :]):
            return line[found.start() :]
    for found in _FOR_COURSE.finditer(line):
        title = _TITLE_SEPARATOR.split(found["title"], maxsplit=1)[0]
        paper = only_paper(line[: found.start()]) and not _DASHED.search(line[: found.start()])
        if paper and not (only_paper(title) or words().front("reader", title)):
            return title
    return _behind_stop(line) or _practice_name(line)


def _practice_name(line: str) -> str | None:
    """The name of a practice that follows its kind of paper: «Программа учебной практики по геодезии»."""
    # The rest of the line after each word is examined.
    tokens = line.split() if len(line) <= weights()["limits"]["title"] else []
    for at in range(1, len(tokens)):
        rest = " ".join(tokens[at:])
        if (name := nominative(rest)) != rest:
            return name[0].upper() + name[1:] if only_paper(" ".join(tokens[:at])) else None
    return None


def _behind_stop(line: str) -> str | None:
    """What follows the kind of paper as a separate sentence, without the values after it: «Calendar plan. Biology,
    7th grade, 2025–2026»."""
    paper, stop, rest = line.partition(". ")
    begins, ends = paper[:1].isupper(), paper[-2:-1].isalpha()  # a sentence, and no initial: «Examiner: B. Asanov»
    if not stop or not (begins and ends) or not only_paper(paper) or words().kind(paper) or "." in rest.rstrip("."):
        return None
    parts = rest.split(", ")
    while len(parts) > 1 and _value_alone(parts[-1]) is not None:
        parts.pop()
    return ", ".join(parts)


def _kept_brackets(found: re.Match[str]) -> str:
    """The text in brackets, unless it gives a date or a kind of paper: «(Spring 2026)», «(notes)»."""
    inside = found["said"]
    return "" if any(c.isdigit() for c in inside) or _names_paper(inside) else found[0]
