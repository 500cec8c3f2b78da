"""A row of the question table → a question (docs/question-table.md)."""

from __future__ import annotations

import re
import typing
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from coursepack import languages
from coursepack.model.blocks import Blocks, Paragraph, Run
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Description,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    OrderingItem,
    Pair,
    Question,
    ShortAnswer,
    TrueFalse,
    shares,
)
from coursepack.moodle.ordering import LEAST_ITEMS
from coursepack.moodle.text import split_category_path
from coursepack.names import is_id
from coursepack.place import Place
from coursepack.readers.moodle import cloze
from coursepack.readers.sheet.columns import type_of
from coursepack.readers.streams import ReadingSession
from coursepack.text import scripts
from coursepack.text.latin import reference

_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# The other alphabet that options are commonly counted with.
_OTHER = scripts.OTHER_OPTIONS[:10]
_LOOKS = scripts.LIKE_LATIN
TRUE = frozenset({"1", "+", *languages.words("true")})
FALSE = frozenset({"0", "-", "–", *languages.words("false")})
_SHOWN = ", ".join(
    f"{found.words['true'][0]}/{found.words['false'][0]}" for found in reversed(languages.lexicons()[:-1])
)
_NUMBER = re.compile(r"[-−+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?")
_KEY_PART = re.compile(r"\s*([^\W\d_]{1,2}|\d{1,2})\s*(?:\)\s*)?(?:(-?\d+(?:[.,]\d+)?)\s*%\s*)?")
_NAMED = re.compile(
    rf"(?:{'|'.join(map(re.escape, languages.words('option-before')))})[\s_-]*(?=(?:[^\W\d_]|\d{{1,2}})$)",
    re.IGNORECASE,
)
"""«option3» names the column of the answer."""
_LONGEST_KEY = 1000
_MARKED_OPTION = re.compile(r"^\s*(?:([^\W\d_])|(\d{1,2}))(?:[).]\s+|[;:=]\s*)")
_ARROW = re.compile(r"->|→|=>")


class RowError(ValueError):
    """What is wrong with a row."""


@dataclass(frozen=True, slots=True)
class KeyNumbering:
    """How the keys of a table count options: whether numbers and letters are places, or texts where an option has such
    a text (None: nothing tells), and the number of the first option."""

    numbers: bool | None = None
    letters: bool | None = None
    first: int = 1


@dataclass
class QuestionRow:
    """A row's cells by column; ``options`` where each option has a column of its own, ``labels`` the letters of those
    columns (or of the options themselves)."""

    number: int
    cells: dict[str, str]
    options: list[str] = field(default_factory=list)
    labels: str = ""
    columns: frozenset[str] = frozenset()
    """All columns of the table."""
    wrong: list[str] = field(default_factory=list)
    """Wrong answers, where those have columns of their own: the key is the text of the right one then."""
    weights: list[str] = field(default_factory=list)
    """What each option is worth, where columns say it."""
    counted: KeyNumbering = KeyNumbering()
    """How the keys of its table are meant."""
    free: bool = False
    """Whether a wrong tick costs nothing where nothing is said of it."""

    @property
    def filled(self) -> bool:
        """Whether there is anything in it."""
        return bool(any(self.cells.values()) or any(self.options) or self.wrong)

    def with_right(self) -> None:
        """The right answer before the wrong ones. Raises ``RowError`` without one."""
        if not self.wrong:
            return
        if not self.get("key"):
            raise RowError(f"{len(self.wrong)} wrong answers and no right one")
        self.options = [self.get("key"), *self.options, *self.wrong]
        self.cells["key"], self.wrong, self.labels = "A", [], ""

    def with_weights(self) -> None:
        """The key from the columns of what each option is worth: shares of 1, or of 100. Raises ``RowError``."""
        said = [(_share(weight), option) for weight, option in zip(self.weights, self.options, strict=False)]
        worth = [share for share, option in said if option]
        if self.get("key") or not any(worth):
            return
        whole = 100 if max(map(abs, worth)) > 1 else 1
        percents = [(place, share * 100 / whole) for place, share in enumerate(worth) if share]
        right = [percent for _, percent in percents if percent > 0]
        plain = len(percents) == 1 and right == [100]
        named = (_LATIN[place] if plain else f"{_LATIN[place]} {percent:.5f}%" for place, percent in percents)
        self.cells["key"] = ", ".join(named)
        self.cells["type"] = "multiple-response" if len(right) > 1 and max(right) < _FULL else "multiple-choice"

    def get(self, name: str) -> str:
        return self.cells.get(name, "")

    def lines(self) -> list[str]:
        """The options, one each. A letter before every one of them («A) …») is a mark, not a part of it."""
        found = [line.strip() for line in self.get("options").split("\n")]
        if len(found) == 1 and "type" not in self.cells:
            found = _parted(found[0])
        if len(found) == 1 and not self.options:
            found = _by_commas(found[0], self.get("key"))
        found = [line for line in (*found, *self.options) if line]
        if len(found) > 1 and all(_marked(line, index) for index, line in enumerate(found)):
            self.labels = "".join(line.lstrip()[0] for line in found)
            found = [_MARKED_OPTION.sub("", line, count=1) for line in found]
        return found


