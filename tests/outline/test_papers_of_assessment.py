"""Papers on how a course is judged, module handbooks, lists for an oral exam: what each part of one becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.model.questions import Description, Essay
from tests.outline import documents
from tests.outline.test_papers_of_strangers import read, sessions, work

SHARES = {
    "en": ("How You Will Be Judged in «Bird Ringing»", "For candidates and examiners.", "Piece", "Weight", "Rules"),
    "ru": ("Как оценивается курс «Кольцевание птиц»", "Для студентов и экзаменаторов.", "Работа", "Вес", "Правила"),
    "kk": (
        "«Құс сақиналау» курсы қалай бағаланады",
        "Емтихан алушыларға.",
        "Жұмыс",
        "Үлесі",
        "Ережелер",
    ),
}
WORKS = {
    "en": ("Field diary", "Ring test", "Talk"),
    "ru": ("Полевой дневник", "Зачёт по кольцам", "Доклад"),
    "kk": ("Далалық күнделік", "Сақина сынағы", "Баяндама"),
}


def shares(course: Course) -> list[tuple[str, float]]:
    grading = course.about.grading
    return [(one.name, one.percent) for one in grading.weights] if grading is not None else []


def policies(course: Course) -> list[tuple[str | None, str]]:
    return [(one.title, block_text(one.blocks)) for one in course.about.policies if block_text(one.blocks)]


def asked(course: Course) -> list[str]:
    questions = course.exam.questions if course.exam is not None else None
    return [block_text(one.text) for one in questions or () if isinstance(one, Essay)]


@pytest.mark.parametrize("language", sorted(SHARES))
@pytest.mark.parametrize("coded", [False, True])
def test_a_table_under_the_name_of_shares_parts_the_mark(tmp_path: Path, language: str, *, coded: bool) -> None:
    title, reader, piece, weight, rules = SHARES[language]
    head = ["№", piece, weight] if coded else [piece, weight]
    rows = [
        [*([f"E{n}"] if coded else []), name, str(percent)]
        for n, (name, percent) in enumerate(zip(WORKS[language], (50, 30, 20), strict=True), 1)
    ]
    table = "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))
    items = "\n".join(f"{n}. {name} {n}?" for n, name in enumerate((piece, *WORKS[language], piece), 1))
    parts = f"## I. {piece}\n\n{table}\n\n## II. ?\n\n{items}\n\n## III. {rules}\n\n**A b.** C d.\n"
    text = f"# {title}\n\n*{reader}*\n\n{parts}"
    assert shares(read(tmp_path, rules=text)) == list(zip(WORKS[language], (50.0, 30.0, 20.0), strict=True))


def test_rules_with_numbers_and_titles_are_a_rule_each(tmp_path: Path) -> None:
    rules = (
        "6.1 Second attempts. One resit is allowed, within a week.\n\n6.2 Appeals. A mark stands unless rules broke."
    )
    text = f"# Syllabus: Midwifery\n\n## 1. Aims\n\nTo learn to help.\n\n## 6. House rules\n\n{rules}\n"
    assert policies(read(tmp_path, rules=text))[-2:] == [
        ("Second attempts", "One resit is allowed, within a week."),
        ("Appeals", "A mark stands unless rules broke."),
    ]


def test_rules_that_begin_in_bold_type_have_it_as_their_title(tmp_path: Path) -> None:
    rules = "**Diaries** are read each evening.\n\n**Joint work** is marked jointly."
    text = f"# Syllabus: Digging\n\n## Aims\n\nTo learn to dig.\n\n## House rules\n\n{rules}\n"
    assert policies(read(tmp_path, rules=text))[-2:] == [
        ("Diaries", "are read each evening."),
        ("Joint work", "is marked jointly."),
    ]


def test_a_line_of_an_institution_with_a_year_is_no_book(tmp_path: Path) -> None:
    text = (
        "# Adult Care 3\n\n## Rules for judging\n\nMarlow University, Faculty of Health — from September 2022\n\n"
        "## Weights\n\n| Piece | Weight |\n|---|---|\n| Essay | 40 |\n| Stations | 60 |\n\n## If things go wrong\n\n"
        "Tell the office.\n"
    )
    assert read(tmp_path, rules=text).about.literature.basic == ()


BRIEFS = {
    "en": ("The two briefs in full", "Brief", "Take one fibre and weave it.", "Hand-in: Friday 1 December, noon"),
    "ru": ("Обе работы целиком", "Задание", "Соберите гербарий из десяти растений.", "Срок сдачи: 1 декабря"),
    "kk": ("Екі жұмыс толығымен", "Тапсырма", "Он өсімдіктен гербарий жинаңыз.", "Тапсыру мерзімі: 1 желтоқсан"),
}


@pytest.mark.parametrize("language", sorted(BRIEFS))
def test_briefs_that_a_word_counts_are_work_and_no_rules(tmp_path: Path, language: str) -> None:
    over, name, says, due = BRIEFS[language]
    first, second = ("Map", "Loom") if language == "en" else ("Карта", "Станок")
    works = "".join(
        f"### {name} {n}: {title}\n\n{says}\n\n{title}.\n\n{due}\n\n" for n, title in enumerate((first, second), 1)
    )
    text = f"# Syllabus: Botany\n\n## Aims\n\nTo look.\n\n## {over}\n\n{works}"
    course = read(tmp_path, handbook=text)
    assert [(title, body) for _, title, body in work(course)] == [(one, f"{says}\n{one}.") for one in (first, second)]
    assert not any(name in (title or "") for title, _ in policies(course))


@pytest.mark.parametrize(
    ("over", "kind"), [("Essential", "basic"), ("If you want to go further", "additional"), ("Reading", "basic")]
)
def test_books_are_of_the_kind_that_the_words_over_them_name(tmp_path: Path, over: str, kind: str) -> None:
    books = ["Takeda, S. (2011) Double Cloth. Kyoto: Hata.", "Ilves, P. (2018) Wool. Tartu: Lamb."]
    listed = "\n".join(f"- {one}" for one in books)
    text = f"# Syllabus: Weaving\n\n## Aims\n\nTo weave.\n\n## Library list\n\n### {over}\n\n{listed}\n"
    assert list(getattr(read(tmp_path, handbook=text).about.literature, kind)) == books


def test_hours_of_several_kinds_in_the_row_of_a_head(tmp_path: Path) -> None:
    effort = "12 h lectures; 48 h workshops; 140 h on your own; 200 h altogether"
    rows = f"| Module code | TXD501 |\n|---|---|\n| Student effort | {effort} |"
    text = f"# Weaving\n\n{rows}\n\n## Aims\n\nTo weave.\n\n## House rules\n\nNo food.\n"
    hours = read(tmp_path, handbook=text).about.hours
    assert hours is not None
    assert (hours.lecture, hours.practical, hours.independent, hours.total) == (12, 48, 140, 200)


ORAL = """
                        Department of Letters
                   University of Saint-Malvy

           The {kind} Novel, 1719-1925
           topics for the viva, 2024

