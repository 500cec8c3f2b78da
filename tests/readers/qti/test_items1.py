"""Items of QTI 1.2 in the dialects of Common Cartridge, Canvas, Blackboard, Brightspace and the standard's own."""

# ruff: noqa: E501 - XML as programs write it

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from coursepack.model.questions import (
    Cloze,
    Description,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    Ordering,
    ShortAnswer,
    TrueFalse,
)
from tests.readers.qti.packages import (
    condition,
    equal,
    fields,
    labels,
    lid,
    material,
    old,
    old_item,
    one,
    read_xml,
    text,
)


def test_a_choice_of_the_cartridge_profile(tmp_path: Path) -> None:
    presentation = material("<p>Which?</p>") + lid("a", "b", "c")
    processing = (
        condition("<other/>", None, 'continue="Yes"', shown="general_fb")
        + condition(equal("A"), None, 'continue="Yes"', shown="A_fb")
        + condition(equal("B"), 100, 'continue="No"', shown="correct_fb")
        + condition("<other/>", None, 'continue="Yes"', shown="general_incorrect_fb")
    )
    after = "".join(
        f'<itemfeedback ident="{ident}"><flow_mat>{material(said)}</flow_mat></itemfeedback>'
        for ident, said in (
            ("general_fb", "All"),
            ("A_fb", "No, A"),
            ("correct_fb", "Good"),
            ("general_incorrect_fb", "Bad"),
        )
    )
    metadata = fields(cc_profile="cc.multiple_choice.v0p1", cc_weighting="2", cc_question_category="One/Two")
    found = one(tmp_path, old(old_item(presentation, processing, metadata, after)))
    assert isinstance(found, MultipleChoice)
    assert (text(found), found.mark, found.category) == ("Which?", 2, ("One", "Two"))
    assert [each.fraction for each in found.choices] == [0, 1, 0]
    assert [block_text(each.feedback) for each in found.choices] == ["No, A", "", ""]
    said = [block_text(b) for b in (found.feedback, found.correct_feedback, found.incorrect_feedback)]
    assert said == ["All", "Good", "Bad"]


def test_points_that_are_added_up(tmp_path: Path) -> None:
    """The standard's way: a condition an option, each of which adds or takes away."""
    processing = "".join(
        condition(equal(value), points, 'continue="Yes"', "Add") for value, points in (("A", 2), ("B", 2), ("C", -2))
    )
    found = one(tmp_path, old(old_item(material("Ask") + lid("a", "b", "c", many="Multiple"), processing)))
    assert isinstance(found, MultipleChoice)
    assert [each.fraction for each in found.choices] == [0.5, 0.5, -0.5]
    assert found.mark == 4


def test_canvas_adds_up_without_saying_to_go_on(tmp_path: Path) -> None:
    presentation = material("<p>Match.</p>") + "".join(
        lid("x", "y", ident=f"response_{n}", before=material(said, "text/plain")) for n, said in enumerate(("1", "2"))
    )
    processing = condition(equal("A", "response_0"), 50, "", "Add") + condition(equal("B", "response_1"), 50, "", "Add")
    metadata = fields(question_type="matching_question", points_possible="3.0")
    found = one(tmp_path, old(old_item(presentation, processing, metadata)))
    assert isinstance(found, Matching)
    said = [(block_text(pair.question), block_text(pair.answer)) for pair in found.pairs]
    assert said == [("1", "x"), ("2", "y")]
    assert found.mark == 3
    assert text(found) == "Match."


def test_blanks_and_dropdowns_of_canvas(tmp_path: Path) -> None:
    presentation = material("<p>Roses are [c1], violets [c2].</p>") + "".join(
        lid("red", "blue", ident=f"response_{name}", before=material(name, "text/plain")) for name in ("c1", "c2")
    )
    processing = condition(equal("A", "response_c1"), 50, "", "Add") + condition(
        equal("B", "response_c2"), 50, "", "Add"
    )
    for kind, gaps in (
        ("fill_in_multiple_blanks_question", [[("red", 1)], [("blue", 1)]]),
        ("multiple_dropdowns_question", [[("red", 1), ("blue", 0)], [("red", 0), ("blue", 1)]]),
    ):
        found = one(tmp_path, old(old_item(presentation, processing, fields(question_type=kind))))
        assert isinstance(found, Cloze)
        assert text(found) == "Roses are {#1}, violets {#2}."
        assert [[(a.text, a.fraction) for a in gap.answers] for gap in found.gaps] == gaps


