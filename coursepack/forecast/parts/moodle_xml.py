"""Moodle XML: categories and questions, in the order of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from coursepack.checks.xml import line_of
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.forecast.model import PackagePart, unreadable
from coursepack.forecast.parts.grades import GRADES, NEAR

Element = etree._Element
_SHOWN = ("type", "mark", "fractions", "status")
_GAP = re.compile(r"\{([0-9]*):[A-Z_]+:")
# Types that Moodle's reader knows → whether answers are rows of their own.
_WORDS = {"gapselect": "selectoption", "ddwtos": "dragbox"}
_ANSWERED = {"multichoice", "truefalse", "shortanswer", "numerical", "ordering", "calculated", "calculatedmulti"}


def parts(package: Package) -> Iterator[PackagePart]:
    """Raises nothing: what is no XML is a course that cannot be read."""
    member = package.names()[0]
    try:
        root = package.xml(member)
    except XmlError as problem:
        place = package.place(member, problem.line)
        yield unreadable(place, str(problem))
        return
    questions = [one for one in root if one.tag == "question"]
    yield PackagePart(
        kind="course",
        name="",
        place=package.place(member, line_of(root)),
        facts={"readable": True, "questions": len(questions)},
    )
    category = ""
    for one in questions:
        place = package.place(member, line_of(one))
        if one.get("type") == "category":
            category = (one.findtext("category/text") or "").strip()
            name = category.rpartition("/")[2]
            yield PackagePart(kind="category", name=name, place=place, facts={"long": len(name), "path": category})
        else:
            yield PackagePart(kind="question", name=_name(one), place=place, facts=_facts(one), shown=_SHOWN)


def _name(one: Element) -> str:
    return " ".join((one.findtext("name/text") or "").split())


def _facts(one: Element) -> dict[str, Any]:
    kind = one.get("type", "")
    kind = {"cloze": "multianswer", "matching": "match"}.get(kind, kind)
    answers = one.findall("answer")
    fractions = [_number(answer.get("fraction", "0")) for answer in answers]
    stated = [text for answer in answers if (text := (answer.findtext("text") or "").strip())]
    mark = one.findtext("defaultgrade")
    text = one.findtext("questiontext/text") or ""
    return {
        "type": kind,
        "mark": _mark(kind, mark, text),
        "fractions": _words(one, kind) if kind in _WORDS else _kept(kind, fractions, answers),
        "status": "ready",
        "unnamed": one.find("name/text") is None,
        "long": len(_name(one)),
        "answers": len(stated) if kind == "multichoice" else len(answers),
        "odd_fraction": kind in {"multichoice", "shortanswer", "numerical"} and not all(map(_is_grade, fractions)),
        "right": any(fraction >= 100 for fraction in fractions),
        "gaps": len(_GAP.findall(text)),
    }


def _mark(kind: str, stated: str | None, text: str) -> float:
    """A text with gaps is worth what they are."""
    if kind == "description":
        return 0.0
    if kind == "multianswer":
        return float(sum(int(weight or 1) for weight in _GAP.findall(text)))
    return _number(stated) if stated and stated.strip() else 1.0


def _words(one: Element, kind: str) -> list[float]:
    """Words to drag or to choose are answers without a share; those without letters are passed over."""
    return [0.0 for word in one.findall(_WORDS[kind]) if (word.findtext("text") or "").strip()]


def _kept(kind: str, fractions: list[float], answers: list[Element]) -> list[float]:
    if kind == "truefalse":
        right = next((answer for answer in answers if _number(answer.get("fraction", "0")) > 0), None)
        true = right is not None and (right.findtext("text") or "").strip().lower() == "true"
        return [1.0, 0.0] if true else [0.0, 1.0]
    if kind == "ordering":
        return [float(number) for number, _ in enumerate(fractions, 1)]
    if kind not in _ANSWERED:
        return []
    texts = [(answer.findtext("text") or "").strip() for answer in answers]
    return [_grade(fraction) for fraction, text in zip(fractions, texts, strict=True) if text or kind != "multichoice"]


def _is_grade(fraction: float) -> bool:
    return any(abs(abs(fraction) - grade) < NEAR for grade in GRADES)


def _grade(fraction: float) -> float:
    near = next((grade for grade in GRADES if abs(abs(fraction) - grade) < NEAR), abs(fraction))
    return round(near / 100, 5) * (-1 if fraction < 0 else 1)


def _number(text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return 0.0
