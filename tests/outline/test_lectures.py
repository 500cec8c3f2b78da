"""Files of one lecture, chapters, notes: found with their titles and texts whatever words head them; texts to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import Blocks, block_text, inline_text
from coursepack.model.course import Course, Session
from tests.outline.documents import Word

PROSE = {
    "en": "Loess is a fine wind-borne silt that covers a tenth of all land. It was laid down behind the ice of the "
    "last cold age, and farmers have ploughed it ever since because it holds water well.",
    "ru": "Лёсс есть тонкая пыль, которую ветер нёс от края ледника и которая лежит теперь на десятой части суши. "
    "Земледельцы пашут её с давних пор, потому что она хорошо держит воду и не имеет камней.",
    "kk": "Лёсс – жел ұшырып әкелген ұсақ шаң, ол қазір құрлықтың оннан бір бөлігін жауып жатыр. Диқандар оны ерте "
    "заманнан бері жыртып келеді, өйткені ол суды жақсы ұстайды және тасы жоқ болады.",
}  # fmt: skip


def course(folder: Path, text: str, name: str = "paper.md") -> Course:
    """The course that a document gives without a course.toml."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    (loaded,) = discovery.find_projects([folder / name])
    return build.understand(loaded).course


def only(found: Course) -> Session:
    ((_, session),) = found.sessions()
    return session


def lines(blocks: Blocks) -> list[str]:
    return [block_text((block,)) for block in blocks]


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_prose_with_headings_is_a_class(tmp_path: Path, language: str) -> None:
    heads = {"en": ("Dust", "Wind", "Fields"), "ru": ("Пыль", "Ветер", "Поля"), "kk": ("Шаң", "Жел", "Егіс")}[language]
    text = "\n\n".join(f"## {head}\n\n{PROSE[language]}" for head in heads)
    found = course(tmp_path, text)
    assert found.readings == ()
    assert only(found).kind == "lecture"
    assert lines(only(found).blocks) == [one for head in heads for one in (head, PROSE[language])]


@pytest.mark.parametrize(
    ("name", "first", "label", "title"),
    [
        ("reading 2.md", "# The Wind", None, "The Wind"),
        ("paper.md", "Reading 2\n\n# The Wind", "Reading 2", "The Wind"),
        ("paper.md", "Текст для чтения\n\n# Ветер", "Текст для чтения", "Ветер"),
        ("Хрестоматия/ветер.md", "# Ветер", None, "Ветер"),
        ("paper.md", "Оқу мәтіні\n\n# Жел", "Оқу мәтіні", "Жел"),
    ],
)
def test_a_reading_is_what_its_name_or_its_words_say(
    tmp_path: Path, name: str, first: str, label: str | None, title: str
) -> None:
    text = "\n\n".join([first, PROSE["en"], PROSE["en"]])
    if "/" in name:
        course(tmp_path, text, name)
        (loaded,) = discovery.find_projects([tmp_path])
        found = build.understand(loaded).course
    else:
        found = course(tmp_path, text, name)
    (reading,) = found.readings
    assert (reading.label, reading.title) == (label, title)
    assert lines(reading.blocks) == [PROSE["en"], PROSE["en"]]
    assert not list(found.sessions())


def test_an_article_is_known_by_its_authors_and_abstract(tmp_path: Path) -> None:
    head = "# Лёсс\n\nИванов И.И., доцент\n\nАннотация. О лёссе.\n\n## Ветер\n\n"
    (reading,) = course(tmp_path, head + PROSE["ru"]).readings
    assert [author.name for author in reading.authors] == ["Иванов И.И."]


