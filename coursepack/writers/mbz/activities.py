"""Page, book, forum, assignment, file, link, glossary: the XML of each (``mod/*/backup`` of Moodle 4.1 to 5.0)."""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.model.blocks import Blocks
from coursepack.place import Place
from coursepack.writers.mbz.backup import NO_COMPLETION, OWN, STAMP, VIEWED, Activity, Backup, Completion, Home, Section
from coursepack.writers.mbz.pool import Area
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
    section: Section,
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
    made = Activity(
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
    leaf(body, "name", made.name)
    section.activities.append(made)
    return made


def intro(backup: Backup, activity: Activity, blocks: Blocks) -> None:
    area = Area(activity.context, f"mod_{activity.mod}", "intro")
    leaves(activity.body, {"intro": backup.field(blocks, area), "introformat": HTML})


def describe(backup: Backup, activity: Activity, blocks: Blocks) -> None:
    """Gives an activity a description that its course page shows."""
    for name in ("intro", "introformat"):
        old = activity.body.find(name)
        assert old is not None  # noqa: S101 - every activity begins with them
        activity.body.remove(old)
    area = Area(activity.context, f"mod_{activity.mod}", "intro")
    activity.body.insert(1, leaf(activity.body, "intro", backup.field(blocks, area)))
    activity.body.insert(2, leaf(activity.body, "introformat", HTML))
    activity.described = True


def page(
    backup: Backup,
    section: Section,
    key: str,
    name: str,
    blocks: Blocks,
    *,
    visible: bool = True,
    place: Place | None = None,
) -> Activity:
    """One page, done when seen."""
    made = start(backup, section, "page", key, name, completion=VIEWED, visible=visible, place=place)
    intro(backup, made, ())
    leaves(
        made.body,
        {
            "content": backup.field(blocks, Area(made.context, "mod_page", "content")),
            "contentformat": HTML,
            "legacyfiles": 0,
            "legacyfileslast": None,
            "display": 5,
            "displayoptions": _PAGE_OPTIONS,
            "revision": 1,
            "timemodified": STAMP,
        },
    )
    return made


def book(
    backup: Backup,
    section: Section,
    key: str,
    name: str,
    chapters: Sequence[tuple[str, Blocks]],
    *,
    place: Place | None = None,
) -> Activity:
    """A book, a chapter a title with its blocks."""
    made = start(backup, section, "book", key, name, completion=VIEWED, place=place)
    intro(backup, made, ())
    leaves(
        made.body,
        {"numbering": 0, "navstyle": 2, "customtitles": 0, "timecreated": STAMP, "timemodified": STAMP},
    )
    holder = node(made.body, "chapters")
    for number, (title, blocks) in enumerate(chapters, 1):
        chapter = backup.new_id()
        leaves(
            node(holder, "chapter", id=chapter),
            {
                "pagenum": number,
                "subchapter": 0,
                "title": backup.name(title, place),
                "content": backup.field(blocks, Area(made.context, "mod_book", "chapter", chapter)),
                "contentformat": HTML,
                "hidden": 0,
                "timemodified": STAMP,
                "importsrc": "",
            },
        )
    node(made.body, "chaptertags")
    return made


def discussion(
    backup: Backup,
    section: Section,
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
    made = start(backup, section, "forum", key, name, completion=OWN, place=place)
    if points:
        made.grade, made.grade_number = float(points), 1
    _forum(backup, made, "single", blocks, points=points, replies=1)
    return made


def forum(backup: Backup, section: Section, key: str, name: str, blocks: Blocks, *, news: bool = False) -> Activity:
    """An empty forum that anybody may write to; ``news``: the course's announcements, which reach everybody."""
    made = start(backup, section, "forum", key, name)
    made.described = bool(blocks)
    _forum(backup, made, "news" if news else "general", blocks, subscribed=news)
    return made


def _forum(
    backup: Backup,
    made: Activity,
    kind: str,
    blocks: Blocks,
    *,
    points: int = 0,
    replies: int = 0,
    subscribed: bool = False,
) -> None:
    leaf(made.body, "type", kind)
    intro(backup, made, blocks)
    leaves(
        made.body,
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
        node(made.body, empty)


def assignment(
    backup: Backup,
    section: Section,
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
    made = start(backup, section, "assign", key, name, completion=OWN, place=place)
    made.grade = float(points)
    intro(backup, made, blocks)
    leaves(
        made.body,
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
        node(made.body, empty)
    configs = node(made.body, "plugin_configs")
    for plugin, subtype, settings in _ASSIGN_PLUGINS:
        for setting, value in settings.items():
            leaves(
                node(configs, "plugin_config", id=backup.new_id()),
                {"plugin": plugin, "subtype": subtype, "name": setting, "value": value},
            )
    node(made.body, "overrides")
    return made


def file(
    backup: Backup,
    section: Section,
    key: str,
    name: str,
    filename: str,
    media_type: str,
    data: bytes,
    *,
    visible: bool = True,
) -> Activity:
    """A file to download, done when opened."""
    made = start(backup, section, "resource", key, name, completion=VIEWED, visible=visible)
    intro(backup, made, ())
    leaves(
        made.body,
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
    area = Area(made.context, "mod_resource", "content")
    backup.pool.add(backup.new_id(), area, filename, media_type, data, main=True)
    return made


def address(backup: Backup, section: Section, key: str, name: str, url: str) -> Activity:
    """A link, done when followed."""
    made = start(backup, section, "url", key, name, completion=VIEWED)
    intro(backup, made, ())
    leaves(
        made.body,
        {
            "externalurl": url,
            "display": 0,
            "displayoptions": _FILE_OPTIONS,
            "parameters": "a:0:{}",
            "timemodified": STAMP,
        },
    )
    return made


def glossary(backup: Backup, section: Section, key: str, name: str, terms: Sequence[tuple[str, Blocks]]) -> Activity:
    """A glossary with its entries, done when seen. The entries have no author: a backup without users brings none."""
    made = start(backup, section, "glossary", key, name, completion=VIEWED)
    made.entries = True
    intro(backup, made, ())
    leaves(
        made.body,
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
    holder = node(made.body, "entries")
    for concept, definition in terms:
        entry = backup.new_id()
        leaves(
            node(holder, "entry", id=entry),
            {
                "userid": 0,
                "concept": backup.name(concept),
                "definition": backup.field(definition, Area(made.context, "mod_glossary", "entry", entry)),
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
    node(made.body, "entriestags")
    node(made.body, "categories")
    return made


def question_bank(backup: Backup, section: Section, name: str, home: Home) -> Activity:
    """The shared question bank that 5.0 keeps as an activity, which no course page shows; older ones have none.
    Its context is that of the course, so that a restore that passes over it finds the categories' context all the same.
    """
    made = start(backup, section, "qbank", "question-bank", name)
    made.cmid, made.context, made.categories = home.instance, home.context, home.categories
    intro(backup, made, ())
    leaves(made.body, {"timecreated": STAMP, "timemodified": STAMP, "type": "standard"})
    return made
