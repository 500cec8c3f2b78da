"""Findings, errors and other messages in a person's language (``messages.po``).

Messages are made in English where something is found, and stay English in findings, reports and JSON. Only what is
printed for a person is translated: the catalogue's message whose fixed words stand in the English text is looked up,
what stands between them is taken over into its translation. ``tools/messages.py`` collects the messages.

>>> of("ru")("no edition in 'de', expected one of kk, ru")
"нет издания на языке 'de', ожидается одно из: kk, ru"
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from coursepack.languages import SOURCE, file, known
from coursepack.languages.catalogues import translations
from coursepack.place import CoursepackError, Finding, Place

DOMAIN = "messages"
_GAP = re.compile(r"\{\{|\}\}|\{(?P<name>\w+)(?P<said>:said)?\}")
_LONG = 20_000
"""Letters of a text that is looked for; a message is never so long."""
_LISTS = ("; ", ", ", " and ", " + ")
"""What stands between messages that one field holds."""
_MORE = " …"
_DEEP = 4
"""How deep messages stand in one another."""
_NUMBER = re.compile(r"number\d*|count\d*|count_\w+")
"""Fields that are told by a number: no sentence stands in them."""
_FIRST = re.compile(r"\w[\w-]*(?=\s|$)")
_SLIDE = re.compile(r" \(slide (\d+)\)$")


@dataclass(frozen=True)
class Gap:
    """A field of a message; ``said`` where it holds a message."""

    name: str
    said: bool


def parsed(text: str) -> tuple[str | Gap, ...]:
    """A message of a catalogue as literals and fields, neither of them twice in a row."""
    parts: list[str | Gap] = [""]
    at = 0
    for found in _GAP.finditer(text):
        literal = text[at : found.start()] + ("" if found["name"] else found[0][0])
        parts[-1] = str(parts[-1]) + literal
        if found["name"]:
            parts += [Gap(found["name"], bool(found["said"])), ""]
        at = found.end()
    parts[-1] = str(parts[-1]) + text[at:]
    return tuple(part for part in parts if part != "")


def _pattern(part: str | Gap) -> str:
    if isinstance(part, str):
        return re.escape(part)
    return r"(\S*?)" if _NUMBER.fullmatch(part.name) else "(.*?)"


@dataclass(frozen=True)
class Template:
    """A message with fields, and its translation."""

    message: str
    translation: str

    @cached_property
    def parts(self) -> tuple[str | Gap, ...]:
        return parsed(self.message)

    @cached_property
    def literals(self) -> tuple[str, ...]:
        return tuple(part for part in self.parts if isinstance(part, str))

    @cached_property
    def fixed(self) -> int:
        """How many letters are fixed: of two that fit, the one with more is meant."""
        return sum(map(len, self.literals))

    @cached_property
    def weak(self) -> bool:
        """Whether the fixed text is too little to know a message by: then what is said in it has to be known."""
        return sum(letter.isalpha() for literal in self.literals for letter in literal) < 4

    @cached_property
    def anchor(self) -> str:
        """The longest literal: a text without it is another message."""
        return max(self.literals, key=len, default="")

    @cached_property
    def expression(self) -> re.Pattern[str]:
        return re.compile("".join(map(_pattern, self.parts)), re.DOTALL)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(part for part in self.parts if isinstance(part, Gap))

    def values(self, text: str) -> tuple[str, ...] | None:
        """What stands in the fields where the text is this message."""
        if self.anchor not in text:
            return None
        found = self.expression.fullmatch(text)
        return found.groups() if found else None


class Messages:
    """The messages of one language."""

    offered_to_templates = True

    def __init__(self, language: str) -> None:
        self.language = language
        self._whole: dict[str, str] = {}
        self._by_word: dict[str, list[Template]] = defaultdict(list)
        self._others: list[Template] = []
        for message, translation in translations(language, DOMAIN).items():
            self._enter(message, translation)
        for templates in (*self._by_word.values(), self._others):
            templates.sort(key=lambda one: (-one.fixed, one.message))

    def _enter(self, message: str, translation: str) -> None:
        parts = parsed(message)
        first = parts[0] if parts else ""
        if len(parts) == 1 and isinstance(first, str):
            self._whole[first] = filled(translation, {})
            return
        word = _FIRST.match(first) if isinstance(first, str) else None
        # A word that ends where a field begins may go on in it.
        if word and word.end() < len(str(first)):
            self._by_word[word[0]].append(Template(message, translation))
        else:
            self._others.append(Template(message, translation))

    def __call__(self, said: object) -> str:
        """A finding, an error or a text in this language, blanks around it kept; what is no message of the catalogue
        stays English."""
        if isinstance(said, Finding):
            return self.finding(said)
        if isinstance(said, CoursepackError):
            return self.error(said)
        text = str(said)
        bare = text.strip()
        known = self._known(bare, _DEEP) or self._listed(bare)
        if known is None:
            return self._known(text, _DEEP) or text
        return text.replace(bare, known, 1)

    def has(self, text: str) -> bool:
        """Whether the catalogue knows this text as a message."""
        return self._known(text.strip(), _DEEP) is not None or self._known(text, _DEEP) is not None

    def template(self, text: str) -> str | None:
        """The message id that a text is taken for."""
        if text in self._whole:
            return text
        return next((one.message for one, _ in self._fitting(text, _DEEP)), None)

    def _known(self, text: str, deep: int) -> str | None:
        if text in self._whole:
            return self._whole[text]
        for template, values in self._fitting(text, deep):
            return filled(template.translation, values)
        return None

    def _fitting(self, text: str, deep: int) -> Iterator[tuple[Template, dict[str, str]]]:
        """The templates that a text fits, the one with most fixed letters first, with what fills their fields."""
        if deep == 0 or len(text) > _LONG:
            return
        word = _FIRST.match(text)
        candidates = [*(self._by_word.get(word[0], ()) if word else ()), *self._others]
        for template in sorted(candidates, key=lambda one: -one.fixed):
            found = template.values(text)
            if found is None:
                continue
            values = dict(zip((gap.name for gap in template.gaps), found, strict=True))
            told = {gap.name: self._within(values[gap.name], deep - 1) for gap in template.gaps if gap.said}
            if template.weak and (not told or None in told.values()):
                continue
            yield template, values | {name: known for name, known in told.items() if known is not None}

    def _within(self, text: str, deep: int) -> str | None:
        """A message that stands in a field: one, a list of several, or an error with its place and advice."""
        found = self._known(text, deep)
        if found is not None:
            return found
        if text.endswith(_MORE):
            rest = self._within(text.removesuffix(_MORE), deep)
            return None if rest is None else rest + _MORE
        for sign in _LISTS:
            if sign in text:
                pieces = [self._piece(piece, deep) for piece in text.split(sign)]
                if None not in pieces:
                    return self._joint(sign).join(piece for piece in pieces if piece is not None)
        return self._error(text, deep)

    def _listed(self, text: str) -> str | None:
        """Several messages with «;» between them, the last of them perhaps «… 9 pairs in all»."""
        pieces = text.split("; ")
        if len(pieces) == 1 or self._known(pieces[0], _DEEP) is None:
            return None
        said = [self._known(piece.removeprefix("… "), _DEEP) for piece in pieces]
        if None in said:
            return None
        marks = ("… " if piece.startswith("… ") else "" for piece in pieces)
        return "; ".join(f"{mark}{one}" for mark, one in zip(marks, said, strict=True))

    def _piece(self, text: str, deep: int) -> str | None:
        """A message of a list, perhaps behind a place: «a.txt:3: no text»."""
        known = self._known(text, deep)
        head, sign, rest = text.partition(": ")
        if known is None and sign and (of_place := self._known(rest, deep)) is not None:
            return f"{head}: {of_place}"
        return known

    def _joint(self, sign: str) -> str:
        return f" {self._whole[sign.strip()]} " if sign.strip() in self._whole else sign

    def _error(self, text: str, deep: int) -> str | None:
        """«file:12: message; advice»: the text of an error (``CoursepackError``)."""
        head, sign, rest = text.partition(": ")
        message, semicolon, advice = rest.rpartition("; ")
        tries = [(text, "", "")] if not sign else [(rest, f"{head}: ", "")]
        tries += [(message, f"{head}: ", advice)] if semicolon and sign else []
        before, semicolon, after = text.rpartition("; ")
        tries += [(before, "", after)] if semicolon else []
        for tried, place, told in tries:
            known = self._known(tried, deep)
            if known is not None:
                return f"{place}{known}" + (f"; {self._known(told, deep) or told}" if told else "")
        return None

    def place(self, place: Place) -> str:
        """Where something stands."""
        text = str(place)
        return _SLIDE.sub(lambda found: f" ({self(found[0].strip(' ()'))})", text)

    def finding(self, finding: Finding) -> str:
        """A finding in one line, as ``str`` of it is in English."""
        where = f"{self.place(finding.place)}: " if finding.place else ""
        advice = f" -> {self(finding.advice)}" if finding.advice else ""
        return f"{where}{self(str(finding.severity))}: {self(finding.message)} [{finding.code}]{advice}"

    def error(self, problem: CoursepackError) -> str:
        """An error in one line, as ``str`` of it is in English."""
        where = f"{self.place(problem.place)}: " if problem.place else ""
        advice = f"; {self(problem.advice)}" if problem.advice else ""
        return f"{where}{self(problem.message)}{advice}"


def filled(translation: str, values: Mapping[str, str]) -> str:
    """A translation with its fields filled; a field that the message does not have stays to be seen."""
    return "".join(
        part if isinstance(part, str) else values.get(part.name, f"{{{part.name}}}") for part in parsed(translation)
    )


class _English(Messages):
    """English is what everything is made in."""

    def __call__(self, said: object) -> str:
        return str(said)


@cache
def of(language: str) -> Messages:
    """The messages of a language; one without a catalogue is answered in English."""
    return _English(SOURCE) if language == SOURCE or language not in spoken() else Messages(language)


@cache
def spoken() -> tuple[str, ...]:
    """The languages that messages are said in."""
    return tuple(code for code in known() if code == SOURCE or file(code, f"{DOMAIN}.po").is_file())
