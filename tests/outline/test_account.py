"""What is claimed as content stands in the course, and what is not sure is said."""

from __future__ import annotations

from pathlib import Path

from coursepack import outline
from coursepack.model.blocks import Math, Paragraph, Run, block_text
from coursepack.model.document import Document, Para
from coursepack.outline import Understood
from coursepack.project.course_toml import Role, SourceEntry
from coursepack.readers.markdown import reader as markdown
from tests.outline.layouts import loaded


def of_markdown(text: str, role: Role, language: str = "en") -> Understood:
    document = markdown.read("made.md", text.encode(), folder=Path())
    entry = SourceEntry(file="made.md", role=role)
    found = outline.understand(loaded(language, entry), [(document, entry)])
    assert [ledger.unclaimed() for ledger in found.ledgers] == [[]]
    assert [finding for finding in found.findings if finding.severity == "error"] == []
    return found


def asides(found: Understood) -> list[tuple[str, str]]:
    return [
        (entry.reason, ledger.units[entry.unit][entry.start : entry.end])
        for ledger in found.ledgers
        for entry in ledger.entries
        if entry.fate == "aside"
    ]


def test_a_listing_in_a_glossary_belongs_to_the_term_above_it() -> None:
    above = "# Glossary\n\n```\n/ 1. ____ \\\n```\n\n"
    found = of_markdown(
        above + "Root – takes up water.\n\n```\nroot -> stem\n```\n\nStem – bears leaves.\n", "glossary"
    )
    assert [(one.term, block_text(one.definition)) for one in found.course.glossary] == [
        ("Root", "takes up water.\nroot -> stem"),
        ("Stem", "bears leaves."),
    ]
    assert asides(found) == [("not understood", "/ 1. ____ \\")]


def test_rows_of_a_glossary_that_hold_no_term_are_not_lost() -> None:
    plain = "| Plants | Said simply |\n|---|---|\n| A | |\n| Root | takes up water |\n| | and salts |\n"
    named = "| Term | Definition |\n|---|---|\n| | of plants |\n| Leaf | takes up light |\n| | and air |\n"
    found = of_markdown(f"# Glossary\n\n{plain}\n{named}\n| Draw here |\n|---|\n| (your leaf) |\n", "glossary")
    assert [(one.term, block_text(one.definition)) for one in found.course.glossary] == [
        ("Root", "takes up water\nand salts"),
        ("Leaf", "takes up light\nand air\nDraw here\n(your leaf)"),
    ]
    assert asides(found) == [("not understood", text) for text in ("Plants", "Said simply", "A", "of plants")]


def test_letters_of_a_formula_are_no_part_of_the_word_behind_it() -> None:
    content = (
        Run(text="Похибкою числа "),
        Math(mathml="<math><mi>a</mi></math>", text="a"),
        Run(text="називають вcяке число, не менше за похибку цього числа у цьому обчисленні."),
    )
    document = Document(
        file="m.docx", sha256="0" * 64, medium="docx", units=(Para(content=content, number=1),), findings=()
    )
    entry = SourceEntry(file="m.docx", role="reading")
    found = outline.understand(loaded("ru", entry), [(document, entry)])
    assert [finding.code for finding in found.findings if finding.severity == "error"] == []
    (paragraph,) = found.course.readings[0].blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.content[1] == content[1]
    assert block_text((paragraph,)).startswith("Похибкою числа aназивають всяке число")
