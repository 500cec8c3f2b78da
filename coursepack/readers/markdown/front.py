"""The front matter that a Markdown file begins with: YAML between ``---``, TOML between ``+++`` (Jekyll, Hugo), or
lines under its title, as Notion exports the properties of a page («Created: …», «Tags: …»)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from coursepack import languages

_RULES = {"---": ("---", "..."), "+++": ("+++",)}
_LINE = re.compile(r"\s*$|\s*#|\s+\S|- |\[|[}\]]|[\w\"'.-][^:=]{0,60}(?::(?:\s|$)|\s*=\s)")
"""A line of a front matter: a key, what goes on under it, a comment. Other text between two rules is text."""
_FIELD = re.compile(r"([^\W\d][\w -]{1,30}?)[ \t]*[:=](.+)")
_KNOWN = frozenset({"title", "author", "subject", "language", "lang", "keywords"})
_PROPERTY = re.compile(r"([^\s:#>|*+-][^:\n]{0,40}):[ \t]+\S")
_TITLE = re.compile(r"#[ \t]+\S")
_JOINED = re.compile(r"[-_]")
_MOST = 1000


def length(lines: Iterable[str]) -> int:
    """How many of the lines, which may have their ends, are a front matter; none where they begin with other text."""
    found = map(str.rstrip, lines)
    closes = _RULES.get(next(found, "").removeprefix("\ufeff"))
    for count, line in enumerate(found, 2) if closes else ():
        if line in (closes or ()):
            return count if count > 2 else 0
        if count > _MOST or not _LINE.match(line):
            break
    return 0


def is_data(key: str) -> bool:
    """Whether a key names something of a course beside its title and its author."""
    return _JOINED.sub(" ", key).lower() in languages.words("front-matter")


def labelled(key: str) -> str:
    """A key as a label: «office_hours» is «Office hours»."""
    plain = _JOINED.sub(" ", key)
    return plain[:1].upper() + plain[1:]


def _is_known(key: str) -> bool:
    return key in _KNOWN or is_data(key)


def without(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Numbered lines without those of a front matter."""
    ahead = iter(lines)
    first: list[tuple[int, str]] = []
    for numbered in ahead:
        first.append(numbered)
        if len(first) > _MOST or first[0][1].rstrip().removeprefix("\ufeff") not in _RULES:
            break
    yield from first[length(line for _, line in first) :]
    yield from ahead


def parted(text: str) -> tuple[dict[str, str], str]:
    """The plain fields of a front matter, and the text with its lines left blank."""
    lines = text.split("\n")
    count = length(lines)
    found = [found for line in lines[:count] if (found := _FIELD.match(line)) and _is_known(found[1])]
    fields = {one[1]: stated.strip("\"'") for one in found if (stated := one[2].strip())}
    if "lang" in fields:
        fields["language"] = fields.pop("lang")
    return fields, "\n".join(["" if at < count else line for at, line in enumerate(lines)])


def without_properties(text: str) -> tuple[list[str], str]:
    """The keys of the properties that stand under the title of a note, and the text with their lines left blank; those
    that name something of a course stay."""
    lines = text.split("\n")
    written = [at for at, line in enumerate(lines[:_MOST]) if line.strip()]
    if len(written) < 2 or not _TITLE.match(lines[written[0]]) or written[1] == written[0] + 1:
        return [], text
    end = next((at for at in range(written[1], len(lines)) if not lines[at].strip()), len(lines))
    keys = [found[1] if (found := _PROPERTY.match(line)) else "" for line in lines[written[1] : end]]
    if not all(keys) or not any(key.lower() in languages.words("note-properties") for key in keys):
        return [], text
    gone = {written[1] + at: key for at, key in enumerate(keys) if not is_data(key)}
    return list(gone.values()), "\n".join("" if at in gone else line for at, line in enumerate(lines))
