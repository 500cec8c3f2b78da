"""Questions as items of QTI 1.2, in the profile of Common Cartridge.

Source: IMS Common Cartridge Profile 1.1/1.3, «QTI Assessment»: six kinds of item (``cc_profile``), each with one
material, one response and response processing that sets SCORE to 100 for the right answer. How readers take it (Moodle
``backup/cc/entity11.quiz.class.php``, cc2olx ``qti.py``) decides the order of conditions: general feedback first and
alone with ``continue="Yes"``, then what is right, then what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from coursepack.files.xml import legal
from coursepack.ims.html import CartridgeHtml
from coursepack.ims.profiles import QTI
from coursepack.languages.catalogues import Words
from coursepack.model.blocks import Blocks, block_text
from coursepack.model.questions import Choice, Essay, MultipleChoice, Question, ShortAnswer, TrueFalse, as_typed, shares
from coursepack.render.plain import has_files
from coursepack.render.question_title import without_gaps

Element = etree._Element
Sub = etree.SubElement

_RESPONSE = "response1"
_TITLE = 120
"""Letters of a question that name it where nobody gave it a title."""


NSMAP: dict[str, str] = {None: QTI}  # type: ignore[dict-item]  # the stubs know no default prefix


def _tag(name: str) -> str:
    return f"{{{QTI}}}{name}"


_ITEM, _MATERIAL, _MATTEXT, _FLOW_MAT = _tag("item"), _tag("material"), _tag("mattext"), _tag("flow_mat")
_PRESENTATION, _PROCESSING = _tag("presentation"), _tag("resprocessing")
_LID, _STR, _CHOICE, _FIB, _LABEL = (
    _tag("response_lid"),
    _tag("response_str"),
    _tag("render_choice"),
    _tag("render_fib"),
    _tag("response_label"),
)
_CONDITION, _VAR, _EQUAL, _SET, _SHOW = (
    _tag("respcondition"),
    _tag("conditionvar"),
    _tag("varequal"),
    _tag("setvar"),
    _tag("displayfeedback"),
)
_FIELD, _FIELD_LABEL, _FIELD_ENTRY = _tag("qtimetadatafield"), _tag("fieldlabel"), _tag("fieldentry")


@dataclass(frozen=True)
class Dialect:
    """What differs between readers of the versions.

    ``partial``: a score between 0 and 100 is understood (Moodle would take it for a full one). ``also``: value of
    ``continue`` for feedback on single answers (Moodle shows what stands under ``Yes`` as general feedback).
    ``files_everywhere``: pictures and files are found in options and feedback too, not in the question's text alone
    (Moodle resolves their addresses there alone).
    """

    partial: bool
    also: str
    files_everywhere: bool


@dataclass
class ItemBuilder:
    """Builds items. ``notes`` adds grader's notes as solutions: only for what teachers alone open."""

    html: CartridgeHtml
    dialect: Dialect
    say: Words
    notes: bool = False
    _models: dict[tuple[int, int, bool], Element] = field(default_factory=dict)

    def item(self, question: Question, before: Blocks = ()) -> Element:
        """One item of an essay, choice, true/false or short answer question.

        ``before`` is text that stands before the question's own. Raises TypeError for the other types: ``carry``
        makes them into these.
        """
        if isinstance(question, MultipleChoice) and self._is_plain(question):
            return self._plain_choice(question, before)
        item = etree.Element(_ITEM, {"ident": question.id, "title": self.title(question)}, nsmap=NSMAP)
        match question:
            case Essay():
                self._essay(item, question, before)
            case MultipleChoice():
                self._choice(item, question, before)
            case TrueFalse():
                self._true_false(item, question, before)
            case ShortAnswer():
                self._short_answer(item, question, before)
            case _:
                raise TypeError(f"{question.id}: the profile has no {type(question).__name__}")
        return item

    def title(self, question: Question) -> str:
        """The author's short name, else the number and the first words."""
        text = question.title or default_title(question)
        if not text.isprintable():
            text = "".join(c if c.isprintable() else " " for c in text)
        text = " ".join(text.split())
        if len(text) > _TITLE:
            head = text[: _TITLE - 1].rpartition(" ")[0] or text[: _TITLE - 1]
            text = head + "…"
        if self.html.decoded_twice:
            text = text.replace("<", "‹").replace(">", "›")
        return text or question.id

    # --- parts that every item has

    def _begin(self, item: Element, profile: str, question: Question, before: Blocks) -> Element:
        """Metadata and the question's text; the presentation, to be given its response."""
        metadata = Sub(Sub(item, _tag("itemmetadata")), _tag("qtimetadata"))
        metadata_field(metadata, "cc_profile", f"cc.{profile}.v0p1")
        weight = weighting(question.mark)
        if weight is not None:
            metadata_field(metadata, "cc_weighting", str(weight))
        if question.category:
            metadata_field(metadata, "cc_question_category", "/".join(question.category))
        if profile == "essay":
            metadata_field(metadata, "qmd_scoringpermitted", "Yes")
            metadata_field(metadata, "qmd_computerscored", "No")
        presentation = Sub(item, _PRESENTATION)
        _material(presentation, self.html.html((*before, *question.text)))
        return presentation

    def _processing(self, item: Element, question: Question) -> Element:
        """Response processing with the score and, first, the condition for general feedback."""
        processing = Sub(item, _PROCESSING)
        Sub(
            Sub(processing, _tag("outcomes")),
            _tag("decvar"),
            {"varname": "SCORE", "vartype": "Decimal", "minvalue": "0", "maxvalue": "100"},
        )
        if question.feedback:
            _always(processing, "general_fb", "Response")
        return processing

    def _feedback(self, item: Element, ident: str, blocks: Blocks) -> None:
        holder = Sub(item, _tag("itemfeedback"), {"ident": ident})
        _material(Sub(holder, _FLOW_MAT), self.html.html(blocks))

    def _end(self, item: Element, processing: Element, question: Question, feedback: dict[str, Blocks]) -> None:
        """Feedback texts after the processing that shows them, grader's notes last."""
        if self.notes and question.grader_notes:
            _always(processing, "solution", "Solution")
        if question.feedback:
            self._feedback(item, "general_fb", question.feedback)
        for ident, blocks in feedback.items():
            self._feedback(item, ident, blocks)
        if self.notes and question.grader_notes:
            holder = Sub(item, _tag("itemfeedback"), {"ident": "solution"})
            material = Sub(Sub(holder, _tag("solution")), _tag("solutionmaterial"))
            _material(Sub(material, _FLOW_MAT), self.html.html(question.grader_notes))

    # --- a method a kind of item

    def _essay(self, item: Element, question: Essay, before: Blocks) -> None:
        presentation = self._begin(item, "essay", question, before)
        attributes = {"rows": str(question.response_lines)} if question.response_lines else {}
        Sub(Sub(presentation, _STR, {"ident": _RESPONSE, "rcardinality": "Single"}), _FIB, attributes)
        if question.feedback or (self.notes and question.grader_notes):
            self._end(item, self._processing(item, question), question, {})

    def _choice(self, item: Element, question: MultipleChoice, before: Blocks) -> None:
        profile, cardinality = ("multiple_choice", "Single") if question.single else ("multiple_response", "Multiple")
        presentation = self._begin(item, profile, question, before)
        lid = Sub(presentation, _LID, {"ident": _RESPONSE, "rcardinality": cardinality})
        render = Sub(lid, _CHOICE, {"shuffle": "Yes"} if question.shuffle else {})
        for number, choice in enumerate(question.choices, 1):
            _material(Sub(render, _LABEL, {"ident": f"c{number}"}), self.html.line(choice.content))
        processing = self._processing(item, question)
        feedback: dict[str, Blocks] = {}
        (self._one_of if question.single else self._all_of)(processing, question, feedback)
        self._end(item, processing, question, feedback)

    def _is_plain(self, question: MultipleChoice) -> bool:
        """True for the common case: one right answer, no feedback, notes, mark or category of its own."""
        return (
            question.single
            and not (
                question.feedback
                or weighting(question.mark)
                or question.category
                or (self.notes and question.grader_notes)
            )
            and not (question.correct_feedback or question.incorrect_feedback)
            and not any(choice.feedback for choice in question.choices)
            and sorted(choice.fraction for choice in question.choices)[-2:] in ([0.0, 1.0], [0, 1])
        )

    def _plain_choice(self, question: MultipleChoice, before: Blocks) -> Element:
        """An item of the common case: the first of its shape is built, the others are copies with other words."""
        right = next(number for number, choice in enumerate(question.choices) if choice.fraction == 1)
        shape = (len(question.choices), right, question.shuffle)
        model = self._models.get(shape)
        if model is None:
            model = self._models[shape] = etree.Element(_ITEM, {"ident": "", "title": ""}, nsmap=NSMAP)
            self._choice(model, question, before)
        item = deepcopy(model)
        item.set("ident", question.id)
        item.set("title", self.title(question))
        texts = item.iter(_MATTEXT)
        next(texts).text = self.html.html((*before, *question.text))
        for choice, text in zip(question.choices, texts, strict=True):
            text.text = self.html.line(choice.content)
        return item

    def _one_of(self, processing: Element, question: MultipleChoice, feedback: dict[str, Blocks]) -> None:
        best = max(choice.fraction for choice in question.choices)
        ranked = sorted(enumerate(question.choices, 1), key=lambda pair: pair[1].fraction < best)
        for number, choice in ranked:
            right = choice.fraction == best
            score = 100 if right else self._part(choice)
            shown = _named(feedback, f"c{number}_fb", choice.feedback)
            whole = question.correct_feedback if right else question.incorrect_feedback
            if 0 < choice.fraction < best:
                whole = question.partial_feedback or whole
            name = "correct_fb" if right else "partial_fb" if whole is question.partial_feedback else "incorrect_fb"
            shown += _named(feedback, name, whole)
            if score or shown or right:
                variables = _condition(processing, "No", score, shown)
                Sub(variables, _EQUAL, {"respident": _RESPONSE}).text = f"c{number}"

    def _all_of(self, processing: Element, question: MultipleChoice, feedback: dict[str, Blocks]) -> None:
        right = {number for number, choice in enumerate(question.choices, 1) if choice.fraction > 0}
        shown = [
            name
            for number, choice in enumerate(question.choices, 1)
            if number in right
            for name in _named(feedback, f"c{number}_fb", choice.feedback)
        ]
        shown += _named(feedback, "correct_fb", question.correct_feedback)
        together = Sub(_condition(processing, "No", 100, shown), _tag("and"))
        for number in range(1, len(question.choices) + 1):
            parent = together if number in right else Sub(together, _tag("not"))
            # Moodle counts right answers by this attribute.
            Sub(parent, _EQUAL, {"respident": _RESPONSE, "case": "Yes"}).text = f"c{number}"
        for number, choice in enumerate(question.choices, 1):
            if choice.feedback:
                names = _named(feedback, f"c{number}_fb", choice.feedback)
                variables = _condition(processing, self.dialect.also, 0, names)
                Sub(variables, _EQUAL, {"respident": _RESPONSE}).text = f"c{number}"
        if question.incorrect_feedback:
            variables = _condition(processing, "No", 0, _named(feedback, "incorrect_fb", question.incorrect_feedback))
            Sub(variables, _tag("other"))

    def _true_false(self, item: Element, question: TrueFalse, before: Blocks) -> None:
        presentation = self._begin(item, "true_false", question, before)
        render = Sub(Sub(presentation, _LID, {"ident": _RESPONSE, "rcardinality": "Single"}), _CHOICE)
        for ident, word in (("true", "True"), ("false", "False")):
            _material(Sub(render, _LABEL, {"ident": ident}), self.say(word))
        processing = self._processing(item, question)
        feedback: dict[str, Blocks] = {}
        texts = {True: question.true_feedback, False: question.false_feedback}
        for value in (question.answer, not question.answer):
            shown = _named(feedback, f"{str(value).lower()}_fb", texts[value])
            right = value == question.answer
            if right or shown:
                variables = _condition(processing, "No", 100 if right else 0, shown)
                Sub(variables, _EQUAL, {"respident": _RESPONSE}).text = str(value).lower()
        self._end(item, processing, question, feedback)

    def _short_answer(self, item: Element, question: ShortAnswer, before: Blocks) -> None:
        presentation = self._begin(item, "fib", question, before)
        Sub(Sub(presentation, _STR, {"ident": _RESPONSE, "rcardinality": "Single"}), _FIB, {"prompt": "Box"})
        processing = self._processing(item, question)
        feedback: dict[str, Blocks] = {}
        best = max(answer.fraction for answer in question.answers)
        case = {"respident": _RESPONSE, "case": "Yes"} if question.case_sensitive else {"respident": _RESPONSE}
        right = [(n, answer) for n, answer in enumerate(question.answers, 1) if answer.fraction == best]
        # One condition lists every accepted answer: so do the readers' own exports, and they read only the first.
        shown = [name for n, answer in right for name in _named(feedback, f"a{n}_fb", answer.feedback)]
        variables = _condition(processing, "No", 100, shown)
        for _, answer in right:
            Sub(variables, _EQUAL, case).text = legal(as_typed(answer.text))
        for number, answer in enumerate(question.answers, 1):
            if answer.fraction < best:
                score = round(100 * answer.fraction) if self.dialect.partial and answer.fraction > 0 else 0
                names = _named(feedback, f"a{number}_fb", answer.feedback)
                if score or names:
                    Sub(_condition(processing, "No", score, names), _EQUAL, case).text = legal(as_typed(answer.text))
        self._end(item, processing, question, feedback)

    def _part(self, choice: Choice) -> int:
        return round(100 * choice.fraction) if self.dialect.partial and choice.fraction > 0 else 0


