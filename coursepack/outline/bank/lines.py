"""The lines of a bank with what each begins with: a number, a letter, a sign, a bullet, a tag, the word of a key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from coursepack import languages
from coursepack.model.blocks import Run
from coursepack.outline.bank.asking_signs import asking_signs
from coursepack.outline.bank.key_text import key_of
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.named import NamedKey, named
from coursepack.outline.bank.other_signs import other_signs
from coursepack.outline.bank.romans import letter_for, romans
from coursepack.outline.bank.turns import turns
from coursepack.outline.blocks import counted_by, list_label
from coursepack.outline.pieces import Piece
from coursepack.outline.tree.ordinals import HeadingNumber, counted
from coursepack.text import scripts
from coursepack.text.characters import holds_own_letter

RIGHT = frozenset("+*✓√✔#")
_WRONG = frozenset("-‐‒–—−☐□❏❑◯")
_TICKS = frozenset("x+*•")
"""What stands in a box, or in a circle of brackets, that is ticked."""
_POINTING = frozenset(">→➔➜⇒►▶!")
"""What points to a right answer before its letter."""
_TICKED = frozenset({"(+)", "☑", "☒", "◉", "⦿"})
_ALPHABETS = tuple(
    characters for found in languages.lexicons() for characters in (found.option_letters, found.option_letters.lower())
)
_LETTERS = "".join(sorted({letter for characters in _ALPHABETS for letter in characters}))
_SIGN = re.compile(
    r"(?P<sign>\(\+\)|[=-]{0,2}>(?=\s*[(<\[]?\w[).\]>])|[→➔➜⇒►▶!]|"
    r"\([ xX*•]\)|\[[ xX+*]?\]|[+*✓√✔☑☒☐□❏❑◯◉⦿]|[‐‒–—−-](?=\s))\s*"
)
_LETTERED = re.compile(
    rf"\s*(?P<open>[\[(<]?)(?P<letter>[{_LETTERS}])\s?(?P<close>[).\]:/>]|[-–—](?=\s))\s*(?P<text>.*)", re.DOTALL
)
_IN_CIRCLE = re.compile(rf"(?P<sign>[{scripts.CIRCLED}])\s*(?=\S)")
_BARE = re.compile(rf"([{_LETTERS}])\s+(?=\S)")
_PAIR = 2
_LABEL = re.compile(rf"\(?(?P<letter>[{_LETTERS}])[).]?")
_NUMBERED = languages.expression(
    r"(?P<word>@question@\s*|(?:@question-short@)[.]?\s?(?=\d{1,3}(?:\s?[):]|\.\s)))?(?P<sign>№\s*|#|N(?:[or]\.?|[º°]\.?)\s?(?=\d{1,3}\s?[.):]))?(?P<n>\d{1,3}(?:\.\d{1,3}){0,2}|\d{4,5})"
    r"(?:\s*(?P<close>[.):])[.]?(?:\s+|(?=\D)|(?<=\))|$)|(?P<bare>\s*$)|\s?(?P<dash>[–—-])\s+(?=[^\W\d_]|[«“\"])"
    r"|(?P<wide>\t\s*|\s{2,})(?=\S)|(?P<space>\s+(?=\S)))(?P<text>.*)",
    re.DOTALL | re.IGNORECASE,
)
_TAGGED = re.compile(
    r"(?:<(?P<tag>question|variant|variantright|right)\s*(?P<hard>\d*)>|(?P<shell>S|[+-]):)\s*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_INLINE = re.compile(rf"(?:(?<=\s)|^)[+*]?\(?(?P<letter>[{_LETTERS}])[)]\s*(?=\S)")
_INLINE_ON = re.compile(rf"(?:^|(?<=\s)(?=\(?\S\))|\s{{2,}}|\t)\(?(?P<letter>[{_LETTERS}])[).]\s*(?=\S)")
_INLINE_STOPS = re.compile(rf"(?:(?<=\s)|^)[+*]?(?P<letter>[{_LETTERS}])[.]\s(?=\S)")
_INLINE_BARE = re.compile(rf"(?:^|\s{{2,}}|\t)(?P<letter>[{_LETTERS}])\s(?=\S)")
"""«a 40   b 45   c 48»: letters without a sign, with wide blanks between the answers."""
BOXED = re.compile(r"(?:\[[ xX+*✓]?\]|[☐□❏❑○◯☑☒✓◉●])\s*")
_INLINE_BOXED = re.compile(rf"(?:(?<=\s)|^){BOXED.pattern}(?P<letter>[{_LETTERS}])(?:[).]\s*|\s+)(?=\S)")
"""«[ ] A one   [ ] B two»: a box to tick before each letter."""
_JOINED = languages.expression(r"[\s,]*(?:@also@)?\s*", re.IGNORECASE)
"""Between letters that are only spoken of: «Both (A) and (B)»."""
_LISTED = languages.expression(r"[^.?!]*(?:,|;|\s)\s*(?:@also@)\s*", re.IGNORECASE)
"""Before the last of several things that one sentence lists: «Explain (a) face, (b) wants, and (c) distance.»"""
_CALLED = re.compile(r"[a-z]\.[a-z]\w*\(", re.IGNORECASE | re.ASCII)
"""«f.show()» is code, no answer F."""
_INITIAL = re.compile(r"\s*[^\W\d_]\.\s?(?:[^\W\d_]\.\s?)?[^\W\d_]{2}")
_ROMAN = re.compile(r"\(?[ivx]{1,5}[.)]", re.IGNORECASE)
_FEEDBACK = languages.expression(r"(?:@feedback-line@)\s*[:–—-]\s*(?P<text>.*)", re.IGNORECASE | re.DOTALL)
_MARK_BEHIND = re.compile(r"\s*(?:(?P<n>\d{1,2})(?P<close>[.)])|[•·▪○●–—-])\s+(?=\S)")
_OPENING = frozenset({"unit", "week", "topic", "lecture", "seminar", "practical", "laboratory", "meeting", "variant"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number at the beginning: ``form`` is what those of one list have in common, ``end`` where the text begins."""

    value: int
    form: str
    end: int
    alone: bool = False


