"""Names that Moodle gives (``qformat_default::create_default_question_name``, ``shorten_text``)."""

from __future__ import annotations

import re

_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_LETTER = re.compile(r"&[0-9a-z]{2,8};|&#[0-9]{1,7};|&#x[0-9a-f]{1,6};|.", re.IGNORECASE | re.DOTALL)
_LONGEST, _ENDING = 80, "..."


def param_text(text: str) -> str:
    """Without tags (PARAM_TEXT)."""
    return _TAG.sub("", text).strip()


def default_name(text: str) -> str:
    """The name of a question that has none: its first 80 letters without tags, cut behind a blank or a full stop."""
    pieces = _LETTER.findall(_TAG.sub("", text))
    if len(pieces) <= _LONGEST:
        return "".join(pieces).strip()
    most = _LONGEST - len(_ENDING)
    ends = (at for at in range(most, 0, -1) if pieces[at] in {".", " "} or len(pieces[at].encode()) == 3)
    cut = min(next(ends, most - 1) + 1, most)
    return "".join(pieces[:cut]) + _ENDING
