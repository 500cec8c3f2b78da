"""A question as an element of Moodle's quiz XML: one short method a type.

Elements stand in the order in which Moodle's own exporter writes them (``question/format/xml/format.php``). Only what
the question says is written; Moodle's defaults do the rest. What Moodle would refuse is mended or turned into an
essay, with a finding: one bad question must not stop the import of a thousand good ones.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any, cast

from lxml import etree

from coursepack.files.xml import legal
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Blocks, block_text
from coursepack.model.questions import (
    Cloze,
    Description,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.moodle import ordering
from coursepack.moodle.question_html import QuestionHtml, plain_text
from coursepack.moodle.text import LONGEST_NAME, LONGEST_TAG, PLACEHOLDER, gap_text, grade, plain_name
from coursepack.place import Finding, note, warning
from coursepack.writers import cut
from coursepack.writers.moodle.repair import QuestionRepair, mapped, shows

Element = etree._Element
_HTML = {"format": "html"}

# Letters that a column of Moodle's database holds.
LONGEST_UNIT = 50

_TYPES: dict[type, str] = {
    Essay: "essay",
    MultipleChoice: "multichoice",
    TrueFalse: "truefalse",
    ShortAnswer: "shortanswer",
    Numerical: "numerical",
    Matching: "matching",
    Ordering: "ordering",
    Cloze: "cloze",
    Description: "description",
}


@dataclass
class QuestionWriter:
    """Questions → ``<question>`` elements; ``findings`` collects what had to be changed."""

    assets: Assets
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.html = QuestionHtml(self.assets)
        self._mender = QuestionRepair(self.findings)

    def element(
        self, question: Question, *, name: str, idnumber: str, tags: Iterable[str] = (), notes: Blocks = ()
    ) -> Element:
        """The question with its name in the bank, idnumber and tags; ``notes`` go before its own grader's notes."""
        try:
            return self._element(question, name, idnumber, tags, notes)
        except (ValueError, UnicodeEncodeError):
            # lxml refuses control characters and lone surrogates.
            self._warn(question, "character", "it holds a control character, which XML cannot hold; it was left out")
            clean = cast("Question", _read_aloud(question))
            return self._element(
                clean,
                legal(name),
                idnumber,
                [legal(t) for t in tags],
                cast("Blocks", tuple(_read_aloud(block) for block in notes)),
            )

    def _element(self, question: Question, name: str, idnumber: str, tags: Iterable[str], notes: Blocks) -> Element:
        sound, more = self.sound(question)
        notes += more
        element = etree.Element("question", type=_TYPES[type(sound)])
        _text(etree.SubElement(element, "name"), self._name(sound, name))
        self._question_text(element, sound)
        self._blocks(element, "generalfeedback", sound.feedback)
        if sound.mark is not None and not isinstance(sound, Cloze | Description):
            _value(element, "defaultgrade", _decimal(sound.mark))
        _value(element, "idnumber", idnumber)
        self._specific(element, sound, notes)
        tags = list(dict.fromkeys(filter(None, (_tag(tag) for tag in tags))))
        if tags:
            parent = etree.SubElement(element, "tags")
            for tag in tags:
                _text(etree.SubElement(parent, "tag"), tag)
        for asset in self.html.missing:
            self._warn(sound, "picture", f"its picture {asset[:12]} is not among the sources")
        for file in self.html.missing_files:
            self._warn(sound, "file", f"its file {file!r} is not among the sources")
        self.html.missing.clear()
        self.html.missing_files.clear()
        return element

    def sound(self, question: Question) -> tuple[Question, Blocks]:
        """The question as Moodle takes it, and notes for the grader of one that had to become an essay."""
        return self._mender.sound(question)

    # --- what all types share

    def _name(self, question: Question, name: str) -> str:
        if len(name) > LONGEST_NAME:
            told = f"its name in the bank is cut to {LONGEST_NAME} of {len(name)} characters, its text is complete"
            self.findings.append(note("moodle-xml-name-long", f"question {question.id}: {told}", question.place))
        if "<" not in name and len(name) <= LONGEST_NAME and name.isprintable() and "  " not in name:
            return name.strip() or question.id
        return plain_name(cut(name, LONGEST_NAME)) or question.id

    def _question_text(self, element: Element, question: Question) -> None:
        if not shows(question.text):
            self._warn(question, "text-empty", "it has no text")
        target = etree.SubElement(element, "questiontext", _HTML)
        if isinstance(question, Cloze):
            html, files = self.html.take(question.text)
            _html(target, self._with_gaps(question, html), files)
        else:
            self._fill(target, question.text)

    def _blocks(self, parent: Element, tag: str, blocks: Blocks) -> None:
        if blocks:
            self._fill(etree.SubElement(parent, tag, _HTML), blocks)

    def _fill(self, parent: Element, blocks: Blocks) -> Element:
        """Fill an element of format html. Most texts are one plain paragraph, which needs no tree of its own."""
        plain = plain_text(blocks)
        if plain is None:
            return _html(parent, *self.html.take(blocks))
        etree.SubElement(parent, "text").text = etree.CDATA(f"<p>{escape(plain, quote=False)}</p>")
        return parent

    def _specific(self, element: Element, question: Question, notes: Blocks) -> None:
        if question.grader_notes and not isinstance(question, Essay):
            self._warn(
                question, "notes", "its notes for the grader are left out: Moodle has such notes for essays only"
            )
        match question:
            case Essay():
                self._essay(element, question, notes)
            case MultipleChoice():
                self._multichoice(element, question)
            case TrueFalse():
                self._truefalse(element, question)
            case ShortAnswer():
                self._shortanswer(element, question)
            case Numerical():
                self._numerical(element, question)
            case Matching():
                self._matching(element, question)
            case Ordering():
                self._ordering(element, question)

    def _answer(self, parent: Element, text: str | Blocks, fraction: str, feedback: Blocks) -> Element:
        if isinstance(text, str):
            answer = etree.SubElement(parent, "answer", {"fraction": fraction, "format": "moodle_auto_format"})
            _text(answer, text)
        else:
            answer = self._fill(etree.SubElement(parent, "answer", {"fraction": fraction, "format": "html"}), text)
        self._blocks(answer, "feedback", feedback)
        return answer

    def _grade(self, question: Question, fraction: float) -> str:
        percent, exact = grade(fraction)
        if not exact:
            self._warn(
                question,
                "grade",
                f"an answer is worth {fraction * 100:g} %, which Moodle does not know; {percent} % was written",
                "Moodle takes 100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, "
                "14.28571, 12.5, 11.11111, 10, 5 and 0, and the same below zero",
            )
        return percent

    def _warn(self, question: Question, code: str, message: str, advice: str = "") -> None:
        self.findings.append(
            warning(f"moodle-xml-{code}", f"question {question.id}: {message}", question.place, advice)
        )

    # --- a method a type

    def _essay(self, element: Element, question: Essay, notes: Blocks) -> None:
        _value(element, "responseformat", "editor")
        if question.response_lines is not None:
            _value(element, "responsefieldlines", str(question.response_lines))
        if question.min_words is not None:
            _value(element, "minwordlimit", str(question.min_words))
        if question.max_words is not None:
            _value(element, "maxwordlimit", str(question.max_words))
        if question.attachments:
            _value(element, "attachments", str(question.attachments))
        self._blocks(element, "graderinfo", notes + question.grader_notes)
        if question.template:
            html, files = self.html.take(question.template)
            if files:
                self._warn(question, "template-picture", "Moodle keeps no pictures in the template of an answer")
            _html(etree.SubElement(element, "responsetemplate", _HTML), html, {})

    def _multichoice(self, element: Element, question: MultipleChoice) -> None:
        _value(element, "single", _bool(question.single))
        _value(element, "shuffleanswers", _bool(question.shuffle))
        _value(element, "answernumbering", {"ABC": "ABCD"}.get(question.numbering, question.numbering))
        self._combined(element, question)
        for choice in question.choices:
            self._answer(element, choice.content, self._grade(question, choice.fraction), choice.feedback)

    def _truefalse(self, element: Element, question: TrueFalse) -> None:
        for word, right, feedback in (
            ("true", question.answer, question.true_feedback),
            ("false", not question.answer, question.false_feedback),
        ):
            self._answer(element, word, "100" if right else "0", feedback)

    def _shortanswer(self, element: Element, question: ShortAnswer) -> None:
        _value(element, "usecase", "1" if question.case_sensitive else "0")
        for answer in question.answers:
            self._answer(element, answer.text, self._grade(question, answer.fraction), answer.feedback)

    def _numerical(self, element: Element, question: Numerical) -> None:
        for answer in question.answers:
            value = answer.value.strip().replace(",", ".")
            written = self._answer(element, value, self._grade(question, answer.fraction), answer.feedback)
            _value(written, "tolerance", answer.tolerance.strip().replace(",", ".") or "0")
        if question.unit:
            unit = etree.SubElement(etree.SubElement(element, "units"), "unit")
            _value(unit, "multiplier", "1")
            _value(unit, "unit_name", cut(question.unit, LONGEST_UNIT))
            # The unit may be typed or left out; neither costs marks.
            _value(element, "unitgradingtype", "0")
            _value(element, "showunits", "0")

    def _matching(self, element: Element, question: Matching) -> None:
        _value(element, "shuffleanswers", _bool(question.shuffle))
        for pair in question.pairs:
            subquestion = self._fill(etree.SubElement(element, "subquestion", _HTML), pair.question)
            _text(etree.SubElement(subquestion, "answer"), block_text(pair.answer))

    def _ordering(self, element: Element, question: Ordering) -> None:
        for name, value in ordering.words(question).items():
            _value(element, name, value)
        self._combined(element, question)
        # Left out, it would be 1 and bring two empty hints.
        _value(element, "shownumcorrect", "0")
        for place, item in enumerate(question.items, 1):
            self._answer(element, item.content, str(place), ())

    def _combined(self, element: Element, question: MultipleChoice | Ordering) -> None:
        self._blocks(element, "correctfeedback", question.correct_feedback)
        self._blocks(element, "partiallycorrectfeedback", question.partial_feedback)
        self._blocks(element, "incorrectfeedback", question.incorrect_feedback)

    def _with_gaps(self, question: Cloze, html: str) -> str:
        """The question's HTML with its gaps where ``{#n}`` stands; a gap without a place comes last."""
        feedback = [[self.html.take(answer.feedback) for answer in gap.answers] for gap in question.gaps]
        if any(files for stated in feedback for _, files in stated):
            self._warn(question, "gap-picture", "the feedback of its gaps loses its pictures: Moodle allows none there")
        texts = [
            gap_text(gap, tuple(html for html, _ in stated))
            for gap, stated in zip(question.gaps, feedback, strict=True)
        ]
        left = dict(enumerate(texts, 1))
        html = PLACEHOLDER.sub(lambda found: left.pop(int(found[1]), "_____"), html)
        if left:
            self._warn(question, "gap-place", f"gap {min(left)} has no place in the text; it was added at the end")
            html += "<p>" + " ".join(left.values()) + "</p>"
        return html


# --- elements -----------------------------------------------------------------------------------------------------

_NEEDS_CDATA = re.compile('[&<>"]')


def text_element(parent: Element, text: str) -> Element:
    """``<text>``; as Moodle's reader drops blanks between two entities, anything to escape goes into CDATA."""
    element = etree.SubElement(parent, "text")
    if text:
        element.text = etree.CDATA(text) if _NEEDS_CDATA.search(text) else text
    return element


_text = text_element


def _value(parent: Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = text


def _html(parent: Element, html: str, files: dict[str, bytes]) -> Element:
    """Fill an element of format html with a text and the files it shows."""
    _text(parent, html)
    for name, data in files.items():
        file = etree.SubElement(parent, "file", name=name, path="/", encoding="base64")
        file.text = base64.b64encode(data).decode()
    return parent


def _bool(value: bool) -> str:
    return "true" if value else "false"


def _decimal(value: float) -> str:
    return f"{value:.7f}".rstrip("0").rstrip(".")


def _tag(text: str) -> str:
    return plain_name(cut(text.replace("`", "'"), LONGEST_TAG)).strip()


def _read_aloud(node: Any) -> Any:
    return mapped(node, legal)
