"""Every key of course.toml and every option of a writer changes what is made: each is tried with two values."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

import msgspec
import pytest

from coursepack import build, discovery
from coursepack.model import course as model
from coursepack.model.blocks import text_blocks
from coursepack.model.course_json import encode
from coursepack.model.questions import TrueFalse
from coursepack.place import Severity
from coursepack.project import course_toml

LECTURES = """1-дәріс. Билік ұғымы

Жоспары
1. Билік туралы түсінік.
2. Биліктің түрлері.

Билік туралы алғашқы мәтін осы жерден басталады және бірнеше сөйлемнен тұрады. Екінші сөйлем де осында. Үшінші сөйлем
билік пен қоғамның байланысын түсіндіреді. Төртінші сөйлем мысал келтіреді және қорытынды жасайды.

Бақылау сұрақтары
1. Билік дегеніміз не?
2. Биліктің қандай түрлері бар?

2-дәріс. Мемлекет ұғымы

Жоспары
1. Мемлекет туралы түсінік.

Мемлекет туралы мәтін осы жерден басталады және бірнеше сөйлемнен тұрады. Екінші сөйлем де осында.

Бақылау сұрақтары
1. Мемлекет дегеніміз не?
"""
RUSSIAN = """Лекция 1. Понятие власти

План
1. Понятие о власти.
2. Виды власти.

Первый текст о власти начинается здесь и состоит из нескольких предложений. Второе предложение тоже здесь. Третье
предложение объясняет связь власти и общества. Четвёртое предложение приводит пример и подводит итог сказанному.

Контрольные вопросы
1. Что такое власть?
2. Какие есть виды власти?

Лекция 2. Понятие государства

План
1. Понятие о государстве.

Текст о государстве начинается здесь и состоит из нескольких предложений. Второе предложение тоже здесь.

Контрольные вопросы
1. Что такое государство?
"""
EXAM = "Емтихан сұрақтары\n\n" + "".join(f"{n}. Биліктің {n} белгісін сипаттаңыз?\n" for n in range(1, 25))
TASKS = """Өзіндік жұмыс тапсырмалары

1-апта
СӨЖ 1. Билік туралы эссе жазу

2-апта
СӨЖ 2. Мемлекет туралы реферат жазу
"""
GIFT = "::а:: Астана қай жылы астана болды? {=1997 ~1998 ~1999}\n\n::б:: Балл 1.5 ме? {T}\n"
BASE = """id = "kurs"
title = "Билік"
language = "kk"

[[source]]
file = "a.txt"
role = "textbook"

[[source]]
file = "exam.txt"
role = "questions"

[[source]]
file = "tasks.txt"
role = "assignments"

