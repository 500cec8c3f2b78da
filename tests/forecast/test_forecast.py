"""Forecasts of small packages: what arrives, changes, is lost, refused, and why.

What Moodle really does is looked at by ``tests/clients/moodle/test_forecast.py``.
"""

from __future__ import annotations

import json
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest

from coursepack.files.zipped import zip_bytes
from coursepack.forecast import Arrival, Forecast, forecast, names
from coursepack.forecast import rules as tables
from coursepack.forecast.model import Fate
from coursepack.model.artifact import Assets
from coursepack.place import CoursepackError
from coursepack.writers import Context, load
from coursepack.writers.mbz.options import BackupOptions
from tests import samples
from tests.cli.test_build import run

ASSETS = Assets({samples.PNG_ID: samples.PNG})
MOODLES = ("moodle-4.5", "moodle-5.0")
FORMATS = ("moodle-backup", "moodle-xml", "cc11", "cc13", "scorm12", "scorm2004", "scorm2004-3rd", "gift", "aiken")


def product(folder: Path, name: str) -> Path:
    writer = load(name)
    options = BackupOptions(papers=False) if name == "moodle-backup" else writer.options()
    made = writer.write(samples.everything(), Context(options=options, assets=ASSETS, version="test")).artifacts[0]
    path = folder / made.name
    path.write_bytes(made.members[0].read() if made.container == "file" else zip_bytes(made.members))
    return path


def told(path: Path, lms: str = "moodle-4.5") -> Forecast:
    return forecast(path, lms)


def of(found: Forecast, part: str) -> list[Arrival]:
    return [one for one in found.arrivals if one.part == part]


