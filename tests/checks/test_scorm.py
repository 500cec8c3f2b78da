"""SCORM checks on packages of other hands: what a sound one may look like, and each way to break one."""

from __future__ import annotations

import re

import pytest

from coursepack.checks import Grammar, check
from coursepack.files.package import Package
from coursepack.place import Severity
from coursepack.writers import Context, load
from tests.mutations.xml import mutations
from tests.samples import ASSETS, everything
from tests.scorm_official import judge

Members = dict[str, bytes]

# A 1.2 package as another tool writes it: sub-items, prerequisites, xml:base, metadata in a file, missing XSDs.
FOREIGN12 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="com.example.course" version="1.1"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
    <adlcp:location>metadata.xml</adlcp:location>
  </metadata>
  <organizations default="org">
    <organization identifier="org" structure="hierarchical">
      <title>Course</title>
      <item identifier="chapter">
        <title>Chapter</title>
        <item identifier="lesson-1" identifierref="r1" isvisible="true" parameters="?page=1&amp;x=a">
          <title>Lesson 1</title>
        </item>
        <item identifier="lesson-2" identifierref="r2">
          <title>Lesson 2</title>
          <metadata>
            <imsmd:lom>
              <imsmd:general>
                <imsmd:title><imsmd:langstring xml:lang="x-none">Lesson 2</imsmd:langstring></imsmd:title>
              </imsmd:general>
            </imsmd:lom>
          </metadata>
          <adlcp:prerequisites type="aicc_script">lesson-1&amp;~chapter</adlcp:prerequisites>
          <adlcp:maxtimeallowed>0001:30:00</adlcp:maxtimeallowed>
          <adlcp:timelimitaction>continue,no message</adlcp:timelimitaction>
          <adlcp:datafromlms>a=1</adlcp:datafromlms>
          <adlcp:masteryscore>80</adlcp:masteryscore>
        </item>
      </item>
    </organization>
  </organizations>
  <resources xml:base="content/">
    <resource identifier="r1" type="webcontent" adlcp:scormtype="sco" href="one.html?from=lms">
      <file href="one.html"/>
      <file href="pictures/a%20b.png"/>
      <dependency identifierref="common"/>
    </resource>
    <resource identifier="r2" type="webcontent" href="two.html" adlcp:scormtype="sco"><file href="two.html"/></resource>
    <resource identifier="common" type="webcontent" adlcp:scormtype="asset"><file href="api.js"/></resource>
  </resources>
