"""The server: 127.0.0.1 only, until Ctrl-C or the page's own button."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from coursepack.place import CoursepackError
from coursepack.review.app import ReviewPages, app
from coursepack.review.building import ReviewBuild
from coursepack.review.course import CourseReview
from coursepack.review.guard import SessionSecrets


def serve(
    folder: Path,
    output: Path,
    *,
    port: int = 0,
    browser: bool = True,
    follow_links: bool = False,
    say: Callable[[str], None],
) -> None:
    """Serve the review of a folder until it is ended. ``port`` 0: a free one. Raises ``CoursepackError``."""
    socket_ = listening(port)
    keys = SessionSecrets(socket_.getsockname()[1])
    server: list[uvicorn.Server] = []

    def stop() -> None:
        server[0].should_exit = True

    review = CourseReview(folder, follow_links=follow_links, only=True)
    pages = ReviewPages(review, ReviewBuild(output=output), keys, stop)
    config = uvicorn.Config(
        app(pages),
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=2,
    )
    server.append(uvicorn.Server(config))
    say(f"review of {folder}: {keys.address}")
    say("Ctrl-C stops it; all corrections are saved in course.toml")
    if browser:
        webbrowser.open(keys.address)
    with socket_:
        server[0].run(sockets=[socket_])


def listening(port: int) -> socket.socket:
    """A socket that this machine alone can reach; 0: a free port. Raises ``CoursepackError``."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        found.bind(("127.0.0.1", port))
        found.listen(64)
    except OSError as problem:
        found.close()
        raise CoursepackError(
            f"port {port} cannot be used: {problem.strerror}", advice="--port 0 takes a free one"
        ) from None
    return found
