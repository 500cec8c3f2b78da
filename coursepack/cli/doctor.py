"""``coursepack doctor``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from coursepack.plugins import PluginPoint

State = Literal["found", "missing", "broken"]


@dataclass(frozen=True)
class Component:
    """A thing that coursepack uses: what was found of it, and what that means for who uses it."""

    name: str
    state: State
    what: str
    meaning: str


@dataclass(frozen=True)
class _Extra:
    """An extra of the distribution: ``modules`` are those it brings."""

    name: str
    distribution: str
    modules: tuple[str, ...]
    there: str
    missing: str


_EXTRAS = (
    _Extra(
        "print",
        "typst",
        ("typst",),
        "build --pdf prints papers as PDF/A-3a and PDF/UA-1",
        "build --pdf needs LibreOffice, and its PDF is neither PDF/A nor PDF/UA",
    ),
    _Extra(
        "review",
        "starlette",
        ("starlette", "uvicorn", "tomlkit"),
        "coursepack review shows sources and course side by side in the browser",
        "coursepack review and init --update do not work",
    ),
    _Extra(
        "cluster",
        "distributed",
        ("distributed",),
        "build --scheduler builds courses on a cluster",
        "courses are built on this machine only",
    ),
    _Extra(
        "sign",
        "pyHanko",
        ("pyhanko", "gostcrypto"),
        "verify checks signatures and time stamps",
        "verify lists signatures and time stamps without checking them",
    ),
    _Extra(
        "heic",
        "pillow-heif",
        ("pillow_heif",),
        "photos from phones (HEIC) are read",
        "photos from phones (HEIC) are reported and left out",
    ),
)


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def command(as_json: bool) -> None:
    """Show what is installed, which optional programs were found, and what that means for you.

    Exit code 0: everything needed is there, 1: something is broken.
    """
    from coursepack.cli import localization, show, terminal

    parts = list(_parts())
    if as_json:
        terminal.data([asdict(part) for part in parts])
    else:
        rows = [
            (part.name, part.what or localization.said(part.state), localization.said(part.meaning)) for part in parts
        ]
        show.table(["", "found", "what it means"], rows)
    if any(part.state == "broken" for part in parts):
        raise click.exceptions.Exit(1)


def _parts() -> Iterator[Component]:
    yield from _program()
    for extra in _EXTRAS:
        yield _extra(extra)
    yield _office()
    yield _state()
    yield from _plugins()


def _program() -> Iterator[Component]:
    import platform

    from coursepack import __version__
    from coursepack.cli import localization

    yield Component("coursepack", "found", __version__, "")
    what = f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}"
    yield Component("Python", "found", what, "")
    language = localization.say().language
    yield Component("messages", "found", language, "--messages and LC_MESSAGES choose another language: en, kk, ru")


def _extra(extra: _Extra) -> Component:
    from importlib.metadata import PackageNotFoundError, version

    name = f"coursepack[{extra.name}]"
    if any(find_spec(module) is None for module in extra.modules):
        return Component(name, "missing", "", extra.missing)
    try:
        what = f"{extra.distribution} {version(extra.distribution)}"
    except PackageNotFoundError:
        what = extra.distribution
    return Component(name, "found", what, extra.there)


def _office() -> Component:
    from coursepack.files import office

    found = office.program()
    if found is None:
        missing = (
            ".doc, .rtf, .ppt and .odp are not read; metafiles (WMF, "
            "EMF) and equations of the old equation editor are left out"
        )
        return Component("LibreOffice", "missing", "", missing)
    return Component("LibreOffice", "found", found, "reads old formats: .doc, .rtf, .ppt, .odp")


def _state() -> Component:
    import os

    from coursepack.batch import ledger

    folder = ledger.home()
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if os.access(there, os.W_OK | os.X_OK):
        return Component(
            "ledger", "found", str(folder), "records what was built, so that only changed courses are rebuilt"
        )
    return Component("ledger", "missing", str(folder), "cannot be written: all courses are rebuilt every time")


def _plugins() -> Iterator[Component]:
    """What other distributions bring, and what of all that is installed cannot be loaded."""
    from coursepack import plugins, writers

    strangers = sorted(
        {
            (point.distribution, point.version)
            for point in _others((plugins.READERS, plugins.ARCHIVES, plugins.WRITERS, plugins.CHECKS))
        }
    )
    for name, version in strangers:
        yield Component(name, "found", version, "adds its own readers, writers or checks")
    for problem in writers.broken():
        yield Component("plugins", "broken", "", str(problem))
    for finding in plugins.told():
        yield Component("plugins", "broken", "", finding.message)


def _others(groups: Sequence[str]) -> Iterator[PluginPoint]:
    from coursepack import plugins

    for group in groups:
        yield from (point for point in plugins.points(group).values() if not point.built_in)