_FULL = 99.999
_LETTERED = re.compile(r"(?:^|(?<=[,;|/])\s*|\s)\(?(?P<letter>[^\W\d_]|\d{1,2})(?P<close>[).:;=-])\s*(?=\S)")


def _parted(line: str) -> list[str]:
    """Options on one line: by the letters or numbers before each, «A;one,B;two», else by semicolons or strokes."""
    starts: list[re.Match[str]] = []
    for one in _LETTERED.finditer(line):
        if _counts(one["letter"], len(starts)) and (not starts or one["close"] == starts[0]["close"]):
            starts.append(one)
    if len(starts) > 1 and starts[0].start() == 0:
        ends = [*(one.start() for one in starts[1:]), len(line)]
        return [line[one.start("letter") : end].strip(" ,;|/") for one, end in zip(starts, ends, strict=True)]
    return [part.strip() for part in re.split(r"[;|]", line)]


def _by_commas(line: str, key: str) -> list[str]:
    """Options that only commas part, where the key is the text of one of them: «newton, joule, watt»."""
    parts = [part.strip() for part in re.split(r"[,，、]", line)]
    return parts if key.strip().casefold() in {part.casefold() for part in parts} else [line]


def _counts(letter: str, index: int) -> bool:
    return int(letter) == index + 1 if letter.isdecimal() else index in _places(letter)


def _share(text: str) -> float:
    if not text:
        return 0.0
    found = re.fullmatch(r"([-+]?\d+(?:[.,]\d+)?)\s*%?", text)
    if found is None:
        raise RowError(f"{text[:20]!r} as the weight of an option, expected a number")
    return float(found[1].replace(",", "."))


def question(session: ReadingSession, row: QuestionRow) -> Question:
    """The question of a row. Raises ``RowError``."""
    if len(row.get("key")) > _LONGEST_KEY and row.lines():
        raise RowError(f"a key of {len(row.get('key'))} letters, expected letters like B or A, C")
    row.with_right()
    row.with_weights()
    row.free = session.free
    kind = _kind(row)
    make, fields = _TYPES[kind](row)
    if not row.get("text"):
        raise RowError("the cell of the question is empty")
    identifier, number = session.next_id()
    own = row.get("id")
    common: dict[str, Any] = {
        "id": own if is_id(own) else identifier,
        "number": number,
        "text": _blocks(row.get("text")),
        "title": row.get("title") or None,
        "mark": _mark(row.get("mark")),
        "feedback": _blocks(row.get("feedback")),
        "grader_notes": _blocks(row.get("grader notes")),
        "tags": tuple(tag for part in row.get("tags").split(",") if (tag := part.strip())),
        "printed": row.get("printed") or None,
        "variant_of": row.get("variant of") if is_id(row.get("variant of")) else None,
        "session": _belongs(row),
        "category": _category(row),
        "place": Place(session.name, row.number, row.number, "row"),
    }
    result: Question = make(**(common | fields | _settings(kind, row)))
    return result


