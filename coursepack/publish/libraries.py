"""Versions of the libraries that can change a byte of a product: what a build report states, and a rebuild compares."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

LIBRARIES = (
    "babel",
    "charset-normalizer",
    "deflate",
    "docxtpl",
    "jinja2",
    "latex2mathml",
    "lxml",
    "markdown-it-py",
    "markupsafe",
    "mdit-py-plugins",
    "msgspec",
    "openpyxl",
    "pillow",
    "pypdfium2",
    "python-calamine",
    "python-docx",
    "roman-numerals",
    "tinycss2",
    "tzdata",
)
"""Not among them: what prints and locks (click, rich, filelock), and what judges a bag (bagit)."""


def versions(others: Mapping[str, str] | None = None) -> dict[str, str]:
    """Name → version of the installed ones, and of ``others``: distributions that bring plugins. Sorted."""
    return dict(sorted(({name: _version(name) for name in LIBRARIES} | dict(others or {})).items()))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def differences(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """«lxml 6.1.3, now 6.0.4» for each library that both state and that is another one now."""
    return [f"{name} {then[name]}, now {now.get(name, 'none')}" for name in sorted(then) if then[name] != now.get(name)]
