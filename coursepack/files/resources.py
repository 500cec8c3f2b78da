"""Where the files that ship with coursepack are: templates, schemas, markers, catalogues."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from coursepack.files import sources
from coursepack.similar import near

_PACKAGE = Path(__file__).parent.parent


@cache
def templates_dir() -> Path:
    """The folder ``templates/``: inside the wheel, or beside the package in a checkout."""
    inside = _PACKAGE / "_templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def strange_templates(folder: Path) -> list[tuple[Path, str | None]]:
    """Files that no product looks for in a department's own folder, each with the nearest name that one does.

    Only documents, pages, style sheets and scripts: a note or a logo may lie beside them. A paper may also lie in the
    folder itself, without ``papers/``.
    """
    ours = templates_dir()
    known = {path.relative_to(ours).as_posix() for path in ours.rglob("*") if path.is_file()}
    known |= {name.removeprefix("papers/") for name in known}
    kinds = {Path(name).suffix for name in known} - {".md"}
    found: list[tuple[Path, str | None]] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(("~$", "."))):
        name = path.relative_to(folder).as_posix()
        if name not in known and path.suffix.lower() in kinds:
            found.append((path, near(name, sorted(known))))
    return found


def templates_digest(folder: Path) -> str:
    """SHA-256 of the SHA-256 of every file of a department's own folder, in the order of their names."""
    tree = sorted(sources.tree(folder, follow_links=True).values())
    whole = "".join(hashlib.sha256(path.read_bytes()).hexdigest() for path in tree)
    return hashlib.sha256(whole.encode()).hexdigest()


def schemas_dir() -> Path:
    """Our own profile schemas."""
    return _PACKAGE / "checks" / "schemas"