def changed(path: Path, new: Path, **members: str) -> Path:
    """A copy of a package with other texts in some members (by their names, ``_`` for the dot)."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w") as copy:
        for name in old.namelist():
            data = old.read(name)
            for wanted, text in members.items():
                if (
                    name.rpartition("/")[2] == wanted.replace("_xml", ".xml")
                    and text.partition(" → ")[0].encode() in data
                ):
                    before, _, after = text.partition(" → ")
                    assert before.encode() in data, before
                    data = data.replace(before.encode(), after.encode())
            copy.writestr(name, data)
    return new


# --- the tables ---------------------------------------------------------------------------------------------------


def test_every_rule_has_its_source() -> None:
    assert names() == ["canvas", "moodle-4.5", "moodle-5.0", "openedx"]
    for path in Path(tables.__file__).parent.glob("*.toml"):
        for rule in tomllib.loads(path.read_text("utf-8"))["rule"]:
            assert bool(rule.get("says")) == bool(rule.get("source")), rule["code"]
            if rule.get("fate", "kept") != "kept":
                assert rule.get("says"), rule["code"]
            else:
                assert rule.get("becomes") or rule.get("sets") or rule.get("name"), rule["code"]


def test_an_unknown_lms(tmp_path: Path) -> None:
    with pytest.raises(CoursepackError, match=r"expected one of canvas, moodle-4\.5, moodle-5\.0, openedx"):
        forecast(tmp_path, "blackboard")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("lms", [*MOODLES, "canvas", "openedx"])
def test_every_part_of_our_products_has_a_rule(tmp_path: Path, name: str, lms: str) -> None:
    """Nothing is lost without a sentence that says why."""
    found = told(product(tmp_path, name), lms)
    assert found.arrivals
    codes = {reason.code for reason in found.reasons}
    for one in found.arrivals:
        assert set(one.reasons) <= codes
        if one.fate in {Fate.LOST, Fate.REFUSED} and not found.refused:
            assert one.reasons, (one.part, one.name)
        assert one.place.file.endswith(Path(found.file).name)


# --- what is said -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lms", MOODLES)
def test_a_backup_arrives_as_it_is(tmp_path: Path, lms: str) -> None:
    found = told(product(tmp_path, "moodle-backup"), lms)
    assert not found.refused
    lost = [one for one in found.arrivals if one.fate is Fate.LOST]
    bank = {"backup-bank-activity"} if lms == "moodle-4.5" else set()
    assert {reason for one in lost for reason in one.reasons} == {"backup-question-gap"} | bank
    kinds = {one.becomes for one in of(found, "activity")}
    assert kinds >= {"page", "book", "quiz", "forum", "assign", "glossary"}
    questions = of(found, "question")
    types = {one.arrives["type"]: one for one in questions if one.becomes}
    assert set(types) == {
        *("essay", "multichoice", "truefalse", "shortanswer", "numerical", "match", "multianswer", "description"),
    }
    assert types["shortanswer"].arrives["fractions"] == [1.0, 0.5]
    assert {one.fate for one in of(found, "category")} == {Fate.KEPT}


def test_kinds_of_activity_are_those_of_the_version(tmp_path: Path) -> None:
    """5.0 has no chat any more, and a question bank as an activity; in 4.5 chats are off until somebody switches them
    on. Names keep the blanks before them."""
    listed, members = "", {}
    for number, mod in enumerate(("page", "chat", "qbank", "certificate"), 1):
        folder = f"activities/{mod}_{number}"
        listed += f"<activity><moduleid>{number}</moduleid><sectionid>9</sectionid><modulename>{mod}</modulename>"
        listed += f"<title>{mod}</title><directory>{folder}</directory></activity>"
        members[f"{folder}/{mod}.xml"] = f'<activity contextid="{number}"><{mod}><name> A</name></{mod}></activity>'
        members[f"{folder}/module.xml"] = "<module><sectionid>9</sectionid><visible>0</visible></module>"
    head = '<?xml version="1.0" encoding="UTF-8"?><moodle_backup><information><contents><activities>'
    tail = "</activities><sections><section><sectionid>9</sectionid><directory>sections/section_9</directory></section>"
    members["moodle_backup.xml"] = f"{head}{listed}{tail}</sections></contents></information></moodle_backup>"
    members["sections/section_9/section.xml"] = "<section><number>2</number><name>S</name></section>"
    members["files.xml"], members["questions.xml"] = "<files/>", "<question_categories/>"
    path = tmp_path / "x.mbz"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    kept = {lms: [one.becomes for one in of(told(path, lms), "activity")] for lms in MOODLES}
    assert kept == {"moodle-4.5": ["page", None, None, None], "moodle-5.0": ["page", None, "qbank", None]}
    [page, *_] = of(told(path), "activity")
    assert page.arrives == {"name": " A", "section": 2, "visible": 0, "settings": {}}
    lost = [one.reasons for one in of(told(path), "activity") if not one.becomes]
    assert lost == [("backup-activity-off",), ("backup-bank-activity",), ("backup-activity-unknown",)]


@pytest.mark.parametrize(("release", "refused"), [("2.0", True), ("2.1", False)])
def test_attempts_of_moodle_2_0_stop_a_restore(tmp_path: Path, release: str, refused: bool) -> None:
    quiz = '<activity contextid="1"><quiz><name>Q</name><attempts><attempt id="1"/></attempts></quiz></activity>'
    item = "<activity><moduleid>1</moduleid><sectionid>9</sectionid><modulename>quiz</modulename><title>Q</title>"
    item += "<directory>activities/quiz_1</directory></activity>"
    said = f"<backup_release>{release}</backup_release><contents><activities>{item}</activities></contents>"
    path = tmp_path / "x.mbz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("moodle_backup.xml", f"<moodle_backup><information>{said}</information></moodle_backup>")
        archive.writestr("activities/quiz_1/quiz.xml", quiz)
        archive.writestr("activities/quiz_1/module.xml", "<module><sectionid>9</sectionid></module>")
        archive.writestr("files.xml", "<files/>")
        archive.writestr("questions.xml", "<question_categories/>")
    found = told(path)
    assert found.refused is refused
    assert ("backup-attempts-old" in {reason for one in found.arrivals for reason in one.reasons}) is refused


@pytest.mark.parametrize(
    ("grade", "told_as", "setting"),
    [
        ("20", 20.0, "20"),
        ("-7", "scale Satisfactory", "scale Satisfactory"),
        ("-8", 0.0, "0"),
        ("-7.00000", "scale Satisfactory", "scale Satisfactory"),
    ],
)
def test_a_scale_is_told_by_its_name(tmp_path: Path, grade: str, told_as: object, setting: str) -> None:
    """Its number is another in each site, and one that the file does not hold is none."""
    item = "<activity><moduleid>1</moduleid><modulename>{0}</modulename><title>{0}</title>"
    item += "<directory>activities/{0}_1</directory></activity>"
    listed = "".join(item.format(mod) for mod in ("assign", "forum"))
    body = '<activity contextid="1"><{0}><name>A</name><{1}>{2}</{1}></{0}></activity>'
    path = tmp_path / "x.mbz"
    with zipfile.ZipFile(path, "w") as archive:
        head = f"<information><contents><activities>{listed}</activities></contents></information>"
        archive.writestr("moodle_backup.xml", f"<moodle_backup>{head}</moodle_backup>")
        for mod, name in (("assign", "grade"), ("forum", "grade_forum")):
            archive.writestr(f"activities/{mod}_1/{mod}.xml", body.format(mod, name, grade))
            archive.writestr(f"activities/{mod}_1/module.xml", "<module/>")
        archive.writestr(
            "scales.xml", '<scales_definition><scale id="7"><name>Satisfactory</name></scale></scales_definition>'
        )
        archive.writestr("files.xml", "<files/>")
        archive.writestr("questions.xml", "<question_categories/>")
    assign, forum = of(told(path), "activity")
    assert assign.arrives["grade"] == told_as
    assert forum.arrives["settings"]["grade_forum"] == setting


def test_questions_that_no_inforef_names_are_lost(tmp_path: Path) -> None:
    path = product(tmp_path, "moodle-backup")
    made = changed(path, tmp_path / "x.mbz", inforef_xml="question_categoryref → other")
    found = told(made)
    assert {one.reasons for one in of(found, "question")} <= {
        ("backup-question-unlisted",),
        ("backup-question-gap", "backup-question-unlisted"),
    }


def test_a_newer_cartridge_is_refused(tmp_path: Path) -> None:
    found = told(product(tmp_path, "cc13"))
    assert found.refused
    assert found.reasons[0].code == "cc-version"
    assert {one.becomes for one in found.arrivals} == {None}


def test_a_cartridge_one_by_one(tmp_path: Path) -> None:
    path = product(tmp_path, "cc11")
    found = told(path)
    assert not found.refused
    places = {one.name: one for one in of(found, "place")}
    assert {one.becomes for one in places.values()} >= {"page", "forum", "quiz", "url"}
    sections = of(found, "section")
    assert {one.arrives["name"] for one in sections} == {""}
    assert [one.arrives["number"] for one in sections] == list(range(len(sections)))
    made = changed(path, tmp_path / "cc.imscc", imsmanifest_xml="imsccv1p1/imscp_v1p1 → imsccv1p1/other")
    assert told(made).refused


@pytest.mark.parametrize(("id_", "refused"), [("1a", True), ("a b", True), ("_a.1-", False), ("ға", False)])
def test_an_identifier_that_is_none_refuses_a_cartridge(tmp_path: Path, id_: str, refused: bool) -> None:
    path = product(tmp_path, "cc11")
    first = (
        zipfile.ZipFile(path)
        .read("imsmanifest.xml")
        .decode()
        .partition('<organization identifier="')[2]
        .partition('"')[0]
    )
    made = changed(
        path, tmp_path / "x.imscc", imsmanifest_xml=f'organization identifier="{first} → organization identifier="{id_}'
    )
    assert [one.code for one in told(made).reasons if one.code == "cc-identifiers"] == ["cc-identifiers"] * refused
    assert told(made).refused == refused


@pytest.mark.parametrize(("lms", "lost"), [("moodle-4.5", True), ("moodle-5.0", False)])
def test_questions_of_the_site_are_not_the_course_s(tmp_path: Path, lms: str, lost: bool) -> None:
    """Restored by an administrator, they lie in the site's own bank."""
    path = product(tmp_path, "moodle-backup")
    made = changed(path, tmp_path / "x.mbz", questions_xml="<contextlevel>70< → <contextlevel>10<")
    asked = [one for one in of(told(made, lms), "question") if "backup-question-gap" not in one.reasons]
    assert asked
    assert all(("backup-question-site" in one.reasons) == lost for one in asked)