def _feedback(question: Question) -> Iterator[Blocks]:
    yield question.feedback
    match question:
        case MultipleChoice():
            yield from (choice.feedback for choice in question.choices)
            yield from (question.correct_feedback, question.partial_feedback, question.incorrect_feedback)
        case TrueFalse():
            yield from (question.true_feedback, question.false_feedback)
        case ShortAnswer():
            yield from (answer.feedback for answer in question.answers)


def losses(question: Question, dialect: Dialect) -> list[str]:
    """What an item cannot say of a question that the profile has an item for."""
    reported: list[str] = []
    if question.mark is not None and question.mark != (weighting(question.mark) or 1):
        reported.append("the mark is rounded: weights are whole numbers from 1 to 99")
    if not dialect.files_everywhere and any(has_files(stated) for stated in _feedback(question)):
        reported.append("the pictures and files of its feedback are missing in Moodle")
    fractions: list[float] = []
    match question:
        case MultipleChoice():
            fractions = [choice.fraction for choice in question.choices]
            usual = fractions == list(shares([fraction > 0 for fraction in fractions], single=False))
            if not question.single and not usual and any(fraction < 0 for fraction in fractions):
                reported.append("marks taken off for wrong answers are lost")
            if question.single and not dialect.partial and any(0 < f < max(fractions) for f in fractions):
                reported.append("an answer that gives a part of the mark gives none")
        case ShortAnswer():
            fractions = [answer.fraction for answer in question.answers]
            if not dialect.partial and any(0 < f < max(fractions) for f in fractions):
                reported.append("an answer that gives a part of the mark gives none")
            if any("*" in answer.text.replace(r"\*", "") for answer in question.answers):
                reported.append("«*» in an answer means any characters in Moodle only")
        case _:
            pass
    return reported


