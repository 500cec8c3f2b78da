"""A document to a stream of pieces: debris set aside, letters repaired, lines joined; structure kept where it is."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from coursepack import languages
from coursepack.model.blocks import Inlines, Math, NoteMark, Picture, Run, Table, block_text, inline_text, with_text
from coursepack.model.document import Comment, Display, Document, Drawing, Grid, GridCell, Line, Listing, Para, Unit
from coursepack.model.ledger import Ledger
from coursepack.outline.bank.key_text import key_of, names_answer
from coursepack.outline.bank.named import named
from coursepack.outline.blocks import list_label
from coursepack.outline.captions import captions
from coursepack.outline.counted import alone, below_numbers, coded, counted, lettered, options, signed, stacked, worded
from coursepack.outline.dashed import with_colons, with_near_colons
from coursepack.outline.debris import contents, contents_titles, debris, letters_of, to_fill_in
from coursepack.outline.dropped_down import OF_TESTS, lists_in_lines, opened_lists
from coursepack.outline.footnotes import Footnotes
from coursepack.outline.hanging import columned, defining, hung, tabbed, with_meanings
from coursepack.outline.leaders import led
from coursepack.outline.markers import Marker, Markers
from coursepack.outline.pieces import Piece, SourceTexts, Stream, UnitRange, but, moved, trim, whole
from coursepack.outline.programs import with_programs
from coursepack.outline.tables import LineTable, line_tables
from coursepack.outline.tree import work
from coursepack.outline.tree.words import FULL, words
from coursepack.place import Finding, Place, note, warning
from coursepack.text.characters import (
    GONE,
    CharacterRepair,
    clean,
    composed,
    has_own_letters,
    old_font_words,
    without_own_letters,
)
from coursepack.text.encodings import misread
from coursepack.text.frames import unframed
from coursepack.text.language import language, smoothed, sure
from coursepack.text.lines import MARK, Vocabulary, Wrapped, glue, paragraphs, usual_gap
from coursepack.text.spaced import Healer
from coursepack.text.titles import titles

# A remark under a text of law begins a paragraph of its own.
_CONTENTS = ("toc ", *(f"{word} " for word in languages.words("contents-style")))
"""How a style of the table of contents is called, in lower case."""
_OWN = languages.with_stand_ins()[0].name
"""The language whose letters have stand-ins."""
_TO_SIGN = re.compile(r"_{3,}|\.{6,}|…{3,}")
_LABEL = re.compile(r"([^\W\d_][^.:;!?]{3,35}):\s+\S")
_REMARK = languages.expression(r"@remark@\s*[.:]\s")
_RUNS = re.compile(r" {2,}")
_WIDE = re.compile(r"(?<=\S)(?: {3,}|[ ]*\t[ \t]*)(?=\S)")
_FEW_LAID = 3
_ENDS = frozenset('.!?:;…»”"')
_NARROWEST = 45
"""Characters of a line from which it may be wrapped at the margin."""
_LEAST_BESIDE = 4
_SPACES = re.compile(rf"[\s{GONE}]+")


def stream(document: Document, role: str, marks: Markers) -> Stream:
    """The pieces of a document, its ledger begun: debris is set aside there already."""
    document = with_programs(document, role)
    texts: dict[int, str] = {}
    for unit in document.units:
        _gather(unit, texts)
    as_typed = {unit.number for unit in _listings(document.units)}
    formulas = dict(_formulas(document.units))
    everything = "\n".join(texts.values())
    repair = CharacterRepair(own=has_own_letters(everything))
    ledger = Ledger(document.file, document.sha256, role, texts, paragraphs=not document.wrapped)
    kinds: Counter[str] = Counter()
    tidy: dict[int, str] = {}
    healer = Healer(texts.values() if document.wrapped else ())
    for number, text in texts.items():
        if not text.strip():
            tidy[number] = text
            continue
        cleaned, counts = clean(text)
        kinds.update(counts)
        if number not in as_typed:
            cleaned = healer.heal(_repaired(repair, cleaned, formulas.get(number, ())))
        tidy[number] = cleaned
        if not tidy[number].replace(GONE, " ").strip():
            ledger.claim(number, "aside", reason="invisible characters")
            tidy[number] = " " * len(text)
    typed = {number: text for number, text in tidy.items() if number not in as_typed}
    tidy.update(near := with_near_colons(typed))
    tidy.update(with_colons({**typed, **near}, marks))
    holder = SourceTexts(ledger, tidy)
    if document.wrapped:
        pieces = _wrapped(document, tidy, marks, holder)
    else:
        pieces = _without_contents(_structured(document.units, tidy), marks, holder)
    gaps: list[Finding] = []
    if role in OF_TESTS:
        pieces = opened_lists(holder, pieces)
        gaps = lists_in_lines(document.file, pieces)
    found = [language(piece.text) for piece in pieces]
    for piece, name in zip(pieces, smoothed(found, [len(piece.text) for piece in pieces]), strict=True):
        piece.language = name
    _languages_of_items(pieces, found)
    findings: list[object] = [*document.findings, *gaps]
    findings.extend(_letter_findings(document.file, repair, kinds, everything, marks))
    if healer.counts:
        healed = ", ".join(f"{kind} {count}" for kind, count in sorted(healer.counts.items()))
        findings.append(note("reading-words-healed", f"put together: {healed}", Place(document.file)))
    return Stream(pieces, holder, document.file, document.wrapped, language(everything), findings)


def _one_space(found: re.Match[str]) -> str:
    """One space for many; what is invisible alone stays."""
    return found[0] if not found[0].strip(GONE) else " "


def _languages_of_items(pieces: Sequence[Piece], found: Sequence[str]) -> None:
    """A short item that its letters do not tell is in the language of the item before it."""
    for before, piece, own in zip(pieces, pieces[1:], found[1:], strict=False):
        if (own and sure(own)) or len(piece.text) > 60 or piece.object is not None or before.object is not None:
            continue
        mark, last = list_label(piece), list_label(before)
        if mark and last and before.language and mark.kind == last.kind and mark.value == last.value + 1:
            piece.language = before.language


def _letter_findings(
    file: str, characters: CharacterRepair, kinds: Counter[str], whole: str, marks: Markers
) -> list[Finding]:
    findings: list[Finding] = []
    place = Place(file)
    if characters.counts:
        total = sum(characters.counts.values())
        listed = ", ".join(
            f"{kind} {count}" for kind, count in sorted(characters.counts.items(), key=lambda x: (-x[1], x[0]))
        )
        findings.append(note("reading-letters-repaired", f"{total} stand-in characters repaired: {listed}", place))
    if kinds:
        listed = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
        findings.append(note("reading-debris-letters", f"taken out: {listed}", place))
    old = old_font_words(whole)
    if old:
        words = ", ".join(dict.fromkeys(old[:5]))
        findings.append(
            warning(
                "reading-old-font",
                f"{len(old)} words are typed with an old «KZ Times»-like font: {words}",
                place,
                "convert the document to Unicode letters and read it again",
            )
        )
    broken = misread(whole)
    if broken:
        words = ", ".join(dict.fromkeys(part[:30] for part in broken[:5]))
        findings.append(
            warning(
                "reading-mojibake",
                f"{len(broken)} passages were damaged by a wrong encoding before: {words}",
                place,
                "save the text again from the program that shows it correctly; it was read unchanged",
            )
        )
    sample = whole if len(whole) < 40_000 else whole[:40_000]
    if not characters.own:
        plain = without_own_letters(sample, marks.stems)
        if plain:
            words = ", ".join(dict.fromkeys(plain[:5]))
            findings.append(
                warning(
                    "reading-without-own-letters",
                    f"{_OWN} is typed without its special letters: {words}",
                    place,
                    f"type the text with the keyboard of {_OWN}; it was read unchanged",
                )
            )
    return findings


def _gather(unit: Unit, texts: dict[int, str]) -> None:
    match unit:
        case Line():
            texts[unit.number] = composed(unit.text)
        case Para():
            texts[unit.number] = inline_text(unit.content)
        case Listing():
            texts[unit.number] = unit.text
        case Grid():
            for row in unit.rows:
                for cell in row:
                    for inner in cell.units:
                        _gather(inner, texts)
        case Drawing() | Display():
            pass


def _listings(units: Iterable[Unit]) -> Iterator[Listing]:
    """The listings, those in tables too."""
    for unit in units:
        match unit:
            case Listing():
                yield unit
            case Grid():
                yield from _listings(inner for row in unit.rows for cell in row for inner in cell.units)
            case _:
                pass


def _formulas(units: Iterable[Unit]) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """The paragraphs with formulas on their lines, those in tables too: where the letters of each formula stand."""
    for unit in units:
        match unit:
            case Para() if any(isinstance(item, Math) for item in unit.content):
                ends = list(itertools.accumulate(len(inline_text((item,))) for item in unit.content))
                spans = zip(unit.content, [0, *ends], ends, strict=False)
                yield unit.number, [(start, end) for item, start, end in spans if isinstance(item, Math)]
            case Grid():
                yield from _formulas(inner for row in unit.rows for cell in row for inner in cell.units)
            case _:
                pass


def _repaired(characters: CharacterRepair, text: str, formulas: Sequence[tuple[int, int]]) -> str:
    """The text with its stand-in characters repaired; a formula's letters are no part of the word next to it."""
    result, at = "", 0
    for start, end in formulas:
        result += characters.repair(text[at:start]) + text[start:end]
        at = end
    return result + characters.repair(text[at:])


