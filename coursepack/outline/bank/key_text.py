"""What a key line says: «Ответ: B», «Правильные ответы: A, C», «1-B, 2-A, 3-C»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from coursepack import languages
from coursepack.outline.bank.limits import limits
from coursepack.outline.markers import fold
from coursepack.outline.tree.ordinals import counted
from coursepack.text import scripts

_KEPT = 32_768
"""Lines of which what they say is kept."""
_LETTER = "".join(sorted({c for found in languages.lexicons() for c in found.option_letters}))
CLASS = f"[{_LETTER}{_LETTER.lower()}]"
_SIGNS = r"(?:[^\w\s]{1,3}(?:(?<![-+*•–])\s+)?)?"  # «→ Answer», «-Answer»; a bullet opens an answer to choose from
_BETWEEN = r"[\"'”»]?\s*\*{0,2}(?:[:=>–—→-]+|\.(?=\s))\s*\*{0,2}\s*"
_KEY_LINE = languages.expression(
    rf"{_SIGNS}(?:@key-line@)(?:\s*[/|]\s*(?:@key-line@))*(?:\s*\((?P<of>[^)]{{1,12}})\))?{_BETWEEN}(?P<key>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""«Answer: B»; in two languages, «Жауабы / Ответ: B»."""
_SHORT_KEY = languages.expression(
    rf"{_SIGNS}(?:@key-line@)\s+(?:(?:@option-word@)\s+)?(?P<key>{CLASS}(?:\s*,\s*{CLASS})*[.)\]]*|\(?{CLASS}\)(?:\s.*)?|\d{{1,2}}[.)\]]*)$",
    re.IGNORECASE | re.DOTALL,
)
_LISTED_KEY = languages.expression(
    rf"{_SIGNS}(?:@key-line@)\s+(?P<of>)(?P<key>(?:(?:№\s?)?\(?\d{{1,4}}\)?\s*[-–—.:)=]*\s*\(?{CLASS}\)?(?:[\s,;.]+|$))+)$",
    re.IGNORECASE,
)
"""«Answers 1-B, 2-A»: a list with nothing else needs no sign behind the word."""
_OPTION = languages.expression(rf"(?:@option-word@)\s+(?=[(\[]?(?:{CLASS}|\d{{1,2}})(?!\w))", re.IGNORECASE)
_OPTION_BEHIND = languages.expression(
    rf"(?P<key>{CLASS}|\d{{1,2}})\)?\s*[-–]?\s*(?:@option-word@)\s*\.?", re.IGNORECASE
)
"""«В нұсқасы»: in Kazakh the letter stands before the word for an answer."""
_OF_ANSWER = languages.expression(r"\s+@key-behind@[.!]?", re.IGNORECASE)
"""«option [4] is correct»: what may stand behind the letter of an answer, in a key."""
_KEY_WORD = languages.expression(r"(?:@key-line@)\s*[:.]?", re.IGNORECASE)
_IN_TEXT = languages.expression(
    r"[\[(]\s*(?:@key-line@)\s*[:=–—-]+\s*(?P<key>[^()\[\]]{1,60})[\])]\s*[.]?$", re.IGNORECASE
)
_BEHIND = languages.expression(
    r"(?:(?<=[.?!:;_…)])\s+|\s{2,})(?P<word>(?:@key-line@)\s*:)\s*(?P<key>\S.{0,60})$", re.IGNORECASE
)
_ASKED = r"(?:(?<!\w)(?:[^\W\d_]{1,2}(?=\d)|(?:@question@)\s*(?:№\s*)?(?=\d)|№\s*))?"
"""What may stand before the number of a question: «В1», «Вопрос 1», «№ 1»."""
_SEVERAL = rf"{CLASS}(?:\s+{CLASS}(?!\w))+(?=\s*(?:[;,.]|$))|{CLASS}(?:(?:\s*[,+&/]\s*|\s+(?:@also@)\s+){CLASS}(?!\w))*"
PAIR = languages.expression(
    rf"{_ASKED}(?P<n>\d{{1,4}})(?:\s*[-–]\s*(?:@question@))?\s*(?:[-–—.):=]+\s*|[(\[]\s*)?"
    rf"(?P<key>{_SEVERAL}|(?<=[-–—=:.)(\s])\d{{1,2}}(?=\s*(?:[;,)]|$)))(?![\w])",
    re.IGNORECASE,
)
_MATCHED = re.compile(
    rf"(?P<a>\d{{1,2}}|{CLASS})\s*+(?:[-–—=:.)→]++\s*+)?(?P<b>{CLASS}(?![^\W\d_])|\d{{1,2}}(?!\d))", re.IGNORECASE
)
_LONGEST_PAIRS = 80
_LED_LIST = re.compile(
    rf"[^\W\d_][^\d:]{{2,40}}:\s*(?P<key>(?:№?\s?\d{{1,3}}\s?[-–.):=]?\s?{CLASS}(?:[\s,;.]+|$)){{3,}}$)"
)
"""«For the examiner: 1a 2c 3b»: three keys or more and nothing else behind any label."""
_ALSO = languages.expression(r"\s(?:@also@|&)\s", re.IGNORECASE)


