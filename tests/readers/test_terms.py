"""Lists of terms with their meanings, however a format marks them: a glossary, or a definition inside a text."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from coursepack.model.course import Course

LIST = [
    ("Cell", ["The smallest unit of life that there is."]),
    ("Tissue", ["Cells of one kind together.", "Also a kind of paper."]),
    ("Organ", ["Several tissues that do one work."]),
    ("System", ["Several organs."]),
]


def read(path: Path) -> Course:
    (loaded,) = find_projects([path])
    return build.understand(loaded).course


def markdown(path: Path) -> None:
    lines = [f"{term}\n" + "".join(f": {meaning}\n" for meaning in meanings) for term, meanings in LIST]
    path.write_text("# Glossary\n\n" + "\n".join(lines), "utf-8")


def html(path: Path) -> None:
    lines = [f"<dt>{term}</dt>" + "".join(f"<dd>{one}</dd>" for one in meanings) for term, meanings in LIST]
    path.write_text(f"<!DOCTYPE html><h1>Glossary</h1><dl>{''.join(lines)}</dl>", "utf-8")


def word(path: Path) -> None:
    made = docx.Document()
    for name in ("Definition Term", "Definition"):
        made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.add_heading("Glossary", 1)
    for term, meanings in LIST:
        made.add_paragraph(term, style="Definition Term")
        for meaning in meanings:
            made.add_paragraph(meaning, style="Definition")
    made.save(str(path))


def odt(path: Path) -> None:
    names = {"Definition_20_Term_20_Tight": "Definition Term Tight", "Definition_20_Definition_20_Tight": ""}
    styles = "".join(
        f'<style:style style:name="{name}" style:family="paragraph"'
        + (f' style:display-name="{shown}"' if shown else "")
        + "/>"
        for name, shown in names.items()
    )
    term, meaning = names
    body = "".join(
        f'<text:p text:style-name="{term}">{name}</text:p>'
        + "".join(f'<text:p text:style-name="{meaning}">{one}</text:p>' for one in meanings)
        for name, meanings in LIST
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "style", "text")
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        head = '<text:h text:outline-level="1">Glossary</text:h>'
        file.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{head}{body}</office:text></office:body></office:document-content>",
        )


@pytest.mark.parametrize("make", [markdown, html, word, odt])
def test_a_list_of_terms_is_a_glossary(make: object, tmp_path: Path) -> None:
    kind = {"markdown": "md", "html": "html", "word": "docx", "odt": "odt"}[make.__name__]  # type: ignore[attr-defined]
    path = tmp_path / f"glossary.{kind}"
    make(path)  # type: ignore[operator]
    found = read(path).glossary
    assert [(term.term, [block_text((block,)) for block in term.definition]) for term in found] == LIST


@pytest.mark.parametrize("kind", ["html", "md"])
def test_names_with_values_are_fields(kind: str, tmp_path: Path) -> None:
    rows = {"Credits": "5", "Instructor": "Anna Berg", "Room": "214"}
    path = tmp_path / f"syllabus.{kind}"
    if kind == "html":
        listed = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows.items())
        path.write_text(f"<!DOCTYPE html><h1>Botany</h1><h2>Syllabus</h2><dl>{listed}</dl>", "utf-8")
    else:
        listed = "\n".join(f"{name}\n: {value}\n" for name, value in rows.items())
        path.write_text(f"# Botany\n\n## Syllabus\n\n{listed}", "utf-8")
    course = read(path)
    assert course.title == "Botany"
    assert course.about.credits == 5
    assert [(teacher.name, teacher.room) for teacher in course.about.teachers] == [("Anna Berg", "214")]


def test_a_definition_in_a_lecture_is_a_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# Lecture 1. Cells\n\nLiving things are made of cells, and cells are made of parts that work together.\n\n"
        "Cell\n: The smallest unit of life that there is.\n\nAll cells come from cells.\n",
        "utf-8",
    )
    ((_, session),) = read(path).sessions()
    assert [block_text((block,)) for block in session.blocks] == [
        "Living things are made of cells, and cells are made of parts that work together.",
        "Cell: The smallest unit of life that there is.",
        "All cells come from cells.",
    ]
