"""What speaks for a field of an old syllabus, and what against it: the form of a value, the company that a label keeps,
how a line is dressed. A wrong field is worse than one that is not found."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from itertools import groupby

from coursepack import languages
from coursepack.render.docx_file import DocxFile
from coursepack.render.wml import Element, text_of, w

_FORMS = {
    "code": re.compile(r"(?=.{1,40}$)(?:.*\d|[^\W\d_]{2,10}$)"),
    "credits": re.compile(r".*\d"),
    "year": re.compile(r".*(?:19|20)\d\d"),
    "semester": re.compile(r"(?!(?:1[3-9]|[2-9]\d|\d{3,})$).{1,60}$"),
    "study_year": re.compile(r".*(?:\d|\b[IVX]+\b)"),
    "programme": re.compile(r".{4,}"),
    "title": re.compile(r"[^.;]*(?:\.[^\s.;][^.;]*)*$"),
    "hours_total": re.compile(r"\d{2,3}(?!\d)"),
    "email": re.compile(r".*@"),
    "phone": re.compile(r".*\d\D*\d\D*\d"),
}
"""What a value of a field looks like; those that are not named look like anything."""
_BLANK = re.compile(r"[\W_]*")
_LABEL = re.compile(r"\W*(?P<label>[^\W\d_][^:]{0,30}):\s")
_COMPANY = 4
"""Lines of one form one below another that are a list of anything."""
_LONGEST_LABEL = 40
_NAME_WORDS, _ENDS = 14, ".;,:)!?"
_LEVEL = re.compile(r"heading (\d)")


def fits(name: str, value: str) -> bool:
    """Whether a value may be of that field; a blank may be of any."""
    value = " ".join(value.split())
    form = _FORMS.get(name)
    return _BLANK.fullmatch(value) is not None or form is None or form.match(value) is not None


def is_label(text: str, start: int, value: int, *, first: bool) -> bool:
    """Whether the label of a line (``start`` up to its ``value``) is one of a field: short, without a number, and the
    first at the beginning of its line."""
    label = text[start:value]
    alone = not first or not any(letter.isalnum() for letter in text[:start])
    return alone and len(label) <= _LONGEST_LABEL and not any(letter.isdigit() for letter in label)


def is_name(text: str) -> bool:
    """A line of a title page that may be the name of a house: no sentence and no part of one."""
    first = next((letter for letter in text if letter.isalpha()), "")
    return first.isupper() and text[-1] not in _ENDS and len(text.split()) <= _NAME_WORDS


def strangers(texts: Sequence[str], known: Callable[[str], bool]) -> set[int]:
    """Lines of a list of anything: several labels one below another of which most name no field («Modules: check …»,
    «Discussions: …»)."""
    found: set[int] = set()
    for is_labelled, run in groupby(enumerate(texts), key=lambda each: bool(_LABEL.match(each[1]))):
        lines = list(run)
        if is_labelled and len(lines) >= _COMPANY and sum(known(text) for _, text in lines) * 2 < len(lines):
            found |= {place for place, _ in lines}
    return found


# --- what a label or a heading names ------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+")
_CONTACTS = frozenset({"teacher", "email", "phone", "office-hours"})


def names_all_rules(heading: str) -> bool:
    """«Course policies» and no word of a rule; «Late policy» is one of them."""
    known = stems("all-rules")
    return all(word.startswith(known) for word in _WORD.findall(heading.casefold()))


def greets(heading: str) -> bool:
    """«Welcome!» stands over words to the reader, whatever they are."""
    heading = heading.strip().casefold()
    return heading.endswith("!") or heading.startswith(stems("greets"))


def is_teachers_room(label: str, company: Collection[str | None]) -> bool:
    """Whether a room is the teacher's: its label says so, or stands in the ``company`` of the teacher's other labels;
    one that speaks of classes is of those."""
    words = _WORD.findall(label.casefold())
    if any(word.startswith(stems("of-class")) for word in words):
        return False
    return any(word.startswith(stems("of-teacher")) for word in words) or not _CONTACTS.isdisjoint(company)


def without_adjectives(line: str) -> str:
    """A line in small letters without «academic …», which an academy is not."""
    words = line.casefold().split()
    return " ".join(word for word in words if not word.lstrip('«“"').startswith(stems("no-house")))


@cache
def stems(name: str) -> tuple[str, ...]:
    return tuple(stem for data in languages.every("labels") for stem in data.get("old-syllabus", {}).get(name, ()))


_ITEM = re.compile(r"\s*(?:\(?\d{1,2}[.)]|[•●▪–—-])\s+\S")


def is_item(element: Element) -> bool:
    """An item of a list, by Word's numbering or by a sign that was typed."""
    if element.tag != w("p") or not text_of(element).strip():
        return False
    return element.find(f"{w('pPr')}/{w('numPr')}") is not None or _ITEM.match(text_of(element)) is not None


# --- how lines are dressed ----------------------------------------------------------------------------------------


def dress(file: DocxFile, line: Element) -> str:
    """How a line is set apart: by the style of a heading, by bold letters; nothing for a line of text."""
    if line.tag != w("p"):
        return ""
    style = line.find(f"{w('pPr')}/{w('pStyle')}")
    name = file.style_name(style.get(w("val"), "")) if style is not None else ""
    if name.startswith("heading"):
        return name
    runs = list(_runs(line))
    return "bold" if runs and all(map(_bold, runs)) else ""


def level(dressed: str) -> int:
    """Of a heading; 0 for what is none."""
    found = _LEVEL.match(dressed)
    return int(found[1]) if found else 0


def ends(file: DocxFile, head: Element, line: Element, first: Element | None) -> bool:
    """Whether a line is dressed as what ends the part of a head: as a head of its kind, of a higher one, or as any
    where the head itself is plain and the part does not begin with one (``first``)."""
    begins_bold = any(_bold(run) for run in list(_runs(head))[:1])
    own, other = dress(file, head) or ("bold" if begins_bold else ""), dress(file, line)
    if not own and first is not None and other == dress(file, first):
        return False
    if level(other):
        return not level(own) or level(other) <= level(own)
    if not own or own == other:
        return bool(other)
    return own == "bold" and text_of(head).strip().endswith(":") and _runs_in(line)


def _runs_in(line: Element) -> bool:
    """«**Honor Code:** All work …»"""
    lead = ""
    for run in _runs(line):
        if not _bold(run):
            break
        lead += text_of(run)
    return ":" in lead and len(lead.partition(":")[0]) <= _LONGEST_LABEL


def _runs(line: Element) -> Iterator[Element]:
    return (run for run in line.iter(w("r")) if text_of(run).strip())


def _bold(run: Element) -> bool:
    found = run.find(f"{w('rPr')}/{w('b')}")
    return found is not None and found.get(w("val"), "true") not in {"0", "false", "off"}


_LISTED = re.compile(r"\s*[-–—•·*]\s*[^\W\d_].*;\s*")


def is_listed(line: str) -> bool:
    """«- a desk for the teacher – 1;»: an item of a list, whatever words are in it."""
    return bool(_LISTED.fullmatch(line))
