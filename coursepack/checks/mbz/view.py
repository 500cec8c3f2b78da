"""A backup as its checks see it: documents read once, faults told with member and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from coursepack.checks import Grammar
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.place import Finding, Place, error, warning

Element = etree._Element
NULL = "$@NULL@$"
_MODULE = "70"
"""CONTEXT_MODULE."""
_OF_USERS = ("attempt", "grade_grade", "submission", "sco_track")
"""What users did in an activity: no check looks into it, and a course may have more of it than of all else."""


@dataclass
class View:
    """The package with its grammar. ``closed``: our own output, in which every doubt is an error."""

    package: Package
    grammar: Grammar
    findings: list[Finding] = field(default_factory=list)
    question_ids: set[str] | None = None
    _documents: dict[str, Element | None] = field(default_factory=dict)

    @property
    def closed(self) -> bool:
        return self.grammar.closed

    def document(self, member: str) -> Element | None:
        """The root of a member; None when it is missing or no XML (which is told once)."""
        if member not in self._documents:
            self._documents[member] = None
            if member in self.package:
                try:
                    self._documents[member] = self.package.xml(member, keep="xml-marks", emptied=_OF_USERS)
                except XmlError as problem:
                    place = self.package.place(member, problem.line)
                    self.findings.append(error("mbz-xml", f"no XML that Moodle can read: {problem}", place))
        return self._documents[member]

    @cached_property
    def recognised(self) -> frozenset[str]:
        """Ids of older versions of questions whose bank is that of a module which is not in the file.

        No restore makes them: by them it finds the question that gets the version behind them. So neither their files
        nor their gaps need to be there.
        """
        found: set[str] = set()
        categories = each(self.document("questions.xml"), "question_category")
        outside = [one for one in categories if text(one, "contextlevel") == _MODULE]
        contexts = self._contexts() if outside else set()
        for category in outside:
            if text(category, "contextid") not in contexts:
                for versions in category.iterfind(".//question_version"):
                    older = list(versions)[:-1]
                    found |= {q.get("id") or "" for one in older for q in one.iterfind("questions/question")}
        return frozenset(found)

    def _contexts(self) -> set[str]:
        """The contexts of the activities in the file."""
        names = [name.split("/") for name in self.package.names() if name.startswith("activities/")]
        own = ["/".join(name) for name in names if len(name) == 3 and name[2] == f"{name[1].partition('_')[0]}.xml"]
        roots = (self.document(name) for name in own)
        return {root.get("contextid") or "" for root in roots if root is not None}

    def fault(self, code: str, message: str, member: str, at: Element | None = None, advice: str = "") -> None:
        """What stops a restore or loses content."""
        self.findings.append(error(code, message, self._place(member, at), advice))

    def doubt(self, code: str, message: str, member: str, at: Element | None = None, advice: str = "") -> None:
        """What Moodle gets over somehow: a warning for others' files, an error for ours."""
        make = error if self.closed else warning
        self.findings.append(make(code, message, self._place(member, at), advice))

    def _place(self, member: str, at: Element | None) -> Place:
        return self.package.place(member or None, line(at))


def line(element: Element | None) -> int:
    """Where an element stands, from 1; 0 when that is not known."""
    found = None if element is None else element.sourceline
    return found if isinstance(found, int) else 0


def text(element: Element, path: str) -> str:
    """The text of a leaf; empty when it is absent or NULL."""
    found = (element.findtext(path) or "").strip()
    return "" if found == NULL else found


def each(element: Element | None, path: str) -> Iterator[Element]:
    """The elements of a path below an element that may be missing."""
    if element is not None:
        yield from element.iterfind(path)


def child(element: Element, tag: str) -> Element | None:
    """The first child of that name; a name out of a file may hold what a path cannot."""
    return next((found for found in element if found.tag == tag), None)
