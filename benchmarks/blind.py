"""Blind damage to every kind of product, and how much of it is noticed: ``python -m benchmarks.blind [PRODUCT …]``.

Nobody chose what is broken: of one product of each kind bytes are turned, zeroed, lost, doubled, cut off, joined to a
page, sent as text by a program that changes line ends, or written in other letters, at places spread evenly; of an
archive so is the archive, and each kind of its members before it is packed again. Each is judged as its door does it
(``validate``, ``verify`` of a bag, the reader of a bank or a course.json) and counted as one of

- noticed: an error, or a warning that the whole product does not have;
- harmless: what is in it is the same for a reader of XML, JSON, ZIP or PDF;
- other words: the form is whole, one text in it is another: nobody can tell a wrong word from a meant one;
- silent: the rest, named by ``--silent FILE``.
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from lxml import etree, html

from benchmarks import mutations
from coursepack.discovery import course_of_folder
from coursepack.files.xml import XmlError, parse_xml
from coursepack.place import CoursepackError, Finding, Severity
from coursepack.readers import read_questions
from coursepack.registrar.archive import archive
from coursepack.registrar.edition import Registered
from coursepack.registrar.verify import verify
from tests.samples import everything

Members = dict[str, bytes]
_MEMBERS = 14
"""Members of an archive that are damaged one by one: the largest of each folder and ending."""
_XML = (".xml", ".rels", ".opf", ".xhtml", ".ncx", ".svg")


# --- products ---------------------------------------------------------------------------------------------------------


def _written(name: str, ending: str) -> Callable[[Path], bytes]:
    """What a writer makes of the course with one of everything."""

    def make(_: Path) -> bytes:
        from coursepack import writers
        from coursepack.writers import Context
        from tests.samples import ASSETS

        writer = writers.load(name)
        made = writer.write(everything(), Context(assets=ASSETS, options=writer.options(), version="0"))
        whole = {member.path: member.read() for member in made.artifacts[0].members}
        return next(iter(whole.values())) if len(whole) == 1 else mutations.packed(whole, stored="mimetype")

    make.__name__ = f"{name}{ending}"
    return make


def _bag(folder: Path) -> bytes:
    from tests.registrar.builds import build, project

    course = everything()
    made = build(folder / "out", project(folder / "src", course), course)
    path = archive(made, folder / "bags", Registered(date="2026-11-20"), [folder / "src"]).path
    names = sorted(one for one in path.rglob("*") if one.is_file())
    return mutations.packed({f"{path.name}/{one.relative_to(path).as_posix()}": one.read_bytes() for one in names})


def _pdf(_: Path) -> bytes:
    from tests.papers import write
    from tests.printed import printed

    return printed(write("syllabus").artifacts[0]).data


def _qti12(_: Path) -> bytes:
    from tests.checks.test_qti import ITEM12, MANIFEST12

    return mutations.packed({"imsmanifest.xml": MANIFEST12.encode(), "q/a.xml": ITEM12.encode()})


def _course_json(_: Path) -> bytes:
    from coursepack.model.course_json import encode

    return encode(everything())


def _tests(_: Path) -> bytes:
    from benchmarks.faults import whole_of

    return next(iter(whole_of("platonus").values()))


PRODUCTS: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "cc11": (_written("cc11", ""), ".imscc"),
    "cc13": (_written("cc13", ""), ".imscc"),
    "scorm12": (_written("scorm12", ""), ".zip"),
    "scorm2004": (_written("scorm2004", ""), ".zip"),
    "moodle-xml": (_written("moodle-xml", ""), ".xml"),
    "moodle-backup": (_written("moodle-backup", ""), ".mbz"),
    "qti12": (_qti12, ".zip"),
    "qti21": (_written("qti21", ""), ".zip"),
    "qti22": (_written("qti22", ""), ".zip"),
    "qti3": (_written("qti3", ""), ".zip"),
    "docx": (_written("syllabus", ""), ".docx"),
    "epub": (_written("epub", ""), ".epub"),
    "site": (_written("site", ""), ".zip"),
    "pdf": (_pdf, ".pdf"),
    "platonus": (_tests, ".txt"),
    "gift": (_written("gift", ""), ".gift"),
    "course.json": (_course_json, ".json"),
    "bag": (_bag, ".zip"),
}


# --- damage -----------------------------------------------------------------------------------------------------------


def _spread(data: bytes, count: int) -> Iterator[int]:
    """Places spread evenly, the same each time."""
    yield from ((2 * at + 1) * len(data) // (2 * count) for at in range(count))


def damages(data: bytes, scale: int) -> Iterator[tuple[str, bytes]]:
    """Damage that knows nothing of the form; ``scale`` times as many of each."""
    for at in _spread(data, 4 * scale):
        yield "a bit turned", data[:at] + bytes([data[at] ^ 0x04]) + data[at + 1 :]
        yield "64 bytes of zeros", data[:at] + bytes(len(data[at : at + 64])) + data[at + 64 :]
        yield "64 bytes lost", data[:at] + data[at + 64 :]
        yield "64 bytes twice", data[: at + 64] + data[at:]
    for at in _spread(data, 2 * scale):
        yield "cut off", data[:at]
    yield "its last byte lost", data[:-1]
    yield "a page behind it", data + b"\n<!DOCTYPE html><html><body>504 Gateway Time-out</body></html>\n"
    yield "empty", b""
    for what, change in (("LF as CR LF", (b"\n", b"\r\n")), ("CR LF as LF", (b"\r\n", b"\n"))):
        if (changed := data.replace(*change)) != data:
            yield what, changed
    if not data.isascii():
        yield "seven bits a byte", bytes(byte & 0x7F for byte in data)
        yield "taken for Windows letters", data.decode("cp1251", "replace").encode()


def damaged(name: str, data: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Family, what was done, the product after it."""
    for number, (what, changed) in enumerate(damages(data, 2)):
        yield "file", f"{number} {what}", changed
    if data[:2] != b"PK":
        return
    whole = members(data) or {}
    shown: dict[tuple[str, str], str] = {}
    for member in sorted(whole, key=lambda one: (-len(whole[one]), one)):
        shown.setdefault((member.rpartition("/")[0].rstrip("0123456789_abcdef"), member.rpartition(".")[2]), member)
    for member in list(shown.values())[:_MEMBERS]:
        for number, (what, changed) in enumerate(damages(whole[member], 1)):
            if changed != whole[member]:
                yield (
                    "member",
                    f"{member}: {number} {what}",
                    mutations.packed(whole | {member: changed}, stored="mimetype"),
                )


