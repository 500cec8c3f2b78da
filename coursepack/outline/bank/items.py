"""The questions of a bank in their parts: stem, answers to choose from, what a key line states, feedback.

First it is told where questions begin (by numbers that count on, by the answers above and below, by gaps), then what
of the lines below each is an answer: by letters, signs and tags, or by what repeats under most questions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from coursepack import languages
from coursepack.outline.bank.across import side_by_side
from coursepack.outline.bank.alone import keys_alone, letters_alone
from coursepack.outline.bank.beside import points_of
from coursepack.outline.bank.even import even
from coursepack.outline.bank.levels import level_of
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import BOXED, Line, Number, begins, behind_mark, bullet_end, follows, lines_of
from coursepack.outline.bank.listed import keys_listed
from coursepack.outline.bank.numbers import leads
from coursepack.outline.bank.parts import Item, Option, Read
from coursepack.outline.bank.repeats import answered_again, explained, labelled
from coursepack.outline.bank.romans import lettered
from coursepack.outline.bank.said import (
    PAIR,
    digits_of,
    heads_keys,
    is_key_word,
    is_list,
    keys_below,
    letters_of,
    matched,
    names_answer,
    numbers_of,
    pairs_of,
    row_of,
    unremarked,
    worded,
)
from coursepack.outline.bank.scores import scored
from coursepack.outline.bank.weights import weigh, weight_in
from coursepack.outline.pieces import Piece
from coursepack.outline.tree.words import words

_KEPT = 32_768
"""Lines of which what they say is kept."""
_CODE = re.compile(r"[{}=]|;$|\w\(")
"""What listings hold that answers seldom do."""
_NAMES_PART = re.compile(r"[^\W\d_]{2,20}\s+(?:№\s*)?(?:[^\W\d_]|\d{1,2})\s*[.:]?")
"""«Set B», whatever the word means: over questions that count from one it names a part."""
_CALLED = languages.expression(r"(?:@options-label@)\s*[:.]?", re.IGNORECASE)
_TO_WRITE = re.compile(r"[_.…\s]{3,}")
_RULE = re.compile(r"(?:[-–—_=*~.·•] ?){3,}")


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading over questions: what it counts, its words, the level of its style."""

    kind: str | None
    name: str
    level: int | None

    def is_beside(self, other: _Head) -> bool:
        """Whether it stands no deeper than another one, and so ends what that heads."""
        if self.level is not None and other.level is not None:
            return self.level <= other.level
        return self.kind is not None and self.kind == other.kind


def answers(read: Read) -> frozenset[int]:
    """The places of pieces that are answers by where they stand, with no letter or sign to say so."""
    return frozenset(
        option.line.at
        for item in read.items
        for option in item.options
        if option.kind in {"number", "deeper", "bullet", "below"}
    )


def items_of(pieces: Sequence[Piece], points: Collection[int] = ()) -> Read:
    """The parts of a bank. ``points`` are the places of pieces whose numbers are known to count no questions."""
    lines = lines_of(pieces)
    read = _Reader(lines, points).run()
    answered_again(read.items)
    explained(read.items)
    _commented(read)
    _laid_out(read)
    keys_listed(read)
    labelled(read.items)
    scored(read.items)
    weigh(read.items)
    keys_alone(read.items)
    return read


