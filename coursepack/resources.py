"""Where the files that ship with coursepack are: templates, schemas, markers, catalogues."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


@cache
def templates_dir() -> Path:
    """The folder ``templates/``: inside the wheel, or beside the package in a checkout."""
    inside = _PACKAGE / "_templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def schemas_dir() -> Path:
    """Our own profile schemas."""
    return _PACKAGE / "checks" / "schemas"


def markers_dir() -> Path:
    """The words that open a lecture, a question list …, a TOML file a language."""
    return _PACKAGE / "outline" / "markers"


def locale_dir() -> Path:
    """The gettext catalogues, a folder a language."""
    return _PACKAGE / "locale"
