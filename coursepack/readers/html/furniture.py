"""The text of a page without what stands around it: navigation, scripts, what is hidden (``page.toml``)."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from coursepack.files.xml import take_out
from coursepack.readers.html.tree import Element, all_text

NAVIGATION = "navigation and the like around the text, left out"
HIDDEN = "content that the page hides, left out"


class _Comments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    prefixes: tuple[str, ...]


class _FurnitureData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    silent: frozenset[str]
    elements: frozenset[str]
    roles: frozenset[str]
    names: frozenset[str]
    titles: frozenset[str]
    main: tuple[str, ...]
    share: int
    late: tuple[str, ...]
    sets: tuple[str, ...]
    headings: dict[str, int]
    redirects: dict[str, str]
    comments: _Comments


DATA = msgspec.convert(tomllib.loads((Path(__file__).parent / "page.toml").read_text("utf-8")), _FurnitureData)


def text_of_page(body: Element, reported: Counter[str]) -> Element:
    """The element that holds the text, what is none taken out of it; ``reported`` counts that."""
    for element in list(body.iter("*")):
        if element is not body and element.getroottree().getroot() is not element:
            _judge(element, body, reported)
    main = _main(body)
    if main is not body and (outside := _letters(body) - _letters(main)):
        reported[f"{outside} characters outside the main text of the page, left out"] += 1
    return main


def _judge(element: Element, body: Element, reported: Counter[str]) -> None:
    name = str(element.tag)
    if name == "script" and element.get("type", "").lower().startswith("math/tex"):
        _as_formula(element)
    elif name in DATA.silent:
        take_out(element)
    elif _is_furniture(element):
        reported[NAVIGATION] += _is_inside(element, body) and bool(all_text(element).strip())
        take_out(element)
    elif _is_hidden(element) and next(element.iter("math"), None) is None:
        reported[HIDDEN] += _is_inside(element, body) and bool(all_text(element).strip())
        take_out(element)


def _is_inside(element: Element, body: Element) -> bool:
    """False for what went together with something around it."""
    return any(parent is body for parent in element.iterancestors())


def _as_formula(script: Element) -> None:
    """MathJax 2 keeps a formula as a script; the letters that it set before it went as furniture."""
    opening, closing = ("\\[", "\\]") if "display" in script.get("type", "") else ("\\(", "\\)")
    script.text = f"{opening}{script.text or ''}{closing}"
    script.tag = "span"
    script.attrib.clear()


def _is_furniture(element: Element) -> bool:
    if element.tag in DATA.elements or element.get("role", "").lower() in DATA.roles:
        return True
    if element.tag == "div" and element.get("title") in DATA.titles:
        return True
    if element.tag in {"body", "main", "article", "h1", "h2", "h3"}:
        return False
    names = {element.get("id", "").lower(), *element.get("class", "").lower().split()}
    return not names.isdisjoint(DATA.names) and next(element.iter("math"), None) is None


def _is_hidden(element: Element) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return "hidden" in element.attrib or element.get("aria-hidden") == "true" or "display:none" in style


def _main(body: Element) -> Element:
    """The one part that holds most of the letters, by the names that pages have for it."""
    whole = _letters(body)
    for name in DATA.main:
        found = list(_called(body, name))
        if len(found) == 1 and _letters(found[0]) * 100 >= whole * DATA.share:
            return found[0]
    return body


def _called(body: Element, name: str) -> Iterator[Element]:
    if name.startswith("#"):
        return (element for element in body.iter("*") if element.get("id", "").lower() == name[1:])
    if name.startswith("[role="):
        return (element for element in body.iter("*") if element.get("role", "").lower() == name[6:-1])
    return iter(body.iter(name))


def _letters(element: Element) -> int:
    return len("".join(all_text(element).split()))