_LETTER_BEHIND = languages.expression(rf"\s(?P<word>(?:@key-line@)\s*:)\s*(?P<key>{CLASS})\s*\.?$", re.IGNORECASE)
"""«D) black Answer: B»: a letter behind the last answer, with nothing between."""


_CIRCLE = re.compile(rf"([{scripts.CIRCLED}])\s*")


def _stated_in(text: str) -> re.Match[str] | None:
    """The word for keys with what stands behind it, a list of two keys or more also without a sign between."""
    found = _KEY_LINE.match(text)
    listed = _LISTED_KEY.match(text) if found is None else None
    return listed if listed is not None and len(PAIR.findall(listed["key"])) > 1 else found


def first_of_list(text: str) -> str | None:
    """What the word for keys states before the first of several lines of them: «Key: 1) C», «Key 1. C»."""
    found = _KEY_LINE.match(text) or _LISTED_KEY.match(text)
    return found["key"].strip() if found else None


@lru_cache(_KEPT)
def key_of(text: str) -> str | None:
    """What a key line states, which may be nothing where the answer stands below it; None for another line."""
    found = _stated_in(text) or _SHORT_KEY.match(text)
    if found is None:
        return None
    key = option_named(_CIRCLE.sub(_uncircled, found["key"].strip()))
    if text.lstrip()[:1] in {"(", "["} and key[-1:] in {")", "]"}:
        key = key[:-1].strip()
    if data := _DATA_BEHIND.fullmatch(key):
        key = data["key"]
    return key.rstrip("*") if text.lstrip()[:1] == "*" else key


_DATA_BEHIND = re.compile(rf"(?P<key>{CLASS}(?:\s*,\s*{CLASS})*)\s+[A-Z]{{2,6}}:\s*\S.*", re.DOTALL)
"""«B PTS: 1 REF: 12»: data of a question behind the letter of its answer, as test programs print them."""


def _uncircled(found: re.Match[str]) -> str:
    plain = scripts.uncircled(found[1])
    return f"{plain}) " if found.end() < len(found.string) else plain


def option_named(key: str) -> str:
    """A key without the word for an answer before its letter and what is said of it behind: «option [4] is correct»."""
    if behind := _OPTION_BEHIND.fullmatch(key):
        return behind["key"]
    found = _OPTION.match(key)
    if found is None:
        return key
    bare = key[found.end() :]
    behind = _OF_ANSWER.search(bare)
    return bare[: behind.start()].strip("[]() ") if behind and behind.end() == len(bare) else bare


@lru_cache(_KEPT)
def names_answer(text: str) -> bool:
    """Whether a line names an answer by its letter or number: «Answer: B», «Ans c) water»."""
    key = key_of(text)
    return bool(key) and (letters_of(key or "") is not None or letter_before(key or "") is not None)


_FIRST = languages.expression(r"(?<!\w)@first-right@", re.IGNORECASE)


def answer_of(text: str) -> int | None:
    """Where the answer begins that a line states in words: «Answer: a small opening.»"""
    found = _KEY_LINE.match(text)
    return found.start("key") if found is not None and any(map(str.isalnum, found["key"])) else None


def says_first(text: str) -> bool:
    """Whether a line says of a test that its first answers are the right ones."""
    return _FIRST.search(text) is not None and "?" not in text


def is_key_word(text: str) -> bool:
    """Whether a line is nothing but the word before an answer that stands below it."""
    return bool(_KEY_WORD.fullmatch(text.strip()))


