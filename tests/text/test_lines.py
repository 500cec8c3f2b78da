"""Hard-wrapped lines: what a paragraph is, what a hyphen is."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursepack.text.lines import MARK, Vocabulary, Wrapped, first_word, glue, paragraphs


def rows(lines: list[str], gap: int = 0) -> list[Wrapped]:
    found: list[Wrapped] = []
    for line in lines:
        mark = MARK.match(line)
        found.append(Wrapped(line, gap=gap if found else 0, mark=mark.end() if mark else 0))
    return found


WORDS = st.lists(st.text(alphabet="абвгдеңғқөұүі", min_size=2, max_size=11), min_size=12, max_size=60)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=3, max_size=7), st.integers(min_value=55, max_value=100))
def test_paragraphs_wrapped_by_a_program_come_back(texts: list[list[str]], width: int) -> None:
    wanted = [" ".join(words).capitalize() + "." for words in texts]
    lines: list[Wrapped] = []
    for text in wanted:
        wrapped = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        lines.extend(Wrapped(line, gap=1 if not nth and lines else 0) for nth, line in enumerate(wrapped))
    groups = paragraphs(lines)
    assert [" ".join(lines[at].text for at in group) for group in groups] == wanted


def test_a_hyphen_is_kept_in_a_compound_and_goes_in_a_cut_word() -> None:
    texts = ["субъект-субъектілік қатынас", "үстемдіктер жүйесі", "қарым-қатынас", "заңдылық иерархиясы"]
    known = Vocabulary(texts)
    assert glue(["бұл субъект-", "субъектілік"], known) == ("бұл субъект-субъектілік", set())
    assert glue(["бұл иерар-", "хиясы"], known) == ("бұл иерархиясы", {0})
    assert glue(["қарым-", "қатынасы"], known)[0] == "қарым-қатынасы"
    assert glue(["Қазақ КСР-", "інің"], known)[0] == "Қазақ КСР-інің"
    assert glue(["40-", "50 жылдары"], known)[0] == "40-50 жылдары"


def test_a_russian_compound_keeps_its_hyphen_where_other_words_are_cut() -> None:
    known = Vocabulary(["понятие общества", "возможность выбора", "госу-", "дарство и право", "разви-", "тие"])
    assert glue(["социально-", "гуманитарные науки"], known)[0] == "социально-гуманитарные науки"
    assert glue(["учебно-", "методический комплекс"], known)[0] == "учебно-методический комплекс"
    assert glue(["действительно-", "сти"], known) == ("действительности", {0})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("• сөз", "bullet"),
        ("– сөз", "dash"),
        ("1. сөз", "number"),
        ("12) сөз", "number"),
        ("а) сөз", "letter"),
        ("1.Сөз", "number"),
    ],
)
def test_marks(text: str, kind: str) -> None:
    match = MARK.match(text)
    assert match
    assert match[kind]


@pytest.mark.parametrize("text", ["1998.10.07. №284", "3-1. Президент", "1990 жылы", "40-бап", "т.б. сөз"])
def test_no_marks(text: str) -> None:
    assert not MARK.match(text)


def test_an_initial_fits_with_its_name_only() -> None:
    assert first_word("Н. Назарбаевтың өкілеттігі") == "Н. Назарбаевтың"
    assert first_word("субъект-субъектілік") == "субъект-"


def _printed(*rows: tuple[str, float, float], bold: int = -1) -> list[Wrapped]:
    return [
        Wrapped(text, left=left, right=right, size=12, bold=nth == bold) for nth, (text, left, right) in enumerate(rows)
    ]


BODY = [
    ("Бірінші сөйлем осы жерде басталып, ұзын болып", 72.0, 520.0),
    ("жалғасады, ол бірнеше жолға созылады, содан соң", 72.0, 522.0),
    ("тағы бір жолға өтеді, содан кейін ғана барып", 72.0, 519.0),
    ("аяқталады да, келесі сөйлем осы жерден басталып", 72.0, 521.0),
]


@pytest.mark.parametrize(
    ("ends", "joined"), [(500.0, True), (300.0, False)], ids=["its word did not fit", "its word would have fitted"]
)
def test_a_sentence_goes_on_with_the_next_where_points_say_that_its_word_did_not_fit(
    ends: float, *, joined: bool
) -> None:
    rows = [*BODY, ("бітеді, осымен бәрі де тәмам болады екен.", 72.0, ends), ("Келесі сөйлем жаңадан.", 72.0, 200.0)]
    assert paragraphs(_printed(*rows)) == ([[0, 1, 2, 3, 4, 5]] if joined else [[0, 1, 2, 3, 4], [5]])


def test_a_centred_line_would_have_grown_to_both_sides() -> None:
    rows = [("Құрастырған аға оқытушы Оразбаева Жанат", 260.0, 500.0), ("2023 оқу жылы осы", 280.0, 420.0), *BODY]
    assert paragraphs(_printed(*rows))[:2] == [[0], [1]]


def test_a_bold_line_after_a_full_one_is_a_heading() -> None:
    rows = [*BODY, ("бітеді, осымен бәрі де тәмам болады екен.", 72.0, 515.0), ("Кебісше", 72.0, 110.0), *BODY]
    assert paragraphs(_printed(*rows, bold=5)) == [[0, 1, 2, 3, 4], [5], [6, 7, 8, 9]]


def test_a_range_over_the_end_of_a_line_has_no_blank() -> None:
    assert glue(["ток уменьшают на 10–", "15 %, а в 1867 –", "1869 годах"], Vocabulary([]))[0] == (
        "ток уменьшают на 10–15 %, а в 1867 – 1869 годах"
    )