@pytest.mark.parametrize("lms", ["canvas", "openedx"])
def test_what_was_read_is_not_called_seen(tmp_path: Path, lms: str) -> None:
    found = told(product(tmp_path, "cc13"), lms)
    assert found.read
    assert not found.refused
    assert {one.becomes for one in of(found, "section")} <= {"module", "section"}
    banks = [one for one in of(found, "resource") if one.reasons == ("bank",)]
    assert [one.fate for one in banks] == ([Fate.CHANGED] if lms == "canvas" else [Fate.LOST])


XML = """<quiz><question type="category"><category><text>$course$/top/A</text></category></question>
<question type="{type}"><name><text>{name}</text></name><questiontext><text>{text}</text></questiontext>
<defaultgrade>2</defaultgrade>{answers}</question></quiz>"""
RIGHT = '<answer fraction="100"><text>a</text></answer><answer fraction="{}"><text>b</text></answer>'


def xml(folder: Path, *, kind: str = "multichoice", name: str = "n", text: str = "t", answers: str = "") -> Path:
    path = folder / "bank.xml"
    path.write_text(XML.format(type=kind, name=name, text=text, answers=answers), "utf-8")
    return path


def test_moodle_xml(tmp_path: Path) -> None:
    [question] = of(told(xml(tmp_path, answers=RIGHT.format("-33.33333"))), "question")
    assert question.arrives == {
        "name": "n",
        "type": "multichoice",
        "mark": 2.0,
        "fractions": [1.0, -0.33333],
        "status": "ready",
    }
    assert str(question.place).endswith("bank.xml:2")
    gaps = "{1:SHORTANSWER:=a} {2:NUMERICAL:=3:0.1} {:MC:=x}"
    [question] = of(told(xml(tmp_path, kind="cloze", text=gaps)), "question")
    assert (question.arrives["type"], question.arrives["mark"]) == ("multianswer", 4.0)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"answers": RIGHT.format("37")}, "xml-fraction"),
        ({"answers": '<answer fraction="100"><text>a</text></answer>'}, "xml-choices"),
        ({"kind": "random"}, "xml-type"),
        ({"kind": "shortanswer", "answers": '<answer fraction="50"><text>a</text></answer>'}, "xml-no-right"),
        ({"kind": "cloze"}, "xml-no-gap"),
    ],
)
def test_what_stops_an_import(tmp_path: Path, given: dict[str, Any], code: str) -> None:
    found = told(xml(tmp_path, **given))
    assert found.refused
    assert code in {reason.code for reason in found.reasons}


