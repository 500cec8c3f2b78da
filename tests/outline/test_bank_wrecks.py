"""Banks written in many layouts, in three languages, with and without a role: each is read whole, or it is told with a
warning or an error that has its place. None comes out wrong without a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import docx
import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice, ShortAnswer, TrueFalse
from coursepack.outline.bank import guard, leftover
from coursepack.place import Finding

Asked = tuple[str, tuple[str, ...], int]
BANKS: dict[str, tuple[Asked, ...]] = {
    "en": (
        ("Which gas do plants take in?", ("Oxygen", "Carbon dioxide", "Neon", "Helium"), 1),
        ("What is the unit of force?", ("Newton", "Joule", "Watt", "Pascal"), 0),
        ("The capital of France is", ("Lyon", "Nice", "Paris", "Lille"), 2),
        ("Which number is prime?", ("Nine", "Four", "Fifteen", "Seven"), 3),
        ("Water boils at sea level at", ("100 degrees", "50 degrees", "80 degrees", "120 degrees"), 0),
        ("Select the largest planet", ("Earth", "Mars", "Venus", "Jupiter"), 3),
    ),
    "ru": (
        ("Какой газ поглощают растения?", ("Кислород", "Углекислый газ", "Неон", "Гелий"), 1),
        ("Какова единица силы?", ("Ньютон", "Джоуль", "Ватт", "Паскаль"), 0),
        ("Столицей Франции является", ("Лион", "Ницца", "Париж", "Лилль"), 2),
        ("Какое число простое?", ("Девять", "Четыре", "Пятнадцать", "Семь"), 3),
        ("Вода на уровне моря кипит при", ("100 градусах", "50 градусах", "80 градусах", "120 градусах"), 0),
        ("Укажите самую большую планету", ("Земля", "Марс", "Венера", "Юпитер"), 3),
    ),
    "kk": (
        ("Өсімдіктер қандай газды сіңіреді?", ("Оттек", "Көмірқышқыл газы", "Неон", "Гелий"), 1),
        ("Күштің өлшем бірлігі қандай?", ("Ньютон", "Джоуль", "Ватт", "Паскаль"), 0),
        ("Францияның астанасы", ("Лион", "Ницца", "Париж", "Лилль"), 2),
        ("Қай сан жай сан болып табылады?", ("Тоғыз", "Төрт", "Он бес", "Жеті"), 3),
        ("Су теңіз деңгейінде қайнайтын температура", ("100 градус", "50 градус", "80 градус", "120 градус"), 0),
        ("Ең үлкен планетаны көрсетіңіз", ("Жер", "Шолпан", "Марс", "Юпитер"), 3),
    ),
}
SAID = {"en": ("Answer", "Options"), "ru": ("Ответ", "Варианты ответов"), "kk": ("Жауабы", "Жауап нұсқалары")}
LETTERS = {"en": "ABCD", "ru": "АБВГ", "kk": "АБВГ"}


@dataclass(frozen=True)
class Layout:
    """How a question is written: its stem, each answer, what stands between answers on one line, the key below."""

    stem: str = "{n}. {q}"
    answer: str = "{l}) {a}"
    between: str = "\n"
    key: str = "\n{said}: {L}"

    def of(self, bank: Sequence[Asked], language: str) -> str:
        return "Test\n\n" + "\n\n".join(self._one(n, asked, language) for n, asked in enumerate(bank, 1)) + "\n"

    def _one(self, n: int, asked: Asked, language: str) -> str:
        stem, answers, right = asked
        letters, (said, options) = LETTERS[language], SAID[language]
        offered = [
            self.answer.format(
                l=letters[at],
                a=text,
                i=at + 1,
                s="+" if at == right else "-",
                c="①②③④"[at],
                o="ⓐⓑⓒⓓ"[at],
                to="=> " if at == right else "",
                back=" <--" if at == right else "",
            )
            for at, text in enumerate(answers)
        ]
        head = self.stem.format(n=n, q=stem, L=letters[right], options=options)
        circled = {"c": "①②③④"[right], "o": "ⓐⓑⓒⓓ"[right]}
        key = self.key.format(said=said, L=letters[right], N=right + 1, T=answers[right], **circled)
        return f"{head}\n{self.between.join(offered)}{key}"


IN_WORDS = "\n{said}: {T}"
WHOLE = {
    "usual": Layout(),
    "semicolons": Layout(answer="{a}", between="; ", key=IN_WORDS),
    "commas": Layout(answer="{a}", between=", ", key=IN_WORDS),
    "strokes": Layout(answer="{a}", between=" | ", key=IN_WORDS),
    "slashes": Layout(answer="{a}", between=" / ", key=IN_WORDS),
    "label and semicolons": Layout(stem="{n}. {q}\n{options}:", answer="{a}", between="; ", key=IN_WORDS),
    "numbers on one line": Layout(answer="{i}) {a}", between=" ", key="\n{said}: {N}"),
    "letters on one line": Layout(between=" "),
    "dashes": Layout(answer="- {a}", key=IN_WORDS),
    "dots": Layout(answer="• {a}", key=IN_WORDS),
    "angles": Layout(answer="> {a}", key=IN_WORDS),
    "hashes": Layout(answer="#{a}", key=IN_WORDS),
    "boxes": Layout(answer="[ ] {a}", key=IN_WORDS),
    "numbers and words": Layout(answer="{i}. {a}", key=IN_WORDS),
    "tight signs": Layout(answer="{s}{a}", key=""),
    "a letter alone": Layout(key="\n{L}"),
    "a letter in brackets": Layout(key="\n({L})"),
    "a letter in square brackets": Layout(key="\n[{L}]"),
    "circled letters": Layout(answer="{o} {a}", key="\n{said}: {o}"),
    "circled numbers": Layout(answer="{c} {a}", key="\n{said}: {c}"),
    "circled numbers on one line": Layout(answer="{c}{a}", between="  ", key="\n{said}: {c}"),
    "letters in angles": Layout(answer="<{l}> {a}"),
    "an arrow to the answer": Layout(answer="{to}{l}) {a}", key=""),
    "an arrow behind the answer": Layout(answer="{l}) {a}{back}", key=""),
    "an equals sign": Layout(key="\n= {L}"),
    "an arrow": Layout(key="\n-> {L}"),
    "a letter behind the stem": Layout(stem="{n}. {q} ({L})", key=""),
    "square brackets": Layout(stem="[{n}] {q}"),
    "round brackets": Layout(stem="({n}) {q}"),
}
TOLD = {
    "the word over the letter": Layout(key="\n{said}\n{L}"),
    "answers nobody marks": Layout(key=""),
    "no number and no letter": Layout(stem="{q}", answer="{a}", key=IN_WORDS),
    "tildes": Layout(answer="~{a}", key="\n={T}"),
}


def read(folder: Path, language: str, *, role: bool) -> tuple[list[Asked], list[Finding]]:
    """The multiple-choice questions of the one file of a folder, a right answer each, and what is told of it."""
    (file,) = folder.iterdir()
    if role:
        said = f'id = "x"\ntitle = "X"\nlanguage = "{language}"\n[[source]]\nfile = "{file.name}"\nrole = "tests"\n'
        (folder / "course.toml").write_text(said, "utf-8")
    (loaded,) = discovery.find_projects([folder])
    understood = build.understand(loaded)
    exam = understood.course.exam
    asked = [one for one in (exam.questions if exam else ()) if isinstance(one, MultipleChoice)]
    made = [
        (
            block_text(one.text),
            tuple(block_text(choice.content) for choice in one.choices),
            next((at for at, choice in enumerate(one.choices) if choice.fraction > 0), -1),
        )
        for one in asked
    ]
    return made, [one for one in understood.findings if one.severity in {"error", "warning"}]


@pytest.mark.parametrize("role", [True, False])
@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("name", WHOLE)
def test_a_bank_is_read_whole(name: str, language: str, role: bool, tmp_path: Path) -> None:
    (tmp_path / "bank.txt").write_text(WHOLE[name].of(BANKS[language], language), "utf-8")
    made, told = read(tmp_path, language, role=role)
    assert made == list(BANKS[language])
    assert not told


MARKDOWN = (
    "usual",
    "semicolons",
    "numbers on one line",
    "tight signs",
    "a letter in square brackets",
    "circled numbers",
)


@pytest.mark.parametrize("role", [True, False])
@pytest.mark.parametrize("name", MARKDOWN)
def test_a_bank_in_markdown_keeps_the_lines_of_its_author(name: str, role: bool, tmp_path: Path) -> None:
    (tmp_path / "bank.md").write_text(WHOLE[name].of(BANKS["en"], "en"), "utf-8")
    made, told = read(tmp_path, "en", role=role)
    assert made == list(BANKS["en"])
    assert not told


def test_bullets_of_two_kinds_in_markdown_are_signs(tmp_path: Path) -> None:
    text = Layout(answer="{s} {a}", key="").of(BANKS["en"], "en")
    (tmp_path / "bank.md").write_text(text, "utf-8")
    made, told = read(tmp_path, "en", role=True)
    assert made == list(BANKS["en"])
    assert not told


FIRST = {
    "en": "The first answer is always correct.",
    "ru": "Первый ответ всегда правильный.",
    "kk": "Бірінші жауап әрқашан дұрыс.",
}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_line_that_says_that_first_answers_are_right(language: str, tmp_path: Path) -> None:
    turned = [
        (stem, (answers[right], *answers[:right], *answers[right + 1 :]), 0) for stem, answers, right in BANKS[language]
    ]
    text = Layout(key="").of(turned, language).replace("Test\n", f"Test\n{FIRST[language]}\n", 1)
    (tmp_path / "bank.txt").write_text(text, "utf-8")
    made, told = read(tmp_path, language, role=True)
    assert made == turned
    assert not told


def test_first_answers_are_right_where_course_toml_says_so(tmp_path: Path) -> None:
    turned = [
        (stem, (answers[right], *answers[:right], *answers[right + 1 :]), 0) for stem, answers, right in BANKS["en"]
    ]
    (tmp_path / "bank.txt").write_text(Layout(key="").of(turned, "en"), "utf-8")
    said = 'id = "x"\ntitle = "X"\nlanguage = "en"\n[[source]]\nfile = "bank.txt"\nrole = "tests"\nfirst_right = true\n'
    (tmp_path / "course.toml").write_text(said, "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    exam = build.understand(loaded).course.exam
    assert exam is not None
    assert [
        [choice.fraction for choice in one.choices] for one in exam.questions if isinstance(one, MultipleChoice)
    ] == [[1.0, 0.0, 0.0, 0.0]] * len(turned)


def test_a_letter_of_two_alphabets_counts_no_unlettered_answers(tmp_path: Path) -> None:
    bank = BANKS["ru"]
    text = Layout(answer="- {a}", key="\nОтвет: В").of(bank, "ru")
    (tmp_path / "bank.txt").write_text(text, "utf-8")
    made, told = read(tmp_path, "ru", role=True)
    assert [right for *_, right in made] == [-1] * len(bank)
    assert sum(one.code == "outline-key-ambiguous" for one in told) == len(bank)


@pytest.mark.parametrize(
    "lines",
    [
        [line for stem, _, _ in BANKS["en"] for line in (f"1. {stem}", "Answer: B", "")],
        [line for stem, answers, _ in BANKS["en"] for line in (stem, "", *chain(*((one, "") for one in answers)))],
        [
            "Fill in",
            *(f"{n}. It is ____ that {stem.lower().rstrip('?')}." for n, (stem, *_) in enumerate(BANKS["en"], 1)),
        ],
        [line for stem, answers, _ in BANKS["en"] for line in (stem, *(f"$ {one}" for one in answers))],
    ],
    ids=["keys without answers", "lines with gaps between", "gaps to fill", "a sign that nobody knows"],
)
def test_more_that_is_no_bank_is_told(lines: list[str], tmp_path: Path) -> None:
    (tmp_path / "bank.txt").write_text("\n".join(lines) + "\n", "utf-8")
    made, told = read(tmp_path, "en", role=False)
    assert made == list(BANKS["en"]) or any(one.code.startswith(("bank-", "outline-test")) for one in told)


@pytest.mark.parametrize("role", [True, False])
@pytest.mark.parametrize("name", TOLD)
def test_what_is_not_whole_is_told(name: str, role: bool, tmp_path: Path) -> None:
    (tmp_path / "bank.txt").write_text(TOLD[name].of(BANKS["en"], "en"), "utf-8")
    made, told = read(tmp_path, "en", role=role)
    assert made != list(BANKS["en"])
    assert any(one.place and one.place.file.endswith("bank.txt") for one in told)


def test_some_questions_without_a_key_are_told(tmp_path: Path) -> None:
    bank = BANKS["en"]
    text = (
        Layout().of(bank[:4], "en")
        + "\n"
        + Layout(key="").of(bank[4:], "en").replace("1. ", "5. ").replace("2. ", "6. ").removeprefix("Test\n\n")
    )
    (tmp_path / "bank.txt").write_text(text, "utf-8")
    made, told = read(tmp_path, "en", role=True)
    assert [right for *_, right in made] == [1, 0, 2, 3, -1, -1]
    assert ["2 test questions have no key" in one.message for one in told] == [True]


def table(path: Path, rows: Sequence[Sequence[Sequence[str]]], title: str = "A test") -> None:
    """A document with a table for each question; a row of one cell goes over both columns."""
    made = docx.Document()
    made.add_paragraph(title)
    for question in rows:
        grid = made.add_table(len(question), max(map(len, question)))
        for at, row in enumerate(question):
            for column, text in enumerate(row):
                grid.cell(at, column).text = text
            if len(row) == 1:
                grid.cell(at, 0).merge(grid.cell(at, len(grid.columns) - 1)).text = row[0]
        made.add_paragraph("")
    made.save(str(path))


@pytest.mark.parametrize("role", [True, False])
@pytest.mark.parametrize("head", ["merged", "beside", "above", "signs", "words"])
def test_a_table_for_each_question(head: str, role: bool, tmp_path: Path) -> None:
    bank = BANKS["en"]
    rows: list[list[list[str]]] = []
    for n, (stem, answers, right) in enumerate(bank, 1):
        lettered = [["ABCD"[at], text] for at, text in enumerate(answers)]
        key = [["Answer", "ABCD"[right]]]
        signed = [[text, "+" if at == right else ""] for at, text in enumerate(answers)]
        worded = [[text, "correct" if at == right else "incorrect"] for at, text in enumerate(answers)]
        rows.append(
            {
                "merged": [[f"{n}. {stem}"], *lettered, *key],
                "beside": [[f"Question {n}", stem], *lettered, *key],
                "above": [[f"Question {n}"], [stem], *lettered, *key],
                "signs": [[f"{n}. {stem}"], *signed],
                "words": [[stem, "MC"], *worded],
            }[head]
        )
    table(tmp_path / "bank.docx", rows)
    made, told = read(tmp_path, "en", role=role)
    assert made == list(bank)
    assert not [one for one in told if one.code.startswith("bank")]


@pytest.mark.parametrize("role", [True, False])
def test_a_column_for_each_answer_that_no_head_names(role: bool, tmp_path: Path) -> None:
    bank = BANKS["en"]
    head = ["No.", "Question", "1", "2", "3", "4", "Right answer"]
    body = [[str(n), stem, *answers, answers[right]] for n, (stem, answers, right) in enumerate(bank, 1)]
    table(tmp_path / "bank.docx", [[head, *body]])
    made, _ = read(tmp_path, "en", role=role)
    assert made == list(bank)


def test_a_grading_scale_is_no_question(tmp_path: Path) -> None:
    scale = [["Grading scale"], ["A", "95 – 100"], ["B", "80 – 94"], ["C", "60 – 79"]]
    topics = [["Week", "Lecture topic"], ["1", "Rocky shores"], ["2", "Kelp forests"], ["3", "Deep seas"]]
    table(tmp_path / "bank.docx", [scale, topics], "Module handbook")
    made, _ = read(tmp_path, "en", role=False)
    assert made == []


@pytest.mark.parametrize(
    "lines",
    [
        [f"{n}. {'ABCD'[right]}) {answers[right]}" for n, (_, answers, right) in enumerate(BANKS["en"], 1)],
        [f"{n}. {stem} — {answers[right]}" for n, (stem, answers, right) in enumerate(BANKS["en"], 1)],
        list(chain.from_iterable((stem, answers[right], "") for stem, answers, right in BANKS["en"])),
    ],
)
def test_answers_that_are_no_bank_are_told(lines: list[str], tmp_path: Path) -> None:
    (tmp_path / "bank.txt").write_text("\n".join(lines) + "\n", "utf-8")
    _, told = read(tmp_path, "en", role=False)
    assert any(one.code in {"bank-unread", "bank-doubtful"} for one in told)


def test_one_bold_bullet_among_several_is_told(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("A test")
    for stem, answers, right in BANKS["en"]:
        made.add_paragraph(stem, style="Heading 2")
        for at, text in enumerate(answers):
            made.add_paragraph(style="List Bullet").add_run(text).bold = at == right
    made.save(str(tmp_path / "bank.docx"))
    found, told = read(tmp_path, "en", role=False)
    assert found == list(BANKS["en"]) or {"bank-unread", "bank-doubtful"} & {one.code for one in told}


def test_a_list_in_which_some_questions_ask_is_no_test_of_lines() -> None:
    """Questions of an exam are as often told as asked: a few «?», by chance as far apart, say nothing."""
    told = [f"The {number} cause of it." for number in range(1, 19)]
    for at in (8, 11, 17):
        told[at] = "What comes of it?"
    assert guard.evenly(told) is None
    assert guard.evenly(["What comes of it?", "soil", "sand", "clay"] * 3) == 3


ROMAN = ("i", "ii", "iii", "iv")
SAYS = {"en": ("True", "False"), "ru": ("верно", "неверно"), "kk": ("дұрыс", "бұрыс")}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("capital", [True, False])
def test_roman_numbers_count_answers(language: str, capital: bool, tmp_path: Path) -> None:
    numbers = [one.upper() if capital else one for one in ROMAN]
    text = "Test\n\n" + "\n\n".join(
        "\n".join(
            [
                f"{n}. {stem}",
                *(f"{number}) {answer}" for number, answer in zip(numbers, answers, strict=True)),
                f"{SAID[language][0]}: {numbers[right]}",
            ]
        )
        for n, (stem, answers, right) in enumerate(BANKS[language], 1)
    )
    (tmp_path / "bank.txt").write_text(text + "\n", "utf-8")
    made, told = read(tmp_path, language, role=False)
    assert made == list(BANKS[language])
    assert not told


def test_roman_numbers_count_questions(tmp_path: Path) -> None:
    numbers = ("I", "II", "III", "IV", "V", "VI")
    text = Layout().of(BANKS["en"], "en").replace("Answer:", "Ans:")
    for n, number in enumerate(numbers, 1):
        text = text.replace(f"\n{n}. ", f"\n{number}. ")
    (tmp_path / "bank.txt").write_text(text, "utf-8")
    made, _ = read(tmp_path, "en", role=True)
    assert made == list(BANKS["en"])


def test_statements_with_roman_numbers_over_answers_stay_in_the_stem(tmp_path: Path) -> None:
    stem = "{n}. {q}\nI. It is so.\nII. It is not."
    (tmp_path / "bank.txt").write_text(Layout(stem=stem).of(BANKS["en"], "en"), "utf-8")
    made, _ = read(tmp_path, "en", role=True)
    assert [(text.split("\n")[1:], answers, right) for text, answers, right in made] == [
        (["I. It is so.", "II. It is not."], answers, right) for _, answers, right in BANKS["en"]
    ]


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize("form", ["{q}. ({t})", "{q}. – {t}", "{q}. {s}"])
def test_statements_that_are_judged_at_their_end(form: str, language: str, tmp_path: Path) -> None:
    words = SAYS[language]
    stems = [stem.rstrip("?") for stem, _, _ in BANKS[language]]
    said = [form.format(q=stem, t=words[at % 2], s="+-"[at % 2]) for at, stem in enumerate(stems)]
    lines = [f"{n}. {text}" for n, text in enumerate(said, 1)]
    (tmp_path / "bank.txt").write_text("Test\n\n" + "\n".join(lines) + "\n", "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    exam = build.understand(loaded).course.exam
    assert exam is not None
    judged = [(block_text(one.text), one.answer) for one in exam.questions if isinstance(one, TrueFalse)]
    assert judged == [(f"{stem}.", at % 2 == 0) for at, stem in enumerate(stems)]


def test_answers_by_number_below_a_list_of_questions_are_theirs(tmp_path: Path) -> None:
    stems = [stem for stem, _, _ in BANKS["en"]]
    said = [answers[right] for _, answers, right in BANKS["en"]]
    lines = [f"{n}. {stem}" for n, stem in enumerate(stems, 1)]
    keys = [f"{n}. {answer}" for n, answer in enumerate(said, 1)]
    (tmp_path / "bank.txt").write_text("\n".join(["Test", "", *lines, "", "Answers", *keys]) + "\n", "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    exam = build.understand(loaded).course.exam
    assert exam is not None
    asked = [one for one in exam.questions if isinstance(one, ShortAnswer)]
    assert [(block_text(one.text), one.answers[0].text) for one in asked] == list(zip(stems, said, strict=True))


@pytest.mark.parametrize(
    "lines",
    [
        [f"{n}|{stem}|{'|'.join(answers)}|{'ABCD'[right]}" for n, (stem, answers, right) in enumerate(BANKS["en"], 1)],
        [f"{stem};{';'.join(answers)};{right + 1}" for stem, answers, right in BANKS["en"]],
        [f"{stem} {' '.join(answers)}" for stem, answers, _ in BANKS["en"]],
        [
            line
            for stem, answers, _ in BANKS["en"]
            for line in ("{", f'question: "{stem}",', f'b: "{answers[1]}"', "},")
        ],
    ],
    ids=["strokes", "semicolons", "one line", "a program"],
)
def test_a_file_of_questions_out_of_which_none_is_read_is_told(lines: list[str], tmp_path: Path) -> None:
    (tmp_path / "bank.txt").write_text("\n".join(lines) + "\n", "utf-8")
    made, told = read(tmp_path, "en", role=False)
    assert made == []
    assert any(one.code.startswith("bank-") and one.place for one in told)


def test_a_key_among_the_lines_below_a_question_is_told(tmp_path: Path) -> None:
    """Answers that two lines run into one another are none to choose from."""
    text = Layout(answer="{a}", key=IN_WORDS).of(BANKS["en"], "en").replace("Joule\nWatt\nPascal", "Joule Watt Pascal")
    text = text.replace("Newton\nJoule", "Newton Joule")
    (tmp_path / "bank.txt").write_text(text, "utf-8")
    made, told = read(tmp_path, "en", role=True)
    assert len(made) == len(BANKS["en"]) - 1
    assert any(one.code == "bank-doubtful" for one in told)


def test_what_is_regular_and_was_not_read_is_left_over() -> None:
    assert leftover.closed(["It is the sun – a", "It is the moon – b", "It is the sea – a", "It is so low – b"])
    assert not leftover.closed(["Name the sun", "Name the moon", "Name the sea", "Name the wind"])
    assert leftover.parted(["a|b|c|d", "e|f|g|h", "i|j|k|l"]) == [0, 1, 2]
    assert leftover.told_apart([["*one", "two", "six"], ["ten", "*two", "six"], ["one", "two", "*six"]]) == [0, 1, 2]
    assert not leftover.told_apart([["-1", "2", "3"], ["4", "-5", "6"], ["7", "8", "-9"]])


def test_columns_that_nothing_was_made_of_are_told(tmp_path: Path) -> None:
    head = ["No.", "Question", "1", "2", "3", "4"]
    body = [[str(n), stem, *answers] for n, (stem, answers, _) in enumerate(BANKS["en"], 1)]
    table(tmp_path / "bank.docx", [[head, *body]])
    _, told = read(tmp_path, "en", role=False)
    assert any(one.code == "bank-unread" and one.place for one in told)
