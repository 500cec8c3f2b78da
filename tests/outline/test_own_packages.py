"""A course from our own packages: built of text, packed, read back from the backup and from the cartridge."""

# ruff: noqa: E501 - texts

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import Blocks, Heading, block_text
from coursepack.model.course import Course
from tests.cli.test_build import run

TEXTS = {
    "kk": (
        (
            "# 1-дәріс. Жасуша\n\nЖасуша тірі ағзаның негізгі бірлігі болып саналады және өздігінен көбейеді.\n\n"
            "## Ядро\n\n"
            "Ядро тұқым қуалау ақпаратын сақтайды және жасушаның жұмысын басқарады.\n\n## Қабықша\n\n"
            "Қабықша жасушаны сыртқы ортадан бөліп тұрады, заттарды таңдап өткізеді.\n"
        ),
        "# 2-дәріс. Митоз\n\nМитоз кезінде жасуша екіге бөлінеді, тұқым қуалау ақпараты тең бөлінеді.\n",
        "# Мақала\n\nБиология туралы қосымша мәтін осында тұр, ол дәріс емес және оны үйде оқуға болады.\n",
    ),
    "ru": (
        (
            "# Лекция 1. Клетка\n\nКлетка есть основная единица живого, она делится и передаёт наследственность.\n\n"
            "## Ядро\n\n"
            "Ядро хранит наследственную информацию и управляет работой клетки.\n\n## Оболочка\n\n"
            "Оболочка отделяет клетку от внешней среды и пропускает вещества избирательно.\n"
        ),
        "# Лекция 2. Митоз\n\nПри митозе клетка делится надвое, а наследственная информация делится поровну.\n",
        "# Статья\n\nЗдесь стоит дополнительный текст о биологии, он не лекция, его читают дома.\n",
    ),
    "en": (
        (
            "# Lecture 1. Cells\n\nThe cell is the basic unit of life; it divides and hands on what it has inherited.\n\n"
            "## Nucleus\n\n"
            "The nucleus keeps what the cell has inherited and governs its work.\n\n## Membrane\n\n"
            "The membrane parts the cell from its surroundings and lets substances through.\n"
        ),
        "# Lecture 2. Mitosis\n\nIn mitosis the cell divides in two, and what it has inherited is divided evenly.\n",
        "# Article\n\nHere stands a further text on biology; it is no lecture and is read at home.\n",
    ),
}


def understood(path: Path) -> Course:
    (loaded,) = discovery.find_projects([path])
    found = build.understand(loaded)
    assert not [one for ledger in found.ledgers for one in ledger.unclaimed()]
    return found.course


def short(blocks: Blocks) -> list[tuple[bool, str]]:
    return [(isinstance(block, Heading), block_text((block,))) for block in blocks]


def told(course: Course) -> object:
    return (
        [
            (week.number, session.id, session.kind, session.title, short(session.blocks))
            for week, session in course.sessions()
        ],
        [text for reading in course.readings for _, text in short(reading.blocks)],
    )


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_course_comes_back_from_its_packages(tmp_path: Path, language: str) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    first, second, more = TEXTS[language]
    for name, text in (("1.md", first), ("2.md", second), ("3.md", more)):
        (folder / name).write_text(text, "utf-8")
    (folder / "course.toml").write_text(
        f'id = "bio"\ntitle = "Bio"\nlanguage = "{language}"\n'
        + "".join(
            f'[[source]]\nfile = "{at}.md"\nrole = "{role}"\n'
            for at, role in ((1, "lecture"), (2, "lecture"), (3, "reading"))
        ),
        "utf-8",
    )
    course = understood(folder)
    assert len(course.readings) == 1
    done = run("build", folder, "-o", tmp_path / "out", "-f", "moodle-backup,cc13")
    assert done.returncode == 0, done.stderr
    for number, package in enumerate(sorted((tmp_path / "out" / "bio").glob("bio*.[mi][bm]*"))):
        own = tmp_path / f"own-{number}"
        own.mkdir()
        shutil.copy(package, own)
        found = understood(own)
        assert told(found) == told(course), package.name
