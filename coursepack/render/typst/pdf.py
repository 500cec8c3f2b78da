"""The engine: data and ``paper.typ`` → PDF/A-3a and PDF/UA-1 in one file, in a process of its own.

Typst compiles in a folder that holds nothing else, without network; no clock and no font of the system has a say, so
that the same paper gives the same bytes on every machine.
"""

from __future__ import annotations

import importlib.util
import re
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from coursepack import isolated, limits
from coursepack.place import CoursepackError, Place
from coursepack.render.typst.document import TypstDocument

_STANDARDS: Any = ["a-3a", "ua-1"]
_DATE = 315_532_800
"""1980-01-01, the date of all that a build writes."""
_FACES: Mapping[str, tuple[str, ...]] = {
    # A face of the same measures stands in where the folder of fonts has none of that name.
    "Times New Roman": ("Times New Roman", "Liberation Serif"),
    "Courier New": ("Courier New", "DejaVu Sans Mono"),
}
_FALLBACK = ("Liberation Serif", "Libertinus Serif", "New Computer Modern Math", "DejaVu Sans Mono")
_FOLDER = Path(str(files("coursepack.render") / "typst"))


NO_LETTER = "□"
"""Stands for a letter that no font has, or that means nothing outside of its font (private use)."""
_ROUNDS = 3
"""Typst names all letters that it cannot show at once, those of private use thereafter."""


class Printed(msgspec.Struct, frozen=True):
    """A PDF, and the letters that no font has: ``NO_LETTER`` stands for each."""

    data: bytes
    unseen: str = ""


def installed() -> bool:
    """True where the extra ``print`` is."""
    return importlib.util.find_spec("typst") is not None


_INVISIBLE = {0xFEFF: None, 0xFFFE: None}
"""Signs of the order of bytes stand in copied texts, print nothing and are not allowed (ISO 19005-3, 6.2.11.7.2)."""


class TypstPrinter:
    """A process that prints papers, one after another. ``fonts``: folders of fonts beside those of the package."""

    def __init__(self, fonts: Sequence[Path] = ()) -> None:
        now = limits.now()
        self._fonts = [str(_FOLDER / "fonts"), *(str(folder.resolve()) for folder in fonts)]
        self._worker = isolated.Worker(isolated.ChildBudget(now.print_seconds, now.print_memory, now.print_written))

    def __enter__(self) -> TypstPrinter:
        return self

    def __exit__(self, *_: object) -> None:
        self._worker.close()

    def pdf(self, name: str, members: Mapping[str, bytes], source: bytes) -> Printed:
        """The paper ``name`` (the ``members`` of its DOCX) with ``source`` (JSON) attached.

        Raises ``UnknownElementError`` for a paper that holds what the translator does not know, ``CoursepackError``
        when Typst is missing or refuses it.
        """
        if not installed():
            raise CoursepackError("Typst is missing", Place(name), "pip install 'coursepack[print]'")
        document = TypstDocument(members)
        paper = msgspec.json.encode(_data(document)).decode().translate(_INVISIBLE)
        given = {"source.json": source, "paper.typ": (_FOLDER / "paper.typ").read_bytes()} | document.files
        with tempfile.TemporaryDirectory(prefix="coursepack-print-", ignore_cleanup_errors=True) as scratch:
            for file, content in given.items():
                Path(scratch, file).write_bytes(content)
            ask = partial(self._ask, Path(scratch), sorted(document.fonts), Place(name))
            unseen = ""
            for _ in range(_ROUNDS):
                printed = ask(paper.translate(dict.fromkeys(map(ord, unseen), NO_LETTER)))
                if printed.data:
                    return Printed(printed.data, unseen)
                unseen += printed.unseen
            raise CoursepackError("Typst refuses it: no font has its letters", Place(name))

    def _ask(self, scratch: Path, faces: list[str], place: Place, paper: str) -> Printed:
        (scratch / "paper.json").write_text(paper, "utf-8")
        questions = {"root": str(scratch), "fonts": self._fonts, "faces": faces}
        task = "coursepack.render.typst.pdf:compiled"
        return self._worker.ask(task, msgspec.msgpack.encode(questions), Printed, place=place)


def _data(document: TypstDocument) -> dict[str, Any]:
    return document.data() | {
        "about": document.properties(),
        "faces": {face: list(_FACES.get(face, (face,))) for face in sorted(document.fonts)},
        "fallback": list(_FALLBACK),
    }


@cache
def _fonts(folders: tuple[str, ...]) -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(folders))


def compiled(payload: bytes) -> Printed:
    """In the child: the PDF, or the letters for which there is no font.

    Raises ``CoursepackError`` with what Typst says.
    """
    import typst

    questions: dict[str, Any] = msgspec.msgpack.decode(payload)
    root: str = questions["root"]
    fonts = _fonts(tuple(questions["fonts"]))
    families = set(fonts.families())
    for face in questions["faces"]:
        if not any(known in families for known in _FACES.get(face, (face,))):
            raise CoursepackError(f"there is no font {face!r}", advice="put it into fonts/ in your templates folder")
    compiler = typst.Compiler(f"{root}/paper.typ", root=root, font_paths=fonts, ignore_system_fonts=True)
    try:
        result = compiler.compile(format="pdf", pdf_standards=_STANDARDS, timestamp=_DATE)
    except typst.TypstError as problem:
        if unseen := _unseen(problem.diagnostic):
            return Printed(b"", unseen)
        raise CoursepackError(f"Typst refuses it: {problem.message}", advice="; ".join(problem.hints)) from None
    assert isinstance(result, bytes)  # noqa: S101 - one file, as asked
    return Printed(result)


_UNSEEN = re.compile(r'the (?:text|codepoint) `"((?:[^"\\]|\\.)+)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def _unseen(diagnostic: str) -> str:
    """The letters that no font has, each once: Typst names them all."""
    found = "".join(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in _UNSEEN.findall(diagnostic))
    return "".join(dict.fromkeys(letter for letter in found if ord(letter) > 127))