class _Reader:
    def __init__(self, lines: Sequence[Line], points: Collection[int]) -> None:
        self.lines = lines
        self.read = Read()
        self.current: Item | None = None
        self.path: list[_Head] = []
        self.headed = False
        self.signed = _signs_all(lines)
        self.offered = _next(lines, self._offers)
        self.roman = any(line.roman for line in lines)
        self.keyed = _next(lines, lambda line: line.is_text and names_answer(line.text))
        self.inner = inner_forms(lines)
        paired, self.pairing = points_of(lines)
        self.paired = paired.union(points)
        self.leads = self._leads()
        self.counts = _next(lines, self._counts)
        starts = [line for line in lines if self._counts(line)]
        own = sum(self._has_own(line) for line in starts)
        self.chosen = own * 2 >= len(starts)
        self.numbered = len(starts) > 1 and len(starts) * 2 >= self._stems()
        self.parts = _parts_over(lines, self._counts)
        self.last: int | None = None
        self.points = 0
        self.marking = self._marks_answers()
        self.stating = self._stating(starts)
        self.usual = _usual_size(starts)
        self.unnumbered = _unnumbered(starts, self.usual)
        self.minor = _minor(starts)
        self.mixed = _mixed(starts) if not own else frozenset[int]()
        self.resumed = _resumed(starts)
        self.alone = letters_alone(lines, len(starts) or self._stems())
        self.repeated = _repeated(lines, max(len(starts), self._stems()))
        self.over_keys = _over_keys(lines) if not starts and not self._stems() else frozenset[int]()

    def run(self) -> Read:
        for line in self.lines:
            self._take(line)
        self._finish()
        return self.read

    def _offers(self, line: Line) -> bool:
        """Whether a line is an answer by its letter, tag or sign."""
        signed = self.signed and line.sign in {"+", "-"} and not line.number and not line.piece.label
        return line.is_text and (line.offers or signed)

    # --- where questions begin

    def _counts(self, line: Line) -> bool:
        """Whether a line bears a number that may be a question's."""
        if line.asks:
            return True
        if self.leads:
            return line.at in self.leads
        number = line.number
        if number is None or line.at in self.paired:
            return False
        return number.form not in self.inner and not line.letter and not _is_keys(line)

    def _leads(self) -> frozenset[int]:
        """The numbered lines that begin questions, where answers and keys tell which do."""
        numbered = (one for one in self.lines if one.is_text and one.number and one.at not in self.paired)
        starts = [one for one in numbered if not one.letter and not _is_keys(one)]
        offers = [self._offers(line) for line in self.lines]
        keys = [line.named is not None or (line.is_text and line.key is not None) for line in self.lines]
        return leads(self.lines, starts, offers, keys, self.inner)

    def _has_own(self, line: Line) -> bool:
        """Whether answers with letters or signs stand below a line, before the next number."""
        if len(line.starts) > 1:
            return True
        return self.offered[line.at + 1] < self.counts[line.at + 1]

    def _begins(self, line: Line) -> bool:
        """Whether a numbered line begins a question, and is no point of the one that is open."""
        number = line.number
        if line.asks:
            return True
        if number is None or not self._counts(line):
            return False
        if self.leads:
            return True
        current = self.current
        if self.mixed:
            return line.at in self.mixed
        if number.form in self.minor and not (self._has_own(line) and number.value == (self.last or 0) + 1):
            return False
        open_ = current is not None and not current.closed and self.chosen and not self.headed
        if self.last is not None and open_ and not self._has_own_after_points(line):
            if number.value == self.last + 1 and not (self.points and number.value == self.points + 1):
                return True
            if number.value == self.points + 1:
                return False
        if self.last is not None and number.value == 1 and line.at in self.resumed and not self.headed:
            return False
        return not (self.points and number.value == self.points + 1 and number.value != (self.last or 0) + 1)

    def _has_own_after_points(self, line: Line) -> bool:
        """Whether a number that does not count on has answers of its own, and no points before it."""
        number = line.number
        counts_on = number is not None and self.points and number.value == self.points + 1
        return self._has_own(line) and not counts_on

    def _stating(self, starts: Sequence[Line]) -> frozenset[int]:
        """The questions around which most state their answers in words below them and few have answers to choose from:
        what follows a key line there is answer as well."""
        ends = [*(line.at for line in starts[1:]), len(self.lines)][: len(starts)]
        said: list[int] = []
        for line, end in zip(starts, ends, strict=True):
            below = [text for one in self.lines[line.at + 1 : end] if one.is_text for text in _answers_in(one)]
            keys = [self._stated(one) for one in self.lines[line.at : end] if one.is_text and one.key is not None]
            plain = [unremarked(key) for key in keys]
            in_words = any(letters_of(key) is None and key.strip(_AROUND).lower() not in below for key in plain)
            said.append(2 if in_words else bool(keys))
        own = [self._has_own(line) for line in starts]
        found: set[int] = set()
        width = limits()["around"]
        for at, line in enumerate(starts):
            near = slice(max(at - width, 0), at + width + 1)
            count = len(own[near])
            worded = sum(one == 2 for one in said[near]) * 5 > count * 2
            if worded and sum(map(bool, said[near])) * 2 > count and sum(own[near]) * 5 < count:
                found.add(line.at)
        return frozenset(found)

    def _stated(self, line: Line) -> str:
        """What a key line states, which stands on the next line where nothing stands behind its word."""
        below = self.lines[line.at + 1] if line.at + 1 < len(self.lines) else None
        return line.key or (below.text if below is not None and below.is_text else "")

    def _stems(self) -> int:
        """How many lines stand over answers."""
        return sum(self._offers(after) and not self._offers(line) for line, after in pairwise(self.lines))

    # --- line by line

    def _take(self, line: Line) -> None:
        if not line.is_text:
            self._object(line)
        elif not line.text and not line.piece.content:
            self.read.strays.append(line)
        elif line.named is None and self._is_furniture(line):
            self.read.repeated.append(line)
            if self.current is not None and not self.current.closed:
                self.current.over = len(self.current.texts)
        elif self._over_keys_of_all(line):
            self.read.heads.append(line)
        elif self._key(line) or self._options(line):
            pass
        elif line.at in self.alone and self.current is not None and self.current.options:
            self.current.options[-1].more.append(line)
        elif self._titled(line) or self._apart(line):
            self._head(line)
        elif line.at in self.over_keys:
            self._open_unnumbered(line)
        elif line.at in self.unnumbered and line.number is None:
            self._open_unnumbered(line, self.unnumbered[line.at])
        elif self._begins(line):
            self._open(line)
        elif self._heads(line):
            self._head(line)
        else:
            self._text(line)

    def _is_furniture(self, line: Line) -> bool:
        """Whether a line says nothing of its question: a rule, what stands under most questions behind the answers, a
        mark given («1/1») under the stem."""
        current = self.current
        if current is None or self._offers(line) or self._answers(current, line):
            return False
        if (weight := weight_in(line.text, bare=True)) is not None and not weight.start:
            return False
        rule = _RULE.fullmatch(line.text) is not None
        if rule or line.at not in self.repeated:
            return rule and current.closed
        if current.closed:
            return any(map(str.isalpha, line.text))
        if _CALLED.fullmatch(line.text) and line is not current.lead:
            return True
        if _CODE.search(line.text):
            return False
        if line.text.endswith(":") and line is not current.lead:  # «Answers to choose from:»
            return len(line.text.split()) <= limits()["label"]
        return any(map(str.isdigit, line.text)) and not any(map(str.isalpha, line.text))

    def _titled(self, line: Line) -> bool:
        """Whether a numbered line is a heading by its style, with no answers of its own."""
        styled = line.piece.heading is not None or line.piece.is_heading
        begins = line.at in self.leads if self.leads else self._has_own(line)
        return styled and self.chosen and line.number is not None and not begins

    def _object(self, line: Line) -> None:
        current = self.current
        if current is None:
            self.read.front.append(line)
        elif current.said and (current.stated or not current.said[-1][1]):
            current.answer.append(line)
        elif current.feedback and current.closed:
            current.behind.append(line)
        elif current.options:
            current.options[-1].more.append(line)
        else:
            current.stem.append(line)

    def _key(self, line: Line) -> bool:
        current = self.current
        if line.named is not None:
            self.read.named.append((len(self.read.items) - (current is None), line))
            return True
        if line.at in self.pairing and current is not None:
            said = line.key
            current.said.append((line, line.text if said is None else said))
            return True
        if _is_keys(line) or self._is_row(line) or self._goes_on(line):
            self._take_heading(line)
            self.read.keys.append((len(self.read.items) + (current is not None), line))
            return True
        if line.feedback and current is not None:
            current.feedback.append(line)
            return True
        if self._key_below(line):
            return True
        said = line.key
        if said is None or current is None:
            return False
        said = lettered(said) if self.roman else said
        if self._is_of_all(line):
            self.read.keys.append((len(self.read.items) + 1, line))
            return True
        if is_list(said) and (not any(one.number for one in current.texts[1:]) or self._gives_all(said, current)):
            self.read.keys.append((len(self.read.items) + 1, line))
            return True
        if not said and not current.options and self.offered[line.at] < self.counts[line.at]:
            current.feedback.append(line)  # «Answers:» over the answers to choose from
            return True
        if said and _TO_WRITE.fullmatch(said):
            self.read.repeated.append(line)
            current.is_blank = True
            return True
        current.said.append((line, said))
        return True

    def _over_keys_of_all(self, line: Line) -> bool:
        """Whether the word for keys, alone on its line below answers, stands over lists of keys by number."""
        if self.current is None or not is_key_word(line.text) or line.text.endswith(":"):
            return False
        below = self.lines[line.at + 1 : line.at + 3]
        return any(_is_keys(one) for one in below) or (len(below) > 1 and below[0].counts_part() > 0)

    def _goes_on(self, line: Line) -> bool:
        """Whether a line gives, in words, the key of a question with nothing to choose from, right below the keys of
        those before it: «8: V = IR» below «1A 2B … 7A»."""
        found = worded(line.text) if self.read.keys and self.read.keys[-1][1].at == line.at - 1 else None
        given = [number for _, one in self.read.keys for number in _numbers_of(one)]
        asked = [*self.read.items, *([self.current] if self.current is not None else [])]
        return (
            found is not None
            and given[-1:] == [found[0] - 1]
            and any(one.number == found[0] and not one.options for one in asked)
        )

    def _take_heading(self, line: Line) -> None:
        """The line right above keys that speaks of them heads them, and is no part of the last question."""
        current = self.current
        if current is None or not line.at or not heads_keys(self.lines[line.at - 1].text):
            return
        over = self.lines[line.at - 1]
        for held in (current.stem, current.options[-1].more if current.options else []):
            if len(held) > (held is current.stem) and held[-1] is over:
                held.pop()
                self.read.keys.append((len(self.read.items) + 1, over))

    def _key_below(self, line: Line) -> bool:
        """«Answer», alone on its line, over one of the answers to choose from; and that answer, which is the key."""
        current = self.current
        before = self.lines[line.at - 1] if line.at else None
        if current is None or before is None or not self._chosen(current):
            return False
        if is_key_word(before.text) and current.said and current.said[-1][0] is before:
            current.said.append((line, line.text.strip()))
            return True
        after = self.lines[line.at + 1] if line.at + 1 < len(self.lines) else None
        if is_key_word(line.text) and after is not None and after.is_text and _repeats(current, after.text):
            current.said.append((line, ""))
            return True
        return False

    def _chosen(self, current: Item) -> bool:
        # Asked at each line: a stem may be a whole document, so that no more of it is looked at than is needed.
        third = islice((line for line in current.stem if line.is_text), 2, None)
        return len(current.options) > 1 or next(third, None) is not None

    def _is_of_all(self, line: Line) -> bool:
        """Whether a key line holds as many letters as questions stand above it, of which none has a key."""
        since = self.read.keys[-1][0] if self.read.keys else 0
        count = len(self.read.items) + 1 - since
        stated = any(one.said for one in self.read.items[since:])
        return not stated and len(row_of(line.text)) == count

    def _gives_all(self, said: str, current: Item) -> bool:
        """Whether keys below a question with numbers of its own are those of all questions up to it: none of them has
        a key yet, and their numbers are given, or the keys are numbers, which match nothing."""
        numbers = [int(pair["n"]) for pair in PAIR.finditer(said)]
        stated = any(one.said for one in self.read.items)
        return not stated and (not matched(said) or numbers == list(range(1, (current.number or 0) + 1)))

    def _is_row(self, line: Line) -> bool:
        """Whether a line is a row of numbers over a row of keys, or the row of keys below one."""
        pairs = ((line.at, line.at + 1), (line.at - 1, line.at))
        rows = [[self.lines[at] for at in pair] for pair in pairs if pair[0] >= 0 and pair[1] < len(self.lines)]
        return any(
            row[0].is_text and row[1].is_text and keys_below(row[1].text, len(numbers_of(row[0].text))) for row in rows
        )

    def _options(self, line: Line) -> bool:
        current = self.current
        if current is None or not self._offers(line):
            return False
        if current.said and self.numbered is False:
            return False
        if line.starts and line.starts[0] > 0 and not line.letter:
            return False
        self._leave_points(current, line)
        if line.letter and line.starts and not line.letter_end and line.starts[0] > 0:
            current.options.append(Option(line, "letter", line.letter, end=line.starts[0]))
            _inline(current, line)
            return True
        if len(line.starts) > 1:
            _inline(current, line)
            return True
        kind = "tag" if line.tag else "letter" if line.letter else "sign"
        start = line.tag_end or line.letter_end or behind_mark(line)
        current.options.append(Option(line, kind, line.letter, start))
        return True

    def _leave_points(self, current: Item, line: Line) -> None:
        """Letters among the words of a question count its points, where the answers below it begin with the first letter
        anew: «Match … a) one; b) two» over «A. 1a, 2b»."""
        stem = {one.at for one in current.texts}
        inside = all(one.kind == "inline" and one.line.at in stem for one in current.options)
        if current.options and inside and line.at not in stem and begins(line.letter):
            current.options.clear()

    def _open(self, line: Line) -> None:
        self._finish()
        number = line.number
        path = tuple(head.name for head in self.path)
        stated = line.at in self.stating
        self.current = Item(line, number.value if number else None, [line], path=path, stated=stated)
        self.last = number.value if number else self.last
        self.points, self.headed = 0, False
        if line.ends_in_answers:
            _inline(self.current, line)

    def _heads(self, line: Line) -> bool:
        """Whether a line names what follows: a part that it counts, a heading over a question."""
        if len(line.text) > limits()["head"] or line.text.endswith("?") or (line.bullet and line.piece.label):
            return False
        if line.number is not None and line.number.form not in {"word", "count"} and not line.opens_part():
            return False
        following = self._after(line)
        if following is None:
            return False
        if line.opens_part():
            return not self._is_within(line)
        if line.at in self.parts and (self.current is None or self.current.closed):
            return True
        if self._completes(line):
            return False
        if level_of(line.text):
            above = self.lines[line.at - 1].text if line.at else ""
            return self._counts(following) and not level_of(above)
        current = self.current
        if current is not None and not current.closed and not self._item_before(line):
            return False
        asks_next = self._counts(following) or (following.opens_part() is not None)
        piece = line.piece
        shown = piece.heading is not None or piece.is_heading or piece.centered or line.text.isupper()
        if shown or (piece.bold and not self.marking):
            return asks_next and self.counts[line.at] != line.at
        restarts = following.number is not None and following.number.value == 1 and self._counts(following)
        if restarts and self.numbered and _NAMES_PART.fullmatch(line.text):
            return True
        return restarts and self.numbered and line.text[-1] not in ".;,:" and not words().asks(line.text)

    def _completes(self, line: Line) -> bool:
        """Whether a line is the last of as many as most questions have, which nothing marks: «HTML» is an answer there,
        and no heading."""
        current = self.current
        return current is not None and not current.closed and line.at - current.lead.at == self.usual - 1 > 1

    def _is_within(self, line: Line) -> bool:
        """Whether a line stands in a question that is not answered yet, far above the next one: «public class Two»."""
        current = self.current
        far = self.counts[line.at + 1] - line.at > limits()["over"]
        return current is not None and not current.closed and self.numbered and far

    def _apart(self, line: Line) -> bool:
        """Whether a short line without a number stands between blank lines over the next number of a list that goes on:
        «Multiple choice», «Section B (three marks each)»."""
        following = self._after(line)
        if line.number is not None or line.offers or line.sign or line.bullet or not self.numbered:
            return False
        if following is None or not following.piece.gap or not line.piece.gap or line.text[-1] in _STOPS:
            return False
        number = following.number
        counts_on = number is not None and self.last is not None and number.value == self.last + 1
        return counts_on and self._counts(following) and len(line.text) <= limits()["apart"] and self._is_whole()

    def _is_whole(self) -> bool:
        """Whether the open question needs no further line: it is answered, or its last line ends as sentences do."""
        current = self.current
        if current is None:
            return False
        return current.closed or current.stem[-1].text.rstrip()[-1:] in _ENDS

    def _marks_answers(self) -> bool:
        """Whether bold type is the look of answers: most bold lines without a number stand over other such lines, where
        headings stand over questions."""
        bold = [line for line in self.lines if line.is_text and line.piece.bold and not line.number and line.text]
        over = sum(self.counts[one.at] > one.at + 1 for one in bold)
        return len(bold) >= limits()["least-ends"] and over * 2 > len(bold)

    def _item_before(self, line: Line) -> bool:
        """Whether the open question asks for itself, so that a heading may follow it without answers."""
        return line.at > 0 and self.numbered and not self.chosen

    def _after(self, line: Line) -> Line | None:
        return next((one for one in self.lines[line.at + 1 : line.at + 4] if one.text or not one.is_text), None)

    def _head(self, line: Line) -> None:
        self._finish()
        self.read.heads.append(line)
        kind = line.opens_part() or ("level" if level_of(line.text) else None)
        head = _Head(kind, line.text.strip(" .:"), line.piece.heading)
        beside = next((at for at, one in enumerate(self.path) if head.is_beside(one)), None)
        plain = [at for at, one in enumerate(self.path) if one.kind is None and one.level is None]
        if beside is None and plain and not self.headed and head.kind is None and head.level is None:
            beside = plain[-1]
        if beside is not None:
            del self.path[beside:]
        elif not self.headed and head.kind is None and head.level is None:
            self.path.clear()
        self.path.append(head)
        self.headed = True

    def _text(self, line: Line) -> None:
        current = self.current
        if current is None:
            self._first(line)
            return
        if self._answers(current, line):
            current.answer.append(line)
            return
        if self._explains(current, line):
            current.behind.append(line)
            return
        if line.number is not None and not current.options:
            self.points = line.number.value
        empty = bool(current.options) and current.options[-1].is_empty
        if empty or not current.closed or line.at in self.paired or not self._asks_anew(line):
            if empty:
                current.options[-1].more.append(line)
            elif current.feedback or current.said:
                current.behind.append(line)
            elif current.options and self._is_behind_keys(current):
                self.read.strays.append(line)
            elif current.options:
                current.options[-1].more.append(line)
            else:
                current.stem.append(line)
                if line.ends_in_answers and len(line.starts) == 1:
                    _inline(current, line)
            return
        self._open_unnumbered(line)

    def _is_behind_keys(self, current: Item) -> bool:
        """Whether a list of keys stands between the last answer and this line, which goes on with no answer then."""
        return bool(self.read.keys) and self.read.keys[-1][1].at > current.options[-1].line.at

    def _answers(self, item: Item, line: Line) -> bool:
        """Whether a line is the answer that a key line above it begins, or leaves open."""
        if not item.said:
            return False
        before, said = item.said[-1]
        return (item.stated and not item.options) or not said or _goes_on(before, line)

    def _explains(self, item: Item, line: Line) -> bool:
        """Whether a line stands below a label of feedback that has nothing behind it: «Explanation:»."""
        before = self.lines[line.at - 1] if line.at else None
        label = before is not None and before.feedback and not before.text[before.feedback :].strip()
        return bool(label) and bool(item.feedback) and item.feedback[-1] is before

    def _first(self, line: Line) -> None:
        """A line before the first question: its title, or the first question where nothing counts them."""
        ahead = self.offered[line.at + 1]
        far = self.counts[line.at + 1] < ahead or self.numbered
        far = far or ahead - line.at > limits()["far"]
        between = [] if far else self.lines[line.at + 1 : ahead]
        if far or any(one.piece.gap or one.opens_part() for one in between) or self._titles(line):
            self.read.front.append(line)
            return
        self._open_unnumbered(line)

    def _titles(self, line: Line) -> bool:
        """Whether a line without a number stands over a question without one."""
        after = self._after(line)
        if after is None or not after.is_text or self._offers(after):
            return False
        piece = line.piece
        shown = piece.heading is not None or piece.centered or line.text.isupper() or piece.bold
        return (shown and piece.bold != after.piece.bold) or piece.heading is not None or line.text.isupper()

    def _open_unnumbered(self, line: Line, number: int | None = None) -> None:
        self._finish()
        self.last = number or self.last
        self.current = Item(line, number, [line], path=tuple(head.name for head in self.path))
        self.points, self.headed = 0, False
        if line.ends_in_answers:
            _inline(self.current, line)

    def _asks_anew(self, line: Line) -> bool:
        """Whether a line below answers begins a question without a number."""
        current = self.current
        if line.text[:1].islower() and current is not None and not current.said:
            return False
        if current is not None and not current.said and current.options and self._offers_on(line, current.options[-1]):
            return False
        if self.keyed[line.at + 1] < min(self.offered[line.at + 1], self.counts[line.at + 1]) and not (
            current and current.said
        ):
            return False  # a letter below it answers nothing that it asks
        if self.offered[line.at + 1] < self.counts[line.at + 1] or len(line.starts) > 1:
            return True
        if not self.numbered and current is not None and current.said:
            return True
        if words().asks(line.text) is not None and (line.piece.label is None or line.text.endswith("?")):
            return True
        return "?" in line.text and self._leaves_list(line)

    def _leaves_list(self, line: Line) -> bool:
        """Whether a line stands behind answers that are all items of a list, and is none: no answer goes on in it."""
        current = self.current
        options = current.options if current is not None else []
        listed = len(options) > 1 and all(option.line.piece.label for option in options)
        return listed and not line.piece.label and current is not None and not current.said

    def _offers_on(self, line: Line, last: Option) -> bool:
        """Whether the next answer goes on with the letters of the last one."""
        at = self.offered[line.at + 1]
        after = self.lines[at].letter if at < len(self.lines) else ""
        return bool(last.label and after) and follows(last.label, after) and not begins(after)

    def _finish(self) -> None:
        if self.current is not None:
            self.read.items.append(self.current)
        self.current = None


