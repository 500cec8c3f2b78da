"""Parallel editions in files of their own: ``kk.txt`` and ``ru.txt`` are two editions of one course.

A document in another language is set aside where the edition has one of that role in its own; a text that only one
language has (an article, a list of books) belongs to every edition. Parallel texts inside of one file are told apart
later (``languages``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from coursepack import languages
from coursepack.model.document import Document
from coursepack.outline.guess import paragraphs
from coursepack.place import Finding, Place, note, warning
from coursepack.project.course_toml import Project, SourceEntry
from coursepack.text.language import language

Given = tuple[Document, SourceEntry]
_LEAST_SHARE = 0.2
"""Of a document's letters that make it one of an edition, whatever the rest is in."""
_LEAST_LETTERS = 20
"""Of a line that tells its language."""


def of_edition(documents: Sequence[Given], project: Project) -> tuple[list[Given], list[Finding]]:
    """The documents of the edition that ``project`` is, and what was set aside; all of them where there is one edition.

    A warning where none of them is in the edition's language.
    """
    if not project.languages:
        return list(documents), []
    wanted = project.language
    spoken = [_spoken(document, entry) for document, entry in documents]
    own = {entry.role for (_, entry), found in zip(documents, spoken, strict=True) if wanted in found}
    kept, told = [], []
    for (document, entry), found in zip(documents, spoken, strict=True):
        if not found or wanted in found or entry.role not in own:
            kept.append((document, entry))
        else:
            names = ", ".join(map(languages.name, sorted(found)))
            message = f"in {names}: it is of another edition than the {languages.name(wanted)} one"
            told.append(note("outline-other-edition", message, Place(document.file)))
    if documents and any(spoken) and not own:
        message = f"no source is in {languages.name(wanted)}, the language of this edition"
        told.append(
            warning("outline-edition-language", message, advice="name its sources, or take it out of `languages`")
        )
    return kept, told


def _spoken(document: Document, entry: SourceEntry) -> set[str]:
    """The languages that a document is in; that which course.toml states is the only one."""
    if entry.language:
        return {entry.language}
    letters: Counter[str] = Counter()
    for text in paragraphs(document):
        if len(text) >= _LEAST_LETTERS and (found := language(text)) in languages.known():
            letters[found] += len(text)
    return {name for name, number in letters.items() if number >= letters.total() * _LEAST_SHARE}
