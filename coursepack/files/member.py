"""A file inside a package that is being made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

Stream = Callable[[], Iterator[bytes]]
Content = bytes | Stream


@dataclass(frozen=True)
class Member:
    """A file inside a package: POSIX path, ASCII, relative; its bytes or a function that yields them anew."""

    path: str
    content: Content

    def read(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else b"".join(self.content())

    def chunks(self) -> Iterator[bytes]:
        if isinstance(self.content, bytes):
            yield self.content
        else:
            yield from self.content()
