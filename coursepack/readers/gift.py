"""GIFT, the text format of Moodle's question bank → questions.

Read the way Moodle 4.5 reads it (``question/format/gift/format.php``): a blank line ends a question, the answers in
braces tell its type. One difference: a wrong question is reported with its line and left out, the others are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursepack.model.blocks import Blocks, block_text, text_blocks
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Description,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    OrderingItem,
    Pair,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.moodle import ordering
from coursepack.moodle.text import split_category_path
from coursepack.readers import QuestionFile, Reader, question_text
from coursepack.readers.html.blocks import HtmlReader
from coursepack.readers.lettered import LETTERS_OFF, without_letters
from coursepack.readers.moodle import cloze
from coursepack.readers.streams import ReadingSession, lines, question_file

_ESCAPES = {":": "\x01", "#": "\x02", "=": "\x03", "{": "\x04", "}": "\x05", "~": "\x06", "n": "\x07"}
_BACKSLASH = "\x08"
_ESCAPED = re.compile(r"\\(\\|[:#={}~n])")
_MEANT = str.maketrans({**{v: ("\n" if k == "n" else k) for k, v in _ESCAPES.items()}, _BACKSLASH: "\\"})
_WEIGHT = re.compile(r"%(-*\d{1,2}\.?\d*)%")
_FORMATS = {"html": "html", "moodle": "moodle", "plain": "plain", "markdown": "markdown"}
_TRUE, _FALSE = frozenset({"T", "TRUE"}), frozenset({"F", "FALSE"})
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?")
_LONGEST_NUMBER, _LARGEST = 100, 100
_COMMENT_TAG = re.compile(r"\[(id|tag):((?:[^\]\\]|\\.){1,255})\]")
_BLANK_GAP = "_____"
_GAP = re.compile(r"\{\d*:[A-Z_]+:")


def read(path: Path) -> QuestionFile:
    """The questions of a GIFT file, streaming. Raises ``CoursepackError`` when it cannot be read at all."""
    return question_file(path, "gift", _questions)


Group = list[tuple[int, str]]


class _LayoutError(Exception):
    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


@dataclass(frozen=True)
class _GiftText:
    """A text whose escapes are still hidden, and the format it is in."""

    text: str
    form: str


def _questions(session: ReadingSession) -> Iterator[Question]:
    reader = GiftReader(session)
    held: Group = []
    characters = 0
    for group in _parted(session, _groups(session)):
        braces = _braces(group)
        if held and braces.startswith("}"):
            # Moodle wants no blank line inside the braces; people leave one.
            session.warning(
                "gift-blank-line", "a blank line inside the braces was ignored; Moodle would refuse it", held[-1][0]
            )
            held.extend(group)
            characters += _letters(group)
            session.keep_to(characters, held[0][0])
        else:
            if held:
                yield from reader.question(held)
            held, characters = group, _letters(group)
        if not braces.endswith("{"):
            yield from reader.question(held)
            held = []
    if held:
        yield from reader.question(held)


def _groups(session: ReadingSession) -> Iterator[Group]:
    """Lines between blank ones, without blanks at their ends."""
    group: Group = []
    characters = 0
    for number, line in lines(session):
        if line.strip():
            group.append((number, line.strip()))
            characters += len(line)
            session.keep_to(characters, group[0][0])
        elif group:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _parted(session: ReadingSession, groups: Iterator[Group]) -> Iterator[Group]:
    """Groups in which a second question or category begins are parted: Moodle joins what no blank line parts."""
    for group in groups:
        whole: Group = []
        questions, depth = False, 0
        for number, line in group:
            comment = line.startswith("//")
            begins = line.startswith("$CATEGORY:") or (line.startswith("::") and "::" in line[2:])
            if questions and depth == 0 and begins:
                kept = _comments_above(whole)
                yield whole[: len(whole) - kept]
                whole, questions = whole[len(whole) - kept :], False
                message = (
                    "no blank line before it: Moodle would join it with "
                    "the question above; it is read as a question of its own"
                )
                session.warning("gift-parted", message, number)
            whole.append((number, line))
            if not comment:
                signs = [sign for sign in _hidden(line) if sign in "{}"]
                depth = max(0, depth + signs.count("{") - signs.count("}"))
                questions = questions or not line.startswith("$CATEGORY:")
        yield whole


def _comments_above(group: Group) -> int:
    """How many lines at the end are comments: they belong to what follows."""
    return next((at for at, (_, line) in enumerate(reversed(group)) if not line.startswith("//")), len(group))


def _braces(group: Group) -> str:
    """The braces of the lines: the first tells whether they close a question, the last whether they leave one open."""
    text = "".join(line for _, line in group if not line.startswith("//"))
    return "".join(c for c in _hidden(text) if c in "{}")


def depth(group: Group) -> int:
    """How many braces of the lines are open at their end."""
    braces = _braces(group)
    return braces.count("{") - braces.count("}")


def _letters(group: Group) -> int:
    return sum(len(line) for _, line in group)


def _hidden(text: str) -> str:
    return _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], _BACKSLASH), text)


class GiftReader:
    """Questions one after another; a category holds until the next one."""

    def __init__(self, session: ReadingSession) -> None:
        self.session = session
        self.html = HtmlReader(lost=session.lost, top=3)
        self.category: tuple[str, ...] = ()
        self.line = 0

    def question(self, group: Group) -> Iterator[Question]:
        comments = [line for _, line in group if line.startswith("//")]
        kept = [(number, line) for number, line in group if not line.startswith("//")]
        # A category may stand right above its first question, without a blank line between.
        while kept and kept[0][1].startswith("$CATEGORY:"):
            self.category = split_category_path(kept.pop(0)[1].removeprefix("$CATEGORY:").strip())
        if not kept:
            return
        first, last = kept[0][0], kept[-1][0]
        self.line = first
        raw = "\n".join(line for _, line in kept)
        try:
            result = self._gapped(raw) or self._made(_hidden(raw).strip())
        except _LayoutError as problem:
            self.session.error("gift-question", problem.message, first, problem.advice)
            return
        kind, fields = result
        tags = [_plain(found[2]) for line in comments for found in _COMMENT_TAG.finditer(line) if found[1] == "tag"]
        identifier, number = self.session.next_id()
        yield kind(
            id=identifier,
            number=number,
            category=self.category,
            tags=tuple(tags),
            place=self.session.place(first, last),
            **fields,
        )

    def _gapped(self, text: str) -> tuple[type[Any], dict[str, Any]] | None:
        """A question with gaps of Moodle's own notation, «{1:MULTICHOICE:=a~b}», which its GIFT reader takes for the
        words of answers; None for any other."""
        if _GAP.search(text) is None:
            return None
        title, text = "", text.strip()
        if text.startswith("::") and "::" in text[2:]:
            title, _, text = text[2:].partition("::")
        parsed = cloze.parse(text.strip(), lambda html: question_text.blocks(html, "html", self.html))
        if not parsed.gaps:
            return None
        message = "gaps of embedded answers: Moodle would show their notation to students; read as a cloze question"
        self.session.warning("gift-cloze", message, self.line)
        blocks = question_text.blocks(parsed.text, "moodle", self.html)
        return Cloze, {"text": blocks, "gaps": parsed.gaps, "title": " ".join(_plain(_hidden(title)).split()) or None}

    def _made(self, text: str) -> tuple[type[Any], dict[str, Any]]:
        fields: dict[str, Any] = {}
        if text.startswith("::"):
            name, found, rest = text[2:].partition("::")
            if found:
                text = rest.strip()
                fields["title"] = " ".join(_plain(name).split()) or None
            else:
                text = text[2:]
        start, end = text.find("{"), text.find("}")
        if start < 0 and end < 0:
            fields["text"] = self._blocks(self._formatted(text, "moodle"))
            return Description, fields
        if start < 0 or end < start:
            raise _LayoutError(
                "a '}' without its '{'" if start < 0 else "a '{' without its '}'" if end < 0 else "'}' before '{'",
                "write \\{ and \\} where braces belong to the text; a blank line ends a question",
            )
        if text.count("{") > 1 or text.count("}") > 1:
            text = self._with_one_pair(text, start)
            end = text.index("}", start)
        answers = text[start + 1 : end].strip()
        gap = "" if text.endswith("}") and end == len(text) - 1 else _BLANK_GAP
        question = self._formatted(text[:start] + gap + text[end + 1 :], "moodle")
        head, found, feedback = answers.rpartition("####")
        if found:
            answers = head.strip()
            fields["feedback"] = self._blocks(self._formatted(feedback, question.form))
        fields["text"] = self._blocks(question)
        if not block_text(fields["text"]).strip() and not fields["text"]:
            raise _LayoutError("answers without a question")
        kind, more = self._typed(answers, question.form)
        return kind, fields | more

    def _with_one_pair(self, text: str, start: int) -> str:
        """The text with one pair of braces, where others are empty or close nothing: Moodle takes the first «}» for the
        end and shows what is behind it. Raises ``_Wrong`` where a second pair holds something."""
        depth, end = 0, -1
        for at in range(start, len(text)):
            depth += {"{": 1, "}": -1}.get(text[at], 0)
            if depth == 0:
                end = at
                break
        inner = text[start + 1 : end].replace("{}", "") if end > start else ""
        rest = text[end + 1 :]
        stray = rest.replace("}", "")
        if end < 0 or "{" in inner or "{" in rest or (stray != rest and stray.strip()):
            raise _LayoutError("braces that make no one pair", "write \\{ and \\} where braces belong to the text")
        message = "braces inside the braces or behind them, left out: Moodle would end the question at the first '}'"
        self.session.warning("gift-stray-brace", message, self.line + text.count("\n", 0, end))
        return text[: start + 1] + inner + "}" + stray.rstrip()

    def _typed(self, answers: str, form: str) -> tuple[type[Any], dict[str, Any]]:
        if not answers:
            return Essay, {}
        if found := ordering.from_gift(answers):
            return Ordering, self._items(*found)
        if answers.startswith("#"):
            return Numerical, self._numerical(answers[1:], form)
        if "~" in answers:
            return MultipleChoice, self._choices(answers, form)
        if "=" in answers and "->" in answers:
            return Matching, self._pairs(answers, form)
        if answers.partition("#")[0].strip() in _TRUE | _FALSE:
            return TrueFalse, self._true_false(answers, form)
        return ShortAnswer, self._short(answers, form)

    # --- a method a type

    def _choices(self, answers: str, form: str) -> dict[str, Any]:
        parts = [self._choice(part) for part in _split(answers.replace("=", "~="), "~")]
        choices = []
        for weight, rest in self._without_letters(parts):
            content, feedback = self._commented(rest, form)
            if content:
                choices.append(Choice(content=content, fraction=weight, feedback=feedback))
        if len(choices) < 2:
            raise _LayoutError("a multiple choice with one option only, expected two or more")
        return {"choices": tuple(choices), "single": "=" in answers}

    def _choice(self, part: str) -> tuple[float, str]:
        """The weight of a choice and its text: «=%100%text» means what «=text» does, lesser shares there are text."""
        right = part.startswith("=")
        rest = part[1:].lstrip() if right else part
        found = _WEIGHT.match(rest)
        if not found or (right and (_weight(found[1]) < 1 or not rest[found.end() :].partition("#")[0].strip())):
            return float(right), rest
        if right:
            message = f"'={found[0]}': Moodle would show {found[0]!r} to students; it is read as the weight"
            self.session.warning("gift-weight", message, self.line)
        return _weight(found[1]), rest[found.end() :]

    def _without_letters(self, parts: list[tuple[float, str]]) -> list[tuple[float, str]]:
        bare = without_letters([rest for _, rest in parts])
        if bare is None:
            return parts
        self.session.noted[LETTERS_OFF] += 1
        return [(weight, text) for (weight, _), text in zip(parts, bare, strict=True)]

    def _pairs(self, answers: str, form: str) -> dict[str, Any]:
        parts = _split(answers, "=")
        if len(parts) < 2:
            raise _LayoutError("a matching question with one pair only, expected two or more")
        pairs = []
        for part in parts:
            left, arrow, right = part.partition("->")
            if not arrow:
                raise _LayoutError(f"a pair without '->': {_plain(part)[:40]!r}", "write =left -> right for each pair")
            question = self._formatted(left, form)
            answer = text_blocks(" ".join(_plain(right).split()))
            pairs.append(Pair(question=self._blocks(question), answer=answer))
        return {"pairs": tuple(pairs)}

    def _items(self, fields: dict[str, Any], lines: list[str]) -> dict[str, Any]:
        if len(lines) < ordering.LEAST_ITEMS:
            raise _LayoutError(f"{len(lines)} items to put in order, expected two or more", "write one a line")
        # Moodle reads an item as HTML, whatever the question is.
        items = (self._blocks(_GiftText(line, "moodle")) for line in lines)
        return fields | {"items": tuple(OrderingItem(content=content) for content in items)}

    def _true_false(self, answers: str, form: str) -> dict[str, Any]:
        word, *remarks = answers.split("#", 2)
        wrong = self._blocks(self._formatted(remarks[0], form)) if remarks else ()
        right = self._blocks(self._formatted(remarks[1], form)) if len(remarks) > 1 else ()
        answer = word.strip() in _TRUE
        return {
            "answer": answer,
            "true_feedback": right if answer else wrong,
            "false_feedback": wrong if answer else right,
        }

    def _short(self, answers: str, form: str) -> dict[str, Any]:
        found = []
        for part in _split(answers, "="):
            weight, rest = _weighted(part)
            text, _, remark = rest.partition("#")
            plain = " ".join(_plain(self._formatted(text, form).text).split())
            feedback = self._blocks(self._formatted(remark, form))
            if not plain:
                raise _LayoutError("an empty answer")
            found.append(Answer(text=plain, fraction=weight, feedback=feedback))
        if not found:
            raise _LayoutError("braces without an answer in them")
        return {"answers": tuple(found)}

    def _numerical(self, answers: str, form: str) -> dict[str, Any]:
        # What stands behind a «~» is the remark on every wrong answer.
        answers, wrong, remark = answers.partition("~")
        found = []
        for part in _split(answers, "="):
            weight, rest = _weighted(part)
            text, _, feedback = rest.partition("#")
            value, tolerance = _range(_plain(self._formatted(text, form).text))
            blocks = self._blocks(self._formatted(feedback, form))
            found.append(NumericalAnswer(value=value, tolerance=tolerance, fraction=weight, feedback=blocks))
        if not found:
            raise _LayoutError("a number is missing behind '#'")
        if wrong and "#" in remark:
            blocks = self._blocks(self._formatted(remark.partition("#")[2], form))
            found.append(NumericalAnswer(value="*", fraction=0.0, feedback=blocks))
        return {"answers": tuple(found)}

    # --- texts

    def _formatted(self, text: str, default: str) -> _GiftText:
        text = text.strip()
        if text.startswith("["):
            name, end, rest = text[1:].partition("]")
            if end and name.strip() in _FORMATS:
                return _GiftText(rest.strip(), _FORMATS[name.strip()])
        return _GiftText(text, default)

    def _blocks(self, text: _GiftText) -> Blocks:
        return question_text.blocks(_plain(text.text), text.form, self.html)

    def _commented(self, text: str, form: str) -> tuple[Blocks, Blocks]:
        content, _, remark = text.partition("#")
        return self._blocks(self._formatted(content, form)), self._blocks(self._formatted(remark, form))


def _plain(text: str) -> str:
    """The text with its escapes read."""
    return text.translate(_MEANT).strip()


def _split(text: str, sign: str) -> list[str]:
    parts = [part.strip() for part in text.split(sign)]
    return parts if parts[0] else parts[1:]


def _weight(text: str) -> float:
    sign = -1 if text.count("-") % 2 else 1
    return sign * float(text.lstrip("-") or 0) / 100


def _weighted(part: str) -> tuple[float, str]:
    found = _WEIGHT.match(part)
    return (_weight(found[1]), part[found.end() :].strip()) if found else (1.0, part)


def _range(text: str) -> tuple[str, str]:
    """Value and tolerance of «3», «3:0.5» and «2.5..3.5»."""
    if ".." in text[1:]:
        low, _, high = text.partition("..")
        low, high = low.strip(), high.strip()
        if not (_NUMBER.fullmatch(low) and _NUMBER.fullmatch(high)):
            raise _LayoutError(f"{text!r} is no range of numbers, expected like 1..5")
        return _middle(low, high)
    value, _, tolerance = text.partition(":")
    value, tolerance = value.strip(), tolerance.strip() or "0"
    if (value != "*" and not _NUMBER.fullmatch(value)) or not _NUMBER.fullmatch(tolerance):
        raise _LayoutError(f"{text!r} is no number, expected like 3.14 or 3.14:0.01")
    return value.replace(",", "."), tolerance.replace(",", ".")


def _middle(low: str, high: str) -> tuple[str, str]:
    from decimal import Decimal, InvalidOperation

    if any(
        len(text) > _LONGEST_NUMBER or abs(Decimal(text.replace(",", ".")).adjusted()) > _LARGEST
        for text in (low, high)
    ):
        raise _LayoutError(f"{low[:40]}..{high[:40]} is a range of numbers too long to be written out")
    try:
        least, most = Decimal(low.replace(",", ".")), Decimal(high.replace(",", "."))
        middle = (least + most) / 2
        return _short_number(middle), _short_number(most - middle)
    except (InvalidOperation, OverflowError):
        raise _LayoutError(f"{low}..{high} is no range of numbers") from None


def _short_number(number: Any) -> str:
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


reader = Reader(read_questions=read)