def key_in(text: str) -> tuple[int, str] | None:
    """Where a key in brackets, or behind a sentence, at the end of a line begins, and what it states."""
    tail = text[-160:]
    found = _IN_TEXT.search(tail) or _BEHIND.search(tail) or _LETTER_BEHIND.search(tail)
    if found is None or not found.start() or not any(map(str.isalnum, found["key"])):
        return None
    word = found.groupdict().get("word")
    if word is not None and word[0].islower():  # «Write the answer: …» asks
        return None
    return max(len(text) - 160, 0) + found.start(), found["key"].strip()


def truth_behind(text: str) -> tuple[int, str] | None:
    """Where a word for true or false in brackets or behind a dash, or a plus or minus, at the end of a statement
    begins, and the word."""
    found = _TRUTH.search(text[-60:])
    if found is None:
        return None
    key = found["key"] or found["word"] or ""
    if key.lower() not in _TRUTH_WORDS if key else found["sign"] is None:
        return None
    word = key or languages.words("true" if found["sign"] in {"+", "✓", "✔", "√"} else "false")[0]
    return max(len(text) - 60, 0) + found.start(), word


def is_judged(texts: Sequence[str]) -> bool:
    """Whether the words for true or false behind statements are their keys: several in brackets; behind a dash, or
    signs, at most of them, and not the same at each."""
    judged = [(text, found) for text in texts if (found := truth_behind(text)) is not None]
    bracketed = sum(text.rstrip(" .;")[-1:] in {")", "]"} for text, _ in judged)
    if bracketed >= limits()["judged"]:
        return True
    most = len(judged) >= limits()["least-ends"] and len(judged) * 100 >= len(texts) * limits()["throughout"]
    return most and len({word.lower() for _, (_, word) in judged}) > 1


@lru_cache(_KEPT)
def is_key(text: str) -> bool:
    """Whether a line gives answers: «Answer: B», «1-B, 2-A, 3-C»."""
    return bool(key_of(text)) or is_list(text)


_SPAN = re.compile(r"(?P<first>\d{1,4})\s*[-–—]\s*\d{1,4}")
_LEAST_ROW = 3


@lru_cache(_KEPT)
def row_of(text: str) -> tuple[tuple[int, str], ...]:
    """«Keys: B C A D B», «Keys (11-14): BCAD»: the keys of questions in order, a letter each, by their numbers, from
    one where no other is said. Three letters that differ may be those of one question, and are none."""
    key_line = _stated_in(text)
    letters = re.findall(r"[^\W_]+", key_line["key"]) if key_line else []
    if len(letters) == 1 and letters[0].isupper():
        letters = list(letters[0])
    if not key_line or len(letters) < _LEAST_ROW or not all(re.fullmatch(CLASS, one) for one in letters):
        return ()
    span = _SPAN.fullmatch((key_line["of"] or "").strip())
    one = len({*map(latin, letters)}) == len(letters) <= _LEAST_ROW
    first = int(span["first"]) if span else 1
    return tuple(enumerate(letters, first)) if span or not one else ()


_RANGE = languages.expression(
    rf"(?:(?:@question@)\w*\s+)?(?P<first>\d{{1,4}})\s*[-–—]\s*(?P<last>\d{{1,4}})\s*(?:[.):=]+|[–—-]|\s)\s*"
    rf"(?P<keys>{CLASS}{{3,}}(?!\w)|{CLASS}(?:[\s,]+{CLASS}(?!\w))+)\s*(?:[.;,]\s*|$|(?=\s\d))",
    re.IGNORECASE,
)


@lru_cache(_KEPT)
def ranged(text: str) -> tuple[tuple[int, str], ...]:
    """«1-5: ABCDA», «1–3: B, C, A; 4–6: D, A, C»: keys of as many questions as each range counts, nothing else."""
    stated = _stated_in(text)
    rest = (stated["key"] if stated else text).strip()
    found: list[tuple[int, str]] = []
    at = 0
    while at < len(rest):
        one = _RANGE.match(rest, at)
        characters = re.findall(CLASS, one["keys"], re.IGNORECASE) if one else []
        if one is None or len(characters) != int(one["last"]) - int(one["first"]) + 1:
            return ()
        found += enumerate(characters, int(one["first"]))
        at = one.end()
    return tuple(found)


_GLUED = re.compile(rf"(?:\d{{1,3}}{CLASS}){{3,}}", re.IGNORECASE)
_BETWEEN_GLUED = re.compile(r"(?<=[^\W\d_])(?=\d)")


