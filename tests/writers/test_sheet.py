"""The question table: exact cells, what a spreadsheet would spoil, and the way back through our reader."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from coursepack.model.blocks import Code
from coursepack.model.questions import Choice, Essay, MultipleChoice, Numerical, NumericalAnswer, Question
from coursepack.writers import Context, load
from coursepack.writers.plain.sheet import COLUMNS, CsvOptions, letter
from tests import strategies
from tests.samples import ASSETS, b, every_question, everything
from tests.writers.plain import codes, data, read_back, written


def table(made_data: bytes) -> list[dict[str, str]]:
    text = made_data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_csv_begins_with_the_mark_that_excel_needs() -> None:
    raw = data(written("csv", Essay(id="q", text=b("Неге?"))))
    assert raw.startswith(b"\xef\xbb\xbfid;type;category;title;text;options;key;mark;")
    assert raw.endswith(b"\r\n")
    assert raw.decode("utf-8-sig").splitlines()[0].split(";") == list(COLUMNS)


def test_rows_of_every_type() -> None:
    rows = table(data(written("csv", *every_question())))
    assert [(row["type"], row["key"]) for row in rows] == [
        ("essay", ""),
        ("multiple-choice", "A"),
        ("multiple-response", "A 50%, B 50%, C -50%"),
        ("true-false", "true"),
        ("short-answer", "A 100%, B 50%"),
        ("numerical", "A 100%, B 25%"),
        ("matching", ""),
        ("cloze", ""),
        ("description", ""),
        ("essay", ""),
    ]
    assert rows[1]["options"] == "Шаршы\nДөңгелек <b>\nҮшбұрыш & т.б."
    assert rows[1]["option feedback"] == "Дұрыс!\nҚате.\n"
    assert rows[5]["options"] == "2\n2,5:0,5"
    assert rows[6]["options"] == "Сенат -> жоғарғы палата\nМәжіліс -> төменгі палата\n -> үкімет"
    assert rows[7]["text"] == "Астана – {1:SHORTANSWER:=Астана~%50%Ақмола}, халқы {2:NUMERICAL:=1.4:0.1} миллион."
    assert (rows[9]["template"], rows[9]["settings"]) == ("Менің ойымша,", "min-words=50; max-words=300")
    assert (rows[9]["printed"], rows[9]["variant of"]) == ("107", "exam-001")


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_the_way_back(name: str, tmp_path: Path) -> None:
    kept = [question for question in every_question() if question.id != "exam-002"]
    back = read_back(written(name, *kept), tmp_path / f"bank.{name}")
    from tests.writers.plain import bare

    assert back == [bare(question) for question in kept]


@settings(max_examples=20)
@given(st.data())
def test_any_bank_comes_back(data_: st.DataObject) -> None:
    import tempfile

    questions = data_.draw(strategies.bank("q", 4))
    if not questions:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bank.csv"
        path.write_bytes(data(written("csv", *questions)))
        from coursepack import readers

        back = list(readers.read_questions(path).bank.questions())
    assert [(type(q), q.id) for q in back] == [(type(q), q.id) for q in questions]


@pytest.mark.parametrize("text", ["=1+1", "+7 777", "-5 градус", "@аты", "'тырнақша"])
def test_no_cell_becomes_a_formula(text: str, tmp_path: Path) -> None:
    question = Essay(id="q", text=b(text))
    assert table(data(written("csv", question)))[0]["text"] == "'" + text
    path = tmp_path / "bank.xlsx"
    path.write_bytes(data(written("xlsx", question)))
    cell = load_workbook(path)["questions"]["E2"]
    assert (cell.value, cell.data_type) == (text, "s")
    for name in ("csv", "xlsx"):
        (back,) = read_back(written(name, question), tmp_path / f"bank.{name}")
        assert back.text == question.text


@pytest.mark.parametrize(("code", "cell"), [("  if x:\n    y\n", "  if x:\n    y"), ("  =x:\n    y", "'  =x:\n    y")])
def test_a_question_that_begins_with_a_listing_keeps_its_indentation(code: str, cell: str) -> None:
    (row,) = table(data(written("csv", Essay(id="q", text=(Code(text=code),)))))
    assert row["text"] == cell


def test_decimals_are_no_dates_in_a_russian_excel() -> None:
    question = Numerical(id="q", text=b("?"), mark=1.5, answers=(NumericalAnswer(value="2.5"),))
    (row,) = table(data(written("csv", question)))
    assert (row["mark"], row["options"]) == ("1,5", "2,5")
    english = data(written("csv", question, options=CsvOptions(delimiter=","))).decode("utf-8-sig")
    assert english.splitlines()[1] == "q,numerical,Қор,,?,2.5,,1.5,,,,,,,,,"


def test_a_text_that_no_cell_holds_is_cut_and_said(tmp_path: Path) -> None:
    made = written("xlsx", Essay(id="q", text=b("ә" * 40_000 + "\x07")))
    assert codes(made) == {"xlsx-character": 1, "xlsx-long": 1}
    (back,) = read_back(made, tmp_path / "bank.xlsx")
    assert back.text == b("ә" * 32_767)


def test_losses_are_said() -> None:
    made = written("csv", *every_question())
    assert [finding.message for finding in made.findings] == [
        "question exam-002 loses its picture, which csv cannot hold"
    ]
    combined = MultipleChoice(
        id="q",
        text=b("?"),
        choices=(Choice(content=b("а", "ә"), fraction=1), Choice(content=b("б"))),
        correct_feedback=b("!"),
    )
    (finding,) = written("csv", combined).findings
    assert (
        finding.message == "question q loses its combined feedback and paragraphs of an option, which csv cannot hold"
    )


def test_a_workbook_is_the_same_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    questions: list[Question] = list(every_question())
    first = data(written("xlsx", *questions))
    monkeypatch.setenv("TZ", "Asia/Almaty")
    assert data(written("xlsx", *questions)) == first
    path = tmp_path / "bank.xlsx"
    path.write_bytes(first)
    book = load_workbook(path)
    assert book.sheetnames == ["questions"]
    assert book["questions"].freeze_panes == "A2"
    assert [cell.value for cell in book["questions"][1]] == list(COLUMNS)


def test_a_course_gives_all_its_questions() -> None:
    for name in ("csv", "xlsx"):
        writer = load(name)
        made = writer.write(everything(), Context(assets=ASSETS, options=writer.options()))
        assert made.artifacts[0].name == f"sample-questions.{name}"
    rows = table(data(load("csv").write(everything(), Context(assets=ASSETS, options=CsvOptions()))))
    assert len(rows) == 20
    assert {row["category"].rpartition("/")[2] for row in rows[10:]} == {
        "Емтихан сұрақтары",
        "Емтихан сұрақтары. Басқаша тұжырымдары",
    }


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")])
def test_letters(place: int, name: str) -> None:
    assert letter(place) == name


def test_options_are_strict() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"delimiter": "|"}, CsvOptions)
