"""A new revision of a course keeps the ids of all that it recognises by text.

LMSs know pages, activities and questions by their ids: a question inserted before the others must not rename them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from coursepack.model.blocks import block_text, inline_text
from coursepack.model.course import Course, Session
from coursepack.place import Finding, Place, note
from coursepack.similar import match

# A field that names another node by its id.
_REFERENCES = {"session", "variant_of"}


class _Renaming:
    """Collects new id → kept id, and what is to be told about it."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.counts: Counter[tuple[str, str]] = Counter()
        self.told: list[Finding] = []

    def pair(self, what: str, old: Sequence[Any], new: Sequence[Any], text: Any) -> list[tuple[Any, Any]]:
        """Match the nodes of one kind; the pairs (old, new) that were recognised."""
        pairs = []
        taken = {node.id for node in old}
        for node, (index, reworded) in zip(
            new, match([text(node) for node in old], [text(node) for node in new]), strict=True
        ):
            if index is None:
                self.ids[node.id] = _free(node.id, taken)
                taken.add(self.ids[node.id])
                self._report(what, "new", text(node), node.place)
                continue
            self.ids[node.id] = old[index].id
            pairs.append((old[index], node))
            if reworded:
                self._report(what, "reworded", text(node), node.place)
            else:
                self.counts[what, "kept"] += 1
        kept = {id(before) for before, _ in pairs}
        for node in old:
            if id(node) not in kept:
                self._report(what, "gone", text(node), None)
        return pairs

    def _report(self, what: str, fate: str, text: str, place: Place | None) -> None:
        self.counts[what, fate] += 1
        self.told.append(note(f"revision-{fate}", f"{what} {fate}: {text[:80]!r}", place))


def _free(name: str, taken: set[str]) -> str:
    """``name`` if no earlier node has it, else the same with the next number that is free."""
    if name not in taken:
        return name
    stem, _, tail = name.rpartition("-")
    if tail.isdigit() and stem:
        numbers = [int(t[len(stem) + 1 :]) for t in taken if t.startswith(f"{stem}-") and t[len(stem) + 1 :].isdigit()]
        return f"{stem}-{max(numbers) + 1:0{len(tail)}d}"
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


def keep_ids(old: Course, new: Course) -> tuple[Course, list[Finding]]:
    """``new`` with the ids of ``old`` where a text is recognised; notes say what was kept, reworded, new, gone."""
    names = _Renaming()
    pairs = names.pair("session", _sessions(old), _sessions(new), _session_text)
    for before, after in pairs:
        names.pair("outline item", before.outline, after.outline, _content)
        names.pair("topic", before.topics, after.topics, _content)
        names.pair("task", before.tasks, after.tasks, _blocks)
        names.pair("review question", before.review, after.review, _text)
    for session in _sessions(new):
        if session.id not in {after.id for _, after in pairs}:
            _move_inside(session, names)
    names.pair("assignment", _assignments(old), _assignments(new), _blocks)
    names.pair("exam question", old.exam.questions if old.exam else (), new.exam.questions if new.exam else (), _text)
    names.pair("reading", old.readings, new.readings, lambda node: node.title or node.label or _blocks(node)[:200])
    names.pair("term", old.glossary, new.glossary, lambda node: node.term)
    summary = ", ".join(f"{number} {what}s {fate}" for (what, fate), number in sorted(names.counts.items()))
    findings = [note("revision-summary", f"compared with the previous course: {summary}"), *names.told]
    renamed: Course = _rename(new, names.ids)
    return renamed, findings


def _move_inside(session: Session, names: _Renaming) -> None:
    """What is inside a new session follows its name."""
    name = names.ids.get(session.id, session.id)
    for node in (*session.outline, *session.topics, *session.tasks, *session.review):
        if node.id.startswith(session.id):
            names.ids[node.id] = name + node.id[len(session.id) :]


def _sessions(course: Course) -> list[Session]:
    return [session for _, session in course.sessions()]


def _session_text(session: Session) -> str:
    # Kind and title know a session; one without a title is known by how it begins.
    body = "" if session.title else " ".join(inline_text(topic.content) for topic in session.topics)[:200]
    return f"{session.kind} {session.title or ''} {body or ('' if session.title else _blocks(session)[:200])}"


def _assignments(course: Course) -> list[Any]:
    return [assignment for week in course.weeks for assignment in week.assignments]


def _content(node: Any) -> str:
    return inline_text(node.content)


def _blocks(node: Any) -> str:
    return block_text(node.blocks)


def _text(node: Any) -> str:
    return block_text(node.text)


def _rename(node: Any, ids: dict[str, str]) -> Any:
    """The same tree with ids and references renamed; untouched parts are shared."""
    if isinstance(node, tuple):
        return tuple(_rename(item, ids) for item in node)
    if not isinstance(node, msgspec.Struct) or isinstance(node, Place):
        return node
    changes: dict[str, Any] = {}
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if name == "id" or name in _REFERENCES:
            fresh = ids.get(value, value) if isinstance(value, str) else value
        elif name == "questions" and isinstance(value, tuple) and value and isinstance(value[0], str):
            fresh = tuple(ids.get(item, item) for item in value)
        elif isinstance(value, tuple | msgspec.Struct):
            fresh = _rename(value, ids)
        else:
            continue
        if fresh != value:
            changes[name] = fresh
    return msgspec.structs.replace(node, **changes) if changes else node
