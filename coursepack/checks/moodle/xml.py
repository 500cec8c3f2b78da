"""Moodle's quiz XML: our XSD, question by question, and the rules that no XSD can say.

The file streams: a question is judged and forgotten, so that 100,000 of them need no more memory than one. Two
grammars: *closed* takes the XSD type of the question's type, elements in the order of Moodle's exporter, and wants
what our writer always gives; *open* takes whatever Moodle imports, so that the XSD only warns there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, BinaryIO, cast

from lxml import etree

from coursepack.checks import Grammar
from coursepack.checks.moodle.question import (
    Element,
    QuestionError,
    doubt,
    fault,
    line,
    markup_errors,
    question_errors,
    text_of,
    value,
)
from coursepack.checks.xml import judged, short
from coursepack.files.package import Package
from coursepack.files.resources import schemas_dir
from coursepack.files.xml import Metered, XmlError, xml_parser
from coursepack.moodle.text import LONGEST_IDNUMBER, LONGEST_NAME, split_category_path
from coursepack.place import Finding, Severity, error
from coursepack.similar import near

MOST_TOLD = 50
"""So many findings of one code are reported one by one; the rest are counted."""

_VIOLATIONS = 5
"""So many violations of the schema are told of one question."""

_SAFELY: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": True}
_UNDEFINED = re.compile(r"Entity '([^']+)' not defined")
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
# The type of a question → the XSD type of the closed grammar.
CLOSED_TYPES = {
    **{name: f"{name.capitalize()}Question" for name in ("category", "essay", "multichoice", "truefalse")},
    **{name: f"{name.capitalize()}Question" for name in ("shortanswer", "numerical", "description", "matching")},
    **{name: f"{name.capitalize()}Question" for name in ("cloze", "gapselect", "ddwtos", "ddimageortext", "ddmarker")},
    **{name: f"{name.capitalize()}Question" for name in ("ordering", "randomsamatch", "calculated")},
    "match": "MatchingQuestion",
    "multianswer": "ClozeQuestion",
    "calculatedsimple": "CalculatedQuestion",
    "calculatedmulti": "CalculatedQuestion",
}
# Types that plugins add and many sites have; a site without the plugin refuses them.
_PLUGINS = """
algebra aitext calculatedformat coderunner combined correctwriting crossword ddmatch digitalliteracy drawing
easyofischer easyolewis easyomech easyonewman easyoname easyoselect essayautograde formulas freehanddrawing gapfill
geogebra guessit heightmap imagetarget jme kprime lti matrix mlnlpessay molsimilarity mojomatch mtf multichoiceset
multinumerical musictheory omerocommon omeromultichoice opaque order oumatrix oumultiresponse pmatch pmatchjme
pmatchreverse poasquestion preg proforma rearrange recordrtc regexp scripted shortanssimilarity sassessment sc speechace
splitset stack tcs tcsjudgment tcsperspective turprove varnumeric varnumericset varnumunit vplquestion wordmatch
wordselect wq writeregex
"""
PLUGIN_TYPES = frozenset(_PLUGINS.split())

# Doubts about what the author wrote, not about how the file was made.
_AUTHORS = {
    f"moodle-xml-{code}" for code in ("no-key", "no-full", "sum", "text-empty", "pairs", "answer-empty", "items-same")
}

# Types whose closed schema leaves little to the rules, and what it does leave.
_SURE_TYPES = {"essay", "multichoice", "truefalse", "shortanswer", "matching", "description"}
_SUSPICIOUS = """
.//text[contains(., '@@PLUGINFILE@@')] or string-length(name/text) > 255 or defaultgrade > 99999 or hint[not(*)]
or not(normalize-space(questiontext/text)) or tags/tag[not(normalize-space(text))] or answer[not(normalize-space(text))]
or @type = 'shortanswer' and not(answer/@fraction = '100')
or @type = 'truefalse' and not(count(answer[@fraction = '100']) = 1 and answer/text = 'true' and answer/text = 'false')
or @type = 'matching' and subquestion[string-length(answer/text) > 255 or text != '' and answer/text = '']
"""


@cache
def _suspicious() -> etree.XPath:
    return etree.XPath(f"boolean({_SUSPICIOUS})")


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(schemas_dir() / "moodle-quiz.xsd"), xml_parser()))


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """Judge every XML member of the package, a file alone as a rule."""
    for member in package.names():
        if len(package.entries) == 1 or member.lower().endswith(".xml"):
            yield from _few(_FileCheck(package, member, grammar).findings())


def _few(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Each code at most ``MOST_TOLD`` times, then how many more."""
    counts: dict[tuple[str, Severity], int] = {}
    for finding in findings:
        key = (finding.code, finding.severity)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= MOST_TOLD:
            yield finding
    for (code, severity), count in counts.items():
        if count > MOST_TOLD:
            yield Finding(severity, code, f"{count - MOST_TOLD} more findings of this kind")


