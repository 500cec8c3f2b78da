"""Signatures and time stamps inside a PDF (ISO 32000-2, 12.8; PAdES), read by pyHanko."""

from __future__ import annotations

import io
from typing import Any

import msgspec
from asn1crypto import cms
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel

from coursepack.place import Finding, error, note, warning
from coursepack.registrar.signatures import digests, judge, stamps
from coursepack.registrar.signatures.protocol import SignatureRequest, SignatureResult


def judged(requested: SignatureRequest) -> list[SignatureResult]:
    """What is true of each signature in a PDF, in the order in which they were made."""
    try:
        reader = PdfFileReader(io.BytesIO(requested.content or b""), strict=False)
        requested = msgspec.structs.replace(requested, trust=requested.trust.and_carried(*_store(reader)))
        return [_one(requested, found) for found in reader.embedded_signatures]
    except (PdfError, SignatureValidationError, *judge.BROKEN) as problem:
        return [judge.broken("pdf", str(problem))]


def _store(reader: PdfFileReader) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """The revocation lists and the answers of OCSP that the PDF keeps for its signatures (DSS)."""
    try:
        store = reader.root["/DSS"]
    except KeyError:
        return (), ()
    lists, answers = (
        tuple(bytes(one.get_object().data) for one in store.get(name, ())) for name in ("/CRLs", "/OCSPs")
    )
    return lists, answers


def _one(requested: SignatureRequest, found: Any) -> SignatureResult:
    """One signature (pyHanko's ``EmbeddedPdfSignature``, half of which has no types)."""
    if found.sig_object_type == "/DocTimeStamp":
        token = cms.ContentInfo({"content_type": "signed_data", "content": found.signed_data})
        algorithm, _ = stamps.imprint_of(token)
        stamp = stamps.judged(token, requested.trust, said=found.compute_digest(algorithm))
        return judge.told("pdf", stamp, (*stamp.findings, *_changes(found)))
    algorithm = digests.name(found.signer_info["digest_algorithm"])
    mine = SignatureRequest("pdf", b"", {algorithm: found.compute_digest().hex()}, None, requested.trust)
    stated = judge.one(mine, found.signed_data, found.signer_info, "pdf")
    findings = (*stated.findings, *_changes(found))
    state = judge.state_of(findings, proven=bool(stated.chain))
    kept = tuple(one for one in findings if state != "invalid" or one.code != "signature-valid")
    return msgspec.structs.replace(stated, findings=kept, state=state)


def _changes(found: Any) -> list[Finding]:
    """What was added to the PDF after it was signed."""
    found.compute_integrity_info()
    if found.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return []
    if found.coverage is not None and found.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return [error("signature-digest", "the signature does not cover the whole PDF as it was then")]
    level = getattr(found.diff_result, "modification_level", None)  # none: a change that nobody may make
    if level in {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES}:
        return [note("signature-added", "something was added after the signed part; it changes nothing in it")]
    if level == ModificationLevel.FORM_FILLING:
        return [note("signature-added", "after it was signed, forms were filled in or others signed")]
    if level == ModificationLevel.ANNOTATIONS:
        return [warning("signature-added", "after it was signed, notes were added")]
    return [error("signature-digest", "the PDF was changed after it was signed", advice="restore it from another copy")]
