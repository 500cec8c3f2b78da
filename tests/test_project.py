"""course.toml is read strictly: every mistake is answered with file, line, what was found and what was expected."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import pytest

from coursepack.model.blocks import block_text
from coursepack.place import CoursepackError
from coursepack.project.course_toml import Loaded, edition, load
from tests.cli.test_build import run


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    structure: str = "course"


GOOD = """\
# a comment
id = "tarih"
title = "Қазақстан тарихы"
language = "kk"

[[source]]
file = "a.txt"
role = "article"

[[source]]
file = "b.txt"
role = "reading"
label = "Қарар" # no title

[about]
credits = 5

[scorm]
structure = "week"
"""


def _load(folder: Path, text: str) -> Loaded:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("мәтін", encoding="utf-8")
    path = folder / "course.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, {"scorm": Options})


def test_what_is_declared_is_read(tmp_path: Path) -> None:
    loaded = _load(tmp_path, GOOD)
    assert loaded.project.id == "tarih"
    assert [(entry.file, entry.role, entry.label) for entry in loaded.project.source] == [
        ("a.txt", "article", None),
        ("b.txt", "reading", "Қарар"),
    ]
    assert loaded.declared.credits == 5
    assert loaded.options["scorm"] == Options(structure="week")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("title =", "titel =", 3, "unknown key 'titel', expected 'title'"),
        ('"kk"', "3", 4, "'language' is a whole number, expected one of en, kk, ru"),
        ('"kk"', '"de"', 4, "'language': invalid enum value 'de', expected one of en, kk, ru"),
        ('"article"', '"artikle"', 8, "'source.role': invalid enum value 'artikle', expected one of article, "),
        ('"b.txt"', '"c.txt"', 11, "source file 'c.txt' is missing, expected a file in "),
        ("label", "lable", 13, "unknown key 'source.lable', expected 'label'"),
        ("credits = 5", 'credits = "five"', 16, "'about.credits' is a text, expected "),
        ("credits", "kredits", 16, "unknown key 'about.kredits', expected 'credits'"),
        ("structure", "structur", 19, "unknown key 'scorm.structur', expected 'structure'"),
        ("[scorm]", "[skorm]", 18, "unknown key 'skorm', expected 'scorm'"),
        ('id = "tarih"', 'id = "Тарих"', 2, "id = 'Тарих', expected lower-case Latin letters"),
        ('id = "tarih"\n', "", 1, "'id' is missing, expected a value"),
        ('language = "kk"', 'language = "kk', 4, "a text is not closed, expected a quotation mark at its end"),
    ],
)
def test_a_mistake_names_its_line(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    with pytest.raises(CoursepackError) as caught:
        _load(tmp_path, GOOD.replace(old, new, 1))
    text = str(caught.value)
    assert text.startswith(f"{tmp_path / 'course.toml'}:{line}: "), text
    assert message in text


WRONG = """\
id = "Тарих"
titel = "Қазақстан тарихы"
language = "kk"
timezone = "Asia/Nowhere"

[[source]]
file = "c.txt"
role = "article"

[[source]]
file = "b.txt"
role = "artikle"
lable = "Қарар"

[about]
credits = "five"
teachers = [{ name = "А" }, { nam = "Б" }]

[about.hours]
total = -5

[exam]
tickets = 0

[scorm]
structur = "week"

