"""Arrangements that no letter or number tells: two languages beside one another, keys in tables, forms of programs.

Each is what lecturers have in hand: assessment funds with a reason below each key, exports of test programs and of web
forms, sheets in which a question takes several rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from benchmarks.banks.content import Asked, Words, words
from benchmarks.banks.files import Line
from benchmarks.banks.shapes import Form, Made, titled

_ROMANS = ("i", "ii", "iii", "iv")


def keys_in_blocks(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """Keys at the end in a table of number and answer twice beside one another."""
    page, words_ = titled(title, level=level), form.words
    page.add(*replace(form, keys="none").of(bank), Line(f"{words_.keys}", apart=True))
    half = len(bank) // 2
    names = [form.name(one.right) for one in bank]
    rows = [[words_.number, words_.answer] * 2]
    page.add(rows + [[str(n + 1), names[n], str(n + half + 1), names[n + half]] for n in range(half)])
    return Made(page, list(bank))


def keys_in_rows(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """Keys at the end in a table of numbers over answers that is folded once."""
    page, half = titled(title, level=level), len(bank) // 2
    names = [form.name(one.right) for one in bank]
    numbers = [str(n) for n, _ in enumerate(bank, 1)]
    page.add(*replace(form, keys="none").of(bank), Line(form.words.keys, apart=True))
    page.add([numbers[:half], names[:half], numbers[half:], names[half:]])
    return Made(page, list(bank))


def reasoned(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """«Task 1. Choose one answer», the question, answers by number, «Answer: 2», «Reason: …»."""
    page, words_ = titled(title, level=level), form.words
    for n, one in enumerate(bank, 1):
        page.add(Line(words_.told_to, f"{words_.task.format(n=n)} ", apart=True), Line(one.stem))
        page.add(*(Line(text, f"{at}) ") for at, text in enumerate(one.answers, 1)))
        page.add(
            Line(f"{words_.answer}: {one.right + 1}"), Line(f"{words_.reason}: {words_.prose[n % 3].split('. ')[0]}.")
        )
    return Made(page, [Asked(f"{words_.told_to}\n{one.stem}", one.answers, one.right) for one in bank])


def bilingual(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A table of two columns, each question in two languages beside one another, with its answers and its key."""
    page, other = titled(title, level=level), words("ru" if form.words is words("kk") else "kk")
    others = other.choices()[: len(bank)]
    rows = [[form.words.question, other.question]]
    for n, pair in enumerate(zip(bank, others, strict=False), 1):
        rows.append(["\n".join(_whole(n, one, said)) for one, said in zip(pair, (form.words, other), strict=True)])
    page.add(rows)
    return Made(page, list(bank))  # the other language is that of another edition


def _whole(n: int, one: Asked, said: Words) -> list[str]:
    below = [f"{said.letters[at]}) {text}" for at, text in enumerate(one.answers)]
    return [f"{n}. {one.stem}", *below, f"{said.right_answer}: {said.letters[one.right]}"]


