r"""Text that a stranger may have written, made fit to be printed: what is not seen, moves the cursor or reorders a line
becomes an escape («\x1b», «\u202e»), everything else stays as it is. One rule for terminals, tag files and JSON.

Escaped are

- control characters (C0, DEL, C1: ECMA-48), which terminals obey;
- bidi controls (Unicode, Bidi_Control), which reorder what stands around them; the letters themselves stay;
- what shows nothing (Unicode, Default_Ignorable_Code_Point: zero-width, tags, fillers, selectors, the soft hyphen),
  line and paragraph separators, annotation marks, surrogates (the undecodable bytes of a file name);
- private use and noncharacters, whose look only a font knows;
- the beginning of what a build server takes for an order when it reads our output.

Kept are the joiners that Arabic and Indic scripts spell with, and those and the selectors inside an emoji. The table is
fixed here, not asked of the interpreter's Unicode version: the same bytes everywhere. A backslash that the text itself
holds is not doubled.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Literal

_UNSEEN = (
    r"\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff"
)
_JOINERS, _SELECTORS = r"\u200c\u200d", r"\ufe0e\ufe0f"
_JOINING = r"\u0620-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
_EMOJI = r"\xa9\xae\u203c-\u3299\ufe0f\U0001f000-\U0001faff"
_MISPLACED = rf"(?<![{_JOINING}{_EMOJI}])[{_JOINERS}]|(?<![{_EMOJI}#*0-9])[{_SELECTORS}]"
# Build servers: «##[», «##vso[» and «##teamcity[» anywhere, «::name …» at the start of a line, after blanks too.
_MARKS = r"##(?=\[|vso\[|teamcity\[)"
_ORDERS = rf"{_MARKS}|(?m:^)[^\S\r\n]*::"

_IN_A_LINE = f"[{_UNSEEN}]|{_MISPLACED}|{_ORDERS}"
_IN_LINES = rf"(?![\n\t]|\r\n)[{_UNSEEN}]|{_MISPLACED}|{_ORDERS}"
_IN_JSON = rf"(?!\n)[{_UNSEEN}{_JOINERS}{_SELECTORS}]|{_MARKS}"
_IN_TOML = f"[{_UNSEEN}{_JOINERS}{_SELECTORS}]"
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    """Each when it is first asked: every command prints, few print JSON."""
    return re.compile(expression)


def line(text: str) -> str:
    """``text`` as one line: its line breaks and tabs are escaped too, so that no part of it passes for another line."""
    return _compiled(_IN_A_LINE).sub(_escaped, text)


def lines(text: str) -> str:
    """``text`` of several lines: LF, CR LF and tabs stay."""
    return _compiled(_IN_LINES).sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    text = found[0]
    if text == "##":
        return r"\x23#"
    if text.endswith("::"):
        return text[:-2] + r"\x3a:"
    code = ord(text)
    return _SHORT.get(text) or (f"\\x{code:02x}" if code < 0x100 else text.encode("ascii", "backslashreplace").decode())


def json(value: Any, order: Literal["deterministic"] | None = None, *, indent: int = 1) -> bytes:
    """``value`` as JSON in UTF-8, indented or (``indent`` 0) on one line, whose bytes are fit to be printed, and whose
    texts are the true ones when it is read. A surrogate, which JSON cannot hold, becomes a text of six letters."""
    import msgspec

    try:
        data = msgspec.json.encode(value, order=order)
    except UnicodeEncodeError:
        data = msgspec.json.encode(without_surrogates(msgspec.to_builtins(value)), order=order)
    text = msgspec.json.format(data, indent=indent).decode()
    return _compiled(_IN_JSON).sub(lambda found: "".join(map(_json_escape, found[0])), text).encode() + b"\n"


def _json_escape(letter: str) -> str:
    """RFC 8259, section 7."""
    units = letter.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def toml(text: str) -> str:
    """``text`` as a basic string of TOML 1.0, with its quotes, fit to be printed. Raises ``ValueError`` for a text with
    surrogates, which TOML cannot hold."""
    text.encode()
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_compiled(_IN_TOML).sub(_toml_escape, quoted)}"'


def _toml_escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def without_surrogates(value: Any) -> Any:
    """Texts, lists and dicts with each surrogate escaped: JSON and MessagePack cannot hold one."""
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff]", _escaped, value)
    if isinstance(value, dict):
        return {without_surrogates(key): without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [without_surrogates(item) for item in value]
    return value
