"""Keys that teachers write beside the answers of a test, and what stands over several of its questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.shared import RGBColor

from coursepack import build, discovery
from coursepack.model.blocks import Paragraph, Run, block_text
from coursepack.model.questions import MultipleChoice
from tests.outline.test_bank_silence import codes
from tests.outline.test_bank_silence import read as read_all
from tests.outline.test_bank_wrecks import BANKS, LETTERS, Layout, read
from tests.readers.word import NS

TRUE = {"en": "correct", "ru": "верно", "kk": "дұрыс"}
ANSWER = {"en": "Answer: {l}", "ru": "Ответ: {l}", "kk": "Жауабы: {l}"}
Mark = Callable[[Any, Any, bool], None]


def typed(folder: Path, language: str, mark: Mark, *, letters: bool = True) -> None:
    """A test in Word; ``mark`` is given the document, the paragraph of each answer and whether it is right."""
    document = docx.Document()
    document.add_paragraph("Test")
    for n, (stem, answers, right) in enumerate(BANKS[language], 1):
        document.add_paragraph(f"{n}. {stem}")
        for at, answer in enumerate(answers):
            paragraph = document.add_paragraph()
            if letters:
                paragraph.add_run(f"{LETTERS[language][at]})")
            paragraph.add_run(f" {answer}" if letters else answer)
            mark(document, paragraph, at == right)
    document.save(str(folder / "Test.docx"))


def box(paragraph: Any, *, ticked: bool) -> None:
    data = f'<w:ffData><w:checkBox><w:default w:val="{int(ticked)}"/></w:checkBox></w:ffData>'
    for mark, inner in (("end", ""), ("separate", ""), ("begin", data)):
        field = f'<w:r {NS}><w:fldChar w:fldCharType="{mark}">{inner}</w:fldChar></w:r>'
        paragraph._p.insert(0, parse_xml(field))


def comment(document: Any, paragraph: Any, text: str) -> None:
    document.add_comment(paragraph.runs, text=text, author="A", initials="A")


@pytest.mark.parametrize("role", [False, True])
@pytest.mark.parametrize("language", BANKS)
def test_a_comment_on_an_answer_calls_it_right(language: str, *, role: bool, tmp_path: Path) -> None:
    def mark(document: Any, paragraph: Any, right: bool) -> None:
        if right:
            comment(document, paragraph, TRUE[language])

    typed(tmp_path, language, mark)
    made, told = read(tmp_path, language, role=role)
    assert made == list(BANKS[language])
    assert not codes(told)
    (said,) = (one.message for one in read_all(tmp_path)[1] if "comment" in one.message)
    assert said == "6 × a comment that states a key, taken for that of the question or answer beside it and not shown"


@pytest.mark.parametrize("language", BANKS)
def test_a_comment_on_a_question_states_its_key(language: str, tmp_path: Path) -> None:
    document = docx.Document()
    for n, (stem, answers, right) in enumerate(BANKS[language], 1):
        asked = document.add_paragraph(f"{n}. {stem}")
        comment(document, asked, ANSWER[language].format(l=LETTERS[language][right]))
        document.add_paragraph("\n".join(f"{LETTERS[language][at]}) {one}" for at, one in enumerate(answers)))
    document.save(str(tmp_path / "Test.docx"))
    made, told = read(tmp_path, language, role=True)
    assert made == list(BANKS[language])
    assert not codes(told)


def test_comments_in_one_paragraph_belong_to_their_lines_and_others_are_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    for n, (stem, answers, right) in enumerate(BANKS["en"], 1):
        document.add_paragraph(f"{n}. {stem}")
        paragraph = document.add_paragraph()
        runs = [paragraph.add_run(f"{'ABCD'[at]}) {one}" + "\n" * (at < 3)) for at, one in enumerate(answers)]
        document.add_comment(runs[right], text="+", author="A", initials="A")
        document.add_comment(runs[(right + 1) % 4], text="too easy?", author="A", initials="A")
    document.save(str(tmp_path / "Test.docx"))
    made, _ = read(tmp_path, "en", role=True)
    assert made == list(BANKS["en"])
    assert sorted(one.message[:24] for one in read_all(tmp_path)[1] if "comment" in one.message) == [
        "6 × a comment that state",
        "6 × a comment, left out",
    ]


def red_letter(_: Any, paragraph: Any, right: bool) -> None:
    if right:
        paragraph.runs[0].font.color.rgb = RGBColor(0xFF, 0, 0)


def bold_letter(_: Any, paragraph: Any, right: bool) -> None:
    paragraph.runs[0].bold = right


def struck(_: Any, paragraph: Any, right: bool) -> None:
    for run in paragraph.runs:
        run.font.strike = not right


@pytest.mark.parametrize("mark", [red_letter, bold_letter, struck])
@pytest.mark.parametrize("language", BANKS)
def test_the_letter_alone_and_a_line_through_wrong_answers_are_keys(mark: Mark, language: str, tmp_path: Path) -> None:
    typed(tmp_path, language, mark)
    made, told = read(tmp_path, language, role=True)
    assert made == list(BANKS[language])
    assert not codes(told)


def test_lines_through_wrong_answers_are_not_printed(tmp_path: Path) -> None:
    typed(tmp_path, "en", struck)
    made, _ = read_all(tmp_path, role="tests")
    blocks = [block for one in made if isinstance(one, MultipleChoice) for c in one.choices for block in c.content]
    runs = [one for block in blocks if isinstance(block, Paragraph) for one in block.content if isinstance(one, Run)]
    assert len(runs) == 24
    assert not any(run.strike for run in runs)


def test_letters_that_are_all_bold_are_no_key(tmp_path: Path) -> None:
    typed(tmp_path, "en", lambda _, paragraph, right: bold_letter(_, paragraph, True))
    made, told = read(tmp_path, "en", role=True)
    assert [right for _, _, right in made] == [-1] * 6
    assert codes(told) == {"outline-test-without-key"}


@pytest.mark.parametrize("role", [False, True])
def test_boxes_of_a_form_are_ticked(role: bool, tmp_path: Path) -> None:
    typed(tmp_path, "kk", lambda _, paragraph, right: box(paragraph, ticked=right), letters=False)
    made, told = read(tmp_path, "kk", role=role)
    assert made == list(BANKS["kk"])
    assert not codes(told)


RANGES = {
    "glued": "{keys}:\n1-3: {a}\n4–6: {b}\n",
    "on one line": "{keys}: 1-3: {a}; 4-6: {b}\n",
    "with commas": "{keys}\n1-3. {c}\n4-6. {d}\n",
}


@pytest.mark.parametrize("form", RANGES)
@pytest.mark.parametrize("language", BANKS)
def test_keys_by_ranges_of_questions(form: str, language: str, tmp_path: Path) -> None:
    names = [LETTERS[language][right] for _, _, right in BANKS[language]]
    said = {"a": "".join(names[:3]), "b": "".join(names[3:]), "c": ", ".join(names[:3]), "d": ", ".join(names[3:])}
    head = {"en": "Answers", "ru": "Ответы", "kk": "Жауаптар"}[language]
    text = Layout(key="").of(BANKS[language], language) + "\n" + RANGES[form].format(keys=head, **said)
    (tmp_path / "Test.txt").write_text(text, "utf-8")
    made, told = read(tmp_path, language, role=True)
    assert made == list(BANKS[language])
    assert not codes(told)


def test_a_range_with_another_number_of_letters_is_no_list_of_keys(tmp_path: Path) -> None:
    text = Layout(key="").of(BANKS["en"], "en") + "\nAnswers:\n1-3: BAC\n4-6: DADB\n"
    (tmp_path / "Test.txt").write_text(text, "utf-8")
    made, told = read(tmp_path, "en", role=True)
    assert [right for _, _, right in made] != [right for _, _, right in BANKS["en"]]
    assert codes(told)


SENTENCES = {
    "en": ["The correct answer is option {L}.", "The correct answer is letter {L}"],
    "ru": ["Правильный ответ – под буквой {L}.", "Верный ответ: буква {L}", "Жауабы / Ответ: {L}"],
    "kk": ["Дұрыс жауап: {L} нұсқасы", "Дұрыс жауап: {L} әрпі", "Жауабы / Ответ: {L}"],
}


@pytest.mark.parametrize(("language", "said"), [(code, one) for code, each in SENTENCES.items() for one in each])
def test_the_letter_in_a_sentence(language: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "Test.txt").write_text(Layout(key=f"\n{said}").of(BANKS[language], language), "utf-8")
    made, told = read(tmp_path, language, role=True)
    assert made == list(BANKS[language])
    assert not codes(told)


HEADS = {"en": "Question {n}", "ru": "№ {n}", "kk": "{n}-тапсырма"}


@pytest.mark.parametrize("language", BANKS)
def test_heads_of_a_table_of_keys_name_questions(language: str, tmp_path: Path) -> None:
    document = docx.Document()
    for line in Layout(key="").of(BANKS[language], language).split("\n"):
        document.add_paragraph(line)
    document.add_paragraph({"en": "Answers", "ru": "Ответы", "kk": "Жауаптар"}[language])
    table = document.add_table(2, 6)
    for at, (_, _, right) in enumerate(BANKS[language]):
        table.cell(0, at).text = HEADS[language].format(n=at + 1)
        table.cell(1, at).text = LETTERS[language][right]
    document.save(str(tmp_path / "Test.docx"))
    made, told = read(tmp_path, language, role=True)
    assert made == list(BANKS[language])
    assert not codes(told)


OVER = {
    "en": "Read the text and answer questions {a}–{b}.",
    "ru": "Прочитайте текст и выполните задания {a}-{b}.",
    "kk": "Мәтінді оқып, {a}–{b}-тапсырмаларды орындаңыз.",
}


@pytest.mark.parametrize("role", [False, True])
@pytest.mark.parametrize("language", BANKS)
def test_a_text_over_several_questions_goes_with_each(language: str, *, role: bool, tmp_path: Path) -> None:
    text = "Every living thing is made of cells, and every cell has a thin wall around it that lets water in."
    whole = Layout().of(BANKS[language], language).split("\n\n")
    head, questions = whole[0], whole[1:]
    first, other = OVER[language].format(a=1, b=3), OVER[language].format(a=4, b=5)
    parts = [head, f"{first}\n\n{text}", *questions[:3], f"{other}\n\n{text}", *questions[3:]]
    (tmp_path / "Test.txt").write_text("\n\n".join(parts) + "\n", "utf-8")
    made, told = read(tmp_path, language, role=role)
    over = [f"{first}\n{text}\n"] * 3 + [f"{other}\n{text}\n"] * 2 + [""]
    wanted = [
        (above + stem, answers, right) for above, (stem, answers, right) in zip(over, BANKS[language], strict=True)
    ]
    assert made == wanted
    assert not codes(told) | {one.code for one in told} & {"outline-variant-proposed", "outline-left-out"}


PROGRAMS = {
    "a plus and a minus behind numbers": Layout(
        "Задание #{n}\nВопрос:\n{q}\n\nВыберите один из 4 вариантов ответа:", "{i}) {s} {a}", key=""
    ),
    "a sign that asks": Layout("? {q}", "{s} {a}", key=""),
    "an equals sign of wrong ones": Layout("* {q}", "{e}{a}", key=""),
    "a web form": Layout("{n}. {q} *\nОтметьте только один овал.", "{b} {a}", key=""),
}


@pytest.mark.parametrize("form", PROGRAMS)
def test_signs_of_test_programs_are_no_words(form: str, tmp_path: Path) -> None:
    layout = PROGRAMS[form]
    text = "\n\n".join(
        layout.stem.format(n=n, q=stem)
        + "\n"
        + "\n".join(
            layout.answer.format(
                i=at + 1,
                a=one,
                s="+" if at == right else "-",
                e="+" if at == right else "=",
                b="✓" if at == right else "◯",
            )
            for at, one in enumerate(answers)
        )
        for n, (stem, answers, right) in enumerate(BANKS["ru"], 1)
    )
    (tmp_path / "Test.txt").write_text(f"Тест\n\n* Обязательно\n\n{text}\n" if "овал" in text else text + "\n", "utf-8")
    made, told = read(tmp_path, "ru", role=True)
    assert made == list(BANKS["ru"])
    assert not codes(told)


def lectures(folder: Path, each: str, last: str, *, level: int) -> tuple[list[int], int]:
    """Three lectures with a test each below ``each``, and one below ``last`` behind all: how many questions the classes
    have, and the exam."""
    text = "Every living thing is made of cells, and every cell has a thin wall around it that lets the water in."
    asked = "\n".join(
        f"{n}. Which of these is true, {{of}} {n}?\nA) one\nB) two\nC) three\nAnswer: B\n" for n in (1, 2)
    )
    parts = []
    for n, title in enumerate(("Cells", "Tissues", "Organs"), 1):
        parts.append(f"# Lecture {n}. {title}\n\n{text}\n\n{text}\n")
        if each:
            parts.append(f"## {each}\n\n{asked.format(of=n)}")
    if last:
        parts.append(f"{'#' * level} {last}\n\n{asked.format(of='last')}")
    (folder / "Lectures.md").write_text("\n".join(parts), "utf-8")
    files, strange = discovery.documents_in(folder)
    (folder / "course.toml").write_text(discovery.drafting(folder, files, strange).draft.text, "utf-8")
    (loaded,) = discovery.find_projects([folder])
    understood = build.understand(loaded)
    assert not {one.code for one in understood.findings} & {"bank-unread"}
    course = understood.course
    return [len(one.review) for _, one in course.sessions()], len(course.exam.questions) if course.exam else 0


@pytest.mark.parametrize("name", ["Test", "Бақылау тесттері", "Тест", "Check yourself"])
def test_a_test_below_the_last_class_alone_is_its_self_check(name: str, tmp_path: Path) -> None:
    assert lectures(tmp_path, "", name, level=2) == ([0, 0, 2], 0)


@pytest.mark.parametrize(
    "name", ["Final test", "Итоговый тест", "Экзаменационный тест", "Қорытынды тест", "Емтихан тесті"]
)
@pytest.mark.parametrize("level", [1, 2])
def test_the_final_test_behind_the_last_class_is_no_self_check(name: str, level: int, tmp_path: Path) -> None:
    """Else its keys would be shown to learners."""
    assert lectures(tmp_path, "Test", name, level=level) == ([2, 2, 2], 2)


@pytest.mark.parametrize("name", ["III. Test", "IV. Проверочный тест"])
def test_a_test_whose_number_goes_on_outside_its_class_is_that_of_the_course(name: str, tmp_path: Path) -> None:
    assert lectures(tmp_path, "", name, level=2) == ([0, 0, 0], 2)


def test_a_second_test_behind_the_last_class_is_that_of_the_course(tmp_path: Path) -> None:
    assert lectures(tmp_path, "Check yourself", "Test", level=2) == ([2, 2, 2], 2)


def test_what_reads_as_a_whole_test_of_which_little_was_read_is_an_error(tmp_path: Path) -> None:
    text = "".join(
        f"Item {n} -- what is true of leaf {n}?\n(i) it grows {n}\n(ii) it sings {n}\n(iii) it breathes {n}\n\n"
        for n in range(1, 13)
    )
    (tmp_path / "course.txt").write_text(text, "utf-8")
    made, told = read_all(tmp_path, role="tests")
    doubts = [one for one in told if one.code in {"bank-unread", "bank-doubtful"} and str(one.severity) == "error"]
    assert len([one for one in made if isinstance(one, MultipleChoice)]) == 12
    assert [one.code for one in doubts] == ["bank-doubtful"]
    assert doubts[0].message.startswith("12 places of 12 questions are doubtful: course.txt:1-4: ")
    assert doubts[0].message.endswith("…")
    assert doubts[0].advice


def test_a_question_is_found_by_its_words(tmp_path: Path) -> None:
    """The words over several questions are no words that two of them share."""
    stems = ("Which gas is lightest of all?", "Which ocean is the deepest?", "Which metal melts first?")
    lines = [f"{n}. {stem}\nA) one\nB) two\nAnswer: A\n" for n, stem in enumerate(stems, 1)]
    text = "Study the long table of elements below and do questions 1-3.\n" + "Hydrogen is a gas.\n\n"
    (tmp_path / "Test.txt").write_text("Test\n\n" + text + "\n".join(lines), "utf-8")
    made, told = read_all(tmp_path, role="tests")
    assert [block_text(one.text).split("\n")[-1] for one in made] == list(stems)
    assert "outline-variant-proposed" not in {one.code for one in told}


def wrecked(folder: Path, text: str) -> list[tuple[str, str]]:
    """What is reported, with how serious it is, of a test that is a text."""
    (folder / "Test.txt").write_text(text, "utf-8")
    return [(str(one.severity), one.message) for one in read_all(folder, role="tests")[1] if one.place]


def test_columns_whose_lines_take_turns_are_an_error(tmp_path: Path) -> None:
    lines = Layout(key="").of(BANKS["en"], "en").split("\n")[2:]
    lines = [line for line in lines if line]
    mixed = [line for pair in zip(lines[:15], lines[15:], strict=True) for line in pair]
    told = wrecked(tmp_path, "Test\n\n" + "\n".join(mixed) + "\n")
    (said,) = (message for severity, message in told if severity == "error")
    assert said.startswith("3 places of 3 questions are doubtful: Test.txt:3")
    assert said.count("twice: two questions in one?") == 3


def test_a_list_of_keys_with_a_number_of_no_question_is_an_error(tmp_path: Path) -> None:
    names = [LETTERS["en"][right] for _, _, right in BANKS["en"]]
    keys = ", ".join(f"{n + (n > 3)}-{name}" for n, name in enumerate(names, 1))
    told = wrecked(tmp_path, Layout(key="").of(BANKS["en"], "en") + f"\nAnswers: {keys}\n")
    assert ("error", "the list of keys has the numbers 7 of no question and none of 4: is it shifted?") in told


def test_many_keys_that_name_no_answer_are_one_warning_and_an_error(tmp_path: Path) -> None:
    bank = [(f"{stem} ({n})", answers, right) for n in range(2) for stem, answers, right in BANKS["en"]]
    text = Layout(key="\n{said}: Z").of(bank[:8], "en") + Layout().of(bank[8:], "en").partition("\n\n")[2]
    told = wrecked(tmp_path, text)
    unknown = [message for severity, message in told if severity == "warning" and "name none" in message]
    assert len(unknown) == 1
    assert unknown[0].startswith("8 keys name none of the answers of their questions: Test.txt:3; Test.txt:10; ")
    (doubt,) = (message for severity, message in told if severity == "error")
    assert doubt.count("its key names none of its answers") == 5


def test_signs_of_right_answers_in_a_list_of_topics_are_told(tmp_path: Path) -> None:
    parts = [f"Тема {n}. Клетка\n\n1. Вопрос о клетке\nядро {n}\nоболочка +\nвакуоль\n" for n in range(1, 7)]
    (tmp_path / "Plan.md").write_text("\n".join(parts), "utf-8")
    head = 'id = "x"\ntitle = "X"\nlanguage = "ru"\n[[source]]\nfile = "Plan.md"\nrole = "syllabus"\n'
    (tmp_path / "course.toml").write_text(head, "utf-8")
    made, told = read_all(tmp_path, "ru")
    assert made == []
    assert "bank-unread" in {one.code for one in told}


def test_a_numbered_question_names_no_part_of_a_list_of_questions(tmp_path: Path) -> None:
    """«What is the unit of force?» has the words of an aim."""
    text = "Midterm\n\n" + "".join(
        f"{n}. {stem} *\nMark only one oval.\n\n" for n, (stem, _, _) in enumerate(BANKS["en"], 1)
    )
    (tmp_path / "Test.txt").write_text(text, "utf-8")
    made, _ = read_all(tmp_path, role="questions")
    assert sum(stem in "\n".join(block_text(one.text) for one in made) for stem, _, _ in BANKS["en"]) == 6
