"""Labels: what each section is, by the words of its heading, the shape of its content and its place.

Each rule adds to a label's score (``weights.toml``); the best one is taken where it reaches ``least``. The runner-up
and its distance are kept, for what is unsure is reported.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from coursepack import languages
from coursepack.outline.bank.key_text import is_key
from coursepack.outline.points import speaks
from coursepack.outline.tree import alone, grade_shares, produced
from coursepack.outline.tree.alike import members, shared_counts, speaks_of_several
from coursepack.outline.tree.common import mark_labels
from coursepack.outline.tree.ordinals import HeadingNumber
from coursepack.outline.tree.people import MAIL, NAME
from coursepack.outline.tree.sections import (
    LIFTED,
    OUTER,
    PAPERS,
    PRACTICAL,
    SESSIONS,
    OutlineSection,
    Series,
    heads_text,
    holds_works,
    names_term,
)
from coursepack.outline.tree.shape import LONG, Shape, is_prose, shape, tells
from coursepack.outline.tree.signals import _LABELLED, AREA_OF, AREAS, LABEL_STYLE, Segment, title_before, weights
from coursepack.outline.tree.titles import calls_paper
from coursepack.outline.tree.words import FULL, examines, words
from coursepack.outline.tree.work import begins_work

IN_SESSION = (
    "outline", "aims", "outcomes", "equipment", "text", "review", "tasks", "homework", "summary", "keywords",
    "glossary", "literature", "basic", "additional", "internet", "tests", "answers", "marking", "assignments",
)  # fmt: skip
IN_COURSE = (
    "description", "course-aim", "objectives", "outcomes", "prerequisites", "postrequisites", "grading", "policy",
    "plan", "literature", "basic", "additional", "internet", "exam", "tickets", "tests", "answers", "glossary",
    "assignments", "foreword", "introduction", "conclusion", "toc", "contact", "approval", *sorted(AREAS),
)  # fmt: skip
# What the marker lists call otherwise.
_ALIKE = {"topics": "outline", "title": ""}
_Add = Callable[[str, str, float], None]
# What the words of a class's parts name where no class stands around them, and how sure they must be.
_OF_COURSE = {"keywords": ("glossary", 0), "aims": ("course-aim", 8)}
_OF_SYLLABUS = frozenset(
    {"outcomes", "grading", "policy", "prerequisites", "plan", "course-aim", "objectives", "contact"}
)
"""Parts that a paper of a whole course has."""
_OF_PLANS = frozenset({"grading", "policy", "contact"})
"""Those that plans of seminars and manuals of works end with as well."""
_WORKED = PRACTICAL | {"seminar"}
_AGAIN = 2
_NAMED, _TITLED = 4, 8
_PROSE = 0.6
_MOST_OF = 0.5
_TERMS = 3
_SEVERAL = 2
_OF_CLASS = frozenset({*IN_SESSION}) - LIFTED
_STATED = 20
_PARTS = {"basic": "literature", "additional": "literature", "internet": "literature"}


def label(root: OutlineSection, *, session: str | None = None) -> None:
    """Label every section below ``root``; ``session``: the whole document is one class of that kind."""
    _name_units(root)
    if session is None:
        _repeated_parts(root)
    _groups_of_list(root)
    _question_topics(root)
    _lift(root)
    mark_labels(root)
    root.label = session or root.label
    _report(root)
    for child in root.children:
        _label(child, inside=session is not None)
    _agree(root)
    _name_meetings(root)
    _problems_behind(root)
    _terms_below(root)
    _repeated_lists(root)
    _repeated_orders(root)
    _books_to_read(root)
    if session is None:
        _part_lists(root)


def _problems_behind(root: OutlineSection) -> None:
    """«Задачи» behind the questions of an exam are problems of it, no aims of the course."""
    for section in root.walk():
        for before, child in itertools.pairwise(section.children):
            problems = child.head is not None and child.head.labels.get("tasks", 0) >= FULL
            if before.label == "exam" and child.label == "objectives" and problems:
                child.label = "exam"


def _terms_below(root: OutlineSection) -> None:
    """Headings that are terms over their meanings, below the bare heading of a glossary or behind it and as deep, are
    its own; without them it may be labelled nothing, since nothing stands in it."""
    for section in root.walk():
        found: list[OutlineSection] = []
        for child in section.children:
            last = found[-1] if found else None
            if last is not None and _is_bare_glossary(last) and child.label is None and names_term(child):
                last.children.append(child)
                child.parent = last
            else:
                found.append(child)
        section.children = found
        for child in found:
            if _is_bare_glossary(child) and sum(map(names_term, child.children)) >= _SEVERAL:
                child.label = "glossary"


def _is_bare_glossary(section: OutlineSection) -> bool:
    """Whether a heading over nothing but headings names a glossary."""
    if section.own or section.head is None or section.label not in {None, "glossary", "keywords"}:
        return False
    known = any(mark.whole and mark.kind == "glossary" for mark in section.head.marks)
    return section.label == "glossary" or known or section.head.labels.get("glossary", 0) >= _NAMED


def _name_units(root: OutlineSection) -> None:
    """«Part I. Lectures, … Part V. Literature»: units whose titles mostly name parts of a course are these parts."""
    units: defaultdict[int, list[OutlineSection]] = defaultdict(list)
    for section in root.walk():
        if section.series is not None and section.series.kind == "unit" and section.counted is not None:
            units[id(section.series)].append(section)
    for beside in units.values():
        names_by_title = [_said_by_title(one) for one in beside]
        papers = sum(map(_is_paper_of_course, beside)) + sum(
            max(names.values(), default=0) >= _TITLED for names in names_by_title
        )
        if papers * 2 > len(beside) > 1 or _hold_lists(beside, names_by_title):
            for one, names in zip(beside, names_by_title, strict=True):
                one.series = None
                if one.head is not None:
                    one.head.labels = names | _area(one)


def _hold_lists(units: Sequence[OutlineSection], stated: Sequence[Mapping[str, int]]) -> bool:
    """Whether units are the parts of an assessment: one that is called a test holds answers to choose from, one that is
    called the exam is a list, and none is text."""
    listed = {
        name
        for one, names in zip(units, stated, strict=True)
        for name in ("tests", "exam")
        if names.get(name, 0) >= _NAMED and not one.children and _is_list_of(name, one.own)
    }
    return len(listed) > 1 and not any(is_prose(line) for one in units for line in one.own)


def _is_list_of(name: str, own: Sequence[Segment]) -> bool:
    found = shape(own)
    return found.options > 0.3 if name == "tests" else found.items > _MOST_OF


def _is_paper_of_course(section: OutlineSection) -> bool:
    """Whether the title of a unit is the name of a paper of the whole course: «Part I. Syllabus»."""
    head, counted = section.head, section.counted
    return head is not None and counted is not None and words().front("course-paper", head.text[counted.end :])


def _said_by_title(section: OutlineSection) -> dict[str, int]:
    """The parts of a course that the title of a unit names."""
    if section.head is None or section.counted is None:
        return {}
    names = words().labels(section.head.text[section.counted.end :])
    return {name: value for name, value in names.items() if name in IN_COURSE}


def _area(section: OutlineSection) -> dict[str, int]:
    """The list of classes that a section is which holds nothing but classes of one kind."""
    kinds = {child.series.kind if child.series is not None else None for child in section.children}
    area = AREA_OF.get(next(iter(kinds)) or "") if len(kinds) == 1 and not section.own else None
    return {area: _STATED} if area is not None else {}


def is_named(section: OutlineSection, *, surely: bool = False) -> bool:
    """Whether a section's own words name a part of a course; ``surely``: a title page may name it by chance."""
    evidence = sum(
        section.reasons.get(name, 0) for name in ("words", "known words", "course.toml", "a list of classes")
    )
    return section.label is not None and evidence >= (_TITLED if surely else _NAMED)


