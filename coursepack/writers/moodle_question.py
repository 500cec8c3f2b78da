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

import msgspec
from lxml import etree

from coursepack.artifact import Assets
from coursepack.course import (
    Answer,
    Blocks,
    Choice,
    Cloze,
    Description,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Pair,
    Question,
    ShortAnswer,
    TrueFalse,
    block_text,
    text_blocks,
)
from coursepack.place import Finding, note, warning
from coursepack.render.moodle_text import (
    LONGEST_NAME,
    LONGEST_TAG,
    NUMBER,
    PLACEHOLDER,
    gap_fault,
    gap_text,
    grade,
    plain_name,
)
from coursepack.render.question_html import QuestionHtml, plain_text
from coursepack.writers import cut

Element = etree._Element
_HTML = {"format": "html"}

# What the columns of Moodle's database hold.
LARGEST_MARK = 100_000
LONGEST_MATCH = 255
LONGEST_UNIT = 50

_TYPES: dict[type, str] = {
    Essay: "essay",
    MultipleChoice: "multichoice",
    TrueFalse: "truefalse",
    ShortAnswer: "shortanswer",
    Numerical: "numerical",
    Matching: "matching",
    Cloze: "cloze",
    Description: "description",
}
# Characters that no XML 1.0 document can hold.
_UNSPEAKABLE = re.compile("[^\\t\\n\\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class QuestionWriter:
    """Questions → ``<question>`` elements; ``findings`` collects what had to be changed."""

    assets: Assets
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.html = QuestionHtml(self.assets)

    def element(
        self, question: Question, *, name: str, idnumber: str, tags: Iterable[str] = (), notes: Blocks = ()
    ) -> Element:
        """The question with its name in the bank, idnumber and tags; ``notes`` go before its own grader's notes."""
        try:
            return self._element(question, name, idnumber, tags, notes)
        except (ValueError, UnicodeEncodeError):
            # lxml refuses control characters and lone surrogates.
            self._warn(question, "character", "it holds a control character, which XML cannot hold; it was left out")
            clean = cast("Question", _spoken(question))
            return self._element(
                clean,
                _UNSPEAKABLE.sub("", name),
                idnumber,
                [_UNSPEAKABLE.sub("", t) for t in tags],
                cast("Blocks", tuple(_spoken(block) for block in notes)),
            )

    def _element(self, question: Question, name: str, idnumber: str, tags: Iterable[str], notes: Blocks) -> Element:
        sound, more = self._sound(question)
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
        self.html.missing.clear()
        return element

    # --- what all types share

    def _name(self, question: Question, name: str) -> str:
        if len(name) > LONGEST_NAME:
            told = f"its name in the bank is cut to {LONGEST_NAME} of {len(name)} letters, its text is whole"
            self.findings.append(note("moodle-xml-name-long", f"question {question.id}: {told}", question.place))
        if "<" not in name and len(name) <= LONGEST_NAME and name.isprintable() and "  " not in name:
            return name.strip() or question.id
        return cut(plain_name(name), LONGEST_NAME) or question.id

    def _question_text(self, element: Element, question: Question) -> None:
        if not _shows(question.text):
            self._warn(question, "text-empty", "it has no text")
        target = etree.SubElement(element, "questiontext", _HTML)
        if isinstance(question, Cloze):
            html, files = self.html.take(question.text)
            _html(target, self._with_gaps(question, html), files, self.assets)
        else:
            self._fill(target, question.text)

    def _blocks(self, parent: Element, tag: str, blocks: Blocks) -> None:
        if blocks:
            self._fill(etree.SubElement(parent, tag, _HTML), blocks)

    def _fill(self, parent: Element, blocks: Blocks) -> Element:
        """Fill an element of format html. Most texts are one plain paragraph, which needs no tree of its own."""
        plain = plain_text(blocks)
        if plain is None:
            return _html(parent, *self.html.take(blocks), self.assets)
        etree.SubElement(parent, "text").text = etree.CDATA(f"<p>{escape(plain, quote=False)}</p>")
        return parent

    def _specific(self, element: Element, question: Question, notes: Blocks) -> None:
        if question.grader_notes and not isinstance(question, Essay):
            self._warn(
                question, "notes", "its notes for the grader are left out: Moodle keeps such notes for essays only"
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
            _html(etree.SubElement(element, "responsetemplate", _HTML), html, {}, self.assets)

    def _multichoice(self, element: Element, question: MultipleChoice) -> None:
        _value(element, "single", _bool(question.single))
        _value(element, "shuffleanswers", _bool(question.shuffle))
        _value(element, "answernumbering", {"ABC": "ABCD"}.get(question.numbering, question.numbering))
        self._blocks(element, "correctfeedback", question.correct_feedback)
        self._blocks(element, "partiallycorrectfeedback", question.partial_feedback)
        self._blocks(element, "incorrectfeedback", question.incorrect_feedback)
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
            _text(etree.SubElement(subquestion, "answer"), pair.answer)

    def _with_gaps(self, question: Cloze, html: str) -> str:
        """The question's HTML with its gaps where ``{#n}`` stands; a gap without a place comes last."""
        texts = [
            gap_text(gap, tuple(self.html.take(answer.feedback)[0] for answer in gap.answers)) for gap in question.gaps
        ]
        left = dict(enumerate(texts, 1))
        html = PLACEHOLDER.sub(lambda found: left.pop(int(found[1]), "_____"), html)
        if left:
            self._warn(question, "gap-place", f"gap {min(left)} has no place in the text; it was added at the end")
            html += "<p>" + " ".join(left.values()) + "</p>"
        return html

    # --- what Moodle would refuse

    def sound(self, question: Question) -> tuple[Question, Blocks]:
        """The question as Moodle can use it, for other products of Moodle's; ``findings`` says what was mended."""
        return self._sound(question)

    def _sound(self, question: Question) -> tuple[Question, Blocks]:
        """The question as Moodle takes it, and notes for the grader of one that had to become an essay."""
        if question.mark is not None and not 0 <= question.mark < LARGEST_MARK:
            self._warn(question, "mark", f"a mark of {question.mark:g} is left out")
            question = msgspec.structs.replace(question, mark=None)
        match question:
            case MultipleChoice():
                return self._sound_choices(question)
            case ShortAnswer():
                return self._sound_short(question)
            case Numerical():
                return self._sound_numbers(question)
            case Matching():
                return self._sound_pairs(question)
            case Cloze():
                return self._sound_gaps(question)
            case Essay(min_words=int(least), max_words=int(most)) if least > most:
                self._warn(question, "words", f"at least {least} and at most {most} words: the upper limit is left out")
                return msgspec.structs.replace(question, max_words=None), ()
        return question, ()

    def _sound_choices(self, question: MultipleChoice) -> tuple[Question, Blocks]:
        choices = tuple(choice for choice in question.choices if _shows(choice.content))
        if len(choices) < len(question.choices):
            self._warn(question, "empty", "an empty option is left out")
        if len(choices) < 2:
            return self._as_essay(question, "it has fewer than two options", _options(choices))
        best, total = max(c.fraction for c in choices), sum(c.fraction for c in choices if c.fraction > 0)
        if best <= 0:
            self._warn(
                question,
                "no-key",
                "no option is marked as right: no answer will earn a mark",
                "mark the right one in the source, or in Moodle before the question is used",
            )
        elif question.single and best < 1:
            self._warn(question, "no-full", f"the best option is worth {best * 100:g} %, expected 100")
        elif not question.single and abs(total - 1) > 0.01:
            self._warn(question, "sum", f"the right options are worth {total * 100:g} % together, expected 100")
        return msgspec.structs.replace(question, choices=choices), ()

    def _sound_short(self, question: ShortAnswer) -> tuple[Question, Blocks]:
        answers = [answer for answer in question.answers if answer.text.strip()]
        best = max((answer.fraction for answer in answers), default=0.0)
        if best <= 0:
            listed = text_blocks("\n\n".join(answer.text for answer in answers))
            return self._as_essay(question, "it has no right answer", listed)
        if grade(best)[0] != "100":
            self._warn(
                question, "no-full", f"the best answer is worth {best * 100:g} %; Moodle needs 100, so it got 100"
            )
            answers = [msgspec.structs.replace(a, fraction=1.0) if a.fraction == best else a for a in answers]
        return msgspec.structs.replace(question, answers=tuple(answers)), ()

    def _sound_numbers(self, question: Numerical) -> tuple[Question, Blocks]:
        good = tuple(answer for answer in question.answers if _is_number(answer))
        for answer in question.answers:
            if answer not in good:
                self._warn(question, "number", f"{answer.value!r} ± {answer.tolerance!r} is no number; it is left out")
        if not any(answer.fraction > 0 for answer in good):
            listed = text_blocks("\n\n".join(answer.value for answer in question.answers))
            return self._as_essay(question, "it has no right answer", listed)
        return msgspec.structs.replace(question, answers=good), ()

    def _sound_pairs(self, question: Matching) -> tuple[Question, Blocks]:
        if any(len(pair.answer) > LONGEST_MATCH for pair in question.pairs):
            self._warn(question, "match-long", f"an answer is cut to the {LONGEST_MATCH} letters that Moodle holds")
        pairs = tuple(
            msgspec.structs.replace(pair, answer=cut(pair.answer, LONGEST_MATCH))
            for pair in question.pairs
            if pair.answer.strip()
        )
        if len(pairs) < len(question.pairs):
            self._warn(question, "empty", "a row without an answer is left out: Moodle would stop there")
        if sum(_shows(pair.question) for pair in pairs) < 2:
            return self._as_essay(question, "it has fewer than two pairs", _pairs(pairs))
        return msgspec.structs.replace(question, pairs=pairs), ()

    def _sound_gaps(self, question: Cloze) -> tuple[Question, Blocks]:
        faults = [f"gap {n}: {fault}" for n, gap in enumerate(question.gaps, 1) if (fault := gap_fault(gap))]
        if not question.gaps:
            faults = ["it has no gap"]
        if faults:
            listed = tuple(block for gap in question.gaps for block in text_blocks(" / ".join(_words(gap.answers))))
            return self._as_essay(question, "; ".join(faults), listed)
        return question, ()

    def _as_essay(self, question: Question, reason: str, notes: Blocks) -> tuple[Question, Blocks]:
        self._warn(
            question,
            "as-essay",
            f"{reason}; Moodle would stop the import there, so it is written as an essay question",
            "complete it in the source; what there was stands in the notes for the grader",
        )
        text = cast("Blocks", tuple(_renamed_gaps(block) for block in question.text))
        essay = Essay(
            id=question.id,
            text=text,
            number=question.number,
            title=question.title,
            mark=question.mark,
            feedback=question.feedback,
            grader_notes=question.grader_notes,
            tags=question.tags,
            place=question.place,
        )
        return essay, notes


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


def _html(parent: Element, html: str, files: dict[str, str], assets: Assets) -> Element:
    """Fill an element of format html with a text and the files it shows."""
    _text(parent, html)
    for name, asset in files.items():
        file = etree.SubElement(parent, "file", name=name, path="/", encoding="base64")
        file.text = base64.b64encode(assets.read(asset)).decode()
    return parent


def _bool(value: bool) -> str:
    return "true" if value else "false"


def _decimal(value: float) -> str:
    return f"{value:.7f}".rstrip("0").rstrip(".")


def _tag(text: str) -> str:
    return cut(plain_name(text).replace("`", "'"), LONGEST_TAG).strip()


# --- small questions about a question -----------------------------------------------------------------------------


def _shows(blocks: Blocks) -> bool:
    """True when something is to be seen: letters, or a picture without a word."""
    plain = plain_text(blocks)
    if plain is not None:
        return bool(plain.strip())
    return bool(block_text(blocks).strip()) or b'"asset"' in msgspec.json.encode(blocks)


def _is_number(answer: NumericalAnswer) -> bool:
    value, tolerance = answer.value.strip(), answer.tolerance.strip()
    return (value == "*" or bool(NUMBER.fullmatch(value))) and (not tolerance or bool(NUMBER.fullmatch(tolerance)))


def _options(choices: tuple[Choice, ...]) -> Blocks:
    return tuple(block for choice in choices for block in choice.content)


def _pairs(pairs: tuple[Pair, ...]) -> Blocks:
    return tuple(b for pair in pairs for b in text_blocks(f"{block_text(pair.question)} – {pair.answer}"))


def _words(answers: tuple[Answer, ...]) -> list[str]:
    return [answer.text for answer in answers]


def _mapped(node: Any, change: Any) -> Any:
    """The same struct, tuple or value with every text changed."""
    if isinstance(node, str):
        return change(node)
    if isinstance(node, tuple):
        return tuple(_mapped(part, change) for part in node)
    if isinstance(node, msgspec.Struct):
        fields = {name: _mapped(getattr(node, name), change) for name in node.__struct_fields__ if name != "place"}
        return msgspec.structs.replace(node, **fields)
    return node


def _spoken(node: Any) -> Any:
    return _mapped(node, lambda text: _UNSPEAKABLE.sub("", text))


def _renamed_gaps(node: Any) -> Any:
    return _mapped(node, lambda text: PLACEHOLDER.sub("_____", text))
