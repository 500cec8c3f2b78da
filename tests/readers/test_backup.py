"""A backup of a Moodle course as a folder of documents: what Moodle's own XML becomes, and every question back."""

# ruff: noqa: E501 - XML as Moodle writes it

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from coursepack.files import unpacked
from coursepack.files.package import Package
from coursepack.files.unpacked import OmittedMember, Titled
from coursepack.model.blocks import Run, block_text
from coursepack.model.course import Assignment, Course, Exam, Reading, Session, Topic, Week
from coursepack.model.questions import MultipleChoice, Question, TrueFalse
from coursepack.place import CoursepackError
from coursepack.readers import read
from coursepack.readers.archives.backup import open_backup
from coursepack.readers.moodle import xml as moodle_xml
from coursepack.writers import Context
from coursepack.writers.mbz.options import BackupOptions
from coursepack.writers.mbz.writer import writer
from tests.readers.test_moodle_xml import _fields
from tests.samples import ASSETS, PNG, b, every_question
from tests.test_folder import KK, table, understood, write

SUM = hashlib.sha1(PNG, usedforsecurity=False).hexdigest()
Members = dict[str, bytes]


def page(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def activity(kind: str, module: int, own: str, *, visible: int = 1) -> Members:
    folder = f"activities/{kind}_{module}"
    return {
        f"{folder}/{kind}.xml": (
            f'<activity id="1" moduleid="{module}" modulename="{kind}" contextid="{100 + module}">'
            f'<{kind} id="1">{own}</{kind}></activity>'
        ).encode(),
        f"{folder}/module.xml": f'<module id="{module}"><visible>{visible}</visible></module>'.encode(),
    }


def section(number: int, name: str, sequence: str, summary: str = "", visible: int = 1) -> Members:
    own = f"<number>{number}</number><name>{name}</name><summary>{page(summary)}</summary>"
    return {
        f"sections/section_{number}/section.xml": (
            f'<section id="{number}">{own}<summaryformat>1</summaryformat><sequence>{sequence}</sequence><visible>{visible}</visible></section>'
        ).encode()
    }


def listed(kind: str, module: int, title: str, at: int) -> str:
    return (
        f"<activity><moduleid>{module}</moduleid><sectionid>{at}</sectionid><modulename>{kind}</modulename>"
        f"<title>{title}</title><directory>activities/{kind}_{module}</directory></activity>"
    )


def file(context: int, component: str, area: str, name: str, item: int = 0, digest: str = SUM, path: str = "/") -> str:
    return (
        f"<file><contenthash>{digest}</contenthash><contextid>{context}</contextid><component>{component}</component>"
        f"<filearea>{area}</filearea><itemid>{item}</itemid><filepath>{path}</filepath><filename>{name}</filename></file>"
    )


def backup(activities: str = "", sections: int = 1, files: str = "", **more: bytes) -> Members:
    said = "".join(f"<section><directory>sections/section_{n}</directory></section>" for n in range(sections))
    return {
        "moodle_backup.xml": (
            f"<moodle_backup><information><contents><activities>{activities}</activities><sections>{said}</sections>"
            "</contents></information></moodle_backup>"
        ).encode(),
        "course/course.xml": (
            '<course id="2" contextid="9"><fullname>Цитология</fullname><summary>&lt;p&gt;Жасуша туралы.&lt;/p&gt;'
            "</summary><summaryformat>1</summaryformat></course>"
        ).encode(),
        "files.xml": f"<files>{files}</files>".encode(),
        f"files/{SUM[:2]}/{SUM}": PNG,
    } | {name.replace("__", "/").replace("_xml", ".xml"): data for name, data in more.items()}


def zipped(members: Members) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def tarred(members: Members) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as made:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            made.addfile(info, io.BytesIO(data))
    return out.getvalue()


def contents(members: Members) -> tuple[dict[str, bytes], list[OmittedMember], list[str]]:
    found = list(open_backup(Package.of_bytes("a.mbz", zipped(members))))
    made = {each.path: each.read() for each in found if not isinstance(each, OmittedMember | Titled)}
    left = [each for each in found if isinstance(each, OmittedMember)]
    return made, left, [each.title for each in found if isinstance(each, Titled)]


def body(data: bytes) -> str:
    """The body of a page, without its tags around."""
    return data.decode().partition("<body>")[2].partition("</body>")[0]


KINDS = (
    listed("label", 1, "", 1)
    + listed("page", 2, "", 1)
    + listed("book", 3, "", 1)
    + listed("url", 4, "", 1)
    + listed("assign", 5, "", 1)
    + listed("forum", 6, "", 1)
    + listed("lesson", 7, "", 1)
    + listed("glossary", 8, "", 1)
    + listed("resource", 9, "", 1)
    + listed("wiki", 10, "Уики/бет", 1)
    + listed("page", 11, "", 1)
    + listed("quiz", 12, "", 1)
)


def every_kind() -> Members:
    chapter = (
        "<chapter id='{0}'><pagenum>{0}</pagenum><subchapter>{1}</subchapter><title>{2}</title><content>{3}</content>"
    )
    chapters = (
        chapter.format(2, 1, "Екінші", page("<p>екі</p>"))
        + "<contentformat>1</contentformat><hidden>0</hidden></chapter>"
        + chapter.format(1, 0, "Бірінші", page("<h1>Ішкі</h1><p>бір</p>"))
        + "<contentformat>1</contentformat><hidden>0</hidden></chapter>"
        + chapter.format(3, 0, "Жасырын", "x")
        + "<hidden>1</hidden></chapter>"
    )
    lesson_page = "<page id='{0}'><qtype>{1}</qtype><title>{2}</title><contents>{3}</contents></page>"
    files = (
        file(102, "mod_page", "content", "сурет 1.png")
        + file(109, "mod_resource", "content", "Дәріс 2.txt", digest="a" * 40)
        + file(109, "mod_resource", "content", "дыбыс.mp3")
        + file(109, "mod_resource", "content", "жоқ.pdf", digest="b" * 40)
        + file(109, "mod_resource", "content", ".")
        + file(1, "user", "private", "secret.txt")
    )
    members = backup(KINDS, 2, files)
    members |= {f"files/aa/{'a' * 40}": KK.encode()}
    members |= section(0, "$@NULL@$", "") | section(
        1, "1-тақырып. Жасуша", "2,1,3,4,5,6,7,8,9,10,11,12", "<p>Түйін.</p>"
    )
    members |= activity("label", 1, f"<name>x</name><intro>{page('<p>Белгі.</p>')}</intro><introformat>1</introformat>")
    img = '<p>Мәтін</p><img src="@@PLUGINFILE@@/%D1%81%D1%83%D1%80%D0%B5%D1%82%201.png"><a href="$@PAGEVIEWBYID*3@$">ары</a>'
    members |= activity("page", 2, f"<name>Бет</name><content>{page(img)}</content><contentformat>1</contentformat>")
    members |= activity("book", 3, f"<name>Кітап</name><intro></intro><chapters>{chapters}</chapters>")
    members |= activity("url", 4, "<name>Сілтеме</name><externalurl>https://e.kz/?a=1&amp;b=2</externalurl>")
    members |= activity("assign", 5, "<name>1-СӨЖ</name><intro>Эссе жазу.</intro><introformat>2</introformat>")
    members |= activity("forum", 6, "<name>Жаңалық</name><type>news</type><intro>x</intro>")
    lessons = lesson_page.format(1, 20, "Кіріспе бет", "Бастау.") + lesson_page.format(2, 3, "Сұрақ беті", "Не?")
    members |= activity("lesson", 7, f"<name>Сабақ</name><pages>{lessons}</pages>")
    entry = (
        f"<entry id='1'><concept>Ядро</concept><definition>{page('<p>Жасуша <b>орталығы</b></p>')}</definition></entry>"
    )
    members |= activity("glossary", 8, f"<name>Сөздік</name><entries>{entry}</entries>")
    members |= activity("resource", 9, "<name>Файлдар</name><intro></intro>")
    members |= activity("page", 11, "<name>Жауаптар</name><content>кілт</content>", visible=0)
    members |= activity("quiz", 12, "<name>Тест</name><intro>Он сұрақ.</intro><introformat>1</introformat>")
    return members


def test_a_section_is_a_page_and_every_kind_of_activity_stands_in_it(tmp_path: Path) -> None:
    made, left, titles = contents(every_kind())
    stem = "s01 1-тақырып. Жасуша"
    assert titles == ["Цитология"]
    assert list(made) == [
        "s00 reading Цитология.html",
        f"{stem}.html",
        f"{stem}_files/сурет 1.png",
        f"{stem}/Дәріс 2.txt",
        f"{stem}_files/дыбыс.mp3",
    ]
    assert body(made["s00 reading Цитология.html"]) == "<h1>Цитология</h1><div><p>Жасуша туралы.</p></div>"
    address = "s01%201-%D1%82%D0%B0%D2%9B%D1%8B%D1%80%D1%8B%D0%BF.%20%D0%96%D0%B0%D1%81%D1%83%D1%88%D0%B0_files"
    assert body(made[f"{stem}.html"]) == (
        "<h1>1-тақырып. Жасуша</h1><div><p>Түйін.</p></div>"
        f'<h2>Бет</h2><div><p>Мәтін</p><img src="{address}/%D1%81%D1%83%D1%80%D0%B5%D1%82%201.png"><a>ары</a></div>'
        "<div><p>Белгі.</p></div>"
        "<h2>Кітап</h2><h3>Бірінші</h3><div><h4>Ішкі</h4><p>бір</p></div><h4>Екінші</h4><div><p>екі</p></div>"
        '<p><a href="https://e.kz/?a=1&amp;b=2">Сілтеме</a></p>'
        "<h2>1-СӨЖ</h2><p>Эссе жазу.</p>"
        "<h2>Сабақ</h2><h3>Кіріспе бет</h3><div><p>Бастау.</p></div><h3>Сұрақ беті</h3><div><p>Не?</p></div>"
        "<h2>Сөздік</h2><div><p><b>Ядро</b> – Жасуша <b>орталығы</b></p></div>"
        f'<p><a href="{address}/%D0%B4%D1%8B%D0%B1%D1%8B%D1%81.mp3">дыбыс.mp3</a></p>'
        "<h2>Тест</h2><div><p>Он сұрақ.</p></div>"
    )
    assert made[f"{stem}/Дәріс 2.txt"] == KK.encode()
    assert [(each.name, each.why, each.fate) for each in left] == [
        (f"{stem}/Сабақ", "the answers of 1 questions inside a lesson", "unread"),
        (f"{stem}/жоқ.pdf", "a file that the backup does not hold", "left-out"),
        (f"{stem}/Уики бет", "a Moodle activity that is not read (wiki)", "unread"),
        (f"{stem}/Жауаптар", "hidden from students in Moodle", "other"),
    ]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_backup_in_a_folder_is_a_course(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    write(tmp_path / "курс.mbz", pack(every_kind()))
    found = understood(tmp_path)
    assert found.course.title == "Цитология"
    rows = table(found)
    assert rows["курс.mbz"] == ("opened", "an archive: each file in it is reported separately")
    assert rows["курс.mbz/s01 1-тақырып. Жасуша_files/сурет 1.png"][0] == "used"
    assert rows["курс.mbz/s01 1-тақырып. Жасуша/Уики бет"][0] == "unread"
    assert rows["курс.mbz/s01 1-тақырып. Жасуша/Жауаптар"][0] == "other"
    assert "кілт" not in json.dumps([str(f) for f in found.findings] + [str(found.course)], ensure_ascii=False)


def test_what_users_did_is_not_looked_at() -> None:
    posts = "<discussions><discussion><posts><post><message>хат</message></post></posts></discussion></discussions>"
    own = f"<name>Форум</name><type>general</type><intro>Талқылау.</intro><introformat>1</introformat>{posts}"
    members = backup(listed("forum", 1, "Форум", 0)) | section(0, "Жалпы", "1") | activity("forum", 1, own)
    made, left, _ = contents(members)
    assert left == []
    assert body(made["s00 reading Жалпы.html"]) == (
        "<h1>Жалпы</h1><div><p>Жасуша туралы.</p></div><h2>Форум</h2><div><p>Талқылау.</p></div>"
    )


def test_a_hidden_section_is_passed_over() -> None:
    members = backup(listed("page", 1, "Кілттер", 0)) | section(0, "Жалпы", "1", visible=0)
    members |= activity("page", 1, "<name>Кілттер</name><content>құпия</content>")
    made, left, _ = contents(members)
    assert made == {}
    assert [(each.name, each.fate) for each in left] == [("s00 reading Жалпы/Кілттер", "other")]


# --- questions ----------------------------------------------------------------------------------------------------


def back(questions: tuple[Question, ...], folder: Path) -> list[Question]:
    """The questions of an exam, through a backup that we write."""
    lecture = Session(id="w01-lecture", kind="lecture", number=1, title="Билік", blocks=b("Мәтін."))
    course = Course(
        id="c",
        title="Курс",
        language="kk",
        weeks=(Week(id="w01", number=1, sessions=(lecture,)),),
        exam=Exam(questions=questions),
    )
    (artifact,) = writer.write(course, Context(assets=ASSETS, options=BackupOptions(papers=False))).artifacts
    made, _, _ = contents({member.path: member.read() for member in artifact.members})
    path = folder / "questions.xml"
    path.write_bytes(made["questions.xml"])
    return list(moodle_xml.read(path).bank.questions())


def test_every_question_comes_back_from_a_backup(tmp_path: Path) -> None:
    questions = tuple(replace(question, variant_of=None) for question in every_question())
    found = back(questions, tmp_path)
    assert [type(each) for each in found] == [type(each) for each in questions]
    for one, other in zip(found, questions, strict=True):
        expected = _fields(other)
        assert {k: v for k, v in _fields(one).items() if k not in _CHANGED} == {
            k: v for k, v in expected.items() if k not in _CHANGED
        }


_CHANGED = {"mark", "response_lines"}
"""Moodle has both of every question."""


def bank(*entries: str, kind: str = "multichoice") -> bytes:
    return (
        '<question_categories><question_category id="5"><name>top</name><contextid>9</contextid><parent>0</parent>'
        '</question_category><question_category id="6"><name>Тест/1</name><contextid>9</contextid><parent>5</parent>'
        f"{''.join(entries)}</question_category></question_categories>"
    ).encode()


def version(number: int, text: str, kind: str = "truefalse", more: str = "", id_: int = 0) -> str:
    return (
        f"<question_version><question_versions><version>{number}</version><questions><question id='{id_ or number}'>"
        f"<parent>0</parent><name>a</name><questiontext>{text}</questiontext><questiontextformat>1</questiontextformat>"
        f"<qtype>{kind}</qtype><defaultmark>1</defaultmark>{more}</question></questions></question_versions></question_version>"
    )


ANSWERS = (
    "<plugin_qtype_truefalse_question><answers>"
    "<answer id='1'><answertext>Дұрыс</answertext><fraction>0</fraction></answer>"
    "<answer id='2'><answertext>Бұрыс</answertext><fraction>1</fraction></answer></answers>"
    "<truefalse><trueanswer>1</trueanswer></truefalse></plugin_qtype_truefalse_question>"
)


def read_bank(folder: Path, data: bytes) -> list[Question]:
    made, _, _ = contents(backup(questions_xml=data) | section(0, "", ""))
    if "questions.xml" not in made:
        return []
    path = folder / "questions.xml"
    path.write_bytes(made["questions.xml"])
    return list(moodle_xml.read(path).bank.questions())


TEXTS = {
    "kk": ("Билік ұғымы ғылымда әр түрлі түсіндіріледі, оның тарихы да ұзақ.", "Талдау жасап, эссе жазыңыз."),
    "ru": ("Понятие власти в науке толкуют по-разному, и история его длинна.", "Сделайте анализ и напишите эссе."),
}


@pytest.mark.parametrize("language", TEXTS)
def test_texts_to_read_and_work_come_back_from_a_backup(tmp_path: Path, language: str) -> None:
    told, work = TEXTS[language]
    topics = tuple(Topic(id=f"t{n}", content=(Run(text=f"{told} {n}"),)) for n in (1, 2))
    session = Session(id="w02-seminar", kind="seminar", number=2, title="Т", topics=topics, blocks=b(told))
    task = Assignment(id="w02-independent", kind="independent", label="СӨЖ", blocks=b(work))
    readings = tuple(
        Reading(id=f"reading-{n}", title=f"Власть {n}-го рода", blocks=(*b(told), *b(f"{told} {n}"))) for n in (1, 2, 3)
    )
    week = Week(id="w02", number=2, sessions=(session,), assignments=(task,))
    course = Course(id="read", title="Билік", language=language, weeks=(week,), readings=readings)
    (artifact,) = writer.write(course, Context(assets=ASSETS, options=BackupOptions(papers=False))).artifacts
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / "course.mbz").write_bytes(zipped({each.path: each.read() for each in artifact.members}))
    again = understood(tmp_path / "back").course
    assert [(one.title, [block_text((block,)) for block in one.blocks]) for one in again.readings] == [
        (f"Власть {n}-го рода", [told, f"{told} {n}"]) for n in (1, 2, 3)
    ]
    assert [block_text(one.blocks) for week in again.weeks for one in week.assignments] == [work]
    assert [len(one.tasks) for _, one in again.sessions()] == [0]


def test_the_last_version_of_a_question_is_taken_and_its_category_kept(tmp_path: Path) -> None:
    versions = version(2, "Жаңа", more=ANSWERS) + version(1, "Ескі", more=ANSWERS)
    entry = f"<question_bank_entry>{versions}</question_bank_entry>"
    (found,) = read_bank(tmp_path, bank(f"<question_bank_entries>{entry}</question_bank_entries>"))
    assert isinstance(found, TrueFalse)
    assert (str(found.text[0]).count("Жаңа"), found.answer, found.category) == (1, False, ("Тест/1",))


def test_questions_of_moodle_before_4_and_those_that_it_makes_itself(tmp_path: Path) -> None:
    old = "<questions><question id='1'><parent>0</parent><name>a</name><questiontext>Ескі</questiontext><qtype>truefalse</qtype>{}</question>"
    random = "<question id='2'><parent>2</parent><name>r</name><qtype>random</qtype></question>"
    assert len(read_bank(tmp_path, bank(old.format(ANSWERS) + random + "</questions>"))) == 1
    assert read_bank(tmp_path, bank()) == []


def test_pictures_of_questions_come_along(tmp_path: Path) -> None:
    files = file(9, "question", "questiontext", "a.png", 1) + file(9, "question", "answer", "b.png", 7)
    answer = "<answer id='{}'><answertext>{}</answertext><answerformat>1</answerformat><fraction>{}</fraction></answer>"
    plugin = (
        "<plugin_qtype_multichoice_question><answers>"
        + answer.format(7, page('<img src="@@PLUGINFILE@@/b.png">'), 1)
        + answer.format(8, "жоқ", 0)
        + "</answers><multichoice><single>1</single></multichoice></plugin_qtype_multichoice_question>"
    )
    entry = version(1, page('<p>Не? <img src="@@PLUGINFILE@@/a.png"></p>'), "multichoice", plugin)
    data = bank(f"<question_bank_entries><question_bank_entry>{entry}</question_bank_entry></question_bank_entries>")
    made, _, _ = contents(backup(files=files, questions_xml=data) | section(0, "", ""))
    path = tmp_path / "questions.xml"
    path.write_bytes(made["questions.xml"])
    file_ = moodle_xml.read(path)
    (found,) = file_.bank.questions()
    assert isinstance(found, MultipleChoice)
    assert list(file_.assets.data.values()) == [PNG]
    assert file_.findings == []


# --- damage -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"a.txt": b"x"}, "no backup of a Moodle course"),
        ({"moodle.xml": b"<x/>"}, "a backup of Moodle 1.9, which is not read"),
        ({"moodle_backup.xml": b"<moodle_backup>"}, "not well-formed XML"),
        ({"moodle_backup.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "not well-formed XML"),
        (backup(sections=2) | section(0, "", ""), "is not in the backup"),
    ],
)
def test_what_is_no_backup_is_told(tmp_path: Path, members: Members, said: str) -> None:
    path = write(tmp_path / "a.mbz", zipped(members))
    with pytest.raises(CoursepackError, match=said):
        unpacked.opened(path)


def test_one_damaged_activity_does_not_stop_the_others() -> None:
    members = backup(listed("page", 1, "Бірі", 0) + listed("page", 2, "Екі", 0) + listed("page", 3, "Үш", 0))
    members |= section(0, "Жалпы", "1,2,3") | activity("page", 1, "<name>Бірі</name><content>мәтін</content>")
    members |= {"activities/page_2/page.xml": b"<activity"}
    made, left, _ = contents(members)
    assert b"<h2>" in made["s00 reading Жалпы.html"]
    assert [(each.name, each.fate) for each in left] == [
        ("s00 reading Жалпы/Екі", "left-out"),
        ("s00 reading Жалпы/Үш", "left-out"),
    ]
    assert [each.why for each in left][1] == "is not in the backup"


def test_names_and_addresses_lead_nowhere_else(tmp_path: Path) -> None:
    files = file(101, "mod_page", "content", "passwd", path="/../../etc/") + file(
        101, "mod_page", "content", "&lt;x&gt;.png"
    )
    html = '<img src="@@PLUGINFILE@@/../../etc/passwd"><img src="@@PLUGINFILE@@/%3Cx%3E.png"><img src="../../../a.png">'
    own = f"<name>../../evil</name><content>{page(html)}</content><contentformat>1</contentformat>"
    members = (
        backup(listed("page", 1, "x", 0), files=files) | section(0, "../../../tmp/x", "1") | activity("page", 1, own)
    )
    made, _, _ = contents(members)
    assert [name for name in made if ".." in name.split("/")] == []
    assert sorted(made) == [
        "s00 reading .. .. .. tmp x.html",
        "s00 reading .. .. .. tmp x_files/passwd",
        "s00 reading .. .. .. tmp x_files/x.png",
    ]
    at = unpacked.opened(write(tmp_path / "a.mbz", zipped(members))).folder
    document = read(at / "s00 reading .. .. .. tmp x.html", "a.html")
    assert list(document.assets) == [hashlib.sha256(PNG).hexdigest()]