def _repeated_parts(root: OutlineSection) -> None:
    """Sections that are alike as classes are members of a series, though nothing counts them."""
    several = speaks_of_several(root)
    for section in list(root.walk()):
        plain = members(section, several=several)
        if plain and not any(_names(one) for one in plain):
            series = Series("lecture", "alike", {})
            counts: Sequence[HeadingNumber | None] = shared_counts(plain) or [None] * len(plain)
            for one, count in zip(plain, counts, strict=True):
                one.series, one.counted = series, count


def _groups_of_list(root: OutlineSection) -> None:
    """Put parts that «Block 1» counts inside the heading before them that names a list, questions or terms, which all
    that they hold belongs to: they are no parts of the course."""
    for section in list(root.walk()):
        kept: list[OutlineSection] = []
        for child in section.children:
            if kept and _is_group(kept[-1], child):
                kept[-1].children.append(child)
                child.parent = kept[-1]
            else:
                kept.append(child)
        section.children = kept


def _is_group(over: OutlineSection, child: OutlineSection) -> bool:
    if over.head is None or over.series is not None or over.own or child.series is None or child.children:
        return False
    if child.series.kind != "unit":
        return False
    terms = [one.term for one in child.own]
    if (
        terms
        and over.head.labels.get("glossary")
        and (sum(terms) >= _MOST_TERMS * len(terms) or (over.children and terms[0]))
    ):
        child.series = None
        return True
    return _names_asking(over) and _asks_alone(child.own)


_MOST_TERMS = 0.6


def _question_topics(root: OutlineSection) -> None:
    """Topics that hold questions and nothing else are seminars: those that «Topic 1» counts, and the headings under
    one that names questions which are no exam's."""
    counted: defaultdict[int, list[OutlineSection]] = defaultdict(list)
    for section in root.walk():
        if section.series is not None and section.series.form == "mark topic":
            counted[id(section.series)].append(section)
        plain = [one for one in section.children if one.series is None or one.series.kind == "unit"]
        if len(plain) == len(section.children) and not section.own and _names_asking(section) and _all_ask(plain):
            series = Series("seminar", "asked", {})
            for one in plain:
                one.series, one.counted = series, _number_before(one) or one.counted
    for topics in counted.values():
        if _all_ask(topics) and topics[0].series is not None:
            topics[0].series.kind = "seminar"


def _number_before(section: OutlineSection) -> HeadingNumber | None:
    """The number of a section that stands before the title of a class: «2.1 Causes»."""
    head = section.head
    if head is None:
        return None
    return next((one for one in head.counted if not one.words and one.end < len(head.text)), None)


def _names_asking(section: OutlineSection) -> bool:
    names = section.head.labels if section.head is not None else {}
    return names.get("review", 0) >= max(_NAMED, names.get("exam", 0) + 1)


def _all_ask(sections: Sequence[OutlineSection]) -> bool:
    """Whether each of several sections begins with questions and holds nothing else of its own."""
    return len(sections) > 1 and all(_asks_alone(one.own) for one in sections)


def _asks_alone(own: Sequence[Segment]) -> bool:
    questions = [one.asks is not None and one.mark is not None and one.mark.value > 0 for one in own]
    return len(own) > 1 and all(questions) and any(one.asks == "question" for one in own)


def _agree(root: OutlineSection) -> None:
    """Equal headings get equal labels: the one that most of their score speaks for."""
    alike: defaultdict[str, list[OutlineSection]] = defaultdict(list)
    for section in root.walk():
        if section.head is not None and section.head.repeated > 1 and section.series is None and not section.said:
            alike[section.head.folded.rstrip(" .:")].append(section)
    for sections in alike.values():
        votes: Counter[str] = Counter()
        for one in sections:
            if one.label:
                votes[one.label] += one.score
        if votes and votes.most_common(1)[0][1] * 2 > sum(votes.values()):
            best = votes.most_common(1)[0][0]
            for one in sections:
                one.label = best


def _name_meetings(root: OutlineSection) -> None:
    """Meetings under a heading that names a list of classes are of its kind: «For talking over in groups»."""
    kinds = {area: kind for kind, area in AREA_OF.items()}
    for section in root.walk():
        kind = kinds.get(section.label or "")
        for child in section.children:
            if kind and child.series is not None and child.series.kind == "meeting":
                child.series.kind = kind
            if kind and child.label == "meeting":
                child.label = kind


_DONE = frozenset({"seminar", "practical", "laboratory", "meeting"})


def _repeated_lists(root: OutlineSection) -> None:
    """Lists under a heading that comes back in classes other than lectures, in words that nothing names: the first in
    its class is what is talked about, a later one what is to be done."""
    for section in root.walk():
        if section.series is None or section.series.kind not in _DONE:
            continue
        inner = [one for one in section.walk() if one is not section]
        named = {child.label for child in inner}
        if (
            section.series.kind == "seminar"
            and "outline" not in named
            and (questions := _first_asked(inner)) is not None
        ):
            questions.label, questions.nearest, questions.reasons = (
                "outline",
                "outline",
                {"the first list of a seminar": _TITLED},
            )
            named.add("outline")
        lists = [child for child in inner if child.label is None and _is_list_again(child)]
        for child in lists:
            if _is_said_little(child):
                child.label = child.nearest
                continue
            first = "outline" not in named and section.series.kind != "laboratory"
            child.label, child.nearest, child.score = "outline" if first else "tasks", "a list again", _TITLED
            child.reasons = {"a list that comes back": _TITLED}
            named.add(child.label)


