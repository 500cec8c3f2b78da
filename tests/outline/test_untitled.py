"""Courses and classes that nobody gave a title: no sentence of a page becomes one, and none is lost to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text

SENTENCES = {
    "kk": ("Дәріс мәтіні жасушаның ядросы мен оның атқаратын қызметі туралы.", "Ядро ақпаратты сақтайды."),
    "ru": ("Текст лекции о ядре, его устройстве и работе в клетке.", "Ядро хранит информацию."),
    "en": ("The text of the lecture is on the cell and its work.", "The nucleus keeps what is inherited."),
}


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("head", ["", "title"])
def test_a_sentence_is_no_title(tmp_path: Path, language: str, head: str) -> None:
    folder = tmp_path / "biologiya"
    folder.mkdir()
    first, second = SENTENCES[language]
    if head:
        (folder / "page.html").write_text(
            f"<html lang={language}><body><p>{first}</p><p>{second}</p></body></html>", "utf-8"
        )
    else:
        (folder / "notes.md").write_text(f"{first}\n\n{second}\n", "utf-8")
    (loaded,) = discovery.find_projects([folder])
    found = build.understand(loaded)
    assert (loaded.project.title, loaded.project.id) == ("biologiya", "biologiya")
    texts = [(session.title, block_text(session.blocks)) for _, session in found.course.sessions()]
    texts += [(None, block_text(reading.blocks)) for reading in found.course.readings]
    assert texts == [(None, f"{first}\n{second}")]


def test_a_short_title_with_a_full_stop_stays_one(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(
        "Строение клетки.\n\n" + "Клетка делится, и ядро делится вместе с ней. " * 6, "utf-8"
    )
    (loaded,) = discovery.find_projects([tmp_path])
    found = build.understand(loaded)
    assert [session.title for _, session in found.course.sessions()] == ["Строение клетки"]
