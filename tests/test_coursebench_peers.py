"""What other programs keep of the documents of CourseBench, and how it is compared."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks.coursebench import peers
from benchmarks.coursebench.__main__ import HALVES, documents
from benchmarks.coursebench.gold import About, Gold, Session, load
from coursepack.model import course as c
from coursepack.writers.plain.markdown import course_text
from tests.samples import b

BOTANY = Gold(
    title="Botany",
    about=About(code="BOT 1"),
    sessions=(
        Session(kind="lecture", number=1, title="Cells", text=("A wall.", "A nucleus.")),
        Session(kind="lecture", number=2, title="Roots", text=("Hair.", "Cap.")),
    ),
)
PRINT = (sys.executable, "-c", "import sys; print(open(sys.argv[1], encoding='utf-8').read())", "{file}")
FAIL = (sys.executable, "-c", "raise SystemExit(3)", "{file}")
WRITE = (sys.executable, "-c", "import sys; open(sys.argv[1] + '/a.md', 'w').write('|'.join(sys.argv[2:]))", "{folder}")


@pytest.mark.parametrize(
    ("answered", "headings", "text"),
    [
        ("# A *b*\n\nc\n\nD\n---\n", ["A b", "D"], "A b c D"),
        ("---\ntitle: Botany\n---\n\n# A\n", ["A"], "title: Botany A"),
        ("<h1>A</h1><p>H<sub>2</sub>O</p><p>c<br>d</p>", ["A"], "A H2O c d"),
        ('<!-- about {"code":"B 1"} -->\n\n## A\n', ["A"], 'about {"code":"B 1"} A'),
        ("| a | b |\n|---|---|\n| 1 | \\_2 |\n", [], "a b 1 _2"),
        ("- a\n  - b\n- c\n\n#\n", [], "a b c"),
        ("", [], ""),
    ],
)
def test_headings_and_text_of_an_answer(answered: str, headings: list[str], text: str) -> None:
    assert peers.parsed(answered) == (headings, text)


@pytest.mark.parametrize(
    "heading",
    [
        "Plant Cells",
        "plant cells.",
        "1. Plant cells",
        "1 Plant cells",
        "Lecture 1 Plant cells",
        "Lecture III Plant cells",
        "The first lecture: Plant cells",
        "§ 1.2 — «Plant cells»",
        "Plant: Plant cells",
    ],
)
def test_a_heading_that_is_a_title_with_or_without_its_number(heading: str) -> None:
    assert peers.title_of(heading, ["cells", "plant cells"]) == "plant cells"


@pytest.mark.parametrize("heading", ["Animal cells", "Plant cells again", "Supercells", "Plant", "Cell"])
def test_a_heading_that_only_holds_a_title_is_another(heading: str) -> None:
    assert peers.title_of(heading, ["cells", "plant cells"]) == heading.lower()


def test_a_heading_is_the_longest_title_that_it_can_be() -> None:
    assert peers.title_of("1. Walls: Cells", ["cells", "walls: cells"]) == "walls: cells"


def test_headings_are_compared_in_order_and_letters_wherever_they_stand() -> None:
    texts = "\n\nA wall. A nucleus. Hair. Cap. BOT 1\n\n"
    assert peers.compared(BOTANY, f"# Botany\n\n## Lecture 1. Cells{texts}## 2 Roots\n") == (1.0, 1.0, 1.0)
    assert peers.compared(BOTANY, f"# Botany\n\n## Roots{texts}## Cells\n") == (2 / 3, 2 / 3, 1.0)
    assert peers.compared(BOTANY, f"# Botany\n\n# Plan\n\n# Cells{texts}Roots") == (4 / 6, 2 / 3, 1.0)
    assert peers.compared(BOTANY, f"# Botany\n\n# Cells{texts}Roots") == (4 / 5, 2 / 3, 1.0)
    assert peers.compared(BOTANY, "") == (0.0, 0.0, 0.0)
    assert peers.compared(Gold(other=("abc", "d")), "# abc") == (None, None, 0.75)
    assert peers.compared(Gold(title="«Botany»"), "# BOTANY\n") == (1.0, 1.0, 0.0)


# --- programs


def botany(folder: Path, ending: str, text: str = "# Botany\n") -> Path:
    """A document of two files."""
    path = folder / "mine" / f"botany-{ending}"
    path.mkdir(parents=True)
    (path / f"a.{ending}").write_text(text, encoding="utf-8")
    (path / f"b.{ending}").write_text("## Roots\n", encoding="utf-8")
    sessions = [{"kind": "lecture", "title": "Roots"}]
    gold = {"files": [f"a.{ending}", f"b.{ending}"], "title": "Botany", "sessions": sessions}
    (path / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
    return path


def test_what_a_program_prints_of_each_file_is_its_answer(tmp_path: Path) -> None:
    row = peers.measured(peers.Peer("p", PRINT, ("md",)), botany(tmp_path, "md"))
    assert row == peers.Row("p", "mine/botany-md", "md", 1.0, 1.0, 1.0)


def test_a_program_that_takes_all_files_writes_its_answer_in_a_folder(tmp_path: Path) -> None:
    files = [tmp_path / "a", tmp_path / "b"]
    assert peers.answer(peers.Peer("p", (*WRITE, "{files}", "end"), ("md",)), files) == f"{files[0]}|{files[1]}|end"


def test_a_document_in_another_format_is_not_asked_for(tmp_path: Path) -> None:
    path = botany(tmp_path, "md")
    assert peers.measured(peers.Peer("p", PRINT, ("docx",)), path) is None
    (path / "gold.json").write_text('{"files": ["a.md", "b.pdf"]}', encoding="utf-8")
    assert peers.measured(peers.Peer("p", PRINT, ("docx", "md")), path) is None


def test_a_program_that_fails_scores_nothing(tmp_path: Path) -> None:
    row = peers.measured(peers.Peer("p", FAIL, ("md",)), botany(tmp_path, "md"))
    assert row is not None
    assert (row.headings, row.found, row.kept) == (0.0, 0.0, 0.0)
    assert row.problem.startswith("CalledProcessError")


def test_programs_that_are_not_installed_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known = [
        peers.Peer("prints", PRINT, ("md", "txt")),
        peers.Peer("fails", FAIL, ("txt",)),
        peers.Peer("absent", ("no-such-program", "{file}"), ("md",)),
    ]
    monkeypatch.setattr(peers, "load_peers", lambda: known)
    botany(tmp_path, "md")
    botany(tmp_path, "txt", "Botany\n\n# Botany, again\n")
    assert peers.main([str(tmp_path), "--json", str(tmp_path / "rows.json")]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[:8] == [
        "program documents failed headings found kept",
        "prints 2 0 0.750 (2) 0.750 (2) 1.000 (2)",
        "fails 1 1 0.000 (1) 0.000 (1) 0.000 (1)",
        "",
        "format program documents failed headings found kept",
        "md prints 1 0 1.000 (1) 1.000 (1) 1.000 (1)",
        "txt prints 1 0 0.500 (1) 0.500 (1) 1.000 (1)",
        "txt fails 1 1 0.000 (1) 0.000 (1) 0.000 (1)",
    ]
    assert lines[8].startswith("failed: fails: mine/botany-txt: CalledProcessError: ")
    assert lines[9:] == ["", "not installed: absent"]
    assert [row["peer"] for row in json.loads((tmp_path / "rows.json").read_text())] == ["prints", "prints", "fails"]


def test_coursepack_is_measured_by_its_own_markdown(tmp_path: Path) -> None:
    """A course in coursepack's Markdown stays what it is, so that nothing has to be recognised."""
    (coursepack,) = (peer for peer in peers.load_peers() if peer.name == "coursepack")
    assert peers.installed(coursepack)
    session = c.Session(id="w01-lecture", kind="lecture", number=1, title="Cells", blocks=b("A wall."))
    week = c.Week(id="w01", number=1, sessions=(session,))
    course = c.Course(id="botany", language="en", title="Botany", about=c.About(code="BOT 1"), weeks=(week,))
    source = tmp_path / "source.md"
    source.write_text(course_text(course), encoding="utf-8")
    answered = peers.answer(coursepack, [source])
    cells = Session(kind="lecture", title="Cells", text=("A wall.",))
    gold = Gold(title="Botany", about=About(code="BOT 1"), sessions=(cells,))
    assert peers.compared(gold, answered) == (1.0, 1.0, 1.0)


def test_the_programs_name_only_formats_that_documents_have() -> None:
    known = {load(folder / "gold.json").files[0].rpartition(".")[2] for folder in documents(HALVES)}
    assert {ending for peer in peers.load_peers() for ending in peer.formats} == known
