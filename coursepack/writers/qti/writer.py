"""QTI packages of a course's questions, or of a bank: for 2.1, 2.2 and 3.0 one writer and one table of differences.

They hold keys and grader's notes, as Moodle XML does: products for teachers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import msgspec
from lxml import etree

from coursepack.files.member import Member
from coursepack.ims import lom
from coursepack.ims.asi import LOM, QTI21, QTI22, QTI30, QtiVersion
from coursepack.languages.catalogues import words
from coursepack.model.artifact import Artifact, Bank, Written
from coursepack.model.course import Course
from coursepack.place import CoursepackError, Finding, error, note
from coursepack.writers import Context, Writer
from coursepack.writers.qti import metadata
from coursepack.writers.qti.package import PackageWriter
from coursepack.writers.question_bank import BankItem, Category, Entry, bank_entries, course_entries
from coursepack.writers.spool import FindingLimiter

Element = etree._Element

MOST = 10_000
"""Questions of a package: so many files and entries of a manifest any reader takes."""
LAYERS = ("container", "qti-package")


class QtiOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``split``: at most so many questions a package."""

    split: int | None = None


def write(version: QtiVersion, name: str, course: Course, context: Context) -> Written:
    """The course's bank: a section a session with review questions, and the exam's."""

    def about() -> Element:
        root = etree.Element(f"{{{LOM}}}lom", nsmap={None: LOM})  # type: ignore[dict-item]  # the stubs know no default prefix
        return lom.describe(root, course, vocabulary=True)

    home = (course.id, course.title, course.language)
    return _written(version, name, home, course_entries(course), about, context, empty=note)


def write_bank(version: QtiVersion, name: str, bank: Bank, context: Context) -> Written:
    """Questions without a course, in the categories that their file gave them."""
    about = partial(metadata.of_bank, bank.title, bank.id, bank.language)
    home = (bank.id, bank.title, bank.language)
    return _written(version, name, home, bank_entries(bank), about, context, empty=error)


def _written(
    version: QtiVersion,
    name: str,
    home: tuple[str, str, str],
    entries: Iterable[Entry],
    about: Callable[[], Element],
    context: Context,
    *,
    empty: Callable[..., Finding],
) -> Written:
    identifier, title, language = home
    split = context.options.split if isinstance(context.options, QtiOptions) else None
    if split is not None and split < 1:
        raise CoursepackError(f"split = {split}, expected at least one question a file")
    reported, packages = FindingLimiter(), list[tuple[Member, ...]]()
    for part in _parts(entries, split or MOST):
        stem = f"{identifier}-{name}" + (f"-{len(packages) + 1}" if packages else "")
        writer = PackageWriter(
            version=version,
            name=stem,
            title=title,
            language=language,
            assets=context.assets,
            say=words(language, "cartridge"),
            lom=about(),
            tool=context.version,
        )
        packages.append(writer.packaged(_telling(part, writer.findings, reported)))
        reported.take(writer.findings)
    findings = reported.all()
    if not packages:
        findings += (empty("qti-empty", f"there is no question, so no {name} was written"),)
    if len(packages) > 1 and split is None:
        stated = f"more than {MOST} questions: {len(packages)} packages are written"
        findings += (note("qti-packages", stated, advice="--split says how many questions a package holds"),)
    width = len(str(len(packages)))
    return Written(
        tuple(
            _artifact(f"{identifier}-{name}{f'-{at:0{width}d}' if len(packages) > 1 else ''}.zip", name, members, title)
            for at, members in enumerate(packages, 1)
        ),
        findings,
    )


def _telling(entries: Iterator[Entry], findings: list[Finding], reported: FindingLimiter) -> Iterator[Entry]:
    """The entries; what was found goes over after each, so that many findings take no memory."""
    for entry in entries:
        yield entry
        reported.take(findings)


def _parts(entries: Iterable[Entry], most: int) -> Iterator[Iterator[Entry]]:
    """Entries of at most so many questions each; each part begins with the category that holds there. A part must be
    read to its end before the next."""
    rest, count = iter(entries), 0
    here: list[Entry] = []

    def part() -> Iterator[Entry]:
        nonlocal count, here
        yield from here
        count = sum(isinstance(entry, BankItem) for entry in here)
        kept: list[Entry] = [entry for entry in here if isinstance(entry, Category)]
        here = kept[-1:]
        while count < most:
            entry = next(rest, None)
            if entry is None:
                return
            if isinstance(entry, Category):
                here = [entry]
            else:
                count += 1
            yield entry

    while True:
        first = list(_until_item(rest))
        if not first or not isinstance(first[-1], BankItem):
            return
        here = [*here, *first]
        yield part()


def _until_item(entries: Iterator[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        if isinstance(entry, BankItem):
            return


def _artifact(file: str, name: str, members: tuple[Member, ...], title: str) -> Artifact:
    return Artifact(name=file, format=name, members=members, layers=LAYERS, audience="teacher", title=title)


def _writer(version: QtiVersion, name: str) -> Writer:
    return Writer(
        name=name,
        summary=f"QTI {version.name}: a package of items and their test, for TAO, Inspera, OpenOlat and others",
        write=partial(write, version, name),
        table="qti",
        options=QtiOptions,
        default=False,
        write_bank=partial(write_bank, version, name),
    )


qti21 = _writer(QTI21, "qti21")
qti22 = _writer(QTI22, "qti22")
qti3 = _writer(QTI30, "qti3")
