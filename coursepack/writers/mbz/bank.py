"""Questions as questions.xml holds them: categories in a context, entries, versions.

The categories lie where a teacher looks and other quizzes draw from: the course's own bank, or from 5.0 on, where a
course has none, the bank that is an activity of its own. The file holds that activity with the context of the course:
a restore by an older Moodle passes over it and puts the categories into the course, and a random slot finds them in
either. Or each category lies in the bank of the quiz that asks its questions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

import msgspec

from coursepack.model.blocks import Blocks
from coursepack.model.questions import Question
from coursepack.moodle.text import LONGEST_IDNUMBER, short_idnumber
from coursepack.place import warning
from coursepack.writers.mbz import activities
from coursepack.writers.mbz.backup import Activity, Backup, BackupSection, BankContext
from coursepack.writers.mbz.question import QuestionMaker
from coursepack.writers.mbz.tree import Element, document, leaves, node, root
from coursepack.writers.moodle.question import QuestionWriter
from coursepack.writers.question_bank import BankItem

EXAM = "exam"
"""The idnumber of the quiz that draws."""
MODULE_LEVEL = 70
"""CONTEXT_MODULE."""


@dataclass
class BankEntry:
    """A question of the bank: what a slot refers to."""

    id: int
    question: Question
    mark: float


@dataclass
class BackupBank:
    """questions.xml while it is being made. ``shared``: one bank of the course, else one of each quiz.

    ``known`` are the quizzes that are in Moodle already, when a course is only added to: their idnumbers. Categories
    are told then as of a module that is not in the file. A restore finds those it has by their stamps, in the course's
    own bank (4.x) or in a shared bank of the course (5.x; ``restore_dbops::restore_find_best_target_context``), and
    puts what is new into them; others it makes in a bank of its own.
    """

    backup: Backup
    shared: bool = True
    known: Collection[str] = ()
    xml: Element = field(default_factory=lambda: root("question_categories"))
    placed: bool = False

    def __post_init__(self) -> None:
        self.of_course = BankContext("course", self.backup.course_context, MODULE_LEVEL, self.backup.new_id())
        self.in_moodle = BankContext("course", 0, MODULE_LEVEL, 0)
        if self.known:
            self.in_moodle = BankContext("course", self.backup.new_id(), MODULE_LEVEL, self.backup.new_id())

    def document(self) -> bytes:
        return document(self.xml)

    def place(self, section: BackupSection) -> None:
        """Puts the shared bank into a section, once: before all that draws from it, behind all that has files in the
        context of the course, which from here on is the bank's."""
        if self.shared and not self.placed:
            self.placed = True
            activities.question_bank(self.backup, section, self.backup.say("Question bank"), self.of_course)

    def home(self, quiz: Activity) -> BankContext:
        """The bank that a quiz asks from."""
        if self.shared:
            # An exam that is new draws at random: its slots need a bank that is in the file.
            new = not self.known or (quiz.key == EXAM and EXAM not in self.known)
            return self.of_course if new else self.in_moodle
        return BankContext(quiz.key, quiz.context, MODULE_LEVEL, quiz.cmid, quiz.categories)

    def top(self, home: BankContext) -> int:
        """The one category without a parent that every context must have."""
        if not home.categories:
            self._category(home, "top", "", parent=0, key="top")
        return home.categories[0]

    def category(
        self, home: BankContext, name: str, info: Blocks, parent: int, key: str, items: Iterable[BankItem]
    ) -> tuple[int, list[BankEntry]]:
        """A category with its questions in a bank; its id and entries. ``key`` tells it from others."""
        id_, holder = self._category(home, name, self.backup.html.take(info)[0], parent=parent, key=key)
        return id_, [self._entry(holder, id_, home, item) for item in items]

    def _category(self, home: BankContext, name: str, info: str, *, parent: int, key: str) -> tuple[int, Element]:
        id_ = self.backup.new_id()
        category = node(self.xml, "question_category", id=id_)
        course = self.backup.course.id
        leaves(
            category,
            {
                "name": name if key == "top" else self.backup.name(name),
                "contextid": home.context,
                "contextlevel": home.level,
                "contextinstanceid": home.instance,
                "info": info,
                "infoformat": 1,
                "stamp": f"coursepack+{course}+{home.key}+{key}",
                "parent": parent,
                "sortorder": 0 if key == "top" else 999,
                "idnumber": None if key == "top" else key[:LONGEST_IDNUMBER],
            },
        )
        home.categories.append(id_)
        return id_, node(category, "question_bank_entries")

    def _entry(self, holder: Element, category: int, home: BankContext, item: BankItem) -> BankEntry:
        question, notes = self._sound(item.question)
        entry, versions = self._holder(holder, category, self._idnumber(question))
        maker = QuestionMaker(self.backup, home, replace(item, question=question, notes=item.notes + notes))
        mark = maker.write(versions)
        for gap in maker.gaps:
            _, versions = self._holder(holder, category, None)
            child = QuestionMaker(self.backup, home, BankItem(gap.question, gap.question.title or gap.question.id), gap)
            child.write(versions)
        return BankEntry(entry, question, mark)

    def _holder(self, holder: Element, category: int, idnumber: str | None) -> tuple[int, Element]:
        """An entry with its only version; a gap of a cloze question has an entry of its own, too."""
        id_ = self.backup.new_id()
        entry = node(holder, "question_bank_entry", id=id_)
        leaves(entry, {"questioncategoryid": category, "idnumber": idnumber, "ownerid": None})
        version = node(node(entry, "question_version"), "question_versions", id=self.backup.new_id())
        leaves(version, {"version": 1, "status": "ready"})
        return id_, node(version, "questions")

    def _sound(self, question: Question) -> tuple[Question, Blocks]:
        """What the question bank of the same course says in Moodle XML, with this product's codes."""
        writer = QuestionWriter(self.backup.context.assets)
        sound = writer.sound(question)
        for finding in writer.findings:
            self.backup.report(msgspec.structs.replace(finding, code=finding.code.replace("moodle-xml-", "mbz-")))
        return sound

    def _idnumber(self, question: Question) -> str:
        """That of the same question in Moodle XML."""
        wanted = f"{self.backup.course.id}-{question.id}"
        idnumber = short_idnumber(wanted)
        if idnumber != wanted:
            stated = (
                f"question {question.id[:40]}…: an idnumber of {len(wanted)} characters, at most {LONGEST_IDNUMBER}; "
            )
            stated += f"{idnumber[-12:]} ends the one that was written"
            self.backup.report(warning("mbz-idnumber-long", stated, question.place, "shorten the question's id"))
        return idnumber
