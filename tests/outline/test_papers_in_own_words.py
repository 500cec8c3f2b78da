"""Papers in words of their own: seminars by what they hold, parts of exam papers, lists that are set in."""

from __future__ import annotations

from pathlib import Path

from coursepack import build, discovery
from coursepack.model.blocks import block_text, inline_text
from coursepack.model.course import Course, Session
from coursepack.model.questions import Description


def _read(folder: Path, text: str, name: str = "paper.txt") -> Course:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    (loaded,) = discovery.find_projects([file])
    return build.understand(loaded).course


def _sessions(course: Course) -> list[Session]:
    return [one for _, one in course.sessions()]


def _topics(one: Session) -> list[str]:
    return [inline_text(each.content) for each in one.topics]


def _asked(course: Course) -> list[str]:
    assert course.exam is not None
    return [block_text(one.text) for one in course.exam.questions if not isinstance(one, Description)]


SEMINARS = """# Римское частное право: планы занятий

## Занятие 1. Источники права

Обсуждаем:

1. Обычай и закон двенадцати таблиц.
2. Преторский эдикт.

Что прочитать:

- Дождев Д. В. Римское частное право. Гл. 1.

## Занятие 2. Лица и семья

Обсуждаем:

1. Три состояния лица.
2. Опека и попечительство.

Решаем казусы:

1. Раб Стих отпущен на волю по завещанию. Свободен ли Стих?

Доклад: Положение вольноотпущенника в городе.

Что прочитать:

- Институции Гая, кн. I.

## Занятие 3. Вещи

Обсуждаем:

1. Деление вещей.
2. Владение и держание.

Решаем казусы:

1. Авл нашёл на берегу доску и сделал из неё стол. Чей стол?

Что прочитать:

- Дигесты, 41.1.
"""


def test_numbered_points_to_discuss_are_no_steps_of_a_laboratory(tmp_path: Path) -> None:
    course = _read(tmp_path, SEMINARS, "plan.md")
    sessions = _sessions(course)
    assert [(one.kind, one.number) for one in sessions] == [("seminar", 1), ("seminar", 2), ("seminar", 3)]
    assert _topics(sessions[1]) == ["Три состояния лица.", "Опека и попечительство."]
    assert [block_text(one.blocks) for one in sessions[1].tasks] == [
        "Раб Стих отпущен на волю по завещанию. Свободен ли Стих?"
    ]
    assert len(sessions[1].literature) == 1


def test_a_report_that_a_class_names_is_work_outside_it(tmp_path: Path) -> None:
    course = _read(tmp_path, SEMINARS, "plan.md")
    works = [one for week in course.weeks for one in week.assignments]
    assert [block_text(one.blocks) for one in works] == ["Положение вольноотпущенника в городе."]


SECTIONS = """# Cities: discussion sections

Come having read.

## Section 1 (week 2) · Who owns the street?

**Before section:** Jacobs, *Death and Life*, ch. 2

- Whose eyes are missing?
- Is a café public space?

In the room: in threes, draw the corner where you grew up and mark who may linger there.

## Section 2 (week 3) · Redlining

**Before section:** Rothstein, *The Color of Law*, ch. 4

- How did a map become a prophecy?
- Compare two neighborhoods on the sheet.

In the room: in pairs, read the tract data and mark what has changed since then.

## Section 3 (week 5) · Gentrification

**Before section:** Glass, "Aspects of Change"

- Does displacement have to happen?
- Is the shop cause or symptom?
"""


def test_units_that_hold_talks_are_seminars_of_their_weeks(tmp_path: Path) -> None:
    course = _read(tmp_path, SECTIONS, "plan.md")
    found = [(week.number, one.kind, one.title) for week, one in course.sessions()]
    assert found == [
        (2, "seminar", "Who owns the street?"), (3, "seminar", "Redlining"), (5, "seminar", "Gentrification"),
    ]  # fmt: skip
    second = _sessions(course)[1]
    assert _topics(second) == ["How did a map become a prophecy?", "Compare two neighborhoods on the sheet."]
    assert [block_text(one.blocks) for one in second.tasks] == [
        "in pairs, read the tract data and mark what has changed since then."
    ]


