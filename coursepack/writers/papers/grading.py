"""How a course is marked: the scale of letter grades, weights, the university's formula."""

from __future__ import annotations

from coursepack.model.blocks import Blocks, Table, block_text
from coursepack.model.course import Course, GradeWeight, Grading
from coursepack.render.wml import (
    CM,
    TEXT_WIDTH,
    Element,
    cell,
    keep_rows,
    paragraph,
    paragraph_properties,
    row,
    run,
    run_properties,
    table,
    w,
)
from coursepack.text.scripts import LIKE_LATIN
from coursepack.writers.papers.paper import Paper
from coursepack.writers.papers.parts import blank_lines, named_tables
from coursepack.writers.papers.words import PaperWords

# The scale that Kazakhstan's universities share: letter, grade point, per cent; and the traditional mark of a band.
SCALE: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    ("excellent", (("A", "4.0", "95–100"), ("A-", "3.67", "90–94"))),
    ("good", (("B+", "3.33", "85–89"), ("B", "3.0", "80–84"), ("B-", "2.67", "75–79"), ("C+", "2.33", "70–74"))),
    (
        "satisfactory",
        (("C", "2.0", "65–69"), ("C-", "1.67", "60–64"), ("D+", "1.33", "55–59"), ("D", "1.0", "50–54")),
    ),
    ("unsatisfactory", (("FX", "0.5", "25–49"), ("F", "0", "0–24"))),
)

# Presets: what counts how much, and the formula as it is printed.
PRESETS: dict[str, tuple[tuple[tuple[str, float], ...], str]] = {
    "60/40": (
        (("Admission rating", 60), ("Exam", 40)),
        "Final grade = 0.6 · admission rating + 0.4 · exam",
    ),
    "60/10/30": (
        (("Interim controls (RC1, RC2)", 60), ("Midterm exam (MT)", 10), ("Final control (FC)", 30)),
        "Final grade = (RC1 + RC2) / 2 · 0.6 + 0.1 · MT + 0.3 · FC",
    ),
}


_SHORT = 12
"""Rows of a table that stays on one page."""


def grading(paper: Paper) -> list[Element]:
    """Weights and formula as declared or as the named preset has them; lines to fill by hand otherwise."""
    declared = paper.course.about.grading or Grading()
    weights, formula = weights_and_formula(declared, paper.say)
    found: list[Element] = []
    if weights and not _reported(weights, declared.blocks, paper.say):
        found.append(_weights(weights, paper))
    style = paragraph_properties(style=paper.file.style("Body Text"), before=120)
    label = run(paper.say("Formula of the final grade") + ": ", run_properties(bold=True))
    if formula:
        found.append(paragraph([label, run(formula)], style))
    elif not declared.blocks and not weights:
        found.append(paragraph([label], style))
        found.extend(blank_lines(paper))
    own = paper.render.elements(named_tables(declared.blocks))
    # Word takes two tables without a line between them for one.
    parted = [paragraph()] if found and own and found[-1].tag == own[0].tag == w("tbl") else []
    return [*found, *parted, *own]


def weights_and_formula(declared: Grading, say: PaperWords) -> tuple[tuple[GradeWeight, ...], str]:
    """What is declared stands before what a preset says."""
    parts, formula = PRESETS.get(declared.preset or "", ((), ""))
    preset = tuple(GradeWeight(name=say(name), percent=percent) for name, percent in parts)
    return declared.weights or preset, declared.formula or (say(formula) if formula else "")


def _reported(weights: tuple[GradeWeight, ...], blocks: Blocks, say: PaperWords) -> bool:
    """Whether a table of the document says the same shares: it is printed below, once is enough."""
    wanted = {(weight.name.casefold(), say.number(weight.percent)) for weight in weights}
    for block in blocks:
        if isinstance(block, Table):
            rows = [[block_text(cell.blocks).strip().casefold() for cell in row.cells] for row in block.rows]
            stated = {(name, figure.rstrip(" %")) for row in rows for name in row for figure in row}
            if wanted <= stated:
                return True
    return False


_DASHES = str.maketrans("\u2212\u2013", "--")
_OWN_CHARACTERS = 6
"""Letter grades by which a table is a scale of them."""


def own_scale(course: Course) -> bool:
    """Whether the documents bring a scale of letter grades of their own, among grading or policies: it is printed
    there."""
    about = course.about
    blocks = [*(about.grading.blocks if about.grading else ()), *(b for p in about.policies for b in p.blocks)]
    grade_names = {letter for _, band in SCALE for letter, _, _ in band}
    for block in blocks:
        if isinstance(block, Table):
            texts = (block_text(cell.blocks).strip() for row in block.rows for cell in row.cells)
            stated = {words.translate(LIKE_LATIN).translate(_DASHES) for words in texts}
            if sum(letter in stated for letter in grade_names) >= _OWN_CHARACTERS:
                return True
    return False


def _weights(weights: tuple[GradeWeight, ...], paper: Paper) -> Element:
    say, text = paper.say, paper.render.text
    widths = (TEXT_WIDTH - round(4 * CM), round(4 * CM))
    heads = (say("What is assessed"), say("Share, %"))
    rows = [
        row(
            [cell([text(h, "Table Heading")], r, shade="F2F2F2") for h, r in zip(heads, widths, strict=True)],
            header=True,
        )
    ]
    lines = [(weight.name, weight.percent) for weight in weights]
    for name, percent in [*lines, (say("Total"), sum(percent for _, percent in lines))]:
        cells = (
            cell([text(name, "Table Text")], widths[0]),
            cell([text(say.number(percent), "Table Number")], widths[1]),
        )
        rows.append(row(cells))
    if len(rows) <= _SHORT:
        keep_rows(rows[:-1])
    return table(rows, widths, style=paper.file.style("Table Grid"), title=say("Assessment"))


def letter_scale(paper: Paper) -> list[Element]:
    """Letter, grade point, per cent, traditional mark (its cell spans the band)."""
    if not paper.options.letter_scale or own_scale(paper.course):
        return []
    say, text = paper.say, paper.render.text
    part = TEXT_WIDTH // 4
    widths = (part, part, part, TEXT_WIDTH - 3 * part)
    heads = (say("Letter grade"), say("Grade point"), say("Per cent"), say("Traditional grade"))
    rows = [
        row(
            [cell([text(h, "Table Heading")], r, shade="F2F2F2") for h, r in zip(heads, widths, strict=True)],
            header=True,
        )
    ]
    for mark, band in SCALE:
        for index, (letter, points, percent) in enumerate(band):
            values = (letter, say.grade(points), percent)
            cells = [cell([text(v, "Table Number")], r) for v, r in zip(values, widths[:3], strict=True)]
            words = text(say(mark) if index == 0 else "", "Table Number")
            merged = cell([words], widths[3], merge="continue" if index else "restart", middle=True)
            rows.append(row([*cells, merged]))
    keep_rows(rows[:-1])
    return [table(rows, widths, style=paper.file.style("Table Grid"), title=say("Scale of grades"))]
