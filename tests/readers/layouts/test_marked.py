"""Task lists, LiaScript and text2qti: tests that are written in Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import Code, block_text
from coursepack.model.questions import (
    Answer,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Question,
    ShortAnswer,
)
from coursepack.place import CoursepackError, Finding, Place
from coursepack.readers import is_question_file, read_questions

TASKS = """# Тест

## Раздел А

### Вопрос 1

Что выведет программа?

```python
# - [x] не ответ
print(1)
```

- [ ] Алматы
- [x] **Астана**
  и область

### Какие реки?
* [X] Иртыш
* [ ] Волга
* [x] Урал

1. Столица?
   1. [ ] а
   2. [x] б
"""
LIA = """# Курс

## Лекция 1

Обычное предложение.

Что верно?

- [( )] неверно
- [(X)] верно

Какие?

    [[X]] а
    [[ ]] б

Столица?

[[Астана]]
"""
QTI = """Quiz title: Тест
Quiz description: Пробный

Title: Первый
Points: 2
1.  Столица?
    Казахстана
... всем
+   верно!
a)  Алматы
... нет
*b) Астана
c)  Тараз

2.  Какие реки?
[*] Иртыш
[ ] Волга
[*] Урал

3.  Столица?
*   Астана
*   Нур-Султан

4.  2+2?
=   4 +- 0.5

5.  Между?
=   [1, 2]

6.  Опишите
____

