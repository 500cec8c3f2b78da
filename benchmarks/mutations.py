"""How much of what goes wrong in a package ``coursepack validate`` notices: ``python -m benchmarks.mutations``.

One product of each kind, made of a course with one of everything, is broken in one place at a time, the same places
each time: XML (an element lost, doubled, renamed, moved, of another namespace, with a stranger in it, its text lost or
out of its place; an attribute lost, emptied, spoilt), files (lost, emptied, cut, of another case, no XML, in another
encoding, replaced by a page), the archive (a byte turned, cut, a first member that is not the first or is packed, a
path out of it). ``--every N`` takes one of N mutations of XML (7).

Most mutations of XML leave a sound document (another title, one question less). So there is a second judge: the
official schemas (XSD) of cartridges, SCORM and Word documents, beside the project in ../shared; python-docx, which
loses text of a broken document; the others have none. Mutations of files and archives are taken to do harm, whatever
the file is for.
Prints, for each product: mutations; noticed as an error, as a warning; those that a second judge calls broken, and how
many of them are noticed. ``--silent`` names what is broken and not noticed.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import docx
import msgspec
from lxml import etree

from coursepack import writers
from coursepack.checks import products
from coursepack.checks.detect import Kind
from coursepack.files.xml import XmlError, parse_xml
from coursepack.model.artifact import Artifact
from coursepack.place import CoursepackError, Severity
from coursepack.writers import Context
from tests.mutations import official, xml
from tests.samples import ASSETS, everything

Members = dict[str, bytes]

# Name → writer, place among its artifacts, kind, name among the official schemas.
MADE: dict[str, tuple[str, int, Kind]] = {
    "cc11": ("cc11", 0, "cc11"),
    "cc13": ("cc13", 0, "cc13"),
    "scorm12": ("scorm12", 0, "scorm12"),
    "scorm2004": ("scorm2004", 0, "scorm2004"),
    "moodle-xml": ("moodle-xml", 0, "moodle-xml"),
    "moodle-backup": ("moodle-backup", 0, "moodle-backup"),
    "exam-tickets": ("exam-tickets", 0, "docx"),
    "syllabus": ("syllabus", 0, "docx"),
    "epub": ("epub", 0, "epub"),
    "site": ("site", 0, "site"),
    "platonus": ("platonus", 0, "platonus"),
    "qti21": ("qti21", 0, "qti21"),
    "qti3": ("qti3", 0, "qti3"),
}
_OPTIONS: dict[str, dict[str, Any]] = {"platonus": {"options": 0}}
_ALONE = {"moodle-xml", "platonus"}
_XML = (".xml", ".rels", ".opf", ".xhtml")
_MOST = 12
"""Documents of one product whose elements are mutated: the largest of each form."""


@dataclass(frozen=True)
class Broken:
    """A mutation: its family, what was done to what, the package after it. ``harm``: a second judge's word, None where
    there is none."""

    family: str
    name: str
    data: bytes
    harm: bool | None


@cache
def artifact(name: str) -> Artifact:
    writer = writers.load(MADE[name][0])
    options = msgspec.convert(_OPTIONS.get(name, {}), writer.options)
    made = writer.write(everything(), Context(assets=ASSETS, options=options, version="0", tests_in_tickets=True))
    return made.artifacts[MADE[name][1]]


def members(name: str) -> Members:
    return {member.path: member.read() for member in artifact(name).members}


def packed(whole: Members, *, stored: str = "", order: list[str] | None = None) -> bytes:
    """A zip of these members; ``stored`` is not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in order or list(whole):
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            info.external_attr = 0o100644 << 16
            archive.writestr(info, whole[name])
    return out.getvalue()


def bytes_of(name: str, whole: Members) -> bytes:
    return next(iter(whole.values())) if name in _ALONE else packed(whole, stored="mimetype")


# --- XML ----------------------------------------------------------------------------------------------------------


