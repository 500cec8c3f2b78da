"""What the words of a heading say: which part of a course it may name, and what it counts.

The words are data (``languages/<code>/labels.toml``): beginnings of words, all of an entry in any order. An entry for a
heading that begins with ``=`` is all of a heading, one that begins with ``^`` stands in its order, side by side.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from coursepack import languages
from coursepack.outline.markers import fold
from coursepack.text.characters import GONE

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SEVERAL = re.compile(r"\s/\s")
_NAMED_TWICE = re.compile(r"([^()]+?)\s*\(([^()]+)\)\s*:?")
_ABBREVIATED = re.compile(r"(?<=\w)\s*\([^\W\d_a-z]{2,5}s?\)")
"""The abbreviation of the words before it: «Learning outcomes (CLOs)»."""
_REMARKED = re.compile(r"([^()]{3,40}?)\s*\([^()]*\s[^()]*\)\s*:?")
"""A heading that says in brackets what is to be known of it: «Written work (choose one, by 30 March):»."""
_LONGEST_REMARKED = 150
_LONGEST_ENTRY = 3
_LONGEST_STAGE = 6
_LONGEST_ALONE = 2
_OF_COURSE = frozenset({"description", "course-aim", "objectives", "prerequisites", "postrequisites", "plan", "toc"})
"""Parts that a course alone has: a heading that speaks of a class names none of them."""
_WHOLE_WORD = 4
_LED = 11
_KNOWN = 65536
"""Lines of which what was found is kept."""
FULL = 10
"""The evidence of words that are all of a heading."""
_ALL = "="
"""How an entry begins that counts only where it is all of a heading …"""
_IN_ORDER = "^"
"""… and one whose words stand side by side, in its order: «To the student», not «Students will be able to»."""


_EXAMINES = languages.expression(r"(?<!\w)(?:@exam-test@)(?!\w)", re.IGNORECASE)


def examines(text: str) -> bool:
    """Whether the heading of a test says that it is that of a whole course: «Final test», «Итоговый тест»."""
    return len(text) <= _LONGEST_REMARKED and _EXAMINES.search(text) is not None


class _Entries:
    """Entries, each of stems under a name, found by their first stem: a text looks at a few of the thousand that there
    are. ``whole``: stems shorter than that are whole words."""

    def __init__(self, entries: Iterable[tuple[str, tuple[str, ...]]], *, whole: int = 4) -> None:
        self._whole = whole
        self._by_first: dict[str, list[tuple[int, str, tuple[str, ...]]]] = {}
        self._in_order: set[int] = set()
        for at, (name, signed) in enumerate(entries):
            stems = (signed[0].removeprefix(_IN_ORDER), *signed[1:])
            if stems != signed:
                self._in_order.add(at)
            self._by_first.setdefault(stems[0], []).append((at, name, stems))
        self._longest = max(map(len, self._by_first), default=0)
        self._known = lru_cache(maxsize=_KNOWN)(self._find)  # a line is asked for several times

    def fits(self, token: str, stems: Iterable[str]) -> bool:
        """Whether a word is one that one of the stems stands for; one that asks is the beginning of no other, and
        «planets» are no plan."""
        whole = _stands_alone(token)
        return any(token == stem if whole or len(stem) < self._whole else token.startswith(stem) for stem in stems)

    def fits_any(self, tokens: Iterable[str], stem: str) -> bool:
        """Whether one of the words is one that the stem stands for."""
        return any(self.fits(token, (stem,)) for token in tokens)

    def found(self, tokens: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
        """The entries whose every stem fits one of the words, in the order of the entries."""
        return list(self._known(tuple(tokens)))

    def _find(self, tokens: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        distinct = set(tokens)
        met = {
            at: (name, stems)
            for word in distinct
            for end in range(1, min(len(word), self._longest) + 1)
            for at, name, stems in self._by_first.get(word[:end], ())
        }
        result = {at: entry for at, entry in met.items() if all(self.fits_any(distinct, stem) for stem in entry[1])}
        return tuple(
            result[at] for at in sorted(result) if at not in self._in_order or self._stands(tokens, result[at][1])
        )

    def _stands(self, tokens: Sequence[str], stems: tuple[str, ...]) -> bool:
        """Whether words that the stems stand for are side by side in their order."""
        runs = (tokens[at : at + len(stems)] for at in range(len(tokens) - len(stems) + 1))
        return any(all(self.fits(token, (stem,)) for token, stem in zip(run, stems, strict=True)) for run in runs)


@lru_cache(maxsize=_KNOWN)
def _stands_alone(token: str) -> bool:
    """Whether a word is the beginning of no other: one that asks, or one of those that only look like a stem."""
    return token in _asking() or token.startswith(_others())


_OF_PLACES = frozenset({"university", "faculty", "department"})
"""Whose label is no more than their name: «Faculty of Health» says which one."""


class OutlineWords:
    """The words of all languages."""

    def __init__(self) -> None:
        self._headings = _Entries(_without_all(_entries("headings")), whole=3)
        self._all = set(_without_all(one for one in _entries("headings") if one[1][0].startswith(_ALL)))
        self._kinds = _Entries(_entries("sessions"))
        self._about = _Entries(_entries("about"))
        self._about_words = {stem for _, stems in _entries("about") for stem in stems}
        self._hours = _Entries(_entries("hours"))
        self._front: dict[str, _Entries] = {}
        self._signed: dict[str, list[tuple[str, ...]]] = {}
        for kind, entries in _by_name("front").items():
            self._front[kind] = _Entries((kind, stems) for stems in entries)
            self._signed[kind] = [stems for stems in entries if not "".join(stems).isalpha()]
        self._entry = _Entries(_entries("entry"))
        self._requisites = _Entries(_entries("requisites"), whole=0)
        self._lesson = _Entries(_entries("lesson"))
        self._stages = _Entries(_entries("stages"))
        self._learned = _Entries(_entries("learned"))
        self._leads = _Entries(_entries("leads"))
        self._asks: dict[str, set[str]] = {}
        ends: dict[str, list[str]] = {}
        for kind, stems in _entries("asks"):
            if kind in {"first-ends", "last-ends", "told-ends"}:
                ends.setdefault(kind, []).extend(stems)
                continue
            self._asks.setdefault(kind, set()).add(" ".join(stems))
        self._first_ends, self._last_ends, self._told_ends = (
            tuple(ends.get(kind, ())) for kind in ("first-ends", "last-ends", "told-ends")
        )
        tasks = self._asks.get("task", set())
        self._tasks = tuple(word for word in tasks if len(word) > 3)
        self._last = tuple(word for word in tasks if len(word) > 2)
        self._small = {word for name, stems in _entries("small") for word in stems if name == "words"}
        self._of_class = {word for name, stems in _entries("small") for word in stems if name == "class"}
        self._joins = {word for name, stems in _entries("framed") for word in stems if name == "joins"}
        known: list[tuple[str, tuple[str, ...]]] = []
        self._framed: set[tuple[str, ...]] = set()
        for data in languages.every("labels"):
            if beside := data.get("framed", {}).get("around"):
                entries = [
                    tuple(fold(one.lstrip(_ALL + _IN_ORDER)).split())
                    for named in data["headings"].values()
                    for one in named
                ]
                sure = tuple(map(fold, data["framed"].get("sure", ())))
                self._framed |= {stems for stems in entries if not any(stem.startswith(sure) for stem in stems)}
                known += ((one[0], one) for one in (*((fold(word),) for word in beside), *entries) if len(one) == 1)
        self._around = _Entries(known)

    def labels(self, text: str) -> dict[str, int]:
        """The parts that a heading's words may name → evidence up to ``FULL`` and a little more. A heading in several
        languages at once, «Бағалау / Оценивание / Assessment», names what most words of more than one of them name; so
        does one that says it again in brackets, «Сөздік (глоссарий)»."""
        scores_by_label = self._labels(text)
        several = _SEVERAL.split(text) if "/" in text else _NAMED_TWICE.fullmatch(text.strip())
        parts = [self._labels(part) for part in (several.groups() if isinstance(several, re.Match) else several or ())]
        for label in {label for part in parts for label in part}:
            scores = sorted((part[label] for part in parts if label in part), reverse=True)
            if len(scores) > 1 and scores[1] * 2 > FULL:
                scores_by_label[label] = max(scores_by_label.get(label, 0), scores[1])
        if (remark := _REMARKED.fullmatch(text.strip())) is not None and len(text) < _LONGEST_REMARKED:
            scores_by_label |= {
                name: max(scores_by_label.get(name, 0), value) for name, value in self._labels(remark[1]).items()
            }
        return scores_by_label

    def _labels(self, text: str) -> dict[str, int]:
        tokens = _tokens(_ABBREVIATED.sub("", text))
        weighty = [token for token in tokens if self._weighs(token)] or tokens
        if not tokens or len(weighty) > 12:
            return {}
        found: dict[str, int] = {}
        inside = [token for token in weighty if token not in self._of_class] or weighty
        for label, stems in self._headings.found(tokens):
            counted_tokens = weighty if label in _OF_COURSE else inside
            covered = sum(self._headings.fits(token, stems) for token in counted_tokens)
            if covered < len(counted_tokens) and (label, stems) in self._all:
                continue
            score = max(2, FULL * covered // len(counted_tokens)) + len(stems) - 1
            if stems in self._framed and self._is_of_subject(counted_tokens, stems, covered):
                score = min(score, FULL // 2 - 1)
            found[label] = max(found.get(label, 0), score)
        for label, _ in self._learned.found(tokens):
            found[label] = max(found.get(label, 0), _LED)
        return found

    def _weighs(self, token: str) -> bool:
        """Whether a word of a heading says something of what it names."""
        return len(token) > 2 and token not in self._small

    def _is_of_subject(self, stated: Sequence[str], stems: tuple[str, ...], covered: int) -> bool:
        """Whether an entry covers no more of a heading than words do which stand beside no name of a part: «Contact
        mechanics», «Sources of light»."""
        strange = sum(not self._headings.fits(token, stems) and not self._around.found((token,)) for token in stated)
        return strange >= covered or (strange > 0 and covered * 2 < len(stated))

    def kind(self, words: str) -> str | None:
        """What a counted heading counts, by the words beside its number; the longest that fits."""
        found = self._kinds.found(_tokens(words))
        return max(found, key=lambda entry: sum(map(len, entry[1])))[0] if found else None

    def lesson(self, label: str) -> str | None:
        """What a column or a label of a lesson plan names; the longest that fits."""
        found = self._lesson.found(_tokens(label))
        return max(found, key=lambda entry: sum(map(len, entry[1])))[0] if found else None

    @staticmethod
    def side(head: str) -> str | None:
        """Whose part a column of a lesson plan holds whose head is nothing but a word for them: «Me», «Они»."""
        return _sides().get(" ".join(_tokens(head)))

    def stage(self, heading: str) -> bool:
        """Whether the words of a heading are those of a stage of a lesson, all but a word or two."""
        tokens = [token for token in _tokens(heading) if token not in self._small]
        if not 0 < len(tokens) <= _LONGEST_STAGE:
            return False
        covered = (sum(self._stages.fits(token, stems) for token in tokens) for _, stems in self._stages.found(tokens))
        return max(covered, default=0) * 2 > len(tokens) - (len(tokens) > 2)

    def leads(self, tokens: Sequence[str]) -> str | None:
        """The field whose list a line with these folded words leads in: it holds an entry and ends with its last; an
        entry of one word is all of the line, or all but a word."""
        found = [one for one in self._leads.found(tokens) if len(one[1]) > 1 or len(tokens) <= _LONGEST_ALONE]
        return next((name for name, stems in found if self._leads.fits(tokens[-1], stems[-1:])), None)

    def requisite(self, sentence: str) -> str | None:
        """Whether a sentence names ``prerequisites`` or ``postrequisites``, by the longest entry that fits; of a word
        alone, whether it is the word for a ``course``."""
        found = self._requisites.found(_tokens(sentence))
        found = [one for one in found if one[0] != "course"] or found
        return max(found, key=lambda entry: sum(map(len, entry[1])))[0] if found else None

    def entry(self, label: str) -> str | None:
        """The field that a label opens under a class of a plan, all of whose words say so."""
        tokens = [token for token in _tokens(label) if token not in self._small]
        found = self._entry.found(tokens) if len(tokens) <= _LONGEST_ENTRY else []
        whole = [one for one in found if all(self._entry.fits(token, one[1]) for token in tokens)]
        return max(whole, key=lambda entry: sum(map(len, entry[1])))[0] if whole else None

    def about(self, label: str, least: float = 0.5) -> str | None:
        """The field of a course's data that a label names, where its words are ``least`` of the label (0..1); a title's
        are more than half of it."""
        tokens = _tokens(label)
        if not tokens or len(tokens) > 6:
            return None
        best: tuple[float, int, str] | None = None
        for name, stems in self._about.found(tokens):  # «Title of the paper», «Number of credits»
            counted_tokens = tokens if name in _OF_PLACES else [token for token in tokens if token not in self._joins]
            detected = [
                one for one in counted_tokens if name != "title" or self._weighs(one) or self._about.fits(one, stems)
            ]
            covered = sum(self._about.fits(token, stems) for token in detected) / len(detected)
            size = sum(map(len, stems))
            enough = covered >= least and (name != "title" or covered > 0.5)
            if enough and (best is None or (covered, size) > best[:2]):
                best = (covered, size, name)
        return best[2] if best else None

    def begins_label(self, word: str) -> bool:
        """Whether a word is one of those that labels of a course's data are made of; in Latin letters it is so as it
        stands, or in the plural: «Callum» begins as «call» does."""
        stated = fold(word)
        return not stated.isascii() or not {stated, stated.removesuffix("s")}.isdisjoint(self._about_words)

    def hours(self, label: str) -> str | None:
        """The kind of hours that a label names: of classes, or of work."""
        found = self._hours.found(_tokens(label))
        return max((sum(map(len, stems)), name) for name, stems in found)[1] if found else self.kind(label)

    def front(self, kind: str, text: str) -> bool:
        """Whether a line of a title page has a word of that kind: of a university, a post, a kind of paper …"""
        folded = fold(text)
        tokens = _tokens(text)
        entries = self._front.get(kind)
        if entries is not None and entries.found(tokens):
            return True
        return any(
            all(stem in folded if not stem.isalpha() else entries.fits_any(tokens, stem) for stem in stems)
            for stems in self._signed.get(kind, ())
            if entries is not None
        )

    def covered(self, kinds: Collection[str], text: str) -> float:
        """The share (0..1) of a line's words that entries of a title page's kinds cover."""
        tokens = _tokens(text)
        weighty = [token for token in tokens if self._weighs(token)]
        found = (entry for kind in kinds if kind in self._front for entry in self._front[kind].found(tokens))
        stems = {stem for _, entry in found for stem in entry}
        return sum(any(_fits(token, stem) for stem in stems) for token in weighty) / len(weighty) if weighty else 0.0

    def works(self, text: str) -> bool:
        """Whether a text begins as a step of work does: «Click …», «Open …»; an exam asks for neither."""
        first = _tokens(text[:40])[:1]
        return bool(first) and first[0] in self._asks.get("task-word", ())

    def asks(self, text: str) -> str | None:
        """``question`` or ``task`` when a text begins, or ends, as one does."""
        if text.rstrip(' »"”)').endswith("?"):
            return "question"
        tokens = _tokens(text[:200])
        if not tokens:
            return None
        first, last = " ".join(tokens[:2]), tokens[-1]
        if tokens[0] in self._asks.get("task-word", ()) or _ends(tokens[0], self._first_ends):
            return "task"
        for kind, words in self._asks.items():
            if tokens[0] in words or first in words or (kind == "task" and first.startswith(self._tasks)):
                return kind
        is_telling = last not in self._last and _ends(last, self._told_ends)
        ordered = (last.startswith(self._last) and not is_telling) or _ends(last, self._last_ends)
        return "task" if ordered else None


@cache
def _others() -> tuple[str, ...]:
    """Beginnings of words that begin as those of a paper do and name something else."""
    return tuple(stems[0] for _, stems in _entries("others"))


def _ends(token: str, endings: tuple[str, ...]) -> bool:
    """Whether a word has an ending of an order, and a stem before it."""
    return bool(endings) and len(token) > 5 and token.endswith(endings)


@cache
def _asking() -> frozenset[str]:
    """The words of one that a question begins with."""
    return frozenset(stems[0] for kind, stems in _entries("asks") if kind == "question" and len(stems) == 1)


def _fits(token: str, stem: str) -> bool:
    return token == stem if len(stem) < 4 else token.startswith(stem)


@cache
def _entries(table: str) -> Sequence[tuple[str, tuple[str, ...]]]:
    """The entries of a table of all languages: name, stems."""
    return tuple(
        (name, tuple(fold(entry).split()))
        for data in languages.every("labels")
        for name, entries in data.get(table, {}).items()
        for entry in entries
    )


def _without_all(entries: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Entries without the sign of those that are all of a heading."""
    return ((name, (stems[0].removeprefix(_ALL), *stems[1:])) for name, stems in entries)