def _repeated_orders(root: OutlineSection) -> None:
    """What stands in seminars under a heading that comes back, in words that nothing names, behind the points to talk
    about: tasks, where most of them say what to do."""
    alike: defaultdict[str, list[OutlineSection]] = defaultdict(list)
    for section in root.walk():
        if section.series is None or section.series.kind != "seminar":
            continue
        listed = [at for at, one in enumerate(section.children) if one.label in {"outline", "review"}]
        for child in section.children[listed[0] + 1 :] if listed else ():
            head = child.head
            unnamed = child.label is None or (child.label == "review" and head is not None and not head.labels)
            asks = any(one.text.endswith("?") for one in child.own)
            if head is not None and head.repeated > 1 and unnamed and not (asks or child.children or child.series):
                alike[head.folded.rstrip(" .:")].append(child)
    for sections in alike.values():
        if sum(any(one.asks == "task" for one in each.own) for each in sections) * 2 > len(sections):
            for each in sections:
                each.label, each.nearest, each.score = "tasks", "orders again", _TITLED
                each.reasons = {"orders under a heading that comes back": _TITLED}


_FOR_NEXT = frozenset({"homework", "assignments"})


def _in_class(section: OutlineSection) -> bool:
    return section.parent is not None and section.parent.series is not None and section.parent.series.kind in SESSIONS


def _books_to_read(root: OutlineSection) -> None:
    """What a class sets for the next time is its literature where all of it are books: «Before you come» over one."""
    for section in root.walk():
        alone = section.label in _FOR_NEXT and _in_class(section) and not section.children
        if alone and section.own and all(one.book for one in section.own):
            section.label = "literature"


def _first_asked(inner: Sequence[OutlineSection]) -> OutlineSection | None:
    """The list of questions that a seminar begins with, under words that do not name it, before other parts: what is
    talked about."""
    first = inner[0] if len(inner) > 1 else None
    head = first.head if first is not None else None
    if first is None or head is None or first.label != "review" or first.said:
        return None
    if head.labels.get("review", 0) >= _TITLED:  # «Questions to argue about» are no «Review questions»
        return None
    return first if _is_list_again(first) and any(one.label not in {None, "review"} for one in inner[1:]) else None


def _is_list_again(section: OutlineSection) -> bool:
    head = section.head
    plain = head is not None and head.repeated > 1 and section.series is None and not section.children
    items = list(itertools.takewhile(lambda one: one.is_text and one.mark is not None, section.own))
    rest = section.own[len(items) :]
    return plain and bool(items) and all(one.is_text and (":" in one.text or title_before(one)) for one in rest)


def describe(root: OutlineSection) -> None:
    """Label the first part of a course that nothing names, and that is text, as what a document opens with: its
    description, if none is named, or a foreword."""
    if any(one.label == "description" for one in root.walk()) or any(map(is_prose, root.own)):
        return
    first = _first_of_course(root)
    if first is None or first.head is None or first.label is not None or first.said:
        return
    texts = [one for one in first.own if one.is_text]
    led = all(one.label is not None for one in first.children)
    if texts and led and len(texts) == len(first.own) and sum(map(tells, texts)) * 2 > len(texts):
        name = opens_with(root)
        first.label, first.nearest, first.score = name, name, weights()["label"]["least"]
        first.reasons = {"the first text": first.score}


def opens_with(root: OutlineSection) -> str:
    """What the text before the first class is: of a paper of texts or works alone the foreword or the introduction, of
    any other the description of the course."""
    members = [one for one in root.walk() if one.series is not None and one.series.kind in SESSIONS]
    with_content = [one for one in members if len(one.everything()) > 1]
    works = sum(one.series is not None and one.series.kind in _WORKED for one in members) * 2 > len(members)
    of_syllabus = _OF_SYLLABUS - _OF_PLANS if works else _OF_SYLLABUS
    if (
        len(with_content) * 3 < len(members) * 2
        or len(with_content) < _SEVERAL
        or any(one.label in of_syllabus for one in root.walk())
    ):
        return "description"
    return "introduction" if works else "foreword"


def _first_of_course(section: OutlineSection) -> OutlineSection | None:
    """The first section with content of its own that stands in no class."""
    for child in section.children:
        found = None if child.series is not None else child if child.own else _first_of_course(child)
        if found is not None or child.series is not None:
            return found
    return None


def _label(section: OutlineSection, *, inside: bool) -> None:
    if section.said is not None:
        section.label, section.score, section.margin = section.said, _STATED, _STATED
        section.reasons = {"course.toml": _STATED}
        if section.said == "none":
            section.label = None
        inside = inside or section.label in SESSIONS
    elif section.series is not None:
        section.label, section.score, section.margin = section.series.kind, _STATED, _STATED
        inside = section.series.kind in SESSIONS or _is_class(section)
    else:
        least = weights()["label"]["least-inside" if inside else "least"]
        _choose(section, IN_SESSION if inside else IN_COURSE, least)
        if inside and section.label is None and _is_said_again(section):
            section.label = section.nearest
        inside = inside or section.label in SESSIONS
    for child in section.children:
        _label(child, inside=inside)


def _is_said_little(section: OutlineSection) -> bool:
    """Whether the words of a heading alone say a little of what it names, and nothing else of it is as likely."""
    weight = weights()["label"]
    evidence = section.reasons.get("words", 0)
    return evidence >= weight["least-again"] and section.score == evidence and section.margin >= weight["margin"]


def _is_said_again(section: OutlineSection) -> bool:
    """Whether the words of a heading alone say a little of what it names, and it comes back in other classes, which
    makes it surer."""
    return section.head is not None and "each" in section.head.why and _is_said_little(section)


def _is_class(section: OutlineSection) -> bool:
    """A chapter, a week or a unit that holds no classes is one itself."""
    inner = (one for one in section.walk() if one is not section and one.series is not None)
    return (
        section.series is not None
        and section.series.kind in OUTER
        and not any(one.series is not None and one.series.kind in SESSIONS for one in inner)
    )


