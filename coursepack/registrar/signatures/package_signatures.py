"""The signatures of a package: which files they are, of which file each is, and what a child process says of them."""

from __future__ import annotations

import hashlib
import importlib.util
import mmap
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path, PurePosixPath

import msgspec

from coursepack import isolated
from coursepack.files.package import Package
from coursepack.files.sources import is_link
from coursepack.place import CoursepackError, Finding, Place, error, warning
from coursepack.registrar import bag
from coursepack.registrar.signatures.protocol import Kind, SignatureRequest, SignatureResult, State, Trust

_TASK = "coursepack.registrar.signatures.entry:judged"
_SUMS = ("sha1", "sha224", "sha256", "sha384", "sha512")
_SMALL = 1 << 20
"""Bytes of a signed file that are handed over whole, for checksums that only the child can count."""
_MOST = 4 << 20
"""Bytes of a signature beside a file that are looked at: one that holds the file itself is refused above."""
_LIBRARIES = ("asn1crypto", "cryptography", "pyhanko", "pyhanko_certvalidator")
_OPENPGP = (b"-----BEGIN PGP SIGNATURE", b"untrusted comment:")
_PACKETS = {0x88, 0x89, 0x8A, 0xC2}
"""First bytes of an OpenPGP signature packet (RFC 9580, 4.2)."""
_FREE = {".sig", ".sign", ".asc", ".minisig"}
"""Endings under which other kinds of signatures are found as well."""
_ENDINGS: dict[str, Kind] = {".tsr": "stamp"}


def available() -> bool:
    """Whether the libraries of ``coursepack[sign]`` are installed."""
    return all(importlib.util.find_spec(name) for name in _LIBRARIES)


def judge(package: Package, trust: Trust) -> list[SignatureResult]:
    """What is true of each signature, in the order of their names: those beside files, then those inside PDFs."""
    names = sorted(package.names())
    beside = [name for name in names if bag.is_signature(name)]
    inside = [name for name in names if name.lower().endswith(".pdf") and _signed(package, name)]
    if not beside and not inside:
        return []
    if not available():
        return [_unjudged(package, name) for name in (*beside, *inside)]
    found: list[SignatureResult] = []
    with ExitStack() as open_:
        worker = open_.enter_context(isolated.Worker(isolated.budget()))
        for name in beside:
            found += _beside(package, name, trust, worker)
        for name in inside:
            requested = SignatureRequest("pdf", b"", content=package.read(name), trust=trust)
            found += _asked(package, name, name, requested, worker)
    return found


def of_files(files: Sequence[tuple[Path, Path]]) -> Iterator[SignatureResult]:
    """The same for (signature, file) on disk, with nothing trusted: does each fit its file?"""
    if not available():
        return
    with isolated.Worker(isolated.budget()) as worker:
        for signature, signed in files:
            package = Package.of_path(signature)
            data, place = signature.read_bytes(), Place(str(signature))
            if _other(signature.name, data):
                continue
            content = signed.read_bytes()
            requested = SignatureRequest(_kind(signature.name), data, _summed(iter([content])), _few(content), Trust())
            yield from _answer(worker, requested, place, package.name, str(signed))


def near(path: Path) -> list[Path]:
    """The signatures that lie beside a file: its name and one of their endings."""
    found = (path.with_name(path.name + ending) for ending in bag.SIGNATURES)
    return [one for one in found if one.is_file() and not is_link(one)]


def signed_by(name: str) -> str:
    """The name of the file that a signature is of: its own without the ending. «x.pdf.p7s.tsr» is of «x.pdf.p7s»."""
    return name[: -len(PurePosixPath(name).suffix)]


def _signed(package: Package, name: str) -> bool:
    """Whether a PDF holds a signature: it has a byte range."""
    entry = package.entries[name]
    if package.container == "folder" and package.path and entry.size:
        with (package.path / name).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return data.find(b"/ByteRange") >= 0
    return b"/ByteRange" in package.read(name)


def _beside(package: Package, name: str, trust: Trust, worker: isolated.Worker) -> list[SignatureResult]:
    of, kind = signed_by(name), _kind(name)
    if package.size(name) > _MOST:
        message = f"a signature of {package.size(name)} bytes; at most {_MOST} are looked at"
        return [_said(package, name, of, kind, warning("signature-unjudged", message))]
    data = package.read(name)
    if other := _other(name, data):
        return [_said(package, name, of, kind, other)]
    if of not in package:
        message = f"the file that it signs, {of}, is not here"
        return [_said(package, name, of, kind, error("signature-file-missing", message, advice="add it to the bag"))]
    content = package.read(of) if package.size(of) <= _SMALL else None
    requested = SignatureRequest(kind, data, _summed(package.chunks(of)), content, trust)
    return _asked(package, name, of, requested, worker)


def _kind(name: str) -> Kind:
    return _ENDINGS.get(PurePosixPath(name).suffix.lower(), "cms")


def _few(content: bytes) -> bytes | None:
    return content if len(content) <= _SMALL else None


def _other(name: str, data: bytes) -> Finding | None:
    """A signature of a kind that is not judged here."""
    if PurePosixPath(name).suffix.lower() not in _FREE:
        return None
    if data.lstrip().startswith(_OPENPGP) or (data[:1] and data[0] in _PACKETS):
        message = "a signature of OpenPGP or minisign: not checkable here"
        return warning("signature-unjudged", message, advice="check it with the tool that created it")
    return None


def _summed(chunks: Iterator[bytes]) -> dict[str, str]:
    sums = [hashlib.new(name, usedforsecurity=False) for name in _SUMS]
    for chunk in chunks:
        for one in sums:
            one.update(chunk)
    return {name: one.hexdigest() for name, one in zip(_SUMS, sums, strict=True)}


def _asked(
    package: Package, name: str, of: str, requested: SignatureRequest, worker: isolated.Worker
) -> list[SignatureResult]:
    return list(_answer(worker, requested, package.place(name), name, of))


def _answer(
    worker: isolated.Worker, requested: SignatureRequest, place: Place, name: str, of: str
) -> Iterator[SignatureResult]:
    payload = msgspec.msgpack.encode(requested)
    try:
        answers = worker.ask(_TASK, payload, list[SignatureResult], place=place)
    except CoursepackError as problem:
        found = error("signature-broken", f"cannot be checked: {problem.message}", place, problem.advice or "")
        answers = [SignatureResult(kind=requested.kind, state="invalid", findings=(found,))]
    for one in answers:
        findings = tuple(msgspec.structs.replace(each, place=place) for each in one.findings)
        yield msgspec.structs.replace(one, file=name, of=of, findings=findings)


def _said(package: Package, name: str, of: str, kind: Kind, finding: Finding) -> SignatureResult:
    placed = msgspec.structs.replace(finding, place=package.place(name))
    state: State = "invalid" if finding.severity == "error" else "unjudged"
    return SignatureResult(file=name, of=of, kind=kind, state=state, findings=(placed,))


def _unjudged(package: Package, name: str) -> SignatureResult:
    message = "a signature is present but was not checked: the libraries for it are not installed"
    found = warning("signature-unjudged", message, advice='install them: pip install "coursepack[sign]"')
    pdf = name.lower().endswith(".pdf")
    return _said(package, name, name if pdf else signed_by(name), "pdf" if pdf else _kind(name), found)
