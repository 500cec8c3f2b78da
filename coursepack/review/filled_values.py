"""What stands behind a printed name → a value of course.toml: numbers, people, days, lists, rules."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

from coursepack.review.filled_lines import FilledLine
from coursepack.writers.papers.words import PaperWords

Value = str | float | int | list[str] | list[dict[str, object]]

_RULE = re.compile(r"[_\s\u00a0]*")
_NUMBER = re.compile(r"^\s*\(?(\d+)[.)]\s+")


def is_blank(text: str) -> bool:
    """True for nothing, or a rule to write on."""
    return _RULE.fullmatch(text) is not None


def _as_text(found: Sequence[FilledLine], _: PaperWords) -> Value:
    return "\n\n".join(line.text.strip() for line in found)


def _as_lines(found: Sequence[FilledLine], _: PaperWords) -> Value:
    return [_NUMBER.sub("", line.text).strip() for line in found]


def _as_names(found: Sequence[FilledLine], _: PaperWords) -> Value:
    joined = "; ".join(line.text.strip().rstrip(".;") for line in found)
    return [part.strip() for part in joined.split(";") if part.strip()]


def _as_policies(found: Sequence[FilledLine], words: PaperWords) -> Value:
    """Each under its heading; what stands under none bears the name of the part."""
    made: list[dict[str, object]] = []
    for line in found:
        if line.headed:
            made.append({"title": line.text.strip(), "text": ""})
        else:
            if not made:
                made.append({"title": words("Course policy"), "text": ""})
            made[-1]["text"] = f"{made[-1]['text']}\n\n{line.text.strip()}".strip()
    return made


AS: Mapping[str, Callable[[Sequence[FilledLine], PaperWords], Value]] = {
    "text": _as_text,
    "lines": _as_lines,
    "names": _as_names,
    "policies": _as_policies,
}


def number(text: str) -> float | int | None:
    """«0,5»; None for anything else."""
    found = re.fullmatch(r"\s*(\d{1,4})(?:[.,](\d{1,3}))?\s*%?\s*", text)
    if found is None:
        return None
    return float(f"{found[1]}.{found[2]}") if found[2] else int(found[1])


def without_rule(text: str) -> str:
    return re.sub(r"[_\t]+", " ", text).strip()


def person(text: str) -> dict[str, object]:
    """«Ахметова А.Б., PhD, доцент»: name, degree, post; of two the second is the post."""
    if is_blank(text):
        return {}
    name, *more = (part.strip() for part in text.split(",", 2))
    keys = ("degree", "post") if len(more) > 1 else ("post",)
    return {"name": name, **dict(zip(keys, more, strict=False))}


def iso_of(text: str, say: PaperWords) -> str | None:
    """The day that a text names, in words or in figures, as an ISO date."""
    text = " ".join(text.split()).strip(" .,")
    if found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*\D{0,3})?", text):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    years, days = re.findall(r"\b\d{4}\b", text), re.findall(r"\b\d{1,2}\b", text)
    if len(years) != 1 or len(days) != 1:
        return None
    plain = text.replace("«", "").replace("»", "").replace("“", "").replace("”", "").casefold()
    for month in range(1, 13):
        iso = _day(int(years[0]), month, int(days[0]))
        if iso and plain.startswith(say.date(iso).casefold().rstrip(".")):
            return iso
    return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
