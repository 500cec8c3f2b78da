"""Headed parts of an old syllabus: what stands under a heading makes room for the part that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from coursepack import languages
from coursepack.old_syllabus.changes import put_part
from coursepack.old_syllabus.fields import LONGEST_HEAD, PARTS, POLICY, RULE, RULES, TAG, Draft, part_of
from coursepack.old_syllabus.forms import dress, ends, level
from coursepack.old_syllabus.kinds import whole
from coursepack.outline.tree.labelled import kind_of, labelled
from coursepack.outline.tree.words import words
from coursepack.render.wml import Element, make, text_of, w

_TWICE = 2
_SHOWN = 40
_TEXTS = frozenset({"description", "course-aim", "objectives", "outcomes", "prerequisites", "postrequisites"})
"""Parts that are texts: a table below such a text is of something else."""


def put_fields(draft: Draft, parent: Element, place: str) -> None:
    """Headed parts: what stands up to the next heading makes room for the part."""
    children = list(parent)
    heads = _heads_of(draft, children)
    stops = [*(n for n, _ in heads), len(children)][1:]
    for (start, named), end in zip(heads, stops, strict=False):
        kind = POLICY if named == RULES else named
        inside = _before_signatures(_inside(draft, children[start:end], kind))
        if named == RULES and inside:
            # Their names come with the part.
            inside = [children[start], *inside]
        if not inside or kind not in PARTS:
            continue
        if kind == "grading" and any(whole(child) for child in inside if child.tag == w("tbl")):
            inside = inside[: next(n for n, child in enumerate(inside) if child.tag == w("tbl") and whole(child))]
        if not inside or any(text_of(child).strip() == f"{{{{ {PARTS[kind]} }}}}" for child in inside):
            continue
        at = f"{place} «{text_of(children[start]).strip()[:_SHOWN]}»"
        if draft.note(PARTS[kind], at):
            made = put_part(inside[0], PARTS[kind])
            for child in inside[1:]:
                parent.remove(child)
            if kind == "course-aim" and _names_objectives(children[start]) and draft.note("objectives", at):
                below = make("p")
                made.addnext(below)
                put_part(below, "objectives")


def _names_objectives(head: Element) -> bool:
    """«Aim and objectives»: both stand below it."""
    said = re.split(rf"\s(?:{'|'.join(map(re.escape, _ands()))})\s|[,/]", text_of(head).strip())
    return len(said) > 1 and any(
        "objectives" in words().labels(one) and "course-aim" not in words().labels(one) for one in said
    )


@cache
def _ands() -> tuple[str, ...]:
    return tuple(word for data in languages.every("labels") for word in data.get("dates", {}).get("and", ()))


def _heads_of(draft: Draft, children: Sequence[Element]) -> list[tuple[int, str]]:
    """Names of parts. What stands twice is a line of contents first; what stands oftener names nothing."""
    texts = [text_of(child).strip() for child in children if child.tag == w("p")]
    found = [(n, kind) for n, child in enumerate(children) if (kind := _head(draft, child))]
    last = {text_of(children[n]).strip(): n for n, _ in found}
    named = [(n, kind, text_of(children[n]).strip()) for n, kind in found]
    heads = [(n, kind) for n, kind, text in named if last[text] == n and texts.count(text) <= _TWICE]
    stops = [*(n for n, _ in heads), len(children)][1:]
    if any(_says_description(children[n]) for n, kind in heads if kind == "description"):
        heads = [(n, kind) for n, kind in heads if kind != "description" or _says_description(children[n])]
        stops = [*(n for n, _ in heads), len(children)][1:]
    spans = zip(heads, stops, strict=True)
    heads = [(n, "" if _taken(children[n + 1 : end]) else kind) for (n, kind), end in spans]
    heads = [(n, "" if _of_another(draft, children, n, dict(heads)) else kind) for n, kind in heads]
    heads = [
        (n, "" if _named_below(draft, children[n:end], kind) else kind)
        for (n, kind), end in zip(heads, stops, strict=True)
    ]
    return _runs_of_rules(heads)


def _says_description(head: Element) -> bool:
    """«Course description», where «Course information» may hold anything."""
    return "description" in words().labels(text_of(head).strip())


def _named_below(draft: Draft, part: Sequence[Element], kind: str) -> bool:
    """A description below a head that is called «Course information»: that one holds other data, too."""
    if kind != "description":
        return False
    found = (labelled(draft.marks, text_of(child).strip()) for child in part[1:] if child.tag == w("p"))
    return any(one.kind == kind and not one.start for every in found for one in every)


def _of_another(draft: Draft, children: Sequence[Element], place: int, heads: dict[int, str]) -> bool:
    """A heading below one of a higher level that names no part, where others name theirs: the aim of a project."""
    own = level(dress(draft.file, children[place]))
    if own <= level(dress(draft.file, children[min(heads)])):
        return False
    above = (n for n in range(place - 1, -1, -1) if 0 < level(dress(draft.file, children[n])) < own)
    return next(above, place) not in heads


def _inside(draft: Draft, part: Sequence[Element], kind: str) -> list[Element]:
    """What stands under a head, up to the next line that is dressed as it is; of a plan its tables alone."""
    found: list[Element] = []
    first = next((child for child in part[1:] if text_of(child).strip()), None)
    for child in part[1:]:
        if child.tag not in {w("p"), w("tbl")}:
            continue
        ended = ends(draft.file, part[0], child, first) and _may_end(draft, child, kind)
        if ended or _over(draft, child, found, kind):
            break
        found.append(child)
    return found


def _over(draft: Draft, child: Element, found: Sequence[Element], kind: str) -> bool:
    """What is no more of a part: fields that stand there by now, text behind a plan, a table behind a text."""
    text = text_of(child).strip()
    if TAG.search(text):
        return True
    if child.tag == w("tbl"):
        return kind in _TEXTS and any(text_of(each).strip() for each in found)
    return kind == "plan" and bool(text) and any(each.tag == w("tbl") for each in found)


def _may_end(draft: Draft, child: Element, kind: str) -> bool:
    text = text_of(child).strip()
    if not text or (len(text) > LONGEST_HEAD and ":" not in text):
        return False
    # «Attendance», «Academic honesty» below «Course policy» are rules of it.
    if kind == POLICY and kind in words().labels(text):
        return False
    return kind not in {_head(draft, child), kind_of(draft.marks, text)}


def _head(draft: Draft, child: Element) -> str | None:
    if child.tag != w("p"):
        return None
    return part_of(draft.marks, text_of(child))


def _taken(inside: Sequence[Element]) -> bool:
    """Whether a table in which fields stand by now, or the field of another part before anything else, is below a head:
    the data of the course or a plan, whatever the head seems to name."""
    first = next((each for each in inside if text_of(each).strip()), None)
    return any(each is first or each.tag == w("tbl") for each in inside if TAG.search(text_of(each)))


def _runs_of_rules(heads: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """One rule below another is of the same part; several that no heading stands over are a part together."""
    found: list[tuple[int, str]] = []
    for place, kind in heads:
        above = found[-1][1] if found else ""
        if kind == RULE and above in {RULE, RULES}:
            found[-1] = (found[-1][0], RULES)
        elif kind != above and not (kind == RULE and above == POLICY):
            found.append((place, kind))
    return found


def _before_signatures(inside: list[Element]) -> list[Element]:
    """Without the lines to sign at its end."""
    while inside and inside[-1].tag == w("p") and ("___" in text_of(inside[-1]) or not text_of(inside[-1]).strip()):
        inside = inside[:-1]
    return inside
