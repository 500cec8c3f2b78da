"""A syllabus that coursepack printed and somebody filled: its fields by their printed names, and every other line.

The names are the fixed words of papers in the paper's language, so that a filled form is read wherever its fields were
moved to. A field is a path of course.toml (``about.literature.basic``) with what stands behind its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from coursepack.render.docx_file import DocxFile
from coursepack.review.filled_lines import FilledLine, Side, lines
from coursepack.review.filled_values import AS, Value, is_blank, iso_of, number, person, without_rule
from coursepack.writers.papers.words import PaperWords

Path = tuple[str, ...]

DATA: Mapping[str, tuple[str, ...]] = {
    "Course code": ("about", "code"),
    "Educational programme": ("about", "programme"),
    "Academic year": ("about", "year"),
    "Semester": ("about", "semester"),
    "Form of study": ("about", "study_form"),
    "Form of the exam": ("exam", "form"),
}
"""Names in the table of course data whose values are texts."""
NUMBERS: Mapping[str, Path] = {"Credits": ("about", "credits"), "Year of study": ("about", "study_year")}
PEOPLE = {
    "E-mail": "email",
    "Telephone": "phone",
    "Room": "room",
    "Office hours": "office_hours",
}
HOURS = {
    "Lectures": "lecture",
    "Seminars": "seminar",
    "Practical classes": "practical",
    "Laboratory classes": "laboratory",
    "Independent work": "independent",
    "Supervised independent work": "supervised",
    "Total": "total",
}
PARTS: Mapping[str, tuple[Path, str]] = {
    "Course description": (("about", "description"), "text"),
    "Course aim": (("about", "aim"), "text"),
    "Objectives": (("about", "objectives"), "lines"),
    "Learning outcomes": (("about", "outcomes"), "lines"),
    "Prerequisites": (("about", "prerequisites"), "names"),
    "Postrequisites": (("about", "postrequisites"), "names"),
    "Course policy": (("about", "policies"), "policies"),
    "Basic literature": (("about", "literature", "basic"), "lines"),
    "Additional literature": (("about", "literature", "additional"), "lines"),
    "Internet resources": (("about", "literature", "internet"), "lines"),
}
"""Headed parts: where their text goes, and as what."""
OTHERS = (
    *("Course data", "Academic hours by type", "Calendar and thematic plan", "Independent work of students"),
    *("Assessment policy", "Scale of grades", "Literature and resources", "Exam questions", "Map of outcomes"),
)
"""Headed parts that are no field themselves, or hold fields of their own."""


@dataclass
class Filled:
    """``found``: path → value and where it stands; ``rest``: the lines that no field took."""

    found: dict[Path, tuple[Value, str]] = field(default_factory=dict)
    rest: list[FilledLine] = field(default_factory=list)
    names: int = 0


def read(file: DocxFile, say: PaperWords, side: Side | None = None) -> Filled:
    """The fields of a paper in the language of ``say``; ``side``: of that half of a bilingual form."""
    return _FilledReader(list(lines(file, side)), say).filled()


# --- fields -------------------------------------------------------------------------------------------------------


class _FilledReader:
    def __init__(self, found: list[FilledLine], words: PaperWords) -> None:
        self.lines, self.printed = found, words
        self.made = Filled()

    def filled(self) -> Filled:
        self._rows()
        self._hours()
        self._title_page()
        self._parts()
        self._minutes()
        self._signatures()
        self.made.rest = [line for line in self.lines if not line.used and line.text.strip()]
        return self.made

    def _named(self, names: Mapping[str, object] | Sequence[str]) -> dict[str, str]:
        """Printed name → message id."""
        return {self.printed(name): name for name in names}

    def _take(self, path: Path, value: Value | None, line: FilledLine) -> None:
        """A value, unless it is a rule to fill."""
        line.used = True
        if value is None or (isinstance(value, str) and is_blank(value)) or value == []:
            return
        self.made.found.setdefault(path, (value, line.place))

    def _pairs(self) -> Iterator[tuple[str, str, FilledLine]]:
        """Name and value: rows of two cells, and heads over the values in the row below."""
        for place, line in enumerate(self.lines):
            if len(line.cells) == 2:
                yield line.cells[0], line.cells[1], line
            elif len(line.cells) > 2 and place + 1 < len(self.lines):
                below = self.lines[place + 1]
                if len(below.cells) == len(line.cells):
                    for name, value in zip(line.cells, below.cells, strict=True):
                        yield name, value, below

    def _rows(self) -> None:
        texts, numbers, people = self._named(DATA), self._named(NUMBERS), self._named(PEOPLE)
        teachers: list[dict[str, object]] = []
        places: list[str] = []
        for printed, value, line in self._pairs():
            name = printed.strip().rstrip(":")
            if name in texts:
                self._name(line)
                self._take(DATA[texts[name]], value.strip(), line)
            elif name in numbers:
                self._name(line)
                self._take(NUMBERS[numbers[name]], number(value), line)
            elif name == self.printed("Cycle"):
                self._cycle(value, line)
            elif name == self.printed("Course title"):
                self._name(line)
                self._take(("title",), value.strip(), line)
            elif name == self.printed("Teacher") and not line.used:
                self._name(line)
                line.used = True
                teachers.append(person(value))
                places.append(line.place)
            elif name in people and teachers:
                self._name(line)
                line.used = True
                if not is_blank(value):
                    teachers[-1][PEOPLE[people[name]]] = value.strip()
        known = [person for person in teachers if person.get("name")]
        if known:
            self.made.found[("about", "teachers")] = (known, places[0])

    def _name(self, line: FilledLine) -> None:
        self.made.names += 1
        line.used = True

    def _cycle(self, value: str, line: FilledLine) -> None:
        self._name(line)
        cycle, _, component = value.partition("/")
        self._take(("about", "cycle"), cycle.strip(), line)
        self._take(("about", "component"), component.strip(), line)

    def _hours(self) -> None:
        kinds = self._named(HOURS)
        for place, line in enumerate(self.lines):
            cells = [cell.strip() for cell in line.cells]
            if len(cells) > 1 and all(cell in kinds for cell in cells) and place + 1 < len(self.lines):
                below = self.lines[place + 1]
                line.used = True
                for name, value in zip(cells, below.cells, strict=False):
                    self._take(("about", "hours", HOURS[kinds[name]]), number(value), below)
            elif len(cells) == 3 and cells[0] == self.printed("Kind of study"):
                line.used = True
                for row in self.lines[place + 1 :]:
                    if len(row.cells) != 3 or row.cells[0].strip() not in kinds:
                        break
                    path = ("about", "hours", HOURS[kinds[row.cells[0].strip()]])
                    self._take(path, number(row.cells[1]), row)

    # --- the title page

    def _title_page(self) -> None:
        approved = self.printed("APPROVED BY")
        start = next((n for n, line in enumerate(self.lines) if line.text.strip() == approved), None)
        if start is None:
            self._named_house(self.lines)
            return
        self.lines[start].used = True
        self._house([line for line in self.lines[:start] if line.text.strip() and not line.cells])
        self._named_house(self.lines[start:])
        below = [line for line in self.lines[start + 1 : start + 4] if not line.cells]
        if len(below) == 3:
            self._take(("about", "approval", "approver_post"), below[0].text.strip(), below[0])
            self._take(("about", "approval", "approver_name"), without_rule(below[1].text), below[1])
            below[2].used = True

    def _named_house(self, found: Sequence[FilledLine]) -> None:
        """A form that names the house in a row of its table."""
        name = f"{self.printed('University')}:"
        for line in found:
            if not line.cells and line.text.startswith(name):
                self._take(("about", "university"), line.text.removeprefix(name).strip(), line)

    def _house(self, above: list[FilledLine]) -> None:
        """University, faculty, department: behind their names, or one below another where no name stands."""
        keys = {"university": "University", "faculty": "Faculty", "department": "Department"}
        free = []
        taken = set()
        for line in above:
            key = next((k for k, name in keys.items() if line.text.startswith(f"{self.printed(name)}:")), None)
            if key is None:
                free.append(line)
            else:
                taken.add(key)
                self._take(("about", key), line.text.partition(":")[2].strip(), line)
        rest = [key for key in keys if key not in taken]
        if len(free) == len(rest) + 1:
            self._take(("about", "ministry"), free.pop(0).text.strip(), above[0])
        if len(free) == len(rest):
            for key, line in zip(rest, free, strict=True):
                self._take(("about", key), line.text.strip(), line)

    def _minutes(self) -> None:
        considered = self.printed("Considered at a meeting of the department")
        for line in self.lines:
            if line.cells:
                continue
            if line.text.startswith(considered):
                self._minute(line, "department", line.text[len(considered) :])
            elif self.printed("Minutes No.") in line.text and not line.used:
                head, _, tail = line.text.partition(f". {self.printed('Minutes No.')}")
                named = head.removeprefix(f"{self.printed('Approved')}: ")
                if named != head:
                    self._take(("about", "approval", "council"), named.strip(), line)
                self._minute(line, "council", tail)

    def _minute(self, line: FilledLine, body: str, text: str) -> None:
        stated, _, date = text.replace(self.printed("Minutes No."), "").strip(" .").partition(",")
        self._take(("about", "approval", f"{body}_minutes"), stated.strip(), line)
        iso = iso_of(date, self.printed)
        if iso:
            self._take(("about", "approval", f"{body}_date"), iso, line)

    def _signatures(self) -> None:
        """Lines with a rule to sign on, at the end of the paper."""
        found: list[dict[str, object]] = []
        for line in reversed(self.lines):
            if line.headed:
                break
            if line.cells or line.used or line.text.count("\t") + line.text.count("\n") < 2:
                continue
            role, *_, name = line.text.replace("\n", "\t").split("\t")
            line.used = True
            signer: dict[str, object] = {"role": role.strip()}
            if not is_blank(name):
                signer["name"] = without_rule(name)
            found.insert(0, signer)
        if any("name" in each for each in found):
            self.made.found[("about", "signatures")] = (found, "the lines to sign at the end")

    # --- headed parts

    def _parts(self) -> None:
        names = self._named([*PARTS, *OTHERS])
        current: str | None = None
        inside: list[FilledLine] = []
        for line in self.lines:
            title = line.text.strip() if not line.cells else ""
            if title in names:
                self._part(current, inside)
                self._name(line)
                current, inside = names[title], []
            elif current is not None:
                inside.append(line)
        self._part(current, inside)

    def _part(self, name: str | None, inside: list[FilledLine]) -> None:
        if name == "Assessment policy":
            self._grading(inside)
        if name is None or name not in PARTS:
            return
        path, kind = PARTS[name]
        own = [line for line in takewhile(lambda line: not self._ends(line), inside) if not line.cells]
        written = [line for line in own if not is_blank(line.text)]
        for line in own:
            line.used = True
        if written:
            self._take(path, AS[kind](written, self.printed), written[0])

    def _ends(self, line: FilledLine) -> bool:
        """A line to sign, or of the minutes: the text of a part is over."""
        signed = line.text.count("\t") > 1 and bool(line.text.strip("\t _"))
        return not line.cells and (signed or self.printed("Minutes No.") in line.text)

    def _grading(self, inside: list[FilledLine]) -> None:
        label = self.printed("Formula of the final grade") + ":"
        weights: list[dict[str, object]] = []
        for line in inside:
            if line.text.startswith(label):
                self._take(("about", "grading", "formula"), line.text[len(label) :].strip(), line)
            elif len(line.cells) == 2:
                line.used = True
                share = number(line.cells[1])
                if share is not None and line.cells[0].strip() != self.printed("Total"):
                    weights.append({"name": line.cells[0].strip(), "percent": share})
        if weights:
            self.made.found[("about", "grading", "weights")] = (weights, inside[0].place)
