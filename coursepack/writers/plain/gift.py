"""GIFT: a question bank as plain text that people can write by hand and Moodle reads.

Written as Moodle 4.5 reads it (``question/format/gift/format.php``): a blank line ends a question, everything else
of a question stands on its own lines, ``// [id:…] [tag:…]`` above it carries idnumber and tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from coursepack.markup.tex import is_letters
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Blocks, Paragraph, Run, block_text
from coursepack.model.questions import (
    Cloze,
    Description,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    ShortAnswer,
    TrueFalse,
)
from coursepack.moodle import ordering
from coursepack.moodle.losses import settings, styles, styles_of_letters, texts
from coursepack.moodle.question_html import QuestionHtml
from coursepack.moodle.text import (
    LONGEST_IDNUMBER,
    LONGEST_NAME,
    LONGEST_TAG,
    NUMBER,
    category_path,
    grade,
    plain_name,
    short_idnumber,
)
from coursepack.place import Finding, warning
from coursepack.render.plain import one_line, plain
from coursepack.writers import Writer, cut
from coursepack.writers.plain.bank import PlainFormat, left_out, lost
from coursepack.writers.question_bank import BankItem, Category, Entry

_ESCAPES = str.maketrans({**{sign: f"\\{sign}" for sign in "\\#=~{}:"}, "\n": "\\n", "\r": None})
# What Moodle would read as markup or a format's name in a text without one.
_NEEDS_HTML = re.compile(r"[<>&]|^\[|\n| {2,}")
# What Moodle's reader takes away from an item: ends of lines and of the answers, escapes, the mark before feedback, a
# comment's first sign.
_ITEM_SIGNS = re.compile(r"[\n\r{}]|\\(?=[\\:#={}~n])|#(?=###)|^/(?=/)")
_ORDERING = ("selectcount", "selecttype", "layouttype", "gradingtype", "showgrading", "numberingstyle")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def pieces(entries: Iterable[Entry], language: str, findings: list[Finding]) -> Iterator[str]:
    """A piece a question, with the category before it where it changes."""
    category, written = "", ""
    for entry in entries:
        if isinstance(entry, Category):
            names = tuple(plain_name(cut(name, LONGEST_NAME)) or "…" for name in entry.names)
            category = f"$CATEGORY: {category_path(names)}\n\n"
            continue
        text = _Gift(entry, findings).text()
        if text:
            yield (category if category != written else "") + text
            written = category


class _Gift:
    """One question as GIFT."""

    def __init__(self, item: BankItem, findings: list[Finding]) -> None:
        self.item = item
        self.question = item.question
        self.findings = findings
        self.html = QuestionHtml(Assets())
        # Answers take the format of the question's text, so one HTML text makes all of them HTML.
        self.rich = any(_is_rich(blocks) for blocks in texts(self.question) if blocks)

    def text(self) -> str:
        """The question with its comment and name; empty when GIFT cannot hold it."""
        question = self.question
        answers = self._answers()
        if answers is None:
            return ""
        self._report_losses()
        head = "[html]" if self.rich else ""
        name = _escaped(plain_name(cut(self.item.name, LONGEST_NAME)))
        feedback = f"####{self._blocks(question.feedback)}" if question.feedback else ""
        if isinstance(question, Description):
            if feedback:
                self.findings.append(lost("gift", question, ["its feedback"]))
            body = ""
        elif "\n" in answers:
            body = "{" + answers + (f"\t{feedback}\n" if feedback else "") + "}"
        else:
            body = "{" + answers + feedback + "}"
        return f"{self._comment()}::{name}::{head}{self._blocks(question.text)}{body}\n\n"

    def _comment(self) -> str:
        idnumber = short_idnumber(_marked(self.item.idnumber))
        if idnumber != _marked(self.item.idnumber):
            self._warn(
                "idnumber-long", f"has an id of more than {LONGEST_IDNUMBER} characters; {idnumber[-12:]} ends it now"
            )
        tags = dict.fromkeys(cut(_marked(tag), LONGEST_TAG) for tag in self.item.tags if _marked(tag))
        marks = [f"[id:{idnumber}]", *(f"[tag:{tag}]" for tag in tags)]
        return f"// {' '.join(marks)}\n"

    def _answers(self) -> str | None:
        match self.question:
            case Essay() | Description():
                return ""
            case TrueFalse() as question:
                return self._truefalse(question)
            case MultipleChoice() as question:
                return self._multichoice(question)
            case ShortAnswer() as question:
                return self._shortanswer(question)
            case Numerical() as question:
                return self._numerical(question)
            case Matching() as question:
                return self._matching(question)
            case Ordering() as question:
                return self._ordering(question)
            case Cloze() as question:
                self.findings.append(left_out("gift", question, "GIFT has no questions with gaps"))
        return None

    # --- a method a type

    def _truefalse(self, question: TrueFalse) -> str:
        word = "TRUE" if question.answer else "FALSE"
        right, wrong = question.true_feedback, question.false_feedback
        if not question.answer:
            right, wrong = wrong, right
        if right:
            return f"{word}#{self._blocks(wrong)}#{self._blocks(right)}"
        return f"{word}#{self._blocks(wrong)}" if wrong else word

    def _multichoice(self, question: MultipleChoice) -> str | None:
        choices = [choice for choice in question.choices if block_text(choice.content).strip()]
        if len(choices) < 2:
            self.findings.append(left_out("gift", question, "it has fewer than two options"))
            return None
        right = next((choice for choice in choices if choice.fraction >= 0.999), None) if question.single else None
        if question.single and right is None:
            self._warn("single", "has no option worth 100 %; Moodle will let students tick several")
        lines = []
        for choice in choices:
            text = self._blocks(choice.content)
            written = f"={text}" if choice is right else f"~{self._weighed(choice.fraction, text)}"
            lines.append(f"\t{written}{self._remark(choice.feedback)}\n")
        return "\n" + "".join(lines)

    def _shortanswer(self, question: ShortAnswer) -> str | None:
        answers = [answer for answer in question.answers if answer.text.strip() and answer.fraction > 0]
        if not any(answer.fraction >= 0.999 for answer in answers):
            self.findings.append(left_out("gift", question, "no answer is fully right"))
            return None
        text = "\n" + "".join(
            f"\t={self._weighed(answer.fraction, _escaped(answer.text.strip()))}{self._remark(answer.feedback)}\n"
            for answer in answers
        )
        if "->" in text:
            self.findings.append(left_out("gift", question, "GIFT takes answers with «->» for a matching question"))
            return None
        return text

    def _numerical(self, question: Numerical) -> str | None:
        answers = [answer for answer in question.answers if _is_number(answer)]
        if len(answers) < len(question.answers):
            self._warn("number", "has an answer that is no number; it is left out")
        if not any(answer.fraction > 0 for answer in answers):
            self.findings.append(left_out("gift", question, "no answer is right"))
            return None
        lines = []
        for answer in answers:
            value, tolerance = (text.strip().replace(",", ".") for text in (answer.value, answer.tolerance))
            spread = "" if value == "*" else f":{tolerance or '0'}"
            lines.append(f"\t={self._weighed(answer.fraction, f'{value}{spread}')}{self._remark(answer.feedback)}\n")
        return "#\n" + "".join(lines)

    def _matching(self, question: Matching) -> str | None:
        pairs = [(pair.question, answer) for pair in question.pairs if (answer := one_line(pair.answer))]
        if len(pairs) < 2:
            self.findings.append(left_out("gift", question, "it has fewer than two pairs"))
            return None
        return "\n" + "".join(f"\t={self._blocks(asked)} -> {_escaped(answer)}\n" for asked, answer in pairs)

    def _ordering(self, question: Ordering) -> str | None:
        items = [item.content for item in question.items if block_text(item.content).strip()]
        if len(items) < ordering.LEAST_ITEMS:
            self.findings.append(left_out("gift", question, "it has fewer than two items"))
            return None
        if question.grading in ordering.NOT_IN_GIFT:
            self.findings.append(lost("gift", question, ["its way of grading"]))
            question = replace(question, grading="absolute")
        stated = ordering.words(question)
        head = " ".join(stated[name] for name in _ORDERING)
        return f">{head}\n" + "".join(f"\t{self._item(item)}\n" for item in items)

    def _item(self, blocks: Blocks) -> str:
        """An item on a line of its own. It is HTML to Moodle, which reads no escapes there: entities stand for them."""
        text = self.html.take(blocks)[0] if self.rich else plain(blocks).strip()
        text = _ITEM_SIGNS.sub(lambda found: f"&#{ord(found[0])};", _CONTROL.sub("", text))
        return "&#48;" if text == "0" else text  # PHP takes a lone zero for nothing

    # --- texts

    def _blocks(self, blocks: Blocks) -> str:
        if not blocks:
            return ""
        if self.rich:
            return _escaped(self.html.take(blocks)[0])
        return _escaped(plain(blocks).strip())

    def _remark(self, feedback: Blocks) -> str:
        return f"#{self._blocks(feedback)}" if feedback else ""

    def _weighed(self, fraction: float, text: str) -> str:
        """An answer with its weight, where Moodle would give it another, or take its first letters for one."""
        percent, exact = grade(fraction)
        if not exact:
            self._warn("grade", f"has an answer worth {fraction * 100:g} %, unknown to Moodle; {percent} % was written")
        unsaid = "0" if isinstance(self.question, MultipleChoice) else "100"
        return text if percent == unsaid and not text.startswith("%") else f"%{percent}%{text}"

    def _report_losses(self) -> None:
        flat = {"picture", "file"}
        what = [f"its {name}s" for name in styles(self.question) if name in flat] + settings(self.question)
        what += [f"the {name} of its answers" for name in styles_of_letters(self.question) if name not in flat]
        if what:
            self.findings.append(lost("gift", self.question, what))

    def _warn(self, code: str, message: str) -> None:
        self.findings.append(warning(f"gift-{code}", f"question {self.question.id} {message}", self.question.place))


def _escaped(text: str) -> str:
    return _CONTROL.sub("", text).translate(_ESCAPES)


def _marked(tag: str) -> str:
    """A tag as the comment holds it: Moodle takes no angle brackets and no backticks there."""
    return " ".join(_CONTROL.sub("", re.sub(r"[<>`]", "", tag)).split()).replace("]", "\\]")


def _is_rich(blocks: Blocks) -> bool:
    """True when only HTML can hold it; a single line of plain letters stays readable."""
    match blocks:
        case (Paragraph(content=(Run() as run,), is_plain=True),):
            styled = run != Run(text=run.text, language=run.language)
            return bool(styled or _NEEDS_HTML.search(run.text) or not is_letters(run.text))
    return True


def _is_number(answer: NumericalAnswer) -> bool:
    value, tolerance = answer.value.strip(), answer.tolerance.strip()
    return (value == "*" or bool(NUMBER.fullmatch(value))) and (not tolerance or bool(NUMBER.fullmatch(tolerance)))


_FORMAT = PlainFormat("gift", "gift", pieces)

writer = Writer(
    name="gift",
    summary="GIFT: the question bank as plain text for Moodle",
    write=_FORMAT.write,
    default=False,
    write_bank=_FORMAT.write_bank,
)
