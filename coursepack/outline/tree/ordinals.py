"""Numbers that headings count with: «Chapter 2: Soil», «3-сабақ. …», «Занятие третье», «5.1 Outcomes», «IV. …»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from coursepack import languages
from coursepack.outline.alphabets import place_of
from coursepack.outline.markers import _DATE, MANY, MOST, Marker, fold, number_of, ordinals
from coursepack.outline.tree.words import phrases, words

# Runs of blanks are taken whole («++»), so that a line of hundreds of them costs no more than one.
_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?"
_WORDS = rf"{_WORD}(?:\s++{_WORD}){{0,2}}"
_NUMBER = r"(?:\d{1,4}|(?<![^\W\d_])[ivx]{1,6})(?![^\W_]|%)"
_HALVES = f"[{languages.option_letters(5)}]"
_HALF = rf"(?:(?<=\d)(?P<half>{_HALVES})(?![^\W_]))?"
"""A letter behind a number: «Lesson 1a»."""
_HALVED = rf"\d{{1,2}}(?={_HALVES}(?![^\W_]))"
SIGN = r"(?:№|#|no\.?(?:\s?:)?|nr\.?|n[º°])"
"""What stands before a number."""
_DAY = rf"{_DATE}|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?\s*+[.,:–-]\s++"
_DAY += r"|\d{1,2}\s++[^\W\d_]{3,10}\s*+[.,:–-]\s++|[^\W\d_]{3,9}\.?\s++\d{1,2}\s*+[.,:–-]\s++"
_LEAD = rf"(?P<date>{_DAY})?[«\"(\[]?\s*+"
_SEP = r"(?P<sep>\s*+[»\")\]]?\s*+(?:[.:)\]|·•–—-]+|/(?=\s))?)\s*+"
_BARE_LEAD = r"(?P<date>(?!))?[«\"(\[]?\s*+"
_BEFORE, _UNDATED = (
    re.compile(
        rf"{lead}(?P<w>{_WORDS}?)\s*+[-–]?\s*+(?P<sign>{SIGN})?\s*+[-–_]*\s*+(?P<n>{_NUMBER}|{_HALVED}){_HALF}_*{_SEP}"
    )
    for lead in (_LEAD, _BARE_LEAD)
)
_TH = (
    rf"(?:\s*+[-–]?\s*+{languages.pattern('ordinal')}(?![^\W\d_])"
    rf"|\.\s++(?=(?:{languages.pattern('counted-by-stop')})(?!\w)))?"
)
_BEHIND = re.compile(
    rf"{_LEAD}(?:{SIGN}\s*+)?(?P<n>\d{{1,4}}|[ivx]{{1,6}}(?!\w))(?P<span>\s*+[-–—]\s*+\d{{1,2}}(?!\d))?{_TH}(?:st|nd|rd|th)?\s*+[-–]?\s*+(?P<w>{_WORDS}){_SEP}"
)
_BEHIND_TITLE = re.compile(
    rf"(?:\s*+[(\[]\s*+|\s*+[,.:;]\s++|\s++[|–—-]\s++)(?:(?P<w>{_WORDS})\s*+[-–]?\s*+{SIGN}?\s*+(?P<n>{_NUMBER})"
    rf"|(?P<m>\d{{1,3}}){_TH}(?:st|nd|rd|th)?\s*+[-–]?\s*+(?P<v>{_WORD}))\s*+[)\].]*$"
)
_PLAIN = re.compile(
    r"(?:§\s*|[#№]\s?)?[(\[]?(?P<n>\d{1,3}(?:\.\d{1,2}){0,3})(?P<close>\s?[.)\]]|[.)\]]{0,2}|:)(?:\s+(?:[·•|/–—-]\s+)?)(?=\S)"
)
_ROMAN = re.compile(r"(?P<n>[IVX]{1,6})(?P<close>[.)])\s+(?=\S)")
_LETTERED = re.compile(rf"(?P<w>{_WORD})\s++[-–]?\s*+[«\"(]?(?P<n>[^\W\d_])(?!\w){_SEP}")
_AFTER = re.compile(_SEP)
_SPAN = languages.expression(r"\s*+(?:[-–/&]|(?:@also@)(?!\w))\s*+(?P<last>\d{1,2})(?![\w%]|[.,]\d)", re.IGNORECASE)
"""The last of several weeks that are counted together: «Weeks 3–4: …», «Недели 5 и 6. …»."""
_LONGEST_TITLE = 160

_KNOWN = 65_536
"""Lines of which what was found is kept."""
_BARE = re.compile(rf"{SIGN}?\s*(?P<n>\d{{1,3}})\s*[.)]?$")


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """A number in a heading: ``words`` stand beside it (folded; empty for a number alone), ``end`` is where the text
    after both begins. ``depth`` is how many numbers «5.1.2» has; ``form`` is what headings of one series have in
    common, ``kind`` what they count where a word says it. ``parted``: a sign, or nothing at all, follows the number.
    ``start`` is where it begins behind other words. ``pair``: both numbers of «Lesson 1.2», of its module and its own.
    """

    form: str
    words: str
    value: int
    end: int
    depth: int = 1
    parted: bool = True
    printed: str = ""
    kind: str | None = None
    start: int = 0
    pair: tuple[int, int] | None = None


def counted(text: str) -> list[HeadingNumber]:
    """Every reading of a text's beginning as a number with its words, the most telling first."""
    return list(_counted(text[:_LONGEST_TITLE], len(text)))


