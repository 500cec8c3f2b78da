"""The parts of a document, one after another, as its markers open them: a walk over the pieces, nothing built yet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack import languages
from coursepack.model.document import Listing
from coursepack.outline.blocks import ListMark, list_mark
from coursepack.outline.drafts import ABOUT, AREAS, SESSIONS, Draft
from coursepack.outline.marks import Mark, Marks, fold
from coursepack.outline.pieces import Piece, Stream
from coursepack.outline.points import looks_like_text, split_items

_SENTENCE_START = re.compile(r"[.!?:;]\s+")
_HOURS = languages.expression(
    r"[\[(]\s*(\d+(?:[.,]\d+)?)\s*(?:@academic-hours@\.?\s*)?(?:@hours@|@hours-short@)\.?\s*[\])]\.?$", re.IGNORECASE
)
# Headings that end a list of questions though nothing but their words tells them.
_AFTER_EXAM = frozenset({*AREAS, "literature", "toc", "tickets", "assignments"})
_TEXTS = frozenset({"lecture", "foreword", "introduction", "area", "about"})
_KEY = re.compile(r"\d{1,3}\s*(?:[-–.):]\s*)?[^\W\d_](?!\w)")
CLASSES = ("seminar", "practical", "laboratory")
_DATE = languages.expression(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}\s*(?:@date-mark@\.?)?\.?")
_INSTITUTION = re.compile(languages.pattern("institution"))
_ANSWER = languages.expression(r"[*+]?\s*\(?[@A:answer-letters-few@][).]\s|[+–-]\s*\S|<variant|ANSWER", re.IGNORECASE)
_ASKS = re.compile(languages.pattern("asks"))
_SEMINAR = re.compile(languages.pattern("seminar-word"))


class Walk:
    """One walk over a stream. ``start`` is the kind of session that a document without markers begins with."""

    def __init__(self, stream: Stream, marks: Marks, *, start: str | None = None, syllabus: bool = False) -> None:
        self.stream = stream
        self.texts = stream.texts
        self.marks = marks
        self.syllabus = syllabus
        self.drafts: list[Draft] = []
        self.aside: list[tuple[Piece, str]] = []
        self.loose: list[tuple[Piece, str]] = []
        self.pieces = [part for piece in stream.pieces for part in self._unglued(piece)]
        self.found = [[] if piece.object is not None else marks.find(piece.text) for piece in self.pieces]
        self.start = start
        self.lecture_kind = "lecture" if start in {"seminar", "practical", "laboratory"} else self._lecture_kind()
        self.numbered_lectures = self._lecture_places()
        self.area = start or "front"
        self.draft: Draft = Draft("front")
        self.drafts.append(self.draft)
        self.field = "body"
        self.week: int | None = None
        self.unit: list[Piece] = []
        self.own_parts: dict[str, list[Draft]] = {}
        self.pending = False
        self._counted: tuple[list[Piece], int, int, int] = ([], 0, 0, 0)
        if start in {"exam", "tests", "glossary"} and not self._headed_list(start):
            self._open(Draft(start), "body")
            self.area = start
        elif start == "assignments":
            self._open(Draft("assignment-list"), "body")
            self.area = start
        if start in SESSIONS:
            self._open(Draft(start), "body")
            self.pending = not self.numbered_lectures and start == "lecture"

    def _unglued(self, piece: Piece) -> list[Piece]:
        """«Раздел III. … Лекция 5. …» on one line: the unit and the lecture."""
        if piece.object is not None or len(piece.text) > 300:
            return [piece]
        if not any(mark.kind in {"unit", "week"} and mark.group == "numbered" for mark in self.marks.find(piece.text)):
            return [piece]
        for found in _SENTENCE_START.finditer(piece.text):
            marks = self.marks.find(piece.text[found.end() :])
            if any(mark.kind == "lecture" and mark.group == "numbered" for mark in marks):
                unit, lecture = self.texts.cut(piece, found.end())
                lecture.glued = False
                return [unit, lecture]
        return [piece]

    # --- looking ahead ------------------------------------------------------------------------------------------------

    def _lecture_kind(self) -> str:
        """What opens a lecture here: «lecture», else «topic», else «week» where weeks come before any class."""
        kinds = [mark.kind for found in self.found for mark in found[:1] if mark.group == "numbered"]
        for kind in ("lecture", "topic"):
            if kinds.count(kind):
                return kind
        for found in self.found:
            for mark in found[:1]:
                if mark.kind in AREAS or (mark.group == "numbered" and mark.kind in SESSIONS):
                    return "lecture"
                if mark.group == "numbered" and mark.kind == "week":
                    return "week"
        return "unit" if kinds.count("unit") > 1 and self.start in {None, "lecture"} else "lecture"

    def _lecture_places(self) -> list[int]:
        """Where lectures open: with weeks for lectures, only as far as a list of classes begins."""
        places: list[int] = []
        for at, found in enumerate(self.found):
            if self.lecture_kind == "week" and any(m.kind in AREAS and m.whole for m in found):
                break
            if self._opens_lecture(found):
                places.append(at)
        return places

    def _headed_list(self, start: str) -> bool:
        """Whether the list's own heading follows, and before it nothing but a title page."""
        for piece, found in zip(self.pieces[:25], self.found, strict=False):
            if any(mark.group == "heading" and mark.kind == start and mark.whole for mark in found):
                return True
            if piece.object is not None or piece.text.endswith("?") or list_mark(piece) is not None:
                return False
        return False

    def _opens_lecture(self, found: Sequence[Mark]) -> bool:
        return any(mark.group == "numbered" and mark.kind == self.lecture_kind for mark in found)

    def _last_lecture(self, at: int) -> bool:
        return not any(index > at for index in self.numbered_lectures)

    # --- the walk -----------------------------------------------------------------------------------------------------

    def run(self) -> list[Draft]:
        """All drafts in order; the first holds what stood before any marker."""
        at = self._title_page()
        self.aside.extend((piece, "title page") for piece in self.pieces[:at])
        while at < len(self.pieces):
            piece, found = self.pieces[at], self.found[at]
            self.at = at
            if self._asked(piece, found) or not any(self._take(at, piece, mark) for mark in found):
                self._plain(at, piece)
            at += 1
        return self.drafts

    def _title_page(self) -> int:
        """How many pieces stand before «Тема: …» or «Лекция 3» on the title page of one meeting's own file."""
        if self.start not in SESSIONS:
            return 0
        for at, piece in enumerate(self.pieces[:30]):
            opens = any(
                (mark.group == "numbered" and mark.kind in {*SESSIONS, "topic"})
                or (mark.group == "field" and mark.kind == "title" and not mark.whole)
                for mark in self.found[at]
            )
            if opens:
                before = self.pieces[:at]
                headed = any(_INSTITUTION.search(fold(one.text)) for one in before)
                plain = all(self.marks.names_paper(one.text) or self.marks.is_approval(one.text) for one in before)
                return at if headed or plain else 0
            if self.found[at] or (piece.object is None and looks_like_text(piece)):
                return 0
        return 0

    def _open(self, draft: Draft, name: str) -> None:
        draft.week = draft.week if draft.week is not None else self.week
        self.drafts.append(draft)
        self.draft = draft
        self.field = name
        self.pending = False

    def _take(self, at: int, piece: Piece, mark: Mark) -> bool:
        if mark.group in {"heading", "field"} and self._counts_on(piece, mark):
            return False
        taken = self._taken(at, piece, mark)
        if taken and mark.group in {"heading", "field"}:
            own = list_mark(piece) if piece.object is None else None
            self.section = own.value if own else 0
        return taken

    section = 0

    def _counts_on(self, piece: Piece, mark: Mark) -> bool:
        """Whether what reads like a heading is the next item of a numbered list: «2. Keys» after «1. Tables»."""
        items = self.draft.get(self.field)
        own = list_mark(piece) if piece.object is None else None
        if own is None or not own.value or not items or not mark.whole or piece.text.endswith(":"):
            return False
        before = list_mark(items[-1]) if items[-1].object is None else None
        same = before is not None and (before.kind, before.value) == (own.kind, own.value - 1)
        return same and not (self.section and own.value == self.section + 1)

    def _taken(self, at: int, piece: Piece, mark: Mark) -> bool:
        match mark.group:
            case "numbered":
                return self._numbered(at, piece, mark)
            case "label":
                return self._labelled(piece, mark)
            case "heading":
                return self._headed(at, piece, mark)
            case _:
                return self._fielded(at, piece, mark)

    def _asked(self, piece: Piece, found: Sequence[Mark]) -> bool:
        """Whether a piece is an item of an exam list, whatever word it begins with.

        Its number goes on from the item before, or begins anew; or the list has no numbers and nothing sets it apart.
        """
        items = self.draft.get("body")
        if self.draft.kind != "exam" or piece.object is not None or not found:
            return False
        known = {draft.number for draft in self.drafts if draft.kind == "lecture"}
        if found[0].kind == "topic" and found[0].group == "numbered" and list_mark(piece) is None:
            return self.start == "exam" or found[0].number in known
        if found[0].kind in {"question", "unit"} or (items and self._number_alone(items[-1])):
            return True
        mark = list_mark(piece)
        marks = [one for item in items if item.object is None and (one := list_mark(item))]
        if mark is not None and not mark.value:
            return bool(marks)
        if mark is not None:
            last = next((one.value for one in reversed(marks) if one.value), 0)
            head = list_mark(self.draft.opened) if self.draft.opened and self.draft.opened.object is None else None
            if head is not None and head.value and mark.value == head.value + 1:
                return mark.value == last + 1 and not piece.gap and not piece.text.endswith(":")
            return mark.value in {last + 1, 1}
        if not items or marks or any(self._number_alone(item) for item in items[:2]):
            return False
        spaced = piece.gap and not all(item.gap for item in items[1:])
        telling = spaced or piece.text.endswith(":") or piece.text.isupper()
        return not telling and found[0].group in {"heading", "field"} and found[0].kind not in _AFTER_EXAM

    def _number_alone(self, piece: Piece) -> bool:
        """«Вопрос 3:» alone on a line."""
        return piece.object is None and any(
            one.kind == "question" and one.whole and one.group == "numbered" for one in self.marks.find(piece.text)
        )

    def _split(self, piece: Piece, mark: Mark, reason: str) -> Piece | None:
        """Claim the marker's own letters for the draft; what follows them, or None."""
        if mark.whole:
            self.draft.marks.append((piece, reason))
            return None
        head, tail = self.texts.cut(piece, mark.end)
        self.draft.marks.append((head, reason))
        return tail if tail.text else None

    # --- numbered markers ---------------------------------------------------------------------------------------------

    def _numbered(self, at: int, piece: Piece, mark: Mark) -> bool:
        kind = mark.kind
        if kind == "meeting":
            kind = next((one for one in (self.area, self.start) if one in CLASSES), "practical")
        if self.area in {"tests", "glossary"} and kind in {"topic", "unit", "practical"}:
            return False
        if kind == "ticket":
            return self._ticket(piece, mark)
        if kind == "unit" and (self.lecture_kind != "unit" or self.draft.kind not in {"front", "part", *_TEXTS}):
            return False
        if kind == "week":
            return self._week(piece, mark)
        if (
            kind == "topic"
            and self.area in {"seminar", "practical", "laboratory"}
            and (self.lecture_kind != "topic" or self.area != self.start)
        ):
            if (
                self.draft.kind == self.area
                and self.draft.number is not None
                and not self.draft.title
                and not self.draft.fields
            ):
                return self._title_of(piece, mark)
            return self._session(piece, mark, self.area)
        if kind == self.lecture_kind and kind in {"lecture", "topic", "unit"}:
            if self.area == "assignments" and kind == "topic":
                return False
            return self._session(piece, mark, "lecture")
        if kind == "topic":
            if self.draft.kind in SESSIONS and not self.draft.title and not self.draft.get("body"):
                return self._title_of(piece, mark)
            return False
        if kind in SESSIONS:
            return self._session(piece, mark, kind)
        return False

    def _title_of(self, piece: Piece, mark: Mark) -> bool:
        rest = self._split(piece, mark, "topic number")
        if rest is not None:
            self.draft.title.append(rest)
            self.pending = False
        else:
            self.pending = True
        return True

    def _session(self, piece: Piece, mark: Mark, kind: str) -> bool:
        trailing = self._trailing_units() if kind == "lecture" else []
        if trailing:
            self.unit = trailing
        if (
            self.start == kind
            and self.drafts[-1].kind == kind
            and self.drafts[-1].opened is None
            and not self.drafts[-1].pieces()
        ):
            self.drafts.pop()
        week = self.week
        draft = Draft(kind, mark.number, hours=mark.hours, opened=piece, language=piece.language)
        draft.week = week
        draft.unit = self.unit if kind == "lecture" else []
        self._open(draft, "body")
        self.area = kind
        rest = self._split(piece, mark, f"{kind} number")
        self._take_title(rest)
        return True

    def _take_title(self, rest: Piece | None) -> None:
        """What follows a session's number: its unit, its title after «Тақырыбы:», its title."""
        while rest is not None:
            inner = next(
                (
                    m
                    for m in self.marks.find(rest.text)
                    if m.kind in {"unit", "title"} and m.group in {"numbered", "field"}
                ),
                None,
            )
            if inner is None and self._title_and_plan(rest):
                return
            if inner is None:
                self.draft.title.append(self._without_hours(rest))
                self.pending = False
                return
            if inner.kind == "unit":
                self.draft.unit = [rest]
                self.unit = [rest]
                rest = None
            else:
                rest = self._split(rest, inner, "«topic»")
        self.pending = not self.draft.title

    def _title_and_plan(self, piece: Piece) -> bool:
        """«Тіл саясаты. Жоспары: 1. …»: the plan on the title's own line."""
        for found in _SENTENCE_START.finditer(piece.text):
            marks = self.marks.find(piece.text[found.end() :])
            inner = next((m for m in marks if m.group == "field" and m.kind == "outline" and m.rest), None)
            if inner is not None and (inner.label or "").startswith(":"):
                title, plan = self.texts.cut(piece, found.end())
                plan.glued = False
                self.draft.title.append(self._without_hours(title))
                return self._fielded(self.at, plan, inner)
        return False

    def _without_hours(self, title: Piece) -> Piece:
        """A title without the hours in brackets at its end, which the session takes."""
        found = _HOURS.search(title.text)
        if found is None or not found.start():
            return title
        self.draft.hours = float(found[1].replace(",", "."))
        kept, hours = self.texts.cut(title, found.start())
        self.draft.marks.append((hours, "hours"))
        return kept

    def _trailing_units(self) -> list[Piece]:
        """Headings «Раздел II. …» just before a session: they open the unit that it stands in."""
        pieces = self.draft.fields.get(self.field, [])
        for count in (1, 2):
            if len(pieces) >= count:
                piece = pieces[-count]
                found = [] if piece.object is not None else self.marks.find(piece.text)
                unit = next((m for m in found if m.kind == "unit" and m.group == "numbered"), None)
                if unit and len(piece.text) < 200 and (count == 1 or unit.whole):
                    taken = pieces[-count:]
                    del pieces[-count:]
                    return taken
        return []

    def _week(self, piece: Piece, mark: Mark) -> bool:
        if (
            self.area in {"seminar", "practical", "laboratory"}
            and self.draft.kind in {self.area, "area"}
            and (self.lecture_kind != "week" or self.draft.kind == "area" or self.week_list)
        ):
            self.week = mark.number
            draft = Draft(
                self.area,
                mark.number,
                week=mark.number,
                week_said=True,
                opened=piece,
                hours=mark.hours,
                language=piece.language,
            )
            self.week_list = True
            self._open(draft, "topics" if self.area == "seminar" else "body")
            rest = self._split(piece, mark, "week number")
            if rest is not None:
                self.draft.title.append(rest)
            return True
        if self.area == "assignments":
            self.week = mark.number
            self.week_in_list = mark.number
            rest = self._split(piece, mark, "week number")
            found = self.marks.find(rest.text) if rest else []
            inner = next((m for m in found if m.group == "label"), None)
            if rest is not None and inner is not None:
                return self._labelled(rest, inner)
            if rest is not None:
                self._assignment_item(rest)
            return True
        if self.area in {"exam", "tests", "glossary", "literature"}:
            return False
        if self.lecture_kind == "week":
            self.week = mark.number
            return self._session(piece, mark, "lecture")
        self.unit = self._trailing_units() or self.unit
        self.week = mark.number
        draft = Draft("week", mark.number, week=mark.number, opened=piece, language=piece.language)
        self._open(draft, "title")
        rest = self._split(piece, mark, "week number")
        self.area = "lecture"
        if rest is not None:
            # «Week 1. Laboratory 1. …»: the class on the week's own line.
            inner = next((m for m in self.marks.find(rest.text) if m.group == "numbered" and m.kind in SESSIONS), None)
            if inner is not None and inner.number is not None:
                return self._session(rest, inner, inner.kind)
            draft.title.append(rest)
        return True

    at = 0
    week_list = False
    week_in_list: int | None = None

    def _ticket(self, piece: Piece, mark: Mark) -> bool:
        draft = Draft("ticket", mark.number, opened=piece, language=piece.language)
        self._open(draft, "body")
        self.area = "tickets"
        rest = self._split(piece, mark, "ticket number")
        if rest is not None:
            draft.add("body", rest)
        return True

    # --- assignments --------------------------------------------------------------------------------------------------

    def _labelled(self, piece: Piece, mark: Mark) -> bool:
        if self.area in {"exam", "tests", "glossary"} and mark.number is None and not mark.whole:
            return False
        if (
            self.area == "exam"
            and not mark.whole
            and self.draft.get("body")
            and mark.number is not None
            and piece.label
        ):
            return False
        supervised = mark.kind == "supervised"
        inside = self.draft.kind in SESSIONS
        if mark.whole and mark.number is None:
            draft = Draft(
                "assignment-list", label=mark.label, supervised=supervised, opened=piece, language=piece.language
            )
            draft.week = self.draft.week if inside else None
            draft.name = "in-session" if inside and not self._last_of_sessions() else ""
            if inside:
                draft.number = self.draft.number
            week = draft.week
            draft.parent = self.draft if inside and draft.name else None
            self._open(draft, "body")
            draft.week = week
            if not draft.name:
                self.area = "assignments"
                self.week = None
            self._split(piece, mark, "heading")
            return True
        listed = self.area == "assignments" and self.week_in_list is not None
        week = self.draft.week if not listed and (inside or self.draft.kind == "assignment") else self.week_in_list
        if mark.number is not None and not listed and not self.start and self.draft.number != mark.number:
            week = None  # «СРС 1» after the second seminar is that of the first week
        session_number = self.draft.number if inside else None
        draft = Draft(
            "assignment", mark.number, label=mark.label, supervised=supervised, opened=piece, language=piece.language
        )
        draft.hours = mark.hours
        draft.week = week
        if inside and (self.start or mark.number is None):
            draft.parent = self.draft
        elif self.draft.kind == "assignment":
            draft.parent = self.draft.parent
        if mark.number is None and session_number is not None:
            draft.name = "in-session"
        self.drafts.append(draft)
        self.draft, self.field, self.pending = draft, "body", False
        draft.week = week
        rest = self._split(piece, mark, "task number" if mark.number else "heading")
        if rest is not None:
            draft.add("body", rest)
        return True

    def _last_of_sessions(self) -> bool:
        """Whether a heading of tasks after a session begins a list of its own: no session follows, none had tasks."""
        kind = self.draft.kind
        if kind not in SESSIONS:
            return True
        if self.start in SESSIONS and sum(d.kind == kind and d.opened is not None for d in self.drafts) < 2:
            return False
        number = self.draft.number or 0
        wanted = self.lecture_kind if kind == "lecture" or self.draft.parent is not None else kind
        follows = any(
            mark.group == "numbered"
            and (mark.kind == wanted or (self.week_list and mark.kind == "week" and (mark.number or 0) > number))
            for found in self.found[self.at + 1 :]
            for mark in found[:1]
        )
        before = any(d.name == "in-session" and d.kind.startswith("assignment") for d in self.drafts)
        return not follows and not before

    def _assignment_item(self, piece: Piece) -> None:
        head = next((d for d in reversed(self.drafts) if d.kind == "assignment-list"), None)
        draft = Draft(
            "assignment", None, label=head.label if head else None, supervised=head.supervised if head else False,
            week=self.week_in_list, opened=piece, language=piece.language,
        )  # fmt: skip
        self.drafts.append(draft)
        self.draft, self.field, self.pending = draft, "body", False
        draft.add("body", piece)

    # --- headings -----------------------------------------------------------------------------------------------------

    def _headed(self, at: int, piece: Piece, mark: Mark) -> bool:
        kind = mark.kind
        if len(piece.text) > 170 and mark.whole:
            return False
        if kind in ABOUT:
            return self._about(at, piece, mark)
        if not mark.whole:
            return kind == "answers" and self._keys(piece, mark)
        if kind in {"foreword", "introduction", "conclusion"}:
            fits = self._part_fits(at, kind)
            if not fits and self.draft.kind in SESSIONS and self.field == "body":
                piece.is_heading = True  # of a section of the lecture
                self.own_parts.setdefault(kind, []).append(self.draft)
            return fits and self._part(piece, kind)
        if kind == "toc":
            return self._contents(piece)
        if kind in AREAS:
            return self._area(piece, mark, AREAS[kind])
        if kind == "ticket":
            return self._ticket(piece, mark) if self._several(kind) else False
        if kind in {"exam", "tests", "tickets", "answers", "glossary"}:
            return self._list(at, piece, kind)
        if kind == "assignments":
            self._open(Draft("assignment-list", opened=piece, language=piece.language), "body")
            self.area = "assignments"
            self._split(piece, mark, "heading")
            return True
        return False

    def _several(self, kind: str) -> bool:
        """Whether a heading comes back: «Емтихандық билет» over each ticket."""
        return sum(any(m.kind == kind and m.whole for m in found) for found in self.found) > 1

    def _keys(self, piece: Piece, mark: Mark) -> bool:
        """«Жауаптары: 1-B, 2-A» after a test."""
        if self.area != "tests" or not _KEY.match(mark.rest):
            return False
        draft = Draft("answers", opened=piece, language=piece.language)
        self._open(draft, "body")
        rest = self._split(piece, mark, "heading")
        if rest is not None:
            draft.add("body", rest)
        return True

    def _part_fits(self, at: int, kind: str) -> bool:
        """A foreword and an introduction stand before the first lecture, a conclusion after the last of several."""
        if self.start in SESSIONS:
            return False
        if kind == "conclusion":
            own = self.own_parts.get(kind, [])
            if own and not any(draft is self.draft for draft in own) and self.draft.kind == "lecture":
                return False  # each lecture has its own
            return len(self.numbered_lectures) > 1 and self._last_lecture(at)
        return not any(draft.kind == "lecture" and draft.opened is not None for draft in self.drafts)

    def _contents(self, piece: Piece) -> bool:
        if self.draft.kind in SESSIONS:
            return False
        self.aside.append((piece, "table of contents"))
        return True

    def _list(self, at: int, piece: Piece, kind: str) -> bool:
        """A list of questions, tests, tickets, keys or terms under its heading."""
        if (
            kind in {"tests", "glossary", "answers"}
            and self.area == "exam"
            and list_mark(piece)
            and len(piece.text) > 60
        ):
            return False
        written = self.draft.kind in SESSIONS and self.field == "body" and bool(self.draft.get("body"))
        if kind == "glossary" and written and not piece.gap and not self._last_lecture(at):
            return False
        if kind == "tests" and self.draft.kind in SESSIONS and not self._answers_follow(at):
            return False
        draft = Draft(kind, title=[piece], opened=piece, language=piece.language)
        self._open(draft, "body")
        self.area = "tests" if kind in {"tests", "answers"} else kind
        return True

    def _answers_follow(self, at: int) -> bool:
        """Whether answers to choose from stand below a heading «Тест»."""
        near = self.pieces[at + 1 : at + 12]
        return any(_ANSWER.match(f"{piece.label or ''} {piece.text}".strip()) for piece in near if piece.object is None)

    def _about(self, at: int, piece: Piece, mark: Mark) -> bool:
        kind = mark.kind
        in_session = self.draft.kind in SESSIONS or self.draft.kind == "assignment"
        named = mark.whole and any(stem in fold(piece.text) for stem in languages.words("reading"))
        if (
            kind in {"basic", "additional", "internet"}
            and self.area != "literature"
            and not self.syllabus
            and not named
        ):
            return False
        if in_session and self.draft.kind in SESSIONS and not self.syllabus:
            if kind == "literature" and mark.whole and self._closes_course(at):
                return self._open_about(piece, mark)
            return False
        if not mark.whole and not (mark.label or "").startswith(":") and not self.syllabus:
            return False
        if self.area in {"exam", "tests"} and kind != "literature" and not named:
            return False
        return self._open_about(piece, mark)

    def _closes_course(self, at: int) -> bool:
        """A list of literature after the last lecture of several, where no lecture before had its own."""
        several = len(self.numbered_lectures) > 1
        earlier = any(
            draft.get("literature") for draft in self.drafts if draft.kind in SESSIONS and draft is not self.draft
        )
        return several and self._last_lecture(at) and not earlier

    def _open_about(self, piece: Piece, mark: Mark) -> bool:
        draft = Draft("about", name=mark.kind, opened=piece, language=piece.language)
        draft.title = [] if mark.rest else [piece]
        self._open(draft, "body")
        self.area = "literature" if mark.kind in {"literature", "basic", "additional", "internet"} else "about"
        if mark.rest:
            rest = self._split(piece, mark, "heading")
            if rest is not None:
                draft.add("body", rest)
        return True

    def _part(self, piece: Piece, kind: str) -> bool:
        draft = Draft(kind, opened=piece, language=piece.language)
        self._open(draft, "body")
        self.area = "part"
        draft.title = [piece]
        return True

    def _area(self, piece: Piece, mark: Mark, kind: str) -> bool:
        draft = Draft("area", name=kind, opened=piece, language=piece.language)
        self.week = None
        self.week_list = False
        self._open(draft, "body")
        draft.week = None
        self.area = kind
        self._split(piece, mark, "heading")
        return True

    # --- fields of a session ------------------------------------------------------------------------------------------

    def _fielded(self, at: int, piece: Piece, mark: Mark) -> bool:
        self._back_to_session(mark)
        draft = self.draft
        if draft.kind not in SESSIONS:
            return False
        match mark.kind:
            case "title":
                return self._titled(piece, mark)
            case "kind":
                return self._kind(piece, mark)
            case "topics":
                return self._inner_seminar(piece, mark)
        kind = self._field_of(piece, mark)
        if kind is None:
            return False
        if kind == "keywords":  # they keep the words that name them
            draft.add(kind, piece)
            self.field = kind if mark.whole else "body"
            return True
        self.field = "body" if kind == "text" else kind
        self.pending = False
        if not draft.title and draft.get("body") and kind in {"outline", "topics", "aims", "outcomes", "review"}:
            self._title_from_body(draft)
        rest = self._split(piece, mark, "heading")
        if rest is not None:
            self._run_in(rest)
        return True

    def _back_to_session(self, mark: Mark) -> None:
        """Review questions, a plan or literature after a task inside a session belong to the session."""
        inside = self.draft.kind in {"assignment", "assignment-list"} and self.draft.name == "in-session"
        if inside and mark.whole and mark.kind in {"review", "literature", "outline"}:
            self.draft = next((d for d in reversed(self.drafts) if d.kind in SESSIONS), self.draft)

    def _titled(self, piece: Piece, mark: Mark) -> bool:
        if self.draft.kind == "lecture" and _SEMINAR.search(fold(piece.text[: mark.end])):
            return self._inner_seminar(piece, mark, named=True)
        if self.draft.title and self.draft.opened is None and not self.draft.fields and not mark.whole:
            self.aside.extend((one, "title page") for one in self.draft.title)
            self.draft.title = []  # what stood first was no title: it comes now, after its own word
        if self.draft.title or (mark.whole and piece.text.rstrip()[-1:] not in ":."):
            return False
        rest = self._split(piece, mark, "heading")
        if rest is None:
            self.pending = True
        else:
            self._take_title(rest)
        return True

    def _field_of(self, piece: Piece, mark: Mark) -> str | None:
        """Which field of the session a heading opens; None when it is a heading of the text itself."""
        draft, kind = self.draft, mark.kind
        written = sum(len(p.text) for p in (*draft.get("body"), *draft.get("text"))) > 900
        told = any(looks_like_text(p) for p in draft.get("body"))
        if kind == "outline" and draft.kind == "lecture" and (written or told):
            return "review" if mark.whole and _ASKS.search(fold(piece.text[: mark.end])) else None
        asked = draft.kind == "laboratory" or draft.get("topics") or draft.get("tasks")
        if draft.kind != "lecture" and (kind == "outline" or (kind == "review" and not asked)):
            return "topics"
        short = mark.whole and len(piece.text) < 12 and not piece.text.rstrip().endswith(":")
        if kind in {"tasks", "text", "equipment", "keywords"} and short and written:
            return None
        if kind == "review" and mark.rest and not (mark.label or "").startswith((":", ".")):
            return None
        return kind

    def _title_from_body(self, draft: Draft) -> None:
        body = draft.get("body")
        if len(body) <= 2 and all(piece.object is None and not looks_like_text(piece) for piece in body):
            draft.title.extend(body)
            body.clear()

    def _run_in(self, rest: Piece) -> None:
        """Items that follow a heading on its own line: «Жоспары: 1. … 2. …»."""
        if self.field in {"outline", "topics", "review", "outcomes"}:
            for piece in split_items(rest, self.texts):
                self.draft.add(self.field, piece)
        else:
            self.draft.add(self.field, rest)

    def _kind(self, piece: Piece, mark: Mark) -> bool:
        draft = self.draft
        if draft.title or draft.get("body"):
            return False
        if mark.whole and (self.start not in SESSIONS or draft.opened is not None):
            return False
        if mark.whole:
            self._split(piece, mark, "heading")
            self.pending = True
            return True
        rest = self._split(piece, mark, "heading")
        self._take_title(rest)
        return True

    def _inner_seminar(self, piece: Piece, mark: Mark, *, named: bool = False) -> bool:
        """«Семинар: …» inside a lecture; ``named`` when what follows is its title."""
        draft = self.draft
        if draft.kind in CLASSES and mark.whole and not named and not draft.get("topics"):
            self.field, self.pending = "topics", False
            self._split(piece, mark, "heading")
            return True
        plain = mark.whole and not piece.text.rstrip().endswith((":", ".")) and not piece.gap and not piece.bold
        if draft.kind != "lecture" or (plain and not named):
            return False
        week = draft.week
        made = Draft("seminar", draft.number, opened=piece, language=piece.language, name="in-session", parent=draft)
        self._open(made, "topics")
        made.week = week
        rest = self._split(piece, mark, "heading")
        after = self.pieces[self.at + 1] if self.at + 1 < len(self.pieces) else None
        listed = list_mark(after) if after is not None and after.object is None else None
        heads = rest is not None and list_mark(rest) is None and listed is not None and listed.value == 1
        if rest is not None and (named or heads):
            made.title = [rest]
        elif rest is not None:
            self._run_in(rest)
        return True

    # --- everything else ----------------------------------------------------------------------------------------------

    def _plain(self, at: int, piece: Piece) -> None:
        draft = self.draft
        if piece.object is None and self._is_remark(piece):
            self.aside.append((piece, "editor's remark"))
            return
        if _DATE.fullmatch(piece.text) and not draft.get("body"):
            self.aside.append((piece, "date"))
            return
        if self.pending and piece.object is None:
            self.pending = False
            unit = next((m for m in self.found[at] if m.kind == "unit"), None)
            if unit is not None and draft.kind == "lecture":
                draft.unit = [piece]
                self.pending = True
                return
            if not looks_like_text(piece) and len(piece.text) < 250:
                draft.title.append(piece)
                return
        if (
            self.area == "assignments"
            and draft.kind in {"assignment-list", "assignment"}
            and draft.name != "in-session"
        ):
            mark = None if piece.object is not None else list_mark(piece)
            if draft.kind == "assignment-list" or (mark is not None and draft.label is None):
                if (mark is not None and mark.value) or draft.kind == "assignment-list":
                    number = mark.value if mark and mark.value else None
                    self._assignment_item(piece)
                    self.draft.number = number
                    return
            elif (
                mark is not None
                and mark.value
                and draft.number is not None
                and mark.value == draft.number + 1
                and self.week_in_list is None
            ):
                self._assignment_item(piece)
                self.draft.number = mark.value
                return
        if self.syllabus and draft.kind == "about" and self._names_section(piece):
            opened = Draft("about", name="other", title=[piece], opened=piece, language=piece.language)
            self._open(opened, "body")
            return
        self._move_on(piece)
        draft.add(self.field, piece)

    @staticmethod
    def _names_section(piece: Piece) -> bool:
        """A heading of a syllabus that no list of markers knows."""
        text = piece.text
        if piece.object is not None or len(text) > 110 or text.endswith((".", ":", ";", "?", "!", ",")):
            return False
        return piece.heading is not None or (piece.bold and piece.content is not None)

    def _is_remark(self, piece: Piece) -> bool:
        text = piece.text
        if not (text.startswith("(") and text.endswith(")")) or len(text) > 200:
            return False
        folded = fold(text)
        return any(word in folded for word in self.marks.remark)

    def _move_on(self, piece: Piece) -> None:
        """Leave a field of short items when text begins."""
        items = self.draft.get(self.field)
        if not items or self.draft.kind not in SESSIONS:
            return
        mark = None if piece.object is not None else list_mark(piece)
        if self.field in {"outline", "review"} and self._items_end(piece, mark, items):
            self.field = "body"
        told = self.field == "aims" and items[-1].object is None and items[-1].text.endswith(".") and items[0].glued
        if told and mark is None and piece.object is None and len(piece.text) > 100:
            self.field = "body"  # the aim was said on the line of its heading
        about = self.field in {"outcomes", "aims", "keywords"} and self.draft.kind == "lecture"
        if about and mark is None and (len(piece.text) > 300 or (piece.gap and looks_like_text(piece))):
            listed = all(item.object is None and list_mark(item) for item in items)
            if listed or len(piece.text) > 300:
                self.field = "body"

    def _marks_of(self, items: list[Piece]) -> tuple[int, int]:
        """How many items have a mark, and the highest: each is looked at once while their list grows."""
        known, seen, number, last = self._counted
        if known is not items or seen > len(items):
            seen = number = last = 0
        for item in items[seen:]:
            if item.object is None and (found := list_mark(item)):
                number, last = number + 1, max(last, found.value)
        self._counted = (items, len(items), number, last)
        return number, last

    def _items_end(self, piece: Piece, mark: ListMark | None, items: list[Piece]) -> bool:
        """Whether a piece is no further point or question after ``items``."""
        marks, last = self._marks_of(items)
        if piece.object is not None:
            return not (self.field == "review" and isinstance(piece.object, Listing))
        if mark is not None:
            if self.field == "review":
                return not mark.value and last > 0  # bullets after numbers: the outline
            return 0 < mark.value <= last and not piece.label
        if piece.text.rstrip().endswith("?"):
            return False
        if marks == len(items):
            return True
        if looks_like_text(piece) or (marks and piece.gap):
            return len(piece.text) > 200 or self.field == "outline" or (piece.gap and bool(marks))
        return False
