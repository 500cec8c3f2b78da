"""What ``inspect`` says of question files, which have no ledger of letters."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from coursepack.cli import cli


def test_a_bank_has_a_line_as_documents_have(tmp_path: Path) -> None:
    (tmp_path / "lecture.md").write_text("# Химия\n\n## 1-дәріс. Атом\n\nАтом – бөлшек.\n", "utf-8")
    (tmp_path / "bank.gift").write_text("::Q1:: 2 + 2 {=4 ~5}\n\n::Q2:: Су? {=H2O ~CO2}\n", "utf-8")
    (tmp_path / "course.toml").write_text(
        'id = "khimiya"\ntitle = "Химия"\nlanguage = "kk"\n[[source]]\nfile = "lecture.md"\nrole = "lecture"\n'
        '[[source]]\nfile = "bank.gift"\nrole = "tests"\n',
        "utf-8",
    )
    done = CliRunner().invoke(cli, ["--messages", "en", "inspect", str(tmp_path)], catch_exceptions=False)
    lines = [line.strip() for line in done.output.splitlines()]
    assert "bank.gift: 2 questions" in lines
    assert any(line.startswith("lecture.md (lecture): 29 characters = ") for line in lines)
