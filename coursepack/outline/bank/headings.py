"""Which lines between the questions of a bank name what follows: a part that they count, a heading over a question."""

from __future__ import annotations

import re

from coursepack.outline.bank.beginnings import Beginnings, QuestionHeading
from coursepack.outline.bank.levels import level_of
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import BankLine
from coursepack.outline.tree.words import words

_STOPS = frozenset(".;,:?!…")
_ENDS = frozenset(".?!)")
_NAMES_PART = re.compile(r"[^\W\d_]{2,20}\s+(?:№\s*)?(?:[^\W\d_]|\d{1,2})\s*[.:]?")
"""«Set B», whatever the word means: over questions that count from one it names a part."""


class BankHeadings(Beginnings):
    """The lines that name what follows."""

    def _titled(self, line: BankLine) -> bool:
        """Whether a numbered line is a heading by its style, with no answers of its own."""
        styled = line.piece.heading is not None or line.piece.is_heading
        begins = line.at in self.leads if self.leads else self._has_own(line)
        return styled and self.chosen and line.number is not None and not begins

    def _heads(self, line: BankLine) -> bool:
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
        return self._heads_by_look(line, following)

    def _heads_by_look(self, line: BankLine, following: BankLine) -> bool:
        """Whether a line stands over a question as its look, or a count that begins anew below it, tells."""
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

    def _completes(self, line: BankLine) -> bool:
        """Whether a line is the last of as many as most questions have, which nothing marks: «HTML» is an answer there,
        and no heading."""
        current = self.current
        return current is not None and not current.closed and line.at - current.lead.at == self.usual - 1 > 1

    def _is_within(self, line: BankLine) -> bool:
        """Whether a line stands in a question that is not answered yet, far above the next one: «public class Two»."""
        current = self.current
        far = self.counts[line.at + 1] - line.at > limits()["over"]
        return current is not None and not current.closed and self.numbered and far

    def _apart(self, line: BankLine) -> bool:
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

    def _item_before(self, line: BankLine) -> bool:
        """Whether the open question asks for itself, so that a heading may follow it without answers."""
        return line.at > 0 and self.numbered and not self.chosen

    def _after(self, line: BankLine) -> BankLine | None:
        return next((one for one in self.lines[line.at + 1 : line.at + 4] if one.text or not one.is_text), None)

    def _head(self, line: BankLine) -> None:
        self._finish()
        self.read.heads.append(line)
        kind = line.opens_part() or ("level" if level_of(line.text) else None)
        head = QuestionHeading(kind, line.text.strip(" .:"), line.piece.heading)
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
