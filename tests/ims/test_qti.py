"""Questions as items: what each type becomes, in which order conditions stand, what a learner must not see."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lxml import etree

from coursepack.ims.html import CartridgeHtml
from coursepack.ims.nearest_items import nearest_items
from coursepack.ims.profiles import QTI
from coursepack.ims.qti import NSMAP, Dialect, ItemBuilder, weighting
from coursepack.ims.qti_documents import assessment
from coursepack.languages.catalogues import words
from coursepack.model.blocks import block_text
from coursepack.model.questions import Answer, Choice, MultipleChoice, Question, ShortAnswer
from tests.official import judge
from tests.samples import b, every_question
from tests.shared import need_shared

SAY = words("kk", "cartridge")
DIALECTS = {
    "cc11": Dialect(partial=False, also="No", files_everywhere=False),
    "cc13": Dialect(partial=True, also="Yes", files_everywhere=True),
}
Q = f"{{{QTI}}}"


def _items(*, notes: bool = False, kind: str = "cc13") -> ItemBuilder:
    html = CartridgeHtml(address=lambda asset: f"media/{asset}", decoded_twice=kind == "cc11")
    return ItemBuilder(html, DIALECTS[kind], SAY, notes=notes)


def _made(
    questions: tuple[Question, ...], *, keys: bool = True, notes: bool = False, kind: str = "cc13"
) -> etree._Element:
    items = _items(kind=kind, notes=notes)
    elements = [items.item(question, before) for question, before, _ in nearest_items(questions, SAY, keys=keys)]
    (root,) = assessment("quiz", "Сынақ", elements)
    return root


def _profiles(root: etree._Element) -> list[str]:
    fields = root.iter(f"{Q}qtimetadatafield")
    values = [f.findtext(f"{Q}fieldentry") or "" for f in fields if f.findtext(f"{Q}fieldlabel") == "cc_profile"]
    return [value.removeprefix("cc.").removesuffix(".v0p1") for value in values if value != "cc.exam.v0p1"]


def _conditions(root: etree._Element) -> Iterator[tuple[str, str, list[str]]]:
    for condition in root.iter(f"{Q}respcondition"):
        yield (
            condition.get("continue", ""),
            condition.findtext(f"{Q}setvar") or "",
            [test.text or "" for test in condition.iter(f"{Q}varequal")],
        )


def test_every_type_is_carried_in_order() -> None:
    assert _profiles(_made(every_question())) == [
        "essay",
        "multiple_choice",
        "multiple_response",
        "true_false",
        "fib",
        "fib",
        "multiple_choice",
        "multiple_choice",
        "fib",
        "fib",
        "essay",
    ]


def test_without_keys_everything_is_an_essay_and_nothing_is_scored() -> None:
    root = _made(every_question(), keys=False)
    assert set(_profiles(root)) == {"essay"}
    assert not list(root.iter(f"{Q}setvar", f"{Q}varequal", f"{Q}itemfeedback"))
    text = "".join(str(t) for t in root.itertext())
    assert "Шаршы" in text, "the answers to choose from stay"
    assert "Жалпы пікір" not in text, "feedback tells what is right"


def test_the_description_stands_before_the_question_that_follows() -> None:
    root = _made(every_question())
    last = list(root.iter(f"{Q}item"))[-1]
    texts = last.findtext(f"{Q}presentation/{Q}material/{Q}mattext") or ""
    assert texts.startswith("<p>Келесі сұрақтар мәтін бойынша.</p>")
    assert "Билікке анықтама беріңіз." in texts


def test_grader_notes_are_solutions_for_teachers_only() -> None:
    assert "Кемінде үш анықтама" not in "".join(str(t) for t in _made(every_question()).itertext())
    root = _made(every_question(), notes=True)
    assert [f.get("ident") for f in root.iter(f"{Q}itemfeedback") if f.find(f"{Q}solution") is not None] == ["solution"]


def test_what_is_right_comes_before_what_is_wrong() -> None:
    choice = every_question()[1]
    conditions = list(_conditions(_made((choice,))))
    assert conditions == [("Yes", "", []), ("No", "100", ["c1"]), ("No", "", ["c2"])]


def test_moodle_finds_the_right_answers_of_a_multiple_response_by_case() -> None:
    root = _made((every_question()[2],), kind="cc11")
    tests = [(t.text, t.get("case"), etree.QName(t.getparent()).localname) for t in root.iter(f"{Q}varequal")]
    assert tests == [("c1", "Yes", "and"), ("c2", "Yes", "and"), ("c3", "Yes", "not")]


def test_a_part_of_the_mark_only_where_the_reader_knows_parts() -> None:
    question = ShortAnswer(
        id="q", text=b("?"), answers=(Answer(text="а"), Answer(text="б", fraction=0.5, feedback=b("Жақын.")))
    )
    assert [c[1:] for c in _conditions(_made((question,), kind="cc13"))] == [("100", ["а"]), ("50", ["б"])]
    assert [c[1:] for c in _conditions(_made((question,), kind="cc11"))] == [("100", ["а"]), ("", ["б"])]


def test_all_accepted_answers_stand_in_one_condition() -> None:
    question = ShortAnswer(id="q", text=b("?"), answers=(Answer(text="Астана"), Answer(text="Нұр-Сұлтан")))
    assert [c[1:] for c in _conditions(_made((question,)))] == [("100", ["Астана", "Нұр-Сұлтан"])]


def test_the_short_way_for_plain_choices_says_the_same_as_the_long_one() -> None:
    question = MultipleChoice(
        id="q-1",
        number=7,
        text=b("Қайсысы & неге?"),
        choices=tuple(Choice(content=b(t), fraction=float(t == "б")) for t in "абв"),
    )
    items = _items()
    assert items._is_plain(question)
    short = etree.tostring(items.item(question))
    long = etree.Element(f"{Q}item", {"ident": question.id, "title": items.title(question)}, nsmap=NSMAP)
    items._choice(long, question, ())
    assert short == etree.tostring(long)


@pytest.mark.parametrize(
    "text",
    [
        "<b>қалың</b>",
        "a < b",
        "</p><script>alert(1)</script>",
        "x<y & y>z",
        "< бос",
        "&lt;i&gt; &amp;amp; &#60;b>",
        "R&D; A&B",
    ],
)
def test_a_literal_tag_stays_text_after_one_decoding_too_many(text: str) -> None:
    import html as entities

    from lxml import html

    made = str(CartridgeHtml(address=str, decoded_twice=True).html(b(text)))
    again = html.fromstring(f"<div>{entities.unescape(made)}</div>")
    assert "".join(str(part) for part in again.itertext()) == text
    assert {e.tag for e in again.iter("*")} <= {"div", "p", "span"}


@pytest.mark.parametrize(("mark", "weight"), [(None, None), (1, None), (2, 2), (0.2, 1), (2.5, 2), (2.7, 3), (400, 99)])
def test_weighting_is_a_whole_number_to_99(mark: float | None, weight: int | None) -> None:
    assert weighting(mark) == weight


@pytest.mark.parametrize("kind", ["cc11", "cc13"])
@pytest.mark.parametrize("keys", [True, False])
def test_the_official_schemas_accept_every_item(kind: str, keys: bool) -> None:
    need_shared("schemas")
    file = f"ccv1p{kind[-1]}_qtiasiv1p2p1_v1p0.xsd"
    root = _made(every_question(), keys=keys, notes=True, kind=kind)
    assert judge(etree.fromstring(etree.tostring(root)), kind, file) == []


def test_control_characters_do_not_stop_a_cartridge() -> None:
    question = MultipleChoice(
        id="q",
        text=b("бел\x0bгі\x00"),
        choices=(Choice(content=b("и\x07ә"), fraction=1), Choice(content=b("жоқ"))),
    )
    root = _made((question,))
    assert "белгі" in (root.findtext(f".//{Q}material/{Q}mattext") or "")
    assert block_text(question.text) == "бел\x0bгі\x00"
