"""Items to put in order, through every product and back; what Moodle makes of them was read in its own code.

Source: Moodle 4.5.6 and 5.0.6, ``question/type/ordering`` (``questiontype.php``, ``question.php``, ``backup/moodle2``)
and ``question/format/gift/format.php``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from lxml import html as lxml_html

from coursepack import writers
from coursepack.checks import check_artifact
from coursepack.checks.moodle.question import question_errors
from coursepack.files.member import Member
from coursepack.languages.catalogues import words
from coursepack.model.artifact import Written
from coursepack.model.blocks import Blocks, Code, List, Paragraph, Picture, Run, block_text
from coursepack.model.course import Course, Exam, Session, Week
from coursepack.model.questions import (
    Essay,
    MultipleChoice,
    Ordering,
    OrderingItem,
    Question,
)
from coursepack.moodle import ordering as moodle
from coursepack.readers.gift import read as read_gift
from coursepack.readers.markdown.course import read_course
from coursepack.readers.moodle.xml import read as read_moodle
from coursepack.readers.sheet.reader import read as read_sheet
from coursepack.registrar.parts import of_course
from coursepack.render.draw import mixed
from coursepack.render.question_blocks import asked
from coursepack.render.wml import w
from coursepack.writers import Context
from coursepack.writers.papers.words import PaperWords
from tests.samples import ASSETS, LATER_BLOCKS, PNG_ID, b

BOLD: Blocks = (Paragraph(content=(Run(text="H"), Run(text="2", script="sub"), Run(text="O"))),)
PICTURE: Blocks = (Paragraph(content=(Picture(asset=PNG_ID, media_type="image/png", alt="шаршы"),)),)


def items(*contents: Blocks) -> tuple[OrderingItem, ...]:
    return tuple(OrderingItem(content=content) for content in contents)


def ordering(*contents: Blocks, **fields: Any) -> Ordering:
    made = items(*(contents or (b("ерте"), b("кейін"), b("соңында"))))
    return Ordering(id="exam-001", number=1, text=b("Ретімен қойыңыз"), items=made, **fields)


FULL = ordering(
    b("Ұн <ә> & су"),
    BOLD,
    (*b("екі"), *PICTURE),
    mark=3.0,
    layout="horizontal",
    select="contiguous",
    select_count=2,
    grading="relative-to-correct",
    show_grading=False,
    numbering="III",
    feedback=b("Жалпы."),
    correct_feedback=BOLD,
    partial_feedback=b("Жартылай."),
    incorrect_feedback=b("Қате."),
)


def write(name: str, *questions: Question, review: bool = False, **options: Any) -> Written:
    writer = writers.load(name)
    lecture = Session(id="w01-lecture", kind="lecture", number=1, title="Дәріс", blocks=b("Мәтін."), review=questions)
    weeks = (Week(id="w01", number=1, sessions=(lecture,)),) if review else ()
    course = Course(id="c", title="К", language="kk", weeks=weeks, exam=Exam(questions=questions))
    context = Context(
        assets=ASSETS, options=writer.options(**options), version="0", questions_per_ticket=1, tests_in_tickets=True
    )
    return writer.write(course, context)


def member(written: Written, ending: str) -> bytes:
    (found,) = (m.read() for a in written.artifacts for m in a.members if m.path.endswith(ending))
    return found


def told(written: Written) -> list[str]:
    return [f"{finding.code}: {finding.message}" for finding in written.findings]


def same(question: Question, other: Question) -> None:
    """Equal but for what a format gives a question of its own."""
    kept = [name for name in question.__struct_fields__ if name not in {"id", "title", "tags", "category", "place"}]
    assert {name: getattr(other, name) for name in kept} == {name: getattr(question, name) for name in kept}


def reads(path: Path, data: bytes, read: Any) -> list[Question]:
    path.write_bytes(data)
    bank = read(path).bank
    return list(bank.questions())


# --- as it is asked


@pytest.mark.parametrize("count", range(2, 8))
def test_items_are_never_asked_in_the_right_order(count: int) -> None:
    for number in range(60):
        made = items(*(b(str(place)) for place in range(count)))
        question = Ordering(id=f"q-{number}", text=b("?"), items=made)
        order = mixed(question)
        assert sorted(order) == list(range(count)) != order
        assert mixed(question) == order
        *_, offered = asked(question, words("en"))
        assert isinstance(offered, List)
        assert offered.marker == "lower-alpha"
        assert [block_text(item.blocks) for item in offered.items] == [str(place) for place in order]


def test_items_that_are_the_same_do_not_make_the_right_order() -> None:
    for number in range(60):
        question = Ordering(id=f"q-{number}", text=b("?"), items=items(b("а"), b("а"), b("б")))
        assert [question.items[place] for place in mixed(question)] != list(question.items)


# --- Moodle XML


def test_moodle_xml_as_moodle_exports_it() -> None:
    written = write("moodle-xml", FULL)
    assert told(written) == []
    assert [str(finding) for artifact in written.artifacts for finding in check_artifact(artifact)] == []
    (question,) = etree.fromstring(member(written, ".xml")).iterfind("question[@type='ordering']")
    assert [(child.tag, child.text) for child in question if not len(child)] == [
        ("defaultgrade", "3"),
        ("idnumber", "c-exam-001"),
        ("layouttype", "HORIZONTAL"),
        ("selecttype", "CONTIGUOUS"),
        ("selectcount", "2"),
        ("gradingtype", "RELATIVE_TO_CORRECT"),
        ("showgrading", "HIDE"),
        ("numberingstyle", "IIII"),
        ("shownumcorrect", "0"),
    ]
    answers = list(question.iterfind("answer"))
    assert [dict(answer.attrib) for answer in answers] == [
        {"fraction": str(place), "format": "html"} for place in (1, 2, 3)
    ]
    assert [answer.findtext("text") for answer in answers[:2]] == [
        "<p>Ұн &lt;ә&gt; &amp; су</p>",
        "<p>H<sub>2</sub>O</p>",
    ]
    assert [len(answer.findall("file")) for answer in answers] == [0, 0, 1]


def test_moodle_xml_comes_back(tmp_path: Path) -> None:
    for question in (FULL, ordering(), ordering(LATER_BLOCKS, b("б"), grading="all-or-nothing")):
        (found,) = reads(tmp_path / "a.xml", member(write("moodle-xml", question), ".xml"), read_moodle)
        same(question, found)


HEAD = (
    '<quiz><question type="ordering"><name><text>а</text></name>'
    '<questiontext format="html"><text>с</text></questiontext>'
)
ITEMS = "".join(f'<answer fraction="1" format="html"><text>{text}</text></answer>' for text in "вба")


def test_what_a_file_leaves_out_is_what_moodle_takes_it_for(tmp_path: Path) -> None:
    data = f"{HEAD}{ITEMS}</question></quiz>".encode()
    (found,) = reads(tmp_path / "a.xml", data, read_moodle)
    assert isinstance(found, Ordering)
    assert [block_text(item.content) for item in found.items] == ["в", "б", "а"]
    assert (found.layout, found.select, found.select_count) == ("vertical", "random", 6)
    assert (found.grading, found.show_grading, found.numbering) == ("relative-next-exclude-last", True, "none")


@pytest.mark.parametrize(
    ("xml", "field", "expected"),
    [
        ("<layouttype>H</layouttype>", "layout", "horizontal"),
        ("<layouttype>1</layouttype>", "layout", "horizontal"),
        ("<selecttype>EXACT</selecttype>", "select", "all"),
        ("<selecttype>ALL</selecttype><selectcount>3</selectcount>", "select_count", None),
        ("<selecttype>contig</selecttype>", "select", "contiguous"),
        ("<logical>CONTIGUOUS</logical>", "select", "contiguous"),
        ("<studentsee>4</studentsee>", "select_count", 4),
        ("<selectcount>1</selectcount>", "select_count", 2),
        ("<selectcount>көп</selectcount>", "select_count", 2),
        ("<gradingtype>ABS</gradingtype>", "grading", "absolute"),
        ("<gradingtype>ABSOLUTE_POSITION</gradingtype>", "grading", "absolute"),
        ("<gradingtype>LONGEST_ORDERED_SUBSET</gradingtype>", "grading", "longest-ordered-subset"),
        ("<gradingtype>RELATIVE</gradingtype>", "grading", "relative-next-exclude-last"),
        ("<showgrading>HIDE</showgrading>", "show_grading", False),
        ("<showgrading>1</showgrading>", "show_grading", True),
        ("<numberingstyle>ABCD</numberingstyle>", "numbering", "ABC"),
        ("<numberingstyle>vi</numberingstyle>", "numbering", "none"),
    ],
)
def test_settings_in_other_words(tmp_path: Path, xml: str, field: str, expected: object) -> None:
    (found,) = reads(tmp_path / "a.xml", f"{HEAD}{xml}{ITEMS}</question></quiz>".encode(), read_moodle)
    assert getattr(found, field) == expected


def test_every_setting_has_moodles_name_and_number() -> None:
    numbers = {
        "all-or-nothing": -1,
        "absolute": 0,
        "relative-next-exclude-last": 1,
        "relative-next-include-last": 2,
        "relative-one-previous-and-next": 3,
        "relative-all-previous-and-next": 4,
        "longest-ordered-subset": 5,
        "longest-contiguous-subset": 6,
        "relative-to-correct": 7,
    }
    for grading, number in numbers.items():
        question = ordering(grading=grading)
        assert moodle.numbers(question)["gradingtype"] == number
        assert moodle.read(moodle.words(question))["grading"] == grading
    assert moodle.words(ordering(grading="absolute"))["gradingtype"] == "ABSOLUTE_POSITION"
    for select, kind in (("all", 0), ("random", 1), ("contiguous", 2)):
        assert moodle.numbers(ordering(select=select))["selecttype"] == kind
    assert [moodle.numbers(ordering(numbering=n))["numberingstyle"] for n in ("ABC", "III", "abc")] == [
        "ABCD",
        "IIII",
        "abc",
    ]


def test_what_moodle_would_not_take_is_told() -> None:
    one = write("moodle-xml", ordering(b("жалғыз"), ()))
    assert [line.partition(";")[0] for line in told(one)] == [
        "moodle-xml-empty: question exam-001: an empty item is left out",
        "moodle-xml-as-essay: question exam-001: it has fewer than two items",
    ]
    assert "жалғыз" in member(one, ".xml").decode()
    twice = write("moodle-xml", ordering(b("а"), b("а"), b("б")))
    assert [line.partition(":")[0] for line in told(twice)] == ["moodle-xml-items-same"]
    (question,) = etree.fromstring(member(twice, ".xml")).iterfind("question[@type='ordering']")
    assert [found.code for found in question_errors(question)] == ["moodle-xml-items-same"]


def test_feedback_on_an_item_is_told(tmp_path: Path) -> None:
    answer = '<answer fraction="1"><text>г</text><feedback format="html"><text>иә</text></feedback></answer>'
    path = tmp_path / "a.xml"
    path.write_text(f"{HEAD}{ITEMS}{answer}</question></quiz>")
    file = read_moodle(path)
    (found,) = file.bank.questions()
    assert isinstance(found, Ordering)
    assert len(found.items) == 4
    assert any("feedback on an item" in finding.message for finding in file.findings)


# --- Moodle backup


def test_a_backup_as_moodle_makes_it() -> None:
    written = write("moodle-backup", FULL, review=True)
    assert [str(finding) for artifact in written.artifacts for finding in check_artifact(artifact)] == []
    found = etree.fromstring(member(written, "questions.xml"))
    plugins = list(found.iter("plugin_qtype_ordering_question"))
    assert len(plugins) == 2
    assert [e.text for e in found.iter("qtype")] == ["ordering"] * 2
    for plugin in plugins:
        assert [float(answer.findtext("fraction", "")) for answer in plugin.iterfind("answers/answer")] == [1, 2, 3]
        (options,) = plugin.iterfind("ordering")
        assert [(leaf.tag, leaf.text) for leaf in options if not str(leaf.tag).startswith(("co", "in", "pa"))] == [
            ("layouttype", "1"),
            ("selecttype", "2"),
            ("selectcount", "2"),
            ("gradingtype", "7"),
            ("showgrading", "0"),
            ("numberingstyle", "IIII"),
            ("shownumcorrect", "0"),
        ]
        assert options.findtext("correctfeedback") == "<p>H<sub>2</sub>O</p>"
        assert options.findtext("partiallycorrectfeedback") == "<p>Жартылай.</p>"
        assert options.findtext("incorrectfeedback") == "<p>Қате.</p>"


def test_a_backup_whose_item_lost_its_picture_is_told() -> None:
    (artifact,) = write("moodle-backup", FULL, review=True).artifacts
    broken = [
        Member(m.path, m.read().replace(b"@@PLUGINFILE@@/picture-", b"@@PLUGINFILE@@/other-"))
        if m.path == "questions.xml"
        else m
        for m in artifact.members
    ]
    found = check_artifact(replace(artifact, members=tuple(broken)))
    assert [finding.code for finding in found].count("mbz-picture-missing") == 2


# --- GIFT


def test_gift_as_moodle_exports_it(tmp_path: Path) -> None:
    question = ordering(layout="horizontal", grading="relative-all-previous-and-next", feedback=b("Иә."))
    written = write("gift", question)
    assert told(written) == []
    assert member(written, ".gift").decode().partition("::Ре")[2].partition("{")[2] == (
        ">3 ALL HORIZONTAL RELATIVE_ALL_PREVIOUS_AND_NEXT SHOW none\n\tерте\n\tкейін\n\tсоңында\n\t####Иә.\n}\n\n"
    )
    (found,) = reads(tmp_path / "a.gift", member(written, ".gift"), read_gift)
    same(question, found)


# What would be read as something else stands as an entity: Moodle undoes no escape in an item.
ODD = ("a = b ~ c : d", "{x}", "x\\ \\\\ \\nu \\=", "#### ##", "0", "// жол", "a < b & c > d", ">2 ALL", "[html]")


@pytest.mark.parametrize("odd", ODD)
def test_gift_items_hold_every_sign(tmp_path: Path, odd: str) -> None:
    question = ordering(b(odd), b("екінші"))
    data = member(write("gift", question), ".gift")
    (found,) = reads(tmp_path / "a.gift", data, read_gift)
    assert isinstance(found, Ordering)
    assert [block_text(item.content) for item in found.items] == [odd, "екінші"]
    inside = re.sub(r"^//.*\n", "", data.decode()).partition("{")[2]
    lines = inside.split("\n")
    assert len(lines) == 6
    assert lines[3] == "}"
    item = lines[1].strip()
    assert item not in {"", "0"}
    assert not item.startswith("//")
    assert not re.search(r"[{}]|####|\\[\\:#={}~n]", item)


def test_gift_keeps_rich_items_on_their_lines(tmp_path: Path) -> None:
    question = ordering(
        LATER_BLOCKS, (Code(text="а\n\n  б"),), b("жай"), numbering="III", select="random", select_count=2
    )
    data = member(write("gift", question), ".gift")
    assert len(data.decode().partition("{")[2].split("\n")) == 7
    assert "{>2 RANDOM VERTICAL ABSOLUTE_POSITION SHOW IIII\n" in data.decode()
    (found,) = reads(tmp_path / "a.gift", data, read_gift)
    same(question, found)


def test_what_gift_loses_is_told(tmp_path: Path) -> None:
    written = write("gift", ordering(PICTURE, b("б"), grading="longest-ordered-subset", correct_feedback=b("Иә")))
    assert told(written) == [
        "gift-lost: question exam-001 loses its way of grading, which gift cannot hold",
        "gift-lost: question exam-001 loses its pictures and its combined feedback, which gift cannot hold",
    ]
    assert ">2 ALL VERTICAL ABSOLUTE_POSITION SHOW none\n" in member(written, ".gift").decode()
    assert told(write("gift", ordering(b("жалғыз"), ()))) == [
        "gift-left-out: question exam-001 is left out: it has fewer than two items",
        "gift-empty: there is no question that gift can hold, so no file was written",
    ]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (">4 CONTIG VERT ABSOLUTE TRUE ABCD\nа\nб\nв\nг\nд", ("contiguous", 4, "vertical", "absolute", True, "ABC")),
        (">2 EXACT H ABS HIDE iii\nа\nб", ("all", None, "horizontal", "absolute", False, "iii")),
        (">9\nа\nб", ("random", 2, "vertical", "relative-next-exclude-last", True, "none")),
        (">2 REL 0 REL 0\nа\nб", ("random", 2, "vertical", "relative-next-exclude-last", False, "none")),
        (">3 ALL VERTICAL LONGEST_ORDERED_SUBSET SHOW none\nа\nб\nв",
         ("all", None, "vertical", "longest-ordered-subset", True, "none")),
    ],
)  # fmt: skip
def test_gift_of_others(tmp_path: Path, inner: str, expected: tuple[object, ...]) -> None:
    data = f"::Аты::[html]Қойыңыз{{{inner}\n#### Түсінік\n}}\n".encode()
    (found,) = reads(tmp_path / "a.gift", data, read_gift)
    assert isinstance(found, Ordering)
    fields = ("select", "select_count", "layout", "grading", "show_grading", "numbering")
    assert tuple(getattr(found, field) for field in fields) == expected
    assert "".join(block_text(item.content) for item in found.items) == "абвгд"[: len(found.items)]
    assert found.feedback == b("Түсінік")


def test_gift_with_one_item_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.gift"
    path.write_text("С {>1 ALL\nа\n}\n")
    file = read_gift(path)
    assert list(file.bank.questions()) == []
    assert file.findings[0].message == "1 items to put in order, expected two or more"


# --- tables, Markdown, diff


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_the_question_table_comes_back(tmp_path: Path, name: str) -> None:
    question = ordering(
        layout="horizontal",
        select="random",
        select_count=2,
        grading="all-or-nothing",
        show_grading=False,
        numbering="III",
    )
    written = write(name, question)
    assert told(written) == []
    if name == "csv":
        said = "layout=horizontal; select=random; count=2; grading=all-or-nothing; show-grading=no; numbering=III"
        assert f'"{said}"' in member(written, ".csv").decode()
    path = tmp_path / f"a.{name}"
    from coursepack.publish import artifact_chunks

    path.write_bytes(b"".join(artifact_chunks(written.artifacts[0])))
    (found,) = read_sheet(path).bank.questions()
    same(question, found)


def test_what_a_table_loses_is_told() -> None:
    lost = "its emphasis, its picture, its combined feedback and paragraphs of an option"
    assert told(write("csv", FULL)) == [f"csv-lost: question exam-001 loses {lost}, which csv cannot hold"]


@pytest.mark.parametrize(
    ("kind", "setting"),
    [
        ("ordering", "shuffle=no"),
        ("ordering", "numbering=I"),
        ("ordering", "grading=fair"),
        ("matching", "layout=horizontal"),
        ("multiple-choice", "numbering=iii"),
    ],
)
def test_settings_that_a_type_has_not(tmp_path: Path, kind: str, setting: str) -> None:
    options = "а -> б\nв -> г" if kind == "matching" else "а\nб"
    path = tmp_path / "a.csv"
    path.write_text(f'type;text;options;settings\n{kind};С;"{options}";{setting}\n')
    file = read_sheet(path)
    assert list(file.bank.questions()) == []
    assert [finding.severity.name for finding in file.findings] == ["ERROR"]


def test_markdown_comes_back(tmp_path: Path) -> None:
    (tmp_path / "c.md").write_bytes(member(write("markdown", FULL), "c.md"))
    course, _, _ = read_course(tmp_path / "c.md")
    assert course.exam is not None
    assert course.exam.questions == (FULL,)


def test_a_comparison_sees_the_order() -> None:
    course = Course(id="c", title="К", language="kk", exam=Exam(questions=(ordering(b("а"), b("ә")),)))
    (part,) = (part for part in of_course(course).parts if part.kind == "question")
    assert part.text == "Ретімен қойыңыз\n1. а\n2. ә"


# --- products for learners and teachers


def test_a_cartridge_asks_position_by_position() -> None:
    question = ordering(BOLD, b("екі"), b("үш"), mark=3.0, select="random", select_count=2, correct_feedback=b("Иә"))
    written = write("cc13", question, review=True, audience="student")
    assert [str(finding) for artifact in written.artifacts for finding in check_artifact(artifact)] == []
    found = etree.fromstring(member(written, "w01-lecture-review.xml"))
    space = {"q": etree.QName(found).namespace or ""}
    offered = [["H<sub>2</sub>O", "екі", "үш"][place] for place in mixed(question)]
    entries = list(found.iterfind(".//q:item", space))
    assert [item.get("ident") for item in entries] == [f"exam-001-p{number}" for number in (1, 2, 3)]
    for number, item in enumerate(entries, 1):
        stem, *labels = (str(e.text) for e in item.iterfind(".//q:presentation//q:mattext", space))
        assert stem == f"<p>Ретімен қойыңыз</p>\n<p>{number}-орын</p>"
        assert labels == offered
        (right,) = item.iterfind(".//q:varequal", space)
        assert offered[int(str(right.text)[1:]) - 1] == ["H<sub>2</sub>O", "екі", "үш"][number - 1]
    change = (
        "an ordering question became 3 choices, one a position; all its items are asked; its combined feedback is lost"
    )
    assert any(change in line for line in told(written))


def test_a_cartridge_without_keys_lists_the_items() -> None:
    written = write("cc13", ordering(), audience="student")
    bank = member(written, "exam-practice.xml").decode()
    assert "cc.essay.v0p1" in bank
    assert "multiple_choice" not in bank
    order = [("ерте", "кейін", "соңында")[place] for place in mixed(ordering())]
    assert sorted(order, key=bank.index) == order


def test_a_scorm_page_marks_each_item_by_its_place() -> None:
    question = ordering(BOLD, b("екі"), b("үш"), correct_feedback=b("Жарайсың"))
    written = write("scorm12", question, review=True, structure="single")
    assert told(written) == []
    page = member(written, "index.html").decode()
    tree: Any = lxml_html.fromstring(page)
    (box,) = tree.xpath("//div[@data-question][ol[@class='rows']]")
    rows = box.xpath("./ol/li")
    order = mixed(question)
    texts = [" ".join(row.xpath("./div")[0].text_content().split()) for row in rows]
    assert texts == [["H2O", "екі", "үш"][place] for place in order]
    assert [row.xpath("./span")[0].text for row in rows] == [f"✓ {place + 1}" for place in order]
    assert [option.text for option in rows[0].xpath("./select/option")] == ["…", "1", "2", "3"]
    right = "".join("abc"[place] for place in order)
    assert f'"parts": [{{"right": "{right}", "type": "matching", "weight": 1}}]' in page
    assert "<sub>2</sub>" in page
    assert 'data-when="correct"' in page


def test_what_a_scorm_page_marks_otherwise_is_told() -> None:
    said = "scorm-ordering: question exam-001: all its items are asked, and each is marked by its position"
    assert told(write("scorm12", ordering(grading="all-or-nothing"), review=True)) == [said]
    assert told(write("scorm12", ordering(select="random", select_count=2), review=True)) == [said]


def test_items_that_are_the_same_are_asked_in_ones_own_words() -> None:
    page = member(write("scorm12", ordering(b("а"), b("а"), b("б")), review=True, structure="single"), "index.html")
    assert b'"type": "matching"' not in page
    assert page.count(b'-own" rows=') == 2


def test_papers_ask_in_another_order_and_the_key_has_the_right_one() -> None:
    question = ordering(BOLD, b("екі"), b("үш"))
    written = write("exam-tickets", question)
    order = [("H2O", "екі", "үш")[place] for place in mixed(question)]
    for artifact in written.artifacts:
        (document,) = (m.read() for m in artifact.members if m.path == "word/document.xml")
        lines = ["".join(str(t) for t in p.itertext(w("t"))) for p in etree.fromstring(document).iter(w("p"))]
        key = f"{PaperWords('kk')('Key')}: 1) H2O; 2) екі; 3) үш"
        if artifact.name.endswith("exam-key.docx"):
            assert [line for line in lines if line in {*order, key}] == [*order, key]
        else:
            assert key not in lines
    assert len(written.artifacts) == 3


def test_the_teachers_cartridge_has_the_right_order() -> None:
    page = member(write("cc13", FULL, review=True, audience="teacher"), "w01-lecture-review-keys.html").decode()
    assert "<p>✓ 1) Ұн &lt;ә&gt; &amp; су</p>" in page
    assert "<p>✓ 2) H<sub>2</sub>O</p>" in page
    assert page.index("✓ 1)") < page.index("✓ 2)") < page.index("✓ 3) екі")


def test_aiken_leaves_it_out() -> None:
    assert "aiken-left-out: question exam-001 is left out: Aiken holds multiple choice only" in told(
        write("aiken", FULL)
    )


def test_types_that_carry_it() -> None:
    from coursepack.ims.nearest_items import nearest_items

    say = words("kk", "cartridge")
    kinds = [type(found) for found, _, _ in nearest_items([ordering()], say)]
    assert kinds == [MultipleChoice] * 3
    assert [type(found) for found, _, _ in nearest_items([ordering()], say, keys=False)] == [Essay]
    assert [type(found) for found, _, _ in nearest_items([ordering(b("а"), b("а"))], say)] == [Essay]
