"""Letters of the fonts Symbol and Wingdings as Unicode: Word keeps them as U+F020..U+F0FF."""

from __future__ import annotations

# Adobe's Symbol encoding, 0x20..0x7E and 0xA1..0xFE.
_LOW = (
    " !∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾"
    "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)  # fmt: skip
_HIGH = (
    "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
    "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\uf8ff〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)  # fmt: skip
_SYMBOL = {0x20 + i: c for i, c in enumerate(_LOW)} | {0xA1 + i: c for i, c in enumerate(_HIGH)}
_WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x36: "⌛", 0x3A: "💻", 0x46: "☞", 0x4A: "☺", 0x4C: "☹",
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆",
    0x76: "❖", 0x77: "⬥", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢", 0xDC: "➲",
    0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip


def symbol(font: str, code: int) -> str:
    """The letter at ``code`` (0xF0xx or 0xxx) of a symbol font; «•» for one that has no equal."""
    position = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    if position > 0xFF:
        return chr(code)
    table = _WINGDINGS if font.lower().startswith("wingdings") else _SYMBOL if font.lower() == "symbol" else {}
    if position in table:
        return table[position]
    return "•" if 0xF000 <= code <= 0xF0FF else chr(code)


def plain(text: str, font: str) -> str:
    """Text typed in a symbol font, its private letters replaced; other text is returned untouched."""
    if font.lower() not in {"symbol", "wingdings", "wingdings 2", "wingdings 3"}:
        return text
    return "".join(symbol(font, ord(c)) if 0xF000 <= ord(c) <= 0xF0FF else c for c in text)
