"""The words that open a part, found at the start of a text; they are data (``markers/<language>.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from coursepack import languages
from coursepack.text import roman
from coursepack.text.scripts import FOLDED

COLUMNS = (
    "issued", "outcome", "date", "homework", "literature", "due", "kind", "form", "person", "total", "discuss", "week",
    "seminar", "practical", "laboratory", "lecture", "points", "hours", "task", "topic", "unit",
)  # fmt: skip
"""What a column of a plan may hold, in the order in which words of its head are believed."""
SHORT = ("lecture", "seminar", "practical", "laboratory")
"""Kinds of classes that plans shorten to letters."""
_SHORT = languages.expression(
    r"([@A@](?:[@A@]{0,2}|[@a@]{1,5}))\s*[-.]?\s*(?:(?P<sign>№)\s*)?(\d{1,2})"
    r"(?:\s*[.:)](?!\d)\s*|\s*(?=[«“\"])|(?(sign)\s+(?:[–—-]\s+)?(?=[@A@])|(?!)))"
)
_SHORT_PARTED = languages.expression(
    r"([@A@@a@]{1,5}[./]\s?[@A@@a@]{1,2}\.?)\s*(?:(?P<sign>№)\s*)?(\d{1,2})(?:\s*[.:)](?!\d)\s*|\s+(?:[–—-]\s+)?)"
)
"""«Л/р № 1. …», «пр. р. 2 …»: the words of a kind of class cut short to their first letters."""
_SIGNS = re.compile(r"[./\s]")
LANGUAGES = languages.in_order()

# Letters that are typed for one another; folded texts are compared.
_FOLD = FOLDED


_SHORT_TEXT = 300
"""Letters of the beginnings that are folded again and again: by each who asks what a text begins with."""


def _width(text: str) -> int:
    """Characters of a text, the gaps inside it counted as one each: a name and its points at the end of the line."""
    return len(" ".join(text.split()))


def fold(text: str) -> str:
    """The text in lower case, look-alike letters made one, of the same length."""
    return _folded_again(text) if len(text) <= _SHORT_TEXT else _folded(text)


def _folded(text: str) -> str:
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(letter.lower()[:1] for letter in text)
    return lower.translate(_FOLD)


_folded_again = lru_cache(1 << 16)(_folded)


_KNOWN = 65_536
"""Lines of which what was found is kept."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at the start of a text: ``group`` numbered, heading, field or label; ``kind`` as in the data.

    ``end`` is where the text after it begins; ``number`` and ``printed`` what number it bears, ``hours`` what
    brackets after it say. ``strong`` tells that a colon or full stop, or nothing at all, follows.
    """

    group: str
    kind: str
    end: int
    number: int | None = None
    printed: str | None = None
    hours: float | None = None
    label: str | None = None
    rest: str = ""

    @property
    def whole(self) -> bool:
        return not self.rest


_ROMAN = "ivx"
_TWINS = {fold(twin): letter for twin, letter in roman.TWINS.items() if letter.lower() in _ROMAN}
_N = rf"(?P<n>\d{{1,4}}|[{_ROMAN}{''.join(_TWINS)}]{{1,6}})(?!\d)(?:\s*[-–,]\s*(?:\d{{1,3}})(?![\w.]))?"
_TH = rf"(?:\s*[-–]?\s*{languages.pattern('ordinal')}\b)?"
_ENDING = languages.expression(r"@ordinal@[-–\s]+")
_DATE = rf"\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\s*(?:{languages.pattern('date-mark')}\.?)?\s+"
_LEAD = rf"(?:{_DATE})?(?:\(?\d{{1,2}}(?:\.\d{{1,2}})*[.)]\s*)?[«]?\s*"
_DATED = re.compile(_DATE)
_AFTER = re.compile(r"[»]?\s*(?P<sep>[.:)\]–—-]*)\s*")
_HOURS = languages.expression(
    r"\s*[\[(]\s*(\d+(?:[.,]\d+)?)\s*(?:@academic-hours@\.?\s*)?((?:@hours@|@hours-short@)\.?)\s*[\])]"
)
_DIGIT = re.compile(r"\d")
_ABBREVIATION = languages.expression(r"(?<![^\W_])[^\W\d_@a@]{2,6}(?![^\W_])")
_SMALL = languages.expression(r"\s*(?:[-–]\s*)?@meeting@?")
_ALSO = languages.expression(r"\s*(?:@also@|,|/)\s*([^\W\d_]{3,6})")
_BEFORE_WORDS = "«0123456789.)(№#-– \t" + _ROMAN + "".join(_TWINS)


def number_of(text: str) -> int | None:
    """An Arabic or Roman number (folded), or None."""
    if text.isdecimal():
        return int(text) if len(text) < 10 else None
    return roman.read("".join(_TWINS.get(letter, letter) for letter in text))


_POINT = re.compile(r"[\divx]\s*\.\s+$")
_SECTION = re.compile(r"\d\.\d{1,3}\.?\s+$")


def _is_of_part(before: str, sep: str) -> bool:
    """Whether the number before a word counts no class: «1. Topic: …» is a point of a plan, «2.3 Practice» a section
    of a text."""
    return bool((sep[:1] == ":" and _POINT.search(before)) or _SECTION.search(before))


_STOPPED = re.compile(r"\d\.\s*$")


def _counts_heading(before: str, rest: str) -> bool:
    """Whether the number counts a heading of which the word is the first: «1. UNIT OVERVIEW», no «1. Lecture Roots»."""
    return _STOPPED.search(before) is not None and rest.isupper() and len(rest) > 1


MOST = 999
MANY = frozenset({"ticket", "question", "variant"})
"""What there may be thousands of: for others a number of four digits is a year."""
_COUNT_OF_HEAD = languages.expression(r"(?<!\s)\s*(?:№\s*)?\d{1,2}$|^\d{1,2}\s*(?:[-–]?\s*(?:@ordinal@)|[-–.])?\s*")
"""«Вопрос 1», «1-сұрақ»: the number in the head of one of several columns."""


_TABLES = ("numbered", "headings", "fields", "labels", "words")


def _gathered(name: str) -> dict[str, list[str]]:
    """Phrases by their kind, those of all languages together."""
    found: dict[str, list[str]] = {}
    for data in languages.every("outline"):
        for kind, phrases in data.get(name, {}).items():
            found.setdefault(kind, []).extend(phrases)
    return found


class _Heads:
    """The beginnings of words that name a column, and the whole words that are written with a full stop."""

    def __init__(self, stems: Iterable[str]) -> None:
        every = tuple(stems)
        self._begin = tuple(stem for stem in every if not stem.endswith("."))
        self._whole = frozenset(stem[:-1] for stem in every if stem.endswith("."))

    def head(self, folded: str, words: Sequence[str]) -> bool:
        """Whether a column's head, folded, or one of its words is one of them."""
        begins = folded.startswith(self._begin) or any(word.startswith(self._begin) for word in words)
        return begins or not self._whole.isdisjoint(words)


