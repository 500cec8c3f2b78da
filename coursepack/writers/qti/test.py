"""The test of a package: a part, its sections nested as the categories of a bank are, references to the items.

Source: IMS QTI 2.1, «Assessment Test, Section and Item Information Model», 5 (tests) and 6 (outcome processing).
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from coursepack.ims.asi import XSI, QtiVersion
from coursepack.ims.asi_html import AsiHtml
from coursepack.writers import cut
from coursepack.writers.qti.draft import SCORE, InteractionDraft
from coursepack.writers.qti.items import LONGEST_TITLE
from coursepack.writers.question_bank import Category

Element = etree._Element

TEST = "test.xml"
WEIGHT = "WEIGHT"


def item_path(identifier: str) -> str:
    """Where an item lies in its package."""
    return f"items/{identifier}.xml"


@dataclass
class Sections:
    """The sections of a test, opened where a question needs them: a category's path is a path of sections."""

    version: QtiVersion
    file: Any
    html: AsiHtml
    weighed: bool = False
    """Whether the points of some items do not count."""
    _open: list[tuple[str, ExitStack]] = field(default_factory=list)
    _wanted: Category | None = None
    _infos: dict[tuple[str, ...], Category] = field(default_factory=dict)
    _count: int = 0

    def category(self, category: Category) -> None:
        self._wanted = category
        if category.info:
            self._infos.setdefault(category.names, category)

    def item(self, identifier: str, level: int, *, counts: bool = True) -> None:
        """A reference to an item in the section of its category; one that does not count weighs nothing."""
        names = self._wanted.names if self._wanted else ("…",)
        same = 0
        while same < min(len(names), len(self._open)) and self._open[same][0] == names[same]:
            same += 1
        self.close(same)
        for depth in range(same, len(names)):
            self._begin(names[: depth + 1])
        version = self.version
        reference = _own(version, "assessmentItemRef")
        reference.set("identifier", identifier)
        reference.set("href", item_path(identifier))
        if level:
            reference.set("category", f"level-{level}")
        if not counts:
            version.child(reference, "weight", identifier=WEIGHT, value="0")
            self.weighed = True
        self.file.write(reference)

    def _begin(self, names: tuple[str, ...]) -> None:
        version = self.version
        self._count += 1
        stack = ExitStack()
        attributes = {
            "identifier": f"section-{self._count}",
            "title": cut(names[-1], LONGEST_TITLE) or "…",
            "visible": "true",
        }
        stack.enter_context(self.file.element(version.tag("assessmentSection"), attributes))
        self._open.append((names[-1], stack))
        found = self._infos.pop(names, None)
        if found:
            rubric = _own(version, "rubricBlock")
            rubric.set("view", "author")
            if version.kebab:
                rubric.set("use", "instructions")
            holder = version.child(rubric, "contentBody") if version.kebab else rubric
            self.html.fill(holder, found.info)
            self.file.write(rubric)

    def close(self, depth: int = 0) -> None:
        """Close all sections below a depth."""
        while len(self._open) > depth:
            self._open.pop()[1].close()


def _own(version: QtiVersion, name: str) -> Element:
    """An element that is written on its own, its namespace the one without a prefix."""
    return etree.Element(version.tag(name), nsmap={None: version.namespace})  # type: ignore[dict-item]  # the stubs know no default prefix


class QtiTest:
    """A test that is written while its items are: ``file`` is an ``etree.xmlfile`` that was entered."""

    def __init__(self, version: QtiVersion, file: Any, html: AsiHtml, *, identifier: str, title: str) -> None:
        self.version, self.file = version, file
        self._stack = ExitStack()
        file.write_declaration()
        names = {"identifier": identifier, "title": cut(title, LONGEST_TITLE) or identifier}
        names[f"{{{XSI}}}schemaLocation"] = f"{version.namespace} {version.schema}"
        self._stack.enter_context(file.element(version.tag("assessmentTest"), names, nsmap=version.nsmap))
        declared = _own(version, "outcomeDeclaration")
        for key, value in (("identifier", SCORE), ("cardinality", "single"), ("baseType", "float")):
            declared.set(version.attribute(key), value)
        version.child(version.child(declared, "defaultValue"), "value", "0")
        file.write(declared)
        part = {"identifier": "part-1", "navigationMode": "nonlinear", "submissionMode": "individual"}
        self._part = ExitStack()
        named = {version.attribute(key): value for key, value in part.items()}
        self._part.enter_context(file.element(version.tag("testPart"), named))
        self.sections = Sections(version, file, html)

    def close(self) -> None:
        """The end: the score of a test is the sum of its items'."""
        self.sections.close()
        self._part.close()
        draft = InteractionDraft(self.version, 0)
        weight = {"weightIdentifier": WEIGHT} if self.sections.weighed else {}
        total = draft.node_of("sum", draft.node_of("testVariables", variableIdentifier=SCORE, **weight))
        processing = _own(self.version, "outcomeProcessing")
        processing.append(draft.assign(SCORE, total))
        self.file.write(processing)
        self._stack.close()
