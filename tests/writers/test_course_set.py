"""The course set: contents, chapters in order, everything of the course in it."""

from __future__ import annotations

import re

import msgspec
from hypothesis import given, settings
from lxml import etree

from coursepack.model.course import Course, Session, Task, Week
from coursepack.writers import Context, load
from tests.papers import W, document, headings, lines, members, opened, sound, text_of, write
from tests.samples import ASSETS, PNG, b, everything
from tests.strategies import courses

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

PARTS = [
    "Алғы сөз",
    "Кіріспе",
    "Дәрістер",
    "Қорытынды",
    "Семинар сабақтарының жоспарлары",
    "Студенттердің өзіндік жұмысы",
    "Бақылау сұрақтары",
    "Емтихан сұрақтары",
    "Глоссарий",
    "Әдебиеттер және ресурстар",
    "Қосымша мәтіндер",
]


def test_chapters_stand_in_order() -> None:
    (artifact,) = write("course-set").artifacts
    assert headings(artifact, 1) == PARTS
    assert headings(artifact, 2)[:2] == [
        '1-дәріс. Билік: «мәні» & <мағынасы> / "power"',
        "2-дәріс. Екінші дәріс " + "өте ұзақ атау " * 25,
    ]
    assert headings(artifact, 2)[2:] == [
        "1-семинар",
        "Негізгі әдебиет",
        "Қосымша әдебиет",
        "Интернет-ресурстар",
        "Мақала",
        "Қарар",
    ]
    assert not sound(artifact)


def _contents(root: etree._Element) -> list[tuple[str, str, str]]:
    """(style, title, anchor) of each line of the contents."""
    found = []
    for paragraph in root.iter(f"{W}p"):
        link = paragraph.find(f"{W}hyperlink")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if link is not None and style is not None and str(style.get(f"{W}val")).startswith("TOC"):
            found.append((str(style.get(f"{W}val")), text_of(link).partition("\t")[0], str(link.get(f"{W}anchor"))))
    return found


def test_the_contents_are_one_field_filled_with_links_and_page_fields() -> None:
    (artifact,) = write("course-set").artifacts
    root = document(artifact)
    codes = [str(code.text).split() for code in root.iter(f"{W}instrText")]
    assert codes[0] == ["TOC", "\\o", '"1-2"', "\\h", "\\z", "\\u"]
    contents = _contents(root)
    assert [title for style, title, _ in contents if style == "TOC1"] == PARTS
    anchors = {
        mark.get(f"{W}name"): text_of(paragraph)
        for paragraph in root.iter(f"{W}p")
        for mark in paragraph.findall(f"{W}bookmarkStart")
    }
    for _, title, anchor in contents:
        assert anchors[anchor] == title
    assert [code[1] for code in codes if code[0] == "PAGEREF"] == [anchor for _, _, anchor in contents]
    marks = [mark.get(f"{W}fldCharType") for mark in root.iter(f"{W}fldChar")]
    assert marks.count("begin") == marks.count("separate") == marks.count("end") == len(contents) + 1
    assert 'updateFields w:val="true"' in members(artifact)["word/settings.xml"].decode()


def test_every_heading_of_two_levels_is_in_the_contents_and_none_below() -> None:
    (artifact,) = write("course-set").artifacts
    titles = [title for _, title, _ in _contents(document(artifact))]
    listed = [p.text for p in opened(artifact).paragraphs if p.style.name in {"Heading 1", "Heading 2"}]
    assert listed == titles


def test_a_lecture_holds_every_kind_of_block() -> None:
    (artifact,) = write("course-set").artifacts
    root, files = document(artifact), members(artifact)
    said = lines(artifact)
    assert headings(artifact, 3)[:3] == ["Оқыту нәтижелері", "Жоспары", "Бірінші бөлім"]
    assert headings(artifact, 4)[0] == "Кесте мен сурет"
    assert any(line.startswith("Қалың көлбеу H2O, сілтеме: akorda.kz, a < b & c > d") for line in said)
    styles = [p.style.name for p in opened(artifact).paragraphs]
    assert {"Body Text", "List Bullet", "List Number", "Caption", "Quote"} <= set(styles)
    assert len(list(root.iter(f"{M}oMath"))) == 2
    assert len(list(root.iter(f"{M}oMathPara"))) == 1
    assert [m for m in files if m.startswith("word/media/")] == ["word/media/course1.png"]
    assert files["word/media/course1.png"] == PNG
    notes = etree.fromstring(files["word/footnotes.xml"])
    assert [text_of(note).strip() for note in notes if note.get(f"{W}type") is None] == ["Ескерту мәтіні."]
    assert len(list(root.iter(f"{W}footnoteReference"))) == 1
    assert 'Target="https://www.akorda.kz/?a=1&amp;b=2" TargetMode="External"' in (
        files["word/_rels/document.xml.rels"].decode()
    )


def test_tables_keep_their_merged_cells_and_repeat_their_head() -> None:
    (artifact,) = write("course-set").artifacts
    table = next(t for t in document(artifact).iter(f"{W}tbl") if "Қаржы" in text_of(t))
    rows = table.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]
    spans = [[c.find(f"{W}tcPr/{W}gridSpan") is not None for c in row.findall(f"{W}tc")] for row in rows]
    merges = [
        [None if (m := c.find(f"{W}tcPr/{W}vMerge")) is None else m.get(f"{W}val") for c in row.findall(f"{W}tc")]
        for row in rows
    ]
    assert spans == [[False, True], [False, False, False], [False, False, False]]
    assert merges == [[None, None], ["restart", None, None], ["continue", None, None]]


