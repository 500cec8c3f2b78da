"""A draft of course.toml from the documents themselves: what each seems to be, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from coursepack import visible
from coursepack.languages import assumed, known
from coursepack.model.document import Document
from coursepack.outline import naming
from coursepack.project.course_toml import Role
from coursepack.text.latin import slug

if TYPE_CHECKING:
    from coursepack.outline.tree.guess import RoleGuess


@dataclass
class ProjectDraft:
    """``data`` is what course.toml would say; ``reasons`` why each file got its role; ``text`` the commented file.
    ``unread``: the name of the language of the texts where it is none that is read, "" where no text tells it;
    ``untitled``: no document says the title, which is the folder's name."""

    data: dict[str, Any]
    reasons: dict[str, str] = field(default_factory=dict)
    unread: str | None = None
    refused: dict[str, Role] = field(default_factory=dict)
    untitled: bool = False

    @property
    def sources(self) -> list[list[str]]:
        """The lines of each ``[[source]]``, with comments in English."""
        return self.sources_in(str)

    def sources_in(self, said: Callable[[str], str]) -> list[list[str]]:
        """The lines of each ``[[source]]``; ``said`` puts a comment into the language of its reader."""
        return [self._source(source, said) for source in self.data["source"]]

    def _source(self, source: dict[str, Any], said: Callable[[str], str]) -> list[str]:
        reason = self.reasons.get(source["file"], "")
        lines = ["[[source]]", f"file = {visible.toml(source['file'])}"]
        lines += [f"role = {visible.toml(source['role'])}" + (_comment(said(reason)) if reason else "")]
        named = [f"{key} = {source[key]}" for key in ("week", "number") if key in source]
        return lines + [line + _comment(said("its name says so")) for line in named]

    def _why_language(self, said: Callable[[str], str]) -> str:
        """Which languages there are to choose from; that it is to be chosen where the texts are in none of them."""
        choice = said(f"one of {', '.join(known())}")
        if self.unread is None:
            return choice
        found = f"in {self.unread}" if self.unread else "in a language that is not known"
        return f"{choice}: " + said(f"the texts are {found}, so choose the language of the words that coursepack adds")

    def _editions(self, said: Callable[[str], str]) -> list[str]:
        """What says that the files hold a course in several languages."""
        if "languages" not in self.data:
            return []
        listed = ", ".join(map(visible.toml, self.data["languages"]))
        titles = ", ".join(f"{code} = {visible.toml(title)}" for code, title in self.data.get("titles", {}).items())
        lines = [f"languages = [{listed}]" + _comment(said("the same files in another language: one edition each"))]
        return lines + ([f"titles = {{ {titles} }}"] if titles else [])

    @property
    def text(self) -> str:
        """The whole file, with comments in English."""
        return self.text_in(str)

    def text_in(self, said: Callable[[str], str]) -> str:
        """The whole file; ``said`` puts a comment into the language of its reader."""
        names = said("the name of the output; never change it: an LMS recognizes the course by it")
        ignored = said("Files that are no part of the course (coursepack inspect --files names what was not read):")
        lines = [
            f"# {said('Drafted from the documents; check every line, then build.')}",
            f"id = {visible.toml(self.data['id'])}" + _comment(names),
            f"title = {visible.toml(self.data['title'])}" + (_comment(said(_UNTITLED)) if self.untitled else ""),
            f"language = {visible.toml(self.data['language'])}" + _comment(self._why_language(said)),
            *self._editions(said),
        ]
        lines += [
            *(line for source in self.sources_in(said) for line in ("", *source)),
            "",
            f"# {said('What no document states stays blank in papers. State it here:')}",
            "# [about]",
            '# code = "SB 3208"',
            "# credits = 5",
            '# department = "…"',
            '# teachers = [{ name = "…", post = "…" }]',
            "",
            f"# {ignored}",
            "# [files]",
            '# ignore = ["*.mp4"]',
            "",
            "# [exam]",
            '# release = "list"'
            + _comment(said('or "open", "practice", "teacher-only": what students may see of the exam questions')),
            "",
        ]
        return "\n".join(lines)


def _comment(text: str) -> str:
    """A comment behind a value, on its line."""
    return f" # {visible.line(text)}"


