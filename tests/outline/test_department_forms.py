"""Papers of departments in Kazakh and Russian: titles beside the word for a course, funds, packs, lesson plans."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from tests.outline.documents import Word, read

_QUESTIONS = "\n\n1. Что изучает предмет?\n2. Какие методы вы знаете?\n3. Назовите понятия.\n4. Қандай түрлері бар?\n"


def _read(tmp_path: Path, text: str) -> dict[str, Any]:
    file = tmp_path / "a.txt"
    file.write_text(text, "utf-8")
    return read(file)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Вопросы по дисциплине Анатомия человека\nдля специальности «Сестринское дело»", "Анатомия человека"),
        ("Вопросы к зачёту по курсу Высшая математика", "Высшая математика"),
        ("Физика пәні бойынша емтихан сұрақтары", "Физика"),
        ("Органикалық химия пәнінен емтихан сұрақтары", "Органикалық химия"),
        ("Экзаменационные вопросы по «Истории педагогики»", "Истории педагогики"),
        ("Емтихан сұрақтары\n\nПедагогика пәні бойынша", "Педагогика"),
    ],
)
def test_title_beside_the_word_for_a_course(tmp_path: Path, line: str, title: str) -> None:
    found = _read(tmp_path, line + _QUESTIONS)
    assert found["title"] == title
    assert len(found["exam"]) == 4


def test_numbered_sections_of_a_pack_count_no_lecture(tmp_path: Path) -> None:
    word = Word().b("УЧЕБНО-МЕТОДИЧЕСКИЙ КОМПЛЕКС", "«Технология молока»").h("1 Глоссарий")
    word.p("Казеин – белок молока.", "Лактоза – молочный сахар.").h("2 Лекции")
    for number, title in ((1, "Состав молока"), (2, "Пастеризация")):
        word.h(f"Лекция {number}. {title}", 2).p("План", "1. Вода", "2. Белки")
        word.p(f"{title}: молоко состоит из воды и сухих веществ. Сухой остаток содержит жир, белки, лактозу и соли.")
    found = read(word.h("3 Практические занятия").h("Практическое занятие 1. Жирность", 2).save(tmp_path / "a.docx"))
    assert found["lectures"] == [(1, 1, "Состав молока"), (2, 2, "Пастеризация")]
    assert found["practicals"] == [(1, 1, "Жирность")]
    assert found["outlines"] == [["Вода", "Белки"], ["Вода", "Белки"]]


def test_parts_of_a_fund_are_their_own(tmp_path: Path) -> None:
    word = Word().b("ФОНД ОЦЕНОЧНЫХ СРЕДСТВ").p("по дисциплине ОП.04 Электротехника").h("1. Паспорт фонда")
    word.p("В результате освоения дисциплины обучающийся должен уметь:", "- читать схемы;", "- собирать цепи;")
    word.p("знать:", "- законы Ома;", "- правила безопасности.")
    word.h("2. Оценочные средства").h("2.1. Тест по теме «Постоянный ток»", 2)
    word.p("1. Единица силы тока:", "а) вольт", "б) ампер", "2. Закон Ома:", "а) I = U/R", "б) U = I/R")
    word.p("Ключ: 1 – б, 2 – а").h("2.2. Вопросы для устного опроса", 2).p("1. Что такое ток?", "2. Что такое период?")
    word.h("2.3. Вопросы к экзамену", 2).p("1. Электрическое поле.", "2. Трансформаторы.")
    found = read(word.save(tmp_path / "a.docx"))
    assert (found["title"], found["about"].code) == ("Электротехника", "ОП.04")
    assert found["about"].outcomes == ("читать схемы;", "собирать цепи;", "законы Ома;", "правила безопасности.")
    assert found["exam"] == [
        "Единица силы тока:", "Закон Ома:", "Что такое ток?", "Что такое период?",
        "Электрическое поле.", "Трансформаторы.",
    ]  # fmt: skip
    assert found["keys"] == [[1], [0]]


@pytest.mark.parametrize(
    ("paper", "topic", "number", "title"),
    [
        ("Поурочный план № 14", "Тема: Замес теста", 14, "Замес теста"),
        ("Технологическая карта занятия", "Тема занятия: Бытие и материя", None, "Бытие и материя"),
        ("Сабақ жоспары № 3", "Тақырыбы: Судың айналымы", 3, "Судың айналымы"),
    ],
)
def test_topic_behind_its_label_titles_a_lesson(
    tmp_path: Path, paper: str, topic: str, number: int | None, title: str
) -> None:
    text = f"{paper}\n\nГруппа: МД-21\n\n{topic}\n\nЦель: раскрыть понятие темы\n\nОборудование: проектор\n\n"
    found = _read(tmp_path, text + "Природа изменяется постоянно. " * 8 + "\n")
    assert [one[1:] for one in found["lectures"]] == [(number, title)]


def test_headings_of_a_paper_without_any_format(tmp_path: Path) -> None:
    word = Word().p("Силлабус курса «Экология города»", "О курсе")
    word.p("Курс знакомит с тем, как устроена городская среда.", "Чему вы научитесь", "измерять шум", "читать нормы")
    word.p("Правила", "Опоздания. Дверь закрывается через пять минут после звонка, стучать не нужно.")
    word.p("Телефоны. Держите их выключенными, пока идёт занятие или экскурсия.")
    about = read(word.save(tmp_path / "a.docx"))["about"]
    assert about.outcomes == ("измерять шум", "читать нормы")
    assert [one.title for one in about.policies] == ["Опоздания", "Телефоны"]
    assert about.description


def test_a_ticket_a_row_with_a_task_of_its_own(tmp_path: Path) -> None:
    word = Word().b("ЭКЗАМЕНАЦИОННЫЕ БИЛЕТЫ").p("по дисциплине «Основы агрономии»")
    word.table(
        [
            ["№ билета", "Вопрос 1", "Вопрос 2", "Практическое задание", "Балл"],
            ["1", "Понятие о почве", "Севооборот", "Рассчитайте норму высева пшеницы", "20"],
            ["2", "Факторы жизни растений", "Обработка почвы", "Определите вид сорняка по гербарию", "20"],
            ["3", "Виды удобрений", "Сроки посева", "Составьте схему севооборота", "20"],
        ]
    )
    assert read(word.save(tmp_path / "a.docx"))["tickets"] == [
        (1, ["Понятие о почве", "Севооборот", "Рассчитайте норму высева пшеницы"]),
        (2, ["Факторы жизни растений", "Обработка почвы", "Определите вид сорняка по гербарию"]),
        (3, ["Виды удобрений", "Сроки посева", "Составьте схему севооборота"]),
    ]


def test_tickets_beside_and_below_one_another(tmp_path: Path) -> None:
    word = Word().b("Билеты по логике")
    word.table(
        [
            ["Билет 1", "Билет 2"],
            ["1. Предмет логики\n2. Силлогизм", "1. Законы логики\n2. Индукция"],
            ["Билет 3", "Билет 4"],
            ["1. Понятие\n2. Аналогия", "1. Суждение\n2. Спор и его виды"],
        ]
    )
    assert read(word.save(tmp_path / "a.docx"))["tickets"] == [
        (1, ["Предмет логики", "Силлогизм"]),
        (2, ["Законы логики", "Индукция"]),
        (3, ["Понятие", "Аналогия"]),
        (4, ["Суждение", "Спор и его виды"]),
    ]


@pytest.mark.parametrize("label", ["Литература", "При подготовке использованы", "Пайдаланылған әдебиет"])
def test_books_behind_their_label_are_no_item(tmp_path: Path, label: str) -> None:
    book = "Котлер Ф. Основы маркетинга. М., 2010."
    glossary = "Глоссарий\n\nАудит – проверка деятельности фирмы.\nНиша – узкая часть рынка.\nСпрос – желание купить.\n"
    found = _read(tmp_path, f"{glossary}\n{label}: {book}\n")
    assert [one[0] for one in found["glossary"]] == ["Аудит", "Ниша", "Спрос"]
    assert found["about"].literature.basic == (book,)
    listed = _read(tmp_path, f"Вопросы к экзамену{_QUESTIONS}\n{label}: {book}\n")
    assert len(listed["exam"]) == 4
    assert listed["about"].literature.basic == (book,)


def test_a_collection_of_lectures_without_numbers(tmp_path: Path) -> None:
    word = Word().b("ДӘРІСТЕР ЖИНАҒЫ").p("Психология негіздері", "оқытушы Әбілова Р.")
    for title in ("Психика және сана", "Түйсік және қабылдау", "Ес"):
        word.b(title).p(f"{title} сыртқы дүниені бейнелейді және адамның әрекетін реттеп отырады. Ол тек адамға тән.")
    found = read(word.save(tmp_path / "a.docx"))
    assert found["title"] == "Психология негіздері"
    assert [one[2] for one in found["lectures"]] == ["Психика және сана", "Түйсік және қабылдау", "Ес"]
    assert [len(text) for text in found["texts"]] == [1, 1, 1]


def test_lectures_under_plain_numbers_go_on_behind_questions(tmp_path: Path) -> None:
    text = "КРАТКИЙ КУРС ЛЕКЦИЙ\n\nМатериаловедение\n"
    for number, title in enumerate(("Строение металлов", "Сплавы", "Закалка"), 1):
        text += f"\n{number}. {title}\n\n{title} изучают рентгеном. Свойства материала зависят от его строения.\n"
        text += "\nВопросы\n1. Что это?\n2. Как это измеряют?\n"
    found = _read(tmp_path, text)
    assert [one[1:] for one in found["lectures"]] == [(1, "Строение металлов"), (2, "Сплавы"), (3, "Закалка")]
    assert found["reviews"] == [["Что это?", "Как это измеряют?"]] * 3
    assert found["title"] == "Материаловедение"


def test_the_head_of_a_pack_says_aims_hours_and_rules(tmp_path: Path) -> None:
    word = Word().p("Западный университет", "Институт логистики").p("Учебно-методический комплекс по дисциплине")
    word.b("СКЛАДСКАЯ ЛОГИСТИКА").p("Кунгур, 2024/2025 учебный год").h("Раздел I. Рабочая программа")
    word.p("Цель: дать представление о складе.", "После изучения курса студент умеет:")
    word.p(
        "- рассчитать площадь;", "- выбрать стеллажи.", "Опирается на дисциплины: «Основы логистики», «Товароведение»."
    )
    word.p("Часы: всего 72, в том числе лекции 24, практические 20, самостоятельная работа 28.")
    word.p("Пропуски и списывание. Пропущенная практическая отрабатывается в течение двух недель, по средам.")
    word.h("Раздел II. Лекции").h("Лекция 1. Зачем нужен склад", 2)
    word.p("Склад хранит товар. " * 10).h("Лекция 2. Зоны склада", 2).p("Товар движется. " * 10)
    about = read(word.save(tmp_path / "a.docx"))["about"]
    assert (about.university, about.faculty, about.city) == ("Западный университет", "Институт логистики", "Кунгур")
    assert about.year == "2024/2025"
    assert about.outcomes == ("рассчитать площадь;", "выбрать стеллажи.")
    assert about.prerequisites == ("Основы логистики", "Товароведение")
    assert about.aim
    hours = about.hours
    assert hours is not None
    assert (hours.total, hours.lecture, hours.practical, hours.independent) == (72, 24, 20, 28)
    assert [one.title for one in about.policies] == ["Пропуски и списывание"]


def test_questions_that_a_seminar_lists_alone_are_its_questions(tmp_path: Path) -> None:
    word = Word().b("ФОНД ОЦЕНОЧНЫХ СРЕДСТВ").p("по дисциплине «Страхование»").b("1. Вопросы для устного опроса")
    word.p("Семинар 1. Риск", "а) Чем риск отличается от убытка?", "б) Что такое интерес?")
    word.p("Семинар 2. Имущество", "а) Как действует оговорка?", "б) Зачем нужна франшиза?")
    word.b("2. Вопросы к экзамену").p("1. Страховой рынок.", "2. Надзор за страхованием.", "3. Договор страхования.")
    found = read(word.save(tmp_path / "a.docx"))
    assert found["seminars"] == [(1, 1, "Риск"), (2, 2, "Имущество")]
    assert found["seminar topics"] == [[], []]
    assert found["exam"] == ["Страховой рынок.", "Надзор за страхованием.", "Договор страхования."]


def test_labels_with_colons_in_the_table_of_a_lesson(tmp_path: Path) -> None:
    word = Word().b("Қысқа мерзімді жоспар")
    word.table(
        [
            ["Мұғалім:", "Бекенова Жанна"],
            ["Пәні, сыныбы:", "Химия, 8 «Ә»"],
            ["Сабақ тақырыбы:", "Қышқылдар"],
            ["Оқу мақсаты:", "қышқылдардың әрекетін зерттеу"],
            ["Жетістік критерийі:", "қасиетін көрсетеді\nөзгеруін сипаттайды"],
            ["Керек-жарақ:", "лакмус, көзілдірік"],
        ]
    )
    word.p("Сабақ барысы").table(
        [["Кезең", "Мұғалімнің әрекеті", "Оқушының әрекеті"], ["Басы, 7 мин", "Сұрайды.", "Болжайды."]]
    )
    found = read(word.save(tmp_path / "a.docx"))
    assert found["title"] == "Химия"
    assert found["lectures"] == [(1, None, "Қышқылдар")]
    assert found["lecture aims"] == ["қышқылдардың әрекетін зерттеу"]


def test_the_textbook_below_a_plan(tmp_path: Path) -> None:
    word = (
        Word().b("КҮНТІЗБЕЛІК-ТАҚЫРЫПТЫҚ ЖОСПАР").p("Теміртау колледжі, 2025/2026 оқу жылы", "Пән: Электр машиналары")
    )
    word.table(
        [["р/с", "Сабақтың тақырыбы", "Сағ"], ["1", "Коллектор", "2"], ["2", "Якорь", "2"], ["3", "Қысқыш", "2"]]
    )
    word.p("Оқулық: Қадыров Б. Электр машиналары. Фолиант, 2016.")
    about = read(word.save(tmp_path / "a.docx"))["about"]
    assert about.university == "Теміртау колледжі"
    assert about.literature.basic == ("Қадыров Б. Электр машиналары. Фолиант, 2016.",)


@pytest.mark.parametrize(
    ("paper", "test", "works", "exam", "ticket"),
    [
        ("Оценочные материалы по дисциплине", "2.1. Тест", "2.2. Темы сообщений", "3. Вопросы к зачёту", "Карточка"),
        ("Пәнді бағалау материалдары", "2.1. Тест", "2.2. Баяндама тақырыптары", "3. Сынақ сұрақтары", "Карточка"),
    ],
)
def test_a_test_beside_tickets_is_a_fund(
    tmp_path: Path, paper: str, test: str, works: str, exam: str, ticket: str
) -> None:
    word = Word().b(
        "Тобольский институт", paper, "«Детская психология»", "Тобольск – 2023", "2. Текущий контроль", test
    )
    word.p("1. Ведущая деятельность дошкольника:", "а) учение", "б) игра", "2. Кризис трёх лет описал:")
    word.p("а) Выготский", "б) Пиаже", "Ответы: 1 – б; 2 – а.").b(works).p("1. Игрушка эпохи", "2. Страхи школьника")
    word.b(exam).p("1. Предмет психологии.", "2. Методы наблюдения.", "3. Периодизация.")
    for number in (1, 2):
        word.b(f"{ticket} {number}").p(f"1. Вопрос о речи {number}.", f"2. Разберите рисунок {number}.")
    found = read(word.save(tmp_path / "a.docx"))
    assert found["title"] == "Детская психология"
    assert found["tickets"] == [(n, [f"Вопрос о речи {n}.", f"Разберите рисунок {n}."]) for n in (1, 2)]
    assert [one[2] for one in found["work"]] == ["Игрушка эпохи", "Страхи школьника"]
    assert found["exam"][:2] == ["Ведущая деятельность дошкольника:", "Кризис трёх лет описал:"]
    assert found["exam"][2:5] == ["Предмет психологии.", "Методы наблюдения.", "Периодизация."]


def test_the_contents_of_a_fund_are_no_classes(tmp_path: Path) -> None:
    parts = ("Паспорт фонда", "Результаты освоения дисциплины", "Список литературы")
    word = Word().b("ФОНД ОЦЕНОЧНЫХ СРЕДСТВ", "«Гидрология»").p("СОДЕРЖАНИЕ")
    word.p(*(f"{at}. {part}" for at, part in enumerate(parts, 1)))
    texts = ("Форма аттестации по дисциплине – экзамен.", "Студент знает реки и озёра.", "Иванов И. Реки. М., 2019.")
    for at, (part, text) in enumerate(zip(parts, texts, strict=True), 1):
        word.b(f"{at}.{part.upper()}").p(text)
    found = read(word.save(tmp_path / "a.docx"))
    assert (found["title"], found["lectures"], found["outlines"]) == ("Гидрология", [], [])
    assert found["about"].literature.basic == ("Иванов И. Реки. М., 2019.",)


@pytest.mark.parametrize("sign", [":", "."])
def test_points_of_a_lecture_that_explain_are_its_text(tmp_path: Path, sign: str) -> None:
    word = Word().b("Тема 1. Семенное хозяйство", "1.1. Значение")
    points = [
        f"**Устойчивость лесов{sign}** Качественные семена дают устойчивые насаждения.",
        f"**Разнообразие{sign}** Семена поддерживают разнообразие видов.",
        f"**Выгода{sign}** Хороший материал снижает затраты хозяйства.",
    ]
    word.p(*points).b("1.2. Выращивание")
    word.p(
        *(
            f"Сеянцы растят в питомнике {n}. Их пересаживают на второй год, весной, пока почва влажная."
            for n in range(4)
        )
    )
    found = read(word.save(tmp_path / "a.docx"))
    assert found["glossary"] == []
    assert [text for text in found["texts"][0] if "Качественные семена" in text] != []


@pytest.mark.parametrize(
    ("week", "lecture", "plan", "review"),
    [
        ("Апта {}", "Дәріс. {}", "Қарастырамыз:", "Өзіңді сына"),
        ("{}-апта", "Дәріс: {}", "Қарастырамыз:", "Өзіңді сына"),
        ("Неделя {}", "Лекция. {}", "О чём пойдёт речь:", "Проверь себя"),
    ],
)
def test_weeks_of_short_lectures_are_classes(tmp_path: Path, week: str, lecture: str, plan: str, review: str) -> None:
    titles = ("Жүннің түрлері", "Жүнді дайындау", "Киізді басу")
    text = "Тараз колледжі\nКИІЗ БАСУ ӨНЕРІ\n\n" + "\n".join(
        f"{week.format(n)}\n{lecture.format(title)}\n{plan}\n– Биязы жүн\n– Қылшық жүн\n\n"
        f"Жүн шиге тең қалыңдықта жайылады {n}.\n\n{review}\n– Киіз неге жыртылады?\n– Не уақыт алады?\n"
        for n, title in enumerate(titles, 1)
    )
    found = _read(tmp_path, text)
    assert found["lectures"] == [(n, n, title) for n, title in enumerate(titles, 1)]
    assert found["outlines"] == [["Биязы жүн", "Қылшық жүн"]] * 3
    assert [len(one) for one in found["reviews"]] == [2, 2, 2]


@pytest.mark.parametrize(
    ("aim", "before", "learned", "items"),
    [
        ("Зачем он нужен", "Что надо знать заранее", "После курса студент", ["прокладывает ход;", "уравнивает сеть."]),
        ("Біз нені көздейміз", "Алдын ала керек пәндер", "Пәнді бітірген студент", ["ажыратады;", "сипаттайды."]),
    ],
)
def test_parts_of_a_programme_in_words_of_its_own(
    tmp_path: Path, aim: str, before: str, learned: str, items: list[str]
) -> None:
    word = Word().b("ПРОГРАММА КУРСА", "«Геодезия»", aim).p("Подготовить выпускника к работе.").b(before)
    word.p("Топография; Математика").b(learned).p(*(f"{n}) {item}" for n, item in enumerate(items, 1)))
    about = read(word.b("Из чего складывается оценка").p("Экзамен – 100 %").save(tmp_path / "a.docx"))["about"]
    assert (about.prerequisites, list(about.outcomes)) == (("Топография", "Математика"), items)
    assert block_text(about.aim) == "Подготовить выпускника к работе."


MODULES = {
    "ru": ("Рабочая программа", "Модуль: ПМ 03 Хранение зерна", "Объём: 72 часа", "Тематический план", "Тема | Часы"),
    "kk": (
        "Жұмыс бағдарламасы",
        "Модуль: КМ 03 Астықты сақтау",
        "Көлемі: 72 сағат",
        "Тақырыптық жоспар",
        "Тақырып | Сағат",
    ),
    "en": ("Working programme", "Module: PM 03 Keeping of grain", "Total hours: 72", "Thematic plan", "Topic | Hours"),
}


@pytest.mark.parametrize("language", MODULES)
def test_a_module_of_a_college_is_the_course(tmp_path: Path, language: str) -> None:
    """«Модуль: ПМ 03 …» in the head of a programme of a college: the code and the title of what is taught."""
    paper, module, load, heading, head = MODULES[language]
    rows = "\n".join(f"| {row} |" for row in (head, "-- | --", "A | 4", "B | 6", "C | 2"))
    (tmp_path / "plan.md").write_text(f"# {paper}\n\n{module}\n\n{load}\n\n## {heading}\n\n{rows}\n", "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    found = build.understand(loaded).course
    code, title = module.split(": ")[1].split(" 03 ")
    assert (found.about.code, found.title) == (f"{code} 03", title)
    assert found.about.hours is not None
    assert found.about.hours.total == 72
