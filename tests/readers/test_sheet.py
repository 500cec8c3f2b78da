"""The question table: our own layout and those of people."""

# ruff: noqa: E501 - tables as people write them, a row each

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given

from coursepack import discovery, limits, publish, readers
from coursepack.model.artifact import Bank
from coursepack.model.blocks import block_text
from coursepack.model.questions import (
    Cloze,
    Description,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.outline.draft import draft
from coursepack.place import CoursepackError, Finding, Place
from coursepack.readers import holds_questions
from coursepack.readers.sheet import reader as sheet
from coursepack.writers import Context
from coursepack.writers.plain import sheet as sheet_writer
from tests import strategies
from tests.readers import old_books
from tests.samples import ASSETS, b, every_question


def load(path: Path) -> tuple[list[Question], list[Finding]]:
    found = sheet.read(path)
    return list(found.bank.questions()), found.findings


def read(folder: Path, text: str, encoding: str = "utf-8") -> tuple[list[Question], list[Finding]]:
    path = folder / "a.csv"
    path.write_bytes(text.encode(encoding))
    return load(path)


def workbook_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of all sheets."""
    return (row for _, rows in sheet.sheets(path) for row in rows)


def keys(question: Question) -> list[tuple[str, float]]:
    assert isinstance(question, MultipleChoice)
    return [(block_text(choice.content), choice.fraction) for choice in question.choices]


def test_the_documented_layout(tmp_path: Path) -> None:
    text = (
        "type;text;options;key;mark;feedback;option feedback;tags;settings;category;id\r\n"
        'multiple-choice;Астана?;"Ақмола\nАлматы";A;2;ж;"иә\nжоқ";"а, б";shuffle=no;Тарих/1//2;exam-004\r\n'
        'multiple-response;Екі?;"а\nб\nв";A 50%, C -25%;;;;;;;\r\n'
        "true-false;Шын?;;true;0,5;;;;;;\r\n"
        'short-answer;Кім?;"Абай\nАбай*";A 100%, B 50%;;;;;case=yes;;\r\n'
        "numerical;Қанша?;2,5:0.5;;;;;;unit=км;;\r\n"
        'matching;Сәйкес?;"Сенат -> жоғарғы\n-> артық";;;;;;;;\r\n'
        "cloze;{1:SHORTANSWER:=Астана} – астана.;;;;;;;;;\r\n"
        "essay;Неге?;;;;;;;lines=5;;\r\n"
        "description;Оқыңыз.;;;;;;;;;\r\n"
    )
    questions, findings = read(tmp_path, text, "utf-8-sig")
    assert findings == []
    assert [type(question) for question in questions] == [
        MultipleChoice,
        MultipleChoice,
        TrueFalse,
        ShortAnswer,
        Numerical,
        Matching,
        Cloze,
        Essay,
        Description,
    ]
    first, second, third, short, number, match, _, essay, _ = questions
    assert (first.id, first.mark, first.tags, first.category) == ("exam-004", 2, ("а", "б"), ("Тарих", "1/2"))
    assert first.place == Place("a.csv", 2, 2, "row")
    assert isinstance(first, MultipleChoice)
    assert (first.shuffle, first.choices[1].feedback, first.feedback) == (False, b("жоқ"), b("ж"))
    assert keys(second) == [("а", 0.5), ("б", 0), ("в", -0.25)]
    assert third.mark == 0.5
    assert isinstance(short, ShortAnswer)
    assert ([(a.text, a.fraction) for a in short.answers], short.case_sensitive) == (
        [("Абай", 1), ("Абай*", 0.5)],
        True,
    )
    assert isinstance(number, Numerical)
    assert (number.answers[0].value, number.answers[0].tolerance, number.unit) == ("2.5", "0.5", "км")
    assert isinstance(match, Matching)
    assert [(block_text(pair.question), block_text(pair.answer)) for pair in match.pairs] == [
        ("Сенат", "жоғарғы"),
        ("", "артық"),
    ]
    assert isinstance(essay, Essay)
    assert essay.response_lines == 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Вопрос;A;B;C;Ответ\nСтолица?;а;б;в;В", [("а", 0), ("б", 1), ("в", 0)]),
        ("Вопрос;А;Б;В;Правильный ответ\nСтолица?;а;б;в;Б", [("а", 0), ("б", 1), ("в", 0)]),
        ("№;Сұрақ;1-нұсқа;2-нұсқа;Дұрыс жауап\n7;Астана?;а;б;2", [("а", 0), ("б", 1)]),
        ("Тесты по истории;;;\n;;;\nсұрақ,\nсұрақ;нұсқалар;кілт\nАстана?;а|б;б", [("а", 0), ("б", 1)]),
        ('вопрос\tварианты\tключ\nС?\t"А) а\nБ) б\nВ) в"\tВ', [("а", 0), ("б", 0), ("в", 1)]),
        ("question,option 1,option 2,answer\nWho?,x,y,y", [("x", 0), ("y", 1)]),
        ("sep=,\nquestion,options,key\nWho?,x;y,A", [("x", 1), ("y", 0)]),
        ("question|a|b|key\nWho?|x|y|", [("x", 0), ("y", 0)]),
        ("question;options;key\nWho?;x|y|z;A, C", [("x", 0.5), ("y", -1), ("z", 0.5)]),
    ],
)
def test_layouts_of_people(tmp_path: Path, text: str, expected: list[tuple[str, float]]) -> None:
    questions, _ = read(tmp_path, text)
    assert [keys(question) for question in questions] == [expected]


@pytest.mark.parametrize(("key", "expected"), [("верно", True), ("Бұрыс", False), ("да", True), ("false", False)])
def test_words_for_true_and_false(tmp_path: Path, key: str, expected: bool) -> None:
    (question,), _ = read(tmp_path, f"вопрос;тип;ключ\nС?;верно/неверно;{key}")
    assert isinstance(question, TrueFalse)
    assert question.answer is expected


def test_wrong_rows_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    text = "type;text;options;key;mark\n;А?;x|y;C;\nболмайды;Б?;;;\n;В?;;;\nnumerical;Г?;көп;;\n;Д?;x;A;\n;Е?;x|y;A;екі\n;;x|y;A;\n"
    questions, findings = read(tmp_path, text)
    assert [block_text(question.text) for question in questions] == ["В?"]
    assert [f.place.first for f in findings if f.place and f.code == "sheet-row"] == [2, 3, 5, 6, 7, 8]


def test_guards_against_formulas_are_taken_away(tmp_path: Path) -> None:
    (question,), _ = read(tmp_path, "text\n'=1+1 неге тең?")
    assert question.text == b("=1+1 неге тең?")


def test_windows_1251(tmp_path: Path) -> None:
    (question,), findings = read(tmp_path, "вопрос;ключ\nЧто такое власть?;", "cp1251")
    assert isinstance(question, Essay)
    assert [f.code for f in findings] == ["questions-encoding"]


def test_a_table_without_known_heads_and_a_column_that_is_not_known(tmp_path: Path) -> None:
    with pytest.raises(CoursepackError, match="no row names the columns"):
        read(tmp_path, "а;б\n1;2\n")
    _, findings = read(tmp_path, "вопрос;автор\nЧто?;я\n")
    assert [f.code for f in findings] == ["sheet-column"]


def test_workbooks(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (
        ["Тест"],
        [],
        ["№", "Сұрақ", "Нұсқалар", "Кілт", "Балл"],
        [1, "Қанша?", "1\n2", "B", 1.5],
        [2, 2026, "3\n4", 1, 2],
    ):
        page.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    questions, findings = load(path)
    assert findings == []
    assert [(block_text(q.text), q.printed, q.mark, keys(q)) for q in questions] == [
        ("Қанша?", "1", 1.5, [("1", 0), ("2", 1)]),
        ("2026", "2", 2, [("3", 1), ("4", 0)]),
    ]
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(CoursepackError, match="no workbook"):
        load(path)


def _back(name: str, questions: tuple[Question, ...], folder: Path) -> list[Question]:
    made = {"csv": sheet_writer.csv_writer, "xlsx": sheet_writer.xlsx_writer}[name].write_bank
    assert made is not None
    (artifact,) = made(Bank("b", "B", "kk", lambda: iter(questions)), Context(assets=ASSETS)).artifacts
    path = folder / f"a.{name}"
    path.write_bytes(b"".join(publish.artifact_chunks(artifact)))
    return load(path)[0]


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_every_question_comes_back_from_what_we_write(tmp_path: Path, name: str) -> None:
    questions = tuple(q for q in every_question() if q.id != "exam-002")
    apart = ("place", "category")
    for found, question in zip(_back(name, questions, tmp_path), questions, strict=True):
        fields = [f for f in question.__struct_fields__ if f not in apart]
        assert {f: getattr(found, f) for f in fields if f != "number"} == {
            f: getattr(question, f) for f in fields if f != "number"
        }


@given(strategies.bank("q", 3))
def test_generated_questions_come_back(questions: tuple[Question, ...]) -> None:
    import tempfile

    if not questions:
        return
    with tempfile.TemporaryDirectory() as folder:
        back = _back("csv", questions, Path(folder))
    for found, question in zip(back, questions, strict=True):
        assert type(found) is type(question)
        assert block_text(found.text).split() == block_text(question.text).split()
        if isinstance(question, MultipleChoice):
            assert [fraction for _, fraction in keys(found)] == [choice.fraction for choice in question.choices]


def test_a_list_of_grades_is_no_bank(tmp_path: Path) -> None:
    (tmp_path / "grades.csv").write_text("ФИО;балл\nА;5\n", encoding="utf-8")
    (tmp_path / "bank.csv").write_text("Вопрос;Ответ\nКто?;А\n", encoding="utf-8")
    (tmp_path / "imsmanifest.xml").write_text("<manifest/>", encoding="utf-8")
    (tmp_path / "bank.xml").write_text("<quiz><question>", encoding="utf-8")
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04")
    found = {path.name: holds_questions(path) for path in sorted(tmp_path.iterdir())}
    assert found == {"a.xlsx": False, "bank.csv": True, "bank.xml": True, "grades.csv": False, "imsmanifest.xml": False}


def _workbook(path: Path, old: bytes, new: bytes) -> Path:
    """A workbook of two rows with a part of its sheet replaced."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["text", "mark"])
    page.append(["Астана?", 2])
    book.save(path)
    with zipfile.ZipFile(path) as made:
        members = {name: made.read(name) for name in made.namelist()}
    sheet_xml = "xl/worksheets/sheet1.xml"
    assert old in members[sheet_xml]
    members[sheet_xml] = members[sheet_xml].replace(old, new).replace(b'<dimension ref="A1:B2"/>', b"")
    with zipfile.ZipFile(path, "w") as made:
        for name, data in members.items():
            made.writestr(name, data)
    return path


def test_a_cell_that_claims_to_stand_far_away_costs_nothing(tmp_path: Path) -> None:
    """Gaps are filled up by the library: a row of the number 2,000,000,000 took minutes, a cell in column XFD 16,384
    cells a row."""
    with pytest.raises(CoursepackError, match="a row beyond the last possible row of a sheet, 1048576"):
        list(workbook_rows(_workbook(tmp_path / "a.xlsx", b'<row r="2">', b'<row r="2000000000">')))
    with pytest.raises(CoursepackError, match=r"16384 columns; at most 256 are read"):
        list(workbook_rows(_workbook(tmp_path / "a.xlsx", b'r="B2"', b'r="XFD2"')))
    rows = list(workbook_rows(_workbook(tmp_path / "a.xlsx", b'<row r="2">', b'<row r="1000000">')))
    assert [(number, cells[0]) for number, cells in rows] == [(1, "text"), (1_000_000, "Астана?")]


def test_a_workbook_that_unpacks_to_too_much_is_no_bank(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/sharedStrings.xml", bytes(300 << 20))
    with pytest.raises(CoursepackError, match="no workbook that can be read: "):
        sheet.is_bank(path)
    assert not holds_questions(path)


def test_rows_are_counted_where_the_sheet_has_a_prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some programs write «<x:row>»: the whole sheet was taken for one row that fills the memory."""
    monkeypatch.setenv(limits.VARIABLE, "question-marks=12")
    path = _workbook(tmp_path / "a.xlsx", b"<row", b"<x:row")
    with zipfile.ZipFile(path) as made:
        members = {name: made.read(name) for name in made.namelist()}
    name = "xl/worksheets/sheet1.xml"
    members[name] = (
        members[name]
        .replace(b"</row>", b"</x:row>")
        .replace(b"<worksheet ", b'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ')
    )
    with zipfile.ZipFile(path, "w") as made:
        for member, data in members.items():
            made.writestr(member, data)
    assert [cells for _, cells in workbook_rows(path)] == [["text", "mark"], ["Астана?", "2"]]


def workbook(path: Path, *sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        made = book.create_sheet(f"S{number}")
        for row in rows:
            made.append(row)
    book.save(path)
    return path


def test_heads_that_name_wrong_answers(tmp_path: Path) -> None:
    for heads in ("Ответ,Неверный 1,Неверный 2", "Правильный ответ,Неправильный ответ,Неправильный ответ"):
        (question, typed, number), findings = read(
            tmp_path, f"№,Вопрос,{heads}\n1,Столица?,Астана,Алматы,Тараз\n2,Метр?,метр,,\n3,Сколько?,4,,\n"
        )
        assert findings == []
        assert keys(question) == [("Астана", 1.0), ("Алматы", 0.0), ("Тараз", 0.0)]
        assert isinstance(typed, ShortAnswer)
        assert [answer.text for answer in typed.answers] == ["метр"]
        assert isinstance(number, Numerical)
        assert [answer.value for answer in number.answers] == ["4"]
    _, findings = read(tmp_path, "Вопрос,Ответ,Неверный 1\nСтолица?,,Алматы\n")
    assert findings[0].message == "row 2: 1 wrong answers and no right one"


def test_heads_in_kazakh_whose_letters_look_alike(tmp_path: Path) -> None:
    (question,), findings = read(
        tmp_path,
        "Сұрақ;А жауабы;В жауабы;С жауабы;D жауабы;Е жауабы;Дұрыс жауап\nАстана?;Алматы;Астана;Тараз;Шу;Орал;В\n",
    )
    assert findings == []
    assert [text for text, share in keys(question) if share] == ["Астана"]
    assert len(keys(question)) == 5


def test_a_key_of_a_letter_without_options_is_no_essay(tmp_path: Path) -> None:
    made, findings = read(tmp_path, "Вопрос;Нечто 1;Нечто 2;Ключ\nСтолица?;Алматы;Астана;В\n")
    assert made == []
    assert "the key 'В' and no options" in findings[-2].message


def test_quizizz(tmp_path: Path) -> None:
    made, findings = read(
        tmp_path,
        "Question Text,Question Type,Option 1,Option 2,Option 3,Correct Answer,Time in seconds,Image Link\n"
        "Capital?,Multiple Choice,Almaty,Astana,Taraz,2,30,\n"
        'Rivers?,Checkbox,Irtysh,Volga,Ural,"1,3",30,https://example.org/a.png\n'
        "Name it,Fill-in-the-Blank,Astana,,,,30,\n"
        "What do you think?,Open-Ended,,,,,30,\n",
    )
    assert keys(made[0]) == [("Almaty", 0.0), ("Astana", 1.0), ("Taraz", 0.0)]
    assert keys(made[1]) == [("Irtysh", 0.5), ("Volga", -1.0), ("Ural", 0.5)]
    assert [type(question) for question in made[2:]] == [ShortAnswer, Essay]
    assert [(str(finding.severity), finding.message) for finding in findings] == [
        ("warning", "row 3: the picture at 'https://example.org/a.png' is not downloaded"),
        ("note", "1 × column of a game: Time in seconds"),
    ]


def test_kahoot(tmp_path: Path) -> None:
    head = ["", "Question - max 120 characters", *(f"Answer {n} - max 75 characters" for n in (1, 2, 3, 4))]
    head += ["Time limit (sec) – 5, 10, 20, 30 secs", "Correct answer(s) - choose at least one"]
    capital: list[object] = [1, "Capital?", "Almaty", "Astana", "Taraz", "Oral", 20, 2]
    rivers: list[object] = [2, "Rivers?", "Irtysh", "Volga", "Ural", "Don", 20, "1,3"]
    path = workbook(tmp_path / "a.xlsx", [["Quiz template"], [], [*head], capital, rivers])
    made, findings = load(path)
    assert [[text for text, share in keys(question) if share > 0] for question in made] == [
        ["Astana"],
        ["Irtysh", "Ural"],
    ]
    assert [str(finding.severity) for finding in findings] == ["note"]


def test_questions_on_several_sheets(tmp_path: Path) -> None:
    bank: list[list[object]] = [["Вопрос", "A", "B", "Ответ"], ["Столица?", "Алматы", "Астана", "B"]]
    path = workbook(tmp_path / "a.xlsx", [["Инструкция: заполните второй лист"]], bank, [], bank)
    made, findings = load(path)
    assert [[text for text, share in keys(question) if share] for question in made] == [["Астана"]] * 2
    assert [finding.message for finding in findings] == ["the sheet 'S1' has no row with column names and is not read"]
    assert sheet.is_bank(path)


def test_without_heads_a_row_of_them_is_offered(tmp_path: Path) -> None:
    with pytest.raises(CoursepackError) as caught:
        read(tmp_path, "Столица Казахстана?;Алматы;Астана;Тараз;Шымкент;B\n")
    assert caught.value.advice == "insert this row at the top: вопрос;A;B;C;D;ключ"
    with pytest.raises(CoursepackError, match="found «№, Что / куда, Место»") as caught:
        load(workbook(tmp_path / "a.xlsx", [["№", "Что / куда", "Место"], [1, "Столица?"], [None, "Алматы", "+"]]))
    assert caught.value.advice == "the layout is described in docs/question-table.md"


# --- workbooks of other kinds -------------------------------------------------------------------------------------

BOOK: old_books.Sheets = {
    "Тест": [
        ["Вопрос", "A", "B", "C", "Ответ", "Балл"],
        ["Что такое клетка?", "ткань", "единица жизни", 12.0, "B", 2.0],
        [],
        ["Сколько ядер?", 1.0, 2.5, "", "A", 1.0],
    ],
    "Черновик": [["просто текст"]],
}


@pytest.mark.parametrize(("name", "made"), [("тест.xls", old_books.xls), ("тест.ods", old_books.ods)])
def test_workbooks_of_old_excel_and_libreoffice(
    tmp_path: Path, name: str, made: Callable[[old_books.Sheets], bytes]
) -> None:
    (tmp_path / name).write_bytes(made(BOOK))
    assert holds_questions(tmp_path / name)
    questions, findings = load(tmp_path / name)
    texts = [[block_text(c.content) for c in q.choices] for q in questions if isinstance(q, MultipleChoice)]
    assert texts == [["ткань", "единица жизни", "12"], ["1", "2.5"]]
    assert [(q.mark, q.place.first if q.place else 0) for q in questions] == [(2, 2), (1, 4)]
    assert [keys(q) for q in questions] == [
        [("ткань", 0.0), ("единица жизни", 1.0), ("12", 0.0)],
        [("1", 1.0), ("2.5", 0.0)],
    ]
    assert [f.message for f in findings] == ["the sheet 'Черновик' has no row with column names and is not read"]
    assert sheet.read(tmp_path / name).bank.language == "ru"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html><table><tr><td>1</td></tr></table></html>", "a web page under the name of a workbook"),
        (b'<?xml version="1.0"?><Workbook/>', "an XML document under the name of a workbook"),
        (b"just text", "no workbook of Excel or OpenDocument"),
        (old_books.compound("WordDocument", b"x"), "no workbook that can be read"),
        (old_books.xls(BOOK)[:1500], "no workbook that can be read"),
        (b"PK\x03\x04 broken", "no workbook that can be read"),
    ],
)
def test_what_is_no_workbook_is_told(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(data)
    with pytest.raises(CoursepackError) as problem:
        sheet.is_bank(path)
    assert problem.value.message.startswith(said)
    assert "save it again as .xlsx" in problem.value.advice


def test_cells_said_to_be_repeated_keep_to_the_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="{}"><text:p>x</text:p></table:table-cell>'
    (tmp_path / "a.ods").write_bytes(old_books.ods({"a": []}, cells=row.format(1, cell.format(300))))
    with pytest.raises(CoursepackError, match="300 columns; at most 256 are read"):
        sheet.is_bank(tmp_path / "a.ods")
    monkeypatch.setenv(limits.VARIABLE, "question-letters=1000 child-memory=400MiB")
    (tmp_path / "b.ods").write_bytes(old_books.ods({"a": []}, cells=row.format(1_000_000, cell.format(200))))
    with pytest.raises(CoursepackError) as problem:
        sheet.is_bank(tmp_path / "b.ods")
    assert problem.value.place == Place("b.ods")


@pytest.mark.parametrize("key", ["option3", "Option C", "opt_3", "Choice 3", "Вариант 3"])
def test_a_key_may_name_the_column_of_its_answer(tmp_path: Path, key: str) -> None:
    path = tmp_path / "bank.csv"
    path.write_text(f"question,option1,option2,option3,answer\nWhich is a metal?,sulphur,neon,iron,{key}\n", "utf-8")
    (one,) = readers.read_questions(path).bank.questions()
    assert isinstance(one, MultipleChoice)
    assert [choice.fraction for choice in one.choices] == [0.0, 0.0, 1.0]


@pytest.mark.parametrize(
    "heads",
    [
        "QuestionText,opt1,opt2,opt3,CorrectAnswer",
        "question_text,option_a,option_b,option_c,correct_answer",
        "Question,Choice 1,Choice 2,Choice 3,Correct Choice",
    ],
)
def test_heads_as_programs_write_them(tmp_path: Path, heads: str) -> None:
    path = tmp_path / "bank.csv"
    path.write_text(f"{heads}\nWhich is a metal?,sulphur,neon,iron,3\n", "utf-8")
    found = readers.read_questions(path)
    (one,) = found.bank.questions()
    assert isinstance(one, MultipleChoice)
    assert [block_text(choice.content) for choice in one.choices if choice.fraction == 1] == ["iron"]
    assert found.findings == []


def test_a_column_of_other_types_is_left(tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    rows = [f"single{n},Which is a metal in {n}?,sulphur,iron,B" for n in range(5)]
    path.write_text("\n".join(["Type,Question,A,B,Key", *rows]), "utf-8")
    found = readers.read_questions(path)
    assert [type(one) for one in found.bank.questions()] == [MultipleChoice] * 5
    assert [(one.code, one.message) for one in found.findings] == [
        ("sheet-column", "column 'Type' is unknown and ignored")
    ]


def test_a_column_whose_cells_all_name_an_option_is_the_key(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [f"What is {n}?,one,two,three,{'ABC'[n % 3]}" for n in range(1, 8)]
    for head in ("Correct Key (A, B or C)", "Right one", "Решение"):
        path.write_text("\n".join([f'Question,A,B,C,"{head}"', *rows]), encoding="utf-8")
        found = list(readers.read_questions(path).bank.questions())
        told = [one for one in found if isinstance(one, MultipleChoice)]
        assert ["".join(str(int(choice.fraction)) for choice in one.choices) for one in told] == [
            "".join(str(int(n % 3 == at)) for at in range(3)) for n in range(1, 8)
        ]


@pytest.mark.parametrize(
    "head",
    [
        "Savol;Javob A;Javob B;Javob C;To'g'ri javob", "Суроо;Вариант 1;Вариант 2;Вариант 3;Туура жооп",
        "Frage;Antwort 1;Antwort 2;Antwort 3;Richtige Antwort", "Domanda;Opzione A;Opzione B;Opzione C;Risposta",
        "Pregunta;Opción 1;Opción 2;Opción 3;Respuesta correcta", "Pytanie;a;b;c;Odpowiedź", "题目;选项A;选项B;选项C;正确答案,可多选",
        "Soru;Seçenek A;Seçenek B;Seçenek C;Doğru cevap", "Câu hỏi;A;B;C;Đáp án", "Pergunta;Alternativa A;Alternativa B;Alternativa C;Resposta",
    ],
)  # fmt: skip
def test_heads_in_other_languages(head: str, tmp_path: Path) -> None:
    made, findings = read(tmp_path, f"{head}\nWho?;x;y;z;B\n")
    assert [keys(question) for question in made] == [[("x", 0), ("y", 1), ("z", 0)]]
    assert not findings


@pytest.mark.parametrize(
    "head", ["key;question;A;B;answer", "№;question;A;B;key", "ID;question;A;B;key", "ключ;вопрос;A;B;ответ"]
)
def test_an_id_may_be_called_key(head: str, tmp_path: Path) -> None:
    made, findings = read(tmp_path, f"{head}\nq-17;Who?;x;y;B\nq-18;When?;x;y;A\n")
    assert [keys(question) for question in made] == [[("x", 0), ("y", 1)], [("x", 1), ("y", 0)]]
    if not head.startswith("№"):
        assert [question.id for question in made] == ["q-17", "q-18"]
    assert not findings


def test_a_column_of_worth_for_each_option(tmp_path: Path) -> None:
    made, _ = read(
        tmp_path,
        "QuestionText;QuestionType;Choice1;Choice2;Choice3;Grade1;Grade2;Grade3\n"
        "Who?;MCQ;x;y;z;0;1;0\nWhich?;MCA;x;y;z;0.5;0;0.5\nWhat?;;x;y;z;50;-25;50\n",
    )
    assert [keys(question) for question in made] == [
        [("x", 0), ("y", 1), ("z", 0)],
        [("x", 0.5), ("y", 0), ("z", 0.5)],
        [("x", 0.5), ("y", -0.25), ("z", 0.5)],
    ]
    assert [question.single for question in made if isinstance(question, MultipleChoice)] == [True, False, False]
    with pytest.raises(CoursepackError):
        read(tmp_path, "Grade;Name\n5;A\n")


def test_a_sign_in_the_cells_of_options_is_the_key(tmp_path: Path) -> None:
    made, findings = read(tmp_path, "question;A;B;C\nOne?;*x;y;z\nTwo?;x;*y;z\nThree?;x;y;*z")
    assert [keys(one) for one in made] == [
        [("x", 1.0), ("y", 0.0), ("z", 0.0)],
        [("x", 0.0), ("y", 1.0), ("z", 0.0)],
        [("x", 0.0), ("y", 0.0), ("z", 1.0)],
    ]
    assert not findings


def test_a_table_without_any_key_is_told(tmp_path: Path) -> None:
    made, findings = read(tmp_path, "question;A;B\nOne?;x;y\nTwo?;x;y")
    assert [keys(one) for one in made] == [[("x", 0.0), ("y", 0.0)]] * 2
    assert [(one.code, one.place and one.place.first) for one in findings] == [("sheet-without-key", 2)]


def test_a_column_without_a_head_that_names_options_is_the_key(tmp_path: Path) -> None:
    rows = "".join(f"What is {n}?;x;y;{'AB'[n % 2]}\n" for n in range(4))
    made, _ = read(tmp_path, f"question;A;B;\n{rows}")
    assert [[fraction for _, fraction in keys(one)] for one in made] == [[1.0, 0.0], [0.0, 1.0]] * 2


def test_letters_part_the_options_of_one_cell(tmp_path: Path) -> None:
    made, _ = read(tmp_path, 'question,options,key\n"One?","A;red, hot,B;blue,C;green",B')
    assert [keys(one) for one in made] == [[("red, hot", 0.0), ("blue", 1.0), ("green", 0.0)]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("Two?;3;4;5;6;4\nOne?;w;x;y;z;B", ["4", "x"]),  # letters count, so that a number is a text
        ("Two?;3;4;5;6;4\nOne?;a;b;c;d;2", ["6", "b"]),  # numbers count
        ("Two?;3;4;5;6;4\nOne?;7;8;9;10;9", ["4", "9"]),  # numbers beyond the options are texts
        ("Two?;3;4;5;6;3\nOne?;w;x;y;z;w\nFour?;Ural;Ili;Shu;Or;Ili", ["3", "w", "Ili"]),
        ("Blood?;B;AB;A;O;A\nOne?;a1;b1;c1;d1;B", ["B", "b1"]),  # letters stand over them
        ("One?;a;b;c;d;0\nTwo?;a;b;c;d;3", ["a", "d"]),
    ],
)
def test_a_key_that_may_be_a_text_or_a_place_is_told_by_the_others(
    tmp_path: Path, rows: str, expected: list[str]
) -> None:
    made, findings = read(tmp_path, f"question;A;B;C;D;answer\n{rows}")
    assert [[text for text, worth in keys(one) if worth] for one in made] == [[text] for text in expected]
    assert [one.code for one in findings if one.severity == "error"] == []


def test_a_key_that_nothing_tells_the_meaning_of_is_an_error(tmp_path: Path) -> None:
    made, findings = read(tmp_path, "question;A;B;C;D;answer\nTwo?;3;4;5;6;4\nThree?;1;2;3;4;3\nFive?;3;4;5;6;3")
    assert [[text for text, worth in keys(one) if worth] for one in made] == [["3"]]
    assert [(one.code, one.place and one.place.first) for one in findings] == [("sheet-row", 2), ("sheet-row", 4)]


ROLES = {
    "сұрақ;А;Б;В;дұрыс жауап\nТопырақ деген не?;құм;қабат;су;Б\nСу қайда?;үстінде;астында;жоқ;А": "tests",
    "question;answer\nSoil is deep;true\nThe Ili is a river;true\nSay why.;": "tests",
    "вопрос\nЧто такое почва?\nЗачем она нужна?\nИз чего она?": "questions",
    "вопрос;А;Б;ключ\nЧто такое почва?;;;\nЗачем она?;;;\nГде вода?;внизу;вверху;А": "questions",
}


@pytest.mark.parametrize("text", ROLES, ids=["options", "truths", "open", "mostly-open"])
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_table_of_questions_is_a_test_where_most_have_answers(tmp_path: Path, text: str, ending: str) -> None:
    rows = [line.split(";") for line in text.split("\n")]
    if ending == ".csv":
        (tmp_path / "a.csv").write_text(text, "utf-8")
    else:
        book = openpyxl.Workbook()
        assert book.active
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / "a.xlsx")
    looked, unread = discovery.draftable(tmp_path, [f"a{ending}"])
    assert not unread
    assert [one["role"] for one in draft("a", looked).data["source"]] == [ROLES[text]]


@pytest.mark.parametrize(
    ("kinds", "signs"),
    [
        (("Multiple choice", "Checkboxes", "Dropdown", "Short answer", "Paragraph"), ", "),
        (("Один из списка", "Несколько из списка", "Раскрывающийся список", "Текст (строка)", "Текст (абзац)"), "; "),
        (("", "", "", "short answer", "essay"), ", "),
    ],
)
def test_what_a_form_exports(tmp_path: Path, kinds: tuple[str, ...], signs: str) -> None:
    """Types in the words of a form, keys that repeat the options, a short answer that nothing marks."""
    several = signs.join(("Om, the syllable", "Crescent"))
    rows = (
        ("Which is a ritual?", kinds[0], "A creed", "A fast", "A book", "A fast"),
        ("Select all symbols", kinds[1], "Om, the syllable", "Prayer", "Crescent", several),
        ("Choose the rule", kinds[2], "ahimsa", "mandala", "ahimsa and mandala", "ahimsa and mandala"),
        ("Why are visits counted?", kinds[3], "", "", "", ""),
        ("Describe a rite", kinds[4], "", "", "", ""),
    )
    head = '"Question","Type","Option 1","Option 2","Option 3","Correct"'
    text = "\n".join((head, *(",".join(f'"{cell}"' for cell in row) for row in rows)))
    questions, findings = read(tmp_path, text)
    one, both, longest, *open_ones = questions
    assert [keys(each) for each in (one, both, longest)] == [
        [("A creed", 0.0), ("A fast", 1.0), ("A book", 0.0)],
        [("Om, the syllable", 0.5), ("Prayer", -1.0), ("Crescent", 0.5)],
        [("ahimsa", 0.0), ("mandala", 0.0), ("ahimsa and mandala", 1.0)],
    ]
    assert isinstance(both, MultipleChoice)
    assert not both.single
    assert [type(each) for each in open_ones] == [Essay, Essay]
    assert [(each.code, str(each.place)) for each in findings] == [("sheet-open", "a.csv:5")]


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("№;Сұрақ;А;Ә;Б;В;Дұрысы", "Б"),
        ("Сұрақ;А;Б;В;Г;Дұрысы", "В"),
        ("Задание;Ответ 1;Ответ 2;Ответ 3;Ответ 4;Номер верного", "3"),
        ("Вопрос;1;2;3;4;№ правильного ответа", "3"),
        ("Q;A;B;C;D;Key", "C"),
        ("Question;A;B;C;D;Which one is correct", "C"),
    ],
)
def test_a_column_of_keys_by_its_head(tmp_path: Path, head: str, key: str) -> None:
    number = "{n};" if head.startswith("№") else ""
    rows = [f"{number.format(n=n)}Which of these is {n}?;one;two;three;four;{key}" for n in range(1, 5)]
    questions, findings = read(tmp_path, "\n".join([head, *rows]))
    assert [keys(one)[2] for one in questions] == [("three", 1.0)] * 4
    assert not [one for one in findings if one.severity != "note"]


def test_a_column_of_small_numbers_is_no_key_unless_its_head_says_so(tmp_path: Path) -> None:
    rows = [f"Which of these is {n}?;one;two;three;four;{n % 3 + 1}" for n in range(1, 5)]
    questions, findings = read(tmp_path, "\n".join(["Вопрос;1;2;3;4;Семестр", *rows]))
    assert not any(fraction for one in questions for _, fraction in keys(one))
    assert "sheet-without-key" in {one.code for one in findings}


def test_a_second_row_of_heads_names_the_columns_below_a_cell_over_several(tmp_path: Path) -> None:
    """As Socrative's template has it; a row of a question is none."""
    path = tmp_path / "quiz.csv"
    path.write_text(
        "Instructions:;;;;;\n2. Question Type:;3. Question:;4. Answer choices:;;;5. Correct answer:\n"
        ";;Answer A:;Answer B:;Answer C:;Correct Answer\n"
        "Multiple choice;Which is red?;sky;blood;grass;B\nMultiple choice;Which is A or B?;A;B;C;A\n",
        "utf-8",
    )
    made = list(sheet.read(path).bank.questions())
    assert [[block_text(c.content) for c in one.choices if c.fraction] for one in made] == [["blood"], ["A"]]  # type: ignore[union-attr]
