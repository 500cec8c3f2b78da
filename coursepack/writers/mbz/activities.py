"""Page, book, forum, assignment, file, link, glossary: the XML of each (``mod/*/backup`` of Moodle 4.1 to 5.0)."""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.model.blocks import Blocks
from coursepack.place import Place
from coursepack.writers.mbz.backup import (
    NO_COMPLETION,
    OWN,
    STAMP,
    VIEWED,
    Activity,
    Backup,
    BackupSection,
    BankContext,
    Completion,
)
from coursepack.writers.mbz.pool import FileArea
from coursepack.writers.mbz.tree import leaf, leaves, node, root

HTML = 1
"""Moodle's FORMAT_HTML."""
_PAGE_OPTIONS = 'a:2:{s:10:"printintro";s:1:"0";s:17:"printlastmodified";s:1:"0";}'
_FILE_OPTIONS = 'a:1:{s:10:"printintro";i:1;}'
# What a student may hand in and how a teacher answers: plugin, kind of plugin, its settings.
_ASSIGN_PLUGINS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("onlinetext", "assignsubmission", {"enabled": "1", "wordlimit": "0", "wordlimitenabled": "0"}),
    (
        "file",
        "assignsubmission",
        {"enabled": "1", "maxfilesubmissions": "20", "maxsubmissionsizebytes": "0", "filetypeslist": ""},
    ),
    ("comments", "assignfeedback", {"enabled": "1", "commentinline": "0"}),
)


def start(
    backup: Backup,
    section: BackupSection,
    mod: str,
    key: str,
    name: str,
    *,
    completion: Completion = NO_COMPLETION,
    visible: bool = True,
    place: Place | None = None,
) -> Activity:
    """A new activity at the end of a section; its body has its name only. What is hidden asks for no completion."""
    cmid, instance, context = backup.new_id(), backup.new_id(), backup.new_id()
    body = root(mod, id=instance)
    result = Activity(
        cmid=cmid,
        instance=instance,
        context=context,
        mod=mod,
        key=key,
        name=backup.name(name, place),
        body=body,
        visible=visible,
        completion=completion if visible else NO_COMPLETION,
        section=section,
    )
    leaf(body, "name", result.name)
    section.activities.append(result)
    return result


def intro(backup: Backup, activity: Activity, blocks: Blocks) -> None:
    area = FileArea(activity.context, f"mod_{activity.mod}", "intro")
    leaves(activity.body, {"intro": backup.field(blocks, area), "introformat": HTML})


def describe(backup: Backup, activity: Activity, blocks: Blocks) -> None:
    """Gives an activity a description that its course page shows."""
    for name in ("intro", "introformat"):
        old = activity.body.find(name)
        assert old is not None  # noqa: S101 - every activity begins with them
        activity.body.remove(old)
    area = FileArea(activity.context, f"mod_{activity.mod}", "intro")
    activity.body.insert(1, leaf(activity.body, "intro", backup.field(blocks, area)))
    activity.body.insert(2, leaf(activity.body, "introformat", HTML))
    activity.described = True


def page(
    backup: Backup,
    section: BackupSection,
    key: str,
    name: str,
    blocks: Blocks,
    *,
    visible: bool = True,
    place: Place | None = None,
) -> Activity:
    """One page, done when seen."""
    result = start(backup, section, "page", key, name, completion=VIEWED, visible=visible, place=place)
    intro(backup, result, ())
    leaves(
        result.body,
        {
            "content": backup.field(blocks, FileArea(result.context, "mod_page", "content")),
            "contentformat": HTML,
            "legacyfiles": 0,
            "legacyfileslast": None,
            "display": 5,
            "displayoptions": _PAGE_OPTIONS,
            "revision": 1,
            "timemodified": STAMP,
        },
    )
    return result


