"""One question as questions.xml holds it: what all share, then a method a type.

Source: Moodle 4.1-4.5, ``question/type/*/backup``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from coursepack.model.blocks import Blocks, block_text, text_blocks
from coursepack.model.questions import (
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
)
from coursepack.moodle import ordering
from coursepack.moodle.question_types import PLUGINS
from coursepack.moodle.text import LONGEST_NAME, LONGEST_TAG, gap_text, plain_name
from coursepack.place import warning
from coursepack.writers import cut
from coursepack.writers.mbz.backup import STAMP, Backup, BankContext
from coursepack.writers.mbz.pool import FileArea
from coursepack.writers.mbz.tree import Element, content, leaves, node, root
from coursepack.writers.question_bank import BankItem

LONGEST_UNIT = 50
_PENALTY = 0.3333333
_NO_PENALTY = (Essay, Description)


@dataclass(frozen=True)
class GapQuestion:
    """A gap as the question that Moodle makes of it: its id, its parent's, how it is written in the parent's text."""

    id: int
    parent: int
    question: Question
    code: str
    mark: int


class QuestionMaker:
    """One question. A method a type writes ``plugin_qtype_X_question``."""

    def __init__(self, backup: Backup, home: BankContext, item: BankItem, gap: GapQuestion | None = None) -> None:
        self.backup = backup
        self.home = home
        self.item = item
        self.question = item.question
        self.parent = gap.parent if gap else 0
        self.gap = gap
        self.gaps: list[GapQuestion] = []
        self.id = gap.id if gap else backup.new_id()

    def write(self, holder: Element) -> float:
        """The question's element; its default mark.

        No empty container (``question_hints``) may stand here: Moodle 4.5 takes it for a text and stops.
        """
        question = self.question
        before = len(self.backup.pool.records)
        element = node(holder, "question", id=self.id)
        qtype = PLUGINS[type(question)]
        mark = float(self.gap.mark) if self.gap else _mark(question)
        text = self.gap.code if self.gap else self._field(question.text, "questiontext")
        leaves(
            element,
            {
                "parent": self.parent,
                "name": plain_name(cut(self.item.name, LONGEST_NAME)) or question.id,
                "questiontext": text,
                "questiontextformat": 1,
                "generalfeedback": self._field(question.feedback, "generalfeedback"),
                "generalfeedbackformat": 1,
                "defaultmark": mark,
                "penalty": self._penalty(),
                "qtype": qtype,
                "length": 0 if isinstance(question, Description) else 1,
                "stamp": "",
                "timecreated": STAMP,
                "timemodified": STAMP,
                # Nobody of the file; 4.5 would not know a question again by its content with NULL here.
                "createdby": 0,
                "modifiedby": 0,
            },
        )
        if not isinstance(question, Description):
            self._plugin(node(element, f"plugin_qtype_{qtype}_question"), question)
        self._stamp(element, before)
        self._tags(element)
        return mark

    def _stamp(self, element: Element, before: int) -> None:
        """What Moodle knows the question by when it meets it again (4.1 to 4.4 by this alone, later versions by all
        that the question says): it changes with what the question says, not with its place in the course."""
        records = list(self.backup.pool.records.values())[before:]
        stated = [*content(element), *(f"{record.area.name}/{record.filename}/{record.sha1}" for record in records)]
        digest = hashlib.sha256("\n".join(stated).encode()).hexdigest()[:16]
        stamp = element.find("stamp")
        assert stamp is not None  # noqa: S101 - written above
        stamp.text = f"coursepack+{self.backup.course.id}+{self.home.key}+{self.question.id}+{digest}"

    def _penalty(self) -> float:
        if isinstance(self.question, TrueFalse):
            return 1.0
        return 0.0 if isinstance(self.question, _NO_PENALTY) else _PENALTY

    def _tags(self, element: Element) -> None:
        tags = node(element, "tags")
        if self.parent:
            return
        for tag in dict.fromkeys(plain_name(cut(tag, LONGEST_TAG)) for tag in self.item.tags):
            if tag:
                result = node(tags, "tag", id=self.backup.new_id(), contextid=self.home.context)
                leaves(result, {"name": tag.lower(), "rawname": tag})

    # --- texts with files

    def _field(self, blocks: Blocks, area: str, *, component: str = "question", item: int = 0) -> str:
        return self.backup.field(blocks, FileArea(self.home.context, component, area, item or self.id))

    def _answer(
        self, holder: Element, text: str | Blocks, fraction: float, feedback: Blocks, *, format_: int = 0
    ) -> int:
        id_ = self.backup.new_id()
        stated = text if isinstance(text, str) else self._field(text, "answer", item=id_)
        leaves(
            node(holder, "answer", id=id_),
            {
                "answertext": stated,
                "answerformat": format_,
                "fraction": round(fraction, 7),
                "feedback": self._field(feedback, "answerfeedback", item=id_),
                "feedbackformat": 1,
            },
        )
        return id_

    # --- a method a type

    def _plugin(self, plugin: Element, question: Question) -> None:
        match question:
            case Essay():
                self.essay(plugin, question)
            case MultipleChoice():
                self.multichoice(plugin, question)
            case TrueFalse():
                self.truefalse(plugin, question)
            case ShortAnswer():
                self.shortanswer(plugin, question)
            case Numerical():
                self.numerical(plugin, question)
            case Matching():
                self.match(plugin, question)
            case Ordering():
                self.ordering(plugin, question)
            case Cloze():
                self.multianswer(plugin, question)

    def essay(self, plugin: Element, question: Essay) -> None:
        notes = self.item.notes + question.grader_notes
        if self.backup.html.take(question.template)[1]:
            # Moodle 4.5 was seen to restore no files of this area.
            stated = f"{question.id}: Moodle keeps no pictures in the template of an answer"
            self.backup.report(warning("mbz-template-picture", stated, question.place))
        result = node(plugin, "essay", id=self.backup.new_id())
        leaves(
            result,
            {
                "responseformat": "editorfilepicker" if question.attachments else "editor",
                "responserequired": 1,
                "responsefieldlines": question.response_lines or 15,
                "minwordlimit": question.min_words,
                "maxwordlimit": question.max_words,
                "attachments": question.attachments,
                "attachmentsrequired": 0,
                "graderinfo": self._field(notes, "graderinfo", component="qtype_essay"),
                "graderinfoformat": 1,
                "responsetemplate": self._field(question.template, "responsetemplate", component="qtype_essay"),
                "responsetemplateformat": 1,
                "filetypeslist": "",
                "maxbytes": 0,
            },
        )

    def multichoice(self, plugin: Element, question: MultipleChoice) -> None:
        answers = node(plugin, "answers")
        for choice in question.choices:
            self._answer(answers, choice.content, choice.fraction, choice.feedback, format_=1)
        leaves(
            node(plugin, "multichoice", id=self.backup.new_id()),
            {
                "layout": 0,
                "single": int(question.single),
                "shuffleanswers": int(question.shuffle),
                "correctfeedback": self._field(question.correct_feedback, "correctfeedback"),
                "correctfeedbackformat": 1,
                "partiallycorrectfeedback": self._field(question.partial_feedback, "partiallycorrectfeedback"),
                "partiallycorrectfeedbackformat": 1,
                "incorrectfeedback": self._field(question.incorrect_feedback, "incorrectfeedback"),
                "incorrectfeedbackformat": 1,
                "answernumbering": {"ABC": "ABCD"}.get(question.numbering, question.numbering),
                "shownumcorrect": 0,
                "showstandardinstruction": 0 if self.parent else 1,
            },
        )

    def truefalse(self, plugin: Element, question: TrueFalse) -> None:
        answers = node(plugin, "answers")
        true = self._answer(answers, "True", float(question.answer), question.true_feedback)
        false = self._answer(answers, "False", float(not question.answer), question.false_feedback)
        leaves(
            node(plugin, "truefalse", id=self.backup.new_id()),
            {"trueanswer": true, "falseanswer": false, "showstandardinstruction": 1},
        )

    def shortanswer(self, plugin: Element, question: ShortAnswer) -> None:
        answers = node(plugin, "answers")
        for answer in question.answers:
            self._answer(answers, answer.text, answer.fraction, answer.feedback)
        leaves(node(plugin, "shortanswer", id=self.backup.new_id()), {"usecase": int(question.case_sensitive)})

    def numerical(self, plugin: Element, question: Numerical) -> None:
        answers, records = node(plugin, "answers"), root("numerical_records")
        for answer in question.answers:
            id_ = self._answer(answers, _number(answer.value), answer.fraction, answer.feedback)
            leaves(
                node(records, "numerical_record", id=self.backup.new_id()),
                {"answer": id_, "tolerance": _number(answer.tolerance) or "0"},
            )
        if question.unit:
            leaves(
                node(node(plugin, "numerical_units"), "numerical_unit", id=self.backup.new_id()),
                {"multiplier": 1, "unit": cut(question.unit, LONGEST_UNIT)},
            )
        leaves(
            node(node(plugin, "numerical_options"), "numerical_option", id=self.backup.new_id()),
            # 3: no unit is asked for; 0: optional
            {"showunits": 0 if question.unit else 3, "unitsleft": 0, "unitgradingtype": 0, "unitpenalty": 0.1},
        )
        plugin.append(records)

    def match(self, plugin: Element, question: Matching) -> None:
        leaves(
            node(plugin, "matchoptions", id=self.backup.new_id()),
            {
                "shuffleanswers": int(question.shuffle),
                "correctfeedback": "",
                "correctfeedbackformat": 1,
                "partiallycorrectfeedback": "",
                "partiallycorrectfeedbackformat": 1,
                "incorrectfeedback": "",
                "incorrectfeedbackformat": 1,
                "shownumcorrect": 0,
            },
        )
        matches = node(plugin, "matches")
        for pair in question.pairs:
            id_ = self.backup.new_id()
            text = self._field(pair.question, "subquestion", component="qtype_match", item=id_)
            leaves(
                node(matches, "match", id=id_),
                {
                    "questiontext": text,
                    "questiontextformat": 1,
                    "answertext": cut(block_text(pair.answer), LONGEST_NAME),
                },
            )

    def ordering(self, plugin: Element, question: Ordering) -> None:
        answers = node(plugin, "answers")
        for place, item in enumerate(question.items, 1):
            self._answer(answers, item.content, float(place), (), format_=1)
        leaves(
            node(plugin, "ordering", id=self.backup.new_id()),
            {
                **ordering.numbers(question),
                "correctfeedback": self._field(question.correct_feedback, "correctfeedback"),
                "correctfeedbackformat": 1,
                "incorrectfeedback": self._field(question.incorrect_feedback, "incorrectfeedback"),
                "incorrectfeedbackformat": 1,
                "partiallycorrectfeedback": self._field(question.partial_feedback, "partiallycorrectfeedback"),
                "partiallycorrectfeedbackformat": 1,
                "shownumcorrect": 0,
            },
        )

    def multianswer(self, plugin: Element, question: Cloze) -> None:
        sequence: list[str] = []
        for number, gap in enumerate(question.gaps, 1):
            feedback = tuple(self.backup.html.take(answer.feedback)[0] for answer in gap.answers)
            child = _gap_question(question, number, gap)
            id_ = self.backup.new_id()
            sequence.append(str(id_))
            self.gaps.append(GapQuestion(id_, self.id, child, gap_text(gap, feedback), gap.mark))
        leaves(
            node(plugin, "multianswer", id=self.backup.new_id()),
            {"question": self.id, "sequence": ",".join(sequence)},
        )


def _mark(question: Question) -> float:
    if isinstance(question, Description):
        return 0.0
    if isinstance(question, Cloze):
        return float(sum(gap.mark for gap in question.gaps))
    return question.mark if question.mark is not None else 1.0


def _number(text: str) -> str:
    """A number with a point, as Moodle's answers hold it."""
    return text.strip().replace(",", ".")