_STOPS = frozenset(".;,:?!…")
_ENDS = frozenset(".?!)")


def _commented(read: Read) -> None:
    """What stands behind keys is said of the answers where many questions have it; a single line is of no question."""
    keyed = [item for item in read.items if item.said or item.feedback or item.behind]
    told = sum(bool(item.behind) for item in keyed)
    usual = told * 100 >= len(keyed) * limits()["commented"] and told > 1
    for item in keyed:
        if not (item.feedback or usual):
            read.strays.extend(item.behind)
            item.behind = []


def _repeated(lines: Sequence[Line], count: int) -> frozenset[int]:
    """The places of lines that read the same, numbers and what follows a colon apart, under most of so many
    questions; such lines below one another are data."""
    places: dict[str, list[int]] = {}
    for line in lines:
        marked = line.number or line.letter or line.tag or line.sign or line.feedback or line.text.endswith("?")
        if line.is_text and line.text and not marked:
            places.setdefault(_form(line.text), []).append(line.at)
    least = max(limits()["least-ends"], count * limits()["marked"] // 100)
    usual = [found for found in places.values() if len(found) >= least and all(b > a + 1 for a, b in pairwise(found))]
    every = (lines[at] for found in usual if not _count_parts([lines[at] for at in found]) for at in found)
    return frozenset(one.at for one in every if one.key is None and not is_key_word(one.text))


def _over_keys(lines: Sequence[Line]) -> frozenset[int]:
    """The places of lines that begin questions because a key word alone on its line, «Answer:», stands below: each goes
    up to the nearest blank space, or is the line above the word."""
    found: list[int] = []
    below = 0
    for line in lines:
        if not line.is_text or not is_key_word(line.text) or line.at <= below:
            continue
        above = range(line.at - 1, max(below, line.at - 1 - limits()["over"]), -1)
        start = next((at for at in above if lines[at].piece.gap), line.at - 1)
        if lines[start].is_text:
            found.append(start)
        below = line.at + 1
    return frozenset(found) if len(found) >= limits()["least-ends"] else frozenset()


def _count_parts(lines: Sequence[Line]) -> bool:
    """Whether lines are headings of parts, each with a number greater than the one before: «Lecture 1», «Lecture 2»."""
    values = [value for line in lines if (value := line.counts_part())]
    return len(values) == len(lines) and all(b > a for a, b in pairwise(values))


def _parts_over(lines: Sequence[Line], counts: Callable[[Line], bool]) -> frozenset[int]:
    """The places of lines over questions that speak of parts whose numbers rise: «Quiz on lecture 1», «… lecture 2»."""
    over = [line for line, after in pairwise(lines) if line.number is None and not line.offers and counts(after)]
    found = [(line.at, value) for line in over if (value := line.counts_part())]
    rising = len(found) > 1 and all(b > a for (_, a), (_, b) in pairwise(found))
    return frozenset(at for at, _ in found) if rising else frozenset()


def _form(text: str) -> str:
    """What lines have in common that differ in numbers, or in what a short label says: «QuestionID: 17»."""
    label, colon, said = text.partition(":")
    named = colon and len(said) < limits()["said"]
    return re.sub(r"\d+", "0", f"{label.strip()}:".lower() if named else text.lower())


def _repeats(item: Item, text: str) -> bool:
    """Whether a line reads as one of the answers above it, or begins with the letter of one."""
    plain = text.strip(" .;").lower()
    lines = [*(option.line for option in item.options), *item.texts[1:]]
    return any(
        one.text.strip(" .;").lower() == plain or one.text[one.letter_end :].strip(" .;").lower() == plain
        for one in lines
    )


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line stands in one paragraph with the one before it."""
    return line.at == before.at + 1 and bool(line.piece.parts) and line.piece.first == before.piece.last > 0


def _usual_size(starts: Sequence[Line]) -> int:
    """How many lines most questions take; 0 where there is no such number."""
    sizes = Counter(after.at - before.at for before, after in pairwise(starts))
    size, count = sizes.most_common(1)[0] if sizes else (0, 0)
    usual = count >= limits()["least-ends"] and count * 100 >= sizes.total() * limits()["stacked"]
    return size if usual else 0


_STEM_AND_ANSWER = 2


def _unnumbered(starts: Sequence[Line], usual: int) -> dict[int, int]:
    """The places of questions whose numbers are missing, with these: where the numbers jump, over as many lines as the
    ones between would take, and before the first number."""
    found: dict[int, int] = {}
    numbered = (
        [(line.at, line.number.value) for line in starts if line.number is not None] if usual > _STEM_AND_ANSWER else []
    )
    for (at, before), (until, number) in pairwise(numbered):
        if number - before > 1 and until - at == (number - before) * usual:
            found.update((at + nth * usual, before + nth) for nth in range(1, number - before))
    first, number = numbered[0] if numbered else (0, 1)
    count = min(number - 1, first // usual) if usual else 0
    found.update((first - nth * usual, number - nth) for nth in range(1, count + 1))
    return found


def _inline(item: Item, line: Line) -> None:
    """The answers that stand on one line."""
    for start, end in pairwise((*line.starts, len(line.text))):
        box = BOXED.match(line.text, start)
        begins = box.end() if box else start
        label = next(c for c in line.text[begins:] if c.isalpha())
        body = begins + line.text[begins:end].index(label) + 1
        while body < end and line.text[body] in ").: \t":
            body += 1
        item.options.append(Option(line, "inline", label.upper(), body, end))


def _signs_all(lines: Sequence[Line]) -> bool:
    """Whether signs stand before right and wrong answers, so that each makes its line an answer."""
    signs = Counter(line.sign for line in lines if line.is_text and not line.piece.label)
    return 0 < signs["+"] <= 2 * signs["-"]


def _is_keys(line: Line) -> bool:
    """A list of keys by number: «1-B, 2-A, 3-C …»."""
    text = f"{label} {line.text}" if (label := (line.piece.label or "").strip()) else line.text
    return line.is_text and (is_list(text, limits()["least-pairs"]) or _is_whole_list(text))


def _numbers_of(line: Line) -> list[int]:
    """The numbers of the questions whose keys a line gives."""
    found = [number for number, _ in pairs_of(line.text)]
    one = worded(line.text)
    return found or ([one[0]] if one is not None else [])


@lru_cache(_KEPT)
def _is_whole_list(text: str) -> bool:
    """Whether a line holds nothing but keys of the questions from the first on: «№1-1, №2-2»."""
    numbers = [number for number, _ in pairs_of(text)]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)) and not PAIR.sub("", text).strip(" ,;.")


def _next(lines: Sequence[Line], is_one: Callable[[Line], bool]) -> list[int]:
    """For each place the next line from it on that is one; behind the last line where none is."""
    found = [len(lines)] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        found[at] = at if is_one(lines[at]) else found[at + 1]
    return found


# --- numbers of questions and numbers of what stands below them


def inner_forms(lines: Sequence[Line]) -> frozenset[str]:
    """The forms of numbers that begin anew below numbers of another form, «1)» below «1.», and not below the heading of
    the next part: «Section B»."""
    members = [(line.at, line.number) for line in lines if line.number is not None and not line.letter]
    restarts = Counter(number.form for _, number in members if number.value == 1)
    over: dict[str, Counter[str]] = {}
    for (above_at, before), (at, number) in pairwise(members):
        if number.value == 1 and before.form != number.form and not _parts_between(lines[above_at + 1 : at]):
            over.setdefault(number.form, Counter())[before.form] += 1
    first: dict[str, int] = {}
    for at, number in members:
        first.setdefault(number.form, at)
    found: set[str] = set()
    for form, above in over.items():
        outer, count = above.most_common(1)[0]
        often = count * 100 >= restarts[form] * limits()["stacked"]
        below = (restarts[form], first[form]) > (restarts[outer], first[outer])
        if often and below and outer not in found:
            found.add(form)
    return frozenset(found | _amounts([number for _, number in members]))


def _amounts(numbers: Sequence[Number]) -> set[str]:
    """The form of numbers that stand alone without a sign, where those of another form count on all through: «№ 1» over
    «2», «4» and «5», which are answers."""
    runs: dict[str, list[Number]] = {}
    for number in numbers:
        runs.setdefault(number.form, []).append(number)
    counted = [[one.value for one in run] == list(range(1, len(run) + 1)) and len(run) > 2 for run in runs.values()]
    plain = {form for form, run in runs.items() if form in _PLAIN and all(one.alone for one in run)}
    return plain if any(counted) and not any(runs[form][0].value == 1 for form in plain) else set()


_PLAIN = frozenset({"bare1", "count"})


def _parts_between(lines: Sequence[Line]) -> bool:
    """Whether a line without a number counts a part."""
    return any(one.counts_part() > 0 for one in lines if one.is_text and one.number is None)


def _minor(starts: Sequence[Line]) -> frozenset[str]:
    """The forms of numbers that are few beside another one: they count points, not questions."""
    counts = Counter(line.number.form for line in starts if line.number)
    most = max(counts.values(), default=0)
    return frozenset(form for form, count in counts.items() if count * 100 < most * limits()["minor"])


def _mixed(starts: Sequence[Line]) -> frozenset[int]:
    """The questions where one form of numbers counts both them and what stands below each: those over a «1»."""
    values = [line.number.value if line.number else 0 for line in starts]
    if values.count(1) < 3:
        return frozenset()
    over = [at for at, (_, after) in enumerate(pairwise(values)) if after == 1]
    near = [at for at in over if starts[at + 1].at - starts[at].at <= 3]
    counts_on = [values[at] for at in near]
    if len(near) < 2 or any(b != a + 1 for a, b in pairwise(counts_on)) or counts_on[0] != 1:
        return frozenset()
    return frozenset(starts[at].at for at in near)


def _resumed(starts: Sequence[Line]) -> frozenset[int]:
    """The lines that begin a list of points inside a question: behind «… 7.» come «1. 2. 3.», then «8.»."""
    found: set[int] = set()
    values = [line.number.value if line.number else 0 for line in starts]
    ends = list(range(1, len(values) + 1))
    for at in range(len(values) - 2, -1, -1):
        if values[at + 1] == values[at] + 1:
            ends[at] = ends[at + 1]
    for at in range(1, len(values)):
        end = ends[at]
        if values[at] == 1 and values[at - 1] > 1 and end < len(values) and values[end] == values[at - 1] + 1:
            found.add(starts[at].at)
    return frozenset(found)


# --- answers by what repeats

_AROUND = " .;"
_OPENERS = "-–—•·▪○●*>#@~☐□❏❑◯»›‣◦♦■◆→[] "
"""What may open each answer of a bank beside letters and numbers."""


def _laid_out(read: Read) -> None:
    """The answers that no letter, tag or sign tells: what most questions have below them."""
    blocks = read.items
    if not any(item.said or item.number for item in blocks):
        held = [line for item in blocks for line in (*item.stem, *_offered(item))]
        lines = [*read.front, *held]
        chosen = sum(bool(item.options) for item in blocks)
        made = _by_blocks(lines) if chosen * _FEW_LETTERED <= len(lines) else []
        if len(made) > chosen:
            titled = len(made[0].stem) == 1 and not made[0].lead.text.rstrip().endswith(("?", ":"))
            read.items, read.front = made[titled:], made[0].stem if titled else []
    side_by_side([item for item in read.items if not item.options])
    bare = [item for item in read.items if not item.options and not _states(item) and not (item.stated and item.said)]
    for kind in ("number", "deeper", "bullet", "below"):
        found = [_answers_of(item, kind) for item in bare]
        if kind == "number":
            found = _wrapped(bare, found)
        share = limits()["stacked" if kind == "below" else "marked"]
        for at, (item, lines) in enumerate(zip(bare, found, strict=True)):
            if lines and (_is_told(item, lines, kind) or _is_usual(found, at, share)):
                _give(item, lines, kind)
        bare = [item for item in bare if not item.options]
    for item in read.items:
        _state(item)
    _led_by_signs(read)


_FEW_LETTERED = 40
"""Lines for each question with letters, where they are so few that they tell nothing of the others."""


def _offered(item: Item) -> list[Line]:
    return [line for option in item.options for line in (option.line, *option.more)]


def _state(item: Item) -> None:
    """Lines with letters over numbered lines, of which the key names one, are statements: «a) … b) …», «1. Only a»."""
    below = item.options[-1].more if item.options else []
    first = next((at for at, line in enumerate(below) if line.number is not None), len(below))
    found = below[first:]
    values = [line.number.value if line.number else 0 for line in found]
    lettered = all(option.kind == "letter" and option.label.isalpha() for option in item.options)
    if not lettered or len(values) < 2 or values != list(range(1, len(values) + 1)) or not _is_keyed(item, found):
        return
    del below[first:]
    item.stem = [*item.stem, *(line for option in item.options for line in (option.line, *option.more))]
    item.options = []
    for line in found:
        number = line.number
        item.options.append(Option(line, "number", str(number.value if number else 0), number.end if number else 0))


def _led_by_signs(read: Read) -> None:
    """Where most questions without numbers begin with one sign, «# What is …», it is no part of them."""
    found = [(item, re.match(r"[#>@~$|»›▪■►●•]+\s*(?=[\w«“\"'(])", item.lead.text)) for item in read.items]
    signs = Counter(one[0].strip() for item, one in found if one and not item.number and item.lead.is_text)
    sign, count = signs.most_common(1)[0] if signs else ("", 0)
    for item, one in found if count * 100 >= len(found) * limits()["throughout"] else ():
        if one is not None and one[0].strip() == sign:
            item.led = one.end()


