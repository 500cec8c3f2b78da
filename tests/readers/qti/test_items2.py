"""Items of QTI 2: a question a kind of interaction, its key by the rules of the item."""

# ruff: noqa: E501 - XML as programs write it

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import Media, block_text
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
    MAP_RESPONSE,
    MATCH_CORRECT,
    choice,
    choices,
    item,
    mapping,
    one,
    read_xml,
    response,
    text,
)


def fractions(question: object) -> list[float]:
    assert isinstance(question, MultipleChoice)
    return [round(each.fraction, 4) for each in question.choices]


def test_a_choice_of_one_by_the_template(tmp_path: Path) -> None:
    found = one(tmp_path, item(response(right=("B",)), choice("One", "<b>Two</b>", "Three", shuffle="true")))
    assert isinstance(found, MultipleChoice)
    assert (text(found), found.title, found.single, found.shuffle, found.mark) == ("Ask?", "Title", True, True, None)
    assert [block_text(each.content) for each in found.choices] == ["One", "Two", "Three"]
    assert fractions(found) == [0, 1, 0]


def test_points_of_a_mapping_are_shares_of_the_best_answer(tmp_path: Path) -> None:
    points = mapping({"A": 4, "B": 2, "C": -1})
    found = one(tmp_path, item(response(right=("A",), more=points), choice("a", "b", "c"), MAP_RESPONSE))
    assert fractions(found) == [1, 0.5, -0.25]
    assert found.mark == 4


def test_of_several_the_mapping_says_what_a_tick_costs(tmp_path: Path) -> None:
    points = mapping({"A": 1, "B": 1, "C": -1}, 'lowerBound="0"')
    declared = response(many="multiple", right=("A", "B"), more=points)
    found = one(tmp_path, item(declared, choice("a", "b", "c", "d", most=0), MAP_RESPONSE))
    assert isinstance(found, MultipleChoice)
    assert not found.single
    assert fractions(found) == [0.5, 0.5, -0.5, 0]
    assert found.mark == 2


def test_of_several_all_or_nothing_is_told(tmp_path: Path) -> None:
    declared = response(many="multiple", right=("A", "B"))
    [found], findings = read_xml(tmp_path, item(declared, choice("a", "b", "c", most=0)))
    assert fractions(found) == [0.5, 0.5, -1]
    assert [f.message for f in findings] == ["1 × a mark for all right answers together alone: they share it here"]


@pytest.mark.parametrize(
    ("words", "right", "answer"), [(("True", "False"), "A", True), (("Жалған", "Ақиқат"), "A", False)]
)
def test_true_and_false_in_words_of_a_language_that_is_known(
    tmp_path: Path, words: tuple[str, str], right: str, answer: bool
) -> None:
    found = one(tmp_path, item(response(right=(right,)), choice(*words)))
    assert isinstance(found, TrueFalse | MultipleChoice)
    if words[0] == "True":
        assert isinstance(found, TrueFalse)
        assert found.answer is answer


def test_a_text_with_its_shares_and_letter_case(tmp_path: Path) -> None:
    points = mapping({"York": 1, "york": 0.5}, each='caseSensitive="true"')
    body = '<p>Sun of <textEntryInteraction responseIdentifier="RESPONSE"/> shines.</p>'
    found = one(tmp_path, item(response("string", right=("York",), more=points), body, MAP_RESPONSE))
    assert isinstance(found, ShortAnswer)
    assert text(found) == "Sun of _____ shines."
    assert [(each.text, each.fraction) for each in found.answers] == [("York", 1.0), ("york", 0.5)]
    assert found.case_sensitive


def test_letter_case_does_not_count_where_no_entry_asks_for_it(tmp_path: Path) -> None:
    points = mapping({"York": 1}, each='caseSensitive="false"')
    body = '<p>Where?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    found = one(tmp_path, item(response("string", right=("York",), more=points), body, MAP_RESPONSE))
    assert isinstance(found, ShortAnswer)
    assert (text(found), found.case_sensitive) == ("Where?", False)


