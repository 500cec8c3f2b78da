"""GIFT as Moodle reads it, sign by sign (``question/format/gift/format.php``).

Our own reader forgives and refuses other things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from coursepack.forecast.model import PackagePart
from coursepack.forecast.parts.grades import GRADES, NEAR
from coursepack.forecast.parts.names import default_name, param_text
from coursepack.place import Place

_SHOWN = ("type", "mark", "fractions", "status")
_WEIGHT = re.compile(r"%-*([0-9]{1,2})\.?([0-9]*)%")
_ESCAPED = {"\\:": "\ue001", "\\#": "\ue002", "\\=": "\ue003", "\\{": "\ue004", "\\}": "\ue005", "\\~": "\ue006"}
_ESCAPED |= {"\\n": "\ue007"}
_PLAIN = {"\ue001": ":", "\ue002": "#", "\ue003": "=", "\ue004": "{", "\ue005": "}", "\ue006": "~", "\ue007": "\n"}
_FORMAT = re.compile(r"^\[(?:html|moodle|plain|markdown)\]")
_TRUE, _FALSE = {"T", "TRUE"}, {"F", "FALSE"}

_ORDER = re.compile(r">\s*\d")


def parts(text: str, path: str) -> Iterator[PackagePart]:
    """The questions of a file, divided by empty lines."""
    lines: list[str] = []
    start = 1
    for number, line in enumerate([*text.removeprefix("\ufeff").splitlines(), ""], 1):
        if line.strip() in {"", "0"}:
            if lines:
                yield from _question(lines, Place(path, start))
            lines, start = [], number + 1
        else:
            lines.append(line)


def _question(lines: list[str], place: Place) -> Iterator[PackagePart]:
    text = "\n".join(" " if line.strip().startswith("//") else line for line in lines).strip()
    if not text:
        return
    text = text.replace("\\\\", "\ue000")
    for escaped, sign in _ESCAPED.items():
        text = text.replace(escaped, sign)
    text = text.replace("\ue000", "\\")
    if text.startswith("$CATEGORY:"):
        name = text[10:].strip()
        yield PackagePart(kind="category", name=name.rpartition("/")[2], place=place, facts={"path": name})
        return
    called, rest = _named(text)
    yield _asked(called, rest, place)


def _named(text: str) -> tuple[str | None, str]:
    if text.startswith("::"):
        end = text.find("::", 2)
        if end >= 0:
            return param_text(_shown(text[2:end])), text[end + 2 :].strip()
        return None, text[2:]
    return None, text


def _asked(name: str | None, text: str, place: Place) -> PackagePart:
    start, end = text.find("{"), text.find("}")
    if start < 0 and end < 0:
        return _part(name, text, place, "description", [])
    if start < 0 or end < 0:
        return _broken(text, place, "braces")
    answers = text[start + 1 : end].strip() if end > start else ""
    blank = "" if text.endswith("}") else "_____"
    stated = text[:start] + blank + text[end + 1 :] if end > start else text
    answers = answers.rpartition("####")[0].strip() if "####" in answers else answers
    kind = _kind(answers)
    fractions = _fractions(kind, answers)
    if fractions is None:
        return _broken(stated, place, "answers")
    return _part(name, stated, place, kind, fractions)


def _kind(answers: str) -> str:
    if not answers:
        return "essay"
    if answers.startswith("#"):
        return "numerical"
    if _ORDER.match(answers):
        return "ordering"
    if "~" in answers:
        return "multichoice"
    if "=" in answers and "->" in answers:
        return "match"
    stated = answers[: answers.find("#")].strip() if answers.find("#") > 0 else answers
    return "truefalse" if stated in _TRUE | _FALSE else "shortanswer"


def _fractions(kind: str, answers: str) -> list[float] | None:
    """What the answers earn; None where Moodle stops."""
    match kind:
        case "truefalse":
            true = answers.partition("#")[0].strip() in _TRUE
            return [1.0, 0.0] if true else [0.0, 1.0]
        case "multichoice":
            found = _split(answers.replace("=", "~="), "~")
            kept = [one for one in found if one.lstrip("=").strip()]  # empty ones count, and are dropped then
            return [_choice(one) for one in kept] if len(found) > 1 and len(kept) > 1 else None
        case "match":
            found = _split(answers, "=")
            return [] if len(found) > 1 and all("->" in one for one in found) else None
        case "shortanswer":
            found = _split(answers, "=")
            return [_weight(one, 1.0) for one in found] if found else None
        case "numerical":
            return _numbers(answers[1:])
        case "ordering":  # how it is ordered, then an item a line; their places are kept as fractions
            items = filter(str.strip, answers.splitlines()[1:])
            return [float(place) for place, _ in enumerate(items, 1)]
    return []


def _split(text: str, sign: str) -> list[str]:
    found = [one.strip() for one in text.split(sign)]
    return found if found[0] not in {"", "0"} else found[1:]


def _choice(answer: str) -> float:
    return 1.0 if answer.startswith("=") else _weight(answer, 0.0)


def _weight(answer: str, default: float) -> float:
    if not _WEIGHT.match(answer):
        return default
    found = answer[1:].partition("%")[0]
    try:
        return round(float(found) / 100, 7)
    except ValueError:
        return default


def _numbers(text: str) -> list[float] | None:
    right, tilde, wrong = text.partition("~")
    found = _split(right, "=")
    if not found:
        return None
    fractions = [_weight(one, 1.0) for one in found]
    if not all(map(_is_number, found)):
        return None
    # What is said of a wrong answer becomes an answer «*» of its own.
    return [*fractions, 0.0] if tilde and wrong.partition("#")[2].strip() else fractions


def _is_number(answer: str) -> bool:
    stated = _WEIGHT.sub("", answer, count=1).partition("#")[0].strip()
    parts_ = stated.split("..") if ".." in stated else stated.split(":")
    return all(_numeric(part) for part in parts_[:2]) or stated == "*"


def _numeric(text: str) -> bool:
    try:
        float(text.strip())
    except ValueError:
        return False
    return True


def _part(name: str | None, text: str, place: Place, kind: str, fractions: list[float]) -> PackagePart:
    stated = _shown(_FORMAT.sub("", text)).strip()
    facts: dict[str, Any] = {
        "type": kind,
        "mark": 0.0 if kind == "description" else 1.0,
        "fractions": fractions,
        "status": "ready",
        "unnamed": name is None,
        "odd_fraction": kind != "ordering" and not all(map(_is_grade, fractions)),
    }
    return PackagePart(kind="question", name=name or default_name(stated), place=place, facts=facts, shown=_SHOWN)


def _is_grade(fraction: float) -> bool:
    return any(abs(abs(fraction) * 100 - grade) < NEAR for grade in GRADES)


def _broken(text: str, place: Place, why: str) -> PackagePart:
    return PackagePart(
        kind="question", name=default_name(_shown(text)), place=place, facts={"broken": why, "type": "none"}
    )


def _shown(text: str) -> str:
    for sign, plain in _PLAIN.items():
        text = text.replace(sign, plain)
    return text
