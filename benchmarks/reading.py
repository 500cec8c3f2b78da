"""How fast documents and banks are read, and in how much memory: ``python benchmarks/reading.py``.

Each case runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

WORDS = "Қазақстан Республикасының мемлекеттік билік тармақтары мен олардың өкілеттіктері туралы ережелер. "


def docx(folder: Path, kilobytes: int) -> Callable[[], int]:
    """A Word document of so many kilobytes of text, every paragraph numbered."""
    from docx import Document

    made = Document()
    paragraph = made.add_paragraph(WORDS * 5, style="List Number")
    out = io.BytesIO()
    made.save(out)
    one = paragraph._p.xml.encode()  # noqa: SLF001 - the XML as Word writes it
    count = kilobytes * 1000 // len((WORDS * 5).encode())
    path = folder / "a.docx"
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name, data.replace(b"<w:sectPr", one * count + b"<w:sectPr", 1) if "document.xml" in name else data
            )

    def read() -> int:
        from coursepack.readers.docx import reader

        return len(reader.read("a.docx", path.read_bytes()).units)

    return read


def pdf(folder: Path, pages: int) -> Callable[[], int]:
    """A PDF of so many pages of 40 lines."""
    from tests.readers.pdf_maker import Word, make

    path = folder / "a.pdf"
    lines = [[f"{page}.{line} {WORDS[:70]}" for line in range(40)] for page in range(pages)]
    path.write_bytes(make([[Word(text, 72, 780 - 18 * n, 10) for n, text in enumerate(page)] for page in lines]))

    def read() -> int:
        from coursepack.readers.pdf import reader

        return len(reader.read("a.pdf", path.read_bytes()).units)

    return read


def gift(folder: Path, questions: int) -> Callable[[], int]:
    """A GIFT bank of so many questions with four options."""
    path = folder / "a.gift"
    with path.open("w", encoding="utf-8") as file:
        for n in range(questions):
            file.write(f"::С{n}::{WORDS} {n}? {{=дұрыс#иә ~қате ~бұрыс ~жоқ}}\n\n")
    return lambda: _count(path)


def moodle_xml(folder: Path, questions: int) -> Callable[[], int]:
    """A Moodle XML bank of so many questions with four options."""
    path = folder / "a.xml"
    with path.open("w", encoding="utf-8") as file:
        file.write("<quiz>")
        for n in range(questions):
            answers = "".join(
                f'<answer fraction="{mark}" format="html"><text><![CDATA[<p>жауап {mark}</p>]]></text></answer>'
                for mark in (100, 0, 0, 0)
            )
            file.write(
                f'<question type="multichoice"><name><text>С{n}</text></name><questiontext format="html"><text>'
                f"<![CDATA[<p>{WORDS} {n}?</p>]]></text></questiontext>{answers}</question>"
            )
        file.write("</quiz>")
    return lambda: _count(path)


def _count(path: Path) -> int:
    from coursepack.readers import read_questions

    return sum(1 for _ in read_questions(path).bank.questions())


CASES = (
    (docx, (460, 4_600, 46_000)),
    (pdf, (100, 1_000)),
    (gift, (2_000, 20_000)),
    (moodle_xml, (2_000, 20_000)),
)


_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)  # a PDF is read in a child


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in _WHO]
    return sum(each.ru_utime + each.ru_stime for each in used)


def run(name: str, size: int) -> None:
    """One case: its units, seconds and peak memory on one line."""
    make = next(case for case, _ in CASES if case.__name__ == name)
    with tempfile.TemporaryDirectory() as folder:
        read = make(Path(folder), size)
        start = _processor_seconds()
        found = read()
        seconds = _processor_seconds() - start
    peak = max(resource.getrusage(who).ru_maxrss for who in _WHO) / 1024
    print(f"{name:12} {size:7,} -> {found:7,} units  {seconds:7.2f} s  {peak:6.0f} MB peak", flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        run(sys.argv[1], int(sys.argv[2]))
    else:
        for case, sizes in CASES:
            for each in sizes:
                subprocess.run([sys.executable, __file__, case.__name__, str(each)], check=True)
