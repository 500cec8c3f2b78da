"""Footnotes of PDFs: notes of the paragraphs that bear their marks, never text in mid-sentence."""

from __future__ import annotations

from coursepack.model.blocks import Footnote, NoteMark, Paragraph, Run, inline_text
from coursepack.model.document import Line
from coursepack.outline.markers import standard
from coursepack.outline.pieces import Stream
from coursepack.outline.stream import stream
from coursepack.readers.pdf import reader as pdf
from tests.readers.pdf_maker import Word, make


def raised(text: str, x: float, y: float) -> Word:
    return Word(text, x, y + 4, 7)


def note_texts(notes: tuple[Footnote, ...]) -> list[tuple[str, str]]:
    return [
        (note.label, inline_text(block.content))
        for note in notes
        for block in note.blocks
        if isinstance(block, Paragraph)
    ]


FIRST = "Бірінші жол осында басталып, екінші жолға қарай"


def page(text: str, mark: str, rest: str, notes: list[str], number: str = "", first: str = FIRST) -> list[Word]:
    end = 72 + 6 * len(text)
    words = [
        Word(first, 72, 760),
        Word(text, 72, 746),
        raised(mark, end, 746),
        Word(rest, 72, 732),
        *(Word(note, 72, 90 - 12 * nth, 10) for nth, note in enumerate(notes)),
    ]
    return [*words, Word(number, 300, 30)] if number else words


def read(pages: list[list[Word]]) -> Stream:
    return stream(pdf.read("a.pdf", make(pages)), "textbook", standard())


def test_a_footnote_belongs_to_the_paragraph_with_its_mark_over_the_page() -> None:
    made = read(
        [
            page("жалғасады гумус", "1", "туралы сөз болып келесі бетке", ["1 Қара шірік: топы-", "рақ қабаты."], "1"),
            page("өтеді де топырақ", "2", "туралы бітеді.", ["2 Келесі түсінік."], "2", FIRST.lower()),
        ]
    )
    (piece,) = made.pieces
    assert piece.text == (
        f"{FIRST} жалғасады гумус туралы сөз болып келесі бетке {FIRST.lower()} өтеді де топырақ туралы бітеді."
    )
    assert note_texts(piece.notes) == [("1", "Қара шірік: топырақ қабаты."), ("2", "Келесі түсінік.")]
    marks = [item.note for item in piece.content or () if isinstance(item, NoteMark)]
    assert marks == [note.id for note in piece.notes]
    before = next(item for item in piece.content or () if isinstance(item, Run))
    assert before.text.endswith("жалғасады гумус")
    assert made.texts.ledger.source().aside == {"page number": 2}
    made.texts.claim(made.pieces, "content")
    assert made.texts.ledger.unclaimed() == []


def test_a_paragraph_with_a_note_can_be_cut() -> None:
    made = read([page("жалғасады гумус", "1", "туралы бітеді. Екінші сөйлем бар.", ["1 Түсінік."])])
    (piece,) = made.pieces
    head, tail = made.texts.cut(piece, piece.text.index("Екінші"))
    assert tail.text == "Екінші сөйлем бар."
    assert head.text.endswith("туралы бітеді.")
    made.texts.claim([head, tail], "content")
    assert made.texts.ledger.unclaimed() == []


def test_a_power_is_no_mark_and_small_lines_without_a_mark_are_text() -> None:
    words = page("ауданы бес м", "2", "деп есептеледі гумус", ["2 Түсінік осы жерде."])
    words.append(raised("2", 72 + 6 * 20, 732))
    (piece,) = read([words]).pieces
    assert piece.text.endswith("ауданы бес м2 деп есептеледі гумус")
    assert note_texts(piece.notes) == [("2", "Түсінік осы жерде.")]
    plain = pdf.read("a.pdf", make([page("ауданы бес м", "2", "деп есептеледі", ["3 Ескерту осы жерде."])]))
    assert [unit.role for unit in plain.units if isinstance(unit, Line) and unit.text] == [""] * 4


def test_a_note_whose_mark_stands_in_a_table_stays_as_a_paragraph() -> None:
    rows = [
        Word(text, x, 760 - 16 * nth)
        for nth, row in enumerate(["аб", "вг", "де"])
        for x, text in zip((72, 250, 430), (f"{row} ұяшық", f"{row} тағы", f"{row} соңғы"), strict=True)
    ]
    made = read([[*rows, raised("1", 72 + 6 * 8, 760), Word("1 Түсінік.", 72, 90, 10)]])
    assert [piece.text for piece in made.pieces if piece.object is None] == ["1 Түсінік."]
    made.texts.claim(made.pieces, "content")
    assert made.texts.ledger.unclaimed() == []
