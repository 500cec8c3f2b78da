# ruff: noqa: E501 - a table of patterns
"""Faults that programs, copies and people make in packages, thought up from the standards before a look at the rules of
``coursepack validate``: ``python -m benchmarks.faults``.

``tests/mutations/by_hand.py`` holds faults that rules were written for. These are the other way round: each breaks one
thing that the standard of the product, or the system that reads it, asks for; what is silent shows what nobody thought
of. Prints, for each product: faults, noticed as an error or as a warning, silent; ``--silent`` names the silent ones.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path

from benchmarks import mutations
from tests.mutations.by_hand import Break, drop, put, sub

_M = "imsmanifest.xml"
_HTML = b"<!DOCTYPE html><html><head><title>404</title></head><body>Not Found</body></html>"


def each(member: str, pattern: str, replacement: str) -> Break:
    """A pattern in every place of a member."""
    return sub(member, pattern, replacement, count=0)


def cased(member: str) -> Break:
    """A file whose name has other letters' case than what asks for it."""

    def broken(whole: mutations.Members) -> mutations.Members:
        found = next(name for name in whole if re.fullmatch(member, name))
        folder, slash, name = found.rpartition("/")
        return {(f"{folder}{slash}{name.upper()}" if key == found else key): data for key, data in whole.items()}

    return broken


def swapped(first: str, second: str) -> Break:
    """The contents of two files in each other's place."""

    def broken(whole: mutations.Members) -> mutations.Members:
        one, two = (next(name for name in whole if re.fullmatch(each_, name)) for each_ in (first, second))
        assert one != two
        return whole | {one: whole[two], two: whole[one]}

    return broken


def added(**files: bytes) -> Break:
    return lambda whole: whole | files


