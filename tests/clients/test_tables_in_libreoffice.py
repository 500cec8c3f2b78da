"""Our tables through the real LibreOffice Calc, told to evaluate formulas: it finds none, whatever the separator."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from coursepack.files import cells, office
from coursepack.model.questions import Essay, Question
from coursepack.registrar import catalogue_find as catalogue
from tests.samples import b
from tests.test_cells import AFTER_A_CUT, FORMULAS, PLAIN
from tests.writers.plain import data, written

TEXTS = [cells.without_controls(text) for text in (*FORMULAS, *AFTER_A_CUT, *PLAIN)]
SEPARATORS = {",": 44, ";": 59, "\t": 9}


def formulas(table: Path, *options: str) -> list[str]:
    """The formulas that Calc keeps when it makes a workbook of a table."""
    program = office.program()
    if program is None:
        pytest.fail("LibreOffice is missing: apt-get install libreoffice-calc")
    profile = f"-env:UserInstallation=file://{table.parent}/profile"
    out = table.parent / "out"
    call = [program, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", *options]
    done = subprocess.run([*call, "--outdir", str(out), str(table)], capture_output=True, timeout=120)
    made = out / f"{table.stem}.xlsx"
    assert made.is_file(), f"LibreOffice Calc is missing: apt-get install libreoffice-calc ({done.stderr.decode()})"
    with zipfile.ZipFile(made) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    return [found for sheet in sheets for found in re.findall("<f[ >].*?</f>", sheet)]


def read_at(separator: str) -> str:
    """Calc's options of a CSV: this separator, UTF-8, formulas evaluated (the last)."""
    return f"--infilter=CSV:{SEPARATORS[separator]},34,76,1,,0,false,true,false,false,false,-1,true"


def rows(delimiter: str, made: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(made)
    return out.getvalue()


@pytest.mark.parametrize("separator", SEPARATORS)
def test_it_would_find_formulas_in_cells_that_are_not_marked(separator: str, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(rows(",", [["x", text, "y"] for text in TEXTS]), "utf-8-sig", newline="")
    assert len(formulas(table, read_at(separator))) > 3


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_table_of_any_texts(delimiter: str, separator: str, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("".join(cells.csv_row(["x", text, "y"], delimiter) for text in TEXTS), "utf-8-sig", newline="")
    assert formulas(table, read_at(separator)) == []


@pytest.mark.parametrize("separator", SEPARATORS)
def test_the_catalogue(separator: str, tmp_path: Path) -> None:
    table = tmp_path / "catalogue.csv"
    found = [catalogue.CatalogueRow(path=text, tags={"title": text, "course": text, "minutes": text}) for text in TEXTS]
    table.write_text(catalogue.to_csv(found), "utf-8", newline="")
    assert formulas(table, read_at(separator)) == []


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_a_question_bank(name: str, tmp_path: Path) -> None:
    questions: list[Question] = [
        Essay(id=f"q{number}", text=b(text), title=text, feedback=b(text)) for number, text in enumerate(TEXTS) if text
    ]
    table = tmp_path / f"bank.{name}"
    table.write_bytes(data(written(name, *questions)))
    options = [read_at(";")] if name == "csv" else []
    assert formulas(table, *options) == []
