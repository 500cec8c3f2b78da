"""Answers to choose from on a line of their own that strokes part, the right one in bold type or named behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outline import documents
from tests.outline.documents import Word

ASKED = {
    "en": ("The heart has", "Blood is made in the", "Bones need", "The skin is"),
    "ru": ("У сердца есть", "Кровь образуется в", "Костям нужен", "Кожа — это"),
    "kk": ("Жүректе бар", "Қан түзіледі", "Сүйекке керек", "Тері дегеніміз"),
}
ANSWERS = {
    "en": ("four rooms", "two doors", "one wall", "no valve"),
    "ru": ("четыре камеры", "две двери", "одна стенка", "ни одного клапана"),
    "kk": ("төрт қуыс", "екі есік", "бір қабырға", "қақпақшасыз"),
}


@pytest.mark.parametrize("language", sorted(ASKED))
def test_the_answer_in_bold_type_among_strokes_is_the_key(tmp_path: Path, language: str) -> None:
    word = Word()
    stems = [f"{stem} {n}" for n in (1, 2, 3) for stem in ASKED[language]]
    for nth, stem in enumerate(stems):
        word.p(f"Q{nth + 1}) {stem}")
        word.p(" / ".join(f"**{one}**" if at == nth % 4 else one for at, one in enumerate(ANSWERS[language])))
    word.save(tmp_path / "check.docx")
    read = documents.read(tmp_path)
    assert read["exam"] == stems
    assert read["options"] == [list(ANSWERS[language])] * len(stems)
    assert read["keys"] == [[nth % 4] for nth in range(len(stems))]


def test_strokes_in_a_question_part_no_answers(tmp_path: Path) -> None:
    asked = [f"{n}. Explain the rule and / or the reason and / or the use of law {n}." for n in range(1, 7)]
    (tmp_path / "questions.txt").write_text("\n\n".join(asked), "utf-8")
    read = documents.read(tmp_path)
    assert read["options"] == []
    assert read["exam"] == [one.split(" ", 1)[1] for one in asked]
