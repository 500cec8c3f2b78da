"""What a cell of a plan looks like: a count, a day, hours, a class's name, chapters of a book, a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack import languages
from coursepack.outline.found import OutlineSource
from coursepack.outline.markers import Marker, fold
from coursepack.outline.plans.cells import PlanCell
from coursepack.outline.tree import dates
from coursepack.outline.tree.ordinals import HeadingNumber, counted
from coursepack.outline.tree.words import says_nothing, words

SESSIONS = ("lecture", "seminar", "practical", "laboratory")
WORK = ("independent", "supervised")
_DASHES = "-–—−+ "
_LONGEST_NOTHING = 24
NUMBER = languages.expression(
    r"(?:@week@\s*(?:№\s*)?)?(\d{1,2})(?:\s*[-–,]\s*\d{1,2})?\s*(?:[.)-]\s*)?(?:@week@|@ordinal-plain@)?(?!\w)",
    re.IGNORECASE,
)
WEEK = languages.expression(
    r"(\d{1,2})\s*(?:[-–]\s*)?(?:@ordinal-plain@\s*)?@week-stem@|@week@\s*(?:№\s*)?(\d{1,2})", re.IGNORECASE
)
TOPIC = languages.expression(
    r"@topic@\s*(?:№\s*)?\d{1,2}(?:\.\d{1,2}){0,2}\s*(?:[.:)–-]\s*)?(?!\d)|\d{1,2}\s*(?:[-–]\s*)?@topic-after@\s*[.:]\s*",
    re.IGNORECASE,
)
_VALUED = re.compile(r"(?P<name>[^\W\d_][^\d\n]*[^\W\d_)])\s+(?P<value>\d{2,3})")
_FEWEST_POINTS = 20
"""A number behind the name of a control that is none of the few in which controls are counted."""
_AMOUNT = languages.expression(r"(\d+(?:[.,]\d+)?)\s*(?:(?:@hours@|@hours-short@)\.?)?")
HOURS = languages.expression(r"(?<!\d)(\d+(?:[.,]\d+)?)\s*(?:@hours@|@hours-short@\b)", re.IGNORECASE)
POINTS = languages.expression(r"(?<!\d)(\d+(?:[.,]\d+)?)\s*@points@", re.IGNORECASE)
_CLOCK = r"[012]?\d[.:][0-5]\d(?:\s*@clock@)?"
_TIME = languages.expression(rf"{_CLOCK}(?:\s*[–—-]\s*{_CLOCK})?|[012]?\d\s*@clock@", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,3}\s*[.)]?")
_COUNTS = re.compile(r"\d{1,3}(?:\s*[-–,;]\s*\d{1,3})+\s*[.)]?")
_SEVERAL = re.compile(r"\d{1,2}\s*[-–—]\s*\d{1,2}")
_LETTER = re.compile(r"[^\W\d_]")
_TOKEN = re.compile(r"[^\W\d_]+")
_PAGES = re.compile(r"\d{1,4}\s*[-–]\s*\d{1,4}|\[\d{1,3}|§\s*\d|(?<![\d.])\d{1,2}\.\d{1,2}(?![\d.])")
_PRINTED = re.compile(r"\((?:1[5-9]|20)\d\d\)|,\s*(?:1[5-9]|20)\d\d(?=\s*(?:[.,;–—]|$))")
_NO_TEXT = ("week", "day", "weekday", "label", "amount")
_LAST = re.compile(r"(?<![\d.,])(\d{1,2})\s*[.)]?\s*$")
_TICK = 2
_LONGEST_LABEL = 30
_LONGEST_DAY = 40
_LONGEST_HOURS = 30


def forms(source: OutlineSource, cell: PlanCell) -> set[str]:
    """The forms that a cell has; a text has several."""
    text = cell.text
    if _COUNT.fullmatch(text):
        return {"count", "amount"}
    if is_time(text):
        return {"time"}
    seen = {
        "counts": bool(_COUNTS.fullmatch(text)),
        "amount": amount(text) is not None,
        "points": "%" in text or bool(POINTS.search(text)),
        "week": bool(WEEK.match(text)) or is_dated_week(cell) or _counts_and_dates(text),
        "weekday": is_weekday(text),
        "located": located(source, text),
    }
    seen["day"] = not seen["week"] and is_day(text)
    seen["label"] = not seen["weekday"] and label(source, text) is not None
    has_text = not any(seen[name] for name in _NO_TEXT) and bool(_LETTER.search(text))
    asks = words().asks(cell.pieces[0].text) if has_text and cell.pieces else None
    return (
        {name for name, found in seen.items() if found}
        | ({"text"} if has_text else set())
        | ({asks} if asks else set())
    )


def amount(text: str) -> float | None:
    """The hours or points of a cell: «2», «2 час», «2час 1,42балл»; None for a text."""
    found = _AMOUNT.fullmatch(text) or (HOURS.match(text) if len(text) < _LONGEST_HOURS else None)
    return float(found[1].replace(",", ".")) if found else None


def valued(text: str) -> tuple[str, float | None]:
    """The name of a control and the points behind it: «Midterm exam   100»; a small number is the control's own."""
    found = _VALUED.fullmatch(text.strip())
    value = amount(found["value"]) if found else None
    return (found["name"], value) if found and value and value >= _FEWEST_POINTS else (text, None)