def variants_beside(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A table of two columns, a variant in each."""
    page, half = titled(title, level=level), len(bank) // 2
    plain = replace(form, keys="none", options="upper")
    cells = [
        "\n".join(line.label + line.text for line in plain.of(part)) for part in (bank[:half], bank[half : 2 * half])
    ]
    page.add([[form.words.variant.format(n=n) for n in (1, 2)], cells])
    return Made(page, [Asked(one.stem, one.answers) for one in bank])


def answer_in_words(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A table of number, question, answers below one another in a cell, and the right one in words."""
    page, words_ = titled(title, level=level), form.words
    head = [words_.number, words_.question, words_.option_head, words_.right_answer]
    rows = [[str(n), one.stem, "\n".join(one.answers), one.answers[one.right]] for n, one in enumerate(bank, 1)]
    page.add([head, *rows])
    return Made(page, list(bank))


def rows_of_answers(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A table in which a question takes as many rows as it has answers, a sign beside the right one."""
    page, words_ = titled(title, level=level), form.words
    rows = [[words_.number, words_.question, words_.option_head, words_.answer]]
    for n, one in enumerate(bank, 1):
        for at, text in enumerate(one.answers):
            rows.append([*([str(n), one.stem] if not at else ["", ""]), text, "+" if at == one.right else ""])
    page.add(rows)
    return Made(page, list(bank))


def judged(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """Statements to judge, «+» and «–» by number behind all."""
    page, words_ = titled(title, level=level), form.words
    said = [one.right if at % 3 else (one.right + 1) % len(one.answers) for at, one in enumerate(bank)]
    told = [
        (f"{one.stem.rstrip('?: ')} — {one.answers[at]}.", at == one.right) for one, at in zip(bank, said, strict=True)
    ]
    page.add(*(Line(text, form.number(n)) for n, (text, _) in enumerate(told, 1)))
    page.add(Line(f"{words_.keys}:", apart=True))
    page.add(Line(", ".join(f"{n}{'+' if true else '-'}" for n, (_, true) in enumerate(told, 1))))
    return Made(page, [Asked(text, (str(true),), 0) for text, true in told])


def labelled_options(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """«Answers: a) …; b) …; c) …; d) ….» on a line of its own, «Answer – b» below."""
    page, words_ = titled(title, level=level), form.words
    for n, one in enumerate(bank, 1):
        answers = "; ".join(f"{words_.letters[at].lower()}) {text}" for at, text in enumerate(one.answers))
        page.add(Line(one.stem, form.number(n), apart=True), Line(f"{words_.option_head}: {answers}."))
        page.add(Line(f"{words_.right_answer} – {words_.letters[one.right].lower()}"))
    return Made(page, list(bank))


def scores(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """«100% …» and «0% …» before the answers."""
    page = titled(title, level=level)
    for n, one in enumerate(bank, 1):
        page.add(Line(one.stem, form.number(n), apart=True))
        page.add(*(Line(text, f"{100 * (at == one.right)}% ") for at, text in enumerate(one.answers)))
    return Made(page, list(bank))


def pairs_in_a_table(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A test in which every fourth question is a table of two columns to match."""
    page, words_ = titled(title, level=level), form.words
    made, n = [], 0
    turned = (2, 0, 1)
    for at, one in enumerate(bank):
        n += 1
        page.add(*replace(form, keys="line").question(n, one))
        made.append(one)
        if at in {3, 7}:
            n += 1
            stem = words_.match if at == 3 else f"{words_.match.rstrip(':')} (2):"
            page.add(*form.opened(n, Asked(stem)))
            page.add(
                [
                    [f"{k + 1}) {words_.pairs[k][0]}", f"{words_.letters[k]}) {words_.pairs[turned[k]][1]}"]
                    for k in range(3)
                ]
            )
            key = ", ".join(f"{k + 1}-{words_.letters[turned.index(k)]}" for k in range(3))
            page.add(Line(f"{words_.answer}: {key}"))
            made.append(Asked(stem, tuple(sorted(f"{a}={b}" for a, b in words_.pairs)), 0))
    return Made(page, made)


