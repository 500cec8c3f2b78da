"""What a file is, by what is in it, never by its name.

A damaged package is still of its kind: a cartridge whose namespace is misspelt is judged as a cartridge, not turned
away as unknown. So the marks are weighed: where a member lies, the namespace of a root, the version it states.
"""

from __future__ import annotations

import re
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from typing import Literal

from coursepack.checks import strangers
from coursepack.files import media
from coursepack.files.package import Package
from coursepack.place import CoursepackError, Finding, error

Kind = Literal[
    "cc10",
    "cc11",
    "cc12",
    "cc13",
    "scorm12",
    "scorm2004",
    "content-package",
    "moodle-xml",
    "moodle-backup",
    "docx",
    "xlsx",
    "epub",
    "site",
    "qti12",
    "qti12-package",
    "qti21",
    "qti22",
    "qti3",
    "qti-document",
    "platonus",
    "pdf",
    "course",
    "bag",
    "build",
    "unknown",
]

UNKNOWN = "detect-unknown"
"""The code of what is said of a kind that is not checked."""
MANIFEST = "imsmanifest.xml"
_HEAD = 1 << 20

# Namespaces of a manifest's root: Common Cartridge (1.0: IMS CC 1.0 packaging, imscc), IMS content packaging.
_CARTRIDGE = re.compile(rb"imsglobal\.org/xsd/imscc(?:v1p([0-3])|_cp_v1p[0-9]|cc|/|_)", re.IGNORECASE)
_CC10 = re.compile(rb"imsglobal\.org/xsd/imscc/imscp_v1p1|/imscc/|imscc_cp", re.IGNORECASE)
_SCORM12 = re.compile(rb"imscp_rootv1p1p2|adlcp_rootv1p2", re.IGNORECASE)
_SCORM2004 = re.compile(rb"adlcp_v1p3|adlseq_v1p3|adlnav_v1p3|imsss\b", re.IGNORECASE)
_SCORM_TYPE = re.compile(rb"scormtype\s*=", re.IGNORECASE)
_SCHEMA = re.compile(rb"[<:]schema\s*>([^<]*)<", re.IGNORECASE)
_VERSION = re.compile(rb"[<:]schemaversion\s*>([^<]*)<", re.IGNORECASE)
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_PROLOG = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\][^>]*)?>)", re.DOTALL)

_QTI = re.compile(rb"""type\s*=\s*["']imsqti_[a-z]+_xmlv(2p[012]|3p0)["']""")
_QTI_SCHEMAS = re.compile(r"qti\s*v?(2\.[012])|(qti) (?:package|test|item|section|object)", re.IGNORECASE)
_QTI12 = re.compile(rb"""type\s*=\s*["']imsqti_xmlv1p[12](?:p1)?["']""")
_QTI_KINDS: dict[str, Kind] = {"2p0": "qti21", "2p1": "qti21", "2p2": "qti22", "3p0": "qti3"}

_ROOTS: dict[bytes, Kind] = {
    b"quiz": "moodle-xml",
    b"questestinterop": "qti12",
    **dict.fromkeys((b"assessmentitem", b"assessmenttest", b"assessmentsection"), "qti-document"),
    **dict.fromkeys((b"qti-assessment-item", b"qti-assessment-test", b"qti-assessment-section"), "qti-document"),
    b"qti-assessment-stimulus": "qti-document",
}

_TAGGED = (re.compile(rb"<\s?question\s?\d?\s?>", re.IGNORECASE), re.compile(rb"<\s?variant", re.IGNORECASE))

_BACKUP_MARKS = ("files.xml", "questions.xml", "roles.xml", "scales.xml", "gradebook.xml", "course/course.xml")


@dataclass(frozen=True)
class Detected:
    """The kind, where its root is (``""`` or a folder with a slash behind it), and what was wrong about finding it."""

    kind: Kind
    root: str = ""
    findings: tuple[Finding, ...] = ()


def detect(package: Package) -> Detected:
    """The kind of a package or file."""
    if package.container == "file" or (package.container == "memory" and len(package.entries) == 1):
        return _file(package)
    names = package.names()
    if "bagit.txt" in package:
        return Detected("bag")
    if "build-report.json" in package and "course.json" in package:
        return Detected("build")
    for find in (_epub, _docx, _backup, _manifest, _site):
        found = find(package, names)
        if found:
            return found
    return Detected("unknown", findings=(_unknown(package, strangers.of_archive(package)),) if names else ())