@dataclass(slots=True)
class BankLine:
    """A line of a bank. ``letter`` is of an answer to choose (upper case), ``letter_end`` where its text begins;
    ``hard`` is the level that a tag says; ``starts`` are the places where answers begin that stand on one line;
    ``bullet`` is a list without numbers; ``named`` is the key of the question that it names; ``roman``: a Roman number
    stands for its letter; ``told`` is where the answer begins behind a label that takes turns."""

    at: int
    piece: Piece
    text: str
    number: Number | None = None
    letter: str = ""
    letter_end: int = 0
    sign: str = ""
    sign_end: int = 0
    starts: tuple[int, ...] = ()
    tag: str = ""
    tag_end: int = 0
    hard: int = 0
    feedback: int = 0
    bullet: bool = False
    level: int = 0
    named: NamedKey | None = None
    roman: bool = False
    is_text: bool = True
    told: int = 0

    @property
    def key(self) -> str | None:
        """What it states as a key line, or behind the label of an answer that takes turns with that of questions."""
        return self.text[self.told :].strip() if self.told else key_of(self.text)

    @property
    def asks(self) -> bool:
        """Whether a tag, or a label, says that a question begins."""
        return self.tag in {"ask", "label"}

    @property
    def is_right(self) -> bool:
        return self.sign in RIGHT

    @property
    def ends_in_answers(self) -> bool:
        """Whether answers begin on it behind other words."""
        return len(self.starts) > 1 or bool(self.starts and self.starts[0] and not self.letter)

    @property
    def offers(self) -> bool:
        """Whether a letter, or a tag, says that it is an answer."""
        return bool(self.letter or len(self.starts) > 1 or self.tag in {"right", "wrong"})

    def opens_part(self) -> str | None:
        """What it counts when it is a heading: «Тема 2. …», «Вариант 1», «Section B – essays»."""
        if not self.is_text or len(self.text) > limits()["head"] or self.text.endswith("?"):
            return None
        text = _by_number(self.text)
        return next((c.kind for c in counted(text) if c.words and c.parted and c.kind in _OPENING), None)

    def counts_part(self) -> int:
        """The number of the part that it speaks of."""
        return part_in(self.text) if self.is_text else 0


def part_in(text: str) -> int:
    """The number of the part of a test that a line speaks of: also «Quiz on lecture 2», «2-дәріс бойынша тест»,
    «Section B – essays»; 0 for other lines."""
    if len(text) > limits()["head"] or text.endswith("?"):
        return 0
    text = _by_number(text.strip(" .:"))
    return next((one.value for one in counted(text) if one.words and _of_part(one)), 0)


def _of_part(one: HeadingNumber) -> bool:
    """Whether the words beside a number, or the last of them, name a part: «Questions on lecture 2»."""
    if " " not in one.words:
        return one.kind in _OPENING
    last = f"{one.words.split()[-1]} {one.value}"
    return one.kind in _OPENING or any(each.kind in _OPENING for each in counted(last))


_ROMANS = f"[IVX{''.join(scripts.ROMAN_TWINS)}]+"
_BY_LETTER = re.compile(rf"(?<=[^\W\d_]\s)(?:{_ROMANS}|[{_LETTERS}])(?=$|\s*[:.(]|\s+[–—-]\s)|^{_ROMANS}(?=\s[^\W\d_])")
_LETTER_FIRST = re.compile(rf"^[{_LETTERS.upper()}](?=\s?-?\s?[^\W\d_]{{4,20}}\s*(?:$|[:.(]|[–—-]\s))")
"""«Б бөлімі»: in Kazakh the letter stands before the word for a part."""


