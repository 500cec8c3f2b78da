"""Fields on the lines of an old syllabus: behind their labels, and the lines to sign at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coursepack.old_syllabus.changes import set_text, take_out
from coursepack.old_syllabus.fields import PARTS, POLICY, TAG, Draft, named_by, paragraph_named, tag_of, text_field
from coursepack.old_syllabus.forms import fits, is_item, is_label, is_listed, strangers
from coursepack.outline.tree.labelled import Labelled, labelled
from coursepack.outline.tree.words import words
from coursepack.render.wml import Element, make, text_of, w

_DASHES = ("–", "—", "-")
_LEAST = 4
"""Letters of a value that is looked for elsewhere."""
_EDGE, _LINE = 12, 160
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def put_fields(draft: Draft, paragraphs: Sequence[Element], place: str) -> None:
    """«Label: value» on a line; a line without values for us stays."""
    texts = [text_of(paragraph) for paragraph in paragraphs]
    others = strangers(texts, lambda text: bool(labelled(draft.marks, text)))
    for number, (paragraph, text) in enumerate(zip(paragraphs, texts, strict=True)):
        if number in others or not text.strip() or TAG.search(text) or is_listed(text):
            continue
        made, at = text, paragraph_named(text) if place == "paragraph" else place
        all_ = labelled(draft.marks, text)
        all_ = [one for n, one in enumerate(all_) if is_label(text, one.start, one.value, first=not n)]
        if len(all_) == 1 and _labelled_part(draft, paragraph, text, all_[0], at):
            continue
        company = {each.kind for near in texts[max(number - 1, 0) : number + 2] for each in labelled(draft.marks, near)}
        for one in reversed(all_):
            kind = named_by(text[one.start : one.value], one.kind, company)
            name = text_field(kind)
            value = text[one.value : one.end]
            old = value.strip(" _;,\t")
            if name and value.strip(" _") and fits(name, old) and draft.note(name, at, old):
                lead, trail = value[: len(value) - len(value.lstrip())], value[len(value.rstrip(" ;,\t")) :]
                made = f"{made[: one.value]}{lead or ' '}{tag_of(name)}{trail}{made[one.end :]}"
            elif name and old:
                draft.old_places.append(
                    paragraph_named(text) if place == "paragraph" else f"{place} «{text.strip()[:60]}»"
                )
        if made != text:
            set_text(paragraph, made)


def _labelled_part(draft: Draft, paragraph: Element, text: str, one: Labelled, at: str) -> bool:
    """«Aim: …»: the label stays, the part stands below it."""
    part = PARTS.get(one.kind)
    value = text[one.value :].strip(" _")
    if part is None or one.kind in {"plan", POLICY} or not value:
        return False
    if text[: one.value].rstrip().endswith(_DASHES) and value[0].islower():
        return False  # «A list of sources – part of a report …» says what it is.
    if named_by(text[one.start : one.value], one.kind, ()) is None:
        return False
    if not draft.note(part, at):
        return False
    while (below := paragraph.getnext()) is not None and is_item(below):
        take_out(below)
    set_text(paragraph, text[: one.value].rstrip())
    below = make("p")
    set_text(below, f"{{{{ {part} }}}}")
    paragraph.addnext(below)
    return True


def signatures(draft: Draft) -> None:
    """The lines to sign at the end."""
    paragraphs = [child for child in draft.file.body if child.tag == w("p")]
    last = [p for p in paragraphs[-12:] if "___" in text_of(p) and not TAG.search(text_of(p))]
    if last and draft.note("signatures", "the lines to sign at the end"):
        set_text(last[0], "{{ signatures }}")
        for paragraph in last[1:]:
            draft.file.body.remove(paragraph)


def put_elsewhere(draft: Draft) -> None:
    """What stood where a field is now stands elsewhere, too: the title in quotes or on a line of its own, the code."""
    title, code = draft.old_values.get("title", ""), draft.old_values.get("code", "")
    for paragraph in draft.file.body.iter(w("p")):
        made = text = text_of(paragraph)
        if len(title) >= _LEAST:
            quoted = rf"(?<=[«“\"]){re.escape(title)}(?=[»”\"])"
            made = re.sub(rf"\A\s*{re.escape(title)}\s*\Z|{quoted}", tag_of("title"), made, flags=re.IGNORECASE)
        if len(code) >= _LEAST and any(map(str.isdigit, code)):
            made = re.sub(rf"(?<!\w){re.escape(code)}(?!\w)", tag_of("code"), made, flags=re.IGNORECASE)
        if made != text:
            set_text(paragraph, made)


def with_years(body: Element) -> Iterator[str]:
    """Lines that name a year: those of the first page, and minutes and approvals of the last."""
    paragraphs = [child for child in body if child.tag == w("p") and text_of(child).strip()]
    last = [each for each in paragraphs[-_EDGE:] if "approval" in words().labels(text_of(each))]
    for paragraph in dict.fromkeys([*paragraphs[:_EDGE], *last]):
        text = text_of(paragraph)
        if _YEAR.search(text) and not TAG.search(text) and len(text) < _LINE:
            yield paragraph_named(text)