[[correction]]
begins = "x"
kind = "replace"
"""


def test_all_mistakes_are_told_at_once_by_line(tmp_path: Path) -> None:
    with pytest.raises(CoursepackError) as caught:
        _load(tmp_path, WRONG)
    found = [(each.place.first, each.message.partition(",")[0]) for each in caught.value.each() if each.place]
    assert found == [
        (1, "id = 'Тарих'"),
        (2, "unknown key 'titel'"),
        (4, "timezone = 'Asia/Nowhere'"),
        (7, "source file 'c.txt' is missing"),
        (12, "'source.role': invalid enum value 'artikle'"),
        (13, "unknown key 'source.lable'"),
        (16, "'about.credits' is a text"),
        (17, "unknown key 'about.teachers.nam'"),
        (20, "'about.hours.total' is -5"),
        (23, "'exam.tickets' is out of range"),
        (26, "unknown key 'scorm.structur'"),
        (30, "kind = 'replace' without 'text'"),
    ]


def test_every_control_character_is_told(tmp_path: Path) -> None:
    with pytest.raises(CoursepackError) as caught:
        _load(tmp_path, GOOD.replace("тарихы", "\\u0007").replace("Қарар", "\\u001b"))
    assert [each.place and each.place.first for each in caught.value.each()] == [3, 13]


def test_what_a_call_prints_is_a_line_for_each_mistake(tmp_path: Path) -> None:
    with pytest.raises(CoursepackError):
        _load(tmp_path, WRONG)
    done = run("inspect", tmp_path)
    assert done.returncode == 2
    lines = [line for line in done.stderr.splitlines() if "course.toml:" in line]
    assert len(lines) == 12
    assert all(line.startswith(f"error: {tmp_path / 'course.toml'}:") for line in lines)


BY_LANGUAGE = """\
id = "tarih"
title = "Қазақстан тарихы"
language = "kk"
languages = ["ru"]

[about]
credits = 5
university = "Үлгі университеті"
policies = [{ title = "Тәртіп", text = "Кешікпеу." }]

[about.ru]
university = "Университет-пример"
aim = "Знать."
semester = 2

