"""The official schemas and facts beside the project: needed in CI, skipped by name in a plain clone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"
SEEDS = Path(__file__).parents[1] / "seeds"


def need_shared(part: str = "") -> Path:
    """The folder ``../shared`` (or a part of it). Missing: fails when CI=true, else skips and says what is missing."""
    path = SHARED / part
    if not path.exists():
        message = f"../shared/{part} is missing beside the project"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return path
