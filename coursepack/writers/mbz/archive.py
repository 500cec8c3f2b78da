"""The files that hold a backup together: moodle_backup.xml, the course, its sections, modules and references.

Every file that a restore looks for is written, empty where there is nothing to say; the optional ones are not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from coursepack.files.member import Member
from coursepack.model.blocks import Blocks
from coursepack.moodle.text import plain_name
from coursepack.writers import cut
from coursepack.writers.mbz import completion, marking, outcomes
from coursepack.writers.mbz.backup import STAMP, VERSION, WEBSITE, Activity, Backup, BackupSection
from coursepack.writers.mbz.backup_model import BackupModel
from coursepack.writers.mbz.bank import BackupBank
from coursepack.writers.mbz.grades import AddedGradebook, Gradebook
from coursepack.writers.mbz.options import BackupOptions
from coursepack.writers.mbz.pool import FileArea
from coursepack.writers.mbz.tree import Element, Value, document, leaf, leaves, node, root

RELEASE = "4.1"
BUILD = "4.1 (Build: 20221128)"
LONGEST_SHORT_NAME = 100
# Root settings of a restore: what is in the file, and that there is no user and no personal data.
_SETTINGS: tuple[tuple[str, int], ...] = (
    ("imscc11", 0),
    ("users", 0),
    ("anonymize", 0),
    ("role_assignments", 0),
    ("activities", 1),
    ("blocks", 0),
    ("files", 1),
    ("filters", 1),
    ("comments", 0),
    ("badges", 0),
    ("calendarevents", 0),
    ("userscompletion", 0),
    ("logs", 0),
    ("grade_histories", 0),
    ("questionbank", 1),
    ("groups", 0),
    ("competencies", 0),
    ("customfield", 0),
    ("contentbankcontent", 0),
    ("xapistate", 0),
    ("legacyfiles", 0),
)


@dataclass(frozen=True)
class CourseFacts:
    """What is said of the course itself; ``end`` is its last second, 0 for none; ``file`` the name of the backup."""

    short_name: str
    summary: Blocks
    end: int
    options: BackupOptions
    file: str


def course_format(backup: Backup) -> str:
    """``weeks`` marks the current week on the page, which needs a declared first day and a section a week."""
    numbers = [week.number for week in backup.course.weeks]
    return "weeks" if backup.dated and numbers == list(range(1, len(numbers) + 1)) else "topics"


def whole(made: BackupModel) -> Iterator[Member]:
    """All files of the backup of a course, moodle_backup.xml first."""
    gradebook = Gradebook(made.backup, made.scheme, made.options)
    criteria = completion.criteria(made.backup, made.scheme, made.options)
    completed = [] if criteria is None else [Member("completion.xml", document(criteria))]
    scales = outcomes.members(made.backup, made.options)
    return _members(made, f"{made.backup.course.id}.mbz", gradebook, scales, completed)


def part(made: BackupModel, file: str) -> Iterator[Member]:
    """All files of a backup that is added to a course: it says nothing of the course's gradebook, outcomes and
    completion."""
    empty = (("scales.xml", "scales_definition"), ("outcomes.xml", "outcomes_definition"))
    scales = (Member(name, document(root(tag))) for name, tag in empty)
    return _members(made, file, AddedGradebook(made.backup, made.scheme, made.options), scales, [])


def _members(
    made: BackupModel, file: str, gradebook: Gradebook, scales: Iterator[Member], completed: list[Member]
) -> Iterator[Member]:
    backup, bank = made.backup, made.bank
    about = backup.course.about
    short_name = plain_name(cut(made.options.short_name or about.code or backup.course.id, LONGEST_SHORT_NAME))
    stated = CourseFacts(short_name, about.description or about.aim, made.end, made.options, file)
    course = document(_course(backup, stated))
    yield Member("moodle_backup.xml", document(_moodle_backup(backup, stated)))
    yield Member("files.xml", backup.pool.xml(STAMP))
    yield Member("questions.xml", bank.document())
    yield Member("gradebook.xml", gradebook.document())
    yield Member("roles.xml", document(root("roles_definition")))
    yield from scales
    yield Member("groups.xml", document(root("groups")))
    yield Member("course/course.xml", course)
    yield Member("course/roles.xml", _roles())
    yield Member("course/inforef.xml", _course_inforef(backup, bank))
    # Moodle's filter would make links of every activity's name, inside longer words too.
    yield Member("course/filters.xml", _filters("activitynames"))
    yield from completed
    for section in backup.sections:
        folder = f"sections/section_{section.id}"
        yield Member(f"{folder}/section.xml", document(_section(section)))
        yield Member(f"{folder}/inforef.xml", _inforef(file=_section_files(backup, section)))
    for number, activity in enumerate(backup.activities(), 1):
        yield Member(f"{activity.directory}/module.xml", document(_module(activity)))
        yield Member(f"{activity.directory}/{activity.mod}.xml", document(_activity(activity)))
        yield Member(f"{activity.directory}/grades.xml", gradebook.activity(activity, number))
        if activity.criteria:
            yield Member(f"{activity.directory}/grading.xml", marking.form(backup, activity))
        yield Member(f"{activity.directory}/roles.xml", _roles())
        yield Member(f"{activity.directory}/filters.xml", _filters())
        yield Member(f"{activity.directory}/inforef.xml", _activity_inforef(backup, activity))
    yield from backup.pool.members()


# --- moodle_backup.xml --------------------------------------------------------------------------------------------


def _moodle_backup(backup: Backup, whole: CourseFacts) -> Element:
    top = root("moodle_backup")
    information = node(top, "information")
    site = hashlib.sha256(WEBSITE.encode()).hexdigest()[:32]
    leaves(
        information,
        {
            "name": whole.file,
            "moodle_version": VERSION,
            "moodle_release": BUILD,
            "backup_version": VERSION,
            "backup_release": RELEASE,
            "backup_date": STAMP,
            "mnet_remoteusers": 0,
            "include_files": 1,
            "include_file_references_to_external_content": 0,
            "original_wwwroot": WEBSITE,
            "original_site_identifier_hash": site,
            "original_course_id": backup.course_id,
            "original_course_format": course_format(backup),
            "original_course_fullname": backup.name(backup.course.title),
            "original_course_shortname": whole.short_name,
            "original_course_startdate": _start(backup, whole),
            "original_course_enddate": whole.end,
            "original_course_contextid": backup.course_context,
            "original_system_contextid": backup.system_context,
        },
    )
    detail = node(node(information, "details"), "detail")
    detail.set("backup_id", hashlib.sha256(backup.course.id.encode()).hexdigest()[:32])
    leaves(
        detail,
        {"type": "course", "format": "moodle2", "interactive": 1, "mode": 10, "execution": 1, "executiontime": 0},
    )
    _contents(backup, information)
    _settings(backup, node(information, "settings"), whole.file)
    return top


_DATES = ("duedate", "cutoffdate", "timeopen", "timeclose")


def _start(backup: Backup, whole: CourseFacts) -> int | str:
    """The declared first day, or a nought.

    Without one the course begins on the day that the restore's page names, or keeps that of the course it is restored
    into. Moodle moves a day only that is not empty, and to PHP «00» is not (``apply_date_offset``). Everything dated
    moves by as much, so that beside declared dates there stands 0, which moves nothing.
    """
    bodies = [activity.body for activity in backup.activities()]
    dates = [body.findtext(leaf, "0") for body in bodies for leaf in _DATES]
    return backup.start or (0 if whole.end or set(dates) != {"0"} else "00")


def _contents(backup: Backup, information: Element) -> None:
    contents = node(information, "contents")
    listed = node(contents, "activities")
    for activity in backup.activities():
        leaves(
            node(listed, "activity"),
            {
                "moduleid": activity.cmid,
                "sectionid": activity.section.id,
                "modulename": activity.mod,
                "title": activity.name,
                "directory": activity.directory,
            },
        )
    listed = node(contents, "sections")
    for section in backup.sections:
        leaves(
            node(listed, "section"),
            {
                "sectionid": section.id,
                "title": section.name or str(section.number),
                "directory": f"sections/section_{section.id}",
            },
        )
    leaves(node(contents, "course"), {"courseid": backup.course_id, "title": backup.course.id, "directory": "course"})


def _settings(backup: Backup, holder: Element, file: str) -> None:
    def setting(values: dict[str, Value]) -> None:
        leaves(node(holder, "setting"), values)

    with_entries = {f"{activity.mod}_{activity.cmid}" for activity in backup.activities() if activity.entries}
    setting({"level": "root", "name": "filename", "value": file})
    for name, value in _SETTINGS:
        setting({"level": "root", "name": name, "value": value})
    for kind, parts in (
        ("section", [f"section_{section.id}" for section in backup.sections]),
        ("activity", [f"{activity.mod}_{activity.cmid}" for activity in backup.activities()]),
    ):
        for part in parts:
            setting({"level": kind, kind: part, "name": f"{part}_included", "value": 1})
            setting({"level": kind, kind: part, "name": f"{part}_userinfo", "value": int(part in with_entries)})


# --- course and sections ------------------------------------------------------------------------------------------


def _course(backup: Backup, whole: CourseFacts) -> Element:
    course = root("course", id=backup.course_id, contextid=backup.course_context)
    area = FileArea(backup.course_context, "course", "summary")
    leaves(
        course,
        {
            "shortname": whole.short_name,
            "fullname": backup.name(backup.course.title),
            "idnumber": "",
            "summary": backup.field(whole.summary, area),
            "summaryformat": 1,
            "format": course_format(backup),
            "showgrades": 1,
            "newsitems": 5 if whole.options.announcements else 0,
            "startdate": _start(backup, whole),
            "enddate": whole.end,
            "marker": 0,
            "maxbytes": 0,
            "legacyfiles": 0,
            "showreports": 0,
            "visible": 1,
            "groupmode": 0,
            "groupmodeforce": 0,
            "defaultgroupingid": 0,
            "lang": "",
            "theme": "",
            "timecreated": STAMP,
            "timemodified": STAMP,
            "requested": 0,
            "showactivitydates": 1,
            "showcompletionconditions": 1,
            "enablecompletion": 1,
            "completionnotify": 0,
        },
    )
    category = node(course, "category", id=backup.new_id())
    leaves(category, {"name": "", "description": None})
    node(course, "tags")
    node(course, "customfields")
    options = node(course, "courseformatoptions")
    name_of_format = course_format(backup)
    for name, value in _format_options(name_of_format, whole.options).items():
        option = node(options, "courseformatoption")
        leaves(option, {"format": name_of_format, "sectionid": 0, "name": name, "value": value})
    return course


def _format_options(name: str, options: BackupOptions) -> dict[str, int]:
    """A hidden section is not even named to students; the end date is not worked out from the number of sections."""
    common = {"hiddensections": 1, "coursedisplay": int(options.one_section)}
    return common | {"automaticenddate": 0} if name == "weeks" else common


def _section(section: BackupSection) -> Element:
    element = root("section", id=section.id)
    leaves(
        element,
        {
            "number": section.number,
            "name": section.name,
            "summary": section.summary,
            "summaryformat": 1,
            "sequence": ",".join(str(activity.cmid) for activity in section.activities),
            "visible": int(section.visible),
            "availabilityjson": None,
            "timemodified": STAMP,
        },
    )
    return element


# --- activities ---------------------------------------------------------------------------------------------------


def _module(activity: Activity) -> Element:
    module = root("module", id=activity.cmid, version=VERSION)
    completion = activity.completion
    visible = int(activity.visible)
    leaves(
        module,
        {
            "modulename": activity.mod,
            "sectionid": activity.section.id,
            "sectionnumber": activity.section.number,
            "idnumber": activity.key,
            "added": STAMP,
            "score": 0,
            "indent": 0,
            "visible": visible,
            "visibleoncoursepage": 1,
            "visibleold": visible,
            "groupmode": 0,
            "groupingid": 0,
            "completion": 2 if completion.viewed or completion.own else 0,
            "completiongradeitemnumber": None,
            "completionpassgrade": 0,
            "completionview": int(completion.viewed),
            "completionexpected": activity.expected,
            "availability": activity.availability,
            "showdescription": int(activity.described),
            "downloadcontent": 1,
        },
    )
    node(module, "tags")
    return module


def _activity(activity: Activity) -> Element:
    element = root(
        "activity",
        id=activity.instance,
        moduleid=activity.cmid,
        modulename=activity.mod,
        contextid=activity.context,
    )
    element.append(activity.body)
    return element


# --- references ---------------------------------------------------------------------------------------------------


def _roles() -> bytes:
    roles = root("roles")
    node(roles, "role_overrides")
    node(roles, "role_assignments")
    return document(roles)


def _filters(*off: str) -> bytes:
    """filters.xml: the filters that are off here."""
    filters = root("filters")
    actives = node(filters, "filter_actives")
    for name in off:
        leaves(node(actives, "filter_active"), {"filter": name, "active": -1})
    node(filters, "filter_configs")
    return document(filters)


def _inforef(**references: list[int]) -> bytes:
    """inforef.xml: what a part uses of the files, grade items and question categories."""
    inforef = root("inforef")
    for kind, ids in references.items():
        if ids:
            holder = node(inforef, f"{kind}ref")
            for id_ in ids:
                leaf(node(holder, kind), "id", id_)
    return document(inforef)


def _course_inforef(backup: Backup, bank: BackupBank) -> bytes:
    files = [id_ for area in ("summary", "overviewfiles") for id_ in backup.files_of(backup.course_context, area=area)]
    categories = [*bank.of_course.categories, *bank.in_moodle.categories]
    categories += [id_ for activity in backup.activities() for id_ in activity.categories]
    return _inforef(file=files, question_category=categories)


def _section_files(backup: Backup, section: BackupSection) -> list[int]:
    return backup.files_of(backup.course_context, area="section", item=section.id)


def _activity_inforef(backup: Backup, activity: Activity) -> bytes:
    items = [activity.grade_item] if activity.grade is not None and activity.grade > 0 else []
    return _inforef(file=backup.files_of(activity.context), grade_item=items, question_category=activity.categories)
