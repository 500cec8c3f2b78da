"""SCORM packages as they are made: members, manifest, pages; what is in them and what must never be."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from lxml import etree
from lxml import html as lxml_html

from coursepack.checks import Grammar, check_artifact
from coursepack.model.artifact import Artifact, Written
from coursepack.model.blocks import Heading, Run
from coursepack.model.course import Course, Exam, Practice, Section, Session, Week
from coursepack.model.course_json import decode, encode
from coursepack.model.questions import Choice, MultipleChoice, Ordering, OrderingItem
from coursepack.place import CoursepackError
from coursepack.render import draw
from coursepack.writers import Context, load
from tests.samples import ASSETS, EVERY_BLOCK, b, every_question, everything
from tests.scorm_official import judge
from tests.strategies import courses

FORMATS = ("scorm12", "scorm2004", "scorm2004-3rd")
OFFICIAL = {"scorm12": "scorm12", "scorm2004": "scorm2004_4th", "scorm2004-3rd": "scorm2004_3rd"}
CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"


def write(name: str, course: Course | None = None, **options: Any) -> Written:
    writer = load(name)
    context = Context(assets=ASSETS, options=writer.options(**options), version="test")
    return writer.write(course or everything(), context)


def members(artifact: Artifact) -> dict[str, bytes]:
    return {member.path: member.read() for member in artifact.members}


def manifest(artifact: Artifact) -> etree._Element:
    return etree.fromstring(artifact.members[0].read())


def parsed(data: bytes) -> Any:
    """An HTML page as a tree (Any: an XPath gives what it gives)."""
    return lxml_html.fromstring(data.decode())


def config(page: bytes) -> dict[str, Any]:
    found = re.search(rb'id="sco-data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


# --- packages


def test_one_package_a_course() -> None:
    (artifact,) = write("scorm12").artifacts
    assert artifact.name == "sample-scorm12.zip"
    assert [member.path for member in artifact.members] == [
        "imsmanifest.xml",
        "about/index.html",
        "w01/index.html",
        "w02/index.html",
        "exam/index.html",
        "closing/index.html",
        "shared/style.css",
        "shared/api.js",
        "shared/panel.js",
        "shared/store.js",
        "shared/quiz.js",
        "shared/answers.js",
        "shared/checks.js",
        "shared/terms.js",
        "shared/start.js",
        "shared/reader.js",
        "shared/passages.js",
        "shared/search.js",
        "shared/notes.js",
        "shared/tools.js",
        "shared/print.js",
        "shared/aloud.js",
        "shared/icon.svg",
        "shared/math.css",
        "shared/math.woff2",
        "shared/mathlicense.txt",
        "shared/searchdata.js",
        "media/0b469a5587d5f5aa.png",
    ]


def test_one_package_a_week() -> None:
    names = [artifact.name for artifact in write("scorm12", structure="week").artifacts]
    assert names == [f"sample-scorm12-{part}.zip" for part in ("about", "w01", "w02", "exam", "closing")]
    for artifact in write("scorm2004", structure="week").artifacts:
        assert len(manifest(artifact).findall(".//{*}item")) == 1


def test_the_whole_course_as_one_sco() -> None:
    (artifact,) = write("scorm2004", structure="single").artifacts
    assert len(manifest(artifact).findall(".//{*}item")) == 1
    page = parsed(members(artifact)["course/index.html"])
    assert page.xpath("//nav[@id='menu']//li[@class='group']/text()") == [
        "Курс туралы",
        '1-апта. Билік: «мәні» & <мағынасы> / "power"',
        "2-апта. Екінші дәріс " + "өте ұзақ атау " * 24 + "өте ұзақ атау",
        "Емтихан",
        "Қорытынды және қосымша мәтіндер",
    ]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("structure", ["course", "week", "single"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_valid_by_our_rules_and_the_official_schemas(name: str, structure: str, language: str) -> None:
    written = write(name, everything(language), structure=structure)
    assert written.findings == ()
    for artifact in written.artifacts:
        assert check_artifact(artifact) == []
        assert check_artifact(artifact, Grammar()) == []
        assert judge(artifact.members[0].read(), OFFICIAL[name]) == []


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("seed", ["sayasi", "tarih"])
def test_seeds_are_valid(name: str, seed: str, request: pytest.FixtureRequest) -> None:
    understood = request.getfixturevalue(seed)
    writer = load(name)
    written = writer.write(understood.course, Context(assets=understood.assets, version="test"))
    for artifact in written.artifacts:
        assert check_artifact(artifact) == []
        assert judge(artifact.members[0].read(), OFFICIAL[name]) == []


def test_seed_textbook(sayasi: Any) -> None:
    (artifact,) = load("scorm12").write(sayasi.course, Context(assets=sayasi.assets)).artifacts
    titles = [title.text for title in manifest(artifact).findall(f".//{CP}item/{CP}title")]
    assert len(titles) == 18
    assert titles[0] == "Курс туралы"
    assert titles[1] == "1-апта. «Саяси билік» пәнінің мақсаты мен міндеттері"
    pages = members(artifact)
    exam = parsed(pages["exam/index.html"])
    assert len(exam.xpath("//ol[contains(@class,'exam')]/li")) == 107
    assert len(exam.xpath("//article[@id='exam-practice']//textarea")) == 10
    reviews = [parsed(page).xpath("//main//textarea") for name, page in pages.items() if name.startswith("w")]
    assert sum(len(found) for found in reviews) == 38
    topics = [
        parsed(page).xpath("//article[contains(@id,'seminar')]//div[@class='text']/ol/li")
        for name, page in pages.items()
        if name.startswith("w")
    ]
    assert sum(len(found) for found in topics) == 55


@settings(max_examples=8)
@given(courses())
def test_any_course_is_valid(course: Course) -> None:
    for name in FORMATS:
        for artifact in write(name, course).artifacts:
            assert [str(f) for f in check_artifact(artifact)] == []
            assert judge(artifact.members[0].read(), OFFICIAL[name]) == []


@settings(max_examples=8)
@given(courses())
def test_every_page_reads_as_html(course: Course) -> None:
    for artifact in write("scorm12", course, structure="single").artifacts:
        for path, data in members(artifact).items():
            if not path.endswith(".html"):
                continue
            page = parsed(data)
            ids = page.xpath("//@id")
            assert len(ids) == len(set(ids))
            targets = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
            assert targets <= set(ids)
            known = {question["key"] for question in config(data)["questions"]}
            assert set(page.xpath("//@data-question")) == known


def test_headings_of_questions_have_no_ids() -> None:
    """Each part of a question counted its headings from 1: ids came twice on one page."""
    heading = Heading(level=1, content=(Run(text="Т"),))
    items = tuple(OrderingItem(content=(heading, *b(text))) for text in "аә")
    review = tuple(Ordering(id=f"q{number}", text=(heading,), items=items) for number in (1, 2))
    session = Session(id="w01-lecture", kind="lecture", blocks=(heading, heading), review=review)
    course = Course(id="c", title="К", language="kk", weeks=(Week(id="w01", number=1, sessions=(session,)),))
    (artifact,) = write("scorm12", course, structure="single").artifacts
    page = parsed(members(artifact)["course/index.html"])
    named = [heading.get("id") for heading in page.xpath("//*[self::h3 or self::h4][.='Т']")]
    assert named == ["w01-lecture-h1", "w01-lecture-h2", *[None] * 6]


def test_same_bytes_twice() -> None:
    first, second = write("scorm2004"), write("scorm2004")
    assert [members(a) for a in first.artifacts] == [members(a) for a in second.artifacts]


def test_a_course_of_nothing_still_tells_its_syllabus() -> None:
    written = write("scorm12", Course(id="empty", title="Бос", language="kk"))
    (artifact,) = written.artifacts
    assert check_artifact(artifact) == []


# --- manifest


def test_mastery_score_only_where_there_is_a_score() -> None:
    (artifact,) = write("scorm12").artifacts
    scored = {
        item.get("identifier"): [m.text for m in item.findall("{http://www.adlnet.org/xsd/adlcp_rootv1p2}masteryscore")]
        for item in manifest(artifact).iter(f"{CP}item")
    }
    assert scored == {"item-about": [], "item-w01": ["50"], "item-w02": [], "item-exam": [], "item-closing": []}
    (artifact,) = write("scorm12", mastery_score=0).artifacts
    assert not manifest(artifact).findall(".//{*}masteryscore")
    (artifact,) = write("scorm2004", mastery_score=70).artifacts
    assert [m.text for m in manifest(artifact).iter("{*}minNormalizedMeasure")] == ["0.7"]


def resources(artifact: Artifact) -> dict[str, list[str]]:
    found = manifest(artifact).iter("{*}resource")
    return {r.get("identifier", ""): [f.get("href", "") for f in r.findall("{*}file")] for r in found}


@pytest.mark.parametrize("name", FORMATS)
def test_a_picture_of_two_scos_is_a_file_of_the_shared_asset_alone(name: str) -> None:
    course = everything()
    first, second = course.weeks
    (lecture,) = second.sessions
    again = msgspec.structs.replace(lecture, blocks=EVERY_BLOCK)
    weeks = (first, msgspec.structs.replace(second, sessions=(again,)))
    course = msgspec.structs.replace(course, weeks=weeks, exam=None)
    (alone,) = write(name, msgspec.structs.replace(course, weeks=(first,))).artifacts
    (both,) = write(name, course).artifacts
    (picture,) = [path for path in members(both) if path.startswith("media/")]
    assert {key for key, files in resources(alone).items() if picture in files} == {"sco-w01"}
    assert {key for key, files in resources(both).items() if picture in files} == {"shared"}


@pytest.mark.parametrize("name", ["scorm2004", "scorm2004-3rd"])
def test_a_sco_with_nothing_to_score_does_not_pull_the_mean_down(name: str) -> None:
    (artifact,) = write(name).artifacts
    items = manifest(artifact).iter("{*}item")
    rules = {item.get("identifier"): item.find("{*}sequencing/{*}rollupRules") for item in items}
    assert {key: rule.get("objectiveMeasureWeight") for key, rule in rules.items() if rule is not None} == {
        "item-about": "0",
        "item-w01": "1",
        "item-w02": "0",
        "item-exam": "0",
        "item-closing": "0",
    }


def test_the_practice_exam_of_a_course_that_names_none_is_the_builds() -> None:
    context = Context(assets=ASSETS, options=load("scorm12").options(), practice=Practice(questions=2, seed=3))
    drawn = draw.sample(every_question(), 2, 3)
    (artifact,) = load("scorm12").write(everything(), context).artifacts
    page = parsed(members(artifact)["exam/index.html"])
    assert len(page.xpath("//article[@id='exam-practice']//textarea")) == 2
    names = [q["id"] for q in config(members(artifact)["exam/index.html"])["questions"]]
    assert names == [f"practice-{question.id}" for question in drawn]


def test_threshold_in_both_forms() -> None:
    (fourth,) = write("scorm2004", completion_threshold=0.8).artifacts
    (third,) = write("scorm2004-3rd", completion_threshold=0.8).artifacts
    assert {t.get("minProgressMeasure") for t in manifest(fourth).iter("{*}completionThreshold")} == {"0.8"}
    assert {t.text for t in manifest(third).iter("{*}completionThreshold")} == {"0.8"}


def test_nothing_locks_a_learner_out() -> None:
    (artifact,) = write("scorm2004").artifacts
    root = manifest(artifact)
    modes = [dict(mode.attrib) for mode in root.iter("{*}controlMode")]
    assert modes == [{"choice": "true", "flow": "true"}]
    assert not list(root.iter("{*}sequencingRules"))
    assert not list(root.iter("{*}limitConditions"))


def test_identifiers_do_not_change_with_a_title() -> None:
    def names(course: Course) -> list[str]:
        (artifact,) = write("scorm12", course).artifacts
        return [str(element.get("identifier")) for element in manifest(artifact).iter() if element.get("identifier")]

    renamed = msgspec.structs.replace(everything(), title="Басқа атау")
    assert names(renamed) == names(everything())
    assert names(renamed)[0] == "coursepack-sample-scorm12-kk"


def test_titles_are_within_what_every_lms_holds() -> None:
    (artifact,) = write("scorm12").artifacts
    titles = [str(title.text) for title in manifest(artifact).iter(f"{CP}title")]
    assert max(len(title) for title in titles) <= 200
    assert titles[3].endswith("…")


# --- pages


def page_of(name: str = "w01", course: Course | None = None, **options: Any) -> Any:
    (artifact,) = write("scorm12", course, **options).artifacts
    return parsed(members(artifact)[f"{name}/index.html"])


def texts(found: Any) -> list[str]:
    return [" ".join(element.text_content().split()) for element in found]


def test_pages_of_a_week_in_order() -> None:
    assert texts(page_of().xpath("//article/header/h2")) == [
        '1-дәріс. Билік: «мәні» & <мағынасы> / "power"',
        "1-семинар",
        "1 СОӨЖ. “Саяси ғылымдағы билік мәселесі” атты эссе дайындау.",
        "Бақылау сұрақтары. 1-дәріс",
    ]


def test_lecture_has_its_plan_and_its_headings() -> None:
    page = page_of()
    lecture = page.xpath("//article[@id='w01-lecture']")[0]
    assert texts(lecture.xpath(".//*[self::nav or self::section][1]//li")) == ["Билік ұғымы", "Билік түрлері"]
    assert texts(lecture.xpath(".//div[@class='text']//h3 | .//div[@class='text']//h4")) == [
        "Бірінші бөлім",
        "Кесте мен сурет",
    ]
    assert lecture.xpath(".//*[self::nav or self::section][2]//a/@href") == ["#w01-lecture-h1", "#w01-lecture-h2"]
    assert lecture.xpath(".//div[@class='wide'][@tabindex='0'][@role='region']/@aria-label") == [
        "Министрліктер",
        "1-формула",
    ]
    assert lecture.xpath(".//img/@src") == ["../media/0b469a5587d5f5aa.png"]
    assert lecture.xpath(".//ul[@class='links']//a/@href") == ["#w01-lecture-review"]


def test_review_leads_back_to_the_lecture() -> None:
    review = page_of().xpath("//article[@id='w01-lecture-review']")[0]
    assert review.xpath(".//ul[@class='links']//a/@href") == ["#w01-lecture"]
    assert len(review.xpath(".//textarea")) == 2
    assert len(review.xpath(".//*[@data-check]")) == 7


def test_outline_points_lead_to_their_headings() -> None:
    course = everything()
    (week, *_) = course.weeks
    lecture = msgspec.structs.replace(
        week.sessions[0],
        outline=(
            msgspec.structs.replace(week.sessions[0].outline[0], content=(Run(text="Бірінші бөлім."),)),
            week.sessions[0].outline[1],
        ),
    )
    week = msgspec.structs.replace(week, sessions=(lecture,))
    page = page_of(course=msgspec.structs.replace(course, weeks=(week,)))
    assert page.xpath("//article[@id='w01-lecture']//nav[1]//a/@href") == ["#w01-lecture-h1"]


@pytest.mark.parametrize("release", ["list", "practice", "teacher-only"])
def test_exam_as_released(release: Any) -> None:
    course = everything()
    assert course.exam
    course = msgspec.structs.replace(course, exam=msgspec.structs.replace(course.exam, release=release))
    (artifact,) = write("scorm12", course).artifacts
    pages = members(artifact)
    if release == "teacher-only":
        assert "exam/index.html" not in pages
        return
    exam = parsed(pages["exam/index.html"])
    assert len(exam.xpath("//ol[contains(@class,'exam')]/li")) == (9 if release == "list" else 0)
    assert len(exam.xpath("//main//textarea")) == 8  # drawn from ten, one of which rewords another and one asks nothing


def test_no_key_of_an_exam_question_reaches_a_learner() -> None:
    secret = MultipleChoice(
        id="exam-001",
        number=1,
        text=b("Сұрақ?"),
        feedback=b("ҚҰПИЯ пікір"),
        grader_notes=b("ҚҰПИЯ ескерту"),
        choices=tuple(
            Choice(content=b(f"{letter} жауабы"), fraction=float(letter == "А"), feedback=b("ҚҰПИЯ"))
            for letter in "АБВГД"
        ),
    )
    course = msgspec.structs.replace(everything(), exam=Exam(questions=(secret,)), weeks=())
    (artifact,) = write("scorm12", course).artifacts
    page = members(artifact)["exam/index.html"]
    assert "ҚҰПИЯ" not in page.decode()
    assert all("parts" not in question for question in config(page)["questions"])
    assert b"fraction" not in page
    listed = texts(parsed(page).xpath("(//ol[@type='a'])[1]/li"))
    assert sorted(listed) == [f"{letter} жауабы" for letter in "АБВГД"]
    assert listed != sorted(listed)  # not in the author's order, where the key often stands first


def test_text_is_escaped_and_dangerous_links_are_dropped() -> None:
    evil = "</script><img src=x onerror=alert(1)> {{ 7*7 }} \x01"
    lecture = Session(
        id="w01-lecture",
        kind="lecture",
        title=evil,
        blocks=(
            *b(evil),
            msgspec.structs.replace(b("x")[0], content=(Run(text="сілтеме", href="javascript:alert(1)"),)),
        ),
    )
    course = Course(id="evil", title=evil, language="kk", weeks=(Week(id="w01", number=1, sessions=(lecture,)),))
    (artifact,) = write("scorm12", course).artifacts
    assert check_artifact(artifact) == []
    data = members(artifact)["w01/index.html"].decode()
    page = parsed(data.encode())
    assert not page.xpath("//img")
    assert "javascript:" not in data
    assert "{{ 7*7 }}" in html.unescape(data)
    assert "\x01" not in data
    assert len(page.xpath("//script")) == 12


def test_characters_that_xml_cannot_hold() -> None:
    def spoil(value: Any) -> Any:
        if isinstance(value, dict):
            kept = {"is", "type", "id", "kind", "format", "mathml", "asset", "media_type", "language", "note", "href"}
            kept |= {"session", "variant_of", "value", "tolerance", "numbering", "marker", "align", "script", "release"}
            return {key: found if key in kept else spoil(found) for key, found in value.items()}
        if isinstance(value, list):
            return [spoil(found) for found in value]
        return value + "\x01\ufffe" if isinstance(value, str) else value

    spoilt = spoil(json.loads(encode(everything())))
    spoilt["about"]["grading"]["preset"] = None
    course = decode(json.dumps(spoilt).encode())
    for name in ("scorm12", "scorm2004"):
        for artifact in write(name, course).artifacts:
            assert check_artifact(artifact) == []
            for path, data in members(artifact).items():
                assert path.endswith((".png", ".woff2")) or (b"\x01" not in data and "\ufffe" not in data.decode())


def test_suspend_data_that_cannot_hold_the_course_is_told() -> None:
    sessions = tuple(
        Session(id=f"w01-lecture-{n}", kind="lecture", number=n, blocks=b("Мәтін.")) for n in range(1, 1500)
    )
    course = Course(id="huge", title="Үлкен", language="kk", weeks=(Week(id="w01", number=1, sessions=sessions),))
    codes = [finding.code for finding in write("scorm12", course).findings]
    assert codes == ["scorm-suspend-data"]
    assert write("scorm2004", course).findings == ()


def test_missing_picture_is_told() -> None:
    writer = load("scorm12")
    written = writer.write(everything(), Context(version="test"))
    assert {finding.code for finding in written.findings} == {"scorm-picture-missing"}
    assert all(check_artifact(artifact) == [] for artifact in written.artifacts)


def test_options_out_of_range_are_refused(tmp_path: Any) -> None:
    from coursepack.project import course_toml as project

    text = 'id = "x"\ntitle = "X"\nlanguage = "kk"\n\n[scorm]\ncompletion_threshold = 1.5\n'
    file = tmp_path / "course.toml"
    file.write_text(text)
    with pytest.raises(CoursepackError, match=r"course\.toml:6.*completion_threshold"):
        project.load(file, {"scorm": load("scorm12").options})


def test_a_departments_own_template(tmp_path: Any) -> None:
    from coursepack.files.resources import templates_dir

    (tmp_path / "scorm").mkdir()
    (tmp_path / "scorm" / "style.css").write_text("body { color: teal }")
    writer = load("scorm12")
    context = Context(assets=ASSETS, templates=(tmp_path, templates_dir()))
    (artifact,) = writer.write(everything(), context).artifacts
    assert members(artifact)["shared/style.css"] == b"body { color: teal }"
    (tmp_path / "scorm" / "sco.html").write_text("{% if %}")
    with pytest.raises(CoursepackError, match="template"):
        writer.write(everything(), context)


def test_the_scripts_stay_small() -> None:
    (artifact,) = write("scorm12").artifacts
    scripts = {path: data for path, data in members(artifact).items() if path.endswith(".js")}
    del scripts["shared/searchdata.js"]  # the words of the course
    assert len(scripts) == 15
    pages = b"".join(data for path, data in members(artifact).items() if path.endswith("/index.html")).decode()
    begun = {f"shared/{name}" for name in re.findall(r'src="../shared/(\w+\.js)"', pages)}
    assert set(scripts) - begun == {
        "shared/search.js",
        "shared/print.js",
        "shared/aloud.js",
    }  # they come when they are needed
    assert sum(len(scripts[path]) for path in begun) < 60_000
    assert not [path for path, data in scripts.items() if b"/* " in data or b"\n  " in data]  # as they are written


def test_every_word_is_translated() -> None:
    from coursepack.files.resources import templates_dir
    from coursepack.languages.catalogues import words
    from coursepack.writers.scorm.writer import SCRIPT_WORDS

    asked = set(SCRIPT_WORDS.values())
    for template in (templates_dir() / "scorm").glob("*.html"):
        asked |= set(re.findall(r'say\("([^"]+)"\)', template.read_text(encoding="utf-8")))
    for language in ("kk", "ru"):
        say = words(language, "scorm")
        assert [word for word in sorted(asked) if not say.has(word)] == []


def test_long_section_titles() -> None:
    course = Course(
        id="long", title="Ұзақ " * 100, language="kk", foreword=Section(id="foreword", title="Т" * 300, blocks=b("x"))
    )
    for name in FORMATS:
        for artifact in write(name, course).artifacts:
            assert check_artifact(artifact) == []


def test_no_mark_of_a_gap_is_told_to_the_lms() -> None:
    (artifact,) = write("scorm2004").artifacts
    page = members(artifact)["w01/index.html"].decode()
    assert "{#" not in page
