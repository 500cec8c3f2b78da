"""A browser and a small LMS around a SCORM package, for tests: what was called, what went wrong, what was asked for."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Request, sync_playwright

from coursepack.model.artifact import Artifact

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
FORGET = "new Promise((done) => { indexedDB.deleteDatabase('coursepack').onsuccess = () => done(''); })"
"""What takes the reader's second copy of a learner's work away, as if the browser were another."""
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 320, "height": 640}


def need_module(name: str) -> Path:
    """A package from npm, or a failure that says how to get it."""
    path = MODULES / name
    if not path.exists():
        pytest.fail(f"{name} is missing: run tests/clients/install (npm installs tests/clients/package.json)")
    return path


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or a failure that says how to get it."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.fail("chromium is missing: run tests/clients/install (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder at an address of this machine."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def lay_out(artifact: Artifact, folder: Path) -> None:
    """The package unpacked in ``folder/package``, the LMS beside it."""
    runtime = need_module("scorm-again") / "dist"
    for member in artifact.members:
        path = folder / "package" / member.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(member.read())
    (folder / "runtime").mkdir(exist_ok=True)
    for name in ("scorm12.min.js", "scorm2004.min.js"):
        shutil.copy(runtime / name, folder / "runtime" / name)
    for name in ("lms.html", "tree.html"):
        shutil.copy(HERE / "scorm" / name, folder / name)


@dataclass
class Visit:
    """One opening of a SCO in the LMS."""

    page: Page
    frame: Frame
    problems: list[str] = field(default_factory=list)


@dataclass
class Learner:
    """A learner with a browser of their own: the LMS's memory lives in it."""

    context: BrowserContext
    address: str
    version: str
    problems: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, sco: str, **ask: str) -> Visit:
        """Open a SCO as the LMS does, and wait until the reader stands."""
        page = self.page()
        query = "&".join(f"{name}={value}" for name, value in {"version": self.version, "sco": sco, **ask}.items())
        page.goto(f"{self.address}/lms.html?{query}")
        frame = page.wait_for_selector("iframe").content_frame()  # type: ignore[union-attr]  # found or timed out
        assert frame is not None
        frame.wait_for_selector("html.ready", state="attached")
        return Visit(page, frame, self.problems)

    def page(self) -> Page:
        page = self.context.new_page()
        page.on("console", lambda m: self.problems.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda e: self.problems.append(str(e)))
        page.on("request", lambda r: self.requests.append(r.url))
        page.on("requestfailed", self._failed)
        page.on("response", lambda r: self.problems.append(f"{r.status}: {r.url}") if r.status >= 400 else None)
        return page

    def _failed(self, request: Request) -> None:
        """A request that failed; one that the browser gave up because its page was left is none."""
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"failed: {request.url} ({request.failure})")

    def memory(self, sco: str) -> dict[str, Any]:
        """What the LMS keeps of a SCO."""
        kept: dict[str, Any] = json.loads(self.ask(f"localStorage.getItem('lms:{self.version}:{sco}')") or "{}")
        return kept

    def calls(self) -> list[dict[str, Any]]:
        """Every call of the run-time so far: name, given, answer, code."""
        found: list[dict[str, Any]] = json.loads(self.ask("localStorage.getItem('calls')") or "[]")
        return found

    def ask(self, script: str) -> str:
        page = self.context.new_page()
        page.goto(f"{self.address}/runtime/")
        found: str = page.evaluate(script)
        page.close()
        return found

    def outside(self) -> list[str]:
        """Requests that left the package and the LMS."""
        return [url for url in self.requests if not url.startswith((self.address, "data:", "blob:"))]


def until(frame: Frame, condition: str, seconds: float = 30) -> None:
    """Wait until an expression is true in the frame.

    Playwright's own ``wait_for_function`` makes a function of a text inside the page, which its policy forbids.
    """
    end = time.monotonic() + seconds
    while not frame.evaluate(f"Boolean({condition})"):
        if time.monotonic() > end:
            pytest.fail(f"not true after {seconds} s: {condition}")
        frame.page.wait_for_timeout(50)


def set_values(calls: list[dict[str, Any]], element: str) -> list[str]:
    """The values that an element was set to, in order."""
    return [call["given"][1] for call in calls if call["name"] == "SetValue" and call["given"][0] == element]
