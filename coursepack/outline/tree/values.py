"""Values of a course's data that their own form tells: codes, credits, years, semesters, programmes, institutions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coursepack import languages
from coursepack.outline.markers import fold, ordinals
from coursepack.outline.tree import marked_city
from coursepack.outline.tree.named import persons
from coursepack.outline.tree.words import words

CODE = languages.expression(
    r"(?<![\w№.])(?<![+×*=] )(?<![+×*=])[@A@][@A@a]{1,4}(?: |-)?[@A@]?\d{1,4}[@A@]?(?:-\d{2}(?!\d))?"
    r"(?![\w.,/–-]|\s*[–-]\s*\d|\s*[+×*=])"
)
_LED = languages.expression(
    r"(?P<code>(?:[@A@][@A@a]{1,6}\.?\s?)?[@A@]{1,5}[ -]?\d{2,5}(?:\.\d{1,3})?[@A@]?(?:-\d{2,3}|-[@A@]{1,3}\d{0,2})?"
    r"|[@A@]{2,8}\.\d{2}(?:\.\d{1,3})*|[@A@]\d(?:\.[@A@]{1,3}){1,3}(?:\.\d{1,2}){1,3})"
    r"(?:(?:\s*(?:,|&|@also@))?\s*#\d+)*(?P<sep>\s*[:|•·–—-]\s+|\s+(?=[@A@«\"“]))"
)
"""A code before the title of its course: «BOT 210 — Plants and People», «C161: Cosmology», «ОГСЭ.05 «Физкультура»»,
«Б1.В.07 Гидрометрия»."""
PROGRAMME = re.compile(rf"(?<!\w)(?:{languages.pattern('programme-code')})(?!\w)")
_GROUP = re.compile(rf"(?<!\w)(?:{languages.pattern('group-word')})(?!\w)", re.IGNORECASE)
_COUNTS = re.compile(r"(?<!\S)[^\W\d_]+\.?\d")
YEARS = re.compile(r"(?:19|20)\d\d\s*[-–—/]\s*(?:(?:19|20)\d\d|\d\d)(?!\d)")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
QUOTED = re.compile(r"[«“\"„]\s*([^«»“”\"„]{3,110}?)\s*[»”\"“]")
_BEFORE_BRACKETS = re.compile(r"(\d+(?:[.,]\d+)?)\s*[(\[][^()\[\]]*[)\]]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_ECTS = re.compile(r"(?P<n>\d+(?:[.,]\d+)?)\s*ECTS", re.IGNORECASE)
_CREDITS = languages.expression(
    r"(?P<n>\d+(?:[.,]\d)?)\s*(?:-\s*)?(?:(?:@credit-kind@)\s+)?(?:@credits@)|(?:@credits@)[^\W\d_]*\s*[:–-]\s*(?P<m>\d+(?:[.,]\d)?)"
    r"|(?:@credits-before@)\s+(?P<k>\d{1,2}(?:[.,]\d)?)(?![\w.])",
    re.IGNORECASE,
)
_SEMESTER = languages.expression(
    r"(?<!\w)(?P<season>(?:@season@)(?:\s+(?:@term-kept@))?)(?P<word>\s+@semester@)?(?P<year>\s+(?:19|20)\d\d(?!\s*[-–—/]\s*\d\d))?(?!\w)"
    r"|(?<![\w–-])(?P<n>\d{1,2}|[IVX]{1,4})(?:\s*[-–]\s*(?:@ordinal-plain@)?)?\s*@semester@(?!\s+(?:@credits@|@hours@))|(?<!\w)@semester@\s+(?P<m>\d{1,2}|[IVX]{1,3})(?!\w)",
    re.IGNORECASE,
)
_COMPONENT = languages.expression(
    r"(?<!\w)(?P<component>@component@)\s+@of-programme@(?:\s+(?P<programme>[@A@]\S{0,20}(?:\s[@A@]\S{0,20}){0,4})(?=\s+@programme@))?",
    re.IGNORECASE,
)  # «Required course in the BSME program»
_COMPONENTS = languages.expression(r"(?:@component@)(?!\w)", re.IGNORECASE)
_DEGREE = languages.expression(
    r"(?P<programme>(?:@programme-degree@)\.?(?:\s*\([^()]{2,30}\))?\s+(?:@in@\s+)?[@A@][^–—,;:|\t()]{2,60}?)\s*(?:[–—,;|\t(]|\s-\s|$)"
)  # «B.Sc. (Honours) Botany – IV Semester»
_DEGREE_OF = languages.expression(
    r"(?P<programme>(?:@programme-degree@)\.?\s*\([^()\d]{4,40}\))\s*(?:[–—,;|\t(]|\s-\s|$)"
)  # «B.Tech. (Dairy Technology), Semester III»
_HALF_YEAR = languages.expression(r"(?<!\w)(?:\d|[@A@]{1,3})(?:-\w{1,2})?\s+(?i:@half-year@)(?!\w)")
_STUDY_YEAR = languages.expression(
    r"(?<!\d)(?P<n>[1-7])\s*(?:-?\s*(?:@ordinal-plain@|st|nd|rd|th))?\s*[-–]?\s*(?:@study-year@)(?!\w)|(?:@study-year-before@)\s+(?P<m>1[0-2]|[1-9])(?!\d)",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\s*[,;]\s*(?=\d)")
_DASHED = re.compile(r"\s+[–—|·-]\s+")
_ENUMERATED = re.compile(r",\s+|;\s+")
_OPEN, _CLOSE = "«“„", "»”"
PERSON = languages.expression(r"(?:[@A@][@a@]{1,4}\.\s+)?[@A@][\w'’-]+(?:\s+[@A@][\w'’.-]*){1,3}")
_LED_BY = 3
"""Words before quotes that may name what is in them."""
_PAIR = 2
"""An institution with its city: its name as printed."""
_CITY = languages.expression(r"[@A@][\w'’-]+(?:\s[@A@][\w'’-]+)?")
_INSTITUTIONS = ("university", "faculty", "department")
_LONGEST = 110
_NAMED = languages.expression(r"(?:[@A@]\.\s?){1,2}[@A@][^\W\d_]+\.?$|\s(?:[@A@]\.\s?){1,2}$")
"""A name with initials at the end of a text."""
_IN_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A field of ``model.course.About`` with its value; ``letters`` are how many of the line it takes."""

    name: str
    value: object
    letters: int


