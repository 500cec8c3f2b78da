"""Pages of which only what changed is sent: the lines of a source, the pieces of a course, the doubts of a queue.

A piece has its hash for an id. The page of a browser says (``HEADER``) which page it shows; of a piece that it has on
that page nothing is sent but its id, with ``hx-preserve``: htmx puts the element that is there into its place. Pages
are remembered by the server, the last ``MOST`` of them; who says nothing, or a page of long ago, gets all of it.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections import Counter, OrderedDict
from hashlib import blake2b

from markupsafe import Markup

HEADER = "x-coursepack-shown"
MOST = 64
"""Pages that are remembered."""
_SECRET = secrets.token_hex(8)
FIRST, LAST = Markup(f"<!--{_SECRET}:-->"), Markup(f"<!--:{_SECRET}-->")  # noqa: S704 - no part of it is a text
"""What a template sets around an element that is a piece; no source can hold it."""
NUMBER = f"shown-{_SECRET}"
"""Where a template says which page it is."""
_PIECE = re.compile(rf"{FIRST}\s*<(\w+)(.*?){LAST}", re.DOTALL)


class Shown:
    """The pages that browsers show, each by its number with the ids of its pieces. May be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: OrderedDict[str, frozenset[str]] = OrderedDict()

    def page(self, result: str, shown: str | None) -> str:
        """A page as a template gave it, for a browser that shows the page ``shown``."""
        with self._lock:
            there = self._pages.get(shown or "", frozenset())
        found: Counter[str] = Counter()

        def piece(stated: re.Match[str]) -> str:
            tag, rest = stated.groups()
            name = blake2b(rest.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
            found[name] += 1
            own = f"p{name}-{found[name]}"
            ids.add(own)
            return f'<{tag} id="{own}" hx-preserve></{tag}>' if own in there else f'<{tag} id="{own}"{rest}'

        ids: set[str] = set()
        page = _PIECE.sub(piece, result)
        if not ids:
            return page.replace(NUMBER, "")
        number = secrets.token_hex(8)
        with self._lock:
            self._pages[number] = frozenset(ids)
            while len(self._pages) > MOST:
                self._pages.popitem(last=False)
        return page.replace(NUMBER, number)