def rules(test: str, points: str = "1") -> str:
    return (
        f"<responseProcessing><responseCondition><responseIf>{test}<setOutcomeValue identifier='SCORE'>"
        f"<baseValue baseType='float'>{points}</baseValue></setOutcomeValue></responseIf></responseCondition>"
        "</responseProcessing>"
    )


VARIABLE = '<variable identifier="RESPONSE"/>'
NUMBER = '<p>Count: <textEntryInteraction responseIdentifier="RESPONSE"/></p>'


@pytest.mark.parametrize(
    ("test", "value", "tolerance"),
    [
        (f"<equal toleranceMode='absolute' tolerance='0.5 0.5'>{{right}}{VARIABLE}</equal>", "10", "0.5"),
        (f"<equal toleranceMode='relative' tolerance='5 5'>{{right}}{VARIABLE}</equal>", "10", "0.5"),
        (f"<equal toleranceMode='exact'>{VARIABLE}{{right}}</equal>", "10", "0"),
        (
            (
                f"<and><gte>{VARIABLE}<baseValue baseType='float'>9</baseValue></gte>"
                f"<lte>{VARIABLE}<baseValue baseType='float'>12</baseValue></lte></and>"
            ),
            "10.5",
            "1.5",
        ),
    ],
)
def test_a_number_with_its_tolerance(tmp_path: Path, test: str, value: str, tolerance: str) -> None:
    filled = test.format(right='<correct identifier="RESPONSE"/>')
    found = one(tmp_path, item(response("float", right=("10",)), NUMBER, rules(filled)))
    assert isinstance(found, Numerical)
    assert [(each.value, each.tolerance, each.fraction) for each in found.answers] == [(value, tolerance, 1.0)]


def test_a_number_beyond_a_bound_has_no_key_and_says_so(tmp_path: Path) -> None:
    test = f"<gte>{VARIABLE}<baseValue baseType='float'>9</baseValue></gte>"
    [found], findings = read_xml(tmp_path, item(response("float"), NUMBER, rules(test)))
    assert isinstance(found, Essay)
    assert [f.code for f in findings] == ["qti-no-key"]
    assert "any number beyond a bound" in findings[0].message


def test_whole_numbers_of_a_slider(tmp_path: Path) -> None:
    points = mapping({"4": 1, "5": 1, "6": 1, "3": 0.5})
    body = (
        '<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="9"><prompt>How many?</prompt>'
        "</sliderInteraction>"
    )
    [found], findings = read_xml(tmp_path, item(response("integer", right=("5",), more=points), body, MAP_RESPONSE))
    assert isinstance(found, Numerical)
    assert [(a.value, a.tolerance, a.fraction) for a in found.answers] == [("5", "1", 1.0), ("4.5", "1.5", 0.5)]
    assert [f.message for f in findings] == ["1 × a number from 0 to 9 on a slider, read as a number to type"]


def test_gaps_of_several_kinds_are_a_cloze(tmp_path: Path) -> None:
    declared = (
        response(right=("B",)).replace('"RESPONSE"', '"R1"')
        + response("string", right=("sun",)).replace('"RESPONSE"', '"R2"')
        + response("float", right=("2.5",)).replace('"RESPONSE"', '"R3"')
    )
    body = (
        f'<p>One <inlineChoiceInteraction responseIdentifier="R1">{choices("x", "y", name="inlineChoice")}'
        '</inlineChoiceInteraction> two <textEntryInteraction responseIdentifier="R2"/> three '
        '<textEntryInteraction responseIdentifier="R3"/>.</p>'
    )
    right = "".join(
        f"<responseCondition><responseIf><match><variable identifier='{name}'/><correct identifier='{name}'/></match>"
        f"<setOutcomeValue identifier='SCORE'><sum><variable identifier='SCORE'/><baseValue baseType='float'>{points}"
        "</baseValue></sum></setOutcomeValue></responseIf></responseCondition>"
        for name, points in (("R1", 1), ("R2", 2), ("R3", 1))
    )
    found = one(tmp_path, item(declared, body, f"<responseProcessing>{right}</responseProcessing>"))
    assert isinstance(found, Cloze)
    assert text(found) == "One {#1} two {#2} three {#3}."
    assert [(gap.kind, gap.mark) for gap in found.gaps] == [
        ("multiple-choice", 1),
        ("short-answer-case", 2),
        ("numerical", 1),
    ]
    assert [[(a.text, a.fraction) for a in gap.answers] for gap in found.gaps] == [
        [("x", 0), ("y", 1)],
        [("sun", 1)],
        [("2.5", 1)],
    ]


