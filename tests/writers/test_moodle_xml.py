"""Moodle XML: what stands in the file, and that nothing a source says makes Moodle refuse it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from lxml import etree

from coursepack.checks import check_artifact
from coursepack.model.artifact import Artifact, Bank, Written
from coursepack.model.blocks import text_blocks
from coursepack.model.course import Course, Exam
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Essay,
    Gap,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Pair,
    Question,
    ShortAnswer,
)
from coursepack.moodle.text import category_path, grade, split_category_path
from coursepack.outline import Understood
from coursepack.place import CoursepackError, Place, Severity
from coursepack.writers import Context, load
from coursepack.writers.moodle.xml import MoodleXmlOptions, write, write_bank
from tests import strategies
from tests.samples import ASSETS, PNG, PNG_ID, b, everything

CONTEXT = Context(assets=ASSETS, options=MoodleXmlOptions())


def root(artifact: Artifact) -> etree._Element:
    return etree.fromstring(artifact.members[0].read())


def only(written: Written) -> etree._Element:
    (artifact,) = written.artifacts
    return root(artifact)


def codes(written: Written) -> Counter[str]:
    return Counter(finding.code.removeprefix("moodle-xml-") for finding in written.findings)


def text(element: etree._Element, path: str) -> str:
    found = element.findtext(path)
    assert found is not None, path
    return found


def bank(*questions: Question) -> Bank:
    return Bank(id="bank", title="Қор", language="kk", questions=lambda: iter(questions))


def by_category(quiz: etree._Element) -> dict[str, list[etree._Element]]:
    found: dict[str, list[etree._Element]] = {}
    here = ""
    for question in quiz:
        if question.get("type") == "category":
            here = text(question, "category/text").removeprefix("$course$/top/")
            found.setdefault(here, [])
        else:
            found[here].append(question)
    return found


# --- a course -----------------------------------------------------------------------------------------------------


def test_categories_in_order_with_their_questions() -> None:
    found = by_category(only(write(everything(), CONTEXT)))
    course = "Үлгі курс: «билік» & ‹заң›"
    assert {path: len(questions) for path, questions in found.items()} == {
        course: 0,
        f'{course}/1-дәріс. Билік: «мәні» & ‹мағынасы› // "power"': 10,
        f"{course}/Емтихан": 0,
        f"{course}/Емтихан/Емтихан сұрақтары": 9,
        f"{course}/Емтихан/Емтихан сұрақтары. Басқаша тұжырымдары": 1,
    }


def test_a_category_has_a_description_and_an_idnumber_that_a_new_name_changes() -> None:
    first, second, *_ = (q for q in only(write(everything(), CONTEXT)) if q.get("type") == "category")
    assert text(first, "info/text") == "<p>«Үлгі курс: «билік» &amp; &lt;заң&gt;» курсының сұрақтары.</p>"
    assert "<ol><li>Билік ұғымы</li><li>Билік түрлері</li></ol>" in text(second, "info/text")
    assert text(first, "idnumber").startswith("sample-course-")
    renamed = msgspec.structs.replace(everything(), title="Басқа атау")
    assert text(only(write(renamed, CONTEXT))[0], "idnumber") != text(first, "idnumber")


def test_a_review_question_names_its_lecture_and_outline_for_the_grader() -> None:
    question = only(write(everything(), CONTEXT))[2]
    assert text(question, "name/text") == "01. Билік дегеніміз не?"
    assert text(question, "idnumber") == "sample-w01-lecture-q-001"
    assert text(question, "graderinfo/text") == (
        '<p><strong>1-дәріс. Билік: «мәні» &amp; &lt;мағынасы&gt; / "power"</strong></p>\n<p>Жоспары</p>\n'
        "<ol><li>Билік ұғымы</li><li>Билік түрлері</li></ol>\n<p>Кемінде үш анықтама.</p>"
    )
    tags = [tag.findtext("text") for tag in question.iterfind("tags/tag")]
    assert tags == ["1-апта", "1-дәріс", "бақылау сұрағы", "билік"]


def test_a_rewording_says_what_it_rewords() -> None:
    question = only(write(everything(), CONTEXT))[-1]
    assert "Мына сұрақты басқаша қояды: Билік дегеніміз не?" in text(question, "graderinfo/text")
    assert text(question, "minwordlimit") == "50"
    assert text(question, "maxwordlimit") == "300"
    assert text(question, "responsetemplate/text") == "<p>Менің ойымша,</p>"


def test_a_picture_travels_with_its_question() -> None:
    question = only(write(everything(), CONTEXT))[3]
    name = f"picture-{PNG_ID[:16]}.png"
    assert f'<img src="@@PLUGINFILE@@/{name}" alt="Көк шаршы">' in text(question, "questiontext/text")
    file = question.find("questiontext/file")
    assert file is not None
    assert (file.get("name"), file.get("path"), file.get("encoding")) == (name, "/", "base64")
    import base64

    assert base64.b64decode(file.text or "") == PNG
    assert text(question, "defaultgrade") == "2"


def test_every_type_as_moodle_reads_it() -> None:
    (exam,) = (v for k, v in by_category(only(write(everything(), CONTEXT))).items() if k.endswith("сұрақтары"))
    kinds = {question.get("type", ""): question for question in exam}
    assert [(a.get("fraction"), a.findtext("text")) for a in kinds["truefalse"].iterfind("answer")] == [
        ("100", "true"),
        ("0", "false"),
    ]
    assert [(a.get("fraction"), a.findtext("text")) for a in kinds["shortanswer"].iterfind("answer")] == [
        ("100", "кратология"),
        ("50", "кратол*"),
    ]
    numbers = [(a.findtext("text"), a.findtext("tolerance")) for a in kinds["numerical"].iterfind("answer")]
    assert numbers == [("2", "0"), ("2.5", "0.5")]
    rows = [(r.findtext("text"), r.findtext("answer/text")) for r in kinds["matching"].iterfind("subquestion")]
    assert rows[0] == ("<p>Сенат</p>", "жоғарғы палата")
    assert rows[2] == ("", "үкімет")
    assert text(kinds["cloze"], "questiontext/text") == (
        "<p>Астана – {1:SHORTANSWER:=Астана~%50%Ақмола}, халқы {2:NUMERICAL:=1.4:0.1} миллион.</p>"
    )
    assert kinds["multichoice"].findtext("single") == "false"  # the last of the two


@pytest.mark.parametrize(
    ("value", "tolerance", "written"),
    [
        ("2,5", "0,1", ("2.5", "0.1")),
        (" 2.5 ", " 0.1 ", ("2.5", "0.1")),
        ("2", "", ("2", "0")),
        ("*", "0,5", ("*", "0.5")),
    ],
)
def test_a_decimal_comma_is_written_as_the_point_that_moodle_reads(
    value: str, tolerance: str, written: tuple[str, str]
) -> None:
    question = Numerical(id="q", text=b("?"), answers=(NumericalAnswer(value=value, tolerance=tolerance),))
    (answer,) = only(load("moodle-xml").write_bank(bank(question), CONTEXT)).iterfind("question/answer")  # type: ignore[misc]
    assert (answer.findtext("text"), answer.findtext("tolerance")) == written


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_file_passes_its_own_check_and_is_the_same_twice(language: str) -> None:
    (first,), (second,) = write(everything(language), CONTEXT).artifacts, write(everything(language), CONTEXT).artifacts
    assert check_artifact(first) == []
    assert first.members[0].read() == second.members[0].read()
    assert (first.name, first.container, first.audience) == ("sample-questions.xml", "file", "teacher")


@settings(max_examples=8)
@given(strategies.courses())
def test_any_course_gives_a_file_that_passes(course: Course) -> None:
    written = write(course, CONTEXT)
    assert [finding for artifact in written.artifacts for finding in check_artifact(artifact)] == []
    found = sum(q.get("type") != "category" for artifact in written.artifacts for q in root(artifact))
    assert found == sum(1 for _ in course.questions())


def test_sayasi_bilik_has_its_questions_in_named_categories(sayasi: Understood) -> None:
    found = by_category(only(load("moodle-xml").write(sayasi.course, CONTEXT)))
    lectures = {path: q for path, q in found.items() if path.startswith("Саяси билік/") and "дәріс" in path}
    assert len(lectures) == 13
    assert sum(map(len, lectures.values())) == 38
    assert len(found["Саяси билік/Емтихан/«Саяси билік» пәні бойынша емтиханның сұрақтары"]) == 100
    assert len(found["Саяси билік/Емтихан/Емтихан сұрақтары. Басқаша тұжырымдары"]) == 7
    every = [question for questions in found.values() for question in questions]
    assert {question.get("type") for question in every} == {"essay"}
    assert len({question.findtext("idnumber") for question in every}) == 145
    assert all(question.find("graderinfo") is not None for questions in lectures.values() for question in questions)


# --- what Moodle would refuse -------------------------------------------------------------------------------------

PLACE = Place("bad.txt", 7, 7)


def choices(*fractions: float) -> tuple[Choice, ...]:
    return tuple(Choice(content=b(f"нұсқа {n}"), fraction=fraction) for n, fraction in enumerate(fractions, 1))


BAD: dict[str, tuple[Question, str, str]] = {
    "300 letters": (Essay(id="q", text=b("ұзақ " * 60), place=PLACE), "name-long", "essay"),
    "idnumber of 120": (Essay(id="x" * 120, text=b("сұрақ"), place=PLACE), "idnumber-long", "essay"),
    "control character": (Essay(id="q", text=b("с\x0bұрақ"), title="а\x01", place=PLACE), "character", "essay"),
    "lone surrogate": (Essay(id="q", text=b("с\ud800ұрақ"), place=PLACE), "character", "essay"),
    "slash in a category": (
        Essay(id="q", text=b("сұрақ"), category=("А/Б", "/В/"), place=PLACE),
        "category-slash",
        "essay",
    ),
    "long category": (Essay(id="q", text=b("сұрақ"), category=("а" * 300,), place=PLACE), "category-long", "essay"),
    "no key": (MultipleChoice(id="q", text=b("с"), choices=choices(0, 0), place=PLACE), "no-key", "multichoice"),
    "one option": (MultipleChoice(id="q", text=b("с"), choices=choices(1), place=PLACE), "as-essay", "essay"),
    "strange grade": (
        MultipleChoice(id="q", text=b("с"), single=False, choices=choices(0.37, 0.63), place=PLACE),
        "grade",
        "multichoice",
    ),
    "no right answer": (
        ShortAnswer(id="q", text=b("с"), answers=(Answer(text="x", fraction=0),), place=PLACE),
        "as-essay",
        "essay",
    ),
    "half a right answer": (
        ShortAnswer(id="q", text=b("с"), answers=(Answer(text="x", fraction=0.5),), place=PLACE),
        "no-full",
        "shortanswer",
    ),
    "no number": (
        Numerical(id="q", text=b("с"), answers=(NumericalAnswer(value="екі"),), place=PLACE),
        "number",
        "essay",
    ),
    "half a pair": (
        Matching(id="q", text=b("с"), pairs=(Pair(question=b("а"), answer=()),), place=PLACE),
        "as-essay",
        "essay",
    ),
    "gap without key": (
        Cloze(
            id="q",
            text=b("с {#1}"),
            gaps=(Gap(kind="short-answer", answers=(Answer(text="x", fraction=0.5),)),),
            place=PLACE,
        ),
        "as-essay",
        "essay",
    ),
    "cloze without gap": (Cloze(id="q", text=b("с"), gaps=(), place=PLACE), "as-essay", "essay"),
    "mark below zero": (Essay(id="q", text=b("с"), mark=-1.0, place=PLACE), "mark", "essay"),
    "words": (Essay(id="q", text=b("с"), min_words=9, max_words=3, place=PLACE), "words", "essay"),
    "no text": (Essay(id="q", text=(), place=PLACE), "text-empty", "essay"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gives_a_finding_with_its_place_and_a_file_that_passes(name: str) -> None:
    question, code, kind = BAD[name]
    written = write_bank(bank(question), CONTEXT)
    told = [finding for finding in written.findings if finding.code == f"moodle-xml-{code}"]
    assert told
    assert told[0].place == PLACE
    assert all(finding.severity is not Severity.ERROR for finding in written.findings)
    (artifact,) = written.artifacts
    assert check_artifact(artifact) == []
    assert [q.get("type") for q in root(artifact)] == ["category", kind]


def test_no_question_no_file() -> None:
    course = Course(id="empty", title="Бос", language="kk")
    assert write(course, CONTEXT).artifacts == ()
    assert [f.severity for f in write(course, CONTEXT).findings] == [Severity.NOTE]
    assert [f.severity for f in write_bank(bank(), CONTEXT).findings] == [Severity.ERROR]


def test_an_id_that_is_there_twice_stays_unique() -> None:
    written = write_bank(bank(Essay(id="q", text=b("а")), Essay(id="q", text=b("ә"))), CONTEXT)
    assert codes(written) == {"idnumber-twice": 1}
    assert [q.findtext("idnumber") for q in list(only(written))[1:]] == ["bank-q", "bank-q-2"]


def test_a_thousand_findings_are_counted_not_listed() -> None:
    questions = [Essay(id=f"q-{n}", text=(), number=n) for n in range(1, 1001)]
    written = write_bank(bank(*questions), CONTEXT)
    assert codes(written) == {"text-empty": 51}
    assert "950 more" in written.findings[-1].message


def test_markup_in_a_text_stays_letters() -> None:
    nasty = "<script>alert(1)</script> ]]> & \"q\" 'x' 😀 @@"
    written = write_bank(bank(Essay(id="q", text=b(nasty), title=nasty)), CONTEXT)
    question = only(written)[1]
    assert text(question, "questiontext/text") == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp; \"q\" 'x' 😀 @@</p>"
    )
    assert text(question, "name/text") == "‹script›alert(1)‹/script› ]]› & \"q\" 'x' 😀 @@"


def test_signs_inside_a_gap_survive() -> None:
    gap = Gap(kind="multiple-choice", answers=(Answer(text="a < b } # ~"), Answer(text="=%50%", fraction=0)))
    written = write_bank(bank(Cloze(id="q", text=b("{#1}"), gaps=(gap,))), CONTEXT)
    assert text(only(written)[1], "questiontext/text") == (
        "<p>{1:MULTICHOICE:=a &#38;lt; b &#125; &#35; &#126;~&#61;%50%}</p>"
    )


def test_a_missing_picture_is_said() -> None:
    written = write(everything(), Context(options=MoodleXmlOptions()))
    assert codes(written)["picture"] == 2
    assert check_artifact(written.artifacts[0]) == []


@pytest.mark.parametrize(
    ("fraction", "written"),
    [
        (1.0, ("100", True)),
        (1 / 3, ("33.33333", True)),
        (1 / 7, ("14.28571", True)),
        (-0.5, ("-50", True)),
        (0.0, ("0", True)),
        (0.37, ("40", False)),
    ],
)
def test_grades(fraction: float, written: tuple[str, bool]) -> None:
    assert grade(fraction) == written


@pytest.mark.parametrize("names", [("А", "Б"), ("А/Б", "В"), ("a // b",), ("x/", "/y"), ("одна",)])
def test_a_category_path_reads_back(names: tuple[str, ...]) -> None:
    assert split_category_path(category_path(names)) == names


# --- parts of a bank ----------------------------------------------------------------------------------------------


def test_split_gives_files_that_each_begin_with_their_category() -> None:
    written = write(everything(), Context(assets=ASSETS, options=MoodleXmlOptions(split=6)))
    assert [artifact.name for artifact in written.artifacts] == [f"sample-questions-{n}.xml" for n in range(1, 5)]
    files = [root(artifact) for artifact in written.artifacts]
    assert [sum(q.get("type") != "category" for q in file) for file in files] == [6, 6, 6, 2]
    assert all(file[0].get("type") == "category" for file in files)
    assert [finding for artifact in written.artifacts for finding in check_artifact(artifact)] == []
    whole = by_category(only(write(everything(), CONTEXT)))
    parts: dict[str, list[etree._Element]] = {}
    for file in files:
        for path, questions in by_category(file).items():
            parts.setdefault(path, []).extend(questions)
    assert {path: len(q) for path, q in parts.items()} == {path: len(q) for path, q in whole.items()}


def test_split_of_nothing_a_file_is_refused() -> None:
    with pytest.raises(CoursepackError, match="expected at least one"):
        write(everything(), Context(assets=ASSETS, options=MoodleXmlOptions(split=0)))


@pytest.fixture
def older(tmp_path: Path) -> Callable[[Course], Path]:
    def make(course: Course) -> Path:
        path = tmp_path / "older.xml"
        path.write_bytes(write(course, CONTEXT).artifacts[0].members[0].read())
        return path

    return make


def since(course: Course, path: Path) -> Written:
    return write(course, Context(assets=ASSETS, options=MoodleXmlOptions(since=path)))


def test_since_an_unchanged_course_writes_nothing(older: Callable[[Course], Path]) -> None:
    written = since(everything(), older(everything()))
    assert written.artifacts == ()
    assert codes(written) == {"nothing-new": 1, "category-slash": 1}


def edited(course: Course) -> Course:
    """The fourth exam question changed, the fifth gone, a new one before all."""
    assert course.exam is not None
    first, *rest = course.exam.questions
    new = Essay(id="exam-011", number=1, text=b("Жаңа сұрақ"))
    changed = msgspec.structs.replace(rest[2], feedback=b("Жаңа түсініктеме"))
    kept = [first, *rest[:2], changed, *rest[4:]]
    moved = [msgspec.structs.replace(q, number=n) for n, q in enumerate(kept, 2)]
    return msgspec.structs.replace(course, exam=Exam(questions=(new, *moved)))


def test_since_an_edited_course_gives_exactly_the_changed_ones(older: Callable[[Course], Path]) -> None:
    written = since(edited(everything()), older(everything()))
    found = by_category(only(written))
    (path,) = found
    assert path.endswith("/Емтихан/Емтихан сұрақтары")
    assert [text(q, "idnumber") for q in found[path]] == ["sample-exam-011", "sample-exam-004"]
    assert codes(written)["changed"] == 1
    assert [f.message for f in written.findings if f.code == "moodle-xml-gone"] == [
        "1 questions of the older file are no longer here: sample-exam-005"
    ]
    assert check_artifact(written.artifacts[0]) == []
    assert written.artifacts[0].name == "sample-questions-new.xml"


def test_since_reads_what_moodle_exported(older: Callable[[Course], Path], tmp_path: Path) -> None:
    """Moodle adds defaults, empty elements and its own order; the questions are the same."""
    quiz = etree.parse(str(older(everything()))).getroot()
    for question in quiz:
        if question.get("type") == "category":
            continue
        for tag, value in (("penalty", "0.3333333"), ("hidden", "0"), ("correctfeedback", None)):
            element = etree.SubElement(question, tag)
            if value is None:
                etree.SubElement(element, "text")
            else:
                element.text = value
        if question.find("defaultgrade") is None:
            etree.SubElement(question, "defaultgrade").text = (
                "0.0000000" if question.get("type") == "description" else "1.0000000"
            )
        tags = question.find("tags")
        if tags is not None:
            tags[:] = list(reversed(tags))
        question.insert(0, question[-1])
    exported = tmp_path / "export.xml"
    exported.write_bytes(etree.tostring(quiz))
    assert since(everything(), exported).artifacts == ()


@pytest.mark.parametrize("content", [b"", b"<quiz>", b"<html/>", b"no xml"])
def test_an_older_file_that_is_none_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "old.xml"
    path.write_bytes(content)
    with pytest.raises(CoursepackError, match="expected"):
        since(everything(), path)
    with pytest.raises(CoursepackError, match="cannot be read"):
        since(everything(), tmp_path / "none.xml")


def test_the_stream_can_be_read_again_and_again() -> None:
    questions = [Essay(id=f"q-{n}", number=n, text=text_blocks(f"{n}-сұрақ")) for n in range(1, 2001)]
    (artifact,) = write_bank(bank(*questions), CONTEXT).artifacts
    digests = {hashlib.sha256(b"".join(artifact.members[0].chunks())).hexdigest() for _ in range(3)}
    assert len(digests) == 1
    assert check_artifact(artifact) == []