[about.kk]
aim = "Білу."
"""


def test_what_is_declared_by_language_is_of_its_edition(tmp_path: Path) -> None:
    kk = _load(tmp_path, BY_LANGUAGE)
    ru = edition(kk, "ru")
    assert (kk.declared.university, block_text(kk.declared.aim), kk.declared.semester) == (
        "Үлгі университеті",
        "Білу.",
        None,
    )
    assert (ru.declared.university, block_text(ru.declared.aim), ru.declared.semester) == (
        "Университет-пример",
        "Знать.",
        "2",
    )
    assert [each.declared.credits for each in (kk, ru)] == [5, 5]
    assert [[part.title for part in each.declared.policies] for each in (kk, ru)] == [["Тәртіп"], ["Тәртіп"]]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("[about.ru]", "[about.en]", 11, "there is no edition in 'en', expected 'kk' or 'ru'"),
        ("[about.ru]", "[about.de]", 11, "there is no edition in 'de', expected 'kk' or 'ru'"),
        ("semester = 2", "semestr = 2", 14, "unknown key 'about.ru.semestr', expected 'semester'"),
        ("semester = 2", "credits = -2", 14, "'about.ru.credits' is -2, expected no negative number"),
    ],
)
def test_a_mistake_of_one_language_is_told(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    with pytest.raises(CoursepackError) as caught:
        _load(tmp_path, BY_LANGUAGE.replace(old, new))
    assert str(caught.value).startswith(f"{tmp_path / 'course.toml'}:{line}: {message}")


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_bytes('id = "x"\ntitle = "Тарих"\n'.encode("cp1251"))
    with pytest.raises(CoursepackError, match=r"course.toml:2: not UTF-8, expected a TOML file in UTF-8"):
        load(tmp_path / "course.toml", {})


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    assert _load(tmp_path, "\ufeff" + GOOD).project.title == "Қазақстан тарихы"


ADDED = [
    ('timezone = "Asia/Nowhere"', 5, "timezone = 'Asia/Nowhere', expected a name such as"),
    ('titles = { de = "x" }', 5, "'titles': invalid enum value 'de', expected one of en, kk, ru"),
    ("x = " + "[" * 3000, 0, "nested too deeply"),
    ('[[source]]\nfile = "../a.txt"\nrole = "reading"', 6, "source file '../a.txt' lies outside, expected the name"),
    ('[[source]]\nfile = "/etc/passwd"\nrole = "reading"', 6, "source file '/etc/passwd' lies outside"),
    ("[[source]]\nfile = 'C:\\a.txt'\nrole = \"reading\"", 6, "lies outside"),
    (f'[[source]]\nfile = "{"a" * 400}"\nrole = "reading"', 6, "is missing, expected a file in"),
    ('[[source]]\nfile = "a.txt"\nrole = "reading"\nweek = 0', 8, "'source.week' is out of range, expected at least 1"),
    ('[[source]]\nfile = "a.txt"\nrole = "reading"\nlanguage = "de"', 8, "expected one of en, kk, ru"),
    (
        '[[source]]\nfile = "a.txt"\nrole = "reading"\n\nexam = 1',
        9,
        "'exam' of the whole course belongs above the first",
    ),
    ("[exam]\ntickets = -3", 6, "'exam.tickets' is out of range, expected at least 1"),
    ('[markers]\nreviw = ["x"]', 6, "unknown key 'markers.reviw', expected 'review'"),
    ('[[correction]]\nbegins = ""\nkind = "debris"', 6, "'correction.begins' is empty, expected a text"),
    ('[[correction]]\nbegins = "x"\nkind = "replace"', 7, "kind = 'replace' without 'text', expected both"),
    ('[[assignment]]\nassignment = "w01"\ndue = "soon"', 7, "due = 'soon', expected a date such as 2026-11-20"),
    ("[about.hours]\ntotal = -5", 6, "'about.hours.total' is -5, expected no negative number"),
    ('[about]\ncode = "A\\u001b[2J"', 6, "'about.code' holds a control character, expected a text that can be printed"),
    ('[[source]]\nfile = "a\\u2028.txt"\nrole = "reading"', 6, "source file 'a\\u2028.txt' is missing"),
    ("[[scorm]]\nstructure = 3", 5, "'scorm' is a list, expected a table"),
]


@pytest.mark.parametrize(("added", "line", "message"), ADDED)
def test_what_types_let_pass_is_answered_too(tmp_path: Path, added: str, line: int, message: str) -> None:
    (tmp_path / "a.txt").write_text("мәтін", encoding="utf-8")
    path = tmp_path / "course.toml"
    path.write_text(f'id = "x"\ntitle = "T"\nlanguage = "kk"\n\n{added}\n', encoding="utf-8")
    with pytest.raises(CoursepackError) as caught:
        load(path, {"scorm": Options}, {"review", "lecture"})
    assert str(caught.value).startswith(f"{path}:{line}: " if line else f"{path}: "), str(caught.value)
    assert message in str(caught.value)


def test_a_date_of_toml_is_a_date_and_a_text_makes_paragraphs(tmp_path: Path) -> None:
    loaded = _load(
        tmp_path,
        GOOD.replace(
            "credits = 5",
            'aim = "Бірінші.\\n\\nЕкінші."\npolicies = [{ title = "Тәртіп", text = "Кешікпеу." }]\n\n'
            '[[assignment]]\nassignment = "w01-task"\ndue = 2026-11-20',
        ),
    )
    assert [block_text((block,)) for block in loaded.declared.aim] == ["Бірінші.", "Екінші."]
    assert [(part.title, block_text(part.blocks)) for part in loaded.declared.policies] == [("Тәртіп", "Кешікпеу.")]
    assert loaded.project.assignment[0].due == "2026-11-20"


def test_every_key_is_in_the_page_about_course_toml() -> None:
    from coursepack import discovery
    from coursepack.model.course import About, Approval, Grading, Hours, Literature, Teacher
    from coursepack.project import course_toml as project

    page = (Path(__file__).parents[1] / "docs" / "course-toml.md").read_text("utf-8")
    tables = (
        project.SourceEntry,
        project.ExamTable,
        project.Correction,
        project.Deadline,
        project.Variant,
        project.FilesTable,
    )
    about = (About, Hours, Teacher, Grading, Approval, Literature)
    keys = {key for table in (*tables, *about) for key in table.__struct_fields__} - {"blocks", "question", "of"}
    keys |= {
        key for table, kind in discovery.writer_tables().items() for key in (f"[{table}]", *kind.__struct_fields__)
    }
    keys |= discovery.marker_kinds()
    assert {key for key in keys - {"since"} if f"`{key}`" not in page} == set()
    top = set(project.Project.__struct_fields__) - {"writers"}
    assert {key for key in top if f"{key} = " not in page and f"[{key}]" not in page} == set()


def test_a_policy_may_be_named_freely_and_a_hostile_name_becomes_an_id(tmp_path: Path) -> None:
    path = tmp_path / "course.toml"
    path.write_text(
        'id = "x"\ntitle = "T"\nlanguage = "kk"\n[about]\npolicies = [\n'
        '{ id = "Ереже № 1", title = "А", text = "Б" },\n'
        "{ id = '../\"><script>', title = 'А', text = 'Б' },\n{ title = 'А', text = 'Б' }]\n",
        encoding="utf-8",
    )
    ids = [part.id for part in load(path, {}).declared.policies]
    assert ids == ["Ереже № 1", "part-" + hashlib.sha256(b'../"><script>').hexdigest()[:8], "policy-3"]


def test_a_number_is_a_text_where_it_is_only_printed(tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_text(
        'id = "c"\ntitle = "C"\nlanguage = "en"\n[about]\nsemester = 2\ncode = 3208\n', "utf-8"
    )
    about = load(tmp_path / "course.toml", {}).declared
    assert (about.semester, about.code) == ("2", "3208")
    (tmp_path / "course.toml").write_text('id = "c"\ntitle = "C"\nlanguage = "en"\n[about]\nsemester = true\n', "utf-8")
    with pytest.raises(CoursepackError, match=r"course\.toml:5: 'about\.semester' is true or false, expected a text"):
        load(tmp_path / "course.toml", {})


MEANT = """id = "c"
title = "C"
language = "en"
languages = "ru"
links = "https://a.example"
[about]
credits = "5"
study_year = "2"
year = 2026
objectives = "To see"
keywords = [1984, "novel"]
hours = { lecture = "15" }
[about.teachers]
name = "B. A."
room = 305
[about.ru]
semester = 2
[exam]
tickets = "25"
tests_in_tickets = "true"
[[assignment]]
assignment = "w01"
points = "2.5"
"""


def test_what_can_be_meant_in_one_way_only_is_taken_so(tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_text(MEANT, "utf-8")
    found = load(tmp_path / "course.toml", {})
    about = found.declared
    assert (about.credits, about.study_year, about.year, about.objectives) == (5, 2, "2026", ("To see",))
    assert (about.keywords, about.hours and about.hours.lecture) == (("1984", "novel"), 15)
    assert [(teacher.name, teacher.room) for teacher in about.teachers] == [("B. A.", "305")]
    assert (found.project.languages, found.project.links) == (("ru",), ("https://a.example",))
    assert (found.abouts["ru"].semester, found.project.exam.tickets) == ("2", 25)
    assert (found.project.exam.tests_in_tickets, found.project.assignment[0].points) == (True, 2.5)


@pytest.mark.parametrize("value", ['"five"', '"-5"', "true", '["5"]', '"5 ECTS"', '""'])
def test_what_is_no_number_is_told(tmp_path: Path, value: str) -> None:
    text = f'id = "c"\ntitle = "C"\nlanguage = "en"\n[about]\ncredits = {value}\n'
    (tmp_path / "course.toml").write_text(text, "utf-8")
    with pytest.raises(CoursepackError, match=r"course\.toml:5: 'about\.credits' is .*, expected a number"):
        load(tmp_path / "course.toml", {})
