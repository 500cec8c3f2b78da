"""Explanations behind answers and keys, parts that any word counts, numbers behind labels, answers in brackets,
listings at the beginning: in text files, without a role.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice, ShortAnswer
from coursepack.readers.sniff import text_format

STEMS = (
    "Which gas do plants take in?",
    "Where is Astana?",
    "Who wrote Hamlet?",
    "How many bits has a byte?",
    "Which tissue carries water?",
)
ANSWERS = (
    ("neon", "argon", "carbon dioxide", "helium"),
    ("in Kenya", "in Kazakhstan", "in Korea", "in Kuwait"),
    ("Marlowe", "Jonson", "Kyd", "Shakespeare"),
    ("eight", "two", "ten", "six"),
    ("cork", "xylem", "pith", "phloem"),
)
KEYS = "CBDAB"
WHY = "It follows from what chapter {n} says of {text} at length."


def _bank(
    lead: str = "{n}. ", *, key: str = "Answer: {key}\n", behind: str = "", head: str = "", sign: str = ""
) -> str:
    made = head
    for n, (stem, answers, right) in enumerate(zip(STEMS, ANSWERS, KEYS, strict=True), 1):
        made += f"{lead.format(n=n)}{stem}\n"
        made += "".join(
            f"{sign if letter == right else ''}{letter}) {text}\n" for letter, text in zip("ABCD", answers, strict=True)
        )
        text = answers["ABCD".index(right)]
        made += key.format(key=right) + behind.format(n=n, text=text) + "\n"
    return made


WANTED = [
    (stem, [("+" if letter == key else "") + text for letter, text in zip("ABCD", answers, strict=True)])
    for stem, answers, key in zip(STEMS, ANSWERS, KEYS, strict=True)
]
BECAUSE = [
    WHY.format(n=n, text=answers["ABCD".index(key)])
    for n, (answers, key) in enumerate(zip(ANSWERS, KEYS, strict=True), 1)
]


def _read(folder: Path, text: str, role: str = "") -> tuple[list[tuple[str, list[str]]], list[str], list[str]]:
    """The questions, what is said of their answers, and what was told."""
    (folder / "Test.txt").write_text(text, encoding="utf-8")
    if role:
        head = f'id = "x"\ntitle = "X"\nlanguage = "en"\n[[source]]\nfile = "Test.txt"\nrole = "{role}"\n'
        (folder / "course.toml").write_text(head, encoding="utf-8")
    made = build.understand(discovery.find_projects([folder])[0])
    assert made.course.exam is not None
    asked = []
    for one in made.course.exam.questions:
        assert isinstance(one, MultipleChoice), one
        answers = [("+" if choice.fraction > 0 else "") + block_text(choice.content) for choice in one.choices]
        asked.append((block_text(one.text), answers))
    told = [
        one.code
        for one in made.findings
        if one.code.startswith(("aiken", "bank", "gift", "outline-test", "outline-left"))
    ]
    return asked, [block_text(one.feedback) for one in made.course.exam.questions], told


@pytest.mark.parametrize("role", ["", "tests"])
@pytest.mark.parametrize(
    ("key", "behind", "sign", "end"),
    [
        ("Ans: {key}\n", f"Explanation: {WHY}\n", "", ""),
        ("Ответ: {key}\n", f"Пояснение: {WHY}\n", "", ""),
        ("Жауабы: {key}\n", f"Түсіндірме: {WHY}\n", "", ""),
        ("Answer: {key}\n", f"{WHY}\n", "", ""),
        ("", f"{WHY}\n", "*", ""),
        ("", f"{WHY}\n", "", "Answers: 1-C 2-B 3-D 4-A 5-B\n"),
        ("", f"Rationale: {WHY}\n", "", "Answers: 1-C 2-B 3-D 4-A 5-B\n"),
    ],
)
def test_explanations_behind_the_last_answer(
    tmp_path: Path, key: str, behind: str, sign: str, end: str, role: str
) -> None:
    text = _bank(key=key, behind=behind, sign=sign) + end
    assert _read(tmp_path, text, role) == (WANTED, BECAUSE, [])


def test_an_explanation_before_the_key(tmp_path: Path) -> None:
    text = _bank(key="", behind="Explanation: " + WHY + "\nAnswer: {n}").replace("Answer: ", "Answer: ")
    for n, key in enumerate(KEYS, 1):
        text = text.replace(f"Answer: {n}", f"Answer: {key}")
    assert _read(tmp_path, text) == (WANTED, BECAUSE, [])


def test_answers_that_go_on_are_no_explanations(tmp_path: Path) -> None:
    """Answers of two lines, the last of them as well."""
    text = ""
    for n, (stem, answers) in enumerate(zip(STEMS, ANSWERS, strict=True), 1):
        lines = [
            f"{letter}) one of the long ways\nThat go to {one} at last.\n"
            for letter, one in zip("ABC", answers[:3], strict=True)
        ]
        text += f"{n}. {stem}\n{''.join(lines)}\n"
    asked, because, _ = _read(tmp_path, text, "tests")
    assert [len(answers) for _, answers in asked] == [3] * 5
    assert asked[0][1][2] == "one of the long ways\nThat go to carbon dioxide at last."
    assert because == [""] * 5


@pytest.mark.parametrize(
    ("heads", "key"),
    [
        (("Set A", "Set B"), "Answer: {key}\n"),
        (("Вариант 1", "Вариант 2"), "Ответ: {key}\n"),
        (("1-нұсқа", "2-нұсқа"), "Жауабы: {key}\n"),
        (("Paper 1", "Paper 2"), "Answer: {key}\n"),
    ],
)
def test_parts_of_a_test(tmp_path: Path, heads: tuple[str, str], key: str) -> None:
    text = "".join(_bank(key=key, head=f"{head}\n\n") for head in heads)
    asked, _, told = _read(tmp_path, text)
    assert (asked, told) == (WANTED * 2, [])
    made = build.understand(discovery.find_projects([tmp_path])[0]).course.exam
    assert made is not None
    assert Counter(one.category for one in made.questions)[(heads[1],)] == 5


@pytest.mark.parametrize(
    "lead",
    [
        "Q. {n}) ",
        "Q.{n}) ",
        "Question Number: {n}\n",
        "Question Number :{n}\n",
        "Тапсырма {n}\nТапсырма мәтіні: ",
        "{n}. Текст вопроса: ",
        "Вопрос номер {n}\n",
    ],
)
@pytest.mark.parametrize("head", ["", "Java Test\n"])
def test_numbers_and_labels_before_the_words_of_a_question(tmp_path: Path, lead: str, head: str) -> None:
    assert _read(tmp_path, _bank(lead, head=head))[::2] == (WANTED, [])


@pytest.mark.parametrize(
    ("form", "role"),
    [
        ("{n}. {stem} ({a} / {b} / {c} / {d}).\nОтвет: {right}\n", ""),
        ("{n}. {stem} ({a}/{b}/{c}/{d})\nAnswer: {right}\n", ""),
        ("{n}. {stem} ({a}; {b}; {c}; {d})\nЖауабы: {right}\n", ""),
        ("{n}. {stem} ({a} / {b} / {c} / {d}). Ответ: {right}\n", "tests"),
        ("{n}. {stem} ({a}, {b}, {c}, {d}). Answer: {right}\n", "tests"),
    ],
)
def test_answers_in_brackets(tmp_path: Path, form: str, role: str) -> None:
    text = "Test\n\n"
    for n, (stem, (a, b, c, d), key) in enumerate(zip(STEMS, ANSWERS, KEYS, strict=True), 1):
        right = (a, b, c, d)["ABCD".index(key)]
        text += form.format(n=n, stem=stem, a=a, b=b, c=c, d=d, right=right) + "\n"
    assert _read(tmp_path, text, role) == (WANTED, [""] * 5, [])


LISTING = '{n}. #include <stdio.h>\nint main() {{\n  int b = {n} + 1;\n  printf("%d", b);\n}}\n'


def test_a_listing_is_no_gift(tmp_path: Path) -> None:
    text = "".join(LISTING.format(n=n) + f"A) {n}\nB) {n + 1}\nC) an error\nAnswer: B\n\n" for n in range(1, 6))
    asked, _, told = _read(tmp_path, text)
    assert [answers for _, answers in asked] == [[f"{n}", f"+{n + 1}", "an error"] for n in range(1, 6)]
    assert [stem.split("\n")[0] for stem, _ in asked] == ["#include <stdio.h>"] * 5
    assert told == []


def test_what_gift_and_aiken_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "::1:: Where is it? {\n~A) in Kenya\n=B) in Korea\n}\n\n::2:: Who? { =he ~she }\n", encoding="utf-8"
    )
    assert text_format(path) == "gift"
    path.write_text("Where?\nA) here\nB) there\nANSWER: A\n\nWho?\nA) he\nB) she\nANSWER: B\n", encoding="utf-8")
    assert text_format(path) == "aiken"
    path.write_text(path.read_text("utf-8") + "Explanation: so it is\n", encoding="utf-8")
    assert text_format(path) is None


BEHIND = {
    "en": (
        "Radio licence",
        [
            "Which unit measures voltage?\na) volt  b) ohm  c) hertz",
            "What radiates?\na) coil  b) antenna  c) fuse",
            "Which lamp is bright?\na) cold  b) dark  c) hot",
            "State the law of Ohm. ______________",
            "Which word calls for help? ______________",
        ],
        "Answer sheet for the tutor",
        ["1a  2b  3c", "4: V = IR", "5: Mayday"],
    ),
    "ru": (
        "Проверочная",
        [
            "Чем измеряют ток?\nа) омом  б) ампером  в) вольтом",
            "Что излучает?\nа) антенна  б) катушка  в) лампа",
            "Какая лампа горит?\nа) холодная  б) тёмная  в) горячая",
            "Запишите закон Ома. ______________",
            "Какое слово зовёт на помощь? ______________",
        ],
        "Ключи для проверяющего",
        ["1б  2а  3в", "4 – V = IR", "5 – Mayday"],
    ),
    "kk": (
        "Тексеру",
        [
            "Токты немен өлшейді?\nА) оммен  Ә) ампермен  Б) вольтпен",
            "Не таратады?\nА) антенна  Ә) катушка  Б) шам",
            "Қай шам жанады?\nА) суық  Ә) қараңғы  Б) ыстық",
            "Ом заңын жазыңыз. ______________",
            "Көмекке қандай сөз шақырады? ______________",
        ],
        "Тексерушіге арналған жауаптар",
        ["1Ә  2А  3Б", "4: V = IR", "5: Mayday"],
    ),
}


@pytest.mark.parametrize("language", BEHIND)
def test_keys_in_words_below_a_row_of_letters_are_no_part_of_the_last_question(tmp_path: Path, language: str) -> None:
    """«4: V = IR» below «1a 2b 3c» stood in the last question for every learner to read, and so did its heading."""
    title, questions, heading, keys = BEHIND[language]
    lines = [title, *(f"{at}. {one}" for at, one in enumerate(questions, 1)), "\n".join([heading, *keys])]
    (tmp_path / "test.txt").write_text("\n\n".join(lines) + "\n", "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    exam = build.understand(loaded).course.exam
    assert exam is not None
    found = [*exam.questions]
    stems = [block_text(one.text) for one in found]
    assert stems == [one.split("\n")[0] for one in questions]
    assert [[one.text for one in each.answers] for each in found if isinstance(each, ShortAnswer)] == [
        ["V = IR"],
        ["Mayday"],
    ]