def _by_number(text: str) -> str:
    """A line with a number in place of the letter, or the Roman number, that counts a part."""
    if _LETTER_FIRST.match(text) and holds_own_letter(text):
        return _LETTER_FIRST.sub(_number_for, text)
    return _BY_LETTER.sub(_number_for, text)


def _number_for(found: re.Match[str]) -> str:
    """The number that a letter, or a Roman number of letters that look alike, counts."""
    digits = found[0]
    roman = "".join(scripts.ROMAN_TWINS.get(one, one) for one in digits)
    if set(roman) <= set("IVX"):
        return roman
    return str(next(iter(places_of(digits).values()), 0) + 1)


def lines_of(pieces: Sequence[Piece]) -> list[BankLine]:
    """The lines of a bank; letters that count no answers are taken for none."""
    result = [_line(at, piece) for at, piece in enumerate(pieces)]
    _name_keys(result)
    _name_answers(result)
    _take_turns(result, _sign_otherwise(result) or _ask_by_signs(result))
    _one_word(result)
    _bare_numbers(result)
    _beside(result)
    _two_by_two(result)
    _count_words(result)
    _count_in_brackets(result)
    _tight_signs(result)
    _count_in_roman(result)
    _tight_dashes(result)
    _letter_bare(result)
    _bare_keys(result)
    _boxes(result)
    _fill_gaps(result)
    _opened_above(result)
    _keep_runs(result)
    return result


def offers_answers(pieces: Sequence[Piece]) -> bool:
    """Whether several answers with letters stand among pieces, those of a cell or of a table."""
    return sum(max(len(line.starts), line.offers) for line in lines_of(pieces)) > 1


def _name_keys(lines: Sequence[BankLine]) -> None:
    """«Q1 Answer: C»: what such a line begins with counts no question, where there are several."""
    found = [(line, key) for line in lines if line.is_text and (key := named(line.text))]
    for line, key in found if len(found) >= limits()["least-ends"] else ():
        line.named, line.number = key, None
        line.letter, line.letter_end, line.sign, line.sign_end, line.starts = "", 0, "", 0, ()


_ANSWER_WORD = languages.expression(
    rf"(?:(?:@option-word@)[\s_]*№?\s*(?:(?P<letter>[{_LETTERS}])|(?P<n>\d{{1,2}}))"
    r"|(?P<before>\d{1,2})\s?[-–]?\s?(?:@option-word@))\s*[:.)–—-]\s*(?=\S)",
    re.IGNORECASE,
)


def _name_answers(lines: Sequence[BankLine]) -> None:
    """«Option 1: …», «Option 2: …» below one another: a word before the letters or numbers of answers, where several
    lists of them begin anew."""
    found: list[tuple[BankLine, int, int]] = []
    for line in lines:
        match = _ANSWER_WORD.match(line.text) if line.is_text and not line.tag else None
        if match is not None:
            letter = match["letter"]
            place = next(iter(places_of(letter).values()), 0) + 1 if letter else int(match["n"] or match["before"])
            found.append((line, place, match.end()))
    firsts = [at for at, (_, place, _) in enumerate(found) if place == 1]
    beside = sum(b.at == a.at + 1 and m == n + 1 for (a, n, _), (b, m, _) in pairwise(found))
    if len(firsts) < _PAIR or beside < len(found) - len(firsts):
        return
    for line, place, end in found:
        line.letter, line.letter_end, line.number = letter_for(place), end, None
        line.sign, line.sign_end, line.starts, line.bullet = "", 0, (), False


def _take_turns(lines: Sequence[BankLine], signed: Collection[int]) -> None:
    """«Q: …» begins a question and «A: …» its answer where such labels take turns; a number counts them as well."""
    texts = [line.text if line.is_text and not line.tag else None for line in lines]
    questions, answer_turns = turns(texts, [line.offers or line.at in signed for line in lines])
    for turn in questions:
        line = lines[turn.at]
        above = lines[turn.at - 1].number if turn.at else None
        line.letter, line.letter_end, line.starts = "", 0, ()
        if line.number is None and not (above and above.alone):
            line.tag, line.tag_end = "label", turn.end
    for turn in answer_turns:
        line = lines[turn.at]
        if key_of(line.text) is None or turn.number is not None:
            line.told = turn.end
        line.letter, line.letter_end, line.number, line.starts, line.named = "", 0, None, (), None


_WORD_BEFORE = re.compile(r"[^\W\d_]+")
_FIRST = 2
"""Lines among which a title stands."""


