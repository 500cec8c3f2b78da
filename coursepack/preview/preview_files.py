"""What of a build can be looked at: its products, opened as packages, so that nothing beside their members is given."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coursepack.checks.detect import MANIFEST, detect
from coursepack.files import media
from coursepack.files.package import Package
from coursepack.place import CoursepackError, Place
from coursepack.publish import COURSE, REPORT, SUMS

_PAGES = (".html", ".xhtml")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title\s*>", re.DOTALL | re.IGNORECASE)
_HEAD = 1 << 16
_FIRST = ("index.html",)
"""Where a product begins that leads through itself."""


@dataclass(frozen=True)
class PreviewFile:
    """A file of a build. ``address`` is where it stands on the page; ``pages`` its pages as (member, title), none of a
    file that only other programs open."""

    address: str
    title: str
    package: Package
    path: Path
    pages: tuple[tuple[str, str], ...]

    @property
    def held(self) -> bool:
        """False for an unpacked folder: it cannot be saved as one file."""
        return self.package.container != "folder"


def products(path: Path) -> list[PreviewFile]:
    """The products at a path: a build, a folder of builds, one product or an unpacked one.

    Raises ``CoursepackError`` for a path where nothing was built.
    """
    found = [product for folder, file in _files(path) if (product := _product(folder, file))]
    if not found:
        raise CoursepackError(
            "nothing was built here", Place(str(path)), "name the folder of a build, a product of it, or its sources"
        )
    return sorted(found, key=lambda each: (not each.pages, each.address))


def built(path: Path) -> bool:
    """True for what was built already: a product, a build, a folder of builds, an unpacked product."""
    if path.is_file():
        return _is_product(path)
    if any((folder / REPORT).is_file() for folder in (path, *_folders(path))):
        return True
    return any((path / name).is_file() for name in ("index.html", MANIFEST, "mimetype"))


def _is_product(path: Path) -> bool:
    """True for a file that is a package with pages; a document or a bank is a source."""
    try:
        return detect(Package.of_path(path)).kind in {
            "epub",
            "site",
            "scorm12",
            "scorm2004",
            "cc10",
            "cc11",
            "cc12",
            "cc13",
            "content-package",
        }
    except CoursepackError:
        return False


def _folders(path: Path) -> list[Path]:
    return sorted(each for each in path.iterdir() if each.is_dir() and not each.is_symlink())


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """(name of the course's folder, product)."""
    if not path.is_dir():
        yield path.parent.name or "build", path
        return
    builds = [folder for folder in (path, *_folders(path)) if (folder / REPORT).is_file()]
    for folder in builds:
        for file in sorted(folder.iterdir()):
            if file.is_file() and not file.is_symlink() and file.name not in {REPORT, SUMS, COURSE}:
                yield folder.name, file
    if not builds:
        yield path.parent.name or "build", path


def _product(folder: str, path: Path) -> PreviewFile | None:
    try:
        package = Package.of_path(path)
    except CoursepackError:
        return None  # damaged, or being written: the next look sees it
    pages = tuple(_pages(package))
    return PreviewFile(f"{folder}/{path.name}", path.name, package, path, pages)


def _pages(package: Package) -> Iterator[tuple[str, str]]:
    """The pages that a reader begins with: the first where it leads on, else all."""
    first = next((name for name in _FIRST if name in package), None)
    names = [first] if first else [name for name in package.names() if name.lower().endswith(_PAGES)]
    for name in names:
        yield name, _title(package, name) or name


def _title(package: Package, name: str) -> str:
    try:
        with package.open(name) as file:
            text = file.read(_HEAD).decode("utf-8", "replace")
    except (CoursepackError, OSError, KeyError, ValueError):
        return ""
    found = _TITLE.search(text)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", found[1])).split()) if found else ""


def media_type(name: str) -> str:
    """What the browser is told of a member."""
    kind = media.named(name).type
    if name.endswith(".js"):
        return "text/javascript; charset=utf-8"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith(("+xml", "/json")) else kind
