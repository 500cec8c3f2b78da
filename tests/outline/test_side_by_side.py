"""Editions that stand beside one another in one document: which is read, what is set aside, and what is no edition."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from coursepack.outline import Understood
from coursepack.text.halves import half_of, halves

Table = Sequence[Sequence[str]]


def understood(folder: Path, blocks: Sequence[str | Table]) -> Understood:
    """Paragraphs (bold behind «*») and tables, whose cells may hold several lines, as Word has them."""
    made = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            made.add_paragraph().add_run(block.removeprefix("*")).bold = block.startswith("*")
            continue
        table = made.add_table(rows=len(block), cols=len(block[0]))
        for row, texts in zip(table.rows, block, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                first, *more = text.split("\n")
                cell.paragraphs[0].text = first
                for line in more:
                    cell.add_paragraph(line)
    made.save(str(folder / "paper.docx"))
    (loaded,) = find_projects([folder / "paper.docx"])
    return build.understand(loaded)


def titles(found: Understood) -> list[tuple[int | None, str | None]]:
    return [(one.number, one.title) for _, one in found.course.sessions()]


def asked(found: Understood) -> list[str]:
    assert found.course.exam is not None
    return [block_text(one.text) for one in found.course.exam.questions]


def told(found: Understood) -> list[str]:
    return [one.message for one in found.findings if one.code == "outline-languages"]


def errors(found: Understood) -> list[str]:
    return [one.message for one in found.findings if one.severity == "error"]


KAZAKH = ("Табиғат және қоғам", "Су ресурстары", "Қалдықтарды өңдеу", "Топырақтың ластануы")
RUSSIAN = ("Природа и общество", "Водные ресурсы", "Переработка отходов", "Загрязнение почвы")
ENGLISH = ("Nature and society", "Water resources", "Waste recycling", "Pollution of soils")


@pytest.mark.parametrize(
    ("head", "rows", "language"),
    [
        (("Апта", "Тақырып", "Тема", "Topic"), zip(KAZAKH, RUSSIAN, ENGLISH, strict=True), "kk"),
        (("Апта", "Тақырыбы / Тема"), ((f"{k}\n{r}",) for k, r in zip(KAZAKH, RUSSIAN, strict=True)), "kk"),
    ],
    ids=["columns", "lines of a cell"],
)
def test_a_plan_in_several_languages(tmp_path: Path, head: Sequence[str], rows: Table, language: str) -> None:
    plan = [head, *((str(nth), *row) for nth, row in enumerate(rows, 1))]
    found = understood(tmp_path, ["*Силлабус", "*Экология негіздері", plan])
    assert found.course.language == language
    assert found.course.title == "Экология негіздері"
    assert titles(found) == list(enumerate(KAZAKH, 1))
    assert not any(one.topics for _, one in found.course.sessions())
    assert errors(found) == []
    assert len(told(found)) == 1


def test_a_document_in_two_columns(tmp_path: Path) -> None:
    pages = [
        ("Қазақша", "Русский текст"),
        ("1-дәріс. Су", "Лекция 1. Вода"),
        ("Су – өмір көзі. Оның үш күйі бар.", "Вода – источник жизни. У неё три состояния."),
        ("2-дәріс. Топырақ", "Лекция 2. Почва"),
        ("Топырақ – құнарлы қабат. Оны қорғау керек.", "Почва – плодородный слой. Его нужно беречь."),
    ]
    found = understood(tmp_path, ["*Дәрістер кешені / Комплекс лекций", pages])
    assert titles(found) == [(1, "Су"), (2, "Топырақ")]
    texts = [" ".join(map(block_text, [one.blocks])) for _, one in found.course.sessions()]
    assert texts == ["Су – өмір көзі. Оның үш күйі бар.", "Топырақ – құнарлы қабат. Оны қорғау керек."]
    assert told(found) == ["the file holds parallel texts; Kazakh was read, Russian (128 characters) set aside"]
    assert errors(found) == []


def test_lines_that_follow_one_another_in_two_languages(tmp_path: Path) -> None:
    found = understood(
        tmp_path,
        [
            "*Программа курса / Курс бағдарламасы",
            "*Музейное дело / Мұражай ісі",
            [("№", "Тема", "Тақырып"), ("1", "Учет и хранение", "Есепке алу және сақтау")],
            "*Описание",
            "Курс показывает, как вещь становится экспонатом: от акта приема до этикетки.",
            "*Сипаттамасы",
            "Курс заттың экспонатқа айналу жолын көрсетеді: қабылдау актісінен жазуға дейін.",
            "*Вопросы к экзамену / Емтихан сұрақтары",
            "1. Что записывают в книгу поступлений?",
            "Түсім кітабына не жазылады?",
            "2. Почему ткань не вешают на солнце?",
            "Матаны неге күнге ілмейді?",
            "*Литература / Әдебиет",
            "Юренева Т. Музей рядом. Москва, 2011",
            "Тілеубаев М. Мұражай қоры. Алматы, 2019",
        ],
    )
    assert found.course.title == "Музейное дело / Мұражай ісі"  # as it is printed
    assert titles(found) == [(1, "Учет и хранение")]
    assert block_text(found.course.about.description) == (
        "Курс показывает, как вещь становится экспонатом: от акта приема до этикетки."
    )
    assert asked(found) == ["Что записывают в книгу поступлений?", "Почему ткань не вешают на солнце?"]
    assert list(found.course.about.literature.basic) == [
        "Юренева Т. Музей рядом. Москва, 2011",
        "Тілеубаев М. Мұражай қоры. Алматы, 2019",
    ]
    assert errors(found) == []


def test_each_edition_has_its_halves_of_lines(tmp_path: Path) -> None:
    plan = [
        ("Неделя", "Тема / Тақырыбы"),
        *((str(n), f"{r} / {k}") for n, (r, k) in enumerate(zip(RUSSIAN, KAZAKH, strict=True), 1)),
    ]
    understood(tmp_path, ["*Программа курса", plan, "*Вопросы к экзамену", "1. Что такое почва? / Топырақ деген не?"])
    settings = 'id = "ecology"\ntitle = "Экология"\nlanguage = "kk"\nlanguages = ["ru"]\n'
    source = '\n[[source]]\nfile = "paper.docx"\nrole = "syllabus"\n'
    (tmp_path / "course.toml").write_text(settings + source, encoding="utf-8")
    (loaded,) = find_projects([tmp_path])
    editions = {one.project.language: build.understand(one) for _, one in build.editions(loaded)}
    assert {code: titles(found) for code, found in editions.items()} == {
        "kk": list(enumerate(KAZAKH, 1)),
        "ru": list(enumerate(RUSSIAN, 1)),
    }
    assert asked(editions["ru"]) == ["Что такое почва?"]
    assert asked(editions["kk"]) == ["Топырақ деген не?"]


def test_questions_numbered_beside_two_columns(tmp_path: Path) -> None:
    rows = [
        ("№", "Қазақ тілінде", "На русском языке"),
        ("1", "Экология деген не?", "Что такое экология?"),
        ("2", "Суды қалай тазартады?", "Как очищают воду?"),
        ("3", "Топырақ неге құнарлы?", "Почему почва плодородна?"),
    ]
    found = understood(tmp_path, ["*Емтихан сұрақтары / Экзаменационные вопросы", rows])
    assert asked(found) == ["Экология деген не?", "Суды қалай тазартады?", "Топырақ неге құнарлы?"]
    assert errors(found) == []


@pytest.mark.parametrize("head", [(), (("№", ""),), (("№", "Тұжырымы"),)], ids=["none", "number", "unknown"])
def test_a_table_of_numbers_and_questions(tmp_path: Path, head: Table) -> None:
    rows = [("1", "Экология деген не?"), ("2", "Суды қалай тазартады?"), ("3", "Топырақ неге құнарлы?")]
    found = understood(tmp_path, ["*Емтихан сұрақтары", [*head, *rows]])
    assert asked(found) == [text for _, text in rows]


def test_what_is_in_two_languages_and_no_edition(tmp_path: Path) -> None:
    terms = [
        ("Термин", "Русский", "English"),
        ("су", "вода", "water"),
        ("топырақ", "почва", "soil"),
        ("ауа", "воздух", "air"),
    ]
    found = understood(tmp_path, ["*Сөздік", "*Экология терминдері", terms])
    assert [one.term for one in found.course.glossary] == ["су", "топырақ", "ауа"]
    assert told(found) == []


def test_halves_of_a_line() -> None:
    assert halves("Занятия / Сабақтар") == ["ru", "kk"]
    assert halves("Оқыту нәтижелері / Результаты обучения / Learning outcomes") == ["kk", "ru", "en"]
    for line in ("ввод / вывод", "Пән коды / Код дисциплины: TAR 101", "Серікова А. / serikova@ecology.example"):
        assert halves(line) == []
    assert half_of("Музейное дело / Мұражай ісі", "ru") == "Музейное дело"
    assert half_of("Музейное дело", "kk") == "Музейное дело"
