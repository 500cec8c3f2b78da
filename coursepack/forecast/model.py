"""Parts of a package, and their forecast result after an import."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

from coursepack.place import Finding, Place


class Fate(StrEnum):
    """The result of importing a part, from good to bad; ``refused``: the whole package, because of this part."""

    KEPT = "kept"
    CHANGED = "changed"
    LOST = "lost"
    REFUSED = "refused"


class PackagePart(msgspec.Struct, frozen=True, kw_only=True):
    """Something in a package: a course, section, activity, page, question, file, setting.

    ``facts`` are the values that rules test; those in ``shown`` are properties of the part that are imported with it
    (type, mark, fractions).
    """

    kind: str
    name: str
    place: Place
    facts: dict[str, Any] = {}
    shown: tuple[str, ...] = ()


def unreadable(place: Place, stated: str = "") -> PackagePart:
    """The whole of a package that cannot be read, and why."""
    return PackagePart(kind="course", name="", place=place, facts={"readable": False, "said": stated})


class LmsRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an LMS does with parts of a kind.

    ``of``: kinds of package; ``version``: the versions it holds for (none: all); ``when``: facts the part must have (a
    list: one of these; ``over``/``under``: a number above or below). ``becomes``: the kind of thing that arrives;
    ``sets``: its properties; ``name``: a fact that names it.
    """

    code: str
    part: str
    of: tuple[str, ...] = ()
    version: tuple[str, ...] = ()
    when: dict[str, Any] = {}
    fate: Fate = Fate.KEPT
    becomes: str | None = None
    name: str | None = None
    sets: dict[str, Any] = {}
    says: str = ""
    source: str = ""
    advice: str = ""


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """A part and its result after the import: nothing (``becomes`` None), or a thing of that kind with a name and
    properties."""

    part: str
    name: str
    place: Place
    fate: Fate
    becomes: str | None
    arrives: dict[str, Any]
    reasons: tuple[str, ...]


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A reason: a sentence with its source, and advice."""

    code: str
    says: str
    source: str
    advice: str = ""


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """The forecast of one file. ``read``: the rules were read in the LMS's code only, not seen in a run."""

    file: str
    kind: str
    lms: str
    version: str
    read: bool
    refused: bool
    arrivals: tuple[Arrival, ...]
    reasons: tuple[Reason, ...]
    findings: tuple[Finding, ...] = ()
