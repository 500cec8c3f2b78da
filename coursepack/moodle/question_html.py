"""A question's blocks as HTML that travels with its pictures, the way Moodle stores texts with files."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import ClassVar
from urllib.parse import quote

from lxml import etree

from coursepack.files import media
from coursepack.markup.tex import is_letters, safe
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Blocks, Figure, Math, Media, Paragraph, Picture, Run
from coursepack.render.html import UNSTYLED, HtmlRenderer, Looks
from coursepack.render.schemes import Grounds

PLUGINFILE = "@@PLUGINFILE@@/"


@dataclass
class QuestionHtml(HtmlRenderer):
    """Blocks → HTML whose pictures and attached files are ``@@PLUGINFILE@@/name``.

    ``files`` (name → bytes) collects them since it was last taken, ``missing`` the pictures and ``missing_files``
    the names of files that no document brought: their place holds their text. A formula typed as TeX stays TeX,
    because Moodle's editor keeps it, between the brackets that its MathJax filter knows.
    """

    # Moodle's themes draw no lines in a table of a text, set its columns without a gap, and indent no quote.
    looks: ClassVar[Looks] = UNSTYLED
    ground: ClassVar[Grounds | None] = "lms"
    assets: Assets
    files: dict[str, bytes] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    missing_files: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(top=3, address=self._picture, file=self._file)

    def take(self, blocks: Blocks) -> tuple[str, dict[str, bytes]]:
        """The HTML of the blocks and the files that it shows (name → bytes)."""
        if not blocks:
            return "", {}
        plain = plain_text(blocks)
        if plain is not None:
            return f"<p>{escape(plain, quote=False)}</p>", {}
        self.files = {}
        html = str(self.html(blocks))
        return html, self.files

    def math(self, parent: etree._Element, math: Math, *, display: bool = False) -> None:
        tex = safe(math.tex)
        if not tex:
            super().math(parent, math, display=display)
            return
        start, end = (r"\[", r"\]") if display else (r"\(", r"\)")
        self.run(parent, Run(text=f"{start}{tex}{end}"))

    def _image(self, parent: etree._Element, picture: Figure | Picture) -> None:
        if self.assets.holds(picture.asset):
            super()._image(parent, picture)
        else:
            self.missing.append(picture.asset)
            self.run(parent, Run(text=f"[{picture.alt}]" if picture.alt else "[…]"))
            return
        name = self._name(picture.asset, picture.media_type)
        parent[-1].set("src", PLUGINFILE + name)
        self.files[name] = self.assets.read(picture.asset)

    def _picture(self, asset: str) -> str:
        return PLUGINFILE + asset

    def _file(self, block: Media) -> str | None:
        try:
            data = self.assets.file(block.asset)
        except KeyError:
            self.missing_files.append(block.name)
            return None
        name = media.kept_name(block.name)
        if self.files.get(name, data) != data:
            stem, dot, ending = name.rpartition(".")
            name = f"{stem or ending}-{block.asset[:16]}{dot}{ending if stem else ''}"
        self.files[name] = data
        return PLUGINFILE + quote(name)

    @staticmethod
    def _name(asset: str, media_type: str) -> str:
        return f"picture-{asset[:16]}{media.ending(media_type)}"


def plain_text(blocks: Blocks) -> str | None:
    """The text of a single plain paragraph: most questions are one, and need no tree."""
    match blocks:
        case (Paragraph(content=(Run() as run,), is_plain=True),):
            styled = run != Run(text=run.text)
            return None if styled or "\n" in run.text or not is_letters(run.text) else run.text
    return None
