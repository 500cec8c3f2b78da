"""Cartridges: order and names, what a learner gets, what stays the same, and what the official schemas say."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from coursepack import build
from coursepack.checks import check_artifact
from coursepack.files.xml import parse_xml
from coursepack.files.zipped import zip_bytes
from coursepack.model.artifact import Artifact, Bank
from coursepack.model.blocks import Heading, Run, inline_text
from coursepack.model.course import Course, Exam, Practice, Section, Session, Week
from coursepack.model.questions import Essay
from coursepack.place import has_errors
from coursepack.project import course_toml as project
from coursepack.render import draw
from coursepack.writers import Context, Writer, load
from coursepack.writers.cartridge.writer import CartridgeOptions, cc11, cc13
from tests.official import judge
from tests.samples import ASSETS, b, every_question, everything
from tests.shared import SEEDS, need_shared
from tests.strategies import courses

replace = msgspec.structs.replace
WRITERS = pytest.mark.parametrize("writer", [cc11, cc13], ids=["cc11", "cc13"])


def made(writer: Writer, course: Course, *, audience: str = "student", pages: str = "lecture") -> tuple[Artifact, ...]:
    options = msgspec.convert({"audience": audience, "pages": pages}, CartridgeOptions)
    return writer.write(course, Context(assets=ASSETS, options=options)).artifacts


def members(artifact: Artifact) -> dict[str, bytes]:
    return {member.path: member.read() for member in artifact.members}


def manifest(artifact: Artifact) -> etree._Element:
    return parse_xml(artifact.members[0].read())


def tree(artifact: Artifact) -> list[tuple[str, list[str]]]:
    """Folders with the titles in them."""
    root = manifest(artifact).find(".//{*}organization/{*}item")
    assert root is not None
    folders = root.findall("{*}item")
    return [
        (f.findtext("{*}title") or "", [i.findtext("{*}title") or "" for i in f.findall("{*}item")]) for f in folders
    ]


def everything_in(artifact: Artifact) -> str:
    return "\n".join(data.decode() for path, data in members(artifact).items() if path.endswith((".xml", ".html")))


@WRITERS
def test_the_order_is_that_of_the_course(writer: Writer) -> None:
    (artifact,) = made(writer, everything())
    folders = tree(artifact)
    assert [name[:12] for name, _ in folders] == [
        "Курс туралы",
        "1-апта. Билі",
        "2-апта. Екін",
        "Емтихан",
        "Қорытынды жә",
    ]
    assert [title[:20] for title in folders[0][1]] == [
        "Силлабус",
        "Силлабус (DOCX)",
        "Алғы сөз",
        "Кіріспе",
        "Оқыту нәтижелері",
        "Бағалау",
        "Академиялық адалдық",
        "Әдебиеттер",
        "https://adilet.zan.k",
        "Глоссарий",
    ]
    assert [title.partition(".")[0] for title in folders[1][1]] == [
        "1-дәріс",
        "1-семинар",
        "1 СОӨЖ",
        "Бақылау сұрақтары",
    ]
    assert folders[3][1] == ["Емтихан сұрақтары", "Сынама емтихан"]
    assert folders[4][1] == ["Қорытынды", "Мақала", "Қарар"]


def test_moodle_recognises_it() -> None:
    (artifact,) = made(cc11, everything())
    head = artifact.members[0].read()[:1024]
    assert b'<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"' in head
    assert b"xml:lang" not in artifact.members[0].read()


@WRITERS
def test_names_fit_and_hold_no_tags(writer: Writer) -> None:
    (artifact,) = made(writer, everything())
    titles = [title for name, inner in tree(artifact) for title in (name, *inner)]
    assert all(0 < len(title) <= 255 for title in titles)
    if writer is cc11:
        assert not any("<" in title for title in titles)


def test_a_long_and_an_odd_title_are_told() -> None:
    written = cc11.write(everything(), Context(assets=ASSETS))
    codes = {finding.code for finding in written.findings}
    assert {"cc-title-cut", "cc-title-changed", "cc-course-title"} <= codes
    assert not has_errors(written.findings)


@pytest.mark.parametrize("title", ["қ" * 200, "а1" * 60, "Курс " * 40, "x" + "ә" * 100])
def test_the_short_name_that_moodle_makes_cuts_no_letter(title: str) -> None:
    (artifact,) = made(cc11, replace(everything(), title=title))
    found = manifest(artifact).findtext(".//{*}general/{*}title/{*}string") or ""
    found.upper().replace(" ", "").encode()[:94].decode()
    assert found


@WRITERS
@pytest.mark.parametrize("release", ["list", "practice", "teacher-only"])
def test_learners_get_no_keys(writer: Writer, release: str) -> None:
    exam = msgspec.convert({"release": release, "questions": msgspec.to_builtins(every_question())}, Exam)
    (artifact,) = made(writer, replace(everything(), exam=exam, weeks=everything().weeks[1:]))
    text = everything_in(artifact)
    assert "Кемінде үш анықтама" not in text
    assert "setvar" not in text, "nothing is scored"
    assert "Дұрыс!" not in text, "no feedback on answers"
    assert ("Билік туралы ғылым?" in text) == (release != "teacher-only")
    assert ("exam-list.html" in members(artifact)) == (release == "list")
    assert ("exam-practice.xml" in members(artifact)) == (release != "teacher-only")


@WRITERS
def test_the_teachers_cartridge_is_one_of_its_own(writer: Writer) -> None:
    student, teacher = made(writer, everything(), audience="both")
    assert (student.audience, teacher.audience) == ("student", "teacher")
    assert teacher.name == f"sample-{writer.name}-teacher.imscc"
    text = everything_in(teacher)
    assert "Кемінде үш анықтама" in text
    assert "setvar" in text
    roles = manifest(teacher).findall(".//{*}resource/{*}metadata//{*}value")
    assert {role.text for role in roles} == {"Instructor"}


@WRITERS
def test_the_practice_draws_no_two_variants(writer: Writer) -> None:
    (artifact,) = made(writer, everything())
    root = parse_xml(members(artifact)["exam-practice.xml"])
    idents = [item.get("ident") for item in root.iter("{*}item")]
    assert "exam-001" in idents
    assert "exam-010" not in idents


@WRITERS
def test_the_practice_exam_of_a_course_that_names_none_is_the_builds(writer: Writer) -> None:
    context = Context(assets=ASSETS, options=writer.options(), practice=Practice(questions=2, seed=3))
    (artifact,) = writer.write(everything(), context).artifacts
    root = parse_xml(members(artifact)["exam-practice.xml"])
    drawn = [question.id for question in draw.sample(every_question(), 2, 3)]
    assert [item.get("ident") for item in root.iter("{*}item")] == drawn


@WRITERS
def test_pictures_travel_with_pages_and_questions(writer: Writer) -> None:
    (artifact,) = made(writer, everything())
    found = members(artifact)
    (picture,) = [path for path in found if path.startswith("media/")]
    assert f'src="{picture}"' in found["w01-lecture.html"].decode()
    assert "$IMS-CC-FILEBASE$" in found["w01-lecture-review.xml"].decode()
    needs = [
        (resource.get("identifier") or "").removeprefix("sample-")
        for resource in manifest(artifact).iter("{*}resource")
        if resource.find("{*}dependency") is not None
    ]
    assert needs == ["w01-lecture", "w01-lecture-review", "exam-list", "exam-practice", "exam-bank"]


def test_tasks_are_assignments_in_13_and_pages_in_11() -> None:
    (new,), (old,) = made(cc13, everything()), made(cc11, everything())
    root = parse_xml(members(new)["w01-supervised.xml"])
    gradable = root.find("{*}gradable")
    assert gradable is not None
    assert gradable.get("points_possible") == "10"
    assert [f.get("type") for f in root.iter("{*}format")] == ["html", "file"]
    assert "w01-supervised.html" in members(old)


@WRITERS
def test_a_lecture_can_be_a_page_a_section(writer: Writer) -> None:
    course = everything()
    parts = [(Heading(level=1, content=(Run(text=f"{n}-бөлім"),)), *b(f"{n}-мәтін.")) for n in (1, 2, 3)]
    lecture = replace(course.weeks[1].sessions[0], blocks=tuple(block for part in parts for block in part))
    changed = replace(course, weeks=(replace(course.weeks[1], sessions=(lecture,)),))
    (artifact,) = made(writer, changed, pages="section")
    assert tree(artifact)[1][1] == ["2-дәріс (1/3). 1-бөлім", "2-дәріс (2/3). 2-бөлім", "2-дәріс (3/3). 3-бөлім"]
    assert "3-мәтін." in members(artifact)["w02-lecture-s03.html"].decode()
    assert check_artifact(artifact) == []
    (whole,) = made(writer, changed)
    assert len(tree(whole)[1][1]) == 1


@WRITERS
def test_one_changed_lecture_changes_its_own_file_only(writer: Writer) -> None:
    course = everything()
    week = course.weeks[1]
    lecture = replace(week.sessions[0], blocks=b("Жаңа мәтін."))
    changed = replace(course, weeks=(course.weeks[0], replace(week, sessions=(lecture,))))
    before, after = members(made(writer, course)[0]), members(made(writer, changed)[0])
    assert list(before) == list(after)
    assert [path for path in before if before[path] != after[path]] == ["w02-lecture.html"]


@WRITERS
def test_written_twice_it_is_the_same(writer: Writer) -> None:
    assert members(made(writer, everything())[0]) == members(made(writer, everything())[0])


@WRITERS
def test_our_own_checks_find_nothing(writer: Writer) -> None:
    for artifact in made(writer, everything(), audience="both"):
        assert check_artifact(artifact) == []


def official(artifact: Artifact) -> list[str]:
    """What the official XSDs and their Schematron rules say, 1.3 by both releases."""
    number = "1" if artifact.format == "cc11" else "3"
    files = {
        "manifest": f"ccv1p{number}_imscp_v1p2_v1p0.xsd",
        "questestinterop": f"ccv1p{number}_qtiasiv1p2p1_v1p0.xsd",
        "topic": f"ccv1p{number}_imsdt_v1p{number}.xsd",
        "webLink": f"ccv1p{number}_imswl_v1p{number}.xsd",
    }
    told = []
    for path, data in members(artifact).items():
        if not path.endswith(".xml"):
            continue
        root = parse_xml(data)
        name = etree.QName(root).localname
        if name == "assignment":
            for gradable in root.iter("{*}gradable"):
                # The draft XSD lacks what IMS's sample and every reader have.
                gradable.attrib.pop("points_possible")
            told += judge(root, "cc13", "cc_extresource_assignmentv1p0_v1p0.xsd")
            continue
        for folder in ("cc11",) if number == "1" else ("cc13", "cc13_2013"):
            told += [f"{path} ({folder}): {text}" for text in judge(root, folder, files[name])]
            for lom in root.iter("{*}lom"):
                kind = "resource" if "resource" in str(etree.QName(lom).namespace) else "manifest"
                told += judge(lom, folder, f"ccv1p{number}_lom{kind}_v1p0.xsd")
    return told


@WRITERS
def test_the_official_schemas_find_nothing(writer: Writer) -> None:
    need_shared("schemas")
    for artifact in made(writer, everything(), audience="both"):
        assert official(artifact) == []


@WRITERS
@given(course=courses())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_course_passes(writer: Writer, course: Course) -> None:
    for artifact in made(writer, course, audience="both"):
        assert check_artifact(artifact) == []


@WRITERS
@pytest.mark.parametrize("weeks", [1, 40])
def test_one_lecture_and_forty_weeks(writer: Writer, weeks: int) -> None:
    course = Course(
        id="c",
        title="К",
        language="kk",
        weeks=tuple(
            Week(
                id=f"w{n:02d}",
                number=n,
                sessions=(Session(id=f"w{n:02d}-lecture", kind="lecture", number=n, title="", blocks=b("М.")),),
            )
            for n in range(1, weeks + 1)
        ),
    )
    (artifact,) = made(writer, course)
    assert [name for name, _ in tree(artifact)] == ["Курс туралы", *(f"{n}-апта" for n in range(1, weeks + 1))]
    assert check_artifact(artifact) == []


@WRITERS
def test_a_bank_alone(writer: Writer) -> None:
    bank = Bank("bank", "Қор", "kk", lambda: iter(every_question()))
    assert writer.write_bank is not None
    (artifact,) = writer.write_bank(bank, Context(assets=ASSETS)).artifacts
    assert check_artifact(artifact) == []
    assert len(list(parse_xml(members(artifact)["bank.xml"]).iter("{*}item"))) == 11
    (empty,) = writer.write_bank(Bank("bank", "Қор", "kk", lambda: iter(())), Context()).artifacts
    assert check_artifact(empty) == []


@WRITERS
def test_declared_addresses_are_web_links(writer: Writer) -> None:
    declared = ("https://adilet.zan.kz", "https://akorda.kz/kz?a=1&b=2", "akorda.kz")
    (artifact,) = made(writer, replace(everything(), links=declared))
    links = [name for name in tree(artifact)[0][1] if name.startswith("https://")]
    assert links == list(declared[:2]), "one that the literature brought is not there twice"
    url = parse_xml(members(artifact)["about-link-02.xml"]).find("{*}url")
    assert url is not None
    assert url.get("href") == declared[1]
    assert check_artifact(artifact) == []


@WRITERS
@pytest.mark.parametrize("name", ["item", "root", "organization", "media", "cc11"])
def test_no_course_id_collides(writer: Writer, name: str) -> None:
    (artifact,) = made(writer, replace(everything(), id=name))
    assert check_artifact(artifact) == []


@WRITERS
def test_a_part_named_freely_gets_a_file_name(writer: Writer) -> None:
    about = replace(everything().about, policies=(Section(id="Ереже № 1", title="Ереже", blocks=b("Мәтін.")),))
    (artifact,) = made(writer, replace(everything(), about=about))
    assert "Ереже" in tree(artifact)[0][1]
    assert check_artifact(artifact) == []


def test_they_are_found_by_name() -> None:
    assert load("cc11") is cc11
    assert load("cc13") is cc13


@WRITERS
def test_the_textbook_arrives_whole(writer: Writer) -> None:
    loaded = project.load(SEEDS / "sayasi-bilik" / "course.toml", {})
    course = build.understand(loaded, build.Settings(), lambda *_: None).course
    (artifact,) = made(writer, course)
    found = members(artifact)
    lectures = [path for path in found if path.endswith("-lecture.html")]
    reviews = [path for path in found if path.endswith("-review.xml")]
    tasks = [path for path in found if "-independent." in path or "-supervised." in path]
    topics = [path for path in found if path.endswith("-seminar.xml")]
    assert (len(lectures), len(topics), len(tasks)) == (15, 15, 13)
    assert sum(len(list(parse_xml(found[path]).iter("{*}item"))) for path in reviews) == 38
    assert len(list(parse_xml(found["exam-bank.xml"]).iter("{*}item"))) == 107
    assert [week for week, _ in tree(artifact)][1:16] == [
        name for name, _ in tree(artifact) if name.partition("-")[0].isdigit()
    ]
    for week, session in course.sessions():
        for topic in session.topics:
            assert session.kind == "seminar"
            assert inline_text(topic.content).split()[0] in found[f"{session.id}.xml"].decode(), week.id
    assert check_artifact(artifact) == []


@WRITERS
def test_a_class_that_is_only_named_is_no_empty_page(writer: Writer) -> None:
    sessions = tuple(
        Session(id=f"w01-{kind}", kind=kind, number=1, title="Тек атауы")
        for kind in ("lecture", "seminar", "practical", "laboratory")
    )
    course = Course(id="named", title="Курс", language="kk", weeks=(Week(id="w01", number=1, sessions=sessions),))
    (artifact,) = made(writer, course)
    found = members(artifact)
    for session in sessions:
        (text,) = (data.decode() for path, data in found.items() if path.startswith(f"{session.id}."))
        body = text.partition("<body>")[2] or text.partition("<text ")[2]
        assert "Тек атауы" in body


@WRITERS
def test_the_words_of_a_missing_picture_stand_in_its_place(writer: Writer) -> None:
    written = writer.write(everything(), Context())
    codes = [finding.code for finding in written.findings]
    assert codes.count("cc-picture-missing") == 1
    assert not has_errors(written.findings)
    (artifact,) = written.artifacts
    assert not any(path.startswith("media/") for path in members(artifact))
    assert "[Көк шаршы]" in members(artifact)["w01-lecture.html"].decode()
    assert not has_errors(check_artifact(artifact))


@WRITERS
def test_no_empty_cartridge_for_teachers(writer: Writer) -> None:
    course = replace(everything(), exam=None, weeks=everything().weeks[1:])
    written = writer.write(course, Context(assets=ASSETS, options=CartridgeOptions(audience="teacher")))
    assert written.artifacts == ()
    assert "cc-nothing-for-teachers" in {finding.code for finding in written.findings}


def test_the_syllabus_inside_is_the_one_that_the_papers_table_asks_for() -> None:
    def paper(**table: str) -> bytes:
        context = Context(assets=ASSETS, tables={"papers": msgspec.convert(table, load("syllabus").options)})
        return members(cc13.write(everything(), context).artifacts[0])["syllabus.docx"]

    assert paper(syllabus="grid") != paper()
    grid = msgspec.convert({"syllabus": "grid"}, load("syllabus").options)
    own = load("syllabus").write(everything(), Context(assets=ASSETS, options=grid))
    assert paper(syllabus="grid") == zip_bytes(own.artifacts[0].members)


@WRITERS
def test_the_teachers_list_shows_gaps_as_rules(writer: Writer) -> None:
    (teacher,) = made(writer, everything(), audience="teacher")
    assert "{#" not in everything_in(teacher)
    assert "Астана – (1) ______, халқы (2) ______ миллион." in members(teacher)["exam-keys.html"].decode()


@WRITERS
def test_a_question_without_a_text_is_left_out_and_told(writer: Writer) -> None:
    good = every_question()
    empty = replace(good[0], id="exam-900", number=900, text=())
    course = replace(everything(), exam=Exam(questions=(*good, empty)))
    written = writer.write(course, Context(assets=ASSETS, options=CartridgeOptions(audience="both")))
    assert [f.message for f in written.findings if f.code == "cc-question-empty"] == [
        "question exam-900 has no text and is left out"
    ]
    for artifact in written.artifacts:
        assert not has_errors(check_artifact(artifact))


@WRITERS
def test_who_may_only_practise_gets_the_practice_exam_alone(writer: Writer) -> None:
    questions = tuple(Essay(id=f"exam-{n:03d}", number=n, text=b(f"Құпия сұрақ {n}?")) for n in range(1, 31))
    exam = Exam(questions=questions, release="practice", practice=Practice(questions=4))
    student, teacher = made(writer, replace(everything(), exam=exam), audience="both")
    assert {int(n) for n in re.findall(r"Құпия сұрақ (\d+)", everything_in(student))} == {
        question.number for question in draw.sample(questions, 4, 1)
    }
    assert len(set(re.findall(r"Құпия сұрақ (\d+)", everything_in(teacher)))) == 30
