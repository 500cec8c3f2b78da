"""A backup of what is new or changed, to be added to the course that stands in Moodle («Merge the backup course into»).

Such a restore replaces nothing. So nothing is in the file that is unchanged; a page that changed comes beside the old
one under a name that says so; a task that changed comes hidden, to copy its text from; and a page for the teacher says
what to do. Questions are another matter: Moodle knows one that it holds by its category's stamp and by what it says,
so that an entry with the old wording and a new version behind it gets that version
(``restore_create_categories_and_questions::process_question``; 4.5.6 and 5.0.6): the next attempts ask the new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from coursepack.files.xml import XmlError
from coursepack.model.course import Course
from coursepack.moodle.text import LONGEST_NAME
from coursepack.place import CoursepackError, Finding, note
from coursepack.writers import Context, EarlierBuild, cut
from coursepack.writers.mbz import activities, advice
from coursepack.writers.mbz.backup import FIRST_ID, NO_COMPLETION, Activity, Backup, BackupSection
from coursepack.writers.mbz.backup_model import BackupModel, make
from coursepack.writers.mbz.bank import EXAM
from coursepack.writers.mbz.differences import QUESTION, BankQuestion, Differences, differences, unlinked
from coursepack.writers.mbz.tree import Element, leaves, node

FORMAT, BANK = "moodle-backup", "qbank"
_APART = 50_000_000
"""Between the ids of an earlier backup, whose questions are taken over as they stand, and those of an update."""
STEP = 100
"""Versions that a teacher may make of a question between two updates: an update's number times this is its version."""


def since(result: BackupModel, earlier: EarlierBuild, course: Course, context: Context) -> Differences:
    """What is new in a course since the earlier build, whose ``course`` is seen with the settings of today."""
    found = differences(make(course, context), result)
    if not _reaches(result, earlier):
        known = {one.key for one in found.old.backup.activities() if one.mod == "quiz"}
        beyond = [
            one for one in (*found.added, *(pair.new for pair in found.reworded)) if _quiz_of(result, one) in known
        ]
        found.beyond = beyond
        found.added = [one for one in found.added if one not in beyond]
        found.reworded = []
    return found


def build(result: BackupModel, found: Differences, earlier: EarlierBuild, context: Context) -> BackupModel:
    """The part of the course that is restored."""
    known = frozenset(one.key for one in found.old.backup.activities() if one.mod == "quiz")
    part = make(result.backup.course, context, first=FIRST_ID + _APART, known=known)
    mark = advice.mark(part.backup.say, earlier.number)
    pages = {pair.new.key for pair in found.pages}
    texts = {pair.new.key for pair in found.texts}
    arriving = pages | texts | {one.key for one in found.new}
    if known and EXAM not in known:
        arriving |= {one.key for one in part.backup.activities() if one.mod == BANK}
    fresh = {one.key for one in found.new_sections}
    for section in part.backup.sections:
        section.number = found.homes[section.key]
        section.activities = [one for one in section.activities if one.key in arriving]
        if section.key not in fresh:
            section.name, section.summary = None, ""
    for activity in part.backup.activities():
        if activity.key in texts:
            _silent(activity)
        if activity.key in pages | texts:
            _beside(activity, mark, earlier.number)
    part.backup.sections = [one for one in part.backup.sections if one.activities or one.key in fresh]
    _advise(part.backup, found, earlier.number)
    _unlink(part.backup)
    _bank(part, found, earlier)
    _files(part)
    return part


def told(found: Differences, name: str) -> Iterator[Finding]:
    """What the update brings, in figures, and what is left to do by hand."""
    brings = {
        "new activities": len(found.new),
        "changed pages": len(found.pages),
        "changed tasks and discussions": len(found.texts),
        "new questions": len(found.added),
        "reworded questions": len(found.reworded),
    }
    listed = ", ".join(f"{number} {what}" for what, number in brings.items() if number) or "a page of things to do"
    advised = (
        "restore it with «Merge the backup course into the existing course», then read its hidden page for teachers"
    )
    yield note("mbz-update", f"{name} holds {listed}", advice=advised)
    hand = [*found.settings, *found.sections, *found.gone, *found.gone_sections, *found.removed, *found.beyond]
    if hand or found.scheme or found.title:
        number = len(hand) + found.scheme + found.title
        stated = f"{number} changes must be made by hand in Moodle, as its hidden page says: settings, order, deletions"
        yield note("mbz-update-by-hand", stated)


# --- activities ---------------------------------------------------------------------------------------------------


def _beside(activity: Activity, mark: str, number: int) -> None:
    """A name and an idnumber beside those of the activity that it comes for."""
    ending = f" ({mark})"
    activity.name = cut(activity.name, LONGEST_NAME - len(ending)) + ending
    activity.key = f"{activity.key}-update-{number}"
    _put(activity.body, "name", activity.name)
    if activity.mod == "glossary":
        _put(activity.body, "mainglossary", "0")


def _silent(activity: Activity) -> None:
    """Hidden, without points, criteria, dates and completion: it only carries a text."""
    activity.criteria = ()
    activity.visible, activity.completion, activity.grade, activity.expected = False, NO_COMPLETION, None, 0
    for name in ("duedate", "cutoffdate", "grade", "grade_forum", "completionsubmit", "completionreplies"):
        if activity.body.find(name) is not None:
            _put(activity.body, name, "0")


def _put(body: Element, name: str, value: str) -> None:
    leaf = body.find(name)
    assert leaf is not None  # noqa: S101 - the caller knows the kind
    leaf.text = value