@pytest.mark.parametrize(
    ("head", "number", "title", "of_course"),
    [
        ("# The Wind", None, "The Wind", None),
        ("# Soil Science\n\n# The Wind", None, "The Wind", "Soil Science"),
        ("# 3. The Wind", 3, "The Wind", None),
        ("# § 3. Ветер", 3, "Ветер", None),
        ("# Unit 3: The Wind", 3, "The Wind", None),
        ("# Hafta 3: Rüzgâr", 3, "Rüzgâr", None),  # any word: the headings below count on from 3
        ("# Soil Science – Lecture 3: The Wind", 3, "The Wind", "Soil Science"),
        ("# Почвоведение | Тақырып 3. Жел", 3, "Жел", "Почвоведение"),
        ("---\ntitle: 'Soils: the Wind'\nauthor: R. Poole\n---", None, "Soils: the Wind", None),
    ],
)
def test_the_title_of_a_class(tmp_path: Path, head: str, number: int | None, title: str, of_course: str | None) -> None:
    prose = "ru" if "Ветер" in head else "kk" if "Жел" in head else "en"
    text = "\n\n".join([head, f"## 3.1 Dust\n\n{PROSE[prose]}", f"## 3.2 Fields\n\n{PROSE[prose]}"])
    found = course(tmp_path, text)
    session = only(found)
    assert (session.number, session.title) == (number, title)
    assert of_course is None or found.title == of_course
    assert lines(session.blocks) == ["Dust", PROSE[prose], "Fields", PROSE[prose]]


def test_who_wrote_it_and_when_is_no_text(tmp_path: Path) -> None:
    head = "---\ntitle: The Wind\nauthor: R. Poole\n---\n\n# Dust\n\n"
    found = course(tmp_path, head + PROSE["en"] + "\n\n# Fields\n\n" + PROSE["en"])
    assert [teacher.name for teacher in found.about.teachers] == ["R. Poole"]
    assert lines(only(found).blocks) == ["Dust", PROSE["en"], "Fields", PROSE["en"]]


def test_the_title_style_of_word_heads_all(tmp_path: Path) -> None:
    word = Word().p("The Wind", style="Title").h("Dust").p(PROSE["en"]).h("Fields").p(PROSE["en"])
    (loaded,) = discovery.find_projects([word.save(tmp_path / "paper.docx")])
    session = only(build.understand(loaded).course)
    assert session.title == "The Wind"
    assert lines(session.blocks) == ["Dust", PROSE["en"], "Fields", PROSE["en"]]


def test_a_text_without_questions_is_looked_through_as_a_bank(tmp_path: Path) -> None:
    found = course(
        tmp_path, "Глоссарий\n\nЛёсс – тонкая пыль, которую принёс ветер.\n\nОсыпь – камни у подножия склона.\n"
    )
    assert [term.term for term in found.glossary] == ["Лёсс", "Осыпь"]


@pytest.mark.parametrize(
    ("head", "first", "second", "prose"),
    [
        ("Спросить в следующий раз:", "а) Кто первым вспахал лёсс?", "б) Зачем его пахали?", "ru"),
        ("To ask at the next meeting:", "a) Who ploughed it first?", "b) Why was it ploughed?", "en"),
    ],
)
def test_lettered_questions_are_no_answers_to_choose_from(
    tmp_path: Path, head: str, first: str, second: str, prose: str
) -> None:
    one = f"{{}}\n\n{PROSE[prose]}\n\n{head}\n{first}\n{second}\n"
    word = "Занятие" if prose == "ru" else "Lecture"
    found = course(tmp_path, "\n\n".join(one.format(f"{word} {n}. Лёсс {n}") for n in (1, 2, 3)), "notes.txt")
    sessions = [session for _, session in found.sessions()]
    assert [lines(session.blocks) for session in sessions] == [[PROSE[prose]]] * 3
    asked = [first[3:], second[3:]]
    assert [[block_text(question.text) for question in session.review] for session in sessions] == [asked] * 3


@pytest.mark.parametrize(
    ("head", "number", "title", "of_course"),
    [
        ("2 Soil\n\n2.1 Dust", 2, "Soil", None),
        ("Course: Soil Science\nThe Wind\n\nDUST", None, "The Wind", "Soil Science"),
        ("University of Tees\nThe Wind\n\nDUST", None, "The Wind", None),
    ],
)
def test_the_title_of_plain_text(
    tmp_path: Path, head: str, number: int | None, title: str, of_course: str | None
) -> None:
    text = f"{head}\n\n{PROSE['en']}\n\n{'2.2 Fields' if number else 'FIELDS'}\n\n{PROSE['en']}\n"
    found = course(tmp_path, text, "paper.txt")
    session = only(found)
    assert (session.number, session.title) == (number, title)
    assert of_course is None or found.title == of_course
    assert [one.lower() for one in lines(session.blocks)] == [
        "dust",
        PROSE["en"].lower(),
        "fields",
        PROSE["en"].lower(),
    ]


