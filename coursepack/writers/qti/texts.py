"""Questions that are answered by typing: short answers, numbers, essays; and the gaps of a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from coursepack.files.xml import legal
from coursepack.ims import wildcards
from coursepack.languages.catalogues import Words
from coursepack.model.blocks import Blocks, block_text
from coursepack.model.questions import Answer, Essay, Numerical, ShortAnswer, as_typed
from coursepack.moodle.text import NUMBER
from coursepack.writers.qti.draft import FEEDBACK, RESPONSE, InteractionDraft, worth

Element = etree._Element

UNIT = "unit"
"""The class of the unit that stands behind the field for a number."""
LIMITS = "limits"
"""The class of the line that tells how many words an essay should have."""
_MOST_UPLOADS = 9


@dataclass(frozen=True)
class Accepted:
    """An answer that is accepted: when it is (None: a plain text, which a mapping finds), its points, its feedback;
    of a number the least and the largest that are."""

    text: str
    points: float
    condition: Element | None = None
    span: tuple[float, float] | None = None
    feedback: Blocks = ()
    name: str = ""


def short_answer(draft: InteractionDraft, question: ShortAnswer) -> None:
    """One line to type; the first answer that fits counts, as in Moodle."""
    answers = [answer for answer in question.answers if answer.text.strip()]
    accepted = accepted_texts(draft, answers, RESPONSE, draft.points, case=question.case_sensitive, name="answer")
    declaration = draft.declare("single", "string", right_text(answers, case=question.case_sensitive))
    mark_texts(draft, declaration, accepted, case=question.case_sensitive)
    holder = draft.version.child(draft.body, "p")
    entry(draft, holder, RESPONSE, accepted)


def right_text(answers: Sequence[Answer], *, case: bool) -> list[str]:
    """A text that earns the most, as the first answer that accepts it says; none where no answer earns a mark, or
    any text does."""
    patterns = [legal(answer.text.strip()) for answer in answers]
    earned: dict[str, float] = {}
    for text in map(wildcards.example, patterns):
        first = next((at for at, one in enumerate(patterns) if wildcards.fits(one, text, case_sensitive=case)), None)
        earned.setdefault(text, answers[first].fraction if first is not None else 0.0)
    best = max(earned.values(), default=0.0)
    found = next((text for text, fraction in earned.items() if fraction == best > 0), "")
    return [found] if found else []


def accepted_texts(
    draft: InteractionDraft, answers: Sequence[Answer], response: str, points: float, *, case: bool, name: str
) -> list[Accepted]:
    """Answers of a field for text; one that repeats an earlier one is never met and left out."""
    found: dict[str, Accepted] = {}
    values = worth([answer.fraction for answer in answers], points, together=False)
    plain = not any(wildcards.has_wildcard(answer.text) or answer.feedback for answer in answers)
    for number, (answer, value) in enumerate(zip(answers, values, strict=True), 1):
        pattern = legal(answer.text.strip())
        text = as_typed(pattern)
        key = pattern if case else pattern.casefold()
        if wildcards.has_wildcard(pattern):
            expression = wildcards.expression(pattern, case_sensitive=case)
            condition = draft.node_of("patternMatch", draft.variable(response), pattern=expression)
        else:
            condition = draft.node_of(
                "stringMatch",
                draft.variable(response),
                draft.base("string", text),
                caseSensitive="true" if case else "false",
            )
        result = Accepted(text, value, None if plain else condition, feedback=answer.feedback, name=f"{name}-{number}")
        found.setdefault(key, result)
    return list(found.values())


def mark_texts(
    draft: InteractionDraft, declaration: Element, accepted: Sequence[Accepted], *, case: bool | None
) -> None:
    """By a mapping and its template where all answers are plain texts, else one after another."""
    if not any(one.points > 0 for one in accepted):
        return
    if any(one.condition is not None for one in accepted):
        draft.rules += chain(draft, accepted, add=False)
        return
    draft.values_of(declaration, [(one.text, one.points) for one in accepted if one.points], case=case)
    draft.marked_by("map_response")


def chain(
    draft: InteractionDraft, accepted: Iterable[Accepted], *, add: bool, outcome: str = FEEDBACK
) -> list[Element]:
    """The first answer whose condition holds gives its points, and shows its feedback."""
    cases: list[tuple[Element | None, Iterable[Element]]] = []
    for one in accepted:
        value = draft.number(one.points)
        rules = [draft.gain(value) if add else draft.assign("SCORE", value)]
        if one.feedback:
            rules.append(draft.reveal(outcome, one.name, one.feedback))
        cases.append((one.condition, rules))
    return [draft.first_of(*cases)] if cases else []


def entry(draft: InteractionDraft, parent: Element, response: str, accepted: Iterable[Accepted]) -> Element:
    """The field, as long as the longest answer."""
    longest = max((len(one.text) for one in accepted), default=0)
    size = {"expectedLength": str(longest)} if longest else {}
    draft.kinds.append("textEntryInteraction")
    return draft.version.child(parent, "textEntryInteraction", responseIdentifier=response, **size)


# --- numbers ------------------------------------------------------------------------------------------------------


def numerical(draft: InteractionDraft, question: Numerical) -> None:
    """A number to type, and its unit behind the field."""
    given = [(a.value, a.tolerance, a.fraction, a.feedback) for a in question.answers]
    accepted = accepted_numbers(draft, given, RESPONSE, draft.points, name="answer")
    draft.declare("single", "float", right_number(accepted))
    if any(one.points > 0 for one in accepted):
        draft.rules += chain(draft, accepted, add=False)
    holder = draft.version.child(draft.body, "p")
    field = entry(draft, holder, RESPONSE, accepted)
    if question.unit:
        field.tail = " "
        draft.version.child(holder, "span", legal(question.unit), class_=UNIT)


def right_number(accepted: Sequence[Accepted]) -> list[str]:
    """The number that earns the most, as the first answer that accepts it says."""
    spans = [one.span for one in accepted if one.span is not None]
    named = [one.text for one in accepted if one.span is not None]
    # Where each number that is named falls to another answer, an end of some span may be what the best one is left.
    named += [f"{end:.12g}" for span in spans for end in span]
    earned = {
        text: next((one.points for one in accepted if _holds(one, float(text))), 0.0) for text in dict.fromkeys(named)
    }
    best = max(earned.values(), default=0.0)
    return [text for text, points in earned.items() if points == best > 0][:1]


def _holds(one: Accepted, number: float) -> bool:
    return one.span is None or one.span[0] <= number <= one.span[1]


def accepted_numbers(
    draft: InteractionDraft,
    answers: Sequence[tuple[str, str, float, Blocks]],
    response: str,
    points: float,
    *,
    name: str,
) -> list[Accepted]:
    """Answers (value, tolerance, fraction, feedback) of a field for a number; what is no number is left out."""
    values = worth([fraction for _, _, fraction, _ in answers], points, together=False)
    found: list[Accepted] = []
    for number, ((value, tolerance, _, feedback), worth_) in enumerate(zip(answers, values, strict=True), 1):
        label = f"{name}-{number}"
        if value.strip() == "*":
            found.append(Accepted("*", worth_, draft.answered(response), feedback=feedback, name=label))
        elif is_number(value):
            text, reach = number_text(value), number_text(tolerance or "0")
            span = float(text) - float(reach), float(text) + float(reach)
            found.append(Accepted(text, worth_, _equal(draft, response, text, reach), span, feedback, label))
    return found


def _equal(draft: InteractionDraft, response: str, value: str, tolerance: str) -> Element:
    inner = (draft.variable(response), draft.base("float", value))
    if not float(tolerance):
        return draft.node_of("equal", *inner, toleranceMode="exact")
    if draft.version.kebab:
        # Players of 3.0 know no tolerance of «equal», and every one knows bounds.
        least, most = (
            str(bound) for bound in (Decimal(value) - Decimal(tolerance), Decimal(value) + Decimal(tolerance))
        )
        return draft.node_of(
            "and",
            draft.node_of("gte", draft.variable(response), draft.base("float", least)),
            draft.node_of("lte", draft.variable(response), draft.base("float", most)),
        )
    return draft.node_of("equal", *inner, toleranceMode="absolute", tolerance=f"{tolerance} {tolerance}")


def is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text.strip()))


def number_text(text: str) -> str:
    """«1,5» → «1.5», «.5» → «0.5», «5.» → «5»: a number that every reader takes; its digits are the author's."""
    text = text.strip().replace(",", ".") if is_number(text) else "0"
    mantissa, e, exponent = text.replace("E", "e").partition("e")
    sign, digits = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
    whole, _, rest = digits.partition(".")
    return f"{sign}{whole or '0'}{'.' if rest else ''}{rest}{e}{exponent}"


