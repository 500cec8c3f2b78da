"""What an older Moodle XML file holds already, because Moodle makes a copy of whatever it is given twice.

The older file may be one that coursepack wrote or one that Moodle exported: both are brought to one canonical form,
without what Moodle adds by itself (defaults, penalties, the order of elements).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from coursepack.place import CoursepackError, Place

Element = etree._Element

# What says nothing about the question itself, or what Moodle adds when it exports.
_LEFT_OUT = {"hidden", "idnumber", "penalty", "coursetags", "showunits", "unitgradingtype", "unitpenalty", "unitsleft"}
_LEFT_OUT |= {"showstandardinstruction", "shownumcorrect", "attachmentsrequired", "maxbytes", "filetypeslist"}
# What Moodle takes when the element is not there.
_DEFAULTS = {
    "defaultgrade": "1",
    "responseformat": "editor",
    "responserequired": "1",
    "responsefieldlines": "15",
    "minwordlimit": "0",
    "maxwordlimit": "0",
    "attachments": "0",
    "usecase": "0",
    "tolerance": "0",
    "single": "true",
    "answernumbering": "abc",
}
_WORDS = {"true": "1", "false": "0"}
_NUMBER = re.compile(r"-?\d+(?:\.\d*)?")
# How a table or a quote looks is not what it says: older files have none of it.
_LOOKS = re.compile(r"<(table|blockquote)\b[^>]*>")
_LEADING_NUMBER = re.compile(r"^\d+\. ")


@dataclass
class Earlier:
    """The questions of an older file: canonical digest by idnumber, and all digests."""

    digests: set[bytes] = field(default_factory=set)
    by_idnumber: dict[str, bytes] = field(default_factory=dict)

    def holds(self, element: Element) -> bool:
        """True when the same question is in the older file, under whatever idnumber."""
        return digest(element) in self.digests


def read(path: Path) -> Earlier:
    """The older file. Raises ``CoursepackError`` when it is not Moodle's quiz XML."""
    place = Place(str(path))
    earlier = Earlier()
    try:
        with path.open("rb") as file:
            steps = etree.iterparse(
                file, events=("end",), tag="question", resolve_entities=False, no_network=True, huge_tree=True
            )
            for _, element in steps:
                if element.get("type") != "category":
                    found = digest(element)
                    earlier.digests.add(found)
                    earlier.by_idnumber[(element.findtext("idnumber") or "").strip()] = found
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            root = steps.root
    except OSError as problem:
        raise CoursepackError(f"cannot be read: {problem.strerror}", place) from None
    except etree.XMLSyntaxError as problem:
        line = problem.lineno or 0
        raise CoursepackError(
            f"not XML: {problem.msg}, expected an older Moodle XML file", Place(str(path), line, line)
        ) from None
    if root is None or root.tag != "quiz":
        raise CoursepackError("not Moodle XML, expected a <quiz> with questions", place)
    earlier.by_idnumber.pop("", None)
    return earlier


def digest(question: Element) -> bytes:
    """A digest of what the question says, whoever wrote it."""
    return hashlib.blake2b(repr(_canonical(question)).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _canonical(element: Element) -> object:
    tag = str(element.tag)
    if tag == "file":
        return (tag, element.get("name"), _decoded(element.text or ""))
    if tag == "name":
        return (tag, _LEADING_NUMBER.sub("", (element.findtext("text") or "").strip()))
    children = [child for child in element if isinstance(child.tag, str) and not _silent(child)]
    if element.get("type") == "description":
        # Moodle gives it a mark of 0, whatever the file says.
        children = [child for child in children if child.tag != "defaultgrade"]
    # Same elements keep their order (answers), different ones have none.
    children.sort(key=lambda child: str(child.tag) if tag != "tags" else (child.findtext("text") or "").strip())
    value = "" if len(element) else _value((element.text or "").strip())
    return (tag, _attributes(element), value, [_canonical(child) for child in children])


def _silent(element: Element) -> bool:
    """True for an element that says what its absence says too."""
    tag = str(element.tag)
    if tag in _LEFT_OUT:
        return True
    if tag in {"text", "answer", "subquestion", "file"}:
        return False
    if not "".join(str(text) for text in element.itertext()).strip():
        return True
    return not len(element) and _value(_DEFAULTS.get(tag, "")) == _value((element.text or "").strip())


def _value(text: str) -> str:
    text = _LOOKS.sub(r"<\1>", text)
    return _WORDS.get(text, f"{float(text):.5g}" if _NUMBER.fullmatch(text) else text)


def _attributes(element: Element) -> list[tuple[str, str]]:
    found = []
    for name, value in element.attrib.items():
        if name == "fraction":
            found.append((str(name), _value(str(value))))
        elif name == "type":
            found.append((str(name), str(value)))
    return sorted(found)


def _decoded(text: str) -> str:
    try:
        return hashlib.sha256(base64.b64decode(text)).hexdigest()
    except (binascii.Error, ValueError):
        return text
