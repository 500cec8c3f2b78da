"""Tests laid out by signs as sources of a course: in course.toml, in a folder, in its products."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import etree

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice, Question, ShortAnswer
from coursepack.outline import Understood
from coursepack.place import CoursepackError
from tests.outline.documents import Word
from tests.readers.word import p, package

TAGGED = (
    "<question1>Астана қайда?\n<variant>Оралда\n<variantright>Ақмолада\n"
    "<question2>Кім?\n<variantright>Абай\n<variant>Абылай\n"
)
PLAIN = TAGGED.replace("right>", ">")
LIA = "# Курс лекций\n\n## Лекция 1. Введение\n\nОбычное предложение.\n\nЧто верно?\n\n- [( )] неверно\n- [(X)] верно\n"


def course(folder: Path, file: str, data: bytes, role: str = "tests", more: str = "") -> Understood:
    (folder / file).write_bytes(data)
    toml = f'id = "x"\ntitle = "X"\nlanguage = "kk"\n[[source]]\nfile = "{file}"\nrole = "{role}"\n{more}'
    (folder / "course.toml").write_text(toml, "utf-8")
    (loaded,) = discovery.find_projects([folder])
    return build.understand(loaded)


def word(text: str) -> bytes:
    return package("".join(p(line.replace("<", "&lt;")) for line in text.splitlines()))


def exam(understood: Understood) -> tuple[Question, ...]:
    assert understood.course.exam
    return understood.course.exam.questions


def right(question: Question) -> list[str]:
    assert isinstance(question, MultipleChoice)
    return [block_text(choice.content) for choice in question.choices if choice.fraction > 0]


@pytest.mark.parametrize(("file", "data"), [("a.docx", word(TAGGED)), ("a.txt", TAGGED.encode())])
@pytest.mark.parametrize("role", ["tests", "questions"])
def test_a_tagged_test_is_a_bank(file: str, data: bytes, role: str, tmp_path: Path) -> None:
    made = exam(course(tmp_path, file, data, role))
    assert [right(question) for question in made] == [["Ақмолада"], ["Абай"]]
    assert [question.tags for question in made] == [("level-1",), ("level-2",)]
    assert not any("<" in block_text(question.text) for question in made)


@pytest.mark.parametrize(("file", "data"), [("a.docx", word(PLAIN)), ("a.txt", PLAIN.encode())])
def test_the_author_says_whether_the_first_is_right(file: str, data: bytes, tmp_path: Path) -> None:
    assert [right(question) for question in exam(course(tmp_path, file, data))] == [["Оралда"], ["Абай"]]
    denied = course(tmp_path, file, data, more="first_right = false\n")
    assert [right(question) for question in exam(denied)] == [[], []]


def test_first_right_means_nothing_of_another_document(tmp_path: Path) -> None:
    with pytest.raises(CoursepackError, match="first_right is set for a document that is not a tagged test"):
        course(tmp_path, "a.docx", word("1-дәріс. Жасуша"), "lecture", "first_right = true\n")


@pytest.mark.parametrize(("file", "data", "called"), [("a.docx", word(TAGGED), "tagged")])
def test_keys_in_a_text_for_students_stop_it(file: str, data: bytes, called: str, tmp_path: Path) -> None:
    with pytest.raises(CoursepackError, match=f"textbook with quizzes in it that are laid out as {called}"):
        course(tmp_path, file, data, "textbook")


def test_a_task_list_in_a_plan_is_no_test(tmp_path: Path) -> None:
    text = "# Жоспар\n\n- [x] оқу\n- [ ] жазу\n"
    assert course(tmp_path, "a.md", text.encode(), "reading").course.readings


def test_a_folder_with_a_tagged_document(tmp_path: Path) -> None:
    (tmp_path / "сұрақтар.docx").write_bytes(word(TAGGED))
    (loaded,) = discovery.find_projects([tmp_path])
    assert [(entry.file, entry.role) for entry in loaded.project.source] == [("сұрақтар.docx", "tests")]
    assert [right(question) for question in exam(build.understand(loaded))] == [["Ақмолада"], ["Абай"]]


def test_levels_are_categories_of_the_exam_in_moodle(tmp_path: Path) -> None:
    course(tmp_path, "a.docx", word(TAGGED))
    (loaded,) = discovery.find_projects([tmp_path])
    built = build.build(loaded, tmp_path / "out", build.Settings(formats=("moodle-xml",)))
    assert built.folder
    tree = etree.parse(built.folder / "x-questions.xml")
    names = [found.text or "" for found in tree.getroot().iterfind("question[@type='category']/category/text")]
    assert names[-2:] == [f"{names[-3]}/1-деңгей", f"{names[-3]}/2-деңгей"]


PROSE = "Клетка есть основная единица строения живых организмов, и каждая из них имеет мембрану и цитоплазму. " * 6


def variants(level: str, right: str, count: int = 3) -> str:
    """Questions «Вопрос 1 о клетке?» … with the second variant marked as ``right``."""
    return "".join(
        f"<question{level}>Вопрос {n} о клетке?\n<variant>первый\n<{right}>второй\n<variant>третий\n"
        for n in range(1, count + 1)
    )


def styled(*lines: tuple[str, int]) -> bytes:
    """A Word document: texts with the level of their heading, 0 for none."""
    made = Word()
    for text, level in lines:
        if level:
            made.h(text, level)
        else:
            made.p(*text.splitlines())
    out = io.BytesIO()
    made.document.save(out)
    return out.getvalue()


def test_tags_among_other_text_are_read_with_it(tmp_path: Path) -> None:
    fund = styled(
        ("Фонд оценочных средств", 1), (PROSE, 0), ("Вопросы к экзамену", 2),
        ("1. Понятие клетки.\n2. Понятие ткани.\n3. Понятие органа.", 0), ("Тестовые задания", 2),
        (variants("2", "variantright"), 0), ("Критерии оценивания", 2), (PROSE, 0),
    )  # fmt: skip
    made = exam(course(tmp_path, "fund.docx", fund, "assessment-fund"))
    assert [block_text(q.text) for q in made[:3]] == ["Понятие клетки.", "Понятие ткани.", "Понятие органа."]
    assert [block_text(q.text) for q in made[3:]] == [f"Вопрос {n} о клетке?" for n in (1, 2, 3)]
    assert [right(q) for q in made[3:]] == [["второй"]] * 3
    assert [q.tags for q in made[3:]] == [("level-2",)] * 3


@pytest.mark.parametrize(("said", "key"), [("", ["первый"]), ("first_right = false\n", [])])
def test_tags_in_lectures_are_their_self_checks(said: str, key: list[str], tmp_path: Path) -> None:
    data = styled(
        ("Лекция 1. Клетка", 1), (PROSE, 0), ("Тест", 2), (variants("", "variant"), 0),
        ("Лекция 2. Ткань", 1), (PROSE, 0), ("Тест", 2), (variants("", "variant", 2), 0),
    )  # fmt: skip
    found = course(tmp_path, "l.docx", data, "textbook", said)
    reviews = [session.review for _, session in found.course.sessions()]
    assert [[right(q) for q in review] for review in reviews] == [[key] * 3, [key] * 2]
    assert found.course.exam is None


def test_tags_that_would_be_shown_in_a_lecture_are_refused(tmp_path: Path) -> None:
    data = styled(("Лекция 1. Клетка", 1), (PROSE, 0), ("Задания", 2), ("<variant>первый", 0))
    with pytest.raises(CoursepackError, match="keys of a test would be shown"):
        course(tmp_path, "l.docx", data, "textbook")


def test_what_stands_around_a_tagged_test_is_no_part_of_it(tmp_path: Path) -> None:
    data = styled(
        ("Тест", 1), ("Время 40 минут", 0), (variants("", "variantright", 9), 0), ("Заведующий Иванов И. И.", 0)
    )
    found = course(tmp_path, "a.docx", data)
    last = exam(found)[-1]
    assert isinstance(last, MultipleChoice)
    assert [block_text(choice.content) for choice in last.choices] == ["первый", "второй", "третий"]
    assert last.category == ("a", "Тест")
    told = [finding.message for finding in found.findings if finding.code == "tagged-left-out"]
    assert told == ["left out: «Время 40 минут»", "left out: «Заведующий Иванов И. И.»"]


def test_liascript_quizzes_in_lectures_are_their_self_checks_and_stand_on_no_page(tmp_path: Path) -> None:
    more = (
        "\nЯдро хранит наследственную информацию клетки.\n\n### Проверка\n\nОтметьте верные.\n\n"
        "- [[X]] ядро\n- [[ ]] камень\n"
        f"\n## Лекция 2. Ткань\n\n{PROSE}\n\nСтолица?\n\n[[Астана]]\n\nТкани делят на четыре вида.\n"
    )
    found = course(tmp_path, "a.md", (LIA + more).encode(), "textbook")
    (_, first), (_, second) = found.course.sessions()
    assert [(block_text(q.text), right(q)) for q in first.review] == [
        ("Что верно?", ["верно"]), ("Отметьте верные.", ["ядро"]),
    ]  # fmt: skip
    assert [q.id for q in first.review] == ["w01-lecture-q1", "w01-lecture-q2"]
    (asked,) = second.review
    assert isinstance(asked, ShortAnswer)
    assert [answer.text for answer in asked.answers] == ["Астана"]
    assert block_text(first.blocks).split("\n") == [
        "Обычное предложение.", "Ядро хранит наследственную информацию клетки.", "Проверка",
    ]  # fmt: skip
    assert block_text(second.blocks).split("\n")[-1] == "Ткани делят на четыре вида."
    assert found.course.exam is None
    assert not [f for f in found.findings if f.code == "liascript-left-out"]


def test_a_liascript_quiz_of_a_single_lecture_is_that_lectures(tmp_path: Path) -> None:
    text = f"# Клетка\n\n{PROSE}\n\nЧто верно?\n\n- [( )] неверно\n- [(X)] верно\n"
    found = course(tmp_path, "a.md", text.encode(), "lecture", "number = 4\n")
    ((_, only),) = found.course.sessions()
    assert (only.id, [right(q) for q in only.review]) == ("w04-lecture", [["верно"]])


def test_a_liascript_quiz_that_is_not_read_stops_a_lecture(tmp_path: Path) -> None:
    found = course(tmp_path, "a.md", (LIA + "\nЧто?\n\n[->[a|(b)|c]]\n").encode(), "textbook")
    assert [f.code for f in found.findings if f.severity == "error"] == ["liascript-question"]


TAGGED_TEXT = """Лекция 1. Клетка

