"""Who is let in: this machine's browser with the token, asked by the page itself. Everybody else gets nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from coursepack.review.app import app
from coursepack.review.guard import HEADER
from tests.review.pages import ADDRESS, SOIL, TOML, Visit, visit


@pytest.fixture
def soil(tmp_path: Path) -> Visit:
    return visit(tmp_path / "soil", {"soil.md": SOIL})


def stranger(soil: Visit, base: str = ADDRESS) -> TestClient:
    return TestClient(app(soil.pages), base_url=base, follow_redirects=False)  # type: ignore[arg-type]


PATHS = ["/", "/doubts", "/about", "/corrections", "/build", "/next", "/static/review.js", "/asset/x", "/product/x"]


@pytest.mark.parametrize("path", PATHS)
def test_without_the_token_there_is_nothing(soil: Visit, path: str) -> None:
    answer = stranger(soil).get(path)
    assert (answer.status_code, answer.content) == (403, b"")


@pytest.mark.parametrize("token", ["", "x", "ә", " "])
def test_a_wrong_token(soil: Visit, token: str) -> None:
    answer = stranger(soil).get("/", params={"token": token})
    assert (answer.status_code, answer.content, answer.headers.get("set-cookie")) == (403, b"", None)


def test_the_token_becomes_a_cookie_that_goes_nowhere_else(soil: Visit) -> None:
    answer = stranger(soil).get("/", params={"token": soil.pages.keys.token})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert cookie.split("; ")[1:] == ["Path=/", "HttpOnly", "SameSite=Strict"]


@pytest.mark.parametrize("host", ["evil.example:8765", "127.0.0.1:80", "127.0.0.1", "127.0.0.1.evil.example:8765"])
def test_another_name_for_this_machine(soil: Visit, host: str) -> None:
    """A name that was bent to 127.0.0.1 (DNS rebinding)."""
    answer = soil.client.get("/", headers={"host": host})
    assert (answer.status_code, answer.content) == (403, b"")


@pytest.mark.parametrize(
    "said",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1234"},
        {"origin": "https://127.0.0.1:8765"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_page(soil: Visit, said: dict[str, str], method: str) -> None:
    headers = {"origin": ADDRESS, HEADER: soil.pages.keys.form, **said}
    path = "/" if method == "GET" else "/stop"
    answer = soil.client.request(method, path, headers=headers)
    assert (answer.status_code, answer.content) == (403, b"")
    assert soil.stopped == []


@pytest.mark.parametrize("path", ["/act", "/undo", "/stop", "/build", "/language", "/folder"])
def test_a_change_needs_what_only_the_page_knows(soil: Visit, path: str) -> None:
    for headers in ({"origin": ADDRESS}, {HEADER: soil.pages.keys.form}, {"origin": ADDRESS, HEADER: "guessed"}):
        answer = soil.client.post(path, data={"act": "title", "title": "Taken"}, headers=headers)
        assert (answer.status_code, answer.content) == (403, b"")
    assert soil.toml == TOML
    assert soil.stopped == []


@pytest.mark.parametrize("path", ["/act", "/stop", "/undo"])
def test_nothing_changes_by_an_address(soil: Visit, path: str) -> None:
    assert soil.client.get(path).status_code == 405


def test_every_answer_has_a_strict_policy(soil: Visit) -> None:
    for path in PATHS[:7]:
        policy = soil.client.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'self'; ")
        assert "unsafe" not in policy
        assert "http" not in policy


def test_no_script_and_no_style_stands_in_a_page(soil: Visit) -> None:
    for path in ("/", "/?s=0&at=1", "/doubts", "/about", "/corrections", "/build"):
        page = soil.get(path)
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick" not in page
        assert page.count("<script") == page.count('<script src="/static/')
        assert "http://" not in page
        assert "https://" not in page


def test_markup_of_a_source_is_shown_as_text(tmp_path: Path) -> None:
    seen = visit(tmp_path / "soil", {"soil.txt": SOIL + "\n<script>alert(1)</script> & <img src=x onerror=alert(1)>\n"},
                 TOML.replace("soil.md", "soil.txt"))  # fmt: skip
    page = seen.get("/?s=0&at=12")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_the_stop_button(soil: Visit) -> None:
    assert "can be closed" in soil.send("/stop").text
    assert soil.stopped == [True]


def test_where_an_act_leads_back_to_is_this_page(soil: Visit) -> None:
    headers = {"origin": ADDRESS, HEADER: soil.pages.keys.form}
    fields = {"act": "title", "title": "Soils", "revision": soil.pages.review.now().revision}
    for back in ("//evil.example", "http://evil.example", "/\\evil.example"):
        fields["revision"] = soil.pages.review.now().revision
        fields["title"] += "!"
        answer = soil.client.post("/act", data={**fields, "back": back}, headers=headers, follow_redirects=False)
        assert answer.headers["location"] == "/"