</manifest>
"""
FILES12 = ("metadata.xml", "content/one.html", "content/two.html", "content/api.js", "content/pictures/a b.png")

# A 2004 package with sequencing in a collection, rules, objectives, shared data and hidden buttons.
FOREIGN2004 = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier=" MANIFEST-1 " version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"
  xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"
  xmlns:lom="http://ltsc.ieee.org/xsd/LOM">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>2004 4th Edition</schemaversion>
    <lom:lom>
      <lom:general>
        <lom:title><lom:string language="en-US">Course</lom:string></lom:title>
        <lom:structure><lom:source>LOMv1.0</lom:source><lom:value>hierarchical</lom:value></lom:structure>
      </lom:general>
      <lom:educational>
        <lom:typicalLearningTime><lom:duration>PT1H30M</lom:duration></lom:typicalLearningTime>
      </lom:educational>
    </lom:lom>
  </metadata>
  <organizations default="org">
    <organization identifier="org" adlseq:objectivesGlobalToSystem="false">
      <title>Course</title>
      <item identifier="chapter">
        <title>Chapter</title>
        <item identifier="lesson" identifierref="r1">
          <title>Lesson</title>
          <adlcp:timeLimitAction>exit,message</adlcp:timeLimitAction>
          <adlcp:dataFromLMS>a=1</adlcp:dataFromLMS>
          <adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.8" progressWeight="0.5"/>
          <imsss:sequencing IDRef="common">
            <imsss:sequencingRules>
              <imsss:preConditionRule>
                <imsss:ruleConditions conditionCombination="any">
                  <imsss:ruleCondition referencedObjective="intro" condition="satisfied" operator="not"/>
                </imsss:ruleConditions>
                <imsss:ruleAction action="skip"/>
              </imsss:preConditionRule>
            </imsss:sequencingRules>
            <imsss:limitConditions attemptLimit="3" attemptAbsoluteDurationLimit="PT1H"/>
            <imsss:rollupRules objectiveMeasureWeight="0.5">
              <imsss:rollupRule childActivitySet="atLeastCount" minimumCount="2">
                <imsss:rollupConditions><imsss:rollupCondition condition="completed"/></imsss:rollupConditions>
                <imsss:rollupAction action="completed"/>
              </imsss:rollupRule>
            </imsss:rollupRules>
            <imsss:objectives>
              <imsss:primaryObjective objectiveID="main" satisfiedByMeasure="true">
                <imsss:minNormalizedMeasure>0.75</imsss:minNormalizedMeasure>
                <imsss:mapInfo targetObjectiveID="passed" writeSatisfiedStatus="true"/>
              </imsss:primaryObjective>
              <imsss:objective objectiveID="intro"/>
            </imsss:objectives>
            <imsss:deliveryControls tracked="true" completionSetByContent="true"/>
            <adlseq:rollupConsiderations requiredForSatisfied="ifAttempted"/>
          </imsss:sequencing>
          <adlnav:presentation>
            <adlnav:navigationInterface><adlnav:hideLMSUI>continue</adlnav:hideLMSUI></adlnav:navigationInterface>
          </adlnav:presentation>
          <adlcp:data><adlcp:map targetID="notes" writeSharedData="true"/></adlcp:data>
        </item>
      </item>
      <imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing>
    </organization>
  </organizations>
  <resources>
    <resource identifier="r1" type="webcontent" adlcp:scormType="sco" href="one.html"><file href="one.html"/></resource>
  </resources>
  <imsss:sequencingCollection>
    <imsss:sequencing ID="common"><imsss:controlMode flow="true" choice="true"/></imsss:sequencing>
  </imsss:sequencingCollection>
</manifest>
"""
FILES2004 = ("one.html",)


def package(manifest: str, files: tuple[str, ...]) -> Package:
    contents = ((name, b"GIF89a;" if name.endswith(".png") else b"LMSInitialize()") for name in files)
    members = [("imsmanifest.xml", manifest.encode()), *contents]
    return Package.of_members("foreign.zip", members)


def codes(found: Package, severity: Severity = Severity.ERROR, *, closed: bool = False) -> set[str]:
    findings = check(found, ("container", "scorm"), Grammar(closed=closed))
    return {finding.code for finding in findings if finding.severity is severity}


def test_sound_foreign_packages_pass() -> None:
    for manifest, files, official in (
        (FOREIGN12, FILES12, "scorm12"),
        (FOREIGN2004, FILES2004, "scorm2004_4th"),
    ):
        found = package(manifest, files)
        assert [str(f) for f in check(found, ("container", "scorm"), Grammar())] == []
        assert judge(manifest.encode(), official) == []


def test_third_edition_and_second() -> None:
    third = re.sub(
        r"<adlcp:completionThreshold[^>]*/>", "<adlcp:completionThreshold>0.8</adlcp:completionThreshold>", FOREIGN2004
    )
    third = re.sub(r"<adlcp:data>.*?</adlcp:data>", "", third)
    for version in ("2004 3rd Edition", "CAM 1.3"):
        assert codes(package(third.replace("2004 4th Edition", version), FILES2004)) == set()