# --- wrapped text -------------------------------------------------------------------------------------------------


def _wrapped(document: Document, tidy: dict[int, str], marks: Markers, holder: SourceTexts) -> list[Piece]:
    lines = [unit for unit in document.units if isinstance(unit, Line)]
    others = [unit for unit in document.units if not isinstance(unit, Line)]
    tidy.update((lines[at].number, text) for at, text in unframed([tidy[line.number] for line in lines]).items())
    texts = [tidy[line.number] for line in lines]
    holder.looks = {line.number: looks for line in lines if (looks := _looks(line, tidy[line.number]))}
    aside = debris(lines, texts, marks)
    gone = {lines[index].number for index in aside}
    caption_lines = captions(document.units, tidy, marks, gone) if others else {}
    beside = {line.number for below in caption_lines.values() for line in below}
    for index, reason in sorted(aside.items()):
        holder.ledger.claim(lines[index].number, "aside", reason=reason)
    at_captions = {index for index, line in enumerate(lines) if line.number in beside}
    notes = Footnotes(lines, texts, aside.keys() | at_captions)
    tidy.update((lines[index].number, text) for index, text in notes.hidden())
    kept, rows = _rows(document, texts, aside.keys() | notes.inside, at_captions, marks)
    usual = usual_gap(rows)
    if document.medium == "text" and _is_typed(rows):
        for row in rows:
            row.opens = True
    _page_starts(rows, usual)
    _close_titles(rows, contents_titles(texts, aside), usual)
    parted = [row.gap is None or row.gap > 0 for row in rows]
    read = [row.text for row in rows]
    vocabulary = Vocabulary(read)
    tables = line_tables(read, [texts[index] for index in kept], parted, lambda lines: glue(lines, vocabulary)[0])
    inside = {at for table in tables for at in range(table.first, table.last + 1)}
    _set_apart(rows, inside)
    laid = _laid_out(rows, [texts[index] for index in kept], inside, usual) if document.medium == "text" else {}
    counts = counted(read, inside)
    for at, length in counts.items():
        rows[at].opens, rows[at].mark = True, length
    keys = {at for at, text in enumerate(read) if _states(text) or named(text)}
    bare = alone(read) - inside
    opening = (
        _labelled(read)
        | titles(rows)
        | signed(read)
        | bare
        | worded(read)
        | coded(read)
        | options(read)
        | lettered(read)
        | led(read)
        | keys
    )
    defined, onward = _defined(rows, [texts[index] for index in kept]) if document.medium == "text" else ({}, set())
    apart = (stacked(read, [row.gap for row in rows]) | below_numbers(read)) - inside
    for at in opening.union(defining(rows), defined, apart):
        rows[at].opens = True
    for at in (at for at, text in enumerate(read) if _sets_work(text)):
        rows[at].opens = rows[at].closes = True
    starts = {table.first: table for table in tables}
    usual = usual_gap(rows)
    pieces: list[Piece] = []
    for group in _with_numbers(with_meanings(paragraphs(rows), onward), bare):
        if group[0] in inside:
            if (table := starts.get(group[0])) is not None:
                pieces.append(_tabled(document, table, [lines[at] for at in kept[table.first : table.last + 1]], tidy))
            continue
        text, dropped = glue([read[at] for at in group], vocabulary)
        parts = [_part(lines[kept[at]], tidy, dropped=nth in dropped) for nth, at in enumerate(group)]
        first = rows[group[0]]
        piece = Piece(
            laid.get(group[0], text) if len(group) == 1 else tabbed(text, defined.get(group[0])),
            parts,
            gap=first.gap > usual if first.gap is not None else first.far > usual + 3,
            lines=len(group),
            bold=all(rows[at].bold for at in group),
            count=counts.get(group[0], 0),
            size=max((rows[at].size or 0 for at in group), default=0) or None,
        )
        pieces.append(notes.noted(piece, [kept[at] for at in group], vocabulary))
    pieces.extend(notes.left(vocabulary))
    pieces.extend(_captioned(piece, caption_lines, tidy, vocabulary) for piece in _structured(others, tidy))
    return sorted(pieces, key=_place_of)


