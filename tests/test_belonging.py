"""Where questions belong: to the self-check of a class with their keys, or to the exam, whose keys no learner gets."""

from __future__ import annotations

import json
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.questions import Essay, MultipleChoice, Question
from coursepack.outline import Understood
from coursepack.readers.aiken import read as read_aiken
from tests.outline.documents import Word

LECTURES = """# Лекция 1. Клетка

Клетка — основная единица строения живых организмов. Она состоит из мембраны, цитоплазмы и ядра.

## Контрольные вопросы

1. Что такое клетка?

# Лекция 2. Ткани

Ткань — это система клеток, сходных по происхождению и строению. Различают четыре вида тканей.

## Контрольные вопросы

1. Что такое ткань?
"""
TEST = "1. Сколько видов тканей?\n\na) два\nb) *четыре\nc) три\n\n2. Что из этого ткань?\n\na) *эпителий\nb) сердце\n"
ASKED = ["Сколько видов тканей? → четыре", "Что из этого ткань? → эпителий"]
EXAM = "Экзаменационные вопросы\n\n1. Понятие клетки.\n2. Понятие ткани.\n3. Понятие органа.\n4. Системы органов.\n"


def understood(folder: Path, files: dict[str, str], more: str = "", **said: str) -> Understood:
    """A course of two lectures and further files, each a test; ``said``: what its [[source]] says."""
    toml = ['id = "x"\ntitle = "X"\nlanguage = "ru"\n']
    for name, text in {"lectures.md": LECTURES, **files}.items():
        (folder / name).write_text(text, "utf-8")
        role = "textbook" if name == "lectures.md" else "questions" if name == "exam.txt" else "tests"
        own = said if role == "tests" else {}
        toml.append(f'[[source]]\nfile = "{name}"\n')
        toml.extend(f"{key} = {value}\n" for key, value in {"role": f'"{role}"', **own}.items())
    (folder / "course.toml").write_text("".join(toml) + more, "utf-8")
    (loaded,) = discovery.find_projects([folder])
    return build.understand(loaded)


def shown(question: Question) -> str:
    text = block_text(question.text)
    if isinstance(question, MultipleChoice):
        return f"{text} → {', '.join(block_text(c.content) for c in question.choices if c.fraction > 0)}"
    return text


def checks(found: Understood) -> dict[str, list[str]]:
    """Class → its self-check; «exam» → the exam's questions."""
    made = {session.id: [shown(one) for one in session.review] for _, session in found.course.sessions()}
    return made | {"exam": [shown(one) for one in found.course.exam.questions] if found.course.exam else []}


FIRST, SECOND = "Что такое клетка?", "Что такое ткань?"


@pytest.mark.parametrize(
    "said", [{"number": "2"}, {"week": "2"}, {"session": '"w02-lecture"'}, {"session": '"w02-lecture"', "number": "1"}]
)
@pytest.mark.parametrize("name", ["t.md", "t.gift"])
def test_a_test_that_course_toml_gives_to_a_class_is_its_self_check(
    name: str, said: dict[str, str], tmp_path: Path
) -> None:
    gift = "Сколько видов тканей? {~два =четыре ~три}\n\nЧто из этого ткань? {=эпителий ~сердце}\n"
    found = understood(tmp_path, {name: gift if name == "t.gift" else TEST}, **said)
    assert checks(found) == {"w01-lecture": [FIRST], "w02-lecture": [SECOND, *ASKED], "exam": []}
    assert [q.id for q in found.course.weeks[1].sessions[0].review] == [f"w02-lecture-q{n}" for n in (1, 2, 3)]
    assert [q.number for q in found.course.weeks[1].sessions[0].review] == [1, 2, 3]


def test_a_class_that_is_not_there_is_told_and_its_questions_stay_with_the_exam(tmp_path: Path) -> None:
    found = understood(tmp_path, {"t.md": TEST}, number="7")
    assert checks(found)["exam"] == ASKED
    (told,) = [f for f in found.findings if f.code == "project-session-unknown"]
    assert "t.md: number = 7" in told.message


