"""A Moodle course backup («moodle2»): what a restore needs to find, and that everything named in it is there.

The rules are what a real restore did (Moodle 4.5.6): an error stops it or loses content without a word, a warning is
what Moodle mends or drops with a remark. In our own files every doubt is an error, and each document fits its schema.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from coursepack.checks import Grammar
from coursepack.checks.mbz import files, numbers, questions, quiz, required, sense
from coursepack.checks.mbz.view import Element, View, child, each, text
from coursepack.checks.xml import violations
from coursepack.files.package import Package
from coursepack.place import Finding

MAIN = "moodle_backup.xml"
ROOT_FILES = ("files.xml", "questions.xml", "roles.xml", "scales.xml", "outcomes.xml", "groups.xml")
"""A restore of a course stops without any of these, empty or not."""
# A root setting that is on → the file that must then be there.
_SWITCHED = {"users": "users.xml", "filters": "course/filters.xml"}
OLDEST = 20220202
"""Before Moodle 4.0 questions had no versions: an older number makes a restore drop our questions without a word."""
LONGEST_NAME = 255
_DETECTED = (
    rb'<\?xml\s+version="1\.0"\s+encoding="UTF-8"\?>',
    rb"<moodle_backup>",
    rb"<information>",
)
_HEAD = 200


def check(package: Package, grammar: Grammar) -> Iterable[Finding]:
    """All findings on a backup."""
    view = View(package, grammar)
    if MAIN not in package:
        view.fault(
            "mbz-no-main", f"{MAIN} is missing from the root of the archive", "", advice="Moodle looks for it there"
        )
        return view.findings
    _detection(view)
    main = view.document(MAIN)
    information = main.find("information") if main is not None else None
    if information is None:
        if main is not None:
            view.fault("mbz-no-information", f"<{main.tag}> holds no <information>", MAIN, main)
        return view.findings
    _information(view, information)
    if text(information, "details/detail/type") in {"", "course"}:
        _inventory(view, information)
        _sections(view, information)
        _settings(view, information)
    _activities(view, information)
    files.check(view)
    questions.check(view)
    quiz.check(view)
    numbers.check(view)
    required.check(view)
    sense.check(view)
    if view.closed:
        _closed(view)
    return view.findings


# --- moodle_backup.xml --------------------------------------------------------------------------------------------


def _detection(view: View) -> None:
    """Moodle knows a backup by its first 200 bytes (``backup_general_helper::detect_backup_format``)."""
    head = view.package.read(MAIN)[:_HEAD]
    if not all(re.search(pattern, head, re.IGNORECASE) for pattern in _DETECTED):
        view.fault(
            "mbz-unrecognised",
            f'<?xml version="1.0" encoding="UTF-8"?>, <moodle_backup> and <information> are not within {_HEAD} bytes',
            MAIN,
            advice="Moodle calls such a file an unknown format",
        )


_NEEDED = ("original_wwwroot", "original_course_id", "original_system_contextid")


def _information(view: View, information: Element) -> None:
    for name in _NEEDED:
        if not text(information, name):
            view.fault("mbz-information", f"<{name}> is missing", MAIN, information)
    for name, least in (("moodle_version", OLDEST), ("backup_version", OLDEST)):
        found = text(information, name)
        digits = re.match(r"\d{8}", found)
        if not digits:
            view.fault("mbz-version", f"{name} is {found!r}, expected a number such as 2022112800", MAIN, information)
        elif int(digits[0]) < least and view.package.entries.get("questions.xml"):
            _old(view, name, found, information)
    detail = information.find("details/detail")
    kind = text(information, "details/detail/type")
    if detail is None or not kind:
        view.fault("mbz-type", "details/detail/type is missing, expected course", MAIN, information)
    elif kind == "activity" and information.find("contents/sections/section") is not None:
        stated = "called a backup of one activity, but it holds sections: nearly everything is lost"
        view.fault("mbz-type", stated, MAIN, detail)
    elif kind != "course":
        view.doubt("mbz-type", f"a backup of one {kind}, not of a course", MAIN, detail)
    if detail is not None and text(detail, "format") not in {"moodle2", ""}:
        view.doubt("mbz-format", f"the format is {text(detail, 'format')!r}, expected moodle2", MAIN, detail)
    for name in ("original_course_fullname", "original_course_shortname"):
        if re.search(r"<\S", text(information, name)):
            view.fault(
                "mbz-name-tag", f"{name} holds «<», which stops a restore (setting_invalid_text)", MAIN, information
            )


def _old(view: View, name: str, found: str, information: Element) -> None:
    """An old file with the old structure is sound; the new structure under an old number is lost."""
    questions = view.document("questions.xml")
    if questions is not None and questions.find(".//question_bank_entry") is not None:
        stated = f"{name} {found} is older than Moodle 4.0, but the questions have versions: a restore drops them all"
        view.fault("mbz-version-old", stated, MAIN, information, "write 2022112800 or later")


def _inventory(view: View, information: Element) -> None:
    switched = {
        text(setting, "name"): text(setting, "value")
        for setting in each(information, "settings/setting")
        if text(setting, "level") == "root"
    }
    needed = [*ROOT_FILES, "course/course.xml", "course/roles.xml"]
    needed += [file for name, file in _SWITCHED.items() if switched.get(name) == "1"]
    for member in needed:
        if member not in view.package:
            view.fault("mbz-file-missing", f"{member} is missing", MAIN, advice="a restore stops there")
        else:
            view.document(member)
    for member in ("gradebook.xml", "course/inforef.xml"):
        if member not in view.package:
            view.doubt("mbz-file-absent", f"{member} is missing: what it contains is lost silently", MAIN)
    if switched.get("activities", "1") == "0" and information.find("contents/activities/activity") is not None:
        view.doubt("mbz-setting", "the setting activities is 0: no activity will be restored", MAIN)
    if view.closed and ("users.xml" in view.package or switched.get("users") != "0"):
        view.fault("mbz-users", "coursepack's backups contain no users", MAIN)


def _settings(view: View, information: Element) -> None:
    listed = {text(item, "directory").rpartition("/")[2] for item in each(information, "contents/*/*")}
    for setting in each(information, "settings/setting"):
        level = text(setting, "level")
        if level in {"section", "activity"} and text(setting, level) not in listed:
            stated = f"a setting names {text(setting, level)!r}, which the contents do not list"
            view.fault("mbz-setting-dangling", stated, MAIN, setting)


# --- sections and activities --------------------------------------------------------------------------------------


def _sections(view: View, information: Element) -> None:
    numbers: Counter[str] = Counter()
    listed: set[str] = set()
    for item in each(information, "contents/sections/section"):
        id_, directory = text(item, "sectionid"), text(item, "directory")
        listed.add(directory)
        if directory != f"sections/section_{id_}":
            stated = f"the section {id_} has the directory {directory!r}, expected sections/section_{id_}"
            view.fault("mbz-directory", stated, MAIN, item)
        member = f"{directory}/section.xml"
        if member not in view.package:
            view.fault("mbz-file-missing", f"{member} is missing", MAIN, item, "a restore stops there")
            continue
        section = view.document(member)
        if section is None:
            continue
        if section.get("id") != id_:
            view.fault("mbz-id", f"the section's id is {section.get('id')!r}, expected {id_!r}", member, section)
        _name(view, member, section, "name")
        numbers[text(section, "number")] += 1
    for number, times in numbers.items():
        if times > 1:
            view.doubt("mbz-section-number", f"{times} sections have the number {number}: they are merged", MAIN)
    _unlisted(view, "sections/", listed)


def _activities(view: View, information: Element) -> None:
    listed: set[str] = set()
    contexts: Counter[str] = Counter()
    sections = {text(item, "sectionid") for item in each(information, "contents/sections/section")}
    for item in each(information, "contents/activities/activity"):
        cmid, mod, directory = text(item, "moduleid"), text(item, "modulename"), text(item, "directory")
        listed.add(directory)
        if directory != f"activities/{mod}_{cmid}":
            stated = f"the activity {cmid} has the directory {directory!r}, expected activities/{mod}_{cmid}"
            view.fault("mbz-directory", stated, MAIN, item)
        contexts[_activity(view, directory, mod, cmid, sections)] += 1
    for context, times in contexts.items():
        if context and times > 1:
            view.doubt("mbz-context", f"{times} activities share the context {context}: files go to one of them", MAIN)
    _unlisted(view, "activities/", listed)


def _activity(view: View, directory: str, mod: str, cmid: str, sections: set[str]) -> str:
    """The files of one activity; its context id."""
    for name in ("module.xml", f"{mod}.xml", "grades.xml", "roles.xml"):
        member = f"{directory}/{name}"
        if member not in view.package:
            view.fault("mbz-file-missing", f"{member} is missing", MAIN, advice="a restore stops there")
        else:
            view.document(member)
    if f"{directory}/inforef.xml" not in view.package:
        view.doubt("mbz-file-absent", f"{directory}/inforef.xml is missing: its files and questions are lost", MAIN)
    module = view.document(f"{directory}/module.xml")
    if module is not None:
        member = f"{directory}/module.xml"
        for found, wanted, what in (
            (module.get("id"), cmid, "id"),
            (text(module, "modulename"), mod, "modulename"),
        ):
            if found != wanted:
                view.fault("mbz-id", f"{what} is {found!r}, expected {wanted!r}", member, module)
        if sections and text(module, "sectionid") not in sections:
            stated = f"the section {text(module, 'sectionid')!r} is not in the contents"
            view.fault("mbz-section-unknown", stated, member, module)
        if not re.match(r"\d{10}", module.get("version") or ""):
            view.fault("mbz-module-version", f"version is {module.get('version')!r}, expected a number", member, module)
    return _instance(view, f"{directory}/{mod}.xml", mod, cmid)


def _instance(view: View, member: str, mod: str, cmid: str) -> str:
    activity = view.document(member)
    if activity is None:
        return ""
    for attribute, wanted in (("moduleid", cmid), ("modulename", mod)):
        if activity.get(attribute) != wanted:
            stated = f"{attribute} is {activity.get(attribute)!r}, expected {wanted!r}"
            view.fault("mbz-id", stated, member, activity)
    body = child(activity, mod)
    if body is None:
        view.fault("mbz-activity-empty", f"<activity> holds no <{mod}>", member, activity)
    else:
        _name(view, member, body, "name")
        for name in _NUMBERS.get(mod, ()):
            if body.find(name) is not None and not re.fullmatch(r"-?\d+(\.\d+)?", text(body, name)):
                view.fault(
                    "mbz-number", f"{name} is {body.findtext(name)!r}, expected a number", member, body.find(name)
                )
    return activity.get("contextid") or ""


# Leaves that a restore puts into columns that hold numbers and no NULL.
_NUMBERS = {
    "assign": ("duedate", "allowsubmissionsfromdate", "grade"),
    "forum": ("assesstimestart", "assesstimefinish", "scale", "forcesubscribe"),
    "quiz": ("timelimit", "sumgrades", "grade"),
}


def _name(view: View, member: str, parent: Element, leaf: str) -> None:
    found = text(parent, leaf)
    if len(found) > LONGEST_NAME:
        stated = f"{leaf} has {len(found)} characters; the database holds {LONGEST_NAME} and the restore stops"
        view.fault("mbz-name-long", stated, member, parent.find(leaf), "shorten it")


def _unlisted(view: View, start: str, listed: set[str]) -> None:
    found = {"/".join(name.split("/")[:2]) for name in view.package.names() if name.startswith(start)}
    for directory in sorted(found - listed):
        view.doubt("mbz-unlisted", f"{directory} is not in the contents: it will not be restored", MAIN)


# --- our own ------------------------------------------------------------------------------------------------------

# Name of a file → the schema it fits; an activity's own file is found by the element inside.
_SCHEMAS = {
    MAIN: "moodle_backup",
    "files.xml": "files",
    "questions.xml": "questions",
    "gradebook.xml": "gradebook",
    "course.xml": "course",
    "section.xml": "section",
    "module.xml": "module",
    "inforef.xml": "inforef",
    "filters.xml": "filters",
    "completion.xml": "completion",
    "grades.xml": "gradebook",
    "grading.xml": "grading",
}
_EMPTY = ("roles.xml", "scales.xml", "outcomes.xml", "groups.xml")


def _closed(view: View) -> None:
    names = view.package.names()
    if names and names[0] != MAIN:
        view.fault("mbz-order", f"{MAIN} is not the first member", MAIN)
    for member in names:
        root = view.document(member) if member.endswith(".xml") else None
        if root is None:
            continue
        name = member.rpartition("/")[2]
        wanted = _SCHEMAS.get(name) or ("empty" if name in _EMPTY else "activity")
        view.findings.extend(violations(view.package, member, root, f"mbz/{wanted}.xsd", "mbz-schema"))
    _one_counter(view)


def _one_counter(view: View) -> None:
    """Every id is from one counter: old and new ids meet in the same working tables during a restore."""
    seen: Counter[str] = Counter()
    for member in view.package.names():
        root = view.document(member) if member.endswith(".xml") else None
        for element in root.iter() if root is not None else ():
            # <activity id> repeats the id of the element in it.
            if isinstance(element.tag, str) and element.tag != "activity" and (id_ := element.get("id")):
                seen[id_] += 1
    for id_, times in seen.items():
        if times > 1:
            view.fault("mbz-id-twice", f"the id {id_} is given {times} times", MAIN)
