"""Styles: declarations of known properties, with values that load and run nothing.

Read by tinycss2 (CSS Syntax Level 3), so that comments and escapes hide nothing: ``\\75rl(…)`` is ``url(…)``.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import tinycss2

from coursepack.markup import addresses
from coursepack.markup.tables import allowed

_PLAIN = frozenset(
    {
        "ident",
        "number",
        "percentage",
        "dimension",
        "string",
        "hash",
        "literal",
        "whitespace",
        "comment",
        "unicode-range",
    }
)
_BLOCKS = frozenset({"() block", "[] block"})


def declarations(text: str, reported: Counter[str], where: str) -> str:
    """What may stay of a ``style`` attribute; the text as it was when all of it may."""
    parsed = tinycss2.parse_blocks_contents(text)
    kept = _kept(parsed)
    if len(kept) == sum(node.type not in {"whitespace", "comment"} for node in parsed):
        return text
    reported[f"a style {where} that is not known or loads something"] += 1
    return "; ".join(node.serialize() for node in kept)


def sheet(text: str, reported: Counter[str], where: str) -> str:
    """What may stay of a style sheet; the text as it was when all of it may."""
    rules, whole = _rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))
    if whole:
        return text
    reported[f"a style {where} that is not known or loads something"] += 1
    return "\n".join(rules)


def harmless(value: str) -> bool:
    """True for a value that loads and runs nothing: ``url(#a)``, ``rgb(1 2 3)``, a word."""
    return all(_harmless(token) for token in tinycss2.parse_component_value_list(value))


def _rules(nodes: list[Any]) -> tuple[list[str], bool]:
    """Rules as text, and whether nothing of them went."""
    result: list[str] = []
    whole = True
    for node in nodes:
        if node.type in {"whitespace", "comment"}:
            continue
        prelude = tinycss2.serialize(node.prelude) if node.type in {"qualified-rule", "at-rule"} else ""
        if node.type == "qualified-rule":
            parsed = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            kept = _kept(parsed)
            whole = whole and len(kept) == len(parsed)
            result.append(f"{prelude}{{{'; '.join(each.serialize() for each in kept)}}}")
        elif node.type == "at-rule" and node.lower_at_keyword in allowed().style.rules and node.content is not None:
            inner, unchanged = _rules(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))
            whole = whole and unchanged
            result.append(f"@{node.lower_at_keyword}{prelude}{{{' '.join(inner)}}}")
        else:
            whole = False
    return result, whole


def _kept(nodes: list[Any]) -> list[Any]:
    return [
        node
        for node in nodes
        if node.type == "declaration"
        and node.lower_name in allowed().style.properties
        and all(_harmless(token) for token in node.value)
    ]


def _harmless(token: Any) -> bool:
    if token.type in _PLAIN:
        return True
    if token.type == "url":
        return addresses.part(token.value) or addresses.pixels(token.value)
    if token.type in _BLOCKS:
        return all(_harmless(inner) for inner in token.content)
    if token.type != "function":
        return False
    if token.lower_name == "url":
        strings = [inner for inner in token.arguments if inner.type != "whitespace"]
        return len(strings) == 1 and strings[0].type == "string" and _shown(strings[0].value)
    known = token.lower_name in allowed().style.functions
    return known and all(_harmless(inner) for inner in token.arguments)


def _shown(address: str) -> bool:
    return addresses.part(address) or addresses.pixels(address)
