"""Cartridges of others: each break is found by its code, what is sound in another dress passes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from coursepack.checks import Grammar, check, products
from coursepack.files.package import Package
from coursepack.place import CoursepackError, Severity
from coursepack.writers import Context
from coursepack.writers.cartridge.writer import cc11, cc13
from tests.checks.archives import zipped
from tests.samples import ASSETS, everything

Members = dict[str, bytes]
MANIFEST = "imsmanifest.xml"
REVIEW = "w01-lecture-review.xml"
TOPIC = "w01-seminar.xml"
LINK = "about-literature-link-01.xml"
TASK = "w01-supervised.xml"


@cache
def _whole(name: str) -> dict[str, bytes]:
    writer = {"cc11": cc11, "cc13": cc13}[name]
    (artifact,) = writer.write(everything(), Context(assets=ASSETS)).artifacts
    return {member.path: member.read() for member in artifact.members}


def codes(members: Members, grammar: Grammar | None = None) -> dict[str, Severity]:
    package = Package.of_members("x.imscc", members.items())
    return {f.code: f.severity for f in check(package, ("container", "cartridge"), grammar or Grammar())}


def sub(member: str, pattern: str, replacement: str, count: int = 1) -> Callable[[Members], Members]:
    def change(members: Members) -> Members:
        text = members[member].decode()
        found, times = re.subn(pattern, replacement, text, count=count, flags=re.DOTALL)
        assert times, f"{pattern!r} is not in {member}"
        return members | {member: found.encode()}

    return change


def drop(member: str) -> Callable[[Members], Members]:
    return lambda members: {name: data for name, data in members.items() if name != member}


BREAKS: dict[str, tuple[str, Callable[[Members], Members]]] = {
    "no manifest": ("ims-manifest-missing", drop(MANIFEST)),
    "not well-formed": ("ims-manifest-malformed", sub(MANIFEST, "</manifest>", "")),
    "a namespace nobody knows": ("cc-namespace", sub(MANIFEST, r"imsccv1p(\d)/imscp_v1p1", "imsccv9p9/imscp_v1p1")),
    "no schema": ("cc-manifest-schema", sub(MANIFEST, r"<schema>.*?</schema>", "")),
    "another schemaversion": ("cc-manifest-schema", sub(MANIFEST, r"1\.(\d)\.0", "1.7.0")),
    "no LOM": ("cc-manifest-schema", sub(MANIFEST, r"<lomimscc:lom>.*</lomimscc:lom>", "")),
    "xml:lang on a title": ("cc-manifest-schema", sub(MANIFEST, "<title>", '<title xml:lang="kk">')),
    "title twice in LOM": ("cc-lom-twice", sub(MANIFEST, r"(<lomimscc:title>.*?</lomimscc:title>)", r"\1\1")),
    "no structure": ("cc-manifest-schema", sub(MANIFEST, ' structure="rooted-hierarchy"', "")),
    "another structure": ("cc-manifest-schema", sub(MANIFEST, "rooted-hierarchy", "hierarchical")),
    "a title on the root item": (
        "cc-manifest-schema",
        sub(MANIFEST, '<item identifier="root">', '<item identifier="root"><title>t</title>'),
    ),
    "two organizations": ("cc-manifest-schema", sub(MANIFEST, r"(<organization .*?</organization>)", r"\1\1")),
    "an item without a title": ("cc-manifest-schema", sub(MANIFEST, r"<title>[^<]*</title>", "", 2)),
    "the same identifier twice": (
        "ims-identifier-twice",
        sub(MANIFEST, 'identifier="item_foreword"', 'identifier="item_introduction"'),
    ),
    "no NCName": ("cc-manifest-schema", sub(MANIFEST, 'identifier="item_foreword"', 'identifier="1 foreword"')),
    "an item to nowhere": (
        "ims-item-dangling",
        sub(MANIFEST, 'identifierref="sample-foreword"', 'identifierref="nowhere"'),
    ),
    "an item to the bank": (
        "cc-item-bank",
        sub(MANIFEST, 'identifierref="sample-foreword"', 'identifierref="sample-exam-bank"'),
    ),
    "an item with children and a resource": (
        "cc-item-both",
        sub(
            MANIFEST, '<item identifier="item_about">', '<item identifier="item_about" identifierref="sample-foreword">'
        ),
    ),
    "a file that is not there": ("ims-href-missing", drop("w02-lecture.html")),
    "a picture that is not there": ("html-reference", sub("w01-lecture.html", "media/picture", "media/other")),
    "an absolute path": ("ims-href-absolute", sub(MANIFEST, 'href="foreword.html"', 'href="/foreword.html"', 2)),
    "a path out of the package": ("ims-href-outside", sub(MANIFEST, 'href="foreword.html"', 'href="../f.html"', 2)),
    "an address as href": ("ims-href-remote", sub(MANIFEST, 'href="foreword.html"', 'href="https://a.kz/f.html"', 2)),
    "an empty href": ("ims-href-empty", sub(MANIFEST, 'href="foreword.html"', 'href=""', 2)),
    "an href that is no file of its resource": (
        "ims-href-unlisted",
        sub(MANIFEST, 'type="webcontent" href="foreword.html"', 'type="webcontent" href="introduction.html"'),
    ),
    "web content without href": (
        "cc-item-no-href",
        sub(MANIFEST, 'type="webcontent" href="foreword.html"', 'type="webcontent"'),
    ),
    "a type nobody knows": ("cc-type", sub(MANIFEST, r'type="imsdt_xmlv1p\d"', 'type="imsforum_xmlv1p1"')),
    "an href on an assessment": ("cc-href", sub(MANIFEST, r'(xmlv1p\d/assessment")', rf'\1 href="{REVIEW}"')),
    "a dependency to nowhere": (
        "ims-dependency-dangling",
        sub(MANIFEST, '<dependency identifierref="[^"]*"', '<dependency identifierref="nowhere"'),
    ),
    "a dependency on itself": (
        "ims-dependency-itself",
        sub(
            MANIFEST,
            '(identifier="sample-w01-lecture" .*?)<dependency identifierref="[^"]*"',
            r'\1<dependency identifierref="sample-w01-lecture"',
        ),
    ),
    "a forbidden dependency": (
        "cc-dependency-kind",
        sub(MANIFEST, '<dependency identifierref="[^"]*"', '<dependency identifierref="sample-w01-seminar"'),
    ),
    "a topic in another namespace": ("cc-root", sub(TOPIC, r"imsdt_v1p\d", "imsdt_v1p2")),
    "a topic without a title": ("cc-topic-schema", sub(TOPIC, "<title>.*?</title>", "")),
    "a topic without a text": ("cc-topic-schema", sub(TOPIC, "<text .*</text>", "")),
    "a topic of no kind": ("cc-topic-schema", sub(TOPIC, "text/html", "text/markdown")),
    "a topic that is no XML": ("xml-malformed", sub(TOPIC, "</topic>", "")),
    "a link in another namespace": ("cc-root", sub(LINK, r"imswl_v1p\d", "imswl_v1p2")),
    "a link without an address": ("cc-link-schema", sub(LINK, ' href="[^"]*"', "")),
    "a link with an empty address": ("cc-link-address", sub(LINK, ' href="[^"]*"', ' href=""')),
    "a link without a title": ("cc-link-schema", sub(LINK, "<title>.*?</title>", "")),
    "an item twice": ("qti-item-twice", sub(REVIEW, 'ident="w01-lecture-q-002"', 'ident="w01-lecture-q-001"')),
    "no cc_profile": (
        "qti-profile-missing",
        sub(REVIEW, "<fieldlabel>cc_profile", "<fieldlabel>qmd_computerscored", 2),
    ),
    "an unknown profile": ("qti-field-value", sub(REVIEW, "cc.essay.v0p1", "cc.upload.v0p1")),
    "a profile that does not fit": ("qti-response", sub(REVIEW, "cc.multiple_choice.v0p1", "cc.fib.v0p1")),
    "another cardinality": (
        "qti-cardinality",
        sub(REVIEW, '(multiple_choice.*?)rcardinality="Single"', r'\1rcardinality="Multiple"'),
    ),
    "one choice only": (
        "qti-choices",
        sub(REVIEW, r'(true_false.*?)<response_label ident="false">.*?</response_label>', r"\1"),
    ),
    "an answer that is not offered": ("qti-varequal", sub(REVIEW, ">c1</varequal>", ">c9</varequal>")),
    "a response that is not asked": ("qti-respident", sub(REVIEW, 'respident="response1"', 'respident="response9"')),
    "no right answer": ("qti-no-right-answer", sub(REVIEW, r"(multiple_choice.*?)<setvar[^>]*>100</setvar>", r"\1")),
    "a score out of range": ("qti-score", sub(REVIEW, ">100</setvar>", ">150</setvar>")),
    "a score in words": ("qti-score", sub(REVIEW, ">100</setvar>", ">all</setvar>")),
    "scores the wrong way round": ("qti-score-range", sub(REVIEW, 'maxvalue="100"', 'maxvalue="0"')),
    "feedback that is not there": ("qti-feedback-missing", sub(REVIEW, 'linkrefid="c1_fb"', 'linkrefid="c7_fb"')),
    "two answers of one name": (
        "qti-label-twice",
        sub(REVIEW, '<response_label ident="c2">', '<response_label ident="c1">'),
    ),
    "a question without a text": (
        "qti-no-text",
        sub(REVIEW, "<material>.*?</material>", "<material><matbreak/></material>"),
    ),
    "a quiz without questions": ("qti-empty", sub(REVIEW, "<item .*</item>", "")),
    "a quiz that is no XML": ("qti-malformed", sub(REVIEW, "</section>", "")),
    "QTI in another namespace": ("qti-schema", sub(REVIEW, "ims_qtiasiv1p2", "ims_qtiasiv1p3")),
    "an element QTI does not have": ("qti-schema", sub(REVIEW, "<presentation>", "<presentation><video/>")),
    "a weight in words": ("qti-field-value", sub(REVIEW, "(cc_weighting</fieldlabel><fieldentry>)2", r"\1two")),
    "a weight of 0": ("qti-field-value", sub(REVIEW, "(cc_weighting</fieldlabel><fieldentry>)2", r"\g<1>0")),
    "a weight of 100": ("qti-field-value", sub(REVIEW, "(cc_weighting</fieldlabel><fieldentry>)2", r"\g<1>100")),
    "a weight below 0": ("qti-field-value", sub(REVIEW, "(cc_weighting</fieldlabel><fieldentry>)2", r"\g<1>-1")),
    "a DOCTYPE": ("qti-doctype", sub(REVIEW, "<questestinterop", "<!DOCTYPE questestinterop><questestinterop")),
}


@pytest.mark.parametrize("name", ["cc11", "cc13"])
@pytest.mark.parametrize("break_", BREAKS)
def test_a_break_is_found(name: str, break_: str) -> None:
    code, change = BREAKS[break_]
    found = codes(change(dict(_whole(name))))
    assert found.get(code) is Severity.ERROR, found


@pytest.mark.parametrize("name", ["cc11", "cc13"])
@pytest.mark.parametrize("weight", ["1", "99"])
def test_the_outermost_weights_pass(name: str, weight: str) -> None:
    change = sub(REVIEW, "(cc_weighting</fieldlabel><fieldentry>)2", rf"\g<1>{weight}")
    assert codes(change(dict(_whole(name)))) == codes(dict(_whole(name)))


def timed(minutes: str) -> Callable[[Members], Members]:
    """A quiz with a limit of time."""
    named = f"<fieldlabel>qmd_timelimit</fieldlabel><fieldentry>{minutes}</fieldentry>"
    return sub(REVIEW, "<qtimetadata>", f"<qtimetadata><qtimetadatafield>{named}</qtimetadatafield>")


@pytest.mark.parametrize("name", ["cc11", "cc13"])
@pytest.mark.parametrize("minutes", ["0", "-5", "527041", "1.5", "1 hour", "٣", ""])
def test_a_limit_of_time_is_whole_minutes_of_a_year_at_most(name: str, minutes: str) -> None:
    found = codes(timed(minutes)(dict(_whole(name))))
    assert found.get("qti-field-value") is Severity.ERROR, found


@pytest.mark.parametrize("name", ["cc11", "cc13"])
@pytest.mark.parametrize("minutes", ["1", "527040"])
def test_the_shortest_and_the_longest_limit_of_time_pass(name: str, minutes: str) -> None:
    assert codes(timed(minutes)(dict(_whole(name)))) == codes(dict(_whole(name)))


def test_assignments_are_checked() -> None:
    whole = dict(_whole("cc13"))
    assert codes(sub(TASK, "<title>.*?</title>", "")(whole)).get("cc-assignment-schema")
    assert codes(sub(TASK, 'type="file"', 'type="paper"')(whole)).get("cc-assignment-schema")
    assert codes(sub(TASK, "imscc_extensions/assignment", "imscc_extensions/task")(whole)).get("cc-root")


SOUND: dict[str, Callable[[Members], Members]] = {
    "the least weight": sub(REVIEW, "(cc_weighting</fieldlabel><fieldentry>)2", r"\g<1>1"),
    "the largest weight": sub(REVIEW, "(cc_weighting</fieldlabel><fieldentry>)2", r"\g<1>99"),
    "as it is": lambda members: members,
    "a byte order mark": lambda members: members | {MANIFEST: b"\xef\xbb\xbf" + members[MANIFEST]},
    "a comment first": sub(MANIFEST, r"\?>", "?><!-- made elsewhere -->"),
    "single quotes and CRLF": lambda members: (
        members | {MANIFEST: members[MANIFEST].replace(b'"', b"'").replace(b"\n", b"\r\n")}
    ),
    "other prefixes": sub(MANIFEST, "lomimscc", "lomm", 0),
    "a prefix for the manifest": lambda members: (
        members
        | {
            MANIFEST: re.sub(
                rb"<(/?)(?=[a-z]+[ >/])(?!lom)", rb"<\1cp:", members[MANIFEST].replace(b"xmlns=", b"xmlns:cp=")
            )
        }
    ),
    "a schemaLocation": sub(
        MANIFEST,
        "<manifest ",
        '<manifest xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:a b.xsd" ',
    ),
    "an empty organization": sub(MANIFEST, "<organizations>.*</organizations>", "<organizations/>"),
    "a file that no resource lists": lambda members: members | {"notes.txt": b"beside"},
    "the manifest in a folder": lambda members: {f"course/{name}": data for name, data in members.items()},
    "a link with a fragment": sub("foreword.html", "</body>", '<a href="introduction.html#x">x</a></body>'),
    "a link out": sub("foreword.html", "</body>", '<a href="https://a.kz/b?c=d&amp;e">x</a></body>'),
    "a picture by the file base": sub("w01-lecture.html", 'src="media', 'src="$IMS-CC-FILEBASE$/media'),
    "a picture by the other file base": sub("w01-lecture.html", 'src="media', 'src="%24IMS_CC_FILEBASE%24/media'),
    "Canvas's own address": sub("foreword.html", "</body>", '<a href="$WIKI_REFERENCE$/pages/a">x</a></body>'),
}


@pytest.mark.parametrize("name", ["cc11", "cc13"])
@pytest.mark.parametrize("dress", SOUND)
def test_what_is_sound_passes(name: str, dress: str) -> None:
    found = codes(SOUND[dress](dict(_whole(name))))
    assert Severity.ERROR not in found.values(), found


def test_canvas_writes_the_types_of_11_into_13() -> None:
    whole = dict(_whole("cc13"))
    old = {name: re.sub(rb"(imsdt|imswl)_xmlv1p3|imscc_xmlv1p3", _older, data) for name, data in whole.items()}
    for member, what in ((TOPIC, b"imsdt"), (LINK, b"imswl")):
        old[member] = old[member].replace(b"imsccv1p3/" + what + b"_v1p3", b"imsccv1p1/" + what + b"_v1p1")
    assert Severity.ERROR not in codes(old).values()


def _older(match: re.Match[bytes]) -> bytes:
    return match[0].replace(b"v1p3", b"v1p1")


def test_a_link_to_a_page_that_is_not_there_is_only_told() -> None:
    found = codes(sub("foreword.html", "</body>", '<a href="lost.html">x</a></body>')(dict(_whole("cc11"))))
    assert found.get("html-reference") is Severity.WARNING


def test_an_encoded_href_is_told() -> None:
    whole = dict(_whole("cc11"))
    whole["my page.html"] = whole.pop("foreword.html")
    found = codes(sub(MANIFEST, 'href="foreword.html"', 'href="my%20page.html"', 2)(whole))
    assert found.get("ims-href-encoded") is Severity.WARNING
    assert Severity.ERROR not in found.values()


def test_our_own_are_judged_by_the_closed_grammar() -> None:
    whole = dict(_whole("cc11"))
    extra = sub(MANIFEST, 'intendeduse="syllabus"', 'intendeduse="lessonplan"')(whole)
    assert "cc-manifest-schema" not in codes(extra)
    assert codes(extra, Grammar(closed=True)).get("cc-manifest-schema") is Severity.ERROR
    assert codes(whole | {"notes.txt": b"x"}, Grammar(closed=True)).get("ims-file-undeclared") is Severity.ERROR


def test_damaged_input_gives_findings_and_no_traceback() -> None:
    whole = dict(_whole("cc11"))
    for member in (MANIFEST, REVIEW, TOPIC, "w01-lecture.html"):
        for data in (b"", b"\x00\xff\xfe", b"<", whole[member][: len(whole[member]) // 2]):
            try:
                codes(whole | {member: data})
            except CoursepackError:
                pytest.fail("a check let an error through")


def _as_12(data: bytes) -> bytes:
    data = re.sub(rb"ims(ccv|dt_v|wl_v)1p1", rb"ims\g<1>1p2", data)
    return data.replace(b"_xmlv1p1", b"_xmlv1p2").replace(b"1.1.0", b"1.2.0")


def _as_10(data: bytes) -> bytes:
    """The namespaces, types and unqualified children of Common Cartridge 1.0."""
    for found, put in (
        (b"http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1", b"http://www.imsglobal.org/xsd/imscc/imscp_v1p1"),
        (b"http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest", b"http://ltsc.ieee.org/xsd/imscc/LOM"),
        (b"http://ltsc.ieee.org/xsd/imsccv1p1/LOM/resource", b"http://ltsc.ieee.org/xsd/LOM"),
        (
            b'xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1"',
            b'xmlns:x="http://www.imsglobal.org/xsd/imsdt_v1p0"',
        ),
        (
            b'xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"',
            b'xmlns:x="http://www.imsglobal.org/xsd/imswl_v1p0"',
        ),
        (b"<topic ", b"<x:topic "),
        (b"</topic>", b"</x:topic>"),
        (b"<webLink ", b"<x:webLink "),
        (b"</webLink>", b"</x:webLink>"),
        (b"_xmlv1p1", b"_xmlv1p0"),
        (b"1.1.0", b"1.0.0"),
        (b' intendeduse="syllabus"', b""),
    ):
        data = data.replace(found, put)
    return data


@pytest.mark.parametrize("older", [_as_10, _as_12], ids=["1.0", "1.2"])
def test_the_other_versions_are_known_too(older: Callable[[bytes], bytes]) -> None:
    made = {name: older(data) if name.endswith(".xml") else data for name, data in _whole("cc11").items()}
    assert Severity.ERROR not in codes(made).values()
    assert codes(sub(TOPIC, "<title>.*?</title>", "")(made)).get("cc-topic-schema")
    assert codes(sub(MANIFEST, r"1\.[02]\.0", "1.1.0")(made)).get("cc-manifest-schema")


def test_damage_that_shows_at_the_end_of_a_stream_is_called_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.imscc"
    path.write_bytes(zipped(*_whole("cc11").items()))
    with zipfile.ZipFile(path) as archive:
        checksum = archive.getinfo(REVIEW).CRC.to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(checksum, bytes(4)))
    found = {finding.code: finding.message for finding in products.validate(path).findings}
    assert found["container-damaged"] == f"damaged: Bad CRC-32 for file {REVIEW!r}"
    assert found["cartridge-unreadable"] == f"damaged: Bad CRC-32 for file {REVIEW!r}"
