"""Helpers for the tests of plain question formats: write a bank, read it back with our own reader."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec

from coursepack import readers
from coursepack.model.artifact import Bank, Written
from coursepack.model.questions import Question
from coursepack.publish import artifact_chunks
from coursepack.writers import Context, load
from tests.samples import ASSETS


def bank(*questions: Question, language: str = "kk") -> Bank:
    return Bank(id="bank", title="Қор", language=language, questions=lambda: iter(questions))


def written(name: str, *questions: Question, options: msgspec.Struct | None = None) -> Written:
    writer = load(name)
    assert writer.write_bank is not None
    return writer.write_bank(bank(*questions), Context(assets=ASSETS, options=options or writer.options()))


def data(made: Written) -> bytes:
    (artifact,) = made.artifacts
    return b"".join(artifact_chunks(artifact))


def codes(made: Written) -> Counter[str]:
    return Counter(finding.code for finding in made.findings)


def read_back(made: Written, path: Path) -> list[Question]:
    """The questions of the file, without what a file of its own gives them (id, number, place, category)."""
    path.write_bytes(data(made))
    found = readers.read_questions(path)
    questions = [bare(question) for question in found.bank.questions()]
    assert found.findings == []
    return questions


def bare(question: Question) -> Question:
    return msgspec.structs.replace(
        question, id="q", number=0, place=None, category=(), printed=None, variant_of=None, session=None
    )
