"""Small packages of every dialect, made by hand."""

from __future__ import annotations

import io
import zipfile
from html import escape
from pathlib import Path

from coursepack import readers
from coursepack.model.blocks import block_text
from coursepack.model.questions import Question
from coursepack.place import Finding
from coursepack.readers import question_xml
from coursepack.readers.qti import reader as qti

Members = dict[str, bytes | str]
V21 = 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"'
V30 = 'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"'
MATCH_CORRECT = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
MAP_RESPONSE = '<responseProcessing template="https://elsewhere.example/v9/rptemplates/map_response.xml"/>'


def zipped(members: Members) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def read(folder: Path, members: Members, name: str = "p.zip") -> tuple[list[Question], list[Finding], list[bytes]]:
    """Questions, findings and pictures of a package."""
    path = folder / name
    path.write_bytes(zipped(members))
    found = qti.read(path)
    return list(found.bank.questions()), found.findings, list(found.assets.data.values())


def read_xml(folder: Path, text: str | bytes) -> tuple[list[Question], list[Finding]]:
    """Questions and findings of a single document."""
    path = folder / "item.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = question_xml.read(path)
    return list(found.bank.questions()), found.findings


def one(folder: Path, text: str) -> Question:
    """The only question of a document, of which nothing is to be told."""
    questions, findings = read_xml(folder, text)
    assert [str(f) for f in findings] == []
    [question] = questions
    return question


def response(kind: str = "identifier", many: str = "single", right: tuple[str, ...] = (), more: str = "") -> str:
    values = "".join(f"<value>{escape(value)}</value>" for value in right)
    correct = f"<correctResponse>{values}</correctResponse>" if right else ""
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{many}" baseType="{kind}">{correct}{more}'
        "</responseDeclaration>"
    )


def mapping(entries: dict[str, float], more: str = "", each: str = "") -> str:
    inner = "".join(
        f'<mapEntry mapKey="{escape(key)}" mappedValue="{value}" {each}/>' for key, value in entries.items()
    )
    return f'<mapping defaultValue="0" {more}>{inner}</mapping>'


def item(declared: str, body: str, rules: str = MATCH_CORRECT, after: str = "", ident: str = "i1") -> str:
    """An item of QTI 2.1."""
    score = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
    return (
        f'<assessmentItem {V21} identifier="{ident}" title="Title" adaptive="false" timeDependent="false">'
        f"{declared}{score}<itemBody>{body}</itemBody>{rules}{after}</assessmentItem>"
    )


def choices(*texts: str, name: str = "simpleChoice") -> str:
    return "".join(
        f'<{name} identifier="{letter}">{text}</{name}>' for letter, text in zip("ABCDEF", texts, strict=False)
    )


def choice(*texts: str, shuffle: str = "false", most: int = 1) -> str:
    return (
        f'<p>Ask?</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="{shuffle}" maxChoices="{most}">'
        f"{choices(*texts)}</choiceInteraction>"
    )


def manifest(*resources: tuple[str, str, str]) -> str:
    """Identifier, type and file of each resource."""
    listed = "".join(
        f'<resource identifier="{ident}" type="{kind}" href="{href}"><file href="{href}"/></resource>'
        for ident, kind, href in resources
    )
    space = 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"'
    return f"<manifest {space} identifier='m'><organizations/><resources>{listed}</resources></manifest>"


def text(question: Question) -> str:
    return block_text(question.text)


def old_item(presentation: str, processing: str = "", metadata: str = "", after: str = "", ident: str = "i1") -> str:
    """An item of QTI 1.2."""
    return (
        f'<item ident="{ident}" title="Title">{metadata}<presentation>{presentation}</presentation>'
        f"<resprocessing>{processing}</resprocessing>{after}</item>"
    )


def old(*items: str, title: str = "Bank") -> str:
    space = 'xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"'
    return (
        f'<questestinterop {space}><assessment ident="a" title="{title}"><section ident="root_section">'
        f"{''.join(items)}</section></assessment></questestinterop>"
    )


def material(said: str, kind: str = "text/html") -> str:
    return f'<material><mattext texttype="{kind}">{escape(said)}</mattext></material>'


def labels(*texts: str) -> str:
    return "".join(
        f'<response_label ident="{letter}">{material(said, "text/plain")}</response_label>'
        for letter, said in zip("ABCDEF", texts, strict=False)
    )


def lid(*texts: str, ident: str = "r", many: str = "Single", before: str = "") -> str:
    return (
        f'<response_lid ident="{ident}" rcardinality="{many}">{before}<render_choice>{labels(*texts)}</render_choice>'
        "</response_lid>"
    )


def condition(test: str, score: float | None = 100, more: str = "", action: str = "Set", shown: str = "") -> str:
    points = "" if score is None else f'<setvar action="{action}" varname="SCORE">{score}</setvar>'
    feedback = f'<displayfeedback feedbacktype="Response" linkrefid="{shown}"/>' if shown else ""
    return f"<respcondition {more}><conditionvar>{test}</conditionvar>{points}{feedback}</respcondition>"


def equal(value: str, ident: str = "r") -> str:
    return f'<varequal respident="{ident}">{value}</varequal>'


def fields(**said: str) -> str:
    inner = "".join(
        f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{entry}</fieldentry></qtimetadatafield>"
        for label, entry in said.items()
    )
    return f"<itemmetadata><qtimetadata>{inner}</qtimetadata></itemmetadata>"


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


__all__ = ["readers"]
