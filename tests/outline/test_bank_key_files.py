"""Keys in a file of their own are those of the test beside it, where its numbers say so; else it is reported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path

import docx
import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice
from coursepack.outline.bank.key_tables import NumberedKeys, parts_of
from coursepack.outline.bank.sheets import KeySheet, names_keys, whose
from coursepack.outline.tree.guess import guess
from coursepack.place import Finding
from tests.outline.test_bank_wrecks import BANKS, LETTERS, Asked

TITLES = {"en": "Test", "ru": "Тест", "kk": "Тест"}
NAMES = {"en": "answers", "ru": "Ответы", "kk": "Кілттер"}
TWO = {"en": "Variant", "ru": "Вариант", "kk": "Нұсқа"}


def word(path: Path, lines: Sequence[str], table: Sequence[Sequence[str]] = ()) -> None:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    if table:
        made = document.add_table(len(table), len(table[0]))
        for row, texts in zip(made.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    document.save(str(path))


def lines_of(bank: Sequence[Asked], language: str) -> list[str]:
    made = []
    for n, (stem, answers, _) in enumerate(bank, 1):
        made += [f"{n}. {stem}", *(f"{LETTERS[language][at]}) {one}" for at, one in enumerate(answers))]
    return made


def letters(bank: Sequence[Asked], language: str) -> list[str]:
    return [LETTERS[language][right] for *_, right in bank]


def read(folder: Path, roles: dict[str, str] | None = None) -> tuple[list[Asked], list[Finding]]:
    if roles:
        sources = "".join(f'[[source]]\nfile = "{name}"\nrole = "{role}"\n' for name, role in roles.items())
        (folder / "course.toml").write_text(f'id = "x"\ntitle = "X"\nlanguage = "en"\n{sources}', "utf-8")
    (loaded,) = discovery.find_projects([folder])
    understood = build.understand(loaded)
    assert not list(understood.course.sessions())
    exam = understood.course.exam
    found = []
    for one in exam.questions if exam else ():
        assert isinstance(one, MultipleChoice)
        right = [at for at, choice in enumerate(one.choices) if choice.fraction > 0]
        answers = tuple(block_text(choice.content) for choice in one.choices)
        found.append((block_text(one.text), answers, right[0] if len(right) == 1 else -1))
    return found, [one for one in understood.findings if one.code.startswith(("bank-", "outline-test", "outline-key"))]


Form = Callable[[Path, Sequence[Asked], str], None]


def _text(joined: str, each: str = "{n}-{k}") -> Form:
    def write(folder: Path, bank: Sequence[Asked], language: str) -> None:
        keys = [each.format(n=n, k=key) for n, key in enumerate(letters(bank, language), 1)]
        (folder / f"{NAMES[language]}.txt").write_text(joined.join(keys) + "\n", "utf-8")

    return write


def _lines(each: str) -> Form:
    def write(folder: Path, bank: Sequence[Asked], language: str) -> None:
        told = zip(letters(bank, language), bank, strict=True)
        lines = [each.format(n=n, k=key, t=one[1][one[2]]) for n, (key, one) in enumerate(told, 1)]
        word(folder / f"{NAMES[language]}.docx", [NAMES[language], *lines])

    return write


def _automatic(folder: Path, bank: Sequence[Asked], language: str) -> None:
    document = docx.Document()
    for key in letters(bank, language):
        document.add_paragraph(key, style="List Number")
    document.save(str(folder / f"{NAMES[language]}.docx"))


def _table(folder: Path, bank: Sequence[Asked], language: str) -> None:
    rows = [["№", NAMES[language]], *([str(n), key] for n, key in enumerate(letters(bank, language), 1))]
    word(folder / "keys.docx", [NAMES[language]], rows)


def _wide(folder: Path, bank: Sequence[Asked], language: str) -> None:
    keys = letters(bank, language)
    word(folder / f"{NAMES[language]} 2024.docx", [], [[str(n) for n in range(1, len(keys) + 1)], keys])


def _rows(folder: Path, bank: Sequence[Asked], language: str) -> None:
    keys = letters(bank, language)
    lines = [" ".join(str(n) for n in range(1, len(keys) + 1)), " ".join(keys)]
    (folder / f"{NAMES[language]}.txt").write_text("\n".join(lines) + "\n", "utf-8")


FORMS: dict[str, Form] = {
    "one line": _text(" "),
    "lines": _text("\n", "{n}. {k}"),
    "blanks": _text("\n", "{n} {k}"),
    "commas": _text(", ", "{n} – {k}"),
    "paragraphs": _lines("{n}) {k}"),
    "letter and text": _lines("{n}. {k}) {t}"),
    "words": _lines("{n}. {t}"),
    "automatic": _automatic,
    "table": _table,
    "wide table": _wide,
    "rows": _rows,
}


@pytest.mark.parametrize(("form", "language"), [*zip(FORMS, cycle(BANKS), strict=False)])
def test_keys_in_a_file_beside_the_test(form: str, language: str, tmp_path: Path) -> None:
    bank = BANKS[language]
    word(tmp_path / f"{TITLES[language]}.docx", [TITLES[language], *lines_of(bank, language)])
    FORMS[form](tmp_path, bank, language)
    made, told = read(tmp_path)
    assert made == list(bank)
    assert [(one.severity, one.code) for one in told] == [("note", "bank-keys-apart")]


@pytest.mark.parametrize("role", ["keys", "tests", "questions"])
@pytest.mark.parametrize("first", [True, False])
def test_roles_of_a_file_of_keys_and_the_order_of_files(first: bool, role: str, tmp_path: Path) -> None:
    bank = BANKS["ru"]
    word(tmp_path / "b.docx", lines_of(bank, "ru"))
    _lines("{n}. {k}")(tmp_path, bank, "ru")
    roles = {"b.docx": "tests", "Ответы.docx": role}
    made, told = read(tmp_path, dict(reversed(roles.items())) if first else roles)
    assert made == list(bank)
    assert [one.code for one in told] == ["bank-keys-apart"]


def test_init_drafts_the_role_of_keys(tmp_path: Path) -> None:
    word(tmp_path / "Тест.docx", lines_of(BANKS["kk"], "kk"))
    FORMS["one line"](tmp_path, BANKS["kk"], "kk")
    (loaded,) = discovery.find_projects([tmp_path])
    assert {one.file: one.role for one in loaded.project.source} == {"Тест.docx": "tests", "Кілттер.txt": "keys"}


@pytest.mark.parametrize(
    ("form", "language"), [("headings", "kk"), ("columns", "ru"), ("rows", "kk"), ("turned", "en")]
)
def test_keys_of_variants(form: str, language: str, tmp_path: Path) -> None:
    bank, word_ = BANKS[language], TWO[language]
    other = tuple(reversed(bank))
    heads = [f"{word_} 1", f"{word_} 2"]
    word(tmp_path / "test.docx", [heads[0], *lines_of(bank, language), heads[1], *lines_of(other, language)])
    one, two = letters(bank, language), letters(other, language)
    numbers = [str(n) for n in range(1, len(bank) + 1)]
    parts = [
        (head, ", ".join(map("-".join, zip(numbers, keys, strict=True))))
        for head, keys in zip(heads, (one, two), strict=True)
    ]
    match form:
        case "headings":
            word(tmp_path / "keys.docx", [line for part in parts for line in part])
        case "turned":
            word(tmp_path / "keys.docx", [line for part in reversed(parts) for line in part])
        case "columns":
            word(tmp_path / "keys.docx", [], [["№", *heads], *map(list, zip(numbers, one, two, strict=True))])
        case _:
            word(tmp_path / "keys.docx", [], [[word_, *numbers], ["1", *one], ["2", *two]])
    made, _ = read(tmp_path)
    assert made == [*bank, *other]


def test_two_tests_and_the_keys_of_each(tmp_path: Path) -> None:
    bank = BANKS["ru"]
    other = tuple((f"{stem} (2)", answers, (right + 1) % 4) for stem, answers, right in bank)
    for n, part in enumerate((bank, other), 1):
        word(tmp_path / f"Тест {n}.docx", lines_of(part, "ru"))
        word(
            tmp_path / f"Ответы к тесту {3 - n}.docx",
            [f"{i}. {key}" for i, key in enumerate(letters((other, bank)[n - 1], "ru"), 1)],
        )
    made, told = read(tmp_path)
    assert made == [*bank, *other]
    assert [one.code for one in told] == ["bank-keys-apart"] * 2


def test_keys_of_which_test_nobody_knows_are_told(tmp_path: Path) -> None:
    word(tmp_path / "Тест по химии.docx", lines_of(BANKS["ru"], "ru"))
    word(tmp_path / "Тест по физике.docx", lines_of(BANKS["ru"][::-1], "ru"))
    _lines("{n}. {k}")(tmp_path, BANKS["ru"], "ru")
    made, told = read(tmp_path)
    assert [right for *_, right in made] == [-1] * 12
    assert [one.code for one in told if one.severity == "warning"] == ["bank-empty", *["outline-test-without-key"] * 2]


@pytest.mark.parametrize("change", ["fewer", "more", "no answers"])
def test_keys_that_do_not_fit_the_test_are_told(change: str, tmp_path: Path) -> None:
    bank = BANKS["ru"]
    word(tmp_path / "Тест.docx", lines_of(bank, "ru"))
    keys = {"fewer": "АБВ", "more": "АБВГАБВГАБ", "no answers": "ЕЖЕЖЕЖ"}[change]
    word(tmp_path / "Ответы.docx", [f"{n}. {key}" for n, key in enumerate(keys, 1)])
    made, told = read(tmp_path)
    assert [right for *_, right in made] == [-1] * 6
    assert {one.code for one in told if one.severity == "warning"} == {"bank-empty", "outline-test-without-key"}


def test_keys_of_the_test_itself_hold(tmp_path: Path) -> None:
    bank = BANKS["en"]
    lines = lines_of(bank, "en")
    word(tmp_path / "test.docx", [*lines[:5], "Answer: B", *lines[5:]])
    (tmp_path / "keys.txt").write_text("1-D 2-A 3-C 4-D 5-A 6-D\n", "utf-8")
    made, _ = read(tmp_path)
    assert made == list(bank)


def test_tables_of_parts() -> None:
    assert parts_of([["№", "Variant 1", "Variant 2"], ["1", "A", "B"], ["2", "C", ""], ["3", "D", "A"]]) == [
        NumberedKeys("Variant 1", {1: "A", 2: "C", 3: "D"}),
        NumberedKeys("Variant 2", {1: "B", 3: "A"}),
    ]
    assert parts_of([["№", "Key", "№", "Key"], ["1", "A", "4", "B"], ["2", "C", "5", "A"], ["3", "C", "6", "A"]]) == []
    assert parts_of([["№", "A", "B"], ["1", "one", "two"], ["2", "x", "y"], ["3", "x", "y"]]) == []


def test_whose_keys_they_are() -> None:
    one = KeySheet("t/Анатомия ответы.docx", ())
    assert whose([one], ["t/Анатомия тест.docx", "t/Гистология тест.docx"]) == {"t/Анатомия тест.docx": [one]}
    assert whose([one], ["t/a.docx", "t/b.docx"]) == {}
    assert whose([one], ["t/a.docx", "s/b.docx"]) == {"t/a.docx": [one]}
    parts = [NumberedKeys("Тест 1", {1: "A"}), NumberedKeys("Тест 2", {1: "B"})]
    assert whose([KeySheet("k.docx", parts)], ["Тест 1.docx", "Тест 2.docx"]) == {
        "Тест 1.docx": [KeySheet("k.docx", (parts[0],))],
        "Тест 2.docx": [KeySheet("k.docx", (parts[1],))],
    }


def test_names_of_files_of_keys() -> None:
    named = ("Ответы", "ключи_к_тесту", "Test 1 key", "answers", "Кілттер", "дұрыс жауаптары", "Эталоны ответов")
    assert [name for name in (*named, "Keyboard", "Ключевые слова", "Тест") if names_keys(name)] == list(named)


@pytest.mark.parametrize(
    ("name", "over"),
    [
        ("Тест с ключами", "Ключи к тесту"),
        ("Ответы", "Ключи к тесту"),
        ("Test keys", "Answer key"),
        ("Кілт", "Тест кілті"),
        ("Тест, жауаптары", "Жауаптары"),
    ],
)
@pytest.mark.parametrize("down", [True, False], ids=["rows", "columns"])
def test_a_test_with_its_keys_is_a_test_whatever_its_name_says(
    tmp_path: Path, name: str, over: str, *, down: bool
) -> None:
    stems = ("The largest ocean", "The capital of France", "Ozone", "The longest river", "The largest continent")
    asked = [(stem, ("one of", "two of", "three of", "four of"), at % 4) for at, stem in enumerate(stems)]
    keys = [[str(n), LETTERS["en"][right]] for n, (*_, right) in enumerate(asked, 1)]
    table = keys if down else [list(row) for row in zip(*keys, strict=True)]
    word(tmp_path / f"{name}.docx", [name, *lines_of(asked, "en"), over], table)
    document = discovery.read_document(tmp_path / f"{name}.docx", f"{name}.docx")
    assert guess(document).role == "tests"
    found, _ = read(tmp_path, {f"{name}.docx": "tests"})
    assert found == asked


def test_a_row_of_numbers_over_keys_is_no_question(tmp_path: Path) -> None:
    stems = ("The largest ocean", "The capital of France", "Ozone", "The longest river", "The largest continent")
    asked = [(stem, ("one of", "two of", "three of", "four of"), 0) for stem in stems]
    keys = [["", *map(str, range(1, 6))], ["Key", *"AAAAA"]]
    word(tmp_path / "keys.docx", [*lines_of(asked, "en"), "Answer key"], keys)
    found, told = read(tmp_path, {"keys.docx": "keys"})
    assert not found
    assert [one.message[:8] for one in told if one.code == "bank-unread"] == ["5 places"]
