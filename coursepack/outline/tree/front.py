"""What a title page, a head or a contact section says of the course: by labels, and by the form of a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from coursepack import languages
from coursepack.outline import leaders
from coursepack.outline.about import AboutCollector
from coursepack.outline.drafts import ABOUT, PartDraft
from coursepack.outline.found import SIGNED, OutlineSource
from coursepack.outline.markers import fold, leaves_gap
from coursepack.outline.pieces import Piece
from coursepack.outline.plans import PlanHead
from coursepack.outline.points import speaks
from coursepack.outline.tree import beside_title, contact, course_title, grading, labelled, masthead, requisites
from coursepack.outline.tree.course_title import Title, TitleLines
from coursepack.outline.tree.dates import is_name
from coursepack.outline.tree.label_line import part_before
from coursepack.outline.tree.labelled import TEXTS, Labelled
from coursepack.outline.tree.named import persons
from coursepack.outline.tree.people import ASIDE, INITIALS, MAIL, NAME, PHONE, Person, hours_of, room_of
from coursepack.outline.tree.shape import ends_as_sentence
from coursepack.outline.tree.signals import _SIGNATURE, NEXT_SENTENCE, Segment, weights
from coursepack.outline.tree.to_write import asks_learner
from coursepack.outline.tree.values import (
    QUOTED,
    YEAR,
    YEARS,
    bare,
    beside_institution,
    institutions,
    is_code,
    is_component,
    led_by_code,
    number,
    of_form,
    of_line,
    parted,
    school_year,
    semester,
)
from coursepack.outline.tree.words import phrases, words
from coursepack.outline.tree.workload import KINDS, counts_hours, of_sentence, of_value
from coursepack.place import Place

_PARTS = re.compile(r"\s+[·|•●■◆/]\s+|\t+|\s{3,}|\n")
_DASHED = re.compile(r"\s+[—–]\s+")
_DASHES = 2
"""Dashes on a line, beside which values stand."""
_CITY_WORDS = frozenset(map(fold, phrases("front", "city")))
"""The word for a city, as it stands beside its name: «Городская экология» names none."""
_CITY = re.compile(rf"^(?:{languages.pattern('city-mark')})\.\s*")
_PRINTED = languages.expression(
    r"(?:@city-mark@\.\s*)?(?P<city>[@A@][@a@]+(?:[- ][@A@][@a@]+)?)(?:,\s+"
    rf"(?P<years>{YEARS.pattern})\s*(?:@study-years@)?|\s*:\s+[@A@«\"“][^,:.]{{1,40}},\s+(?P<printed>{YEAR.pattern}))\.?"
)  # «Кунгур, 2024/2025 учебный год», «Almaty: Slovo, 2021»
_AUTHOR_STYLES = languages.words("author-style")
_PAIR = languages.expression(
    r"(?P<name>[^\d:]+?)\s*[–—:-]?\s*(?P<n>\d{1,3})\s*(?:(?:@hours@|@hours-short@)\.?)?", re.IGNORECASE
)
_PAIR_BEHIND = languages.expression(
    r"(?P<n>\d{1,3})\s*(?:(?:@hours@|@hours-short@)\.?)?\s*\((?P<name>[^()\d]{3,30})\)", re.IGNORECASE
)  # «56 (Theory)»
_AMOUNT = languages.expression(r"(?P<n>\d{1,3}(?:[.,]\d)?)\s*(?:(?:@hours@|@hours-short@)\.?)?", re.IGNORECASE)
TEACHER = {
    "teacher": "name",
    "email": "email",
    "phone": "phone",
    "room": "room",
    "office-hours": "office_hours",
    "degree": "degree",
    "post": "post",
}
"""What is said of a teacher → the field of ``model.course.Teacher``."""
_PLAIN = frozenset(
    {"university", "faculty", "department", "programme", "cycle", "component", "study-form", "city", "code"}
)
_INSTITUTIONS = frozenset({"university", "faculty", "department", "programme"})
_ENUMERATED = re.compile(r"[,;]\s+")
_LED = _PLAIN - {"university", "city"}
"""Fields behind whose value others may stand on the line: «GID 3207, 5 credits»."""
VALUES = frozenset({*TEACHER, *_PLAIN, "credits", "semester", "year", "study-year"})
"""Fields that are a value each."""
_LONGEST_MAIL = 40
_CONTACT_VALUE = 200
_NUMBERED = re.compile(r"\d{1,2}\s*\([^()]{3,20}\)")  # «2 (summer)»
_SUMMED = re.compile(r"\d+\s*\+")  # «3+1»
_PERSONS = re.compile(r";\s+|\n|(?<=\)),\s+")
_BESIDE_NAME = re.compile(r"(?P<name>[^\d,;]{5,}?)\s+(?P<room>\d\S*(?: [^\d,;]{2,30})?)")
"""A name with the number of a room and a building behind it: «Dr. Ann Lee 3333 Gerdin»."""
_SHARE = re.compile(r"\d{1,3}\s*%")
_LONGEST_HOURS = 60
_LONGEST_YEAR = 30
"""Characters of a year that is none of four figures: «25/26 уч. год»."""
_SHORTEST_CITY = 4
"""Letters of a name in capitals from which on it is that of a city, not an abbreviation."""
_LONGEST_STUDY_FORM = 6
"""Words of a form of study that holds none of the known words."""
_NO_VALUES = frozenset({"meta", "other"})
"""What labels name that is no data of a course."""
_LONGEST_LABEL = 3
"""Words before the first name of a line that says who made a paper."""
_ASIDE_END = re.compile(r"\s*\([^()]*\)$")
_BEHIND_CODE = languages.expression(r"(?<=\d)[.;,]\s+(?=[@A@][@a@]|[@a@]\.)")
"""What stands behind a code on its line: «UPP 3214. Spring term»."""
_LABELS = languages.expression(r"\s*/\s*|,\s+|\s+(?:@also@)\s+", re.IGNORECASE)
"""What parts several labels in a cell, «Code and cycle»,"""
_VALUES = re.compile(r"\s*/\s*|,\s+")
"""and their values beside it."""
_NAMES_CITY = languages.expression(r"(?:[@a@]{1,5}\.?\s+)?[@A@][@a@]{2,}(?:[ -][@A@][@a@]{2,})?(?:\s+[@a@]{1,8}\.?)?")
"""A name of a city with the word for one before or behind it; «т.ғ.к.» is none."""
_LONGEST_COLON = 6
"""Words of the label before a colon on such a line: «Teacher of special subjects who made it: …»."""
_BESIDE_MAIL = 6
"""Words beside an address and what is known of its owner; more are a sentence."""
_LETTERED = 4
"""Where a label begins at most, behind a letter or a number: «b. Prerequisites: …»."""


def _received(text: str) -> dict[str, str]:
    """When a teacher receives, and the room behind it: «Friday, 11:00-12:30, room 5-12»."""
    parts = text.split(", ")
    rooms = [room_of(part) is not None for part in parts]
    ends = [at for at in range(1, len(parts)) if rooms[at] != rooms[at - 1]]
    if len(ends) != 1:
        return {"office_hours": text}
    first, last = ", ".join(parts[: ends[0]]), ", ".join(parts[ends[0] :])
    room, hours = (first, last) if rooms[0] else (last, first)
    return {"office_hours": hours, "room": room_of(room) or room} if hours_of(hours) else {"office_hours": text}


def _is_data(parts: Sequence[str]) -> bool:
    """Whether a code stands before another value of a course rather than its title: «MUS 774 · Spring 2026»."""
    taken = sum(value.letters for value in of_form(parts[1])) if len(parts) > 1 else 0
    return taken * 2 > sum(map(str.isalnum, parts[1])) if taken else False


def parts_of(text: str) -> Iterator[str]:
    """The parts of a line of a title page, each of which may be a value."""
    dashed = _DASHED.split(text)
    parts = dashed if len(dashed) > _DASHES and any(any(institutions(part)) for part in dashed) else [text]
    for part in (one for each in parts for one in _PARTS.split(each)):
        if part and part.strip():
            yield part.strip()


_CODED = re.compile(r"[^\W\d_]\w*\(\)|\)\)|[=<>!]=|[{};]$")
"""What a line of a program holds and no value of a course: «n = int(input())»."""


LINE = 90
"""Characters of a title page's line, at most, that a full stop or a colon ends."""