def _with_numbers(groups: Iterable[list[int]], bare: Collection[int]) -> Iterator[list[int]]:
    """The paragraphs, those that are nothing but a number (``bare``) with the one below."""
    number: list[int] = []
    for group in groups:
        if len(group) == 1 and group[0] in bare:
            if number:
                yield number
            number = group
        else:
            yield [*number, *group]
            number = []
    if number:
        yield number


def _looks(line: Line, clean: str) -> dict[str, list[tuple[int, int]]]:
    """The places of letters that look otherwise in the clean text of a line, behind as many letters as in it."""
    found: dict[str, list[tuple[int, int]]] = {}
    positions = [at for at, c in enumerate(clean) if not c.isspace()]
    for name, start, end in line.looks:
        first, last = (sum(not c.isspace() for c in line.text[:at]) for at in (start, end))
        if first < last <= len(positions):
            found.setdefault(name, []).append((positions[first], positions[last - 1] + 1))
    return found


def _defined(rows: Sequence[Wrapped], raws: Sequence[str]) -> tuple[dict[int, int], set[int]]:
    """The lines of terms beside or over their meanings with how long each term is, and the lines that go on with a
    meaning."""
    terms, onward = columned(rows, raws)
    over = hung(rows)
    return {**over, **terms}, {*(at + 1 for at in over), *onward}


