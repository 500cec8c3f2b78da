"""The server of a preview: 127.0.0.1 alone, members of packages alone, until Ctrl-C.

Who asks must name this machine in ``Host`` (against names that were bent to 127.0.0.1) and come from no other site
(``Sec-Fetch-Site``, where a browser sends it). Nothing is changed by a request: GET and HEAD are answered, no more.
"""

from __future__ import annotations

import html
import json
import re
import tempfile
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from coursepack import build
from coursepack.files import media
from coursepack.languages import SOURCE
from coursepack.languages.catalogues import Words, words
from coursepack.place import CoursepackError, Finding, Place
from coursepack.preview.preview_files import PreviewFile, built, media_type
from coursepack.preview.watching import PreviewBuilder, SourceWatcher
from coursepack.writers.scorm.site import WORKER

DOMAIN = "preview"
_STATIC = Path(__file__).parent / "static"
_OWN = {"/": "shell.html", "/shell.js": "shell.js", "/shell.css": "shell.css"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def serve(
    path: Path,
    *,
    formats: tuple[str, ...] = (),
    templates: Path | None = None,
    port: int = 0,
    browser: bool = True,
    language: str = SOURCE,
    say: Callable[[str], None],
    said: Callable[[object], str] = str,
) -> None:
    """Show what was built at ``path``, or build what lies there; until Ctrl-C.

    ``formats``: what is built of sources; ``language`` and ``said``: of what the page itself says. Raises
    ``CoursepackError``: the port is taken, nothing is there to show.
    """
    with watched(path, formats, templates, say) as watch, listening(watch, port, language, said) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        say(f"preview of {path}: {address}")
        say("Ctrl-C ends it")
        if browser:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return


@contextmanager
def watched(
    path: Path, formats: tuple[str, ...], templates: Path | None, say: Callable[[str], None]
) -> Iterator[SourceWatcher]:
    """The watch of a build or of sources; sources that do not build yet are shown with why."""
    with tempfile.TemporaryDirectory(prefix="coursepack-preview-") as room:
        watch: SourceWatcher
        if built(path):
            watch = SourceWatcher(path)
        else:
            settings = build.Settings(formats=formats or ("site",), templates=templates)
            watch = PreviewBuilder(path, Path(room).resolve(), settings, say)
        watch.start()
        try:
            yield watch
        finally:
            watch.stop()


@contextmanager
def listening(
    watch: SourceWatcher, port: int, language: str, said: Callable[[object], str]
) -> Iterator[ThreadingHTTPServer]:
    """The server, ready to run. Raises ``CoursepackError`` for a port that is taken."""

    class Handler(_Handler):
        pass

    Handler.watch, Handler.words, Handler.said = watch, words(language, DOMAIN), staticmethod(said)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    except OSError as problem:
        raise CoursepackError(
            f"port {port} cannot be used: {problem.strerror}", advice="--port 0 takes a free one"
        ) from None
    Handler.port = server.server_port
    try:
        yield server
    finally:
        server.server_close()


@contextmanager
def running(watch: SourceWatcher, language: str = SOURCE) -> Iterator[ThreadingHTTPServer]:
    """The server in a thread, for a program that goes on."""
    with listening(watch, 0, language, str) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(10)


class _Handler(BaseHTTPRequestHandler):
    """Answers one request. ``watch``, ``words`` and ``said`` are those of the server."""

    watch: SourceWatcher
    words: Words
    said: Callable[[object], str]
    port: int
    server_version, sys_version = "coursepack", ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Every request that is answered."""
        if not self._local():
            self._respond(HTTPStatus.FORBIDDEN)
            return
        path = urlsplit(self.path).path
        if path in _OWN:
            self._own(_OWN[path])
        elif path == "/state":
            self._respond(HTTPStatus.OK, json.dumps(self._state()).encode(), media.KINDS["json"].type)
        elif path.startswith(("/show/", "/file/")):
            self._of_product(path)
        else:
            self._respond(HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET  # noqa: N815 - named by the library

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named by the library
        """Requests are nobody's business."""

    def _local(self) -> bool:
        port = self.port
        if self.headers.get("Host", "") not in {f"127.0.0.1:{port}", f"localhost:{port}"}:
            return False
        return self.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}

    # --- the page around

    def _own(self, name: str) -> None:
        text = (_STATIC / name).read_text("utf-8")
        if name.endswith(".html"):
            reported = {
                "language": self.words.language,
                "name": self.watch.path.resolve().name,
                **{key: self.words(message) for key, message in _WORDS.items()},
            }
            text = re.sub(r"\{(\w+)\}", lambda found: html.escape(reported.get(found[1], found[0])), text)
        policy = (("Content-Security-Policy", _POLICY), ("X-Frame-Options", "DENY"))
        self._respond(HTTPStatus.OK, text.encode(), media_type(name), *policy)

    def _state(self) -> dict[str, Any]:
        shown = self.watch.shown
        return {
            "number": shown.number,
            "busy": shown.busy,
            "problems": [self._reported(problem) for problem in shown.problems],
            "products": [
                {
                    "title": product.title,
                    "file": f"/file/{quote(product.address)}" if product.held else "",
                    "pages": [
                        {"title": title, "address": f"/show/{quote(product.address)}/{quote(name)}"}
                        for name, title in product.pages
                    ],
                }
                for product in shown.products
            ],
        }

    def _reported(self, problem: CoursepackError | Finding) -> str:
        place = f"{problem.place}: " if isinstance(problem.place, Place) else ""
        said = type(self).said
        advice = f" → {said(problem.advice)}" if problem.advice else ""
        return f"{place}{said(problem.message)}{advice}"

    # --- products

    def _of_product(self, path: str) -> None:
        kind, _, rest = path.removeprefix("/").partition("/")
        requested = unquote(rest)
        for product in self.watch.shown.products:
            if kind == "file" and requested == product.address and product.held:
                self._download(product)
                return
            if kind == "show" and requested.startswith(f"{product.address}/"):
                self._member(product, requested.removeprefix(f"{product.address}/"))
                return
        self._respond(HTTPStatus.NOT_FOUND)

    def _member(self, product: PreviewFile, name: str) -> None:
        """A member by the name it has in its package: there are no others. No worker: it would keep an old build."""
        if name.endswith("/"):
            name += "index.html"
        if name == WORKER or name not in product.package:
            self._respond(HTTPStatus.NOT_FOUND)
            return
        try:
            data = product.package.read(name)
        except (CoursepackError, OSError):
            self._respond(HTTPStatus.SERVICE_UNAVAILABLE)  # it is being built anew
            return
        found = _RANGE.fullmatch(self.headers.get("Range", ""))
        if found and (found[1] or found[2]):
            self._part(data, name, found)
        else:
            self._respond(HTTPStatus.OK, data, media_type(name), ("Accept-Ranges", "bytes"))

    def _part(self, data: bytes, name: str, requested: re.Match[str]) -> None:
        """A part of a sound or a film (RFC 9110, 14.2)."""
        size = len(data)
        first = int(requested[1]) if requested[1] else max(0, size - int(requested[2]))
        last = min(int(requested[2]), size - 1) if requested[1] and requested[2] else size - 1
        if first > last:
            self._respond(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, b"", "", ("Content-Range", f"bytes */{size}"))
            return
        where = ("Content-Range", f"bytes {first}-{last}/{size}")
        self._respond(HTTPStatus.PARTIAL_CONTENT, data[first : last + 1], media_type(name), where)

    def _download(self, product: PreviewFile) -> None:
        try:
            data = product.path.read_bytes()
        except OSError:
            self._respond(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        name = f"attachment; filename*=UTF-8''{quote(product.path.name)}"
        self._respond(HTTPStatus.OK, data, media.UNKNOWN.type, ("Content-Disposition", name))

    def _respond(self, status: HTTPStatus, body: bytes = b"", kind: str = "", *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (
            *((("Content-Type", kind),) if kind else ()),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            *headers,
        ):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


_WORDS = {
    "preview": "Preview",
    "product": "Product",
    "page": "Page",
    "save": "Save the file",
    "building": "Building…",
    "stale": "This build is the last good one. The new one did not come about:",
    "none": "Nothing could be built yet:",
    "gone": "The preview was ended.",
    "only": "A browser does not open this file: save it.",
}
"""What the page around says, by the name that ``shell.html`` asks for."""
