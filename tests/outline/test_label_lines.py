"""Labels at the head of a course in words of their own, and lists that they lead in."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from tests.outline.test_combinations import read

LABELS = {
    "en": ("House rules", "Prior knowledge", "Learning goals", "Lecture {}. {}", "Credit value"),
    "ru": ("Наши правила", "Необходимые знания", "Ожидаемые результаты", "Лекция {}. {}", "Количество кредитов"),
    "kk": ("Біздің ережелер", "Алдыңғы пәндер", "Күтілетін нәтижелер", "{}-дәріс. {}", "Кредит саны"),
}
SENTENCE = "A leaf breathes through small pores. It takes carbon dioxide from the air and gives oxygen."


def course_of(folder: Path, lang: str, form: str) -> Course:
    rule, before, learned, lecture, _ = LABELS[lang]
    text = f"# Botany\n\n{before}:\n\n– Chemistry;\n\n– Physics.\n\n{learned}: name the parts of a leaf.\n\n"
    text += f"{rule}: Switch off the phone. Come on time.\n\n"
    for number in (1, 2):
        text += f"## {lecture.format(number, f'Leaves {number}')}\n\n{SENTENCE}\n\n"
    return read(folder, text, form)


@pytest.mark.parametrize("form", ["a.txt", "docx"])
@pytest.mark.parametrize("lang", LABELS)
def test_labels_behind_a_list_are_fields_of_the_course(tmp_path: Path, lang: str, form: str) -> None:
    about = course_of(tmp_path, lang, form).about
    assert [one.strip(" ;.") for one in about.prerequisites] == ["Chemistry", "Physics"]
    assert [one.strip(" .") for one in about.outcomes] == ["name the parts of a leaf"]
    assert [(one.title, block_text(one.blocks)) for one in about.policies] == [
        (LABELS[lang][0], "Switch off the phone. Come on time.")
    ]


@pytest.mark.parametrize("lang", LABELS)
def test_a_head_table_of_one_row(tmp_path: Path, lang: str) -> None:
    *_, lecture, credit = LABELS[lang]
    text = f"# Botany\n\n| {credit} | 5 |\n|---|---|\n\n"
    for number in (1, 2):
        text += f"## {lecture.format(number, f'Leaves {number}')}\n\n{SENTENCE}\n\n"
    assert read(tmp_path, text, "a.md").about.credits == 5


def test_shares_under_the_first_heading_are_no_title_page(tmp_path: Path) -> None:
    text = "# Botany\n\n# Breakdown of the grade\n\nMidterm: 30%\n\nSeminars: 30%\n\nExam: 40%\n"
    grading = read(tmp_path, text, "a.md").about.grading
    assert grading is not None
    assert [(one.name, one.percent) for one in grading.weights] == [("Midterm", 30), ("Seminars", 30), ("Exam", 40)]
