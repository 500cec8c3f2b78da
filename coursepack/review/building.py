"""A build that the page started: in a thread of its own, one at a time, its progress for everybody to read."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coursepack import build
from coursepack.place import CoursepackError, Finding
from coursepack.project import course_toml as project


@dataclass
class ReviewBuild:
    """``said``: what is being done; ``done``: what came of it; ``problem``: why it could not be built at all."""

    said: list[str] = field(default_factory=list)
    running: bool = False
    done: list[build.Built] = field(default_factory=list)
    problem: CoursepackError | None = None
    output: Path = Path("output")
    formats: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    def start(self, loaded: project.Loaded, formats: Sequence[str]) -> bool:
        """Begin; False while another one runs."""
        with self._lock:
            if self.running:
                return False
            self.running, self.done, self.problem, self.said = True, [], None, []
            self.formats = tuple(formats)
        threading.Thread(target=self._run, args=(loaded, tuple(formats)), daemon=True).start()
        return True

    def _run(self, loaded: project.Loaded, formats: tuple[str, ...]) -> None:
        try:
            self.done = build.build_all([loaded], self.output, build.Settings(formats=formats), self.said.append)
        except CoursepackError as problem:
            self.problem = problem
        except Exception as problem:  # the page lives on and says it
            self.problem = CoursepackError(f"an internal error of coursepack: {problem!r}", advice="please report it")
        finally:
            self.running = False

    @property
    def findings(self) -> list[Finding]:
        """What was found, errors first."""
        order = {"error": 0, "warning": 1, "note": 2}
        return sorted((one for built in self.done for one in built.findings), key=lambda one: order[one.severity])

    def product(self, name: str) -> Path | None:
        """A file that the last build published."""
        for built in self.done:
            for product in built.report.products:
                if built.folder is not None and f"{built.folder.name}/{product.file}" == name:
                    return built.folder / product.file
        return None
