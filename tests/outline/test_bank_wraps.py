"""Banks as public ones are typed: answers over several lines, labels that count questions, headings over a few."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from coursepack import build, discovery
from coursepack.model.blocks import List, block_text
from coursepack.model.questions import MultipleChoice, Question
from tests.outline.test_bank_silence import codes
from tests.outline.test_bank_silence import read as read_all
from tests.outline.test_bank_wrecks import BANKS, LETTERS, read

BANK = BANKS["en"]


def write(path: Path, lines: list[str]) -> None:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))


LONG = (
    (
        "Which statements hold of a session bean?",
        (
            "You must write a method without arguments in the home\ninterface and the remote interface of the bean",
            "It is found by its key",
            "It needs no method because the\ncontainer makes the instances without any call from\nthe client",
            "None of the above",
        ),
        2,
    ),
    (
        "Which of the following is the duty of its provider\nin the case of a bean whose class has the method",
        ("To declare it", "To see that its methods are\nneither final nor static", "Both", "None of the above"),
        1,
    ),
    (
        "Which syntax prints the value of i?",
        ("< int i = 1; >\n< = i; >", "< int i = 1;\ni; >", "< int i = 1 >\n< = i >", "None of these"),
        0,
    ),
)


@pytest.mark.parametrize("role", [True, False])
def test_numbered_answers_go_on_in_lines_below_where_the_key_is_a_number(role: bool, tmp_path: Path) -> None:
    bank = [*BANK, *LONG]
    lines = []
    for n, (stem, answers, right) in enumerate(bank, 1):
        typed = [f"     {at}.  {one}" for at, one in enumerate(answers, 1)]
        lines += [f"Q{n}. {stem}", *typed, f"     Correct Answer : {right + 1}"]
    write(tmp_path / "bank.docx", [part for line in lines for part in line.split("\n")])
    made, told = read(tmp_path, "en", role=role)
    assert made == bank
    assert not told


def test_numbered_answers_go_on_in_lines_below_where_other_questions_have_as_many(tmp_path: Path) -> None:
    document = docx.Document()
    bank = [*BANK, *LONG[:2]]
    for n, (stem, answers, right) in enumerate(bank, 1):
        for line in f"{n}) {stem}".split("\n"):
            document.add_paragraph(line)
        for at, one in enumerate(answers):
            for line in f"{at + 1}. {one}".split("\n"):
                document.add_paragraph().add_run(line).bold = at == right
    document.save(str(tmp_path / "bank.docx"))
    made, _ = read(tmp_path, "en", role=True)
    assert made == bank


@pytest.mark.parametrize("role", [True, False])
def test_lines_that_stand_under_each_question_weigh_nothing(role: bool, tmp_path: Path) -> None:
    statements = [(f"A key of a table may be empty in row {n}", n % 2 == 0) for n in range(1, 9)]
    lines = []
    for n, (text, holds) in enumerate(statements, 1):
        under = [f"Your Answer : {'FT'[n % 2]}", f"QuestionID  :  {9700 + 7 * n}         Subject Name  Databases"]
        lines += [f"Q{n}. {text}", f"Correct Answer : {'T' if holds else 'F'}", *under]
    write(tmp_path / "bank.docx", lines)
    (loaded,) = discovery.find_projects([tmp_path])
    course = build.understand(loaded).course
    assert not list(course.sessions())
    assert course.exam is not None
    assert [block_text(one.text) for one in course.exam.questions] == [text for text, _ in statements]


@pytest.mark.parametrize("role", [True, False])
@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "Question Number :{n}\n{s}"),
        ("en", "[{n}] {s}"),
        ("en", "({n}) {s}"),
        ("ru", "Номер вопроса: {n}\n{s}"),
        ("kk", "Сұрақ {n}/6\n{s}"),
    ],
)
def test_labels_and_brackets_count_questions_over_numbered_answers(
    language: str, label: str, role: bool, tmp_path: Path
) -> None:
    bank = BANKS[language]
    bank = (*bank, *((f"{stem.rstrip('?')}…", answers, right) for stem, answers, right in bank))
    words = {"en": "Answer", "ru": "Ответ", "kk": "Жауабы"}
    lines = [{"en": "Test", "ru": "Тест", "kk": "Тест"}[language]]
    for n, (stem, answers, right) in enumerate(bank, 1):
        lines += label.format(n=n, s=stem).split("\n")
        lines += [f"{at}) {one}" for at, one in enumerate(answers, 1)]
        lines.append(f"{words[language]}: {right + 1}")
    write(tmp_path / "Test.docx", lines)
    made, _ = read(tmp_path, language, role=role)
    assert made == list(bank)


@pytest.mark.parametrize("language", BANKS)
def test_the_first_answer_stands_on_the_line_of_its_question(language: str, tmp_path: Path) -> None:
    bank, letters = BANKS[language], LETTERS[language]
    lines = []
    for n, (stem, answers, right) in enumerate(bank, 1):
        typed = [f"{letters[at]}) {'* ' if at == right else ''}{one}." for at, one in enumerate(answers)]
        if n == 2:
            typed[0] = f"{n}. {stem} {typed[0]}"
        else:
            typed.insert(0, f"{n}. {stem}")
        lines += typed
    (tmp_path / "bank.txt").write_text("\n".join(lines) + "\n", "utf-8")
    made, told = read(tmp_path, language, role=True)
    assert made == [(stem, tuple(f"{one}." for one in answers), right) for stem, answers, right in bank]
    assert not told


def test_a_letter_without_its_sign_between_two_that_have_one(tmp_path: Path) -> None:
    lines = []
    for n, (stem, answers, right) in enumerate(BANK, 1):
        signs = [" " if n == 3 and at == 2 else ") " for at in range(4)]
        lines += [f"{n}. {stem}", *(f"{'ABCD'[at]}{signs[at]}{one}" for at, one in enumerate(answers))]
        lines.append(f"Answer: {'ABCD'[right]}")
    write(tmp_path / "bank.docx", lines)
    made, told = read(tmp_path, "en", role=True)
    assert made == list(BANK)
    assert not told


def test_answers_in_two_columns_that_count_downwards(tmp_path: Path) -> None:
    lines = []
    for n, (stem, (a, b, c, d), right) in enumerate(BANK, 1):
        lines += [f"{n}. {stem}", f"a. {a}\t      c. {c}", f"b. {b}\t\td. {d}", f"Answer: {'abcd'[right]}"]
    write(tmp_path / "bank.docx", lines)
    made, told = read(tmp_path, "en", role=True)
    order = (0, 2, 1, 3)
    assert made == [(stem, tuple(answers[at] for at in order), order.index(right)) for stem, answers, right in BANK]
    assert not told


def test_statements_with_letters_over_numbered_answers(tmp_path: Path) -> None:
    statements = ("Water boils", "Ice melts", "Stones swim")
    answers = ("Only a", "Only a and b", "All a, b and c", "Only c")
    bank = [*BANK[:3], ("Which of these hold?", answers, 1), *BANK[3:]]
    lines = []
    for n, (stem, choices, right) in enumerate(bank, 1):
        said = [f"{letter}) {one}" for letter, one in zip("abc", statements, strict=True)] if n == 4 else []
        lines += [f"Q{n}. {stem}", *said, *(f"{at}. {one}" for at, one in enumerate(choices, 1))]
        lines.append(f"Correct answer: {right + 1}")
    write(tmp_path / "bank.docx", lines)
    made, told = read_all(tmp_path, role="tests")
    chosen = [one for one in made if isinstance(one, MultipleChoice)]
    assert [tuple(block_text(choice.content) for choice in one.choices) for one in chosen] == [
        all_ for _, all_, _ in bank
    ]
    assert [[choice.fraction for choice in one.choices].index(1) for one in chosen] == [right for *_, right in bank]
    listed = chosen[3].text[-1]
    assert isinstance(listed, List)
    assert (listed.marker, [block_text(one.blocks) for one in listed.items]) == ("lower-alpha", list(statements))
    assert not codes(told)


def test_a_list_too_long_for_answers_is_told_among_tests(tmp_path: Path) -> None:
    lines = []
    for n, (stem, answers, _) in enumerate((*BANK, *((f"{one[0]}!", *one[1:]) for one in BANK)), 1):
        shown = [f"Statement {at} of a long list" for at in range(1, 13)] if n == 4 else answers
        lines += [f"Q{n}) {stem}", *(f"{at}) {one}" for at, one in enumerate(shown, 1))]
    write(tmp_path / "bank.docx", lines)
    made, told = read_all(tmp_path, role="tests")
    assert [isinstance(one, MultipleChoice) for one in made] == [n != 4 for n in range(1, 13)]
    doubtful = [one.message for one in told if one.code == "bank-doubtful"]
    place = f"bank.docx:{3 * 5 + 1}-{3 * 5 + 13}"
    why = "a question without answers among tests, and a list below it"
    assert doubtful == [f"1 places of 12 questions are doubtful: {place}: {why}"]


HEADS = {
    "en": ("Lecture {n}", "Lecture {n} quiz", "Questions on lecture {n}"),
    "ru": ("Лекция {n}", "Тест к лекции {n}", "Лекция {n}. Клетка. Контрольные тесты"),
    "kk": ("{n}-дәріс", "{n}-дәріске арналған тест", "{n}-дәріс бойынша тест сұрақтары"),
}
LECTURE = {"en": "Lecture {n}. The cell", "ru": "Лекция {n}. Клетка", "kk": "{n}-дәріс. Жасуша"}
TEXT = {
    "en": "The cell is the least living system. It divides and grows, takes matter in and gives it back again.",
    "ru": "Клетка есть наименьшая живая система. Она делится и растёт, берёт вещества и отдаёт их обратно.",
    "kk": "Жасуша – тіршіліктің ең кіші жүйесі. Ол бөлінеді және өседі, ортадан заттар алады және қайта береді.",
}


@pytest.mark.parametrize("anew", [True, False])
@pytest.mark.parametrize(("language", "head"), [(name, head) for name, heads in HEADS.items() for head in heads])
def test_headings_over_two_questions_each_give_them_to_their_lecture(
    language: str, head: str, anew: bool, tmp_path: Path
) -> None:
    text = [line for n in (1, 2, 3) for line in (LECTURE[language].format(n=n), *[TEXT[language]] * 3)]
    write(tmp_path / "lectures.docx", text)
    word = {"en": "Answer", "ru": "Ответ", "kk": "Жауабы"}[language]
    lines = [{"en": "Tests", "ru": "Тесты", "kk": "Тесттер"}[language]]
    for at, (stem, answers, right) in enumerate(BANKS[language]):
        lines += [head.format(n=at // 2 + 1)] if at % 2 == 0 else []
        lines.append(f"{at % 2 + 1 if anew else at + 1}. {stem}")
        lines += [f"{LETTERS[language][nth]}) {one}" for nth, one in enumerate(answers)]
        lines.append(f"{word}: {LETTERS[language][right]}")
    write(tmp_path / "test.docx", lines)
    roles = (("lectures.docx", "textbook"), ("test.docx", "tests"))
    files = "".join(f'[[source]]\nfile = "{file}"\nrole = "{role}"\n' for file, role in roles)
    (tmp_path / "course.toml").write_text(f'id = "x"\ntitle = "X"\nlanguage = "{language}"\n{files}', "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    course = build.understand(loaded).course
    stems = [stem for stem, *_ in BANKS[language]]
    asked = [[block_text(one.text) for one in session.review] for _, session in course.sessions()]
    assert asked == [stems[:2], stems[2:4], stems[4:]]
    assert all(map(_is_keyed, (one for _, session in course.sessions() for one in session.review)))
    assert course.exam is None or not course.exam.questions


def _is_keyed(question: Question) -> bool:
    return isinstance(question, MultipleChoice) and sum(one.fraction > 0 for one in question.choices) == 1


@pytest.mark.parametrize("each", [1, 2, 3])
@pytest.mark.parametrize(
    ("language", "heads"),
    [("en", ("Section A", "Section B")), ("ru", ("Блок А", "Блок Б")), ("kk", ("І бөлім", "ІІ бөлім"))],
)
def test_sections_that_letters_count_are_categories(
    language: str, heads: tuple[str, str], each: int, tmp_path: Path
) -> None:
    word = {"en": "Answer", "ru": "Ответ", "kk": "Жауабы"}[language]
    lines = [{"en": "Tests", "ru": "Тесты", "kk": "Тесттер"}[language]]
    for at, (stem, answers, right) in enumerate(BANKS[language][: 2 * each]):
        lines += [heads[at // each]] if at % each == 0 else []
        lines += [f"{at + 1}. {stem}", *(f"{LETTERS[language][nth]}) {one}" for nth, one in enumerate(answers))]
        lines.append(f"{word}: {LETTERS[language][right]}")
    write(tmp_path / "test.docx", lines)
    made, _ = read_all(tmp_path, language, role="tests")
    assert [one.category for one in made] == [(head,) for head in heads for _ in range(each)]
