"""The exam as its release allows: the list, a quiz that draws from a pool, and the whole bank for the teacher.

A quiz that opens at a declared time, or that the teacher shows when its day has come, is the exam itself: one attempt,
a grade, open to those whose rating admits them. Any other is for practice and counts for nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coursepack.contents import Node
from coursepack.model.course import Exam
from coursepack.model.questions import Description, Question, offers
from coursepack.pages.bricks import text
from coursepack.place import note, warning
from coursepack.render.asked import asked_list
from coursepack.render.draw import variant_groups
from coursepack.writers.mbz import activities, quiz, texts
from coursepack.writers.mbz.backup import Activity, Backup, Home
from coursepack.writers.mbz.backup import Section as Part
from coursepack.writers.mbz.bank import Bank, Entry
from coursepack.writers.mbz.options import Options
from coursepack.writers.mbz.scheme import Scheme
from coursepack.writers.mbz.times import END_OF_DAY, moment
from coursepack.writers.question_bank import Category, Item, PoolPart, pool_parts


@dataclass(frozen=True)
class Times:
    """When the exam may be taken, in seconds since 1970, 0 when nothing was declared."""

    opens: int
    closes: int
    minutes: int


def times_of(backup: Backup, options: Options) -> Times:
    """As declared; what cannot be is told."""
    zone = backup.context.timezone
    problems: list[str] = []
    opens = moment(options.exam_opens, zone, problems=problems) if options.exam_opens else 0
    closes = moment(options.exam_closes, zone, problems=problems, at=END_OF_DAY) if options.exam_closes else 0
    if opens and closes and closes <= opens:
        problems.append(
            f"it closes ({options.exam_closes}) no later than it opens ({options.exam_opens}); no end is set"
        )
        closes = 0
    for problem in problems:
        backup.report(warning("mbz-time", f"exam: {problem}"))
    return Times(opens, closes, options.exam_minutes)


def is_hidden(exam: Exam, times: Times) -> bool:
    """Whether the teacher shows the quiz when its day has come.

    An exam of tests that are not listed is hidden unless it opens at a time: it could be taken until all were seen.
    """
    kept = exam.release == "open" and any(map(offers, exam.questions))
    return exam.release == "teacher-only" or (kept and not times.opens)


def is_practice(exam: Exam, times: Times) -> bool:
    """Whether the quiz is for practice: it counts for nothing."""
    return not is_hidden(exam, times) and not times.opens


@dataclass
class ExamAuthor:
    """Writes the section of the exam; ``items`` and ``categories`` are those of the question bank, by their ids."""

    backup: Backup
    bank: Bank
    scheme: Scheme
    options: Options
    times: Times
    items: Mapping[str, Item]
    categories: Mapping[str, Category]

    def write(self, child: Node, exam: Exam) -> Part:
        """The list (when it is released), the quiz, the whole bank."""
        say = self.backup.say
        hidden, practice = is_hidden(exam, self.times), is_practice(exam, self.times)
        section = self.backup.section(child.title, key=child.id, visible=bool(exam.listed) or not hidden)
        self.bank.place(section)
        if exam.listed:
            blocks = asked_list(exam.listed, say)
            title = exam.title or say("Exam questions")
            activities.page(self.backup, section, "exam-list", title, blocks, place=exam.place)
        name = say("Practice exam") if practice else child.title
        made = quiz.quiz(
            self.backup, section, "exam", name, (), visible=not hidden, graded=not practice, place=exam.place
        )
        made.grade_category = self.scheme.of_exam
        if not practice:
            self._admit(made)
        entries, drawn = self._pool(made, exam)
        if self.options.descriptions:
            self._describe(made, exam, drawn, practice=practice)
        quiz.fill(
            self.backup,
            made,
            drawn,
            review=quiz.EXAMINING,
            attempts=0 if practice else 1,
            opens=self.times.opens,
            closes=self.times.closes,
            minutes=self.times.minutes,
        )
        self._whole_bank(section, exam, made, entries)
        return section

    def _describe(self, made: Activity, exam: Exam, drawn: Sequence[quiz.Drawn], *, practice: bool) -> None:
        number = sum(one.count for one in drawn)
        pool = sum(_asks(group[0]) for group in variant_groups(exam.questions))
        blocks = texts.exam(exam.form, number, pool, self.backup.say, practice=practice)
        activities.describe(self.backup, made, blocks)

    def _admit(self, made: Activity) -> None:
        """Opens the exam to a rating of so many per cent."""
        if not self.options.admission or not self.scheme.tops:
            return
        rating = self.scheme.rating
        if rating is None:
            said = "the gradebook has no rating beside the exam: no condition opens it"
            self.backup.report(note("mbz-admission", said, advice="set it by hand in the exam's access restrictions"))
            return
        condition = {"type": "grade", "id": rating.item, "min": self.options.admission}
        made.availability = json.dumps({"op": "&", "c": [condition], "showc": [True]})

    def _pool(self, made: Activity, exam: Exam) -> tuple[list[Entry], list[quiz.Drawn]]:
        """The exam's categories: its pool, and beside it what rewords a question of the pool."""
        groups = variant_groups(exam.questions)
        pool, again = [group[0] for group in groups], [question for group in groups for question in group[1:]]
        home = self.bank.home(made)
        top = self.bank.top(home)
        if self.bank.shared:
            top = self._exam_category(home, "exam", top, ())[0]
        parts = pool_parts(pool, self.backup.course.language)
        category, entries = self._exam_category(home, "exam-pool", top, parts[0].questions)
        below = self._below(home, category, parts[1:], entries)
        if again:
            entries += self._exam_category(home, "exam-rewordings", top, again)[1]
        number = {question.id: index for index, question in enumerate(exam.questions)}
        entries.sort(key=lambda entry: number[entry.question.id])
        marks = {entry.mark for entry in entries if entry.question in pool and _asks(entry.question)}
        mark = marks.pop() if len(marks) == 1 else 1.0
        if self.options.exam_levels:
            return entries, self._of_levels(home, parts, below, mark, exam)
        wanted = self.backup.context.questions_per_ticket
        can = self._can(pool, wanted, exam)
        return entries, [quiz.Drawn(category, home.context, can, mark, below=bool(below))]

    def _below(self, home: Home, pool: int, parts: list[PoolPart], entries: list[Entry]) -> dict[str, int]:
        """The categories below the pool, by their keys; their questions are added to ``entries``."""
        known: dict[tuple[str, ...], int] = {(): pool}
        found: dict[str, int] = {}
        for part in parts:
            for depth in range(1, len(part.names)):
                names = part.names[:depth]
                if names not in known:
                    known[names], _ = self.bank.category(
                        home, names[-1], (), known[names[:-1]], f"{part.id}-{depth}", ()
                    )
            items = [self.items[question.id] for question in part.questions]
            id_, added = self.bank.category(home, part.names[-1], (), known[part.names[:-1]], part.id, items)
            known[part.names] = found[part.id] = id_
            entries += added
        return found

    def _of_levels(
        self, home: Home, parts: list[PoolPart], below: dict[str, int], mark: float, exam: Exam
    ) -> list[quiz.Drawn]:
        """So many questions of each level as course.toml says."""
        drawn: list[quiz.Drawn] = []
        held = {part.id: part.questions for part in parts}
        for level, wanted in enumerate(self.options.exam_levels, 1):
            key = f"exam-level-{level}"
            count = self._can(held.get(key, ()), wanted, exam, f" of level {level}")
            drawn.extend([quiz.Drawn(below[key], home.context, count, mark)] if count else [])
        return drawn

    def _can(self, questions: Sequence[Question], wanted: int, exam: Exam, of: str = "") -> int:
        """How many are drawn where so many are wanted; fewer are told."""
        count = sum(map(_asks, questions))
        if count < wanted:
            said = f"the exam draws {count} questions{of}, not {wanted}: the pool holds no more"
            self.backup.report(warning("mbz-pool-small", said, exam.place))
        return min(count, wanted)

    def _exam_category(self, home: Home, key: str, top: int, questions: Sequence[Question]) -> tuple[int, list[Entry]]:
        category = self.categories[key]
        items = [self.items[question.id] for question in questions]
        return self.bank.category(home, category.names[-1], category.info, top, key, items)

    def _whole_bank(self, section: Part, exam: Exam, drawing: Activity, entries: list[Entry]) -> None:
        """Every exam question in its order, for the teacher alone; it refers to the entries of the exam's bank."""
        say = self.backup.say
        name = say("Question bank. Exam")
        about = {"number": len(entries), "quiz": drawing.name}
        said = "For the teacher: all exam questions, {number} in all. They lie in the question bank of "
        told = say(said + ("the course." if self.bank.shared else "the quiz «{quiz}»."), **about)
        made = quiz.quiz(
            self.backup,
            section,
            "exam-bank",
            name,
            (text(told),),
            visible=False,
            graded=False,
            place=exam.place,
        )
        quiz.fill(self.backup, made, entries, review=quiz.LEARNING)


def _asks(question: Question) -> bool:
    return not isinstance(question, Description)
