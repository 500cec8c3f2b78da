"""What a department declares for all its courses: found above them, overridden by them, told, archived."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import pytest

from coursepack import discovery
from coursepack.model.blocks import block_text
from coursepack.place import CoursepackError
from coursepack.project import course_toml as project
from coursepack.project.course_toml import Loaded
from coursepack.registrar import archive, edition
from tests.cli.test_build import run
from tests.test_folder import KK, declare, table, understood, write

DEPARTMENT = """timezone = "Asia/Almaty"

[about]
university = "Үлгі университеті"
department = "Биология"
signatures = [{ role = "Кафедра меңгерушісі", name = "Омаров О." }]
grading = { preset = "60/40" }

[exam]
release = "practice"
tickets = 25

[papers]
second_language = "ru"
"""


def folder(at: Path, more: str = "", text: str = DEPARTMENT) -> Path:
    course = at / "faculty" / "bio"
    write(course / "a.txt", f"1-дәріс. Жасуша\n\n{KK}\n".encode())
    declare(course, ("a.txt", "lecture"), more=more)
    write(at / "department.toml", text.encode())
    return course


def loaded(at: Path) -> Loaded:
    (found,) = discovery.find_projects([at])
    return found


def test_a_course_says_what_differs_and_the_department_the_rest(tmp_path: Path) -> None:
    more = '[about]\ndepartment = "Химия"\ncredits = 5\n[exam]\ntickets = 10\n'
    found = loaded(folder(tmp_path, more))
    about = found.declared
    assert (about.university, about.department, about.credits) == ("Үлгі университеті", "Химия", 5)
    assert [signature.name for signature in about.signatures] == ["Омаров О."]
    assert (found.project.exam.release, found.project.exam.tickets) == ("practice", 10)
    assert found.project.timezone == "Asia/Almaty"
    assert found.options["papers"].second_language == "ru"
    at = {key: str(place) for key, place in found.declared_at.items() if key.startswith(("about", "exam"))}
    assert at == {
        "about.university": "../../department.toml:4",
        "about.department": "course.toml:8",
        "about.signatures": "../../department.toml:6",
        "about.grading": "../../department.toml:7",
        "about.credits": "course.toml:9",
        "exam.release": "../../department.toml:10",
        "exam.tickets": "course.toml:11",
    }


def test_inspect_shows_where_a_value_came_from(tmp_path: Path) -> None:
    shown = [" ".join(line.split()) for line in run("inspect", folder(tmp_path)).stdout.splitlines()]
    assert "about.university ../../department.toml:4" in shown
    assert "id course.toml:1" in shown


UNIVERSITY = """timezone = "Asia/Almaty"

[about]
university = "Үлгі университеті"
faculty = "a university knows no faculty"
signatures = [{ role = "Ректор", name = "Асанов А." }]

[exam]
release = "practice"
tickets = 25

[papers]
second_language = "ru"
"""
FACULTY = """[about]
faculty = "Биология факультеті"
department = "a faculty knows no department"

[exam]
tickets = 20
"""
BIOLOGY = """timezone = "Asia/Aqtau"

