"""Sheets of words that are called by no name of a glossary: terms before signs, in type, under headings, in tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from tests.outline import documents

_TERMS = {
    "The building": {
        "Apron": "the part of the stage in front of the curtain",
        "Wings": "the spaces at the sides that the audience cannot see",
        "Fly loft": "the space above the stage where scenery hangs",
    },
    "Those who work": {
        "Stage manager": "the person who runs the show from the corner",
        "Dresser": "someone who helps actors to change",
        "Blocking": "deciding where actors stand and when they move",
    },
}
_FOREWORD = (
    "A play is made by many hands, and each trade has words of its own. Below are those that you will hear in the "
    "first weeks of the workshop."
)
_FORMS = {
    "colon": "{0}: {1}",
    "bullet": "- {0}: {1}",
    "italic": "*{0}*: {1}.",
    "equals": "{0} = {1}",
    "comma": "**{0}**, {1}.",
    "verb": "*{0}* is {1}.",
    "heading": "### {0}\n\n{1}.",
    "bold line": "**{0}**\n\n{1}.",
}
_QUESTIONS = ("Where does the dresser wait during the show?", "Why is blocking done before the lights are set?")


def _handout(groups: dict[str, list[str]]) -> str:
    parts = ["# Words of the stage", "A handout for first-year actors", _FOREWORD]
    for name, lines in groups.items():
        parts += [f"## {name}", *lines]
    asked = "\n".join(f"{at}. {text}" for at, text in enumerate(_QUESTIONS, 1))
    return "\n\n".join([*parts, "## Check yourself", asked]) + "\n"


def _terms(course: Course) -> list[tuple[str, str]]:
    return [(one.term, block_text(one.definition).rstrip(".")) for one in course.glossary]


@pytest.mark.parametrize("form", _FORMS)
def test_words_are_terms_whatever_parts_them_from_their_meanings(tmp_path: Path, form: str) -> None:
    upper = {"heading", "bold line"} & {form}
    terms = [
        (term, meaning[0].upper() + meaning[1:] if upper else meaning)
        for group in _TERMS.values()
        for term, meaning in group.items()
    ]
    told = dict(terms)
    groups = {name: [_FORMS[form].format(term, told[term]) for term in group] for name, group in _TERMS.items()}
    (tmp_path / "sheet.md").write_text(_handout(groups), "utf-8")
    course = documents.read(tmp_path)["course"]
    assert _terms(course) == terms
    assert course.title == "Words of the stage"
    assert course.exam is not None
    assert [block_text(one.text) for one in course.exam.questions] == list(_QUESTIONS)
    assert course.foreword is not None
    assert _FOREWORD in block_text(course.foreword.blocks)
    assert not [*course.sessions()]


def test_a_term_that_is_called_as_a_list_of_books_is_a_term(tmp_path: Path) -> None:
    terms = {**_TERMS["Those who work"], **_TERMS["The building"], "Reading list": "the plays of the year"}
    lines = [f"{term}: {meaning}" for term, meaning in terms.items()]
    (tmp_path / "sheet.md").write_text(_handout({"All": lines}), "utf-8")
    course = documents.read(tmp_path)["course"]
    assert _terms(course) == list(terms.items())


def test_a_table_without_a_head_holds_terms_below_a_title_that_speaks_of_words(tmp_path: Path) -> None:
    word = documents.Word().h("Words of the stage").p(_FOREWORD)
    for name, group in _TERMS.items():
        word.h(name, 2).table([*group.items(), ("Curtain call", "when all who played come back and bow")])
    word.save(tmp_path / "sheet.docx")
    course = documents.read(tmp_path)["course"]
    assert (
        dict(_terms(course)).items()
        >= {term: meaning for group in _TERMS.values() for term, meaning in group.items()}.items()
    )


def test_labels_of_a_head_are_no_terms(tmp_path: Path) -> None:
    lines = ["Course: Botany", "Teacher: Ann Lee", "Room: B 12", "Office hours: Monday at ten", "Credits: four"]
    lines += ["Attendance: come to all classes.", "Late work: is not taken."]
    (tmp_path / "sheet.md").write_text("\n\n".join(["# Botany", *lines]), "utf-8")
    course = documents.read(tmp_path)["course"]
    assert not course.glossary
