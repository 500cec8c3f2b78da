"""The interactions of an item and its response processing → a question of the model: one short method for each kind.

A question whose key cannot be determined keeps everything else, and a finding reports it; a kind that has no meaning
without a key (pairs, an order, a number) becomes an essay, or is left out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as replaced
from functools import cache
from typing import Any

from msgspec.structs import replace

from coursepack import languages
from coursepack.ims.wildcards import has_wildcard
from coursepack.languages.catalogues import words
from coursepack.model.blocks import Blocks, Paragraph, Run, text_blocks
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Description,
    Essay,
    Gap,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    OrderGrading,
    Ordering,
    OrderingItem,
    Pair,
    ShortAnswer,
    TrueFalse,
    literal,
)
from coursepack.moodle.ordering import LEAST_ITEMS
from coursepack.place import Place, warning
from coursepack.readers.qti import feedback as remarks
from coursepack.readers.qti import orders
from coursepack.readers.qti.feedback import Remarks
from coursepack.readers.qti.interactions import Interaction, InteractionOption, ItemDraft
from coursepack.readers.qti.key import NEAR, SAME, Chosen, ItemKeys, NoKeyError, NumberRange, Typed
from coursepack.readers.qti.scored import STRANGE, Given, LeftOutError, Outcome, Scorer, UnsureError
from coursepack.readers.streams import ReadingSession

Made = tuple[type[Any], dict[str, Any]]
_GAPS = frozenset({"choice", "text", "number"})
ANY = "*"
"""The pattern that matches any text."""
_LETTERS = frozenset({"abc", "ABC", "123", "none"})
_WITHOUT_COMBINED_FEEDBACK = frozenset({Matching, Cloze, Essay, ShortAnswer, Numerical})
_NO_PLACE = "overall feedback for right or wrong answers, which this type of question cannot have"
_ALL_TOGETHER = "a mark for all right answers together alone: they share it here"


@dataclass
class QuestionBuilder:
    """Builds questions one after another; problems are reported to the session."""

    session: ReadingSession
    ident: str = ""
    place: Place | None = None
    exact: bool = False

    def fields(self, item: ItemDraft, scorer: Scorer, place: Place) -> Made:
        """Class and fields of the question. Raises ``LeftOutError``."""
        self.ident, self.place, self.exact = item.ident[:120], place, item.exact
        if not item.asked:
            return self._description(item)
        item.asked = _with_files(item.asked)
        if len(item.asked) > 1 or item.gaps:
            return self._cloze(item, scorer)
        [asked] = item.asked
        result, fields = _MAKERS[asked.way](
            self, item, asked, ItemKeys(scorer, item.points or 1.0 if item.exact else 0.0)
        )
        response_feedback: Remarks = fields.pop("said", None) or self._of_runs(item, scorer, {asked.response: ()}, [])
        self._without_place(response_feedback, result)
        best = fields.pop("best", None)
        found = best if best not in {None, 1.0} and not item.whole else None
        mark = None if item.unmarked else item.points if item.points is not None else found
        common = {
            "text": item.text,
            "feedback": response_feedback.general,
            "grader_notes": (*item.notes, *response_feedback.notes),
            "mark": mark,
        }
        return result, {**common, **fields}

    def _of_runs(self, item: ItemDraft, scorer: Scorer, right: Given, others: Sequence[Given]) -> Remarks:
        """The feedback for a right response (where one is given), for none and for others."""
        if not item.feedback:
            return Remarks()
        try:
            best = scorer.run(right) if any(right.values()) else None
            return remarks.of_runs(item, best, [scorer.run({}), *map(scorer.run, others)])
        except UnsureError:
            return remarks.of_runs(item, None, [])

    def _without_place(self, response_feedback: Remarks, result: type[Any]) -> None:
        """Report feedback that the question does not keep."""
        if response_feedback.unshown:
            self.session.lost["feedback without a condition that shows it"] += response_feedback.unshown
        parts = [response_feedback.correct, response_feedback.partial, response_feedback.incorrect]
        if result in _WITHOUT_COMBINED_FEEDBACK and (count := sum(bool(part) for part in parts)):
            self.session.lost[_NO_PLACE] += count

    def _no_key(self, problem: Exception) -> None:
        message = f"the item {self.ident!r} is kept without a key: {problem}"
        self.session.tell(warning("qti-no-key", message, self.place, "state the right answer in the source"))

    def _declared(self, why: str) -> None:
        if why and why != SAME:
            message = f"the item {self.ident!r}: its rules are not followed, the answer that it declares counts: {why}"
            self.session.tell(warning("qti-rules", message, self.place, "check whether it is right"))

    # --- a method a kind

    def _description(self, item: ItemDraft) -> Made:
        if not item.text:
            raise LeftOutError("it contains no question and no text")
        response_feedback = (
            Remarks() if not item.feedback else remarks.of_runs(item, None, [Outcome(None, frozenset(item.feedback))])
        )
        return Description, {"text": item.text, "feedback": response_feedback.general}

    def choice(self, item: ItemDraft, asked: Interaction, keys: ItemKeys) -> Made:
        if len(asked.options) < 2:
            raise LeftOutError(f"a choice of {len(asked.options)} options, expected two or more")
        idents = [option.ident for option in asked.options]
        try:
            chosen = (keys.several if asked.many else keys.single)(asked.response, idents)
            self._declared(chosen.declared)
        except NoKeyError as problem:
            chosen = None
            self._no_key(problem)
        response_feedback = remarks.of_choice(item, keys, asked.response, idents, chosen)
        truth = None if asked.many or chosen is None else _truth(item, asked, chosen)
        if truth is not None:
            return self._true_false(asked, response_feedback, chosen, truth)
        if asked.many and chosen is not None and chosen.fractions is None and not chosen.declared:
            self.session.noted[_ALL_TOGETHER] += 1
        worth = self._worth(chosen, asked)
        choices = tuple(
            Choice(
                content=option.content,
                fraction=share,
                feedback=(*option.feedback, *response_feedback.of.get(option.ident, ())),
            )
            for option, share in zip(asked.options, worth, strict=True)
            if option.content
        )
        if len(choices) < 2:
            raise LeftOutError("its options are empty")
        return MultipleChoice, {
            "choices": choices,
            "single": not asked.many,
            "shuffle": asked.shuffle,
            **({"numbering": asked.numbering} if asked.numbering in _LETTERS else {}),
            "correct_feedback": response_feedback.correct,
            "partial_feedback": response_feedback.partial,
            "incorrect_feedback": response_feedback.incorrect,
            "said": response_feedback,
            "best": chosen.best if chosen and not chosen.declared else None,
        }

    def _worth(self, chosen: Chosen | None, asked: Interaction) -> tuple[float, ...]:
        if chosen is None:
            return (0.0,) * len(asked.options)
        if chosen.fractions is not None:
            return chosen.fractions
        return self.session.shares(chosen.right, single=not asked.many)

    def _true_false(
        self, asked: Interaction, response_feedback: Remarks, chosen: Chosen | None, truth: tuple[int, int]
    ) -> Made:
        assert chosen is not None  # noqa: S101 - the caller looked
        right = chosen.right[truth[0]]
        of = [(*option.feedback, *response_feedback.of.get(option.ident, ())) for option in asked.options]
        choice_feedback = [
            (*of[at], *(response_feedback.correct if (at == truth[0]) == right else response_feedback.incorrect))
            for at in truth
        ]
        return TrueFalse, {
            "answer": right,
            "true_feedback": tuple(choice_feedback[0]),
            "false_feedback": tuple(choice_feedback[1]),
            "said": response_feedback,
            "best": None if chosen.declared else chosen.best,
        }

    def text(self, item: ItemDraft, asked: Interaction, keys: ItemKeys) -> Made:
        try:
            found, cased, best, why = keys.texts(asked.response)
        except NoKeyError as problem:
            return self._essay(item, asked, problem)
        self._declared(why)
        response_feedback = remarks.of_texts(
            item, lambda given: keys.shown(asked.response, given), [each.text for each in found], STRANGE
        )
        placed, response_feedback.incorrect = response_feedback.incorrect, ()
        result = _answers(found, response_feedback.of, placed)
        return ShortAnswer, {
            "answers": tuple(result),
            "case_sensitive": cased,
            "said": response_feedback,
            "best": None if why else best,
        }

    def number(self, item: ItemDraft, asked: Interaction, keys: ItemKeys) -> Made:
        try:
            spans, best, why = keys.spans(asked.response, whole=asked.whole)
        except NoKeyError as problem:
            return self._essay(item, asked, problem)
        self._declared(why)
        strange = _number(max(abs(span.high) + abs(span.low) for span in spans) * 7 + 12345)
        probes = [span.probe for span in spans]
        response_feedback = remarks.of_texts(item, lambda given: keys.shown(asked.response, given), probes, strange)
        placed, response_feedback.incorrect = response_feedback.incorrect, ()
        answers = _numbers(spans, response_feedback.of, placed)
        return Numerical, {
            "answers": tuple(answers),
            "unit": asked.unit or None,
            "said": response_feedback,
            "best": None if why else best,
        }

    def essay(self, item: ItemDraft, asked: Interaction, keys: ItemKeys) -> Made:
        """An essay; a short answer where response processing compares the text."""
        if keys.scorer.correct(asked.response) or keys.guesses(asked.response).texts:
            try:
                if not keys.texts(asked.response)[3]:
                    return self.text(item, asked, keys)
            except NoKeyError:
                pass
            notes = "\n\n".join(keys.scorer.correct(asked.response))
            item.notes = (*item.notes, *text_blocks(notes))
        return self._essay(item, asked, None)

    def _essay(self, item: ItemDraft, asked: Interaction, problem: Exception | None) -> Made:
        if problem is not None:
            self._no_key(problem)
        return Essay, {
            "response_lines": asked.lines,
            "min_words": asked.least_words,
            "max_words": asked.most_words,
            "template": asked.template,
            "attachments": asked.files,
        }

    def upload(self, item: ItemDraft, asked: Interaction, keys: ItemKeys) -> Made:
        self.session.noted["a file to be handed in, read as an essay with an attachment"] += 1
        return Essay, {"attachments": asked.files}

    def order(self, item: ItemDraft, asked: Interaction, keys: ItemKeys) -> Made:
        by = {option.ident: option for option in asked.options}
        wholes = [each for each in keys.guesses(asked.response).whole if len(each) == len(by) and set(each) == set(by)]
        if len(by) < LEAST_ITEMS or not wholes:
            raise LeftOutError("no order of all its items is stated as the right one")
        right, best = wholes[0], None
        grading: OrderGrading = "all-or-nothing"
        try:
            right = max(wholes, key=lambda each: keys.score(asked.response, each))
            best = keys.score(asked.response, right)
            known = orders.grading(keys, asked.response, right, best, item.marked)
            swapped = [keys.score(asked.response, each) for each in _neighbour_swaps(right)]
            if known is None and any(NEAR < one < best - NEAR for one in swapped):
                self.session.noted["an order that is marked in part: by the place of each item here"] += 1
                known = "absolute"
            grading = known or grading
        except UnsureError as problem:
            self._declared(str(problem))
        others = [{asked.response: each} for each in (*_neighbour_swaps(right), right[::-1])]
        response_feedback = self._of_runs(item, keys.scorer, {asked.response: right}, others)
        return Ordering, {
            "items": tuple(OrderingItem(content=by[ident].content) for ident in right),
            "layout": "horizontal" if asked.horizontal else "vertical",
            "grading": grading,
            "numbering": asked.numbering or "none",
            "correct_feedback": response_feedback.correct,
            "partial_feedback": response_feedback.partial,
            "incorrect_feedback": response_feedback.incorrect,
            "said": response_feedback,
            "best": best or None,
        }

    def match(self, item: ItemDraft, asked: Interaction, keys: ItemKeys) -> Made:
        rows, columns = asked.options, asked.others or asked.options
        pairs, best = self._pairs(asked, keys)
        response_feedback = self._of_runs(item, keys.scorer, {asked.response: [" ".join(pair) for pair in pairs]}, [])
        if asked.way == "associate":
            return self._associate(asked, pairs, best, response_feedback)
        partners: dict[str, list[str]] = {row.ident: [] for row in rows}
        for row, column in pairs:
            partners[row].append(column)
        if any(len(each) > 1 for each in partners.values()):
            if asked.others and all(sum(p == c.ident for _, p in pairs) <= 1 for c in columns):
                self.session.noted["a match whose two sides changed places"] += 1
                rows, columns = columns, rows
                partners = {row.ident: [one for one, other in pairs if other == row.ident] for row in rows}
            else:
                return self._table(item, asked, partners, response_feedback)
        return Matching, {**self._matching(rows, columns, partners, asked, best), "said": response_feedback}

    def _table(
        self, item: ItemDraft, asked: Interaction, partners: dict[str, list[str]], response_feedback: Remarks
    ) -> Made:
        """A match whose rows have several partners each: one gap for each row, in which several options may be
        ticked."""
        columns = asked.others
        if not columns or any(option.rich or not option.words for option in (*asked.options, *columns)):
            raise LeftOutError("its rows have several partners each, with pictures or formulas among them")
        self.session.noted["a match whose rows have several partners, read as a list to tick for each row"] += 1
        gaps, text = [], list(item.text)
        for number, row in enumerate(asked.options, 1):
            right = [column.ident in partners[row.ident] for column in columns]
            if not any(right):
                raise LeftOutError("some of its rows have several partners and some none")
            worth = self.session.shares(right, single=False)
            answers = (Answer(text=literal(c.words), fraction=f) for c, f in zip(columns, worth, strict=True))
            gaps.append(Gap(kind="multiple-response", answers=tuple(answers)))
            text.append(Paragraph(content=(Run(text=f"{row.words} {{#{number}}}"),)))
        return Cloze, {"text": tuple(text), "gaps": tuple(gaps), "said": response_feedback}

    def _matching(
        self,
        rows: tuple[InteractionOption, ...],
        columns: tuple[InteractionOption, ...],
        partners: dict[str, list[str]],
        asked: Interaction,
        best: float | None,
    ) -> dict[str, Any]:
        by = {column.ident: column for column in columns}
        result = [
            Pair(question=row.content, answer=by[partners[row.ident][0]].content) for row in rows if partners[row.ident]
        ]
        if lonely := len(rows) - len(result):
            message = f"the item {self.ident!r} loses {lonely} rows that nothing belongs to: no pair holds them"
            self.session.tell(warning("qti-changed", message, self.place))
        used = {each for found in partners.values() for each in found}
        if self.exact:
            result = _with_distractors(result, columns, used)
        else:
            result += [Pair(question=(), answer=column.content) for column in columns if column.ident not in used]
        if sum(bool(pair.question) for pair in result) < 2:
            raise LeftOutError("it has fewer than two pairs")
        return {"pairs": tuple(result), "shuffle": asked.shuffle, "best": best}

    def _pairs(self, asked: Interaction, keys: ItemKeys) -> tuple[list[tuple[str, str]], float | None]:
        """The pairs that are right, and the points for all of them. Raises ``LeftOutError``."""
        known = {option.ident for option in asked.options}, {option.ident for option in asked.others or asked.options}
        wholes = [each for each in keys.guesses(asked.response).whole if each]
        best: float | None = None
        try:
            # Of responses with equal scores the one with the most rows: rules may stop at the first right one.
            wholes.sort(key=lambda each: (-keys.score(asked.response, each), -len({p.partition(" ")[0] for p in each})))
            best = keys.score(asked.response, wholes[0]) if wholes else None
        except UnsureError as problem:
            wholes = [each for each in (keys.scorer.correct(asked.response),) if each]
            self._declared(str(problem))
        found = [tuple(pair.split()) for pair in wholes[0]] if wholes else []
        pairs = [(pair[0], pair[1]) for pair in found if len(pair) == 2 and pair[0] in known[0] and pair[1] in known[1]]
        if not pairs:
            raise LeftOutError("no pairs are stated as right")
        return list(dict.fromkeys(pairs)), best or None

    def _associate(
        self, asked: Interaction, pairs: list[tuple[str, str]], best: float | None, response_feedback: Remarks
    ) -> Made:
        named = [ident for pair in pairs for ident in pair]
        if len(named) != len(set(named)):
            raise LeftOutError("something belongs to several pairs")
        by = {option.ident: option for option in asked.options}
        self.session.noted["pairs among things of one kind, the first of each asked for its partner"] += 1
        result = [Pair(question=by[one].content, answer=by[other].content) for one, other in pairs]
        result += [Pair(question=(), answer=by[ident].content) for ident in by if ident not in named]
        if len(pairs) < 2:
            raise LeftOutError("it has fewer than two pairs")
        return Matching, {"pairs": tuple(result), "shuffle": asked.shuffle, "best": best, "said": response_feedback}

    # --- several at once

    def _cloze(self, item: ItemDraft, scorer: Scorer) -> Made:
        for asked in item.asked:
            if asked.way not in _GAPS:
                raise LeftOutError(
                    f"it asks several things, one of them no gap of a text can hold ({_CALLED[asked.way]})"
                )
            if any(option.rich for option in asked.options):
                raise LeftOutError("it asks several things, with pictures or formulas to choose from")
        if any(not asked.inline for asked in item.asked):
            self.session.noted["several questions of one item, read as gaps of one text"] += 1
        parts = [self._gap(asked, scorer, item) for asked in item.asked]
        gaps = self._weighed([gap for gap, _ in parts], [best for _, best in parts], item.points)
        right: dict[str, tuple[str, ...]] = {asked.response: scorer.correct(asked.response) for asked in item.asked}
        response_feedback = self._of_runs(item, scorer, right, [])
        self._without_place(response_feedback, Cloze)
        fields = {"text": item.text, "feedback": response_feedback.general, "gaps": gaps}
        return Cloze, {**fields, "grader_notes": (*item.notes, *response_feedback.notes)}

    def _gap(self, asked: Interaction, scorer: Scorer, item: ItemDraft) -> tuple[Gap, float]:
        """The gap and the points for it: scored alone, else with right answers in the other gaps; 0 points where
        all share one mark."""
        try:
            return self._filled(asked, ItemKeys(scorer), item)
        except NoKeyError:
            others = (other for other in item.asked if other.response != asked.response)
            base = {
                other.response: scorer.correct(other.response) or _probable_values(scorer, other) for other in others
            }
        keys = ItemKeys(scorer, base=base)
        try:
            found, best = self._filled(asked, keys, item)
        except (NoKeyError, UnsureError) as problem:
            raise LeftOutError(f"it is not stated what belongs into one of its gaps ({problem})") from None
        if keys.offset > NEAR:
            return found, best
        self.session.noted["a mark for all gaps together, here for each of them"] += 1
        return found, 0.0

    def _filled(self, asked: Interaction, keys: ItemKeys, item: ItemDraft) -> tuple[Gap, float]:
        """The gap and the points for it. Raises ``NoKeyError``."""
        if asked.way == "choice":
            idents = [option.ident for option in asked.options]
            chosen = (keys.several if asked.many else keys.single)(asked.response, idents)
            self._declared(chosen.declared)
            worth = self._worth(chosen, asked)
            response_feedback = remarks.of_gap(item, keys, asked.response, idents, "")
            answers = tuple(
                Answer(
                    text=literal(option.words),
                    fraction=share,
                    feedback=(*option.feedback, *response_feedback.of.get(option.ident, ())),
                )
                for option, share in zip(asked.options, worth, strict=True)
            )
            return Gap(kind="multiple-response" if asked.many else "multiple-choice", answers=answers), chosen.best
        if asked.way == "number":
            return self._number_gap(asked, keys, item)
        found, cased, best, why = keys.texts(asked.response)
        self._declared(why)
        response_feedback = remarks.of_gap(item, keys, asked.response, [each.text for each in found], STRANGE)
        typed = _answers(found, response_feedback.of, response_feedback.incorrect)
        return Gap(kind="short-answer-case" if cased else "short-answer", answers=tuple(typed)), best

    def _number_gap(self, asked: Interaction, keys: ItemKeys, item: ItemDraft) -> tuple[Gap, float]:
        spans, best, why = keys.spans(asked.response, whole=asked.whole)
        self._declared(why)
        strange = _number(max(abs(span.high) + abs(span.low) for span in spans) * 7 + 12345)
        response_feedback = remarks.of_gap(item, keys, asked.response, [span.probe for span in spans], strange)
        numbers = _numbers(spans, response_feedback.of, response_feedback.incorrect)
        tolerances = tuple(each.tolerance for each in numbers)
        return Gap(
            kind="numerical",
            answers=tuple(Answer(text=each.value, fraction=each.fraction, feedback=each.feedback) for each in numbers),
            tolerances=tolerances if any(each != "0" for each in tolerances) else (),
        ), best

    def _weighed(self, gaps: list[Gap], bests: list[float], points: float | None) -> tuple[Gap, ...]:
        """The gaps with whole numbers as marks, which add up to the ``points`` of the item where possible."""
        total = sum(bests)
        if points and total > NEAR and 0.0 not in bests:
            marks = [points * best / total for best in bests]
            if all(abs(mark - round(mark)) <= 1e-4 and 1 <= round(mark) < 1000 for mark in marks):
                return tuple(replace(gap, mark=round(mark)) for gap, mark in zip(gaps, marks, strict=True))
            self.session.noted["points of an item whose gaps cannot share them in whole numbers"] += 1
        least = min((best for best in bests if best > NEAR), default=0.0)
        ratios = [best / least if least else 1.0 for best in bests]
        if all(abs(ratio - round(ratio)) <= 1e-4 and 1 <= round(ratio) < 1000 for ratio in ratios):
            return tuple(replace(gap, mark=round(ratio)) for gap, ratio in zip(gaps, ratios, strict=True))
        if any(best > NEAR for best in bests) and 0.0 not in bests:
            self.session.noted["gaps whose marks are no multiples of one another: one each here"] += 1
        return tuple(gaps)


_MAKERS: dict[str, Callable[[QuestionBuilder, ItemDraft, Interaction, ItemKeys], Made]] = {
    "choice": QuestionBuilder.choice,
    "hottext": QuestionBuilder.choice,
    "text": QuestionBuilder.text,
    "number": QuestionBuilder.number,
    "essay": QuestionBuilder.essay,
    "upload": QuestionBuilder.upload,
    "order": QuestionBuilder.order,
    "match": QuestionBuilder.match,
    "associate": QuestionBuilder.match,
}
_CALLED = {
    "essay": "a longer text",
    "upload": "a file",
    "order": "an order",
    "match": "pairs",
    "associate": "pairs",
    "hottext": "words to mark",
}


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """The words «true» and «false» of every language, as products use them."""
    codes = languages.known()
    true, false = ({words(code, "moodle")(word).casefold() for code in codes} for word in ("True", "False"))
    return frozenset(true | {"true"}), frozenset(false | {"false"})


def _truth(item: ItemDraft, asked: Interaction, chosen: Chosen) -> tuple[int, int] | None:
    """The indexes of «true» and «false» among two options; None for other options."""
    if len(asked.options) != 2 or sum(chosen.right) != 1 or any(option.rich for option in asked.options):
        return None
    if chosen.fractions and sorted(chosen.fractions) != [0.0, 1.0]:
        return None
    option_words = [option.words.strip(" .").casefold() for option in asked.options]
    true, false = _words()
    for at in (0, 1):
        if option_words[at] in true and option_words[1 - at] in false:
            return at, 1 - at
    if not item.truth:
        return None
    idents = [option.ident.casefold() for option in asked.options]
    return (1, 0) if idents[0].startswith("false") or option_words[0] in false else (0, 1)


def _with_files(asked: tuple[Interaction, ...]) -> tuple[Interaction, ...]:
    """File uploads joined to one extended text as its attachments."""
    texts = [each for each in asked if each.way == "essay"]
    files = [each for each in asked if each.way == "upload"]
    if len(asked) < 2 or len(texts) > 1 or len(texts) + len(files) < len(asked):
        return asked
    return (replaced(texts[0] if texts else files[0], files=len(files)),)


def _with_distractors(pairs: list[Pair], columns: Sequence[InteractionOption], used: set[str]) -> list[Pair]:
    """The pairs and, as late as the order of answers allows, answers that belong to no row."""
    result, rest = list[Pair](), list(pairs)
    place = {column.content: at for at, column in reversed([*enumerate(columns)])}
    for at, column in enumerate(columns):
        if column.ident not in used:
            while rest and place[rest[0].answer] < at:
                result.append(rest.pop(0))
            result.append(Pair(question=(), answer=column.content))
    return result + rest


def _neighbour_swaps(order: tuple[str, ...]) -> list[tuple[str, ...]]:
    """All orders in which two neighbours are swapped."""
    return [(*order[:at], order[at + 1], order[at], *order[at + 2 :]) for at in range(len(order) - 1)]


def _answers(found: Sequence[Typed], feedback_by_text: Mapping[str, Blocks], others: Blocks) -> list[Answer]:
    """The accepted answers, and wrong ones that have their own feedback or would match a later pattern; ``others``: the
    feedback for all other texts."""
    kept = [each for each in found if each.pattern != ANY or each.fraction > 0 or not others]
    result = [
        Answer(text=each.pattern, fraction=max(each.fraction, 0.0), feedback=feedback_by_text.get(each.text, ()))
        for at, each in enumerate(kept)
        if each.fraction > 0 or feedback_by_text.get(each.text) or any(has_wildcard(one.pattern) for one in kept[at:])
    ]
    return [*result, Answer(text=ANY, fraction=0.0, feedback=others)] if others else result


def _numbers(
    spans: Sequence[NumberRange], feedback_by_probe: Mapping[str, Blocks], others: Blocks
) -> list[NumericalAnswer]:
    """The same for numbers; a range without points is kept, too, where it precedes an overlapping one."""
    result = [
        replace(_numerical(span), feedback=feedback_by_probe.get(span.probe, ()))
        for at, span in enumerate(spans)
        if span.fraction > 0
        or feedback_by_probe.get(span.probe)
        or any(one.low <= span.high and span.low <= one.high for one in spans[at + 1 :])
    ]
    return [*result, NumericalAnswer(value=ANY, fraction=0.0, feedback=others)] if others else result


def _probable_values(scorer: Scorer, asked: Interaction) -> tuple[str, ...]:
    """A probably right value of a response that declares none: the first that its rules name."""
    guesses = scorer.guesses(asked.response)
    if asked.way == "choice":
        return guesses.whole[0] if guesses.whole else ()
    return (guesses.numbers if asked.way == "number" else guesses.texts)[:1]


def _number(value: float) -> str:
    return f"{value:.12g}"


def _numerical(span: NumberRange) -> NumericalAnswer:
    reach = (span.high - span.low) / 2
    tolerance = _number(float(f"{reach:.9g}")) if math.isfinite(reach) and reach > 0 else "0"
    return NumericalAnswer(
        value=span.middle or _number(float(f"{(span.low + span.high) / 2:.12g}")),
        tolerance=tolerance,
        fraction=span.fraction,
    )