def _is_usual(found: Sequence[Sequence[Line]], at: int, share: int) -> bool:
    """Whether the questions about one look like it: two of them, and that share."""
    width = limits()["near"]
    near = [bool(lines) for lines in found[max(at - width, 0) : at + width + 1]]
    return sum(near) > 1 and sum(near) * 100 >= len(near) * share


def _states(item: Item) -> bool:
    """Whether a question states its answer in words, so that no answers to choose from are missing."""
    return bool(item.answer) or any(
        said and letters_of(said) is None and not _among(item, said) and not _numbered(item, said)
        for said in _keys_of(item)
    )


def _keys_of(item: Item) -> list[str]:
    return [unremarked(said) for _, said in item.said]


def _numbered(item: Item, said: str) -> bool:
    """Whether each digit of a key is the number of a line below the question: «231»."""
    numbers = {str(line.number.value) for line in item.texts[1:] if line.number}
    digits = digits_of(said)
    return bool(digits) and numbers.issuperset(digits)


def _among(item: Item, said: str) -> bool:
    wanted = said.strip(_AROUND).lower()
    return any(wanted in _answers_in(line) for line in item.texts[1:])


def _answers_in(line: Line) -> tuple[str, str]:
    """What a line says as an answer: without what it begins with, or its bullet, number or sign."""
    behind = line.number.end if line.number else line.sign_end
    return line.text[behind:].strip(_AROUND).lower(), line.text.strip(_AROUND + _OPENERS).lower()


