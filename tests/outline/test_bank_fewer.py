"""A test of a form that nobody knows does not pass in silence: what looks like its questions is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.outline.missed_questions import TextLine, groups_of
from coursepack.place import Finding

TOPICS = ("leaves", "stems", "roots", "flowers", "seeds", "wood")


def _stated(path: Path) -> list[Finding]:
    made = build.understand(discovery.find_projects([path])[0])
    return [one for one in made.findings if "look like questions" in one.message]


def test_questions_that_nothing_read_are_counted_with_their_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever other signs of a test were looked for in vain."""
    monkeypatch.setattr("coursepack.outline.foremost.unread_test", lambda source: None)
    text = "".join(
        f"Item: what is true of {topic}?\n1) {topic} grow\n2) {topic} sing\n3) {topic} breathe\n\n" for topic in TOPICS
    )
    (tmp_path / "course.txt").write_text(text, encoding="utf-8")
    head = 'id = "x"\ntitle = "X"\nlanguage = "en"\n[[source]]\nfile = "course.txt"\nrole = "textbook"\n'
    (tmp_path / "course.toml").write_text(head, encoding="utf-8")
    (one,) = _stated(tmp_path)
    assert (one.code, str(one.severity)) == ("bank-unread", "warning")
    assert one.message == (
        "6 places look like questions with answers to choose from, and 0 such questions were read: "
        "lines 1, 6, 11, 16, 21 …"
    )
    assert one.place is not None
    assert one.place.first == 1


@pytest.mark.parametrize(
    "below",
    [
        "1. {topic} grow well\n2. {topic} fall down\n3. {topic} turn brown\n",  # a ticket
        "a) Describe {topic}.\nb) Draw {topic}.\nc) Why do {topic} grow?\n",  # parts of a question
    ],
)
def test_tickets_and_parts_of_questions_are_no_answers(tmp_path: Path, below: str) -> None:
    text = "".join(f"Ticket № {n}\n\n{below.format(topic=topic)}\n" for n, topic in enumerate(TOPICS, 1))
    (tmp_path / "Exam.txt").write_text(text, encoding="utf-8")
    assert _stated(tmp_path) == []


def test_a_test_that_was_read_is_not_told(tmp_path: Path) -> None:
    text = "".join(
        f"{n}. What is true of {topic}?\nA) {topic} grow\nB) {topic} sing\nC) {topic} breathe\n\n"
        for n, topic in enumerate(TOPICS, 1)
    )
    (tmp_path / "Test.txt").write_text(text, encoding="utf-8")
    assert _stated(tmp_path) == []


@pytest.mark.parametrize(
    ("texts", "sizes"),
    [
        (["Q", "A) a", "B) b", "C) c", "Q", "A) a", "B) b", "C) c", "D) d"], [3, 4]),
        (["Q", "1", "2", "1", "2", "3", "Q", "1", "2", "3"], [3, 3]),
        (["Q a) one b) two c) three", "Q", "a) one   b) two   c) three   d) four"], [1, 1]),
        (["1. one", "2. two", "3. three", "4. four", "5. five", "6. six", "7. seven", "8. eight", "9. nine"], []),
        (["А) а", "Ә) ә", "Б) б", "A) a", "B) b"], [3]),
    ],
)
def test_groups_of_answers(texts: list[str], sizes: list[int]) -> None:
    lines = [TextLine.of(at, text) for at, text in enumerate(texts)]
    assert [len(one.places) for one in groups_of(lines)] == sizes
