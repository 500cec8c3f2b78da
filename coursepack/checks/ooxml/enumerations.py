"""Words that an attribute of WordprocessingML may say: the enumerations of the standard (ECMA-376 Part 1, 17.18).

Word calls a file with another word damaged; other programs show something else than was meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursepack.checks.ooxml.opc import line_of
from coursepack.files.package import Package
from coursepack.place import Finding, warning

Element = etree._Element

_NUMBER_FORMATS = """
decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex chicago ideographDigital
japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth japaneseLegal japaneseDigitalTenThousand
decimalEnclosedCircle decimalFullWidth2 aiueoFullWidth irohaFullWidth decimalZero bullet ganada chosung
decimalEnclosedFullstop decimalEnclosedParen decimalEnclosedCircleChinese ideographEnclosedCircle ideographTraditional
ideographZodiac ideographZodiacTraditional taiwaneseCounting ideographLegalTraditional taiwaneseCountingThousand
taiwaneseDigital chineseCounting chineseLegalSimplified chineseCountingThousand koreanDigital koreanCounting koreanLegal
koreanDigital2 vietnameseCounting russianLower russianUpper none numberInDash hebrew1 hebrew2 arabicAlpha arabicAbjad
hindiVowels hindiConsonants hindiNumbers hindiCounting thaiLetters thaiNumbers thaiCounting bahtText dollarText custom
"""
_UNDERLINES = """
single words double thick dotted dottedHeavy dash dashedHeavy dashLong dashLongHeavy dotDash dashDotHeavy dotDotDash
dashDotDotHeavy wave wavyHeavy wavyDouble none
"""
_HIGHLIGHTS = """
black blue cyan green magenta red yellow white darkBlue darkCyan darkGreen darkMagenta darkRed darkYellow darkGray
lightGray none
"""
_DIRECTIONS = "tb rl lr tbV rlV lrV btLr lrTb lrTbV tbLrV tbRl tbRlV"

# (element, attribute) → words and the code of the finding; both spellings where two editions of the standard differ.
WORDS: dict[tuple[str, str], frozenset[str]] = {
    key: frozenset(words.split())
    for key, words in {
        ("numFmt", "val"): _NUMBER_FORMATS,
        ("pgNumType", "fmt"): _NUMBER_FORMATS,
        ("u", "val"): _UNDERLINES,
        ("highlight", "val"): _HIGHLIGHTS,
        ("br", "type"): "page column textWrapping",
        ("br", "clear"): "none left right all",
        ("type", "val"): "nextPage nextColumn continuous evenPage oddPage",
        ("pgSz", "orient"): "portrait landscape",
        ("vAlign", "val"): "top center both bottom",
        ("textDirection", "val"): _DIRECTIONS,
        ("tblLayout", "type"): "fixed autofit",
        ("trHeight", "hRule"): "auto exact atLeast",
        ("suff", "val"): "tab space nothing",
        ("textAlignment", "val"): "top center baseline bottom auto",
    }.items()
}
# The name means this in that element alone (a text box of a form has a type as well).
_ONLY_IN = {"type": "sectPr"}
_CODES = {"numFmt": "ooxml-number-format", "pgNumType": "ooxml-number-format"}


def enumeration_findings(package: Package, part: str, root: Element, space: str) -> Iterator[Finding]:
    """Words that the standard does not know, in a part whose main namespace is ``space``."""
    prefix = f"{{{space}}}"
    by_name: dict[str, list[str]] = {}
    for name, attribute in WORDS:
        by_name.setdefault(prefix + name, []).append(attribute)
    for element in root.iter(*by_name):
        name, parent = etree.QName(element).localname, element.getparent()
        if name in _ONLY_IN and (parent is None or parent.tag != prefix + _ONLY_IN[name]):
            continue
        for attribute in by_name[str(element.tag)]:
            said = element.get(prefix + attribute)
            if said is not None and said not in WORDS[name, attribute]:
                code = _CODES.get(name, "ooxml-word")
                message = f"w:{name} has w:{attribute}={said[:40]!r}, a word that the standard does not have"
                yield warning(code, message, package.place(part, line_of(element)))
