"""What the banks ask, in several languages, and the words around their questions (content.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import msgspec


class Asked(msgspec.Struct, frozen=True):
    """A question: what it asks, its answers (none: it is open), which of them is right, -1 where nobody says it."""

    stem: str
    answers: tuple[str, ...] = ()
    right: int = -1


class _Entry(msgspec.Struct, frozen=True):
    q: str
    a: tuple[str, ...] = ()


class Words(msgspec.Struct, frozen=True):
    """The words of a language; «{n}» stands for a number, «{l}» for a letter, «{t}» for a title."""

    code: str
    letters: str
    test_titles: tuple[str, ...]
    open_titles: tuple[str, ...]
    file_names: tuple[str, ...]
    variant: str
    part: str
    ticket: str
    question: str
    question_numbered: str
    answer: str
    right_answer: str
    keys: str
    keys_file: str
    lecture: str
    quiz: tuple[str, ...]
    option_head: str
    number: str
    lecture_titles: tuple[str, ...]
    prose: tuple[str, ...]
    right: str
    comment: str
    task: str
    reason: str
    topic: str
    told_to: str
    match: str
    pairs: tuple[tuple[str, str], ...]
    judge: str
    true: str
    asked: tuple[_Entry, ...]
    open: tuple[_Entry, ...]

    def choices(self) -> list[Asked]:
        """The questions with answers to choose from; the right one stands at another place in each."""
        made = []
        for at, one in enumerate(self.asked):
            right = (at * 3 + 1) % len(one.a)
            others = one.a[1:]
            made.append(Asked(one.q, (*others[:right], one.a[0], *others[right:]), right))
        return made

    def opens(self) -> list[Asked]:
        """The questions without answers."""
        return [Asked(one.q) for one in self.open]


@cache
def words(language: str) -> Words:
    """The words of a language: its code in content.toml."""
    text = resources.files(__package__).joinpath("content.toml").read_text("utf-8")
    return msgspec.convert({**tomllib.loads(text)[language], "code": language}, Words)


LANGUAGES = ("kk", "ru", "en", "fr", "de")
