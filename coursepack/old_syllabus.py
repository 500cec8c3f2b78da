"""A department's filled old syllabus → a template of its own: values make room for fields, the rest stays as it is.

Fields are found by the labels that the reader of documents knows in every language (``outline``), headed parts by their
headings, tables by what they hold. What was not found is named; nothing of the old values is left where a field stands.
The template runs where every department's does, in the sandbox.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coursepack import languages
from coursepack.files.member import Member
from coursepack.files.package import Package
from coursepack.old_forms import (
    code_and_title,
    dress,
    ends,
    fits,
    greets,
    is_item,
    is_label,
    is_listed,
    is_name,
    is_teachers_room,
    level,
    names_all_rules,
    strangers,
    without_adjectives,
)
from coursepack.old_tables import lists, whole
from coursepack.outline.drafts import ABOUT
from coursepack.outline.markers import Markers, standard
from coursepack.outline.tree.labelled import Labelled, kind_of, labelled
from coursepack.outline.tree.words import words
from coursepack.place import CoursepackError, Place
from coursepack.render.accepted import accept
from coursepack.render.docx_file import DocxFile
from coursepack.render.wml import XML_SPACE, Element, close_cell, make, text_of, w

FIELDS = {
    "title": "title",
    "code": "code",
    "credits": "credits",
    "university": "university",
    "faculty": "faculty",
    "department": "department",
    "programme": "programme",
    "cycle": "cycle",
    "component": "component",
    "year": "year",
    "semester": "semester",
    "study-year": "study_year",
    "study-form": "study_form",
    "city": "city",
    "teacher": "teacher",
}
"""What the reader calls a label → the text field of a template."""
OF_TEACHER = {"email": "email", "phone": "phone", "room": "room", "office-hours": "office_hours"}
PARTS = {
    "description": "description",
    "course-aim": "aim",
    "objectives": "objectives",
    "outcomes": "outcomes",
    "prerequisites": "prerequisites",
    "postrequisites": "postrequisites",
    "grading": "grading",
    "policy": "policies",
    "literature": "literature",
    "plan": "plan",
}
"""What the reader calls a heading → the part of a template."""
WANTED = (*FIELDS.values(), *PARTS.values(), "hours_table", "letter_scale", "independent_work", "signatures")
_POLICY, _RULE, _RULES = "policy", "rule", "rules"
"""A heading over all rules, over one of them, over the first of several."""
_TAG = re.compile(r"\{\{|\{%|\{#")
_SHORT = 160
"""Letters of a line of the title page."""
_NO_NAME = re.compile(r"[:\d“”]")
"""Signs of a line that says more than a name: of a book, of a form."""
_DASHES = ("–", "—", "-")
_TWICE = 2
_FIRST = 3
"""Lines of which one holds code and title together."""
_SHOWN = 40
"""Letters by which a paragraph is named."""
_TEXTS = frozenset({"description", "course-aim", "objectives", "outcomes", "prerequisites", "postrequisites"})
"""Parts that are texts: a table below such a text is of something else."""
_LONGEST_HEAD = 90
_SURE = 10
"""Of the words of a head: what names a part and little else («Course Format and Attendance» has 7)."""
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
"""«Course policy (may be changed)»."""


@dataclass
class SyllabusTemplate:
    """``members`` of the DOCX; ``found``: field → where it stands now; ``missing``: fields that have no place in it;
    ``left``: tables in which nothing was found, as they were in the old paper."""

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
        if _TAG.search(text_of(element)):
            message = f"holds a template's tag already: «{text_of(element)[:60]}»"
            raise CoursepackError(message, Place(str(path)), "it is a template, or its text must be changed")
    # The names of styles are read with the first that is asked for.
    file.style("Normal")
    work = _Work(file)
    work.all()
    if len(work.found) < 2:
        raise CoursepackError("no field of a syllabus was found in it", Place(str(path)), "see docs/templates.md")
    return SyllabusTemplate(file.members(), work.found, tuple(_left(file.body)))


def _left(body: Element) -> Iterator[str]:
    """Tables without a field, by their first words: what they say is of the old course."""
    for number, table in enumerate(body.findall(w("tbl")), 1):
        if not _TAG.search(text_of(table)) and any(letter.isalpha() for letter in text_of(table)):
            cells = (text_of(cell).strip() for cell in table.iter(w("tc")))
            yield f"table {number} «{' | '.join(list(filter(None, cells))[:3])[:60]}»"


class _Work:
    def __init__(self, file: DocxFile) -> None:
        self.file, self.marks = file, standard()
        self.found: dict[str, str] = {}

    def all(self) -> None:
        body = self.file.body
        for number, table in enumerate(body.findall(w("tbl")), 1):
            self._table(table, f"table {number}")
        self._parts(body, "paragraph")
        self._first_lines(body)
        self._title_page()
        self._lines(body.findall(w("p")), "paragraph")
        self._signatures()

    def _note(self, name: str, place: str) -> bool:
        """False for a field that has its place already: what stands twice is left."""
        if name in self.found:
            return False
        self.found[name] = place
        return True

    # --- tables

    def _table(self, table: Element, place: str) -> None:
        part = whole(table)
        if part and self._note(part, place):
            _replace(table, part)
            return
        if part or lists(table):
            return
        rows = table.findall(w("tr"))
        for number, row in enumerate(rows, 1):
            cells = row.findall(w("tc"))
            at = f"{place}, row {number}"
            below = rows[number].findall(w("tc")) if number < len(rows) else []
            if number == 1 and self._is_head(cells, below):
                continue
            company = self._kinds(cell for near in rows[max(number - 2, 0) : number + 1] for cell in near.iter(w("tc")))
            if len(cells) == 1:
                self._wide(cells[0], below, at)
            elif not self._heads(cells, below, at):
                self._pairs(cells, at, company)
            for cell in cells:
                for index, inner in enumerate(cell.findall(w("tbl")), 1):
                    self._table(inner, f"{at}, table {index}")

    def _wide(self, cell: Element, below: Sequence[Element], at: str) -> None:
        """A cell across the table: the name of a part over its text, or both in it."""
        kind = _part(self.marks, text_of(cell))
        if kind in PARTS and len(below) == 1 and cell.find(w("tbl")) is None:
            if self._note(PARTS[kind], at):
                _empty(below[0], f"{{{{ {PARTS[kind]} }}}}")
            return
        self._parts(cell, at)
        self._lines(cell.findall(w("p")), at)

    def _is_head(self, cells: Sequence[Element], below: Sequence[Element]) -> bool:
        """The heads of a table of three columns and more, one of which is called as a field is."""
        words = [text_of(cell).strip() for cell in cells]
        known = [text for text in words if self._field(kind_of(self.marks, text))]
        return len(words) > 2 and all(words) and len(below) == len(words) and len(known) == 1

    def _heads(self, cells: Sequence[Element], below: Sequence[Element], at: str) -> bool:
        """Labels over their values."""
        kinds = [kind_of(self.marks, text_of(cell)) for cell in cells]
        known = [place for place, kind in enumerate(kinds) if kind in FIELDS]
        # Names in every second cell stand beside their values.
        if len(below) != len(cells) or len(known) * 2 <= len(cells) or all(place % 2 == 0 for place in known):
            return False
        for kind, cell in zip(kinds, below, strict=True):
            if kind in FIELDS and fits(FIELDS[kind], text_of(cell)) and self._note(FIELDS[kind], at):
                _empty(cell, f"{{{{ {FIELDS[kind]} }}}}")
        return True

    def _kinds(self, cells: Iterable[Element]) -> set[str | None]:
        return {kind_of(self.marks, text_of(cell).strip()) for cell in cells}

    def _pairs(self, cells: Sequence[Element], at: str, company: set[str | None]) -> None:
        """Label and value beside one another, once or several times in a row."""
        for label, value in zip(cells[::2], cells[1::2], strict=False):
            words = text_of(label).strip()
            name = self._field(_named_by(words, kind_of(self.marks, words), company))
            if name and fits(name, text_of(value)) and self._note(name, at):
                _empty(value, _tag(name))

    def _field(self, kind: str | None) -> str | None:
        if kind in FIELDS:
            return FIELDS[kind]
        if kind in PARTS and kind != "plan":
            return PARTS[kind]
        return OF_TEACHER.get(kind or "")

    # --- paragraphs

    def _parts(self, parent: Element, place: str) -> None:
        """Headed parts: what stands up to the next heading makes room for the part."""
        children = list(parent)
        heads = self._heads_of(children)
        ends = [*(n for n, _ in heads), len(children)][1:]
        for (start, named), end in zip(heads, ends, strict=False):
            kind = _POLICY if named == _RULES else named
            inside = _before_signatures(self._inside(children[start:end], kind))
            if named == _RULES and inside:
                # Their names come with the part.
                inside = [children[start], *inside]
            if not inside or kind not in PARTS:
                continue
            if kind == "grading" and any(whole(child) for child in inside if child.tag == w("tbl")):
                inside = inside[: next(n for n, child in enumerate(inside) if child.tag == w("tbl") and whole(child))]
            if not inside or any(text_of(child).strip() == f"{{{{ {PARTS[kind]} }}}}" for child in inside):
                continue
            if self._note(PARTS[kind], f"{place} «{text_of(children[start]).strip()[:_SHOWN]}»"):
                _replace(inside[0], PARTS[kind])
                for child in inside[1:]:
                    parent.remove(child)

    def _heads_of(self, children: Sequence[Element]) -> list[tuple[int, str]]:
        """Names of parts. What stands twice is a line of contents first; what stands oftener names nothing."""
        texts = [text_of(child).strip() for child in children if child.tag == w("p")]
        found = [(n, kind) for n, child in enumerate(children) if (kind := self._head(child))]
        last = {text_of(children[n]).strip(): n for n, _ in found}
        named = [(n, kind, text_of(children[n]).strip()) for n, kind in found]
        heads = [(n, kind) for n, kind, text in named if last[text] == n and texts.count(text) <= _TWICE]
        ends = [*(n for n, _ in heads), len(children)][1:]
        spans = zip(heads, ends, strict=True)
        heads = [(n, "" if _taken(children[n + 1 : end]) else kind) for (n, kind), end in spans]
        heads = [(n, "" if self._of_another(children, n, dict(heads)) else kind) for n, kind in heads]
        heads = [
            (n, "" if self._named_below(children[n:end], kind) else kind)
            for (n, kind), end in zip(heads, ends, strict=True)
        ]
        return _runs_of_rules(heads)

    def _named_below(self, part: Sequence[Element], kind: str) -> bool:
        """A description below a head that is called «Course information»: that one holds other data, too."""
        if kind != "description":
            return False
        found = (labelled(self.marks, text_of(child).strip()) for child in part[1:] if child.tag == w("p"))
        return any(one.kind == kind and not one.start for every in found for one in every)

    def _of_another(self, children: Sequence[Element], place: int, heads: dict[int, str]) -> bool:
        """A heading below one of a higher level that names no part, where others name theirs: the aim of a project."""
        own = level(dress(self.file, children[place]))
        if own <= level(dress(self.file, children[min(heads)])):
            return False
        above = (n for n in range(place - 1, -1, -1) if 0 < level(dress(self.file, children[n])) < own)
        return next(above, place) not in heads

    def _inside(self, part: Sequence[Element], kind: str) -> list[Element]:
        """What stands under a head, up to the next line that is dressed as it is; of a plan its tables alone."""
        found: list[Element] = []
        first = next((child for child in part[1:] if text_of(child).strip()), None)
        for child in part[1:]:
            if child.tag not in {w("p"), w("tbl")}:
                continue
            ended = ends(self.file, part[0], child, first) and self._may_end(child, kind)
            if ended or self._over(child, found, kind):
                break
            found.append(child)
        return found

    def _over(self, child: Element, found: Sequence[Element], kind: str) -> bool:
        """What is no more of a part: fields that stand there by now, text behind a plan, a table behind a text."""
        words = text_of(child).strip()
        if _TAG.search(words):
            return True
        if child.tag == w("tbl"):
            return kind in _TEXTS and any(text_of(each).strip() for each in found)
        return kind == "plan" and bool(words) and any(each.tag == w("tbl") for each in found)

    def _may_end(self, child: Element, kind: str) -> bool:
        words = text_of(child).strip()
        if not words or (len(words) > _LONGEST_HEAD and ":" not in words):
            return False
        # «Academic honesty» below «Course policy» is a rule of it.
        return kind not in {self._head(child), kind_of(self.marks, words)}

    def _head(self, child: Element) -> str | None:
        if child.tag != w("p"):
            return None
        return _part(self.marks, text_of(child))

    def _lines(self, paragraphs: Sequence[Element], place: str) -> None:
        """«Label: value» on a line; a line without values for us stays."""
        texts = [text_of(paragraph) for paragraph in paragraphs]
        others = strangers(texts, lambda text: bool(labelled(self.marks, text)))
        for number, (paragraph, text) in enumerate(zip(paragraphs, texts, strict=True)):
            if number in others or not text.strip() or _TAG.search(text) or is_listed(text):
                continue
            made, at = text, _named(text) if place == "paragraph" else place
            all_ = labelled(self.marks, text)
            all_ = [one for n, one in enumerate(all_) if is_label(text, one.start, one.value, first=not n)]
            if len(all_) == 1 and self._labelled_part(paragraph, text, all_[0], at):
                continue
            company = {
                each.kind for near in texts[max(number - 1, 0) : number + 2] for each in labelled(self.marks, near)
            }
            for one in reversed(all_):
                kind = _named_by(text[one.start : one.value], one.kind, company)
                name = FIELDS.get(kind or "") or OF_TEACHER.get(kind or "")
                value = text[one.value : one.end]
                if name and value.strip(" _") and fits(name, value.strip(" _;,\t")) and self._note(name, at):
                    lead, trail = value[: len(value) - len(value.lstrip())], value[len(value.rstrip(" ;,\t")) :]
                    made = f"{made[: one.value]}{lead or ' '}{_tag(name)}{trail}{made[one.end :]}"
            if made != text:
                _set_text(paragraph, made)

    def _labelled_part(self, paragraph: Element, text: str, one: Labelled, at: str) -> bool:
        """«Aim: …»: the label stays, the part stands below it."""
        part = PARTS.get(one.kind)
        value = text[one.value :].strip(" _")
        if part is None or one.kind in {"plan", _POLICY} or not value:
            return False
        if text[: one.value].rstrip().endswith(_DASHES) and value[0].islower():
            return False  # «A list of sources – part of a report …» says what it is.
        if _named_by(text[one.start : one.value], one.kind, ()) is None:
            return False
        if not self._note(part, at):
            return False
        while (below := paragraph.getnext()) is not None and is_item(below):
            _remove(below)
        _set_text(paragraph, text[: one.value].rstrip())
        below = make("p")
        _set_text(below, f"{{{{ {part} }}}}")
        paragraph.addnext(below)
        return True

    def _first_lines(self, body: Element) -> None:
        """«EE 4077 Machine Learning»: code and title share one of the first lines."""
        lines = [paragraph for paragraph in body.findall(w("p")) if text_of(paragraph).strip()]
        for paragraph in lines[:_FIRST] if "title" not in self.found else ():
            if (parts := code_and_title(text_of(paragraph))) and not _TAG.search(text_of(paragraph)):
                before, between, after = parts
                self._note("title", _named(text_of(paragraph)))
                self._note("code", _named(text_of(paragraph)))
                _set_text(paragraph, f"{before}{{{{ code }}}}{between}{{{{ title }}}}{after}")
                return

    def _title_page(self) -> None:
        """The lines of the house, which often have no label: a university, a faculty, a department by their words."""
        for paragraph in self.file.body.findall(w("p"))[:25]:
            text = text_of(paragraph).strip()
            if not text or len(text) > _SHORT or _NO_NAME.search(text) or _TAG.search(text) or not is_name(text):
                continue
            if is_item(paragraph):
                continue
            folded = without_adjectives(text)
            if self._head(paragraph):
                continue
            for name, stems in _house().items():
                if any(stem in folded for stem in stems) and self._note(name, _named(text)):
                    _set_text(paragraph, f"{{{{ {name} }}}}")
                    break

    def _signatures(self) -> None:
        """The lines to sign at the end."""
        paragraphs = [child for child in self.file.body if child.tag == w("p")]
        last = [p for p in paragraphs[-12:] if "___" in text_of(p) and not _TAG.search(text_of(p))]
        if last and self._note("signatures", "the lines to sign at the end"):
            _set_text(last[0], "{{ signatures }}")
            for paragraph in last[1:]:
                self.file.body.remove(paragraph)


def _named(paragraph: str) -> str:
    """A paragraph by its beginning: nobody counts them in Word."""
    text = textwrap.shorten(paragraph, _SHOWN, placeholder="…")
    return f"paragraph «{text}»"


def _taken(inside: Sequence[Element]) -> bool:
    """Whether a table in which fields stand by now, or the field of another part before anything else, is below a head:
    the data of the course or a plan, whatever the head seems to name."""
    first = next((each for each in inside if text_of(each).strip()), None)
    return any(each is first or each.tag == w("tbl") for each in inside if _TAG.search(text_of(each)))


def _tag(name: str) -> str:
    if name in OF_TEACHER.values():
        return f"{{% for person in teachers %}}{{{{ person.{name} }}}} {{% endfor %}}"
    return f"{{{{ {name} }}}}"


def _part(marks: Markers, text: str) -> str | None:
    """The part that a heading names; a line of running text names none."""
    text = _REMARK.sub("", text.strip().strip(":")).strip()
    if not text or len(text) > _LONGEST_HEAD or text.endswith((".", ";", ",")):
        return None
    found = next((m.kind for m in marks.find(text) if m.group == "heading" and m.whole and m.kind in ABOUT), None)
    if found in PARTS:
        return _RULE if found == _POLICY and not names_all_rules(text) else found
    kind = kind_of(marks, text)
    sure = kind is not None and (marks.about_label(text) == kind or words().labels(text).get(kind, 0) >= _SURE)
    if kind not in PARTS or not sure:
        return None
    return _named_by(text, kind, ()) or (_RULE if kind == _POLICY else None)


def _named_by(label: str, kind: str | None, company: Collection[str | None]) -> str | None:
    """The kind that a label or a heading names, where it names neither one rule for all, nor a room for classes, nor
    greets."""
    of_kind = {
        _POLICY: lambda: names_all_rules(label),
        "description": lambda: not greets(label.strip(": ")),
        "room": lambda: is_teachers_room(label, company),
    }
    return kind if kind not in of_kind or of_kind[kind]() else None


def _runs_of_rules(heads: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """One rule below another is of the same part; several that no heading stands over are a part together."""
    found: list[tuple[int, str]] = []
    for place, kind in heads:
        above = found[-1][1] if found else ""
        if kind == _RULE and above in {_RULE, _RULES}:
            found[-1] = (found[-1][0], _RULES)
        elif kind != above and not (kind == _RULE and above == _POLICY):
            found.append((place, kind))
    return found


def _house() -> dict[str, tuple[str, ...]]:
    """Beginnings of words by which a line of a title page names the house."""
    made: dict[str, list[str]] = {"faculty": [], "department": [], "university": []}
    for data in languages.every("labels"):
        about = data.get("about", {})
        for name, stems in made.items():
            stems += [stem for stem in about.get(name, ()) if len(stem) > 4 and " " not in stem]
    return {name: tuple(stems) for name, stems in made.items()}


def _before_signatures(inside: list[Element]) -> list[Element]:
    """Without the lines to sign at its end."""
    while inside and inside[-1].tag == w("p") and ("___" in text_of(inside[-1]) or not text_of(inside[-1]).strip()):
        inside = inside[:-1]
    return inside


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


# --- changing the document ----------------------------------------------------------------------------------------


def _set_text(paragraph: Element, text: str) -> None:
    """All of its text anew, in the letters of its first run."""
    runs = list(paragraph.iter(w("r")))
    properties = next((run.find(w("rPr")) for run in runs if run.find(w("rPr")) is not None), None)
    for child in list(paragraph):
        if child.tag != w("pPr"):
            paragraph.remove(child)
    run = make("r", [properties] if properties is not None else [])
    for index, line in enumerate(re.split(r"([\t\n])", text)):
        if index % 2:
            run.append(make("tab" if line == "\t" else "br"))
        elif line:
            piece = make("t")
            piece.text = line
            piece.set(XML_SPACE, "preserve")
            run.append(piece)
    paragraph.append(run)


def _empty(cell: Element, text: str) -> None:
    """A cell with this text alone."""
    paragraphs = cell.findall(w("p"))
    kept = paragraphs[0] if paragraphs else make("p")
    for child in list(cell):
        if child.tag != w("tcPr") and child is not kept:
            cell.remove(child)
    if kept.getparent() is None:
        cell.append(kept)
    _set_text(kept, text)
    close_cell(cell)


def _replace(element: Element, part: str) -> None:
    """A part in place of a table or a paragraph."""
    made = make("p")
    if element.tag == w("p") and (properties := element.find(w("pPr"))) is not None:
        for name in ("numPr", "pStyle", "outlineLvl", "ind"):
            for child in properties.findall(w(name)):
                properties.remove(child)
        made.append(properties)
    _set_text(made, f"{{{{ {part} }}}}")
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, made)
        if parent.tag == w("tc"):
            close_cell(parent)
