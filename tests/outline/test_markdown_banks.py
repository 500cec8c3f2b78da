"""Tests in Markdown: how people number questions, set code below them, and state the right answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from coursepack import build, discovery, readers
from coursepack.model.blocks import Code, block_text, inline_text
from coursepack.model.document import Para
from coursepack.model.questions import MultipleChoice

ASKED = (
    ("Какой запрос выбирает все строки?", "SELECT * FROM t;", ("все столбцы таблицы", "первый столбец", "ничего"), 0),
    ("Что вернёт функция?", "", ("число строк", "сумму", "среднее"), 0),
    ("Какая команда удаляет таблицу?", "", ("DELETE", "DROP", "CLEAR"), 1),
    ("Что делает запрос?", "SELECT name\nFROM emp\nWHERE salary > 10;", ("выбирает имена", "удаляет", "меняет"), 0),
)
# How a question, its number and code, each answer, and the key below them are written. {n} number, {stem}, {code};
# of an answer {at} from 1, {letter}, {tick}, {plus}, {text}; of the key {letter}, {at}, {text} of the right answer.
FORMS = {
    "number as a heading, letters": ("### {n}\n\n{stem}\n\n{code}", "{capital}. {text}", "\nОтвет: {capital}\n\n"),
    "number as a heading, bullets, key in words": (
        "## {n}\n\n{stem}\n\n{code}", "- {text}", "\n> Верно: {text}\n\n",
    ),
    "number as a heading, list": ("## {n}.\n\n{stem}\n\n{code}", "{at}. {text}", "\n**Ответ:** {at}\n\n"),
    "the answer under a summary": (
        "### Вопрос {n}\n\n{stem}\n\n{code}", "- {letter}) {text}",
        "\n<details><summary>Ответ</summary>\n\n{letter}) {text}\n\n</details>\n\n",
    ),
    "question as a heading, task list": ("### {n}. {stem}\n\n{code}", "- [{tick}] {text}", "\n"),
    "question as a heading, bold": ("#### {n}) {stem}\n\n{code}", "{at}) {bold}\n", "\n"),
    "bullets with a plus": ("{n}. {stem}\n\n{code}", "   - {plus}{text}", "\n"),
    "letters with a tick behind": ("{n}. {stem}\n\n{code}", "   {letter}. {text}{mark}", "\n"),
    "rules between": ("---\n\n**Вопрос {n}** (1 балл)\n\n{stem}\n\n{code}", "* {text}", "\n"),
}  # fmt: skip


def _written(form: str, n: int, stem: str, code: str, options: Sequence[str], right: int) -> str:
    head, item, key = FORMS[form]
    answers = [
        {
            "at": at + 1,
            "letter": "абв"[at],
            "capital": "ABC"[at],
            "text": text,
            "tick": "x" if at == right else " ",
            "plus": "+" if at == right else "",
            "mark": " ✅" if at == right else "",
            "bold": f"**{text}**" if at == right else text,
        }
        for at, text in enumerate(options)
    ]
    listing = f"```sql\n{code}\n```\n\n" if code else ""
    lines = "".join(item.format(**answer) + "\n" for answer in answers)
    return head.format(n=n, stem=stem, code=listing) + lines + key.format(**answers[right])


KEYS = {
    "rules between": "## Ответы\n\n" + "".join(f"{n}. {options[at]}\n" for n, (*_, options, at) in enumerate(ASKED, 1))
}


@pytest.mark.parametrize("head", ["# Тест: язык SQL\n\nДисциплина: Базы данных.\n\n", ""])
@pytest.mark.parametrize("form", list(FORMS))
def test_stems_code_answers_and_keys(tmp_path: Path, form: str, head: str) -> None:
    text = head + "".join(_written(form, n, *asked) for n, asked in enumerate(ASKED, 1)) + KEYS.get(form, "")
    (tmp_path / "file.md").write_text(text, encoding="utf-8")
    course = build.understand(discovery.find_projects([tmp_path / "file.md"])[0]).course
    assert course is not None
    assert course.exam is not None
    assert course.exam.tickets == ()
    made = []
    for question in course.exam.questions:
        assert isinstance(question, MultipleChoice)
        code = "".join(block.text for block in question.text if isinstance(block, Code))
        stem = block_text(tuple(block for block in question.text if not isinstance(block, Code)))
        right = [at for at, one in enumerate(question.choices) if one.fraction > 0]
        made.append((stem.strip(), code.strip(), tuple(block_text(one.content) for one in question.choices), *right))
    assert made == list(ASKED)


def test_what_stands_between_two_rules_is_no_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\n\nThe first text, no key.\n\n---\n\nThe second.\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("---\ntitle: Soil\ntags:\n  - a\n- b\n# x\n---\n\nThe second.\n", encoding="utf-8")
    read = [readers.read(tmp_path / name, name) for name in ("a.md", "b.md")]
    texts = [[inline_text(unit.content) for unit in one.units if isinstance(unit, Para)] for one in read]
    assert texts == [["The first text, no key.", "The second."], ["Soil", "The second."]]
    assert [one.properties for one in read] == [{}, {"title": "Soil"}]
