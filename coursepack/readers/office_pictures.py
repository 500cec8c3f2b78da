"""Parts of a document that browsers do not show, made into what they do.

LibreOffice draws Windows metafiles (EMF, WMF) and reads old equation objects (Equation 3.0): outside the promise of
equal bytes, which is reported. Pillow makes PNG of TIFF and JPEG 2000, and JPEG of photos in AVIF and HEIC (through
pillow-heif, where it is installed).
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from importlib.util import find_spec
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

_SCALE = 192 / 72
"""Pixels for a point of the page on which LibreOffice puts a picture: 192 to the inch."""
_ENDINGS = tuple(ending for kind in KINDS.values() if kind.made for ending in kind.endings)
_REPLACEMENTS = "ObjectReplacements/"
_NATIVE = "Equation Native".encode("utf-16-le")
"""The stream that old equation editors write (in the directory of the compound file, MS-CFB 2.6.1)."""
_EQUATIONS = "MathType 3.x"
_HEIF = "pillow_heif"
"""The package that reads photos of phones."""
_SEEN: dict[str, dict[str, Any]] = {"JPEG": {"quality": 90, "optimize": True}, "PNG": {"optimize": True}}
"""How a picture is written."""
_PHOTOS = frozenset({"HEIF", "AVIF"})
"""Formats that lose something anyway, and whose pictures as PNG would be many times as large."""
_DRAW, _AGAIN = f"{__name__}:draw", f"{__name__}:again"
_Make = Callable[[Mapping[str, bytes]], dict[str, bytes]]


def is_metafile(data: bytes) -> bool:
    """True for a picture that LibreOffice may draw."""
    return _made_by(data) == "office"


def is_drawn(data: bytes) -> bool:
    """True for a picture that ``Drawn.picture`` may make another of."""
    return _made_by(data) != ""


def _made_by(data: bytes) -> str:
    """Who makes another picture of one: «office» or «again»; empty for nobody."""
    kind = media.picture(data)
    result = kind.made if kind else ""
    if result == "heif":
        return "again" if find_spec(_HEIF) else ""
    return result


def called(data: bytes) -> str:
    """The format of a picture: «EMF»."""
    kind = media.picture(data)
    return kind.type.partition("/")[2].upper() if kind else "unknown"


def advice(data: bytes) -> str:
    """What to do with a picture that could not be made into one that browsers show."""
    kind = media.picture(data)
    if kind is not None and kind.made == "heif":
        return "save it as JPEG" if find_spec(_HEIF) else "save it as JPEG, or install coursepack[heic], which reads it"
    if kind is None or kind.made != "office":
        return "save it as PNG"
    if office.program() is None:
        return "save it as PNG, or install LibreOffice, which draws it"
    return "save it as PNG, for LibreOffice cannot draw it"


def unshown(package: Package) -> Iterator[bytes]:
    """The Windows metafiles and TIFF pictures in an Office or OpenDocument file."""
    names = (name for name in package.names() if name.lower().endswith(_ENDINGS) or name.startswith(_REPLACEMENTS))
    return filter(is_drawn, _small(package, names))


def equation_objects(package: Package) -> Iterator[bytes]:
    """What old equation editors embedded in an Office file."""
    return (data for data in _small(package, package.names()) if KINDS["ole"].begins(data) and _NATIVE in data)


def _small(package: Package, names: Iterable[str]) -> Iterator[bytes]:
    most = limits.of("picture-bytes")
    return (package.read(name) for name in names if package.size(name) <= most)


@dataclass
class OfficePictures:
    """The parts of one document that LibreOffice made something of; each kind in one run, when the first is asked for.

    ``pictures`` and ``equations`` give all that the document has; ``place`` is the document's.
    """

    place: Place
    pictures: Callable[[], Iterable[bytes]] = tuple
    equations: Callable[[], Iterable[bytes]] = tuple
    _asked: set[str] = field(default_factory=set)
    _made: dict[str, bytes] = field(default_factory=dict)
    _again: dict[str, bytes] = field(default_factory=dict)
    _blank: set[str] = field(default_factory=set)

    def picture(self, data: bytes) -> bytes | None:
        """A metafile as PNG, without the white around it, a TIFF as PNG, a photo as JPEG; None where that cannot be
        made."""
        if not is_drawn(data):
            return None
        if is_metafile(data):
            return self._of(data, partial(_made_so, self.pictures, "office"), self._drawn)
        if sha256(data) not in self._again:
            tiffs = {sha256(each): each for each in (data, *_made_so(self.pictures, "again"))}
            self._again |= dict.fromkeys(tiffs, b"") | self._asked_each(_AGAIN, tiffs)
        return self._again[sha256(data)] or None

    def is_blank(self, data: bytes) -> bool:
        """True for a metafile that was drawn and shows nothing: that of an empty equation."""
        return sha256(data) in self._blank

    def equation(self, data: bytes) -> Math | None:
        """The formula in an OLE object; None where LibreOffice is not there or does not read it."""
        result = self._of(data, self.equations, self._read)
        return None if result is None else _formula(result)

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
            # Where LibreOffice fails, what it should have made is reported where it stands.
            with contextlib.suppress(CoursepackError):
                self._made |= make(files)
        return self._made.get(key)

    def _drawn(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        named = {f"{key}{_ending(data)}": data for key, data in files.items()}
        pages = office.converted_all(named, "pdf", self.place)
        result = self._asked_each(_DRAW, {name.partition(".")[0]: page for name, page in pages.items()})
        self._blank |= {key for key, picture in result.items() if not picture}
        return {key: picture for key, picture in result.items() if picture}

    def _asked_each(self, task: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """What a child makes of each file, without those that it cannot read."""
        result: dict[str, bytes] = {}
        with isolated.Worker(isolated.budget()) as worker:
            for name, data in files.items():
                with contextlib.suppress(CoursepackError):
                    result[name] = worker.ask(task, data, bytes, place=self.place)
        return result

    def _read(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        named = {f"{key}.bin": data for key, data in files.items()}
        result = office.converted_all(named, "mml", self.place, read_as=_EQUATIONS)
        return {name.partition(".")[0]: formula for name, formula in result.items() if _formula(formula)}


def _ending(data: bytes) -> str:
    kind = media.picture(data)
    return kind.endings[0] if kind else ""


def _made_so(pictures: Callable[[], Iterable[bytes]], by: str) -> Iterator[bytes]:
    return (each for each in pictures() if _made_by(each) == by)


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


def again(payload: bytes) -> bytes:
    """The child's part: the first picture of a TIFF or JPEG 2000 as PNG, a photo of a phone as JPEG."""
    from PIL import Image, ImageOps

    formats = ["TIFF", "JPEG2000", "AVIF"]
    if find_spec(_HEIF):
        import_module(_HEIF).register_heif_opener()
        formats.append("HEIF")
    with Image.open(io.BytesIO(payload), formats=formats) as found:
        photo = found.format in _PHOTOS and not found.has_transparency_data
        picture = ImageOps.exif_transpose(found)
        if photo or picture.mode in {"CMYK", "YCbCr", "LAB"}:
            picture = picture.convert("RGB")
        picture.info.clear()
        out = io.BytesIO()
        written = "JPEG" if photo else "PNG"
        picture.save(out, written, **_SEEN[written])
        return out.getvalue()