def test_texts_and_numbers(tmp_path: Path) -> None:
    fib = '<response_str ident="r" rcardinality="Single"><render_fib/></response_str>'
    both = condition(f"{equal('Astana')}{equal('Nur-Sultan')}", 100, 'continue="No"')
    short = one(tmp_path, old(old_item(material("Capital?") + fib, both)))
    assert isinstance(short, ShortAnswer)
    assert [(a.text, a.fraction) for a in short.answers] == [("Astana", 1), ("Nur-Sultan", 1)]
    assert not short.case_sensitive
    within = condition('<vargte respident="r">3.1</vargte><varlte respident="r">3.2</varlte>', 1)
    number = one(tmp_path, old(old_item(material("Pi?") + fib, within)))
    assert isinstance(number, Numerical)
    assert [(a.value, a.tolerance) for a in number.answers] == [("3.15", "0.05")]
    inside = one(tmp_path, old(old_item(f"<flow>{material('The sun', 'text/plain')}{fib}{material('.')}</flow>", both)))
    assert text(inside) == "The sun _____ ."


def test_an_essay_and_a_text_alone(tmp_path: Path) -> None:
    fib = '<response_str ident="r"><render_fib rows="5"/></response_str>'
    solution = (
        f'<itemfeedback ident="solution"><solution><solutionmaterial>{material("Model")}</solutionmaterial></solution>'
        "</itemfeedback>"
    )
    metadata = fields(question_type="essay_question")
    essay = one(tmp_path, old(old_item(material("Write") + fib, "", metadata, solution)))
    assert isinstance(essay, Essay)
    assert (essay.response_lines, block_text(essay.grader_notes)) == (5, "Model")
    alone = one(tmp_path, old(old_item(material("<p>Read</p>"), "", fields(question_type="text_only_question"))))
    assert isinstance(alone, Description)


def test_an_order(tmp_path: Path) -> None:
    right = "".join(f'<varequal respident="r" index="{at}">{v}</varequal>' for at, v in enumerate("BCA", 1))
    found = one(
        tmp_path,
        old(old_item(material("Order") + lid("a", "b", "c", many="Ordered"), condition(f"<and>{right}</and>"))),
    )
    assert isinstance(found, Ordering)
    assert [block_text(each.content) for each in found.items] == ["b", "c", "a"]


def blackboard(kind: str, block: str, processing: str, after: str = "") -> str:
    """An item as Blackboard writes it: no namespace, flows with classes, texts in extensions."""

    def said(html: str) -> str:
        return (
            '<flow class="FORMATTED_TEXT_BLOCK"><material><mat_extension><mat_formattedtext type="HTML">'
            f"{html}</mat_formattedtext></mat_extension></material></flow>"
        )

    return (
        f"<questestinterop><assessment title='Pool'><section><item maxattempts='0'><itemmetadata><bbmd_questiontype>{kind}"
        "</bbmd_questiontype><qmd_absolutescore_max>10.0</qmd_absolutescore_max></itemmetadata><presentation>"
        f"<flow class='Block'><flow class='QUESTION_BLOCK'>{said('&lt;p&gt;Ask?&lt;/p&gt;')}</flow>{block}</flow>"
        f"</presentation><resprocessing scoremodel='SumOfScores'>{processing}</resprocessing>{after}</item></section>"
        "</assessment></questestinterop>"
    )


def bb_text(said: str, ident: str = "") -> str:
    inner = (
        '<flow class="FORMATTED_TEXT_BLOCK"><material><mat_extension><mat_formattedtext type="SMART_TEXT">'
        f"{said}</mat_formattedtext></mat_extension></material></flow>"
    )
    return f'<response_label ident="{ident}">{inner}</response_label>' if ident else inner


RIGHT = (
    '<respcondition title="correct"><conditionvar>{test}</conditionvar><setvar variablename="SCORE" action="Set">'
    'SCORE.max</setvar><displayfeedback linkrefid="correct" feedbacktype="Response"/></respcondition>'
    '<respcondition title="incorrect"><conditionvar><other/></conditionvar><setvar variablename="SCORE" action="Set">0'
    '</setvar><displayfeedback linkrefid="incorrect" feedbacktype="Response"/></respcondition>'
)