def _one_word(lines: Sequence[BankLine]) -> None:
    """One word counts the questions of a bank: another one that stands there once, «Control work 1» over «Question 1»,
    counts none of them."""
    worded = [(line, line.number.end) for line in lines if line.is_text and line.number and line.number.form == "word"]
    numbered = [line for line in lines if line.number is not None]
    if len(numbered) == 1 and worded and numbered[0].at < _FIRST and numbered[0].number and numbered[0].number.alone:
        numbered[0].number = None  # the title «Control work 1» over questions that nothing counts
        return
    found = [(line, " ".join(_WORD_BEFORE.findall(line.text[:end]))) for line, end in worded if not line.piece.label]
    names = Counter(name.casefold() for _, name in found)
    usual, count = names.most_common(1)[0] if names else ("", 0)
    if count < limits()["least-ends"]:
        return
    for line, name in found:
        if name.casefold() != usual and names[name.casefold()] == 1 and line.at < found[-1][0].at:
            line.number = None


def _bare_numbers(lines: Sequence[BankLine]) -> None:
    """A line that is nothing but a number counts a question where another such line goes on with it: «1959» is an
    answer."""
    found = [(line, line.number.value) for line in lines if line.number and line.number.alone and _is_typed(line)]
    values = {value for _, value in found}
    for line, value in found:
        if value != 1 and value - 1 not in values and value + 1 not in values:
            line.number = None


def _is_typed(line: BankLine) -> bool:
    return line.is_text and not line.piece.label and line.text.strip().isdecimal()


_BOX = re.compile(r"(?P<sign>[○●⚪⚫☐□❏❑☑☒✓✔√])\s*(?=\S)")
_FULL = frozenset("●⚫☑☒✓✔√")


def _boxes(lines: Sequence[BankLine]) -> None:
    """Full circles and ticked boxes among empty ones mark right answers; one kind alone is a bullet."""
    found = [(line, match) for line in lines if line.is_text and (match := _BOX.match(line.text))]
    full = sum(match["sign"] in _FULL for _, match in found)
    if 0 < full < len(found):
        for line, match in found:
            line.sign, line.sign_end, line.bullet = "+" if match["sign"] in _FULL else "-", match.end(), False


def _beside(lines: Sequence[BankLine]) -> None:
    """«c) one   d) two» below «a) …   b) …»: answers on one line that go on with the letters of the line above."""
    for before, line in pairwise(lines):
        if not line.letter or line.starts or not (before.letter or before.starts) or not before.is_text:
            continue
        found = list(_INLINE_ON.finditer(line.text))
        if not line.letter_end and found and follows(_last_letter(before), line.letter):
            on = [line.letter, *(one["letter"] for one in found)]  # its own letter is that of a list
            if found[0].start() and all(follows(a, b) for a, b in pairwise(on)):
                line.starts = tuple(map(_begin, found))
            continue
        last = _last_letter(before)
        letters = [last, *(one["letter"] for one in found)]
        if len(found) > 1 and (all(follows(a, b) for a, b in pairwise(letters)) or _is_row_below(before, letters[1:])):
            line.starts = tuple(map(_begin, found))


def _begin(found: re.Match[str]) -> int:
    """Where an answer on a line begins: at its letter, or at the bracket before it."""
    at = found.start("letter")
    return at - 1 if found.string[max(at - 1, 0) : at] == "(" else at


def _two_by_two(lines: Sequence[BankLine]) -> None:
    """«A. one B. two» over «C. three D. four»: two answers on each of two lines, however narrow the space between."""
    runs = [list(_INLINE_STOPS.finditer(line.text)) if line.is_text and not line.starts else [] for line in lines]
    for (above, first), (line, second) in pairwise(zip(lines, runs, strict=True)):
        letters = [one["letter"] for one in (*first, *second)]
        whole = len(first) == len(second) == _PAIR and first[0].start() == second[0].start() == 0
        if whole and begins(letters[0]) and all(_is_next(a, b) for a, b in pairwise(letters)):
            above.starts, line.starts = (tuple(one.start() for one in run) for run in (first, second))


def _count_words(lines: Sequence[BankLine]) -> None:
    """One word, or label, that counts on through a bank, «Item 1», «Item 2», «Question number: 1», counts its
    questions, whatever it means."""
    found: dict[str, list[tuple[BankLine, int, int]]] = {}
    for line in lines:
        if (
            line.is_text
            and line.number is None
            and not (line.letter or line.tag or line.named or line.told or line.opens_part())
        ):
            for one in counted(line.text):
                if one.words and one.parted and one.start == 0:
                    found.setdefault(one.words, []).append((line, one.value, one.end))
            if label := _LABELLED.match(line.text):
                found.setdefault(f"{label['label'].strip().lower()}:", []).append((line, int(label["n"]), label.end()))
    for name, entries in found.items():
        rising = sum(b == a + 1 for (_, a, _), (_, b, _) in pairwise(entries))
        apart = not name.endswith(":") or all(b.at > a.at + 1 for (a, *_), (b, *_) in pairwise(entries))
        if apart and rising >= limits()["least-ends"] and rising * 100 >= len(entries) * limits()["stacked"]:
            for line, value, end in entries:
                line.number = line.number or Number(value, "word", end, not line.text[end:].strip())


