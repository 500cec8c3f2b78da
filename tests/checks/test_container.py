"""What is refused at the door, whatever is inside; in bounded time and memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursepack.checks import Grammar
from coursepack.checks.container import check
from coursepack.files.package import Package
from coursepack.files.xml import XmlError, parse_xml
from coursepack.place import Severity
from tests.checks import archives as made
from tests.checks.archives import SOUND, patched, tarred, zipped


def errors(data: bytes) -> list[str]:
    package = Package.of_bytes("x.zip", data)
    found = [*package.problems, *check(package, Grammar())]
    return [finding.code for finding in found if finding.severity is Severity.ERROR]


CENTRAL = b"PK\x01\x02"

HOSTILE = {
    "cut": (SOUND[:-30], "container-damaged"),
    "cut in the middle": (SOUND[: len(SOUND) // 2], "container-damaged"),
    "only a start": (b"PK\x03\x04", "container-damaged"),
    "empty": (zipped(), "container-empty"),
    "checksum": (made.damaged(), "container-damaged"),
    "encrypted": (made.encrypted(), "container-encrypted"),
    "absolute": (zipped(("/etc/passwd", b"x")), "container-path"),
    "parent": (zipped(("a/../../b.txt", b"x")), "container-path"),
    "parent folder": (zipped(("../", b"")), "container-path"),
    "dot": (zipped(("a/./b.txt", b"x")), "container-path"),
    "drive": (zipped(("C:/a.txt", b"x")), "container-path"),
    "backslash": (patched(patched(SOUND, b"b/c.txt", b"b\\c.txt"), b"b/c.txt", b"b\\c.txt"), "container-path"),
    "zero in a name": (patched(patched(SOUND, b"a.txt", b"a\0txt"), b"a.txt", b"a\0txt"), "container-path"),
    "link": (zipped(("a", b"/etc/passwd"), mode=0o120777), "container-link"),
    "device": (zipped(("a", b""), mode=0o020666), "container-link"),
    "twice": (patched(patched(SOUND, b"b/c.txt", b"a.txt\0\0"), b"b/c.txt", b"a.txt\0\0"), "container-path"),
    "case": (zipped(("Page.html", b"1"), ("page.html", b"2")), "container-alike"),
    "folder case": (zipped(("IMG/a.png", b"1"), ("img/A.png", b"2")), "container-alike"),
    "Unicode form": (zipped(("й.html", b"1"), ("и\u0306.html", b"2")), "container-alike"),
    "file and folder": (zipped(("a", b"1"), ("a/b", b"2")), "container-alike"),
    "behind": (SOUND + b"more bytes", "container-trailing"),
    "before": (b"#!/bin/sh\n" + SOUND, "container-prefix"),
    "two in one": (SOUND + SOUND, "container-prefix"),
    "two names": (patched(SOUND, b"b/c.txt", b"b/d.txt"), "container-header"),
    "another size inside": (
        patched(SOUND, (100).to_bytes(4, "little"), (90).to_bytes(4, "little")),
        "container-header",
    ),
    "more members stated": (patched(SOUND, b"\x02\0\x02\0", b"\x09\0\x09\0", which=-1), "container-damaged"),
    "LZMA": (zipped(("a.txt", b"a" * 99), method=zipfile.ZIP_LZMA), "container-method"),
    "overlap": (made.overlapping(3, 2**10), "container-overlap"),
    "tar cut": (tarred(("a.txt", b"a" * 9999))[:-20], "container-damaged"),
    "tar link": (tarred(("a.txt", b""), change=made.link), "container-link"),
    "tar parent": (tarred(("../a.txt", b"x")), "container-path"),
    "tar absolute": (tarred(("/a.txt", b"x")), "container-path"),
    "tar twice": (tarred(("a.txt", b"x"), ("a.txt", b"y")), "container-duplicate"),
    "gzip of no tar": (__import__("gzip").compress(b"hello" * 999), "container-damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused(name: str, tmp_path: Path) -> None:
    data, code = HOSTILE[name]
    if name == "before":
        (tmp_path / "x.zip").write_bytes(data)
        package = Package.of_path(tmp_path / "x.zip")
        assert code in [finding.code for finding in package.problems]
    else:
        assert code in errors(data)


def test_a_name_twice() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(("a.txt", b"1"), ("a.txt", b"2"))
    assert errors(data) == ["container-duplicate"]


SOUND_ONES = {
    "plain": SOUND,
    "stored": zipped(("a.txt", b"a"), method=zipfile.ZIP_STORED),
    "bzip2": zipped(("a.txt", b"a" * 999), method=zipfile.ZIP_BZIP2),
    "with folders": zipped(("a/", b""), ("a/b.txt", b"x")),
    "dot before": zipped(("./a/b.txt", b"x")),
    "kazakh": zipped(("Дәріс 1.html", b"x")),
    "text that shrinks": zipped(("a.txt", b"".join(b"line %d of a log\n" % n for n in range(50_000)))),
    "gzipped tar": tarred(("./a.txt", b"x"), ("b/c.txt", b"y")),
}


@pytest.mark.parametrize("name", SOUND_ONES)
def test_a_sound_one_passes(name: str) -> None:
    assert errors(SOUND_ONES[name]) == []


def test_a_name_without_the_flag_is_read_as_its_packer_meant_it() -> None:
    for encoding in ("utf-8", "cp866"):
        raw = "Дарис.html".encode(encoding)
        data = zipped(("x" * len(raw), b"1")).replace(b"x" * len(raw), raw)
        assert Package.of_bytes("x.zip", data).names() == ["Дарис.html"]


def test_names_that_some_systems_lose_are_warned_of() -> None:
    package = Package.of_bytes(
        "x", zipped(("Дәріс.html", b"1"), ("aux.html", b"2"), ("a?.html", b"3"), ("b. /c", b"4"))
    )
    found = [(finding.code, finding.severity) for finding in check(package, Grammar())]
    assert found == [("container-name-ascii", "warning"), *[("container-name", "warning")] * 3]


# What a hostile file may cost, measured in a process of its own: seconds of processor, MiB of memory.
COSTS = {
    "bomb": (made.bomb, "container-bomb"),
    "hidden bomb": (made.hidden_bomb, "container-bomb"),
    "overlapping": (made.overlapping, "container-bomb"),
    "crowd": (made.crowd, "container-bomb"),
}
MEASURE = """
import resource, sys
from pathlib import Path
from coursepack.checks import products
verdict = products.validate(Path(sys.argv[1]))
used = resource.getrusage(resource.RUSAGE_SELF)
# VmHWM, not ru_maxrss: the latter counts what the parent held at the fork.
(peak,) = (line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(round(used.ru_utime + used.ru_stime, 2), int(peak) // 1024, *sorted({f.code for f in verdict.findings}))
"""


@pytest.mark.parametrize("name", COSTS)
def test_a_hostile_archive_costs_little(name: str, tmp_path: Path) -> None:
    make, code = COSTS[name]
    (tmp_path / "x.zip").write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path / "x.zip")], capture_output=True, text=True, check=True
    )
    seconds, memory, *codes = done.stdout.split()
    assert code in codes
    assert float(seconds) < 5
    assert int(memory) < 300


def test_a_tar_that_unpacks_to_gigabytes_is_refused_early() -> None:
    import gzip
    import io

    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="w", mtime=0) as file:
        for _ in range(300):
            file.write(bytes(2**20))
    assert errors(out.getvalue()) == ["container-bomb"]


@pytest.mark.parametrize("data", [made.LAUGHS, made.OUTSIDE, made.LAUGHS.decode().encode("utf-16")])
def test_entities_are_refused_before_they_are_expanded(data: bytes) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(XmlError, match="DOCTYPE"):
        parse_xml(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_a_doctype_behind_a_long_comment_is_refused() -> None:
    data = b"<!--" + b" " * (2 << 20) + b"-->" + b'<!DOCTYPE l [<!ENTITY x "y">]><l>&x;</l>'
    with pytest.raises(XmlError, match="DOCTYPE"):
        parse_xml(data)


def test_too_many_tags_are_refused_before_a_tree_is_made() -> None:
    with pytest.raises(XmlError, match="more than 2000000 tags and attributes"):
        parse_xml(b"<l>" + b"<a/>" * 10_000_001 + b"</l>")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(SOUND) - 1), st.integers(0, 255), st.booleans())
def test_any_spoilt_byte_is_an_answer_and_never_an_exception(at: int, byte: int, cut: bool) -> None:
    data = SOUND[:at] + (b"" if cut else bytes([byte])) + SOUND[at + 1 :]
    errors(data)