def _choose(section: OutlineSection, allowed: Iterable[str], least: int) -> None:
    if section.head is not None and section.head.mark is not None and section.head.repeated == _AGAIN:
        return  # a point of the plan, as a heading of the text
    if section.head is not None and (calls_paper(section.head) or _titles_class(section)):
        return  # «Lesson plan», «Assessment pack»
    scores, reasons = scored(section, allowed)
    if "exam" in reasons and _only_holds(section):
        scores = {name: score for name, score in scores.items() if set(reasons[name]) != {"shape"}}
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    if not ranked:
        return
    best, score = ranked[0]
    best = _of_books(section, best, allowed)
    others = [(name, value) for name, value in ranked[1:] if _PARTS.get(name, name) != _PARTS.get(best, best)]
    section.reasons = reasons.get(best, {})
    section.score, section.nearest = score, best
    section.runner = others[0][0] if others else None
    section.margin = score - (others[0][1] if others else 0)
    if score >= least:
        section.label = best


def _titles_class(section: OutlineSection) -> bool:
    """Whether a heading whose words name nothing stands right below the number of a class: it is its title."""
    over, head = section.parent, section.head
    if over is None or head is None or over.head is None or over.counted is None or over.own or head.labels:
        return False
    member = over.series is not None and over.series.kind in SESSIONS
    return member and over.counted.end >= len(over.head.text.rstrip()) and over.children[0] is section


def _of_books(section: OutlineSection, best: str, allowed: Iterable[str]) -> str:
    """Which list of books it is beside another one, where all words of a heading say so: «Further reading»."""
    named = section.head.labels if best == "literature" and section.head is not None else {}
    beside = section.parent.children if section.parent is not None and named.get("literature") else []
    others = [one for one in beside if one is not section and one.head is not None]
    if not any(max(map(one.head.labels.get, _BASIC, (0, 0)), default=0) >= _NAMED for one in others if one.head):
        return best
    least = max(named["literature"], FULL)
    kinds = [name for name in _PARTS if name in allowed and named.get(name, 0) >= least]
    return kinds[0] if len(kinds) == 1 else best


_BASIC = ("basic", "literature")


def _only_holds(section: OutlineSection) -> bool:
    """Whether a section has nothing of its own over several headings, so that their shapes together say nothing."""
    headed = [one for one in section.children if one.series is None]
    return len(headed) > 1 and not any(one.is_text and one.text for one in section.own)


def scored(section: OutlineSection, allowed: Iterable[str]) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """The score of each label that a section may have, and the reasons of each score."""
    reasons: dict[str, Counter[str]] = {name: Counter() for name in allowed}

    def add(name: str, why: str, value: float) -> None:
        if name in reasons and round(value):
            reasons[name][why] += round(value)

    _by_words(section.head, reasons, add)
    found = shape(_content(section))
    if section.children:  # shares of the mark somewhere inside make no section the grading
        own = shape(section.own)
        found = replace(found, percents=own.percents, shares=own.shares)
    practical = _is_practical(section) or _says_tasks(reasons) or ("review" in reasons and _only_orders(found, reasons))
    for name, worth in _by_shape(found, does=practical, inside="text" in reasons).items():
        add(name, "shape", worth)
    if practical and "text" in reasons and (found.asks * found.does >= 0.5 or _lists_steps(section)):
        add("tasks", "orders", reasons["text"].total())  # «Method», «Main part» over what is to be done
    if "text" in reasons and _is_practical(section) and _counts_steps(section):
        add("tasks", "numbered steps", weights()["label"]["steps"])
    listed = len(section.own) > 1 and all(one.mark is not None for one in section.own[:2])
    _by_what_is_said(section, found, reasons, add)
    if "tasks" in reasons and _lists_outcomes(section):
        reasons["tasks"].clear()
    _place(section, add)
    _add_vetoes(section, found, reasons, listed=listed)
    return {name: counted.total() for name, counted in reasons.items() if counted}, {
        n: dict(c) for n, c in reasons.items()
    }


def _add_vetoes(section: OutlineSection, found: Shape, reasons: Mapping[str, Counter[str]], *, listed: bool) -> None:
    """What says that a section is not what its words or its shape say; ``listed``: it begins with a list."""
    rooms = _names_rooms(section)
    for name, counted in reasons.items():
        if rooms and counted and name != "policy":
            counted["it says what rooms have"] -= _STATED
        why = _veto(name, found, section) if counted.total() else None
        if why is None and name == "review" and 0 < counted.total() < FULL and _only_states(section):
            why = "sentences that ask nothing"
        if why is not None and (why in {RUN_ON, MARKS} or not listed or name in _LISTED_TOO):
            counted[why] -= counted.total() if why in _WHOLLY else 10 if name == "exam" else 5
        if name == "tests" and counted["shape"] and not counted["words"] and _outlines(section):
            counted["letters of an outline"] -= counted.total()
        if name == "review" and 0 < counted["words"] < FULL and _goes_on_behind(section):
            counted["text goes on behind"] -= counted.total()


def _content(section: OutlineSection) -> list[Segment]:
    """What a section holds beside the parts in it that name themselves, and labelled lines behind its list: «1. Why?»,
    «2. Who?», «Take home: …»."""
    found = list(section.own)
    while len(found) > _SEVERAL and found[-1].mark is None and _LABELLED.match(found[-1].text):
        found.pop()
    found = found if found and found[-1].mark is not None else list(section.own)
    for child in section.children:
        if not _names(child):
            found += [*([child.head] if child.head is not None else []), *child.everything()]
    return found


def _lists_outcomes(section: OutlineSection) -> bool:
    """Whether a heading whose words name what is learned more than what is to be done stands over items in lower case
    that complete it: «What pupils will be able to do» over «find a common denominator»."""
    names = section.head.labels if section.head is not None else {}
    items = [one.text[one.mark.end :].lstrip() for one in section.own if one.mark is not None]
    named = names.get("outcomes", 0) > max(_NAMED, names.get("tasks", 0))
    return named and len(items) > 1 and all(item[:1].islower() for item in items)


def _lists_steps(section: OutlineSection) -> bool:
    """Whether a heading that names what is to be done stands over nothing but numbered steps."""
    named = section.head is not None and section.head.labels.get("tasks", 0) >= FULL
    return named and len(section.own) > 1 and all(one.mark is not None and one.mark.value > 0 for one in section.own)


def _counts_steps(section: OutlineSection) -> bool:
    """Whether a section is a list that counts from 1, and mostly does not ask."""
    items = [one for one in section.own if one.mark is not None and one.mark.value]
    questions = sum(one.text[-1:] == "?" for one in items)
    rises = [one.mark.value for one in items if one.mark is not None] == list(range(1, len(items) + 1))
    return len(items) > 1 and rises and questions * 2 < len(items) and section.own[0] is items[0]


