"""Banks that programs print or that stand in tables of several rows a question, and what of such a bank is reported."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap

from coursepack import languages
from coursepack.model.blocks import block_text
from coursepack.model.questions import Essay, MultipleChoice, Question, ShortAnswer, TrueFalse
from coursepack.outline.bank.key_text import key_of, signed_list
from coursepack.outline.bank.lines import part_in
from coursepack.outline.tree.lit import Standing, lit_answers
from coursepack.place import Finding
from tests.outline.test_bank_ambiguous import right
from tests.outline.test_bank_silence import read
from tests.outline.test_bank_without_role import written

ASKED = (
    ("Which river is the longest?", ("Ili", "Irtysh", "Emba", "Chu"), 1),
    ("The highest peak is", ("Talgar", "Belukha", "Khan Tengri", "Ayu-Tau"), 2),
    ("Name the saltiest lake:", ("Alakol", "Zaysan", "Markakol", "Inder"), 3),
    ("Which desert lies in the north?", ("Betpak-Dala", "Kyzylkum", "Moiynkum", "Saryesik"), 0),
    ("A steppe turns into", ("a taiga", "a semi-desert", "a tundra", "a savanna"), 1),
)


def stem(question: Question) -> str:
    return " ".join(block_text(question.text).split())


def seen(made: list[Question]) -> list[tuple[str, tuple[str, ...], list[str]]]:
    found = []
    for one in made:
        assert isinstance(one, MultipleChoice), one
        found.append((stem(one), tuple(block_text(each.content).strip() for each in one.choices), right(one)))
    return found


WANTED = [(stem_, answers, [answers[at]]) for stem_, answers, at in ASKED]


def codes(told: list[Finding]) -> set[str]:
    return {one.code for one in told if one.severity != "note"}


def saved(folder: Path, document: Document) -> Path:
    document.save(str(folder / "page.docx"))
    return folder


# --- signs


@pytest.mark.parametrize("role", ["", "tests"])
@pytest.mark.parametrize("signs", [("=", "~"), ("100% ", "0% ")])
def test_signs_that_mean_something_else_elsewhere(signs: tuple[str, str], role: str, tmp_path: Path) -> None:
    text = "".join(
        f"{n}. {stem_}\n" + "".join(f"{signs[each != at]}{answer}\n" for each, answer in enumerate(answers))
        for n, (stem_, answers, at) in enumerate(ASKED, 1)
    )
    made, told = read(written(tmp_path, "docx", f"Test\n{text}"), role=role)
    assert seen(made) == WANTED
    assert codes(told) <= {"outline-left-out"}


def test_shares_of_one_list_are_no_answers(tmp_path: Path) -> None:
    text = "1. How is the mark made?\n40% attendance\n60% the exam\n2. Who marks it?\n3. When is it held?\n"
    made, _ = read(written(tmp_path, "docx", text), role="questions")
    assert [type(one) for one in made] == [Essay] * len(made)


def test_a_sign_behind_one_of_the_lines_below_each_question_makes_a_test(tmp_path: Path) -> None:
    text = "".join(
        f"№ {n}. {stem_}\n" + "".join(f"{answer}{' +' * (each == at)}\n" for each, answer in enumerate(answers))
        for n, (stem_, answers, at) in enumerate(ASKED, 1)
    )
    made, _ = read(written(tmp_path, "docx", text), role="questions")
    assert seen(made) == WANTED


def test_data_behind_the_letter_of_a_key() -> None:
    assert key_of("ANS:\tB\tPTS:\t1\tREF:\t12") == "B"
    assert key_of("ANS: A, C PTS: 1") == "A, C"
    assert key_of("Answer: B Basalt is darker") == "B Basalt is darker"


def test_statements_that_a_list_of_signs_judges(tmp_path: Path) -> None:
    said = signed_list("Answers: 1+, 2-, 3+.")
    assert [(number, key in languages.words("true")) for number, key in said] == [(1, True), (2, False), (3, True)]
    assert signed_list("1+, 2+, 3+") == ()
    assert signed_list("2+ 3 - 5") == ()
    statements = ("Rain is water.", "Stones swim.", "Snow is cold.", "Fire is wet.")
    text = "".join(f"{n}. {one}\n" for n, one in enumerate(statements, 1)) + "Answers:\n1+, 2-, 3+, 4-\n"
    made, _ = read(written(tmp_path, "docx", text), role="tests")
    assert [one.answer for one in made if isinstance(one, TrueFalse)] == [True, False, True, False]


# --- what programs print


def test_a_copied_attempt_of_moodle(tmp_path: Path) -> None:
    text = "".join(
        f"Question {n}\nCorrect\nMark 1.00 out of 1.00\nFlag question\nQuestion text\n{stem_}\nSelect one:\n"
        + "".join(f"{letter}. {answer}\n" for letter, answer in zip("abcd", answers, strict=True))
        + f"Feedback\nYour answer is correct.\nThe correct answer is: {answers[at]}\n"
        for n, (stem_, answers, at) in enumerate(ASKED, 1)
    )
    made, told = read(written(tmp_path, "docx", text), role="tests")
    assert seen(made) == WANTED
    assert not codes(told)


def test_a_printed_form_of_the_web(tmp_path: Path) -> None:
    text = "".join(
        f"{n}. {stem_} *\n1 point\nMark only one oval.\n" + "".join(f"◯ {answer}\n" for answer in answers)
        for n, (stem_, answers, _) in enumerate(ASKED, 1)
    )
    made, _ = read(written(tmp_path, "docx", f"{text}Made by a program.\n"), role="tests")
    assert [(one, answers) for one, answers, _ in seen(made)] == [(one, answers) for one, answers, _ in ASKED]


def test_true_and_false_stay_answers_where_no_program_printed_them(tmp_path: Path) -> None:
    text = "".join(f"{n}. {stem_}\nTrue\nFalse\nAnswer: True\n" for n, (stem_, *_) in enumerate(ASKED, 1))
    made, _ = read(written(tmp_path, "docx", text), role="tests")
    assert [len(one.choices) for one in made if isinstance(one, MultipleChoice)] == [2] * 5


def test_a_key_in_a_footnote(tmp_path: Path) -> None:
    document, space = docx.Document(), f'xmlns:w="{nsmap["w"]}"'
    notes = ""
    for n, (stem_, answers, at) in enumerate(ASKED, 1):
        mark = parse_xml(f'<w:footnoteReference {space} w:id="{n}"/>')
        document.add_paragraph(f"{n}. {stem_}").add_run()._r.append(mark)  # python-docx has no notes
        for letter, answer in zip("ABCD", answers, strict=True):
            document.add_paragraph(f"{letter}) {answer}")
        notes += f'<w:footnote w:id="{n}"><w:p><w:r><w:t>Answer: {"ABCD"[at]}</w:t></w:r></w:p></w:footnote>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), kind, f"<w:footnotes {space}>{notes}</w:footnotes>".encode(), package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    made, told = read(saved(tmp_path, document), role="tests")
    assert seen(made) == WANTED
    assert not codes(told)


def test_the_label_of_all_answers_on_their_line(tmp_path: Path) -> None:
    text = "".join(
        f"{n}) {stem_}\nPossible answers: "
        + "; ".join(f"{letter}) {answer}" for letter, answer in zip("abcd", answers, strict=True))
        + f".\nCorrect – {'abcd'[at]}\n"
        for n, (stem_, answers, at) in enumerate(ASKED, 1)
    )
    made, _ = read(written(tmp_path, "docx", text), role="tests")
    assert seen(made) == WANTED


# --- tables


def rows_of(document: Document, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("role", ["", "tests"])
def test_a_question_beside_several_rows(merged: bool, role: str, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Test")
    rows = [["No", "Question", "Answers", "Right"]]
    for n, (stem_, answers, at) in enumerate(ASKED, 1):
        for each, answer in enumerate(answers):
            rows.append([*([str(n), stem_] if not each else ["", ""]), answer, "+" * (each == at)])
    rows_of(document, rows)
    table = document.tables[0]
    for first in range(1, len(rows), 4) if merged else ():
        for column in (0, 1):
            table.cell(first, column).merge(table.cell(first + 3, column)).text = rows[first][column]
    made, _ = read(saved(tmp_path, document), role=role)
    assert seen(made) == WANTED


def test_a_variant_in_each_column(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Control work")
    cell = "\n".join(
        line
        for n, (stem_, answers, _) in enumerate(ASKED, 1)
        for line in (f"{n}. {stem_}", *(f"{letter}) {text}" for letter, text in zip("ABCD", answers, strict=True)))
    )
    rows_of(document, [["Variant 1", "Variant 2"], [cell, cell.replace("?", " of all?")]])
    made, _ = read(saved(tmp_path, document), role="tests")
    assert [one.category for one in made] == [("Variant 1",)] * 5 + [("Variant 2",)] * 5
    assert [stem(one) for one in made][:5] == [one for one, *_ in ASKED]


def test_answers_that_count_down_the_columns_of_a_table(tmp_path: Path) -> None:
    document = docx.Document()
    for n, (stem_, answers, at) in enumerate(ASKED, 1):
        document.add_paragraph(f"{n}. {stem_}")
        told = [f"{letter}) {text}" for letter, text in zip("ABCD", answers, strict=True)]
        rows_of(document, [[told[0], told[2]], [told[1], told[3]]])
        document.add_paragraph(f"Answer: {'ABCD'[at]}")
    made, _ = read(saved(tmp_path, document), role="tests")
    assert seen(made) == WANTED


def test_a_table_of_keys_that_is_folded(tmp_path: Path) -> None:
    document = docx.Document()
    asked = [*ASKED, ("The windiest gate is", ("Ili gate", "Dzungarian gate", "Cold gate", "Iron gate"), 1)]
    for n, (stem_, answers, _) in enumerate(asked, 1):
        document.add_paragraph(f"{n}. {stem_}")
        for letter, answer in zip("ABCD", answers, strict=True):
            document.add_paragraph(f"{letter}) {answer}")
    document.add_paragraph("Keys")
    names = ["ABCD"[at] for *_, at in asked]
    rows_of(document, [["1", "2", "3"], names[:3], ["4", "5", "6"], names[3:]])
    made, told = read(saved(tmp_path, document), role="tests")
    assert [right(one) for one in made] == [[answers[at]] for _, answers, at in asked]
    assert not codes(told)


@pytest.mark.parametrize("key", ["number", "words"])
def test_heads_that_one_word_counts_are_of_answers(key: str, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Test")
    rows = [["A test of rivers", *[""] * 5], ["Question", *(f"Answer {n}" for n in range(1, 5)), "Correct answer"]]
    for nth, (stem_, answers, at) in enumerate(ASKED):
        rows += [["Topic 2. Plains", *[""] * 5]] * (nth == 3)
        rows.append([stem_, *answers, str(at + 1) if key == "number" else answers[at]])
    rows_of(document, rows)
    made, _ = read(saved(tmp_path, document), role="tests")
    assert seen(made) == WANTED


# --- what is told


def test_an_answer_that_is_right_everywhere_is_told(tmp_path: Path) -> None:
    """The label of a key before each question was taken for an answer of the one above."""
    text = "".join(
        f"+ans\n{n}. {stem_}\n" + "".join(f"- {answer}\n" for answer in answers)
        for n, (stem_, answers, _) in enumerate((*ASKED, *ASKED), 1)
    )
    _, told = read(written(tmp_path, "docx", text), role="tests")
    (doubt,) = (one for one in told if one.code == "bank-doubtful")
    assert doubt.severity == "error"
    assert "«ans» is right in most questions" in doubt.message


def test_answers_by_number_behind_a_list_are_told(tmp_path: Path) -> None:
    asked = "".join(f"{n}. Who was born in {1800 + n}?\n" for n in range(1, 8))
    text = asked + "".join(f"{n}. Somebody called {n * 7}\n" for n in range(1, 8))
    made, told = read(written(tmp_path, "txt", text), role="questions")
    (doubt,) = (one for one in told if one.code == "bank-doubtful")
    assert (len(made), doubt.severity) == (14, "error")
    assert "7 of 14 questions repeat the numbers of others" in doubt.message


def below(answers: tuple[str, ...]) -> str:
    return "".join(f"{letter}) {answer}\n" for letter, answer in zip("ABCD", answers, strict=True))


def test_numbers_that_fall_are_no_doubt(tmp_path: Path) -> None:
    text = "".join(f"{90 - n}. {stem_}\n{below(answers)}Answer: A\n" for n, (stem_, answers, _) in enumerate(ASKED))
    made, told = read(written(tmp_path, "docx", text), role="tests")
    assert [one.printed for one in made] == ["90", "89", "88", "87", "86"]
    assert not codes(told)


def test_a_line_of_a_short_list_that_was_set_aside_is_told(tmp_path: Path) -> None:
    lines = ("Мировые реки, их режимы.", "Предмет гидрологии.", "Основной закон стока.", "Реки и озёра.")
    (tmp_path / "вопросы.txt").write_text("\n".join(lines), "utf-8")
    made, told = read(tmp_path, "ru", role="questions")
    found = [one.message for one in told if one.code in {"bank-doubtful", "bank-unread"}]
    assert len(made) == 4 or len(found) == 1


def test_what_is_called_a_test_and_is_read_in_part_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    for n, (stem_, answers, _) in enumerate((*ASKED, *ASKED)):
        document.add_paragraph(f"{stem_.rstrip('?:')}{n}?")
        for answer in answers[: 1 + n % 3]:
            document.add_paragraph(f"{answer} is named here, and a sentence is told of it.")
    document.save(str(tmp_path / "mcq.docx"))
    made, told = read(tmp_path)
    assert len(made) == 10 or codes(told) & {"bank-unread", "bank-doubtful"}


def test_one_question_on_all_tickets_is_no_loss(tmp_path: Path) -> None:
    again = "Draw the scheme of a river basin with all of its tributaries and lakes."
    text = "".join(
        f"Ticket № {n}\n1. What feeds river {n} in summer?\n2. What feeds lake {n} in winter?\n3. {again}\n"
        for n in range(1, 5)
    )
    made, told = read(written(tmp_path, "docx", text), role="tickets")
    assert [stem(one) for one in made].count(again) == 1
    assert (len(made), "bank-doubtful" in codes(told)) == (9, False)


def test_right_answers_in_bold_type_head_nothing() -> None:
    def question(n: int, right: int) -> list[Standing]:
        return [Standing(n, True, False), *(Standing(50 if not at else None, True, at == right) for at in range(4))]

    lines = [Standing(None, False, False), *question(1, 1), *question(2, 0), *question(3, 3)]
    assert lit_answers(lines) == {2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 14, 15}
    first = [Standing(None, False, False), *question(1, 0), *question(2, 0), *question(3, 0)]
    assert lit_answers(first) == set()  # a heading stands below each number


def test_numbers_without_a_sign_make_no_aiken(tmp_path: Path) -> None:
    text = "".join(
        f"{n} {stem_}\n{below(answers)}ANSWER: {'ABCD'[at]}\n\n" for n, (stem_, answers, at) in enumerate(ASKED, 1)
    )
    (tmp_path / "a.txt").write_text(text, "utf-8")
    made, _ = read(tmp_path, role="tests")
    assert seen(made) == WANTED


def test_a_part_whose_letter_stands_first() -> None:
    assert [part_in(text) for text in ("А бөлімі", "Б бөлімі", "A lecture", "В лекции")] == [1, 3, 0, 0]


def test_vietnamese_keys(tmp_path: Path) -> None:
    text = "".join(
        f"Câu {n}\n{stem_}\n" + "".join(f"{c}. {one}\n" for c, one in zip("ABCD", answers, strict=True))
        + f"Đáp án: {'ABCD'[at]}\n"
        for n, (stem_, answers, at) in enumerate(ASKED, 1)
    )  # fmt: skip
    made, _ = read(written(tmp_path, "docx", f"{text}Câu 6\nWhere is it __________?\n→ Đáp án: Almaty\n"), role="tests")
    assert seen(made[:5]) == WANTED
    assert isinstance(made[5], ShortAnswer)
