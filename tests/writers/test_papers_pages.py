"""The printing pass: what a secretary's eye sees on the pages, in DOCX and PDF."""

from __future__ import annotations

import io
from typing import Any

import msgspec
import pypdfium2
import pytest

from coursepack.model.artifact import Artifact
from coursepack.model.blocks import Blocks, Cell, List, ListItem, Paragraph, Row, Run, Table
from coursepack.model.course import About, Break, Calendar, ClassHours, Course, Section, Session, Teacher, Topic, Week
from coursepack.render.wml import w
from tests.papers import cells, document, lines, members, table_with, text_of, write
from tests.printed import printed
from tests.samples import b, everything


def pages(artifact: Artifact) -> list[list[str]]:
    with pypdfium2.PdfDocument(io.BytesIO(printed(artifact).data)) as read:
        return [page.get_textpage().get_text_range().split("\r\n") for page in read]


def words(text: str) -> tuple[Paragraph, ...]:
    return (Paragraph(content=(Run(text=text),)),)


def lecture(number: int, text: str = "") -> Session:
    return Session(
        id=f"w{number:02d}-lecture",
        kind="lecture",
        number=number,
        title=f"Тақырып {number}",
        blocks=words(text) if text else (),
    )


def course(*weeks: Week, **about: Any) -> Course:
    return Course(id="kurs", title="Курс", language="kk", weeks=weeks, about=About(**about))


def of_lectures(*texts: str) -> Course:
    return course(*(Week(id=f"w{n:02d}", number=n, sessions=(lecture(n, text),)) for n, text in enumerate(texts, 1)))


def test_no_page_holds_only_titles() -> None:
    bare = msgspec.structs.replace(
        of_lectures("", "", "", "Мәтін.", "", "Тағы мәтін."),
        foreword=Section(id="foreword", title="Алғы сөз", blocks=()),
    )
    (made,) = write("course-set", bare).artifacts
    broken = [
        text_of(p) for p in document(made).iter(w("p")) if p.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None
    ]
    # Title page, contents; foreword and the first lectures, which have no text, stand with the first that has one.
    assert broken == ["Мазмұны", "Алғы сөз", "6-дәріс. Тақырып 6"]
    printed_pages = pages(made)
    assert len(printed_pages) == 4
    assert any("Мәтін." in line for line in printed_pages[2])


@pytest.mark.parametrize("lengths", [(1, 1), (3, 4)])
def test_place_and_year_stay_on_the_title_page(lengths: tuple[int, int]) -> None:
    """However long the names of house and course are: the space between the parts of the page gives way."""
    house, title = ("Ақпараттық-коммуникациялық технологиялар және киберқауіпсіздік академиясы " * n for n in lengths)
    named = course(
        ministry="Министрлік",
        university=house,
        faculty=house,
        department=house,
        programme=title,
        credits=5,
        semester="1",
        city="Алматы",
        year="2026/2027",
        teachers=(Teacher(name=house[:70], degree="PhD"),),
    )
    made = write("syllabus", msgspec.structs.replace(named, title=title)).artifacts[0]
    first, second, *_ = pages(made)
    assert [line for line in first if line.strip()][-1] == "Алматы, 2026/2027"
    assert any(line.startswith("Пән туралы") for line in second)


def test_a_last_title_without_anything_goes_on_the_page_before() -> None:
    last = msgspec.structs.replace(
        of_lectures("Мәтін."), conclusion=Section(id="conclusion", title="Қорытынды", blocks=())
    )
    (made,) = write("course-set", last).artifacts
    assert "Қорытынды" in pages(made)[-1]
    assert any("Мәтін." in line for line in pages(made)[-1])


