"""What documents say of the whole course: description, outcomes, literature, grading, policies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from coursepack.model.blocks import Blocks, Table
from coursepack.model.course import About, GradeWeight, Grading, Hours, Interim, Literature, Section, Teacher
from coursepack.model.document import Grid, Listing
from coursepack.outline.blocks import list_label
from coursepack.outline.drafts import PartDraft
from coursepack.outline.found import OutlineSource, title_of
from coursepack.outline.pieces import Piece
from coursepack.outline.plans import matrix
from coursepack.outline.points import split_listed
from coursepack.outline.sessions import strings
from coursepack.outline.tree import grade_shares, grading, requisites
from coursepack.outline.tree.label_line import behind_own_label
from coursepack.outline.tree.words import words
from coursepack.place import Place

_LABEL = re.compile(r"(?:[^\W\d_][.)]\s+)?\W{0,4}(?P<label>[^\W\d_][^:.]{2,30}):\s+(?=\S)")
_SIGNED = re.compile(r"_{4,}")
_LETTERED = re.compile(r"^\s*[^\W\d_][.)]\s+")
_MOST_WORDS, _ALL_WORDS = 6, 10
_NO_HEAD = re.compile(r"\d|[.;]\s*\S|[.;]$|//|@")
"""What stands in a book, and in no heading over books."""
_LONGEST_HEAD = 40
"""Evidence of words that cover more than half of a line, all of it."""
_LED = 7
"""Evidence of words before a book that name the part of the list that it belongs to."""
# The number of a section before its title.
_COUNT = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,5}[.)])\s+")


def _is_same(known: str, name: str) -> bool:
    """Whether a name is one that is known, or that with initials: «Lee A.», «A. Lee» of «Ann Lee»."""
    if known.replace(" ", "") == name.replace(" ", ""):  # «Lee A.B.», «Lee A. B.»
        return True
    words_of, surnames = known.split(), _INITIAL.sub(" ", name).split()
    initials = [found[1] for found in _INITIAL.finditer(name)]
    if not initials or len(surnames) != 1 or surnames[0] not in words_of or any(map(_INITIAL.match, words_of)):
        return False
    others = [word for word in words_of if word != surnames[0]]
    return [word[0] for word in others[: len(initials)]] == initials


_INITIAL = re.compile(r"\b([^\W\d_])\.")


def _weights(source: OutlineSource, body: Sequence[Piece]) -> tuple[GradeWeight, ...]:
    """The shares of the mark that a section on grading gives in a table, in lines, or in those of a listing."""
    for piece in body:
        if isinstance(piece.object, Grid | Table):
            rows = [[cell.text for cell in row] for row in matrix(source, piece)]
            if shares := grading.of_rows(rows):
                return shares
    for piece in body:
        if isinstance(piece.object, Listing):
            lines = [line.strip() for line in piece.object.text.split("\n") if line.strip()]
            if shares := grading.of_lines(lines):
                return shares
    texts = [piece.text for piece in body if piece.object is None]
    every = (grading.of_lines(lines) for lines in (texts, *([text] for text in texts)))
    return next(filter(None, every), ()) or grade_shares.of_sentences(texts)


_LABELLED_TEXTS = frozenset({"outcomes", "objectives", "prerequisites", "postrequisites", "description", "course-aim"})


def _without_label(source: OutlineSource, name: str, piece: Piece) -> Piece:
    """A text of a field without the name of that field before it, which the heading said."""
    at = behind_own_label(source.marks, piece.text, name) if piece.object is None and piece.parts else 0
    if not at:
        return piece
    label, value = source.stream.texts.cut(piece, at)
    source.stream.texts.claim(label, "mark", part="about", reason="label")
    return value


class AboutCollector:
    """Collects what sources say of the course, field by field; the first that says a thing is believed."""

    def __init__(self) -> None:
        self.fields: dict[str, object] = {}
        self.literature: dict[str, list[str]] = {"basic": [], "additional": [], "internet": []}
        self.policies: list[Section] = []
        self.interim: list[Interim] = []
        self.hours: dict[str, float] = {}
        self.teachers: list[dict[str, str]] = []
        self.titles: list[tuple[str, Place | None]] = []
        self.guessed: dict[str, int] = {}
        """Titles that nothing but their look and place among the first lines tells → how much says so."""

    def new_teacher(self, name: str, post: str | None = None) -> None:
        """A further teacher; one who is known already is not said twice."""
        if not name or any(_is_same(one.get("name", ""), name) for one in self.teachers):
            return
        if self.teachers and "name" not in self.teachers[-1]:
            self.teachers[-1]["name"] = name
        else:
            self.teachers.append({"name": name})
        if post:
            self.teachers[-1].setdefault("post", post)

    def teacher_stated(self, field: str, value: str) -> None:
        """Something of the teacher who was named last."""
        if not self.teachers:
            self.teachers.append({})
        self.teachers[-1].setdefault(field, value.strip(" ;"))

    def hear(self, source: OutlineSource, draft: PartDraft) -> None:
        """Take in an ``about`` draft."""
        name = draft.name
        texts = source.stream.texts
        texts.claim(draft.title, "mark", part="about", reason="heading")
        source.mark(draft, "about")
        signed = [p for p in draft.get("body") if p.object is None and _SIGNED.search(p.text)]
        source.aside(signed, "approval or signature")
        body = [piece for piece in draft.get("body") if not any(piece is one for one in signed)]
        if name in _LABELLED_TEXTS:
            body = [_without_label(source, name, piece) for piece in body]
        match name:
            case "literature" | "basic" | "additional" | "internet":
                self._literature(source, "basic" if name == "literature" else name, body)
            case "outcomes" | "objectives" | "prerequisites" | "postrequisites":
                if len(body) == 1 and name in {"outcomes", "objectives"} and body[0].object is None:
                    body = split_listed(body[0], texts)
                if name.endswith("requisites"):
                    body = [part for one in body for part in requisites.parted(one, texts)]
                found = tuple(strings(source, body, "about"))
                if len(found) == 1 and name.endswith("requisites"):
                    found = requisites.listed(found[0])
                self.more(name, found)
            case "description" | "course-aim":
                self.more("aim" if name == "course-aim" else name, source.builder.blocks(body, "about"))
            case "grading":
                shares = _weights(source, body)
                if shares or any(piece.object is not None for piece in body) or not draft.title:
                    self.graded(shares, source.builder.blocks(body, "about"))
                else:
                    self._policy(source, draft, body)
            case "policy" | "other":
                self._policy(source, draft, body)
            case _:
                source.aside(body, "plan")

    def more(self, name: str, found: tuple[Any, ...]) -> None:
        """A field of several entries: what a second place says of it is added."""
        known: Any = self.fields.get(name, ())
        self.fields[name] = (*known, *(one for one in found if one not in known))

    def graded(self, weights: tuple[GradeWeight, ...], blocks: Blocks = ()) -> None:
        """Shares of the mark, and what is said of them; the first shares are believed."""
        if not weights and not blocks:
            return
        known = self.fields.get("grading")
        first = known if isinstance(known, Grading) else Grading()
        self.fields["grading"] = msgspec.structs.replace(
            first, weights=first.weights or weights, blocks=(*first.blocks, *blocks)
        )

    def _policy(self, source: OutlineSource, draft: PartDraft, body: Sequence[Piece]) -> None:
        """A rule of the course; without a title it goes on with the rule before it, or describes the course."""
        number = len(self.policies) + 1
        title = _COUNT.sub("", title_of(draft.title) or draft.label or "")
        part = f"policy-{number}" if title else f"policy-{number - 1}" if self.policies else "about"
        blocks = source.builder.blocks(body, part)
        if blocks and title:
            self.policies.append(Section(id=part, title=title, blocks=blocks))
        elif blocks and self.policies:
            last = self.policies[-1]
            self.policies[-1] = msgspec.structs.replace(last, blocks=(*last.blocks, *blocks))
        elif blocks:
            self.more("description", blocks)

    def _literature(self, source: OutlineSource, kind: str, body: Sequence[Piece]) -> None:
        """A list of literature, with «Негізгі:», «Дополнительная:» between its parts."""
        for at, piece in enumerate(body):
            found = source.marks.find(piece.text) if piece.object is None else []
            part = next((mark for mark in found if mark.kind in self.literature), None)
            if part is None and (inline := self._part_before(piece)):
                kind, end = inline
                label, book = source.stream.texts.cut(piece, end)
                source.stream.texts.claim(label, "mark", part="about", reason="label")
                self.literature[kind].extend(strings(source, [book], "about"))
                continue
            if part is None and (named := self._part_of(piece) or self._part_over(body, at)):
                kind = named
                source.stream.texts.claim(piece, "mark", part="about", reason="heading")
                continue
            if part is None:
                self.literature[kind].extend(strings(source, [piece], "about"))
                continue
            kind = part.kind
            head, rest = source.stream.texts.cut(piece, part.end) if part.rest else (piece, None)
            source.stream.texts.claim(head, "mark", part="about", reason="heading")
            if rest is not None:
                self.literature[kind].extend(strings(source, [rest], "about"))

    def _part_before(self, piece: Piece) -> tuple[str, int] | None:
        """«Required: Population ecology …»: the part of the list that a book belongs to, and where the book begins."""
        found = _LABEL.match(piece.text) if piece.object is None else None
        if found is None or not piece.parts:
            return None
        ranked = sorted(words().labels(found["label"]).items(), key=lambda pair: -pair[1])
        named = next((name for name, value in ranked if name in self.literature and value >= _LED), None)
        return (named, found.end()) if named else None

    def _part_of(self, piece: Piece) -> str | None:
        """The part of a list of literature that a short line names by its words: «Essential», «б) дополнительная»."""
        if piece.object is not None or len(piece.text) > 40:
            return None
        least = _ALL_WORDS if list_label(piece) else _MOST_WORDS
        ranked = sorted(words().labels(_LETTERED.sub("", piece.text)).items(), key=lambda pair: -pair[1])
        return next((name for name, value in ranked if name in self.literature and value >= least), None)

    def _part_over(self, body: Sequence[Piece], at: int) -> str | None:
        """The part of a list of literature that a line heads which is no book, whatever its words: it ends with a
        colon, or bears no number over books that do. The first such part is the basic one."""
        piece, after = body[at], body[at + 1] if at + 1 < len(body) else None
        if piece.object is not None or after is None or after.object is not None or _NO_HEAD.search(piece.text):
            return None
        counted = list_label(piece) is None and list_label(after) is not None
        if not (counted or piece.text.rstrip().endswith(":")) or len(piece.text) > _LONGEST_HEAD:
            return None
        return "additional" if any(self.literature.values()) else "basic"

    def about(self, declared: About) -> About:
        """The declared fields, completed by what was heard."""
        known: dict[str, Any] = {
            name: value for name, value in self.fields.items() if value and not getattr(declared, name, None)
        }
        if any(self.literature.values()) and declared.literature == Literature():
            known["literature"] = Literature(
                **{name: tuple(dict.fromkeys(found)) for name, found in self.literature.items()}
            )
        if self.hours and declared.hours is None:
            # What a table of the plan adds up goes before what a sentence says.
            added = msgspec.structs.asdict(known.get("hours") or Hours())
            known["hours"] = Hours(**(added | {kind: added[kind] or stated for kind, stated in self.hours.items()}))
        named = [one for one in self.teachers if one.get("name")]
        if named and not declared.teachers:
            known["teachers"] = tuple(Teacher(**one) for one in named)
        grading = declared.grading or known.get("grading")
        if self.interim and (grading is None or not grading.interim):
            known["grading"] = msgspec.structs.replace(grading or Grading(), interim=tuple(self.interim))
        detected = self.fields.get("grading")
        if declared.grading is not None and isinstance(detected, Grading) and not declared.grading.blocks:
            # What a section says of grading in words no course.toml can say.
            stated = known.get("grading", declared.grading)
            known["grading"] = msgspec.structs.replace(stated, blocks=detected.blocks)
        if self.policies and not declared.policies:
            known["policies"] = tuple(self.policies)
        return msgspec.structs.replace(declared, **known) if known else declared
