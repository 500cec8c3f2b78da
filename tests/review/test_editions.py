"""A course in two languages: the source, the course and the form of each edition can be reached and corrected."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.outline.test_editions import FILES, HEAD, source
from tests.review.pages import Visit, text_of, visit


@pytest.fixture
def power(tmp_path: Path) -> Visit:
    files = {name: FILES[name] for name in ("kk.txt", "ru.txt")}
    return visit(tmp_path / "c", files, HEAD + source("kk.txt") + "\n" + source("ru.txt"))


def test_each_edition_is_shown(power: Visit) -> None:
    page = power.get("/", "ru")
    assert "Лекция 1" not in text_of(page)
    assert 'aria-pressed="true"><span lang="kk">қазақша' in page
    power.send("/edition", to="ru")
    page = power.get("/", "ru")
    assert "Источник: ru.txt" in text_of(page)
    assert "1-дәріс. Билік" not in text_of(page)
    assert power.sessions == [(1, "lecture", 1, "Власть"), (2, "lecture", 2, "Право")]
    assert 'value="Власть" lang="ru"' in power.get("/about")
    power.send("/edition", to="kk")
    assert power.sessions == [(1, "lecture", 1, "Билік"), (2, "lecture", 2, "Құқық")]


def test_what_is_said_of_an_edition_is_its_own(power: Visit) -> None:
    power.send("/edition", to="ru", back="/about")
    power.act("title", title="О власти")
    power.act("about", university="Университет")
    units = power.pages.review.now().understood.ledgers[0].units
    at = next(str(number) for number, text in units.items() if "Лекция 2" in text)
    power.act("part", source="0", unit=at, part="seminar", week="5")
    made = tomllib.loads(power.toml)
    assert (made["title"], made["titles"], made["about"]) == (
        "Билік",
        {"ru": "О власти"},
        {"ru": {"university": "Университет"}},
    )
    assert made["correction"][0]["file"] == "ru.txt"
    assert (5, "seminar", 2, "Право") in power.sessions
    power.send("/edition", to="kk")
    assert power.sessions == [(1, "lecture", 1, "Билік"), (2, "lecture", 2, "Құқық")]
    findings = [one.code for one in power.pages.review.now().understood.findings]
    assert not any("correction" in code for code in findings)
    assert "О власти" not in power.get("/about")
    for _ in range(3):
        power.send("/undo")
    assert 'titles = { ru = "Власть" }' in power.toml
    assert "correction" not in tomllib.loads(power.toml)


def test_the_main_language_is_changed_in_the_main_edition(power: Visit) -> None:
    assert "language of the course" in power.get("/about")
    power.send("/edition", to="ru")
    assert "language of the course" not in power.get("/about")
    power.send("/edition", to="nonsense")
    assert power.sessions[0][3] == "Власть"


def test_an_act_is_for_the_edition_that_was_shown(power: Visit) -> None:
    stale = power.pages.review.now().revision
    power.send("/edition", to="ru")
    assert power.send("/act", act="title", title="X", revision=stale).status_code == 409
    assert tomllib.loads(power.toml)["title"] == "Билік"


def test_a_build_makes_all_editions(power: Visit) -> None:
    power.send("/edition", to="ru")
    now = power.pages.review.now()
    assert now.loaded.project.language == "ru"
    assert (now.whole.project.language, now.editions) == ("kk", ("kk", "ru"))


def test_a_course_of_one_edition_has_no_switch(tmp_path: Path) -> None:
    seen = visit(
        tmp_path / "c", {"kk.txt": FILES["kk.txt"]}, HEAD.replace('languages = ["ru"]\n', "") + source("kk.txt")
    )
    assert "/edition" not in seen.get("/")
