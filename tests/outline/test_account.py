"""What is claimed as content stands in the course, and what is not sure is said."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

from coursepack import outline
from coursepack.model.blocks import Math, Paragraph, Run, block_text
from coursepack.model.course import Course, Session, Week
from coursepack.model.document import Document, Para
from coursepack.outline import Understood
from coursepack.outline.account import _CourseTexts
from coursepack.project import course_toml
from coursepack.project.course_toml import Role, SourceEntry
from coursepack.readers.markdown import reader as markdown
from coursepack.stages import Live
from tests.outline.layouts import as_document, loaded


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
    assert asides(found) == [("not understood", text) for text in ("Plants", "Said simply", "of plants")]


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


SYLLABUS = (
    """# Soil Science

BOT 210

## Some of the ways we meet

"""
    + "We meet in the yard, and dig there every week; bring boots and a coat that may get wet and dirty in the rain.\n"
    * 3
)


def told(found: Understood) -> dict[str, str]:
    return {finding.code: f"{finding.place}: {finding.message}" for finding in found.foremost}


def test_letters_that_nothing_names_are_told_before_all_else() -> None:
    text = SYLLABUS + "\n## Course Description\n\nSoil.\n\n## Grading\n\nTest 40 %, exam 60 %.\n"
    found = of_markdown(text, "syllabus")
    assert told(found) == {
        "outline-unlabelled": "made.md: 81 % of the characters stand under 1 heading without a label: paragraph 3"
    }
    assert found.findings[0] == found.foremost[0]
    named = of_markdown(text.replace("Some of the ways we meet", "Course Policies"), "syllabus")
    assert told(named) == {}
    share = of_markdown(text + "\n## Course aims\n\n" + "To know soil, and what lives in it. " * 250, "syllabus")
    assert told(share) == {}


def test_a_table_that_was_set_aside_with_the_title_page_is_told() -> None:
    table = "| Rooms | Floor |\n|---|---|\n| A 12 | first |\n"
    text = f"{table}\n# Lecture 1. Soil\n\nSoil has layers.\n\n# Lecture 2. Water\n\nWater moves.\n"
    found = of_markdown(text, "textbook")
    assert told(found) == {
        "outline-title-page-data": "made.md: 1 table set aside with the title page: paragraph 1",
    }


def test_text_that_was_set_aside_with_the_title_page_is_told() -> None:
    rule = "Hand your pages in on paper at the start of class; I do not open attachments. Two pages each time, please."
    text = f"# Homework\n\n{rule}\n\n## 1 Strike!\n\ndue 6 November – 20 points\n\nCompare two reports.\n"
    found = of_markdown(text + "\n## 2 A letter\n\ndue 9 November – 12 points\n\nFind a letter.\n", "assignments")
    assert told(found) == {
        "outline-title-page-data": "made.md: 1 paragraph of text set aside with the title page: paragraph 2",
    }


def test_a_test_with_many_essays_is_told() -> None:
    asked = "".join(f"{n}. What is soil {n}?\nA) earth\nB) water\nAnswer: A\n\n" for n in range(1, 7))
    essays = "".join(f"{n}. What do you know of the soil of your place, {n}?\n\n" for n in range(7, 11))
    entry = SourceEntry(file="made.txt", role="tests")
    document = as_document(asked + essays, "made.txt")
    found = outline.understand(loaded("en", entry), [(document, entry)])
    (message,) = told(found).values()
    assert message.startswith(
        "made.txt: 4 of 10 questions of the test have no answers to choose from: lines 31, 33, 35"
    )
    assert told(outline.understand(loaded("en", entry), [(as_document(asked, "made.txt"), entry)])) == {}


UNSURE = """# Lecture 1. Soil

{prose}

## Thoughts of others

- What is the soil of your place like?
- Who was the first to draw a map of it?

# Lecture 2. Water

{prose}

## Thoughts of others

