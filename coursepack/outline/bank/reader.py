"""A bank line by line: what begins a question, what is an answer of it, a key, a heading, or goes on with its stem."""

from __future__ import annotations

import re
from itertools import pairwise

from coursepack import languages
from coursepack.outline.bank.headings import BankHeadings
from coursepack.outline.bank.key_lines import KeyLines
from coursepack.outline.bank.laid_out import CODE
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import BOXED, BankLine, begins, behind_marker, follows
from coursepack.outline.bank.parts import DraftOption, DraftQuestion, Read
from coursepack.outline.bank.together import spoken_of
from coursepack.outline.bank.weights import weight_in
from coursepack.outline.tree.words import words

_CALLED = languages.expression(r"(?:@options-label@)\s*[:.]?", re.IGNORECASE)


_RULE = re.compile(r"(?:[-–—_=*~.·•] ?){3,}")


def _inline(item: DraftQuestion, line: BankLine) -> None:
    """The answers that stand on one line."""
    for start, end in pairwise((*line.starts, len(line.text))):
        box = BOXED.match(line.text, start)
        begins = box.end() if box else start
        label = next(c for c in line.text[begins:] if c.isalpha())
        body = begins + line.text[begins:end].index(label) + 1
        while body < end and line.text[body] in ").: \t":
            body += 1
        item.options.append(DraftOption(line, "inline", label.upper(), body, end))


