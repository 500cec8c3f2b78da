"""Hard-wrapped lines to paragraphs.

Three kinds of evidence, in this order: marks (a bullet or a number begins an item), gaps and indents (where the
document uses them), and the fit: a line that ends although the first word of the next line would still have fitted
has ended on purpose. The fit is measured in letters for text that a program wrapped, in widths of a Times-like face
for text that came from a page, in points where the source knows them.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coursepack import languages
from coursepack.text.characters import GONE
from coursepack.text.scripts import ROMAN_TWINS
from coursepack.text.widths import times


@dataclass(slots=True)
class Wrapped:
    """One line: ``text`` is clean, without spaces at its ends, its inner spaces single.

    ``gap`` counts the blank lines before it, None when something that was set aside stood there. ``indent`` counts
    the spaces before it. ``opens`` forces a new paragraph here, ``closes`` one after it. ``mark`` is the length of
    the bullet or number that it begins with. ``left``, ``right``, ``size`` in points where the source knows them, and
    the edges of the ``column`` that it stands in, where there are several.
    """

    text: str
    gap: int | None = 0
    far: int = 0  # blank lines before it where ``gap`` is None
    spaces: int = 0  # further spaces between its words, as they stood
    indent: int = 0
    page_start: bool = False
    opens: bool = False
    closes: bool = False
    mark: int = 0
    left: float | None = None
    right: float | None = None
    size: float | None = None
    column: tuple[float, float] | None = None
    bold: bool = False


# A bullet, a dash, «1.», «1)», «(1)», «[1]», «а)», «(ii)»: what begins an item. Not «1.2» and not a date.
_BEGINS = rf"\s+(?=[{languages.upper()}«“\"])"
_SMALL_ROMAN = "ivx" + "".join(twin.lower() for twin, letter in ROMAN_TWINS.items() if letter in "IVX")
MARK = re.compile(
    r"(?P<bullet>[•▪●○◦■□►➢✓‣·*▶▸▹▻➤❖❑❒◆◇∙⦁⁃⬤▫◾🔹🔸]\s*|[?.]\s+(?=[^\W\d_])|\[[ xX]\]\s+|\+\s*(?=[^\W\d]))"
    r"|(?P<dash>[-–—]\s+)"
    rf"|(?P<number>(?:\(|\[(?=\d{{1,3}}\]{_BEGINS}))?(?P<n>\d{{1,3}})"
    rf"(?P<form>[.)]|\](?={_BEGINS}))(?:\s+|(?=[^\W\d_«“\"(])|(?=[«“\"(])))"
    r"|(?P<letter>\(?(?P<l>[^\W\d_])\)\s*)"
    rf"|(?P<roman>(?:\(?[{_SMALL_ROMAN}]{{2,5}}|\([{_SMALL_ROMAN.upper()}]{{2,5}})\)\s+)"
)
_END = re.compile(r"[.!?…:;][»”\")\]]*$")
_STOP = re.compile(r"[.!?…][»”\")\]]*$")
_INITIAL = re.compile(rf"(?:^|[\s(«.-])(?:[{languages.upper()}]|{languages.pattern('initial')})\.$")
_SHORTENED = re.compile(rf"(?:^|[\s(«.]){languages.pattern('abbreviation')}\.$", re.IGNORECASE)
_YEAR = re.compile(rf"\d\s*{languages.pattern('year-mark')}\.$")
_HEADLESS = re.compile(r"\d+(?:\.\d+)*[.)-]?\s*(?:[^\W\d_]+)?$")  # «40-бап»: a number that heads something
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
OPENERS = "«“„\"'(["
_LARGER = 1.2
"""Letters so many times as large are those of a title."""
_FAR_INSIDE = 60.0
"""Points; no indent is so deep."""
_SHORT_OF = 0.25
"""So much short of the edge a word reaches it all the same, in sizes of the letters."""
_FAR_FROM_FULL = 0.6
"""The share of a column up to which a line reaches that ends on purpose."""
_FEW = 4
"""The size of so few letters says nothing."""


@dataclass(slots=True)
class Measure:
    """How wide the column is, in what a line's width is measured in (``width`` of a text)."""

    column: float
    indent: float
    slack: float
    width: Callable[[str], float]


