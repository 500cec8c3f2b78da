"""Tables of plain text whose columns stand one below another: of pandoc, reStructuredText, converters and people."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.course import Course

BELOW = "\n\nAfter the table a paragraph goes on for a while, so that it is wrapped to a line\nof its own below.\n"


def read(folder: Path, text: str) -> Course:
    path = folder / "plan.txt"
    path.write_text(text, encoding="utf-8")
    (loaded,) = find_projects([path])
    return build.understand(loaded).course


def sessions(course: Course) -> list[tuple[int, str, str | None]]:
    return [(week.number, session.kind, session.title) for week, session in course.sessions()]


ROWS = [
    (1, "lecture", "Cells and tissues"),
    (1, "practical", "Looking at onion skin"),
    (2, "lecture", "Roots"),
    (2, "practical", "Root hairs"),
    (3, "lecture", "Stems and their bark"),
    (3, "practical", "Rings of a branch"),
]

FORMS = {
    "grid": """\
+------+----------------------+---------------------+
| Week | Lecture              | Practice            |
+======+======================+=====================+
| 1    | Cells and            | Looking at onion    |
|      | tissues              | skin                |
+------+----------------------+---------------------+
| 2    | Roots                | Root hairs          |
+------+----------------------+---------------------+
| 3    | Stems and            | Rings of a branch   |
|      | their bark           |                     |
+------+----------------------+---------------------+""",
    "multiline": """\
-------------------------------------------------
 Week   Lecture                Practice
------ ---------------------- -------------------
 1      Cells and              Looking at onion
        tissues                skin

 2      Roots                  Root hairs

 3      Stems and              Rings of a branch
        their bark
-------------------------------------------------""",
    "simple": """\
Week    Lecture                Practice
------  ---------------------  -------------------
1       Cells and tissues      Looking at onion skin
2       Roots                  Root hairs
3       Stems and their bark   Rings of a branch""",
    "restructured": """\
====  ======================  =====================
Week  Lecture                 Practice
====  ======================  =====================
1     Cells and tissues       Looking at onion skin
2     Roots                   Root hairs
3     Stems and their bark    Rings of a branch
====  ======================  =====================""",
    "wrapped, rows parted by blank lines": """\
   Week   Lecture              Practice

   1      Cells and            Looking at onion
          tissues              skin

   2      Roots                Root hairs

   3      Stems and            Rings of a
          their bark           branch""",
    "wrapped, rows one below another": """\
Week   Lecture              Practice
   1   Cells and            Looking at onion
       tissues              skin
   2   Roots                Root hairs
   3   Stems and their      Rings of a branch
       bark""",
}


@pytest.mark.parametrize("form", FORMS)
def test_forms(form: str, tmp_path: Path) -> None:
    course = read(tmp_path, f"Botany 101\n\nWeekly plan\n\n{FORMS[form]}{BELOW}")
    assert sessions(course) == ROWS


def test_headings_between_rows_and_columns_with_gaps(tmp_path: Path) -> None:
    course = read(
        tmp_path,
        """BOTANY 101

Course calendar

   Week   Topic                      Reading        Due
   Unit One: The Cell and Its Walls
    1     Cells and tissues of       Ch. 1-2
          a green plant
    2     Membranes                  Ch. 3          Quiz 1
   Unit Two: Roots, Stems, Leaves
    3     Roots and root hairs       Ch. 4
    4     Stems and their bark,      Ch. 5          Essay
          with growth rings
   10     Leaves                     Ch. 6          Quiz 2

Grading
Quizzes 40%, essay 60%.
""",
    )
    assert [title for _, _, title in sessions(course)] == [
        "Cells and tissues of a green plant",
        "Membranes",
        "Roots and root hairs",
        "Stems and their bark, with growth rings",
        "Leaves",
    ]
    assert [week for week, _, _ in sessions(course)] == [1, 2, 3, 4, 10]


def test_kazakh_with_a_first_column_of_words(tmp_path: Path) -> None:
    course = read(
        tmp_path,
        """Топырақтану

