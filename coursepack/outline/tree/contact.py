"""What sentences say of a teacher: «I'm Ann Lee. My office is Hall 3; I'm there Mondays 1–3. Write to me at …»."""

from __future__ import annotations

import re

from coursepack import languages
from coursepack.outline.tree.people import MAIL, NAME, PHONE, Person, hours_of

_I_AM = languages.expression(r"(?<!\w)(?:@i-am@)(?:\s*:)?\s+", re.IGNORECASE)
_FOUND_IN = languages.expression(r"(?<!\w)(?:@found-in@)(?:\s*:)?\s+", re.IGNORECASE)
_FOUND_WHEN = languages.expression(r"(?<!\w)(?:@found-when@)(?:\s*:)?\s+", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=\w{3}[.!?])\s+(?=\S)")
_END = re.compile(r"[.;!?](?:\s|$)|,\s+(?![^,.;]*\d)")
_WHEN = languages.expression(r"\s+(?=(?:@when@)(?!\w))", re.IGNORECASE)
_LONGEST = 1200
_LONGEST_PLACE = 60
_LONGEST_HOURS = 110


def spoken(text: str) -> dict[str, str]:
    """The fields of ``model.course.Teacher`` that sentences about the teacher give; empty where none says who or where
    the teacher is."""
    if len(text) > _LONGEST:
        return {}
    fields: dict[str, str] = {}
    for sentence in _SENTENCE.split(text):
        _who(sentence, fields)
        _where(sentence, fields)
        _when(sentence, fields)
    if fields and (mail := MAIL.search(text)):
        fields["email"] = mail[0]
    if fields and (phone := PHONE.search(MAIL.sub("", text))):
        fields["phone"] = phone[0].strip()
    return fields


_CLAUSE = re.compile(r"(?<=[.!?;])\s+")
_WITH_MAIL = languages.expression(r"(?P<name>[@A@][\w'’-]+\.?(?:\s+[@A@][\w'’.-]*){1,3})\s*\((?P<said>[^()]{3,120})\)")


def named_with_mails(text: str) -> list[tuple[str, dict[str, str]]]:
    """The teachers that sentences name with their mails in brackets, and what is said of each of them: «Your teachers
    are Ann Lee (alee@…, Hall 3) and Tom Ray (tray@…). Ann holds office hours on Mondays»."""
    if len(text) > _LONGEST or _I_AM.search(text) is None:
        return []
    people = {found["name"]: found["said"] for found in _WITH_MAIL.finditer(text) if MAIL.search(found["said"])}
    result: list[tuple[str, dict[str, str]]] = []
    for name, inside in people.items():
        fields = {field: value for field, value in Person(f"{name}, {inside}").said.items() if field != "name"}
        first = name.split()[0]
        for sentence in _CLAUSE.split(text):
            if len(people) == 1 or sentence.startswith(first):
                _when(sentence, fields)
        result.append((name, fields))
    return result


def _who(sentence: str, stated: dict[str, str]) -> None:
    found = _I_AM.search(sentence)
    name = NAME.match(sentence, found.end()) if found else None
    if name and len(name[0].split()) > 1:
        stated.setdefault("name", name[0].strip(" .,"))


def _where(sentence: str, stated: dict[str, str]) -> None:
    """The room behind its phrase, and when the teacher is there behind it."""
    found = _FOUND_IN.search(sentence)
    if found is None:
        return
    rest = _cut(sentence[found.end() :])
    when = _WHEN.search(rest)
    place = rest[: when.start()] if when else rest
    if place[:1].isupper() and len(place) <= _LONGEST_PLACE:
        stated.setdefault("room", place.strip(" .,"))
        if when:
            stated.setdefault("office_hours", rest[when.end() :].strip(" .,"))


def _when(sentence: str, stated: dict[str, str]) -> None:
    found = _FOUND_WHEN.search(sentence)
    rest = _cut(sentence[found.end() :]) if found else ""
    if rest and len(rest) <= _LONGEST_HOURS and hours_of(rest):
        stated.setdefault("office_hours", rest.strip(" .,"))


def _cut(rest: str) -> str:
    """The beginning of a text up to the end of its clause."""
    end = _END.search(rest)
    return rest[: end.start()] if end else rest
