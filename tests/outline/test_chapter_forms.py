"""One chapter of a textbook under headings of every form: what is learned, text, terms, questions, tasks, books."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text

# A level (0: text) and a line.
Line = tuple[int, str]

HEADS: Mapping[str, Sequence[str]] = {
    "en": ("Chapter 7. {title}", "CHAPTER 7\n{title}", "Unit 7: {title}", "§ 7. {title}"),
    "ru": ("Глава 7. {title}", "ГЛАВА 7\n{title}", "Раздел 7. {title}", "§ 7. {title}"),
    "kk": ("7-тарау. {title}", "7-ТАРАУ\n{title}", "7-бөлім. {title}", "§ 7. {title}"),
}
TITLE = {"en": "Cold and how it is made", "ru": "Холод и как его получают", "kk": "Суық және оны алу"}
TEXT = {
    "en": "A fridge does not make cold: it carries heat away from the food and leaves it behind the wall, where a warm "
    "grid of pipes gives it to the kitchen air.",
    "ru": "Холодильник не делает холода: он уносит тепло от продуктов и оставляет его за стенкой, где тёплая решётка "
    "труб отдаёт его воздуху кухни.",
    "kk": "Тоңазытқыш суық жасамайды: ол тағамнан жылуды алып, қабырғаның артына шығарады, сонда жылы құбырлар оны ас "
    "үйдің ауасына береді.",
}
# The labels of what is learned, the first section, the summary, the terms, the questions, the tasks, the books.
LABELS: Mapping[str, Sequence[Sequence[str]]] = {
    "en": (
        ("You will learn", "Machines", "Summary", "Key terms", "Check yourself", "For the workshop", "Further reading"),
        ("When you close this chapter you should be able to:", "Machines", "In short", "Words to keep",
         "Review questions", "Try it at home", "Where to read more"),
        ("In this chapter you will learn to:", "Machines", "Key points", "Glossary of the chapter", "Think about it",
         "Exercises", "References"),
    ),
    "ru": (
        ("Вы узнаете", "Машины", "Итоги", "Ключевые термины", "Проверьте себя", "Практикум", "Что почитать"),
        ("В этой главе вы научитесь:", "Машины", "Коротко", "Словарик", "Контрольные вопросы", "Попробуйте сами",
         "Литература"),
        ("После этой главы вы сможете:", "Машины", "Главное", "Основные понятия", "Подумайте и ответьте", "Задания",
         "Дополнительное чтение"),
    ),
    "kk": (
        ("Сіз үйренесіз", "Машиналар", "Қорытынды", "Негізгі ұғымдар", "Өзіңізді тексеріңіз", "Өз қолыңмен",
         "Не оқуға болады"),
        ("Бұл тарауда сіз үйренесіз:", "Машиналар", "Қысқаша", "Терминдер", "Бақылау сұрақтары", "Жасап көр",
         "Әдебиет"),
        ("Тараудан кейін сіз біле аласыз:", "Машиналар", "Түйін", "Сөздік", "Ойлан, жауап бер", "Тапсырмалар",
         "Қосымша оқу"),
    ),
}  # fmt: skip
LEARNED: Mapping[str, Sequence[str]] = {
    "en": ("trace the fluid through the ring", "read a gauge"),
    "ru": ("проследить путь жидкости", "читать показания манометра"),
    "kk": ("сұйықтықтың жолын қадағалау", "манометрді оқу"),
}
TERMS: Mapping[str, Sequence[Sequence[str]]] = {
    "en": (("Refrigerant", "a fluid that takes up heat by boiling"), ("Valve", "a gate behind which pressure drops")),
    "ru": (("Хладагент", "жидкость, которая кипя забирает тепло"), ("Клапан", "заслонка, за которой давление падает")),
    "kk": (("Хладагент", "қайнағанда жылу алатын сұйықтық"), ("Клапан", "артында қысым түсетін жапқыш")),
}
ASKED: Mapping[str, Sequence[str]] = {
    "en": ("Why is the wall warm?", "Which machine lowers the pressure?", "Explain what frost on the pipe means"),
    "ru": ("Почему стенка тёплая?", "Какая машина снижает давление?", "Объясните, что значит иней на трубе"),
    "kk": ("Қабырға неге жылы?", "Қай машина қысымды төмендетеді?", "Құбырдағы қырау нені білдіретінін түсіндіріңіз"),
}
DONE: Mapping[str, Sequence[str]] = {
    "en": ("Measure the warmth of the grid in the morning", "Draw the ring from memory"),
    "ru": ("Измерьте температуру решётки утром", "Нарисуйте кольцо по памяти"),
    "kk": ("Таңертең тордың температурасын өлшеңіз", "Сақинаны жадыңыздан салыңыз"),
}
BOOK = {
    "en": "Hellström P. Small plant. – Turku: Aura, 2014.",
    "ru": "Толмачёва И. Холод. – СПб.: Маяк, 2018.",
    "kk": "Әлімқұлов Ж. Суық. – Алматы: Өріс, 2012.",
}
PARTED = (" – ", ": ", " — ")
COUNTED = ("{n}. {text}", "7.{n} {text}", "• {text}")


def _lines(language: str, form: int, wording: int) -> list[Line]:
    learned, machines, short, terms, asked, done, books = LABELS[language][wording]
    return [
        *((1, line) for line in HEADS[language][form].format(title=TITLE[language]).split("\n")),
        (2, learned), *((0, f"• {text};") for text in LEARNED[language]),
        (2, machines), (0, TEXT[language]), (0, TEXT[language]),
        (2, short), (0, TEXT[language]),
        (2, terms), *((0, PARTED[wording].join(pair)) for pair in TERMS[language]),
        (2, asked), *((0, COUNTED[wording].format(n=n, text=_ended(q))) for n, q in enumerate(ASKED[language], 1)),
        (2, done), *((0, f"• {text}.") for text in DONE[language]),
        (2, books), (0, BOOK[language]),
    ]  # fmt: skip


def _ended(text: str) -> str:
    return text if text.endswith("?") else f"{text}."


def _headings(path: Path, lines: Sequence[Line]) -> None:
    document = docx.Document()
    for level, text in lines:
        document.add_paragraph(text, style=f"Heading {level}" if level else None)
    document.save(str(path))


def _bold(path: Path, lines: Sequence[Line]) -> None:
    document = docx.Document()
    for level, text in lines:
        document.add_paragraph().add_run(text).bold = level > 0
    document.save(str(path))


def _markdown(path: Path, lines: Sequence[Line]) -> None:
    made = [f"{'#' * level} {text}" if level else text.replace("• ", "- ") for level, text in lines]
    path.write_text("\n\n".join(made) + "\n", encoding="utf-8")


def _plain(path: Path, lines: Sequence[Line]) -> None:
    made = [f"\n{text}\n" if level else text for level, text in lines]
    path.write_text("\n".join(made) + "\n", encoding="utf-8")


LAYOUTS = {"headings.docx": _headings, "bold.docx": _bold, "chapter.md": _markdown, "chapter.txt": _plain}


@pytest.mark.parametrize("wording", range(3))
@pytest.mark.parametrize("form", range(4))
@pytest.mark.parametrize("language", list(HEADS))
@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_each_part_of_a_chapter_is_read(tmp_path: Path, layout: str, language: str, form: int, wording: int) -> None:
    LAYOUTS[layout](tmp_path / layout, _lines(language, form, wording))
    (loaded,) = discovery.find_projects([tmp_path / layout])
    course = build.understand(loaded).course
    (session,) = [session for _, session in course.sessions()]
    assert (session.number, session.title) == (7, TITLE[language])
    assert [text.rstrip(";") for text in session.outcomes] == list(LEARNED[language])
    assert [block_text(one.text).rstrip(".") for one in session.review] == list(ASKED[language])
    assert [block_text(one.blocks).rstrip(".") for one in session.tasks] == list(DONE[language])
    assert [(one.term, block_text(one.definition)) for one in course.glossary] == [
        tuple(pair) for pair in TERMS[language]
    ]
    assert session.literature == (BOOK[language],)
    assert [block_text((one,)) for one in session.blocks].count(TEXT[language]) == 3
