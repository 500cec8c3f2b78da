"""``[about]`` and ``[about.ru]``: what is declared of all editions of a course, and of the one in a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

TABLE = "about"
_CODE = re.compile("[a-z]{2}")
"""ISO 639-1: no other key of the table is so short."""


def parted(about: Any) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """What holds for all editions, and what for one, by language."""
    if not isinstance(about, Mapping):
        return {}, {}
    spoken = {key: value for key, value in about.items() if _CODE.fullmatch(key) and isinstance(value, dict)}
    return {key: value for key, value in about.items() if key not in spoken}, spoken


def tables(about: Any) -> dict[tuple[str, ...], dict[str, Any]]:
    """The same by the keys under which each stands: ``("about",)``, ``("about", "ru")``."""
    plain, spoken = parted(about)
    return {(TABLE,): plain} | {(TABLE, language): stated for language, stated in spoken.items()}


def merged(above: Any, own: Mapping[str, Any]) -> dict[str, Any]:
    """What a course declares, with what its department does: a key that the course has for all editions is the
    course's in each."""
    (all_above, each_above), (all_own, each_own) = parted(above), parted(own)
    result = {**all_above, **all_own}
    for language in {**each_above, **each_own}:
        kept = {key: value for key, value in each_above.get(language, {}).items() if key not in all_own}
        result[language] = {**kept, **each_own.get(language, {})}
    return result
