"""Make the DOCX templates of ``templates/papers`` anew: ``python tools/make_templates.py``.

They are committed as Word documents, so that a department copies and edits them in Word; this script is how the
shipped ones came to be, and a test holds that it still makes the same members.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from coursepack.render.docx_new import new_package
from coursepack.render.docx_styles import STYLES, styles_part
from coursepack.render.wml import (
    CM,
    TEXT_WIDTH,
    Align,
    Element,
    cell,
    make,
    paragraph,
    paragraph_properties,
    root,
    row,
    run,
    run_properties,
    section,
    table,
)

FOLDER = Path(__file__).parents[1] / "templates" / "papers"


def style(name: str) -> str:
    return STYLES[name].id


def line(
    text: str,
    name: str = "Normal",
    *,
    align: Align | None = None,
    before: int | None = None,
    after: int | None = None,
    left: int | None = None,
    bold: bool = False,
    size: int | None = None,
    page_break: bool = False,
    tabs: Iterable[tuple[str, int, str]] = (),
    keep: bool = False,
) -> Element:
    """A paragraph of the template; its text holds the fields."""
    properties = paragraph_properties(
        style=style(name),
        align=align,
        before=before,
        after=after,
        indent=(left, 0) if left is not None else None,
        page_break=page_break,
        tabs=tabs,
        keep_next=keep,
    )
    return paragraph([run(text, run_properties(bold=bold, size=size))], properties)


def word(text: str) -> str:
    """A fixed word, in the course's language (in single quotes: it may stand in an attribute)."""
    return "{{ word('" + text + "') }}"


def part(title: str, slot: str, *, page_break: bool = False) -> list[Element]:
    """A headed part of the paper."""
    return [line(word(title), "heading 1", page_break=page_break), line("{{ " + slot + " }}")]


def optional(condition: str, elements: Iterable[Element]) -> list[Element]:
    """Elements that stand only when the field has something."""
    return [line("{%p if " + condition + " %}"), *elements, line("{%p endif %}")]


# --- headers and footers ------------------------------------------------------------------------------------------


