"""What is asked of the child that judges, and what it says: data, for it crosses a process."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from coursepack.place import Finding

Kind = Literal["cms", "stamp", "pdf"]
State = Literal["valid", "unproven", "unjudged", "invalid"]


class Trust(msgspec.Struct, frozen=True):
    """What a registrar trusts: certificates, revocation lists and answers of OCSP (DER), and the moment at which they
    are asked (an ISO date; none: now)."""

    roots: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()
    at: str | None = None
    answers: tuple[bytes, ...] = ()

    def and_carried(self, lists: tuple[bytes, ...], answers: tuple[bytes, ...]) -> Trust:
        """With the lists and answers that a signature brings along: each is believed as far as its issuer signed it."""
        return Trust(self.roots, (*self.lists, *lists), self.at, (*self.answers, *answers))

    def moment(self) -> dt.datetime:
        """The end of the day that was asked for, or now: it decides what has expired, and stands in no product."""
        now = dt.datetime.now(dt.UTC)
        if self.at is None:
            return now
        return dt.datetime.fromisoformat(self.at).replace(hour=23, minute=59, second=59, tzinfo=dt.UTC)


class SignatureRequest(msgspec.Struct, frozen=True):
    """One signature to be judged. ``sums``: algorithm → checksum of the file in hex letters. ``content``: its bytes,
    where they are few enough for the algorithms of GOST; for a PDF always. ``kind`` is what its name says; a time stamp
    may be a CMS file by its name."""

    kind: Kind
    signature: bytes
    sums: dict[str, str] = {}
    content: bytes | None = None
    trust: Trust = Trust()


class SignatureResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One signer or time stamp. Times are ISO 8601 in UTC: ``claimed`` is what the signer says, ``stamped`` what a time
    stamp proves. ``chain`` are the names of the certificates from the signer to one that is trusted; empty where there
    is none. ``state``: ``unproven`` fits the file, but who signed is not proven here; ``unjudged`` could not be
    checked."""

    file: str = ""
    of: str = ""
    kind: Kind
    state: State
    signer: str = ""
    serial: str = ""
    issuer: str = ""
    claimed: str | None = None
    stamped: str | None = None
    algorithm: str = ""
    chain: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