def _spread(text: str) -> str:
    """Keys by number without anything between, «1B2C3A», apart."""
    return _BETWEEN_GLUED.sub(", ", text) if _GLUED.fullmatch(text.strip(" .")) else text


@dataclass(frozen=True, slots=True)
class PartKeys:
    """The keys by number of a part of a test that a line states, below the words that count the part."""

    head: str
    keys: tuple[tuple[int, str], ...]


@lru_cache(_KEPT)
def parted(text: str) -> tuple[PartKeys, ...]:
    """«Part I: 1 C, 2 A», «Keys: variant 1 1-b, 2-c; variant 2 1-a, 2-d»: the keys of each part that
    a line states, which holds nothing else."""
    key_line = _stated_in(text)
    rest = key_line["key"] if key_line else text
    pairs = list(PAIR.finditer(rest)) if _DIGIT.search(rest) else []
    found: list[tuple[str, list[tuple[int, str]]]] = []
    end = 0
    for pair in pairs:
        between = rest[end : pair.start()].strip(_SIGNS_BETWEEN)
        if between and (part_of(between) is None or several_glued(between)):
            return ()
        if between or not found:
            found.append((between, []))
        found[-1][1].append((int(pair["n"]), pair["key"]))
        end = pair.end()
    whole = bool(found) and all(head for head, _ in found) and not rest[end:].strip(_SIGNS_BETWEEN)
    return tuple(PartKeys(head, tuple(keys)) for head, keys in found) if whole and len(pairs) > 1 else ()


_SEVERAL_GLUED = re.compile(rf"(?P<n>\d{{1,4}})\s*+(?:[-–—.):=]+\s*+)?(?P<key>[{_LETTER}]{{2,4}})[.;]?")
_SIGNS_BETWEEN = " \t\n,;.:–—-()[]|"


def several_glued(text: str) -> tuple[int, str] | None:
    """«1-AC»: the number of a question and the letters of several answers, which count no part."""
    found = _SEVERAL_GLUED.fullmatch(text)
    return (int(found["n"]), found["key"]) if found and letters_of(found["key"]) else None


def part_of(text: str) -> tuple[str, int] | None:
    """What a short line that heads keys or questions counts: («variant», 2); nothing of another line."""
    if len(text) > limits()["apart"] or text.rstrip().endswith("?"):
        return None
    return next(((one.kind or one.words, one.value) for one in counted(text.strip(" .:")) if one.words), None)


_SIGNED = re.compile(r"(?P<n>\d{1,3})\s*+(?:[.):]\s*+)?(?P<key>[+\-–−])(?:\s*+(?:[,;.]|$)|(?=\s+\d))\s*+")


@lru_cache(_KEPT)
def signed_list(text: str) -> tuple[tuple[int, str], ...]:
    """«1+, 2-, 3+»: by number whether statements are true, in the words for true and false; three or more, both signs,
    nothing else."""
    key_line = _stated_in(text)
    rest = (key_line["key"] if key_line else text).strip()
    found = list(_SIGNED.finditer(rest))
    numbers = [int(one["n"]) for one in found]
    rising = len(found) >= _LEAST_WORDS and all(b == a + 1 for a, b in pairwise(numbers))
    if not rising or _SIGNED.sub("", rest) or len({one["key"] == "+" for one in found}) < 2:
        return ()
    return tuple((int(one["n"]), languages.words("true" if one["key"] == "+" else "false")[0]) for one in found)


@lru_cache(_KEPT)
def is_list(text: str, least: int = 2) -> bool:
    """Whether a line is a list of keys by number, a word for keys before it or not."""
    if parted(text) or signed_list(text) or ranged(text):
        return True
    key_line = _stated_in(text) or _LED_LIST.match(text)
    if key_line and _in_words(key_line["key"]):
        return True
    text = _spread(key_line["key"] if key_line else text)
    pairs = sum(1 for _ in PAIR.finditer(text))
    rest = PAIR.sub("", text).strip(" ,;.:\t")
    rest = rest.translate(_BRACKETS) if key_line else rest  # without the word «(a) 5  (b) 4» are answers
    return pairs >= least and len(rest) * 3 <= len(text)


