"""A department's own templates: what they may change, and how their mistakes are named."""

from __future__ import annotations

import ast
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from babel.messages.pofile import read_po
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from lxml import etree

from coursepack.checks import check_artifact
from coursepack.files.resources import templates_dir
from coursepack.languages import file as language_file
from coursepack.model.artifact import Artifact
from coursepack.place import CoursepackError, Severity
from coursepack.render.wml import Element, cell, paragraph, row, run, table, w
from coursepack.writers.papers.template import shrink
from tests.papers import W, document, lines, members, opened, sound, text_of, write
from tools import make_templates

SHIPPED = templates_dir() / "papers"


def build(folder: Path, name: str = "syllabus", **options: Any) -> Artifact:
    return write(name, context={"templates": (folder, templates_dir())}, **options).artifacts[0]


def own(folder: Path, name: str = "syllabus.docx") -> tuple[docx.document.Document, Path]:
    """The shipped template, opened to be changed, and where the change goes."""
    (folder / "papers").mkdir(exist_ok=True)
    return docx.Document(str(SHIPPED / name)), folder / "papers" / name


def test_the_shipped_templates_are_what_the_script_makes(tmp_path: Path) -> None:
    make_templates.main(tmp_path)
    names = sorted(path.name for path in SHIPPED.glob("*.docx"))
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    for name in names:
        with zipfile.ZipFile(SHIPPED / name) as ours, zipfile.ZipFile(tmp_path / name) as made:
            assert ours.namelist() == made.namelist()
            assert [ours.read(n) for n in ours.namelist()] == [made.read(n) for n in made.namelist()]


def test_a_letterhead_another_font_and_a_moved_field(tmp_path: Path) -> None:
    template, path = own(tmp_path)
    first = template.paragraphs[0].insert_paragraph_before("«ҮЛГІ» УНИВЕРСИТЕТІ. 100000, Қарағанды, Бұқар жырау 1")
    first.alignment = WD_ALIGN_PARAGRAPH.CENTER
    template.styles["Normal"].font.name = "PT Serif"
    template.styles["Normal"].font.size = Pt(13)
    texts = [paragraph.text for paragraph in template.paragraphs]
    signatures = template.paragraphs[texts.index("{{ signatures }}")]
    policies = template.paragraphs[texts.index("{{ policies }}")]
    policies._p.addprevious(signatures._p)
    template.save(str(path))

    artifact = build(tmp_path)
    said = lines(artifact)
    assert said[0] == "«ҮЛГІ» УНИВЕРСИТЕТІ. 100000, Қарағанды, Бұқар жырау 1"
    assert said.index("Дәріскер\t\t \t") < said.index("Плагиатқа жол берілмейді.")
    assert opened(artifact).styles["Normal"].font.name == "PT Serif"
    assert [str(f) for f in check_artifact(artifact) if f.severity is Severity.ERROR] == []
    assert artifact.layers == ("container", "ooxml-open")


@pytest.mark.parametrize(
    ("field", "found", "meant"),
    [
        ("{{ titel }}", "titel", "title"),
        ("{{ univercity }}", "univercity", "university"),
        ("{{ literatur }}", "literatur", "literature"),
        ("{{p paln }}", "paln", "plan"),
        ("{% if faculti %}x{% endif %}", "faculti", "faculty"),
        ("{% for t in teachers %}{{ t.emial }}{% endfor %}", "emial", "email"),
    ],
)
def test_a_field_with_a_typo_is_named_with_the_nearest_right_one(
    tmp_path: Path, field: str, found: str, meant: str
) -> None:
    template, path = own(tmp_path)
    template.paragraphs[0].insert_paragraph_before(field)
    template.save(str(path))
    with pytest.raises(CoursepackError) as told:
        build(tmp_path)
    assert str(told.value) == f"{path}: the template has an unknown field {found!r}; did you mean {meant!r}?"