def is_day(text: str) -> bool:
    """Whether a cell holds nothing but a day or days: «8/20», «Mon 3 Sept», «03.09–08.09», «5 Feb, 12:30»."""
    found = dates.day(text) if len(text) <= _LONGEST_DAY else None
    return found is not None and len(_TOKEN.findall(fold(text)[found.end :])) < 3  # a month, a day, «h»


def is_time(text: str) -> bool:
    """Whether a cell holds nothing but the time of a day, or two: «9.30», «10:00–11:15 am»."""
    return _TIME.fullmatch(text.strip()) is not None


def is_dated_week(cell: PlanCell) -> bool:
    """Whether a cell holds a number, and a day on the lines below it."""
    texts = [piece.text for piece in cell.pieces]
    return len(texts) > 1 and week_of(texts[0]) is not None and all(map(is_day, texts[1:]))


def _counts_and_dates(text: str) -> bool:
    """Whether a line is a number and a day behind it: «1 (Jan 12)», «2: 8–12 Sept»."""
    found = NUMBER.match(text)
    rest = text[found.end() :].strip(" ():;,–—-") if found is not None else ""
    return bool(rest) and is_day(rest)


def is_weekday(text: str) -> bool:
    """Whether a cell names nothing but days of the week, in letters or words."""
    return dates.are_weekdays(text)


def label(source: OutlineSource, text: str) -> str | None:
    """The kind of class or of work that a cell names and nothing else: «Lab», «Лекция 3», «СӨЖ 1», «теор.»."""
    text = text.strip()
    if not text or len(text) > _LONGEST_LABEL or not _LETTER.search(text):
        return None
    bare = _LAST.sub("", text).strip(" .,:№-")
    tokens = [token for token in _TOKEN.findall(fold(bare)) if token not in source.marks.called]
    if (short := source.marks.shortened(bare)) in SESSIONS:  # «лаб.-практ.» is of two words
        return short
    if len(tokens) != 1 or any(letter.isdigit() for letter in bare):
        return _counted_class(text)
    kind = (source.marks.shortened(bare) or source.marks.column(bare) or "").split(" ")[0]
    if kind in {*SESSIONS, *WORK}:
        return kind
    counts = words().kind(bare)
    return counts if counts in SESSIONS and tokens[0] not in source.marks.topics else None


def counts_class(source: OutlineSource, text: str) -> bool:
    """Whether a cell counts a class and says nothing else: «Lecture 3», «Занятие 5», «3-сабақ»."""
    return number_of(text) is not None and label(source, text) in SESSIONS


def _counted(text: str) -> HeadingNumber | None:
    """The number of a class that a text is and nothing else."""
    whole = (one for one in counted(text) if one.words and one.end >= len(text))
    return next((one for one in whole if one.kind == "meeting" or one.kind in SESSIONS), None)


def _counted_class(text: str) -> str | None:
    """The kind of a class that words count which alone name none: «Занятие 3», «3-сабақ», «Class 3»."""
    found = _counted(text)
    return None if found is None else "lecture" if found.kind == "meeting" else found.kind


def names_classes(source: OutlineSource, rows: Sequence[Sequence[PlanCell]], at: int) -> bool:
    """Whether a column names the kinds of classes of most rows."""
    texts = [row[at].text for row in rows if row[at].text]
    return sum(label(source, text) is not None for text in texts) * 2 > len(texts)


def is_text(text: str) -> bool:
    """Whether a cell says more than a number, a tick or a day."""
    return len(text) > _TICK and bool(_LETTER.search(text)) and amount(text) is None and not is_day(text)


def number_of(text: str) -> int | None:
    """The number behind a label, or before it: «Дәріс 1», «3-сабақ»."""
    found = _LAST.search(text)
    if found is None:
        number = _counted(text.strip())
        return number.value if number is not None else None
    return int(found[1])


def located(source: OutlineSource, text: str) -> bool:
    """Whether a text says where to read: chapters, pages, a printed book."""
    tokens = set(_TOKEN.findall(fold(text[:400])))
    named = bool(tokens & source.marks.located) and any(letter.isdigit() for letter in text)
    return named or bool(_PAGES.search(text[:400]) and not POINTS.search(text)) or bool(_PRINTED.search(text[:400]))


def session_mark(source: OutlineSource, text: str) -> Marker | None:
    """The class or numbered task that a cell's text names itself."""
    found = source.marks.short(text)
    if found:
        return found
    return next(
        (
            mark
            for mark in source.marks.find(text)
            if (mark.group == "numbered" and mark.kind in SESSIONS) or (mark.group == "label" and mark.number)
        ),
        None,
    )


def week_of(text: str) -> int | None:
    """The number that a cell of a column of weeks or numbers begins with."""
    found = NUMBER.match(text)
    return int(found[1]) if found else None


def is_empty(text: str) -> bool:
    """Whether a cell says that there is nothing: «», «–», «---», «0», «N/A»."""
    return not text.strip(_DASHES) or text == "0" or (len(text) < _LONGEST_NOTHING and says_nothing(text))


def spans_weeks(text: str) -> bool:
    """Whether the key of a row is several weeks: «1-6»."""
    return bool(_SEVERAL.fullmatch(text.strip()))


def is_total(text: str) -> bool:
    """Whether a row's first words say that it adds up the others."""
    return fold(text).startswith(languages.words("total"))