- What is the water of your place like?
- Who was the first to map it?
""".format(
    prose="Soil is the upper layer of the earth, in which plants root; it holds water, air and what lived in it.\n" * 3
)


def test_what_is_not_sure_is_told_with_a_correction_that_works_as_it_is_pasted() -> None:
    found = of_markdown(UNSURE, "textbook")
    assert [len(one.review) for _, one in found.course.sessions()] == [2, 2]
    notes = [finding for finding in found.findings if finding.code == "outline-unsure"]
    assert [str(one.place) for one in notes] == ["made.md:3", "made.md:8"]
    assert all("was read as review, by shape and behind text (8)" in one.message for one in notes)
    assert all("it may be text of what is around it" in one.message for one in notes)
    for at, note in enumerate(notes):
        (pasted,) = tomllib.loads(note.paste)["correction"]
        assert (pasted["begins"], pasted.get("nth", 1), pasted["part"]) == ("Thoughts of others", at + 1, "none")
        entry = SourceEntry(file="made.md", role="textbook")
        project = loaded("en", entry)
        changed = msgspec.structs.replace(
            project.project, correction=(msgspec.convert(pasted, course_toml.Correction),)
        )
        document = markdown.read("made.md", UNSURE.encode(), folder=Path())
        again = outline.understand(msgspec.structs.replace(project, project=changed), [(document, entry)])
        reviews = [len(one.review) for _, one in again.course.sessions()]
        assert reviews == ([0, 2] if at == 0 else [2, 0])
        texts = [block_text(one.blocks) for _, one in again.course.sessions()]
        assert ["Thoughts of others" in text for text in texts] == [at == 0, at == 1]


def test_many_parts_that_are_not_sure_are_a_warning_with_the_first_places() -> None:
    text = "".join(
        UNSURE.replace("Lecture 2", f"Lecture {n + 1}").replace("Lecture 1", f"Lecture {n}") for n in (1, 3, 5, 7)
    )
    found = of_markdown(text, "textbook")
    (many,) = (one for one in found.findings if one.code == "outline-many-unsure")
    assert many.message == "of 8 parts it is uncertain what they are: paragraphs 3, 8, 13, 18, 23 …"
    assert (many.severity, many.paste) == ("warning", "")
    assert sum(one.code == "outline-unsure" for one in found.findings) == 8


def test_why_names_label_score_runner_up_and_what_became_of_a_span() -> None:
    found = of_markdown(UNSURE, "textbook")
    assert outline.why(found, 90, 99) == []
    told = outline.why(found, 2, 4)
    assert [line for line in told if line.startswith("made.md")] == [
        "made.md:2 «Soil is the upper layer of the earth, in which plants root;…»",
        "made.md:3 «Thoughts of others»",
        "made.md:4 «What is the soil of your place like?»",
    ]
    assert [line.strip() for line in told if "became" in line] == [
        "became content of w01-lecture",
        "became mark of w01-lecture (heading)",
        "became content of w01-lecture",
    ]
    section = next(line for line in told if line.startswith("  in «Thoughts"))
    assert "review, score 8, next summary (1)" in section
    assert "shape +7" in section
    paste = "\n".join(line for line in told if line.startswith("    "))
    assert tomllib.loads(paste)["correction"] == [
        {"file": "made.md", "begins": "Thoughts of others", "kind": "part", "part": "none"}
    ]


def test_why_of_a_cell_names_its_class_and_corrects_it() -> None:
    plan = "# Syllabus\n\n| Week | Lecture topic |\n|---|---|\n| 1 | Soil |\n| 2 | Water |\n| 3 | Air |\n"
    found = of_markdown(plan, "syllabus")
    units = found.ledgers[0].units
    cell = next(unit for unit, text in units.items() if text == "Water")
    told = outline.why(found, cell, cell)
    assert told[:2] == [f"made.md:{cell} «Water»", "  became content of w02-lecture"]
    paste = "\n".join(line for line in told if line.startswith("    "))
    (said,) = tomllib.loads(paste)["correction"]
    assert said == {"file": "made.md", "begins": "Water", "kind": "part", "part": "lecture"}


def test_a_letter_that_is_mended_beside_a_formula_is_not_lost() -> None:
    line = Paragraph(content=(Run(text="где"), Run(text="A", bold=True), Run(text=" – амплитуда")))
    session = Session(id="w01-lecture", kind="lecture", number=1, title="Волны", blocks=(line,))
    course = Course(id="x", title="Волны", language="ru", weeks=(Week(id="w01", number=1, sessions=(session,)),))
    assert _CourseTexts(course, Live()).has("w01-lecture", "гдеА – амплитуда")  # the Cyrillic letter
    assert not _CourseTexts(course, Live()).has("w01-lecture", "гдеВ – амплитуда")
