"""PowerPoint presentations (.pptx, ECMA-376 / ISO/IEC 29500, transitional and strict) → ``Document``.

The title of the first slide is the document's, sections and titles of slides are headings below it; bullets, numbers,
tables, pictures, formulas, SmartArt and the data of charts stand in the order in which they are read aloud. What
masters and layouts hold, footers, dates and slide numbers are furniture; hidden slides stay out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from coursepack.files.hashes import sha256
from coursepack.model.document import Document, Notes
from coursepack.place import CoursepackError, Finding, Place, note, warning
from coursepack.readers import File, Reader
from coursepack.readers.opc import OfficePackage, open_package
from coursepack.readers.pptx import deck as decks
from coursepack.readers.pptx.deck import Deck, Slide
from coursepack.readers.pptx.names import P
from coursepack.readers.pptx.navigation import Navigation
from coursepack.readers.pptx.page import SlidePage
from coursepack.readers.pptx.units import ADVICE, HIDDEN, NOTED, Units


def read(name: str, data: bytes, *, speaker_notes: Notes = "teacher") -> Document:
    """The lecture in a presentation; ``speaker_notes``: what becomes of them. Raises
    ``CoursepackError``: no presentation, encrypted, damaged, without slides."""
    parts = OfficePackage(name, open_package(name, data, "PowerPoint presentation", ".pptx"), "pptx")
    try:
        reading = _DeckReader(parts, decks.of(parts), speaker_notes)
        reading.run()
    except RecursionError:
        raise CoursepackError("shapes are nested too deep to be read", Place(name)) from None
    if not reading.units.found:
        advice = "a deck of pictures in a format that is not read: save it as PDF with a text layer"
        raise CoursepackError("no slide with text or pictures in it", Place(name), advice)
    return Document(
        file=name,
        sha256=sha256(data),
        medium="pptx",
        units=tuple(reading.units.found),
        assets=dict(sorted(parts.assets.items())),
        properties=parts.properties(),
        findings=tuple(reading.findings()),
        slides=tuple(reading.starts),
        spoken=tuple(reading.units.spoken),
    )


@dataclass
class _DeckReader:
    """A deck as it is read, slide after slide; ``reported`` has what → on which slides, and how often."""

    parts: OfficePackage
    deck: Deck
    notes: Notes
    starts: list[tuple[int, int]] = field(default_factory=list)
    reported: dict[str, Counter[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = Units(self.parts)

    def run(self) -> None:
        shown = [slide for slide in self.deck.slides if not slide.hidden]
        named = any(slide.section for slide in shown)
        parted = named or any(slide.kind == "secHead" for slide in shown)
        navigation = Navigation(self.deck)
        self._report(0, self.parts.reported)
        for slide in self.deck.slides:
            self.parts.reported = Counter()
            if slide.hidden:
                self.parts.reported[HIDDEN] += 1
            else:
                self.starts.append((self.units.count + 1, slide.number))
                level = _level(slide, first=slide is shown[0], named=named, parted=parted)
                SlidePage(self.units, self.deck, slide, self.notes, navigation).read(level)
            self._report(slide.number, self.parts.reported)

    def _report(self, number: int, reported: Counter[str]) -> None:
        for what, times in reported.items():
            self.reported.setdefault(what, Counter())[number] += times

    def findings(self) -> list[Finding]:
        """What was noticed, once a kind with the slides where it was."""
        result = [*self.parts.findings, *self.parts.drawn.findings()]
        for what, slides in sorted(self.reported.items(), key=lambda found: (found[0] in NOTED, found[0])):
            numbers = [number for number in slides if number]
            where = f" ({_slides(numbers)})" if numbers else ""
            tell = note if what in NOTED else warning
            place = Place(self.parts.name, slide=numbers[0] if numbers else None)
            result.append(tell("pptx-left-out", f"{slides.total()} × {what}{where}", place, ADVICE.get(what, "")))
        return result


def _level(slide: Slide, *, first: bool, named: bool, parted: bool) -> int:
    """Of a slide's title: that of the deck is 1, of sections 2."""
    if first and (slide.kind == "title" or slide.root.find(f".//{P}ph[@type='ctrTitle']") is not None):
        return 1
    return 2 if slide.kind == "secHead" and not named else 2 + parted


def _slides(numbers: list[int]) -> str:
    some = ", ".join(map(str, numbers[:20])) + (" …" if len(numbers) > 20 else "")
    return f"slide{'s' if len(numbers) > 1 else ''} {some}"


def _read(file: File) -> Document:
    return read(file.name, file.data, speaker_notes=file.speaker_notes)


reader = Reader(read=_read)
