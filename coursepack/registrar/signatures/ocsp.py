"""Answers about revocation that travel with a signature, and those that a registrar keeps (RFC 6960), judged offline.

Where they stand: CAdES ``revocation-values`` (ETSI EN 319 122-1, 5.4.2), ``crls`` of the CMS itself (RFC 5652, 10.2.1;
RFC 5940), Adobe's revocation archival in a signed attribute (ISO 32000-2, 12.8.3.3.2), the store of a PDF (DSS, ETSI
EN 319 142-1, 5.4.2). They may be years old: what one says of a certificate at the time it names stays true.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms, core, crl
from asn1crypto import ocsp as asn1
from asn1crypto import x509 as asn1x
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import ReasonFlags, ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

_REVOCATION_VALUES = "1.2.840.113549.1.9.16.2.24"
_ADOBE = "1.2.840.113583.1.1.8"
_IN_CMS = "1.3.6.1.5.5.7.16.2"
ARCHIVE_STAMPS = {
    "0.4.0.1733.2.4": "CAdES-A, archive-time-stamp v3",
    "1.2.840.113549.1.9.16.2.48": "CAdES-A, archive-time-stamp v2",
    "1.2.840.113549.1.9.16.2.27": "CAdES-A, archive-time-stamp",
    "0.4.0.1733.2.5": "CAdES-A, long-term-validation",
}
"""Unsigned attributes that renew a signature for the archive (ETSI EN 319 122-1, 5.5)."""
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError)


class _Lists(core.SequenceOf):  # type: ignore[misc]  # asn1crypto has no types
    _child_spec = crl.CertificateList


class _Answers(core.SequenceOf):  # type: ignore[misc]
    _child_spec = asn1.BasicOCSPResponse


class _Values(core.Sequence):  # type: ignore[misc]
    """RevocationValues."""

    _fields = [  # noqa: RUF012 - as asn1crypto reads it
        ("lists", _Lists, {"explicit": 0, "optional": True}),
        ("answers", _Answers, {"explicit": 1, "optional": True}),
        ("others", core.Any, {"explicit": 2, "optional": True}),
    ]


class _Whole(core.SequenceOf):  # type: ignore[misc]
    _child_spec = asn1.OCSPResponse


class _Archival(core.Sequence):  # type: ignore[misc]
    """RevocationInfoArchival."""

    _fields = [  # noqa: RUF012 - as asn1crypto reads it
        ("lists", _Lists, {"explicit": 0, "optional": True}),
        ("answers", _Whole, {"explicit": 1, "optional": True}),
        ("others", core.Any, {"explicit": 2, "optional": True}),
    ]


@dataclass(frozen=True)
class RevocationValues:
    """What travels with a signature: revocation lists and answers (``OCSPResponse``), DER."""

    lists: tuple[bytes, ...] = ()
    answers: tuple[bytes, ...] = ()


def carried(signed: cms.SignedData, info: cms.SignerInfo) -> RevocationValues:
    """The lists and answers inside a CMS. What cannot be read of them is passed over: it proves nothing."""
    lists: list[bytes] = []
    answers: list[bytes] = []
    for choice in signed["crls"] or ():
        if choice.name == "certificate_list":
            lists.append(choice.chosen.dump())
        elif choice.name == "other" and choice.chosen["other_rev_info_format"].dotted == _IN_CMS:
            answers.append(choice.chosen["other_rev_info"].dump())
    for attributes, wanted, spec in (
        (info["unsigned_attrs"], _REVOCATION_VALUES, _Values),
        (info["signed_attrs"], _ADOBE, _Archival),
    ):
        for attribute in attributes or ():
            if attribute["type"].dotted != wanted:
                continue
            try:
                found = spec.load(attribute["values"].contents)
                lists += [one.dump() for one in found["lists"] if not isinstance(found["lists"], core.Void)]
                answers += [_whole(one) for one in found["answers"] if not isinstance(found["answers"], core.Void)]
            except _BROKEN:
                continue
    return RevocationValues(tuple(lists), tuple(answers))


def _whole(answer: Any) -> bytes:
    """A bare BasicOCSPResponse as the response that it came in."""
    if isinstance(answer, asn1.OCSPResponse):
        return bytes(answer.dump())
    inside = {"response_type": "basic_ocsp_response", "response": answer}
    return bytes(asn1.OCSPResponse({"response_status": "successful", "response_bytes": inside}).dump())


def archive_stamps(info: cms.SignerInfo) -> Iterator[tuple[str, cms.ContentInfo | None]]:
    """What renews a signature for the archive: its name, and its time stamp where one can be read."""
    for attribute in info["unsigned_attrs"] or ():
        name = ARCHIVE_STAMPS.get(attribute["type"].dotted)
        if name is not None:
            try:
                yield name, cms.ContentInfo.load(attribute["values"].contents)
            except _BROKEN:
                yield name, None


# --- what an answer says --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OcspStatus:
    """What one answer says of one certificate: when it was asked, until when that holds; when and why it was revoked,
    None where it was not."""

    at: dt.datetime
    until: dt.datetime | None
    revoked: dt.datetime | None = None
    reason: ReasonFlags | None = None


def said_of(answers: Iterable[bytes], below: asn1x.Certificate, above: asn1x.Certificate) -> Iterator[OcspStatus]:
    """What sound answers say of a certificate: those that its issuer, or whom the issuer charged with it, signed."""
    issuer = x509.load_der_x509_certificate(above.dump())
    for data in answers:
        try:
            response = ocsp.load_der_ocsp_response(data)
            if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL or not _is_signed(response, issuer):
                continue
            for one in response.responses:
                if one.serial_number == below.serial_number and _is_of(one, above):
                    yield from _said(one)
        except (*_BROKEN, UnsupportedAlgorithm):
            continue


def _said(one: ocsp.OCSPSingleResponse) -> Iterator[OcspStatus]:
    if one.certificate_status is ocsp.OCSPCertStatus.GOOD:
        yield OcspStatus(one.this_update_utc, one.next_update_utc)
    elif one.certificate_status is ocsp.OCSPCertStatus.REVOKED:
        yield OcspStatus(one.this_update_utc, one.next_update_utc, one.revocation_time_utc, one.revocation_reason)


def _is_of(one: ocsp.OCSPSingleResponse, above: asn1x.Certificate) -> bool:
    algorithm = one.hash_algorithm.name
    name = hashlib.new(algorithm, above.subject.dump(), usedforsecurity=False).digest()
    key = hashlib.new(algorithm, bytes(above.public_key["public_key"]), usedforsecurity=False).digest()
    return name == one.issuer_name_hash and key == one.issuer_key_hash


def _is_signed(response: ocsp.OCSPResponse, issuer: x509.Certificate) -> bool:
    """By the issuer, or by a certificate in it that the issuer signed for answering (RFC 6960, 4.2.2.2)."""
    if _verified(response, issuer):
        return True
    for one in response.certificates:
        try:
            one.verify_directly_issued_by(issuer)
            usage = one.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
            continue
        in_time = one.not_valid_before_utc <= response.produced_at_utc <= one.not_valid_after_utc
        if in_time and ExtendedKeyUsageOID.OCSP_SIGNING in usage and _verified(response, one):
            return True
    return False


def _verified(response: ocsp.OCSPResponse, by: x509.Certificate) -> bool:
    key, algorithm = by.public_key(), response.signature_hash_algorithm
    if algorithm is None:
        return False
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(response.signature, response.tbs_response_bytes, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(response.signature, response.tbs_response_bytes, ec.ECDSA(algorithm))
        else:
            return False
    except InvalidSignature:
        return False
    return True