PAPER = """COMPILERS

Examination, May 2026. Time allowed: two hours

Instructions to candidates

- Answer ALL questions in Section A and ONE from Section B.
- Begin each answer on a new page.

SECTION A

1. Explain the difference between a token and a lexeme. [4 marks]
2. What does a symbol table hold? [3 marks]
3. Name two strategies of register allocation. [3 marks]

SECTION B

4. A language allows nested functions.
(a) Describe the activation record that it needs. [10]
(b) Compare static links with a display. [10]

5. Turn to straight-line code.
(a) Build the graph for a = b + c. [10]
(b) Explain which statement is removed. [10]
"""


def test_what_a_paper_tells_its_candidates_is_no_question(tmp_path: Path) -> None:
    asked = _asked(_read(tmp_path, PAPER))
    assert len(asked) == 5
    assert not any("Begin each answer" in one or "Answer ALL" in one for one in asked)


def test_lettered_parts_belong_to_the_question_above_them(tmp_path: Path) -> None:
    asked = _asked(_read(tmp_path, PAPER))
    assert "activation record" in asked[3]
    assert "static links" in asked[3]
    assert asked[3].startswith("A language allows nested functions.")


def test_an_exam_list_runs_on_through_units(tmp_path: Path) -> None:
    text = """Fermented milks

UNIT I – Lactic acid bacteria

Q1. Classify lactic acid bacteria.
Q2. Distinguish between the two pathways.
Q3. Write short notes on citrate metabolism.

UNIT II – Starters

Q4. What is a mother culture?
Q5. Explain direct-to-vat starters.
Q6. Describe the causes of slow acid production.

UNIT III – Products

Q7. Draw the flow chart for yoghurt.
Q8. Discuss shrikhand.
Q9. What legal standards apply to frozen yoghurt?
"""
    course = _read(tmp_path, text)
    assert not _sessions(course)
    asked = _asked(course)
    assert (len(asked), asked[3]) == (9, "What is a mother culture?")


def test_lists_set_in_below_headings_are_no_terms(tmp_path: Path) -> None:
    text = """LECTURE 6
Lichens as partnerships

By the end of this hour you should be able to
   - name the two partners of a lichen and say what each of them gains
   - tell the growth forms apart

Route map
   1  Two organisms, one name
   2  Growth forms

1  Two organisms, one name

A lichen is a fungus that has taken up farming. The fungus builds
the house; inside it lives a layer of green algae or of bacteria,
and these feed both partners with sugar made in the light.

2  Growth forms

Crustose lichens are painted on the stone and cannot be lifted off
it with a knife. Others stand up like shrubs or hang down from the
branches of old trees, and these are the first to go in dirty air.

Words to keep
   thallus: the body of a lichen
   photobiont: the partner that makes sugar
   soredium: a crumb of fungus and alga together

Check yourself
   1. Which partner gives the lichen its name?
   2. Why is a soredium better than a spore?

For Thursday: photograph five lichens and sort them by their form.
"""
    course = _read(tmp_path, text)
    (lecture,) = _sessions(course)
    assert [block_text(one.text) for one in lecture.review] == [
        "Which partner gives the lichen its name?", "Why is a soredium better than a spore?",
    ]  # fmt: skip
    assert [one.term for one in course.glossary] == ["thallus", "photobiont", "soredium"]
    assert len(lecture.outcomes) == 2


def test_phones_that_are_forbidden_are_nobodys(tmp_path: Path) -> None:
    text = """Физика 1 – жазбаша емтихан

Телефон – жұмысты тоқтатуға негіз.

1. Дененің периодын табыңыз.
Жауабы: ________________
2. Энергиясы қандай?
Жауабы: ________________
3. Жылдамдығы қандай?
Жауабы: ________________
"""
    course = _read(tmp_path, text)
    assert not any(one.phone for one in course.about.teachers)
    assert not any("____" in one for one in _asked(course))


def test_a_label_of_one_line_under_marks_holds_no_list(tmp_path: Path) -> None:
    text = """# Авиация қауіпсіздігі: бағалау құралдарының қоры

## Емтихан сұрақтары

1. Әуежайдағы аймақтардың бөлінуі
2. Жүк пен поштаны тексеру
3. Дағдарыс штабының құрамы
4. Профайлинг негіздері

## Бағалау өлшемдері

**Тест.** Әр дұрыс жауап – 5 балл.

**Емтихан.** Екі сұрақтың әрқайсысы 20 балдан.
"""
    asked = _asked(_read(tmp_path, text, "fund.md"))
    assert asked == [
        "Әуежайдағы аймақтардың бөлінуі", "Жүк пен поштаны тексеру", "Дағдарыс штабының құрамы", "Профайлинг негіздері",
    ]  # fmt: skip
