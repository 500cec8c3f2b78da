"""Who signed a CMS, and whether the signature is of these bytes (RFC 5652, 5.4 and 5.6; CAdES)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from asn1crypto import cms, x509
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.sign.general import CMSStructuralError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from coursepack.place import Finding, error, warning
from coursepack.registrar.signatures import chain, digests


@dataclass(frozen=True)
class Signer:
    """Whose certificate a signature names; none where the CMS does not bring it along."""

    certificate: x509.Certificate | None
    others: list[x509.Certificate] = field(default_factory=list)
    name: str = ""
    serial: str = ""
    issuer: str = ""


def of(signed: cms.SignedData, info: cms.SignerInfo) -> Signer:
    """The certificate of a signer among those that the CMS holds."""
    found = [one.chosen.untag() for one in signed["certificates"] or () if one.name == "certificate"]
    mine = [one for one in found if _is_named(info["sid"], one)]
    if not mine:
        return Signer(None, found)
    signer = mine[0]
    rest = [one for one in found if one is not signer]
    issuer = signer.issuer.native.get("common_name") or signer.issuer.human_friendly
    return Signer(signer, rest, chain.human(signer), f"{signer.serial_number:X}", str(issuer))


def _is_named(sid: cms.SignerIdentifier, one: x509.Certificate) -> bool:
    if sid.name == "issuer_and_serial_number":
        chosen = sid.chosen
        return bool(chosen["issuer"] == one.issuer and chosen["serial_number"].native == one.serial_number)
    return bool(one.key_identifier == sid.chosen.native)


def integrity(
    signed: cms.SignedData, info: cms.SignerInfo, signer: Signer, content_type: str, digest: bytes | None
) -> Iterator[Finding]:
    """What does not hold: ``digest`` (None: that of the content inside) against the signed attributes, those against
    the signature."""
    algorithm = digests.name(info["digest_algorithm"])
    if algorithm in digests.FORGED:
        yield error("signature-weak", f"signed by {algorithm.upper()}, which anybody can forge")
    elif algorithm in digests.WEAK:
        yield warning("signature-weak", f"signed by {algorithm.upper()}, which is no longer safe")
    if signer.certificate is None:
        yield error("signature-broken", "the certificate of the signer is not in it")
        return
    if digest is None:
        content = signed["encap_content_info"]["content"]
        digest = hashlib.new(algorithm, bytes(content), usedforsecurity=False).digest()
    try:
        intact, valid = validate_sig_integrity(info, signer.certificate, content_type, digest)
    except (UnsupportedAlgorithm, NotImplementedError) as problem:
        yield warning("signature-unjudged", f"the algorithm of the signature is not checkable here: {problem}")
        return
    except (SignatureValidationError, CMSStructuralError, ValueError, TypeError, KeyError) as problem:
        reason = getattr(problem, "failure_message", None) or problem
        yield error("signature-broken", f"the signature does not hold: {reason}")
        return
    if not intact:
        message = (
            "the signature does not match the file: the file was changed, or the signature belongs to another file"
        )
        yield error("signature-digest", message, advice="take the file, or its signature, from another copy")
    if not valid:
        message = f"the signature was not made with the key of {signer.name}: it is forged or damaged"
        yield error("signature-forged", message, advice="take the signature from another copy, or ask the signer")
