"""A question as an item of QTI: declarations, body, response processing, feedback.

The score of an item is points (the question's mark, one where none is declared), so that an item is right alone as in
a test. The standard templates mark it where they can: ``match_correct`` for one right answer of one point,
``map_response`` where answers are worth different parts; else the item's own rules say the same and show feedback.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from coursepack.files import media
from coursepack.ims.asi import XML_LANG, XSI, QtiVersion
from coursepack.ims.asi_html import AsiHtml
from coursepack.ims.qti_terms import OURS
from coursepack.languages.catalogues import Words
from coursepack.model.blocks import Blocks
from coursepack.model.questions import (
    Cloze,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.place import Finding, note
from coursepack.writers import cut
from coursepack.writers.qti import choices, gaps, orders, texts
from coursepack.writers.qti.draft import GENERAL, MAXSCORE, SCORE, InteractionDraft, decimal
from coursepack.writers.qti.repair import losses, repaired
from coursepack.writers.question_bank import BankItem

Element = etree._Element

STYLES = "../shared/questions.css"
LONGEST_TITLE = 255
_SCHEMA = f"{{{XSI}}}schemaLocation"


@dataclass(frozen=True)
class WrittenItem:
    """An item, which interactions it has, whether it shows feedback, and whether a person marks it."""

    element: Element
    kinds: tuple[str, ...]
    feedback: bool
    keyed: bool
    by_hand: bool


@dataclass
class ItemWriter:
    """Questions → items; ``findings`` collects what they lose."""

    version: QtiVersion
    html: AsiHtml
    say: Words
    language: str
    findings: list[Finding] = field(default_factory=list)

    def item(self, entry: BankItem, tool: str = "") -> WrittenItem:
        """The item of a question with its place's name and notes; ``tool`` is the version of this program."""
        question = repaired(entry.question, self.findings)
        self.findings += losses(question, self.version)
        draft = InteractionDraft(self.version, points(question))
        self.html.classes.clear()
        self._body(draft, question)
        self._rubric(draft, question, entry.notes if isinstance(question, Essay) else ())
        if question.feedback:
            draft.shown.append(draft.reveal(GENERAL, "general", question.feedback))
        if not len(draft.body):
            self.version.child(draft.body, "p")
        return WrittenItem(
            self._assembled(draft, question, entry.name, tool),
            tuple(dict.fromkeys(draft.kinds)),
            bool(draft.feedback),
            any(response.find(self.version.tag("correctResponse")) is not None for response in draft.responses),
            draft.by_hand,
        )

    def _body(self, draft: InteractionDraft, question: Question) -> None:
        if isinstance(question, Cloze):
            left = gaps.cloze(draft, question, self.html)
            if left:
                reported = f"question {question.id}: gap {min(left)} has no place in the text; it was added at the end"
                self.findings.append(note("qti-gap-place", reported, question.place))
            return
        self.html.fill(draft.body, question.text)
        match question:
            case MultipleChoice():
                choices.multiple_choice(draft, question, self.html)
            case TrueFalse():
                choices.true_false(draft, question, self.say)
            case Matching():
                choices.matching(draft, question, self.html)
            case Ordering():
                orders.ordering(draft, question, self.html)
            case ShortAnswer():
                texts.short_answer(draft, question)
            case Numerical():
                texts.numerical(draft, question)
            case Essay():
                texts.essay(draft, question, self.say)
            case _:
                pass

    def _rubric(self, draft: InteractionDraft, question: Question, notes: Blocks) -> None:
        """What the grader should know, shown to graders alone."""
        blocks = notes + question.grader_notes
        if not blocks:
            return
        more = {"use": "scoring"} if self.version.kebab else {}
        rubric = self.version.child(draft.body, "rubricBlock", view="scorer", **more)
        self.html.fill(self._content(rubric), blocks)

    def _content(self, holder: Element) -> Element:
        return self.version.child(holder, "contentBody") if self.version.kebab else holder

    # --- the whole

    def _assembled(self, draft: InteractionDraft, question: Question, name: str, tool: str) -> Element:
        version = self.version
        names = {
            "identifier": question.id,
            "title": cut(name, LONGEST_TITLE) or question.id,
            "adaptive": "false",
            "timeDependent": "false",
            "toolName": OURS,
            "toolVersion": tool,
        }
        if question.printed:
            names["label"] = cut(question.printed, LONGEST_TITLE)
        root = etree.Element(
            version.tag("assessmentItem"),
            {version.attribute(key): value for key, value in names.items() if value},
            nsmap=version.nsmap,
        )
        root.set(_SCHEMA, f"{version.namespace} {version.schema}")
        root.set(XML_LANG, self.language)
        root.extend(draft.responses)
        self._outcomes(root, draft, question)
        feedback = etree.Element("feedback")
        for (outcome, identifier), blocks in draft.feedback.items():
            self._modal(feedback, outcome, identifier, blocks)
        if self.html.classes:
            version.child(root, "stylesheet", href=STYLES, type=media.KINDS["css"].type)
        root.append(draft.body)
        self._processing(root, draft)
        root.extend(list(feedback))
        return root

    def _outcomes(self, root: Element, draft: InteractionDraft, question: Question) -> None:
        version = self.version
        most = {"normalMaximum": decimal(draft.points)} if draft.kinds else {}
        if draft.by_hand and version.human:
            most["externalScored"] = "human"
        if draft.way:
            most["interpretation"] = draft.way
        self._outcome(root, SCORE, "float", "0", most)
        if question.mark is not None and draft.kinds:
            self._outcome(root, MAXSCORE, "float", decimal(draft.points), {})
        for helper in draft.helpers:
            self._outcome(root, helper, "integer", "0", {})
        for outcome in dict.fromkeys(outcome for outcome, _ in draft.feedback):
            count = "multiple" if outcome in draft.several else "single"
            version.child(root, "outcomeDeclaration", identifier=outcome, cardinality=count, baseType="identifier")

    def _outcome(self, root: Element, name: str, kind: str, value: str, more: dict[str, str]) -> None:
        declared = self.version.child(
            root, "outcomeDeclaration", identifier=name, cardinality="single", baseType=kind, **more
        )
        self.version.child(self.version.child(declared, "defaultValue"), "value", value)

    def _modal(self, root: Element, outcome: str, identifier: str, blocks: Blocks) -> None:
        modal = self.version.child(
            root, "modalFeedback", outcomeIdentifier=outcome, showHide="show", identifier=identifier
        )
        self.html.fill(self._content(modal), blocks)

    def _processing(self, root: Element, draft: InteractionDraft) -> None:
        if draft.address:
            self.version.child(root, "responseProcessing", template=draft.address)
        elif rules := draft.marking():
            self.version.child(root, "responseProcessing").extend(rules)


def points(question: Question) -> float:
    """The most that a question gives: its mark; else what its gaps give together, else one."""
    if question.mark is not None:
        return float(question.mark)
    if isinstance(question, Cloze):
        return float(sum(gap.mark for gap in question.gaps)) or 1.0
    return 1.0
