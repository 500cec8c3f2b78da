"""Lists of terms as they are typed: what parts a term from its meaning, what is said between them, what is to be done
with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from tests.outline import documents

# The title, terms and meanings, what is said between them, the heading over work, the work.
LISTS = {
    "en": (
        "Words of the stage",
        [
            ("apron", "the part of the stage in front of the curtain"),
            ("flies", "the space above the stage where scenery hangs"),
            ("pit", "where the orchestra sits, and where it is cold"),
            ("half", "thirty-five minutes before the curtain goes up"),
        ],
        "Here students ask who decides. Nobody does.",
        "By next Tuesday",
        "Draw the stage of our hall from above.",
    ),
    "ru": (
        "Словарь сцены",
        [
            ("авансцена", "часть сцены перед занавесом"),
            ("колосники", "пространство над сценой, где висят декорации"),
            ("яма", "место оркестра, в котором всегда холодно"),
            ("прогон", "исполнение спектакля без остановок"),
        ],
        "Здесь студенты спрашивают, кто решает. Никто.",
        "К следующему занятию",
        "Нарисуйте сцену нашего зала сверху.",
    ),
    "kk": (
        "Сахна сөздігі",
        [
            ("алдыңғы сахна", "шымылдық алдындағы бөлік"),
            ("арқалық", "сахна үстіндегі безендіру ілінетін орын"),
            ("шұңқыр", "оркестр отыратын салқын орын"),
            ("түгел өту", "қойылымды тоқтамай ойнап шығу"),
        ],
        "Мұнда студенттер кім шешетінін сұрайды. Ешкім.",
        "Келесі сабаққа",
        "Залымыздың сахнасын жоғарыдан салыңыз.",
    ),
}


def _stated(course: Course) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Terms with their meanings, the foreword, the work."""
    terms = [(one.term, block_text(one.definition)) for one in course.glossary]
    foreword = [block_text((one,)) for one in (course.foreword.blocks if course.foreword else ())]
    return terms, foreword, [block_text(a.blocks) for week in course.weeks for a in week.assignments]


@pytest.mark.parametrize("language", sorted(LISTS))
def test_bold_type_alone_parts_terms_from_their_meanings(tmp_path: Path, language: str) -> None:
    title, terms, _, head, work = LISTS[language]
    word = documents.Word().b(title)
    for term, meaning in terms:
        word.p(f"**{term}** {meaning}")
    word.b(head).p(work).save(tmp_path / "words.docx")
    read = _stated(documents.read(tmp_path)["course"])
    assert read == (terms, [], [work])


@pytest.mark.parametrize("language", sorted(LISTS))
def test_what_is_said_between_terms_is_no_more_of_a_meaning(tmp_path: Path, language: str) -> None:
    title, terms, said, head, work = LISTS[language]
    lines = [f"# {title}", "", "## A", "", *(f"{term} – {meaning}\n" for term, meaning in terms), said, ""]
    lines += ["## B", "", *(f"{term} – {meaning}\n" for term, meaning in terms[::-1]), f"## {head}", "", work]
    (tmp_path / "words.md").write_text("\n".join(lines), "utf-8")
    read = _stated(documents.read(tmp_path)["course"])
    assert read == ([*terms, *terms[::-1]], [said], [work])


def test_a_verb_between_term_and_meaning_is_no_fault_of_the_ledger(tmp_path: Path) -> None:
    lines = [
        "# Glossary of milk",
        "",
        "**Curd** is the solid part of it.",
        "",
        "**Whey** is what runs off at last.",
        "",
    ]
    lines += ["**Rennet** is an extract of calf stomach.", "", "**Bloom** is a white coat of mould."]
    (tmp_path / "milk.md").write_text("\n".join(lines), "utf-8")
    read = documents.read(tmp_path)
    assert [(term, meaning) for term, meaning, _ in read["glossary"]][:2] == [
        ("Curd", "the solid part of it."),
        ("Whey", "what runs off at last."),
    ]


