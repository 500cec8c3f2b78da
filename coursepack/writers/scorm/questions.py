"""Questions on a SCORM page: what the learner sees, and the key as ``templates/scorm/quiz.js`` reads it.

Only self-check questions bring their key; an exam's questions are shown by ``scorm_views``, which has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from markupsafe import Markup
from msgspec.structs import replace

from coursepack import languages
from coursepack.files.xml import legal
from coursepack.languages.catalogues import Words
from coursepack.model.blocks import Block, Blocks, Heading, Paragraph, Table, block_text, inline_text
from coursepack.model.questions import (
    ANY_LETTERS,
    Answer,
    Choice,
    Cloze,
    Description,
    Essay,
    Gap,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    Question,
    ShortAnswer,
    TrueFalse,
    as_read,
)
from coursepack.render.draw import mixed, order_of
from coursepack.render.plain import holds_more, one_line
from coursepack.render.question_blocks import answers_to_match
from coursepack.render.question_title import without_gaps
from coursepack.writers import cut
from coursepack.writers.scorm.html import ClozeHtml, Element, PartHtml, ScoFiles
from coursepack.writers.scorm.views import ChoiceView, Feedback, Model, QuestionView, exam_html

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
"""Names of choices: one character each, as SCORM 1.2 asks (RTE 3.4.4, interactions)."""
LONGEST_DESCRIPTION = 250
LONGEST_LABEL = 80
"""Letters of a line that names what follows."""

Part = dict[str, Any]


@dataclass
class QuestionViews:
    """Makes views of the questions on one page."""

    page: str
    files: ScoFiles
    say: Words
    models: bool = True
    """Whether the model answers of open questions are shown."""

    def view(self, question: Question, key: str, heading: str) -> QuestionView | None:
        """The question as shown and marked; None for one that asks nothing and says nothing."""
        match question:
            case MultipleChoice() if _has_key(question.choices) and len(question.choices) <= len(LETTERS):
                return self._choice(question, key, heading)
            case TrueFalse():
                return self._true_false(question, key, heading)
            case ShortAnswer() if any(answer.fraction > 0 for answer in question.answers):
                part = {"type": "fill-in", "answers": _answers(question.answers), "exact": question.case_sensitive}
                return self._typed(question, key, heading, part, question.answers)
            case Numerical() if any(answer.fraction > 0 for answer in question.answers):
                part = {"type": "numeric", "answers": _numbers(question.answers)}
                return self._typed(question, key, heading, part, question.answers, unit=legal(question.unit or ""))
            case Matching() if _matchable(question):
                return self._matching(question, key, heading)
            case Ordering() if 1 < len(set(question.items)) == len(question.items) <= len(LETTERS) - 1:
                return self._ordering(question, key, heading)
            case Cloze() if question.gaps and all(_gap_has_key(gap) for gap in question.gaps):
                return self._cloze(question, key, heading)
            case Description():
                return QuestionView(question.id, key, "description", heading, self.html(question.text))
            case _:
                return self._open(question, key, heading)

    def html(self, blocks: Blocks) -> Markup:
        return PartHtml(self.page, self.files, self.say).html(blocks)

    def line(self, blocks: Blocks) -> tuple[Markup, bool]:
        """Paragraphs as one line with breaks, and True; anything else as blocks, and False."""
        renderer = PartHtml(self.page, self.files, self.say)
        lines = [renderer.inline_html(block.content) for block in blocks if isinstance(block, Paragraph)]
        if len(lines) == len(blocks):
            return Markup("<br>").join(lines), True
        return renderer.html(blocks), False

    # --- a method a kind

    def _open(self, question: Question, key: str, heading: str) -> QuestionView:
        """A question without a key: a place for one's own answer, and the choices where it has some."""
        essay = question if isinstance(question, Essay) else None
        template = legal(block_text(essay.template)) if essay else ""
        stem = self.html(question.text) if essay else exam_html(question, self.page, self.files, self.say)
        data = {"text": described(question)} | ({"template": template} if template else {})
        lines = min(max((essay.response_lines if essay else None) or 4, 2), 40)
        notes = () if question.grader_only else question.grader_notes
        reported = (*_models(notes), *_models(question.feedback)) if self.models else ()
        models = tuple(self._model(blocks, criteria=criteria) for blocks, criteria in reported)
        return QuestionView(
            question.id, key, "open", heading, stem, template=template, lines=lines, models=models, data=data
        )

    def _model(self, blocks: Blocks, *, criteria: bool) -> Model:
        first = blocks[0]
        named = criteria and len(blocks) > 1 and not isinstance(first, Table)
        label = block_text((first,)).strip().rstrip(":") if named else ""
        return Model(self.html(blocks[1:] if named else blocks), criteria, legal(label))

    def _choice(self, question: MultipleChoice, key: str, heading: str) -> QuestionView:
        order = list(range(len(question.choices)))
        if question.shuffle:
            order = order_of(question.id, len(order))
        choices = [question.choices[index] for index in order]
        views = tuple(
            ChoiceView(
                LETTERS[index],
                _label(question.numbering, index),
                *self.line(choice.content),
                choice.fraction > 0,
                self.html(choice.feedback) if choice.feedback else None,
            )
            for index, choice in enumerate(choices)
        )
        part: Part = {
            "type": "choice",
            "single": question.single,
            "fractions": [choice.fraction for choice in choices],
        }
        feedback = self._feedback(
            question,
            correct=question.correct_feedback,
            partial=question.partial_feedback,
            incorrect=question.incorrect_feedback,
        )
        return self._keyed(
            question, key, "choice", heading, [part], choices=views, single=question.single, feedback=feedback
        )

    def _true_false(self, question: TrueFalse, key: str, heading: str) -> QuestionView:
        views = tuple(
            ChoiceView(
                letter,
                "",
                Markup("{}").format(self.say(word)),
                True,
                question.answer is value,
                self.html(text) if text else None,
            )
            for letter, word, value, text in (
                ("t", "True", True, question.true_feedback),
                ("f", "False", False, question.false_feedback),
            )
        )
        part: Part = {"type": "true-false", "answer": question.answer}
        return self._keyed(question, key, "choice", heading, [part], choices=views, feedback=self._feedback(question))

    def _typed(
        self,
        question: Question,
        key: str,
        heading: str,
        part: Part,
        answers: Sequence[Answer | NumericalAnswer],
        unit: str = "",
    ) -> QuestionView:
        feedback = [
            Feedback(self.html(answer.feedback), answer=f"0-{index}")
            for index, answer in enumerate(answers)
            if answer.feedback
        ]
        part["shown"] = self._shown(answers)
        return self._keyed(
            question, key, "typed", heading, [part], unit=unit, feedback=(*self._feedback(question), *feedback)
        )

    def _matching(self, question: Matching, key: str, heading: str) -> QuestionView:
        letter_of = dict(zip(answers_to_match(question), LETTERS, strict=False))
        questions = [pair for pair in question.pairs if pair.question and pair.answer]
        part: Part = {"type": "matching", "right": "".join(letter_of[pair.answer] for pair in questions)}
        # An option of a menu is letters alone: what is more stands in a list, and the menu has its marks.
        rich = any(holds_more(answer) for answer in letter_of)
        names = {
            answer: _label("abc", place) if rich else legal(one_line(answer)) for place, answer in enumerate(letter_of)
        }
        return self._keyed(
            question,
            key,
            "matching",
            heading,
            [part],
            rows=tuple((self.html(pair.question), names[pair.answer]) for pair in questions),
            options=tuple((letter, names[answer]) for answer, letter in letter_of.items()),
            offered=tuple(self.html(answer) for answer in letter_of) if rich else (),
            feedback=self._feedback(question),
        )

    def _ordering(self, question: Ordering, key: str, heading: str) -> QuestionView:
        """Each item is matched with its place."""
        order = mixed(question)
        places = [str(place) for place in range(1, len(order) + 1)]
        part: Part = {"type": "matching", "right": "".join(LETTERS[place] for place in order)}
        feedback = self._feedback(
            question,
            correct=question.correct_feedback,
            partial=question.partial_feedback,
            incorrect=question.incorrect_feedback,
        )
        rows = tuple((self.html(question.items[place].content), places[place]) for place in order)
        options = tuple(zip(LETTERS, places, strict=False))
        return self._keyed(question, key, "matching", heading, [part], rows=rows, options=options, feedback=feedback)

    def _cloze(self, question: Cloze, key: str, heading: str) -> QuestionView:
        fields: dict[int, Element] = {}
        parts: list[Part] = []
        for number, gap in enumerate(question.gaps, 1):
            part, element = self._gap(gap, number)
            parts.append(part)
            fields[number] = element
        renderer = ClozeHtml(self.page, self.files, self.say, fields)
        stem = renderer.html(question.text)
        for number in sorted(set(fields) - renderer.placed):  # a gap whose mark the text lost still asks
            stem += Markup("<p>") + Markup(etree.tostring(fields[number], encoding="unicode", method="html"))  # noqa: S704
            stem += Markup("</p>")
        feedback = [
            Feedback(self.html(answer.feedback), answer=f"{number}-{index}")
            for number, gap in enumerate(question.gaps)
            for index, answer in enumerate(gap.answers)
            if answer.feedback and "answers" in parts[number]
        ]
        shown = "; ".join(
            self._number(gap) if gap.kind == "numerical" else self._shown(gap.answers) for gap in question.gaps
        )
        return self._keyed(
            question,
            key,
            "cloze",
            heading,
            parts,
            stem=stem,
            key_text=shown,
            feedback=(*self._feedback(question), *feedback),
        )

    def _gap(self, gap: Gap, number: int) -> tuple[Part, Element]:
        name = self.say("Gap {number}", number=number)
        common = {"data-part": str(number - 1), "aria-label": name}
        if gap.kind in {"multiple-choice", "multiple-response"}:
            several = gap.kind == "multiple-response"
            select = etree.Element("select", common | ({"multiple": "multiple"} if several else {}))
            if not several:
                etree.SubElement(select, "option", {"value": ""}).text = "…"
            for letter, answer in zip(LETTERS, gap.answers, strict=False):
                etree.SubElement(select, "option", {"value": letter}).text = legal(answer.text)
            fractions = [answer.fraction for answer in gap.answers[: len(LETTERS)]]
            return {"type": "choice", "single": not several, "fractions": fractions, "weight": gap.mark}, select
        numeric = gap.kind == "numerical"
        size = min(max((len(answer.text) for answer in gap.answers), default=4) + 2, 30)
        box = etree.Element("input", common | {"type": "text", "size": str(size), "autocomplete": "off"})
        if numeric:
            box.set("inputmode", "decimal")
            return {"type": "numeric", "answers": _gap_numbers(gap), "weight": gap.mark}, box
        exact = gap.kind == "short-answer-case"
        return {"type": "fill-in", "answers": _answers(gap.answers), "exact": exact, "weight": gap.mark}, box

    # --- what they share

    def _shown(self, answers: Sequence[Answer | NumericalAnswer]) -> str:
        """The best accepted answer as the course writes it: the language's decimal mark, «…» for any letters."""
        most = max(answer.fraction for answer in answers)
        best = [answer for answer in answers if answer.fraction == most]
        if isinstance(best[0], NumericalAnswer):
            return self._decimal(best[0].value)
        patterns = [answer.text for answer in best if isinstance(answer, Answer)]
        return legal(min((as_read(pattern) for pattern in patterns), key=lambda text: ANY_LETTERS in text))

    def _number(self, gap: Gap) -> str:
        return self._decimal(_best(gap.answers).text)

    def _decimal(self, number: str) -> str:
        return legal(number.replace(".", self.say.decimal_separator))

    def _keyed(
        self,
        question: Question,
        key: str,
        kind: str,
        heading: str,
        parts: list[Part],
        *,
        stem: Markup | None = None,
        **more: Any,
    ) -> QuestionView:
        data = {
            "parts": [{"weight": 1} | part for part in parts],
            "mark": 1 if question.mark is None else question.mark,
            "text": described(question),
        }
        html = self.html(question.text) if stem is None else stem
        return QuestionView(question.id, key, kind, heading, html, data=data, **more)

    def _feedback(self, question: Question, **outcomes: Blocks) -> tuple[Feedback, ...]:
        found = [Feedback(self.html(blocks), when=when) for when, blocks in outcomes.items() if blocks]
        if question.feedback:
            found.append(Feedback(self.html(question.feedback), when="always"))
        return tuple(found)


