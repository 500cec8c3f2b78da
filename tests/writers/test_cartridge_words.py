"""Every fixed word of a cartridge exists in Kazakh and Russian."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import coursepack
from coursepack.languages.catalogues import words

_SOURCES = (
    "writers/cartridge/writer.py",
    "writers/cartridge/parts.py",
    "writers/cartridge/teacher.py",
    "ims/nearest_items.py",
    "ims/qti.py",
)


def _messages() -> set[str]:
    found: set[str] = set()
    for source in _SOURCES:
        tree = ast.parse((Path(coursepack.__file__).parent / source).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _says(node.func) and node.args and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
    return found


def _says(function: ast.expr) -> bool:
    return (isinstance(function, ast.Name) and function.id == "say") or (
        isinstance(function, ast.Attribute) and function.attr == "say"
    )


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_word_is_translated(language: str) -> None:
    say = words(language, "cartridge")
    messages = _messages()
    assert len(messages) > 8
    assert sorted(message for message in messages if not say.has(message)) == []
