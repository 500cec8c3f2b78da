"""Slides of a presentation in their order, its sections, and the styles that slides inherit (ECMA-376-1, 19.2-3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coursepack.place import CoursepackError, Place
from coursepack.readers.drawingml.names import A, Element
from coursepack.readers.inline import local
from coursepack.readers.office.numbers import whole
from coursepack.readers.opc import OfficePackage, R, kind_of
from coursepack.readers.pptx.names import P14, UNNAMED, P


@dataclass(frozen=True)
class Slide:
    """A slide: its number as PowerPoint shows it, the name of the section that begins with it, its layout and master
    where they are there."""

    number: int
    member: str
    root: Element
    section: str
    layout: Element | None
    master: Element | None

    @property
    def hidden(self) -> bool:
        return self.root.get("show", "1") in {"0", "false"}

    @property
    def kind(self) -> str:
        """What its layout is for (19.7.15): ``title``, ``secHead``, ``obj`` …"""
        return "" if self.layout is None else self.layout.get("type", "")


@dataclass(frozen=True)
class Deck:
    """A presentation: its slides, their height in EMU, and the style of text that stands in no placeholder."""

    slides: tuple[Slide, ...]
    height: int
    text_style: Element | None


def of(parts: OfficePackage) -> Deck:
    """The presentation in a package. Raises ``CoursepackError``: none, or one without slides."""
    main = parts.related("", "officeDocument")
    root = None if main is None else parts.xml(main)
    if main is None or root is None or local(root.tag) != "presentation":
        message = f"{kind_of(parts.package)}, expected a presentation (a zip with ppt/presentation.xml)"
        raise CoursepackError(message, Place(parts.name))
    slides = tuple(_slides(parts, main, root))
    if not slides and parts.findings:
        raise CoursepackError(parts.findings[0].message, parts.findings[0].place, parts.findings[0].advice)
    if not slides:
        raise CoursepackError("a presentation without slides", Place(parts.name))
    size = root.find(f"{P}sldSz")
    return Deck(slides, 0 if size is None else whole(size.get("cy")), root.find(f"{P}defaultTextStyle"))


def _slides(parts: OfficePackage, main: str, root: Element) -> Iterator[Slide]:
    sections = _sections(root)
    relations = parts.relations(main)
    # Several slides share a layout: each is read once.
    roots: dict[str, Element | None] = {}

    def shared(member: str, kind: str) -> tuple[str, Element | None]:
        found = parts.related(member, kind) or ""
        if found not in roots:
            roots[found] = parts.optional(found) if found else None
        return found, roots[found]

    waiting = ""
    for number, entry in enumerate(root.iterfind(f"{P}sldIdLst/{P}sldId"), 1):
        waiting = sections.get(entry.get("id", ""), waiting)
        relation = relations.get(entry.get(f"{R}id", ""))
        slide = None if relation is None else parts.optional(relation.target)
        if relation is None or slide is None:
            parts.reported[f"slide {number}, which the file does not hold"] += 1
            continue
        at, layout = shared(relation.target, "slideLayout")
        _, master = shared(at, "slideMaster") if at else ("", None)
        result = Slide(number, relation.target, slide, waiting, layout, master)
        waiting = waiting if result.hidden else ""
        yield result


def _sections(root: Element) -> dict[str, str]:
    """The id of the first slide of each section that somebody named → its name ([MS-PPTX], 2.2.4)."""
    found = {}
    every = list(root.iter(f"{P14}section"))
    for section in every:
        first = next(section.iter(f"{P14}sldId"), None)
        name = " ".join(section.get("name", "").split())
        if first is not None and name and name.casefold() not in UNNAMED:
            found[first.get("id", "")] = name
    return found


# --- placeholders -------------------------------------------------------------------------------------------------

TITLES = frozenset({"title", "ctrTitle"})
FURNITURE = frozenset({"dt", "ftr", "sldNum", "hdr"})
_OTHER = frozenset({*FURNITURE, "sldImg"})


def placeholder(shape: Element) -> Element | None:
    """``p:ph`` of a shape."""
    return next(shape.iterfind(f"*/{P}nvPr/{P}ph"), None)


def kind_of_placeholder(slide: Slide, found: Element) -> str:
    """The kind of a placeholder (19.7.10); one that does not say has that of its layout's of the same ``idx``."""
    stated = found.get("type")
    if stated is None and slide.layout is not None and (idx := found.get("idx")) is not None:
        stated = next((ph.get("type") for ph in slide.layout.iter(f"{P}ph") if ph.get("idx") == idx), None)
    return stated or "obj"


def list_styles(deck: Deck, slide: Slide, shape: Element) -> tuple[Element, ...]:
    """The list styles that the text of a shape follows, the nearest first (21.1.2.4.12)."""
    found = placeholder(shape)
    chain = [shape.find(f"{P}txBody/{A}lstStyle")]
    if found is None:
        chain.append(deck.text_style)
    else:
        kind = kind_of_placeholder(slide, found)
        general = "title" if kind in TITLES else kind if kind in _OTHER else "body"
        chain += [_in_layout(slide, found, kind), _in_master(slide, general), _text_style(slide, general)]
    return tuple(style for style in chain if style is not None)


def _in_layout(slide: Slide, found: Element, kind: str) -> Element | None:
    shapes = () if slide.layout is None else list(slide.layout.iter(f"{P}sp"))
    idx = found.get("idx", "0")
    for shape in shapes:
        other = placeholder(shape)
        if other is not None and (other.get("idx", "0") == idx or (kind in TITLES and other.get("type") in TITLES)):
            return shape.find(f"{P}txBody/{A}lstStyle")
    return None


def _in_master(slide: Slide, general: str) -> Element | None:
    for shape in () if slide.master is None else slide.master.iter(f"{P}sp"):
        other = placeholder(shape)
        if other is not None and other.get("type", "body") == general:
            return shape.find(f"{P}txBody/{A}lstStyle")
    return None


def _text_style(slide: Slide, general: str) -> Element | None:
    name = {"title": "titleStyle", "body": "bodyStyle"}.get(general, "otherStyle")
    return None if slide.master is None else slide.master.find(f"{P}txStyles/{P}{name}")
