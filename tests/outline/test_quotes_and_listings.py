"""Quotations and listings on their way from Markdown and Word documents to the blocks of a course."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import (
    Block,
    Blocks,
    Code,
    Heading,
    Inlines,
    List,
    Paragraph,
    Quote,
    Run,
    Table,
    block_text,
    inline_text,
)
from coursepack.model.course import Course
from coursepack.model.questions import MultipleChoice, Question
from tests.outline.documents import Word, read
from tests.readers.word import p, package, r

PROSE = "Программа состоит из операторов, которые выполняются один за другим, пока не встретится условие."
TRAPS = "# Лекция 7. Комментарий\n1. первый\n  a) ответ\n\n- пункт\nВопросы:\n---\n12"


def understood(path: Path) -> Course:
    (loaded,) = discovery.find_projects([path])
    found = build.understand(loaded)
    assert [ledger.unclaimed() for ledger in found.ledgers] == [[]]
    return found.course


def markdown(folder: Path, text: str, name: str = "лекции.md") -> Course:
    path = folder / name
    path.write_text(text, "utf-8")
    return understood(path)


def lectures(course: Course) -> list[tuple[str | None, Blocks]]:
    return [(session.title, session.blocks) for _, session in course.sessions()]


def bare(block: Block) -> object:
    """A block without its place."""
    match block:
        case Code():
            return (block.language, block.text)
        case Quote():
            return [bare(inner) for inner in block.blocks]
        case _:
            return block_text((block,))


def test_a_fence_is_a_listing_whatever_its_lines_look_like(tmp_path: Path) -> None:
    course = markdown(
        tmp_path,
        f"# Лекция 1. Циклы\n\n{PROSE}\n\n```python title=a\n{TRAPS}\n```\n\n```\n  b\n```\n\n{PROSE}\n\n"
        f"# Лекция 2. Ветви\n\n{PROSE}\n\n<pre><code class='language-c'>int a;\n  int b;</code></pre>\n",
    )
    (first, one), (second, two) = lectures(course)
    assert (first, second) == ("Циклы", "Ветви")
    assert list(map(bare, one)) == [PROSE, ("python", TRAPS), (None, "  b"), PROSE]
    assert list(map(bare, two)) == [PROSE, ("c", "int a;\n  int b;")]
    assert one[1].place is not None
    assert one[1].place.first == 3


def test_letters_of_a_listing_are_not_repaired(tmp_path: Path) -> None:
    kazakh = "Мемлекет – қоғамдық өмірді ұйымдастыратын институт, ол заң шығарады және билік жүргізеді."
    course = markdown(tmp_path, f"# 1-дәріс. Билік\n\n{kazakh} Бiлiк.\n\n```\nприветi = 'бiлiк'  # ӛ\n```\n")
    ((_, blocks),) = lectures(course)
    assert list(map(bare, blocks)) == [f"{kazakh} Білік.", (None, "приветi = 'бiлiк'  # ӛ")]


def test_prose_that_begins_with_four_spaces_is_no_listing(tmp_path: Path) -> None:
    ((_, blocks),) = lectures(markdown(tmp_path, f"# Лекция 1. Циклы\n\n    {PROSE}\n"))
    assert [type(block) for block in blocks] == [Paragraph]


def test_a_quotation_keeps_its_paragraphs_and_lists(tmp_path: Path) -> None:
    course = markdown(
        tmp_path,
        f"# Лекция 1. Циклы\n\n{PROSE}\n\n> Так **сказал** автор.\n>\n> - раз\n> - два\n>\n> И ещё.\n\n{PROSE}\n",
    )
    ((_, blocks),) = lectures(course)
    assert [type(block) for block in blocks] == [Paragraph, Quote, Paragraph]
    quote = blocks[1]
    assert isinstance(quote, Quote)
    assert list(map(bare, quote.blocks)) == ["Так сказал автор.", "раз\nдва", "И ещё."]
    assert isinstance(quote.blocks[1], List)
    assert quote.place is not None
    assert (quote.place.first, quote.place.last) == (3, 6)


def test_levels_of_headings_are_counted_across_a_quotation(tmp_path: Path) -> None:
    course = markdown(
        tmp_path, f"# Лекция 1. Циклы\n\n## Общее\n\n{PROSE}\n\n> Так сказал автор.\n\n### Частное\n\n{PROSE}\n"
    )
    ((_, blocks),) = lectures(course)
    assert [(inline_text(block.content), block.level) for block in blocks if isinstance(block, Heading)] == [
        ("Общее", 1),
        ("Частное", 2),
    ]


@pytest.mark.parametrize("stop", [".", "\\."], ids=["counted", "typed"])
def test_a_numbered_question_in_a_quotation_is_a_question(tmp_path: Path, stop: str) -> None:
    course = markdown(
        tmp_path,
        f"# Лекция 1. Циклы\n\n{PROSE}\n\n## Контрольные вопросы\n\n"
        f"> 1{stop} Что такое цикл?\n>\n> 2{stop} Что такое условие?\n",
    )
    ((_, session),) = course.sessions()
    assert [(block_text(q.text), [type(b) for b in q.text]) for q in session.review] == [
        ("Что такое цикл?", [Paragraph]),
        ("Что такое условие?", [Paragraph]),
    ]


TEST = """1. Что выведет программа?

