"""Printed papers as LibreOffice draws them: a paper of the last build becomes a PDF once, its pages pictures."""

from __future__ import annotations

from pathlib import Path

from coursepack.files import office
from coursepack.files.hashes import sha256
from coursepack.readers.pdf import page_images

MOST = 4
"""Papers that are kept as PDFs."""
MOST_PAGES = 24
"""Pages that are kept as pictures."""
ENDING = ".docx"


class PaperPages:
    """Pages of papers, by the bytes of each."""

    def __init__(self) -> None:
        self._pdfs: dict[str, bytes] = {}
        self._pages: dict[tuple[str, int], page_images.Shown] = {}

    def page(self, path: Path, number: int) -> page_images.Shown:
        """A page of a paper, from 1. Raises ``CoursepackError``: no LibreOffice, no such page, beyond a limit."""
        data = path.read_bytes()
        name = sha256(data)
        if (name, number) not in self._pages:
            if name not in self._pdfs:
                while len(self._pdfs) >= MOST:
                    self._pdfs.pop(next(iter(self._pdfs)))
                self._pdfs[name] = office.converted(path.name, data, "pdf")
            while len(self._pages) >= MOST_PAGES:
                self._pages.pop(next(iter(self._pages)))
            self._pages[name, number] = page_images.shown(path.name, self._pdfs[name], number)
        return self._pages[name, number]


def can_draw() -> bool:
    """Whether papers can be drawn on this machine."""
    return office.program() is not None
