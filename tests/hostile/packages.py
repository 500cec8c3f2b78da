"""Packages whose container or manifest costs more than it should: names, members, references, unpacked bytes."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
from functools import cache

from tests.checks import archives

CC = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
CP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
CP4 = "http://www.imsglobal.org/xsd/imscp_v1p1"
SEQUENCING = "http://www.imsglobal.org/xsd/imsss"


def zipped(*members: tuple[str, bytes], stored: bool = False) -> bytes:
    """A sound zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(
                zipfile.ZipInfo(name),
                data,
                zipfile.ZIP_STORED if stored or name == "imsmanifest.xml" else zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()


# --- manifests ----------------------------------------------------------------------------------------------------


def cartridge(resources: str, items: str = "", *members: tuple[str, bytes], metadata: str = "") -> bytes:
    """A Common Cartridge 1.1 with these resources and items."""
    text = (
        f'<manifest identifier="m" xmlns="{CC}"><metadata><schema>IMS Common Cartridge</schema>'
        f"<schemaversion>1.1.0</schemaversion>{metadata}</metadata><organizations>"
        f'<organization identifier="o" structure="rooted-hierarchy"><item identifier="root">{items}</item>'
        f"</organization></organizations><resources>{resources}</resources></manifest>"
    )
    return zipped(("imsmanifest.xml", text.encode()), *members, stored=True)


def scorm(resources: str, items: str = "", *members: tuple[str, bytes]) -> bytes:
    """A SCORM 1.2 package with these resources and items."""
    text = (
        f'<manifest identifier="m" xmlns="{CP}" xmlns:adlcp="{ADL}"><metadata><schema>ADL SCORM</schema>'
        f'<schemaversion>1.2</schemaversion></metadata><organizations default="o"><organization identifier="o">'
        f"<title>T</title>{items}</organization></organizations><resources>{resources}</resources></manifest>"
    )
    return zipped(("imsmanifest.xml", text.encode()), *members, stored=True)


def sequenced(items: str, collection: str = "") -> bytes:
    """A SCORM 2004 package with these items and shared sequencing."""
    text = (
        f'<manifest identifier="m" xmlns="{CP4}" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
        f'xmlns:imsss="{SEQUENCING}"><metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition'
        f'</schemaversion></metadata><organizations default="o"><organization identifier="o"><title>T</title>{items}'
        f"</organization></organizations><resources/>{collection}</manifest>"
    )
    return zipped(("imsmanifest.xml", text.encode()))


def _chain(number: int, more: str = "") -> str:
    return "".join(
        f'<resource identifier="r{n}" type="webcontent" {more}href="a.html"><file href="a.html"/>'
        f'<dependency identifierref="r{n + 1}"/></resource>'
        for n in range(number)
    )


def cartridge_chain(number: int) -> bytes:
    """Resources that depend on one another, each on the next."""
    return cartridge(_chain(number), "", ("a.html", b"<p>x</p>"))


def scorm_chain(number: int) -> bytes:
    return scorm(_chain(number, 'adlcp:scormtype="sco" '), "", ("a.html", b"<p>x</p>"))


def one_needs_all(number: int) -> bytes:
    """Resources that each depend on some hundred others: many edges."""
    resources = "".join(
        f'<resource identifier="r{n}" type="webcontent" adlcp:scormtype="sco" href="a.html"><file href="a.html"/>'
        + "".join(f'<dependency identifierref="r{(n * k) % (number // 100)}"/>' for k in range(100))
        + "</resource>"
        for n in range(number // 100)
    )
    return scorm(resources, "", ("a.html", b"<p>x</p>"))


def missing_files(number: int) -> bytes:
    """Files that are listed and not there, beside as many that are there and not listed."""
    files = "".join(f'<file href="missing/{n}.html"/>' for n in range(number))
    resource = (
        f'<resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="missing/0.html">{files}</resource>'
    )
    return scorm(resource, "", *((f"there/{n}.html", b"<p>x</p>") for n in range(number)))


def cartridge_missing_files(number: int) -> bytes:
    files = "".join(f'<file href="missing/{n}.html"/>' for n in range(number))
    resource = f'<resource identifier="r" type="webcontent" href="missing/0.html">{files}</resource>'
    return cartridge(resource, "", *((f"there/{n}.html", b"<p>x</p>") for n in range(number)))


def broken_references(number: int) -> bytes:
    """A page full of addresses of files that are not there, in a package of as many files."""
    page = "".join(f'<img src="missing/{n}.png">' for n in range(number)).encode()
    resource = '<resource identifier="r" type="webcontent" href="a.html"><file href="a.html"/></resource>'
    return cartridge(resource, "", ("a.html", page), *((f"there/{n}.txt", b"x") for n in range(min(number, 40_000))))


def scorm_broken_references(number: int) -> bytes:
    page = "".join(f'<img src="missing/{n}.png">' for n in range(number)).encode()
    resource = '<resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="a.html"><file href="a.html"/></resource>'
    return scorm(resource, "", ("a.html", page), *((f"there/{n}.txt", b"x") for n in range(min(number, 40_000))))


def nested_items(number: int) -> bytes:
    """Items inside items."""
    items = "".join(f'<item identifier="i{n}"><title>T</title>' for n in range(number)) + "</item>" * number
    return scorm("", items)


def cartridge_nested_items(number: int) -> bytes:
    return cartridge("", "".join(f'<item identifier="i{n}">' for n in range(number)) + "</item>" * number)


def flat_items(number: int) -> bytes:
    """Items that lead to resources that are not there."""
    return scorm("", "".join(f'<item identifier="i{n}" identifierref="x{n}"/>' for n in range(number)))


def cartridge_flat_items(number: int) -> bytes:
    return cartridge("", "".join(f'<item identifier="i{n}" identifierref="x{n}"/>' for n in range(number)))


def same_identifiers(number: int) -> bytes:
    return scorm("", '<item identifier="i" identifierref="x"><title>T</title></item>' * number)


def prerequisites(number: int) -> bytes:
    """One prerequisite script of this length over items."""
    script = "&amp;".join(f"i{n}" for n in range(number))
    return scorm(
        "",
        f'<item identifier="i"><title>T</title><adlcp:prerequisites type="aicc_script">{script}</adlcp:prerequisites></item>',
    )


def parentheses(number: int) -> bytes:
    script = "(" * number + "i" + ")" * number
    return scorm(
        "",
        f'<item identifier="i"><title>T</title><adlcp:prerequisites type="aicc_script">{script}</adlcp:prerequisites></item>',
    )


def bases(number: int) -> bytes:
    """xml:base on every level of nested sub-manifests, and resources in the deepest."""
    opening = f'<manifest identifier="s" xml:base="{"a" * 50}/"><resources>' * 100
    inner = "".join(
        f'<resource identifier="r{n}" type="webcontent" href="x"><file href="x"/></resource>' for n in range(number)
    )
    return scorm(opening + inner + "</resources></manifest>" * 100)


def long_base(number: int) -> bytes:
    """One long xml:base over many files."""
    inner = "".join(f'<file href="x{n}"/>' for n in range(number // 10))
    return scorm(
        f'<resource identifier="r" type="webcontent" adlcp:scormtype="asset" xml:base="{"a/" * number}" href="x0">{inner}</resource>'
    )


def cartridge_long_base(number: int) -> bytes:
    inner = "".join(f'<file href="x{n}"/>' for n in range(number // 10))
    return cartridge(
        f'<resource identifier="r" type="webcontent" xml:base="{"a/" * number}" href="x0">{inner}</resource>'
    )


def long_href(number: int) -> bytes:
    """One href of so many letters, which is in no package."""
    return cartridge(f'<resource identifier="r" type="webcontent" href="{"a" * number}"/>')


def scorm_long_href(number: int) -> bytes:
    return scorm(f'<resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="{"a" * number}"/>')


def long_identifier(number: int) -> bytes:
    """One long identifier that many findings speak of."""
    name = "a" * number
    needs = "".join(f'<dependency identifierref="d{n}"/>' for n in range(number // 100))
    return scorm(f'<resource identifier="{name}" type="webcontent" adlcp:scormtype="sco" href="a">{needs}</resource>')


def cartridge_long_identifier(number: int) -> bytes:
    name = "a" * number
    needs = "".join(f'<dependency identifierref="d{n}"/>' for n in range(number // 100))
    return cartridge(f'<resource identifier="{name}" type="webcontent" href="a">{needs}</resource>')


def percent_href(number: int) -> bytes:
    return cartridge(f'<resource identifier="r" type="webcontent" href="{"%25" * number}"/>')


def steps_href(number: int) -> bytes:
    return cartridge(f'<resource identifier="r" type="webcontent" href="{"a/../" * number}b"/>')


def attributes(number: int) -> bytes:
    """One element of so many attributes."""
    return cartridge('<resource identifier="r" ' + " ".join(f"a{n}=''" for n in range(number)) + "/>")


def namespaces(number: int) -> bytes:
    """One element that declares so many namespaces."""
    return cartridge('<resource identifier="r" ' + " ".join(f"xmlns:a{n}='u{n}'" for n in range(number)) + "/>")


def namespaced_children(number: int) -> bytes:
    """Elements that each declare a namespace of their own."""
    return cartridge("".join(f'<a{n}:x xmlns:a{n}="u{n}"/>' for n in range(number)))


def violations(number: int) -> bytes:
    """Elements that the schema does not know."""
    return cartridge("<x/>" * number)


def scorm_violations(number: int) -> bytes:
    return scorm("<x/>" * number)


def metadata(number: int) -> bytes:
    """A LOM of so many parts."""
    lom = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
    inner = f'<l:lom xmlns:l="{lom}"><l:general>{"<l:title/>" * number}</l:general></l:lom>'
    return cartridge("", metadata=inner)


def objectives(number: int) -> bytes:
    """Sequencing of so many objectives and rules in one activity."""
    found = "".join(
        f'<imsss:objective objectiveID="o{n}"><imsss:mapInfo targetObjectiveID="t{n}"/></imsss:objective>'
        for n in range(number)
    )
    rules = "".join(
        f'<imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition referencedObjective="x{n}" condition="satisfied"/></imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule>'
        for n in range(number)
    )
    return sequenced(
        f'<item identifier="i"><title>T</title><imsss:sequencing><imsss:sequencingRules>{rules}</imsss:sequencingRules><imsss:objectives><imsss:primaryObjective/>{found}</imsss:objectives></imsss:sequencing></item>'
    )


def shared_sequencing(number: int) -> bytes:
    """One shared sequencing of many objectives, used by many items."""
    found = "".join(f'<imsss:objective objectiveID="o{n}"/>' for n in range(number))
    shared = f'<imsss:sequencingCollection><imsss:sequencing ID="s"><imsss:objectives><imsss:primaryObjective/>{found}</imsss:objectives></imsss:sequencing></imsss:sequencingCollection>'
    return sequenced(
        "".join(f'<item identifier="i{n}"><title>T</title><imsss:sequencing IDRef="s"/></item>' for n in range(number)),
        shared,
    )


def nested_sequencing(number: int) -> bytes:
    """Sequencing inside sequencing."""
    inside = '<imsss:sequencing><imsss:objective objectiveID="o"/>' * number + "</imsss:sequencing>" * number
    return sequenced(f'<item identifier="i"><title>T</title>{inside}</item>')


# --- containers ---------------------------------------------------------------------------------------------------


def deep_name(number: int) -> bytes:
    """One name of so many folders."""
    return zipped(("/".join(["a"] * number) + "/x", b"x"))


def deep_names(number: int) -> bytes:
    """Names of 100 folders each, all different, beside a manifest: what has none is no package that is judged."""
    members = (("/".join([f"{n:x}"] * 100) + "/x", b"x") for n in range(number))
    return zipped(("imsmanifest.xml", b"<manifest/>"), *members)


def deep_tar(number: int) -> bytes:
    return tarred(("/".join(["a"] * number) + "/x", b"x"))


def dots(number: int) -> bytes:
    """Names that Windows cannot hold."""
    return zipped(("/".join(["a."] * number), b"x"))


def tarred(*members: tuple[str, bytes], packed: bool = True) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(out.getvalue(), 1, mtime=0) if packed else out.getvalue()


def many(number: int) -> bytes:
    """A directory of so many empty members; the end record counts them modulo 65,536."""
    return _directory(number, min(number, 0xFFFF))


def hidden(number: int) -> bytes:
    """The same; the end record says 1."""
    return _directory(number, 1)


def zip64(number: int) -> bytes:
    """The same, with the records of ZIP64."""
    return _directory(number, 0xFFFF, big=True)


def zip64_lying(number: int) -> bytes:
    """Records of ZIP64 that state one member."""
    return _directory(number, 0xFFFF, big=True, stated=1)


def _directory(number: int, said: int, *, big: bool = False, stated: int | None = None, extra: bytes = b"") -> bytes:
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, 1, 0) + b"a"
    one = (
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, len(extra), 0, 0, 0, 0, 0)
        + b"a"
        + extra
    )
    central = one * number
    tail = b""
    if big:
        count = number if stated is None else stated
        tail = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(central), len(local))
        tail += struct.pack("<4sLQL", b"PK\x06\x07", 0, len(local) + len(central), 1)
        end = (0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    else:
        end = (0, 0, said, said, len(central), len(local), 0)
    return local + central + tail + struct.pack("<4s4H2LH", b"PK\x05\x06", *end)


def two_ends(number: int) -> bytes:
    """A directory of so many members; its end record stands in the comment of another one."""
    hidden = _directory(number, 0xFFFF)
    local, central = hidden[:31], hidden[31:-22]
    small = _directory(1, 1)[31:-22]
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(small), len(local) + len(central), 22)
    second = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(central) + len(small) + 22, len(local), 1)
    return local + central + small + end + second


def one_long_header(number: int) -> bytes:
    """So many members whose one local header has a name of 65,535 bytes."""
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, 0xFFFF, 0) + b"a" * 0xFFFF
    one = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    return (
        local
        + one * number
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, number, number, len(one) * number, len(local), 0)
    )


def shared_bytes(number: int) -> bytes:
    """So many members that share one packed text of 8 MiB."""
    import zlib

    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(_compressible()) + packer.flush()
    common = (20, 0, 8, 0, 33, zlib.crc32(_compressible()), len(packed), 1 << 23, 5, 0)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", *common) + b"00000" + packed
    central = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *common, 0, 0, 0, 0, 0) + b"%05d" % n for n in range(number)
    )
    return local + central + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, number, number, len(central), len(local), 0)


def extra_fields(number: int) -> bytes:
    """So many members with extra fields of 60,000 bytes."""
    return _directory(number, number, extra=struct.pack("<HH", 0x9999, 59_996) + bytes(59_996))


def small_extra_fields(number: int) -> bytes:
    """Extra fields of 4 bytes each, 15,000 in every member."""
    return _directory(number, number, extra=struct.pack("<HH", 0x9999, 0) * 15_000)


def comment_of_ends(number: int) -> bytes:
    """A comment made of signatures of end records."""
    comment = (b"PK\x05\x06" * 16_383)[:number]
    return zipped(("a", b"x"))[:-2] + struct.pack("<H", len(comment)) + comment


def quoted(number: int) -> bytes:
    """Zips inside a stored zip's bytes, one behind another."""
    return zipped(("a", b"x")) * number


def zeros(number: int, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """One member of so many zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive, archive.open("zeros.html", "w") as file:
        for _ in range(number >> 20):
            file.write(bytes(1 << 20))
    return out.getvalue()


def bzip_zeros(number: int) -> bytes:
    return zeros(number, zipfile.ZIP_BZIP2)


def under_the_ratio(number: int) -> bytes:
    """Members of 8 MiB each that unpack 150 times, to so many bytes: a mean bomb."""
    block = _compressible()
    return zipped(*((f"{n}.html", block) for n in range(number >> 23)))


@cache
def _compressible() -> bytes:
    import random

    words = [random.Random(n).randbytes(40) for n in range(20)]
    return b"".join((words[n % 20] * 200) for n in range(1049))[: 1 << 23]


def backup_bomb(number: int) -> bytes:
    """A Moodle backup in tar.gz of so many bytes unpacked."""
    block = _compressible()
    return tarred(("moodle_backup.xml", b"<moodle_backup/>"), *((f"files/aa/{n}", block) for n in range(number >> 23)))


def gzip_members(number: int) -> bytes:
    """A gzip file of so many empty members."""
    return gzip.compress(b"", mtime=0) * number


def pax_header(number: int) -> bytes:
    """A PAX header of so many bytes."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a")
        info.pax_headers = {"comment": "x" * number}
        archive.addfile(info, io.BytesIO(b""))
    return gzip.compress(out.getvalue(), 1, mtime=0)


def pax_headers(number: int) -> bytes:
    """So many members, each with PAX records of 100 kB."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for n in range(number):
            info = tarfile.TarInfo(f"a{n}")
            info.pax_headers = {f"k{k}": "x" * 100 for k in range(1000)}
            archive.addfile(info, io.BytesIO(b""))
    return gzip.compress(out.getvalue(), 1, mtime=0)


def global_headers(number: int) -> bytes:
    """So many global PAX headers before one member."""
    out = io.BytesIO()
    for n in range(number):
        out.write(tarfile.TarInfo.create_pax_global_header({f"k{n}": "x"}))
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for n in range(number):
            archive.addfile(tarfile.TarInfo(f"a{n}"), io.BytesIO(b""))
    return gzip.compress(out.getvalue(), 1, mtime=0)


def sparse(number: int) -> bytes:
    """A sparse member (GNU.sparse 0.1) of so many pieces."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("a")
        info.pax_headers = {
            "GNU.sparse.major": "0",
            "GNU.sparse.minor": "1",
            "GNU.sparse.size": str(10**15),
            "GNU.sparse.map": ",".join(f"{2 * n},1" for n in range(number)),
        }
        archive.addfile(info, io.BytesIO(b""))
    return gzip.compress(out.getvalue(), 1, mtime=0)


def old_sparse(number: int) -> bytes:
    """A sparse member of the old kind whose map goes on over so many blocks."""
    info = tarfile.TarInfo("a")
    info.type = tarfile.GNUTYPE_SPARSE
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[482] = 1
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    block = b"0" * 504 + b"\1" + bytes(7)
    return gzip.compress(bytes(header) + block * number + bytes(1024), 1, mtime=0)


def long_names(number: int) -> bytes:
    """So many GNU long-name entries that never come to a member."""
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 5
    return gzip.compress((info.tobuf(tarfile.GNU_FORMAT) + b"a" * 512) * number + bytes(1024), 1, mtime=0)


def case_names(number: int) -> bytes:
    """So many names that differ by case alone."""
    return zipped(*((f"{'a' * 16}".translate({}) if n == 0 else _cased(n), b"x") for n in range(number)))


def _cased(n: int) -> str:
    return "".join("A" if n >> bit & 1 else "a" for bit in range(16))


# --- old acquaintances --------------------------------------------------------------------------------------------


def one_bomb(size: int) -> bytes:
    """One member of so many zeros."""
    return archives.bomb(size)


def bomb_in_noise(_: int) -> bytes:
    return archives.hidden_bomb()


def overlapping(number: int) -> bytes:
    """Members that share their bytes."""
    return archives.overlapping(number)


def empty_members(number: int) -> bytes:
    return archives.crowd(number)


def zeros_in_tar(size: int) -> bytes:
    return archives.tarred(("a", bytes(size)))


def outward_paths(number: int) -> bytes:
    return archives.zipped(*((f"../{n}.txt", b"x") for n in range(number)))


def laughs(_: int) -> bytes:
    text = archives.LAUGHS.replace(b"<l>", b"<manifest>").replace(b"</l>", b"</manifest>")
    return archives.zipped(("imsmanifest.xml", text))


def outside_entity(_: int) -> bytes:
    return archives.zipped(("imsmanifest.xml", archives.OUTSIDE))


def manifest_tags(number: int) -> bytes:
    start = b'<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1">'
    text = start + b"<a/>" * number + b"</manifest>"
    return archives.zipped(("imsmanifest.xml", text), method=zipfile.ZIP_STORED)


def manifest_deep(number: int) -> bytes:
    return archives.zipped(("imsmanifest.xml", b"<a>" * number), method=zipfile.ZIP_STORED)


def many_resources(number: int) -> bytes:
    """As many resources, none of whose files is there."""
    return cartridge(
        "".join(f'<resource identifier="r{n}" type="webcontent" href="é{n}%20.html"/>' for n in range(number))
    )
