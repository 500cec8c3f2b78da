"""What a document seems to be: its markers counted, its name read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from coursepack import languages
from coursepack.languages import assumed
from coursepack.model.blocks import inline_text
from coursepack.model.document import Document, Grid, Line, Para
from coursepack.outline import naming
from coursepack.outline.marks import Mark, Marks, fold, standard
from coursepack.project.course_toml import Role
from coursepack.text.language import language
from coursepack.text.letters import Letters, clean, has_own_letters

_PLANS: dict[str, Role] = {
    "seminars": "seminar-plan",
    "practicals": "practical-plan",
    "laboratories": "laboratory-plan",
}
# Not an entry «1.3 Силлабус» of a list.
_SYLLABUS = languages.expression(r"^(?!\d+[.)]).*@file-syllabus@")
_ASKED = languages.expression(
    r"\(?\d{1,3}[.)]|@asked@\s*(?:№\s*)?\d{1,3}\b|\d{1,3}\s*(?:[-–]\s*)?@asked-after@", re.IGNORECASE
)
_FUND = re.compile(languages.pattern("fund"))
_POSTS = re.compile(languages.pattern("author-post"))
_OPTION = languages.expression(r"\s*[\*\+]?\(?[@A:answer-letters-few@][.)]\s*\S", re.IGNORECASE)


def guess_role(document: Document) -> tuple[Role, str]:
    """What a document seems to be, and why (in words for the author)."""
    texts, grids = _texts(document)
    marks = standard()
    found = [mark for text in texts for mark in _first_marks(marks, text)]
    found += [inner for mark in found if mark.kind in {"week", "unit"} for inner in marks.find(mark.rest)[:1]]
    numbered = Counter(mark.kind for mark in found if mark.group == "numbered")
    numbers = {
        kind: len({mark.number for mark in found if mark.group == "numbered" and mark.kind == kind})
        for kind in numbered
    }
    whole = Counter(mark.kind for mark in found if mark.group in {"heading", "field"} and mark.whole)
    fields = Counter(mark.kind for text in texts for mark in marks.find(text) if mark.group == "field")
    labels = sum(mark.group == "label" and mark.number is not None for mark in found)
    headed = any(mark.group == "label" and mark.whole and mark.number is None for mark in found)
    letters = sum(len(text) for text in texts)
    lectures = max(numbers.get("lecture", 0), numbers.get("topic", 0))
    asked = sum(bool(_ASKED.match(text)) or text.endswith("?") for text in texts)
    keys = sum(bool(re.match(r"\s*(?:ANSWER\s*:|<question>|<variant)", text)) for text in texts)
    plus = sum(bool(re.match(r"\s*\+\s*\S", text)) for text in texts)
    minus = sum(bool(re.match(r"\s*[-–]\s*\S", text)) for text in texts)
    keys += plus if plus >= 3 and minus >= plus and (plus + minus) * 2 > len(texts) else 0
    options = sum(bool(_OPTION.match(text)) for text in texts)

    opening = any(m.kind == "exam" and m.whole for text in texts[:12] for m in marks.find(text)[:1])

    return (
        _by_signs(document, marks, texts, grids, numbers, whole, keys, options, asked)
        or _by_numbers(found, opening, fields, numbers, lectures, letters)
        or _by_lists(document, marks, texts, numbers, whole, fields, labels, headed, lectures, asked, letters)
        or ("reading", "it is a text without markers of a lecture, a seminar or a question list")
    )


def _by_signs(
    document: Document,
    marks: Marks,
    texts: list[str],
    grids: int,
    numbers: dict[str, int],
    whole: Counter[str],
    keys: int,
    options: int,
    asked: int,
) -> tuple[Role, str] | None:
    """What a document says it is: a syllabus, tickets, a test."""
    about = sum(
        whole[kind]
        for kind in (
            "prerequisites",
            "postrequisites",
            "course-aim",
            "grading",
            "policy",
            "plan",
            "description",
            "outcomes",
        )
    )
    if options >= 12 and options * 2 > len(texts):
        return "tests", "most of its lines are answers to choose from"
    if (
        any(_SYLLABUS.search(fold(text)) for text in texts[:25] if len(text) < 200)
        or about >= 4
        or (grids and _grid_syllabus(document, marks) >= 4)
    ):
        return "syllabus", "it names prerequisites, aim, grading or a plan by week, as a syllabus does"
    top = fold(" ".join(texts[:12]))
    if _FUND.search(top):
        return "assessment-fund", "it calls itself an assessment fund"
    if numbers.get("ticket", 0) >= 2:
        return "tickets", f"it holds {numbers['ticket']} numbered exam tickets"
    if whole["ticket"] >= 2:
        return "tickets", f"it holds {whole['ticket']} exam tickets"
    listed = _listed(document, marks)
    if listed:
        return listed
    if keys >= 3 or (options >= 4 and options >= asked and options * 3 > len(texts)):
        return "tests", "it holds questions with answers to choose from"
    return None


def _by_numbers(
    found: list[Mark], questions: bool, fields: Counter[str], numbers: dict[str, int], lectures: int, letters: int
) -> tuple[Role, str] | None:
    """By its numbered lectures and classes."""
    if questions and letters < max(lectures, 1) * 400:
        return "questions", "a list of exam questions by topics follows its heading"
    if lectures >= 3 and letters > lectures * 600:
        return "textbook", f"it holds {lectures} numbered lectures with their texts"
    if numbers.get("week", 0) >= 3 and letters > numbers["week"] * 300:
        return "textbook", f"it holds {numbers['week']} weeks with their texts"
    if numbers.get("seminar", 0) >= 2 and not lectures:
        return "seminar-plan", f"it holds {numbers['seminar']} numbered seminars"
    if numbers.get("practical", 0) >= 2 and not lectures:
        return "practical-plan", f"it holds {numbers['practical']} numbered practical classes"
    if numbers.get("laboratory", 0) >= 2 and not lectures:
        return "laboratory-plan", f"it holds {numbers['laboratory']} numbered laboratory classes"
    headed = next((mark for mark in found[:8] if mark.group == "heading" and mark.whole and mark.kind in _PLANS), None)
    if headed and not lectures:
        return _PLANS[headed.kind], "its heading names a plan of classes"
    first = next((mark for mark in found if mark.group == "numbered" and mark.kind not in {"question", "unit"}), None)
    by_first = _by_first(first, fields, lectures)
    if by_first:
        return by_first
    if not lectures and not questions and numbers.get("unit", 0) >= 2 and letters > numbers["unit"] * 600:
        return "textbook", f"it holds {numbers['unit']} numbered chapters with their texts"
    if lectures >= 2:
        return "textbook", f"it holds {lectures} numbered lectures"
    return None


def _by_lists(
    document: Document,
    marks: Marks,
    texts: list[str],
    numbers: dict[str, int],
    whole: Counter[str],
    fields: Counter[str],
    labels: int,
    headed: bool,
    lectures: int,
    asked: int,
    letters: int,
) -> tuple[Role, str] | None:
    """By what its lines are, and by its name."""
    if whole["glossary"] and len(texts) > 3 and _terms(texts) * 2 > len(texts):
        return "glossary", "it is a list of terms and definitions"
    if labels >= 3 or ((whole["assignments"] or headed) and not lectures):
        return "assignments", "it lists tasks of independent work"
    if numbers.get("question", 0) >= 3 and not lectures:
        return "questions", f"it holds {numbers['question']} numbered questions"
    if whole["exam"] and asked * 2 > len(texts) // 2:
        return "questions", "it is a list of exam questions"
    told = sum(len(text) > 250 for text in texts)
    short = letters < len(texts) * 200 and told * 8 < asked and letters > asked * 10
    if asked >= 5 and asked * 10 > len(texts) * 6 and short:
        return "questions", "most of its lines are numbered questions"
    if not lectures and len(texts) > 2 and any(m.kind == "exam" and m.whole for t in texts[:12] for m in marks.find(t)):
        return "questions", "its heading names exam questions"
    said = naming.read(document.file)
    if said.role:
        folder = said.by in document.file.split("/")[:-1]
        return said.role, f"its folder says so ({said.by})" if folder else f"its name says so ({document.file})"
    if _terms(texts) * 10 > len(texts) * 7 and len(texts) > 5:
        return "glossary", "most of its lines are a term, a dash and a definition"
    if fields["outline"] or fields["review"] or fields["title"]:
        return "lecture", "it has a plan or review questions"
    if _POSTS.search(fold(" ".join(texts[:8]))) and letters > 4000:
        return "article", "names and posts of authors stand under its title"
    return None


_TITLES = (
    languages.expression(r"«([^«»]{3,90})»\s+@title-after@"),
    languages.expression(r"@title-before@\s*[:–-]?\s*[«\"“]([^«»\"”]{3,90})[»\"”]", re.IGNORECASE),
    languages.expression(r"@title-label@\s*[:–-]\s*(\S[^\n]{2,90})", re.IGNORECASE),
)


def guess_title(document: Document) -> str | None:
    """The course's title where a document names it («X» пәні, «Дисциплина: X»); the commonest of such names."""
    texts, _ = _texts(document)
    found: Counter[str] = Counter(_table_titles(document))
    marks = standard()
    for text in texts[:120]:
        label, colon, value = text.partition(":")
        if colon and 2 < len(value.strip()) < 110 and len(label) < 60 and marks.about_label(label) == "title":
            found[value.strip(' .«»"')] += 1
    if found:
        return found.most_common(1)[0][0]
    whole = "\n".join(texts)[:400_000]
    for pattern in _TITLES:
        found.update(match[1].strip(' .«»"') for match in pattern.finditer(whole))
        if found:
            break
    return found.most_common(1)[0][0] if found else None


