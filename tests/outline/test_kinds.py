"""Kinds of documents beside the textbook: what each is made of, and what is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from coursepack import outline
from coursepack.model.blocks import Heading, List, Run, block_text, inline_text
from coursepack.model.course import Practice
from coursepack.model.course_json import encode
from coursepack.model.document import Document, Grid, GridCell, Line, Para
from coursepack.model.questions import MultipleChoice
from coursepack.outline import Understood
from coursepack.project.course_toml import Correction, ExamTable, Loaded, Role, SourceEntry, Variant
from coursepack.readers.markdown import reader as markdown
from tests.outline.layouts import Layout, as_document, loaded, made, printed


def understood(text: str, role: Role, language: str = "ru", name: str = "made.txt", **more: object) -> Understood:
    entry = SourceEntry(file=name, role=role)
    project = loaded(language, entry)
    if more:
        import msgspec

        project = Loaded(
            project=msgspec.structs.replace(project.project, **more),
            folder=project.folder,
            file=None,
            declared=project.declared,
            options={},
        )
    found = outline.understand(project, [(as_document(text, name), entry)])
    assert [ledger.unclaimed() for ledger in found.ledgers] == [[]]
    return found


def table(rows: Sequence[Sequence[str]], first: int) -> Grid:
    numbers = iter(range(first, first + 1000))
    return Grid(
        number=first,
        rows=tuple(
            tuple(
                GridCell(
                    units=tuple(Para(content=(Run(text=line),), number=next(numbers)) for line in cell.split("\n"))
                )
                for cell in row
            )
            for row in rows
        ),
    )


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (
            "1. Что такое власть?\nA) закон\nB) сила\n2. Автор «Политики»?\nA) Платон\nB) Аристотель\nКлюч\n1-B 2-B\n",
            [1, 1],
        ),
        (
            "1. Что такое власть?\n+ способность влиять\n- закон\n- обычай\n2. Кто автор?\n- Платон\n+ Аристотель\n",
            [0, 1],
        ),
        (
            "1. Что такое власть?\nА) закон\nВ) влияние\nОтвет: В\n2. Автор?\nА) Платон\nВ) Сократ\nОтвет: А\n",
            [1, 0],
        ),
    ],
)
def test_tests_with_keys(text: str, keys: list[int]) -> None:
    exam = understood(text, "tests").course.exam
    assert exam is not None
    asked = [q for q in exam.questions if isinstance(q, MultipleChoice)]
    assert len(asked) == 2
    assert [[choice.fraction for choice in q.choices].index(1.0) for q in asked] == keys
    assert block_text(asked[0].text) == "Что такое власть?"


def test_a_test_without_a_key_gets_none() -> None:
    found = understood("1. Что такое власть?\nA) закон\nB) обычай\n", "tests")
    assert found.course.exam is not None
    question = found.course.exam.questions[0]
    assert isinstance(question, MultipleChoice)
    assert {choice.fraction for choice in question.choices} == {0.0}
    assert "outline-test-without-key" in {f.code for f in found.findings}


def test_tickets_draw_from_one_list() -> None:
    text = "\n".join(
        f"Экзаменационный билет №{n}\nпо дисциплине «Политология»\n"
        f"1. Понятие власти\n2. Режимы {n}\nЗав. кафедрой ______\n"
        for n in (1, 2)
    )
    exam = understood(text, "tickets").course.exam
    assert exam is not None
    assert [block_text(q.text) for q in exam.questions] == ["Понятие власти", "Режимы 1", "Режимы 2"]
    assert [(t.number, t.questions) for t in exam.tickets] == [
        (1, ("exam-001", "exam-002")),
        (2, ("exam-001", "exam-003")),
    ]


def test_exam_list_without_numbers_and_with_approval() -> None:
    text = "«Бекітемін»\nКафедра меңгерушісі ______ Ахметов\nХаттама №5\n\nЕмтихан сұрақтары\nБилік ұғымы\nСаяси жүйе\n"
    found = understood(text, "questions", "kk")
    assert found.course.exam is not None
    assert [block_text(q.text) for q in found.course.exam.questions] == ["Билік ұғымы", "Саяси жүйе"]
    assert {e.reason for e in found.ledgers[0].entries if e.fate == "aside"} == {"approval or signature"}


def test_numbering_that_starts_anew_in_each_part() -> None:
    text = "Вопросы к экзамену\nРаздел 1. Власть\n1. Понятие\n2. Виды\nРаздел 2. Режимы\n1. Демократия\n"
    exam = understood(text, "questions").course.exam
    assert exam is not None
    assert [(q.number, q.printed, q.category) for q in exam.questions] == [
        (1, "1", ("Раздел 1. Власть",)),
        (2, "2", ("Раздел 1. Власть",)),
        (3, "1", ("Раздел 2. Режимы",)),
    ]


def test_a_variant_that_fits_nothing_is_an_error_and_near_ones_are_proposed() -> None:
    text = "Вопросы к экзамену\n1. Понятие политической власти и виды\n2. Опишите понятие политической власти и виды\n"
    found = understood(text, "questions", exam=ExamTable(variants=(Variant(question="Нет такого", of=1),)))
    assert [f.code for f in found.findings if f.severity == "error"] == ["outline-variant-unknown"]
    assert any(f.code == "outline-variant-proposed" for f in found.findings)
    found = understood(text, "questions", exam=ExamTable(variants=(Variant(question=2, of=1),)))
    assert found.course.exam is not None
    assert [q.variant_of for q in found.course.exam.questions] == [None, "exam-001"]
    assert not any(f.code == "outline-variant-proposed" for f in found.findings)


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("Экономические реформы страны 1991 года", "Экономические реформы страны 2001 года", False),
        ("Экономические реформы страны 1991 года", "Экономические реформы нашей страны 1991 года", True),
        ("Экономические реформы страны", "Экономические реформы страны 1991 года", False),
    ],
)
def test_questions_of_different_years_are_no_rewordings(first: str, second: str, near: bool) -> None:
    found = understood(f"Вопросы к экзамену\n1. {first}\n2. {second}\n", "questions")
    assert any(f.code == "outline-variant-proposed" for f in found.findings) == near


@pytest.mark.parametrize("letters", ["абв", "абвгде", "туф", "клм", "abc"])
def test_a_list_by_letters_is_one_whatever_alphabet_it_counts_in(letters: str) -> None:
    """Between а and б of Russian stands ә of Kazakh: a step of a letter is up to three in the common alphabet."""
    items = "".join(f"{letter}) пункт под буквой номер {n};\n" for n, letter in enumerate(letters, 1))
    text = f"Лекция 1. Власть\nВласть бывает разная, и вот её признаки по порядку:\n{items}Так говорит теория.\n"
    lectures = [session for _, session in understood(text, "textbook").course.sessions()]
    lists = [block for session in lectures for block in session.blocks if isinstance(block, List)]
    assert [len(block.items) for block in lists] == [len(letters)]


def test_letters_far_apart_are_two_lists() -> None:
    text = "Лекция 1. Власть\nПризнаки:\nа) первый признак;\nл) двенадцатый признак;\nм) тринадцатый признак.\n"
    lectures = [session for _, session in understood(text, "textbook").course.sessions()]
    lists = [block for session in lectures for block in session.blocks if isinstance(block, List)]
    assert [len(block.items) for block in lists] == [1, 2]


def test_glossary() -> None:
    terms = understood(
        "Глоссарий\nБилік – ықпал ету қабілеті.\nДемократия – халық билігі.\n", "glossary", "kk"
    ).course.glossary
    assert [(t.id, t.term, block_text(t.definition)) for t in terms] == [
        ("term-1", "Билік", "ықпал ету қабілеті."),
        ("term-2", "Демократия", "халық билігі."),
    ]


def test_the_number_of_a_lecture_may_stand_in_its_file_name_only() -> None:
    text = (
        "Лекция\nТема: Понятие власти\nПлан\n1. Понятие\n2. Виды\n"
        "1. Понятие\nВласть есть способность влиять.\n2. Виды\nИх много.\n"
    )
    found = understood(text, "lecture", name="lecture_07.txt").course
    session = found.weeks[0].sessions[0]
    assert (found.weeks[0].number, session.number, session.title) == (7, 7, "Понятие власти")
    assert [type(b).__name__ for b in session.blocks] == ["Heading", "Paragraph", "Heading", "Paragraph"]


def test_syllabus_with_a_passport_and_a_plan_and_a_lecture_of_its_own() -> None:
    passport = table(
        [
            ["Наименование дисциплины", "Политология"],
            ["Код дисциплины", "PL 1101"],
            ["Количество кредитов", "5 (ECTS)"],
            ["Преподаватель", "Иванов И.И., к.п.н., доцент"],
            ["Пререквизиты", "История Казахстана"],
        ],
        2,
    )
    plan = table(
        [
            ["Неделя", "Тема", "Часы"],
            ["1", "Лекция 1. Предмет политологии\nСеминар 1. Обсуждение предмета\nСРС 1. Эссе", "3"],
            ["2", "Лекция 2. Власть\nСеминар 2. Виды власти", "3"],
            ["", "Рубежный контроль 1", ""],
        ],
        100,
    )
    units = (Para(content=(Run(text="СИЛЛАБУС"),), number=1), passport, plan)
    document = Document(file="s.docx", sha256="0" * 64, medium="docx", units=units)
    assert outline.guess_role(document)[0] == "syllabus"
    entries = (SourceEntry(file="s.docx", role="syllabus"), SourceEntry(file="l.txt", role="lecture"))
    lecture = as_document("Лекция 2. Власть\n\nВласть есть способность влиять на людей. Она бывает разной.\n", "l.txt")
    found = outline.understand(loaded("ru", entries[0]), [(document, entries[0]), (lecture, entries[1])])
    about = found.course.about
    assert (about.code, about.credits, about.prerequisites) == ("PL 1101", 5.0, ("История Казахстана",))
    assert [(t.name, t.degree, t.post) for t in about.teachers] == [("Иванов И.И.", "к.п.н.", "доцент")]
    sessions = [(week.number, s.kind, s.number, s.title, bool(s.blocks)) for week, s in found.course.sessions()]
    assert sessions == [
        (1, "lecture", 1, "Предмет политологии", False),
        (1, "seminar", 1, "Обсуждение предмета", False),
        (2, "lecture", 2, "Власть", True),
        (2, "seminar", 2, "Виды власти", False),
    ]
    assert [(a.number, a.label, block_text(a.blocks)) for w in found.course.weeks for a in w.assignments] == [
        (1, "СРС", "Эссе")
    ]
    assert not any(ledger.unclaimed() for ledger in found.ledgers)


def test_two_sources_that_disagree_are_both_kept_and_told() -> None:
    entries = tuple(SourceEntry(file=name, role="lecture") for name in ("a.txt", "b.txt"))
    texts = ("Лекция 1. Власть\n\nВласть есть способность влиять.\n", "Лекция 1. Выборы\n\nВыборы бывают всеобщими.\n")
    documents = [(as_document(text, entry.file), entry) for text, entry in zip(texts, entries, strict=True)]
    found = outline.understand(loaded("ru", entries[0]), documents)
    assert [(s.id, s.title) for _, s in found.course.sessions()] == [
        ("w01-lecture", "Власть"),
        ("w01-lecture-2", "Выборы"),
    ]
    assert "outline-number-twice" in {f.code for f in found.findings}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_one_edition_of_a_file_in_three_languages(language: str) -> None:
    # no secret hangs on this chance
    courses = {name: made(Random(at), name) for at, name in enumerate(("ru", "kk", "en"))}  # noqa: S311 - no secret
    text = "\n\n".join(printed(course, Layout()) for course in courses.values())
    found = understood(text, "textbook", language)
    lectures = [s for _, s in found.course.sessions() if s.kind == "lecture"]
    assert [s.title for s in lectures] == [lecture.title for lecture in courses[language].lectures]
    assert "outline-languages" in {f.code for f in found.findings}


def test_corrections_are_anchored_by_text() -> None:
    text = "Лекция 1. Власть\n\nВласть есть сила. Черновик, удалить.\n\nВиды власти бывают разными.\n"
    corrections = (
        Correction(begins="Черновик", kind="debris"),
        Correction(begins="Виды власти", kind="heading", level=3),
        Correction(begins="Нет такого", kind="debris"),
    )
    found = understood(text, "lecture", correction=corrections)
    session = found.course.weeks[0].sessions[0]
    assert [(type(b).__name__, block_text((b,))) for b in session.blocks] == [
        ("Paragraph", "Власть есть сила."),
        ("Heading", "Виды власти бывают разными."),
    ]
    assert [b.level for b in session.blocks if isinstance(b, Heading)] == [3]
    assert [f.code for f in found.findings if f.severity == "warning"] == ["outline-correction-unmatched"]


def test_a_correction_names_a_numbered_question_by_its_words() -> None:
    lecture = "Лекция {0}. {1}\n\n{1} изучается давно и в разных науках, о ней написано немало книг.\n\n"
    questions = "Контрольные вопросы\n1. Что такое власть?\n2. Что такое режим?\n\n"
    text = lecture.format(1, "Власть") + questions + lecture.format(2, "Режим")
    moved = (Correction(begins="Что такое режим?", kind="session", session="w02-lecture"),)
    first, second = (s for _, s in understood(text, "textbook", correction=moved).course.sessions())
    assert [block_text(q.text) for q in first.review] == ["Что такое власть?"]
    assert [block_text(q.text) for q in second.review] == ["Что такое режим?"]
    assert [block_text((b,)) for b in first.blocks] == [
        "Власть изучается давно и в разных науках, о ней написано немало книг."
    ]


def test_a_correction_breaks_a_paragraph() -> None:
    text = "Лекция 1. Власть\n\nВласть есть сила. Её виды бывают разными.\n"
    found = understood(text, "lecture", correction=(Correction(begins="Её виды", kind="break"),))
    session = found.course.weeks[0].sessions[0]
    assert session.outline == ()
    assert [block_text((b,)) for b in session.blocks] == ["Власть есть сила.", "Её виды бывают разными."]


def test_a_department_s_own_words() -> None:
    text = "Беседа 1. Власть\n\nВласть есть способность влиять на людей.\n\nПодумайте:\n1. Что такое власть?\n"
    found = understood(text, "textbook", markers={"lecture": ("беседа",), "review": ("подумайте",)})
    session = found.course.weeks[0].sessions[0]
    assert (session.title, len(session.review)) == ("Власть", 1)


def test_automatic_numbers_line_breaks_and_typed_numbers() -> None:
    units = (
        Para(content=(Run(text="Вопросы к экзамену"),), number=1, heading=1),
        Para(content=(Run(text="1. Власть\n2. Выборы"),), number=2),
        Para(content=(), number=3, label="1."),
        Para(content=(Run(text="Партии"),), number=4, label="2."),
    )
    entry = SourceEntry(file="q.docx", role="questions")
    document = Document(file="q.docx", sha256="0" * 64, medium="docx", units=units)
    exam = outline.understand(loaded("ru", entry), [(document, entry)]).course.exam
    assert exam is not None
    assert [(block_text(q.text), q.printed) for q in exam.questions] == [
        ("Власть", "1"),
        ("Выборы", "2"),
        ("Партии", "2"),
    ]


def test_odd_texts_are_read_somehow() -> None:
    chance = Random(7)  # noqa: S311 - no secret
    pool = [
        "",
        "•",
        "1.",
        "Лекция",
        "1-дәріс",
        "Билет №1",
        "A)",
        "+",
        "|a|b|",
        "№ A B",
        "<question>",
        "СӨЖ 1",
        "а" * 300,
        "\xad",
        "😀",
        "İ",
        "План:",
    ]
    roles: tuple[Role, ...] = (
        "textbook",
        "lecture",
        "seminar-plan",
        "questions",
        "tests",
        "tickets",
        "syllabus",
        "glossary",
        "article",
        "reading",
    )
    for _ in range(120):
        texts = [chance.choice(pool) for _ in range(chance.randint(1, 12))]
        entry = SourceEntry(file="f.txt", role=chance.choice(roles))
        units = tuple(Line(text=text, number=n) for n, text in enumerate(texts, 1))
        document = Document(file="f.txt", sha256="0" * 64, medium="text", units=units, wrapped=True)
        outline.guess_role(document)
        found = outline.understand(loaded("kk", entry), [(document, entry)])
        encode(found.course)
        assert not any(ledger.unclaimed() for ledger in found.ledgers)
        assert all(inline_text(t.content) for _, s in found.course.sessions() for t in s.topics)


def test_a_question_given_to_no_session_is_an_error() -> None:
    text = "Лекция 1. Власть\n\nВласть есть сила.\n\nКонтрольные вопросы\n1. Что такое власть?\n"
    moved = (Correction(begins="Что такое власть?", kind="session", session="w09-lecture"),)
    found = understood(text, "lecture", correction=moved)
    assert [f.code for f in found.findings if f.severity == "error"] == ["outline-session-unknown"]


@pytest.mark.parametrize("letter", ["&#0;", "&#8203;", "&#xfffd;"])
def test_a_formula_whose_letters_do_not_show_is_counted_once(letter: str) -> None:
    text = f"Мәтін.\n\n<p><math><mi>{letter}</mi></math></p>\n\n- <math><mi>{letter}</mi></math>\n\n# Б\n"
    document = markdown.read("f.md", text.encode(), folder=Path())
    entry = SourceEntry(file="f.md", role="reading")
    (ledger,) = outline.understand(loaded("kk", entry), [(document, entry)]).ledgers
    assert [(e.unit, e.fate, e.reason) for e in ledger.entries] == [
        (2, "aside", "invisible characters"),
        (3, "aside", "invisible characters"),
        (1, "content", ""),
        (4, "content", ""),
    ]


@pytest.mark.parametrize(("second", "proposed"), [("1991", False), ("1917", True)])
def test_questions_of_different_years_do_not_reword_one_another(second: str, proposed: bool) -> None:
    text = (
        "Вопросы к экзамену\n1. Причины и последствия политического кризиса 1917 года в стране\n"
        f"2. Раскройте причины и последствия политического кризиса {second} года в стране\n"
    )
    found = understood(text, "questions")
    assert any(f.code == "outline-variant-proposed" for f in found.findings) == proposed


@pytest.mark.parametrize(
    ("exam", "expected"),
    [
        (ExamTable(), None),
        (ExamTable(practice_questions=1), Practice(questions=1, seed=1)),
        (ExamTable(seed=7), Practice(questions=10, seed=7)),
    ],
)
def test_the_practice_exam_is_as_large_as_declared(exam: ExamTable, expected: Practice | None) -> None:
    text = "Вопросы к экзамену\n1. Власть\n2. Режимы\n3. Партии\n"
    found = understood(text, "questions", exam=exam).course
    assert found.exam is not None
    assert len(found.exam.questions) == 3
    assert found.exam.practice == expected
