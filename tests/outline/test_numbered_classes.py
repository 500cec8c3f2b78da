"""Classes that a number alone counts, and where a series of classes ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from tests.outline.test_combinations import classes, read

STEM = "Stems carry water from the roots to the leaves."
TEXT = {
    "en": ("Leaves and light", "The stem of a tree", "A leaf breathes through small pores.", STEM),
    "ru": ("Листья и свет", "Стебель дерева", "Лист дышит через мелкие поры.", "Стебли проводят воду от корней."),
    "kk": ("Жапырақ және жарық", "Ағаш сабағы", "Жапырақ ұсақ саңылаулар арқылы тыныс алады.", "Сабақ су жеткізеді."),
}
PARTS = {
    "en": ("Seminar {}. {}", "Glossary", "Stoma – a pore in the skin.", "Xylem – a tissue that carries water."),
    "ru": ("Семинар {}. {}", "Глоссарий", "Устьице – пора в кожице.", "Ксилема – ткань, которая проводит воду."),
    "kk": ("{}-семинар. {}", "Глоссарий", "Саңылау – қабықтағы тесік.", "Ксилема – су өткізетін ұлпа."),
}
EXAMS = {"en": "Exam questions", "ru": "Вопросы к экзамену", "kk": "Емтихан сұрақтары"}
UNITS = {"en": "Module {}. {}", "ru": "Глава {}. {}", "kk": "{}-тарау. {}"}


@pytest.mark.parametrize("form", ["a.md", "docx"])
@pytest.mark.parametrize("sign", ["{}. {}", "§ {}. {}"])
@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("lang", TEXT)
def test_titles_that_a_number_alone_counts(tmp_path: Path, lang: str, count: int, sign: str, form: str) -> None:
    """They are the lectures beside counted seminars and a glossary, one of them or several."""
    first, second, *told = TEXT[lang]
    seminar, glossary, *terms = PARTS[lang]
    text = "# Botany\n\n"
    for number, (title, line) in enumerate(list(zip((first, second), told, strict=True))[:count], 1):
        text += f"## {sign.format(number, title)}\n\n{line}\n\n"
    text += f"## {seminar.format(1, first)}\n\n{told[1]}\n\n## {glossary}\n\n" + "\n\n".join(terms) + "\n"
    course = read(tmp_path, text, form)
    assert [one for one in classes(course) if one[0] == "lecture"] == [
        ("lecture", n + 1, (first, second)[n], told[n]) for n in range(count)
    ]
    assert [one[:3] for one in classes(course) if one[0] != "lecture"] == [("seminar", 1, first)]
    assert len(course.glossary) == len(terms)
    assert course.about.policies == ()


@pytest.mark.parametrize("form", ["a.md", "docx"])
@pytest.mark.parametrize("lang", TEXT)
def test_the_only_unit_is_the_only_lecture(tmp_path: Path, lang: str, form: str) -> None:
    title, _, *sentences = TEXT[lang]
    told = " ".join(sentences * 2)
    _, glossary, *terms = PARTS[lang]
    text = f"# Botany\n\n## {UNITS[lang].format(1, title)}\n\n{told}\n\n## {glossary}\n\n" + "\n\n".join(terms)
    text += f"\n\n## {EXAMS[lang]}\n\n1. What is a leaf?\n2. What is a stem?\n3. What is a root?\n"
    course = read(tmp_path, text, form)
    assert classes(course) == [("lecture", 1, title, told)]
    assert len(course.glossary) == len(terms)


@pytest.mark.parametrize("lang", TEXT)
def test_seminars_behind_chapters_with_texts_stand_beside_them(tmp_path: Path, lang: str) -> None:
    """The last chapter is a lecture as the others, though a series begins behind it."""
    first, second, *told = TEXT[lang]
    seminar, *_ = PARTS[lang]
    text = "Botany\n\n"
    for number, (title, line) in enumerate(zip((first, second), told, strict=True), 1):
        text += f"{UNITS[lang].format(number, title)}\n\n{line} {line}\n\n"
    for number in (1, 2):
        text += f"{seminar.format(number, f'{first} {number}')}\n\n{told[0]} {told[1]}\n\n"
    course = read(tmp_path, text, "a.txt")
    assert [(kind, number, title) for kind, number, title, _ in classes(course)] == [
        ("lecture", 1, first),
        ("seminar", 1, f"{first} 1"),
        ("lecture", 2, second),
        ("seminar", 2, f"{first} 2"),
    ]


def test_numbered_parts_of_a_programme_are_no_lectures(tmp_path: Path) -> None:
    """A number that counts a part of a course as well counts no classes."""
    text = (
        "# Botany\n\n## 1. About plants\n\nA leaf breathes through small pores.\n\n"
        "## 2. Assessment\n\nThe exam gives half of the mark.\n\n## 3. Course policy\n\nCome on time.\n\n"
        "## Exam questions\n\n1. What is a leaf?\n2. What is a stem?\n"
    )
    course = read(tmp_path, text, "a.md")
    assert [one for one in classes(course) if one[0] == "lecture"] == []


def test_a_heading_in_capitals_behind_the_last_class_is_no_part_of_it(tmp_path: Path) -> None:
    text = (
        "BOTANY\n\nLECTURE 1. LEAVES\n\nA leaf breathes through small pores. It gives oxygen.\n\nStructure\n\n"
        f"{STEM} Wood is dead.\n\nLECTURE 2. STEMS\n\n{STEM} Wood is dead.\n\n"
        "WHAT WE SAW\n\nThe bark protects a tree from cold. Roots hold it in the soil.\n"
    )
    first, second = [block_text(one.blocks) for _, one in read(tmp_path, text, "a.txt").sessions()]
    assert "Structure" in first
    assert second == f"{STEM} Wood is dead."
