"""Further arrangements of banks: lists of Word, tables below questions, types beside one another, keys of variants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import msgspec

from benchmarks.banks.content import Asked
from benchmarks.banks.files import Line
from benchmarks.banks.shapes import Form, Made, titled


def stems(bank: Sequence[Asked], form: Form) -> list[Asked]:
    """The questions with longer stems: behind each line break a further paragraph."""
    words = form.words
    more = {
        "two": (words.prose[1].split(". ")[0] + ".",),
        "told to": (words.told_to,),
        "code": ("x = 3", "for i in range(x):", "    print(i * 2)"),
        "statements": tuple(
            f"{roman}. {one.q}" for roman, one in zip(("I", "II", "III"), words.open[3:], strict=False)
        ),
    }
    behind = more.get(form.stems, ())
    return [msgspec.structs.replace(one, stem="\n".join((one.stem, *behind))) for one in bank]


def _leveled(count: str) -> Callable[[Form, str, Sequence[Asked], int], Made]:
    def made(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
        page = titled(title, level=level)
        for n, one in enumerate(bank, 1):
            page.add(Line(one.stem, deep=1, count=count, at=n, apart=True))
            for at, text in enumerate(one.answers):
                look = "bold" if at == one.right else ""
                page.add(Line(text, look=look, deep=2, count=count, at=at + 1))
        return Made(page, list(bank))

    return made


def letter_rows(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A table of two columns: number and question, below it letter and answer."""
    page = titled(title, level=level)
    rows = []
    for n, one in enumerate(bank, 1):
        rows.append([f"{n}.", one.stem])
        rows += [[f"{form.words.letters[at]})", text] for at, text in enumerate(one.answers)]
    page.add(rows)
    return Made(page, [Asked(one.stem, one.answers) for one in bank])


