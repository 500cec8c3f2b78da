"""The title page of an old syllabus, whose lines have no labels; values that stand twice; forms with heads."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import docx
import pytest
from docx.shared import Cm

from coursepack import old_syllabus
from coursepack.files.zipped import zip_bytes
from coursepack.model.artifact import Artifact
from coursepack.old_syllabus import title_page
from coursepack.old_syllabus.fields import Draft
from coursepack.outline.markers import standard
from coursepack.render.wml import paragraph, run, text_of, w
from coursepack.writers import Context, load
from tests.papers import lines, opened
from tests.samples import everything
from tests.test_old_syllabus import table


def read(*texts: str) -> tuple[dict[str, str], list[str]]:
    """What stood in the fields that lines of a title page have, and the lines with the fields."""
    made = [paragraph([run(text)]) for text in texts]
    draft = Draft(cast("Any", None), standard())
    title_page.put_fields(draft, made)
    return {name: draft.old_values.get(name, "") for name in draft.found}, [text_of(each) for each in made]


@pytest.mark.parametrize(
    ("texts", "was", "made"),
    [
        (
            ("PHYSICS 600: Detection of Waves",),
            {"title": "detection of waves", "code": "physics 600"},
            "{{ code }}: {{ title }}",
        ),
        (
            ("Силлабус\n(FAd 3308) Бейнелерді тану",),
            {"title": "бейнелерді тану", "code": "fad 3308"},
            "Силлабус\n({{ code }}) {{ title }}",
        ),
        (("по дисциплине «Сети»",), {"title": "сети"}, "по дисциплине «{{ title }}»"),
        (
            ("Фил 2101 «Философия» пәні бойынша",),
            {"title": "философия", "code": "фил 2101"},
            "{{ code }} «{{ title }}» пәні бойынша",
        ),
        (
            ("Syllabus for “Writing”, Spring 2024",),
            {"title": "writing"},
            "Syllabus for “{{ title }}”, Spring 2024",
        ),
        (("Рабочая программа дисциплины", "Сети связи"), {"title": "сети связи"}, "{{ title }}"),
        (("2017/2018 оқу жылының күзгі семестрі",), {"year": "2017/2018", "semester": ""}, "{{ term_line }}"),
        (("2019-2020 учебный год",), {"year": "2019-2020"}, "{{ year }} учебный год"),
        (("Караганда, 2019 г.",), {"city": "караганда"}, title_page._PLACE_AND_YEAR),
        (("Caspian University",), {"university": "caspian university"}, "{{ university }}"),
    ],
)
def test_lines_without_labels(texts: tuple[str, ...], was: dict[str, str], made: str) -> None:
    found, after = read(*texts)
    assert found == was
    assert after[-1] == made


@pytest.mark.parametrize(
    "texts",
    [
        ("Рабочая программа производственной практики", "По эксплуатации систем"),
        ("Кафедра меңгерушісі ____________ М. Қуатов",),
        ("Декан факультета информационных технологий",),
        ("«___» __________ 2019 г.",),
        ("CSC 304 Section A",),
        ("Syllabus", "Dr. John Smith, Ph.D."),
        ("Издание 2018",),
    ],
)
def test_lines_that_are_no_field(texts: tuple[str, ...]) -> None:
    assert read(*texts) == ({}, list(texts))


def form(path: Path) -> Path:
    """Heads of two rows over values, a title that stands three times, labels that no field has."""
    document = docx.Document()
    document.add_paragraph("«СТАРЫЕ СЕТИ» пәні")
    table(document, ("Пәннің коды", "Пәннің атауы", "Тип", "Сағат", "Сағат", "Кредит саны"), *[("",) * 6] * 2)
    rows = document.tables[0].rows
    for column in (0, 1, 2, 5):
        rows[0].cells[column].merge(rows[1].cells[column])
    rows[0].cells[3].merge(rows[0].cells[4])
    for row, texts in (
        (rows[1], ("", "", "", "Дәріс", "Практ.", "")),
        (rows[2], ("СТ 1", "СТАРЫЕ СЕТИ", "ТК", "2", "1", "3")),
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text or cell.text
    document.add_paragraph("СТАРЫЕ СЕТИ")
    document.add_paragraph("Кафедра отырысында қаралды, хаттама № 1, 28.08.2018")
    table(document, ("Язык обучения", "русский"), ("E-mail", "a@b.kz"))
    document.add_heading("Пәннің мақсаты мен міндеттері", 1)
    document.add_paragraph("СТАРАЯ цель")
    document.add_heading("Курс саясаты", 2)
    document.add_heading("Қатысу тәртібі", 2)
    document.add_paragraph("СТАРОЕ правило")
    document.save(str(path))
    return path


def test_what_is_left_is_named(tmp_path: Path) -> None:
    made = old_syllabus.template_of(form(tmp_path / "old.docx"))
    text = "\n".join(lines(Artifact(name="x.docx", format="docx", members=made.members, layers=())))
    assert "СТАР" not in text
    assert text.count("{{ title }}") == 3
    assert made.found["aim"] == made.found["objectives"] == "paragraph «Пәннің мақсаты мен міндеттері»"
    assert made.found["credits"] == "table 1, row 2"
    assert made.left == (
        "table 1, row 2 «Тип: ТК»",
        "table 1, row 2 «Дәріс: 2»",
        "table 1, row 2 «Практ.: 1»",
        "table 2, row 1 «Язык обучения: русский»",
        "paragraph «Кафедра отырысында қаралды, хаттама №…»",
    )


def test_parts_fit_a_narrow_page_and_stay_with_their_heads(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].page_width, document.sections[0].page_height = Cm(14.8), Cm(21)
    document.sections[0].left_margin = document.sections[0].right_margin = Cm(2)
    document.add_paragraph("по дисциплине «Сети»")
    for head in ("Course aim", "Postrequisites", "Calendar and thematic plan"):
        document.add_paragraph(head)
        document.add_paragraph("old") if head != "Calendar and thematic plan" else None
    table(document, ("Week", "Topic", "Hours"), *((str(n), f"topic {n}", "1") for n in range(1, 9)))
    document.save(str(tmp_path / "old.docx"))
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "syllabus.docx").write_bytes(zip_bytes(old_syllabus.template_of(tmp_path / "old.docx").members))
    writer = load("syllabus")
    paper = writer.write(
        everything("en"), Context(options=writer.options(), templates=(folder, *Context().templates))
    ).artifacts[0]
    body = opened(paper).element.body
    (grid,) = (each.findall(f"{w('tblGrid')}/{w('gridCol')}") for each in body.findall(w("tbl")))
    assert sum(int(column.get(w("w"))) for column in grid) <= round(10.8 / 2.54 * 1440)
    heads = [each for each in body.findall(w("p")) if text_of(each) in {"Course aim", "Calendar and thematic plan"}]
    assert [each.find(f"{w('pPr')}/{w('keepNext')}") is not None for each in heads] == [True, True]
