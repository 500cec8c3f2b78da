"""Changes that know the shape of a file: one member of an archive, one element of an XML text, the rest sound."""

from __future__ import annotations

import io
import random
import re
import tarfile
import zipfile
from collections.abc import Callable

Mutate = Callable[[bytes, int], bytes]
Members = list[tuple[str, bytes]]
_TAG = re.compile(rb"<[^<>]*>")
_VALUE = re.compile(rb'"[^"<>]*"|>[^<>]+<')
_HOSTILE = (
    b"",
    b"-1",
    b"0",
    b"99999999999999999999",
    b"../../x",
    b"%00",
    b"\xd3\x99" * 50,
    b"a" * 5000,
    b"1e999",
    b"&#0;",
)


def mutate(shape: str, data: bytes, longest: int, seed: int, plain: Mutate) -> bytes:
    """``data`` changed; ``plain`` is the fuzzer's own way to change bytes."""
    chance = random.Random(seed)  # noqa: S311 - the fuzzer gives the seed, so that a run can be repeated
    if shape == "bytes" or chance.random() < 0.1:
        return plain(_inside(chance, data, plain, longest) if chance.random() < 0.3 else data, longest)
    unpack, pack = (_unzipped, _zipped) if shape == "zip" else (_untarred, _tarred)
    members = unpack(data)
    if not members:
        return plain(data, longest)
    at = chance.randrange(len(members))
    name, content = members[at]
    match chance.randrange(20):
        case 0:
            members.pop(at)
        case 1:
            members.insert(chance.randrange(len(members)), members[at])
        case 2:
            members[at] = (plain(name.encode(), 200).decode("utf-8", "replace") or "x", content)
        case 3:
            members[at] = (name, members[chance.randrange(len(members))][1])
        case _:
            members[at] = (name, _inside(chance, content, plain, longest))
    return pack(members)


def _inside(chance: random.Random, data: bytes, plain: Mutate, longest: int) -> bytes:
    """A text changed: an element taken out, doubled or moved, a value replaced; or bytes of it."""
    if b"<" not in data[:200] or chance.random() < 0.3:
        return plain(data, max(len(data), min(longest, 20_000)))
    pattern = _TAG if chance.random() < 0.5 else _VALUE
    spots = [found.span() for found in pattern.finditer(data)]
    if not spots:
        return plain(data, longest)
    (start, end), (other, until) = chance.choice(spots), chance.choice(spots)
    match chance.randrange(5):
        case 0:
            return data[:start] + data[end:]
        case 1:
            return data[:start] + data[other:until] + data[end:]
        case 2:
            return data[:start] + data[min(start, other) : max(end, until)] * 2 + data[end:]
        case 3 if pattern is _VALUE:
            return data[: start + 1] + chance.choice(_HOSTILE) + data[end - 1 :]
        case _:
            return data[:start] + plain(data[start:end], end - start + 200) + data[end:]


def _unzipped(data: bytes) -> Members:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [
                (info.filename, archive.read(info)) for info in archive.infolist()[:500] if info.file_size < 1 << 22
            ]
    except Exception:  # whatever the fuzzer made of the archive: then bytes are changed
        return []


def _zipped(members: Members) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name[:60_000] or "x"), content)
    return out.getvalue()


def _untarred(data: bytes) -> Members:
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            return [(info.name, file.read()) for info in archive if (file := archive.extractfile(info))]
    except Exception:  # as above
        return []


def _tarred(members: Members) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name.replace("\0", "") or "x")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()