def test_words_for_gaps(tmp_path: Path) -> None:
    body = (
        '<gapMatchInteraction responseIdentifier="RESPONSE"><prompt>Fill.</prompt>'
        f"{choices('winter', 'summer', name='gapText')}"
        '<p>Now is the <gap identifier="G1"/> made <gap identifier="G2"/></p></gapMatchInteraction>'
    )
    points = mapping({"A G1": 1, "B G2": 1})
    declared = response("directedPair", "multiple", ("A G1", "B G2"), points)
    [found], _ = read_xml(tmp_path, item(declared, body, MAP_RESPONSE))
    assert isinstance(found, Cloze)
    assert text(found) == "Fill.\nNow is the {#1} made {#2}"
    assert [[a.fraction for a in gap.answers] for gap in found.gaps] == [[1, 0], [0, 1]]


def sides(first: str, second: str) -> str:
    return (
        '<matchInteraction responseIdentifier="RESPONSE" shuffle="true"><prompt>Pair.</prompt>'
        f"<simpleMatchSet>{first}</simpleMatchSet><simpleMatchSet>{second}</simpleMatchSet></matchInteraction>"
    )


def associable(**texts: str) -> str:
    return "".join(
        f'<simpleAssociableChoice identifier="{ident}" matchMax="1">{said}</simpleAssociableChoice>'
        for ident, said in texts.items()
    )


def test_pairs_and_an_answer_too_many(tmp_path: Path) -> None:
    body = sides(associable(A="one", B="two"), associable(X="1", Y="2", Z="3"))
    found = one(tmp_path, item(response("directedPair", "multiple", ("A X", "B Y")), body))
    assert isinstance(found, Matching)
    said = [(block_text(pair.question), block_text(pair.answer)) for pair in found.pairs]
    assert said == [("one", "1"), ("two", "2"), ("", "3")]


def test_rows_with_several_partners_are_lists_to_tick(tmp_path: Path) -> None:
    body = sides(associable(A="one", B="two"), associable(X="1", Y="2"))
    [found], _ = read_xml(tmp_path, item(response("directedPair", "multiple", ("A X", "A Y", "B Y")), body))
    assert isinstance(found, Cloze)
    assert text(found) == "Pair.\none {#1}\ntwo {#2}"
    assert [[round(a.fraction, 2) for a in gap.answers] for gap in found.gaps] == [[0.5, 0.5], [-1, 1]]


def test_pairs_among_one_kind(tmp_path: Path) -> None:
    body = (
        '<associateInteraction responseIdentifier="RESPONSE"><prompt>Rivals?</prompt>'
        f"{associable(A='a', B='b', C='c', D='d')}</associateInteraction>"
    )
    [found], findings = read_xml(tmp_path, item(response("pair", "multiple", ("A C", "D B")), body))
    assert isinstance(found, Matching)
    said = [(block_text(pair.question), block_text(pair.answer)) for pair in found.pairs]
    assert said == [("a", "c"), ("d", "b")]
    assert len(findings) == 1


def test_an_order(tmp_path: Path) -> None:
    body = (
        '<orderInteraction responseIdentifier="RESPONSE" orientation="horizontal"><prompt>Order!</prompt>'
        f"{choices('a', 'b', 'c')}</orderInteraction>"
    )
    found = one(tmp_path, item(response(many="ordered", right=("C", "A", "B")), body))
    assert isinstance(found, Ordering)
    assert [block_text(each.content) for each in found.items] == ["c", "a", "b"]
    assert (found.layout, found.grading) == ("horizontal", "all-or-nothing")


