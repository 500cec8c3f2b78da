"""A text with gaps: fields and lists in its lines, each gap with its part of the points."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursepack.files.xml import legal
from coursepack.ims.asi import MATHML
from coursepack.ims.asi_html import AsiHtml
from coursepack.model.questions import Cloze, Gap, as_typed
from coursepack.moodle.text import PLACEHOLDER
from coursepack.writers.qti.draft import FEEDBACK, InteractionDraft, worth
from coursepack.writers.qti.texts import (
    Accepted,
    accepted_numbers,
    accepted_texts,
    chain,
    entry,
    right_number,
    right_text,
)

Element = etree._Element

_NO_PLACE = frozenset({"caption", "figcaption", "object", "audio", "video"})
"""Elements whose text holds no field."""


def cloze(draft: InteractionDraft, question: Cloze, html: AsiHtml) -> list[int]:
    """The text with its gaps; the numbers of those that have no place in it and stand behind it."""
    html.fill(draft.body, question.text)
    marks = [gap.mark for gap in question.gaps]
    shared = marks if sum(marks) > 0 else [1 for _ in marks]
    weights = worth([mark / sum(shared) for mark in shared], draft.points, together=True)
    fields: dict[int, Element] = {}
    ticked: dict[int, Element] = {}
    for number, (gap, points) in enumerate(zip(question.gaps, weights, strict=True), 1):
        name = f"RESPONSE{number}"
        if gap.kind == "multiple-response":
            ticked[number] = _several(draft, gap, number, name, points)
        elif gap.kind == "multiple-choice":
            fields[number] = _list(draft, gap, number, name, points)
        else:
            fields[number] = _field(draft, gap, number, name, points)
    left = {**fields, **ticked}
    for holder in [*draft.body.iter()]:
        for number in _put(draft, holder, fields, ticked):
            left.pop(number, None)
    _after(draft, ticked, set(ticked) - set(left))
    for number in left:
        if number in fields:
            draft.version.child(draft.body, "p").append(fields[number])
        else:
            draft.body.append(ticked[number])
    return list(left)


def _put(
    draft: InteractionDraft, holder: Element, fields: dict[int, Element], ticked: dict[int, Element]
) -> Iterator[int]:
    """Fields where ``{#n}`` stands in the text of an element and behind its children."""
    if not isinstance(holder.tag, str) or etree.QName(holder).namespace == MATHML:
        return
    if etree.QName(holder).localname in _NO_PLACE:
        return
    at = 0
    text, holder.text = holder.text, None
    pieces: list[Element | str] = [*_pieces(text, fields, ticked, draft)]
    for child in list(holder):
        tail, child.tail = child.tail, None
        pieces += [child, *_pieces(tail, fields, ticked, draft)]
        holder.remove(child)
    for piece in pieces:
        if isinstance(piece, str):
            if at:
                holder[-1].tail = (holder[-1].tail or "") + piece
            else:
                holder.text = (holder.text or "") + piece
        else:
            holder.append(piece)
            at += 1
            number = piece.get("class", "").removeprefix("gap-")
            if number.isdecimal():
                if int(number) not in ticked:
                    del piece.attrib["class"]
                yield int(number)


def _pieces(
    text: str | None, fields: dict[int, Element], ticked: dict[int, Element], draft: InteractionDraft
) -> Iterator[Element | str]:
    """A text cut at its gaps. A gap with several answers to tick is no field: its number stands there in brackets."""
    if not text or "{#" not in text:
        yield from ([text] if text else [])
        return
    end = 0
    for found in PLACEHOLDER.finditer(text):
        number = int(found[1])
        result = fields.get(number)
        if result is not None and result.get("class") is None and result.getparent() is None:
            result.set("class", f"gap-{number}")
        elif number in ticked:
            result = draft.node_of("span", text=f"({number})")
            result.set("class", f"gap-{number}")
        else:
            continue
        yield text[end : found.start()]
        yield result
        end = found.end()
    yield text[end:]


def _after(draft: InteractionDraft, ticked: dict[int, Element], placed: set[int]) -> None:
    """The options of gaps behind the paragraph that their number stands in."""
    for number in sorted(placed, reverse=True):
        mark = next(each for each in draft.body.iter(draft.version.tag("span")) if each.text == f"({number})")
        block = mark
        while block.getparent() is not draft.body:
            above = block.getparent()
            assert above is not None  # noqa: S101 - it stands in the body
            block = above
        block.addnext(ticked[number])


def _named(number: int, at: int) -> str:
    return f"gap-{number}-{at}"


def _offered(
    draft: InteractionDraft, gap: Gap, number: int, name: str, points: float, *, several: bool
) -> list[tuple[str, str]]:
    """Declare a gap that is answered by choosing; its options (name, text)."""
    options = [(_named(number, at), legal(as_typed(answer.text))) for at, answer in enumerate(gap.answers, 1)]
    fractions = [answer.fraction for answer in gap.answers]
    values = worth(fractions, points, together=several)
    best = max(fractions, default=0.0)
    right = [
        option
        for (option, _), fraction in zip(options, fractions, strict=True)
        if fraction > 0 and (several or fraction == best)
    ]
    declaration = draft.declare(
        "multiple" if several else "single", "identifier", right if several else right[:1], name
    )
    entries = [(option, value) for (option, _), value in zip(options, values, strict=True) if value]
    if entries:
        draft.values_of(declaration, entries, bounds=(0.0, points) if several else None)
        mapped = draft.gain(draft.node_of("mapResponse", identifier=name))
        draft.rules.append(draft.first_of((draft.answered(name), (mapped,))))
    stated = {option: answer.feedback for (option, _), answer in zip(options, gap.answers, strict=True)}
    draft.show_chosen(f"{FEEDBACK}{number}", name, stated, several=several)
    return options


def _list(draft: InteractionDraft, gap: Gap, number: int, name: str, points: float) -> Element:
    options = _offered(draft, gap, number, name, points, several=False)
    result = draft.node_of("inlineChoiceInteraction", responseIdentifier=name, shuffle="false")
    for option, text in options:
        draft.version.child(result, "inlineChoice", text, identifier=option)
    draft.kinds.append("inlineChoiceInteraction")
    return result


def _several(draft: InteractionDraft, gap: Gap, number: int, name: str, points: float) -> Element:
    options = _offered(draft, gap, number, name, points, several=True)
    result = draft.node_of("choiceInteraction", responseIdentifier=name, shuffle="false", maxChoices="0")
    result.set("class", f"gap-{number}")  # as its number in the text is
    draft.version.child(result, "prompt", f"({number})")
    for option, text in options:
        draft.version.child(result, "simpleChoice", text, identifier=option)
    draft.kinds.append("choiceInteraction")
    return result


def _field(draft: InteractionDraft, gap: Gap, number: int, name: str, points: float) -> Element:
    answers = [answer for answer in gap.answers if answer.text.strip()]
    accepted: list[Accepted]
    if gap.kind == "numerical":
        tolerances = (*gap.tolerances, *[""] * len(gap.answers))
        paired = zip(gap.answers, tolerances, strict=False)
        given = [(a.text, t, a.fraction, a.feedback) for a, t in paired if a.text.strip()]
        accepted = accepted_numbers(draft, given, name, points, name=f"gap-{number}")
        draft.declare("single", "float", right_number(accepted), name)
        if any(one.points > 0 for one in accepted):
            draft.rules += chain(draft, accepted, add=True, outcome=f"{FEEDBACK}{number}")
    else:
        case = gap.kind == "short-answer-case"
        accepted = accepted_texts(draft, answers, name, points, case=case, name=f"gap-{number}")
        declaration = draft.declare("single", "string", right_text(answers, case=case), name)
        if any(one.condition is not None for one in accepted):
            draft.rules += chain(draft, accepted, add=True, outcome=f"{FEEDBACK}{number}")
        elif any(one.points > 0 for one in accepted):
            draft.values_of(declaration, [(one.text, one.points) for one in accepted if one.points], case=case)
            mapped = draft.gain(draft.node_of("mapResponse", identifier=name))
            draft.rules.append(draft.first_of((draft.answered(name), (mapped,))))
    result = entry(draft, draft.node_of("p"), name, accepted)
    holder = result.getparent()
    assert holder is not None  # noqa: S101 - made just now
    holder.remove(result)
    return result