def _by_name(table: str) -> dict[str, list[tuple[str, ...]]]:
    """The entries of a table by their name, each of stems."""
    result: dict[str, list[tuple[str, ...]]] = {}
    for name, stems in _entries(table):
        result.setdefault(name, []).append(stems)
    return result


def alternatives(phrases: Iterable[str]) -> str:
    """Phrases of word beginnings as an expression, longer ones first; a short word stands alone."""
    ranked = sorted({fold(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    forms = (r"\s+".join(_form(word) for word in phrase.split()) for phrase in ranked)
    return "|".join(rf"(?<!\w){form}(?![^\W\d_])" for form in forms) or "(?!)"


def phrases(table: str, name: str) -> list[str]:
    """The entries of a name of a table in all languages, as they are written."""
    return [entry for data in languages.every("labels") for entry in data.get(table, {}).get(name, [])]


@cache
def _sides() -> Mapping[str, str]:
    return {" ".join(stems): name for name, stems in _entries("who")}


@cache
def _nothing() -> frozenset[str]:
    return frozenset(map(fold, phrases("nothing", "words")))


def says_nothing(text: str) -> bool:
    """Whether words say that there is nothing: «none», «N/A», «нет»."""
    return fold(text.strip(" .;")) in _nothing()


@cache
def _beside() -> frozenset[str]:
    return frozenset(map(fold, phrases("beside", "words")))


def says_when(label: str) -> bool:
    """Whether words beside the name of a class say when something is done: «Before class», «сабаққа дейін»."""
    return not _beside().isdisjoint(fold(label).split())


def unnamed_work(language: str | None) -> str:
    """What work outside class is in documents of a language where nothing names it: ``homework`` or ``independent``."""
    code = language if language in languages.in_order() else languages.in_order()[0]
    return next(iter(_data(code).get("work", {}).get("unnamed", [])), "independent")


def _form(word: str) -> str:
    return re.escape(word) if len(word) < _WHOLE_WORD else rf"{re.escape(word)}[^\W\d_]{{0,4}}"


def _data(code: str) -> dict[str, Any]:
    return languages.data(code, "labels.toml")


@cache
def words() -> OutlineWords:
    """The words of the languages that are installed."""
    return OutlineWords()


def _tokens(text: str) -> list[str]:
    """The words of a text, folded; without what stands for letters that went («С И Л Л А Б У С» is one word)."""
    return _TOKEN.findall(fold(text.replace(GONE, "")))
