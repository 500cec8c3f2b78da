"""TeX that somebody typed into Word, slides and LibreOffice is a formula; money and signs of tests are not."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from coursepack.files.resources import templates_dir
from coursepack.model.blocks import Inline, Math, Run
from coursepack.model.document import Display, Document, Para
from coursepack.readers.docx import reader as docx
from coursepack.readers.odt import reader as odt
from coursepack.readers.pptx import reader as pptx
from coursepack.readers.typed import typed
from tests.readers.deck import Deck
from tests.readers.test_odt import odt as text_document
from tests.readers.word import p, package


def shown(items: tuple[Inline, ...] | list[Inline]) -> list[str]:
    """Letters as they are, formulas between «guillemets» by their plain reading."""
    return [f"«{item.text}»" if isinstance(item, Math) else item.text for item in items if isinstance(item, Run | Math)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (r"Пусть \(x^2+1\) и $a_i$.", ["Пусть ", "«x²+1»", " и ", "«a_i»", "."]),
        (r"$x$ и $\alpha$", ["«x»", " и ", "«α»"]),
        (r"$E = mc^2$", ["«E=mc²»"]),
        (r"$$\frac{a}{b}$$", ["«a/b»"]),
        (r"$\text{скорость} = v$", ["«скорость=v»"]),
        (r"\[ \int_0^1 f(x)\,dx \]", ["«∫₀¹f(x) dx»"]),
        (r"\begin{equation} E=mc^2 \end{equation}", ["«E=mc²»"]),
        (r"\begin{align*} a &= b \\ c &= d \end{align*}", ["«[a, =b; c, =d]»"]),
        ("$5 и $10, $5$ и $10$", ["$5 и $10, $5$ и $10$"]),
        ("$20-$30 = много, $5+$10", ["$20-$30 = много, $5+$10"]),
        ("$$$ 1. Вопрос $$$ 2. Ответ", ["$$$ 1. Вопрос $$$ 2. Ответ"]),
        ("$$ Вопрос_1 = ? $$", ["$$ Вопрос_1 = ? $$"]),
        ("$user_id = $_GET; $name$", ["$user_id = $_GET; $name$"]),
        (r"\$x^2\$", [r"\$x^2\$"]),
        ("a $ x^2 $ b", ["a $ x^2 $ b"]),
    ],
)
def test_what_is_tex_and_what_is_not(text: str, parts: list[str]) -> None:
    said: list[str] = []
    assert shown(typed([Run(text=text)], said.append)) == parts
    assert said == []


def test_tex_that_is_not_understood_stays_and_code_is_none() -> None:
    said: list[str] = []
    assert shown(typed([Run(text=r"\(x^{\)"), Run(text="$x^2$", code=True)], said.append)) == [r"\(x^{\)", "$x^2$"]
    assert said == ["a formula whose TeX is not understood: its text is kept"]


@pytest.mark.parametrize("sign", ["\\(", "\\[", "$$ ", "$a^ ", "\\begin{align}"])
def test_signs_without_an_end_cost_no_square(sign: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        typed([Run(text=sign * count)], lambda _: None)
        return time.process_time() - start

    seconds(100)
    assert seconds(64_000) < 200 * max(seconds(2000), 0.001)


def of(document: Document) -> list[str]:
    return [
        "".join(shown(unit.content)) if isinstance(unit, Para) else f"≡ {unit.math.text}"
        for unit in document.units
        if isinstance(unit, Para | Display)
    ]


TEXTS = (r"Пусть \(x^2\) дано", r"$$\frac{a}{b}$$", r"Дано $a_i$")
FOUND = ["Пусть «x²» дано", "≡ a/b", "Дано «a_i»"]


def test_a_word_document() -> None:
    document = docx.read("a.docx", package("".join(p(text) for text in TEXTS) + p(r"\(x^{\)")))
    assert of(document) == [*FOUND, r"\(x^{\)"]
    tex = [
        item.tex for unit in document.units if isinstance(unit, Para) for item in unit.content if isinstance(item, Math)
    ]
    assert tex == ["x^2", "a_i"]
    assert [found.message for found in document.findings] == [
        "1 × a formula whose TeX is not understood: its text is kept (paragraph 4)"
    ]


def test_a_run_that_word_broke_up_is_one() -> None:
    run = '<w:r><w:rPr><w:lang w:val="en-US"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    body = p("", "", "".join(map(run.format, (r"Пусть \(x", "^", r"2\) дано"))))
    assert of(docx.read("a.docx", package(body))) == FOUND[:1]


def test_slides() -> None:
    deck = Deck()
    deck.slide("Формулы", *TEXTS)
    assert of(pptx.read("a.pptx", deck.data()))[1:] == [FOUND[0], "«a/b»", FOUND[2]]


def test_a_text_of_libreoffice() -> None:
    body = "".join(f"<text:p>{text}</text:p>" for text in TEXTS)
    assert of(odt.read("a.odt", text_document(body))) == FOUND


def test_the_shipped_templates_are_documents_without_formulas() -> None:
    papers = sorted((templates_dir() / "papers").glob("*.docx"))
    assert len(papers) > 5
    for paper in papers:
        document = docx.read(paper.name, Path(paper).read_bytes())
        assert not [line for line in of(document) if "«" in line or "≡" in line], paper.name
