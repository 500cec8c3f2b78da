"""Office documents that are encrypted with a password, told by their bytes: no library says it of all of them."""

from __future__ import annotations

import re

from coursepack.files.media import KINDS
from coursepack.place import CoursepackError, Place

_PACKAGE = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds an encrypted .docx, .xlsx or .pptx (MS-OFFCRYPTO, 2.3.4.1)."""
_SLIDES = b"\x14\x00\x00\x00\xdf\xc4\xd1\xf3"
"""Size and headerToken of the CurrentUserAtom of an encrypted .ppt (MS-PPT, 2.3.2)."""
# The BOF record of a workbook, perhaps WriteProtect, then FilePass (MS-XLS, 2.4.21, 2.4.351, 2.4.117).
_SHEETS = re.compile(rb"\x09\x08.\x00.{8,16}(?:\x86\x00\x00\x00)?\x2f\x00.[\x00-\x02]", re.DOTALL)
_WORD = b"\xec\xa5"
"""wIdent, at the beginning of a stream; bit 8 of the flags 10 bytes behind says fEncrypted (MS-DOC, 2.5.1)."""
_FLAGS = 11
_SECTOR = 512


def refuse(name: str, data: bytes) -> None:
    """Raises ``CoursepackError`` for a document that only its password opens."""
    if KINDS["ole"].begins(data) and (_PACKAGE in data or _is_old(data)):
        raise CoursepackError("encrypted with a password", Place(name), "save it without a password")


def _is_old(data: bytes) -> bool:
    if _SLIDES in data or _SHEETS.search(data):
        return True
    at = data.find(_WORD, _SECTOR)
    while at % _SECTOR and at != -1:
        at = data.find(_WORD, at + 1)
    return at != -1 and bool(data[at + _FLAGS : at + _FLAGS + 1] and data[at + _FLAGS] & 1)
