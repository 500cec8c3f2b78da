"""The draft of a question bank: questions with stem, options, key lines and feedback."""

from __future__ import annotations

from dataclasses import dataclass, field

from coursepack.model.blocks import Run
from coursepack.outline.bank.lines import BankLine


@dataclass(frozen=True, slots=True)
class Score:
    """The score of an answer, a number or a percentage, and the range of characters of the text that gives it."""

    start: int
    end: int
    value: float
    percent: bool


@dataclass(slots=True)
class DraftOption:
    """An option: characters ``start`` to ``end`` of a line, and ``more`` lines that continue it. ``kind`` is how it was
    recognised: ``letter``, ``tag``, ``sign``, ``inline``, ``beside``, ``number``, ``deeper``, ``bullet`` or ``below``;
    ``begins``: the offset of its number, of options ``beside`` one another on a line; ``score``: as printed with it."""

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
        """Whether it is a letter alone, whose text is on the next line."""
        shown = any(not isinstance(one, Run) for one in self.line.piece.content or ())  # a picture, a formula
        return not (self.more or self.line.text[self.start :].strip() or shown)


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
        """Whether it has options or a key: a further line of text begins a new question."""
        return bool(self.options or self.said)

    @property
    def texts(self) -> list[BankLine]:
        return [line for line in self.stem if line.is_text]


@dataclass(slots=True)
class Read:
    """A bank in parts: its questions (``items``), ``heads`` (heading lines), ``keys`` (lists of keys between questions,
    with the number of questions before each), ``named`` (lines with the key of a question that they name, with the
    index of the question above each), ``front`` (lines before the first question), ``strays``, ``repeated`` (lines
    below most questions that belong to none)."""

    items: list[DraftQuestion] = field(default_factory=list)
    heads: list[BankLine] = field(default_factory=list)
    keys: list[tuple[int, BankLine]] = field(default_factory=list)
    named: list[tuple[int, BankLine]] = field(default_factory=list)
    front: list[BankLine] = field(default_factory=list)
    strays: list[BankLine] = field(default_factory=list)
    repeated: list[BankLine] = field(default_factory=list)