def ending(*lectures: Blocks) -> list[int]:
    """Lines on the last page of each lecture that is longer than a page."""
    weeks = (
        Week(id=f"w{n:02d}", number=n, sessions=(msgspec.structs.replace(lecture(n), blocks=blocks),))
        for n, blocks in enumerate(lectures, 1)
    )
    (made,) = write("course-set", course(*weeks)).artifacts
    found: list[int] = []
    for page in pages(made)[2:]:
        if any("-дәріс." in line for line in page):
            found.append(0)
        else:
            found[-1] = sum("Жол" in line for line in page)
    return [count for count in found if count]


def one_by_one(count: int) -> tuple[str, ...]:
    return tuple(f"Жол {n}." for n in range(count))


def as_list(*texts: str) -> List:
    return List(items=tuple(ListItem(blocks=words(text)) for text in texts))


def as_table(*texts: str) -> Table:
    return Table(rows=tuple(Row(cells=tuple(Cell(blocks=words(text)) for _ in range(2))) for text in texts))


def test_no_lecture_ends_on_a_page_of_few_lines() -> None:
    """Whatever its length and its end: the last lines come along, from the page before."""
    lengths = range(38, 47)
    assert min(ending(*(b(*one_by_one(n)) for n in lengths))) == 6
    listed = ending(*((*b(*one_by_one(n)), as_list(*one_by_one(4))) for n in lengths))
    assert min(listed) == 6
    assert min(ending(*((*b(*one_by_one(n)), as_table(*one_by_one(3))) for n in lengths))) >= 6


@pytest.mark.parametrize("length", [19, 28, 36])
def test_a_long_last_paragraph_leaves_no_few_lines(length: int) -> None:
    """Up to half a page it is moved as a whole; of a longer one six lines stand on the last page."""
    text = "Жол сөз сөз сөз сөз. " * round(length * 3.6)
    found = ending(*((*b(*one_by_one(n)), *b(text)) for n in range(44 - length, 52 - length, 2)))
    assert found
    assert min(found) >= 6


def test_a_very_long_last_paragraph_is_broken_where_the_page_ends() -> None:
    """Moved as a whole it would leave the page before half empty."""
    (made,) = write("course-set", of_lectures("Жол. " * 600)).artifacts
    assert not [p for p in document(made).iter(w("p")) if p.find(f"{w('pPr')}/{w('keepLines')}") is not None]


def many_weeks(count: int = 15) -> Course:
    topics = tuple(Topic(id=f"t{n}", content=(Run(text=f"Сұрақ {n}"),)) for n in range(3))
    return course(
        *(
            Week(
                id=f"w{n:02d}",
                number=n,
                sessions=(lecture(n), Session(id=f"w{n:02d}-seminar", kind="seminar", number=n, topics=topics)),
            )
            for n in range(1, count + 1)
        )
    )


def test_no_week_of_the_plan_goes_on_over_a_page() -> None:
    made = write("syllabus", many_weeks()).artifacts[0]
    seen = []
    for page in pages(made):
        heads = [place for place, line in enumerate(page) if "Максималды" in line or line.startswith("балл")]
        if heads and any("дәріс" in line for line in page):
            seen.append(next(line for line in page[heads[-1] :] if "дәріс" in line or "семинар" in line))
    assert len(seen) >= 2
    # Under each repeated head a week begins, with its number.
    assert all("-дәріс" in line and line.split()[0].isdigit() for line in seen)


def test_a_week_longer_than_a_page_says_its_number_in_every_row() -> None:
    many = tuple(Session(id=f"w01-seminar-{n}", kind="seminar", number=n, title=f"Тақырып {n}") for n in range(60))
    table = cells(table_with(write("syllabus", course(Week(id="w01", number=1, sessions=many))).artifacts[0], "Апта"))
    assert [row[0] for row in table[1:-1]] == ["1"] * 60


def test_lines_to_fill_stand_with_their_name() -> None:
    made = write("syllabus", course()).artifacts[0]
    body = list(document(made).iter(w("p")))
    place = next(n for n, p in enumerate(body) if text_of(p) == "Курс саясаты")
    kept = [p.find(f"{w('pPr')}/{w('keepNext')}") is not None for p in body[place + 1 : place + 4]]
    assert kept == [True, True, False]