_COUNT_BEFORE = re.compile(rf"^\d{{1,2}}(?:\s*[-–])?(?:\s*(?:{languages.pattern('ordinal-plain')}))?\s+")
"""A number in order before what it counts: «1-й рубежный контроль»."""


_OF_LANGUAGE = re.compile(r"(?<=\S)\s*\((?P<language>[^\W\d_]{3,12})\.?\)$")
"""The language of a column, behind what it holds: «Term (eng)»."""
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\][]*\]")
_PARTS = re.compile(r"\s[+&/]\s|;\s|\n")
_LONGEST_INTERIM = 60
_MOST_NAMING = 3
"""Words of the name of an exam that has a number: «Programming exam #1»."""
_COUNTED_LAST = re.compile(r"[^\W\d_]\s*+(?:[#№]\s*+)?\d{1,2}\.?$")
_LONGEST_EXAM = 80
"""Characters of a cell that names an exam."""


def _names_language(word: str) -> bool:
    """Whether a word, or one cut short, names a language: «рус», «English»."""
    lowered = word.lower()
    return any(lowered.startswith(name) or name.startswith(lowered) for name in languages.words("language-named"))


class Markers:
    """The markers of all languages, with a department's own added (``extra``: kind → words)."""

    def __init__(self, extra: Mapping[str, Iterable[str]] | None = None) -> None:
        numbered, headings, fields, labels, self.words = tables = [_gathered(name) for name in _TABLES]
        for kind, phrases in (extra or {}).items():
            holder = next((table for table in tables if kind in table), headings)
            holder.setdefault(kind, []).extend(str(word) for word in phrases)
        columns, about = _gathered("plan"), _gathered("about")
        self._table: dict[str, tuple[str, str]] = {}
        for language in LANGUAGES:
            for kind, phrases in _data(language).get("table", {}).items():
                for word in phrases:
                    self._table.setdefault(_bare(fold(word)), (kind, language))
        self.skipped = tuple(fold(word) for word in columns.pop("skip", []))
        self.controls = frozenset(fold(word) for word in columns.pop("control", []))
        self._interim = tuple(fold(word) for word in columns.pop("interim", []))
        self._examines = frozenset(fold(word) for word in columns.pop("examines", []))
        self._examined = self._examines | {fold(word) for word in columns.pop("examined", [])}
        shortened = (*SHORT, "independent", "outcome")
        self._short = {word: kind for kind in shortened for word in columns.pop(f"{kind}-short", [])}
        self.located = frozenset(fold(word) for word in columns.pop("located", []))
        self.called = frozenset(fold(word) for word in columns.pop("called", []))
        self.names = frozenset(fold(word) for word in columns.pop("names", []))
        self.named = frozenset(fold(word) for word in columns.pop("named", []))
        self.off = tuple(fold(word) for word in columns.pop("off", []))
        self.topics = frozenset(fold(word) for word in columns.get("topic", []))
        self._columns = {kind: tuple(fold(word) for word in words) for kind, words in columns.items()}
        topics = (stem for stem in self._columns.get("topic", ()) if not any(n.startswith(stem) for n in self.names))
        self._topic_heads = _Heads(topics)
        self._column_heads = [(kind, _Heads(self._columns[kind])) for kind in COLUMNS if kind in self._columns]
        self._about = {_bare(fold(word)): kind for kind, words in about.items() for word in words}
        self._numbered = _Phrases(numbered)
        self._headings = _Phrases(headings)
        self._fields = _Phrases(fields)
        self._labels = {
            "".join(sorted(fold(word))): kind for kind, words in labels.items() if kind != "follows" for word in words
        }
        self._follows = _Phrases({"follows": labels.get("follows", [])})
        self._work = (
            *tuple(fold(word.split()[0])[:5] for word in labels.get("follows", [])),
            *languages.words("work-column"),
        )
        self.approval = tuple(fold(word) for word in self.words.get("approval", ()))
        self.remark = tuple(fold(word) for word in self.words.get("remark", ()))
        self.stems = frozenset(fold(word) for word in self.words.get("plain", ()))
        names = self._numbered.pattern
        self._before = _compiled(rf"{_LEAD}(?:№\s*)?{_N}{_TH}\s*[-–.]?\s*(?P<w>{names})(?!\w)")
        self._behind = _compiled(rf"{_LEAD}(?P<w>{names})\s*[-–]?\s*(?:№|no?[º°.]?|#)?\s*{_N}{_TH}(?![\w%])")
        self._ordinals = ordinals()
        named = "|".join(sorted(map(re.escape, self._ordinals), key=lambda word: (-len(word), word)))
        self._worded = _compiled(
            rf"{_LEAD}(?:(?P<o>{named})\w{{0,3}}\s+(?P<w>{names})|(?P<v>{names})\s+(?P<p>{named})\w{{0,3}})(?!\w)"
        )
        self._starts = self._numbered.starts | {word[:2] for word in self._ordinals}
        self._known: dict[str, tuple[Marker, ...]] = {}

    def find(self, text: str) -> list[Marker]:
        """Every reading of the text's beginning as a marker, the most telling first; mostly none."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= _KNOWN:
                self._known.clear()
            found = self._known[text] = tuple(self._find(text))  # a line is asked for several times
        return list(found)

    def _find(self, text: str) -> list[Marker]:
        folded = fold(text[:300])
        dated = _DATED.match(folded)
        body = folded[dated.end() if dated else 0 :].lstrip(_BEFORE_WORDS)
        if not body:
            return []
        body = body[ending.end() :] if (ending := _ENDING.match(body)) else body
        found: list[Marker] = []
        head = _first_letters(folded), _first_letters(body)
        if self._starts.intersection(head) or any(c in self._starts for c in (body[:2], folded[:2])):
            mark = self._number_mark(text, folded)
            if mark:
                found.append(mark)
        label = self._label(text, folded)
        if label:
            found.append(label)
        if len(text) <= 220 or ":" in folded[:90] or "." in folded[:90]:
            found.extend(self._phrase("heading", self._headings, text, folded))
            found.extend(self._phrase("field", self._fields, text, folded))
        return found

    def _number_mark(self, text: str, folded: str) -> Marker | None:
        for pattern in (self._before, self._behind):
            match = pattern.match(folded)
            if match is None:
                continue
            roman = not match["n"].isdigit()
            if roman and not text[match.start("n") : match.end("n")].isupper():
                continue
            number = number_of(match["n"])
            kind = self._numbered.kind(match["w"])
            if number is None or (number > MOST and kind not in MANY):
                continue
            end, hours = match.end(), None
            brackets = _HOURS.match(folded, end)
            if brackets:
                hours = float(brackets[1].replace(",", "."))
                end = brackets.end()
            after = _AFTER.match(folded, end)
            sep = after["sep"] if after else ""
            rest_at = after.end() if after else end
            rest = text[rest_at:].strip()
            if pattern is self._before and _is_of_part(folded[: match.start("w")], sep):
                continue
            if pattern is self._before and rest and not sep and _counts_heading(folded[: match.start("w")], rest):
                continue
            begins = not rest or bool(sep) or rest[0].isupper() or rest[0] in '«“"„('
            if not begins and not (kind == "ticket" and self.names_paper(rest)):
                continue
            return Marker(
                "numbered",
                kind,
                rest_at,
                number,
                text[match.start("n") : match.end("n")],
                hours,
                rest=rest,
            )
        return self._worded_mark(text, folded)

    def _worded_mark(self, text: str, folded: str) -> Marker | None:
        """«Бірінші дәріс», «Лекция первая», `Lecture One`: alone, or parted from the title."""
        match = self._worded.match(folded)
        if match is None:
            return None
        after = _AFTER.match(folded, match.end())
        sep, at = (after["sep"], after.end()) if after else ("", match.end())
        rest = text[at:].strip()
        word = match["o"] or match["p"]
        if not text.lstrip("«( ")[:1].isupper() or (rest and sep[:1] not in {".", ":"}) or rest[:1].islower():
            return None
        kind = self._numbered.kind(match["w"] or match["v"])
        return Marker("numbered", kind, at, self._ordinals[word], text[match.start() : match.end()].strip(), rest=rest)

    def _phrase(self, group: str, phrases: _Phrases, text: str, folded: str) -> list[Marker]:
        match = phrases.match(folded)
        if match is None:
            return []
        kind, end = match
        hours = _HOURS.match(folded, end)
        end = hours.end() if hours else end
        after = _AFTER.match(folded, end)
        sep, at = (after["sep"], after.end()) if after else ("", end)
        rest = text[at:].strip()
        if rest and not sep:
            named = group == "heading" and len(rest) < 130 and _OF_COURSE.match(folded[at:])
            if not named or rest[-1] in ".;":
                return []
            return [Marker(group, kind, len(text), label="")]
        if rest and sep.strip("-–—") == "" and group == "heading":
            return []
        if not rest and folded[end:].strip(" .:»«–-—"):
            return []
        return [Marker(group, kind, at, rest=rest, label=sep)]

    _TOKEN = re.compile(
        r"(?P<lead>\(?(?:\d{1,2}|[IVX]{1,5})[.)]\s+)?(?:№\s*)?(?:(?P<n1>\d{1,2})\s*[-–.]?\s*)?"
        r"(?P<label>[^\W\d_]{2,6})(?:\s*(?:№|[-–])?\s*(?P<n2>\d{1,2})(?![\w])(?!\s*%))?"
    )

    def _label(self, text: str, folded: str) -> Marker | None:
        named = self._label_heading(text, folded)
        if named is not None:
            return named
        match = self._TOKEN.match(text)
        if match is None:
            return None
        token = match["label"]
        if not token.isupper():
            return None
        kind = self._labels.get("".join(sorted(fold(token))))
        if kind is None:
            return None
        end = match.end()
        number = match["n1"] or match["n2"]
        also = _ALSO.match(text, end)
        if also and also[1].isupper() and "".join(sorted(fold(also[1]))) in self._labels:
            end = also.end()
        follows = self._follows.match(folded[end:].lstrip())
        if follows and folded[end:].lstrip():
            end += len(folded[end:]) - len(folded[end:].lstrip()) + follows[1]
        hours = _HOURS.match(folded, end)
        end = hours.end() if hours else end
        after = _AFTER.match(folded, end)
        sep, at = (after["sep"], after.end()) if after else ("", end)
        rest = text[at:].strip()
        if rest and not (sep or number):
            return None
        if rest and not number and sep.strip("-–—") == "":
            return None
        number_value = int(number) if number else None
        return Marker("label", kind, at, number_value, number, label=token, rest=rest)

    def _label_heading(self, text: str, folded: str) -> Marker | None:
        """«Задания для СРС», «Topics of SIW»: a heading that names the work by its abbreviation."""
        if len(text) > 90 or _ABBREVIATION.search(text) is None or _DIGIT.search(text):
            return None
        tokens = re.findall(r"[^\W\d_]+", text)
        if not 2 <= len(tokens) <= 9:
            return None
        labels = [token for token in tokens if token.isupper() and "".join(sorted(fold(token))) in self._labels]
        if not labels or text.isupper():
            return None
        others = [fold(token) for token in tokens if token not in labels]
        if not any(word.startswith(self._work) for word in others) or not text[:1].isupper():
            return None
        if text.rstrip()[-1:] in ".;,?" or ":" in text.rstrip()[:-1]:
            return None
        kind = self._labels["".join(sorted(fold(labels[0])))]
        return Marker("label", kind, len(text), label=labels[0])

    def column(self, text: str) -> str | None:
        """What a column of a plan holds, by its head: week, topic, a kind of session, hours, points, work."""
        return next(iter(self.columns(text)), None)

    def columns(self, text: str) -> list[str]:
        """All that the words of a column's head may name, the likeliest first."""
        folded = fold(text).strip()
        if not folded:
            return []
        for token in re.findall(r"[^\W\d_]{2,6}", text):
            kind = self._labels.get("".join(sorted(fold(token)))) if token.isupper() else None
            if kind:
                return [f"{kind} {token}"]
        if folded in languages.words("lecture-column"):
            return ["lecture"]
        words = re.findall(r"[^\W_]+", folded)
        return [kind for kind, stems in self._column_heads if stems.head(folded, words)]

    def names_other(self, text: str) -> bool:
        """Whether a column's head says that names of things, no topics, stand below it: «Name of the resource»."""
        return bool(self.named.intersection(re.findall(r"[^\W_]+", fold(text)))) and not self.names_topic(text)

    def names_topic(self, text: str) -> bool:
        """Whether a column's head has a word for topics, beside one that may as well name other things."""
        words = re.findall(r"[^\W_]+", fold(text))
        return self._topic_heads.head("", words)

    def shortened(self, text: str) -> str | None:
        """The kind of class, or the work, that letters stand for in the columns of a plan: «ЛР», «ПЗ», «СР»."""
        return self._short.get(text) or self._short.get(_SIGNS.sub("", text).upper() if _SIGNS.search(text) else "")

    def short(self, text: str) -> Marker | None:
        """«Л 3.», «СЗ 2.»: a class by the letters that plans shorten it to."""
        found = _SHORT.match(text) or _SHORT_PARTED.match(text)
        kind = self.shortened(found[1]) if found else None
        if found is None or kind not in SHORT:
            return None
        return Marker("numbered", kind, found.end(), int(found[3]), found[3], rest=text[found.end() :].strip())

    def is_remark(self, text: str) -> bool:
        """Whether a text in brackets is an editor's note to self: «(check this)»."""
        bracketed = text.startswith("(") and text.endswith(")") and len(text) <= 200
        return bracketed and any(word in fold(text) for word in self.remark)

    def is_interim(self, text: str) -> bool:
        """Whether a row of a plan names an interim control."""
        folded = fold(text)
        bare = _COUNT_BEFORE.sub("", folded, count=1)
        return _width(text) < _LONGEST_INTERIM and (folded.startswith(self._interim) or bare.startswith(self._interim))

    def is_exam(self, text: str) -> bool:
        """Whether a cell of a plan names nothing but an exam, before a sign that parts it from the rest: «Midterm 2»,
        «FINAL EXAM (room 5)», «MIDTERM (Wed) + review»."""
        name = _PARTS.split(_IN_BRACKETS.sub("", fold(text)).strip(), maxsplit=1)[0]
        tokens = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", name)
        if _width(text) >= _LONGEST_EXAM or self._examines.isdisjoint(tokens):
            return False
        counted = len(tokens) <= _MOST_NAMING and tokens[-1] in self._examines and _COUNTED_LAST.search(name)
        return bool(counted) or self._examined.issuperset(tokens)

    def work(self, text: str) -> Marker | None:
        """A heading that names independent work by its abbreviation somewhere: «План организации СРС»."""
        for token in re.findall(r"[^\W\d_]{3,6}", text):
            kind = self._labels.get("".join(sorted(fold(token)))) if token.isupper() else None
            if kind and text[-1:] not in ".;?":
                return Marker("label", kind, len(text), label=token)
        return None

    def holds(self, text: str) -> str | None:
        """What a column of a list holds, by its head: number, question, option, options, key, ticket, term …"""
        stripped = text.strip(" .):")
        if len(stripped) == 1 and stripped.isalpha() and stripped.isupper():
            return "option"
        if (named := _OF_LANGUAGE.search(text)) and _names_language(named["language"]):
            text = text[: named.start()]
        known = self._table.get(_bare(fold(text)))
        if known is None:
            known = self._table.get(_bare(_COUNT_OF_HEAD.sub("", fold(text))))
        return known[0] if known else ("number" if text.strip() in {"№", "№№", "N"} else None)

    def language_of(self, text: str) -> str | None:
        """The language that a column's head names or is in."""
        known = self._table.get(_bare(fold(text)))
        return known[1] if known else None

    def about_label(self, text: str) -> str | None:
        """The field of a syllabus's passport that a text names, alone or before a colon."""
        return self._about.get(_bare(fold(text)))

    def is_approval(self, text: str) -> bool:
        """Whether a short text is an approval or signature line, a minutes number, a blank to fill in."""
        if len(text) > 260:
            return False
        folded = fold(text)
        if ("____" in text and not leaves_gap(text)) or re.search(r"[«\"]\s*_*\s*[»\"]\s*_+", text):
            return True
        start = folded.lstrip("«\"'(_ ")
        if any(start.startswith(word) and not start[len(word) : len(word) + 1].isalpha() for word in self.approval):
            return True
        return bool(_MINUTES.search(folded))

    @staticmethod
    def names_paper(text: str) -> bool:
        """Whether a short line names a course, its students, a programme or a year, as under the head of a paper."""
        return len(text) < 160 and bool(_PAPER.match(fold(text).strip(" «()")) or _YEAR_ALONE.fullmatch(text.strip()))