def test_an_essay_with_its_rubric_and_lines(tmp_path: Path) -> None:
    body = (
        '<rubricBlock view="scorer"><p>Two points.</p></rubricBlock><rubricBlock view="candidate"><p>Read.</p>'
        '</rubricBlock><extendedTextInteraction responseIdentifier="RESPONSE" expectedLines="7"><prompt>Write.</prompt>'
        "</extendedTextInteraction>"
    )
    found = one(tmp_path, item(response("string"), body, ""))
    assert isinstance(found, Essay)
    assert (text(found), block_text(found.grader_notes), found.response_lines) == ("Read.\nWrite.", "Two points.", 7)


def test_words_to_mark_and_a_file_to_hand_in(tmp_path: Path) -> None:
    body = (
        '<hottextInteraction responseIdentifier="RESPONSE"><prompt>Find.</prompt><p>He <hottext identifier="A">go</hottext>'
        ' <hottext identifier="B">home</hottext>.</p></hottextInteraction>'
    )
    [found], findings = read_xml(tmp_path, item(response(right=("A",)), body))
    assert text(found) == "Find.\nHe go home."
    assert fractions(found) == [1, 0]
    assert len(findings) == 1
    upload = '<uploadInteraction responseIdentifier="RESPONSE"><prompt>Send.</prompt></uploadInteraction>'
    [essay], findings = read_xml(tmp_path, item(response("file"), upload, ""))
    assert isinstance(essay, Essay)
    assert essay.attachments == 1
    assert len(findings) == 1


def test_a_text_that_asks_nothing(tmp_path: Path) -> None:
    found = one(tmp_path, item("", "<h2>Read</h2><p>On.</p>", ""))
    assert isinstance(found, Description)
    assert text(found) == "Read\nOn."


LEFT_OUT = [
    ('<drawingInteraction responseIdentifier="RESPONSE"/>', "it asks for a drawing (drawingInteraction)"),
    ('<hotspotInteraction responseIdentifier="RESPONSE"/>', "it asks for an area of a picture (hotspotInteraction)"),
    (
        '<customInteraction responseIdentifier="RESPONSE"/>',
        "it asks for something that only a program of its own shows (customInteraction)",
    ),
    ('<newInteraction responseIdentifier="RESPONSE"/>', "it asks in a way that is not known (newInteraction)"),
    (choice("one"), "a choice of 1 options, expected two or more"),
    ('<p><printedVariable identifier="X"/></p>', "it prints a value that is made when it is asked (printedVariable)"),
    (
        (
            '<orderInteraction responseIdentifier="RESPONSE"><simpleChoice identifier="A">a</simpleChoice>'
            '<simpleChoice identifier="B">b</simpleChoice></orderInteraction>'
        ),
        "no order of all its items is stated as the right one",
    ),
    (
        '<p>a</p><extendedTextInteraction responseIdentifier="RESPONSE"/>' + choice("x", "y"),
        "it asks several things, one of them no gap of a text can hold (a longer text)",
    ),
]


@pytest.mark.parametrize(("body", "reason"), LEFT_OUT)
def test_what_becomes_no_question_is_named_with_its_reason(tmp_path: Path, body: str, reason: str) -> None:
    found, findings = read_xml(tmp_path, item(response(), body, ident="the-one"))
    assert found == []
    told = [f for f in findings if f.code == "qti-left-out"]
    assert [f.message for f in told] == [f"the item 'the-one' is left out: {reason}"]
    assert told[0].place is not None
    assert (told[0].place.file, told[0].place.first) == ("item.xml", 1)


def test_random_values_are_left_out(tmp_path: Path) -> None:
    drawing = '<templateProcessing><setTemplateValue identifier="N"><randomInteger max="9"/></setTemplateValue></templateProcessing><itemBody>'
    body = choice("a", "<printedVariable identifier='N'/>")
    found, findings = read_xml(tmp_path, item(response(right=("A",)), body).replace("<itemBody>", drawing))
    assert found == []
    assert "templateProcessing" in findings[0].message