def _is_stated(one: Segment) -> bool:
    """Whether a line among those of a title page is text: a long line that ends as text does, or several sentences
    without a value of the course."""
    text = one.text
    several = NEXT_SENTENCE.search(text) is not None and ends_as_sentence(text)
    return (several and not (one.data or any(of_line(text)))) or (text.endswith((".", ":")) and len(text) > LINE)


def _counts_several(value: str) -> bool:
    """Whether a value gives hours of several kinds of classes and nothing else: «24 classroom, 96 shop»."""
    given = of_value(value).get("hours")
    return isinstance(given, dict) and len(given) > 1


_TERMS = 3
"""Lines of a term and its meaning from which they are no lines of a title page."""


class Front:
    """Hears lines of a course's data; what is heard is claimed."""

    def __init__(self, source: OutlineSource, detected: AboutCollector) -> None:
        self.source = source
        self.detected = detected
        self.fields = TEXTS
        self.words = words()
        self.plan_heads: dict[int, PlanHead | None] = {}
        """The first paragraph of a table of a plan → the head of the table that it goes on with."""
        self.weeks = 0
        """How many tables hold weeks of classes."""
        self.no_plans: set[int] = set()
        """The first paragraphs of tables that give hours by kind, whose heads may look like those of a plan."""
        self.every = TitleLines()
        self.formed: set[str] = set()
        """Fields whose value its form alone told."""
        self.lessons = 0
        """How many tables are the plan of a lesson."""
        self.lesson_letters = 0
        """The letters of these."""

    # --- a whole title page

    def hear(self, segments: Sequence[Segment], *, title: bool = True) -> list[Segment]:
        """Hear a title page, or contacts (no ``title``); what is text rather than data is handed back."""
        rest: list[Segment] = []
        candidates: list[Segment] = []
        waiting: Segment | None = None
        teachers = len(self.detected.teachers)
        terms = sum(one.term for one in segments) >= _TERMS
        for one in segments:
            below, teachers = teachers < len(self.detected.teachers), len(self.detected.teachers)
            if waiting is not None and self._belongs(waiting, one):
                waiting = None
            elif not one.is_text or grading.of_lines([one.text]) or (terms and one.term):
                rest.append(one)
            elif self.is_signed(one):
                continue
            elif self._awaits(one):
                waiting = one
            elif self.requisites(one):
                continue
            elif (
                self.line(one.piece, head=True)
                or (not title and (self._named(one) or self._reached(one)))
                or (below and any(map(str.isdigit, one.text)) and self._reached(one))
            ):
                if candidates and candidates[-1].at == one.at - 1 and self._is_whose(candidates[-1], one):
                    self._claim(candidates.pop().piece)
            elif len(one.text) > 250 or _is_stated(one) or self._tells(one):
                rest.append(one)
            else:
                candidates.append(one)
        if title:
            self._title(candidates)
            return rest
        return sorted([*rest, *candidates], key=lambda one: one.at)

    def _tells(self, one: Segment) -> bool:
        """Whether a line above a list says how it is to be answered, or is a sentence to the reader: no value and
        no name of a paper or an institution."""
        if self.fields is not TEXTS or not speaks(one.text):
            return False
        if self.words.front("instruction", one.text):
            return True
        return not (one.data or any(of_line(one.text)) or self._institution_word(one.text))

    def requisites(self, one: Segment) -> bool:
        """Hear the courses that a line says this one builds on or leads to; whether it says nothing else."""
        found = requisites.told(one.text) if one.is_text else {}
        for name, courses in found.items():
            self.detected.more(name, tuple(courses))
        if found:
            self._claim(one.piece)
        return bool(found)

    def _reached(self, one: Segment) -> bool:
        """A line of contacts below a name that says where or when its bearer is found: «Hall 214», «Tuesdays 2-4»."""
        named = bool(self.detected.teachers) and "name" in self.detected.teachers[-1]
        if not named or len(one.text) > weights()["limits"]["short"]:
            return False
        values = {"office_hours": hours_of(one.text), "room": room_of(one.text)}
        field = next((name for name, value in values.items() if value), None)
        if field is not None:
            self.detected.teacher_stated(field, values[field] or "")
            self._claim(one.piece)
        return field is not None

    def _is_whose(self, before: Segment, one: Segment) -> bool:
        """Whether the line before a mail or a phone is the name of the one who has them; take it."""
        name = before.text.strip(" .,")
        last = self.detected.teachers[-1] if self.detected.teachers else {}
        reached = MAIL.search(one.text) is not None and "name" not in last
        named = NAME.fullmatch(name) is not None and not self._institution_word(name) and not led_by_code(name)
        if reached and named:
            self.detected.teacher_stated("name", name)
        return reached and named

    def _awaits(self, one: Segment) -> bool:
        """A label whose value stands on the next line."""
        return one.text.endswith(":") and self.kind_of(one.text) in {*VALUES, "title"}

    def _belongs(self, label: Segment, one: Segment) -> bool:
        """Whether a line is the value of the label before it."""
        short = one.is_text and len(one.text) < _CONTACT_VALUE and not one.text.endswith(":")
        return short and not self.labels(one.text) and self.pair(label.text, [label.piece], [one.piece])

    def _named(self, one: Segment) -> bool:
        """A line of contacts that begins with a name: «Marisol Ortega, MSN, RN»."""
        name = NAME.match(one.text)
        if name is None or len(one.text) > _CONTACT_VALUE // 2 or one.text.rstrip()[-1:] in ".:?!":
            return False
        after = one.text[name.end() :].strip()
        if (after and after[0] not in ",(;–—|<") or any(map(self._institution_word, (name[0],))):
            return False
        self._teacher("teacher", one.text)
        self._claim(one.piece)
        return True

    def _institution_word(self, text: str) -> bool:
        return any(self.words.front(kind, text) for kind in ("university", "faculty", "department", "paper"))

    def titled(self, piece: Piece) -> None:
        """Hear the title of the course that stands before the name of a paper on one line: «Botany: Homework 2»."""
        text = piece.text.strip(" :,|–—-")
        if not self._by_form(text):
            self.detected.titles.append((text, Place(self.source.document.file)))
        self.source.stream.texts.claim(piece, "mark", reason="title of the course")

    def is_debris(self, one: Segment) -> bool:
        """Lines to sign on or to fill in."""
        if asks_learner(one.text, self.source.marks):
            return False
        return (_SIGNATURE.search(one.text) is not None and not leaves_gap(one.text)) or (
            self.source.marks.is_approval(one.text) and not QUOTED.search(one.text)
        )

    def is_signed(self, one: Segment) -> bool:
        """Whether a line says nothing but who made a paper, or is to be signed on; it is heard, or set aside."""
        if self._reviews(one.text):
            self.source.aside([one.piece], SIGNED)
            return True
        if self._signs(one):
            self._claim(one.piece)
            return True
        if self._leads(one):
            return True
        if debris := self.is_debris(one):
            self.source.aside([one.piece], SIGNED)
        return debris

    def _leads(self, one: Segment) -> bool:
        """Hear the value that dots lead to from its label, «CREDITS ....... 4», or what its own form tells."""
        found = leaders.parted(one.text)
        if found is None or self.source.marks.is_approval(one.text):
            return False
        label, value = found
        coded = led_by_code(f"{label} {value}")
        detected = self._labelled(one.piece, head=True)
        if not detected and coded == (label, value):
            self.detected.fields.setdefault("code", label)
            self.detected.titles.append((value, Place(self.source.document.file)))
            detected = True
        elif not detected:
            formed = [*of_form(value)]
            self.detected.fields.update({one.name: one.value for one in formed if one.name not in self.detected.fields})
            detected = bool(formed) or (MAIL.search(value) is not None and self._by_form(value))
        if detected and one.piece.parts:
            self._claim(one.piece)
        return detected

    def _reviews(self, text: str) -> bool:
        """Whether a line names one who was asked to review a paper and teaches nothing: «Рецензент: …»."""
        start = " ".join(text.split()[:_LONGEST_LABEL])
        return bool(persons(text)) and self.words.front("reviewer", start)

    def _signs(self, one: Segment) -> bool:
        """Whether a line names nothing but those who made a paper; they are heard. Where it has several labels, each
        says its own: «Lecturer: Ann Lee, professor    Assistant: Tom Ray»."""
        if len(self.labels(one.text)) > 1:
            return self._labelled(one.piece, head=True)
        named = persons(one.text) if len(one.text) < _CONTACT_VALUE else []
        before = one.text.partition(named[0])[0] if named else ""
        label, colon, rest = before.partition(":")
        long = _LONGEST_COLON if colon and not rest.strip() else _LONGEST_LABEL
        if not named or len((label if colon else before).split()) > long:
            return False
        detected = [self._teacher("teacher", each) for each in named]
        return all(detected)

    # --- the title

    def _title(self, candidates: Sequence[Segment]) -> None:
        """The course's title among the lines of a title page that say nothing else."""
        found = course_title.best(candidates, self.every)
        lines, title = found if found is not None else ([], None)
        if title is not None and (over := self._line_over(lines[0], candidates)) is not None:
            lines, title = [over, *lines], replace(title, text=f"{over.text.strip()} {title.text}")
        for one in candidates:
            chosen = any(one is each for each in lines)
            self.source.stream.texts.claim(
                one.piece, "mark" if chosen else "aside", reason="title of the course" if chosen else "title page"
            )
        self._take_title(title)

    def _line_over(self, one: Segment, candidates: Sequence[Segment]) -> Segment | None:
        """The line above a title that a colon ends and that looks as it does: «Human Nutrition:», «From Field to
        Plate»."""
        over = next((each for each in candidates if each.at == one.at - 1), None)
        if over is None or not over.text.rstrip().endswith(":") or self.kind_of(over.text) is not None:
            return None
        look = (over.piece.bold, over.piece.centered, over.piece.size, over.piece.heading)
        alike = look == (one.piece.bold, one.piece.centered, one.piece.size, one.piece.heading)
        return over if alike and not course_title.only_paper(over.text.rstrip(" :")) else None

    def _take_title(self, title: Title | None) -> None:
        if title is not None:
            self.detected.titles.append((title.text, Place(self.source.document.file)))
            self.detected.guessed[title.text] = title.told
            if title.code and ("code" in self.formed or "code" not in self.detected.fields):
                self.detected.fields["code"] = title.code

    def look(self, *, of_class: bool) -> None:
        """Look for the title among the first lines, where no title page or label says it."""
        first = masthead.lines([one for _, one in sorted(self.every.at.items())])
        for one in first:
            self._masthead(one.text)
            self._beside_title(one.text)
        for one in self.every.at.values():
            self._load(one)
        if not self.detected.titles:
            self._take_title(course_title.scan(self.every, of_class=of_class))
        if "code" not in self.detected.fields and (code := course_title.code_beside_paper(self.every)):
            self.detected.fields["code"] = code

    def _load(self, one: Segment) -> None:
        """Hear what a sentence says of the load of the course; the sentence stays what it is."""
        load = of_sentence(one.text) if one.is_text and not one.option else {}
        hours = load.pop("hours", None)
        if isinstance(hours, dict) and not self.detected.hours:
            self.detected.hours.update(hours)
        for name, value in load.items():
            self.detected.fields.setdefault(name, value)

    def _beside_title(self, text: str) -> None:
        """Hear what a line gives in brackets or behind its quotes that no other line said."""
        for value in beside_title.values(text):
            self.detected.fields.setdefault(value.name, value.value)

    def _masthead(self, text: str) -> None:
        """Hear what a line of the head of a document says that no other line said."""
        for kind, name in () if self.source.marks.is_approval(text) else masthead.institutions(text):
            known = str(self.detected.fields.get(kind, ""))
            if not known or (name in known and masthead.says_more(known)):
                self.detected.fields[kind] = name
        if (term := masthead.term(text)) and "semester" not in self.detected.fields:
            self.detected.fields["semester"] = term[0]
            if term[1]:
                self.detected.fields.setdefault("year", term[1])
        if (year := masthead.year(text)) and "year" not in self.detected.fields:
            dated = YEAR.search(str(self.detected.fields.get("semester", "")))
            self.detected.fields.update({} if dated else {"year": year})
        self._teachers_of_masthead(masthead.teachers(text))

    def _teachers_of_masthead(self, names: Sequence[str]) -> None:
        """Hear who teaches by the head of a document, where nobody is known or the head names more beside them."""
        known = [one.get("name", "") for one in self.detected.teachers]
        if not known or (len(names) > len(known) and set(known) <= set(names)):
            for name in (one for one in names if one not in known):
                self._teacher("teacher", name)
            place = {name: at for at, name in enumerate(names)}
            self.detected.teachers.sort(key=lambda one: place.get(one.get("name", ""), len(place)))

    # --- a line

    def labels(self, text: str) -> list[Labelled]:
        """The known labels of a line, with their values."""
        return labelled.labelled(self.source.marks, text)

    def kind_of(self, label: str) -> str | None:
        """The field that a label names."""
        return labelled.kind_of(self.source.marks, label)

    def line(self, piece: Piece, *, head: bool = False) -> bool:
        """Hear one line; whether it said something of the course. In the ``head`` values need no label."""
        if head and piece.parts and (at := self._field_behind_gap(piece.text)):
            first, rest = self.source.stream.texts.cut(piece, at)
            return any([self.line(first, head=True), self.line(rest, head=True)])
        named = piece.style.lower() in _AUTHOR_STYLES and not any(map(str.isdigit, piece.text))  # «Fall 2024»
        is_known = named and self._value("teacher", piece.text)
        is_known = self._labelled(piece, head=head) or is_known
        is_known = is_known or (head and self._lists_hours(piece.text))
        parts = list(parts_of(piece.text)) if not is_known and head else []
        if parts and (not led_by_code(piece.text) or _is_data(parts)):
            detected = [self._by_form(part) for part in parts]
            is_known = all(detected) or (len(parts) > 1 and any(detected))
        if is_known and piece.parts:
            self._claim(piece)
        return is_known

    def _field_behind_gap(self, text: str) -> int:
        """Where a label of a field of texts begins behind a wide gap: «15 points    Prerequisite: …»; 0 without one."""
        found = self.labels(text) if "\t" in text else []
        return next((one.start for one in found if one.kind in TEXTS and text[: one.start].endswith("\t")), 0)

    def _claim(self, piece: Piece) -> None:
        self.source.stream.texts.claim(piece, "mark", part="about", reason="data of the course")

    def _labelled(self, piece: Piece, *, head: bool) -> bool:
        found = self.labels(piece.text)
        if head and not found and self.fields is not TEXTS and (led := part_before(piece.text)):
            return self.run_in(piece, led)
        if found and found[0].kind in (self.fields if head else TEXTS):
            behind = found[0].start < _LETTERED and found[0].value < len(piece.text.rstrip())
            return behind and self.run_in(piece, found[0])
        for part in (piece.text, *(piece.text[one.start : one.end] for one in found)) if found else ():
            self.detected.graded(grading.of_marks(part))
        are_known = [self._said(piece.text, one) for one in found]
        before = piece.text[: found[0].start].strip(" ,;·|") if found else ""
        if any(are_known) and before:
            for part in parts_of(before):
                self._by_form(part)
        return any(are_known)

    def _said(self, text: str, one: Labelled) -> bool:
        """Take what stands behind a label on its line: a value, or hours of several kinds of classes."""
        value = labelled.value_of(text, one)
        return (
            self._hours_behind(value)
            or (self._says_load(one.kind, value) and self._load_of(value))
            or self._value(one.kind, value, text[one.start : one.value])
            or (one.kind == "hours" and self._several("", [], [Piece(value, [])]))
        )

    @staticmethod
    def _says_load(kind: str | None, value: str) -> bool:
        """Whether a label is one of hours, or of credits over a value that counts hours, or «Hours» over several kinds
        of them."""
        several = kind == "office-hours" and hours_of(value) is None and _counts_several(value)
        return kind == "hours" or several or (kind == "credits" and counts_hours(value))

    def _load_of(self, text: str) -> bool:
        """Hear the value of a label for hours or for credits that gives hours: «72 (3 credits)», «80 hours»."""
        load = of_value(text)
        hours = load.pop("hours", None)
        if not isinstance(hours, dict):
            return False
        for kind, amount in hours.items():
            self.detected.hours.setdefault(kind, amount)
        for name, value in load.items():
            self.detected.fields.setdefault(name, value)
        return True

    def _lists_hours(self, text: str) -> bool:
        """Hear a line that gives nothing but hours of several kinds: «Lectures – 15 hours, practice – 30 hours»."""
        given = of_value(text) if counts_hours(text) and len(text) < _CONTACT_VALUE else {}
        hours = given.get("hours")
        return isinstance(hours, dict) and len(hours) > 1 and self._load_of(text)

    def load_alone(self, one: Segment) -> bool:
        """Hear a line under a heading of its own that gives nothing but hours of several kinds."""
        lists_hours = one.is_text and self._lists_hours(one.text)
        if lists_hours:
            self._claim(one.piece)
        return lists_hours

    def _hours_behind(self, text: str) -> bool:
        """Hear «56 (Theory) + 52 (Practical)»: hours of kinds behind one label."""
        pairs = [_PAIR_BEHIND.fullmatch(part.strip()) for part in text.split("+")]
        return len(pairs) > 1 and all(pair is not None and self.hours(pair["name"], pair["n"]) for pair in pairs)

    def run_in(self, piece: Piece, found: Labelled) -> bool:
        """«Prerequisites: BIO 101»: a field of texts on the line of its label."""
        name, value = self.source.stream.texts.cut(piece, found.value)
        self._about(found.kind, [name], [value])
        piece.parts = []
        return True

    def pair(self, label: str, names: Sequence[Piece], values: Sequence[Piece]) -> bool:
        """Hear a label and the value beside or below it, in cells of a table."""
        if self._several(label, names, values):
            return True
        text = "\n".join(piece.text for piece in values).strip()
        kind = self.kind_of(label)
        if kind in ABOUT and values:
            self._about(kind or "", names, values)
            return True
        if text and self._says_load(kind, text) and self._load_of(text):
            self._claim_pair(names, values)
            return True
        amount = kind in {None, "hours"} and self.hours(label, text)
        if not text or not (amount or (kind is not None and self._value(kind, text, label))):
            return False
        self._claim_pair(names, values)
        return True

    def says(self, label: str, value: str) -> bool:
        """Whether a label names a value of the course, and what stands beside it is one, no label of a column."""
        return self.kind_of(label) in VALUES and self.kind_of(value) is None and any(c.isdigit() for c in value)

    def _claim_pair(self, names: Sequence[Piece], values: Sequence[Piece]) -> None:
        self.source.stream.texts.claim(names, "mark", part="about", reason="label")
        self.source.stream.texts.claim(values, "mark", part="about", reason="data of the course")

    def _several(self, label: str, names: Sequence[Piece], values: Sequence[Piece]) -> bool:
        """«Цикл / компонент | БП / ТК»: as many values as labels; «Дәріс – 30; …»: hours of kinds in one cell."""
        text = "\n".join(piece.text for piece in values)
        names_said, parts = _LABELS.split(label.strip(" :")), _VALUES.split(text.strip(" :"))
        kinds = [self.kind_of(one) or self._of_lesson(one) for one in names_said]
        if len(names_said) == len(parts) > 1 and all(kinds) and len(set(kinds)) == len(kinds):
            known = [(kind, part) for kind, part in zip(kinds, parts, strict=True) if kind and kind not in _NO_VALUES]
            are_known = [self._value(kind, part) for kind, part in known]
            detected = bool(are_known) and all(are_known)
        else:
            parted = re.split(r"[;,\n+]|\.\s", text)
            pairs = [
                _PAIR.fullmatch(part.strip(" .")) or _PAIR_BEHIND.fullmatch(part.strip(" ."))
                for part in parted
                if part.strip()
            ]
            pairs.sort(key=lambda pair: pair is not None and self.words.hours(pair["name"]) == "total")
            detected = len(pairs) > 1 and all(pair and self.hours(pair["name"], pair["n"]) for pair in pairs)
        if detected:
            self._claim_pair(names, values)
        return detected

    def _of_lesson(self, label: str) -> str | None:
        """Data of one lesson, which no course has: the form, the day."""
        return "meta" if self.words.lesson(label) == "meta" else None

    def says_hours(self, label: str, text: str) -> bool:
        """Whether a label names a kind of class or work, and the value beside it an amount."""
        return len(label) <= _LONGEST_HOURS and self.words.hours(label) in KINDS and bool(_AMOUNT.fullmatch(text))

    def hours(self, label: str, text: str) -> bool:
        """«Lectures | 10 hours»: hours of a kind of class or of work."""
        kind, amount = self.words.hours(label), _AMOUNT.fullmatch(text)
        if not self.says_hours(label, text) or amount is None:
            return False
        if kind == "total" and not self.detected.hours and text.strip().isdigit() and self.kind_of(label) != "hours":
            return False
        self.detected.hours.setdefault(kind or "", float(amount["n"].replace(",", ".")))
        return True

    def _about(self, kind: str, names: Sequence[Piece], values: Sequence[Piece]) -> None:
        self.source.stream.texts.claim(names, "mark", part="about", reason="label")
        draft = PartDraft("about", name=kind, label=" ".join(piece.text for piece in names).strip(" :") or None)
        draft.fields["body"] = list(values)
        self.detected.hear(self.source, draft)

    # --- values

    def _value(self, kind: str, text: str, label: str = "") -> bool:
        """Take a value under its label; whether it is one. The label of an assistant, or of one who leads a course, is
        the post."""
        text = text.strip(" ;_")
        if not text or _CODED.search(text) or text.count("(") < text.count(")"):
            return False
        if kind == "teacher" and self._institution_word(text) and "," not in text:
            return self._by_form(text)
        if kind in TEACHER:
            return _SHARE.fullmatch(text) is None and self._teacher(kind, text)
        if kind == "assistant":
            return self._teacher("teacher", text, label.strip(" :–—-"))
        return self._plain_value(kind, text)

    def _plain_value(self, kind: str, text: str) -> bool:
        """Take a value of the course itself."""
        fields = self.detected.fields
        text = self._without_values(text) if kind in _LED else text
        match kind:
            case "credits" | "study-year":
                return self._take_amount(kind, text)
            case "component-type":
                if not is_component(text):
                    return False
                fields.setdefault("component", bare(text))
            case "level":
                fields.update(
                    (one.name, one.value)
                    for one in of_form(text)
                    if one.name == "study_year" and one.name not in fields
                )
                return True
            case "year":
                return self._take_year(text)
            case "semester":
                self._take_semester(text)
            case "title" if self._values_alone(text):
                return True
            case "title":
                self.detected.titles.insert(0, (self._without_code(text), Place(self.source.document.file)))
            case "code":
                fields.setdefault("code", bare(self._without_rest(text)))
            case "study-form" if not self._is_study_form(text):
                return False
            case _ if kind in _INSTITUTIONS and self._names_person(text):
                return False
            case _ if kind in _PLAIN:
                fields.setdefault(kind.replace("-", "_"), bare(text))
            case _:
                return False
        return True

    def _is_study_form(self, text: str) -> bool:
        """Whether a value names a form of study; how many classes there are, or what is done in them, is none:
        «Format: twelve lectures of 50 minutes»."""
        short = len(text.split()) <= _LONGEST_STUDY_FORM and not any(map(str.isdigit, text))
        return short or self.words.front("study-form", text)

    def _take_amount(self, kind: str, text: str) -> bool:
        amount = number(text)
        if amount is None or _SUMMED.match(text) or (kind == "study-year" and amount > 8):
            return False
        self.detected.fields.setdefault(kind.replace("-", "_"), amount if kind == "credits" else int(amount))
        return True

    def _take_year(self, text: str) -> bool:
        if len(text) > _LONGEST_YEAR and YEAR.search(text) is None:
            return False
        self.detected.fields.setdefault("year", self._year_of(text))
        return True

    def _take_semester(self, text: str) -> None:
        value = text if _NUMBERED.fullmatch(text) else semester(text) or re.split(r"[,;]\s", text)[0]
        self.detected.fields.setdefault("semester", value)
        if found := school_year(text) or (None if YEAR.search(value) else YEAR.search(text)):
            self.detected.fields.setdefault("year", found[0])

    def _year_of(self, text: str) -> str:
        """A year without the semester beside it, which is taken: «2023-2024, second term»."""
        found = school_year(text)
        beside = _ENUMERATED.split(text) if found else []
        if found is None or len(beside) < 2 or not YEARS.fullmatch(beside[0].strip()):
            return text.rstrip(".")
        for part in beside[1:]:
            if self.words.front("semester", part):
                self.detected.fields.setdefault("semester", semester(part) or part.strip(" ."))
            else:
                self._by_form(part)
        return found[0]

    def _names_person(self, text: str) -> bool:
        """Whether what stands behind the word for an institution is a person: «Department of History — Dr. Ann Lee»."""
        return bool(persons(text)) and not self._institution_word(text)

    def _values_alone(self, text: str) -> bool:
        """Whether what stands under the label of a title is a code with other values: «NSD 7303, 3 ECTS (15 weeks)»;
        they are taken."""
        code, behind = parted(_ASIDE_END.sub("", text))
        if is_code(code):
            self.detected.fields.update({one.name: one.value for one in behind if one.name not in self.detected.fields})
            self.detected.fields.setdefault("code", code)
        return is_code(code)

    def _without_rest(self, text: str) -> str:
        """A code without the values behind it, which are taken: «UPP 3214. Spring term, 2025»."""
        code, *behind = _BEHIND_CODE.split(text, maxsplit=1)
        for part in (one for stated in behind for one in stated.split(", ")):
            self._by_form(part)
        return code

    def _without_code(self, text: str) -> str:
        """A title without the code before it, or in brackets behind it, and without the values of other fields, which
        are taken: «OS 3215 Operating systems», «Food Microbiology · 5 ECTS · Year 3»."""
        code, title = led_by_code(text) or ("", text)
        title, beside = course_title.parted(title)
        title, behind = course_title.without_code(title)
        for part in reversed(beside):
            self._by_form(part)
        if code or behind:
            self.detected.fields.setdefault("code", code or behind)
        return title.strip(' «»“”".')

    def _without_values(self, text: str) -> str:
        """A value without the values of other fields behind it, which are taken."""
        text, behind = parted(text)
        for one in behind:
            self.detected.fields.setdefault(one.name, one.value)
        return text

    def person(self, name: str, stated: Mapping[str, str]) -> None:
        """Take a teacher with what columns of a table say of that person."""
        self._new_teacher(name.strip(), {})
        for field, value in stated.items():
            if value.strip():
                self.detected.teacher_stated(field, value.strip())

    def claim_all(self, pieces: Sequence[Piece]) -> None:
        """Claim the letters of pieces as data of the course."""
        self.source.stream.texts.claim(pieces, "mark", part="about", reason="data of the course")

    def _teacher(self, kind: str, text: str, post: str = "") -> bool:
        """What a label says of a teacher; beside a name, also what else stands there; ``post`` where the label is one.
        Persons parted by semicolons or lines are each one."""
        several = self._several_persons(text) if kind == "teacher" else []
        if several:
            detected = [self._teacher(kind, part, post) for part in several]
            return all(detected)
        is_no_contact = kind in {"email", "phone"} and not any(c.isdigit() or c == "@" for c in text)
        if is_no_contact and (kind == "phone" or len(text) > _LONGEST_MAIL):  # «Phones are a reason to stop the exam»
            return False
        if len(text) > _CONTACT_VALUE * 2:
            return False
        text = self._without_institutions(text) if kind == "teacher" else text
        person = Person(text) if kind != "office-hours" else None
        fields = dict(person.said) if person else _received(text)
        name = fields.pop("name", None)
        if kind == "teacher" and name and (beside := _BESIDE_NAME.fullmatch(name)):
            name = beside["name"]
            fields.setdefault("room", beside["room"])
        if kind == "teacher" and name and any(map(str.isdigit, name)):  # «Рабочее место преподавателя – 1 шт.»
            return False
        if kind == "email" and "email" in fields:
            fields = {field: value for field, value in fields.items() if field not in {"post", "degree"}}
            name = None
        if kind == "teacher":
            fields = {"post": post, **fields} if post and name else fields
            self._new_teacher(name, fields)
        elif name:
            fields.setdefault(TEACHER[kind], text if kind == "room" else name)
        for field, value in fields.items():
            self.detected.teacher_stated(field, value)
        return (bool(fields) or name is not None) and not self._tells_more(
            text, detected=[*fields.values(), name or ""]
        )

    @staticmethod
    def _several_persons(text: str) -> list[str]:
        """The persons that a value names, where they are more than one."""
        parts = [part for part in _PERSONS.split(text) if part.strip()]
        named = (NAME.match(part) and len(part.split()) > 1 and not room_of(part.split(", ")[0]) for part in parts)
        if len(parts) > 1 and all(named):
            return parts
        titled = persons(text)
        return titled if len(titled) > 1 else []

    def _without_institutions(self, text: str) -> str:
        """What is said of a teacher without the institutions named behind: «Орлова А. П., кафедра почв»."""
        first, *behind = text.split(", ")
        cities = [part for part in behind if self.words.front("city", part) and _NAMES_CITY.fullmatch(part)]
        for city in cities:
            self._place(city)
        behind = [part for part in behind if part not in cities]
        named = {part: [*institutions(part)] for part in behind}
        for value in (one for values in named.values() for one in values):
            self.detected.fields.setdefault(value.name, value.value)
        return ", ".join([first, *(part for part in behind if not named[part])])

    def _is_label(self, name: str) -> bool:
        """Whether what stands in the place of a name is a label of what is said of teachers."""
        first = name.split(maxsplit=1)[0]
        whole = NAME.fullmatch(name) is not None and self.words.about(name, least=1.0) not in TEACHER
        if whole and not self.words.begins_label(first):  # «Ines Calloway», «Callum Wray» begin no call
            return False
        return self.words.about(first if whole else name) in TEACHER

    def _new_teacher(self, name: str | None, stated: dict[str, str]) -> None:
        name = name.strip(" :/,;|") if name is not None else None
        if not name or self._is_label(name) or any(institutions(name)):  # «Instructor Information»
            return
        waiting = (
            self.detected.teachers.pop() if self.detected.teachers and "name" not in self.detected.teachers[-1] else {}
        )
        before = len(self.detected.teachers)
        self.detected.new_teacher(name, stated.get("post"))
        if len(self.detected.teachers) > before:
            self.detected.teachers[-1].update(waiting)

    def _by_form(self, part: str) -> bool:
        """Values that their own form tells; whether the line says little else."""
        if self._is_spoken(part):
            return True
        if (printed := _PRINTED.fullmatch(part)) and not is_name("month", fold(printed["city"])):
            self.detected.fields.setdefault("year", printed["years"] or printed["printed"])
            self.detected.fields.setdefault("city", printed["city"])
            return True
        taught = self._teaching(part)
        if not taught and MAIL.search(part):
            return self._teacher("teacher" if NAME.match(part) else "email", part)
        if self._phone(part):
            return True
        if len(part) >= weights()["limits"]["data"]:
            for value in institutions(part):
                self.detected.fields.setdefault(value.name, value.value)
            return taught
        for kind, institution in beside_institution(part):
            self._value(kind, institution)
        taken = 0
        for value in of_line(part):
            name = self._institution(str(value.value)) if value.name == "university" else value.name
            if name not in self.detected.fields:
                self.formed.add(name)
            self.detected.fields.setdefault(name, value.value)
            taken += value.letters
        mostly_values = taken * 2 > sum(c.isalnum() for c in part)
        return mostly_values or taught or self._place(part) or self._person(part)

    @staticmethod
    def _tells_more(text: str, detected: Iterable[str]) -> bool:
        """Whether a text with an address says more than who is reached by it: what is sent there, when and how."""
        if not MAIL.search(text):
            return False
        for value in sorted(detected, key=len, reverse=True):
            text = text.replace(value, " ")
        return sum(any(map(str.isalpha, word)) for word in MAIL.sub(" ", text).split()) > _BESIDE_MAIL

    def _institution(self, stated: str) -> str:
        """The field of an institution. Of two, «Institute of Finance», «Steppe University», the lesser is a part of the
        other, and so is a «School of …» in what is known for the university, which may change its field."""
        fields, front = self.detected.fields, self.words.front
        known = str(fields.get("university", stated))
        if known == stated or front("faculty", stated):
            return "university" if known == stated else "faculty"
        if front("university-itself", stated) and not front("university-itself", known):
            part = self._part_of_university(known)
            if part != "university":
                fields[part], fields["university"] = fields["university"], stated
            return part
        return self._part_of_university(stated) if front("university-itself", known) else "university"

    def _part_of_university(self, stated: str) -> str:
        """The field of an institution that is a part of a university, where it has no value."""
        front = self.words.front
        part = "department" if front("department", stated) and not front("faculty", stated) else "faculty"
        return part if part not in self.detected.fields else "university"

    def values(self, text: str, kind: str) -> None:
        """Take the value of a kind that a text gives by its form; the text stays what it is."""
        for one in of_form(text):
            if one.name == kind.replace("-", "_"):
                self.detected.fields.setdefault(one.name, one.value)

    def _phone(self, part: str) -> bool:
        """A number alone, or with an aside in brackets, is the phone of the teacher named before."""
        phone = PHONE.match(part)
        rest = ASIDE.sub("", part[phone.end() :]).strip(" .") if phone else part
        if phone is None or rest or not self.detected.teachers or YEARS.match(part):
            return False
        self.detected.teacher_stated("phone", phone[0].strip())
        return True

    def spoken(self, piece: Piece) -> bool:
        """Hear a paragraph that says who teaches and where that person is found."""
        is_spoken = bool(piece.parts) and self._is_spoken(piece.text)
        if is_spoken:
            self._claim(piece)
        return is_spoken

    def _is_spoken(self, text: str) -> bool:
        """Sentences that say who teaches and where that person is found."""
        people = contact.named_with_mails(text)
        for name, facts in people:
            self._new_teacher(name, facts)
            for field, value in facts.items():
                self.detected.teacher_stated(field, value)
        if people:
            return True
        fields = contact.spoken(text)
        if len(fields) < 2:
            return False
        self._new_teacher(fields.pop("name", None), {})
        for field, value in fields.items():
            self.detected.teacher_stated(field, value)
        return True

    def _teaching(self, part: str) -> bool:
        """«аға оқытушы Ж. Оразбаева», «Dr. Ruth Abernathy», «…, read by prof. A. Lee»: a person with a post; whether
        the line says little else."""
        named = persons(part)
        detected = [self._teacher("teacher", one) for one in named]
        if any(detected):
            return QUOTED.search(part) is None
        if len(part) > 90 or not self.words.front("post", part) or self.words.front("paper", part):
            return False
        if NAME.search(part) is None or (part.endswith((".", ":")) and INITIALS.search(part) is None):
            return False
        return self._teacher("teacher", part)

    def _person(self, part: str) -> bool:
        """A line that is a name and nothing else."""
        plain = len(part) < 45 and NAME.fullmatch(part) and part.lower().endswith(languages.words("surname"))
        counted = part[:1].isascii() and not part[-1:].isascii()  # «I. Микроэкономика»
        if (INITIALS.fullmatch(part) and not counted) or (plain and not self.words.labels(part)):
            self.detected.new_teacher(part)
            return True
        return False

    def _place(self, part: str) -> bool:
        """«Караганда, 2021», «г. Алматы», a year alone."""
        year = YEAR.search(part)
        bare_text = YEAR.sub("", part).strip(" ,.–—-")
        city = self.words.front("city", part) and not _CITY_WORDS.isdisjoint(fold(part).split())
        name = _CITY.sub("", bare_text)
        if name and self.words.about(name, least=1.0) in _NO_VALUES:  # «Год набора 2024»
            return False
        if year and not YEARS.search(part) and (not bare_text or re.fullmatch(r"[^\W\d_]+(?:[- ][^\W\d_]+)?", name)):
            self.detected.fields.setdefault("year", year[0])
        if year and not bare_text:
            return True
        abbreviated = name.isupper() and len(name) < _SHORTEST_CITY  # «ЭК - 2025»
        named = all(word[:1].isupper() for word in name.split()) and bool(name) and not abbreviated
        if year and named and is_name("month", fold(name)):  # «Февраль 2026»
            return True
        if (year or city) and re.fullmatch(r"[^\W\d_]+(?:[- ][^\W\d_]+)?", name) and named:
            self.detected.fields.setdefault("city", name)
            return True
        return False
