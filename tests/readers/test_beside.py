"""Pictures that lie elsewhere in the folder of a course: «../img/cell.png» of a text in a subfolder."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from coursepack import discovery
from coursepack.files import sources
from tests.samples import PNG, PNG_ID
from tests.test_folder import table, told, understood, write

PAGES = {
    "Лекция 1.md": "# Лекция 1. Клетка\n\n![Ядро](../img/a.png)\n\n![Нет](../../out.png)\n\n{}\n",
    "Лекция 2.html": (
        "<meta charset=utf-8><h1>Лекция 2. Ядро</h1><p>{}</p><img src='../img/a.png' alt='Ядро'>"
        "<img src='../../out.png' alt='Нет'><img src='img/../../img/a.png'>"
    ),
}
PROSE = "Клетка есть единица живого, в ней идёт обмен веществ. " * 5


def course(at: Path) -> Path:
    folder = at / "курс"
    for name, text in PAGES.items():
        write(folder / "лекции" / name, text.format(PROSE).encode())
    write(folder / "img" / "a.png", PNG)
    write(at / "out.png", PNG + b"other")
    return folder


def test_pictures_of_the_course_are_taken_and_none_from_outside(tmp_path: Path) -> None:
    found = understood(course(tmp_path))
    assert set(found.assets.data) == {PNG_ID}
    assert table(found)["img/a.png"] == ("used", "by лекции/Лекция 1.md")
    assert [message for _, _, _, message in told(found, "markdown", "html")] == [
        "1 × a picture that is not next to the source: ../../out.png",
        "1 × a picture that is not next to the source: ../../out.png",
    ]


def test_so_it_is_in_an_archive(tmp_path: Path) -> None:
    folder = course(tmp_path)
    (tmp_path / "zipped").mkdir()
    with zipfile.ZipFile(tmp_path / "zipped" / "курс.zip", "w") as archive:
        for path in sorted(folder.rglob("*.*")):
            archive.write(path, path.relative_to(folder).as_posix())
    found = understood(tmp_path / "zipped")
    assert set(found.assets.data) == {PNG_ID}
    assert table(found)["курс.zip/img/a.png"][0] == "used"


def test_a_document_that_is_named_alone_has_its_own_folder(tmp_path: Path) -> None:
    folder = course(tmp_path)
    (loaded,) = discovery.find_projects([folder / "лекции" / "Лекция 1.md"])
    assert [document.assets for document in loaded.read.values()] == [{}]


@pytest.mark.parametrize(
    ("folder", "document", "root"),
    [
        ("/x/курс/a/b", "a/b/t.md", "/x/курс"),
        ("/x/курс", "t.md", "/x/курс"),
        ("/tmp/unpacked/b", "a.zip/b/t.md", "/tmp/unpacked"),
        ("/x/курс/b", "a/t.md", "/x/курс/b"),
    ],
)
def test_the_folder_of_a_course_is_known_by_the_name_of_its_document(folder: str, document: str, root: str) -> None:
    assert sources.root_of(Path(folder), document) == Path(root)
