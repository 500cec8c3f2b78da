"""A course under review: read, kept, changed through its course.toml alone, and read again."""

from __future__ import annotations

import codecs
import contextlib
import gc
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from coursepack import build, discovery, publish, readers
from coursepack.files import unpacked
from coursepack.files.hashes import sha256
from coursepack.model.document import Document
from coursepack.outline import Understood
from coursepack.place import CoursepackError, Place
from coursepack.project import course_toml as project
from coursepack.project import department
from coursepack.review.difference import Difference, difference
from coursepack.review.edits import EditError
from coursepack.stages import Stages

MOST_KEPT = 2
"""Earlier readings that are kept, so that an act is taken back, and made again, without another one."""
Edit = Callable[[str], str]
"""A change of the text of course.toml."""


@dataclass(frozen=True)
class Snapshot:
    """The course as it was read: the text of its course.toml (``written``: whether there is a file, else what the first
    correction will write) and the ``revision``, which names what was read. ``loaded`` is the edition that is shown,
    ``whole`` the project with all of them, ``editions`` their languages, the main one first."""

    loaded: project.Loaded
    understood: Understood
    text: str
    written: bool
    revision: str
    seconds: float
    whole: project.Loaded

    @property
    def editions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.whole.project.language, *self.whole.project.languages)))


@dataclass(frozen=True)
class EditStep:
    """A change that was made, with what the file (course.toml, or the department's) said before and says now."""

    label: str
    file: Path
    before: str | None
    after: str
    difference: Difference


class RefusedError(CoursepackError):
    """A change that was not made; nothing was written."""


