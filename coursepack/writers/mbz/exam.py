"""The exam as its release allows: the list, a quiz that draws from a pool, and the whole bank for the teacher.

A quiz that opens at a declared time, or that the teacher shows when its day has come, is the exam itself: one attempt,
a grade, open to those whose rating admits them. Any other is for practice and counts for nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coursepack.contents import ContentNode
from coursepack.model.course import Exam
from coursepack.model.questions import Description, Question, offers
from coursepack.pages.block_builders import text
from coursepack.place import note, warning
from coursepack.render.draw import variant_groups
from coursepack.render.question_blocks import question_list
from coursepack.writers.mbz import activities, quiz, texts
from coursepack.writers.mbz.backup import Activity, Backup, BankContext
from coursepack.writers.mbz.backup import BackupSection as Part
from coursepack.writers.mbz.bank import BackupBank, BankEntry
from coursepack.writers.mbz.options import BackupOptions
from coursepack.writers.mbz.scheme import GradeScheme
from coursepack.writers.mbz.times import END_OF_DAY, moment
from coursepack.writers.question_bank import BankItem, Category, PoolPart, pool_parts


@dataclass(frozen=True)
class Times:
    """When the exam may be taken, in seconds since 1970, 0 when nothing was declared."""

    opens: int
    closes: int
    minutes: int


def times_of(backup: Backup, options: BackupOptions) -> Times:
    """As declared; what cannot be is reported."""
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
    bank: BackupBank
    scheme: GradeScheme
    options: BackupOptions
    times: Times
    items: Mapping[str, BankItem]
    categories: Mapping[str, Category]

    def write(self, child: ContentNode, exam: Exam) -> Part:
        """The list (when it is released), the quiz, the whole bank."""
        say = self.backup.say
        hidden, practice = is_hidden(exam, self.times), is_practice(exam, self.times)
        section = self.backup.section(child.title, key=child.id, visible=bool(exam.listed) or not hidden)
        self.bank.place(section)
        if exam.listed:
            blocks = question_list(exam.listed, say)
            title = exam.title or say("Exam questions")
            activities.page(self.backup, section, "exam-list", title, blocks, place=exam.place)
        name = say("Practice exam") if practice else child.title
        result = quiz.quiz(
            self.backup, section, "exam", name, (), visible=not hidden, graded=not practice, place=exam.place
        )
        result.grade_category = self.scheme.of_exam
        if not practice:
            self._admit(result)
        entries, drawn = self._pool(result, exam)
        if self.options.descriptions:
            self._describe(result, exam, drawn, practice=practice)
        quiz.fill(
            self.backup,
            result,
            drawn,
            review=quiz.EXAMINING,
            attempts=0 if practice else 1,
            opens=self.times.opens,
            closes=self.times.closes,
            minutes=self.times.minutes,
        )
        self._whole_bank(section, exam, result, entries)
        return section

    def _describe(self, result: Activity, exam: Exam, drawn: Sequence[quiz.RandomSlots], *, practice: bool) -> None:
        number = sum(one.count for one in drawn)
        pool = sum(_asks(group[0]) for group in variant_groups(exam.questions))
        blocks = texts.exam(exam.form, number, pool, self.backup.say, practice=practice)
        activities.describe(self.backup, result, blocks)

    def _admit(self, result: Activity) -> None:
        """Opens the exam to a rating of so many per cent."""
        if not self.options.admission or not self.scheme.tops:
            return
        rating = self.scheme.rating
        if rating is None:
            stated = "the gradebook contains nothing but the exam: no condition is set for access to it"
            self.backup.report(note("mbz-admission", stated, advice="set it by hand in the exam's access restrictions"))
            return
        condition = {"type": "grade", "id": rating.item, "min": self.options.admission}
        result.availability = json.dumps({"op": "&", "c": [condition], "showc": [True]})

    def _pool(self, result: Activity, exam: Exam) -> tuple[list[BankEntry], list[quiz.RandomSlots]]:
        """The exam's categories: its pool, and beside it what rewords a question of the pool."""
        groups = variant_groups(exam.questions)
        pool, again = [group[0] for group in groups], [question for group in groups for question in group[1:]]
        home = self.bank.home(result)
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
        return entries, [quiz.RandomSlots(category, home.context, can, mark, below=bool(below))]

    def _below(self, home: BankContext, pool: int, parts: list[PoolPart], entries: list[BankEntry]) -> dict[str, int]:
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
        self, home: BankContext, parts: list[PoolPart], below: dict[str, int], mark: float, exam: Exam
    ) -> list[quiz.RandomSlots]:
        """So many questions of each level as course.toml says."""
        drawn: list[quiz.RandomSlots] = []
        held = {part.id: part.questions for part in parts}
        for level, wanted in enumerate(self.options.exam_levels, 1):
            key = f"exam-level-{level}"
            count = self._can(held.get(key, ()), wanted, exam, f" of level {level}")
            drawn.extend([quiz.RandomSlots(below[key], home.context, count, mark)] if count else [])
        return drawn

    def _can(self, questions: Sequence[Question], wanted: int, exam: Exam, of: str = "") -> int:
        """How many are drawn where so many are wanted; fewer are reported."""
        count = sum(map(_asks, questions))
        if count < wanted:
            stated = f"the exam draws {count} questions{of}, not {wanted}: the pool has no more"
            self.backup.report(warning("mbz-pool-small", stated, exam.place))
        return min(count, wanted)

    def _exam_category(
        self, home: BankContext, key: str, top: int, questions: Sequence[Question]
    ) -> tuple[int, list[BankEntry]]:
        category = self.categories[key]
        items = [self.items[question.id] for question in questions]
        return self.bank.category(home, category.names[-1], category.info, top, key, items)

    def _whole_bank(self, section: Part, exam: Exam, drawing: Activity, entries: list[BankEntry]) -> None:
        """Every exam question in its order, for the teacher alone; it refers to the entries of the exam's bank."""
        say = self.backup.say
        name = say("Question bank. Exam")
        about = {"number": len(entries), "quiz": drawing.name}
        stated = "For the teacher: all exam questions, {number} in all. They lie in the question bank of "
        reported = say(stated + ("the course." if self.bank.shared else "the quiz «{quiz}»."), **about)
        result = quiz.quiz(
            self.backup,
            section,
            "exam-bank",
            name,
            (text(reported),),
            visible=False,
            graded=False,
            place=exam.place,
        )
        quiz.fill(self.backup, result, entries, review=quiz.LEARNING)


def _asks(question: Question) -> bool:
    return not isinstance(question, Description)
