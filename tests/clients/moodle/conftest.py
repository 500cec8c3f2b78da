"""Tests of this folder need an installed Moodle: ``make test-moodle TREE=…`` names it, no other run collects them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.clients.moodle.moodle import Moodle
from tests.clients.scorm_lms import chromium

if "TREE" not in os.environ:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def moodle() -> Moodle:
    return Moodle(Path(os.environ["TREE"]))


@pytest.fixture(scope="session")
def root(moodle: Moodle) -> Iterator[str]:
    with moodle.served() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found