def _says_tasks(reasons: Mapping[str, Counter[str]]) -> bool:
    """Whether the words of a heading name tasks rather than questions."""
    return "tasks" in reasons and reasons["tasks"].total() > reasons["review"].total()


def _only_orders(found: Shape, reasons: Mapping[str, Counter[str]]) -> bool:
    """Whether several items all say what to do, under a heading that speaks of no questions."""
    return found.count > 1 and found.asks >= 1 and found.does >= 1 and not reasons["review"].total()


def _by_words(head: Segment | None, reasons: Mapping[str, Counter[str]], add: _Add) -> None:
    """What the words of a heading say."""
    if head is None:
        return
    for name, value in head.labels.items():
        add(name, "words", value)
        other, least = _OF_COURSE.get(name, ("", 0))
        if name not in reasons and value >= least:
            add(other, "words", value)
    for mark in head.marks:
        if mark.group == "label" and (mark.whole or mark.rest):  # «СӨЖ», «СӨЖ 1. Тема»
            add("assignments", "known words", 10)
        if mark.whole and mark.group in {"heading", "field"}:
            add(_ALIKE.get(mark.kind, mark.kind), "known words", 10)
    if head.piece.style == LABEL_STYLE and words().lesson(head.text) == "resources":
        add("equipment", "a lesson's label", weights()["label"]["resources"])


def _by_what_is_said(section: OutlineSection, found: Shape, reasons: Mapping[str, Counter[str]], add: _Add) -> None:
    """What the lines of a section say that it is: contents without pages, names with their mails, work with its terms,
    text under the word for a description."""
    weight = weights()["label"]
    if "toc" in reasons and reasons["toc"].total() and _are_topics(section.own):
        reasons["toc"].clear()
        add("plan", "contents without pages", weight["contents"])
    _by_questions(section, found, reasons, add)
    if _tells_learned(section):
        add("outcomes", "what is learned", weight["learned" if "policy" in reasons else "least-inside"])
    if "lectures" in reasons and alone.speaks_of_classes(section):
        for area in AREAS:
            add(area, "a list of classes", weight["classes-listed"] if reasons[area].total() else 0)
    if _are_people(section.own):
        add("contact", "names with their mails", weight["people"])
    if "outline" in reasons and heads_text(section):
        add("outline", "its points head the text", weight["heads-text"])
    rules = "policy" in reasons and reasons["policy"].total() >= _NAMED
    text = "text" in reasons and not any(reasons[name].total() for name in ("glossary", "keywords") if name in reasons)
    if defines_in_a_row(section.own) and not (rules or text or any(map(is_prose, section.own))):
        add("glossary", "terms in a row", weight["terms-in-a-row"])
    _by_meanings(section, reasons, add)
    if "grading" in reasons and reasons["grading"].total() and not found.shares and _speaks_shares(section.own):
        add("grading", "shares in a sentence", weight["percents"])
    _by_terms_of_work(section, reasons, add)
    _by_books(found, reasons, add)
    if found.prose > _PROSE and "description" in reasons and reasons["description"].total():
        add("description", "text", weight["prose"])


def _by_meanings(section: OutlineSection, reasons: Mapping[str, Counter[str]], add: _Add) -> None:
    """Terms before colons under words that may name a list of terms: «Words you need» is no equipment."""
    for name in ("glossary", "keywords"):
        if name in reasons and reasons[name]["words"] > 0 and alone.all_mean(section.own):
            add(name, "terms", weights()["label"]["terms"])


def _by_questions(section: OutlineSection, found: Shape, reasons: Mapping[str, Counter[str]], add: _Add) -> None:
    """A long list under words that may name exam questions, or numbered questions and nothing else."""
    weight = weights()["label"]
    if "exam" in reasons and reasons["exam"].total() and _is_long_list(section.own) and found.options == 0:
        add("exam", "a long list", weight["listed"])
    elif "exam" in reasons and "policy" in reasons and _are_questions(section.own):
        add("exam", "numbered questions", weight["questions"])


def _by_terms_of_work(section: OutlineSection, reasons: Mapping[str, Counter[str]], add: _Add) -> None:
    """Work that says when it is due and what it gives, or what is to be made."""
    if "assignments" in reasons and _are_rules(section):
        add("policy", "rules on work", weights()["label"]["terms-of-work"])
    if holds_works(section):
        add("assignments", "work with its terms", weights()["label"]["terms-of-work"])
    elif section.own and begins_work(section.own[0]):
        add("assignments", "its terms", weights()["label"]["due"])
    elif section.head is not None and section.head.brief and not section.children:
        add("assignments", "its share of the mark", weights()["label"]["terms-of-work"])
    elif "assignments" in reasons and "tasks" not in reasons:
        _by_orders(section, reasons, add)
    elif "tasks" in reasons and produced.counts_tasks(section.own) and not any(map(is_prose, section.own)):
        add("tasks", "tasks that a word counts", weights()["label"]["made"])


def _are_rules(section: OutlineSection) -> bool:
    """Whether a section under a word for work says how all of it is handed in and judged rather than sets any:
    paragraphs that no number counts and that say no day, half of which at least speak of rules."""
    reported = [one for one in section.own if one.is_text and one.mark is None and speaks(one.text)]
    names = section.head.labels if section.head is not None else {}
    of_work = FULL <= names.get("assignments", 0) >= names.get("grading", 0)
    if not of_work or section.children or len(reported) < _SEVERAL or len(reported) < len(section.own):
        return False
    rules = sum(one.labels.get("policy", 0) > 0 for one in reported)
    return rules * 2 >= len(reported) and not any(one.due or one.lead for one in reported)


def _by_books(found: Shape, reasons: Mapping[str, Counter[str]], add: _Add) -> None:
    """Books under words for one kind of them, which name them more than books of any kind: «To go further»."""
    evidence = {name: reasons[name]["words"] for name in _PARTS if name in reasons}
    best = max(evidence, key=lambda name: evidence[name], default="")
    any_kind = reasons["literature"]["words"] if "literature" in reasons else 0
    if found.books >= _MOST_OF and evidence.get(best, 0) >= max(_NAMED, any_kind + 1):
        add(best, "its books", weights()["label"]["books"] * found.books)


def _speaks_shares(own: Sequence[Segment]) -> bool:
    """Whether a few lines under a word for grading give the shares of the mark in a sentence or a formula."""
    return len(own) <= _FEW and bool(grade_shares.of_sentences([one.text for one in own if one.is_text]))


_FEW = 8


