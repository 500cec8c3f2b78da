"""Lines of a text between two signs of equality or more are headings, as in a wiki: «== Roots ==»."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.course import Course

TEXTS = {
    "ru": """== 1. Спрос ==

Спрос — это желание и возможность купить товар. Он зависит от цены, доходов и вкусов покупателей, а также от цен.

Вопросы:
1. Что такое спрос?
2. От чего он зависит?

== 2. Предложение ==

Предложение — это готовность продать товар по данной цене. Оно растёт вместе с ценой, если прочее не меняется.

Вопросы:
1. Что такое предложение?
2. Как оно связано с ценой?
""",
    "kk": """== 1-дәріс. Сұраныс ==

Сұраныс — тауарды сатып алуға деген ниет пен мүмкіндік. Ол бағаға, табысқа және сатып алушының талғамына байланысты.

== 2-дәріс. Ұсыныс ==

Ұсыныс — тауарды берілген бағамен сатуға дайындық. Басқа шарттар өзгермесе, ол бағамен бірге өседі.
""",
}
TITLES = {"ru": ["Спрос", "Предложение"], "kk": ["Сұраныс", "Ұсыныс"]}


def course(path: Path, text: str) -> Course:
    path.write_text(text, encoding="utf-8")
    (loaded,) = discovery.find_projects([path])
    return build.understand(loaded).course


@pytest.mark.parametrize("language", TEXTS)
def test_signs_of_equality_close_a_heading(language: str, tmp_path: Path) -> None:
    made = course(tmp_path / "notes.txt", TEXTS[language])
    found = [one for week in made.weeks for one in week.sessions]
    assert made.exam is None
    assert [(one.number, one.title) for one in found] == [*enumerate(TITLES[language], 1)]


def test_more_signs_are_headings_inside(tmp_path: Path) -> None:
    text = TEXTS["kk"].replace("Ол бағаға,", "\n\n=== Неге байланысты ===\n\nСұраныс бағаға,")
    (first, _) = [one for week in course(tmp_path / "notes.txt", text).weeks for one in week.sessions]
    assert first.title == "Сұраныс"
    assert "Неге байланысты" in str(first.blocks)
    assert "=" not in str([block for block in first.blocks if "Неге" in str(block)]).split("text='")[1].split("'")[0]