@lru_cache(maxsize=_KNOWN)  # a line is asked for a dozen times
def _counted(head: str, length: int) -> tuple[HeadingNumber, ...]:
    if head.rstrip().endswith("{") and not _CLOSED.match(head):  # «class Two {» is code, «Q21) if (a) {» asks of it
        return ()
    folded = fold(head)
    plain = _PLAIN.match(head)
    found = [*_worded(head, folded), *_beside(head, folded)]
    if not any(one.kind for one in found):
        found = [*_pointed(head, folded), *found]
    if plain:  # «6. Level tasks» counts with its number alone
        found = [one for one in found if one.kind != "caption"]
    if plain:
        numbers = plain["n"].split(".")
        form = f"#{len(numbers)}{plain['close'].strip()}"
        found.append(HeadingNumber(form, "", int(numbers[-1]), plain.end(), len(numbers), True, plain["n"]))
    elif roman := _ROMAN.match(head):
        value = number_of(fold(roman["n"]))
        if value:
            found.append(HeadingNumber(f"#roman{roman['close']}", "", value, roman.end(), 1, True, roman["n"]))
    elif bare := _BARE.match(folded):
        found.append(HeadingNumber("#bare", "", int(bare["n"]), length, 1, True, bare["n"], "ticket"))
    if not any(one.kind for one in found):
        found.extend(_closing(head, folded))
    return tuple(found)


_CLOSED = re.compile(r"\W{0,2}[^\W\d_]{0,12}\s?№?\s?\d{1,4}\s?[).:]\s")
_SESSIONS = frozenset({"lecture", "seminar", "practical", "laboratory", "meeting"})
_CLASSES = _SESSIONS | {"week", "unit"}
LETTERED = "letter "
"""What the form of a letter that counts begins with."""
CLOSES = "close "
"""What the form of a number that stands behind its title begins with."""


def _closing(head: str, folded: str) -> list[HeadingNumber]:
    """«Soil (lecture 3)», «Soil — lecture 3»: a class or a unit counted behind its title."""
    match = _BEHIND_TITLE.search(folded, 1) if len(head) < _LONGEST_TITLE else None
    if match is None:
        return []
    said = (match["w"] or match["v"]).strip(" .")
    printed, kind = match["n"] or match["m"], words().kind(said)
    value = number_of(printed) or 0
    if (
        not any(c.isalpha() for c in head[: match.start()])
        or kind not in {"lecture", "seminar", "practical", "laboratory", "meeting", "week", "unit"}
        or not 0 < value <= MOST
    ):
        return []
    return [HeadingNumber(f"{CLOSES}{said}", said, value, len(head), 1, True, printed, kind, match.start())]


WEEK = "mark week"
"""The form of weeks that the markers of departments name."""


def of_marks(marks: Sequence[Marker]) -> list[HeadingNumber]:
    """Numbered markers, which the words of departments name too, as numbers of headings."""
    return [
        HeadingNumber(
            f"mark {one.kind}",
            one.kind,
            one.number,
            one.end,
            1,
            True,
            one.printed or "",
            _OF_MARKS.get(one.kind, one.kind),
        )
        for one in marks
        if one.group == "numbered" and one.number is not None
    ]


_OF_MARKS = {"topic": "lecture"}


