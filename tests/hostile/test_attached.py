"""Attached files of somebody who means harm: no product plays, opens or names them as more than bytes to be saved."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from html import unescape

import html5lib
import pytest
from lxml import etree

from coursepack import writers
from coursepack.files import media
from coursepack.files.package import Package
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Media, Paragraph, Run
from coursepack.model.course import Course, Exam, Section, Session, Week
from coursepack.model.course_json import decode, encode
from coursepack.model.questions import Choice, MultipleChoice
from coursepack.place import Place
from coursepack.readers import decoded
from coursepack.writers import Context
from tests.hostile import active
from tests.samples import PAGE

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="self.name=/ran/"><script>self.name=/ran/</script></svg>'
XML = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>self.name=/ran/</script></html>'
FILES = [
    ("a.html", "audio/mpeg", PAGE),
    ("a.HTM", "video/mp4", PAGE + b"1"),
    ("a.svg", "image/png", SVG),
    ("a.svgz", "audio/mpeg", SVG + b" "),
    ("a.xml", "text/plain", XML),
    ("a.xhtml", "application/pdf", XML + b" "),
    ("a.js", "audio/mpeg", b"self.name=/ran/"),
    ("a.css", "text/plain", b"@import url(//hostile.invalid)"),
    ("a.php", "text/html", b"<?php echo 1 ?>"),
    ("a.mp3", "text/html", PAGE + b"2"),
    ("a.mp4", "image/svg+xml", SVG + b"  "),
    ("x' onerror='self.name=1.mp3", "audio/mpeg", PAGE + b"3"),
    ("&quot; onerror=self.name=1 &quot;.mp3", "audio/mpeg", PAGE + b"4"),
    ("&lt;script&gt;self.name=1&lt;.csv", "text/csv", PAGE + b"5"),
    ("javascript&colon;self.name=1.pdf", "application/pdf", PAGE + b"6"),
    ("{#1} \\(\\href{javascript self.name}{x}\\).txt", "text/plain", PAGE + b"7"),
]
BYTES = {data for _, _, data in FILES}
PACKAGES = ["cc11", "cc13", "scorm12", "scorm2004", "moodle-xml", "moodle-backup"]


def block(name: str, media_type: str, data: bytes) -> Media:
    caption = (Run(text="<script>self.name=1</script>", href="javascript:self.name=1"),)
    asset = hashlib.sha256(data).hexdigest()
    # What a file of somebody's may say of it passes the patterns of the model, but for the signs that no name holds.
    return Media(asset=asset, media_type=media_type, name=re.sub(r'[\\/:*?"<>|]', "", name), caption=caption)


@cache
def course(*, clean: bool) -> tuple[Course, Assets]:
    """As a forged course.json says it, and as it is read."""
    blocks = tuple(block(*each) for each in FILES)
    session = Session(id="w01-lecture", kind="lecture", number=1, title="L", blocks=blocks)
    choices = tuple(Choice(content=(each,), fraction=float(n == 0), feedback=(each,)) for n, each in enumerate(blocks))
    question = MultipleChoice(
        id="exam-001", number=1, text=(Paragraph(content=(Run(text="q"),)), *blocks), choices=choices
    )
    made = Course(
        id="hostile",
        title="Hostile",
        language="en",
        foreword=Section(id="foreword", title="F", blocks=blocks),
        weeks=(Week(id="w01", number=1, sessions=(session,)),),
        exam=Exam(questions=(question,)),
    )
    assets = Assets({hashlib.sha256(data).hexdigest(): data for _, _, data in FILES})
    if not clean:
        return decode(encode(made)), assets
    cleaned, held, _ = decoded.clean(decode(encode(made)), assets, Place("a.json"))
    return cleaned, held


def package(name: str, *, clean: bool) -> Package:
    made, assets = course(clean=clean)
    writer = writers.load(name)
    artifact = writer.write(made, Context(assets=assets, options=writer.options(), version="0")).artifacts[0]
    return Package.of_members(artifact.name, [(m.path, m.content) for m in artifact.members])


def harmless(name: str) -> bool:
    """True for a name that no browser takes for a page, and no server for a program."""
    kind = media.named(name)
    return not kind.page and (kind is not media.UNKNOWN or name.endswith(".bin"))


@pytest.mark.parametrize("clean", [False, True], ids=["forged", "read"])
@pytest.mark.parametrize("name", PACKAGES)
def test_nothing_of_them_runs(name: str, clean: bool) -> None:
    found = package(name, clean=clean)
    told: list[str] = []
    for member in found.names():
        data = found.read(member)
        if data in BYTES:
            assert harmless(member) or member.startswith("files/"), member
            continue
        told += active.of_file(member, data, moodle=name == "cc11")
    # The players themselves are judged below.
    assert [each for each in told if not each.endswith(("<audio>", "<video>"))] == []


@pytest.mark.parametrize("clean", [False, True], ids=["forged", "read"])
@pytest.mark.parametrize("name", PACKAGES)
def test_players_and_links_lead_to_bytes(name: str, clean: bool) -> None:
    found = package(name, clean=clean)
    addresses: list[str] = []
    for member in found.names():
        if found.read(member) in BYTES or not member.endswith((".html", ".xml")):
            continue
        texts = [found.read(member).decode()]
        if member.endswith(".xml"):
            texts = [text for _, text in active.fields(active.xml(found.read(member)))]
        for text in texts:
            for source in (text, unescape(text)) if name == "cc11" else (text,):
                addresses += _addresses(source)
    assert len(addresses) >= 2 * len(FILES)
    for address in addresses:
        assert re.fullmatch(r"(?:@@PLUGINFILE@@/|\$IMS-CC-FILEBASE\$/?|\.\./)?(?:media/)?[^:/]+", address), address
        assert harmless(address) or (name.startswith("moodle") and not media.named(address).page), address


def _addresses(text: str) -> list[str]:
    found = []
    for element in html5lib.parseFragment(text, treebuilder="lxml", namespaceHTMLElements=False):
        if isinstance(element, str):
            continue
        for each in element.iter("audio", "video", "a"):
            if each.tag != "a":
                assert set(each.attrib) <= {"controls", "preload", "src", "style"}, dict(each.attrib)
                assert media.named(each.get("src")).shown
                found.append(each.get("src"))
            elif each.get("download") is not None:
                assert set(each.attrib) == {"href", "download"}, dict(each.attrib)
                found.append(each.get("href"))
    return found


def test_a_platform_gets_no_name_of_a_page() -> None:
    files = etree.fromstring(package("moodle-backup", clean=False).read("files.xml"))
    found = {(f.findtext("filename") or "", f.findtext("mimetype") or "") for f in files.iter("file")}
    assert ("a.html.bin", media.UNKNOWN.type) in found
    assert [name for name, _ in found if media.named(name).page] == []
    pages = {kind.type for kind in media.KINDS.values() if kind.page}
    assert [name for name, media_type in found if media_type in pages] == []
