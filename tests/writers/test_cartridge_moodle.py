"""What Moodle's cartridge import loses in questions: pictures of options, players, pictures of feedback.

Moodle 4.5.6, ``backup/cc/entity11.quiz.class.php`` and ``entities.class.php`` (``update_sources``): addresses of files
are made good in the text of a question alone, and there those of links and pictures alone.
"""

from __future__ import annotations

import pytest
from lxml import etree
from lxml import html as lxml_html

from coursepack import writers
from coursepack.files.xml import parse_xml
from coursepack.ims.nearest_items import with_letters
from coursepack.model.artifact import Written
from coursepack.model.blocks import Blocks, List, Paragraph, Picture, block_text
from coursepack.model.course import Course, Session, Week
from coursepack.model.questions import Choice, Matching, MultipleChoice, Pair, Question
from coursepack.writers import Context
from tests.samples import ASSETS, LATER_ASSETS, LATER_MEDIA, PNG_ID, b

PICTURE: Blocks = (Paragraph(content=(Picture(asset=PNG_ID, media_type="image/png", alt="шаршы"),)),)
CHOSEN = MultipleChoice(
    id="q-1",
    number=1,
    text=b("Қайсысы?"),
    choices=(Choice(content=b("бос")), Choice(content=PICTURE, fraction=1.0), Choice(content=b("екі"))),
    shuffle=False,
)
TOLD = "the pictures of its options were moved into the question"


def written(name: str, *questions: Question) -> Written:
    writer = writers.load(name)
    lecture = Session(id="w01-lecture", kind="lecture", number=1, title="Дәріс", blocks=b("Мәтін."), review=questions)
    course = Course(id="c", title="К", language="kk", weeks=(Week(id="w01", number=1, sessions=(lecture,)),))
    assets = LATER_ASSETS if any(LATER_MEDIA[0] in question.text for question in questions) else ASSETS
    return writer.write(course, Context(assets=assets, options=writer.options(), version="0"))


def review(made: Written) -> etree._Element:
    (artifact,) = made.artifacts
    return parse_xml(next(member.read() for member in artifact.members if member.path.endswith("-review.xml")))


def stem_and_options(item: etree._Element) -> tuple[str, list[str]]:
    stem, *options = [text.text or "" for text in item.find("{*}presentation").iter("{*}mattext")]  # type: ignore[union-attr]
    return stem, options


def test_pictures_of_options_stand_in_the_question_and_letters_are_chosen() -> None:
    made = written("cc11", CHOSEN)
    (item,) = review(made).iter("{*}item")
    stem, options = stem_and_options(item)
    listed = lxml_html.fromstring(f"<div>{stem}</div>").findall(".//ol[@type='a']/li")
    assert [(str(entry.xpath("string()")).strip(), len(entry.findall(".//img"))) for entry in listed] == [
        ("бос", 0),
        ("", 1),
        ("екі", 0),
    ]
    assert options == ["a", "b", "c"]
    assert item.findtext(".//{*}varequal") == "c2"
    assert [choice.get("shuffle") for choice in item.iter("{*}render_choice")] != ["Yes"]
    assert any(TOLD in finding.message for finding in made.findings)


def test_who_finds_files_everywhere_keeps_them_in_options() -> None:
    made = written("cc13", CHOSEN)
    (item,) = review(made).iter("{*}item")
    stem, options = stem_and_options(item)
    assert ("<img" in stem, ["<img" in option for option in options]) == (False, [False, True, False])
    assert not any(TOLD in finding.message for finding in made.findings)


def test_pairs_of_pictures_are_chosen_by_letters_too() -> None:
    pairs = (Pair(question=b("шаршы"), answer=PICTURE), Pair(question=b("сөз"), answer=b("мәтін")))
    items = list(review(written("cc11", Matching(id="q-1", number=1, text=b("Сәйкес?"), pairs=pairs))).iter("{*}item"))
    assert [stem_and_options(item)[1] for item in items] == [["a", "b"]] * 2
    assert all("<img" in stem_and_options(item)[0] for item in items)


@pytest.mark.parametrize("shuffle", [True, False])
def test_the_right_letter_is_that_of_the_right_picture(shuffle: bool) -> None:
    many = tuple(Choice(content=(*b(f"{n}"), *PICTURE), fraction=float(n == 30)) for n in range(1, 41))
    found, told = with_letters(MultipleChoice(id="q-7", text=b("Қайсысы?"), choices=many, shuffle=shuffle))
    assert isinstance(found, MultipleChoice)
    assert told.startswith(TOLD)
    (listed,) = [block for block in found.text if isinstance(block, List)]
    letters = [block_text(choice.content) for choice in found.choices]
    assert letters[:2] + letters[25:28] == ["a", "b", "z", "aa", "ab"]
    right = [place for place, choice in enumerate(found.choices) if choice.fraction]
    assert [block_text(listed.items[place].blocks).split("\n")[0] for place in right] == ["30"]


def test_options_of_words_stay() -> None:
    plain = MultipleChoice(id="q", text=PICTURE, choices=(Choice(content=b("a")), Choice(content=b("b"), fraction=1.0)))
    assert with_letters(plain) == (plain, "")


def test_a_picture_in_feedback_is_told() -> None:
    choices = (Choice(content=b("иә"), fraction=1.0, feedback=PICTURE), Choice(content=b("жоқ")))
    question = MultipleChoice(id="q", number=1, text=b("Ма?"), choices=choices)
    said = "pictures and files of its feedback are missing in Moodle"
    assert [any(said in f.message for f in written(name, question).findings) for name in ("cc11", "cc13")] == [
        True,
        False,
    ]


@pytest.mark.parametrize(("name", "players"), [("cc11", 0), ("cc13", 1)])
def test_a_sound_in_a_question_is_a_link_where_a_player_finds_nothing(name: str, players: int) -> None:
    question = MultipleChoice(
        id="q", number=1, text=(*b("Не естіледі?"), LATER_MEDIA[0]), choices=CHOSEN.choices[::2], mark=1.0
    )
    asked = review(written(name, question)).find(".//{*}presentation//{*}mattext")
    assert asked is not None
    stem = lxml_html.fromstring(f"<div>{asked.text}</div>")
    assert len(stem.findall(".//audio")) == players
    (link,) = stem.findall(".//a")
    assert (link.get("href") or "").startswith("$IMS-CC-FILEBASE$")