@dataclass
class CourseReview:
    """One course. Every method may be called from any thread; ``edition`` is the language of the edition that is shown,
    the main one where there is no such. ``only``: the process is there for this course alone."""

    folder: Path
    follow_links: bool = False
    steps: list[EditStep] = field(default_factory=list)
    undone: list[EditStep] = field(default_factory=list)
    edition: str = ""
    only: bool = False

    def __post_init__(self) -> None:
        self._lock = threading.RLock()
        self._stages: defaultdict[str, Stages] = defaultdict(Stages)
        self._others: dict[str, tuple[Snapshot | None, tuple[object, ...]]] = {}
        self._documents: dict[tuple[str, ...], Document] = {}
        self._snapshot: Snapshot | None = None
        self._earlier: list[tuple[tuple[object, ...], Snapshot]] = []  # with what the files said
        self._stamp: tuple[object, ...] = ()

    @property
    def file(self) -> Path:
        """Where course.toml is, or will be."""
        return self.folder / project.FILE_NAME

    def now(self) -> Snapshot:
        """The course as the files say now. Raises ``CoursepackError`` where they cannot be read."""
        with self._lock:
            stamp = self._stamped()
            if self._snapshot is None or stamp != self._stamp:
                self._snapshot = self._known() or self._read()
                self._stamp = self._stamped()
            return self._snapshot

    def _known(self) -> Snapshot | None:
        """The course as it was read when all files said what they say now: the state that an act is taken back to."""
        text = _text(self.file)
        alike = [(stated, one) for stated, one in self._earlier if one.text == text]
        return next((one for stated, one in alike if stated == self._said(one)), None)

    def _said(self, one: Snapshot) -> tuple[object, ...]:
        """What tells, for a course.toml with the same text, that a reading would give the same: as ``_stamped``."""
        folders = department.places(self.folder)
        paths = [unpacked.at(one.loaded.folder, entry.file) for entry in one.loaded.project.source]
        stamps = map(_stamp, [*(folder / department.FILE_NAME for folder in folders), *paths])
        return (self.edition, *stamps, *_names(self.folder))

    def _leave(self, before: Snapshot) -> None:
        """Keep what was read before a change, for the case that it is taken back. What lies beside a source may change
        unseen: such a course is read again."""
        paths = [unpacked.at(before.loaded.folder, entry.file) for entry in before.loaded.project.source]
        if before.written and all(map(readers.needs_nothing_beside, paths)):
            self._earlier = [
                *(one for one in self._earlier if one[1] is not before),
                ((self.edition, *self._stamp[1:]), before),
            ]
            del self._earlier[:-MOST_KEPT]

    def choose(self, edition: str) -> None:
        """Show another edition of the course."""
        with self._lock:
            self._others[self.edition] = (self._snapshot, self._stamp)
            self.edition = edition
            self._snapshot, self._stamp = self._others.pop(edition, (None, ()))

    def department(self) -> Path | None:
        """The department.toml that counts; None where there is none. Raises ``CoursepackError``."""
        found = department.find(self.folder, follow_links=self.follow_links)
        return found.path if found else None

    def act(self, revision: str, label: str, edit: Edit, file: Path | None = None) -> EditStep:
        """Change course.toml, or another ``file`` that the course is read by, and read the course again.

        Raises ``RefusedError`` where the page showed another state than the files have now, where the change cannot be
        written, and where the course cannot be read with it: then the file is as it was.
        """
        with self._lock:
            before = self.now()
            if revision != before.revision:
                raise RefusedError(CHANGED)
            path = file or self.file
            text = (before.text if before.written else None) if file is None else _text(path)
            try:
                after = edit(before.text if file is None else text or "")
            except EditError as problem:
                raise RefusedError(f"{path.name} cannot be changed so: {problem}", Place(path.name)) from None
            result = self._taken(label, before, path, text, after)
            self.undone.clear()
            return result

    def undo(self, revision: str) -> EditStep:
        """Take the last change back, unless course.toml was changed since by somebody else. Raises ``RefusedError``."""
        with self._lock:
            before = self.now()
            if revision != before.revision or not self.steps or _text(self.steps[-1].file) != self.steps[-1].after:
                raise RefusedError(CHANGED)
            last = self.steps[-1]
            self._leave(before)
            self._restore(last.file, last.before)
            change = difference(before.understood, self._again())
            result = EditStep(last.label, last.file, last.after, last.before or "", change)
            self.undone.append(self.steps.pop())
            return result

    def redo(self, revision: str) -> EditStep:
        """Make the change again that was taken back last, unless something else was changed since. Raises
        ``RefusedError``."""
        with self._lock:
            before = self.now()
            if revision != before.revision or not self.undone or _text(self.undone[-1].file) != self.undone[-1].before:
                raise RefusedError(CHANGED)
            last = self.undone.pop()
            return self._taken(last.label, before, last.file, last.before, last.after)

    def _again(self) -> Understood:
        self._snapshot = None
        return self.now().understood

    def _taken(self, label: str, before: Snapshot, path: Path, text: str | None, after: str) -> EditStep:
        self._leave(before)
        _write(path, after)
        try:
            understood = self._again()
        except CoursepackError as problem:
            self._restore(path, text)
            self._snapshot = None
            raise RefusedError(problem.message, problem.place, problem.advice, problem.also) from None
        result = EditStep(label, path, text, after, difference(before.understood, understood))
        self.steps.append(result)
        return result

    def _restore(self, path: Path, text: str | None) -> None:
        if text is None:
            path.unlink()
        else:
            _write(path, text)

    # --- reading

    def _read(self) -> Snapshot:
        start = time.perf_counter()
        if self.file.is_file():
            loaded = self._only(self.file)
            text = self.file.read_bytes().decode("utf-8-sig")
        else:
            loaded, text = self._drafted()
        whole = msgspec.structs.replace(loaded, read={**self._read_documents(loaded), **loaded.read})
        shown = self.edition if self.edition in whole.project.languages else ""
        loaded = project.edition(whole, shown or whole.project.language)
        with _uncollected():
            understood = build.understand(loaded, stages=self._stages[shown])
        if self.only:
            # Most of what was read stays. To walk through it for garbage takes a second with each few acts.
            gc.freeze()
            self.only = False
        sources = (one.sha256 for one in understood.course.sources)
        revision = sha256("\0".join([text, loaded.department or "", shown, *sources]).encode())
        seconds = time.perf_counter() - start
        return Snapshot(loaded, understood, text, loaded.file is not None, revision, seconds, whole)

    def _only(self, path: Path) -> project.Loaded:
        """The course at a path. Raises ``CoursepackError``: there are several, each is reviewed by itself."""
        found = discovery.find_projects([path], follow_links=self.follow_links)
        if len(found) == 1:
            return found[0]
        folders = ", ".join(sorted(str(one.folder) for one in found)[:5])
        message = f"there are {len(found)} courses in it, expected one: {folders}"
        raise CoursepackError(message, Place(str(path)), "name the folder of one course")

    def _drafted(self) -> tuple[project.Loaded, str]:
        """The course without a course.toml, and the text of the one that it needs."""
        loaded = self._only(self.folder)
        files, strange = discovery.documents_in(self.folder, follow_links=self.follow_links)
        drafted = discovery.drafting(self.folder, files, strange, follow_links=self.follow_links)
        return loaded, drafted.draft.text

    def _read_documents(self, loaded: project.Loaded) -> dict[str, Document]:
        """The documents of the sources; one whose file did not change is not read again."""
        known: dict[tuple[str, ...], Document] = {}
        found: dict[str, Document] = {}
        for entry in loaded.project.source:
            path = unpacked.at(loaded.folder, entry.file)
            if entry.role == "course" or entry.file in loaded.read or build.is_question_file(path, self._stages[""]):
                continue
            if not readers.needs_nothing_beside(path):
                continue  # pictures that lie beside it may have changed
            key = (entry.file, *map(str, _stamp(path)), entry.encoding or "", entry.speaker_notes)
            document = self._documents.get(key) or discovery.read_document(
                path,
                entry.file,
                entry.encoding,
                follow_links=loaded.follow_links,
                speaker_notes=entry.speaker_notes,
            )
            known[key] = found[entry.file] = document
        self._documents = known
        return found

    def _stamped(self) -> tuple[object, ...]:
        """What tells that a file was changed: course.toml, those of a department, those of the sources, the names in
        the folder."""
        paths = [self.file, *(folder / department.FILE_NAME for folder in department.places(self.folder))]
        if self._snapshot is not None:
            loaded = self._snapshot.loaded
            paths += [unpacked.at(loaded.folder, one.file) for one in loaded.project.source]
        return (*map(_stamp, paths), *_names(self.folder))


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without walks of the collector of circles through all that is kept: a reading makes millions of objects."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _text(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8-sig") if path.is_file() else None


def _write(path: Path, text: str) -> None:
    """Write a file in one step; a byte order mark stays. Raises ``RefusedError``."""
    mark = codecs.BOM_UTF8 if path.is_file() and path.read_bytes().startswith(codecs.BOM_UTF8) else b""
    try:
        publish.file(path, [mark + text.encode()])
    except CoursepackError as problem:
        raise RefusedError(problem.message, problem.place, problem.advice) from None


CHANGED = "course.toml or a source was changed meanwhile; the page shows them as they are now, nothing was overwritten"


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


def _names(folder: Path) -> Iterator[str]:
    """The names in the folder itself, but what is there while a file is written."""
    yield from sorted(one.name for one in folder.iterdir() if not one.name.startswith((".", publish.PREFIX)))
