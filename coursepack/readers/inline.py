"""Inline content as every reader of structured text makes it: runs joined, blanks trimmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from coursepack.files import media
from coursepack.model.blocks import Figure, Inline, Inlines, Math, Picture, Run, with_text
from coursepack.model.document import Line, Para, Unit

Titled = TypeVar("Titled", Run, Picture, Figure)


def local(tag: object) -> str:
    """The name of an element without its namespace; broken files hold names that are none (``qu:z``)."""
    return str(tag).rpartition("}")[2]


def going_on(units: Sequence[Unit], depth: int) -> list[Unit]:
    """Units of an item in ``depth`` lists, those behind its first paragraph marked as what goes on with it."""
    if not isinstance(next(iter(units), None), Para):
        return list(units)
    return [*units[:1], *(unit if _is_inside(unit) else replace(unit, within=depth) for unit in units[1:])]


def _is_inside(unit: Unit) -> bool:
    """Whether a unit belongs to a list inside an item, or is no text of it."""
    return isinstance(unit, Line) or unit.within > 0 or (isinstance(unit, Para) and bool(unit.label or unit.heading))


def look(run: Run) -> Run:
    """Everything of a run but its letters."""
    return with_text(run, "")


def join(items: Iterable[Inline], *, bridge: bool = False) -> list[Inline]:
    """Neighbouring runs of one look become one run.

    ``bridge``: a blank takes the look of what stands before it, as word processors leave plain blanks in bold text.
    """
    joined: list[Inline] = []
    texts: list[str] = []
    current: Run | None = None

    def close() -> None:
        if current is not None:
            text = "".join(texts)
            # A title that repeats the letters, as every link of a wiki has one, says nothing.
            repeats = bool(current.title) and current.title.casefold() in {text.strip().casefold(), current.href}
            joined.append(replace(current, text=text, title="") if repeats else with_text(current, text))
        texts.clear()

    for item in items:
        if not isinstance(item, Run):
            close()
            current = None
            joined.append(item)
        elif current is not None and (look(item) == look(current) or (bridge and _blank_between(current, item))):
            texts.append(item.text)
        else:
            close()
            current = item
            texts.append(item.text)
    close()
    return joined


def _blank_between(before: Run, item: Run) -> bool:
    plain = not (before.href or item.href or before.underline or item.underline or before.code or item.code)
    plain = plain and not (before.strike or item.strike or before.highlight or item.highlight)
    return plain and not item.text.strip() and not before.script and not item.script


def trim(items: Iterable[Inline]) -> Inlines:
    """Without blanks at the beginning and the end."""
    kept = list(items)
    first = 0
    while first < len(kept):
        item = kept[first]
        if not isinstance(item, Run):
            break
        text = item.text.lstrip()
        if text:
            kept[first] = with_text(item, text)
            break
        first += 1
    last = len(kept)
    while last > first:
        item = kept[last - 1]
        if not isinstance(item, Run):
            break
        text = item.text.rstrip()
        if text:
            kept[last - 1] = with_text(item, text)
            break
        last -= 1
    return tuple(kept[first:last])


def only_pictures(content: Inlines) -> tuple[Picture, ...]:
    """The pictures of a paragraph that holds nothing else, else nothing."""
    found = tuple(item for item in content if isinstance(item, Picture))
    rest = any(not isinstance(i, Picture) and not (isinstance(i, Run) and not i.text.strip()) for i in content)
    return () if rest else found


def led_by(picture: Picture, look: Run) -> list[Inline]:
    """A picture in a link, and the link behind it, in the words that stand for the picture; one that leads to a picture
    again (a larger one, mostly) says nothing more."""
    href = look.href
    if href is None or media.named(href.partition("?")[0]).is_picture:
        return [picture]
    return [picture, Run(text=" "), Run(text=picture.alt or href, href=href, title=look.title)]


def titled(item: Titled, title: str | None) -> Titled:
    """The same with the title that an attribute gives it; no title where there are no letters in it."""
    words = " ".join((title or "").split())
    return replace(item, title=words) if words else item


def only_formula(content: Inlines) -> Math | None:
    """The formula of a paragraph that holds nothing else."""
    found = [i for i in content if not (isinstance(i, Run) and not i.text.strip())]
    return found[0] if len(found) == 1 and isinstance(found[0], Math) else None


_LOOKS: dict[str, bool | None] = {"bold": False, "italic": False, "colour": None, "highlight": None}


def unstyled(content: Inlines) -> Inlines:
    """Without bold, italics or colours that all its letters share: a heading's look, not somebody's emphasis."""
    runs = [item for item in content if isinstance(item, Run) and item.text.strip()]
    shared = {
        name: plain
        for name, plain in _LOOKS.items()
        if runs and getattr(runs[0], name) and all(getattr(run, name) == getattr(runs[0], name) for run in runs)
    }
    if not shared:
        return content
    return tuple(join(replace(item, **shared) if isinstance(item, Run) else item for item in content))
