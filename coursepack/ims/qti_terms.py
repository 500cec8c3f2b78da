"""Names of QTI that readers, writers and checks share.

Sources: IMS QTI 2.1 and 2.2 (Information Model, Integration Guide), 1EdTech QTI 3.0 (ASI Information Model; XML
binding, «qti-» and hyphens), IMS QTI 1.2 (ASI Information Model).
"""

from __future__ import annotations

import re

QTI12 = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
QTI21 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
QTI22 = "http://www.imsglobal.org/xsd/imsqti_v2p2"
QTI30 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"

TEMPLATES = {
    "2.1": "http://www.imsglobal.org/question/qti_v2p1/rptemplates/",
    "2.2": "http://www.imsglobal.org/question/qti_v2p2/rptemplates/",
    "3.0": "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/",
}
"""Where the standard templates of response processing live, by version; 3.0's end with ``.xml``."""
MATCH_CORRECT, MAP_RESPONSE, MAP_RESPONSE_POINT = "match_correct", "map_response", "map_response_point"

ITEM_TYPE = {"2.1": "imsqti_item_xmlv2p1", "2.2": "imsqti_item_xmlv2p2", "3.0": "imsqti_item_xmlv3p0"}
TEST_TYPE = {"2.1": "imsqti_test_xmlv2p1", "2.2": "imsqti_test_xmlv2p2", "3.0": "imsqti_test_xmlv3p0"}
"""Types of resources in a manifest, by version."""

SCORE, MAX_SCORE, MIN_SCORE = "SCORE", "MAXSCORE", "MINSCORE"
FEEDBACK = "FEEDBACK"
"""Outcome variables by their usual names."""

OURS = "coursepack"
"""The tool that our items name."""
FIRST_GAP = "RESPONSE1"
"""What our items call the response of the first gap of a text; all other questions have one response, ``RESPONSE``."""

SOLUTION, CORRECT_FEEDBACK, PARTIAL_FEEDBACK, INCORRECT_FEEDBACK, GENERAL_FEEDBACK = (
    "solution",
    "correct_fb",
    "partial_fb",
    "incorrect_fb",
    "general_fb",
)
"""Names of feedback that is said of a whole question, as our items of 1.2 have them; of one answer it begins with the
answer's identifier."""

LEVEL_PURPOSE, OUTCOME_PURPOSE = "educational level", "educational objective"
"""Purposes of a LOM classification (IEEE 1484.12.1, 9.1) whose taxa are a question's level and the outcomes it serves;
its tags are the keywords of ``general``."""

_WORD = re.compile(r"-([a-z0-9])")
_CAPITAL = re.compile(r"(?<!^)([A-Z])")


def plain_name(name: str) -> str:
    """A name of QTI 3 as QTI 2 spells it.

    >>> plain_name("qti-choice-interaction"), plain_name("response-identifier"), plain_name("p")
    ('choiceInteraction', 'responseIdentifier', 'p')
    """
    return _WORD.sub(lambda found: found[1].upper(), name.removeprefix("qti-"))


def hyphened(name: str) -> str:
    """A name of QTI 2 in small letters and hyphens, as attributes of QTI 3 are and, after «qti-», its elements.

    >>> hyphened("responseIdentifier")
    'response-identifier'
    """
    return _CAPITAL.sub(r"-\1", name).lower()
