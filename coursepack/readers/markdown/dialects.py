"""Dialects that people keep notes in: Obsidian (``[[note]]``, ``![[picture.png|300]]``, callouts, ``==marked==``,
``%%comments%%``), Pandoc (``H~2~O``, ``m^2^``), sites of Jekyll and Hugo (tags of
Liquid, shortcodes, attributes of kramdown), ``[TOC]``.

Obsidian Help, «Internal links», «Embed files», «Callouts»; GitHub Docs, «Alerts»; Liquid reference; kramdown syntax,
«Inline Attribute Lists»; Hugo, «Shortcodes». Only a page with a front matter has tags: a site generator reads no other.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from coursepack.files import sources

TAGS = "tags"
"""In the environment of the parser: whether tags of a site generator count."""
_LONGEST = 300
_NOTE = re.compile(r"(!?)\[\[([^\[\]\n|]{1,300}?)(?:\\?\|([^\[\]\n]{0,300}))?\]\](?!\()")
_NAMED = re.compile(r"[^\W\d_]{2}")
"""What the name of a note has, and a list in a list of numbers has not."""
_MARKED = re.compile(r"==(?=[^\s=])([^=\n]{1,300})(?<=\S)==(?![=\w])")
_LOWERED = re.compile(r"~([^\s~^]{1,40})~(?!~)")
_RAISED = re.compile(r"\^([^\s~^\[\]]{1,40})\^(?![\w^(])")
"""Pandoc User's Guide, «Superscripts and subscripts»; «a^b+c^d» is no raised «b+c»."""
_COMMENT = re.compile(r"%%[^%\n]{0,300}%%")
_TAG = re.compile(
    r"\{%-?\s*(\w+)([^%\n]{0,300}?)-?%\}|\{\{[<%]\s*/?\s*(\w+)([^{}\n]{0,300}?)[>%]\}\}|\{\{[^{}\n]{0,300}\}\}"
)
_KRAMDOWN = re.compile(r"\{:\s*(?:[.#][\w-]+|[\w-]+=|toc\b|no_toc\b)[^{}\n]{0,300}\}")
_CONTENTS = re.compile(r"\s*(?:\[TOC\]|\[\[_?TOC_?\]\]|\{:\s*toc\s*\})\s*", re.IGNORECASE)
_CONTENTS_LIST = re.compile(
    r"^[ \t]*(?:[*+-]|\d+[.)])[ \t]+[^\n]{0,80}\n[ \t]*\{:\s*toc[^{}\n]{0,100}\}[ \t]*$", re.MULTILINE | re.IGNORECASE
)
"""kramdown, «Automatic Table of Contents Generation»: a list of one item, which the table stands for."""
_LEADING = re.compile(r"\{%-?\s*(?:post_url|link)\s[^%\n]{1,300}%\}|\{\{[<%]\s*(?:rel)?ref\s[^{}\n]{1,300}[>%]\}\}")
"""An address of another page of the site: Jekyll, «Tags», «Links»; Hugo, «Links and cross references»."""
_ELSEWHERE = "another-page-of-the-site"
_CALLOUT = re.compile(r"\[!([\w-]{1,40})\][+-]?[ \t]*([^\n]*)(?:\n|$)")
_BLOCK_ID = re.compile(r"(?:^|(?<=\s))\^(?=[\d-]*[A-Za-z])[A-Za-z\d-]{3,60}[ \t]*$")
"""Obsidian Help, «Link to a block in a note»: letters, numbers and dashes at the end of a block, «^q-37»."""
_EXCLUDED = re.compile(r"^[ \t]*(</?aside>)[ \t]*$", re.MULTILINE)
_LISTING = re.compile(r"^[ \t]*\{%-?\s*(?:(highlight)\s+([\w+#-]+)[^%\n]*|end(highlight)\s*)-?%\}[ \t]*$", re.MULTILINE)


