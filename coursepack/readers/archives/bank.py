"""The question bank of a backup (questions.xml) → Moodle XML, which the reader of question files knows.

Of several versions of a question the last is taken; questions that Moodle makes by itself (gaps of a cloze, random
ones) are none. Source: Moodle 4.5, ``question/type/*/backup`` and ``question/format/xml/format.php``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from coursepack.files.member import Member
from coursepack.readers.archives import moodle_xml
from coursepack.readers.archives.moodle_xml import leaf, sub

Element = etree._Element
Area = tuple[str, str, str, str]
"""Context, component, area and item of a text's files."""
Attached = Callable[[Area], Mapping[str, Callable[[], Iterator[bytes]]]]
_NULL = "$@NULL@$"
_FORMATS = {"0": "moodle_auto_format", "1": "html", "2": "plain_text", "4": "markdown"}
_FEEDBACKS = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
_SETTINGS: dict[str, tuple[str, ...]] = {
    "essay": (
        "responseformat", "responserequired", "responsefieldlines", "minwordlimit", "maxwordlimit", "attachments",
        "attachmentsrequired", "filetypeslist", "maxbytes",
    ),
    "multichoice": ("single", "shuffleanswers", "answernumbering"),
    "shortanswer": ("usecase",),
    "ordering": (
        "layouttype", "selecttype", "selectcount", "gradingtype", "showgrading", "numberingstyle",
    ),
}  # fmt: skip
_KINDS = {"match": "matching", "multianswer": "cloze"}
_OURS = frozenset({"random", "randomsamatch", "missingtype"})


def _text(element: Element, leaf: str) -> str:
    found = element.findtext(leaf) or ""
    return "" if found.strip() == _NULL else found


def members(root: Element, attached: Attached) -> Iterator[Member]:
    """One file with all questions, if there are any."""
    result = _MoodleBank(root, attached)
    if result.entries:
        yield Member(moodle_xml.FILE, result.chunks)


class _MoodleBank:
    def __init__(self, root: Element, attached: Attached) -> None:
        self.attached = attached
        self.categories = {each.get("id", ""): each for each in root.iterfind("question_category")}
        self.gaps = {each.get("id", ""): each for each in root.iter("question")}
        self.entries = [
            (category, question) for category in self.categories.values() for question in _questions(category)
        ]

    def chunks(self) -> Iterator[bytes]:
        yield moodle_xml.BEGIN
        last = None
        for category, question in self.entries:
            if category is not last:
                yield moodle_xml.category(self._path(category))
                last = category
            yield moodle_xml.written(_MoodleQuestion(self, category, question).made)
        yield moodle_xml.END

    def _path(self, category: Element) -> list[str]:
        found: list[str] = []
        seen: set[str] = set()
        at: Element | None = category
        while at is not None and _text(at, "parent") not in {"", "0"} and at.get("id", "") not in seen:
            seen.add(at.get("id", ""))
            found.append(_text(at, "name").strip())
            at = self.categories.get(_text(at, "parent"))
        if at is not None and _text(at, "name").strip() not in {"", "top"}:
            found.append(_text(at, "name").strip())
        return found[::-1]


def _questions(category: Element) -> Iterator[Element]:
    """The last version of each question; before Moodle 4 there was one."""
    found = [*category.iterfind("questions/question")]
    for entry in category.iterfind("question_bank_entries/question_bank_entry"):
        versions = sorted(entry.iterfind("question_version/question_versions"), key=_version)
        found += [each for last in versions[-1:] for each in last.iterfind("questions/question")]
    for question in found:
        if _text(question, "parent").strip() in {"", "0"} and _text(question, "qtype").strip() not in _OURS:
            yield question


def _version(element: Element) -> int:
    stated = _text(element, "version").strip()
    return int(stated) if stated.isdecimal() and len(stated) < 10 else 0


