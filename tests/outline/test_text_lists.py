"""Lists of questions in plain text: every numbering, and words that elsewhere would be headings."""

from __future__ import annotations

import msgspec
import pytest

from coursepack import outline
from coursepack.model.blocks import Heading, block_text, inline_text
from coursepack.model.course import Exam
from coursepack.model.questions import MultipleChoice
from coursepack.project.course_toml import Role, SourceEntry
from tests.outline.layouts import as_document, loaded


def understood(text: str, role: Role, language: str) -> outline.Understood:
    entry = SourceEntry(file="made.txt", role=role)
    found = outline.understand(loaded(language, entry), [(as_document(text), entry)])
    assert [ledger.unclaimed() for ledger in found.ledgers] == [[]]
    return found


def exam_of(text: str, role: Role, language: str) -> Exam:
    exam = understood(text, role, language).course.exam
    assert exam is not None
    return exam


ITEMS = {
    "kk": ["Қазақ хандығы", "Кеден одағы", "Қорытынды бақылау түрлері", "Білім", "1986 жылғы оқиға", "Тест түрлері"],
    "ru": [
        "Понятие власти", "Тесты и опросы", "Заключение договоров", "Глоссарий основных понятий курса",
        "1917 год в истории края", "Литература эпохи Просвещения",
    ],
    "en": [
        "The relational model.", "Keys.", "SQL queries.", "Conclusion of a contract", "1917 in world history",
        "References between tables",
    ],
}  # fmt: skip
HEADS = {"kk": "Емтихан сұрақтарының тізімі", "ru": "Вопросы к экзамену", "en": "Exam questions"}
ASKED = {"kk": "Сұрақ", "ru": "Вопрос", "en": "Question"}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    "form",
    [
        "{n}. {text}", "{n}) {text}", "{n} {text}", "{n}.{text}", "• {text}", "{text}", "{w} {n}. {text}",
        "{w} {n}:\n{text}",
    ],
)  # fmt: skip
def test_any_numbering(language: str, form: str) -> None:
    items = ITEMS[language]
    lines = [form.format(n=n, text=text, w=ASKED[language]) for n, text in enumerate(items, 1)]
    exam = exam_of("\n".join([HEADS[language], *lines]) + "\n", "questions", language)
    assert [block_text(q.text) for q in exam.questions] == items
    if "{n}" in form:
        assert [q.printed for q in exam.questions] == [str(n) for n in range(1, len(items) + 1)]


def test_a_heading_with_its_own_number_ends_the_list() -> None:
    text = "4. Вопросы к экзамену\n1. Власть\n2. Тесты и опросы\n3. Режимы\n\n"
    text += "5. Литература:\n1. Гаджиев К. С. Политология. – М., 2011.\n"
    found = understood(text, "questions", "ru").course
    assert found.exam is not None
    assert [block_text(q.text) for q in found.exam.questions] == ["Власть", "Тесты и опросы", "Режимы"]


def test_a_title_page_is_no_question() -> None:
    text = (
        "Қазақ ұлттық университеті\nКафедра меңгерушісі _______ А. Ахметов\n\nЕмтихан сұрақтары\n"
        "1. Билік ұғымы\n2. Саяси жүйе\n"
    )
    exam = exam_of(text, "questions", "kk")
    assert [block_text(q.text) for q in exam.questions] == ["Билік ұғымы", "Саяси жүйе"]


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("kk", ["Бірінші дәріс. Билік", "Екінші дәріс\nСаяси жүйе", "Он бірінші дәріс. Мемлекет"]),
        ("ru", ["Первая лекция. Власть", "Вторая лекция\nРежимы", "Лекция одиннадцатая. Партии"]),
        ("en", ["Lecture One. Power", "Second lecture\nSystems", "Lecture Eleven: Parties"]),
    ],
)
def test_numbers_in_words(language: str, heads: list[str]) -> None:
    body = {"kk": "Билік туралы сөз.", "ru": "Власть есть отношение.", "en": "Power is a relation."}[language]
    text = "\n\n".join(f"{head}\n\n{' '.join([body] * 12)}" for head in heads) + "\n"
    lectures = [s for _, s in understood(text, "textbook", language).course.sessions()]
    assert [s.number for s in lectures] == [1, 2, 11]
    assert [s.title for s in lectures] == [
        head.replace("\n", ". ").replace(": ", ". ").split(". ", 1)[1] for head in heads
    ]


