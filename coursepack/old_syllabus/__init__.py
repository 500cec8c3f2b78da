"""A department's filled old syllabus → a template of its own: values make room for fields, the rest stays as it is.

Fields are found by the labels that the reader of documents knows in every language (``outline``), headed parts by their
headings, tables by what they hold. What was not found is named; nothing of the old values is left where a field stands.
The template runs where every department's does, in the sandbox.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from coursepack import languages
from coursepack.files.member import Member
from coursepack.files.package import Package
from coursepack.old_syllabus import cells, lines, parts, title_page
from coursepack.old_syllabus.fields import TAG, WANTED, Draft, is_part
from coursepack.outline.markers import standard
from coursepack.place import CoursepackError, Place
from coursepack.render.accepted import accept
from coursepack.render.docx_file import DocxFile
from coursepack.render.wml import Element, keep_next, text_of, w

_TITLE_PAGE = 25
"""Paragraphs in which the title page is looked for."""


@dataclass
class SyllabusTemplate:
    """``members`` of the DOCX; ``found``: field → where it stands now; ``missing``: fields that have no place in it;
    ``left``: what still is of the old course: tables in which nothing was found, values without a field of their own,
    lines of the first and of the last page with a year."""

    members: tuple[Member, ...]
    found: dict[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()

    @property
    def missing(self) -> list[str]:
        return [name for name in dict.fromkeys(WANTED) if name not in self.found]


def template_of(path: Path) -> SyllabusTemplate:
    """Raises ``CoursepackError``: no DOCX, a document with template tags in it, none of whose fields is known."""
    package = Package.of_path(path)
    if package.problems or package.container != "zip":
        raise CoursepackError("not a Word document", Place(str(path)), "save it as .docx")
    members = {name: package.read(name) for name in package.names()}
    file = DocxFile.open(path.name, members, languages.assumed())
    accept(file.document)
    for element in file.document.iter(w("p")):
        if TAG.search(text_of(element)):
            message = f"holds a template's tag already: «{text_of(element)[:60]}»"
            raise CoursepackError(message, Place(str(path)), "it is a template, or its text must be changed")
    # The names of styles are read with the first that is asked for.
    file.style("Normal")
    draft = Draft(file, standard())
    _fill(draft)
    if len(draft.found) < 2:
        raise CoursepackError("no field of a syllabus was found in it", Place(str(path)), "see docs/templates.md")
    return SyllabusTemplate(file.members(), draft.found, tuple(dict.fromkeys([*_left(file.body), *draft.old_places])))


def _fill(draft: Draft) -> None:
    body = draft.file.body
    for number, table in enumerate(body.findall(w("tbl")), 1):
        cells.put_fields(draft, table, f"table {number}")
    parts.put_fields(draft, body, "paragraph")
    title_page.put_fields(draft, body.findall(w("p"))[:_TITLE_PAGE])
    lines.put_fields(draft, body.findall(w("p")), "paragraph")
    lines.signatures(draft)
    lines.put_elsewhere(draft)
    for paragraph in body.findall(w("p")):
        if is_part(text_of(paragraph)) and (above := paragraph.getprevious()) is not None and above.tag == w("p"):
            keep_next(above)
    draft.old_places += lines.with_years(body)


def _left(body: Element) -> Iterator[str]:
    """Tables without a field, by their first words: what they say is of the old course."""
    for number, table in enumerate(body.findall(w("tbl")), 1):
        if not TAG.search(text_of(table)) and any(letter.isalpha() for letter in text_of(table)):
            yield cells.table_named(table, f"table {number}")
