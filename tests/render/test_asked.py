"""A question as it is asked: everything there is to answer with, nothing of the key."""

from __future__ import annotations

import pytest

from coursepack.languages.catalogues import words
from coursepack.model.blocks import Blocks, List, block_text
from coursepack.model.questions import Answer, Choice, Cloze, Gap, MultipleChoice
from coursepack.render.question_blocks import asked, question_items, question_list
from tests.samples import b, every_question

SAY = words("en")


def lists(blocks: Blocks) -> list[tuple[str, list[str]]]:
    return [
        (block.marker, [block_text(item.blocks) for item in block.items]) for block in blocks if isinstance(block, List)
    ]


def test_what_each_type_offers() -> None:
    found = {type(question).__name__: lists(asked(question, words("kk"))) for question in every_question()}
    assert found["TrueFalse"] == [("lower-alpha", ["Дұрыс", "Бұрыс"])]
    assert found["Matching"] == [
        ("paren", ["Сенат", "Мәжіліс"]),
        ("lower-alpha", ["жоғарғы палата", "төменгі палата", "үкімет"]),
    ]
    assert found["Essay"] == found["ShortAnswer"] == found["Numerical"] == found["Cloze"] == []


@pytest.mark.parametrize("shuffle", [True, False])
def test_choices_in_an_order_that_tells_nothing(shuffle: bool) -> None:
    firsts = set()
    for number in range(20):
        choices = tuple(Choice(content=b(letter), fraction=float(letter == "а")) for letter in "абвг")
        question = MultipleChoice(id=f"q-{number}", text=b("?"), choices=choices, shuffle=shuffle)
        ((marker, offered),) = lists(asked(question, SAY))
        assert (marker, sorted(offered)) == ("lower-alpha", list("абвг"))
        assert lists(asked(question, SAY)) == [(marker, offered)]
        firsts.add(offered[0])
    assert len(firsts) == (4 if shuffle else 1)


def test_gaps_are_rules_and_chosen_ones_offer() -> None:
    gaps = (
        Gap(kind="multiple-choice", answers=(Answer(text="Астана"), Answer(text="Алматы", fraction=0.0))),
        Gap(kind="short-answer", answers=(Answer(text="1997"),)),
    )
    question = Cloze(id="q", text=b("Астанамыз – {#1}, {#2} жылдан."), gaps=gaps)
    assert block_text(asked(question, SAY)) == "Астанамыз – (1) ______, (2) ______ жылдан.\n(1) Алматы / Астана"
    alone = Cloze(id="q", text=b("Ол – {#1}."), gaps=gaps[1:])
    assert block_text(asked(alone, SAY)) == "Ол – ______."


def test_list_numbers_questions_only() -> None:
    (found,) = question_list(every_question(), SAY)
    assert isinstance(found, List)
    assert (len(found.items), found.start, found.marker) == (9, 1, "decimal")
    assert block_text(found.items[-1].blocks) == "Келесі сұрақтар мәтін бойынша.\nБилікке анықтама беріңіз."


def test_description_at_the_end_is_not_lost() -> None:
    essay, description = every_question()[0], every_question()[8]
    assert question_items((essay, description), SAY) == [(*essay.text, *description.text)]
    assert question_items((description,), SAY) == [description.text]
    assert question_list((), SAY) == ()