def test_questions_of_a_seminar_after_a_lecture() -> None:
    body = " ".join(["Власть есть отношение между людьми."] * 40)
    text = f"Лекция 1. Власть\n\n{body}\n\nВопросы семинара:\n1. Ресурсы\n2. Виды\n\nЛекция 2. Режимы\n\n{body}\n"
    found = understood(text, "textbook", "ru").course
    seminars = [s for _, s in found.sessions() if s.kind == "seminar"]
    assert [[inline_text(t.content) for t in s.topics] for s in seminars] == [["Ресурсы", "Виды"]]


def test_classes_take_the_kind_of_their_list() -> None:
    text = "Планы семинарских занятий\n\nЗанятие 1. Власть\n1. Виды\n2. Ресурсы\n\nЗанятие 2. Режимы\n1. Типы\n"
    sessions = [s for _, s in understood(text, "seminar-plan", "ru").course.sessions()]
    assert [(s.kind, s.number, s.title, len(s.topics)) for s in sessions] == [
        ("seminar", 1, "Власть", 2),
        ("seminar", 2, "Режимы", 1),
    ]


def test_a_formula_is_no_heading_and_a_list_item_no_point() -> None:
    body = " ".join(["Власть есть отношение между людьми, которое длится во времени."] * 8)
    text = (
        "Лекция 1. Власть\n\nПлан:\n1. Понятие власти\n2. Охрана и защита прав\n3. Виды\n\n"
        f"{body}\n\nE = m · c²\n\n{body}\n\nЗадачи государства:\n1. Охрана территории.\n2. Защита границы.\n"
        f"3. Связь.\n\n{body}\n"
    )
    (session,) = [s for _, s in understood(text, "lecture", "ru").course.sessions()]
    assert [type(b).__name__ for b in session.blocks] == ["Paragraph"] * 4 + ["List", "Paragraph"]


def test_a_page_break_by_form_feed_is_no_indent() -> None:
    lines = [
        "Власть есть отношение между людьми, которое длится во времени и имеет",
        "разные виды. На этапе особенно важна связь между людьми и обществом.",
        "По мнению многих учёных, власть имеет несколько сторон, и эти стороны",
        "изучают разные науки. Однако на деле эта модель применяется так редко,",
        "что о ней забыли и в самих учебниках, и в научных работах последних лет",
        "того же века.",
    ]
    text = "Лекция 1. Власть\n" + "\n".join(lines[:2]) + "\n\f" + "\n".join(lines[2:]) + "\n"
    (session,) = [s for _, s in understood(text, "lecture", "ru").course.sessions()]
    assert [block_text((b,)) for b in session.blocks] == [" ".join(lines)]


LONG = (
    "Власть есть отношение между людьми, которое длится во времени и имеет\nразные виды. Важна связь между людьми и "
    "обществом, а также то, как они\nпонимают друг друга. Эту связь изучают разные науки, и каждая находит\n"
    "в ней своё.\n"
)


def body_of(text: str, role: Role = "lecture", language: str = "ru") -> list[str]:
    (session,) = [s for _, s in understood(text, role, language).course.sessions()]
    return [f"{type(b).__name__} {' '.join(block_text((b,)).split())}" for b in session.blocks]


def test_verses_keep_their_lines() -> None:
    verse = [
        "Мой дядя самых честных правил,",
        "Когда не в шутку занемог,",
        "Он уважать себя заставил",
        "И лучше выдумать не мог.",
    ]
    found = body_of("Лекция 1. Поэзия\n\n" + LONG + "\n" + "\n".join(verse) + "\n\n" + LONG)
    assert found[1:-1] == [f"Paragraph {line}" for line in verse]