def _models(blocks: Blocks) -> list[tuple[Blocks, bool]]:
    """What stands for an answer, and what an answer is judged by: from a line or a table that names criteria on, up to
    the next heading."""
    parts: list[tuple[list[Block], bool]] = []
    criteria = False
    for block in blocks:
        criteria = _names_criteria(block) or (criteria and not isinstance(block, Heading))
        if not parts or parts[-1][1] != criteria:
            parts.append(([], criteria))
        parts[-1][0].append(block)
    return [(tuple(found), judged) for found, judged in parts]


def _names_criteria(block: Block) -> bool:
    match block:
        case Heading() | Paragraph():
            stated = block_text((block,)).strip()
            if not (isinstance(block, Heading) or stated.endswith(":")) or len(stated) > LONGEST_LABEL:
                return False
        case Table():
            stated = "\n".join((inline_text(block.caption), block_text((replace(block, rows=block.rows[:1]),))))
        case _:
            return False
    return any(word in stated.casefold() for word in languages.words("criteria"))


def described(question: Question) -> str:
    """What an interaction says of its question (SCORM 2004 RTE 4.2.9.1, description)."""
    return cut(without_gaps(block_text(question.text)), LONGEST_DESCRIPTION)


def _has_key(choices: tuple[Choice, ...]) -> bool:
    return any(choice.fraction > 0 for choice in choices)


