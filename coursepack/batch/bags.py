"""Many bags, verified or made side by side: the checksums of large files take a core each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coursepack.batch import in_order
from coursepack.batch.engines import Engine
from coursepack.build_again import build_again, guards
from coursepack.place import CoursepackError, has_errors
from coursepack.registrar import archive, catalogue, rebuild
from coursepack.registrar.access import Access
from coursepack.registrar.edition import Registered
from coursepack.registrar.signatures.protocol import Trust
from coursepack.registrar.verify import Verified, verify


def verified(
    bags: Sequence[Path], templates: rebuild.Templates | None, engine: Engine | None, trust: Trust | None = None
) -> Iterator[Verified | CoursepackError]:
    """What is found in each bag, or why it cannot be looked at, in the order of ``bags``; with ``templates`` its
    products are built again from its sources."""
    return in_order.done(verified_one, [(bag, templates, trust) for bag in bags], engine)


def verified_one(bag: Path, templates: rebuild.Templates | None, trust: Trust | None = None) -> Verified:
    """Verify one bag. Raises ``CoursepackError``."""
    found = verify(bag, trust)
    if templates is not None and not has_errors(found.findings):
        found.findings += [*guards(), *rebuild.check(bag, build_again, templates)]
    return found


def entries(engine: Engine | None) -> catalogue.Read | None:
    """How the register of an archive reads bags: by an engine, or as it does by itself."""
    if engine is None:
        return None
    return lambda paths: in_order.done(catalogue.read_entry, [(path,) for path in paths], engine)


def archived(
    builds: Sequence[Path],
    to: Path,
    registered: Registered,
    roots: Sequence[Path],
    templates: Path | None,
    engine: Engine | None,
    *,
    follow_links: bool,
    asked: BagRequest | None = None,
) -> Iterator[list[archive.Archived] | CoursepackError]:
    """The bags of each build below ``to``, or why there is none, in the order of ``builds``."""
    pieces = [(build, to, registered, tuple(roots), templates, follow_links, asked or BagRequest()) for build in builds]
    return in_order.done(archived_one, pieces, engine)


@dataclass(frozen=True)
class BagRequest:
    """For whom the parts are, in which layout, and whether they may come after others."""

    access: Access | None = None
    layout: archive.Layout = "bag"
    new_edition: bool = False


def archived_one(
    build: Path,
    to: Path,
    registered: Registered,
    roots: Sequence[Path],
    templates: Path | None,
    follow_links: bool,
    asked: BagRequest,
) -> list[archive.Archived]:
    """Put one build into a bag, or into two for different readers. Raises ``CoursepackError``."""
    return [
        archive.archive(
            build,
            to,
            registered,
            roots,
            templates,
            follow_links=follow_links,
            access=access,
            new_edition=asked.new_edition,
            layout=asked.layout,
        )
        for access in _PARTS[asked.access]
    ]


_PARTS: dict[Access | None, tuple[Literal["public", "restricted"] | None, ...]] = {
    None: (None,),
    "public": ("public",),
    "restricted": ("restricted",),
    "both": ("public", "restricted"),
}
