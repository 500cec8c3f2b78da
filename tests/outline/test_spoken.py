"""A speaker's notes are for the teacher: they come into what teachers get, and into nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery, writers
from coursepack.model.blocks import block_text
from coursepack.outline import Understood
from coursepack.writers import Context
from tests.readers.deck import Deck

HEAD = 'id = "c"\ntitle = "Биология"\nlanguage = "ru"\n[[source]]\nfile = "a.pptx"\nrole = "lecture"\n'
SAID = "Показать препарат."


def understood(folder: Path, more: str = "", role: str = "lecture") -> Understood:
    deck = Deck()
    deck.slide("Лекция 1. Клетка", "Клетка – единица жизни, так говорит клеточная теория.")
    slide = deck.slide("Ядро", "Ядро хранит наследственную информацию клетки.")
    slide.notes_slide.notes_text_frame.text = f"{SAID}\nСпросить о мембране."
    deck.slide("Мембрана", "Мембрана отделяет клетку от среды.").notes_slide.notes_text_frame.text = "Три минуты."
    (folder / "a.pptx").write_bytes(deck.data())
    (folder / "course.toml").write_text(HEAD.replace('"lecture"', f'"{role}"') + more, "utf-8")
    (loaded,) = discovery.find_projects([folder])
    return build.understand(loaded)


def test_notes_are_those_of_the_class_under_the_titles_of_their_slides(tmp_path: Path) -> None:
    (session,) = (session for _, session in understood(tmp_path).course.sessions())
    assert [block_text((block,)) for block in session.notes] == [
        "Ядро",
        "Показать препарат.",
        "Спросить о мембране.",
        "Мембрана",
        "Три минуты.",
    ]
    assert [block.place.slide for block in session.notes if block.place] == [2, 2, 2, 3, 3]
    assert not any(SAID in block_text((block,)) for block in session.blocks)


def test_the_setting_decides(tmp_path: Path) -> None:
    out = understood(tmp_path, 'speaker_notes = "out"\n')
    assert [session.notes for _, session in out.course.sessions()] == [()]
    assert "2 × a slide with speaker's notes, left out (slides 2, 3)" in [finding.message for finding in out.findings]
    (session,) = (session for _, session in understood(tmp_path, 'speaker_notes = "text"\n').course.sessions())
    assert session.notes == ()
    assert sum(SAID in block_text((block,)) for block in session.blocks) == 1


def test_notes_that_belong_to_no_class_are_told(tmp_path: Path) -> None:
    found = understood(tmp_path, role="reading")
    assert [(f.severity, f.message) for f in found.findings if f.code == "outline-notes-lost"] == [
        ("warning", "notes of 2 slides belong to no class and are left out")
    ]


def _texts(name: str, course: Understood, **options: str) -> dict[str, bytes]:
    writer = writers.load(name)
    chosen = writers.chosen(writer.options(), options)
    made = writer.write(course.course, Context(assets=course.assets, options=chosen))
    return {
        f"{artifact.audience}:{artifact.name}!{member.path}": member.read()
        for artifact in made.artifacts
        for member in artifact.members
    }


# The export is the author's own; course.json is, too.
_OF_THE_AUTHOR = {"markdown"}


@pytest.mark.parametrize("name", sorted(set(writers.names()) - _OF_THE_AUTHOR))
def test_no_product_for_students_holds_them(tmp_path: Path, name: str) -> None:
    found = {place: data for place, data in _texts(name, understood(tmp_path)).items() if SAID.encode() in data}
    if name == "moodle-backup":
        (member,) = found
        folder = member.partition("!")[2].rpartition("/")[0]
        settings = _texts(name, understood(tmp_path))[f"{member.partition('!')[0]}!{folder}/module.xml"]
        assert b"<visible>0</visible>" in settings
    else:
        assert [place for place in found if not place.startswith("teacher:")] == []


def test_the_teacher_gets_them(tmp_path: Path) -> None:
    found = _texts("cc13", understood(tmp_path), audience="teacher")
    pages = [place.partition("!")[2] for place, data in found.items() if SAID.encode() in data]
    assert pages == ["w01-lecture-notes.html"]
    titles = [data for place, data in found.items() if place.endswith("imsmanifest.xml")]
    assert "Лекция 1. Клетка. Преподавателю".encode() in titles[0]


def test_they_come_back_from_an_export(tmp_path: Path) -> None:
    course = understood(tmp_path)
    (data,) = _texts("markdown", course).values()
    (tmp_path / "back.md").write_bytes(data)
    back = discovery.course_of_folder(tmp_path / "back.md").course
    notes = [
        [block_text((block,)) for _, session in each.sessions() for block in session.notes]
        for each in (course.course, back)
    ]
    assert notes[0] == notes[1] != []
