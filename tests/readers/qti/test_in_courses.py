"""Packages of questions outside of ``readers``: converted, and as files in the folder of a course."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from coursepack import readers
from coursepack.cli import cli
from coursepack.convert import convert
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice, TrueFalse
from tests.readers.qti.packages import choice, item, manifest, response, zipped
from tests.readers.test_backup import ANSWERS, backup, version
from tests.readers.test_backup import bank as moodle_bank
from tests.test_folder import KK, table, understood, write

KIND = "imsqti_item_xmlv2p1"


def package() -> bytes:
    right = response(right=("A",))
    return zipped(
        {
            "imsmanifest.xml": manifest(*((str(n), KIND, f"{n}.xml") for n in range(3))),
            **{f"{n}.xml": item(right, choice(f"Дұрыс {n}", "Бұрыс", "Басқа"), ident=f"i{n}") for n in range(3)},
        }
    )


@pytest.mark.parametrize("name", ["moodle-xml", "gift", "csv", "xlsx", "aiken"])
def test_a_package_becomes_any_other_format(tmp_path: Path, name: str) -> None:
    source = write(tmp_path / "bank.zip", package())
    ((path, _),) = convert(source, name, tmp_path / "out").files
    found = list(readers.read_questions(path).bank.questions())
    assert len(found) == 3
    for number, question in enumerate(found):
        assert isinstance(question, MultipleChoice)
        assert [block_text(c.content) for c in question.choices] == [f"Дұрыс {number}", "Бұрыс", "Басқа"]
        assert [c.fraction for c in question.choices] == [1, 0, 0]


def test_the_banks_of_a_cartridge_and_of_a_backup(tmp_path: Path) -> None:
    gift = write(tmp_path / "bank.gift", "::a:: Астана қайда? {=Ақмолада ~Алматыда}\n\n::b:: Шын ба? {T}\n".encode())
    for name, ending in (("cc13", ".imscc"), ("moodle-xml", ".xml")):
        ((path, _),) = convert(gift, name, tmp_path / name).files
        assert path.suffix == ending
        ((again, _),) = convert(path, "gift", tmp_path / f"{name}.gift").files
        found = list(readers.read_questions(again).bank.questions())
        assert [type(question) for question in found] == [MultipleChoice, TrueFalse]


def test_what_is_left_out_is_printed_with_its_place(tmp_path: Path) -> None:
    drawing = item(response(), '<drawingInteraction responseIdentifier="RESPONSE"/>', ident="draw")
    right = item(response(right=("A",)), choice("a", "b"))
    members = {
        "imsmanifest.xml": manifest(("1", KIND, "a.xml"), ("2", KIND, "b.xml")),
        "a.xml": drawing,
        "b.xml": right,
    }
    source = write(tmp_path / "bank.zip", zipped(dict(members)))
    done = CliRunner().invoke(cli, ["convert", str(source), "-f", "gift", "-o", str(tmp_path / "x.gift")])
    assert done.exit_code == 0, done.output
    assert "bank.zip!a.xml:1: warning: the item 'draw' is left out: it asks for a drawing" in done.output


def test_a_package_in_the_folder_of_a_course_is_a_test(tmp_path: Path) -> None:
    write(tmp_path / "Дәріс 1.txt", KK.encode())
    write(tmp_path / "тест.zip", package())
    found = understood(tmp_path)
    fates = {name: fate for name, (fate, _) in table(found).items()}
    assert fates["тест.zip"] == "source"
    asked = [q for q in found.course.questions() if isinstance(q, MultipleChoice)]
    assert [block_text(q.choices[0].content) for q in asked] == ["Дұрыс 0", "Дұрыс 1", "Дұрыс 2"]
    assert [q.choices[0].fraction for q in asked] == [1, 1, 1]


def test_a_package_of_another_kind_is_told_as_before(tmp_path: Path) -> None:
    write(tmp_path / "Дәріс 1.txt", KK.encode())
    other = zipped({"imsmanifest.xml": manifest(("1", "webcontent", "a.html")), "a.html": "<p>x</p>"})
    write(tmp_path / "scorm.zip", other)
    fate, why = table(understood(tmp_path))["scorm.zip"]
    assert fate == "unread"
    assert "a package of a learning platform" in why


def test_the_bank_of_a_backup(tmp_path: Path) -> None:
    data = moodle_bank(
        f"<question_bank_entries><question_bank_entry>{version(1, 'Шын ба?', more=ANSWERS)}</question_bank_entry>"
        "</question_bank_entries>"
    )
    source = write(tmp_path / "курс.mbz", zipped(dict(backup(questions_xml=data))))
    assert readers.is_bank(source)
    read = readers.read_questions(source)
    assert read.bank.title == "курс"
    [question] = read.bank.questions()
    assert isinstance(question, TrueFalse)
    assert block_text(question.text) == "Шын ба?"
    assert not readers.is_bank(write(tmp_path / "empty.mbz", zipped(dict(backup()))))
