"""Tables of rules, and what they say of a part."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from coursepack.forecast.model import Arrival, Fate, LmsRule, PackagePart, Reason
from coursepack.place import CoursepackError

_FOLDER = Path(__file__).parent
_ORDER = list(Fate)


class LmsRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All rules of one LMS; ``versions`` as a call names them; ``seen``: in runs, else in its code alone."""

    name: str
    versions: tuple[str, ...]
    seen: bool
    rule: tuple[LmsRule, ...]


def names() -> list[str]:
    """What ``--lms`` takes."""
    return sorted(name for path in _FOLDER.glob("*.toml") for name in _called(path.stem, _table(path.stem)))


def _called(stem: str, table: LmsRules) -> list[str]:
    return [f"{stem}-{version}" for version in table.versions] or [stem]


@cache
def _table(stem: str) -> LmsRules:
    return msgspec.convert(tomllib.loads((_FOLDER / f"{stem}.toml").read_text(encoding="utf-8")), LmsRules)


def table(lms: str) -> tuple[LmsRules, str]:
    """The rules of an LMS and the version that was meant. Raises ``CoursepackError`` for one that is not known."""
    for path in sorted(_FOLDER.glob("*.toml")):
        found = _table(path.stem)
        if lms in _called(path.stem, found):
            return found, lms.removeprefix(path.stem).removeprefix("-")
    raise CoursepackError(f"unknown LMS {lms!r}, expected one of {', '.join(names())}")


def arrivals(parts: Iterable[PackagePart], kind: str, rules: LmsRules, version: str) -> Iterator[Arrival]:
    """What becomes of the parts of a package of that kind."""
    wanted: dict[str, list[LmsRule]] = {}
    for rule in rules.rule:
        if (not rule.of or kind in rule.of) and (not rule.version or version in rule.version):
            wanted.setdefault(rule.part, []).append(rule)
    for part in parts:
        yield _arrival(part, [rule for rule in wanted.get(part.kind, ()) if _holds(rule, part)])


def _arrival(part: PackagePart, rules: list[LmsRule]) -> Arrival:
    """The worst fate of all rules; the first that names a thing says what it becomes."""
    fate = max((rule.fate for rule in rules), key=_ORDER.index, default=Fate.LOST)
    named = next((rule for rule in rules if rule.becomes), None)
    becomes = named.becomes if named and fate not in {Fate.LOST, Fate.REFUSED} else None
    facts = {name: part.facts[name] for name in part.shown if name in part.facts}
    for rule in reversed(rules):
        facts |= rule.sets
    called = next((str(part.facts[rule.name]) for rule in rules if rule.name and rule.name in part.facts), part.name)
    if becomes is None:  # what else would have changed is of no account
        rules = [rule for rule in rules if rule.fate is fate]
    stated = tuple(dict.fromkeys(rule.code for rule in rules if rule.says))
    if becomes is None:
        return Arrival(
            part=part.kind, name=part.name, place=part.place, fate=fate, becomes=None, arrives={}, reasons=stated
        )
    kind = becomes.format_map({name: str(value) for name, value in part.facts.items()})
    return Arrival(
        part=part.kind,
        name=part.name,
        place=part.place,
        fate=fate,
        becomes=kind,
        arrives={"name": called} | facts,
        reasons=stated,
    )


def _holds(rule: LmsRule, part: PackagePart) -> bool:
    return all(_fits(wanted, part.facts.get(name)) for name, wanted in rule.when.items())


def _fits(wanted: Any, found: Any) -> bool:
    match wanted:
        case {"over": number}:
            return isinstance(found, int | float) and found > number
        case {"under": number}:
            return isinstance(found, int | float) and found < number
        case {"not": [*values]}:
            return found not in values
        case [*values]:
            return found in values
    return bool(found == wanted)


def reasons(found: Iterable[Arrival], rules: LmsRules) -> tuple[Reason, ...]:
    """The rules that spoke, in the order of their table."""
    stated = {code for arrival in found for code in arrival.reasons}
    listed = {rule.code: rule for rule in rules.rule if rule.code in stated and rule.says}
    return tuple(
        Reason(code=rule.code, says=rule.says, source=rule.source, advice=rule.advice) for rule in listed.values()
    )