_PLACES = ("session", "lecture", "week", "topic")
"""Columns that say which class a question belongs to, the surest first."""


def _belongs(row: QuestionRow) -> str | None:
    """The id of its class, or what a course finds it by: «lecture-3», «topic-kletka»."""
    said = row.get("session")
    if is_id(said):
        return said
    return next((reference(name, cell) for name in _PLACES if (cell := row.get(name))), None)


def _category(row: QuestionRow) -> tuple[str, ...]:
    """The path of its category; without one the topic is its category."""
    said = row.get("category") or row.get("topic").replace("/", "//")
    return split_category_path(said) if said else ()


def _kind(row: QuestionRow) -> str:
    said = row.get("type")
    if said:
        kind = type_of(said)
        if kind is None:
            raise RowError(f"type {said[:40]!r} is not known, expected one of {', '.join(_TYPES)}")
        return kind
    if not row.lines():
        return _kind_without_options(row.get("key").strip())
    key = row.get("key").strip()
    several = (len(_KEY_PART.findall(key)) > 1 and _many(key)) or len(_in_full(key, row.lines())) > 1
    return "multiple-response" if several else "multiple-choice"


def _kind_without_options(key: str) -> str:
    """What is asked where a key stands alone: a letter names an option that is not there."""
    if key.lower() in (TRUE | FALSE) - {"1", "0"}:
        return "true-false"
    if len(key) == 1 and key.isalpha():
        raise RowError(f"the key {key!r} and no options, expected columns of options with heads like A, B, C")
    if not key:
        return "essay"
    if len(key) > _TYPED or "\n" in key:  # a model answer, which nobody types letter by letter
        return "essay"
    return "numerical" if _NUMBER.fullmatch(key) else "short-answer"


_TYPED = 80
"""Letters of an answer that is typed."""


def _many(key: str) -> bool:
    parts = [part for part in re.split(r"[,;\s]+", key.strip()) if part]
    return len(parts) > 1 and all(_KEY_PART.fullmatch(part) for part in parts)


def _marked(line: str, index: int) -> bool:
    found = _MARKED_OPTION.match(line)
    if not found:
        return False
    return _counts(found[1] or found[2], index)


def _places(letter: str) -> set[int]:
    """Where a letter may stand: А В С like A B C, or А Б В as Russians count."""
    upper = letter.upper()
    looks = upper.translate(_LOOKS)
    return {i for i, a in enumerate(_LATIN) if a == looks} | {i for i, a in enumerate(_OTHER) if a == upper}


def _blocks(text: str) -> Blocks:
    parts = (" ".join(part.split()) for part in text.split("\n"))
    return tuple(Paragraph(content=(Run(text=part),)) for part in parts if part)


def _mark(text: str) -> float | None:
    if not text:
        return None
    if not _NUMBER.fullmatch(text.strip()):
        raise RowError(f"mark {text[:20]!r} is no number")
    return float(text.strip().replace(",", ".").replace("−", "-"))


# --- keys ---------------------------------------------------------------------------------------------------------


def _weights(row: QuestionRow, options: list[str]) -> dict[int, float | None]:
    """Place of an option → its weight (None: not said). The key names letters, numbers, or repeats an option."""
    key = row.get("key").strip()
    if not key:
        return {}
    same = [index for index, option in enumerate(options) if option.casefold() == key.casefold()]
    found: dict[int, float | None] = {}
    other = _counted_in_another(key + row.labels, options)
    if same and not _is_place(row, key, options, other=other):
        return {same[0]: None}
    for part in re.split(r"[,;\n]+|\s+(?=[^\W\d_]\b)", _NAMED.sub("", key)):
        if not part.strip():
            continue
        match = _KEY_PART.fullmatch(part)
        place = _headed(row.labels, match[1], options) if match else None
        if place is None:
            place = _place(match[1], row.counted.first, other=other) if match else None
        if match is None or place is None or not 0 <= place < len(options):
            if same:
                return {same[0]: None}
            if several := _in_full(key, options):
                return dict.fromkeys(several)
            expected = "expected letters like B or A, C"
            raise RowError(f"key {key[:40]!r} names none of the {len(options)} options, {expected}")
        found[place] = float(match[2].replace(",", ".")) / 100 if match[2] else None
    return found


