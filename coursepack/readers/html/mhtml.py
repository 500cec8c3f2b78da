"""Pages that a browser saved in one file (.mhtml, .mht; RFC 2557) → ``Document``: the page and the pictures in it."""

from __future__ import annotations

from email import policy
from email.message import Message
from email.parser import BytesParser
from urllib.parse import urljoin

from coursepack import limits
from coursepack.files import sources
from coursepack.files.hashes import sha256
from coursepack.files.media import KINDS
from coursepack.model.document import Document
from coursepack.place import CoursepackError, Place
from coursepack.readers import File, Reader
from coursepack.readers.html.gathered import Gathered
from coursepack.readers.html.page import HtmlPage, properties, tree
from coursepack.readers.html.tree import Element

_PAGES = frozenset({KINDS["html"].type, KINDS["xhtml"].type})
_CID = "cid:"
_INSIDE = "part-"


class _MessageParts:
    """The parts of a message: the page, and what it shows by its address (RFC 2557, 5) or id (RFC 2392)."""

    def __init__(self, data: bytes) -> None:
        message = BytesParser(Message, policy=policy.compat32).parsebytes(data)
        self.found: dict[str, Message] = {}
        self.page: Message | None = None
        for part in message.walk():
            if not isinstance(part, Message) or part.is_multipart():
                continue
            if self.page is None and part.get_content_type() in _PAGES:
                self.page = part
            for key in (_header(part, "Content-Location"), _CID + _header(part, "Content-ID").strip("<>")):
                self.found.setdefault(key, part)
        self.at = "" if self.page is None else _header(self.page, "Content-Location")
        self.shown: list[Message] = []

    def bring(self, root: Element) -> None:
        """Give what the page shows and the file holds an address inside of the file."""
        for element in root.iter("*"):
            address = element.get("src", "").strip()
            part = self.found.get(address) or self.found.get(_joined(self.at, address)) if address else None
            if part is not None and part is not self.page:
                self.shown.append(part)
                element.set("src", f"{_INSIDE}{len(self.shown) - 1}")

    def find(self, address: str, limit: str) -> tuple[bytes | None, str]:
        number = address.removeprefix(_INSIDE)
        known = address.startswith(_INSIDE) and number.isdecimal() and int(number) < len(self.shown)
        data = _content(self.shown[int(number)]) if known else None
        if data is None:
            return None, sources.ELSEWHERE
        most = limits.of(limit)
        return (data, "") if len(data) <= most else (None, f"is larger than {most} bytes")


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # what is no address
        return address


def _header(part: Message, name: str) -> str:
    try:
        return str(part.get(name, "")).strip()
    except Exception:  # the email library stumbles over some headers that nobody should write
        return ""


def _content(part: Message) -> bytes | None:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) and data else None


def read(name: str, data: bytes, *, encoding: str | None = None) -> Document:
    """The text of a saved page. Raises ``CoursepackError``: no such file, no page in it, too large."""
    try:
        parts = _MessageParts(data)
    except RecursionError:
        raise CoursepackError("parts are nested too deep to be read", Place(name)) from None
    content = None if parts.page is None else _content(parts.page)
    if parts.page is None or content is None:
        raise CoursepackError("no web page in it, expected one that a browser saved (.mhtml)", Place(name))
    root = tree(name, content, encoding or parts.page.get_content_charset())
    parts.bring(root)
    gathered = Gathered(parts.find)
    found = HtmlPage(name, gathered).units(root)
    if not found:
        raise CoursepackError("no text in it, expected a web page", Place(name), "save it as PDF")
    return Document(
        file=name,
        sha256=sha256(data),
        medium="html",
        units=tuple(found),
        assets=dict(sorted(gathered.assets.items())),
        properties=properties(root),
        findings=tuple(gathered.findings(name, "html")),
    )


def _read(file: File) -> Document:
    return read(file.name, file.data, encoding=file.encoding)


reader = Reader(read=_read)
