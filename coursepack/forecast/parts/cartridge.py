"""A Common Cartridge, as its importers walk it: the items of the organization, then questions of its assessments.

The facts of a question are what importers read (IMS CC profile of QTI 1.2): profile, weighting, what choices earn.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from coursepack.checks import ims
from coursepack.checks.detect import detect
from coursepack.checks.html import SUFFIXES
from coursepack.checks.ims import ImsManifest, ManifestResource, local
from coursepack.checks.xml import line_of
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.forecast.model import PackagePart, unreadable
from coursepack.forecast.parts import pages
from coursepack.ims.packaging import MANIFEST
from coursepack.place import CoursepackError

Element = etree._Element

_DETECTED = 1024
"""Bytes of the manifest in which Moodle looks for the default namespace."""
_MOODLES = b'xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"'
# Ends and beginnings of types of resources → what they are.
_TYPES = (
    ("imsqti_", "/assessment", "quiz"),
    ("imsqti_", "/question-bank", "bank"),
    ("imsdt_", "", "topic"),
    ("imswl_", "", "link"),
    ("imsbasiclti_", "", "lti"),
    ("associatedcontent/", "", "associated"),
    ("assignment_", "", "assignment"),
    ("webcontent", "", "webcontent"),
)
_FOR_TEACHERS = {"instructor", "mentor"}
_SHOWN = ("section", "visible")


def parts(package: Package) -> Iterator[PackagePart]:
    """The course, its sections and places in order, resources that no place shows, questions."""
    manifest, findings = ims.read(package)
    if manifest is None:
        yield unreadable(package.place(), findings[-1].message if findings else "")
        return
    view = _CartridgeView(manifest)
    yield view.course()
    yield from view.items()
    yield from view.others()


def alone(package: Package) -> Iterator[PackagePart]:
    """A QTI file by itself."""
    member = package.names()[0]
    yield PackagePart(kind="course", name="", place=package.place(member), facts={"readable": True, "alone": True})
    root = package.xml(member)
    for item in _all(root, "item"):
        yield _question(package, member, item, "quiz")


_ID = re.compile(r"[^\W\d][\w.\-·]*")


def _is_no_id(one: Element) -> bool:
    """Whether the identifier of an element is none to a schema."""
    return _ID.fullmatch(one.get("identifier", "x")) is None


class _CartridgeView:
    def __init__(self, manifest: ImsManifest) -> None:
        self.manifest = manifest
        self.package = manifest.package
        self.known = manifest.by_id()
        self.used: Counter[str] = Counter()
        self.canvas = "course_settings/canvas_export.txt" in self.package
        self.idents: dict[str, int] = {}

    def course(self) -> PackagePart:
        head = self.package.read(self.manifest.member)[:_DETECTED]
        root = self.manifest.root
        title = next((one for one in _all(root, "title") if _parent(one) == "general"), None)
        name = "" if title is None else "".join(map(str, title.itertext())).strip()
        facts = {
            "readable": True,
            "version": str(detect(self.package).kind),
            "in_root": self.manifest.member == MANIFEST,
            "moodles": _MOODLES in head.replace(b"'", b'"'),
            "tags": "<" in name,
            "organizations": len(list(_all(root, "organization"))),
            "protected": next(_all(root, "authorizations"), None) is not None,
            "strange_type": any(_kind(one) == "other" for one in self.manifest.resources),
            "assignments": any(_kind(one) == "assignment" for one in self.manifest.resources),
            "languages": any(
                one.get("{http://www.w3.org/XML/1998/namespace}lang") for one in root.iter() if isinstance(one.tag, str)
            ),
            "bad_ids": any(map(_is_no_id, root.iter("{*}manifest", "{*}organization", "{*}item", "{*}resource"))),
            "canvas": self.canvas,
        }
        place = self.package.place(self.manifest.member, line_of(root))
        return PackagePart(kind="course", name=name, place=place, facts=facts)

    # --- the organization

    def items(self) -> Iterator[PackagePart]:
        root = next(_all(self.manifest.root, "organization"), None)
        first = next((one for one in root if local(one) == "item"), None) if root is not None else None
        for number, item in enumerate(one for one in (first if first is not None else ()) if local(one) == "item"):
            named = item.get("identifierref") is None
            facts = {"number": number, "loose": not named, "empty": not any(local(one) == "item" for one in item)}
            place = self.manifest.place(item)
            yield PackagePart(kind="section", name=_title(item), place=place, facts=facts, shown=("number",))
            if named:
                yield from self._inside(item, number, 1)
            else:
                yield from self._place(item, number, 0)

    def _inside(self, folder: Element, section: int, depth: int) -> Iterator[PackagePart]:
        for item in folder:
            if local(item) != "item":
                continue
            if item.get("identifierref") is None:
                facts = {"section": section, "depth": depth, "untitled": not _title(item)}
                place = self.manifest.place(item)
                yield PackagePart(kind="folder", name=_title(item), place=place, facts=facts, shown=("section",))
            else:
                yield from self._place(item, section, depth)
            yield from self._inside(item, section, depth + 1)

    def _place(self, item: Element, section: int, depth: int) -> Iterator[PackagePart]:
        resource = self.known.get(str(item.get("identifierref")))
        facts: dict[str, Any] = {"section": section, "depth": depth, "untitled": not _title(item)}
        if resource is None:
            place = self.manifest.place(item)
            yield PackagePart(
                kind="place", name=_title(item), place=place, facts=facts | {"type": "none"}, shown=_SHOWN
            )
            return
        self.used[resource.identifier] += 1
        again = self.used[resource.identifier] > 1
        kind, member = _kind(resource), self._member(resource)
        facts |= {
            "type": kind,
            "page": (member or resource.href or "").lower().endswith(SUFFIXES),
            "visible": int(not _for_teachers(resource)),
            "again": again,
            "missing": member is None,
            "long": len(_title(item)),
            "file": posixpath.basename(member or ""),
        }
        if member:
            facts |= self._content(kind, member)
        place = self.manifest.place(item)
        yield PackagePart(kind="place", name=_title(item), place=place, facts=facts, shown=_SHOWN)
        if kind == "quiz" and member and not again:
            yield from self._questions(member, "quiz")

    def _content(self, kind: str, member: str) -> dict[str, Any]:
        if kind in {"webcontent", "associated"} and member.lower().endswith(SUFFIXES):
            return pages.facts(self.package, member)
        root = self._xml(member) if kind in {"topic", "link", "quiz", "bank", "lti", "assignment"} else None
        if root is None:
            return {"unreadable": kind not in {"webcontent", "associated", "other"}}
        if kind == "topic":
            return {"topic": "".join(map(str, next(_all(root, "title"), root).itertext())).strip()}
        if kind == "link":
            url = next(_all(root, "url"), None)
            return {"absolute": "://" in (url.get("href", "") if url is not None else "")}
        if kind in {"quiz", "bank"}:
            count = sum(1 for _ in _all(root, "item"))
            return {
                "questions": count,
                "root_section": any(one.get("ident") == "root_section" for one in _all(root, "section")),
            }
        return {}

    def _member(self, resource: ManifestResource) -> str | None:
        href = resource.files[0] if resource.files and not resource.href else (resource.href or "")
        return self.manifest.find(resource.element, href) if href else None

    def _xml(self, member: str) -> Element | None:
        try:
            return self.package.xml(member)
        except (XmlError, CoursepackError):
            return None

    # --- what no place shows

    def others(self) -> Iterator[PackagePart]:
        """Banks, and files beside."""
        for resource in self.manifest.resources:
            kind, member = _kind(resource), self._member(resource)
            if resource.identifier in self.used:
                continue
            place = self.manifest.place(resource.element)
            facts = {"type": kind, "missing": member is None} | (self._content(kind, member) if member else {})
            yield PackagePart(kind="resource", name=resource.identifier, place=place, facts=facts)
            if kind == "bank" and member:
                yield from self._questions(member, "bank")

    def _questions(self, member: str, home: str) -> Iterator[PackagePart]:
        root = self._xml(member)
        if root is None:
            return
        items = list(_all(root, "item"))
        last = {item.get("ident"): item for item in items}
        for item in items:
            if last[item.get("ident")] is item:
                yield _question(self.package, member, item, home)


# --- questions ----------------------------------------------------------------------------------------------------


def _question(package: Package, member: str, item: Element, home: str) -> PackagePart:
    metadata = _metadata(item)
    profile = metadata.get("cc_profile", "").removeprefix("cc.").partition(".")[0]
    text = next((one for one in _all(item, "mattext")), None)
    facts = {
        "profile": profile or "none",
        "canvas": metadata.get("question_type", ""),
        "mark": _mark(metadata),
        "fractions": _fractions(profile, item),
        "untitled": not (item.get("title") or "").strip(),
        "text": "".join(map(str, text.itertext())) if text is not None else "",
        "solution": next(_all(item, "solution"), None) is not None,
        "home": home,
        "no_ident": not item.get("ident"),
        "odd_idents": profile == "true_false" and _labels(item) != {"true", "false"},
        "nested": item.getparent() is not None and local(_above(item)) == "section",
    }
    place = package.place(member, line_of(item))
    return PackagePart(
        kind="question", name=(item.get("title") or "").strip(), place=place, facts=facts, shown=("mark", "fractions")
    )


def _above(item: Element) -> Element:
    parent = item.getparent()
    above = None if parent is None else parent.getparent()
    return item if above is None else above


def _mark(metadata: dict[str, str]) -> float:
    found = metadata.get("cc_weighting", "")
    number = int(float(found)) if found.replace(".", "", 1).isdigit() else 1
    return float(number if 0 <= number <= 99 else 1)


def _fractions(profile: str, item: Element) -> list[float]:
    """What each choice earns in Moodle (``cc11_quiz::get_answers``)."""
    choices = [one.get("ident", "") for one in _all(item, "response_label")]
    scored = _scored(item)
    match profile:
        case "multiple_choice" | "true_false":
            return [float(any(label.lower() == right.lower() for right in scored)) for label in choices]
        case "multiple_response":
            right = _all_right(item)
            share = round(1 / len(right), 5) if right else 0.0
            return [share if label in right else float(label in scored) for label in choices]
        case "fib":
            return _filled(item)
    return []


def _scored(item: Element) -> set[str]:
    """The first answer named by each condition that sets a score."""
    found: dict[str, bool] = {}
    for condition in _all(item, "respcondition"):
        equal = next((one for one in _direct(condition, "conditionvar", "varequal")), None)
        score = next((one for one in condition if local(one) == "setvar"), None)
        if equal is not None and equal.text:
            found[equal.text.strip()] = score is not None and (score.text or "").strip() not in {"", "0"}
    return {name for name, right in found.items() if right}


def _all_right(item: Element) -> set[str]:
    """Answers of the condition that sets 100, but for those under a «not», where the case is said to count."""
    found: set[str] = set()
    for condition in _all(item, "respcondition"):
        score = next((one for one in condition if local(one) == "setvar"), None)
        if score is None or (score.text or "").strip() != "100" or score.get("varname") != "SCORE":
            continue
        for equal in _all(condition, "varequal"):
            if equal.get("case") == "Yes" and _parent(equal) != "not":
                found.add((equal.text or "").strip())
    return found


def _filled(item: Element) -> list[float]:
    right: list[str] = []
    wrong = 0
    first = True
    for condition in _all(item, "respcondition"):
        score = next((one for one in condition if local(one) == "setvar"), None)
        equals = [(one.text or "") for one in _direct(condition, "conditionvar", "varequal")]
        if score is not None and (score.text or "") == "100":
            right += [text for text in equals if text and text not in right] if first else []
            first = False
    for condition in _all(item, "respcondition"):
        score = next((one for one in condition if local(one) == "setvar"), None)
        equals = [(one.text or "") for one in _direct(condition, "conditionvar", "varequal")]
        if (score is None or (score.text or "") != "100") and equals and equals[0] not in right:
            wrong += 1
    return [1.0] * len(right) + [0.0] * wrong


def _direct(element: Element, *path: str) -> Iterator[Element]:
    found: Iterable[Element] = [element]
    for name in path:
        found = [child for one in found for child in one if local(child) == name]
    yield from found


def _labels(item: Element) -> set[str]:
    return {one.get("ident", "") for one in _all(item, "response_label")}


# --- names --------------------------------------------------------------------------------------------------------


def _kind(resource: ManifestResource) -> str:
    found = resource.type
    return next((kind for start, end, kind in _TYPES if found.startswith(start) and found.endswith(end)), "other")


def _for_teachers(resource: ManifestResource) -> bool:
    return any((one.text or "").strip().lower() in _FOR_TEACHERS for one in _all(resource.element, "value"))


def _title(item: Element) -> str:
    found = next((one for one in item if local(one) == "title"), None)
    return "" if found is None else (found.text or "").strip()


def _metadata(item: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in _all(item, "qtimetadatafield"):
        values = {local(one): (one.text or "").strip() for one in field if isinstance(one.tag, str)}
        found[values.get("fieldlabel", "")] = values.get("fieldentry", "")
    return found


def _parent(element: Element) -> str:
    found = element.getparent()
    return "" if found is None else local(found)


def _all(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element.iter() if local(one) == name)
