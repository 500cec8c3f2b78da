"""One product of each kind, made of a course that holds one of everything."""

from __future__ import annotations

from functools import cache

from coursepack import writers
from coursepack.checks import Grammar, products
from coursepack.checks.detect import Kind
from coursepack.files.package import Package
from coursepack.model.artifact import Artifact
from coursepack.place import Severity
from coursepack.writers import Context
from tests.samples import ASSETS, everything

# Name of the product here → (writer, place among its artifacts, kind).
MADE: dict[str, tuple[str, int, Kind]] = {
    "cc11": ("cc11", 0, "cc11"),
    "cc13": ("cc13", 0, "cc13"),
    "scorm12": ("scorm12", 0, "scorm12"),
    "scorm2004": ("scorm2004", 0, "scorm2004"),
    "scorm2004-3rd": ("scorm2004-3rd", 0, "scorm2004"),
    "moodle-xml": ("moodle-xml", 0, "moodle-xml"),
    "moodle-backup": ("moodle-backup", 0, "moodle-backup"),
    "docx": ("exam-tickets", 0, "docx"),
}

Members = dict[str, bytes]


@cache
def artifact(name: str) -> Artifact:
    """The product as its writer hands it over."""
    writer = writers.load(MADE[name][0])
    written = writer.write(
        everything(), Context(assets=ASSETS, options=writer.options(), version="0", tests_in_tickets=True)
    )
    return written.artifacts[MADE[name][1]]


def members(name: str) -> Members:
    """Its members, to be changed."""
    return {member.path: member.read() for member in artifact(name).members}


def package(name: str, changed: Members) -> Package:
    made = Package.of_members(name, changed.items())
    if artifact(name).container == "file":
        made.container = "file"
    return made


def errors(name: str, changed: Members) -> list[str]:
    """The codes of the errors that ``coursepack validate`` finds in changed members, without packing them."""
    layers = products.PRODUCTS[MADE[name][2]].layers
    found = products.judge(package(name, changed), layers, Grammar())
    return [f.code for f in found if f.severity is Severity.ERROR or f.code in products.LOSSES]
