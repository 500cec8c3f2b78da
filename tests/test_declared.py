"""Everything that course.toml can declare changes a product: a key that nothing reads is a promise not kept.

The keys are found in the types. A new one needs a line here: a product and two values, with which the product differs.
"""

from __future__ import annotations

import copy
import hashlib
import io
import typing
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image

from coursepack import build, discovery, publish, writers
from coursepack.model.artifact import Written
from coursepack.model.blocks import Heading, Run
from coursepack.model.course import About, Course, Exam, Session, Week
from coursepack.model.course_json import encode
from coursepack.model.questions import Choice, MultipleChoice
from coursepack.place import CoursepackError
from coursepack.project import course_toml
from tests.readers.deck import Deck
from tests.samples import b, every_question

TEXTBOOK = """Лекция 1. Понятие власти
Власть есть способность одних людей влиять на поведение других людей. Так говорит теория.
Прощаясь с темой
1. Что такое власть и каковы её признаки?
2. Зачем нужна власть?
Лекция 2. Виды власти
Видов власти много: политическая, экономическая и духовная. Каждая опирается на свои средства.
Контрольные вопросы
1. Какие виды власти вы знаете?
"""
QUESTIONS = "Вопросы к экзамену\n" + "".join(
    f"{n}. {text}\n"
    for n, text in enumerate(
        (
            "Понятие власти",
            "Ресурсы управления",
            "Политический режим",
            "Партии и движения",
            "Выборы парламента",
            "Гражданское общество",
            "Права человека",
            "Избирательная система",
            "Государственный аппарат",
            "Местное самоуправление",
            "Международные отношения",
            "Идеология и культура",
        ),
        1,
    )
)
TASKS = "Задания для СРС\nСРС 1. Подготовить реферат о видах власти.\nСРС 2. Составить таблицу режимов и их черт.\n"
READING = "Статья о власти. Автор рассуждает о том, что такое власть и откуда она берётся в обществе.\n"
ALONE = "Власть опирается на силу и согласие. Её признают, когда она законна, и терпят, когда она сильна.\n"
KAZAKH = (
    "Билік – қоғамдағы адамдардың мінез-құлқына ықпал ету қабілеті. Оның түрлері көп, әрқайсысы өз құралына сүйенеді.\n"
)
RUSSIAN = (
    "Власть есть способность влиять на поведение людей в обществе. Её виды многочисленны, и у каждого свои средства.\n"
)
TAGS = "".join(
    f"<question1> {stem}?\n" + "".join(f"<variant> {word}\n" for word in words.split())
    for stem, words in (
        ("Кто принимает законы", "парламент суд банк завод школа"),
        ("Кто судит", "суд парламент банк завод школа"),
    )
)
ARROWS = (
    "# Тест\n\n1. На что опирается власть?\n\n=> на закон\n\n=> на удачу\n\n",
    "2. Кто избирает парламент?\n\n=> граждане\n\n=> гости\n",
)
BARS = (
    "# Тест\n\n1. На что опирается власть?\n\nна закон ¦ на удачу\n\n2. Кто избирает парламент?\n\nграждане ¦ гости\n"
)
TICKS = """1. Какие из этих ветвей относятся к власти?
*A) законодательная
*B) исполнительная
C) торговая
D) дорожная

2. Кто избирает парламент?
*A) граждане
B) соседи
C) гости
"""
TERMS = """Глоссарий

Власть – способность влиять на поведение людей.
Право – система общих норм поведения.
Суд – орган, который решает споры.
"""
MIXED = "1-дәріс. Билік\n" + KAZAKH * 8 + "\nЛекция 1. Власть\n" + RUSSIAN * 8

FILES = {
    "textbook.txt": TEXTBOOK,
    "questions.txt": QUESTIONS,
    "tasks.txt": TASKS,
    "reading.txt": READING,
    "other.txt": READING.replace("власти", "праве"),
    "alone.txt": ALONE,
    "mixed.txt": MIXED,
    "tags.txt": TAGS,
    "ticks.txt": TICKS,
    "arrows.txt": "".join(ARROWS),
    "bars.txt": BARS,
    "terms.txt": TERMS,
}

