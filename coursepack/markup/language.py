"""Names of languages, as a ``lang`` attribute may hold them."""

from __future__ import annotations

import re

_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


def tag(text: str | None) -> str | None:
    """The tag (RFC 5646, 2.1: letters and digits in parts of at most eight), or None for what is none."""
    return text if text and len(text) <= 64 and _TAG.fullmatch(text) else None
