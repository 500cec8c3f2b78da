"""Who may call the page: a browser of this machine that was given the token, from the page itself.

Each request is checked before anything else sees it. ``Host`` is one of this machine's own names with our port (against
names that were bent to 127.0.0.1); ``Origin`` and ``Sec-Fetch-Site``, where a browser sends them, are those of the page
(against other pages); the token is in a cookie that no script reads and that goes with no request from elsewhere; what
changes something also says it in a header, which no form of another page can send. Another user of the machine has no
token. Who is refused gets an empty answer.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

Scope = dict[str, Any]
App = Callable[[Scope, Callable[[], Awaitable[Any]], Callable[[dict[str, Any]], Awaitable[None]]], Awaitable[None]]

POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
    "style-src 'self'; script-src 'self'; img-src 'self' data:; frame-src 'self'"
)
HEADERS = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
)
SAFE = frozenset({"GET", "HEAD"})
HEADER = "x-coursepack-review"


@dataclass(frozen=True)
class SessionSecrets:
    """The secrets of a run and its port: ``token`` opens the page, ``form`` is said by what changes something."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    form: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def hosts(self) -> frozenset[str]:
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})

    @property
    def cookie(self) -> str:
        """Its name: cookies do not know ports, two reviews must not take each other's."""
        return f"coursepack-review-{self.port}"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/?token={self.token}"


class Guard:
    """The ASGI application around another: nothing reaches that one that is not allowed."""

    def __init__(self, app: App, keys: SessionSecrets) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if not self._local(headers):
            await _answer(send, 403)
        elif (given := self._given(scope)) is not None:
            await self._let_in(given, send)
        elif not self._allowed(scope["method"], headers):
            await _answer(send, 403)
        else:
            await self._app(scope, receive, _with_headers(send))

    def _local(self, headers: Mapping[str, str]) -> bool:
        """Whether the request was made to this page, by this page or by a person."""
        host = headers.get("host", "")
        origin = headers.get("origin")
        if host not in self._keys.hosts or (origin is not None and origin != f"http://{host}"):
            return False
        return headers.get("sec-fetch-site", "none") in {"none", "same-origin"}

    def _given(self, scope: Scope) -> str | None:
        """The token of an address."""
        if scope["path"] != "/" or scope["method"] not in SAFE:
            return None
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token")
        return given[0] if given else None

    async def _let_in(self, given: str, send: Any) -> None:
        """The token of the address becomes a cookie, and leaves the address."""
        if not secrets.compare_digest(given.encode(), self._keys.token.encode()):
            await _answer(send, 403)
            return
        cookie = f"{self._keys.cookie}={self._keys.token}; Path=/; HttpOnly; SameSite=Strict"
        await _answer(send, 303, ("set-cookie", cookie), ("location", "/"))

    def _allowed(self, method: str, headers: Mapping[str, str]) -> bool:
        if not secrets.compare_digest(self._cookie(headers).encode(), self._keys.token.encode()):
            return False
        if method in SAFE:
            return True
        stated = headers.get(HEADER, "")
        return "origin" in headers and secrets.compare_digest(stated.encode(), self._keys.form.encode())

    def _cookie(self, headers: Mapping[str, str]) -> str:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self._keys.cookie)
        except CookieError:
            return ""
        return found.value if found else ""


def _with_headers(send: Any) -> Any:
    async def sent(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            own = {name.lower() for name, _ in message.get("headers", [])}
            more = [(n.encode(), v.encode()) for n, v in HEADERS if n.encode() not in own]
            message = {**message, "headers": [*message.get("headers", []), *more]}
        await send(message)

    return sent


async def _answer(send: Any, status: int, *headers: tuple[str, str]) -> None:
    stated = [(name.encode(), value.encode()) for name, value in (*headers, *HEADERS, ("content-length", "0"))]
    await send({"type": "http.response.start", "status": status, "headers": stated})
    await send({"type": "http.response.body", "body": b""})