def test_a_typo_in_a_header_is_named_too(tmp_path: Path) -> None:
    template, path = own(tmp_path)
    template.sections[0].header.paragraphs[0].add_run("{{ editon }}")
    template.save(str(path))
    with pytest.raises(CoursepackError, match="did you mean 'edition'"):
        build(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{% if title %}", "a field or tag is not right"),
        ("{{ title", "a field or tag is not right"),
        ("{{ title | nofilter }}", "a field or tag is not right"),
        ("{{ title() }}", "a field or tag is not right"),
        ("{{ 1 / 0 }}", "cannot be filled"),
        ("{{ word() }}", "cannot be filled"),
        ("{{ ''.__class__.__mro__ }}", "the template has an unknown field '__class__'"),
        ("{{ word('Corse aim') }}", "cannot be filled: there is no fixed word 'Corse aim'; did you mean 'Course aim'?"),
    ],
)
def test_a_mistake_in_a_tag_names_the_file(tmp_path: Path, text: str, said: str) -> None:
    template, path = own(tmp_path)
    template.paragraphs[3].insert_paragraph_before(text)
    template.save(str(path))
    with pytest.raises(CoursepackError, match=re.escape(str(path)) + ": " + re.escape(said)):
        build(tmp_path)


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 cut off"])
def test_a_template_that_is_no_document_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "syllabus.docx").write_bytes(data)
    with pytest.raises(CoursepackError, match=r"syllabus\.docx: not a Word document"):
        build(tmp_path)