def test_blackboard_choices_with_their_feedback(tmp_path: Path) -> None:
    block = (
        '<flow class="RESPONSE_BLOCK"><response_lid ident="response" rcardinality="Single"><render_choice shuffle="Yes">'
        f"{bb_text('one', 'x1')}{bb_text('two', 'x2')}{bb_text('three', 'x3')}</render_choice></response_lid></flow>"
    )
    own = (
        '<respcondition><conditionvar><varequal respident="x1" case="No"/></conditionvar><setvar variablename="SCORE" '
        'action="Set">0</setvar><displayfeedback linkrefid="x1" feedbacktype="Response"/></respcondition>'
    )
    after = "".join(
        f'<itemfeedback ident="{ident}"><flow_mat>{bb_text(said)}</flow_mat></itemfeedback>'
        for ident, said in (("correct", "Good"), ("incorrect", "Bad"), ("x1", "Not one"))
    )
    processing = RIGHT.format(test='<varequal respident="response" case="No">x2</varequal>') + own
    found = one(tmp_path, blackboard("Multiple Choice", block, processing, after))
    assert isinstance(found, MultipleChoice)
    assert (text(found), found.mark, found.shuffle, found.category) == ("Ask?", 10, True, ("Pool",))
    assert [(block_text(c.content), c.fraction) for c in found.choices] == [("one", 0), ("two", 1), ("three", 0)]
    assert [block_text(c.feedback) for c in found.choices] == ["Not one", "", ""]
    assert (block_text(found.correct_feedback), block_text(found.incorrect_feedback)) == ("Good", "Bad")


def test_blackboard_pairs_by_the_place_of_each_label(tmp_path: Path) -> None:
    rows = "".join(
        f'<flow class="Block">{bb_text(said)}<response_lid ident="q{n}"><render_choice>'
        + "".join(f'<response_label ident="q{n}a{at}"/>' for at in range(2))
        + "</render_choice></response_lid></flow>"
        for n, said in enumerate(("cat", "dog"))
    )
    block = f'<flow class="RESPONSE_BLOCK">{rows}</flow><flow class="RIGHT_MATCH_BLOCK">' + "".join(
        f'<flow class="Block">{bb_text(said)}</flow>' for said in ("barks", "purrs")
    )
    processing = "".join(
        f'<respcondition><conditionvar><varequal respident="q{n}">q{n}a{at}</varequal></conditionvar>'
        '<setvar variablename="SCORE" action="Add">5</setvar></respcondition>'
        for n, at in ((0, 1), (1, 0))
    )
    found = one(tmp_path, blackboard("Matching", f"{block}</flow>", processing))
    assert isinstance(found, Matching)
    said = [(block_text(pair.question), block_text(pair.answer)) for pair in found.pairs]
    assert said == [("cat", "purrs"), ("dog", "barks")]
    assert text(found) == "Ask?"


def test_blackboard_true_and_false(tmp_path: Path) -> None:
    block = (
        '<flow class="RESPONSE_BLOCK"><response_lid ident="response"><render_choice>'
        f"{bb_text('true', 'true')}{bb_text('false', 'false')}</render_choice></response_lid></flow>"
    )
    found = one(
        tmp_path, blackboard("True/False", block, RIGHT.format(test='<varequal respident="response">false</varequal>'))
    )
    assert isinstance(found, TrueFalse)
    assert found.answer is False


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (
            old_item("", "", fields(question_type="calculated_question")),
            "its numbers are generated anew for each learner",
        ),
        (old_item('<response_xy ident="r"><render_hotspot/></response_xy>'), "it asks for a point of a picture"),
        (old_item(material("x") + '<response_lid ident="r"/>'), "a choice of 0 options"),
    ],
)
def test_what_becomes_no_question_is_named_with_its_reason(tmp_path: Path, made: str, reason: str) -> None:
    found, findings = read_xml(tmp_path, old(made, old_item(material("Ok?") + lid("a", "b"), condition(equal("A")))))
    assert len(found) == 1
    [told] = findings
    assert told.code == "qti-left-out"
    assert told.message.startswith(f"the item 'i1' is left out: {reason}")


def test_without_a_right_answer_there_is_no_key(tmp_path: Path) -> None:
    [found], findings = read_xml(tmp_path, old(old_item(material("Like it?") + lid("yes", "no"))))
    assert isinstance(found, MultipleChoice)
    assert [each.fraction for each in found.choices] == [0, 0]
    assert [f.code for f in findings] == ["qti-no-key"]


def test_markup_that_is_called_plain_and_text_that_is_plain(tmp_path: Path) -> None:
    plain = old_item(
        material("Is 1 < 2 & <br> a tag?", "text/plain")
        + f"<response_lid ident='r'><render_choice>{labels('a', 'b')}</render_choice></response_lid>",
        condition(equal("A")),
    )
    assert text(one(tmp_path, old(plain))) == "Is 1 < 2 & <br> a tag?"
    marked = old_item(material("<p>Bold <b>x</b></p>", "text/plain") + lid("a", "b"), condition(equal("A")))
    assert text(one(tmp_path, old(marked))) == "Bold x"