def _states(text: str) -> bool:
    """Whether a line states an answer, by its letter or, where it begins as sentences do, in words."""
    return names_answer(text) or (text[:1].isupper() and bool(key_of(text)))


def _set_apart(rows: Sequence[Wrapped], inside: Collection[int]) -> None:
    """Part the lines of tables from each other and from the line below them."""
    for at in inside:
        rows[at].opens = rows[at].closes = True
        if at + 1 < len(rows):
            rows[at + 1].opens = True


def _sets_work(text: str) -> bool:
    """Whether a line says when work is due and what it gives: «due Monday 23 September – 12 points»."""
    terms = work.terms(text)
    return terms is not None and terms.sets


def _labelled(read: Sequence[str]) -> set[int]:
    """Lines below the end of a sentence that begin with the name of a part and a colon: «Needed: a lamp, wire»."""
    found = ((at, _LABEL.match(text)) for at, text in enumerate(read) if at and read[at - 1][-1:] in ".;!?")
    return {at for at, match in found if match and max(words().labels(match[1]).values(), default=0) >= FULL}


def _tabled(document: Document, table: LineTable, members: Sequence[Line], tidy: Mapping[int, str]) -> Piece:
    """A table that lines of text make."""
    block = table.block(document.place(members[0].number, members[-1].number))
    return Piece("", [UnitRange(line.number, 0, len(tidy[line.number])) for line in members], object=block)


def _part(line: Line, tidy: Mapping[int, str], *, dropped: bool) -> UnitRange:
    """A line of a paragraph; ``dropped``: its hyphen goes."""
    text = tidy[line.number]
    return UnitRange(line.number, 0, len(text.rstrip() if dropped else text), dropped)


def _is_typed(rows: Sequence[Wrapped]) -> bool:
    """Whether each line of a text is a paragraph: of the lines that stand together none goes on with the one before,
    unless that names a part."""
    beside = [(a.text, b.text) for a, b in itertools.pairwise(rows) if not b.far and b.text[:1].isalpha()]
    lower = (a for a, b in beside if b[0].islower() and a[-1:] not in _ENDS and len(a) >= _NARROWEST)
    goes_on = any(max(words().labels(a).values(), default=0) < FULL for a in lower)
    return len(beside) >= _LEAST_BESIDE and not goes_on