def test_a_zip_without_a_document_is_named(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    with zipfile.ZipFile(tmp_path / "papers" / "syllabus.docx", "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(CoursepackError, match=r"syllabus\.docx"):
        build(tmp_path)


def test_a_template_from_word_is_lent_the_styles_that_it_lacks(tmp_path: Path) -> None:
    """A document of another make: its own styles, no lists of ours, a field in split runs and in curly quotes."""
    template = docx.Document()
    template.add_paragraph("{{ title }}")
    split = template.add_paragraph("{{ co")
    split.add_run("de }}").bold = True
    template.add_paragraph("{{ word(‘Course aim’) }}")
    for slot in ("plan", "outcomes", "literature", "signatures", "policies"):
        template.add_paragraph("{{ " + slot + " }}")
    path = tmp_path / "syllabus.docx"
    template.save(str(path))
    artifact = build(tmp_path)
    assert lines(artifact)[:3] == ["Үлгі курс: «билік» & <заң>", "SB 3208", "Пәннің мақсаты"]
    styles = etree.fromstring(members(artifact)["word/styles.xml"])
    names = [str(name.get(f"{W}val")) for name in styles.iter(f"{W}name")]
    assert {"Table Text", "Blank Line"} & set(names)
    assert len(names) == len({name.lower() for name in names})
    errors = [str(f) for f in check_artifact(artifact) if f.severity is Severity.ERROR]
    assert errors == []


def test_a_slot_may_stand_alone_or_in_a_cell_or_with_docxtpls_p(tmp_path: Path) -> None:
    template = docx.Document()
    template.add_paragraph("{{p outcomes }}")
    cell = template.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = "{{ letter_scale }}"
    template.add_paragraph("{{p objectives }}")
    template.save(str(tmp_path / "syllabus.docx"))
    artifact = build(tmp_path)
    body = document(artifact)[0]
    assert [text_of(child) for child in list(body)[:2]] == ["Білу", "Талдау"]
    inner = next(body.iter(f"{W}tc"))
    assert inner[-1].tag == f"{W}p"
    assert "95–100" in text_of(inner)
    assert not any("\ue0f0" in "".join(map(str, element.itertext())) for element in body)
    assert [str(f) for f in check_artifact(artifact) if f.severity is Severity.ERROR] == []


def test_the_head_of_a_ticket_is_the_templates(tmp_path: Path) -> None:
    template, path = own(tmp_path, "ticket-centred.docx")
    template.tables[0].rows[1].cells[0].paragraphs[0].insert_paragraph_before("ОшГУ, № {{ ticket.number }}")
    template.save(str(path))
    artifact = build(tmp_path, "exam-tickets", ticket="centred")
    assert [line for line in lines(artifact) if line.startswith("ОшГУ")] == [f"ОшГУ, № {n}" for n in range(1, 31)]


def test_a_templates_own_pictures_and_properties_stay(tmp_path: Path) -> None:
    from tests.samples import PNG

    template, path = own(tmp_path)
    template.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(PNG))
    template.save(str(path))
    artifact = build(tmp_path)
    pictures = [name for name in members(artifact) if name.startswith("word/media/")]
    assert len(pictures) == 2
    assert [str(f) for f in check_artifact(artifact) if f.severity is Severity.ERROR] == []


# --- words --------------------------------------------------------------------------------------------------------


def _catalogue(language: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for domain in ("common", "papers"):
        with language_file(language, f"{domain}.po").open("rb") as file:
            for message in read_po(file, locale=language):
                key = message.id[0] if isinstance(message.id, list | tuple) else message.id
                if key:
                    found[str(key)] = message.string
    return found


def _messages_in_templates() -> set[str]:
    found: set[str] = set()
    for path in SHIPPED.glob("*.docx"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".xml"):
                    found |= set(re.findall(r"word\('(.+?)'\)", archive.read(name).decode()))
    return found


def _messages_in_code() -> set[str]:
    folder = Path(__file__).parents[2] / "coursepack" / "writers" / "papers"
    found: set[str] = set()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if name in {"say", "_word", "count"} and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return found


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_fixed_word_is_in_every_language(language: str) -> None:
    used = _messages_in_templates() | _messages_in_code()
    assert len(used) > 80
    catalogue = _catalogue(language)
    assert sorted(used - set(catalogue)) == []
    assert sorted(key for key in used if not catalogue[key]) == []


def test_no_word_is_left_in_another_language() -> None:
    kazakh, russian = _catalogue("kk"), _catalogue("ru")
    english = sorted(
        key for key in _messages_in_templates() if re.search("[a-z]{4}", str(kazakh[key]) + str(russian[key]))
    )
    assert english == []


def test_shipped_templates_give_sound_papers_of_each_kind() -> None:
    forms: list[dict[str, Any]] = [
        {"syllabus": "grid", "second_language": "ru"},
        {"ticket": "row"},
        {"course_set": "parts"},
    ]
    for options in forms:
        for name in ("syllabus", "exam-tickets", "course-set"):
            for artifact in write(name, **options).artifacts:
                assert not sound(artifact)


def _table(*widths: int) -> Element:
    cells = [cell([paragraph([run("x")])], width) for width in widths]
    merged = cell([paragraph([run("x")])], sum(widths[:2]), span=2)
    rest = [cell([paragraph([run("x")])], width) for width in widths[2:]]
    return table([row(cells), row([merged, *rest])], widths, style=None)


def _widths(made: Element) -> list[list[int]]:
    columns = [int(column.get(w("w"), "0")) for column in made.iter(w("gridCol"))]
    return [columns, *([int(m.get(w("w"), "0")) for m in tr.iter(w("tcW"))] for tr in made.iter(w("tr")))]


def test_a_wide_column_gives_way_to_narrow_ones() -> None:
    plan = _table(900, 5000, 1500, 1900)
    shrink(plan, 7000)
    assert _widths(plan) == [[600, 4134, 1000, 1266], [600, 4134, 1000, 1266], [4734, 1000, 1266]]


def test_equal_columns_shrink_alike() -> None:
    hours = _table(2000, 2000, 2000, 2000)
    shrink(hours, 4000)
    assert _widths(hours) == [[1000] * 4, [1000] * 4, [2000, 1000, 1000]]
    shrink(hours, 9000)
    assert _widths(hours)[0] == [1000] * 4