def of_form(text: str) -> Iterator[FieldValue]:
    """The values of a line that no label names."""
    if found := _CREDITS.search(text):
        amount = found["n"] or found["m"] or found["k"]
        yield FieldValue("credits", float(amount.replace(",", ".")), _letters(found[0]))
    if (found := school_year(text)) and len(text) < 90:
        yield FieldValue("year", found[0], _letters(text) if len(text) < 60 else 0)
    if found := _SEMESTER.search(text):
        yield FieldValue("semester", _semester(found), _letters(found[0]))
        if found["year"] and _names_term(found):  # «осенний семестр 2025», «Autumn Term 2026»
            yield FieldValue("year", found["year"].strip(), 0)
    elif found := _HALF_YEAR.search(text):
        yield FieldValue("semester", found[0], _letters(found[0]))
    yield from _of_study(text)
    form = next((w for w in re.findall(r"[\w-]+", text) if words().front("study-form", w)), None)
    if form and len(text) < 40:
        yield FieldValue("study_form", form, _letters(text))


def school_year(text: str) -> re.Match[str] | None:
    """The years of one school year, one behind the other, that a text gives: no «1919–1982»."""
    every = YEARS.finditer(text)
    return next((one for one in every if (int(one[0][-2:]) - int(one[0][2:4])) % 100 in {0, 1}), None)


def _of_study(text: str) -> Iterator[FieldValue]:
    """The year of study, the programme or the code, and whether the course is required."""
    if found := _STUDY_YEAR.search(text):
        yield FieldValue("study_year", int(found["n"] or found["m"]), _letters(found[0]))
    if found := PROGRAMME.search(text):
        value = bare(_BESIDE.split(text[found.start() :])[0])
        yield FieldValue("programme", value, _letters(text))
    elif named := _named_programme(text):
        yield named
    elif (
        (found := CODE.search(text) or CODE.fullmatch(text.partition(", ")[0]))
        and not _is_time(found[0])
        and not _GROUP.search(text, 0, found.start())
        and not _GROUP.match(text[found.end() :].lstrip(" -–"))
    ):
        yield FieldValue("code", found[0], _letters(found[0]))
    if found := _COMPONENT.search(text):
        yield FieldValue("component", found["component"], _letters(found[0]))
        if found["programme"]:
            yield FieldValue("programme", found["programme"], 0)
    if (found := _DEGREE.match(text) or _DEGREE_OF.match(text)) and len(text) < _LONGEST:
        yield FieldValue("programme", found["programme"].strip(), _letters(found[0]))


