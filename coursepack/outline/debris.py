"""Lines that are not the author's text: page numbers, link targets, running titles, watermarks, contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from coursepack import languages
from coursepack.model.document import Line
from coursepack.outline.markers import Markers, fold
from coursepack.text.characters import GONE
from coursepack.text.frames import BORDER

_URL = re.compile(r"\s*(?:https?://|www\.)\S+\s*")
_RULE = re.compile(rf"\s*[{re.escape(BORDER)}](?: ?[{re.escape(BORDER)}]){{4,}}\s*")
_PAGE = languages.expression(
    r"\s*(?:[-–—]\s*)?@page-line@?\s*\d{1,4}\s*(?:[-–—]|/\s*\d{1,4}|(?:@page-of@|/)\s*\d{1,4}|[-–—]?@page-line-after@)?\s*"
    r"|\s*[\[(<]\s*@page-line@\s*\d{1,4}\s*(?:(?:@page-of@|/)\s*\d{1,4}\s*)?[\])>]\s*",
    re.IGNORECASE,
)
_PAGE_OF = languages.expression(
    r"(?:\S.{0,60}\s)?@page-line@\s*(?P<page>\d{1,4})\s*(?:@page-of@|/)\s*(?P<pages>\d{1,4})", re.IGNORECASE
)
"""A running title with the page's number and their count."""
_PAGE_START = languages.expression(r"[-–—\d]|[\[(<]?\s*@page-line@", re.IGNORECASE)
_ENTRY = re.compile(r"^(?P<title>.*?[^\s.…·_]).*?(?:[.…·_]{3,}|\s{2,}|\t|\s)\s*\d{1,3}\s*$")
_DOTS = re.compile(r"[.…·_]{4,}\s*\d{0,3}\s*$")

_LETTERED = re.compile(r"\s*[^\W\d_][.)]\s")
_AMOUNT = re.compile(r"\s*(?:[#+*~=]\s*\d[\d\s.,:–—/%°-]*|\d+\s*[–—:/-]\s*\d+)\s*")
"""A number after a sign for right answers, or a range of two numbers."""

# A longer line is no entry; the time of the expressions grows with the square of its length.
_LONGEST_ENTRY = 500
_LONGEST_HEAD = 120
_LINES_OF_TITLE = 3
_RUNS_A_CUT = 3
"""How many runs of addresses alone on their lines there may be for each one that cuts a sentence in two."""
_LINE_OF_TEXT = 40


_FILLED = re.compile(r"_{4,}|\.{8,}|…{4,}")


def to_fill_in(texts: Sequence[str], marks: Markers) -> set[int]:
    """The indexes of lines with blanks to fill in that are repeated: «Admitted ____ Defended ____» below each work."""
    lines: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        blank = _FILLED.search(text) and not marks.is_approval(text)
        if blank and not text.rstrip().endswith((".", "?", ":")) and text.strip()[:1].isalpha():
            lines.setdefault(fold(text).strip(), []).append(at)
    return {at for found in lines.values() if len(found) > 1 for at in found}


def _is_entry(text: str) -> bool:
    """True for an entry of a table of contents: a title and its page."""
    return len(text) <= _LONGEST_ENTRY and bool(_ENTRY.match(text))


def debris(lines: Sequence[Line], clean: Sequence[str], marks: Markers) -> dict[int, str]:
    """Indexes of the lines to exclude, each with its reason."""
    found: dict[int, str] = {}
    full = [index for index, text in enumerate(clean) if text.strip()]
    found.update(dict.fromkeys(_link_targets(full, clean), "displaced link target"))
    found.update((index, "ruled line") for index in full if _RULE.fullmatch(clean[index]))
    found.update((full[at], "line to fill in") for at in to_fill_in([clean[index] for index in full], marks))
    for index in full:
        if lines[index].role not in {"", "footnote"} and index not in found:
            found[index] = lines[index].role.replace("-", " ")
    _watermarks(full, clean, found)
    _running_titles(lines, full, clean, marks, found)
    _page_heads(lines, full, clean, found)
    _page_numbers(lines, full, clean, found)
    _numbered_titles(full, clean, found)
    contents(full, clean, marks, found)
    return found


def _link_targets(full: Sequence[int], clean: Sequence[str]) -> list[int]:
    """The addresses on lines of their own that a program put between the lines of a text: where they cut sentences in
    two or stand before the numbers of pages, they all come from there. Elsewhere an address on its own line is what an
    author typed."""
    texts = [clean[index].strip() for index in full]
    alone = [at for at, text in enumerate(texts) if _URL.fullmatch(text)]
    known = set(alone)
    runs = sum(at - 1 not in known for at in alone)
    ends = [at for at in alone if at + 1 not in known and at + 1 < len(full)]
    cuts = sum(texts[at + 1].isdigit() or _continues_on(_before(at, known, texts), texts[at + 1]) for at in ends)
    return [full[at] for at in alone] if cuts * _RUNS_A_CUT >= runs else []


