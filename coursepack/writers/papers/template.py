"""A department's DOCX template: found, filled with docxtpl, its mistakes named.

Fields of a line are text; fields of a part (a plan, a list) are *slots*: the template says where they stand, their
elements are put there afterwards, in one pass, so that a long paper is as quick a line as a short one.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, Undefined

from coursepack.files.package import Package
from coursepack.files.resources import templates_dir
from coursepack.place import CoursepackError, Place
from coursepack.render import sandbox
from coursepack.render.docx_file import DocxFile
from coursepack.render.sandbox import FieldGroup, Sandbox
from coursepack.render.wml import TEXT_WIDTH, Element, clean, close_cell, make, paragraph, w
from coursepack.similar import near
from coursepack.writers.papers.fitted import SIDES, columns, needs, smaller

FOLDER = "papers"
_LEFT, _RIGHT = "\ue0f0", "\ue0f1"
"""Private-use letters around the name of a slot while the template is filled."""

BLANK = "_" * 20


class Blank(str):
    """A line to fill by hand: false in a template's ``if``, printed as a rule."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


class Slot(str):
    """Where a part of the paper goes; false in a template's ``if`` when the course has nothing for it."""

    __slots__ = ("filled",)
    filled: bool

    def __new__(cls, name: str, filled: bool) -> Slot:
        result = super().__new__(cls, f"{_LEFT}{name}{_RIGHT}")
        result.filled = filled
        return result

    def __reduce__(self) -> tuple[Any, ...]:
        return Slot, (self[1:-1], self.filled)

    def __bool__(self) -> bool:
        return self.filled


def find(folders: tuple[Path, ...], name: str) -> Path:
    """The template of that name: a department's own first, then ours. Raises ``CoursepackError``."""
    for folder in folders:
        for path in (folder / FOLDER / name, folder / name):
            if path.is_file():
                return path
    raise CoursepackError(f"the template {name} is missing", Place(str(folders[0] if folders else FOLDER)))


def fill(path: Path, fields: Mapping[str, Any], language: str) -> DocxFile:
    """The template with its text fields filled and its slots marked; in a child process, unless it is coursepack's own.

    Raises ``CoursepackError`` that names the file: no DOCX, a field that does not exist (with the nearest that does),
    a mistake in a ``{% if %}`` or ``{% for %}``, more time or memory than a template may use.
    """
    package = Package.of_path(path)
    if package.problems or package.container != "zip":
        problem = package.problems[0].message if package.problems else "not a zip archive"
        raise CoursepackError(f"not a Word document: {problem}", Place(str(path)), "save it as .docx")
    if path.is_relative_to(templates_dir()):
        result = _filled(path, fields)
    else:
        result = sandbox.aside(f"{__name__}:filled", bytes, path, dict(fields), place=Place(str(path)))
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    file = DocxFile.open(path.name, members, language)
    for table in file.body.iter(w("tbl")):
        _mend_grid(table)
    return file


def filled(payload: bytes) -> bytes:
    """In the child: the filled document."""
    return _filled(*sandbox.given(payload))


def _filled(path: Path, fields: Mapping[str, Any]) -> bytes:
    from docxtpl import DocxTemplate

    environment = _Environment(undefined=_unknown(path, fields), autoescape=True)
    template = DocxTemplate(io.BytesIO(path.read_bytes()))
    result = io.BytesIO()
    try:
        template.render(dict(fields), environment, autoescape=True)
        template.save(result)
    except TemplateError as problem:
        raise CoursepackError(f"a field or tag is not right: {problem}", Place(str(path))) from None
    except (CoursepackError, MemoryError):
        raise
    except Exception as problem:  # an expression of a template can fail in any way that Python knows
        raise CoursepackError(
            f"cannot be filled: {problem}", Place(str(path)), "copy the built-in template again"
        ) from None
    return result.getvalue()