[about]
department = "Ботаника"
"""


def levels(at: Path, more: str = "") -> Path:
    """A course whose department, faculty and university each have a file."""
    course = at / "faculty" / "botany" / "bio"
    write(course / "a.txt", f"1-дәріс. Жасуша\n\n{KK}\n".encode())
    declare(course, ("a.txt", "lecture"), more=more)
    write(at / "department.toml", UNIVERSITY.encode())
    write(at / "faculty" / "department.toml", FACULTY.encode())
    write(at / "faculty" / "botany" / "department.toml", BIOLOGY.encode())
    return course


def test_what_a_department_does_not_say_its_faculty_and_university_do(tmp_path: Path) -> None:
    course = levels(tmp_path, "[about]\ncredits = 5\n[exam]\nquestions_per_ticket = 2\n")
    found = loaded(course)
    about, exam = found.declared, found.project.exam
    assert (about.university, about.faculty, about.department, about.credits) == (
        "Үлгі университеті",
        "Биология факультеті",
        "Ботаника",
        5,
    )
    assert [signature.name for signature in about.signatures] == ["Асанов А."]
    assert (exam.release, exam.tickets, exam.questions_per_ticket) == ("practice", 20, 2)
    assert found.project.timezone == "Asia/Aqtau"
    assert found.options["papers"].second_language == "ru"
    shown = [" ".join(line.split()) for line in run("inspect", course).stdout.splitlines()]
    assert [line for line in shown if "department.toml" in line] == [
        "about.department ../department.toml:4",
        "about.faculty ../../department.toml:2",
        "about.signatures ../../../department.toml:6",
        "about.university ../../../department.toml:4",
        "exam.release ../../../department.toml:9",
        "exam.tickets ../../department.toml:6",
        "papers.second_language ../../../department.toml:13",
        "timezone ../department.toml:1",
    ]
    assert "about.credits course.toml:8" in shown


def test_one_in_the_folder_of_a_course_is_the_nearest(tmp_path: Path) -> None:
    course = folder(tmp_path)
    write(course / "department.toml", b'[about]\nuniversity = "C"\n')
    assert (loaded(course).declared.university, loaded(course).declared.department) == ("C", "Биология")
    assert "department.toml" not in table(understood(course))


def test_what_the_nearer_says_of_all_editions_it_says_of_each(tmp_path: Path) -> None:
    course = folder(tmp_path, text=BY_LANGUAGE)
    write(course.parent / "department.toml", '[about]\nfaculty = "Биология"\n[about.ru]\ncity = "Алматы"\n'.encode())
    toml = course / "course.toml"
    write(toml, toml.read_bytes().replace(b"[[source]]", b'languages = ["ru"]\n[[source]]', 1))
    ru = project.edition(loaded(course), "ru").declared
    assert (ru.university, ru.faculty, ru.city) == ("Университет-пример", "Биология", "Алматы")
    assert {key for key in loaded(course).declared_at if key.startswith("about.ru")} == {
        "about.ru.university",
        "about.ru.city",
    }


def test_mistakes_of_all_levels_are_told_together(tmp_path: Path) -> None:
    course = levels(tmp_path)
    (tmp_path / "department.toml").write_text("[exam]\ntickets = 0\n", "utf-8")
    (tmp_path / "faculty" / "department.toml").write_text("[about]\ncredits = -1\n", "utf-8")
    with pytest.raises(CoursepackError) as caught:
        loaded(course)
    assert [str(each.place) for each in caught.value.each()] == [
        f"{tmp_path / 'faculty' / 'department.toml'}:2",
        f"{tmp_path / 'department.toml'}:2",
    ]
    (tmp_path / "department.toml").write_text('id = "x"\n', "utf-8")
    (tmp_path / "faculty" / "department.toml").write_text("[about\n", "utf-8")
    with pytest.raises(CoursepackError) as caught:
        loaded(course)
    assert [Path(str(each.place).rpartition(":")[0]).parent.name for each in caught.value.each()] == [
        "faculty",
        tmp_path.name,
    ]


def test_an_archive_holds_the_files_of_all_levels(tmp_path: Path) -> None:
    course = levels(tmp_path)
    (tmp_path / "department.toml").write_text(UNIVERSITY.partition("[papers]")[0], "utf-8")
    assert run("build", course, "-o", tmp_path / "out", "-f", "syllabus,cc13").returncode == 0
    bag = archive.archive(tmp_path / "out" / "c", tmp_path / "bags", edition.Registered(), [course]).path
    kept = {path.name: path.read_bytes() for path in (bag / "data" / "sources").glob("department*")}
    assert kept == {
        "department.toml": BIOLOGY.encode(),
        "department-above-1.toml": FACULTY.encode(),
        "department-above-2.toml": (tmp_path / "department.toml").read_bytes(),
    }
    write(tmp_path / "bags" / "department.toml", b'[about]\nprogramme = "another"\n')
    done = run("verify", bag, "--rebuild")
    assert done.returncode == 0, done.stdout + done.stderr
    write(tmp_path / "department.toml", b'[about]\nuniversity = "changed"\n')
    with pytest.raises(CoursepackError, match=r"the department\.toml that was built from"):
        archive.archive(tmp_path / "out" / "c", tmp_path / "other", edition.Registered(), [course])


def test_templates_are_those_of_the_nearest_that_names_any(tmp_path: Path) -> None:
    course = with_templates(tmp_path)
    write(course.parent / "department.toml", b'[about]\nfaculty = "F"\n')
    assert loaded(course).templates == tmp_path / "our templates"
    assert loaded(course).declared_at["templates"].file == "../../department.toml"
    (course.parent / "style").mkdir()
    write(course.parent / "department.toml", b'templates = "style"\n')
    assert loaded(course).templates == course.parent / "style"
    assert loaded(course).declared_at["templates"].file == "../department.toml"


BY_LANGUAGE = """[about]
university = "Үлгі университеті"
faculty = "Жаратылыстану"

[about.ru]
university = "Университет-пример"
faculty = "Естественных наук"

