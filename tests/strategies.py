"""Courses made by hypothesis: one strategy that every writer and its checks run through."""

from __future__ import annotations

from hypothesis import strategies as st

from coursepack.model.blocks import (
    Block,
    Blocks,
    Cell,
    Code,
    Heading,
    List,
    ListItem,
    Paragraph,
    Quote,
    Row,
    Run,
    Table,
)
from coursepack.model.course import Assignment, Course, Exam, Reading, Section, Session, Term, Topic, Week
from coursepack.model.questions import (
    Answer,
    Choice,
    Description,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    OrderingItem,
    Pair,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.names import file_name
from tests.samples import attached

_KAZAKH = "аәбвгғдежзийкқлмнңоөпрстуұүфхһшыіэюя"
_ODD = "<>&\"'/\\{}~=#:;%«»–—№😀 \u00a0\u200b\u0301"
_words = st.text(alphabet=_KAZAKH + _KAZAKH.upper() + "abcXYZ0123456789", min_size=1, max_size=12)
_odd = st.text(alphabet=_KAZAKH + _ODD + "abc019", min_size=1, max_size=40).filter(lambda text: text.strip() != "")
texts = st.one_of(st.lists(_words, min_size=1, max_size=12).map(" ".join), _odd)
"""A line of text: usually words, sometimes every character that a format gives a meaning to."""

titles = st.one_of(texts, texts, st.builds(lambda t: (t + " ") * 60, texts).map(str.strip))
"""A title; some are far longer than an LMS holds."""


@st.composite
def runs(draw: st.DrawFn) -> tuple[Run, ...]:
    return tuple(
        Run(
            text=draw(texts),
            bold=draw(st.booleans()),
            italic=draw(st.booleans()),
            script=draw(st.sampled_from([None, None, None, "sub", "super"])),
            href=draw(st.sampled_from([None, None, None, "https://example.kz/?a=1&b=2"])),
            strike=draw(st.booleans()),
            colour=draw(st.sampled_from([None, None, "cc0000", "808080"])),
            highlight=draw(st.sampled_from([None, None, None, "ffff00", "ffffff"])),
            direction=draw(st.sampled_from([None, None, None, "rtl"])),
            title=draw(st.sampled_from(["", "", "", "атауы <i> & \"т\" 'ш'"])),
        )
        for _ in range(draw(st.integers(1, 3)))
    )


def paragraph() -> st.SearchStrategy[Block]:
    directions = st.sampled_from([None, None, None, "rtl"])
    return st.builds(lambda content, direction: Paragraph(content=content, direction=direction), runs(), directions)


@st.composite
def table(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(1, 4))
    rows = draw(st.integers(1, 4))
    cells = st.builds(lambda text: Cell(blocks=(Paragraph(content=(Run(text=text),)),)), texts)
    return Table(
        rows=tuple(Row(cells=tuple(draw(cells) for _ in range(columns))) for _ in range(rows)),
        header_rows=draw(st.integers(0, 1)),
        align=draw(st.sampled_from([(), (), ("right", *[None] * (columns - 1)), ("center",) * columns])),
    )


def _list(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    items = st.lists(st.builds(lambda block: ListItem(blocks=(block,)), inner), min_size=1, max_size=3)
    return st.builds(
        lambda found, marker: List(items=tuple(found), marker=marker),
        items,
        st.sampled_from(["disc", "dash", "decimal", "paren", "lower-alpha"]),
    )


def code() -> st.SearchStrategy[Block]:
    """A listing: lines of any depth, some of them blank."""
    line = st.builds(
        lambda depth, text: depth + text, st.sampled_from(["", "    ", "\t"]), st.one_of(st.just(""), texts)
    )
    lines = st.lists(line, min_size=1, max_size=5).map("\n".join).filter(lambda text: text.strip() != "")
    return st.builds(lambda text, language: Code(text=text, language=language), lines, st.sampled_from([None, "c++"]))


def media() -> st.SearchStrategy[Block]:
    """A sound, a film or a file, with or without a caption; some of odd names. The ending says the kind, as readers
    make it of the name: «..mp3» is called «mp3», which says none."""
    kinds = st.sampled_from([("audio/mpeg", "mp3"), ("video/mp4", "mp4"), ("text/csv", "csv"), ("text/html", "html")])
    odd = "<>&\"'/\\{}~=#:;%«»–—№😀 \u00a0abc019қ"
    stems = st.one_of(_words, st.text(alphabet=odd, min_size=1, max_size=20))
    made = st.builds(
        lambda kind, stem, caption: attached(file_name(f"{stem}.{kind[1]}"), stem.encode(), kind[0], caption),
        kinds,
        stems,
        st.one_of(st.just(""), texts),
    )
    return made.filter(lambda file: "." in file.name)


def blocks(max_size: int = 4) -> st.SearchStrategy[Blocks]:
    """A few blocks of every kind that needs no picture."""
    block = st.one_of(
        paragraph(),
        paragraph(),
        st.builds(lambda level, content: Heading(level=level, content=content), st.integers(1, 3), runs()),
        _list(paragraph()),
        table(),
        st.builds(lambda inner: Quote(blocks=(inner,)), paragraph()),
        code(),
        media(),
    )
    return st.lists(block, min_size=1, max_size=max_size).map(tuple)


def _text() -> st.SearchStrategy[Blocks]:
    return st.builds(lambda text: (Paragraph(content=(Run(text=text),)),), texts)


@st.composite
def question(draw: st.DrawFn, name: str, number: int, session: str | None = None) -> Question:
    """A question of any type (no cloze), keyed as a careful author keys it."""
    text = draw(_text())
    kind = draw(st.sampled_from(["essay", "one", "many", "true", "short", "number", "match", "order", "description"]))
    match kind:
        case "one":
            count = draw(st.integers(2, 5))
            right = draw(st.integers(0, count - 1))
            choices = tuple(
                Choice(content=draw(_text()), fraction=1.0 if index == right else 0.0) for index in range(count)
            )
            return MultipleChoice(id=name, number=number, text=text, choices=choices, session=session)
        case "many":
            choices = tuple(Choice(content=draw(_text()), fraction=fraction) for fraction in (0.5, 0.5, -0.5))
            return MultipleChoice(id=name, number=number, text=text, choices=choices, single=False, session=session)
        case "true":
            return TrueFalse(id=name, number=number, text=text, answer=draw(st.booleans()), session=session)
        case "short":
            return ShortAnswer(id=name, number=number, text=text, answers=(Answer(text=draw(_words)),), session=session)
        case "number":
            value = NumericalAnswer(value=str(draw(st.integers(-99, 99))), tolerance="0.5")
            return Numerical(id=name, number=number, text=text, answers=(value,), session=session)
        case "match":
            pairs = tuple(
                Pair(question=draw(_text()), answer=answer)
                for answer in draw(st.lists(st.one_of(_text(), blocks(2)), min_size=2, max_size=4, unique=True))
            )
            return Matching(id=name, number=number, text=text, pairs=pairs, session=session)
        case "order":
            contents = draw(st.lists(st.one_of(_text(), blocks(2)), min_size=2, max_size=5, unique=True))
            return Ordering(
                id=name,
                number=number,
                text=text,
                items=tuple(OrderingItem(content=content) for content in contents),
                layout=draw(st.sampled_from(["vertical", "horizontal"])),
                grading=draw(st.sampled_from(["all-or-nothing", "absolute", "relative-to-correct"])),
                show_grading=draw(st.booleans()),
                numbering=draw(st.sampled_from(["none", "ABC", "III"])),
                correct_feedback=draw(st.one_of(st.just(()), _text())),
                session=session,
            )
        case "description":
            return Description(id=name, number=number, text=text, session=session)
        case _:
            return Essay(id=name, number=number, text=text, session=session)


@st.composite
def bank(draw: st.DrawFn, prefix: str, most: int, session: str | None = None) -> tuple[Question, ...]:
    size = draw(st.integers(0, most))
    return tuple(draw(question(f"{prefix}-{number:03d}", number, session)) for number in range(1, size + 1))


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """A course of one to five weeks, with or without everything else."""
    weeks = []
    for number in sorted(draw(st.sets(st.integers(1, 15), min_size=1, max_size=5))):
        week = f"w{number:02d}"
        sessions = []
        if draw(st.booleans()) or number == 1:
            sessions.append(
                Session(
                    id=f"{week}-lecture",
                    kind="lecture",
                    number=number,
                    title=draw(st.one_of(st.none(), titles)),
                    outline=tuple(
                        Topic(id=f"{week}-lecture-o{index}", content=draw(runs()))
                        for index in range(1, draw(st.integers(0, 3)) + 1)
                    ),
                    blocks=draw(blocks()),
                    review=draw(bank(f"{week}-lecture-q", 3, f"{week}-lecture")),
                )
            )
        if draw(st.booleans()):
            sessions.append(
                Session(
                    id=f"{week}-seminar",
                    kind="seminar",
                    number=number,
                    topics=tuple(
                        Topic(id=f"{week}-seminar-t{index}", content=draw(runs()))
                        for index in range(1, draw(st.integers(1, 4)) + 1)
                    ),
                )
            )
        assignments: tuple[Assignment, ...] = ()
        if draw(st.booleans()):
            assignments = (
                Assignment(
                    id=f"{week}-supervised",
                    kind="supervised",
                    number=number,
                    label="СОӨЖ",
                    blocks=draw(_text()),
                ),
            )
        weeks.append(Week(id=week, number=number, sessions=tuple(sessions), assignments=assignments))
    exam = draw(bank("exam", 6))
    return Course(
        id="course",
        title=draw(titles),
        language=draw(st.sampled_from(["kk", "ru", "en"])),
        foreword=draw(
            st.one_of(st.none(), st.builds(lambda b: Section(id="foreword", title="Алғы сөз", blocks=b), blocks()))
        ),
        weeks=tuple(weeks),
        exam=Exam(questions=exam) if exam else None,
        readings=tuple(
            Reading(id=f"reading-{index}", title=draw(st.one_of(st.none(), titles)), blocks=draw(blocks(2)))
            for index in range(1, draw(st.integers(0, 2)) + 1)
        ),
        glossary=tuple(
            Term(id=f"term-{index}", term=draw(texts), definition=draw(_text()))
            for index in range(1, draw(st.integers(0, 2)) + 1)
        ),
    )