def _laid_out(rows: Sequence[Wrapped], raws: Sequence[str], inside: Collection[int], usual: float) -> dict[int, str]:
    """The few lines that hold wide gaps between their parts, a tab for each gap; such a line begins a paragraph, and so
    does the one below it. Where many lines do they are justified, or columns."""
    found: dict[int, str] = {}
    ends = [_gap_end(raw) for raw in raws]
    for at, raw in enumerate(raws):
        text = raw if at in inside else _WIDE.sub("\t", raw.strip())
        beneath = at > 0 and ends[at] is not None and ends[at] == ends[at - 1]
        over = at + 1 < len(raws) and ends[at] is not None and ends[at] == ends[at + 1]
        labelled = beneath or over or (at - 1 in found and ":" in text.partition("\t")[0])
        if "\t" in text and at not in inside and not _is_justified(rows, at, text, usual, laid=labelled):
            found[at] = text
    typed = {at for at in found if "\t" in raws[at].strip()}  # a tab in the middle of a line is no margin's
    apart = [at for at in found if _is_column(found, at) or (at not in typed and _in_prose(rows, at, found, usual))]
    found = {at: text for at, text in found.items() if at not in apart}
    if len(found) * _FEW_LAID > len(rows) * (_FEW_LAID - 1):
        return {}
    for at in found:
        rows[at].opens = True
        after = rows[at + 1] if at + 1 < len(rows) else None
        if after is not None and after.text[:1].isupper() and after.indent <= rows[at].indent:
            after.opens = True
    return {at: "\t".join(_SPACES.sub(_one_space, part) for part in text.split("\t")) for at, text in found.items()}


def _gap_end(raw: str) -> int | None:
    """Where what stands behind the only wide gap of a line begins: beside lines on which it begins at the same place it
    is a column."""
    gaps = [found.end() for found in _WIDE.finditer(raw)]
    return gaps[0] if len(gaps) == 1 and "\t" not in raw else None


def _is_column(found: Mapping[int, str], at: int) -> bool:
    """Whether a line stands among several with as many gaps, two or more: a row of columns."""
    gaps = found[at].count("\t")
    alike = {near for near in range(at - 2, at + 3) if found.get(near, "").count("\t") == gaps}
    return gaps > 1 and any({first, first + 1, first + 2} <= alike for first in (at - 2, at - 1, at))


def _in_prose(rows: Sequence[Wrapped], at: int, found: Mapping[int, str], usual: float) -> bool:
    """Whether a long line stands right above or below long lines without wide gaps: one of a paragraph."""
    beside = [near for near in (at - 1, at + 1) if 0 <= near < len(rows) and (rows[max(near, at)].gap or 0) <= usual]
    long = [near for near in beside if near not in found and len(rows[near].text) >= _NARROWEST]
    return bool(long) and len(rows[at].text) >= _NARROWEST


def _is_justified(rows: Sequence[Wrapped], at: int, text: str, usual: float, *, laid: bool) -> bool:
    """Whether gaps stand between most words of a line, or in the middle of a sentence that goes over lines; not where
    a label on it, and the line before, say that it is ``laid`` out."""
    if text.count("\t") * 2 > len(text.split()):
        return True
    before, after = rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None
    goes_on = after is not None and (after.gap or 0) <= usual and after.text[:1].islower() and text[-1] not in _ENDS
    long = before is not None and (rows[at].gap or 0) <= usual and len(before.text) >= _NARROWEST
    return (goes_on and not laid) or (
        not laid and long and before is not None and before.text[-1] not in _ENDS and before.spaces > 0
    )


def _rows(
    document: Document, texts: Sequence[str], aside: Collection[int], at_captions: Collection[int], marks: Markers
) -> tuple[list[int], list[Wrapped]]:
    """The lines that are kept and not blank: which ones, and as the joining of lines sees them."""
    lines = [unit for unit in document.units if isinstance(unit, Line)]
    under = _under_objects(document.units)
    kept: list[int] = []
    rows: list[Wrapped] = []
    blank: int | None = 0
    far = 0
    for index, text in enumerate(texts):
        if index in under:
            blank, far = None, 0
        if index in aside or index in at_captions:
            blank, far = 0 if index in at_captions else None, 0
            continue
        stripped = _SPACES.sub(_one_space, text).strip()
        if not stripped.strip(GONE):
            blank = blank + 1 if blank is not None else None
            far += 1
            continue
        kept.append(index)
        rows.append(_row(lines[index], text, stripped, blank, marks))
        rows[-1].far = far
        rows[-1].opens = rows[-1].opens or (under.get(index, False) and not stripped[:1].islower())
        rows[-1].spaces = sum(len(found) - 1 for found in _RUNS.findall(text.strip()))
        blank, far = 0, 0
    return kept, rows


