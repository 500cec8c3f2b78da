"""PDFs that ask for memory, time or endless work: each is an error with its name, or read as far as it is sound."""

from __future__ import annotations

import ctypes
import random
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coursepack import discovery, limits
from coursepack.model.document import Line
from coursepack.place import CoursepackError, Place
from coursepack.readers.pdf import chars as pdf_chars
from coursepack.readers.pdf import reader as pdf
from tests.readers import hostile_pdf
from tests.readers.pdf_maker import Word, make

SMALL = "child-memory=300MiB child-seconds=30"


def texts(data: bytes) -> list[str]:
    return [unit.text for unit in pdf.read("a.pdf", data).units if isinstance(unit, Line) and unit.text]


@pytest.mark.parametrize(
    "attack",
    [
        hostile_pdf.form_in_itself,
        hostile_pdf.forms_in_forms,
        hostile_pdf.many_letters,
        lambda: hostile_pdf.flate_bomb(600 << 20),
    ],
    ids=["form-in-itself", "forms-in-forms", "many-letters", "flate-bomb"],
)
def test_what_asks_for_more_memory_than_allowed_is_an_error_with_its_name(
    attack: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(limits.VARIABLE, SMALL)
    data = attack()
    assert len(data) < 20_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(CoursepackError) as caught:
        pdf.read("lecture.pdf", data)
    assert caught.value.place == Place("lecture.pdf")
    assert "300 MiB of memory" in caught.value.message
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kilobytes, in this process


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("pdf-pages=2", "3 pages, expected at most 2"),
        ("pdf-page-letters=4", "page 1 has 5 letters, expected at most 4"),
        ("pdf-letters=14", "15 letters, expected at most 14"),
        ("pdf-lines=2", "3 lines, expected at most 2"),
    ],
)
def test_budgets_are_settings(setting: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = make([[Word("мәтін", 72, 700)]] * 3)
    assert texts(data) == ["мәтін"] * 3
    monkeypatch.setenv(limits.VARIABLE, setting)
    with pytest.raises(CoursepackError) as caught:
        pdf.read("a.pdf", data)
    assert caught.value.message == said
    assert caught.value.advice == f"split it, or allow more: --limit {setting.partition('=')[0]}=…"


def test_a_million_claimed_pages_are_refused_at_once() -> None:
    for data in (hostile_pdf.claimed_pages(), hostile_pdf.claimed_pages(real=True), hostile_pdf.page_tree_loop()):
        with pytest.raises(CoursepackError, match="1000000 pages, expected at most 5000"):
            pdf.read("a.pdf", data)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("type3-in-itself", "aaaax"),
        ("pattern-in-itself", "x"),
        ("huge-page", "x"),
        ("jbig2", "x"),
        ("jpx", "x"),
        ("dct", "x"),
        ("ccitt", "x"),
        ("xref-loop", "x"),
        ("object-streams", "x"),
        ("deep-arrays", "x"),
    ],
)
def test_loops_and_claims_cost_nothing(name: str, letters: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.VARIABLE, SMALL)
    assert "".join(texts(hostile_pdf.SMALL[name]())).replace(" ", "").replace("\t", "") == letters


def test_a_title_of_megabytes_is_left_out_and_told() -> None:
    document = pdf.read("a.pdf", hostile_pdf.metadata(1 << 20))
    assert document.properties == {}
    assert [(told.code, told.message) for told in document.findings] == [
        ("pdf-property", "the file's own title has 1048576 characters, left out")
    ]


def test_the_other_documents_of_a_folder_are_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.VARIABLE, SMALL)
    (tmp_path / "a.txt").write_text("1-дәріс. Билік ұғымы\n\nБилік – қоғамды басқарудың құралы.\n")
    (tmp_path / "b.pdf").write_bytes(hostile_pdf.form_in_itself())
    documents, unread = discovery.draftable(tmp_path, ["a.txt", "b.pdf"])
    assert [one.name for one in documents] == ["a.txt"]
    assert [problem.place for problem in unread.values()] == [Place("b.pdf")]


@pytest.mark.long
def test_mutants_of_a_sound_file_and_of_hostile_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.VARIABLE, SMALL)
    said: list[str] = []
    chance = random.Random(11)  # noqa: S311 - not for secrets
    sound = [make([[Word("мәтін осында", 72, 700)]]), hostile_pdf.full_pages(2), hostile_pdf.type3_in_itself()]
    for number in range(24):
        changed = bytearray(sound[number % len(sound)])
        for _ in range(chance.randrange(1, 40)):
            changed[chance.randrange(9, len(changed))] = chance.randrange(256)
        try:
            pdf.read("a.pdf", bytes(changed))
        except CoursepackError as problem:
            said.append(str(problem))
    assert all(each.startswith("a.pdf") and "coursepack itself failed" not in each for each in said)


def test_letters_whose_place_is_no_number_are_counted_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """pdfium answers NaN for the matrices of some damaged files."""

    def matrix(raw: object, index: int, found: Any) -> bool:
        found.a = found.b = found.c = found.d = float("nan")
        return True

    def origin(handle: object, index: int, x_at: int, y_at: int) -> None:
        ctypes.c_double.from_address(x_at).value = float("nan") if index else 72.0
        ctypes.c_double.from_address(y_at).value = 720.0

    monkeypatch.setattr("pypdfium2.raw.FPDFText_GetMatrix", matrix)
    monkeypatch.setattr("pypdfium2.raw.FPDFText_GetFontSize", lambda *_: 12.0)
    monkeypatch.setattr("pypdfium2.raw.FPDFText_GetFontWeight", lambda *_: 400)
    monkeypatch.setattr("pypdfium2.raw.FPDFText_GetTextObject", lambda *_: None)
    monkeypatch.setattr(pdf_chars, "_font_name", lambda _: "")
    monkeypatch.setattr(pdf_chars, "_origin", origin)
    monkeypatch.setattr(pdf_chars, "_loose_box", lambda *_: None)
    assert pdf_chars._look(None, 0).turn == -1
    look = pdf_chars.FontStyle(12.0, False, False, 0)
    drawn = [(0, ord("a"), look), (1, ord("b"), look)]
    found = pdf_chars._letters(None, drawn, pdf_chars._Frame(0, 0, 0, 595, 842), tilted=0)
    assert ([letter.text for letter in found.letters], found.tilted) == (["a"], 1)
