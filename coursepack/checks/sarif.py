"""Findings as SARIF 2.1.0 (OASIS), for tools that collect the results of checkers.

A member of an archive is an artifact nested in its archive (3.24.3, ``parentIndex``). A message that quotes a stranger
holds no link and no placeholder (3.11.5, 3.11.6): what would be one is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from coursepack.place import Finding, Place

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def log(findings: Sequence[Finding], files: Sequence[str], version: str) -> dict[str, Any]:
    """A SARIF log of one run over ``files``; ``version`` is coursepack's own."""
    artifacts = _Artifacts()
    for file in files:
        artifacts.index(file, None)
    results = [_result(finding, artifacts) for finding in findings]
    rules = [{"id": code} for code in sorted({finding.code for finding in findings})]
    driver = {"name": "coursepack", "version": version, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "artifacts": artifacts.listed,
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


_LINK = re.compile(r"\[(?=[^\]]*\]\()")
_PLACEHOLDER = re.compile(r"\{(\d+)\}")


def _uri(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"))


class _Artifacts:
    def __init__(self) -> None:
        self.listed: list[dict[str, Any]] = []
        self._known: dict[tuple[str, str | None], int] = {}

    def index(self, file: str, member: str | None) -> int:
        key = (file, member)
        if key not in self._known:
            made: dict[str, Any] = {"location": {"uri": _uri(file)}}
            if member is not None:
                made = {"location": {"uri": "/" + _uri(member)}, "parentIndex": self.index(file, None)}
            self._known[key] = len(self.listed)
            self.listed.append(made)
        return self._known[key]


def _result(finding: Finding, artifacts: _Artifacts) -> dict[str, Any]:
    text = f"{finding.message}; {finding.advice}" if finding.advice else finding.message
    message = {"text": _PLACEHOLDER.sub(r"{{\1}}", _LINK.sub(r"\[", text))}
    result: dict[str, Any] = {"ruleId": finding.code, "level": str(finding.severity), "message": message}
    if finding.place:
        result["locations"] = [_location(finding.place, artifacts)]
    return result


def _location(place: Place, artifacts: _Artifacts) -> dict[str, Any]:
    index = artifacts.index(place.file, place.member)
    uri = artifacts.listed[index]["location"]["uri"]
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri, "index": index}}
    if place.first and place.unit == "line":
        physical["region"] = {"startLine": place.first, "endLine": max(place.last, place.first)}
    return {"physicalLocation": physical}
