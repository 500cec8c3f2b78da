"""Files of a folder that somebody else filled: which of them may be read.

The folder that a call names is trusted, also when it is a link. Its content is not: a link there may lead to any file
of this machine, a pipe blocks its reader for ever, a device never ends.
So only regular files are read, reached without a link on the way; ``follow_links`` (``--follow-links``) allows links,
wherever they lead, and still nothing but regular files at their end.

A file is checked when it is named, not again while it is read: whoever may write into the folder during the run can
replace it.
"""

from __future__ import annotations

import os
import posixpath
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from coursepack import limits, names
from coursepack.files import media
from coursepack.place import CoursepackError, Place

FOLLOW = "replace it with the file itself, or use --follow-links"
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def why_not(folder: Path, name: str, *, follow_links: bool = False) -> str | None:
    """Why ``name`` (POSIX, relative) below ``folder`` is not read; None for a regular file that may be."""
    path = folder
    try:
        for part in Path(name).parts:
            path = path / part
            if not follow_links and is_link(path):
                return f"{_named(path, folder)} is a link"
        return _special(path)
    except FileNotFoundError:
        return "there is no such file"
    except (OSError, ValueError) as problem:
        return f"it cannot be read ({problem.strerror if isinstance(problem, OSError) else problem})"


def check(folder: Path, name: str, *, follow_links: bool = False) -> Path:
    """The path of ``name`` below ``folder``. Raises ``CoursepackError`` for one that is not read."""
    if reason := why_not(folder, name, follow_links=follow_links):
        raise CoursepackError(f"not read: {reason}", place(folder / name), FOLLOW if "link" in reason else "")
    return folder / name


def check_file(path: Path) -> Path:
    """A file that the call itself names: a regular one, or a link to one. Raises ``CoursepackError``."""
    try:
        reason = _special(path)
    except (OSError, ValueError) as problem:
        said = problem.strerror if isinstance(problem, OSError) else problem
        raise CoursepackError(f"cannot be read: {said}", place(path)) from None
    if reason:
        raise CoursepackError(f"not read: {reason}", place(path))
    return path


def check_name(folder: Path, name: str) -> None:
    """Refuse a file whose name some system, or a bag, cannot hold. Raises ``CoursepackError``."""
    if reason := names.problem(name):
        raise CoursepackError(
            f"this file name cannot be used in a course: {reason}", place(folder / name), names.RENAME
        )


def place(path: Path) -> Place:
    """The place of a file; bytes of its name that are not UTF-8 are escaped, so that reports can hold it."""
    return Place(str(path).encode("utf-8", "backslashreplace").decode())


def is_link(path: Path) -> bool:
    """True for a symbolic link, and for a junction of Windows. Raises OSError when there is nothing."""
    found = path.lstat()
    reparse = getattr(found, "st_reparse_tag", 0)
    return stat.S_ISLNK(found.st_mode) or reparse == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)


def tree(folder: Path, *, follow_links: bool = False) -> dict[str, Path]:
    """Name below ``folder`` (POSIX) → every file, sorted. Raises ``CoursepackError`` for what is not read."""
    found = {}
    for path in _walk(folder, follow_links=follow_links):
        name = path.relative_to(folder).as_posix()
        check_name(folder, name)
        found[name] = check(folder, name, follow_links=follow_links)
    return dict(sorted(found.items()))


def _walk(folder: Path, *, follow_links: bool) -> Iterator[Path]:
    seen = set()
    for root, folders, files in os.walk(folder, followlinks=follow_links):
        real = os.path.realpath(root)
        if real in seen:  # a link to a folder above itself
            folders.clear()
            continue
        seen.add(real)
        links = [name for name in folders if not follow_links and is_link(Path(root, name))]
        yield from (Path(root, name) for name in (*links, *files))


def _special(path: Path) -> str | None:
    kind = stat.S_IFMT(path.stat().st_mode)
    return None if kind == stat.S_IFREG else f"it is {_KINDS.get(kind, 'no regular file')}, expected a file"


