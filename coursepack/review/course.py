"""A course under review: read, kept, changed through its course.toml alone, and read again."""

from __future__ import annotations

import codecs
import threading
import time
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
from coursepack.review.difference import Difference, difference
from coursepack.review.edits import EditError
from coursepack.stages import Stages

Edit = Callable[[str], str]
"""A change of the text of course.toml."""


@dataclass(frozen=True)
class Snapshot:
    """The course as it was read: the text of its course.toml (``written``: whether there is a file, else what the first
    correction will write) and the ``revision``, which names what was read."""

    loaded: project.Loaded
    understood: Understood
    text: str
    written: bool
    revision: str
    seconds: float


@dataclass(frozen=True)
class Step:
    """A change that was made, with what course.toml said before and says now."""

    label: str
    before: str | None
    after: str
    difference: Difference


class RefusedError(CoursepackError):
    """A change that was not made; nothing was written."""


@dataclass
class Review:
    """One course. Every method may be called from any thread; ``refused`` keeps why the course cannot be read now."""

    folder: Path
    follow_links: bool = False
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.RLock()
        self._stages = Stages()
        self._documents: dict[tuple[str, ...], Document] = {}
        self._snapshot: Snapshot | None = None
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
                self._snapshot = self._read()
                self._stamp = self._stamped()
            return self._snapshot

    def act(self, revision: str, label: str, edit: Edit) -> Step:
        """Change course.toml, and read the course again.

        Raises ``RefusedError`` where the page showed another state than the files have now, where the change cannot be
        written, and where the course cannot be read with it: then the file is as it was.
        """
        with self._lock:
            before = self.now()
            if revision != before.revision:
                raise RefusedError(CHANGED)
            try:
                after = edit(before.text)
            except EditError as problem:
                raise RefusedError(f"course.toml cannot be changed so: {problem}", Place(project.FILE_NAME)) from None
            return self._taken(label, before, before.text if before.written else None, after)

    def undo(self, revision: str) -> Step:
        """Take the last change back, unless course.toml was changed since by somebody else. Raises ``RefusedError``."""
        with self._lock:
            before = self.now()
            if revision != before.revision or not self.steps or self.steps[-1].after != before.text:
                raise RefusedError(CHANGED)
            last = self.steps[-1]
            if last.before is None:
                self.file.unlink()
            else:
                self._write(last.before)
            made = Step(last.label, last.after, last.before or "", difference(before.understood, self._again()))
            self.steps.pop()
            return made

    def _again(self) -> Understood:
        self._snapshot = None
        return self.now().understood

    def _taken(self, label: str, before: Snapshot, text: str | None, after: str) -> Step:
        self._write(after)
        try:
            understood = self._again()
        except CoursepackError as problem:
            if text is None:
                self.file.unlink()
            else:
                self._write(text)
            self._snapshot = None
            raise RefusedError(problem.message, problem.place, problem.advice, problem.also) from None
        made = Step(label, text, after, difference(before.understood, understood))
        self.steps.append(made)
        return made

    def _write(self, text: str) -> None:
        mark = b""
        if self.file.is_file() and self.file.read_bytes().startswith(codecs.BOM_UTF8):
            mark = codecs.BOM_UTF8
        try:
            publish.file(self.file, [mark + text.encode()])
        except CoursepackError as problem:
            raise RefusedError(problem.message, problem.place, problem.advice) from None

    # --- reading

    def _read(self) -> Snapshot:
        start = time.perf_counter()
        if self.file.is_file():
            (loaded,) = discovery.find_projects([self.file], follow_links=self.follow_links)
            text = self.file.read_bytes().decode("utf-8-sig")
        else:
            loaded, text = self._drafted()
        loaded = msgspec.structs.replace(loaded, read={**self._read_documents(loaded), **loaded.read})
        understood = build.understand(loaded, stages=self._stages)
        revision = sha256("\0".join([text, *(one.sha256 for one in understood.course.sources)]).encode())
        return Snapshot(loaded, understood, text, loaded.file is not None, revision, time.perf_counter() - start)

    def _drafted(self) -> tuple[project.Loaded, str]:
        """The course without a course.toml, and the text of the one that it needs."""
        (loaded,) = discovery.find_projects([self.folder], follow_links=self.follow_links)
        files, strange = discovery.documents_in(self.folder, follow_links=self.follow_links)
        drafted = discovery.drafting(self.folder, files, strange, follow_links=self.follow_links)
        return loaded, drafted.draft.text

    def _read_documents(self, loaded: project.Loaded) -> dict[str, Document]:
        """The documents of the sources; one whose file did not change is not read again."""
        known: dict[tuple[str, ...], Document] = {}
        found: dict[str, Document] = {}
        for entry in loaded.project.source:
            path = unpacked.at(loaded.folder, entry.file)
            if entry.role == "course" or entry.file in loaded.read or readers.is_question_file(path):
                continue
            if not readers.stands_alone(path) and path.suffix.lower() != ".txt":
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
        """What tells that a file was changed: course.toml, those of the sources, the names in the folder."""
        paths = [self.file]
        if self._snapshot is not None:
            loaded = self._snapshot.loaded
            paths += [unpacked.at(loaded.folder, one.file) for one in loaded.project.source]
        return (*map(_stamp, paths), *_names(self.folder))


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