HEADS = [
    ("Лекция 2. Ткани", True),
    ("2-дәріс. Ұлпалар", True),
    ("Lecture 2", True),
    ("Week 2", True),
    ("Тесты к лекции 2", True),
    ("Тема 2. Ткани", False),
    ("Вариант 2", False),
    ("Лекции 1-2", False),
    ("Лекция 9", False),
]


@pytest.mark.parametrize(("head", "own"), HEADS)
@pytest.mark.parametrize("way", ["markdown", "word", "aiken", "gift"])
def test_a_heading_that_counts_a_class_gives_it_the_questions_below(
    way: str, head: str, own: bool, tmp_path: Path
) -> None:
    name = {"markdown": "t.md", "word": "t.docx", "aiken": "t.txt", "gift": "t.gift"}[way]
    # Word's is written below.
    files = {
        "t.md": f"# Тестовые задания\n\n## {head}\n\n{TEST}",
        "t.txt": f"Тестовые задания\n\n{head}\n\n1. Сколько видов тканей?\nA) два\nB) четыре\nОтвет: B\n\n"
        "2. Что из этого ткань?\nA) эпителий\nB) сердце\nОтвет: A\n",
        "t.gift": f"$CATEGORY: {head}\n\nСколько видов тканей? {{~два =четыре ~три}}\n\n"
        "Что из этого ткань? {=эпителий ~сердце}\n",
    }
    if way != "word":
        found = understood(tmp_path, {name: files[name]})
    else:
        understood(tmp_path, {})
        document = Word().p("Тестовые задания").b(head)
        document.p("1. Сколько видов тканей?", "a) два", "b) **четыре**", "c) три")
        document.p("2. Что из этого ткань?", "a) **эпителий**", "b) сердце").save(tmp_path / name)
        toml = (tmp_path / "course.toml").read_text("utf-8") + f'[[source]]\nfile = "{name}"\nrole = "tests"\n'
        (tmp_path / "course.toml").write_text(toml, "utf-8")
        (loaded,) = discovery.find_projects([tmp_path])
        found = build.understand(loaded)
    expected = {"w01-lecture": [FIRST], "w02-lecture": [SECOND, *ASKED], "exam": []}
    if not own:
        expected = {"w01-lecture": [FIRST], "w02-lecture": [SECOND], "exam": ASKED}
        assert found.course.exam
        assert {q.category[-1] for q in found.course.exam.questions} == {head.rstrip(".")}
    assert checks(found) == expected


def test_headings_of_an_exam_give_no_class_its_questions(tmp_path: Path) -> None:
    gift = "Сколько видов тканей? {~два =четыре ~три}\n\nЧто из этого ткань? {=эпителий ~сердце}\n"
    files = {
        "t.md": f"# Экзаменационные тесты\n\n## Лекция 2\n\n{TEST}",
        "t.gift": f"$CATEGORY: Экзаменационные вопросы/Лекция 2\n\n{gift}",
    }
    for name, text in files.items():
        found = understood(tmp_path, {name: text})
        assert checks(found) == {"w01-lecture": [FIRST], "w02-lecture": [SECOND], "exam": ASKED}


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("лекция", "2"),
        ("Лекция", "Лекция 2"),
        ("дәріс", "2"),
        ("lecture", "Ткани"),
        ("session", "w02-lecture"),
        ("занятие", "2"),
        ("week", "2"),
        ("неделя", "2-неделя"),
        ("апта", "2"),
        ("тема", "Ткани"),
        ("topic", "2"),
    ],
)
def test_a_column_gives_a_row_to_a_class(head: str, cell: str, tmp_path: Path) -> None:
    rows = (f"Сколько видов тканей?;два;четыре;B;{cell}", f"Что из этого ткань?;эпителий;сердце;A;{cell}")
    table = "\n".join((f"вопрос;A;B;ключ;{head}", *rows, ""))
    found = understood(tmp_path, {"t.csv": table})
    assert checks(found) == {"w01-lecture": [FIRST], "w02-lecture": [SECOND, *ASKED], "exam": []}


