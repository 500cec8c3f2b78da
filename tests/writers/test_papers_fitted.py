"""What a secretary would mend by hand: torn words in narrow heads, lines to sign on, numbers of long lists, things said
twice, heads and sums that stand alone at the foot of a page."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pypdfium2
import pytest
from lxml import etree

from coursepack.model.artifact import Artifact
from coursepack.model.blocks import Cell, Row, Table
from coursepack.model.course import Approval, Course, Exam, Hours, Signature, Teacher
from coursepack.model.questions import Choice, Essay, MultipleChoice
from coursepack.render.wml import TEXT_WIDTH, W
from coursepack.writers.papers.fitted import columns, least, signature_block, signature_stops, smaller, width
from tests.papers import document, lines, sound, text_of, write
from tests.printed import printed, text
from tests.samples import b, everything


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def about(course: Course, **changes: object) -> Course:
    return msgspec.structs.replace(course, about=msgspec.structs.replace(course.about, **changes))


def tables(artifact: Artifact) -> list[etree._Element]:
    return list(document(artifact).iter(w("tbl")))


def heads(table: etree._Element) -> list[tuple[str, int]]:
    """The words and the width of each cell of the first row."""
    row = table.find(w("tr"))
    assert row is not None
    return [
        (
            "".join(piece.text or "" for piece in cell.iter(w("t"))),
            int(cell.find(f"{w('tcPr')}/{w('tcW')}").get(w("w"))),  # type: ignore[union-attr, arg-type]
        )
        for cell in row.findall(w("tc"))
    ]


ALL_HOURS = Hours(lecture=15, seminar=15, practical=15, laboratory=15, independent=75, supervised=15, total=150)


@pytest.mark.parametrize(
    ("language", "word"), [("kk", "Практикалық"), ("ru", "Практические"), ("en", "Laboratory classes")]
)
def test_no_word_of_a_narrow_head_is_torn(language: str, word: str) -> None:
    (syllabus,) = write("syllabus", about(everything(language), hours=ALL_HOURS, credits=None)).artifacts
    hours = next(found for found in map(heads, tables(syllabus)) if any(word in words for words, _ in found))
    assert len(hours) == 7
    assert sum(room for _, room in hours) == TEXT_WIDTH
    assert [words for words, room in hours if least([words]) > room] == []


def test_side_by_side_the_letters_of_a_narrow_table_are_smaller() -> None:
    _, both = write("syllabus", about(everything(), hours=ALL_HOURS, credits=None), second_language="ru").artifacts
    (hours,) = [found for found in tables(both) if any(len(row.findall(w("tc"))) == 14 for row in found)]
    sizes = {int(size.get(w("val"), "0")) for size in hours.iter(w("sz"))}
    # One size on either side; the names of the part, above the heads, are as large as any.
    assert sizes
    assert all(14 <= size < 22 for size in sizes)
    hours.remove(hours.find(w("tr")))  # type: ignore[arg-type]
    for words, room in heads(hours):
        longest = max(width(word, max(sizes) / 2, bold=True) for word in words.split())
        assert longest + 170 <= room, words
    assert sound(both) == []


def test_side_by_side_topics_have_what_the_heads_of_numbers_do_not_need() -> None:
    """Half a turned page: hours and points as narrow as their heads allow, not as wide as on a page of their own."""
    made = write("syllabus", second_language="ru").artifacts
    paper = next(one for one in made if one.name.endswith("-kk-ru.docx"))
    plan = next(
        table
        for table in tables(paper)
        if "Апта" in text_of(table) and table.find(f"{w('tr')}/{w('tc')}/{w('tbl')}") is None
    )
    widths = [int(column.get(w("w"), "0")) for column in plan.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
    assert len(widths) == 8
    assert widths[1] * 20 > sum(widths[:4]) * 9
    assert widths[2] < 1100


def test_columns_give_way_only_above_what_they_need() -> None:
    assert columns([10, 50, 10], [30, 30, 30], 90) == [20, 50, 20]
    assert sum(columns([10, 50, 10], [30, 30, 30], 91)) == 91
    assert columns([60, 60], [50, 50], 100) == [50, 50]
    assert smaller([1000, 1000], 1500) < 22


LONG = (
    Signature(role="Кафедра меңгерушісі", name="Омаров О."),
    Signature(role="Факультеттің әдістемелік бюросының төрағасы", name="Абдрахманова-Сүлейменова Г.Қ."),
    Signature(
        role="Экономика және құқық институтының оқу-әдістемелік кеңесінің төрағасы",
        name="Абдрахманова-Сүлейменова Гүлнара Қасымқызы",
    ),
)


def test_a_long_role_and_a_long_name_have_room_beside_the_rule() -> None:
    (syllabus,) = write("syllabus", about(everything(), signatures=LONG)).artifacts
    # One of them has no room beside its rule: all stand above theirs.
    assert lines(syllabus)[-3:] == [f"{each.role}\n\t\t {each.name}" for each in LONG]
    for each in LONG[1:]:
        found = signature_stops(each.role, each.name or "")
        assert found is not None
        above, (begins, ends) = found
        assert above
        assert ends - begins >= 1000
        assert ends + width(f" {each.name}") <= TEXT_WIDTH
    assert sound(syllabus) == []
    seen = text(printed(syllabus).data)
    assert all((each.name or "") in seen for each in LONG)


SHORT = ("Дәріскер", "Ли А. Б.")
LONGER = ("Кафедра меңгерушісі", "Құдайбергенова-Мұхаметжанова А. Н.")


@pytest.mark.parametrize("room", [TEXT_WIDTH, 7500])
@pytest.mark.parametrize(
    "signers", [(SHORT, LONGER), (LONGER, SHORT), (SHORT, *((one.role, one.name or "") for one in LONG))]
)
def test_rules_below_one_another_begin_and_end_at_one_place(signers: tuple[tuple[str, str], ...], room: int) -> None:
    """Each line for itself would have its rule somewhere else."""
    found = [each for each in signature_block(signers, room) if each is not None]
    assert len(found) == len(signers)
    ((_, (begins, ends)),) = set(found)
    assert ends - begins >= 1000
    for (role, name), (above, _) in zip(signers, found, strict=True):
        assert ends + width(f" {name}") <= room
        assert above or width(role) < begins


def test_on_a_small_sheet_rules_that_begin_at_the_margin_are_of_one_length() -> None:
    """A stop at the very beginning of a line is none: the rule would end where nothing was asked of it."""
    head = Signature(role="Кафедра меңгерушісі", name="Иванова-Петропавловская Е. А.")
    teacher = Teacher(name="Иванова-Петропавловская Екатерина Александровна")
    course = about(bank(9), signatures=(head,), teachers=(teacher,))
    papers = write("exam-tickets", course, context={"tickets": 1}, ticket="centred", ticket_size="A5").artifacts
    signed = [line for line in document(papers[0]).iter(w("p")) if "Иванова" in text_of(line)]
    assert [text_of(line) for line in signed] == [
        f"Кафедра меңгерушісі\n\t {head.name}",
        f"Оқытушы\n\t {teacher.name}",
    ]
    stops = [
        [stop.get(w("pos")) for stop in line.iter(w("tab")) if stop.get(w("leader")) == "underscore"] for line in signed
    ]
    assert stops[0] == stops[1]


def test_a_table_of_many_columns_has_smaller_letters() -> None:
    """Twelve heads of long words: smaller letters first; what has no room even so is broken in its own cell."""
    heads = tuple(Cell(blocks=b(f"Көрсеткіштер{n}")) for n in range(1, 13))
    wide = Table(
        rows=(Row(cells=heads), Row(cells=tuple(Cell(blocks=b(str(1000 + n))) for n in range(12)))), header_rows=1
    )
    (week, *rest) = everything().weeks
    (first, *others) = week.sessions
    week = msgspec.structs.replace(week, sessions=(msgspec.structs.replace(first, blocks=(wide,)), *others))
    (made,) = write("course-set", msgspec.structs.replace(everything(), weeks=(week, *rest))).artifacts
    (found,) = (table for table in tables(made) if "Көрсеткіштер12" in text_of(table))
    assert {size.get(w("val")) for size in found.iter(w("sz"))} == {"14"}
    # Text close to the lines: the sides of twelve cells took a seventh of the page.
    sides = found.iterfind(f"{w('tblPr')}/{w('tblCellMar')}/*")
    assert [side.get(w("w")) for side in sides] == ["28", "30", "28", "30"]
    assert sound(made) == []
    with pypdfium2.PdfDocument(printed(made).data) as read:
        page = next(page.get_textpage() for page in read if "1011" in page.get_textpage().get_text_range())
        at = page.get_text_range().find("1000")
        boxes = [page.get_charbox(n) for n in range(at - 12 * 18, at)]
    # No letter of a head stands where one of its neighbour stands.
    rows = sorted((round(bottom / 4), left, right) for left, bottom, right, _ in boxes if right - left > 1)
    assert not [one for one, two in pairwise(rows) if one[0] == two[0] and two[1] < one[2] - 1]


def test_a_block_of_signatures_stands_together() -> None:
    (syllabus,) = write("syllabus", about(everything(), signatures=LONG)).artifacts
    body = document(syllabus).find(w("body"))
    assert body is not None
    last = list(body.findall(w("p")))[-3:]
    assert [line.find(f"{w('pPr')}/{w('keepNext')}") is not None for line in last] == [True, True, False]


def bank(number: int) -> Course:
    questions = tuple(
        Essay(id=f"exam-{n:03d}", number=n, text=b(f"Сұрақ {n}?"), variant_of="exam-001" if n > 100 else None)
        for n in range(1, number + 1)
    )
    return msgspec.structs.replace(everything(), exam=Exam(questions=questions))


def hangings(artifact: Artifact) -> set[int]:
    from tests.papers import members

    tree = etree.fromstring(members(artifact)["word/numbering.xml"])
    levels = [level for level in tree.iter(w("lvl")) if level.get(w("ilvl")) == "0"]
    return {int(i.get(w("hanging"), "0")) for level in levels for i in level.iter(w("ind"))}


def test_numbers_of_a_hundred_and_more_have_their_gap() -> None:
    (short,) = write("syllabus", bank(99)).artifacts
    (long,) = write("syllabus", bank(107)).artifacts
    assert hangings(short) == {425}
    assert hangings(long) == {425, 555}
    assert width("107.") < 555 - 100
    assert sound(long) == []


def test_the_list_says_how_many_of_its_questions_reword_others() -> None:
    said = {
        "kk": "Тізімде 100 сұрақ, 7 сұрақ басқаша айтылған.",
        "ru": "100 вопросов в списке, 7 вопросов — другие формулировки.",
        "en": "100 questions in the list, 7 rewordings of others.",
    }
    for language, line in said.items():
        course = msgspec.structs.replace(bank(107), language=language)
        (syllabus,) = write("syllabus", course).artifacts
        assert lines(syllabus).count(line) == 1
        (plain,) = write("syllabus", msgspec.structs.replace(bank(100), language=language)).artifacts
        assert not any(found.startswith(line.partition(",")[0]) for found in lines(plain))


@pytest.mark.parametrize(
    "outcomes",
    [
        ("ОН1. Біледі", "ОН2. Талдайды"),
        ("РО 1 – знать", "РО 2 – уметь"),
        ("LO1) knows", "LO2) does"),
        ("1. a b", "2. c d"),
    ],
)
def test_outcomes_with_numbers_of_their_own_are_not_numbered_again(outcomes: tuple[str, ...]) -> None:
    (syllabus,) = write("syllabus", about(everything(), outcomes=outcomes)).artifacts
    found = [p for p in document(syllabus).iter(w("p")) if "".join(t.text or "" for t in p.iter(w("t"))) in outcomes]
    assert len(found) == 2
    assert [p.find(f"{w('pPr')}/{w('numPr')}") for p in found] == [None, None]


@pytest.mark.parametrize(
    "outcomes", [("Біледі", "2030 жылғы даму"), ("ОН1. Біледі", "Талдайды"), ("5 негізгі ұғым", "7 заң")]
)
def test_other_outcomes_are(outcomes: tuple[str, ...]) -> None:
    (syllabus,) = write("syllabus", about(everything(), outcomes=outcomes)).artifacts
    found = [p for p in document(syllabus).iter(w("p")) if "".join(t.text or "" for t in p.iter(w("t"))) in outcomes]
    assert all(p.find(f"{w('pPr')}/{w('numPr')}") is not None for p in found)


def test_a_department_is_named_once() -> None:
    for name, line in (("Экономика кафедрасы", "Экономика кафедрасы"), ("Экономика", "Кафедра: Экономика")):
        tickets, _ = write("exam-tickets", about(bank(9), department=name)).artifacts[:2]
        assert line in lines(tickets)


def test_heads_and_sums_do_not_stand_alone_and_the_scale_stays_together() -> None:
    (syllabus,) = write("syllabus").artifacts

    def kept(table: etree._Element) -> list[bool]:
        rows = [list(row.iter(w("p"))) for row in table.findall(w("tr"))]
        return [all(p.find(f"{w('pPr')}/{w('keepNext')}") is not None for p in row) for row in rows]

    by_head = {heads(table)[0][0]: kept(table) for table in tables(syllabus)}
    assert by_head["Жұмыс түрі"] == [True] * 5 + [False]
    assert by_head["Апта"][0]
    assert by_head["Апта"][-2:] == [True, False]
    assert by_head["Әріптік жүйедегі баға"] == [True] * 12 + [False]


def test_nobody_signs_an_empty_sheet() -> None:
    """In DOCX and PDF: the last question of the list is kept with the signatures below it."""
    for number in range(22, 27):
        (syllabus,) = write("syllabus", bank(number)).artifacts
        body = document(syllabus).find(w("body"))
        assert body is not None
        last = body.findall(w("p"))[-3]
        assert last.find(f"{w('pPr')}/{w('keepNext')}") is not None
        with pypdfium2.PdfDocument(printed(syllabus).data) as pages:
            end = pages[len(pages) - 1].get_textpage().get_text_range()
        assert "Дәріскер" in end
        assert f"Сұрақ {number}?" in end


def printed_lines(artifact: Artifact) -> list[str]:
    with pypdfium2.PdfDocument(printed(artifact).data) as read:
        return [line for page in read for line in page.get_textpage().get_text_range().split("\r\n")]


@pytest.mark.parametrize("layout", ["three-cell", "centred", "row"])
def test_a_long_name_stands_beside_its_rule_on_a_ticket(layout: str) -> None:
    """A ticket is a cell, and so is narrower than the page."""
    names = ("Сейітқұлова Айгүл Нұрланқызы", "Константинопольская-Вознесенская Александра Константиновна")
    signed = (Signature(role="Кафедра меңгерушісі", name="Константинопольский-Вознесенский А.К."),)
    course = about(bank(6), teachers=tuple(Teacher(name=name) for name in names), signatures=signed)
    made = write("exam-tickets", course, ticket=layout, context={"tickets": 2}).artifacts[0]
    seen = printed_lines(made)
    for name in (*names, signed[0].name or ""):
        assert sum(line.endswith(f" {name}") for line in seen) == 2
    assert sound(made) == []


@pytest.mark.parametrize("name", ["Омаров О.О.", "Жанысбаева-Мұхамеджанова Р.Т."])
def test_a_long_name_of_who_approves_stands_below_the_rule(name: str) -> None:
    (syllabus,) = write("syllabus", about(everything(), approval=Approval(approver_name=name))).artifacts
    assert any(line.endswith(name) for line in printed_lines(syllabus))
    filled = next(line for line in lines(syllabus) if name in line)
    assert filled == (f"\t {name}" if len(name) < 18 else f"\t\t\n{name}")


def test_a_key_stands_with_its_question() -> None:
    """In the teacher's list as on the paper: neither the question nor the key alone at an end of a page."""
    choices = (Choice(content=b("Абай"), fraction=1.0), Choice(content=b("Мұхтар"), fraction=0.0))
    asked = MultipleChoice(id="exam-001", number=1, text=b("Кім жазды?"), choices=choices)
    essays = tuple(Essay(id=f"exam-00{n}", number=n, text=b(f"Неге {n}?")) for n in range(2, 6))
    course = msgspec.structs.replace(everything(), exam=Exam(questions=(asked, *essays)))
    key = write("exam-tickets", course, context={"test_variants": 1}).artifacts[-1]
    assert key.name == "sample-exam-key.docx"
    body = {text_of(p): p for p in document(key).iter(w("p"))}
    kept = {name: p.find(f"{w('pPr')}/{w('keepNext')}") is not None for name, p in body.items()}
    assert [kept[name] for name in ("Кім жазды?", "Абай", "Мұхтар", "Кілт: Абай")] == [True, True, True, False]


