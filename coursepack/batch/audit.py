"""Thousands of bags: which of them are due, each verified once, what changed since the last time.

What was found stands in the register of the archive (``registrar.events``) as soon as it is known; an audit that was
stopped goes on with the bags that it has no event of.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from coursepack.batch import bags as batch
from coursepack.batch.engines import Engine
from coursepack.place import CoursepackError, Finding, Place, Severity, error, has_errors
from coursepack.registrar import catalogue, rebuild
from coursepack.registrar.events import Event, Outcome, Register, now
from coursepack.registrar.signatures.protocol import SignatureResult, Trust
from coursepack.registrar.verify import Verified

_FLUSH = 0.5
"""Seconds after which what was found is written down: so much work a killed audit loses."""


class BagRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of a bag after an audit: ``outcome`` of its last verification, ``at`` when. ``findings`` and
    ``signatures`` are there where it was verified by this run; ``codes`` always."""

    bag: str
    year: str = ""
    outcome: str
    at: str = ""
    codes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    signatures: tuple[SignatureResult, ...] = ()


@dataclass(frozen=True)
class AuditScope:
    """What is verified: bags whose last good verification is older than so many days (None: all), and of those a sample
    of so many, drawn by ``seed``. ``again``: an audit that was stopped is not gone on with."""

    older_than: int | None = None
    sample: int | None = None
    seed: str = "0"
    again: bool = False

    def name(self) -> str:
        return f"older-than={self.older_than} sample={self.sample} seed={self.seed}"


@dataclass
class Audit:
    """An audit of one folder. ``rows`` are of the bags that it verified, by path; ``broke`` to ``gone`` tell what
    changed since; ``ages`` is how many days ago each bag of the folder was verified before (None: never)."""

    folder: Path
    bags: int = 0
    due: int = 0
    resumed: int = 0
    rows: list[BagRow] = field(default_factory=list)
    broke: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    ages: dict[str, int | None] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0


def is_archive(path: Path) -> bool:
    """Whether a folder is no bag and holds some."""
    if not path.is_dir() or catalogue.is_one(path):
        return False
    return next(catalogue.bags_in(path), None) is not None


class Auditor:
    """Audits one folder: ``due`` says how many bags are to be verified, ``run`` verifies them one after another."""

    def __init__(self, folder: Path, requested: AuditScope) -> None:
        self._asked = requested
        self.audit = Audit(folder)
        self._started = time.monotonic()
        self.audit.findings = catalogue.update(folder).findings
        self._paths = {catalogue.name_of(path, folder): path for path in catalogue.bags_in(folder)}
        with Register(folder) as register:
            self._run, _, self.goes_on = register.open_run(requested.name(), again=requested.again)
            self._done, self._before = register.of_run(self._run), register.before(self._run)
            self._years = register.years()
        self.due = self._due()

    def _due(self) -> list[str]:
        today = dt.datetime.now(dt.UTC)
        ages = {name: _age(self._before.get(name), today) for name in self._paths}
        chosen = [name for name in self._paths if self._is_due(name, ages[name])]
        if self._asked.sample is not None:
            chosen = sorted(chosen, key=self._drawn)[: self._asked.sample]
        audit = self.audit
        audit.bags, audit.due, audit.ages = len(self._paths), len(chosen), ages
        audit.resumed = sum(name in self._done for name in chosen)
        # What nobody has looked at for longest comes first: a run that is stopped has done what was most needed.
        chosen.sort(key=lambda name: (-_oldest(ages[name]), name))
        return chosen

    def _is_due(self, name: str, age: int | None) -> bool:
        last = self._before.get(name)
        if self._asked.older_than is None or age is None or (last and last.outcome != "pass"):
            return True
        return age >= self._asked.older_than

    def _drawn(self, name: str) -> str:
        return hashlib.sha256(f"{self._asked.seed}\n{name}".encode()).hexdigest()

    def run(self, templates: rebuild.Templates | None, trust: Trust, engine: Engine | None) -> Iterator[int]:
        """Verify what is due and not done; gives how many are done after each."""
        left = [name for name in self.due if name not in self._done]
        found = batch.verified([self._paths[name] for name in left], templates, engine, trust)
        rows = {name: self._known(name, event) for name, event in self._done.items() if name in set(self.due)}
        waiting: list[Event] = []
        flushed = time.monotonic()
        with Register(self.audit.folder) as register:
            try:
                for number, (name, verified) in enumerate(zip(left, found, strict=True), 1):
                    rows[name] = row = self._row(name, verified, register.forged(name, self._paths[name]))
                    waiting.append(Event(name, row.at, row.outcome, row.codes))
                    if time.monotonic() - flushed > _FLUSH:
                        register.note(waiting, self._run)
                        waiting, flushed = [], time.monotonic()
                    yield self.audit.resumed + number
            finally:
                register.note(waiting, self._run)
            register.close_run(self._run)
        self.audit.rows = [rows[name] for name in sorted(rows)]
        self._compare()
        self.audit.seconds = time.monotonic() - self._started

    def _row(self, name: str, verified: Verified | CoursepackError, forged: str | None) -> BagRow:
        if isinstance(verified, CoursepackError):
            found = error("bag-unusable", verified.message, verified.place, verified.advice or "")
            return self._made(name, "unusable", (found,), ())
        if forged is not None and not has_errors(verified.findings):
            message = f"the catalogue entry does not agree with the bag: {forged}"
            place = Place(str(self._paths[name]))
            verified.findings.append(
                error("catalogue-entry", message, place, "«coursepack catalogue --anew» reads the bags again")
            )
        bad = any(one.severity is Severity.ERROR for one in verified.findings)
        return self._made(name, "fail" if bad else "pass", tuple(verified.findings), tuple(verified.signatures))

    def _made(
        self, name: str, outcome: Outcome, findings: tuple[Finding, ...], signed: tuple[SignatureResult, ...]
    ) -> BagRow:
        codes = tuple(sorted({one.code for one in findings if one.severity is not Severity.NOTE}))
        year = self._years.get(name, "")
        return BagRow(bag=name, year=year, outcome=outcome, at=now(), codes=codes, findings=findings, signatures=signed)

    def _known(self, name: str, event: Event) -> BagRow:
        return BagRow(bag=name, year=self._years.get(name, ""), outcome=event.outcome, at=event.at, codes=event.codes)

    def _compare(self) -> None:
        """What changed since the verifications before this audit."""
        audit, before = self.audit, self._before
        for row in audit.rows:
            last = before.get(row.bag)
            if last is None:
                audit.new.append(row.bag)
            elif (last.outcome == "pass") != (row.outcome == "pass"):
                (audit.mended if row.outcome == "pass" else audit.broke).append(row.bag)
        audit.gone = sorted(before.keys() - self._paths.keys())


def _oldest(age: int | None) -> int:
    return 10**9 if age is None else age


def _age(event: Event | None, today: dt.datetime) -> int | None:
    return None if event is None else (today - dt.datetime.fromisoformat(event.at)).days


@dataclass(frozen=True)
class ProblemGroup:
    """One thing that is wrong, with the bags of which it is said."""

    code: str
    bags: list[str]


def groups(rows: Sequence[BagRow]) -> list[ProblemGroup]:
    """What is wrong with bags that are not sound, what most of them have first."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.outcome != "pass":
            for code in row.codes:
                found.setdefault(code, []).append(row.bag)
    return sorted(
        (ProblemGroup(code, names) for code, names in found.items()), key=lambda one: (-len(one.bags), one.code)
    )
