"""The page of an update that tells a teacher what to do: step by step, nothing about what needs nothing.

Its words are those of Moodle's own pages, its rule that of a careful teacher: what students have worked in stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from lxml import etree, html

from coursepack.languages.catalogues import Words
from coursepack.model.blocks import Block, Blocks, List, ListItem
from coursepack.pages.block_builders import heading, text
from coursepack.writers.mbz.backup import Activity, Backup
from coursepack.writers.mbz.differences import BankQuestion, Changed, Differences, Setting
from coursepack.writers.mbz.times import time_zone

# Leaf of a setting → what Moodle calls the field; times first.
_TIMES = {
    "duedate": "due date",
    "cutoffdate": "cut-off date",
    "timeopen": "opens",
    "timeclose": "closes",
}
_FIELDS = _TIMES | {
    "name": "name",
    "grade": "maximum grade",
    "grade_forum": "maximum grade",
    "timelimit": "time limit in seconds",
    "attempts_number": "attempts allowed (0: any number)",
    "draws": "number of random questions",
}


def mark(say: Words, number: int) -> str:
    """What stands behind the name of an activity that came anew."""
    return say("updated") if number == 1 else say("updated, {number}", number=number)


def page(backup: Backup, found: Differences, number: int) -> tuple[str, Blocks]:
    """Title and text of the page."""
    say = backup.say
    reported = _AdvicePage(backup, found, mark(say, number))
    parts = (
        reported.pages(),
        reported.texts(),
        reported.new(),
        reported.questions(),
        reported.settings(),
        reported.gone(),
    )
    intro = text(
        say(
            "Only teachers see this page. The update added what is new and what was changed; it replaced and "
            "deleted nothing: attempts, grades, posts and completion marks of the students are as they were. When "
            "all is done, delete this page."
        )
    )
    return say("Update {number}: what to do", number=number), (intro, *(block for part in parts for block in part))


class _AdvicePage:
    def __init__(self, backup: Backup, found: Differences, mark_: str) -> None:
        self.say, self.found, self.mark = backup.say, found, mark_
        self.zone = backup.context.timezone

    # --- what came

    def pages(self) -> Iterator[Block]:
        """Pages, books and files that came beside the old ones."""
        if not self.found.pages:
            return
        say = self.say
        yield heading(say("Changed pages, books and files"))
        yield text(
            say(
                "Each came anew at the end of its section, «{mark}» stands behind its name. The old one:",
                mark=self.mark,
            )
        )
        yield _list(f"«{pair.old.name}»" for pair in self.found.pages)
        yield _steps(
            say("Compare the two: what you changed in the old one by hand is not in the new one."),
            say(
                "Hide the old one. Do not delete it: the completion marks of the students would be deleted with "
                "it, and links to it in other pages would break."
            ),
            say("Drag the new one to the place of the old one and take «{mark}» out of its name.", mark=self.mark),
        )

    def texts(self) -> Iterator[Block]:
        """Tasks and discussions whose text changed."""
        if not self.found.texts:
            return
        say = self.say
        yield heading(say("Changed tasks and discussions"))
        yield text(
            say(
                "The new text came as a hidden activity without points, «{mark}» stands behind its name. Keep the "
                "old one: what students handed in and wrote, and its grades, hang on it.",
                mark=self.mark,
            )
        )
        yield _list(f"«{pair.old.name}»" for pair in self.found.texts)
        yield _steps(
            say("Open the settings of the hidden activity and copy its description."),
            say(
                "Paste it in the settings of the old one in place of its description, and save. Pictures and "
                "files have to be put in again. The opening post of a discussion is edited in the forum itself."
            ),
            say("Delete the hidden activity: nobody has worked in it."),
            say("Tell the students that the task has changed; what is handed in already stays and keeps its grade."),
        )

    def new(self) -> Iterator[Block]:
        """What was not there before, and where it belongs."""
        found, say = self.found, self.say
        if not found.new and not found.new_sections:
            return
        yield heading(say("New sections and activities"))
        yield text(
            say(
                "They came at the end: of the course, or of their section. Drag them to their places. If you have "
                "added or moved sections, look into the neighbouring ones: a restore goes by the number of a "
                "section."
            )
        )
        yield _list([*self._new_sections(), *(self._place(one) for one in found.new)])
        graded = [one for one in found.new if one.grade]
        if graded:
            yield text(
                say(
                    "New activities with points stand outside the categories of the gradebook and do not count "
                    "rightly until they are moved there (Gradebook setup):"
                )
            )
            yield _list(self._category(one) for one in graded)

    def _new_sections(self) -> Iterator[str]:
        order = self.found.made.backup.sections
        for section in self.found.new_sections:
            at = order.index(section)
            before = order[at - 1].name or "" if at else ""
            yield self.say("section «{name}»: after «{before}»", name=section.name or "", before=before)

    def _place(self, one: Activity) -> str:
        siblings = one.section.activities
        at = siblings.index(one)
        stated = {"name": one.name, "section": one.section.name or ""}
        if at:
            return self.say("«{name}»: section «{section}», after «{before}»", **stated, before=siblings[at - 1].name)
        return self.say("«{name}»: section «{section}», the first one", **stated)

    def _category(self, one: Activity) -> str:
        return f"«{one.name}» → {self._name_of(one.grade_category)}"

    def _name_of(self, category: int | None) -> str:
        return next(
            (f"«{one.name}»" for one in self.found.made.scheme.categories if one.id == category), self.say("the course")
        )

    # --- questions

    def questions(self) -> Iterator[Block]:
        """What became of the bank."""
        found, say = self.found, self.say
        if not any((found.added, found.reworded, found.removed, found.beyond)):
            return
        yield heading(say("Question bank"))
        if found.reworded:
            yield text(
                say(
                    "Reworded questions have a new version in the bank. Attempts that begin now ask it, also "
                    "where questions are drawn at random; finished attempts and their grades keep the old "
                    "wording. Nothing to do:"
                )
            )
            yield _list(pair.new.name for pair in found.reworded)
        if found.added:
            yield text(
                say(
                    "New questions came into their categories; quizzes that draw at random ask them at once. A "
                    "quiz with questions of its own does not: add them there (Questions → Add → from question "
                    "bank). Moodle allows that only while nobody has attempted the quiz; else leave it as it is."
                )
            )
            yield _list(_in_category(one) for one in found.added)
        if found.beyond:
            yield text(
                say(
                    "These questions belong to the question bank of a quiz, which a restore does not reach: "
                    "import them there from Moodle XML (coursepack build --format moodle-xml --since), and delete "
                    "the old wording:"
                )
            )
            yield _list(_in_category(one) for one in found.beyond)
        if found.removed:
            yield text(
                say(
                    "No longer in the documents. A file cannot take a question out of the bank: delete them "
                    "there, else they are drawn as before. Moodle keeps what attempts have used and only hides "
                    "it:"
                )
            )
            yield _list(_in_category(one) for one in found.removed)

    # --- by hand

    def settings(self) -> Iterator[Block]:
        """Fields that are changed in the activities that are there."""
        found, say = self.found, self.say
        listed = [line for pair, settings in found.settings for line in self._settings(pair, settings)]
        listed += [line for old, new in found.sections for line in self._section(old.name or "", new.name or "")]
        summaries = [new for old, new in found.sections if old.summary != new.summary]
        if found.title:
            listed.append(say("the course: full name «{name}»", name=found.made.backup.course.title))
        if not listed and not summaries and not found.scheme:
            return
        yield heading(say("Change by hand"))
        if listed:
            yield _list(listed)
        if any(setting.what in {"grade", "grade_forum"} for _, settings in found.settings for setting in settings):
            yield text(
                say(
                    "Where there are grades already, Moodle asks whether to rescale them: with «yes» a grade "
                    "keeps its share of the maximum, with «no» its points."
                )
            )
        for section in summaries:
            yield text(say("Section «{name}», its new summary:", name=section.name or ""), bold=True)
            yield text(_plain(section.summary) or "–")
        if found.scheme:
            yield text(
                say("The scheme of marks has changed. The categories of the gradebook and their weights are now:")
            )
            yield _list(
                f"«{one.name}»{f' («{one.parent.name}»)' if one.parent else ''}: {say.number(one.weight)}"
                for one in found.made.scheme.categories
            )

    def _section(self, old: str, new: str) -> Iterator[str]:
        if old != new:
            yield self.say("section «{old}»: new name «{new}»", old=old, new=new)

    def _settings(self, pair: Changed, settings: list[Setting]) -> Iterator[str]:
        say, name = self.say, pair.old.name
        for one in settings:
            match one.what:
                case "section":
                    yield say("«{name}»: move it to section «{section}»", name=name, section=one.new)
                case "visible" if one.new == "1":
                    yield say("«{name}»: show it to students", name=name)
                case "visible":
                    yield say("«{name}»: hide it", name=name)
                case "intro":
                    yield say("«{name}»: description: {text}", name=name, text=_plain(one.new) or "–")
                case what:
                    old, new = (self._value(what, value) for value in (one.old, one.new))
                    yield f"«{name}»: {say(_FIELDS[what])}: {old} → {new}"

    def _value(self, what: str, value: str) -> str:
        if what not in _TIMES:
            return f"«{value}»" if what == "name" else value
        if value in {"", "0"}:
            return "–"
        zone = time_zone(self.zone) if self.zone else None
        when = dt.datetime.fromtimestamp(int(value), zone or dt.UTC)
        return f"{self.say.date(when.date().isoformat())}, {when:%H:%M}"

    def gone(self) -> Iterator[Block]:
        """What the documents no longer have."""
        found, say = self.found, self.say
        if not found.gone and not found.gone_sections:
            return
        yield heading(say("No longer in the documents"))
        yield text(
            say(
                "Hide these. Do not delete what students have worked in: attempts, work handed in, posts and "
                "grades would be deleted with it. A hidden activity still counts in the gradebook: to take it out "
                "of the total, give it the weight 0 in Gradebook setup, or move it to a category that does not "
                "count."
            )
        )
        yield _list(
            [
                *(f"«{one.name}» («{one.section.name or ''}»)" for one in found.gone),
                *(say("section «{name}»", name=one.name or "") for one in found.gone_sections),
            ]
        )


def _in_category(one: BankQuestion) -> str:
    return f"{one.name} («{one.category_name}»)"


def _plain(markup: str) -> str:
    """The words of a piece of HTML."""
    if not markup.strip():
        return ""
    try:
        return " ".join(" ".join(map(str, html.fromstring(f"<div>{markup}</div>").itertext())).split())
    except etree.ParserError:
        return ""


def _list(lines: Iterable[str]) -> List:
    return List(items=tuple(ListItem(blocks=(text(line),)) for line in lines))


def _steps(*lines: str) -> List:
    return List(items=tuple(ListItem(blocks=(text(line),)) for line in lines), marker="decimal")
