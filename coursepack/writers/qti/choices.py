"""Questions that are answered by choosing: multiple choice, true or false, matching."""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.ims.asi_html import AsiHtml
from coursepack.languages.catalogues import Words
from coursepack.model.blocks import Blocks
from coursepack.model.questions import Matching, MultipleChoice, TrueFalse
from coursepack.writers.qti.draft import FEEDBACK, RESPONSE, InteractionDraft, worth

LABELS = {"abc": "lower-alpha", "ABC": "upper-alpha", "123": "decimal", "none": "none"}
"""How options are numbered, as classes of the vocabulary of QTI 3.0 say it (``qti-labels-…``)."""


def multiple_choice(draft: InteractionDraft, question: MultipleChoice, html: AsiHtml) -> None:
    """Options, one or several to be chosen; each with what it is worth."""
    names = [f"choice-{number}" for number in range(1, len(question.choices) + 1)]
    fractions = [choice.fraction for choice in question.choices]
    keyed = [name for name, fraction in zip(names, fractions, strict=True) if fraction > 0]
    best = max(fractions)
    right = keyed
    if question.single:
        right = [name for name, fraction in zip(names, fractions, strict=True) if fraction == best > 0][:1]
    draft.declare("single" if question.single else "multiple", "identifier", right)
    if keyed:
        _mark(draft, question, names, fractions)
    interaction = draft.version.child(
        draft.body,
        "choiceInteraction",
        responseIdentifier=RESPONSE,
        shuffle="true" if question.shuffle else "false",
        maxChoices="1" if question.single else "0",
    )
    draft.kinds.append("choiceInteraction")
    if question.numbering != "abc" or draft.version.kebab:
        interaction.set("class", f"qti-labels-{LABELS[question.numbering]}")
    for name, choice in zip(names, question.choices, strict=True):
        html.line(draft.version.child(interaction, "simpleChoice", identifier=name), choice.content)
    stated = {name: choice.feedback for name, choice in zip(names, question.choices, strict=True)}
    draft.show_chosen(FEEDBACK, RESPONSE, stated, several=not question.single)
    draft.combined(question.correct_feedback, question.partial_feedback, question.incorrect_feedback)


def _mark(draft: InteractionDraft, question: MultipleChoice, names: list[str], fractions: Sequence[float]) -> None:
    if question.single and sorted(fractions)[-2:] in ([0, 1], [1]) and min(fractions) >= 0 and draft.points == 1:
        draft.marked_by("match_correct")
        return
    values = worth(fractions, draft.points, together=not question.single)
    entries = [(name, value) for name, value in zip(names, values, strict=True) if value]
    bounds = None if question.single else (0.0, draft.points)
    draft.values_of(draft.responses[-1], entries, bounds=bounds)
    draft.marked_by("map_response")


def true_false(draft: InteractionDraft, question: TrueFalse, say: Words) -> None:
    """A choice between ``true`` and ``false``, in this order."""
    draft.declare("single", "identifier", ["true" if question.answer else "false"])
    draft.marked_by("match_correct")
    interaction = draft.version.child(
        draft.body, "choiceInteraction", responseIdentifier=RESPONSE, shuffle="false", maxChoices="1"
    )
    draft.kinds.append("choiceInteraction")
    for name, word in (("true", "True"), ("false", "False")):
        draft.version.child(interaction, "simpleChoice", say(word), identifier=name)
    stated = {"true": question.true_feedback, "false": question.false_feedback}
    draft.show_chosen(FEEDBACK, RESPONSE, stated, several=False)


def matching(draft: InteractionDraft, question: Matching, html: AsiHtml) -> None:
    """Rows and answers, an answer for each row; each right row gives its share."""
    answers: dict[Blocks, str] = {}
    for pair in question.pairs:
        if pair.answer:
            answers.setdefault(pair.answer, f"answer-{len(answers) + 1}")
    rows = [(f"row-{at}", pair) for at, pair in enumerate((p for p in question.pairs if p.question), 1)]
    keyed = [f"{name} {answers[pair.answer]}" for name, pair in rows if pair.answer]
    declaration = draft.declare("multiple", "directedPair", keyed)
    if keyed:
        shares = worth([1 / len(keyed)] * len(keyed), draft.points, together=True)
        draft.values_of(declaration, zip(keyed, shares, strict=True), bounds=(0.0, draft.points))
        draft.marked_by("map_response")
    interaction = draft.version.child(
        draft.body,
        "matchInteraction",
        responseIdentifier=RESPONSE,
        shuffle="true",
        maxAssociations=str(len(rows)),
    )
    draft.kinds.append("matchInteraction")
    # Answers are always mixed; rows stay as they stand where nobody asks for another order.
    fixed = {} if question.shuffle else {"fixed": "true"}
    questions = draft.version.child(interaction, "simpleMatchSet")
    for name, pair in rows:
        row = draft.version.child(questions, "simpleAssociableChoice", identifier=name, matchMax="1", **fixed)
        html.line(row, pair.question)
    offered = draft.version.child(interaction, "simpleMatchSet")
    for answer, name in answers.items():
        most = str(len(rows))
        html.line(draft.version.child(offered, "simpleAssociableChoice", identifier=name, matchMax=most), answer)
