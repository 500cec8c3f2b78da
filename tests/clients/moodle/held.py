"""A forecast held against what arrived in a Moodle: every sentence that the run does not bear out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from coursepack.forecast import Arrival, Forecast

Row = tuple[Any, ...]


def false(told: Forecast, arrived: dict[str, Any]) -> list[str]:
    """What was said and is not so, and what came and was not said."""
    if told.refused or "refused" in arrived:
        return (
            [] if told.refused == ("refused" in arrived) else [f"refused: {told.refused}, {arrived.get('refused')!r}"]
        )
    if "scos" in arrived:
        return _player(told, arrived)
    found = _unlike("question", map(_question, _of(told, "question")), map(_asked, arrived["questions"]))
    if "activities" in arrived:
        found += _course(told, arrived)
    return found


def _of(told: Forecast, *parts: str) -> list[Arrival]:
    return [one for one in told.arrivals if one.part in parts and one.becomes]


def _player(told: Forecast, arrived: dict[str, Any]) -> list[str]:
    version = next(one.arrives.get("version") for one in told.arrivals if one.part == "course")
    found = [] if version == arrived["version"] else [f"version {version}, arrived {arrived['version']}"]
    return found + _unlike(
        "sco", [(one.arrives["name"],) for one in _of(told, "sco")], [(name,) for name in arrived["scos"]]
    )


def _course(told: Forecast, arrived: dict[str, Any]) -> list[str]:
    sections = [(one.arrives["number"], one.arrives["name"]) for one in _of(told, "section")]
    known = {number for number, _ in sections}
    came = [(one["number"], one["name"]) for one in arrived["sections"]]
    # Numbers that the file leaves out, and the general section, are there without a name.
    came = [one for one in came if one[0] in known or one[1]]
    found = _unlike("section", sections, came)
    places = [_activity(one) for one in _of(told, "activity", "place", "folder") if one.becomes != "setting"]
    activities = [_stands(one, told) for one in arrived["activities"]]
    if _moved(told):
        activities = [one for one in activities if one[0] != "qbank"]
    found += _unlike("activity", places, activities)
    found += _settings(told, arrived)
    if told.kind == "moodle-backup":
        found += _unlike("file", [(one.name,) for one in _of(told, "file")], [(name,) for name in arrived["files"]])
    return found


def _settings(told: Forecast, arrived: dict[str, Any]) -> list[str]:
    """Settings that were told, of activities that are the only ones of their name."""
    came: dict[Row, list[dict[str, Any]]] = {}
    for one in arrived["activities"]:
        came.setdefault((one["mod"], one["name"]), []).append(one)
    found = []
    for arrival in _of(told, "activity"):
        there = came.get((arrival.becomes, arrival.arrives["name"]), [])
        for name, value in arrival.arrives.get("settings", {}).items() if len(there) == 1 else ():
            now = there[0]["settings"].get(name)
            if _plain(now) != _plain(value):
                found.append(f"{arrival.becomes} «{arrival.name}»: {name} {value!r}, arrived {now!r}")
    return found


def _plain(value: object) -> object:
    """Numbers alike, and nothing as nothing."""
    text = "" if value is None else str(value)
    try:
        return float(text)
    except ValueError:
        return text


def _moved(told: Forecast) -> bool:
    """Whether a shared question bank was announced."""
    moved = any("backup-bank-moved" in one.reasons for one in told.arrivals)
    return moved or (told.version == "5.0" and told.kind.startswith("cc"))


def _activity(one: Arrival) -> Row:
    said = one.arrives
    return (
        one.becomes,
        said["name"],
        said.get("section", 0),
        said.get("visible", 1),
        said.get("slots"),
        said.get("grade"),
    )


def _stands(one: dict[str, Any], told: Forecast) -> Row:
    own = (one["slots"], one["grade"]) if told.kind == "moodle-backup" else (None, None)
    return (one["mod"], one["name"], one["section"], one["visible"], *own)


def _question(one: Arrival) -> Row:
    said = one.arrives
    fractions = tuple(sorted(round(float(share), 4) for share in said.get("fractions", ())))
    return (said["type"], said["name"], said["mark"], fractions, said.get("status", "ready"))


def _asked(one: dict[str, Any]) -> Row:
    fractions = tuple(sorted(round(float(share), 4) for share in one["fractions"]))
    return (one["type"], one["name"], one["mark"], fractions, one["status"])


def _unlike(what: str, said: Iterable[Row], came: Iterable[Row]) -> list[str]:
    told, arrived = Counter(said), Counter(came)
    found = [f"{what} told, not arrived: {row}" for row in (told - arrived).elements()]
    return found + [f"{what} arrived, not told: {row}" for row in (arrived - told).elements()]