def _captioned(
    piece: Piece, stated: Mapping[int, Sequence[Line]], tidy: Mapping[int, str], vocabulary: Vocabulary
) -> Piece:
    """A picture with its caption, the letters of which are the piece's."""
    lines = stated.get(piece.object.number, ()) if isinstance(piece.object, Drawing) else ()
    if not lines or not isinstance(piece.object, Drawing):
        return piece
    text, _ = glue([_SPACES.sub(_one_space, tidy[line.number]).strip() for line in lines], vocabulary)
    figure = msgspec.structs.replace(piece.object.figure, caption=(Run(text=text),))
    parts = [UnitRange(line.number, 0, len(tidy[line.number])) for line in lines]
    return Piece("", parts, object=msgspec.structs.replace(piece.object, figure=figure))


def _under_objects(units: Sequence[Unit]) -> dict[int, bool]:
    """The lines, counted from 0, that follow upon something that is none; whether it is a table, which ends a text."""
    found: dict[int, bool] = {}
    count = 0
    for unit in units:
        if isinstance(unit, Line):
            count += 1
        else:
            found[count] = isinstance(unit, Grid)
    return found


def _place_of(piece: Piece) -> int:
    """Where a piece begins in its source."""
    return piece.object.number if isinstance(piece.object, Grid | Drawing | Display) else piece.first


def _row(line: Line, raw: str, text: str, blank: int | None, marks: Markers) -> Wrapped:
    mark = MARK.match(text)
    found = marks.find(text.replace(GONE, ""))
    row = Wrapped(
        text,
        gap=blank,
        indent=len(raw) - len(raw.lstrip(" \t")) - (line.page_start and line.page is not None),  # a form feed is none
        page_start=line.page_start,
        mark=mark.end() if mark else 0,
        left=line.left,
        right=line.right,
        size=line.size,
        column=line.column,
        bold=line.bold,
    )
    row.opens = bool(_REMARK.match(text)) or (_TO_SIGN.search(text) is not None and marks.is_approval(text))
    for one in found:
        if opens(one, text):
            row.opens = True
            row.closes = row.closes or one.whole
    return row


def _page_starts(rows: list[Wrapped], usual: int) -> None:
    """One leading space: a page's first line where the usual blank line is missing, a paragraph's first elsewhere."""
    for row in rows:
        if row.page_start and row.indent == 1 and row.left is None and (usual == 0 or row.gap not in {0, None}):
            row.page_start = False
        elif row.page_start:
            row.indent = 0


def _close_titles(rows: list[Wrapped], titles: set[str], usual: int) -> None:
    """A title that the contents name ends where it does there; one under another space than usual ends as well."""
    for at, row in enumerate(rows):
        if not row.opens or row.closes:
            continue
        after = rows[at + 1] if at + 1 < len(rows) else None
        known = len(row.text) > 20 and letters_of(row.text) in titles
        apart = after is not None and after.gap is not None and after.gap != usual and len(row.text) < 120
        if known or (apart and after is not None and not after.text[:1].islower()):
            row.closes = True


def opens(mark: Marker, text: str) -> bool:
    """Whether a marker at the start of a line is telling enough to begin a paragraph whatever stood before it."""
    if mark.group in {"numbered", "label"}:
        return not (mark.group == "label" and mark.number is None and not mark.whole)
    if mark.whole:
        return len(text) < 110 and not text[:1].islower()
    return (
        mark.group == "field"
        and (mark.label or "").startswith((":", "."))
        and not text[:1].islower()
        and mark.kind != "kind"
    )


# --- structured documents -----------------------------------------------------------------------------------------


def _without_contents(pieces: list[Piece], marks: Markers, holder: SourceTexts) -> list[Piece]:
    """The pieces without a typed table of contents, and without the entries that Word's own style names."""
    found: dict[int, str] = {}
    contents(range(len(pieces)), [piece.text for piece in pieces], marks, found)
    gone = {at for at, piece in enumerate(pieces) if at in found or piece.style.lower().startswith(_CONTENTS)}
    for at in sorted(gone):
        holder.claim(pieces[at], "aside", reason="table of contents")
    filled = to_fill_in([piece.text for piece in pieces], marks) - gone
    for at in sorted(filled):
        holder.claim(pieces[at], "aside", reason="line to fill in")
    return [piece for at, piece in enumerate(pieces) if at not in gone | filled]