# (what is replaced, by what, the code that must come): the foreign 1.2 package.
BROKEN12: list[tuple[str, str, str]] = [
    ('default="org"', 'default="other"', "scorm-default"),
    ('identifier="lesson-2"', 'identifier="lesson-1"', "scorm-identifier-twice"),
    ('identifierref="r2"', 'identifierref="r9"', "scorm-identifierref"),
    ('identifierref="common"', 'identifierref="nothing"', "scorm-dependency"),
    (' href="two.html" adlcp', " adlcp", "scorm-href"),
    ('<file href="api.js"/>', '<file href="API.js"/>', "scorm-file-missing"),
    ('<file href="two.html"/>', '<file href="../../two.html"/>', "scorm-file-outside"),
    ('<file href="two.html"/>', "<file/>", "scorm-schema"),
    ('adlcp:scormtype="sco"', 'adlcp:scormType="sco"', "scorm-type-name"),
    ('adlcp:scormtype="sco"', 'scormtype="sco"', "scorm-type-name"),
    ('adlcp:scormtype="sco"', 'adlcp:scormtype="SCO"', "scorm-type"),
    ('adlcp:scormtype="sco"', "", "scorm-type-missing"),
    ('type="webcontent" adlcp:scormtype="sco"', 'type="html" adlcp:scormtype="sco"', "scorm-resource-type"),
    ("<schema>ADL SCORM</schema>", "<schema>IMS Content</schema>", "scorm-schema-name"),
    ("<schemaversion>1.2", "<schemaversion>1.3", "scorm-version"),
    ("<schemaversion>1.2", "<schemaversion>2004 4th Edition", "scorm-namespace"),
    ("imscp_rootv1p1p2", "imscp_rootv9", "scorm-namespace"),
    (">80<", ">eighty<", "scorm-value"),
    (">80<", ">180<", "scorm-value"),
    ("0001:30:00", "90 minutes", "scorm-value"),
    ("continue,no message", "carry on", "scorm-value"),
    ("lesson-1&amp;~chapter", "lesson-7", "scorm-value"),
    ('type="aicc_script"', 'type="javascript"', "scorm-schema"),
    ("<adlcp:masteryscore>80</adlcp:masteryscore>", "<adlcp:masteryScore>80</adlcp:masteryScore>", "scorm-unknown"),
    ('isvisible="true"', 'isvisible="yes"', "scorm-schema"),
    ('parameters="?page=1', f'parameters="{"x" * 1001}', "scorm-parameters"),
    ("<title>Lesson 1</title>", "<titel>Lesson 1</titel>", "scorm-schema"),
    ('xml:base="content/"', 'xml:base="/content/"', "scorm-base"),
    ('xml:lang="x-none"', 'xml:lang="no such language"', "scorm-lom-language"),
    ("<imsmd:general>", "<imsmd:generals>", "scorm-manifest-xml"),
]


@pytest.mark.parametrize(
    ("mode", "told"),
    [('choice="0" flow="0"', True), ('choice="false"', True), ('choice="0" flow="1"', False), ('flow="0"', False)],
)
def test_an_activity_that_nobody_can_enter_is_told(mode: str, told: bool) -> None:
    manifest = FOREIGN2004.replace('<imsss:controlMode choice="true" flow="true"/>', f"<imsss:controlMode {mode}/>")
    assert manifest != FOREIGN2004
    found = check(package(manifest, FILES2004), ("container", "scorm"), Grammar())
    assert [finding.code for finding in found] == ["scorm-control-mode"] * told


@pytest.mark.parametrize(("name", "expected"), [("intro", set()), ("main", set()), ("outro", {"scorm-objective-ref"})])
def test_a_rule_may_name_an_objective_that_only_the_collection_has(name: str, expected: set[str]) -> None:
    (objectives,) = re.findall(r"<imsss:objectives>.*?</imsss:objectives>", FOREIGN2004, re.DOTALL)
    manifest = FOREIGN2004.replace(objectives, "").replace(
        '<imsss:controlMode flow="true" choice="true"/>', f'<imsss:controlMode flow="true" choice="true"/>{objectives}'
    )
    manifest = manifest.replace('referencedObjective="intro"', f'referencedObjective="{name}"')
    assert codes(package(manifest, FILES2004)) == expected
    assert codes(package(manifest, FILES2004), Severity.WARNING) == set()
    assert judge(manifest.encode(), "scorm2004_4th") == []


