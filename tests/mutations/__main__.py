"""``python -m tests.mutations [PRODUCT…]``: every mutation of every product, and the share that is caught."""

from __future__ import annotations

import sys
import time
from collections import Counter

from coursepack.files.xml import parse_xml
from tests.mutations import official, products, xml


def main(names: list[str]) -> None:
    print("product | document | mutations | caught | refused by the official schema | of those caught")  # noqa: T201
    for name in names or list(products.MADE):
        seconds = time.perf_counter()
        whole = products.members(name)
        seen: set[str] = set()
        for member in documents(whole):
            root = parse_xml(whole[member])
            kind = xml.signature(next(root.iterchildren("*"), root))
            if kind in seen:
                continue
            seen.add(kind)
            counts: Counter[str] = Counter()
            slipped = []
            for mutation in xml.mutations(whole[member]):
                caught = bool(products.errors(name, whole | {member: mutation.data}))
                theirs = official.verdict(name, whole[member], mutation.data)
                counts["all"] += 1
                counts["caught"] += caught
                counts["refused"] += theirs is False
                counts["both"] += theirs is False and caught
                if not caught:
                    slipped.append((theirs, mutation.name, mutation.target))
            judged = theirs is not None
            print(  # noqa: T201
                f"{name} | {member} | {counts['all']} | {counts['caught']} ({counts['caught'] / counts['all']:.0%}) | "
                f"{counts['refused'] if judged else '-'} | {counts['both'] if judged else '-'}",
                flush=True,
            )
            for official_says, what, target in slipped:
                print(f"    {'OFFICIAL REFUSES' if official_says is False else 'slips'}: {what} {target}")  # noqa: T201
        print(f"{name}: {time.perf_counter() - seconds:.1f} s", flush=True)  # noqa: T201


def documents(whole: products.Members) -> list[str]:
    """The XML members, those in the root first, the largest first."""
    found = [name for name in whole if name.endswith((".xml", ".rels"))]
    return sorted(found, key=lambda name: (name.count("/"), -len(whole[name])))


main(sys.argv[1:])
