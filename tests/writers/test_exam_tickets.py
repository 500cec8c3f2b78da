"""Tickets: even use, no variants, balance, three heads, printed ones, control sheet, keys."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepack.model.course import Course, Exam, ExamTicket, Teacher
from coursepack.model.questions import Choice, Essay, MultipleChoice, Question
from coursepack.render import draw
from coursepack.writers.papers.cuts import told_apart
from tests.papers import cells, lines, opened, sound, table_with, write
from tests.samples import b, everything


def bank(size: int, *, lectures: int = 0, variants: dict[int, int] | None = None) -> list[Question]:
    return [
        Essay(
            id=f"exam-{n:03d}",
            number=n,
            text=b(f"Сұрақ {n}?"),
            session=f"w{n % lectures + 1:02d}-lecture" if lectures else None,
            variant_of=f"exam-{variants[n]:03d}" if variants and n in variants else None,
        )
        for n in range(1, size + 1)
    ]


def numbers(tickets: list[list[Question]]) -> list[list[int]]:
    return [[question.number for question in ticket] for ticket in tickets]


def test_thirty_tickets_of_three_from_a_hundred_use_no_question_twice() -> None:
    drawn = draw.tickets(bank(100), 30, 3, seed=1)
    use = Counter(q.id for ticket in drawn for q in ticket)
    assert len(drawn) == 30
    assert sum(use.values()) == 90
    assert max(use.values()) == 1


def test_forty_tickets_of_three_from_a_hundred_use_none_three_times() -> None:
    drawn = draw.tickets(bank(100), 40, 3, seed=1)
    use = Counter(q.id for ticket in drawn for q in ticket)
    assert sum(use.values()) == 120
    assert Counter(use.values()) == {1: 80, 2: 20}
    assert all(len(set(ticket)) == 3 for ticket in numbers(drawn))


def test_the_seeds_107_are_a_hundred(sayasi: object) -> None:
    questions = sayasi.course.exam.questions  # type: ignore[attr-defined]  # the fixture's type lives in the reading
    assert len(questions) == 107
    drawn = draw.tickets(questions, 30, 3, seed=1)
    use = Counter(q.id for ticket in drawn for q in ticket)
    assert len(use) == 90
    assert not any(q.variant_of for ticket in drawn for q in ticket)


def test_same_seed_same_tickets_another_seed_others() -> None:
    assert numbers(draw.tickets(bank(100), 30, 3, 7)) == numbers(draw.tickets(bank(100), 30, 3, 7))
    assert numbers(draw.tickets(bank(100), 30, 3, 7)) != numbers(draw.tickets(bank(100), 30, 3, 8))
    assert numbers(draw.tickets(bank(12), 3, 2, 1)) == FIXED


def test_a_ticket_takes_from_each_part_of_the_list() -> None:
    for ticket in numbers(draw.tickets(bank(60), 20, 3, 5)):
        assert [(number - 1) // 20 for number in ticket] == [0, 1, 2]
    for ticket in numbers(draw.tickets(bank(50), 25, 2, 5)):
        first, second = ticket
        assert first <= 25 < second


def test_a_ticket_takes_from_different_lectures() -> None:
    for count, size in ((30, 3), (40, 3), (15, 5)):
        for ticket in draw.tickets(bank(100, lectures=15), count, size, 3):
            assert len({question.session for question in ticket}) == size


@given(
    size=st.integers(1, 60),
    count=st.integers(1, 40),
    per=st.integers(1, 5),
    seed=st.integers(0, 1000),
    lectures=st.integers(0, 8),
    balance=st.sampled_from(["auto", "lectures", "list", "none"]),
    variants=st.dictionaries(st.integers(2, 60), st.integers(1, 59), max_size=5),
)
def test_whatever_is_asked_the_use_is_even_and_no_ticket_asks_one_thing_twice(
    size: int, count: int, per: int, seed: int, lectures: int, balance: draw.Balance, variants: dict[int, int]
) -> None:
    questions = bank(size, lectures=lectures, variants={n: of for n, of in variants.items() if of < n <= size})
    own = draw.pool(questions)
    if len(own) < per:
        with pytest.raises(ValueError, match="cannot fill"):
            draw.tickets(questions, count, per, seed, balance)
        return
    drawn = draw.tickets(questions, count, per, seed, balance)
    assert [len({q.id for q in ticket}) for ticket in drawn] == [per] * count
    use = Counter({q.id: 0 for q in own})
    use.update(q.id for ticket in drawn for q in ticket)
    assert max(use.values()) - min(use.values()) <= 1
    assert set(use) == {q.id for q in own}


def course(questions: list[Question], **exam: object) -> Course:
    made = msgspec.structs.replace(everything(), exam=Exam(questions=tuple(questions)))
    return msgspec.structs.replace(made, exam=msgspec.structs.replace(made.exam, **exam)) if made.exam else made


@pytest.mark.parametrize("head", ["three-cell", "centred", "row"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_heads_are_those_of_real_departments(head: str, language: str) -> None:
    made = msgspec.structs.replace(course(bank(9)), language=language)
    artifacts = write("exam-tickets", made, context={"tickets": 3}, ticket=head).artifacts
    tickets = artifacts[0]
    assert [a.name for a in artifacts] == ["sample-exam-tickets.docx", "sample-exam-control-sheet.docx"]
    assert {a.audience for a in artifacts} == {"teacher"}
    assert not [finding for a in artifacts for finding in sound(a)]
    said = lines(tickets)
    word = {"kk": "ЕМТИХАН БИЛЕТІ №", "ru": "ЭКЗАМЕНАЦИОННЫЙ БИЛЕТ №", "en": "EXAM TICKET No."}[language]
    assert [line for line in said if line.startswith(word)] == [f"{word} {n}" for n in (1, 2, 3)]
    assert said.count("Үлгі университеті") == 3
    asked = [line for line in said if line.startswith("Сұрақ")]
    assert len(asked) == len(set(asked)) == 9
    # A row a ticket, never broken over two pages.
    assert len(opened(tickets).tables[0].rows) == 3


def test_three_cells_name_department_ticket_and_approval() -> None:
    (tickets, _) = write("exam-tickets", course(bank(9)), context={"tickets": 3}).artifacts
    ((left, middle, right),) = cells(opened(tickets).tables[0].rows[0].cells[0].tables[0])
    assert left == "Саясаттану кафедрасы\nСеместр: күзгі\nОқу жылы: 2026/2027"
    assert middle == "ЕМТИХАН БИЛЕТІ № 1\nПән: Үлгі курс: «билік» & <заң>\n6B03101 – Саясаттану"
    assert right.startswith("БЕКІТЕМІН\nКафедра меңгерушісі\nОмаров О.\n20___ жылғы")


def test_the_control_sheet_states_the_draw_and_every_ticket() -> None:
    made = course(bank(100))
    _, sheet = write("exam-tickets", made, context={"seed": 42}).artifacts
    said = "\n".join(lines(sheet))
    assert "30 билет, билетте 3 сұрақтан, тізімде 100 сұрақ." in said
    assert "Сұрақтарды coursepack test бағдарламасы 42 санымен" in said
    assert "Әр сұрақ ең көбі 1 рет қолданылды." in said
    rows = cells(table_with(sheet, "Билет"))[1:]
    drawn = numbers(draw.tickets(bank(100), 30, 3, 42))
    assert [row[1] for row in rows] == [", ".join(map(str, ticket)) for ticket in drawn]
    assert rows[0][2].split("\n")[0] == f"{drawn[0][0]}. Сұрақ {drawn[0][0]}?"


def test_tickets_that_a_document_prints_are_printed() -> None:
    printed = (
        ExamTicket(id="ticket-01", number=1, questions=("exam-002", "exam-001")),
        ExamTicket(id="ticket-02", number=7, questions=("exam-003",)),
    )
    tickets, sheet = write("exam-tickets", course(bank(9), tickets=printed)).artifacts
    assert [row[:2] for row in cells(table_with(sheet, "Билет"))[1:]] == [["1", "2, 1"], ["7", "3"]]
    assert "ЕМТИХАН БИЛЕТІ № 7" in lines(tickets)
    assert any("дереккөз құжатта" in line for line in lines(sheet))


def test_a_printed_ticket_with_an_unknown_question_is_told() -> None:
    printed = (ExamTicket(id="ticket-01", number=1, questions=("exam-002", "exam-099")),)
    written = write("exam-tickets", course(bank(9), tickets=printed))
    assert [(f.severity, f.message) for f in written.findings] == [
        ("warning", "ticket 1 names the question 'exam-099', which is not in the list")
    ]
    assert not [finding for a in written.artifacts for finding in sound(a)]


def test_keys_are_a_file_of_their_own() -> None:
    tickets, sheet, key = write("exam-tickets").artifacts
    assert key.name == "sample-exam-key.docx"
    assert "Кілт: дұрыс" in lines(key)
    assert "Кілт: Сенат — жоғарғы палата; Мәжіліс — төменгі палата" in lines(key)
    for paper in (tickets, sheet):
        assert not any("Кілт" in line for line in lines(paper))
    # The text between questions is no question.
    assert not any("Келесі сұрақтар" in line for line in lines(tickets))


def test_too_few_questions_are_a_warning_and_none_a_note() -> None:
    few = write("exam-tickets", course(bank(2)))
    assert [(f.severity, f.code, f.message) for f in few.findings] == [
        ("warning", "papers-tickets", "2 questions cannot fill a ticket of 3: no tickets are written")
    ]
    assert write("exam-tickets", course([])).artifacts == ()


FIXED = [[4, 7], [2, 6], [3, 9]]


def test_each_teacher_signs_on_a_line_of_their_own() -> None:
    teachers = (Teacher(name="Бірінші А."), Teacher(name="Екінші Б."))
    about = msgspec.structs.replace(everything().about, teachers=teachers)
    tickets = write("exam-tickets", msgspec.structs.replace(everything(), about=about)).artifacts[0]
    signed = [line for line in lines(tickets) if line.startswith("Оқытушы")]
    assert len(signed) == 2 * 30
    assert signed[0].endswith("Бірінші А.")
    assert signed[1].endswith("Екінші Б.")


ALL = {"tests_in_tickets": True}


def test_questions_of_tests_are_on_no_ticket_unless_the_author_says_so() -> None:
    choices = (Choice(content=b("дұрыс"), fraction=1.0), Choice(content=b("қате")))
    test = [MultipleChoice(id=f"exam-{n:03d}", number=n, text=b(f"Тест {n}?"), choices=choices) for n in range(5, 9)]
    mixed: list[Question] = [*bank(4), *test]
    tickets, sheet, *_ = write("exam-tickets", course(mixed)).artifacts
    found = lines(tickets)
    # Nor are they among those that the sheet says there are to draw.
    assert any(line.endswith(", тізімде 4 сұрақ.") for line in lines(sheet))
    assert not [line for line in found if line.startswith("Тест ")]
    every = lines(write("exam-tickets", course(mixed), context=ALL).artifacts[0])
    assert {line for line in every if line.startswith("Тест ")} == {"Тест 5?", "Тест 6?", "Тест 7?", "Тест 8?"}
    alone = write("exam-tickets", course([*test]))
    assert (alone.artifacts, [finding.code for finding in alone.findings]) == ((), ["papers-no-exam"])


def test_the_order_of_choices_tells_no_key() -> None:
    choices = (Choice(content=b("дұрыс жауап"), fraction=1.0), Choice(content=b("қате")), Choice(content=b("бос")))
    asked: list[Question] = [
        MultipleChoice(id=f"exam-{n:03d}", number=n, text=b(f"Сұрақ {n}?"), choices=choices) for n in range(1, 31)
    ]
    tickets, _, key = write("exam-tickets", course(asked), context=ALL).artifacts
    for paper in (tickets, key):
        found = lines(paper)
        first = [found[place + 1] for place, line in enumerate(found) if line.startswith("Сұрақ ")]
        assert len(set(first)) == 3
    fixed: list[Question] = [msgspec.structs.replace(question, shuffle=False) for question in asked]
    found = lines(write("exam-tickets", course(fixed), context=ALL).artifacts[0])
    assert {found[place + 1] for place, line in enumerate(found) if line.startswith("Сұрақ ")} == {"дұрыс жауап"}


def test_the_key_of_gaps_is_numbered_as_the_gaps_are() -> None:
    found = lines(write("exam-tickets").artifacts[2])
    assert "Астана – (1) ______, халқы (2) ______ миллион." in found
    assert "Кілт: (1) Астана / Ақмола; (2) 1.4" in found


def test_questions_that_begin_alike_are_told_apart_on_the_control_sheet() -> None:
    shared = "Прочитайте отрывок из договора и ответьте на вопрос, опираясь на нормы права и судебную практику. " * 3
    texts = [shared + end for end in ("Кто отвечает перед покупателем?", "Кто отвечает перед банком?", "Кто?")]
    short = told_apart([*texts, "Краткий вопрос", shared, texts[0]])
    beginning = "Прочитайте отрывок из договора и ответьте на вопрос…"
    assert short[0] == f"{beginning} практику. Кто отвечает перед покупателем?"
    assert short[1] == f"{beginning} практику. Кто отвечает перед банком?"
    assert short[2] == f"{beginning} судебную практику. Кто?"
    assert short[3] == "Краткий вопрос"
    assert short[5] == short[0]
    assert len(set(short)) == 5
    # One word without an end, in which texts differ late.
    words = ["а" * 400 + "б", "а" * 400 + "в"]
    assert len(set(told_apart(words))) == 2
