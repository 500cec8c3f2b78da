"""What a manifest says of an item beside its file: IEEE LOM and QTI metadata.

Sources: IEEE 1484.12.1 (LOM), 1.1 identifier, 1.2 title, 1.5 keyword, 7 relation, 9 classification; IMS QTI 2.1 and
3.0, «Metadata and Usage Data».
"""

from __future__ import annotations

from lxml import etree

from coursepack.ims.asi import LOM, QtiVersion
from coursepack.ims.lom import clean, lom_strings
from coursepack.text.tagged import level_name, level_of
from coursepack.writers.qti.items import WrittenItem
from coursepack.writers.question_bank import BankItem

Element = etree._Element

CATALOGUE = "coursepack"
VOCABULARY = "LOMv1.0"
LEVEL, OUTCOME = "educational level", "competency"
"""Purposes of a classification: the level of a question, and the outcomes it is asked for."""


def _sub(parent: Element, name: str, text: str | None = None) -> Element:
    result = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")
    result.text = text
    return result


def of_item(entry: BankItem, result: WrittenItem, version: QtiVersion, language: str) -> tuple[Element, Element]:
    """What a manifest says of an item, in the order of the schema."""
    return qti(result, version), lom(entry, language)


def of_bank(title: str, name: str, language: str) -> Element:
    """What a manifest says of a bank without a course."""
    root = etree.Element(f"{{{LOM}}}lom", nsmap={None: LOM})  # type: ignore[dict-item]  # the stubs know no default prefix
    general = _sub(root, "general")
    identifier = _sub(general, "identifier")
    _sub(identifier, "catalog", CATALOGUE)
    _sub(identifier, "entry", name)
    lom_strings(general, "title", [title], language)
    _sub(general, "language", language)
    return root


def lom(entry: BankItem, language: str) -> Element:
    """Name, tags, level and outcomes of a question."""
    root = etree.Element(f"{{{LOM}}}lom", nsmap={None: LOM})  # type: ignore[dict-item]  # the stubs know no default prefix
    general = _sub(root, "general")
    identifier = _sub(general, "identifier")
    _sub(identifier, "catalog", CATALOGUE)
    _sub(identifier, "entry", clean(entry.idnumber or entry.question.id))
    lom_strings(general, "title", [entry.name], language)
    _sub(general, "language", language)
    lom_strings(general, "keyword", [tag for tag in dict.fromkeys(entry.tags) if clean(tag)], language)
    if entry.question.variant_of:
        relation = _sub(root, "relation")
        _vocabulary(_sub(relation, "kind"), "isversionof")
        _sub(_sub(_sub(relation, "resource"), "identifier"), "entry", entry.question.variant_of)
    level = level_of(entry.tags)
    if level:
        _classified(root, LEVEL, [(str(level), level_name(level, language))], language)
    if entry.outcomes:
        _classified(root, OUTCOME, [("", stated) for stated in entry.outcomes], language)
    return root


def _vocabulary(parent: Element, value: str) -> None:
    _sub(parent, "source", VOCABULARY)
    _sub(parent, "value", value)


def _classified(root: Element, purpose: str, taxa: list[tuple[str, str]], language: str) -> None:
    result = _sub(root, "classification")
    _vocabulary(_sub(result, "purpose"), purpose)
    for identifier, stated in taxa:
        path = _sub(result, "taxonPath")
        lom_strings(path, "source", [CATALOGUE], language)
        taxon = _sub(path, "taxon")
        if identifier:
            _sub(taxon, "id", identifier)
        lom_strings(taxon, "entry", [stated], language)


def qti(result: WrittenItem, version: QtiVersion) -> Element:
    """Which interactions an item has, and what they bring."""
    root = etree.Element(f"{{{version.metadata}}}qtiMetadata", nsmap={None: version.metadata})  # type: ignore[dict-item]  # as above
    _sub(root, "timeDependent", "false")
    _sub(root, "composite", "true" if len(result.kinds) > 1 else "false")
    for kind in result.kinds:
        _sub(root, "interactionType", kind)
    _sub(root, "feedbackType", "nonadaptive" if result.feedback else "none")
    _sub(root, "solutionAvailable", "true" if result.keyed else "false")
    if version.kebab and (result.by_hand or result.keyed):
        _sub(root, "scoringMode", "human" if result.by_hand else "responseprocessing")
    return root
