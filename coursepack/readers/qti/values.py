"""Values of QTI 2 and 3 and the operators on them (IMS QTI 2.2, Information Model, 15 «Expressions»).

A value is None (NULL) or a ``Value``. Random ones, points of pictures and operators of single vendors are not known
here: who meets one is unsure.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from coursepack.readers.qti.scored import UnsureError

Scalar = str | float | bool
_TRUTHS = {"true": 1.0, "false": 0.0}
"""Truths that items keep as texts, and compare as numbers."""
_NUMBERS = frozenset({"integer", "float", "duration"})


@dataclass(frozen=True)
class QtiValue:
    """One or more scalars of a base type; ``many``: single, multiple or ordered."""

    base: str
    items: tuple[Scalar, ...]
    many: str = "single"

    @property
    def scalar(self) -> Scalar:
        return self.items[0]


Maybe = QtiValue | None


def scalar(text: str, base: str) -> Scalar:
    """A text of an item as a value of its base type. Raises ``UnsureError``."""
    text = text.strip() if base != "string" else text
    if base in _NUMBERS:
        try:
            return float(text)
        except ValueError:
            raise UnsureError(f"{text[:40]!r} is no number") from None
    if base == "boolean":
        return text.lower() in {"true", "1"}
    if base == "pair":
        return " ".join(sorted(text.split()))
    if base == "directedPair":
        return " ".join(text.split())
    return text


def made(texts: Iterable[str], base: str, many: str) -> Maybe:
    items = tuple(scalar(text, base) for text in texts)
    return QtiValue(base, items, many) if items else None


def boolean(value: bool) -> QtiValue:
    return QtiValue("boolean", (value,))


def number(value: float) -> Maybe:
    return QtiValue("float", (value,)) if math.isfinite(value) else None


def numbers(values: Sequence[Maybe]) -> list[float] | None:
    """All numbers of the values, None where one is NULL. Raises ``UnsureError`` for what is none."""
    found: list[float] = []
    for value in values:
        if value is None:
            return None
        for item in value.items:
            if isinstance(item, str):
                found.append(_TRUTHS[item] if item in _TRUTHS else float(scalar(item, "float")))
            else:
                found.append(float(item))
    return found


def equal(one: QtiValue, other: QtiValue) -> bool:
    """The operator ``match``."""
    if one.many == "ordered" or other.many == "ordered" or (len(one.items) == 1 == len(other.items)):
        return len(one.items) == len(other.items) and all(map(_same, one.items, other.items))
    return Counter(map(_key, one.items)) == Counter(map(_key, other.items))


def _same(one: Scalar, other: Scalar) -> bool:
    return _key(one) == _key(other)


def _key(item: Scalar) -> Scalar:
    """Identifiers, texts and numbers alike where they say the same: processing of real items mixes their types."""
    if isinstance(item, str):
        try:
            return float(item) if item.strip() and item.strip()[-1].isdigit() and "_" not in item else item
        except ValueError:
            return item
    return item


# --- a function an operator: values of the operands → value ----------------------------------------------------------


def _numeric(work: Callable[[list[float]], float]) -> Callable[[Sequence[Maybe]], Maybe]:
    def done(values: Sequence[Maybe]) -> Maybe:
        found = numbers(values)
        if not found:
            return None
        try:
            return number(work(found))
        except (ArithmeticError, ValueError, IndexError):
            return None

    return done


def _compared(work: Callable[[float, float], bool]) -> Callable[[Sequence[Maybe]], Maybe]:
    def done(values: Sequence[Maybe]) -> Maybe:
        found = numbers(values)
        return boolean(work(found[0], found[1])) if found and len(found) > 1 else None

    return done


def _and(values: Sequence[Maybe]) -> Maybe:
    if any(value is not None and value.scalar is False for value in values):
        return boolean(False)
    return None if None in values else boolean(True)


def _or(values: Sequence[Maybe]) -> Maybe:
    if any(value is not None and value.scalar is True for value in values):
        return boolean(True)
    return None if None in values else boolean(False)


def _not(values: Sequence[Maybe]) -> Maybe:
    return None if values[0] is None else boolean(not values[0].scalar)


def _match(values: Sequence[Maybe]) -> Maybe:
    one, other = values[0], values[1]
    return None if one is None or other is None else boolean(equal(one, other))


def _is_null(values: Sequence[Maybe]) -> Maybe:
    return boolean(values[0] is None or values[0].items in {(), ("",)})


def _member(values: Sequence[Maybe]) -> Maybe:
    one, all_ = values[0], values[1]
    if one is None or all_ is None:
        return None
    return boolean(any(_same(one.scalar, item) for item in all_.items))


def _contains(values: Sequence[Maybe]) -> Maybe:
    whole, part = values[0], values[1]
    if whole is None or part is None:
        return None
    if whole.many == "ordered":
        size = len(part.items)
        runs = (whole.items[at : at + size] for at in range(len(whole.items) - size + 1))
        return boolean(any(all(map(_same, run, part.items)) for run in runs))
    have = Counter(map(_key, whole.items))
    return boolean(all(have[key] >= count for key, count in Counter(map(_key, part.items)).items()))


def _delete(values: Sequence[Maybe]) -> Maybe:
    one, all_ = values[0], values[1]
    if one is None or all_ is None:
        return None
    kept = tuple(item for item in all_.items if not _same(item, one.scalar))
    return QtiValue(all_.base, kept, all_.many) if kept else None


def _container(many: str) -> Callable[[Sequence[Maybe]], Maybe]:
    def done(values: Sequence[Maybe]) -> Maybe:
        kept = [value for value in values if value is not None]
        items = tuple(item for value in kept for item in value.items)
        return QtiValue(kept[0].base, items, many) if items else None

    return done


def _size(values: Sequence[Maybe]) -> Maybe:
    return number(0.0 if values[0] is None else float(len(values[0].items)))


OPERATORS: dict[str, Callable[[Sequence[Maybe]], Maybe]] = {
    "and": _and,
    "or": _or,
    "not": _not,
    "match": _match,
    "isNull": _is_null,
    "member": _member,
    "contains": _contains,
    "delete": _delete,
    "multiple": _container("multiple"),
    "ordered": _container("ordered"),
    "containerSize": _size,
    "sum": _numeric(sum),
    "product": _numeric(math.prod),
    "subtract": _numeric(lambda found: found[0] - found[1]),
    "divide": _numeric(lambda found: found[0] / found[1]),
    "power": _numeric(lambda found: math.pow(found[0], found[1])),
    "integerDivide": _numeric(lambda found: float(found[0] // found[1])),
    "integerModulus": _numeric(lambda found: found[0] % found[1]),
    "min": _numeric(min),
    "max": _numeric(max),
    "truncate": _numeric(lambda found: float(math.trunc(found[0]))),
    "round": _numeric(lambda found: math.floor(found[0] + 0.5)),
    "integerToFloat": _numeric(lambda found: found[0]),
    "gt": _compared(lambda one, other: one > other),
    "gte": _compared(lambda one, other: one >= other),
    "lt": _compared(lambda one, other: one < other),
    "lte": _compared(lambda one, other: one <= other),
    "durationLT": _compared(lambda one, other: one < other),
    "durationGTE": _compared(lambda one, other: one >= other),
}
"""Operators that need nothing but their operands, by the names of QTI 2."""
