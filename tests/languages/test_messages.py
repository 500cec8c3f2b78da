"""The messages of the command line in three languages: collected from the source, found again in what is printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from coursepack.languages import messages
from coursepack.languages.catalogues import plural_forms, translations
from coursepack.languages.messages import MessageField, Messages, parsed
from coursepack.place import CoursepackError, Finding, Place, Severity, note, warning
from tools import messages as tool
from tools.message_flow import Source

OTHERS = ("kk", "ru")
REAL = Path(__file__).parent / "messages.txt"
"""Messages of real runs: what the samples of these tests and the documents of the benchmark made coursepack say. A line
each, with a tab and the message id that it is to be taken for."""


def real() -> list[tuple[str, str]]:
    lines = [line.split("\t") for line in REAL.read_text("utf-8").splitlines()]
    return [(_unescaped(text), _unescaped(message)) for text, message in lines]


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), text)


def ids() -> list[str]:
    return [tool.text(message) for message in tool.catalogue("en") if message.id]


def translated(language: str) -> list[tuple[str, str]]:
    """Message ids and translations; of a message that counts each form with the id of its singular and plural."""
    counted = [
        (message, form)
        for plural, (singular, *forms) in plural_forms(language, messages.DOMAIN).items()
        for form in forms
        for message in (singular, plural)
    ]
    return [*translations(language, messages.DOMAIN).items(), *counted]


# --- the catalogues are as the source is ---


def test_catalogues_hold_exactly_the_messages_of_the_source() -> None:
    found, _ = tool.collected(Source(tool.PACKAGE))
    for language in tool.LANGUAGES:
        path = tool.PACKAGE / "languages" / language / tool.DOMAIN
        assert path.read_bytes() == tool.written(language, found), f"run python -m tools.messages ({language})"


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated(language: str) -> None:
    known = {message for message, _ in translated(language)}
    assert [message for message in ids() if message not in known] == []


@pytest.mark.parametrize("language", OTHERS)
def test_fields_are_the_same_in_every_language(language: str) -> None:
    def fields(text: str) -> list[str]:
        return sorted(part.name for part in parsed(text) if isinstance(part, MessageField))

    assert [(message, text) for message, text in translated(language) if fields(message) != fields(text)] == []


_TERMS = re.compile(
    r"`[^`]*`|«[^»]*»|'[^']*'|\"[^\"]*\"|<[^>]*>|\{[^}]*\}|\[\[?[\w ]*\]?\]|--[\w-]+|coursepack [\w -]+|\S*[./:]\S+"
)


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left_in_a_translation(language: str) -> None:
    """Names and terms stay; three English words in a row are a sentence that was forgotten."""
    left = []
    for message, text in translated(language):
        if message == text and message in SAME:
            continue
        bare = _TERMS.sub(" ", text)
        run = re.search(r"\b[a-z]{2,}(?:\s+[a-z]{2,}){2}\b", bare)
        if run or (not re.search("[а-яёәғқңөұүһі]", text, re.IGNORECASE) and re.search("[A-Za-z]{3}", bare)):
            left.append((message, text))
    assert left == []


SAME = {
    "AST-Test (I:, S:, +:, -:)",
    "GIFT",
    "text2qti",
    "2004 3rd Edition",
    "2004 4th Edition",
    "CAM 1.3",
    "HTML (StarWriter)",
    "MS Word 2003 XML",
    "OpenDocument Text Flat XML",
    "Rich Text Format",
    "a coursepack.readers.Reader",
    "Times New Roman",
    "coursepack {have}",
    "pip install 'coursepack[cluster]'",
    "pip install 'coursepack[print]'",
    "pip install 'coursepack[review]'",
    "ocrmypdf -l {data} --skip-text {quote} {quote2}",
    "ocrmypdf -l {data} {quote} {quote2}",
}
"""Names, commands."""


# --- how the source is read ---


def collected(tmp_path: Path, text: str) -> list[str]:
    """The message ids of a package of one module."""
    package = tmp_path / "coursepack"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "one.py").write_text(text, "utf-8")
    return tool.of_expressions(Source(package))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('note("c", "it is so", None, "do that")', ["it is so", "do that"]),
        ('note("c", f"{len(names)} files of {where.folder}")', ["{count_names} files of {folder}"]),
        ('raise CoursepackError(f"no {x!r}, expected {y}")', ["no {x}, expected {y}"]),
        ('m = "one here" if x else f"more than {n} here"\nwarning("c", m)', ["one here", "more than {n} here"]),
        ('A = {"a": "first text", "b": "second text"}\ndef f(k):\n    error("c", A[k])', ["first text", "second text"]),
        (
            'def f(why):\n    note("c", f"left out: {why}")\nf("it is empty")\nf(x)',
            ["left out: {why:said}", "it is empty"],
        ),
        ('def f():\n    yield "no key", "mark it"\nfor a, b in f():\n    note("c", a, None, b)', ["no key", "mark it"]),
        ('NAME = "x.xml"\nnote("c", f"no {NAME} in it")', ["no x.xml in it"]),
        ("note(\"c\", f\"{n} file{'s' if n > 1 else ''} there\")", ["{n} files there", "{n} file there"]),
        ('note("c", "a sign { in it")', ["a sign {{ in it"]),
        ('note("c", "one, " + "two")', ["one, two"]),
        ('MORE = "say {} more"\nnote("c", MORE.format(name))', ["say {name} more"]),
        ('class E(CoursepackError): ...\nraise E("that is wrong")', ["that is wrong"]),
        (
            'said = []\nsaid.append("no text")\nnote("c", f"it lacks: {\', \'.join(said)}")',
            ["it lacks: {said:said}", "no text"],
        ),
        (
            'def f():\n    return "a link"\nnote("c", f"it is {f()}, expected a file")',
            ["it is a link, expected a file"],
        ),
    ],
)
def test_messages_are_seen_in_the_source(tmp_path: Path, text: str, found: list[str]) -> None:
    head = "class CoursepackError(Exception): ...\n"
    assert collected(tmp_path, head + text) == found


# --- messages are known again ---


@pytest.mark.parametrize("language", OTHERS)
def test_real_messages_are_taken_for_what_they_are(language: str) -> None:
    say = messages.of(language)
    assert [(text, say.template(text), wanted) for text, wanted in real() if say.template(text) != wanted] == []


_QUOTED = re.compile(
    rf"\S+='[^']*'|[\w ]*\w(?: → [\w ]*\w)+|\b[\w-]+ = |{_TERMS.pattern}|\( [\w, ]+ \)|\[\w+\]|"
    r"\b[\w-]+(?:, [\w-]+){2,}$|=left|-> right"
)
"""What is said letter by letter in every language: names, paths, keys, menus, values to choose from."""

OF_OTHERS = ("PdfiumError: ", "UnidentifiedImageError: ")
"""What a library says of a fault of its own; whoever mends it looks for it as it is."""

ELEMENTS = {"assessment", "category", "content", "course", "essay", "numerical", "packed", "question", "size", "styles"}
ELEMENTS |= {"topic"}
"""Elements, types and members of packages, as they are called there."""


def english(language: str) -> set[str]:
    """The words of the messages in English, but those that stand in translations as well: ``href``, «zip», «essay»."""
    word = re.compile(r"(?<![\w-])[a-z]{3,}(?![\w-])")
    known = dict(translated(language))
    kept = {one for text in known.values() for one in word.findall(_TERMS.sub(" ", text))}
    kept -= {message for message, text in known.items() if word.fullmatch(message) and text != message}
    return {one for text in known for one in word.findall(_TERMS.sub(" ", text))} - kept - ELEMENTS


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left_in_real_messages(language: str) -> None:
    """What fills the fields of a message is said in the same language: «студентам: list» is no Russian."""
    say, words = messages.of(language), english(language)
    assert {"list", "letters", "reworded", "stand"} <= words
    told = [(text, say(text)) for text, _ in real() if not any(one in text for one in OF_OTHERS)]
    left = {
        text: found
        for text, said in told
        if (found := [one for one in re.findall(r"(?<![\w-])[a-z]+(?![\w-])", _QUOTED.sub(" ", said)) if one in words])
    }
    assert left == {}


def test_a_template_gives_the_message_back() -> None:
    """What is taken out of a message and filled into the English template is the message."""
    for text, wanted in real():
        template = messages.MessageTemplate(wanted, wanted)
        values = template.values(text)
        assert values is not None, wanted
        filled = dict(zip((gap.name for gap in template.gaps), values, strict=True))
        assert messages.filled(wanted, filled) == text


VALUES = ["a {b} c", "{", "}}", "{name:said}", "two\nlines", "«quoted»", 'it\'s "so"', "a: b; c, d", "100 %"]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("language", OTHERS)
def test_values_pass_unchanged(language: str, value: str) -> None:
    say = messages.of(language)
    told = say(f"no edition in {value}, expected one of {value}")
    wanted = {
        "kk": f"{value} тіліндегі нұсқа жоқ, күтілгені мыналардың бірі: {value}",
        "ru": f"нет версии на языке {value}, ожидается одна из: {value}",
    }
    assert told == wanted[language]


def test_blanks_around_a_message_stay() -> None:
    assert messages.of("ru")("  to correct it:") == "  чтобы исправить:"


def test_what_is_no_message_stays() -> None:
    for text in ("/home/курс/a b.txt  12.3 kB", "Әлеуметтану (sociology, kk)", "", "line", "x" * 100_000):
        told = messages.of("kk")(text)
        assert told == ("жол" if text == "line" else text)


def test_of_two_messages_that_fit_the_longer_is_meant() -> None:
    say = messages.of("ru")
    assert say.template("not read: it is a link, expected a file") == "not read: it is {get}, expected a file"
    assert say.template("not read: it is a link") == "not read: {reason:said}"


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("ru", "looked for and not found: title of the lectures", "искалось и не найдено: в лекциях: название"),
        ("kk", "looked for and not found: lecture 3, 4", "ізделді, бірақ табылмады: 3, 4-дәріс"),
        ("ru", "left out: b.docx: encrypted with a password; save it without a password",
         "не взято: b.docx: зашифрован паролем; сохраните без пароля"),
        ("kk", "findings: 2 warnings, 1 note", "анықталғаны: 2 ескерту, 1 мәлімет"),
        ("ru", "«Topic» was read as lecture, by words and shape (9); it may be seminar",
         "«Topic» прочитано как: лекция, по признаку: слова и строение текста (9); возможно, это семинар"),
    ],
)  # fmt: skip
def test_messages_in_messages_are_said(language: str, text: str, told: str) -> None:
    assert messages.of(language)(text) == told


def test_a_finding_in_one_line() -> None:
    found = note("outline-not-found", "looked for and not found: lectures", Place("a.pptx", slide=3), "rename the file")
    assert (
        str(found)
        == "a.pptx (slide 3): note: looked for and not found: lectures [outline-not-found] -> rename the file"
    )
    assert messages.of("kk").finding(found) == (
        "a.pptx (3-слайд): мәлімет: ізделді, бірақ табылмады: дәрістер [outline-not-found] -> файлдың атын өзгертіңіз"
    )
    assert messages.of("ru").finding(found) == (
        "a.pptx (слайд 3): заметка: искалось и не найдено: лекции [outline-not-found] -> переименуйте файл"
    )
    assert messages.of("en").finding(found) == str(found)


def test_an_error_in_one_line() -> None:
    problem = CoursepackError("exists already", Place("a.txt", 3), "rename the file")
    assert messages.of("ru").error(problem) == "a.txt:3: уже есть; переименуйте файл"
    assert messages.of("en").error(problem) == str(problem)


@pytest.mark.parametrize(
    ("text", "en", "ru"),
    [
        ("1 weeks", "1 week", "1 неделя"),
        ("2 weeks", "2 weeks", "2 недели"),
        ("11 weeks", "11 weeks", "11 недель"),
        ("21 weeks", "21 weeks", "21 неделя"),
        ("1 week", "1 week", "1 неделя"),
        ("findings: 1 warnings, 5 notes", "findings: 1 warning, 5 notes", "замечания: 1 предупреждение, 5 заметок"),
        # the number that counts, not the first or the last
        (
            "a row of 1 columns in a table of 3",
            "a row of 1 column in a table of 3",
            "строка из 1 столбца в таблице из 3",
        ),
        (
            "a row of 3 columns in a table of 1",
            "a row of 3 columns in a table of 1",
            "строка из 3 столбцов в таблице из 1",
        ),
    ],
)
def test_numbers_take_the_right_form(text: str, en: str, ru: str) -> None:
    assert (messages.of("en")(text), messages.of("ru")(text)) == (en, ru)


def test_the_field_that_counts() -> None:
    assert messages.counted_field("there is {a} file in {b}", "there are {a} files in {b}") == "a"
    assert messages.counted_field("{a} of {b} file", "{a} of {b} files") == "b"


def test_findings_stay_english() -> None:
    found = warning("code", "no such file")
    messages.of("kk").finding(found)
    assert found == Finding(Severity.WARNING, "code", "no such file")


def test_a_language_without_a_catalogue_is_answered_in_english() -> None:
    assert messages.of("de")("no such file") == "no such file"
    assert messages.spoken() == ("en", "kk", "ru")


def test_many_messages_are_told_quickly() -> None:
    """Messages are looked up by their first word; a thousand different ones take well under a second."""
    import time

    say: Callable[[str], str] = Messages("ru")
    start = time.process_time()
    for number in range(1000):
        say(f"question {number} has no text and is left out")
        say(f"{number} × a sentence of nobody that no catalogue holds")
    assert time.process_time() - start < 4
