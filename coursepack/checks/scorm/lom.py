"""Metadata of a SCORM manifest: vocabularies, counts and forms that the schemas leave open.

Sources: IEEE 1484.12.1 (LOM 1.0 base schema), IEEE 1484.12.3 (its XML binding) as SCORM 2004 CAM 4 uses them with the
strict vocabulary; IMS Meta-data 1.2.1 for SCORM 1.2.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from coursepack.checks.scorm.parts import Element, ScormManifest, local
from coursepack.place import Finding, error

_SCALE = {"very low", "low", "medium", "high", "very high"}
_YES = {"yes", "no"}

# Element → the words of LOMv1.0.
VOCABULARY: dict[str, set[str]] = {
    "structure": {"atomic", "collection", "networked", "hierarchical", "linear"},
    "aggregationLevel": {"1", "2", "3", "4"},
    "status": {"draft", "final", "revised", "unavailable"},
    "role": {
        "author",
        "publisher",
        "unknown",
        "initiator",
        "terminator",
        "validator",
        "editor",
        "graphical designer",
        "technical implementer",
        "content provider",
        "technical validator",
        "educational validator",
        "script writer",
        "instructional designer",
        "subject matter expert",
        "creator",
    },
    "interactivityType": {"active", "expositive", "mixed"},
    "learningResourceType": {
        "exercise",
        "simulation",
        "questionnaire",
        "diagram",
        "figure",
        "graph",
        "index",
        "slide",
        "table",
        "narrative text",
        "exam",
        "experiment",
        "problem statement",
        "self assessment",
        "lecture",
    },
    "interactivityLevel": _SCALE,
    "semanticDensity": _SCALE,
    "intendedEndUserRole": {"teacher", "author", "learner", "manager"},
    "context": {"school", "higher education", "training", "other"},
    "difficulty": {"very easy", "easy", "medium", "difficult", "very difficult"},
    "cost": _YES,
    "copyrightAndOtherRestrictions": _YES,
    "kind": {
        "ispartof",
        "haspart",
        "isversionof",
        "hasversion",
        "isformatof",
        "hasformat",
        "references",
        "isreferencedby",
        "isbasedon",
        "isbasisfor",
        "requires",
        "isrequiredby",
    },
    "purpose": {
        "discipline",
        "idea",
        "prerequisite",
        "educational objective",
        "accessibility restrictions",
        "educational level",
        "skill level",
        "security level",
        "competency",
    },
}
_OF_12 = {"cost": _YES, "copyrightandotherrestrictions": _YES}

# Element → children that it has at most once.
ONCE: dict[str, set[str]] = {
    "lom": {"general", "lifeCycle", "metaMetadata", "technical", "rights"},
    "general": {"title", "structure", "aggregationLevel"},
    "lifeCycle": {"version", "status"},
    "contribute": {"role", "date"},
    "metaMetadata": {"language"},
    "technical": {"size", "installationRemarks", "otherPlatformRequirements", "duration"},
    "educational": {
        "interactivityType",
        "interactivityLevel",
        "semanticDensity",
        "difficulty",
        "typicalLearningTime",
    },
    "rights": {"cost", "copyrightAndOtherRestrictions", "description"},
    "relation": {"kind", "resource"},
    "annotation": {"entity", "date", "description"},
    "classification": {"purpose", "description"},
    "identifier": {"catalog", "entry"},
    "duration": {"duration", "description"},
    "date": {"dateTime", "description"},
}

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8})*")
_DURATION = re.compile(r"P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d(:?\d\d)?)?)?)?)?")


def check(manifest: ScormManifest) -> Iterator[Finding]:
    """Every ``lom`` of the manifest."""
    edition = manifest.edition
    for lom in manifest.root.iter(f"{{{edition.lom}}}lom"):
        for element in lom.iter(f"{{{edition.lom}}}*"):
            yield from _language(manifest, element)
            if edition.sequenced:
                yield from _counts(manifest, element)
                yield from _form(manifest, element)
                yield from _word(manifest, element, VOCABULARY)
            else:
                yield from _word(manifest, element, _OF_12)
    holders = {lom.getparent() for lom in manifest.root.iter(f"{{{edition.lom}}}lom")}
    for holder in holders:
        if holder is not None and len(holder.findall(f"{{{edition.lom}}}lom")) > 1:
            yield error("scorm-lom-twice", "metadata holds more than one lom", manifest.place(holder))


def _language(manifest: ScormManifest, element: Element) -> Iterator[Finding]:
    for name in ("language", "{http://www.w3.org/XML/1998/namespace}lang"):
        value = element.get(name)
        if value is not None and not _LANGUAGE.fullmatch(value):
            yield error("scorm-lom-language", f"{value!r} is not a code of a language", manifest.place(element))
    if local(element) == "language" and not _LANGUAGE.fullmatch((element.text or "").strip()):
        yield error("scorm-lom-language", f"{element.text!r} is not a code of a language", manifest.place(element))


def _counts(manifest: ScormManifest, element: Element) -> Iterator[Finding]:
    once = ONCE.get(local(element), set())
    for name, times in Counter(local(child) for child in element).items():
        if times > 1 and name in once:
            yield error("scorm-lom-count", f"{local(element)} has {name} {times} times", manifest.place(element))


def _form(manifest: ScormManifest, element: Element) -> Iterator[Finding]:
    name, text = local(element), (element.text or "").strip()
    if len(element):
        return
    if name == "duration" and not _DURATION.fullmatch(text):
        yield error("scorm-lom-duration", f"{text!r} is not a duration (PT1H30M)", manifest.place(element))
    elif name == "dateTime" and not _DATE.fullmatch(text):
        yield error("scorm-lom-date", f"{text!r} is not a date (2026-09-01)", manifest.place(element))
    elif name == "size" and not text.isdigit():
        yield error("scorm-lom-size", f"size is {text!r}, expected bytes", manifest.place(element))


def _word(manifest: ScormManifest, element: Element, vocabulary: dict[str, set[str]]) -> Iterator[Finding]:
    words = vocabulary.get(local(element))
    if words is None:
        return
    times = Counter(local(child) for child in element)
    if times["source"] > 1 or times["value"] > 1:
        yield error("scorm-lom-count", f"{local(element)} has a source or a value twice", manifest.place(element))
    parts = {local(child): "".join(str(text) for text in child.itertext()).strip() for child in element}
    if "source" in parts and not parts["source"]:
        yield error("scorm-lom-word", f"{local(element)} has an empty source", manifest.place(element))
    if "value" not in parts or parts.get("source", "LOMv1.0") != "LOMv1.0":
        return
    value = parts["value"] if manifest.edition.sequenced else parts["value"].lower()
    if value not in words:
        yield error(
            "scorm-lom-word",
            f"{local(element)} is {value[:60]!r}, expected one of {', '.join(sorted(words))}",
            manifest.place(element),
        )