def test_equal_sections_of_plain_text_are_no_titles(tmp_path: Path) -> None:
    text = "\n\n".join(f"§ {n}. {head}\n\n{PROSE['ru']}" for n, head in ((1, "Пыль"), (2, "Ветер"), (3, "Поля")))
    session = only(course(tmp_path, text, "paper.txt"))
    assert session.title is None
    assert lines(session.blocks) == ["Пыль", PROSE["ru"], "Ветер", PROSE["ru"], "Поля", PROSE["ru"]]


def test_what_nothing_inside_names_is_what_the_file_is_called(tmp_path: Path) -> None:
    found = course(tmp_path, f"# Dust\n\n{PROSE['en']}\n\n# Fields\n\n{PROSE['en']}", "seminar 4.md")
    assert (only(found).kind, only(found).number) == ("seminar", 4)


def test_a_plan_and_terms_on_one_line_each(tmp_path: Path) -> None:
    """«Questions: a; b» before the text of a lecture is its plan; a table under «Terms» is the glossary."""
    made = Word().h("Soil science")
    for number, name in enumerate(("Soil", "Water"), 1):
        made.h(f"Lecture {number}. {name}", 2)
        made.p("Questions: Where it comes from; What it holds; Who needs it.")
        made.p(f"{name} is not simple, and this text says at some length why that is so. " * 3)
    made.h("Terms").table([["humus", "the dark part of soil"], ["loam", "a soil of sand and clay"]])
    (loaded,) = discovery.find_projects([made.save(tmp_path / "pack.docx")])
    made_of = build.understand(loaded).course
    plans = [[inline_text(point.content) for point in session.outline] for _, session in made_of.sessions()]
    assert plans == [["Where it comes from", "What it holds", "Who needs it."]] * 2
    assert [(term.term, block_text(term.definition)) for term in made_of.glossary] == [
        ("humus", "the dark part of soil"), ("loam", "a soil of sand and clay"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "label"),
    [("Seminar {n}. Soil", "Reading"), ("Семинар {n}. Почва", "Литература"), ("{n}-семинар. Топырақ", "Оқып келіңіз")],
)
def test_books_behind_a_label_are_to_be_read(tmp_path: Path, head: str, label: str) -> None:
    """«Reading: A; B» in a class is its literature, a book each."""
    text = "".join(
        f"## {head.format(n=n)}\n\n1. Loess.\n2. Humus.\n\n{label}: Brady N. Soils. 1994; Hillel D. Earth. 1977.\n\n"
        for n in (1, 2)
    )
    sessions = [session for _, session in course(tmp_path, text).sessions()]
    assert [[bare.rstrip(".") for bare in one.literature] for one in sessions] == [
        ["Brady N. Soils. 1994", "Hillel D. Earth. 1977"]
    ] * 2


@pytest.mark.parametrize("count", [2, 3])
def test_short_sentences_before_the_first_table_are_text_and_no_plan(tmp_path: Path, count: int) -> None:
    sentences = ("Soil is the upper layer of the land.", "It holds water and air.", "People plough it every year.")[
        :count
    ]
    after = "The table shows the layers of a soil near the river, as they were dug out in the summer."
    made = (
        Word().p("Lecture 1. Soil", style="Heading 1").p(*sentences).table([["Layer", "Water"], ["A", "21"]]).p(after)
    )
    made.document.save(str(tmp_path / "lecture.docx"))
    lecture = only(build.understand(discovery.find_projects([tmp_path / "lecture.docx"])[0]).course)
    assert lecture.outline == ()
    assert lines(lecture.blocks)[:count] == list(sentences)


@pytest.mark.parametrize(
    "body",
    [
        f"Лёсс складывается из пыли.\n\n- пыль\n- глина\n\n{PROSE['ru']}",
        f"Лёсс лежит слоями разной толщины.\n\nВот как это выглядит:\n\n```\nслой 1\n```\n\n{PROSE['ru']}",
        f"Формула веса\n\nВес равен:\n\n$$P = mg$$\n\n{PROSE['ru']}",
    ],
)
def test_what_leads_to_a_list_a_listing_or_a_formula_is_text_and_no_plan(tmp_path: Path, body: str) -> None:
    session = only(course(tmp_path, f"# Лекция 2. Лёсс\n\n{body}\n"))
    assert session.outline == ()
    assert lines(session.blocks)[0] == body.partition("\n")[0]
    assert lines(session.blocks)[-1] == PROSE["ru"]
