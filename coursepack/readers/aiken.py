"""Aiken, the plainest format of Moodle: a question, its options «A) …», and «ANSWER: B» → questions.

Read the way Moodle 4.5 reads it (``question/format/aiken/format.php``), and more kindly: Cyrillic letters typed for
Latin ones, small letters, blank lines and a key word in Kazakh or Russian are taken for what they mean and reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from coursepack import languages
from coursepack.model.blocks import text_blocks
from coursepack.model.questions import Choice, MultipleChoice, Question
from coursepack.readers import QuestionFile, Reader
from coursepack.readers.streams import ReadingSession, lines, question_file
from coursepack.text import roman, scripts
from coursepack.text.levels import hardness
from coursepack.text.tagged import LEVEL_TAG

_OPTION = re.compile(rf"\s*([{languages.upper()}{languages.lower()}])\s?([).])[ \t]*(.*)", re.DOTALL)
_KEY = re.compile(rf"\s*({languages.pattern('answer-key')})\s*[:：]\s*(.*)", re.IGNORECASE | re.DOTALL)
_STRICT_OPTION = re.compile(r"[A-Z][).][ \t]?")
_STRICT_KEY = re.compile(r"ANSWER:\s*[A-Z]\s*$")
_FARTHEST = 50
"""Numbers over which the next question is looked for."""
_PRINTED = re.compile(rf"(?:№\s?|#\s?)?(\d{{1,4}}|[{roman.LETTERS}]{{1,8}})\s*[.)]\s+(?=\S)")
_LETTERS = re.compile(r"[^\W\d_](?: ?[,;/ ] ?[^\W\d_])* ?\.?")
# Alphabets that options are counted with; letters that look alike are distinguished by their order.
_ALPHABETS = tuple(found.option_letters for found in reversed(languages.lexicons()))
_LOOKS = scripts.LIKE_LATIN


def read(path: Path) -> QuestionFile:
    """The questions of an Aiken file, streaming. Raises ``CoursepackError`` when it cannot be read at all."""
    return question_file(path, "aiken", _questions)


@dataclass
class _Draft:
    """A question as its lines come in."""

    first: int
    text: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    options: list[list[str]] = field(default_factory=list)
    """The lines of each."""


def _questions(session: ReadingSession) -> Iterator[Question]:
    reader = _AikenReader(session)
    draft: _Draft | None = None
    blank = False
    letters = 0
    for number, line in lines(session):
        if not line.strip():
            blank = True
            continue
        key = _KEY.fullmatch(line) if ":" in line or "：" in line else None
        option = None if key else _OPTION.fullmatch(line)
        if blank and draft is not None and draft.options:
            if key or option:
                reader.repaired["a blank line inside a question"] += 1
            else:
                # Text behind a blank line begins the next question: this one has no key.
                reader.unfinished(draft)
                draft = None
        blank = False
        letters = letters + len(line) if draft else 0
        draft = draft or _Draft(number)
        session.keep_to(letters, draft.first)
        if key:
            yield from reader.close(draft, number, line, key[2].strip())
            draft = None
        elif option and draft.text and (draft.options or _looks(option[1]) == "A"):
            reader.note_option(line)
            draft.letters.append(option[1].upper())
            draft.options.append([option[3].strip()])
        elif draft.options:
            draft.options[-1].append(line.strip())
            reader.repaired["an option that runs over two lines"] += 1
        else:
            draft.text.append(line.strip())
    if draft is not None:
        reader.unfinished(draft)
    reader.tell()


class _AikenReader:
    """``path``: the headings over the next question; ``last``: the number that the one before it bears."""

    def __init__(self, session: ReadingSession) -> None:
        self.session = session
        self.repaired: Counter[str] = Counter()
        self.path: tuple[str, ...] = ()
        self.last = 0

    def _headed(self, draft: _Draft) -> list[str]:
        """The lines of a question; those over the only one that counts on, or anew, are headings."""
        numbered = [(at, _value(found[1])) for at, line in enumerate(draft.text) if (found := _PRINTED.match(line))]
        if len(numbered) != 1 or not numbered[0][0] or numbered[0][1] not in {1, self.last + 1}:
            return draft.text
        at = numbered[0][0]
        heads = tuple(line.strip(" .:") for line in draft.text[:at])
        self.path = heads if len(heads) > 1 else (*self.path[:-1], *heads)
        self.repaired["a heading over a question"] += 1
        return draft.text[at:]

    def note_option(self, line: str) -> None:
        if _STRICT_OPTION.match(line):
            return
        letter = line.strip()[0]
        if not letter.isascii():
            self.repaired["an option with a Cyrillic letter"] += 1
        elif letter.islower():
            self.repaired["an option with a small letter"] += 1
        else:
            self.repaired["an option with blanks around its letter"] += 1

    def close(self, draft: _Draft, number: int, line: str, key: str) -> Iterator[Question]:
        """The question that ends with this key, if it is one."""
        problem = _problem(draft)
        alphabet = None if problem else alphabet_of("".join(draft.letters))
        if problem is None and alphabet is None:
            found = " ".join(f"{letter})" for letter in draft.letters)
            problem = f"options {found}, expected A) B) C) … one after another"
        right = () if problem or alphabet is None else _positions(key, alphabet, len(draft.options))
        if problem is None and not right:
            problem = f"the key {key!r} names none of the {len(draft.options)} options"
        if problem:
            self.session.error("aiken-question", problem, number if draft.options else draft.first)
            return
        if not _STRICT_KEY.fullmatch(line.strip()):
            letters = [c for c in key if c.isalpha()]
            cyrillic = bool(letters) and not letters[0].isascii()
            what = "a key with a Cyrillic letter" if cyrillic else "a key not written as «ANSWER: B»"
            self.repaired[what] += 1
        identifier, count = self.session.next_id()
        text = "\n".join(self._headed(draft))
        printed = _PRINTED.match(text)
        value = _value(printed[1]) if printed else 0
        jumps = 0 < self.last < value - 1 <= self.last + _FARTHEST
        printed = printed if value in {1, self.last + 1, count} or jumps else None
        if jumps and value != count:
            self.session.warning("aiken-number", f"number {value} follows {self.last}", number)
        if printed:
            self.last, text = _value(printed[1]), text[printed.end() :]
        if len(right) > 1:
            self.session.warning("aiken-several", "several right answers; Moodle takes the first one only", number)
        reported = [index in right for index in range(len(draft.options))]
        worth = self.session.shares(reported, single=len(right) == 1)
        choices = (
            Choice(content=text_blocks(" ".join(option)), fraction=one)
            for option, one in zip(draft.options, worth, strict=True)
        )
        yield MultipleChoice(
            id=identifier,
            number=count,
            printed=printed[1] if printed else None,
            text=text_blocks(text),
            category=self.path,
            tags=_level(self.path),
            choices=tuple(choices),
            single=len(right) == 1,
            place=self.session.place(draft.first, number),
        )

    def unfinished(self, draft: _Draft) -> None:
        advice = "write «ANSWER: B» under the options"
        self.session.error("aiken-question", "a question without its ANSWER line", draft.first, advice)

    def tell(self) -> None:
        for what, count in sorted(self.repaired.items()):
            self.session.warning("aiken-repaired", f"{count} × {what}: read as intended; Moodle would refuse it", 0)


def _value(number: str) -> int:
    """What a number counts that is printed before a question: «4», «IV»."""
    return int(number) if number.isdecimal() else roman.read(number) or 0


def _problem(draft: _Draft) -> str | None:
    if not draft.text:
        return "an ANSWER line without a question above it"
    if len(draft.options) < 2:
        return f"a question with {len(draft.options)} options, expected two or more: A) … B) …"
    if [""] in draft.options:
        return f"option {draft.letters[draft.options.index([''])]} is empty"
    return None


@cache
def _looks(letter: str) -> str:
    return letter.upper().translate(_LOOKS)


@lru_cache(1000)
def alphabet_of(letters: str) -> str | None:
    """The alphabet in whose order the letters stand; look-alikes count for one another."""
    for alphabet in _ALPHABETS:
        if len(letters) <= len(alphabet) and all(
            _looks(found) == _looks(wanted) for found, wanted in zip(letters, alphabet, strict=False)
        ):
            return alphabet
    return None


@lru_cache(1000)
def _positions(key: str, alphabet: str, count: int) -> tuple[int, ...]:
    """The options (from 0) that a key names: «B», «в)», «A, C», «B) text of it»."""
    first = re.match(r"([^\W\d_])(?:\s*[).:].*)?$", key.strip(), re.DOTALL)
    if first:
        letters = [first[1]]
    elif _LETTERS.fullmatch(" ".join(key.split())):
        letters = re.findall(r"[^\W\d_]", key)
    else:
        return ()
    places = [next((i for i, a in enumerate(alphabet) if _looks(a) == _looks(letter)), -1) for letter in letters]
    if any(not 0 <= place < count for place in places):
        return ()
    return tuple(sorted(set(places)))


def _level(path: tuple[str, ...]) -> tuple[str, ...]:
    """The tag of the level that a heading over questions names."""
    level = next((found for name in reversed(path) if (found := hardness(name))), 0)
    return (f"{LEVEL_TAG}{level}",) if level else ()


reader = Reader(read_questions=read)
