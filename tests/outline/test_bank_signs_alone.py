"""Questions and answers that only signs tell, several of them in one paragraph; statements, cards, lists to choose
from, hidden keys and filled cells of Word; what is set aside around tickets is told where it asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap

from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice, Question, ShortAnswer, TrueFalse
from tests.outline.documents import Word
from tests.outline.test_bank_silence import codes, read

BANK = (
    ("Which gas do plants take in?", ("Oxygen", "Carbon dioxide", "Neon"), 1),
    ("How much is 7 times 8?", ("56", "54", "63"), 0),
    ("Which river of these is the longest?", ("Ili", "Chu", "Irtysh"), 2),
    ("Which of these is a metal?", ("Sulphur", "Zinc", "Argon"), 1),
    ("Which language is no Turkic one?", ("Kazakh", "Latin", "Uzbek"), 1),
)
TRUE = (("Plants take in carbon dioxide.", True), ("The Ili is a lake.", False), ("Zinc is a metal.", True))
W = f'xmlns:w="{nsmap["w"]}"'


def stated(one: Question) -> tuple[str, tuple[str, ...], int]:
    assert isinstance(one, MultipleChoice), one
    right = [at for at, choice in enumerate(one.choices) if choice.fraction > 0]
    assert len(right) < 2
    answers = tuple(block_text(choice.content) for choice in one.choices)
    return block_text(one.text), answers, right[0] if right else -1


@pytest.mark.parametrize("sign", ["*", "?", "#"])
def test_signs_alone_tell_questions_and_answers(tmp_path: Path, sign: str) -> None:
    made = docx.Document()
    made.add_paragraph("Test")
    for stem, answers, right in BANK:
        lines = [("+" if at == right else "=") + text for at, text in enumerate(answers)]
        made.add_paragraph(sign + stem)
        made.add_paragraph(lines[0])
        made.add_paragraph("\n".join(lines[1:]))
    made.save(str(tmp_path / "test.docx"))
    questions, findings = read(tmp_path)
    assert [stated(one) for one in questions] == list(BANK)
    assert codes(findings) == set()


def test_who_wrote_a_bank_is_no_part_of_its_last_answer(tmp_path: Path) -> None:
    bank = (*BANK, *((f"Is it so in case {n}?", ("Yes", "No", "Maybe"), 0) for n in ("one", "two")))
    made = docx.Document()
    made.add_paragraph("Test")
    for n, (stem, answers, right) in enumerate(bank, 1):
        made.add_paragraph(f"{n}. {stem}")
        for at, text in enumerate(answers):
            made.add_paragraph(f"{'+' if at == right else '-'} {text}")
    for text in ("", "", "Tuzuvchi:\tF.A. Nurmamatov"):
        made.add_paragraph(text)
    made.save(str(tmp_path / "test.docx"))
    questions, findings = read(tmp_path)
    assert [stated(one) for one in questions] == list(bank)
    assert "outline-left-out" in {one.code for one in findings}


def statements(made: Document) -> None:
    table = made.add_table(1, 4)
    for cell, head in zip(table.rows[0].cells, ("No", "Statement", "Yes", "No"), strict=True):
        cell.text = head
    for n, (text, true) in enumerate(TRUE, 1):
        for cell, said in zip(table.add_row().cells, (str(n), text, "+" * true, "+" * (not true)), strict=True):
            cell.text = said


def cards(made: Document) -> None:
    for n, (stem, answers, right) in enumerate(BANK, 1):
        rows = [(f"Question {n}", stem), *((f"Option {at}", text) for at, text in enumerate(answers, 1))]
        table = made.add_table(0, 2)
        for pair in (*rows, ("Right answer", str(right + 1))):
            for cell, text in zip(table.add_row().cells, pair, strict=True):
                cell.text = text


def fills(made: Document) -> None:
    table = made.add_table(1, 5)
    for cell, head in zip(table.rows[0].cells, ("No.", "Question", "A", "B", "C"), strict=True):
        cell.text = head
    for n, (stem, answers, right) in enumerate(BANK, 1):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = str(n), stem
        for at, text in enumerate(answers):
            cells[2 + at].text = text
        cells[1]._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:fill="DDDDDD"/>'))
        cells[2 + right]._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:fill="92D050"/>'))


def hidden(made: Document) -> None:
    for n, (stem, answers, right) in enumerate(BANK, 1):
        made.add_paragraph(f"{n}. {stem}")
        for letter, text in zip("ABC", answers, strict=True):
            made.add_paragraph(f"{letter}) {text}")
        made.add_paragraph().add_run(f"Answer: {'ABC'[right]}").font.hidden = True


def lists(made: Document) -> None:
    for n, (stem, answers, right) in enumerate(BANK, 1):
        items = "".join(f'<w:listItem w:displayText="{text}" w:value="{text}"/>' for text in ("Choose", *answers))
        items = items.replace('w:value="Choose"', 'w:value=""')
        shown = f"<w:sdtContent><w:r><w:t>{answers[right]}</w:t></w:r></w:sdtContent>"
        control = f"<w:sdt {W}><w:sdtPr><w:dropDownList>{items}</w:dropDownList></w:sdtPr>{shown}</w:sdt>"
        made.add_paragraph(f"{n}. {stem} ")._p.append(parse_xml(control))


@pytest.mark.parametrize("write", [cards, fills, hidden, lists])
def test_what_word_shows_in_other_ways_is_read(tmp_path: Path, write: Callable[[Document], None]) -> None:
    made = docx.Document()
    made.add_paragraph("Test")
    write(made)
    made.save(str(tmp_path / "test.docx"))
    questions, findings = read(tmp_path)
    assert [stated(one) for one in questions] == list(BANK)
    assert codes(findings) == set()


def test_a_sign_below_yes_or_no_judges_a_statement(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Test")
    statements(made)
    made.save(str(tmp_path / "test.docx"))
    questions, _ = read(tmp_path)
    assert [(block_text(one.text), isinstance(one, TrueFalse) and one.answer) for one in questions] == list(TRUE)


def test_keys_in_words_behind_one_word_are_dealt_by_number(tmp_path: Path) -> None:
    gaps = ["The tenge is the ____ of Kazakhstan.", "The Ili is a ____.", "Zinc is a ____."]
    lines = [f"{n}. {text}" for n, text in enumerate(gaps, 1)]
    text = "\n".join(["Test", *lines, "Answers: 1. currency 2. river 3. metal"])
    (tmp_path / "test.txt").write_text(text, "utf-8")
    questions, _ = read(tmp_path, role="tests")
    assert [one.answers[0].text for one in questions if isinstance(one, ShortAnswer)] == ["currency", "river", "metal"]


def test_points_of_one_answer_are_no_keys_of_others(tmp_path: Path) -> None:
    lines = ["Test", "1. Tell the life of a cell.", "Answer: 1. It grows; 2. it divides; 3. it dies"]
    lines += ["2. Tell the life of a star.", "Answer: 1. It is born; 2. it burns; 3. it fades"]
    (tmp_path / "test.txt").write_text("\n".join(lines), "utf-8")
    questions, _ = read(tmp_path, role="tests")
    assert [block_text(one.grader_notes) for one in questions] == [
        "1. It grows; 2. it divides; 3. it dies",
        "1. It is born; 2. it burns; 3. it fades",
    ]


def test_a_table_of_keys_behind_a_gap_is_no_signature(tmp_path: Path) -> None:
    word = Word()
    listed = word.numbering()
    for n in range(1, 9):
        word.p(f"Signal number {n} tells", num=listed)
        word.p("the speed", f"the way {n}", "the load", "the hour", num=listed, level=1)
    word.p("").h("For the trainer only: answers")
    word.table([[str(n) for n in range(1, 9)], list("ABCDABCD")]).save(tmp_path / "bank.docx")
    found, _ = read(tmp_path, role="tests")
    assert [stated(one)[2] for one in found] == [0, 1, 2, 3, 0, 1, 2, 3]
