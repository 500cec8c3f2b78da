"""Likeness is counted in one place, and as it always was."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import coursepack
from coursepack import similar

MODULES = {
    path.relative_to(Path(coursepack.__file__).parent).as_posix(): path
    for path in sorted(Path(coursepack.__file__).parent.rglob("*.py"))
}
MATCHERS = {"difflib", "rapidfuzz", "Levenshtein", "jellyfish", "thefuzz"}
LECTURE = "Қоғам туралы ғылым және оның тарихы"


def imported(tree: ast.AST) -> set[str]:
    """The packages that a module imports, at its head or inside a function."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def shares(tree: ast.AST) -> int:
    """How often the size of what two sets share is counted: ``len(a & b)``, not ``len(a & {"one", "two"})``."""
    return sum(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "len"
        and isinstance(node.args[0], ast.BinOp)
        and isinstance(node.args[0].op, ast.BitAnd)
        and not isinstance(node.args[0].right, ast.Set)
        for node in ast.walk(tree)
    )


@pytest.mark.long
def test_nothing_else_measures_likeness() -> None:
    trees = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}
    assert [name for name, tree in trees.items() if imported(tree) & MATCHERS] == ["similar.py"]
    assert [name for name, tree in trees.items() if shares(tree)] == ["similar.py"]


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("titel", ["title", "language"], "title"),
        ("lanuage", {"title": 1, "language": 2}, "language"),
        ("course.titl", iter(["course.title", "course.tile"]), "course.title"),
        ("zzz", ["title", "language"], None),
        ("title", [], None),
    ],
)
def test_the_name_that_was_meant(name: str, known: list[str], meant: str | None) -> None:
    assert similar.near(name, known) == meant


def test_how_near_a_name_must_be_can_be_said() -> None:
    assert similar.near("abcd", ["abxy"], cutoff=0.5) == "abxy"
    assert similar.near("abcd", ["abxy"]) is None


def test_words_are_known_again_by_their_beginning() -> None:
    assert similar.stems("лекциялар лекцияның 2024 ой") == {"лекци", "2024", "ой"}
    assert similar.stems("лекциялар 2024 ой", 6, r"[^\W\d_]{3,}|\d+") == {"лекция", "2024"}


def test_measures_of_sets() -> None:
    one, two = {"a", "b", "c"}, {"b", "c", "d", "e"}
    assert similar.jaccard(one, two) == 2 / 5
    assert similar.overlap(one, two) == 2 / 3
    assert similar.jaccard(set(), set()) == similar.overlap(set(), two) == similar.overlap(one, set()) == 0
    assert similar.jaccard(one, one) == similar.overlap(one, one | two) == 1


def test_words_of_lists_count_as_often_as_they_stand_there() -> None:
    assert similar.dice(["a", "a", "b"], ["a", "b", "b"]) == 2 * 2 / 6
    assert similar.dice([], []) == 1
    assert similar.dice([], ["a"]) == 0


def test_letters_that_two_texts_share() -> None:
    assert similar.ratio("abcd", "bcde") == 0.75
    assert similar.ratio("abcd", "bcde", least=0.7) == 0.75
    assert similar.ratio("abcd", "bcde", least=0.8) == 0
    # The quick bound knows letters and not their order: what passes it is still counted exactly.
    assert similar.ratio("abcd", "dcba", least=0.8) == 0.25


def test_frequent_letters_of_long_texts_count_too() -> None:
    assert similar.ratio("x" + "a" * 300, "a" * 300 + "y") == 600 / 602
    stayed = ["a"] * 300
    assert list(similar.edits(["x", *stayed], [*stayed, "y"])) == [
        (False, ["x"], []),
        (True, stayed, stayed),
        (False, [], ["y"]),
    ]


def test_long_texts_are_compared_by_words() -> None:
    short, long = [str(n) for n in range(40)], [str(n) for n in range(41)]
    assert similar.likeness(" ".join(reversed(long)), " ".join(long)) == 1
    assert similar.likeness(" ".join(reversed(short)), " ".join(short)) < 0.5
    assert similar.likeness("", " ") == 1
    assert similar.likeness("", " ".join(long)) == 0


def test_edits_tell_what_stood_and_what_stands() -> None:
    assert list(similar.edits(["a", "b", "c"], ["a", "x", "y", "c", "d"])) == [
        (True, ["a"], ["a"]),
        (False, ["b"], ["x", "y"]),
        (True, ["c"], ["c"]),
        (False, [], ["d"]),
    ]


def test_exact_texts_are_paired_first_and_each_once() -> None:
    other = LECTURE.replace("тарихы", "тарихи жолы")
    assert similar.match([LECTURE, LECTURE], [LECTURE.upper() + ".", other, LECTURE]) == [
        (0, False),
        (None, False),
        (1, False),
    ]
    assert similar.match([LECTURE, "Басқа сөз"], [other, "Үшінші мәтін"]) == [(0, True), (None, False)]


def test_a_text_that_is_not_near_enough_is_new() -> None:
    assert similar.match([LECTURE], ["Қоғам және мемлекет"]) == [(None, False)]
