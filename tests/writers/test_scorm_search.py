"""The search index of SCORM packages, and what a page says of its pictures."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from lxml.html import fragment_fromstring

from coursepack.languages import known
from coursepack.languages.catalogues import words
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Figure, Heading, Run
from coursepack.model.course import About, Course, Session, Term, Week
from coursepack.model.questions import Choice, MultipleChoice
from coursepack.writers import Context, load
from coursepack.writers.scorm import search
from coursepack.writers.scorm.html import PartHtml, ScoFiles
from tests.samples import ASSETS, b, everything

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    + (640).to_bytes(4, "big")
    + (480).to_bytes(4, "big")
    + b"\x08\x02\x00\x00\x00"
)


def lecture(number: int, title: str, *texts: str, **more: Any) -> Week:
    blocks = (Heading(level=1, content=(Run(text="Признаки"),)), *b(*texts))
    session = Session(id=f"w0{number}-lecture", kind="lecture", number=number, title=title, blocks=blocks, **more)
    return Week(id=f"w0{number}", number=number, sessions=(session,))


def index(course: Course, **options: Any) -> dict[str, Any]:
    writer = load("scorm12")
    context = Context(assets=ASSETS, options=writer.options(**options), version="test")
    (artifact, *_) = writer.write(course, context).artifacts
    (script,) = [member.read().decode() for member in artifact.members if member.path == "shared/searchdata.js"]
    assert script.startswith("coursepack.index(")
    data: dict[str, Any] = json.loads(script.removeprefix("coursepack.index(").rstrip(";\n").removesuffix(")"))
    return data


def rows(data: dict[str, Any]) -> dict[str, tuple[list[str], list[int]]]:
    """Beginning → forms, and the numbers of the blocks."""
    found = {}
    for row in data["words"].split("\n"):
        base, endings, steps = row.split("|")
        at, blocks = 0, []
        for step in steps.split(" "):
            at += int(step, 36)
            blocks.append(at)
        found[base] = ([base + ending for ending in endings.split(",")], blocks)
    return found


def test_forms_of_a_russian_word_are_one_row() -> None:
    weeks = (
        lecture(1, "Государство", "О государствах и власти.", "Вла\u00adсть\u0301 государства."),
        lecture(2, "Выборы", "Выборами ведает cовет, ёлка."),
    )
    data = index(Course(id="gos", title="Политология", language="ru", weeks=weeks))
    assert data["parts"] == [
        ["about", "О курсе"],
        ["w01", "Неделя 1. Государство"],
        ["w02", "Неделя 2. Выборы"],
    ]
    assert data["pages"][2:] == [
        [
            1,
            "w01-lecture",
            ["Лекция 1. Государство", "Признаки", "О государствах и власти.", "Вла\u00adсть\u0301 государства."],
            [0, 1],
        ],
        [2, "w02-lecture", ["Лекция 2. Выборы", "Признаки", "Выборами ведает cовет, ёлка."], [0, 1]],
    ]
    first = sum(len(texts) for _, _, texts, _ in data["pages"][:2])
    found = rows(data)
    forms, blocks = found["государств"]
    assert forms == ["государства", "государствах", "государство"]
    assert [block - first for block in blocks if block >= first] == [0, 2, 3]
    forms, blocks = found["власт"]
    assert forms == ["власти", "власть"]
    assert [block - first for block in blocks] == [2, 3]
    assert [found["выбор"][0], found["совет"][0], found["елка"][0]] == [["выборами", "выборы"], ["совет"], ["елка"]]
    assert {"ами", "ах", "ости"} <= set(data["endings"])


def test_the_start_page_checks_in_the_text_and_terms_are_found() -> None:
    asked = MultipleChoice(id="q", text=b("Что изучают?"), choices=(Choice(content=b("Власть"), fraction=1.0),))
    weeks = (lecture(1, "Государство", "Текст.", review=(asked,)),)
    glossary = (Term(id="term-1", term="Выборы", definition=b("Голосование."), translations={"kk": "сайлау"}),)
    about = About(aim=b("Понимать власть."), outcomes=("различает ветви",))
    data = index(Course(id="gos", title="Политология", language="ru", about=about, weeks=weeks, glossary=glossary))
    pages = {name: texts for _, name, texts, _ in data["pages"]}
    assert pages["start"] == ["Начало", "Понимать власть.", "различает ветви"]
    found = [texts for texts in pages.values() if "Что изучают?" in texts]
    assert [texts[-2:] for texts in found] == [["Что изучают?", "Власть"]]
    assert [texts[1:] for texts in pages.values() if "Голосование." in texts] == [["Выборы kk: сайлау", "Голосование."]]


def test_english_stems_that_are_no_beginning_of_a_form() -> None:
    made, endings = search._rows({"happy": [0], "happily": [3], "happiness": [40]}, search.rules("en"))
    assert made == ["happily||3", "happ|iness,y|0 14"]
    assert {"iness", "y", "ing"} <= set(endings)


def test_kazakh_words_are_folded_and_not_stemmed() -> None:
    found = search.rules("kk")
    assert found.stemmer == ""
    assert search.words("Билік, билігі; қоғамның ҒЫЛЫМЫ; кітабы, кiтап 20-ғасыр", found) == [
        "билик", "билики", "кокамнын", "гылымы", "китапы", "китап", "20", "гасыр",
    ]  # fmt: skip
    data = index(everything("kk"))
    assert data["stems"] is False
    assert data["endings"] == []
    assert all(len(forms) == 1 for forms, _ in rows(data).values())


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("халық", "халық халықтың халқы халқына халқымыз"),
        ("мойын", "мойын мойнын мойны"),
        ("орын", "орындар орнына орнынан"),
        ("мұрын", "мұрны"),
        ("ерін", "ерні ернін"),
        ("ауыз", "аузы аузынан"),
        ("көңіл", "көңлі көңілді"),
        ("қауіп", "қаупі қауіптің"),
        ("мүлік", "мүлкін мүліктер"),
    ],
)
def test_a_kazakh_word_is_found_where_an_ending_takes_its_vowel(word: str, forms: str) -> None:
    found = search.rules("kk")
    (asked,) = search.words(word, found)
    assert [form for form in search.words(forms, found) if not form.startswith(asked)] == []


def test_words_that_only_look_like_forms_without_a_vowel_are_not_found() -> None:
    found = search.rules("kk")
    for word, others in {
        "әріп": "әрбір арбитраж",
        "кейіп": "кейбір",
        "тұрық": "тұрғын тұрғыда",
        "салық": "салқын салқы",
        "балық": "балқу балқыту",
        "ауыл": "аулы",
    }.items():
        (asked,) = search.words(word, found)
        assert [other for other in search.words(others, found) if other.startswith(asked)] == [], word


def test_forms_of_a_russian_word_whose_vowel_is_lost_are_one_row() -> None:
    texts = ("Рынок и рынка.", "На рынках оценка, много оценок.", "Отец отца; остаток, остатки.", "Ток и токи.")
    data = index(Course(id="r", title="Курс", language="ru", weeks=(lecture(1, "Тема", *texts),)))
    groups = [set(forms) for forms, _ in rows(data).values()]
    for forms in ({"рынок", "рынка", "рынках"}, {"оценка", "оценок"}, {"отец", "отца"}, {"остаток", "остатки"}):
        assert forms in groups
    assert {"ток", "токи"} in groups


@pytest.mark.parametrize("language", [*known(), "xx"])
def test_rules_of_every_language(language: str) -> None:
    found = search.rules(language)
    assert bool(found.letters) == (language in {"kk", "ru"})
    assert bool(found.stemmer) == (language in {"en", "ru"})


def test_no_key_and_no_feedback_is_in_the_index() -> None:
    question = MultipleChoice(
        id="q1",
        text=b("Спрошенное"),
        choices=(
            Choice(content=b("Верное"), fraction=1.0, feedback=b("Пояснение верного")),
            Choice(content=b("Другое"), fraction=0.0),
        ),
        feedback=b("Общее замечание"),
    )
    week = lecture(1, "Тема", "Текст", review=(question,))
    data = index(Course(id="gos", title="Курс", language="ru", weeks=(week,)))
    texts = [text for _, _, texts, _ in data["pages"] for text in texts]
    assert ["Спрошенное" in texts, "Верное" in texts, "Другое" in texts] == [True, True, True]
    assert not [text for text in texts if "Пояснение" in text or "замечание" in text]
    assert not {"пояснен", "замечан"} & set(rows(data))


def test_a_package_of_a_week_has_the_words_of_that_week() -> None:
    weeks = (lecture(1, "Первая", "Слово одно."), lecture(2, "Вторая", "Слово другое."))
    data = index(Course(id="gos", title="Курс", language="ru", weeks=weeks), structure="week")
    assert [part for part, _ in data["parts"]] == ["about"]  # the first package is that of the course's data


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({}, {"width": "640", "height": "480"}),
        ({"width": 320}, {"width": "320", "height": "240"}),
        ({"height": 60}, {"width": "80", "height": "60"}),
        ({"width": 100, "height": 90}, {"width": "100", "height": "90"}),
    ],
)
def test_a_page_keeps_the_room_of_a_picture(stated: dict[str, Any], said: dict[str, str]) -> None:
    figure = Figure(asset="a" * 64, media_type="image/png", alt="Карта", **stated)
    made = PartHtml("p", ScoFiles(Assets({"a" * 64: PNG})), words("ru", "scorm")).html((figure,))
    (image,) = fragment_fromstring(made)
    assert dict(image.attrib) == {"src": f"../media/{'a' * 16}.png", "alt": "Карта", "loading": "lazy", **said}


def test_a_photograph_that_a_camera_may_have_turned_states_no_size() -> None:
    jpeg = (
        b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00" + b"\x00" * 8 + b"\xff\xc0\x00\x11\x08\x01\xe0\x02\x80" + b"\x00" * 20
    )
    figure = Figure(asset="b" * 64, media_type="image/jpeg", alt="Фото")
    made = PartHtml("p", ScoFiles(Assets({"b" * 64: jpeg})), words("ru", "scorm")).html((figure,))
    assert made == f'<figure><img src="../media/{"b" * 16}.jpg" alt="Фото" loading="lazy"></figure>'


def test_the_same_bytes_every_time() -> None:
    writer = load("scorm2004")

    def written() -> dict[str, bytes]:
        made = writer.write(everything(), Context(assets=ASSETS, version="test")).artifacts[0]
        return {member.path: member.read() for member in made.members}

    assert written() == written()


def test_rules_that_cannot_be_used_are_named() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"stemer": "russian"}, search.Search)
