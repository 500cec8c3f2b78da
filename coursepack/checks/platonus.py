"""Tagged tests (Platonus and its kin) as a department takes them: one right option, no two alike, nothing empty; five
options and 100 questions a level are what most of them expect."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from coursepack.checks import Grammar
from coursepack.files.package import Package
from coursepack.place import Finding, Place, error, warning
from coursepack.similar import near
from coursepack.text.scripts import CYRILLIC_TO_LATIN
from coursepack.text.tagged import QUESTION, RIGHT, TAG, VARIANT, alike, name_of

USUAL_OPTIONS = 5
USUAL_LEVEL = 100
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"), (codecs.BOM_UTF8, "utf-8-sig"))
_ONE_BYTE = "cp1251"
"""Of bytes that are no UTF-8; tags are the same in all of its kind."""


_LIKE_TAG = re.compile(r"<[ \t\xa0]{0,2}([^\W\d_]{4,14})[ \t\xa0]{0,2}\d{0,2}[ \t\xa0]{0,2}>")
_TAG_NAMES = ("question", "variant", "variantright")
_LIKENESS = 0.75
"""Share of letters that a word has in common with a tag that it was meant for."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass
class _TestItem:
    line: int
    level: int = 0
    parts: list[tuple[str, list[str]]] = field(default_factory=list)
    """The names of the tags and the texts behind them, the question's first."""

    def of(self, *names: str) -> list[str]:
        return [alike(" ".join(texts)) for name, texts in self.parts if name in names]


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """Every question alone, then the bank as a whole."""
    for member in package.names():
        if not grammar.closed:
            yield from _text(package, member)
        options: Counter[int] = Counter()
        levels: Counter[int] = Counter()
        first: dict[int, Place] = {}
        rights: Counter[int] = Counter()
        stems: dict[int, int] = {}
        for item in _items(package, member):
            place = package.place(member, item.line)
            found = item.of(VARIANT, RIGHT)
            options[len(found)] += 1
            levels[item.level] += 1
            rights[len(item.of(RIGHT))] += 1
            first.setdefault(len(found), place)
            yield from _of_question(item, found, place)
            words = hash((*item.of(QUESTION), *found))
            if stems.setdefault(words, item.line) != item.line:
                message = f"the question of line {stems[words]} again, with the same options"
                yield warning("platonus-twice", message, place, "remove one of them")
        if not stems:
            message = (
                "no question could be read: the file is not in the encoding that it declares, or its tags are damaged"
            )
            yield error("platonus-none", message, package.place(member), "save it as UTF-8")
        if not grammar.closed:
            yield from _whole(options, levels, first, rights, package.place(member))


def _text(package: Package, member: str) -> Iterator[Finding]:
    """What stands where no tag puts it: before the first question, in tags that are misspelt; control characters."""
    before, reported = True, False
    for number, line in enumerate(_lines(package, member), 1):
        first = TAG.search(line)
        place = package.place(member, number)
        for found in _LIKE_TAG.finditer(line):
            if not TAG.fullmatch(found[0]) and (meant := _meant(found[1])):
                message = (
                    f"{found[0]!r} is no tag: <{meant}> was probably meant; its text is joined to what precedes it"
                )
                yield error("platonus-tag", message, place, f"write <{meant}> in Latin letters")
        if _CONTROL.search(line):
            yield warning("platonus-control", "control characters, which systems drop or stop at", place)
        if before and not reported and (line if first is None else line[: first.start()]).strip("\ufeff \t\r"):
            reported = True
            yield warning("platonus-outside", "text before the first question: nobody will see it", place)
        if first is not None and before:
            before = False
            if name_of(first) in {VARIANT, RIGHT}:
                yield error("platonus-outside", "an option before the first question: it is lost", place)


def _meant(word: str) -> str:
    """The tag that a misspelt one was to be; «» for a word of its own."""
    plain = "".join(CYRILLIC_TO_LATIN.get(letter, letter) for letter in word.lower())
    return near(plain, _TAG_NAMES, _LIKENESS) or ""


def _of_question(item: _TestItem, found: list[str], place: Place) -> Iterator[Finding]:
    if not "".join(item.of(QUESTION)):
        yield error("platonus-empty", "a question without text", place, "write it behind <question>")
    if "" in found:
        yield error("platonus-empty", "an option without text", place, "write it, or remove its tag")
    if len(found) < 2:
        yield error(
            "platonus-options", f"{len(found)} options, expected two or more", place, "write <variant> before each"
        )
    if len(set(found)) < len(found):
        same = max(found, key=found.count)
        yield error("platonus-same", f"two options are alike: {same[:40]!r}", place, "reword one of them")


def _whole(
    options: Counter[int], levels: Counter[int], first: dict[int, Place], rights: Counter[int], whole: Place
) -> Iterator[Finding]:
    """What a department expects of a bank, as far as the file tells; who writes one says himself what is expected."""
    if not set(rights) - {0} and len(options) > 1:
        message = "no tag marks the right variants, and questions have different numbers of variants"
        yield error("platonus-right", message, whole, "write <variantright> before the right ones")
    elif rights[0] and set(rights) - {0}:
        message = f"{rights[0]} questions without a right variant"
        yield error("platonus-right", message, whole, "write <variantright> before it")
    if several := sum(number for count, number in rights.items() if count > 1):
        message = f"{several} questions with several right variants"
        yield warning("platonus-several", message, whole, "most departments expect one right variant")
    for count, number in sorted(options.items()):
        if count != USUAL_OPTIONS and count > 1:
            message = f"{number} questions with {count} options, expected {USUAL_OPTIONS}"
            yield warning("platonus-options", message, first[count], "ask the department how many it accepts")
    graded = {level: number for level, number in levels.items() if level}
    if graded and any(number != USUAL_LEVEL for number in graded.values()):
        said = ", ".join(f"level {level}: {number}" for level, number in sorted(graded.items()))
        message = f"{said}; expected {USUAL_LEVEL} each"
        yield warning("platonus-levels", message, whole, "ask the department how many it accepts")


def _items(package: Package, member: str) -> Iterator[_TestItem]:
    """The questions one after another: a rightness that no tag tells is not asked for here."""
    item: _TestItem | None = None
    for number, line in enumerate(_lines(package, member), 1):
        at = 0
        for tag in TAG.finditer(line):
            _add(item, line[at : tag.start()])
            at, name = tag.end(), name_of(tag)
            if name == QUESTION:
                if item is not None:
                    yield item
                item = _TestItem(number, int(tag["level"] or 0))
            if name is not None and item is not None:
                item.parts.append((name, []))
        _add(item, line[at:])
    if item is not None:
        yield item


def _add(item: _TestItem | None, text: str) -> None:
    if item is not None and text.strip():
        item.parts[-1][1].append(text)


def _lines(package: Package, member: str) -> Iterator[str]:
    """The lines of a text in UTF-8, UTF-16 or a one-byte encoding."""
    with package.open(member) as file:
        chunk = file.read(1 << 16)
        encoding = next((name for mark, name in _MARKS if chunk.startswith(mark)), "") or _encoding(chunk)
        decode, rest = codecs.getincrementaldecoder(encoding)("replace").decode, ""
        while chunk:
            *lines, rest = (rest + decode(chunk)).split("\n")
            yield from lines
            chunk = file.read(1 << 16)
        yield rest + decode(b"", final=True)


def _encoding(chunk: bytes) -> str:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(chunk)
    except UnicodeDecodeError:
        return _ONE_BYTE
    return "utf-8"