def _before(at: int, known: Collection[int], texts: Sequence[str]) -> str:
    while at in known:
        at -= 1
    return texts[at] if at >= 0 else ""


def _continues_on(line: str, after: str) -> bool:
    """Whether a line of a text continues on another one."""
    return len(line) >= _LINE_OF_TEXT and line[-1:].isalpha() and after[:1].islower() and " " in after


def _watermarks(full: Sequence[int], clean: Sequence[str], found: dict[int, str]) -> None:
    """Four or more lines in a row of one to four letters each: text that was printed vertically at the edge of the
    page."""
    run: list[int] = []
    for index in [*full, -1]:
        text = clean[index].strip() if index >= 0 else ""
        if index >= 0 and len(text) <= 4 and any(c.isalpha() for c in text) and not re.search(r"[.):;0-9]", text):
            run.append(index)
            continue
        if len(run) >= 4 and max(len(clean[i].strip()) for i in run) >= 2:
            found.update(dict.fromkeys(run, "watermark"))
        run = []


def _running_titles(
    lines: Sequence[Line], full: Sequence[int], clean: Sequence[str], marks: Markers, found: dict[int, str]
) -> None:
    """The same line, but for its digits, at the head or foot of three pages or more."""
    edges: list[int] = []
    for here, index in enumerate(full):
        known = lines[index].page is not None
        start = lines[index].page_start
        after = known and here + 1 < len(full) and lines[full[here + 1]].page_start
        second = here > 0 and lines[full[here - 1]].page_start and _is_page(clean[full[here - 1]])
        if start or after or second or here + 1 == len(full):
            edges.append(index)
    same = Counter(_shape(clean[index]) for index in edges)
    for index in edges:
        text = clean[index].strip()
        if (
            same[_shape(text)] >= 3
            and len(text) < 120
            and index not in found
            and not _is_page(text)
            and not marks.find(text)
        ):
            found[index] = "running title"


def _page_heads(lines: Sequence[Line], full: Sequence[int], clean: Sequence[str], found: dict[int, str]) -> None:
    """The same line at the head of two pages or more, with all its digits: the first may be the title itself, unless
    the lines below it say the same again."""
    seen: dict[str, list[int]] = {}
    for here, index in enumerate(full):
        text = " ".join(clean[index].split())
        if lines[index].page is not None and lines[index].page_start and index not in found and not _is_page(text):
            seen.setdefault(text, []).append(here)
    for text, places in seen.items():
        if len(places) < 2 or len(text) > _LONGEST_HEAD or not any(map(str.isalpha, text)):
            continue
        first, *more = places
        below = "".join(clean[full[at]] for at in range(first + 1, min(first + 1 + _LINES_OF_TITLE, len(full))))
        again = _letters(below).startswith(_letters(text))
        found.update(dict.fromkeys((full[at] for at in (places if again else more)), "running title"))


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


def _shape(text: str) -> str:
    """A line without digits, spaces and invisible characters."""
    return re.sub(r"\d+", "0", " ".join(text.replace(GONE, "").split()))


def _is_page(text: str) -> bool:
    """Whether a line is a page number alone. Runs of spaces are shortened first, so that the time stays linear."""
    return _PAGE.fullmatch(" ".join(text.split())) is not None


_DASHED = re.compile(r"\s*[-–—]\s*[^\s-](?!.*[-–—]\s*$)")
_FIRST_ITEM = re.compile(r"\s*\(?1[.)]\s*[^\W\d]")


def _page_numbers(lines: Sequence[Line], full: Sequence[int], clean: Sequence[str], found: dict[int, str]) -> None:
    """Finds numbers alone on a line that are no list of numbers, and most of which are not above a list that begins
    anew."""
    alone = [here for here, index in enumerate(full) if _is_page(clean[index])]
    over = sum(here + 1 < len(full) and _FIRST_ITEM.match(clean[full[here + 1]]) is not None for here in alone)
    if over > 1 and over * 2 > len(alone):
        return
    for here, index in enumerate(full):
        if index in found or lines[index].top is not None or not _is_page(clean[index]):
            continue  # where lines have places, their reader knows what stands at a page's edge
        neighbours = [full[i] for i in (here - 1, here + 1) if 0 <= i < len(full)]
        if any(_is_page(clean[i]) and i not in found and abs(i - index) < 3 for i in neighbours):
            continue
        if _LETTERED.match(clean[index]) and any(_LETTERED.match(clean[i]) for i in neighbours):
            continue  # «А. 1974», «В. 1995», «С. 2005»: answers
        if any(_AMOUNT.fullmatch(clean[i]) and abs(i - index) == 1 for i in neighbours):
            continue  # «60–80», «120» or «# 3», «5»: answers as well
        if _DASHED.match(clean[index]) and any(_DASHED.match(clean[i]) and abs(i - index) == 1 for i in neighbours):
            continue  # «– Almaty», «– 63»: items of a list
        if _PAGE_START.match(clean[index].strip()):
            found[index] = "page number"


