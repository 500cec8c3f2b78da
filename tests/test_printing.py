"""``build --pdf``: which way a paper goes, and what is said of the other way."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from coursepack import build, discovery, printing
from coursepack.files import office
from coursepack.files.resources import templates_dir
from coursepack.place import CoursepackError, Finding, Place
from coursepack.render.typst import pdf
from tests.printed import attached

LECTURE = "# 1-дәріс. Билік\n\nБилік туралы мәтін.\n"
COURSE = (
    'id = "bilik"\ntitle = "Билік"\nlanguage = "kk"\n\n[[source]]\nfile = "lecture.md"\nrole = "lecture"\nnumber = 1\n'
)


def built(folder: Path, templates: Path | None = None) -> build.Built:
    course = folder / "course"
    course.mkdir(exist_ok=True)
    (course / "lecture.md").write_text(LECTURE, "utf-8")
    (course / "course.toml").write_text(COURSE, "utf-8")
    settings = build.Settings(formats=("syllabus",), pdf=True, templates=templates)
    (made,) = build.build_all(discovery.find_projects([course]), folder / "out", settings)
    return made


def told(made: build.Built, code: str) -> list[Finding]:
    return [finding for finding in made.findings if finding.code == code]


def test_papers_are_printed_beside_their_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    made = built(tmp_path)
    assert made.folder is not None
    products = {product.file: product for product in made.report.products}
    assert list(products) == ["bilik-syllabus.docx", "bilik-syllabus.pdf"]
    data = (made.folder / "bilik-syllabus.pdf").read_bytes()
    assert products["bilik-syllabus.pdf"].size == len(data)
    assert b'"title": "' in attached(data)["source.json"]
    assert "  bilik-syllabus.pdf" in (made.folder / "SHA256SUMS").read_text()
    assert not [finding for finding in made.findings if finding.code.startswith("pdf-")]


def test_a_template_with_more_than_we_know_goes_to_libreoffice_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = tmp_path / "mine"
    (templates / "papers").mkdir(parents=True)
    source = io.BytesIO((templates_dir() / "papers" / "syllabus.docx").read_bytes())
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(templates / "papers" / "syllabus.docx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:pPr>", b"<w:pPr><w:framePr/>")
            new.writestr(name, data)
    monkeypatch.setattr(office, "converted", lambda name, data, target: b"%PDF-1.7 office")
    monkeypatch.setattr(office, "program", lambda: "soffice")
    monkeypatch.setattr(office, "guards", lambda place: iter(()))
    made = built(tmp_path, templates)
    (finding,) = told(made, "pdf-plain")
    assert "its template holds w:framePr" in finding.message
    assert "no PDF/A, no tags" in finding.message
    assert finding.place == Place("bilik-syllabus.docx")
    assert made.folder is not None
    assert (made.folder / "bilik-syllabus.pdf").read_bytes() == b"%PDF-1.7 office"


def test_without_both_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "installed", lambda: False)

    def missing(name: str, data: bytes, target: str) -> bytes:
        raise CoursepackError("LibreOffice is needed to make PDF of it", Place(name), "install LibreOffice")

    monkeypatch.setattr(office, "converted", missing)
    monkeypatch.setattr(office, "program", lambda: None)
    made = built(tmp_path)
    (finding,) = told(made, "pdf-plain")
    assert finding.advice == "pip install 'coursepack[print]'"
    assert told(made, "pdf-not-made")
    assert made.folder is not None
    assert not (made.folder / "bilik-syllabus.pdf").exists()
    assert (made.folder / "bilik-syllabus.docx").exists()


def test_fonts_of_a_department_lie_in_its_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[Path]] = []

    class Seen(pdf.TypstPrinter):
        def __init__(self, fonts: list[Path]) -> None:
            seen.append(fonts)
            super().__init__(fonts)

    monkeypatch.setattr(printing, "TypstPrinter", Seen)
    (tmp_path / "mine" / "fonts").mkdir(parents=True)
    built(tmp_path, tmp_path / "mine")
    assert seen == [[tmp_path / "mine" / "fonts"]]
