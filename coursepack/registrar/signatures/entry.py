"""What a child process (``coursepack.isolated``) is asked."""

from __future__ import annotations

import msgspec

from coursepack.registrar.signatures import judge, pdf
from coursepack.registrar.signatures.protocol import SignatureRequest, SignatureResult


def judged(payload: bytes) -> list[SignatureResult]:
    """What is true of what ``Asked`` (MessagePack) asks."""
    requested = msgspec.msgpack.decode(payload, type=SignatureRequest)
    return pdf.judged(requested) if requested.kind == "pdf" else judge.judged(requested)
