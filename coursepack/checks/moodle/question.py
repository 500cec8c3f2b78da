"""What an XSD cannot say about a question of Moodle's quiz XML: one short function a type.

The source is the behaviour of Moodle 4.5 (``question/format/xml/format.php``, ``question/type/*/questiontype.php``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from coursepack.checks.moodle.elements import (
    REAL,
    Element,
    QuestionError,
    QuestionErrors,
    Rule,
    doubt,
    element_errors,
    fault,
    line,
    markup_errors,
    text_of,
    value,
)
from coursepack.moodle.text import GRADES, LONGEST_NAME, NUMBER

__all__ = ["Element", "QuestionError", "doubt", "fault", "line", "markup_errors", "question_errors", "text_of", "value"]

LONGEST_MATCH = 255
"""Letters of the answer of a row to match."""


def question_errors(question: Element) -> QuestionErrors:
    """Everything wrong with a question that is not a category."""
    kind = question.get("type", "")
    rule = _RULES.get(kind)
    yield from _common(question, kind)
    if rule:
        yield from rule(question)
    yield from element_errors(question, core=kind in _CORE_TYPES)


# --- what all types share -----------------------------------------------------------------------------------------


def _common(question: Element, kind: str) -> QuestionErrors:
    name = text_of(question.find("name"))
    if name is None and (kind not in {"cloze", "multianswer"} or question.find("name") is not None):
        yield fault("name-missing", "the question has no name, which Moodle asks for", question)
    elif name is not None and len(name) > LONGEST_NAME:
        yield doubt("name-long", f"the name has {len(name)} characters; Moodle cuts it to {LONGEST_NAME}", question)
    text = question.find("questiontext")
    if text is None or text.find("text") is None:
        yield fault("text-missing", "the question has no <questiontext> with a <text>", question)
    elif not text_of(text) and text.find("file") is None:
        yield doubt("text-empty", "the question's text is empty", text)


# --- answers ------------------------------------------------------------------------------------------------------


@cache
def _percent(text: str) -> float | None:
    """The grade in per cent that a fraction says; None when it is no number."""
    return float(text) if REAL.fullmatch(text.strip()) else None


@cache
def _is_grade(percent: float) -> bool:
    return any(abs(abs(percent) - grade) < 0.001 for grade in GRADES)


def _fraction(answer: Element) -> float | None:
    return _percent(answer.get("fraction", "0"))


def _grades(question: Element) -> QuestionErrors:
    for answer in question.iterfind("answer"):
        percent = _fraction(answer)
        if percent is None:
            yield fault("fraction", f"the fraction {answer.get('fraction')!r} is not a number", answer)
        elif not _is_grade(percent):
            yield fault(
                "grade",
                f"an answer is worth {percent:g} %, which is none of Moodle's grades: the whole file is refused",
                answer,
                "take the nearest of 100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, "
                "16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0",
            )
        if answer.find("text") is None:
            yield fault("answer-text", "an <answer> without <text> arrives empty", answer)


def _best(question: Element) -> float:
    return max((_fraction(answer) or 0.0 for answer in question.iterfind("answer")), default=0.0)


def _multichoice(question: Element) -> QuestionErrors:
    answers = question.findall("answer")
    shown = [answer for answer in answers if text_of(answer)]
    if len(shown) < 2:
        yield fault("choices", f"{len(shown)} options, expected at least two: the import would stop here", question)
    yield from _grades(question)
    single = (value(question, "single") or "true") not in {"false", "0"}
    worth = [_fraction(answer) or 0.0 for answer in shown]
    best, total = max(worth, default=0.0), sum(fraction for fraction in worth if fraction > 0)
    if best <= 0:
        yield doubt("no-key", "no option is right: no answer will earn a mark", question)
    elif single and abs(best - 100) > 0.01:
        yield doubt("no-full", f"the best option is worth {best:g} %, expected 100", question)
    elif not single and abs(total - 100) > 1:
        yield doubt("sum", f"the right options are worth {total:g} % together, expected 100", question)


def _truefalse(question: Element) -> QuestionErrors:
    answers = question.findall("answer")
    words = {(text_of(answer) or "").strip() for answer in answers}
    if len(answers) != 2:
        yield fault("truefalse", f"{len(answers)} answers, expected two: true and false", question)
    elif words != {"true", "false"}:
        yield doubt("truefalse", f"the answers are {sorted(words)}, expected 'true' and 'false'", question)
    for answer in answers:
        if answer.get("fraction") is None or _fraction(answer) is None:
            yield fault("fraction", "an answer has no fraction, expected 100 or 0", answer)
    if len(answers) == 2 and sum(_fraction(answer) == 100 for answer in answers) != 1:
        yield fault("truefalse", "not exactly one of the two answers is worth 100", question)


def _shortanswer(question: Element) -> QuestionErrors:
    yield from _grades(question)
    if abs(_best(question) - 100) > 0.001:
        yield fault("no-full", "no answer is worth 100: the import would stop here", question)
    for answer in question.iterfind("answer"):
        if answer.find("text") is not None and not text_of(answer):
            yield doubt("answer-empty", "an accepted answer is empty", answer)


# A number as a person types it: blanks between thousands, a comma or a point.
_TYPED = re.compile(r"[-+]?(?:\d{1,3}(?:[ \xa0]\d{3})+|\d*)(?:[.,]\d*)?(?:(?:[eE]|[x*]10(?:\*\*|\^))[-+]?\d+)?")


def _is_number(text: str, units: list[str]) -> bool:
    for unit in units:
        text = text.removesuffix(unit).removeprefix(unit).strip()
    return bool(_TYPED.fullmatch(text)) and any(sign.isdigit() for sign in text)


def _numerical(question: Element) -> QuestionErrors:
    yield from _grades(question)
    answers = question.findall("answer")
    if not answers:
        yield fault("answers", "a numerical question without an answer", question)
    units = [name for unit in question.iterfind("units/unit") if (name := value(unit, "unit_name"))]
    for answer in answers:
        text = text_of(answer)
        blank = not text and not _fraction(answer)
        if text is not None and text != "*" and not blank and not _is_number(text, units):
            yield fault("answer-number", f"the answer {text[:40]!r} is not a number", answer)
        tolerance = value(answer, "tolerance")
        if tolerance and not _is_number(tolerance, units):
            yield fault("tolerance", f"the tolerance {tolerance[:40]!r} is not a number", answer)
    for unit in question.iterfind("units/unit"):
        multiplier = value(unit, "multiplier")
        if multiplier is not None and not REAL.fullmatch(multiplier):
            yield fault("unit", f"the multiplier {multiplier[:40]!r} is not a number", unit)
    if answers and _best(question) <= 0:
        yield doubt("no-key", "no answer is right", question)


def _matching(question: Element) -> QuestionErrors:
    rows = question.findall("subquestion")
    asked = 0
    for row in rows:
        text, answer = text_of(row), text_of(row.find("answer"))
        asked += bool(text)
        if text and not answer:
            yield fault("pair", "a row has no answer: the import would stop here without an error message", row)
        if answer and len(answer) > LONGEST_MATCH:
            message = (
                f"the answer of a row has {len(answer)} characters, at most {LONGEST_MATCH}: the import would stop here"
            )
            yield fault("length", message, row)
        if row.find("text") is None:
            yield fault("answer-text", "a <subquestion> without <text> arrives empty", row)
    if not rows:
        yield fault("pairs", "a matching question without a row", question)
    elif asked < 2:
        yield doubt("pairs", f"{asked} row to match, expected at least two", question)


# --- cloze --------------------------------------------------------------------------------------------------------

_KINDS = {
    "NUMERICAL": "NM",
    "MULTICHOICE": "MC MCV MCH MCS MCVS MCHS MULTICHOICE_V MULTICHOICE_H MULTICHOICE_S MULTICHOICE_VS MULTICHOICE_HS",
    "MULTIRESPONSE": "MR MRH MRS MRHS MULTIRESPONSE_H MULTIRESPONSE_S MULTIRESPONSE_HS",
    "SHORTANSWER": "SA MW SAC MWC SHORTANSWER_C",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in (kind, *words.split())}
_ENDS = r"(?=[~#}]|\Z)"
_OPENING = re.compile(rf"\{{\d*:({'|'.join(sorted(_KIND_OF, key=len, reverse=True))}):")
_CLOSING = re.compile(r"(?<!\\)(?<!&)(?<!&amp;)\}")
_PARTS = re.compile(
    rf"~?(?P<worth>=|%-?\d+(?:[.,]\d*)?%)?(?P<answer>.+?(?<!\\)(?<!&)(?<!&amp;)){_ENDS}(?:\#.*?(?<!\\)(?=[~}}]|\Z))?",
    re.DOTALL | re.VERBOSE,
)
_ALMOST = re.compile(r"\{\d*:[A-Za-z_]+:")


def _cloze(question: Element) -> QuestionErrors:
    text = text_of(question.find("questiontext")) or ""
    gaps = list(_gaps(text))
    if not gaps:
        yield fault("gaps", "a cloze question without a gap that Moodle can read", question)
    if len(_ALMOST.findall(text)) > len(gaps) and gaps:
        yield doubt("gap", "something in the text looks like a gap, but Moodle will show it as plain text", question)
    for number, (kind, inside) in enumerate(gaps, 1):
        yield from _gap(kind, inside, number, question)


def _gaps(text: str) -> Iterator[tuple[str, str]]:
    """Kind and inside of each gap: as Moodle's own expression finds them, which takes a time that doubles with each
    «~» where a gap is not closed."""
    at = 0
    while opening := _OPENING.search(text, at):
        at = opening.end()
        closing = _CLOSING.search(text, at + 1)
        if closing is None:
            return  # nor is any gap after it closed
        yield _KIND_OF[opening[1]], text[at : closing.start()]
        at = closing.end()


def _gap(kind: str, inside: str, number: int, question: Element) -> QuestionErrors:
    from html import unescape

    worths: list[float] = []
    for part in _PARTS.finditer(inside):
        answer = unescape(part["answer"]).strip()
        if not answer:
            continue
        worth = part["worth"] or ""
        worths.append(100.0 if worth == "=" else float(worth.strip("%").replace(",", ".") or 0))
        if kind == "NUMERICAL" and answer != "*" and not _numerical_gap(answer):
            yield fault("gap-number", f"gap {number}: {answer[:40]!r} is not a number", question)
    if kind == "MULTICHOICE" and len(worths) < 2:
        yield fault("gap-choices", f"gap {number} offers fewer than two answers", question)
    best = max(worths, default=0.0)
    if best <= 0 or (kind != "MULTIRESPONSE" and abs(best - 100) > 0.001):
        yield fault("gap-key", f"gap {number} has no answer worth 100", question)


def _numerical_gap(answer: str) -> bool:
    number, _, tolerance = answer.partition(":")
    return bool(NUMBER.fullmatch(number.strip())) and (not tolerance or bool(NUMBER.fullmatch(tolerance.strip())))


# --- the other types of Moodle's core -----------------------------------------------------------------------------


def _calculated(question: Element) -> QuestionErrors:
    yield from _grades(question)
    if question.find("answer") is None:
        yield fault("answers", "a calculated question without an answer", question)
    for answer in question.iterfind("answer"):
        for tag in ("tolerance", "tolerancetype", "correctanswerformat", "correctanswerlength"):
            if answer.find(tag) is None:
                yield fault("calculated", f"an answer of a calculated question has no <{tag}>", answer)
    for definition in question.iterfind("dataset_definitions/dataset_definition"):
        if not text_of(definition.find("name")):
            yield fault("dataset", "a wild card has no name", definition)


def _options(tag: str) -> Rule:
    def rule(question: Element) -> QuestionErrors:
        options = question.findall(tag)
        if not options and question.find("answer") is None:
            yield fault("answers", f"no <{tag}>, expected at least one", question)
        text = text_of(question.find("questiontext")) or ""
        places = {int(number) for number in re.findall(r"\[\[(\d{1,6})\]\]", text)}
        if not places:
            yield fault("gaps", "the text has no gap [[1]]", question)
        elif options and max(places) > len(options):
            yield fault("gaps", f"the text has a gap [[{max(places)}]], but only {len(options)} options", question)

    return rule


def _on_image(question: Element) -> QuestionErrors:
    if question.find("file") is None:
        yield doubt("background", "there is no background picture", question)
    drags = {value(drag, "no") for drag in question.iterfind("drag")}
    if not drags:
        yield fault("answers", "nothing to drag", question)
    if question.find("drop") is None:
        yield fault("answers", "nowhere to drop", question)
    for drop in question.iterfind("drop"):
        choice = value(drop, "choice")
        if choice and choice != "0" and choice not in drags:
            yield doubt("drop", f"a drop asks for drag {choice}, which is not there", drop)


def _ordering(question: Element) -> QuestionErrors:
    if len(question.findall("answer")) < 2:
        yield fault("answers", "fewer than two items to put in order", question)
    for answer in question.iterfind("answer"):
        if answer.find("text") is None:
            yield fault("answer-text", "an <answer> without <text> arrives empty", answer)
    items = [text for answer in question.iterfind("answer") if (text := text_of(answer))]
    if len(set(items)) < len(items):
        yield doubt("items-same", "two items are identical: Moodle treats them as one, and no order is right", question)


_RULES: dict[str, Rule] = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "cloze": _cloze,
    "multianswer": _cloze,
    "calculated": _calculated,
    "calculatedsimple": _calculated,
    "calculatedmulti": _calculated,
    "gapselect": _options("selectoption"),
    "ddwtos": _options("dragbox"),
    "ddimageortext": _on_image,
    "ddmarker": _on_image,
    "ordering": _ordering,
}
_CORE_TYPES = {*_RULES, "category", "essay", "description", "randomsamatch"}
