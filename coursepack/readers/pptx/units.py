"""The units of a deck as they are made, and what is reported of what is left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec.structs import replace

from coursepack.model.blocks import Figure, Inlines, Media, Paragraph, Run, inline_text
from coursepack.model.document import Drawing, Grid, GridCell, Para, SpeakerNote, Unit
from coursepack.place import Place
from coursepack.readers.inline import unstyled
from coursepack.readers.office.names import CHART
from coursepack.readers.opc import COMMENT, OfficePackage
from coursepack.readers.pptx.names import topic

HIDDEN = "a hidden slide, left out"
NOTES = "a slide with speaker's notes, left out"
FURNISHED = "a footer, date or slide number, left out"
LEADING = "a box that leads to another slide, left out"
AGAIN = "a text in the same place on most slides: it is kept once"
JOINED = "a slide that repeats the title of the one before: they are one part"
LINES = "a line between shapes, left out: save a drawing as a picture"
CROPPED = "a picture that is cropped on its slide: all of it is shown"
BOXED = "a slide without a title: the text at its top is used as the title"
NOTED = {AGAIN, BOXED, CHART, CROPPED, HIDDEN, NOTES, FURNISHED, JOINED, LEADING, LINES, COMMENT}
ADVICE = {
    NOTES: 'speaker_notes = "teacher" or "text" in its [[source]] reads them',
    HIDDEN: "show the slide if it is part of the lecture",
}


@dataclass
class Units:
    """What was ``found`` and ``spoken`` so far; paragraphs are counted from 1."""

    parts: OfficePackage
    found: list[Unit] = field(default_factory=list)
    count: int = 0
    spoken: list[SpeakerNote] = field(default_factory=list)
    _topic: str = ""

    def number(self) -> int:
        """The number of the paragraph that begins."""
        self.count += 1
        return self.count

    def title(self, content: Inlines, level: int) -> None:
        """A heading, unless it says again what the slide before is about."""
        words = topic(inline_text(content))
        if words == self._topic:
            self.parts.reported[JOINED] += 1
        else:
            self.found.append(Para(content=unstyled(content), number=self.number(), heading=level))
        self._topic = words

    def para(self, text: str, *, style: str | None = None, href: str | None = None) -> None:
        """A paragraph of plain text."""
        self.found.append(Para(content=(Run(text=text, href=href),), number=self.number(), style=style))

    def say(self, title: Inlines, stated: list[Inlines], slide: int) -> None:
        """What the speaker says at a slide, for the teacher."""
        number = max(self.count, 1)
        place = Place(self.parts.name, number, number, "paragraph", slide=slide)
        head = tuple(replace(run, bold=True) if isinstance(run, Run) else run for run in title)
        blocks = [Paragraph(content=content, place=place) for content in (head, *stated) if content]
        self.spoken.append(SpeakerNote(number=number, blocks=tuple(blocks)))

    def drawing(self, figure: Figure | Media, slide: int) -> None:
        """A picture, a sound or a film on its slide."""
        number = self.number()
        place = Place(self.parts.name, number, number, "paragraph", slide=slide)
        self.found.append(Drawing(figure=replace(figure, place=place), number=number))

    def grid(self, rows: list[list[GridCell]], first: int, header_rows: int) -> None:
        """A table whose first paragraph is ``first``; no table where no row has a cell."""
        if any(rows):
            result = tuple(map(tuple, rows))
            self.found.append(Grid(rows=result, number=first, header_rows=min(header_rows, len(result) - 1)))
