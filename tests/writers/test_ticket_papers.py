"""Tickets by places, sheets and copies, the same in every language; a written test with its key apart."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from typing import Any

import msgspec
import pypdfium2
import pytest

from coursepack.model.artifact import Artifact
from coursepack.model.course import About, Course, Exam, ExamTicket, OutcomeLink, Session, Teacher, Week
from coursepack.model.draws import Draw
from coursepack.model.questions import Answer as Said
from coursepack.model.questions import Choice, Essay, MultipleChoice, Question, ShortAnswer, TrueFalse
from coursepack.render.wml import w
from coursepack.writers import Context
from coursepack.writers.papers.options import PaperOptions
from coursepack.writers.papers.ticket_draw import tickets_of
from tests.papers import cells, document, lines, members, opened, text_of, write
from tests.printed import printed
from tests.samples import b

HIDDEN = "дұрысы осы"


def essays(count: int, *, first: int = 1, **more: Any) -> list[Question]:
    return [Essay(id=f"exam-{n:03d}", number=n, text=b(f"сұрақ {n}"), **more) for n in range(first, first + count)]


def choices(count: int, first: int = 101) -> list[Question]:
    return [
        MultipleChoice(
            id=f"exam-{n:03d}",
            number=n,
            text=b(f"тест {n}"),
            choices=tuple(
                Choice(content=b(f"{n}/{k}"), fraction=1.0 if k == 1 else 0.0, feedback=b(HIDDEN)) for k in range(1, 6)
            ),
            grader_notes=b(HIDDEN),
        )
        for n in range(first, first + count)
    ]


def course(questions: Sequence[Question], language: str = "kk", **about: Any) -> Course:
    weeks = tuple(
        Week(id=f"w{n:02d}", number=n, sessions=(Session(id=f"w{n:02d}-lecture", kind="lecture", number=n),))
        for n in range(1, 7)
    )
    return Course(
        id="kurs",
        title="Курс",
        language=language,
        weeks=weeks,
        exam=Exam(questions=tuple(questions)),
        about=About(**about),
    )


def drawn(
    found: Course, *places: Draw, parallel: tuple[Course, ...] = (), tickets: int = 6, **more: Any
) -> list[list[int]]:
    context = Context(draw=places, tickets=tickets, parallel=parallel, **more)
    return [
        [question.number for question in ticket.questions]
        for ticket in tickets_of(found, context, PaperOptions()).tickets
    ]


def test_a_place_takes_from_its_part_of_the_list() -> None:
    rows = drawn(course(essays(30)), *(Draw(part=f"{n}/3") for n in (1, 2, 3)))
    assert len({number for row in rows for number in row}) == 18
    assert all(1 <= a <= 10 < b_ <= 20 < c <= 30 for a, b_, c in rows)


def test_places_by_numbers_level_outcome_and_weeks() -> None:
    bank = [
        *essays(10, tags=("level-1",)),
        *essays(10, first=11, tags=("level-2",), session="w02-lecture"),
        *essays(10, first=21, session="w05-lecture"),
        *essays(10, first=31, session="w06-lecture"),
    ]
    found = course(bank, outcomes=("Білу", "Талдау"), outcome_map=(OutcomeLink(outcome=2, weeks=(5,)),))
    rows = drawn(found, Draw(level=1), Draw(weeks="1-3", count=2), Draw(outcome=2), Draw(numbers="33, 35-40"))
    for row in rows:
        assert row[0] <= 10 < row[1] <= 20
        assert 10 < row[2] <= 20 < row[3] <= 30
        assert row[4] in {33, *range(35, 41)}
    assert len({row[4] for row in rows}) == 6


def test_a_question_belongs_to_the_first_place_that_takes_it() -> None:
    rows = drawn(course(essays(10)), Draw(numbers="1-2"), Draw(count=2))
    assert all(row[0] <= 2 < min(row[1:]) for row in rows)


def test_tasks_named_by_their_numbers_are_of_no_other_place() -> None:
    """One question of each third, and practical tasks of the last third apart behind them."""
    rows = drawn(course(essays(30)), *(Draw(part=f"{n}/3") for n in (1, 2, 3)), Draw(numbers="26-30"))
    assert all(a <= 10 < b_ <= 20 < c <= 25 < d for a, b_, c, d in rows)


def test_a_place_without_questions_is_told_with_its_number() -> None:
    written = write("exam-tickets", course(essays(6)), context={"draw": (Draw(), Draw(level=3))})
    assert written.artifacts == ()
    (finding,) = written.findings
    assert finding.code == "papers-tickets"
    assert (
        finding.message == "draw 1 in [exam] finds 6 questions and asks 1 of each ticket: no tickets are written"
        or (finding.message.startswith("draw 2 in [exam] finds 0 questions and asks 1 of each ticket"))
    )


def test_practical_tasks_stand_apart_under_their_name() -> None:
    places = (Draw(numbers="1-10", count=2), Draw(numbers="11-20", title="Практикалық тапсырма"))
    tickets, control, *_ = write("exam-tickets", course(essays(20)), context={"draw": places, "tickets": 2}).artifacts
    said = lines(tickets)
    assert said.count("Практикалық тапсырма") == 2
    place = said.index("Практикалық тапсырма")
    assert int(said[place - 1].split()[-1]) <= 10 < int(said[place + 1].split()[-1])
    assert "Әр билеттің 3-сұрағы: Практикалық тапсырма, тізімдегі 11-20 нөмірлер, 10 сұрақтан." in lines(control)


def test_tickets_are_the_same_by_id_in_all_editions() -> None:
    kk, ru = course(essays(30)), course(essays(27, first=4), "ru")
    one, other = drawn(kk, parallel=(ru,), tickets=9), drawn(ru, parallel=(kk,), tickets=9)
    assert one == other
    assert min(number for row in one for number in row) >= 4
    told = write("exam-tickets", kk, context={"parallel": (ru,)}).findings
    assert [f.message for f in told if f.code == "papers-tickets-edition"] == [
        "3 questions (1, 2, 3) are not in every edition of the course: they are on no ticket"
    ]
    # An edition without an exam has no say.
    assert drawn(kk, parallel=(course((), "en"),), tickets=9) == drawn(kk, tickets=9)


def sizes(artifact: Artifact) -> list[tuple[int, int]]:
    with pypdfium2.PdfDocument(io.BytesIO(printed(artifact).data)) as read:
        return [(round(page.get_width()), round(page.get_height())) for page in read]


def heights(artifact: Artifact) -> set[str]:
    return {height.get(w("val"), "") for height in document(artifact).iter(w("trHeight"))}


@pytest.mark.parametrize(("a_page", "pages"), [(1, 6), (2, 3), (3, 2)])
def test_so_many_tickets_a_page_each_as_high_as_the_others(a_page: int, pages: int) -> None:
    made = write("exam-tickets", course(essays(18)), tickets_a_page=a_page, context={"tickets": 6}).artifacts[0]
    assert sizes(made) == [(595, 842)] * pages
    assert len(heights(made)) == 1


def test_long_names_do_not_give_each_ticket_a_page_of_its_own() -> None:
    """Two a page are set in smaller letters where they have no room otherwise."""
    name = "Ақпараттық-коммуникациялық технологиялар, киберқауіпсіздік және деректерді криптографиялық қорғау"
    people = tuple(Teacher(name=f"Құдайбергенова-Мұхаметжанова Айгүлжамал {n}") for n in range(4))
    house = {"ministry": "Ғылым және жоғары білім министрлігі", "university": f"{name} университеті", "semester": "5"}
    said = course(essays(18), department=f"{name} кафедрасы", programme=f"6B06301 – {name}", teachers=people, **house)
    named = msgspec.structs.replace(said, title=name)
    made = write("exam-tickets", named, tickets_a_page=2, context={"tickets": 6}).artifacts[0]
    assert sizes(made) == [(595, 842)] * 3


@pytest.mark.parametrize("head", ["three-cell", "centred"])
def test_tickets_on_a5(head: str) -> None:
    said = course(essays(18), department="Өте ұзақ атауы бар кафедра", university="Үлгі университеті")
    made = write(
        "exam-tickets", said, ticket=head, ticket_size="A5", tickets_a_page=1, context={"tickets": 4}
    ).artifacts[0]
    assert sizes(made) == [(420, 595)] * 4
    widths = [int(width.get(w("w"), "0")) for width in document(made).iter(w("tblW"))]
    assert widths
    assert max(widths) <= 8391 - 850 - 567


def test_the_foot_of_small_sheets_is_as_wide_as_they_are() -> None:
    made = write(
        "exam-tickets", course(essays(6)), ticket_size="A5", foot=("version", "date", "pages"), context={"tickets": 1}
    )
    for name, data in members(made.artifacts[0]).items():
        if "footer" in name:
            stops = [int(n) for n in re.findall(r'w:pos="(\d+)"', data.decode())]
            assert stops
            assert max(stops) == 8391 - 850 - 567


def test_copies_are_numbered() -> None:
    said = lines(write("exam-tickets", course(essays(6)), ticket_copies=2, context={"tickets": 2}).artifacts[0])
    assert [line for line in said if line.startswith("Көшірме")] == ["Көшірме № 1"] * 2 + ["Көшірме № 2"] * 2
    assert [line for line in said if "ЕМТИХАН БИЛЕТІ" in line] == [f"ЕМТИХАН БИЛЕТІ № {n}" for n in (1, 2, 1, 2)]
    plain = lines(write("exam-tickets", course(essays(6)), context={"tickets": 2}).artifacts[0])
    assert not any("Көшірме" in line for line in plain)


def test_answer_sheets_are_numbered_a_page_each() -> None:
    made = write("exam-tickets", course(essays(6)), answer_sheets=3).artifacts[-1]
    assert made.name == "kurs-answer-sheets.docx"
    assert [line for line in lines(made) if line.startswith("Жауап парағы")] == [
        f"Жауап парағы № {n}" for n in (1, 2, 3)
    ]
    assert len(sizes(made)) == 3


BANK = [
    *choices(12),
    TrueFalse(id="exam-201", number=201, text=b("Рас па?"), answer=False, grader_notes=b(HIDDEN)),
    ShortAnswer(id="exam-202", number=202, text=b("Елорда?"), answers=(Said(text=HIDDEN, fraction=1.0),)),
]


def paper_and_key(language: str = "kk", seed: int = 1, **more: Any) -> tuple[Artifact, Artifact]:
    context = {"test_variants": 3, "seed": seed, "tests_in_tickets": False} | more
    made = {a.name: a for a in write("exam-tickets", course(BANK, language), context=context).artifacts}
    return made["kurs-test-paper.docx"], made["kurs-test-key.docx"]


def read(paper: Artifact) -> list[list[tuple[str, list[str]]]]:
    """Each variant's questions with their answers, in the order of the paper."""
    found: list[list[tuple[str, list[str]]]] = []
    for line in lines(paper):
        if re.fullmatch(r"\d-нұсқа", line):
            found.append([])
        elif line.startswith(("тест", "Рас", "Елорда")):
            found[-1].append((line, []))
        elif found and found[-1] and (re.fullmatch(r"\d+/\d", line) or line in {"дұрыс", "қате"}):
            found[-1][-1][1].append(line)
    return found


