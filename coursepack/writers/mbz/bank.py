"""Questions as questions.xml holds them: categories in a context, entries, versions.

The categories lie in the course's own bank, where a teacher looks and other quizzes draw from; 5.0, which has no such
bank any more, makes a shared one of them. Or each in the bank of the quiz that asks its questions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

import msgspec

from coursepack.model.blocks import Blocks
from coursepack.model.questions import Question
from coursepack.moodle.text import LONGEST_IDNUMBER, short_idnumber
from coursepack.place import warning
from coursepack.writers.mbz.backup import Activity, Backup, Home
from coursepack.writers.mbz.question import QuestionMaker
from coursepack.writers.mbz.tree import Element, document, leaves, node, root
from coursepack.writers.moodle.question import QuestionWriter
from coursepack.writers.question_bank import Item

COURSE_LEVEL, MODULE_LEVEL = 50, 70
"""CONTEXT_COURSE, CONTEXT_MODULE."""


@dataclass
class Entry:
    """A question of the bank: what a slot refers to."""

    id: int
    question: Question
    mark: float


@dataclass
class Bank:
    """questions.xml while it is being made. ``shared``: one bank of the course, else one of each quiz.

    ``known`` are quizzes whose categories are in Moodle already, when a course is only added to: their idnumbers. Those
    categories are told as of a module that is not in the file. A restore finds them by their stamps then, in the
    course's own bank (4.x: ``restore_dbops::restore_find_best_target_context`` looks there) and in a shared bank of the
    course (5.x), and puts what is new into them.
    """

    backup: Backup
    shared: bool = True
    known: Collection[str] = ()
    xml: Element = field(default_factory=lambda: root("question_categories"))

    def __post_init__(self) -> None:
        self.of_course = Home("course", self.backup.course_context, COURSE_LEVEL, self.backup.course_id)
        self.in_moodle = Home("course", 0, MODULE_LEVEL, 0)
        if self.known:
            self.in_moodle = Home("course", self.backup.new_id(), MODULE_LEVEL, self.backup.new_id())

    def document(self) -> bytes:
        return document(self.xml)

    def home(self, quiz: Activity) -> Home:
        """The bank that a quiz asks from."""
        if self.shared:
            return self.in_moodle if quiz.key in self.known else self.of_course
        return Home(quiz.key, quiz.context, MODULE_LEVEL, quiz.cmid, quiz.categories)

    def top(self, home: Home) -> int:
        """The one category without a parent that every context must have."""
        if not home.categories:
            self._category(home, "top", "", parent=0, key="top")
        return home.categories[0]

    def category(
        self, home: Home, name: str, info: Blocks, parent: int, key: str, items: Iterable[Item]
    ) -> tuple[int, list[Entry]]:
        """A category with its questions in a bank; its id and entries. ``key`` tells it from others."""
        id_, holder = self._category(home, name, self.backup.html.take(info)[0], parent=parent, key=key)
        return id_, [self._entry(holder, id_, home, item) for item in items]

    def _category(self, home: Home, name: str, info: str, *, parent: int, key: str) -> tuple[int, Element]:
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

    def _entry(self, holder: Element, category: int, home: Home, item: Item) -> Entry:
        question, notes = self._sound(item.question)
        entry, versions = self._holder(holder, category, self._idnumber(question))
        maker = QuestionMaker(self.backup, home, replace(item, question=question, notes=item.notes + notes))
        mark = maker.write(versions)
        for gap in maker.gaps:
            _, versions = self._holder(holder, category, None)
            child = QuestionMaker(self.backup, home, Item(gap.question, gap.question.title or gap.question.id), gap)
            child.write(versions)
        return Entry(entry, question, mark)

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
            said = f"question {question.id[:40]}…: an idnumber of {len(wanted)} letters, at most {LONGEST_IDNUMBER}; "
            said += f"{idnumber[-12:]} ends the one that was written"
            self.backup.report(warning("mbz-idnumber-long", said, question.place, "shorten the question's id"))
        return idnumber
