"""Which question format a text file is in, reported from its beginning: lecturers save GIFT and Aiken as .txt."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from coursepack import languages
from coursepack.readers.layouts import formats

_HEAD = 64 * 1024
_LETTER = f"[{languages.upper()}{languages.lower()}]"
_OPTION = re.compile(rf"\s*{_LETTER}\s?[).]\s*\S")
_KEY = re.compile(rf"\s*{languages.pattern('answer-key')}\s*:\s*{_LETTER}\s*$", re.IGNORECASE)
_ANY_KEY = re.compile(rf"\s*{languages.pattern('answer-key')}\s*:\s*\S", re.IGNORECASE)
_SEVERAL_KEY = re.compile(
    rf"\s*{languages.pattern('answer-key')}\s*:\s*{_LETTER}(?:[\s,;]+{_LETTER})*\s*$", re.IGNORECASE
)
_REMARK = re.compile(rf"\s*(?:{languages.pattern('feedback-line')})\s*[:–—-]", re.IGNORECASE)
_NAMED = languages.expression(
    r"\s*(?:@question@|(?:@question-short@)\.?)\s*(?:[^\W\d_]{1,10}\.?\s*)?[:№#]*\s*\d{1,4}\s*(?:[.:)]|$)|"
    r"\s*(?:\d{1,4}[.)]\s*)?@question-label@\s*:",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\s*(\d{1,4})\s+(?=[^\W\d_])")
_FEWEST_BARE = 3
_OTHER_KEYS = 10
"""Of a hundred keys, from which on a text with answers in other forms (numbers, pairs, words) is no Aiken file."""
_GIFT = re.compile(
    r"\{[^{}]*[=~#][^{}]*\}|\{\s*(?:T|F|TRUE|FALSE)\s*\}",
)


def text_format(path: Path) -> str | None:
    """The name of the reader (``gift``, ``aiken``, ``platonus`` …) of a text file that is made of questions, None for
    any other text."""
    word = path.name.lower().removesuffix(".txt").rpartition(".")[2]
    if word in {"gift", "aiken", *formats.LAYOUTS} and "." in path.name.removesuffix(".txt"):
        return word
    try:
        with path.open("rb") as file:
            text = _decoded(file.read(_HEAD))
    except OSError:
        return None
    if _is_gift(text):
        return "gift"
    if _is_aiken(text):
        return "aiken"
    texts = text.splitlines()
    found = formats.of_lines(texts)
    return None if found == "platonus" and formats.is_among_text(texts) else found


def _decoded(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "ignore")
    try:
        return data[: len(data) - 4 if len(data) == _HEAD else len(data)].decode("utf-8-sig", "strict")
    except UnicodeDecodeError:
        return data.decode("cp1251", "ignore")


def _is_gift(text: str) -> bool:
    groups = [group for group in re.split(r"\n[ \t]*\r?\n", text.replace("\r\n", "\n")) if group.strip()]
    plain = [group for group in groups if not group.lstrip().startswith(("//", "$CATEGORY:"))]
    found = sum(1 for group in plain if (_GIFT.search(group) or group.rstrip().endswith("{}")) and not _offers(group))
    titled = sum(1 for group in plain if group.lstrip().startswith("::") or "\n::" in group)
    return bool(plain) and found >= 0.6 * len(plain) and (titled > 0 or found >= 2 or len(plain) < len(groups))


def _offers(group: str) -> bool:
    """Whether answers with letters stand outside braces: what those hold is a listing, «int main() { int n = 3; }»."""
    return sum(1 for line in _GIFT.sub("", group).splitlines() if _OPTION.match(line)) > 1


def _is_aiken(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    keys = sum(1 for line in lines if _KEY.match(line))
    others = sum(1 for line in lines if _ANY_KEY.match(line) and not _names_answers(line))
    if others * 100 >= (keys + others) * _OTHER_KEYS:
        return False
    options = sum(1 for line in lines if _OPTION.match(line))
    most = keys + options >= 0.6 * len(lines)
    if sum(1 for line in lines if _NAMED.match(line)) > 1:  # «Question number: 2», «Q. 2)» are no words of a question
        return False
    bare = [int(found[1]) for line in lines if (found := _BARE_NUMBER.match(line))]
    if len(bare) >= max(_FEWEST_BARE, keys) and all(b == a + 1 for a, b in pairwise(bare)):
        return False  # «1 What is …», «2 Who was …»: numbers without a sign, which Aiken does not know
    return keys > 0 and options >= 2 * keys and most and not _has_headings(text) and not _has_remarks(text)


def _names_answers(line: str) -> bool:
    """Whether a key names answers by letters that rise; others say an order."""
    if not _SEVERAL_KEY.match(line):
        return False
    letters = re.findall(_LETTER, line.rpartition(":")[2])
    return letters == sorted(letters)


def _has_remarks(text: str) -> bool:
    """Whether lines explain the answers, named so, or behind a key with a blank line below: Aiken has none."""
    groups = [group.splitlines() for group in re.split(r"\n\s*\n", text.strip()) if group.strip()]
    named = any(_REMARK.match(line) for group in groups for line in group)
    below = [any(_KEY.match(line) for line in group[:-1]) and _is_stated(group[-1]) for group in groups]
    return named or sum(below) > 1


def _is_stated(line: str) -> bool:
    return not (_KEY.match(line) or _OPTION.match(line))


def _has_headings(text: str) -> bool:
    """Lines that belong to no question, a title page or a heading: a document that holds tests, not an Aiken file."""
    groups = [group.splitlines() for group in re.split(r"\n\s*\n", text.strip()) if group.strip()]
    offers = [any(_OPTION.match(line) or _KEY.match(line) for line in group) for group in groups]
    return any(
        not offered and not _OPTION.match(after[0]) and not _KEY.match(after[0])
        for offered, after in zip(offers, groups[1:], strict=False)
    )