def _headed(labels: str, letter: str, options: list[str]) -> int | None:
    """The place of the option below a head of that letter, where each has one: «Б» is the third below «А», «Ә», «Б»."""
    heads = labels.upper().translate(_LOOKS)
    if len(set(heads)) < len(heads) or len(heads) < len(options) or letter.isdecimal():
        return None
    place = heads.find(letter.upper().translate(_LOOKS))
    return place if place >= 0 else None


def _in_full(key: str, options: list[str]) -> list[int]:
    """The places of the options that a key repeats one after the other («Om, Cross»); none where it says more."""
    found: list[int] = []
    rest = key.casefold()
    while rest:
        begun = [at for at, option in enumerate(options) if option and _begins(rest, option.casefold())]
        if not begun:
            return []
        found.append(longest := max(begun, key=lambda at: len(options[at])))
        rest = rest[len(options[longest]) :].lstrip(" ,;|\n")
    return sorted(set(found))


def _begins(text: str, option: str) -> bool:
    """Whether a text begins with an option, and ends or parts there."""
    return text.startswith(option) and text[len(option) :].lstrip(" ")[:1] in {"", ",", ";", "|", "\n"}


def _counted_in_another(letters_seen: str, options: list[str]) -> bool:
    """А Б В Г: reported by a letter that Latin has no likeness of."""
    characters = {c for c in letters_seen.upper() if c.isalpha()}
    return any(letter in characters and letter.translate(_LOOKS) == letter for letter in _OTHER) and len(
        options
    ) <= len(_OTHER)


def _is_place(row: QuestionRow, key: str, options: list[str], *, other: bool) -> bool:
    """Whether a key that is the text of an option is the place of one. Raises ``RowError`` where it may be that of
    another one as well and nothing tells."""
    place = _place(key, row.counted.first, other=other) if key.isdecimal() or len(key) == 1 else None
    if place is None or not 0 <= place < len(options):
        return False
    reported = row.counted.numbers if key.isdecimal() else row.counted.letters
    if ("type" in row.cells or row.labels) and not key.isdecimal():
        reported = True  # the documented layout, or letters over the options
    if reported is None and options[place].casefold() != key.casefold():
        raise RowError(
            f"the key {key!r} is both the text of an option and the place of another one, {options[place][:40]!r}; "
            "write the letter of the right one"
        )
    return bool(reported)


def _place(text: str, first: int, *, other: bool) -> int | None:
    if text.isdecimal():
        return int(text) - first
    if other:
        return _OTHER.find(text.upper()) if len(text) == 1 else None
    characters = text.upper().translate(_LOOKS)
    if not all(letter in _LATIN for letter in characters):
        return None
    place = 0
    for letter in characters:
        place = place * 26 + _LATIN.index(letter) + 1
    return place - 1


def _remarks(row: QuestionRow, count: int) -> list[Blocks]:
    found = row.get("option feedback").split("\n")
    return [_blocks(found[index]) if index < len(found) else () for index in range(count)]


# --- a function a type --------------------------------------------------------------------------------------------


def _choice(row: QuestionRow, *, single: bool) -> tuple[type, dict[str, Any]]:
    options = row.lines()
    if len(options) < 2:
        raise RowError(f"{len(options)} options, expected two or more, one a line")
    weights = _weights(row, options)
    worth = _worth(weights, len(options), single=single, free=row.free)
    reported = zip(options, worth, _remarks(row, len(options)), strict=True)
    choices = [Choice(content=_blocks(option), fraction=one, feedback=remark) for option, one, remark in reported]
    if single and sum(choice.fraction >= 1 for choice in choices) > 1:
        raise RowError(f"key {row.get('key')[:40]!r} names several options; the type for that is multiple-response")
    return MultipleChoice, {"choices": tuple(choices), "single": single}


