"""Fields on the title page of an old syllabus, whose lines often have no label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from coursepack import languages
from coursepack.old_syllabus.changes import set_text
from coursepack.old_syllabus.fields import TAG, Draft, paragraph_named, part_of, tag_of
from coursepack.old_syllabus.forms import is_item, is_name, stems, without_adjectives
from coursepack.outline.tree.labelled import labelled
from coursepack.outline.tree.words import words
from coursepack.render.wml import Element, text_of

_SURE = 10
"""Of the words of a line: what names a part and little else."""
_SHORT = 160
"""Letters of a line of the title page."""
_LONGEST_TITLE, _LONGEST_NAME = 100, 60
_FIRST = 3
"""Lines of which one may hold code and title together."""
_NO_NAME = re.compile(r"[:\d_“”]")
"""Signs of a line that says more than a name: of a book, of a form, of a signature."""
_CODE = r"\(?[^\W\d_]{2,5}[ -]?\d{3,4}[^\W\d_]?\)?|[^\W\d_]{2,12} \d{3,4}[^\W\d_]?(?=\s*[:–—-])"
_CODE_AND_TITLE = re.compile(
    rf"(?P<before>\s*)(?P<code>{_CODE})(?P<between>\s*[:.–—-]\s+|\s+)"
    r"(?P<title>[^\W\d_][^()]*[^\W\d_])(?P<after>\s*(?:\([^()]*\))?\s*)"
)
_CODED = re.compile(rf"\s*(?P<code>{_CODE})\s*")
_QUOTED = re.compile(r"[«“\"](?P<title>[^«»“”\"]{3,})[»”\"]")
_YEARS = r"(?:19|20)\d\d(?:\s*[/–-]\s*(?:(?:19|20)?\d\d))?"
_YEAR = re.compile(rf"(?<!\d){_YEARS}(?!\d)")
_PLACE = re.compile(
    r"\s*(?:[^\W\d_]\.\s*)?(?P<city>[^\W\d_]+(?:[ -][^\W\d_]+)?)\s*[,–-]?\s*(?:19|20)\d\d\s*[^\W\d_]{0,4}\.?\s*"
)
_WORD = re.compile(r"[^\W\d_]+")
_REST = re.compile(r"\A[^\W\d_]+")
"""The end of a word."""
_OFTEN = {"year", "semester"}
"""What may stand twice."""
_TERM = "{{ term_line }}"
_PLACE_AND_YEAR = (
    "{% if city %}{{ city }}{% endif %}{% if city and year %}, {% endif %}{% if year %}{{ year }}{% endif %}"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """``nth`` of the filled lines of the page, ``text_above``: the one before it."""

    own_text: str
    nth: int
    text_above: str
    is_counted: bool
    is_head: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A line with fields in it, and what stood there."""

    with_fields: str
    stood_there: dict[str, str]


def put_fields(draft: Draft, paragraphs: Sequence[Element]) -> None:
    """Puts fields in place of what the lines of a title page say, each field once."""
    number, above = 0, ""
    for paragraph in paragraphs:
        text = text_of(paragraph)
        lines = text.split("\n")
        for place, one in enumerate(lines):
            if not one.strip():
                continue
            line = _Line(one, number, above, is_item(paragraph), part_of(draft.marks, one) is not None)
            number, above = number + 1, one
            if TAG.search(one) or len(one) > _SHORT:
                continue
            found = next(
                (each for each in _readings(draft, line) if not set(each.stood_there) & set(draft.found) - _OFTEN), None
            )
            if found is not None:
                lines[place] = found.with_fields
                for name, old in found.stood_there.items():
                    draft.note(name, paragraph_named(one.strip()), old)
        if (made := "\n".join(lines)) != text:
            set_text(paragraph, made)


def _readings(draft: Draft, line: _Line) -> Iterator[_Found]:
    if labelled(draft.marks, line.own_text):
        return
    for read in (_term, _quoted, _code_and_title, _title_below, _place, _house_line):
        if found := read(line):
            yield found


def _term(line: _Line) -> _Found | None:
    """«2017/2018 academic year, fall semester», «Fall 2018», «2019-2020 academic year»."""
    year = _YEAR.search(line.own_text)
    said = _WORD.findall(line.own_text.casefold())
    if (
        not year
        or not said
        or "_" in line.own_text
        or not all(word.startswith(stems("of-terms") + stems("of-years")) for word in said)
    ):
        return None
    if _YEAR.search(line.own_text, year.end()):
        return None
    old = {"year": year[0]}
    if any(word.startswith(stems("of-terms")) for word in said):
        return _Found(_TERM, old | {"semester": ""})
    return _Found(f"{line.own_text[: year.start()]}{tag_of('year')}{line.own_text[year.end() :]}", old)


