"""Questions of a document of which none was made, told by their neighbours: numbers of a run and groups of answers
between those that questions were made of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from coursepack import languages
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice, Question
from coursepack.outline.bank.guard import Doubt
from coursepack.outline.bank.limits import limits
from coursepack.outline.found import OutlineSource
from coursepack.outline.missed_questions import AnswerGroup, TextLine, groups_of, lines_of
from coursepack.stages import Live

_LEAD = languages.expression(
    r"\W{0,2}(?:(?P<sign>№|#|N[or]\b\.?|N[º°]\.?)\s?|(?P<word>@question@)\s*(?:№\s*)?)?(?P<n>\d{1,4})"
    r"(?P<behind>\s?-?\s?@question@)?\s?(?P<close>[.):])(?!\d)\s*(?=\S)",
    re.IGNORECASE,
)


def skipped(source: OutlineSource, questions: Sequence[Question], live: Live) -> Iterator[Doubt]:
    """The places of numbers and answers that are of no question although others beside them are."""
    lines = lines_of(source, live)
    where = source.document.place
    held, chosen = _held(questions), _held([one for one in questions if isinstance(one, MultipleChoice)])
    bare = {at for at, text in source.stream.texts.clean.items() if text.strip(" .)").isdecimal() and at + 1 in held}
    texts = frozenset[str]().union(*live.each("beginnings", questions, _texts))
    for at, n in _numbers(lines, held | bare, texts, live):
        yield where(at, at), f"number {n} of a series did not become a question, its neighbours did"
    keys = {one.unit for one in source.stream.texts.ledger.entries if one.reason == "key"}
    for group in _answers(lines, held | keys, chosen):
        at = lines[max(group.over, 0)].place
        yield where(at, at), "answer options were not recognized, those next to them were"


def _held(questions: Sequence[Question]) -> Set[int]:
    """The places of all lines that questions take."""
    return {at for one in questions if one.place for at in range(one.place.first, one.place.last + 1)}


def _texts(question: Question) -> frozenset[str]:
    """The beginnings of all lines of a stem and of its answers to choose from."""
    chosen = (choice.content for choice in question.choices) if isinstance(question, MultipleChoice) else ()
    return frozenset(_begins(line) for text in (question.text, *chosen) for line in block_text(text).split("\n"))


def _begins(text: str) -> str:
    return text.strip()[:_COMPARED].rstrip(" .;")


_COMPARED = 30
"""Letters by which lines of one place are distinguished."""


@dataclass
class _NumberRun:
    """Lines whose numbers of one form count on, near one another: the last one; of all the place, the number, and
    whether a question holds it."""

    value: int
    at: int
    places: list[tuple[int, int, bool]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A line that begins with a number: the form of its label, the number, and what stands behind it."""

    form: tuple[str | None, ...]
    value: int
    beginning: str


def _counted(line: TextLine) -> _Counted | None:
    found = _LEAD.match(line.text)
    if found is None:
        return None
    form = (found["sign"], (found["word"] or found["behind"] or "").strip(" -").lower(), found["close"])
    return _Counted(form, int(found["n"]), _begins(line.text[found.end() :]))


def _numbers(lines: Sequence[TextLine], held: Set[int], texts: Set[str], live: Live) -> Iterator[tuple[int, int]]:
    """The places and numbers of runs that are of no question, where several of the run are; lines of one paragraph are
    distinguished by how they begin."""
    shared = Counter(line.place for line in lines)
    open_: dict[tuple[str | None, ...], _NumberRun] = {}
    done: list[_NumberRun] = []
    for at, found in enumerate(live.each("counted", lines, _counted)):
        if found is None:
            continue
        place, value, beginning, run = lines[at].place, found.value, found.beginning, open_.get(found.form)
        if run is None or value != run.value + 1 or at - run.at > limits()["near"]:
            run = open_[found.form] = _NumberRun(value, at)
            done.append(run)
        run.value, run.at = value, at
        is_held = place in held and (shared[place] == 1 or beginning in texts)
        if is_held or len(beginning) < _COMPARED or beginning not in texts:
            # A question may stand on several tickets, or be a topic as well: it says nothing of its neighbours there.
            run.places.append((place, value, is_held))
    for run in done:
        missing = [(place, n) for place, n, is_held in run.places if not is_held]
        if len(run.places) - len(missing) >= limits()["judged"]:
            yield from missing


def _answers(lines: Sequence[TextLine], requested: Set[int], chosen: Set[int]) -> Iterator[AnswerGroup]:
    """The groups of answers of no question, of the size that those of questions near them mostly have."""
    groups = [one for one in groups_of(lines) if len(one.places) > 1]
    places = [{lines[at].place for at in one.places} for one in groups]
    sizes = Counter(len(one.places) for one, of in zip(groups, places, strict=True) if of <= chosen)
    size, count = sizes.most_common(1)[0] if sizes else (0, 0)
    last: int | None = None
    for one, of in zip(groups, places, strict=True) if count >= limits()["judged"] else ():
        near = last is not None and one.places[0] - last <= limits()["far"] and len(one.places) == size
        last = one.places[-1] if of <= chosen or near else last
        if near and of.isdisjoint(requested):
            yield one