def test_columns_of_spaces_are_a_table() -> None:
    rows = ["Год        Объём      Рост", "2010       120        4,5", "2011       130        5,1"]
    found = body_of("Лекция 1. Рост\n\n" + LONG + "\n" + "\n".join(rows) + "\n\n" + LONG)
    assert found[1] == "Table Год Объём Рост 2010 120 4,5 2011 130 5,1"


def test_a_note_under_a_line() -> None:
    found = understood(
        "Лекция 1. Рост\n\n" + LONG.strip() + "1\n\n_________\n1 Гаджиев К. С. Политология.\n", "lecture", "ru"
    )
    (session,) = [s for _, s in found.course.sessions()]
    assert not session.outline
    assert block_text(session.blocks).endswith("1 Гаджиев К. С. Политология.")
    assert [e.reason for e in found.ledgers[0].entries if e.fate == "aside"] == ["ruled line"]


def test_an_article_without_its_codes() -> None:
    text = (
        "УДК 94(574)\n\nПРОБЛЕМЫ ИСТОРИИ\nВ ТРУДАХ УЧЁНЫХ\n\nАхметов К.С., к.и.н., доцент; Иванова Е.П., лектор\n"
        "\nКарагандинский университет\n\nАннотация. Рассматриваются труды учёных.\n\n" + LONG + "\n" + LONG
    )
    (reading,) = understood(text, "article", "ru").course.readings
    assert reading.title == "ПРОБЛЕМЫ ИСТОРИИ В ТРУДАХ УЧЁНЫХ"
    assert [(a.name, a.degree, a.post) for a in reading.authors] == [
        ("Ахметов К.С.", "к.и.н.", "доцент"),
        ("Иванова Е.П.", None, "лектор"),
    ]
    assert reading.affiliation == ("Карагандинский университет",)
    assert block_text(reading.blocks).startswith("Аннотация.")


def test_the_first_point_of_a_seminar_names_its_topic() -> None:
    text = "Семинар №3\n1. Тема: Режимы\n2. Цель: узнать виды.\n3. Вопросы для обсуждения:\n1) Понятие.\n2) Виды.\n"
    (session,) = [s for _, s in understood(text, "seminar-plan", "ru").course.sessions()]
    assert (session.number, session.title, len(session.topics)) == (3, "Режимы", 2)


def test_a_topic_that_reads_like_a_heading() -> None:
    text = (
        "Week 1\nLecture: Databases\n" + LONG + "\nSeminar: Reading a schema\n1. Tables\n2. Keys\n\n"
        "SIW: Write an essay.\n\nWeek 2\nLecture: Queries\n" + LONG + "\nSeminar: Queries\n1. Select\n2. Join\n"
    )
    found = [s for _, s in understood(text, "textbook", "en").course.sessions()]
    assert [(s.kind, s.title) for s in found] == [
        ("lecture", "Databases"),
        ("seminar", "Reading a schema"),
        ("lecture", "Queries"),
        ("seminar", "Queries"),
    ]
    assert [inline_text(t.content) for t in found[1].topics] == ["Tables", "Keys"]


def test_numbered_sections_are_no_list() -> None:
    text = (
        "Семинар 3. Режимы\n1. Цель: узнать виды.\n2. Задания:\n1. Таблица.\n2. Эссе.\n3. Литература\n"
        "1. Гаджиев К. С. Политология.\n"
    )
    (session,) = [s for _, s in understood(text, "seminar-plan", "ru").course.sessions()]
    assert [block_text(t.blocks) for t in session.tasks] == ["Таблица.", "Эссе."]
    assert session.literature == ("Гаджиев К. С. Политология.",)


