"""Papers as they lie in the folders of lecturers: programmes with exam lists inside, funds, answered lists, weeks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.model.questions import MultipleChoice
from coursepack.outline import Understood
from coursepack.outline.markers import standard
from coursepack.outline.tree.ordinals import counted
from tests.outline.documents import Word


def understood(path: Path) -> Understood:
    (loaded,) = discovery.find_projects([path])
    return build.understand(loaded)


def written(tmp_path: Path, name: str, text: str) -> Understood:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return understood(path)


def listed(tmp_path: Path, lines: Sequence[str], role: str = "questions") -> Understood:
    """Lines in a file of a role that course.toml names."""
    (tmp_path / "course.toml").write_text(
        f'id = "bees"\ntitle = "Bees"\nlanguage = "en"\n[[source]]\nfile = "list.txt"\nrole = "{role}"\n',
        encoding="utf-8",
    )
    (tmp_path / "list.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return understood(tmp_path)


def asked(course: Course) -> Sequence[str]:
    return [] if course.exam is None else [block_text(one.text) for one in course.exam.questions]


def titles(course: Course) -> Sequence[tuple[str, int | None, str | None]]:
    return [(one.kind, one.number, one.title) for _, one in course.sessions()]


def codes(found: Understood) -> set[str]:
    return {finding.code for finding in found.findings}


# --- an exam that a stronger heading seems to hold everything in

PROGRAMMES = {
    "en": (
        "Course specification", "Form of assessment", "Final examination", "Aims of the course",
        "The course teaches how bread is baked in a village oven.", "Learning outcomes",
        ("knead a dough", "heat an oven"), "Exam questions", ("What is a leaven?", "Why does a crust crack?"),
    ),
    "ru": (
        "Рабочая программа дисциплины", "Форма промежуточной аттестации", "Экзамен", "Цели освоения дисциплины",
        "Дисциплина учит печь хлеб в деревенской печи.", "Результаты обучения",
        ("замесить тесто", "растопить печь"), "Вопросы к экзамену", ("Что такое закваска?", "Почему трескается корка?"),
    ),
    "kk": (
        "Пәннің жұмыс бағдарламасы", "Бақылау түрі", "Емтихан", "Пәннің мақсаты",
        "Пән ауыл пешінде нан пісіруді үйретеді.", "Оқыту нәтижелері",
        ("қамыр илеу", "пеш жағу"), "Емтихан сұрақтары", ("Ашытқы деген не?", "Қабық неге жарылады?"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", PROGRAMMES)
def test_an_exam_holds_no_aims_and_no_outcomes(language: str, tmp_path: Path) -> None:
    paper, form, exam, aims, aim, outcomes, learned, questions, questioned = PROGRAMMES[language]
    word = Word()
    word.p(paper, style="Title")
    word.h(str(form), 1).h(str(exam), 2).h(str(aims), 3).p(str(aim))
    word.h(str(outcomes), 3).p(*learned, num=word.numbering()).h(str(questions), 2).p(*questioned, num=word.numbering())
    course = understood(word.save(tmp_path / "programme.docx")).course
    assert list(asked(course)) == list(questioned)
    assert [block_text(course.about.aim)] == [aim]
    assert list(course.about.outcomes) == list(learned)


# --- an assessment fund: a test that numbers count, an exam list, sections that are no lectures

FUND = """# Фонд оценочных средств

по учебной дисциплине

Пчеловодство

# 1. Паспорт фонда

Результатом освоения дисциплины является умение держать пчёл в средней полосе и получать мёд без вреда для семьи.

# 2. Порядок оценивания

Предметом оценки служат умения и знания, которые предусмотрены программой; контроль ведёт преподаватель.

# 3. Материалы

## 3.1 Комплект фонда для теста

{test}

## 3.2 Комплект фонда для экзамена

