"""The sources of a bag → its products, in a child process: a bag is a stranger's.

The child has no network, writes in one folder only and keeps to the limits of a rebuild, as far as the machine gives
that (``isolated``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from coursepack import build, discovery, isolated, limits
from coursepack.place import CoursepackError, Finding, Place, note
from coursepack.registrar import edition
from coursepack.registrar.rebuild import BagContents

_LACKS: dict[isolated.Guard, str] = {
    "memory": "memory is not limited",
    "network": "the network is not closed",
    "writing": "writing is not held to one folder",
}


def build_again(inside: BagContents, output: Path) -> Path:
    """Build the course of a bag as its report says it was built; the folder of the build, below ``output``.

    Raises ``CoursepackError``: the sources do not build, or need more than the limits of a rebuild allow.
    """
    now = limits.now()
    options: dict[str, str | int | None] = {
        "sources": str(inside.sources),
        "output": str(output),
        "templates": str(inside.templates) if inside.templates else None,
        "previous": str(inside.previous) if inside.previous else None,
        "pdf": int(inside.pdf),
    }
    folder = isolated.call(
        f"{__name__}:in_child",
        msgspec.json.encode(inside.report),
        str,
        place=Place(str(inside.sources)),
        budget=isolated.ChildBudget(now.rebuild_seconds, now.rebuild_memory, now.rebuild_written, local_sockets=True),
        options=options,
        writable=[output.parent],
    )
    return output / folder


def guards() -> Iterator[Finding]:
    """A note of what this machine does not hold while a stranger's sources are built."""
    if lacking := isolated.lacking(_LACKS):
        message = f"rebuilt with less isolation than usual: on this machine {lacking}"
        yield note("rebuild-guards", message, advice="see docs/security.md")


def in_child(
    payload: bytes, *, sources: str, output: str, templates: str | None, previous: str | None, pdf: int = 0
) -> str:
    """The child's part: the name of the folder that was built."""
    report = edition.read_report(payload, Place(sources))
    settings = build.Settings(
        formats=tuple(dict.fromkeys(product.format for product in report.products if product.format != "pdf")),
        audience=report.asked.get("audience"),
        split=_number(report.asked.get("split")),
        templates=Path(templates) if templates else None,
        previous=Path(previous) if previous else None,
        pdf=bool(pdf),
    )
    loaded = discovery.find_projects([Path(sources)], upwards=False)
    if len(loaded) != 1:
        raise CoursepackError(f"the sources hold {len(loaded)} courses, expected one", Place(sources))
    editions = build.editions(loaded[0], report.language)
    name, chosen = editions[0]
    built = build.build(chosen, Path(output), settings, name=name)
    if built.folder is None:
        problem = next(finding for finding in built.findings if finding.severity == "error")
        raise CoursepackError(problem.message, problem.place, problem.advice)
    return built.folder.name


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise CoursepackError(f"the report states that the bank was split by {text!r}, expected a number")
    return int(text)