def _structured(units: Sequence[Unit], tidy: Mapping[int, str]) -> list[Piece]:
    pieces: list[Piece] = []
    gap = False
    opened: Para | None = None
    for unit, more in whole(units):
        before, opened = opened, None
        match unit:
            case Para():
                result = _para(unit, tidy)
                if not result:
                    gap, opened = True, unit
                    continue
                result[0].gap = gap
                gap = False
                pieces.extend(result)
            case Listing():
                pieces.append(_opening(_listing(unit, more, tidy), before))
            case Grid() if _is_frame(unit):
                pieces.extend(_structured([inner for row in unit.rows for inner in row[0].units], tidy))
            case Grid():
                pieces.append(Piece("", grid_parts(unit, tidy), object=unit, within=unit.within))
            case Drawing() | Display():
                pieces.append(_opening(Piece("", [], object=unit, within=unit.within), before))
            case Line():
                pass
    return pieces


def _opening(piece: Piece, before: Para | None) -> Piece:
    """A listing, a picture or a formula; with the label of the item that begins with it, which a paragraph of no words
    bears right before it."""
    if before is not None and before.label and piece.within > before.list_level:
        piece.label, piece.level, piece.list_id = before.label, before.list_level, before.list_id
    return piece


def _listing(unit: Listing, more: Sequence[Listing], tidy: Mapping[int, str]) -> Piece:
    parts = [UnitRange(one.number, 0, len(tidy[one.number])) for one in (unit, *more)]
    return Piece("", parts, object=unit, within=unit.within)


def _is_frame(grid: Grid) -> bool:
    """A table of one column that stands around text: a paragraph of prose or several in a cell."""
    if any(len(row) != 1 for row in grid.rows):
        return False
    inside = [unit for row in grid.rows for unit in row[0].units]
    prose = any(isinstance(unit, Para) and len(inline_text(unit.content)) > 200 for unit in inside)
    return len(inside) > 2 and (prose or len(grid.rows) == 1)


def flatten(grid: Grid, texts: SourceTexts) -> list[Piece]:
    """The paragraphs of a table as pieces, cell by cell."""
    return [piece for row in cells_of(grid, texts) for cell in row for piece in cell]


def cells_of(grid: Grid, texts: SourceTexts) -> list[list[list[Piece]]]:
    """The paragraphs of each cell of a table, row by row."""
    return [[in_cell(cell, texts) for cell in row] for row in grid.rows]


def rows_in(piece: Piece, texts: SourceTexts) -> list[list[list[Piece]]]:
    """The paragraphs of each cell of a table, row by row; of one that lines of text make, where its cells hold the
    letters of the lines in their order. Nothing for another piece."""
    match piece.object:
        case Grid():
            return cells_of(piece.object, texts)
        case Table():
            return _cells_of_lines(piece, piece.object, texts)
        case _:
            return []


def _cells_of_lines(piece: Piece, table: Table, texts: SourceTexts) -> list[list[list[Piece]]]:
    """The cells of a table that lines of text make; nothing where they hold other letters than its rows."""
    result: list[list[list[Piece]]] = []
    parts = iter(piece.parts)
    for row in table.rows:
        cells = [" ".join(block_text(cell.blocks).split()) for cell in row.cells]
        wanted, own, held = "".join("".join(cells).split()), list[UnitRange](), ""
        while len(held) < len(wanted) and (part := next(parts, None)) is not None:
            own.append(part)
            held += "".join(texts.clean[part.unit][part.start : part.end].split())
        if held != wanted:
            return []
        result.append(_cut_into(but(piece, object=None, text=" ".join(filter(None, cells)), parts=own), cells, texts))
    return result if next(parts, None) is None else []


def _cut_into(rest: Piece, cells: Sequence[str], texts: SourceTexts) -> list[list[Piece]]:
    result: list[list[Piece]] = []
    for cell in cells:
        one, rest = texts.cut(rest, len(cell)) if cell else (None, rest)
        result.append([] if one is None else [one])
    return result


def in_cell(cell: GridCell, texts: SourceTexts) -> list[Piece]:
    """The paragraphs of a cell; those of a table inside it too."""
    pieces: list[Piece] = []
    for inner, more in whole(cell.units):
        match inner:
            case Para():
                found = map(texts.corrected, _para(inner, texts.clean))
                pieces.extend(_filled(one, cell.fill) if cell.fill else one for one in found)
            case Listing():
                pieces.append(_listing(inner, more, texts.clean))
            case Grid():
                pieces.extend(flatten(inner, texts))
            case Line() | Drawing() | Display():
                pass
    return pieces


