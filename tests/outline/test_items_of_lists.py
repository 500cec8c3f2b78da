"""What stands inside an item of a list, of every kind of document: the list goes on behind it."""

# ruff: noqa: E501 - the formats are written as programs write them

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from coursepack.model.blocks import Block, Blocks, Code, Figure, Formula, List, Quote, Table, block_text
from coursepack.model.course import Course
from coursepack.render.html import HtmlRenderer
from coursepack.render.plain import plain
from tests.cli.test_build import run
from tests.outline.test_quotes_and_listings import PROSE, lectures, markdown, understood
from tests.readers.test_odt import odt
from tests.readers.test_odt import p as odt_p
from tests.readers.word import p, package, r
from tests.samples import PNG


def shape(blocks: Blocks) -> list[object]:
    """Blocks in short: a list as its mark and items, a listing as its lines."""
    return [_shape(block) for block in blocks]


def _shape(block: Block) -> object:
    match block:
        case List():
            return (block.marker, block.start, *(shape(item.blocks) for item in block.items))
        case Code():
            return {block.language: block.text}
        case Quote():
            return {"quote": shape(block.blocks)}
        case Table():
            return {"table": block_text((block,)).replace(" \t", " ")}
        case Figure():
            return {"picture": block.alt}
        case Formula():
            return {"formula": block.math.text}
        case _:
            return block_text((block,))


def first(course: Course) -> list[object]:
    (_, blocks), *_ = lectures(course)
    return shape(blocks)


STEPS = ["Откройте файл:", {None: "1. cd a\n  dir"}, "Проверьте вывод."], ["Замените число."], ["Сравните."]


def test_markdown(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    text = (
        f"# Лекция 1. Циклы\n\n{PROSE}\n\n"
        "1. Откройте файл:\n\n   ```\n   1. cd a\n     dir\n   ```\n\n   Проверьте вывод.\n2. Замените число.\n3. Сравните.\n\n"
        f"{PROSE}\n\n"
        "- Внешний\n  1. внутренний\n\n     ```sql\n     SELECT 1;\n     ```\n\n     1) Ещё глубже\n  2. второй\n\n"
        "  > Так сказано.\n\n  ![схема](a.png)\n\n  | А | Б |\n  | - | - |\n  | 1 | 2 |\n\n  $$x=1$$\n- Последний\n"
    )
    found = first(markdown(tmp_path, text))
    assert found == [
        PROSE,
        ("decimal", 1, *STEPS),
        PROSE,
        (
            "disc",
            1,
            [
                "Внешний",
                (
                    "decimal",
                    1,
                    ["внутренний", {"sql": "SELECT 1;"}, ("paren", 1, ["Ещё глубже"])],
                    ["второй"],
                ),
                {"quote": ["Так сказано."]},
                {"picture": "схема"},
                {"table": "А Б\n1 2"},
                {"formula": "x=1"},
            ],
            ["Последний"],
        ),
    ]


def test_a_web_page(tmp_path: Path) -> None:
    (tmp_path / "лекция.html").write_text(
        f"<html lang=ru><body><h1>Лекция 1. Циклы</h1><p>{PROSE}</p>"
        "<ol><li>Откройте файл:<pre>1. cd a\n  dir</pre><p>Проверьте вывод.</p></li><li>Замените число.</li><li><p>Сравните.</p></li></ol>"
        f"<p>{PROSE}</p></body></html>",
        "utf-8",
    )
    assert first(understood(tmp_path)) == [PROSE, ("decimal", 1, *STEPS), PROSE]


def test_an_opendocument_text(tmp_path: Path) -> None:
    lists = '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>'
    named = '<style:style style:name="Preformatted_20_Text" style:display-name="Preformatted Text" style:family="paragraph"/>'
    inner = "".join(
        f"<text:list-item>{item}</text:list-item>"
        for item in (
            odt_p("Откройте файл:")
            + odt_p("1. cd a", "Preformatted_20_Text")
            + odt_p('<text:s text:c="2"/>dir', "Preformatted_20_Text")
            + odt_p("Проверьте вывод."),
            odt_p("Замените число."),
            odt_p("Сравните."),
        )
    )
    body = (
        '<text:h text:outline-level="1">Лекция 1. Циклы</text:h>'
        + odt_p(PROSE)
        + f'<text:list text:style-name="N">{inner}</text:list>'
        + odt_p(PROSE)
    )
    (tmp_path / "лекция.odt").write_bytes(odt(body, named + lists, lists))
    assert first(understood(tmp_path)) == [PROSE, ("decimal", 1, *STEPS), PROSE]


_NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
    '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%2)"/><w:pPr><w:ind w:left="1440" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=" "/>'
    '<w:pPr><w:ind w:left="720" w:hanging="480"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num>'
)
_STYLES = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="Source Code"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="List Continue"/><w:pPr><w:ind w:left="720"/></w:pPr></w:style>'
)