BROKEN2004: list[tuple[str, str, str]] = [
    ('condition="satisfied"', 'condition="perhaps"', "scorm-schema"),
    ('action="skip"', 'action="jump"', "scorm-schema"),
    ('IDRef="common"', 'IDRef="rare"', "scorm-sequencing-ref"),
    ('referencedObjective="intro"', 'referencedObjective="outro"', "scorm-objective-ref"),
    ('objectiveID="intro"', 'objectiveID="main"', "scorm-objective-twice"),
    (">0.75<", ">7.5<", "scorm-schema"),
    ('attemptLimit="3"', 'attemptLimit="-3"', "scorm-schema"),
    ('"PT1H"', '"an hour"', "scorm-schema"),
    ('minProgressMeasure="0.8"', 'minProgressMeasure="80"', "scorm-schema"),
    ('progressWeight="0.5"', 'progressWeight="half"', "scorm-schema"),
    (">exit,message<", ">leave<", "scorm-schema"),
    (">continue</adlnav", ">forward</adlnav", "scorm-schema"),
    ('requiredForSatisfied="ifAttempted"', 'requiredForSatisfied="sometimes"', "scorm-schema"),
    ('childActivitySet="atLeastCount"', 'childActivitySet="some"', "scorm-schema"),
    ('adlcp:scormType="sco"', 'adlcp:scormtype="sco"', "scorm-type-name"),
    ("<title>Lesson</title>", "", "scorm-title"),
    ('<item identifier="lesson" identifierref="r1">', '<item identifier="lesson">', "scorm-nothing-to-play"),
    ("<schemaversion>2004 4th Edition</schemaversion>", "", "scorm-version-missing"),
    (">hierarchical<", ">pyramid<", "scorm-lom-word"),
    ("PT1H30M", "90 min", "scorm-lom-duration"),
    ('language="en-US"', 'language=""', "scorm-lom-language"),
    ("<imsss:deliveryControls", "<imsss:deliveryControl", "scorm-schema"),
    ("adlcp:map targetID", "adlcp:map target", "scorm-schema"),
    (
        '<imsss:mapInfo targetObjectiveID="passed" writeSatisfiedStatus="true"/>',
        '<imsss:mapInfo targetObjectiveID="passed" writeNormalizedMeasure="1"/>' * 2,
        "scorm-objective-map",
    ),
    (
        "<imsss:sequencing><imsss:controlMode choice",
        "<imsss:sequencing/><imsss:sequencing><imsss:controlMode choice",
        "scorm-sequencing-twice",
    ),
]


@pytest.mark.parametrize(("old", "new", "code"), BROKEN12)
def test_broken_12(old: str, new: str, code: str) -> None:
    assert old in FOREIGN12
    assert code in codes(
        package(FOREIGN12.replace(old, new, 1) if "imscp" not in old else FOREIGN12.replace(old, new), FILES12)
    )


@pytest.mark.parametrize(("old", "new", "code"), BROKEN2004)
def test_broken_2004(old: str, new: str, code: str) -> None:
    assert old in FOREIGN2004
    assert code in codes(package(FOREIGN2004.replace(old, new, 1), FILES2004))


def test_manifest_must_be_in_the_root() -> None:
    inside = Package.of_members("x.zip", [("course/imsmanifest.xml", FOREIGN12.encode())])
    assert codes(inside) == {"scorm-manifest-missing"}
    assert codes(Package.of_members("x.zip", [("IMSManifest.xml", FOREIGN12.encode())])) == {"scorm-manifest-missing"}
    doctype = FOREIGN12.replace("<manifest", '<!DOCTYPE manifest [<!ENTITY x "y">]><manifest', 1)
    assert codes(package(doctype, FILES12)) == {"scorm-manifest-xml"}


# What is only told: LMSs play it.
TOLD12: list[tuple[str, str, str]] = [
    ("<adlcp:location>metadata.xml", "<adlcp:location>lost.xml", "scorm-metadata-missing"),
    ('identifier="com.example', 'identifier="7.example', "scorm-identifier-name"),
    ("<adlcp:masteryscore>80<", "<adlcp:masteryscore><", "scorm-value"),
    ("<title>Lesson 1</title>", "<title></title>", "scorm-title"),
    (' identifierref="r2"', "", "scorm-item-empty"),
    ('<file href="one.html"/>', "", "scorm-href-unlisted"),
    ('<file href="api.js"/>', '<file href="adlcp_rootv1p2.xsd"/>', "scorm-schema-file"),
    ('"pictures/a%20b.png"', '"pictures\\a%20b.png"', "scorm-file-backslash"),
    ("<schemaversion>1.2</schemaversion>", "", "scorm-version-missing"),
    ('default="org"', "", "scorm-default-missing"),
]