@dataclass(frozen=True)
class ScannedFile:
    """A file of a folder, by its ``name`` in it. A question file has no ``document``: ``test`` is that which it was
    told from, ``text`` what its first questions say, ``marked`` whether most are marked by a key."""

    name: str
    document: Document | None
    test: Document | None = None
    text: str = ""
    marked: bool = False


def draft(name: str, files: Sequence[ScannedFile], said: Sequence[str] = ()) -> ProjectDraft:
    """A draft for a folder called ``name``. ``said``: titles that are known without its files."""
    from coursepack.outline.guess import spoken as language_of
    from coursepack.outline.tree.guess import guess
    from coursepack.text.halves import half_of
    from coursepack.text.language import language as told

    roles: dict[str, Role] = {}
    reasons: dict[str, str] = {}
    refused: dict[str, Role] = {}
    languages: Counter[str] = Counter()
    spoken: dict[str, tuple[str, int]] = {}
    titles: list[_Titled] = []
    for one in files:
        file, document = one.name, one.document
        if document is None:
            roles[file] = "tests" if one.marked else "questions"
            reasons[file] = f"a question file ({file[file.rfind('.') :].lower()})"
            if one.test is not None:
                language, weight = spoken[file] = language_of(one.test)
                languages[language] += weight
                titles += [_Titled(_UNSURE, language, guess(_beginning(one.test)).title)]
            elif code := told(one.text):
                languages[code] += len(one.text)
        else:
            seen = guess(document)
            roles[file], reasons[file] = seen.role, seen.reason
            if seen.instead is not None:
                refused[file] = seen.instead
            language, weight = spoken[file] = language_of(document)
            languages[language] += weight
            alone = len(files) == 1 and not naming.read(file).counts_class
            titles += _titles_of(document, seen, language, alone=alone)
    numbers = _numbers(roles, {one.name: one.document for one in files})
    sources = [{"file": file, "role": role} | numbers.get(file, {}) for file, role in roles.items()]
    language, unread = _most(languages, files)
    editions = _editions(language, roles, spoken)
    if assumed() in editions:  # of equals, not the one whose text happens to be the longest
        editions = sorted({language, *editions} - {assumed()})
        language = assumed()
    # Of a course in several languages each edition has the title of its own files.
    own = _commonest(titles, language) if editions else None
    found = next(iter(said), None) or own or _commonest(titles)
    title = found or visible.line(name)
    title = half_of(title, language) if editions else title
    title = _in_small_letters(title, files) if title.isupper() else title
    data: dict[str, Any] = {"id": slug(title), "title": title, "language": language}
    if editions:
        data["languages"] = editions
        theirs = {code: found for code in editions if (found := _commonest(titles, code)) is not None}
        data |= {"titles": theirs} if theirs else {}
    return ProjectDraft(data | {"source": sources}, reasons, unread, refused, untitled=found is None)


_UNTITLED = "taken from the name of the folder: no document states the title of the course"


def _most(characters: Counter[str], files: Sequence[ScannedFile]) -> tuple[str, str | None]:
    """The language of most letters. Where none of ours has most, the one of the same script, and why it is not sure:
    the name of the language that has, "" where no text tells it."""
    from coursepack.outline.guess import full_text
    from coursepack.text.language import foreign, nearest

    told = Counter({name: number for name, number in characters.items() if name})
    most = max(told, key=lambda key: (told[key], key), default="")
    if most in known():
        return most, None
    texts = (full_text(document) for one in files if (document := one.document or one.test) is not None)
    text = max((text for text in texts if most in {foreign(text), ""}), key=len, default="")
    return (nearest(text), most) if text else (assumed(), None)


def _in_small_letters(title: str, files: Sequence[ScannedFile]) -> str:
    """A title in capitals as its author writes it elsewhere, most often where in several ways; else as it is."""
    from coursepack.outline.guess import full_text

    printed = re.compile(rf"(?<!\w){re.escape(title)}(?!\w)", re.IGNORECASE)
    texts = (full_text(document) for one in files if (document := one.document or one.test) is not None)
    found = Counter(match[0] for text in texts for match in printed.finditer(text))
    ways = Counter({way: count for way, count in found.items() if not way.isupper() and way[:1].isupper()})
    return ways.most_common(1)[0][0] if ways else title


