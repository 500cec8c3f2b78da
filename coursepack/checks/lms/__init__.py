"""What an LMS will make of a package, in plain words: facts with their sources, not guesses in code.

``measure`` counts what is in a package; the tables (``moodle.toml``, ``canvas.toml``, ``openedx.toml``) say what the
LMS does with so many of it. A fact: ``when`` names a measure, ``over`` (default 0) the number above which it speaks,
``says`` the sentence, ``source`` where it was seen.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from coursepack.checks import Grammar
from coursepack.checks.lms.measure import measure
from coursepack.files.package import Package
from coursepack.place import CoursepackError, Finding, Severity

_FOLDER = Path(__file__).parent


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that an LMS does. ``severity`` error: it refuses or loses the package; ``advice``: what helps."""

    code: str
    when: str
    says: str
    source: str
    severity: Severity = Severity.NOTE
    over: float = 0
    advice: str = ""


class LmsFacts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All facts about one LMS: its name for people and the version they were seen in."""

    name: str
    version: str
    fact: tuple[Fact, ...]


def names() -> list[str]:
    """The LMSs that are known, sorted."""
    return sorted(path.stem for path in _FOLDER.glob("*.toml"))


@cache
def table(lms: str) -> LmsFacts:
    """The facts about an LMS. Raises ``CoursepackError`` for one that is not known."""
    if lms not in names():
        raise CoursepackError(f"unknown LMS {lms!r}, expected one of {', '.join(names())}")
    data = tomllib.loads((_FOLDER / f"{lms}.toml").read_text(encoding="utf-8"))
    return msgspec.convert(data, LmsFacts)


def lms_report(package: Package, lms: str) -> list[Finding]:
    """What the LMS will show and what it will lose, in the order of its table. Raises ``CoursepackError``."""
    facts = table(lms)
    found = measure(package)
    report: list[Finding] = []
    for fact in facts.fact:
        count, names_ = found.get(fact.when, (0, ()))
        if count <= fact.over:
            continue
        shown = ", ".join(names_[:3]) + (" …" if len(names_) > 3 else "")
        says = fact.says.format(count=f"{count:g}", names=shown)
        report.append(
            Finding(
                fact.severity,
                f"lms-{lms}-{fact.code}",
                f"{facts.name}: {says} [{fact.source}]",
                package.place(),
                fact.advice,
            )
        )
    if not report:
        message = f"{facts.name}: nothing is known about packages like this one"
        report.append(Finding(Severity.NOTE, f"lms-{lms}-nothing", message, package.place()))
    return report


def moodle(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """The layer ``lms-moodle``."""
    yield from lms_report(package, "moodle")


def canvas(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """The layer ``lms-canvas``."""
    yield from lms_report(package, "canvas")


def openedx(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """The layer ``lms-openedx``."""
    yield from lms_report(package, "openedx")
