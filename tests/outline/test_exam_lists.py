"""Lists of exam questions under levels and topics, in tables with levels, each in a second language below."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from tests.outline.documents import Word

ASKED = (
    ("Предмет и метод микроэкономики.", "Микроэкономиканың пәні мен әдісі."),
    ("Спрос и предложение на рынке.", "Нарықтағы сұраныс пен ұсыныс."),
    ("Эластичность и её виды.", "Икемділік және оның түрлері."),
    ("Теория потребительского поведения.", "Тұтынушы мінез-құлқының теориясы."),
    ("Издержки фирмы.", "Фирманың шығындары."),
    ("Совершенная конкуренция.", "Жетілген бәсеке."),
    ("Монополия и её последствия.", "Монополия және оның салдары."),
    ("Рынок труда и заработная плата.", "Еңбек нарығы және жалақы."),
)


def course(folder: Path, lines: list[str] | None = None, role: str | None = None) -> Course:
    if lines is not None:
        (folder / "list.txt").write_text("\n".join(lines), encoding="utf-8")
    if role:
        head = f'id = "x"\ntitle = "X"\nlanguage = "kk"\n[[source]]\nfile = "list.txt"\nrole = "{role}"\n'
        (folder / "course.toml").write_text(head, encoding="utf-8")
    return build.understand(discovery.find_projects([folder])[0]).course


@pytest.mark.parametrize("role", [None, "questions"])
@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("Вопросы к экзамену", "Уровень {n} ({word})"),
        ("Контрольные вопросы по темам", "Тема {n}. Рынок"),
        ("Review questions by topic", "Topic {n}. Markets"),
    ],
)
def test_questions_under_levels_and_topics(tmp_path: Path, title: str, head: str, role: str | None) -> None:
    lines = [title, ""]
    for n, word in enumerate(("знать", "уметь"), 1):
        lines.append(head.format(n=n, word=word))
        lines += [f"{at}. {text}" for at, (text, _) in enumerate(ASKED[4 * n - 4 : 4 * n], 1)]
    found = course(tmp_path, lines, role)
    assert found.exam is not None
    assert [block_text(one.text) for one in found.exam.questions] == [text for text, _ in ASKED]
    assert [one.category for one in found.exam.questions[::4]] == [
        (head.format(n=n, word=word),) for n, word in ((1, "знать"), (2, "уметь"))
    ]
    assert not found.weeks


def test_a_column_of_levels_is_no_amount(tmp_path: Path) -> None:
    made = Word()
    made.p("Перечень экзаменационных вопросов")
    rows = [[str(n), text, str(n % 3 + 1)] for n, (text, _) in enumerate(ASKED, 1)]
    made.table([["№", "Вопрос", "Уровень"], *rows])
    made.document.save(str(tmp_path / "list.docx"))
    found = course(tmp_path)
    assert found.exam is not None
    assert [block_text(one.text) for one in found.exam.questions] == [text for text, _ in ASKED]


@pytest.mark.parametrize("role", [None, "questions"])
def test_what_asks_once_more_in_another_language_is_no_answer(tmp_path: Path, role: str | None) -> None:
    lines = ["Емтихан сұрақтары / Экзаменационные вопросы", ""]
    for n, (russian, kazakh) in enumerate(ASKED, 1):
        lines += [f"{n}. {kazakh}", russian]
    found = course(tmp_path, lines, role)
    assert found.exam is not None
    assert [block_text(one.text) for one in found.exam.questions] == [f"{kk}\n{ru}" for ru, kk in ASKED]
    assert not any(one.grader_notes for one in found.exam.questions)


@pytest.mark.parametrize(
    ("title", "marks"), [("Programming Questions", "marks"), ("Вопросы по программированию", "баллов")]
)
def test_headings_over_questions_with_their_marks_are_no_tasks(tmp_path: Path, title: str, marks: str) -> None:
    lines = [f"# {title}", ""]
    for n in range(1, 6):
        lines += [f"## {n} Paradigms (2 hours)", "", f"### {n}.1 Topic of it", ""]
        lines += [f"- Explain part {n} of it. [4 {marks}] (2081)", f"- Write a program for part {n}. [2+2 {marks}]", ""]
    (tmp_path / "questions.md").write_text("\n".join(lines), encoding="utf-8")
    found = course(tmp_path)
    assert found.exam is not None
    assert len(found.exam.questions) == 10
    assert not any(week.assignments for week in found.weeks)
    assert found.exam.questions[2].category == ("2.1 Topic of it",)


def test_a_list_of_theoretical_questions_of_a_course(tmp_path: Path) -> None:
    lines = ["# Перечень теоретических вопросов к курсу «Сети»", ""]
    for n in range(1, 4):
        lines.append(f"## Раздел {n}. Введение")
        lines += [f"{5 * n - 5 + at}. **Понятие {at}.** Определение и цели." for at in range(1, 6)]
    (tmp_path / "quiz.md").write_text("\n".join(lines), encoding="utf-8")
    found = course(tmp_path)
    assert found.exam is not None
    assert len(found.exam.questions) == 15
