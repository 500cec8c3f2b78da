"""An installed Moodle on this machine, for tests: ``site.php`` run in its tree, and a browser that signs in."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

PATIENCE = 180_000
"""Milliseconds for a page: PHP's own server makes everything on a first visit, on a machine that may be busy."""

SIGN_INS = 4
"""How often a learner tries to sign in."""


class Moodle:
    """``TREE``: the folder of an installed Moodle whose database runs; its wwwroot lies on the loopback interface."""

    script = Path(__file__).with_name("site.php")

    def __init__(self, tree: Path) -> None:
        self.tree = tree
        found = re.search(r"wwwroot\s*=\s*'(http://127\.0\.0\.1:\d+)'", (tree / "config.php").read_text())
        if not found:
            pytest.fail(f"{tree}/config.php: wwwroot must be 'http://127.0.0.1:PORT'")
        self.root = found[1]
        self.release = re.search(r"release\s*=\s*'([\d.]+)", (tree / "version.php").read_text())[1]  # type: ignore[index]

    @property
    def five(self) -> bool:
        return int(self.release.split(".")[0]) >= 5

    def run(self, command: str, *given: object) -> Any:
        """What a command of the script answers; anything that Moodle said to a developer is a failure."""
        php = ["php", "-d", "memory_limit=1G", "-d", "max_input_vars=5000"]
        call = [*php, str(self.script), str(self.tree), command, *map(str, given)]
        done = subprocess.run(call, capture_output=True, text=True, timeout=600, check=False)
        if "=JSON=" not in done.stdout:
            pytest.fail(f"{command}: {done.stdout[-3000:]}{done.stderr[-2000:]}")
        answer = json.loads(done.stdout.split("=JSON=")[1])
        assert not answer["said"], answer["said"]
        return answer["result"]

    @contextmanager
    def served(self) -> Iterator[str]:
        """The site's pages, served by PHP itself unless somebody serves them already."""
        if self._answers():
            yield self.root
            return
        server = subprocess.Popen(
            ["php", "-d", "max_input_vars=5000", "-S", self.root.removeprefix("http://"), "-t", str(self.tree)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PHP_CLI_SERVER_WORKERS": "4"},
        )
        for _ in range(60):
            if self._answers():
                break
            time.sleep(1)
        yield self.root
        server.terminate()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.root + "/login/index.php", timeout=30):
                return True
        except OSError:
            return False


@contextmanager
def signed_in(browser: Browser, root: str, user: str) -> Iterator[Page]:
    """A page of a learner or teacher that ``site.php user`` made."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        sign_in(page, root, user)
        yield page


def sign_in(page: Page, root: str, user: str) -> None:
    """Gives name and password on the site's own page. Moodle goes on to the address that it refused last; after a
    session that ended this may be one that is no page, and it ends at «login» again though the user is known. The
    answer to what the page before sent last may come late and bring the cookie of a stranger: then once more."""
    for _ in range(SIGN_INS):
        page.goto(root + "/login/index.php")
        if not page.locator("#username").count():
            break
        page.fill("#username", user)
        page.fill("#password", f"{user}-A1")
        page.click("#loginbtn")
        page.wait_for_url(lambda url: "/login/" not in url or "loginredirect" in url)
        if "/login/" in page.url:
            page.goto(root + "/my/")
        if "/login/" not in page.url:
            break
        page.goto("about:blank")  # nothing more is sent, and what was sent is answered
        page.wait_for_timeout(2000)
    assert "/login/" not in page.url, page.inner_text("body")
