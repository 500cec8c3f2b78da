"""One ``<question>`` of Moodle XML → a question of the model: a short method a type.

Defaults are those of Moodle's own import (``question/format/xml/format.php``), not of its forms.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal
from urllib.parse import unquote

from lxml import etree

from coursepack.files import media
from coursepack.model.blocks import Blocks, Media, Paragraph, Picture, block_text, text_blocks
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Description,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    OrderingItem,
    Pair,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.moodle import ordering
from coursepack.readers import question_text
from coursepack.readers.attached import attached
from coursepack.readers.html.blocks import HtmlReader
from coursepack.readers.moodle import cloze
from coursepack.readers.streams import ReadingSession, line_of

Element = etree._Element

_FORMATS = {
    "html": "html",
    "moodle_auto_format": "moodle",
    "plain_text": "plain",
    "markdown": "markdown",
    "wiki_like": "moodle",
}
_FILE = re.compile(r"@@PLUGINFILE@@(/.*)", re.DOTALL)
_DATA = re.compile(r"data:([\w/+.-]+);base64,(.*)", re.DOTALL)
_NUMBERING: dict[str, Literal["abc", "ABC", "123", "none"]] = {
    "abc": "abc",
    "abcd": "abc",
    "ABC": "ABC",
    "ABCD": "ABC",
    "123": "123",
    "none": "none",
}
_ORDERING = ("layouttype", "selecttype", "selectcount", "gradingtype", "showgrading", "numberingstyle")
_OLD_ORDERING = {"logical": "selecttype", "studentsee": "selectcount"}
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
# What Moodle exports and the model has no place for, unless it has the value that everybody has.
_USUAL = {
    "responseformat": {"editor", ""},
    "hidden": {"0", ""},
    "filetypeslist": {""},
    "maxbytes": {"0", ""},
}


class UnreadableError(ValueError):
    """What is wrong with one question."""


class QuestionReader:
    """Questions one after another; pictures and files go to the session's assets."""

    def __init__(self, session: ReadingSession) -> None:
        self.session = session
        self.html = HtmlReader(picture=self._picture, file=self._file, lost=session.lost, top=3)
        self._files: dict[str, Element] = {}
        self._asked: set[str] = set()

    def question(self, element: Element, category: tuple[str, ...]) -> Question | None:
        """The question, or None for a type that is not read (reported). Raises ``UnreadableError``."""
        kind = element.get("type", "")
        read = _TYPES.get(kind)
        if read is None:
            what = f"a question of type {kind!r}" if kind else "a question without a type"
            self.session.lost[f"{what}, which is not read"] += 1
            return None
        for name, usual in _USUAL.items():
            if (found := element.findtext(name)) is not None and found.strip() not in usual:
                self.session.lost[f"<{name}> of a question"] += 1
        if element.findtext("idnumber", "").strip():
            self.session.noted["an idnumber, which is not kept: ids come from the order"] += 1
        if any(block.findtext("text", "").strip() for block in element.iterchildren("hint")):
            self.session.lost["a question with hints for further tries"] += 1
        result, fields = read(self, element)
        identifier, number = self.session.next_id()
        common: dict[str, Any] = {
            "id": identifier,
            "number": number,
            "title": " ".join(element.findtext("name/text", "").split()) or None,
            "feedback": self.text(element, "generalfeedback"),
            "tags": tuple(
                tag for e in element.iterfind("tags/tag") if (tag := " ".join(e.findtext("text", "").split()))
            ),
            "category": category,
            "place": self.session.place(line_of(element)),
        }
        mark = element.findtext("defaultgrade")
        if mark is not None and result not in {Cloze, Description}:
            common["mark"] = _decimal(mark)
        body = fields.pop("text") if "text" in fields else self.text(element, "questiontext")
        fields["text"] = body + self._old_picture(element)
        question: Question = result(**common, **fields)
        return question

    def _old_picture(self, element: Element) -> Blocks:
        """The picture under a question, as Moodle 1.9 kept it."""
        data = element.findtext("image_base64", "").strip()
        picture = self._picture(f"data:{media.KINDS['png'].type};base64,{data}", "", None, None) if data else None
        return () if picture is None else (Paragraph(content=(picture,)),)

    # --- texts and pictures

    def text(self, parent: Element, name: str) -> Blocks:
        """The blocks of ``<name format="…"><text>…</text><file …/></name>``."""
        found = parent.find(name)
        return () if found is None else self.blocks(found)

    def blocks(self, element: Element) -> Blocks:
        form = _FORMATS.get(element.get("format", "html"), "html")
        with self._files_of(element):
            return question_text.blocks(_plain(element), form, self.html)

    @contextmanager
    def _files_of(self, element: Element) -> Iterator[None]:
        """The files of a text, by path and name, for what it shows and links to; other ones are reported."""
        self._asked = set()
        self._files = {
            (file.get("path") or "/") + (file.get("name") or ""): file for file in element.iterchildren("file")
        }
        yield
        for name in [name for name in self._files if name not in self._asked]:
            self.session.lost[f"the file {name.removeprefix('/')!r}, which its text neither shows nor links to"] += 1

    def _picture(self, address: str, alt: str, width: int | None, height: int | None) -> Picture | None:
        inline = _DATA.fullmatch(address.strip())
        data = _decoded(inline[2]) if inline else self._bytes(address)
        return question_text.picture(data, alt, width, height, self.session)

    def _file(self, address: str) -> Media | None:
        data = self._bytes(address)
        if data is None:
            return None
        result = attached(data, address)
        self.session.assets.data.setdefault(result.asset, data)
        return result

    def _bytes(self, address: str) -> bytes | None:
        """What lies beside the text under an address, by its path as it stands or as it is written in an address."""
        found = _FILE.fullmatch(address.strip().partition("?")[0])
        names = () if found is None else (unquote(found[1]), found[1])
        name = next((name for name in names if name in self._files), None)
        if name is None:
            return None
        self._asked.add(name)
        return _decoded("".join(str(t) for t in self._files[name].itertext()))

    # --- a method a type

    def essay(self, element: Element) -> tuple[type, dict[str, Any]]:
        return Essay, {
            "grader_notes": self.text(element, "graderinfo"),
            "template": self.text(element, "responsetemplate"),
            "response_lines": _whole(element, "responsefieldlines"),
            # An empty limit comes back from Moodle as 0: none.
            "min_words": _whole(element, "minwordlimit") or None,
            "max_words": _whole(element, "maxwordlimit") or None,
            "attachments": _whole(element, "attachments") or 0,
        }

    def choice(self, element: Element) -> tuple[type, dict[str, Any]]:
        choices = tuple(
            Choice(content=content, fraction=_fraction(answer), feedback=self.text(answer, "feedback"))
            for answer in element.iterchildren("answer")
            if (content := self.blocks(answer))
        )
        if len(choices) < 2:
            raise UnreadableError(f"a multiple choice with {len(choices)} options, expected two or more")
        numbering = element.findtext("answernumbering", "abc").strip()
        if numbering not in _NUMBERING:
            self.session.lost[f"options numbered {numbering!r}: 123 was taken"] += 1
        return MultipleChoice, {
            "choices": choices,
            "single": _true(element.findtext("single"), default=True),
            "shuffle": _true(element.findtext("shuffleanswers"), default=False),
            "numbering": _NUMBERING.get(numbering, "123"),
            "correct_feedback": self.text(element, "correctfeedback"),
            "partial_feedback": self.text(element, "partiallycorrectfeedback"),
            "incorrect_feedback": self.text(element, "incorrectfeedback"),
        }

    def true_false(self, element: Element) -> tuple[type, dict[str, Any]]:
        found: dict[str, tuple[float, Blocks]] = {}
        for answer in element.iterchildren("answer"):
            found[_plain(answer).strip().lower()] = (_fraction(answer), self.text(answer, "feedback"))
        if not {"true", "false"} <= set(found):
            answers = list(element.iterchildren("answer"))
            if len(answers) != 2:
                raise UnreadableError(f"{len(answers)} answers, expected «true» and «false»")
            # Answers in other words: Moodle takes the first one for «true».
            self.session.lost["a true/false question with answers of its own, taken as true and false"] += 1
            found = {
                word: (_fraction(answer), self.text(answer, "feedback"))
                for word, answer in zip(("true", "false"), answers, strict=True)
            }
        return TrueFalse, {
            "answer": found["true"][0] > found["false"][0],
            "true_feedback": found["true"][1],
            "false_feedback": found["false"][1],
        }

    def short(self, element: Element) -> tuple[type, dict[str, Any]]:
        answers = tuple(
            Answer(text=text, fraction=_fraction(answer), feedback=self.text(answer, "feedback"))
            for answer in element.iterchildren("answer")
            if (text := _plain(answer).strip())
        )
        if not answers:
            raise UnreadableError("a short answer question that accepts nothing")
        return ShortAnswer, {"answers": answers, "case_sensitive": _true(element.findtext("usecase"), default=False)}

    def numerical(self, element: Element) -> tuple[type, dict[str, Any]]:
        answers = []
        for answer in element.iterchildren("answer"):
            value = _plain(answer).strip().replace(",", ".")
            if not value:
                continue
            if value != "*" and not _NUMBER.fullmatch(value):
                raise UnreadableError(f"{value[:40]!r} is no number")
            tolerance = answer.findtext("tolerance", "0").strip().replace(",", ".") or "0"
            answers.append(
                NumericalAnswer(
                    value=_short_number(value),
                    tolerance=_short_number(tolerance) if _NUMBER.fullmatch(tolerance) else "0",
                    fraction=_fraction(answer),
                    feedback=self.text(answer, "feedback"),
                )
            )
        if not answers:
            raise UnreadableError("a numerical question without an answer")
        units = [u.findtext("unit_name", "").strip() for u in element.iterfind("units/unit")]
        if len(units) > 1:
            self.session.lost["a further unit of a numerical question"] += len(units) - 1
        return Numerical, {"answers": tuple(answers), "unit": (units[0] or None) if units else None}

    def matching(self, element: Element) -> tuple[type, dict[str, Any]]:
        pairs = tuple(
            Pair(question=self.blocks(sub), answer=text_blocks(answer))
            for sub in element.iterchildren("subquestion")
            if (answer := _plain(sub.find("answer")).strip())
        )
        if len(pairs) < 2:
            raise UnreadableError(f"a matching question with {len(pairs)} pairs, expected two or more")
        return Matching, {"pairs": pairs, "shuffle": _true(element.findtext("shuffleanswers"), default=True)}

    def ordering(self, element: Element) -> tuple[type, dict[str, Any]]:
        answers = list(element.iterchildren("answer"))
        items = tuple(OrderingItem(content=content) for answer in answers if (content := self.blocks(answer)))
        if len(items) < ordering.LEAST_ITEMS:
            raise UnreadableError(f"{len(items)} items to put in order, expected two or more")
        if remarks := sum(bool(self.text(answer, "feedback")) for answer in answers):
            self.session.lost["feedback on an item to put in order, which Moodle leaves out too"] += remarks
        # «logical» and «studentsee» are what older files call them.
        names = {**_OLD_ORDERING, **{name: name for name in _ORDERING}}
        stated = {name: text.strip() for tag, name in names.items() if (text := element.findtext(tag)) is not None}
        return Ordering, {
            "items": items,
            **ordering.read(stated),
            "correct_feedback": self.text(element, "correctfeedback"),
            "partial_feedback": self.text(element, "partiallycorrectfeedback"),
            "incorrect_feedback": self.text(element, "incorrectfeedback"),
        }

    def cloze(self, element: Element) -> tuple[type, dict[str, Any]]:
        found = element.find("questiontext")
        if found is None:
            raise UnreadableError("a cloze question without a text")
        form = _FORMATS.get(found.get("format", "html"), "html")

        def remark(html: str) -> Blocks:
            return question_text.blocks(html, "html", self.html)

        with self._files_of(found):
            parsed = cloze.parse(_plain(found), remark)
            if not parsed.gaps:
                raise UnreadableError("a cloze question without a gap, expected {1:SHORTANSWER:=answer}")
            if parsed.variants:
                self.session.lost["a gap with its options in a row, in a column or shuffled"] += parsed.variants
            return Cloze, {"text": question_text.blocks(parsed.text, form, self.html), "gaps": parsed.gaps}

    def description(self, element: Element) -> tuple[type, dict[str, Any]]:
        text = self.text(element, "questiontext")
        if not block_text(text).strip() and element.find("questiontext/file") is None:
            raise UnreadableError("a description without a text")
        return Description, {"text": text}


