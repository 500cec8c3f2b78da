"""What most letters of a document look like: a look that says nothing, whatever it is elsewhere."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from coursepack.readers.docx.styles import CharacterStyle, DocxStyles, W
from coursepack.readers.office.names import NAMES


def usual(body: etree._Element, styles: DocxStyles) -> CharacterStyle:
    """The colour, the marking and the width of type that most letters have, as far as they are any."""
    counts: Counter[CharacterStyle] = Counter()
    # A paragraph may have as many runs as it likes: its properties are looked for once.
    styled: dict[etree._Element | None, str | None] = {None: styles.paragraph_style(None)}
    for run in body.iter(f"{W}r"):
        paragraph = next(run.iterancestors(f"{W}p"), None)
        if paragraph is not None and paragraph not in styled:
            styled[paragraph] = styles.paragraph_style(paragraph.find(f"{W}pPr"))
        look = styles.look(styled[paragraph], run.find(f"{W}rPr"))
        counts[look] += sum(len(text.text or "") for text in run.iterchildren(f"{W}t"))
    total = counts.total()
    colours, highlights, mono = Counter[str](), Counter[str](), 0
    for look, count in counts.items():
        colours[look.colour] += count
        highlights[look.highlight] += count
        mono += count * bool(look.mono)
    least = total * NAMES.usual
    typed = 0 < total * NAMES.typed <= mono * 100
    return CharacterStyle(colour=_most(colours, least), highlight=_most(highlights, least), mono=typed)


def _most(counted: Counter[str], least: int) -> str:
    return next((stated for stated, count in counted.items() if 0 < least <= count * 100), "")