def _named_programme(text: str) -> FieldValue | None:
    """«образовательная программа «География»»: the programme in quotes behind the words for one."""
    for quoted in QUOTED.finditer(text):
        before = _ENUMERATED.split(text[: quoted.start()])[-1].split()[-_LED_BY:]
        led = (" ".join(before[at:]) for at in reversed(range(len(before))))
        # «ОП.04» before the quote is the code of a course, and no label
        label = next((one for one in led if words().about(one) == "programme" and not _COUNTS.search(one)), None)
        if label is not None:
            return FieldValue("programme", quoted[1].strip(), _letters(label) + _letters(quoted[0]))
    return None


def of_line(text: str) -> Iterator[FieldValue]:
    """The values of a line that no label names: of institutions, and of what stands beside them."""
    named = [*institutions(text)]
    yield from named
    for part in _ENUMERATED.split(text) if named else [text]:
        if not named or _institution(part) is None:
            yield from of_form(part)


def institutions(text: str) -> Iterator[FieldValue]:
    """«Cedar Bluff University, School of Music»: the names of institutions that a line is made of."""
    if len(text) > 4 * _LONGEST or QUOTED.fullmatch(text) or ": " in text:
        return
    named = [quoted[1] for quoted in QUOTED.finditer(text) if _institution(quoted[1])]
    parts = named or [part for one in _ENUMERATED.split(text) for part in _undashed(one.strip())]
    kinds = [_institution(part) for part in parts]
    beside = [part for part, kind in zip(parts, kinds, strict=True) if kind is None]
    if beside and not (any(kinds) and all(_stands_beside(parts, kinds, at) for at in range(len(parts)))):
        parts = _undashed(text)
    kinds = [_institution(part) for part in parts]
    for part, kind in zip(parts, kinds, strict=True):
        if kind is not None and len(part) <= _LONGEST:
            yield FieldValue(kind, bare(part), _letters(text))


def _stands_beside(parts: Sequence[str], kinds: Sequence[str | None], at: int) -> bool:
    """Whether a part of a line is an institution, or what may stand beside one: a value, a person before it, its city
    behind it."""
    part, held = parts[at], [nth for nth, kind in enumerate(kinds) if kind is not None]
    if kinds[at] is not None or any(map(str.isdigit, part)) or any(of_form(part)) or persons(part):
        return True
    before = at < held[0] and PERSON.fullmatch(part) is not None
    return before or _is_city(parts, kinds, at)


def _is_city(parts: Sequence[str], kinds: Sequence[str | None], at: int) -> bool:
    """Whether a part is the city behind a university, or the one before a year."""
    held = [nth for nth, kind in enumerate(kinds) if kind is not None]
    dated = at + 1 < len(parts) and YEAR.fullmatch(parts[at + 1]) is not None
    marked = marked_city.named(parts[at]) is not None
    if marked and held and at > held[-1]:
        return True
    behind = bool(held) and at > held[-1] and (("university" in kinds and len(parts) > _PAIR) or dated)
    return behind and _CITY.fullmatch(parts[at]) is not None


def beside_institution(text: str) -> Iterator[tuple[str, str]]:
    """The ``teacher`` and the ``city`` that a line gives beside an institution: «Ann Lee, Fjord College, Bergen»."""
    parts = [part.strip() for part in _ENUMERATED.split(text)]
    kinds = [_institution(part) for part in parts]
    if len(parts) < 2 or not any(kinds) or not all(_stands_beside(parts, kinds, at) for at in range(len(parts))):
        return
    first = next(at for at, kind in enumerate(kinds) if kind is not None)
    for at, part in enumerate(parts):
        if at < first and PERSON.fullmatch(part) and not any(of_form(part)):
            yield "teacher", part
        elif _is_city(parts, kinds, at) and not any(of_form(part)):
            yield "city", marked_city.named(part) or part


def _undashed(text: str) -> list[str]:
    """An institution and what stands behind a dash beside it: «Institute of Design – Product Design»."""
    parts = _DASHED.split(text, maxsplit=1)
    return parts if len(parts) > 1 and _institution(parts[0]) is not None else [text]