BASE: dict[str, Any] = {
    "id": "vlast",
    "title": "Теория власти",
    "language": "ru",
    "timezone": "Asia/Almaty",
    "source": [
        {"file": "textbook.txt", "role": "textbook"},
        {"file": "questions.txt", "role": "questions"},
        {"file": "tasks.txt", "role": "assignments"},
        {"file": "reading.txt", "role": "reading"},
    ],
    "about": {
        "hours": {"lecture": 15, "total": 90},
        "teachers": [{"name": "Ахметова А. Б."}],
        "grading": {
            "weights": [{"name": "Рейтинг", "percent": 60}, {"name": "Экзамен", "percent": 40}],
            "interim": [{"after_week": 1, "name": "РК 1", "points": 100}],
        },
        "policies": [{"id": "policy-1", "title": "Честность", "text": "Плагиат не допускается."}],
        "approval": {"approver_post": "Декан"},
        "signatures": [{"role": "Заведующий кафедрой", "name": "Омаров О."}],
    },
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("declared")
    for name, text in FILES.items():
        (made / name).write_text(text, "utf-8")
    deck = Deck()
    deck.slide("Власть", READING).notes_slide.notes_text_frame.text = "Спросить о власти и согласии."
    (made / "deck.pptx").write_bytes(deck.data())
    (made / "old.txt").write_bytes(READING.encode("cp1251"))
    choices = (Choice(content=b("да"), fraction=1.0), Choice(content=b("нет")))
    review = (MultipleChoice(id="w01-lecture-q1", number=1, text=b("Власть?"), choices=choices),)
    blocks = (Heading(level=1, content=(Run(text="Понятие"),)), *b(ALONE))
    lecture = Session(id="w01-lecture", kind="lecture", number=1, title="Власть", blocks=blocks, review=review)
    week = Week(id="w01", number=1, sessions=(lecture,))
    whole = Course(id="vlast", title="Власть", language="ru", weeks=(week,), exam=Exam(questions=every_question()[3:6]))
    (made / "whole.json").write_bytes(encode(whole))
    Image.effect_noise((700, 400), 60).save(made / "photo.png")
    (made / "photo.md").write_text(f"# Лекция 1. Власть\n\n{ALONE}\n![Власть](photo.png)\n", "utf-8")
    (made / "mine" / "scorm").mkdir(parents=True)
    (made / "mine" / "scorm" / "style.css").write_text("p { color: red }", "utf-8")
    return made


# --- what is declared → what is made ------------------------------------------------------------------------------


def merged(base: Any, change: Any) -> Any:
    """``change`` laid over ``base``; a list that is declared takes the place of the other."""
    if isinstance(base, dict) and isinstance(change, dict):
        return base | {key: merged(base.get(key), value) for key, value in change.items()}
    return change


def written(folder: Path, change: dict[str, Any], name: str) -> Written:
    """What a writer makes of the course with the change."""
    tables, kinds = discovery.writer_tables(), discovery.marker_kinds()
    loaded = course_toml.of_data(merged(copy.deepcopy(BASE), change), folder, tables, kinds)
    understood = build.understand(loaded)
    assert [finding.message for finding in understood.findings if finding.severity == "error"] == []
    writer = writers.load(name)
    others = build.parallel(loaded, build.Settings())
    context = build.context(loaded, writer, understood.assets, build.Settings(), others)
    return writer.write(understood.course, context)


def reported(folder: Path, change: dict[str, Any], name: str) -> list[str]:
    """What a writer reports of the course with the change."""
    return [finding.message for finding in written(folder, change, name).findings]


def made(folder: Path, change: dict[str, Any], name: str) -> dict[str, bytes]:
    """The files in a product of the course with the change: what a build writes."""
    found: dict[str, bytes] = {}
    for artifact in written(folder, change, name).artifacts:
        data = b"".join(publish.artifact_chunks(artifact))
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                found |= {f"{artifact.name}/{member}": archive.read(member) for member in archive.namelist()}
        else:
            found[artifact.name] = data
    return found


# --- the keys, from the types -------------------------------------------------------------------------------------

_MODULES = {"coursepack.project.course_toml", "coursepack.model.course"}


def structs(kind: Any) -> Iterator[type[msgspec.Struct]]:
    """The structs of course.toml in a type."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind.__module__ in _MODULES:
        yield kind
    for part in typing.get_args(kind):
        yield from structs(part)


def fields_of(kind: type[msgspec.Struct], seen: set[type] | None = None) -> Iterator[str]:
    """«Struct.field» of a struct and of all structs in it."""
    seen = set() if seen is None else seen
    if kind in seen:
        return
    seen.add(kind)
    for field in msgspec.structs.fields(kind):
        yield f"{kind.__name__}.{field.name}"
        for inner in structs(field.type):
            yield from fields_of(inner, seen)


def keys() -> list[str]:
    found = [*fields_of(course_toml.Project), *fields_of(About)]
    for table, options in sorted(discovery.writer_tables().items()):
        found += [f"[{table}].{field.name}" for field in msgspec.structs.fields(options)]
    return [key for key in dict.fromkeys(found) if key not in NOT_DECLARED]


NOT_DECLARED = {
    "Project.about": "a table: each of its keys is here",
    "Project.exam": "a table: each of its keys is here",
    "Project.files": "a table: each of its keys is here",
    "Project.pictures": "a table: each of its keys is here",
    "FilesTable.ignore": "changes what is told of files that no product is made of (tests/test_folder.py)",
    "Project.writers": "the tables of writers: each of their keys is here",
    "Section.blocks": "written as `text`",
    "Section.place": "where a document says it",
    "[moodle].since": "an option of the call, refused in course.toml",
    "Grading.blocks": "what a syllabus prints beside the numbers",
}


def source(file: str = "reading.txt", role: str = "reading", **more: Any) -> dict[str, Any]:
    """The base's sources, the last one declared like this."""
    return {"source": [*BASE["source"][:3], {"file": file, "role": role} | more]}


def alone(**more: Any) -> dict[str, Any]:
    return {"source": [{"file": "alone.txt", "role": "lecture"} | more]}


def correction(kind: str, begins: str = "Видов власти", **more: Any) -> dict[str, Any]:
    return {"correction": [{"begins": begins, "kind": kind} | more]}


def lecture(**more: Any) -> dict[str, Any]:
    return correction("part", "Лекция 2", **({"part": "lecture"} | more))


def role(name: str) -> dict[str, Any]:
    return {"correction": [{"kind": "role", "file": "reading.txt", "role": name}]}


def headings(level: int = 1) -> dict[str, Any]:
    """Two headings in the first lecture, the second of this level."""
    first = {"begins": "Власть есть способность", "kind": "heading", "level": 1}
    return {"correction": [first, {"begins": "Так говорит теория", "kind": "heading", "level": level}]}


WHOLE: dict[str, Any] = {"source": [{"file": "whole.json", "role": "course"}]}
"""A course that is one file, with a question that marks itself."""


def quiz(**more: Any) -> dict[str, Any]:
    return {"source": [*BASE["source"][:3], {"file": "tags.txt", "role": "tests", "first_right": True, **more}]}


def held(**more: Any) -> dict[str, Any]:
    """A course that is held at a time, with an exam."""
    return {"moodle-backup": {"start": "2026-09-01", "exam_opens": "2027-01-10"} | more}


GLOSSARY: dict[str, Any] = {"source": [*BASE["source"][:3], {"file": "terms.txt", "role": "glossary"}]}


def ticks(**more: Any) -> dict[str, Any]:
    """A question with two right answers, of whose points nothing is said."""
    return {"source": [*BASE["source"][:3], {"file": "ticks.txt", "role": "tests"}], **more}


def keyed(*answers: str) -> dict[str, Any]:
    return ticks(correction=[{"begins": "Кто избирает", "kind": "key", "answers": answers}])


def shaped(file: str, sign: dict[str, str]) -> dict[str, Any]:
    """A bank whose answers only course.toml can tell."""
    said = {"begins": "=> на закон" if "sign" in sign else "на закон", "kind": "options"} | sign
    return {"source": [*BASE["source"][:3], {"file": file, "role": "tests"}], "correction": [said]}


def marked(**more: Any) -> dict[str, Any]:
    """A task with criteria, the last of them of two levels."""
    levels = [{"points": 1, "text": "неясно"}, {"points": 4, "text": "ясно", **more.pop("level", {})}]
    first = {"name": "Содержание", "points": 6, **more}
    return task(points=10, criteria=[first, {"name": "Язык", "levels": levels}])


def anchored(**more: Any) -> dict[str, Any]:
    """The heading of a lecture in a source that is another now, known by what stands around it."""
    return correction("debris", "Лекция", **({"sha256": "0" * 64} | more))


def task(**more: Any) -> dict[str, Any]:
    return {"assignment": [{"assignment": TASK} | more]}


def about(**more: Any) -> dict[str, Any]:
    return {"about": more}


def variants(*pairs: tuple[Any, Any]) -> dict[str, Any]:
    return {"exam": {"variants": [{"question": a, "of": b} for a, b in pairs]}}


def listed(name: str, base: dict[str, Any]) -> Any:
    """A maker of a change to the only item of a list of ``about``."""
    return lambda **more: {"about": {name: [base | more]}}


TASK = "w01-independent"
teacher = listed("teachers", BASE["about"]["teachers"][0])
signature = listed("signatures", BASE["about"]["signatures"][0])
policy = listed("policies", BASE["about"]["policies"][0])


def weight(**more: Any) -> dict[str, Any]:
    return about(grading={"weights": [{"name": "Рейтинг", "percent": 60} | more, {"name": "Экзамен", "percent": 40}]})


def interim(**more: Any) -> dict[str, Any]:
    return about(grading={"interim": [{"after_week": 1, "name": "РК 1", "points": 100} | more]})


def options(table: str, key: str, one: Any, other: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return {table: {key: one}}, {table: {key: other}}


def calendar(**more: Any) -> dict[str, Any]:
    """Days of the weeks of a plan."""
    return about(calendar={"begins": "2026-09-01"} | more)


def mapped(**more: Any) -> dict[str, Any]:
    """Where one of two outcomes is taught and assessed."""
    link = {"outcome": 1, "weeks": [1], "assessments": ["Экзамен"]} | more
    return about(outcomes=["Знать", "Уметь"], outcome_map=[link])


def behind(**more: Any) -> dict[str, Any]:
    """A question behind the section it is declared for."""
    return WHOLE | {"scorm": {"check_after": [{"question": "w01-lecture-q1", "after": "Понятие"}]} | more}


def tagged(key: str, one: Any, other: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    base = source("tags.txt", "tests", first_right=True)
    return base | {"platonus": {"levels": []} | {key: one}}, base | {"platonus": {"levels": []} | {key: other}}


def exam_of_tests(**exam: Any) -> dict[str, Any]:
    return {"source": [{"file": "whole.json", "role": "course"}], "exam": {"tests_in_tickets": True} | exam}


Case = tuple[str, dict[str, Any], dict[str, Any]]
CASES: dict[str, Case] = {
    "Project.id": ("cc13", {"id": "vlast"}, {"id": "vlast-2"}),
    "Project.title": ("scorm12", {"title": "Теория власти"}, {"title": "Власть"}),
    "Project.language": ("scorm12", {"language": "ru"}, {"language": "en"}),
    "Project.languages": (
        "syllabus",
        {"source": [{"file": "mixed.txt", "role": "textbook"}], "papers": {"second_language": "kk"}},
        {
            "source": [{"file": "mixed.txt", "role": "textbook"}],
            "papers": {"second_language": "kk"},
            "languages": ["kk"],
        },
    ),
    "Project.titles": (
        "syllabus",
        {
            "source": [{"file": "mixed.txt", "role": "textbook"}],
            "papers": {"second_language": "kk"},
            "languages": ["kk"],
        },
        {
            "source": [{"file": "mixed.txt", "role": "textbook"}],
            "papers": {"second_language": "kk"},
            "languages": ["kk"],
            "titles": {"kk": "Билік"},
        },
    ),
    "Project.source": ("scorm12", source(), {"source": BASE["source"][:3]}),
    "Project.markers": ("scorm12", {}, {"markers": {"outline": ["Прощаясь с темой"]}}),
    "Project.correction": ("scorm12", {}, correction("debris")),
    "Project.assignment": ("moodle-backup", {}, task(points=7)),
    "Project.links": ("cc13", {}, {"links": ["https://adilet.zan.kz/rus/docs/K950001000_"]}),
    "Project.templates": ("scorm12", {}, {"templates": "mine"}),
    "Project.timezone": (
        "moodle-backup",
        {"moodle-backup": {"start": "2026-09-01"}},
        {"moodle-backup": {"start": "2026-09-01"}, "timezone": "Europe/London"},
    ),
    "SourceEntry.file": ("scorm12", source(), source("other.txt")),
    "SourceEntry.role": ("scorm12", source(), source(role="glossary")),
    "SourceEntry.number": ("scorm12", alone(number=2), alone(number=3)),
    "SourceEntry.week": ("scorm12", alone(number=2, week=2), alone(number=2, week=5)),
    "SourceEntry.title": ("scorm12", source(), source(title="О власти")),
    "SourceEntry.label": ("scorm12", source(), source(label="О власти")),
    "SourceEntry.language": (
        "scorm12",
        {"source": [{"file": "mixed.txt", "role": "textbook", "language": "ru"}]},
        {"source": [{"file": "mixed.txt", "role": "textbook", "language": "kk"}]},
    ),
    "SourceEntry.encoding": ("scorm12", source("old.txt", encoding="cp1251"), source("old.txt", encoding="cp866")),
    "SourceEntry.session": ("scorm12", quiz(session="w01-lecture"), quiz(session="w02-lecture")),
    "SourceEntry.first_right": (
        "moodle-xml",
        source("tags.txt", "tests", first_right=True),
        source("tags.txt", "tests", first_right=False),
    ),
    "SourceEntry.speaker_notes": (
        "scorm12",
        source("deck.pptx", "lecture"),
        source("deck.pptx", "lecture", speaker_notes="text"),
    ),
    "PicturesTable.side": (
        "scorm12",
        source("photo.md", "lecture"),
        source("photo.md", "lecture") | {"pictures": {"side": 300}},
    ),
    "ExamTable.release": ("cc13", {"exam": {"release": "list"}}, {"exam": {"release": "practice"}}),
    "ExamTable.tests_in_tickets": (
        "exam-tickets",
        {"source": [{"file": "whole.json", "role": "course"}], "exam": {"questions_per_ticket": 1}},
        {
            "source": [{"file": "whole.json", "role": "course"}],
            "exam": {"questions_per_ticket": 1, "tests_in_tickets": True},
        },
    ),
    "ExamTable.form": ("syllabus", {"exam": {"form": "устный"}}, {"exam": {"form": "письменный"}}),
    "ExamTable.questions_per_ticket": (
        "moodle-backup",
        {"exam": {"questions_per_ticket": 2}},
        {"exam": {"questions_per_ticket": 4}},
    ),
    "ExamTable.tickets": ("exam-tickets", {"exam": {"tickets": 2}}, {"exam": {"tickets": 3}}),
    "ExamTable.seed": ("cc13", {"exam": {"seed": 1}}, {"exam": {"seed": 2}}),
    "ExamTable.practice_questions": (
        "scorm12",
        {"exam": {"practice_questions": 3}},
        {"exam": {"practice_questions": 1}},
    ),
    "ExamTable.variants": ("moodle-xml", {}, variants((2, 1))),
    "Variant.question": ("moodle-xml", variants((2, 1)), variants((3, 1))),
    "Variant.of": ("moodle-xml", variants((3, 1)), variants((3, 2))),
    "Project.tests": ("moodle-xml", ticks(), ticks(tests={"wrong_ticks": "free"})),
    "TestsTable.wrong_ticks": (
        "moodle-xml",
        ticks(tests={"wrong_ticks": "cost"}),
        ticks(tests={"wrong_ticks": "free"}),
    ),
    "Correction.before": ("scorm12", anchored(before="2. Зачем нужна власть?"), anchored(before="Литература")),
    "Correction.after": (
        "scorm12",
        anchored(after=TEXTBOOK.splitlines()[1][:40].strip()),
        anchored(after=TEXTBOOK.splitlines()[6][:40].strip()),
    ),
    "Correction.sha256": (
        "scorm12",
        anchored(nth=2, before="Литература", sha256=hashlib.sha256(TEXTBOOK.encode()).hexdigest()),
        anchored(nth=2, before="Литература"),
    ),
    "Correction.answers": ("moodle-xml", keyed("граждане"), keyed("соседи")),
    "Correction.sign": ("moodle-xml", shaped("arrows.txt", {"sign": "=>"}), shaped("arrows.txt", {"sign": "%%"})),
    "Correction.between": ("moodle-xml", shaped("bars.txt", {"between": "¦"}), shaped("bars.txt", {"between": "%%"})),
    "Correction.items": (
        "scorm12",
        correction("items", "Что такое власть", items=["и каковы"]),
        correction("items", "Что такое власть", items=["её признаки"]),
    ),
    "Correction.begins": ("scorm12", correction("debris"), correction("debris", "Власть есть")),
    "Correction.kind": ("scorm12", correction("debris"), correction("heading")),
    "Correction.file": (
        "scorm12",
        correction("debris", "Понятие власти", file="questions.txt"),
        correction("debris", "Понятие власти", file="textbook.txt"),
    ),
    "Correction.level": ("course-set", headings(2), headings(3)),
    "Correction.session": (
        "moodle-xml",
        correction("session", "Партии", session="w01-lecture"),
        correction("session", "Партии", session="w02-lecture"),
    ),
    "Correction.nth": ("scorm12", correction("debris", "Лекция"), correction("debris", "Лекция", nth=2)),
    "Correction.part": ("scorm12", lecture(part="lecture"), lecture(part="seminar")),
    "Correction.number": ("scorm12", lecture(number=2), lecture(number=5)),
    "Correction.week": ("scorm12", lecture(week=2), lecture(week=5)),
    "Correction.title": ("scorm12", lecture(title="Виды"), lecture(title="Роды")),
    "Correction.role": ("scorm12", role("reading"), role("lecture")),
    "Correction.text": ("scorm12", correction("replace", text="Первое."), correction("replace", text="Второе.")),
    "Deadline.assignment": ("moodle-backup", task(points=7), task(assignment="w02-independent", points=7)),
    "Deadline.criteria": ("moodle-backup", task(points=10), marked()),
    "CriterionEntry.name": ("moodle-backup", marked(), marked(name="Глубина")),
    "CriterionEntry.points": ("moodle-backup", marked(), marked(points=5)),
    "CriterionEntry.text": ("moodle-backup", marked(), marked(text="раскрыта ли тема")),
    "CriterionEntry.levels": (
        "moodle-backup",
        marked(),
        task(points=10, criteria=[{"name": "Содержание", "points": 6}, {"name": "Язык", "points": 4}]),
    ),
    "LevelEntry.points": ("moodle-backup", marked(), marked(level={"points": 3})),
    "LevelEntry.text": ("moodle-backup", marked(), marked(level={"text": "ясно и кратко"})),
    "Deadline.due": ("moodle-backup", task(due="2026-11-20"), task(due="2026-11-21")),
    "Deadline.due_week": ("scorm12", task(due_week=5), task(due_week=6)),
    "Deadline.hours": ("scorm12", task(hours=5), task(hours=6)),
    "Deadline.points": ("moodle-backup", task(points=5), task(points=6)),
    "Deadline.form": ("scorm12", task(form="эссе"), task(form="доклад")),
    "Deadline.title": ("scorm12", task(title="Реферат"), task(title="Доклад")),
    "Teacher.name": ("syllabus", teacher(name="А"), teacher(name="Б")),
    **{
        f"Teacher.{name}": ("syllabus", teacher(), teacher(**{name: "Первое слово"}))
        for name in ("degree", "post", "email", "phone", "room", "office_hours")
    },
    **{
        f"Hours.{name}": ("syllabus", about(hours={name: 31}), about(hours={name: 32}))
        for name in ("lecture", "seminar", "practical", "laboratory", "independent", "supervised", "total")
    },
    "GradeWeight.name": ("syllabus", weight(name="Первый рейтинг"), weight(name="Второй рейтинг")),
    "GradeWeight.percent": ("moodle-backup", weight(percent=60), weight(percent=50)),
    "Interim.after_week": ("syllabus", interim(after_week=1), interim(after_week=2)),
    "Interim.name": ("syllabus", interim(name="РК 1"), interim(name="АБ 1")),
    "Interim.points": ("moodle-backup", interim(points=100), interim(points=50)),
    "Grading.preset": (
        "moodle-backup",
        about(grading={"weights": [], "preset": "60/40"}),
        about(grading={"weights": [], "preset": "60/10/30"}),
    ),
    "Grading.formula": ("syllabus", about(grading={"formula": "И = Р"}), about(grading={"formula": "И = Э"})),
    "Grading.weights": ("syllabus", about(grading={"weights": []}), about()),
    "Grading.interim": ("moodle-backup", about(grading={"interim": []}), about()),
    **{
        f"Literature.{name}": ("syllabus", about(), about(literature={name: ["Вебер М. Политика. – М., 1990."]}))
        for name in ("basic", "additional", "internet")
    },
    **{
        f"Approval.{name}": ("syllabus", about(), about(approval={name: "Особый"}))
        for name in ("approver_post", "approver_name", "department_minutes", "council", "council_minutes")
    },
    **{
        f"Approval.{name}": ("syllabus", about(), about(approval={name: "2026-08-28"}))
        for name in ("department_date", "council_date")
    },
    "About.calendar": ("syllabus", about(), calendar()),
    "Calendar.begins": ("syllabus", calendar(), calendar(begins="2026-09-07")),
    "Calendar.days": ("syllabus", calendar(days=5), calendar(days=6)),
    "Calendar.breaks": ("syllabus", calendar(), calendar(breaks=[{"begins": "2026-09-01", "ends": "2026-09-06"}])),
    **{
        f"Break.{name}": (
            "syllabus",
            calendar(breaks=[{"begins": "2026-08-31", "ends": "2026-09-06"}]),
            calendar(breaks=[{"begins": "2026-08-31", "ends": "2026-09-06"} | {name: "2026-09-05"}]),
        )
        for name in ("begins", "ends")
    },
    "About.class_hours": ("syllabus", about(), about(class_hours={"lecture": 1})),
    **{
        f"ClassHours.{kind}": (
            "syllabus",
            lecture(part=kind) | about(class_hours={kind: 1}),
            lecture(part=kind) | about(class_hours={kind: 2}),
        )
        for kind in ("lecture", "seminar", "practical", "laboratory")
    },
    "About.date": (
        "syllabus",
        options("papers", "foot", ["date"], [])[0],
        options("papers", "foot", ["date"], [])[0] | about(date="2026-08-28"),
    ),
    "About.outcome_map": ("syllabus", about(outcomes=["Знать", "Уметь"]), mapped()),
    "OutcomeLink.outcome": ("syllabus", mapped(), mapped(outcome=2)),
    "OutcomeLink.weeks": ("syllabus", mapped(), mapped(weeks=[2])),
    "OutcomeLink.assessments": ("syllabus", mapped(), mapped(assessments=["РК1"])),
    "ExamTable.draw": ("exam-tickets", {}, {"exam": {"draw": [{"part": "1/2"}, {"part": "2/2"}]}}),
    "ExamTable.test_variants": ("exam-tickets", exam_of_tests(), exam_of_tests(test_variants=2)),
    "ExamTable.test_questions": (
        "exam-tickets",
        exam_of_tests(test_variants=2),
        exam_of_tests(test_variants=2, test_questions=1),
    ),
    "[papers].foot": ("syllabus", *options("papers", "foot", [], ["pages"])),
    "[papers].tickets_a_page": ("exam-tickets", *options("papers", "tickets_a_page", 1, 2)),
    "[papers].ticket_size": ("exam-tickets", *options("papers", "ticket_size", "A4", "A5")),
    "[papers].ticket_copies": ("exam-tickets", *options("papers", "ticket_copies", 1, 2)),
    "[papers].answer_sheets": ("exam-tickets", *options("papers", "answer_sheets", 0, 2)),
    "Signature.role": ("syllabus", signature(role="Декан"), signature(role="Проректор")),
    "Signature.name": ("syllabus", signature(name="Омаров О."), signature(name="Исаев С.")),
    "Section.id": ("cc13", policy(id="policy-1"), policy(id="policy-2")),
    "Section.title": ("syllabus", policy(title="Честность"), policy(title="Посещение")),
    **{
        f"About.{name}": ("syllabus", about(), about(**{name: "Особое слово"}))
        for name in (
            *(
                "code",
                "cycle",
                "component",
                "programme",
                "ministry",
                "university",
                "faculty",
                "department",
                "year",
                "semester",
            ),
            *("study_form", "city", "description", "aim", "form_code", "edition"),
        )
    },
    **{
        f"About.{name}": ("syllabus", about(), about(**{name: ["Особое слово"]}))
        for name in ("objectives", "outcomes", "prerequisites", "postrequisites")
    },
    # For the archive and for templates that have a slot for it.
    "About.revision": ("markdown", about(), about(revision="2")),
    "About.rights": ("cc13", about(), about(rights="© 2026")),
    "About.keywords": ("cc13", about(), about(keywords=["власть"])),
    "About.credits": ("syllabus", about(credits=5), about(credits=6)),
    "About.study_year": ("syllabus", about(study_year=2), about(study_year=3)),
    "About.hours": ("syllabus", about(), about(hours={"lecture": 16})),
    "About.teachers": ("syllabus", about(teachers=[]), about()),
    "About.grading": ("moodle-backup", about(), about(grading=None)),
    "About.policies": ("syllabus", about(policies=[]), about()),
    "About.literature": ("syllabus", about(), about(literature={"basic": ["Вебер М. Политика."]})),
    "About.approval": ("syllabus", about(), about(approval=None)),
    "About.signatures": ("syllabus", about(signatures=[]), about()),
    "[cartridge].pages": (
        "cc13",
        headings() | {"cartridge": {"pages": "lecture"}},
        headings() | {"cartridge": {"pages": "section"}},
    ),
    "[cartridge].audience": ("cc13", *options("cartridge", "audience", "student", "teacher")),
    "[csv].delimiter": ("csv", *options("csv", "delimiter", ";", ",")),
    "[moodle-backup].short_name": ("moodle-backup", *options("moodle-backup", "short_name", "ВЛ-1", "ВЛ-2")),
    "[moodle-backup].start": ("moodle-backup", *options("moodle-backup", "start", "2026-09-01", "2026-09-08")),
    "[moodle-backup].exam_opens": (
        "moodle-backup",
        *options("moodle-backup", "exam_opens", "2027-01-10", "2027-01-11"),
    ),
    "[moodle-backup].exam_closes": (
        "moodle-backup",
        *options("moodle-backup", "exam_closes", "2027-01-10", "2027-01-11"),
    ),
    "[moodle-backup].exam_minutes": ("moodle-backup", *options("moodle-backup", "exam_minutes", 40, 50)),
    "[moodle-backup].exam_levels": (
        "moodle-backup",
        quiz() | {"moodle-backup": {"exam_levels": [1]}},
        quiz() | {"moodle-backup": {"exam_levels": [2]}},
    ),
    "[moodle-backup].criteria": (
        "moodle-backup",
        marked() | {"moodle-backup": {"criteria": True}},
        marked() | {"moodle-backup": {"criteria": False}},
    ),
    "[moodle-backup].outcomes": (
        "moodle-backup",
        about(outcomes=["различает виды власти"]) | {"moodle-backup": {"outcomes": True}},
        about(outcomes=["различает виды власти"]) | {"moodle-backup": {"outcomes": False}},
    ),
    "[moodle-backup].admission": ("moodle-backup", held(admission=50), held(admission=60)),
    "[moodle-backup].announcements": ("moodle-backup", *options("moodle-backup", "announcements", True, False)),
    "[moodle-backup].course_completion": ("moodle-backup", *options("moodle-backup", "course_completion", True, False)),
    "[moodle-backup].descriptions": ("moodle-backup", *options("moodle-backup", "descriptions", True, False)),
    "[moodle-backup].end": ("moodle-backup", *options("moodle-backup", "end", "2026-12-20", "2026-12-27")),
    "[moodle-backup].expected": ("moodle-backup", held(expected=True), held(expected=False)),
    "[moodle-backup].image": ("moodle-backup", *options("moodle-backup", "image", True, False)),
    "[moodle-backup].late_days": (
        "moodle-backup",
        task(due="2026-11-20") | held(late_days=0),
        task(due="2026-11-20") | held(late_days=7),
    ),
    "[moodle-backup].letters": ("moodle-backup", *options("moodle-backup", "letters", True, False)),
    "[moodle-backup].one_section": ("moodle-backup", *options("moodle-backup", "one_section", True, False)),
    "[moodle-backup].pass_mark": ("moodle-backup", *options("moodle-backup", "pass_mark", 50, 60)),
    "[moodle-backup].questions_forum": ("moodle-backup", *options("moodle-backup", "questions_forum", True, False)),
    "[moodle-backup].bank": ("moodle-backup", *options("moodle-backup", "bank", "course", "quiz")),
    "[moodle-backup].self_checks": ("moodle-backup", *options("moodle-backup", "self_checks", "self-marking", "all")),
    "[moodle-backup].glossary": (
        "moodle-backup",
        GLOSSARY | {"moodle-backup": {"glossary": "activity"}},
        GLOSSARY | {"moodle-backup": {"glossary": "page"}},
    ),
    "[moodle-backup].papers": ("moodle-backup", *options("moodle-backup", "papers", True, False)),
    "[moodle].split": ("moodle-xml", *options("moodle", "split", 3, 9)),
    "[platonus].options": ("platonus", *tagged("options", 5, 4)),
    "[platonus].right": ("platonus", *tagged("right", "first", "tag")),
    "[platonus].file": ("platonus", *tagged("file", "txt", "docx")),
    "[papers].syllabus": ("syllabus", *options("papers", "syllabus", "paragraphs", "grid")),
    "[papers].ticket": ("exam-tickets", *options("papers", "ticket", "three-cell", "row")),
    "[papers].course_set": ("course-set", *options("papers", "course_set", "one", "parts")),
    "[papers].words": ("syllabus", *options("papers", "words", "ru", "kk")),
    "[papers].font": ("syllabus", *options("papers", "font", "Times New Roman", "Arial")),
    "[papers].second_language": (
        "syllabus",
        {"languages": ["kk"]},
        {"languages": ["kk"], "papers": {"second_language": "kk"}},
    ),
    "[papers].plan_weeks": ("syllabus", *options("papers", "plan_weeks", 10, 15)),
    "[papers].letter_scale": ("syllabus", *options("papers", "letter_scale", True, False)),
    "[papers].ticket_balance": ("exam-tickets", *options("papers", "ticket_balance", "list", "none")),
    "[epub].answers": ("epub", WHOLE | {"epub": {"answers": "end"}}, WHOLE | {"epub": {"answers": "none"}}),
    "[epub].certified_by": ("epub", *options("epub", "certified_by", "Ахметова А. Б.", "Омаров О.")),
    "[qti].split": ("qti3", *options("qti", "split", 3, 9)),
    "[site].offline": ("site", *options("site", "offline", True, False)),
    "[scorm].attempts": ("scorm2004", *options("scorm", "attempts", 0, 2)),
    "[scorm].check_after": ("scorm12", WHOLE | {"scorm": {"check_after": []}}, behind(checks="section")),
    "[scorm].checks": ("scorm12", behind(checks="section"), behind(checks="end")),
    "[scorm].glossary": (
        "scorm12",
        GLOSSARY | {"scorm": {"glossary": True}},
        GLOSSARY | {"scorm": {"glossary": False}},
    ),
    "[scorm].start": ("scorm12", *options("scorm", "start", True, False)),
    "[scorm].interactions": ("scorm2004", *options("scorm", "interactions", "all", "none")),
    "[scorm].page_read": ("scorm12", *options("scorm", "page_read", "time", "end")),
    "[scorm].reveal": ("scorm12", *options("scorm", "reveal", "wrong", "never")),
    "[scorm].structure": ("scorm12", *options("scorm", "structure", "course", "single")),
    "[scorm].completion_threshold": ("scorm2004", *options("scorm", "completion_threshold", 1.0, 0.8)),
    "[scorm].mastery_score": (
        "scorm2004",
        WHOLE | {"scorm": {"mastery_score": 50}},
        WHOLE | {"scorm": {"mastery_score": 70}},
    ),
}


def test_every_key_has_its_case() -> None:
    # What is absent changes what is asked for and no product: tests/review/test_missing.py.
    assert sorted([*CASES, "[platonus].levels", "Project.absent"]) == sorted(keys())


def test_levels_that_a_test_must_have_change_what_is_reported(folder: Path) -> None:
    one, other = (reported(folder, change, "platonus-levels") for change in tagged("levels", [2], [3]))
    assert [message for message in other if message not in one] != []


@pytest.mark.parametrize("key", sorted(CASES))
def test_a_declared_key_changes_a_product(key: str, folder: Path) -> None:
    name, one, other = CASES[key]
    assert made(folder, one, name) != made(folder, other, name), f"{key} changes nothing in {name}"


def test_what_only_a_call_chooses_is_refused(folder: Path) -> None:
    with pytest.raises(CoursepackError, match="expected nothing here but an option of the call"):
        made(folder, {"moodle": {"since": "older.xml"}}, "moodle-xml")