_LABELLED = re.compile(
    r"(?P<label>[^\W\d_][^\d?!;,.]{1,30}?)(?:\s+|\s*[:№#([]\s*)(?:[:№#([]\s*)*(?P<n>\d{1,4})(?:\s*/\s*\d{1,4})?\s*(?:$|[.:)\]|–—-]+(?:\s+|$))"
)
"""A label with a number behind it, «Question number: 1», and how many there are: «Question 1/20»."""


def _is_row_below(before: BankLine, characters: Sequence[str]) -> bool:
    """Whether each letter of a line follows the one above it: «a) one   c) three» over «b) two   d) four»."""
    above = [before.text[at:].lstrip(" \t(")[:1] for at in before.starts]
    return len(above) == len(characters) > 1 and all(_is_next(a, b) for a, b in zip(above, characters, strict=True))


_BRACKETED = re.compile(r"[(\[](?P<n>\d{1,3})[)\]][.:]?\s*(?=\S)")


def _count_in_brackets(lines: Sequence[BankLine]) -> None:
    """«(1) …», «[2] …» count questions where no number comes twice and other numbers are fewer, or begin anew below
    each; else they are points or sources."""
    bare = [line for line in lines if line.is_text and line.number is None and not (line.letter or line.tag)]
    found = [(line, match) for line in bare if (match := _BRACKETED.match(line.text))]
    values = [int(match["n"]) for _, match in found]
    numbers = [line.number for line in lines if line.is_text and line.number is not None and not line.letter]
    anew = sum(number.value == 1 for number in numbers)
    fewer = len(numbers) < len(found) or anew * 100 >= len(found) * limits()["nearly-all"]
    rising = all(b > a for a, b in pairwise(values))
    if len(found) > limits()["least-ends"] and rising and values[0] == 1 and fewer:
        for line, match in found:
            line.number = Number(int(match["n"]), f"{line.text[0]}1", match.end())


def _count_in_roman(lines: Sequence[BankLine]) -> None:
    """«II. …» counts questions, «ii) …» answers, where they count on as those do."""
    questions, below = romans(lines)
    for one in questions:
        one.line.number, one.line.letter, one.line.letter_end = Number(one.value, "roman", one.end), "", 0
    for one in below:
        one.line.letter, one.line.letter_end, one.line.roman = letter_for(one.value), one.end, True
        one.line.number, one.line.sign, one.line.sign_end, one.line.bullet = None, "", 0, False


_TIGHT = re.compile(r"[-–](?=[^\W_])")


def _tight_signs(lines: Sequence[BankLine]) -> None:
    """«-one», «+two»: a dash without a blank is the sign of a wrong answer where right ones bear a plus so, too."""
    right = [line for line in lines if line.is_text and line.sign == "+" and line.text[1:2].isalnum()]
    wrong = [line for line in lines if line.is_text and not line.sign and _TIGHT.match(line.text)]
    words = sum(not _is_value(line.text[1:]) for line in wrong)  # «-5» among «+3» is a number
    signed = words * 100 >= len(wrong) * limits()["throughout"]
    if len(right) >= limits()["least-ends"] and len(right) <= len(wrong) and signed:
        for line in wrong:
            line.sign, line.sign_end = "-", 1
            if not line.letter:
                _letter(line, line.text[1:], "")  # «-a) one»


def _sign_otherwise(lines: Sequence[BankLine]) -> Collection[int]:
    """«=right» among «~wrong», «100% right» among «0% wrong»: signs that mean so where they stand throughout. The
    places of those answers."""
    plain = (line.is_text and not (line.letter or line.tag or line.named) for line in lines)
    found = other_signs([line.text if is_one else None for line, is_one in zip(lines, plain, strict=True)])
    for at, (sign, end) in found.items():
        line = lines[at]
        line.sign, line.sign_end, line.number, line.bullet, line.starts = sign, end, None, False, ()
    return found.keys()


def _ask_by_signs(lines: Sequence[BankLine]) -> Collection[int]:
    """«*Which …?» over «=one», «+two»: signs begin questions and answers. The places of those answers."""
    found = asking_signs([line.text if line.is_text and not line.named else None for line in lines])
    for at, end in found.questions.items():
        line = lines[at]
        line.tag, line.tag_end, line.sign, line.sign_end = "label", end, "", 0
        line.letter, line.letter_end, line.number, line.bullet, line.starts = "", 0, None, False, ()
    for at, (sign, end) in found.answers.items():
        line = lines[at]
        line.sign, line.sign_end, line.number, line.bullet, line.starts = sign, end, None, False, ()
        line.letter, line.letter_end = "", 0
    return found.answers.keys()