@pytest.mark.parametrize("filler", [30, 31])
def test_the_last_row_of_a_table_is_not_alone(filler: int) -> None:
    """Whatever stands above: the sums of the hours' plan come with the last row."""
    made = write("syllabus", many_weeks(4), plan_weeks=filler).artifacts[0]
    page = next(
        page
        for page in pages(made)
        if any(line.startswith("Барлығы") and len(line) < 12 for line in page)
        and any("Максималды" in line for line in page)
    )
    place = next(n for n, line in enumerate(page) if line.startswith("Барлығы"))
    assert page[place - 1].strip().split()[0].isdigit()


def test_days_and_hours_stand_in_the_plan_where_they_are_declared() -> None:
    calendar = Calendar(begins="2026-09-01", days=5, breaks=(Break(begins="2026-09-07", ends="2026-09-13"),))
    base = many_weeks(3)
    about = About(calendar=calendar, class_hours=ClassHours(lecture=1, seminar=2))
    made = write("syllabus", msgspec.structs.replace(base, about=about)).artifacts[0]
    table = cells(table_with(made, "Апта"))
    assert [row[0] for row in table[1::2]][:3] == ["1\n01.09–04.09", "2\n14.09–18.09", "3\n21.09–25.09"]
    assert [row[2] for row in table[1:]] == ["1", "2"] * 3 + ["9"]


@pytest.mark.parametrize(("language", "shown"), [("ru", "01.09"), ("en", "1 Sept")])
def test_a_week_of_unknown_length_has_its_first_day(language: str, shown: str) -> None:
    dated = msgspec.structs.replace(
        many_weeks(1), language=language, about=About(calendar=Calendar(begins="2026-09-01"))
    )
    table = cells(table_with(write("syllabus", dated).artifacts[0], {"ru": "Неделя", "en": "Week"}[language]))
    assert table[1][0].split("\n") == ["1", shown]


def foot(artifact: Artifact) -> list[str]:
    found = members(artifact)
    from lxml import etree

    return [text_of(p) for p in etree.fromstring(found["word/footer1.xml"]).iter(w("p"))]


def test_the_foot_has_what_is_asked_for() -> None:
    said = course(edition="2", date="2026-08-28")
    made = write("syllabus", said, foot=("version", "date", "pages")).artifacts[0]
    assert foot(made) == ["2-басылым\t2026 жылғы 28 тамыз\t1 беттің 1-беті"]
    assert any("2-басылым 2026 жылғы 28 тамыз" in line for line in pages(made)[1])
    assert foot(write("syllabus", said).artifacts[0]) == [""]
    assert foot(write("syllabus", course(revision="7"), foot=("version",)).artifacts[0]) == ["7-нұсқа\t\t"]


def test_what_nobody_declared_is_not_at_the_foot_and_told() -> None:
    made = write("syllabus", course(), foot=("version", "date", "pages"))
    assert foot(made.artifacts[0]) == ["\t\t1 беттің 1-беті"]
    assert [finding.code for finding in made.findings] == ["papers-foot-date", "papers-foot-version"]
    by_hand = write("syllabus", course(), foot=("version", "date", "blanks"))
    assert foot(by_hand.artifacts[0]) == ["____________________\t____________________\t"]
    assert by_hand.findings == ()
    # A rule stands only where something is asked for.
    assert foot(write("syllabus", course(), foot=("pages", "blanks")).artifacts[0]) == ["\t\t1 беттің 1-беті"]


def test_the_ministry_stands_above_the_university() -> None:
    said = course(ministry="Ғылым және жоғары білім министрлігі", university="Үлгі университеті")
    for name in ("syllabus", "course-set"):
        assert lines(write(name, said).artifacts[0])[:2] == ["Ғылым және жоғары білім министрлігі", "Үлгі университеті"]
    assert lines(write("syllabus", course(university="Үлгі университеті")).artifacts[0])[0] == "Үлгі университеті"


