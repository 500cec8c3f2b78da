"""All files of a bag, known before one is written: every storage layout takes them from here."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from coursepack import __version__, publish
from coursepack.files import media
from coursepack.place import CoursepackError, Place
from coursepack.registrar import bag, edition, index_page, premis, pronom, ro_crate
from coursepack.registrar.edition import BuildFolder, Registered

Content = Path | bytes


@dataclass(frozen=True)
class BagFiles:
    """All files of a bag: the payload, its sizes and checksums, and the tag files, the tag manifest first."""

    name: str
    payload: Mapping[str, Content]
    known: Mapping[str, tuple[int, str]]
    tag_files: Mapping[str, bytes]

    def fill(self, new: Path) -> None:
        """Write every file; bagit.txt, which makes a folder a bag, last."""
        for name in self.payload:
            self.write(name, new / name)
        for name in self.tag_files:
            self.write(name, new / name)

    def write(self, name: str, path: Path) -> None:
        """Write one file. Raises ``CoursepackError`` when its size or checksum is not as measured."""
        content = self.payload[name] if name in self.payload else self.tag_files[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as source:
            publish.write_file(path, iter(lambda: source.read(1 << 20), b""))
        if name in self.known and measured(path) != self.known[name]:
            raise CoursepackError("changed while it was archived", Place(name), "run it again")

    def sums(self) -> dict[str, str]:
        """SHA-512 of every file."""
        tags = {name: measured(data)[1] for name, data in self.tag_files.items()}
        return {name: digest for name, (_, digest) in self.known.items()} | tags


def bag_files(
    build: BuildFolder,
    registered: Registered,
    payload: Mapping[str, Content],
    payload_known: Mapping[str, tuple[int, str]],
    name: str,
    access: str | None,
    before: tuple[str, str] | None,
) -> BagFiles:
    """The bag ``name`` of a payload; ``payload_known`` maps a path to (bytes, SHA-512), ``before`` is the edition that
    it comes after, and the SHA-512 of its tag manifest, which covers every byte of it."""
    known = dict(payload_known)
    formats = {path: pronom.of(path, content) for path, content in payload.items()}
    premis_files = [
        premis.PremisFile(path, size, digest, media.named(path).type, formats[path])
        for path, (size, digest) in sorted(known.items())
    ]
    result = {bag.PREMIS: premis.document(build, registered, name, premis_files)}
    known[bag.PREMIS] = measured(result[bag.PREMIS])
    result[bag.CRATE] = ro_crate.metadata(build, registered, known, formats)
    known[bag.CRATE] = measured(result[bag.CRATE])
    replaced, proof = before or (None, None)
    more = {"Access": access, bag.REPLACES: replaced, bag.REPLACES_SUM: proof}
    tags = edition.tags(
        build,
        msgspec.structs.replace(registered, more={k: v for k, v in more.items() if v} | dict(registered.more)),
        payload={path: size for path, (size, _) in known.items()},
        agent=f"{bag.AGENT} {__version__}",
    )
    tag_files = {
        bag.PAGE: index_page.page(build, name, tags, known),
        bag.INFO: bag.info(tags),
        bag.MANIFEST: bag.manifest({path: digest for path, (_, digest) in known.items()}),
        bag.DECLARATION: bag.VERSION,
    }
    tag_manifest = bag.manifest({path: measured(data)[1] for path, data in tag_files.items()})
    return BagFiles(name, {**payload, **result}, known, {bag.TAG_MANIFEST: tag_manifest, **tag_files})


def measured(content: Content) -> tuple[int, str]:
    """Bytes and SHA-512."""
    if isinstance(content, bytes):
        return len(content), hashlib.sha512(content).hexdigest()
    with content.open("rb") as file:
        return content.stat().st_size, bag.digest(file)