_BRACKETS = str.maketrans("", "", "()№")
_WORDS = r"[^\W\d_]+(?: [^\W\d_]+)?"
_TRUTH = re.compile(
    rf"\s*(?:(?<=\s)[\[(]\s*(?P<key>{_WORDS})\s*[\])]|(?:(?<=\s)[-–—]|[:=→])\s*(?P<word>{_WORDS})"
    r"|(?<=[\s.!)])(?:[\[(]\s*)?(?P<sign>[-–—−+✓✔√✗✘])(?:\s*[)\]])?)[\s.;]*$"
)
_TRUTH_WORDS = frozenset((*languages.words("true"), *languages.words("false")))
_WORDED = re.compile(r"\s*(?P<n>\d{1,5})\s*[-–—.):=]*\s*(?P<key>[^\W\d_][^,;]{1,60}?)[\s.]*")


@lru_cache(_KEPT)
def pairs_of(text: str) -> tuple[tuple[int, str], ...]:
    """The keys of a list by number, also those that are words: «5 c, 6 HAVING»."""
    if _DIGIT.search(text) is None:
        return ()
    if pairs := signed_list(text) or ranged(text):
        return pairs
    key_line = _stated_in(text)
    if key_line and (pairs := tuple(_in_words(key_line["key"]))):
        return pairs
    if key_line and (spread := _spread(key_line["key"])) != key_line["key"]:
        return pairs_of(spread)
    found = [(one.start(), int(one["n"]), one["key"]) for one in PAIR.finditer(text)]
    if len(found) > 1:
        start = key_line.start("key") if key_line else 0
        for part in re.finditer(r"[^,;]+", text[start:]):
            one_word = _WORDED.fullmatch(part[0])
            if one_word and PAIR.search(part[0]) is None:
                found.append((start + part.start(), int(one_word["n"]), one_word["key"]))
    return tuple((number, key) for _, number, key in sorted(found))


_DIGIT = re.compile(r"\d")
_COUNTED_WORDS = re.compile(r"\s*№?\s?(?P<n>\d{1,4})\s*[-–—.):=]+\s*(?P<key>\S.{0,60}?)[\s.]*", re.DOTALL)
_LEAST_WORDS = 3


def _in_words(key: str) -> list[tuple[int, str]]:
    """Keys in words behind the word for keys, three or more that count on: «1 – Zosima; 2 – Ivan; 3 – 3000»."""
    for sign in (";", "\n", ","):
        parts = [one for one in key.split(sign) if one.strip(" .")]
        found = [_COUNTED_WORDS.fullmatch(one) for one in parts]
        pairs = [(int(one["n"]), one["key"].strip()) for one in found if one]
        if len(pairs) == len(parts) >= _LEAST_WORDS and all(b == a + 1 for (a, _), (b, _) in pairwise(pairs)):
            return pairs
    return _in_row(key)


_ROW = re.compile(r"(?<!\S)(?P<n>\d{1,3})[.)]\s*(?=[^\W\d])")


def _in_row(key: str) -> list[tuple[int, str]]:
    """Keys in words that only their numbers part, from one on: «1. Zosima 2. Ivan 3. the monastery»."""
    found = list(_ROW.finditer(key))
    numbers = [int(one["n"]) for one in found]
    if len(found) < _LEAST_WORDS or numbers != list(range(1, len(found) + 1)) or found[0].start():
        return []
    ends = [*(one.start() for one in found[1:]), len(key)]
    return [(n, key[one.end() : end].strip(" ,;.")) for n, one, end in zip(numbers, found, ends, strict=True)]


def counted_in_words(key: str) -> list[int]:
    """The numbers of a list of keys in words; nothing of another key, and of a list of letters."""
    found = _in_words(key)
    return [] if all(_LETTERS.fullmatch(one.strip(" .,;")) for _, one in found) else [number for number, _ in found]


_LETTERS = re.compile(rf"{CLASS}(?:\s*[,;]\s*{CLASS})*", re.IGNORECASE)


def worded(text: str) -> tuple[int, str] | None:
    """The number and the key of a line that holds one in words: «8: V = IR»."""
    found = _COUNTED_WORDS.fullmatch(text)
    return (int(found["n"]), found["key"].strip()) if found is not None else None


_HEADS = 6
"""Words of a heading over keys."""


def heads_keys(text: str) -> bool:
    """Whether a short line speaks of keys or answers and asks nothing: «Answer sheet for the tutor»."""
    return len(text.split()) <= _HEADS and text[-1:] not in ".?!;" and _OF_KEYS.search(fold(text)) is not None