def dialects_plugin(parser: Any) -> None:
    """Teach a ``MarkdownIt`` the signs of these dialects."""
    for name, rule in (("wikilink", _wikilink), ("liquid", _tag), ("kramdown", _attributes)):
        parser.inline.ruler.before("link", name, rule)
    parser.inline.ruler.before("emphasis", "mark", _mark)
    parser.inline.ruler.before("emphasis", "comment", _comment)
    parser.inline.ruler.before("strikethrough", "script", _script)
    parser.core.ruler.before("inline", "callouts", _callouts)


_SIGN = re.compile(r"[ \t]*```+(?P<info>[^`]*)$")
_ENDS_OPEN = re.compile(r"(?P<held>\s*[^`\s][^`]*)```+\s*$")


def with_ends(text: str) -> str:
    """A text whose listings end behind the last line of their program («}```»), where by the letter (CommonMark 0.31,
    4.5) they would go on to the end, or over the next listing: there the sign is put on a line of its own."""
    if "```" not in text:
        return text
    lines = text.split("\n")
    signs = [(at, bool(found["info"].strip())) for at, line in enumerate(lines) if (found := _SIGN.match(line))]
    named = dict(signs)
    following = iter([*signs, (len(lines), True)])
    after, opens = next(following)
    inside = False
    for at, line in enumerate(lines):
        if at == after:
            inside = named[at] or not inside
            after, opens = next(following)
        elif inside and opens and (end := _ENDS_OPEN.match(line)):
            lines[at] = f"{end['held']}\n```"
            inside = False
    return "\n".join(lines)


_COUNTED = re.compile(r"(?P<sign>\s{0,3}(?P<n>\d{1,3})(?P<form>[.)]))(?=[^\W\d_]|\s)")


def with_items(text: str) -> str:
    """A text with a space behind each number of a list that lacks one («2)Beta» between «1) Alpha» and «3) Gamma»):
    without it the line goes on the item above, and the items behind it bear other numbers than the source prints."""
    lines = text.split("\n")
    listed = False
    found: list[re.Match[str] | None] = []
    for line in lines:
        listed ^= _SIGN.match(line) is not None
        found.append(None if listed else _COUNTED.match(line))
    for at, one in enumerate(found):
        if one is None or lines[at][one.end() : one.end() + 1].isspace():
            continue
        before, after = found[at - 1] if at else None, found[at + 1] if at + 1 < len(found) else None
        beside = [(other, step) for other, step in ((before, 1), (after, -1)) if other is not None]
        if any(other["form"] == one["form"] and int(other["n"]) + step == int(one["n"]) for other, step in beside):
            lines[at] = f"{one['sign']} {lines[at][one.end() :]}"
    return "\n".join(lines)


def with_fences(text: str) -> str:
    """The text of a page of Jekyll, its listings (``{% highlight python %}``) as fences."""
    return _LISTING.sub(lambda found: f"```{found[2]}" if found[1] else "```", text)


def with_addresses(text: str) -> str:
    """The text of a page of Jekyll or Hugo with tags in the addresses of its links as plain addresses: CommonMark finds
    no link where an address has blanks. Its table of contents goes."""
    return _LEADING.sub(_ELSEWHERE, sources.at_root(_CONTENTS_LIST.sub("", text)))


def with_notes(text: str) -> str:
    """The text with the callouts of Notion (``<aside>``) as Markdown: CommonMark reads none inside of HTML."""
    return _EXCLUDED.sub(r"\n\1\n\n", text)


def _token(state: Any, kind: str, content: str, **meta: Any) -> None:
    token = state.push(kind, "", 0)
    token.content, token.meta = content, meta


def _wikilink(state: Any, silent: bool) -> bool:
    found = _NOTE.match(state.src, state.pos) if state.src[state.pos] in "[!" else None
    if found is None or found.end() > state.posMax or not _NAMED.search(found[2]):
        return False
    if not silent:
        _token(state, "wikilink", found[2].strip(), shown=bool(found[1]), label=(found[3] or "").strip())
    state.pos = found.end()
    return True