def in_one_paragraph(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """Question and answers in one paragraph with line breaks, a key line below."""
    page = titled(title, level=level)
    for n, one in enumerate(bank, 1):
        below = [f"{form.words.letters[at]}) {text}" for at, text in enumerate(one.answers)]
        page.add(Line("\n".join([one.stem, *below]), form.number(n), apart=True))
        page.add(Line(f"{form.words.answer}: {form.words.letters[one.right]}"))
    return Made(page, list(bank))


def signed(sign: str, right: str, wrong: str) -> Callable[[Form, str, Sequence[Asked], int], Made]:
    """A sign before each question, signs before its answers: the text of test programs."""

    def made(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
        page = titled(title, level=level)
        for n, one in enumerate(bank, 1):
            page.add(Line(one.stem, sign or form.number(n), apart=True))
            page.add(*(Line(text, right if at == one.right else wrong) for at, text in enumerate(one.answers)))
        return Made(page, list(bank))

    return made


def numbered_answers(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """«1. …» over «1) …», «2) …», the number of the right one in a key line or behind all."""
    page, words_ = titled(title, level=level), form.words
    for n, one in enumerate(bank, 1):
        page.add(
            Line(one.stem, f"{n}. ", apart=True), *(Line(text, f"{at}) ") for at, text in enumerate(one.answers, 1))
        )
        if form.numbers != "word":
            page.add(Line(f"{words_.answer}: {one.right + 1}"))
    if form.numbers == "word":
        page.add(
            Line(words_.keys, apart=True), Line("; ".join(f"{n} – {one.right + 1}" for n, one in enumerate(bank, 1)))
        )
    return Made(page, list(bank))


def roman_answers(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """Answers by small Roman numbers, one of which the key names."""
    page = titled(title, level=level)
    for n, one in enumerate(bank, 1):
        page.add(Line(one.stem, form.number(n), apart=True))
        page.add(*(Line(text, f"{_ROMANS[at]}) ") for at, text in enumerate(one.answers)))
        page.add(Line(f"{form.words.answer}: {_ROMANS[one.right]}"))
    return Made(page, list(bank))


def in_brackets(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """«(a) …» with the letter of the right one in brackets as well."""
    page, letters = titled(title, level=level), form.words.letters.lower()
    for n, one in enumerate(bank, 1):
        page.add(Line(one.stem, form.number(n), apart=True))
        page.add(*(Line(text, f"({letters[at]}) ") for at, text in enumerate(one.answers)))
        page.add(Line(f"{form.words.answer}: ({letters[one.right]})"))
    return Made(page, list(bank))


def of_modules(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """«1.1.», «1.2.», «2.1.» below topics."""
    page, words_, half = titled(title, level=level), form.words, len(bank) // 2
    below = min(level + 1, 6) if level else 0
    for part in range(2):
        page.add(Line(words_.topic.format(n=part + 1, t=words_.lecture_titles[part]), level=below, apart=True))
        for n, one in enumerate(bank[half * part : half * part + half], 1):
            page.add(Line(one.stem, f"{part + 1}.{n}. ", apart=True))
            page.add(*(Line(text, f"{words_.letters[at]}) ") for at, text in enumerate(one.answers)))
            page.add(Line(f"{words_.answer}: {words_.letters[one.right]}"))
    return Made(page, list(bank))


def several(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A test in which every third question has two right answers, «A, C»."""
    page, words_ = titled(title, level=level), form.words
    made = []
    for n, one in enumerate(bank, 1):
        second = (one.right + 2) % len(one.answers)
        names = sorted({one.right, second} if n % 3 == 0 else {one.right})
        page.add(*replace(form, keys="none").question(n, one))
        page.add(Line(f"{words_.answer}: {', '.join(form.name(at) for at in names)}"))
        made.append(Asked(one.stem, one.answers, -2) if len(names) > 1 else one)
    return Made(page, made)


def grid_below_title(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A table whose head stands below two rows of a title, a topic between its rows."""
    page, words_ = titled("", level=level), form.words
    head = [words_.number, words_.question, *words_.letters, words_.answer]
    blank = [""] * (len(head) - 1)
    rows = [[title or words_.test_titles[1], *blank], head]
    for n, one in enumerate(bank, 1):
        if n == 7:
            rows.append([words_.topic.format(n=2, t=words_.lecture_titles[1]), *blank])
        rows.append([str(n), one.stem, *one.answers, words_.letters[one.right]])
    page.add(rows)
    return Made(page, list(bank))


def grid_by_number(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A table without numbers of questions whose key is the number of an answer."""
    page, words_ = titled(title, level=level), form.words
    head = [words_.question, *(words_.variant.format(n=n) for n in range(1, 5)), words_.right_answer]
    page.add([head, *([one.stem, *one.answers, str(one.right + 1)] for one in bank)])
    return Made(page, list(bank))


def grid_in_words(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """The same whose key is the answer itself."""
    page, words_ = titled(title, level=level), form.words
    head = [words_.question, *(f"{words_.answer} {n}" for n in range(1, 5)), words_.right_answer]
    page.add([head, *([one.stem, *one.answers, one.answers[one.right]] for one in bank)])
    return Made(page, list(bank))


SHAPES: dict[str, Callable[[Form, str, Sequence[Asked], int], Made]] = {
    "keys in blocks": keys_in_blocks,
    "keys in rows": keys_in_rows,
    "reasoned": reasoned,
    "bilingual": bilingual,
    "variants beside": variants_beside,
    "answer in words": answer_in_words,
    "rows of answers": rows_of_answers,
    "judged": judged,
    "labelled options": labelled_options,
    "scores": scores,
    "pairs in a table": pairs_in_a_table,
    "one paragraph": in_one_paragraph,
    "plus and minus": signed("", "+ ", "- "),
    "hash": signed("# ", "+ ", "- "),
    "equals and tilde": signed("", "=", "~"),
    "ticks": signed("", "✓ ", "○ "),
    "numbered answers": numbered_answers,
    "roman answers": roman_answers,
    "answers in brackets": in_brackets,
    "of modules": of_modules,
    "several": several,
    "grid below title": grid_below_title,
    "grid by number": grid_by_number,
    "grid in words": grid_in_words,
}
TABLES = frozenset({"bilingual", "variants beside", "answer in words", "rows of answers"})
"""Arrangements that a text without tables cannot show."""
GRIDS = frozenset({"grid below title", "grid by number", "grid in words", "rows of answers"})
"""Those that a sheet can show."""
LETTERED = frozenset({"keys in blocks", "keys in rows", "several", "pairs in a table"})
"""Those whose answers bear letters of several looks."""
ALONE = frozenset({"hash", "plus and minus", "equals and tilde", "ticks"})
"""Those whose signs mean something else in Markdown."""
