"""From a signer's certificate to one that is trusted (RFC 5280), and the revocation lists on the way.

Paths are pyhanko-certvalidator's. Revocation is looked up here: an archive is checked when its lists are long out of
date, and what an old list says of a revoked certificate stays true.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import CertificateRevocationList, ReasonFlags
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import ExpiredError, NotYetValidError, PathBuildingError, PathError, ValidationError

from coursepack.place import Finding, error, note, warning
from coursepack.registrar.signatures import ocsp
from coursepack.registrar.signatures.protocol import Trust

_HARMLESS = {ReasonFlags.unspecified, ReasonFlags.affiliation_changed, ReasonFlags.superseded}
_HARMLESS |= {ReasonFlags.cessation_of_operation}
"""Reasons for which what a time stamp authority stamped before stays valid (RFC 3161, 4)."""
_SIGNING = {"digital_signature", "non_repudiation"}


@dataclass(frozen=True)
class Followed:
    """The names from a certificate to the trusted one (none: there is no way), and what was found on it."""

    names: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class When:
    """The moment for which a certificate is asked; ``proven`` by a time stamp. ``claimed``: what the signer says."""

    moment: dt.datetime
    proven: bool = False
    claimed: dt.datetime | None = None


def follow(
    signer: asn1.Certificate, others: Sequence[asn1.Certificate], trust: Trust, when: When, *, stamps: bool = False
) -> Followed:
    """Follow the chain of a certificate; ``stamps``: it is to be one of a time stamp authority."""
    name = human(signer)
    if not trust.roots:
        message = f"who {name} is was not checked: no trust store was given"
        return Followed(findings=(warning("signature-unproven", message, advice="--trust FILE or DIR names one"),))
    try:
        path, found = _path(signer, others, trust, when, stamps=stamps)
    except PathBuildingError:
        message = f"who {name} is is not proven: the certificate does not lead to a trusted one"
        return Followed(findings=(error("signature-unproven", message, advice="is the right trust store given?"),))
    except (ExpiredError, NotYetValidError):
        message = f"the certificate of {name}, or one above it, is not valid on {day(when.moment)}: {span(signer)}"
        return Followed(findings=(error("signature-expired", message, advice="ask the signer to sign again"),))
    except (ValidationError, PathError, ValueError, UnsupportedAlgorithm) as problem:
        message = f"the chain of the certificate of {name} does not hold: {problem}"
        return Followed(findings=(error("signature-chain", message),))
    usage = signer.key_usage_value
    if not stamps and usage is not None and not _SIGNING & set(usage.native):
        message = f"the certificate of {name} is not for signing"
        found.append(error("signature-chain", message))
    found += _revocation(path, trust, when, stamps=stamps)
    return Followed(tuple(human(one) for one in path), tuple(found))


def _path(
    signer: asn1.Certificate, others: Sequence[asn1.Certificate], trust: Trust, when: When, *, stamps: bool
) -> tuple[list[asn1.Certificate], list[Finding]]:
    """The path, from the signer up. One that has expired since is followed at the time that the signer states."""
    try:
        return _validated(signer, others, trust, when.moment, stamps=stamps), []
    except ExpiredError:
        if when.proven or when.claimed is None:
            raise
        path = _validated(signer, others, trust, when.claimed, stamps=stamps)
        name, stated, used = human(signer), span(signer), day(when.claimed)
        message = (
            f"the certificate of {name} has expired ({stated}); that it was used before, on {used}, the signer says"
        )
        return path, [warning("signature-expired", message, advice="a time stamp would prove it")]


def _validated(
    signer: asn1.Certificate, others: Sequence[asn1.Certificate], trust: Trust, moment: dt.datetime, *, stamps: bool
) -> list[asn1.Certificate]:
    context = ValidationContext(
        trust_roots=[asn1.Certificate.load(one) for one in trust.roots],
        other_certs=others,
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    validator = CertificateValidator(signer, others, context)
    requested: Any = validator  # has no types
    path = requested.async_validate_usage(set(), {"time_stamping"}) if stamps else requested.async_validate_path()
    return list(reversed(list(_at_once(path))))


def _at_once(requested: Coroutine[Any, Any, Any]) -> Any:
    """The result of a coroutine that waits for nothing: nothing is fetched, and an event loop wants a socket, which the
    child has not."""
    try:
        requested.send(None)
    except StopIteration as done:
        return done.value
    raise RuntimeError("the validation of a path waits for something")


def _revocation(path: Sequence[asn1.Certificate], trust: Trust, when: When, *, stamps: bool) -> Iterator[Finding]:
    lists = list(_lists(trust))
    for below, above in pairwise(path):
        mine = [one for one in lists if _is_of(one, above)]
        answers = list(ocsp.said_of(trust.answers, below, above))
        name = human(below)
        if not mine and not answers:
            message = f"whether the certificate of {name} was revoked is not known: no list of {human(above)} was given"
            yield note("signature-revocation", message, advice="--crl FILE or DIR names lists")
        for one in mine:
            entry = one.get_revoked_certificate_by_serial_number(below.serial_number)
            if entry is not None:
                yield from _revoked(entry.revocation_date_utc, _reason(entry), name, when, stamps=stamps)
        for said in answers:
            if said.revoked is not None:
                yield from _revoked(said.revoked, said.reason, name, when, stamps=stamps)
        until = [*(one.next_update_utc for one in mine), *(said.until or said.at for said in answers)]
        latest = max((one for one in until if one), default=None)
        if latest is not None and latest < when.moment:
            message = f"the newest list of {human(above)} was to be replaced by {day(latest)}: later ones may say more"
            yield note("signature-revocation", message)


def _lists(trust: Trust) -> Iterator[CertificateRevocationList]:
    for one in trust.lists:
        try:
            yield x509.load_der_x509_crl(one)
        except ValueError:
            continue  # one that a signature brings along; those that were named are read before


def _is_of(listed: CertificateRevocationList, issuer: asn1.Certificate) -> bool:
    try:
        above = x509.load_der_x509_certificate(issuer.dump())
        return listed.issuer == above.subject and listed.is_signature_valid(above.public_key())  # type: ignore[arg-type] # a key of another kind raises
    except (TypeError, ValueError, UnsupportedAlgorithm):
        return False


def _reason(entry: x509.RevokedCertificate) -> ReasonFlags | None:
    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except x509.ExtensionNotFound:
        return None


def _revoked(at: dt.datetime, reason: ReasonFlags | None, name: str, when: When, *, stamps: bool) -> Iterator[Finding]:
    if reason is ReasonFlags.remove_from_crl:
        return
    later = when.proven and at > when.moment
    if later and (not stamps or reason in _HARMLESS):
        yield note("signature-revoked-later", f"the certificate of {name} was revoked on {day(at)}, after it was used")
    else:
        message = f"the certificate of {name} was revoked on {day(at)}"
        yield error("signature-revoked", message, advice="ask the signer what applies")


# --- words -----------------------------------------------------------------------------------------------------------


def human(certificate: asn1.Certificate) -> str:
    """The name of whom a certificate is of: the common name, else all that is said."""
    subject = certificate.subject.native
    name = subject.get("common_name") or certificate.subject.human_friendly
    return str(name[0] if isinstance(name, list) else name)


def span(certificate: asn1.Certificate) -> str:
    """From when until when it is valid."""
    return f"{day(certificate.not_valid_before)} – {day(certificate.not_valid_after)}"


def day(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).date().isoformat()