def _advise(backup: Backup, found: Differences, number: int) -> None:
    """The page that says what to do, first in the general section."""
    general = next((one for one in backup.sections if one.number == 0), None)
    if general is None:
        general = BackupSection(backup.new_id(), 0, None, key="about")
        backup.sections.insert(0, general)
    title, blocks = advice.page(backup, found, number)
    result = activities.page(backup, general, f"update-{number}", title, blocks, visible=False)
    general.activities.insert(0, general.activities.pop())
    result.expected = 0


def _unlink(backup: Backup) -> None:
    """Links lead to activities of the same file only: no other id is known to a restore."""
    kept = {str(one.cmid) for one in backup.activities()}
    for section in backup.sections:
        section.summary = unlinked(section.summary, kept)
    for activity in backup.activities():
        for leaf in activity.body.iter():
            if not len(leaf) and leaf.text and "VIEWBYID*" in leaf.text:
                leaf.text = unlinked(leaf.text, kept)


# --- questions ----------------------------------------------------------------------------------------------------


def _reaches(result: BackupModel, earlier: EarlierBuild) -> bool:
    """Whether the bank that stands in Moodle is one that a file can add to: that of the course."""
    questions = _document(earlier, "questions.xml")
    if questions is None:
        return result.bank.shared
    main = _document(earlier, "moodle_backup.xml")
    whole = "" if main is None else main.findtext("information/original_course_contextid", "")
    contexts = {one.findtext("contextid") for one in questions.iterfind("question_category")}
    return result.bank.shared and contexts <= {whole}


def _document(earlier: EarlierBuild, member: str) -> Element | None:
    package = earlier.products.get(FORMAT)
    if package is None or member not in package:
        return None
    try:
        return package.xml(member)
    except (XmlError, CoursepackError):
        return None


def _quiz_of(result: BackupModel, one: BankQuestion) -> str:
    """The idnumber of the quiz in whose own bank a question lies."""
    context = next(
        category.findtext("contextid", "")
        for category in result.bank.xml
        if category.findtext("idnumber") == one.category
    )
    return next((quiz.key for quiz in result.backup.activities() if str(quiz.context) == context), "")


def _bank(part: BackupModel, found: Differences, earlier: EarlierBuild) -> None:
    """Leaves only questions that come: new ones, and reworded ones behind their old wording."""
    old = _as_restored(earlier) or {}
    added = {one.key for one in found.added}
    reworded = {pair.new.key: old.get(pair.old.key, pair.old.question) for pair in found.reworded}
    for category in part.bank.xml:
        holder = category.find("question_bank_entries")
        assert holder is not None  # noqa: S101 - every category has one
        kept: set[str] = set()
        for entry in list(holder):
            key, question = entry.findtext("idnumber", ""), entry.find(QUESTION)
            assert question is not None  # noqa: S101 - every entry has one
            if key in reworded:
                _version(part.backup, entry, deepcopy(reworded[key]), earlier.number)
                kept.add(question.get("id", ""))
            elif key in added:
                kept.add(question.get("id", ""))
            elif question.findtext("parent") not in kept:
                holder.remove(entry)
    _categories(part)


def _as_restored(earlier: EarlierBuild) -> dict[str, Element] | None:
    """The questions of the earlier backup as it holds them, by their idnumbers: Moodle compares every letter."""
    questions = _document(earlier, "questions.xml")
    if questions is None:
        return None
    entries = questions.iterfind(".//question_bank_entry")
    found = {entry.findtext("idnumber", ""): entry.findall(QUESTION) for entry in entries}
    return {key: questions[-1] for key, questions in found.items() if questions}


def _version(backup: Backup, entry: Element, old: Element, number: int) -> None:
    """Puts the old wording before the new one, which gets a number above those that a teacher has made."""
    versions = entry.find("question_version")
    newest = entry.find("question_version/question_versions/version")
    assert versions is not None  # noqa: S101 - the bank writes them
    assert newest is not None  # noqa: S101 - the bank writes them
    newest.text = str(STEP * number)
    for name in ("createdby", "modifiedby"):
        leaf = old.find(name)
        if leaf is not None:
            leaf.text = "0"
    before = node(versions, "question_versions", id=backup.new_id())
    leaves(before, {"version": 1, "status": "ready"})
    node(before, "questions").append(old)
    versions.insert(0, before)


def _categories(part: BackupModel) -> None:
    """Takes out the categories that hold nothing, but for those above others."""
    for category in reversed(list(part.bank.xml)):
        above = {one.findtext("parent") for one in part.bank.xml}
        if category.find("question_bank_entries/question_bank_entry") is None and category.get("id") not in above:
            part.bank.xml.remove(category)
    kept = {int(category.get("id", "0")) for category in part.bank.xml}
    for home in (part.bank.of_course, part.bank.in_moodle):
        home.categories[:] = [id_ for id_ in home.categories if id_ in kept]
    for activity in part.backup.activities():
        activity.categories[:] = [id_ for id_ in activity.categories if id_ in kept]


# --- files --------------------------------------------------------------------------------------------------------


def _files(part: BackupModel) -> None:
    """Leaves only the files of what is in the backup."""
    pool = part.backup.pool
    contexts = {one.context for one in part.backup.activities()}
    sections = {one.id for one in part.backup.sections if one.summary}
    requested = {int(one.get("id", "0")) for one in part.bank.xml.iter() if one.get("id")}
    questions = {part.bank.of_course.context, part.bank.in_moodle.context} - contexts
    pool.records = {
        key: record
        for key, record in pool.records.items()
        if record.area.context in contexts
        or (record.area.name == "section" and record.area.item in sections)
        or (record.area.context in questions and record.area.component != "course" and record.area.item in requested)
    }
    used = {record.sha1 for record in pool.records.values()}
    pool.contents = {sha1: data for sha1, data in pool.contents.items() if sha1 in used}