def book(
    backup: Backup,
    section: BackupSection,
    key: str,
    name: str,
    chapters: Sequence[tuple[str, Blocks]],
    *,
    place: Place | None = None,
) -> Activity:
    """A book, a chapter a title with its blocks."""
    result = start(backup, section, "book", key, name, completion=VIEWED, place=place)
    intro(backup, result, ())
    leaves(
        result.body,
        {"numbering": 0, "navstyle": 2, "customtitles": 0, "timecreated": STAMP, "timemodified": STAMP},
    )
    holder = node(result.body, "chapters")
    for number, (title, blocks) in enumerate(chapters, 1):
        chapter = backup.new_id()
        leaves(
            node(holder, "chapter", id=chapter),
            {
                "pagenum": number,
                "subchapter": 0,
                "title": backup.name(title, place),
                "content": backup.field(blocks, FileArea(result.context, "mod_book", "chapter", chapter)),
                "contentformat": HTML,
                "hidden": 0,
                "timemodified": STAMP,
                "importsrc": "",
            },
        )
    node(result.body, "chaptertags")
    return result


def discussion(
    backup: Backup,
    section: BackupSection,
    key: str,
    name: str,
    blocks: Blocks,
    *,
    points: int = 0,
    place: Place | None = None,
) -> Activity:
    """A single discussion: a restore without users makes its opening post from the introduction.

    Any other way of bringing a post would need its author. Done with a reply; ``points`` 0: not graded.
    """
    result = start(backup, section, "forum", key, name, completion=OWN, place=place)
    if points:
        result.grade, result.grade_number = float(points), 1
    _forum(backup, result, "single", blocks, points=points, replies=1)
    return result


def forum(
    backup: Backup, section: BackupSection, key: str, name: str, blocks: Blocks, *, news: bool = False
) -> Activity:
    """An empty forum that anybody may write to; ``news``: the course's announcements, which reach everybody."""
    result = start(backup, section, "forum", key, name)
    result.described = bool(blocks)
    _forum(backup, result, "news" if news else "general", blocks, subscribed=news)
    return result


def _forum(
    backup: Backup,
    result: Activity,
    kind: str,
    blocks: Blocks,
    *,
    points: int = 0,
    replies: int = 0,
    subscribed: bool = False,
) -> None:
    leaf(result.body, "type", kind)
    intro(backup, result, blocks)
    leaves(
        result.body,
        {
            "duedate": 0,
            "cutoffdate": 0,
            "assessed": 0,
            "assesstimestart": 0,
            "assesstimefinish": 0,
            "scale": 0,
            "maxbytes": 0,
            "maxattachments": 9,
            "forcesubscribe": int(subscribed),
            "trackingtype": 1,
            "rsstype": 0,
            "rssarticles": 0,
            "timemodified": STAMP,
            "warnafter": 0,
            "blockafter": 0,
            "blockperiod": 0,
            "completiondiscussions": 0,
            "completionreplies": replies,
            "completionposts": 0,
            "displaywordcount": 0,
            "lockdiscussionafter": 0,
            "grade_forum": points,
        },
    )
    for empty in ("discussions", "subscriptions", "digests", "readposts", "trackedprefs", "poststags", "grades"):
        node(result.body, empty)


def assignment(
    backup: Backup,
    section: BackupSection,
    key: str,
    name: str,
    blocks: Blocks,
    *,
    points: int,
    due: int,
    cutoff: int = 0,
    place: Place | None = None,
) -> Activity:
    """A task to hand in as text and files. ``due`` and ``cutoff``, after which nothing is taken, in seconds since 1970,
    0 for none. Done when handed in."""
    result = start(backup, section, "assign", key, name, completion=OWN, place=place)
    result.grade = float(points)
    intro(backup, result, blocks)
    leaves(
        result.body,
        {
            "alwaysshowdescription": 1,
            "submissiondrafts": 0,
            "sendnotifications": 0,
            "sendlatenotifications": 0,
            "sendstudentnotifications": 1,
            "duedate": due,
            "cutoffdate": cutoff,
            "gradingduedate": 0,
            "allowsubmissionsfromdate": 0,
            "grade": points,
            "timemodified": STAMP,
            "completionsubmit": 1,
            "requiresubmissionstatement": 0,
            "teamsubmission": 0,
            "requireallteammemberssubmit": 0,
            "teamsubmissiongroupingid": 0,
            "blindmarking": 0,
            "hidegrader": 0,
            "revealidentities": 0,
            "attemptreopenmethod": "none",
            "maxattempts": -1,
            "markingworkflow": 0,
            "markingallocation": 0,
            "preventsubmissionnotingroup": 0,
            "activity": "",
            "activityformat": HTML,
            "timelimit": 0,
            "submissionattachments": 0,
        },
    )
    for empty in ("userflags", "submissions", "grades"):
        node(result.body, empty)
    configs = node(result.body, "plugin_configs")
    for plugin, subtype, settings in _ASSIGN_PLUGINS:
        for setting, value in settings.items():
            leaves(
                node(configs, "plugin_config", id=backup.new_id()),
                {"plugin": plugin, "subtype": subtype, "name": setting, "value": value},
            )
    node(result.body, "overrides")
    return result


