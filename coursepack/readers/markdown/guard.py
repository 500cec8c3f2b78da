"""Rules of the Markdown parser that cost more than their text, held back.

A rule that looks for the end of a formula is tried at every opening sign, and reads on to the end of the text where
nothing closes it: a page of opening signs takes a time that grows with its square. Here a formula ends within
``_LONGEST`` characters or is none; the end of CDATA is looked for once. The rule of tables fills up every row to the
width of the first: the cells of a text have a budget. What follows a bracket that nothing closes is not read for each
of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from coursepack import limits
from coursepack.place import CoursepackError, Place

_LONGEST = 10_000
"""Characters of a formula with its signs."""
_READ_IN_VAIN = 200_000
"""Characters of a paragraph that are read behind brackets that nothing closes, before brackets are counted."""
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_NUMBERED = re.compile(r"\s*\(([^)$\r\n]+?)\)")
_BEGIN = re.compile(r"\\begin\{([a-zA-Z]+\*?)\}")
# A line that closes a block of «$$», perhaps with the number of the formula.
_DOLLARS_END = re.compile(r"\$\$[^\S\n]*(?:\([^)$\r\n]+\)[^\S\n]*)?$", re.MULTILINE)

Rule = Callable[..., bool]


def guard(parser: Any) -> Any:
    """Put bounds on such rules of a ``MarkdownIt``; the same parser.

    Parsing then raises ``CoursepackError`` for a text with more cells than ``document-lines``.
    """
    formulas = {"math_inline": _inline, "math_block": _block, "math_block_eqno": _numbered_block}
    bounds = {
        "amsmath": _environment,
        "math_block": _dollars,
        "html_inline": _cdata,
        "footnote_inline": _footnote,
        "table": _table,
    }
    parser.helpers = SimpleNamespace(**{name: getattr(parser.helpers, name) for name in parser.helpers.__all__})
    parser.helpers.parseLinkLabel = _label(parser.helpers.parseLinkLabel)
    for rule in (*parser.inline.ruler.__rules__, *parser.block.ruler.__rules__):
        if rule.fn.__module__.startswith("mdit_py_plugins.texmath"):
            rule.fn = formulas[rule.name]
        elif rule.name in bounds:
            rule.fn = bounds[rule.name](rule.fn)
    return parser


def _closed(src: str, start: int, closing: str) -> int:
    """Where ``closing`` stands behind the opening sign of two characters at ``start``; -1 where it does not."""
    return src.find(closing, start + 3, start + _LONGEST)


def _inline(state: Any, silent: bool) -> bool:
    """A formula in ``\\( \\)``."""
    start: int = state.pos
    end = _closed(state.src, start, "\\)") if state.src.startswith("\\(", start) else -1
    if end < 0:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = state.src[start + 2 : end]
        token.markup = "\\("
    state.pos = end + 2
    return True


def _block(state: Any, first: int, last: int, silent: bool, *, numbered: bool = False) -> bool:
    """A formula in ``\\[ \\]``; ``numbered``: «(1)» must follow."""
    start: int = state.bMarks[first] + state.tShift[first]
    end = _closed(state.src, start, "\\]") if state.src.startswith("\\[", start) else -1
    if end < 0:
        return False
    content = state.src[start + 2 : end]
    number = _NUMBERED.match(state.src, end + 2) if numbered else None
    if (numbered and number is None) or (state.parentType == "blockquote" and "\n" in content):
        return False
    behind = number.end() if number else end + 2
    line = first
    while line < last and behind - 1 > state.eMarks[line]:
        line += 1
    if line >= last or behind - 1 < state.bMarks[line]:
        return False  # closed outside the quote or list that it stands in
    if not silent:
        token = state.push("math_block_eqno" if number else "math_block", "math", 0)
        token.block = True
        token.content = content
        token.info = number[1] if number else ""
        token.markup = "\\["
    state.line = line + 1
    return True


def _numbered_block(state: Any, first: int, last: int, silent: bool) -> bool:
    return _block(state, first, last, silent, numbered=True)


def _ends_within(state: Any, start: int, closing: re.Pattern[str]) -> bool:
    """True where a line that ``closing`` matches ends soon enough behind ``start``; they are looked for once a text."""
    known: dict[tuple[str, str], list[int]] = state.env.setdefault("closings", {})
    key = (state.src, closing.pattern)
    if key not in known:
        known[key] = [found.start() for found in closing.finditer(state.src)]
    following = bisect_left(known[key], start)
    return following < len(known[key]) and known[key][following] - start < _LONGEST


def _dollars(rule: Rule) -> Rule:
    def bounded(state: Any, first: int, last: int, silent: bool) -> bool:
        start = state.bMarks[first] + state.tShift[first]
        closed = state.src.startswith("$$", start) and _ends_within(state, start + 2, _DOLLARS_END)
        return closed and rule(state, first, last, silent)

    return bounded


def _environment(rule: Rule) -> Rule:
    from mdit_py_plugins.amsmath import ENVIRONMENTS

    closings = {
        name: re.compile(re.escape(f"\\end{{{name}}}") + r"[^\S\n]*$", re.MULTILINE)
        for environment in ENVIRONMENTS
        for name in (environment, f"{environment}*")
    }

    def bounded(state: Any, first: int, last: int, silent: bool) -> bool:
        start = state.bMarks[first] + state.tShift[first]
        found = _BEGIN.match(state.src, start)
        closing = closings.get(found[1]) if found else None
        return closing is not None and _ends_within(state, start, closing) and rule(state, first, last, silent)

    return bounded


class _Brackets:
    """The «[» of a paragraph: which are closed, and how many characters were read in vain behind those that are not."""

    def __init__(self, src: str) -> None:
        self.spent = 0
        self._src = src
        self._closed: set[int] | None = None

    def hopeless(self, start: int) -> bool:
        """True where enough was read in vain and no «]» belongs to the «[» at ``start``. (One in code or in a link
        counts here too, and the parser is not asked.)"""
        return self.spent > _READ_IN_VAIN and start not in self.closed

    @property
    def closed(self) -> set[int]:
        if self._closed is None:
            self._closed, opened = set(), []
            for found in _BRACKET.finditer(self._src):
                if found[0] == "[":
                    opened.append(found.start())
                elif found[0] == "]" and opened:
                    self._closed.add(opened.pop())
        return self._closed


def _brackets(state: Any) -> _Brackets:
    known: dict[str, _Brackets] = state.env.setdefault("brackets", {})
    if state.src not in known:
        known[state.src] = _Brackets(state.src)
    return known[state.src]


def _label(parse: Callable[..., int]) -> Callable[..., int]:
    def bounded(state: Any, start: int, disable_nested: bool = False) -> int:
        brackets = _brackets(state)
        if brackets.hopeless(start):
            return -1
        end = parse(state, start, disable_nested)
        if end < 0:
            brackets.spent += state.posMax - start
        return end

    return bounded


def _footnote(rule: Rule) -> Rule:
    def bounded(state: Any, silent: bool) -> bool:
        if not state.src.startswith("^[", state.pos):
            return False
        start, brackets = state.pos + 1, _brackets(state)
        if brackets.hopeless(start):
            return False
        result = rule(state, silent)
        if not result:
            brackets.spent += state.posMax - start
        return result

    return bounded


def _cdata(rule: Rule) -> Rule:
    def bounded(state: Any, silent: bool) -> bool:
        if state.src.startswith("<![CDATA[", state.pos):
            known: dict[str, int] = state.env.setdefault("cdata", {})
            if state.src not in known:
                known[state.src] = state.src.rfind("]]>")
            if known[state.src] < state.pos:
                return False
        return rule(state, silent)

    return bounded


def _table(rule: Rule) -> Rule:
    def bounded(state: Any, *arguments: Any) -> bool:
        before = len(state.tokens)
        if not rule(state, *arguments):
            return False
        cells = sum(token.type in {"td_open", "th_open"} for token in state.tokens[before:])
        state.env["cells"] = state.env.get("cells", 0) + cells
        if state.env["cells"] > limits.now().document_lines:
            message = f"tables of more than {limits.now().document_lines} cells in one document"
            place = Place(state.env["file"]) if "file" in state.env else None
            raise CoursepackError(message, place, f"split it into several; {limits.raised('document-lines')}")
        return True

    return bounded
