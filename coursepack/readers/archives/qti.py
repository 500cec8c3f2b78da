"""Questions of a cartridge (QTI 1.2: the profile of Common Cartridge, and Canvas' own) → Moodle XML.

Sources: IMS Common Cartridge Profile 1.3, «QTI Assessment»; the kinds that Canvas writes beside it
(``question_type``). A kind that is none of these keeps its name, and the reader of Moodle XML tells it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from coursepack.files.media import KINDS
from coursepack.files.package import Package
from coursepack.model.questions import shares
from coursepack.readers.archives import moodle_xml
from coursepack.readers.archives.moodle_xml import leaf, sub
from coursepack.readers.html.tree import parse
from coursepack.readers.inline import local

Element = etree._Element
Find = Callable[[str], str | None]
"""Address in a text → member of the package."""


def questions(package: Package, root: Element, title: str, find: Find) -> Iterator[bytes]:
    """The category and the questions of one assessment or bank."""
    items = [each for each in root.iter("*") if local(each.tag) == "item"]
    if items:
        yield moodle_xml.category([title] if title else [])
    for item in items:
        yield moodle_xml.written(_Item(package, item, find).made())


def title(root: Element) -> str:
    """What an assessment or a bank is called."""
    named = next((each for each in root.iter("*") if local(each.tag) == "assessment"), None)
    said = "" if named is None else named.get("title", "")
    return " ".join((said or _metadata(root).get("bank_title", "")).split())


def _all(element: Element, *names: str) -> Iterator[Element]:
    return (each for each in element.iter("*") if local(each.tag) in names)


def _metadata(element: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in _all(element, "qtimetadatafield"):
        parts = {local(part.tag): (part.text or "").strip() for part in each.iterchildren("*")}
        found.setdefault(parts.get("fieldlabel", ""), parts.get("fieldentry", ""))
    return found


class _Item:
    """An item: what it asks, what is right, what is said of an answer."""

    def __init__(self, package: Package, item: Element, find: Find) -> None:
        self.package = package
        self.item = item
        self.find = find
        self.said = _metadata(item)
        self.kind = _KINDS.get(self.said.get("question_type") or self.said.get("cc_profile", ""), "")
        self.feedback = {each.get("ident", ""): each for each in _all(item, "itemfeedback")}
        self.labels = list(_all(item, "response_label"))
        self.conditions = list(_all(item, "respcondition"))

    def made(self) -> Element:
        unknown = self.said.get("question_type") or self.said.get("cc_profile") or "item"
        if self.kind in _SCORED and not any(_score(condition) > 0 for condition in self.conditions):
            self.kind, unknown = "", f"{unknown} without a right answer"
        made = moodle_xml.question(self.kind or unknown, self.item.get("title", ""))
        presentation = next(_all(self.item, "presentation"), self.item)
        self._text(made, "questiontext", _first_material(presentation))
        self._shown(made, "generalfeedback", "general_fb")
        mark = self.said.get("points_possible") or self.said.get("cc_weighting")
        if mark:
            leaf(made, "defaultgrade", mark)
        if self.kind:
            _MAKERS[self.kind](self, made)
        return made

    # --- texts

    def _text(self, parent: Element, tag: str, material: Element | None) -> Element:
        text = None if material is None else next(_all(material, "mattext"), None)
        if text is None:
            return moodle_xml.field(parent, tag, "")
        said = "".join(map(str, text.itertext()))
        if text.get("texttype", "").lower() != KINDS["html"].type:
            return moodle_xml.field(parent, tag, said, "plain_text")
        return moodle_xml.field(parent, tag, *self._with_files(said))

    def _with_files(self, html: str) -> tuple[str, str, moodle_xml.Files]:
        """A text whose pictures are files beside it."""
        body = parse(html) if "src=" in html else None
        if body is None:
            return html, "html", ()
        files: dict[str, str] = {}
        for element in body.iter("*"):
            member = self.find(str(element.get("src"))) if "src" in element.attrib else None
            if member is not None:
                name = f"/{len(files) + 1}-{member.rpartition('/')[2]}"
                files[name] = member
                element.set("src", f"@@PLUGINFILE@@{name}")
        said = (body.text or "") + "".join(etree.tostring(e, encoding="unicode", method="html") for e in body)
        return said, "html", ((path, self.package.chunks(member)) for path, member in files.items())

    def _shown(self, parent: Element, tag: str, ident: str) -> None:
        if ident in self.feedback:
            self._text(parent, tag, self.feedback[ident])

    # --- what is right

    def _right(self) -> dict[tuple[str, str], float]:
        """(Response, value) → its share of the mark, of all conditions that give one."""
        found: dict[tuple[str, str], float] = {}
        for condition in self.conditions:
            score = _score(condition)
            for value in _equals(condition) if score > 0 else ():
                key = (value.get("respident", ""), (value.text or "").strip())
                found[key] = max(found.get(key, 0.0), min(score, 100.0))
        return found

    def _feedback_of(self, value: str) -> str:
        """The feedback that a condition on this answer alone shows."""
        for condition in self.conditions:
            equal = _equals(condition)
            if len(equal) == 1 and (equal[0].text or "").strip() == value:
                shown = (each.get("linkrefid", "") for each in _all(condition, "displayfeedback"))
                if found := next((ident for ident in shown if ident not in _OF_ALL), ""):
                    return found
        return ""

    def _answer(self, parent: Element, fraction: float, label: Element | None, said: str, value: str) -> Element:
        made = moodle_xml.field(parent, "answer", said) if label is None else self._text(parent, "answer", label)
        made.set("fraction", f"{fraction:.7g}")
        self._shown(made, "feedback", self._feedback_of(value))
        return made

    # --- a method a kind

    def choice(self, made: Element) -> None:
        responses = list(_all(self.item, "response_lid"))
        single = not responses or responses[0].get("rcardinality", "Single") == "Single"
        right = {value: score for (_, value), score in self._right().items()}
        leaf(made, "single", "true" if single else "false")
        self._shown(made, "correctfeedback", "correct_fb")
        self._shown(made, "incorrectfeedback", "general_incorrect_fb")
        named = [label.get("ident", "") for label in self.labels]
        worth = [100 * one for one in shares([value in right for value in named], single=single)]
        for label, value, fraction in zip(self.labels, named, worth, strict=True):
            self._answer(made, right.get(value, 0.0) if single else fraction, label, "", value)

    def truth(self, made: Element) -> None:
        """The first of the two answers stands for true (Common Cartridge Profile), unless a word says otherwise."""
        right = {value for _, value in self._right()}
        labels = self.labels[:2]
        if labels and _letters(labels[0]).lower() == "false":
            labels = labels[::-1]
        for said, label in zip(("true", "false"), labels, strict=False):
            value = label.get("ident", "")
            self._answer(made, 100.0 * (value in right), None, said, value)

    def short(self, made: Element) -> None:
        for condition in self.conditions:
            score = _score(condition)
            for value in _all(condition, "varequal", "varsubstring") if score > 0 else ():
                said = (value.text or "").strip()
                pattern = f"*{said}*" if local(value.tag) == "varsubstring" else said
                self._answer(made, min(score, 100.0), None, pattern, said)

    def essay(self, made: Element) -> None:
        self._shown(made, "graderinfo", "solution")

    def description(self, made: Element) -> None:
        """Its text is all."""

    def matching(self, made: Element) -> None:
        right = dict(self._right().keys())
        texts = {label.get("ident", ""): label for label in self.labels}
        for response in _all(self.item, "response_lid"):
            pair = self._text(made, "subquestion", _first_material(response))
            label = texts.get(right.get(response.get("ident", ""), ""))
            leaf(sub(pair, "answer"), "text", "" if label is None else _letters(label))

    def numerical(self, made: Element) -> None:
        for condition in self.conditions:
            score = _score(condition)
            low, high = (next(iter(_numbers(condition, name)), None) for name in ("vargte", "varlte"))
            exact = next(iter(_numbers(condition, "varequal")), None)
            if score <= 0 or (exact is None and (low is None or high is None)):
                continue
            middle = exact if exact is not None else ((low or 0.0) + (high or 0.0)) / 2
            reach = max((high - middle if high is not None else 0.0), (middle - low if low is not None else 0.0))
            answer = self._answer(made, min(score, 100.0), None, f"{middle:.12g}", f"{middle:.12g}")
            leaf(answer, "tolerance", f"{reach:.7g}")


_MAKERS: dict[str, Callable[[_Item, Element], None]] = {
    "multichoice": _Item.choice,
    "truefalse": _Item.truth,
    "shortanswer": _Item.short,
    "essay": _Item.essay,
    "description": _Item.description,
    "matching": _Item.matching,
    "numerical": _Item.numerical,
}
_OF_ALL = frozenset({"general_fb", "correct_fb", "general_incorrect_fb"})
"""What Canvas says of a whole question, whichever answer was given."""
_SCORED = frozenset({"multichoice", "truefalse", "shortanswer", "matching", "numerical"})
"""Kinds that are questions where something is right, and part of a survey elsewhere."""
_KINDS = {
    "cc.multiple_choice.v0p1": "multichoice",
    "cc.multiple_response.v0p1": "multichoice",
    "cc.true_false.v0p1": "truefalse",
    "cc.fib.v0p1": "shortanswer",
    "cc.pattern_match.v0p1": "shortanswer",
    "cc.essay.v0p1": "essay",
    "multiple_choice_question": "multichoice",
    "multiple_answers_question": "multichoice",
    "true_false_question": "truefalse",
    "short_answer_question": "shortanswer",
    "essay_question": "essay",
    "text_only_question": "description",
    "matching_question": "matching",
    "numerical_question": "numerical",
}


def _first_material(element: Element) -> Element | None:
    return next(_all(element, "material"), None)


def _score(condition: Element) -> float:
    """What a condition sets or adds, of 100."""
    found = next(_all(condition, "setvar"), None)
    number = None if found is None else _number(found.text or "")
    return number or 0.0


def _equals(condition: Element) -> list[Element]:
    """The values that a condition asks for, not those that it forbids."""
    found = _all(condition, "varequal")
    return [each for each in found if not any(local(up.tag) == "not" for up in each.iterancestors())]


def _letters(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _numbers(condition: Element, name: str) -> list[float]:
    found = (_number(each.text or "") for each in _all(condition, name))
    return [number for number in found if number is not None]


def _number(text: str) -> float | None:
    try:
        number = float(text.strip())
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None
