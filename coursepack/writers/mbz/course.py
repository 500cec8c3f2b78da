"""What a student meets: the tree of ``contents`` as sections and activities."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from msgspec.structs import replace

from coursepack.contents import ContentNode, review_of
from coursepack.languages.weekdays import weekday
from coursepack.markup import addresses
from coursepack.model.artifact import Artifact
from coursepack.model.blocks import Blocks, inline_text
from coursepack.model.course import Assignment, Reading, Section, Session, Week
from coursepack.model.questions import Description
from coursepack.pages import about, teaching
from coursepack.pages.block_builders import never_empty, text
from coursepack.place import Place, note, warning
from coursepack.similar import folded
from coursepack.writers import criteria
from coursepack.writers.criteria import RubricCriterion
from coursepack.writers.mbz import activities, quiz, texts
from coursepack.writers.mbz.backup import WEBSITE, Activity, Backup
from coursepack.writers.mbz.backup import BackupSection as Part
from coursepack.writers.mbz.bank import BackupBank, BankEntry
from coursepack.writers.mbz.exam import ExamAuthor, Times
from coursepack.writers.mbz.options import BackupOptions
from coursepack.writers.mbz.papers import papers, put
from coursepack.writers.mbz.pool import FileArea
from coursepack.writers.mbz.scheme import GradeScheme
from coursepack.writers.mbz.times import END_OF_DAY, CourseCalendar, moment
from coursepack.writers.question_bank import BankItem, Category, course_entries

DEFAULT_POINTS = 100
"""Moodle's own maximum grade where nobody declared points."""


DAY = 24 * 60 * 60