{exam}
"""
STEMS = ("Улей – это:", "Программное обеспечение пасеки – это:", "Рой – это:", "Матка – это:", "Трутень – это:")
TOPICS = tuple(
    f"Строение пчелы, часть {word}." for word in ["первая", "вторая", "третья", "четвёртая", "пятая", "шестая"]
)
TOPICS += tuple(
    f"Болезни пчёл, часть {word}." for word in ["первая", "вторая", "третья", "четвёртая", "пятая", "шестая"]
)


def test_a_fund_has_a_test_and_an_exam_and_no_lectures(tmp_path: Path) -> None:
    test = "\n\n".join(
        "\n\n".join([f"{nth}\\. {stem}", *(f"{at}\\) ответ {nth}{at};" for at in range(1, 4))])
        for nth, stem in enumerate(STEMS, 1)
    )
    exam = "\n\n".join(f"{nth}\\. {topic}" for nth, topic in enumerate(TOPICS, 1))
    found = written(tmp_path, "fond.md", FUND.format(test=test, exam=exam))
    assert titles(found.course) == []
    questions = found.course.exam.questions if found.course.exam else ()
    chosen = [one for one in questions if isinstance(one, MultipleChoice)]
    assert [block_text(one.text) for one in chosen] == list(STEMS)
    assert all(len(one.choices) == 3 for one in chosen)
    assert [block_text(one.text) for one in questions if not isinstance(one, MultipleChoice)] == list(TOPICS)


# --- weeks of a line each

WEEKS = ("Bees and hives", "Honey flows", "Swarms", "Wintering", "Diseases")


def test_lines_of_weeks_are_a_plan_without_any_heading(tmp_path: Path) -> None:
    lines = [f"Week {nth}: {title}\n\nQuiz {nth} due" for nth, title in enumerate(WEEKS, 1)]
    course = written(tmp_path, "outline.txt", "\n\n".join(lines) + "\n").course
    assert titles(course) == [("lecture", nth, title) for nth, title in enumerate(WEEKS, 1)]


# --- headings of a lecture in the style of its own heading

HEADS = {
    "en": ("Lecture {n}", "How bees live", "What a swarm is", "Grading"),
    "ru": ("Лекция {n}", "Как живут пчёлы", "Что такое рой", "Политика оценивания"),
    "kk": ("{n}-дәріс", "Аралар қалай тұрады", "Үйір деген не", "Бағалау саясаты"),
}
TEXT = {
    "en": "Bees keep the hive warm in winter by trembling, and they eat the honey that they brought home in summer.",
    "ru": "Зимой пчёлы греют улей дрожью и едят мёд, который они принесли домой летом с лугов и из садов.",
    "kk": "Қыста аралар ұясын дірілдеп жылытады және жазда шалғыннан жинап әкелген балын жейді, гүлдерді күтеді.",
}


@pytest.mark.parametrize("language", HEADS)
def test_headings_between_lectures_are_of_the_lecture_before(language: str, tmp_path: Path) -> None:
    lecture, one, other, _ = HEADS[language]
    text = TEXT[language]
    lines = [
        f"# {lecture.format(n=1)}. A", text, f"# {one}", text, f"# {other}", text,
        f"# {lecture.format(n=2)}. B", text, f"# {one}", text,
    ]  # fmt: skip
    course = written(tmp_path, "notes.md", "\n\n".join(lines) + "\n").course
    sessions = [session for _, session in course.sessions()]
    assert [session.number for session in sessions] == [1, 2]
    assert [[block_text((block,)) for block in session.blocks] for session in sessions] == [
        [text, one, text, other, text],
        [text, one, text],
    ]
    assert course.about.policies == ()


@pytest.mark.parametrize("language", HEADS)
def test_a_part_of_the_course_between_lectures_is_not_of_the_lecture(language: str, tmp_path: Path) -> None:
    lecture, _, _, policy = HEADS[language]
    text = TEXT[language]
    lines = [f"# {lecture.format(n=1)}. A", text, f"# {policy}", text, f"# {lecture.format(n=2)}. B", text]
    course = written(tmp_path, "notes.md", "\n\n".join(lines) + "\n").course
    assert [block_text(session.blocks) for _, session in course.sessions()] == [text, text]


# --- answers under the questions of a list

ANSWERED = {
    "en": ("Exam questions", "What is wax", "Wax is what young bees build their combs of."),
    "ru": ("Вопросы к экзамену", "Понятие воска", "Воск – это то, из чего молодые пчёлы строят соты."),
    "kk": ("Емтихан сұрақтары", "Балауыз ұғымы", "Балауыз – жас аралар ұяшық салатын зат болып табылады."),
}


@pytest.mark.parametrize("language", ANSWERED)
def test_answers_under_questions_are_the_teachers(language: str, tmp_path: Path) -> None:
    head, question, answer = ANSWERED[language]
    lines = [head]
    for nth in range(1, 8):
        lines += [f"{nth}. {question} {nth}", answer, answer.replace(".", f" ({nth}).")]
    found = listed(tmp_path, lines)
    exam = found.course.exam
    assert exam is not None
    assert [block_text(one.text) for one in exam.questions] == [f"{question} {nth}" for nth in range(1, 8)]
    assert all(block_text(one.grader_notes).startswith(answer) for one in exam.questions)
    assert "outline-answers-kept" in codes(found)
    assert "ledger-lost" not in codes(found)


def test_a_question_that_goes_on_to_ask_keeps_its_lines(tmp_path: Path) -> None:
    lines = ["Exam questions"]
    for nth in range(1, 8):
        lines += [f"{nth}. Hive {nth}", "A hive stands in the shade of an old pear tree.", "Describe how you move it."]
    exam = listed(tmp_path, lines).course.exam
    assert exam is not None
    assert not any(one.grader_notes for one in exam.questions)


# --- a text is never a title page

CHAPTER = """### 1.3 Roots and shoots

