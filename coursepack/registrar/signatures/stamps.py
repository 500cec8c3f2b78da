"""Time stamp tokens (RFC 3161): beside a file, or inside a signature."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from asn1crypto import cms, tsp

from coursepack.place import Finding, error
from coursepack.registrar.signatures import chain, digests
from coursepack.registrar.signatures.protocol import Trust


class NoStampError(ValueError):
    """The bytes are no time stamp."""


@dataclass(frozen=True)
class Stamp:
    """A token: when it says that it was made, of what, by whom; ``sound`` and trusted when nothing bad was found."""

    at: dt.datetime
    algorithm: str
    imprint: bytes
    signer: str
    serial: str
    issuer: str
    chain: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def proves(self) -> bool:
        """Whether the time is proven: a trusted authority says so."""
        return bool(self.chain) and not any(one.severity == "error" for one in self.findings)


def token_of(data: bytes) -> cms.ContentInfo:
    """The token of a response (``.tsr``), or of a bare token. Raises ``NoStampError``."""
    try:
        found = cms.ContentInfo.load(data, strict=True)
        if found["content_type"].native == "signed_data":
            return found
    except (ValueError, TypeError, KeyError):
        pass
    try:
        response = tsp.TimeStampResp.load(data, strict=True)
        status = response["status"]["status"].native
        token = response["time_stamp_token"]
        if status not in {"granted", "granted_with_mods"} or token.native is None:
            raise NoStampError(f"the authority refused it: {status}")
        return cms.ContentInfo.load(token.dump(), strict=True)
    except NoStampError:
        raise
    except (ValueError, TypeError, KeyError) as problem:
        raise NoStampError(str(problem)) from None


def is_token(signed: cms.SignedData) -> bool:
    return bool(signed["encap_content_info"]["content_type"].native == "tst_info")


def judged(token: cms.ContentInfo, trust: Trust, *, said: bytes | None) -> Stamp:
    """What is true of a token whose imprint is to be ``said`` (its bytes counted by the token's algorithm; None: not
    countable here). Raises ``ValueError`` and what asn1crypto raises for what is no token."""
    from coursepack.registrar.signatures import signers

    signed = token["content"]
    if not is_token(signed):
        raise NoStampError("no time stamp is in it")
    raw = signed["encap_content_info"]["content"].parsed
    info = raw if isinstance(raw, tsp.TSTInfo) else tsp.TSTInfo.load(signed["encap_content_info"]["content"].contents)
    at = info["gen_time"].native
    algorithm, imprint = imprint_of(token)
    (one,) = signed["signer_infos"]
    signer = signers.of(signed, one)
    findings = list(signers.integrity(signed, one, signer, "tst_info", None))
    if said is not None and said != imprint:
        findings.append(
            error("signature-stamp", "the time stamp does not match the file", advice="the file was changed")
        )
    followed = chain.Followed()
    if signer.certificate is not None:
        followed = chain.follow(signer.certificate, signer.others, trust, chain.When(at, proven=True), stamps=True)
    return Stamp(
        at,
        algorithm,
        imprint,
        signer.name,
        signer.serial,
        signer.issuer,
        followed.names,
        (*findings, *followed.findings),
    )


def imprint_of(token: cms.ContentInfo) -> tuple[str, bytes]:
    """The name of the algorithm, and the checksum that was stamped."""
    content = token["content"]["encap_content_info"]["content"]
    info = content.parsed if isinstance(content.parsed, tsp.TSTInfo) else tsp.TSTInfo.load(content.contents)
    imprint = info["message_imprint"]
    return digests.name(imprint["hash_algorithm"]), imprint["hashed_message"].native