_OF_KEYS = languages.expression(r"(?<![^\W\d_])@file-keys@")
_NUMBERS = re.compile(r"[|№\s]*\d{1,5}(?:[\s|]+\d{1,5})+[\s|]*")


def numbers_of(text: str) -> list[int]:
    """The numbers of a line that holds nothing else, each one more than the one before: a row over keys."""
    found = [int(one) for one in re.findall(r"\d+", text)] if _NUMBERS.fullmatch(text.strip()) else []
    return found if len(found) > 1 and all(b - a == 1 for a, b in pairwise(found)) else []


def keys_below(text: str, count: int) -> list[str]:
    """The keys that a line holds, as many as the numbers over it; nothing where it holds something else."""
    found = text.replace("|", " ").split()
    if len(found) == 1 and len(text.strip()) == count > 1 and text.strip().isupper():  # «Б А В Г» typed with blanks
        found = list(text.strip())
    return found if len(found) == count and all(re.fullmatch(rf"{CLASS}|\d{{1,2}}", one) for one in found) else []


def letters_of(key: str) -> list[str] | None:
    """The letters or numbers that a key names, upper case, Cyrillic ones as Latin; None where it says something
    else."""
    tokens = re.findall(r"[^\W_]+", _ALSO.sub(", ", f" {key.strip()} "))
    if tokens and all(len(one) == 1 and one.isalpha() for one in tokens):
        return [latin(one) for one in tokens]
    if tokens and all(one.isdecimal() and len(one) < 3 for one in tokens):
        return tokens
    only = tokens[0] if len(tokens) == 1 else ""
    if 1 < len(only) <= 6 and only.isupper() and only.isalpha() and len(set(only)) == len(only):
        return [latin(one) for one in only]
    return None


def digits_of(key: str) -> list[str]:
    """The numbers that «231», «2 3 1» name digit by digit, each once; nothing of another key."""
    digits = re.sub(r"[\s,;–-]", "", key.strip(" ."))
    each = len(digits) > 1 and digits.isdecimal() and len(set(digits)) == len(digits) and "0" not in digits
    return list(digits) if each else []


def letter_before(key: str) -> tuple[str, str] | None:
    """«B) Астана», «2. Астана»: the letter or number, and the text."""
    found = re.match(rf"\(?(?P<n>{CLASS}|\d{{1,2}})\s?[).:–-]\s*(?P<text>\S.*)", key, re.DOTALL)
    return (latin(found["n"]), found["text"].strip()) if found else None


_TICKED = re.compile(
    rf"(?:\[\s*(?P<on>[x\u0445+*✓✔v])?\s*\]|(?P<full>[☒☑■])|[☐□])\s*(?P<key>{CLASS}|\d{{1,2}})(?!\w)", re.IGNORECASE
)
_REMARK = re.compile(r"\s*\([^()]{2,}\)$")


def unremarked(key: str) -> str:
    """A key of letters or a number without what brackets say behind it, «4 (Pacific)», or without the letters whose
    boxes nobody ticked, «[ ] A [x] B»."""
    if (boxes := list(_TICKED.finditer(key))) and not _TICKED.sub("", key).strip(" ,;."):
        return ", ".join(one["key"] for one in boxes if one["on"] or one["full"])
    bare = _REMARK.sub("", key)
    return bare if letters_of(bare) is not None else key


@lru_cache(_KEPT)
def matched(key: str) -> tuple[tuple[str, str], ...]:
    """«1-Б, 2-А», «1Б 2А»: the pairs, nothing where a key is none of pairs alone."""
    if _DIGIT.search(key) is None:
        return ()
    pairs = tuple((latin(found["a"]), latin(found["b"])) for found in _MATCHED.finditer(key))
    rest = _MATCHED.sub("", key).strip(' ,;.\n\t()[]«»"')
    whole = len(pairs) > 1 and not rest and len({a for a, _ in pairs}) == len(pairs)
    return pairs if whole and all(a.isdecimal() != b.isdecimal() for a, b in pairs) else ()


def pairs_stated(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs that a line states, with a word for keys before them or alone on it: «Key: 1-B, 2-A», «(1-B, 2-A)»."""
    key = key_of(text)
    if key is None:
        key = text if len(text) < _LONGEST_PAIRS and text.strip(' («["')[:1].isalnum() else ""
    return matched(key) if key else ()


def latin(letter: str) -> str:
    return letter.upper().translate(scripts.ANSWERS)
