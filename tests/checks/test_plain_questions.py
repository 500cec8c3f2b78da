"""GIFT, Aiken and the question table as files: what Moodle or a spreadsheet would take apart wrongly is found."""

from __future__ import annotations

import pytest

from coursepack.checks import Grammar, check, check_artifact
from coursepack.files.package import Package
from coursepack.writers import Context, load
from tests.samples import ASSETS, everything

GIFT = "$CATEGORY: $course$/top/A\n\n// [id:x]\n::n::q{\n\t=a\n\t~b\n}\n\n::n::a\\{b{}\n\n::n::text\n"
AIKEN = "Q1\nA) a\nB) b\nANSWER: B\n\nQ2\nA) a\nB) b\nANSWER: A\n"
CSV = '\ufeffid;text\r\n1;a\r\n2;"b\r\nc"\r\n'


def codes(layer: str, text: str) -> list[str]:
    return [f.code for f in check(Package.of_bytes(f"q.{layer}", text.encode()), (layer,), Grammar(closed=True))]


@pytest.mark.parametrize("name", ["gift", "aiken", "csv", "xlsx"])
def test_what_we_write_passes_its_check(name: str) -> None:
    writer = load(name)
    (artifact,) = writer.write(everything(), Context(assets=ASSETS, options=writer.options())).artifacts
    assert artifact.layers
    assert check_artifact(artifact) == []


@pytest.mark.parametrize(("layer", "text"), [("gift", GIFT), ("aiken", AIKEN), ("csv", CSV)])
def test_sound_files(layer: str, text: str) -> None:
    assert codes(layer, text) == []


@pytest.mark.parametrize(
    ("layer", "old", "new", "code"),
    [
        ("gift", "\t=a\n", "\t=a\n\n", "gift-braces"),
        ("gift", "\\{", "{", "gift-braces"),
        ("gift", "::n::text", "text", "gift-name"),
        ("aiken", "A) a\n", "А) a\n", "aiken-options"),
        ("aiken", "A) a\n", "A) a\n\n", "aiken-key"),
        ("aiken", "ANSWER: B", "ANSWER: C", "aiken-key"),
        ("aiken", "ANSWER: B", "ANSWER: А", "aiken-key"),
        ("aiken", "B) b\n", "", "aiken-options"),
        ("aiken", "Q1\n", "A. Q\n", "aiken-question"),
        ("aiken", "Q1\n", "Q\n", "aiken-question"),
        ("aiken", "Q1\n", "ANSWER: Q\n", "aiken-question"),
        ("csv", "\ufeff", "", "csv-mark"),
        ("csv", "1;a", "1;a;b", "csv-row"),
    ],
)
def test_broken_files(layer: str, old: str, new: str, code: str) -> None:
    text = {"gift": GIFT, "aiken": AIKEN, "csv": CSV}[layer]
    assert old in text
    assert code in codes(layer, text.replace(old, new, 1))