{prose}

<question>Кто открыл клетку?
<variantright>Гук
<variant>Дарвин

Лекция 2. Ткань

{prose}

<question>Какая ткань есть у растений?
<variant>нервная
<variantright>проводящая
"""


@pytest.mark.parametrize("role", ["lecture", "textbook", "assessment-fund"])
def test_tags_among_the_text_of_a_plain_file(role: str, tmp_path: Path) -> None:
    prose = " ".join(["Клетка есть наименьшая часть живого, и всё живое из клеток состоит."] * 5)
    (tmp_path / "l.txt").write_text(TAGGED_TEXT.format(prose=prose), "utf-8")
    toml = f'id = "x"\ntitle = "X"\nlanguage = "ru"\n[[source]]\nfile = "l.txt"\nrole = "{role}"\n'
    (tmp_path / "course.toml").write_text(toml, "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    found = build.understand(loaded)
    sessions = [session for _, session in found.course.sessions()]
    assert [[block_text(q.text) for q in one.review] for one in sessions] == [
        ["Кто открыл клетку?"], ["Какая ткань есть у растений?"]
    ]  # fmt: skip
    assert all("наименьшая часть" in block_text(one.blocks) for one in sessions)
    assert not any("variant" in block_text(one.blocks) for one in sessions)
    assert [f.code for f in found.findings if f.severity == "error"] == []


def test_tags_behind_a_text_without_a_heading_are_the_test_of_a_fund(tmp_path: Path) -> None:
    prose = " ".join(["Студенты готовятся к тесту по лекциям и по учебнику."] * 9)
    tests = "".join(f"<question>Что такое {n}?\n<variantright>да\n<variant>нет\n" for n in range(1, 4))
    (tmp_path / "f.txt").write_text(f"{prose}\n\n{tests}\nЛитература\n\n{prose}\n", "utf-8")
    toml = 'id = "x"\ntitle = "X"\nlanguage = "ru"\n[[source]]\nfile = "f.txt"\nrole = "assessment-fund"\n'
    (tmp_path / "course.toml").write_text(toml, "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    exam = build.understand(loaded).course.exam
    assert exam is not None
    assert [block_text(one.text) for one in exam.questions] == ["Что такое 1?", "Что такое 2?", "Что такое 3?"]
