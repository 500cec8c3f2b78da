"""A key that course.toml gives is no longer asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery

TEST = "Тест\n\n" + "".join(
    f"{n}. Какая власть {n}?\nA) первая {n}\nB) вторая {n}\nC) третья {n}\n\n" for n in range(1, 4)
)
TOML = 'id = "kurs"\ntitle = "Курс"\nlanguage = "ru"\n\n[[source]]\nfile = "t.txt"\nrole = "tests"\n'


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (0, "3 test questions have no key; no key line, sign, colour or bold type distinguishes their answers"),
        (2, "a test question has no key; no key line, sign, colour or bold type distinguishes its answers"),
        (3, None),
    ],
)
def test_only_questions_without_a_key_are_told(tmp_path: Path, given: int, told: str | None) -> None:
    Path(tmp_path, "t.txt").write_text(TEST, "utf-8")
    keys = (
        f'\n[[correction]]\nbegins = "Какая власть {n}?"\nkind = "key"\nanswers = ["вторая {n}"]\n'
        for n in range(1, given + 1)
    )
    Path(tmp_path, "course.toml").write_text(TOML + "".join(keys), "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    understood = build.understand(loaded)
    found = [one for one in understood.findings if one.code == "outline-test-without-key"]
    assert [one.message for one in found] == ([told] if told else [])
    assert [one.place.first for one in found if one.place] == ([3 + 5 * given] if told else [])
