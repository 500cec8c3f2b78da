"""A course under review, and a browser without looks: forms are found in the page and sent as a browser does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from httpx2 import Response
from lxml import html
from starlette.testclient import TestClient

from coursepack.review.app import ReviewPages, app
from coursepack.review.building import ReviewBuild
from coursepack.review.course import CourseReview
from coursepack.review.guard import HEADER, SessionSecrets

ADDRESS = "http://127.0.0.1:8765"

TOML = """# Kept as it is.
id = "soil" # for good
title = "Soil"
language = "en"

[[source]]
file = "soil.md"
role = "textbook"
"""
SOIL = """# Lecture 1. Soil

Soil is the upper layer of the earth, in which plants root; it holds water, air and remains of what lived in it once.

## Consider this with a friend

- the smell of wet soil
- the colour of dry soil

# Lecture 2. Water

Water moves through the soil by the force of its weight and by that of narrow pores, and carries salts down with it.
"""


@dataclass
class Visit:
    """Someone at the page of a course in ``folder``."""

    folder: Path
    pages: ReviewPages
    client: TestClient
    stopped: list[bool]

    @property
    def toml(self) -> str:
        return (self.folder / "course.toml").read_text("utf-8")

    @property
    def sessions(self) -> list[tuple[int, str, int | None, str | None]]:
        course = self.pages.review.now().understood.course
        return [(week.number, one.kind, one.number, one.title) for week, one in course.sessions()]

    def get(self, address: str, language: str = "en") -> str:
        answer = self.client.get(address, headers={"accept-language": language})
        assert answer.status_code == 200, answer.text
        return answer.text

    def send(self, address: str, **fields: str) -> Response:
        """A form of the page, as htmx sends it."""
        fields = {"revision": self.pages.review.now().revision, "back": "/", **fields}
        headers = {HEADER: self.pages.keys.form, "origin": ADDRESS}
        answer: Response = self.client.post(address, data=fields, headers=headers)
        return answer

    def act(self, act: str, **fields: str) -> str:
        """One act; the page that comes of it."""
        answer = self.send("/act", act=act, **fields)
        assert answer.status_code == 200, text_of(answer.text)
        return str(answer.text)


def visit(folder: Path, files: dict[str, str], toml: str | None = TOML) -> Visit:
    """A visitor who was let in."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    if toml is not None:
        (folder / "course.toml").write_text(toml, "utf-8")
    stopped: list[bool] = []
    pages = ReviewPages(
        CourseReview(folder),
        ReviewBuild(output=folder.parent / "output"),
        SessionSecrets(8765),
        lambda: stopped.append(True),
    )
    client = TestClient(app(pages), base_url=ADDRESS)  # type: ignore[arg-type]  # an ASGI application
    assert client.get(f"/?token={pages.keys.token}").status_code == 200
    return Visit(folder, pages, client, stopped)


def text_of(page: str) -> str:
    """What a reader sees, one space for many."""
    return re.sub(r"\s+", " ", unescape("".join(map(str, html.fromstring(page).itertext())))).strip()