def _tag(state: Any, silent: bool) -> bool:
    if state.src[state.pos] != "{" or not state.env.get(TAGS):
        return False
    found = _TAG.match(state.src, state.pos)
    if found is None or found.end() > state.posMax:
        return False
    if not silent:
        _token(state, "site_tag", (found[2] or found[4] or "").strip(" \t\"'"), name=found[1] or found[3] or "")
    state.pos = found.end()
    return True


def _attributes(state: Any, silent: bool) -> bool:
    found = _KRAMDOWN.match(state.src, state.pos) if state.src.startswith("{:", state.pos) else None
    if found is None or found.end() > state.posMax:
        return False
    state.pos = found.end()
    return True


def _mark(state: Any, silent: bool) -> bool:
    start = state.pos
    found = _MARKED.match(state.src, start) if state.src.startswith("==", start) else None
    before = state.src[start - 1] if start else " "
    if found is None or found.end() > state.posMax or before == "=" or before.isalnum():
        return False
    if not silent:
        state.push("mark_open", "mark", 1)
        outer, state.pos, state.posMax = state.posMax, start + 2, found.end() - 2
        state.md.inline.tokenize(state)
        state.posMax = outer
        state.push("mark_close", "mark", -1)
    state.pos = found.end()
    return True


def _script(state: Any, silent: bool) -> bool:
    """Lowered letters behind a letter, raised ones behind a letter or a number, and one behind the other; «~5 kg … ~7»
    and «10~20» are neither."""
    sign, before = state.src[state.pos], state.src[state.pos - 1] if state.pos else " "
    behind = before.isalpha() or before in ")]" or (sign == "^" and (before.isalnum() or before == "~"))
    if sign not in "~^" or not (behind or (sign == "~" and before == "^")):
        return False
    found = (_LOWERED if sign == "~" else _RAISED).match(state.src, state.pos)
    if found is None or found.end() > state.posMax:
        return False
    if not silent:
        name = "sub" if sign == "~" else "sup"
        state.push(f"{name}_open", name, 1)
        _token(state, "text", found[1].replace("\\", ""))
        state.push(f"{name}_close", name, -1)
    state.pos = found.end()
    return True


def _comment(state: Any, silent: bool) -> bool:
    found = _COMMENT.match(state.src, state.pos) if state.src.startswith("%%", state.pos) else None
    if found is None or found.end() > state.posMax:
        return False
    if not silent:
        _token(state, "aside", "a comment (%%…%%), left out")
    state.pos = found.end()
    return True


def _callouts(state: Any) -> None:
    """A callout is a quotation: its first line, in bold letters, and what stands below it; no table of contents, and no
    name by which other notes link to a block."""
    result: list[Any] = []
    tokens = state.tokens
    at = 0
    while at < len(tokens):
        whole = tokens[at : at + 3]
        if [token.type for token in whole] != ["paragraph_open", "inline", "paragraph_close"]:
            result.append(tokens[at])
            at += 1
            continue
        at += 3
        named = _BLOCK_ID.search(whole[1].content)
        if named is not None:
            whole[1].content = whole[1].content[: named.start()].rstrip()
        if _CONTENTS.fullmatch(whole[1].content) or (named and not whole[1].content):
            continue
        found = _CALLOUT.match(whole[1].content) if result and result[-1].type == "blockquote_open" else None
        for text in (whole[1].content,) if found is None else _parts(found):
            result += _paragraph(whole, text)
    state.tokens = result


def _parts(callout: re.Match[str]) -> list[str]:
    title, rest = callout[2].strip(), callout.string[callout.end() :]
    bold = title if "*" in title else f"**{title}**"
    return [text for text in (bold if title else "", rest) if text.strip()]


def _paragraph(whole: list[Any], text: str) -> list[Any]:
    opened, inline, closed = (copy.copy(token) for token in whole)
    inline.content, inline.children = text, []
    return [opened, inline, closed]
