"""The syllabus: what it says, what it leaves blank, what it adds up."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from lxml import etree

from coursepack.model.course import About, Assignment, Course, Grading, Hours, Interim, Session, Teacher, Week
from coursepack.place import Severity
from tests.papers import W, cells, document, headings, lines, members, opened, sound, table_with, write
from tests.samples import b, everything

BARE = Course(id="bare", title="Бос курс", language="kk")


def about(**changes: object) -> Course:
    course = everything()
    return msgspec.structs.replace(course, about=msgspec.structs.replace(course.about, **changes))


def test_its_parts_stand_in_the_order_of_a_real_one() -> None:
    (artifact,) = write("syllabus").artifacts
    assert artifact.name == "sample-syllabus.docx"
    assert headings(artifact, 1) == [
        "Пән туралы мәліметтер",
        "Пәннің қысқаша сипаттамасы",
        "Пәннің мақсаты",
        "Оқыту нәтижелері",
        "Пререквизиттер",
        "Постреквизиттер",
        "Күнтізбелік-тақырыптық жоспар",
        "Студенттердің өзіндік жұмысы",
        "Бағалау саясаты",
        "Курс саясаты",
        "Әдебиеттер және ресурстар",
        "Емтихан сұрақтары",
    ]
    assert not sound(artifact)


def test_the_title_page_has_the_approval_and_the_minutes() -> None:
    (artifact,) = write("syllabus").artifacts
    first = lines(artifact)[:13]
    assert first[:5] == [
        "Үлгі университеті",
        "Философия және саясаттану факультеті",
        "Саясаттану кафедрасы",
        "БЕКІТЕМІН",
        "Факультет деканы",
    ]
    assert "(SB 3208) Үлгі курс: «билік» & <заң>" in first
    assert "5 кредит" in first
    assert "2026/2027 оқу жылы, күзгі семестр" in first
    assert "Құрастырған: Ахметова А.Б., PhD, доцент" in first
    assert any(line.endswith("Хаттама № 1, 2026 жылғы 28 тамыз") for line in lines(artifact)[:16])


def test_course_data_are_what_was_declared() -> None:
    (artifact,) = write("syllabus").artifacts
    data = dict(cells(table_with(artifact, "Пәннің атауы")))
    assert data == {
        "Пәннің атауы": "Үлгі курс: «билік» & <заң>",
        "Пәннің коды": "SB 3208",
        "Пәннің циклы": "БП / ТК",
        "Білім беру бағдарламасы": "6B03101 – Саясаттану",
        "Кредит саны": "5",
        "Оқу жылы": "2026/2027",
        "Семестр": "күзгі",
        "Оқу курсы": "3",
        "Оқытушы": "Ахметова А.Б., PhD, доцент",
        "Электрондық пошта": "a@example.kz",
        "Кеңес уақыты": "дс 15:00",
    }
    assert [row[:2] for row in cells(table_with(artifact, "Жұмыс түрі"))][1:] == [
        ["Дәріс", "15"],
        ["Семинар", "30"],
        ["СӨЖ", "75"],
        ["СОӨЖ", "30"],
        ["Барлығы", "150"],
    ]


def test_the_plan_has_a_row_a_class_and_the_interim_control() -> None:
    (artifact,) = write("syllabus").artifacts
    assert cells(table_with(artifact, "Апта")) == [
        ["Апта", "Тақырыптың атауы", "Сағат саны", "Максималды балл"],
        ["1", '1-дәріс. Билік: «мәні» & <мағынасы> / "power"', "1", "2"],
        ["1", "1-семинар.\nБиліктің мәні.\nБилік үстемдік ретінде.", "", ""],
        ["1", "1 СОӨЖ. “Саяси ғылымдағы билік мәселесі” атты эссе дайындау.", "3", "10"],
        ["АБ1", "АБ1", "АБ1", "100"],
        ["2", "2-дәріс. Екінші дәріс " + "өте ұзақ атау " * 25, "", ""],
        ["Барлығы", "Барлығы", "", ""],
    ]
    head = next(row for row in document(artifact).iter(f"{W}tr") if "Тақырыптың" in "".join(map(str, row.itertext())))
    assert head.find(f"{W}trPr/{W}tblHeader") is not None


def _declared_hours(lecture: float, total: float) -> Course:
    weeks = tuple(
        Week(
            id=f"w{n:02d}",
            number=n,
            sessions=(
                Session(id=f"w{n:02d}-lecture", kind="lecture", number=n, title="Т", hours=2, points=2),
                Session(id=f"w{n:02d}-seminar", kind="seminar", number=n, title="С", hours=1, points=4.5),
            ),
            assignments=(
                Assignment(
                    id=f"w{n:02d}-independent", kind="independent", number=n, blocks=b("Е"), hours=3.5, points=6
                ),
            ),
        )
        for n in range(1, 16)
    )
    grading = Grading(
        preset="60/10/30",
        interim=(Interim(after_week=7, name="АБ1", points=87.5), Interim(after_week=15, name="АБ2", points=40)),
    )
    hours = Hours(lecture=lecture, seminar=15, independent=52.5, total=total)
    return Course(id="sums", title="Қосынды", language="kk", about=About(hours=hours, grading=grading), weeks=weeks)


def test_totals_add_up() -> None:
    written = write("syllabus", _declared_hours(30, 97.5))
    assert not written.findings
    rows = cells(table_with(written.artifacts[0], "Апта"))
    assert len(rows) == 1 + 15 * 3 + 2 + 1
    # 15 weeks of 2 + 1 + 3,5 hours. 7 weeks of 12,5 points are the 87,5 of the first control, which sums them up; the
    # second control has 40 points of its own beside the 100 of the 8 weeks before it.
    assert rows[-1] == ["Барлығы", "Барлығы", "97,5", "227,5"]
    assert [row[0] for row in rows].index("АБ1") == 1 + 7 * 3
    assert rows[-2][0] == "АБ2"


def test_hours_that_do_not_add_up_are_told() -> None:
    codes = {f.code: f.message for f in write("syllabus", _declared_hours(15, 97.5)).findings}
    assert codes == {
        "papers-hours": "the plan gives 30 hours of lectures, but 15 are declared for the course",
        "papers-hours-total": "the hours by type add up to 82.5, but 97.5 are declared in all",
    }
    assert [f.severity for f in write("syllabus", _declared_hours(15, 97.5)).findings] == [Severity.WARNING] * 2


def test_a_total_waits_for_the_rows_that_are_left_blank() -> None:
    findings = {f.code: f.message for f in write("syllabus").findings}
    assert findings["papers-hours-partly"] == "2 of 4 rows of the plan declare no hours: their total is left blank"
    assert findings["papers-points-partly"].startswith("2 of 4 rows")


def test_nothing_is_invented_for_a_course_that_declares_nothing() -> None:
    (artifact,) = write("syllabus", BARE).artifacts
    assert not sound(artifact)
    data = cells(table_with(artifact, "Пәннің атауы"))
    assert data[0] == ["Пәннің атауы", "Бос курс"]
    assert {value for _, value in data[1:]} == {"_" * 20}
    assert cells(table_with(artifact, "Дәріс"))[1] == ["____"] * 5
    ruled = [p for p in opened(artifact).paragraphs if p.style.name == "Blank Line"]
    assert len(ruled) == 2 + 2 + 2 + 1 + 1 + 2 + 2 + 3 + 4
    plan = cells(table_with(artifact, "Апта"))[1:-1]
    assert all(text == "" for row in plan for text in row)
    said = "\n".join(lines(artifact))
    assert "Емтихан сұрақтары" not in said
    assert "0,6" not in said


def test_weeks_that_a_department_wants_are_rows_of_the_plan() -> None:
    (artifact,) = write("syllabus", BARE, plan_weeks=15).artifacts
    assert [row[0] for row in cells(table_with(artifact, "Апта"))[1:-1]] == [str(n) for n in range(1, 16)]


def test_the_letter_scale_is_the_one_that_all_share() -> None:
    (artifact,) = write("syllabus").artifacts
    rows = cells(table_with(artifact, "Әріптік"))
    assert len(rows) == 13
    assert rows[1] == ["A", "4,0", "95–100", "өте жақсы"]
    assert rows[6] == ["C+", "2,33", "70–74", "жақсы"]
    assert rows[11] == ["FX", "0,5", "25–49", "қанағаттанарлықсыз"]
    assert not any("95–100" in line for line in lines(write("syllabus", letter_scale=False).artifacts[0]))


@pytest.mark.parametrize(
    ("grading", "formula", "shares"),
    [
        (Grading(preset="60/40"), "Қорытынды баға = 0,6 · жіберу рейтингі + 0,4 · емтихан", ["60", "40", "100"]),
        (
            Grading(preset="60/10/30"),
            "Қорытынды баға = (РК1 + РК2) / 2 · 0,6 + 0,1 · МТ + 0,3 · ҚБ",
            ["60", "10", "30", "100"],
        ),
        (Grading(preset="60/40", formula="Б = Р·0,6 + Е·0,4"), "Б = Р·0,6 + Е·0,4", ["60", "40", "100"]),
    ],
)
def test_the_formula_is_the_universitys_or_a_presets(grading: Grading, formula: str, shares: list[str]) -> None:
    (artifact,) = write("syllabus", about(grading=grading)).artifacts
    assert f"Қорытынды бағаның формуласы: {formula}" in lines(artifact)
    assert [row[1] for row in cells(table_with(artifact, "Бағаланатын"))[1:]] == shares


def test_no_formula_is_a_line_to_fill() -> None:
    (artifact,) = write("syllabus", about(grading=None)).artifacts
    assert "Қорытынды бағаның формуласы: " in lines(artifact)


def test_questions_that_students_may_not_see_are_a_file_for_the_teacher() -> None:
    course = everything()
    assert course.exam
    hidden = msgspec.structs.replace(course, exam=msgspec.structs.replace(course.exam, release="teacher-only"))
    student, teacher = write("syllabus", hidden).artifacts
    assert student.audience == "student"
    assert "Билік дегеніміз не?" not in "\n".join(lines(student))
    assert "Емтихан сұрақтары" not in "\n".join(lines(student))
    assert teacher.audience == "teacher"
    assert "Кілт: Шаршы" in lines(teacher)
    assert "Бағалаушыға: Кемінде үш анықтама." in lines(teacher)
    assert not sound(teacher)


def test_a_students_list_holds_no_key() -> None:
    (artifact,) = write("syllabus").artifacts
    said = "\n".join(lines(artifact))
    assert "Кілт" not in said
    assert "{#1}" not in said
    assert "Астана – (1) ______, халқы (2) ______ миллион." in said
    # Answers to match stand in the order of the alphabet, not of their questions.
    at = [said.index(text) for text in ("жоғарғы палата", "төменгі палата", "үкімет")]
    assert at == sorted(at)


def test_signatures_are_those_declared_else_three_lines() -> None:
    last = lines(write("syllabus").artifacts[0])[-2:]
    assert last == ["Кафедра меңгерушісі\t\t Омаров О.", "Дәріскер\t\t \t"]
    default = lines(write("syllabus", about(signatures=())).artifacts[0])[-3:]
    assert default == [
        "Құрастырған\t\t Ахметова А.Б.",
        "Кафедра меңгерушісі\t\t \t",
        "Әдістеме бюросының төрағасы\t\t \t",
    ]


@pytest.mark.parametrize(
    ("language", "plan", "date", "credits_", "tag"),
    [
        ("kk", "Күнтізбелік-тақырыптық жоспар", "2026 жылғы 28 тамыз", "5 кредит", "kk-KZ"),
        ("ru", "Календарно-тематический план", "28 августа 2026 г.", "5 кредитов", "ru-RU"),
        ("en", "Calendar and thematic plan", "28 August 2026", "5 credits", "en-GB"),
    ],
)
def test_fixed_words_dates_and_plurals_are_the_languages(
    language: str, plan: str, date: str, credits_: str, tag: str
) -> None:
    (artifact,) = write("syllabus", everything(language)).artifacts
    said = lines(artifact)
    assert plan in said
    assert credits_ in said
    assert any(line.endswith(date) for line in said)
    styles = etree.fromstring(members(artifact)["word/styles.xml"])
    assert {lang.get(f"{W}val") for lang in styles.iter(f"{W}lang")} == {tag}
    assert f">{tag}<" in members(artifact)["docProps/core.xml"].decode()


def test_header_has_code_edition_and_page_of_pages_when_declared() -> None:
    (artifact,) = write("syllabus", about(form_code="Н. 4-63", edition="2")).artifacts
    header = members(artifact)["word/header1.xml"].decode()
    assert "Н. 4-63" in header
    assert "2-басылым" in header
    assert header.index("NUMPAGES") < header.index(" беттің ") < header.index(" PAGE ") < header.index("-беті")
    assert "PAGE" not in members(artifact)["word/footer1.xml"].decode()
    plain = members(write("syllabus").artifacts[0])
    assert "PAGE" not in plain["word/header1.xml"].decode()
    assert " PAGE " in plain["word/footer1.xml"].decode()
    assert "PAGE" not in plain["word/footer2.xml"].decode()


def test_no_empty_paragraph_stands_for_space() -> None:
    for course in (everything(), BARE):
        for form in ("paragraphs", "grid"):
            (artifact,) = write("syllabus", course, syllabus=form).artifacts
            body = document(artifact)[0]
            assert all(paragraph.find(f".//{W}r") is not None for paragraph in body.findall(f"{W}p"))


def test_the_grid_form_is_one_table_then_the_plan() -> None:
    (artifact,) = write("syllabus", syllabus="grid").artifacts
    assert not sound(artifact)
    tables = opened(artifact).tables
    assert len(tables) == 3
    grid = [row.cells[0].text for row in tables[0].rows]
    assert "(SB 3208) Үлгі курс: «билік» & <заң>" in grid[0]
    assert "Пәннің мақсаты" in grid
    teacher = next(row for row in tables[0].rows if row.cells[0].text == "Оқытушы")
    assert teacher.cells[2].text == "Ахметова А.Б., PhD, доцент"
    # Nested: hours, weights and the letter scale.
    assert sum(len(cell.tables) for row in tables[0].rows for cell in {id(c._tc): c for c in row.cells}.values()) == 3


def test_the_grid_form_leaves_out_no_hours_and_no_teacher() -> None:
    about = msgspec.structs.replace(
        everything().about,
        hours=Hours(lecture=30, laboratory=17, supervised=13, total=150),
        objectives=("Бірінші міндет",),
        teachers=(Teacher(name="А.", phone="+7 701", room="301"), Teacher(name="Б.")),
        study_form="күндізгі",
    )
    course = msgspec.structs.replace(everything(), about=about)
    (artifact,) = write("syllabus", course, syllabus="grid").artifacts
    assert not sound(artifact)
    found = "\n".join(str(text) for text in document(artifact)[0].itertext())
    for declared in ("17", "13", "+7 701", "301", "күндізгі", "Бірінші міндет", "Хаттама № 1"):
        assert declared in found
    names = [row.cells[2].text for row in opened(artifact).tables[0].rows if row.cells[0].text == "Оқытушы"]
    assert names == ["А.", "Б."]


def test_a_bilingual_syllabus_sets_two_editions_side_by_side() -> None:
    russian = msgspec.structs.replace(everything("ru"), title="Курс-образец")
    written = write("syllabus", second_language="ru", context={"parallel": (russian,)})
    both = written.artifacts[1]
    assert both.name == "sample-syllabus-kk-ru.docx"
    assert not sound(both)
    rows = [row for table in opened(both).tables for row in cells(table)]
    assert ["Силлабус", "Силлабус"] in rows
    assert ["Үлгі курс: «билік» & <заң>", "Курс-образец"] in rows
    assert ["Пәннің мақсаты", "Цель дисциплины"] in rows
    assert not any(f.code == "papers-no-edition" for f in written.findings)
    tags = {lang.get(f"{W}val") for lang in document(both).iter(f"{W}lang")}
    assert tags == {"ru-RU"}


def test_without_an_edition_the_second_side_is_blank_and_told() -> None:
    written = write("syllabus", second_language="en")
    assert "papers-no-edition" in {f.code for f in written.findings}
    assert not sound(written.artifacts[1])


ODD = (
    "",
    "\x00\x07 A",
    "{{ title }}",
    "{% for %}",
    "😀" * 80,
    "Ж" * 300,
    "a & b < c > \"d\" 'e' \\ /",
    "\ue0f0plan\ue0f1",
)


@pytest.mark.parametrize("title", ODD)
def test_odd_titles_give_a_sound_paper(title: str) -> None:
    course = msgspec.structs.replace(everything(), title=title)
    for form in ("paragraphs", "grid"):
        (artifact,) = write("syllabus", course, syllabus=form).artifacts
        assert not sound(artifact)


def test_declared_links_stand_with_the_internet_resources() -> None:
    course = msgspec.structs.replace(everything(), links=("https://adilet.zan.kz", "https://www.akorda.kz"))
    said = lines(write("syllabus", course).artifacts[0])
    at = said.index("Интернет-ресурстар")
    assert said[at + 1 : at + 4] == ["https://adilet.zan.kz", "https://www.akorda.kz", "Емтихан сұрақтары"]


def test_weights_that_are_not_a_hundred_are_told() -> None:
    from coursepack.model.course import GradeWeight

    course = about(grading=Grading(weights=(GradeWeight(name="А", percent=60), GradeWeight(name="Б", percent=30))))
    assert "papers-weights" in {f.code for f in write("syllabus", course).findings}


def test_the_seed_has_a_row_for_everything_it_prints(sayasi: object) -> None:
    course = sayasi.course  # type: ignore[attr-defined]  # the fixture's own type lives in the reading
    (artifact,) = write("syllabus", course).artifacts
    assert not sound(artifact)
    rows = cells(table_with(artifact, "Апта"))
    assert len(rows) == 1 + 15 + 15 + 13 + 1
    assert rows[1][1] == "1-дәріс. «Саяси билік» пәнінің мақсаты мен міндеттері"
    assert len(cells(table_with(artifact, "№"))) == 1 + 13
    listed = [p.text for p in opened(artifact).paragraphs if p.style.name == "List Number"]
    assert len(listed) == 107


def test_it_is_the_same_every_time() -> None:
    assert write("syllabus") == replace(write("syllabus"))


def test_the_row_of_a_short_task_stays_on_one_page() -> None:
    tasks = tuple(
        Assignment(id=f"w01-{n}", kind="independent", number=n, blocks=b(text))
        for n, text in enumerate(("эссе", "ә" * 2000))
    )
    course = msgspec.structs.replace(everything(), weeks=(Week(id="w01", number=1, assignments=tasks),))
    (artifact,) = write("syllabus", course).artifacts
    rows = [tr for tr in document(artifact)[0].iter(f"{W}tr") if "СӨЖ" in "".join(str(t) for t in tr.itertext())]
    work = [tr for tr in rows if len(tr.findall(f"{W}tc")) == 6]
    assert [tr.find(f"{W}trPr/{W}cantSplit") is not None for tr in work] == [True, False]