def default_title(question: Question) -> str:
    """The number and the first paragraph of a question."""
    words = without_gaps(block_text(question.text[:1]))
    return f"{question.number}. {words}" if question.number else words


def weighting(mark: float | None) -> int | None:
    """``cc_weighting``: a whole number from 1 to 99, or None for a question without a mark of its own."""
    if mark is None or mark == 1:
        return None
    return min(99, max(1, round(mark)))


# --- small makers -------------------------------------------------------------------------------------------------


def metadata_field(metadata: Element, label: str, entry: str) -> None:
    """A field of ``qtimetadata``."""
    holder = Sub(metadata, _FIELD)
    Sub(holder, _FIELD_LABEL).text = label
    Sub(holder, _FIELD_ENTRY).text = entry


def _material(parent: Element, text: str) -> None:
    Sub(Sub(parent, _MATERIAL), _MATTEXT, {"texttype": "text/html"}).text = text


def _condition(processing: Element, also: str, score: int, shown: list[str]) -> Element:
    """A condition with its score and feedback; its (empty) ``conditionvar``, to be filled."""
    condition = Sub(processing, _CONDITION, {"continue": also})
    variables = Sub(condition, _VAR)
    if score:
        Sub(condition, _SET, {"varname": "SCORE", "action": "Set"}).text = str(score)
    for name in shown:
        Sub(condition, _SHOW, {"feedbacktype": "Response", "linkrefid": name})
    return variables


def _always(processing: Element, name: str, kind: str) -> None:
    condition = Sub(processing, _CONDITION, {"continue": "Yes"})
    Sub(Sub(condition, _VAR), _tag("other"))
    Sub(condition, _SHOW, {"feedbacktype": kind, "linkrefid": name})


def _named(feedback: dict[str, Blocks], name: str, blocks: Blocks) -> list[str]:
    """Remember a feedback text; its name, or nothing for an empty one."""
    if not blocks:
        return []
    feedback[name] = blocks
    return [name]
