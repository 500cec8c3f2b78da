"""Papers as PDF beside their DOCX: by Typst for the archive and for screen readers, else by LibreOffice, and then it is
said what the file is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coursepack import publish
from coursepack.files import office
from coursepack.files.package import Package
from coursepack.place import CoursepackError, Finding, Place, warning
from coursepack.publish import Product
from coursepack.render.typst.known import UnknownElementError
from coursepack.render.typst.pdf import NO_LETTER, TypstPrinter

FONTS = "fonts"
"""In a department's folder of templates: fonts for its papers."""
_PLAIN = (
    "the PDF is LibreOffice's: no PDF/A, no tags for screen readers, no embedded source, not reproducible byte for byte"
)


_NAMED = 12
"""Letters that a message names."""


@dataclass
class Printing:
    """The papers of a build. ``sources`` is what each is made from, by its name; ``templates`` a department's own
    folder. ``findings`` tells what could not be printed as it should."""

    folder: Path
    sources: Mapping[str, bytes]
    templates: Path | None = None
    findings: list[Finding] = field(default_factory=list)

    def papers(self, products: Sequence[Product]) -> Iterator[Product]:
        """A PDF beside each paper among the products."""
        fonts = self.templates / FONTS if self.templates else None
        office_made: list[str] = []
        with TypstPrinter([fonts] if fonts and fonts.is_dir() else []) as printer:
            for product in products:
                if not product.file.endswith(".docx"):
                    continue
                path = self.folder / product.file
                result = path.with_suffix(".pdf")
                data = self._archival(path, printer)
                if data is None:
                    data = self._plain(path)
                    office_made.append(result.name)
                if data is None:
                    break
                size, digest = publish.write_file(result, [data])
                yield Product(file=result.name, format="pdf", size=size, sha256=digest, audience=product.audience)
        if office_made and office.program() is not None:
            self.findings.extend(office.guards(Place(office_made[0])))

    def _archival(self, path: Path, printer: TypstPrinter) -> bytes | None:
        """By Typst; None where it is missing, or does not know the paper, or refuses it: that is a finding."""
        place = Place(path.name)
        if path.name not in self.sources:
            self._report("pdf-plain", f"{_PLAIN}; it was not made by coursepack", place)
            return None
        try:
            printed = printer.pdf(path.name, _members(path), self.sources[path.name])
        except UnknownElementError as problem:
            advice = "documents from other templates can be printed only by LibreOffice"
            self._report("pdf-plain", f"{_PLAIN}; its template holds {problem}", place, advice)
        except CoursepackError as problem:
            self._report("pdf-plain", f"{_PLAIN}; {problem.message}", place, problem.advice)
        else:
            if printed.unseen:
                named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in printed.unseen[:_NAMED])
                more = f" and {len(printed.unseen) - _NAMED} more" if len(printed.unseen) > _NAMED else ""
                message = f"no available font has {named}{more}: in the PDF {NO_LETTER} is shown instead"
                advice = f"add a font that has them to {FONTS}/ in your templates folder"
                self._report("pdf-letters", message, place, advice)
            return printed.data
        return None

    def _plain(self, path: Path) -> bytes | None:
        try:
            return office.converted(path.name, path.read_bytes(), "pdf")
        except CoursepackError as problem:
            self._report("pdf-not-made", problem.message, problem.place, problem.advice)
            return None

    def _report(self, code: str, message: str, place: Place | None, advice: str = "") -> None:
        self.findings.append(warning(code, message, place, advice))


def _members(path: Path) -> dict[str, bytes]:
    package = Package.of_path(path)
    return {name: package.read(name) for name in package.names()}
