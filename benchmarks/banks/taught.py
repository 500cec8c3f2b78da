"""Arrangements of teachers' own documents: keys beside the test (in comments, in boxes of a form, by a line through
wrong answers, by ranges), answers in the cells of a row, a text over several questions, exports of test programs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from benchmarks.banks.content import Asked
from benchmarks.banks.files import Line
from benchmarks.banks.shapes import Form, Made, titled

_SENTENCES = {
    "ru": "Правильный ответ – под буквой {l}.",
    "kk": "Дұрыс жауап: {l} нұсқасы",
    "en": "The correct answer is option {l}.",
}
_SHARED = {
    "ru": "Прочитайте текст и выполните задания {a}–{b}.",
    "kk": "Мәтінді оқып, {a}–{b}-тапсырмаларды орындаңыз.",
    "en": "Read the text and answer questions {a}–{b}.",
}
_FORM = {
    "ru": ("* Обязательно", "Отметьте только один овал."),
    "en": ("* Indicates required question", "Mark only one oval."),
    "kk": ("* Міндетті", "Тек бір сопақшаны белгілеңіз."),
}


def _stem(form: Form, n: int, one: Asked) -> Line:
    return Line(one.stem, form.number(n), apart=True)


def _lettered(form: Form, one: Asked) -> list[str]:
    return [f"{form.words.letters[at]}) {text}" for at, text in enumerate(one.answers)]


def cells_of_a_row(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """Answers with letters in the cells of a row below each question."""
    page = titled(title, level=level)
    for n, one in enumerate(bank, 1):
        page.add(_stem(form, n, one), [_lettered(form, one)], Line(f"{form.words.answer}: {form.name(one.right)}"))
    return Made(page, list(bank))


def letters_over_answers(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A row of letters over a row of answers below each question, the keys behind all."""
    page, letters = titled(title, level=level), form.words.letters
    for n, one in enumerate(bank, 1):
        page.add(_stem(form, n, one), [list(letters[: len(one.answers)]), list(one.answers)])
    page.add(Line(f"{form.words.keys}: " + ", ".join(f"{n}-{letters[one.right]}" for n, one in enumerate(bank, 1))))
    return Made(page, list(bank))