def _worth(weights: dict[int, float | None], count: int, *, single: bool, free: bool) -> list[float]:
    """What the options are worth; where any weight is written, an option without one is worth nothing."""
    if single or any(weight is not None for weight in weights.values()):
        share = 1.0 if single else 1 / max(1, sum(weight is None for weight in weights.values()))
        return [share if (weight := weights.get(at, 0.0)) is None else weight for at in range(count)]
    return list(shares([at in weights for at in range(count)], single=False, free=free))


def _true_false(row: QuestionRow) -> tuple[type, dict[str, Any]]:
    key = row.get("key").strip().lower()
    written = [option.strip().lower() for option in row.lines()]
    if len(written) == 2 and written[0] in TRUE and written[1] in FALSE:  # its key may name one of them by its place
        place = _weights(row, row.lines())
        key = written[next(iter(place))] if len(place) == 1 and key not in written else key
    if key not in TRUE | FALSE:
        raise RowError(f"key {key[:20]!r}, expected true or false ({_SHOWN})")
    remarks = _remarks(row, 2)
    return TrueFalse, {"answer": key in TRUE, "true_feedback": remarks[0], "false_feedback": remarks[1]}


def _short(row: QuestionRow) -> tuple[type, dict[str, Any]]:
    accepted = row.lines()
    if not accepted and row.get("key"):
        # Those who know no better write the answer as the key.
        accepted = [part.strip() for part in row.get("key").split("\n") if part.strip()]
        weights: dict[int, float | None] = {}
    else:
        weights = _weights(row, accepted)
    if not accepted:
        return _essay(row)  # nothing marks it: who asks it reads the answer
    remarks = _remarks(row, len(accepted))
    return ShortAnswer, {
        "answers": tuple(
            Answer(text=text, fraction=_weight(weights, index), feedback=remarks[index])
            for index, text in enumerate(accepted)
        )
    }


def _weight(weights: dict[int, float | None], index: int) -> float:
    if not weights:
        return 1.0
    said = weights.get(index, 0.0)
    return 1.0 if said is None else said


def _numerical(row: QuestionRow) -> tuple[type, dict[str, Any]]:
    accepted = row.lines()
    weights: dict[int, float | None] = {}
    if not accepted and row.get("key"):
        accepted = [row.get("key").strip()]
    else:
        weights = _weights(row, accepted)
    answers = []
    remarks = _remarks(row, len(accepted))
    for index, text in enumerate(accepted):
        value, _, tolerance = (part.strip() for part in re.sub(r"±|\+-|\+/-", ":", text).partition(":"))
        tolerance = tolerance or "0"
        if (value != "*" and not _NUMBER.fullmatch(value)) or not _NUMBER.fullmatch(tolerance):
            raise RowError(f"{text[:40]!r} is no number, expected like 2.5 or 2.5:0.5")
        answers.append(
            NumericalAnswer(
                value=value.replace(",", ".").replace("−", "-"),
                tolerance=tolerance.replace(",", "."),
                fraction=_weight(weights, index),
                feedback=remarks[index],
            )
        )
    if not answers:
        raise RowError("no number is accepted: write it into options")
    return Numerical, {"answers": tuple(answers)}


def _matching(row: QuestionRow) -> tuple[type, dict[str, Any]]:
    pairs = []
    for line in row.get("options").split("\n"):
        if not line.strip():
            continue
        parts = _ARROW.split(line, maxsplit=1) if _ARROW.search(line) else line.split(" - ", 1)
        parts = [part.strip() for part in parts]
        if len(parts) != 2 or not parts[1].strip():
            raise RowError(f"{line[:40]!r} is no pair, expected question -> answer")
        pairs.append(Pair(question=_blocks(parts[0]), answer=_blocks(parts[1])))
    if len(pairs) < 2:
        raise RowError(f"{len(pairs)} pairs, expected two or more")
    return Matching, {"pairs": tuple(pairs)}


