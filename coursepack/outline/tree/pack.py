"""A pack of texts to read: titles over prose, with lines that say whose a text is or where it comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from coursepack.outline.tree.people import NAME
from coursepack.outline.tree.shape import tells
from coursepack.outline.tree.signals import Segment, weights
from coursepack.outline.tree.words import alternatives, phrases
from coursepack.outline.tree.work import leads_terms

_FIRST = 8
"""Among how many lines at the beginning a document says that it is a pack of texts."""
_HEAD_LINES = 3
"""Lines over a text at most: its title and whose it is."""
_SEVERAL = 2
_SOURCED = 3
_LONGEST = 110
_BEHIND_NAME = re.compile(r"(?:,\s*|\s*\()?(?:\d{4}(?:\s*[–—-]\s*\d{2,4})?\)?)?\W*")
_LED = {
    name: re.compile(rf"\W{{0,3}}(?:{alternatives(phrases('to-read', name))})", re.IGNORECASE)
    for name in ("byline", "source", "kind")
}
_CITED = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|\bpp?\.\s?\d")
_SAYS_PACK = re.compile(alternatives(phrases("to-read", "pack")), re.IGNORECASE)


@dataclass
class Text:
    """A text of a pack: its title, and what stands below it; ``told``: a line says whose it is or whence it comes."""

    title: Segment
    body: list[Segment] = field(default_factory=list)
    told: bool = False


@dataclass
class Pack:
    """What a pack holds: the lines before its first text, the texts, and what stands behind them under headings of its
    own."""

    before: list[Segment]
    texts: list[Text]
    behind: list[Text]


def pack(every: Sequence[Segment]) -> Pack | None:
    """The texts of a document that is a pack of them; None where it is none."""
    heads = _heads(every)
    if len(heads) < _SEVERAL or _sets_works(every):
        return None
    texts: list[Text] = []
    for at, end in zip(heads, [*heads[1:], len(every)], strict=True):
        body = list(every[at + 1 : end])
        texts.append(Text(every[at], body, _is_stated(every[at], body)))
    while texts and not texts[0].told:
        texts.pop(0)
    last = max((at for at, one in enumerate(texts) if one.told), default=-1) + 1
    told_count = sum(one.told for one in texts)
    is_named_pack = any(_SAYS_PACK.search(one.text) for one in every[:_FIRST] if one.is_text and not tells(one))
    if told_count < _SEVERAL or told_count * 2 <= last or not (is_named_pack or _are_texts(texts[:last])):
        return None
    before = [one for one in every if one.at < texts[0].title.at]
    return Pack(before, texts[:last], texts[last:])


def _sets_works(every: Sequence[Segment]) -> bool:
    """Whether several lines say when work is due and what it gives: its texts are what is to be done."""
    return sum(map(leads_terms, every)) >= _SEVERAL


def _are_texts(texts: Sequence[Text]) -> bool:
    """Whether most texts are called so, or a line over each says whose it is, and none is counted as a class."""
    classes = any(
        c.words and c.parted and c.kind in {"lecture", "seminar", "week"} for t in texts for c in t.title.counted
    )
    called = sum(bool(_LED["kind"].match(one.title.text)) or bool(_by(one.body)) for one in texts)
    alike = len({_look(one.title) for one in texts}) == 1 and sum(map(_is_sourced, texts)) >= _SOURCED
    return not classes and (called * 2 > len(texts) or alike)


def _is_sourced(text: Text) -> bool:
    """Whether a line below a text says where it comes from."""
    return any(map(_is_source, text.body)) or _is_cited(text.body)


def _heads(every: Sequence[Segment]) -> list[int]:
    """The places of the lines that head prose, with no more than whose it is between."""
    found: list[int] = []
    for at, one in enumerate(every):
        if not tells(one) or _is_source(one) or not at:
            continue
        first = at
        while first and at - first < _HEAD_LINES and _may_head(every[first - 1]):
            first -= 1
        if first < at:
            found.append(_title_of(every, first, at))
    looks = [_look(every[at]) for at in found if every[at].heading >= weights()["heading"]["least"]]
    usual = max(dict.fromkeys(looks), key=looks.count, default=None)  # of several the first, never by chance
    if usual is None or looks.count(usual) < _SEVERAL:
        return found
    alike = {at for at in range(found[0], len(every) - 1) if _may_head(every[at]) and _look(every[at]) == usual}
    return sorted(alike.union(found))


def _look(one: Segment) -> tuple[object, ...]:
    """How a heading looks."""
    piece = one.piece
    return piece.heading, piece.bold, piece.size, piece.centered, one.heading >= weights()["heading"]["least"]


def _title_of(every: Sequence[Segment], first: int, end: int) -> int:
    """Of the lines over a text the last that says not whose it is: what stands over it heads several texts."""
    titles = [at for at in range(first, end) if not _is_byline(every[at])]
    set_off = [at for at in titles if every[at].heading >= weights()["heading"]["least"]]
    numbered = [at for at in titles if every[at].mark is not None or any(c.parted for c in every[at].counted)]
    return (set_off or numbered or titles or [first])[-1]


def _may_head(one: Segment) -> bool:
    if not one.is_text or not one.text or len(one.text) > _LONGEST or _is_source(one):
        return False
    listed = one.mark is not None and (one.mark.value == 0 or one.asks == "question")
    asks = one.asks == "question" and one.heading < weights()["heading"]["least"]  # «What the Census Does Not Ask»
    return not listed and one.text[-1] not in ".?!;:," and not asks and not one.leads


def _is_stated(title: Segment, body: Sequence[Segment]) -> bool:
    return bool(_LED["kind"].match(title.text)) or _by(body) or any(map(_is_source, body)) or _is_cited(body)


def _by(body: Sequence[Segment]) -> bool:
    """Whether the first line below a title says whose the text is."""
    return bool(body) and _is_byline(body[0])


def _is_byline(one: Segment) -> bool:
    if not one.is_text or len(one.text) > _LONGEST:
        return False
    name = NAME.match(one.text)
    alone = name is not None and _BEHIND_NAME.fullmatch(one.text[name.end() :]) is not None and one.text[-1:] != "."
    stated = one.text[:1].islower() or NAME.search(one.text) is not None
    dated = _CITED.search(one.text) is not None and one.text[-1:] != "."  # «From a harbour notebook, 1903»
    led = _LED["byline"].match(one.text) is not None and (stated or dated)
    return led or (alone and len(one.text.split()) < 6 and one.heading < weights()["heading"]["least"])


def _is_cited(body: Sequence[Segment]) -> bool:
    """Whether a short line with a year or pages ends what stands below a title: «T. Mokoena, Letters, 2011, p. 9»."""
    short = (one for one in body[1:] if one.is_text and len(one.text) < 2 * _LONGEST and one.text[-1:] not in ".?!;:,")
    return any(_CITED.search(one.text) and one.mark is None and not one.due for one in short)


def _is_source(one: Segment) -> bool:
    """Whether a line says where a text comes from: «Source: …», «Adapted from …»."""
    return one.is_text and _LED["source"].match(one.text) is not None and len(one.text) < 4 * _LONGEST
