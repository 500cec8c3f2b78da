"""What a restore takes without a word, and what then is wrong in the course: dates the wrong way round, links to what
is not in the file, conditions that nobody can meet, files of nobody.

Sources: Moodle 4.5, backup/moodle2/restore_stepslib.php, lib/db/install.xml, availability/classes/info.php.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

from coursepack.checks.mbz.view import Element, View, child, each, text

_LONGEST = 255
_LEVELS = frozenset({"10", "30", "40", "50", "70", "80"})
"""Context levels: system, user, category, course, module, block."""
_STATES = frozenset({"ready", "draft", "hidden"})
_COMPLETION = frozenset({"", "0", "1", "2"})
_LINK = re.compile(r"\$@([A-Z]+)VIEWBYID\*(\d+)@\$")
_OLD_SITE = re.compile(r"https?://[^\s\"'<>]+/(?:pluginfile|draftfile)\.php/[^\s\"'<>]*")
_NESTED = 20
"""Levels of a condition that are looked into."""
_ORDERED = {
    "quiz": (("timeopen", "timeclose"),),
    "assign": (("allowsubmissionsfromdate", "duedate"), ("duedate", "cutoffdate")),
    "choice": (("timeopen", "timeclose"),),
    "lesson": (("available", "deadline"),),
    "data": (("timeavailablefrom", "timeavailableto"),),
}
"""Activity → pairs of times, of which the first lies before the second; 0 means none."""
_TEXTS = frozenset({"intro", "content", "summary", "questiontext", "generalfeedback", "answertext", "feedback"})


def check(view: View) -> None:
    """Everything of it."""
    modules = {str(root.get("id")): member for member, root in _roots(view, "activities/", "module.xml")}
    _course(view)
    for member, module in _roots(view, "activities/", "module.xml"):
        _condition(view, member, module, "availability", modules)
        if text(module, "completion") not in _COMPLETION:
            stated = f"completion is {text(module, 'completion')!r}, expected 0, 1 or 2"
            view.doubt("mbz-completion", stated, member, module.find("completion"))
    for member, section in _roots(view, "sections/", "section.xml"):
        _condition(view, member, section, "availabilityjson", modules)
    contexts = _activities(view, modules)
    _files(view, contexts)
    _questions(view)


def _roots(view: View, start: str, name: str) -> Iterator[tuple[str, Element]]:
    for member in view.package.names():
        if member.startswith(start) and member.rpartition("/")[2] == name:
            root = view.document(member)
            if root is not None:
                yield member, root


def _course(view: View) -> None:
    root = view.document("course/course.xml")
    for leaf in ("fullname", "shortname") if root is not None else ():
        found = text(root, leaf) if root is not None else ""
        if len(found) > _LONGEST:
            stated = f"{leaf} has {len(found)} characters; the database holds {_LONGEST}"
            view.fault("mbz-name-long", stated, "course/course.xml", root, "shorten it")


# --- conditions and links -------------------------------------------------------------------------------------------


def _condition(view: View, member: str, parent: Element, leaf: str, modules: dict[str, str]) -> None:
    """A restriction of access (JSON) that can be read, on activities that are in the file."""
    found = text(parent, leaf)
    if not found:
        return
    try:
        stated = json.loads(found)
    except (ValueError, RecursionError):
        message = f"{leaf} is not valid JSON: nobody gets access"
        view.fault("mbz-availability", message, member, parent.find(leaf), "take the condition out")
        return
    for number in _asked(stated, 0):
        if number not in modules:
            message = f"a condition asks for the activity {number}, which is not in the file: a restore drops it"
            view.doubt("mbz-availability-unknown", message, member, parent.find(leaf))


def _asked(stated: object, depth: int) -> Iterator[str]:
    if isinstance(stated, dict) and depth < _NESTED:
        # -1 is «the activity before».
        if stated.get("type") == "completion" and isinstance(stated.get("cm"), int) and stated["cm"] > 0:
            yield str(stated["cm"])
        for inner in stated.get("c") or () if isinstance(stated.get("c"), list) else ():
            yield from _asked(inner, depth + 1)


def _texts(view: View, member: str, root: Element, modules: dict[str, str]) -> None:
    reported: set[str] = set()
    for leaf in root.iter(*_TEXTS):
        found = leaf.text or ""
        for kind, number in _LINK.findall(found):
            if kind != "COURSE" and number not in modules and number not in reported:
                reported.add(number)
                message = f"a link leads to the activity {number}, which is not in the file"
                view.doubt("mbz-link", message, member, leaf)
        if "old" not in reported and (old := _OLD_SITE.search(found)):
            reported.add("old")
            message = f"shows a file of the site it comes from, {old[0][:100]}: it is not in the backup"
            view.doubt("mbz-old-address", message, member, leaf, "put the file into the text itself")


# --- activities -----------------------------------------------------------------------------------------------------


def _activities(view: View, modules: dict[str, str]) -> set[str]:
    """Look at each activity; the contexts of the file."""
    contexts: set[str] = set()
    scales = {scale.get("id") for scale in each(view.document("scales.xml"), "scale")}
    for directory in dict.fromkeys(member.rpartition("/")[0] for member in modules.values()):
        mod = directory.rpartition("/")[2].rpartition("_")[0]
        member = f"{directory}/{mod}.xml"
        root = view.document(member) if member in view.package else None
        body = child(root, mod) if root is not None else None
        if root is None or body is None:
            continue
        contexts.add(root.get("contextid") or "")
        _texts(view, member, body, modules)
        _times(view, member, body, mod)
        if (grade := text(body, "grade")).startswith("-") and grade[1:].isdigit() and grade[1:] not in scales:
            stated = f"it is graded by the scale {grade[1:]}, which is not in scales.xml"
            view.doubt("mbz-scale", stated, member, body.find("grade"))
        _grades(view, directory, root.get("id") or "")
    main = view.document("moodle_backup.xml")
    for leaf in ("original_course_contextid", "original_system_contextid") if main is not None else ():
        contexts.add(text(main, f"information/{leaf}") if main is not None else "")
    course = view.document("course/course.xml")
    return contexts | ({course.get("contextid") or ""} if course is not None else set())


def _times(view: View, member: str, body: Element, mod: str) -> None:
    for first, second in _ORDERED.get(mod, ()):
        early, late = text(body, first), text(body, second)
        if early.isdigit() and late.isdigit() and int(early) > int(late) > 0:
            view.doubt("mbz-times", f"{second} lies before {first}: nobody can submit", member, body.find(second))


def _grades(view: View, directory: str, instance: str) -> None:
    member = f"{directory}/grades.xml"
    inforef = f"{directory}/inforef.xml"
    root = view.document(member) if member in view.package else None
    named = {(one.text or "").strip() for one in each(view.document(inforef), "grade_itemref/grade_item/id")}
    for item in each(root, "grade_items/grade_item"):
        if text(item, "itemtype") == "mod" and text(item, "iteminstance") not in {"", instance}:
            stated = f"the grade is of the activity {text(item, 'iteminstance')}, expected {instance}: it is lost"
            view.doubt("mbz-grade-instance", stated, member, item)
        if inforef in view.package and item.get("id") not in named:
            view.doubt("mbz-grade-unreferenced", "a grade is in no inforef.xml: it is lost", member, item)
        least, most, enough = (_number(text(item, leaf)) for leaf in ("grademin", "grademax", "gradepass"))
        if most is not None and text(item, "gradetype") == "1":
            if least is not None and least > most:
                view.doubt("mbz-grade-range", "the lowest grade is above the highest", member, item)
            elif enough is not None and enough > most:
                view.doubt(
                    "mbz-grade-range", "the grade to pass is above the highest grade: nobody can pass", member, item
                )


def _number(found: str) -> float | None:
    try:
        return float(found)
    except ValueError:
        return None


# --- files and questions --------------------------------------------------------------------------------------------


def _files(view: View, contexts: set[str]) -> None:
    member = "files.xml"
    for file in each(view.document(member), "file"):
        name, path = text(file, "filename"), text(file, "filepath")
        if not name or not (path.startswith("/") and path.endswith("/")):
            stated = f"the path {path!r} and the name {name!r}: expected «/» or «/folder/», and a name"
            view.fault("mbz-file-name", stated, member, file, "a restore stops there")
        ours = text(file, "component").startswith("mod_") or text(file, "component") == "course"
        if ours and text(file, "contextid") not in contexts and name != ".":
            stated = f"{name!r} is of the context {text(file, 'contextid')}, which is not in the file: it is lost"
            view.doubt("mbz-file-context", stated, member, file)


def _questions(view: View) -> None:
    member = "questions.xml"
    root = view.document(member)
    if root is None:
        return
    for category in each(root, "question_category"):
        if (level := text(category, "contextlevel")) and level not in _LEVELS:
            view.doubt("mbz-context-level", f"contextlevel is {level!r}: Moodle knows no such", member, category)
        # Moodle looks for a question by its stamp among those of a category.
        stamps: Counter[str] = Counter(text(one, "stamp") for one in category.iterfind(".//question[@id]"))
        for stamp, times in stamps.items():
            if stamp and times > 1:
                view.doubt("mbz-stamp", f"{times} questions have the stamp {stamp[:60]!r}: they may become one", member)
    _versions(view, root)


def _versions(view: View, root: Element) -> None:
    member = "questions.xml"
    for versions in root.iter("question_versions"):
        state, number = text(versions, "status"), text(versions, "version")
        if state and state not in _STATES:
            view.doubt("mbz-status", f"the status is {state!r}: the question is nowhere shown", member, versions)
        if number and not number.isdigit():
            view.fault("mbz-number", f"version is {number[:40]!r}, expected a number", member, versions)
    for plugin in root.iter("plugin_qtype_multichoice_question"):
        answers = [_number(text(one, "fraction")) for one in plugin.iterfind("answers/answer")]
        if len(answers) == 1:
            view.doubt("mbz-answers", "a choice has one answer", member, plugin)
        elif answers and not view.closed and not any(one is not None and one > 0 for one in answers):
            # The writer tells of such questions itself and keeps them.
            view.doubt("mbz-answers", "no answer of a choice is right", member, plugin)
