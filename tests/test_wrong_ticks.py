"""What a wrong tick costs where several answers are right: all ticks together earn nothing, unless a source says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, convert, discovery
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice, Question, shares
from coursepack.moodle.text import grade
from coursepack.readers import read_questions

PLAIN = "Тест\n\n1. Какие города — столицы?\nа) Астана\nб) Алматы\nв) Париж\nг) Лион\nд) Ош\nОтвет: а, в\n\n"
PLAIN += "2. Столица Казахстана?\nа) Астана\nб) Алматы\nв) Ош\nОтвет: а\n"
AIKEN = "Which are capitals?\nA) Astana\nB) Almaty\nC) Paris\nANSWER: A, C\n"
BLACKBOARD = "MA\tWhich are capitals?\tAstana\tcorrect\tAlmaty\tincorrect\tParis\tcorrect\n"
TAGS = "<question>Which are capitals?\n<variantright>Astana\n<variant>Almaty\n<variantright>Paris\n"
AST = "I:\nS: Which are capitals?\n+: Astana\n-: Almaty\n+: Paris\n"
TASKS = "1. Which are capitals?\n\n- [x] Astana\n- [ ] Almaty\n- [x] Paris\n"
SHEET = "question;options;key\nWhich are capitals?;Astana|Almaty|Paris;A, C\n"


def worth(question: Question) -> list[float]:
    assert isinstance(question, MultipleChoice)
    return [round(choice.fraction, 5) for choice in question.choices]


@pytest.mark.parametrize("right", range(1, 9))
@pytest.mark.parametrize("wrong", range(1, 21))
def test_ticking_all_earns_nothing_and_moodle_knows_the_costs(right: int, wrong: int) -> None:
    found = shares([True] * right + [False] * wrong, single=False)
    assert sum(found[:right]) == pytest.approx(1)
    assert sum(found) <= 1e-9
    assert grade(found[-1])[1]


def test_one_answer_or_a_free_tick_costs_nothing() -> None:
    assert shares([False, True, False], single=True) == (0, 1, 0)
    assert shares([True, False, True], single=False, free=True) == (0.5, 0, 0.5)
    assert shares([True, True], single=False) == (0.5, 0.5)
    assert shares([False, False], single=False) == (0, 0)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.aiken", AIKEN), ("b.txt", BLACKBOARD), ("c.txt", TAGS), ("d.txt", AST), ("e.md", TASKS), ("f.csv", SHEET),
    ],
)  # fmt: skip
def test_sources_that_say_only_what_is_right(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    found = read_questions(path)
    assert [worth(question) for question in found.bank.questions()] == [[0.5, -1, 0.5]]
    assert [worth(question) for question in found.ticked(free=True).bank.questions()] == [[0.5, 0, 0.5]]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.gift", "Capitals? {~%50%Astana ~%0%Almaty ~%50%Paris}\n", [0.5, 0, 0.5]),
        ("b.gift", "Capitals? {~%50%Astana ~%-25%Almaty ~%50%Paris}\n", [0.5, -0.25, 0.5]),
        ("c.csv", "question;options;key\nCapitals?;Astana|Almaty|Paris;A 50%, C 50%\n", [0.5, 0, 0.5]),
        ("d.csv", "question;options;key\nCapitals?;Astana|Almaty|Paris;A 50%, B -100%, C 50%\n", [0.5, -1, 0.5]),
    ],
)
@pytest.mark.parametrize("free", [False, True])
@pytest.mark.parametrize("target", ["moodle-xml", "gift", "csv", "xlsx"])
def test_stated_fractions_stay(
    name: str, text: str, expected: list[float], free: bool, target: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    ((made, _),) = convert.convert(path, target, tmp_path / "out", free_ticks=free).files
    (question,) = read_questions(made).bank.questions()
    assert worth(question) == expected


@pytest.mark.parametrize("target", ["moodle-xml", "gift", "csv", "xlsx"])
def test_usual_costs_travel(target: str, tmp_path: Path) -> None:
    path = tmp_path / "a.aiken"
    path.write_text("Which?\nA) a\nB) b\nC) c\nD) d\nE) e\nANSWER: A, C\n", "utf-8")
    ((made, _),) = convert.convert(path, target, tmp_path / "out").files
    (question,) = read_questions(made).bank.questions()
    assert worth(question) == [0.5, -0.33333, 0.5, -0.33333, -0.33333]
    if target == "csv":
        assert '"A, C"' in made.read_text("utf-8-sig") or ";A, C;" in made.read_text("utf-8-sig")


@pytest.mark.parametrize(("said", "cost"), [("", -0.33333), ('\n[tests]\nwrong_ticks = "free"\n', 0)])
def test_a_course_may_free_wrong_ticks(said: str, cost: float, tmp_path: Path) -> None:
    (tmp_path / "test.txt").write_text(PLAIN, "utf-8")
    (tmp_path / "bank.csv").write_text(SHEET, "utf-8")
    toml = 'id = "x"\ntitle = "X"\nlanguage = "ru"\n[[source]]\nfile = "test.txt"\nrole = "tests"\n'
    toml += '[[source]]\nfile = "bank.csv"\nrole = "tests"\n'
    (tmp_path / "course.toml").write_text(toml + said, "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    exam = build.understand(loaded).course.exam
    assert exam
    found = {block_text(question.text): worth(question) for question in exam.questions}
    assert found == {
        "Какие города — столицы?": [0.5, cost, 0.5, cost, cost],
        "Столица Казахстана?": [1, 0, 0],
        "Which are capitals?": [0.5, -1 if cost else 0, 0.5],
    }
