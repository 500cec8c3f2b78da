"""The container: what an archive must be before anybody looks inside.

Most is found while it is opened (``safe_io``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from coursepack.checks import Grammar
from coursepack.place import Finding, error, warning
from coursepack.safe_io import Package


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """Names that some file system would take for one, names that are not ASCII (ours never are), an empty archive."""
    if not package.entries and not package.problems:
        yield error("container-empty", "the archive holds no file", package.place())
    seen: dict[str, str] = {}
    for name in package.names():
        key = unicodedata.normalize("NFC", name).casefold()
        if key in seen:
            yield error(
                "container-alike", f"differs from {seen[key]!r} only by case or Unicode form", package.place(name)
            )
        seen[key] = name
        if not name.isascii():
            make = error if grammar.closed else warning
            yield make("container-name-ascii", "the name is not ASCII; some LMSs lose it", package.place(name))