def _gap_has_key(gap: Gap) -> bool:
    return any(answer.fraction > 0 for answer in gap.answers)


def _matchable(question: Matching) -> bool:
    questions = sum(bool(pair.question and pair.answer) for pair in question.pairs)
    return 0 < questions <= len(LETTERS) - 1 and len(answers_to_match(question)) <= len(LETTERS)


def _label(numbering: str, index: int) -> str:
    match numbering:
        case "ABC":
            return f"{LETTERS[index].upper()})"
        case "123":
            return f"{index + 1})"
        case "none":
            return ""
        case _:
            return f"{LETTERS[index]})"


def _answers(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    return [{"text": answer.text, "fraction": answer.fraction} for answer in answers]


def _numbers(answers: Iterable[NumericalAnswer]) -> list[dict[str, Any]]:
    return [{"text": a.value, "tolerance": a.tolerance, "fraction": a.fraction} for a in answers]


def _gap_numbers(gap: Gap) -> list[dict[str, Any]]:
    tolerances = (*gap.tolerances, *("0" for _ in gap.answers))
    return [
        {"text": answer.text, "tolerance": tolerance, "fraction": answer.fraction}
        for answer, tolerance in zip(gap.answers, tolerances, strict=False)
    ]


def _best(answers: tuple[Answer, ...]) -> Answer:
    return max(answers, key=lambda answer: answer.fraction)
