"""Banks of all shapes, languages and formats (benchmarks/banks): none comes out wrong without a word."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from benchmarks.banks import cases, measure
from benchmarks.banks.cases import Case
from benchmarks.banks.content import words
from coursepack import build, discovery

DRAWN = list(cases.cases(102, seed=7))


@pytest.mark.parametrize("case", [pytest.param(case, id=str(at)) for at, case in enumerate(DRAWN)])
def test_no_bank_is_wrong_in_silence(case: Case, tmp_path: Path) -> None:
    made = cases.write(case, tmp_path / "bank")
    assert measure.read(tmp_path / "bank", made.asked, case.file).outcome != "silent", str(case)


def whole(tmp_path: Path, arrangement: str, form: str, language: str, format_: str, **more: str) -> measure.Reading:
    """A bank of one form: «numbers/options/keys»."""
    numbers, options, keys = form.split("/")
    title = more.get("title", "")
    case = Case(
        arrangement, options, numbers, keys, language, format_, title, 0, more.get("name", "document"), "", "lecture"
    )
    made = cases.write(case, tmp_path / "bank")
    return measure.read(tmp_path / "bank", made.asked, case.file)


@pytest.mark.parametrize("format_", ["txt", "md", "docx", "odt", "html"])
@pytest.mark.parametrize("form", ["dot/bare/star", "sign/bullets/words", "word/digits/line"])
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_initials_of_names_are_no_letters_of_answers(language: str, form: str, format_: str, tmp_path: Path) -> None:
    """«И. Ньютона», «Г. Галилея», «А. Ома», «М. Фарадея»: «А.» counts nothing."""
    assert any(one.q for one in words(language).asked if one.a[2].startswith("А. "))
    made = whole(tmp_path, "plain", form, language, format_, title=words(language).test_titles[1])
    assert (made.outcome, made.missing, made.told) == ("right", [], [])


@pytest.mark.parametrize("format_", ["docx", "odt", "html"])
@pytest.mark.parametrize("form", ["dot/upper/plus", "sign/lower/plus", "none/dotted/plus"])
@pytest.mark.parametrize("language", ["kk", "en"])
def test_signs_without_a_blank_before_letters(language: str, form: str, format_: str, tmp_path: Path) -> None:
    """«-а) one», «+б) two»."""
    made = whole(tmp_path, "plain", form, language, format_)
    assert (made.outcome, made.missing, made.told) == ("right", [], [])


@pytest.mark.parametrize("format_", ["docx", "odt", "html", "md"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_keys_of_a_table_are_letters_of_its_heads(language: str, format_: str, tmp_path: Path) -> None:
    made = whole(tmp_path, "grid", "dot/upper/", language, format_, title=words(language).test_titles[1])
    assert (made.outcome, made.missing, made.told) == ("right", [], [])


@pytest.mark.parametrize("format_", ["txt", "md", "docx", "odt", "html"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_lists_that_signs_count(language: str, format_: str, tmp_path: Path) -> None:
    """«№ 1. …», «No 1. …»."""
    made = whole(tmp_path, "open", "sign//", language, format_, title=words(language).open_titles[2])
    assert (made.outcome, made.missing) == ("right", [])


@pytest.mark.parametrize("format_", ["txt", "docx"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_key_in_words_is_no_end_of_the_last_answer(language: str, format_: str, tmp_path: Path) -> None:
    made = whole(tmp_path, "plain", "dot/upper/words", language, format_, title=words(language).test_titles[1])
    assert (made.outcome, made.missing, made.told) == ("right", [], [])


@pytest.mark.parametrize("format_", ["txt", "md", "docx", "odt", "html"])
@pytest.mark.parametrize(("language", "form"), [("kk", "dot//"), ("ru", "word//"), ("en", "bracket//")])
def test_a_control_work_is_a_list_of_questions_by_variants(
    language: str, form: str, format_: str, tmp_path: Path
) -> None:
    """«Контрольная работа № 1», «Вариант 1», «1. …»: no lecture."""
    title = {"kk": "Бақылау жұмысы № 1", "ru": "Контрольная работа № 1", "en": "Midterm"}[language]
    made = whole(tmp_path, "open variants", form, language, format_, title=title)
    assert (made.outcome, made.told) == ("right", [])
    (loaded,) = discovery.find_projects([tmp_path / "bank"])
    exam = build.understand(loaded).course.exam
    assert exam is not None
    variants = [words(language).variant.format(n=n) for n in (1, 2)]
    assert [one.category for one in exam.questions] == [(variants[0],)] * 6 + [(variants[1],)] * 6


def test_variants_of_work_are_no_list_of_questions(tmp_path: Path) -> None:
    """Tasks below each variant ask nothing."""
    document = docx.Document()
    for n in (1, 2, 3):
        document.add_heading(f"Вариант {n}", 2)
        for m, text in enumerate(("Постройте график функции.", "Составьте таблицу значений.", "Оформите отчёт."), 1):
            document.add_paragraph(f"{m}. {text}")
    (tmp_path / "a").mkdir()
    document.save(str(tmp_path / "a" / "Практика.docx"))
    (loaded,) = discovery.find_projects([tmp_path / "a"])
    assert build.understand(loaded).course.exam is None


@pytest.mark.parametrize("format_", ["md", "docx"])
def test_numbers_of_a_run_that_became_no_question_are_told(format_: str, tmp_path: Path) -> None:
    """Be they lines of one paragraph."""
    made = whole(tmp_path, "open", "word//", "ru", format_, title="Контрольная работа № 1")
    assert made.outcome == "right" or any("of a series did not become a question" in one.message for one in made.told)
