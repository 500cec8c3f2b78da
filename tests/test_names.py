"""One rule for names: what leads elsewhere, what some system cannot hold, what an id may be."""

from __future__ import annotations

import re

import msgspec
import pytest

from coursepack import names
from coursepack.checks import Grammar, container
from coursepack.files.member import Member
from coursepack.files.package import Package
from coursepack.model.artifact import Artifact
from coursepack.model.course import FORMAT
from coursepack.model.course_json import decode
from coursepack.place import CoursepackError, Severity
from coursepack.publish import Product, check_names
from coursepack.readers.streams import _slug
from coursepack.text.latin import slug

LEADS_OUT = ["/etc/passwd", "../up", "a/../../b", "a//b", "./a", "C:/x", "C:x", "a\\b", "", " ", "a\0b", "a\nb", "a/."]
NOT_EVERYWHERE = [
    "CON.txt",
    "con",
    "nul.tar.gz",
    "aux .txt",
    "COM¹",
    "lpt9.docx",
    "CONIN$",
    "a/prn/b",
    "a*b?.txt",
    'say "x"',
    "a<b",
    "a|b",
    "time 10:30.txt",
    "dot.",
    "blank ",
    "folder./a",
    "50%25.txt",
    "x%0a.txt",
    "x%0D",
    "a\x85b",
    "a\u2028b",
    "half\ud800",
    "я" * 128,
]
GOOD = [
    "a.txt",
    "Дәріс 1 (жаңа).docx",
    "50% бітті.txt",
    "console.txt",
    "com10",
    "a/b.c/d",
    ".hidden",
    "я" * 127,
    "aux-1",
]


@pytest.mark.parametrize("name", LEADS_OUT)
def test_a_name_that_leads_out_is_unsafe(name: str) -> None:
    assert names.unsafe(name), name
    assert names.problem(name)


@pytest.mark.parametrize("name", NOT_EVERYWHERE)
def test_a_name_that_some_system_cannot_hold_is_told(name: str) -> None:
    assert names.unportable(name), name


@pytest.mark.parametrize("name", GOOD)
def test_ordinary_names_stand(name: str) -> None:
    assert names.problem(name) is None


def test_names_that_differ_by_case_or_unicode_form_are_alike() -> None:
    both = ["Лекция.txt", "ЛЕКЦИЯ.TXT", "\u0439.txt", "\u0438\u0306.txt", "x.txt", "x.txt"]
    assert list(names.alike(both)) == [(both[1], both[0]), (both[3], both[2]), ("x.txt", "x.txt")]


HOSTILE_IDS = [
    "/elsewhere/evil",
    "../up",
    "a/b",
    "a.b",
    "con",
    "lpt1",
    '"><script>alert(1)</script>',
    "a'b",
    "a b",
    "A",
    "ә",
    "a\n",
    "",
    "-a",
    "1a",
    "a" * 201,
]


@pytest.mark.parametrize("text", HOSTILE_IDS)
def test_what_is_no_id(text: str) -> None:
    assert not names.is_id(text)


FITTING = {
    names.ID: "w03-lecture",
    names.NOTE_ID: "note-1",
    names.PART_ID: "Ереже № 1",
    names.SHA256: "a" * 64,
    names.LANGUAGE: "kk",
}


@pytest.mark.parametrize("pattern", FITTING)
def test_a_pattern_ends_where_the_text_ends(pattern: str) -> None:
    assert re.search(pattern, FITTING[pattern])
    assert not re.search(pattern, FITTING[pattern] + "\n")
    assert not re.search(pattern, FITTING[pattern] + "\nx")


def test_ids_made_of_names_are_ids() -> None:
    for name in ("CON", "aux", "Lpt1", "2026", "", "com1"):
        assert names.is_id(slug(name)), name
        assert names.is_id(_slug(name)), name
    assert (slug("Con"), _slug("nul"), slug("Контроль")) == ("course-con", "questions-nul", "kontrol")


