"""What an XSD cannot say about single elements of a question of Moodle's quiz XML: one walk, a rule a tag.

An error is what stops Moodle's import or loses something; a warning is what Moodle takes, though hardly as meant.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from lxml import etree

from coursepack.place import Severity

Element = etree._Element


@dataclass(frozen=True)
class QuestionError:
    """Something wrong in a question: ``line`` in the file, what was found, what to do."""

    severity: Severity
    code: str
    message: str
    line: int
    advice: str = ""


def line(element: Element) -> int:
    """The line where an element ends its opening tag, 0 when it is not known."""
    return int(cast("Any", element).sourceline or 0)


def fault(code: str, message: str, element: Element, advice: str = "") -> QuestionError:
    """What makes Moodle stop or lose something."""
    return QuestionError(Severity.ERROR, f"moodle-xml-{code}", message, line(element), advice)


def doubt(code: str, message: str, element: Element, advice: str = "") -> QuestionError:
    """What Moodle takes, though hardly as it was meant."""
    return QuestionError(Severity.WARNING, f"moodle-xml-{code}", message, line(element), advice)


QuestionErrors = Iterator[QuestionError]
Rule = Callable[[Element], QuestionErrors]


def value(parent: Element, tag: str) -> str | None:
    """The text of the first child of that name, trimmed; None when it is not there."""
    found = parent.find(tag)
    return None if found is None else (found.text or "").strip()


def text_of(parent: Element | None) -> str | None:
    """What Moodle reads from ``<text>`` in an element; None when there is no such element."""
    if parent is None:
        return None
    return value(parent, "text")


REAL = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_INTEGER = re.compile(r"[-+]?\d{1,10}(?:\.0+)?")
_FORMATS = {"html", "moodle_auto_format", "plain_text", "wiki_like", "markdown"}
LARGEST_MARK = 99_999.9999999


def element_errors(question: Element, *, core: bool = True) -> QuestionErrors:
    """Everything wrong with single elements; of a plugin's question (not ``core``) only what all types share."""
    rules = _CORE if core else _SHARED
    for element in question.iter():
        rule = rules.get(element.tag)
        if rule is not None:
            yield from rule(element)
        known = element.get("format")
        if known is not None and known.strip() not in _FORMATS:
            yield doubt("format", f"the format {known!r} is unknown; Moodle takes it for html", element)


def markup_errors(question: Element) -> QuestionErrors:
    """Elements where Moodle wants letters."""
    for element in question.iter("text"):
        yield from _text(element)


# --- values that go into a column of Moodle's database as they stand ----------------------------------------------


def _number(element: Element) -> QuestionErrors:
    text = (element.text or "").strip()
    if len(element) or (text and not REAL.fullmatch(text)):
        yield fault("number", f"<{_name(element)}> is {text[:40]!r}, expected a number", element)
    elif text and abs(float(text)) > LARGEST_MARK:
        yield fault("number", f"<{_name(element)}> is {text[:40]}, at most {LARGEST_MARK}", element)


def _penalty(element: Element) -> QuestionErrors:
    """Moodle reckons with it: nothing is no number there."""
    if not (element.text or "").strip():
        yield fault("number", "an empty <penalty> is a fatal error in Moodle", element)
    yield from _number(element)


def _integer(element: Element) -> QuestionErrors:
    text = (element.text or "").strip()
    if len(element) or (text and not _INTEGER.fullmatch(text)):
        yield fault("number", f"<{_name(element)}> is {text[:40]!r}, expected a whole number", element)


def _at_most(letters: int) -> Rule:
    def rule(element: Element) -> QuestionErrors:
        length = len((element.text or "").strip())
        if length > letters:
            message = f"<{_name(element)}> has {length} characters, at most {letters}: the import would stop here"
            yield fault("length", message, element)

    return rule


# --- texts, files, tags -------------------------------------------------------------------------------------------


def _text(element: Element) -> QuestionErrors:
    if len(element):
        message = f"<text> holds the element <{_name(element[0])}>, which Moodle refuses"
        yield fault("markup", message, element, "put HTML into a CDATA section")
    text = element.text
    # Moodle reads the first one; so each area's files are gathered once.
    first = next(element.itersiblings("text", preceding=True), None) is None
    if first and text and "@@PLUGINFILE@@" in text:
        yield from _references(cast("Any", element.getparent()), text)


_REFERENCE = re.compile(r"@@PLUGINFILE@@(/[^\"'<>?#\s)]*)")


def _references(element: Element, text: str) -> QuestionErrors:
    from html import unescape
    from urllib.parse import unquote

    there = {f"{file.get('path', '/')}{file.get('name', '')}" for file in element.iterfind("file")}
    for path in dict.fromkeys(_REFERENCE.findall(text)):
        if unquote(unescape(path)) not in there and path not in there:
            yield doubt("file-missing", f"the text shows {path!r}, which is not among its files", element)


def _file(file: Element) -> QuestionErrors:
    name, path = file.get("name", "").strip(), file.get("path", "/").strip()
    if not name:
        yield fault("file-name", "a file has no name", file)
    if not (path.startswith("/") and path.endswith("/")):
        yield fault("file-path", f"the file's path is {path!r}, expected one that begins and ends with a slash", file)
    try:
        data = base64.b64decode("".join((file.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        yield fault("file-base64", f"the file {name!r} is not base64: it would arrive damaged", file)
    else:
        if not data:
            yield doubt("file-empty", f"the file {name!r} has no bytes", file)


def _tag(tag: Element) -> QuestionErrors:
    if not text_of(tag):
        yield fault("tag", "a <tag> with an empty <text> stops the import", tag)


def _never_empty(element: Element) -> QuestionErrors:
    """Moodle looks into these without asking whether there is anything inside."""
    if not len(element):
        yield fault("empty", f"an empty <{_name(element)}> is a fatal error in Moodle", element)


def _name(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else "!"


_INTEGERS = """
responserequired responsefieldlines minwordlimit maxwordlimit attachments attachmentsrequired maxbytes usecase choose
synchronize unitgradingtype showunits unitsleft subcats no draggroup noofdrags choice xleft ytop group tolerancetype
correctanswerformat correctanswerlength itemcount
"""
_SHARED: dict[object, Rule] = {
    "text": _text,
    "file": _file,
    "tag": _tag,
    "hint": _never_empty,
    "defaultgrade": _number,
    "penalty": _penalty,
}
_CORE: dict[object, Rule] = {
    **_SHARED,
    **dict.fromkeys(_INTEGERS.split(), _integer),
    **dict.fromkeys(("drag", "drop", "dragbox", "selectoption", "dataset_definition"), _never_empty),
    "unitpenalty": _number,
    "answernumbering": _at_most(10),
    "responseformat": _at_most(16),
    "numberingstyle": _at_most(10),
    "unit_name": _at_most(50),
    "shape": _at_most(255),
}
