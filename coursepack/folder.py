"""The folder of a course: every file in it, with its subfolders, and what became of each.

Links are not followed unless asked for, pipes and devices never opened, and of what is not read nothing is opened but
what may be a copy of a source (of the same size), a table of questions, or an archive, which is a folder too.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from coursepack import limits, names, prepared, publish, readers
from coursepack.files import media, sources, unpacked
from coursepack.files.hashes import sha256
from coursepack.model.account import Account, Fate, FolderFile
from coursepack.model.artifact import Assets
from coursepack.model.document import PROGRAM
from coursepack.outline import naming
from coursepack.place import CoursepackError, Finding, Place, note, warning
from coursepack.project import course_toml as project
from coursepack.project import department


class _FolderRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    system: tuple[str, ...]
    absent: tuple[str, ...]
    of_pages: tuple[str, ...]
    better: tuple[str, ...]


_DATA = msgspec.convert(prepared.toml((Path(__file__).parent / "folder.toml").read_text("utf-8")), _FolderRules)
_BAG = "bagit.txt"
_SETTINGS = frozenset({project.FILE_NAME, *department.KEPT_NAMES})


def text(name: str) -> str:
    """A name as reports can hold it: letters that are no UTF-8 as escapes."""
    return name.encode("utf-8", "backslashreplace").decode()


# --- walking ------------------------------------------------------------------------------------------------------


@dataclass
class Walk:
    """What lies in a folder: ``files`` by name (POSIX), links and pipes among them; ``passed`` those that are told
    without a further look; ``system`` counts what no person put there; ``more``: the limit was reached."""

    folder: Path
    follow_links: bool = False
    kept: frozenset[str] = frozenset()
    ignore: tuple[str, ...] = ()
    files: list[str] = field(default_factory=list)
    passed: list[FolderFile] = field(default_factory=list)
    system: int = 0
    more: bool = False
    matched: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def run(self) -> Walk:
        """Look through the folder, the files of each folder before those of its subfolders, both by name."""
        left = limits.of("folder-files")
        waiting = [""]
        self.seen.add(os.path.realpath(self.folder))
        while waiting:
            at = waiting.pop()
            entries = self._entries(at)
            self.more |= len(entries) > left
            folders = [entry for entry in entries[:left] if not self._reported(f"{at}{entry.name}", entry)]
            left -= min(len(entries), left)
            waiting += [f"{at}{entry.name}/" for entry in reversed(folders)]
        return self

    def _entries(self, at: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(unpacked.at(self.folder, at)) as found:
                return sorted(found, key=lambda entry: entry.name)
        except OSError as problem:
            self._pass(at, "left-out", f"the folder cannot be read ({problem.strerror})")
            return []

    def _reported(self, name: str, entry: os.DirEntry[str]) -> bool:
        """Whether nothing is left to be looked at inside; False for a folder that is looked through."""
        folder = self._is_folder(entry)
        archive = not folder and unpacked.is_archive(entry.name)
        if name in self.kept:
            return not (folder or (archive and self._opens(name)))
        if pattern := self._ignored(name, folder=folder or archive):
            self._pass(name + "/" * folder, "ignored", f"matches {pattern!r} of [files] ignore in course.toml")
        elif _is_system(entry.name):
            self.system += 1
        elif folder and (real := os.path.realpath(entry.path)) in self.seen:
            self._pass(f"{name}/", "left-out", "a link to a folder that is looked through anyway")
        elif folder and self._is_of_page(name):
            self.system += 1
        elif folder and (apart := self._apart(name)):
            self._pass(f"{name}/", *apart)
        elif folder:
            self.seen.add(real)
            return False
        elif archive and self._opens(name):
            return False
        elif name not in _SETTINGS:
            self.files.append(name)
        return True

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        try:
            return entry.is_dir() and (self.follow_links or not sources.is_link(Path(entry.path)))
        except OSError:
            return False

    def _opens(self, name: str) -> bool:
        """Whether an archive is a folder for us; what of it is none is reported."""
        if unpacked.why_not(self.folder, name, follow_links=self.follow_links):
            return False
        try:
            found = unpacked.opened(unpacked.at(self.folder, name))
        except CoursepackError:
            return False
        self._pass(name, "opened", "an archive: each file in it is reported separately")
        for left in found.left:
            self._pass(f"{name}/{left.name}", left.fate, left.why, left.advice)
        return True

    def _ignored(self, name: str, *, folder: bool) -> str | None:
        found = next((pattern for pattern in self.ignore if _matches(name, pattern, folder=folder)), None)
        if found:
            self.matched.add(found)
        return found

    def _apart(self, name: str) -> tuple[Fate, str] | None:
        """Why a folder is not part of this course."""
        here = unpacked.at(self.folder, name)
        if os.path.lexists(here / project.FILE_NAME):
            return "apart", f"a course of its own, with its {project.FILE_NAME}"
        if all(os.path.lexists(here / file) for file in (publish.COURSE, publish.REPORT)):
            return "built", "what coursepack built"
        return ("built", "an archived course") if os.path.lexists(here / _BAG) else None

    def _is_of_page(self, name: str) -> bool:
        """Whether a browser put a folder there, with what the page beside it shows: that is asked of the page."""
        stems = (name.removesuffix(end) for end in _DATA.of_pages if name.endswith(end))
        pages = media.KINDS["html"].endings
        at = unpacked.at(self.folder, name).parent
        return any(os.path.lexists(at / f"{Path(stem).name}{ending}") for stem in stems for ending in pages)

    def _pass(self, name: str, fate: Fate, why: str, advice: str = "") -> None:
        self.passed.append(FolderFile(text(name), fate, why, advice))


def _is_system(name: str) -> bool:
    """Whether no person put a file or folder of this name there."""
    hidden = (fnmatchcase(names.key(name), pattern) for pattern in _DATA.system)
    return any(hidden) and not any(fnmatchcase(names.key(name), pattern) for pattern in _DATA.absent)


def _matches(name: str, pattern: str, *, folder: bool) -> bool:
    """A pattern without ``/`` is of a name, one with it of the path; one that ends with it is of a folder only."""
    plain = names.key(pattern.rstrip("/"))
    if pattern.endswith("/") and not folder:
        return False
    return fnmatchcase(names.key(name if "/" in plain else name.rpartition("/")[2]), plain.removeprefix("/"))


# --- the account --------------------------------------------------------------------------------------------------


def account(loaded: project.Loaded, requested: Iterable[Path] = ()) -> Account:
    """What became of every file in the folder of a course; ``asked``: files and folders that the call names."""
    listed = [entry.file for entry in loaded.project.source]
    own = inside(loaded.folder, [loaded.templates] if loaded.templates else [])
    called = [*inside(loaded.folder, requested), *own]
    walk = Walk(loaded.folder, loaded.follow_links, _kept([*listed, *called]), loaded.project.files.ignore).run()
    rows = {entry.file: FolderFile(text(entry.file), "source", entry.role) for entry in loaded.project.source}
    rows |= {name: FolderFile(text(name), "used", "as templates" if name in own else "by the call") for name in called}
    for name in listed:
        for used in unpacked.named_beside(loaded.folder, name, follow_links=loaded.follow_links):
            rows.setdefault(used, FolderFile(text(used), "used", f"by {text(name)}"))
    passed = {row.file: row for row in loaded.passed}
    look = _FolderScan(loaded)
    for name in walk.files:
        if name not in rows and not any(name.startswith(f"{folder}/") for folder in called):
            rows[name] = passed.get(text(name)) or look.at(name)
    found = sorted([*rows.values(), *(row for row in walk.passed if row.file not in rows)], key=lambda row: row.file)
    unused = tuple(pattern for pattern in loaded.project.files.ignore if pattern not in walk.matched)
    return Account(tuple(found), walk.system, walk.more, unused)


def with_pictures(held: Account, loaded: project.Loaded, assets: Assets) -> Account:
    """The account of a course that is one file, whose pictures lie in ``assets/`` under their SHA-256."""
    model = next((entry.file for entry in loaded.project.source if entry.role == "course"), None)

    def used(row: FolderFile) -> bool:
        at, _, name = row.file.rpartition("/")
        return model is not None and at == publish.ASSETS and name.partition(".")[0] in assets.data

    rows = (FolderFile(row.file, "used", f"by {text(model or '')}") if used(row) else row for row in held.files)
    return msgspec.structs.replace(held, files=tuple(rows))


def _kept(listed: Iterable[str]) -> frozenset[str]:
    """Names that are looked at whatever is said of them: those that are listed, and the folders that they lie in."""
    return frozenset(
        "/".join(parts[:end]) for name in listed for parts in [name.split("/")] for end in range(1, len(parts) + 1)
    )


def inside(folder: Path, requested: Iterable[Path]) -> list[str]:
    """Those of the files and folders that lie in a folder, by name."""
    root = folder.resolve()
    found = (path.resolve() for path in requested)
    return [path.relative_to(root).as_posix() for path in found if path != root and path.is_relative_to(root)]


@dataclass
class _FolderScan:
    """A look at files that are neither sources nor used; it compares them with the sources."""

    loaded: project.Loaded

    def __post_init__(self) -> None:
        self.folder = self.loaded.folder
        self.listed = [entry.file for entry in self.loaded.project.source]
        self.copies = Copies(self.folder, self.listed)
        documents = [name for name in self.listed if readers.is_document_file(Path(name))]
        self.stems = {stem(name): name for name in reversed(documents)}
        self.known = readers.endings()
        self.outer = {found for name in self.listed if (found := unpacked.outer(name))}

    def at(self, name: str) -> FolderFile:
        """What is to be said of a file."""
        if reason := unpacked.why_not(self.folder, name, follow_links=self.loaded.follow_links):
            return FolderFile(text(name), "left-out", reason, sources.FOLLOW if "link" in reason else "")
        if unpacked.is_archive(name) and not readers.holds_questions(unpacked.at(self.folder, name)):
            return FolderFile(text(name), *_archive(unpacked.at(self.folder, name)))
        if Path(name).suffix.lower() not in self.known:
            return FolderFile(text(name), *_kind(name))
        try:
            return FolderFile(text(name), *self._readable(name))
        except CoursepackError as problem:
            return FolderFile(text(name), "left-out", problem.message, problem.advice)
        except OSError as problem:
            return FolderFile(text(name), "left-out", f"it cannot be read ({problem.strerror})")

    def _readable(self, name: str) -> tuple[Fate, str, str]:
        """What is to be said of a file whose kind is read."""
        path = unpacked.at(self.folder, name)
        if reason := unreadable(path):
            return "left-out", reason, ""
        if same := self.copies.of(name):
            return "same", f"is identical to {text(same)}", ""
        if not readers.is_document_file(path):
            if not readers.is_bank(path):
                return "other", "holds no questions", "add it to course.toml if it is part of the course"
        elif unpacked.outer(name) in self.outer and path.suffix.lower() == ".docx" and _is_paper(path):
            return "built", PRINTED, ""
        elif twin := self.stems.get(stem(name)):
            return "twin", f"perhaps another format of {text(twin)}, which is read", _LIST
        return "unlisted", f"no [[source]] of {project.FILE_NAME} names it", _advice(name)


PRINTED = "a paper that coursepack printed of the course, whose pages are read"


def _is_paper(path: Path) -> bool:
    """Whether a document of Word says that coursepack printed it. Raises ``OSError``."""
    from coursepack.readers.docx import reader as docx

    try:
        return docx.properties(path.name, path.read_bytes()).get("application") == PROGRAM
    except CoursepackError:
        return False


_LIST = "if it contains more, add it to course.toml"
_SETTLE = "or ignore it ([files] of course.toml)"


def _advice(name: str) -> str:
    role = naming.read(name).role
    if role:
        return f'add a [[source]] with this file and role = "{role}", {_SETTLE}'
    return f"add a [[source]] with this file, {_SETTLE}"


def _kind(name: str) -> tuple[Fate, str, str]:
    """What is said of a file that no reader knows, by its ending."""
    group = media.GROUPS.get(media.named(name).group)
    ending = Path(name).suffix
    named = naming.read(name)
    if group is None and named.role and named.number:
        why = f"no reader for {text(ending)!r}" if ending else "a file without an ending"
        return "unread", why, "save it as DOCX or PDF, or with the right extension"
    if group is None:
        return "other", f"no reader for {text(ending)!r}" if ending else "a file without an ending", ""
    return ("unread" if group.material else "other"), group.called, group.advice


def _archive(path: Path) -> tuple[Fate, str, str]:
    """What is said of an archive that is no folder for us."""
    try:
        unpacked.opened(path)
    except unpacked.NoDocumentsError as problem:
        return "other", problem.message, ""
    except CoursepackError as problem:
        advice = problem.advice or media.GROUPS["archives"].advice
        return "unread", f"an archive that cannot be opened: {problem.message}", advice
    return "opened", "", ""


def unreadable(path: Path) -> str | None:
    """Why a regular file cannot be read."""
    if path.stat().st_size == 0:
        return "it is empty"
    return None if os.access(path, os.R_OK) else "it cannot be read (no permission)"


def stem(name: str) -> str:
    """Equal for the formats of one document."""
    return names.key(name.rpartition(".")[0])


class Copies:
    """Files by their bytes; only those of one size are opened."""

    def __init__(self, folder: Path, files: Iterable[str] = ()) -> None:
        self._folder = folder
        self._sizes: dict[int, list[str]] = {}
        self._sums: dict[str, str] = {}
        for name in files:
            self.add(name)

    def add(self, name: str) -> None:
        self._sizes.setdefault(self._size(name), []).append(name)

    def of(self, name: str) -> str | None:
        """The file that has the same bytes, if one was added."""
        if (size := self._size(name)) > limits.of("document-bytes"):
            return None
        return next((other for other in self._sizes.get(size, ()) if self._sum(other) == self._sum(name)), None)

    def _size(self, name: str) -> int:
        return unpacked.at(self._folder, name).stat().st_size

    def _sum(self, name: str) -> str:
        if name not in self._sums:
            self._sums[name] = sha256(unpacked.at(self._folder, name).read_bytes())
        return self._sums[name]


def better(name: str) -> tuple[int, str]:
    """Orders the formats of one document, the best first."""
    ending = name.rpartition(".")[2].lower()
    return (_DATA.better.index(ending) if ending in _DATA.better else len(_DATA.better)), name


# --- what is told -------------------------------------------------------------------------------------------------

_REPORTED: Mapping[Fate, tuple[Callable[..., Finding], str]] = {
    "unread": (warning, "project-file-unread"),
    "unlisted": (warning, "project-file-unlisted"),
    "left-out": (warning, "project-left-out"),
    "same": (note, "project-file-same"),
    "twin": (note, "project-file-twin"),
    "other": (note, "project-file-other"),
}
"""How bad it is that a file was passed over, and the code of what is reported."""


def findings(held: Account, loaded: project.Loaded) -> Iterator[Finding]:
    """What a person should know of the files of a folder; what cannot be read was told when the project was made."""
    noticed = {row.file for row in loaded.passed if row.fate == "left-out"}
    reported: Counter[str] = Counter()
    most = limits.of("findings")
    for row in held.files:
        if row.fate not in _REPORTED or row.file in noticed:
            continue
        result, code = _REPORTED[row.fate]
        reported[code] += 1
        if reported[code] <= most:
            advice = row.advice if not row.advice or row.fate != "unread" else f"{row.advice}, {_SETTLE}"
            yield result(code, f"not read: {row.why}", Place(row.file), advice)
    for code, number in reported.items():
        if number > most:
            yield warning(
                code, f"{number - most} more files of this kind", None, "coursepack inspect --files names all"
            )
    yield from _of_settings(held, loaded)


def _of_settings(held: Account, loaded: project.Loaded) -> Iterator[Finding]:
    for pattern in held.unused:
        message = f"[files] ignore = {pattern!r} matches no file that is not read as a source"
        yield warning("project-pattern-unused", message, Place(project.FILE_NAME), "correct it, or take it out")
    if held.more:
        most = limits.of("folder-files")
        message = f"the folder holds more than {most} files and folders; the others were not looked at"
        advice = f"name in [files] ignore what is no part of the course; {limits.raised('folder-files')}"
        yield warning("project-folder-large", message, sources.place(loaded.folder), advice)
