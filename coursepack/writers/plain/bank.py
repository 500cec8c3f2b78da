"""What the plain question formats share: a file of UTF-8 pieces, one a question, and what a question lost in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from coursepack.files.member import Member
from coursepack.model.artifact import Artifact, Bank, Written
from coursepack.model.course import Course
from coursepack.model.questions import Question
from coursepack.place import Finding, error, note, warning
from coursepack.writers import Context
from coursepack.writers.question_bank import Entry, bank_entries, course_entries
from coursepack.writers.spool import CompressedSpool, FindingLimiter

Maker = Callable[[Iterable[Entry], str, list[Finding]], Iterator[str]]
"""Entries, the language of the bank and a list for findings → pieces of text; no piece for what cannot be held."""


@dataclass(frozen=True)
class PlainFormat:
    """A text format of banks: ``make`` writes it, ``ending`` ends the file's name, ``head`` begins the file."""

    name: str
    ending: str
    make: Maker
    head: str = ""

    def write(self, course: Course, context: Context) -> Written:
        """The questions of a course as one file."""
        return self._written(course.id, course.title, course.language, course_entries(course), empty=note)

    def write_bank(self, bank: Bank, context: Context) -> Written:
        """The questions of a bank as one file."""
        return self._written(bank.id, bank.title, bank.language, bank_entries(bank), empty=error)

    def _written(
        self, name: str, title: str, language: str, entries: Iterable[Entry], *, empty: Callable[..., Finding]
    ) -> Written:
        file, reported, findings = CompressedSpool(), FindingLimiter(), list[Finding]()
        file.write(self.head.encode())
        for piece in self.make(entries, language, findings):
            file.write(piece.encode("utf-8", "replace"))
            file.questions += 1
            reported.take(findings)
        reported.take(findings)
        file.close()
        if not file.questions:
            message = f"there is no question that {self.name} can hold, so no file was written"
            return Written((), (*reported.all(), empty(f"{self.name}-empty", message)))
        member = Member(f"{name}-questions.{self.ending}", file.chunks)
        artifact = Artifact(
            name=member.path,
            format=self.name,
            members=(member,),
            layers=(self.name,),
            container="file",
            audience="teacher",
            title=title,
        )
        return Written((artifact,), reported.all())


def lost(name: str, question: Question, what: list[str]) -> Finding:
    """«question exam-004 loses its pictures and its mark»."""
    message = f"question {question.id} loses {_listed(what)}, which {name} cannot hold"
    return warning(f"{name}-lost", message, question.place)


def left_out(name: str, question: Question, reason: str) -> Finding:
    """«question exam-004 is left out: …»."""
    return warning(f"{name}-left-out", f"question {question.id} is left out: {reason}", question.place)


def _listed(what: list[str]) -> str:
    what = list(dict.fromkeys(what))
    return what[0] if len(what) == 1 else ", ".join(what[:-1]) + " and " + what[-1]
