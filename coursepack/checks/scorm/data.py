"""ADL's own elements and attributes of a manifest: their data types and limits.

Sources: SCORM 1.2 CAM 2.3.5.2 (prerequisites, maxtimeallowed, timelimitaction, datafromlms, masteryscore);
SCORM 2004 CAM 3.4.1.10-14 (timeLimitAction, dataFromLMS, completionThreshold) and 5.2 (presentation).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree

from coursepack.checks.scorm.parts import Element, ScormManifest, local, said
from coursepack.ims.scorm_manifest import ADLNAV, ADLSEQ, IMSSS, SCORM12, SCORM2004
from coursepack.place import Finding, error, warning

_TIME_LIMIT = {"exit,message", "exit,no message", "continue,message", "continue,no message"}
_TIMESPAN = re.compile(r"\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_PARAMETERS = re.compile(r"[?&#]?[^\s<>\"{}|\\^`]*")
_SCRIPT_WORDS = {"passed", "completed", "failed", "incomplete", "browsed"}

Rule = Callable[[ScormManifest, str], str | None]


def _between(least: float, most: float) -> Rule:
    def rule(manifest: ScormManifest, text: str) -> str | None:
        if _DECIMAL.fullmatch(text) and least <= float(text) <= most:
            return None
        return f"a number from {least:g} to {most:g}"

    return rule


def _time_limit(manifest: ScormManifest, text: str) -> str | None:
    return None if text in _TIME_LIMIT else f"one of {', '.join(repr(value) for value in sorted(_TIME_LIMIT))}"


def _timespan(manifest: ScormManifest, text: str) -> str | None:
    return None if _TIMESPAN.fullmatch(text) else "hours:minutes:seconds, HHHH:MM:SS.SS"


def _at_most(letters: int) -> Rule:
    def rule(manifest: ScormManifest, text: str) -> str | None:
        return None if len(text) <= letters else f"at most {letters} characters, found {len(text)}"

    return rule


def _prerequisites(manifest: ScormManifest, text: str) -> str | None:
    if len(text) > 200:
        return f"at most 200 characters, found {len(text)}"
    if text.count("(") != text.count(")") or text.count("{") != text.count("}"):
        return "brackets in pairs"
    bare = re.sub(r'"[^"]*"', " ", text)
    known = manifest.item_names
    names = re.findall(r"[^\s&|~=<>*(){},\"]+", bare)
    unknown = [name for name in names if name not in known and not name.isdigit() and name.lower() not in _SCRIPT_WORDS]
    return f"identifiers of items, found {unknown[0]!r}" if unknown else None


def _threshold(manifest: ScormManifest, text: str) -> str | None:
    # The 4th Edition moved the number into attributes; its schema lets any text stand.
    if not text and manifest.edition is SCORM2004:
        return None
    return _between(0, 1)(manifest, text)


_12: dict[str, Rule] = {
    "prerequisites": _prerequisites,
    "maxtimeallowed": _timespan,
    "timelimitaction": _time_limit,
    "datafromlms": _at_most(255),
    "masteryscore": _between(0, 100),
}
_2004: dict[str, Rule] = {
    "timeLimitAction": _time_limit,
    "dataFromLMS": _at_most(4000),
    "completionThreshold": _threshold,
}


# Written empty by many tools; LMSs take it for not written.
_OFTEN_EMPTY = {"prerequisites", "maxtimeallowed", "datafromlms", "masteryscore", "dataFromLMS"}

# Namespaces of the standard → the elements that may stand where others may add theirs.
_KNOWN: dict[str, set[str]] = {
    SCORM12.adlcp: {"location", "prerequisites", "maxtimeallowed", "timelimitaction", "datafromlms", "masteryscore"},
    SCORM2004.adlcp: {"location", "dataFromLMS", "timeLimitAction", "completionThreshold", "data", "map"},
    IMSSS: {"sequencing", "sequencingCollection"},
    ADLSEQ: {"constrainedChoiceConsiderations", "rollupConsiderations", "objectives", "objective", "mapInfo"},
    ADLNAV: {"presentation", "navigationInterface", "hideLMSUI"},
    SCORM12.lom: {"lom"},
    SCORM2004.lom: {"lom"},
}
_KNOWN_ATTRIBUTES: dict[str, set[str]] = {
    SCORM12.adlcp: {"scormtype"},
    SCORM2004.adlcp: {"scormType", "sharedDataGlobalToSystem"},
    ADLSEQ: {"objectivesGlobalToSystem"},
}


def strangers(manifest: ScormManifest) -> Iterator[Finding]:
    """Names that a namespace of the standard does not have."""
    for element in manifest.root.iter("*"):
        space, parent = etree.QName(element).namespace or "", element.getparent()
        guest = parent is not None and space != (etree.QName(parent).namespace or "")
        if guest and space in _KNOWN and local(element) not in _KNOWN[space]:
            message = f"{space} has no element {local(element)!r} for this place"
            yield error("scorm-unknown", message, manifest.place(element))
        for attribute in element.attrib:
            name = etree.QName(str(attribute))
            known = _KNOWN_ATTRIBUTES.get(name.namespace or "")
            is_checked_elsewhere = name.localname.lower() == "scormtype"  # with its resource
            if known is not None and name.localname not in known and not is_checked_elsewhere:
                message = f"{name.namespace} has no attribute {name.localname!r}"
                yield error("scorm-unknown", message, manifest.place(element))


def check(manifest: ScormManifest) -> Iterator[Finding]:
    """Values of ADL's elements, their places, and the parameters of items."""
    yield from strangers(manifest)
    edition = manifest.edition
    rules = _2004 if edition.sequenced else _12
    for element in manifest.root.iter(f"{{{edition.adlcp}}}*"):
        name = local(element)
        if name not in rules:
            continue
        text = (element.text or "").strip()
        expected = rules[name](manifest, text)
        if not text and name in _OFTEN_EMPTY:
            yield warning("scorm-value", f"adlcp:{name} is empty: leave it out", manifest.place(element))
        elif expected:
            yield error("scorm-value", f"adlcp:{name} is {text[:80]!r}, expected {expected}", manifest.place(element))
        if local(element.getparent()) != "item":  # type: ignore[arg-type]  # never the root
            yield error("scorm-value-place", f"adlcp:{name} is allowed in an item only", manifest.place(element))
        elif name in {"masteryscore", "completionThreshold"} and not _launches(manifest, element.getparent()):
            yield warning("scorm-value-place", f"adlcp:{name} on an item that is no SCO", manifest.place(element))
    yield from _twice(manifest, rules)
    for item in manifest.items:
        parameters = item.get("parameters")
        if parameters is None:
            continue
        if len(parameters) > 1000:
            yield error("scorm-parameters", "parameters of more than 1000 characters", manifest.place(item))
        elif not _PARAMETERS.fullmatch(parameters):
            yield warning(
                "scorm-parameters",
                f"parameters {parameters[:80]!r} are not a query as URLs have it",
                manifest.place(item),
            )


def _launches(manifest: ScormManifest, item: Element | None) -> bool:
    resource = manifest.resources.get(said(item, "identifierref") or "") if item is not None else None
    return resource is not None and manifest.scorm_type(resource) in {"sco", None}


def _twice(manifest: ScormManifest, rules: dict[str, Rule]) -> Iterator[Finding]:
    for item in manifest.items:
        names = Counter(name for child in item if (name := local(child)) in rules)
        for name in sorted(name for name, times in names.items() if times > 1):
            yield error("scorm-value-twice", f"an item has adlcp:{name} more than once", manifest.place(item))
