"""A page of lessons that ends with a quiz in ticked items is a class with its questions, no file of questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text

TEXT = {
    "en": "Data is a record that somebody needed for a reason of their own. A city counts trees, for it has a park.",
    "ru": "Данные – это запись, которая кому-то понадобилась. Город считает деревья, потому что у него есть парк.",
    "kk": "Дерек – біреуге өз себебімен керек болған жазба. Қала ағаштарды санайды, өйткені саябақ пен бақтар бар.",
}
QUIZ = "## Quiz 1\n\n**Q1. Whom do you ask first?**\n\n- [ ] a friend\n- [x] whoever counts it\n- [ ] nobody\n"


@pytest.mark.parametrize("language", TEXT)
def test_the_text_of_the_lessons_stays(language: str, tmp_path: Path) -> None:
    text = "# Module 1 · Finding data\n\n"
    text += "".join(f"## 1.{number} Part {number}\n\n{TEXT[language]}\n\n" for number in (1, 2, 3)) + QUIZ
    (tmp_path / "module-1.md").write_text(text, encoding="utf-8")
    (loaded,) = discovery.find_projects([tmp_path / "module-1.md"])
    course = build.understand(loaded).course
    (session,) = [one for week in course.weeks for one in week.sessions]
    assert block_text(session.blocks).count(TEXT[language]) == 3
    assert [block_text(one.text) for one in session.review] == ["Whom do you ask first?"]
    assert course.exam is None


def test_long_questions_are_no_text(tmp_path: Path) -> None:
    asked = f"{TEXT['en']} {TEXT['en']} Which of these is counted?"
    text = "# Quiz\n\n" + "".join(f"{n}. {asked}\n\n- [ ] trees\n- [x] parks\n\n" for n in (1, 2, 3))
    (tmp_path / "quiz.md").write_text(text, encoding="utf-8")
    (loaded,) = discovery.find_projects([tmp_path / "quiz.md"])
    exam = build.understand(loaded).course.exam
    assert exam is not None
    assert len(exam.questions) == 3
