"""The official schemas and facts beside the project: needed in CI, skipped by name in a plain clone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"
SEEDS = Path(__file__).parents[1] / "seeds"


def need_shared(part: str = "") -> Path:
    """The folder ``../shared`` (or a part of it). Missing: fails when CI=true, else skips and says what is missing."""
    path = SHARED / part
    if not path.exists():
        message = f"../shared/{part} is missing beside the project"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return path


SMALL = """1-дәріс. Билік

Жоспар:
1. Билік ұғымы.

Билік — қоғамды басқарудың құралы, ол еріктің бағынуына сүйенеді.

Бақылау сұрақтары:
1. Билік деген не?
2. Билік неге сүйенеді?
"""


def small(folder: Path, name: str = "kurs") -> Path:
    """A course folder of one lecture, in ``folder``: for tests to which what is in it is nothing."""
    course = folder / name
    course.mkdir(parents=True)
    (course / "a.txt").write_text(SMALL, "utf-8")
    toml = f'id = "{name}"\ntitle = "Билік"\nlanguage = "kk"\n\n[[source]]\nfile = "a.txt"\nrole = "textbook"\n'
    (course / "course.toml").write_text(toml, "utf-8")
    return course