def file(
    backup: Backup,
    section: BackupSection,
    key: str,
    name: str,
    filename: str,
    media_type: str,
    data: bytes,
    *,
    visible: bool = True,
) -> Activity:
    """A file to download, done when opened."""
    result = start(backup, section, "resource", key, name, completion=VIEWED, visible=visible)
    intro(backup, result, ())
    leaves(
        result.body,
        {
            "tobemigrated": 0,
            "legacyfiles": 0,
            "legacyfileslast": None,
            "display": 0,
            "displayoptions": _FILE_OPTIONS,
            "filterfiles": 0,
            "revision": 1,
            "timemodified": STAMP,
        },
    )
    area = FileArea(result.context, "mod_resource", "content")
    backup.pool.add(backup.new_id(), area, filename, media_type, data, main=True)
    return result


def address(backup: Backup, section: BackupSection, key: str, name: str, url: str) -> Activity:
    """A link, done when followed."""
    result = start(backup, section, "url", key, name, completion=VIEWED)
    intro(backup, result, ())
    leaves(
        result.body,
        {
            "externalurl": url,
            "display": 0,
            "displayoptions": _FILE_OPTIONS,
            "parameters": "a:0:{}",
            "timemodified": STAMP,
        },
    )
    return result


def glossary(
    backup: Backup, section: BackupSection, key: str, name: str, terms: Sequence[tuple[str, Blocks]]
) -> Activity:
    """A glossary with its entries, done when seen. The entries have no author: a backup without users brings none."""
    result = start(backup, section, "glossary", key, name, completion=VIEWED)
    result.entries = True
    intro(backup, result, ())
    leaves(
        result.body,
        {
            "allowduplicatedentries": 1,
            "displayformat": "dictionary",
            "mainglossary": 1,
            "showspecial": 1,
            "showalphabet": 1,
            "showall": 1,
            "allowcomments": 0,
            "allowprintview": 1,
            "usedynalink": 0,
            "defaultapproval": 1,
            "globalglossary": 0,
            "entbypage": 50,
            "editalways": 0,
            "rsstype": 0,
            "rssarticles": 0,
            "assessed": 0,
            "assesstimestart": 0,
            "assesstimefinish": 0,
            "scale": 0,
            "timecreated": STAMP,
            "timemodified": STAMP,
            "completionentries": 0,
        },
    )
    holder = node(result.body, "entries")
    for concept, definition in terms:
        entry = backup.new_id()
        leaves(
            node(holder, "entry", id=entry),
            {
                "userid": 0,
                "concept": backup.name(concept),
                "definition": backup.field(definition, FileArea(result.context, "mod_glossary", "entry", entry)),
                "definitionformat": HTML,
                "definitiontrust": 0,
                "attachment": "",
                "timecreated": STAMP,
                "timemodified": STAMP,
                "teacherentry": 1,
                "sourceglossaryid": 0,
                "usedynalink": 0,
                "casesensitive": 0,
                "fullmatch": 0,
                "approved": 1,
            },
        )
    node(result.body, "entriestags")
    node(result.body, "categories")
    return result


def question_bank(backup: Backup, section: BackupSection, name: str, home: BankContext) -> Activity:
    """The shared question bank that 5.0 keeps as an activity, which no course page shows; older ones have none.
    Its context is that of the course, so that a restore that passes over it finds the categories' context all the same.
    """
    result = start(backup, section, "qbank", "question-bank", name)
    result.cmid, result.context, result.categories = home.instance, home.context, home.categories
    intro(backup, result, ())
    leaves(result.body, {"timecreated": STAMP, "timemodified": STAMP, "type": "standard"})
    return result
