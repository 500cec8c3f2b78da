"""A fault of the ledger is told with its place; only lost content refuses a course."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from coursepack.cli import cli
from coursepack.model.ledger import Ledger

TEXT = "# Botany\n\n## Lecture 1. Leaves\n\nA leaf breathes.\n\nIt drinks.\n"


def test_what_nobody_claimed_is_left_out_with_a_warning_and_the_course_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(TEXT)
    claim = Ledger.claim

    def forgetful(self: Ledger, unit: int, fate: str, **rest: object) -> None:
        if "drinks" in self.units[unit]:
            return
        claim(self, unit, fate, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Ledger, "claim", forgetful)
    built = CliRunner().invoke(cli, ["build", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "-f", "markdown"])
    assert built.exit_code == 0
    assert "a.md:4: warning: nothing was recognized in 'It drinks.' [ledger-unclaimed]" in built.stderr
    (made,) = (tmp_path / "out").rglob("course.json")
    assert "A leaf breathes." in made.read_text(encoding="utf-8")


def test_what_was_claimed_twice_stays_where_it_was_first() -> None:
    ledger = Ledger("a.md", "", "lecture", {1: "A leaf breathes."})
    ledger.claim(1, "content", part="w01-lecture")
    ledger.claim(1, "content", part="w02-lecture")
    assert [(one.severity.value, one.code, one.place and one.place.first) for one in ledger.findings()] == [
        ("warning", "ledger-twice", 1)
    ]
    assert [entry.part for entry in ledger.entries] == ["w01-lecture"]
