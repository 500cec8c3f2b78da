"""Sequencing of SCORM 2004: what the schema cannot say — references, and what one activity may hold.

Source: SCORM 2004 Content Aggregation Model, section 5.1; Sequencing and Navigation, section 3.10.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from coursepack.checks.scorm.parts import Element, ScormManifest, local, said
from coursepack.ims.scorm_manifest import IMSSS
from coursepack.place import Finding, error, warning

_I = f"{{{IMSSS}}}"


def _objective(element: Element, name: str = "objectiveID") -> str:
    """The name of an objective: a URI, so «%20» is a blank."""
    return " ".join(unquote(element.get(name) or "").split())


def check(manifest: ScormManifest) -> Iterator[Finding]:
    """References of sequencing collections and objectives."""
    shared: dict[str, Element] = {}
    for collection in manifest.root.iter(f"{_I}sequencingCollection"):
        for sequencing in collection:
            if local(sequencing) == "sequencing" and said(sequencing, "ID"):
                shared[said(sequencing, "ID") or ""] = sequencing
    known = {name: {_objective(element) for element in _objectives(part)} for name, part in shared.items()}
    for part in shared.values():
        yield from _nameless(manifest, part)
    for sequencing in manifest.root.iter(f"{_I}sequencing"):
        parent = sequencing.getparent()
        if parent is None or local(parent) == "sequencingCollection":
            continue
        if local(parent) not in {"item", "organization"}:
            yield error(
                "scorm-sequencing-place",
                "sequencing is allowed only in an item or an organization",
                manifest.place(sequencing),
            )
            continue
        name = said(sequencing, "IDRef")
        if name is not None and name not in shared:
            yield error(
                "scorm-sequencing-ref",
                f"IDRef {name!r}: the collection has no such sequencing",
                manifest.place(sequencing),
            )
        yield from _activity(manifest, sequencing, known.get(name or "", set()))
    for item in (*manifest.items, *manifest.root.iter(f"{{{manifest.edition.cp}}}organization")):
        if len([child for child in item if child.tag == f"{_I}sequencing"]) > 1:
            yield error(
                "scorm-sequencing-twice", f"{item.get('identifier')!r} has sequencing twice", manifest.place(item)
            )


def _objectives(part: Element) -> Iterator[Element]:
    yield from part.iter(f"{_I}primaryObjective", f"{_I}objective")


def _nameless(manifest: ScormManifest, part: Element) -> Iterator[Finding]:
    for objective in _objectives(part):
        nameless = local(objective) == "primaryObjective" and not _objective(objective)
        if nameless and objective.find(f"{_I}mapInfo") is not None:
            yield warning(
                "scorm-objective-name",
                "a primary objective that is mapped needs an objectiveID",
                manifest.place(objective),
            )


def _activity(manifest: ScormManifest, own: Element, shared: set[str]) -> Iterator[Finding]:
    """Objectives of one activity: unique ids, and rules that name only what is there, in it or in the ``shared``."""
    found = list(_objectives(own))
    names = Counter(_objective(element) for element in found if _objective(element))
    for name, times in names.items():
        if times > 1:
            yield error(
                "scorm-objective-twice",
                f"objective {name!r} is defined {times} times in one activity",
                manifest.place(own),
            )
    for element in found:
        if element.get("objectiveID") is not None and not _objective(element):
            yield error("scorm-objective-name", "an empty objectiveID", manifest.place(element))
    known = {_objective(element) for element in found}
    for rule in own.iter(f"{_I}ruleCondition"):
        wanted = _objective(rule, "referencedObjective")
        if wanted and wanted not in known and wanted not in shared:
            yield error(
                "scorm-objective-ref",
                f"a rule names the objective {wanted!r}, which the activity has not",
                manifest.place(rule),
            )
    yield from _nameless(manifest, own)
    for objective in found:
        written = [m for m in objective.iter(f"{_I}mapInfo") if _writes(m)]
        targets = Counter(_objective(m, "targetObjectiveID") for m in written)
        if any(times > 1 for times in targets.values()):
            yield error(
                "scorm-objective-map", "an objective writes twice to one global objective", manifest.place(objective)
            )
    yield from _reachable(manifest, own)


def _reachable(manifest: ScormManifest, own: Element) -> Iterator[Finding]:
    mode, parent = own.find(f"{_I}controlMode"), own.getparent()
    if mode is None or parent is None or not manifest.children(parent, "item"):
        return
    if mode.get("choice") in {"false", "0"} and mode.get("flow", "false") in {"false", "0"}:
        yield warning(
            "scorm-control-mode",
            "neither choice nor flow: a learner cannot get to what is inside",
            manifest.place(mode),
        )


def _writes(mapping: Element) -> bool:
    return any(mapping.get(name) in {"true", "1"} for name in ("writeSatisfiedStatus", "writeNormalizedMeasure"))
