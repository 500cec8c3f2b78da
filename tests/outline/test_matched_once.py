"""Classes that several documents tell: a whole document is folded once, however many pairs of classes are compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.outline.markers import fold

WORDS = ("soil", "water", "humus", "plants", "salts", "frost", "roots", "rain", "wind", "clay", "sand", "stone")


def lectures(of: str) -> str:
    return "\n\n".join(
        f"Lecture {n}. {word.title()} of {of}\n\n{word.title()} holds {of}. It is what the {word} class looks at."
        for n, word in enumerate(WORDS, 1)
    )


def test_whole_documents_are_folded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = ""
    for name in ("north", "south", "west"):
        (tmp_path / f"{name}.txt").write_text(lectures(name), "utf-8")
        sources += f'\n[[source]]\nfile = "{name}.txt"\nrole = "textbook"\n'
    (tmp_path / "course.toml").write_text(f'id = "soil"\ntitle = "Soil"\nlanguage = "en"\n{sources}', "utf-8")
    folded: list[str] = []

    def counted(text: str) -> str:
        if len(text) > 500:
            folded.append(text)
        return fold(text)

    monkeypatch.setattr("coursepack.outline.matching.fold", counted)
    (loaded,) = find_projects([tmp_path])
    found = build.understand(loaded)
    assert len([one for _, one in found.course.sessions() if one.kind == "lecture"]) >= len(WORDS)
    assert 0 < len(folded) <= 3
    assert len(set(folded)) == len(folded)
