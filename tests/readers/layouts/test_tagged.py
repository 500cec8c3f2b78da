"""Tests in tags, as universities of Kazakhstan exchange them: what files hold is read whole, or named."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import Blocks, Figure, Table, block_text
from coursepack.model.questions import MultipleChoice
from coursepack.place import CoursepackError, Finding, Place
from coursepack.readers import is_question_file, read_questions
from tests.readers.pdf_maker import Word, make
from tests.readers.word import package

P1 = "<question>Астана қайда?\n<variant>Ақмолада\n<variant>Оралда\n<variant>Таразда\n"
P3 = "<question>Қайсысы?\n<variant>бір\n<variantright>екі\n<variant>үш\n"


def read(
    folder: Path, text: str, *, encoding: str = "utf-8", first_right: bool | None = None, name: str = "bank.txt"
) -> tuple[list[MultipleChoice], list[Finding]]:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return questions(path, first_right=first_right)


def questions(path: Path, *, first_right: bool | None = None) -> tuple[list[MultipleChoice], list[Finding]]:
    found = read_questions(path, first_right=first_right)
    made = list(found.bank.questions())
    assert all(isinstance(question, MultipleChoice) for question in made)
    return [question for question in made if isinstance(question, MultipleChoice)], found.findings


def shown(question: MultipleChoice) -> list[str]:
    """Its options, a plus before the right ones."""
    return [("+" if choice.fraction > 0 else "") + text(choice.content) for choice in question.choices]


def text(blocks: Blocks) -> str:
    return block_text(blocks)


def test_where_no_tag_tells_the_first_variant_is_right(tmp_path: Path) -> None:
    (question,), findings = read(tmp_path, P1)
    assert shown(question) == ["+Ақмолада", "Оралда", "Таразда"]
    assert (question.single, question.tags, question.category) == (True, (), ())
    assert question.place == Place("bank.txt", 1, 4)
    assert [finding.code for finding in findings] == ["tagged-first"]


def test_the_author_may_deny_that_the_first_is_right(tmp_path: Path) -> None:
    (question,), findings = read(tmp_path, P1, first_right=False)
    assert shown(question) == ["Ақмолада", "Оралда", "Таразда"]
    assert findings == []


def test_of_unequal_numbers_of_variants_somebody_has_to_say(tmp_path: Path) -> None:
    unequal = P1 + "\n<question>Екінші?\n<variant>а\n<variant>ә\n"
    with pytest.raises(CoursepackError, match="questions have 3 and 2 variants") as caught:
        read(tmp_path, unequal)
    assert caught.value.place == Place("bank.txt", 6, 6)
    made, findings = read(tmp_path, unequal, first_right=True)
    assert [shown(question)[0] for question in made] == ["+Ақмолада", "+а"]
    assert findings == []


def test_what_tags_tell_nobody_says_again(tmp_path: Path) -> None:
    with pytest.raises(CoursepackError, match="1 tags <variantright> mark the right ones"):
        read(tmp_path, P3, first_right=True)
    gift = tmp_path / "a.gift"
    gift.write_text("a {T}\n", "utf-8")
    with pytest.raises(CoursepackError, match="a file whose format marks the right answers"):
        read_questions(gift, first_right=True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    written = "<question1>Столица Казахстана?\n<variant>Алматы\n<variantright>Астана\n" * 3
    made, _ = read(tmp_path, written, encoding=encoding)
    assert [shown(question) for question in made] == [["Алматы", "+Астана"]] * 3


def test_levels_become_tags_and_categories(tmp_path: Path) -> None:
    written = "".join(P3.replace("<question>", f"<question{level}>") for level in (1, 3, 2))
    made, _ = read(tmp_path, written)
    assert [question.tags for question in made] == [("level-1",), ("level-3",), ("level-2",)]
    assert [question.category for question in made] == [
        ("bank", "1-деңгей"),
        ("bank", "3-деңгей"),
        ("bank", "2-деңгей"),
    ]


def test_several_tags_on_a_line_and_lines_that_go_on(tmp_path: Path) -> None:
    written = (
        "<question3>Формула (a<b) дұрыс па?<variant>жоқ<variantright>иә,\n"
        "<VARIANT >білмеймін\n<question1> Қайсысы\nтізім? <variant> tuple < Variant Right > list</variant>\n"
        "</question1>\n"
    )
    made, findings = read(tmp_path, written)
    assert findings == []
    assert [text(question.text) for question in made] == ["Формула (a<b) дұрыс па?", "Қайсысы\nтізім?"]
    assert [shown(question) for question in made] == [["жоқ", "+иә,", "білмеймін"], ["tuple", "+list"]]


def test_a_long_line_goes_on_where_the_next_one_begins_small(tmp_path: Path) -> None:
    long = "Қазақстан Республикасының Конституциясы қай жылы қабылданды, егер"
    (question,), _ = read(tmp_path, P3.replace("Қайсысы?", f"{long}\nол бар болса?\nЖауап беріңіз."))
    assert text(question.text) == f"{long} ол бар болса?\nЖауап беріңіз."


def test_several_right_ones(tmp_path: Path) -> None:
    (question,), _ = read(tmp_path, P3 + "<variantright>төрт\n<variant>бес\n")
    assert shown(question) == ["бір", "+екі", "үш", "+төрт", "бес"]
    assert (question.single, [choice.fraction for choice in question.choices]) == (
        False,
        [-1 / 3, 0.5, -1 / 3, 0.5, -1 / 3],
    )


def test_the_right_text_again_as_a_plain_variant_and_empty_variants_are_told(tmp_path: Path) -> None:
    (question,), findings = read(tmp_path, P3 + "<variant>  Екі \n<variant>\n<variant>төрт\n")
    assert shown(question) == ["бір", "+екі", "үш", "төрт"]
    assert [finding.message for finding in findings] == [
        "1 × a <variant> that repeats the right one, left out",
        "1 × an empty <variant>, left out",
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Қайсысы?", "", "a question without text"),
        ("<variantright>екі\n", "", "a question without its right variant"),
        ("екі", "", "the right variant, number 2, is empty"),
        ("<variant>бір\n<variantright>екі\n<variant>үш\n", "<variantright>екі\n", "a question with 1 variants"),
        ("<variant>бір\n<variantright>екі\n<variant>үш", "", "a question with 0 variants"),
        ("<variant>", "<variantright>", "every variant is marked as right"),
    ],
)
def test_questions_that_are_none(old: str, new: str, message: str, tmp_path: Path) -> None:
    made, findings = read(tmp_path, P3 + "\n" + P3.replace(old, new))
    assert len(made) == 1
    assert [(finding.code, str(finding.severity), finding.place and finding.place.first) for finding in findings] == [
        ("tagged-question", "error", 6)
    ]
    assert findings[0].message.startswith(message)


def test_what_stands_before_the_first_tag_is_told(tmp_path: Path) -> None:
    made, findings = read(tmp_path, "Тест\nпәні: Биология\n\n" + P3)
    assert len(made) == 1
    assert [str(finding) for finding in findings] == [
        "bank.txt:1-2: warning: left out: before the first <question>: «Тест пәні: Биология» [tagged-left-out]"
    ]
    made, findings = read(tmp_path, "<variant>қай сұрақтікі\n" + P3)
    assert (len(made), [finding.code for finding in findings]) == (1, ["tagged-question"])


def test_a_heading_between_questions_is_a_category(tmp_path: Path) -> None:
    made, findings = read(tmp_path, f"Тема 1. Жасуша\n{P3}\n{P3}\n2-тақырып. Тін\n{P3.replace('n>', 'n2>', 1)}")
    assert [question.category for question in made][:2] == [("bank", "Тема 1. Жасуша")] * 2 or findings
    assert made[-1].category == ("bank", "2-тақырып. Тін", "2-деңгей")
    assert shown(made[-2]) == ["бір", "+екі", "үш"]


def test_a_word_document_with_pictures_and_tables(tmp_path: Path) -> None:
    path = tmp_path / "bank.docx"
    path.write_bytes(
        package(
            "<w:p><w:r><w:t>&lt;question2&gt;Кесте:</w:t></w:r></w:p>"
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"
            "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
            "<w:p><w:r><w:t>&lt;vari</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>antright&gt;бір</w:t></w:r></w:p>"
            "<w:p><w:r><w:t>&lt;variant&gt;H</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='subscript'/></w:rPr>"
            "<w:t>2</w:t></w:r><w:r><w:t>O</w:t></w:r></w:p>"
        )
    )
    (question,), findings = questions(path)
    assert findings == []
    first, table = question.text
    assert isinstance(table, Table)
    assert text((first, table)) == "Кесте:\nx \t1"
    assert shown(question) == ["+бір", "H2O"]
    right, wrong = (choice.content[0] for choice in question.choices)
    assert [getattr(run, "bold", None) for run in getattr(right, "content", ())] == [False]
    assert [getattr(run, "script", None) for run in getattr(wrong, "content", ())] == [None, "sub", None]
    assert question.place == Place("bank.docx", 1, 5, "paragraph")
    assert not any(isinstance(block, Figure) for block in question.text)


def test_an_ordinary_document_is_no_question_file(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(package("<w:p><w:r><w:t>1-дәріс. Жасуша</w:t></w:r></w:p>"))
    with pytest.raises(CoursepackError, match="no question file: a document in none of the known layouts: tagged text"):
        read_questions(path)


def test_text_about_tags_is_no_bank(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Ұзын мәтін. " * 40 + "\n<question>а<variant>б\n", "utf-8")
    assert not is_question_file(path)
    path.write_text("<question> is a tag.\n", "utf-8")
    assert not is_question_file(path)


def test_a_question_of_endless_length_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSEPACK_LIMITS", "question-letters=4000")
    for endless in ("а\n" * 2_100, "<variant>а\n" * 2_100):
        with pytest.raises(CoursepackError, match="a question of more than 4000 characters"):
            read(tmp_path, P3 + "<variant>" + endless)


def test_a_pdf_whose_lines_cut_texts_words_and_tags(tmp_path: Path) -> None:
    lines = ["<question2>Which organ pumps the", "blood?<variant>lung<vari", "antright>the he-", "art<variant>liver"]
    path = tmp_path / "bank.pdf"
    path.write_bytes(make([[Word(line, 60, 700 - 14 * at) for at, line in enumerate(lines)]]))
    (question,), _ = questions(path)
    assert text(question.text) == "Which organ pumps the blood?"
    assert shown(question) == ["lung", "+the heart", "liver"]
    assert question.tags == ("level-2",)
