"""Forms of keys that departments write: by parts on a line, letters in order, points or percents at each answer,
several letters, sheets of answers, keys below headings of parts. Each in three languages and four kinds of files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest

from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice
from tests.outline.test_bank_silence import codes, read
from tests.readers.pdf_maker import Word, make

BANK = {
    "ru": (
        ("Какой газ поглощают растения?", ("Кислород", "Углекислый газ", "Неон", "Аргон"), 1),
        ("Сколько будет 7 · 8?", ("54", "58", "56", "63"), 2),
        ("Какая река длиннее?", ("Иртыш", "Урал", "Или", "Чу"), 0),
        ("Какой язык живой?", ("Латынь", "Готский", "Санскрит", "Казахский"), 3),
        ("Что относится к газам?", ("Железо", "Азот", "Ртуть", "Соль"), 1),
        ("Сколько дней в неделе?", ("Семь", "Шесть", "Восемь", "Девять"), 0),
    ),
    "kk": (
        ("Өсімдіктер қандай газды сіңіреді?", ("Оттегі", "Көмірқышқыл газы", "Неон", "Аргон"), 1),
        ("7 · 8 нешеге тең?", ("54", "58", "56", "63"), 2),
        ("Қай өзен ұзынырақ?", ("Ертіс", "Жайық", "Іле", "Шу"), 0),
        ("Қай тіл тірі?", ("Латын", "Гот", "Санскрит", "Қазақ"), 3),
        ("Газдарға не жатады?", ("Темір", "Азот", "Сынап", "Тұз"), 1),
        ("Аптада неше күн бар?", ("Жеті", "Алты", "Сегіз", "Тоғыз"), 0),
    ),
    "en": (
        ("Which gas do plants take in?", ("Oxygen", "Carbon dioxide", "Neon", "Argon"), 1),
        ("How much is 7 times 8?", ("54", "58", "56", "63"), 2),
        ("Which river is longest?", ("Irtysh", "Ural", "Ili", "Chu"), 0),
        ("Which language is alive?", ("Latin", "Gothic", "Sanskrit", "Kazakh"), 3),
        ("Which of these is a gas?", ("Iron", "Nitrogen", "Mercury", "Salt"), 1),
        ("How many days has a week?", ("Seven", "Six", "Eight", "Nine"), 0),
    ),
}
LETTERS = {"ru": "АБВГ", "kk": "АБВГ", "en": "ABCD"}
KEYS = {"ru": "Ключи", "kk": "Кілттер", "en": "Answer key"}
SHEET = {"ru": "Лист ответов", "kk": "Жауап парағы", "en": "Answer sheet"}
AND = {"ru": "и", "kk": "және", "en": "and"}
ASKED = {"ru": "Вопрос {}:", "kk": "Сұрақ {}:", "en": "Question {}:"}
PARTS = {
    "ru": ("Раздел I", "Раздел II", "1 вариант", "2 вариант"),
    "kk": ("I бөлім", "II бөлім", "1-нұсқа", "2-нұсқа"),
    "en": ("Part I", "Part II", "Variant 1", "Variant 2"),
}
FORMS = ("txt", "docx", "pdf", "md")


def right(language: str, at: int) -> str:
    return LETTERS[language][BANK[language][at][2]]


def asked(language: str, first: int = 0, last: int = 6, answer: str = "{letter}) {text}", begin: int = 1) -> list[str]:
    """Questions with their answers; ``answer`` may hold what each is worth, ``points`` and ``percent``."""
    lines: list[str] = []
    for n, (stem, texts, key) in enumerate(BANK[language][first:last], begin):
        lines.append(f"{n}. {stem}")
        for at, text in enumerate(texts):
            points = int(at == key)
            lines.append(answer.format(letter=LETTERS[language][at], text=text, points=points, percent=100 * points))
    return lines


def by_parts(language: str, heads: Sequence[str], keys: Callable[[str, int], list[str]]) -> list[str]:
    """Two parts whose numbers begin anew, and the keys of both behind."""
    first, second = heads
    lines = [first, *asked(language, 0, 3), second, *asked(language, 3, 6)]
    return [*lines, *keys(first, 0), *keys(second, 3)]


def counted(language: str, since: int, form: str, sep: str) -> str:
    return sep.join(form.format(n=n + 1, letter=right(language, since + n)) for n in range(3))


def parts_on_lines(language: str) -> list[str]:
    made = by_parts(
        language, PARTS[language][:2], lambda head, at: [f"{head}: {counted(language, at, '{n} {letter}', ', ')}"]
    )
    return [*made[:-2], KEYS[language], *made[-2:]]


def variants_on_one_line(language: str) -> list[str]:
    made = by_parts(
        language, PARTS[language][2:], lambda head, at: [f"{head} {counted(language, at, '{n}-{letter}', ', ')}"]
    )
    return [*made[:-2], f"{KEYS[language]}: {'; '.join(made[-2:])}"]


def keys_below_heads(language: str) -> list[str]:
    made = by_parts(
        language,
        PARTS[language][2:],
        lambda head, at: [head, *counted(language, at, "{n}. {letter}", "\n").split("\n")],
    )
    return [*made[:-8], KEYS[language], *made[-8:]]


def letters_in_order(language: str) -> list[str]:
    return [*asked(language), f"{KEYS[language]}: {' '.join(right(language, at) for at in range(6))}"]


def letters_in_a_word(language: str) -> list[str]:
    return [*asked(language), f"{KEYS[language]} (1-6): {''.join(right(language, at) for at in range(6))}"]


def glued(language: str) -> list[str]:
    return [*asked(language), f"{KEYS[language]}: {''.join(f'{at + 1}{right(language, at)}' for at in range(6))}"]


def questions_of_letters(language: str) -> list[str]:
    lines = [
        f"{letter}: {', '.join(str(at + 1) for at in range(6) if right(language, at) == letter)}"
        for letter in LETTERS[language]
    ]
    return [*asked(language), KEYS[language], *lines]


def words_of_questions(language: str) -> list[str]:
    lines = [f"{ASKED[language].format(at + 1)} {texts[key]}" for at, (_, texts, key) in enumerate(BANK[language])]
    return [*asked(language), KEYS[language], *lines]


def piped(language: str) -> list[str]:
    return [
        *asked(language),
        KEYS[language],
        "1 | 2 | 3 | 4 | 5 | 6",
        " | ".join(right(language, at) for at in range(6)),
    ]


def sheet(language: str) -> list[str]:
    return [*asked(language), SHEET[language], *(f"{at + 1}. ____{right(language, at)}____" for at in range(6))]


def boxes(language: str) -> list[str]:
    lines = [
        f"{at + 1}. "
        + " ".join(f"[{'x' if letter == right(language, at) else ' '}] {letter}" for letter in LETTERS[language])
        for at in range(6)
    ]
    return [*asked(language), SHEET[language], *lines]


MADE: dict[str, Callable[[str], list[str]]] = {
    "parts, a line each": parts_on_lines,
    "variants on one line": variants_on_one_line,
    "keys one below the other under parts": keys_below_heads,
    "letters in order": letters_in_order,
    "letters in a word, with a span": letters_in_a_word,
    "glued": glued,
    "questions of letters": questions_of_letters,
    "words of questions": words_of_questions,
    "piped": piped,
    "sheet": sheet,
    "boxes": boxes,
    "[1] behind": lambda language: asked(language, answer="{letter}) {text} [{points}]"),
    "(0) behind": lambda language: asked(language, answer="{letter}) {text} ({points})"),
    "[0] before": lambda language: asked(language, answer="[{points}] {text}"),
    "(100%) behind": lambda language: asked(language, answer="{letter}) {text} ({percent}%)"),
    "– 100% behind": lambda language: asked(language, answer="{letter}) {text} – {percent}%"),
    "100% before": lambda language: asked(language, answer="{percent}% {text}"),
    "%100% before": lambda language: asked(language, answer="{letter}) %{percent}% {text}"),
}


def written(folder: Path, form: str, lines: Sequence[str]) -> Path:
    if form == "docx":
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(folder / "test.docx"))
    elif form == "pdf":
        words = [Word(line, 60, 780 - 18 * (at % 40), 11) for at, line in enumerate(lines)]
        (folder / "test.pdf").write_bytes(make([words[at : at + 40] for at in range(0, len(words), 40)]))
    else:
        blank = "\n" if form == "md" else ""
        answers = tuple(f"{letter})" for letter in "ABCDАБВГ")
        text = "".join(f"{'' if line.startswith(answers) else blank}{line}\n" for line in lines)
        (folder / f"test.{form}").write_text(text, "utf-8")
    return folder


def keys(folder: Path, language: str) -> list[list[int]]:
    """The places of the right answers, where questions and answers are those of the bank and nothing is reported."""
    made, told = read(folder, language)
    assert not codes(told)
    assert [block_text(one.text) for one in made] == [stem for stem, _, _ in BANK[language]]
    chosen = [one for one in made if isinstance(one, MultipleChoice)]
    assert [tuple(block_text(c.content) for c in one.choices) for one in chosen] == [
        texts for _, texts, _ in BANK[language]
    ]
    return [[at for at, choice in enumerate(one.choices) if choice.fraction > 0] for one in chosen]


@pytest.mark.parametrize("language", BANK)
@pytest.mark.parametrize("name", MADE)
def test_forms_of_keys(name: str, language: str, tmp_path: Path) -> None:
    at = list(MADE).index(name) + list(BANK).index(language)
    form = "txt" if name in {"boxes", "[0] before", "100% before"} else FORMS[at % len(FORMS)]
    folder = written(tmp_path, form, MADE[name](language))
    assert keys(folder, language) == [[key] for _, _, key in BANK[language]]


@pytest.mark.parametrize("language", BANK)
@pytest.mark.parametrize(
    "form", ["{n}) {a}+{c}", "{n}. {a} {c}", "{n} – {a} {also} {c}", "{n}-{a}{c}", "{n}. {a}/{c}", "{n}. {a}, {c}"]
)
def test_several_letters_of_a_question_are_all_kept(form: str, language: str, tmp_path: Path) -> None:
    a, c = LETTERS[language][0], LETTERS[language][2]
    first = form.format(n=1, a=a, c=c, also=AND[language])
    lines = [*asked(language), KEYS[language], first, *(f"{at + 1}) {right(language, at)}" for at in range(1, 6))]
    assert keys(written(tmp_path, "docx", lines), language) == [[0, 2], *([key] for _, _, key in BANK[language][1:])]


def test_stated_shares_of_the_mark_stay(tmp_path: Path) -> None:
    text = "".join(
        f"{n}. Which fit word {n}?\na) one {n} (50%)\nb) two {n} (50%)\nc) three {n} (-25%)\n" for n in (1, 2, 3)
    )
    (tmp_path / "test.txt").write_text(
        text + "4. Which fits best?\na) most (100%)\nb) less (30%)\nc) none (0%)\n", "utf-8"
    )
    made, _ = read(tmp_path)
    assert [[c.fraction for c in one.choices] for one in made if isinstance(one, MultipleChoice)] == [
        *[[0.5, 0.5, -0.25]] * 3,
        [1.0, 0.3, 0.0],
    ]
    assert [one.single for one in made if isinstance(one, MultipleChoice)] == [False, False, False, True]


@pytest.mark.parametrize(
    "answers",
    [
        ("10%", "20%", "0%"),  # the answers are percents
        ("ten of them (1)", "a hundred (2)", "none (3)"),  # no answer is worth nothing
        ("0% of water", "50% of water", "70% of water"),  # more than the whole
        ("0% of it", "50% of it", "100% of it"),  # nothing else tells them apart
    ],
)
def test_numbers_that_are_no_worth_stay_in_the_answers(answers: tuple[str, ...], tmp_path: Path) -> None:
    text = "".join(
        f"{n}. How much is in glass {n}?\n"
        + "".join(f"{a}) {t}\n" for a, t in zip("abc", answers, strict=True))
        + "Answer: b\n"
        for n in (1, 2, 3)
    )
    (tmp_path / "test.txt").write_text(text, "utf-8")
    made, _ = read(tmp_path)
    chosen = [one for one in made if isinstance(one, MultipleChoice)]
    assert [[block_text(c.content) for c in one.choices] for one in chosen] == [list(answers)] * 3
    assert [[c.fraction for c in one.choices] for one in chosen] == [[0.0, 1.0, 0.0]] * 3


def test_three_letters_that_differ_are_of_one_question(tmp_path: Path) -> None:
    text = "".join(f"{n}. Which fit word {n}?\na) one {n}\nb) two {n}\nc) three {n}\nd) four {n}\n" for n in (1, 2, 3))
    (tmp_path / "test.txt").write_text(text + "Answer: a, b, d\n", "utf-8")
    made, told = read(tmp_path)
    assert [[c.fraction > 0 for c in one.choices] for one in made if isinstance(one, MultipleChoice)] == [
        [False] * 4,
        [False] * 4,
        [True, True, False, True],
    ]
    assert "outline-test-without-key" in codes(told)