def _is_told(item: Item, lines: Sequence[Line], kind: str) -> bool:
    """Whether a sign or a key says for itself that these are answers."""
    if any(line.is_right for line in lines) or (kind == "number" and _is_keyed(item, lines)):
        return True
    code = sum(bool(_CODE.search(line.text)) for line in lines) * 2 >= len(lines)
    return not code and any(letters_of(said) is not None or _numbered(item, said) for said in _keys_of(item))


def _answers_of(item: Item, kind: str) -> list[Line]:
    lines = item.texts[1:]
    if kind == "number":
        found = _last_run([line for line in lines if line.number is not None])
    elif kind == "deeper":
        found = [line for line in lines if line.piece.label and line.level > item.lead.level]
    elif kind == "bullet":
        found = [line for line in lines if line.bullet or line.sign == "-"]
    else:
        return _below(item, lines)
    most = limits()["most-answers"]
    return found if 2 <= len(found) <= most and found == lines[-len(found) :] else []


def _wrapped(bare: Sequence[Item], found: Sequence[list[Line]]) -> list[list[Line]]:
    """The numbered answers of questions; those that go on below in lines without a number as well, where the key is
    one of their numbers, or as many answers stand below other questions."""
    sizes = Counter(map(len, found))
    made: list[list[Line]] = []
    for item, lines in zip(bare, found, strict=True):
        run = lines or _wraps(item)
        usual = sizes[len(run)] >= limits()["judged"]
        made.append(run if lines or usual or _is_keyed(item, run) else [])
    return made


