"""Stand-in letters: repaired by the word, Latin and other languages left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepack.text.characters import (
    GONE,
    CharacterRepair,
    clean,
    has_own_letters,
    old_font_words,
    without_own_letters,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ӛмір", "өмір"),
        ("ҚҦРЫЛЫМЫ", "ҚҰРЫЛЫМЫ"),
        ("Ҥкіметі", "Үкіметі"),
        ("жəне", "және"),
        ("Ə.Жангелдин", "Ә.Жангелдин"),
        ("бєсекелі", "бәсекелі"),
        ("тiркелген", "тіркелген"),
        ("Iшкi iстер", "Ішкі істер"),
        ("Yкiметiнiң", "Үкіметінің"),
        ("cабақтарында", "сабақтарында"),
        ("(грек, hіerarhіa)", "(грек, hierarhia)"),
        ("«еlite»", "«elite»"),
        ("XІX ғасыр", "XIX ғасыр"),
    ],
)
def test_repairs(typed: str, meant: str) -> None:
    assert CharacterRepair(own=True).repair(typed) == meant


@pytest.mark.parametrize(
    "text",
    ["Legitimus", "ХХІ ғасыр", "ІІХК", "XIV-XV", "Word-та", "dövlət", "тоталиитарлық", "А-ның В-ға", "SMM", "COVID-19"],
)
def test_leaves_alone(text: str) -> None:
    assert CharacterRepair(own=True).repair(text) == text


def test_ukrainian_and_russian_stay() -> None:
    text = "Слава Україні, що має своє ім'я; в этом нет сомнений"
    assert CharacterRepair(own=False).repair(text) == text
    assert CharacterRepair(own=True).repair("Її держава має своє право") == "Її держава має своє право"


def test_counts_by_kind() -> None:
    letters = CharacterRepair(own=True)
    letters.repair("ӛмір ӛзі тiл")
    assert dict(letters.counts) == {"ӛ→ө": 2, "i→і": 1}


@given(st.text(alphabet="ӛҧҥəєiIyYcCабвгАБВ xX•\uf0b7\u00ad\u200b.,1", max_size=60), st.booleans())
def test_nothing_changes_a_length(text: str, own: bool) -> None:
    cleaned, _ = clean(text)
    assert len(cleaned) == len(text)
    assert len(CharacterRepair(own=own).repair(cleaned)) == len(text)


def test_private_use_letters() -> None:
    assert clean("\uf0b7 әрбір ұлт")[0] == "• әрбір ұлт"
    assert clean("одағы \uf0b2қосшы\uf0b2")[0] == 'одағы "қосшы"'
    assert clean("сөз\uf061")[0] == f"сөз{GONE}"


def test_old_font_and_missing_letters_are_named() -> None:
    assert old_font_words("ЌЭФ деканы, ѓылым докторы") == ["ЌЭФ", "ѓылым"]
    assert old_font_words("Філософія") == []
    stems = frozenset({"сурак", "окыту", "багалау"})
    assert without_own_letters("Емтихан сурактары, окыту натижелери", stems) == ["сурактары", "окыту"]


def test_language_by_letters() -> None:
    assert has_own_letters("Билік туралы түсінік күнделікті өмірде қолданылады")
    assert not has_own_letters("Понятие власти употребляется в повседневной жизни")


@pytest.mark.parametrize(
    "text",
    ["می\u200cخواهم", "क्\u200dष", "ന്\u200d", "👩\u200d🚀", "❤️\u200d🔥"],
    ids=["fa", "hi", "ml", "woman", "heart"],
)
def test_joiners_that_a_script_or_an_emoji_needs_stay(text: str) -> None:
    assert clean(f"сөз {text} сөз") == (f"сөз {text} сөз", {})


@pytest.mark.parametrize("text", ["со\u200dба\u200cка", "so\u200dba", "\u200dسلام", "👩\u200d "])
def test_other_joiners_are_debris(text: str) -> None:
    cleaned, counts = clean(text)
    assert cleaned == text.replace("\u200d", GONE).replace("\u200c", GONE)
    assert counts["invisible characters"] == sum(text.count(joiner) for joiner in "\u200c\u200d")
