"""Questions of banks without answers to tick: pairs in many layouts, orders, numbers with tolerance, gaps."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.questions import (
    Cloze,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
)

BEFORE = "1. Столица Казахстана?\nA) Алматы\nB) Астана\nC) Ош\nОтвет: B\n\n2. "
AFTER = "\n\n3. Сколько областей?\nA) 14\nB) 17\nC) 20\nОтвет: B\n"
RU = [("Абай", "поэт"), ("Сатпаев", "геолог"), ("Жубанов", "композитор")]
KK = [("Абай", "ақын"), ("Сәтбаев", "геолог"), ("Жұбанов", "композитор")]
EN = [("Abai", "poet"), ("Satpaev", "geologist"), ("Zhubanov", "composer")]
REST = [*EN[:2], ("", "composer")]


def asked(folder: Path, question: str, ending: str) -> Question:
    """The question between two tests, of which it takes nothing."""
    text = f"{BEFORE}{question}{AFTER}"
    if ending == "docx":
        document = docx.Document()
        for line in text.split("\n"):
            document.add_paragraph(line)
        document.save(str(folder / "t.docx"))
    else:
        (folder / f"t.{ending}").write_text(text, "utf-8")
    toml = f'id = "x"\ntitle = "X"\nlanguage = "ru"\n[[source]]\nfile = "t.{ending}"\nrole = "tests"\n'
    (folder / "course.toml").write_text(toml, "utf-8")
    (loaded,) = discovery.find_projects([folder])
    exam = build.understand(loaded).course.exam
    assert exam
    first, middle, last = exam.questions
    for one, count in ((first, 3), (last, 3)):
        assert isinstance(one, MultipleChoice)
        assert [choice.fraction for choice in one.choices] == [0, 1, 0]
        assert len(one.choices) == count
    return middle


@pytest.mark.parametrize("ending", ["txt", "docx"])
@pytest.mark.parametrize(
    ("question", "pairs"),
    [
        ("Сравните:\n1) Абай — A) геолог\n2) Сатпаев — B) композитор\n3) Жубанов — C) поэт\nОтвет: 1-C, 2-A, 3-B", RU),
        ("Соответствие:\n1) Абай\tA) геолог\n2) Сатпаев\tB) композитор\n3) Жубанов\tC) поэт\nОтвет: 1C 2A 3B", RU),
        ("Соотнесите:\n1) Абай\n2) Сатпаев\n3) Жубанов\nA) геолог\nB) композитор\nC) поэт\nОтвет: 1-C, 2-A, 3-B", RU),
        ("Соотнесите:\nА) Абай\nБ) Сатпаев\nВ) Жубанов\n1) геолог\n2) композитор\n3) поэт\nОтвет: 312", RU),
        ("Сравните:\nA) Абай — 1) геолог\nB) Сатпаев — 2) композитор\nC) Жубанов — 3) поэт\nОтвет: A-3, B-1, C-2", RU),
        ("Соотнесите автора и занятие:\nАбай — поэт\nСатпаев — геолог\nЖубанов — композитор", RU),
        ("Табыңыз:\n1. Абай\n2. Сәтбаев\n3. Жұбанов\nА. геолог\nӘ. композитор\nБ. ақын\nЖауабы: 1-Б, 2-А, 3-Ә", KK),
        ("Сәйкестігін табыңыз:\nАбай → ақын\nСәтбаев → геолог\nЖұбанов → композитор", KK),
        ("Match:\nA) Abai\nB) Satpaev\nC) Zhubanov\n1) geologist\n2) composer\n3) poet\nAnswer: A-3, B-1, C-2", EN),
        ("Match the names:\nAbai -> poet\nSatpaev -> geologist\nZhubanov -> composer", EN),
        ("Match:\n1) Abai\n2) Satpaev\nA) geologist\nB) composer\nC) poet\nAnswer: 1-C, 2-A", REST),
    ],
)  # fmt: skip
def test_pairs(question: str, pairs: list[tuple[str, str]], ending: str, tmp_path: Path) -> None:
    made = asked(tmp_path, question, ending)
    assert isinstance(made, Matching)
    assert [(block_text(one.question), block_text(one.answer)) for one in made.pairs] == pairs
    assert "\n" not in block_text(made.text)


@pytest.mark.parametrize("ending", ["txt", "docx"])
@pytest.mark.parametrize(
    "question",
    [
        "Расположите:\n1) третий\n2) первый\n3) второй\nОтвет: 2-3-1",
        "Расположите:\n1) третий\n2) первый\n3) второй\nОтвет: 231",
        "Расположите:\nA) третий\nB) первый\nC) второй\nОтвет: B, C, A",
        "Расположите:\nA) третий\nB) первый\nC) второй\nОтвет: B → C → A",
        "Расположите:\nА) третий\nБ) первый\nВ) второй\nОтвет: БВА",
    ],
)
def test_orders(question: str, ending: str, tmp_path: Path) -> None:
    made = asked(tmp_path, question, ending)
    assert isinstance(made, Ordering)
    assert [block_text(item.content) for item in made.items] == ["первый", "второй", "третий"]


@pytest.mark.parametrize(
    ("key", "value", "tolerance"),
    [
        ("4", "4", "0"), ("-2,5", "-2.5", "0"), ("9,8 ± 0,1", "9.8", "0.1"), ("9.8 +/- 0.1", "9.8", "0.1"),
        ("≈ 9,8 (±0,1)", "9.8", "0.1"), ("от 9,7 до 9,9", "9.8", "0.1"), ("9.7..9.9", "9.8", "0.1"),
    ],
)  # fmt: skip
def test_numbers_with_tolerance(key: str, value: str, tolerance: str, tmp_path: Path) -> None:
    made = asked(tmp_path, f"Чему равно g?\nОтвет: {key}", "txt")
    assert isinstance(made, Numerical)
    assert [(one.value, one.tolerance) for one in made.answers] == [(value, tolerance)]


@pytest.mark.parametrize("key", ["Астана; Алматы", "Астана, Алматы", "1) Астана 2) Алматы"])
def test_gaps(key: str, tmp_path: Path) -> None:
    made = asked(tmp_path, f"Столица — ______, а бывшая столица — ______.\nОтвет: {key}", "docx")
    assert isinstance(made, Cloze)
    assert block_text(made.text) == "Столица — {#1}, а бывшая столица — {#2}."
    assert [[one.text for one in gap.answers] for gap in made.gaps] == [["Астана"], ["Алматы"]]


@pytest.mark.parametrize("key", ["Астана / Нур-Султан", "Астана или Нур-Султан", "Астана | Нур-Султан"])
def test_several_texts_are_accepted(key: str, tmp_path: Path) -> None:
    made = asked(tmp_path, f"Столица?\nОтвет: {key}", "txt")
    assert isinstance(made, ShortAnswer)
    assert [one.text for one in made.answers] == ["Астана", "Нур-Султан"]


def test_years_and_reactions_are_neither_ranges_nor_pairs(tmp_path: Path) -> None:
    made = asked(tmp_path, "Когда была Первая мировая война?\nОтвет: 1914–1918", "txt")
    assert isinstance(made, ShortAnswer)
    reactions = "Какие из реакций идут до конца и почему?\n2H2 + O2 → 2H2O\nZn + 2HCl → ZnCl2 + H2"
    assert isinstance(asked(tmp_path, reactions, "txt"), Essay)


def test_a_number_among_options_may_be_read_in_two_ways(tmp_path: Path) -> None:
    made = asked(tmp_path, "Сколько?\n1) 231\n2) 12\n3) 7\nОтвет: 231", "docx")
    assert isinstance(made, MultipleChoice)
    assert [choice.fraction for choice in made.choices] == [1, 0, 0]


def test_a_key_glued_to_the_last_answer_is_no_part_of_it(tmp_path: Path) -> None:
    made = asked(tmp_path, "Что это? A) камень B) вода C) лес Ответ: C", "docx")
    assert isinstance(made, MultipleChoice)
    assert [(block_text(one.content), one.fraction) for one in made.choices] == [("камень", 0), ("вода", 0), ("лес", 1)]
