"""Checksums as signatures name them (object identifiers), those of GOST among them."""

from __future__ import annotations

import hashlib
import importlib.util

from asn1crypto import algos

from coursepack.registrar.signatures.protocol import SignatureRequest

SUMS = ("sha1", "sha224", "sha256", "sha384", "sha512")
"""Those that are counted of every signed file."""
FORGED = {"md2", "md5"}
WEAK = {"sha1"}
GOST_MOST = 1 << 20
"""Bytes of a file whose checksum by GOST is counted: gostcrypto does some 45 kB a second."""

# GOST R 34.11-2012, 256 and 512 bits (RFC 9215, 2).
_STREEBOG = {"1.2.643.7.1.1.2.2": "streebog256", "1.2.643.7.1.1.2.3": "streebog512"}
_GOST = ("1.2.643.", "1.2.398.")
"""Object identifiers of the standards of Russia and of Kazakhstan."""


def name(algorithm: algos.DigestAlgorithm) -> str:
    """What a checksum is called: «sha256», «streebog256», else its object identifier."""
    dotted = algorithm["algorithm"].dotted
    return _STREEBOG.get(dotted) or str(algorithm["algorithm"].native)


def is_gost(dotted: str) -> bool:
    return dotted.startswith(_GOST)


def of(requested: SignatureRequest, algorithm: str) -> bytes | None:
    """The checksum of the file that is signed; None where it cannot be counted here."""
    if algorithm in requested.sums:
        return bytes.fromhex(requested.sums[algorithm])
    if requested.content is None:
        return None
    return of_bytes(requested.content, algorithm)


def of_bytes(data: bytes, algorithm: str) -> bytes | None:
    """The checksum of these bytes."""
    if algorithm in _STREEBOG.values():
        return _streebog(data, algorithm)
    if algorithm not in hashlib.algorithms_guaranteed or algorithm.startswith("shake"):
        return None
    return hashlib.new(algorithm, data, usedforsecurity=False).digest()


def _streebog(data: bytes, algorithm: str) -> bytes | None:
    if len(data) > GOST_MOST or importlib.util.find_spec("gostcrypto") is None:
        return None
    from gostcrypto import gosthash

    return bytes(gosthash.new(algorithm, data=bytearray(data)).digest())
