"""Courses that many tests need, made once."""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path

import hypothesis
import pytest

from tests import raised  # before anything of coursepack that reports findings

from coursepack import build, discovery  # isort: skip
from coursepack.outline import Understood
from tests.shared import SEEDS

os.environ["LC_ALL"] = "C.UTF-8"  # messages in English, whatever the locale of who runs the tests
# What one run of the tests built is no matter of the next.
_ledger = tempfile.TemporaryDirectory(prefix="coursepack-ledger-")
os.environ["COURSEPACK_LEDGER"] = _ledger.name
_prepared = tempfile.TemporaryDirectory(prefix="coursepack-prepared-")
os.environ["COURSEPACK_PREPARED"] = _prepared.name

# The machine that runs the tests may be busy: a slow example is no failure, a wrong one is.
hypothesis.settings.register_profile("project", deadline=None, max_examples=25, derandomize=True)
hypothesis.settings.load_profile("project")


def pytest_collection_finish() -> None:
    """Thousands of tests are kept to the end: the collector of garbage need not go through them again and again."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    raised.keep()


def _understood(name: str) -> Understood:
    (loaded,) = discovery.find_projects([SEEDS / name])
    return build.understand(loaded)


@pytest.fixture(scope="session")
def sayasi() -> Understood:
    """«Саяси билік»: the textbook."""
    return _understood("sayasi-bilik")


@pytest.fixture(scope="session")
def tarih() -> Understood:
    """«Қазақстан тарихы»: four papers."""
    return _understood("qazaqstan-tarihy")


@pytest.fixture(scope="session")
def seeds() -> Path:
    return SEEDS