def test_variants_differ_and_the_key_is_right_for_each() -> None:
    paper, key = paper_and_key()
    variants = read(paper)
    assert [len(questions) for questions in variants] == [14, 14, 14]
    assert len({tuple(stem for stem, _ in questions) for questions in variants}) == 3
    letters = "АБВГД"
    tables = [cells(table) for table in opened(key).tables]
    assert len(tables) == 3
    for questions, table in zip(variants, tables, strict=True):
        assert table[0] == ["№", "Тізімдегі №", "Кілт"]
        for place, ((stem, answers), row) in enumerate(zip(questions, table[1:], strict=True), 1):
            assert row[0] == str(place)
            if stem == "Елорда?":
                assert row[1:] == ["202", HIDDEN]
            elif stem == "Рас па?":
                assert answers[letters.index(row[2])] == "қате"
            else:
                assert row[1] == stem.split()[1]
                assert answers[letters.index(row[2])].endswith("/1")
    firsts = {answers[0].split("/")[1] for questions in variants for _, answers in questions if len(answers) == 5}
    assert len(firsts) == 5


def test_the_seed_fixes_the_test() -> None:
    assert members(paper_and_key()[0]) == members(paper_and_key()[0])
    assert read(paper_and_key()[0]) != read(paper_and_key(seed=2)[0])
    assert [len(questions) for questions in read(paper_and_key(test_questions=5)[0])] == [5, 5, 5]


