"""Documents of several hands in one folder: nothing of one is lost beside the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import Heading, block_text, inline_text
from coursepack.place import Severity
from tests.outline.documents import Word

WORDS = {
    "kk": ("Кіріспе", "1-дәріс. Топырақ", "1-зертханалық жұмыс. Ылғал", "Қорытынды"),
    "ru": ("Введение", "Лекция 1. Почва", "Лабораторная работа 1. Влага", "Заключение"),
    "en": ("Introduction", "Lecture 1. Soil", "Laboratory work 1. Moisture", "Conclusion"),
}


@pytest.mark.parametrize("language", sorted(WORDS))
def test_each_of_two_files_has_an_introduction_and_a_conclusion(tmp_path: Path, language: str) -> None:
    begins, lecture, laboratory, ends = WORDS[language]
    text = {"kk": "Мәтін туралы сөйлем.", "ru": "Предложение о тексте.", "en": "A sentence of the text."}[language]
    for name, title in (("a", lecture), ("b", laboratory)):
        classes = [title, title.replace("1", "2"), title.replace("1", "3")]
        parts = [(begins, f"{text} {name} 1."), *((one, f"{text} {name} 2.") for one in classes)]
        parts.append((ends, f"{text} {name} 3."))
        (tmp_path / f"{name}.md").write_text("".join(f"# {head}\n\n{body}\n\n" for head, body in parts), "utf-8")
    (loaded,) = find_projects([tmp_path])
    read = build.understand(loaded)
    assert [one.code for one in read.findings if one.severity is Severity.ERROR] == []
    for part, number in ((read.course.introduction, 1), (read.course.conclusion, 3)):
        assert part is not None
        assert [
            inline_text(one.content) if isinstance(one, Heading) else block_text((one,)) for one in part.blocks
        ] == [f"{text} a {number}.", begins if number == 1 else ends, f"{text} b {number}."]


@pytest.mark.parametrize("head", [("№", "Термин", "Мағынасы"), ("№ р/с", "Ұғым", "Анықтамасы"), None])
def test_numbers_beside_terms_are_no_text(tmp_path: Path, head: tuple[str, str, str] | None) -> None:
    rows = [(str(n), f"Термин{word}", f"{word} сөзінің мағынасы") for n, word in enumerate("абвгдежзиклмно", 1)]
    made = Word()
    made.h("Глоссарий")
    made.table([*([head] if head else []), *rows])
    (loaded,) = find_projects([made.save(tmp_path / "terms.docx")])
    read = build.understand(loaded)
    assert [one.code for one in read.findings if one.severity is Severity.ERROR] == []
    assert [one.term for one in read.course.glossary] == [term for _, term, _ in rows]


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        ("en", ("EVENING", "Theme", "What you take home", "Bring next time")),
        ("ru", ("ЗАНЯТИЕ", "Тема", "Что вы унесёте", "Принести")),
        ("kk", ("САБАҚ", "Тақырып", "Не үйренесіз", "Ала келіңіз")),
    ],
)
def test_the_labels_of_a_plan_by_columns_are_those_of_all_its_classes(
    tmp_path: Path, language: str, rows: tuple[str, ...]
) -> None:
    word, theme, home, bring = rows
    made = Word()
    made.table(
        [
            ("", *(f"{word} {n}" for n in (1, 2, 3, 4))),
            (theme, "Алма", "Алмұрт", "Шие", "Өрік"),
            (home, "Алманы тану", "Алмұртты тану", "Шиені тану", "Өрікті тану"),
            (bring, "Пышақ", "Қасық", "Табақ", "—"),
        ]
    )
    (loaded,) = find_projects([made.save(tmp_path / "plan.docx")])
    read = build.understand(loaded)
    assert [one.message for one in read.findings if one.severity is Severity.ERROR] == []
    classes = [one for week in read.course.weeks for one in week.sessions]
    assert [one.title for one in classes] == ["Алма", "Алмұрт", "Шие", "Өрік"]