@dataclass
class SectionWriter:
    """Writes a course's sections one after the other."""

    backup: Backup
    bank: BackupBank
    scheme: GradeScheme
    options: BackupOptions
    times: Times
    links: dict[str, str] = field(default_factory=dict)
    """Addresses of activities, by the ids of their places in the course."""

    def __post_init__(self) -> None:
        self.say = self.backup.say
        entries = list(course_entries(self.backup.course))
        self.items = {entry.question.id: entry for entry in entries if isinstance(entry, BankItem)}
        self.categories = {entry.id: entry for entry in entries if isinstance(entry, Category)}
        self.calendar = CourseCalendar(self.options.start if self.backup.dated else None, self.backup.context.timezone)

    def write(self, tree: ContentNode) -> None:
        """The general section, a section a week, the exam, what closes the course."""
        exam = self.backup.course.exam
        printed = papers(self.backup) if self.options.papers else []
        requested = exam is not None and bool(exam.questions)
        for child in tree.children:
            match child.kind:
                case "about":
                    section = self.backup.section(child.title, key=child.id)
                    self._forums(section)
                    self._pages(section, child)
                    self._papers(section, printed, "student")
                    self._addresses(section)
                    if not requested:
                        self._papers(section, printed, "teacher")
                case "week":
                    self._week(child)
                case "exam" if exam:
                    author = ExamAuthor(
                        self.backup, self.bank, self.scheme, self.options, self.times, self.items, self.categories
                    )
                    self._papers(author.write(child, exam), printed, "teacher")
                case _:
                    self._pages(self.backup.section(child.title, key=child.id), child)
        if self.bank.of_course.categories:
            self.bank.place(self.backup.sections[-1])
        self._syllabus(tree)
        self._points_of_one_kind()

    def _papers(self, section: Part, printed: list[Artifact], audience: str) -> None:
        for artifact in printed:
            if artifact.audience == audience:
                put(self.backup, artifact, section, self._said("A printed paper of the course, to download."))

    def _forums(self, section: Part) -> None:
        """Announcements, and a place for questions."""
        if self.options.announcements:
            stated = self._said("News of the course; everybody gets them by mail, too.")
            activities.forum(self.backup, section, "announcements", self.say("Announcements"), stated, news=True)
        if self.options.questions_forum:
            stated = self._said("What is not clear is asked here; everybody may answer.")
            activities.forum(self.backup, section, "questions", self.say("Questions to the teacher"), stated)

    def _said(self, message: str, **values: object) -> Blocks:
        """A description for the course page: what an activity is for."""
        return (text(self.say(message, **values)),) if self.options.descriptions else ()

    def _report(self, made: Activity, message: str, **values: object) -> Activity:
        if stated := self._said(message, **values):
            activities.describe(self.backup, made, stated)
        return made

    def _addresses(self, section: Part) -> None:
        """The links that the author declared."""
        for number, address in enumerate(dict.fromkeys(self.backup.course.links), 1):
            found = addresses.link(address.strip())
            if found is None or "://" not in found:
                stated = f"{address!r} is not a whole address, expected https://…"
                self.backup.report(warning("mbz-link-address", stated, advice="correct links in course.toml"))
                continue
            name = found.partition("://")[2].removeprefix("www.").rstrip("/")
            activities.address(self.backup, section, f"link-{number:02d}", name, found)

    # --- pages

    def _pages(self, section: Part, parent: ContentNode) -> None:
        for child in parent.children:
            if child.kind == "glossary" and self.options.glossary == "activity":
                terms = [(term.term, texts.definition(term)) for term in self.backup.course.glossary]
                made = activities.glossary(self.backup, section, child.id, child.title, terms)
                self._report(made, "Terms of the course: {number}.", number=len(terms))
            elif blocks := self._page(child):
                place = getattr(child.payload, "place", None)
                made = activities.page(self.backup, section, child.id, child.title, blocks, place=place)
                if message := _PURPOSES.get(child.kind):
                    self._report(made, message)

    def _page(self, child: ContentNode) -> Blocks:
        course = self.backup.course
        match child.payload:
            case Section() as section:
                return section.blocks
            case Reading() as reading:
                return teaching.reading(reading, course.language)
        return about.PAGES[child.kind](course) if child.kind in about.PAGES else ()

    # --- weeks

    def _week(self, child: ContentNode) -> None:
        week = child.payload
        assert isinstance(week, Week)  # noqa: S101 - that is what the tree says
        section = self.backup.section(child.title, key=child.id)
        for part in child.children:
            match part.payload:
                case Session() as session if part.kind == "session":
                    self._session(section, part, session, week)
                    self._notes(section, part, session)
                case Session() as session:
                    self._review(section, part, session, week)
                case Assignment() as task:
                    self._assignment(section, part, task, week)
        area = FileArea(self.backup.course_context, "course", "section", section.id)
        section.summary = self._decoded(self.backup.field(texts.week_summary(week, self.say, self.links), area))
        if self.options.expected:
            for activity in section.activities:
                self._expect(activity, week)

    def _expect(self, activity: Activity, week: Week) -> None:
        """By the end of its week; a task that has a due date is expected then anyway."""
        done = activity.completion.viewed or activity.completion.own
        if done and activity.visible and activity.body.findtext("duedate", "0") == "0":
            activity.expected = self.calendar.end_of(week.number)

    def _session(self, section: Part, part: ContentNode, session: Session, week: Week) -> None:
        """A lecture is read, any other session is talked over."""
        place, language = session.place, self.backup.course.language
        if session.kind != "lecture":
            blocks = never_empty(teaching.session(session, language), part.title)
            points = self._points(session.id, session.points, place) or 0
            found = self._criteria(session.id, (*session.blocks, *_tasks(session)), session.points, place)
            made = activities.discussion(self.backup, section, part.id, part.title, blocks, points=points, place=place)
            made.criteria = found if points else ()
            made.grade_category = self.scheme.of_week(week.number)
            self._link(part, made)
            return
        start, chapters = teaching.chapters(session.blocks)
        if not chapters:
            blocks = never_empty(teaching.session(session, language), part.title)
            made = activities.page(self.backup, section, part.id, part.title, blocks, place=place)
            self._link(part, self._report(made, "To read: the text of the lecture."))
            return
        before = texts.lower((*teaching.session_start(session, language), *start))
        after = texts.lower(teaching.session_end(session, language))
        listed = [(self.say("Introduction"), before)] if before else []
        listed += [(_one_line(inline_text(title.content)) or part.title, under) for title, under in chapters]
        if len(listed) > 1 and _repeats(listed[0][0], part.title):
            # A book whose first chapter has the book's own name says it twice.
            listed[0] = (self.say("Introduction"), listed[0][1])
        if after:
            title = self.say("Tasks") if session.tasks else self.say("Literature")
            listed.append((title, after))
        made = activities.book(self.backup, section, part.id, part.title, listed, place=place)
        self._link(
            part, self._report(made, "To read: the text of the lecture in {number} chapters.", number=len(listed))
        )

    def _notes(self, section: Part, part: ContentNode, session: Session) -> None:
        """What the teacher says, on a page that students do not see."""
        if session.notes:
            title = f"{part.title}. {self.say('For teachers')}"
            name = f"{part.id}-notes"
            activities.page(self.backup, section, name, title, session.notes, visible=False, place=session.place)

    def _assignment(self, section: Part, part: ContentNode, task: Assignment, week: Week) -> None:
        found = self._criteria(task.id, task.blocks, task.points, task.place)
        declared = task.points if task.points is not None else criteria.total(found) or None
        points = self._points(task.id, declared, task.place)
        due = self._due(task)
        # The date has a field of its own, which moves with the course; one in the text, or its week, would stay.
        reported = replace(task, due=None, due_week=None) if due else task
        if found:
            # The form of them stands on the task's page.
            reported = replace(reported, blocks=criteria.without(task.blocks))
        made = activities.assignment(
            self.backup,
            section,
            part.id,
            part.title,
            never_empty(teaching.assignment(reported, self.backup.course.language), part.title),
            points=DEFAULT_POINTS if points is None else points,
            due=due,
            cutoff=due + self.options.late_days * DAY if due and self.options.late_days is not None else 0,
            place=task.place,
        )
        made.criteria = found
        made.described = self.options.descriptions and texts.stands_below(part.title, reported.blocks)
        made.grade_category = self.scheme.of_week(week.number)
        self._link(part, made)

    def _criteria(
        self, id_: str, blocks: Blocks, points: float | None, place: Place | None
    ) -> tuple[RubricCriterion, ...]:
        """The criteria that a task declares; Moodle makes shares of the task's points of them."""
        found = criteria.declared(blocks) if self.options.criteria else ()
        most = criteria.total(found)
        if found and points is not None and most not in {points, 100.0}:
            stated = f"{id_}: the criteria add up to {most:g}, the task has {points:g}: they are scaled to it"
            self.backup.report(note("mbz-criteria-sum", stated, place))
        return found

    def _due(self, task: Assignment) -> int:
        """The declared day, or the last one of the declared week, or the one that is named of it; 0 without either."""
        if not task.due:
            return self.calendar.end_of(task.due_week) if task.due_week is not None else 0
        if found := self._day_of_week(task.due, task.due_week):
            return found
        problems: list[str] = []
        due = moment(task.due, self.backup.context.timezone, problems=problems, at=END_OF_DAY)
        for problem in problems:
            self.backup.report(warning("mbz-time", f"{task.id}: due {problem}", task.place))
        return due

    def _day_of_week(self, due: str, week: int | None) -> int:
        """The day of the due week that is named beside it, and nothing more, «Friday of week 5»; 0 for any other."""
        named = weekday(due) if week is not None and set(_NUMBER.findall(due)) <= {str(week)} else None
        return self.calendar.end_of_day(week, named) if week is not None and named is not None else 0

    def _points_of_one_kind(self) -> None:
        """Tells of tasks without points beside tasks with points: nobody said how they compare."""
        tasks = [task for week in self.backup.course.weeks for task in week.assignments]
        without = [task.id for task in tasks if task.points is None and not criteria.declared(task.blocks)]
        if without and len(without) < len(tasks):
            shown = ", ".join(without[:5]) + (f" and {len(without) - 5} more" if len(without) > 5 else "")
            stated = (
                f"tasks without declared points have {DEFAULT_POINTS} beside others with points of their own: {shown}"
            )
            self.backup.report(
                note(
                    "mbz-points-undeclared",
                    stated,
                    advice="state their points: the weight of each task depends on them",
                )
            )

    def _points(self, id_: str, declared: float | None, place: Place | None) -> int | None:
        """Whole points, the only ones that Moodle's assignments and forums take."""
        if declared is None:
            return None
        points = max(int(declared + 0.5), 1)
        if points != declared:
            stated = f"{id_}: {declared:g} points are written as {points}: Moodle takes whole points"
            self.backup.report(warning("mbz-points", stated, place))
        return points

    def _review(self, section: Part, part: ContentNode, session: Session, week: Week) -> None:
        graded = self.options.self_checks != "none"
        made = quiz.quiz(self.backup, section, part.id, part.title, (), graded=graded, place=session.place)
        made.grade_category = self.scheme.of_week(week.number)
        category = self.categories[session.id]
        home = self.bank.home(made)
        top = self.bank.top(home)
        items = [self.items[question.id] for question in review_of(part)]
        _, entries = self.bank.category(home, category.names[-1], category.info, top, session.id, items)
        slots = [entry if self._counts(entry) else BankEntry(entry.id, entry.question, 0.0) for entry in entries]
        quiz.fill(self.backup, made, slots, review=quiz.LEARNING)
        if self.options.descriptions:
            marked = sum(quiz.marks_itself(entry.question) for entry in entries)
            requested = sum(not isinstance(entry.question, Description) for entry in entries)
            blocks = texts.self_check(requested, marked, made.grade or 0.0, self.say)
            activities.describe(self.backup, made, blocks)
        self._link(part, made)

    def _counts(self, entry: BankEntry) -> bool:
        """Whether an answer earns marks: one that a person would have to read leaves the grade open, or at nothing."""
        return self.options.self_checks == "all" or quiz.marks_itself(entry.question)

    # --- links

    def _link(self, part: ContentNode, made: Activity) -> None:
        self.links[part.id] = f"{WEBSITE}/{made.mod}/{made.cmid}"
        self.links.setdefault(part.title, self.links[part.id])

    def _decoded(self, html: str) -> str:
        """Links to activities as a backup writes them; a restore puts the real addresses."""
        return _LINK.sub(lambda found: f'"$@{found[1].upper()}VIEWBYID*{found[2]}@$"', html)

    def _syllabus(self, tree: ContentNode) -> None:
        """The plan in the syllabus links to what it names, now that all of it is there."""
        found = {activity.key: activity for activity in self.backup.activities()}
        for node in tree.walk():
            content = found[node.id].body.find("content") if node.kind == "syllabus" and node.id in found else None
            if content is None:
                continue
            area = FileArea(found[node.id].context, "mod_page", "content")
            blocks = texts.linked(about.syllabus(self.backup.course), self.links)
            content.text = self._decoded(self.backup.field(blocks, area))


_NUMBER = re.compile(r"\d+")
_LINK = re.compile(rf'"{re.escape(WEBSITE)}/(\w+)/(\d+)"')


# What pages are for whose name does not say it.
_PURPOSES = {
    "syllabus": "What the course is about, its plan week by week, and how it is marked.",
    "reading": "To read beside the lectures.",
}


def _repeats(chapter: str, book: str) -> bool:
    """Whether a chapter is named as its book, whose name begins with its number («3-дәріс. Билік»)."""
    return bool(chapter) and f" {folded(book)}".endswith(f" {folded(chapter)}")


def _tasks(session: Session) -> Blocks:
    return tuple(block for task in session.tasks for block in task.blocks)


def _one_line(words: str) -> str:
    return " ".join(words.split())
