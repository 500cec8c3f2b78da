"""Sources that change, built again: in a thread of its own, each time beside the last good build, which stays."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from coursepack import build, discovery
from coursepack.place import CoursepackError, Finding, Severity
from coursepack.preview.preview_files import PreviewFile, products

State = dict[str, tuple[int, int, int]]
"""Path → time of the last change (ns), size, inode."""


@dataclass
class PreviewState:
    """What the page shows now. ``number`` counts builds; ``problems``: why the last one did not come about."""

    number: int = 0
    products: list[PreviewFile] = field(default_factory=list)
    problems: list[CoursepackError | Finding] = field(default_factory=list)
    busy: bool = False


class SourceWatcher:
    """Looks at ``path`` again and again; what it makes of a change is said by the kind of watch."""

    def __init__(self, path: Path, every: float = 0.7) -> None:
        self.path = path
        self.every = every
        self.shown = PreviewState()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Look once, then go on in the background. Raises ``CoursepackError`` where there is nothing at all to show."""
        self._seen = self.state()
        self.again()
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()
        self._thread.join(10)

    def _run(self) -> None:
        for _ in changes(self._seen, self.state, lambda: self._ended.wait(self.every)):
            self.again()

    def state(self) -> State:
        """How the files are that count."""
        return state([self.path])

    def again(self) -> None:
        """Take a new look; what goes wrong stands on the page, and what was shown stays."""
        try:
            found = products(self.path)
        except CoursepackError as problem:
            self.failed([problem])
        else:
            self.done(found)

    def done(self, found: list[PreviewFile]) -> None:
        self.shown = PreviewState(self.shown.number + 1, found)

    def failed(self, problems: Sequence[CoursepackError | Finding]) -> None:
        self.shown = PreviewState(self.shown.number, self.shown.products, list(problems))


class PreviewBuilder(SourceWatcher):
    """Watches sources and builds them into ``room``, a folder that is nobody else's."""

    def __init__(self, path: Path, room: Path, settings: build.Settings, say: Callable[[str], None]) -> None:
        super().__init__(path)
        self.room = room
        self.settings = settings
        self.say = say
        self._turn = 0

    def state(self) -> State:
        more = [self.settings.templates] if self.settings.templates else []
        return state([self.path, *more], {self.room})

    def again(self) -> None:
        """Build in a new folder; the one before goes when the new one stands."""
        self.shown = PreviewState(self.shown.number, self.shown.products, self.shown.problems, busy=True)
        self._turn += 1
        output = self.room / str(self._turn)
        broken: list[CoursepackError] = []
        try:
            found = discovery.find_projects([self.path], broken=broken)
            built = build.build_all(found, output, self.settings, self.say, broken)
            problems: list[CoursepackError | Finding] = [*broken]
            problems += [each for one in built for each in one.findings if each.severity is Severity.ERROR]
            result = products(output) if any(one.folder for one in built) else []
        except CoursepackError as problem:
            problems, result = [problem], []
        except Exception as problem:  # the page lives on and says it
            problems, result = (
                [CoursepackError(f"an internal error of coursepack: {problem!r}", advice="please report it")],
                [],
            )
        if problems or not result:
            self.failed(problems)
            shutil.rmtree(output, ignore_errors=True)
            return
        self.done(result)
        for old in self.room.iterdir():
            if old.name.isdigit() and int(old.name) < self._turn - 1:  # somebody may still be reading the last one
                shutil.rmtree(old, ignore_errors=True)


def state(paths: Sequence[Path], without: Set[Path] = frozenset()) -> State:
    """How the files at and below the paths are, but hidden ones and what is below the folders ``without``."""
    return dict(_files(paths, without))


def changes(seen: State, state: Callable[[], State], wait: Callable[[], bool]) -> Iterator[None]:
    """One value each time that the state is another than ``seen`` and nobody is writing any more; ``wait`` tells
    between two looks whether that is all."""
    before = seen
    while not wait():
        now = state()
        if now != seen and now == before:
            seen = now
            yield
        before = now


def _files(paths: Sequence[Path], without: Set[Path]) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Every file below the paths but hidden ones; a file that goes while it is looked at is not there."""
    for path in paths:
        if path.is_file():
            yield from _one(str(path))
            continue
        for folder, folders, names in os.walk(path):
            inner = [each for each in sorted(folders) if not each.startswith(".")]
            folders[:] = [each for each in inner if Path(folder, each) not in without]
            for name in sorted(names):
                if not name.startswith((".", "~$")):
                    yield from _one(str(Path(folder, name)))


def _one(path: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    try:
        found = Path(path).stat()
    except OSError:
        return
    yield path, (found.st_mtime_ns, found.st_size, found.st_ino)
