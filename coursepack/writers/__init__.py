"""Writers: ``Course`` → artifacts and findings; none touches the disk.

A writer is found through the entry-point group ``coursepack.writers``; its value is a ``Writer``. Built-in ones are
found the same way as anybody else's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from coursepack import plugins
from coursepack.files.package import Package
from coursepack.files.resources import templates_dir
from coursepack.model.artifact import Assets, Bank, Written
from coursepack.model.course import DEFAULT_PRACTICE, Course, Practice
from coursepack.model.draws import Draw


class NoOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The options of a writer that has none."""


@dataclass(frozen=True)
class EarlierBuild:
    """A build that an LMS holds already: its course and pictures, its products by format, and the ``number`` of
    the update that is made of it."""

    course: Course
    assets: Assets
    number: int = 1
    products: Mapping[str, Package] = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """What a writer may use beside the course.

    ``options`` is an instance of the writer's options type; ``templates`` the folders to look in, first one first
    (a department's own before ours); ``version`` that of coursepack, for a generator note; ``draw_seed`` etc. are in
    the course's exam. ``exam`` settings of course.toml that are not part of the model come as fields here.
    ``practice``: the practice exam of a course that says nothing of its own.
    ``parallel``: the course's other language editions, for a paper that sets two side by side. ``tables``: the options
    in all tables of course.toml, for a product that holds another one (a paper in a Moodle course). ``earlier``: the
    build that the LMS holds, for a product that brings only what is new.
    """

    assets: Assets = field(default_factory=Assets)
    options: msgspec.Struct = field(default_factory=NoOptions)
    templates: tuple[Path, ...] = field(default_factory=lambda: (templates_dir(),))
    version: str = ""
    questions_per_ticket: int = 3
    tickets: int = 30
    tests_in_tickets: bool = False
    seed: int = 1
    draw: tuple[Draw, ...] = ()
    test_variants: int = 0
    test_questions: int | None = None
    practice: Practice = DEFAULT_PRACTICE
    timezone: str | None = None
    parallel: tuple[Course, ...] = ()
    tables: Mapping[str, msgspec.Struct] = field(default_factory=dict)
    earlier: EarlierBuild | None = None

    def for_writer(self, writer: Writer) -> Context:
        """The same context with the options of another writer."""
        return replace(self, options=self.tables.get(writer.table or "") or writer.options())


@dataclass(frozen=True)
class Writer:
    """One product.

    ``name`` is its format name; ``summary`` one English line for ``coursepack formats``; ``table`` the table of
    course.toml with its ``options``; ``default``: built when no ``--format`` is given; ``write_bank`` writes
    questions without a course (``coursepack convert``).
    """

    name: str
    summary: str
    write: Callable[[Course, Context], Written]
    table: str | None = None
    options: type[msgspec.Struct] = NoOptions
    default: bool = True
    write_bank: Callable[[Bank, Context], Written] | None = None


def names() -> list[str]:
    """The names of all installed writers, sorted."""
    return plugins.names(plugins.WRITERS)


def known(name: str) -> plugins.PluginPoint:
    """Where the writer of that name is. Raises ``CoursepackError`` that lists the known ones."""
    return plugins.point(plugins.WRITERS, name, "format")


def load(name: str) -> Writer:
    """The writer of that name. Raises ``CoursepackError`` that lists the known ones, or names a plugin that fails."""
    found: Writer = plugins.load(known(name), _is_writer, "a valid coursepack.writers.Writer")
    return found


def installed() -> Iterator[tuple[str, Writer]]:
    """Every writer that can be loaded, with its name."""
    for name in names():
        with suppress(plugins.PluginError):
            yield name, load(name)


def broken() -> Iterator[plugins.PluginError]:
    """Why the writers that cannot be loaded cannot be."""
    for name in names():
        try:
            load(name)
        except plugins.PluginError as problem:
            yield problem


def is_others(name: str) -> bool:
    """True for a writer of another distribution."""
    found = plugins.points(plugins.WRITERS).get(name)
    return found is not None and not found.built_in


def _is_writer(found: object) -> bool:
    """True for a writer whose fields are what they should be: what another distribution brings was not type-checked."""
    return (
        isinstance(found, Writer)
        and all(isinstance(text, str) for text in (found.name, found.summary, found.table or ""))
        and isinstance(found.options, type)
        and issubclass(found.options, msgspec.Struct)
        and callable(found.write)
    )


def chosen(options: msgspec.Struct, questions: Mapping[str, object]) -> msgspec.Struct:
    """The options with what a call asks for, as far as they have such fields; None asks for nothing."""
    found = {
        name: value for name, value in questions.items() if value is not None and name in options.__struct_fields__
    }
    return msgspec.structs.replace(options, **found) if found else options


def cut(text: str, limit: int) -> str:
    """``text`` within ``limit`` letters, cut at a word and ended by «…»; blanks and control characters folded."""
    text = " ".join(text.split())
    if not text.isprintable():
        text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(text) <= limit:
        return text
    short = text[: limit - 1]
    head, _, _ = short.rpartition(" ")
    return (head if len(head) > limit // 2 else short).rstrip(" ,;:.–—-") + "…"