def test_a_sheet_in_english_is_numbered_in_english() -> None:
    made = write("exam-tickets", everything("en"), answer_sheets=1, context={"test_variants": 1}).artifacts
    said = [line for artifact in made for line in lines(artifact)]
    assert "Answer sheet No. 1" in said
    assert not any("№" in line for line in said)


def test_both_languages_approve_and_sign() -> None:
    """Above each column in its own language; a line a person below, the roles in both."""
    made = write("syllabus", about(everything(), signatures=()), second_language="ru").artifacts
    (both,) = (artifact for artifact in made if artifact.name.endswith("-kk-ru.docx"))
    said = lines(both)
    assert [line for line in said if line in {"БЕКІТЕМІН", "УТВЕРЖДАЮ"}] == ["БЕКІТЕМІН", "УТВЕРЖДАЮ"]
    assert [line.partition("\t")[0].strip() for line in said[-2:]] == [
        "Кафедра меңгерушісі / Заведующий кафедрой",
        "Әдістеме бюросының төрағасы / Председатель методбюро",
    ]


def test_an_address_does_not_make_the_letters_of_a_table_small() -> None:
    """It has no blank to be broken at: a line is full somewhere in it."""
    address = "a.kudaibergenova-mukhametzhanova@international-university.edu.kz"
    assert least([address]) < 3300 < width(address)
    assert least(["Мемлекеттікақпараттықжүйелердің"]) > 3300
