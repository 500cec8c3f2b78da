"""Which lines of a bank state keys: of the question above, of all questions, in a row below their numbers."""

from __future__ import annotations

import re
from itertools import islice

from coursepack.outline.bank.beginnings import Beginnings, is_keys
from coursepack.outline.bank.key_text import (
    PAIR,
    counted_in_words,
    heads_keys,
    is_key_word,
    is_list,
    keys_below,
    matched,
    numbers_of,
    pairs_of,
    row_of,
    worded,
)
from coursepack.outline.bank.lines import BankLine
from coursepack.outline.bank.parts import DraftQuestion
from coursepack.outline.bank.romans import lettered

_TO_WRITE = re.compile(r"[_.…\s]{3,}")


def _repeats(item: DraftQuestion, text: str) -> bool:
    """Whether a line reads as one of the answers above it, or begins with the letter of one."""
    plain = text.strip(" .;").lower()
    lines = [*(option.line for option in item.options), *item.texts[1:]]
    return any(
        one.text.strip(" .;").lower() == plain or one.text[one.letter_end :].strip(" .;").lower() == plain
        for one in lines
    )


def _numbers_of(line: BankLine) -> list[int]:
    """The numbers of the questions whose keys a line gives."""
    found = [number for number, _ in pairs_of(line.text)]
    one = worded(line.text)
    return found or ([one[0]] if one is not None else [])


class KeyLines(Beginnings):
    """The lines that state keys."""

    def _key(self, line: BankLine) -> bool:
        current = self.current
        if line.named is not None:
            self.read.named.append((len(self.read.items) - (current is None), line))
            return True
        if line.at in self.pairing and current is not None:
            said = line.key
            current.said.append((line, line.text if said is None else said))
            return True
        if line.at in self.key_runs and current is not None:
            self._run(current, line)
            return True
        in_words = current is not None and bool(counted_in_words(line.key or ""))
        if (is_keys(line) and not in_words) or self._is_row(line) or self._goes_on(line):
            self._take_heading(line)
            self.read.keys.append((len(self.read.items) + (current is not None), line))
            return True
        if line.feedback and current is not None:
            current.feedback.append(line)
            return True
        if self._key_below(line):
            return True
        said = line.key
        return current is not None and said is not None and self._stated_below(current, line, said)

    def _run(self, current: DraftQuestion, line: BankLine) -> None:
        """Take a line of keys one a line, the first of them behind the word for keys: they are of all questions above,
        or the pairs of the one that they stand below."""
        said = self.key_runs[line.at]
        if said:
            self.of_all = self._is_for_all(said, current)
        if self.of_all:
            self.read.keys.append((len(self.read.items) + 1, line))
        else:
            current.said.append((line, said))

    def _lists_all(self, line: BankLine, said: str, current: DraftQuestion) -> bool:
        """Whether a key line states the keys of all questions above: those in words have the number of each, since the
        answer of one question may be told in points, «1. It grows; 2. it divides»."""
        if numbers := counted_in_words(said):
            since = self.read.keys[-1][0] if self.read.keys else 0
            above = [*self.read.items[since:], current]
            return numbers == [one.number for one in above] and not any(one.said for one in above)
        return (is_list(said) or is_list(line.text)) and self._is_for_all(said, current)

    def _is_for_all(self, said: str, current: DraftQuestion) -> bool:
        """Whether a list of keys by number is of the questions above it, and not the pairs of one with points."""
        return not any(one.number for one in current.texts[1:]) or self._gives_all(said, current)

    def _stated_below(self, current: DraftQuestion, line: BankLine, said: str) -> bool:
        """Take what a key line states: of one question, or of all above it."""
        said = lettered(said) if self.roman else said
        if self._is_of_all(line):
            self.read.keys.append((len(self.read.items) + 1, line))
            return True
        if self._lists_all(line, said, current):
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

    def _over_keys_of_all(self, line: BankLine) -> bool:
        """Whether the word for keys, alone on its line below answers, stands over lists of keys by number."""
        if self.current is None or not is_key_word(line.text) or line.text.endswith(":"):
            return False
        below = self.lines[line.at + 1 : line.at + 3]
        return any(is_keys(one) for one in below) or (len(below) > 1 and below[0].counts_part() > 0)

    def _goes_on(self, line: BankLine) -> bool:
        """Whether a line gives, in words, the key of a question with nothing to choose from, right below the keys of
        those before it: «8: V = IR» below «1A 2B … 7A»."""
        found = worded(line.text) if self.read.keys and self.read.keys[-1][1].at == line.at - 1 else None
        given = [number for _, one in self.read.keys for number in _numbers_of(one)]
        questions = [*self.read.items, *([self.current] if self.current is not None else [])]
        return (
            found is not None
            and given[-1:] == [found[0] - 1]
            and any(one.number == found[0] and not one.options for one in questions)
        )

    def _take_heading(self, line: BankLine) -> None:
        """The line right above keys that speaks of them heads them, and is no part of the last question."""
        current = self.current
        if current is None or not line.at or not heads_keys(self.lines[line.at - 1].text):
            return
        over = self.lines[line.at - 1]
        for held in (current.stem, current.options[-1].more if current.options else []):
            if len(held) > (held is current.stem) and held[-1] is over:
                held.pop()
                self.read.keys.append((len(self.read.items) + 1, over))

    def _key_below(self, line: BankLine) -> bool:
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

    def _chosen(self, current: DraftQuestion) -> bool:
        # Asked at each line: a stem may be a whole document, so that no more of it is looked at than is needed.
        third = islice((line for line in current.stem if line.is_text), 2, None)
        return len(current.options) > 1 or next(third, None) is not None

    def _is_of_all(self, line: BankLine) -> bool:
        """Whether a key line holds as many letters as questions stand above it, of which none has a key."""
        since = self.read.keys[-1][0] if self.read.keys else 0
        count = len(self.read.items) + 1 - since
        has_keys = any(one.said for one in self.read.items[since:])
        return not has_keys and len(row_of(line.text)) == count

    def _gives_all(self, said: str, current: DraftQuestion) -> bool:
        """Whether keys below a question with numbers of its own are those of all questions up to it: none of them has
        a key yet, and their numbers are given, or the keys are numbers, which match nothing."""
        numbers = [int(pair["n"]) for pair in PAIR.finditer(said)]
        has_keys = any(one.said for one in self.read.items)
        return not has_keys and (not matched(said) or numbers == list(range(1, (current.number or 0) + 1)))

    def _is_row(self, line: BankLine) -> bool:
        """Whether a line is a row of numbers over a row of keys, or the row of keys below one."""
        pairs = ((line.at, line.at + 1), (line.at - 1, line.at))
        rows = [[self.lines[at] for at in pair] for pair in pairs if pair[0] >= 0 and pair[1] < len(self.lines)]
        return any(
            row[0].is_text and row[1].is_text and keys_below(row[1].text, len(numbers_of(row[0].text))) for row in rows
        )