def _table_titles(document: Document) -> Iterator[str]:
    """What stands beside or below «Наименование дисциплины» in tables."""
    marks = standard()
    for unit in document.units:
        if not isinstance(unit, Grid):
            continue
        columns: dict[int, int] = {}
        for at, row in enumerate(unit.rows):
            column = 0
            texts = [" ".join(_cells(Grid(rows=((cell,),), number=unit.number))).strip() for cell in row]
            for nth, (cell, text) in enumerate(zip(row, texts, strict=True)):
                if column in columns and text and at >= columns[column]:
                    yield text
                    return
                if marks.about_label(text) == "title":
                    beside = next((one for one in texts[nth + 1 :] if one), "")
                    under = nth > 0 and marks.about_label(texts[nth - 1]) is not None
                    if (
                        beside
                        and not under
                        and not marks.about_label(beside)
                        and marks.column(beside) is None
                        and len(beside) < 150
                    ):
                        yield beside
                        return
                    columns[column] = at + cell.rowspan
                column += cell.colspan


def main_language(document: Document) -> tuple[str, int]:
    """The language that most of a document is in, and how many letters say so."""
    texts, _ = _texts(document)
    whole = " ".join(texts)
    return (language(whole) or assumed(), len(whole))


def _by_first(first: Mark | None, fields: Counter[str], lectures: int) -> tuple[Role, str] | None:
    if first is None or lectures > 1:
        return None
    if first.kind == "seminar":
        return "seminar-plan", f"it opens as seminar {first.number}"
    if first.kind == "practical":
        return "practical-plan", f"it opens as practical class {first.number}"
    if first.kind == "laboratory":
        return "laboratory-plan", f"it opens as laboratory class {first.number}"
    if first.kind in {"lecture", "topic"}:
        if fields["outcomes"] and fields["outline"]:
            return "lecture-plan", f"it opens as lecture {first.number}, with outcomes and contents"
        return "lecture", f"it opens as lecture {first.number}"
    return None