def test_an_item_none_of_whose_conditions_pays_is_right_where_they_say_so(tmp_path: Path) -> None:
    """Sakai keeps points at the assessment: all conditions add nothing, and their names state the right answer."""
    processing = condition(equal("A"), 0, 'title="InCorrect"', "Add", "InCorrect")
    processing += condition(equal("B"), 0, 'title="Correct"', "Add", "Correct")
    found = one(tmp_path, old(old_item(material("Ask") + lid("a", "b", "c"), processing)))
    assert isinstance(found, MultipleChoice)
    assert [each.fraction for each in found.choices] == [0, 1, 0]


def test_several_ticks_of_which_each_condition_tells_one(tmp_path: Path) -> None:
    processing = "".join(condition(equal(one), 0, 'continue="Yes"', "Add", "Correct") for one in "AC")
    found = one(tmp_path, old(old_item(material("Ask") + lid("a", "b", "c", many="Multiple"), processing)))
    assert isinstance(found, MultipleChoice)
    assert [each.fraction for each in found.choices] == [0.5, 0, 0.5]


BLACKBOARD = "<itemmetadata><bbmd_questiontype>Numeric</bbmd_questiontype></itemmetadata>"


def test_a_span_beside_its_middle_is_one_answer(tmp_path: Path) -> None:
    """Blackboard names both bounds and the number, and programs leave out that the condition pays."""
    asked = '<response_num ident="r" rcardinality="Single"><render_fib/></response_num>'
    bounds = '<vargte respident="r">1.5</vargte><varlte respident="r">2.5</varlte>'
    processing = condition(bounds + equal("2"), None, 'title="correct"') + condition("<other/>", 0)
    found = one(tmp_path, old(old_item(material("Ask") + asked, processing, BLACKBOARD)))
    assert isinstance(found, Numerical)
    assert [(each.value, each.tolerance) for each in found.answers] == [("2", "0.5")]


def test_blackboard_says_how_a_text_is_compared(tmp_path: Path) -> None:
    asked = '<response_str ident="r" rcardinality="Single"><render_fib/></response_str>'
    way = '<setvar variablename="EvaluationType" action="Set">CONTAINS</setvar>'
    processing = condition(equal("sun"), 100).replace("</respcondition>", f"{way}</respcondition>")
    metadata = BLACKBOARD.replace("Numeric", "Fill in the Blank")
    found = one(tmp_path, old(old_item(material("Ask") + asked, processing, metadata)))
    assert isinstance(found, ShortAnswer)
    assert [each.text for each in found.answers] == ["*sun*"]


def test_letters_in_a_field_called_decimal_are_letters(tmp_path: Path) -> None:
    asked = '<response_str ident="r" rcardinality="Single"><render_fib fibtype="Decimal"/></response_str>'
    found = one(tmp_path, old(old_item(material("Ask") + asked, condition(equal("VCT")))))
    assert isinstance(found, ShortAnswer)
    assert [each.text for each in found.answers] == ["VCT"]


def _judged(value: str, points: str, *, denied: bool = False) -> str:
    test = f'<varequal respident="r" case="Yes">{value}</varequal>'
    test = f"<not>{test}</not>" if denied else test
    return (
        f'<respcondition continue="Yes"><conditionvar>{test}</conditionvar>'
        f'<setvar varname="SCORE" action="Add">{points}</setvar></respcondition>'
    )


def test_options_to_be_judged_each_by_itself_are_rows_of_a_match(tmp_path: Path) -> None:
    presentation = material("Бағалаңыз") + lid("Бір", "Екі", "Үш", many="Multiple")
    right = ("A:correct", "B:wrong", "C:correct")
    processing = (
        '<outcomes><decvar varname="SCORE" vartype="Decimal" defaultval="0" minvalue="0" maxvalue="3"/></outcomes>'
        + "".join(_judged(each, "1") + _judged(each, "-1", denied=True) for each in right)
    )
    [found], findings = read_xml(tmp_path, old(old_item(presentation, processing)))
    assert isinstance(found, Matching)
    assert (text(found), found.mark) == ("Бағалаңыз", 3)
    assert [each.message for each in findings if "taken off" in each.message] == [
        "1 × points taken off for a wrong judgement, left out"
    ]
    assert [(block_text(pair.question), block_text(pair.answer)) for pair in found.pairs] == [
        ("Бір", "+"),
        ("Екі", "-"),
        ("Үш", "+"),
    ]


def test_a_colon_in_a_value_that_is_no_judgement_changes_nothing(tmp_path: Path) -> None:
    presentation = material("Уақыт?") + '<response_str ident="r"><render_fib/></response_str>'
    found = one(tmp_path, old(old_item(presentation, condition(equal("12:correct"), 100))))
    assert isinstance(found, ShortAnswer)
    assert [answer.text for answer in found.answers] == ["12:correct"]
