"""Where a correction is anchored: the words that a passage begins with, those around it, the hash of its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coursepack.outline.corrections import AnchoredPassage, around, found_in, passages, units
from coursepack.outline.found import OutlineSource
from coursepack.outline.parted import plain

LONGEST = 60
"""Letters that are quoted of a passage."""


@dataclass(frozen=True)
class Spot:
    """A passage of a source: the paragraph that a line belongs to."""

    source: OutlineSource
    at: int
    every: tuple[AnchoredPassage, ...]

    @property
    def text(self) -> str:
        return self.every[self.at].text

    @property
    def printed(self) -> str:
        """The text with the lines that it was printed in."""
        one = self.every[self.at]
        if one.para is not None or one.unit or not (parts := self.source.stream.pieces[one.at].parts):
            return self.text
        clean = self.source.stream.texts.clean
        return "\n".join(clean[part.unit][part.start : part.end].strip() for part in parts)

    @property
    def in_table(self) -> bool:
        return self.every[self.at].para is not None

    def entry(self, quote: str = "") -> Mapping[str, str | int]:
        """The keys of a correction that say which passage is meant; ``quote``: words inside of it to begin with."""
        begins = plain(quote) or self._begins()
        counted = sum(found_in(one.text, begins) is not None for one in self.every[: self.at])
        before, after = around(self.every, self.at)
        stated: dict[str, str | int] = {"file": self.source.document.file, "begins": begins}
        stated |= {"nth": counted + 1} if counted else {}
        stated |= {"before": before} if before else {}
        stated |= {"after": after} if after else {}
        return stated | {"sha256": self.source.document.sha256}

    def _begins(self) -> str:
        text = plain(self.text)
        if len(text) <= LONGEST:
            return text
        space = text.rfind(" ", 1, LONGEST)
        return text[:space] if space > 0 else text[:LONGEST]


def spot(source: OutlineSource, unit: int) -> Spot | None:
    """The passage that a line or paragraph belongs to; None where it was set aside before anybody could say so."""
    every = tuple(passages(source))
    for at, one in enumerate(every):
        if one.para is not None:
            if one.para.number == unit:
                return Spot(source, at, every)
        else:
            for part in source.stream.pieces[one.at].parts:
                if part.unit == unit:
                    return Spot(source, at, every)
    return None


def spot_of_line(source: OutlineSource, unit: int) -> Spot | None:
    """A line or paragraph as it was read, whatever became of it; None where it is blank."""
    every = tuple(units(source))
    at = next((at for at, one in enumerate(every) if one.unit == unit), None)
    return None if at is None else Spot(source, at, every)


def lines(found: Spot) -> list[int]:
    """The lines or paragraphs of a passage."""
    one = found.every[found.at]
    if one.para is not None:
        return [one.para.number]
    return sorted({part.unit for part in found.source.stream.pieces[one.at].parts})