def test_random_values_that_nobody_sees_are_none(tmp_path: Path) -> None:
    """Editors leave variables behind that no text and no rule asks for."""
    drawing = '<templateProcessing><setTemplateValue identifier="N"><randomInteger max="9"/></setTemplateValue></templateProcessing><itemBody>'
    made = item(response(right=("A",)), choice("a", "b")).replace("<itemBody>", drawing)
    assert fractions(one(tmp_path, made)) == [1, 0]


def test_a_gap_beside_right_ones_has_its_own_part(tmp_path: Path) -> None:
    """A wrong gap takes away what a right one gives, so that alone none earns anything."""
    declared = "".join(
        response("string", right=(word,), more=mapping({word: 1, "no": -1})).replace("RESPONSE", f"R{at}")
        for at, word in enumerate(("sun", "moon"))
    )
    score = "<variable identifier='SCORE'/>"
    marking = "".join(
        f"<responseCondition><responseIf><stringMatch caseSensitive='true'><variable identifier='R{at}'/><correct identifier='R{at}'/></stringMatch>"
        f"<setOutcomeValue identifier='SCORE'><sum>{score}<baseValue baseType='float'>1</baseValue></sum></setOutcomeValue></responseIf>"
        f"<responseElse><setOutcomeValue identifier='SCORE'><sum>{score}<baseValue baseType='float'>-1</baseValue></sum></setOutcomeValue></responseElse></responseCondition>"
        for at in (0, 1)
    )
    body = "<p>The <textEntryInteraction responseIdentifier='R0'/> and the <textEntryInteraction responseIdentifier='R1'/>.</p>"
    found = one(tmp_path, item(declared, body, f"<responseProcessing>{marking}</responseProcessing>"))
    assert isinstance(found, Cloze)
    assert [[(each.text, each.fraction) for each in gap.answers] for gap in found.gaps] == [[("sun", 1)], [("moon", 1)]]


def test_a_file_inside_a_link_is_kept_under_its_name(tmp_path: Path) -> None:
    body = '<p>See <a href="data:text/csv;base64,eDsxCg==" download="points.csv">data</a>.</p>' + choice("a", "b")
    found = one(tmp_path, item(response(right=("A",)), body))
    assert [each.name for each in found.text if isinstance(each, Media)] == ["points.csv"]


@pytest.mark.parametrize(
    "kind",
    [
        "image/svg+xml",
        "IMAGE/SVG+XML",
        "text/html",
        "application/xhtml+xml;charset=utf-8",
        "text/javascript",
        "text/plain",
        "",
    ],
)
def test_a_page_or_a_drawing_inside_a_link_is_no_file(tmp_path: Path, kind: str) -> None:
    """Nobody cleaned it, and a browser would run it; a document of Office is a file, though its type ends in «document»."""
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    links = f'<a href="data:{kind},&lt;svg onload=a()/&gt;">a</a> and <a href="data:{office};base64,UEs=" download="b.docx">b</a>'
    [found], findings = read_xml(tmp_path, item(response(right=("A",)), f"<p>See {links}.</p>" + choice("a", "b")))
    assert [each.media_type for each in found.text if isinstance(each, Media)] == [office]
    told = "1 × a link with a forbidden scheme (data:): its text is kept"
    assert [(each.code, each.message) for each in findings] == [("qti-left-out", told)]


def test_rules_and_declaration_that_differ_leave_no_key(tmp_path: Path) -> None:
    test = f"<match>{VARIABLE}<baseValue baseType='identifier'>B</baseValue></match>"
    [found], findings = read_xml(tmp_path, item(response(right=("A",)), choice("a", "b", "c"), rules(test)))
    assert fractions(found) == [0, 0, 0]
    [told] = findings
    assert told.code == "qti-no-key"
    assert "contradict the right response" in told.message