def head(package: Package, member: str, most: int = _HEAD) -> bytes:
    """The first bytes of a member (1 MiB); nothing of one that cannot be read."""
    try:
        with package.open(member) as file:
            data = file.read(most)
    except (
        CoursepackError,
        OSError,
        EOFError,
        ValueError,
        RuntimeError,
        zlib.error,
        zipfile.BadZipFile,
        tarfile.TarError,
    ):
        # The container's check names the damage.
        return b""
    return _utf8(data)


def _utf8(data: bytes) -> bytes:
    for mark, encoding in (
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace").encode()
    return data


def _file(package: Package) -> Detected:
    (name,) = package.names() or ("",)
    if not name:
        return Detected("unknown")
    data = head(package, name)
    if not data.strip():
        problem = error("detect-empty", "the file is empty", package.place(), "get the file again")
        return Detected("unknown", findings=(problem,))
    if b'"coursepack-course/' in data[:200]:
        return Detected("course")
    if (plain := _plain(data)) is not None:
        return Detected(plain)
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        start = 0
        while prolog := _PROLOG.match(text, start):
            start = prolog.end()
        root = _ROOT.search(text, start)
        tag = root[1].lower() if root else b""
        if tag in _ROOTS:
            return Detected(_ROOTS[tag])
        if b"<question" in data and (b"<questiontext" in data or b"<category" in data):
            # Its root is misspelt or cut away; whoever made it meant Moodle's questions.
            return Detected("moodle-xml")
        if tag == b"manifest":
            problem = error("detect-manifest", "only a manifest, expected the whole package", package.place())
            return Detected("unknown", findings=(problem,))
    return Detected("unknown", findings=(_unknown(package, strangers.of_bytes(data)),))


def _plain(data: bytes) -> Kind | None:
    """The kind of a file that is no XML."""
    if media.KINDS["pdf"].stands_early(data):
        return "pdf"
    return "platonus" if all(mark.search(data) for mark in _TAGGED) else None


def _epub(package: Package, _names: list[str]) -> Detected | None:
    """OCF (EPUB 3.3, 4.2): the container document in its place, or the media type in the first file."""
    typed = "mimetype" in package and package.size("mimetype") < 64 and b"epub+zip" in head(package, "mimetype")
    return Detected("epub") if typed or "META-INF/container.xml" in package else None


def _site(package: Package, _names: list[str]) -> Detected | None:
    """A web site as we write it: its start page in the root, and the script that all its pages share."""
    return Detected("site") if {"index.html", "shared/site.js"} <= set(package.entries) else None


def _docx(package: Package, names: list[str]) -> Detected | None:
    """OPC (ECMA-376 part 2): content types and relationships in the root say what the main part is."""
    types = head(package, "[Content_Types].xml") if "[Content_Types].xml" in package else b""
    if "word/document.xml" in package or b"wordprocessingml.document.main" in types or b"ms-word.document" in types:
        return Detected("docx")
    if b"wordprocessingml" in types or any(name.startswith("word/") for name in names):
        return Detected("docx")
    if b"spreadsheetml" in types:
        return Detected("xlsx")
    return None


def _backup(package: Package, names: list[str]) -> Detected | None:
    found = _shallowest(names, "moodle_backup.xml")
    if found is not None:
        folder = found.rpartition("/")[0]
        if not folder:
            return Detected("moodle-backup")
        problem = error(
            "mbz-not-at-root",
            "moodle_backup.xml lies in a folder, expected in the root of the archive",
            package.place(found),
            "pack the files themselves, not the folder that contains them",
        )
        return Detected("moodle-backup", f"{folder}/", (problem,))
    marks = sum(name in package for name in _BACKUP_MARKS)
    if marks >= 2 and MANIFEST not in package:
        return Detected("moodle-backup")
    return None


def _manifest(package: Package, names: list[str]) -> Detected | None:
    found = _shallowest(names, MANIFEST)
    if found is None:
        return None
    findings: list[Finding] = []
    root = found[: len(found) - len(MANIFEST)]
    depth = found.count("/")
    beside = [name for name in names if name.rpartition("/")[2] == MANIFEST and name.count("/") == depth]
    if root and len(beside) > 1 and not any(name.startswith("__MACOSX/") for name in beside):
        # OpenOlat exports questions so, each in a folder of its own.
        message = f"{len(beside)} packages in one archive, each in its folder: a kind that is not checked"
        return Detected("unknown", "", (error(UNKNOWN, message, package.place(), "unpack it and name the folders"),))
    if root:
        findings.append(
            error(
                "ims-manifest-not-at-root",
                "imsmanifest.xml lies in a folder, expected in the root of the package",
                package.place(found),
                "pack the files themselves, not the folder that contains them",
            )
        )
    elif found != MANIFEST:
        findings.append(
            error(
                "ims-manifest-name",
                f"the manifest is called {found!r}, expected {MANIFEST!r} in small letters",
                package.place(found),
                "rename it",
            )
        )
        return Detected(_manifest_kind(head(package, found)), "", tuple(findings))
    return Detected(_manifest_kind(head(package, found)), root, tuple(findings))


def _manifest_kind(data: bytes) -> Kind:
    start = re.search(rb"<(?:[\w.-]+:)?manifest\b[^<>]*>", data)
    root = start[0] if start else data[:4096]
    schema = _first(_SCHEMA, data).lower()
    version = _first(_VERSION, data)
    others = "cartridge" in schema or "scorm" in schema or _SCORM_TYPE.search(data)
    if not others and (found := _qti_kind(data, schema)):
        return found
    cartridge = _CARTRIDGE.search(root) or _CC10.search(root)
    if cartridge or "cartridge" in schema:
        return _cartridge_kind(root, version)
    if _SCORM12.search(root) or (version == "1.2" and not schema.startswith("ims")):
        return "scorm12"
    if _SCORM2004.search(root) or "2004" in version or version.startswith("CAM"):
        return "scorm2004"
    if "scorm" in schema:
        return "scorm12" if version.startswith("1.2") else "scorm2004"
    if _SCORM_TYPE.search(data):
        return "scorm12" if b"scormtype" in data else "scorm2004"
    typed = re.search(rb"imscc_xmlv1p(\d)", data)
    if typed:
        return _CC_VERSIONS.get(typed[1].decode(), "cc11")
    return "content-package"


def _qti_kind(data: bytes, schema: str) -> Kind | None:
    """By the types of its resources; where none has one, by the schema stated."""
    if found := _QTI.search(data):
        return _QTI_KINDS[found[1].decode()]
    if _QTI12.search(data):
        return "qti12-package"
    stated = _QTI_SCHEMAS.match(schema)
    if stated is None:
        return None
    return "qti3" if stated[2] else _QTI_KINDS[stated[1].replace(".", "p")]


_CC_VERSIONS: dict[str, Kind] = {"0": "cc10", "1": "cc11", "2": "cc12", "3": "cc13"}


def _cartridge_kind(root: bytes, version: str) -> Kind:
    """By the namespace; where that names no version that exists, by the version stated."""
    own = re.search(rb"imsccv1p(\d)/imscp_v1p1|imsccv1p(\d)", root)
    digit = (own[1] or own[2]).decode() if own else ""
    if digit in _CC_VERSIONS:
        return _CC_VERSIONS[digit]
    if _CC10.search(root):
        return "cc10"
    stated = re.match(r"1\.(\d)", version)
    return _CC_VERSIONS.get(stated[1] if stated else "", "cc11")


def _first(pattern: re.Pattern[bytes], data: bytes) -> str:
    found = pattern.search(data)
    return found[1].decode("utf-8", "replace").strip() if found else ""


def _shallowest(names: list[str], wanted: str) -> str | None:
    """The member of that name nearest to the root, its letters' case aside; litter of desktops is not looked at."""
    found = [
        name
        for name in names
        if name.rpartition("/")[2].lower() == wanted and not name.startswith("__MACOSX/") and name.count("/") <= 3
    ]
    return min(found, key=lambda name: (name.count("/"), name != wanted, name), default=None)


def _unknown(package: Package, kind: str) -> Finding:
    advice = "expected Common Cartridge, SCORM, QTI, Moodle XML, a Moodle backup, tagged tests, DOCX or EPUB"
    if kind in strangers.CONVERTED:
        advice = "«coursepack convert» reads it and reports what it cannot convert"
    return error(UNKNOWN, f"{kind}: a kind that is not checked", package.place(), advice)