[about.en]
university = "Sample University"
"""


def test_what_a_department_says_by_language_is_of_the_editions_that_a_course_has(tmp_path: Path) -> None:
    more = 'languages = ["ru"]\n[about]\nfaculty = "Биология"\n[about.ru]\naim = "Знать."\n'
    course = folder(tmp_path, text=BY_LANGUAGE)
    toml = (course / "course.toml").read_text("utf-8")
    head, _, sources = toml.partition("[[source]]")
    write(course / "course.toml", (head + more + "[[source]]" + sources).encode())
    found = loaded(course)
    ru = project.edition(found, "ru").declared
    assert (found.declared.university, found.declared.faculty) == ("Үлгі университеті", "Биология")
    assert (ru.university, ru.faculty, block_text(ru.aim)) == ("Университет-пример", "Биология", "Знать.")
    at = {key: str(place) for key, place in found.declared_at.items() if key.startswith("about")}
    assert at["about.ru.university"] == "../../department.toml:6"
    assert at["about.ru.aim"] == "course.toml:8"
    assert set(found.abouts) == {"kk", "ru"}
    assert not {"about.ru.faculty", "about.en.university"} & at.keys()


TEMPLATES = 'templates = "our templates"\n' + DEPARTMENT.replace("second_language", "# second_language")


def with_templates(at: Path) -> Path:
    """The folder of a course whose department has a style of its own."""
    style = (Path(__file__).parents[1] / "templates" / "scorm" / "style.css").read_text("utf-8")
    write(at / "our templates" / "scorm" / "style.css", (style + "\n.ours { color: red }\n").encode())
    return folder(at, text=TEMPLATES)


def style_of(built: Path) -> bytes:
    with zipfile.ZipFile(built / "c-scorm12.zip") as package:
        return package.read("shared/style.css")


def test_templates_of_a_department_are_those_of_its_courses(tmp_path: Path) -> None:
    course = with_templates(tmp_path)
    done = run("build", course, "-o", tmp_path / "out", "-f", "scorm12")
    assert done.returncode == 0, done.stderr
    assert b".ours { color: red }" in style_of(tmp_path / "out" / "c")
    told = [line for line in done.stderr.splitlines() if "templates-named" in line]
    assert [line.partition(" [")[0] for line in told] == [
        "../../department.toml:1: note: the products are made with the templates in our templates"
    ]
    write(tmp_path / "mine" / "scorm" / "style.css", b"/* mine */\n")
    done = run("build", course, "-o", tmp_path / "out", "-f", "scorm12", "--templates", tmp_path / "mine")
    assert style_of(tmp_path / "out" / "c") == b"/* mine */\n"
    shown = [" ".join(line.split()) for line in run("inspect", course).stdout.splitlines()]
    assert "templates ../../department.toml:1" in shown


def test_a_course_may_name_templates_of_its_own_which_are_no_documents(tmp_path: Path) -> None:
    course = with_templates(tmp_path)
    write(course / "мои" / "scorm" / "style.css", b"/* mine */\n")
    write(course / "мои" / "papers" / "syllabus.docx", b"x")
    toml = course / "course.toml"
    write(toml, b'templates = "\xd0\xbc\xd0\xbe\xd0\xb8"\n' + toml.read_bytes())
    assert loaded(course).templates == course / "мои"
    rows = table(understood(course))
    assert rows["мои"] == ("used", "as templates")
    assert not [name for name in rows if name.startswith("мои/")]
    write(course / "department.toml", b'templates = "\xd0\xbc\xd0\xbe\xd0\xb8"\n')
    toml.unlink()
    assert [entry.file for entry in loaded(course).project.source] == ["a.txt"]


def test_an_archive_holds_the_templates_and_a_bag_runs_none_of_its_own(tmp_path: Path) -> None:
    course = with_templates(tmp_path)
    assert run("build", course, "-o", tmp_path / "out", "-f", "scorm12").returncode == 0
    bag = archive.archive(tmp_path / "out" / "c", tmp_path / "bags", edition.Registered(), [course]).path
    assert (bag / "data" / "templates" / "scorm" / "style.css").is_file()
    done = run("verify", bag, "--rebuild")
    assert "they are programs of whoever made it, and were not run" in done.stdout + done.stderr
    assert run("verify", bag, "--rebuild", "--trust-templates").returncode == 0
    write(tmp_path / "our templates" / "scorm" / "style.css", b"/* later */\n")
    with pytest.raises(CoursepackError, match="does not hold the templates that the products were made with"):
        archive.archive(tmp_path / "out" / "c", tmp_path / "more", edition.Registered(), [course])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../t", "templates = '../t' lies outside, expected the name of a folder in "),
        ("t", "templates = 't' is missing, expected a folder in "),
        ("link", "templates = 'link' is not read: it is a link"),
    ],
)
def test_templates_that_cannot_be_used_are_told(tmp_path: Path, name: str, said: str) -> None:
    course = folder(tmp_path, text=f'templates = "{name}"\n')
    (tmp_path / "far").mkdir()
    if sys.platform != "win32":
        (tmp_path / "link").symlink_to(tmp_path / "far")
    elif name == "link":
        pytest.skip("links need a right there")
    with pytest.raises(CoursepackError) as caught:
        loaded(course)
    assert str(caught.value).startswith(f"{tmp_path / 'department.toml'}:1: {said}")


def test_mistakes_of_the_department_and_the_course_are_told_together(tmp_path: Path) -> None:
    course = folder(tmp_path, "[about]\ncredits = -1\n", text='id = "x"\n[exam]\nrelease = "all"\n')
    with pytest.raises(CoursepackError, match="'id' applies to one course only"):
        loaded(course)
    write(tmp_path / "department.toml", b'[exam]\nrelease = "all"\ntickets = 0\n')
    with pytest.raises(CoursepackError) as caught:
        loaded(course)
    assert [str(each.place) for each in caught.value.each()] == [
        f"{tmp_path / 'department.toml'}:2",
        f"{tmp_path / 'department.toml'}:3",
        f"{course / 'course.toml'}:8",
    ]


def test_it_holds_for_a_folder_without_a_course_toml(tmp_path: Path) -> None:
    course = folder(tmp_path)
    (course / "course.toml").unlink()
    assert loaded(course).declared.university == "Үлгі университеті"


def test_one_that_lies_too_far_above_is_none(tmp_path: Path) -> None:
    course = folder(tmp_path)
    far = course.joinpath("1", "2", "3")
    write(far / "a.txt", (course / "a.txt").read_bytes())
    declare(far, ("a.txt", "lecture"))
    assert loaded(far).declared.university is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[about]\nuniversty = "x"\n', r"department\.toml:2: unknown key 'about.universty', expected 'university'"),
        ('\nid = "x"\n', r"department\.toml:2: 'id' applies to one course only"),
        ('[[source]]\nfile = "a.txt"\n', r"department\.toml:1: 'source' applies to one course only"),
        ("[about]\ncredits = -1\n", r"department\.toml:2: 'about.credits' is -1, expected no negative number"),
        ("[about\n", r"department\.toml:1: the head of a table is not closed, expected \[name\]"),
        ('[exam]\nrelease = "all"\n', r"department\.toml:2: 'exam.release'"),
    ],
)
def test_a_mistake_is_answered_with_the_file_of_the_department(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CoursepackError, match=said):
        loaded(folder(tmp_path, text=text))


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("links need a right there")
    course = folder(tmp_path)
    (tmp_path / "department.toml").replace(tmp_path / "far.toml")
    (tmp_path / "department.toml").symlink_to(tmp_path / "far.toml")
    with pytest.raises(CoursepackError, match="not read: it is a link"):
        loaded(course)


def test_it_is_archived_with_the_course_and_nothing_above_a_bag_counts(tmp_path: Path) -> None:
    course = folder(tmp_path, text=DEPARTMENT.replace("second_language", "# second_language"))
    assert run("build", course, "-o", tmp_path / "out").returncode == 0
    built = tmp_path / "out" / "c"
    assert "department" in json.loads((built / "build-report.json").read_bytes())["asked"]
    bag = archive.archive(built, tmp_path / "bags", edition.Registered(), [course]).path
    kept = sorted(path.name for path in (bag / "data" / "sources").iterdir())
    assert kept == ["a.txt", "course.toml", "department.toml"]
    write(tmp_path / "bags" / "department.toml", b'[about]\nuniversity = "another"\n')
    done = run("verify", bag, "--rebuild")
    assert done.returncode == 0, done.stderr
    write(tmp_path / "department.toml", b'[about]\nuniversity = "changed"\n')
    with pytest.raises(CoursepackError, match=r"the department\.toml that was built from"):
        archive.archive(built, tmp_path / "other", edition.Registered(), [course])


def test_a_change_of_it_is_another_revision(tmp_path: Path) -> None:
    text = DEPARTMENT.replace("second_language", "# second_language")
    course = folder(tmp_path, text=text)
    assert run("build", course, "-f", "syllabus,cc13", "-o", tmp_path / "out").returncode == 0
    write(tmp_path / "department.toml", (text + "# changed\n").encode())
    assert run("build", course, "-f", "cc13", "-o", tmp_path / "out").returncode == 0
    report = json.loads((tmp_path / "out" / "c" / "build-report.json").read_bytes())
    assert "product-older" in {finding["code"] for finding in report["findings"]}


def test_a_language_that_nobody_knows_is_a_mistake_of_the_course_alone(tmp_path: Path) -> None:
    course = folder(tmp_path)
    toml = course / "course.toml"
    toml.write_text(toml.read_text("utf-8").replace('language = "kk"', 'language = "kaz"'), "utf-8")
    with pytest.raises(CoursepackError) as caught:
        loaded(course)
    assert str(caught.value.place).endswith("course.toml:3")
    assert caught.value.message == "'language': invalid enum value 'kaz', expected one of en, kk, ru"
    assert caught.value.also == ()
