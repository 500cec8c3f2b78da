"""Addresses that a product may lead to or show: an allow-list of schemes, read as browsers read an address.

Source: WHATWG URL Standard, 4.4 (basic URL parser): C0 controls and blanks around an address and tabs and line ends
inside it are dropped before its scheme is read.
"""

from __future__ import annotations

import re

from coursepack.files.media import PIXELS
from coursepack.markup.tables import allowed

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_DATA = re.compile(r"data:([^;,]*)(?:;[A-Za-z0-9=_.-]+)*,", re.IGNORECASE)
_DROPPED = re.compile(r"[\x00-\x1f\x7f]")
RELATIVE = "relative"
_PART = re.compile(r"#[^\s\x00-\x1f]*")


def link(address: str) -> str | None:
    """An address that a page may link to, or None: no script, no file of somebody's disk, no blanks or controls.

    >>> link(" java\\tscript:alert(1)"), link("www.enu.kz"), link("lecture2.html")
    (None, 'https://www.enu.kz', None)
    """
    address = _DROPPED.sub("", address.strip()).replace(" ", "%20")
    scheme = _SCHEME.match(address)
    if scheme is None:
        return f"https://{address}" if address.lower().startswith("www.") else None
    return address if scheme[1].lower() in allowed().addresses.schemes and len(address) > len(scheme[0]) else None


def part(address: str) -> bool:
    """True for the address of a place on the same page: ``#note-1``."""
    return bool(_PART.fullmatch(address))


def pixels(address: str) -> bool:
    """True for a picture of pixels that stands in the address itself (``data:``)."""
    found = _DATA.match(_DROPPED.sub("", address).strip())
    return found is not None and found[1].strip().lower() in PIXELS


def shown(address: str) -> bool:
    """True for a picture that travels with the page: beside it, or its own pixels."""
    return beside(address) or pixels(address)


def beside(address: str) -> bool:
    """True for a file that travels with the page: a relative path, or a platform's token."""
    if address.startswith(allowed().addresses.tokens):
        return True
    plain = _DROPPED.sub("", address).strip().replace("\\", "/")
    return bool(plain) and not plain.startswith("/") and _SCHEME.match(plain) is None


def scheme(address: str) -> str:
    """The scheme of an address in small letters, for a message; ``RELATIVE`` without one."""
    found = _SCHEME.match(_DROPPED.sub("", address).strip())
    return f"{found[1].lower()[:20]}:" if found else RELATIVE
