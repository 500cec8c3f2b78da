"""``--schemas DIR``: the official schemas judge too, found by their published names."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.checks import Grammar
from coursepack.checks.added_schemas import check
from tests.mutations import products
from tests.mutations.by_hand import sub
from tests.shared import need_shared


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


@pytest.mark.parametrize("name", SPOILT)
def test_a_folder_without_them_is_told(name: str, tmp_path: Path) -> None:
    assert codes(name, tmp_path) == {"official-missing"}


def test_without_a_folder_nothing_is_judged() -> None:
    package = products.package("cc11", products.members("cc11"))
    assert list(check(package, Grammar())) == []