def _filled(piece: Piece, fill: str) -> Piece:
    """A paragraph of a filled cell, out of its table: its letters are marked with the colour of the cell."""
    content = tuple(
        msgspec.structs.replace(one, highlight=one.highlight or fill) if isinstance(one, Run) else one
        for one in piece.inlines()
    )
    return but(piece, content=content)


def cell_text(cell: Iterable[Piece]) -> str:
    """What a cell says, on one line."""
    return " ".join(piece.text for piece in cell).strip()


def grid_parts(unit: Grid, tidy: Mapping[int, str]) -> list[UnitRange]:
    """The letters of a table's cells."""
    parts: list[UnitRange] = []
    for row in unit.rows:
        for cell in row:
            parts.extend(_cell_parts(cell, tidy))
    return parts


def _cell_parts(cell: GridCell, tidy: Mapping[int, str]) -> list[UnitRange]:
    parts: list[UnitRange] = []
    for inner in cell.units:
        match inner:
            case Para() | Line() | Listing():
                if tidy[inner.number].strip():
                    parts.append(UnitRange(inner.number, 0, len(tidy[inner.number])))
            case Grid():
                parts.extend(grid_parts(inner, tidy))
            case Drawing() | Display():
                pass
    return parts


def _para(unit: Para, tidy: Mapping[int, str]) -> list[Piece]:
    """A paragraph as one piece, or as several where it holds line breaks."""
    text = tidy[unit.number]
    content = restyled(unit.content, text)
    pieces: list[Piece] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        seen = bool(line.strip(f" \t\r{GONE}"))
        inlines = _cut_inlines(content, start, end)
        if not seen and pieces and any(isinstance(item, Picture) for item in inlines):
            pieces[-1].content = (*pieces[-1].inlines(), *inlines)  # a picture on its own line of a paragraph
        elif seen or (not pieces and unit.content and ("\n" not in text or inlines)):
            plain = inline_text(inlines)
            if plain.strip() or inlines:
                pieces.append(
                    Piece(
                        plain,
                        # A formula whose letters do not show: they were set aside with the invisible ones.
                        [UnitRange(unit.number, start if pieces else 0, end if seen else start)],
                        content=inlines,
                        label=unit.label if not pieces else None,
                        list_id=unit.list_id if not pieces else None,
                        level=unit.list_level,
                        heading=unit.heading,
                        bold=_is_bold(inlines),
                        centered=unit.centered,
                        size=unit.size,
                        style=unit.style or "",
                        direction=unit.direction,
                        notes=unit.notes if not pieces else (),
                        within=unit.within,
                        comments=tuple(moved(one, start) for one in unit.comments if _is_on(one, text, start, end)),
                    )
                )
                start = end + 1
                continue
        if pieces:
            pieces[-1].parts[-1].end = end  # invisible characters go with what stood before them
        start = end + 1
    return pieces


def _is_on(comment: Comment, text: str, start: int, end: int) -> bool:
    """Whether a comment of a paragraph stands on its line of letters ``start``..``end``: on that where it begins, if it
    goes on over others and states a key; one that calls several lines right says nothing of any."""
    last = comment.start + len(text[comment.start : comment.end].rstrip())
    if comment.start == comment.end:
        return start < comment.end <= end or comment.end == start
    return start <= comment.start < end and (last <= end or key_of(comment.text) is not None)


def restyled(content: Inlines, text: str) -> Inlines:
    """The inlines with the letters of ``text`` (cleaned and repaired, as long as they are together)."""
    found: list[Run | Math | NoteMark | Picture] = []
    position = 0
    for item in content:
        length = len(inline_text((item,)))
        if isinstance(item, Run):
            found.append(with_text(item, text[position : position + length].replace(GONE, "")))
        else:
            found.append(item)
        position += length
    return tuple(found)


def _cut_inlines(content: Inlines, start: int, end: int) -> Inlines:
    from coursepack.outline.pieces import _slice

    return trim(_slice(content, start, end, closed=True) or ())


def _is_bold(content: Inlines) -> bool:
    runs = [item for item in content if isinstance(item, Run) and item.text.strip()]
    return bool(runs) and all(run.bold for run in runs)