_DASHED = re.compile(r"[–—](?=[^\W_])|-(?=[^\W\d_])")


def _tight_dashes(lines: Sequence[BankLine]) -> None:
    """«—one», «—two» below one another, several times: dashes without a blank behind them are bullets."""
    runs: list[list[BankLine]] = []
    for line in lines:
        if line.is_text and not (line.sign or line.letter or line.number or line.tag) and _DASHED.match(line.text):
            if not runs or runs[-1][-1].at != line.at - 1:
                runs.append([])
            runs[-1].append(line)
    several = [run for run in runs if len(run) > 1]
    if len(several) >= limits()["judged"] and len(several) * 100 >= len(runs) * limits()["throughout"]:
        for line in (one for run in several for one in run):
            line.sign, line.sign_end = "-", 1


_LABELLED_BY = re.compile(r"\d{1,2}[).]\s*\S")


def _is_value(text: str) -> bool:
    return not text[0].isalpha() and _LABELLED_BY.match(text) is None


def _bare_keys(lines: Sequence[BankLine]) -> None:
    """«(B)» below answers that have their text: a letter with nothing behind it is a key there, and no answer."""
    found = [
        line
        for before, line in pairwise(lines)
        if line.letter and line.is_text and not line.starts and not line.text[line.letter_end :].strip()
        if before.letter and before.is_text and before.text[before.letter_end :].strip()
        if not line.piece.label and all(isinstance(one, Run) for one in line.piece.content or ())
    ]
    for line in found if len(found) >= limits()["least-ends"] else ():
        line.letter, line.letter_end = "", 0


def _letter_bare(lines: Sequence[BankLine]) -> None:
    """«A one», «B two», «C three», one below the other: letters without a sign behind them."""
    run: list[tuple[BankLine, re.Match[str]]] = []
    for line in [*lines, None]:
        plain = line is not None and line.is_text and not (line.letter or line.number or line.tag or line.sign)
        bare = _BARE.match(line.text) if line is not None and plain else None
        if bare and run and line is not None and run[-1][0].at == line.at - 1 and follows(run[-1][1][1], bare[1]):
            run.append((line, bare))
            continue
        for one, match in run if len(run) > _PAIR else ():
            one.letter, one.letter_end = match[1].upper(), match.end()
        run = [(line, bare)] if bare and line is not None and begins(bare[1]) else []


def _line(at: int, piece: Piece) -> BankLine:
    if piece.object is not None:
        return BankLine(at, piece, piece.text, level=piece.level if piece.label else 0, is_text=False)
    look = (piece.text, piece.label, piece.count, piece.plain, piece.level, piece.list_id, piece.language)
    line = copy(_seen(look, bool(piece.content)))
    line.at, line.piece = at, piece
    return line


_KEPT = 32_768
"""Lines of which what each begins with is kept: lists of a course are looked at several times."""


@lru_cache(_KEPT)
def _seen(look: tuple[str, str | None, int, bool, int, str | None, str], styled: bool) -> BankLine:
    """What a line begins with, whatever stands around it; ``styled``: something may stand in it that is no letter."""
    text_, label_, count, plain, level, list_id, language = look
    content = (Run(text=text_),) if styled else None
    piece = Piece(
        text_, [], content, label=label_, list_id=list_id, level=level, language=language, plain=plain, count=count
    )
    line = BankLine(0, piece, piece.text, level=piece.level if piece.label else 0)
    text, label = piece.text, (piece.label or "").strip()
    tag = _TAGGED.match(text)
    if tag:
        name = (tag["tag"] or tag["shell"]).lower()
        line.tag = "ask" if name in {"question", "s"} else "right" if "right" in name or name == "+" else "wrong"
        line.tag_end = tag.start("text")
        line.hard = int(tag["hard"] or 0)
        return line
    if circled := _IN_CIRCLE.match(text):
        counted_as = scripts.uncircled(circled["sign"])
        if counted_as.isdecimal():
            line.number = Number(int(counted_as), "circled", circled.end())
        else:
            line.letter, line.letter_end = counted_as, circled.end()
        return line
    feedback = _FEEDBACK.match(text)
    line.feedback = feedback.start("text") if feedback else 0
    _count(line, text, label)
    sign = _SIGN.match(text)
    if sign and (sign.end() < len(text) or piece.content):
        line.sign, line.sign_end = _plain_sign(sign["sign"]), sign.end()
    if line.number is None or line.number.form != "word":  # «Q. 3)» has no letter
        _letter(line, text[line.sign_end :], label)
    mark = list_label(piece)
    listed = mark is not None and mark.kind in {"disc", "dash"}
    line.bullet = listed and (not line.is_right or bool(label))
    if line.is_right and not line.letter and (behind := _MARK_BEHIND.match(text, line.sign_end)):
        line.bullet = behind["n"] is None
        if behind["n"]:
            line.number = Number(int(behind["n"]), f"{behind['close']}1", behind.end())
    line.starts = inline_starts(text)
    return line


