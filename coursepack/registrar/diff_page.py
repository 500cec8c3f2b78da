"""Changes as text lines, and as a page with what was taken out and put in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from coursepack.files.resources import templates_dir
from coursepack.languages.catalogues import words
from coursepack.registrar.diff import KINDS, Change, Piece, pieces, summary
from coursepack.registrar.parts import Revision
from coursepack.render import page_template

_SIGNS = {"added": "+", "removed": "-", "reworded": "~", "renamed": "=", "moved": ">"}
# The heading of each kind on the page; message ids of the catalogue «archive».
_HEADINGS = {
    "about": "About the course",
    "section": "Sections",
    "lecture": "Lectures",
    "seminar": "Classes",
    "task": "Tasks",
    "question": "Questions",
    "reading": "Readings",
    "term": "Glossary",
    "page": "Pages",
    "file": "Files",
}
_LONGEST = 400


def lines(
    changes: Sequence[Change], say: Callable[[str], str] = str, titles: Callable[[str], str] = str
) -> Iterator[str]:
    """The summary, then a line a change with its old and new words below, in the language of ``say``; ``titles``: the
    names of the fields of a course in it (catalogue «archive»)."""
    yield summary(changes, say)
    for kind, group in groupby(changes, key=lambda change: change.kind):
        yield ""
        yield say(KINDS[kind][1])
        for change in group:
            yield from _lines(change, say, titles)


def _lines(change: Change, say: Callable[[str], str], titles: Callable[[str], str]) -> Iterator[str]:
    part = change.part
    where = f" ({part.where})" if part.where else ""
    title = titles(part.title) if part.kind == "about" else part.title
    yield f"  {_SIGNS[change.what]} {say(change.what)} {part.id}{where}: {_cut(title or part.text)}"
    old, new = change.old, change.new
    if old is None or new is None:
        if part.kind == "about" and part.text:  # a field is known by its label; what it says is what came or went
            yield f"      {'-' if new is None else '+'} {_cut(part.text)}"
        return
    if change.what == "moved":
        told = f"from {old.where} to {new.where}" if old.where != new.where else "to another place in the order"
        yield f"      {say(told)}"
    for line in _pieces(change):
        out = " … ".join(text for what, text in line if what == "out")
        into = " … ".join(text for what, text in line if what == "in")
        if out:
            yield f"      - {_cut(out)}"
        if into:
            yield f"      + {_cut(into)}"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _pieces(change: Change) -> list[list[Piece]]:
    old, new = change.old, change.new
    if old is None or new is None or change.what == "moved":
        return []
    if change.what == "renamed":
        return pieces(old.title, new.title)
    title = pieces(old.title, new.title) if old.title != new.title else []
    return title + pieces(old.text, new.text)


def page(old: Revision, new: Revision, changes: Sequence[Change]) -> bytes:
    """An HTML page in the language of the new revision."""
    say = words(new.language, "archive")
    groups = [
        (say(_HEADINGS[kind]), [(change, say(change.what.capitalize()), _pieces(change)) for change in group])
        for kind, group in groupby(changes, key=lambda change: change.kind)
    ]
    text = page_template.fill(
        (templates_dir(),),
        "archive",
        "diff.html",
        say=say,
        language=new.language,
        title=new.title or old.title,
        old=old.name,
        new=new.name,
        groups=groups,
    )
    return text.encode()
