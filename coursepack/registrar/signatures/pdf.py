"""Signatures and time stamps inside a PDF (ISO 32000-2, 12.8; PAdES), read by pyHanko."""

from __future__ import annotations

import io

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from coursepack.place import Finding, error, note, warning
from coursepack.registrar.signatures import judge, stamps
from coursepack.registrar.signatures.told import Asked, Signature


def judged(asked: Asked) -> list[Signature]:
    """What is true of each signature in a PDF, in the order in which they were made."""
    try:
        reader = PdfFileReader(io.BytesIO(asked.content or b""), strict=False)
        return [_one(asked, found) for found in reader.embedded_signatures]
    except (PdfError, SignatureValidationError, *judge._BROKEN) as problem:
        return [judge.broken("pdf", str(problem))]


def _one(asked: Asked, found: EmbeddedPdfSignature) -> Signature:
    digest = found.compute_digest()
    if found.sig_object_type == "/DocTimeStamp":
        token = found.signed_data
        content = judge.cms.ContentInfo({"content_type": "signed_data", "content": token})
        stamp = stamps.judged(content, asked.trust, said=found.compute_tst_digest() or digest)
        return judge.told("pdf", stamp, (*stamp.findings, *_changes(found)))
    algorithm = judge.digests.name(found.signer_info["digest_algorithm"])
    mine = Asked("pdf", b"", {algorithm: digest.hex()}, None, asked.trust)
    said = judge.one(mine, found.signed_data, found.signer_info, "pdf")
    findings = (*said.findings, *_changes(found))
    state = judge.state_of(findings, proven=bool(said.chain))
    kept = tuple(one for one in findings if state != "invalid" or one.code != "signature-valid")
    return judge.msgspec.structs.replace(said, findings=kept, state=state)


def _changes(found: EmbeddedPdfSignature) -> list[Finding]:
    """What was added to the PDF after it was signed."""
    found.compute_integrity_info()
    coverage, level = found.coverage, None
    if coverage is not None and coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return [error("signature-digest", "the signature does not cover the whole PDF as it was then")]
    if coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return []
    level = found.summarise_integrity_info().get("modification_level")
    if level in {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES}:
        return []
    if level == ModificationLevel.FORM_FILLING:
        return [note("signature-added", "after it was signed, forms were filled in or others signed")]
    if level == ModificationLevel.ANNOTATIONS:
        return [warning("signature-added", "after it was signed, notes were added")]
    return [error("signature-digest", "the PDF was changed after it was signed", advice="take it from another copy")]
