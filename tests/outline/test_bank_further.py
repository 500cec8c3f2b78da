"""Banks in other languages and layouts: keys in words of ten more languages, initials below the letters of a list, two
answers on each of two lines, keys of variants behind all, lists that are tests by their keys, what is lost told."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.questions import Matching, MultipleChoice, Question, ShortAnswer, TrueFalse


def written(folder: Path, name: str, text: str, role: str = "tests", language: str = "en") -> Path:
    (folder / name).write_text(text, "utf-8")
    toml = f'id = "x"\ntitle = "X"\nlanguage = "{language}"\n[[source]]\nfile = "{name}"\nrole = "{role}"\n'
    (folder / "course.toml").write_text(toml, "utf-8")
    return folder


def read(folder: Path) -> list[Question]:
    """The exam's questions of a folder, and those of its classes."""
    (loaded,) = discovery.find_projects([folder])
    course = build.understand(loaded).course
    exam = list(course.exam.questions) if course.exam else []
    return exam + [one for _, session in course.sessions() for one in session.review]


def short(one: Question) -> tuple[str, list[str], list[int]]:
    assert isinstance(one, MultipleChoice), one
    right = [at for at, choice in enumerate(one.choices) if choice.fraction > 0]
    return block_text(one.text), [block_text(choice.content) for choice in one.choices], right


KEYS = {
    "fr": ("Réponse : B", "Bonne réponse : B", "Réponse correcte: B"),
    "de": ("Antwort: B", "Richtige Antwort: B", "Lösung: B"),
    "es": ("Respuesta: B", "Respuesta correcta: B"),
    "it": ("Risposta: B", "Risposta corretta: B"),
    "pt": ("Resposta certa: B", "Gabarito: B"),
    "tr": ("Cevap: B", "Doğru cevap: B"),
    "uz": ("To'g'ri javob: B", "To‘g‘ri javob: B", "Javob: B"),
    "ky": ("Туура жооп: B", "Жооп: B"),
    "uk": ("Правильна відповідь: B", "Відповідь: B"),
    "pl": ("Poprawna odpowiedź: B", "Klucz: B"),
}


@pytest.mark.parametrize("key", [one for keys in KEYS.values() for one in keys])
def test_keys_in_words_of_more_languages(key: str, tmp_path: Path) -> None:
    text = "".join(f"{n}. Amaz {n}?\n- oxygen\n- carbon {n}\n- neon\n{key}\n\n" for n in range(1, 4))
    found = read(written(tmp_path, "a.txt", text))
    wanted = [(f"Amaz {n}?", ["oxygen", f"carbon {n}", "neon"], [1]) for n in range(1, 4)]
    assert [short(one) for one in found] == wanted


def test_labels_in_french_of_questions_and_answers(tmp_path: Path) -> None:
    text = "".join(f"Question : Quel est le mot {n} ?\nRéponse : le mot {n}\n\n" for n in range(1, 5))
    found = read(written(tmp_path, "a.txt", text))
    assert [type(one) for one in found] == [ShortAnswer] * 4
    told = [one.answers[0].text for one in found if isinstance(one, ShortAnswer)]
    assert told == [f"le mot {n}" for n in range(1, 5)]


@pytest.mark.parametrize(("word", "answer"), [("vrai", True), ("faux", False), ("wahr", True), ("falso", False)])
def test_statements_to_judge_in_more_languages(word: str, answer: bool, tmp_path: Path) -> None:
    text = "".join(f"{n}. Aqua {n} est.\nRéponse : {word}\n\n" for n in range(1, 4))
    found = read(written(tmp_path, "a.txt", text))
    assert [one.answer for one in found if isinstance(one, TrueFalse)] == [answer] * 3


def test_pairs_in_french(tmp_path: Path) -> None:
    text = "1. Associez la ville et le pays :\n1) Paris\n2) Rome\na) Italie\nb) France\nRéponse : 1-b, 2-a\n"
    found = read(written(tmp_path, "a.txt", text + "2. Quoi ?\nRéponse : rien\n"))
    first = found[0]
    assert isinstance(first, Matching)
    told = [(block_text(one.question), block_text(one.answer)) for one in first.pairs]
    assert told == [("Paris", "France"), ("Rome", "Italie")]


