"""A Moodle course backup: sections, activities, questions, files, what users did."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from lxml import etree

from coursepack.checks.xml import line_of
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.forecast.model import PackagePart, unreadable
from coursepack.place import CoursepackError

Element = etree._Element
NULL = "$@NULL@$"
_MODULE = "70"
_OF_USERS = ("attempt", "grade_grade", "submission", "sco_track")
_SHOWN = ("section", "visible", "slots", "grade", "chapters", "settings")
_QUESTION = "question_bank_entries/question_bank_entry/question_version/question_versions"
_OLD = 20220202
"""Before Moodle 4.0 questions lay in their category, without versions."""


def parts(package: Package) -> Iterator[PackagePart]:
    """Everything that a restore looks at, in the order of the course."""
    view = _BackupView(package)
    main = view.read("moodle_backup.xml")
    information = None if main is None else main.find("information")
    if information is None:
        yield unreadable(package.place("moodle_backup.xml"))
        return
    yield view.course(information)
    yield from view.settings(information)
    yield from view.sections(information)
    yield from view.activities(information)
    yield from view.questions(information)
    yield from view.files()


class _BackupView:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.numbers: dict[str, int] = {}
        self.contexts: set[str] = set()
        self.wanted: set[str] = set()
        self.files_wanted: set[str] = set()
        self.before35 = self.before21 = False

    def read(self, member: str) -> Element | None:
        if member not in self.package:
            return None
        try:
            return self.package.xml(member, keep="xml-marks", emptied=_OF_USERS)
        except (XmlError, CoursepackError):
            return None

    def course(self, information: Element) -> PackagePart:
        facts = {
            "readable": True,
            "format": _text(information, "original_course_format"),
            "kind": _text(information, "details/detail/type") or "course",
            "release": _text(information, "backup_release"),
            "admin": _with_users(information) and self._names(b"<username>admin</username>"),
            "tags": "<" in _text(information, "original_course_fullname"),
        }
        release = _release(_text(information, "backup_release"))
        self.before35, self.before21 = release < (3, 5), release < (2, 1)
        name = _text(information, "original_course_fullname")
        place = self.package.place("moodle_backup.xml", line_of(information))
        return PackagePart(kind="course", name=name, place=place, facts=facts)

    def _names(self, stated: bytes) -> bool:
        """Whether users.xml holds these bytes; nothing else of it is looked at."""
        if "users.xml" not in self.package:
            return False
        before = b""
        for chunk in self.package.chunks("users.xml"):
            if stated in before + chunk:
                return True
            before = chunk[-len(stated) :]
        return False

    def settings(self, information: Element) -> Iterator[PackagePart]:
        """Root settings that say what else is in the file."""
        for setting in information.iterfind("settings/setting"):
            if _text(setting, "level") == "root" and _text(setting, "value") == "1":
                place = self.package.place("moodle_backup.xml", line_of(setting))
                name = _text(setting, "name")
                yield PackagePart(kind="setting", name=name, place=place, facts={"setting": name})

    def sections(self, information: Element) -> Iterator[PackagePart]:
        seen: set[int] = set()
        for item in information.iterfind("contents/sections/section"):
            member = f"{_text(item, 'directory')}/section.xml"
            root = self.read(member)
            if root is None:
                yield PackagePart(kind="section", name="", place=self.package.place(member), facts={"missing": True})
                continue
            number = int(_text(root, "number") or 0)
            self.numbers[_text(item, "sectionid")] = number
            self._references(f"{_text(item, 'directory')}/inforef.xml")
            facts = {
                "number": number,
                "again": number in seen,
                "visible": _number(root, "visible", 1),
                "delegated": bool(_text(root, "component")),
            }
            seen.add(number)
            place = self.package.place(member, line_of(root))
            shown = ("number", "visible")
            yield PackagePart(kind="section", name=_text(root, "name"), place=place, facts=facts, shown=shown)
        self._references("course/inforef.xml")

    def activities(self, information: Element) -> Iterator[PackagePart]:
        for item in information.iterfind("contents/activities/activity"):
            mod, folder = _text(item, "modulename"), _text(item, "directory")
            member = f"{folder}/{mod}.xml"
            root, module = self.read(member), self.read(f"{folder}/module.xml")
            body = None if root is None else root.find(mod)
            if root is None or body is None or module is None:
                facts = {"mod": mod, "missing": True}
                yield PackagePart(
                    kind="activity", name=_text(item, "title"), place=self.package.place(member), facts=facts
                )
                continue
            self.contexts.add(root.get("contextid") or "")
            self._references(f"{folder}/inforef.xml")
            facts = {
                "mod": mod,
                "section": self._number_of(module),
                "alone": not self.numbers,
                "bank_moves": self.before35 or self.of_course,
                "visible": _number(module, "visible", 1),
                "settings": self._scaled(_settings(mod, body, module)),
                "old_attempts": self.before21 and body.find("attempts/attempt") is not None,
                **self._scaled(_own(mod, body)),
            }
            place = self.package.place(member, line_of(body))
            # As it is written, with the blanks before it that Moodle keeps.
            name = body.findtext("name") or "" if body.find("name") is not None else _text(item, "title")
            yield PackagePart(kind="activity", name=name, place=place, facts=facts, shown=_SHOWN)

    def _scaled(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Facts whose grades are numbers, or the name of a scale: its number is another in each site. A scale that the
        file does not hold is none there (``get_mappingid('scale', …)`` of each kind's restore step)."""
        result = dict(facts)
        for name in _GRADED.intersection(facts):
            value = float(facts[name] or 0)
            if value < 0:
                result[name] = self.scales.get(str(int(-value)), 0.0 if name == "grade" else "0")
        return result

    @cached_property
    def scales(self) -> dict[str, str]:
        """The names of the scales, by their numbers in the file."""
        root = self.read("scales.xml")
        found = [] if root is None else root.iterfind("scale")
        return {one.get("id") or "": f"scale {_text(one, 'name')}" for one in found}

    @cached_property
    def of_course(self) -> bool:
        """Whether there are categories of a course, a category of courses or the site: 5.x has no place for them."""
        root = self.read("questions.xml")
        found = [] if root is None else root.iterfind("question_category")
        return any(_text(one, "contextlevel") not in {"", _MODULE} for one in found)

    def _number_of(self, module: Element) -> int:
        """The section of a module: by its id, by its number, else the first; 1 in a course that has none yet."""
        found = self.numbers.get(_text(module, "sectionid"))
        if found is None and self.numbers:
            number = _number(module, "sectionnumber", 0)
            return number if number in self.numbers.values() else min(self.numbers.values())
        return 1 if found is None else found

    def _references(self, member: str) -> None:
        """What an inforef.xml says is used: a category or file that none names does not come."""
        root = self.read(member)
        if root is not None:
            self.wanted |= {_text(one, "id") for one in root.iterfind("question_categoryref/question_category")}
            self.files_wanted |= {_text(one, "id") for one in root.iterfind("fileref/file")}

    # --- questions

    def questions(self, information: Element) -> Iterator[PackagePart]:
        root = self.read("questions.xml")
        if root is None:
            return
        reported = "".join(letter for letter in _text(information, "backup_version")[:8] if letter.isdigit())
        old = int(reported or 0) < _OLD
        for category in root.iterfind("question_category"):
            level, within = _text(category, "contextlevel"), _text(category, "contextid")
            common = {
                "level": level,
                "listed": (category.get("id") or "") in self.wanted,
                "before35": self.before35,
                "elsewhere": level == _MODULE and within not in self.contexts,
                "category": _text(category, "name"),
            }
            if _text(category, "parent") != "0" or self.before35:
                yield self._category(category, common)
            if old:
                found = [(one, _text(one, "hidden") == "1") for one in category.iterfind("questions/question")]
                yield from (self._question(one, common, "hidden" if hid else "ready") for one, hid in found)
                yield from (self._question(one, common | {"newer": True}, "") for one in _versioned(category))
            else:
                for versions in category.iterfind(_QUESTION):
                    for one in versions.iterfind("questions/question"):
                        yield self._question(one, common, _text(versions, "status"))

    def _category(self, category: Element, common: dict[str, Any]) -> PackagePart:
        place = self.package.place("questions.xml", line_of(category))
        return PackagePart(kind="category", name=common["category"], place=place, facts=common)

    def _question(self, one: Element, common: dict[str, Any], status: str) -> PackagePart:
        qtype = _text(one, "qtype")
        facts = common | {
            "type": qtype,
            "mark": float(_text(one, "defaultmark") or 0),
            "fractions": [round(float(value.text or 0), 5) for value in one.iterfind("*/answers/answer/fraction")],
            "status": status,
            "inside": _text(one, "parent") not in {"", "0"},
        }
        place = self.package.place("questions.xml", line_of(one))
        shown = ("type", "mark", "fractions", "status")
        return PackagePart(kind="question", name=_text(one, "name"), place=place, facts=facts, shown=shown)

    # --- files

    def files(self) -> Iterator[PackagePart]:
        root = self.read("files.xml")
        for one in [] if root is None else root.iterfind("file"):
            name, component, sha1 = _text(one, "filename"), _text(one, "component"), _text(one, "contenthash")
            if name == "." or not component.startswith("mod_"):
                continue
            facts = {
                "listed": (one.get("id") or "") in self.files_wanted,
                "there": f"files/{sha1[:2]}/{sha1}" in self.package,
                "known": _text(one, "contextid") in self.contexts,
                "component": component,
                "area": _text(one, "filearea"),
                "user": _text(one, "userid") not in {"", "0"},
            }
            place = self.package.place("files.xml", line_of(one))
            yield PackagePart(kind="file", name=name, place=place, facts=facts)