# --- essays -------------------------------------------------------------------------------------------------------


def essay(draft: InteractionDraft, question: Essay, say: Words) -> None:
    """A box to write in, marked by a person; files to hand in beside it."""
    declaration = draft.declare("single", "string")
    template = legal("\n\n".join(filter(None, (block_text((block,)) for block in question.template))))
    if template:
        declaration.append(draft.node_of("defaultValue", draft.node_of("value", text=template)))
    lines = {"expectedLines": str(question.response_lines)} if question.response_lines else {}
    box = draft.version.child(draft.body, "extendedTextInteraction", responseIdentifier=RESPONSE, **lines)
    draft.kinds.append("extendedTextInteraction")
    if words := _words(question, say):
        prompt = draft.version.child(box, "prompt", words)
        stated = (("least", question.min_words), ("most", question.max_words))
        prompt.set("class", " ".join((LIMITS, *(f"{name}-{words}" for name, words in stated if words))))
    for number in range(1, uploads(question) + 1):
        name = f"FILE{number}"
        draft.declare("single", "file", name=name)
        draft.version.child(draft.body, "uploadInteraction", responseIdentifier=name)
        draft.kinds.append("uploadInteraction")
    draft.by_hand = True


def uploads(question: Essay) -> int:
    """How many files can be handed in: an item says each."""
    return min(abs(question.attachments), _MOST_UPLOADS) if question.attachments else 0


def _words(question: Essay, say: Words) -> str:
    lowest, highest = question.min_words, question.max_words
    if lowest and highest:
        return say("{lowest}–{highest} words", lowest=lowest, highest=highest)
    if lowest:
        return say("At least {lowest} words", lowest=lowest)
    return say("At most {highest} words", highest=highest) if highest else ""