{text}

**Roots:**

{text}

**Shoots:**

{text}

#### Worked example

Step 1: Find the root of the plant.
{text}

Step 2: Find the shoot of the plant.
{text}

Step 3: Find the leaf of the plant.

#### A look back

{text}
"""


def test_steps_late_in_a_chapter_make_it_no_list_of_tasks(tmp_path: Path) -> None:
    text = (
        "A root takes water and salts out of the ground and holds the plant where it stands. It grows at its tip that "
        "a cap of slippery cells protects, and its hairs are only one cell long."
    )
    found = written(tmp_path, "1.3_Roots.md", CHAPTER.format(text=text))
    ((_, session),) = found.course.sessions()
    assert session.title == "1.3 Roots and shoots"
    assert block_text(session.blocks).count(text) == 6
    assert all(len(week.assignments) == 0 for week in found.course.weeks)


def test_text_before_a_list_of_tasks_is_a_foreword(tmp_path: Path) -> None:
    text = (
        "The works of this list are done in the garden of the school, in any weather and in strong boots; who has none "
        "asks for a pair in the shed. Each of them takes an hour."
    )
    lines = [text.replace("garden", name) for name in ("garden", "orchard", "field")]
    tasks = [f"Task {nth}. Dig bed number {nth}." for nth in range(1, 5)]
    found = listed(tmp_path, [*lines, *tasks], "assignments")
    assert found.course.foreword is not None
    assert [block_text((block,)) for block in found.course.foreword.blocks] == lines
    assert len([one for week in found.course.weeks for one in week.assignments]) == 4


# --- a lecture in points


def test_a_lecture_in_points_under_headings_in_headings_is_text(tmp_path: Path) -> None:
    parts = [
        f"## {part}. About thing {part}\n\n"
        + "\n\n".join(
            f"### {part}.{nth} Of thing {part}.{nth}\n\n" + "\n".join(f"- item {part}.{nth}.{at}" for at in range(1, 6))
            for nth in range(1, 5)
        )
        for part in range(1, 4)
    ]
    ahead = "\n\n".join(f"- Chapter {nth}: What comes {nth}" for nth in range(2, 6))
    text = "# Bees - Chapter 1\n\n" + "\n\n".join(parts) + "\n\n## 4. What comes next\n\n" + ahead + "\n"
    course = written(tmp_path, "Chapter01.md", text).course
    first = next(session for _, session in course.sessions() if session.number == 1)
    assert "item 2.3.4" in block_text(first.blocks)
    assert len(first.outline) < 10


# --- numbers that count no class


@pytest.mark.parametrize("line", ["2.3 Practice with numbers", "1.2 Chapter road map", "3.1. Лекция как жанр"])
def test_a_number_of_a_section_counts_no_class(line: str) -> None:
    assert not [mark for mark in standard().find(line) if mark.group == "numbered"]


@pytest.mark.parametrize("line", ["Приведены в разделе 2", "Given in section 2"])
def test_a_reference_counts_no_part(line: str) -> None:
    assert not [one for one in counted(line) if one.words]


# --- a heading that names a list and stands over the text of a class

OVER = {
    "en": ("Lecture 4. Bees", "Lecture outline", ("Hives", "Swarms"), "Review", "Hives", "Swarms"),
    "ru": ("Лекция 4. Пчёлы", "Содержание лекции", ("Ульи", "Рои"), "Контрольные вопросы", "Ульи", "Рои"),
    "kk": ("4-дәріс. Аралар", "Жоспары", ("Ұялар", "Үйірлер"), "Бақылау сұрақтары", "Ұялар", "Үйірлер"),
}


@pytest.mark.parametrize("language", OVER)
def test_contents_over_the_whole_text_are_its_points_alone(language: str, tmp_path: Path) -> None:
    title, contents, points, _, one, other = OVER[language]
    text = TEXT[language] + " " + TEXT[language]
    listed = "\n".join(f"1. {point}" for point in points)
    lines = [f"# {title}", f"## {contents}", listed, f"### {one}", text, f"### {other}", text]
    ((_, session),) = written(tmp_path, "lecture4.md", "\n\n".join(lines) + "\n").course.sessions()
    assert len(session.outline) == len(points)
    assert block_text(session.blocks).count(TEXT[language]) == 4


@pytest.mark.parametrize("language", OVER)
def test_a_heading_that_speaks_of_review_over_text_asks_nothing(language: str, tmp_path: Path) -> None:
    title, _, _, review, one, other = OVER[language]
    text = TEXT[language] + " " + TEXT[language]
    lines = [f"# {title}", f"## {review}", f"### {one}", text, f"### {other}", text]
    ((_, session),) = written(tmp_path, "lecture4.md", "\n\n".join(lines) + "\n").course.sessions()
    assert session.review == ()
    assert block_text(session.blocks).count(TEXT[language]) == 4


@pytest.mark.parametrize("language", OVER)
def test_questions_in_groups_are_still_review_questions(language: str, tmp_path: Path) -> None:
    title, _, _, review, one, other = OVER[language]
    text = TEXT[language] + " " + TEXT[language]
    asks = {"en": "Why do bees swarm?", "ru": "Почему пчёлы роятся?", "kk": "Аралар неге үйірленеді?"}[language]
    lines = [f"# {title}", text, f"## {review}", f"### {one}", f"1. {asks}", f"### {other}", f"1. {asks}"]
    ((_, session),) = written(tmp_path, "lecture4.md", "\n\n".join(lines) + "\n").course.sessions()
    assert sum(block_text(one.text) == asks for one in session.review) == 2


# --- what is claimed is found


def test_formulas_typed_as_tex_do_not_part_the_letters_of_a_ticket(tmp_path: Path) -> None:
    word = Word()
    word.b("ЭКЗАМЕНАЦИОННЫЕ БИЛЕТЫ")
    for nth in range(1, 4):
        asks = (f"Что такое множество {nth}?", rf"Даны $A=\{{{nth},2\}}, B=\{{3,4\}}$. Найти $A \cup B$ и $A \cap B$.")
        word.b(f"Билет №{nth}").p(*asks, num=word.numbering())
    found = understood(word.save(tmp_path / "bilety.docx"))
    assert found.course.exam is not None
    assert len(found.course.exam.tickets) == 3
    assert "ledger-lost" not in codes(found)


def test_the_second_title_of_exam_lists_is_a_heading(tmp_path: Path) -> None:
    lists = [
        f"# Вопросы к {name}\n\n" + "\n\n".join(f"{nth}\\. Что такое {word}?" for nth, word in enumerate(words, 1))
        for name, words in (("зачёту", ("воск", "мёд", "рой")), ("экзамену", ("улей", "пчела", "сот")))
    ]
    found = written(tmp_path, "rp.md", "# Рабочая программа дисциплины\n\nПчеловодство\n\n" + "\n\n".join(lists) + "\n")
    assert len(asked(found.course)) == 6
    assert "ledger-lost" not in codes(found)