def _institution(text: str) -> str | None:
    if words().front("ministry", text) or (text.endswith((".", "!", "?")) and len(text) > 60):
        return None
    if persons(text) or (_NAMED.search(text) and words().front("post", text.split(maxsplit=1)[0])):
        return None  # «доцент кафедры дизайна И. Л. Парчина»
    if _STUDY_YEAR.search(text) and words().front("paper", " ".join(text.split()[:_PAIR])):
        return None  # «Лабораторный практикум для 3 курса технологического факультета»
    named = _IN_BRACKETS.sub("", text).strip() or text  # «Materials (for students of a college)»
    kind = next((kind for kind in _INSTITUTIONS if words().front(kind, named)), None)
    # «Жасуша» бөлімі бойынша бақылау» tests a part of the course
    return None if kind == "department" and words().front("about-subject", text) else kind


def is_component(text: str) -> bool:
    """Whether a text says of a course that it is required, elective and so on."""
    return _COMPONENTS.match(text.strip()) is not None


def _is_time(text: str) -> bool:
    """Whether what looks like a code is a year, or a season with one: «FALL 2016»."""
    return bool(YEAR.fullmatch(text)) or (YEAR.search(text) is not None and semester(text) is not None)


def is_code(text: str) -> bool:
    """Whether a text is the code of a course and nothing else."""
    return CODE.fullmatch(text) is not None and not _is_time(text)


def led_by_code(text: str) -> tuple[str, str] | None:
    """The code that a title begins with, and the title."""
    found = _LED.match(text)
    title = text[found.end() :].strip() if found else ""
    code_word = re.split(r"[\W\d_]", found["code"])[0] if found else ""  # «CH-217L» counts no lecture
    if found is None or words().kind(code_word) is not None or not any(c.isalpha() for c in title):
        return None
    if _is_time(found["code"]):
        return None
    return found["code"].strip(), title


def semester(text: str) -> str | None:
    """The semester that a value names, without the word; a number in letters or digits."""
    found = _SEMESTER.search(text)
    return _semester(found) if found else None


def _semester(found: re.Match[str]) -> str:
    if number := found["n"] or found["m"]:
        return number
    return found[0].strip() if found["year"] and not _names_term(found) else found["season"].strip()


def _names_term(found: re.Match[str]) -> bool:
    """Whether a word for a semester, or for a part of the year, stands behind a season."""
    return bool(found["word"]) or len((found["season"] or "").split()) > 1


def number(text: str) -> float | None:
    """The number that a value begins with: in digits, or in a word; of several the one before «ECTS», or the last
    beside it, of one before brackets the first."""
    if alone := _BEFORE_BRACKETS.fullmatch(text):
        return float(alone[1].replace(",", "."))
    if beside := _ECTS.search(text):
        return float(beside["n"].replace(",", "."))
    amounts = _NUMBER.findall(text)
    if amounts:
        return float(amounts[-1 if "ECTS" in text.upper() else 0].replace(",", "."))
    first = fold(text).split()[0].strip(",.(") if text.split() else ""
    return float(value) if (value := ordinals().get(first)) else None


_BESIDE_VALUES = frozenset({"credits", "semester", "study_year", "study_form", "year"})
"""What stands behind another value on its line, parted by a comma."""


def parted(text: str) -> tuple[str, list[FieldValue]]:
    """A value without the values of other fields behind it, and those: «GID 3207, 5 credits», «School of Music, year 2,
    full time»."""
    parts = _ENUMERATED.split(text)
    behind: list[FieldValue] = []
    while len(parts) > 1:
        found = [one for one in of_form(parts[-1]) if one.name in _BESIDE_VALUES]
        if sum(one.letters for one in found) * 2 <= _letters(parts[-1]):
            break
        behind += found
        text = text[: text.rindex(parts.pop())].rstrip(" ,;")
    return text, behind


def bare(text: str) -> str:
    """A value without the signs around it; quotes that it opens and closes inside stay."""
    text = text.strip(" ;,:")
    inner = text[1:-1]
    if text[:1] in f'{_OPEN}"' and text[-1:] in f'{_CLOSE}"“' and not any(c in f'{_OPEN}{_CLOSE}"' for c in inner):
        text = inner.strip()
    if text.count('"') % 2 or sum(map(text.count, _OPEN)) != sum(map(text.count, _CLOSE)):
        text = text.strip('"') if text[:1] == '"' or text[-1:] == '"' else text.strip(_OPEN + _CLOSE)
    text = text.rstrip(") ") if text.count(")") > text.count("(") == 0 else text
    return text if re.search(r"(?:^|[\s.])[^\W\d_]\.$", text) else text.rstrip(".")


def _letters(text: str) -> int:
    return sum(c.isalnum() for c in text)