def test_rules_that_are_not_known_leave_the_declared_answer(tmp_path: Path) -> None:
    test = f"<customOperator class='x'>{VARIABLE}</customOperator>"
    [found], findings = read_xml(tmp_path, item(response(right=("B",)), choice("a", "b", "c"), rules(test)))
    assert fractions(found) == [0, 1, 0]
    assert [f.code for f in findings] == ["qti-rules"]


def test_no_rules_and_no_declaration_leave_no_key(tmp_path: Path) -> None:
    [found], findings = read_xml(tmp_path, item(response(), choice("a", "b", "c"), ""))
    assert fractions(found) == [0, 0, 0]
    assert [f.code for f in findings] == ["qti-no-key"]


def test_a_pattern_is_no_answer(tmp_path: Path) -> None:
    test = f"<patternMatch pattern='gr.y'>{VARIABLE}</patternMatch>"
    body = '<p>Colour?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    [found], findings = read_xml(tmp_path, item(response("string"), body, rules(test)))
    assert isinstance(found, Essay)
    assert "by the pattern 'gr.y'" in findings[0].message


FEEDBACK = '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>'


def modal(ident: str, said: str) -> str:
    return f'<modalFeedback outcomeIdentifier="FEEDBACK" identifier="{ident}" showHide="show"><p>{said}</p></modalFeedback>'


def test_feedback_by_answer(tmp_path: Path) -> None:
    processing = (
        "<responseProcessing><setOutcomeValue identifier='FEEDBACK'><variable identifier='RESPONSE'/></setOutcomeValue>"
        "<responseCondition><responseIf><match><variable identifier='RESPONSE'/><correct identifier='RESPONSE'/></match>"
        "<setOutcomeValue identifier='SCORE'><baseValue baseType='float'>1</baseValue></setOutcomeValue></responseIf>"
        "</responseCondition></responseProcessing>"
    )
    made = item(
        response(right=("A",)) + FEEDBACK, choice("a", "b", "c"), processing, modal("A", "Yes") + modal("B", "No")
    )
    found = one(tmp_path, made)
    assert isinstance(found, MultipleChoice)
    assert [block_text(each.feedback) for each in found.choices] == ["Yes", "No", ""]


def test_feedback_for_right_and_wrong(tmp_path: Path) -> None:
    processing = (
        "<responseProcessing><responseCondition><responseIf><match><variable identifier='RESPONSE'/>"
        "<correct identifier='RESPONSE'/></match><setOutcomeValue identifier='SCORE'><baseValue baseType='float'>3"
        "</baseValue></setOutcomeValue><setOutcomeValue identifier='FEEDBACK'><baseValue baseType='identifier'>good"
        "</baseValue></setOutcomeValue></responseIf><responseElse><setOutcomeValue identifier='FEEDBACK'>"
        "<baseValue baseType='identifier'>bad</baseValue></setOutcomeValue></responseElse></responseCondition>"
        "</responseProcessing>"
    )
    after = modal("good", "Well") + modal("bad", "Alas")
    found = one(tmp_path, item(response(right=("A",)) + FEEDBACK, choice("a", "b", "c"), processing, after))
    assert isinstance(found, MultipleChoice)
    assert (block_text(found.correct_feedback), block_text(found.incorrect_feedback)) == ("Well", "Alas")
    assert found.mark == 3


def test_points_that_are_declared(tmp_path: Path) -> None:
    most = (
        '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float"><defaultValue><value>5</value>'
        "</defaultValue></outcomeDeclaration>"
    )
    found = one(tmp_path, item(response(right=("A",)) + most, choice("a", "b", "c"), MATCH_CORRECT))
    assert found.mark == 5


def test_formulas_tables_and_code_of_a_text(tmp_path: Path) -> None:
    body = (
        '<p>Let <m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:mi>x</m:mi></m:math> be.</p>'
        "<table><tr><td>1</td><td>2</td></tr></table><pre>a = 1\nb</pre><p>Go<!-- no --> on</p>" + choice("a", "b", "c")
    )
    found = one(tmp_path, item(response(right=("A",)), body))
    assert [type(block).__name__ for block in found.text] == ["Paragraph", "Table", "Code", "Paragraph", "Paragraph"]
    assert text(found).splitlines()[0] == "Let x be."
    assert "Go on" in text(found)