def _numbered_titles(full: Sequence[int], clean: Sequence[str], found: dict[int, str]) -> None:
    """A running title that ends in the page's number and their count, alone between blank lines, on all pages."""
    seen: dict[str, dict[int, int]] = {}
    last = full[-1] if full else 0
    for index in full:
        if index in found or not clean[index].rstrip()[-1:].isdigit():
            continue
        text = " ".join(clean[index].split())
        alone = (index == 0 or not clean[index - 1].strip()) and (index == last or not clean[index + 1].strip())
        match = _PAGE_OF.fullmatch(text) if alone and len(text) < 100 else None
        if match and int(match["page"]) <= int(match["pages"]):
            seen.setdefault(f"{text[: match.start('page')]}/{match['pages']}", {})[int(match["page"])] = index
    for pages in seen.values():
        if len(pages) > 1:
            found.update(dict.fromkeys(pages.values(), "running title"))


def contents_titles(clean: Sequence[str], found: dict[int, str]) -> set[str]:
    """The entries of the tables of contents without page numbers, letters and digits only, to recognise titles by."""
    titles: set[str] = set()
    for index, reason in found.items():
        if reason == "table of contents":
            titles.add(letters_of(_without_page(clean[index])))
    return titles


def letters_of(text: str) -> str:
    """Folded letters and digits alone."""
    return re.sub(r"[\W_]+", "", fold(text))


def contents(full: Sequence[int], clean: Sequence[str], marks: Markers, found: dict[int, str]) -> None:
    """Tables of contents: a heading that says so, and entries that end in a page number or repeat a line elsewhere."""
    heads = [here for here, index in enumerate(full) if len(clean[index]) < 60 and _is_contents(clean[index], marks)]
    if not heads:
        return
    starts = Counter(_key(clean[index]) for index in full)
    for head in heads:
        if full[head] in found:
            continue
        entries: list[int] = []
        numbered = 0
        seen: set[str] = set()
        here = head + 1
        while here < len(full):
            index = full[here]
            text = clean[index]
            entry = _is_entry(text) or bool(_DOTS.search(text[-_LONGEST_ENTRY:]))
            key = _key(text)
            if index in found:
                here += 1
                continue
            if _is_contents(text, marks):
                break
            if not entry and (key in seen or not (starts[key] > 1 or _continues(full, clean, here))):
                break
            numbered += entry
            seen.add(key)
            entries.append(index)
            here += 1
        marked = sum(any(m.group in {"numbered", "heading"} for m in marks.find(clean[i].strip())) for i in entries)
        if numbered * 2 >= len(entries) > 0 or (marked >= 2 and len(entries) >= 3):
            found.update(dict.fromkeys([full[head], *entries], "table of contents"))
        elif not entries and here < len(full) and _is_contents(clean[full[here]], marks):
            found[full[head]] = "table of contents"


def _is_contents(text: str, marks: Markers) -> bool:
    return any(mark.kind == "toc" and mark.whole for mark in marks.find(text.strip()))


def _continues(full: Sequence[int], clean: Sequence[str], here: int) -> bool:
    """Whether an entry takes two lines: the next one begins in lower case or ends with the page number."""
    text = clean[full[here]].strip()
    if text[:1].islower() and len(text) < 90:
        return True
    after = clean[full[here + 1]].strip() if here + 1 < len(full) else ""
    return bool(after[:1].islower() and _is_entry(after))


def _key(text: str) -> str:
    return re.sub(r"\W+", "", _without_page(fold(text)))[:20]


def _without_page(text: str) -> str:
    """An entry without its dots and its page."""
    text = text.rstrip()
    end = len(text)
    while end and text[end - 1].isdecimal():
        end -= 1
    text = text[:end]
    while text and (text[-1] in ".…·_" or text[-1].isspace()):
        text = text.rstrip(".…·_").rstrip()
    return text