The candidate speaks on one topic drawn from the hat and answers a
question on one of the five books of his or her own list.

A. Beginnings

   The island as workshop
   Letters and lies in two old books
   Why does the traveller never get home?
   A good man and his hard luck

B. Great houses

   Money and marriage in a small town
   The ladders of a poor young man
   The first page of a long book

C. Into the fog

   The clocks of one long day
   The trial: whose court is it?
   A sentence that will not end
"""


def test_letters_that_count_groups_of_topics_are_headings(tmp_path: Path) -> None:
    course = read(tmp_path, viva=ORAL.format(kind="Northern"))
    assert course.title == "The Northern Novel, 1719-1925"
    assert course.about.teachers == ()
    assert asked(course)[0] == "The island as workshop"
    assert [one for one in asked(course) if one[1:2] == "."] == []
    assert len(asked(course)) == 10


def test_a_sentence_over_a_list_of_names_asks_nothing(tmp_path: Path) -> None:
    exam = read(tmp_path, viva=ORAL.format(kind="Northern")).exam
    assert exam is not None
    assert exam.questions is not None
    told = [block_text(one.text) for one in exam.questions if isinstance(one, Description)]
    assert len(told) == 1
    assert told[0].startswith("The candidate speaks on one topic")


def test_all_examiners_of_a_line_are_heard(tmp_path: Path) -> None:
    items = "\n".join(f"{n}. How does the {part} work?" for n, part in enumerate(("hip", "knee", "foot", "hand"), 1))
    who = "oral exam, June 2022 · examiners Prof. Z. Hribar and Dr M. Kos"
    text = f"# Anatomy: what you may be asked\n\n{who}\n\n## Bones\n\n{items}\n"
    course = read(tmp_path, exam=text)
    assert course.title == "Anatomy"
    assert [one.name for one in course.about.teachers] == ["Prof. Z. Hribar", "Dr M. Kos"]


TERMS = """
CHAPTER {n}
What Holds a Crumb Together

   Push a spade into a meadow and turn the sod over. If the soil falls
apart into pieces the size of peas, it has good structure. If it comes
away in plates, it has not, and the roots will tell you so in summer.

{over}

flocculation {sign} the gathering of clay sheets into bundles by ions
    between them
