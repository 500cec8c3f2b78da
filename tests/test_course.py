"""The model travels as JSON, and the published schema describes it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest
from hypothesis import given

from coursepack.contents import contents
from coursepack.model.blocks import block_text
from coursepack.model.course import FORMAT, Course
from coursepack.model.course_json import decode, encode, json_schema
from tests.samples import EVERY_BLOCK, everything
from tests.strategies import courses

SCHEMA = Path(__file__).parents[1] / "docs" / "course.schema.json"
_SCHEMA = jsonschema.validators.validator_for(json_schema())(json_schema())


def test_one_of_everything_reads_back() -> None:
    assert decode(encode(everything())) == everything()


@given(courses())
def test_every_course_reads_back_and_fits_the_schema(course: Course) -> None:
    data = encode(course)
    assert decode(data) == course
    assert encode(decode(data)) == data
    _SCHEMA.validate(json.loads(data))


def test_the_published_schema_is_this_one() -> None:
    expected = msgspec.json.format(msgspec.json.encode(json_schema(), order="deterministic"), indent=1) + b"\n"
    assert SCHEMA.read_bytes() == expected, "run: coursepack inspect --schema > docs/course.schema.json"


def test_the_json_says_what_it_is() -> None:
    assert json.loads(encode(everything()))["format"] == FORMAT


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "coursepack-course/9"}, "Invalid value 'coursepack-course/9'"),
        ({"wekks": []}, "unknown field `wekks`"),
        ({"weeks": [{"id": "w01"}]}, "missing required field `number`"),
    ],
)
def test_other_json_is_refused(change: dict[str, object], message: str) -> None:
    data = json.loads(encode(everything())) | change
    with pytest.raises(msgspec.ValidationError, match=message):
        decode(json.dumps(data).encode())


def test_block_text_keeps_every_word() -> None:
    text = block_text(EVERY_BLOCK)
    for word in ("Бірінші бөлім", "akorda.kz", "x²+1", "ішкі", "төртінші", "Әділет", "1-сурет", "өзіңнен баста"):
        assert word in text


def test_the_course_as_a_student_meets_it() -> None:
    assert [(node.id, node.kind) for node in contents(everything()).walk()] == [
        ("course", "course"),
        ("about", "about"),
        ("about-syllabus", "syllabus"),
        ("foreword", "section"),
        ("introduction", "section"),
        ("about-outcomes", "outcomes"),
        ("about-grading", "grading"),
        ("policy-1", "section"),
        ("about-literature", "literature"),
        ("about-glossary", "glossary"),
        ("w01", "week"),
        ("w01-lecture", "session"),
        ("w01-seminar", "session"),
        ("w01-supervised", "assignment"),
        ("w01-lecture-review", "review"),
        ("w02", "week"),
        ("w02-lecture", "session"),
        ("exam", "exam"),
        ("exam-list", "exam-list"),
        ("exam-practice", "practice"),
        ("exam-bank", "exam-bank"),
        ("closing", "closing"),
        ("conclusion", "section"),
        ("reading-1", "reading"),
        ("reading-2", "reading"),
    ]


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("kk", ["Курс туралы", "1-апта. Билік", "1-дәріс. Билік", "1 СОӨЖ", "Емтихан"]),
        ("ru", ["О курсе", "Неделя 1. Билік", "Лекция 1. Билік", "СОӨЖ 1", "Экзамен"]),
        ("en", ["About this course", "Week 1. Билік", "Lecture 1. Билік", "СОӨЖ 1", "Exam"]),
    ],
)
def test_names_are_in_the_language_of_the_course(language: str, titles: list[str]) -> None:
    found = [node.title for node in contents(everything(language)).walk()]
    for title in titles:
        assert any(name.startswith(title) for name in found), (title, found)


@given(courses())
def test_every_node_of_the_contents_has_a_name_and_an_id_of_its_own(course: Course) -> None:
    nodes = contents(course).walk()
    assert all(node.title.strip() for node in nodes[1:])
    assert len({node.id for node in nodes}) == len(nodes)


def test_a_spoilt_model_is_no_course() -> None:
    sound = encode(everything())
    deep = b'{"is":"quote","blocks":[' * 100_000
    start = b'{"format":"coursepack-course/1","id":"x","title":"T","language":"kk",'
    start += b'"foreword":{"id":"f","title":"F","blocks":['
    for spoilt in (sound.replace("ә".encode(), b"\xd3", 1), start + deep, sound[:-50], b"", b"\xff"):
        with pytest.raises(msgspec.MsgspecError):
            decode(spoilt)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"a\u0001b\u001Bc\u001fd", "abcd"),
        (r"a\b\fb\uFFFE\uffffc", "abc"),
        (r"a\t\n\r\u0009\u000A\u000d\u0020b", "a\t\n\r\t\n\r b"),
        (r"a\\b \\u0001 \\\\f", r"a\b \u0001 \\f"),
        (r"a\\\u0001b\\\\\bc", r"a\b\\c"),
        ("a\ufffe\uffffb\x7f\x9b\ufffd", "ab\x7f\x9b\ufffd"),
        (r"\u202e\ud83d\ude00", "\u202e😀"),
    ],
)
def test_control_characters_that_no_product_can_hold_are_left_out(written: str, read: str) -> None:
    data = f'{{"format": "coursepack-course/1", "id": "x", "title": "{written}", "language": "kk"}}'
    assert decode(data.encode()).title == read
