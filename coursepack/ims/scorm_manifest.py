"""imsmanifest.xml of SCORM 1.2 and 2004: one builder, the versions as a table.

Sources: SCORM 1.2 Content Aggregation Model, section 2.3 (content packaging), 2.2 (metadata, IMS Meta-data 1.2.1
binding); SCORM 2004 Content Aggregation Model, sections 3.4 (manifest), 4 (metadata), 5 (sequencing), 3rd and 4th
Edition.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from coursepack.ims.lom import clean, describe, langstrings
from coursepack.ims.packaging import Element, Item, Resource, add_item, add_resource, serialize
from coursepack.model.blocks import block_text
from coursepack.model.course import Course

IMSSS = "http://www.imsglobal.org/xsd/imsss"
ADLSEQ = "http://www.adlnet.org/xsd/adlseq_v1p3"
ADLNAV = "http://www.adlnet.org/xsd/adlnav_v1p3"
LONGEST_TITLE = 200
"""Letters of a title that every LMS must hold (SCORM 1.2 CAM 2.3.5.2; 2004 CAM 3.4.1.9)."""


@dataclass(frozen=True)
class Edition:
    """One edition: its namespaces and the names that differ.

    ``suspend_data`` is how many characters every LMS must keep for a SCO (1.2 RTE 3.4.3.2, 2004 RTE 4.2.22).
    ``run_time`` names the run-time that ``templates/scorm/api.js`` speaks.
    """

    name: str
    schemaversion: str
    cp: str
    adlcp: str
    lom: str
    scorm_type: str
    run_time: str
    suspend_data: int

    @property
    def sequenced(self) -> bool:
        return self.run_time == "2004"

    @property
    def namespaces(self) -> dict[str | None, str]:
        found: dict[str | None, str] = {None: self.cp, "adlcp": self.adlcp, "lom": self.lom}
        if self.sequenced:
            found |= {"imsss": IMSSS, "adlseq": ADLSEQ}
        return found


SCORM12 = Edition(
    name="scorm12",
    schemaversion="1.2",
    cp="http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2",
    lom="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1",
    scorm_type="scormtype",
    run_time="1.2",
    suspend_data=4096,
)
SCORM2004 = Edition(
    name="scorm2004",
    schemaversion="2004 4th Edition",
    cp="http://www.imsglobal.org/xsd/imscp_v1p1",
    adlcp="http://www.adlnet.org/xsd/adlcp_v1p3",
    lom="http://ltsc.ieee.org/xsd/LOM",
    scorm_type="scormType",
    run_time="2004",
    suspend_data=64000,
)
SCORM2004_3RD = Edition(
    name="scorm2004-3rd",
    schemaversion="2004 3rd Edition",
    cp=SCORM2004.cp,
    adlcp=SCORM2004.adlcp,
    lom=SCORM2004.lom,
    scorm_type=SCORM2004.scorm_type,
    run_time="2004",
    suspend_data=64000,
)


@dataclass(frozen=True)
class Sco:
    """A SCO as the manifest sees it: ``files`` with the page that opens first, ``mastery`` in percent or None.

    ``points``: the sum of its marked questions.
    """

    id: str
    title: str
    files: tuple[str, ...]
    mastery: float | None
    points: float

    @property
    def scored(self) -> bool:
        return self.points > 0


@dataclass(frozen=True)
class Contents:
    """Everything a manifest says. ``completion`` is the share of pages (0..1) that completes a SCO."""

    identifier: str
    title: str
    course: Course
    scos: tuple[Sco, ...]
    shared: tuple[str, ...]
    completion: float


def manifest(edition: Edition, contents: Contents) -> bytes:
    """The manifest's bytes."""
    cp = edition.cp
    root = etree.Element(
        f"{{{cp}}}manifest",
        {"identifier": contents.identifier, "version": "1"},
        nsmap=edition.namespaces,  # type: ignore[arg-type]  # the stubs know no default prefix
    )
    metadata = etree.SubElement(root, f"{{{cp}}}metadata")
    etree.SubElement(metadata, f"{{{cp}}}schema").text = "ADL SCORM"
    etree.SubElement(metadata, f"{{{cp}}}schemaversion").text = edition.schemaversion
    metadata.append(_lom(edition, contents))
    organizations = etree.SubElement(root, f"{{{cp}}}organizations", {"default": "organization"})
    organization = etree.SubElement(organizations, f"{{{cp}}}organization", {"identifier": "organization"})
    if edition.sequenced:
        organization.set(f"{{{ADLSEQ}}}objectivesGlobalToSystem", "false")
    etree.SubElement(organization, f"{{{cp}}}title").text = contents.title
    for sco in contents.scos:
        item = Item(f"item-{sco.id}", sco.title, f"sco-{sco.id}", extra=_item_extra(edition, sco, contents))
        add_item(organization, cp, item)
    if edition.sequenced:
        sequencing = etree.SubElement(organization, f"{{{IMSSS}}}sequencing")
        # Free choice and flow; no rule that could lock a learner out.
        etree.SubElement(sequencing, f"{{{IMSSS}}}controlMode", {"choice": "true", "flow": "true"})
    resources = etree.SubElement(root, f"{{{cp}}}resources")
    scorm_type = f"{{{edition.adlcp}}}{edition.scorm_type}"
    for sco in contents.scos:
        resource = Resource(
            f"sco-{sco.id}", "webcontent", sco.files, sco.files[0], ("shared",), attributes={scorm_type: "sco"}
        )
        add_resource(resources, cp, resource)
    add_resource(resources, cp, Resource("shared", "webcontent", contents.shared, attributes={scorm_type: "asset"}))
    return serialize(root)