def measure(lines: Sequence[Wrapped]) -> Measure | None:
    """The column that these lines were wrapped to, or None when they were not wrapped at all."""
    lines = [line for line in lines if line.column is None]
    pairs = [(a, b) for a, b in itertools.pairwise(lines) if _surely_one(a, b)]
    if len(pairs) < 3 or len(pairs) * 25 < len(lines):
        return _short_measure(lines, pairs)
    lengths = sorted(len(line.text) for line in lines)
    if lengths[int(len(lengths) * 0.9)] > 180:
        return None
    if len(pairs) > 1500:
        pairs = pairs[:: len(pairs) // 750]
    best: tuple[float, Measure] | None = None
    for width, tolerance in ((float_len, 0.0), (times, 0.0025)):
        sides = [(_wide(width, a), _wide(width, a) + width(_glue_of(a.text) + first_word(b.text))) for a, b in pairs]
        column = _column([one for one, _ in sides])
        slack = column * tolerance
        deficits = sorted(column - full for _, full in sides if full < column - slack)
        indent = 0.0
        if len(deficits) * 33 > len(sides):
            indent = min(deficits[int(len(deficits) * 0.95)], column * 0.11)
        cost = len(deficits) / len(sides) + (0.0 if width is times else 0.002)
        if best is None or cost < best[0]:
            best = (cost, Measure(column, indent, slack, width))
    if best is None or best[0] > 0.6:
        return None
    return best[1]


def _short_measure(lines: Sequence[Wrapped], pairs: Sequence[tuple[Wrapped, Wrapped]]) -> Measure | None:
    """The column of a text with hardly a wrapped line: its longest line, where a wrapped one nearly reaches it."""
    column = max((float_len(line.text) for line in lines), default=0.0)
    long = [(a, b) for a, b in pairs if len(a.text) > column * 0.6]
    if not long or column > 115:
        return None
    full = sum(_wide(float_len, a) + len(_glue_of(a.text) + first_word(b.text)) > column * 0.88 for a, b in long)
    return Measure(column, 0.0, column * 0.06, float_len) if full * 2 > len(long) else None


def _wide(width: Callable[[str], float], line: Wrapped) -> float:
    text = line.text
    if GONE in text:  # a soft hyphen shows at the end of a line alone
        text = text[:-1].replace(GONE, "") + text[-1]
    return width(text) + line.spaces * width(" ")


def float_len(text: str) -> float:
    return float(len(text))


def _column(widths: list[float]) -> float:
    """The width that no line but a few strays goes beyond: that of the column."""
    widths = sorted(widths, reverse=True)
    at = round(len(widths) * 0.0025)
    while at + 1 < len(widths) // 10 and widths[at] > widths[at + 1] * 1.03:
        at += 1
    return widths[at]


def _surely_one(a: Wrapped, b: Wrapped) -> bool:
    """Two lines of one sentence: the second goes on in lower case."""
    return (
        not b.opens
        and not b.mark
        and not a.closes
        and b.gap is not None
        and b.text[:1].islower()
        and len(a.text) > 20
        and a.text[-1] not in ".!?:;-…»"
    )


def _glue_of(text: str) -> str:
    return "" if text.endswith(("-", GONE)) else " "


def first_word(text: str) -> str:
    """What had to fit on the line before: the first word, an initial together with its name; up to a hyphen."""
    words = text[:80].replace(GONE, "").split(" ", 2)
    word = words[0]
    if len(words) > 1 and _INITIAL.search(word):
        return " ".join(words[:2])
    cut = word.find("-", 2)
    return word[: cut + 1] if cut > 0 else word


def usual_gap(lines: Sequence[Wrapped]) -> int:
    """How many blank lines stand between two lines of one sentence in this document."""
    gaps = Counter(b.gap for a, b in itertools.pairwise(lines) if _surely_one(a, b) and b.gap is not None)
    return gaps.most_common(1)[0][0] if gaps else 0


def _broken_gaps(lines: Sequence[Wrapped]) -> frozenset[int]:
    """Gaps that stand in the middle of sentences more than once: page breaks."""
    gaps = Counter(b.gap for a, b in itertools.pairwise(lines) if _surely_one(a, b))
    return frozenset(gap for gap, count in gaps.items() if gap is not None and count > 1)


def paragraphs(lines: Sequence[Wrapped]) -> list[list[int]]:
    """The lines grouped into paragraphs, as indexes; every line is in exactly one."""
    groups: list[list[int]] = []
    page = measure(lines)
    usual = usual_gap(lines)
    left = _usual_left(lines)
    joins = _Joiner(lines, page, usual, left, _broken_gaps(lines), edge=_right_edge(lines))
    for index in range(len(lines)):
        if groups and joins.goes_on(groups[-1], index):
            groups[-1].append(index)
        else:
            if groups:
                joins.before = groups[-1]
            groups.append([index])
    return groups


def _usual_left(lines: Sequence[Wrapped]) -> float | None:
    lefts = Counter(round(line.left) for line in lines if line.left is not None)
    return float(lefts.most_common(1)[0][0]) if lefts else None


def _in_capitals(words: Sequence[str]) -> bool:
    """Two words in capitals, longer than an abbreviation's usual letters together."""
    characters = ["".join(c for c in word if c.isalpha()) for word in words]
    return len(characters) == 2 and all(len(word) > 2 and word.isupper() for word in characters)


def _reaches(a: Wrapped, b: Wrapped, left: float, edge: float) -> bool:
    """Whether the first word of a line would have reached beyond the column's edge behind the line before, in points.

    Its width is the share of its own line that it has in a Times-like face. A line that begins far inside is centred:
    it would have grown to both sides.
    """
    if a.left is None or a.right is None or b.left is None or b.right is None:
        return False
    end = a.right if a.left - left < _FAR_INSIDE else left + a.right - a.left
    share = times(_glue_of(a.text) + first_word(b.text)) / max(times(b.text), 1)
    return end + (b.right - b.left) * share > edge - _SHORT_OF * (b.size or 12)


def _right_edge(lines: Sequence[Wrapped]) -> float | None:
    """Where the text's column ends, in points: few lines reach beyond."""
    rights = sorted(line.right for line in lines if line.right is not None and line.column is None)
    return rights[int(len(rights) * 0.98)] if rights else None


def _of_two_sizes(a: Wrapped, b: Wrapped) -> bool:
    """Whether one line is in much larger letters, as a title is."""
    if a.size is None or b.size is None or min(len(a.text), len(b.text)) < _FEW:
        return False
    return max(a.size, b.size) > _LARGER * min(a.size, b.size)


@dataclass(slots=True)
class _Joiner:
    lines: Sequence[Wrapped]
    page: Measure | None
    usual: int
    left: float | None
    breaks: frozenset[int]
    before: list[int] | None = None
    edge: float | None = None

    def goes_on(self, group: list[int], index: int) -> bool:
        """Whether line ``index`` goes on with the paragraph made of ``group``."""
        a, b = self.lines[index - 1], self.lines[index]
        if b.opens or _of_two_sizes(a, b):
            return False
        lower = b.text.lstrip(OPENERS)[:1].islower()
        ended = bool(_END.search(a.text))
        block = self._block(group)
        if block is not None and ended and b.indent <= block and not lower:
            return False
        if a.bold != b.bold and not lower and (ended or a.bold):
            return False
        if a.closes:
            return lower and not ended and not b.mark and b.gap in {self.usual, None}
        full = self._full(group, index)
        if b.mark:
            return self._mark_goes_on(group, index, full=full, ended=ended)
        if a.text.endswith(("-", GONE)) and (lower or full):
            return True
        if lower:
            return self._lower_goes_on(group, a, b, full=full, ended=ended)
        return self._upper_goes_on(group, index, full=full, ended=ended)

    def _lower_goes_on(self, group: list[int], a: Wrapped, b: Wrapped, *, full: bool, ended: bool) -> bool:
        if (
            not ended
            and not full
            and _in_capitals(a.text.split()[-2:])
            and all(self.lines[at].text.isupper() for at in group)
        ):
            return False  # a title in capitals over a line that says more of it
        if not ended and (self._is_title_apart(group, b) or self._is_far_from_full(group, group[-1] + 1)):
            return False
        if not ended:
            return self.page is not None or len(a.text) > 40 or b.gap in {0, None}
        if a.text[-1] == ";" and self.lines[group[0]].text[:1].islower():
            return False  # a list without marks, a line an item
        if a.text[-1] == ":":
            return full or not b.text.endswith(";")
        if a.text[-1] == ";":
            return full
        return full or bool(_SHORTENED.search(a.text) or _INITIAL.search(a.text))

    def _is_title_apart(self, group: list[int], b: Wrapped) -> bool:
        """Whether the lines so far are a title in capitals of whole words, and blank space stands before the next."""
        apart = b.gap is not None and b.gap > self.usual and b.gap not in self.breaks
        titled = all(self.lines[at].text.isupper() for at in group)
        return apart and titled and max(map(len, _WORDS.findall(self.lines[group[-1]].text)), default=0) > _FEW

    def _is_far_from_full(self, group: list[int], index: int) -> bool:
        """Whether a line set in ends long before the edge of its column, and the next one is the last of its block: two
        lines of a title page or of a table, and no quotation in a narrower column."""
        page, a, b = self.page, self.lines[index - 1], self.lines[index]
        if page is None or a.column is not None or a.left is not None or len(group) > 1 or not a.indent or a.mark:
            return False
        after = self.lines[index + 1] if index + 1 < len(self.lines) else None
        if after is not None and after.gap == self.usual and after.text[:1].islower():
            return False
        reached = page.width(a.text) + page.width(f" {first_word(b.text)}")
        return a.text[-1].isalnum() and reached < page.column * _FAR_FROM_FULL

    def _upper_goes_on(self, group: list[int], index: int, *, full: bool, ended: bool) -> bool:
        a, b = self.lines[index - 1], self.lines[index]
        if not ended and self._inside_item(group, index):
            return True
        if self.page is None:
            return a.text[-1] in ",(" and b.gap in {self.usual, None}
        apart = b.gap is not None and b.gap != self.usual and not (b.page_start and b.gap < self.usual)
        if apart and (ended or not full or b.gap not in self.breaks):
            return False
        if _INITIAL.search(a.text):
            return True
        if (not full and self._verse(index)) or (not ended and self._ends_alike(group, a)):
            return False
        if a.text[-1] in ",(" or (a.text[-1] in "–—" and (full or not b.text[0].isupper())):
            return True
        if self._indented(b) and (ended or not full) and not (full and self._is_in_block(group, index)):
            return not ended and b.text[0] in '«“"' and self._nearly_full(group, index)
        if ended and self._list_ends(group, index):
            return False
        if not ended and _in_capitals(a.text.split()[-2:]) and not _in_capitals(b.text.split()[:1] * 2):
            return False
        if ended and b.text[0] == "(" and b.text[-1] == ")":
            return False
        if not full:
            shortened = bool(_YEAR.search(a.text))
            return self._capitals_go_on(a, b) or ((not ended or shortened) and self._nearly_full(group, index))
        if not ended:
            return self._full_strictly(index) or not self._is_first(index, sure=True)
        return self._is_in_block(group, index) or not (self._is_first(index) or self._heads(index))

    def _block(self, group: Sequence[int]) -> int | None:
        """How far a label is indented that stands over a paragraph all of whose lines are indented further, and alike:
        «Problem:» over a text; None where none does."""
        first, over = self.lines[group[0]], self.lines[group[0] - 1] if group[0] else None
        if over is None or over.text[-1] != ":" or first.mark or first.left is not None or first.gap:
            return None
        alike = all(self.lines[at].indent == first.indent for at in (group[0], group[-1]))
        return over.indent if alike and first.indent > over.indent + 1 and not first.page_start else None

    def _is_in_block(self, group: Sequence[int], index: int) -> bool:
        """Whether a line is indented as the lines of the paragraph before it, which a label stands over."""
        return self._block(group) is not None and self.lines[index].indent == self.lines[group[0]].indent

    def _ends_alike(self, group: list[int], a: Wrapped) -> bool:
        """Among names that all end in the same word, without marks: «… комиссиясы», a body a line."""
        if not self.before or self.lines[group[0]].mark:
            return False
        last = a.text.split()[-1]
        return len(last) > 3 and last.isalpha() and self.lines[self.before[-1]].text.split()[-1] == last

    def _verse(self, index: int) -> bool:
        """Four lines in a row that end well before the column does and begin with capitals, as verses do."""
        page = self.page
        if page is None:
            return False
        first = last = index
        while first > 0 and self._short_verse(first - 1) and not self.lines[first].opens:
            first -= 1
        while last < min(len(self.lines), index + 4) and self._short_verse(last):
            last += 1
        return first < index < last and last - first >= 4

    def _short_verse(self, index: int) -> bool:
        line = self.lines[index]
        if line.column or line.mark or not line.text[:1].isupper() or line.text[-1:].isdigit() or self.page is None:
            return False
        return len(line.text) > 10 and self.page.width(line.text) < self.page.column * 0.72

    def _list_ends(self, group: list[int], index: int) -> bool:
        """After the last item of a list, or between items that have no marks but begin alike."""
        a, b, start = self.lines[index - 1], self.lines[index], self.lines[group[0]]
        after = self.lines[index + 1] if index + 1 < len(self.lines) else None
        if b.text.endswith(":") and after is not None and after.mark:
            return True
        if start.mark:
            last = self.lines[self.before[-1]].text if self.before else ""
            marked = bool(self.before) and self.lines[self.before[0]].mark > 0 if self.before else False
            return marked and last.endswith(";") and a.text.endswith(".") and not self._item_follows(start, index)
        return a.text.endswith(";") and b.text[:4].isdigit() and start.text[:4].isdigit()

    def _inside_item(self, group: list[int], index: int) -> bool:
        """An item broken off in mid-sentence, a line without a mark, and at once the next item of the list."""
        start, b = self.lines[group[0]], self.lines[index]
        after = self.lines[index + 1] if index + 1 < len(self.lines) else None
        if not start.mark or b.mark or b.gap not in {self.usual, None} or after is None or not after.mark:
            return False
        mark = MARK.match(start.text)
        if mark is None or not (mark["n"] or _END.search(b.text)):
            return False
        a, page = self.lines[index - 1], self.page
        long = len(a.text) > 35 and (page is None or page.width(a.text) > page.column * 0.6)
        return long and len(b.text.split()) <= 5 and self._item_follows(start, index + 1)

    def _item_follows(self, start: Wrapped, index: int) -> bool:
        """Whether the next item of the list comes within the next lines."""
        mark = MARK.match(start.text)
        for line in self.lines[index : index + 8]:
            other = MARK.match(line.text) if line.mark else None
            if mark and other:
                if mark["n"] and other["n"]:
                    return int(other["n"]) == int(mark["n"]) + 1
                return bool(mark["bullet"] and other["bullet"]) or (
                    mark["dash"] is not None and other["dash"] is not None
                )
        return False

    def _heads(self, index: int) -> bool:
        """A line without a full stop before a line that surely begins a paragraph: a heading of its own."""
        b = self.lines[index]
        if _END.search(b.text) or b.text[-1] in ",-–—" or index + 1 >= len(self.lines):
            return False
        c = self.lines[index + 1]
        apart = c.gap is not None and c.gap > self.usual
        return c.opens or apart or (self._indented(c) and not c.text[:1].islower())

    def _capitals_go_on(self, a: Wrapped, b: Wrapped) -> bool:
        """A heading in capitals over two lines."""
        words = b.text.split()
        first = words[0].strip('«»"(),.:') if words else ""
        return a.text.isupper() and len(first) > 3 and first.isupper() and not _END.search(a.text)

    def _mark_goes_on(self, group: list[int], index: int, *, full: bool, ended: bool) -> bool:
        """A mark at the start of a line that is none: a dash or a number in the middle of a sentence."""
        a, b = self.lines[index - 1], self.lines[index]
        mark = MARK.match(b.text)
        if mark is None or mark["bullet"]:
            return False
        if b.gap is not None and b.gap > self.usual:
            return False
        start = self.lines[group[0]]
        if mark["dash"] is not None:
            return full and not ended and not self._is_beside(start, b)
        if mark["number"] is not None:
            before = int(mark["n"]) - 1
            first = MARK.match(start.text) if start.mark else None
            if first and first["number"] is not None and first["form"] == mark["form"] and int(first["n"]) == before:
                return False
            opened = " ".join(self.lines[i].text for i in group[-12:])
            run_in = before >= 1 and re.search(
                rf"(?:^|[\s(]){before}\{mark['form']}\s?\S", opened[start.mark :] if start.mark else opened
            )
            if run_in and (not start.mark or not opened.startswith(f"{before}{mark['form']}")):
                return full
            if start.opens or self._item_follows(b, index + 1):
                return False
        return full and not ended and a.text[-1] not in ":;"

    @staticmethod
    def _is_beside(start: Wrapped, b: Wrapped) -> bool:
        """Whether a line begins with a dash right below one that began an item, both as far in from the edge."""
        first = MARK.match(start.text) if start.mark else None
        return first is not None and first["dash"] is not None and 0 < start.indent == b.indent

    def _full(self, group: list[int], index: int) -> bool:
        """Whether the first word of line ``index`` would not have fitted on the line before it."""
        a, b = self.lines[index - 1], self.lines[index]
        if a.column is not None:
            return _reaches(a, b, *a.column)
        if self.page is None:
            return False
        if self.edge is not None and self.left is not None:
            return _reaches(a, b, self.left, self.edge)
        page = self.page
        full = _wide(page.width, a) + page.width(_glue_of(a.text) + first_word(b.text))
        return full >= self._limit(group, open_=not _END.search(a.text))

    def _limit(self, group: list[int], *, open_: bool) -> float:
        """From which width on a line is full; less for the first line of a paragraph, and for items of a list."""
        page = self.page
        if page is None:
            return 0.0
        limit = page.column - page.slack
        if len(group) == 1:
            limit -= page.indent
        if self.lines[group[0]].mark and open_:
            limit -= page.indent
        return limit

    def _full_strictly(self, index: int) -> bool:
        """Whether the line before ``index`` is full even if it is no first line."""
        page = self.page
        if page is None:
            return False
        a, b = self.lines[index - 1], self.lines[index]
        if self.edge is not None:
            return self._full([], index)
        return _wide(page.width, a) + page.width(_glue_of(a.text) + first_word(b.text)) >= page.column - page.slack

    def _nearly_full(self, group: list[int], index: int) -> bool:
        """A sentence that goes on with words that hard spaces held together, or under a hanging first line."""
        page = self.page
        if page is None:
            return False
        a, b = self.lines[index - 1], self.lines[index]
        if b.gap not in {self.usual, None}:
            return False
        if self._hangs(group, index):
            return True
        full = _wide(page.width, a) + page.width(" " + first_word(b.text))
        if _YEAR.search(a.text):
            return full >= page.column * 0.9
        broken_off = len(group) > 2 and not self.lines[group[0]].mark and a.text[-1] not in '»”")]'
        if broken_off and b.gap == self.usual:
            return full >= page.column * 0.72  # a paragraph that would end in mid-sentence
        if b.text[0].isdigit() or (b.text[0] in '«“"' and b.indent):
            return full >= page.column * 0.78 and not _HEADLESS.match(b.text)
        return (
            index + 1 < len(self.lines)
            and full >= self._limit(group, open_=True) - page.column * 0.06
            and page.width(b.text) > page.column * 0.88
            and _surely_one(b, self.lines[index + 1])
        )

    def _hangs(self, group: list[int], index: int) -> bool:
        """Among points that begin with a space each, a line without one goes on with the point before it."""
        start, b = self.lines[group[0]], self.lines[index]
        if not start.indent or start.page_start or b.indent or len(group) > 1 or index + 1 >= len(self.lines):
            return False
        c = self.lines[index + 1]
        return (
            bool(c.indent)
            and not c.page_start
            and self.page is not None
            and self.page.width(start.text) > self.page.column * 0.6
        )

    def _is_first(self, index: int, *, sure: bool = False) -> bool:
        """Whether the line is a paragraph's first, known by its indent: its sentence goes on, yet it is not full.

        ``sure`` asks that the sentence goes on in lower case.
        """
        page, b = self.page, self.lines[index]
        if page is None:
            return False
        if self._indented(b):
            return True
        if not page.indent or page.width(b.text) > page.column - page.indent * 0.6 or index + 1 >= len(self.lines):
            return False
        c = self.lines[index + 1]
        if (
            c.opens
            or c.mark
            or (c.gap is not None and c.gap != self.usual)
            or (self._indented(c) and not c.text[:1].islower())
        ):
            return False
        if _END.search(b.text) or b.text[-1] in "»”" or len(b.text) < 40 or (sure and not c.text[:1].islower()):
            return False
        return _wide(page.width, b) + page.width(_glue_of(b.text) + first_word(c.text)) < page.column - page.slack

    def _indented(self, line: Wrapped) -> bool:
        left = line.column[0] if line.column else self.left
        if line.left is not None and left is not None:
            return line.left > left + 9
        return line.indent >= 1 and not line.page_start


# --- gluing -------------------------------------------------------------------------------------------------------


class Vocabulary:
    """The words of a document, to decide what a hyphen at the end of a line is."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.words: Counter[str] = Counter()
        self.heads: set[str] = set()
        self.tails: set[str] = set()
        self.compounds: set[str] = set()
        halves: Counter[str] = Counter()  # of what was cut at line ends: they may be no words
        joined: list[str] = []
        last = ""
        for text in texts:
            found = _WORDS.findall(text.lower().rstrip("-"))
            if last and found:
                halves.update((last, found[0]))
                joined.append(last + found[0])
            last = found[-1] if found and text.endswith("-") and text[-2:-1].isalpha() else ""
            for word in found:
                if "-" in word:
                    self.compounds.add(word)
                    head, _, tail = word.partition("-")
                    self.heads.add(head)
                    self.tails.add(tail[:5])
                else:
                    self.words[word] += 1
        self._starts = {word[:length] for word in self.words for length in (4, 5, 6) if len(word) >= length}
        ends = [text for text in texts if text.endswith("-") and text[-2:-1].isalpha()]
        known = sum(word in self.words for word in joined)
        self.splits_words = len(ends) * 25 > len(texts) or (known >= 2 and known * 3 > len(joined))
        self._halves = halves

    def _is_word(self, word: str) -> bool:
        """Whether it stands anywhere whole."""
        return self.words[word] > self._halves[word]

    def keeps_hyphen(self, head: str, tail: str) -> bool:
        """Whether «head-» at the end of a line and «tail» on the next are a compound, not one cut word."""
        if not head or not tail or head[-1].isdigit() or head.isupper() or tail[:1].isupper() or tail[:1].isdigit():
            return True
        head, tail = head.lower(), tail.lower()
        if f"{head}-{tail}" in self.compounds:
            return True
        if head + tail in self.words:
            return False
        if head in self.heads and (tail[:5] in self.tails or len(head) > 2):
            return True
        if _COMBINING.search(head) and len(tail) > 4 and not _ENDING.match(tail):
            return True
        if self.splits_words:
            return self._is_word(head) and self._is_word(tail) and len(head) > 3
        return (
            head in self.words
            and len(head) > 1
            and (tail in self.words or tail[: max(4, min(6, len(tail) - 2))] in self._starts)
        )


# «социально-», «историко-», «учебно-»: the first half of a compound, whatever else the text cuts at a line's end; what
# goes on with «-сти», «-стью» is one word.
_COMBINING = re.compile(rf"{languages.pattern('combining')}$")
_ENDING = re.compile(languages.pattern("word-end"))


def glue(texts: Sequence[str], vocabulary: Vocabulary) -> tuple[str, set[int]]:
    """The lines as one text, words cut by a hyphen joined; and the lines (by index) that lost their hyphen."""
    parts = [texts[0]]
    dropped: set[int] = set()
    for index, text in enumerate(texts[1:], 1):
        before = parts[-1]
        if before.endswith(GONE) and before[-2:-1].isalpha() and text[:1].islower():
            parts.append(text)  # a soft hyphen
        elif before.endswith("-") and before[-2:-1].isalnum():
            tail = _FIRST.match(text)
            if not vocabulary.keeps_hyphen(_last_word(before[:-1]), tail[0] if tail else ""):
                parts[-1] = before[:-1]
                dropped.add(index - 1)
            parts.append(text)
        elif before.endswith("–") and before[-2:-1].isdigit() and text[:1].isdigit():
            parts.append(text)  # «10–15» over the end of a line
        else:
            parts.extend((" ", text))
    return "".join(parts).replace(GONE, ""), dropped


def _last_word(text: str) -> str:
    start = len(text)
    while start and text[start - 1].isalnum():
        start -= 1
    return text[start:]


_FIRST = re.compile(r"[^\W_]+")
