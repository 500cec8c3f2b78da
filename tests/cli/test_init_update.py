"""``coursepack init --update``: new files come into an edited course.toml, and nothing of it changes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepack.project.added import with_sources
from coursepack.project.renamed import renamed
from tests.cli.test_build import run
from tests.test_folder import lecture, write

EDITED = '''# Биология, 2026
id = "bio" # never change
title = "Биология"
language = "kk"

[[source]]
file = "Дәріс 1.docx" # the one with pictures
role = "lecture"

[about] # of the passport
credits = 5

[[source]]
file = 'Дәріс 2.docx'
role = "lecture"
title = """
# no comment
[about]
"""

# Not of this course:
[files]
ignore = ["ескі/"]
'''


def folder(at: Path, text: str = EDITED) -> Path:
    for number in (1, 2):
        lecture(at / f"Дәріс {number}.docx", "Жасуша", number)
    (at / "course.toml").write_bytes(text.encode())
    return at


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_new_files_come_behind_the_listed_ones_and_the_rest_stays_to_the_byte(
    tmp_path: Path, ending: str, mark: str
) -> None:
    text = mark + EDITED.replace("\n", ending)
    at = folder(tmp_path, text)
    lecture(at / "Лекциялар" / "Дәріс 6.docx", "Гольджи аппараты")
    lecture(at / "ескі" / "Дәріс 5.docx", "Рибосома", 5)
    write(at / "көшірме.docx", (at / "Дәріс 1.docx").read_bytes())
    done = run("init", at, "--update")
    assert done.returncode == 0, done.stderr
    assert "added 1 source to" in done.stdout
    new = [
        "",
        "[[source]]",
        'file = "Лекциялар/Дәріс 6.docx"',
        'role = "lecture" # its name says so (Лекциялар/Дәріс 6.docx)',
        "number = 6 # its name says so",
    ]
    before, behind = text.split(f"{ending}# Not of this course:")
    expected = before + "".join(line + ending for line in new) + f"{ending}# Not of this course:" + behind
    assert (at / "course.toml").read_bytes().decode() == expected
    again = run("init", at, "--update")
    assert again.returncode == 0
    assert "names every document of the folder; nothing was written" in again.stdout
    assert (at / "course.toml").read_bytes().decode() == expected


def test_what_cannot_be_read_is_told_and_not_listed(tmp_path: Path) -> None:
    at = folder(tmp_path)
    write(at / "broken.docx", b"PK\x03\x04 broken")
    done = run("init", at, "--update")
    assert done.returncode == 0
    assert "left out: broken.docx: " in done.stderr
    assert (at / "course.toml").read_text("utf-8") == EDITED


def test_what_update_cannot_do_is_said(tmp_path: Path) -> None:
    lecture(tmp_path / "Дәріс 1.docx", "Жасуша", 1)
    done = run("init", tmp_path, "--update")
    assert done.returncode == 2
    assert "does not exist; there is nothing to update" in done.stderr
    text = 'id = "c"\ntitle = "C"\nlanguage = "kk"\nsource = [{ file = "Дәріс 1.docx", role = "lecture" }]\n'
    (tmp_path / "course.toml").write_text(text, "utf-8")
    lecture(tmp_path / "Дәріс 2.docx", "Ядро", 2)
    done = run("init", tmp_path, "--update")
    assert done.returncode == 2
    assert "lists its sources in one value" in done.stderr
    assert 'file = "Дәріс 2.docx"' in done.stderr
    assert (tmp_path / "course.toml").read_text("utf-8") == text


NEW = [["[[source]]", 'file = "n.txt"', 'role = "lecture" # new']]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", '\n[[source]]\nfile = "n.txt"\nrole = "lecture" # new\n'),
        ('id = "a"', 'id = "a"\n\n[[source]]\nfile = "n.txt"\nrole = "lecture" # new\n'),
        (
            '[[ source ]]\nfile = """\n[[source]]\n"""\n# last',
            '[[ source ]]\nfile = """\n[[source]]\n"""\n\n[[source]]\nfile = "n.txt"\nrole = "lecture" # new\n# last',
        ),
        (
            "[[source]]\nx = [\n  1,\n\n# in it\n]\n\n# of the exam\n[exam]\n",
            (
                "[[source]]\nx = [\n  1,\n\n# in it\n]\n\n[[source]]\n"
                'file = "n.txt"\nrole = "lecture" # new\n\n# of the exam\n[exam]\n'
            ),
        ),
    ],
)
def test_where_they_come(text: str, expected: str) -> None:
    assert with_sources(text, NEW) == expected


OPEN = ['b = """', '"""', "c = [", "]"]
LINES = st.sampled_from(
    ["a = 1", "# note", "", "[[source]]", "[[source]] # x", "[files]", "[exam]", "file = 'q'", *OPEN]
)


@given(st.lists(LINES, max_size=12))
def test_any_sound_text_keeps_its_bytes_and_its_data(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    made = with_sources(text, NEW)
    block = '\n[[source]]\nfile = "n.txt"\nrole = "lecture" # new\n'
    assert made.count(block) >= 1
    assert text in {made.replace(block, "", 1), made.replace("\n" + block, "", 1)}
    assert tomllib.loads(made)["source"] == [*data.get("source", []), {"file": "n.txt", "role": "lecture"}]


def test_a_renamed_file_is_offered_its_new_name_and_not_listed_twice(tmp_path: Path) -> None:
    at = folder(tmp_path)
    (at / "Дәріс 2.docx").rename(at / "Дәріс 02 (соңғы).docx")
    done = run("init", at, "--update")
    assert done.returncode == 0, done.stderr
    new = "Дәріс 02 (соңғы).docx"
    hint = f'Дәріс 2.docx is not there, and {new} seems to be the same file: write file = "{new}" in its place'
    assert done.stdout.splitlines() == [hint]
    assert (at / "course.toml").read_text() == EDITED


def test_a_file_that_is_recorded_by_its_bytes_is_known_under_any_name() -> None:
    missing = [{"file": name, "role": "lecture"} for name in ("a.docx", "b.docx")]
    new = [{"file": f"{name}.docx", "role": "lecture"} for name in ("a2", "zz", "other")]
    sums = {"zz.docx": "1" * 64}
    found = renamed(missing, new, {"b.docx": "1" * 64}, lambda name: sums.get(name, ""))
    assert found["zz.docx"] == "b.docx"


def test_a_draft_is_commented_in_the_language_of_its_reader(tmp_path: Path) -> None:
    lecture(tmp_path / "Дәріс 1.docx", "Топырақ", 1)
    done = run("--messages", "kk", "init", str(tmp_path))
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "course.toml").read_text("utf-8")
    comments = [line.partition("# ")[2] for line in text.splitlines() if "# " in line]
    own = [line for line in comments if not re.match(r"\[|ignore|code =|credits =|department =|teachers =", line)]
    assert own[0] == "Құжаттар бойынша жасалған жоба; әр жолын қарап шығыңыз, содан кейін жинаңыз."
    assert "мыналардың бірі: en, kk, ru" in own
    assert [line for line in own if not re.search("[әғқңөұүһі]", line)] == []
    assert tomllib.loads(text)["source"][0]["file"] == "Дәріс 1.docx"