_LEAST_OF_AN_EDITION = 0.4
"""Of the letters of a course's files, those of the same files in another language."""


def _editions(language: str, roles: Mapping[str, Role], spoken: Mapping[str, tuple[str, int]]) -> list[str]:
    """The further languages in which the files of a course are there once more: as many of a role as in ``language``,
    and together about as long as those; a role that only one of the two has says nothing."""
    held: dict[str, dict[Role, list[int]]] = {}
    for file, (code, weight) in spoken.items():
        held.setdefault(code, {}).setdefault(roles[file], []).append(weight)
    own = held.get(language, {})
    found = []
    for code in sorted(held.keys() & {*known()} - {language}):
        both = held[code].keys() & own.keys()
        characters = sum(sum(held[code][role]) for role in both)
        alike = both and all(len(held[code][role]) == len(own[role]) for role in both)
        if alike and characters >= _LEAST_OF_AN_EDITION * sum(map(sum, own.values())):
            found.append(code)
    return found


_WHOLE, _NAMED, _UNSURE, _OWN = range(4)
"""Whence a title is known: from a paper of the whole course, from any other that names the course, from the only
heading of one, from the one class that the only file is."""
_OF_COURSE = frozenset({"syllabus", "textbook", "assessment-fund"})


class _Titled(NamedTuple):
    """What a file calls the course."""

    whence: int
    language: str
    title: str | None
    told: int = 0


def _titles_of(document: Document, seen: RoleGuess, language: str, *, alone: bool) -> list[_Titled]:
    """What a document calls the course; ``alone``: that of its only class goes before the name of the folder."""
    from coursepack.outline.guess import guess_title

    named = (seen.title if seen.surely else None) or guess_title(document)
    if named and seen.title and named.startswith(f"{seen.title} "):  # the label of another value stands on its line
        named = seen.title
    surely = _WHOLE if seen.role in _OF_COURSE else _NAMED
    whence = surely if named else _UNSURE
    found = [_Titled(whence, language, named or seen.title, seen.told if named == seen.title else 0)]
    return [*found, _Titled(_OWN, language, seen.own)] if alone else found


def _commonest(titles: Sequence[_Titled], language: str | None = None) -> str | None:
    """The title that most files give, of those that know it best; of as many the one for which most speaks."""
    found = [one for one in titles if one.title and language in {None, one.language}]
    best = min((one.whence for one in found), default=None)
    found = [one for one in found if one.whence == best]
    counted = Counter(one.title for one in found)
    likeliest = max(found, key=lambda one: (counted[one.title], one.told), default=None)
    return likeliest.title if likeliest is not None else None


_FIRST = 16
"""Units of a test among which its title stands."""


def _beginning(document: Document) -> Document:
    return msgspec.structs.replace(document, units=document.units[:_FIRST])


_CLASSES: dict[Role, str] = {
    "lecture": "lecture",
    "lecture-plan": "lecture",
    "seminar-plan": "seminar",
    "practical-plan": "practical",
    "laboratory-plan": "laboratory",
}


def _numbers(roles: Mapping[str, Role], documents: Mapping[str, Document | None]) -> dict[str, dict[str, int]]:
    """File → the week and number of its lecture or class, as names say it where the document does not."""
    from coursepack.outline.guess import numbers_stated

    found = {}
    units = _units(roles)
    for file, role in roles.items():
        document = documents[file]
        if role not in _CLASSES or document is None:
            continue
        said, own = naming.read(file), numbers_stated(document)
        stated = {
            "week": None if "week" in own else said.week,
            "number": None if {_CLASSES[role], "topic"} & own else said.number or units.get(file),
        }
        found[file] = {key: value for key, value in stated.items() if value}
    return found


def _units(roles: Mapping[str, Role]) -> dict[str, int]:
    """File → the number of its topic or module, where no topic holds several files of that role: else the number is not
    that of a lecture."""
    units = {file: unit for file in roles if (unit := naming.read(file).unit)}
    held = Counter((roles[file], unit) for file, unit in units.items())
    several = {role for (role, _), number in held.items() if number > 1}
    return {file: unit for file, unit in units.items() if roles[file] not in several}