def _with_users(information: Element) -> bool:
    settings = information.iterfind("settings/setting")
    return any(_text(one, "name") == "users" and _text(one, "value") == "1" for one in settings)


def _versioned(category: Element) -> list[Element]:
    return list(category.iterfind(f"{_QUESTION}/questions/question"))


def _release(text: str) -> tuple[int, ...]:
    numbers = [int(part) for part in text.split(".")[:2] if part.isdigit()]
    return tuple(numbers) or (9,)


# Kind of activity → the fields of its settings page that are reported; of a quiz, what its XML calls otherwise.
_SETTINGS: dict[str, tuple[str, ...]] = {
    "assign": (
        *("duedate", "cutoffdate", "allowsubmissionsfromdate", "gradingduedate"),
        *("teamsubmission", "maxattempts", "blindmarking"),
    ),
    "book": ("numbering", "navstyle", "customtitles"),
    "choice": ("allowupdate", "showresults", "timeopen", "timeclose", "limitanswers"),
    "forum": ("type", "forcesubscribe", "maxattachments", "grade_forum", "duedate", "assessed"),
    "glossary": ("displayformat", "mainglossary", "usedynalink", "defaultapproval", "entbypage"),
    "page": ("display", "contentformat"),
    "quiz": (
        *("timeopen", "timeclose", "timelimit", "attempts", "grademethod", "preferredbehaviour", "sumgrades"),
        *("questionsperpage", "navmethod", "shuffleanswers", "decimalpoints"),
    ),
    "url": ("externalurl", "display"),
}
_GRADED = frozenset({"grade", "grade_forum"})
"""A number of points, or a scale's with a minus before it."""
_CALLED = {("quiz", "attempts"): "attempts_number"}


