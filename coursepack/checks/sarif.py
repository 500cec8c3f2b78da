"""Findings as SARIF 2.1.0 (OASIS), for tools that collect the results of checkers.

A member of an archive is an artifact nested in its archive (3.24.3, ``parentIndex``). A message that quotes a stranger
holds no link and no placeholder (3.11.5, 3.11.6): what would be one is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from coursepack import visible
from coursepack.languages import codes
from coursepack.place import Finding, Place

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


class Log:
    """A log of one run that is written as it goes: ``begin``, ``add`` for each file that was looked at, ``end``; what
    they give, joined, is the document. ``version`` is coursepack's own."""

    def __init__(self, version: str) -> None:
        self._version = version
        self._artifacts = _Artifacts()
        self._codes: set[str] = set()
        self._first = True

    def begin(self) -> bytes:
        head = _json({"$schema": SCHEMA, "version": "2.1.0"}).removesuffix(b"}")
        return head + b', "runs": [{"columnKind": "unicodeCodePoints", "results": ['

    def add(self, file: str, findings: Iterable[Finding]) -> bytes:
        """The results of a file, a line each."""
        self._artifacts.index(file, None)
        written = b""
        for finding in findings:
            self._codes.add(finding.code)
            written += (b"\n" if self._first else b",\n") + _json(_result(finding, self._artifacts))
            self._first = False
        return written

    def end(self) -> bytes:
        rules = [_rule(code) for code in sorted(self._codes)]
        tool = {"driver": {"name": "coursepack", "version": self._version, "rules": rules}}
        artifacts = b",\n".join(map(_json, self._artifacts.listed))
        return b'\n], "artifacts": [\n' + artifacts + b'\n], "tool": ' + _json(tool) + b"}]}\n"


def _json(value: Any) -> bytes:
    return visible.json(value, indent=0).removesuffix(b"\n")


def _rule(code: str) -> dict[str, Any]:
    """What is known of a code (3.49); one of a plugin has its id alone."""
    if codes.entry(code) is None:
        return {"id": code}
    known = codes.explained(code)
    level = {"defaultConfiguration": {"level": str(known.severities[0])}}
    return {"id": code, "fullDescription": {"text": known.text}, "help": {"text": known.advice}} | level


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
