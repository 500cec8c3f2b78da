"""Moodle's own notations inside texts: grades it knows, category paths, cloze gaps, names it keeps.

Sources: Moodle 4.5, ``question/engine/bank.php`` (grades), ``question/format.php`` (category paths, names),
``question/type/multianswer/questiontype.php`` (gaps).
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from html import escape

from coursepack.model.questions import Answer, Gap

LONGEST_NAME = 255
"""The most characters of a question's or category's name; a longer name of a category aborts an import."""
LONGEST_IDNUMBER = 100
LONGEST_TAG = 50

# The grades that an answer may have, in per cent as Moodle shows them; anything else stops the import.
GRADES = (
    *(100.0, 90.0, 83.33333, 80.0, 75.0, 70.0, 66.66667, 60.0, 50.0, 40.0, 33.33333, 30.0, 25.0, 20.0),
    *(16.66667, 14.28571, 12.5, 11.11111, 10.0, 5.0, 0.0),
)
_ALL_GRADES = (*GRADES, *(-grade for grade in GRADES if grade))


@cache
def grade(fraction: float) -> tuple[str, bool]:
    """The grade in per cent nearest to ``fraction`` (-1..1) as Moodle writes it, and whether it means the same.

    >>> grade(1 / 3)
    ('33.33333', True)
    """
    percent = fraction * 100
    best = min(_ALL_GRADES, key=lambda known: abs(known - percent))
    return f"{best:g}" if best == int(best) else f"{best:.5f}".rstrip("0"), abs(best - percent) < 0.05


def short_idnumber(wanted: str) -> str:
    """An idnumber that Moodle keeps whole: a longer one ends with eight digits of its SHA-256, always the same."""
    if len(wanted) <= LONGEST_IDNUMBER:
        return wanted
    return f"{wanted[: LONGEST_IDNUMBER - 9]}-{hashlib.sha256(wanted.encode()).hexdigest()[:8]}"


def category_path(names: tuple[str, ...]) -> str:
    """The path of a category in the course's own bank; a slash inside a name is doubled.

    A name may not begin or end with a slash there (``///`` cannot be told apart): such slashes are set off by a space.
    """
    return f"$course$/top/{join_names(names)}"


def join_names(names: tuple[str, ...]) -> str:
    """Names as a path without its context."""
    return "/".join(_path_part(name) for name in names)


def _path_part(name: str) -> str:
    name = f" {name}" if name.startswith("/") else name
    name = f"{name} " if name.endswith("/") else name
    return name.replace("/", "//")


_SINGLE_SLASH = re.compile(r"(?<!/)/(?!/)")


def split_category_path(path: str) -> tuple[str, ...]:
    """The names in a category path, as Moodle splits it; the context token and ``top`` are left out."""
    names = [part.replace("//", "/").strip() for part in _SINGLE_SLASH.split(path)]
    if names and re.fullmatch(r"\$[a-z]+\$", names[0]):
        del names[0]
    if names and names[0] == "top":
        del names[0]
    return tuple(names)


_TAG_LIKE = re.compile(r"<(?=\S)")


def plain_name(text: str) -> str:
    """A name without what Moodle would take for a tag and cut out: «<заң>» becomes «‹заң›». It is as long as it was;
    a name that is to be cut is cut before, for «< …» that is cut to «<…» is a tag to Moodle."""
    return text.replace("<", "‹").replace(">", "›") if _TAG_LIKE.search(text) else text


# --- cloze --------------------------------------------------------------------------------------------------------

GAP_TYPES = {
    "short-answer": "SHORTANSWER",
    "short-answer-case": "SHORTANSWER_C",
    "numerical": "NUMERICAL",
    "multiple-choice": "MULTICHOICE",
    "multiple-response": "MULTIRESPONSE",
}
NUMBER = re.compile(r"-?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?")
PLACEHOLDER = re.compile(r"\{#(\d+)\}")
# What means something inside a gap; Moodle decodes entities there, so that an entity always survives.
_GAP_SIGNS = {ord(sign): f"&#{ord(sign)};" for sign in '&<>"~}{#\\'}


def gap_error(gap: Gap) -> str | None:
    """Why Moodle would refuse the gap (and with it the whole file), or None."""
    answers = [answer for answer in gap.answers if answer.text.strip()]
    if not answers:
        return "it has no answer"
    if gap.kind in {"multiple-choice", "multiple-response"} and len(answers) < 2:
        return "it offers one answer only"
    if gap.kind == "numerical":
        wrong = next((a.text for a in answers if a.text != "*" and not NUMBER.fullmatch(a.text.strip())), None)
        if wrong is not None:
            return f"{wrong!r} is not a number"
    best = max(answer.fraction for answer in answers)
    if best <= 0 or (gap.kind != "multiple-response" and grade(best)[0] != "100"):
        return "no answer of it is fully right"
    return None


_SIGNS = {"100": "=", "0": ""}
# With an explicit percentage, Moodle keeps the score of the wrong answers of a multiple-response gap.
_TICKED_SIGNS = {"0": ""}


def gap_text(gap: Gap, feedback: tuple[str, ...] = ()) -> str:
    """A gap as written in a cloze question's HTML: ``{1:SHORTANSWER:=Астана~%50%Ақмола#not any more}``.

    ``feedback`` gives the HTML shown after each answer.
    """
    html = gap.kind in {"multiple-choice", "multiple-response"}
    signs = _TICKED_SIGNS if gap.kind == "multiple-response" else _SIGNS
    parts = []
    for number, answer in enumerate(gap.answers):
        if not answer.text.strip():
            continue
        tolerance = gap.tolerances[number] if number < len(gap.tolerances) else ""
        remark = feedback[number] if number < len(feedback) else ""
        percent, _ = grade(answer.fraction)
        sign = signs.get(percent, f"%{percent}%")
        parts.append(sign + _alternative(answer, tolerance, remark, html=html, numerical=gap.kind == "numerical"))
    return f"{{{gap.mark}:{GAP_TYPES[gap.kind]}:{'~'.join(parts)}}}"


def _alternative(answer: Answer, tolerance: str, feedback: str, *, html: bool, numerical: bool) -> str:
    text = " ".join(answer.text.split())
    if numerical:
        text = text.replace(",", ".") + (f":{tolerance.replace(',', '.')}" if _is_tolerance(tolerance) else "")
    else:
        text = (escape(text, quote=False) if html else text).translate(_GAP_SIGNS)
        if text[0] in "=%":
            text = f"&#{ord(text[0])};{text[1:]}"
    return text + ("#" + feedback.translate(_GAP_SIGNS) if feedback else "")


def _is_tolerance(text: str) -> bool:
    return bool(text) and bool(NUMBER.fullmatch(text)) and float(text.replace(",", ".")) != 0
