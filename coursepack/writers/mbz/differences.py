"""What is new, changed and gone between two states of a course, as a teacher sees it in Moodle.

Texts are told from settings: a page that says something else has to come anew, while a date, a name or a place is
changed by hand in the activity that is there, which keeps what students have done in it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from coursepack.writers.mbz.backup import Activity, Backup, BackupSection
from coursepack.writers.mbz.backup_model import BackupModel
from coursepack.writers.mbz.scheme import GradeScheme
from coursepack.writers.mbz.tree import Element

QUESTION = "question_version/question_versions/questions/question"
"""Where an entry of the bank holds its question; a cloze question has a leaf of that name."""
WORKED_IN = frozenset({"assign", "forum"})
"""Kinds of activity whose text is changed in the old one, because students' work hangs on it."""
# Kind of activity → leaves that are settings: each is a field of the activity's settings page.
_SETTINGS: dict[str, tuple[str, ...]] = {
    "assign": ("duedate", "cutoffdate", "grade"),
    "forum": ("grade_forum",),
    "quiz": ("intro", "timeopen", "timeclose", "timelimit", "attempts_number"),
}
# Leaves that follow from the questions of a quiz, or from whether its activity is graded.
_FOLLOWS = frozenset({"sumgrades", "grade", "question_instances", "sections", "completionminattempts"})
_LINK = re.compile(r"\$@[A-Z]+VIEWBYID\*\d+@\$")
_ANCHOR = re.compile(r'<a [^<>]*href="\$@[A-Z]+VIEWBYID\*(\d+)@\$"[^<>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Setting:
    """A field of an activity that is changed by hand: ``what`` is a leaf of its XML, or «name», «section», «visible»,
    «draws»."""

    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Changed:
    """An activity in both states."""

    old: Activity
    new: Activity


@dataclass(frozen=True)
class BankQuestion:
    """A question of the bank in one state: its element and category in questions.xml, and what tells its text."""

    key: str
    name: str
    category: str
    category_name: str
    question: Element
    said: str
    mark: str


@dataclass(frozen=True)
class Reworded:
    old: BankQuestion
    new: BankQuestion


@dataclass
class Differences:
    """``new`` and ``gone`` activities; ``pages`` come anew, ``texts`` are put into the old ones by hand, ``settings``
    are set by hand (by the key of the new activity). ``homes`` are the numbers in Moodle of the sections of the new
    state."""

    old: BackupModel
    made: BackupModel
    homes: dict[str, int]
    new: list[Activity] = field(default_factory=list)
    pages: list[Changed] = field(default_factory=list)
    texts: list[Changed] = field(default_factory=list)
    settings: list[tuple[Changed, list[Setting]]] = field(default_factory=list)
    gone: list[Activity] = field(default_factory=list)
    sections: list[tuple[BackupSection, BackupSection]] = field(default_factory=list)
    new_sections: list[BackupSection] = field(default_factory=list)
    gone_sections: list[BackupSection] = field(default_factory=list)
    scheme: bool = False
    title: bool = False
    added: list[BankQuestion] = field(default_factory=list)
    reworded: list[Reworded] = field(default_factory=list)
    removed: list[BankQuestion] = field(default_factory=list)
    beyond: list[BankQuestion] = field(default_factory=list)
    """New and reworded questions that no file brings into the bank they belong to: that of a quiz."""

    def __bool__(self) -> bool:
        return any(
            (
                *(self.new, self.pages, self.texts, self.settings, self.gone, self.sections, self.new_sections),
                *(self.gone_sections, self.scheme, self.title, self.added, self.reworded, self.removed, self.beyond),
            )
        )

    @property
    def arriving(self) -> bool:
        """Whether anything comes beside the page that tells what to do."""
        return any((self.new, self.pages, self.texts, self.added, self.reworded))


def differences(old: BackupModel, new: BackupModel) -> Differences:
    """What became of the parts of ``old``."""
    before = {one.key: one for one in old.backup.activities()}
    after = {one.key: one for one in new.backup.activities()}
    pairs = _sections(old.backup, new.backup, before)
    found = Differences(old, new, _homes(old.backup, new.backup, pairs))
    found.new = [one for key, one in after.items() if key not in before]
    found.gone = [one for key, one in before.items() if key not in after]
    for key, one in after.items():
        if key in before:
            _activity(found, Changed(before[key], one), old, new)
    _of_sections(found, new.backup, pairs)
    found.scheme = scheme_of(old.scheme) != scheme_of(new.scheme)
    found.title = old.backup.course.title != new.backup.course.title
    _questions(found, asked(old), asked(new))
    return found


# --- activities ---------------------------------------------------------------------------------------------------


def _activity(found: Differences, pair: Changed, old: BackupModel, new: BackupModel) -> None:
    same_kind = pair.old.mod == pair.new.mod
    if not same_kind or text_of(old.backup, pair.old) != text_of(new.backup, pair.new):
        if not (same_kind and pair.new.mod in WORKED_IN):
            found.pages.append(pair)
            return
        found.texts.append(pair)
    settings = [
        Setting(what, was, now)
        for what, was, now in _pairs(_settings(old, pair.old), _settings(new, pair.new))
        if was != now
    ]
    if found.homes.get(pair.new.section.key) != pair.old.section.number:
        settings.append(Setting("section", pair.old.section.name or "", pair.new.section.name or ""))
    if settings:
        found.settings.append((pair, settings))


def _pairs(old: Mapping[str, str], new: Mapping[str, str]) -> Iterable[tuple[str, str, str]]:
    for what in dict.fromkeys((*old, *new)):
        yield what, old.get(what, ""), new.get(what, "")


def text_of(backup: Backup, activity: Activity) -> str:
    """A digest of what an activity says, files and all, without its settings."""
    settings = {"name", *_SETTINGS.get(activity.mod, ())} | (_FOLLOWS if activity.mod == "quiz" else frozenset())
    stated = [activity.mod]
    stated += [f"{leaf.tag}={without_links(leaf.text or '')}" for leaf in _leaves(activity.body, settings)]
    stated += [
        f"{record.area.name}/{record.filename}/{record.sha1}"
        for record in backup.pool.records.values()
        if record.area.context == activity.context and record.area.component == f"mod_{activity.mod}"
    ]
    return hashlib.sha256("\n".join(stated).encode()).hexdigest()


def _leaves(element: Element, without: Iterable[str]) -> Iterable[Element]:
    for child in element:
        if child.tag in without:
            continue
        if len(child):
            yield from _leaves(child, ())
        else:
            yield child


def without_links(html: str) -> str:
    """A text without the addresses of activities, which are private to the file."""
    return _LINK.sub("", html)


def unlinked(html: str, kept: Iterable[str]) -> str:
    """A text whose links to activities that are not in ``kept`` (ids of course modules) are plain text."""
    known = set(kept)
    return _ANCHOR.sub(lambda found: found[0] if found[1] in known else found[2], html)


def _settings(result: BackupModel, activity: Activity) -> dict[str, str]:
    found = {"name": activity.name}
    found |= {name: activity.body.findtext(name, "") for name in _SETTINGS.get(activity.mod, ())}
    found["visible"] = str(int(activity.visible))
    drawn = activity.body.findall("question_instances/question_instance/question_set_reference")
    if drawn:
        found["draws"] = str(len(drawn))
    return found


# --- sections -----------------------------------------------------------------------------------------------------


def _sections(old: Backup, new: Backup, before: Mapping[str, Activity]) -> dict[str, BackupSection]:
    """Key of a section of the new state → the section of the old one that holds most of its activities.

    A week that is put between others takes the number of the one that follows; what is in it tells which is which.
    """
    votes: list[tuple[int, int, BackupSection, BackupSection]] = []
    for order, section in enumerate(new.sections):
        homes = Counter(before[one.key].section.id for one in section.activities if one.key in before)
        known = {one.id: one for one in old.sections}
        votes += [(-count, order, section, known[id_]) for id_, count in homes.items()]
    found: dict[str, BackupSection] = {}
    taken: set[int] = set()
    for _, _, section, home in sorted(votes, key=lambda vote: vote[:2]):
        if section.key not in found and home.id not in taken:
            found[section.key] = home
            taken.add(home.id)
    by_key = {one.key: one for one in old.sections if one.id not in taken}
    for section in new.sections:
        if section.key not in found and section.key in by_key:
            found[section.key] = by_key[section.key]
    return found


def _homes(old: Backup, new: Backup, pairs: Mapping[str, BackupSection]) -> dict[str, int]:
    """Numbers of sections in Moodle: new ones come after all that are there."""
    number = len(old.sections)
    homes: dict[str, int] = {}
    for section in new.sections:
        if section.key in pairs:
            homes[section.key] = pairs[section.key].number
        else:
            homes[section.key] = number
            number += 1
    return homes


def _of_sections(found: Differences, new: Backup, pairs: Mapping[str, BackupSection]) -> None:
    kept = {one.id for one in pairs.values()}
    found.gone_sections = [one for one in found.old.backup.sections if one.id not in kept]
    for section in new.sections:
        old = pairs.get(section.key)
        if old is None:
            found.new_sections.append(section)
        elif old.name != section.name or without_links(old.summary) != without_links(section.summary):
            found.sections.append((old, section))


def scheme_of(scheme: GradeScheme) -> list[tuple[str, str, float]]:
    """The categories of a gradebook: name, the one above, weight."""
    return [(one.name, one.parent.name if one.parent else "", one.weight) for one in scheme.categories]


# --- questions ----------------------------------------------------------------------------------------------------


def asked(result: BackupModel) -> dict[str, BankQuestion]:
    """The questions of the bank by their idnumbers."""
    found: dict[str, BankQuestion] = {}
    for category in result.bank.xml:
        for entry in category.iterfind("question_bank_entries/question_bank_entry"):
            question = entry.find(QUESTION)
            key = entry.findtext("idnumber", "")
            if question is None or question.findtext("parent") != "0":
                continue
            found[key] = BankQuestion(
                key,
                question.findtext("name", ""),
                category.findtext("idnumber", ""),
                category.findtext("name", ""),
                question,
                question.findtext("stamp", ""),
                question.findtext("defaultmark", ""),
            )
    return found


def _questions(found: Differences, old: Mapping[str, BankQuestion], new: Mapping[str, BankQuestion]) -> None:
    for key, one in new.items():
        before = old.get(key)
        if before is None or before.category != one.category:
            found.added.append(one)
            found.removed.extend([before] if before else [])
        elif before.said != one.said:
            found.reworded.append(Reworded(before, one))
    found.removed += [one for key, one in old.items() if key not in new]