def _ordering(row: QuestionRow) -> tuple[type, dict[str, Any]]:
    items = row.lines()
    if len(items) < LEAST_ITEMS:
        raise RowError(f"{len(items)} items, expected two or more, one a line in the right order")
    return Ordering, {"items": tuple(OrderingItem(content=_blocks(item)) for item in items)}


def _cloze(row: QuestionRow) -> tuple[type, dict[str, Any]]:
    parsed = cloze.parse(row.get("text"), _blocks)
    if not parsed.gaps:
        raise RowError("no gap in the text, expected one like {1:SHORTANSWER:=answer}")
    return Cloze, {"text": _blocks(parsed.text), "gaps": parsed.gaps}


def _essay(row: QuestionRow) -> tuple[type, dict[str, Any]]:
    said = "\n".join(filter(None, (row.get("key"), row.get("grader notes"))))
    return Essay, {"template": _blocks(row.get("template")), "grader_notes": _blocks(said)}


_TYPES: dict[str, Any] = {
    "essay": _essay,
    "multiple-choice": lambda row: _choice(row, single=True),
    "multiple-response": lambda row: _choice(row, single=False),
    "true-false": _true_false,
    "short-answer": _short,
    "numerical": _numerical,
    "matching": _matching,
    "ordering": _ordering,
    "cloze": _cloze,
    "description": lambda row: (Description, {}),
}


# --- settings -----------------------------------------------------------------------------------------------------


def _settings(kind: str, row: QuestionRow) -> dict[str, Any]:
    """``name=value`` parted by ``;``: what a type knows of it."""
    found: dict[str, Any] = {}
    for part in row.get("settings").split(";"):
        name, sign, value = (text.strip() for text in part.partition("="))
        if not part.strip():
            continue
        known = _SETTINGS.get((name.lower(), kind))
        if not sign or known is None:
            raise RowError(f"setting {part.strip()[:40]!r} is not known for {kind}")
        field, read = known
        found[field] = read(value)
    return found


def _yes(value: str) -> bool:
    if value.lower() in {"1", *languages.words("yes")}:
        return True
    if value.lower() in {"0", *languages.words("no")}:
        return False
    raise RowError(f"{value[:20]!r}, expected yes or no")


def _whole(value: str) -> int:
    if not re.fullmatch(r"\d{1,6}", value):
        raise RowError(f"{value[:20]!r}, expected a whole number")
    return int(value)


def _word(result: type, field: str) -> Callable[[str], str]:
    """Reads one of the words that a field of the model takes."""
    *words, last = typing.get_args(typing.get_type_hints(result)[field])

    def read(value: str) -> str:
        if value not in {*words, last}:
            raise RowError(f"{field} {value[:20]!r}, expected {', '.join(words)} or {last}")
        return value

    return read


_CHOICES = ("multiple-choice", "multiple-response")
_KNOWN: tuple[tuple[str, tuple[str, ...], str, Callable[[str], Any]], ...] = (
    ("shuffle", (*_CHOICES, "matching"), "shuffle", _yes),
    ("numbering", _CHOICES, "numbering", _word(MultipleChoice, "numbering")),
    ("case", ("short-answer",), "case_sensitive", _yes),
    ("unit", ("numerical",), "unit", str),
    ("lines", ("essay",), "response_lines", _whole),
    ("min-words", ("essay",), "min_words", _whole),
    ("max-words", ("essay",), "max_words", _whole),
    ("attachments", ("essay",), "attachments", _whole),
    ("layout", ("ordering",), "layout", _word(Ordering, "layout")),
    ("select", ("ordering",), "select", _word(Ordering, "select")),
    ("count", ("ordering",), "select_count", _whole),
    ("grading", ("ordering",), "grading", _word(Ordering, "grading")),
    ("show-grading", ("ordering",), "show_grading", _yes),
    ("numbering", ("ordering",), "numbering", _word(Ordering, "numbering")),
)
_SETTINGS = {(name, kind): (field, read) for name, kinds, field, read in _KNOWN for kind in kinds}
