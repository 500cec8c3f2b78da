"""A language is a folder: no word of one stands in the code, and what the code asks for is there."""

from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import coursepack
from coursepack import languages
from coursepack.languages.catalogues import words
from coursepack.text.language import language

PACKAGE = Path(coursepack.__file__).parent
_ASKED = re.compile(r"@([a-z-]+)@")


@cache
def _modules() -> tuple[tuple[Path, ast.Module], ...]:
    return tuple((path, ast.parse(path.read_text("utf-8"))) for path in sorted(PACKAGE.rglob("*.py")))


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """The texts of a module without its docstrings, with their lines."""
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in statements:
            yield node.lineno, node.value


def test_no_module_holds_a_word_in_cyrillic() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line}: {text[:40]}"
        for path, tree in _modules()
        for line, text in _texts(tree)
        if any("CYRILLIC" in unicodedata.name(letter, "") for letter in text)
    ]
    assert found == []


def test_no_module_names_a_language() -> None:
    """But one: the language of the message ids."""
    found = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path, tree in _modules()
        for line, text in _texts(tree)
        if text in languages.known()
    ]
    assert len(found) == 1
    assert found[0].startswith("language_folders.py:")


def _asked() -> tuple[set[str], set[str]]:
    """The names of patterns and of words that modules ask for."""
    patterns, plain = set(), set()
    for _, tree in _modules():
        for _, text in _texts(tree):
            patterns |= set(_ASKED.findall(text)) - {"a"}
            plain |= set(re.findall(r"@A:([a-z-]+)@", text))
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                {"pattern": patterns, "words": plain}.get(node.func.attr, set()).add(first.value)
    # Made of parts: the places of an option's word, the roles of files.
    plain |= {"option-before", "option-after"}
    patterns |= {name for found in languages.lexicons() for name in found.patterns if name.startswith("file-")}
    return patterns, plain


def test_what_the_code_asks_for_some_language_has_and_nothing_else_is_kept() -> None:
    patterns, plain = _asked()
    only_read = (*languages.only_read(), languages.of_tests())
    kept = {name for found in languages.lexicons() for name in found.patterns}
    assert kept | {name for found in only_read for name in found.get("patterns", ())} == patterns
    kept = {name for found in languages.lexicons() for name in found.words}
    assert kept | {name for found in only_read for name in found.get("words", ())} == plain


@pytest.mark.parametrize("code", languages.known())
def test_a_lexicon_is_whole(code: str) -> None:
    found = languages.lexicon(code)
    assert len(set(found.alphabet)) == len(found.alphabet) > 20
    assert found.alphabet.islower()
    assert set(found.option_letters.lower()) <= set(found.alphabet)
    assert found.second in languages.known()
    assert found.second != code
    for pattern in (*found.detection.forms, *(each for group in found.patterns.values() for each in group)):
        re.compile(pattern)
    source = languages.lexicon(languages.SOURCE)
    assert set(found.columns) <= set(source.columns)
    assert set(found.question_types) <= set(source.question_types)


def test_kazakh_is_assumed_and_asked_first() -> None:
    assert languages.assumed() == "kk"
    assert languages.in_order() == ("kk", "ru", "en")


TEXTS = {
    "Мемлекет және құқық теориясы – заң ғылымдарының ішіндегі негізгі пән": "kk",
    "Теория государства и права является основной наукой о праве": "ru",
    "The theory of state and law is the main subject of this course": "en",
    "Теорія держави та права є основною наукою, що вивчає виникнення держави як явища, її функції та їх зміст": "",
    "Мамлекет жана укук теориясы — бул негизги илим, ал коомдун өнүгүшүн жана түзүлүшүн үйрөнөт": "",
    "Давлат ва ҳуқуқ назарияси — бу асосий фан бўлиб, жамиятнинг ривожланишини ва тузилишини ўрганади": "",
    "Davlat va huquq nazariyasi bu asosiy fan bo'lib, jamiyatning rivojlanishini ham bilan uchun o'rganadi": "",
    "Тэорыя дзяржавы і права з'яўляецца асноўнай навукай, якая вывучае ўзнікненне дзяржавы і яе функцыі": "",
    "Die Theorie des Staates und des Rechts ist die wichtigste Wissenschaft von der Gesellschaft": "",
    "La théorie de l'État et du droit est la science principale qui étudie les lois et les règles": "",
    "Devlet ve hukuk teorisi, toplumun gelişimini ve yapısını inceleyen temel bir bilim dalı olarak görülür": "",
    "La teoría del Estado y del Derecho es la ciencia principal que estudia las leyes de la sociedad": "",
    "Тес": "",
    "12.5": "",
    "": "",
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_in_its_language_or_in_none_that_is_known(text: str) -> None:
    assert language(text) == TEXTS[text]


def test_numbers_take_the_form_of_their_language() -> None:
    forms = {
        code: [
            words(code, "papers").count("{number} credit", "{number} credits", number) for number in (1, 2, 5, 21, 111)
        ]
        for code in languages.known()
    }
    assert forms == {
        "en": ["1 credit", "2 credits", "5 credits", "21 credits", "111 credits"],
        "kk": ["1 кредит", "2 кредит", "5 кредит", "21 кредит", "111 кредит"],
        "ru": ["1 кредит", "2 кредита", "5 кредитов", "21 кредит", "111 кредитов"],
    }


def test_dates_are_written_as_official_papers_do() -> None:
    assert {code: words(code).date("2026-09-01") for code in languages.known()} == {
        "en": "1 September 2026",
        "kk": "2026 жылғы 1 қыркүйек",
        "ru": "1 сентября 2026 г.",
    }


@pytest.mark.parametrize("code", languages.known())
def test_a_file_of_a_language_is_parsed_once(code: str) -> None:
    """Each list of words asks for its file: parsed anew each time they were half of a small course's time."""
    assert languages.data(code, "labels.toml") is languages.data(code, "labels.toml")


def test_every_expression_compiles_when_it_is_asked() -> None:
    """They are compiled late: a mistake in one would wait for the text that asks it."""
    for module in pkgutil.walk_packages(coursepack.__path__, "coursepack."):
        if "__main__" not in module.name:
            importlib.import_module(module.name)
    gc.unfreeze()  # what was there when the tests were collected is to be seen, too
    kept = [each for each in gc.get_objects() if type(each) is languages._Expression]
    gc.freeze()
    assert len(kept) > 100
    assert all(isinstance(each.search(""), re.Match | None) for each in kept)


def test_an_expression_is_compiled_once_and_only_when_it_is_asked() -> None:
    found = languages.expression("(?P<word>@week@) 1", re.IGNORECASE)
    assert "search" not in vars(found)
    match = found.fullmatch("Апта 1")
    assert match
    assert match["word"] == "Апта"
    assert "search" in vars(found)
    assert found.groupindex == {"word": 1}


def test_a_few_letters_of_names_make_no_other_language() -> None:
    """«ө» is a letter of Mongolian, whose other letters Russian has."""
    text = "Көже – лёгкий кислый суп на зерне, который варят из семи составляющих: воды, мяса, соли и молока. "
    text += "Наурыз-көже подают прохладным. " + "Каждый гость получает свою долю от хозяйки дома в пиале. " * 4
    assert language(text) == "ru"
    mongolian = "Монгол хэл дээрх өгүүлбэр: өнөөдөр сургууль дээр хүүхдүүд өөрсдийн үгээ бичиж, үлгэр уншив."
    assert language(mongolian) == ""
