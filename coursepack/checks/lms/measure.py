"""Counting what is in a package, as far as LMSs differ in what they do with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from coursepack import limits
from coursepack.checks import ims
from coursepack.checks.detect import detect
from coursepack.checks.html import SUFFIXES
from coursepack.checks.ims import ImsManifest, ManifestResource, local
from coursepack.files.package import Package
from coursepack.files.xml import Metered, XmlError
from coursepack.ims.packaging import MANIFEST
from coursepack.ims.profiles import ASSIGNMENT_TYPE, BY_NAMESPACE, PROFILES, QTI, WEBCONTENT, Profile
from coursepack.place import CoursepackError

Element = etree._Element

Measures = dict[str, tuple[float, tuple[str, ...]]]
"""Name of a measure → how many, and the names of the first few."""

_DETECTED = 1024
"""Bytes of the manifest in which Moodle looks for the default namespace."""
_LONGEST, _LONGEST_QUIZ = 255, 243
_PAGE = {
    "page-figures": re.compile(rb"<(?:figure|figcaption|section|article|details|mark)\b", re.IGNORECASE),
    "page-scripts": re.compile(rb"<(?:script|style|iframe|object|embed|form)\b", re.IGNORECASE),
    "page-drawings": re.compile(rb"<(?:svg|math)\b", re.IGNORECASE),
    "page-anchors": re.compile(rb"href=[\"']#", re.IGNORECASE),
    "page-links": re.compile(rb"<a\b[^<>]*href=[\"'](?![a-z]+:|//|#)[^\"']*\.x?html?[\"'#?]", re.IGNORECASE),
    "page-filebase": re.compile(rb"\$IMS[-_]CC[-_]FILEBASE\$", re.IGNORECASE),
    "page-tags-as-text": re.compile(rb"&lt;/?[a-z!]", re.IGNORECASE),
    "page-odd-pictures": re.compile(
        rb"<img\b[^<>]*src=[\"'](?![a-z]+:)[^\"'%? \x80-\xff]*[%? \x80-\xff][^\"']*[\"']", re.IGNORECASE
    ),
    "page-pictures": re.compile(rb"<img\b", re.IGNORECASE),
}
_BODY = re.compile(rb"<body\b[^<>]*>", re.IGNORECASE)
_QTI = f"{{{QTI}}}"
_PROFILES = frozenset({"multiple_choice", "multiple_response", "true_false", "essay", "fib", "pattern_match"})
"""Kinds of questions that LMSs read (Moodle: backup/cc/entity11.quiz.class.php:986-1029)."""


class _Counts:
    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.names: dict[str, list[str]] = {}
        self.looked: set[str] = set()

    def add(self, measure: str, name: str = "") -> None:
        self.count[measure] += 1
        if name:
            self.names.setdefault(measure, []).append(name)

    def result(self) -> Measures:
        return {name: (count, tuple(self.names.get(name, ()))) for name, count in self.count.items()}


def measure(package: Package) -> Measures:
    """All measures of a package; those of a cartridge need its manifest to be readable."""
    counts = _Counts()
    manifest, _ = ims.read(package)
    if manifest is None:
        _of_moodle(package, counts)
        return counts.result()
    profile = BY_NAMESPACE.get(manifest.namespace)
    if profile is None:
        _scorm(manifest, counts)
        return counts.result()
    counts.add(f"cartridge-{profile.version}")
    _manifest(manifest, profile, counts)
    kinds = _kinds()
    known = manifest.by_id()
    for item in manifest.items:
        resource = known.get(str(item.get("identifierref")))
        if resource is not None:
            _item(manifest, item, resource, kinds.get(resource.type, "other"), counts)
    for resource in manifest.resources:
        _resource(manifest, resource, kinds.get(resource.type, "other"), counts)
    return counts.result()


def _of_moodle(package: Package, counts: _Counts) -> None:
    """Moodle's own kinds of file."""
    match detect(package).kind:
        case "moodle-backup":
            for name in package.names():
                # A question bank is no activity to those who look at the course.
                if name.startswith("activities/") and name.endswith("/module.xml") and "/qbank_" not in name:
                    counts.add("backup-activities", name.split("/")[1])
        case "moodle-xml":
            counts.add("moodle-xml")
        case _:
            pass


def _kinds() -> dict[str, str]:
    found = {WEBCONTENT: "webcontent", ASSIGNMENT_TYPE: "assignment"}
    for profile in PROFILES:
        found |= {
            profile.assessment: "quiz",
            profile.bank: "bank",
            profile.topic: "topic",
            profile.weblink: "link",
            profile.associated: "associated",
            **dict.fromkeys(profile.lti, "lti"),
        }
    return found


def _scorm(manifest: ImsManifest, counts: _Counts) -> None:
    text = etree.tostring(manifest.root)
    if b"adlcp" in text:
        counts.add("scorm")
        for resource in manifest.resources:
            kinds = {str(v).lower() for k, v in resource.element.attrib.items() if str(k).lower().endswith("scormtype")}
            if "sco" in kinds:
                counts.add("scorm-scos", resource.identifier)
        if "2004" in (manifest.root.findtext(".//{*}schemaversion") or ""):
            counts.add("scorm-2004")


