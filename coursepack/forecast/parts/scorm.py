"""A SCORM package: its version and the places of its tree that have a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursepack.checks import ims
from coursepack.checks.detect import detect
from coursepack.checks.ims import local
from coursepack.files.package import Package
from coursepack.forecast.model import PackagePart, unreadable
from coursepack.ims.packaging import MANIFEST

_BETWEEN = re.compile(r"([&<>])\s+(?=[&<>])")
"""Blanks between two signs that XML writes as entities."""


def parts(package: Package) -> Iterator[PackagePart]:
    manifest, findings = ims.read(package)
    if manifest is None:
        yield unreadable(package.place(), findings[-1].message if findings else "")
        return
    kinds = {one.identifier: _type(one.element) for one in manifest.resources}
    launched = [item for item in manifest.items if str(item.get("identifierref")) in kinds]
    title = next((one for one in manifest.root.iter() if local(one) == "title"), None)
    name = (title.text or "").strip() if title is not None else ""
    facts = {
        "readable": True,
        "in_root": manifest.member == MANIFEST,
        "version": str(detect(package).kind),
        "scos": sum(kinds[str(one.get("identifierref"))] == "sco" for one in launched),
        "objectives": any(local(one) in {"sequencingRules", "rollupRules"} for one in manifest.root.iter()),
    }
    yield PackagePart(kind="course", name=name, place=manifest.place(manifest.root), facts=facts)
    if not manifest.items:  # no organization: each SCO stands for itself
        for number, resource in enumerate(one for one in manifest.resources if kinds[one.identifier] == "sco"):
            place = manifest.place(resource.element)
            yield PackagePart(kind="sco", name=resource.identifier, place=place, facts={"bare": True, "number": number})
    for number, item in enumerate(launched):
        called = next(((one.text or "").strip() for one in item if local(one) == "title"), "")
        closed = _BETWEEN.sub(r"\1", called)
        facts = {
            "sco": kinds[str(item.get("identifierref"))] == "sco",
            "number": number,
            "closed": closed,
            "blanks": closed != called,
        }
        yield PackagePart(kind="sco", name=called, place=manifest.place(item), facts=facts)


def _type(element: object) -> str:
    attributes = getattr(element, "attrib", {})
    return next((str(v).lower() for k, v in attributes.items() if str(k).lower().endswith("scormtype")), "asset")