def test_a_topic_of_no_class_is_a_category_and_a_lecture_that_is_not_there_is_told(tmp_path: Path) -> None:
    table = "вопрос;A;B;ключ;тема;лекция\nКто?;Гук;Дарвин;A;Открытия;\nГде?;тут;там;B;;9\n"
    found = understood(tmp_path, {"t.csv": table})
    assert checks(found)["exam"] == ["Кто? → Гук", "Где? → там"]
    assert found.course.exam
    assert [q.category for q in found.course.exam.questions] == [("Открытия",), ()]
    assert [f.place.first for f in found.findings if f.code == "project-session-unknown" and f.place] == [3]


def test_a_correction_moves_a_question_of_a_test_and_names_the_class_of_an_exam_question(tmp_path: Path) -> None:
    more = "".join(
        f'[[correction]]\nbegins = "{begins}"\nkind = "session"\nsession = "w01-lecture"\n'
        for begins in ("Что из этого ткань?", "Понятие ткани")
    )
    found = understood(tmp_path, {"exam.txt": EXAM, "t.md": TEST}, more)
    assert checks(found)["w01-lecture"] == [FIRST, ASKED[1]]
    assert found.course.exam
    assert [(q.number, q.session) for q in found.course.exam.questions] == [
        (1, None), (2, "w01-lecture"), (3, None), (4, None), (5, None),
    ]  # fmt: skip
    assert shown(found.course.exam.questions[4]) == ASKED[0]


INSIDE = {
    "Бақылау тесттері": "Жауаптары: 1-B, 2-A",
    "Тесты для самопроверки": "Ответы: 1-B, 2-A",
    "Quiz": "Answers: 1-B, 2-A",
}


