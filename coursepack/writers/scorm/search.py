"""The index of a package's words, made once and read by ``search.js`` when a learner opens the search.

Words are put together by stem with Snowball's stemmer, where the language has one (``search.toml``). The index holds
every form that the course has with its stem, so that the browser needs no stemmer. It is a script that calls
``coursepack.index``: a page that was opened from a folder may load a script, and may fetch nothing. Only what a learner
can read on the pages is in it: no key, no feedback, no model answer.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from lxml import etree
from lxml import html as lxml_html
from markupsafe import Markup

from coursepack import languages
from coursepack.place import CoursepackError, Place
from coursepack.writers.scorm.pages import Outline, ScoContent, ScoPage
from coursepack.writers.scorm.views import QuestionView

FILE = "searchdata.js"
DATA = "search.toml"

_LEAST_BEFORE_VOWEL = 2
"""Letters before a vowel that may be lost: «рынок», not «ток»."""
_WORD = re.compile(r"[^\W_]+")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOXES = frozenset({"div", "section", "figure", "blockquote", "ol", "ul", "table", "thead", "tbody"})
_BLOCKS = _HEADINGS | _BOXES | {"p", "li", "tr", "caption", "figcaption", "pre", "dt", "dd"}
_CELLS = frozenset({"td", "th", "br"})
_UNREAD = frozenset({"annotation", "annotation-xml", "script", "style", "button", "template"})


class Search(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``search.toml`` of a language."""

    stemmer: str = ""
    """The name that Snowball gives the language; empty: words are matched by their beginnings alone."""
    endings: tuple[str, ...] = ()
    """Endings of forms that a course may not have."""
    letters: dict[str, str] = msgspec.field(default_factory=dict)
    """A letter → the one that it counts as."""
    later: dict[str, str] = msgspec.field(default_factory=dict)
    """The same after the first letter of a word."""
    fleeting: tuple[str, ...] = ()
    """Words that lose the vowel before their last letter where an ending begins with it: халық, халқы."""
    stems: dict[str, str] = msgspec.field(default_factory=dict)
    """How a stem ends → as what it is compared, where a vowel is there in some forms only: рынок, рынка."""

    def beginnings(self) -> dict[str, str]:
        """How a word begins that lost its vowel → how it would with it; ``letters`` are one already."""
        lost = ((word[:-2] + word[-1] + word[-2], word + word[-2]) for word in self.fleeting)
        return {self.alike(short): self.alike(whole) for short, whole in lost}

    def alike(self, word: str) -> str:
        """A word with one letter for those that count as one."""
        return "".join(self.letters.get(letter, letter) for letter in word)


def rules(language: str) -> Search:
    """How words of a language are found; one without ``search.toml`` has no rules.

    Raises ``CoursepackError`` for a file that cannot be used.
    """
    if language not in languages.known():
        return Search()
    try:
        return msgspec.convert(languages.data(language, DATA), Search)
    except msgspec.ValidationError as problem:
        raise CoursepackError(f"not rules of a search: {problem}", Place(str(languages.file(language, DATA)))) from None


@dataclass
class _PageText:
    """What stands on a page, a block at a time: paragraphs, items, rows of tables; ``heads`` numbers the headings."""

    blocks: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)

    def add(self, text: str, *, heading: bool = False) -> None:
        line = " ".join(text.split())
        if not line:
            return
        if heading:
            self.heads.append(len(self.blocks))
        self.blocks.append(line)

    def markup(self, html: Markup) -> None:
        if not html.strip():
            return
        root = lxml_html.fragment_fromstring(str(html), create_parent="div")
        pieces: list[str] = []
        self._walk(root, pieces)
        self._flush(pieces)

    def _flush(self, pieces: list[str], tag: str = "") -> None:
        self.add("".join(pieces), heading=tag in _HEADINGS)
        pieces.clear()

    def _walk(self, element: etree._Element, pieces: list[str]) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag and tag not in _UNREAD:
            if tag in _BLOCKS:
                self._flush(pieces)
            elif tag in _CELLS:
                pieces.append(" ")
            pieces.append(element.text or "")
            for child in element:
                self._walk(child, pieces)
            if tag in _BLOCKS:
                self._flush(pieces, tag)
            elif tag in _CELLS:
                pieces.append(" ")
        pieces.append(element.tail or "")