def _wraps(item: Item) -> list[Line]:
    """The last lines with numbers below a question that count on from one, where nothing among and below them asks."""
    lines = item.texts[1:]
    found = _last_run([line for line in lines if line.number is not None])
    values = [line.number.value for line in found if line.number]
    if not 2 <= len(values) <= limits()["most-answers"] or values != list(range(1, len(values) + 1)):
        return []
    below = [line for line in lines if line.at > found[0].at and line.number is None]
    return [] if any(line.text.rstrip().endswith(("?", ":")) for line in below) else found


def _is_keyed(item: Item, lines: Sequence[Line]) -> bool:
    """Whether a key names nothing but numbers of lines."""
    keys = [key for said in _keys_of(item) for key in letters_of(said) or [""]]
    return bool(keys) and {str(line.number.value) for line in lines if line.number}.issuperset(keys)


def _last_run(lines: Sequence[Line]) -> list[Line]:
    """Of lines with numbers those from the last «1» on: statements stand before them."""
    first = max((at for at, line in enumerate(lines) if line.number and line.number.value == 1), default=0)
    return list(lines[first:])


def _below(item: Item, lines: Sequence[Line]) -> list[Line]:
    if item.over:
        lines = item.texts[item.over :]
        return list(lines) if 2 <= len(lines) <= limits()["most-below"] else []
    stem = max(
        (at for at, line in enumerate(lines) if line.text.rstrip().endswith(("?", ":")) and not line.sign), default=-1
    )
    if stem < 0 and item.lead.number is not None and item.lead.number.alone and not (lines and lines[0].sign):
        stem = 0  # «№ 3» over the question
    found = list(lines[stem + 1 :])
    if any(not line.is_text for line in item.stem) and not any(line.is_right for line in found):
        return []
    short = all(len(line.text) < limits()["answer"] for line in found)
    return found if 2 <= len(found) <= limits()["most-below"] and short else []


