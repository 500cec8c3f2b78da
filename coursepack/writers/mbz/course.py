"""What a student meets: the tree of ``contents`` as sections and activities, and the exam as its release allows."""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.contents import Node, review_of
from coursepack.model.artifact import Artifact
from coursepack.model.blocks import Blocks, inline_text
from coursepack.model.course import Assignment, Exam, Reading, Section, Session, Week
from coursepack.model.questions import Description, Question, offers
from coursepack.pages import about, teaching
from coursepack.pages.bricks import never_empty, text
from coursepack.place import Place, warning
from coursepack.render.asked import asked_list
from coursepack.render.draw import variant_groups
from coursepack.writers.mbz import activities, quiz, texts
from coursepack.writers.mbz.backup import Activity, Backup
from coursepack.writers.mbz.backup import Section as Part
from coursepack.writers.mbz.bank import Bank, Entry
from coursepack.writers.mbz.grades import Gradebook
from coursepack.writers.mbz.options import Options
from coursepack.writers.mbz.papers import papers, put
from coursepack.writers.mbz.pool import Area
from coursepack.writers.mbz.times import END_OF_DAY, moment
from coursepack.writers.question_bank import Category, Item, PoolPart, course_entries, pool_parts

DEFAULT_POINTS = 100
"""Moodle's own maximum grade where nobody declared points."""


