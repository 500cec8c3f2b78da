"""Tagged tests as somebody brings them: what a department would send back is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.checks import Grammar, check
from coursepack.checks.detect import detect
from coursepack.checks.products import validate
from coursepack.files.package import Package
from coursepack.place import Finding

FIVE = "<question>{}?\n<variant>а\n<variant>ә\n<variant>б\n<variant>в\n<variant>г\n"
SOUND = FIVE.format("бір") + "\n" + FIVE.format("екі")
TAGGED = SOUND.replace("<variant>ә", "<variantright>ә")


def found(text: str, *, closed: bool = False, encoding: str = "utf-8") -> list[Finding]:
    package = Package.of_bytes("bank.txt", text.encode(encoding))
    return check(package, ("platonus",), Grammar(closed=closed))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("text", [SOUND, TAGGED])
def test_a_sound_bank(text: str, encoding: str, tmp_path: Path) -> None:
    text = text.replace("ә", "е").replace("і", "и")
    assert found(text, encoding=encoding) == []
    path = tmp_path / "bank.txt"
    path.write_text(text, encoding=encoding)
    verdict = validate(path)
    assert (verdict.kind, verdict.title, verdict.findings) == ("platonus", "tagged tests (Platonus)", ())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("екі?", "", [("error", "platonus-empty", 8)]),
        ("<variant>в", "<variant>", [("error", "platonus-empty", 1)]),
        ("<variant>в", "<variant> А ", [("error", "platonus-same", 1)]),
        ("<variant>в\n", "", [("error", "platonus-right", 0), ("warning", "platonus-options", 1)]),
        (
            "<variant>а\n<variant>ә\n<variant>б\n<variant>в\n<variant>г\n\n",
            "<variant>а\n",
            [("error", "platonus-options", 1), ("error", "platonus-right", 0)],
        ),
    ],
)
def test_wrong_questions(old: str, new: str, told: list[tuple[str, str, int]]) -> None:
    assert old in SOUND
    findings = found(SOUND.replace(old, new, 1))
    assert [(str(each.severity), each.code, each.place and each.place.first) for each in findings] == told


def test_right_ones_by_tag() -> None:
    without = found(TAGGED.replace("<variantright>", "<variant>", 1))
    assert [(each.code, each.message) for each in without] == [
        ("platonus-right", "1 questions without a right variant")
    ]
    several = found(TAGGED.replace("<variant>", "<variantright>", 1))
    assert [(str(each.severity), each.code) for each in several] == [("warning", "platonus-several")]


def test_levels_of_another_size() -> None:
    levels = TAGGED.replace("<question>", "<question1>", 1).replace("<question>", "<question3>")
    assert [each.message for each in found(levels)] == ["level 1: 1, level 3: 1; expected 100 each"]
    fifties = (
        TAGGED.replace("<question>", f"<question{level}>{level}-{at} ") for level in (1, 2, 3) for at in range(50)
    )
    hundred = "".join(fifties)
    assert found(hundred) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SOUND.replace("<variant>в", "<varient>в", 1), [("error", "platonus-tag", 5)]),
        (SOUND.replace("<question>екі", "<quеstiоn>екі"), [("error", "platonus-tag", 8)]),
        ("Кафедра\n" + SOUND, [("warning", "platonus-outside", 1)]),
        ("<variant>а\n" + SOUND, [("error", "platonus-outside", 1)]),
        (SOUND + FIVE.format("бір"), [("warning", "platonus-twice", 14)]),
        (SOUND.replace("ә", "\x07ә", 1), [("warning", "platonus-control", 3)]),
        ("Билік <b>туралы</b>: <question>", [("warning", "platonus-outside", 1)]),
    ],
)
def test_what_stands_where_no_tag_puts_it(text: str, told: list[tuple[str, str, int]]) -> None:
    findings = [(str(each.severity), each.code, each.place and each.place.first) for each in found(text)]
    assert [one for one in findings if one[1] in {code for _, code, _ in told}] == told


def test_letters_that_nobody_can_read_hold_no_question() -> None:
    package = Package.of_bytes("bank.txt", SOUND.encode("utf-16-le"))
    assert [each.code for each in check(package, ("platonus",), Grammar())][-1] == "platonus-none"


def test_who_writes_one_says_himself_what_is_expected() -> None:
    assert found(SOUND.replace("<variant>в\n", "", 1), closed=True) == []


def test_what_is_no_tagged_test() -> None:
    xml = b'<quiz><question type="essay"><questiontext><text>&lt;variant&gt;</text></questiontext></question></quiz>'
    assert detect(Package.of_bytes("q.xml", xml)).kind == "moodle-xml"
    assert detect(Package.of_bytes("q.txt", "<question>а?\n".encode())).kind == "unknown"
