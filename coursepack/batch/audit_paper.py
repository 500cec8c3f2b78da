"""What an audit found as a paper for the files: PDF/A by Typst, as the papers of a course are printed.

The plots stay on the page (``audit_page``); here stand the figures, what is wrong, and who signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from coursepack.batch.audit import Audit, BagRow, groups
from coursepack.languages.messages import Messages
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Block, Cell, Heading, Paragraph, Run, Table
from coursepack.model.blocks import Row as TableRow
from coursepack.registrar.signatures.protocol import SignatureResult
from coursepack.render.docx_file import DocxFile
from coursepack.render.docx_new import new_package
from coursepack.render.docx_styles import styles_part
from coursepack.render.ooxml import OoxmlRenderer
from coursepack.render.typst.pdf import TypstPrinter
from coursepack.render.wml import make, section

_WORDS = {"pass": "sound", "fail": "not as archived", "unusable": "cannot be read"}


def pdf(audits: Sequence[Audit], say: Messages) -> bytes:
    """The paper. Raises ``CoursepackError`` where Typst is not installed."""
    file = DocxFile.open(
        "audit", new_package(make("body", [section()]), styles_part(), headers={}, footers={}), say.language
    )
    render = OoxmlRenderer(file, Assets(), body="Normal")
    last = file.body[-1]
    for element in render.elements(tuple(_blocks(audits, say))):
        last.addprevious(element)
    file.set_language()
    file.set_properties(say("Audit of an archive"), "")
    members = {member.path: member.read() for member in file.members()}
    with TypstPrinter() as printer:
        return printer.pdf(
            "audit.pdf", members, msgspec.json.encode([row for each in audits for row in each.rows])
        ).data


def _blocks(audits: Sequence[Audit], say: Messages) -> Iterator[Block]:
    rows = [row for audit in audits for row in audit.rows]
    yield _heading(1, say("Audit of an archive"))
    counted = [("bags verified", len(rows))]
    counted += [(word, sum(row.outcome == outcome for row in rows)) for outcome, word in _WORDS.items()]
    yield _table([[say(word), str(number)] for word, number in counted])
    for audit in audits:
        for word, names in (
            ("sound before, not sound now", audit.broke),
            ("not sound before, sound now", audit.mended),
            ("gone", audit.gone),
        ):
            if names:
                yield _text(f"{say(word)}: {', '.join(names)}")
    if found := groups(rows):
        yield _heading(2, say("What is wrong"))
        yield _table([[str(len(group.bags)), group.code, ", ".join(group.bags)] for group in found])
    for row in rows:
        yield from _bag(row, say)
    sound = [row.bag for row in rows if row.outcome == "pass" and not row.findings and not row.signatures]
    if sound:
        yield _heading(2, say("Sound bags"))
        yield _text(", ".join(sound))


def _bag(row: BagRow, say: Messages) -> Iterator[Block]:
    if row.outcome == "pass" and not row.findings and not row.signatures:
        return
    yield _heading(2, f"{row.bag}: {say(_WORDS[row.outcome])}")
    for finding in row.findings:
        yield _text(say(finding))
    if row.signatures:
        head = [say(word) for word in ("File", "Signed by", "When", "Certificates")]
        yield _table([head, *map(_signature, row.signatures)], head=1)


def _signature(one: SignatureResult) -> list[str]:
    return [one.of, f"{one.signer} {one.serial}".strip(), one.stamped or one.claimed or "", " → ".join(one.chain)]


def _heading(level: int, text: str) -> Heading:
    return Heading(level=level, content=(Run(text=text),))


def _text(text: str) -> Paragraph:
    return Paragraph(content=(Run(text=text),))


def _table(rows: list[list[str]], head: int = 0) -> Table:
    cells = (
        TableRow(cells=tuple(Cell(blocks=(_text(text),), header=number < head) for text in row))
        for number, row in enumerate(rows)
    )
    return Table(rows=tuple(cells), header_rows=head)