def test_terms_over_meanings_with_questions_and_homework_behind_them(tmp_path: Path) -> None:
    word = documents.Word().h("Bread and Dough: Vocabulary", 1)
    terms = [("autolyse", "flour and water without the salt"), ("biga", "a stiff starter made the day before")]
    terms += [("crumb", "the inside of a loaf"), ("oven spring", "the last rise, in the first ten minutes of heat")]
    for term, meaning in terms:
        word.p(f"**{term}**\n{meaning}")
    word.h("Check yourself", 2).p("Which of these comes first?", "What would happen without it?", style="List Number")
    word.h("Homework", 2).p("Bake one loaf with autolyse and one without.").save(tmp_path / "bread.docx")
    read = documents.read(tmp_path)
    assert [(term, meaning) for term, meaning, _ in read["glossary"]] == terms
    assert read["exam"] == ["Which of these comes first?", "What would happen without it?"]
    assert [text for _, _, text, _, _ in read["work"]] == ["Bake one loaf with autolyse and one without."]
    assert read["about"].semester is None


def test_a_book_behind_words_that_are_no_term_and_roman_numbers_of_work(tmp_path: Path) -> None:
    lines = ["Glossary of letters", "", "typeface\n     a family of letters drawn by one hand", ""]
    lines += ["serif\n     the small foot at the end of a stroke", "", "measure\n     the length of a line", ""]
    lines += ["Exercise", "", "  (i) Find a widow in today's paper.", "  (ii) Measure three faces at 12 points.", ""]
    lines += ["More of the same in\n  Okada, J.: The Grey of the Page (Utrecht, 2009)"]
    (tmp_path / "letters.txt").write_text("\n".join(lines), "utf-8")
    course = documents.read(tmp_path)["course"]
    assert [one.term for one in course.glossary] == ["typeface", "serif", "measure"]
    work = [(a.number, block_text(a.blocks)) for week in course.weeks for a in week.assignments]
    assert work == [(1, "Find a widow in today's paper."), (2, "Measure three faces at 12 points.")]
    assert list(course.about.literature.basic) == ["Okada, J.: The Grey of the Page (Utrecht, 2009)"]


WEEKS = {
    "en": ("Words for week 3", ["osmosis: movement of water through a membrane", "turgor: pressure inside a cell",
            "lysis: the end of a cell by force", "isotonic: with the same strength outside"],
           "Try yourself", ["What happens to a cell in salt water?", "Why do plants wilt?"]),
    "ru": ("Слова к третьей неделе", ["осмос: движение воды через мембрану", "тургор: давление воды внутри клетки",
            "лизис: разрыв клетки под напором", "плазмолиз: сжатие клетки без воды"],
           "Попробуйте сами", ["Что произойдёт с клеткой в солёной воде?", "Почему растения вянут?"]),
    "kk": ("3-аптаның сөздері", ["осмос: судың жарғақша арқылы өтуі", "тургор: жасуша ішіндегі су қысымы",
            "лизис: жасушаның күшпен жарылуы", "плазмолиз: сусыз жасушаның жиырылуы"],
           "Байқап көр", ["Тұзды суда жасушаға не болады?", "Өсімдіктер неге солады?"]),
}  # fmt: skip


@pytest.mark.parametrize("language", WEEKS)
@pytest.mark.parametrize("styled", [True, False], ids=["numbers", "plain"])
def test_words_of_a_week_with_questions_behind_them_are_no_lecture(
    tmp_path: Path, language: str, *, styled: bool
) -> None:
    """A handout of words before colons, whose heading counts a week, and questions under a heading of any wording."""
    title, terms, heading, questions = WEEKS[language]
    lines = [f"# {title}", "", *(f"- {one}" for one in terms), "", f"## {heading}", ""]
    lines += [f"{at}. {one}" for at, one in enumerate(questions, 1)] if styled else [f"{one}\n" for one in questions]
    (tmp_path / "week3.md").write_text("\n".join(lines), "utf-8")
    read = documents.read(tmp_path)
    assert [f"{term}: {meaning}" for term, meaning, _ in read["glossary"]] == terms
    assert read["exam"] == questions
    assert not list(read["course"].sessions())
    assert not read["course"].about.policies