def text_out_of_place(element: Any) -> None:
    """The text stands before its element, as a program writes it that forgets one."""
    parent = element.getparent()
    if parent is None or not (element.text or "").strip():
        raise xml.NotApplicableError
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + element.text
    else:
        before.tail = (before.tail or "") + element.text
    element.text = None


def of_xml(name: str, whole: Members, every: int) -> Iterator[Broken]:
    forms: dict[str, str] = {}
    for member in sorted((one for one in whole if one.endswith(_XML)), key=lambda one: (-len(whole[one]), one)):
        root = _root(whole[member])
        if root is not None:
            forms.setdefault(xml.signature(next(root.iterchildren("*"), root)), member)
    for member in list(forms.values())[:_MOST]:
        for mutation in (*xml.mutations(whole[member]), *_more(whole[member])):
            label = f"{member}: {mutation.name} {mutation.target}"
            if hashlib.sha256(label.encode()).digest()[0] % every == 0:
                changed = whole | {member: mutation.data}
                yield Broken("xml", label, bytes_of(name, changed), _judged(name, whole, member, mutation.data))


def _more(data: bytes) -> Iterator[xml.Mutation]:
    paths = dict.fromkeys(xml.signature(element) for element in parse_xml(data).iter(etree.Element))
    for path in paths:
        root = parse_xml(data)
        try:
            text_out_of_place(next(one for one in root.iter(etree.Element) if xml.signature(one) == path))
        except xml.NotApplicableError:
            continue
        yield xml.Mutation("text out of place", path, etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _root(data: bytes) -> Any:
    try:
        return parse_xml(data)
    except XmlError:
        return None


def _judged(name: str, whole: Members, member: str, after: bytes) -> bool | None:
    kind = MADE[name][2]
    said = official.verdict("docx" if kind == "docx" else name, whole[member], after)
    if kind == "docx" and said is not False:
        lost = _text(whole) != _text(whole | {member: after}) and _letters(whole[member]) == _letters(after)
        return True if lost else None
    return None if said is None else not said


def _text(whole: Members) -> str | None:
    """What python-docx reads of a document; None where it cannot."""
    try:
        document = docx.Document(io.BytesIO(packed(whole)))
        return "\n".join(paragraph.text for paragraph in document.element.body.iter(f"{{{_W}}}t") if paragraph.text)
    except Exception:  # whatever a library says of a broken file
        return None


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _letters(data: bytes) -> str:
    root = _root(data)
    return "" if root is None else "".join(sorted("".join(str(text) for text in root.itertext())))


# --- files and archives -------------------------------------------------------------------------------------------


def _cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


_FILES: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda _: b"",
    "cut": _cut,
    "zeros": lambda data: b"\0" * len(data),
    "a page of an error": lambda _: b"<!DOCTYPE html><html><body>404 Not Found</body></html>",
    "in UTF-16, saying UTF-8": lambda data: data.decode("utf-8", "replace").encode("utf-16-le"),
    "in Windows letters, saying UTF-8": lambda data: data.decode("utf-8", "replace").encode("cp1251", "replace"),
}


def of_files(name: str, whole: Members) -> Iterator[Broken]:
    """One file of each folder and ending, in all ways."""
    shown: dict[tuple[str, str], str] = {}
    for member in whole:
        shown.setdefault((member.rpartition("/")[0].rstrip("0123456789_abcdef"), member.rpartition(".")[2]), member)
    for member in shown.values():
        if name not in _ALONE:
            rest = {key: data for key, data in whole.items() if key != member}
            yield Broken("files", f"{member}: lost", bytes_of(name, rest), True)
            other = member.swapcase()
            renamed = {(other if key == member else key): data for key, data in whole.items()}
            yield Broken("files", f"{member}: another case", bytes_of(name, renamed), True)
        text = member.endswith((*_XML, ".html", ".txt")) or name in _ALONE
        for what, change in _FILES.items():
            changed = change(whole[member])
            letters = "saying" not in what or (text and not whole[member].isascii())
            if changed != whole[member] and letters and (text or what in {"emptied", "cut", "zeros"}):
                yield Broken("files", f"{member}: {what}", bytes_of(name, whole | {member: changed}), text or None)