```c
1. x
  A) y
```

Считайте, что x равен нулю.

A) ноль

B) один

```
else:
  pass
```

C) два

Ответ: B

2. Столица Казахстана?

A) Алматы

B) Астана

C) Тараз

Ответ: B
"""


def test_a_listing_in_a_test_belongs_to_its_question_or_its_answer(tmp_path: Path) -> None:
    course = markdown(tmp_path, TEST, "тесты.md")
    assert course.exam is not None
    one, two = course.exam.questions
    assert isinstance(one, MultipleChoice)
    assert isinstance(two, MultipleChoice)
    assert list(map(bare, one.text)) == [
        "Что выведет программа?",
        ("c", "1. x\n  A) y"),
        "Считайте, что x равен нулю.",
    ]
    assert [[bare(block) for block in choice.content] for choice in one.choices] == [
        ["ноль"],
        ["один", (None, "else:\n  pass")],
        ["два"],
    ]
    assert [choice.fraction for choice in one.choices] == [0.0, 1.0, 0.0]
    assert list(map(bare, two.text)) == ["Столица Казахстана?"]


def test_a_listing_in_a_list_of_questions_belongs_to_the_one_before_it(tmp_path: Path) -> None:
    asked = "1. Что выведет программа?\n\n```\n1. x\n```\n\n2. Что такое цикл?\n3. Что такое условие?\n"
    found = read_exam(tmp_path, f"# Вопросы к экзамену\n\n{asked}")
    assert found == [["Что выведет программа?", (None, "1. x")], ["Что такое цикл?"], ["Что такое условие?"]]
    course = markdown(tmp_path, f"# Лекция 1. Циклы\n\n{PROSE}\n\n## Контрольные вопросы\n\n{asked}", "lecture.md")
    ((_, session),) = course.sessions()
    assert [list(map(bare, question.text)) for question in session.review] == found


def read_exam(folder: Path, text: str) -> list[list[object]]:
    course = markdown(folder, text, "вопросы.md")
    (folder / "вопросы.md").unlink()
    assert course.exam is not None
    return [list(map(bare, question.text)) for question in course.exam.questions]


MONO = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/>'


def test_word_paragraphs_in_one_width_or_in_a_style_of_listings(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="HTML Preformatted"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="q"><w:name w:val="Intense Quote"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 1"/></w:style>'
    )
    body = (
        p("Лекция 1. Циклы", '<w:pStyle w:val="h"/>')
        + p(PROSE * 3)
        + p("# Лекция 2. Условия", '<w:pStyle w:val="a"/>')
        + p("    1. x", '<w:pStyle w:val="a"/>')
        + p()
        + p(runs=r("a) y", MONO) + r("  + 1", MONO))
        + p(runs=r("Слово ") + r("while", MONO) + r(" в тексте, которое набрано иначе."))
        + p("Так сказал автор.", '<w:pStyle w:val="q"/>')
        + p("И ещё раз сказал.", '<w:pStyle w:val="q"/>')
        + p(runs=r("Заключение лекции", MONO + "<w:b/>"))
        + p("Итоги", '<w:pStyle w:val="a"/><w:jc w:val="center"/>')
        + p(runs=r(PROSE, '<w:rFonts w:ascii="Times New Roman"/>'), properties='<w:pStyle w:val="a"/>')
        + p(runs=r(PROSE * 3, MONO))
        + p(PROSE)
    )
    path = tmp_path / "лекция.docx"
    path.write_bytes(package(body, styles=styles))
    ((title, blocks),) = lectures(understood(path))
    assert title == "Циклы"
    assert list(map(bare, blocks)) == [
        PROSE * 3,
        (None, "# Лекция 2. Условия\n    1. x\n\na) y  + 1"),
        "Слово while в тексте, которое набрано иначе.",
        ["Так сказал автор.", "И ещё раз сказал."],
        "Заключение лекции",
        "Итоги",
        PROSE,
        PROSE * 3,
        PROSE,
    ]
    assert blocks[1].place is not None
    assert (blocks[1].place.first, blocks[1].place.last) == (3, 6)


def test_a_document_typed_in_one_width_is_no_listing(tmp_path: Path) -> None:
    body = p(runs=r("Лекция 1. Циклы", MONO)) + p(runs=r(PROSE, MONO)) * 30 + p(PROSE[:60])
    path = tmp_path / "лекция.docx"
    path.write_bytes(package(body))
    ((title, blocks),) = lectures(understood(path))
    assert title == "Циклы"
    assert [type(block) for block in blocks] == [Paragraph] * 31


def test_listings_and_sides_of_columns_in_tables(tmp_path: Path) -> None:
    cell = "<w:tc>{}</w:tc>"
    right, both = '<w:jc w:val="right"/>', '<w:jc w:val="both"/>'
    rows = [
        [p("Имя", both), p("Баллы"), p("Код"), p("Всё")],
        [p("а", both), p("10", right), p(runs=r("if x:", MONO)) + p(runs=r("  y", MONO)), p("1", right)],
        [p("б", both), p("9", right) + p(), p("нет"), p("2")],
    ]
    table = "".join(
        f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if at == 0 else ''}{''.join(map(cell.format, row))}</w:tr>"
        for at, row in enumerate(rows)
    )
    path = tmp_path / "лекция.docx"
    path.write_bytes(package(p("Лекция 1. Циклы") + p(PROSE) + f"<w:tbl>{table}</w:tbl>" + p(PROSE)))
    ((_, blocks),) = lectures(understood(path))
    found = next(block for block in blocks if isinstance(block, Table))
    assert found.align == (None, "right", None, None)
    assert [bare(block) for block in found.rows[1].cells[2].blocks] == [(None, "if x:\n  y")]


def test_sides_of_columns_in_markdown(tmp_path: Path) -> None:
    table = "| а | б | в |\n|---|:-:|--:|\n| 1 | 2 | 3 |\n"
    ((_, blocks),) = lectures(markdown(tmp_path, f"# Лекция 1. Циклы\n\n{PROSE}\n\n{table}\n{PROSE}\n"))
    assert [block.align for block in blocks if isinstance(block, Table)] == [(None, "center", "right")]


RED = '<w:color w:val="FF0000"/>'


@pytest.mark.parametrize("mark", ["B) ", "B. ", "2) "])
def test_the_colour_of_a_key_is_not_shown(tmp_path: Path, mark: str) -> None:
    letters = "ABCD" if mark[0] == "B" else "1234"
    body = p("Лекция 1. Циклы") + p(runs=r(PROSE) + r("Важное слово", RED)) + p("Столица Казахстана:")
    for letter, town in zip(letters, ("Алматы", "Астана", "Тараз", "Шымкент"), strict=True):
        body += p(runs=r(f"{letter}{mark[1:]}{town}", RED if town == "Астана" else ""))
    path = tmp_path / "лекция.docx"
    path.write_bytes(package(body + p(PROSE)))
    course = understood(path)
    assert "Астана" in str(course)
    assert str(course).count("colour='ff0000'") == 1


@pytest.mark.parametrize("name", ["тесты.docx", "вопросы.docx"])
def test_no_colour_of_an_answer_stays_in_questions(tmp_path: Path, name: str) -> None:
    body = ""
    for n, towns in enumerate((("Алматы", "Астана", "Тараз"), ("Иртыш", "Или", "Урал")), 1):
        body += p(runs=r(f"{n}. Что из этого верно? (Слова: ") + r("верно", RED) + r(", неверно и так далее)"))
        for letter, town in zip("ABC", towns, strict=True):
            body += p(runs=r(f"{letter}) {town}", RED if town in {"Астана", "Иртыш"} else ""))
    path = tmp_path / name
    path.write_bytes(package(body))
    course = understood(path)
    assert "Астана" in str(course)
    assert "ff0000" not in str(course)


@pytest.mark.parametrize("head", ["Вопросы к экзамену", f"Лекция 1. Циклы\n{PROSE}\nКонтрольные вопросы"])
def test_a_part_of_a_question_is_not_coloured(tmp_path: Path, head: str) -> None:
    body = "".join(map(p, head.split("\n")))
    for n, right in enumerate(("бинарное", "частичное", "полное"), 1):
        body += p(runs=r(f"{n}. Отношение порядка на множестве — это отношение (какое?) унарное, ") + r(right, RED))
    path = tmp_path / "вопросы.docx"
    path.write_bytes(package(body))
    course = understood(path)
    asked = [*(course.exam.questions if course.exam else ()), *(q for _, one in course.sessions() for q in one.review)]
    assert len(asked) == 3
    assert [sum(isinstance(item, Run) for item in inlines(one)) for one in asked] == [1, 1, 1]
    assert "частичное" in str(asked)
    assert "ff0000" not in str(course)


def inlines(question: Question) -> Inlines:
    (block,) = question.text
    assert isinstance(block, Paragraph)
    return block.content


def test_a_heading_that_is_coloured_as_a_whole_is_no_emphasis(tmp_path: Path) -> None:
    made = Word().p("Лекция 1. Циклы", style="Heading 1").p(PROSE)
    path = made.save(tmp_path / "лекция.docx")
    assert read(path)["lectures"] == [(1, 1, "Циклы")]
    body = p("Лекция 1. Циклы") + p(PROSE) + p(runs=r("Виды циклов", RED + "<w:b/>")) + p(PROSE)
    path.write_bytes(package(body))
    ((_, blocks),) = lectures(understood(path))
    assert [inline_text(block.content) for block in blocks if isinstance(block, Heading)] == ["Виды циклов"]
    assert "ff0000" not in str(blocks)