def test_a_number_without_a_right_answer_comes(tmp_path: Path) -> None:
    """Only short answers are looked at for one."""
    answers = '<answer fraction="50"><text>4</text></answer>'
    [question] = of(told(xml(tmp_path, kind="numerical", answers=answers)), "question")
    assert (question.fate, question.arrives["fractions"]) == (Fate.KEPT, [0.5])


@pytest.mark.parametrize(("kind", "tag"), [("gapselect", "selectoption"), ("ddwtos", "dragbox")])
def test_words_for_gaps_are_answers_without_a_share(tmp_path: Path, kind: str, tag: str) -> None:
    words = "".join(f"<{tag}><text>{word}</text><group>1</group></{tag}>" for word in ("a", " ", "b"))
    [question] = of(told(xml(tmp_path, kind=kind, answers=words)), "question")
    assert (question.arrives["type"], question.arrives["fractions"]) == (kind, [0.0, 0.0])


def gift(folder: Path, text: str) -> Forecast:
    path = folder / "bank.gift"
    path.write_text(text, "utf-8")
    return told(path)


@pytest.mark.parametrize(
    ("text", "kind", "name", "fractions"),
    [
        ("::A:: Q {=a ~b ~%50%c}", "multichoice", "A", [1.0, 0.0, 0.5]),
        ("Q {T}", "truefalse", "Q", [1.0, 0.0]),
        ("Q {FALSE#no#yes}", "truefalse", "Q", [0.0, 1.0]),
        ("Q {=a =%50%b}", "shortanswer", "Q", [1.0, 0.5]),
        ("Q {#3.1:0.1 =%50%3:1}", "numerical", "Q", [1.0, 0.5]),
        ("Q {#3 ~#no}", "numerical", "Q", [1.0, 0.0]),
        ("Q {=a->b =c->d}", "match", "Q", []),
        ("Q {}", "essay", "Q", []),
        ("Q {>2 ALL VERTICAL\na\nb\nc\n#### Why.\n}", "ordering", "Q", [1.0, 2.0, 3.0]),
        ("// a remark\nQ", "description", "Q", []),
        ("A {~x ~=y} b.", "multichoice", "A _____ b.", [0.0, 1.0]),
        ("A {=x} b {=y}", "shortanswer", "A  b {=y}", [1.0]),
        (f"{'слово ' * 30}{{T}}", "truefalse", "слово " * 12 + "слово...", [1.0, 0.0]),
    ],
)
def test_gift_as_moodle_reads_it(tmp_path: Path, text: str, kind: str, name: str, fractions: list[float]) -> None:
    [question] = of(gift(tmp_path, text), "question")
    assert (question.becomes, question.arrives["type"]) == ("question", kind)
    assert question.arrives["name"] == name
    assert question.arrives["fractions"] == fractions


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Q {\n=a\n\n~b}", "gift-braces"),
        ("Q {~a}", "gift-answers"),
        ("Q {#x}", "gift-answers"),
        ("Q {=a ~%37%b}", "gift-fraction"),
    ],
)
def test_gift_that_stops_an_import(tmp_path: Path, text: str, code: str) -> None:
    found = gift(tmp_path, f"Before {{T}}\n\n{text}")
    assert found.refused
    assert code in {reason.code for reason in found.reasons}
    assert next(one.place.first for one in found.arrivals if code in one.reasons) >= 3