def test_names_in_a_row_that_end_alike() -> None:
    names = [
        "Әйелдер істері және отбасылық саясат жөніндегі ұлттық\nкомиссия",
        "Мемлекеттік бейбітшілік және прогресс сыйлығын беру жөніндегі комиссия",
        "Азаматтық мәселелер жөніндегі комиссия",
        "Мемлекеттік нышандар жөніндегі республикалық комиссия",
        "Адам құқықтары жөніндегі комиссия",
    ]
    prose = (
        "Президент жанында көптеген органдар жұмыс істейді, олардың құрамын\nПрезидент бекітеді. Бұл органдар түрлі "
        "мәселелерді қарайды және өз\nшешімдерін мемлекет басшысына ұсынады. Осы тізімде олардың ішіндегі\nең "
        "маңыздылары аталған.\n"
    )
    found = body_of(f"1-дәріс. Билік\n\n{prose}\nКОМИССИЯЛАР\n" + "\n".join(names) + "\n\n" + prose, "lecture", "kk")
    assert found[1] == "Heading КОМИССИЯЛАР"
    assert found[2] == "List " + " ".join(names).replace("\n", " ")


def test_headings_of_lists_and_homework() -> None:
    text = (
        "СОДЕРЖАНИЕ ЛЕКЦИОННЫХ ЗАНЯТИЙ\n\nЛекция 1\nТема: Власть\n\n" + LONG + "\nСОДЕРЖАНИЕ СЕМИНАРСКИХ ЗАНЯТИЙ\n\n"
        "Семинар 1\nТема: Режимы\nЗадания:\n1. Таблица.\n2. Эссе.\nДомашнее задание: прочесть главу 5.\n"
    )
    course = understood(text, "textbook", "ru").course
    lecture, seminar = [s for _, s in course.sessions()]
    assert len(lecture.blocks) == 1
    assert [block_text(t.blocks) for t in seminar.tasks] == ["Таблица.", "Эссе."]
    assert [(a.kind, block_text(a.blocks)) for week in course.weeks for a in week.assignments] == [
        ("homework", "прочесть главу 5.")
    ]


def test_soft_hyphens_show_nowhere() -> None:
    rows = ["Год | Рост", "2010 | подго\u00adтовка", "2011 | подъём"]
    found = body_of(
        "Лекция 1. Рост\n\n" + LONG.replace("обществом", "обще\u00adством") + "\n" + "\n".join(rows) + "\n\n" + LONG
    )
    plain = "Paragraph " + " ".join(LONG.split())
    assert found == [plain, "Table Год Рост 2010 подготовка 2011 подъём", plain]


def test_an_article_between_others() -> None:
    text = (
        "ТІЛДІҢ ДАМУЫ\n\nА.Б. Серікова1, Д.Е. Омаров2\n1Абай атындағы университет, Алматы қ.\n"
        "2Еуразия университеті, Астана қ.\n\n" + LONG + "\nӘдебиеттер тізімі\n1. Байтұрсынов А. Тіл тағылымы.\n"
        "2. Қайдар Ә. Қазақ тілі.\n\nRESUME\nThe article deals with it.\n"
    )
    (reading,) = understood(text, "article", "kk").course.readings
    assert [a.name for a in reading.authors] == ["А.Б. Серікова", "Д.Е. Омаров"]
    assert reading.affiliation == ("Абай атындағы университет, Алматы қ.", "Еуразия университеті, Астана қ.")
    assert reading.references == ("Байтұрсынов А. Тіл тағылымы.", "Қайдар Ә. Қазақ тілі.")
    assert block_text(reading.blocks[-1:]) == "The article deals with it."


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("ru", ("Вопросы к экзамену", "Тема 1. Власть", "Тема 2. Режимы")),
        ("kk", ("Емтихан сұрақтары", "1-тақырып. Билік", "2-тақырып. Режимдер")),
        ("en", ("Exam questions", "Topic 1. Power", "Topic 2. Regimes")),
    ],
)
def test_an_exam_list_by_topics(language: str, heads: tuple[str, str, str]) -> None:
    text = f"{heads[0]}\n{heads[1]}\n1. Понятие\n2. Виды\n{heads[2]}\n1. Типы\n2. Признаки\n"
    exam = exam_of(text, "questions", language)
    assert [(block_text(q.text), q.category) for q in exam.questions] == [
        ("Понятие", (heads[1],)),
        ("Виды", (heads[1],)),
        ("Типы", (heads[2],)),
        ("Признаки", (heads[2],)),
    ]
    assert outline.guess_role(as_document(text))[0] == "questions"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_short_lists_in_three_languages(language: str) -> None:
    lists = {
        "kk": ["Билік ұғымы", "Саяси жүйе", "Партиялар"],
        "ru": ["Понятие власти", "Политическая система", "Партии"],
        "en": ["The notion of power", "The political system", "Parties"],
    }
    text = "\n\n".join(
        "\n".join([HEADS[name], *(f"{n}. {item}" for n, item in enumerate(items, 1))]) for name, items in lists.items()
    )
    entry = SourceEntry(file="made.txt", role="questions")
    project = loaded(language, entry)
    project = msgspec.structs.replace(
        project, project=msgspec.structs.replace(project.project, languages=("kk", "ru", "en"))
    )
    exam = outline.understand(project, [(as_document(text), entry)]).course.exam
    assert exam is not None
    assert [block_text(q.text) for q in exam.questions] == lists[language]


