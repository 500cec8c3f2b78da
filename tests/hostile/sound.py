"""Large files that are sound: what the limits must let pass."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.hostile.packages import CC


def bank(folder: Path, number: int = 100_000) -> Path:
    """A GIFT file of so many questions."""
    path = folder / "bank.gift"
    with path.open("w", encoding="utf-8") as file:
        for n in range(number):
            file.write(f"::Q{n}::Какой город был столицей в {n} году? {{=Алматы{n} ~Астана{n} ~Шымкент ~Тараз}}\n\n")
    return path


def cartridge(folder: Path, number: int = 10_000) -> Path:
    """A cartridge of so many pages, each an item, a resource and a file."""
    items = "".join(
        f'<item identifier="i{n}" identifierref="r{n}"><title>Page {n}</title></item>' for n in range(number)
    )
    resources = "".join(
        f'<resource identifier="r{n}" type="webcontent" href="p/{n}.html"><file href="p/{n}.html"/></resource>'
        for n in range(number)
    )
    lom = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
    text = (
        f'<manifest identifier="m" xmlns="{CC}" xmlns:l="{lom}"><metadata><schema>IMS Common Cartridge</schema>'
        "<schemaversion>1.1.0</schemaversion><l:lom><l:general><l:title><l:string>Course</l:string></l:title></l:general>"
        '</l:lom></metadata><organizations><organization identifier="o" structure="rooted-hierarchy"><item '
        f'identifier="root">{items}</item></organization></organizations><resources>{resources}</resources></manifest>'
    )
    path = folder / "large.imscc"
    page = "<html><head><title>T</title></head><body>" + "<p>Слово и дело.</p>" * 50 + "</body></html>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", text)
        for n in range(number):
            archive.writestr(f"p/{n}.html", page)
    return path


def backup(folder: Path, *, packed: bool, megabytes: int = 300) -> Path:
    """Our own backup of a small course with a film of so many MB put in, as zip or as tar.gz."""
    from coursepack import publish, writers
    from tests.samples import ASSETS, everything

    written = writers.load("moodle-backup").write(everything(), writers.Context(assets=ASSETS, version="0"))
    source = io.BytesIO(b"".join(publish.artifact_chunks(written.artifacts[0])))
    members: dict[str, bytes] = {}
    with tarfile.open(fileobj=source) if not zipfile.is_zipfile(source) else zipfile.ZipFile(source) as archive:
        if isinstance(archive, zipfile.ZipFile):
            members = {name: archive.read(name) for name in archive.namelist()}
        else:
            members = {m.name: archive.extractfile(m).read() for m in archive if m.isreg()}  # type: ignore[union-attr]
    return _with_film(folder / "large.mbz", members, megabytes, packed=packed)


def _with_film(path: Path, members: dict[str, bytes], megabytes: int, *, packed: bool) -> Path:
    import hashlib
    import random

    film = random.Random(1).randbytes(1 << 20) * megabytes
    sha1 = hashlib.sha1(film, usedforsecurity=False).hexdigest()
    record = (
        f'<file id="999999"><contenthash>{sha1}</contenthash><contextid>1</contextid><component>question</component>'
        "<filearea>questiontext</filearea><itemid>1</itemid><filepath>/</filepath><filename>film.mp4</filename><userid>"
        f"$@NULL@$</userid><filesize>{len(film)}</filesize><mimetype>video/mp4</mimetype><status>0</status><timecreated>1"
        "</timecreated><timemodified>1</timemodified><source>film.mp4</source><author>a</author><license>allrightsreserved"
        "</license><sortorder>0</sortorder><repositorytype>$@NULL@$</repositorytype><repositoryid>$@NULL@$</repositoryid>"
        "<reference>$@NULL@$</reference></file>"
    )
    members["files.xml"] = members["files.xml"].replace(b"</files>", record.encode() + b"</files>")
    members[f"files/{sha1[:2]}/{sha1}"] = film
    if packed:
        with tarfile.open(path, "w:gz", compresslevel=1) as archive:
            for name, data in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
    return path


def book(folder: Path, pages: int = 1000) -> Path:
    """A text of so many pages of 45 lines."""
    path = folder / "book.txt"
    line = "Мемлекет және құқық теориясы – заң ғылымдарының ішіндегі негізгі пән\n"
    path.write_text(("Лекция 1. Құқық\n\n" + line * 43) * pages, encoding="utf-8")
    return path


def converted(folder: Path, name: str) -> Path:
    """The bank of 100,000 questions in another format."""
    from coursepack import convert

    source = bank(folder)
    done = convert.convert(source, name, folder)
    source.unlink()
    return done.files[0][0]


# What it is → the command that takes it, and who makes it.
LARGE: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "100,000 questions in GIFT": ("convert", bank),
    "100,000 questions in Moodle XML": ("validate", partial(converted, name="moodle-xml")),
    "100,000 questions in a cartridge": ("validate", partial(converted, name="cc11")),
    "100,000 questions in a workbook": ("convert", partial(converted, name="xlsx")),
    "a cartridge of 10,000 pages": ("validate", cartridge),
    "a backup of 300 MB as zip": ("validate", partial(backup, packed=False)),
    "a backup of 300 MB as tar.gz": ("validate", partial(backup, packed=True)),
    "a text of 400 pages": ("inspect", partial(book, pages=400)),
}
