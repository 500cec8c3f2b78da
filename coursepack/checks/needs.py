"""Resources that need one another: whose files a system brings along with a resource.

IMS Content Packaging 1.1.4, Information Model, «dependency»: the files of a resource that another one depends on belong
to it as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

_FAR = 64
"""Resources that are looked at behind one: more than any package has, and no work for a chain of thousands."""


def behind(start: str, needs: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The identifiers of what a resource depends on, the nearest first; ``needs`` names them for each resource."""
    waiting, seen = list(needs.get(start, ())), {start}
    while waiting and len(seen) <= _FAR:
        following: list[str] = []
        for name in waiting:
            if name not in seen and len(seen) <= _FAR:
                seen.add(name)
                yield name
                following.extend(needs.get(name, ()))
        waiting = following


def owned(files: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """For each file, the identifiers of the resources that list it."""
    found: dict[str, set[str]] = {}
    for name, listed in files.items():
        for file in listed:
            found.setdefault(file, set()).add(name)
    return {file: frozenset(names) for file, names in found.items()}
