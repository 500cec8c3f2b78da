"""The language that the command line speaks: ``--messages``, else the locale's, else English.

It is that of what is printed for a person, never of a product, a report or JSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING

import click

from coursepack.language_folders import SOURCE, counts_one, spoken

if TYPE_CHECKING:
    from coursepack.languages.messages import Messages

OPTION = "--messages"
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The first of them that is set counts (POSIX 1003.1, 8.2)."""
_ADDED = re.compile(r"(?P<help>.*?)(?P<gap>(?:  )?)\[(?P<added>[^\[\]]*)\]", re.DOTALL)
_language: ContextVar[str] = ContextVar("language of messages", default=SOURCE)


def choose(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Speak the language of a call. Told before the call is read: its mistakes are to be said in it, too."""
    language = _asked(arguments)
    _language.set(language if language in spoken() else of_locale(environment))


def _asked(arguments: Sequence[str]) -> str | None:
    for at, argument in enumerate(arguments):
        if argument == OPTION:
            return arguments[at + 1] if at + 1 < len(arguments) else None
        if argument.startswith(f"{OPTION}="):
            return argument.removeprefix(f"{OPTION}=")
    return None


def of_locale(environment: Mapping[str, str]) -> str:
    """The language of a locale («kk_KZ.UTF-8»), where messages are said in it."""
    locale = next((environment[name] for name in _LOCALES if environment.get(name)), "")
    code = locale.partition(".")[0].partition("@")[0].partition("_")[0].lower()
    return code if code in spoken() else SOURCE


def language() -> str:
    """The code of that language."""
    return _language.get()


def say() -> Messages:
    """The messages in that language."""
    from coursepack.languages import messages

    return messages.of(_language.get())


def said(text: object) -> str:
    """A finding, an error or a text in that language."""
    return _sayer(text)(text)


def _sayer(text: object) -> Callable[[object], str]:
    """All is made in English: for it nothing is loaded unless a text counts one."""
    return str if _language.get() == SOURCE and not counts_one(str(text)) else say()


# --- help ------------------------------------------------------------------------------------------------------------


class Formatter(click.HelpFormatter):
    """Writes help in that language. click's own words are in the catalogue as well."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, " ".join(map(said, args.split(" "))), f"{said('Usage')}: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(said(heading))

    def write_text(self, text: str) -> None:
        paragraphs = [" ".join(one.split()) for one in text.split("\n\n")]
        super().write_text("\n\n".join(map(said, paragraphs)))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(name, _row(reported)) for name, reported in rows], col_max, col_spacing)


def _row(reported: str) -> str:
    """The help of an option, and what click adds to it in brackets."""
    found = None if _language.get() == SOURCE or say().has(reported) else _ADDED.fullmatch(reported)
    if found is None:
        return said(reported)
    return f"{said(found['help'])}{found['gap']}[{'; '.join(map(said, found['added'].split('; ')))}]"


class LocalizedContext(click.Context):
    """The context of a command, whose help is in that language."""

    formatter_class = Formatter


def speaking(command: click.Command) -> click.Command:
    """A command (and those below it) whose help is in that language."""
    command.context_class = LocalizedContext
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        speaking(below)
    return command
