"""The versions of Common Cartridge as a table: namespaces, resource types and vocabularies.

Source: IMS Common Cartridge Profile 1.0 to 1.3, «Content Packaging» (namespaces) and «Resource types».
"""

from __future__ import annotations

from dataclasses import dataclass

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
ASSIGNMENT = "http://www.imsglobal.org/xsd/imscc_extensions/assignment"
ASSIGNMENT_TYPE = "assignment_xmlv1p0"
WEBCONTENT = "webcontent"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
FILEBASE = "$IMS-CC-FILEBASE$"
"""Placeholder for the root of the package's files in HTML embedded in XML (topics, questions)."""


@dataclass(frozen=True)
class Profile:
    """One version of Common Cartridge.

    XML namespaces: ``cp`` content packaging, ``lom_manifest``/``lom_resource`` metadata, ``dt`` discussion topics,
    ``wl`` web links. Resource types: ``assessment``, ``bank``, ``associated``, ``topic``, ``weblink``, ``lti``,
    ``more_types``. ``roles``: the vocabulary of roles. In 1.0 the children of topics and links have no namespace
    (``qualified`` is false).
    """

    version: str
    schemaversion: str
    cp: str
    lom_manifest: str
    lom_resource: str
    dt: str
    wl: str
    assessment: str
    bank: str
    associated: str
    topic: str
    weblink: str
    lti: tuple[str, ...]
    roles: str
    qualified: bool = True
    more_types: tuple[str, ...] = ()

    @property
    def types(self) -> frozenset[str]:
        """All resource types of the version."""
        known = {WEBCONTENT, self.assessment, self.bank, self.associated, self.topic, self.weblink}
        return frozenset(known | set(self.lti) | set(self.more_types))


def _profile(number: str, roles: str, lti: tuple[str, ...], more: tuple[str, ...] = ()) -> Profile:
    tag = f"1p{number}"
    base = f"http://www.imsglobal.org/xsd/imsccv{tag}"
    return Profile(
        version=f"1.{number}",
        schemaversion=f"1.{number}.0",
        cp=f"{base}/imscp_v1p1",
        lom_manifest=f"http://ltsc.ieee.org/xsd/imsccv{tag}/LOM/manifest",
        lom_resource=f"http://ltsc.ieee.org/xsd/imsccv{tag}/LOM/resource",
        dt=f"{base}/imsdt_v{tag}",
        wl=f"{base}/imswl_v{tag}",
        assessment=f"imsqti_xmlv1p2/imscc_xmlv{tag}/assessment",
        bank=f"imsqti_xmlv1p2/imscc_xmlv{tag}/question-bank",
        associated=f"associatedcontent/imscc_xmlv{tag}/learning-application-resource",
        topic=f"imsdt_xmlv{tag}",
        weblink=f"imswl_xmlv{tag}",
        lti=lti,
        roles=roles,
        more_types=more,
    )


CC10 = Profile(
    version="1.0",
    schemaversion="1.0.0",
    cp="http://www.imsglobal.org/xsd/imscc/imscp_v1p1",
    lom_manifest="http://ltsc.ieee.org/xsd/imscc/LOM",
    lom_resource="http://ltsc.ieee.org/xsd/LOM",
    dt="http://www.imsglobal.org/xsd/imsdt_v1p0",
    wl="http://www.imsglobal.org/xsd/imswl_v1p0",
    assessment="imsqti_xmlv1p2/imscc_xmlv1p0/assessment",
    bank="imsqti_xmlv1p2/imscc_xmlv1p0/question-bank",
    associated="associatedcontent/imscc_xmlv1p0/learning-application-resource",
    topic="imsdt_xmlv1p0",
    weblink="imswl_xmlv1p0",
    lti=(),
    roles="IMSGLC_CC_Rolesv1p0",
    qualified=False,
)
CC11 = _profile("1", "IMSGLC_CC_Rolesv1p1", ("imsbasiclti_xmlv1p0",))
CC12 = _profile("2", "IMSGLC_CC_Rolesv1p2", ("imsbasiclti_xmlv1p0",))
CC13 = _profile(
    "3",
    "IMSGLC_CC_Rolesv1p2",
    ("imsbasiclti_xmlv1p3", "imsbasiclti_xmlv1p0"),
    ("idpfepub_epubv3p0", "imsapip_zipv1p0", "imsiwb_iwbv1p0", ASSIGNMENT_TYPE),
)
PROFILES = (CC10, CC11, CC12, CC13)
BY_NAMESPACE = {profile.cp: profile for profile in PROFILES}