@pytest.mark.parametrize(("old", "new", "code"), TOLD12)
def test_told_12(old: str, new: str, code: str) -> None:
    assert old in FOREIGN12
    found = package(FOREIGN12.replace(old, new, 1), FILES12)
    assert codes(found) == set()
    assert code in codes(found, Severity.WARNING)


def test_files_that_nobody_lists_are_told() -> None:
    found = package(FOREIGN12, (*FILES12, "content/stray.html", "imscp_rootv1p1p2.xsd", "__MACOSX/x"))
    listed = [f for f in check(found, ("scorm",), Grammar()) if f.code == "scorm-file-undeclared"]
    assert [f.place.member for f in listed if f.place] == ["content/stray.html"]


def test_sub_manifests_bring_their_resources() -> None:
    inner = """<manifest identifier="inner"><organizations/>
      <resources><resource identifier="r7" type="webcontent" adlcp:scormtype="sco" href="seven.html"
        xml:base="sub/"><file href="seven.html"/></resource></resources></manifest></manifest>"""
    manifest = FOREIGN12.replace("</manifest>", inner).replace('identifierref="r2"', 'identifierref="r7"')
    assert codes(package(manifest, (*FILES12, "sub/seven.html"))) == set()
    assert codes(package(manifest, FILES12)) == {"scorm-file-missing"}


def test_dependencies_in_a_circle_are_told() -> None:
    manifest = FOREIGN12.replace('<file href="api.js"/>', '<file href="api.js"/><dependency identifierref="r1"/>')
    found = package(manifest, FILES12)
    assert codes(found) == set()
    assert "scorm-dependency-cycle" in codes(found, Severity.WARNING)


# --- our own packages: closed, and never laxer than the official schemas


@pytest.mark.parametrize("name", ["scorm12", "scorm2004", "scorm2004-3rd"])
def test_what_the_official_schema_refuses_ours_refuses(name: str) -> None:
    official = {"scorm12": "scorm12", "scorm2004": "scorm2004_4th", "scorm2004-3rd": "scorm2004_3rd"}[name]
    (artifact,) = load(name).write(everything(), Context(assets=ASSETS)).artifacts
    members = {member.path: member.read() for member in artifact.members}
    slipped: dict[bool, list[str]] = {True: [], False: []}
    count = refused = 0
    for mutation in mutations(members["imsmanifest.xml"]):
        what, data = f"{mutation.name} {mutation.target}", mutation.data
        count += 1
        if not judge(data, official):
            continue
        refused += 1
        changed = Package.of_members(name, (members | {"imsmanifest.xml": data}).items())
        for closed in (True, False):
            if not codes(changed, closed=closed):
                slipped[closed].append(what)
    assert count > 150
    assert refused > 100
    assert slipped[True] == []
    # Open: an extension of another namespace is welcome where the standard leaves room, and a word of another
    # vocabulary than LOM's.
    welcome = ("other_namespace", "text_spoilt manifest/metadata/lom/rights/copyrightAndOtherRestrictions/source")
    assert [what for what in slipped[False] if not what.startswith(welcome)] == []


def test_closed_is_exactly_what_we_write() -> None:
    (artifact,) = load("scorm12").write(everything(), Context(assets=ASSETS)).artifacts
    members = {member.path: member.read() for member in artifact.members}
    text = members["imsmanifest.xml"].decode()
    for old, new in (
        ('version="1"', 'version="2"'),
        ("</item>", "<metadata/></item>"),
        ('type="webcontent"', 'type="webcontent" xml:base="x/"'),
        ("<schemaversion>1.2", "<schemaversion>1.2 "),
        ('href="w01/index.html"', 'href="w01/Index.html"'),
    ):
        changed = members | {"imsmanifest.xml": text.replace(old, new, 1).encode()}
        assert codes(Package.of_members("x", changed.items()), closed=True)
    assert codes(Package.of_members("x", (members | {"w01/more.html": b"x"}).items()), closed=True) == {
        "scorm-file-undeclared"
    }
