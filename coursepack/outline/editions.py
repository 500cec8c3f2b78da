"""Parallel editions in files of their own: ``kk.txt`` and ``ru.txt`` are two editions of one course.

A document in another language is set aside where the edition has one of that role in its own; a text that only one
language has (an article, a list of books) belongs to every edition. Parallel texts inside of one file are distinguished
later (``languages``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from coursepack import languages
from coursepack.model.document import Document
from coursepack.outline.guess import paragraphs
from coursepack.outline.guess import spoken as language_of
from coursepack.place import Finding, Place, note, warning
from coursepack.project.course_toml import Project, SourceEntry
from coursepack.stages import Live
from coursepack.text.language import language

Given = tuple[Document, SourceEntry]
_LEAST_SHARE = 0.2
"""Of a document's letters that make it one of an edition, whatever the rest is in."""
_LEAST_CHARACTERS = 20
"""Of a line that tells its language."""
_LOOKED_AT = 40
"""Paragraphs of a document that are asked where another language is a mistake."""


def of_edition(
    documents: Sequence[Given], project: Project, live: Live | None = None
) -> tuple[list[Given], list[Finding]]:
    """The documents of the edition that ``project`` is, and what was set aside; all of them where there is one edition.

    A warning where none of them is in the edition's language, and of each that is not in the language stated for it.
    """
    hear = _DocumentLanguages(live or Live())
    misstated = [*filter(None, (_misstated(document, entry, hear) for document, entry in documents))]
    if not project.languages:
        return list(documents), [*misstated, *_foreign(documents, project, hear)]
    wanted = project.language
    spoken = [_read_aloud(document, entry, hear) for document, entry in documents]
    own = {entry.role for (_, entry), found in zip(documents, spoken, strict=True) if wanted in found}
    kept: list[Given] = []
    findings = misstated
    for (document, entry), found in zip(documents, spoken, strict=True):
        if not found or wanted in found or entry.role not in own:
            kept.append((document, entry))
        else:
            names = ", ".join(map(languages.name, sorted(found)))
            message = f"in {names}: it is of another edition than the {languages.name(wanted)} one"
            findings.append(note("outline-other-edition", message, Place(document.file)))
    if documents and any(spoken) and not own:
        message = f"no source is in {languages.name(wanted)}, the language of this edition"
        findings.append(
            warning("outline-edition-language", message, advice="name its sources, or take it out of `languages`")
        )
    return kept, findings


def _foreign(documents: Sequence[Given], project: Project, hear: _DocumentLanguages) -> Iterator[Finding]:
    """That a course of one language has no document in it."""
    detected = set()
    for document, entry in documents:
        spoken = {entry.language} if entry.language else hear(document, _LOOKED_AT)
        if project.language in spoken:
            return
        detected |= spoken
    if unread := hear.unread([document for document, _ in documents]):
        if any(unread == table["name"] for table in languages.only_read()):
            message = (
                f"the sources are in {unread}, a language in which coursepack writes nothing: "
                f"the words that coursepack adds are in {languages.name(project.language)}"
            )
            yield warning("outline-edition-language", message, advice=_WORDS)
            return
        message = (
            f"the sources are in {unread}, which is not read: their headings are not recognized as those of a course, "
            f"and the words that coursepack adds are in {languages.name(project.language)}"
        )
        yield warning("outline-edition-language", message, advice=_WORDS)
    elif detected:
        names = ", ".join(map(languages.name, sorted(detected)))
        message = f"no source is in {languages.name(project.language)}, the language of the course: they are in {names}"
        advice = "state the language of the text: `language` of course.toml"
        yield warning("outline-edition-language", message, advice=advice)


_WORDS = "choose the language of those words: `language` of course.toml"


def _misstated(document: Document, entry: SourceEntry, hear: _DocumentLanguages) -> Finding | None:
    """That a document is not in the language that course.toml states."""
    if not entry.language or not (detected := hear(document, _LOOKED_AT)) or entry.language in detected:
        return None
    names = ", ".join(map(languages.name, sorted(detected)))
    message = f"declared to be in {languages.name(entry.language)}, but its text is in {names}"
    return warning("outline-edition-language", message, Place(document.file), "check whether it is the right file")


def _read_aloud(document: Document, entry: SourceEntry, hear: _DocumentLanguages) -> set[str]:
    """The languages that a document is in; that which course.toml states is the only one."""
    return {entry.language} if entry.language else hear(document)


@dataclass(frozen=True)
class _DocumentLanguages:
    """The languages of documents, asked for once."""

    live: Live

    def __call__(self, document: Document, most: int | None = None) -> set[str]:
        return self.live.of("languages", (document,), lambda: _detected(document, most), most)

    def unread(self, documents: Sequence[Document]) -> str:
        """The name of the language that most letters of documents are in, where it is none that is read; else ""."""
        language_counts = (
            self.live.of("spoken", (document,), partial(language_of, document)) for document in documents
        )
        lengths: Counter[str] = Counter()
        for name, number in language_counts:
            lengths[name] += number
        most = lengths.most_common(1)
        return most[0][0] if most and most[0][0] not in languages.known() else ""


def _detected(document: Document, most: int | None = None) -> set[str]:
    """The languages of a document's text; ``most``: as far as so many of its paragraphs tell."""
    texts = [text for text in paragraphs(document) if len(text) >= _LEAST_CHARACTERS]
    lengths: Counter[str] = Counter()
    for text in texts[:: max(1, len(texts) // most) if most else 1]:
        if (found := language(text)) in languages.known():
            lengths[found] += len(text)
    return {name for name, number in lengths.items() if number >= lengths.total() * _LEAST_SHARE}