def test_chapters_where_there_are_no_lectures() -> None:
    text = (
        f"ВВЕДЕНИЕ\n\n{LONG}\nГлава 1. Власть\n\n§ 1. Понятие\n\n{LONG * 3}\n1.2 Виды\n\n{LONG * 3}\n"
        f"Глава II\nРежимы\n\n{LONG * 3}\nКонтрольные вопросы\n1. Что такое режим?\n2. Какие есть виды?\n"
    )
    assert outline.guess_role(as_document(text))[0] == "textbook"
    lectures = [s for _, s in understood(text, "textbook", "ru").course.sessions()]
    assert [(s.number, s.title, len(s.outline), len(s.review)) for s in lectures] == [
        (1, "Власть", 0, 0),
        (2, "Режимы", 0, 2),
    ]
    assert [block_text((b,)) for b in lectures[0].blocks if isinstance(b, Heading)] == ["Понятие", "Виды"]


def test_lectures_with_conclusions_of_their_own() -> None:
    lecture = f"{LONG}\nЗаключение\n\n{LONG}\n"
    text = "".join(f"Лекция {n}. Власть {n}\n\nВведение\n\n{lecture}" for n in (1, 2, 3)) + f"ЗАКЛЮЧЕНИЕ\n\n{LONG}"
    course = understood(text, "textbook", "ru").course
    for _, session in course.sessions():
        assert [block_text((b,)) for b in session.blocks if isinstance(b, Heading)] == ["Введение", "Заключение"]
    assert course.conclusion is not None
    assert block_text(course.conclusion.blocks) == " ".join(LONG.split())


def test_tasks_after_the_last_week_of_a_list() -> None:
    weeks = "".join(f"{n}-апта\nТақырыбы: Билік {n}\n1. Мәні\n2. Түрі\n\n" for n in (1, 2, 4))
    text = f"СЕМИНАР САБАҚТАРЫНЫҢ ЖОСПАРЫ\n\n{weeks}СӨЖ тапсырмалары мен тақырыптары\n1. Эссе\n2. Реферат\n"
    course = understood(text, "seminar-plan", "kk").course
    assert [(w.number, [block_text(a.blocks) for a in w.assignments]) for w in course.weeks] == [
        (1, ["Эссе"]),
        (2, ["Реферат"]),
        (4, []),
    ]


def test_literature_of_a_lecture_by_kinds() -> None:
    text = (
        f"3-дәріс. Билік\n\n{LONG}\nӘдебиеттер тізімі:\nНегізгі:\n1. Жамбылов Д. Саясаттану.\nҚосымша:\n"
        "2. Вебер М. Избранное.\n"
    )
    (session,) = [s for _, s in understood(text, "lecture", "kk").course.sessions()]
    assert session.literature == ("Жамбылов Д. Саясаттану.", "Вебер М. Избранное.")


