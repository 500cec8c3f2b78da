"""The shapes in which lecturers write questions: how options are labelled, where keys stand, what is around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from benchmarks.banks.content import Asked, Words
from benchmarks.banks.files import Line, Page

LETTERED = frozenset({"upper", "lower", "dotted", "inline", "tabbed", "two by two", "behind the stem"})
ON_A_LINE = frozenset({"inline", "tabbed", "two by two", "behind the stem"})
"""Options that a key can name by a letter."""
BY_NUMBER = LETTERED | {"digits"}

OPTIONS = ("upper", "lower", "dotted", "inline", "digits", "bullets", "bare", "tabbed", "two by two", "behind the stem")
NUMBERS = ("dot", "bracket", "sign", "word", "none", "alone", "number")
KEYS = (
    *("none", "line", "words", "star", "plus", "bold", "red", "list", "rows", "table", "file"),
    *("underline", "highlight", "behind", "said", "letter and words", "in brackets"),
)
NAMING = frozenset({"line", "list", "rows", "table", "file", "letter and words", "in brackets"})
"""Keys that call an answer by its letter or number."""
MARKED = frozenset({"bold", "red", "underline", "highlight"})
ARRANGEMENTS = (
    "plain",
    "variants",
    "parts",
    "lecture",
    "grid",
    "two columns",
    "labels",
    "open",
    "open variants",
    "a line each",
    "tickets",
)
CHOSEN = ("plain", "variants", "parts", "lecture")
"""The arrangements that differ by options and keys."""


def fits(options: str, numbers: str, keys: str) -> bool:
    """Whether somebody would write a bank so: a key by letter needs letters, one behind all needs numbers, and no
    reader could tell bare options from bare questions without any sign."""
    if keys in NAMING and options not in BY_NUMBER:
        return False
    if keys in {"list", "rows", "table", "file"} and numbers == "none":
        return False
    if options in ON_A_LINE and keys in {*MARKED, "behind", "said"}:
        return False
    if keys == "plus" and options in {*ON_A_LINE, "bullets"}:
        return False
    if options == "digits" and numbers in {"dot", "none", "bracket"}:
        return False
    if options == "behind the stem" and (numbers == "none" or keys == "in brackets"):
        return False
    return not (numbers == "none" and options == "bare")


@dataclass(frozen=True)
class Form:
    """How the questions with answers of a bank are written."""

    words: Words
    options: str
    numbers: str
    keys: str
    stems: str = ""

    def question(self, n: int, asked: Asked) -> list[Line]:
        """A question with its answers, and with its key where that stands there."""
        lines = self._stem(n, asked)
        if self.options == "behind the stem":
            last = lines.pop()
            lines.append(replace(last, text=f"{last.text} {self._inline(asked, ' ')[0].text}"))
        elif self.options == "two by two":
            lines += self._by_two(asked)
        elif self.options in ON_A_LINE:
            lines += self._inline(asked, "\t" if self.options == "tabbed" else "   ")
        else:
            lines += [self._answer(at, text, right=at == asked.right) for at, text in enumerate(asked.answers)]
        if self.keys == "line":
            lines.append(Line(f"{self.words.answer}: {self.name(asked.right)}"))
        elif self.keys == "words":
            lines.append(Line(f"{self.words.right_answer}: {asked.answers[asked.right]}"))
        elif self.keys == "letter and words":
            lines.append(Line(f"{self.words.right_answer}: {self.name(asked.right)}) {asked.answers[asked.right]}"))
        return lines

    def _stem(self, n: int, asked: Asked) -> list[Line]:
        """What stands over the answers: the number, on a line of its own or not, and the stem, which ``stems`` makes
        longer. A stem of ``Asked`` has its further lines behind "\\n"."""
        first, *more = asked.stem.split("\n")
        behind = f" ({self.name(asked.right)})" if self.keys == "in brackets" else ""
        if self.numbers == "alone":
            lines = [Line(self.words.question_numbered.format(n=n), apart=True), Line(first)]
        else:
            lines = [Line(first, self.number(n), apart=True)]
        code = self.stems == "code"
        lines += [Line(one, code=code) for one in more]
        return [*lines[:-1], replace(lines[-1], text=lines[-1].text + behind)] if behind else lines

    def opened(self, n: int, asked: Asked) -> list[Line]:
        """A question without answers to choose from."""
        return self._stem(n, asked) if self.keys != "in brackets" else [Line(asked.stem, self.number(n), apart=True)]

    def _by_two(self, asked: Asked) -> list[Line]:
        """Two answers on each line."""
        one = self._inline(asked, "\t")[0].text.split("\t")
        return [Line("\t".join(one[:2])), Line("\t".join(one[2:]))]

    def number(self, n: int) -> str:
        return {
            "dot": f"{n}. ",
            "bracket": f"{n}) ",
            "sign": f"{self.words.number} {n}. ",
            "word": f"{self.words.question_numbered.format(n=n)} ",
            "number": f"{n} ",
            "alone": f"{n}. ",
            "none": "",
        }[self.numbers]

    def name(self, at: int) -> str:
        """What a key calls an answer."""
        if self.options == "digits":
            return str(at + 1)
        letter = self.words.letters[at]
        return letter.lower() if self.options == "lower" else letter

    def _label(self, at: int) -> str:
        match self.options:
            case "dotted" | "two by two":
                return f"{self.name(at)}. "
            case "bullets" | "bare":
                return ""
            case _:
                return f"{self.name(at)}) "

    def _answer(self, at: int, text: str, *, right: bool) -> Line:
        label = self._label(at)
        if self.keys == "star" and right:
            label = f"*{label}"
        elif self.keys == "plus":
            label = f"{'+' if right else '-'}{label}"
        look = self.keys if self.keys in MARKED and right else ""
        if right and self.keys == "behind":
            text += " +"
        if right and self.keys == "said":
            text += f" ({self.words.right})"
        return Line(text, label, look, bullet=self.options == "bullets")

    def _inline(self, asked: Asked, between: str) -> list[Line]:
        starred = self.keys == "star"
        texts = [
            f"{'*' * (starred and at == asked.right)}{self._label(at)}{text}" for at, text in enumerate(asked.answers)
        ]
        return [Line(between.join(texts))]

    def behind(self, bank: Sequence[Asked]) -> list[Line | list[list[str]]]:
        """The keys behind all questions."""
        named = [(n, self.name(one.right)) for n, one in enumerate(bank, 1)]
        head = Line(f"{self.words.keys}:", apart=True)
        match self.keys:
            case "list":
                return [head, Line(", ".join(f"{n}-{name}" for n, name in named))]
            case "rows":
                return [head, *(Line(name, f"{n}. ") for n, name in named)]
            case "table":
                return [head, [[str(n) for n, _ in named], [name for _, name in named]]]
            case _:
                return []

    def of(self, bank: Sequence[Asked], first: int = 1) -> list[Line]:
        return [line for n, one in enumerate(bank, first) for line in self.question(n, one)]

    @property
    def is_keyed(self) -> bool:
        return self.keys != "none"


@dataclass
class Made:
    """A bank as it is written, the keys in a file of their own, and what it asks."""

    page: Page
    asked: list[Asked]
    keys: Page | None = None


def titled(title: str, *, level: int) -> Page:
    """A page that begins with a title, where there is one."""
    return Page([Line(title, level=level)] if title else [])


def plain(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A title, the questions, the keys."""
    page = titled(title, level=level)
    page.add(*form.of(bank), *form.behind(bank))
    keys = None
    if form.keys == "file":
        keys = Page([Line(form.words.keys), *(Line(form.name(one.right), f"{n}. ") for n, one in enumerate(bank, 1))])
    return Made(page, list(bank), keys)


