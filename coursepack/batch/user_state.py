"""Where what is kept between calls lies: no product, and nothing that cannot be made again."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def folder(name: str, variable: str) -> Path:
    """What the environment's ``variable`` says, or ``name`` where this system keeps a user's state (XDG Base Directory
    Specification; the folders of macOS and Windows for the same)."""
    stated = os.environ.get(variable)
    return Path(stated) if stated else platformdirs.user_state_path("coursepack", appauthor=False) / name
