"""The two given courses: exact titles, outlines, questions, topics and tasks; paragraphs checked by eye."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from coursepack import build, discovery, outline, readers
from coursepack.model.blocks import Heading, List, Table, block_text, inline_text
from coursepack.model.course import Course
from coursepack.model.course_json import encode
from coursepack.outline import Understood
from coursepack.place import Severity
from tests.shared import SEEDS


@cache
def understood(name: str) -> Understood:
    return build.understand(next(iter(discovery.find_projects([SEEDS / name]))))


def course(name: str) -> Course:
    return understood(name).course


TITLES = [
    "«Саяси билік» пәнінің мақсаты мен міндеттері",
    "Биліктің мәнін анықтау барысында туындаған парадигмалар",
    "Биліктің белгілері, сипаты, қызметі, құрылымы",
    "Биліктің негіздері мен ресурстары",
    "Саяси және мемлекеттік билік",
    "Саяси өкілеттілік ету",
    "Саяси билік ұғымы және оны жүзеге асыру жолдары",
    "Саяси биліктің принциптері мен механизмдері",
    "Саяси биліктің жария және көлеңкелі формалары",
    "Билік және қысым жасаушы топтар",
    "Легитимділік",
    "Биліктің өз легитимділігін жоғалтуы",
    "Билік бөлінісі",
    "Бюрократия және билікті бұзушы өзге де факторлар",
    "Егеменді Қазақстандағы мемлекеттік билік",
]


def test_the_textbook_has_its_fifteen_lectures_in_their_weeks() -> None:
    lectures = [(week.number, s) for week, s in course("sayasi-bilik").sessions() if s.kind == "lecture"]
    assert [(week, s.number, s.title) for week, s in lectures] == [(n, n, title) for n, title in enumerate(TITLES, 1)]
    assert [len(s.outline) for _, s in lectures] == [3, 1, 3, 3, 2, 2, 1, 2, 2, 3, 3, 2, 3, 2, 4]
    assert [len(s.review) for _, s in lectures] == [3, 4, 3, 3, 3, 3, 3, 3, 4, 2, 2, 3, 2, 0, 0]
    assert all(s.blocks for _, s in lectures)


def test_outlines_are_without_bullets_and_over_two_lines_where_printed_so() -> None:
    outlines = {
        s.number: [inline_text(t.content) for t in s.outline]
        for _, s in course("sayasi-bilik").sessions()
        if s.kind == "lecture"
    }
    assert outlines[1] == [
        "Билік әлеуметтік құбылыс ретінде",
        "«Билік» ұғымының анықтамасы",
        "Биліктің табиғатын түсіндіруші ғылыми тұжырымдамалар",
    ]
    assert outlines[12][1] == "Халықтың билік органдарына сенім жоғалтуына ықпал ететін факторлар"
    assert outlines[15] == [
        (
            "Қазақстан – президенттік республика. Қазақстанның тұңғыш Президенті Н.Ә. Назарбаев "
            "Қазақстанның ұлт көшбасшысы"
        ),
        "Қазақстандағы парламентаризм",
        "Қазақстандағы сот билігі",
        "Қазақстандағы мемлекеттік жергілікті басқару және жергілікті өзін-өзі басқару",
    ]


def test_review_questions_keep_the_numbers_that_were_printed() -> None:
    review = {s.number: s.review for _, s in course("sayasi-bilik").sessions() if s.kind == "lecture"}
    assert [(q.number, q.printed) for q in review[5]] == [(1, "4"), (2, "5"), (3, "6")]
    assert block_text(review[1][2].text) == "«Саяси билік құбылысы» пәні, оның объектісі мен мақсатын айтып беріңіз."


def test_parts_around_the_lectures() -> None:
    book = course("sayasi-bilik")
    assert book.foreword
    assert book.introduction
    assert book.conclusion
    assert (book.foreword.title, book.introduction.title, book.conclusion.title) == ("Алғы сөз", "Кіріспе", "Қорытынды")
    assert [len(part.blocks) for part in (book.foreword, book.conclusion)] == [3, 6]
    assert block_text(book.conclusion.blocks).endswith("демократияны дамытуға өзіндік үлесін қосады деп үміттенеміз.")


def test_seminars_and_tasks() -> None:
    book = course("sayasi-bilik")
    seminars = [(week.number, s) for week, s in book.sessions() if s.kind == "seminar"]
    assert [(week, s.number) for week, s in seminars] == [(n, n) for n in range(1, 16)]
    assert [len(s.topics) for _, s in seminars] == [4, 3, 5, 4, 3, 3, 4, 4, 3, 3, 5, 3, 3, 4, 4]
    assert (inline_text(seminars[0][1].topics[0].content), seminars[0][1].topics[0].printed) == ("Биліктің мәні.", None)
    assert [(inline_text(t.content), t.printed) for t in seminars[14][1].topics][1] == (
        "Құқықтық мемлекет жағдайындағы президенттік және парламенттік билік.",
        "2.",
    )
    tasks = [(week.number, a) for week in book.weeks for a in week.assignments]
    assert [(week, a.number) for week, a in tasks] == [(n, n) for n in [*range(1, 13), 15]]
    assert {(a.kind, a.label) for _, a in tasks} == {("supervised", "СОӨЖ")}
    assert block_text(tasks[0][1].blocks) == "“Саяси ғылымдағы билік мәселесі” атты эссе дайындау."
    assert block_text(tasks[10][1].blocks) == "Билік бөлінісі: теориясы мен тәжірибесі (реферат жазу)"


def test_exam_questions_with_both_numbers_and_seven_variants() -> None:
    exam = course("sayasi-bilik").exam
    assert exam is not None
    assert exam.title == "«Саяси билік» пәні бойынша емтиханның сұрақтары"
    assert exam.release == "list"
    assert [q.printed for q in exam.questions] == [str(n) for n in [*range(4, 14), *range(4, 101)]]
    assert [q.id for q in exam.questions] == [f"exam-{n:03d}" for n in range(1, 108)]
    second = {q.printed: q for q in exam.questions[10:]}
    variants = {q.printed: q.variant_of for q in exam.questions if q.variant_of}
    pairs = {"84": "78", "100": "78", "95": "92", "96": "83", "97": "74", "98": "72", "99": "80"}
    assert variants == {of: second[first].id for of, first in pairs.items()}
    assert block_text(exam.questions[7].text) == (
        "Биліктің мәнін анықтау барысында туындаған парадигмалар (телеологиялық, бихевиористік, психологиялық, "
        "жүйелік, құрылымдық-қызметтік, реляциондық тәсілдер ауқымындағы биліктің түсіндірмесі)"
    )


def test_three_tables() -> None:
    tables = [b for _, s in course("sayasi-bilik").sessions() for b in s.blocks if isinstance(b, Table)]
    cells = [[[block_text(cell.blocks) for cell in row.cells] for row in table.rows] for table in tables]
    assert [len(table) for table in cells] == [4, 4, 13]
    assert cells[0][:2] == [
        ["№", "Заңды басқару түрі", "Заңсыз басқару түрі"],
        ["1", "Монархия патша билігі", "Тирония"],
    ]
    assert cells[1][3] == ["3", "Көпшіліктің басқаруы", "Демократия"]
    assert cells[2][2] == ["2", "Денсаулық және әлеуметтік даму министрлігі", "Тамара Босымбекқызы Дүйсенова"]
    assert cells[2][11] == ["11", "Энергетика министрлігі", "Владимир Сергеевич Школьник"]


def test_every_line_is_accounted_for() -> None:
    for name in ("sayasi-bilik", "qazaqstan-tarihy"):
        for ledger in understood(name).ledgers:
            assert ledger.unclaimed() == []
            sums = ledger.source()
            assert sums.letters == sums.content + sums.marks + sum(sums.aside.values())
    links = [e for e in understood("sayasi-bilik").ledgers[0].entries if e.reason == "displaced link target"]
    pages = [e for e in understood("sayasi-bilik").ledgers[0].entries if e.reason == "page number"]
    contents = {e.unit for e in understood("sayasi-bilik").ledgers[0].entries if e.reason == "table of contents"}
    assert len(links) == 131
    assert [e.unit for e in pages] == [2069, 2271, 2622, 2890, 3960, 5090, 7735]
    assert min(contents) == 8264
    assert max(contents) == 8361


def test_no_errors_and_missing_parts_are_told() -> None:
    findings = understood("sayasi-bilik").findings
    assert not [f for f in findings if f.severity is not Severity.NOTE]
    assert [f.message for f in findings if f.code == "outline-not-found"] == [
        "looked for and not found: review questions of lecture 14, 15"
    ]


STAND_INS = re.compile("[ӛӚҧҦҥҤəƏєЄ\ue000-\uf8ff\u00ad\ufffd]|http|[а-яәғқңөұүһі][a-zA-Z]|[a-zA-Z][а-яәғқңөұүһі]")


@pytest.mark.parametrize("name", ["sayasi-bilik", "qazaqstan-tarihy"])
def test_no_stand_in_letter_nor_debris(name: str) -> None:
    made = encode(course(name)).decode()
    texts = re.findall(r'"(?:text|title|unit|name|degree|post|term)": "((?:[^"\\]|\\.)*)"', made)
    assert texts
    assert [text for text in texts if STAND_INS.search(text)] == []


def test_seminar_plan() -> None:
    session = next(s for _, s in course("qazaqstan-tarihy").sessions() if s.kind == "seminar")
    assert (session.id, session.number) == ("w02-seminar", 2)
    assert session.title == "Кеңес Одағында тоталитарлық жүйенің қалыптасуы"
    assert [inline_text(t.content) for t in session.topics] == [
        "Тоталитаризм ұғымы және Кеңес үкіметінде тоталиитарлық жүйенің орнауы.",
        "Қазақстан тоталитарлық жүйенің орнығуы.",
        "Жаппай саяси-қуғын сүргіннің өріс алуы.",
    ]
    assert block_text(session.aims).startswith("Кеңес үкіметінде тоталитарлық жүйенің орнауын")
    assert block_text(session.equipment) == "интерактивті тақта, плакаттар, проектор сызба-кестелер."
    assert len(session.blocks) == 6
    assert [task.printed for task in session.tasks] == ["1.", "2."]
    week = next(week for week in course("qazaqstan-tarihy").weeks if week.number == 2)
    assert [(a.id, a.label) for a in week.assignments] == [("w02-independent", "МӨЖ")]


def test_lecture_plan_with_run_in_headings() -> None:
    lecture = next(s for _, s in course("qazaqstan-tarihy").sessions() if s.kind == "lecture")
    assert (lecture.number, lecture.unit) == (10, "4-БЛОК. КЕҢЕСТІК КЕЗЕҢДЕГІ ҚАЗАҚСТАН")
    assert lecture.title == "Қазақстан Қазан төңкерісі және кеңес үкіметінің орнауы кезеңінде"
    assert len(lecture.outcomes) == 3
    assert len(lecture.outline) == 7
    assert [inline_text(b.content) for b in lecture.blocks if isinstance(b, Heading)] == [
        "Кеңес өкіметінің орнауы",
        "Желтоқсандағы Жалпықазақ съезі. Алаш автономиясын құру",
        "Қазақ өлкесіндегі «ақтар» мен «қызылдардың» қарсыластығы. «Соғыс коммунизмі» саясаты",
        "Қырғыз (Қазақ) Кеңестік Социалистік Автономиялық Республикасының құрылуы",
        "1921-1922 жж. Жер-су реформасы",
        "Жаңа экономикалық саясат және оның қорытындылары",
        "Түркістан республикаларының ұлттық-мемлекеттік межеленуі – біртұтас Түркістан идеясының күйреуі",
    ]


def test_article_and_reading() -> None:
    article, text = course("qazaqstan-tarihy").readings
    assert article.title == ("ХХ Ғ. БАСЫНДАҒЫ ҚАЗАҚСТАНДАҒЫ КЕҢЕСТІК ӘКІМШІЛІК БАСҚАРУ ЖҮЙЕСІНІҢ МӘСЕЛЕЛЕРІ")
    assert [(a.name, a.degree, a.post) for a in article.authors] == [
        ("Өскембаев Қ.С.", "т.ғ.к.", "доцент"),
        ("Бөдеев Қ.Т.", None, "аға оқытушы"),
    ]
    assert article.affiliation == (
        "Академик Е.А.Бөкетов атындағы Қарағанды Мемлекеттік университеті",
        "Қарағанды қ., Қазақстан Республикасы",
    )
    assert "[3,61 б.]" in block_text(article.blocks)
    assert block_text(article.blocks).endswith("Қазақстан онда Орталық үшін шеткі аймақ болып қала берді.")
    assert (text.title, text.label) == (None, "Конференция қарары")
    assert block_text(text.blocks).startswith("«ХХ ғасырдың 20-50 жылдардағы")
    asides = {e.reason for e in understood("qazaqstan-tarihy").ledgers[2].entries if e.fate == "aside"}
    assert asides == {"watermark", "page number", "another text's beginning"}


def test_paragraphs_begin_and_end_where_the_page_does() -> None:
    wanted = [
        line.split("\t")
        for line in (Path(__file__).parent / "paragraphs.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    found: list[list[str]] = []
    for _, session in course("sayasi-bilik").sessions():
        if session.kind != "lecture" or session.number not in {1, 5, 9}:
            continue
        for block in session.blocks:
            if isinstance(block, List):
                rows = [("item", item.blocks[0]) for item in block.items]
            else:
                rows = [(type(block).__name__.lower(), block)]
            for kind, one in rows:
                text = block_text((one,))
                first = str(one.place.first) if one.place else ""
                found.append([str(session.number), kind, first, f"{text[:34].strip()} … {text[-30:].strip()}"])
    assert found == wanted


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("sayasi-bilik", ["textbook"]),
        ("qazaqstan-tarihy", ["seminar-plan", "lecture-plan", "article", "reading"]),
    ],
)
def test_the_kinds_are_guessed_as_declared(name: str, roles: list[str]) -> None:
    files = sorted((SEEDS / name).glob("*.txt"))
    assert [outline.guess_role(readers.read(file, file.name))[0] for file in files] == roles
