"""Work outside class, as documents name it: «Problem Set 2», «Домашнее задание № 3», «Project B. Late Trains».

A document whose first lines name one piece of work, by a number or a title, is that piece: a *sheet*, whose problems
are its text. Where such names count on, or stand over items, each of them is a piece of work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from coursepack import languages
from coursepack.outline.markers import fold, number_of
from coursepack.outline.points import speaks
from coursepack.outline.tree import due
from coursepack.outline.tree.signals import Segment
from coursepack.outline.tree.words import alternatives, phrases, words

Kind = Literal["homework", "assignment", "independent", "supervised", "paper"]
_LONGEST = 160
_N = r"(?:\d{1,3}|[a-z](?![\w'’])|[ivx]{1,5}(?!\w))"
_SIGN = r"(?:\s*(?:№|#|no\.|nr\.)\s*|\s+|(?=\d))"
_SEP = r"(?P<sep>\s*(?:[.:)\]|–—-]+(?=\s|$)|$|(?=\()))\s*"
_BETWEEN = r"(?:[:–—|(-]\s+|,\s+|\(|\.\s+)"


@dataclass(frozen=True, slots=True)
class Work:
    """The name of a piece of work in a line: it stands at ``start``, what follows it begins at ``end``. ``letter``: it
    is counted with letters."""

    kind: Kind
    name: str
    start: int
    end: int
    number: int | None = None
    letter: bool = False

    @property
    def counted(self) -> bool:
        """Whether a number or letter stands beside the name."""
        return self.number is not None


@lru_cache(1 << 15)
def named(text: str) -> Work | None:
    """The piece of work that a line names at its beginning, or at its end behind other words."""
    if len(text) > 2 * _LONGEST:
        return None
    folded = fold(text[:_LONGEST])
    for pattern in _patterns():
        found = pattern.search(folded)
        if found is not None and (work := _made(text, found)) is not None:
            return work
    return None


@lru_cache(1 << 12)
def bare(text: str) -> tuple[Work, bool] | None:
    """The piece of work that a text names and says nothing else of, and whether it is handed out rather than in:
    «HW 1», «HW 1 due (Fri)», «Project assigned»."""
    plain = _EXCLUDED.sub("", text).strip(" .;,:–—-")
    found = _HANDED.search(fold(plain))
    work = named(plain[: found.start()].strip(" .;,:–—-") if found else plain)
    whole = found.start() if found else len(plain)
    if work is None or work.start or len(plain[work.end : whole].strip(" .;,:–—-")):
        return None
    return work, found is not None and found["out"] is not None


_EXCLUDED = re.compile(r"\s*[(\[][^()\[\]]{1,40}[)\]]")
_HANDED = re.compile(
    rf"\s(?:is\s)?(?:(?P<out>{alternatives(phrases('work', 'handed-out'))})"
    rf"|{alternatives([*phrases('work', 'due'), *phrases('work', 'hand-in')])})\W*$"
)


_HANDED_IN = re.compile(
    rf"(?P<work>(?:[^\W_][\w'’-]*\s+){{1,5}}?)(?:(?:is|are)\s+)?"
    rf"(?:{alternatives([*phrases('work', 'due'), *phrases('work', 'hand-in')])})"
    rf"(?=\W*$|\s*[.,;:(]|\s+(?:{alternatives(phrases('work', 'before-day'))})(?!\w)|\s+\d)"
)


def handed_in(text: str) -> int:
    """The letters of the work that a line begins with and says to be handed in, «Final paper due by noon»; 0 where it
    says something else first."""
    found = _HANDED_IN.match(fold(text[:_LONGEST]))
    return len(found["work"].rstrip()) if found is not None else 0


def is_paper(text: str) -> bool:
    """Whether a text is the name of written work that is done in class, and its number: «Контрольная работа № 1»."""
    work = named(text)
    return work is not None and work.kind == "paper" and work.start == 0 and work.end >= len(text)


def of(one: Segment) -> Work | None:
    """The piece of work that a line names, by a word or by the abbreviation of its department («СРС 3. …»)."""
    mark = next((m for m in one.marks if m.group == "label" and m.number is not None), None)
    if mark is not None:
        return Work(
            "supervised" if mark.kind == "supervised" else "independent", mark.label or "", 0, mark.end, mark.number
        )
    return named(one.text) if one.is_text else None


def _made(text: str, found: re.Match[str]) -> Work | None:
    printed = found["n"]
    letter = printed is not None and not printed.isdigit() and len(printed) == 1
    if letter and not text[found.start("n")].isupper():
        return None
    if found.groupdict().get("bare") and not text[found.end()].isupper():
        return None  # «Essay 2 pages long»
    number = None if printed is None else ord(printed) - ord("a") + 1 if letter else number_of(printed)
    kind, name = next((kind, found[kind]) for kind in _KINDS if found[kind])
    return Work(kind, name.strip(), found.start("work"), found.end(), number, letter)


_KINDS: tuple[Kind, ...] = ("homework", "assignment", "independent", "supervised", "paper")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """At the beginning with its number, the number first, behind other words with a number or at the very end."""
    work = f"(?P<work>{_names()})"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"^\W{{0,3}}{work}{_SIGN}(?P<n>{_N})(?:{_SEP}|\s+(?=[\"«“]))",
            rf"^\W{{0,3}}{work}{_SIGN}(?P<n>\d{{1,2}})(?P<bare>\s+(?=[^\W\d_]))",
            rf"^\W{{0,3}}(?P<n>\d{{1,3}})\s*[-–.)]?\s*(?:{languages.pattern('ordinal')}|st|nd|rd|th)?[-–\s]*{work}{_SEP}",
            rf"^\W{{0,3}}{work}(?P<n>(?!))?{_SEP}",
            rf"^.{{2,100}}?(?:{_BETWEEN}|\s){work}{_SIGN}(?P<n>\d{{1,3}}){_SEP}",
            rf"^.{{2,100}}?[:–—|]\s+{work}(?P<n>(?!))?\s*\W?$(?P<sep>)",
        )
    )


def _names() -> str:
    """The names of all languages as alternatives, a group for each kind, longer ones first."""
    return "|".join(f"(?P<{kind}>{alternatives(phrases('work', kind))})" for kind in _KINDS)


# --- what a document is


def sheet(first: Sequence[Segment], every: Sequence[Segment]) -> tuple[Segment, Work] | None:
    """The line among the ``first`` that names the one piece of work which a document is."""
    for one in first:
        work = of(one)
        if work is None or one.common or work.kind == "paper" or _behind_field(one.text[: work.start]):
            continue
        rest = one.text[work.end :].strip()
        if not work.counted and (work.start == 0 and not rest):
            return None  # «Homework» over items is a list of them
        return None if _goes_on(one, work, every) else (one, work)
    return None


def brief(one: Segment) -> Work | None:
    """The work for which a title names the paper that sets it: «Задание на курсовой проект», «Coursework brief»; work
    that a whole course sets goes by more general names."""
    named = one.is_text and words().front("paper", one.text) and not words().front("independent", one.text)
    kind = next((kind for kind in _OF_BRIEFS if named and _begins(kind, one.text)), None)
    return Work(kind, "", 0, 0) if kind is not None and one.mark is None else None


_OF_BRIEFS: tuple[Kind, ...] = ("independent", "assignment")

_FIELD = 6
"""Evidence of a label that names a part of a class."""


def _behind_field(before: str) -> bool:
    """Whether a label that names a part of a class stands before the name: «Equipment: a projector»."""
    label, colon, _ = before.partition(":")
    return bool(colon) and max(words().labels(label).values(), default=0) >= _FIELD


def _goes_on(head: Segment, work: Work, every: Sequence[Segment]) -> bool:
    """Whether the document names more pieces of work of that name, so that it is a list of them; below a line that
    names work and counts none, of any name."""
    lines = ((one.text, of(one)) for one in every if one.at != head.at and one.is_text)
    others = [other for text, other in lines if other is not None and other.counted and leads(text, other)]
    if any(other.name == work.name and other.number != work.number for other in others):
        return True
    return not work.counted and len({(other.name, other.number) for other in others}) > 1


_NUMBER_FIRST = re.compile(r"(?:№\s*)?\d{1,3}\s*[-–]?(?:[^\W\d_]{1,3}(?=\s))?\s*")


def leads(text: str, work: Work) -> bool:
    """Whether a line begins with the name of a piece of work, or with its number right before that: «1-үй жұмысы. …»;
    «4. Home work» is a section."""
    return work.start == 0 or _NUMBER_FIRST.fullmatch(text, 0, work.start) is not None


def says_itself(text: str) -> bool:
    """Whether a sentence says of its document that it is a piece of work: «In this assignment you will …»."""
    return _itself().match(fold(text[:_LONGEST])) is not None


@cache
def _itself() -> re.Pattern[str]:
    """The document by its name at the beginning of a sentence, or behind a few words: «The purpose of this task is»."""
    return re.compile(rf"\W{{0,3}}(?:[^\W\d_]+\s+){{0,{_WORDS_BEFORE}}}?(?:{alternatives(phrases('work', 'itself'))})")


_WORDS_BEFORE = 5


def parts(heads: Iterable[Segment]) -> int:
    """How many headings name parts of a sheet: instructions, what is to be handed in, and when."""
    return sum(len(one.text) < 60 and _begins("parts", one.text) for one in heads)


# --- due and points


@dataclass(frozen=True, slots=True)
class WorkTerms:
    """When a piece of work is due, as printed and by its week, how many points it gives and what share (percent) of the
    mark; ``whole``: a line says nothing else."""

    week: int | None = None
    points: float | None = None
    whole: bool = False
    due: str | None = None
    share: float | None = None

    @property
    def sets(self) -> bool:
        """Whether a line says both when work is due and what it gives, and nothing else."""
        return self.whole and bool(self.due or self.week) and (self.points or self.share) is not None


_NUMBER = r"(\d{1,4}(?:[.,]\d{1,2})?)"
_POINTS = languages.expression(
    rf"{_NUMBER}\s*(?:@points@|pts?\b|p\b|marks?\b)[^\W\d_]*\.?|(?:@points@)[^\W\d_]*\s*[:–—-]\s*{_NUMBER}",
    re.IGNORECASE,
)
_AT_END = 80
"""Letters at the end of a line that may say what its work gives."""
_BRACKETS = re.compile(r"\s*[(\[](?P<in>[^()\[\]]{1,60})[)\]]\s*[.,:;]?\s*$")
_LAST = re.compile(r"(?:(?<=[.!?;])|,|\s[-–—])\s+(?P<in>[^.!?;,()\[\]–—]{2,40}?)[.,;]?\s*$")
_DASHED = re.compile(r"\s+[–—|•·-]\s+(?P<in>[^–—|•·]{2,40}?)[\s.]*$")
_SHORTEST = 12
_PARTED = re.compile(r"\.\s+|\s*[;|•·]\s*|\s{3,}|\t")
_COMMA = re.compile(r",\s+")
_DASHES = re.compile(r"\s+[–—-]\s+")


@lru_cache(1 << 15)  # a course under review is read again after each correction
def terms(text: str) -> WorkTerms | None:
    """What a short line says of when work is due and what it gives: «Due: week 4. Points: 20», «5 May | 10 points»;
    None for other lines."""
    if len(text) > _LONGEST:
        return None
    week, points, day, whole, has_terms, bare, share = None, None, None, True, False, "", None
    within = due.inner(text)
    for part in _parted(text if within is None else within):
        value = _due_value(part)
        if value is not None:
            named = due.week(value)
            week = named.number if named else week
            day = day or (None if named and named.alone else value)
            has_terms = True
        elif (percent := _share_alone(part)) is not None:
            share, has_terms = percent, True
        elif _points_alone(part):
            points, has_terms = points_of(part), True
        elif not bare and (due.is_day(part) or _is_week(part)):
            bare = part
        else:
            whole = False
    if not has_terms:
        return None
    beside = due.named(bare)
    if beside is not None:
        week, bare = week or beside.number, "" if beside.alone else bare
    return WorkTerms(week, points, whole, day or due.bare(bare.strip(" .")) or None, share)


def begins_work(one: Segment) -> bool:
    """Whether a line says both when work is due and what it gives, and nothing else."""
    found = terms(one.text) if one.is_text and one.piece.heading is None else None
    return found is not None and found.sets


def says_terms(one: Segment) -> bool:
    """Whether a line says when work is due or what it gives, and nothing else."""
    found = terms(one.text) if one.is_text and one.piece.heading is None else None
    return found is not None and found.whole


def leads_terms(one: Segment) -> bool:
    """Whether a line says both when work is due and what it gives, and more behind: «Due: Sun Nov 9 | Points: 100 |
    Submitting: a file»."""
    found = terms(one.text) if one.is_text and one.piece.heading is None else None
    return found is not None and bool(found.due or found.week) and found.points is not None


def _parted(text: str) -> list[str]:
    """The parts of a line; points behind a comma are one too."""
    made: list[str] = []
    stripped = filter(None, map(str.strip, _PARTED.split(text)))
    for part in _joined(each for one in stripped for each in _undashed(one)):
        first, *more = _COMMA.split(part)
        if len(more) > 1 and all(map(_is_term, (first, *more))):
            made += [first, *more]
        elif more and any(map(_points_alone, (first, more[-1]))):
            made += [first, ", ".join(more)] if _points_alone(first) else [", ".join([first, *more[:-1]]), more[-1]]
        else:
            made.append(part)
    return made


def _undashed(part: str) -> list[str]:
    """The parts of one with dashes, the first or the last of which gives points and each of which is a term: «due
    Monday 3 May – 12 points»; other dashes stand between a label and its value, or behind a title."""
    dashed = _DASHES.split(part)
    terms_ = len(dashed) > 1 and any(map(_points_alone, (dashed[0], dashed[-1]))) and all(map(_is_term, dashed))
    return dashed if terms_ else [part]


def _joined(parts: Iterable[str]) -> list[str]:
    """The parts of a line, of which one that ends with a label of points, cut short, has its number in the next: «сдать
    до 24.09, макс. 10 б.»."""
    made: list[str] = []
    for part in parts:
        if made and part[0].isdigit() and _names_points(_COMMA.split(made[-1])[-1]):
            made[-1] = f"{made[-1]}. {part}"
        else:
            made.append(part)
    return made


def _names_points(label: str) -> bool:
    return not any(map(str.isdigit, label)) and _begins("points", label, whole=True)


def _is_term(part: str) -> bool:
    """Whether a part says when work is due, what it gives or what share of the mark, and nothing else."""
    return _points_alone(part) or due.is_day(part) or _share_alone(part) is not None or _due_value(part) is not None


def _is_week(part: str) -> bool:
    """Whether a part names a week of the course and nothing else; the label of a deadline may stand before it."""
    found = due.week(part)
    return found is not None and found.alone


def _due_value(part: str) -> str | None:
    """What stands behind a label of a deadline."""
    if (found := due.whole(part)) is not None:
        return found.value
    name, value = _label(part)
    return value.strip(" .") if _begins("due", name, whole=True) and due.week(value) else None


_SHARE = re.compile(r"(?P<name>[^\d:–—%]{2,40}?)\s*[:–—-]?\s*(?P<n>\d{1,3}(?:[.,]\d+)?)\s*%\.?")


def _share_alone(part: str) -> float | None:
    """The share of the mark that a part gives behind its label: «Weighting: 30 %»."""
    found = _SHARE.fullmatch(part)
    named = found is not None and _begins("points", found["name"], whole=True)
    return float(found["n"].replace(",", ".")) if found and named else None


def _points_alone(part: str) -> bool:
    """Whether a part gives points and says nothing else."""
    return points_of(part) is not None and (_begins("points", _label(part)[0], whole=True) or not _letters(part))


_MOST = re.compile(rf"(?<!\w)(?:{alternatives(phrases('work', 'at-most'))})(?!\w)")
_LABELLED = re.compile(r"(?P<name>[^\d:–—]{2,40}?)\s*(?:[:–—]|(?=\s\d))\s*(?P<value>.*)", re.DOTALL)


def _label(part: str) -> tuple[str, str]:
    """A label and its value, parted by a sign or by where the number begins."""
    found = _LABELLED.match(part.strip())
    return (found["name"], found["value"]) if found else ("", part)


def _letters(part: str) -> str:
    """The words of a part that name no points, nor say that they are the most: «до 10 баллов»."""
    return re.sub(r"[\W\d_]+", "", _MOST.sub("", fold(_POINTS.sub("", part))))


def points_of(text: str) -> float | None:
    """The points that a short text gives: «10 баллов», «Points: 20»."""
    found = _POINTS.search(text)
    if found is None:
        name, value = _label(text)
        bare = re.fullmatch(rf"{_NUMBER}\s*", value.strip(" .%"))
        found = bare if bare and _begins("points", name, whole=True) else None
        return float(found[1].replace(",", ".")) if found else None
    return float((found[1] or found[2]).replace(",", "."))


def behind(text: str) -> tuple[int, WorkTerms] | None:
    """What the end of a line says of the points of its work, and where that begins: brackets, or the last sentence,
    that say nothing else; in brackets, behind dashes, or behind a sentence that says so, it may stand beside when the
    work is due."""
    tail = text[-_AT_END:]
    for found in (_BRACKETS.search(tail), _LAST.search(tail)):
        bracketed = terms(found["in"].strip(" .")) if found else None
        if found and bracketed is not None and bracketed.whole and bracketed.points is not None:
            at = len(text) - len(tail) + found.start()
            if _names_points(_COMMA.split(text[:at])[-1]):
                continue  # «…, макс. 5 баллов»: a label that is cut short, no sentence
            before = _before_points(text[:at]) if bracketed.due is None and bracketed.week is None else None
            return (before[0], replace(before[1], points=bracketed.points)) if before is not None else (at, bracketed)
    return _dashed(text)


def _before_points(text: str) -> tuple[int, WorkTerms] | None:
    """What stands right before the points of a work: parts behind dashes, or a sentence that says when it is due: «Make
    a poster. Due: 20 September. 5 points»."""
    text = text.rstrip(" ,;")
    due_date = due.inside(text)
    if due.whole(text) is not None or (due_date is not None and not due_date.start):  # «Due – week 5» names no work
        return _dashed(text)
    if due_date is None or due_date.end < len(text):
        return _dashed(text) or _day_before(text)
    week = due.week(due_date.value)
    return due_date.start, WorkTerms(week.number if week else None, due=None if week and week.alone else due_date.value)


_SET_OFF = re.compile(r"(?:\s+[–—|•·-]|,)\s+(?=\S)")


def _day_before(text: str) -> tuple[int, WorkTerms] | None:
    """A day that a sign parts from the work before it: «Maze solver — 27 Feb 2026», «Essay, Fri, 5 May»."""
    for sign in _SET_OFF.finditer(text, max(len(text) - _AT_END, 0)):
        value = text[sign.end() :].strip(" .")
        if sign.start() and any(map(str.isdigit, value)) and due.is_day(value):
            week = due.named(value)
            return sign.start(), WorkTerms(week.number if week else None, due=None if week and week.alone else value)
    return None


def _dashed(text: str) -> tuple[int, WorkTerms] | None:
    """What the parts behind the last dashes of a line say of its work: «Draft — 10 pts — by Fri 6 Oct»."""
    end, parts = len(text), list[str]()
    while found := _DASHED.search(text, max(end - _AT_END, 0), end):
        if not _is_term(found["in"]):
            break
        parts.insert(0, found["in"])
        end = found.start()
    dash_terms = terms("; ".join(parts)) if parts else None
    return (end, dash_terms) if dash_terms is not None and dash_terms.whole and end else None


def sets_work(one: Segment) -> bool:
    """Whether the end of a short line says what its work gives and when it is due."""
    if not one.is_text or not _SHORTEST < len(one.text) < _LONGEST or not any(map(str.isdigit, one.text)):
        return False
    found = behind(one.text)
    return found is not None and found[0] > 0 and found[1].points is not None and bool(found[1].due or found[1].week)


def names_topics(heading: str) -> bool:
    """Whether a heading names topics of one kind of work, of which one is chosen: «Темы рефератов», no «Темы СРС»."""
    if words().front("independent", heading) or not _begins("topics", heading):
        return False
    return _begins("independent", heading)


_FIRST_WORDS = 2
"""With how many words at most a sentence begins to speak of all work."""


def tells_of_all(one: Segment) -> bool:
    """Whether a line, no task, begins to speak of all work of a list, or of those who are late with it: «All work is
    handed in on paper», «Опоздавшим: …»."""
    if not one.is_text or one.mark is not None or one.asks == "task" or one.piece.heading is not None:
        return False
    tokens = _WORD.findall(fold(one.text[:_LONGEST]))
    return any(
        len(tokens) >= len(words) <= _FIRST_WORDS and all(map(str.startswith, tokens, words))
        for words in _phrases("of-all")[1]
    )


def tells_rules(own: Sequence[Segment]) -> bool:
    """Whether lines, bullets too, say how all work is set, handed in and graded, and set none: most are sentences with
    such words, «Homework will be posted on Canvas.»"""
    texts = [one for one in own if one.is_text and one.text]
    rule_count = sum(one.asks != "task" and speaks(one.text) and _begins("rules", one.text) for one in texts)
    return len(texts) > 1 and len(texts) == len(own) and rule_count * 3 >= len(texts) * 2


@cache
def _tables() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for data in languages.every("labels"):
        for name, phrase_list in data.get("work", {}).items():
            found.setdefault(name, []).extend(tuple(fold(phrase).split()) for phrase in phrase_list)
    return {name: tuple(entries) for name, entries in found.items()}


_WORD = re.compile(r"[^\W\d_]+")
_NEVER = re.compile(r"(?!)")


@cache
def _phrases(name: str) -> tuple[re.Pattern[str], tuple[tuple[str, ...], ...]]:
    """The entries of a table word by word, and a pattern that finds the first word of any."""
    found = tuple(tuple(word for stem in entry for word in _WORD.findall(stem)) for entry in _tables().get(name, ()))
    firsts = "|".join(sorted({re.escape(words[0]) for words in found if words}))
    return (re.compile(rf"(?<![^\W\d_])(?:{firsts})") if firsts else _NEVER), found


def _begins(name: str, text: str, *, whole: bool = False) -> bool:
    """Whether the words of an entry stand in a text; ``whole``: they are all of it, or all but one word."""
    first, entries = _phrases(name)
    folded = fold(text)
    if first.search(folded) is None:
        return False
    tokens = _WORD.findall(folded)
    lengths = [len(entry) for entry in _tables().get(name, ())]
    return any(
        all(any(token.startswith(word) for token in tokens) for word in words)
        and (not whole or len(tokens) <= length + 1)
        for words, length in zip(entries, lengths, strict=True)
    )


def headings(every: Iterable[Segment]) -> Iterator[Segment]:
    """The lines that name pieces of work with a number, in order."""
    return (one for one in every if counts_work(one))


def counts_work(one: Segment) -> bool:
    """Whether a line names a piece of work with its number."""
    if not one.is_text or (work := of(one)) is None:
        return False
    return work.counted and leads(one.text, work)


def dated(every: Iterable[Segment]) -> int:
    """How many lines say by which week work is due."""
    found = (terms(one.text) for one in every if one.is_text and len(one.text) < _LONGEST)
    return sum(each is not None and each.week is not None for each in found)
