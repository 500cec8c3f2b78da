"""Questions as questions.xml holds them: categories in a context, entries, versions.

A category lies in the context of the quiz that draws from it: that restores everywhere from 4.1 on, while a course's
own bank exists no longer in 5.0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import msgspec

from coursepack.model.blocks import Blocks
from coursepack.model.questions import Question
from coursepack.moodle.text import LONGEST_IDNUMBER, short_idnumber
from coursepack.place import warning
from coursepack.writers.mbz.backup import Activity, Backup
from coursepack.writers.mbz.question import QuestionMaker
from coursepack.writers.mbz.tree import Element, document, leaves, node, root
from coursepack.writers.moodle.question import QuestionWriter
from coursepack.writers.question_bank import Item

MODULE_LEVEL = 70
"""CONTEXT_MODULE."""


@dataclass
class Entry:
    """A question of the bank: what a slot refers to."""

    id: int
    question: Question
    mark: float


@dataclass
class Bank:
    """questions.xml while it is being made."""

    backup: Backup
    xml: Element = field(default_factory=lambda: root("question_categories"))

    def document(self) -> bytes:
        return document(self.xml)

    def top(self, quiz: Activity) -> int:
        """The one category without a parent that every context must have."""
        return self._category(quiz, "top", "", parent=0, key="top")[0]

    def category(
        self, quiz: Activity, name: str, info: Blocks, parent: int, key: str, items: Iterable[Item]
    ) -> tuple[int, list[Entry]]:
        """A category with its questions in the bank of a quiz; its id and entries. ``key`` tells it from others."""
        id_, holder = self._category(quiz, name, self.backup.html.take(info)[0], parent=parent, key=key)
        return id_, [self._entry(holder, id_, quiz, item) for item in items]

    def _category(self, quiz: Activity, name: str, info: str, *, parent: int, key: str) -> tuple[int, Element]:
        id_ = self.backup.new_id()
        category = node(self.xml, "question_category", id=id_)
        course = self.backup.course.id
        leaves(
            category,
            {
                "name": name if key == "top" else self.backup.name(name),
                "contextid": quiz.context,
                "contextlevel": MODULE_LEVEL,
                "contextinstanceid": quiz.cmid,
                "info": info,
                "infoformat": 1,
                "stamp": f"coursepack+{course}+{quiz.key}+{key}",
                "parent": parent,
                "sortorder": 0 if key == "top" else 999,
                "idnumber": None if key == "top" else key[:LONGEST_IDNUMBER],
            },
        )
        quiz.categories.append(id_)
        return id_, node(category, "question_bank_entries")

    def _entry(self, holder: Element, category: int, quiz: Activity, item: Item) -> Entry:
        question, notes = self._sound(item.question)
        entry, versions = self._holder(holder, category, self._idnumber(question))
        maker = QuestionMaker(self.backup, quiz, replace(item, question=question, notes=item.notes + notes))
        mark = maker.write(versions)
        for gap in maker.gaps:
            _, versions = self._holder(holder, category, None)
            child = QuestionMaker(self.backup, quiz, Item(gap.question, gap.question.title or gap.question.id), gap)
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