def test_the_grid_has_a_box_an_answer_and_a_line_for_words() -> None:
    paper, _ = paper_and_key()
    grid = cells(opened(paper).tables[0])
    assert grid[0] == ["№", "А", "Б", "В", "Г", "Д", "Жазбаша жауап"]
    kinds = {tuple(row[1:]) for row in grid[1:]}
    assert kinds == {
        ("☐",) * 5 + ("–",),
        ("☐", "☐", "–", "–", "–", "–"),
        ("–",) * 5 + ("",),
    }


def test_the_paper_holds_no_key_seen_or_attached() -> None:
    paper, _ = paper_and_key()
    everything = b"".join(members(paper).values()).decode("utf-8", "replace") + paper.source.decode()
    assert HIDDEN not in everything
    said = json.loads(paper.source)
    assert [set(each["exam"]["questions"][0]) for each in said] == [{"type", "id", "number", "text"}] * 3


def test_a_test_that_cannot_be_filled_is_told() -> None:
    written = write(
        "exam-tickets", course([*essays(3), *choices(2)]), context={"test_variants": 2, "test_questions": 5}
    )
    assert [f.message for f in written.findings if f.code == "papers-test"] == [
        "a test of 5 questions is asked for, and 2 have keys: no test is written"
    ]
    assert not any("test" in artifact.name for artifact in written.artifacts)


