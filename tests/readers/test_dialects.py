"""Markdown as people keep notes in it: Obsidian, Notion, Jekyll, Hugo, GitHub."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.files import sources
from coursepack.model.blocks import Inline, Media, Picture, Run
from coursepack.model.document import Document, Drawing, Para
from coursepack.readers.markdown.reader import read
from tests.readers.deck import lines
from tests.samples import PNG, PNG_ID


def of(text: str, folder: Path | None = None) -> Document:
    return read("a.md", text.encode(), folder=folder)


def told(document: Document) -> list[str]:
    return [found.message for found in document.findings]


def content(document: Document) -> list[Inline]:
    return [item for unit in document.units if isinstance(unit, Para) for item in unit.content]


# --- Obsidian


def test_links_to_notes_are_their_names() -> None:
    text = "Смотри [[Ядро клетки]], [[Ядро|ядро]] и [[Ядро#Мембрана]].\n\n| а | б |\n|---|---|\n| [[Ген\\|ген]] | x |\n"
    document = of(text)
    assert lines(document) == ["Смотри Ядро клетки, ядро и Ядро > Мембрана.", "| а | б", "| ген | x"]
    assert told(document) == ["4 × a link to another text: its name is kept"]


@pytest.mark.parametrize(
    "text", ["Список [[1, 2], [3, 4]] и [[1, 2]].", "Код `[[Ядро]]`.", "Сноска [[1]](https://x.org)."]
)
def test_brackets_that_are_no_links_stay(text: str) -> None:
    document = of(text)
    assert told(document) == []
    assert lines(document) == [text.replace("`", "").replace("[[1]](https://x.org)", "[1]")]


def test_pictures_and_files_are_shown_by_their_names_wherever_they_lie(tmp_path: Path) -> None:
    (tmp_path / "вложения").mkdir()
    (tmp_path / "вложения" / "схема 1.png").write_bytes(PNG)
    (tmp_path / "data.csv").write_bytes(b"a;b")
    text = "Вот ![[схема 1.png|300]] и ![[схема 1.png|Ядро|40x30]]\n\n![[data.csv]]\n\n![[Другая]] ![[нет.png]]\n"
    document = of(text, tmp_path)
    pictures = [item for item in content(document) if isinstance(item, Picture)]
    assert [(each.asset, each.alt, each.width) for each in pictures] == [(PNG_ID, "", 300), (PNG_ID, "Ядро", 40)]
    (file,) = (u.figure for u in document.units if isinstance(u, Drawing) and isinstance(u.figure, Media))
    assert file.name == "data.csv"
    assert told(document) == [
        "1 × a picture that is not next to the source: %D0%BD%D0%B5%D1%82.png",
        "1 × an embedded text (![[…]]): its name is kept",
    ]
    (tmp_path / "a.md").write_text(text, "utf-8")
    assert set(sources.named_beside(tmp_path, "a.md")) == {"data.csv", "вложения/схема 1.png"}


def test_a_note_shows_nothing_from_outside(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "a.png").write_bytes(PNG)
    (tmp_path / "in" / "link.png").symlink_to(tmp_path / "a.png")
    document = of("Текст ![[../a.png]] ![[/etc/passwd.png]] ![[link.png]]", tmp_path / "in")
    assert document.assets == {}
    assert len(told(document)) == 3


def test_callouts_are_quotations_with_their_title() -> None:
    document = of(
        "> [!note] Важно\n> Клетка живёт.\n> Делится.\n\n> [!WARNING]- Осторожно: **яд**\n> \n> - раз\n\n> [!tip]\n"
        "> Без названия.\n\n> [!info] Одна\n\n> Цитата [!] и [!note] внутри\n"
    )
    assert lines(document) == [
        *("> Важно", "> Клетка живёт. Делится.", "> Осторожно: яд", "• раз", "> Без названия.", "> Одна"),
        "> Цитата [!] и [!note] внутри",
    ]
    first = document.units[0]
    assert isinstance(first, Para)
    assert first.content == (Run(text="Важно", bold=True),)


def test_marked_letters_and_comments() -> None:
    document = of("Это ==важно и **очень**== и %%не для всех%% a==b and c==d, x == y == z.")
    assert lines(document) == ["Это важно и очень и  a==b and c==d, x == y == z."]
    marked = [(run.text, run.bold) for run in content(document) if isinstance(run, Run) and run.highlight]
    assert marked == [("важно и ", False), ("очень", True)]
    assert told(document) == ["1 × a comment (%%…%%), left out"]


def test_names_of_blocks_are_no_text() -> None:
    document = of(
        "Жел туралы. ^q-37a\n\n- бірінші ^item-1\n- екінші\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n^table-1\n\nсоңы"
    )
    assert lines(document) == ["Жел туралы.", "• бірінші", "• екінші", "| a | b", "| 1 | 2", "соңы"]


@pytest.mark.parametrize("text", ["y = x ^2", "a ^b", "Degree 2 ^10", "^_^ x", "see ^abc in the middle"])
def test_powers_are_no_names_of_blocks(text: str) -> None:
    assert lines(of(text)) == [text]


# --- Jekyll, Hugo, kramdown

JEKYLL = """---
layout: post
title: "Клетка"
tags: [био]
---

[TOC]

Текст {: .no_toc} {{ site.name }} и {% raw %}{{ x }}{% endraw %}.

{% highlight python linenos %}
def f():
    return "{% if %}"
{% endhighlight %}

