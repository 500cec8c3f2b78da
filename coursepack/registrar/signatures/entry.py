"""What a child process (``coursepack.isolated``) is asked."""

from __future__ import annotations

import msgspec

from coursepack.registrar.signatures import judge, pdf
from coursepack.registrar.signatures.told import Asked, Signature


def judged(payload: bytes) -> list[Signature]:
    """What is true of what ``Asked`` (MessagePack) asks."""
    asked = msgspec.msgpack.decode(payload, type=Asked)
    return pdf.judged(asked) if asked.kind == "pdf" else judge.judged(asked)