def of_archives(name: str, whole: Members) -> Iterator[Broken]:
    if name in _ALONE:
        return
    data = bytes_of(name, whole)
    names = list(whole)
    yield Broken(
        "archive",
        "a byte turned",
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :],
        True,
    )
    for share in (2, 3, 10):
        yield Broken("archive", f"cut at 1/{share}", data[: len(data) // share], True)
    yield Broken("archive", "in a folder", packed({f"course/{key}": one for key, one in whole.items()}), True)
    yield Broken("archive", "a path out of it", packed(whole | {"../out.txt": b"a"}), True)
    yield Broken("archive", "a name twice", _twice(whole), True)
    yield Broken(
        "archive", "names with backslashes", packed({key.replace("/", "\\"): one for key, one in whole.items()}), True
    )
    yield Broken("archive", "flagged as encrypted", _flagged(data), True)
    if "mimetype" in whole:
        yield Broken("archive", "mimetype packed", packed(whole), True)
        yield Broken("archive", "mimetype last", packed(whole, stored="mimetype", order=[*names[1:], names[0]]), True)


def _twice(whole: Members) -> bytes:
    out = io.BytesIO(packed(whole, stored="mimetype"))
    with zipfile.ZipFile(out, "a") as archive:
        name = next(one for one in whole if one.endswith((".xml", ".html")))
        info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
        info.external_attr = 0o100644 << 16
        archive.NameToInfo.pop(name, None)
        archive.writestr(info, b"<other/>")
    return out.getvalue()


def _flagged(data: bytes) -> bytes:
    """Bit 0 of the flags of the first member, in both its headers (APPNOTE 4.4.4)."""
    changed = bytearray(data)
    changed[6] |= 1
    changed[data.index(b"PK\1\2") + 8] |= 1
    return bytes(changed)


# --- what is noticed ----------------------------------------------------------------------------------------------


def noticed(path: Path, data: bytes) -> tuple[str, frozenset[str]]:
    """``error``, ``warning`` or nothing; and the codes, as the door says of these bytes."""
    path.write_bytes(data)
    try:
        verdict = products.validate(path)
    except CoursepackError:
        return "error", frozenset({"unusable"})
    severities = {one.severity for one in verdict.findings}
    word = "error" if Severity.ERROR in severities else "warning" if Severity.WARNING in severities else ""
    return word, frozenset(one.code for one in verdict.findings)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("products", nargs="*", default=list(MADE))
    parser.add_argument("--every", type=int, default=7)
    parser.add_argument("--silent", type=Path, help="write what is broken and not noticed to a file")
    arguments = parser.parse_args()
    print("| product | family | mutations | an error | a warning | broken | of those, noticed |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    silent: list[str] = []
    path = Path(tempfile.mkdtemp(prefix="coursepack-")) / "package"
    for name in arguments.products:
        whole = members(name)
        _, before = noticed(path, bytes_of(name, whole))
        counts: dict[str, Counter[str]] = {}
        for family in (of_xml(name, whole, arguments.every), of_files(name, whole), of_archives(name, whole)):
            for broken in family:
                word, codes = noticed(path, broken.data)
                if word == "warning" and codes <= before:
                    word = ""
                here = counts.setdefault(broken.family, Counter())
                here.update(["mutations", word or "silent"])
                if broken.harm:
                    here.update(["broken", *(["both"] if word else [])])
                    if not word:
                        silent.append(f"{name}\t{broken.family}\t{broken.name}")
        for family_name, here in counts.items():
            share = f"{here['both']} ({here['both'] / here['broken']:.1%})" if here["broken"] else "–"
            figures = (here["mutations"], here["error"], here["warning"], here["broken"] or "–", share)
            print(f"| {name} | {family_name} |", " | ".join(map(str, figures)), "|", flush=True)
    if arguments.silent:
        arguments.silent.write_text("\n".join(silent) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
