"""Texts of questions in Moodle's four text formats → blocks, and their pictures."""

from __future__ import annotations

import re
from functools import partial

from coursepack.files import media
from coursepack.files.hashes import sha256
from coursepack.markup.pictures import clean as clean_picture
from coursepack.model.blocks import Blocks, Paragraph, Picture, Run, text_blocks
from coursepack.readers import pictures
from coursepack.readers.html.blocks import HtmlReader
from coursepack.readers.html.tree import has_markup
from coursepack.readers.inline import join
from coursepack.readers.streams import ReadingSession
from coursepack.readers.typed import with_formulas

_BREAKS = re.compile(r"\n[ \t]*\n\s*")
_TEX = ("\\(", "$$", "\\[")


def blocks(text: str, form: str, reader: HtmlReader) -> Blocks:
    """A text in ``form``: ``html``, ``moodle`` (HTML where line ends count), ``plain`` or ``markdown``."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return ()
    if form == "plain":
        return text_blocks(text)
    if form == "markdown":
        from coursepack.readers.markdown.reader import markdown_blocks

        return markdown_blocks(text, reader)
    if form == "html":
        return reader.blocks(text)
    if has_markup(text):
        # Moodle's own format: HTML in which an end of a line is a line break (weblib.php, text_to_html).
        return reader.blocks(_BREAKS.sub("<p>", text.strip()).replace("\n", "<br>"))
    return _moodle_plain(text, reader)


def _moodle_plain(text: str, reader: HtmlReader) -> Blocks:
    if not any(sign in text for sign in _TEX):
        return text_blocks(text)
    parts = (part.strip() for part in _BREAKS.split(text))
    make = partial(_run)
    return tuple(Paragraph(content=tuple(join(with_formulas(part, make, reader.lost)))) for part in parts if part)


def _run(text: str) -> Run:
    return Run(text=text)


def picture(
    data: bytes | None, alt: str, width: int | None, height: int | None, session: ReadingSession
) -> Picture | None:
    """The picture of a question, its bytes among the session's assets; None for what no page shows. ``width`` and
    ``height`` in pixels, where they are given."""
    kind = pictures.sniff(data) if data else None
    if data is None or kind is None or kind.media_type not in media.SHOWN:
        return None
    cleaned = clean_picture(data, session.lost)
    if cleaned is None:
        return None
    key = sha256(cleaned)
    session.assets.data.setdefault(key, cleaned)
    return Picture(asset=key, media_type=kind.media_type, alt=alt, width=width, height=height)
