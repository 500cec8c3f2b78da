"""Banks of questions as people write them: what every question holds, which answers are right, what is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import outline, readers
from coursepack.model.blocks import Table, block_text
from coursepack.model.questions import (
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.outline.bank.items import items_of
from coursepack.outline.bank.key_text import key_of, letters_of, matched
from coursepack.outline.pieces import Piece
from coursepack.outline.tree.guess import guess
from coursepack.project.course_toml import Role, SourceEntry
from tests.outline.documents import Word
from tests.outline.layouts import as_document, loaded

TOWNS = "1. Столица Казахстана?\n{}Алматы\n{}Астана\n{}Тараз\n"
RIVERS = "2. Самая длинная река?\n{}Иртыш\n{}Урал\n{}Или\n"


def of_text(text: str, role: Role = "tests", name: str = "made.txt") -> outline.Understood:
    document = as_document(text, name)
    entry = SourceEntry(file=document.file, role=role)
    return outline.understand(loaded("ru", entry), [(document, entry)])


def of_word(made: Word, tmp_path: Path, role: Role = "tests") -> outline.Understood:
    path = made.save(tmp_path / "made.docx")
    document = readers.read(path, path.name)
    entry = SourceEntry(file=document.file, role=role)
    return outline.understand(loaded("ru", entry), [(document, entry)])


def asked(found: outline.Understood) -> tuple[Question, ...]:
    assert found.course.exam is not None
    return tuple(found.course.exam.questions)


def short(question: Question) -> tuple[str, list[str], list[str]]:
    """Stem, answers, right answers."""
    assert isinstance(question, MultipleChoice), question
    texts = [block_text(choice.content).strip() for choice in question.choices]
    right = [text for text, choice in zip(texts, question.choices, strict=True) if choice.fraction > 0]
    return block_text(question.text).strip(), texts, right


def codes(found: outline.Understood) -> set[str]:
    return {finding.code for finding in found.findings}


BOTH = [
    ("Столица Казахстана?", ["Алматы", "Астана", "Тараз"], ["Астана"]),
    ("Самая длинная река?", ["Иртыш", "Урал", "Или"], ["Иртыш"]),
]


@pytest.mark.parametrize(
    "text",
    [
        TOWNS.format("1) ", "2) ", "3) ") + "Ответ: 2\n" + RIVERS.format("1) ", "2) ", "3) ") + "Ответ: 1\n",
        TOWNS.format("А) ", "Б) ", "В) ")
        + "Правильный ответ: Б\n"
        + RIVERS.format("А) ", "Б) ", "В) ")
        + "Ответ - А\n",
        TOWNS.format("- ", "+ ", "- ") + RIVERS.format("+ ", "- ", "- "),
        TOWNS.format("a. ", "b. *", "c. ") + RIVERS.format("a. *", "b. ", "c. "),
        TOWNS.format("[ ] ", "[x] ", "[ ] ") + RIVERS.format("[x] ", "[ ] ", "[ ] "),
        TOWNS.format("A) ", "B) ", "C) ") + RIVERS.format("A) ", "B) ", "C) ") + "Ответы: 1-B, 2-A\n",
        TOWNS.format("A) ", "B) ", "C) ")
        + "Answer: Астана\n"
        + RIVERS.format("A) ", "B) ", "C) ")
        + "Ответ: A) Иртыш\n",
        (
            "1. Столица Казахстана? (Ответ: Б)\nА) Алматы\nБ) Астана\nВ) Тараз\n"
            "2. Самая длинная река? (Ответ: А)\nА) Иртыш\nБ) Урал\nВ) Или\n"
        ),
        (
            "1. Столица Казахстана?\nА) Алматы Б) Астана В) Тараз\nОтвет: Б\n"
            "2. Самая длинная река? А) Иртыш Б) Урал В) Или\nОтвет: А\n"
        ),
        TOWNS.format("• ", "• ", "• ") + "Ответ: 2\n" + RIVERS.format("• ", "• ", "• ") + "Ответ: 1\n",
    ],
    ids=["numbers", "letters", "signs", "stars", "boxes", "list", "words", "brackets", "one-line", "bullets"],
)
def test_answers_and_keys_of_any_layout(text: str) -> None:
    assert [short(question) for question in asked(of_text(text))] == BOTH


@pytest.mark.parametrize("look", ["bold", "bullets", "levels", "stars"])
def test_answers_that_no_letter_marks(look: str, tmp_path: Path) -> None:
    made = Word()
    number = made.numbering(
        ("decimal", "%1."), ("bullet" if look == "bullets" else "decimal", "•" if look == "bullets" else "%2)")
    )
    for stem, answers, right in BOTH:
        if look == "stars":
            made.p("", stem)
        else:
            made.p(stem, num=number)
        for answer in answers:
            text = f"*{answer}" if look == "stars" and answer in right else answer
            listed = {"num": number, "level": 1} if look in {"bullets", "levels"} else {}
            made.p(text, bold=look != "stars" and answer in right, **listed)  # type: ignore[arg-type]  # the names are those of p
    found = asked(of_word(made, tmp_path))
    assert [short(question) for question in found] == BOTH
    assert "bold=True" not in str([question.choices for question in found if isinstance(question, MultipleChoice)])


def test_a_stem_of_many_lines_statements_and_code() -> None:
    text = (
        "1. Выберите правильный ответ\nЧто выведет программа?\nx = 1\nprint(x + 1)\nA) 1\nB) 2\nОтвет: B\n"
        "2. Прочитайте утверждения:\n1. Вода кипит.\n2. Лёд легче воды.\nКакие верны?\n"
        "A) первое\nB) второе\nC) оба\nОтвет: C\n"
        "3. Последний вопрос?\nA) да\nB) нет\nОтвет: A\n"
    )
    found = [short(question) for question in asked(of_text(text))]
    assert [stem.split()[-1] for stem, _, _ in found] == ["1)", "верны?", "вопрос?"]
    assert "Лёд легче воды." in found[1][0]
    assert [right for _, _, right in found] == [["2"], ["оба"], ["да"]]


def test_a_table_of_data_belongs_to_its_question(tmp_path: Path) -> None:
    made = Word().p("1. По таблице найдите y").table([["x", "1", "2"], ["y", "5", "7"]]).p("A) 7", "B) 5", "Ответ: A")
    made.p("2. Сколько?", "A) 1", "B) 2", "Ответ: B")
    first, second = asked(of_word(made, tmp_path))
    assert any(isinstance(block, Table) for block in first.text)
    assert short(first)[1:] == (["7", "5"], ["7"])
    assert short(second)[2] == ["2"]


def test_what_key_lines_state_without_answers_to_choose_from() -> None:
    text = (
        "1. Столица?\nОтвет: Астана\n2. Сколько областей?\nОтвет: 17\n3. Земля круглая.\nОтвет: верно\n"
        "4. Установите соответствие:\n1) Казахстан\n2) Россия\nА) Москва\nБ) Астана\nОтвет: 1-Б, 2-А\n"
        "5. Расположите по порядку\nА) три\nБ) один\nВ) два\nОтвет: Б, В, А\n"
    )
    town, count, earth, pairs, order = asked(of_text(text))
    assert isinstance(town, ShortAnswer)
    assert [one.text for one in town.answers] == ["Астана"]
    assert isinstance(count, Numerical)
    assert [one.value for one in count.answers] == ["17"]
    assert isinstance(earth, TrueFalse)
    assert earth.answer
    assert isinstance(pairs, Matching)
    said = [(block_text(one.question), block_text(one.answer)) for one in pairs.pairs]
    assert said == [("Казахстан", "Астана"), ("Россия", "Москва")]
    assert isinstance(order, Ordering)
    assert [block_text(one.content) for one in order.items] == ["один", "два", "три"]


def test_answers_of_several_lines_are_no_questions(tmp_path: Path) -> None:
    made = Word()
    for n in range(1, 5):
        made.p(f"{n}. На экран будет выведено\nint i = {n};\nGo(i);", "Ответ: True\nFalse")
    found = asked(of_word(made, tmp_path))
    assert [type(one) for one in found] == [Essay] * 4
    assert [block_text(one.grader_notes).split() for one in found] == [["True", "False"]] * 4
    assert all("Go(i);" in block_text(one.text) for one in found)


@pytest.mark.parametrize(
    ("text", "answers", "right"),
    [
        (
            "1. Команда?\nA) clear ip bgp *\nB) reset bgp all\n2. Порт?\nA) 179\nB) 80\n",
            ["clear ip bgp *", "reset bgp all"],
            [],
        ),
        ("1. Какой язык?\na) C +\nb) C#\nОтвет: b\n2. Порт?\na) 1\nb) 2\nОтвет: a\n", ["C +", "C#"], ["C#"]),
    ],
)
def test_a_sign_that_belongs_to_an_answer(text: str, answers: list[str], right: list[str]) -> None:
    assert short(asked(of_text(text))[0])[1:] == (answers, right)


def test_a_key_line_outranks_a_sign_and_it_is_told() -> None:
    text = "1. Да?\n+A) да\nB) нет\nОтвет: B\n2. Нет?\nA) да\n+B) нет\n3. Так?\n+A) да\nB) нет\n"
    found = of_text(text)
    assert [short(one)[2] for one in asked(found)] == [["нет"], ["нет"], ["да"]]
    assert "outline-key-differs" in codes(found)


def test_a_key_that_reads_two_ways_is_an_error() -> None:
    text = "1. Сколько?\n1) 3\n2) 4\n3) 5\n4) 6\nОтвет: 4\n2. Ещё?\n1) а\n2) б\n3) в\n4) г\nОтвет: 1\n"
    found = of_text(text)
    first, second = asked(found)
    assert short(first)[2] == []
    assert block_text(first.grader_notes) == "4"
    assert short(second)[2] == ["а"]
    (told,) = [one for one in found.findings if one.code == "outline-key-ambiguous"]
    assert told.severity == "error"
    assert told.place is not None


def test_a_key_that_names_no_answer_is_kept_and_told() -> None:
    found = of_text("1. Река?\nA) Или\nB) Урал\nОтвет: Нил\n2. Ещё?\nA) а\nB) б\nОтвет: A\n")
    assert block_text(asked(found)[0].grader_notes) == "Нил"
    assert "outline-key-unknown" in codes(found)


def test_headings_are_categories_and_unnumbered_questions_stay() -> None:
    text = (
        "Тема 1. Реки\n1. Река?\nA) Иртыш\nB) Стол\nОтвет: A\nДайте определение реки.\n"
        "Тема 2. Озёра\n1. Озеро?\nA) Дом\nB) Балхаш\nОтвет: B\n"
    )
    found = [(one.category, block_text(one.text)) for one in asked(of_text(text))]
    assert found == [
        (("Тема 1. Реки",), "Река?"),
        (("Тема 1. Реки",), "Дайте определение реки."),
        (("Тема 2. Озёра",), "Озеро?"),
    ]


def test_the_same_words_in_two_variants_are_no_rewording() -> None:
    one = "1. Какая река самая длинная?\nA) Иртыш\nB) Стол\nОтвет: A\n"
    found = of_text(f"Вариант 1\n{one}Вариант 2\n{one}")
    assert [question.category for question in asked(found)] == [("Вариант 1",), ("Вариант 2",)]
    assert "outline-variant-proposed" not in codes(found)


def test_likely_rewordings_are_one_note() -> None:
    text = "".join(
        f"{n}. Общение в кругу «{word}» – это вид общения, при котором?\n" for n, word in enumerate("абвгдежз", 1)
    )
    notes = [one for one in of_text(text, "questions").findings if one.code == "outline-variant-proposed"]
    assert len(notes) == 1
    assert "28 pairs in all" in notes[0].message


def test_a_wrecked_bank_is_an_error_with_its_places() -> None:
    text = "".join(f"{n}. Что такое {n}?\nA) да\nB) нет\nОтвет: A\n" for n in range(1, 11))
    broken = text + "25. Х\nA) да\nB) нет\n40. Ц\nA) да\nB) нет\n11. Ш\nA) да\nB) нет\n"
    assert "bank-doubtful" not in codes(of_text(text))
    (told,) = [one for one in of_text(broken).findings if one.code == "bank-doubtful"]
    assert told.severity == "error"
    assert "number 25 follows 10" in told.message
    assert "course.toml" in told.advice


def test_a_list_under_each_question_is_no_list_of_keys() -> None:
    block = "{}. Что это?\nА) одно\nБ) другое\nВ) третье\nОтветы: 1) а; 2) б; 3) а, в.\n"
    found = asked(of_text("".join(block.format(n) for n in range(1, 6))))
    assert [short(one)[2] for one in found] == [[]] * 5


def test_exam_lists_keep_second_paragraphs_and_marks(tmp_path: Path) -> None:
    made = (
        Word().b("Вопросы к экзамену").p("1. Задача. Дан массив.", "Найдите сумму. (5 баллов)", "2. Заполните таблицу:")
    )
    made.table([["x", "y"], ["1", "2"]]).p("3. Последний вопрос")
    found = asked(of_word(made, tmp_path, "questions"))
    assert [block_text(one.text).split("\n")[0] for one in found] == [
        "Задача. Дан массив.",
        "Заполните таблицу:",
        "Последний вопрос",
    ]
    assert block_text(found[0].text).split() == ["Задача.", "Дан", "массив.", "Найдите", "сумму."]
    assert [one.mark for one in found] == [5.0, None, None]
    assert any(isinstance(block, Table) for block in found[1].text)


def test_tickets_keep_what_stands_between_their_numbers(tmp_path: Path) -> None:
    made = Word()
    for n in (1, 2, 3):
        made.h(f"Билет {n}").p(
            f"1. Теорема номер {n}", f"2. Зашифруйте строку номер {n}, пример:", "-> абв вба", "Зав. кафедрой ________"
        )
    found = of_word(made, tmp_path, "tickets")
    texts = [block_text(one.text).split("\n") for one in asked(found)]
    assert texts[1] == ["Зашифруйте строку номер 1, пример:", "-> абв вба"]
    assert found.course.exam is not None
    assert [len(ticket.questions) for ticket in found.course.exam.tickets] == [2, 2, 2]


def test_tickets_by_the_numbers_of_their_questions_alone() -> None:
    text = "".join(f"{n}.{k} Понятие номер {n * 10 + k} и его свойства\n" for n in range(1, 8) for k in (1, 2))
    found = of_text(text, "tickets")
    assert found.course.exam is not None
    assert [(one.number, len(one.questions)) for one in found.course.exam.tickets] == [(n, 2) for n in range(1, 8)]
    assert block_text(asked(found)[1].text) == "Понятие номер 12 и его свойства"
    assert guess(as_document(text)).role == "tickets"


def test_tickets_whose_numbers_stand_beside_their_questions(tmp_path: Path) -> None:
    rows = [[str((n + 1) // 2) if n % 2 else "", f"Вопрос номер {n} о чём-то"] for n in range(1, 7)]
    made = Word().table(rows, *((at, 0, at + 1, 0) for at in (0, 2, 4)))
    found = of_word(made, tmp_path, "tickets")
    assert found.course.exam is not None
    assert [(one.number, len(one.questions)) for one in found.course.exam.tickets] == [(1, 2), (2, 2), (3, 2)]


def test_one_running_list_is_a_list_of_questions() -> None:
    lines = [f"{n}. Теорема номер {n} и её следствия." for n in range(1, 21)]
    assert guess(as_document("\n".join(lines) + "\n")).role == "questions"
    books = [f"{n}. Иванов А.А. Введение в предмет номер {n}. – Алматы, 2019. – 120 с." for n in range(1, 21)]
    assert guess(as_document("\n".join(books) + "\n")).role != "questions"


def test_answers_folded_away_below_review_questions_are_for_who_marks(tmp_path: Path) -> None:
    text = (
        "# Лекция 1. Базы данных\n\nТекст лекции про базы данных. Он обычный.\n\n## Контрольные вопросы\n\n"
        "1. Что такое СУБД?\n<details><summary>Ответ</summary>\nСистема.\n</details>\n2. Что такое SQL?\n"
        "<details><summary>Ответ</summary>\nЯзык запросов.\n</details>\n"
    )
    path = tmp_path / "lecture.md"
    path.write_text(text, "utf-8")
    document = readers.read(path, path.name)
    entry = SourceEntry(file=document.file, role="lecture")
    course = outline.understand(loaded("ru", entry), [(document, entry)]).course
    ((_, lecture),) = course.sessions()
    assert [(block_text(one.text), block_text(one.grader_notes)) for one in lecture.review] == [
        ("Что такое СУБД?", "Система."),
        ("Что такое SQL?", "Язык запросов."),
    ]


def test_a_table_with_unknown_heads_is_a_bank_by_its_shape(tmp_path: Path) -> None:
    rows = [["№", "Savol", "To’g’ri javob", "Boshqa", "Boshqa"]]
    rows += [[str(n), f"What is {n}?", f"right {n}", f"wrong {n}", f"other {n}"] for n in range(1, 5)]
    found = [short(one) for one in asked(of_word(Word().table(rows), tmp_path))]
    assert found == [(f"What is {n}?", [f"right {n}", f"wrong {n}", f"other {n}"], []) for n in range(1, 5)]


def test_what_key_lines_say() -> None:
    said = ("Ответ: B", "Ключ – 2", "Дұрыс жауаптары: B, C", "Answer is: a", "Ответы даны ниже")
    assert [key_of(text) for text in said] == ["B", "2", "B, C", "a", None]
    assert letters_of("А и В") == letters_of("AB") == ["A", "B"]
    assert letters_of("Да") is None
    assert [number for number, _ in matched("1-Б, 2-А")] == ["1", "2"]
    assert matched("Астана, 2") == ()


def test_reading_a_bank_is_linear() -> None:
    pieces = as_pieces(20_000)
    assert len(items_of(pieces).items) == 4000


def as_pieces(count: int) -> list[Piece]:
    texts = ["{}. Что?", "A) да", "B) нет", "C) оба", "Ответ: A"]
    return [Piece(texts[at % 5].format(at // 5 + 1), []) for at in range(count)]
