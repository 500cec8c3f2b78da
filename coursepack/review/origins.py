"""Where a value of the course stands: a line of a source, of course.toml or of the department's file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from coursepack.model.ledger import Ledger
from coursepack.outline.found import OutlineSource
from coursepack.outline.markers import fold
from coursepack.outline.tree.labelled import kind_of, labelled
from coursepack.place import Place
from coursepack.project import about
from coursepack.project import course_toml as project
from coursepack.project.strict_toml import TomlSource as Toml
from coursepack.review.course import Snapshot
from coursepack.review.declared import AboutField, table_of, texts, value


@dataclass(frozen=True)
class Origin:
    """``kind``: ``course``, ``department``, ``read`` or empty where nobody said it; ``source`` is the number of the
    document that the place is in."""

    kind: str = ""
    place: Place | None = None
    source: int | None = None


def origin(now: Snapshot, field: AboutField) -> Origin:
    """Where the value of a field comes from."""
    shown = value(now.understood.course.about, field)
    if not shown:
        return Origin()
    if value(now.loaded.declared, field) == shown:
        return _declared(now, field)
    found = _read(now, field, [fold(text) for text in texts(shown)])
    return Origin("read", found[1], found[0]) if found else Origin("read")


def _declared(now: Snapshot, field: AboutField) -> Origin:
    language = now.understood.course.language
    keys = ((about.TABLE, field.keys[0]), (about.TABLE, language, field.keys[0]))
    places = (now.loaded.declared_at.get(".".join(path)) for path in reversed(keys))
    above = next((place for place in places if place is not None and place.file != project.FILE_NAME), None)
    if above is not None:
        return Origin("department", above)
    stated = tomllib.loads(now.text).get(about.TABLE, {})
    within = (*table_of(stated, field.keys[0], language, now.whole.project.languages), *field.keys[1:])
    return Origin("course", Toml(project.FILE_NAME, now.text).place((about.TABLE, *within)))


def _read(now: Snapshot, field: AboutField, stated: list[str]) -> tuple[int, Place] | None:
    """The line that names the field and holds the value, else the first that holds it and went to the course's data;
    a number alone is only where its label stands."""
    counts = all(any(c.isdigit() for c in text) and len(text) < _SHORT for text in stated)
    second: tuple[int, Place] | None = None
    for number, source in enumerate(now.understood.sources):
        ledger = source.stream.texts.ledger
        own = {entry.unit for entry in ledger.entries if entry.part == "about" or entry.fate != "content"}
        for unit, before, text in _holding(ledger, stated):
            place = Place(ledger.file, unit, unit, ledger.unit_name)
            if _names(source, field, text) or (before and _names(source, field, before)):
                return number, place
            if second is None and unit in own and not counts:
                second = number, place
    return second


_SHORT = 8
"""Letters of a value that may stand anywhere."""
_LONGEST = 60
"""Letters by which a value is looked for: a text of several lines begins so."""


def _holding(ledger: Ledger, stated: list[str]) -> Iterator[tuple[int, str, str]]:
    """The lines that hold one of the texts, each with the line before it."""
    words = [text for text in stated if any(map(str.isalpha, text))]
    wanted = [text[:_LONGEST] for text in words or stated]
    whole = re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in wanted if len(text) < _SHORT) or r"\Z.")
    long = [text for text in wanted if len(text) >= _SHORT]
    before = ""
    for unit, text in ledger.units.items():
        if not text.strip():
            continue
        folded = fold(text)
        held = any(one in folded or (len(folded) > _SHORT and one.startswith(folded)) for one in long)
        if held or whole.search(folded):
            yield unit, before, text
        before = text


_NAMES = {
    "study_year": "study-year",
    "study_form": "study-form",
    "teachers": "teacher",
    "aim": "course-aim",
}
"""Fields that labels call otherwise."""


def _names(source: OutlineSource, field: AboutField, text: str) -> bool:
    wanted = {_NAMES.get(one, one) for one in (*field.keys, field.name)}
    kinds = {one.kind for one in labelled(source.marks, text)}
    return bool(wanted & (kinds | {kind_of(source.marks, text)}))