def _gap_question(parent: Cloze, number: int, gap: Gap) -> Question:
    """A gap as the question that Moodle makes of it."""
    id_, title = f"{parent.id}-gap-{number}", f"{parent.id} {number}"
    match gap.kind:
        case "numerical":
            answers = tuple(
                NumericalAnswer(
                    value=answer.text,
                    tolerance=(gap.tolerances[index] if index < len(gap.tolerances) else "") or "0",
                    fraction=answer.fraction,
                    feedback=answer.feedback,
                )
                for index, answer in enumerate(gap.answers)
            )
            return Numerical(id=id_, title=title, text=(), answers=answers, place=parent.place)
        case "short-answer" | "short-answer-case":
            case_sensitive = gap.kind == "short-answer-case"
            return ShortAnswer(id=id_, title=title, text=(), answers=gap.answers, case_sensitive=case_sensitive)
        case _:
            return _gap_choice(id_, title, gap.answers, single=gap.kind == "multiple-choice")


def _gap_choice(id_: str, title: str, answers: tuple[Answer, ...], *, single: bool) -> MultipleChoice:
    choices = tuple(Choice(content=text_blocks(a.text), fraction=a.fraction, feedback=a.feedback) for a in answers)
    return MultipleChoice(id=id_, title=title, text=(), choices=choices, single=single, shuffle=False, numbering="none")