def _header_tabs(room: int) -> tuple[tuple[str, int, str], ...]:
    """The middle and the right edge of a line of ``room`` twips."""
    return (("center", room // 2, "none"), ("right", room, "none"))


_CODED = "form_code or edition"


def header(*, first: bool, room: int = TEXT_WIDTH) -> Element:
    """Code, edition and «page N of M» when the department declares a code or an edition."""
    said = "edition" if first else "edition and 'version' not in foot"
    text = (
        "{% if "
        + _CODED
        + " %}{% if form_code %}{{ form_code }}{% endif %}\t{% if "
        + said
        + " %}{{ edition }}{% endif %}\t"
        + ("" if first else "{% if not foot %}{{r page_of_pages }}{% endif %}")
        + "{% endif %}"
    )
    properties = paragraph_properties(style=style("header"), tabs=_header_tabs(room), align="left")
    return root("hdr", [paragraph([run(text)], properties)])


def footer(*, first: bool, room: int = TEXT_WIDTH) -> Element:
    """The bare page number, none on the title page; instead of it version, date and pages, when they are asked for."""
    plain = paragraph_properties(style=style("footer"))
    if first:
        return root("ftr", [paragraph([], plain)])
    number = paragraph([run("{% if not (" + _CODED + ") %}{{r page }}{% endif %}")], plain)
    asked = run("{{ foot_version }}\t{{ foot_date }}\t{{r foot_pages }}")
    line_ = paragraph([asked], paragraph_properties(style=style("footer"), tabs=_header_tabs(room), align="left"))
    tags = ("{%p if foot %}", "{%p else %}", "{%p endif %}")
    before, between, after = (paragraph([run(tag)], paragraph_properties(style=style("footer"))) for tag in tags)
    return root("ftr", [before, line_, between, number, after])


def package(
    body: Iterable[Element],
    *,
    title_page: bool = True,
    margins: dict[str, int] | None = None,
    landscape: bool = False,
) -> dict[str, bytes]:
    room = _LANDSCAPE if landscape else TEXT_WIDTH
    headers = {"header1": header(first=False, room=room)} | ({"header2": header(first=True)} if title_page else {})
    footers = {"footer1": footer(first=False, room=room)} | ({"footer2": footer(first=True)} if title_page else {})
    last = section(
        header="header1",
        footer="footer1",
        first_header="header2" if title_page else None,
        first_footer="footer2" if title_page else None,
        title_page=title_page,
        margins=margins,
        landscape=landscape,
    )
    return new_package(make("body", [*body, last]), styles_part(), headers=headers, footers=footers)


# --- the papers ---------------------------------------------------------------------------------------------------

_LANDSCAPE = 25 * CM
_LANDSCAPE_SIDE = (16838 - _LANDSCAPE) // 2
"""Between the margins of the bilingual form; each of them, on A4."""


def ministry(name: str = "Normal") -> list[Element]:
    """The line above the university, where it is declared."""
    return optional("ministry", [line("{{ ministry }}", name, align="center", after=60)])


def names_of_house() -> list[Element]:
    """Ministry, university, faculty, department, centred; a named rule where one of the last three is not declared."""
    return [
        *ministry(),
        *house_lines(),
    ]


def house_lines() -> list[Element]:
    return [
        line(
            "{% if " + name + " %}{{ " + said + " }}{% else %}" + word(label) + ": {{ blank }}{{ blank }}{% endif %}",
            align="center",
            after=60,
            bold=name == "university",
        )
        for name, said, label in (
            ("university", "university", "University"),
            ("faculty", "faculty_line", "Faculty"),
            ("department", "department_line", "Department"),
        )
    ]


# A name that has no room beside the rule stands below it.
_TO_SIGN = (
    "{% if approver_name and approver_name|length > 17 %}\t\t\n{{ approver_name }}"
    "{% elif approver_name %}\t {{ approver_name }}{% else %}\t \t{% endif %}"
)


def approval(room: int = TEXT_WIDTH, *, of: str = "", before: int = 560) -> list[Element]:
    """«Approved», post, signature, date: at the right; ``of``: whose fields («second.»)."""
    left = room - 8 * CM
    tabs = (("left", left + round(4 * CM), "underscore"), ("right", room, "underscore"))
    texts = (word("APPROVED BY"), "{{ approver_post }}", _TO_SIGN, "{{ date_line }}")
    first, post, sign, date = (_of(text, of) for text in texts)
    return [
        line(first, left=left, before=before, bold=True, after=60),
        line(post, left=left, after=60),
        line(sign, left=left, after=60, tabs=tabs),
        line(date, left=left, after=200),
    ]


def _of(text: str, group: str) -> str:
    """The same fields of a group, in a condition, too."""
    text = text.replace("{{ ", "{{ " + group)
    return re.sub(r"\{%.*?%\}", lambda tag: re.sub(r"(if | and )(?=\w)", rf"\1{group}", tag[0]), text)


_MINUTES = (
    word("Considered at a meeting of the department")
    + ". "
    + word("Minutes No.")
    + " {% if department_minutes %}{{ department_minutes }}{% else %}_____{% endif %}, {{ department_date }}"
)


_COUNCIL = (
    "{% if council %}"
    + word("Approved")
    + ": {{ council }}{% else %}"
    + word("Recommended by the methodical body")
    + "{% endif %}. "
    + word("Minutes No.")
    + " {% if council_minutes %}{{ council_minutes }}{% else %}_____{% endif %}, {{ council_date }}"
)


def minutes(*, before: int = 1100) -> list[Element]:
    """Where the paper was considered."""
    return [line(_MINUTES, before=before, after=80), line(_COUNCIL, after=80)]


def place_and_year() -> list[Element]:
    return optional(
        "city or year",
        [
            line(
                "{% if city %}{{ city }}{% endif %}{% if city and year %}, {% endif %}"
                "{% if year %}{{ year }}{% endif %}",
                align="center",
                before=1900,
            )
        ],
    )


def title_page(name: str) -> list[Element]:
    return [
        *names_of_house(),
        *approval(),
        line(word(name), "Title", before=2300),
        line("{% if code %}({{ code }}) {% endif %}{{ title }}", "Subtitle", bold=True),
        *optional("programme", [line(word("Educational programme") + ": {{ programme }}", align="center", after=60)]),
        *optional(
            "credits",
            [line("{{ credits_line }}", align="center", after=60)],
        ),
        *optional("semester and year", [line("{{ term_line }}", align="center", after=60)]),
        *optional("teachers", [line(word("Compiled by") + ": {{ teacher }}", align="center", before=360, after=60)]),
        *minutes(),
        *place_and_year(),
    ]


def syllabus() -> dict[str, bytes]:
    body = [
        *title_page("Syllabus"),
        *part("Course data", "course_data", page_break=True),
        line(word("Academic hours by type"), "heading 2"),
        line("{{ hours_table }}"),
        *part("Course description", "description"),
        *part("Course aim", "aim"),
        *optional("objectives", part("Objectives", "objectives")),
        *part("Learning outcomes", "outcomes"),
        *optional("outcome_matrix", [line(word("Map of outcomes"), "heading 2"), line("{{ outcome_matrix }}")]),
        *part("Prerequisites", "prerequisites"),
        *part("Postrequisites", "postrequisites"),
        *part("Calendar and thematic plan", "plan"),
        *part("Independent work of students", "independent_work"),
        *part("Assessment policy", "grading"),
        *optional("letter_scale", [line(word("Scale of grades"), "heading 2"), line("{{ letter_scale }}")]),
        *part("Course policy", "policies"),
        *part("Literature and resources", "literature"),
        *optional("exam_questions", part("Exam questions", "exam_questions")),
        line("{{ signatures }}"),
    ]
    return package(body)


_A, _B = round(4.5 * CM), TEXT_WIDTH - round(4.5 * CM)
_SIX = [TEXT_WIDTH * (i + 1) // 6 - TEXT_WIDTH * i // 6 for i in range(6)]


def _head(text: str, width: int, span: int = 1, *, keep: bool = False) -> Element:
    return cell([line(text, "Table Heading", keep=keep)], width, span=span, shade="F2F2F2", middle=True)


def _text(text: str, width: int, span: int = 1, name: str = "Table Text") -> Element:
    return cell([line(text, name)], width, span=span)


def _wide(title: str, slot: str) -> list[Element]:
    """A part across the whole grid: its name, then its text."""
    return [
        row([_head(word(title), TEXT_WIDTH, 6, keep=True)]),
        row([_text("{{ " + slot + " }}", TEXT_WIDTH, 6)], whole=False),
    ]


def _pair(label: str, value: str) -> Element:
    return row([_head(label, sum(_SIX[:2]), 2), _text(value, sum(_SIX[2:]), 4)], whole=False)


def _marker(tag: str) -> Element:
    """A row that goes away with its tag."""
    return row([_text("{%tr " + tag + " %}", TEXT_WIDTH, 6)])


def _optional_pair(value: str, label: str) -> list[Element]:
    """A named row that stands only where its value is declared."""
    return [_marker(f"if {value}"), _pair(word(label), "{{ " + value + " }}"), _marker("endif")]


def grid() -> dict[str, bytes]:
    """The one-grid form: one table of merged cells, then the plan and the signatures."""
    heads = ("Course code", "Cycle", "Credits")
    values = ("{{ code }}", "{{ cycle }}{% if component %} / {{ component }}{% endif %}", "{{ credits }}")
    third = sum(_SIX[:2])
    top = cell(
        [
            *ministry("Table Number"),
            line(
                "{% if university %}{{ university }}{% else %}" + word("University") + ": {{ blank }}{% endif %}",
                "Table Heading",
            ),
            line(word("Syllabus"), "Title", before=60, after=60),
            line("{% if code %}({{ code }}) {% endif %}{{ title }}", "Table Heading", size=26),
            line("{{ term_line }}", "Table Number"),
        ],
        TEXT_WIDTH,
        span=6,
    )
    rows = [
        row([top]),
        row([_head(word(h), third, 2) for h in heads]),
        row([_text(v, third, 2, name="Table Number") for v in values]),
        *_wide("Academic hours by type", "hours_table"),
        _pair(word("Educational programme"), "{{ programme }}"),
        *_optional_pair("study_year", "Year of study"),
        *_optional_pair("study_form", "Form of study"),
        _pair(word("Prerequisites"), "{{ prerequisites }}"),
        _pair(word("Postrequisites"), "{{ postrequisites }}"),
        *line_rows_for_teachers(),
        *_wide("Course description", "description"),
        *_wide("Course aim", "aim"),
        _marker("if objectives"),
        *_wide("Objectives", "objectives"),
        _marker("endif"),
        *_wide("Learning outcomes", "outcomes"),
        _marker("if outcome_matrix"),
        *_wide("Map of outcomes", "outcome_matrix"),
        _marker("endif"),
        *_wide("Literature and resources", "literature"),
        *_wide("Assessment policy", "grading"),
        _marker("if letter_scale"),
        row([_text("{{ letter_scale }}", TEXT_WIDTH, 6)]),
        _marker("endif"),
        *_wide("Course policy", "policies"),
    ]
    body = [
        *approval(),
        table(rows, _SIX, style=style("Table Grid"), title="{{ title }}"),
        *part("Calendar and thematic plan", "plan"),
        *part("Independent work of students", "independent_work"),
        *optional("exam_questions", part("Exam questions", "exam_questions")),
        *minutes(before=360),
        line("{{ signatures }}"),
    ]
    return package(body, title_page=False)


def line_rows_for_teachers() -> list[Element]:
    """The rows of each teacher, or two with blanks."""
    return [
        _marker("for person in teachers"),
        _pair(word("Teacher"), "{{ person.line }}"),
        *_optional_pair("person.email", "E-mail"),
        *_optional_pair("person.phone", "Telephone"),
        *_optional_pair("person.room", "Room"),
        _pair(word("Office hours"), "{{ person.office_hours }}"),
        _marker("else"),
        _pair(word("Teacher"), "{{ blank }}"),
        _pair(word("Office hours"), "{{ blank }}"),
        _marker("endfor"),
    ]


def bilingual() -> dict[str, bytes]:
    """Two columns: the course's language and the second one."""
    half = [_LANDSCAPE // 2] * 2

    def both(text: str, name: str = "Table Text", *, keep: bool = False) -> Element:
        texts = (text, _of(text, "second."))
        return row([cell([line(t, name, keep=keep)], w) for t, w in zip(texts, half, strict=True)], whole=False)

    def tag(text: str) -> Element:
        return row([cell([line("{%tr " + text + " %}")], w) for w in half])

    rows = [
        tag("if ministry"),
        both("{{ ministry }}", "Table Number"),
        tag("endif"),
        both(
            "{% if university %}{{ university }}{% else %}" + word("University") + ": {{ blank }}{% endif %}",
            "Table Heading",
        ),
        both(word("Syllabus"), "Title"),
        both("{% if title %}{{ title }}{% else %}{{ blank }}{% endif %}", "Table Heading"),
    ]
    for title, slot in (
        ("Course data", "course_data"),
        ("Academic hours by type", "hours_table"),
        ("Course description", "description"),
        ("Course aim", "aim"),
        ("Learning outcomes", "outcomes"),
        ("Prerequisites", "prerequisites"),
        ("Postrequisites", "postrequisites"),
        ("Calendar and thematic plan", "plan"),
        ("Assessment policy", "grading"),
        ("Course policy", "policies"),
        ("Literature and resources", "literature"),
    ):
        rows.append(both(word(title), "Table Heading", keep=True))
        rows.append(both("{{ " + slot + " }}"))
        if slot == "outcomes":
            rows += [
                tag("if outcome_matrix"),
                both(word("Map of outcomes"), "Table Heading", keep=True),
                both("{{ outcome_matrix }}"),
                tag("endif"),
            ]
    # In the order of the columns, and as wide, with room at the side of the cells.
    approvals = [cell(approval(w - 230, of=group, before=0), w) for group, w in zip(("", "second."), half, strict=True)]
    considered = [
        cell([line(_of(_in_one_line(text), group), after=80, keep=True) for text in (_MINUTES, _COUNCIL)], w)
        for group, w in zip(("", "second."), half, strict=True)
    ]
    body = [
        table([row(approvals)], half, style=style("Table Grid"), borders=False, title=word("APPROVED BY")),
        paragraph(),
        table(rows, half, style=style("Table Grid"), title="{{ title }}"),
        paragraph(),
        table([row(considered)], half, style=style("Table Grid"), borders=False, title=word("Minutes No.")),
        line("{{ signatures }}"),
    ]
    return package(body, title_page=False, landscape=True, margins={"left": _LANDSCAPE_SIDE, "right": _LANDSCAPE_SIDE})


def _in_one_line(text: str) -> str:
    """Half a page breaks dates otherwise."""
    return text.replace("_date }}", "_date.replace(' ', '\u00a0') }}")


def course_set() -> dict[str, bytes]:
    body = [
        *names_of_house(),
        *approval(),
        line(word("Course study pack"), "Title", before=2300),
        line("{% if code %}({{ code }}) {% endif %}{{ title }}", "Subtitle", bold=True),
        *optional("part_title", [line("{{ part_title }}", "Subtitle")]),
        *optional("programme", [line(word("Educational programme") + ": {{ programme }}", align="center", after=60)]),
        *optional("teachers", [line(word("Compiled by") + ": {{ teacher }}", align="center", before=360, after=60)]),
        *minutes(),
        *place_and_year(),
        line(word("Contents"), "TOC Heading", page_break=True),
        line("{{ contents }}"),
        line("{{ parts }}"),
    ]
    return package(body)


def exam_questions() -> dict[str, bytes]:
    body = [
        *names_of_house(),
        line(word("Exam questions with keys"), "Title", before=360),
        line("{% if code %}({{ code }}) {% endif %}{{ title }}", "Subtitle"),
        line(word("For the teacher. Not to be given to students."), align="center", bold=True, after=240),
        line("{{ questions_with_keys }}"),
        line("{{ signatures }}"),
    ]
    return package(body, title_page=False)


_TICKET_MARGINS = {"top": 850, "bottom": 850}
_TICKET = word("EXAM TICKET No.") + " {{ ticket.number }}"
_UNIVERSITY = (
    "{% if university %}{{ university }}{% else %}" + word("University") + ": {{ blank }}{{ blank }}{% endif %}"
)
_SMALL = 20


def _row_a_ticket(content: list[Element], *, borders: bool) -> Element:
    """A table with a row a ticket: a row is never broken over two pages, neither by Word nor by LibreOffice."""

    def marker(tag: str) -> Element:
        return row([cell([line("{%tr " + tag + " %}")], TEXT_WIDTH)])

    rows = [marker("for ticket in tickets"), row([cell(content, TEXT_WIDTH)]), marker("endfor")]
    return table(rows, [TEXT_WIDTH], style=style("Table Grid"), borders=borders, title=word("Exam tickets"))


def ticket_three_cell() -> dict[str, bytes]:
    """University above; department and term | number and course | approval; questions; signature."""
    room = TEXT_WIDTH - 170
    widths = (round(4.8 * CM), room - round(11 * CM), round(6.2 * CM))
    small = partial(line, size=_SMALL)
    left = [
        small("{{ department_line }}", "Table Text"),
        small(word("Semester") + ": {{ semester }}", "Table Text"),
        small(word("Academic year") + ": {{ year }}", "Table Text"),
    ]
    middle = [
        line(_TICKET, "Table Heading"),
        small(word("Course") + ": {{ title }}", "Table Number"),
        *optional("programme", [small("{{ programme }}", "Table Number")]),
    ]
    right = [
        small(word("APPROVED BY"), "Table Text", bold=True),
        small(word("Head of department"), "Table Text"),
        small("{{ head }}", "Table Text"),
        small("{{ date_line }}", "Table Text"),
    ]
    head = table(
        [row([cell(content, width) for content, width in zip((left, middle, right), widths, strict=True)])],
        widths,
        style=style("Table Grid"),
        title=_TICKET,
    )
    content = [
        *_copy(),
        *optional("ministry", [line("{{ ministry }}", align="center", before=200)]),
        line(_UNIVERSITY, align="center", before=200, after=80, bold=True),
        head,
        line("{{ ticket.questions }}"),
        line("{{ ticket.signature }}"),
    ]
    return package([_row_a_ticket(content, borders=False)], title_page=False, margins=_TICKET_MARGINS)


def ticket_centred() -> dict[str, bytes]:
    """Centred lines, questions, signature."""
    centre = partial(line, align="center")
    content = [
        *_copy(),
        *optional("ministry", [centre("{{ ministry }}", before=280)]),
        centre(_UNIVERSITY, before=280, bold=True),
        *optional("faculty", [centre("{{ faculty_line }}")]),
        *optional("department", [centre("{{ department_line }}")]),
        *optional("programme", [centre(word("Educational programme") + ": {{ programme }}")]),
        centre(word("Course") + ": {{ title }}"),
        centre(_TICKET, before=120, bold=True),
        line("{{ ticket.questions }}"),
        line("{{ ticket.signature }}"),
    ]
    return package([_row_a_ticket(content, borders=False)], title_page=False, margins=_TICKET_MARGINS)


def ticket_row() -> dict[str, bytes]:
    """A row of one table a ticket, each with the minutes of the department."""
    content = [
        *_copy(),
        *optional("ministry", [line("{{ ministry }}", "Table Number")]),
        line(_UNIVERSITY, "Table Heading"),
        line(_TICKET, "Table Heading", before=60),
        line(word("Course") + ": {{ title }}", "Table Number"),
        *optional("programme", [line(word("Educational programme") + ": {{ programme }}", "Table Number")]),
        line("{{ ticket.questions }}"),
        line(_MINUTES, "Table Text", before=120),
        line("{{ ticket.signature }}"),
    ]
    body = [line(word("Exam tickets") + ". {{ title }}", "Title"), _row_a_ticket(content, borders=True)]
    return package(body, title_page=False, margins=_TICKET_MARGINS)


def _copy() -> list[Element]:
    """Which of the numbered copies this is."""
    return optional("ticket.copy", [line(word("Copy No.") + " {{ ticket.copy }}", "Table Text", align="right")])


def _person() -> list[Element]:
    """Who answers, and when: lines to fill."""
    tabs = (("right", TEXT_WIDTH, "underscore"),)
    half = (("left", TEXT_WIDTH // 2, "underscore"), ("right", TEXT_WIDTH, "underscore"))
    return [
        line(word("Student") + ": \t", tabs=tabs, before=120, after=60),
        line(word("Group") + ": \t " + word("Date") + ": \t", tabs=half, after=60),
    ]


def answer_sheet() -> dict[str, bytes]:
    """A numbered sheet to write on."""
    ends = (("left", TEXT_WIDTH // 2, "underscore"), ("right", TEXT_WIDTH, "underscore"))
    sheet = [
        line("{%p for sheet in sheets %}"),
        line(_UNIVERSITY, align="center", bold=True, page_break=True),
        line(word("Answer sheet") + " " + word("No.") + " {{ sheet.number }}", "Title", before=60, after=60),
        line("{% if code %}({{ code }}) {% endif %}{{ title }}", align="center"),
        *_person(),
        line(word("Ticket or variant") + ": \t", tabs=(("left", TEXT_WIDTH // 2, "underscore"),), after=60),
        line("{{ sheet.lines }}"),
        line(word("Points") + ": \t " + word("Examiner") + ": \t", tabs=ends, before=280),
        line("{%p endfor %}"),
    ]
    return package(sheet, title_page=False, margins=_TICKET_MARGINS)


def test_paper() -> dict[str, bytes]:
    """Variants of a written test, each with the grid to answer in."""
    body = [
        line("{%p for variant in variants %}"),
        line(_UNIVERSITY, align="center", bold=True, page_break=True),
        line(word("Test"), "Title", before=60, after=60),
        line("{% if code %}({{ code }}) {% endif %}{{ title }}", align="center"),
        line("{{ variant.title }}", "Subtitle", bold=True, before=60),
        *_person(),
        line("{{ variant.questions }}"),
        line(word("Answer grid") + ". {{ variant.title }}", "heading 2", page_break=True),
        *_person(),
        line("{{ variant.grid }}"),
        line("{%p endfor %}"),
    ]
    return package(body, title_page=False, margins=_TICKET_MARGINS)


def test_key() -> dict[str, bytes]:
    body = [
        *names_of_house(),
        line(word("Key of the test"), "Title", before=360),
        line("{% if code %}({{ code }}) {% endif %}{{ title }}", "Subtitle"),
        line(word("For the teacher. Not to be given to students."), align="center", bold=True, after=240),
        line("{{ test_keys }}"),
        line("{{ signatures }}"),
    ]
    return package(body, title_page=False)


def control_sheet() -> dict[str, bytes]:
    body = [
        *names_of_house(),
        line(word("Control sheet of the exam tickets"), "Title", before=240),
        line("{% if code %}({{ code }}) {% endif %}{{ title }}", "Subtitle"),
        line("{{ draw_statement }}"),
        line("{{ control_table }}"),
        line("{{ signatures }}"),
    ]
    return package(body, title_page=False)


TEMPLATES = {
    "syllabus.docx": syllabus,
    "syllabus-grid.docx": grid,
    "syllabus-bilingual.docx": bilingual,
    "course-set.docx": course_set,
    "exam-questions.docx": exam_questions,
    "ticket-three-cell.docx": ticket_three_cell,
    "ticket-centred.docx": ticket_centred,
    "ticket-row.docx": ticket_row,
    "control-sheet.docx": control_sheet,
    "answer-sheet.docx": answer_sheet,
    "test-paper.docx": test_paper,
    "test-key.docx": test_key,
}


def main(folder: Path = FOLDER) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, make_ in TEMPLATES.items():
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, data in make_().items():
                archive.writestr(zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
