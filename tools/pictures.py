"""Pictures of every product, made of the seeds: ``python -m tools.pictures`` writes ``docs/pictures``. It needs
Chromium and the extras ``print`` and ``review``; pictures differ by fonts and browser, so nothing compares them.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
COURSE = "sayasi-bilik"
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 780}
WIDTH = 960
"""Of a picture, in pixels."""


class Shot(NamedTuple):
    """A page to be looked at: ``find`` is brought into view first."""

    name: str
    page: str
    size: dict[str, int] = DESKTOP
    find: str = ""


SHOTS = (
    Shot("scorm", "scorm12/w01/index.html"),
    Shot("scorm-phone", "scorm12/w01/index.html", PHONE),
    Shot("site", "site/w04-lecture/index.html"),
    Shot("cartridge", "cc13/w01-lecture.html"),
    Shot("epub", "epub/EPUB/text/w01-lecture.xhtml"),
    Shot("inspect", "inspect.html"),
    Shot("report", "night.html"),
    Shot("bag", "bag/index.html"),
    Shot("diff", "diff.html"),
    Shot("audit", "audit.html"),
)
PAPERS = (
    ("syllabus", "syllabus", 1),
    ("syllabus-plan", "syllabus", 3),
    ("course-set", "course-set", 2),
    ("exam-tickets", "exam-tickets", 1),
    ("exam-control-sheet", "exam-control-sheet", 1),
)
"""Picture, product, page."""


def call(folder: Path, *arguments: str, fails: bool = False) -> None:
    """Run coursepack in a folder, so that no page names a path of this machine."""
    command = [sys.executable, "-m", "coursepack", *arguments]
    env = os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(  # noqa: S603 - our own program
        command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode and not fails:
        raise SystemExit(f"{arguments}: {done.stderr}")


def made(folder: Path) -> None:
    """All that is looked at."""
    shutil.copytree(ROOT / "seeds", folder / "courses")
    course = f"courses/{COURSE}"
    formats = [word for name in ("site", "epub", "scorm12", "cc13") for word in ("-f", name)]
    papers = [word for name in ("syllabus", "course-set", "exam-tickets") for word in ("-f", name)]
    call(folder, "build", course, "-o", "out", "--pdf", *formats, *papers)
    for name, ending in (
        ("site", "-site.zip"),
        ("epub", ".epub"),
        ("scorm12", "-scorm12.zip"),
        ("cc13", "-cc13.imscc"),
    ):
        with zipfile.ZipFile(folder / "out" / COURSE / f"{COURSE}{ending}") as package:
            package.extractall(folder / name)
    call(folder, "inspect", course, "--page", "inspect.html")
    call(folder, "build", "courses", "-o", "all", "-f", "gift", "--report", "night.html", "--ledger", "ledger")
    archived(folder)


def archived(folder: Path) -> None:
    """Two editions in an archive, one of them harmed."""
    shutil.copytree(ROOT / "examples" / "registrar" / "en", folder / "office")
    for year in ("2025", "2026"):
        call(folder, "build", f"office/{year}", "-o", year, "-f", "syllabus", "-f", "moodle-backup")
        where = ("--to", "archive", "--date", f"{year}-09-01", "--sources", f"office/{year}")
        call(folder, "archive", f"{year}/ar2305", *where)
    old, new = (str(path.relative_to(folder)) for path in sorted((folder / "archive").glob("*-20*")))
    shutil.copytree(folder / new, folder / "bag")
    call(folder, "diff", old, new, "--html", "diff.html", fails=True)
    with (folder / old / "data" / "products" / "ar2305.mbz").open("ab") as harmed:
        harmed.write(b"x")
    call(folder, "verify", "archive", "--report", "audit.html", fails=True)


@contextmanager
def reviewed(folder: Path) -> Iterator[str]:
    """The address of the review of a course."""
    arguments = [sys.executable, "-u", "-m", "coursepack", "review", str(folder), "--no-browser"]
    server = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")  # noqa: S603
    assert server.stdout  # noqa: S101 - it is a pipe
    try:
        address = next(found[0] for line in server.stdout if (found := re.search(r"http://127\.0\.0\.1:\S+", line)))
        yield address
    finally:
        server.terminate()
        server.wait()


def reviews(browser: Browser, folder: Path) -> None:
    """A lecture beside its source, in each language of the page."""
    for language in ("en", "kk", "ru"):
        with reviewed(folder / "courses" / COURSE) as address:
            context = browser.new_context(viewport={"width": 1400, "height": 760}, locale=language)
            page = context.new_page()
            page.set_default_timeout(240_000)
            page.goto(address)
            page.goto(f"{address.partition('?')[0].rstrip('/')}/?s=0&at=405")
            page.wait_for_timeout(2000)
            keep(f"review.{language}", page.screenshot())
            context.close()


def keep(name: str, data: bytes) -> None:
    """A picture, small."""
    with Image.open(io.BytesIO(data)) as image:
        plain = image.convert("RGB")
        if plain.width > WIDTH:
            plain = plain.resize((WIDTH, round(plain.height * WIDTH / plain.width)), Image.Resampling.LANCZOS)
        plain.save(FOLDER / f"{name}.webp", quality=78, method=6)


def printed(folder: Path) -> None:
    """Pages of papers."""
    for name, product, page in PAPERS:
        with pypdfium2.PdfDocument(folder / "out" / COURSE / f"{COURSE}-{product}.pdf") as document:
            drawn = document[page - 1].render(scale=1.4).to_pil()
        kept = io.BytesIO()
        drawn.save(kept, "PNG")
        keep(name, kept.getvalue())


def main() -> int:
    """Write all pictures anew; the sum of their sizes is printed."""
    FOLDER.mkdir(exist_ok=True)
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        made(folder)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for shot in SHOTS:
            page = browser.new_page(viewport=shot.size, device_scale_factor=1)  # type: ignore[arg-type]
            page.goto((folder / shot.page).as_uri())
            page.wait_for_timeout(1000)
            keep(shot.name, page.screenshot())
            page.close()
        printed(folder)
        reviews(browser, folder)
        browser.close()
    sizes = {path.name: path.stat().st_size for path in sorted(FOLDER.glob("*.webp"))}
    sys.stdout.writelines(f"{size:>8} {name}\n" for name, size in sizes.items())
    sys.stdout.write(f"{sum(sizes.values()):>8} in all\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