def _plain_sign(sign: str) -> str:
    if sign[-1] in _POINTING:
        return "*"
    if sign in _TICKED or sign[1:-1].strip().lower() in _TICKS:
        return "+"
    return "-" if sign[0] in "[(" or sign in _WRONG else sign


def _letter(line: BankLine, text: str, label: str) -> None:
    found = _LETTERED.match(text)
    if found and ((found["open"] == "<") != (found["close"] == ">") or f"</{found['letter']}>" in text):
        found = None  # a tag of HTML
    if found and found["close"] == "." and _CALLED.match(text, found.start("letter")):
        found = None
    automatic = None if _ROMAN.fullmatch(label) and len(label) > 2 else _LABEL.fullmatch(label)
    if found and automatic and _INITIAL.match(text) and found["letter"].upper() != automatic["letter"].upper():
        found = None  # of a list with letters: «B) G. Galilei»
    if found and (found["text"] or found["close"] in ")." or label):
        line.letter, line.letter_end = found["letter"].upper(), line.sign_end + found.start("text")
    elif automatic:
        line.letter = automatic["letter"].upper()
        line.letter_end = line.sign_end if line.is_right else 0


def _count(line: BankLine, text: str, label: str) -> None:
    """The number that it begins with, of a list or typed."""
    piece = line.piece
    automatic = re.fullmatch(r"\(?(?:\d{1,3}\.)*(?P<n>\d{1,5})(?P<close>[.)])?", label)
    if automatic:
        line.number = Number(int(automatic["n"]), f"auto{piece.level}{automatic['close'] or '.'}", 0)
        return
    if piece.count and any(map(str.isdecimal, text[: piece.count])):
        line.number = Number(counted_by(text[: piece.count]), _form_of(text[: piece.count]), piece.count)
        return
    found = _NUMBERED.match(text) if not label or not label[0].isalnum() else None
    if found is None or (found["space"] and not (found["word"] or found["sign"])):
        line.number = None if _LABEL.fullmatch(label) else _worded(text)  # «C. 12 items» is an answer
        return
    numbers = found["n"].split(".")
    if found["bare"] is not None and (len(numbers) > 1 or piece.plain or label):
        return
    close = found["close"] or found["dash"] or ("wide" if found["wide"] else "bare")
    form = "word" if found["word"] or found["sign"] else f"{close}{len(numbers)}"
    line.number = Number(int(numbers[-1]), form, found.start("text"), not found["text"].strip())


def _form_of(printed: str) -> str:
    """The form of a number that a run of them tells: «7 » alone, or behind letters."""
    return "count" if printed.strip().isdecimal() else "word"


def _worded(text: str) -> Number | None:
    """«Q3. …», «5-сұрақ: …», «Task 4»."""
    for one in counted(text):
        if one.words and one.parted and one.kind in {"question", "task"} and not _of_part(one):
            return Number(one.value, "word", one.end, not text[one.end :].strip())
    return None


_TO_FILL = re.compile(r"[\s.,;…]*_{2,}[\s_.,;…]*")
"""A place to write on: «Name the parts: a) ____ b) ____» has no answers to choose from."""


@lru_cache(_KEPT)
def inline_starts(text: str) -> tuple[int, ...]:
    """Where the answers of «Question? A) one B) two» begin; none where letters do not count on."""
    for pattern, least in ((_INLINE_BOXED, 2), (_INLINE, 2), (_INLINE_STOPS, 3), (_INLINE_ON, 2), (_INLINE_BARE, 3)):
        run: list[re.Match[str]] = []
        for found in pattern.finditer(text):
            if run and follows(run[-1]["letter"], found["letter"]):
                run.append(found)
            elif not run and begins(found["letter"]):
                run = [found]
        between = [text[a.end() : b.start()] for a, b in pairwise(run)]
        if len(run) >= least and not _are_spoken_of(between):
            return tuple(found.start() for found in run)
    return ()


def _are_spoken_of(between: Sequence[str]) -> bool:
    """Whether what stands between letters says that they count things in a sentence, or places to write on."""
    listed = bool(between) and all(text.rstrip()[-1:] in ",;" for text in between[:-1])
    return (
        any(map(_JOINED.fullmatch, between))
        or all(map(_TO_FILL.fullmatch, between))
        or (listed and _LISTED.fullmatch(between[-1]) is not None)
    )


