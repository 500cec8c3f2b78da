"""An asterisk in a stated answer is itself, unless the source's own grammar makes a pattern of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, convert, discovery
from coursepack.model.questions import Answer, Cloze, Gap, Question, ShortAnswer, as_typed, literal
from coursepack.moodle.text import gap_text
from coursepack.readers import read_questions
from coursepack.readers.moodle import cloze

TOLD = "SELECT * FROM t"
KEPT = r"SELECT \* FROM t"
FILES = {
    "ast.txt": f"I: 1\nS: Чем выбрать всё?\n+: {TOLD}\nI: 2\nS: Сколько?\n+: 1\n-: 2\n",
    "blackboard.txt": f"FIB\tЧем выбрать всё?\t{TOLD}\nMC\tСколько?\t1\tcorrect\t2\tincorrect\n",
    "text2qti.md": f"Quiz title: Т\n\n1. Чем выбрать всё?\n*  {TOLD}\n\n2. Сколько?\n*a) 1\nb) 2\n",
    "tasks.md": f"## Вопрос 1\n\nЧем выбрать всё?\n\n*Answer:* {TOLD}\n\n## Вопрос 2\n\nСколько?\n\n- [x] 1\n- [ ] 2\n",
}


def answers(question: Question) -> list[str]:
    assert isinstance(question, ShortAnswer)
    return [answer.text for answer in question.answers]


@pytest.mark.parametrize("name", list(FILES))
def test_layouts_without_patterns(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(FILES[name], "utf-8")
    assert answers(next(read_questions(tmp_path / name).bank.questions())) == [KEPT]


def test_a_gap_of_blackboard(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("FIB_PLUS\tЗнак [a] умножает\ta\t*\tх\nFIB\tКто?\tАбай\n", "utf-8")
    gapped = next(read_questions(path).bank.questions())
    assert isinstance(gapped, Cloze)
    assert [answer.text for answer in gapped.gaps[0].answers] == [r"\*", "х"]


def test_what_a_layout_calls_any_letters_stays_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("I: 1\nS: Чем?\n+: 2*3#$#\nI: 2\nS: Сколько?\n+: 1\n-: 2\n", "utf-8")
    assert answers(next(read_questions(tmp_path / "a.txt").bank.questions())) == [r"2\*3*"]


@pytest.mark.parametrize("name", ["test.txt", "test.md"])
def test_a_key_line_and_what_moodle_and_the_teacher_get(name: str, tmp_path: Path) -> None:
    text = f"1. Чем выбрать всё?\n\nОтвет: {TOLD}\n\n2. Сколько?\n\nA) 1\nB) 2\n\nОтвет: B\n"
    (tmp_path / name).write_text(text, "utf-8")
    toml = f'id = "x"\ntitle = "X"\nlanguage = "ru"\n[[source]]\nfile = "{name}"\nrole = "tests"\n'
    (tmp_path / "course.toml").write_text(toml, "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    exam = build.understand(loaded).course.exam
    assert exam
    assert answers(exam.questions[0]) == [KEPT]
    built = build.build(loaded, tmp_path / "out", build.Settings(formats=("moodle-xml",)))
    assert built.folder
    assert f"<text>{KEPT}</text>" in (built.folder / "x-questions.xml").read_text("utf-8")


def test_a_table_and_gift_keep_their_patterns(tmp_path: Path) -> None:
    (tmp_path / "a.gift").write_text(r"::a:: Кто? {=Абай* =2\\*3}", "utf-8")
    assert answers(next(read_questions(tmp_path / "a.gift").bank.questions())) == ["Абай*", r"2\*3"]
    done = convert.convert(tmp_path / "a.gift", "csv", tmp_path / "a.csv")
    assert answers(next(read_questions(done.files[0][0]).bank.questions())) == ["Абай*", r"2\*3"]


def test_a_person_reads_no_backslash() -> None:
    assert as_typed(literal("a*b**")) == "a*b**"
    assert as_typed("А*") == "А*"


def ticks(*fractions: float) -> Gap:
    made = tuple(Answer(text=text, fraction=each) for text, each in zip("абвг", fractions, strict=False))
    return Gap(kind="multiple-response", answers=made)


# As Moodle 4.5 stored them: what stands in the text, what each answer is worth.
TICKED = {
    "=а~б": (1, -1),
    "=а~=б~в": (0.5, 0.5, -0.5),
    "%50%а~%50%б~в": (0.5, 0.5, 0),
    "%100%а~%100%б~%-50%в": (0.5, 0.5, -0.5),
    "=а~%0%б": (1, -1),
    "%100%а~%0%б": (1, 0),
}


@pytest.mark.parametrize(("said", "worth"), list(TICKED.items()))
def test_ticks_of_a_gap_are_worth_what_moodle_makes_of_them(said: str, worth: tuple[float, ...]) -> None:
    (gap,) = cloze.parse(f"{{1:MULTIRESPONSE:{said}}}", lambda _: ()).gaps
    assert gap == ticks(*worth)


@pytest.mark.parametrize("worth", [(1, 0), (1, -1), (0.5, 0.5, 0), (0.5, 0.5, -0.5), (0.25, 0.75, 0)])
def test_ticks_of_a_gap_come_back(worth: tuple[float, ...]) -> None:
    (gap,) = cloze.parse(gap_text(ticks(*worth)), lambda _: ()).gaps
    assert gap == ticks(*worth)
