"""Markdown (CommonMark with tables, footnotes and TeX) → ``Document``; and texts in Markdown → blocks.

Lists become paragraphs with a ``label``, as in a Word document, so that both are understood alike. Pictures and files
that lie beside the source are taken in, within limits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msgspec.structs import replace

from coursepack import limits
from coursepack.files import media, sources
from coursepack.files.hashes import sha256
from coursepack.markup import addresses
from coursepack.markup.pictures import clean as clean_picture
from coursepack.model.blocks import (
    Block,
    Blocks,
    Code,
    Figure,
    Footnote,
    Inline,
    Inlines,
    Math,
    Media,
    NoteMark,
    Paragraph,
    Picture,
    Run,
    Side,
    on_its_own,
)
from coursepack.model.document import Display, Document, Drawing, Grid, GridCell, Listing, Para, Unit
from coursepack.place import CoursepackError, Finding, Place, note, warning
from coursepack.readers import Reader, mathml, pictures
from coursepack.readers.attached import attached, beside, captions, mark, standing
from coursepack.readers.html.blocks import MARKED, HtmlReader
from coursepack.readers.inline import going_on, join, led_by, only_formula, only_pictures, titled, trim, unstyled
from coursepack.readers.markdown import front
from coursepack.readers.markdown.breaks import as_typed, signed
from coursepack.readers.markdown.dialects import (
    TAGS,
    dialects_plugin,
    with_addresses,
    with_ends,
    with_fences,
    with_items,
    with_notes,
)
from coursepack.readers.markdown.guard import guard
from coursepack.readers.markdown.html import inline_html, units_of_html, without_players
from coursepack.readers.markdown.pandoc import pandoc_plugin
from coursepack.readers.office_pictures import OfficePictures, advice, called
from coursepack.readers.terms import MEANING, TERM, bold, with_terms
from coursepack.text.programs import is_listing, is_sentence, is_typed

_BULLET = "•"


def read(
    name: str,
    data: bytes,
    *,
    encoding: str | None = None,
    folder: Path | None = None,
    follow_links: bool = False,
) -> Document:
    """The document in a Markdown file. ``folder`` is where its pictures and files lie. Raises ``CoursepackError``."""
    text = _decoded(name, data, encoding)
    _keep_to(text, name)
    reader = MarkdownReader(name, folder, follow_links)
    text = with_items(with_ends(text))
    tags = front.length(text.split("\n")) > 0
    properties, text = front.parted(with_notes(with_addresses(with_fences(text)) if tags else text))
    reader.aside, text = front.without_properties(text)
    units = [*reader.front(properties, text), *reader.read(text, tags=tags)]
    if not units:
        raise CoursepackError("no text in it, expected Markdown", Place(name))
    return Document(
        file=name,
        sha256=sha256(data),
        medium="markdown",
        units=tuple(units),
        assets=dict(sorted(reader.assets.items())),
        properties=properties,
        findings=tuple(reader.findings()),
    )


def markdown_blocks(text: str, html: HtmlReader) -> Blocks:
    """Blocks of a short text in Markdown (a question), through the HTML that it stands for."""
    _keep_to(text, "Markdown")
    return html.blocks(str(_parser(dialects=False).render(text)))


_OPENINGS = re.compile(r"[\[<&]|\\[(\[]")


def _keep_to(text: str, name: str) -> None:
    """Raises ``CoursepackError`` for more signs than anybody's text has: the parser looks long at each."""
    most = limits.now().markdown_marks
    letters = limits.now().document_letters
    if len(text) > letters:
        raise CoursepackError(
            f"more than {letters} characters in one document", Place(name), limits.raised("document-letters")
        )
    if len(text) > most and sum(1 for _ in _OPENINGS.finditer(text)) > most:
        raise CoursepackError(f"more than {most} of the signs [ < &", Place(name), limits.raised("markdown-marks"))