@pytest.mark.parametrize("head", INSIDE)
@pytest.mark.parametrize("way", ["text", "markdown", "behind"])
def test_a_test_under_a_lecture_is_its_self_check_and_no_page_shows_its_keys(
    way: str, head: str, tmp_path: Path
) -> None:
    asked = [
        "1. Сколько видов тканей?", "A) два", "B) четыре", "C) три",
        "2. Что из этого ткань?", "A) эпителий", "B) сердце", "C) мозг",
    ]  # fmt: skip
    keys = INSIDE[head]
    if way == "text":
        text = LECTURES.replace("#", "") + "\n" + "\n".join([head, "", *asked, "", keys, ""])
    elif way == "markdown":
        text = LECTURES + f"\n## {head}\n\n" + "\n\n".join([*asked, keys, ""])
    else:
        said, told = keys.split(": ")
        text = LECTURES + f"\n## {head}\n\n" + "\n\n".join([*asked, ""]) + f"\n## {said}\n\n{told}\n"
    # A second lecture behind it, so that the test is not the end of the whole course.
    text += "\n# Лекция 3. Органы\n\nОрган — это часть тела, которая имеет форму и выполняет свои функции в нём.\n"
    if way == "text":
        text = text.replace("# Лекция 3", "Лекция 3")
    (tmp_path / "lectures.md").unlink(missing_ok=True)
    name = "l.txt" if way == "text" else "l.md"
    (tmp_path / name).write_text(text, "utf-8")
    toml = f'id = "x"\ntitle = "X"\nlanguage = "ru"\n[[source]]\nfile = "{name}"\nrole = "textbook"\n'
    (tmp_path / "course.toml").write_text(toml, "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    found = build.understand(loaded)
    assert checks(found) == {"w01-lecture": [FIRST], "w02-lecture": [SECOND, *ASKED], "w03-lecture": [], "exam": []}
    bodies = " ".join(block_text(session.blocks) for _, session in found.course.sessions())
    assert "1-B" not in bodies
    assert "эпителий" not in bodies


def members(path: Path) -> dict[str, bytes]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    with tarfile.open(path) as archive:
        return {m.name: f.read() for m in archive.getmembers() if (f := archive.extractfile(m))}


def test_products_mark_a_self_check_and_hide_a_bank_of_tests(tmp_path: Path) -> None:
    bank = "# Тест\n\n1. Секретный вопрос?\n\na) ложь\nb) *правда\nc) иное\n\n"
    bank += "2. Второй секретный?\n\na) *истина\nb) ложь\n"
    understood(tmp_path, {"exam.txt": EXAM, "bank.md": bank})
    (tmp_path / "own.md").write_text(TEST, "utf-8")
    toml = (tmp_path / "course.toml").read_text("utf-8")
    (tmp_path / "course.toml").write_text(toml + '[[source]]\nfile = "own.md"\nrole = "tests"\nnumber = 2\n', "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    formats = ("cc13", "scorm12", "moodle-backup", "moodle-xml", "course-set", "exam-tickets")
    built = build.build(loaded, tmp_path / "out", build.Settings(formats=formats))
    assert built.folder
    assert built.course.exam
    assert built.course.exam.release == "open"
    student = {name: members(built.folder / name) for name in ("x-cc13.imscc", "x-scorm12.zip", "x-course-set.docx")}
    for name, held in student.items():
        assert not [path for path, data in held.items() if "екретный".encode() in data], name
        assert any("Понятие ткани".encode() in data for data in held.values()), name
    review = etree.fromstring(student["x-cc13.imscc"]["w02-lecture-review.xml"])
    assert len(review.findall(".//{*}varequal")) == 2
    assert student["x-scorm12.zip"]["w02/index.html"].count(b'"fractions"') == 2
    questions = etree.fromstring((built.folder / "x-questions.xml").read_bytes())
    right = [a.findtext("text") for a in questions.iter("answer") if a.get("fraction") == "100"]
    assert sorted(filter(None, right)) == ["<p>истина</p>", "<p>правда</p>", "<p>четыре</p>", "<p>эпителий</p>"]
    backup = members(built.folder / "x.mbz")
    modules = [etree.fromstring(data) for path, data in backup.items() if path.endswith("module.xml")]
    seen = {m.findtext("idnumber"): m.findtext("visible") for m in modules}
    assert (seen["exam-list"], seen["exam"], seen["exam-bank"], seen["w02-lecture-review"]) == ("1", "0", "0", "1")
    tickets = members(built.folder / "x-exam-tickets.docx")["word/document.xml"]
    assert "екретный".encode() not in tickets


def test_an_author_may_list_a_bank_of_tests(tmp_path: Path) -> None:
    found = understood(tmp_path, {"exam.txt": EXAM, "t.md": TEST}, '[exam]\nrelease = "list"\n')
    assert found.course.exam
    assert [shown(one) for one in found.course.exam.listed][4:] == ASKED
    hidden = understood(tmp_path, {"exam.txt": EXAM, "t.md": TEST})
    assert hidden.course.exam
    assert [type(one) for one in hidden.course.exam.listed] == [Essay] * 4
    assert understood(tmp_path, {"exam.txt": EXAM}).course.exam.release == "list"  # type: ignore[union-attr]


def test_headings_in_aiken_are_categories(tmp_path: Path) -> None:
    path = tmp_path / "t.aiken"
    answers = "A) да\nB) нет\nANSWER: A\n\n"
    path.write_text(
        f"Тест\nТема 1\n\n1. Кто?\n{answers}2. Где?\n{answers}Тема 2\n1. Когда?\n{answers}"
        f"2. Расположите:\n1. ночь\n2. день\n{answers}",
        "utf-8",
    )
    made = list(read_aiken(path).bank.questions())
    assert [(q.category, q.printed, block_text(q.text)) for q in made] == [
        (("Тест", "Тема 1"), "1", "Кто?"),
        (("Тест", "Тема 1"), "2", "Где?"),
        (("Тест", "Тема 2"), "1", "Когда?"),
        (("Тест", "Тема 2"), "2", "Расположите:\n1. ночь\n2. день"),
    ]


def bank_of_headings() -> Word:
    word = Word().p("Тестовые задания по дисциплине")

    def ask(number: str, *texts: str) -> None:
        for at, text in enumerate(texts, 1):
            word.p(f"{at}. {text}" if number else text, "A) один", "B) два", "C) три", "Ответ: B")

    word.p("Раздел 1. Общая биология", "Тема 1. Клетка")
    ask("1", "Что такое клетка?", "Где ядро?")
    word.p("Тема 2. Ткани")
    ask("1", "Что такое ткань?")
    ask("", "Сколько видов ткани различают")
    word.p("Раздел 2. Частная биология", "Простые вопросы")
    ask("1", "Где сердце?", "Где печень?")
    word.p("Сложные вопросы")
    ask("1", "Где мозг?")
    return word


def test_headings_between_questions_are_categories_in_every_product(tmp_path: Path) -> None:
    bank_of_headings().save(tmp_path / "t.docx")
    toml = 'id = "x"\ntitle = "X"\nlanguage = "ru"\n[[source]]\nfile = "t.docx"\nrole = "tests"\n'
    (tmp_path / "course.toml").write_text(toml, "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    built = build.build(loaded, tmp_path / "out", build.Settings(formats=("moodle-xml", "moodle-backup", "gift")))
    assert built.folder
    assert built.course.exam
    first, second = "Раздел 1. Общая биология", "Раздел 2. Частная биология"
    paths = [
        (first, "Тема 1. Клетка"),
        (first, "Тема 2. Ткани"),
        (second, "Простые вопросы"),
        (second, "Сложные вопросы"),
    ]
    assert [q.category for q in built.course.exam.questions] == [
        paths[0], paths[0], paths[1], paths[1], paths[2], paths[2], paths[3],
    ]  # fmt: skip
    tree = etree.fromstring((built.folder / "x-questions.xml").read_bytes())
    made = [one.text or "" for one in tree.iterfind("question[@type='category']/category/text")]
    pool = "$course$/top/X/Экзамен/Экзаменационные вопросы"
    assert made[2:] == [pool, *("/".join((pool, *path)) for path in paths)]
    gift = (built.folder / "x-questions.gift").read_text("utf-8")
    assert gift.count("$CATEGORY: " + pool + "/") == 4
    bank = etree.fromstring(members(built.folder / "x.mbz")["questions.xml"])
    names = {one.get("id"): one.findtext("name") for one in bank}
    held = [
        (names.get(one.findtext("parent")), one.findtext("name"), len(one.findall(".//question_bank_entry")))
        for one in bank
    ]
    assert held == [
        (None, "top", 0), ("top", "Экзамен", 0), ("Экзамен", "Экзаменационные вопросы", 0),
        ("Экзаменационные вопросы", first, 0), (first, paths[0][1], 2), (first, paths[1][1], 2),
        ("Экзаменационные вопросы", second, 0), (second, paths[2][1], 2), (second, paths[3][1], 1),
    ]  # fmt: skip
    assert drawn(built.folder / "x.mbz") == [("Экзаменационные вопросы", True)] * 3


def drawn(backup: Path) -> list[tuple[str, bool]]:
    """The category and whether those below it are in, of each question that the exam of a backup draws."""
    files = members(backup)
    bank = etree.fromstring(files["questions.xml"])
    names = {one.get("id"): one.findtext("name") or "" for one in bank}
    quizzes = [etree.fromstring(data) for path, data in files.items() if path.endswith("quiz.xml")]
    told = [json.loads(one.text or "") for quiz in quizzes for one in quiz.iter("filtercondition")]
    return [(names[str(one["questioncategoryid"])], one["includingsubcategories"]) for one in told]


@pytest.mark.parametrize(
    ("said", "expected", "told"),
    [
        ("", [("Экзаменационные вопросы", True)] * 3, []),
        (
            "[moodle-backup]\nexam_levels = [2, 1, 1]\n",
            [("Уровень 1", False)] * 2 + [("Уровень 2", False), ("Уровень 3", False)],
            [],
        ),
        (
            "[moodle-backup]\nexam_levels = [1, 0, 2]\n",
            [("Уровень 1", False), ("Уровень 3", False)],
            ["the exam draws 1 questions of level 3, not 2: the pool has no more"],
        ),
    ],
)
def test_a_quiz_draws_so_many_questions_of_each_level(
    said: str, expected: list[tuple[str, bool]], told: list[str], tmp_path: Path
) -> None:
    text = "".join(
        f"<question{level}>Вопрос {level}{n}\n<variantright>да\n<variant>нет\n"
        for level, count in ((1, 3), (2, 2), (3, 1))
        for n in range(count)
    )
    understood(tmp_path, {"t.txt": text}, said)
    (loaded,) = discovery.find_projects([tmp_path])
    built = build.build(loaded, tmp_path / "out", build.Settings(formats=("moodle-backup",)))
    assert built.folder
    assert drawn(built.folder / "x.mbz") == expected
    assert [f.message for f in built.findings if f.code == "mbz-pool-small"] == told


def framed(*texts: str) -> str:
    """A text frame of Word with a paragraph for each text."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    shape = f"<v:shape><v:textbox><w:txbxContent>{paragraphs}</w:txbxContent></v:textbox></v:shape>"
    return f'<w:p {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict>{shape}</w:pict></w:r></w:p>'


def of_frames(folder: Path, role: str, *frames: Sequence[str]) -> Understood:
    word = Word()
    body = word.document.element.body
    for texts in frames:
        body.insert(len(body) - 1, parse_xml(framed(*texts)))
    word.save(folder / "t.docx")
    toml = f'id = "x"\ntitle = "X"\nlanguage = "ru"\n[[source]]\nfile = "t.docx"\nrole = "{role}"\n'
    (folder / "course.toml").write_text(toml, "utf-8")
    (loaded,) = discovery.find_projects([folder])
    return build.understand(loaded)


def test_questions_and_tickets_in_text_frames_are_read(tmp_path: Path) -> None:
    asked = [(f"{n}. Вопрос {n} в рамке?", "A) первый", "B) второй", "Ответ: B") for n in (1, 2, 3)]
    found = of_frames(tmp_path, "tests", *asked)
    assert checks(found)["exam"] == [f"Вопрос {n} в рамке? → второй" for n in (1, 2, 3)]
    printed = [(f"Экзаменационный билет № {n}", f"1. Понятие {n} клетки.", f"2. Вид {n} ткани.") for n in (1, 2)]
    found = of_frames(tmp_path, "tickets", *printed)
    assert found.course.exam
    assert [ticket.questions for ticket in found.course.exam.tickets] == [
        ("exam-001", "exam-002"), ("exam-003", "exam-004"),
    ]  # fmt: skip
    assert checks(found)["exam"] == ["Понятие 1 клетки.", "Вид 1 ткани.", "Понятие 2 клетки.", "Вид 2 ткани."]


def test_keys_behind_all_lectures_go_to_the_test_of_their_lecture(tmp_path: Path) -> None:
    body = "Клетка — основная единица строения живых организмов. Она состоит из мембраны, цитоплазмы и ядра клетки."
    asked = "Тесты\n\n1. Что такое номер {0}?\nA) один\nB) два\nC) три\n2. Где номер {0}?\nA) один\nB) два\nC) три\n"
    lectures = [f"Лекция {n}. {name}\n\n{body}\n\n{asked.format(n)}" for n, name in ((1, "Клетка"), (2, "Ткани"))]
    keys = "Ответы к тестам\n\nЛекция 1: 1-A, 2-B\nЛекция 2: 1-C, 2-A\n"
    (tmp_path / "l.txt").write_text("\n".join([*lectures, keys]), "utf-8")
    toml = 'id = "x"\ntitle = "X"\nlanguage = "ru"\n[[source]]\nfile = "l.txt"\nrole = "textbook"\n'
    (tmp_path / "course.toml").write_text(toml, "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    found = build.understand(loaded)
    assert checks(found) == {
        "w01-lecture": ["Что такое номер 1? → один", "Где номер 1? → два"],
        "w02-lecture": ["Что такое номер 2? → три", "Где номер 2? → один"],
        "exam": [],
    }
    assert not any(ledger.unclaimed() for ledger in found.ledgers)


@pytest.mark.parametrize("role", ["lecture", "glossary", "article"])
def test_a_class_for_a_source_without_questions_is_told(role: str, tmp_path: Path) -> None:
    text = "# Клетка\n\nКлетка есть наименьшая часть живого, и всё живое из клеток состоит.\n"
    found = understood(tmp_path, {"t.md": text}, session='"w02-lecture"', role=f'"{role}"')
    (told,) = [f for f in found.findings if f.code == "project-session-unused"]
    assert told.message.startswith("t.md: session = 'w02-lecture' has no effect")
    assert "project-session-unused" not in {
        f.code for f in understood(tmp_path, {"t.md": TEST}, session='"w02-lecture"').findings
    }
