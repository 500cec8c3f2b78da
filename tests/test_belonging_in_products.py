"""A test of a class, however it is given to that, is marked in every product; keys of the exam reach no learner."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from coursepack import build, discovery
from tests.test_belonging import LECTURES, TEST, members, understood

BANK = "# Тест\n\n1. Секретный вопрос?\n\na) ложь\nb) *правда\nc) иное\n\n2. Второй секретный?\n\na) *истина\nb) ложь\n"
TABLE = "вопрос;A;B;ключ;лекция\nСколько видов тканей?;два;четыре;B;2\nЧто из этого ткань?;эпителий;сердце;A;2\n"
MOVED = "".join(
    f'[[correction]]\nbegins = "{begins}"\nkind = "session"\nsession = "w02-lecture"\n'
    for begins in ("Сколько видов тканей?", "Что из этого ткань?")
)
WAYS: dict[str, tuple[str, str, str, str]] = {
    "number": ("own.md", TEST, "number = 2\n", ""),
    "session": ("own.md", TEST, 'session = "w02-lecture"\n', ""),
    "correction": ("own.md", TEST, "", MOVED),
    "column": ("own.csv", TABLE, "", ""),
    "heading": ("own.md", f"# Тестовые задания\n\n## Лекция 2\n\n{TEST}", "", ""),
}
UNDER = """
## Бақылау тесттері

1. Сколько видов тканей?

A) два
B) четыре
C) три

2. Что из этого ткань?

A) эпителий
B) сердце
C) мозг

Жауаптары: 1-B, 2-A

# Лекция 3. Органы

Орган — это часть тела, которая имеет форму и выполняет свои функции в нём.
"""
"""A test in the document of its lecture, its keys below it; behind the last lecture it would be one of the course."""
FORMATS = ("cc11", "cc13", "scorm12", "scorm2004", "moodle-backup", "moodle-xml")


@pytest.mark.parametrize("way", [*WAYS, "under its lecture"])
def test_a_self_check_is_marked_in_every_product(way: str, tmp_path: Path) -> None:
    understood(tmp_path, {"bank.md": BANK})
    if way in WAYS:
        name, text, said, more = WAYS[way]
        (tmp_path / name).write_text(text, "utf-8")
        toml = (tmp_path / "course.toml").read_text("utf-8")
        own = f'[[source]]\nfile = "{name}"\nrole = "tests"\n{said}'
        (tmp_path / "course.toml").write_text(toml + own + more, "utf-8")
    else:
        (tmp_path / "lectures.md").write_text(LECTURES + UNDER, "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    built = build.build(loaded, tmp_path / "out", build.Settings(formats=FORMATS))
    assert built.folder
    for cartridge in ("cc11", "cc13"):
        held = members(built.folder / f"x-{cartridge}.imscc")
        review = etree.fromstring(held["w02-lecture-review.xml"])
        assert len(review.findall(".//{*}varequal")) == 2, cartridge
        _hide(held)
    for package in ("scorm12", "scorm2004"):
        held = members(built.folder / f"x-{package}.zip")
        assert held["w02/index.html"].count(b'"fractions"') == 2, package
        _hide(held)
    backup = members(built.folder / "x.mbz")
    modules = [etree.fromstring(data) for path, data in backup.items() if path.endswith("module.xml")]
    seen = {module.findtext("idnumber"): module.findtext("visible") for module in modules}
    assert (seen["w02-lecture-review"], seen["exam"]) == ("1", "0")
    for data in (backup["questions.xml"], (built.folder / "x-questions.xml").read_bytes()):
        right = [one.text for one in etree.fromstring(data).iter("text", "answertext") if one.text]
        assert all(any(key in text for text in right) for key in ("четыре", "эпителий", "правда", "истина"))


def _hide(held: dict[str, bytes]) -> None:
    """No member that a learner gets holds a question of the exam's bank, or a list of keys."""
    assert [path for path, data in held.items() if b"1-B, 2-A" in data] == []
    assert [path for path, data in held.items() if "екретный".encode() in data] == []