def test_lists_are_real_and_begin_where_the_source_begins() -> None:
    (artifact,) = write("course-set").artifacts
    numbering = etree.fromstring(members(artifact)["word/numbering.xml"])
    third = next(p for p in document(artifact).iter(f"{W}p") if text_of(p) == "үшінші")
    number = str(next(third.iter(f"{W}numId")).get(f"{W}val"))
    (found,) = [num for num in numbering.findall(f"{W}num") if num.get(f"{W}numId") == number]
    assert next(found.iter(f"{W}startOverride")).get(f"{W}val") == "3"
    inner = next(p for p in document(artifact).iter(f"{W}p") if text_of(p) == "ішкі")
    assert next(inner.iter(f"{W}ilvl")).get(f"{W}val") == "1"


def test_one_document_a_part() -> None:
    artifacts = write("course-set", course_set="parts").artifacts
    assert [artifact.name for artifact in artifacts][:4] == [
        "sample-course-set-01-foreword.docx",
        "sample-course-set-02-introduction.docx",
        "sample-course-set-03-lectures.docx",
        "sample-course-set-04-conclusion.docx",
    ]
    assert len(artifacts) == len(PARTS)
    assert [headings(artifact, 1) for artifact in artifacts] == [[part] for part in PARTS]
    assert not [finding for artifact in artifacts for finding in sound(artifact)]


KINDS = [
    "Талқылауға арналған сұрақтар",
    "Сабақтың мақсаты мен міндеттері",
    "Техникалық құралдар",
    "Сабақтың барысы",
    "Тапсырмалар",
]


def test_level_tasks_stand_under_their_level() -> None:
    course = everything()
    tasks = tuple(
        Task(id=f"w01-seminar-k{n}", blocks=b(f"Тапсырма {n}"), label="1-деңгей" if n < 3 else "2-деңгей")
        for n in range(1, 5)
    )
    seminar = msgspec.structs.replace(course.weeks[0].sessions[1], tasks=tasks)
    week = msgspec.structs.replace(course.weeks[0], sessions=(seminar,))
    (artifact,) = write("course-set", msgspec.structs.replace(course, weeks=(week,))).artifacts
    said = lines(artifact)
    at = said.index("1-деңгей")
    assert said[at : at + 6] == ["1-деңгей", "Тапсырма 1", "Тапсырма 2", "2-деңгей", "Тапсырма 3", "Тапсырма 4"]


def test_a_seminar_plan_has_all_that_the_printed_one_has(tarih: object) -> None:
    course: Course = tarih.course  # type: ignore[attr-defined]  # the fixture's own type lives in the reading
    seminar = next(session for _, session in course.sessions() if session.kind == "seminar")
    (artifact,) = write("course-set", course).artifacts
    assert not sound(artifact)
    after = lines(artifact)[lines(artifact).index("Семинар сабақтарының жоспарлары", 12) :]
    assert after[1].startswith("2-семинар. Кеңес Одағында тоталитарлық жүйенің қалыптасуы")
    assert "Талқылауға арналған сұрақтар" in after[2]
    assert len(seminar.topics) == 3
    labels = [line for line in after if line in KINDS]
    assert labels == KINDS


def test_teacher_only_questions_are_in_no_students_set() -> None:
    course = everything()
    assert course.exam
    hidden = msgspec.structs.replace(course, exam=msgspec.structs.replace(course.exam, release="teacher-only"))
    student, teacher = write("course-set", hidden).artifacts
    assert "Емтихан сұрақтары" not in headings(student, 1)
    assert teacher.audience == "teacher"


def test_a_picture_that_word_cannot_show_is_told_and_its_words_stand() -> None:
    course = everything()
    odd = msgspec.json.decode(msgspec.json.encode(course).replace(b"image/png", b"image/svg+xml"), type=Course)
    written = write("course-set", odd)
    assert {f.code for f in written.findings} == {"papers-picture-format"}
    assert "[Көк шаршы]" in lines(written.artifacts[0])
    assert not sound(written.artifacts[0])


def test_a_course_without_anything_is_a_title_page() -> None:
    (artifact,) = write("course-set", Course(id="bare", title="Бос", language="ru")).artifacts
    assert not sound(artifact)
    assert headings(artifact, 1) == []


@settings(max_examples=8)
@given(courses())
def test_any_course_gives_sound_papers(course: Course) -> None:
    for name in ("course-set", "syllabus", "exam-tickets"):
        writer = load(name)
        written = writer.write(course, Context(assets=ASSETS, options=writer.options(), tickets=3))
        for artifact in written.artifacts:
            assert not sound(artifact)
            tables = document(artifact).iter(f"{W}tbl")
            assert all((below := table.getnext()) is None or below.tag != f"{W}tbl" for table in tables)
            assert opened(artifact).core_properties.title


def test_the_work_grows_as_the_course() -> None:
    """Twice the course, twice the elements (time is measured in benchmarks/papers.py)."""

    def size(weeks: int) -> int:
        session = everything().weeks[0].sessions[0]
        course = Course(
            id="long",
            title="Ұзын",
            language="kk",
            weeks=tuple(
                Week(
                    id=f"w{n:02d}",
                    number=n,
                    sessions=(Session(id=f"w{n:02d}-lecture", kind="lecture", number=n, blocks=session.blocks),),
                )
                for n in range(1, weeks + 1)
            ),
        )
        return sum(1 for _ in document(write("course-set", course).artifacts[0]).iter())

    once, twice, thrice = size(4), size(8), size(12)
    assert thrice - twice == twice - once


def test_ids_are_unique_in_a_long_paper() -> None:
    (artifact,) = write("course-set").artifacts
    xml = members(artifact)["word/document.xml"].decode()
    for pattern in (r'w:bookmarkStart w:id="(\d+)"', r'wp:docPr id="(\d+)"'):
        found = re.findall(pattern, xml)
        assert found
        assert len(found) == len(set(found))
