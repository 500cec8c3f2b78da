"""Trees cleaned in place: what no list names goes, an unknown element leaves its letters.

Three languages (HTML, MathML, SVG), one walk. Names are compared as they stand, in their own namespace, so that
nothing hides behind a prefix, another namespace or capitals.
"""

from __future__ import annotations

from collections import Counter
from functools import partial

from lxml import etree

from coursepack.files.xml import take_out
from coursepack.markup import addresses, css
from coursepack.markup.tables import MarkupVocabulary, allowed

Element = etree._Element

MATHML = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_XLINK_KEPT = frozenset({"title", "type", "role", "arcrole", "show", "actuate"})
_WORDS = {"html": "in a text", "mathml": "in a formula", "svg": "in a picture"}
_NAMESPACES = {"html": ("",), "mathml": ("", MATHML), "svg": ("", SVG)}


class Cleaner:
    """One run over a tree. ``reported`` counts what was taken out, in words that a reader can tell."""

    def __init__(self, language: str, reported: Counter[str]) -> None:
        self.language = language
        self.reported = reported
        self.where = _WORDS[language]
        self.names: MarkupVocabulary = getattr(allowed(), language)

    def clean(self, root: Element) -> None:
        """The inside of ``root`` and its attributes; its own name is the caller's to judge."""
        self._attributes(root)
        todo = [root]
        while todo:
            element = todo.pop()
            if _local(element) in self.names.letters:
                self._letters(element)
                continue
            for child in list(element):
                if _is_excluded(child):
                    self._excluded(child)
                elif self.language == "html" and child.tag == "math":
                    Cleaner("mathml", self.reported).clean(child)
                elif self._element(child):
                    todo.append(child)

    # --- elements

    def _element(self, element: Element) -> bool:
        """True for an element that stays and whose inside is still to be looked at."""
        name, namespace = _local(element), _namespace(element)
        if name.lower() in allowed().active.elements and not (name in self.names.elements and self._mine(namespace)):
            self.reported[f"<{name.lower()}> {self.where}, which can run code or load a page"] += 1
            take_out(element)
            return False
        if self._mine(namespace) and name in self.names.elements:
            self._attributes(element)
            if name == "style":
                element.text = css.sheet("".join(str(text) for text in element.itertext()), self.reported, self.where)
                _empty(element)
                return False
            return True
        if namespace in self.names.editors:
            return True
        self.reported[f"<{_short(name)}> {self.where}, which is not allowed there: its text is kept"] += 1
        self._rename(element)
        return True

    def _mine(self, namespace: str) -> bool:
        return namespace in _NAMESPACES[self.language]

    def _rename(self, element: Element) -> None:
        """An unknown element becomes a neutral one: what counts its children (a fraction) still finds them."""
        parent = element.getparent()
        namespace = _namespace(parent) if parent is not None and self._mine(_namespace(parent)) else ""
        neutral = self.names.neutral
        if self.language == "mathml" and not any(isinstance(child.tag, str) for child in element):
            neutral = "mtext"
        element.tag = f"{{{namespace}}}{neutral}" if namespace else neutral
        element.attrib.clear()

    def _letters(self, element: Element) -> None:
        """Text alone: what stands inside as an element leaves its letters, unless they are code."""
        if not len(element):
            return
        for child in list(element.iter("*"))[1:]:
            name = _local(child).lower()
            if name in allowed().active.elements:
                self.reported[f"<{name}> {self.where}, which can run code or load a page"] += 1
                take_out(child)
            else:
                self.reported[f"<{_short(name)}> {self.where}, which is not allowed there: its text is kept"] += 1
        text = "".join(str(part) for part in element.itertext("*"))
        _empty(element)
        element.text = text

    def _excluded(self, node: Element) -> None:
        """A comment is nothing to run in XML and none of ours; a processing instruction may name a style sheet."""
        comment = isinstance(node, etree._Comment)
        if comment and self.language == "svg":
            return
        if not comment:
            self.reported[f"an instruction to the browser (<?…?>) {self.where}"] += 1
        take_out(node)

    # --- attributes

    def _attributes(self, element: Element) -> None:
        for key, value in element.attrib.items():
            name, text = str(key), str(value)
            kept = self._attribute(element, name, text)
            if kept is None:
                del element.attrib[name]
            elif kept != text:
                element.set(name, kept)

    def _attribute(self, element: Element, name: str, value: str) -> str | None:
        """The value that may stay, or None."""
        space, _, local = name.rpartition("}")
        namespace = space[1:]
        if namespace in {"", _XLINK} and local == "href":
            return self._address(element, namespace, value)
        if namespace == "":
            return self._plain(local, value)
        if namespace == _XML and local in {"lang", "space"}:
            return value
        if self.language == "svg" and (namespace in self.names.editors or (namespace, local) in _XLINKS):
            return value
        self.reported[f"an attribute {self.where} of another language"] += 1
        return None

    def _plain(self, name: str, value: str) -> str | None:
        names = self.names
        if name == "style":
            return css.declarations(value, self.reported, self.where) or None
        if name in names.pictures:
            return self._address_if(value, good=addresses.shown(value))
        if name in names.attributes or name.startswith(names.prefixes):
            if self.language != "svg" or "(" not in value or css.harmless(value) or name.startswith(names.prefixes):
                return value
            self.reported[f"an attribute {self.where} that loads something"] += 1
            return None
        if name.lower().startswith("on"):
            self.reported[f"an event handler {self.where}"] += 1
        elif self.language == "svg":
            self.reported[f"an attribute {self.where} that is not known"] += 1
        return None

    def _address(self, element: Element, namespace: str, value: str) -> str | None:
        if self.language == "svg":
            good = addresses.part(value)
            if _local(element) in self.names.linked:
                good = good or addresses.link(value) == value
            elif _local(element) in self.names.pictured:
                good = good or addresses.pixels(value)
        else:
            good = namespace == "" and (addresses.link(value) == value or addresses.part(value))
            if self.language == "html" and element.get("download") is not None:
                good = good or addresses.beside(value)  # what is saved, not opened, may lie beside the page
        return self._address_if(value, good=good)

    def _address_if(self, value: str, *, good: bool) -> str | None:
        if not good:
            self.reported[f"an address {self.where} that may not be followed ({addresses.scheme(value)})"] += 1
        return value if good else None


_XLINKS = frozenset((_XLINK, name) for name in _XLINK_KEPT)
formula = partial(Cleaner, "mathml")
picture = partial(Cleaner, "svg")
fragment = partial(Cleaner, "html")


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _namespace(element: Element) -> str:
    return str(element.tag)[1:].partition("}")[0] if str(element.tag).startswith("{") else ""


def _is_excluded(node: Element) -> bool:
    """True for a comment, a processing instruction, a reference to an entity."""
    return isinstance(node, etree._Comment | etree._ProcessingInstruction | etree._Entity)


def _short(name: str) -> str:
    return name if len(name) <= 30 else name[:29] + "…"


def _empty(element: Element) -> None:
    for child in list(element):
        element.remove(child)