def test_rules_as_openolat_writes_them(tmp_path: Path) -> None:
    """Points of the item in MAXSCORE, a basic feedback that chooses modal ones, a bound from below."""

    def base(kind: str, value: str) -> str:
        return f'<baseValue baseType="{kind}">{value}</baseValue>'

    def put(name: str, value: str) -> str:
        return f'<setOutcomeValue identifier="{name}">{value}</setOutcomeValue>'

    def modal_if(state: str, ident: str) -> str:
        both = f'<multiple><variable identifier="FEEDBACKMODAL"/>{base("identifier", ident)}</multiple>'
        return (
            f'<responseCondition><responseIf><and><match>{base("identifier", state)}<variable identifier="FEEDBACKBASIC"/>'
            f"</match></and>{put('FEEDBACKMODAL', both)}</responseIf></responseCondition>"
        )

    total = '<sum><variable identifier="SCORE"/><variable identifier="MAXSCORE"/></sum>'
    processing = (
        '<responseProcessing><responseCondition><responseIf><isNull><variable identifier="RESPONSE"/></isNull>'
        f"{put('FEEDBACKBASIC', base('identifier', 'empty'))}</responseIf><responseElseIf><match>"
        '<variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>'
        f"{put('SCORE', total)}{put('FEEDBACKBASIC', base('identifier', 'correct'))}</responseElseIf><responseElse>"
        f"{put('FEEDBACKBASIC', base('identifier', 'incorrect'))}</responseElse></responseCondition>"
        f"{modal_if('correct', 'fb1')}{modal_if('incorrect', 'fb2')}<responseCondition><responseIf><lt>"
        '<variable identifier="SCORE"/><variable identifier="MINSCORE"/></lt>'
        f"""{put("SCORE", '<variable identifier="MINSCORE"/>')}</responseIf></responseCondition></responseProcessing>"""
    )

    def outcome(name: str, kind: str, value: str, many: str = "single") -> str:
        default = f"<defaultValue><value>{value}</value></defaultValue>" if value else ""
        return f'<outcomeDeclaration identifier="{name}" cardinality="{many}" baseType="{kind}">{default}</outcomeDeclaration>'

    declared = (
        response(right=("B",))
        + outcome("MAXSCORE", "float", "2.5")
        + outcome("MINSCORE", "float", "0")
        + outcome("FEEDBACKBASIC", "identifier", "none")
        + outcome("FEEDBACKMODAL", "identifier", "", "multiple")
    )
    after = modal("fb1", "Ja").replace('"FEEDBACK"', '"FEEDBACKMODAL"') + modal("fb2", "Nein").replace(
        '"FEEDBACK"', '"FEEDBACKMODAL"'
    )
    found = one(tmp_path, item(declared, choice("a", "b", "c"), processing, after))
    assert isinstance(found, MultipleChoice)
    assert (fractions(found), found.mark) == ([0, 1, 0], 2.5)
    assert (block_text(found.correct_feedback), block_text(found.incorrect_feedback)) == ("Ja", "Nein")


