"""Manuals of three laboratory works under headings of every form: each is a class with its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT

from coursepack import build, discovery
from coursepack.model.blocks import block_text

HEADS: Mapping[str, Sequence[str]] = {
    "en": ("Laboratory work {n}. {title}", "LAB {n}\n{title}", "Experiment {n} – {title}", "Work {n}. {title}"),
    "ru": ("Лабораторная работа № {n}. {title}", "Работа {n}\n{title}", "Опыт {n}. {title}", "ЛР {n}. {title}"),
    "kk": ("№{n} зертханалық жұмыс. {title}", "{n}-жұмыс\n{title}", "Тәжірибе {n}. {title}", "ЗЖ {n}. {title}"),
}
TITLES: Mapping[str, Sequence[str]] = {
    "en": ("Bulk density", "Water in the soil", "Sand and clay"),
    "ru": ("Плотность почвы", "Вода в почве", "Песок и глина"),
    "kk": ("Топырақ тығыздығы", "Топырақтағы су", "Құм мен саз"),
}
# The labels of the aim, what is needed, the theory, what is done, what is asked.
LABELS: Mapping[str, Sequence[Sequence[str]]] = {
    "en": (
        ("Purpose", "Equipment", "Background", "Procedure", "Control questions"),
        ("Aim of the work", "You will need", "Theory", "What to do", "Questions for the report"),
        ("Objective", "Apparatus and materials", "Brief theory", "Steps", "Post-lab questions"),
    ),
    "ru": (
        ("Цель работы", "Оборудование", "Теоретические сведения", "Ход работы", "Контрольные вопросы"),
        ("Цель", "Приборы и материалы", "Краткая теория", "Порядок выполнения", "Вопросы к защите"),
        ("Цель занятия", "Понадобится", "Общие сведения", "Что делать", "Вопросы для отчёта"),
    ),
    "kk": (
        ("Жұмыстың мақсаты", "Құрал-жабдықтар", "Теориялық мәлімет", "Жұмыстың барысы", "Бақылау сұрақтары"),
        ("Мақсаты", "Қажетті құралдар", "Қысқаша теория", "Орындау тәртібі", "Қорғау сұрақтары"),
        ("Жұмыс мақсаты", "Керек-жарақ", "Теория", "Не істейміз", "Есепке арналған сұрақтар"),
    ),
}
SAID: Mapping[str, Sequence[Sequence[str]]] = {
    "en": (
        ("To find the mass of dry soil in a known volume.",),
        ("rings, balance, oven",),
        ("Bulk density tells how tightly a soil is packed, and water stands on a tight one for days after a rain.",),
        ("Clear the surface and press the ring in.", "Dry the soil for a day.", "Weigh it again."),
        ("Why is the soil dried?", "How did two rings differ?"),
    ),
    "ru": (
        ("Найти массу сухой почвы в известном объёме.",),
        ("кольца, весы, шкаф",),
        ("Плотность говорит, насколько туго сложена почва, и на плотной вода стоит много дней после дождя.",),
        ("Очистите поверхность и вдавите кольцо.", "Высушите почву за сутки.", "Взвесьте её снова."),
        ("Зачем почву сушат?", "Чем различались два кольца?"),
    ),
    "kk": (
        ("Белгілі көлемдегі құрғақ топырақтың массасын табу.",),
        ("сақиналар, таразы, пеш",),
        ("Тығыздық топырақтың қаншалықты нығыз екенін айтады, нығызында су бірнеше күн тұрып қалады.",),
        ("Бетін тазалап, сақинаны басыңыз.", "Топырақты бір күн кептіріңіз.", "Оны қайта өлшеңіз."),
        ("Топырақ неге кептіріледі?", "Екі сақинаның айырмасы қандай?"),
    ),
}


def _listed(values: Sequence[str]) -> list[str]:
    return list(values) if len(values) == 1 else [f"{n}. {value}" for n, value in enumerate(values, 1)]


def _head(document: Document, text: str, level: int, *, styled: bool) -> None:
    if styled:
        document.add_paragraph(text, style=f"Heading {level}")
        return
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = True
    if level == 1:
        paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER


def _word(path: Path, heads: Sequence[str], labels: Sequence[str], language: str, *, styled: bool) -> None:
    document = docx.Document()
    for head in heads:
        for line in head.split("\n"):
            _head(document, line, 1, styled=styled)
        for label, values in zip(labels, SAID[language], strict=True):
            _head(document, label, 2, styled=styled)
            for text in _listed(values):
                document.add_paragraph(text)
    document.save(str(path))


def _headings(path: Path, heads: Sequence[str], labels: Sequence[str], language: str) -> None:
    _word(path, heads, labels, language, styled=True)


def _bold(path: Path, heads: Sequence[str], labels: Sequence[str], language: str) -> None:
    _word(path, heads, labels, language, styled=False)


def _table(path: Path, heads: Sequence[str], labels: Sequence[str], language: str) -> None:
    document = docx.Document()
    for head in heads:
        for line in head.split("\n"):
            _head(document, line, 1, styled=False)
        table = document.add_table(rows=0, cols=2)
        for label, values in zip(labels, SAID[language], strict=True):
            left, right = table.add_row().cells
            left.text, right.text = label, "\n".join(_listed(values))
    document.save(str(path))


def _lines(path: Path, heads: Sequence[str], labels: Sequence[str], language: str) -> None:
    parts = [
        f"{label}: {values[0]}" if len(values) == 1 else "\n".join([f"{label}:", *_listed(values)])
        for label, values in zip(labels, SAID[language], strict=True)
    ]
    path.write_text("\n\n".join("\n".join([head, *parts]) for head in heads) + "\n", encoding="utf-8")


LAYOUTS = {"headings.docx": _headings, "bold.docx": _bold, "table.docx": _table, "lines.txt": _lines}


@pytest.mark.parametrize("wording", range(3))
@pytest.mark.parametrize("form", range(4))
@pytest.mark.parametrize("language", list(HEADS))
@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_each_work_is_a_class_with_its_parts(
    tmp_path: Path, layout: str, language: str, form: int, wording: int
) -> None:
    heads = [HEADS[language][form].format(n=n, title=title) for n, title in enumerate(TITLES[language], 1)]
    LAYOUTS[layout](tmp_path / layout, heads, LABELS[language][wording], language)
    (loaded,) = discovery.find_projects([tmp_path / layout])
    sessions = [session for _, session in build.understand(loaded).course.sessions()]
    assert [(one.number, one.title) for one in sessions] == list(enumerate(TITLES[language], 1))
    assert {one.kind for one in sessions} <= {"laboratory", "practical"}
    for one in sessions:
        aims, needed, told = (
            [block_text((block,)) for block in each] for each in (one.aims, one.equipment, one.blocks)
        )
        done, asked = [block_text(task.blocks) for task in one.tasks], [block_text(q.text) for q in one.review]
        assert [aims, needed, told, done, asked] == [list(values) for values in SAID[language]]