class _FileCheck:
    """One look at one file."""

    def __init__(self, package: Package, member: str, grammar: Grammar) -> None:
        self.package = package
        self.member = member
        self.closed = grammar.closed
        self.questions = 0
        self.category = ""
        self._idnumbers: dict[str, set[str]] = {}
        self._category_ids: dict[str, str] = {}
        self._steps: Any = None

    def findings(self) -> Iterator[Finding]:
        """All that is wrong with the file, in its order."""
        yield from self._encoding()
        try:
            wrong = list(self._root())
            yield from wrong
            if wrong:
                return
            with self.package.open(self.member) as file:
                yield from self._file(file)
        except XmlError as problem:
            yield error("moodle-xml-large", str(problem), self.package.place(self.member))
            return
        except etree.XMLSyntaxError as problem:
            yield self._malformed(problem)
            return
        if not self.questions:
            place = self.package.place(self.member)
            yield error("moodle-xml-empty", "there is no question in the file; Moodle stops at such a file", place)

    def _malformed(self, problem: etree.XMLSyntaxError) -> Finding:
        """Why the parser stopped. At an entity that nobody defined it says no more than that nothing followed."""
        met = [(entry.line, _UNDEFINED.search(entry.message or "")) for entry in self._log()]
        for at, entity in met:
            if entity:
                message = f"the entity &{entity[1]}; is not defined: Moodle stops at such a file"
                advice = "write the letter itself, or use CDATA: XML defines amp, lt, gt, quot and apos alone"
                return error("xml-malformed", message, self.package.place(self.member, at), advice)
        place = self.package.place(self.member, problem.lineno or 0)
        advice = "Moodle refuses it or takes a part of it"
        return error("xml-malformed", problem.msg or "not well-formed", place, advice)

    def _log(self) -> list[Any]:
        return list(self._steps.error_log) if self._steps is not None else []

    def _file(self, file: BinaryIO) -> Iterator[Finding]:
        metered: Any = Metered(file, own=self.package.own)
        steps = etree.iterparse(metered, events=("end",), tag="question", **_SAFELY)
        self._steps = steps
        for _, element in steps:
            parent = element.getparent()
            if parent is None or parent.getparent() is not None:
                continue  # a question inside a question is what its schema does not know
            yield from self._reported(self._strays(parent, element))
            yield from self._reported(self._child(element))
            element.clear()
            while element.getprevious() is not None:
                del parent[0]
            metered.forget()
        if steps.root is not None:
            yield from self._reported(self._strays(steps.root, None))

    def _reported(self, faults: Iterator[QuestionError]) -> Iterator[Finding]:
        for found in faults:
            place = self.package.place(self.member, found.line)
            yield Finding(found.severity, found.code, found.message, place, found.advice)

    def _strays(self, root: Element, until: Element | None) -> Iterator[QuestionError]:
        """What stands between the questions and is none."""
        for child in root:
            if child is until:
                return
            if isinstance(child.tag, str) and child.tag != "question":
                yield doubt("unknown", f"<{child.tag}> is among the questions; Moodle does not read it", child)

    def _root(self) -> Iterator[Finding]:
        """What is wrong before the first question; without a quiz there is no need to look further."""
        with self.package.open(self.member) as file:
            metered: Any = Metered(file, own=self.package.own)
            _, root = next(iter(etree.iterparse(metered, events=("start",), **_SAFELY)))
            info = cast("Any", root.getroottree().docinfo)
            place = self.package.place(self.member, line(root))
            if info.doctype:
                yield error("xml-malformed", "a DOCTYPE is not accepted (no DTD, no entities)", place)
            if root.tag != "quiz":
                yield error("moodle-xml-root", f"the root is <{root.tag}>, expected <quiz>", place)

    def _encoding(self) -> Iterator[Finding]:
        with self.package.open(self.member) as file:
            declared = re.search(rb"encoding\s*=\s*[\"']([\w.-]+)", file.read(200).partition(b"?>")[0])
        encoding = declared[1].decode() if declared else "UTF-8"
        if encoding.upper() not in {"UTF-8", "UTF8", "US-ASCII", "ASCII"}:
            message = f"the file is in {encoding}; Moodle's import page takes UTF-8 only"
            yield error("moodle-xml-encoding", message, self.package.place(self.member, 1), "save it as UTF-8")

    def _child(self, element: Element) -> Iterator[QuestionError]:
        kind = (element.get("type") or "").strip()
        self.questions += kind != "category" or not self.closed
        faults = self._category(element) if kind == "category" else self._question(element, kind)
        label = ""
        for found in faults:
            label = label or f"{kind or 'question'} {self._label(element)}"
            severity = found.severity
            if self.closed:
                if found.code in _AUTHORS and severity is Severity.WARNING:
                    continue  # the writer said so already, with the place in the source
                severity = Severity.ERROR
            yield QuestionError(severity, found.code, f"{label}: {found.message}", found.line, found.advice)

    def _label(self, element: Element) -> str:
        name = text_of(element.find("name")) or text_of(element.find("category")) or ""
        return f"«{name[:60]}»" if name else f"number {self.questions}"

    # --- questions

    def _question(self, element: Element, kind: str) -> Iterator[QuestionError]:
        if kind not in CLOSED_TYPES:
            yield _unknown_type(element, kind)
            if kind not in PLUGIN_TYPES:
                return
        yield from self._idnumber(element)
        invalid = list(self._valid(element, kind))
        # What the closed schema accepts needs no second look at what it has looked at.
        if invalid or not self.closed or kind not in _SURE_TYPES or _suspicious()(element):
            yield from question_errors(element)
        yield from invalid

    def _idnumber(self, element: Element) -> Iterator[QuestionError]:
        idnumber = value(element, "idnumber") or ""
        if len(idnumber) > LONGEST_IDNUMBER:
            message = f"the idnumber has {len(idnumber)} characters, at most {LONGEST_IDNUMBER}: the import stops here"
            yield fault("idnumber-long", message, element)
        known = self._idnumbers.setdefault("" if self.closed else self.category, set())
        if idnumber and idnumber in known:
            tell = fault if self.closed else doubt
            yield tell("idnumber-twice", f"the idnumber {idnumber!r} is there twice; Moodle drops the second", element)
        known.add(idnumber)
        if self.closed and not idnumber:
            yield fault("idnumber-missing", "the question has no idnumber", element)
        if self.closed and not self.category:
            yield fault("category-missing", "the question comes before any category", element)

    def _valid(self, element: Element, kind: str) -> Iterator[QuestionError]:
        """What the XSD says: of the closed type an error, of the open one a warning."""
        if self.closed:
            element.set(_XSI_TYPE, CLOSED_TYPES.get(kind, "Question"))
        elif kind in CLOSED_TYPES:
            yield from _drop_unknown(element)
        else:
            return
        for at, stated in judged(_schema(), element, _VIOLATIONS)[0][:_VIOLATIONS]:
            severity = Severity.ERROR if self.closed else Severity.WARNING
            yield QuestionError(severity, "moodle-xml-schema", short(stated), at or line(element))

    # --- categories

    def _category(self, element: Element) -> Iterator[QuestionError]:
        yield from markup_errors(element)
        path = text_of(element.find("category"))
        named = element.find("category")
        if not len(element) or (named is not None and not len(named)):
            yield fault(
                "category-path", "the category has no <category> with a <text>: a fatal error in Moodle", element
            )
            return
        if not path:
            yield doubt("category-path", "the category has no path; Moodle makes one without a name", element)
            return
        self.category = path
        names = split_category_path(path)
        for name in names:
            if len(name) > LONGEST_NAME:
                message = f"«{name[:40]}…» has {len(name)} characters, at most {LONGEST_NAME}: the import stops here"
                yield fault("category-long", message, element)
            if not name:
                yield doubt("category-empty", "a name in the path is empty", element, "a slash in a name is doubled")
        info = element.find("info")
        if info is not None and info.find("text") is None:
            yield fault("category-info", "<info> without <text> is a fatal error in Moodle", info)
        elif info is not None and info.get("format") is None:
            yield doubt("category-info", "<info> has no format; Moodle's log will complain", info)
        yield from self._category_idnumber(element, "/".join(names))
        yield from self._valid(element, "category")
        if self.closed and not path.startswith("$course$/top/"):
            yield fault("category-path", f"the path {path[:60]!r} does not begin with $course$/top/", element)

    def _category_idnumber(self, element: Element, names: str) -> Iterator[QuestionError]:
        idnumber = value(element, "idnumber") or ""
        if len(idnumber) > LONGEST_IDNUMBER:
            message = f"the idnumber has {len(idnumber)} characters, at most {LONGEST_IDNUMBER}: the import stops here"
            yield fault("idnumber-long", message, element)
        if idnumber and self._category_ids.setdefault(idnumber, names) != names:
            message = f"the idnumber {idnumber!r} belongs to another category already: the import stops here"
            yield fault("category-twice", message, element)


def _unknown_type(element: Element, kind: str) -> QuestionError:
    if not kind:
        return fault("type", "the question has no type", element)
    if kind in PLUGIN_TYPES:
        return doubt("plugin", f"only a site with the plugin qtype_{kind} takes it", element)
    meant = near(kind, [*CLOSED_TYPES, *PLUGIN_TYPES])
    hint = f"did you mean {meant}?" if meant else ""
    return fault("type", f"the type {kind!r} is not one that Moodle knows", element, hint)


def _drop_unknown(element: Element) -> Iterator[QuestionError]:
    """Say which elements Moodle does not read, and take them out so that the XSD speaks of the others."""
    known = _question_elements()
    for child in list(element):
        if isinstance(child.tag, str) and child.tag not in known:
            yield doubt("unknown", f"<{child.tag}> is not read by Moodle", child)
            element.remove(child)


@cache
def _question_elements() -> frozenset[str]:
    schema = etree.parse(str(schemas_dir() / "moodle-quiz.xsd"), xml_parser())
    space = {"xs": "http://www.w3.org/2001/XMLSchema"}
    found = schema.xpath("//xs:complexType[@name='Question']/xs:choice/xs:element/@name", namespaces=space)
    return frozenset(cast("list[str]", found))