7.  Приложите
^^^^
"""


def read(folder: Path, text: str, name: str = "a.md") -> tuple[list[Question], list[Finding]]:
    path = folder / name
    path.write_text(text, "utf-8")
    found = read_questions(path)
    return list(found.bank.questions()), found.findings


def shown(question: Question) -> list[str]:
    assert isinstance(question, MultipleChoice)
    return [("+" if choice.fraction > 0 else "") + block_text(choice.content) for choice in question.choices]


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_task_lists(name: str, tmp_path: Path) -> None:
    made, findings = read(tmp_path, TASKS, name)
    assert findings == []
    assert [shown(question) for question in made] == [
        ["Алматы", "+Астана и область"],
        ["+Иртыш", "Волга", "+Урал"],
        ["а", "+б"],
    ]
    code = made[0].text[1]
    assert isinstance(code, Code)
    assert code.text == "# - [x] не ответ\nprint(1)"
    assert [block_text(question.text) for question in made[1:]] == ["Какие реки?", "Столица?"]
    assert [question.category for question in made] == [("Тест", "Раздел А")] * 3
    assert made[0].place == Place(name, 7, 16)


def test_task_lists_that_are_no_tests(tmp_path: Path) -> None:
    made, findings = read(tmp_path, TASKS + "\nЕщё?\n\n- [ ] а\n- [ ] б\n\nПросто текст.\n")
    assert len(made) == 3
    assert [(finding.code, finding.message) for finding in findings] == [
        ("tasklist-question", "no answer is ticked"),
        ("tasklist-left-out", "left out: a text without answers below it: «Просто текст.»"),
    ]
    path = tmp_path / "b.md"
    path.write_text("# План\n\n- [x] готово\n" + "\nТекст лекции.\n" * 9, "utf-8")
    with pytest.raises(CoursepackError, match="no question file"):
        read_questions(path)


def test_liascript(tmp_path: Path) -> None:
    made, findings = read(tmp_path, LIA)
    assert [shown(question) for question in made[:2]] == [["неверно", "+верно"], ["+а", "б"]]
    assert [getattr(question, "single", None) for question in made] == [True, False, None]
    assert isinstance(made[2], ShortAnswer)
    assert made[2].answers == (Answer(text="Астана"),)
    assert [block_text(question.text) for question in made] == ["Что верно?", "Какие?", "Столица?"]
    assert [finding.message for finding in findings] == ["1 × text between quizzes, left out"]
    made, findings = read(tmp_path, LIA + "\nВыберите\n\n[[а|(б)]]\n")
    assert len(made) == 3
    assert [str(finding.severity) for finding in findings if finding.code == "liascript-question"] == ["error"]


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_text2qti(name: str, tmp_path: Path) -> None:
    made, findings = read(tmp_path, QTI, name)
    assert findings == []
    first = made[0]
    assert isinstance(first, MultipleChoice)
    assert (first.title, first.mark, first.single) == ("Первый", 2.0, True)
    assert [shown(question) for question in made[:2]] == [["Алматы", "+Астана", "Тараз"], ["+Иртыш", "Волга", "+Урал"]]
    said = (first.text, first.feedback, first.correct_feedback, first.choices[0].feedback)
    assert list(map(block_text, said)) == ["Столица? Казахстана", "всем", "верно!", "нет"]
    assert isinstance(made[2], ShortAnswer)
    assert [answer.text for answer in made[2].answers] == ["Астана", "Нур-Султан"]
    assert [question.answers for question in made[3:5] if isinstance(question, Numerical)] == [
        (NumericalAnswer(value="4", tolerance="0.5"),),
        (NumericalAnswer(value="1.5", tolerance="0.5"),),
    ]
    assert [getattr(question, "attachments", None) for question in made[5:] if isinstance(question, Essay)] == [0, 1]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("8. а\na) б\nb) в\n", "2 answers, 0 of them right"),
        ("8. а\n*a) б\n[ ] в\n", "answers of 2 kinds"),
        ("8. а\n= много\n", "'много' is no number"),
        ("8. а\n", "answers of 0 kinds"),
        ("GROUP\n", "'GROUP' is not read"),
    ],
)
def test_text2qti_that_is_not_read(more: str, message: str, tmp_path: Path) -> None:
    made, findings = read(tmp_path, QTI + "\n" + more)
    assert len(made) == 7
    assert [finding.code for finding in findings] == ["text2qti-question"]
    assert findings[0].message.startswith(message)


def test_an_ordinary_numbered_test_is_no_text2qti(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("1. Столица?\na) Алматы\n*b) Астана\n\n2. Река?\na) Иртыш\nb) Или\n", "utf-8")
    assert not is_question_file(path)


def test_a_number_in_bold_and_a_quote_below_the_answers(tmp_path: Path) -> None:
    """The number is no part of the question, and what the quotation says is its feedback."""
    path = tmp_path / "quiz.md"
    path.write_text(
        "**1.** Which is a **rate**?\n\n- [ ] 12 cases\n- [x] 12 cases a year\n\n> Why: a rate needs time.\n\n"
        "**2)** Which are ratios?\n\n- [x] odds\n- [ ] postcode\n",
        encoding="utf-8",
    )
    questions = list(read_questions(path).bank.questions())
    assert [block_text(one.text) for one in questions] == ["Which is a rate?", "Which are ratios?"]
    assert [block_text(one.feedback) for one in questions] == ["Why: a rate needs time.", ""]


STATED = """# Towns

1. The capital of Kazakhstan?

- [ ] Almaty
- [x] Astana

2. The longest river?

*Answer:* Irtysh.

3. How many regions are there?

**Ответ:** 17

4. Match the towns:

- France → Paris
- Italy -> Rome

5. What is the sea?

Just a text.
"""


def test_task_lists_with_stated_answers_and_pairs(tmp_path: Path) -> None:
    path = tmp_path / "bank.md"
    path.write_text(STATED, "utf-8")
    found = read_questions(path)
    capital, river, regions, towns = found.bank.questions()
    assert isinstance(capital, MultipleChoice)
    assert isinstance(river, ShortAnswer)
    assert (block_text(river.text), river.answers[0].text) == ("The longest river?", "Irtysh")
    assert isinstance(regions, Numerical)
    assert regions.answers[0].value == "17"
    assert isinstance(towns, Matching)
    assert [(block_text(one.question), block_text(one.answer)) for one in towns.pairs] == [
        ("France", "Paris"),
        ("Italy", "Rome"),
    ]
    assert [one.code for one in found.findings] == ["tasklist-left-out"]