@pytest.mark.parametrize("sign", ["+", "*"])
def test_signs_in_markdown_below_a_colon(sign: str, tmp_path: Path) -> None:
    text = "".join(f"{n}. Choose the word {n}:\nA) one\n{sign}B) two\nC) three\n\n" for n in range(1, 5))
    found = read(written(tmp_path, "a.md", text))
    assert [short(one) for one in found] == [
        (f"Choose the word {n}:", ["one", "two", "three"], [1]) for n in range(1, 5)
    ]


def test_a_key_in_markdown_below_answers_that_a_colon_leads_to(tmp_path: Path) -> None:
    text = "".join(f"{n}. Choose the word {n}:\nA) one\nB) two\nC) three\nCorrect answer: two\n\n" for n in range(1, 5))
    found = read(written(tmp_path, "a.md", text))
    assert {tuple(short(one)[1]) for one in found} == {("one", "two", "three")}
    assert {tuple(short(one)[2]) for one in found} == {(1,)}


def test_two_answers_on_each_of_two_lines(tmp_path: Path) -> None:
    text = "".join(f"{n}. What is {n}?\nA. one *B. two\nC. three D. four\n\n" for n in range(1, 5))
    found = read(written(tmp_path, "a.txt", text))
    assert [short(one) for one in found] == [
        (f"What is {n}?", ["one", "two", "three", "four"], [1]) for n in range(1, 5)
    ]


def test_keys_of_two_questions_below_a_lecture_are_no_answer(tmp_path: Path) -> None:
    text = (
        "1-дәріс. Жасуша\n\nЖасуша — тіршіліктің негізі. Ол өте кішкентай, бірақ күрделі.\n\nБақылау тесттері\n\n"
        "1. Жасуша деген не?\nА) негіз\nБ) тас\nВ) су\n\n2. Ол қандай?\nА) үлкен\nБ) кішкентай\nВ) жоқ\n\n"
        "Кілттері: 1-А, 2-Б\n"
    )
    found = read(written(tmp_path, "a.txt", text, "lecture", "kk"))
    assert [short(one)[1:] for one in found] == [
        (["негіз", "тас", "су"], [0]),
        (["үлкен", "кішкентай", "жоқ"], [1]),
    ]


def test_the_word_for_keys_over_those_of_variants_is_no_answer(tmp_path: Path) -> None:
    asked = "".join(f"{n}. Вопрос {n}?\nА) да\nБ) нет\nВ) и то и то\n" for n in (1, 2, 3))
    text = f"Вариант 1\n{asked}\nВариант 2\n{asked}\nОтветы\nВариант 1: 1-А, 2-Б, 3-В\nВариант 2: 1-Б, 2-В, 3-А\n"
    found = read(written(tmp_path, "a.txt", text, language="ru"))
    assert [short(one)[1:] for one in found] == [(["да", "нет", "и то и то"], [right]) for right in (0, 1, 2, 1, 2, 0)]


def test_answers_behind_angles_are_told_by_the_key_that_repeats_one(tmp_path: Path) -> None:
    text = "".join(f"{n}. What is word {n}?\n» first\n» second\n» third\nAnswer: second\n\n" for n in range(1, 5))
    found = read(written(tmp_path, "a.txt", text))
    assert [short(one)[1:] for one in found] == [(["first", "second", "third"], [1])] * 4


def test_a_list_of_questions_that_states_its_answers_is_a_test(tmp_path: Path) -> None:
    text = "".join(f"{n}. Capital of land {n}?\nAnswer: Town {n}\n\n" for n in range(1, 5))
    found = read(written(tmp_path, "a.txt", text, "questions"))
    assert [type(one) for one in found] == [ShortAnswer] * 4


def test_lines_of_code_that_come_again_below_each_question_stay(tmp_path: Path) -> None:
    code = "for i in range(3):\n"
    text = "".join(f"№ {n}. What comes out of {n}?\n{code}A) one\nB) two\nC) three\nAnswer: B\n\n" for n in range(1, 5))
    found = read(written(tmp_path, "a.txt", text))
    assert [short(one)[0] for one in found] == [f"What comes out of {n}?\n{code.strip()}" for n in range(1, 5)]
