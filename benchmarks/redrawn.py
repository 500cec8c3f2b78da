"""From a click to the redrawn page in Chromium: ``python -m benchmarks.redrawn [FOLDER …]``.

``coursepack review`` runs in a process of its own over a copy of each course (the seeds where no folder is named). A
line in the middle of the course is chosen by a click, then classes all over it get another title: for both the seconds
from the press to the page that came of it and was painted, of the server's processor, and the bytes that were sent.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page

from benchmarks.rereading import SEEDS
from coursepack import discovery
from coursepack.review.course import CourseReview
from tests.clients.scorm_lms import chromium

ACTS = 8
PAINTED = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"""
BYTES = """() => performance.getEntriesByType("resource").reduce((all, one) => all + one.decodedBodySize, 0)"""
_TICKS = os.sysconf("SC_CLK_TCK")


def processor(process: int) -> float:
    """Seconds of the processor that a process has used."""
    said = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(said[11]) + int(said[12])) / _TICKS


def pressed(page: Page, server: int, button: str, came: str) -> tuple[float, float, int]:
    """Seconds of the clock and of the server's processor, and bytes, until ``came`` is there and painted."""
    sent, used = page.evaluate(BYTES), processor(server)
    start = time.perf_counter()
    page.locator(button).first.click()
    page.locator(came).first.wait_for(state="attached", timeout=180_000)
    page.wait_for_function("!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')", polling="raf")
    page.evaluate(PAINTED)
    return time.perf_counter() - start, processor(server) - used, page.evaluate(BYTES) - sent


def said(name: str, found: list[tuple[float, float, int]]) -> str:
    clock, used, sent = (list(one) for one in zip(*found, strict=True))
    kilobytes = f"{statistics.median(sent) / 1000:.0f} kB"
    return (
        f"{name} {statistics.median(clock):.2f} s (slowest {max(clock):.2f}), "
        f"processor {statistics.median(used):.2f} s, {kilobytes}"
    )


def run(folder: Path) -> None:
    """One course on one line."""
    titles = [
        (number, one.place.first)
        for found in [CourseReview(folder).now().understood]
        for files in [[source.document.file for source in found.sources]]
        for _, one in found.course.sessions()
        if one.place and one.title and one.place.file in files
        for number in [files.index(one.place.file)]
    ]
    chosen = titles[:: max(len(titles) // ACTS, 1)][:ACTS]
    command = [sys.executable, "-m", "coursepack", "review", str(folder), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, chromium() as browser:
        try:
            _seen(folder.name, browser.new_page(viewport={"width": 1366, "height": 900}), server, chosen)
        finally:
            server.terminate()


def _seen(name: str, page: Page, server: subprocess.Popen[str], chosen: list[tuple[int, int]]) -> None:
    assert server.stdout is not None
    address = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+", line)))
    page.set_default_timeout(300_000)
    page.goto(address)
    home = page.url.rstrip("/")
    clicks, acts = [], []
    for source, unit in chosen:
        page.goto(f"{home}/?s={source}&at={unit}")
        before = page.locator("main").get_attribute("data-revision")
        form = "form:has(input[name=session])"
        page.locator(f"{form} input[name=title]").fill(f"A title of its own {unit}")
        came = f"main[data-revision]:not([data-revision='{before}'])"
        acts.append(pressed(page, server.pid, f"{form} button", came))
        shown = page.locator("main").get_attribute("data-shown")
        clicks.append(pressed(page, server.pid, ".line:not(.marked) .n", f"main:not([data-shown='{shown}'])"))
    print(f"{name:20} {said('act', acts)};  {said('click', clicks)}", flush=True)


if __name__ == "__main__":
    for each in discovery.find_projects([Path(one) for one in sys.argv[1:]] or [SEEDS]):
        with tempfile.TemporaryDirectory() as made:
            run(Path(shutil.copytree(each.folder, Path(made) / each.folder.name)))