class _MoodleQuestion:
    """A question as Moodle XML has it."""

    def __init__(self, bank: _MoodleBank, category: Element, question: Element) -> None:
        self.bank = bank
        self.question = question
        self.context = _text(category, "contextid").strip()
        kind = _text(question, "qtype").strip()
        self.made = moodle_xml.question(_KINDS.get(kind, kind), _text(question, "name"))
        plugin = question.find(f"plugin_qtype_{kind}_question") if re.fullmatch("[a-z0-9_]+", kind) else None
        self.plugin = etree.Element("none") if plugin is None else plugin
        self._common(kind)
        for tag in _SETTINGS.get(kind, ()):
            found = self.plugin.find(f"{kind}/{tag}")
            if found is not None:
                leaf(self.made, tag, _text(self.plugin, f"{kind}/{tag}"))
        make = _TYPES.get(kind, _MoodleQuestion._answers)
        make(self)
        self._tags()

    def _common(self, kind: str) -> None:
        item = self.question.get("id", "")
        stated = _text(self.question, "questiontext")
        if kind == "multianswer":
            stated = self._with_gaps(stated)
        form = _text(self.question, "questiontextformat")
        self._field(self.made, "questiontext", stated, form, ("question", "questiontext", item))
        feedback = _text(self.question, "generalfeedback")
        form = _text(self.question, "generalfeedbackformat")
        self._field(self.made, "generalfeedback", feedback, form, ("question", "generalfeedback", item))
        leaf(self.made, "defaultgrade", _text(self.question, "defaultmark"))
        for part in _FEEDBACKS:
            found = next((each for each in self.plugin.iter(part)), None)
            if found is not None and found.text and found.text.strip() != _NULL:
                self._field(self.made, part, found.text, "1", ("question", part, item))

    def _with_gaps(self, stated: str) -> str:
        """The text with each gap as it was written."""
        sequence = (self.plugin.findtext("multianswer/sequence") or "").split(",")

        def gap(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            child = self.bank.gaps.get(sequence[at].strip()) if 0 <= at < len(sequence) else None
            return found[0] if child is None else _text(child, "questiontext")

        return re.sub(r"\{#(\d{1,4})\}", gap, stated)

    def _field(self, parent: Element, tag: str, stated: str, form: str, area: tuple[str, str, str]) -> Element:
        found = sorted(self.bank.attached((self.context, *area)).items())
        files = ((path, content()) for path, content in found)
        return moodle_xml.field(parent, tag, stated, _FORMATS.get(form.strip(), "html"), files)

    def _tags(self) -> None:
        found = [_text(tag, "rawname") or _text(tag, "name") for tag in self.question.iterfind("tags/tag")]
        holder = sub(self.made, "tags")
        for tag in found:
            leaf(sub(holder, "tag"), "text", tag)

    # --- a method a type

    def _answers(self) -> None:
        for answer in self.plugin.iterfind("answers/answer"):
            self._answer(answer)

    def _answer(self, answer: Element, stated: str | None = None) -> Element:
        item = answer.get("id", "")
        text = _text(answer, "answertext") if stated is None else stated
        result = self._field(self.made, "answer", text, _text(answer, "answerformat"), ("question", "answer", item))
        result.set("fraction", _percent(_text(answer, "fraction")))
        feedback, form = _text(answer, "feedback"), _text(answer, "feedbackformat")
        self._field(result, "feedback", feedback, form, ("question", "answerfeedback", item))
        return result

    def essay(self) -> None:
        essay = self.plugin.find("essay")
        for part in ("graderinfo", "responsetemplate") if essay is not None else ():
            stated, form = _text(self.plugin, f"essay/{part}"), _text(self.plugin, f"essay/{part}format")
            item = self.question.get("id", "")
            self._field(self.made, part, stated, form, ("qtype_essay", part, item))

    def truefalse(self) -> None:
        """The answers are words of the site's language; which is true, the settings say, else their order."""
        true = (self.plugin.findtext("truefalse/trueanswer") or "").strip()
        for number, answer in enumerate(self.plugin.iterfind("answers/answer")):
            is_true = answer.get("id") == true if true else number == 0
            self._answer(answer, "true" if is_true else "false")

    def numerical(self) -> None:
        records = {
            _text(each, "answer").strip(): _text(each, "tolerance")
            for each in self.plugin.iterfind("numerical_records/numerical_record")
        }
        for answer in self.plugin.iterfind("answers/answer"):
            leaf(self._answer(answer), "tolerance", records.get(answer.get("id", ""), "0") or "0")
        holder = sub(self.made, "units")
        for unit in self.plugin.iterfind("numerical_units/numerical_unit"):
            result = sub(holder, "unit")
            leaf(result, "multiplier", _text(unit, "multiplier"))
            leaf(result, "unit_name", _text(unit, "unit"))

    def matching(self) -> None:
        leaf(self.made, "shuffleanswers", _text(self.plugin, "matchoptions/shuffleanswers") or "1")
        for pair in self.plugin.iterfind("matches/match"):
            stated, form = _text(pair, "questiontext"), _text(pair, "questiontextformat")
            area = ("qtype_match", "subquestion", pair.get("id", ""))
            result = self._field(self.made, "subquestion", stated, form, area)
            leaf(sub(result, "answer"), "text", _text(pair, "answertext"))


def _nothing(_: _MoodleQuestion) -> None:
    """The text says all."""


_TYPES: dict[str, Callable[[_MoodleQuestion], None]] = {
    "essay": _MoodleQuestion.essay,
    "truefalse": _MoodleQuestion.truefalse,
    "numerical": _MoodleQuestion.numerical,
    "match": _MoodleQuestion.matching,
    "multianswer": _nothing,
    "description": _nothing,
}


def _percent(fraction: str) -> str:
    """A fraction of 1 as Moodle XML has it, of 100."""
    try:
        return f"{float(fraction) * 100:.7g}"
    except ValueError:
        return "0"
