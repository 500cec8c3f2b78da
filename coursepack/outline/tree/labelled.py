"""Labels of a course's data with their values on one line: «Instructor: Jane Doe  Email: …  Office: …»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coursepack import languages
from coursepack.outline.drafts import ABOUT
from coursepack.outline.markers import Markers
from coursepack.outline.tree.words import words

TEXTS = frozenset({"description", "course-aim", "objectives", "outcomes", "prerequisites", "postrequisites"})
"""Fields of texts, which a line anywhere may give behind their label."""
LONGEST = 90
"""Characters of a label."""
_REACH = 600  # of a line that is searched for labels
_WORDS = 5  # of a label behind the value before it
_SEPARATOR = re.compile(
    r"\s*(?::[-–—](?=\s|$)|(?<=[^\W\d_]):(?=\d)|:(?=\s|[^\W\d_]|$)|:(?=[+(]?\d{3})|\s[–—=](?=\s)"
    r"|\s*\.{4,}|\s\.{2,}\s|\s*…{2,})"
)
_WORD = re.compile(r"\S+")
_BREAK = re.compile(r"[;,|()·•●■◆\t\n]|\s{3,}|[.!?](?=\s)")
_LEAD = re.compile(r"[^\w(«\"“]+")
_SUM = re.compile(r"\d+(?:[.,]\d+)?\s+[^\W\d_]+\.?(?:\s[^\W\d_]+)?")  # «5 ECTS», «3 credit hours»
_SEVERAL = re.compile(r"\s*/\s*|\s*\|\s*|\n|,\s+")
_SHORT = re.compile(
    r"(?P<label>[^\W\d_]{3,8})\.\s+(?=[^\W\d_]+\s+(?:[^\W\d_]\.\s?){1,2}|(?:[^\W\d_]\.\s?){1,2}[^\W\d_]{2})"
)
_SHORT_VALUES = frozenset(
    {"code", "hours", "credits", "semester", "year", "study-year", "level", "component", "cycle", "study-form"}
)
"""Fields whose value ends at a wide gap."""
_PLURAL = re.compile(r"\([^\W\d_]{1,2}\)")  # «Prerequisite(s)»
_UNIT = re.compile(r"\s*\([^()]{1,24}\)$")
"""Brackets behind a label: «Number of credits (ECTS)»."""
_NEXT_LABEL = languages.expression(r"\s+(?=(?P<label>[@A@][@a@]{2,14}):(?:\s|$))")
"""Where the label of something else may begin on the line of a title: «Course: Baking   Group: B-23»."""
_WIDE = re.compile(r"\t| {2}")
_QUESTION = languages.expression(r"\W*@question@\s+[^\W\d_]{1,10}\.?\s*[:№#]*\s*\d{1,4}\W*", re.IGNORECASE)
_EDGES = " \t\n;,|·•●■◆–—-"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label that names a field, where it begins, where its value begins and ends."""

    kind: str
    start: int
    value: int
    end: int


def counts_question(text: str) -> bool:
    """Whether a line says the number of a question by a label: «Question number: 1»."""
    return _QUESTION.fullmatch(text) is not None


def kind_of(marks: Markers, label: str) -> str | None:
    """The field that a label names, in one language or in several at once («Пән коды / Код / Code»)."""
    label = _PLURAL.sub("", label).strip(" :*_")
    if not label or len(label) > LONGEST or _SUM.fullmatch(label):
        return None
    parts = [part for part in (label, *_SEVERAL.split(label)) if part]
    for part in parts:
        if known := marks.about_label(part):
            return known
    whole = next((m.kind for m in marks.find(label) if m.group == "heading" and m.whole and m.kind in ABOUT), None)
    if whole:
        return whole
    for part in parts:
        if known := words().about(part):
            return known
    if (bare := _UNIT.sub("", label)) not in {"", label}:
        return kind_of(marks, bare)
    ranked = sorted(words().labels(label).items(), key=lambda pair: -pair[1])
    return next((name for name, value in ranked if name in TEXTS and value >= 7), None)


