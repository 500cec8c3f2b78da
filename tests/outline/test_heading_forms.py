"""Lectures in one plain text, each with its text and its questions, under headings of every form."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from coursepack import build, discovery
from tests.outline import documents

TITLES = {
    "en": ("Soil and loess", "Water in the ground", "Wind and dust"),
    "ru": ("Почва и лёсс", "Вода в земле", "Ветер и пыль"),
    "kk": ("Топырақ пен лёсс", "Жердегі су", "Жел мен шаң"),
}
TEXT = {
    "en": "Loess is a fine wind-borne silt that covers a tenth of all land. It was laid down behind the ice of the "
    "last cold age, and farmers have ploughed it ever since because it holds water well.",
    "ru": "Лёсс есть тонкая пыль, которую ветер нёс от края ледника и которая лежит теперь на десятой части суши. "
    "Земледельцы пашут её с давних пор, потому что она хорошо держит воду и не имеет камней.",
    "kk": "Лёсс – жел ұшырып әкелген ұсақ шаң, ол қазір құрлықтың оннан бір бөлігін жауып жатыр. Диқандар оны ерте "
    "заманнан бері жыртып келеді, өйткені ол суды жақсы ұстайды және тасы жоқ болады.",
}
ASKED = {
    "en": "Check yourself\n1. What is loess?\n2. Where does it lie?",
    "ru": "Проверьте себя\n1. Что такое лёсс?\n2. Где он лежит?",
    "kk": "Өзіңізді тексеріңіз\n1. Лёсс деген не?\n2. Ол қайда жатыр?",
}
WORD = {"en": "Lecture", "ru": "Лекция", "kk": "Дәріс"}
FORMS = (
    "{word} {n}\n\n{title}",
    "{title} ({small} {n})",
    "{title} — {small} {n}",
    "{title}\n{word} {n}",
    "{word} №{n}: {title}",
    "{word} {roman}. {title}",
    "=== {word} {n}. {title} ===",
    "{word} {n}. {title}\n-----------------",
    "0{n}.09.2025 {title}",
    "0{n}.09.2025. {word} {n}. {title}",
    "{letter}{n}. {title}",
    "{n} · {title}",
    "({n}) {title}",
    "#{n} {title}",
    "0{n} – {title}",
    "{n} | {title}",
    "{word} {n} · {title}",
    "{word} {n} / {title}",
    "{title} | {small} {n}",
    "{word} {n} ({day}). {title}",
    "{word} {n}, {day}\n{title}",
    "{day}\n{title} - {small} {n}",
    "{topic}: {title}",
)
DAYS = {
    "en": ("Tuesday 4 November", "Friday 7 November", "Tuesday 11 November"),
    "ru": ("вторник, 4 ноября", "пятница, 7 ноября", "вторник, 11 ноября"),
    "kk": ("сейсенбі, 4 қараша", "жұма, 7 қараша", "сейсенбі, 11 қараша"),
}
TOPIC = {"en": "Topic", "ru": "Тема", "kk": "Тақырыбы"}
STYLED = ("{word} {n}\n{title}", "{n} · {title}", "{word} {n}, {day}\n{title}", "{day}\n{word} {n}. {title}")


def _heads(form: str, language: str) -> list[str]:
    word = WORD[language]
    return [
        form.format(
            word=word,
            small=word.lower(),
            letter=word[0],
            n=n,
            roman="I" * n,
            title=title,
            topic=TOPIC[language],
            day=DAYS[language][n - 1],
        )
        for n, title in enumerate(TITLES[language], 1)
    ]


def _assert_lectures(path: Path, language: str) -> None:
    (loaded,) = discovery.find_projects([path])
    sessions = [session for _, session in build.understand(loaded).course.sessions()]
    assert [one.title for one in sessions] == list(TITLES[language])
    assert [(one.kind, len(one.blocks), len(one.review)) for one in sessions] == [("lecture", 2, 2)] * 3


@pytest.mark.parametrize("language", list(TITLES))
@pytest.mark.parametrize("form", STYLED)
def test_titles_of_lectures_on_two_headings(tmp_path: Path, form: str, language: str) -> None:
    asked, *items = ASKED[language].split("\n")
    document = docx.Document()
    for head in _heads(form, language):
        for line in head.split("\n"):
            document.add_paragraph(line, style="Heading 1")
        for paragraph in (TEXT[language], TEXT[language]):
            document.add_paragraph(paragraph)
        document.add_paragraph().add_run(asked).bold = True
        for item in items:
            document.add_paragraph(item)
    document.save(str(tmp_path / "notes.docx"))
    _assert_lectures(tmp_path / "notes.docx", language)


@pytest.mark.parametrize("language", list(TITLES))
@pytest.mark.parametrize("form", FORMS)
def test_each_lecture_has_its_title_text_and_questions(tmp_path: Path, form: str, language: str) -> None:
    parts = _heads(form, language)
    text = "\n\n".join(f"{head}\n\n{TEXT[language]}\n\n{TEXT[language]}\n\n{ASKED[language]}" for head in parts)
    (tmp_path / "notes.txt").write_text(text + "\n", encoding="utf-8")
    _assert_lectures(tmp_path / "notes.txt", language)


@pytest.mark.parametrize(
    ("left", "right"), [(">>>", "<<<"), ("***", "***"), ("»»", "««"), ("★★", "★★"), ("===", "===")]
)
@pytest.mark.parametrize(
    ("title", "aim", "told"),
    [
        ("Complaining politely", "My aim: to be heard.", "I come in with the cold coffee, take a sip and pull a face."),
        ("Вежливая жалоба", "Цель: быть услышанным.", "Я вхожу с холодным кофе, делаю глоток и морщусь."),
        ("Сыпайы шағым", "Мақсаты: тыңдалу.", "Мен суық кофемен кіріп, бір ұрттап, бетімді тыржитамын."),
    ],
)
def test_the_same_signs_around_a_line_make_it_a_title(
    tmp_path: Path, left: str, right: str, title: str, aim: str, told: str
) -> None:
    (tmp_path / "lesson.txt").write_text(f"{left} {title} {right}\n\n{aim}\n\n{told}\n", "utf-8")
    read = documents.read(tmp_path)
    assert [one for _, _, one in read["lectures"]] == [title]
    assert read["lecture aims"] == [aim.partition(": ")[2]]


def test_quoted_lines_are_no_headings(tmp_path: Path) -> None:
    lines = [">> Roots drink water from the soil", ">> Leaves drink the light of the sun"]
    text = "\n\n".join(["# Lecture 1. Plants", "They grow in soil and in light.", *lines])
    (tmp_path / "lesson.txt").write_text(text.replace("# ", ""), "utf-8")
    (texts,) = documents.read(tmp_path)["texts"]
    assert [text for text in texts if text.startswith("H")] == []


UNDERLINED = {
    "en": ("Choosing a letter", "Setting a line", ("serif", "the small foot at the end of a stroke")),
    "ru": ("Выбор буквы", "Набор строки", ("засечка", "маленькая черта на конце штриха")),
    "kk": ("Әріп таңдау", "Жол теру", ("керткі", "сызық ұшындағы кішкентай табан")),
}


@pytest.mark.parametrize("rule", [".", "-", "=", "~"])
@pytest.mark.parametrize("language", sorted(UNDERLINED))
def test_a_rule_as_long_as_the_line_above_makes_it_a_heading(tmp_path: Path, language: str, rule: str) -> None:
    first, second, (term, meaning) = UNDERLINED[language]
    terms = [f"{term} {mark}\n     {meaning} {mark}\n" for mark in "abcdef"]
    parts = [
        f"{head}\n{rule * len(head)}\n\n" + "\n".join(terms[at : at + 3]) for head, at in ((first, 0), (second, 3))
    ]
    (tmp_path / "glossary.txt").write_text("\n".join(parts), "utf-8")
    found = documents.read(tmp_path)["glossary"]
    assert [(one, said) for one, said, _ in found] == [(f"{term} {mark}", f"{meaning} {mark}") for mark in "abcdef"]