def begins(letter: str) -> bool:
    """Whether a letter is the first of an alphabet."""
    return any(place == 0 for place in places_of(letter).values())


def follows(before: str, letter: str) -> bool:
    """Whether a letter stands behind another one in an alphabet, one left out at most."""
    a, b = places_of(before), places_of(letter)
    return any(0 < b[name] - a[name] <= 2 for name in a if name in b)


@lru_cache(maxsize=1024)
def places_of(letter: str) -> dict[int, int]:
    """The place of a letter in each alphabet that has it, or one that looks like it."""
    upper = letter.upper()
    twin = upper.translate(scripts.ANSWERS)
    found: dict[int, int] = {}
    for name, alphabet in enumerate(_ALPHABETS):
        place = max(alphabet.find(upper), alphabet.find(twin))
        if place >= 0:
            found[name] = place
    return found


def _fill_gaps(lines: Sequence[BankLine]) -> None:
    """«D five» between «C) four» and «E) six»: the letter that is missing, without its sign."""
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if line.letter or line.number or not line.is_text or not (before.letter and after.letter):
            continue
        bare = _BARE.match(line.text)
        if bare and _is_next(_last_letter(before), bare[1]) and _is_next(bare[1], after.letter):
            line.letter, line.letter_end = bare[1].upper(), bare.end()


def _is_next(before: str, letter: str) -> bool:
    a, b = places_of(before), places_of(letter)
    return any(b[name] == place + 1 for name, place in a.items() if name in b)


_BEGUN = re.compile(rf"(?:[.?!:…)]\s+|\s{{2,}}|\t)\(?(?P<letter>[{_LETTERS}])[).]\s*(?=\S)")


def _opened_above(lines: Sequence[BankLine]) -> None:
    """«Which one? A) one» over «B) two»: the first answer stands on the line of its question."""
    for before, line in pairwise(lines):
        plain = before.is_text and not (before.letter or before.starts or before.tag)
        if not plain or not line.is_text or not line.letter or line.letter_end < _PAIR or begins(line.letter):
            continue
        found = list(_BEGUN.finditer(before.text))
        last = found[-1] if found else None
        if last is not None and begins(last["letter"]) and follows(last["letter"], line.letter):
            before.starts = (last.start("letter"),)


def _keep_runs(lines: Sequence[BankLine]) -> None:
    """Letters of answers come in runs from the first on; one alone is an initial, or the first word of a text."""
    for run in _runs(lines):
        if len(run[0].starts) > 1 or (len(run) > 1 and not _are_initials(run)):
            continue
        for line in run:
            line.letter, line.letter_end = "", 0


def _are_initials(run: Sequence[BankLine]) -> bool:
    """Whether the letters of lines below one another are those of names, «A. Ohm», «M. Faraday»: a stop stands behind
    each, and most neither count on nor stand at their place."""
    typed = all(line.letter_end > 1 and line.text[: line.letter_end].rstrip().endswith(".") for line in run)
    if not typed or any(line.starts for line in run):
        return False
    letters = [line.letter for line in run]
    in_order = [follows(a, b) or at in places_of(b).values() for at, (a, b) in enumerate(pairwise(letters), 1)]
    return sum(in_order) * 2 < len(in_order)


def _runs(lines: Sequence[BankLine]) -> Iterator[list[BankLine]]:
    run: list[BankLine] = []
    for line in lines:
        if not line.letter:
            if line.ends_in_answers and len(line.starts) == 1:
                if run:
                    yield run
                run = [line]
            continue
        last = _last_letter(run[-1]) if run else ""
        beside = bool(run) and line.at == run[-1].at + 1 and not begins(line.letter)  # a letter typed for another
        if run and (beside or follows(last, line.letter)) and line.at - run[-1].at <= limits()["far"]:
            run.append(line)
            continue
        if run:
            yield run
        run = []
        if begins(line.letter):
            run = [line]
        else:
            line.letter, line.letter_end = "", 0
    if run:
        yield run


def _last_letter(line: BankLine) -> str:
    if not line.starts:
        return line.letter
    found = re.search(rf"[{_LETTERS}]", line.text[line.starts[-1] :])
    return found[0] if found else line.letter


def bullet_end(line: BankLine) -> int:
    """Where the text behind a typed bullet begins."""
    if line.is_right:
        return behind_marker(line)
    mark = list_label(line.piece)
    if mark is None:
        return line.sign_end if line.sign == "-" else 0
    return mark.end if mark.kind in {"disc", "dash"} else 0


def behind_marker(line: BankLine) -> int:
    """Where the text behind a sign, and the number or bullet behind the sign, begins: «+ 2) text», «*• text»."""
    found = _MARK_BEHIND.match(line.text, line.sign_end) if line.sign_end else None
    return found.end() if found else line.sign_end
