"""What LibreOffice makes of parts of a document that browsers do not show: pictures of Windows metafiles (EMF, WMF),
formulas of old equation objects (Equation 3.0). Outside the promise of equal bytes, which is told.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from coursepack import isolated, limits
from coursepack.files import media, office
from coursepack.files.hashes import sha256
from coursepack.files.media import KINDS
from coursepack.files.package import Package
from coursepack.files.xml import XmlError, parse_xml
from coursepack.model.blocks import Math
from coursepack.place import CoursepackError, Finding, Place, note
from coursepack.readers import mathml

_KINDS = frozenset({"emf", "wmf"})
_SCALE = 192 / 72
"""Pixels for a point of the page on which LibreOffice puts a picture: 192 to the inch."""
_METAFILES = (".emf", ".wmf")
_REPLACEMENTS = "ObjectReplacements/"
_NATIVE = "Equation Native".encode("utf-16-le")
"""The stream that old equation editors write (in the directory of the compound file, MS-CFB 2.6.1)."""
_EQUATIONS = "MathType 3.x"
_DRAW = f"{__name__}:draw"
_Make = Callable[[Mapping[str, bytes]], dict[str, bytes]]


def is_metafile(data: bytes) -> bool:
    """True for a picture that LibreOffice may draw."""
    kind = media.picture(data)
    return kind is not None and kind.name in _KINDS


def metafiles(package: Package) -> Iterator[bytes]:
    """The Windows metafiles in an Office or OpenDocument file."""
    names = (name for name in package.names() if name.lower().endswith(_METAFILES) or name.startswith(_REPLACEMENTS))
    return filter(is_metafile, _small(package, names))


def equation_objects(package: Package) -> Iterator[bytes]:
    """What old equation editors embedded in an Office file."""
    return (data for data in _small(package, package.names()) if KINDS["ole"].begins(data) and _NATIVE in data)


def _small(package: Package, names: Iterable[str]) -> Iterator[bytes]:
    most = limits.of("picture-bytes")
    return (package.read(name) for name in names if package.size(name) <= most)


@dataclass
class Drawn:
    """The parts of one document that LibreOffice made something of; each kind in one run, when the first is asked for.

    ``pictures`` and ``equations`` give all that the document has; ``place`` is the document's.
    """

    place: Place
    pictures: Callable[[], Iterable[bytes]] = tuple
    equations: Callable[[], Iterable[bytes]] = tuple
    _asked: set[str] = field(default_factory=set)
    _made: dict[str, bytes] = field(default_factory=dict)

    def picture(self, data: bytes) -> bytes | None:
        """A metafile as PNG, without the white around it; None where LibreOffice is not there or does not draw it."""
        return self._of(data, self.pictures, self._drawn)

    def equation(self, data: bytes) -> Math | None:
        """The formula in an OLE object; None where LibreOffice is not there or does not read it."""
        made = self._of(data, self.equations, self._read)
        return None if made is None else _formula(made)

    def findings(self, place: Place | None = None) -> list[Finding]:
        """That LibreOffice was used, and how far it was held; ``place`` where the document is known by it now."""
        place = place or self.place
        if not self._made:
            return []
        message = f"{len(self._made)} × a picture or formula that LibreOffice made: another version may make another"
        return [note("office-drawn", message, place), *office.guards(place)]

    def _of(self, data: bytes, others: Callable[[], Iterable[bytes]], make: _Make) -> bytes | None:
        key = sha256(data)
        if key not in self._asked and office.program() is not None:
            files = {name: each for each in (data, *others()) if (name := sha256(each)) not in self._asked}
            self._asked |= files.keys()
            # Where LibreOffice fails, what it should have made is told where it stands.
            with contextlib.suppress(CoursepackError):
                self._made |= make(files)
        return self._made.get(key)

    def _drawn(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        named = {f"{key}.{_ending(data)}": data for key, data in files.items()}
        pages = office.converted_all(named, "pdf", self.place)
        made: dict[str, bytes] = {}
        with isolated.Worker(isolated.budget()) as worker:
            for name, page in pages.items():
                with contextlib.suppress(CoursepackError):
                    made[name.partition(".")[0]] = worker.ask(_DRAW, page, bytes, place=self.place)
        return {key: picture for key, picture in made.items() if picture}

    def _read(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        named = {f"{key}.bin": data for key, data in files.items()}
        made = office.converted_all(named, "mml", self.place, read_as=_EQUATIONS)
        return {name.partition(".")[0]: formula for name, formula in made.items() if _formula(formula)}


def _ending(data: bytes) -> str:
    kind = media.picture(data)
    return kind.name if kind else ""


def _formula(data: bytes) -> Math | None:
    """The formula that LibreOffice wrote, without the sizes of letters that its old editor states; None for none."""
    try:
        root = parse_xml(data)
    except XmlError:
        return None
    for part in root.iter("{*}mstyle"):
        part.attrib.pop("mathsize", "")
    for part in list(root.iter("{*}annotation")):
        part.getparent().remove(part)  # type: ignore[union-attr]
    root.attrib.pop("display", "")
    found = mathml.math(root)
    return found if found.text.strip() else None


def draw(payload: bytes) -> bytes:
    """The child's part: what is drawn on the page of a PDF, without the white around it, as PNG; empty for a page that
    is all white."""
    import pypdfium2

    page = pypdfium2.PdfDocument(payload)[0]
    width, height = page.get_size()
    rough = _shown(_rendered(page, 1, (0, 0, 0, 0)))
    if rough is None:
        return b""
    left, top, right, bottom = rough
    rims = (left - 1, height - bottom - 1, width - right - 1, top - 1)
    picture = _rendered(page, _SCALE, tuple(max(0, rim) for rim in rims))
    out = io.BytesIO()
    picture.crop(_shown(picture)).save(out, "PNG", optimize=True)
    return out.getvalue()


def _rendered(page: Any, scale: float, rims: tuple[float, ...]) -> Any:
    return page.render(scale=scale, crop=rims).to_pil().convert("RGB")


def _shown(picture: Any) -> tuple[int, int, int, int] | None:
    from PIL import Image, ImageChops

    return ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
