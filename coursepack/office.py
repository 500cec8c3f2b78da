"""LibreOffice, when it is there: DOCX → PDF and legacy formats → DOCX. Outside the promise of equal bytes."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from coursepack.place import CoursepackError, Place

_NAMES = ("soffice", "libreoffice")
_USUAL = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
)
TIMEOUT = 180
"""Seconds for one conversion."""


def program() -> str | None:
    """The LibreOffice program, or None."""
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    return next((str(path) for path in _USUAL if path.is_file()), None)


def convert(path: Path, target: str, folder: Path) -> Path:
    """Convert ``path`` to ``target`` («pdf», «docx») into ``folder``; the new file.

    Raises ``CoursepackError`` when LibreOffice is missing, fails or takes longer than ``TIMEOUT``.
    """
    soffice = program()
    place = Place(path.name)
    if soffice is None:
        raise CoursepackError(f"LibreOffice is needed to make {target.upper()} of it", place, "install LibreOffice")
    with tempfile.TemporaryDirectory() as profile:
        # A profile of its own: a running office or another conversion is never in the way.
        call = [soffice, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore"]
        call += ["--convert-to", target, "--outdir", str(folder), str(path)]
        try:
            done = subprocess.run(call, capture_output=True, timeout=TIMEOUT, check=False)  # noqa: S603 - a list, no shell
        except subprocess.TimeoutExpired:
            raise CoursepackError(f"LibreOffice did not end within {TIMEOUT} seconds", place) from None
        except OSError as problem:
            raise CoursepackError(f"LibreOffice cannot be run: {problem.strerror}", place) from None
    made = folder / f"{path.stem}.{target}"
    if not made.is_file():
        said = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
        raise CoursepackError(f"LibreOffice made no {target.upper()}: {said[-1] if said else 'no reason given'}", place)
    return made


def to_pdf(path: Path) -> Path:
    """A PDF beside a DOCX. Raises ``CoursepackError``."""
    return convert(path, "pdf", path.parent)