_CC13: dict[str, Break] = {
    "metadata lost": sub(_M, r"<metadata>.*?</metadata>", ""),
    "schemaversion of 1.1": sub(_M, r"<schemaversion>1\.3\.0", "<schemaversion>1.1.0"),
    "title of the course empty": sub(_M, r"(<lomimscc:title>\s*<lomimscc:string[^>]*>)[^<]*", r"\1"),
    "root item has a title alone": sub(_M, r'(<item identifier="[^"]+">)(\s*<item)', r"\1<title>Root</title>\2"),
    "two files of one name but for case": lambda whole: whole | {"Foreword.html": whole["foreword.html"]},
    "page that is a web server's error": put(r"foreword\.html", _HTML),
    "page without letters": put(r"foreword\.html", b"<!DOCTYPE html><html><head><title/></head><body></body></html>"),
    "page in cp1251 that says nothing": lambda whole: whole | {"foreword.html": whole["foreword.html"].decode().replace('<meta charset="utf-8">', "").encode("cp1251", "replace")},
    "picture that is a page": put(r"media/.*\.png", _HTML),
    "picture cut": lambda whole: whole | {name: data[: len(data) // 2] for name, data in whole.items() if name.startswith("media/")},
    "documents that nothing leads to": lambda whole: whole | {"lost/chapter.html": whole["foreword.html"]},
    "link out of the package": sub(r"w01-lecture\.html", r"(<body[^>]*>)", r'\1<p><a href="../../other/page.html">here</a></p>'),
    "link to a drive": sub(r"w01-lecture\.html", r"(<body[^>]*>)", r'\1<p><a href="file:///C:/Users/Aida/lecture.docx">here</a></p>'),
    "link to this machine": sub(r"w01-lecture\.html", r"(<body[^>]*>)", r'\1<p><img src="http://localhost/moodle/a.png" alt=""></p>'),
    "anchor that is not": sub(r"w01-lecture\.html", r"(<body[^>]*>)", r'\1<p><a href="foreword.html#nowhere">here</a></p>'),
    "type of an assessment for a bank": sub(_M, r'type="imsqti_xmlv1p2/imscc_xmlv1p3/question-bank"', 'type="imsqti_xmlv1p2/imscc_xmlv1p3/assessment"'),
    "type of a topic for a link": sub(_M, r'type="imswl_xmlv1p3"', 'type="imsdt_xmlv1p3"'),
    "link that runs a script": sub(r"about-literature-link-01\.xml", r'href="[^"]+"', 'href="javascript:alert(1)"'),
    "link without a scheme": sub(r"about-literature-link-01\.xml", r'href="[^"]+"', 'href="www.adilet.zan.kz"'),
    "link with a space": sub(r"about-literature-link-01\.xml", r'href="https?://', 'href="http://adilet zan kz/'),
    "topic with an attachment that is not": sub(r"w01-seminar\.xml", r"(</text>)", r'\1<attachments><attachment href="nowhere.docx"/></attachments>'),
    "several keys in a single choice": sub("w01-lecture-review.xml", r"(cc\.multiple_choice\.v0p1.*?<conditionvar>)(<varequal[^>]*>)c1(</varequal>)", r"\1<and>\2c1\3\2c2\3</and>"),
    "score over the maximum": sub("w01-lecture-review.xml", r"<setvar([^>]*)>100<", r"<setvar\1>250<"),
    "negative score": sub("w01-lecture-review.xml", r"<setvar([^>]*)>100<", r"<setvar\1>-100<"),
    "no decvar": sub("w01-lecture-review.xml", r"<outcomes>.*?</outcomes>", ""),
    "stem lost": sub("w01-lecture-review.xml", r"(<presentation[^>]*>)\s*<material>.*?</material>", r"\1"),
    "options without words": each("w01-lecture-review.xml", r"(<response_label [^>]*>\s*<material>\s*<mattext[^>]*>)[^<]*", r"\1"),
    "two options alike": sub("w01-lecture-review.xml", r"(<response_label [^>]*>\s*<material>\s*<mattext[^>]*>)([^<]*)(.*?<response_label [^>]*>\s*<material>\s*<mattext[^>]*>)[^<]*", r"\1\2\3\2"),
    "single that takes several": sub("w01-lecture-review.xml", r'rcardinality="Single"', 'rcardinality="Multiple"'),
    "essay that is scored by a machine": sub("w01-lecture-review.xml", r"(cc\.essay\.v0p1.*?<fieldlabel>qmd_computerscored</fieldlabel>\s*<fieldentry>)No", r"\1Yes"),
    "time limit that is none": sub("exam-practice.xml", r"(<fieldlabel>cc_maxattempts</fieldlabel>\s*<fieldentry>)[^<]*", r"\1many"),
    "mattext of no known kind": sub("w01-lecture-review.xml", r'texttype="text/html"', 'texttype="text/rtf"'),
    "entities escaped twice": each("w01-lecture-review.xml", r"&lt;", "&amp;lt;"),
    "identifier that begins with a digit": sub(_M, r'(<item identifier=")([a-z])', r"\g<1>7\2"),
    "identifier with a space": sub(_M, r'(<resource identifier=")([a-z]+)', r"\1\2 x"),
    "base that is not there": sub(_M, r"<resources>", '<resources xml:base="content/">'),
    "percent in a href": sub(_M, r'(<file href="foreword)\.html', r"\1%zz.html"),
    "href with a query": sub(_M, r'(type="webcontent"[^>]*? href="[^"]+\.html)"', r'\1?id=1"'),
    "resource that uses itself": sub(_M, r'(<resource identifier=")([^"]+)("[^>]*>)(.*?)(</resource>)', r'\1\2\3\4<dependency identifierref="\2"/>\5'),
    "curriculum without a GUID": sub(_M, r"(</metadata>)", r'<curriculumStandardsMetadataSet xmlns="http://www.imsglobal.org/xsd/imscsmd_v1p0"/>\1'),
}  # fmt: skip

_SCORM2004: dict[str, Break] = {
    "no schema": sub(_M, r"<schema>[^<]*</schema>\s*", ""),
    "schemaversion of 1.2": sub(_M, r"<schemaversion>[^<]*", "<schemaversion>1.2"),
    "no edition": sub(_M, r"<schemaversion>[^<]*", "<schemaversion>2004"),
    "default lost": sub(_M, r' default="[^"]+"', ""),
    "objective of no name": sub(_M, r'objectiveID="objective-w01"', 'objectiveID=""'),
    "objective twice": sub(_M, r"(<imsss:primaryObjective objectiveID=\"objective-w01\".*?</imsss:primaryObjective>)", r'\1<imsss:objective objectiveID="objective-w01"/>'),
    "measure that is none": sub(_M, r"<imsss:minNormalizedMeasure>[^<]*", "<imsss:minNormalizedMeasure>half"),
    "progress measure over 1": sub(_M, r'minProgressMeasure="1"', 'minProgressMeasure="100"'),
    "rollup weight over 1": sub(_M, r'objectiveMeasureWeight="1"', 'objectiveMeasureWeight="10"'),
    "a cluster with resources": sub(_M, r'(<item identifier="[^"]+" identifierref="[^"]+">)(\s*<title>)', r'\1<item identifier="inner" identifierref="sco-about"><title>In</title></item>\2'),
    "limit of attempts that is none": sub(_M, r"<imsss:rollupRules", '<imsss:limitConditions attemptLimit="-1"/><imsss:rollupRules'),
    "unknown condition": sub(_M, r"<imsss:rollupRules", '<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="passed"/></imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule></imsss:sequencingRules><imsss:rollupRules'),
    "unknown action": sub(_M, r"<imsss:rollupRules", '<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="satisfied"/></imsss:ruleConditions><imsss:ruleAction action="jump"/></imsss:preConditionRule></imsss:sequencingRules><imsss:rollupRules'),
    "rule for an objective that is not": sub(_M, r"<imsss:rollupRules", '<imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="satisfied" referencedObjective="other"/></imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule></imsss:sequencingRules><imsss:rollupRules'),
    "sequencing that a collection has not": sub(_M, r"<imsss:sequencing>", '<imsss:sequencing IDRef="common">'),
    "time limit action unknown": sub(_M, r"(<title>[^<]*</title>)(\s*<adlcp:completionThreshold)", r"\1<adlcp:timeLimitAction>stop</adlcp:timeLimitAction>\2"),
    "completion threshold with the wrong name": sub(_M, r'completedByMeasure="true"', 'completedBymeasure="true"'),
    "nobody may choose or flow": sub(_M, r"(<organization [^>]*>.*)(</organization>)", r'\1<imsss:sequencing><imsss:controlMode choice="false" flow="false"/></imsss:sequencing>\2'),
    "resource of an asset run as an item": sub(_M, r'identifierref="sco-w01"', 'identifierref="shared"'),
    "SCO whose page is not listed": sub(_M, r'<file href="w01/index\.html"/>', ""),
    "launch with a query to nothing": sub(_M, r'href="w01/index\.html" adlcp', 'href="w01/start.html?x=1" adlcp'),
    "launch elsewhere": sub(_M, r'href="w01/index\.html" adlcp', 'href="https://example.invalid/w01/" adlcp'),
    "parameters with a space": sub(_M, r'(<item identifier="[^"]+" identifierref="[^"]+")', r'\1 parameters="a b"'),
    "visible that is no truth value": sub(_M, r'(<item identifier="[^"]+" identifierref="[^"]+")', r'\1 isvisible="yes"'),
    "item title of 300 letters": sub(_M, r"(<item [^>]*>\s*<title>)[^<]*", r"\g<1>" + "а" * 300),
    "page is no page": put(r"w01/index\.html", b"\x89PNG\r\n\x1a\n"),
    "page cut": lambda whole: whole | {"w01/index.html": whole["w01/index.html"][: len(whole["w01/index.html"]) // 2]},
    "page of an error": put(r"w01/index\.html", _HTML),
    "the script that talks to the LMS is not asked for": each(r"w01/index\.html", r'<script src="\.\./shared/api\.js"></script>', ""),
    "the script that talks to the LMS is empty": put(r"shared/api\.js", b""),
    "script cut": lambda whole: whole | {"shared/api.js": whole["shared/api.js"][: len(whole["shared/api.js"]) // 2]},
    "style lost": drop(r"shared/style\.css"),
    "font of no bytes": put(r"shared/math\.woff2", b""),
    "font that is a page": put(r"shared/math\.woff2", _HTML),
    "picture of another case": cased(r"media/.*\.png"),
    "style of another case": cased(r"shared/style\.css"),
    "schemas that are asked for and empty": lambda whole: whole | {"imscp_v1p1.xsd": b""},
    "language that is none": sub(_M, r"<lom:language>kk<", "<lom:language>Kazakh<"),
    "manifest with a submanifest": sub(_M, r"(</resources>)", r'\1<manifest identifier="sub"><organizations/><resources/></manifest>'),
}  # fmt: skip

_Q = r"activities/quiz_\d+/quiz\.xml"
_BACKUP: dict[str, Break] = {
    "course.xml of another course": sub(r"course/course\.xml", r'<course id="\d+"', '<course id="7"'),
    "no name of the course": sub(r"course/course\.xml", r"<fullname>[^<]*", "<fullname>"),
    "short name of 300 letters": sub(r"course/course\.xml", r"<shortname>[^<]*", "<shortname>" + "а" * 300),
    "start that is a date": sub(r"course/course\.xml", r"<startdate>[^<]*", "<startdate>2026-09-01"),
    "module id of a page that is another's": sub(r"activities/page_\d+/module\.xml", r'<module id="\d+"', '<module id="7"'),
    "module name that is not installed": each(r"activities/page_\d+/module\.xml", r"<modulename>page", "<modulename>hvp"),
    "content of an activity in another folder": swapped(r"activities/page_\d+/page\.xml", r"activities/forum_\d+/forum\.xml"),
    "availability that is no JSON": sub(r"activities/page_\d+/module\.xml", r"<availability>[^<]*", "<availability>{op:&amp;"),
    "availability on an activity that is not": sub(r"activities/page_\d+/module\.xml", r"<availability>[^<]*", '<availability>{"op":"&amp;","c":[{"type":"completion","cm":7,"e":1}],"showc":[true]}'),
    "sequence names an activity that is not": sub(r"sections/section_\d+/section\.xml", r"<sequence>", "<sequence>7,"),
    "sequence lost": each(r"sections/section_900000052/section\.xml", r"<sequence>[^<]*", "<sequence>"),
    "activity in two sections": sub(r"sections/section_900000012/section\.xml", r"<sequence>", "<sequence>900000053,"),
    "two sections of one number": lambda whole: whole | {name: re.sub(rb"<number>\d+", b"<number>3", data) for name, data in whole.items() if name.startswith("sections/")},
    "section that the inventory does not name": added(**{"sections/section_7/section.xml": b'<?xml version="1.0" encoding="UTF-8"?>\n<section id="7"><number>9</number></section>'}),
    "activity that the inventory does not name": added(**{"activities/page_7/page.xml": b'<?xml version="1.0" encoding="UTF-8"?>\n<activity id="7" moduleid="7" modulename="page" contextid="7"><page id="7"><name>a</name></page></activity>'}),
    "link to an activity that is not": sub(r"activities/page_\d+/page\.xml", r"BOOKVIEWBYID\*\d+@", "BOOKVIEWBYID*7@"),
    "pool file under another name": lambda whole: {(f"files/00/{'0' * 40}" if name == next(n for n in whole if re.fullmatch(r"files/[0-9a-f]{2}/.*", n)) else name): data for name, data in whole.items()},
    "size of a file": sub(r"files\.xml", r"<filesize>\d+", "<filesize>1"),
    "file of a context that is not": sub(r"files\.xml", r"<contextid>\d+", "<contextid>7"),
    "file name empty": sub(r"files\.xml", r"<filename>[^<]+", "<filename>"),
    "file path without a slash": sub(r"files\.xml", r"<filepath>/", "<filepath>docs"),
    "file twice": sub(r"files\.xml", r"(<file id=\")(\d+)(\".*?</file>)", r"\1\2\3\1\2\3"),
    "picture of a text that no file is": sub(r"activities/book_\d+/book\.xml", r"@@PLUGINFILE@@/[^&\"]+", "@@PLUGINFILE@@/nowhere.png"),
    "text with a link to the old site": sub(r"activities/page_\d+/page\.xml", r"<content>", '<content>&lt;img src="https://old.invalid/pluginfile.php/55/a.png"&gt;'),
    "slots not in their order": each(_Q, r"<slot>(1|2)<", "<slot>9<"),
    "page of a slot is none": sub(_Q, r"<page>1<", "<page>0<"),
    "mark of a slot is none": sub(_Q, r"<maxmark>2<", "<maxmark>two<"),
    "no slots": sub(_Q, r"<question_instances>.*</question_instances>", "<question_instances/>"),
    "quiz that closes before it opens": lambda whole: whole | {name: data.replace(b"<timeopen>0", b"<timeopen>1800000000").replace(b"<timeclose>0", b"<timeclose>1700000000") for name, data in whole.items() if re.fullmatch(_Q, name)},
    "grade below the pass": sub(r"activities/quiz_\d+/grades\.xml", r"<gradepass>[^<]*", "<gradepass>900"),
    "least grade over the most": sub(r"activities/quiz_\d+/grades\.xml", r"<grademin>[^<]*", "<grademin>900"),
    "grade item of another activity": sub(r"activities/quiz_\d+/grades\.xml", r"<iteminstance>\d+", "<iteminstance>7"),
    "grade item in no inforef": each(r"activities/quiz_\d+/inforef\.xml", r"<grade_itemref>.*</grade_itemref>", ""),
    "entry of another category": sub(r"questions\.xml", r"<questioncategoryid>\d+", "<questioncategoryid>7"),
    "category of a context that is not": sub(r"questions\.xml", r"<contextlevel>70", "<contextlevel>99"),
    "category whose parent is not": sub(r"questions\.xml", r"<parent>9\d+", "<parent>7"),
    "question without a name": sub(r"questions\.xml", r"(<question id=\"\d+\">\s*<parent>0</parent>\s*<name>)[^<]*", r"\1"),
    "status unknown": sub(r"questions\.xml", r"<status>ready", "<status>done"),
    "version that is none": sub(r"questions\.xml", r"<version>1<", "<version>one<"),
    "question whose plugin part is lost": sub(r"questions\.xml", r"<plugin_qtype_essay_question>.*?</plugin_qtype_essay_question>", ""),
    "plugin part of another type": sub(r"questions\.xml", r"(<qtype>)essay(</qtype>)", r"\1multichoice\2"),
    "choice without a right answer": sub(r"questions\.xml", r"(<plugin_qtype_multichoice_question>.*?)<fraction>1(\.0+)?<", r"\1<fraction>0<"),
    "one answer only": sub(r"questions\.xml", r"(<plugin_qtype_multichoice_question>\s*<answers>\s*<answer .*?</answer>).*?(</answers>)", r"\1\2"),
    "answer id twice": sub(r"questions\.xml", r'(<answer id=")(\d+)(".*?<answer id=")\d+', r"\1\2\3\2"),
    "stamp twice": sub(r"questions\.xml", r"(<stamp>)([^<]*w01-lecture-q-001[^<]*)(.*?<stamp>)[^<]*w01-lecture-q-002[^<]*", r"\1\2\3\2"),
    "scale that is not": sub(r"activities/assign_\d+/assign\.xml", r"<grade>[^<]*", "<grade>-7"),
    "assignment due before it opens": lambda whole: whole | {name: re.sub(rb"<duedate>\d+", b"<duedate>1", re.sub(rb"<allowsubmissionsfromdate>\d+", b"<allowsubmissionsfromdate>1800000000", data)) for name, data in whole.items() if name.endswith("/assign.xml")},
    "completion of an unknown kind": sub(r"activities/page_\d+/module\.xml", r"<completion>\d", "<completion>9"),
    "setting of a section lost": sub(r"moodle_backup\.xml", r"<setting>\s*<level>section</level>.*?</setting>", ""),
    "backup with people": sub(r"moodle_backup\.xml", r"(<name>users</name>\s*<value>)0", r"\g<1>1"),
    "inventory's section without a folder": sub(r"moodle_backup\.xml", r"<directory>sections/section_(\d+)", r"<directory>sections/section_9\1"),
    "encoded twice": each(r"activities/page_\d+/page\.xml", r"&lt;", "&amp;lt;"),
}  # fmt: skip

_D, _R, _T = r"word/document\.xml", r"word/_rels/document\.xml\.rels", r"\[Content_Types\]\.xml"
_DOCX: dict[str, Break] = {
    "section before the text": sub(_D, r"(<w:body>)(.*)(<w:sectPr>(?:(?!<w:sectPr>).)*</w:sectPr>)(</w:body>)", r"\1\3\2\4"),
    "text in a paragraph without a run": sub(_D, r"<w:r>(<w:t[^>]*>[^<]*</w:t>)</w:r>", r"\1"),
    "line break in a text": sub(_D, r"(<w:t[^>]*>[^<]+)</w:t>", r"\1<w:br/></w:t>"),
    "spaces that Word drops": sub(_D, r'<w:t xml:space="preserve">([^<]+)<', r"<w:t> \1 <"),
    "style that is not": sub(_D, r'<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Heading7"/>'),
    "style of a run that is not": sub(_D, r'<w:rStyle w:val="Hyperlink"/>', '<w:rStyle w:val="Link"/>'),
    "style of a table that is not": sub(_D, r'<w:tblStyle w:val="TableGrid"/>', '<w:tblStyle w:val="Other"/>'),
    "properties after the runs": sub(_D, r"<w:p>(<w:pPr>.*?</w:pPr>)(<w:r>.*?</w:r>)</w:p>", r"<w:p>\2\1</w:p>"),
    "run properties after the text": sub(_D, r"<w:r>(<w:rPr>.*?</w:rPr>)(<w:t[^>]*>[^<]*</w:t>)</w:r>", r"<w:r>\2\1</w:r>"),
    "justification that is none": sub(_D, r'<w:jc w:val="center"/>', '<w:jc w:val="middle"/>'),
    "indent in centimetres": sub(_D, r'w:left="4820"', 'w:left="8.5cm"'),
    "colour that is none": sub(_D, r"(<w:rPr>)", r'\1<w:color w:val="dark red"/>'),
    "size that is none": sub(_D, r"(<w:rPr>)", r'\1<w:sz w:val="12pt"/>'),
    "wider row than the grid": sub(_D, r"(<w:tr[ >].*?)(<w:tc>.*?</w:tc>)", r"\1\2\2\2"),
    "span over the grid": sub(_D, r"<w:tcPr>(<w:tcW [^>]*/>)", r'<w:tcPr>\1<w:gridSpan w:val="9"/>'),
    "span that is none": sub(_D, r"<w:tcPr>(<w:tcW [^>]*/>)", r'<w:tcPr>\1<w:gridSpan w:val="0"/>'),
    "merge that begins nowhere": sub(_D, r"(</w:tr><w:tr[ >].*?)<w:tcPr>(<w:tcW [^>]*/>)", r"\1<w:tcPr>\2<w:vMerge/>"),
    "table without a grid": sub(_D, r"<w:tblGrid>.*?</w:tblGrid>", ""),
    "table without rows": sub(_D, r"(<w:tblGrid>.*?</w:tblGrid>).*?(</w:tbl>)", r"\1\2"),
    "table last in a cell": sub(_D, r"(</w:p>)(</w:tc>)", r"\1<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>\2"),
    "bookmark that does not end": sub(_D, r"(<w:p>)", r'<w:bookmarkStart w:id="900" w:name="open"/>\1'),
    "bookmark id twice": sub(_D, r"(<w:p>)", r'<w:bookmarkStart w:id="9" w:name="a"/><w:bookmarkEnd w:id="9"/><w:bookmarkStart w:id="9" w:name="b"/><w:bookmarkEnd w:id="9"/>\1'),
    "link to a bookmark that is not": sub(_D, r"(<w:body>)", r'\1<w:p><w:hyperlink w:anchor="nowhere"><w:r><w:t>a</w:t></w:r></w:hyperlink></w:p>'),
    "link that no relationship names": sub(_D, r'(<w:hyperlink [^>]*r:id=")[^"]+', r"\1rId99"),
    "field that does not end": sub(_D, r"(</w:p>)", r'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>\1'),
    "footnote that is not": sub(_D, r"(</w:p>)", r'<w:r><w:footnoteReference w:id="5"/></w:r>\1'),
    "comment that is not": sub(_D, r"(</w:p>)", r'<w:r><w:commentReference w:id="5"/></w:r>\1'),
    "picture id twice": lambda whole: whole | {"word/document.xml": re.sub(rb"(<w:p>(?:(?!</w:p>).)*<w:drawing>.*?</w:p>)", rb"\1\1", whole["word/document.xml"], count=1, flags=re.DOTALL)},
    "picture of no size": sub(_D, r'<wp:extent cx="\d+" cy="\d+"/>', '<wp:extent cx="0" cy="0"/>'),
    "picture of a negative size": sub(_D, r'<wp:extent cx="\d+" cy="\d+"/>', '<wp:extent cx="-5" cy="10"/>'),
    "picture on the author's disk": sub(_R, r'Target="media/[^"]+"/>', 'Target="file:///C:/a.png" TargetMode="External"/>'),
    "picture that is a page": put(r"word/media/course1\.png", _HTML),
    "picture of another kind": put(r"word/media/course1\.png", b"BM" + b"\0" * 60),
    "picture whose kind nobody says": sub(_T, r'<Default [^>]*Extension="png"[^>]*/>', ""),
    "header of another kind": sub(_T, r"wordprocessingml\.header\+xml", "wordprocessingml.footer+xml"),
    "header without letters": put(r"word/header1\.xml", b""),
    "page of no width": sub(_D, r'<w:pgSz w:w="\d+"', '<w:pgSz w:w="0"'),
    "margins wider than the page": sub(_D, r'w:right="850" w:bottom="1134" w:left="1701"', 'w:right="9000" w:bottom="1134" w:left="9000"'),
    "list level 12": sub(_D, r'<w:ilvl w:val="\d"/>', '<w:ilvl w:val="12"/>'),
    "list without an abstract one": sub(r"word/numbering\.xml", r'(<w:num [^>]*><w:abstractNumId w:val=")\d+', r"\g<1>99"),
    "abstract list twice": sub(r"word/numbering\.xml", r"(<w:abstractNum w:abstractNumId=\")(\d+)(\".*?</w:abstractNum>)", r"\1\2\3\1\2\3"),
    "list after its use": sub(r"word/numbering\.xml", r"(<w:abstractNum .*</w:abstractNum>)(<w:num .*</w:num>)", r"\2\1"),
    "style twice": sub(r"word/styles\.xml", r'(<w:style [^>]*w:styleId="Heading1".*?</w:style>)', r"\1\1"),
    "style based on itself": sub(r"word/styles\.xml", r'(w:styleId="Heading1".*?<w:basedOn w:val=")[^"]+', r"\1Heading1"),
    "style based on nothing": sub(r"word/styles\.xml", r'<w:basedOn w:val="[^"]+', '<w:basedOn w:val="Nothing'),
    "two default styles": sub(r"word/styles\.xml", r'<w:style w:type="paragraph" w:styleId', '<w:style w:type="paragraph" w:default="1" w:styleId'),
    "letters that XML forbids": lambda whole: whole | {"word/document.xml": whole["word/document.xml"].replace(b"</w:t>", b"\x02</w:t>", 1)},
    "settings of an unknown element": sub(r"word/settings\.xml", r"(</w:settings>)", r"<w:zoomed/>\1"),
    "macro in a document": added(**{"word/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600}),
    "template elsewhere": lambda whole: whole | {"word/_rels/settings.xml.rels": b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://evil.invalid/a.dotm" TargetMode="External"/></Relationships>'},
    "formula without a base": sub(_D, r"(</w:p>)", r'<m:oMath><m:sSup><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>\1'),
    "text that is deleted but not marked": sub(_D, r"<w:t([^>]*)>([^<]+)</w:t>", r"<w:delText\1>\2</w:delText>"),
    "core date that is none": sub(r"docProps/core\.xml", r"(<dcterms:created[^>]*>)[^<]*", r"\1yesterday"),
    "alternate content without a choice": sub(_D, r"(<w:body>)", r'\1<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/></w:r></w:p>'),
}  # fmt: skip

_INDEX = r"w01-lecture/index\.html"
_SITE: dict[str, Break] = {
    "first page lost": drop(r"index\.html"),
    "page lost": drop(_INDEX),
    "page empty": put(_INDEX, b""),
    "page cut": lambda whole: whole | {"w01-lecture/index.html": whole["w01-lecture/index.html"][: len(whole["w01-lecture/index.html"]) // 2]},
    "page of an error": put(_INDEX, _HTML),
    "page in other letters": lambda whole: whole | {"w01-lecture/index.html": whole["w01-lecture/index.html"].decode().encode("cp1251", "replace")},
    "picture lost": drop(r"media/.*"),
    "picture empty": put(r"media/.*", b""),
    "picture that is a page": put(r"media/.*", _HTML),
    "style lost": drop(r"shared/style\.css"),
    "style is a page": put(r"shared/style\.css", _HTML),
    "style of the formulas lost": drop(r"shared/math\.css"),
    "font lost": drop(r"shared/math\.woff2"),
    "font is a page": put(r"shared/math\.woff2", _HTML),
    "script lost": drop(r"shared/quiz\.js"),
    "script is a page": put(r"shared/quiz\.js", _HTML),
    "script empty": put(r"shared/quiz\.js", b""),
    "script cut": lambda whole: whole | {"shared/quiz.js": whole["shared/quiz.js"][: len(whole["shared/quiz.js"]) // 2]},
    "search lost": drop(r"shared/searchdata\.js"),
    "search cut": lambda whole: whole | {"shared/searchdata.js": whole["shared/searchdata.js"][:-40]},
    "search of another edition": sub(r"shared/searchdata\.js", r"w01-lecture", "w09-lecture"),
    "worker lost": drop(r"sw\.js"),
    "worker names a file that is not": sub(r"sw\.js", r'"w01-lecture/index\.html"', '"w77-lecture/index.html"'),
    "worker is a page": put(r"sw\.js", _HTML),
    "link to a page that is not": sub(r"index\.html", r'href="about-syllabus/index\.html"', 'href="about-nothing/index.html"'),
    "anchor that is not": sub(_INDEX, r"(<main[^>]*>)", r'\1<a href="#nowhere">a</a>'),
    "script of a stranger": sub(_INDEX, r"(<head>)", r'\1<script src="https://evil.invalid/x.js"></script>'),
    "script inside a page": sub(_INDEX, r"(<main[^>]*>)", r"\1<script>alert(1)</script>"),
    "handler inside a page": sub(_INDEX, r"<main", '<main onclick="alert(1)"'),
    "policy taken away": sub(_INDEX, r'<meta http-equiv="Content-Security-Policy"[^>]*>', ""),
    "title lost": sub(_INDEX, r"<title>.*?</title>", ""),
    "language lost": sub(_INDEX, r'<html lang="kk">', "<html>"),
    "picture without words": sub(_INDEX, r' alt="[^"]+"', ""),
    "identifier twice": sub(_INDEX, r"(<main[^>]*>)", r'\1<p id="main">a</p>'),
    "names in capitals": cased(_INDEX),
    "folder of another case": lambda whole: {name.replace("w01-lecture/", "W01-Lecture/"): data for name, data in whole.items()},
    "packed with its folder": lambda whole: {f"site/{name}": data for name, data in whole.items()},
    "Windows' shortcuts": added(**{"Thumbs.lnk": b"L\0\0\0"}),
    "page that nothing leads to": lambda whole: whole | {"draft/index.html": whole["w01-lecture/index.html"]},
}  # fmt: skip

_P = r".*\.txt"
_PLATONUS: dict[str, Break] = {
    "empty": put(_P, b""),
    "no question": put(_P, "Бұл тест емес.\n".encode()),
    "cp1251": lambda whole: {name: data.decode().encode("cp1251", "replace") for name, data in whole.items()},
    "UTF-16 with a mark": lambda whole: {name: data.decode().encode("utf-16") for name, data in whole.items()},
    "UTF-16 without a mark": lambda whole: {name: data.decode().encode("utf-16-le") for name, data in whole.items()},
    "letters lost": lambda whole: {name: data.decode().encode("ascii", "replace") for name, data in whole.items()},
    "question without variants": sub(_P, r"(<question>[^\n]*\n)(?:<variant>[^\n]*\n)+", r"\1"),
    "one variant": sub(_P, r"(<question>[^\n]*\n<variant>[^\n]*\n)(?:<variant>[^\n]*\n)+", r"\1"),
    "question without a stem": sub(_P, r"<question>[^\n]*", "<question>"),
    "variant without words": sub(_P, r"<variant>[^\n]*", "<variant>"),
    "variant twice": sub(_P, r"<variant>([^\n]*)\n<variant>[^\n]*", r"<variant>\1\n<variant>\1"),
    "question twice": lambda whole: {name: data + data for name, data in whole.items()},
    "variant before a question": lambda whole: {name: b"<variant>a\n" + data for name, data in whole.items()},
    "tag misspelt": sub(_P, r"<variant>", "<varient>"),
    "tag without its bracket": sub(_P, r"<variant>", "<variant "),
    "tag in capitals": sub(_P, r"<question>", "<QUESTION>"),
    "tag in Cyrillic letters": sub(_P, r"<question>", "<quеstiоn>"),
    "tag with a space": sub(_P, r"<question>", "< question>"),
    "closing tags": each(_P, r"<variant>([^\n]*)", r"<variant>\1</variant>"),
    "two keys": each(_P, r"<variant>(Шаршы|Дөңгелек)", r"<variantright>\1"),
    "text before": lambda whole: {name: "Кафедра меңгерушісі\n".encode() + data for name, data in whole.items()},
    "text behind": lambda whole: {name: data + "\nКілт: 1-A, 2-B\n".encode() for name, data in whole.items()},
    "control letters": sub(_P, r"(<variant>)", "\\1\x07"),
    "cut in the middle": lambda whole: {name: data[: len(data) // 2] for name, data in whole.items()},
    "cut within a letter": lambda whole: {name: data[: data.index("Д".encode()) + 1] for name, data in whole.items()},
    "a page in its place": put(_P, _HTML),
    "levels and none mixed": sub(_P, r"<question>", "<question1>"),
    "level 4": each(_P, r"<question>", "<question4>"),
}  # fmt: skip

_E = r"EPUB/package\.opf"
_N = r"EPUB/nav\.xhtml"
_X = r"EPUB/text/w01-lecture\.xhtml"
_EPUB: dict[str, Break] = {
    "mimetype lost": drop("mimetype"),
    "mimetype of a zip": put("mimetype", b"application/zip"),
    "mimetype with a line break": put("mimetype", b"application/epub+zip\n"),
    "mimetype with a mark": put("mimetype", b"\xef\xbb\xbfapplication/epub+zip"),
    "container lost": drop(r"META-INF/container\.xml"),
    "container to nothing": sub(r"META-INF/container\.xml", r'full-path="[^"]+', 'full-path="EPUB/other.opf'),
    "container without a type": sub(r"META-INF/container\.xml", r' media-type="[^"]+"', ""),
    "package cut": lambda whole: whole | {"EPUB/package.opf": whole["EPUB/package.opf"][:-60]},
    "no title": sub(_E, r"<dc:title>.*?</dc:title>", ""),
    "title empty": sub(_E, r"<dc:title>.*?</dc:title>", "<dc:title> </dc:title>"),
    "no language": sub(_E, r"<dc:language>.*?</dc:language>", ""),
    "language that is none": sub(_E, r"<dc:language>kk<", "<dc:language>қазақша<"),
    "no identifier": sub(_E, r"<dc:identifier.*?</dc:identifier>", ""),
    "unique-identifier to nothing": sub(_E, r'unique-identifier="id"', 'unique-identifier="uid"'),
    "modified lost": sub(_E, r'<meta property="dcterms:modified">.*?</meta>', ""),
    "modified twice": sub(_E, r'(<meta property="dcterms:modified">.*?</meta>)', r"\1\1"),
    "modified is no time": sub(_E, r'(<meta property="dcterms:modified">)[^<]*', r"\g<1>28.08.2026"),
    "version 4": sub(_E, r'version="3\.0"', 'version="4.0"'),
    "item that is not there": sub(_E, r'href="text/w01-lecture\.xhtml"', 'href="text/w09-lecture.xhtml"'),
    "item id twice": sub(_E, r'(<item id=")([^"]+)(".*?<item id=")[^"]+', r"\1\2\3\2"),
    "item href twice": sub(_E, r"(<item id=\")([^\"]+)(\"[^>]*/>)", r"\1\2\3\1again\3"),
    "item of another kind": sub(_E, r'(href="text/w01-lecture\.xhtml" media-type=")[^"]+', r"\1text/html"),
    "item of no kind": sub(_E, r'(href="text/w01-lecture\.xhtml") media-type="[^"]+"', r"\1"),
    "picture said to be JPEG": sub(_E, r'media-type="image/png"', 'media-type="image/jpeg"'),
    "picture of a foreign kind": lambda whole: whole | {"EPUB/package.opf": whole["EPUB/package.opf"].replace(b'media-type="image/png"', b'media-type="image/tiff"')},
    "no nav": sub(_E, r' properties="nav"', ""),
    "two navs": sub(_E, r'(href="text/w01-lecture\.xhtml" media-type="[^"]+")', r'\1 properties="nav"'),
    "mathml not told": each(_E, r' properties="mathml"', ""),
    "property unknown": sub(_E, r'properties="nav"', 'properties="nav toc"'),
    "spine empty": sub(_E, r"<spine>.*</spine>", "<spine/>"),
    "spine lost": sub(_E, r"<spine>.*</spine>", ""),
    "itemref to nothing": sub(_E, r'<itemref idref="[^"]+', '<itemref idref="nowhere'),
    "itemref twice": sub(_E, r"(<itemref [^>]*/>)", r"\1\1"),
    "page that the spine leaves out": sub(_E, r'<itemref idref="[^"]*w01-lecture\.xhtml"[^>]*/>', ""),
    "file that the manifest leaves out": sub(_E, r'<item id="[^"]*style\.css"[^>]*/>', ""),
    "file outside of all": added(**{"EPUB/text/draft.xhtml": b"<html/>"}),
    "picture lost": drop(r"EPUB/media/.*\.png"),
    "picture is a page": put(r"EPUB/media/.*\.png", _HTML),
    "style lost": drop(r"EPUB/style\.css"),
    "style cut": lambda whole: whole | {"EPUB/style.css": whole["EPUB/style.css"][: len(whole["EPUB/style.css"]) // 3]},
    "style asks for a font that is not": lambda whole: whole | {"EPUB/style.css": whole["EPUB/style.css"] + b"@font-face{font-family:a;src:url(fonts/a.woff2)}"},
    "style asks for another's font": lambda whole: whole | {"EPUB/style.css": whole["EPUB/style.css"] + b"@import url(https://fonts.invalid/a.css);"},
    "page not well-formed": sub(_X, r"</h1>", "</h2>"),
    "page with an entity": sub(_X, r"(<body[^>]*>)", r"\1<p>&nbsp;</p>"),
    "page without its namespace": sub(_X, r' xmlns="http://www\.w3\.org/1999/xhtml"', ""),
    "page without a title": sub(_X, r"<title>.*?</title>", ""),
    "page title empty": sub(_X, r"<title>.*?</title>", "<title></title>"),
    "page empty": put(_X, b""),
    "page of an error": put(_X, _HTML),
    "element that HTML has not": sub(_X, r"(<body[^>]*>)", r"\1<center><font>a</font></center>"),
    "block in a paragraph": sub(_X, r"(<body[^>]*>)", r"\1<p><div>a</div></p>"),
    "list item outside of a list": sub(_X, r"(<body[^>]*>)", r"\1<li>a</li>"),
    "id twice": sub(_X, r'(<h2 id=")([^"]+)(".*?<h2 id=")[^"]+', r"\1\2\3\2"),
    "picture without words": lambda whole: whole | {name: re.sub(rb' alt="[^"]*"', b"", data) for name, data in whole.items() if name.endswith(".xhtml")},
    "script not told": sub(_X, r"(<head>)", r"\1<script>alert(1)</script>"),
    "link to a page that is not": sub(_X, r"(<body[^>]*>)", r'\1<p><a href="w77.xhtml">a</a></p>'),
    "link to an anchor that is not": sub(_X, r"(<body[^>]*>)", r'\1<p><a href="foreword.xhtml#nowhere">a</a></p>'),
    "link out of the book": sub(_X, r"(<body[^>]*>)", r'\1<p><a href="../../../a.xhtml">a</a></p>'),
    "picture from elsewhere": sub(_X, r"(<body[^>]*>)", r'\1<p><img src="https://example.invalid/a.png" alt="a"/></p>'),
    "nav without toc": sub(_N, r'epub:type="toc"', 'epub:type="landmarks"'),
    "nav empty": sub(_N, r"<ol>.*</ol>", "<ol></ol>"),
    "nav to a page that is not": sub(_N, r'href="text/w01-lecture\.xhtml"', 'href="text/w77-lecture.xhtml"'),
    "nav to an anchor that is not": sub(_N, r"#about-syllabus-h1", "#nowhere"),
    "nav without words": sub(_N, r'(<a href="text/w01-lecture\.xhtml">)[^<]*', r"\1"),
    "footnote that is not": sub(_X, r'href="#w01-lecture-n1"', 'href="#w01-lecture-n9"'),
    "refines nothing": sub(_E, r"(</metadata>)", r'<meta refines="#nobody" property="role">aut</meta>\1'),
    "prefix undeclared": sub(_E, r"(</metadata>)", r'<meta property="foo:bar">a</meta>\1'),
    "encryption that nothing opens": added(**{"META-INF/encryption.xml": b'<?xml version="1.0"?><encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="urn:x"/><enc:CipherData><enc:CipherReference URI="EPUB/text/w01-lecture.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>'}),
    "two books in one": sub(r"META-INF/container\.xml", r"(<rootfile [^>]*/>)", r'\1<rootfile full-path="EPUB/second.opf" media-type="application/oebps-package+xml"/>'),
}  # fmt: skip


def _qti(say: dict[str, str], number: str) -> dict[str, Break]:
    """Faults of items of 2.x and 3.0, whose names differ; ``say``: what stands for each name of 2.1."""

    def n(text: str) -> str:
        for name in sorted(say, key=len, reverse=True):
            text = text.replace(name, say[name])
        return text

    def item(at: str, pattern: str, new: str, count: int = 1) -> Break:
        return sub(rf"items/exam-{at}\.xml", n(pattern), n(new), count=count)

    def all_of(at: str, pattern: str, new: str) -> Break:
        return item(at, pattern, new, 0)

    return {
        "item lost": drop(r"items/exam-002\.xml"),
        "item empty": put(r"items/exam-002\.xml", b""),
        "item is a page": put(r"items/exam-002\.xml", _HTML),
        "item cut": lambda whole: whole | {"items/exam-002.xml": whole["items/exam-002.xml"][:-300]},
        "picture lost": drop(r"media/.*"),
        "picture is a page": put(r"media/.*", _HTML),
        "picture in no resource": each(_M, r'<file href="media/[^"]+"/>', ""),
        "item in no resource": sub(_M, rf'<resource (?:xmlns="[^"]+" )?identifier="item-exam-002" type="imsqti_item_xmlv{number}".*?</resource>', ""),
        "type of another version": sub(_M, rf'type="imsqti_item_xmlv{number}"', 'type="imsqti_item_xmlv1p9"'),
        "test lost": drop(r"test\.xml"),
        "test asks for an item that is not": sub(r"test\.xml", r'href="items/exam-002\.xml"', 'href="items/exam-902.xml"'),
        "one item twice in a test": sub(r"test\.xml", r'identifier="exam-002" href', 'identifier="exam-001" href'),
        "navigation unknown": sub(r"test\.xml", n(r'navigationMode="nonlinear"'), n('navigationMode="free"')),
        "submission lost": sub(r"test\.xml", n(r' submissionMode="individual"'), ""),
        "section without a title": sub(r"test\.xml", r' title="[^"]*" visible', " visible"),
        "identifier with a space": item("002", r'identifier="exam-002"', 'identifier="exam 002"'),
        "identifier twice in two items": item("002", r'identifier="exam-002"', 'identifier="exam-003"'),
        "no adaptive": item("002", r' adaptive="false"', ""),
        "no time dependent": item("002", r' timeDependent="false"', ""),
        "key to no choice": item("002", r"(<correctResponse><value>)choice-1", r"\1choice-9"),
        "key empty": item("002", r"(<correctResponse><value>)choice-1", r"\1"),
        "two keys of a single response": item("002", r"(<correctResponse><value>choice-1</value>)", r"\1<value>choice-2</value>"),
        "no key and no mapping": item("003", r"<correctResponse>.*</mapping>", ""),
        "mapping to no choice": item("003", r'mapKey="choice-2"', 'mapKey="choice-8"'),
        "mapping of letters": item("003", r'mappedValue="0\.5"', 'mappedValue="half"'),
        "mapping key twice": item("003", r'mapKey="choice-2"', 'mapKey="choice-1"'),
        "choice twice": item("003", r'<simpleChoice identifier="choice-2"', '<simpleChoice identifier="choice-1"'),
        "choice without an identifier": item("003", r'<simpleChoice identifier="choice-2"', "<simpleChoice"),
        "choices lost": item("003", r"<simpleChoice .*</simpleChoice>", ""),
        "choice without words": item("003", r'(<simpleChoice identifier="choice-2">)[^<]*', r"\1"),
        "more keys than may be chosen": item("003", r'maxChoices="0"', 'maxChoices="1"'),
        "max choices that is none": item("003", r'maxChoices="0"', 'maxChoices="all"'),
        "fewer choices than must be chosen": item("003", r'maxChoices="0"', 'maxChoices="0" minChoices="9"'),
        "response of an interaction undeclared": item("003", r'responseIdentifier="RESPONSE"', 'responseIdentifier="ANSWER"'),
        "two interactions of one response": item("003", r"(<choiceInteraction .*</choiceInteraction>)", r"\1\1"),
        "cardinality unknown": item("003", r'cardinality="multiple"', 'cardinality="several"'),
        "cardinality against the interaction": item("002", r'(identifier="RESPONSE" cardinality=")single', r"\1ordered"),
        "base type against the interaction": item("002", r'(cardinality="single" baseType=")identifier"', r'\1float"'),
        "base type unknown": item("002", r'baseType="identifier"', 'baseType="text"'),
        "no SCORE": all_of("003", r'<outcomeDeclaration identifier="SCORE".*?</outcomeDeclaration>', ""),
        "SCORE is a word": item("003", r'(identifier="SCORE" cardinality="single" baseType=")float', r"\1identifier"),
        "default that is none": item("003", r"(<defaultValue><value>)0", r"\1zero"),
        "processing lost": item("003", r"<responseProcessing [^>]*/>", ""),
        "processing by an unknown template": item("003", r'template="[^"]+"', 'template="http://example.invalid/score"'),
        "processing by a template of match, which pays for all": item("003", r"map_response", "match_correct"),
        "sets a value that is undeclared": item("002", r'<setOutcomeValue identifier="FEEDBACK"', '<setOutcomeValue identifier="HINT"'),
        "reads a response that is undeclared": item("002", r'<mapResponse identifier="RESPONSE"', '<mapResponse identifier="OTHER"'),
        "condition without what it does": item("004", r"<setOutcomeValue identifier=\"SCORE\">.*?</setOutcomeValue>(?=</responseIf>)", ""),
        "operator unknown": item("004", r"<match>(.*?)</match>", r"<same>\1</same>"),
        "operator with one of two": item("004", r'<match><variable identifier="RESPONSE"/>', "<match>"),
        "feedback of an outcome that is not": item("004", r'outcomeIdentifier="FEEDBACK"', 'outcomeIdentifier="HINT"'),
        "feedback neither shown nor hidden": item("004", r'showHide="show"', 'showHide="perhaps"'),
        "feedback no answer leads to": item("004", r'(showHide="show" identifier=")false', r"\1maybe"),
        "pair to no row": item("007", r"row-2 answer-2</value>", "row-7 answer-2</value>"),
        "pair the wrong way round": item("007", r"<value>row-1 answer-1</value>", "<value>answer-1 row-1</value>"),
        "pair of one": item("007", r"<value>row-1 answer-1</value>", "<value>row-1</value>"),
        "one set of two": item("007", r"(</simpleMatchSet>)<simpleMatchSet>.*?</simpleMatchSet>", r"\1"),
        "match max lost": item("007", r' matchMax="1"', ""),
        "row that takes fewer than its keys": item("007", r'identifier="answer-1" matchMax="2"', 'identifier="row-1" matchMax="2"'),
        "gap of a response that is not": item("008", r'<textEntryInteraction responseIdentifier="RESPONSE2"', '<textEntryInteraction responseIdentifier="RESPONSE9"'),
        "response that no gap takes": item("008", r'<textEntryInteraction responseIdentifier="RESPONSE2"[^>]*/>', ""),
        "key of a number is a word": item("006", r"(<correctResponse><value>)2", r"\1екі"),
        "number compared by letters": item("006", r'(toleranceMode|tolerance-mode)="[a-z]+"', r'\1="letters"'),
        "pattern that is none": item("005", r'pattern="[^"]+"', 'pattern="[("'),
        "gap outside of a paragraph": item("005", r"<p>(<textEntryInteraction [^>]*/>)</p>", r"\1"),
        "body lost": item("002", r"<itemBody>.*</itemBody>", ""),
        "body empty": item("002", r"<itemBody>.*</itemBody>", "<itemBody/>"),
        "interaction unknown": all_of("003", r"choiceInteraction", "guessInteraction"),
        "namespace of another version": item("002", r'xmlns="http://www\.imsglobal\.org/xsd/ims[^"]+"', 'xmlns="http://www.imsglobal.org/xsd/imsqti_v9p9"'),
        "element of HTML that may not be": item("002", r"(<itemBody>)", r"\1<script>alert(1)</script>"),
        "picture without words": item("002", r' alt="[^"]*"', ""),
        "rubric for nobody": item("001", r'view="scorer"', 'view="teacher"'),
        "mapping bounds the wrong way": item("003", r'lowerBound="0" upperBound="1"', 'lowerBound="2" upperBound="1"'),
        "score over its maximum": item("002", r'mappedValue="2"', 'mappedValue="20"'),
    }  # fmt: skip


_OLD = {
    name: name
    for name in (
        [
            "itemBody",
            "responseProcessing",
            "correctResponse",
            "simpleChoice",
            "choiceInteraction",
            "responseIdentifier",
            "mapKey",
        ]
    )
}
_THREE_ELEMENTS = [
    "correctResponse",
    "value",
    "mapping",
    "mapEntry",
    "simpleChoice",
    "choiceInteraction",
    "guessInteraction",
    "outcomeDeclaration",
    "defaultValue",
    "responseProcessing",
    "setOutcomeValue",
    "mapResponse",
    "responseIf",
    "match",
    "same",
    "variable",
    "simpleMatchSet",
    "textEntryInteraction",
    "itemBody",
]
_THREE_ATTRIBUTES = [
    "timeDependent",
    "mapKey",
    "mappedValue",
    "maxChoices",
    "minChoices",
    "responseIdentifier",
    "baseType",
    "outcomeIdentifier",
    "showHide",
    "matchMax",
    "navigationMode",
    "submissionMode",
    "lowerBound",
    "upperBound",
]


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", lambda found: "-" + found[1].lower(), name)


_THREE = (
    {f"<{name}": f"<qti-{_kebab(name)}" for name in _THREE_ELEMENTS}
    | {f"</{name}": f"</qti-{_kebab(name)}" for name in _THREE_ELEMENTS}
    | {f"{name}=": f"{_kebab(name)}=" for name in _THREE_ATTRIBUTES}
    | {"choiceInteraction": "qti-choice-interaction", "guessInteraction": "qti-guess-interaction"}
)

FAULTS: dict[str, dict[str, Break]] = {
    "cc13": _CC13,
    "scorm2004": _SCORM2004,
    "moodle-backup": _BACKUP,
    "syllabus": _DOCX,
    "site": _SITE,
    "platonus": _PLATONUS,
    "qti21": _qti(_OLD, "2p1"),
    "qti3": _qti(_THREE, "3p0"),
    "epub": _EPUB,
}


_TESTS = "".join(
    f"<question>{number}-сұрақ. Билік дегеніміз не?\n<variant>Шаршы {number}\n<variant>Дөңгелек {number}\n"
    f"<variant>Үшбұрыш {number}\n<variant>Нүкте {number}\n<variant>Сызық {number}\n\n"
    for number in range(1, 6)
)


def whole_of(product: str) -> mutations.Members:
    """What is broken: our product of a course with one of everything; a bank of tagged tests as departments have them,
    for of that course few questions can be one."""
    return {"tests.txt": _TESTS.encode()} if product == "platonus" else mutations.members(product)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("products", nargs="*", default=list(FAULTS))
    parser.add_argument("--silent", type=Path, help="write what is not noticed to a file")
    arguments = parser.parse_args()
    path = Path(tempfile.mkdtemp(prefix="coursepack-")) / "package"
    silent: list[str] = []
    print("| product | faults | an error | a warning | not reported |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for product in arguments.products:
        whole = whole_of(product)
        _, before = mutations.noticed(path, mutations.bytes_of(product, whole))
        counts = {"error": 0, "warning": 0, "": 0}
        for name, fault in FAULTS[product].items():
            word, codes = mutations.noticed(path, mutations.bytes_of(product, fault(whole)))
            if codes <= before:
                word = ""
            counts[word] += 1
            if not word:
                silent.append(f"{product}\t{name}")
        print(f"| {product} | {len(FAULTS[product])} |", " | ".join(map(str, counts.values())), "|", flush=True)
    if arguments.silent:
        arguments.silent.write_text("\n".join(silent) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
