"""The course as a tree on the terminal, with counts and the ledger of each source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.text import Text
from rich.tree import Tree

from coursepack import visible
from coursepack.cli import localization, show
from coursepack.contents import (
    assignment_title,
    reading_title,
    session_title,
)
from coursepack.languages.catalogues import words
from coursepack.model.blocks import block_text, inline_text
from coursepack.model.course import Course, Session
from coursepack.model.ledger import Ledger
from coursepack.model.questions import Description
from coursepack.outline import Understood
from coursepack.place import Place
from coursepack.writers import cut

_WIDE = 96


def print_course(understood: Understood, counts: dict[str, int], *, verbose: int = 0) -> None:
    """Print the tree, the counts and the ledgers."""
    out = show.console()
    out.print(_tree(understood.course, verbose))
    figures = (f"{localization.said(name.replace('_', ' '))} {number}" for name, number in counts.items())
    out.print(_text("  ".join(figures)))
    for ledger in understood.ledgers:
        out.print(_text(localization.said(_sums(ledger))))
        if verbose:
            for entry in ledger.entries:
                text = cut(ledger.units[entry.unit][entry.start : entry.end], 60)
                fate, why = localization.said(entry.fate), localization.said(entry.reason or entry.part)
                out.print(_text(f"  {entry.unit:>6} {fate:<8}{why:<28} {text}"))
    accounted = {ledger.file for ledger in understood.ledgers}
    for file, taken in _of_banks(understood.course).items():
        if file not in accounted:
            # A question file is read question by question: what it holds beside them its reader tells.
            out.print(_text(f"{file}: {show.counted(taken, 'questions')}"))
    out.print(_text(localization.said(f"findings: {show.summary(understood.findings)}")))


def _tree(course: Course, verbose: int) -> Tree:
    say = words(course.language)
    tree = Tree(_text(f"{course.title} ({course.id}, {course.language})", "bold"))
    for section in (course.foreword, course.introduction):
        if section:
            tree.add(_line(section.title, show.counted(len(section.blocks), "blocks"), section.place))
    for week in course.weeks:
        branch = tree.add(_text(say("Week {number}", number=week.number), "bold"))
        for session in week.sessions:
            node = branch.add(_line(session_title(session, say), ", ".join(_parts(session)), session.place))
            if verbose:
                for topic in (*session.outline, *session.topics):
                    node.add(_line(inline_text(topic.content), "", topic.place))
                for question in session.review:
                    node.add(_line("? " + block_text(question.text), "", question.place))
        for assignment in week.assignments:
            branch.add(_line(assignment_title(assignment, say), assignment.form or "", assignment.place))
    if course.exam:
        questions = course.exam.questions
        variants = sum(question.variant_of is not None for question in questions)
        asked = sum(not isinstance(question, Description) for question in questions)
        more = (
            localization.said(f"{asked} questions, {variants} reword another")
            if variants
            else show.counted(asked, "questions")
        )
        description = f"{more}, {localization.said(f'release: {course.exam.release}')}"
        node = tree.add(_line(say("Exam"), description, course.exam.place))
        if verbose:
            for question in questions:
                printed = f" ({localization.said(f'printed {question.printed}')})" if question.printed else ""
                text = f"{question.number or ''}{printed} {block_text(question.text)}".lstrip()
                rewords = localization.said(f"rewords {question.variant_of}") if question.variant_of else ""
                node.add(_line(text, rewords, question.place))
    if course.conclusion:
        tree.add(
            _line(
                course.conclusion.title, show.counted(len(course.conclusion.blocks), "blocks"), course.conclusion.place
            )
        )
    for number, reading in enumerate(course.readings, 1):
        authors = ", ".join(author.name for author in reading.authors)
        tree.add(_line(reading_title(reading, number, say), authors, reading.place))
    if course.glossary:
        tree.add(_line(say("Glossary"), show.counted(len(course.glossary), "terms"), None))
    return tree


def _parts(session: Session) -> Iterator[str]:
    for part, many in (
        (session.outcomes, "outcomes"),
        (session.outline, "outline items"),
        (session.topics, "topics"),
        (session.blocks, "blocks"),
        (session.tasks, "tasks"),
        (session.review, "review questions"),
    ):
        if part:
            yield show.counted(len(part), many)


def _line(title: str, more: str, place: Place | None) -> Text:
    text = _text(cut(title, _WIDE) or localization.said("(no title)"))
    if more:
        text.append_text(_text(f"  {more}", "cyan"))
    if place:
        text.append_text(_text(f"  {localization.say().place(place)}", "dim"))
    return text


def _text(text: str, style: str = "") -> Text:
    """One line of the tree, made visible before it is laid out."""
    return Text(visible.line(text), style=style)


def _of_banks(course: Course) -> Counter[str]:
    """How many questions of the course each file gave."""
    asked = (one for week in course.weeks for session in week.sessions for one in session.review)
    whole = (*asked, *(course.exam.questions if course.exam else ()))
    return Counter(one.place.file for one in whole if one.place is not None)


def _sums(ledger: Ledger) -> str:
    source = ledger.source()
    aside = ", ".join(f"{localization.said(reason)} {letters}" for reason, letters in source.aside.items()) or "nothing"
    role = localization.said(source.role)
    return (
        f"{source.file} ({role}): {source.letters} characters = {source.content} content + {source.marks} marks "
        f"+ {sum(source.aside.values())} set aside ({aside}) + {source.unclaimed} unclaimed"
    )
