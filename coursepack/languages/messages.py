"""Findings, errors and other messages in a person's language (``messages.po``).

Messages are made in English where something is found, and stay English in findings, reports and JSON. Only what is
printed for a person is translated: the catalogue's message whose fixed words stand in the English text is looked up,
what stands between them is taken over into its translation. ``tools/messages.py`` collects the messages.

A message that counts is made in its plural form; an entry with ``msgid_plural`` has the other forms, in English as
well, and the number that is printed chooses one of them.

>>> of("ru")("no edition in 'de', expected one of kk, ru")
"нет издания на языке 'de', ожидается одно из: kk, ru"
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from coursepack.language_folders import MESSAGES, SOURCE, counts_one, spoken
from coursepack.languages.catalogues import plural_forms, plural_rule, translations
from coursepack.place import CoursepackError, Finding, Place

__all__ = ["DOMAIN", "spoken"]

DOMAIN = MESSAGES
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
class MessageField:
    """A field of a message; ``said`` where it holds a message."""

    name: str
    said: bool


def parsed(text: str) -> tuple[str | MessageField, ...]:
    """A message of a catalogue as literals and fields, neither of them twice in a row."""
    parts: list[str | MessageField] = [""]
    at = 0
    for found in _GAP.finditer(text):
        literal = text[at : found.start()] + ("" if found["name"] else found[0][0])
        parts[-1] = str(parts[-1]) + literal
        if found["name"]:
            parts += [MessageField(found["name"], bool(found["said"])), ""]
        at = found.end()
    parts[-1] = str(parts[-1]) + text[at:]
    return tuple(part for part in parts if part != "")


def _pattern(part: str | MessageField) -> str:
    if isinstance(part, str):
        return re.escape(part)
    return r"(\S*?)" if _NUMBER.fullmatch(part.name) and not part.said else "(.*?)"


@dataclass(frozen=True)
class PluralForms:
    """The forms of a message that counts; ``field`` holds the number, ``rule`` says which form it takes."""

    forms: tuple[str, ...]
    field: str
    rule: Callable[[int], int]

    def of(self, values: Mapping[str, str]) -> str:
        """The form for the number among the values; what is no whole number takes the last."""
        number = values.get(self.field, "")
        return self.forms[self.rule(int(number)) if number.isdecimal() else -1]


def counted_field(singular: str, plural: str) -> str:
    """The field that decides between two forms: the last one before the first text in which they differ, or the
    first."""
    before = ""
    for one, other in zip(parsed(singular), parsed(plural), strict=False):
        if isinstance(other, MessageField):
            before = other.name
        elif one != other and before:
            break
    return before or next(part.name for part in parsed(plural) if isinstance(part, MessageField))


@dataclass(frozen=True)
class MessageTemplate:
    """A message with fields, and its translation."""

    message: str
    translation: str
    plural: PluralForms | None = None

    @cached_property
    def parts(self) -> tuple[str | MessageField, ...]:
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
    def gaps(self) -> tuple[MessageField, ...]:
        return tuple(part for part in self.parts if isinstance(part, MessageField))

    def values(self, text: str) -> tuple[str, ...] | None:
        """What stands in the fields where the text is this message."""
        if self.anchor not in text:
            return None
        found = self.expression.fullmatch(text)
        return found.groups() if found else None

    def filled(self, values: Mapping[str, str]) -> str:
        """The translation with these values, in the form that the number among them takes."""
        return filled(self.plural.of(values) if self.plural else self.translation, values)

    def unsaid(self, values: tuple[str, ...]) -> int:
        """How many letters of the values are no message."""
        return sum(len(value) for gap, value in zip(self.gaps, values, strict=True) if not gap.said)


@dataclass(frozen=True)
class _Translation:
    """A text in another language; ``fixed`` letters of it were the catalogue's. ``whole`` where each message that
    stands in it was known."""

    text: str
    fixed: int
    whole: bool = True


@dataclass(frozen=True)
class _Fit:
    """A template that a text fits, what fills its fields, and how many letters of the text are the catalogue's."""

    form: MessageTemplate
    values: dict[str, str]
    fixed: int
    whole: bool


