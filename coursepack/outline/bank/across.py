"""Answers to choose from on one line that letters do not part: «Oxygen; nitrogen; neon», «1) one 2) two», tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from coursepack import languages
from coursepack.outline.bank.key_text import is_key_word, key_in
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import BankLine
from coursepack.outline.bank.parts import DraftOption, DraftQuestion
from coursepack.text import scripts

AROUND = " .;,"
_SIGNS = tuple(map(re.compile, (r"\s*;\s*", r"\s*\|\s*", r"\s*\t\s*", r"\s+/\s+", r"\s*,\s+")))
"""What parts answers, the surest first; the last two part much else, so that only a key tells them."""
_SURE = 3
_SLASH = 3
"""Strokes between blanks part answers where these are a line of their own below the question."""
_COUNTED = re.compile(r"(?:^|(?<=\s))\(?(?P<n>\d{1,2})[).]\s*(?=\S)")
_TICKED = re.compile(r"(?:^|(?<=\s))(?P<sign>[+-])\s?(?=\w)")
_CIRCLED = re.compile(rf"(?P<n>[{scripts.CIRCLED}])\s*(?=\S)")
_STEM = re.compile(r".*[?:](?=\s)\s*", re.DOTALL)
_CALLED = languages.expression(r"(?:@options-label@)\s*[:–—-]\s*(?=\S)", re.IGNORECASE)
_LEAST = 3
"""Questions that have such a line before it tells anything where no key does."""


_Span = tuple[int, int, int, str]
_Spans = tuple[_Span, ...]


@dataclass(frozen=True, slots=True)
class Across:
    """A line of answers: where the mark of each begins, where its text begins and ends, and its label; ``told``: the
    key is one of them, ``sure``: what parts them parts little else; ``more``: lines below that go on with signs."""

    line: BankLine
    spans: _Spans
    told: bool
    sure: bool
    more: tuple[BankLine, ...] = ()


def side_by_side(bare: Sequence[DraftQuestion]) -> None:
    """Give questions the answers that stand on one line: the key is one of them, or most questions have such a line."""
    found = [_across(item) for item in bare]
    read_count = sum(one is not None and one.told for one in found)
    sure = sum(one is not None and one.sure for one in found)
    many = read_count * 100 >= len(bare) * limits()["stacked"]
    usual = sure >= _LEAST and sure * 100 >= len(bare) * limits()["throughout"]
    for item, one in zip(bare, found, strict=True):
        if one is not None and (one.told or many or (usual and one.sure)):
            _give(item, one)


def _across(item: DraftQuestion) -> Across | None:
    """The last line of a question above its key, where it parts into answers."""
    texts = [line for line in item.texts if not is_key_word(line.text)]
    if not texts or item.answer:
        return None
    more = tuple(takewhile(lambda one: one.sign in {"+", "-"}, reversed(texts[1:])))[::-1]
    line, keys = texts[-1 - len(more)], [keys for _, keys in item.said if keys]
    if not more and (held := _in_brackets(line, keys, lead=line is item.lead)) is not None:
        return held
    signs = "".join(one.sign for one in more)
    called = _CALLED.match(line.text)
    start = called.end() if called else 0
    if line is item.lead:
        found = _STEM.match(line.text)
        number = line.number.end if line.number else line.tag_end
        start = found.end() if found and found.end() > number else _first_sign(line.text, signs)
        if not start:
            return None
    if more:
        spans = _ticked(line, start)
        kinds = [*(line.text[begins] for begins, *_ in spans), *signs]
        mixed = 0 < kinds.count("+") < len(kinds)
        return Across(line, spans, told=False, sure=True, more=more) if spans and mixed else None
    ways = ((spans, sure) for spans, sure in _ways(line, start) if 1 < len(spans) <= limits()["most-answers"])
    best: Across | None = None
    for spans, sure in ways:
        is_named = any(_names(line.text, spans, one) for one in keys)
        if is_named or (sure and best is None):
            best = Across(line, spans, is_named, sure)
        if is_named:
            break
    return best


_HELD = re.compile(r"\((?P<held>[^()]{3,})\)[\s.?:!_]*$")
_WITHIN = tuple(map(re.compile, (r"\s*;\s*", r"\s*\|\s*", r"\s+/\s+", r"\s*/\s*", r"\s*,\s+")))


def _in_brackets(line: BankLine, stated: Sequence[str], *, lead: bool) -> Across | None:
    """Answers in brackets at the end of a line, or on one of their own, its key may stand behind them: «Plants take
    in (neon / argon). Answer: argon»."""
    inside = key_in(line.text)
    found = _HELD.search(line.text[: inside[0] if inside else len(line.text)])
    if found is None or (lead and found.start() <= (line.number.end if line.number else 0)):
        return None
    keys = [*stated, *([inside[1]] if inside else [])]
    first, last = found.span("held")
    for nth, sign in enumerate(_WITHIN):
        edges = [one.span() for one in sign.finditer(line.text, first, last)]
        starts, ends = [first, *(b for _, b in edges)], [*(a for a, _ in edges), last]
        whole = edges and len(starts) <= limits()["most-answers"]
        if not whole or not all(line.text[a:b].strip() for a, b in zip(starts, ends, strict=True)):
            continue
        begins = [found.start(), *starts[1:]]
        spans = tuple((at, a, b, "") for at, a, b in zip(begins, starts, ends, strict=True))
        is_named = any(_names(line.text, spans, key) for key in keys)
        if is_named or (nth < _SURE and len(spans) >= _LEAST):
            return Across(line, spans, is_named, sure=nth < _SURE)
    return None


def _first_sign(text: str, more: str) -> int:
    """Where the first of several answers begins that bear signs: «The capital is -Lyon +Paris -Nice»; ``more`` signs
    stand below."""
    signs = list(_TICKED.finditer(text))
    kinds = [*(one["sign"] for one in signs), *more]
    return signs[0].start() if len(signs) > 1 and 0 < kinds.count("+") < len(kinds) and signs[0].start() else 0


def _ticked(line: BankLine, start: int) -> _Spans:
    """The answers behind signs from a place of a line on; none where something else stands there."""
    found = list(_TICKED.finditer(line.text, start))
    if not found or found[0].start() != start:
        return ()
    ends = [*(one.start() for one in found[1:]), len(line.text)]
    return tuple(_marked(line.text, one, end) for one, end in zip(found, ends, strict=True))


def _ways(line: BankLine, start: int) -> Iterator[tuple[_Spans, bool]]:
    """The ways to part the rest of a line into answers; the number of the first one may be that of a list."""
    text = line.text
    listed = not start and line.number is not None and not line.number.end and line.number.value == 1
    if listed and (after := list(_COUNTED.finditer(text))) and _counts(after, _COUNTED, 2):
        ends = [*(one.start() for one in after[1:]), len(text)]
        first = (0, 0, _end(text, 0, after[0].start()), "1")
        yield (first, *(_marked(text, one, end) for one, end in zip(after, ends, strict=True))), True
    for pattern in (_COUNTED, _CIRCLED, _TICKED):
        found = list(pattern.finditer(text, start))
        if len(found) > 1 and found[0].start() == start and _counts(found, pattern):
            ends = [*(one.start() for one in found[1:]), len(text)]
            yield tuple(_marked(text, one, end) for one, end in zip(found, ends, strict=True)), True
    for nth, sign in enumerate(_SIGNS):
        edges = [one.span() for one in sign.finditer(text, start) if one.end() < len(text)]
        starts, ends = [start, *(b for _, b in edges)], [*(a for a, _ in edges), len(text)]
        spans = tuple((a, a, _end(text, a, b), "") for a, b in zip(starts, ends, strict=True))
        short = all(a < b < a + limits()["answer"] for _, a, b, _ in spans)
        if edges and short and not text.rstrip().endswith("?"):
            own = nth == _SLASH and not start
            yield spans, (nth < _SURE or own) and len(spans) >= _LEAST


def _marked(text: str, found: re.Match[str], end: int) -> _Span:
    """An answer behind a number or a sign; the sign of a right one is left for what tells signs."""
    groups = found.groupdict()
    right = groups.get("sign") == "+"
    return found.start(), found.start() if right else found.end(), _end(text, found.end(), end), _label(groups.get("n"))


def _label(sign: str | None) -> str:
    return scripts.uncircled(sign) if sign and len(sign) == 1 else sign or ""


def _counts(found: Sequence[re.Match[str]], pattern: re.Pattern[str], first: int = 1) -> bool:
    """Whether numbers count on from the first, or signs tell one kind of answers from the other."""
    if pattern is not _TICKED:
        values = [_value(one["n"]) for one in found]
        return values[0] == first and all(b == a + 1 for a, b in pairwise(values))
    signs = [one["sign"] for one in found]
    return 0 < signs.count("+") < len(signs)


def _value(sign: str) -> int:
    """The number, or the place of the letter, that counts an answer."""
    plain = scripts.uncircled(sign) if len(sign) == 1 else sign
    return int(plain) if plain.isdecimal() else ord(plain) - ord("A") + 1


def _end(text: str, start: int, end: int) -> int:
    """Where an answer ends before what parts it from the next one."""
    return start + len(text[start:end].rstrip(" ;,.\t"))


def _names(text: str, spans: _Spans, stated: str) -> bool:
    """Whether a key says the text of one of the answers, or the number that counts it."""
    wanted = _plain(stated)
    plain = [_plain(text[start:end]) for _, start, end, _ in spans]
    labels = [label for *_, label in spans if label]
    if plain.count(wanted) == 1 or wanted in labels:
        return True
    several = [_plain(one) for one in re.split(r"[;,]", stated)]
    return len(several) > 1 and all(one in plain or one in labels for one in several)


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(AROUND).lower()


def _give(item: DraftQuestion, across: Across) -> None:
    line = across.line
    taken = [*([] if line is item.lead else [line]), *across.more]
    item.stem = [one for one in item.stem if not any(one is each for each in taken)]
    for one, spans in ((line, across.spans), *((one, _ticked(one, 0)) for one in across.more)):
        item.options.extend(DraftOption(one, "beside", label, start, end, begins=at) for at, start, end, label in spans)