def _terms(texts: list[str]) -> int:
    return sum(bool(re.match(r"(?:\d{1,3}[.)]\s*)?[^.!?]{2,60}\s[–—-]\s+\S", text)) for text in texts)


def _grid_syllabus(document: Document, marks: Marks) -> int:
    kinds: set[str] = set()
    for unit in document.units:
        if isinstance(unit, Grid):
            for row in unit.rows:
                for cell in row:
                    for inner in cell.units:
                        if isinstance(inner, Para):
                            kinds.update(
                                mark.kind for mark in marks.find(inline_text(inner.content)) if mark.group == "heading"
                            )
    return len(
        kinds
        & {
            "prerequisites",
            "postrequisites",
            "course-aim",
            "grading",
            "policy",
            "plan",
            "description",
            "outcomes",
            "literature",
        }
    )


def _first_marks(marks: Marks, text: str) -> list[Mark]:
    """The marker that a text begins with; with a unit's, that of a lecture glued to it."""
    first = marks.find(text)[:1]
    if first and first[0].kind == "unit" and first[0].group == "numbered" and len(text) < 300:
        for stop in re.finditer(r"[.!?:;]\s+", text):
            inner = marks.find(text[stop.end() :])[:1]
            if inner and inner[0].kind == "lecture" and inner[0].group == "numbered":
                return [*first, *inner]
    return first


