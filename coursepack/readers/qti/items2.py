"""An item of QTI 2 or 3 (``tree.plain``) → what it asks.

Source: IMS QTI 2.2, Information Model, 6 «Item Body» and 7 «Interactions»; QTI 3.0 renames them and adds a stimulus
that several items share.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree

from coursepack.files.xml import take_out
from coursepack.ims.qti_terms import FIRST_GAP, MAX_SCORE, OURS
from coursepack.model.blocks import Blocks
from coursepack.readers.qti import single_ways, tree
from coursepack.readers.qti.interactions import Interaction, InteractionOption, ItemDraft, Numbering, Way
from coursepack.readers.qti.processing import Rules, real
from coursepack.readers.qti.scored import LeftOutError
from coursepack.readers.qti.texts import ItemTexts

Element = etree._Element
Stimulus = Callable[[str], Element | None]
"""Address of a stimulus → its root."""
_PICTURES = {
    "selectPointInteraction": "a point of a picture",
    "positionObjectInteraction": "a place for a picture",
    "hotspotInteraction": "an area of a picture",
    "graphicOrderInteraction": "the order of areas of a picture",
    "graphicAssociateInteraction": "pairs of areas of a picture",
    "graphicGapMatchInteraction": "what belongs on areas of a picture",
    "drawingInteraction": "a drawing",
    "customInteraction": "something that only a program of its own shows",
    "portableCustomInteraction": "something that only a program of its own shows",
}
"""What no question of the model asks for."""
_EXCLUDED = frozenset({"endAttemptInteraction", "mediaInteraction"})
_WRITTEN = frozenset({"extendedTextInteraction", "uploadInteraction"})
_RICH = frozenset({"img", "object", "math", "svg", "audio", "video", "table", "pre", "iframe", "picture"})
_TEACHERS = frozenset({"scorer", "tutor", "author", "testConstructor", "proctor"})


class Qti2ItemReader:
    """Items one after another."""

    def __init__(self, texts: ItemTexts, stimulus: Stimulus = lambda _: None) -> None:
        self.texts = texts
        self.stimulus = stimulus
        self.lost = texts.session.lost
        self.noted = texts.session.noted

    def item(self, root: Element) -> tuple[ItemDraft, Rules]:
        """Raises ``LeftOutError``."""
        item = ItemDraft(root.get("identifier", ""), " ".join(root.get("title", "").split()))
        item.exact = root.get("toolName") == OURS
        if _varies(root):
            raise LeftOutError("its numbers or texts are generated anew for each learner (templateProcessing)")
        body = root.find("itemBody")
        if body is None:
            raise LeftOutError("it has no body")
        single_ways.own_responses(root)
        rules = Rules(root)
        if root.get("adaptive") == "true":
            self.lost["an adaptive item: what it says between several tries"] += 1
        item.notes = self._rubrics(body)
        self._feedback(root, body, item, rules)
        found = list(self._interactions(body))
        for each in found:
            if (what := _PICTURES.get(str(each.tag))) is not None:
                raise LeftOutError(f"it asks for {what} ({each.tag})")
        self._variables(body)
        item.gaps = item.exact and [each.get("responseIdentifier") for each in found] == [FIRST_GAP]
        several = item.gaps or _asks_several(found)
        item.asked = tuple(questions for each in found for questions in self._asked(each, rules, several=several))
        item.asked = _number_slots(body, item.asked, several=len(item.asked) > 1 or item.gaps)
        item.shortened = not several and len(item.asked) == 1 and item.asked[0].inline and _goes_on(body)
        item.text = (*self._stimuli(root), *self.texts.of_tree(body))
        item.points, item.marked = rules.highest(), rules.way()
        item.unmarked = item.exact and MAX_SCORE not in rules.outcomes
        return item, rules

    # --- what stands around the questions

    def _stimuli(self, root: Element) -> Blocks:
        found: Blocks = ()
        for reference in root.iterchildren("assessmentStimulusRef"):
            text = self.stimulus(reference.get("href", ""))
            body = None if text is None else next(text.iter("stimulusBody"), None)
            if body is None:
                self.lost["a text that items share (a stimulus) and that is not there"] += 1
            else:
                found += self.texts.of_tree(body)
        return found

    def _rubrics(self, body: Element) -> Blocks:
        notes: Blocks = ()
        for rubric in list(body.iter("rubricBlock")):
            views = set(rubric.get("view", "").split())
            if views and views <= _TEACHERS:
                notes += self.texts.of_tree(rubric)
                take_out(rubric)
            else:
                rubric.tag = "div"
        return notes

    def _feedback(self, root: Element, body: Element, item: ItemDraft, rules: Rules) -> None:
        for each in [*root.iterchildren("modalFeedback"), *body.iter("feedbackBlock", "feedbackInline")]:
            if any(up.tag in _CHOICES for up in each.iterancestors()):
                continue
            if any(str(part.tag).endswith("Interaction") for part in each.iter("*")):
                raise LeftOutError("it asks in steps, each after another try (adaptive)")
            shows = each.get("showHide", "show") != "hide"
            ident, outcome = each.get("identifier", ""), each.get("outcomeIdentifier", "")
            if each.tag != "modalFeedback" and not shows:
                each.tag = "div" if each.tag == "feedbackBlock" else "span"
                continue
            key = ident if ident not in item.feedback else f"{ident}\n{outcome}"
            stated = self.texts.of_tree(_inside(each))
            if stated:
                item.feedback[key] = (*item.feedback.get(key, ()), *stated)
                rules.feedback[key] = (outcome, ident, shows)
            if each.tag != "modalFeedback":
                take_out(each)

    def _interactions(self, body: Element) -> Iterator[Element]:
        for each in list(body.iter("*")):
            if str(each.tag).lower().endswith("interaction"):
                yield each

    def _variables(self, body: Element) -> None:
        if any(True for _ in body.iter("printedVariable")):
            raise LeftOutError("it prints a value that is made when it is asked (printedVariable)")
        for name, what in (("include", "content from another file (include)"), ("infoControl", "")):
            for each in list(body.iter(name)):
                if what:
                    self.lost[what] += 1
                    take_out(each)
                else:
                    each.tag = "div"
        for each in list(body.iter("templateInline", "templateBlock")):
            take_out(each)

    # --- interactions

    def _asked(self, element: Element, rules: Rules, *, several: bool) -> list[Interaction]:
        read = _READ.get(str(element.tag))
        if read is None:
            raise LeftOutError(f"it asks in a way that is not known ({str(element.tag)[:60]})")
        response = element.get("responseIdentifier", "")
        if element.tag not in _EXCLUDED and response not in rules.responses:
            raise LeftOutError(f"its response {response[:40]!r} is not declared")
        return read(self, element, response, rules, several)

    def choice(self, element: Element, response: str, rules: Rules, several: bool) -> list[Interaction]:
        options = self._options(element, "simpleChoice")
        upright = element.get("orientation", "vertical") != "horizontal"
        shuffle, numbering = _true(element, "shuffle"), _numbering(element)
        inline = _moved_into_line(element)
        if not inline:
            _replace(element, prompt=True, slot=several)
        # A response that is declared for one answer holds one, whatever the interaction allows.
        many = rules.responses[response].many != "single"
        return [
            Interaction(
                "choice",
                response,
                options,
                many=many,
                shuffle=shuffle,
                horizontal=not upright,
                inline=inline,
                numbering=numbering,
            )
        ]

    def inline_choice(self, element: Element, response: str, rules: Rules, several: bool) -> list[Interaction]:
        options = self._options(element, "inlineChoice") or self._options(element, "simpleChoice")
        shuffle = _true(element, "shuffle")
        _replace(element, slot=True)
        return [Interaction("choice", response, options, shuffle=shuffle, inline=True)]

    def text_entry(self, element: Element, response: str, rules: Rules, several: bool) -> list[Interaction]:
        base = rules.responses[response].base
        unit = _unit_behind(element)
        _replace(element, slot=True)
        way: Way = "number" if base in {"integer", "float"} else "text"
        return [Interaction(way, response, inline=True, whole=base == "integer", unit=unit)]

    def extended(self, element: Element, response: str, rules: Rules, several: bool) -> list[Interaction]:
        lines = int(real(element.get("expectedLines"), 0.0)) or None
        limits = _limits(element)
        _replace(element, prompt=True, slot=several)
        declared = rules.responses[response].default
        template = self.texts.of_plain("\n\n".join(declared))
        return [
            Interaction("essay", response, lines=lines, least_words=limits[0], most_words=limits[1], template=template)
        ]

    def upload(self, element: Element, response: str, rules: Rules, several: bool) -> list[Interaction]:
        _replace(element, prompt=True, slot=several)
        return [Interaction("upload", response, files=1)]

    def slider(self, element: Element, response: str, rules: Rules, several: bool) -> list[Interaction]:
        low, high = real(element.get("lowerBound"), 0.0), real(element.get("upperBound"), 0.0)
        _replace(element, prompt=True, slot=several)
        self.noted[f"a number from {low:g} to {high:g} on a slider, read as a number to type"] += 1
        whole = rules.responses[response].base == "integer"
        return [Interaction("number", response, low=low, high=high, whole=whole)]

    def order(self, element: Element, response: str, rules: Rules, several: bool) -> list[Interaction]:
        options, numbering = self._options(element, "simpleChoice"), _numbering(element)
        upright = element.get("orientation", "vertical") != "horizontal"
        _replace(element, prompt=True, slot=several)
        return [Interaction("order", response, options, shuffle=True, horizontal=not upright, numbering=numbering)]

    def match(self, element: Element, response: str, rules: Rules, several: bool) -> list[Interaction]:
        sets = list(element.iterchildren("simpleMatchSet"))
        if len(sets) != 2:
            raise LeftOutError(f"a match of {len(sets)} sets, expected two")
        first, second = (self._options(each, "simpleAssociableChoice") for each in sets)
        fixed = all(_true(each, "fixed") for each in sets[0].iterchildren("simpleAssociableChoice"))
        shuffle = _true(element, "shuffle") and not fixed
        _replace(element, prompt=True, slot=several)
        return [Interaction("match", response, first, second, shuffle=shuffle)]

    def associate(self, element: Element, response: str, rules: Rules, several: bool) -> list[Interaction]:
        options, shuffle = self._options(element, "simpleAssociableChoice"), _true(element, "shuffle")
        _replace(element, prompt=True, slot=several)
        return [Interaction("associate", response, options, shuffle=shuffle)]

    def hottext(self, element: Element, response: str, rules: Rules, several: bool) -> list[Interaction]:
        found = list(element.iter("hottext"))
        options = tuple(self._option(each) for each in found)
        for each in found:
            each.tag = "u"
        many = rules.responses[response].many != "single"
        _opened(element)
        self.noted["words of a text to be marked, read as options below it"] += 1
        return [Interaction("hottext", response, options, many=many)]

    def gap_match(self, element: Element, response: str, rules: Rules, several: bool) -> list[Interaction]:
        if element.find("gapImg") is not None:
            raise LeftOutError("its gaps take pictures")
        words = [(each.get("identifier", ""), tree.words(each)) for each in element.iterchildren("gapText")]
        rich = any(e.tag in _RICH for each in element.iterchildren("gapText") for e in each.iter("*"))
        for each in list(element.iterchildren("gapText")):
            take_out(each)
        gaps = list(element.iter("gap"))
        result = []
        self.noted["words to be put into gaps, read as a list of them for each gap"] += len(gaps)
        for gap in gaps:
            ident = gap.get("identifier", "")
            options = tuple(
                InteractionOption(f"{name} {ident}", self.texts.of_plain(stated), stated, rich)
                for name, stated in words
            )
            result.append(Interaction("choice", response, options, inline=True, shuffle=_true(element, "shuffle")))
            _replace(gap, slot=True)
        _opened(element)
        return result

    def aside(self, element: Element, response: str, rules: Rules, several: bool) -> list[Interaction]:
        """A button for a hint asks nothing; what is played stays in the text."""
        if element.tag == "mediaInteraction":
            _opened(element)
        else:
            self.lost["a button that ends a try (endAttemptInteraction)"] += 1
            take_out(element)
        return []

    def _options(self, element: Element, name: str) -> tuple[InteractionOption, ...]:
        return tuple(self._option(each) for each in element.iterchildren(name))

    def _option(self, element: Element) -> InteractionOption:
        feedback: Blocks = ()
        for each in list(element.iter("feedbackInline", "feedbackBlock")):
            feedback += self.texts.of_tree(_inside(each))
            take_out(each)
        rich = any(each.tag in _RICH for each in element.iter("*"))
        words = tree.words(element)
        return InteractionOption(
            element.get("identifier", ""), self.texts.of_tree(_inside(element)), words, rich, feedback
        )


_Reading = Callable[[Qti2ItemReader, Element, str, Rules, bool], list[Interaction]]
_READ: dict[str, _Reading] = {
    "choiceInteraction": Qti2ItemReader.choice,
    "inlineChoiceInteraction": Qti2ItemReader.inline_choice,
    "textEntryInteraction": Qti2ItemReader.text_entry,
    "extendedTextInteraction": Qti2ItemReader.extended,
    "uploadInteraction": Qti2ItemReader.upload,
    "sliderInteraction": Qti2ItemReader.slider,
    "orderInteraction": Qti2ItemReader.order,
    "matchInteraction": Qti2ItemReader.match,
    "associateInteraction": Qti2ItemReader.associate,
    "hottextInteraction": Qti2ItemReader.hottext,
    "gapMatchInteraction": Qti2ItemReader.gap_match,
    "mediaInteraction": Qti2ItemReader.aside,
    "endAttemptInteraction": Qti2ItemReader.aside,
}
_TO_RESPONSES = ("setCorrectResponse", "setDefaultValue", "templateConstraint", "exitTemplate")
_USES = ("variable", "printedVariable")
_LIMIT = re.compile(r"(least|most)-(\d{1,6})")
_GAP = re.compile(r"gap-\d{1,4}")
_LABELS: dict[str, Numbering] = {
    "qti-labels-none": "none",
    "qti-labels-decimal": "123",
    "qti-labels-lower-alpha": "abc",
    "qti-labels-upper-alpha": "ABC",
    "qti-labels-lower-roman": "iii",
    "qti-labels-upper-roman": "III",
}
_CHOICES = frozenset({"simpleChoice", "simpleAssociableChoice", "hottext", "inlineChoice"})
_SLOT = "coursepack-slot"


def _varies(root: Element) -> bool:
    """Whether what is drawn anew for each learner is seen or counts anywhere in the item."""
    drawing = root.find("templateProcessing")
    if drawing is None:
        return False
    if any(True for _ in drawing.iter(*_TO_RESPONSES)):
        return True
    drawn = {each.get("identifier", "") for each in drawing.iter("setTemplateValue")}
    used = {each.get("identifier", "") for name in _USES for each in root.iter(name) if not _inside_of(each, drawing)}
    used |= {each.get("templateIdentifier", "") for each in root.iter("*")}
    used |= {tree.words(each) for each in root.iter("mi", "ci")}
    return bool(drawn & used)


def _inside_of(element: Element, holder: Element) -> bool:
    return any(up is holder for up in element.iterancestors())


def _true(element: Element, name: str) -> bool:
    return element.get(name, "false") in {"true", "1"}


def _inside(element: Element) -> Element:
    """A copy without what follows it, as a part of a page."""
    copy = deepcopy(element)
    copy.tail = None
    for part in copy.iter("contentBody"):
        part.tag = "div"
    return copy


def _replace(element: Element, *, prompt: bool = False, slot: bool = False) -> None:
    """An interaction in the text: its prompt, and the place of its answer."""
    stated = element.find("prompt") if prompt else None
    tail, block, response = element.tail, prompt, element.get("responseIdentifier", "")
    element.clear()
    element.tag, element.tail = "div" if block else "span", tail
    if stated is not None:
        stated.tag, stated.tail = "div", None
        element.append(stated)
    if slot:
        place = etree.SubElement(element, "p") if block else element
        etree.SubElement(place, _SLOT, response=response)


def _asks_several(found: list[Element]) -> bool:
    """Whether the places of answers have to be reported apart; a text with files to hand in has one."""
    kinds = [str(each.tag) for each in found if each.tag not in _EXCLUDED]
    if kinds.count("extendedTextInteraction") <= 1 and set(kinds) <= _WRITTEN:
        return False
    return len(kinds) > 1 or "gapMatchInteraction" in kinds


def _limits(element: Element) -> tuple[int | None, int | None]:
    """The limits of words that our own items say in the prompt, which then goes out of the text."""
    prompt = element.find("prompt")
    names = [] if prompt is None else prompt.get("class", "").split()
    if prompt is None or "limits" not in names:
        return None, None
    stated = {found[1]: int(found[2]) for name in names if (found := _LIMIT.fullmatch(name))}
    if stated:
        element.remove(prompt)
    return stated.get("least"), stated.get("most")


def _numbering(element: Element) -> Numbering:
    """What the vocabulary of QTI 3.0 says of the labels of options."""
    return next((_LABELS[name] for name in element.get("class", "").split() if name in _LABELS), "")


def _moved_into_line(element: Element) -> bool:
    """Whether our own items show the options of a gap behind the paragraph that it stands in; its place is then there,
    called as the options are."""
    name = next((name for name in element.get("class", "").split() if _GAP.fullmatch(name)), "")
    above = element.getparent()
    if not name or above is None:
        return False
    number = name.removeprefix("gap-")
    for place in above.iter("span"):
        if place.get("class") == name and tree.words(place) == f"({number})":
            place.text = None
            etree.SubElement(place, _SLOT, response=element.get("responseIdentifier", ""))
            take_out(element)
            return True
    return False


def _unit_behind(element: Element) -> str:
    """The unit that our own items say behind the place of a number; it goes out of the text."""
    found = element.getnext()
    if found is None or found.get("class") != "unit" or (element.tail or "").strip():
        return ""
    stated = tree.words(found)
    take_out(found)
    return stated


def _opened(element: Element) -> None:
    """An interaction whose content is text: it stays where it is."""
    element.attrib.clear()
    element.tag = "div"
    for each in element.iter("prompt"):
        each.tag = "div"


def _number_slots(body: Element, questions: tuple[Interaction, ...], *, several: bool) -> tuple[Interaction, ...]:
    """The places of answers as the model marks them, numbered by their order, which is that of what is ``asked`` then;
    a single one needs no mark."""
    slots = list(body.iter(_SLOT))
    by = {each.response: each for each in questions}
    order = [slot.get("response", "") for slot in slots]
    if several and len(by) == len(questions) and sorted(order) == sorted(by):
        questions = tuple(by[response] for response in order)
    for number, slot in enumerate(slots, 1):
        slot.tag = "span"
        slot.attrib.clear()
        slot.set("class", _SLOT)
        slot.text = f"{{#{number}}}" if several else "_____"
    if not several and not _goes_on(body):
        for slot in body.iter("span"):
            if slot.get("class") == _SLOT:
                slot.text = None
    return questions


def _goes_on(body: Element) -> bool:
    """Whether letters follow the place of the answer."""
    seen = False
    for element in body.iter("*"):
        if element.get("class") == _SLOT:
            seen = True
    if not seen:
        return False
    after = "".join(map(str, body.itertext())).rpartition("_____")
    return bool(after[1]) and bool(after[2].strip())
