"""Pictures and files that a page, a book or a text document brings: taken in from wherever they lie, or reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from coursepack.files import media, sources
from coursepack.files.hashes import sha256
from coursepack.markup import addresses
from coursepack.markup.pictures import clean as clean_picture
from coursepack.model.blocks import Media, Picture
from coursepack.place import Finding, Place, note, warning
from coursepack.readers import pictures
from coursepack.readers.attached import attached
from coursepack.readers.html.blocks import NOT_THERE
from coursepack.readers.office.names import CHART
from coursepack.readers.office_pictures import OfficePictures, advice, called

Find = Callable[[str, str], tuple[bytes | None, str]]
"""An address, and the name of the limit that holds for it → the bytes there, or why there are none."""


@dataclass
class Gathered:
    """What was taken in so far, by SHA-256; ``lost`` counts what is not kept of a text, ``missing`` has why pictures
    are not there, and which."""

    find: Find
    assets: dict[str, bytes] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)
    missing: dict[str, list[str]] = field(default_factory=dict)
    drawn: OfficePictures = field(default_factory=lambda: OfficePictures(Place("")))

    def picture(self, address: str, alt: str, width: int | None, height: int | None) -> Picture | None:
        """A picture that stands in its address, or where the document says; of several addresses, a line each, at the
        first where it is."""
        several = [] if address.lstrip().lower().startswith("data:") else address.strip().split("\n")
        there = (
            (one for one in several if self._bytes(one.strip())[0] is not None) if len(several) > 1 else iter(several)
        )
        address = next(there, several[0] if several else address).strip()
        data, missing = self._bytes(address)
        data = data and (self.drawn.picture(data) or data)
        kind = None if data is None else pictures.sniff(data)
        if data is None or kind is None or kind.media_type not in media.SHOWN:
            what = (
                missing
                if data is None
                else f"is in a format that browsers do not show ({called(data)}): {advice(data)}"
            )
            shown = "one in the page itself" if address.lower().startswith("data:") else address[:60]
            self.missing.setdefault(what, []).append(shown or "one without an address")
            return None
        clean = clean_picture(data, self.lost)
        if clean is None:
            return None
        key = sha256(clean)
        self.assets[key] = clean
        size = width or kind.width, height or kind.height
        return Picture(asset=key, media_type=kind.media_type, alt=alt, width=size[0], height=size[1])

    def file(self, address: str) -> Media | None:
        """A file that lies beside; None for a text of its own, and for what is not there."""
        plain = media.named(address.partition("?")[0].partition("#")[0])
        if addresses.scheme(address) != addresses.RELATIVE or address.startswith("#") or plain in media.TEXTS:
            return None
        data, _ = self.find(address, "file-bytes")
        if data is None:
            return None
        result = attached(data, address)
        self.assets[result.asset] = data
        return result

    def findings(self, name: str, code: str) -> list[Finding]:
        """What was not kept of a document: a warning, or a note for what only stands around a text."""
        place = Place(name)
        result = [
            warning(f"{code}-left-out", f"{len(which)} × a picture that {what}: {_some(which)}", place)
            for what, which in sorted(self.missing.items())
        ]
        counted = [(what, times) for what, times in sorted(self.lost.items()) if times and what != NOT_THERE]
        for tell in (warning, note):
            result += [
                tell(f"{code}-left-out", f"{times} × {what}", place)
                for what, times in counted
                if (tell is note) == _is_around(what)
            ]
        return [*result, *self.drawn.findings(place)]

    def _bytes(self, address: str) -> tuple[bytes | None, str]:
        if (inline := pictures.inline(address)) is not None:
            return inline
        if addresses.scheme(address) != addresses.RELATIVE or address.startswith("//"):
            return None, "is elsewhere: save it next to the text"
        return self.find(address, "picture-bytes") if address else (None, sources.ELSEWHERE)


_AROUND = ("a link that leads nowhere", "an event handler", "a form field", CHART)
_MOST_NAMED = 5


def _is_around(what: str) -> bool:
    return what.startswith(_AROUND) or what.endswith("left out")


def _some(which: list[str]) -> str:
    return ", ".join(which[:_MOST_NAMED]) + (" …" if len(which) > _MOST_NAMED else "")