def _named(path: Path, folder: Path) -> str:
    return "it" if path.parent == folder and len(path.relative_to(folder).parts) == 1 else repr(path.name)


def root_of(folder: Path, document: str) -> Path:
    """The folder of the course (or the archive) in which ``document``, a name below it, lies in ``folder``."""
    for part in reversed(document.split("/")[:-1]):
        if folder.name != part:
            break
        folder = folder.parent
    return folder


def beside(
    folder: Path, address: str, *, follow_links: bool = False, root: Path | None = None
) -> tuple[Path | None, str]:
    """The file that a text in ``folder`` names by an address (of a picture), or None and why it is not taken. It lies
    in ``root``, a folder above or that itself."""
    if "://" in address or address.startswith(("/", "data:", "#")):
        return None, ELSEWHERE
    root = root or folder
    at = folder.relative_to(root).as_posix()
    name = posixpath.normpath(posixpath.join(at, unquote(address.partition("?")[0].partition("#")[0])))
    if names.unsafe(name):
        return None, ELSEWHERE
    if names.unportable(name):
        return None, "has a name that not every system can hold"
    reason = why_not(root, name, follow_links=follow_links)
    if reason is None:
        return root / name, ""
    return None, "is a link" if reason.endswith("a link") else ELSEWHERE


ELSEWHERE = "is not next to the source"


def names_below(folder: Path) -> dict[str, str]:
    """Name of a file → its path in a folder, subfolders last; of several the first. Links are not followed."""
    found: dict[str, str] = {}
    most = limits.of("folder-files")
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if (most := most - 1) < 0:
                return found
            found.setdefault(name, Path(root, name).relative_to(folder).as_posix())
    return found


_SITE_ROOT = re.compile(
    r"\{\{-?\s*(?:site\.(?:baseurl|url)|page\.(?:baseurl|root))\s*-?\}\}/?"
    r"|\{\{-?\s*['\"]/?([^'\"{}\n]{1,300})['\"]\s*\|\s*(?:relative_url|absolute_url|prepend:)[^{}\n]{0,100}\}\}"
)


def at_root(text: str) -> str:
    """Markdown of a site whose addresses begin with its root, ``{{ site.baseurl }}/a.png`` or
    ``{{ '/a.png' | relative_url }}`` (Jekyll, «Liquid Filters»), with those addresses made relative to the file."""
    return _SITE_ROOT.sub(lambda found: found[1] or "", text)


_MARKUP = {".md", ".markdown", ".html", ".htm", ".xhtml"}
_ADDRESSES = re.compile(
    r"""\]\(\s*(?:<([^<>\n]+)>|([^)\s>]+))|(?:src|href)\s*=\s*["']([^"']+)"""
    r"""|^[ ]{0,3}\[[^\]\n]+\]:\s*(?:<([^<>\n]+)>|(\S+))""",
    re.MULTILINE,
)

_EMBEDDED = re.compile(r"!\[\[([^\[\]\n|]{1,300})")
"""A file embedded in an Obsidian note by its name."""


def named_beside(folder: Path, document: str, *, follow_links: bool = False) -> dict[str, Path]:
    """Name below ``folder`` → the local files that a Markdown or HTML document there names: without them it cannot be
    read again. Other documents hold their pictures; another text that it leads to is no part of it."""
    path = folder / document
    if path.suffix.lower() not in _MARKUP:
        return {}
    text = at_root(path.read_bytes().decode("utf-8", "replace"))
    found: dict[str, Path] = {}
    below = names_below(path.parent) if "![[" in text else {}
    shown = (quote(below.get(name.strip(), name.strip())) for name in _EMBEDDED.findall(text))
    for address in (*(next(filter(None, groups)) for groups in _ADDRESSES.findall(text)), *shown):
        file, _ = beside(path.parent, address, follow_links=follow_links, root=folder)
        if file and media.named(file.name) not in media.TEXTS:
            found[file.relative_to(folder).as_posix()] = file
    return found
