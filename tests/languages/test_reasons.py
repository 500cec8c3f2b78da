"""Why letters of a source were left out: every reason that the outline gives has words in Kazakh and Russian, on the
page of the review and in what is printed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from coursepack import outline
from coursepack.languages import messages
from coursepack.review import plain, speech

GIVEN = frozenset({"aside", "set_aside"})
SEVERAL = 2
"""A call with pieces and why."""


def reasons() -> set[str]:
    """Every text that is given as a reason, also one of two; a language's own edition by one that it names."""
    found: set[str] = set()
    for path in Path(outline.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in GIVEN):
                continue
            for why in call.args[1:SEVERAL]:
                held = (why.body, why.orelse) if isinstance(why, ast.IfExp) else (why,)
                found |= {one.value for one in held if isinstance(one, ast.Constant) and isinstance(one.value, str)}
                if any(isinstance(one, ast.JoinedStr) for one in held):
                    found.add("the Russian edition")
    return found


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_reason_has_words(language: str) -> None:
    found = reasons()
    assert {"approval or signature", "title page", "ruled line", "the Russian edition"} <= found
    say = speech.interface_words(language)
    assert sorted(one for one in found if plain.reason(say, one) == one) == []
    assert sorted(one for one in found if messages.of(language)(one) == one) == []


def signals() -> set[str]:
    """Every text that a rule for labels gives beside the label."""
    found: set[str] = set()
    for path in (Path(outline.__file__).parent / "tree").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Name)
                and call.func.id == "add"
                and call.args[1:]
            ):
                why = call.args[1]
                held = (why.body, why.orelse) if isinstance(why, ast.IfExp) else (why,)
                found |= {one.value for one in held if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return found


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_signal_has_words(language: str) -> None:
    found = signals()
    assert {"terms in a row", "tasks that a word counts", "its books"} <= found
    say = messages.of(language)
    assert sorted(one for one in found if say.template(one) != one) == []