def _quoted(line: _Line) -> _Found | None:
    """«Philosophy» in quotes on a line that says that this is a course or its syllabus."""
    quotes = list(_QUOTED.finditer(line.own_text))
    if len(quotes) != 1:
        return None
    one = quotes[0]
    outside = f"{line.own_text[: one.start()]} {line.own_text[one.end() :]}".casefold()
    if len(outside) > _LONGEST_NAME or not (_of_course(outside) or any(name in outside for name in stems("called"))):
        return None
    before, old = line.own_text[: one.start("title")], {"title": one["title"]}
    if coded := _CODED.match(before[:-1]):
        old["code"] = coded["code"].strip("()")
        before = before.replace(old["code"], tag_of("code"), 1)
    return _Found(f"{before}{tag_of('title')}{line.own_text[one.end('title') :]}", old)


def _code_and_title(line: _Line) -> _Found | None:
    """«EE 4077 Machine Learning» on one of the first lines or below the name of the paper; a section, a term or a year
    is no title."""
    if line.nth >= _FIRST and not _is_called(line.text_above):
        return None
    found = _CODE_AND_TITLE.fullmatch(line.own_text)
    if not found or re.search(r"\d", found["title"]) or len(found["title"]) > _LONGEST_TITLE:
        return None
    if any(len(word) == 1 and word.isupper() for word in found["title"].split()[-1:]):
        return None
    code = found["code"].strip("()")
    coded = found["code"].replace(code, tag_of("code"))
    made = f"{found['before']}{coded}{found['between']}{tag_of('title')}{found['after']}"
    return _Found(made, {"title": found["title"], "code": code})


def _title_below(line: _Line) -> _Found | None:
    """A name alone below «Syllabus» or «of the course»."""
    text = line.own_text.strip()
    if not _is_called(line.text_above) or _is_called(line.own_text) or line.is_head or line.is_counted:
        return None
    if len(text) > _LONGEST_TITLE or _NO_NAME.search(text) or not is_name(text) or re.search(r"[.@«»]", text):
        return None
    if _of_course(text.casefold()) or _house(text) or max(words().labels(text).values(), default=0) >= _SURE:
        return None
    return _Found(line.own_text.replace(text, tag_of("title")), {"title": text})


def _place(line: _Line) -> _Found | None:
    """«Almaty, 2019»."""
    found = _PLACE.fullmatch(line.own_text)
    if not found or not found["city"][0].isupper() or words().labels(found["city"]) or _house(found["city"]):
        return None
    if any(
        word.startswith(stems("of-terms") + stems("of-years") + stems("no-place"))
        for word in _WORD.findall(line.own_text.casefold())[:1]
    ):
        return None
    return _Found(_PLACE_AND_YEAR, {"city": found["city"]})


def _house_line(line: _Line) -> _Found | None:
    """A university, a faculty, a department by their words."""
    text = line.own_text.strip()
    if line.is_head or line.is_counted or _NO_NAME.search(text) or not is_name(text):
        return None
    if "approval" in words().labels(text):  # «Head of department», «Dean of the faculty»
        return None
    name = _house(text)
    return _Found(line.own_text.replace(text, tag_of(name)), {name: text}) if name else None


def _is_called(text: str) -> bool:
    """Whether a line says what the paper is and no more."""
    folded = text.strip(' «»“”":.()\t').casefold()
    if len(folded) > _LONGEST_NAME or re.search(r"\d", folded):
        return False
    own = next((name for name in sorted(stems("called"), key=len, reverse=True) if folded.startswith(name)), None)
    if own is None or _QUOTED.search(text):
        return False
    # «Programme of practical training» is another paper.
    others = _WORD.findall(_REST.sub("", folded[len(own) :]))
    return all(word.startswith((*_course(), *stems("all-rules"), *stems("called"))) for word in others)


def _of_course(folded: str) -> bool:
    return any(word.startswith(_course()) for word in _WORD.findall(folded))


@cache
def _course() -> tuple[str, ...]:
    return tuple(stem for data in languages.every("labels") for stem in data.get("requisites", {}).get("course", ()))


def _house(text: str) -> str | None:
    folded = without_adjectives(text)
    return next((name for name, known in _houses().items() if any(stem in folded for stem in known)), None)


@cache
def _houses() -> dict[str, tuple[str, ...]]:
    """Beginnings of words by which a line of a title page names the house."""
    made: dict[str, list[str]] = {"faculty": [], "department": [], "university": []}
    for data in languages.every("labels"):
        about = data.get("about", {})
        for name, known in made.items():
            known += [stem for stem in about.get(name, ()) if len(stem) > 4 and " " not in stem]
    return {name: tuple(known) for name, known in made.items()}