def _give(item: Item, lines: Sequence[Line], kind: str) -> None:
    opener = _opener(lines) if kind == "below" else 0
    signed = kind == "below" and any(line.is_right for line in lines) and all(line.sign for line in lines)
    taken = {line.at for line in lines}
    within = kind == "number"  # where lines without a number stand below it, an answer goes on in them
    more = [
        line for line in item.stem if (within or not line.is_text) and min(taken) < line.at and line.at not in taken
    ]
    item.stem = [line for line in item.stem if line.at not in taken and line not in more]
    for line in lines:
        start = line.number.end if kind == "number" and line.number else bullet_end(line) if kind == "bullet" else 0
        start = start or (behind_mark(line) if line.is_right and kind != "below" else 0) or opener
        start = start or (line.sign_end if signed and line.sign == "-" else 0)
        label = str(line.number.value) if line.number else ""
        item.options.append(Option(line, kind, label if kind == "number" else "", start))
    for one in more:
        before = [option for option in item.options if option.line.at < one.at]
        before[-1].more.append(one)


def _opener(lines: Sequence[Line]) -> int:
    """How many letters the sign takes that opens each of these answers: «> one», «# two»."""
    found = [re.match(r"[>#@~$|»›‣◦♦■◆]\s*(?=\w)|\[ ?\]\s*(?=\w)", line.text) for line in lines]
    return found[0].end() if found[0] and all(one and one[0] == found[0][0] for one in found) else 0