def _beside(head: str, folded: str) -> list[HeadingNumber]:
    """A word before the number, or behind it."""
    match = _BEFORE.match(folded)
    if match is not None and match["date"] and words().kind(match["date"]) is not None:
        match = _UNDATED.match(folded)  # «Lecture 1, …» is no day of a month
    found = [_before(head, folded, match)] if match else []
    if match := _BEHIND.match(folded):
        found.append(_behind(head, folded, match))
    if not any(found) and (match := _LETTERED.match(folded)):
        found.append(_lettered(head, match))
    return [one for one in found if one is not None]


def _lettered(head: str, match: re.Match[str]) -> HeadingNumber | None:
    """A letter that counts papers or works: «Card A», «Вариант Б», «Sheet C Circles (20 marks)»."""
    printed, said = head[match.start("n")], match["w"].strip(" .")
    kind, value = words().kind(said), place_of(printed)
    if kind not in _LETTERED_KINDS or not value or not printed.isupper():
        return None
    rest = head[match.end() :].strip()
    parted = bool(match["sep"].strip()) or not rest or (kind == "task" and rest[0].isupper())
    return HeadingNumber(f"{LETTERED}{said}", said, value, match.end(), 1, parted, printed, kind)


def is_lettered(text: str) -> bool:
    """Whether a letter counts what the first word names: «Section B (three marks each)»."""
    match = _LETTERED.match(fold(text[:_LONGEST_TITLE]))
    return match is not None and words().kind(match["w"].strip(" .")) is not None and text[match.start("n")].isupper()


_LETTERED_KINDS = frozenset({"ticket", "variant", "task"})


_REFERS = languages.expression(r"[^\W\d_]+\s+@within@\s|(?:@following@)\s")


_BEFORE_DAY = tuple(fold(phrase) for phrase in phrases("dates", "before") if " " in phrase)


def _before(head: str, folded: str, match: re.Match[str]) -> HeadingNumber | None:
    printed, said = head[match.start("n") : match.end("n")], match["w"].strip(" .")
    if _REFERS.match(said) or said.startswith(_BEFORE_DAY):  # «Given in section 2», «After lecture 2»
        return None
    glued = head[match.start("n") - 1 : match.start("n")].isalpha()
    if glued and " " in said and not words().kind(said.rsplit(maxsplit=1)[-1]):  # «public class Demo2» is code
        return None
    signed = match["sign"] == "№" and head[:1].isupper()  # «Билет № 1 квалификационного экзамена»
    sep, end = match["sep"], match.end()
    if (span := _span(folded, match, printed)) is not None and words().kind(said) == "week":
        after = _AFTER.match(folded, span)
        if after and (after["sep"].strip() or not head[after.end() : after.end() + 1].islower()):
            sep, end = after["sep"], after.end()
    result = _made("before", said, printed, head, end, parted=signed or bool(sep.strip()))
    if match["half"]:
        return _halved(result, match["half"])
    beside = f"{said} {match['sign'].rstrip(' .:')}" if match["sign"] and match["sign"][0] == "n" else ""
    return replace(result, kind=words().kind(beside)) if result is not None and beside else result  # «Ex. No. 3»


def _halved(result: HeadingNumber | None, letter: str) -> HeadingNumber | None:
    """A class whose number a letter parts, «Lesson 1a: …»; of what is no class, «Exercise 2a», it is a part."""
    if result is None or result.kind not in _SESSIONS:
        return None
    return replace(result, pair=(result.value, place_of(letter) or 0), printed=result.printed + letter)


def _span(folded: str, match: re.Match[str], printed: str) -> int | None:
    """Where the last of several numbers ends that a first one begins."""
    found = _SPAN.match(folded, match.end("n"))
    after = found is not None and printed.isdigit() and 0 < int(found["last"]) - int(printed) <= _MOST_WEEKS
    return found.end() if found is not None and after else None


_MOST_WEEKS = 10


def _behind(head: str, folded: str, match: re.Match[str]) -> HeadingNumber | None:
    """Only the first word behind the number counts with it; the others are the title's."""
    first = re.match(_WORD, folded[match.start("w") :])
    if first is None:
        return None
    after = _AFTER.match(folded, match.start("w") + first.end())
    end = after.end() if after else match.start("w") + first.end()
    parted = first[0].endswith(".") or bool(after and after["sep"].strip())
    if match["span"] and not (parted and words().kind(first[0].strip(".")) == "week"):
        return None  # «2–8 weeks» is an amount
    printed = head[match.start("n") : match.end("n")]
    if not parted and words().kind(first[0]) is None and (named := _named_behind(head, folded, match)) is not None:
        return _made("behind", named[0], printed, head, named[1], parted=True)
    said = first[0].strip(".")
    parted = bool(after and after["sep"].strip()) or (parted and words().kind(said) is not None)  # «3-апта. 40 …»
    return _made("behind", said, printed, head, end, parted=parted)


