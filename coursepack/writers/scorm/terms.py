"""Terms of the glossary in a text: the first time that one occurs in a section it opens its definition.

Forms of a term are known by the endings of the course's language (``languages.forms``). Formulas, code, links and
headings hold no term; one that is printed in two styles at once is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree
from markupsafe import Markup

from coursepack.languages.forms import folded, form_of
from coursepack.model.course import Term

Element = etree._Element

_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_EXCLUDED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NAMES = re.compile(r"\s*[;/]\s*")
_CLOSED = frozenset(
    {"a", "button", "code", "pre", "math", "h1", "h2", "h3", "h4", "h5", "h6", "audio", "video", "abbr"}
)
_SECTION = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SAME = 2
"""Letters that all forms of a word begin with, whatever becomes of its end."""


@dataclass(frozen=True)
class TermView:
    """A term as a page shows it. ``key`` stands for it in suspend_data."""

    id: str
    key: str
    name: str
    names: str
    html: Markup


@dataclass(frozen=True)
class _Sought:
    term: str
    words: tuple[re.Pattern[str], ...]


@dataclass
class GlossaryTerms:
    """Marks the terms of a glossary. ``used``: ids of those that were marked."""

    glossary: Sequence[Term]
    language: str
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._sought: dict[str, list[_Sought]] = {}
        for term in self.glossary:
            for name in names(term) if term.definition else ():
                words = _WORD.findall(name)
                one = _Sought(term.id, tuple(form_of(word, self.language) for word in words))
                self._sought.setdefault(folded(words[0])[:_SAME], []).append(one)
        for found in self._sought.values():
            found.sort(key=lambda one: -len(one.words))  # the longest name first

    def mark(self, root: Element) -> None:
        """Make an opener of each first occurrence in a section of the tree."""
        if self._sought:
            self._walk(root, set())

    def _walk(self, element: Element, seen: set[str]) -> None:
        """``seen``: the terms of this section; a heading begins another."""
        self._text(element, None, element.text or "", seen)
        for child in list(element):
            if isinstance(child.tag, str):
                name = etree.QName(child).localname
                if name in _SECTION:
                    seen.clear()
                elif name not in _CLOSED and "footnote" not in child.get("class", ""):
                    self._walk(child, seen)
            self._text(element, child, child.tail or "", seen)

    def _text(self, parent: Element, before: Element | None, text: str, seen: set[str]) -> None:
        """The text of ``parent`` behind its child ``before``."""
        at = 0
        for start, end, term in self._found(text, seen):
            self._put(parent, before, text[at:start])
            opener = etree.Element("a", {"class": "term", "role": "button", "href": f"#gloss-{term}"})
            opener.text = text[start:end]
            parent.insert(0 if before is None else parent.index(before) + 1, opener)
            before, at = opener, end
        if at:
            self._put(parent, before, text[at:])

    @staticmethod
    def _put(parent: Element, before: Element | None, text: str) -> None:
        if before is None:
            parent.text = text
        else:
            before.tail = text

    def _found(self, text: str, seen: set[str]) -> Iterator[tuple[int, int, str]]:
        words = list(_WORD.finditer(text))
        at = 0
        while at < len(words):
            term, count = self._here(text, words, at)
            if term and term not in seen:
                seen.add(term)
                self.used.add(term)
                yield words[at].start(), words[at + count - 1].end(), term
            at += count

    def _here(self, text: str, words: list[re.Match[str]], at: int) -> tuple[str, int]:
        """The term whose name begins with this word, and how many words it has; no term, and one."""
        for one in self._sought.get(folded(words[at][0])[:_SAME], ()):
            end = at + len(one.words)
            if end > len(words) or not all(
                form.fullmatch(word[0]) for form, word in zip(one.words, words[at:end], strict=True)
            ):
                continue
            if all(
                text[a.end() : b.start()].isspace() for a, b in zip(words[at:end], words[at + 1 : end], strict=False)
            ):
                return one.term, len(one.words)
        return "", 1


def names(term: Term) -> list[str]:
    """What a text may call a term: its name without what stands in brackets, each of several apart."""
    plain = _EXCLUDED.sub(" ", term.term)
    return [name for name in dict.fromkeys(_NAMES.split(plain)) if _WORD.search(name)]
