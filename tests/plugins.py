"""Distributions as they lie installed: a module and its entry points in a folder that is put on the path."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests import program


def install(
    site: Path, module: str, source: str, points: Mapping[str, Mapping[str, str]], name: str = "", version: str = "1.0"
) -> None:
    """A distribution of one module; ``points``: group without «coursepack.» → name → object in the module."""
    name = name or f"{module}-coursepack"
    site.mkdir(exist_ok=True)
    (site / f"{module}.py").write_text(source, "utf-8")
    folder = site / f"{name.replace('-', '_')}-{version}.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8")
    lines = []
    for group, entries in points.items():
        lines.append(f"[coursepack.{group}]")
        lines += [f"{key} = {module}:{value}" for key, value in entries.items()]
    (folder / "entry_points.txt").write_text("\n".join(lines) + "\n", "utf-8")


def run(site: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command line, with what is installed in ``site``."""
    return program.run(arguments, {"PYTHONPATH": str(site), "COLUMNS": "300"}, site)