class _Environment(Sandbox):
    """A paper is made for several products, so that the text of its template is compiled once."""

    def from_string(
        self,
        source: Any,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - the name that Jinja gave it
        template_class: type[Template] | None = None,
    ) -> Template:
        return (template_class or self.template_class).from_code(self, _compiled(source), self.make_globals(globals))


@lru_cache(256)
def _compiled(source: str) -> CodeType:
    # Strict, for what is constant is worked out here, where the fields are not known.
    return Sandbox(autoescape=True, undefined=StrictUndefined).compile(source)


def _mend_grid(table: Element) -> None:
    """docxtpl counts the cells of tables inside a table as its own and adds columns to its grid: take them out."""
    grid = table.find(w("tblGrid"))
    rows = [row.findall(w("tc")) for row in table.findall(w("tr"))]
    spans = [[cell.find(f"{w('tcPr')}/{w('gridSpan')}") for cell in row] for row in rows]
    counts = [sum(int(s.get(w("val"), "1")) if s is not None else 1 for s in row) for row in spans]
    columns = max(counts, default=0)
    if grid is None or not columns or len(grid) <= columns:
        return
    plain = next((row for row in rows if len(row) == columns), None)
    widths = [cell.find(f"{w('tcPr')}/{w('tcW')}") for cell in plain] if plain else [None] * columns
    total = sum(int(column.get(w("w"), "0")) for column in grid)
    for column in list(grid):
        grid.remove(column)
    for width in widths:
        known = width is not None and width.get(w("type")) == "dxa"
        grid.append(make("gridCol", w=width.get(w("w")) if known and width is not None else total // columns))


def _unknown(path: Path, fields: Mapping[str, Any]) -> type[Undefined]:
    class Unknown(Undefined):
        """A field that does not exist stops the paper at once."""

        def __init__(self, hint: str | None = None, obj: Any = None, name: str | None = None, exc: Any = None) -> None:
            owner = obj if isinstance(obj, FieldGroup) else None
            known = [key for key in (vars(owner) if owner else fields) if not key.startswith("_")]
            meant = near(str(name), known, cutoff=0.5)
            advice = f"did you mean {meant!r}?" if meant else "see docs/templates.md for the fields there are"
            raise CoursepackError(f"the template has an unknown field {name!r}", Place(str(path)), advice)

    return Unknown


# --- slots --------------------------------------------------------------------------------------------------------


def fill_slots(
    file: DocxFile, make_part: Callable[[str], list[Element]], room: Callable[[Element], int] | None = None
) -> None:
    """Put each slot's elements where its mark stands: in place of the paragraph that holds it; ``room``: twips of a
    line there, in a template that is not ours."""
    body = file.body
    for paragraph_ in [p for p in body.iter(w("p")) if _mark(p)]:
        parent = paragraph_.getparent()
        if parent is None:
            continue
        parts = make_part(_mark(paragraph_))
        index = parent.index(paragraph_)
        if parent.tag == w("tc"):
            _fit(file, parts, paragraph_)
        else:
            if room is not None:
                _on_page(file, parts, room(paragraph_))
            for table in (part for part in parts if part.tag == w("tbl")):
                hold_words(table)
        parent[index : index + 1] = _apart(parts, parent[index - 1] if index else None)
        if parent.tag == w("tc"):
            close_cell(parent)
    # «{{p name }}» leaves the bare mark between the paragraphs.
    for element in [e for e in body.iter() if e.tail and _LEFT in e.tail]:
        parent = element.getparent()
        name = _between(element.tail or "")
        element.tail = None
        if parent is not None:
            index = parent.index(element) + 1
            parent[index:index] = _apart(make_part(name), element)
    if body.text and _LEFT in body.text:
        name, body.text = _between(body.text), None
        body[0:0] = make_part(name)


def _apart(parts: list[Element], before: Element | None) -> list[Element]:
    """Two tables that touch would be read as one."""
    if parts and before is not None and before.tag == w("tbl") and parts[0].tag == w("tbl"):
        return [paragraph(), *parts]
    return parts


def _on_page(file: DocxFile, parts: list[Element], room: int) -> None:
    """Parts in the body are not wider than its lines; words have the room in cells for which ours are counted."""
    for part in parts:
        if part.tag == w("tbl"):
            _set_sides(part, *_OURS)
            shrink(part, room)
            continue
        style = _style(part) if room < TEXT_WIDTH else None
        if style is not None and file.style_name(style.get(w("val"), "")) == "Blank Line":
            _end_rule(part, style, room)


def _style(line: Element) -> Element | None:
    return line.find(f"{w('pPr')}/{w('pStyle')}")


def _end_rule(line: Element, style: Element, room: int) -> None:
    """The rule of the style reaches across our page: this one ends where there is no more room."""
    stops = [("clear", TEXT_WIDTH, "none"), ("right", room, "underscore")]
    position = [make("tab", val=kind, leader=leader, pos=place) for kind, place, leader in stops]
    kept = line.find(f"{w('pPr')}/{w('keepNext')}")
    (style if kept is None else kept).addnext(make("tabs", position))


_IN_CELL = {"Body Text": "Table Text", "Quote": "Table Text"}


def _fit(file: DocxFile, parts: list[Element], source: Element) -> None:
    """Parts in a cell of a template are not wider than the cell, and have the letters of a table."""
    parent = source.getparent()
    width = parent.find(f"{w('tcPr')}/{w('tcW')}") if parent is not None else None
    room = int(width.get(w("w"), "0")) - 220 if width is not None and width.get(w("type")) == "dxa" else 0
    for part in parts:
        if part.tag == w("tbl"):
            shrink(part, room)
        elif part.tag == w("p"):
            _as_in_a_table(file, part, room)


def _as_in_a_table(file: DocxFile, line: Element, room: int) -> None:
    style = _style(line)
    if style is None:
        return
    name = file.style_name(style.get(w("val"), ""))
    if name in _IN_CELL:
        style.set(w("val"), file.style(_IN_CELL[name]))
    elif name.startswith("heading "):
        style.set(w("val"), file.style("Table Label"))
    elif name == "Blank Line" and room > 0:
        _end_rule(line, style, room)


def shrink(table: Element, room: int) -> None:
    """Bring a table of fixed widths down to ``room`` twips.

    A wide column among narrow ones (the topic in a plan) gives way alone, so that no word of a narrow head is torn;
    where it cannot, all columns shrink alike, none
    below its longest word; where even that has no room, the letters are smaller.
    """
    grid = table.findall(f"{w('tblGrid')}/{w('gridCol')}")
    widths = [int(column.get(w("w"), "0")) for column in grid]
    total = sum(widths)
    if total <= room or not total or room <= 0:
        return
    rest = max(widths) - (total - room)
    if len(widths) > 2 and max(widths) * 20 > total * 9 and rest * 3 >= room:
        # Half a turned page has no room to leave free: a third of the others is for its text where their heads allow.
        needed = needs(table, len(widths))
        new = [min(width, max(need, width * 2 // 3)) for width, need in zip(widths, needed, strict=True)]
        new[widths.index(max(widths))] += room - sum(new)
    else:
        needed = needs(table, len(widths))
        new = columns(needed, [width * room // total for width in widths], room)
        if sum(needed) > room:
            smaller_letters(table, smaller(needed, room))
    _set_widths(table, new)


def hold_words(table: Element) -> None:
    """Smaller letters, and text close to the lines, for a table of many columns that have no room for their longest
    words."""
    grid = table.findall(f"{w('tblGrid')}/{w('gridCol')}")
    widths = [int(column.get(w("w"), "0")) for column in grid]
    needed, room = needs(table, len(widths)), sum(widths)
    if sum(needed) > room > 0:
        if len(widths) >= _MANY:
            _set_sides(table, 28, _CLOSE // 3)
            needed = [need - SIDES + _CLOSE for need in needed]
        if sum(needed) > room:
            smaller_letters(table, smaller(needed, room, _CLOSE if len(widths) >= _MANY else SIDES))
        _set_widths(table, columns(needed, widths, room))


_MANY = 6
"""Columns whose sides take more of a page than their words can spare."""
_CLOSE = 90
"""Twips at both sides of the text in such a table, the lines among them."""


_OURS = (28, 85)
"""Twips above and below, left and right of the text in a cell of our tables."""


def _set_sides(table: Element, high: int, wide: int) -> None:
    properties = table.find(w("tblPr"))
    if properties is None:
        return
    for old in properties.findall(w("tblCellMar")):
        properties.remove(old)
    # Before the caption and the description alone (17.4.59).
    last = [child for child in properties if child.tag in {w("tblLook"), w("tblCaption"), w("tblDescription")}]
    widths = (("top", high), ("left", wide), ("bottom", high), ("right", wide))
    sides = [make(side, w=width, type="dxa") for side, width in widths]
    properties.insert(properties.index(last[0]) if last else len(properties), make("tblCellMar", sides))


def _set_widths(table: Element, widths: Sequence[int]) -> None:
    for column, width in zip(table.iterfind(f"{w('tblGrid')}/{w('gridCol')}"), widths, strict=True):
        column.set(w("w"), str(width))
    for measure in table.iterfind(f"{w('tblPr')}/{w('tblW')}"):
        measure.set(w("w"), str(sum(widths)))
    for row in table.iterfind(w("tr")):
        _narrow_row(row, widths)


_AFTER_SIZE = {w(name) for name in ("u", "shd", "vertAlign", "rtl", "lang")}


def smaller_letters(table: Element, size: int) -> None:
    """The letters of a table in ``size`` half-points, so that no word of a narrow column is torn."""
    for run in [*table.iter(w("r")), *(p for p in table.iter(w("pPr")) if p.find(w("numPr")) is not None)]:
        properties = run.find(w("rPr"))
        if properties is None and run.tag == w("r"):
            properties = make("rPr")
            run.insert(0, properties)
        elif properties is None:
            # Of the paragraph's mark: the number of a list item is as large as that.
            properties = make("rPr")
            run.append(properties)
        for old in [child for child in properties if child.tag in {w("sz"), w("szCs")}]:
            properties.remove(old)
        place = next((n for n, child in enumerate(properties) if child.tag in _AFTER_SIZE), len(properties))
        properties[place:place] = [make("sz", val=size), make("szCs", val=size)]


def _narrow_row(row: Element, widths: Sequence[int]) -> None:
    """The cells of a row as wide as the columns that they span, and what is inside them no wider."""
    column = 0
    for cell in row.iterfind(w("tc")):
        span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
        count = int(span.get(w("val"), "1")) if span is not None else 1
        width = sum(widths[column : column + count])
        column += count
        for measure in cell.iterfind(f"{w('tcPr')}/{w('tcW')}"):
            measure.set(w("w"), str(width))
        for inner in cell.iterfind(w("tbl")):
            shrink(inner, width - 220)


def _mark(element: Element) -> str:
    text = "".join(piece.text or "" for piece in element.iter(w("t")))
    return _between(text) if _LEFT in text else ""


def _between(text: str) -> str:
    return text.partition(_LEFT)[2].partition(_RIGHT)[0]


def in_language(parts: list[Element], tag: str) -> list[Element]:
    """The same elements, every run marked as being in that language."""
    for part in parts:
        for run in part.iter(w("r")):
            properties = run.find(w("rPr"))
            if properties is None:
                properties = make("rPr")
                run.insert(0, properties)
            if properties.find(w("lang")) is None:
                properties.append(make("lang", val=tag))
    return parts


def text(value: object) -> str:
    """A field's text, without what XML cannot hold."""
    return clean(str(value))
