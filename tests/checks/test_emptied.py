"""Parts of a document that nobody needs are let go while it is read, and counted against no limit."""

from __future__ import annotations

import io
import zipfile

import pytest

from coursepack import limits
from coursepack.checks.xml import line_of
from coursepack.files import package as packages
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.place import CoursepackError


def package(text: str) -> Package:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("quiz.xml", text)
    return Package.of_bytes("a.mbz", out.getvalue())


QUIZ = "<quiz><name>T</name>\n<attempts>{}</attempts><grade>10</grade></quiz>"
ATTEMPT = '<attempt id="1"><state a="1">finished</state><answer>5</answer></attempt>'


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every document is large enough for it, and few tags may be kept."""
    monkeypatch.setattr(packages, "_STREAMED", 10)
    monkeypatch.setenv(limits.VARIABLE, "xml-marks=6000")


def test_what_is_emptied_keeps_its_place_and_nothing_else() -> None:
    root = package(QUIZ.format(ATTEMPT * 3000)).xml("quiz.xml", keep="xml-marks", emptied=("attempt",))
    assert [element.tag for element in root.iter()] == ["quiz", "name", "attempts", *["attempt"] * 3000, "grade"]
    assert (root.findtext("name"), root.findtext("grade")) == ("T", "10")
    assert line_of(root[2]) == 2


def test_without_it_the_limit_is_met() -> None:
    with pytest.raises(CoursepackError, match="24008 tags and attributes are kept; at most 6000"):
        package(QUIZ.format(ATTEMPT * 3000)).xml("quiz.xml", keep="xml-marks")


def test_what_stays_keeps_to_the_limit() -> None:
    quiz = package(QUIZ.format("<a/>" * 4000))
    quiz.xml("quiz.xml", keep="xml-marks", emptied=("attempt",))
    with pytest.raises(CoursepackError, match=r"8008 tags and attributes are kept; at most 6000 .*--limit xml-marks"):
        quiz.xml("quiz.xml", keep="xml-marks", emptied=("attempt",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (QUIZ.format("<attempt>"), "mismatch"),
        ("<!DOCTYPE q [<!ENTITY x 'y'>]><quiz><attempt>&x;</attempt></quiz>", "DOCTYPE"),
        (f"<quiz><attempt>{'<b/>' * 9000}</attempt></quiz>", "more than 6000 tags and attributes in one element"),
    ],
)
def test_what_is_wrong_in_it_is_told(text: str, said: str) -> None:
    with pytest.raises(XmlError, match=said):
        package(text).xml("quiz.xml", keep="xml-marks", emptied=("attempt",))
