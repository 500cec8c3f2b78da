"""Files of a backup: the pool by content hash, the records of files.xml, who refers to them, who shows them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from urllib.parse import unquote

from coursepack.checks.mbz.view import NULL, Element, View, child, each, text
from coursepack.place import CoursepackError

FILES = "files.xml"
# Files of these components restore with their owner; all others must stand in an inforef.
_BY_OWNER = ("question", "grade", "group", "grouping", "user", "badges", "contentbank", "calendar")
_SHOWN = re.compile(r"(?:src|href|data|poster)=[\"']@@PLUGINFILE@@/([^\"'<>?#\s)\\]+)")

Area = tuple[str, str, str, str]
"""Context, component, file area, item."""


def check(view: View) -> None:
    """Every record has its content, every content its record; every reference has its record."""
    files = view.document(FILES)
    if files is None:
        return
    records = {file.get("id") or "": file for file in each(files, "file")}
    _pool(view, list(each(files, "file")))
    _references(view, records)
    _shown(view, records)


def _pool(view: View, files: list[Element]) -> None:
    used: set[str] = set()
    times: Counter[str] = Counter(file.get("id") or "" for file in files)
    for id_, count in times.items():
        if count > 1:
            view.doubt("mbz-file-id", f"{count} records have the id {id_!r}", FILES)
    checked: set[str] = set()
    for file in files:
        sha1 = text(file, "contenthash")
        directory = text(file, "filename") == "."
        external = text(file, "repositorytype") not in {"", "local"}
        path = f"files/{sha1[:2]}/{sha1}"
        used.add(path)
        if path not in view.package:
            if not directory and not external:
                stated = f"the content {path} of {text(file, 'filename')!r} is missing: the file is dropped"
                view.fault("mbz-content-missing", stated, FILES, file)
            continue
        if path in checked or directory:
            continue
        checked.add(path)
        try:
            found = _sha1(view, path)
        except CoursepackError as problem:
            view.fault("mbz-content-damaged", problem.message, path)
            continue
        if found != sha1:
            stated = f"{path} of {text(file, 'filename')!r} has the SHA-1 {found}: its content is not what was put in"
            view.fault("mbz-content-changed", stated, FILES, file)
    for name in view.package.names():
        if name.startswith("files/") and name not in used:
            view.doubt("mbz-content-unused", "no record of files.xml uses it", name)


def _sha1(view: View, path: str) -> str:
    found = hashlib.sha1(usedforsecurity=False)
    for chunk in view.package.chunks(path):
        found.update(chunk)
    return found.hexdigest()


def _references(view: View, records: dict[str, Element]) -> None:
    named: set[str] = set()
    for member in view.package.names():
        if not member.endswith("inforef.xml"):
            continue
        for reference in each(view.document(member), "fileref/file/id"):
            id_ = (reference.text or "").strip()
            named.add(id_)
            if id_ not in records:
                view.doubt("mbz-fileref", f"the file {id_!r} is not in files.xml", member, reference)
    for id_, file in records.items():
        component = text(file, "component")
        by_owner = component in _BY_OWNER or component.startswith("qtype_")
        if id_ not in named and not by_owner and text(file, "filename") != ".":
            stated = f"{text(file, 'filename')!r} ({component}) is in no inforef.xml: it is lost silently"
            view.doubt("mbz-file-unreferenced", stated, FILES, file)


# --- who shows them -----------------------------------------------------------------------------------------------


def _shown(view: View, records: dict[str, Element]) -> None:
    """Each @@PLUGINFILE@@ address has a file in the area of the text it stands in."""
    have: dict[Area, set[str]] = defaultdict(set)
    for file in records.values():
        area = (text(file, "contextid"), text(file, "component"), text(file, "filearea"), text(file, "itemid"))
        have[area].add(f"{text(file, 'filepath')}{text(file, 'filename')}".lstrip("/"))
    for member in view.package.names():
        parts = member.split("/")
        if parts[0] == "activities" and len(parts) == 3 and parts[2] == parts[1].rpartition("_")[0] + ".xml":
            _shown_by_activity(view, member, have)
    _shown_by_course(view, have)
    _shown_by_questions(view, have)


def _shown_by_course(view: View, have: dict[Area, set[str]]) -> None:
    course = view.document("course/course.xml")
    if course is None:
        return
    context = course.get("contextid") or ""
    _look(view, "course/course.xml", course, "summary", (context, "course", "summary", "0"), have)
    for member in view.package.names():
        if member.startswith("sections/") and member.endswith("/section.xml"):
            section = view.document(member)
            if section is not None:
                area = (context, "course", "section", section.get("id") or "")
                _look(view, member, section, "summary", area, have)


def _shown_by_activity(view: View, member: str, have: dict[Area, set[str]]) -> None:
    activity = view.document(member)
    if activity is None:
        return
    context, mod = activity.get("contextid") or "", activity.get("modulename") or ""
    body = child(activity, mod)
    if body is None:
        return
    _look(view, member, body, "intro", (context, f"mod_{mod}", "intro", "0"), have)
    if mod in {"page", "resource"}:
        _look(view, member, body, "content", (context, f"mod_{mod}", "content", "0"), have)
    for chapter in each(body, "chapters/chapter"):
        _look(view, member, chapter, "content", (context, "mod_book", "chapter", chapter.get("id") or ""), have)


def _shown_by_questions(view: View, have: dict[Area, set[str]]) -> None:
    member = "questions.xml"
    for category in each(view.document(member), "question_category"):
        context = text(category, "contextid")
        for question in category.iterfind(".//question[@id]"):
            id_ = question.get("id") or ""
            if id_ in view.recognised:
                continue
            for leaf in ("questiontext", "generalfeedback"):
                _look(view, member, question, leaf, (context, "question", leaf, id_), have)
            for options in (*question.iterfind("*/multichoice[@id]"), *question.iterfind("*/ordering[@id]")):
                for leaf in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
                    _look(view, member, options, leaf, (context, "question", leaf, id_), have)
            for options in question.iterfind("*/essay[@id]"):
                _look(view, member, options, "graderinfo", (context, "qtype_essay", "graderinfo", id_), have)
            for pair in question.iterfind(".//match[@id]"):
                own = pair.get("id") or ""
                _look(view, member, pair, "questiontext", (context, "qtype_match", "subquestion", own), have)
            for answer in question.iterfind(".//answer[@id]"):
                own = answer.get("id") or ""
                for leaf, area in (("answertext", "answer"), ("feedback", "answerfeedback")):
                    _look(view, member, answer, leaf, (context, "question", area, own), have)


def _look(view: View, member: str, parent: Element, leaf: str, area: Area, have: dict[Area, set[str]]) -> None:
    element = parent.find(leaf)
    if element is None or not element.text or element.text == NULL:
        return
    for name in dict.fromkeys(_SHOWN.findall(element.text)):
        if not {name, unquote(name)} & have[area]:
            stated = f"{leaf} shows {unquote(name)!r}, but {area[1]}/{area[2]} has no such file in context {area[0]}"
            view.doubt("mbz-picture-missing", stated, member, element)
