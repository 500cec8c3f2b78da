"""What an author may change on the review page, each change one entry of course.toml: a table of acts, each from the
fields of a form to an edit of the text."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coursepack.model.blocks import block_text
from coursepack.model.course import About, Assignment, Release, Session
from coursepack.model.questions import MultipleChoice, Question
from coursepack.outline.parted import plain
from coursepack.place import Place
from coursepack.project import course_toml as project
from coursepack.review import declared, edits, parting
from coursepack.review.anchors import LONGEST, Spot, spot, spot_of_line
from coursepack.review.course import Edit, RefusedError, Snapshot

Form = Mapping[str, str]


@dataclass(frozen=True)
class ReviewChange:
    """An act applied to a submitted form: its name, and the edit of course.toml (``department``: of the department's
    file)."""

    label: str
    edit: Edit
    department: bool = False


def change(snapshot: Snapshot, form: Form) -> ReviewChange:
    """The change that a form asks for. Raises ``RefusedError`` where a field is missing or its passage does not
    exist."""
    act = form.get("act", "")
    if act not in _ACTS:
        raise RefusedError(f"there is no act {act[:40]!r}")
    return ReviewChange(act, _ACTS[act](snapshot, form), act == "department")


# --- at a passage


def _correction(**keys: edits.Value) -> Callable[[Snapshot, Form], Edit]:
    """An act that adds one correction with fixed keys to a passage."""

    def result(snapshot: Snapshot, form: Form) -> Edit:
        entry = {**at(snapshot, form).entry(), **keys}
        return lambda text: edits.added(text, "correction", entry)

    return result


def at(snapshot: Snapshot, form: Form) -> Spot:
    """The passage that a form is about. Raises ``RefusedError``."""
    number, unit = _number(form, "source"), _number(form, "unit")
    sources = snapshot.understood.sources
    found = spot(sources[number], unit) if number is not None and unit is not None and number < len(sources) else None
    if found is None:
        raise RefusedError("no passage of a source stands there; nothing was written")
    return found


def _number(form: Form, name: str) -> int | None:
    value = form.get(name, "").strip()
    return int(value) if value.isdecimal() and len(value) < 10 else None


def _part(snapshot: Snapshot, form: Form) -> Edit:
    """The passage begins a part, with the number, the week and the title where they are given."""
    keys: dict[str, edits.Value] = {"part": form.get("part", "")} if form.get("part") else {}
    for name in ("number", "week"):
        if (number := _number(form, name)) is not None:
            keys[name] = number
    if title := form.get("title", "").strip():
        keys["title"] = title
    if not keys:
        raise RefusedError("nothing was chosen; nothing was written")
    entry = {**at(snapshot, form).entry(), "kind": "part", **keys}
    return lambda text: edits.added(text, "correction", entry)


def _split(snapshot: Snapshot, form: Form) -> Edit:
    found, words = at(snapshot, form), plain(form.get("words", ""))
    if not words or words not in plain(found.text) or plain(found.text).startswith(words):
        raise RefusedError("these words do not stand inside of the passage; nothing was written")
    entry = {**found.entry(words[:LONGEST]), "kind": "break"}
    return lambda text: edits.added(text, "correction", entry)


def _replace(snapshot: Snapshot, form: Form) -> Edit:
    wanted = " ".join(form.get("text", "").split())
    if not wanted:
        raise RefusedError("the passage would be empty: say that it is not content; nothing was written")
    entry = {**at(snapshot, form).entry(), "kind": "replace", "text": wanted}
    return lambda text: edits.added(text, "correction", entry)


def _restore(snapshot: Snapshot, form: Form) -> Edit:
    """What course.toml excluded is content again: its correction is removed."""
    file, unit = form.get("file", ""), _number(form, "unit")
    ledger = next((one for one in snapshot.understood.ledgers if one.file == file), None)
    line = plain(ledger.units.get(unit or 0, "")) if ledger else ""
    for index, one in enumerate(snapshot.loaded.project.correction):
        if one.kind == "debris" and one.file in {None, file} and line.startswith(plain(one.begins or "")[: len(line)]):
            return lambda text: edits.removed(text, "correction", index)
    return _content_edit(snapshot, file, unit)


def _content_edit(snapshot: Snapshot, file: str, unit: int | None) -> Edit:
    """What the reader excluded is content."""
    source = next((one for one in snapshot.understood.sources if one.document.file == file), None)
    found = spot_of_line(source, unit) if source is not None and unit is not None else None
    if found is None:
        raise RefusedError("no passage of a source stands there; nothing was written")
    entry = {**found.entry(), "kind": "content"}
    return lambda text: edits.added(text, "correction", entry)


def _items(snapshot: Snapshot, form: Form) -> Edit:
    """A passage that is split into several items."""
    found = at(snapshot, form)
    parts = parting.parts(found.printed, form.get("by", ""))
    if len(parts) < 2:
        raise RefusedError("this passage cannot be split this way; nothing was written")
    entry = {**found.entry(), "kind": "items", "items": [parting.quote(found.text, part) for part in parts[1:]]}
    return lambda text: edits.added(text, "correction", entry)


def _options(snapshot: Snapshot, form: Form) -> Edit:
    """The sign that marks the answers of a test, or separates them."""
    sign, how = form.get("sign", "").strip(), form.get("how", "sign")
    if not sign or how not in {"sign", "between"}:
        raise RefusedError("nothing was filled in; nothing was written")
    entry = {**at(snapshot, form).entry(), "kind": "options", how: sign}
    return lambda text: edits.added(text, "correction", entry)


# --- of questions


def _key(snapshot: Snapshot, form: Form) -> Edit:
    question = _question(snapshot, form)
    texts = form.get("answers", "").split("\n")
    offered = [block_text(one.content) for one in question.choices] if isinstance(question, MultipleChoice) else []
    answers = [text for text in offered if plain(text) in {plain(one) for one in texts if one.strip()}]
    if not answers:
        raise RefusedError("no answer was chosen; nothing was written")
    entry = {**_question_keys(snapshot, question), "kind": "key", "answers": answers}
    return lambda text: edits.added(_without_key(text, entry), "correction", entry)


def _without_key(text: str, entry: Mapping[str, edits.Value]) -> str:
    """The text without an earlier key of the same question; the new one replaces it."""
    for index, one in enumerate(tomllib.loads(text).get("correction", [])):
        same = all(one.get(name) == entry.get(name) for name in ("kind", "begins", "file", "nth"))
        if same:
            return edits.removed(text, "correction", index)
    return text


def _question_keys(snapshot: Snapshot, question: Question) -> Mapping[str, str | int]:
    """The keys of a correction that identify a question."""
    text = plain(block_text(question.text))
    begins = text if len(text) <= LONGEST else text[: text.rfind(" ", 1, LONGEST)] if " " in text[:LONGEST] else text
    alike = [
        one
        for one in snapshot.understood.course.questions()
        if isinstance(one, MultipleChoice)
        and plain(block_text(one.text)).startswith(begins)
        and _file(one) == _file(question)
    ]
    nth = next((n for n, one in enumerate(alike, 1) if one.id == question.id), 1)
    keys: dict[str, str | int] = {"file": _file(question)} if _file(question) else {}
    keys |= {"begins": begins} | ({"nth": nth} if nth > 1 else {})
    source = next((one for one in snapshot.understood.course.sources if one.file == _file(question)), None)
    return keys | ({"sha256": source.sha256} if source else {})


def _file(question: Question) -> str:
    return question.place.file if question.place else ""


def _question(snapshot: Snapshot, form: Form) -> Question:
    found = next((one for one in snapshot.understood.course.questions() if one.id == form.get("question")), None)
    if found is None:
        raise RefusedError("there is no such question; nothing was written")
    return found


def _variant(snapshot: Snapshot, form: Form) -> Edit:
    question, number = _question(snapshot, form), _number(form, "of")
    exam = snapshot.understood.course.exam
    of = next((one for one in exam.questions if one.number == number), None) if exam else None
    if of is None or of.id == question.id:
        raise RefusedError("expected the number of another exam question; nothing was written")
    entry = {"question": block_text(question.text).strip(), "of": block_text(of.text).strip()}
    return lambda text: edits.extended(text, ("exam", "variants"), entry)


# --- of classes and tasks


def _session(snapshot: Snapshot, form: Form) -> Edit:
    """A class gets another week, number or title: a correction of the passage that opens it."""
    found = next((one for _, one in snapshot.understood.course.sessions() if one.id == form.get("session")), None)
    if found is None:
        raise RefusedError("there is no such class; nothing was written")
    return _part(snapshot, {**form, **_passage_fields(snapshot, found), "part": found.kind})


def _passage_fields(snapshot: Snapshot, one: Session | Assignment) -> Form:
    """The place of the passage that opens a part, as fields of a form."""
    place: Place | None = one.place
    files = [source.document.file for source in snapshot.understood.sources]
    if place is None or place.file not in files:
        raise RefusedError("no passage of a source opens it; nothing was written")
    return {"source": str(files.index(place.file)), "unit": str(place.first)}


def _assignment(snapshot: Snapshot, form: Form) -> Edit:
    """Adds what a printed list of tasks leaves out."""
    values: dict[str, edits.Value] = {}
    for name in ("due", "form", "title"):
        if value := form.get(name, "").strip():
            values[name] = value
    for name in ("points", "hours"):
        if value := form.get(name, "").strip():
            values[name] = declared.amount(value)
    if (week := _number(form, "due_week")) is not None:
        values["due_week"] = week
    if not values:
        raise RefusedError("nothing was filled in; nothing was written")
    return lambda text: _with_task(text, form.get("assignment", ""), values)


# --- of the course


def _about(snapshot: Snapshot, form: Form) -> Edit:
    """All fields of the form that differ from the course; an emptied field is removed."""
    changed = declared.changes(form, snapshot.understood.course.about)
    if not changed:
        raise RefusedError(declared.NOTHING_WRITTEN)
    language, others = snapshot.loaded.project.language, snapshot.whole.project.languages
    return lambda text: declared.edited(text, changed, language, others)


def _department(snapshot: Snapshot, form: Form) -> Edit:
    """The same for the file of a department, which holds for all its courses."""
    changed = declared.changes(form, About())
    if not changed:
        raise RefusedError(declared.NOTHING_WRITTEN)
    return lambda text: declared.edited(text, changed, snapshot.loaded.project.language)


def _settings(snapshot: Snapshot, form: Form) -> Edit:
    """Dates, and settings of the exam."""
    values = {one: form[".".join(one)].strip() for one in SETTINGS if ".".join(one) in form}
    changed = {path: new for path, new in values.items() if new != form.get(f"was.{'.'.join(path)}", "").strip()}
    if not changed:
        raise RefusedError(declared.NOTHING_WRITTEN)

    def edit(text: str) -> str:
        for path, new in changed.items():
            text = edits.put(text, path, new or None)
        return text

    return edit


SETTINGS: tuple[tuple[str, ...], ...] = (
    ("timezone",),
    *(("moodle-backup", name) for name in ("start", "end", "exam_opens", "exam_closes")),
    ("exam", "form"),
    ("exam", "release"),
)
"""Keys of course.toml outside ``[about]`` that the form has."""
RELEASES: tuple[str, ...] = Release.__args__  # type: ignore[attr-defined]  # what the literal allows


def _tasks(snapshot: Snapshot, form: Form) -> Edit:
    """Points, hours and dates of all tasks."""
    changed: dict[str, dict[str, edits.Value]] = {}
    for task in (one for week in snapshot.understood.course.weeks for one in week.assignments):
        values = {name: form.get(f"{task.id}.{name}", "").strip() for name in OF_TASKS}
        new = {
            name: values[name] for name in OF_TASKS if values[name] and values[name] != _form_value(getattr(task, name))
        }
        if new:
            changed[task.id] = {name: _parsed_value(name, value) for name, value in new.items()}
    if not changed:
        raise RefusedError(declared.NOTHING_WRITTEN)

    def edit(text: str) -> str:
        for name, values in changed.items():
            text = _with_task(text, name, values)
        return text

    return edit


OF_TASKS = ("points", "hours", "due", "due_week", "form")


def _form_value(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _parsed_value(name: str, value: str) -> edits.Value:
    return declared.amount(value) if name in {"points", "hours", "due_week"} else value


def _with_task(text: str, name: str, values: Mapping[str, edits.Value]) -> str:
    """The text with the values of a task, in its entry or in a new one."""
    there = [one.get("assignment") for one in tomllib.loads(text).get("assignment", [])]
    if name not in there:
        return edits.added(text, "assignment", {"assignment": name, **values})
    for key, value in values.items():
        text = edits.put(text, ("assignment", there.index(name), key), value)
    return text


def _title(snapshot: Snapshot, form: Form) -> Edit:
    title, language = form.get("title", "").strip(), snapshot.loaded.project.language
    if not title:
        raise RefusedError("a course without a title; nothing was written")
    path = ("title",) if language == snapshot.editions[0] else ("titles", language)
    return lambda text: edits.put(text, path, title)


def _language(snapshot: Snapshot, form: Form) -> Edit:
    """The language of the course, or of one of its sources."""
    language, file = form.get("language", ""), form.get("file")
    if not file:
        return lambda text: edits.put(text, ("language",), language)
    return lambda text: edits.put(text, ("source", _source(snapshot, file), "language"), language or None)


def _source(snapshot: Snapshot, file: str) -> int:
    files = [one.file for one in snapshot.loaded.project.source]
    if file not in files:
        raise RefusedError(f"{file[:200]!r} is not a source; nothing was written")
    return files.index(file)


def _role(snapshot: Snapshot, form: Form) -> Edit:
    """The role of a source."""
    index, role = _source(snapshot, form.get("file", "")), form.get("role", "")
    return lambda text: edits.put(text, ("source", index, "role"), role)


def _list(_: Snapshot, form: Form) -> Edit:
    """Lists a file of the folder as a source."""
    entry = {"file": form.get("file", ""), "role": form.get("role", "")}
    return lambda text: edits.added(text, "source", entry)


def _without(snapshot: Snapshot, form: Form) -> Edit:
    """The course does not have a part."""
    part = form.get("part", "")
    if part not in WITHOUT:
        raise RefusedError("a course has that part; nothing was written")
    absent = [*snapshot.loaded.project.absent, part]
    return lambda text: edits.put(text, ("absent",), absent)


def _with(snapshot: Snapshot, form: Form) -> Edit:
    """The course may have the part after all."""
    left = [one for one in snapshot.loaded.project.absent if one != form.get("part")]
    return lambda text: edits.put(text, ("absent",), left or None)


def _write(_: Snapshot, __: Form) -> Edit:
    """Writes course.toml as it was drafted."""
    return lambda text: text


def _take_out(snapshot: Snapshot, form: Form) -> Edit:
    """Removes a correction, which the page showed with its index and its words."""
    index = _number(form, "index")
    there = snapshot.loaded.project.correction
    if index is None or index >= len(there):
        raise RefusedError("there is no such correction; nothing was written")
    return lambda text: edits.removed(text, "correction", index)


_ACTS: Mapping[str, Callable[[Snapshot, Form], Edit]] = {
    "part": _part,
    "not-a-part": _correction(kind="part", part="none"),
    "end": _correction(kind="end"),
    "heading": _correction(kind="heading", level=1),
    "paragraph": _correction(kind="paragraph"),
    "list-item": _correction(kind="list-item"),
    "debris": _correction(kind="debris"),
    "join": _correction(kind="join"),
    "split": _split,
    "items": _items,
    "options": _options,
    "replace": _replace,
    "restore": _restore,
    "key": _key,
    "variant": _variant,
    "session": _session,
    "assignment": _assignment,
    "about": _about,
    "department": _department,
    "settings": _settings,
    "tasks": _tasks,
    "title": _title,
    "language": _language,
    "role": _role,
    "list": _list,
    "without": _without,
    "with": _with,
    "write": _write,
    "take-out": _take_out,
}
NAMES = tuple(_ACTS)
PARTS: tuple[str, ...] = project.Part.__args__  # type: ignore[attr-defined]  # what the literal allows
WITHOUT: tuple[str, ...] = project.Without.__args__  # type: ignore[attr-defined]
ROLES: tuple[str, ...] = project.Role.__args__  # type: ignore[attr-defined]