def _settings(mod: str, body: Element, module: Element) -> dict[str, str]:
    """The settings that the file states: what it does not state is Moodle's own default."""
    found = {name: body.find(_CALLED.get((mod, name), name)) for name in _SETTINGS.get(mod, ())}
    found |= {name: module.find(name) for name in ("completion", "completionview")}
    stated = {name: (leaf.text or "").strip() for name, leaf in found.items() if leaf is not None and not len(leaf)}
    return {name: "" if text == NULL else text for name, text in stated.items()}


def _own(mod: str, body: Element) -> dict[str, Any]:
    """What a kind of activity says of itself."""
    match mod:
        case "quiz":
            slots = len(body.findall("question_instances/question_instance"))
            return {"slots": slots, "grade": float(_text(body, "grade") or 0)}
        case "assign":
            return {"grade": float(_text(body, "grade") or 0)}
        case "book":
            chapters = sorted(body.iterfind("chapters/chapter"), key=lambda one: int(_text(one, "pagenum") or 0))
            return {"chapters": [_text(one, "title") for one in chapters]}
    return {}


def _text(element: Element, path: str) -> str:
    found = (element.findtext(path) or "").strip()
    return "" if found == NULL else found


def _number(element: Element, path: str, default: int) -> int:
    found = _text(element, path)
    return int(found) if found.isdigit() else default