def labelled(marks: Markers, text: str) -> list[Labelled]:
    """The known labels of a line with their values; a label that is not the first needs a capital or a sign before."""
    if counts_question(text):
        return []
    found: list[tuple[str, int, int]] = []
    before = 0
    for colon in _SEPARATOR.finditer(text[:_REACH]):
        start, kind = _label(marks, text, before, colon.start(), first=not found)
        if kind is not None:
            found.append((kind, start, colon.end()))
            before = colon.end()
        elif not found:
            before = colon.end()
    if not found:
        found = list(_tabbed(marks, text)) or list(_read_aloud(text))
    ends = [*(start for _, start, _ in found[1:]), len(text)]
    return [Labelled(kind, start, value, end) for (kind, start, value), end in zip(found, ends, strict=False)]


def value_of(text: str, one: Labelled) -> str:
    """The value without the signs that part it from the next label."""
    value = text[one.value : one.end].strip(_EDGES)
    if one.kind == "title":
        value = before_label(value)
    return value.partition("\t")[0] if one.kind in _SHORT_VALUES else value


def before_label(title: str) -> str:
    """A title without the label of something else behind it and its value: any behind a wide gap, else a known one,
    «Rivers and Floods: An Introduction» is one title."""
    for found in _NEXT_LABEL.finditer(title):
        if _WIDE.search(found[0]) or words().about(found["label"]) is not None:
            return title[: found.start()]
    return title


def _label(marks: Markers, text: str, before: int, colon: int, *, first: bool) -> tuple[int, str | None]:
    """The longest label that ends at a colon, of those that may begin there."""
    part = text[before:colon]
    cut = max((found.end() for found in _BREAK.finditer(part)), default=0)
    starts = [before + cut + found.start() for found in _WORD.finditer(part[cut:])][-_WORDS:]
    whole = _LEAD.match(text, before + cut, colon)
    begins = whole.end() if whole else before + cut
    if first and before:
        starts = []
    exact = [start for start in starts if start != begins and _is_all_label(marks, text[start:colon])]
    sure = _is_all_label(marks, text[begins:colon])
    for start in dict.fromkeys([begins, *exact, *starts] if sure else [*exact, begins, *starts]):
        at_edge = start == begins and (cut or first)
        if colon - start <= LONGEST and (at_edge or (not first and text[start].isupper())):
            kind = kind_of(marks, text[start:colon])
            if kind is not None and kind not in (ABOUT if not first else ()):
                return start, kind
    return 0, None


def _tabbed(marks: Markers, text: str) -> Iterator[tuple[str, int, int]]:
    """«Convener    Dr Ann Lee»: a label that a wide gap parts from its value; none above a column of values, «Tutor
    Room    Hours»."""
    label, gap, rest = text.partition("\t")
    beside = rest.split("\t")
    if not gap or not _is_all_label(marks, label.strip()) or any(_is_all_label(marks, one.strip()) for one in beside):
        return
    kind = kind_of(marks, label.strip())
    known = all(map(words().begins_label, label.split()))  # «typeface» is a term, and no type
    if kind is not None and known and rest.strip():
        yield kind, 0, len(label) + 1


def _is_all_label(marks: Markers, label: str) -> bool:
    """Whether each word belongs to the label: «Email», not «Lee Email»."""
    return bool(marks.about_label(label) or words().about(label, least=1.0))


def _read_aloud(text: str) -> Iterator[tuple[str, int, int]]:
    """«Taught by Prof. Whitcomb», «сост. Орлова А. П.»: a teacher's label in two words, or in one that is cut short,
    without a sign behind it."""
    short = _SHORT.match(text)
    if short and words().about(short["label"], least=1.0) == "teacher":
        yield "teacher", 0, short.end()
        return
    tokens = [found for found, _ in zip(_WORD.finditer(text), range(3), strict=False)]
    if len(tokens) == 3 and text[tokens[2].start()].isupper() and tokens[1][0].islower():
        label = text[: tokens[1].end()]
        if words().about(label, least=1.0) == "teacher":
            yield "teacher", 0, tokens[2].start()
