"""A course.json of a stranger: what is in it that no reader makes, and a sound one that stays as it is."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from coursepack import discovery
from coursepack.files.hashes import sha256
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Figure, Math, Paragraph, Run
from coursepack.model.course import Course, Section
from coursepack.model.course_json import encode
from coursepack.place import Place
from coursepack.readers import decoded
from tests.hostile import active, roads
from tests.samples import ASSETS, PNG, PNG_ID, everything

PLACE = Place("a.json")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>run()</script><rect width="1"/></svg>'
CLEAN = b"<?xml version='1.0' encoding='UTF-8'?>\n" + b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="1"/></svg>'


def test_a_sound_course_stays_the_same_object() -> None:
    course = everything()
    cleaned, assets, findings = decoded.clean(course, ASSETS, PLACE)
    assert cleaned is course
    assert (assets.data, findings) == (ASSETS.data, [])


def test_what_goes_is_told_once_a_kind() -> None:
    blocks = (
        Paragraph(content=(Run(text="a", href="javascript:run()"), Run(text="b", href="javascript:run()"))),
        Paragraph(content=(Run(text="c\x1b", href="https://www.enu.kz/", language='en" x="'),)),
        Paragraph(
            content=(Math(mathml='<math><mi href="vbscript:1">x</mi></math>', tex=r"\href{vbscript:1}{x}", text="x"),)
        ),
    )
    course = Course(
        id="a",
        title="A",
        language="en",
        foreword=Section(id="foreword", title="F", blocks=blocks),
        links=("https://www.enu.kz/", "file:///etc/passwd"),
    )
    cleaned, _, findings = decoded.clean(course, Assets(), PLACE)
    assert cleaned.foreword is not None
    assert cleaned.foreword.blocks == (
        Paragraph(content=(Run(text="a"), Run(text="b"))),
        Paragraph(content=(Run(text="c", href="https://www.enu.kz/"),)),
        Paragraph(content=(Math(mathml="<math><mi>x</mi></math>", text="x"),)),
    )
    assert cleaned.links == ("https://www.enu.kz/",)
    assert [str(finding) for finding in findings] == [
        f"a.json: warning: 1 × {what} [course-left-out]"
        for what in (
            r"\href in a formula: its TeX is left out, the formula stays",
            "a link with a forbidden scheme (file:): its text is kept",
        )
    ] + [
        "a.json: warning: 2 × a link with a forbidden scheme (javascript:): its text is kept [course-left-out]",
        "a.json: warning: 1 × a text with characters that no document may hold, left out [course-left-out]",
        "a.json: warning: 1 × an address in a formula that may not be followed (vbscript:) [course-left-out]",
    ]


def test_a_picture_is_what_its_bytes_are() -> None:
    """Named by what is left of it, under its own media type; what is no picture is not there."""
    page = b"<html><script>run()</script></html>"
    assets = Assets({sha256(SVG): SVG, PNG_ID: PNG, sha256(page): page})
    figures = tuple(Figure(asset=key, media_type="text/html") for key in assets.data)
    course = Course(id="a", title="A", language="en", foreword=Section(id="foreword", title="F", blocks=figures))
    cleaned, kept, findings = decoded.clean(course, assets, PLACE)
    assert kept.data == {sha256(CLEAN): CLEAN, PNG_ID: PNG}
    assert cleaned.foreword is not None
    assert [(f.asset, f.media_type) for f in cleaned.foreword.blocks if isinstance(f, Figure)] == [
        (sha256(CLEAN), "image/svg+xml"),
        (PNG_ID, "image/png"),
        (sha256(page), "text/html"),
    ]
    assert [finding.message for finding in findings] == [
        "1 × <script> in a picture, which can run code or load a page",
        "1 × an invalid picture",
    ]


def test_assets_are_clean_whoever_put_them_in() -> None:
    assert Assets({"a": SVG}).read("a") == CLEAN
    with pytest.raises(KeyError):
        Assets({"a": b"<svg><"}).read("a")


def test_the_whole_corpus_in_a_file_leaves_nothing_active(tmp_path: Path) -> None:
    roads.course_json(tmp_path)
    understood = discovery.course_of_folder(tmp_path / "a.json")
    model = msgspec.json.decode(encode(understood.course))
    assert list(active.of_model(model)) == []
    assert len(understood.findings) >= 40
    assert {finding.code for finding in understood.findings} == {"course-left-out"}
    again, _, findings = decoded.clean(understood.course, understood.assets, PLACE)
    assert (again, findings) == (understood.course, [])
