"""Sheets that a candidate draws at an exam are tickets, though the word for them counts work elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from tests.outline import documents

# The first lines, what says that a sheet is drawn, how a sheet is counted, what the sheets ask.
EXAMS = {
    "en": (
        "Glass and Glazing",
        "Questions of the winter exam",
        "Each candidate draws one sheet and has twenty minutes. Answer all questions.",
        "Sheet {}",
    ),
    "ru": (
        "Стекольное дело",
        "Вопросы к зимней сессии",
        "Студент тянет одну работу и готовится двадцать минут. Ответьте на все вопросы.",
        "Работа № {}",
    ),
    "kk": (
        "Шыны ісі",
        "Қысқы сессия сұрақтары",
        "Студент бір парақ таңдайды. Барлық сұраққа жауап беріңіз.",
        "№ {} парақ",
    ),
}
ASKED = {
    "en": ("History of glass number {}.", "Cutting of panes, case {}.", "Draw the frame of window {}."),
    "ru": ("История стекла, период {}.", "Резка листов, случай {}.", "Начертите раму окна {}."),
    "kk": ("Шынының тарихы, {}-кезең.", "Әйнек кесу, {}-жағдай.", "{}-терезенің жақтауын сызыңыз."),
}


def _text(language: str, form: str) -> str:
    course, paper, draws, sheet = EXAMS[language]
    lines = [f"# {course}" if form == "md" else course.upper(), "", paper, "", draws, ""]
    for number in range(1, 7):
        lines += [("## " if form == "md" else "") + sheet.format(number), ""]
        lines += [f"{nth}. {one.format(number)}" for nth, one in enumerate(ASKED[language], 1)]
        lines.append("")
    return "\n".join(lines)


@pytest.mark.parametrize("form", ["md", "txt"])
@pytest.mark.parametrize("language", sorted(EXAMS))
def test_sheets_that_are_drawn_are_tickets(tmp_path: Path, language: str, form: str) -> None:
    (tmp_path / f"sheets.{form}").write_text(_text(language, form), "utf-8")
    exam = documents.read(tmp_path)["course"].exam
    asked = {question.id: block_text(question.text) for question in exam.questions}
    assert [[asked[one] for one in ticket.questions] for ticket in exam.tickets] == [
        [one.format(number) for one in ASKED[language]] for number in range(1, 7)
    ]


CENTRES = {
    "ru": ("Учебный центр «Парус»", "Экзаменатор: {}", "Орлов П. С.", "Билет {}", "Подготовиться помогут"),
    "kk": ("«Желкен» оқу орталығы", "Емтихан алушы: {}", "Орлов П. С.", "Билет {}", "Дайындалуға көмектеседі"),
    "en": ("Sail Training Centre", "Examiner: {}", "Paul Orlov", "Ticket {}", "These will help"),
}
BOOKS = ("Орлов П. С. Узлы на каждый день. – Тула: Рычаг, 2020. – 176 с.", "Паруса в рисунках: альбом. – Тула, 2015.")


@pytest.mark.parametrize("language", sorted(CENTRES))
def test_tickets_of_a_training_centre_say_who_examines_and_what_to_read(tmp_path: Path, language: str) -> None:
    centre, examiner, name, ticket, read = CENTRES[language]
    lines = [centre, "# " + EXAMS[language][0], examiner.format(name)]
    for number in range(1, 5):
        lines += [f"## {ticket.format(number)}", "\n".join(one.format(number) for one in ASKED[language])]
    lines += [f"## {read}", *BOOKS]
    (tmp_path / "tickets.md").write_text("\n\n".join(lines) + "\n", "utf-8")
    course = documents.read(tmp_path)["course"]
    assert len(course.exam.tickets) == 4
    assert course.about.university == centre
    assert [one.name for one in course.about.teachers] == [name]
    assert course.about.literature.basic == BOOKS


APPROVED = {
    "ru": ("УТВЕРЖДАЮ", "Заведующий кафедрой ____________ П. Орлов", "Учебный год: 2024-2025", "Курс: 2"),
    "kk": ("БЕКІТЕМІН", "Кафедра меңгерушісі ____________ П. Орлов", "Оқу жылы: 2024-2025", "Курс: 2"),
    "en": ("APPROVED", "Head of department ____________ P. Orlov", "Academic year: 2024-2025", "Year of study: 2"),
}


@pytest.mark.parametrize("language", sorted(APPROVED))
def test_a_title_page_goes_on_below_who_approves_the_paper(tmp_path: Path, language: str) -> None:
    head, signs, *data = APPROVED[language]
    course, paper, draws, sheet = EXAMS[language]
    lines = [course.upper(), f"{head}\n{signs}", paper, *data, draws]
    for number in range(1, 7):
        asked = (f"{nth}. {one.format(number)}" for nth, one in enumerate(ASKED[language], 1))
        lines += [sheet.format(number), "\n".join(asked)]
    (tmp_path / "sheets.txt").write_text("\n\n".join(lines) + "\n", "utf-8")
    read = documents.read(tmp_path)["course"]
    assert len(read.exam.tickets) == 6
    assert (read.about.year, read.about.study_year) == ("2024-2025", 2)