def _item_extra(edition: Edition, sco: Sco, contents: Contents) -> tuple[Element, ...]:
    """What stands after an item's title: mastery score (1.2), threshold and sequencing (2004)."""
    adlcp = f"{{{edition.adlcp}}}"
    judged = sco.scored and sco.mastery is not None
    if not edition.sequenced:
        if not judged:
            return ()
        mastery = etree.Element(f"{adlcp}masteryscore", nsmap={"adlcp": edition.adlcp})
        mastery.text = f"{sco.mastery:g}"
        return (mastery,)
    threshold = etree.Element(f"{adlcp}completionThreshold", nsmap={"adlcp": edition.adlcp})
    if edition is SCORM2004:
        threshold.set("completedByMeasure", "true")
        threshold.set("minProgressMeasure", f"{contents.completion:g}")
    else:
        threshold.text = f"{contents.completion:g}"
    most = max(other.points for other in contents.scos)
    return threshold, _sequencing(sco, sco.points / most if most else 0, judged=judged)


def _sequencing(sco: Sco, weight: float, *, judged: bool) -> Element:
    """The sequencing of a SCO: what it rolls up to the course, and that it reports for itself."""
    sequencing = etree.Element(f"{{{IMSSS}}}sequencing", nsmap={"imsss": IMSSS})
    # A SCO with nothing to score must not keep the course from being satisfied.
    etree.SubElement(
        sequencing,
        f"{{{IMSSS}}}rollupRules",
        {
            "rollupObjectiveSatisfied": "true" if judged else "false",
            "rollupProgressCompletion": "true",
            # A share of the heaviest SCO, 0 to 1: the course's score is that of all points together (2004 SN 4.6).
            "objectiveMeasureWeight": f"{weight:.4f}".rstrip("0").rstrip("."),
        },
    )
    objectives = etree.SubElement(sequencing, f"{{{IMSSS}}}objectives")
    primary = etree.SubElement(objectives, f"{{{IMSSS}}}primaryObjective", {"objectiveID": f"objective-{sco.id}"})
    if judged and sco.mastery is not None:
        primary.set("satisfiedByMeasure", "true")
        etree.SubElement(primary, f"{{{IMSSS}}}minNormalizedMeasure").text = f"{sco.mastery / 100:g}"
    etree.SubElement(
        sequencing, f"{{{IMSSS}}}deliveryControls", {"completionSetByContent": "true", "objectiveSetByContent": "true"}
    )
    return sequencing


def _lom(edition: Edition, contents: Contents) -> Element:
    lom = etree.Element(f"{{{edition.lom}}}lom", nsmap={"lom": edition.lom})
    if edition.sequenced:
        return describe(lom, contents.course, title=contents.title, vocabulary=True)
    return _describe12(lom, contents.course, contents.title)


def _describe12(lom: Element, course: Course, title: str) -> Element:
    """IMS Meta-data 1.2.1: lower-case names, ``langstring``, and vocabularies that name their source."""
    namespace = etree.QName(lom).namespace

    def sub(parent: Element, name: str) -> Element:
        return etree.SubElement(parent, f"{{{namespace}}}{name}")

    general = sub(lom, "general")
    langstrings(general, "title", [title], course.language)
    sub(general, "language").text = course.language
    description = clean(block_text(course.about.description))
    langstrings(general, "description", [description] if description else [], course.language)
    langstrings(general, "keyword", course.about.keywords, course.language)
    sub(sub(lom, "metametadata"), "metadatascheme").text = "ADL SCORM 1.2"
    sub(sub(lom, "technical"), "format").text = "text/html"
    if course.about.rights:
        rights = sub(lom, "rights")
        restrictions = sub(rights, "copyrightandotherrestrictions")
        langstrings(restrictions, "source", ["LOMv1.0"], "x-none")
        langstrings(restrictions, "value", ["yes"], "x-none")
        langstrings(rights, "description", [course.about.rights], course.language)
    return lom