def test_a_plan_on_the_line_of_its_title() -> None:
    text = f"3-дәріс. Тіл саясаты. Жоспары: 1. Тіл туралы заң. 2. Тіл мәртебесі.\n\n{LONG}"
    (session,) = [s for _, s in understood(text, "lecture", "kk").course.sessions()]
    assert session.title == "Тіл саясаты"
    assert [inline_text(t.content) for t in session.outline] == ["Тіл туралы заң.", "Тіл мәртебесі."]


def test_review_questions_of_a_laboratory_class() -> None:
    text = "№1 зертханалық жұмыс. Индекс\nТапсырмалар:\n1. Құру\nБақылау сұрақтары:\n1. Индекс деген не?\n"
    (session,) = [s for _, s in understood(text, "laboratory-plan", "kk").course.sessions()]
    assert ([block_text(q.text) for q in session.review], len(session.tasks), session.topics) == (
        ["Индекс деген не?"],
        1,
        (),
    )


@pytest.mark.parametrize(
    ("language", "head"),
    [
        ("ru", "Вопросы и задания для самоконтроля"),
        ("kk", "Өзін-өзі тексеруге арналған сұрақтар мен тапсырмалар"),
        ("en", "Questions for self-study and review"),
    ],
)
def test_headings_of_review_questions(language: str, head: str) -> None:
    first = {"ru": "Лекция 1. Власть", "kk": "1-дәріс. Билік", "en": "Lecture 1. Power"}[language]
    text = f"{first}\n\n{LONG}\n{head}\n– Что такое режим?\n– Составьте таблицу.\n"
    (session,) = [s for _, s in understood(text, "lecture", language).course.sessions()]
    assert [block_text(q.text) for q in session.review] == ["Что такое режим?", "Составьте таблицу."]


def test_sections_with_roman_numbers() -> None:
    text = (
        "СЕМИНАР № 2\n\nI. Тема: Режимы\nII. План:\n1. Понятие.\n2. Виды.\nIII. Разноуровневые задания:\n1. Таблица.\n"
        "IV. СРС: написать эссе.\n"
    )
    course = understood(text, "seminar-plan", "ru").course
    (session,) = [s for _, s in course.sessions()]
    assert (session.title, len(session.topics), len(session.tasks)) == ("Режимы", 2, 1)
    assert [block_text(a.blocks) for w in course.weeks for a in w.assignments] == ["написать эссе."]


def test_keys_on_one_line_after_a_test() -> None:
    text = (
        "ТЕСТ СҰРАҚТАРЫ\n1. Билік деген не?\nA) заң\nB) басқару\nC) тіл\n2. Тіл деген не?\nA) құрал\nB) билік\nC) заң\n"
        "Жауаптары: 1-B, 2-A\n"
    )
    exam = exam_of(text, "tests", "kk")
    choices = [q.choices for q in exam.questions if isinstance(q, MultipleChoice)]
    assert [[choice.fraction for choice in each].index(1.0) for each in choices] == [1, 0]


def test_objectives_of_a_lecture() -> None:
    text = f"Lecture 1. Keys\n\nObjectives:\n- to define a key;\n- to use it.\n\n{LONG}"
    (session,) = [s for _, s in understood(text, "lecture", "en").course.sessions()]
    assert session.outline == ()
    assert len(session.aims) == 1


def test_an_item_that_goes_on_with_a_name() -> None:
    text = (
        "Семинар 3. Режимы\nВопросы для обсуждения:\n1) Понятие.\n2) Демократия: теория и практика в странах\n"
        "Центральной Азии.\n3) Виды.\n"
    )
    (session,) = [s for _, s in understood(text, "seminar-plan", "ru").course.sessions()]
    assert [inline_text(t.content) for t in session.topics] == [
        "Понятие.",
        "Демократия: теория и практика в странах Центральной Азии.",
        "Виды.",
    ]
