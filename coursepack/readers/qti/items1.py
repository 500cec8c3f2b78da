"""An item of QTI 1.2 (``tree.plain``) → what it asks.

Sources: IMS QTI 1.2, ASI Information Model; IMS Common Cartridge Profile 1.3 (``cc_profile``); what Canvas
(``question_type``), Blackboard (``bbmd_questiontype``) and Brightspace write beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from lxml import etree

from coursepack.files import media
from coursepack.model.blocks import Blocks
from coursepack.readers.qti import materials, single_ways, tree
from coursepack.readers.qti.conditions import PAIRS, Conditions
from coursepack.readers.qti.interactions import Interaction, InteractionOption, ItemDraft, Way
from coursepack.readers.qti.processing import is_real, real
from coursepack.readers.qti.scored import LeftOutError
from coursepack.readers.qti.texts import ItemTexts

Element = etree._Element
_RESPONSES = ("response_lid", "response_str", "response_num", "response_grp", "response_xy")
_POINTS = ("points_possible", "cc_weighting", "qmd_weighting", "qmd_absolutescore_max")
_KINDS: dict[str, str] = {
    "cc.essay.v0p1": "essay",
    "essay_question": "essay",
    "essay": "essay",
    "short response": "essay",
    "long answer": "essay",
    "file_upload_question": "upload",
    "file upload": "upload",
    "text_only_question": "nothing",
    "fill_in_multiple_blanks_question": "blanks",
    "cc.true_false.v0p1": "truth",
    "true_false_question": "truth",
    "true/false": "truth",
    "numerical_question": "number",
    "numeric": "number",
}
_NOT_READ = {
    "calculated_question": "its numbers are generated anew for each learner (calculated_question)",
    "calculated": "its numbers are generated anew for each learner (Calculated)",
    "hot spot": "it asks for an area of a picture (Hot Spot)",
}
_TEXT = media.KINDS["text"].type
_EXCLUDED = frozenset({"RIGHT_MATCH_BLOCK"})
_INLINE = frozenset({"material", "response_lid", "response_str", "response_num", "response_grp"})
_RICH = re.compile(r"<(?:img|math|object|audio|video|table|pre|svg|iframe)\b", re.IGNORECASE)
_NUMBER_TYPES = frozenset({"integer", "decimal", "scientific"})
_EXTENSIONS = {
    "response_xy": "a point of a picture",
    "render_hotspot": "an area of a picture",
    "render_slider": "a place on a slider",
}


def metadata(element: Element) -> dict[str, str]:
    """The fields of an item, an assessment or a bank; Blackboard names them by elements."""
    found: dict[str, str] = {}
    for each in element.iter("qtimetadatafield", "qti_metadatafield"):
        parts = {str(part.tag): (part.text or "").strip() for part in each.iterchildren("*")}
        found.setdefault(parts.get("fieldlabel", ""), parts.get("fieldentry", ""))
    for holder in element.iterchildren("itemmetadata", "assessmentmetadata"):
        for part in holder.iterchildren("*"):
            if not len(part) and (part.text or "").strip():
                found.setdefault(str(part.tag), (part.text or "").strip())
    return found


class Qti1ItemReader:
    """Items one after another."""

    def __init__(self, texts: ItemTexts) -> None:
        self.texts = texts
        self.lost = texts.session.lost
        self.noted = texts.session.noted

    def item(self, root: Element) -> tuple[ItemDraft, Conditions]:
        """Raises ``LeftOutError``."""
        stated = metadata(root)
        named = stated.get("question_type") or stated.get("cc_profile") or stated.get("bbmd_questiontype") or ""
        if reason := _NOT_READ.get(named.lower()):
            raise LeftOutError(reason)
        title = " ".join(root.get("title", "").split())
        item = ItemDraft(root.get("ident", ""), title, truth=_KINDS.get(named.lower()) == "truth")
        item.points = next((value for name in _POINTS if (value := real(stated.get(name), 0.0)) > 0), None)
        item.category = (
            tuple(part for part in stated.get("cc_question_category", "").split("/") if part.strip()) or None
        )
        for tag, what in _EXTENSIONS.items():
            if any(True for _ in root.iter(tag)):
                raise LeftOutError(f"it asks for {what} ({tag})")
        self._feedback(root, item)
        if single_ways.own_judgements(root):
            self.noted["options to be judged right or wrong, read as pairs with «+» and «-»"] += 1
            if single_ways.takes_off(root):
                self.noted["points taken off for a wrong judgement, left out"] += 1
        reading = _ItemReading(self, root, item, _KINDS.get(named.lower(), ""), stated)
        reading.read()
        conditions = reading.conditions
        conditions.top = item.points or 1.0
        item.whole = bool(named) or (item.points is None and conditions.highest == 100)
        decvar = next(root.iter("decvar"), None)
        if item.points is None and not item.whole and decvar is not None:
            item.points = real(decvar.get("maxvalue"), 0.0) or None
        return item, conditions

    def _feedback(self, root: Element, item: ItemDraft) -> None:
        for each in root.iterchildren("itemfeedback"):
            if any(True for _ in each.iter("hint")):
                self.lost["a hint for further tries"] += 1
                continue
            blocks = self.blocks(each)
            if not blocks:
                continue
            if any(True for _ in each.iter("solution")):
                item.notes += blocks
            else:
                item.feedback[each.get("ident", "")] = blocks

    def blocks(self, element: Element) -> Blocks:
        """The blocks of all materials in an element."""
        found = list(element.iter("mattext", "mat_formattedtext", "matimage", "mataudio", "matvideo"))
        if len(found) == 1 and found[0].tag == "mattext" and found[0].get("texttype", "").lower() == _TEXT:
            stated = found[0].text or ""
            if not len(found[0]) and not materials.is_markup(stated):
                return self.texts.of_plain(stated)
        return self.texts.of_html(materials.html(element, self.lost))


class _ItemReading:
    """One item."""

    def __init__(
        self, reader: Qti1ItemReader, root: Element, item: ItemDraft, kind: str, stated: dict[str, str]
    ) -> None:
        self.reader = reader
        self.item = item
        self.kind = kind
        self.root = root
        self.presentation = next(root.iter("presentation"), root)
        self.responses = list(self.presentation.iter(*_RESPONSES))
        self.said = stated
        self.conditions = Conditions(etree.Element("item"))

    def read(self) -> None:
        item, kind = self.item, self.kind
        if kind == "nothing":
            item.text = self._stem({})
        elif kind == "number" and not self.responses:
            self._number_alone()
        elif kind in {"essay", "upload"} or not self.responses:
            self._written("upload" if kind == "upload" else "essay")
        elif self._is_match():
            self._match()
        else:
            self._asked()

    def _written(self, way: Way) -> None:
        if not self.responses and self.kind == "":
            self.item.text = self._stem({})
            return
        fib = next(self.presentation.iter("render_fib"), None)
        rows = None if fib is None else int(real(fib.get("rows"), 0.0)) or None
        response = self.responses[0].get("ident", "") if self.responses else ""
        self.item.text = self._stem({})
        files = int(way == "upload")
        self.item.asked = (Interaction(way, f"{response}\nwritten", lines=rows, files=files),)

    def _number_alone(self) -> None:
        """A number that nothing in the presentation asks for, as Canvas may write it."""
        named = [each.get("respident", "") for each in self.root.iter("varequal", "vargte", "varlte", "vargt", "varlt")]
        self.item.text = self._stem({})
        self.item.asked = (Interaction("number", named[0] if named else ""),)
        self.conditions = Conditions(self.root)

    # --- choices and gaps

    def _asked(self) -> None:
        single = len(self.responses) == 1
        result = [self._one(each) for each in self.responses]
        blanks = self._blanks()
        gaps = not single or any(questions.inline for questions in result)
        self.item.text = self._stem(
            {id(each): number for number, each in enumerate(self.responses, 1)} if gaps else {}, blanks
        )
        self.item.asked = tuple(result)
        many = frozenset(questions.response for questions in result if questions.many)
        self.conditions = Conditions(self.root, many=many, labels=self._labels())

    def _blanks(self) -> dict[str, int]:
        """«[name]» in the text of a question of Canvas → the number of its gap."""
        named = {each.get("ident", "").removeprefix("response_"): at for at, each in enumerate(self.responses, 1)}
        canvas = self.kind == "blanks" or "multiple_dropdowns_question" in self.said.values()
        return named if canvas else {}

    def _labels(self) -> dict[str, dict[str, str]]:
        if self.kind != "blanks":
            return {}
        return {
            each.get("ident", ""): {tree.words(one): one.get("ident", "") for one in each.iter("response_label")}
            for each in self.responses
        }

    def _one(self, response: Element) -> Interaction:
        ident = response.get("ident", "")
        if self.kind == "blanks":
            return Interaction("text", ident, inline=True)
        match response.tag:
            case "response_lid" | "response_grp":
                return self._choice(response, ident)
            case "response_str" | "response_num":
                return self._typed(response, ident)
        raise LeftOutError(f"it asks in a way that is not known ({response.tag})")

    def _choice(self, response: Element, ident: str) -> Interaction:
        cardinality = response.get("rcardinality", "Single").lower()
        render = next(response.iter("render_choice", "render_extension"), response)
        shuffle = render.get("shuffle", "No").lower() == "yes"
        options = tuple(self._option(each) for each in response.iter("response_label"))
        if cardinality == "ordered":
            return Interaction("order", ident, options, shuffle=True)
        many, inline = cardinality == "multiple", bool(self._blanks())
        return Interaction("choice", ident, options, many=many, shuffle=shuffle, inline=inline)

    def _typed(self, response: Element, ident: str) -> Interaction:
        fib = next(response.iter("render_fib"), None)
        form = "" if fib is None else fib.get("fibtype", "").lower()
        bounded = any(e.get("respident") == ident for e in self.root.iter("vargte", "varlte", "vargt", "varlt"))
        stated = [tree.words(e) for e in self.root.iter("varequal") if e.get("respident") == ident]
        letters = bool(stated) and not any(map(is_real, stated))
        if (
            bounded
            or (form in _NUMBER_TYPES and not letters)
            or response.tag == "response_num"
            or self.kind == "number"
        ):
            return Interaction("number", ident, inline=True)
        rows = 0 if fib is None else int(real(fib.get("rows"), 0.0))
        compared = any(e.get("respident") == ident for e in self.root.iter("varequal", "varsubstring", "varsubset"))
        if not compared:
            return Interaction("essay", ident, lines=rows or None)
        return Interaction("text", ident, inline=True)

    def _option(self, label: Element) -> InteractionOption:
        html = materials.line(label, self.reader.lost)
        return InteractionOption(
            label.get("ident", ""), self.reader.blocks(label), _letters(html), _RICH.search(html) is not None
        )

    # --- pairs

    def _is_match(self) -> bool:
        """Several responses that offer the same."""
        if len(self.responses) < 2 or any(each.tag not in {"response_lid", "response_grp"} for each in self.responses):
            return False
        if self._blanks():
            return False
        offered = [self._offered(each) for each in self.responses]
        return len(offered[0]) > 1 and (all(each == offered[0] for each in offered) or self._right_block() is not None)

    def _offered(self, response: Element) -> list[str]:
        return [tree.words(each) for each in response.iter("response_label")]

    def _right_block(self) -> Element | None:
        """Blackboard lists what rows are matched with below them."""
        return next((e for e in self.presentation.iter("flow") if e.get("class") == "RIGHT_MATCH_BLOCK"), None)

    def _match(self) -> None:
        rows, columns, values = [], [], {}
        right = self._right_block()
        holders = (
            [each for each in right.iter("flow") if each.get("class") == "FORMATTED_TEXT_BLOCK"]
            if right is not None
            else list(self.responses[0].iter("response_label"))
        )
        for number, holder in enumerate(holders, 1):
            columns.append(InteractionOption(f"c{number}", self.reader.blocks(holder), tree.words(holder)))
        for number, response in enumerate(self.responses, 1):
            labels = list(response.iter("response_label"))
            rows.append(InteractionOption(f"r{number}", self._row(response), ""))
            for at, label in enumerate(labels[: len(columns)], 1):
                values[f"r{number}", f"c{at}"] = label.get("ident", "")
        named = {f"r{number}": each.get("ident", "") for number, each in enumerate(self.responses, 1)}
        self.item.text = self._stem({})
        render = next(self.responses[0].iter("render_choice"), None)
        shuffle = render is None or render.get("shuffle", "Yes").lower() == "yes"
        self.item.asked = (Interaction("match", PAIRS, tuple(rows), tuple(columns), shuffle=shuffle),)
        self.conditions = Conditions(self.root, rows=named, columns=values)

    def _row(self, response: Element) -> Blocks:
        own = next(response.iterchildren("material"), None)
        if own is not None:
            return self.reader.blocks(own)
        around = response.getparent()
        beside = (
            None if around is None else next((e for e in around.iter("material") if _is_outside(e, response)), None)
        )
        return () if beside is None else self.reader.blocks(beside)

    # --- the stem

    def _stem(self, slots: dict[int, int], blanks: dict[str, int] | None = None) -> Blocks:
        rows = set(self._row_materials())
        pieces = list(self._pieces(self.presentation, slots, rows))
        if not slots and len(pieces) == 1:
            return self.reader.blocks(self._only_material(rows))
        html = "".join(pieces)
        for name, number in (blanks or {}).items():
            html = html.replace(f"[{name}]", f"{{#{number}}}")
        if blanks:
            html = re.sub(r"<span>\{#\d+\}</span>", lambda f: "" if html.count(f[0][6:-7]) > 1 else f[0], html)
        if len(slots) == 1:
            before, _, after = html.rpartition("<span>{#1}</span>")
            goes_on = bool(_letters(after))
            html = f"{before}<span>_____</span>{after}" if goes_on else before + after
        return self.reader.texts.of_html(html)

    def _only_material(self, rows: set[Element]) -> Element:
        found = (e for e in self.presentation.iter("material", "mattext") if self._stands_in_stem(e) and e not in rows)
        return next(found, self.presentation)

    def _stands_in_stem(self, element: Element) -> bool:
        ups = list(element.iterancestors())
        return not any(up.tag in {"response_label", "material"} or up.get("class") in _EXCLUDED for up in ups)

    def _row_materials(self) -> Iterator[Element]:
        """What stands beside an answer and is said with it: a row of pairs, the name of a blank."""
        if self._blanks():
            yield from (own for each in self.responses for own in each.iterchildren("material"))
        if not self._is_match():
            return
        for response in self.responses:
            own = next(response.iterchildren("material"), None)
            if own is not None:
                yield own
                continue
            around = response.getparent()
            found = () if around is None else (e for e in around.iter("material") if _is_outside(e, response))
            yield from list(found)[:1]

    def _pieces(self, element: Element, slots: dict[int, int], rows: set[Element]) -> Iterator[str]:
        """The HTML of the stem: materials, and marks where an answer is given."""
        for child in element.iterchildren("*"):
            if child.get("class") in _EXCLUDED or child.tag == "response_label" or child in rows:
                continue
            if child.tag in {"material", "mattext"}:
                yield materials.line(child, self.reader.lost) + " "
            elif child.tag in _RESPONSES:
                yield from self._pieces(child, slots, rows)
                if id(child) in slots:
                    yield f"<span>{{#{slots[id(child)]}}}</span> "
            elif child.tag in {"flow", "flow_mat"} and any(True for _ in child.iter(*_INLINE)):
                inner = "".join(self._pieces(child, slots, rows))
                if inner.strip():
                    yield f"<div>{inner}</div>"
            else:
                yield from self._pieces(child, slots, rows)


def _is_outside(element: Element, response: Element) -> bool:
    return not any(up is response for up in element.iterancestors())


def _letters(html: str) -> str:
    from coursepack.readers.html.tree import letters

    return letters(html) if "<" in html or "&" in html else " ".join(html.split())


def escaped(text: str) -> str:
    return escape(text, quote=False)
