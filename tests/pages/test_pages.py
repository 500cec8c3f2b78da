"""The pages that all packages share: what they say, in which order, and that their words are translated."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from coursepack.languages.catalogues import Words
from coursepack.model.blocks import Block, Blocks, Heading, List, Paragraph, Run, Table, block_text
from coursepack.model.course import About, Assignment, Course, Hours, Reading, Session, Task, Term, Week
from coursepack.pages import about, criteria, spoken, teaching
from coursepack.project.course_toml import CriterionEntry, LevelEntry
from tests.samples import b, everything, p


def outline(blocks: Blocks) -> list[str]:
    """The headings, as «# …» by level."""
    return [f"{'#' * block.level} {block_text((block,))}" for block in blocks if isinstance(block, Heading)]


def rows(block: Block) -> list[tuple[str, ...]]:
    assert isinstance(block, Table)
    return [tuple(block_text(cell.blocks) for cell in row.cells) for row in block.rows]


def test_syllabus_in_the_order_of_departments() -> None:
    found = about.syllabus(everything())
    assert rows(found[0]) == [
        ("Университет", "Үлгі университеті"),
        ("Факультет", "Философия және саясаттану факультеті"),
        ("Кафедра", "Саясаттану кафедрасы"),
        ("Білім беру бағдарламасы", "6B03101 – Саясаттану"),
        ("Пәннің атауы", "Үлгі курс: «билік» & <заң>"),
        ("Пәннің коды", "SB 3208"),
        ("Пәннің циклы", "БП"),
        ("Компонент", "ТК"),
        ("Кредит саны", "5"),
        ("Сағат саны", "барлығы – 150; дәріс – 15; семинар – 30; СОӨЖ – 30; СӨЖ – 75"),
        ("Оқу жылы", "2026/2027"),
        ("Семестр", "күзгі"),
        ("Курс", "3"),
        ("Оқытушы", "Ахметова А.Б., PhD, доцент, a@example.kz, дс 15:00"),
    ]
    assert outline(found) == [
        "# Пәннің қысқаша сипаттамасы",
        "# Пәннің мақсаты",
        "# Пререквизиттер",
        "# Постреквизиттер",
        "# Оқыту нәтижелері",
        "# Пәннің тақырыптық жоспары",
    ]
    plan = rows(found[-1])
    assert plan[0] == ("Апта", "Сабақтар", "Тапсырмалар")
    assert plan[1][0] == "1-апта"
    assert plan[1][1].split("\n")[1] == "1-семинар"
    assert plan[1][2].startswith("1 СОӨЖ. “Саяси ғылымдағы")


def test_nothing_declared_is_nothing_said() -> None:
    bare = Course(id="c", title="C", language="en")
    found = about.syllabus(bare)
    assert [rows(block) for block in found] == [[("Course title", "C")]]
    assert [about.PAGES[kind](bare) for kind in ("outcomes", "grading", "literature", "glossary")] == [(), (), (), ()]


def test_week_without_classes_keeps_its_title_in_the_plan() -> None:
    course = Course(id="c", title="C", language="en", weeks=(Week(id="w07", number=7, title="Midterm"),))
    assert rows(about.syllabus(course)[-1])[1] == ("Week 7. Midterm", "", "")


def test_grading() -> None:
    preset, weights, title, interim = about.grading(everything("ru"))
    assert block_text((preset, title)) == "Рейтинг и экзамен: 60/40\nРубежный контроль"
    assert rows(weights) == [("Ағымдағы бақылау", "60 %"), ("Емтихан", "40 %")]
    assert rows(interim) == [("АБ1", "после 1-й недели", "баллов: 100")]


def test_addresses_within_entries_of_literature_are_links() -> None:
    entry = "Стандарт (https://example.org/std). Алматы, 2024"
    course = everything()
    books = replace(course.about.literature, basic=(entry,))
    session = replace(course.weeks[0].sessions[0], literature=(entry, "www.example.kz, без ссылки"))
    of_course = about.literature(replace(course, about=replace(course.about, literature=books)))
    for blocks in (of_course, teaching.session_end(session, "ru")):
        (listed, *_) = (block for block in blocks if isinstance(block, List))
        (first, *_) = listed.items
        (paragraph,) = first.blocks
        assert isinstance(paragraph, Paragraph)
        assert [(run.text, run.href) for run in paragraph.content if isinstance(run, Run)] == [
            ("Стандарт (", None),
            ("https://example.org/std", "https://example.org/std"),
            ("). Алматы, 2024", None),
        ]


