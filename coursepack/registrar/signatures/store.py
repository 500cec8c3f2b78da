"""A trust store and revocation lists from files: PEM (several in one file) or DER."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from coursepack.place import CoursepackError, Place
from coursepack.registrar.edition import is_date
from coursepack.registrar.signatures import package_signatures
from coursepack.registrar.signatures.protocol import Trust

_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----\s*", re.DOTALL)


def read(roots: Iterable[Path], lists: Iterable[Path], at: str | None) -> Trust:
    """What files and folders hold. Raises ``CoursepackError`` for a file that holds none, and when ``coursepack[sign]``
    is not installed."""
    roots, lists = list(roots), list(lists)
    if not roots and not lists and at is None:
        return Trust()
    if at is not None and not is_date(at):
        raise CoursepackError(f"--at is {at!r}, expected YYYY-MM-DD")
    if not package_signatures.available():
        message = "signatures cannot be checked: the libraries for it are not installed"
        raise CoursepackError(message, advice='install them: pip install "coursepack[sign]"')
    certificates = [one for path in roots for one in _certificates(path)]
    found = [one for path in lists for one in _lists(path)]
    revoked, answers = (tuple(data for kind, data in found if kind == wanted) for wanted in ("list", "answer"))
    return Trust(tuple(certificates), revoked, at, answers)


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
    else:
        yield path


def _parts(path: Path) -> Iterator[tuple[Path, bytes]]:
    for file in _files(path):
        try:
            data = file.read_bytes()
        except OSError as problem:
            raise CoursepackError(f"cannot be read: {problem.strerror}", Place(str(file))) from None
        pieces = [found[0] for found in _PEM.finditer(data)]
        yield from ((file, piece) for piece in pieces or [data])


def _certificates(path: Path) -> Iterator[bytes]:
    """The certificates of a file, or of those files of a folder that hold any: keys and notes lie beside them."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    found = False
    for file, data in _parts(path):
        pem = data.startswith(b"-----BEGIN")
        try:
            one = x509.load_pem_x509_certificate(data) if pem else x509.load_der_x509_certificate(data)
        except ValueError:
            if path.is_dir():
                continue
            raise CoursepackError("holds no certificate, expected PEM or DER", Place(str(file))) from None
        found = True
        yield one.public_bytes(Encoding.DER)
    if not found:
        raise CoursepackError("holds no certificate, expected PEM or DER", Place(str(path)))


def _lists(path: Path) -> Iterator[tuple[str, bytes]]:
    """Revocation lists («list») and answers of OCSP («answer»), DER."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509 import ocsp

    for file, data in _parts(path):
        pem = data.startswith(b"-----BEGIN")
        try:
            one = x509.load_pem_x509_crl(data) if pem else x509.load_der_x509_crl(data)
        except ValueError:
            try:
                yield "answer", ocsp.load_der_ocsp_response(data).public_bytes(Encoding.DER)
            except ValueError:
                message = "holds no revocation list and no answer of OCSP, expected PEM or DER"
                raise CoursepackError(message, Place(str(file))) from None
            continue
        yield "list", one.public_bytes(Encoding.DER)
