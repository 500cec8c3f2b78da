"""One thing broken at a time in every product: ``coursepack validate`` refuses it.

What the official schemas refuse, we refuse; what no schema sees and real systems stumble over (``by_hand``), too.
``python -m tests.mutations`` runs every mutation and prints the shares.
"""

from __future__ import annotations

import hashlib

import pytest

from coursepack.checks.detect import detect
from tests.mutations import by_hand, official, products, xml
from tests.shared import need_shared

pytestmark = pytest.mark.long

# Documents whose every kind of element is mutated here, and one in how many of the mutations is tried.
SAMPLED = {
    ("cc11", "imsmanifest.xml"): 4,
    ("cc11", "exam-bank.xml"): 3,
    ("cc11", "w01-lecture-review.xml"): 24,
    ("cc11", "w01-seminar.xml"): 1,
    ("cc11", "about-literature-link-01.xml"): 1,
    ("cc13", "imsmanifest.xml"): 4,
    ("cc13", "w01-lecture-review.xml"): 24,
    ("cc13", "w01-seminar.xml"): 1,
    ("scorm12", "imsmanifest.xml"): 3,
    ("scorm2004", "imsmanifest.xml"): 3,
    ("scorm2004-3rd", "imsmanifest.xml"): 6,
    ("docx", "_rels/.rels"): 1,
}

# Of what an official schema refuses, at least this share is refused by the open grammar. The rest is known: printed
# rules of Schematron about feedback and cardinality that no platform minds (cartridges); elements of a stranger's
# namespace, which the open grammar takes for an extension (SCORM).
LEAST = {"cc11": 0.98, "cc13": 0.98, "scorm12": 0.95, "scorm2004": 0.95, "scorm2004-3rd": 0.95, "docx": 1.0}

FAULTS = [(name, fault) for name, faults in by_hand.BROKEN.items() for fault in faults]


@pytest.mark.parametrize("name", products.MADE)
def test_what_is_not_broken_is_sound(name: str) -> None:
    assert products.errors(name, products.members(name)) == []


@pytest.mark.parametrize(("name", "fault"), FAULTS)
def test_a_fault_is_found(name: str, fault: str) -> None:
    whole = products.members(name)
    found = products.errors(name, by_hand.BROKEN[name][fault](whole))
    assert found or (name, fault) in by_hand.WARNED


@pytest.mark.parametrize(("name", "member"), SAMPLED)
def test_what_the_official_schema_refuses_is_refused(name: str, member: str) -> None:
    need_shared("schemas")
    whole = products.members(name)
    slipped, refused = [], 0
    for mutation in xml.mutations(whole[member]):
        if not _chosen(mutation, SAMPLED[name, member]):
            continue
        if official.verdict(name, whole[member], mutation.data) is False:
            refused += 1
            if not products.errors(name, whole | {member: mutation.data}):
                slipped.append(f"{mutation.name}: {mutation.target}")
    assert refused > 10
    assert len(slipped) <= (1 - LEAST[name]) * refused + 1, slipped


def _chosen(mutation: xml.Mutation, one_in: int) -> bool:
    return hashlib.sha256(f"{mutation.name} {mutation.target}".encode()).digest()[0] % one_in == 0


@pytest.mark.parametrize("name", ["cc11", "scorm12", "moodle-backup", "docx"])
def test_a_package_in_a_folder_is_refused(name: str) -> None:
    changed = by_hand.into_folder(products.members(name))
    found = detect(products.package(name, changed))
    assert found.findings or products.errors(name, changed)
