"""coursepack convert: any question file to any question format, without a course."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from coursepack.cli import cli
from coursepack.convert import convert, formats
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice, Question
from coursepack.place import CoursepackError
from coursepack.readers import read_questions

GIFT = (
    "$CATEGORY: $course$/top/Тарих\n\n::Бірінші:: Астана қайда? {=Ақмолада#иә ~Алматыда}\n\n"
    "Екі жауап? {~%50%а ~%50%б ~%-100%в}\n\nКім? {=Абай}\n\nҚанша? {#3:0.5}\n\nШын ба? {T}\n\nНеге? {}\n"
)


def bank(folder: Path, text: str = GIFT) -> Path:
    path = folder / "bank.gift"
    path.write_text(text, encoding="utf-8")
    return path


def questions(path: Path) -> list[Question]:
    return list(read_questions(path).bank.questions())


def test_every_question_format_is_offered() -> None:
    assert {"aiken", "csv", "gift", "moodle-xml", "xlsx"} <= set(formats())


@pytest.mark.parametrize("name", ["moodle-xml", "gift", "csv", "xlsx"])
def test_there_and_back(name: str, tmp_path: Path) -> None:
    source = bank(tmp_path)
    ((path, size),) = convert(source, name, tmp_path / "out").files
    assert path.stat().st_size == size
    before, after = questions(source), questions(path)
    assert [type(q) for q in after] == [type(q) for q in before]
    assert [block_text(q.text) for q in after] == [block_text(q.text) for q in before]
    assert [q.category for q in after] == [("Тарих",)] * 6
    for a, b in zip(after, before, strict=True):
        if isinstance(a, MultipleChoice) and isinstance(b, MultipleChoice):
            assert [(block_text(c.content), c.fraction) for c in a.choices] == [
                (block_text(c.content), c.fraction) for c in b.choices
            ]


def test_the_same_file_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    source = bank(tmp_path)
    ((first, _),) = convert(source, "moodle-xml", tmp_path / "one").files
    ((second, _),) = convert(source, "moodle-xml", tmp_path / "two").files
    assert first.read_bytes() == second.read_bytes()


def test_a_wrong_question_stops_it_or_is_left_out(tmp_path: Path) -> None:
    source = bank(tmp_path, "Дұрыс {T}\n\nҚате {=а\n")
    run = CliRunner()
    stopped = run.invoke(cli, ["convert", str(source), "-f", "gift", "-o", str(tmp_path / "out.gift")])
    assert stopped.exit_code == 1
    assert "bank.gift:3: error:" in stopped.output
    assert not (tmp_path / "out.gift").exists()
    done = run.invoke(cli, ["convert", str(source), "-f", "gift", "-o", str(tmp_path / "out.gift"), "--skip-bad"])
    assert done.exit_code == 0, done.output
    assert len(questions(tmp_path / "out.gift")) == 1


def test_calls_that_cannot_be_served(tmp_path: Path) -> None:
    source = bank(tmp_path)
    with pytest.raises(CoursepackError, match="needs a whole course, expected one of"):
        convert(source, "syllabus", tmp_path)
    with pytest.raises(CoursepackError, match="the source itself"):
        convert(source, "gift", source)
    with pytest.raises(CoursepackError, match="unknown format"):
        convert(source, "moodel-xml", tmp_path)
    (tmp_path / "a.bin").write_bytes(b"x")
    with pytest.raises(CoursepackError, match="no question file"):
        convert(tmp_path / "a.bin", "gift", tmp_path)


def test_only_what_is_new(tmp_path: Path) -> None:
    ((old, _),) = convert(bank(tmp_path), "moodle-xml", tmp_path / "old").files
    more = bank(tmp_path, GIFT + "\n\nЖаңа ма? {T}\n")
    ((new, _),) = convert(more, "moodle-xml", tmp_path / "new.xml", since=old).files
    assert [block_text(question.text) for question in questions(new)] == ["Жаңа ма?"]


def test_nothing_new_is_no_error(tmp_path: Path) -> None:
    source = bank(tmp_path)
    ((old, _),) = convert(source, "moodle-xml", tmp_path / "old").files
    call = ["convert", str(source), "-t", "moodle-xml", "--since", str(old), "-o", str(tmp_path / "new.xml")]
    result = CliRunner().invoke(cli, call)
    assert (result.exit_code, result.stdout) == (0, "nothing was written: no question is new\n")
    assert not (tmp_path / "new.xml").exists()


def test_at_most_so_many_questions_a_file(tmp_path: Path) -> None:
    files = convert(bank(tmp_path), "moodle-xml", tmp_path / "out", split=4).files
    assert [path.name for path, _ in files] == ["bank-questions-1.xml", "bank-questions-2.xml"]
    assert [len(questions(path)) for path, _ in files] == [4, 2]


def test_an_option_that_a_format_has_not(tmp_path: Path) -> None:
    with pytest.raises(CoursepackError, match=r"gift has no --split, which is for moodle-xml"):
        convert(bank(tmp_path), "gift", tmp_path / "out", split=2)


def test_files_are_named_after_their_sources(tmp_path: Path) -> None:
    made = []
    for name in ("Физика", "Химия", "Қазақстан тарихы", "物理", "化学"):
        source = tmp_path / f"{name}.gift"
        source.write_text(GIFT, encoding="utf-8")
        ((path, _),) = convert(source, "aiken", tmp_path / "out").files
        made.append(path.name)
    assert made[:3] == [f"{one}-questions.aiken.txt" for one in ("fizika", "khimiya", "qazaqstan-tarikhy")]
    assert len(set(made)) == 5


def test_a_long_bank_says_how_far_it_is(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("".join(f"Question {n}?\nA) yes\nB) no\nANSWER: A\n\n" for n in range(250)), "utf-8")
    said: list[str] = []
    done = convert(source, "moodle-xml", tmp_path / "out", say=said.append)
    assert [path.name for path, _ in done.files] == ["a-questions.xml"]
    assert said[-1] == "writing a-questions.xml"
    assert "checking a-questions.xml" in said
    counts = [line for line in said if line.endswith("questions read")]
    assert counts[:2] == ["100 questions read", "200 questions read"]
    assert set(counts) == set(counts[:2])