class Author:
    """Writes a course's sections one after the other."""

    def __init__(self, backup: Backup, bank: Bank, gradebook: Gradebook, options: Options) -> None:
        self.backup = backup
        self.bank = bank
        self.gradebook = gradebook
        self.options = options
        self.say = backup.say
        entries = list(course_entries(backup.course))
        self.items = {entry.question.id: entry for entry in entries if isinstance(entry, Item)}
        self.categories = {entry.id: entry for entry in entries if isinstance(entry, Category)}

    def write(self, tree: Node) -> None:
        """The general section, a section a week, the exam, what closes the course."""
        exam = self.backup.course.exam
        printed = papers(self.backup) if self.options.papers else []
        asked = exam is not None and bool(exam.questions)
        for child in tree.children:
            match child.kind:
                case "about":
                    section = self.backup.section(child.title)
                    self._pages(section, child)
                    self._papers(section, printed, "student")
                    if not asked:
                        self._papers(section, printed, "teacher")
                case "week":
                    self._week(child)
                case "exam" if exam:
                    section = self._exam(child, exam)
                    self._papers(section, printed, "teacher")
                case _:
                    self._pages(self.backup.section(child.title), child)

    def _papers(self, section: Part, printed: list[Artifact], audience: str) -> None:
        for artifact in printed:
            if artifact.audience == audience:
                put(self.backup, artifact, section)

    # --- pages

    def _pages(self, section: Part, parent: Node) -> None:
        for child in parent.children:
            blocks = self._page(child)
            if blocks:
                place = getattr(child.payload, "place", None)
                activities.page(self.backup, section, child.id, child.title, blocks, place=place)

    def _page(self, child: Node) -> Blocks:
        course = self.backup.course
        match child.payload:
            case Section() as section:
                return section.blocks
            case Reading() as reading:
                return teaching.reading(reading, course.language)
        return about.PAGES[child.kind](course) if child.kind in about.PAGES else ()

    # --- weeks

    def _week(self, child: Node) -> None:
        week = child.payload
        assert isinstance(week, Week)  # noqa: S101 - that is what the tree says
        section = self.backup.section(child.title)
        area = Area(self.backup.course_context, "course", "section", section.id)
        section.summary = self.backup.field(texts.week_summary(week, self.say), area)
        for part in child.children:
            match part.payload:
                case Session() as session if part.kind == "session":
                    self._session(section, part, session)
                    self._notes(section, part, session)
                case Session() as session:
                    self._review(section, part, session)
                case Assignment() as task:
                    self._assignment(section, part, task)

    def _session(self, section: Part, part: Node, session: Session) -> None:
        """A lecture is read, any other session is talked over."""
        place, language = session.place, self.backup.course.language
        if session.kind != "lecture":
            blocks = never_empty(teaching.session(session, language), part.title)
            points = self._points(session.id, session.points, place) or 0
            made = activities.forum(self.backup, section, part.id, part.title, blocks, points=points, place=place)
            made.grade_category = self.gradebook.of_coursework
            return
        start, chapters = teaching.chapters(session.blocks)
        if not chapters:
            blocks = never_empty(teaching.session(session, language), part.title)
            activities.page(self.backup, section, part.id, part.title, blocks, place=place)
            return
        before = texts.lower((*teaching.session_start(session, language), *start))
        after = texts.lower(teaching.session_end(session, language))
        listed = [(part.title, before)] if before else []
        listed += [(_one_line(inline_text(title.content)) or part.title, under) for title, under in chapters]
        if after:
            title = self.say("Tasks") if session.tasks else self.say("Literature")
            listed.append((title, after))
        activities.book(self.backup, section, part.id, part.title, listed, place=place)

    def _notes(self, section: Part, part: Node, session: Session) -> None:
        """What the teacher says, on a page that students do not see."""
        if session.notes:
            title = f"{part.title}. {self.say('For teachers')}"
            name = f"{part.id}-notes"
            activities.page(self.backup, section, name, title, session.notes, visible=False, place=session.place)

    def _assignment(self, section: Part, part: Node, task: Assignment) -> None:
        points = self._points(task.id, task.points, task.place)
        problems: list[str] = []
        due = moment(task.due, self.backup.context.timezone, problems=problems, at=END_OF_DAY) if task.due else 0
        for problem in problems:
            self.backup.report(warning("mbz-time", f"{task.id}: due {problem}", task.place))
        made = activities.assignment(
            self.backup,
            section,
            part.id,
            part.title,
            never_empty(teaching.assignment(task, self.backup.course.language), part.title),
            points=DEFAULT_POINTS if points is None else points,
            due=due,
            place=task.place,
        )
        made.grade_category = self.gradebook.of_coursework

    def _points(self, id_: str, declared: float | None, place: Place | None) -> int | None:
        """Whole points, the only ones that Moodle's assignments and forums take."""
        if declared is None:
            return None
        points = max(int(declared + 0.5), 1)
        if points != declared:
            said = f"{id_}: {declared:g} points are written as {points}: Moodle takes whole points"
            self.backup.report(warning("mbz-points", said, place))
        return points

    def _review(self, section: Part, part: Node, session: Session) -> None:
        made = quiz.quiz(self.backup, section, part.id, part.title, (), place=session.place)
        made.grade_category = self.gradebook.of_coursework
        category = self.categories[session.id]
        top = self.bank.top(made)
        items = [self.items[question.id] for question in review_of(part)]
        _, entries = self.bank.category(made, category.names[-1], category.info, top, session.id, items)
        quiz.fill(self.backup, made, entries, review=quiz.LEARNING)

    # --- exam

    def _exam(self, child: Node, exam: Exam) -> Part:
        """The list (when it is released), the exam that draws from its own pool, and the whole bank for the teacher.

        An exam of tests that are not listed is hidden unless it opens at a time: it could be taken until all were seen.
        """
        times = self._times()
        kept = exam.release == "open" and any(map(offers, exam.questions))
        hidden = exam.release == "teacher-only" or (kept and not times["opens"])
        section = self.backup.section(child.title, visible=bool(exam.listed) or not hidden)
        if exam.listed:
            title = exam.title or self.say("Exam questions")
            activities.page(
                self.backup, section, "exam-list", title, asked_list(exam.listed, self.say), place=exam.place
            )
        form = (text(self.say("Form: {form}", form=exam.form)),) if exam.form else ()
        made = quiz.quiz(self.backup, section, "exam", child.title, form, visible=not hidden, place=exam.place)
        made.grade_category = self.gradebook.of_exam
        entries, drawn = self._pool(made, exam)
        quiz.fill(self.backup, made, drawn, review=quiz.EXAMINING, **times)
        self._whole_bank(section, exam, made, entries)
        return section

    def _pool(self, made: Activity, exam: Exam) -> tuple[list[Entry], list[quiz.Drawn]]:
        """The exam's categories: its pool, and beside it what rewords a question of the pool."""
        groups = variant_groups(exam.questions)
        pool, again = [group[0] for group in groups], [question for group in groups for question in group[1:]]
        top = self.bank.top(made)
        parts = pool_parts(pool, self.backup.course.language)
        category, entries = self._exam_category(made, "exam-pool", top, parts[0].questions)
        below = self._below(made, category, parts[1:], entries)
        if again:
            entries += self._exam_category(made, "exam-rewordings", top, again)[1]
        number = {question.id: index for index, question in enumerate(exam.questions)}
        entries.sort(key=lambda entry: number[entry.question.id])
        marks = {entry.mark for entry in entries if entry.question in pool and _asks(entry.question)}
        mark = marks.pop() if len(marks) == 1 else 1.0
        if self.options.exam_levels:
            return entries, self._of_levels(parts, below, mark, exam)
        wanted = self.backup.context.questions_per_ticket
        can = self._can(pool, wanted, exam)
        return entries, [quiz.Drawn(category, can, mark, below=bool(below))]

    def _below(self, made: Activity, pool: int, parts: list[PoolPart], entries: list[Entry]) -> dict[str, int]:
        """The categories below the pool, by their keys; their questions are added to ``entries``."""
        known: dict[tuple[str, ...], int] = {(): pool}
        found: dict[str, int] = {}
        for part in parts:
            for depth in range(1, len(part.names)):
                names = part.names[:depth]
                if names not in known:
                    known[names], _ = self.bank.category(
                        made, names[-1], (), known[names[:-1]], f"{part.id}-{depth}", ()
                    )
            items = [self.items[question.id] for question in part.questions]
            id_, added = self.bank.category(made, part.names[-1], (), known[part.names[:-1]], part.id, items)
            known[part.names] = found[part.id] = id_
            entries += added
        return found

    def _of_levels(self, parts: list[PoolPart], below: dict[str, int], mark: float, exam: Exam) -> list[quiz.Drawn]:
        """So many questions of each level as course.toml says."""
        drawn: list[quiz.Drawn] = []
        held = {part.id: part.questions for part in parts}
        for level, wanted in enumerate(self.options.exam_levels, 1):
            key = f"exam-level-{level}"
            count = self._can(held.get(key, ()), wanted, exam, f" of level {level}")
            drawn.extend([quiz.Drawn(below[key], count, mark)] if count else [])
        return drawn

    def _can(self, questions: Sequence[Question], wanted: int, exam: Exam, of: str = "") -> int:
        """How many are drawn where so many are wanted; fewer are told."""
        count = sum(map(_asks, questions))
        if count < wanted:
            said = f"the exam draws {count} questions{of}, not {wanted}: the pool holds no more"
            self.backup.report(warning("mbz-pool-small", said, exam.place))
        return min(count, wanted)

    def _exam_category(
        self, made: Activity, key: str, top: int, questions: Sequence[Question]
    ) -> tuple[int, list[Entry]]:
        category = self.categories[key]
        items = [self.items[question.id] for question in questions]
        return self.bank.category(made, category.names[-1], category.info, top, key, items)

    def _whole_bank(self, section: Part, exam: Exam, drawing: Activity, entries: list[Entry]) -> None:
        """Every exam question in its order, for the teacher alone; it refers to the entries of the exam's own bank."""
        name = self.say("Question bank. Exam")
        note = self.say(
            "For the teacher: all exam questions, {number} in all. They lie in the question bank of the quiz «{quiz}».",
            number=len(entries),
            quiz=drawing.name,
        )
        made = quiz.quiz(
            self.backup,
            section,
            "exam-bank",
            name,
            (text(note),),
            visible=False,
            graded=False,
            place=exam.place,
        )
        quiz.fill(self.backup, made, entries, review=quiz.LEARNING)

    def _times(self) -> dict[str, int]:
        """When the exam may be taken, as declared.

        With an opening time there is one attempt; without, it is for practice: a student who looks in loses nothing.
        """
        options, zone = self.options, self.backup.context.timezone
        problems: list[str] = []
        opens = moment(options.exam_opens, zone, problems=problems) if options.exam_opens else 0
        closes = moment(options.exam_closes, zone, problems=problems, at=END_OF_DAY) if options.exam_closes else 0
        if opens and closes and closes <= opens:
            problems.append(
                f"it closes ({options.exam_closes}) no later than it opens ({options.exam_opens}); no end is set"
            )
            closes = 0
        for problem in problems:
            self.backup.report(warning("mbz-time", f"exam: {problem}"))
        return {"opens": opens, "closes": closes, "minutes": options.exam_minutes, "attempts": 1 if opens else 0}


def _asks(question: Question) -> bool:
    return not isinstance(question, Description)


def _one_line(words: str) -> str:
    return " ".join(words.split())