def index(lessons: Iterable[ScoContent], language: str) -> bytes:
    """The index of these lessons as a script."""
    found = rules(language)
    parts: list[list[str]] = []
    pages: list[list[Any]] = []
    forms: dict[str, list[int]] = {}
    number = 0
    for lesson in lessons:
        for page in lesson.pages:
            text = _page(page)
            pages.append([len(parts), page.id, text.blocks, text.heads])
            for block in text.blocks:
                for word in dict.fromkeys(words(block, found)):
                    forms.setdefault(word, []).append(number)
                number += 1
        parts.append([lesson.id, lesson.title])
    rows, endings = _rows(forms, found)
    data = {
        "letters": found.letters,
        "later": found.later,
        "beginnings": found.beginnings(),
        "endings": endings,
        "stems": bool(found.stemmer),
        "parts": parts,
        "pages": pages,
        "words": "\n".join(rows),
    }
    text_ = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"coursepack.index({text_});\n".encode()


def _page(page: ScoPage) -> _PageText:
    text = _PageText()
    text.add(page.title, heading=True)
    if page.kicker:
        text.add(page.kicker)
    for outcome in page.outcomes:
        text.add(outcome)
    for html in _apart(page.outline):
        text.markup(html)
    if page.start is not None:
        for html in page.start.texts:
            text.markup(html)
    for piece in page.pieces:
        text.markup(piece.html)
        _asked(text, piece.questions)
    for term in page.terms:
        text.add(f"{term.name} {term.names}")
        text.markup(term.html)
    for html in page.exam:
        text.markup(html)
    _asked(text, page.questions)
    return text


def _asked(text: _PageText, questions: Iterable[QuestionView]) -> None:
    for question in questions:
        for html in question.texts:
            text.markup(html)


def _apart(points: Iterable[Outline]) -> Iterator[Markup]:
    """Points of a plan that no heading of the text repeats."""
    for point in points:
        if not point.target:
            yield point.html
        yield from _apart(point.inner)


def words(text: str, found: Search) -> list[str]:
    """The words of a text as they are compared: lower case, no accents, letters as the language's rules have them."""
    plain = unicodedata.normalize("NFC", text).replace("\u00ad", "").lower()
    plain = "".join(letter for letter in plain if not unicodedata.category(letter).startswith("M"))
    begun = found.beginnings()
    return [_folded(word, found, begun) for word in _WORD.findall(plain)]


def _folded(word: str, found: Search, begun: dict[str, str]) -> str:
    """A word with the vowel that it has without its ending, and with one letter for those that count as one."""
    alike = found.alike(word)
    short = next((short for short in begun if alike.startswith(short)), "")
    if short:
        alike = begun[short] + alike.removeprefix(short)
    return alike[0] + "".join(found.later.get(letter, letter) for letter in alike[1:])


def _rows(forms: dict[str, list[int]], found: Search) -> tuple[list[str], list[str]]:
    """A row a stem, ``beginning|endings|blocks``, blocks as the distances between them in base 36; and all endings."""
    groups: dict[str, list[str]] = {}
    stem = _stemmer(found)
    for form in sorted(forms):
        groups.setdefault(stem(form), []).append(form)
    rows: list[str] = []
    endings = set(found.endings)
    for group in groups.values():
        base = _beginning(group)
        own = [form[len(base) :] for form in group]
        if len(group) > 1:
            endings.update(own)
        blocks = sorted({block for form in group for block in forms[form]})
        steps = (later - earlier for earlier, later in zip([0, *blocks], blocks, strict=False))
        rows.append(f"{base}|{','.join(own)}|{' '.join(map(_base36, steps))}")
    return rows, sorted(endings) if found.stemmer else []


def _beginning(group: list[str]) -> str:
    """What all forms of a sorted group begin with."""
    first, last = group[0], group[-1]
    length = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[:length]


def _stemmer(found: Search) -> Callable[[str], str]:
    if not found.stemmer:
        return str
    import snowballstemmer

    stem: Callable[[str], str] = snowballstemmer.stemmer(found.stemmer).stemWord
    return lambda word: _without_vowel(stem(word), found)


def _without_vowel(stem: str, found: Search) -> str:
    """A stem that is the same with a vowel that only some forms have and without it."""
    for ending, other in found.stems.items():
        if stem.endswith(ending) and len(stem) - len(ending) >= _LEAST_BEFORE_VOWEL:
            return stem.removesuffix(ending) + other
    return stem


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    out = ""
    while True:
        number, rest = divmod(number, 36)
        out = digits[rest] + out
        if not number:
            return out