def _by_blocks(lines: Sequence[Line]) -> list[Item]:
    """Questions without numbers over answers without letters: a gap, a bold line, a level or a «?» parts them."""
    texts = [line for line in sorted(lines, key=lambda line: line.at) if line.is_text]
    below_blank, paragraphs, even_ = _below_blank(texts), _paragraphs(texts), even(texts)
    ways: tuple[tuple[bool, Callable[[Line], bool]], ...] = (
        (True, lambda line: line.piece.gap),
        (True, lambda line: line.at in below_blank),
        (True, lambda line: line.at in paragraphs),
        (True, lambda line: line.at in even_),
        (False, lambda line: line.piece.bold),
        (True, lambda line: bool(line.piece.label) and line.level == 0 and deeper),
        (False, lambda line: line.text.endswith(("?", ":"))),
    )
    deeper = any(line.piece.label and line.level > 0 for line in texts)
    best: list[list[Line]] = []
    for by_place, way in ways:
        blocks = list(_blocks(texts, way))
        fit = [block for block in blocks if _is_block(block)]
        size = Counter(map(len, fit)).most_common(1)
        if not by_place and size and size[0][1] * 100 < len(blocks) * limits()["stacked"]:
            continue
        if len(fit) >= 2 and len(fit) * 100 >= len(blocks) * limits()["stacked"] and len(fit) > len(best):
            best = blocks
    return [
        Item(block[0], block[0].number.value if isinstance(block[0].number, Number) else None, list(block))
        for block in best
    ]


def _below_blank(lines: Sequence[Line]) -> frozenset[int]:
    """The places of lines above which the document has paragraphs or lines without text: their numbers are missing."""
    found = (after.at for before, after in pairwise(lines) if _ends_before(before.piece, after.piece, 1))
    return frozenset(found)


def _paragraphs(lines: Sequence[Line]) -> frozenset[int]:
    """The places of lines that begin a paragraph, where each holds several lines, as in Markdown."""
    begins = [after.at for before, after in pairwise(lines) if _ends_before(before.piece, after.piece, 0)]
    return frozenset(begins) if len(begins) * 2 < len(lines) else frozenset()


def _ends_before(before: Piece, after: Piece, apart: int) -> bool:
    return bool(before.parts and after.parts) and after.first > before.last + apart


def _blocks(lines: Sequence[Line], begins: Callable[[Line], bool]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if block and begins(line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_block(block: Sequence[Line]) -> bool:
    short = all(len(line.text) < limits()["answer"] and not line.text.endswith("?") for line in block[1:])
    return 2 <= len(block) - 1 <= limits()["most-below"] and short
