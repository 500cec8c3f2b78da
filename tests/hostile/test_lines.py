"""Lines that nobody would write, 100 kB of them: a reader looks at each letter a few times, not at each pair."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import program
from tests.hostile import documents

pytestmark = pytest.mark.long

SIZE = 100_000
HEAD = {"txt": "1-дәріс. Билік\n\nБилік туралы мәтін.\n\n", "md": "# 1-дәріс. Билік\n\nБилік туралы мәтін.\n\n"}
LINES = {
    "tabs before a word": ("txt", "\t" * SIZE + "x"),
    "tabs between words": ("txt", "a" + "\t" * SIZE + "b"),
    "blanks between numbers": ("txt", "1" + " " * SIZE + "1"),
    "blanks in many short lines": ("txt", ("УО" + " " * 150 + "- ГВЦ" + " " * 150 + "ОУ\n\n") * 60),
    "dots": ("txt", "Кіріспе" + "." * SIZE + "5"),
    "words": ("txt", "по " * (SIZE // 3)),
    "words in a case of their own": ("txt", "новой " * (SIZE // 6)),
    "numbers": ("txt", "1." * (SIZE // 2) + " x"),
    "formulas that never close": ("md", "\\(a" * (SIZE // 5)),
    "blocks that never close": ("md", "\\[\n" * (SIZE // 5)),
    "environments that never close": ("md", "\\begin{align}\n" * (SIZE // 14)),
    "blocks that begin anew": ("md", "$$a\n\n" * (SIZE // 10)),
    "blocks that begin in items": ("md", "- $$a\n" * (SIZE // 20)),
    "attributes of one tag": ("md", "<p " + "".join(f"a{n}=1 " for n in range(SIZE // 4)) + ">x</p>"),
    "brackets that never close": ("md", "a [b ![c ^[d " * (SIZE // 13)),
    "one bracket for all": ("md", "a [b " * (SIZE // 5) + "]"),
    "brackets": ("md", "[a](" * (SIZE // 8)),
}


@pytest.mark.parametrize("name", LINES)
def test_a_long_line_takes_a_time_that_grows_with_its_length(name: str, tmp_path: Path) -> None:
    """Half a minute stands for «never»: each takes up to three seconds, and took minutes."""
    ending, text = LINES[name]
    path = tmp_path / f"a.{ending}"
    path.write_text(HEAD[ending] + text + "\n", encoding="utf-8")
    done = program.run(("inspect", path), timeout=30)
    assert done.returncode == 0, done.stderr[-500:]
    assert "Билік" in done.stdout


WORD = {
    "styles based on one another": (documents.docx_style_chain, 6_000),
    "one picture many times": (documents.docx_pictures, 3_000),
    "level texts of many places": (documents.docx_level_texts, 3_000),
}


@pytest.mark.parametrize("name", WORD)
def test_a_word_document_too(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    make, size = WORD[name]
    path.write_bytes(make(size))
    done = program.run(("inspect", path), timeout=30)
    assert done.returncode in {0, 1}, done.stderr[-500:]