_TYPES = {
    "essay": QuestionReader.essay,
    "multichoice": QuestionReader.choice,
    "truefalse": QuestionReader.true_false,
    "shortanswer": QuestionReader.short,
    "numerical": QuestionReader.numerical,
    "matching": QuestionReader.matching,
    "match": QuestionReader.matching,
    "ordering": QuestionReader.ordering,
    "cloze": QuestionReader.cloze,
    "multianswer": QuestionReader.cloze,
    "description": QuestionReader.description,
}


def _plain(element: Element | None) -> str:
    """The text of ``<text>``; HTML that somebody forgot to protect is read with its tags, as it was meant."""
    if element is None:
        return ""
    found = element.find("text")
    if found is None:
        return (element.text or "").strip()
    if not len(found):
        return found.text or ""
    inner = "".join(etree.tostring(child, encoding="unicode") for child in found)
    return (found.text or "") + inner


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode("".join(text.split()), validate=True) or None
    except (binascii.Error, ValueError):
        return None


def _decimal(text: str) -> float | None:
    text = text.strip().replace(",", ".")
    if not _NUMBER.fullmatch(text) or len(text) > 40:
        return None
    return float(text)


def _fraction(answer: Element) -> float:
    percent = _decimal(answer.get("fraction", "0"))
    if percent is None or abs(percent) > 100:
        return 0.0
    return _THIRDS.get(round(abs(percent), 3), abs(percent) / 100) * (-1 if percent < 0 else 1)


# Moodle writes 33.33333 for a third: read back as what it stands for.
_THIRDS = {round(100 / n * k, 3): k / n for n in (3, 6, 7, 9) for k in range(1, n)}


def _whole(element: Element, name: str) -> int | None:
    text = element.findtext(name, "").strip()
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else None


def _true(text: str | None, *, default: bool) -> bool:
    if text is None or not text.strip():
        return default
    return text.strip().lower() in {"1", "true", "yes"}


def _short_number(text: str) -> str:
    """A number without the zeros that a database adds: «3.1400000» is «3.14»."""
    if "." not in text or "e" in text.lower():
        return text
    return text.rstrip("0").rstrip(".") or "0"
