"""GIFT: exact pieces, what it cannot hold, and the way back through our reader."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from coursepack.model.questions import (
    Answer,
    Choice,
    Description,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Pair,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.place import Severity
from coursepack.writers import Context, load
from tests.samples import ASSETS, b, every_question, everything
from tests.writers.plain import bare, codes, data, read_back, written


def body(*questions: Question) -> str:
    """The file without its category line."""
    text = data(written("gift", *questions)).decode()
    head, _, rest = text.partition("\n\n")
    assert head == "$CATEGORY: $course$/top/Қор"
    return rest


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (Essay(id="q", text=b("Неге?")), "// [id:bank-q]\n::Неге?::Неге?{}\n\n"),
        (
            Essay(id="q", number=3, text=b("Неге?"), feedback=b("Солай."), tags=("а]б", "<в>")),
            "// [id:bank-q] [tag:а\\]б] [tag:в]\n::3. Неге?::Неге?{####Солай.}\n\n",
        ),
        (
            Description(id="q", text=b("Оқыңыз: a=b {c}")),
            "// [id:bank-q]\n::Оқыңыз\\: a\\=b \\{c\\}::Оқыңыз\\: a\\=b \\{c\\}\n\n",
        ),
        (
            TrueFalse(id="q", text=b("Иә ма?"), answer=False, true_feedback=b("Жоқ.")),
            "// [id:bank-q]\n::Иә ма?::Иә ма?{FALSE#Жоқ.}\n\n",
        ),
        (
            MultipleChoice(
                id="q", text=b("Қайсы?"), choices=(Choice(content=b("~а#"), fraction=1), Choice(content=b("=ә")))
            ),
            "// [id:bank-q]\n::Қайсы?::Қайсы?{\n\t=\\~а\\#\n\t~\\=ә\n}\n\n",
        ),
        (
            MultipleChoice(
                id="q",
                text=b("a < b"),
                single=False,
                choices=(Choice(content=b("а"), fraction=1), Choice(content=b("ә"), fraction=-1)),
            ),
            "// [id:bank-q]\n::a < b::[html]<p>a &lt; b</p>{\n\t~%100%<p>а</p>\n\t~%-100%<p>ә</p>\n}\n\n",
        ),
        (
            ShortAnswer(id="q", text=b("Кім?"), answers=(Answer(text="Абай"), Answer(text="А*", fraction=1 / 3))),
            "// [id:bank-q]\n::Кім?::Кім?{\n\t=Абай\n\t=%33.33333%А*\n}\n\n",
        ),
        (
            Numerical(id="q", text=b("Неше?"), answers=(NumericalAnswer(value="2,5", tolerance="0,1"),)),
            "// [id:bank-q]\n::Неше?::Неше?{#\n\t=2.5:0.1\n}\n\n",
        ),
        (
            Matching(
                id="q", text=b("Жұп"), pairs=(Pair(question=b("а"), answer=b("1")), Pair(question=(), answer=b("2")))
            ),
            "// [id:bank-q]\n::Жұп::Жұп{\n\t=а -> 1\n\t= -> 2\n}\n\n",
        ),
    ],
)
def test_a_question_of_each_type(question: Question, expected: str) -> None:
    assert body(question) == expected


def test_the_way_back(tmp_path: Path) -> None:
    """What GIFT holds comes back as it was; the sample has no style that it loses beside the picture."""
    kept = [q for q in every_question() if q.id not in {"exam-001", "exam-002", "exam-008", "exam-010"}]
    back = read_back(written("gift", *kept), tmp_path / "bank.gift")
    expected = [
        msgspec.structs.replace(bare(question), title=title)
        for question, title in zip(kept, (q.title for q in back), strict=True)
    ]
    assert back == expected


def test_everything_it_cannot_hold_is_said() -> None:
    made = written("gift", *every_question())
    assert codes(made) == {"gift-lost": 3, "gift-left-out": 1}
    assert [finding.message for finding in made.findings] == [
        "question exam-001 loses its notes for the grader, which gift cannot hold",
        "question exam-002 loses its pictures and its mark, which gift cannot hold",
        "question exam-008 is left out: GIFT has no questions with gaps",
        "question exam-010 loses the template of the answer and its limits, which gift cannot hold",
    ]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (ShortAnswer(id="q", text=b("a"), answers=(Answer(text="a -> b"),)), "gift-left-out"),
        (ShortAnswer(id="q", text=b("a"), answers=(Answer(text="a", fraction=0.5),)), "gift-left-out"),
        (MultipleChoice(id="q", text=b("a"), choices=(Choice(content=b("б"), fraction=1),)), "gift-left-out"),
        (Numerical(id="q", text=b("a"), answers=(NumericalAnswer(value="екі"),)), "gift-left-out"),
    ],
)
def test_what_moodle_would_take_for_something_else_is_left_out(question: Question, code: str) -> None:
    made = written("gift", question)
    assert code in codes(made)
    assert made.artifacts == ()
    assert made.findings[-1].severity is Severity.ERROR


def test_letters_that_look_like_a_weight_stay_letters(tmp_path: Path) -> None:
    choices = tuple(
        Choice(content=b(text), fraction=fraction)
        for text, fraction in (("%100%", 1.0), ("%0%", 0.0), ("%50% а", 0.0), ("50%", 0.0))
    )
    one = MultipleChoice(id="q", text=b("Неше?"), choices=choices)
    short = ShortAnswer(id="q", text=b("Неше?"), answers=(Answer(text="%50%"), Answer(text="5%")))
    assert body(one).endswith("{\n\t=%100%\n\t~%0%%0%\n\t~%0%%50% а\n\t~50%\n}\n\n")
    assert body(short).endswith("{\n\t=%100%%50%\n\t=5%\n}\n\n")
    back = read_back(written("gift", one, short), tmp_path / "bank.gift")
    assert [getattr(question, "choices", None) or getattr(question, "answers", None) for question in back] == [
        choices,
        short.answers,
    ]


def test_a_blank_line_or_a_comment_in_a_text_does_not_end_the_question() -> None:
    text = body(Essay(id="q", text=(*b("// бірінші"), *b("екінші\n\nүшінші"))))
    assert text.count("\n\n") == 1
    assert "<p>// бірінші</p>\\n<p>екінші<br><br>үшінші</p>{}" in text


def test_categories_of_a_course() -> None:
    made = load("gift").write(everything(), Context(assets=ASSETS))
    lines = [line for line in data(made).decode().splitlines() if line.startswith("$CATEGORY")]
    assert lines == [
        '$CATEGORY: $course$/top/Үлгі курс: «билік» & ‹заң›/1-дәріс. Билік: «мәні» & ‹мағынасы› // "power"',
        "$CATEGORY: $course$/top/Үлгі курс: «билік» & ‹заң›/Емтихан/Емтихан сұрақтары",
        "$CATEGORY: $course$/top/Үлгі курс: «билік» & ‹заң›/Емтихан/Емтихан сұрақтары. Басқаша тұжырымдары",
    ]
    assert made.artifacts[0].name == "sample-questions.gift"


def test_a_long_id_and_a_long_tag_are_cut_to_what_moodle_stores() -> None:
    made = written("gift", Essay(id="q-" + "x" * 120, text=b("?"), tags=("т" * 80, "т" * 81)))
    mark = data(made).decode().partition("[id:")[2].partition("]")[0]
    assert len(mark) == 100
    assert "gift-idnumber-long" in codes(made)
    tags = [part.partition("]")[0] for part in data(made).decode().split("[tag:")[1:]]
    assert all(len(tag) <= 50 for tag in tags)
    assert len(tags) == len(set(tags))