{% include note.html %}

{{< youtube w7Ft2ymGmfc >}} {% vimeo 123456 %}

`{{ код }}`
"""


def test_a_page_of_a_site() -> None:
    document = of(JEKYLL)
    assert lines(document) == [
        *("Клетка", "Текст   и ."),
        *("= def f():", '=     return "{% if %}"'),
        *("https://www.youtube.com/watch?v=w7Ft2ymGmfc https://vimeo.com/123456", "{{ код }}"),
    ]
    assert [run.href for run in content(document) if isinstance(run, Run) and run.href] == [
        "https://www.youtube.com/watch?v=w7Ft2ymGmfc",
        "https://vimeo.com/123456",
    ]
    assert told(document) == [
        "1 × a tag of a site generator (include), left out",
        "2 × a tag of a site generator ({{ … }}), left out",
    ]


@pytest.mark.parametrize("before", ["", "---\nВопрос один?\n---\n\n"])
def test_signs_of_templates_stay_in_a_text_that_is_no_page_of_a_site(before: str) -> None:
    text = "В Jinja пишут {{ имя }} и {% if x %}."
    document = of(f"{before}{text}")
    assert lines(document)[-1] == text
    assert told(document) == []


# --- Notion, and all


def test_an_export_of_notion(tmp_path: Path) -> None:
    (tmp_path / "Лекция 1 0f3a").mkdir()
    (tmp_path / "Лекция 1 0f3a" / "Untitled.png").write_bytes(PNG)
    document = of(
        "# Лекция 1. Клетка\n\n<aside>\n💡 Клетка — единица **живого**.\n\n</aside>\n\n"
        "![Untitled](%D0%9B%D0%B5%D0%BA%D1%86%D0%B8%D1%8F%201%200f3a/Untitled.png)\n\n"
        "<details>\n<summary>Ответ</summary>\n\nВнутри.\n\n</details>\n",
        tmp_path,
    )
    assert lines(document) == [
        "# Лекция 1. Клетка",
        "💡 Клетка — единица живого.",
        "! Untitled",
        "Ответ",
        "Внутри.",
    ]
    assert told(document) == []


def test_a_film_elsewhere_is_a_link_with_its_title(tmp_path: Path) -> None:
    (tmp_path / "thumb.png").write_bytes(PNG)
    document = of(
        "[Клетка за минуту](https://youtu.be/x1)\n\n[![Деление](thumb.png)](https://youtu.be/x2)\n\n"
        "[![Митоз](https://img.youtube.com/vi/x3/0.jpg)](https://www.youtube.com/watch?v=x3)\n\n"
        '<iframe src="https://www.youtube.com/embed/x4" title="Мейоз"></iframe>\n\n'
        'До <iframe src="https://www.youtube.com/embed/x5" title="Ген"></iframe> после\n',
        tmp_path,
    )
    links = [(run.text, run.href) for run in content(document) if isinstance(run, Run) and run.href]
    assert links == [
        ("Клетка за минуту", "https://youtu.be/x1"),
        ("Деление", "https://youtu.be/x2"),
        ("[Митоз]", "https://www.youtube.com/watch?v=x3"),
        ("Мейоз", "https://www.youtube.com/embed/x4"),
        ("Ген", "https://www.youtube.com/embed/x5"),
    ]
    assert PNG_ID in document.assets


def test_tags_in_the_addresses_of_a_site(tmp_path: Path) -> None:
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "a.png").write_bytes(PNG)
    text = (
        "---\nlayout: post\n---\n* TOC\n{:toc}\n\nТекст.\n\n![Раз]({{ site.baseurl }}/img/a.png)\n\n"
        "![Два]({{ '/img/a.png' | relative_url }})\n\nСмотри [далее]({% post_url 2024-01-11-x %}) "
        'и [ещё]({{< ref "b.md" >}}).\n'
    )
    document = of(text, tmp_path)
    assert lines(document) == ["Текст.", "! Раз", "! Два", "Смотри далее и ещё."]
    assert told(document) == ["2 × a link that leads nowhere from outside its folder: its text is kept"]
    (tmp_path / "a.md").write_text(text, "utf-8")
    assert set(sources.named_beside(tmp_path, "a.md")) == {"img/a.png"}


@pytest.mark.parametrize(
    ("lines_", "stays", "aside"),
    [
        ("Created: January 3, 2024 10:00 AM\nTags: db, sql\nStatus: Ready", [], "Created, Tags, Status"),
        ("Теги: бд\nПреподаватель: Асанов А.", ["Преподаватель: Асанов А."], "Теги"),
        ("Құрылған: 2024 ж.", [], "Құрылған"),
    ],
)
def test_properties_of_a_note_are_no_text(lines_: str, stays: list[str], aside: str) -> None:
    document = of(f"# Клетка\n\n{lines_}\n\nКлетка живёт.\n")
    assert lines(document) == ["# Клетка", *stays, "Клетка живёт."]
    assert told(document) == [f"properties of the note, set aside: {aside}"]


@pytest.mark.parametrize(
    "text",
    ["# Клетка\n\nЯдро: центр\n", "# Клетка\nCreated: 2024\n", "Created: 2024\n", "# A\n\nTags: a\nno label\n"],
)
def test_other_lines_with_a_label_are_text(text: str) -> None:
    assert told(of(text)) == []
    assert "".join("".join(lines(of(text))).split()) == "".join(text.split())