def test_addresses_of_literature_are_links() -> None:
    last = about.literature(everything())[-1]
    assert isinstance(last, List)
    (line,) = last.items[0].blocks
    assert isinstance(line, Paragraph)
    assert line.content == (Run(text="https://adilet.zan.kz", href="https://adilet.zan.kz"),)


def test_glossary_with_translations() -> None:
    term = Term(id="t", term="Билік", definition=b("Мәні."), translations={"ru": "власть", "en": "power"})
    found = about.glossary(Course(id="c", title="C", language="kk", glossary=(term,)))
    assert block_text(found) == "Билік (en: power; ru: власть)\nМәні."


def test_class_in_the_order_of_a_printed_plan() -> None:
    sample = everything().weeks[0].sessions[1]
    tasks = (
        Task(id="k1", blocks=b("Салыстырыңыз."), printed="1.", label="І деңгей"),
        Task(id="k2", blocks=b("Сызыңыз."), printed="2.", label="І деңгей"),
        Task(id="k3", blocks=(), printed="3.", label="ІІ деңгей"),
    )
    full = replace(
        sample,
        outcomes=("Білу",),
        outline=sample.topics[:1],
        blocks=b("Мәтін."),
        tasks=tasks,
        literature=("Вебер М.",),
    )
    found = teaching.session(full, "kk")
    assert outline(found) == [
        "# Оқыту нәтижелері",
        "# Сабақтың мақсаты мен міндеттері",
        "# Техникалық құралдар",
        "# Жоспары",
        "# Талқылауға арналған сұрақтар",
        "# Тапсырмалар",
        "## І деңгей",
        "## ІІ деңгей",
        "# Әдебиеттер",
    ]
    assert "1. Салыстырыңыз.\n2. Сызыңыз.\nІІ деңгей\n3." in block_text(found)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2026-09-20", "20 September 2026"),
        ("2026-09-20T18:30", "20 September 2026, 18:30"),
        ("after the holidays", "after the holidays"),
    ],
)
def test_when_a_task_is_due(due: str, said: str) -> None:
    task = Assignment(id="a", kind="homework", blocks=(), due=due, due_week=3)
    assert teaching.terms(task, "en") == [("Due", said)]


def test_due_week_stands_in_for_a_date() -> None:
    task = Assignment(id="a", kind="homework", blocks=(), due_week=3, points=2.5, hours=3, form="essay")
    assert teaching.terms(task, "ru") == [
        ("Вид работы", "essay"),
        ("Максимальный балл", "2,5"),
        ("Количество часов", "3"),
        ("Срок сдачи", "Неделя 3"),
    ]


def test_chapters_are_cut_at_the_highest_headings() -> None:
    def head(text: str, level: int) -> Heading:
        return Heading(level=level, content=(Run(text=text),))

    blocks = (p("before"), head("One", 2), p("a"), head("deeper", 3), head("Two", 2))
    start, found = teaching.chapters(blocks)
    assert start == (p("before"),)
    assert [(block_text((title,)), block_text(text)) for title, text in found] == [("One", "a\ndeeper"), ("Two", "")]
    assert teaching.chapters((p("x"),)) == ((p("x"),), [])


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_word_is_translated(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said: set[str] = set()
    say = Words.__call__

    def record(self: Words, message: str, **fields: object) -> str:
        said.add(message)
        return say(self, message, **fields)

    monkeypatch.setattr(Words, "__call__", record)
    course = everything(language)
    hours = Hours(lecture=1, seminar=1, practical=1, laboratory=1, supervised=1, independent=1, total=6)
    assert course.exam is not None
    declared: About = replace(course.about, hours=hours, city="Алматы", study_form="күндізгі", objectives=("А",))
    course = replace(course, about=declared, exam=replace(course.exam, form="ауызша"))
    for page in about.PAGES.values():
        page(course)
    for _, session in course.sessions():
        teaching.session(replace(session, literature=("А",)), language)
    for week in course.weeks:
        for task in week.assignments:
            teaching.assignment(task, language)
    teaching.reading(Reading(id="r", blocks=(), references=("А",)), language)
    levels = (LevelEntry(points=1, text="А"), LevelEntry(points=2, text="Ә"))
    marked = (CriterionEntry(name="А", points=1, text="Б"), CriterionEntry(name="Ә", levels=levels))
    criteria.table(marked, language)
    words = spoken(language)
    assert sorted(message for message in said if not words.has(message)) == []
    own = {message for message in words.messages() if message not in Words(language, "common").messages()}
    assert own <= said  # no word that no page uses


def test_session_kinds_share_the_page() -> None:
    empty = Session(id="s", kind="practical", blocks=b("x"))
    assert teaching.session(empty, "en") == b("x")