_PAPER = re.compile(languages.pattern("paper-of"))
_YEAR_ALONE = languages.expression(
    r"(?:[^\W\d_]+,?\s+)?(?:19|20)\d\d\s*(?:[-–/]\s*20\d\d)?\s*(?:@date-mark@\.?|@year-word@)?"
)


def _bare(folded: str) -> str:
    return re.sub(r"^[\d.\s)]+|(?<![\s:.*])[\s:.*]+$", "", folded)


@cache
def standard() -> Markers:
    """The markers without a department's own."""
    return Markers()


@lru_cache(8)
def of_project(markers: tuple[tuple[str, tuple[str, ...]], ...]) -> Markers:
    """The markers with a department's own: what was seen of a line with them is kept, because it is the same object."""
    return Markers(dict(markers))


class _Phrases:
    """Phrases with ``*`` as one pattern, folded; and which kind each belongs to."""

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        pairs = [(fold(phrase), kind) for kind, phrases in table.items() for phrase in phrases]
        pairs.sort(key=lambda pair: (pair[0].startswith("*"), -len(pair[0])))
        self._pairs = pairs
        plain = sorted({phrase for phrase, _ in pairs}, key=lambda phrase: (-len(phrase), phrase))
        self.pattern = "|".join(_regex(phrase) for phrase in plain)
        self.starts = {phrase[:2] for phrase in plain}
        self._kinds: dict[str, str] = {}
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        self._loose: list[tuple[str, str, str]] = []
        for phrase, kind in pairs:
            if phrase.startswith("* "):
                stem = phrase[2:].split("*")[0].strip()
                self._loose.append((phrase, kind, stem))
            else:
                self._by_start.setdefault(phrase[:3], []).append((phrase, kind))

    def kind(self, word: str) -> str:
        """Which kind a word that ``pattern`` found belongs to."""
        if word not in self._kinds:
            self._kinds[word] = next(kind for phrase, kind in self._pairs if _compiled(_regex(phrase)).fullmatch(word))
        return self._kinds[word]

    def match(self, folded: str) -> tuple[str, int] | None:
        """The kind of the longest phrase that the text begins with (after a number or «), and where it ends."""
        lead = _LEAD_RE.match(folded)
        at = lead.end() if lead else 0
        best: tuple[str, int] | None = None
        for phrase, kind in self._by_start.get(folded[at : at + 3], ()):
            found = _compiled(_regex(phrase)).match(folded, at)
            if found and _ends(folded, found.end()) and (best is None or found.end() > best[1]):
                best = (kind, found.end())
        if (best is None or folded[best[1] : best[1] + 1] == " ") and len(folded) < 200:
            for phrase, kind, stem in self._loose:
                if stem in folded:
                    found = _compiled(_regex(phrase)).match(folded, at)
                    if found and _ends(folded, found.end()):
                        return kind, found.end()
        return best


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Patterns are compiled when first needed, and once."""
    return re.compile(pattern)


def leaves_gap(text: str) -> bool:
    """Whether a sentence leaves a gap that a learner fills in: «Water boils at ____ degrees.». Whoever signs writes no
    sentence, and his blank is led by a label, or by a post before his initials."""
    ends = _GAPPED.search(text.rstrip(" \u00a0»”\"')")) is not None
    return ends and len(_WORDS.findall(text)) >= _GAP_WORDS and _LED_BLANK.search(text) is None


_GAPPED = re.compile(r"(?:[^\W\d_]{3}|_{3})[.!?…]$")
_WORDS = re.compile(r"[^\W_]+")
_GAP_WORDS = 3
_LED_BLANK = languages.expression(r":\s*(?:_{3,}|\.{6,}|…{3,})|\b[@A@]\.\s?[@A@]\.|\b\d\d_+")
"""A blank behind a label, a person's initials, the year of a date that is to be filled in."""
_MINUTES = languages.expression(r"@minutes@\s*№|№\s*[\d_]+\s*(?:-\s*)?@minutes-after@")
# A heading that names its course after itself: «Вопросы к экзамену по дисциплине «…»».
_OF_COURSE = languages.expression(r"(?:@of-course@|«[^»]*[»«]?\s*@of-course-after@?)")
_LEAD_RE = re.compile(r"(?:\(?(?:\d{1,2}|[ivx]{1,4})(?:\.\d{1,2})*[.)]\s*|\d{1,2}(?:\.\d{1,2})*\s+)?[«]?\s*")


def _ends(folded: str, end: int) -> bool:
    return end >= len(folded) or not (folded[end].isalnum() or folded[end] == "-")


@cache
def _regex(phrase: str) -> str:
    """A phrase as a pattern: «*» in a word stands for its ending, alone for any words (to the end when it is last)."""
    words = phrase.split()
    pattern = ""
    for at, word in enumerate(words):
        if word == "*":
            pattern += r"[^.:;!?]{0,90}" + ("" if at == len(words) - 1 else "?")
        else:
            pattern += (r"\s+" if at and words[at - 1] != "*" else "") + re.escape(word).replace(r"\*", r"\w*")
    return pattern


def _first_letters(text: str) -> str:
    return text[:2]


@cache
def ordinals() -> dict[str, int]:
    """Numbers in words, folded; a stem stands for all its endings («перв…»)."""
    return {
        fold(word).rstrip("*"): number
        for data in languages.every("outline")
        for number, words in enumerate(data.get("words", {}).get("ordinal", ()), 1)
        for word in words.split("/")
    }


@cache
def _data(language: str) -> dict[str, dict[str, list[str]]]:
    return languages.data(language, "outline.toml")