def test_a_question_stands_on_one_page_with_its_answers() -> None:
    paper, _ = paper_and_key()
    body = [p for p in document(paper).iter(w("p")) if text_of(p).strip()]
    kept = {text_of(p): p.find(f"{w('pPr')}/{w('keepNext')}") is not None for p in body}
    assert kept["тест 101"]
    last = read(paper)[2][-1][1]
    assert [kept[answer] for answer in last[:-1]] == [True] * (len(last) - 1)


def test_no_edition_changes_what_one_language_draws() -> None:
    one = course(essays(12))
    other = msgspec.structs.replace(one, language="ru")
    assert drawn(one, parallel=(other,)) == drawn(one)


def test_tickets_that_one_edition_prints_are_those_of_all() -> None:
    kazakh = course(essays(9))
    assert kazakh.exam is not None
    printed_ = (
        ExamTicket(id="t1", number=1, questions=("exam-007", "exam-002")),
        ExamTicket(id="t2", number=2, questions=("exam-009",)),
    )
    kazakh = msgspec.structs.replace(kazakh, exam=msgspec.structs.replace(kazakh.exam, tickets=printed_))
    russian = course(essays(9), "ru")
    both = [
        [
            [question.id for question in ticket.questions]
            for ticket in tickets_of(one, Context(parallel=(other,)), PaperOptions()).tickets
        ]
        for one, other in ((kazakh, russian), (russian, kazakh))
    ]
    assert both == [[["exam-007", "exam-002"], ["exam-009"]]] * 2
    # An edition that lacks a question of theirs draws its own.
    fewer = course(essays(8), "ru")
    assert not tickets_of(fewer, Context(parallel=(kazakh,), tickets=2), PaperOptions()).printed


@pytest.mark.parametrize(("a_page", "told"), [(1, False), (2, True), (3, True)])
def test_a_ticket_that_is_higher_than_its_share_of_a_page_is_told(a_page: int, told: bool) -> None:
    questions = [
        Essay(id=f"exam-{n:03d}", number=n, text=b("Билік туралы сұрақ. " * (240 if n == 3 else 3)))
        for n in range(1, 7)
    ]
    written = write(
        "exam-tickets", course(questions), context={"tickets": 6, "questions_per_ticket": 1}, tickets_a_page=a_page
    )
    numbers = [
        ticket.number
        for ticket in tickets_of(course(questions), Context(tickets=6, questions_per_ticket=1), PaperOptions()).tickets
        if ticket.questions[0].id == "exam-003"
    ]
    said = [finding.message for finding in written.findings if finding.code == "papers-ticket-high"]
    expected = f"tickets {numbers[0]} are higher than their share of a page: they begin a page or go on over the next"
    assert said == [expected] * told


@pytest.mark.parametrize(("long", "pages", "told"), [(3, [3, 3, 1], []), (90, [2, 2, 2, 1], [1]), (160, [1] * 7, [1])])
def test_a_page_holds_as_many_tickets_as_have_room(long: int, pages: list[int], told: list[int]) -> None:
    """Where three have no room it holds two, each page as many, not two and one in turn."""
    questions = [Essay(id=f"exam-{n:03d}", number=n, text=b("Билік туралы сұрақ. " * long)) for n in range(1, 8)]
    asked = {"tickets": 7, "questions_per_ticket": 1}
    written = write("exam-tickets", course(questions), context=asked, tickets_a_page=3, ticket="centred")
    with pypdfium2.PdfDocument(io.BytesIO(printed(written.artifacts[0]).data)) as read:
        assert [page.get_textpage().get_text_range().count("БИЛЕТІ №") for page in read] == pages
    said = [finding.message for finding in written.findings if finding.code == "papers-ticket-high"]
    assert said == [f"3 tickets do not fit on a page, {pages[0]} do"] * len(told)


@pytest.mark.parametrize(
    ("ticket", "line", "large", "small"),
    [
        ("row", "Кафедра отырысында қаралды. Хаттама № _____, 20___ жылғы «___» ", 12, 7),
        ("three-cell", "Кафедра: ", 16, 9),
    ],
)
def test_rules_are_as_long_as_their_line_has_room(ticket: str, line: str, large: int, small: int) -> None:
    for size, length in (("A4", large), ("A5", small)):
        made = write("exam-tickets", course(essays(6)), context={"tickets": 2}, ticket=ticket, ticket_size=size)
        assert [found for found in lines(made.artifacts[0]) if found.startswith(line)] == [line + "_" * length] * 2