hypha {sign} a single thread of a fungus
cast {sign} soil that has passed through an earthworm
"""


@pytest.mark.parametrize("sign", ["--", "–", "-"])
@pytest.mark.parametrize("over", ["WORDS TO KEEP", "GLOSSARY"])
def test_terms_below_a_title_in_capitals_hang(tmp_path: Path, sign: str, over: str) -> None:
    course = read(tmp_path, chapter=TERMS.format(n=6, sign=sign, over=over))
    assert [(one.term, block_text(one.definition)) for one in course.glossary] == [
        ("flocculation", "the gathering of clay sheets into bundles by ions between them"),
        ("hypha", "a single thread of a fungus"),
        ("cast", "soil that has passed through an earthworm"),
    ]
    assert not any(over in block_text(one.blocks) for one in sessions(course))


@pytest.mark.parametrize(
    ("value", "lecture", "laboratory", "receives"),
    [("24 classroom, 96 shop", 24, 96, None), ("Mon 10:00-12:00", None, None, "Mon 10:00-12:00")],
)
def test_hours_are_those_of_classes_where_they_count_several_kinds(
    tmp_path: Path, value: str, lecture: int | None, laboratory: int | None, receives: str | None
) -> None:
    head = "WLD 121 ....... Arc Welding\n\nCREDITS ....... 4\nWITH .......... Hank Delacroix, hank@bend.example\n"
    text = (
        f"BEND COLLEGE\n\nCourse outline\n\n{head}HOURS ......... {value}\n\nIN A NUTSHELL\n  You will learn to weld.\n"
    )
    about = read(tmp_path, outline=text).about
    assert (about.hours.lecture if about.hours else None) == lecture
    assert (about.hours.laboratory if about.hours else None) == laboratory
    assert [one.office_hours for one in about.teachers] == [receives]


def test_how_a_paper_is_answered_is_no_list_of_books(tmp_path: Path) -> None:
    rules = "- Answer every question in Section A.\n- Approved calculators may be used.\n- Begin on a fresh page.\n"
    asked_for = "".join(
        f"{n}. Why does the {one} break?\n" for n, one in enumerate(("wave", "wall", "pier", "rope"), 1)
    )
    text = f"# Syllabus: Harbours\n\n## Read this first\n\n{rules}\n## Exam questions\n\n{asked_for}"
    assert read(tmp_path, course=text).about.literature.basic == ()


FUNDS = {
    "ru": (
        "Фонд оценочных средств «Гостиничное дело»",
        "Практические задания",
        "Задание {}.",
        [
            "Гость приехал рано. Составьте разговор.",
            "Гость забыл паспорт. Опишите порядок.",
            "40 номеров заняты. Что делать.",
        ],
        "Вопросы к зачёту",
        ["Что такое гостиница?", "Какие бывают номера?", "Кто встречает гостя?"],
    ),
    "kk": (
        "Бағалау құралдарының қоры «Қонақүй ісі»",
        "Практикалық тапсырмалар",
        "{}-тапсырма.",
        [
            "Қонақ ерте келді. Әңгіме құрастырыңыз.",
            "Қонақ төлқұжатын ұмытты. Ретін сипаттаңыз.",
            "40 нөмір бос емес. Не істеу керек.",
        ],
        "Сынақ сұрақтары",
        ["Қонақүй деген не?", "Нөмірлердің қандай түрлері бар?", "Қонақты кім қарсы алады?"],
    ),
    "en": (
        "Assessment fund: Hotel work",
        "Cases for the practice",
        "Task {}.",
        [
            "A guest comes early. Write the talk.",
            "A guest lost a passport. Say what to do.",
            "40 rooms are taken. Work out the load.",
        ],
        "Questions for the credit",
        ["What is a hotel?", "Which rooms are there?", "Who meets a guest?"],
    ),
}


@pytest.mark.parametrize("language", FUNDS)
@pytest.mark.parametrize("numbered", [True, False])
def test_counted_tasks_of_a_fund_are_work(tmp_path: Path, language: str, *, numbered: bool) -> None:
    """«Задание 1. …» under a heading of a fund was a rule of the course each."""
    title, heading, label, tasks, asked, questions = FUNDS[language]
    lines = [f"# {title}", f"## {'2. ' if numbered else ''}{heading}"]
    lines += [f"{label.format(at)} {task}" for at, task in enumerate(tasks, 1)]
    lines += [f"## {'3. ' if numbered else ''}{asked}", *(f"{at}. {one}" for at, one in enumerate(questions, 1))]
    (tmp_path / "fund.md").write_text("\n\n".join(lines), "utf-8")
    found = documents.read(tmp_path)
    set_ = [(a.number, f"{a.title} {block_text(a.blocks)}") for w in found["course"].weeks for a in w.assignments]
    assert [number for number, _ in set_] == [1, 2, 3]
    assert [task for (_, text), task in zip(set_, tasks, strict=True) if task.split(". ")[1] not in text] == []
    assert found["exam"] == questions
    assert not found["course"].about.policies
