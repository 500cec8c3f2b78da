"""A course that came as a file of the model (course.json, exported Markdown): nothing in it is taken on trust.

What a reader never makes, such a file may hold all the same: a script in ``Math.mathml``, ``javascript:`` in an
``href``, an invalid picture, or one under a media type that is not its own.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from coursepack.files.hashes import sha256
from coursepack.files.xml import legal
from coursepack.markup import addresses, formulas, language
from coursepack.markup.pictures import clean as clean_picture
from coursepack.markup.tex import safe
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Figure, Math, Media, Picture, Run
from coursepack.model.course import Course
from coursepack.place import CoursepackError, Finding, Place, warning
from coursepack.readers.attached import called
from coursepack.readers.pictures import sniff
from coursepack.render.pictures_of import attached, pictures


def clean(course: Course, assets: Assets, place: Place) -> tuple[Course, Assets, list[Finding]]:
    """The course and its pictures as they may be shown, and what was taken out, once a kind.

    Raises ``CoursepackError`` for parts that stand too deep in one another.
    """
    cleaner = _Cleaner()
    cleaner.take(assets, {block.asset for block in attached(course)}, set(pictures(course)))
    try:
        cleaned: Course = cleaner.part(course)
    except RecursionError:
        raise CoursepackError("its parts are nested too deeply", place) from None
    links = tuple(link for link in map(cleaner.link, cleaned.links) if link)
    if links != cleaned.links:
        cleaned = msgspec.structs.replace(cleaned, links=links)
    reported = [
        warning("course-left-out", f"{count} × {what}", place) for what, count in sorted(cleaner.reported.items())
    ]
    return cleaned, cleaner.assets, reported


class _Cleaner:
    def __init__(self) -> None:
        self.reported: Counter[str] = Counter()
        self.assets = Assets()
        self.kinds: dict[str, tuple[str, str]] = {}
        """SHA-256 of a picture as it came → SHA-256 as it may be shown, and its media type."""

    def take(self, assets: Assets, files: set[str], shown: set[str]) -> None:
        """The pictures, each under the checksum of what is left of it, and the attached ``files`` as they are.

        ``shown`` are those that the course shows as pictures.
        """
        for key, data in assets.data.items():
            if key in files:
                self.assets.data[key] = data
            if key in shown or key not in files:
                self._picture(key, data)

    def _picture(self, key: str, data: bytes) -> None:
        kind = sniff(data)
        shown = None if kind is None else clean_picture(data, self.reported)
        if kind is None:
            self.reported["an invalid picture"] += 1
        elif shown is not None:
            name = key if shown is data else sha256(shown)
            self.assets.data[name] = shown
            self.kinds[key] = (name, kind.media_type)

    def part(self, part: Any) -> Any:
        """A part of the model; the same object when nothing in it had to go."""
        match part:
            case str():
                return self._words(part)
            case Run():
                part = self._run(part)
            case Math():
                part = self._math(part)
            case Figure() | Picture() if part.asset in self.kinds:
                asset, media_type = self.kinds[part.asset]
                if (asset, media_type) != (part.asset, part.media_type):
                    part = msgspec.structs.replace(part, asset=asset, media_type=media_type)
            case Media():
                part = called(part, part.name)
        if isinstance(part, msgspec.Struct):
            return self._struct(part)
        if isinstance(part, dict):
            named = {name: self.part(value) for name, value in part.items()}
            return part if named == part else named
        if isinstance(part, tuple):
            result = tuple(self.part(each) for each in part)
            return part if all(new is old for new, old in zip(result, part, strict=True)) else result
        return part

    def _words(self, words: str) -> str:
        good = legal(words)
        if good == words:
            return words
        self.reported["a text with characters that no document may hold, left out"] += 1
        return good

    def _run(self, run: Run) -> Run:
        href = self.link(run.href) if run.href else None
        tag = language.tag(run.language)
        return run if (href, tag) == (run.href, run.language) else msgspec.structs.replace(run, href=href, language=tag)

    def _struct(self, struct: Any) -> Any:
        changes = {}
        for name in struct.__struct_fields__:
            value = getattr(struct, name)
            if isinstance(value, str | tuple | dict | msgspec.Struct) and (result := self.part(value)) is not value:
                changes[name] = result
        return msgspec.structs.replace(struct, **changes) if changes else struct

    def link(self, address: str) -> str | None:
        """The address, or None (and reported) for one that may not be followed."""
        good = addresses.link(address)
        if good is None:
            self.reported[f"a link with a forbidden scheme ({addresses.scheme(address)}): its text is kept"] += 1
        return good

    def _math(self, formula: Math) -> Math:
        result = Math(
            mathml=formulas.text(formula.mathml, self.reported), tex=safe(formula.tex, self.reported), text=formula.text
        )
        return formula if result == formula else result
