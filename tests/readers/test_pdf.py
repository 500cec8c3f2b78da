"""PDFs by geometry: lines, words, columns, furniture, and what cannot be read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coursepack.model.document import Document, Line
from coursepack.outline.markers import standard
from coursepack.outline.stream import stream
from coursepack.place import CoursepackError, Severity
from coursepack.readers.pdf import reader as pdf
from coursepack.readers.pdf.chars import FontStyle, PageCharacter, PageCharacters
from coursepack.readers.pdf.furniture import roles
from coursepack.readers.pdf.layout import PageLine, page_content
from tests.readers.pdf_maker import Word, make


def lines(document: Document) -> list[Line]:
    return [unit for unit in document.units if isinstance(unit, Line) and unit.text]


def texts(data: bytes) -> list[str]:
    return [line.text for line in lines(pdf.read("a.pdf", data))]


def column(words: list[str], x: float, top: float = 760, step: float = 14) -> list[Word]:
    return [Word(text, x, top - step * index) for index, text in enumerate(words)]


def test_lines_with_their_places() -> None:
    document = pdf.read(
        "a.pdf",
        make([[Word("1-дәріс. Қоғам", 72, 700, 14, bold=True), Word("мәтін", 90, 680)], [Word("екінші", 72, 700)]]),
    )
    assert document.wrapped
    first, second, third = lines(document)
    assert (first.text, first.bold, first.size, first.page, first.page_start) == ("1-дәріс. Қоғам", True, 14, 1, True)
    assert (first.left, first.right, first.top) == (72, 72 + 14 * 7, round(842 - 700 - 0.8 * 14, 1))
    assert (second.text, second.left, second.bold, second.page_start) == ("мәтін", 90, False, False)
    assert (third.number, third.page, third.page_start) == (3, 2, True)


def test_a_larger_gap_is_a_blank_line() -> None:
    places = (760, 746, 732, 712, 698, 660, 646)
    words = [Word(f"жол мәтіні {place}", 72, place) for place in places]
    found = pdf.read("a.pdf", make([words, words])).units
    assert [unit.text for unit in found if isinstance(unit, Line)] == [
        *(text for _ in range(2) for text in (
            "жол мәтіні 760", "жол мәтіні 746", "жол мәтіні 732", "", "жол мәтіні 712", "жол мәтіні 698", "", "",
            "жол мәтіні 660", "жол мәтіні 646",
        ))
    ]  # fmt: skip
    assert [unit.number for unit in found if isinstance(unit, Line)] == list(range(1, 21))


def test_letters_drawn_in_any_order_become_words() -> None:
    # A substitute font draws the Kazakh letters apart from the others, as LibreOffice does.
    drawn = [
        Word("о ", 78, 700),
        Word("ам", 90, 700),
        Word("қ ", 72, 700),
        Word("ғ ", 84, 700),
        Word("туралы", 108, 700),
    ]
    assert texts(make([drawn])) == ["қоғам туралы"]


def test_blanks_come_from_gaps_and_wide_gaps_are_cells() -> None:
    words = [Word("екі", 72, 700), Word("сөз", 72 + 18 + 3, 700), Word("ұяшық", 250, 700)]
    assert texts(make([words])) == ["екі сөз\tұяшық"]


def test_a_stretched_line_has_no_cells() -> None:
    words = [Word("бір", 72 + 60 * index, 700) for index in range(6)]
    assert texts(make([words])) == ["бір бір бір бір бір бір"]


def test_spaced_out_letters_are_one_word() -> None:
    words = [Word(letter + " ", 72 + 10 * index, 700) for index, letter in enumerate("БИЛІК")]
    assert texts(make([words])) == ["БИЛІК"]


def test_exponents_and_note_marks_stay_in_their_line() -> None:
    words = [
        Word("x ", 72, 700),
        Word("2 ", 78, 705, 7),
        Word("+H", 81.5, 700),
        Word("2 ", 93.5, 697, 7),
        Word("O ", 97, 700),
    ]
    assert texts(make([[*words, Word("келесі", 72, 686)]])) == ["x2+H2O", "келесі"]


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = [f"сол жақ жол мәтіні {i}" for i in range(12)], [f"оң жақтағы жол мәтін {i}" for i in range(12)]
    page = [Word("Екі бағанның үстіндегі бүкіл беттің ұзын тақырыбы осында тұр", 72, 800)]
    page += column(left, 72) + column(right, 330)
    assert texts(make([page])) == [page[0].text, *left, *right]


def test_a_table_is_read_row_by_row() -> None:
    rows = [(f"термин {i}", f"оның анықтамасы {i} осында") for i in range(12)]
    page = [
        word for i, row in enumerate(rows) for word in (Word(row[0], 72, 760 - 14 * i), Word(row[1], 330, 760 - 14 * i))
    ]
    assert texts(make([page])) == [f"{a}\t{b}" for a, b in rows]


def test_running_titles_and_page_numbers_are_named() -> None:
    pages = [
        [
            Word("Саяси билік теориясы", 72, 800),
            Word(f"{number}-бөлімнің мәтіні", 72, 700),
            Word("тағы бір жол", 72, 686),
            Word(str(number + 4), 300, 40),
        ]
        for number in range(1, 7)
    ]
    found = lines(pdf.read("a.pdf", make(pages)))
    assert [line.role for line in found] == ["running-title", "", "", "page-number"] * 6


@pytest.mark.parametrize(("foot", "role"), [(lambda _: 130, "page-number"), (lambda n: 130 + 30 * n, "")])
def test_page_numbers_far_from_the_edge_stand_at_one_height(foot: Callable[[int], int], role: str) -> None:
    pages = [[*column(["Мұз су бетінде", "қалқып тұрады"], 72, 700), Word(str(n), 400, foot(n))] for n in range(1, 5)]
    found = lines(pdf.read("a.pdf", make(pages)))
    assert [line.role for line in found] == ["", "", role] * 4


def test_pages_counted_in_roman_numbers() -> None:
    pages = [[Word("Алғы сөздің мәтіні", 72, 700), Word(mark, 300, 40)] for mark in ("viii", "ix", "X", "xi")]
    found = lines(pdf.read("a.pdf", make(pages)))
    assert [line.role for line in found] == ["", "page-number"] * 4


@pytest.mark.parametrize("letter", ["ı", "İ"])
def test_a_letter_that_is_roman_only_where_case_is_set_aside_is_no_page_number(letter: str) -> None:
    pages = [[PageLine(letter, 300, 310, 800, 10, bold=False, italic=False, edge=True)] for _ in range(2)]
    assert roles(pages) == {}


def test_years_and_item_numbers_are_no_page_numbers() -> None:
    pages = [
        [Word("Тақырып", 72, 800 - 30 * n), Word(str(1991 + 3 * n), 72, 500), Word("соңы", 72, 400)] for n in range(4)
    ]
    assert all(line.role == "" for line in lines(pdf.read("a.pdf", make(pages))))


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_pages_are_read_the_way_their_text_runs(rotate: int) -> None:
    assert texts(make([[Word("бірінші", 72, 700), Word("екінші", 72, 680)]], rotate=rotate)) == ["бірінші", "екінші"]


def test_text_upside_down() -> None:
    # The second line stands below the first one, as its text runs.
    words = [Word("бірінші", 300, 400, turn=180), Word("екінші", 300, 420, turn=180)]
    assert texts(make([words])) == ["бірінші", "екінші"]


def test_a_watermark_is_left_out() -> None:
    document = pdf.read("a.pdf", make([[Word("мәтін осында", 72, 700), Word("ҮЛГІ", 300, 400, 60, turn=45)]]))
    assert [line.text for line in lines(document)] == ["мәтін осында"]
    assert [f.code for f in document.findings] == ["pdf-tilted"]


def test_slides() -> None:
    pages = [[Word(f"{n}-слайд тақырыбы", 60, 480, 28), Word("• бірінші ой", 80, 400, 20)] for n in range(1, 4)]
    found = lines(pdf.read("a.pdf", make(pages, size=(720, 540))))
    assert [(line.text, line.page_start) for line in found[:2]] == [("1-слайд тақырыбы", True), ("• бірінші ой", False)]
    assert [line.page for line in found if line.page_start] == [1, 2, 3]


def test_properties() -> None:
    document = pdf.read("a.pdf", make([[Word("x", 72, 700)]], info={"Title": "Билік \x00теориясы", "Author": "А.Б."}))
    assert document.properties == {"title": "Билік теориясы", "author": "А.Б."}


def test_a_scan_is_refused_and_one_scanned_page_is_told() -> None:
    with pytest.raises(CoursepackError, match="a scan: its pages are pictures") as problem:
        pdf.read("a.pdf", make([[], []], picture=True))
    assert problem.value.advice == (
        "OCRmyPDF recognises the text: ocrmypdf -l eng+kaz+rus a.pdf a-text.pdf; use what it makes"
    )
    with pytest.raises(CoursepackError, match="a scan: its pages are pictures") as problem:
        pdf.read("Тема 1/скан (2).pdf", make([[], []], picture=True))
    assert "ocrmypdf -l eng+kaz+rus 'скан (2).pdf' 'скан (2)-text.pdf'" in problem.value.advice
    document = pdf.read("a.pdf", make([[Word("мәтін осында", 72, 700)], []], picture=True))
    assert [(f.severity, f.code) for f in document.findings] == [(Severity.WARNING, "pdf-scanned")]
    assert "page 2" in document.findings[0].message
    assert "ocrmypdf -l eng+kaz+rus --skip-text a.pdf a-text.pdf" in document.findings[0].advice


@pytest.mark.parametrize(
    ("data", "word"), [(b"text", "not a PDF"), (b"%PDF-1.4\nrubbish", "damaged"), (make([[]]), "without any text")]
)
def test_what_is_no_pdf(data: bytes, word: str) -> None:
    with pytest.raises(CoursepackError, match=word):
        pdf.read("a.pdf", data)


def test_an_encrypted_pdf_is_refused() -> None:
    # Standard security handler, revision 2, a user password that is not empty (the values need not fit one).
    data = make([[Word("x", 72, 700)]])
    key = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00><00>] " % (b"11" * 32, b"22" * 32)
    with pytest.raises(CoursepackError, match="encrypted"):
        pdf.read("a.pdf", data.replace(b"/Root 1 0 R ", b"/Root 1 0 R " + key))


def _page(head: list[Word], *foot: Word, first: str = "сөйлемнің басы осы", top: float = 760) -> list[Word]:
    return [*head, *column([first, "сөйлемнің ортасы бар", "сөйлемнің соңы болды"], 72, top), *foot]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        # In letters of the text's size: two pages suffice where it stands at the rim.
        (2, [Word("Билік теориясы, 2021", 72, 805, 12)]),
        # In smaller letters: one page suffices.
        (1, [Word("Билік теориясы. Силлабус", 72, 805, 9)]),
        (2, [Word("Университет атауы", 72, 810, 9), Word("Кафедра атауы", 72, 798, 9)]),
    ],
    ids=["two pages", "one page", "two lines"],
)
def test_a_running_title_at_the_rim_of_few_pages(pages: int, expected: list[Word]) -> None:
    found = lines(pdf.read("a.pdf", make([_page(expected)] * pages)))
    assert [line.text for line in found if line.role == "running-title"] == [word.text for word in expected] * pages
    assert [line.text for line in found if not line.role] == [
        "сөйлемнің басы осы", "сөйлемнің ортасы бар", "сөйлемнің соңы болды"
    ] * pages  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [
        [Word("Саяси билік теориясы", 200, 805, 18)],
        [Word("Емтихан билеті", 72, 774, 12)],
        [Word("Саяси билік теориясы", 200, 720, 12)],
    ],
    ids=["larger", "not parted", "not at the rim"],
)
def test_a_line_at_the_top_that_is_no_running_title(head: list[Word]) -> None:
    top = 680 if head[0].y == 720 else 760
    found = lines(pdf.read("a.pdf", make([_page(head, top=top)] * 2)))
    assert next(line.text for line in found if not line.role) == head[0].text
    assert not [line for line in found if line.role]


def test_numbered_titles_of_pages_are_no_running_titles() -> None:
    pages = [_page([Word(f"Емтихан билеті № {number}", 72, 805)]) for number in (4, 5)]
    assert not [line for line in lines(pdf.read("a.pdf", make(pages))) if line.role]


def test_a_title_alone_on_the_first_page_is_no_running_title() -> None:
    document = pdf.read("a.pdf", make([[Word("Билік теориясы", 72, 805)], _page([Word("Билік теориясы", 72, 805)])]))
    assert [line.role for line in lines(document)] == [""] * 5


@pytest.mark.parametrize(
    ("foot", "role"),
    [
        ("— {} —", "page-number"),
        ("{} / 2", "page-number"),
        ("[{}]", "page-number"),
        ("HIS-2-07 page {} of 2", "running-title"),
        ("стр. {}", "page-number"),
        ("лист {}", "page-number"),
        ("{}-бет", "page-number"),
    ],
)
def test_page_numbers_of_many_forms_break_no_paragraph(foot: str, role: str) -> None:
    pages = [
        _page([], Word(foot.format(1), 300, 40), first="Бір сөйлем мұнда басталады"),
        _page([], Word(foot.format(2), 300, 40), first="бұл бетте ол жалғасады"),
    ]
    document = pdf.read("a.pdf", make(pages))
    assert [line.role for line in lines(document) if line.role] == [role] * 2
    pieces = stream(document, "textbook", standard()).pieces
    assert [piece.text for piece in pieces] == [
        (
            "Бір сөйлем мұнда басталады сөйлемнің ортасы бар сөйлемнің соңы болды "
            "бұл бетте ол жалғасады сөйлемнің ортасы бар сөйлемнің соңы болды"
        )
    ]


def _whole(document: Document) -> list[str]:
    return [piece.text for piece in stream(document, "textbook", standard()).pieces]


def test_columns_whose_lines_stand_on_no_common_baseline() -> None:
    left = ["қысқа сөз осында", "сол жақтың сөзі", "тағы бір жол бар", "сол жақ бітті."]
    right = ["оң жақтың басы", "оң жақтың сөзі", "оң жақ та бітті."]
    page = [*column(left, 72, 720), *column(right, 330, 713)]
    assert texts(make([page])) == [*left, *right]


def test_short_columns_are_read_one_after_the_other_and_their_paragraphs_join() -> None:
    left = ["Бірінші баған шағын", "мәтін болады. Оның", "соңы бағанның аяғын-"]
    right = ["да тұр. Сөйлем мұнда", "бітеді.", "Екінші ой басталады."]
    page = [
        Word("Беттің бүкіл енін алып жатқан ұзын жол осында тұр, ол бағаннан жоғары.", 72, 760),
        *column(left, 72, 720),
        *column(right, 330, 720),
        Word("Бағандардан кейін тағы бір ұзын жол келеді, ол да беттің енін алады.", 72, 640),
    ]
    document = pdf.read("a.pdf", make([[*page, Word("аяғында", 72, 600)]]))
    assert [line.text for line in lines(document)][1:7] == [*left, *right]
    assert _whole(document)[1:3] == [
        "Бірінші баған шағын мәтін болады. Оның соңы бағанның аяғында тұр. Сөйлем мұнда бітеді.",
        "Екінші ой басталады.",
    ]


def test_three_columns_and_a_line_between_two_stretches() -> None:
    def three(name: str, top: float) -> list[Word]:
        return [
            word
            for nth, x in enumerate((72, 242, 412))
            for word in column([f"{name}{nth}{k}" for k in range(3)], x, top)
        ]

    page = [*three("а", 760), Word("Аралық тақырып", 72, 690), *three("б", 660)]
    expected = [*(f"а{n}{k}" for n in range(3) for k in range(3)), "Аралық тақырып"]
    assert texts(make([page])) == [*expected, *(f"б{n}{k}" for n in range(3) for k in range(3))]


def test_a_blank_drawn_long_before_a_letter_parts_no_words() -> None:
    # A substitute font's letters are drawn last, blanks stand in their places meanwhile; the line is set a little wide.
    look = FontStyle(11, bold=False, italic=False, turn=0)
    letters: list[PageCharacter] = []
    for nth, (text, gap) in enumerate(
        zip("тапсыруғарұқсатетеді", [0.0] * 7 + [0.54, -0.61, 2.8, 0.56] + [0.0] * 9, strict=True)
    ):
        x = letters[-1].right + gap if letters else 72.0
        late = text in "ғұқ"
        letters.append(PageCharacter(text, x, x + 5.5, 700, 100 + nth if late else 2 * nth, look, bool(gap)))
    (line,) = page_content(PageCharacters(letters, 595, 842, 0, 0)).lines
    assert line.text == "тапсыруға рұқсатетеді"


def test_a_title_at_the_foot_with_the_number_of_its_page() -> None:
    pages = [_page([], Word("CH-F1", 72, 30), Word(str(number), 500, 30)) for number in (1, 2)]
    found = [line for line in lines(pdf.read("a.pdf", make(pages))) if line.role]
    assert [(line.text, line.role) for line in found] == [("CH-F1\t1", "running-title"), ("CH-F1\t2", "running-title")]


def test_numbers_alone_in_the_middle_of_a_page_are_text() -> None:
    page = [Word("Билет", 72, 700), Word("7", 72, 660), Word("Бірінші сұрақ осы.", 72, 620)]
    assert _whole(pdf.read("a.pdf", make([page]))) == ["Билет", "7", "Бірінші сұрақ осы."]


def test_a_running_title_is_one_on_a_page_whose_text_comes_near_to_it() -> None:
    title = Word("Northmoor School, Handbook 2023", 72, 805, 8)
    first = [title, *column([f"line {n} of the first page, which is full of text" for n in range(30)], 72, 740)]
    second = [title, *column([f"row {n} of the second page, which goes on with it" for n in range(30)], 72, 792)]
    document = pdf.read("a.pdf", make([first, second]))
    found = [(line.page, line.role) for line in lines(document) if line.text.startswith("Northmoor")]
    assert found == [(1, "running-title"), (2, "running-title")]
