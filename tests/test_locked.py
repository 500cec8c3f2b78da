"""Office documents with a password, of every kind that hides its text."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import readers
from coursepack.files import locked
from coursepack.place import CoursepackError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOF = b"\x09\x08\x10\x00" + bytes(16)
SECTOR = OLE + bytes(504)
LOCKED = {
    "a.docx": OLE + bytes(99) + "EncryptedPackage".encode("utf-16-le"),
    "a.xlsx": OLE + bytes(99) + "EncryptedPackage".encode("utf-16-le"),
    "a.doc": SECTOR + b"\xec\xa5\xc1\x00" + bytes(6) + b"\x30\x13" + bytes(500),
    "a.xls": SECTOR + BOF + b"\x2f\x00\x36\x00" + bytes(54),
    "a.ppt": OLE + bytes(99) + b"\x14\x00\x00\x00\xdf\xc4\xd1\xf3" + bytes(20),
}
OPEN = {
    "a.doc": SECTOR + b"\xec\xa5\xc1\x00" + bytes(6) + b"\x30\x12" + b"\xec\xa5" + bytes(500),
    "a.xls": SECTOR + BOF + b"\xe1\x00\x02\x00" + bytes(54),
    "a.ppt": OLE + bytes(99) + b"\x14\x00\x00\x00\x5f\xc0\x91\xe3" + bytes(20),
    "a.txt": b"\x14\x00\x00\x00\xdf\xc4\xd1\xf3",
}


@pytest.mark.parametrize("name", LOCKED)
def test_a_password_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(LOCKED[name])
    ask = readers.is_bank if name.startswith("a.xls") else lambda path: readers.read(path, name)
    with pytest.raises(CoursepackError, match="encrypted with a password") as caught:
        ask(tmp_path / name)
    assert caught.value.advice == "save it without a password"


@pytest.mark.parametrize("name", OPEN)
def test_an_open_one_is_not_refused(name: str) -> None:
    locked.refuse(name, OPEN[name])
