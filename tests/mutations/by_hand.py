# ruff: noqa: E501 - a table of patterns
"""What goes wrong in real packages and no schema sees: dangling references, lost files, keys that open nothing.

Each entry breaks one thing in a sound product; ``coursepack validate`` must refuse every one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.mutations.products import Members

Break = Callable[[Members], Members]


def sub(member: str, pattern: str, replacement: str, count: int = 1) -> Break:
    """Replace a pattern in the first member whose name fits."""

    def broken(whole: Members) -> Members:
        name = _named(whole, member)
        before = whole[name].decode("utf-8")
        after = re.sub(pattern, replacement, before, count=count, flags=re.DOTALL)
        assert after != before, f"{pattern} is not in {name}"
        return whole | {name: after.encode()}

    return broken


def drop(member: str) -> Break:
    """Take a member away."""

    def broken(whole: Members) -> Members:
        name = _named(whole, member)
        return {key: data for key, data in whole.items() if key != name}

    return broken


def put(member: str, data: bytes) -> Break:
    """Put other bytes into a member, or add one."""
    return lambda whole: whole | {_named(whole, member, new=True): data}


def rename(member: str, new: str) -> Break:
    def broken(whole: Members) -> Members:
        name = _named(whole, member)
        return {(new if key == name else key): data for key, data in whole.items()}

    return broken


def into_folder(whole: Members) -> Members:
    """Packed with the folder around it."""
    return {f"course/{name}": data for name, data in whole.items()}


def _named(whole: Members, pattern: str, *, new: bool = False) -> str:
    found = [name for name in whole if re.fullmatch(pattern, name)]
    assert found or new, pattern
    return found[0] if found else pattern


_M = "imsmanifest.xml"
_IMS: dict[str, Break] = {
    "no manifest": drop(_M),
    "manifest empty": put(_M, b""),
    "manifest cut": lambda whole: whole | {_M: whole[_M][: len(whole[_M]) // 2]},
    "manifest not UTF-8": lambda whole: whole | {_M: whole[_M].replace("К".encode(), b"\xca")},
    "manifest with a DOCTYPE": lambda whole: (
        whole | {_M: whole[_M].replace(b"<manifest", b'<!DOCTYPE manifest [<!ENTITY x "y">]><manifest', 1)}
    ),
    "ampersand": sub(_M, r"&amp;", "&"),
    "item to a resource that is not": sub(_M, r'identifierref="[^"]+"', 'identifierref="nowhere"'),
    "identifier twice": sub(_M, r'(<resource identifier=")([^"]+)(".*?<resource identifier=")[^"]+', r"\1\2\3\2"),
    "file that is not": sub(_M, r'<file href="[^"]+\.html', '<file href="missing.html'),
    "href that is not": sub(_M, r'(type="webcontent"[^>]*? href=")[^"]+', r"\1missing.html"),
    "another case": sub(_M, r'(<file href=")([^"]+)\.html', r"\1\2.HTML"),
    "href out of the package": sub(_M, r'(<file href=")', r"\1../"),
    "href absolute": sub(_M, r'(<file href=")', r"\1/"),
    "href with a backslash": sub(_M, r'(<file href=")([a-z0-9]+)[/-]', r"\1\2\\\\"),
    "dependency on nothing": sub(
        _M, r"(<resource [^>]*>.*?)(</resource>)", r'\1<dependency identifierref="nowhere"/>\2'
    ),
    "page lost": drop(r"(about-syllabus|w01/index)\.html"),
    "picture lost": drop(r"media/.*\.png"),
    "no organizations": sub(_M, r"<organizations.*</organizations>", ""),
    "no resources": sub(_M, r"<resources>.*</resources>", ""),
    "organization after resources": sub(_M, r"(<organizations.*</organizations>)(.*)(</manifest>)", r"\2\1\3"),
    "schemaversion of no edition": sub(_M, r"<schemaversion>[^<]*", "<schemaversion>9.9"),
    "namespace misspelt": sub(_M, r'xmlns="http://www\.ims', 'xmlns="http://www.lms'),
    "item without a title": sub(_M, r"(identifierref=[^>]*>\s*)<title>[^<]*</title>", r"\1"),
}

_CARTRIDGE: dict[str, Break] = _IMS | {
    "resource of no known type": sub(_M, r'type="webcontent"', 'type="webcontents"'),
    "namespace of another version": sub(_M, r'xmlns="http://www\.imsglobal\.org/xsd/imsccv1p\d', 'xmlns="http://www.imsglobal.org/xsd/imsccv1p7'),
    "two organizations": sub(_M, r"(<organization identifier=\")(organization)(\".*?</organization>)", r"\1\2\3\1other\3"),
    "other structure": sub(_M, r'structure="rooted-hierarchy"', 'structure="hierarchical"'),
    "item to a question bank": sub(_M, r'identifierref="[^"]+exam-practice"', 'identifierref="sample-exam-bank"'),
    "two files in an assessment": sub(_M, r'(<file href="exam-practice\.xml"/>)', r'\1<file href="about-grading.html"/>'),
    "a second root item": sub(_M, r"(</item>\s*)(</organization>)", r'\1<item identifier="second"/>\2'),
    "no schema": sub(_M, r"<schema>[^<]*</schema>", ""),
    "question file is no QTI": put("w01-lecture-review.xml", b"<html/>"),
    "question file cut": lambda whole: whole | {"exam-bank.xml": whole["exam-bank.xml"][:-50]},
    "question namespace": sub("exam-bank.xml", r"ims_qtiasiv1p2", "ims_qtiasiv2p0"),
    "item ident twice": sub("w01-lecture-review.xml", r'(<item ident=")([^"]+)(".*?<item ident=")[^"]+', r"\1\2\3\2"),
    "profile unknown": sub("w01-lecture-review.xml", r"cc\.multiple_choice\.v0p1", "cc.multiple_guess.v0p1"),
    "no profile": sub("w01-lecture-review.xml", r"(<itemmetadata>).*?(</itemmetadata>)", r"\1<qtimetadata/>\2"),
    "key to no answer": sub("w01-lecture-review.xml", r"(<varequal[^>]*>)c1<", r"\1c9<"),
    "key to no response": sub("w01-lecture-review.xml", r'(<varequal [^>]*respident=")[^"]+', r"\1response9"),
    "answer ident twice": sub("w01-lecture-review.xml", r'<response_label ident="c2"', '<response_label ident="c1"'),
    "feedback that is not": sub("w01-lecture-review.xml", r'linkrefid="[^"]+"', 'linkrefid="nowhere"'),
    "no answer is right": sub("w01-lecture-review.xml", r"<setvar[^>]*>100</setvar>", "", count=0),
    "one answer only": sub("w01-lecture-review.xml", r"<response_label ident=\"c[23]\".*?</response_label>", "", count=2),
    "true/false without its idents": sub("w01-lecture-review.xml", r'ident="true"', 'ident="yes"'),
    "section twice": sub("exam-practice.xml", r"(</section>)", r'\1<section ident="second"/>'),
    "no section": sub("exam-practice.xml", r"<section.*</section>", ""),
    "bank without items": sub("exam-bank.xml", r"<(?:ns0:)?item .*</(?:ns0:)?item>", ""),
    "link without an address": sub(r"about-literature-link-01\.xml", r'href="[^"]+"', 'href=""'),
    "link without a title": sub(r"about-literature-link-01\.xml", r"<title>.*</title>", ""),
    "topic without a text": sub("w01-seminar.xml", r"<text .*</text>", ""),
    "topic of another version": sub("w01-seminar.xml", r"imsdt_v1p\d", "imsdt_v1p9"),
    "picture of a page that is not": sub("w01-lecture.html", r'<img src="[^"]+', '<img src="media/other.png'),
    "link of a page that is not": sub("w01-lecture.html", r"(<body[^>]*>)", r'\1<img src="nowhere.png" alt=""/>'),
    "picture of a question that is not": sub("w01-lecture-review.xml", r"(FILEBASE\$/?)media/[^&]+?\.png", r"\1media/other.png"),
}  # fmt: skip

_SCORM: dict[str, Break] = _IMS | {
    "default organization that is not": sub(_M, r'default="[^"]+"', 'default="other"'),
    "unknown scorm type": sub(_M, r'(adlcp:scorm[tT]ype=")sco"', r'\1scorm"'),
    "no scorm type": sub(_M, r' adlcp:scorm[tT]ype="sco"', ""),
    "SCO without href": sub(_M, r'(<resource [^>]*?type="webcontent"[^>]*?) href="[^"]+"', r"\1"),
    "no title of the organization": sub(_M, r"(<organization [^>]*>\s*)<title>[^<]*</title>", r"\1"),
    "organization without items": sub(_M, r"(<organization .*?)<item .*</item>", r"\1"),
    "script lost": drop(r"shared/api\.js"),
    "item identifier twice": sub(_M, r'(<item identifier=")([^"]+)(".*?<item identifier=")[^"]+', r"\1\2\3\2"),
}
_SCORM12: dict[str, Break] = _SCORM | {
    "mastery over 100": sub(_M, r"(<adlcp:masteryscore>)[^<]*", r"\g<1>150"),
    "name of 2004": sub(_M, r"adlcp:scormtype=", "adlcp:scormType="),
}
_SCORM2004: dict[str, Break] = _SCORM | {
    "name of 1.2": sub(_M, r"adlcp:scormType=", "adlcp:scormtype="),
    "measure over 1": sub(_M, r"(<imsss:minNormalizedMeasure>)[^<]*", r"\g<1>1.5"),
    "sequencing in the wrong order": sub(_M, r"(<imsss:rollupRules[^>]*/>)(\s*)(<imsss:objectives>.*?</imsss:objectives>)", r"\3\2\1"),
    "unknown sequencing": sub(_M, r"<imsss:deliveryControls [^>]*/>", "<imsss:deliveryControl/>"),
    "not a truth value": sub(_M, r'completionSetByContent="true"', 'completionSetByContent="yes"'),
}  # fmt: skip

_Q = ".*\\.xml"
_MOODLE_XML: dict[str, Break] = {
    "cut": lambda whole: {name: data[:-200] for name, data in whole.items()},
    "empty": lambda whole: dict.fromkeys(whole, b""),
    "no question": lambda whole: dict.fromkeys(whole, b"<quiz/>"),
    "another root": sub(_Q, r"<(/?)quiz>", r"<\1test>", count=0),
    "ampersand": sub(_Q, r"<!\[CDATA\[([^\]]*?)&amp;([^\]]*?)\]\]>", r"\1&\2"),
    "control character": sub(_Q, r"Билік дегеніміз", "Билік\x0b дегеніміз"),
    "encoding that it is not": lambda whole: {n: d.replace("Билік".encode(), b"\xc1\xe8\xeb") for n, d in whole.items()},
    "DOCTYPE": sub(_Q, r"<quiz>", '<!DOCTYPE quiz [<!ENTITY x "y">]><quiz>'),
    "no type": sub(_Q, r' type="essay"', ""),
    "unknown type": sub(_Q, r' type="essay"', ' type="esay"'),
    "no name": sub(_Q, r"<name>\s*<text>01.*?</name>", ""),
    "category without a path": sub(_Q, r"<category>.*?</category>", ""),
    "category of 256 letters": sub(_Q, r"\$course\$/top/[^\]]*", "$course$/top/" + "а" * 256),
    "idnumber of 101 letters": sub(_Q, r"<idnumber>[^<]*q-001", "<idnumber>" + "a" * 101),
    "fraction that Moodle has not": sub(_Q, r'fraction="50"', 'fraction="37"'),
    "fraction that is none": sub(_Q, r'fraction="100"', 'fraction="all"'),
    "no right answer of a short question": sub(
        _Q, r'(type="shortanswer".*?)fraction="100"', r'\1fraction="50"'
    ),
    "one choice": sub(_Q, r'(type="multichoice".*?)(<answer .*?</answer>\s*)(<answer .*?</answer>\s*)(<answer .*?</answer>)', r"\1\2"),
    "true/false with other words": sub(_Q, r"<text>true</text>", "<text>дұрыс</text>"),
    "true/false with one answer": sub(_Q, r'(type="truefalse".*?)<answer fraction="0".*?</answer>', r"\1"),
    "true/false without a right answer": sub(_Q, r'(type="truefalse".*?)fraction="100"', r'\1fraction="0"'),
    "number that is none": sub(_Q, r'(type="numerical".*?<answer [^>]*>\s*<text>)[^<]*', r"\1екі"),
    "tolerance that is none": sub(_Q, r"<tolerance>[^<]*", "<tolerance>x"),
    "grade that is none": sub(_Q, r"<defaultgrade>[^<]*", "<defaultgrade>екі"),
    "cloze without gaps": sub(_Q, r"\{\d*:[^}]*\}", "", count=0),
    "cloze gap without a key": sub(_Q, r"\{1:SHORTANSWER:[^}]*\}", "{1:SHORTANSWER:%50%Астана}"),
    "picture that is not": sub(_Q, r"@@PLUGINFILE@@/[^\"]+", "@@PLUGINFILE@@/other.png"),
    "file that is no base64": sub(_Q, r'(encoding="base64">)[^<]+', r"\1!!!"),
    "file path without slashes": sub(_Q, r' path="/"', ' path="files"'),
    "tag without text": sub(_Q, r"<tag>\s*<text>[^<]*</text>", "<tag>"),
    "matching with one pair": sub(_Q, r'(type="matching".*?<subquestion.*?</subquestion>).*?(<tags>)', r"\1\2"),
    "idnumber twice": sub(_Q, r"(<idnumber>)(sample-w01-lecture-q-001)(</idnumber>.*?<idnumber>)sample-w01-lecture-q-002", r"\1\2\3\2"),
    "text outside of text": sub(_Q, r"(<questiontext [^>]*>\s*)<text>(.*?)</text>", r"\1\2"),
}  # fmt: skip

_ACTIVITY = r"activities/page_\d+/"
_BACKUP: dict[str, Break] = {
    "no moodle_backup.xml": drop(r"moodle_backup\.xml"),
    "moodle_backup.xml cut": lambda whole: whole | {"moodle_backup.xml": whole["moodle_backup.xml"][:-100]},
    "declaration in single quotes": sub(r"moodle_backup\.xml", r"<\?xml[^>]*\?>", "<?xml version='1.0' encoding='UTF-8'?>"),
    "comment before": sub(r"moodle_backup\.xml", r"(<\?xml[^>]*\?>)", r"\1<!--" + "x" * 200 + "-->"),
    "no files.xml": drop(r"files\.xml"),
    "no questions.xml": drop(r"questions\.xml"),
    "no groups.xml": drop(r"groups\.xml"),
    "no course.xml": drop(r"course/course\.xml"),
    "no section.xml": drop(r"sections/section_\d+/section\.xml"),
    "no module.xml": drop(_ACTIVITY + r"module\.xml"),
    "no page.xml": drop(_ACTIVITY + r"page\.xml"),
    "no grades.xml": drop(_ACTIVITY + r"grades\.xml"),
    "no roles.xml": drop(_ACTIVITY + r"roles\.xml"),
    "page.xml cut": lambda whole: _cut(whole, _ACTIVITY + r"page\.xml"),
    "nbsp": sub(_ACTIVITY + r"page\.xml", r"<content>", "<content>&nbsp;"),
    "control character": sub(_ACTIVITY + r"page\.xml", r"<content>", "<content>\x0b"),
    "pool file lost": drop(r"files/[0-9a-f]{2}/.*"),
    "pool file changed": put(r"files/[0-9a-f]{2}/.*", b"other bytes"),
    "type of an activity": sub(r"moodle_backup\.xml", r"<type>course</type>", "<type>activity</type>"),
    "no format": sub(r"moodle_backup\.xml", r"<format>moodle2</format>", "<format>moodle1</format>"),
    "old version": sub(r"moodle_backup\.xml", r"<moodle_version>\d+", "<moodle_version>2021051700"),
    "directory that is not": sub(r"moodle_backup\.xml", r"activities/page_(\d+)<", r"activities/page_1\1<"),
    "activity in no section": sub(_ACTIVITY + r"module\.xml", r"<sectionid>\d+", "<sectionid>1"),
    "setting for nothing": sub(r"moodle_backup\.xml", r"<activity>page_\d+</activity>(\s*<name>)", r"<activity>page_1</activity>\1"),
    "name of 256 letters": sub(_ACTIVITY + r"page\.xml", r"<name>[^<]*", "<name>" + "а" * 256),
    "section name of 256 letters": sub(r"sections/section_\d+/section\.xml", r"<name>[^<]*", "<name>" + "а" * 256),
    "slot twice": sub(r"activities/quiz_\d+/quiz\.xml", r"<slot>2<", "<slot>1<"),
    "slot gap": sub(r"activities/quiz_\d+/quiz\.xml", r"<slot>2<", "<slot>200<"),
    "question that is not": sub(r"activities/quiz_\d+/quiz\.xml", r"<questionbankentryid>\d+", "<questionbankentryid>1"),
    "sum of grades": sub(r"activities/quiz_\d+/quiz\.xml", r"<sumgrades>[^<]*", "<sumgrades>999"),
    "module id of another": sub(_ACTIVITY + r"page\.xml", r'moduleid="\d+"', 'moduleid="1"'),
    "true answer that is not": sub(r"questions\.xml", r"<trueanswer>\d+", "<trueanswer>1"),
    "no question type": sub(r"questions\.xml", r"<qtype>essay</qtype>", "<qtype>esay</qtype>"),
    "fraction of 100": sub(r"questions\.xml", r"<fraction>1[.0]*<", "<fraction>100<"),
    "two top categories": sub(r"questions\.xml", r"(<name>[^<]*</name>(?:(?!</question_category>).)*?<parent>)[1-9]\d*<", r"\g<1>0<", count=0),
    "file in no inforef": sub(r"activities/book_\d+/inforef\.xml", r"<fileref>.*</fileref>", ""),
    "empty idnumbers": sub(r"questions\.xml", r"<idnumber>[^<]*</idnumber>", "<idnumber></idnumber>", count=0),
    "decimal comma": sub(r"activities/quiz_\d+/grades\.xml", r"<grademax>(\d+)[^<]*", r"<grademax>\1,5"),
    "course without a format": sub(r"course/course\.xml", r"<format>[^<]*</format>", ""),
    "question without a text": sub(r"questions\.xml", r"<questiontext>.*?</questiontext>", ""),
    "question without a maker": sub(r"questions\.xml", r"<createdby>[^<]*</createdby>", ""),
    "tag without a raw name": sub(r"questions\.xml", r"<rawname>[^<]*</rawname>", ""),
    "task without a due date": sub(r"activities/assign_\d+/assign\.xml", r"<duedate>[^<]*</duedate>", ""),
    "file of no component": sub(r"files\.xml", r"<component>[^<]*</component>", ""),
    "grade item without a type": sub(r"activities/quiz_\d+/grades\.xml", r"<itemtype>[^<]*</itemtype>", ""),
    "file of an inforef that is not": sub(r"files\.xml", r'<file id="(\d+)"', '<file id="1"', count=0),
    "category of an inforef that is not": sub(r"questions\.xml", r'<question_category id="\d+"', '<question_category id="1"'),
    "due date null": sub(r"activities/assign_\d+/assign\.xml", r"<duedate>[^<]*", "<duedate>$@NULL@$"),
}  # fmt: skip


def _cut(whole: Members, pattern: str) -> Members:
    name = _named(whole, pattern)
    return whole | {name: whole[name][: len(whole[name]) // 2]}


_D, _R = r"word/document\.xml", r"word/_rels/document\.xml\.rels"
_DOCX: dict[str, Break] = {
    "no content types": drop(r"\[Content_Types\]\.xml"),
    "no relationships": drop(r"_rels/\.rels"),
    "no document": drop(_D),
    "document cut": lambda whole: _cut(whole, _D),
    "document empty": put("word/document.xml", b""),
    "document of another root": put("word/document.xml", b"<html/>"),
    "ampersand": sub(_D, r"(<w:t[^>]*>)", r"\1&"),
    "prefix without a namespace": sub(_D, r"<w:body>", "<w:body><zz:p/>"),
    "no styles": drop(r"word/styles\.xml"),
    "no numbering": drop(r"word/numbering\.xml"),
    "header lost": drop(r"word/header1\.xml"),
    "picture lost": drop(r"word/media/.*"),
    "relationship lost": sub(_R, r'<Relationship [^>]*header1\.xml"[^>]*/>', ""),
    "relationship id twice": sub(_R, r'(Id=")([^"]+)(".*?Id=")[^"]+', r"\1\2\3\2"),
    "relationship to nothing": sub(_R, r'Target="styles\.xml"', 'Target="style.xml"'),
    "relationship out of the package": sub(_R, r'Target="styles\.xml"', 'Target="../../styles.xml"'),
    "no relationships of the document": drop(_R),
    "content type of the document": sub(r"\[Content_Types\]\.xml", r"wordprocessingml\.document\.main\+xml", "spreadsheetml.sheet.main+xml"),
    "no content type of the document": sub(r"\[Content_Types\]\.xml", r'<Override [^>]*?/word/document\.xml"[^>]*/>', ""),
    "no default of XML": sub(r"\[Content_Types\]\.xml", r'<Default [^>]*Extension="rels"[^>]*/>', ""),
    "settings are not XML": put(r"word/settings.xml", b"settings"),
    "DOCTYPE": sub(_D, r"(<w:document)", r'<!DOCTYPE w [<!ENTITY x "y">]>\1'),
    "picture that no relationship names": sub(_D, r'r:embed="[^"]+"', 'r:embed="rId999"'),
    "paragraph in a paragraph": sub(_D, r"(<w:p>)", r"\1<w:p/>"),
    "text outside of a run": sub(_D, r"(<w:body>)", r"\1<w:t>stray</w:t>"),
    "cell without a paragraph": sub(_D, r"(<w:tc>(?:(?!<w:p>).)*)<w:p>.*?(</w:tc>)", r"\1\2"),
    "row without cells": sub(_D, r"(<w:tr[ >].*?)<w:tc>.*?(</w:tr>)", r"\1\2"),
    "numbering that is not": sub(_D, r'<w:numId w:val="\d+"', '<w:numId w:val="999"'),
    "body lost": sub(_D, r"<w:body>.*</w:body>", ""),
}  # fmt: skip

# What the open grammar lets pass with a warning, and why.
WARNED = {
    ("scorm12", "no title of the organization"): "the schema of 1.2 lets it be absent",
    ("scorm12", "item without a title"): "as above",
    ("moodle-xml", "idnumber twice"): "Moodle drops the second number, not the question",
    ("moodle-xml", "category without a path"): "Moodle makes a category without a name",
    ("moodle-xml", "matching with one pair"): "Moodle imports it as it is",
    ("moodle-backup", "sum of grades"): "old backups have it, and a teacher can have it counted anew",
}

BROKEN: dict[str, dict[str, Break]] = {
    "cc11": _CARTRIDGE,
    "cc13": _CARTRIDGE,
    "scorm12": _SCORM12,
    "scorm2004": _SCORM2004,
    "scorm2004-3rd": _SCORM2004,
    "moodle-xml": _MOODLE_XML,
    "moodle-backup": _BACKUP,
    "docx": _DOCX,
}