def _item(level: int = 0, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def word(folder: Path, *paragraphs: str) -> Course:
    body = p("Лекция 1. Циклы", '<w:pStyle w:val="1"/>') + p(PROSE) + "".join(paragraphs) + p(PROSE)
    (folder / "лекция.docx").write_bytes(package(body, styles=_STYLES, numbering=_NUMBERING))
    return understood(folder)


_CODE = r("1. cd a") + "<w:r><w:br/></w:r>" + r("  dir")
_REST = p("Замените число.", _item()), p("Сравните.", _item())


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ('<w:pStyle w:val="C"/><w:ind w:left="720"/>', '<w:ind w:left="720"/>'),
        ('<w:pStyle w:val="C"/><w:ind w:left="1000"/>', '<w:pStyle w:val="L"/>'),
        (f'<w:pStyle w:val="C"/>{_item(0, 9)}', _item(0, 9)),
    ],
    ids=["by hand", "by styles", "pandoc"],
)
def test_a_word_document(tmp_path: Path, code: str, more: str) -> None:
    course = word(tmp_path, p("Откройте файл:", _item()), p("", code, _CODE), p("Проверьте вывод.", more), *_REST)
    assert first(course) == [PROSE, ("decimal", 1, *STEPS), PROSE]


def test_a_word_document_whose_items_hold_lists(tmp_path: Path) -> None:
    course = word(
        tmp_path,
        p("Раз", _item()),
        p("внутри", _item(1)),
        p("о нём", '<w:ind w:left="1440"/>'),
        p("о первом", '<w:ind w:left="720"/>'),
        p("Два", _item()),
        p("не о нём"),
        p("и это не о нём", '<w:ind w:left="720"/>'),
    )
    items = ["Раз", ("lower-alpha", 1, ["внутри", "о нём"]), "о первом"], ["Два"]
    assert first(course) == [PROSE, ("decimal", 1, *items), "не о нём", "и это не о нём", PROSE]


def test_what_is_centred_or_bold_below_an_item_is_not_part_of_it(tmp_path: Path) -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>Итоги занятия</w:t></w:r>"
    course = word(tmp_path, p("Раз", _item()), p("Два", _item()), p("", '<w:ind w:left="720"/>', bold))
    assert first(course) == [PROSE, ("decimal", 1, ["Раз"], ["Два"]), "Итоги занятия", PROSE]


@pytest.mark.parametrize("name", ["лекции.md", "лекция.txt"])
def test_a_listing_between_a_number_and_the_next_is_of_the_first(tmp_path: Path, name: str) -> None:
    fence = "```" if name.endswith("md") else ""
    code = f"{fence}\nfor i in range(3):\n    print(i)\n{fence}"
    (tmp_path / name).write_text(
        f"# Лекция 1. Циклы\n\n{PROSE}\n\n1. Откройте файл.\n\n{code}\n\n2. Замените число.\n\n{code}\n\n{PROSE}\n".replace(
            "# " if name.endswith("txt") else "\0", ""
        ),
        "utf-8",
    )
    listing = {None: "for i in range(3):\n    print(i)"}
    assert first(understood(tmp_path)) == [
        PROSE,
        ("decimal", 1, ["Откройте файл.", listing], ["Замените число."]),
        listing,
        PROSE,
    ]


def test_the_next_number_of_another_list_takes_no_listing_in(tmp_path: Path) -> None:
    text = f"# Лекция 1. Циклы\n\n{PROSE}\n\n1. Раз\n2. Два\n\n```\nx\n```\n\n1. Другой\n2. Список\n\n{PROSE}\n"
    assert first(markdown(tmp_path, text)) == [
        PROSE,
        ("decimal", 1, ["Раз"], ["Два"]),
        {None: "x"},
        ("decimal", 1, ["Другой"], ["Список"]),
        PROSE,
    ]


def test_footnotes_in_items_stand_behind_the_list_once(tmp_path: Path) -> None:
    text = f"# Лекция 1. Циклы\n\n{PROSE}\n\n1. Раз\n\n   Ещё[^1].\n\n   > Сказано[^2].\n2. Два\n\n[^1]: Первая.\n[^2]: Вторая.\n"
    assert first(markdown(tmp_path, text)) == [
        PROSE,
        ("decimal", 1, ["Раз", "Ещё.", {"quote": ["Сказано.", "Вторая."]}], ["Два"]),
        "Первая.",
    ]


def test_products_keep_the_list_whole(tmp_path: Path) -> None:
    text = f"# Лекция 1. Циклы\n\n{PROSE}\n\n1. Откройте файл:\n\n   ```py\n   if a:\n       b()\n   ```\n\n   Проверьте вывод.\n2. Сравните.\n"
    course = markdown(tmp_path, text)
    ((_, blocks),) = lectures(course)
    assert str(HtmlRenderer().html(blocks[1:])).replace("\n", "|") == (
        '<ol><li><p>Откройте файл:</p><pre style="white-space: pre-wrap"><code class="language-py">if a:|    b()|</code></pre><p>Проверьте вывод.</p></li>'
        "<li>Сравните.</li></ol>"
    )
    assert plain(blocks[1:]) == "1. Откройте файл:\n  if a:\n      b()\n  Проверьте вывод.\n2. Сравните."
    done = run("build", tmp_path, "-o", tmp_path / "out", "-f", "course-set")
    assert done.returncode == 0, done.stderr
    (paper,) = (tmp_path / "out").glob("*/*.docx")
    named = [paragraph for paragraph in Document(str(paper)).paragraphs if paragraph.text.strip()]
    at = next(at for at, paragraph in enumerate(named) if paragraph.text == "Откройте файл:")
    looks = [(one.text, one.style and one.style.name, one.paragraph_format.left_indent) for one in named[at : at + 4]]
    text_at = looks[1][2]
    assert text_at
    assert looks == [
        ("Откройте файл:", "List Number", None),
        ("if a:\n    b()", "HTML Preformatted", text_at),
        ("Проверьте вывод.", "List Continue", text_at),
        ("Сравните.", "List Number", None),
    ]