[[source]]
file = "bank.gift"
role = "questions"
"""
READING = '[[source]]\nfile = "text.txt"\nrole = "reading"\n'
FILES = {
    "a.txt": LECTURES,
    "ru.txt": RUSSIAN,
    "both.txt": LECTURES + RUSSIAN,
    "exam.txt": EXAM,
    "tasks.txt": TASKS,
    "bank.gift": GIFT,
    "text.txt": "Билік туралы мақала\n\n" + "Бұл мақалада билік туралы айтылады және мысалдар келтіріледі. " * 8 + "\n",
    "one.txt": LECTURES[LECTURES.index("\n") + 1 : LECTURES.index("2-дәріс")],
}


class Course:
    """A course.toml: ``top`` keys, changed sources, further ``tables``."""

    def __init__(self, top: str = "", tables: str = "", *changes: tuple[str, str]) -> None:
        head, mark, rest = BASE.partition("\n[[source]]")
        text = head + f"{top}\n" + mark + rest + tables + "\n"
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        self.text = text
        self.changes = changes


class Whole(Course):
    """The same of one source that is a whole course."""

    def __init__(self, tables: str) -> None:
        super().__init__()
        self.text = BASE.partition("\n[[source]]")[0] + source("course.json", "course") + tables


def source(file: str, role: str, more: str = "") -> str:
    return f'\n[[source]]\nfile = "{file}"\nrole = "{role}"\n{more}'


PLAIN = Course()
TEXT = Course("", source("text.txt", "reading"))
ONE = Course("", "", ('file = "a.txt"\nrole = "textbook"', 'file = "one.txt"\nrole = "lecture"'))
ODD = Course("", "", ('file = "a.txt"', 'file = "odd.txt"'))
DEAD = '[[assignment]]\nassignment = "w01-independent"\n'
VARIANT = "[exam]\ntickets = 20\nquestions_per_ticket = 1\n"
ZONED = 'timezone = "Asia/Almaty"'
ZONE = Course(ZONED)
START = '[moodle-backup]\nstart = "2026-09-01"\n'


def entry(more: str) -> Course:
    """The lecture without a number of its own, with more keys."""
    return Course("", "", ('file = "a.txt"\nrole = "textbook"\n', f'file = "one.txt"\nrole = "lecture"\n{more}\n'))


def correction(kind: str, more: str = "", begins: str = "Билік туралы алғашқы") -> Course:
    return Course("", f'[[correction]]\nbegins = "{begins}"\nkind = "{kind}"\n{more}\n')


def table(name: str, text: str) -> Course:
    return Course("", f"[{name}]\n{text}\n")


EXAM_OF_RUSSIAN = ('Билік"\nlanguage = "kk"', 'Билік"\nlanguage = "kk"\nlanguages = ["ru"]')
# Setting → one course, another, the format to look at, and what only the other one says (nothing: other bytes).
TRIED: dict[str, tuple[Course, Course, str, str]] = {
    "Project.id": (PLAIN, Course("", "", ('id = "kurs"', 'id = "basqa"')), "gift", "basqa-questions.gift"),
    "Project.title": (PLAIN, Course("", "", ('"Билік"', '"Мемлекеттану"')), "cc11", "Мемлекеттану"),
    "Project.language": (PLAIN, Course("", "", ('"kk"', '"ru"')), "cc11", "Контрольные вопросы"),
    "Project.languages": (PLAIN, Course('languages = ["ru"]'), "cc11", "kurs-ru/"),
    "Project.titles": (
        Course('languages = ["ru"]'),
        Course('languages = ["ru"]\ntitles = { ru = "О власти" }'),
        "cc11",
        "О власти",
    ),
    "Project.source": (PLAIN, TEXT, "markdown", "Бұл мақалада"),
    "Project.about": (PLAIN, table("about", 'code = "KK-101"'), "syllabus", "KK-101"),
    "Project.exam": (PLAIN, table("exam", 'form = "ауызша"'), "syllabus", "ауызша"),
    "Project.markers": (ODD, Course("", '[markers]\nreview = ["ойлануға арналған"]\n', *ODD.changes), "markdown", ""),
    "Project.correction": (PLAIN, correction("debris"), "markdown", ""),
    "Project.assignment": (PLAIN, Course("", f"{DEAD}points = 7\n"), "markdown", '"points":7'),
    "Project.links": (PLAIN, Course('links = ["https://example.org/zan"]'), "cc11", "https://example.org/zan"),
    "Project.timezone": (Course(ZONED, START), Course('timezone = "America/Lima"', START), "moodle-backup", ""),
    "Project.writers": (PLAIN, table("scorm", 'structure = "single"'), "scorm12", ""),
    "SourceEntry.file": (TEXT, Course("", source("more.txt", "reading")), "markdown", "Басқа мақала"),
    "SourceEntry.role": (TEXT, Course("", source("text.txt", "lecture", "number = 5\n")), "markdown", ""),
    "SourceEntry.number": (entry("number = 3"), entry("number = 4"), "markdown", "w04-lecture"),
    "SourceEntry.week": (entry("number = 3"), entry("number = 3\nweek = 9"), "markdown", "w09"),
    "SourceEntry.title": (entry("number = 3"), entry('number = 3\ntitle = "Атауы басқа"'), "markdown", "Атауы басқа"),
    "SourceEntry.label": (TEXT, Course("", source("text.txt", "reading", 'label = "Оқуға"\n')), "markdown", "Оқуға"),
    "SourceEntry.language": (
        Course("", "", ('file = "a.txt"\n', 'file = "both.txt"\n')),
        Course("", "", ('file = "a.txt"\n', 'file = "both.txt"\nlanguage = "ru"\n')),
        "markdown",
        "Понятие о власти",
    ),
    "SourceEntry.encoding": (
        Course("", source("old.txt", "reading", 'encoding = "cp1251"\n')),
        Course("", source("old.txt", "reading", 'encoding = "koi8-r"\n')),
        "markdown",
        "",
    ),
    "Variant.question": (
        table("exam", VARIANT.partition("\n")[2] + "variants = [{ question = 2, of = 1 }]"),
        table("exam", VARIANT.partition("\n")[2] + "variants = [{ question = 3, of = 1 }]"),
        "markdown",
        "",
    ),
    "Variant.of": (
        table("exam", "variants = [{ question = 4, of = 1 }]"),
        table("exam", "variants = [{ question = 4, of = 2 }]"),
        "markdown",
        "",
    ),
    "ExamTable.release": (PLAIN, table("exam", 'release = "teacher-only"'), "scorm12", ""),
    "ExamTable.form": (PLAIN, table("exam", 'form = "жазбаша емтихан"'), "syllabus", "жазбаша емтихан"),
    "ExamTable.questions_per_ticket": (PLAIN, table("exam", "questions_per_ticket = 2"), "exam-tickets", ""),
    "ExamTable.tickets": (PLAIN, table("exam", "tickets = 5"), "exam-tickets", "5 билет"),
    "ExamTable.seed": (PLAIN, table("exam", "seed = 77"), "exam-tickets", "77"),
    "ExamTable.practice_questions": (PLAIN, table("exam", "practice_questions = 1"), "scorm12", ""),
    "ExamTable.variants": (PLAIN, table("exam", "variants = [{ question = 2, of = 1 }]"), "markdown", "variant_of"),
    "Correction.begins": (correction("debris"), correction("debris", "", "Мемлекет туралы мәтін"), "markdown", ""),
    "Correction.kind": (correction("debris"), correction("heading"), "markdown", ""),
    "Correction.file": (
        Course("", source("copy.txt", "reading"), ('file = "a.txt"', 'file = "a.txt"')),
        Course(
            "",
            source("copy.txt", "reading") + '[[correction]]\nbegins = "Билік туралы алғашқы"\nkind = "debris"\n'
            'file = "copy.txt"\n',
        ),
        "markdown",
        "",
    ),
    "Correction.level": (correction("heading", "level = 2"), correction("heading", "level = 3"), "markdown", ""),
    "Correction.session": (
        PLAIN,
        correction("session", 'session = "w02-lecture"', "Биліктің 3 белгісін"),
        "markdown",
        "",
    ),
    "Correction.text": (
        correction("replace", 'text = "Бірінші нұсқа."'),
        correction("replace", 'text = "Екінші нұсқа."'),
        "markdown",
        "Екінші нұсқа.",
    ),
    "Deadline.assignment": (
        Course("", f"{DEAD}points = 7\n"),
        Course("", f"{DEAD}points = 7\n".replace("w01", "w02")),
        "markdown",
        "",
    ),
    "Deadline.due": (PLAIN, Course("", f'{DEAD}due = "2026-11-20"\n'), "moodle-backup", ""),
    "Deadline.due_week": (PLAIN, Course("", f"{DEAD}due_week = 5\n"), "markdown", '"due_week":5'),
    "Deadline.hours": (PLAIN, Course("", f"{DEAD}hours = 6\n"), "markdown", '"hours":6'),
    "Deadline.points": (PLAIN, Course("", f"{DEAD}points = 7\n"), "moodle-backup", ""),
    "Deadline.form": (PLAIN, Course("", f'{DEAD}form = "баяндама"\n'), "syllabus", "баяндама"),
    "Deadline.title": (PLAIN, Course("", f'{DEAD}title = "Эссе атауы"\n'), "cc11", "Эссе атауы"),
    "cartridge.pages": (
        Course("", source("parts.md", "lecture")),
        Course("", source("parts.md", "lecture") + '[cartridge]\npages = "section"\n'),
        "cc11",
        "",
    ),
    "cartridge.audience": (PLAIN, table("cartridge", 'audience = "teacher"'), "cc11", ""),
    "papers.syllabus": (PLAIN, table("papers", 'syllabus = "grid"'), "syllabus", ""),
    "papers.ticket": (PLAIN, table("papers", 'ticket = "row"'), "exam-tickets", ""),
    "papers.course_set": (PLAIN, table("papers", 'course_set = "parts"'), "course-set", ""),
    "papers.words": (PLAIN, table("papers", 'words = "en"'), "syllabus", "Course title"),
    "papers.second_language": (PLAIN, table("papers", 'second_language = "ru"'), "syllabus", "Наименование дисциплины"),
    "papers.plan_weeks": (PLAIN, table("papers", "plan_weeks = 9"), "syllabus", ""),
    "papers.letter_scale": (PLAIN, table("papers", "letter_scale = false"), "syllabus", ""),
    "papers.ticket_balance": (PLAIN, table("papers", 'ticket_balance = "none"'), "exam-tickets", ""),
    "csv.delimiter": (PLAIN, table("csv", 'delimiter = ","'), "csv", ""),
    "moodle-backup.short_name": (PLAIN, table("moodle-backup", 'short_name = "BIL-1"'), "moodle-backup", "BIL-1"),
    "moodle-backup.start": (ZONE, Course(ZONED, START), "moodle-backup", "1788202800"),
    "moodle-backup.exam_opens": (
        Course(ZONED, START),
        Course(ZONED, f'{START}exam_opens = "2026-12-20T09:00"\n'),
        "moodle-backup",
        "1797739200",
    ),
    "moodle-backup.exam_closes": (
        Course(ZONED, f'{START}exam_opens = "2026-12-20T09:00"\n'),
        Course(ZONED, f'{START}exam_opens = "2026-12-20T09:00"\nexam_closes = "2026-12-20T12:00"\n'),
        "moodle-backup",
        "1797750000",
    ),
    "moodle-backup.exam_minutes": (PLAIN, table("moodle-backup", "exam_minutes = 45"), "moodle-backup", "2700"),
    "moodle-backup.papers": (PLAIN, table("moodle-backup", "papers = false"), "moodle-backup", ""),
    "moodle.since": (PLAIN, PLAIN, "moodle-xml", ""),
    "moodle.split": (PLAIN, table("moodle", "split = 10"), "moodle-xml", ""),
    "scorm.structure": (PLAIN, table("scorm", 'structure = "week"'), "scorm12", ""),
    "scorm.completion_threshold": (PLAIN, table("scorm", "completion_threshold = 0.5"), "scorm2004", "0.5"),
    "scorm.mastery_score": (
        Whole("[scorm]\nmastery_score = 50\n"),
        Whole("[scorm]\nmastery_score = 83\n"),
        "scorm12",
        "<adlcp:masteryscore>83<",
    ),
}
# A session's question with a key, which no document of ours has.
FILES["course.json"] = encode(
    model.Course(
        id="kurs",
        title="Билік",
        language="kk",
        weeks=(
            model.Week(
                id="w01",
                number=1,
                sessions=(
                    model.Session(
                        id="w01-lecture",
                        kind="lecture",
                        number=1,
                        title="Билік",
                        blocks=text_blocks("Мәтін."),
                        review=(TrueFalse(id="w01-lecture-q1", text=text_blocks("Солай ма?"), answer=True),),
                    ),
                ),
            ),
        ),
    )
).decode()
FILES["odd.txt"] = LECTURES.replace("Бақылау сұрақтары", "Ойлануға арналған")
FILES["more.txt"] = FILES["text.txt"].replace("Билік туралы мақала", "Басқа мақала")
FILES["copy.txt"] = "Мақала\n\n" + LECTURES.split("\n")[6] + "\n\n" + FILES["text.txt"].split("\n")[2] + "\n"
FILES["parts.md"] = (
    "# 7-дәріс. Екі бөлім\n\n## Бірінші бөлім\n\n"
    + FILES["text.txt"].split("\n")[2]
    + ("\n\n## Екінші бөлім\n\n" + FILES["text.txt"].split("\n")[2] + "\n")
)


def _members(name: str, data: bytes) -> dict[str, bytes]:
    """A product's files; what is packed is unpacked, down to papers inside packages."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {name: data}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = [_members(f"{name}!{inner}", archive.read(inner)) for inner in archive.namelist()]
    return {key: value for one in found for key, value in one.items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("settings")
    for name, text in FILES.items():
        (made / name).write_text(text, "utf-8")
    (made / "old.txt").write_bytes(FILES["text.txt"].translate({ord("ы"): "и"}).encode("cp1251", "replace"))
    return made


@cache
def _made(folder: Path, text: str, name: str, since: Path | None = None) -> dict[str, bytes]:
    """All files of one product of a course, by their names."""
    out = folder / f"out-{len(list(folder.glob('out-*')))}"
    (folder / "course.toml").write_text(text, "utf-8")
    settings = build.Settings(formats=(name,), since=since)
    results = build.build_all(discovery.find_projects([folder / "course.toml"]), out, settings)
    errors = [told.message for one in results for told in one.findings if told.severity is Severity.ERROR]
    assert errors == []
    products = [(one.folder, product.file) for one in results if one.folder for product in one.report.products]
    found = [_members(f"{where.name}/{file}", (where / file).read_bytes()) for where, file in products]
    return {key: value for one in found for key, value in one.items()}


@pytest.mark.parametrize("setting", TRIED)
def test_it_changes_what_is_made(setting: str, folder: Path) -> None:
    before, after, name, words = TRIED[setting]
    since = None
    if setting == "moodle.since":  # an option of the call alone
        since = folder / "old.xml"
        since.write_bytes(*_made(folder, PLAIN.text, name).values())
    one, other = _made(folder, before.text, name), _made(folder, after.text, name, since)
    assert one != other
    if words:
        said = [" ".join([*made, *(data.decode("utf-8", "ignore") for data in made.values())]) for made in (one, other)]
        assert words not in said[0]
        assert words in said[1]


def test_no_setting_is_forgotten() -> None:
    structs = [
        kind
        for kind in vars(course_toml).values()
        if isinstance(kind, type) and issubclass(kind, course_toml._Table) and kind is not course_toml._Table
    ]
    wanted = {f"{kind.__name__}.{field.name}" for kind in structs for field in msgspec.structs.fields(kind)}
    for table_name, options in discovery.writer_tables().items():
        wanted |= {f"{table_name}.{field.name}" for field in msgspec.structs.fields(options)}
    assert set(TRIED) == wanted


def test_the_practice_exam_has_as_many_questions_as_were_asked_for(folder: Path) -> None:
    for number in (1, 4):
        made = _made(folder, table("exam", f"practice_questions = {number}\nseed = 5").text, "cc11")
        (assessment,) = [data for name, data in made.items() if b"cc.exam.v0p1" in data and "practice" in name] or [
            data for data in made.values() if b"cc.exam.v0p1" in data and data.count(b"<item ") == number
        ]
        assert assessment.count(b"<item ") == number