def test_scorm(tmp_path: Path) -> None:
    path = product(tmp_path, "scorm2004")
    found = told(path)
    assert of(found, "course")[0].arrives["version"] == "SCORM_1.3"
    assert [one.becomes for one in of(found, "sco")] == ["sco"] * 5
    assert "&<" in next(one.arrives["name"] for one in of(found, "sco") if "scorm-blanks" in one.reasons)
    assert [one.becomes for one in of(told(path, "openedx"), "sco")] == ["sco", None, None, None, None]
    assert told(path, "canvas").refused


# --- the command --------------------------------------------------------------------------------------------------


def test_the_command(tmp_path: Path) -> None:
    path = product(tmp_path, "cc11")
    done = run("forecast", path, "--lms", "moodle-4.5")
    assert done.returncode == 0, done.stderr
    assert "Moodle 4.5 takes it:" in done.stdout
    assert "imsmanifest.xml:" in done.stdout
    assert "(backup/cc/cc2moodle.php:339-353;" in done.stdout
    done = run("forecast", path, "--lms", "moodle-4.5", "--json")
    [found] = msgspec.json.decode(done.stdout)
    assert found["kind"] == "cc11"
    assert {one["fate"] for one in found["arrivals"]} <= {"kept", "changed", "lost"}
    assert all(reason["source"] for reason in found["reasons"])
    assert json.loads(done.stdout) == [found]


def test_the_command_refuses(tmp_path: Path) -> None:
    path = product(tmp_path, "cc13")
    assert run("forecast", path, "--lms", "moodle-5.0").returncode == 1
    (tmp_path / "x.txt").write_text("nothing", "utf-8")
    done = run("forecast", tmp_path / "x.txt", path, "--lms", "canvas")
    assert done.returncode == 2
    assert "x.txt" in done.stderr
    assert "Canvas takes it" in done.stdout
    assert "(read from the source code of the LMS, not tried)" in done.stdout
    assert run("forecast", path, "--lms", "blackboard").returncode == 2


def test_hostile_files_stop_nothing(tmp_path: Path) -> None:
    path = product(tmp_path, "moodle-backup")
    made = changed(path, tmp_path / "x.mbz", questions_xml="<question_categories> → <!DOCTYPE a [<!ENTITY b 'c'>]><a>")
    assert told(made).kind == "moodle-backup"
    cut = tmp_path / "cut.mbz"
    cut.write_bytes(path.read_bytes()[:2000])
    done = run("forecast", cut, "--lms", "moodle-4.5")
    assert done.returncode in {1, 2}