def _listed(document: Document, marks: Marks) -> tuple[Role, str] | None:
    """What the heads of the first tables say: terms, tickets, tests, questions."""
    for unit in document.units:
        if not isinstance(unit, Grid) or len(unit.rows) < 2:
            continue
        heads = {
            marks.holds(" ".join(_cells(Grid(rows=((cell,),), number=unit.number))).strip()) for cell in unit.rows[0]
        }
        if "term" in heads and ("definition" in heads or len(unit.rows[0]) > 2):
            return "glossary", "its table holds terms and definitions"
        if "question" in heads and "ticket" in heads:
            return "tickets", "its table holds tickets and their questions"
        if "question" in heads and heads & {"options", "option"}:
            return "tests", "its table holds questions with answers to choose from"
        if "question" in heads:
            return "questions", "its table holds questions"
    return None


def _cells(grid: Grid) -> Iterator[str]:
    """The paragraphs of a table, cell by cell."""
    for row in grid.rows:
        for cell in row:
            for inner in cell.units:
                if isinstance(inner, Para):
                    yield from inline_text(inner.content).split("\n")
                elif isinstance(inner, Grid):
                    yield from _cells(inner)


def _texts(document: Document) -> tuple[list[str], int]:
    """The non-blank lines or paragraphs, repaired, and how many grids there are."""
    raw: list[str] = []
    grids = 0
    for unit in document.units:
        match unit:
            case Line():
                raw.append(unit.text)
            case Para():
                raw.extend(inline_text(unit.content).split("\n"))
                if unit.label and raw:
                    raw[-1] = f"{unit.label} {raw[-1]}"
            case Grid():
                grids += 1
                raw.extend(_cells(unit))
            case _:
                pass
    whole = "\n".join(raw)
    letters = Letters(own=has_own_letters(whole))
    texts = [re.sub(r"\s+", " ", letters.repair(clean(text)[0])).strip() for text in raw if text.strip()]
    return texts, grids


def whole_text(document: Document) -> str:
    """All lines and paragraphs of a document, repaired."""
    return "\n".join(_texts(document)[0])


def numbers_said(document: Document) -> set[str]:
    """The kinds of parts whose numbers the document itself says («lecture», «week» …)."""
    marks = standard()
    return {mark.kind for text in _texts(document)[0] for mark in _first_marks(marks, text) if mark.number is not None}