# --- what is in it ----------------------------------------------------------------------------------------------------


def members(data: bytes) -> Members | None:
    """As Python's zipfile reads them; None for what it does not."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as found:
            return {name: found.read(name) for name in found.namelist()}
    except Exception:  # whatever it says of a broken archive
        return None


def content(name: str, path: Path, data: bytes) -> Any:
    """What is in a product, for a reader of its form; None where it cannot be read."""
    if name == "pdf":
        return _pages(data)
    if name in {"gift", "platonus"}:
        return _bank(path)
    if name == "course.json":
        try:
            return json.loads(data)
        except ValueError:
            return None
    if name == "moodle-xml":
        return _form("a.xml", data)
    whole = members(data)
    return None if whole is None else {member: _form(member, one) for member, one in whole.items()}


def _bank(path: Path) -> Any:
    try:
        return [repr(question) for question in read_questions(path).bank.questions()]
    except CoursepackError:
        return None


def _pages(data: bytes) -> Any:
    try:
        with pypdfium2.PdfDocument(data) as document:
            return [page.get_textpage().get_text_range() for page in document]
    except Exception:  # whatever a library says of a broken file
        return None


def _form(name: str, data: bytes) -> Any:
    """A text form by its canonical XML or its lines, other files by their bytes."""
    if name.endswith(_XML):
        try:
            return etree.tostring(parse_xml(data), method="c14n2")
        except XmlError:
            return None
    if name.endswith((".html", ".txt", ".js", ".css", ".json", ".webmanifest")):
        return data.replace(b"\r\n", b"\n")
    return data


def only_words_differ(before: Any, after: Any) -> bool:
    """Whether two contents have one form, and a text or two of them are other words."""
    if isinstance(before, dict) and isinstance(after, dict):
        if before.keys() != after.keys():
            return False
        return all(only_words_differ(one, after[name]) for name, one in before.items() if one != after[name])
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after)
    if isinstance(before, bytes) and isinstance(after, bytes):
        return _bare(before) == _bare(after) is not None
    return isinstance(before, str) and isinstance(after, str)


def _bare(data: bytes) -> list[tuple[str, list[str]]] | None:
    """Elements and names of attributes of a document or a page."""
    root = _parsed(data)
    return None if root is None else [(str(one.tag), sorted(map(str, one.attrib))) for one in root.iter(etree.Element)]


def _parsed(data: bytes) -> Any:
    try:
        return parse_xml(data)
    except XmlError:
        pass
    try:
        return html.fromstring(data)
    except (etree.ParserError, ValueError):  # no page either
        return None


# --- what is noticed --------------------------------------------------------------------------------------------------


def noticed(name: str, path: Path, data: bytes) -> frozenset[str]:
    """The codes of errors and warnings, as the door says."""
    path.write_bytes(data)
    try:
        if name == "bag":
            return _codes(verify(path).findings)
        if name in {"gift", "platonus"}:
            read = read_questions(path)
            list(read.bank.questions())
            told = _codes(read.findings)
            return told if name == "gift" else told | mutations.noticed(path, data)[1]
        if name == "course.json":
            course_of_folder(path)
            return frozenset()
        word, codes = mutations.noticed(path, data)
    except CoursepackError:
        return frozenset({"unusable"})
    return codes if word else frozenset()


def _codes(findings: Any) -> frozenset[str]:
    found: list[Finding] = list(findings)
    return frozenset(one.code for one in found if one.severity is not Severity.NOTE)


def count(name: str, folder: Path, silent: list[str]) -> None:
    make, ending = PRODUCTS[name]
    data = make(folder)
    path = folder / f"product{ending}"
    before = noticed(name, path, data)
    whole = content(name, path, data)
    counts: dict[str, Counter[str]] = {}
    for family, what, changed in damaged(name, data):
        codes = noticed(name, path, changed)
        if codes - before:
            word = "noticed"
        elif (after := content(name, path, changed)) == whole:
            word = "harmless"
        elif after is not None and only_words_differ(whole, after):
            word = "other words"
        else:
            word = "silent"
            silent.append(f"{name}\t{family}\t{what}")
        counts.setdefault(family, Counter()).update(["damages", word])
    for family, here in counts.items():
        columns = ("damages", "noticed", "harmless", "other words", "silent")
        print(f"| {name} | {family} |", " | ".join(f"{here[one]:,}" for one in columns), "|", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("products", nargs="*", default=list(PRODUCTS))
    parser.add_argument("--silent", type=Path, help="write what is not noticed to a file")
    asked = parser.parse_args()
    silent: list[str] = []
    print("| product | of | damages | noticed | harmless | different text | not noticed |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    for name in asked.products:
        with tempfile.TemporaryDirectory(prefix="coursepack-") as folder:
            count(name, Path(folder), silent)
    if asked.silent:
        asked.silent.write_text("\n".join(silent) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
