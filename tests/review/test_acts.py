"""Acts of a review: each is one entry of course.toml, changes the course as it says, and can be undone to the byte."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from coursepack.review import edits
from tests.outline.test_anchors import BANK
from tests.review.pages import SOIL, TOML, Visit, text_of, visit


@pytest.fixture
def soil(tmp_path: Path) -> Visit:
    return visit(tmp_path / "soil", {"soil.md": SOIL})


def unit(seen: Visit, text: str, source: int = 0) -> str:
    """The number of the paragraph that holds a text."""
    units = seen.pages.review.now().understood.ledgers[source].units
    return next(str(number) for number, line in units.items() if text in line)


ACTS: list[tuple[str, str, dict[str, str], dict[str, Any]]] = [
    ("part", "Consider this", {"part": "review"}, {"kind": "part", "part": "review"}),
    (
        "part",
        "Lecture 2. Water",
        {"part": "seminar", "number": "4", "week": "7", "title": "Wet"},
        {"kind": "part", "part": "seminar", "number": 4, "week": 7, "title": "Wet"},
    ),
    ("not-a-part", "Consider this", {}, {"kind": "part", "part": "none"}),
    ("end", "Water moves", {}, {"kind": "end"}),
    ("heading", "Water moves", {}, {"kind": "heading", "level": 1}),
    ("paragraph", "Consider this", {}, {"kind": "paragraph"}),
    ("list-item", "Water moves", {}, {"kind": "list-item"}),
    ("debris", "the smell", {}, {"kind": "debris"}),
    ("replace", "the smell", {"text": "the smell of rain"}, {"kind": "replace", "text": "the smell of rain"}),
]


@pytest.mark.parametrize(("act", "at", "fields", "said"), ACTS, ids=[f"{one[0]}-{n}" for n, one in enumerate(ACTS)])
def test_an_act_is_one_entry_behind_what_stands_there(
    soil: Visit, act: str, at: str, fields: dict[str, str], said: dict[str, Any]
) -> None:
    before = soil.pages.review.now().understood.course
    page = soil.act(act, source="0", unit=unit(soil, at), **fields)
    assert soil.toml.startswith(TOML)
    (entry,) = tomllib.loads(soil.toml)["correction"]
    anchored = {name: entry.pop(name) for name in ("file", "begins", "sha256")}
    around = {name: entry.pop(name, None) for name in ("before", "after", "nth")}
    assert entry == said
    assert anchored["file"] == "soil.md"
    assert anchored["begins"][:10] in SOIL
    assert any(around.values())
    assert "Last change" in text_of(page)
    assert soil.pages.review.now().understood.course != before or act in {"heading", "end", "paragraph", "not-a-part"}
    soil.send("/undo")
    assert soil.toml == TOML
    assert soil.pages.review.now().understood.course == before


def test_a_remark_stays_above_what_it_is_about() -> None:
    text = 'id = "a"\n\n[[correction]]\nkind = "join" # once\n\n# Points of the faculty\n[[assignment]]\npoints = 1\n'
    made = edits.added(text, "correction", {"kind": "end"})
    new = '[[correction]]\nkind = "end"\n\n'
    assert made == text.replace("# Points", f"{new}# Points")
    assert edits.removed(made, "correction", 1) == text


def test_entries_that_stand_apart_are_not_moved() -> None:
    text = '[[correction]]\nkind = "join"\n\n[[source]]\nfile = "a"\n\n[[correction]]\nkind = "end"\n'
    made = edits.added(text, "correction", {"kind": "debris"})
    assert made == text + '\n[[correction]]\nkind = "debris"\n'


def test_what_an_act_changed_is_shown(soil: Visit) -> None:
    page = soil.act("part", source="0", unit=unit(soil, "Lecture 2"), part="seminar", number="4", week="7")
    assert soil.sessions == [(1, "lecture", 1, "Soil"), (7, "seminar", 4, "Water")]
    gone, come = page.index("gone"), page.index("Seminar 4. Water")
    assert "Lecture 2. Water" in page[gone:come]


def test_a_class_moves_to_another_week_and_gets_a_title(soil: Visit) -> None:
    soil.act("session", session="w02-lecture", week="5", number="2", title="Water in the soil")
    assert soil.sessions == [(1, "lecture", 1, "Soil"), (5, "lecture", 2, "Water in the soil")]
    (entry,) = tomllib.loads(soil.toml)["correction"]
    assert (entry["begins"], entry["part"], entry["week"]) == ("Lecture 2. Water", "lecture", 5)


def test_a_paragraph_is_split_and_joined(soil: Visit) -> None:
    at = unit(soil, "Water moves")
    soil.act("split", source="0", unit=at, words="and carries salts")
    (entry,) = tomllib.loads(soil.toml)["correction"]
    assert (entry["kind"], entry["begins"]) == ("break", "and carries salts")
    refused = soil.send("/act", act="split", source="0", unit=at, words="not there")
    assert refused.status_code == 409
    assert "Nothing was written" in text_of(refused.text)
    assert len(tomllib.loads(soil.toml)["correction"]) == 1


def test_the_right_answer(tmp_path: Path) -> None:
    toml = TOML.replace("soil.md", "test.md").replace("textbook", "tests")
    seen = visit(tmp_path / "soil", {"test.md": BANK}, toml)
    assert "What moves water?" in text_of(seen.get("/doubts"))
    exam = seen.pages.review.now().understood.course.exam
    assert exam is not None
    seen.act("key", question=exam.questions[1].id, answers="its weight")
    (entry,) = tomllib.loads(seen.toml)["correction"]
    assert (entry["kind"], entry["begins"], entry["answers"]) == ("key", "What moves water?", ["its weight"])
    assert "What moves water?" not in text_of(seen.get("/doubts"))
    seen.act("key", question=exam.questions[1].id, answers="light")
    (entry,) = tomllib.loads(seen.toml)["correction"]
    assert entry["answers"] == ["light"]


def test_a_question_rewords_another(tmp_path: Path) -> None:
    toml = TOML.replace("soil.md", "exam.md").replace("textbook", "questions")
    text = "# Exam questions\n\n1. What is soil made of?\n2. Name the layers of the earth.\n3. What makes soil?\n"
    seen = visit(tmp_path / "soil", {"exam.md": text}, toml)
    exam = seen.pages.review.now().understood.course.exam
    assert exam is not None
    seen.act("variant", question=exam.questions[2].id, of="1")
    assert tomllib.loads(seen.toml)["exam"]["variants"] == [
        {"question": "What makes soil?", "of": "What is soil made of?"}
    ]
    again = seen.pages.review.now().understood.course.exam
    assert again is not None
    assert again.questions[2].variant_of == again.questions[0].id


def test_about_the_course(soil: Visit) -> None:
    soil.act(
        "about",
        code="SL 101",
        **{
            "hours.lecture": "30",
            "was.hours.lecture": "",
            "outcomes": "tells soils apart\nreads a profile",
            "city": "",
        },
    )
    assert tomllib.loads(soil.toml)["about"] == {
        "code": "SL 101",
        "hours": {"lecture": 30},
        "outcomes": ["tells soils apart", "reads a profile"],
    }
    page = soil.get("/about")
    assert 'value="SL 101"' in page
    soil.act("about", code="", **{"was.code": "SL 101"})
    assert "code" not in tomllib.loads(soil.toml)["about"]


def test_a_role_a_language_a_title(soil: Visit) -> None:
    soil.act("role", file="soil.md", role="lecture")
    soil.act("language", language="ru")
    soil.act("title", title="Soils")
    made = tomllib.loads(soil.toml)
    assert (made["source"][0]["role"], made["language"], made["title"]) == ("lecture", "ru", "Soils")
    assert "# Kept as it is." in soil.toml
    assert "# for good" in soil.toml


def test_what_was_set_aside_by_hand_comes_back(soil: Visit) -> None:
    at = unit(soil, "the smell")
    soil.act("debris", source="0", unit=at)
    assert "the smell" not in text_of(soil.get("/?part=w01").split('class="made"')[1])
    soil.act("restore", file="soil.md", unit=at)
    assert soil.toml == TOML


def test_a_correction_is_taken_out(soil: Visit) -> None:
    soil.act("debris", source="0", unit=unit(soil, "the smell"))
    soil.act("debris", source="0", unit=unit(soil, "the colour"))
    assert "the colour of dry soil" in text_of(soil.get("/corrections"))
    soil.act("take-out", index="0")
    (entry,) = tomllib.loads(soil.toml)["correction"]
    assert entry["begins"] == "the colour of dry soil"


def test_a_choice_of_readings_ends_a_doubt(tmp_path: Path) -> None:
    text = SOIL.replace("## Consider this with a friend", "## Think it over")
    seen = visit(tmp_path / "soil", {"soil.md": text})
    from coursepack.review.uncertainties import doubts

    found = [one for one in doubts(seen.pages.review.now()) if one.readings]
    for doubt in found:
        page = seen.get(f"/?s=0&at={doubt.unit}&doubt={doubt.id}")
        assert 'data-key="1"' in page
        assert 'data-key="2"' in page
        seen.act("part", **{name: value for name, value in doubt.readings[0].form.items() if name != "act"})
    assert [one for one in doubts(seen.pages.review.now()) if one.readings] == []


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "part", "source": "9", "unit": "1", "part": "lecture"},
        {"act": "part", "source": "0", "unit": "99999", "part": "lecture"},
        {"act": "part", "source": "0", "unit": "1", "part": "nothing such"},
        {"act": "no such act"},
        {"act": "variant", "question": "none", "of": "1"},
        {"act": "language", "language": "xx"},
        {"act": "assignment", "assignment": "w01-task", "points": "many"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(soil: Visit, fields: dict[str, str]) -> None:
    answer = soil.send("/act", **fields)
    assert answer.status_code == 409
    assert "Nothing was written" in text_of(answer.text)
    assert soil.toml == TOML
    assert soil.sessions[0] == (1, "lecture", 1, "Soil")