def variants(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """Two variants, each with numbers from one; keys behind each."""
    page, half = titled(title, level=level), len(bank) // 2
    keys = Page([Line(form.words.keys)])
    for n, part in enumerate((bank[:half], bank[half:]), 1):
        head = Line(form.words.variant.format(n=n), level=min(level + 1, 6) if level else 0, apart=True)
        page.add(head, *form.of(part), *form.behind(part))
        keys.add(head, *(Line(form.name(one.right), f"{m}. ") for m, one in enumerate(part, 1)))
    return Made(page, list(bank), keys if form.keys == "file" else None)


def parts(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """Part A with answers, part B with open questions, numbers going on."""
    page, words = titled(title, level=level), form.words
    chosen, opens = list(bank[:6]), words.opens()[:4]
    heads = [
        Line(words.part.format(l=letter), level=min(level + 1, 6) if level else 0, apart=True)
        for letter in words.letters[:2]
    ]
    page.add(heads[0], *form.of(chosen), heads[1])
    page.add(*(line for n, one in enumerate(opens, len(chosen) + 1) for line in form.opened(n, one)))
    page.add(*form.behind(chosen))
    return Made(page, [*chosen, *opens])


def lecture(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A quiz below the text of a lecture."""
    words, bank = form.words, bank[:6]
    page = Page([Line(words.lecture.format(n=1, t=words.lecture_titles[0]), level=max(level, 0), apart=True)])
    page.add(*(Line(text, apart=True) for text in words.prose))
    page.add(Line(title, level=min(level + 1, 6) if level else 0, apart=True), *form.of(bank), *form.behind(bank))
    return Made(page, list(bank))


def grid(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A table, a question a row."""
    page, words = titled(title, level=level), form.words
    head = [words.number, words.question, *words.letters, words.answer]
    page.add([head, *([str(n), one.stem, *one.answers, words.letters[one.right]] for n, one in enumerate(bank, 1))])
    return Made(page, list(bank))


def two_columns(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A table of two columns: the question, its answers."""
    page, words = titled(title, level=level), form.words
    rows = [[words.question, words.option_head]]
    for n, one in enumerate(bank, 1):
        answers = "\n".join(f"{form.words.letters[at]}) {text}" for at, text in enumerate(one.answers))
        rows.append([f"{n}. {one.stem}", answers])
    page.add(rows)
    return Made(page, [Asked(one.stem, one.answers) for one in bank])


def labels(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """«Question: …», «Answer: …», whose answer is a text."""
    page, words = titled(title, level=level), form.words
    for one in bank:
        page.add(Line(one.stem, f"{words.question}: ", apart=True))
        page.add(Line(one.answers[one.right], f"{words.answer}: "))
    return Made(page, [Asked(one.stem, (one.answers[one.right],), 0) for one in bank])


def opens(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """Questions without answers, numbered."""
    page = titled(title, level=level)
    page.add(*(Line(one.stem, form.number(n)) for n, one in enumerate(bank, 1)))
    return Made(page, list(bank))


def open_variants(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A control work: variants of questions without answers."""
    page, half = titled(title, level=level), len(bank) // 2
    for n, part in enumerate((bank[:half], bank[half:]), 1):
        page.add(Line(form.words.variant.format(n=n), level=min(level + 1, 6) if level else 0, apart=True))
        page.add(*(Line(one.stem, form.number(m)) for m, one in enumerate(part, 1)))
    return Made(page, list(bank))


def a_line_each(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """A question a line, no numbers."""
    page = titled(title, level=level)
    page.add(*(Line(one.stem) for one in bank))
    return Made(page, list(bank))


def tickets(form: Form, title: str, bank: Sequence[Asked], level: int) -> Made:
    """Tickets of three questions."""
    page = titled(title, level=level)
    for n in range(len(bank) // 3):
        head = Line(form.words.ticket.format(n=n + 1), level=min(level + 1, 6) if level else 0, apart=True)
        page.add(head, *(Line(one.stem, f"{m}. ") for m, one in enumerate(bank[3 * n : 3 * n + 3], 1)))
    return Made(page, list(bank))


SHAPES: dict[str, Callable[[Form, str, Sequence[Asked], int], Made]] = {
    "plain": plain,
    "variants": variants,
    "parts": parts,
    "lecture": lecture,
    "grid": grid,
    "two columns": two_columns,
    "labels": labels,
    "open": opens,
    "open variants": open_variants,
    "a line each": a_line_each,
    "tickets": tickets,
}