def test_rules_as_inspera_writes_them(tmp_path: Path) -> None:
    """Points in template variables that nothing draws, some without a value; tests of single answers by ``member``."""

    def variable(name: str, value: str) -> str:
        return (
            f'<templateDeclaration identifier="{name}" cardinality="single" baseType="float"><defaultValue>'
            f"<value>{value}</value></defaultValue></templateDeclaration>"
        )

    def each(letter: str, points: str) -> str:
        return (
            f"<responseCondition><responseIf><member><baseValue baseType='identifier'>{letter}</baseValue>{VARIABLE}"
            f"</member><setOutcomeValue identifier='SCORE'><sum><variable identifier='SCORE'/><variable "
            f"identifier='{points}'/></sum></setOutcomeValue></responseIf></responseCondition>"
        )

    processing = (
        f"<responseProcessing>{each('A', 'SCORE_EACH_CORRECT')}{each('B', 'SCORE_EACH_WRONG')}"
        f"{each('C', 'SCORE_EACH_CORRECT')}</responseProcessing>"
    )
    declared = (
        response(many="multiple", right=("A", "C"))
        + variable("SCORE_EACH_CORRECT", "2")
        + variable("SCORE_EACH_WRONG", "-1")
        + variable("SCORE_MINIMUM", "")
    )
    found = one(tmp_path, item(declared, choice("a", "b", "c", most=0), processing))
    assert (fractions(found), found.mark) == ([0.5, -0.25, 0.5], 4)


# --- all gaps in one response, as TestVision writes it


def _told_apart(values: str, body: str, points: str) -> str:
    declared = (
        '<responseDeclaration identifier="RESPONSE" cardinality="multiple"><correctResponse>'
        f'{values}</correctResponse><mapping defaultValue="0">{points}</mapping></responseDeclaration>'
        '<outcomeDeclaration identifier="FEEDBACK" cardinality="single" baseType="identifier"/>'
    )
    nothing = '<setOutcomeValue identifier="SCORE"><baseValue baseType="float">0</baseValue></setOutcomeValue>'
    rules = (
        '<responseProcessing><responseCondition><responseIf><isNull><variable identifier="RESPONSE"/></isNull>'
        f'{nothing}</responseIf><responseElse><setOutcomeValue identifier="SCORE">'
        '<mapResponse identifier="RESPONSE"/></setOutcomeValue></responseElse></responseCondition></responseProcessing>'
    )
    return item(declared, body, rules)


def _value(name: str, text: str, base: str = "string") -> str:
    return f'<value fieldIdentifier="{name}" baseType="{base}">{text}</value>'


def test_gaps_of_one_response_are_told_apart_by_the_names_of_its_values(tmp_path: Path) -> None:
    values = _value("g1", "B") + _value("g2", "2.5", "float") + _value("g2", "2;3", "float") + _value("g3", "Есіл")
    body = (
        '<p>Қала <inlineChoiceInteraction id="g1" responseIdentifier="RESPONSE" shuffle="false">'
        f"{choices('Алматы', 'Астана', name='inlineChoice')}</inlineChoiceInteraction>, саны "
        '<textEntryInteraction id="g2" responseIdentifier="RESPONSE"/>, өзені '
        '<textEntryInteraction id="g3" responseIdentifier="RESPONSE"/>.</p>'
    )
    points = "".join(
        f'<mapEntry mapKey="g{at}" mappedValue="{worth}"/>' for at, worth in ((1, 0.25), (2, 0.25), (3, 0.5))
    )
    [found], _ = read_xml(tmp_path, _told_apart(values, body, points))
    assert isinstance(found, Cloze)
    assert text(found) == "Қала {#1}, саны {#2}, өзені {#3}."
    assert [(gap.kind, gap.mark) for gap in found.gaps] == [
        ("multiple-choice", 1),
        ("numerical", 1),
        ("short-answer-case", 2),
    ]
    assert [[(a.text, a.fraction) for a in gap.answers] for gap in found.gaps] == [
        [("Алматы", 0), ("Астана", 1)],
        [("2.5", 1)],
        [("Есіл", 1)],
    ]
    assert found.gaps[1].tolerances == ("0.5",)


def test_gaps_that_bear_one_name_are_left_out(tmp_path: Path) -> None:
    gap = '<textEntryInteraction id="g1" responseIdentifier="RESPONSE"/>'
    points = '<mapEntry mapKey="g1" mappedValue="1"/>'
    questions, findings = read_xml(tmp_path, _told_apart(_value("g1", "x"), f"<p>{gap} және {gap}</p>", points))
    assert questions == []
    assert [f.code for f in findings] == ["qti-left-out", "qti-empty"]