_NAME_BEHIND = re.compile(rf"(?P<said>[^\W\d_]+\s[^\W\d_]+){_SEP}")


def _named_behind(head: str, folded: str, match: re.Match[str]) -> tuple[str, int] | None:
    """Two words behind a number, the last of which says what it counts, and where they end: «1-үй жұмысы. …»; what
    begins with a capital behind a blank is a title: «2 Growth forms»."""
    found = _NAME_BEHIND.match(folded, match.start("w"))
    titled = head[match.end("n") : match.start("w")].isspace() and head[match.start("w") :][:2].istitle()
    if found is None or titled or not (found["sep"].strip() or found.end() == len(folded)):
        return None
    kind = words().kind(found["said"].split()[-1])
    return (found["said"], found.end()) if kind is not None else None


def _made(place: str, said: str, printed: str, head: str, end: int, *, parted: bool) -> HeadingNumber | None:
    value = number_of(fold(printed))
    if not value or (not printed.isdigit() and not printed.isupper()):
        return None
    if value > MOST and words().kind(said) not in MANY:
        return None
    last = said.rsplit(maxsplit=1)[-1] if said else ""
    if not printed.isdigit() and words().kind(said) and not words().kind(last):
        return None  # «Studio Ceramics II» is a course
    rest = head[end:].strip()
    begins = not rest or rest[0].isupper() or rest[0] in '«“"('
    kind = words().kind(said)
    form = f"{place} week" if kind == "week" else f"{place} {said}"  # «Weeks 3–4» goes on with «Week 2»
    return HeadingNumber(form, said, value, end, 1, parted or begins, printed, kind)


_NAMES = "|".join(sorted(map(re.escape, ordinals()), key=lambda word: (-len(word), word)))
_ORDINAL = re.compile(
    rf"{_LEAD}(?:(?P<o>{_NAMES})\w{{0,3}}\s++(?P<w>{_WORD})|(?P<v>{_WORD})\s++(?:the\s++)?(?P<p>{_NAMES})\w{{0,3}})(?!\w){_SEP}"
)


_APART = re.compile(r"\t| {3,}")
"""Blank space that parts a title from the number before it."""
POINTED = "pointed "
"""What the form of a number with a full stop before its word begins with."""
_POINTED = re.compile(r"(?P<n>\d{1,2}|[ivx]{1,5})\.\s*+(?P<w>[^\W\d_]+)(?:(?P<sep>\s*+[:.–—-]+)\s++(?=\S)|\s*$)")


def _pointed(head: str, folded: str) -> list[HeadingNumber]:
    """«1. Ders: What is a clause», «II. Vorlesung. …»: a number with its full stop before the word for a class and a
    sign."""
    match = _POINTED.match(folded)
    kind = words().kind(match["w"]) if match is not None else None
    if match is None or kind not in _CLASSES or words().lesson(match["w"]) or words().about(match["w"]):
        return []  # «1. Topic: …», «2. Aim: …» are the labels of one lesson
    value = number_of(match["n"])
    if not value:
        return []
    printed = head[match.start("n") : match.end("n")]
    return [HeadingNumber(f"{POINTED}{match['w']}", match["w"], value, match.end(), 1, True, printed, kind)]


def _worded(head: str, folded: str) -> list[HeadingNumber]:
    """«Бірінші дәріс», «Лекция первая», `Session the First`."""
    match = _ORDINAL.match(folded)
    if match is None:
        return []
    word = match["w"] or match["v"]
    said = word.strip(".")
    apart = _APART.search(head, match.start("sep"), match.end()) is not None
    parted = bool(match["sep"].strip()) or apart or word.endswith(".") or not head[match.end() :].strip()
    place, name = ("o-behind", match["o"]) if match["o"] else ("o-before", match["p"])
    printed = head[: match.end()].strip()
    return [
        HeadingNumber(f"{place} {said}", said, ordinals()[name], match.end(), 1, parted, printed, words().kind(said))
    ]