def keys_by_range(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """«1-5: ABCDA», «6-12: …» behind all questions."""
    page, half = titled(title, level=level), len(bank) // 2
    page.add(*replace(form, keys="none").of(bank), Line(f"{form.words.keys}:", apart=True))
    names = [form.name(one.right) for one in bank]
    between = "" if form.numbers == "dot" else ", "
    page.add(Line(f"1-{half}: {between.join(names[:half])}"))
    page.add(Line(f"{half + 1}-{len(bank)}: {between.join(names[half:])}"))
    return Made(page, list(bank))


def looking(look: Callable[[Line, bool], Line]) -> Callable[[Form, str, Sequence[Asked], int], Made]:
    """Answers with letters of which ``look`` shows whether each is right."""

    def made(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
        page = titled(title, level=level)
        for n, one in enumerate(bank, 1):
            answers = (Line(text, f"{form.words.letters[at]}) ") for at, text in enumerate(one.answers))
            page.add(_stem(form, n, one), *(look(line, at == one.right) for at, line in enumerate(answers)))
        return Made(page, list(bank))

    return made


def _struck(line: Line, right: bool) -> Line:
    return line if right else replace(line, look="strike")


def _letter(line: Line, right: bool) -> Line:
    return replace(line, label_look="red") if right else line


def _boxed(line: Line, right: bool) -> Line:
    return replace(line, label="", box="on" if right else "off")


def commented(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A comment on the right answer, or on each question with the letter of its answer."""
    page, words = titled(title, level=level), form.words
    for n, one in enumerate(bank, 1):
        on_stem = form.numbers == "word"
        said = f"{words.answer}: {words.letters[one.right]}" if on_stem else ""
        page.add(replace(_stem(form, n, one), comment=said))
        for at, text in enumerate(one.answers):
            told = "" if on_stem or at != one.right else words.right
            page.add(Line(text, f"{words.letters[at]}) ", comment=told))
    return Made(page, list(bank))


def two_words(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """«Жауабы / Ответ: B»."""
    page = titled(title, level=level)
    for n, one in enumerate(bank, 1):
        page.add(*replace(form, keys="none").question(n, one))
        page.add(Line(f"Жауабы / Ответ: {form.name(one.right)}"))
    return Made(page, list(bank))


def in_a_sentence(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A sentence below each question that says which answer is right."""
    page = titled(title, level=level)
    for n, one in enumerate(bank, 1):
        page.add(*replace(form, keys="none").question(n, one))
        page.add(Line(_SENTENCES[form.words.code].format(l=form.name(one.right))))
    return Made(page, list(bank))


def shared_text(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A text over each four questions, which goes with each of them."""
    page, words = titled(title, level=level), form.words
    asked: list[Asked] = []
    for first in range(0, len(bank), 4):
        part = bank[first : first + 4]
        over = _SHARED[words.code].format(a=first + 1, b=first + len(part))
        text = words.prose[first // 4 % len(words.prose)]
        page.add(Line(over, apart=True), Line(text))
        page.add(*replace(form, keys="line").of(part, first + 1))
        asked += [Asked(f"{over}\n{text}\n{one.stem}", one.answers, one.right) for one in part]
    return Made(page, asked)


def side_by_side(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """Half of the questions in each cell of a table of one row, the keys behind it."""
    page, half, words = titled(title, level=level), len(bank) // 2, form.words
    cells = []
    for first, part in ((1, bank[:half]), (half + 1, bank[half:])):
        lines = [[f"{n}. {one.stem}", *_lettered(form, one)] for n, one in enumerate(part, first)]
        cells.append("\n".join(text for each in lines for text in each))
    page.add([cells])
    page.add(Line(f"{words.keys}: " + " ".join(f"{n}{words.letters[one.right]}" for n, one in enumerate(bank, 1))))
    return Made(page, list(bank))


def my_test(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """The text of a test program: «Задание #1», «Вопрос:», «1) + …», «2) - …»."""
    page = titled(title, level=level)
    for n, one in enumerate(bank, 1):
        page.add(Line(f"Задание #{n}", apart=True), Line("Вопрос:"), Line(one.stem))
        page.add(Line(f"Выберите один из {len(one.answers)} вариантов ответа:", apart=True))
        signs = ("+" if at == one.right else "-" for at, _ in enumerate(one.answers))
        page.add(
            *(Line(text, f"{at}) {sign} ") for at, (text, sign) in enumerate(zip(one.answers, signs, strict=True), 1))
        )
    return Made(page, list(bank))


def question_sign(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """«? …» over «+ …», «- …»."""
    page = titled(title, level=level)
    for one in bank:
        page.add(Line(one.stem, "? ", apart=True))
        page.add(*(Line(text, "+ " if at == one.right else "- ") for at, text in enumerate(one.answers)))
    return Made(page, list(bank))


def web_form(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """The print of a web form whose right answers somebody ticked."""
    page, (required, told) = titled(title, level=level), _FORM[form.words.code]
    page.add(Line(required))
    for n, one in enumerate(bank, 1):
        page.add(Line(f"{one.stem} *", f"{n}. ", apart=True), Line(told))
        page.add(*(Line(text, "✓ " if at == one.right else "◯ ") for at, text in enumerate(one.answers)))
    return Made(page, list(bank))


def heads_with_words(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A table of keys behind all questions whose heads name them: «Question 1.»."""
    page, words = titled(title, level=level), form.words
    page.add(*replace(form, keys="none").of(bank), Line(words.keys, apart=True))
    for part in (range(len(bank) // 2), range(len(bank) // 2, len(bank))):
        page.add([[words.question_numbered.format(n=n + 1) for n in part], [form.name(bank[n].right) for n in part]])
    return Made(page, list(bank))


SHAPES: dict[str, Callable[[Form, str, Sequence[Asked], int], Made]] = {
    "cells of a row": cells_of_a_row,
    "letters over answers": letters_over_answers,
    "keys by range": keys_by_range,
    "struck": looking(_struck),
    "letter alone": looking(_letter),
    "boxes of a form": looking(_boxed),
    "commented": commented,
    "two words for keys": two_words,
    "in a sentence": in_a_sentence,
    "shared text": shared_text,
    "side by side": side_by_side,
    "my test": my_test,
    "question sign": question_sign,
    "web form": web_form,
    "heads with words": heads_with_words,
}
TABLES = frozenset({"cells of a row", "letters over answers", "side by side", "heads with words"})
"""Arrangements that a text without tables cannot show."""
SHOWN = {
    "struck": frozenset({"docx", "odt", "html"}),
    "letter alone": frozenset({"docx", "odt", "html"}),
    "boxes of a form": frozenset({"docx"}),
    "commented": frozenset({"docx"}),
    "my test": frozenset({"txt", "docx", "odt"}),
    "question sign": frozenset({"txt", "docx", "odt", "html"}),
    "web form": frozenset({"txt", "docx", "odt", "html"}),
}
"""The formats that can show an arrangement."""
SAID = {
    "two words for keys": ("kk", "ru"),
    "in a sentence": tuple(_SENTENCES),
    "shared text": tuple(_SHARED),
    "my test": ("ru",),
    "web form": tuple(_FORM),
}
"""The languages that it is written in."""
