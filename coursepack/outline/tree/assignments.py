"""Sections that set work outside class → drafts: a sheet of problems is one piece of work, a list has a piece an item.

What is inside a class (a laboratory work, a practical, a seminar) is a task of that class and is made there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from coursepack import languages
from coursepack.model.course import GradeWeight
from coursepack.outline.drafts import PartDraft
from coursepack.outline.markers import Marker
from coursepack.outline.pieces import Piece
from coursepack.outline.plans import PlanContext, matrix
from coursepack.outline.points import speaks
from coursepack.outline.tree import briefs, due, grading, problems, work
from coursepack.outline.tree.dated import day_within
from coursepack.outline.tree.labels import is_named
from coursepack.outline.tree.modes import one_work
from coursepack.outline.tree.ordinals import LETTERED, HeadingNumber
from coursepack.outline.tree.parts import DocumentParts
from coursepack.outline.tree.sections import OutlineSection, holds_works
from coursepack.outline.tree.shape import tells
from coursepack.outline.tree.signals import _LABELLED, Segment, title_before, weights
from coursepack.outline.tree.tables import gives_shares
from coursepack.outline.tree.values import of_form
from coursepack.outline.tree.words import unnamed_work, words
from coursepack.outline.tree.work import Work, WorkTerms

_OTHERS = frozenset({"grading", "policy", "literature", "basic", "additional", "internet", "exam", "tests"})
_SHARE_BEHIND = re.compile(r"\s*[:,(–—-]?\s*\(?\d{1,3}(?:[.,]\d+)?\s*%\)?[.,;]?$")
_ITEM = {"task", "variant"}
_NUMBER = re.compile(r"\d{1,2}[.)]?")
_SEVERAL_ROWS = 2
_SEVERAL = 2
_ABBREVIATION = re.compile(r"(?<![^\W_])[^\W\d_]{2,6}(?![^\W_])")


class Assignments(DocumentParts):
    """Drafts of work outside class."""

    def _work_sheet(self, root: OutlineSection) -> None:
        """A document that is one piece of work, by its name or by the headings of its parts."""
        found = one_work(root)
        if found is not None:
            self._sheet(root, *found)
        else:
            self._untold_sheet(root)

    def _untold_sheet(self, root: OutlineSection) -> None:
        """Work that nothing names: its first heading is its title."""
        every = root.everything()
        at = next((at for at, one in enumerate(every) if any(one is part.head for part in root.walk())), 0)
        head = every[at]
        self._loose(self.front.hear(every[:at]), PlanContext(work=True))
        draft = self._open("assignment", head)
        _of_kind(draft, "homework")
        plain = next((c for c in head.counted if c.parted and not c.words), None)
        draft.number = plain.value if plain else None
        title = self._behind(draft, head.piece, plain.end, "task number") if plain else head.piece
        if title is not None:
            self._title_of(draft, title)
        self._details(draft, every[at + 1 :])

    def _sheet(self, root: OutlineSection, head: Segment, name: Work) -> None:
        """A document that is one piece of work: all behind its name is its text."""
        every = root.everything()
        at = next(at for at, one in enumerate(every) if one is head)
        self._before(every[:at], head, name)
        draft = self._open("assignment", head, number=name.number)
        _of_kind(draft, "homework" if name.kind == "assignment" else name.kind)
        self._cut_name(draft, head, name)
        rest = [one for one in every[at + 1 :] if not (one.at < every[at].at + 8 and self._is_data(one))]
        beside = [one for one in root.children if one.head is not None and self._is_of_course(one)]
        apart = {id(one) for section in beside for one in (section.head, *section.everything())}
        self._details(draft, [one for one in rest if id(one) not in apart])
        for section in beside:
            self._part(section, PlanContext(work=True))

    def _is_of_course(self, section: OutlineSection) -> bool:
        """Whether a section of the brief of one piece of work surely holds what is said of the course: books, shares
        of the mark, rules, what is learned in a list."""
        if section.children or not section.own:
            return False
        match section.label:
            case "literature" | "basic" | "additional":
                return all(one.book for one in section.own)
            case "grading":
                lines = [one.text for one in section.own if one.is_text]
                return bool(grading.of_lines(lines)) or any(
                    not one.is_text and gives_shares(self.source, one.piece) for one in section.own
                )
            case "policy":
                return is_named(section) and all(one.is_text and one.mark is None for one in section.own)
            case "outcomes":
                return is_named(section) and all(one.mark is not None for one in section.own)
        return False

    def _before(self, before: Sequence[Segment], head: Segment, name: Work) -> None:
        """What stands over the name of a sheet or before it on its line: the title of the course, its data."""
        left = self.front.hear(before)
        self._loose(left, PlanContext(work=True))
        if name.start:
            course, rest = self._cut_behind(head.piece, name.start)
            self.front.titled(course)
            head.piece = rest

    def _is_data(self, one: Segment) -> bool:
        """A short line at the head of a sheet that says something of the course."""
        short = one.is_text and len(one.text) < weights()["limits"]["short"] and one.mark is None
        return short and work.terms(one.text) is None and self.front.line(one.piece, head=True)

    def _cut_name(self, draft: PartDraft, head: Segment, name: Work) -> None:
        """«Problem Set 2: Sorting»: the name with its number is a mark, the rest the title."""
        end = name.end - name.start
        if not end:
            self._title_of(draft, head.piece)
            return
        if end >= len(head.piece.text.strip()):
            draft.marks.append((head.piece, "task number" if name.counted else "heading"))
            return
        number, rest = self._cut_behind(head.piece, end)
        draft.marks.append((number, "task number" if name.counted else "heading"))
        self._title_of(draft, rest)

    def _title_of(self, draft: PartDraft, rest: Piece) -> None:
        """A title without the points, or the day, at its end."""
        rest = self._cut_terms(draft, rest)
        if rest.text.strip(" .:–—-"):
            draft.title = [rest]
        elif rest.text:
            draft.marks.append((rest, "heading"))

    def _details(self, draft: PartDraft, rest: Sequence[Segment]) -> None:
        """The text of a piece of work, without the lines that say nothing but when it is due and what it gives."""
        text: list[Segment] = []
        for one in rest:
            found = work.terms(one.text) if one.is_text else None
            if found is not None:
                _set_terms(draft, found)
            if found is not None and found.whole:
                draft.marks.append((one.piece, "due and points"))
            elif one.is_text and self._says_form(draft, one.piece):
                continue
            elif one.is_text and not text and not draft.pieces() and (title := self._topic(draft, one)):
                draft.title = [title]
            elif not (self._says_shares(one) if one.is_text else self._terms_in_table(draft, one)):
                one.piece = self._behind_label(draft, one.piece, "task")
                left = self._without_due(draft, one)
                if not left.is_text or left.piece.text.strip():  # the day may have been all of it
                    text.append(left)
        for piece in self._unlabelled_items(text):
            draft.add("body", piece)

    def _says_form(self, draft: PartDraft, piece: Piece) -> bool:
        """Take the line that says what is handed in: «Форма сдачи: эссе»."""
        end = self._label_end(piece, "form") if draft.form is None else 0
        form = " ".join(piece.text[end:].split()).rstrip(".;") if end else ""
        if not form or len(form) >= weights()["limits"]["short"]:
            return False
        draft.form = form
        draft.marks.append((piece, "form"))
        return True

    def _behind_label(self, draft: PartDraft, piece: Piece, kind: str) -> Piece:
        """A line of a piece of work without the label that says what all such lines are: «Тема: …», «Task: …»."""
        end = self._label_end(piece, kind)
        if not end:
            return piece
        label, rest = self._cut_behind(piece, end)
        draft.marks.append((label, "label"))
        return rest

    def _label_end(self, piece: Piece, kind: str) -> int:
        """Where the text behind a label of that kind begins, as the heads of a list of work name it; 0 without one."""
        label, colon, rest = piece.text.partition(":") if piece.object is None and piece.parts else ("", "", "")
        named = bool(colon and rest.strip()) and len(label) < _LONGEST_LABEL and len(label.split()) <= _LABEL_WORDS
        kinds = self.source.marks.columns(label) if named else []
        return len(label) + 1 if kind in kinds and set(kinds) <= {kind, "due"} else 0

    def _without_due(self, draft: PartDraft, one: Segment) -> Segment:
        """A paragraph without the sentence, or the brackets, that say when the work is due, which the draft takes."""
        one.piece = self._cut_when(draft, one.piece)
        return one

    def _cut_when(self, draft: PartDraft, piece: Piece) -> Piece:
        """A piece of text without what says when the work is due, and what it gives beside that."""
        found = work.behind(piece.text) if piece.object is None else None
        both = found is not None and bool(found[1].due or found[1].week)
        return self._cut_points(draft, piece) if both else self._cut_due(draft, piece)

    def _cut_share(self, draft: PartDraft, piece: Piece) -> Piece:
        """A line of text without the share of the mark at its end, which the grading has."""
        found = _SHARE_BEHIND.search(piece.text) if piece.parts and (draft.due or draft.due_week) else None
        if found is None or not found.start():
            return piece
        kept, share = self.texts.cut(piece, found.start())
        draft.marks.append((share, "share of the mark"))
        return kept

    def _cut_terms(self, draft: PartDraft, piece: Piece) -> Piece:
        """A line without the points and the day at its end, whichever stands first: «12 баллов, сдать к 5 неделе»."""
        return self._cut_points(draft, self._cut_due_of_title(draft, self._cut_points(draft, piece)))

    def _cut_points(self, draft: PartDraft, piece: Piece) -> Piece:
        """A line without the brackets, or the last sentence, that say what the work gives."""
        found = work.behind(piece.text) if piece.object is None and piece.parts else None
        if found is None or draft.points not in {None, found[1].points}:
            return piece
        _set_terms(draft, found[1])
        kept, points = self.texts.cut(piece, found[0])
        draft.marks.append((points, "points"))
        return kept

    def _cut_due(self, draft: PartDraft, piece: Piece) -> Piece:
        """A piece without what its beginning or its end says of when the work is due."""
        return self._cut_day(draft, piece, due.behind)

    def _cut_due_of_title(self, draft: PartDraft, piece: Piece) -> Piece:
        """A title without the week by which the work is due. Behind that of work that is done with a teacher a mere
        week is the one in which it is done."""
        return self._cut_day(draft, piece, due.behind if draft.supervised else due.behind_title)

    def _cut_day(self, draft: PartDraft, piece: Piece, find: Callable[[str], due.Due | None]) -> Piece:
        found = find(piece.text) if piece.object is None and piece.parts and draft.due is None else None
        if found is None:
            return piece
        due_terms = _of_day(found.value)
        if due_terms.due is None and draft.due_week not in {None, due_terms.week}:
            return piece  # another week than the one that was told: what is meant is for a person to say
        _set_terms(draft, due_terms)
        if found.start:
            kept, day = self.texts.cut(piece, found.start)
        else:
            day, kept = self.texts.cut(piece, found.end)
        draft.marks.append((day, "due"))
        return kept

    def _topic(self, draft: PartDraft, one: Segment) -> Piece | None:
        """«Тема: …» under a number: the title."""
        named = next((m for m in one.marks if m.kind == "title" and m.group == "field" and m.rest), None)
        if named is None:
            return None
        name, rest = self._cut_behind(one.piece, named.end)
        draft.marks.append((name, "«topic»"))
        return rest

    def _terms_in_table(self, draft: PartDraft, one: Segment) -> bool:
        """A small table of labels and values that says when work is due and what it gives."""
        rows = [[cell.text for cell in row if cell.text] for row in matrix(self.source, one.piece)]
        row_terms = [work.terms(": ".join(row)) if len(row) == 2 else None for row in rows]
        if not row_terms or len(row_terms) > 4 or not all(one is not None and one.whole for one in row_terms):
            return False
        for each in filter(None, row_terms):
            _set_terms(draft, each)
        self.texts.claim(one.piece, "mark", part="", reason="due and points")
        return True

    # --- lists

    def _tasks(self, section: OutlineSection) -> None:
        """Work that a section lists: an item each, by name, number or heading. Lists inside it have names of their
        own; what is headed beside such items is a part of the course."""
        group = self._group(section)
        if is_one_work(section):
            self._item([one for one, _ in _flat(section)], group, heads=True)
            return
        run: list[tuple[Segment, bool]] = [(one, False) for one in section.own]
        if any(_sets_works(child) or problems.starts(child.own) for child in section.children):
            self._loose(section.own, PlanContext(work=True))
            run = []
        itemized = any(_is_item(child.head) for child in section.children) or bool(
            _setting(run) or problems.starts(section.own)
        )
        for child in section.children:
            if itemized and child.head is not None and any(map(work.sets_work, child.own[:1])):
                self._items(run, group)
                self._mark(child.head, "heading")
                self._item(child.everything(), self._group(child), heads=True)
                group, run = self._group(section), []
            elif _is_list(child) or problems.starts(child.own):
                self._items(run, group)
                if child.head is not None:
                    self._mark(child.head, "heading")
                group, run = self._group(child), [(one, False) for one in child.own]
                if child.children:
                    self._tasks(replace(child, own=[one for one, _ in run]))
                    run = []
                itemized = True
            elif self._is_part(child) or (itemized and not _is_item(child.head) and not _says_terms_first(child)):
                self._items(run, group)
                group, run = self._group(section), []
                self._part(child, PlanContext())
            else:
                run.extend(_flat(child))
        self._items(run, group)

    def _one_work(self, section: OutlineSection) -> None:
        """A section that is one piece of work, among the classes."""
        self._item([one for one, _ in _flat(section)], self._group(section), heads=True)

    def _assessed(self, section: OutlineSection) -> None:
        """A section under the name of a share of the mark: a piece of work of that title."""
        group = _group(OutlineSection())
        homework = unnamed_work(self.source.stream.language) == "homework" and not self._is_independent()
        group.name = "homework" if homework else group.name
        self._brief([one for one, _ in _flat(section)], group)

    def _shares_of_works(self, section: OutlineSection) -> None:
        """Hear the share of the mark that each section gives below its title."""
        found: list[GradeWeight] = []
        for child in section.children:
            line_terms = [work.terms(one.text) for one in child.own if one.is_text]
            share = next((one.share for one in line_terms if one is not None and one.share is not None), None)
            if share is not None and child.head is not None:
                found.append(GradeWeight(name=_named_work(child.head), percent=share))
        self.detected.graded(grading.whole(found))

    def _group(self, section: OutlineSection) -> PartDraft:
        """What stands over a list of work; where neither it nor the document speaks of independent work, it is
        homework."""
        result = _group(section)
        result.supervised = result.supervised or any(m.kind == "supervised" for m in self._marked(result.label or ""))
        named = section.label == "assignments" and is_named(section)
        kind = work.named(section.head.text) if section.head is not None else None
        plain = result.label is None and not named and kind is None
        homework = unnamed_work(self.source.stream.language) == "homework"
        if plain and homework and section.head is not None and not self._is_independent():
            result.name = "homework"
        return result

    def _is_independent(self) -> bool:
        """Whether a document speaks of independent work: by an abbreviation, or in its first lines in words."""
        every = self.root.everything()
        named = any(mark.group == "label" for one in every for mark in one.marks)
        first = (one for one in every[:_FIRST] if one.is_text and len(one.text) < weights()["limits"]["long"])
        return named or any(words().front("independent", one.text) for one in first)

    @staticmethod
    def _is_part(child: OutlineSection) -> bool:
        again = child.head is not None and child.head.repeated > 1
        return child.label in _OTHERS and child.reasons.get("words", 0) >= 6 and not again and not _is_item(child.head)

    def _items(self, run: Sequence[tuple[Segment, bool]], group: PartDraft) -> None:
        """A run of lines as pieces of work; what stands before the first of them is text of the course, and so is what
        is said behind the last of them of all work. A line that names another list begins one."""
        at = next((at for at, (one, _) in enumerate(run) if at and self._names_list(one, run[at + 1 :])), None)
        if at is not None:
            self._items(run[:at], group)
            self._mark(run[at][0], "heading")
            self._items(run[at + 1 :], self._group(OutlineSection(run[at][0])))
            return
        run, behind = _without_rules(run)
        starts = _starts(run)
        first = starts[0] if starts else len(run)
        self._lead([one for one, _ in run[:first]], group, alone=not starts)
        mixed = _are_mixed([run[at][0] for at in starts])
        worth = bool(starts) and starts == problems.starts([one for one, _ in run])
        worth = worth and not any(_says_when(run[at][0]) for at in starts)
        for start, end in pairwise([*starts, len(run)]):
            own = [one for one, _ in run[start:end]]
            if own[0].brief:
                self._brief(own, group)
                continue
            own, points = self._without_worth(own) if worth else (own, None)
            self._item(own, group, heads=run[start][1], mixed=mixed)
            self.drafts[-1].points = points if points is not None else self.drafts[-1].points
        self._of_all(behind, group)

    def _without_worth(self, own: list[Segment]) -> tuple[list[Segment], float | None]:
        """A problem without what it says that it is worth, behind its text or on a line of its own; its points. Its
        parts keep theirs."""
        found = problems.worth_in(own)
        points = sum(weight.value for _, weight in found) if found else None
        if len(found) == 1:
            one, weight = found[0]
            one.piece, cut_piece = self.texts.cut(one.piece, weight.start)
            self.texts.claim(cut_piece, "mark", reason="points")
            own = [each for each in own if each is not one or one.piece.text.strip()]
        return own, points

    def _of_all(self, reported: Sequence[Segment], group: PartDraft) -> None:
        """What is said of all work of a list: a rule of the course, by its own title or the heading of the list; of its
        points what the grading says."""
        for one in reported:
            labelled = _LABELLED.match(one.text)
            if labelled is not None:
                title, text = self.texts.cut(one.piece, labelled.start("value"))
                draft = self._open("about", one, name="other")
                draft.title = [title]
                draft.add("body", text)
                continue
            points = work.points_of(one.text) is not None
            draft = self._open("about", one, name="grading" if points else "policy")
            draft.label = group.opened.text.strip(" .:") if group.opened is not None else None
            draft.add("body", one.piece)

    def _names_list(self, one: Segment, below: Sequence[tuple[Segment, bool]]) -> bool:
        """Whether a line above days and what is done on them names a kind of work: «With the teacher (SIWT):»."""
        if not one.is_text or one.mark is not None or not one.text.endswith(":") or not below:
            return False
        named = any(mark.group == "label" for name in _ABBREVIATION.findall(one.text) for mark in self._marked(name))
        return named and _is_dated(below[0][0])

    def _marked(self, name: str) -> Sequence[Marker]:
        return self.source.marks.find(name)

    def _lead(self, before: Sequence[Segment], group: PartDraft, *, alone: bool) -> None:
        """What stands before the items of a list, or in a list that has none: one piece of work, if a name heads it."""
        rest = [one for one in before if one.is_text or not self._planned(one, group)]
        named = False
        if all(one.kind in {"front", "about"} for one in self.drafts):  # the title page names the work, too
            rest = [one for one in rest if not (one.is_text and self._is_of_head(one))]
            first = rest[0] if rest else None
            named = (
                first is not None and first.is_text and not speaks(first.text) and words().front("paper", first.text)
            )
        texts = [one for one in rest if one.is_text and not named]
        sets_work = self.mode == "tasks" or any(one.asks == "task" or work.behind(one.text) for one in texts)
        if not alone or group.opened is None or not texts or not sets_work:
            self._loose(rest, PlanContext(work=True))
            return
        draft = self._open("assignment", texts[0], label=group.label)
        draft.name, draft.supervised = group.name, group.supervised
        self._details(draft, rest)

    def _is_of_head(self, one: Segment) -> bool:
        """Whether a line below the name of the paper says something of the course: «для студентов 3 курса»."""
        if self.front.line(one.piece, head=True):
            return True
        says = len(one.text) < weights()["limits"]["short"] and one.text[:1].islower() and any(of_form(one.text))
        if says:
            self._mark(one, "data of the course", "about")
        return says

    def _planned(self, one: Segment, group: PartDraft) -> bool:
        dated = self._rows_of_work(one, group, dated=True)
        return dated or self._plan(one, self._context_of(group)) or self._rows_of_work(one, group, dated=False)

    def _rows_of_work(self, one: Segment, group: PartDraft, *, dated: bool) -> bool:
        """Take a table without a head of whose rows each names a piece of work, when it is due or what it gives;
        ``dated``: only where each gives a day."""
        rows = [[cell for cell in row if cell.text] for row in matrix(self.source, one.piece)]
        named = [[cell for cell in row if not (_terms_of(cell.text) or _NUMBER.fullmatch(cell.text))] for row in rows]
        term_cells = [[cell for cell in row if _terms_of(cell.text)] for row in rows]
        if len(rows) < _SEVERAL_ROWS or any(len(names) != 1 for names in named) or not all(term_cells):
            return False
        if dated and not all(any((_terms_of(cell.text) or WorkTerms()).due for cell in cells) for cells in term_cells):
            return False
        for row, (name,), cells in zip(rows, named, term_cells, strict=True):
            draft = self._open("assignment", one, label=group.label)
            draft.name, draft.supervised = group.name, group.supervised
            for cell in cells:
                _set_terms(draft, _terms_of(cell.text) or WorkTerms())
                draft.marks.extend((piece, "due and points") for piece in cell.pieces)
            number = next((cell for cell in row if _NUMBER.fullmatch(cell.text)), None)
            if number is not None:
                draft.number = int(number.text.strip(" .)"))
                draft.marks.extend((piece, "task number") for piece in number.pieces)
            for piece in name.pieces:
                draft.add("body", piece)
        used = {
            part.unit for cell in (cell for row in rows for cell in row) for one in cell.pieces for part in one.parts
        }
        rest = [part for part in one.piece.parts if part.unit not in used]
        self.texts.claim(Piece("", rest), "mark", reason="plan table")
        return True

    @staticmethod
    def _context_of(group: PartDraft) -> PlanContext:
        return PlanContext(work=True, label=group.label, supervised=group.supervised)

    def _item(self, own: Sequence[Segment], group: PartDraft, *, heads: bool, mixed: bool = False) -> None:
        """One piece of work; ``mixed``: an unknown word and a number are the title of some of several."""
        head, rest = own[0], own[1:]
        title_text = head.text
        head.piece = self._cut_day(draft := self._open("assignment", head, label=group.label), head.piece, due.before)
        name = work.of(head)
        if name is not None and not name.counted and head.text[name.end :].startswith("("):
            name = None  # «Essay (2,500 words)»
        draft.name, draft.supervised = group.name, group.supervised
        if work.sets_work(head):
            head.piece = self._cut_terms(draft, head.piece)
            heads = True
        if name is not None and work.leads(head.text, name):
            draft.number = None if name.letter else name.number
            if not group.name:
                _of_kind(draft, name.kind)
            draft.label = name.name if name.name.isupper() else draft.label
            body = self._behind(draft, head.piece, name.end, "task number")
        elif (task := _task_number(head)) is not None:
            draft.number = None if task.form.startswith(LETTERED) else task.value
            body = self._behind(draft, head.piece, task.end, "task number")
        elif not heads and head.mark is None and (at := _title_end(head)):
            self._titled(draft, head, rest, at)
            return
        elif head.mark is not None:
            to_choose = group.opened is not None and work.names_topics(group.opened.text)
            draft.number = None if to_choose else head.mark.value or None
            body = self.source.builder.unmarked(head.piece, head.mark, "")
        else:
            plain = next((c for c in head.counted if c.parted and not (mixed and _is_unknown(c, head))), None)
            plain = plain if heads else None
            draft.number = plain.value if plain else None
            body = self._behind(draft, head.piece, plain.end, "task number") if plain else head.piece
        if body is not None and body.text:
            body = self._without_only_terms(draft, self._behind_label(draft, body, "topic"))
        if body is not None and body.text and not heads and (head.due or due.says_week(body.text)):
            body = self._cut_share(draft, self._cut_points(draft, self._cut_due_of_title(draft, body)))
        if body is not None and body.text:
            laid = "\t" in body.text
            body = self._without_terms(draft, body)
            self._place_title(draft, head, body, heads=heads or laid, followed=bool(rest))
        if self._is_homework(draft, group, name):
            draft.name = "homework"
        self._details(draft, self._without_title(draft, rest) if body is None else rest)
        if head.due:
            _inside(draft, title_text)

    def _without_only_terms(self, draft: PartDraft, body: Piece) -> Piece | None:
        """A title without its points; none where it says nothing but when the work is due: «Set 1. Due: Sept 8»."""
        if (found := _terms_of(body.text)) is None:
            return self._cut_points(draft, body)
        _set_terms(draft, found)
        draft.marks.append((body, "due and points"))
        return None

    def _without_title(self, draft: PartDraft, rest: Sequence[Segment]) -> Sequence[Segment]:
        """What stands below a number alone, without the line that is the title."""
        if draft.title or not _is_title_below(rest):
            return rest
        self._title_of(draft, rest[0].piece)
        return rest[1:]

    def _titled(self, draft: PartDraft, head: Segment, rest: Sequence[Segment], end: int) -> None:
        """Work whose line begins with its title, up to ``end``."""
        title, body = self.texts.cut(head.piece, end)
        if leader := _LEADER.search(title.text):
            title, dots = self.texts.cut(title, leader.start())
            draft.marks.append((dots, "leader"))
        draft.title = [title]
        draft.add("body", self._cut_terms(draft, body))
        self._details(draft, rest)

    def _brief(self, own: Sequence[Segment], group: PartDraft) -> None:
        """Assessed work under a title that ends with its share of the mark, which the grading has."""
        head, rest = own[0], own[1:]
        draft = self._open("assignment", head, label=group.label)
        draft.name, draft.supervised = group.name, group.supervised
        title, end = head.piece, briefs.title_at(head.text)
        if end:
            letter, title = self._cut_behind(title, end)
            draft.marks.append((letter, "task number"))
        title, share = self.texts.cut(title, briefs.share_at(title.text))
        draft.marks.append((share, "share of the mark"))
        draft.title = [title]
        days = (due.within(one.text) for one in rest if one.is_text)
        draft.due = next((day for day in days if day is not None), None)
        self._details(draft, rest)

    def _is_homework(self, draft: PartDraft, group: PartDraft, name: Work | None) -> bool:
        """Whether a document that lists work, none of which it calls independent, sets homework."""
        unsaid = self.mode == "tasks" and name is None and not (draft.name or draft.label or group.opened)
        return unsaid and unnamed_work(self.source.stream.language) == "homework" and not self._is_independent()

    def _without_terms(self, draft: PartDraft, body: Piece) -> Piece:
        """A line without what stands behind wide gaps on it: when the work is due, what it gives."""
        while (at := body.text.rfind("\t")) > 0 and body.parts:
            tail = body.text[at:].strip()
            found = _of_day(tail.strip(" .")) if due.is_day(tail) else work.terms(tail)
            if found is None:
                break
            _set_terms(draft, found)
            body, terms = self.texts.cut(body, at)
            draft.marks.append((terms, "due and points"))
        return body

    def _behind(self, draft: PartDraft, piece: Piece, end: int, reason: str) -> Piece | None:
        """What stands behind the number of an item."""
        if end >= len(piece.text.strip()):
            draft.marks.append((piece, reason))
            return None
        number, rest = self._cut_behind(piece, end)
        draft.marks.append((number, reason))
        return rest

    def _place_title(self, draft: PartDraft, head: Segment, body: Piece, *, heads: bool, followed: bool) -> None:
        """A heading, or a short line that is set off, is the title; a sentence is text."""
        short = len(body.text) < weights()["limits"]["short"]
        ended = body.text.rstrip().endswith((".", ":", ";", "?", "!", ","))
        named = short and not ended and words().asks(body.text) is None
        set_off = heads or head.piece.bold or head.piece.heading is not None or named
        is_sentence = ended and not short
        if set_off and followed and not is_sentence:
            self._title_of(draft, body)
        else:
            draft.add("body", body)


_LONGEST_LABEL = 40
_LABEL_WORDS = 4


def _is_title_below(rest: Sequence[Segment]) -> bool:
    """Whether the line below a number that is a heading alone is the title: short, and no item, order or data."""
    if len(rest) < 2 or not rest[0].is_text or rest[0].mark is not None or rest[0].piece.lines > 1:
        return False
    text = rest[0].text
    ended = text.rstrip().endswith((".", ":", ";", "?", "!", ","))
    short = len(text) < weights()["limits"]["short"] and not ended and text[:1].isupper()
    return short and not (rest[0].data or rest[0].due or rest[0].labels or rest[0].marks) and words().asks(text) is None


def _inside(draft: PartDraft, text: str) -> None:
    """When the work of a list is due, and its points, where a line says it within its text, which keeps it."""
    if draft.due is None and draft.due_week is None and (value := day_within(text)) is not None:
        _set_terms(draft, _of_day(value))
    if draft.points is None and (points := work.points_of(text)) is not None:
        draft.points = points


def _of_day(value: str) -> WorkTerms:
    """What a day says of when work is due: its week, and the day as printed where it is more than the week."""
    week = due.week(value)
    return WorkTerms(week.number if week else None, due=None if week and week.alone else value)


def _terms_of(text: str) -> WorkTerms | None:
    """What a cell says of when work is due or what it gives, and nothing else."""
    if due.is_day(text):
        return _of_day(text.strip(" ."))
    found = work.terms(text)
    return found if found is not None and found.whole else None


def _set_terms(draft: PartDraft, stated: WorkTerms) -> None:
    draft.due_week = draft.due_week or stated.week
    draft.due = draft.due or stated.due
    draft.points = draft.points if draft.points is not None else stated.points


def _named_work(head: Segment) -> str:
    """The title of a piece of work without its number: «Assessment 1: Case study»."""
    plain = next((one for one in head.counted if one.parted and one.end < len(head.text)), None)
    return head.text[plain.end if plain else 0 :].strip(" .:")


def _of_kind(draft: PartDraft, kind: str) -> None:
    draft.name = "homework" if kind == "homework" else ""
    draft.supervised = kind == "supervised"


def _group(section: OutlineSection) -> PartDraft:
    """What the heading of a list says of all in it: its abbreviation, and whether it is homework."""
    head = section.head
    result = PartDraft("assignment", opened=head.piece if head else None)
    if head is None:
        return result
    marks = [m for m in head.marks if m.group == "label"]
    result.label = marks[0].label if marks else _abbreviation(head.text)
    result.supervised = bool(marks and marks[0].kind == "supervised")
    name = work.named(head.text)
    result.name = "homework" if (name and name.kind == "homework") or "homework" in head.labels else ""
    return result


def _abbreviation(text: str) -> str | None:
    """The abbreviation by which a heading names independent work."""
    return None if text.isupper() else next((name for name in _ABBREVIATION.findall(text) if name.isupper()), None)


def _says_when(one: Segment) -> bool:
    """Whether the end of a line says when its work is due, beside what it gives."""
    found = work.behind(one.text)
    return found is not None and bool(found[1].due or found[1].week)


def only_tells(section: OutlineSection) -> bool:
    """Whether a section that is named for work speaks of it and sets none: «**Homework:** Homework is collected …»."""
    texts = [one for one in section.own if one.is_text]
    plain = bool(texts) and len(texts) == len(section.own) and not section.children and not _is_item(section.head)
    if not section.children and work.tells_rules(section.own):
        return True
    asks_or_due = any(one.asks == "task" or one.due for one in texts)
    sentences = sum(len(one.text) for one in texts if tells(one))
    mostly = sentences * 2 > sum(len(one.text) for one in texts)  # «30% of total grade» over them is their share
    return plain and not asks_or_due and mostly and not _starts([(one, False) for one in texts])


def _sets_works(section: OutlineSection) -> bool:
    """Whether several lines or headings in a section end with what their work gives and when it is due."""
    heads = sum(child.head is not None and work.sets_work(child.head) for child in section.children)
    return heads > 1 or bool(_setting([(one, False) for one in section.own])) or any(map(_sets_works, section.children))


def _is_list(child: OutlineSection) -> bool:
    if _sets_works(child) or _dates_works(child):
        return True
    return child.label == "assignments" and (is_named(child) or holds_works(child)) and not _is_item(child.head)


def _dates_works(section: OutlineSection) -> bool:
    """Whether a heading that names work stands over days and what is done on them."""
    named = section.head is not None and bool(section.head.labels.get("assignments")) and not _is_item(section.head)
    inside = [*section.own, *(child.head for child in section.children if child.head is not None)]
    return named and sum(map(_is_dated, inside)) > 1


def is_one_work(section: OutlineSection) -> bool:
    """Whether a section that nothing but what it says of its deadline makes work is one piece of it."""
    if is_named(section) or section.head is None or section.children:
        return False
    return sum(one.due for one in section.own) == 1 or any(map(work.begins_work, section.own[:1]))


def bears_number(head: Segment) -> bool:
    """Whether a heading is the name of one piece of work and its number: «СРС-2. …», as one stands in a document
    whose headings all look alike."""
    name = work.of(head)
    return name is not None and name.start == 0 and name.counted


def _is_item(head: Segment | None) -> bool:
    """Whether a heading bears the number of one piece of work, or its title behind its name."""
    if head is None:
        return False
    if head.brief or work.sets_work(head):
        return True
    name = work.of(head)
    if name is not None and name.start == 0:
        return name.counted or bool(head.text[name.end :].strip())
    return _task_number(head) is not None


def is_work(section: OutlineSection) -> bool:
    """Whether a heading that no part of a course names bears the number of one piece of work, over its text."""
    head = section.head
    if section.label is not None or head is None or head.piece.heading is None or not (section.own or section.children):
        return False
    name = work.of(head)
    named = name is not None and name.start == 0 and name.counted
    return named or any(mark.group == "label" and mark.number is not None for mark in head.marks)


def _flat(section: OutlineSection) -> Iterator[tuple[Segment, bool]]:
    """The lines of a section in order, and whether each is a heading."""
    if section.head is not None:
        yield section.head, True
    for one in section.own:
        yield one, False
    for child in section.children:
        yield from _flat(child)


def _starts(run: Sequence[tuple[Segment, bool]]) -> list[int]:
    """Where the pieces of work begin: by their name, a word with a number, headings, numbers, or bullets; the first
    of these ways that the lines have."""
    ways = (
        _over_terms(run),
        _with_others([at for at, (one, _) in enumerate(run) if work.counts_work(one)], run),
        _setting(run),
        problems.starts([one for one, _ in run]),
        _counted(run),
        _numbered(run),
        _headed(run),
        _led(run),
        _dated(run),
        [at for at, (one, _) in enumerate(run) if one.due] if all(one.due for one, _ in run) else [],
        [at for at, (one, _) in enumerate(run) if one.mark is not None and one.mark.value and not one.piece.level],
        [at for at, (one, _) in enumerate(run) if one.mark is not None and not one.piece.level],
    )
    return next((way for way in ways if way), [])


def _is_unknown(plain: HeadingNumber, head: Segment) -> bool:
    """Whether a word that no list knows and its number are all of a heading: «Case memo 1»."""
    return bool(plain.words) and plain.kind is None and plain.end >= len(head.text)


def _are_mixed(heads: Sequence[Segment]) -> bool:
    """Whether of several pieces of work some are called by an unknown word and a number, and others are not."""
    unknown = [any(c.parted and _is_unknown(c, one) for c in one.counted) for one in heads]
    return any(unknown) and not all(unknown)


def _over_terms(run: Sequence[tuple[Segment, bool]]) -> list[int]:
    """The headings over a line that says when the work is due and what it gives, where several are and they are all
    that name work."""
    found = [at for at, (_, head) in enumerate(run[:-1]) if head and work.leads_terms(run[at + 1][0])]
    named = {at for at, (one, _) in enumerate(run) if work.counts_work(one)}
    return found if len(found) > 1 and named <= {*found} else []


def _says_terms_first(section: OutlineSection) -> bool:
    """Whether the first line below a heading says when its work is due and what it gives."""
    return any(map(work.leads_terms, section.own[:1]))


def _with_others(named: list[int], run: Sequence[tuple[Segment, bool]]) -> list[int]:
    """The lines that name a piece of work with its number, and the other items of the list of these: «4. HW 4»,
    «5. Project: your own map»."""
    marks = [run[at][0].mark for at in named]
    if not named or any(
        mark is None or not mark.value or run[at][0].piece.level for at, mark in zip(named, marks, strict=True)
    ):
        return sorted({*named, *_setting(run)}) if {*named} < {*_setting(run)} else named
    items = [at for at, (one, _) in enumerate(run) if one.mark is not None and one.mark.value and not one.piece.level]
    rises = [mark.value for at in items if (mark := run[at][0].mark)] == list(range(1, len(items) + 1))
    return items if rises else named


def _setting(run: Sequence[tuple[Segment, bool]]) -> list[int]:
    """The lines that end with what their work gives and when it is due, where there are several, and the few items of
    the list of these that say it otherwise."""
    found = [at for at, (one, _) in enumerate(run) if one.brief or work.sets_work(one)]
    if len(found) < _SEVERAL:
        return []
    form, *others = {_form(run[at][0]) for at in found}
    items = [] if others or form is None else [at for at, (one, _) in enumerate(run) if _form(one) == form]
    return items if len(items) <= _SEVERAL * len(found) and {*found} <= {*items} else found


def _form(one: Segment) -> tuple[str, int] | None:
    """How an item of a list is marked, and at which level."""
    return (one.mark.kind, one.piece.level) if one.mark is not None else None


def _counted(run: Sequence[tuple[Segment, bool]]) -> list[int]:
    """The lines that count with a word for tasks; of two words the first, which holds the other."""
    found = [(at, task.form) for at, (one, _) in enumerate(run) if (task := _task_number(one)) is not None]
    return [at for at, form in found if form == found[0][1]]


def _dated(run: Sequence[tuple[Segment, bool]]) -> list[int]:
    """The lines that begin with a day, where several do and the first is one."""
    found = [at for at, (one, _) in enumerate(run) if _is_dated(one)]
    return found if len(found) > 1 and not found[0] else []


def _is_dated(one: Segment) -> bool:
    return one.is_text and due.before(one.text) is not None


def _without_rules(run: Sequence[tuple[Segment, bool]]) -> tuple[Sequence[tuple[Segment, bool]], list[Segment]]:
    """The lines of a list without those at its end that speak of all work."""
    end = len(run)
    while end > 1 and not run[end - 1][1] and work.tells_of_all(run[end - 1][0]):
        end -= 1
    return run[:end], [one for one, _ in run[end:]]


def _numbered(run: Sequence[tuple[Segment, bool]]) -> list[int]:
    """The headings that count with numbers alone, where several of them count on."""
    found = [(at, c.value) for at, (one, head) in enumerate(run) if head for c in one.counted if not c.words][:_MOST]
    result: list[int] = []
    for at, value in found:
        if value == len(result) + 1:
            result.append(at)
    return result if len(result) > 1 else []


_MOST = 500
_FIRST = 12
"""Lines at the beginning that say what work a document sets."""


def _led(run: Sequence[tuple[Segment, bool]]) -> list[int]:
    """The lines that begin with a title of their own, where most do: «Paper one. Take a map …»."""
    found = [at for at, (one, _) in enumerate(run) if one.is_text and one.mark is None and _title_end(one)]
    return found if len(found) * 2 > len(run) and len(found) > 1 else []


def _headed(run: Sequence[tuple[Segment, bool]]) -> list[int]:
    """The headings of the highest level among several, each over some lines."""
    heads = [at for at, (one, head) in enumerate(run) if head and one.repeated == 1]
    if not heads:
        return []
    top = min(run[at][0].piece.heading or 9 for at in heads)
    return [at for at in heads if (run[at][0].piece.heading or 9) == top]


_LEADER = re.compile(r"\s*(?:\.{4,}|…{2,}|\s[–—-])\s*$")
_LED = languages.expression(r"\W{0,3}[@A@][^.:!?;\t]{2,40}(?:\s*(?:\.{4,}|…{2,})\s*|\t|\s[–—-]\s+)(?=\S)")


def _title_end(one: Segment) -> int:
    """Where the text behind a title on its line begins: behind a sign, dots that lead to it, a wide gap; else 0."""
    found = _LED.match(one.text)
    return title_before(one) or (found.end() if found else 0)


def _task_number(one: Segment) -> HeadingNumber | None:
    """The number that a task bears beside a word («Task 2.», «3-тапсырма»)."""
    mark = next((m for m in one.marks if m.group == "label" and m.number is not None), None)
    if mark is not None:
        return HeadingNumber(f"{mark.kind} work", mark.label or "", mark.number or 0, mark.end)
    found = next((c for c in one.counted if c.parted and c.kind in {*_ITEM, "question"}), None)
    return replace(found, words="") if found else None
