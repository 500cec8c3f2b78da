"""What stands in an HTML page, as far as importers differ in what they keep of it."""

from __future__ import annotations

import re
from typing import Any

from coursepack import limits
from coursepack.files.package import Package

_SEEN = {
    "figures": re.compile(rb"<(?:figure|figcaption|section|article|details|mark)\b", re.IGNORECASE),
    "scripts": re.compile(rb"<(?:script|style|iframe|object|embed|form)\b", re.IGNORECASE),
    "drawings": re.compile(rb"<(?:svg|math)\b", re.IGNORECASE),
    "anchors": re.compile(rb"href=[\"']#", re.IGNORECASE),
    "links": re.compile(rb"<a\b[^<>]*href=[\"'](?![a-z]+:|//|#)[^\"']*\.x?html?[\"'#?]", re.IGNORECASE),
    "filebase": re.compile(rb"\$IMS[-_]CC[-_]FILEBASE\$", re.IGNORECASE),
    "tags_as_text": re.compile(rb"&lt;/?[a-z!]", re.IGNORECASE),
    "pictures": re.compile(rb"<img\b", re.IGNORECASE),
}
_BODY = re.compile(rb"<body\b[^<>]*>", re.IGNORECASE)


def facts(package: Package, member: str) -> dict[str, Any]:
    """Which of these a page has; nothing of one that is too large to be looked at."""
    if package.size(member) > limits.now().page_bytes:
        return {}
    data = package.read(member)
    start = _BODY.search(data)
    body = data[start.end() if start else 0 :]
    stated = body.replace(b"</body>", b"").replace(b"</html>", b"").strip()
    return {name: pattern.search(data) is not None for name, pattern in _SEEN.items()} | {"empty": not stated}