def _manifest(manifest: ImsManifest, profile: Profile, counts: _Counts) -> None:
    if manifest.member != MANIFEST:
        counts.add("manifest-in-folder")
    head = manifest.package.read(manifest.member)[:_DETECTED]
    if f'xmlns="{profile.cp}"'.encode() not in head.replace(b"'", b'"'):
        counts.add("namespace-not-at-once")
    title_path = (
        f".//{{{profile.lom_manifest}}}general/{{{profile.lom_manifest}}}title/{{{profile.lom_manifest}}}string"
    )
    title = (manifest.root.findtext(title_path) or "").strip()
    if not title:
        counts.add("untitled-course")
    if "<" in title:
        counts.add("course-title-tags", title)
    short = title.upper().replace(" ", "").encode()
    if len(short) > 94 and short[94] & 0xC0 == 0x80:
        counts.add("course-short-name-cut", title)
    cp = f"{{{manifest.namespace}}}"
    root = manifest.root.find(f"{cp}organizations/{cp}organization/{cp}item")
    for first in root.findall(f"{cp}item") if root is not None else ():
        name = (first.findtext(f"{cp}title") or "").strip()
        counts.add("loose-items" if first.get("identifierref") else "folders", name)
        for inner in first.iter(f"{cp}item"):
            if inner is not first and inner.get("identifierref") is None:
                counts.add("nested-folders", (inner.findtext(f"{cp}title") or "").strip())


def _item(manifest: ImsManifest, item: Element, resource: ManifestResource, kind: str, counts: _Counts) -> None:
    title = (item.findtext(f"{{{manifest.namespace}}}title") or "").strip()
    page = (resource.href or "").lower().endswith(SUFFIXES)
    counts.add(
        {"webcontent": "pages" if page else "files", "associated": "associated"}.get(kind, f"{kind}-items"), title
    )
    if kind == "associated" and page:
        counts.add("associated-pages", title)
    if len(title) > _LONGEST:
        counts.add("long-titles", title[:40] + "…")
    if kind == "quiz":
        if len(title) > _LONGEST_QUIZ:
            counts.add("long-quiz-titles", title[:40] + "…")
        counts.add(f"quiz-use {resource.identifier}")
        if counts.count[f"quiz-use {resource.identifier}"] == 2:
            counts.add("quiz-used-twice", title)
    if not title:
        counts.add("untitled-items", str(item.get("identifier")))
    if "<" in title:
        counts.add("titles-with-tags", title)


def _resource(manifest: ImsManifest, resource: ManifestResource, kind: str, counts: _Counts) -> None:
    if any((value.text or "") in {"Instructor", "Mentor"} for value in resource.element.iter("{*}value")):
        counts.add("for-teachers", resource.identifier)
    href = resource.files[0] if resource.files else resource.href
    member = manifest.find(resource.element, href) if href else None
    if member is None:
        return
    if not member.isascii():
        counts.add("names-not-ascii", member)
    if kind == "webcontent" and member.lower().endswith(SUFFIXES):
        if manifest.package.size(member) > limits.now().page_bytes or member in counts.looked:
            return
        counts.looked.add(member)  # many resources may name one page
        data = manifest.package.read(member)
        if _says_nothing(data):
            counts.add("empty-pages", member)
        for name, pattern in _PAGE.items():
            if pattern.search(data):
                counts.add(name, member)
    elif kind in {"quiz", "bank"}:
        counts.add("banks" if kind == "bank" else "quizzes", resource.identifier)
        _questions(manifest.package, member, counts)
    elif kind == "assignment":
        counts.add("assignments", resource.identifier)
    elif kind == "topic":
        _topic(manifest.package, member, counts)


def _says_nothing(page: bytes) -> bool:
    """True for a page with nothing in its body."""
    start = _BODY.search(page)
    return not page[start.end() if start else 0 :].replace(b"</body>", b"").replace(b"</html>", b"").strip()


def _topic(package: Package, member: str, counts: _Counts) -> None:
    try:
        root = package.xml(member)
    except (XmlError, CoursepackError):
        return
    title = next((child.text or "" for child in root if local(child) == "title"), "")
    if len(title) > _LONGEST:
        counts.add("long-titles", title[:40] + "…")


def _questions(package: Package, member: str, counts: _Counts) -> None:
    questions = 0
    for item in _items(package, member):
        counts.add("questions")
        title = str(item.get("title", ""))
        if not title.strip():
            counts.add("untitled-questions", str(item.get("ident")))
        elif len(title) > _LONGEST:
            counts.add("long-titles", title[:40] + "…")
        fields = {str(f.findtext(f"{_QTI}fieldlabel")): f.findtext(f"{_QTI}fieldentry") or "" for f in _fields(item)}
        profile = fields.get("cc_profile", "").removeprefix("cc.").partition(".")[0] or "no-profile"
        counts.add(f"questions-{profile}")
        questions += profile in _PROFILES and bool(item.get("ident"))
        if "cc_weighting" in fields:
            counts.add("questions-weighted")
        if item.find(f"{_QTI}itemfeedback/{_QTI}solution") is not None:
            counts.add("questions-with-solution")
        if profile == "true_false":
            idents = {str(label.get("ident")) for label in item.iter(f"{_QTI}response_label")}
            if idents != {"true", "false"}:
                counts.add("true-false-idents", str(item.get("ident")))
        item.clear()
    if not questions:  # what says no kind of its own is passed over, and a quiz of such questions is empty
        counts.add("empty-quizzes", member)


def _fields(item: Element) -> Iterator[Element]:
    return item.iter(f"{_QTI}qtimetadatafield")


def _items(package: Package, member: str) -> Iterator[Any]:
    with package.open(member) as stream:
        file: Any = Metered(stream, own=package.own)
        try:
            for _, item in etree.iterparse(file, tag=f"{_QTI}item", no_network=True, resolve_entities=False):
                yield item
                while item.getprevious() is not None:
                    del item.getparent()[0]
                file.forget()
        except (etree.XMLSyntaxError, XmlError):
            return