class Messages:
    """The messages of one language."""

    offered_to_templates = True

    def __init__(self, language: str) -> None:
        self.language = language
        self._whole: dict[str, str] = {}
        self._by_word: dict[str, list[MessageTemplate]] = defaultdict(list)
        self._others: list[MessageTemplate] = []
        for message, translation in translations(language, DOMAIN).items():
            self._enter(message, translation)
        rule = plural_rule(language)
        for message, (singular, *forms) in plural_forms(language, DOMAIN).items():
            if forms:
                plural = PluralForms(tuple(forms), counted_field(singular, message), rule)
                self._enter(message, forms[-1], plural)
                self._enter(singular, forms[-1], plural)  # where the source says it so
        for templates in (*self._by_word.values(), self._others):
            templates.sort(key=lambda one: (-one.fixed, one.message))

    def _enter(self, message: str, translation: str, plural: PluralForms | None = None) -> None:
        parts = parsed(message)
        first = parts[0] if parts else ""
        if len(parts) == 1 and isinstance(first, str):
            self._whole[first] = filled(translation, {})
            return
        word = _FIRST.match(first) if isinstance(first, str) else None
        # A word that ends where a field begins may go on in it.
        if word and word.end() < len(str(first)):
            self._by_word[word[0]].append(MessageTemplate(message, translation, plural))
        else:
            self._others.append(MessageTemplate(message, translation, plural))

    def __call__(self, stated: object) -> str:
        """A finding, an error or a text in this language, blanks around it kept; what is no message of the catalogue
        stays English."""
        if isinstance(stated, Finding):
            return self.finding(stated)
        if isinstance(stated, CoursepackError):
            return self.error(stated)
        text = str(stated)
        bare = text.strip()
        reported = self._translated(bare, _DEEP)
        known = reported.text if reported and reported.whole else self._listed(bare) or (reported and reported.text)
        if not known:
            return self._known(text, _DEEP) or text
        return text.replace(bare, known, 1)

    def has(self, text: str) -> bool:
        """Whether the catalogue knows this text as a message."""
        return self._known(text.strip(), _DEEP) is not None or self._known(text, _DEEP) is not None

    def template(self, text: str) -> str | None:
        """The message id that a text is taken for."""
        if text in self._whole:
            return text
        best = self._best(text, _DEEP)
        return best.form.message if best else None

    def _known(self, text: str, deep: int) -> str | None:
        reported = self._translated(text, deep)
        return reported.text if reported else None

    def _translated(self, text: str, deep: int) -> _Translation | None:
        if text in self._whole:
            return _Translation(self._whole[text], len(text))
        best = self._best(text, deep)
        return _Translation(best.form.filled(best.values), best.fixed, best.whole) if best else None

    def _best(self, text: str, deep: int) -> _Fit | None:
        """What a text is: of the templates that it fits the one with most fixed letters, those of the messages in its
        fields with them. «row 2: no key, expected a letter» is a message in «row {number}: {message}», though it fits
        «{field}, expected {value}» as well. An English sentence in a field that holds none is the last to be taken."""
        if deep == 0 or len(text) > _LONG:
            return None
        word = _FIRST.match(text)
        candidates = [*(self._by_word.get(word[0], ()) if word else ()), *self._others]
        found = [(one, values) for one in candidates if (values := one.values(text)) is not None]
        # What stands in fields that hold no message can never count.
        most = {one.message: len(text) - one.unsaid(values) for one, values in found}
        best: _Fit | None = None
        for form, values in sorted(found, key=lambda fit: -most[fit[0].message]):
            if best and most[form.message] < best.fixed:
                break
            fit = self._fitting(form, values, deep)
            if fit and (best is None or (fit.fixed, fit.form.fixed) > (best.fixed, best.form.fixed)):
                best = fit
        return best

    def _fitting(self, form: MessageTemplate, found: tuple[str, ...], deep: int) -> _Fit | None:
        values, fixed, known, whole = {}, form.fixed, True, True
        for gap, value in zip(form.gaps, found, strict=True):
            reported = self._within(value, deep - 1) if gap.said else None
            values[gap.name] = reported.text if reported else value
            if gap.said:
                known, whole = known and reported is not None, whole and reported is not None and reported.whole
            fixed += reported.fixed if reported else 0
        if form.weak and not (known and any(gap.said for gap in form.gaps)):
            return None
        return _Fit(form, values, fixed, whole)

    def _within(self, text: str, deep: int) -> _Translation | None:
        """A message that stands in a field: one, a list of several, or an error with its place and advice."""
        found = self._translated(text, deep)
        if found is not None and found.whole:
            return found
        if text.endswith(_MORE) and (rest := self._within(text.removesuffix(_MORE), deep)):
            return _Translation(rest.text + _MORE, rest.fixed, rest.whole)
        for sign in _LISTS:
            if sign in text:
                pieces = [self._piece(piece, deep) for piece in text.split(sign)]
                known = [piece for piece in pieces if piece is not None]
                if len(known) == len(pieces):
                    joined = self._joint(sign).join(piece.text for piece in known)
                    return _Translation(
                        joined, sum(piece.fixed for piece in known), all(piece.whole for piece in known)
                    )
        return found or self._error(text, deep)

    def _listed(self, text: str) -> str | None:
        """Several messages with «;» between them, the last of them perhaps «… 9 pairs in all»."""
        pieces = text.split("; ")
        if len(pieces) == 1 or self._known(pieces[0], _DEEP) is None:
            return None
        stated = [self._known(piece.removeprefix("… "), _DEEP) for piece in pieces]
        if None in stated:
            return None
        marks = ("… " if piece.startswith("… ") else "" for piece in pieces)
        return "; ".join(f"{mark}{one}" for mark, one in zip(marks, stated, strict=True))

    def _piece(self, text: str, deep: int) -> _Translation | None:
        """A message of a list, perhaps behind a place: «a.txt:3: no text»."""
        known = self._translated(text, deep)
        head, sign, rest = text.partition(": ")
        if known is None and sign and (of_place := self._translated(rest, deep)) is not None:
            return _Translation(f"{head}: {of_place.text}", of_place.fixed, of_place.whole)
        return known

    def _joint(self, sign: str) -> str:
        return f" {self._whole[sign.strip()]} " if sign.strip() in self._whole else sign

    def _error(self, text: str, deep: int) -> _Translation | None:
        """«file:12: message; advice»: the text of an error (``CoursepackError``)."""
        head, sign, rest = text.partition(": ")
        message, semicolon, advice = rest.rpartition("; ")
        tries = [(text, "", "")] if not sign else [(rest, f"{head}: ", "")]
        tries += [(message, f"{head}: ", advice)] if semicolon and sign else []
        before, semicolon, after = text.rpartition("; ")
        tries += [(before, "", after)] if semicolon else []
        for tried, place, advised in tries:
            known = self._translated(tried, deep)
            if known is not None:
                more = f"; {self._known(advised, deep) or advised}" if advised else ""
                return _Translation(f"{place}{known.text}{more}", known.fixed, known.whole)
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
    """English is what everything is made in: its catalogue has the singular forms alone, and is read where a message
    counts one."""

    def __init__(self) -> None:
        self.language = SOURCE

    @cached_property
    def _counting(self) -> Messages:
        return Messages(SOURCE)

    def __call__(self, stated: object) -> str:
        text = str(stated)
        return self._counting(stated) if counts_one(text) else text

    def has(self, text: str) -> bool:
        return self._counting.has(text)

    def template(self, text: str) -> str | None:
        return self._counting.template(text)


@cache
def of(language: str) -> Messages:
    """The messages of a language; one without a catalogue is answered in English."""
    return _English() if language == SOURCE or language not in spoken() else Messages(language)


def form(text: str) -> str:
    """The message that a text is made of, its values as fields: the same for texts that differ in those alone."""
    translated = next((code for code in spoken() if code != SOURCE), SOURCE)  # a catalogue of English has no messages
    return of(translated).template(text) or text
