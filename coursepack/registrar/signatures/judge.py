"""One signature file → what is true of it."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from asn1crypto import cms

from coursepack.place import Finding, error, note, warning
from coursepack.registrar.signatures import chain, digests, ocsp, signers, stamps
from coursepack.registrar.signatures.protocol import Kind, SignatureRequest, SignatureResult, State, Trust

_ARMOUR = re.compile(rb"-----BEGIN [A-Z0-9 ]+-----\s*(.*?)-----END", re.DOTALL)
BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)
"""What asn1crypto raises where the structure is not what it claims to be."""
_ANOTHER = "request it again, or remove it"


def judged(requested: SignatureRequest) -> list[SignatureResult]:
    """What is true of a signature file."""
    data = unarmoured(requested.signature)
    if requested.kind == "stamp":
        return [stamp(requested, data)]
    try:
        content = cms.ContentInfo.load(data, strict=True)
        if content["content_type"].native != "signed_data":
            return [broken("cms", f"it is {content['content_type'].native}, no signature")]
        signed = content["content"]
        if stamps.is_token(signed):
            return [stamp(requested, data)]
        return [one(requested, signed, info) for info in signed["signer_infos"]] or [broken("cms", "nobody signed it")]
    except BROKEN as problem:
        return [broken("cms", str(problem))]


def unarmoured(data: bytes) -> bytes:
    """The DER inside PEM or bare Base64, which signing programs write as well."""
    found = _ARMOUR.search(data)
    text = found[1] if found else data
    if data[:1] == b"\x30" and not found:
        return data
    try:
        return base64.b64decode(b"".join(text.split()), validate=True)
    except binascii.Error:
        return data


def broken(kind: Kind, why: str) -> SignatureResult:
    """What is no signature at all."""
    message = f"is no signature that can be read: {why or 'it is damaged'}"
    return SignatureResult(kind=kind, state="invalid", findings=(error("signature-broken", message, advice=_ANOTHER),))


def stamp(requested: SignatureRequest, data: bytes) -> SignatureResult:
    """What is true of a time stamp beside a file."""
    try:
        token = stamps.token_of(data)
        algorithm, _ = stamps.imprint_of(token)
        said = digests.of(requested, algorithm)
        found = stamps.judged(token, requested.trust, said=said)
    except BROKEN as problem:
        return broken("stamp", str(problem))
    findings = [*found.findings]
    if said is None:
        findings.append(_uncounted(algorithm))
    return told("stamp", found, tuple(findings))


def told(kind: Kind, found: stamps.Stamp, findings: tuple[Finding, ...]) -> SignatureResult:
    """A time stamp as a record."""
    at = _iso(found.at)
    state = state_of(findings, proven=bool(found.chain))
    if state == "valid":
        findings = (note("signature-valid", f"stamped by {found.signer} on {at}"), *findings)
    return SignatureResult(
        kind=kind,
        state=state,
        signer=found.signer,
        serial=found.serial,
        issuer=found.issuer,
        stamped=at,
        algorithm=found.algorithm,
        chain=found.chain,
        findings=findings,
    )


def one(
    requested: SignatureRequest, signed: cms.SignedData, info: cms.SignerInfo, kind: Kind = "cms"
) -> SignatureResult:
    """What is true of one signer of a CMS. ``kind`` is «pdf» for one inside a PDF."""
    algorithm = digests.name(info["digest_algorithm"])
    signer = signers.of(signed, info)
    digest = digests.of(requested, algorithm)
    findings: list[Finding] = []
    gost = digests.is_gost(info["signature_algorithm"]["algorithm"].dotted)
    inside = signed["encap_content_info"]["content"].native
    if inside is not None and kind == "cms":
        findings += _content(requested, inside)
    if digest is None:
        findings.append(_uncounted(algorithm))
    elif gost:
        findings += _gost(info, digest)
    else:
        content_type = signed["encap_content_info"]["content_type"].native
        findings += signers.integrity(signed, info, signer, content_type, digest)
    claimed = _attribute(info, "signing_time")
    brought = ocsp.carried(signed, info)
    trust = requested.trust.and_carried(brought.lists, brought.answers)
    stamped, more = _stamped(info, trust)
    followed = chain.Followed()
    if signer.certificate is not None and digest is not None and not gost:
        when = chain.When(stamped or trust.moment(), proven=stamped is not None, claimed=claimed)
        followed = chain.follow(signer.certificate, signer.others, trust, when)
    findings += [*more, *followed.findings, *_archived(info, trust)]
    state = state_of(tuple(findings), proven=bool(followed.names))
    if state in {"valid", "unproven"}:
        findings.insert(0, _summary(signer.name, claimed, stamped))
    return SignatureResult(
        kind=kind,
        state=state,
        signer=signer.name,
        serial=signer.serial,
        issuer=signer.issuer,
        claimed=_iso(claimed) if claimed else None,
        stamped=_iso(stamped) if stamped else None,
        algorithm=algorithm,
        chain=followed.names,
        findings=tuple(findings),
    )


def _summary(name: str, claimed: dt.datetime | None, stamped: dt.datetime | None) -> Finding:
    if stamped:
        return note("signature-valid", f"signed by {name}; a time stamp says: before {_iso(stamped)}")
    if claimed:
        return note("signature-valid", f"signed by {name}, as the signer says on {_iso(claimed)}")
    return note("signature-valid", f"signed by {name}; the time is not stated")


def _content(requested: SignatureRequest, inside: bytes) -> Iterator[Finding]:
    """A CMS may hold the file itself: that must be the one beside it."""
    here = requested.sums.get("sha256")
    counted = digests.of_bytes(inside, "sha256")
    if here is not None and counted is not None and counted.hex() != here:
        message = "the file inside the signature differs from the one next to it"
        yield error("signature-digest", message, advice="take the file from the signature, or from another copy")


def _gost(info: cms.SignerInfo, digest: bytes) -> Iterator[Finding]:
    stated = _attribute(info, "message_digest")
    if stated is not None and stated != digest:
        message = (
            "the signature does not match the file: the file was changed, or the signature belongs to another file"
        )
        yield error("signature-digest", message, advice="take the file, or its signature, from another copy")
    said = "its digest is that of the file" if stated is not None else "it states no digest"
    message = f"a signature by GOST: {said}; the signature itself is not checkable here"
    yield warning("signature-unjudged", message, advice="check it with the program that made it")


def _uncounted(algorithm: str) -> Finding:
    message = f"not checkable here: the checksum {algorithm} of this file cannot be counted"
    return warning("signature-unjudged", message, advice="check it with the program that made it")


def _stamped(info: cms.SignerInfo, trust: Trust) -> tuple[dt.datetime | None, list[Finding]]:
    """When a trusted time stamp says that the signature was there already."""
    for attribute in info["unsigned_attrs"] or ():
        if attribute["type"].native != "signature_time_stamp_token":
            continue
        token = attribute["values"][0]
        algorithm, _ = stamps.imprint_of(token)
        said = digests.of_bytes(info["signature"].native, algorithm)
        found = stamps.judged(token, trust, said=said)
        return (found.at if found.proves else None), list(found.findings)
    return None, []


def _archived(info: cms.SignerInfo, trust: Trust) -> Iterator[Finding]:
    """Archive time stamps (CAdES-A): who renewed it and when. What they cover is not counted, so they prove nothing."""
    for name, token in ocsp.archive_stamps(info):
        said = "it cannot be read"
        if token is not None:
            try:
                found = stamps.judged(token, trust, said=None)
            except BROKEN:
                pass
            else:
                sound = not any(one.severity == "error" for one in found.findings)
                said = (
                    f"by {found.signer} on {_iso(found.at)}, its own signature {'holds' if sound else 'does not hold'}"
                )
        message = f"renewed for the archive ({name}): {said}; whether it covers the signature is not checked here"
        yield note("signature-archive-stamp", message)


def _attribute(info: cms.SignerInfo, name: str) -> Any:
    for attribute in info["signed_attrs"] or ():
        if attribute["type"].native == name:
            return attribute["values"][0].native
    return None


def state_of(findings: tuple[Finding, ...], *, proven: bool) -> State:
    """In a word what these findings come to."""
    errors = {found.code for found in findings if found.severity == "error"}
    if errors - {"signature-unproven"}:
        return "invalid"
    if errors:
        return "unproven"
    if any(found.code == "signature-unjudged" for found in findings):
        return "unjudged"
    return "valid" if proven else "unproven"


def _iso(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
