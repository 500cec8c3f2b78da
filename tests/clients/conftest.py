"""The browser that the tests of pages share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one for all tests of a file."""
    from tests.clients.scorm_lms import chromium  # tests of other programs do without Playwright

    with chromium() as found:
        yield found