def _by_orders(section: OutlineSection, reasons: Mapping[str, Counter[str]], add: _Add) -> None:
    """What says of a section in no class that it sets work: words that name the tasks of a class over a list or a
    table, or what each item says to make, where no words name a list of questions."""
    names = section.head.labels if section.head is not None else {}
    named = max(names.get("tasks", 0), names.get("homework", 0))
    other = max((names.get(name, 0) for name in _NO_WORK), default=0) >= _NAMED
    if not (other or reasons["assignments"].get("words")) and named >= _NAMED and produced.holds_work(section.own):
        add("assignments", "words for tasks", named)
    if not other:
        set_ = produced.is_set(section.own) or produced.counts_tasks(section.own)
        add("assignments", "what is to be made", weights()["label"]["made"] if set_ else 0)


_NO_WORK = ("exam", "review", "tests", "outcomes", "objectives")
"""Parts of a course whose items may say what to do as well."""


def defines_in_a_row(own: Sequence[Segment]) -> bool:
    """Whether several terms with their meanings stand one below the other, each in bold type before a dash."""
    runs = itertools.groupby(own, key=lambda one: one.is_text and one.term and one.lead > 0)
    return any(defines and sum(1 for _ in run) >= _TERMS for defines, run in runs)


def _are_topics(own: Sequence[Segment]) -> bool:
    """Whether what stands under «Contents» is a list whose lines end in no page, and which does not name the parts of a
    paper: its headings, or parts that every course has."""
    items = [one for one in own if one.is_text and one.mark is not None]
    listed = len(items) > 1 and len(items) * 2 > len(own)
    parts = sum(one.headed or max(one.labels.values(), default=0) >= _NAMED for one in items)
    return listed and parts * 2 < len(items) and not any(one.text.rstrip()[-1:].isdigit() for one in items)


_LONG_LIST = 10


def _is_long_list(own: Sequence[Segment]) -> bool:
    """Whether nearly all lines of a section are the items of one long list that counts from 1, none of them a rule."""
    values = [one.mark.value for one in own if one.mark is not None and one.mark.value]
    counts = values == list(range(1, len(values) + 1))
    return len(values) >= _LONG_LIST and counts and len(values) * 10 >= len(own) * 9


_LEARNED = languages.expression(r"(?:@outcome-line@)", re.IGNORECASE | re.DOTALL)
_OF_WORK = ("tasks", "assignments", "homework")


def _tells_learned(section: OutlineSection) -> bool:
    """Whether a section holds a list each item of which says what somebody does, under words that name no work."""
    names = section.head.labels if section.head is not None else {}
    items = [one for one in section.own if one.is_text]
    if any(names.get(name) for name in _OF_WORK) or not _FEW_QUESTIONS <= len(items) == len(section.own):
        return False
    texts = [one.text[one.mark.end :] for one in items if one.mark is not None]
    return len(texts) == len(items) and all(len(text) < LONG and _LEARNED.fullmatch(text.strip()) for text in texts)


_FEW_QUESTIONS = 3
"""Numbered questions from which a section of a course that holds nothing else is a list of them."""


def _are_questions(own: Sequence[Segment]) -> bool:
    """Whether a section holds nothing but numbered items that count from 1, most of which ask."""
    values = [one.mark.value if one.mark is not None else 0 for one in own]
    questions = sum(one.asks is not None for one in own)
    counts = values == list(range(1, len(values) + 1))
    return counts and len(values) >= _FEW_QUESTIONS and questions * 5 >= len(values) * 3


def _are_people(own: Iterable[Segment]) -> bool:
    """Whether most lines begin with a name and give the mail of its bearer."""
    texts = [one.text for one in own if one.is_text and one.text]
    return sum(bool(NAME.match(text) and MAIL.search(text)) for text in texts) * 2 > len(texts) > 0


def _is_practical(section: OutlineSection) -> bool:
    """Whether a section stands in a class in which things are done."""
    at: OutlineSection | None = section
    while at is not None:
        kind = at.series.kind if at.series is not None else at.label
        if kind in SESSIONS:
            return kind in PRACTICAL
        at = at.parent
    return False


def _by_shape(found: Shape, *, does: bool = False, inside: bool = False) -> Mapping[str, float]:
    """What the content of a section says it is; ``does``: in its class things are done, so that what says what to do
    is a task."""
    weight = weights()["label"]
    evidence: defaultdict[str, float] = defaultdict(float)
    if not found.count:
        return evidence
    if found.options > 0.3 and (found.lettered or not inside):
        evidence["tests"] += weight["options"] * found.options
    elif found.asks >= 0.5:
        tasks = found.does if does else 0
        evidence["review"] += weight["asked"] * found.asks * (1 - (tasks if does else found.orders if inside else 0))
        evidence["tasks"] += weight["asked"] * found.asks * tasks if found.count > 1 else 0
        evidence["exam"] += weight["asked"] * found.asks / 2
    if found.terms >= 0.5 and found.count >= _TERMS and not inside:
        evidence["glossary"] += weight["terms"] * found.terms
        evidence["keywords"] += weight["terms"] * found.terms / 2
    if found.books >= 0.5:
        evidence["literature"] += weight["books"] * found.books
    if found.due >= 0.5:
        evidence["assignments"] += weight["due"]
    if 95 <= found.percents <= 105 or found.shares:
        evidence["grading"] += weight["percents"]
    if found.short >= 0.8 and found.count > 1 and found.prose < 0.2 and not found.asks > 0.6:
        evidence["outline"] += weight["short_items"] / 2
    if found.prose > 0.6:
        evidence["text"] += weight["prose"] / 2
    return evidence


def _outlines(section: OutlineSection) -> bool:
    """Whether letters count points of an outline: what stands over them asks nothing and leaves nothing open, and most
    of them are sentences."""
    every = [one for one in section.everything() if one.is_text and one.text]
    options = [one for one in every if one.option]
    stems = [before for before, one in itertools.pairwise(every) if one.option and not before.option]
    open_ = sum(one.asks is not None or one.text.rstrip()[-1:] in _OPEN or "__" in one.text for one in stems)
    sentence_count = sum(one.text[-1:] == "." or len(one.text) > weights()["limits"]["long"] for one in options)
    keyed = any(is_key(one.text) for one in every)
    return not keyed and open_ * 5 <= len(stems) and sentence_count * 2 >= len(options) > 0


_OPEN = frozenset("?:…–—-")
"""How a line ends whose answer stands below it."""