# Where an id, or the name of a picture, stands in a model: a road from it to a file, an element or a script.
PLACES = {
    "id": {},
    "weeks[0].id": {"weeks": [{"id": "X", "number": 1}]},
    "weeks[0].sessions[0].id": {"weeks": [{"id": "w01", "number": 1, "sessions": [{"id": "X", "kind": "lecture"}]}]},
    "exam.questions[0].id": {"exam": {"questions": [{"type": "essay", "id": "X", "text": []}]}},
    "exam.questions[0].session": {
        "exam": {"questions": [{"type": "essay", "id": "q", "session": "X", "text": []}]},
    },
    "exam.tickets[0].questions[0]": {"exam": {"tickets": [{"id": "t", "number": 1, "questions": ["X"]}]}},
    "glossary[0].id": {"glossary": [{"id": "X", "term": "t", "definition": []}]},
    "readings[0].id": {"readings": [{"id": "X", "blocks": []}]},
    "foreword.id": {"foreword": {"id": "X", "title": "t", "blocks": []}},
    "foreword.blocks[0].asset": {
        "foreword": {"id": "f", "title": "t", "blocks": [{"is": "figure", "asset": "X", "media_type": "image/png"}]}
    },
    "foreword.blocks[0].id": {
        "foreword": {"id": "f", "title": "t", "blocks": [{"is": "footnote", "id": "X", "blocks": []}]}
    },
    "language": {},
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("evil", ["/elsewhere/evil", "../../up", '"><script>', "a\n"])
def test_every_id_is_looked_at_where_a_model_is_decoded(place: str, evil: str) -> None:
    data = {"format": FORMAT, "id": "a", "title": "t", "language": "kk"}
    data |= msgspec.json.decode(msgspec.json.encode(PLACES[place]).replace(b'"X"', msgspec.json.encode(evil)))
    if place in {"id", "language"}:
        data[place] = evil
    with pytest.raises(msgspec.ValidationError) as caught:
        decode(msgspec.json.encode(data))
    assert str(caught.value).startswith("Expected a")
    assert "regex" not in str(caught.value)
    assert f"`$.{place}`" in str(caught.value)


def test_a_source_of_a_model_stays_in_its_folder() -> None:
    source = {"file": "../../etc/passwd", "sha256": "", "role": "textbook"}
    data = {"format": FORMAT, "id": "a", "title": "t", "language": "kk", "sources": [source]}
    with pytest.raises(msgspec.ValidationError, match=r"a source is called '\.\./\.\./etc/passwd': '\.\.'"):
        decode(msgspec.json.encode(data))


@pytest.mark.parametrize("name", ["../../evil", "/etc/cron.d/x", "a/b.zip", "CON.zip", "a\\b", "x.zip."])
def test_a_report_cannot_name_a_product_elsewhere(name: str) -> None:
    data = msgspec.json.encode({"file": name, "format": "gift", "size": 1, "sha256": "0"})
    with pytest.raises(msgspec.ValidationError, match="a product cannot have the name"):
        msgspec.json.decode(data, type=Product)


def _artifact(name: str, *members: str) -> Artifact:
    return Artifact(name, "x", tuple(Member(member, b"") for member in members), ())


@pytest.mark.parametrize(
    ("artifact", "message"),
    [
        (_artifact("/elsewhere/evil.zip", "a"), "no product is written under the name '/elsewhere/evil.zip': absolute"),
        (_artifact("../evil.zip", "a"), "no product is written under the name"),
        (_artifact("a/evil.zip", "a"), "is no name for a product"),
        (_artifact("con.zip", "a"), "Windows keeps the name"),
        (_artifact("a.edited", "a"), "is no name for a product"),
        (_artifact("a.zip", "../a"), "no product is written under the name '../a'"),
        (_artifact("a.zip", "a.html", "A.html"), "two files of the build are called 'a.html' and 'A.html'"),
        (_artifact("a.zip", "a.html", "a.html"), "two files of the build"),
        (_artifact("Course.json", "a"), "two files of the build are called 'course.json' and 'Course.json'"),
    ],
)
def test_no_artifact_is_published_under_such_a_name(artifact: Artifact, message: str) -> None:
    with pytest.raises(CoursepackError) as caught:
        check_names(artifact, ["course.json"])
    assert message in str(caught.value)


@pytest.mark.parametrize("name", [name for name in NOT_EVERYWHERE if name.isascii() and names.unsafe(name) is None])
def test_the_checker_keeps_the_same_rule(name: str) -> None:
    package = Package.of_members("x.zip", [(name, b"")])
    found = {closed: list(container.check(package, Grammar(closed=closed))) for closed in (True, False)}
    assert [(f.code, f.severity) for f in found[True]] == [("container-name", Severity.ERROR)]
    assert [(f.code, f.severity) for f in found[False]] == [("container-name", Severity.WARNING)]
    assert names.unportable(name) in found[True][0].message  # type: ignore[operator]