def test_two_languages_stand_row_beside_row() -> None:
    kk, ru = many_weeks(2), msgspec.structs.replace(many_weeks(2), language="ru", title="Курс")
    without = msgspec.structs.replace(ru.weeks[0], sessions=ru.weeks[0].sessions[1:])
    ru = msgspec.structs.replace(ru, weeks=(without, ru.weeks[1]))
    made = write("syllabus", kk, context={"parallel": (ru,)}, second_language="ru").artifacts[1]
    table = cells(table_with(made, "Күнтізбелік-тақырыптық жоспар"))
    assert [len(row) for row in table] == [8] * 7
    assert table[1] == [
        "Апта",
        "Тақырыптың атауы",
        "Сағат",
        "Балл",
        "Неделя",
        "Название темы",
        "Часы",
        "Балл",
    ]
    assert [(row[1][:8], row[5][:9]) for row in table[2:6]] == [
        ("1-дәріс.", ""),
        ("1-семина", "Семинар 1"),
        ("2-дәріс.", "Лекция 2."),
        ("2-семина", "Семинар 2"),
    ]


def test_a_week_that_is_long_in_one_language_is_parted_alike_in_both() -> None:
    kk, ru = many_weeks(2), msgspec.structs.replace(many_weeks(2), language="ru", title="Курс")
    long = msgspec.structs.replace(ru.weeks[0].sessions[0], title="Основы информационной безопасности " * 14)
    ru = msgspec.structs.replace(
        ru, weeks=(msgspec.structs.replace(ru.weeks[0], sessions=(long, *ru.weeks[0].sessions[1:])), ru.weeks[1])
    )
    made = write("syllabus", kk, context={"parallel": (ru,)}, second_language="ru").artifacts[1]
    (plan,) = (t for t in document(made).iter(w("tbl")) if len(t.findall(f"{w('tblGrid')}/{w('gridCol')}")) == 8)
    columns = [int(column.get(w("w"), "0")) for column in plan.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
    assert columns[:3] == columns[4:7]
    merged = [
        [cell.find(f"{w('tcPr')}/{w('vMerge')}") is not None for cell in row.findall(w("tc"))]
        for row in plan.findall(w("tr"))[2:6]
    ]
    assert merged == [[False] * 8] * 2 + [[True, False, False, False] * 2] * 2


def test_a_side_that_differs_stays_in_its_cell() -> None:
    """Course data with another number of rows are no rows of one table; nothing of them is lost."""
    kk, ru = everything("kk"), msgspec.structs.replace(everything("ru"), about=About())
    made = write("syllabus", kk, context={"parallel": (ru,)}, second_language="ru").artifacts[1]
    assert "SB 3208" in lines(made)
    assert lines(made).count("Наименование дисциплины") == 1


def test_the_last_row_of_a_table_of_the_source_stands_with_the_one_before() -> None:
    """Rows of an author's table are marked in no way: short ones stay whole and the last is not left alone."""
    rows = tuple(f"Жол {n}" for n in range(4))
    (made,) = write(
        "course-set",
        course(
            Week(
                id="w01",
                number=1,
                sessions=(
                    msgspec.structs.replace(
                        lecture(1), blocks=(as_table(*rows), *b("Мәтін. " * 500), as_table("Жол", "Жол. " * 900))
                    ),
                ),
            )
        ),
    ).artifacts
    short, long = (t for t in document(made).iter(w("tbl")))
    assert [row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in short.iter(w("tr"))] == [True] * 4
    kept = [
        [p.find(f"{w('pPr')}/{w('keepNext')}") is not None for p in row.iter(w("p"))] for row in short.iter(w("tr"))
    ]
    assert kept == [[False] * 2, [False] * 2, [True] * 2, [False] * 2]
    assert [row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in long.iter(w("tr"))] == [True, False]
    assert not [p for p in long.iter(w("p")) if p.find(f"{w('pPr')}/{w('keepNext')}") is not None]
