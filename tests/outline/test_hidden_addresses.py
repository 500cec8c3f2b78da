"""Addresses behind letters, formulas: what a list of literature and a glossary keep of a paper with styles."""

from __future__ import annotations

from coursepack import outline
from coursepack.model.blocks import Math, Paragraph, Run
from coursepack.project.course_toml import SourceEntry
from coursepack.readers.markdown.reader import read
from tests.outline.layouts import loaded

PAPER = """# Курс «Основы сетей»

## Лекция 1. Сети

Сеть есть набор узлов, которые обмениваются данными по правилам.

### Литература

1. Таненбаум Э. Компьютерные сети. – СПб., 2019.
2. [Видео о сетях](https://youtu.be/zzzzzzzzzzz)
3. Курс на [Stepik](https://stepik.org/course/58852), [второй](https://example.org/b) и <https://example.org/c>

## Глоссарий

Узел – точка сети, см. [вики](https://ru.wikipedia.org/wiki/x).

**Энергия** – величина $E=mc^2$.
"""


def understood() -> outline.Understood:
    entry = SourceEntry(file="a.md", role="lecture")
    return outline.understand(loaded("ru", entry), [(read("a.md", PAPER.encode()), entry)])


def test_an_address_that_a_link_hides_stands_in_the_entry() -> None:
    found = understood()
    assert [ledger.unclaimed() for ledger in found.ledgers] == [[]]
    assert [finding for finding in found.findings if finding.severity == "error"] == []
    ((_, session),) = found.course.sessions()
    assert session.literature == (
        "Таненбаум Э. Компьютерные сети. – СПб., 2019.",
        "Видео о сетях (https://youtu.be/zzzzzzzzzzz)",
        "Курс на Stepik (https://stepik.org/course/58852), второй (https://example.org/b) и https://example.org/c",
    )


def test_a_meaning_keeps_its_links_and_formulas() -> None:
    node, energy = understood().course.glossary
    ((said,), (formula,)) = (term.definition for term in (node, energy))
    assert isinstance(said, Paragraph)
    assert isinstance(formula, Paragraph)
    assert Run(text="вики", href="https://ru.wikipedia.org/wiki/x") in said.content
    assert [item.tex for item in formula.content if isinstance(item, Math)] == ["E=mc^2"]
    assert (node.term, energy.term) == ("Узел", "Энергия")
