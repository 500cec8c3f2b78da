"""What is fuzzed: each target takes the bytes of a file to what a user would call with it, and has sound seeds."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from coursepack import discovery, readers
from coursepack.checks import products
from coursepack.files.hashes import sha256
from coursepack.model.course_json import decode, encode
from coursepack.publish import artifact_chunks
from coursepack.writers import Context, load
from tests.readers.pdf_maker import Word, make
from tests.readers.test_fuzz import BANKS, HTML, MARKDOWN
from tests.samples import ASSETS, everything, word_document
from tests.shared import SEEDS

Shape = Literal["bytes", "zip", "tar"]


@dataclass(frozen=True)
class Target:
    """``run`` gets a file that holds the input, under a name that ends in ``ending``."""

    ending: str
    run: Callable[[Path], object]
    seeds: Callable[[], Iterator[bytes]]
    shape: Shape = "bytes"
    longest: int = 20_000


class LayerStumbledError(Exception):
    """``validate`` keeps a fault of a layer to itself, as a finding; here it is a fault."""


def _document(path: Path) -> object:
    return readers.read(path, path.name)


def _questions(path: Path) -> object:
    return list(readers.read_questions(path).bank.questions())


def _understood(path: Path) -> object:
    """What ``inspect`` does with a document: read, drafted, understood."""
    from coursepack import build

    return [build.understand(loaded) for loaded in discovery.find_projects([path])]


def _course_json(path: Path) -> object:
    import msgspec

    try:
        return encode(decode(path.read_bytes()))
    except (msgspec.ValidationError, msgspec.DecodeError):
        return None


def _course_toml(path: Path) -> object:
    from coursepack.project import course_toml as project

    target = path.with_name(project.FILE_NAME)
    path.replace(target)
    for source in SEEDS.glob("*/*.txt"):
        (path.parent / source.name).touch()
    return project.load(target, discovery.writer_tables(), discovery.marker_kinds())


def _validated(path: Path) -> object:
    verdict = products.validate(path)
    for finding in verdict.findings:
        if "could not finish" in finding.message:
            raise LayerStumbledError(finding.message)
    return [str(finding) for finding in verdict.findings]


# --- seeds --------------------------------------------------------------------------------------------------------


def _product(*formats: str) -> Iterator[bytes]:
    for name in formats:
        writer = load(name)
        written = writer.write(everything(), Context(assets=ASSETS, options=writer.options()))
        for artifact in written.artifacts:
            yield b"".join(artifact_chunks(artifact))


def _papers() -> Iterator[bytes]:
    yield from _product("syllabus", "course-set", "exam-tickets")
    yield word_document()


def _pdf_document(path: Path) -> object:
    """What the child of the PDF reader does, in this process."""
    from coursepack.readers.pdf.document import document

    data = path.read_bytes()
    return document(data, name=path.name, sha256=sha256(data))


def _pdf() -> Iterator[bytes]:
    yield make([[Word("Қоғам туралы мәтін", 72, 700), Word("екінші", 72, 680)], [Word("бет", 72, 700)]], picture=True)


def _texts() -> Iterator[bytes]:
    for path in sorted(SEEDS.glob("*/*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace")
        for start in range(0, min(len(text), 60_000), 6_000):
            yield text[start : start + 6_000].encode()


def _markdown() -> Iterator[bytes]:
    yield MARKDOWN.encode()
    yield HTML.encode()
    for data in _exported():
        for start in range(0, len(data), 8_000):
            yield data[start : start + 8_000]


def _exported() -> Iterator[bytes]:
    for data in _product("markdown"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield from (packed.read(name) for name in packed.namelist() if name.endswith(".md"))


def _bank(ending: str, *formats: str) -> Iterator[bytes]:
    yield BANKS[ending]
    yield from _product(*formats)


def _json() -> Iterator[bytes]:
    yield encode(everything())


def _toml() -> Iterator[bytes]:
    for path in sorted(SEEDS.glob("*/course.toml")):
        yield path.read_bytes()


def _backup() -> Iterator[bytes]:
    """The backup as a tar, as Moodle packs its own, but not compressed: a change would be lost in that."""
    for data in _product("moodle-backup"):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as packed, tarfile.open(fileobj=out, mode="w") as plain:
            for name in packed.namelist():
                info = tarfile.TarInfo(name)
                info.size = packed.getinfo(name).file_size
                plain.addfile(info, packed.open(name))
        yield out.getvalue()


TARGETS: dict[str, Target] = {
    "text": Target(".txt", _understood, _texts),
    "markdown": Target(".md", _understood, _markdown),
    "course-markdown": Target(".md", _understood, _exported, longest=60_000),
    "docx": Target(".docx", _document, _papers, "zip", 400_000),
    "pdf": Target(".pdf", _pdf_document, _pdf, longest=60_000),
    "gift": Target(".gift", _questions, partial(_bank, ".gift", "gift")),
    "aiken": Target(".aiken", _questions, partial(_bank, ".aiken", "aiken")),
    "moodle-xml": Target(".xml", _questions, partial(_bank, ".xml", "moodle-xml"), longest=40_000),
    "csv": Target(".csv", _questions, partial(_bank, ".csv", "csv")),
    "xlsx": Target(".xlsx", _questions, partial(_bank, ".xlsx", "xlsx"), "zip", 100_000),
    "course-json": Target(".json", _course_json, _json, longest=100_000),
    "course-toml": Target(".toml", _course_toml, _toml),
    "validate-cartridge": Target(".imscc", _validated, partial(_product, "cc11", "cc13"), "zip", 400_000),
    "validate-scorm": Target(".zip", _validated, partial(_product, "scorm12", "scorm2004"), "zip", 600_000),
    "validate-docx": Target(".docx", _validated, _papers, "zip", 400_000),
    "validate-backup": Target(".mbz", _validated, _backup, "tar", 1_000_000),
    "validate-xml": Target(".xml", _validated, partial(_bank, ".xml", "moodle-xml"), longest=40_000),
    "validate-json": Target(".json", _validated, _json, longest=100_000),
}
