"""Faults that were silent when a blind list of them was written (``benchmarks.faults``): each has a rule since."""

from __future__ import annotations

import pytest

from benchmarks import faults, mutations
from coursepack.checks import Grammar, products
from coursepack.files.package import Package
from coursepack.place import Severity

CODES = {
    "cc13": {
        "page that is a web server's error": "html-error-page",
        "picture cut": "content-cut",
        "page without letters": "html-nothing",
        "link to a drive": "html-own-machine",
        "link to this machine": "html-own-machine",
        "link with a space": "cc-link-address",
        "several keys in a single choice": "qti-single-several",
        "options without words": "qti-label-empty",
        "two options alike": "qti-label-same",
        "mattext of no known kind": "qti-texttype",
    },
    "scorm2004": {
        "launch elsewhere": "scorm-outside",
        "page of an error": "html-error-page",
        "font of no bytes": "content-empty",
        "font that is a page": "content-other",
    },
    "moodle-backup": {
        "short name of 300 letters": "mbz-name-long",
        "start that is a date": "mbz-number",
        "availability that is no JSON": "mbz-availability",
        "availability on an activity that is not": "mbz-availability-unknown",
        "link to an activity that is not": "mbz-link",
        "file of a context that is not": "mbz-file-context",
        "file name empty": "mbz-file-name",
        "file path without a slash": "mbz-file-name",
        "text with a link to the old site": "mbz-old-address",
        "quiz that closes before it opens": "mbz-times",
        "assignment due before it opens": "mbz-times",
        "grade below the pass": "mbz-grade-range",
        "least grade over the most": "mbz-grade-range",
        "grade item of another activity": "mbz-grade-instance",
        "grade item in no inforef": "mbz-grade-unreferenced",
        "category of a context that is not": "mbz-context-level",
        "status unknown": "mbz-status",
        "version that is none": "mbz-number",
        "choice without a right answer": "mbz-answers",
        "one answer only": "mbz-answers",
        "stamp twice": "mbz-stamp",
        "scale that is not": "mbz-scale",
        "completion of an unknown kind": "mbz-completion",
    },
    "syllabus": {
        "spaces that Word drops": "ooxml-space",
        "picture of no size": "ooxml-size",
        "picture on the author's disk": "ooxml-own-machine",
        "picture of another kind": "ooxml-picture-kind",
        "page of no width": "ooxml-page",
        "margins wider than the page": "ooxml-page",
        "style based on itself": "ooxml-style-base",
        "style based on nothing": "ooxml-style-base",
        "two default styles": "ooxml-style-default",
        "template elsewhere": "ooxml-outside",
    },
    "qti21": {"condition without what it does": "qti-no-points"},
    "qti3": {"condition without what it does": "qti-no-points"},
    "site": {
        "style is a page": "content-other",
        "script empty": "site-empty",
        "script cut": "site-version",
        "search of another edition": "site-version",
        "worker lost": "site-worker",
        "script inside a page": "site-inline",
        "handler inside a page": "site-inline",
        "picture without words": "site-alt",
    },
    "epub": {
        "container without a type": "epub-container",
        "language that is none": "epub-metadata",
        "modified is no time": "epub-metadata",
        "version 4": "epub-version",
        "item of another kind": "epub-item-type",
        "item of no kind": "epub-item-type",
        "picture said to be JPEG": "epub-item-type",
        "picture of a foreign kind": "epub-foreign",
        "mathml not told": "epub-properties",
        "property unknown": "epub-properties",
        "page that the spine leaves out": "epub-spine",
        "style cut": "epub-style",
        "style asks for a font that is not": "epub-link",
        "style asks for another's font": "epub-remote",
        "page without its namespace": "epub-page",
        "page without a title": "epub-title",
        "element that HTML has not": "epub-element",
        "block in a paragraph": "epub-element",
        "list item outside of a list": "epub-element",
        "picture without words": "epub-alt",
        "script not told": "epub-properties",
        "picture from elsewhere": "epub-remote",
        "nav empty": "epub-nav",
        "nav without words": "epub-nav",
        "refines nothing": "epub-metadata",
        "prefix undeclared": "epub-metadata",
        "encryption that nothing opens": "epub-encrypted",
    },
}


def codes(product: str, whole: mutations.Members) -> set[str]:
    package = Package.of_members(product, whole.items())
    found = products.judge(package, products.PRODUCTS[mutations.MADE[product][2]].layers, Grammar())
    return {one.code for one in found if one.severity is not Severity.NOTE}


@pytest.mark.parametrize("product", CODES)
def test_what_was_silent_is_told(product: str) -> None:
    sound = faults.whole_of(product)
    before = codes(product, sound)
    found = {name: codes(product, faults.FAULTS[product][name](sound)) for name in CODES[product]}
    assert {name: code for name, code in CODES[product].items() if code not in found[name]} == {}
    assert not before & set(CODES[product].values())


def test_a_package_without_a_word_to_the_system_is_told() -> None:
    sound = faults.whole_of("scorm2004")
    mute = {name: data.replace(b"nitialize", b"") for name, data in sound.items() if not name.endswith(".woff2")}
    mute = {name: data.replace(b"API_1484_11", b"") for name, data in mute.items()}
    assert "scorm-silent" in codes("scorm2004", mute)
    assert "scorm-silent" not in codes("scorm2004", sound)
    assert "scorm-silent" not in codes("scorm2004", mute | {"film.swf": b"FWS"})