Сабақтардың күнтізбелік жоспары

Апта        Дәріс тақырыбы                 Семинар тақырыбы              СӨЖ, балл

1-апта      Топырақ және оның              Топырақ үлгісін алу           Реферат – 5
            құрамы

2-апта      Топырақ суы                    Ылғалдылықты анықтау          Есеп – 10

3-апта      Топырақ ауасы мен              Газ алмасу                    Кесте – 5
            жылуы

Қорытынды бақылау – емтихан.
""",
    )
    assert sessions(course) == [
        (1, "lecture", "Топырақ және оның құрамы"),
        (1, "seminar", "Топырақ үлгісін алу"),
        (2, "lecture", "Топырақ суы"),
        (2, "seminar", "Ылғалдылықты анықтау"),
        (3, "lecture", "Топырақ ауасы мен жылуы"),
        (3, "seminar", "Газ алмасу"),
    ]
    assert len([task for week in course.weeks for task in week.assignments]) == 3


def test_answers_beside_one_another_are_no_table(tmp_path: Path) -> None:
    questions = "\n\n".join(
        f"{n}. Which organ is number {n}?\nA) root {n}      B) stem {n}      C) leaf {n}" for n in range(1, 6)
    )
    course = read(tmp_path, f"Test in botany\n\n{questions}\n\nAnswers: 1A 2B 3C 4A 5B\n")
    assert course.exam is not None
    assert len(course.exam.questions) == 5
    assert all(len(question.choices) == 3 for question in course.exam.questions)  # type: ignore[union-attr] # tests


def test_a_title_of_letters_apart_names_the_paper(tmp_path: Path) -> None:
    course = read(
        tmp_path,
        """                  ИНСТИТУТ  ГОРОДСКОЙ  СРЕДЫ

            С И Л Л А Б У С    Д И С Ц И П Л И Н Ы

                Организация дорожного движения

  Шифр:  ODD 2304                      Объем:  4 кредита
""",
    )
    assert course.title == "Организация дорожного движения"
    assert course.about is not None
    assert course.about.code == "ODD 2304"


def test_what_follows_a_table_is_not_its_last_rows(tmp_path: Path) -> None:
    course = read(
        tmp_path,
        """Организация движения

   Нед.   Тема лекции                              Практика

   1      Транспортный поток и его                 Подсчет машин на
          измерители                               видеозаписи

   2      Разметка и знаки                         Чтение схемы дислока-
                                                   ции знаков

   Самостоятельная работа
     1)  Отчет о замере интенсивности у  своего дома  (сдать до 3 нед.,
         15 баллов)
     2)  Эскиз перекрестка с новой разметкой  (сдать до 5 нед., 25 бал-
         лов)
""",
    )
    assert sessions(course) == [
        (1, "lecture", "Транспортный поток и его измерители"),
        (1, "practical", "Подсчет машин на видеозаписи"),
        (2, "lecture", "Разметка и знаки"),
        (2, "practical", "Чтение схемы дислокации знаков"),
    ]
    assert [task.number for week in course.weeks for task in week.assignments] == [1, 2]


@pytest.mark.parametrize(
    "head",
    [
        "Term        Meaning                 Example",
        "Term        Meaning                 Example\n            of the word             from home",
    ],
)
def test_the_head_of_a_table_of_terms_is_no_term_and_not_lost(tmp_path: Path, head: str) -> None:
    rows = "root        drinks water            carrot\nstem        carries water           celery\n"
    rows += "leaf        makes sugar             spinach\nbud         a leaf that sleeps      cabbage\n"
    (tmp_path / "glossary.txt").write_text(f"Botany glossary\n\n{head}\n{rows}", encoding="utf-8")
    (loaded,) = find_projects([tmp_path / "glossary.txt"])
    understood = build.understand(loaded)
    assert [term.term for term in understood.course.glossary] == ["root", "stem", "leaf", "bud"]
    assert [finding.code for finding in understood.findings if finding.code == "ledger-lost"] == []