def marked_rows(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """The same with a third column, a plus in the row of the right answer."""
    page = titled(title, level=level)
    rows = []
    for n, one in enumerate(bank, 1):
        rows.append([f"{n}", one.stem, ""])
        rows += [[form.words.letters[at], text, "+" if at == one.right else ""] for at, text in enumerate(one.answers)]
    page.add(rows)
    return Made(page, list(bank))


def answers_table(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A table of two rows with the answers below each question."""
    page = titled(title, level=level)
    for n, one in enumerate(bank, 1):
        cells = [f"{form.words.letters[at]}) {text}" for at, text in enumerate(one.answers)]
        page.add(*form.opened(n, one), [cells[:2], cells[2:]])
    return Made(page, [Asked(one.stem, one.answers) for one in bank])


def answers_row(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A table of one row with the answers, a key line below."""
    page = titled(title, level=level)
    for n, one in enumerate(bank, 1):
        cells = [f"{form.words.letters[at]}) {text}" for at, text in enumerate(one.answers)]
        page.add(*form.opened(n, one), [cells])
        page.add(Line(f"{form.words.answer}: {form.words.letters[one.right]}"))
    return Made(page, list(bank))


def answer_column(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A table of questions and their answers."""
    page, words = titled(title, level=level), form.words
    page.add([[words.number, words.question, words.answer]])
    table = page.items[-1]
    assert isinstance(table, list)
    table += [[str(n), one.stem, one.answers[one.right]] for n, one in enumerate(bank, 1)]
    return Made(page, [Asked(one.stem, (one.answers[one.right],), 0) for one in bank])


def mixed(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """Answers to choose from, short answers, numbers, statements to judge and pairs, with their keys."""
    page, words = titled(title, level=level), form.words
    made: list[Asked] = []
    for n, one in enumerate(bank, 1):
        match n % 4:
            case 0:
                page.add(*form.opened(n, one), Line(f"{words.answer}: {one.answers[one.right]}"))
                made.append(Asked(one.stem, (one.answers[one.right],), 0))
            case 2 if n == 2:
                page.add(*form.opened(n, Asked(words.match)))
                page.add(*(Line(left, f"{at}) ") for at, (left, _) in enumerate(words.pairs, 1)))
                turned = (2, 0, 1)
                page.add(*(Line(words.pairs[at][1], f"{words.letters[k]}) ") for k, at in enumerate(turned)))
                key = ", ".join(f"{at + 1}-{words.letters[turned.index(at)]}" for at in range(3))
                page.add(Line(f"{words.answer}: {key}"))
                made.append(Asked(words.match, tuple(sorted(f"{a}={b}" for a, b in words.pairs)), 0))
            case 3 if n == 3:
                page.add(*form.opened(n, Asked(words.judge)), Line(f"{words.answer}: {words.true}"))
                made.append(Asked(words.judge, ("True",), 0))
            case _:
                page.add(*replace(form, keys="line").question(n, one))
                made.append(one)
    return Made(page, made)


def essays_inside(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A test with a question to write on behind each five."""
    page, opened = titled(title, level=level), form.words.opens()
    made: list[Asked] = []
    for n, one in enumerate(bank):
        made.append(one)
        if n % 5 == 4:
            made.append(opened[n // 5 + 4])
    for n, one in enumerate(made, 1):
        page.add(*(form.question(n, one) if one.answers else form.opened(n, one)))
    return Made(page, made)


def topics(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """Topics as headings between questions whose numbers go on."""
    page, words = titled(title, level=level), form.words
    below = min(level + 1, 6) if level else 0
    for n in range(3):
        name = words.topic.format(n=n + 1, t=words.lecture_titles[n % 2])
        page.add(Line(name, level=below, apart=True), *form.of(bank[4 * n : 4 * n + 4], 4 * n + 1))
    page.add(*form.behind(bank))
    return Made(page, list(bank))


def topics_anew(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """The same, with numbers that begin anew below each."""
    page, words = titled(title, level=level), form.words
    below = min(level + 1, 6) if level else 0
    for n in range(3):
        name = words.topic.format(n=n + 1, t=words.lecture_titles[n % 2])
        part = bank[4 * n : 4 * n + 4]
        page.add(Line(name, level=below, apart=True), *form.of(part), *form.behind(part))
    return Made(page, list(bank))


def explained(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A comment below each key."""
    page, words = titled(title, level=level), form.words
    for n, one in enumerate(bank, 1):
        page.add(*form.question(n, one), Line(f"{words.comment}: {words.prose[n % 3].split('. ')[0]}."))
    return Made(page, list(bank))


def keys_of_variants(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """Three variants whose keys all stand at the end, as lists below their names, on one line each, or in a table."""
    page, words, size = titled(title, level=level), form.words, len(bank) // 3
    parts = [bank[at : at + size] for at in range(0, size * 3, size)]
    below = min(level + 1, 6) if level else 0
    heads = [words.variant.format(n=n) for n in range(1, 4)]
    for head, part in zip(heads, parts, strict=True):
        page.add(Line(head, level=below, apart=True), *replace(form, keys="none").of(part))
    page.add(Line(words.keys, level=below, apart=True))
    named = [[form.name(one.right) for one in part] for part in parts]
    match form.keys:
        case "list":
            for head, names in zip(heads, named, strict=True):
                page.add(Line(f"{head}: " + ", ".join(f"{n}-{name}" for n, name in enumerate(names, 1))))
        case "rows":
            for head, names in zip(heads, named, strict=True):
                page.add(Line(head, apart=True), *(Line(f"{n}) {name}") for n, name in enumerate(names, 1)))
        case _:
            rows = [["", *map(str, range(1, size + 1))]]
            page.add(rows + [[head, *names] for head, names in zip(heads, named, strict=True)])
    return Made(page, [one for part in parts for one in part])


SHAPES: dict[str, Callable[[Form, str, Sequence[Asked], int], Made]] = {
    "list levels": _leveled("letter"),
    "list numbers": _leveled("number"),
    "list bullets": _leveled("disc"),
    "letter rows": letter_rows,
    "marked rows": marked_rows,
    "answers table": answers_table,
    "answers row": answers_row,
    "answer column": answer_column,
    "mixed": mixed,
    "essays inside": essays_inside,
    "topics": topics,
    "topics anew": topics_anew,
    "explained": explained,
    "keys of variants": keys_of_variants,
}
CHOSEN = ("essays inside", "topics", "topics anew", "explained")
"""Those that differ by options, numbers and keys."""
LISTS = frozenset({"list levels", "list numbers", "list bullets"})
TABLES = frozenset({"letter rows", "marked rows", "answers table", "answers row", "answer column"})
