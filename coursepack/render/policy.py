"""The content security policy of every page: what a browser may run and load there, whatever the page holds.

Sources: W3C Content Security Policy Level 3 (directives; hashes of inline elements, and of attributes with
``'unsafe-hashes'``); HTML Living Standard, 4.2.5.3: a policy in a ``meta`` counts from where it stands, so it comes
first, right after the declaration of the encoding.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

from coursepack.render.html import UNSTYLED

_BASE = (
    "default-src 'none'",
    "img-src 'self' data:",
    "media-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
)
# Rooms whose pages bring files of their own: scripts and style sheets of the package.
_OWN_FILES = frozenset({"scorm"})
_FONTS = ("font-src 'self'",)
# The style attributes that the renderers write; no other one counts.
_ATTRIBUTES = ("text-align: center", "text-align: right", "border-collapse: collapse")
# And those that they write where a text asks for it: the page's own are allowed one by one.
_HEX = "#[0-9a-f]{6}"
_SCHEMES = rf"(?:; --(?:light|dark|sepia): {_HEX})*"  # what letters become in a scheme of the pages (`schemes.toml`)
_ASKED = re.compile(
    rf"color: {_HEX}(?:; background-color: {_HEX})?{_SCHEMES}|background-color: {_HEX}{_SCHEMES}"
    "|text-align: left|white-space: pre-wrap|max-width: 100%"
)
_LOOKS = frozenset(look["style"] for look in UNSTYLED.values())

_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.DOTALL | re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc\s*=)[^>]*>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_STYLED = re.compile(r"""<[A-Za-z][^<>]*?\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SAYS_ITSELF = re.compile(r"http-equiv\s*=\s*[\"']?content-security-policy", re.IGNORECASE)
_FIRST = (
    re.compile(r"<meta\s+charset\s*=[^>]*>", re.IGNORECASE),
    re.compile(r"<head\b[^>]*>", re.IGNORECASE),
    re.compile(r"<html\b[^>]*>", re.IGNORECASE),
    re.compile(r"<!DOCTYPE[^>]*>", re.IGNORECASE),
)


def guarded(page: str, room: str, template: str) -> str:
    """A page of ``room`` with its policy; a fragment, and a page whose template states its own, stay as they are.

    ``template`` is the text that the page was made from: what is written there in so many words (styles, scripts) may
    be, what came in as a value may not.
    """
    if _SAYS_ITSELF.search(template):
        return page
    found = next((match for first in _FIRST if (match := first.search(page))), None)
    if found is None:
        return page
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(room, template, page)}">'
    return f"{page[: found.end()]}\n{meta}{page[found.end() :]}"


def policy(room: str, template: str, page: str = "") -> str:
    """The policy as one line; it holds no double quotes. ``page`` may have
    colours as the renderers write them."""
    template = template.replace("\r\n", "\n").replace("\r", "\n")  # as Jinja and browsers read it
    own = ["'self'"] if room in _OWN_FILES else []
    attributes = [*_ATTRIBUTES, *(found[1] or found[2] or "" for found in _STYLED.finditer(template))]
    questions = {found[1] for found in _STYLED.finditer(page) if found[1]}
    attributes += sorted(one for one in questions if _ASKED.fullmatch(one) or one in _LOOKS)
    styles = [*own, *_hashes(_inside(_STYLE, template)), "'unsafe-hashes'", *_hashes(attributes)]
    scripts = [*own, *_hashes(_inside(_SCRIPT, template))] or ["'none'"]
    fonts = _FONTS if own else ()
    return "; ".join((*_BASE, *fonts, f"style-src {' '.join(styles)}", f"script-src {' '.join(scripts)}"))


def _inside(element: re.Pattern[str], template: str) -> list[str]:
    """What stands in elements of the template word for word; one that is filled by Jinja is not known beforehand."""
    return [found[1] for found in element.finditer(template) if found[1] and not re.search(r"\{[{%#]", found[1])]


def _hashes(texts: Iterable[str]) -> list[str]:
    found = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return list(dict.fromkeys(f"'sha256-{each}'" for each in found))
