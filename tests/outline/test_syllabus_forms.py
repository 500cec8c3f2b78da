"""Syllabi in plain text, Markdown and Word: their parts under headings, in lists and on lines of many forms."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.course import Course

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "title": "Soil and Society",
        "university": "Northfield University",
        "description": (
            "Course description",
            "This course introduces the soils of the world and the people who live from them. We read, dig and draw.",
        ),
        "outcomes": (
            "Learning outcomes",
            "Students will be able to:",
            ["explain how loess is laid down", "draw a profile of a soil", "compare two ways of ploughing"],
        ),
        "prerequisites": ("Prerequisites", ["Geology 101", "Chemistry 110"]),
        "grading": ("Grading", [("Field notebook", 30), ("Two quizzes", 30), ("Final exam", 40)]),
        "policy": (
            "Course policies",
            [
                ("Late work", "Notebooks lose five points a day and are not accepted after a week."),
                ("Phones", "Keep them in your bag unless you measure with them."),
            ],
        ),
        "literature": (
            "Readings",
            ["Brady N. The Nature of Soils. Pearson, 2019.", "Hillel D. Out of the Earth. Free Press, 1991."],
        ),
        "teacher": ("Instructor", "Dr. Helen Marsh", "h.marsh@nf.example", "Hall 214", "Tuesdays 2-4 pm"),
        "labels": ("Email", "Office", "Office hours"),
    },
    "ru": {
        "title": "Почва и общество",
        "university": "Северный аграрный университет",
        "description": (
            "Описание дисциплины",
            "Курс знакомит с почвами мира и людьми, которые от них живут. Мы читаем, копаем и рисуем.",
        ),
        "outcomes": (
            "Результаты обучения",
            "Студент сможет:",
            ["объяснять, как отложился лёсс", "рисовать профиль почвы", "сравнивать два способа пахоты"],
        ),
        "prerequisites": ("Пререквизиты", ["Геология", "Химия"]),
        "grading": ("Оценивание", [("Полевой дневник", 30), ("Два теста", 30), ("Экзамен", 40)]),
        "policy": (
            "Политика курса",
            [
                ("Опоздания", "Дневник теряет пять баллов в день и через неделю не принимается."),
                ("Телефоны", "Держите их в сумке, если не измеряете ими."),
            ],
        ),
        "literature": ("Литература", ["Брейди Н. Природа почв. М., 2019.", "Хиллел Д. Из земли. М.: Мир, 1991."]),
        "teacher": ("Преподаватель", "Зимина А. П.", "zimina@nf.example", "ауд. 214", "вторник 14:00-16:00"),
        "labels": ("Эл. почта", "Кабинет", "Часы консультаций"),
    },
    "kk": {
        "title": "Топырақ және қоғам",
        "university": "Солтүстік аграрлық университеті",
        "description": (
            "Пәннің сипаттамасы",
            "Курс әлемнің топырақтарымен және одан күн көретін адамдармен таныстырады. Оқимыз, қазамыз, сызамыз.",
        ),
        "outcomes": (
            "Оқыту нәтижелері",
            "Студент:",
            ["лёстің қалай жиналғанын түсіндіреді", "топырақ кескінін сызады", "жыртудың екі тәсілін салыстырады"],
        ),
        "prerequisites": ("Пререквизиттер", ["Геология", "Химия"]),
        "grading": ("Бағалау", [("Дала күнделігі", 30), ("Екі тест", 30), ("Емтихан", 40)]),
        "policy": (
            "Курс саясаты",
            [
                ("Кешігу", "Күнделік күніне бес балл жоғалтады, бір аптадан соң қабылданбайды."),
                ("Телефон", "Өлшемесеңіз, сөмкеде ұстаңыз."),
            ],
        ),
        "literature": (
            "Әдебиеттер",
            ["Брейди Н. Топырақ табиғаты. Алматы, 2019.", "Хиллел Д. Жерден. Алматы: Мир, 1991."],
        ),
        "teacher": ("Оқытушы", "Зимина А. П.", "zimina@nf.example", "214 каб.", "сейсенбі 14:00-16:00"),
        "labels": ("Email", "Кабинет", "Кеңес сағаттары"),
    },
}
HEADS = {
    "md": ("## {h}", "**{h}**", "### {h}:"),
    "txt": ("{H}", "{h}:", "{h}\n-----"),
    "docx": ("style", "bold", "capitals"),
}
ITEMS = ("- {x}", "{i}. {x}", "* {x}", "{i}) {x}", "{x};")
SHARES = ("{n} – {p}%", "{n}: {p}%", "{p}% {n}", "{n} ({p}%)", "- {n} {p} %")


def parts(language: str, form: int) -> list[tuple[str, str]]:
    """The lines of a syllabus, each with what it is: title, heading, inner heading or line."""
    said = WORDS[language]
    made = [("title", said["title"]), ("line", said["university"])]

    def part(name: str, lines: list[str]) -> None:
        made.append(("heading", said[name][0]))
        made.extend(("line", line) for line in lines)

    def listed(texts: list[str]) -> list[str]:
        return [ITEMS[form].format(x=text, i=i) for i, text in enumerate(texts, 1)]

    label, name, *values = said["teacher"]
    if form % 3:
        made.append(("line", f"{label}: {', '.join((name, *values))}"))
    else:
        made.append(("line", f"{label}: {name}"))
        made.extend(("line", f"{one}: {value}") for one, value in zip(said["labels"], values, strict=True))
    part("description", [said["description"][1]])
    courses = said["prerequisites"][1]
    part("prerequisites", [", ".join(courses) + "."] if form % 2 else listed(courses))
    _, lead, outcomes = said["outcomes"]
    part("outcomes", [*([] if form % 2 else [lead]), *listed(outcomes)])
    part("grading", [SHARES[form].format(n=name, p=percent) for name, percent in said["grading"][1]])
    part("policy", [f"{title}{': ' if form % 3 else '. '}{text}" for title, text in said["policy"][1]])
    part("literature", listed(said["literature"][1]))
    return made


def write(path: Path, lines: list[tuple[str, str]], head: str) -> None:
    if path.suffix == ".docx":
        document = Document()
        for kind, text in lines:
            if kind == "heading" and head == "style":
                document.add_heading(text, 1)
                continue
            shown = text.upper() if kind == "heading" and head == "capitals" else text
            document.add_paragraph().add_run(shown).bold = kind != "line"
        document.save(str(path))
        return
    markdown = path.suffix == ".md"
    text = ""
    for (kind, line), (after, _) in itertools.pairwise([*lines, ("end", "")]):
        shown = f"# {line}" if kind == "title" and markdown else line
        if kind == "heading":
            shown = "\n" + head.format(h=line, H=line.upper())
        listed = kind == after == "line" and line[:1] in "-*123"
        text += shown + ("\n\n" if markdown and not listed else "\n")
    path.write_text(text, encoding="utf-8")


def read(path: Path) -> Course:
    (loaded,) = discovery.find_projects([path])
    return build.understand(loaded).course


def bare(text: str) -> str:
    return text.rstrip(".;")


@pytest.mark.parametrize("form", [0, 1, 3, 4])
@pytest.mark.parametrize(("suffix", "head"), [(suffix, head) for suffix, heads in HEADS.items() for head in heads])
@pytest.mark.parametrize("language", list(WORDS))
def test_each_part_is_read(tmp_path: Path, language: str, suffix: str, head: str, form: int) -> None:
    said = WORDS[language]
    write(tmp_path / f"paper.{suffix}", parts(language, form), head)
    course = read(tmp_path / f"paper.{suffix}")
    about = course.about
    assert (course.title, about.university) == (said["title"], said["university"])
    assert [bare(block_text((one,))) for one in about.description] == [bare(said["description"][1])]
    assert [bare(one) for one in about.prerequisites] == said["prerequisites"][1]
    assert [bare(one) for one in about.outcomes] == said["outcomes"][2]
    assert about.grading is not None
    assert [(one.name, one.percent) for one in about.grading.weights] == said["grading"][1]
    assert [(one.title, bare(block_text(one.blocks))) for one in about.policies] == [
        (title, bare(text)) for title, text in said["policy"][1]
    ]
    (teacher,) = about.teachers
    assert (bare(teacher.name or ""), teacher.email, teacher.office_hours) == (
        bare(said["teacher"][1]), said["teacher"][2], said["teacher"][4],
    )  # fmt: skip
    assert (list(course.sessions()), course.exam, course.glossary) == ([], None, ())
