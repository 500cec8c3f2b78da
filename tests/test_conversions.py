"""The table of what each question format keeps: its page is as the code is."""

from __future__ import annotations

from coursepack.convert import formats
from tools import conversions


def test_the_page_is_as_the_code_is() -> None:
    assert conversions.PAGE.read_text("utf-8") == conversions.page()


def test_every_format_has_its_row() -> None:
    said = conversions.PAGE.read_text("utf-8")
    assert all(f"| `{name}` |" in said for name in formats())


def test_moodle_xml_keeps_everything() -> None:
    assert conversions.rows("moodle-xml") == ["kept"] * len(conversions.samples())


def test_what_a_format_loses_is_named() -> None:
    by = dict(zip([called for called, _ in conversions.samples()], conversions.rows("gift"), strict=True))
    assert by["cloze"] == "left out"
    assert by["numerical"] == "kept; lost: pictures, mark, unit"