def _decoded(name: str, data: bytes, encoding: str | None) -> str:
    for candidate in (encoding,) if encoding else ("utf-8-sig", "cp1251"):
        try:
            text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else candidate)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\x00" not in text:
            return text
    raise CoursepackError(f"not text in {encoding or 'UTF-8'!s}, expected Markdown", Place(name))


_HEADING = re.compile(r"\s*#\s+(?P<title>\S[^\n]*)")


@cache
def _parser(*, dialects: bool) -> Any:
    """The parser; the signs of ``dialects`` are letters in a question and in what we export."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.admon import admon_plugin
    from mdit_py_plugins.amsmath import amsmath_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.texmath import texmath_plugin

    result = MarkdownIt("commonmark", {"html": True, "maxNesting": 40}).enable(["table", "strikethrough"])
    result.use(footnote_plugin).use(dollarmath_plugin, allow_space=False, double_inline=True).use(amsmath_plugin)
    result.use(pandoc_plugin)
    if dialects:
        result.use(dialects_plugin).use(deflist_plugin).use(admon_plugin)
    return guard(result.use(texmath_plugin, delimiters="brackets"))


@dataclass
class _OpenListItem:
    """The list item that a paragraph stands in: its label, or its sign, is used up by its first paragraph."""

    label: str | None
    level: int
    list_id: str
    sign: str | None = None


@dataclass
class MarkdownReader:
    """One Markdown text. ``assets`` collects its pictures and files, ``lost`` counts what is not kept."""

    name: str
    folder: Path | None = None
    follow_links: bool = False
    assets: dict[str, bytes] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)
    aside: list[str] = field(default_factory=list)
    """Keys of a note's properties that are no part of its text."""
    count: int = 0
    drawn: OfficePictures = field(default_factory=lambda: OfficePictures(Place("")))
    _names: dict[str, str] | None = None
    _files: list[Media] = field(default_factory=list)
    _lists: int = 0
    _items: list[_OpenListItem] = field(default_factory=list)
    _quotes: int = 0
    _notes: dict[str, Footnote] = field(default_factory=dict)
    _used: dict[str, Footnote] = field(default_factory=dict)

    def front(self, properties: Mapping[str, str], text: str) -> list[Unit]:
        """The title and the author of a front matter, which pages show above the text; a title that the text begins
        with is not said twice."""
        first = _HEADING.match(text)
        stated = {"title": properties.get("title", ""), "author": properties.get("author", "")}
        stated |= {key: f"{front.labelled(key)}: {value}" for key, value in properties.items() if front.is_data(key)}
        if first and first["title"].split() == stated["title"].split():
            del stated["title"]
        return [
            unit
            for name, value in stated.items()
            if value
            for unit in self._para((Run(text=value),), style=None if front.is_data(name) else name)
        ]

    def read(self, text: str, *, tags: bool = False) -> list[Unit]:
        """The units of a text. Paragraphs are counted from 1, those of ``front`` among them; ``tags``: it may hold
        tags of a site generator."""
        tokens = _parser(dialects=True).parse(text, {"file": self.name, TAGS: tags})
        start = next((i for i, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
        before = self.count
        self._read_notes(tokens[start:])
        self.count = before
        return self._units(tokens[:start])

    def findings(self) -> list[Finding]:
        place = Place(self.name)
        reported = [
            warning("markdown-left-out", f"{count} × {what}", place) for what, count in sorted(self.lost.items())
        ]
        if self.aside:
            names = ", ".join(self.aside)
            reported.append(note("markdown-properties", f"properties of the note, set aside: {names}", place))
        return [*reported, *self.drawn.findings(place)]

    # --- blocks

    def _units(self, tokens: list[Any]) -> list[Unit]:
        units: list[Unit] = []
        at = 0
        signs = signed(tokens)
        while at < len(tokens):
            token = tokens[at]
            end = _closing(tokens, at)
            inner = tokens[at + 1 : end]
            match token.type:
                case "heading_open":
                    units.extend(self._paragraph(inner[0], heading=int(token.tag[1])))
                case "admonition_title_open":
                    units.extend(self._para(bold(self.inlines(inner[0].children or []))))
                case "paragraph_open":
                    units.extend(self._paragraph(inner[0]))
                case "bullet_list_open" | "ordered_list_open":
                    units.extend(self._list(token, inner, signs.get(at)))
                case "dl_open":
                    units.extend(with_terms(self._units(inner)))
                case "dd_open":
                    units.extend(self._meaning(inner))
                case "dt_open":
                    units.extend(self._para(bold(self.inlines(inner[0].children or [])), style=TERM))
                case "blockquote_open" | "admonition_open":
                    self._quotes += 1
                    units.extend(self._units(inner))
                    self._quotes -= 1
                case "table_open":
                    units.append(self._table(inner))
                case "fence":
                    units.extend(self._listing(token))
                case "code_block":
                    units.extend(self._indented(token))
                case "math_block" | "math_block_eqno" | "amsmath":
                    units.extend(self._display(token.content))
                case "html_block":
                    units.extend(units_of_html(self, token.content))
            at = end + 1
        return units

    def _meaning(self, inner: list[Any]) -> list[Unit]:
        found = self._units(inner)
        first = found[0] if found else None
        return [replace(first, style=MEANING), *found[1:]] if isinstance(first, Para) and not first.label else found

    def _list(self, token: Any, inner: list[Any], sign: str | None = None) -> list[Unit]:
        """The units of a list; one whose bullets are signs is lines that begin with them."""
        self._lists += 1
        list_id = str(self._lists)
        units: list[Unit] = []
        number = int(token.attrs.get("start", 1))
        at = 0
        while at < len(inner):
            end = _closing(inner, at)
            opening = inner[at]
            ordered = token.type == "ordered_list_open"
            label = f"{number}{opening.markup}" if ordered else _BULLET
            item = _OpenListItem(label, len(self._items), list_id, sign)
            self._items.append(item)
            found = self._units(inner[at + 1 : end])
            self._items.pop()
            units.extend(going_on(found, len(self._items) + 1))
            number += 1
            at = end + 1
        return units

    def _table(self, inner: list[Any]) -> Grid:
        first = self.count + 1
        rows: list[tuple[GridCell, ...]] = []
        heads = 0
        cells: list[GridCell] = []
        align: list[Side | None] = []
        items, self._items = self._items, []
        for index, token in enumerate(inner):
            if token.type in {"th_open", "td_open"}:
                cells.append(GridCell(units=tuple(self._paragraph(inner[index + 1]))))
                align.extend([_SIDES.get(token.attrs.get("style", ""))] if token.type == "th_open" else [])
            elif token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
            elif token.type == "thead_close":
                heads = len(rows)
        self._items = items
        return Grid(rows=tuple(rows), number=first, header_rows=heads, align=tuple(align) if any(align) else ())

    def _indented(self, token: Any) -> list[Unit]:
        """Many a prose paragraph begins with four spaces: its letters are read as any other text."""
        if is_listing(token.content) or is_typed(token.content):
            return self._listing(token)
        lines = [line.strip() for line in token.content.strip("\n").split("\n")]
        prose = is_sentence(" ".join(lines))
        wrapped = prose and all(line[:1].islower() for line in lines[1:])
        return self._para((Run(text=(" " if wrapped else "\n").join(lines), code=not prose),), style="code")

    def _listing(self, token: Any) -> list[Unit]:
        """A fence, or an indented program. The first word behind its sign names the language (CommonMark 0.31, 4.5)."""
        self.count += 1
        text = token.content.removesuffix("\n")
        language = next(iter(token.info.split()), None)
        if not text.strip():
            return []
        first = self._opened()
        return [*first, Listing(text=text, number=self.count, language=language)]

    def _opened(self) -> list[Unit]:
        """The paragraph of no words that bears the label of an item which begins with no paragraph; it is used up."""
        item = self._items[-1] if self._items else None
        if item is None or item.label is None:
            return []
        label, item.label = item.label, None
        number, self.count = self.count, self.count + 1
        level, list_id = min(item.level, 8), item.list_id
        return [Para(content=(), number=number, label=label, list_level=level, list_id=list_id)]

    def _display(self, tex: str) -> list[Unit]:
        formula = mathml.of_tex(tex, display=True, reported=self.lost)
        if formula is None:
            self.lost["a formula whose TeX is not understood: its text is kept"] += 1
            return self._para((Run(text=tex.strip(), code=True),))
        self.count += 1
        return [Display(math=mathml.placed(formula), number=self.count)]

    def _paragraph(self, inline: Any, heading: int | None = None) -> list[Unit]:
        content = self.inlines(as_typed(inline))
        return self._para(content, heading=heading)

    def _para(self, content: Inlines, *, heading: int | None = None, style: str | None = None) -> list[Unit]:
        """A paragraph, or the picture or formula that is all of it; the files that it links to stand after it."""
        self.count += 1
        item = self._items[-1] if self._items else None
        label = None
        if item is not None and item.sign:
            content = tuple(join([Run(text=f"{item.sign} "), *content]))
            item.label = item.sign = None
        elif item is not None:
            label, item.label = item.label, None
        notes, self._used = tuple(self._used.values()), {}
        alone = heading is None and label is None and not notes
        content, files = self._standing(content, alone=alone)
        if alone:
            if found := only_pictures(content):
                return [*(Drawing(figure=self._figure(picture), number=self.count) for picture in found), *files]
            formula = only_formula(content)
            if formula is not None and mathml.is_display(formula):
                return [Display(math=mathml.placed(formula), number=self.count), *files]
        content = tuple(mathml.placed(part) if isinstance(part, Math) else part for part in content)
        if not content and label is None:
            return files
        return [
            Para(
                content=content if heading is None else unstyled(content),
                number=self.count,
                heading=heading,
                style=style or ("quote" if self._quotes else None),
                label=label,
                list_level=0 if item is None else min(item.level, 8),
                list_id=None if item is None else item.list_id,
                notes=notes,
            ),
            *files,
        ]

    def _standing(self, content: Inlines, *, alone: bool) -> tuple[Inlines, list[Unit]]:
        content, files = standing(content, self._files, alone=alone)
        self._files = []
        place = Place(self.name, self.count, self.count, "paragraph")
        return content, [Drawing(figure=replace(file, place=place), number=self.count) for file in files]

    def _figure(self, picture: Picture) -> Figure:
        return on_its_own(picture, place=Place(self.name, self.count, self.count, "paragraph"))

    # --- footnotes

    def _read_notes(self, tokens: list[Any]) -> None:
        for at, token in enumerate(tokens):
            if token.type == "footnote_open":
                inner = tokens[at + 1 : _closing(tokens, at)]
                inner = [part for part in inner if part.type != "footnote_anchor"]
                blocks = tuple(block for unit in self._units(inner) if (block := _block(unit)) is not None)
                number = token.meta["id"] + 1
                label = str(token.meta.get("label") or number)
                self._notes[str(token.meta["id"])] = Footnote(
                    id=f"note-{number}", blocks=blocks, label=label if label.isdigit() else str(number)
                )

    # --- inline

    def inlines(self, tokens: list[Any]) -> Inlines:
        """Inline tokens as runs, formulas, pictures and note marks."""
        items: list[Inline] = []
        look: dict[str, Any] = {}
        stack: list[dict[str, Any]] = []
        for token in without_players(self, tokens):
            if isinstance(token, Run | Picture | Math):
                items.append(token)
                continue
            kind = token.type
            if kind in _OPENING:
                stack.append(look)
                look = look | _OPENING[kind]
            elif kind == "link_open":
                stack.append(look)
                look = look | {"href": self.link(str(token.attrs.get("href", ""))), "title": _title(token)}
            elif kind.endswith("_close") and kind != "html_close":
                look = stack.pop() if stack else {}
            elif kind == "html_inline":
                look = inline_html(self, token.content, look, stack, items)
            else:
                items.extend(self._inline(token, look))
        return trim(join(items))

    def _inline(self, token: Any, look: dict[str, Any]) -> list[Inline]:
        match token.type:
            case "text" | "text_special":
                return [Run(text=token.content, **look)] if token.content else []
            case "softbreak":
                return [Run(text=" ", **look)]
            case "hardbreak":
                return [Run(text="\n", **look)]
            case "code_inline":
                return [Run(text=token.content, **(look | {"code": True}))]
            case "math_inline" | "math_inline_double" | "math_single":
                formula = mathml.of_tex(token.content, display=token.type == "math_inline_double", reported=self.lost)
                return [formula or Run(text=f"${token.content}$", **look)]
            case "image":
                address = str(token.attrs.get("src", ""))
                if not named(address).is_picture and (file := self.file(address)) is not None:
                    return [Run(text=token.content, href=self.attach_with(file, address))]
                picture = self.picture(address, token.content, None, None)
                if picture:
                    return led_by(titled(picture, _title(token)), Run(text="", **look))
                return [Run(text=f"[{token.content}]", **look)] if token.content else []
            case "wikilink":
                return self._note_by_name(token, look)
            case "site_tag":
                return self._site_tag(token.meta["name"], token.content, look)
            case "aside":
                self.lost[token.content] += 1
            case "footnote_ref":
                note = self._notes.get(str(token.meta["id"]))
                if note is not None:
                    self._used.setdefault(note.id, note)
                    return [NoteMark(note=note.id)]
        return []

    def _note_by_name(self, token: Any, look: dict[str, Any]) -> list[Inline]:
        """``[[note|label]]`` leads to another text; ``![[picture.png|300]]`` shows a file, wherever it lies below."""
        name, label = token.content, token.meta["label"]
        address, size = self._inside(name), _SIZE.fullmatch(label.rpartition("|")[2])
        alt = label.rpartition("|")[0] if size else label
        if token.meta["shown"] and named(name).is_picture:
            picture = self.picture(address, alt, int(size[1]) if size else None, None)
            return [picture] if picture else [Run(text=f"[{alt}]", **look)] if alt else []
        shown = label or " > ".join(part for part in name.split("#") if part)
        if token.meta["shown"] and (file := self.file(address)) is not None:
            return [Run(text=shown, href=self.attach_with(file, address))]
        what = "an embedded text (![[…]])" if token.meta["shown"] else "a link to another text"
        self.lost[f"{what}: its name is kept"] += 1
        return [Run(text=shown, **look)]

    def _inside(self, name: str) -> str:
        """The address of a file that a note names by its name alone."""
        if self._names is None:
            self._names = sources.names_below(self.folder) if self.folder else {}
        return quote(self._names.get(name, name))

    def _site_tag(self, name: str, stated: str, look: dict[str, Any]) -> list[Inline]:
        if name in {"raw", "endraw"}:
            return []
        if name in _VIDEOS and re.fullmatch(r"[\w-]{1,40}", stated):
            address = _VIDEOS[name].format(stated)
            return [Run(text=address, **(look | {"href": address}))]
        self.lost[f"a tag of a site generator ({name[:20] or '{{ … }}'}), left out"] += 1
        return []

    def link(self, address: str) -> str | None:
        href = addresses.link(address)
        if href is None and (file := self.file(address)) is not None:
            return self.attach_with(file, address)
        if href is None and (scheme := addresses.scheme(address)) != addresses.RELATIVE:
            self.lost[f"a link with a forbidden scheme ({scheme}): its text is kept"] += 1
        elif href is None and not address.startswith("#"):
            self.lost["a link that leads nowhere from outside its folder: its text is kept"] += 1
        return href

    def attach(self, file: Media) -> str:
        """Keep a file for the end of the paragraph; what the letters of its link bear until then."""
        self._files.append(file)
        return mark(len(self._files) - 1)

    def attach_with(self, file: Media, address: str) -> str:
        """The same with the captions that lie beside it."""
        stated = self.attach(file)
        for caption in captions(file, address, self._quiet):
            self.attach(caption)
        return stated

    def _quiet(self, address: str) -> Media | None:
        """A file beside the source, of which nobody spoke."""
        data, _ = self._beside(address, "file-bytes")
        return None if data is None else self._taken(data, address)

    def _taken(self, data: bytes, address: str) -> Media:
        result = attached(data, address)
        self.assets[result.asset] = data
        return result

    def file(self, address: str) -> Media | None:
        """A file beside the source, taken in; None for one that is not there, or that is a text of its own."""
        if addresses.scheme(address) != addresses.RELATIVE or named(address) in media.TEXTS:
            return None
        data, missing = self._beside(address, "file-bytes")
        if data is None:
            if missing != sources.ELSEWHERE:
                self.lost[f"a file that {missing}: {address[:60]}"] += 1
            return None
        return self._taken(data, address)

    def _beside(self, address: str, limit: str) -> tuple[bytes | None, str]:
        return beside(self.folder, address, limit=limit, follow_links=self.follow_links, document=self.name)

    def picture(self, address: str, alt: str, width: int | None, height: int | None) -> Picture | None:
        """A picture beside the source, taken in; None (and reported) for one that is not there."""
        data, missing = pictures.inline(address) or self._beside(address, "picture-bytes")
        data = data and (self.drawn.picture(data) or data)
        kind = None if data is None else pictures.sniff(data)
        if data is None or kind is None or kind.media_type not in media.SHOWN:
            what = (
                missing
                if data is None
                else f"is in a format that browsers do not show ({called(data)}): {advice(data)}"
            )
            self.lost[f"a picture that {what}: {address[:60]}"] += 1
            return None
        data = clean_picture(data, self.lost)
        if data is None:
            return None
        key = sha256(data)
        self.assets[key] = data
        return Picture(
            asset=key,
            media_type=kind.media_type,
            alt=" ".join(alt.split()),
            width=width or kind.width,
            height=height or kind.height,
        )


_SIDES: dict[str, Side] = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}
_OPENING: dict[str, dict[str, Any]] = {
    "strong_open": {"bold": True},
    "em_open": {"italic": True},
    "s_open": {"strike": True},
    "mark_open": {"highlight": MARKED},
    "sub_open": {"script": "sub"},
    "sup_open": {"script": "super"},
}


_SIZE = re.compile(r"([0-9]{1,5})(?:x[0-9]{1,5})?")
_VIDEOS = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}
"""Tags and shortcodes that stand for a film elsewhere, by its id."""


def _title(token: Any) -> str:
    """What stands in quotes behind an address (CommonMark 0.31, 6.3 and 6.4)."""
    return " ".join(str(token.attrs.get("title", "")).split())


def _closing(tokens: list[Any], at: int) -> int:
    """The index of the token that closes the one at ``at`` (itself when it opens nothing)."""
    if tokens[at].nesting != 1:
        return at
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _block(unit: Unit) -> Block | None:
    """What a footnote holds."""
    match unit:
        case Para():
            return Paragraph(content=unit.content)
        case Listing():
            return Code(text=unit.text, language=unit.language)
        case Drawing(figure=Media() as file):
            return file
    return None


def named(address: str) -> media.MediaKind:
    """The kind of the file that an address names."""
    return media.named(address.partition("?")[0].partition("#")[0])


reader = Reader(
    read=lambda file: read(
        file.name, file.data, encoding=file.encoding, folder=file.folder, follow_links=file.follow_links
    ),
    text=True,
)
