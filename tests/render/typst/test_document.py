"""A finished DOCX as data: what is known, how it is nested, what is refused by its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from lxml import etree

from coursepack.model.artifact import Artifact
from coursepack.render.typst.document import TypstDocument
from coursepack.render.typst.known import UnknownElementError
from coursepack.render.wml import W
from tests.papers import members, write
from tests.printed import artifacts
from tests.samples import everything

Block = dict[str, Any]


def data(artifact: Artifact) -> dict[str, Any]:
    return TypstDocument(members(artifact)).data()


def blocks(found: Iterable[Block]) -> Iterator[Block]:
    for block in found:
        yield block
        for item in block.get("items", ()):
            yield from blocks(item["body"])
        for cell in block.get("cells", ()):
            yield from blocks(cell["body"])
        if block["k"] == "piece":
            yield from blocks(block["body"])


def said(block: Block) -> str:
    return "".join(run.get("t", "") for run in block.get("runs", ()))


def test_the_levels_of_headings_leave_none_out() -> None:
    for artifact in artifacts():
        before = 0
        for block in blocks(data(artifact)["body"]):
            if "level" in block:
                assert 1 <= block["level"] <= before + 1, (artifact.name, said(block))
                before = block["level"]


def test_lists_stand_in_one_another_with_the_marks_of_word() -> None:
    (syllabus,) = write("syllabus").artifacts
    lists = [block for block in data(syllabus)["body"] if block["k"] == "list"]
    exam = next(block for block in lists if said(block["items"][0]["body"][0]).startswith("Билік дегеніміз"))
    assert [item["mark"] for item in exam["items"]] == [f"{number}." for number in range(1, 11)]
    inner = [block for block in exam["items"][1]["body"] if block["k"] == "list"]
    assert [item["mark"] for item in inner[0]["items"]] == ["а)", "б)", "в)"]
    assert not any(block.get("left") for block in inner[0]["items"][0]["body"])


def test_a_table_keeps_its_head_its_merged_cells_and_its_lines() -> None:
    (syllabus,) = write("syllabus").artifacts
    tables = [block for block in data(syllabus)["body"] if block["k"] == "table"]
    plan = next(table for table in tables if table["cells"][0]["body"][0]["runs"][0]["t"] == "Апта")
    assert plan["header"] == 1
    assert [cell["rowspan"] for cell in plan["cells"] if cell["x"] == 0][1] == 3
    assert {cell["colspan"] for cell in plan["cells"]} == {1, 2, 3}
    assert plan["stroke"]["insideH"] == 0.5
    covered = [
        (cell["x"] + right, cell["y"] + down)
        for cell in plan["cells"]
        for right in range(cell["colspan"])
        for down in range(cell["rowspan"])
    ]
    assert sorted(covered) == [(x, y) for x in range(4) for y in range(plan["rows"])]


def test_the_contents_name_the_headings_that_they_lead_to() -> None:
    (whole, *_) = write("course-set").artifacts
    found = data(whole)
    (contents,) = [block for block in found["body"] if block["k"] == "toc"]
    heads = {block["label"]: said(block) for block in blocks(found["body"]) if "level" in block and "label" in block}
    assert {label: said(entry) for label, entry in contents["entries"].items()} == {
        label: heads[label] for label in found["listed"]
    }
    assert len(heads) > 10


def test_a_formula_has_words() -> None:
    (whole, *_) = write("course-set").artifacts
    words = [run["alt"] for block in blocks(data(whole)["body"]) for run in block.get("runs", ()) if run["k"] == "math"]
    assert words
    assert all(words)


def test_what_it_does_not_know_is_refused_by_its_name() -> None:
    (syllabus,) = write("syllabus").artifacts
    paper = members(syllabus)
    for name, place in (
        ("sdt", "body"),
        ("framePr", "pPr"),
        ("ins", "p"),
        ("effect", "rPr"),
        ("tblCellSpacing", "trPr"),
    ):
        tree = etree.fromstring(paper["word/document.xml"])
        parent = next(tree.iter(f"{{{W}}}{place}"))
        parent.insert(0, etree.Element(f"{{{W}}}{name}"))
        with pytest.raises(UnknownElementError, match=f"^w:{name}$"):
            TypstDocument(paper | {"word/document.xml": etree.tostring(tree)}).data()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_shipped_template_is_known(language: str) -> None:
    made = [data(artifact) for artifact in artifacts(everything(language))]
    assert len(made) > 20
    assert all(found["page"]["width"] > 400 for found in made)


def test_no_text_of_the_course_is_lost() -> None:
    for artifact in artifacts():
        paper = members(artifact)
        tree = etree.fromstring(paper["word/document.xml"])
        letters = sorted(c for piece in tree.iter(f"{{{W}}}t") for c in piece.text or "" if c.isalpha())
        found = list(blocks(data(artifact)["body"]))
        found += [entry for block in found for entry in block.get("entries", {}).values()]
        assert sorted(c for block in found for c in _letters(block) if c.isalpha()) == letters, artifact.name


def _letters(block: Block) -> str:
    if block["k"] == "code":
        return str(block["text"])
    return "".join(
        run.get("t", "") + _letters({"k": "p", "runs": run.get("runs", [])}) for run in block.get("runs", ())
    )
