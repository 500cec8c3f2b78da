"""The parts of a bank in the making: a question with its stem, answers to choose from, key lines and feedback."""

from __future__ import annotations

from dataclasses import dataclass, field

from coursepack.outline.bank.lines import BankLine


@dataclass(frozen=True, slots=True)
class Score:
    """What an answer is worth, a number or a share of a hundred, and the letters of its text that say so."""

    start: int
    end: int
    value: float
    percent: bool


@dataclass(slots=True)
class DraftOption:
    """An answer to choose from: letters ``start`` to ``end`` of a line, and lines that go on with it. ``kind`` is what
    told it: ``letter``, ``tag``, ``sign``, ``inline``, ``beside``, ``number``, ``deeper``, ``bullet`` or ``below``;
    ``begins`` is where its number begins, of those ``beside`` one another; ``score`` what it says that it is worth."""

    line: BankLine
    kind: str
    label: str = ""
    start: int = 0
    end: int | None = None
    more: list[BankLine] = field(default_factory=list)
    begins: int = 0
    score: Score | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it is a letter alone, whose answer stands on the next line."""
        return not (self.more or self.line.text[self.start :].strip() or self.line.piece.content)


@dataclass(slots=True)
class DraftQuestion:
    """A question in the making. ``lead`` is the line it begins with, ``said`` the key lines with what they state,
    ``answer`` lines of an answer below an empty key line, ``behind`` what stands behind a key or goes on with a
    feedback, ``path`` the headings that it stands under; ``stated``: those around it state their answers in words, so
    that none are to be chosen; ``bracketed``: the letter of its answer stands in brackets at the end of its stem;
    ``led``: where the text behind the sign begins that most questions begin with, ``label``: the line with a label that
    most questions begin with, and where the text behind it begins; ``mark``: what
    its parts are worth together, ``over``: how much of the stem stands above a label of the answers to choose from;
    ``weighed``: where it says what it is worth (``stem``, ``answer``, ``below``) and
    whether in a number alone; ``is_blank``: its answer is to be written on a line, «Answer: ____»; ``above``: the lines
    that it needs and shares with others."""

    lead: BankLine
    number: int | None = None
    stem: list[BankLine] = field(default_factory=list)
    options: list[DraftOption] = field(default_factory=list)
    said: list[tuple[BankLine, str]] = field(default_factory=list)
    answer: list[BankLine] = field(default_factory=list)
    feedback: list[BankLine] = field(default_factory=list)
    behind: list[BankLine] = field(default_factory=list)
    path: tuple[str, ...] = ()
    stated: bool = False
    bracketed: bool = False
    led: int = 0
    label: tuple[BankLine, int] | None = None
    mark: float | None = None
    weighed: tuple[str, bool] = ("", False)
    over: int = 0
    is_blank: bool = False
    above: list[BankLine] = field(default_factory=list)

    @property
    def closed(self) -> bool:
        """Whether answers or a key stand there: further lines ask anew."""
        return bool(self.options or self.said)

    @property
    def texts(self) -> list[BankLine]:
        return [line for line in self.stem if line.is_text]


@dataclass(slots=True)
class Read:
    """A bank in parts: its questions, ``heads`` (lines that name what follows), ``keys`` (lists of keys between
    questions, with the number of questions before each), ``front`` (what stands before the first), ``strays``,
    ``named`` (lines with the key of the question that they name, with the place of the question above each),
    ``repeated`` (lines that stand under most questions and say nothing of one)."""

    items: list[DraftQuestion] = field(default_factory=list)
    heads: list[BankLine] = field(default_factory=list)
    keys: list[tuple[int, BankLine]] = field(default_factory=list)
    named: list[tuple[int, BankLine]] = field(default_factory=list)
    front: list[BankLine] = field(default_factory=list)
    strays: list[BankLine] = field(default_factory=list)
    repeated: list[BankLine] = field(default_factory=list)