class BankReader(BankHeadings, KeyLines):
    """One bank on its way from lines to questions."""

    def run(self) -> Read:
        for line in self.lines:
            self._take(line)
        self._finish()
        return self.read

    def _take(self, line: BankLine) -> None:
        if self._goes_above(line):
            return
        if not line.is_text:
            self._object(line)
        elif not (self._excluded(line) or self._key(line) or self._options(line)):
            self._words(line)

    def _goes_above(self, line: BankLine) -> bool:
        """Take a line that stands over several questions and belongs to each: it names their numbers, or goes on below
        the line that does, as far as the first of them."""
        open_ = self.together
        if open_ is not None and not open_.begun and self.counts[line.at] != line.at:
            open_.lines.append(line)
            return True
        if self.current is not None and not self.current.closed:
            return False
        found = spoken_of(line)
        at = self.counts[line.at + 1]
        number = self.lines[at].number if found is not None and at < len(self.lines) else None
        near = at < self.offered[line.at + 1] and at - line.at <= limits()["together"]
        if found is None or number is None or number.value != found.first or not near:
            return False
        self._finish()
        found.lines.append(line)
        self.together = found
        return True

    def _excluded(self, line: BankLine) -> bool:
        """Whether a line is of no question: empty, the same under each, the word for keys over lists of them."""
        if not line.text and not line.piece.content:
            self.read.strays.append(line)
        elif line.at in self.form:
            self.read.repeated.append(line)
        elif line.named is None and self._is_furniture(line):
            self.read.repeated.append(line)
            if self.current is not None and not self.current.closed:
                self.current.over = len(self.current.texts)
        elif self._over_keys_of_all(line):
            self.read.heads.append(line)
        else:
            return False
        return True

    def _words(self, line: BankLine) -> None:
        """A line that is neither a key nor an answer by its letter."""
        if self.current is not None and self.current.options and (self._fills(line) or line.at in self.alone):
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

    def _fills(self, line: BankLine) -> bool:
        """Whether a line without a number stands right below the letter of an answer that has no text of its own."""
        last = self.current.options[-1] if self.current is not None and self.current.options else None
        return last is not None and last.line.at == line.at - 1 and line.number is None and last.is_empty

    def _is_furniture(self, line: BankLine) -> bool:
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
        if CODE.search(line.text):
            return False
        if line.text.endswith(":") and line is not current.lead:  # «Answers to choose from:»
            return len(line.text.split()) <= limits()["label"]
        return any(map(str.isdigit, line.text)) and not any(map(str.isalpha, line.text))

    def _object(self, line: BankLine) -> None:
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

    def _options(self, line: BankLine) -> bool:
        current = self.current
        if current is None or not self._offers(line):
            return False
        if current.said and self.numbered is False:
            return False
        if line.starts and line.starts[0] > 0 and not line.letter:
            return False
        self._leave_points(current, line)
        if line.letter and line.starts and not line.letter_end and line.starts[0] > 0:
            current.options.append(DraftOption(line, "letter", line.letter, end=line.starts[0]))
            _inline(current, line)
            return True
        if len(line.starts) > 1:
            _inline(current, line)
            return True
        kind = "tag" if line.tag else "letter" if line.letter else "sign"
        start = line.tag_end or line.letter_end or behind_marker(line)
        current.options.append(DraftOption(line, kind, line.letter, start))
        return True

    def _leave_points(self, current: DraftQuestion, line: BankLine) -> None:
        """Letters among the words of a question count its points, where the answers below it begin with the first
        letter anew: «Match … a) one; b) two» over «A. 1a, 2b»."""
        stem = {one.at for one in current.texts}
        inside = all(one.kind == "inline" and one.line.at in stem for one in current.options)
        if current.options and inside and line.at not in stem and begins(line.letter):
            current.options.clear()

    def _open(self, line: BankLine) -> None:
        self._finish()
        number = line.number
        path = tuple(head.name for head in self.path)
        has_worded_answers = line.at in self.stating
        self.current = DraftQuestion(
            line, number.value if number else None, [line], path=path, stated=has_worded_answers
        )
        if (open_ := self.together) is not None and number is not None:
            open_.begun = True
            self.current.above = open_.lines if open_.first <= number.value <= open_.last else []
        self.last = number.value if number else self.last
        self.points, self.headed = 0, False
        if line.ends_in_answers:
            _inline(self.current, line)

    def _text(self, line: BankLine) -> None:
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
        if empty:
            current.options[-1].more.append(line)
        elif not current.closed or line.at in self.paired or not self._asks_anew(line):
            self._go_on(current, line)
        else:
            self._open_unnumbered(line)

    def _go_on(self, current: DraftQuestion, line: BankLine) -> None:
        """A line that goes on with its key, its last answer or its stem."""
        if current.feedback or current.said:
            current.behind.append(line)
        elif current.options and self._is_behind_keys(current):
            self.read.strays.append(line)
        elif current.options:
            current.options[-1].more.append(line)
        else:
            current.stem.append(line)
            if line.ends_in_answers and len(line.starts) == 1:
                _inline(current, line)

    def _is_behind_keys(self, current: DraftQuestion) -> bool:
        """Whether a list of keys stands between the last answer and this line, which goes on with no answer then."""
        return bool(self.read.keys) and self.read.keys[-1][1].at > current.options[-1].line.at

    def _answers(self, item: DraftQuestion, line: BankLine) -> bool:
        """Whether a line is the answer that a key line above it begins, or leaves open."""
        if not item.said:
            return False
        before, said = item.said[-1]
        return (item.stated and not item.options) or not said or _in_one_paragraph(before, line)

    def _explains(self, item: DraftQuestion, line: BankLine) -> bool:
        """Whether a line stands below a label of feedback that has nothing behind it: «Explanation:»."""
        before = self.lines[line.at - 1] if line.at else None
        label = before is not None and before.feedback and not before.text[before.feedback :].strip()
        return bool(label) and bool(item.feedback) and item.feedback[-1] is before

    def _first(self, line: BankLine) -> None:
        """A line before the first question: its title, or the first question where nothing counts them."""
        ahead = self.offered[line.at + 1]
        far = self.counts[line.at + 1] < ahead or self.numbered
        far = far or ahead - line.at > limits()["far"]
        between = [] if far else self.lines[line.at + 1 : ahead]
        if far or any(one.piece.gap or one.opens_part() for one in between) or self._titles(line):
            self.read.front.append(line)
            return
        self._open_unnumbered(line)

    def _titles(self, line: BankLine) -> bool:
        """Whether a line without a number stands over a question without one."""
        after = self._after(line)
        if after is None or not after.is_text or self._offers(after):
            return False
        piece = line.piece
        shown = piece.heading is not None or piece.centered or line.text.isupper() or piece.bold
        return (shown and piece.bold != after.piece.bold) or piece.heading is not None or line.text.isupper()

    def _open_unnumbered(self, line: BankLine, number: int | None = None) -> None:
        self._finish()
        self.last = number or self.last
        self.current = DraftQuestion(line, number, [line], path=tuple(head.name for head in self.path))
        self.points, self.headed = 0, False
        if line.ends_in_answers:
            _inline(self.current, line)

    def _asks_anew(self, line: BankLine) -> bool:
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

    def _leaves_list(self, line: BankLine) -> bool:
        """Whether a line stands behind answers that are all items of a list, and is none: no answer goes on in it."""
        current = self.current
        options = current.options if current is not None else []
        listed = len(options) > 1 and all(option.line.piece.label for option in options)
        return listed and not line.piece.label and current is not None and not current.said

    def _offers_on(self, line: BankLine, last: DraftOption) -> bool:
        """Whether the next answer goes on with the letters of the last one."""
        at = self.offered[line.at + 1]
        after = self.lines[at].letter if at < len(self.lines) else ""
        return bool(last.label and after) and follows(last.label, after) and not begins(after)


def _in_one_paragraph(before: BankLine, line: BankLine) -> bool:
    """Whether a line stands in one paragraph with the one before it."""
    return line.at == before.at + 1 and bool(line.piece.parts) and line.piece.first == before.piece.last > 0