def _goes_on_behind(section: OutlineSection) -> bool:
    """Whether a list of questions is part of a text: a sentence ends its section, and text follows in the class."""
    beside = section.parent.children if section.parent is not None else []
    after = beside[beside.index(section) + 1 :][:1]
    ends = bool(section.own) and not section.children and _states(section.own[-1])
    ends = ends and not _LABELLED.match(section.own[-1].text)  # «For Thursday: photograph five lichens.»
    return ends and any(map(_states, after[0].own if after else []))


def _states(one: Segment) -> bool:
    """Whether a line is a sentence that no list counts and that asks nothing."""
    return one.is_text and one.mark is None and one.asks is None and speaks(one.text)


def _only_states(section: OutlineSection) -> bool:
    """Whether a section holds nothing but sentences of several words that no number counts and that do not ask:
    «History of the question» over a line of text."""
    return (
        bool(section.own)
        and not section.children
        and all(
            one.is_text
            and one.mark is None
            and one.asks is None
            and one.text[-1:] == "."
            and one.text.count(" ") >= _WORDS
            for one in section.own
        )
    )


_WORDS = 4
"""Blanks of a sentence, at least."""


_LISTED_TOO = frozenset({"exam", "literature", "basic", "additional", "internet"})
"""Parts that a list may not be though it looks as they do."""


def _veto(name: str, found: Shape, section: OutlineSection) -> str | None:
    """Why a section cannot be what its words say: prose is no list."""
    if (name in _MARKED_APART and _says_of_mark(section)) or (name in _NO_SCALES and _is_scale(section)):
        return MARKS
    if name in _OF_WORK and _are_rules(section):
        return OF_ALL_WORK
    if name in {"glossary", "keywords"} and _numbers_run_on(section):
        return RUN_ON
    lists = {"review", "outline", "tests", "glossary", "exam", "tickets", "keywords"}
    if name in lists and found.prose > 0.7 and found.asks < 0.3 and found.terms < 0.3:
        return "prose is no list"
    if name in {"literature", "basic", "additional", "internet"} and found.prose > 0.7 and found.books < 0.3:
        return "prose is no list of books"
    if name in _LISTED_TOO - {"exam"} and not found.books and _instructs(section):
        return "it says how a paper is answered"
    if name == "tests" and found.count and found.options == 0 and found.asks < 0.5:
        return "no answers to choose from"
    nothing = not found.count and found.tables > 0
    if name == "exam" and (nothing or (found.said > 0.5 and found.asks < 0.3 and found.options == 0)):
        return "it says how the exam is held"
    return None


MARKS = "it says how each is marked"
OF_ALL_WORK = "it says how work is handed in"
RUN_ON = "its numbers run on from the part before"
_WHOLLY = frozenset({MARKS, OF_ALL_WORK, RUN_ON})
"""What takes all from what the words of a section say."""


def _numbers_run_on(section: OutlineSection) -> bool:
    """Whether the items of a section count on from those of the section before it, «B. Words» over «6. The morpheme»:
    one list is parted by headings."""
    first, last = _numbers(section)
    beside = section.parent.children if section.parent is not None else []
    at = next((nth for nth, one in enumerate(beside) if one is section), 0)
    return first > 1 and last > first and at > 0 and _numbers(beside[at - 1])[1] == first - 1


def _numbers(section: OutlineSection) -> tuple[int, int]:
    """The first and the last number of the items of a section; zeros without any."""
    found = [one.mark.value for one in section.own if one.mark is not None and one.mark.value > 0]
    return (found[0], found[-1]) if found else (0, 0)


_MARKED_APART = frozenset({"exam", "tests", "tickets", "assignments", "tasks", "review"})
"""What a part on marks says of one by one."""


_NO_SCALES = _MARKED_APART | {"homework"}


def _says_of_mark(section: OutlineSection) -> bool:
    """Whether a label that begins a line under a heading for marks or rules, «Test. Each right answer gives 5 points.»,
    stands over nothing but that line: what it says is of the mark."""
    head, over = section.head, section.parent.head if section.parent is not None else None
    if head is None or over is None or section.children or [one.at for one in section.own] != [head.at]:
        return False
    is_plain = all(one.is_text and one.mark is None and not one.text.endswith("?") for one in section.own)
    named = {name for name, value in over.labels.items() if value >= _NAMED}
    return is_plain and bool(named & {"grading", "policy", "marking"}) and not named & _MARKED_APART


def _is_scale(section: OutlineSection) -> bool:
    """Whether the lines below a heading say for what so many points are given: «0.5 points – handed in on time»."""
    lines = [one for one in section.own if one.is_text and one.text]
    return len(lines) > 1 and all(_POINTS_FOR.match(one.text) for one in lines)


_POINTS_FOR = languages.expression(r"\W*\d+(?:[.,]\d+)?\s*(?:[–—-]\s*)?(?:(?:@marks@)(?!\w)|[–—-]\s)", re.IGNORECASE)


def _instructs(section: OutlineSection) -> bool:
    """Whether most lines below a heading are sentences, one of which says how an exam paper is to be answered: «Read
    this first» over «Answer every question»."""
    lines = [one for one in section.own if one.is_text and one.text]
    sentence_count = sum(one.text.rstrip().endswith((".", "!")) for one in lines)
    return sentence_count * 2 > len(lines) and any(words().front("instruction", one.text) for one in lines)


def _names_rooms(section: OutlineSection) -> bool:
    """Whether a section begins to tell in which rooms classes are held: «Lectures. The rooms are equipped with …»."""
    first = section.own[0] if section.own else None
    return first is not None and first.is_text and words().front("rooms", first.text)


def _place(section: OutlineSection, add: Callable[[str, str, float], None]) -> None:
    """What stands before and behind the text of a class."""
    weight = weights()["label"]
    if section.told_before > 0.3:
        for name in ("review", "literature", "summary"):
            add(name, "behind text", weight["after_text"] / 2)
        if not section.told_after and section.own and all(one.asks is not None for one in section.own):
            add("outline", "asked behind text", -weight["asked"])
    elif section.told_after > 0.3:
        for name in ("outline", "aims", "outcomes", "keywords"):
            add(name, "before text", weight["before_text"] / 2)


def _report(section: OutlineSection) -> tuple[int, int]:
    """Set how much of what stands before and behind each section, inside the one around it, is prose; the letters of
    prose and of all text in the section."""
    own = _letters(section.own)
    inside = [_report(child) for child in section.children]
    before = list(itertools.accumulate([own, *inside], _added))
    after = list(itertools.accumulate(reversed(inside), _added, initial=(0, 0)))[::-1]
    for at, child in enumerate(section.children):
        child.told_before, child.told_after = _share(before[at]), _share(after[at + 1])
    heads = _letters([child.head for child in section.children if child.head is not None])
    return _added(before[-1], heads)


