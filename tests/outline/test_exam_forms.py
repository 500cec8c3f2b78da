"""Lists of exam questions: their numbers, sections and levels in the forms that departments print."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text

ASKED = {
    "en": (
        "The notion of soil",
        "What is loess?",
        "Explain the water balance",
        "Wind erosion",
        "Compare sand and clay",
    ),
    "ru": ("Понятие почвы", "Что такое лёсс?", "Объясните водный баланс", "Ветровая эрозия", "Сравните песок и глину"),
    "kk": ("Топырақ ұғымы", "Лёсс деген не?", "Су балансын түсіндіріңіз", "Жел эрозиясы", "Құм мен сазды салыстырыңыз"),
}
HEADS = {
    "en": ("Exam questions", "QUESTIONS FOR THE FINAL EXAM"),
    "ru": ("Вопросы к экзамену", "ПЕРЕЧЕНЬ ВОПРОСОВ К ЗАЧЁТУ"),
    "kk": ("Емтихан сұрақтары", "ҚОРЫТЫНДЫ БАҚЫЛАУ СҰРАҚТАРЫ"),
}
PARTS = {
    "en": (("Section 1. Soil", "Part II. Water"), ("Level 1", "Level 2")),
    "ru": (("Раздел 1. Почва", "Часть II. Вода"), ("I уровень", "II уровень")),
    "kk": (("1-бөлім. Топырақ", "II бөлім. Су"), ("БІРІНШІ ДЕҢГЕЙ (білу)", "ЕКІНШІ ДЕҢГЕЙ (түсіндіру)")),
}


@pytest.mark.parametrize("number", ["{n}. ", "{n}) ", "№{n} ", "", "- "])
@pytest.mark.parametrize("parted", [0, 1])
@pytest.mark.parametrize("head", [0, 1])
@pytest.mark.parametrize("language", list(ASKED))
def test_questions_keep_their_order_and_parts(
    tmp_path: Path, language: str, head: int, parted: int, number: str
) -> None:
    names = PARTS[language][parted]
    text = HEADS[language][head] + "\n"
    for n, asked in enumerate(ASKED[language], 1):
        if n in {1, 4}:
            text += f"\n{names[n // 4]}\n\n"
        text += number.format(n=n) + asked + ("" if asked.endswith("?") else ".") + "\n"
    (tmp_path / "list.txt").write_text(text, encoding="utf-8")
    (loaded,) = discovery.find_projects([tmp_path / "list.txt"])
    exam = build.understand(loaded).course.exam
    assert exam is not None
    assert [block_text(one.text).rstrip(".") for one in exam.questions] == list(ASKED[language])
    assert [one.category for one in exam.questions] == [(names[0],)] * 3 + [(names[1],)] * 2


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("Three hours. Answer ONE question from each part. All parts carry equal marks.", ASKED["en"]),
        ("Время работы – 120 минут.", ASKED["ru"]),
        ("Жұмыс уақыты – 120 минут.", ASKED["kk"]),
    ],
)
def test_an_instruction_makes_a_paper_an_exam(tmp_path: Path, told: str, asked: tuple[str, ...]) -> None:
    """Whatever its parts are called, no class comes of them."""
    items = [*asked, *asked[:1]]
    text = f"Tees Valley Institute\n\n{told}\n\nPART ONE: Soil\n\n"
    text += "".join(f"{n}. {one}{'' if one.endswith('?') else '.'}\n" for n, one in enumerate(items[:3], 1))
    text += "\nPART TWO: Wind\n\n"
    text += "".join(f"{n}. {one}{'' if one.endswith('?') else '.'}\n" for n, one in enumerate(items[3:], 4))
    (tmp_path / "paper.txt").write_text(text, encoding="utf-8")
    (loaded,) = discovery.find_projects([tmp_path / "paper.txt"])
    course = build.understand(loaded).course
    assert course.exam is not None
    assert [block_text(one.text).rstrip(".") for one in course.exam.questions if one.number] == items
    assert list(course.sessions()) == []


PAPER = """Summer Examination

Botany of Gardens

Time allowed: two hours. Answer all questions in Section A.
You may use a hand lens.

SECTION A
Answer all questions. Each carries 2 marks.

1. Define the term tissue.
__________________________
2. Name two kinds of roots.
3. State what a stoma is for.

Turn over

SECTION B
From a gardener's diary, 1842
The frost came in the night, and not one of the young beans was left standing in the long bed by the wall.

4. Explain what the diary says of frost.
5. Compare two ways of keeping beans alive.

End of paper
"""


def test_how_a_paper_is_answered_and_what_it_quotes_stand_between_its_questions(tmp_path: Path) -> None:
    path = tmp_path / "exam.txt"
    path.write_text(PAPER, "utf-8")
    (loaded,) = discovery.find_projects([path])
    understood = build.understand(loaded)
    exam = understood.course.exam
    assert exam is not None
    found = [(type(one).__name__, one.number or None, block_text(one.text)) for one in exam.questions]
    frost = "The frost came in the night, and not one of the young beans was left standing in the long bed by the wall."
    told = [
        "Time allowed: two hours. Answer all questions in Section A.",
        "You may use a hand lens.",
        "Answer all questions. Each carries 2 marks.",
    ]
    assert found == [
        ("Description", None, "\n".join(told)),
        ("Essay", 1, "Define the term tissue."),
        ("Essay", 2, "Name two kinds of roots."),
        ("Essay", 3, "State what a stoma is for."),
        ("Description", None, f"From a gardener's diary, 1842\n{frost}"),
        ("Essay", 4, "Explain what the diary says of frost."),
        ("Essay", 5, "Compare two ways of keeping beans alive."),
    ]
    assert understood.course.title == "Botany of Gardens"
    assert build.counts(understood.course)["exam_questions"] == 5
    aside = {entry.reason for ledger in understood.ledgers for entry in ledger.entries if entry.fate == "aside"}
    assert "instruction" in aside
