"""Formulas that somebody typed as TeX into a text of another kind: a web page, a Word document, a slide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from coursepack.model.blocks import Inline, Inlines, Math, Run, with_text
from coursepack.readers import mathml

# An opening sign inside a formula is where another begins: so each letter is looked at once.
_BETWEEN = (
    r"\\\((?P<inline>(?:(?!\\\().)+?)\\\)|\\\[(?P<display>(?:(?!\\\[).)+?)\\\]"
    r"|(?<!\$)\$\$(?P<dollars>[^$]+)\$\$(?!\$)"
    r"|(?P<whole>\\begin\{(?P<name>(?:equation|align|gather|multline)\*?)\}(?:(?!\\begin\{(?P=name)\}).)+?"
    r"\\end\{(?P=name)\})"
)
_TEX = re.compile(_BETWEEN, re.DOTALL)
# One sign of dollars is money more often than not.
_DOLLAR = r"(?<![\\$\w])\$(?P<dollar>(?=[^\s$])[^$\n]{1,400}(?<=\S))\$(?![$\w])"
_WITH_DOLLARS = re.compile(f"{_BETWEEN}|{_DOLLAR}", re.DOTALL)
_SIGNS = ("\\(", "\\[", "$", "\\begin{")
_LOOKS_SO = re.compile(r"[\\^_{]|\S\s*[=<>+]\s*\S|^[A-Za-z]$")
_IN_WORDS = re.compile(r"\\(?:text|mbox|mathrm|textrm)\s*\{[^{}]*\}")
_WORD = re.compile(r"[^\W\d_a-zA-Z\u0370-\u03ff]{3,}")
"""A word in letters that no formula has: neither Latin nor Greek."""
NOT_UNDERSTOOD = "a formula whose TeX is not understood: its text is kept"


def with_formulas(text: str, make: Callable[[str], Run], reported: Counter[str] | None = None) -> list[Inline]:
    """Text with TeX between ``\\( \\)``, ``\\[ \\]``, ``$$ $$`` or in an environment of AMS, as runs and formulas."""
    return list(_parted(text, make, _formulas(_TEX.finditer(text), reported, lambda _: None)))


def has_tex(text: str, run: Run) -> bool:
    """True where there may be a formula."""
    return not run.code and any(sign in text for sign in _SIGNS)


def typed(items: Iterable[Inline], tell: Callable[[str], None], reported: Counter[str] | None = None) -> list[Inline]:
    """Inline content of a document that is no markup, with the formulas that are typed in it, between ``$ $`` too where
    that looks like one; ``tell`` hears of TeX that is not understood."""
    result: list[Inline] = []
    for item in items:
        if isinstance(item, Run) and has_tex(item.text, item):
            found = (each for each in _WITH_DOLLARS.finditer(item.text) if _is_formula(each))
            result += _parted(item.text, partial(with_text, item), _formulas(found, reported, tell))
        else:
            result.append(item)
    return result


def placed(items: Iterable[Inline]) -> Inlines:
    """The content of a paragraph: whether a formula stands alone says the block."""
    return tuple(mathml.placed(item) if isinstance(item, Math) else item for item in items)


def _is_formula(found: re.Match[str]) -> bool:
    """Whether what stands between signs of dollars looks like TeX: tests are parted by such signs, too."""
    tex = found["dollars"] or found["dollar"]
    return tex is None or (_LOOKS_SO.search(tex) is not None and not _WORD.search(_IN_WORDS.sub("", tex)))


def _formulas(
    found: Iterable[re.Match[str]], reported: Counter[str] | None, tell: Callable[[str], None]
) -> Iterator[tuple[re.Match[str], Math]]:
    for each in found:
        inline = each["inline"] or each.groupdict().get("dollar")
        tex = inline or each["display"] or each["dollars"] or each["whole"]
        formula = mathml.of_tex(tex, display=inline is None, reported=reported)
        if formula is None:
            tell(NOT_UNDERSTOOD)
        else:
            yield each, formula


def _parted(text: str, make: Callable[[str], Run], formulas: Iterable[tuple[re.Match[str], Math]]) -> Iterator[Inline]:
    at = 0
    for found, formula in formulas:
        if found.start() > at:
            yield make(text[at : found.start()])
        yield formula
        at = found.end()
    if at < len(text):
        yield make(text[at:])