def _letters(segments: Iterable[Segment]) -> tuple[int, int]:
    texts = [one for one in segments if one.is_text]
    return sum(len(one.text) for one in texts if is_prose(one)), sum(len(one.text) for one in texts)


def _added(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]


def _share(characters: tuple[int, int]) -> float:
    return characters[0] / max(characters[1], 1)


# --- parts of the course in its last class


def _lift(root: OutlineSection) -> None:
    """Move what closes a course, and stands in the last class of a series alone, out of that class."""
    for section in list(root.walk()):
        members = [
            child
            for child in section.children
            if child.series is not None and (child.series.kind in SESSIONS | PAPERS or _is_class(child))
        ]
        if len(members) < 2:
            continue
        last = members[-1]
        inner = [child for member in members[:-1] for child in member.walk() if child is not member]
        common = {name for child in inner for name in _names(child)}
        looks = {look for child in inner for look in _listed(child)}
        bare = len(members) > _SEVERAL and not any(member.children for member in members[:-1])
        holder = last
        while not holder.own and len(holder.children) == 1 and _is_plain(holder.children[0]):
            holder = holder.children[0]  # the title on a line below the number
        for at, child in enumerate(holder.children):
            names = (_names(child) & LIFTED) - _own_list(last, child)
            listed = len(members) > _SEVERAL and _listed(child) - looks
            behind = bare and not _is_nested(last, child) and not _names(child) & _OF_CLASS
            own = names <= _TESTED and _is_nested(last, child) and not _is_examined(child)
            own = own and not (_names_tests(holder, at) or _counts_on(holder, at))
            final = _is_examined(child) and not any(map(_is_examined, inner))
            if final or ((behind or listed or (names and not names & common)) and not own):
                moved = holder.children[at:]
                del holder.children[at:]
                place = section.children.index(last) + 1
                section.children[place:place] = moved
                for one in moved:
                    one.parent = section
                break


_TESTED = frozenset({"tests", "answers", "exam"})
"""What the headings of tests name: that below a class is its self-check, but for one that says that it is an exam."""


def _is_examined(section: OutlineSection) -> bool:
    """Whether a heading is that of a test of the whole course."""
    head = section.head
    tested = head is not None and sum(head.labels.get(name, 0) for name in _TESTED) >= _NAMED
    return tested and head is not None and examines(head.text)


def _counts_on(holder: OutlineSection, at: int) -> bool:
    """Whether the number of a part goes on with none of the parts before it in its class: «III. Test» in «Topic 2» is
    the third part of the paper."""
    head = holder.children[at].head
    value = next((one.value for one in head.counted if one.parted), 1) if head is not None else 1
    before = (one.head.counted for one in holder.children[:at] if one.head is not None)
    return value > 1 and not any(one.value == value - 1 for counted in before for one in counted)


def _names_tests(holder: OutlineSection, at: int) -> bool:
    """Whether a class has a test, or questions to check oneself, before a place among its parts."""
    return any(_names(one) & {"tests", "review"} for one in holder.children[:at])


def _is_plain(section: OutlineSection) -> bool:
    """Whether a heading over other headings counts nothing and names no part."""
    return section.series is None and bool(section.children) and not _names(section)


def _own_list(member: OutlineSection, child: OutlineSection) -> set[str]:
    """The list of classes that a heading inside a class of that kind is none of: «For discussion» in a seminar."""
    kind = member.series.kind if member.series is not None else ""
    return {AREA_OF[kind]} if kind in AREA_OF and _is_nested(member, child) else set()


def _listed(section: OutlineSection) -> set[str]:
    """The list of the whole course that a section is by what it holds: terms under no known name, or books alone."""
    books = len(section.own) > 1 and all(one.book for one in section.own)  # «What to bring home» over books
    if section.series is not None or section.children or (_names(section) and not books):
        return set()
    found = shape(section.own)
    looks = {"literature": found.books, "glossary": found.terms}
    return {name for name, share in looks.items() if found.count > 1 and share >= _MOST_OF}


_WHOLE_LISTS = frozenset({"exam", "tickets", "glossary"})
_WHOLE_TEXTS = frozenset({"foreword", "introduction", "conclusion"})
_OF_NO_LIST = AREAS | {
    "description", "course-aim", "objectives", "outcomes", "prerequisites", "postrequisites", "plan", "grading",
    "literature", "basic", "additional", "internet",
}  # fmt: skip


def _part_lists(root: OutlineSection) -> None:
    """Move what no list of questions or terms holds, from the first heading that surely names such a part, out of
    it: a heading that looks stronger than those below it stands over all that follows in some programmes."""
    for section in list(root.walk()):
        if section.label not in _WHOLE_LISTS | _WHOLE_TEXTS or section.parent is None:
            continue
        of_none = _counts_apart if section.label in _WHOLE_TEXTS else _is_of_no_list
        at = next((at for at, child in enumerate(section.children) if of_none(child)), None)
        if at is None:
            continue
        moved, siblings = section.children[at:], section.parent.children
        del section.children[at:]
        place = siblings.index(section) + 1
        siblings[place:place] = moved
        for one in moved:
            one.parent = section.parent


def _counts_apart(section: OutlineSection) -> bool:
    """Whether a section of a foreword is a class or a piece of work, which stands under it in its look alone."""
    if section.series is not None:
        return section.series.kind in SESSIONS | PAPERS | {"task"}
    return section.head is not None and any(c.kind == "task" and c.words and c.parted for c in section.head.counted)


def _is_of_no_list(section: OutlineSection) -> bool:
    held = bool(section.own or section.children)
    return held and section.series is None and section.label in _OF_NO_LIST and is_named(section, surely=True)


def _is_nested(outer: OutlineSection, inner: OutlineSection) -> bool:
    """Whether a heading says by its style or its number that it stands inside a class."""
    levels = [one.head.piece.heading for one in (outer, inner) if one.head is not None]
    deeper = len(levels) > 1 and levels[1] is not None and (levels[0] is None or levels[1] > levels[0])
    numbered = inner.head is not None and any(one.parted for one in inner.head.counted)
    return deeper or numbered


def _names(section: OutlineSection) -> set[str]:
    head = section.head
    if head is None:
        return set()
    known = {mark.kind for mark in head.marks if mark.whole and mark.group in {"heading", "field"}}
    least = {"literature": _NAMED} if section.own and all(one.book for one in section.own) else {}
    return known | {name for name, value in head.labels.items() if value >= least.get(name, 6)}
