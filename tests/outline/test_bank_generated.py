"""Banks of all shapes, languages and formats (benchmarks/banks): none comes out wrong without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.banks import cases, measure
from benchmarks.banks.cases import Case
from benchmarks.banks.content import words

DRAWN = list(cases.cases(102, seed=7))


@pytest.mark.parametrize("case", DRAWN, ids=map(str, range(len(DRAWN))))
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
