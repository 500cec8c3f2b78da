"""``--schemas DIR``: the official schemas judge too, found by their published names."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.checks import Grammar
from coursepack.checks.added_schemas import check
from coursepack.files.package import Package
from tests.mutations import products
from tests.mutations.by_hand import sub
from tests.samples import every_question
from tests.shared import need_shared
from tests.writers.plain import written


def codes(name: str, schemas: Path, *, spoil: tuple[str, str, str] | None = None) -> set[str]:
    members = products.members(name)
    if spoil:
        members = sub(*spoil)(members)
    return {finding.code for finding in check(products.package(name, members), Grammar(schemas=schemas))}


SPOILT = {
    "cc11": ("w01-seminar.xml", "<title>", "<stranger/><title>"),
    "cc13": ("exam-bank.xml", " ident=", " strange="),
    "scorm12": ("imsmanifest.xml", "<adlcp:masteryscore>", "<adlcp:other/><adlcp:masteryscore>"),
    "scorm2004": ("imsmanifest.xml", 'completedByMeasure="true"', 'completedByMeasure="perhaps"'),
    "scorm2004-3rd": ("imsmanifest.xml", "<imsss:deliveryControls ", '<imsss:deliveryControls strange="1" '),
}


@pytest.mark.parametrize("name", SPOILT)
def test_they_accept_ours_and_refuse_what_is_spoilt(name: str) -> None:
    schemas = need_shared("schemas")
    assert codes(name, schemas) == set()
    assert codes(name, schemas, spoil=SPOILT[name]) == {"official-schema"}


def test_the_manifest_of_a_cartridge_is_judged_too() -> None:
    spoilt = ("imsmanifest.xml", 'identifier="item_w01-lecture"', 'identifier="1"')
    assert codes("cc11", need_shared("schemas"), spoil=spoilt) >= {"official-schema"}


QTI = ("imsmanifest.xml", "<file ", "<stranger/><file "), ("items/", "<itemBody>", "<itemBody><stranger/>")


@pytest.mark.parametrize(("member", "before", "after"), QTI, ids=["manifest", "item"])
def test_qti_is_judged_by_its_own(member: str, before: str, after: str) -> None:
    """Its manifest has the namespace of SCORM 2004's, whose schemas say nothing of it."""
    schemas = need_shared("schemas")
    [artifact] = written("qti21", *every_question()).artifacts
    members = {each.path: each.read() for each in artifact.members}
    assert list(check(package_of(members), Grammar(schemas=schemas))) == []
    name = next(name for name in members if name.startswith(member))
    members[name] = members[name].replace(before.encode(), after.encode())
    found = list(check(package_of(members), Grammar(schemas=schemas)))
    assert {finding.code for finding in found} == {"official-schema"}
    assert {finding.place.member for finding in found if finding.place} == {name}


def test_of_qti_3_there_is_the_packaging_alone() -> None:
    """The one schema of items that is to be had is a profile narrower than the standard, and is not asked."""
    [artifact] = written("qti3", *every_question()).artifacts
    found = check(
        package_of({each.path: each.read() for each in artifact.members}), Grammar(schemas=need_shared("schemas"))
    )
    assert {(each.code, each.place.member == "imsmanifest.xml") for each in found if each.place} == {
        ("official-missing", False)
    }


def package_of(members: dict[str, bytes]) -> Package:
    return Package.of_members("p.zip", ((name, data) for name, data in members.items()))


@pytest.mark.parametrize("name", SPOILT)
def test_a_folder_without_them_is_told(name: str, tmp_path: Path) -> None:
    assert codes(name, tmp_path) == {"official-missing"}


def test_without_a_folder_nothing_is_judged() -> None:
    package = products.package("cc11", products.members("cc11"))
    assert list(check(package, Grammar())) == []
