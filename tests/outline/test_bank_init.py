"""What `init` takes for a test, `build` reads as one: as many questions with the drafted course.toml as without any."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from coursepack import build, discovery
from coursepack.model.course import Course
from coursepack.model.questions import MultipleChoice
from tests.cli.test_build import run
from tests.outline.documents import Word

ASKED = (
    ("Какой газ поглощают растения?", ("Кислород", "Углекислый газ", "Неон"), 1),
    ("Сколько будет 7 · 8?", ("54", "56", "63"), 1),
    ("Какая река длиннее?", ("Иртыш", "Урал", "Или"), 0),
    ("Какой язык живой?", ("Латынь", "Готский", "Казахский"), 2),
    ("Какое число простое?", ("Девять", "Семь", "Четыре"), 1),
)


def plain_bold(made: Word) -> None:
    for n, (stem, answers, right) in enumerate(ASKED, 1):
        made.p(f"{n}. {stem}", *(f"**{one}**" if at == right else one for at, one in enumerate(answers)))


def lettered(made: Word) -> None:
    for n, (stem, answers, right) in enumerate(ASKED, 1):
        made.p(f"{n}. {stem}", *(f"{'АБВ'[at]}) {one}" for at, one in enumerate(answers)), f"Ответ: {'АБВ'[right]}")


def bullets(made: Word) -> None:
    for stem, answers, right in ASKED:
        made.p(stem)
        made.p(*(f"**{one}**" if at == right else one for at, one in enumerate(answers)), style="List Bullet")


def signs(made: Word) -> None:
    for n, (stem, answers, right) in enumerate(ASKED, 1):
        made.p(f"{n}. {stem}", *(f"{'+' if at == right else '-'} {one}" for at, one in enumerate(answers)))


def tags(made: Word) -> None:
    for stem, answers, right in ASKED:
        others = [one for at, one in enumerate(answers) if at != right]
        made.p(f"<question>{stem}", f"<variantright>{answers[right]}", *(f"<variant>{one}" for one in others))


def numbers(made: Word) -> None:
    number = made.numbering(("decimal", "%1."), ("decimal", "%2)"))
    for stem, answers, right in ASKED:
        made.p(stem, num=number)
        made.p(*answers, num=number, level=1)
        made.p(f"Ответ: {right + 1}")


def brackets(made: Word) -> None:
    for n, (stem, answers, right) in enumerate(ASKED, 1):
        made.p(f"{n}. {stem}", f"({' / '.join(answers)})", f"Ответ: {answers[right]}")


def points(made: Word) -> None:
    for n, (stem, answers, right) in enumerate(ASKED, 1):
        made.p(
            f"{n}. {stem}", f"A) {answers[0]}    B) {answers[1]}    C) {answers[2]}    [1]", f"Ответ: {'ABC'[right]}"
        )


def table(made: Word) -> None:
    rows = [["№", "Вопрос", "A", "B", "C", "Ответ"]]
    rows += [[str(n), stem, *answers, "ABC"[right]] for n, (stem, answers, right) in enumerate(ASKED, 1)]
    made.table(rows)


def marked_rows(made: Word) -> None:
    rows = [["№", "Вопросы и ответы", "Верно"]]
    for n, (stem, answers, right) in enumerate(ASKED, 1):
        rows.append([str(n), stem, ""])
        rows += [["АБВ"[at], one, "+" if at == right else ""] for at, one in enumerate(answers)]
    made.table(rows)


SHAPES = (plain_bold, lettered, bullets, signs, tags, numbers, brackets, points, table, marked_rows)


def counted(folder: Path) -> tuple[int, int, int]:
    (loaded,) = discovery.find_projects([folder])
    course = build.understand(loaded).course
    assert isinstance(course, Course)
    held = [*(course.exam.questions if course.exam else ()), *(q for _, s in course.sessions() for q in s.review)]
    chosen = [one for one in held if isinstance(one, MultipleChoice)]
    keyed = [one for one in chosen if any(choice.fraction > 0 for choice in one.choices)]
    return len(held), sum(len(one.choices) for one in chosen), len(keyed)


def alike(folder: Path) -> None:
    before = counted(folder)
    assert run("init", folder).returncode == 0
    assert (folder / "course.toml").read_text("utf-8").count("role = ") == 1
    assert counted(folder) == before == (5, 15, 5)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_document(shape: Callable[[Word], None], tmp_path: Path) -> None:
    made = Word()
    shape(made)
    folder = tmp_path / "c"
    folder.mkdir()
    made.save(folder / "Задания.docx")
    alike(folder)


def test_a_workbook(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Вопрос", "A", "B", "C", "Ответ"])
    for stem, answers, right in ASKED:
        book.worksheets[0].append([stem, *answers, "ABC"[right]])
    book.save(folder / "Задания.xlsx")
    alike(folder)


@pytest.mark.parametrize("ending", ["gift", "txt", "aiken"])
def test_a_file_of_questions(ending: str, tmp_path: Path) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    lines = []
    for stem, answers, right in ASKED:
        if ending == "gift":
            signs = [f"{'=' if at == right else '~'}{one}" for at, one in enumerate(answers)]
            lines.append(f"{stem} {{{' '.join(signs)}}}\n")
        else:
            lines.append(
                "\n".join(
                    [stem, *(f"{'ABC'[at]}. {one}" for at, one in enumerate(answers)), f"ANSWER: {'ABC'[right]}", ""]
                )
            )
    (folder / f"Задания.{ending}").write_text("\n".join(lines), "utf-8")
    alike(folder)
