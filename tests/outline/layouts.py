"""Courses printed as text in the layouts that departments use, to see them read back as themselves."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from random import Random

from coursepack.model.document import Document, Line
from coursepack.project.course_toml import Loaded, Project, SourceEntry
from coursepack.readers.text import read

WORDS = {
    "kk": "билік қоғам мемлекет саясат азамат құқық өкілет сайлау парламент үкімет ғылым теория қатынас өмір жүйе "
    "дәстүр басқару қызмет мүдде топтар өзгеріс тарих құрылым маңызды күрделі саяси ұлттық әлеуметтік қазіргі негізгі",
    "ru": "власть общество государство политика гражданин право полномочие выборы парламент правительство наука теория "
    "отношение жизнь система традиция управление служба интерес группы изменение история структура важный сложный",
    "en": "power society state politics citizen right mandate election parliament government science theory relation "
    "life system tradition rule service interest groups change history structure important complex national",
}
LECTURE = {
    "kk": [
        "{n}-дәріс. {title}",
        "Дәріс №{n}. {title}",
        "{n}-тақырып. {title}",
        "№{n} дәріс\nТақырыбы: {title}",
        "Дәріс {n}\n{title}",
        "{n}-ДӘРІС\n{title}",
        "{n}-лекция. {title}",
        "Дәріс – {n}. {title}",
        "Дәріс {roman}. {title}",
        "{word} дәріс. {title}",
    ],
    "ru": [
        "Лекция {n}. {title}",
        "Лекция №{n}. {title}",
        "Тема {n}. {title}",
        "ЛЕКЦИЯ {n}\n{title}",
        "Лекция {n}\nТема: {title}",
        "Лекция № {n}: {title}",
        "Тема лекции №{n}: {title}",
        "Лекция {n} (2 часа). {title}",
        "Лекция {roman}. {title}",
        "{word} лекция. {title}",
    ],
    "en": [
        "Lecture {n}: {title}",
        "Lecture {n}. {title}",
        "Topic {n}. {title}",
        "LECTURE {n}\n{title}",
        "Week {n}: {title}",
        "Lecture {n}\n{title}",
        "Chapter {n}. {title}",
        "Lecture No. {n}. {title}",
        "Lecture {roman}. {title}",
        "Lecture {word}. {title}",
    ],
}
ROMAN = ["", "I", "II", "III", "IV", "V", "VI"]
WORD = {
    "kk": ["", "Бірінші", "Екінші", "Үшінші", "Төртінші", "Бесінші", "Алтыншы"],
    "ru": ["", "Первая", "Вторая", "Третья", "Четвёртая", "Пятая", "Шестая"],
    "en": ["", "One", "Two", "Three", "Four", "Five", "Six"],
}
OUTLINE = {"kk": "Жоспары:", "ru": "План:", "en": "Outline:"}
REVIEW = {
    "kk": ["Тақырыпты пысықтау сұрақтары:", "Бақылау сұрақтары", "Өзін-өзі бақылау сұрақтары:"],
    "ru": ["Контрольные вопросы:", "Вопросы для самоконтроля", "Контрольные вопросы"],
    "en": ["Review questions", "Control questions:", "Self-check questions:"],
}
SEMINARS = {"kk": "Семинар сабақтарының тақырыптары", "ru": "Темы семинарских занятий", "en": "Seminar topics"}
SEMINAR = {
    "kk": ["{n}-апта.", "{n}-семинар. {title}", "Семинар {n}. {title}"],
    "ru": ["{n} неделя", "Семинар {n}. {title}", "Семинарское занятие №{n}. {title}"],
    "en": ["Week {n}", "Seminar {n}. {title}", "Seminar {n}: {title}"],
}
TASKS = {"kk": "СӨЖ тапсырмалары:", "ru": "Задания для СРС", "en": "SIW topics:"}
TASK = {
    "kk": ["{n} СӨЖ {text}", "СӨЖ {n}. {text}", "{n}-СӨЖ. {text}", "{n}. {text}"],
    "ru": ["СРС {n}. {text}", "СРС №{n}. {text}", "СРС-{n}. {text}", "{n}) {text}"],
    "en": ["SIW {n}. {text}", "SIW {n}: {text}", "SIW {n} - {text}", "{n}. {text}"],
}
EXAM = {
    "kk": ["Емтихан сұрақтары", "Емтихан сұрақтарының тізімі", "«Саясаттану» пәні бойынша емтихан сұрақтары"],
    "ru": ["Вопросы к экзамену", "Перечень экзаменационных вопросов", "Вопросы для подготовки к экзамену:"],
    "en": ["Exam questions", "List of examination questions", "Questions for the exam"],
}
ASKED = {"kk": "Сұрақ", "ru": "Вопрос", "en": "Question"}
# How an item of the exam list is printed; ``{w}`` is the language's word for a question.
ITEM = [
    "{n}. {text}",
    "{n}) {text}",
    "({n}) {text}",
    "{n}   {text}",
    "• {text}",
    "{text}",
    "{w} {n}. {text}",
    "{w} {n}:\n{text}",
]
FOREWORD = {"kk": "Алғы сөз", "ru": "Предисловие", "en": "Foreword"}
CONCLUSION = {"kk": "Қорытынды", "ru": "Заключение", "en": "Conclusion"}


@dataclass
class Lecture:
    title: str
    outline: list[str]
    body: list[str]
    review: list[str]


@dataclass
class Printed:
    """A course as a person would know it again, and how it is printed."""

    language: str
    lectures: list[Lecture]
    seminars: list[tuple[str, list[str]]]
    tasks: list[str]
    exam: list[str]
    foreword: list[str] = field(default_factory=list)
    conclusion: list[str] = field(default_factory=list)


def made(chance: Random, language: str) -> Printed:
    """A course of two to six lectures in one language."""
    words = WORDS[language].split()

    def phrase(low: int, high: int) -> str:
        return " ".join(chance.choice(words) for _ in range(chance.randint(low, high))).capitalize()

    def sentence() -> str:
        return phrase(7, 15) + "."

    def paragraph() -> str:
        return " ".join(sentence() for _ in range(chance.randint(2, 5)))

    def texts(low: int, high: int) -> list[str]:
        return [paragraph() for _ in range(chance.randint(low, high))]

    count = chance.randint(2, 6)
    lectures = [
        Lecture(
            phrase(2, 5),
            [phrase(2, 6) for _ in range(chance.randint(2, 4))],
            texts(2, 4),
            [phrase(3, 8) + "?" for _ in range(chance.randint(2, 4))],
        )
        for _ in range(count)
    ]
    return Printed(
        language,
        lectures,
        [(phrase(2, 4), [phrase(2, 6) + "." for _ in range(chance.randint(2, 4))]) for _ in range(count)],
        [phrase(4, 9) for _ in range(count)],
        [phrase(3, 12) for _ in range(chance.randint(5, 14))],
        texts(1, 2),
        texts(1, 2),
    )


@dataclass(frozen=True)
class Layout:
    """How a course is printed. ``gaps``: blank lines between paragraphs; ``spread``: one after every line."""

    width: int = 80
    lecture: int = 0
    seminar: int = 0
    task: int = 0
    item: int = 0
    headed: bool = True
    review_first: bool = False
    spread: bool = False


def printed(course: Printed, layout: Layout) -> str:
    """The text of a course in a layout."""
    language = course.language
    blocks: list[list[str]] = []

    def put(*lines: str) -> None:
        blocks.append([part for line in lines for text in line.split("\n") for part in wrap(text)])

    def wrap(text: str) -> list[str]:
        return textwrap.wrap(text, layout.width, break_long_words=False, break_on_hyphens=False) or [""]

    put(FOREWORD[language])
    for text in course.foreword:
        put(text)
    for n, lecture in enumerate(course.lectures, 1):
        head = LECTURE[language][layout.lecture]
        put(head.format(n=n, title=lecture.title, roman=ROMAN[n], word=WORD[language][n]))
        review = [f"{k}. {text}" for k, text in enumerate(lecture.review, 1)]
        if layout.review_first:
            put(REVIEW[language][0], *review)
        if layout.headed:
            put(OUTLINE[language], *(f"{k}. {text}" for k, text in enumerate(lecture.outline, 1)))
        else:
            put(*(f"• {text}" for text in lecture.outline))
        for text in lecture.body:
            put(text)
        if not layout.review_first:
            put(REVIEW[language][n % 3], *review)
    put(CONCLUSION[language])
    for text in course.conclusion:
        put(text)
    put(SEMINARS[language])
    for n, (title, topics) in enumerate(course.seminars, 1):
        head = SEMINAR[language][layout.seminar].format(n=n, title=title)
        put(head, *(f"{k}. {text}" for k, text in enumerate(topics, 1)))
    task, item = TASK[language][layout.task], ITEM[layout.item]
    put(TASKS[language], *(task.format(n=n, text=text) for n, text in enumerate(course.tasks, 1)))
    asked = ASKED[language]
    head = EXAM[language][layout.item % 3]
    items = [item.format(n=n, w=asked, text=text) for n, text in enumerate(course.exam, 1)]
    if item == "{text}":  # a full line and a capital after it would be anybody's guess
        put(head)
        for text in items:
            put(text)
    else:
        put(head, *items)
    if layout.spread:
        return "\n\n\n".join("\n\n".join(block) for block in blocks) + "\n"
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def loaded(language: str, entry: SourceEntry) -> Loaded:
    """A project of one source, in memory."""
    from pathlib import Path

    from coursepack.model.course import About

    project = Project(id="made", title="Made", language=language, source=(entry,))
    return Loaded(project=project, folder=Path(), file=None, declared=About(), options={})


def as_document(text: str, name: str = "made.txt") -> Document:
    """A text as the reader gives it."""
    return read(name, text.encode())


def plain_lines(document: Document) -> list[str]:
    return [unit.text for unit in document.units if isinstance(unit, Line)]
