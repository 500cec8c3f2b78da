"""CourseBench: its documents are whole, and course-F1 counts what README.md says."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from benchmarks.coursebench.__main__ import HALVES, HERE, counts, documents, measured, show, told
from benchmarks.coursebench.gold import (
    About,
    Asked,
    Assignment,
    Gold,
    Hours,
    Literature,
    Session,
    Teacher,
    Term,
    Titled,
    Weight,
    load,
)
from benchmarks.coursebench.reading import LedgerError, read
from benchmarks.coursebench.score import Part, common, fold, kept, mean, score
from coursepack import build
from coursepack.outline import Understood
from coursepack.place import error
from coursepack.project.course_toml import Loaded

DOCUMENTS = documents([*HALVES, HERE / "worded", HERE / "further"])


def changed(thing: Any, **fields: Any) -> Any:
    return msgspec.structs.replace(thing, **fields)


# --- the documents


@pytest.mark.parametrize("folder", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_document_has_its_gold_and_all_its_files(folder: Path) -> None:
    gold = load(folder / "gold.json")
    assert gold.files
    assert {path.name for path in folder.iterdir()} == {*gold.files, "gold.json"}
    assert all((folder / name).stat().st_size for name in gold.files)
    assert gold.language
    assert gold.kind


@pytest.mark.parametrize("folder", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_gold_itself_is_a_perfect_reading(folder: Path) -> None:
    gold = load(folder / "gold.json")
    parts = score(gold, gold)
    assert {name: part.score for name, part in parts.items()} == dict.fromkeys(parts, 1.0)
    told = counts(parts.values())
    assert told["right"] > 0
    assert (told["missed"], told["wrong"]) == (0, 0)


@pytest.mark.parametrize(("half", "count"), [("fit", 52), ("heldout", 54), ("worded", 51), ("further", 36)])
def test_the_log_of_a_half_names_its_documents_and_their_formats(half: str, count: int) -> None:
    lines = (HERE / half / "LOG.md").read_text(encoding="utf-8").splitlines()
    told = [line.split(" — ")[:3] for line in lines if line.startswith("- `") and " — ." in line]
    golds = [(folder.name, load(folder / "gold.json")) for folder in documents([HERE / half])]
    assert told == [[f"- `{name}`", gold.kind, Path(gold.files[0]).suffix] for name, gold in golds]
    assert len(told) == count


@pytest.mark.parametrize(
    "gold",
    ['{"sesions": []}', '{"sessions": [{"title": "Cells"}]}', '{"exam": [{"options": ["a"]}]}', '{"title": ["a"]}'],
)
def test_a_gold_with_a_key_or_value_that_the_format_has_not_does_not_load(gold: str, tmp_path: Path) -> None:
    (tmp_path / "gold.json").write_text(gold, encoding="utf-8")
    with pytest.raises(msgspec.ValidationError):
        load(tmp_path / "gold.json")


# --- texts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A  b\u00a0c\n d", "A b c d"),
        ("«Abai» “joly”", '"Abai" "joly"'),
        ("don’t", "don't"),
        ("1991–2000 — a", "1991-2000 - a"),
        ("The end.", "The end"),
        ("The end .", "The end"),
        ("и\u0306", "й"),
    ],
)
def test_what_makes_a_text_the_same_text(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Cells", "cells"), ("a b", "ab"), ("Why?", "Why"), ("1. A", "A"), ("a,", "a")]
)
def test_what_makes_a_text_another(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_common_entries_are_counted_in_order() -> None:
    assert common("abcd", "abcd") == 4
    assert common("abcd", "acbd") == 3
    assert common("abcd", "dcba") == 1
    assert common("aab", "ab") == 2
    assert common("", "ab") == 0
    assert common("axbyc", "abc") == 3


# --- scores

CELLS = Session(kind="lecture", number=1, title="Cells", outline=("Wall", "Nucleus"), text=("A wall.", "A nucleus."))
ROOTS = Session(kind="lecture", number=2, title="Roots", text=("Hair.", "Cap."), review=("What is a cap?",))
ASKED = Asked(stem="Where is DNA?", options=("wall", "nucleus"), key=(1,))
GOLD = Gold(
    files=("source.txt",),
    title="Botany",
    about=About(code="BOT 1", credits=5, teachers=(Teacher(name="A. Ahmet", room="3"),)),
    sessions=(CELLS, ROOTS),
    exam=("What is a leaf?", ASKED),
    glossary=(Term(term="cap", definition="tip of a root"),),
    figures=4,
    not_content=("- 1 -", "Botany"),
)


def scores(read: Gold, gold: Gold = GOLD) -> dict[str, float]:
    """The parts that are not perfect."""
    return {name: part.score for name, part in score(gold, read).items() if part.score != 1.0}


def test_a_perfect_reading() -> None:
    assert score(GOLD, GOLD) == {
        "title": Part(1, 1),
        "about.code": Part(1, 1),
        "about.credits": Part(1, 1),
        "about.teachers": Part(1, 2),
        "sessions": Part(1, 2),
        "session.outline": Part(1, 2),
        "session.text": Part(1, 4),
        "session.review": Part(1, 1),
        "exam": Part(1, 2),
        "exam.options": Part(1, 1),
        "exam.key": Part(1, 1),
        "glossary": Part(1, 1),
        "figures": Part(1, 4),
        "kept": Part(1),
        "stays out": Part(1),
    }
    assert mean(score(GOLD, GOLD)) == 1.0


def test_a_reading_of_nothing_misses_everything() -> None:
    parts = score(GOLD, Gold())
    assert {name for name, part in parts.items() if part.score} == {"stays out"}
    assert counts(parts.values()) == {"right": 0, "missed": 23, "wrong": 0}
    assert mean({}) == 0.0


def test_a_part_that_the_document_has_not_is_wrong() -> None:
    read = changed(GOLD, foreword=("Dear reader",), about=changed(GOLD.about, year="2026"))
    parts = score(GOLD, read)
    assert parts["foreword"] == Part(0, 0, 0, 1)
    assert parts["about.year"] == Part(0, 0, 0, 1)
    assert mean(parts) == pytest.approx(15 / 17)


def test_a_course_always_has_a_title_so_one_without_need_is_not_wrong() -> None:
    gold = changed(GOLD, title=None)
    assert scores(GOLD, gold) == {"stays out": 0.5}
    assert "title" not in score(gold, GOLD)


def test_a_wrong_value_is_missed_and_wrong() -> None:
    parts = score(GOLD, changed(GOLD, title="Zoology"))
    assert parts["title"] == Part(0, 0, 1, 1)
    assert score(GOLD, changed(GOLD, title=None))["title"] == Part(0, 0, 1, 0)
    assert scores(changed(GOLD, title="«Botany».")) == {"title": 0.0}


def test_an_extra_session() -> None:
    extra = Session(kind="lecture", number=3, title="Leaves", text=("Green.",))
    parts = score(GOLD, changed(GOLD, sessions=(CELLS, ROOTS, extra)))
    assert parts["sessions"] == Part(0.8, 2, 0, 1)
    assert parts["session.text"] == Part(8 / 9, 4, 0, 1)


def test_a_session_with_another_number_keeps_its_text_by_its_title() -> None:
    read = changed(GOLD, sessions=(CELLS, changed(ROOTS, number=3)))
    assert scores(read) == {"sessions": 0.5}


def test_a_session_with_another_title_keeps_its_text_by_its_number() -> None:
    read = changed(GOLD, sessions=(CELLS, changed(ROOTS, title="Roots and hair")))
    assert scores(read) == {"sessions": 0.5}


def test_sessions_that_are_shifted_by_one_have_the_texts_of_others() -> None:
    """Titles are told with the next session's text: every text stands in the wrong session."""
    read = changed(GOLD, sessions=(changed(CELLS, text=ROOTS.text), changed(ROOTS, text=CELLS.text)))
    assert scores(read) == {"session.text": 0.0}
    assert score(GOLD, read)["session.text"] == Part(0, 0, 4, 4)


def test_two_sessions_that_are_run_together() -> None:
    one = changed(CELLS, text=(*CELLS.text, "Roots", *ROOTS.text))
    parts = score(GOLD, changed(GOLD, sessions=(one,)))
    assert parts["sessions"] == Part(2 / 3, 1, 1, 0)
    assert parts["session.text"] == Part(4 / 9, 2, 2, 3)
    assert parts["session.review"] == Part(0, 0, 1, 0)


def test_an_entry_in_the_wrong_part_is_missed_here_and_wrong_there() -> None:
    read = changed(GOLD, sessions=(CELLS, changed(ROOTS, review=(), tasks=("What is a cap?",))))
    parts = score(GOLD, read)
    assert parts["session.review"] == Part(0, 0, 1, 0)
    assert parts["session.tasks"] == Part(0, 0, 0, 1)
    assert parts["kept"] == Part(1)


def test_an_entry_in_the_wrong_session_is_wrong() -> None:
    read = changed(GOLD, sessions=(changed(CELLS, text=(*CELLS.text, "Hair.")), changed(ROOTS, text=("Cap.",))))
    assert scores(read) == {"session.text": 0.75}


def test_entries_out_of_order() -> None:
    read = changed(GOLD, sessions=(changed(CELLS, outline=("Nucleus", "Wall")), ROOTS), exam=(ASKED, "What is a leaf?"))
    assert scores(read) == {"session.outline": 0.5, "exam": 0.5}


def test_sessions_out_of_order_are_wrong_themselves_alone() -> None:
    assert scores(changed(GOLD, sessions=(ROOTS, CELLS))) == {"sessions": 0.5}


def test_the_only_session_is_the_only_session() -> None:
    gold, read = (Gold(sessions=(one,)) for one in (CELLS, Session(kind="seminar", text=CELLS.text)))
    assert score(gold, read)["sessions"] == Part(0, 0, 1, 1)
    assert score(gold, read)["session.text"] == Part(1, 2)


def test_a_session_that_is_none_of_the_gold_has_no_right_text() -> None:
    extra = Session(kind="seminar", title="Extra", text=CELLS.text)
    parts = score(GOLD, changed(GOLD, sessions=(extra, ROOTS)))
    assert parts["session.text"] == Part(0.5, 2, 2, 2)


def test_sessions_of_another_kind_and_without_title_are_no_twins() -> None:
    gold, read = (
        Gold(sessions=tuple(Session(kind=kind, text=(text,)) for text in "ab")) for kind in ("lecture", "seminar")
    )
    assert score(gold, read)["session.text"] == Part(0, 0, 2, 2)


def test_a_session_of_the_gold_is_one_session_of_the_reading() -> None:
    gold = Gold(sessions=(changed(CELLS, text=("x", "y")), ROOTS))
    read = Gold(sessions=(changed(CELLS, text=("x",)), Session(kind="seminar", title=CELLS.title, text=("y",))))
    assert score(gold, read)["session.text"] == Part(2 / 6, 1, 3, 1)


def test_sessions_without_number_are_twins_by_title_before_their_order() -> None:
    first, second = (changed(one, number=None) for one in (CELLS, ROOTS))
    assert scores(Gold(sessions=(second, first)), Gold(sessions=(first, second))) == {"sessions": 0.5}


def test_questions_of_sessions_out_of_order_are_right() -> None:
    first = changed(CELLS, review=("What is a wall?",))
    assert scores(Gold(sessions=(ROOTS, first)), Gold(sessions=(first, ROOTS))) == {"sessions": 0.5}


def test_sessions_without_number_or_title_are_twins_in_their_order() -> None:
    gold = Gold(sessions=tuple(Session(kind="lecture", text=(text,)) for text in "abc"))
    assert scores(gold, gold) == {}
    shorter = changed(gold, sessions=gold.sessions[:2])
    assert score(gold, shorter)["session.text"] == Part(0.8, 2, 1, 0)


def test_keys_and_options_of_test_questions() -> None:
    def read(**fields: Any) -> Gold:
        result: Gold = changed(GOLD, exam=("What is a leaf?", changed(ASKED, **fields)))
        return result

    assert scores(read(key=(0,))) == {"exam.key": 0.0}
    assert scores(read(key=(0, 1))) == {"exam.key": 0.0}
    assert scores(read(key=())) == {"exam.key": 0.0}
    assert scores(read(options=("nucleus", "wall"), key=(0,))) == {"exam.options": 0.0}
    assert score(GOLD, read(options=("wall",), key=()))["exam.options"] == Part(0, 0, 1, 1)
    assert score(GOLD, read(stem="Where?"))["exam"] == Part(0.5, 1, 1, 1)
    assert score(GOLD, read(stem="Where?"))["exam.options"] == Part(0, 0, 1, 1)
    assert score(GOLD, read(stem="Where?"))["exam.key"] == Part(0, 0, 1, 1)
    assert "exam.key" not in score(changed(GOLD, exam=(changed(ASKED, key=()),)), read(key=()))


def test_a_printed_answer_is_a_key() -> None:
    gold = Gold(exam=(Asked(stem="Capital?", answer="Astana."),))
    assert score(gold, gold)["exam.key"] == Part(1, 1)
    assert scores(Gold(exam=(Asked(stem="Capital?", answer="Almaty"),)), gold) == {
        "exam.key": 0.0,
        "kept": pytest.approx(8 / 14),
    }
    assert score(gold, Gold(exam=("Capital?",)))["exam"] == Part(1, 1)
    assert "exam.options" not in score(gold, gold)


def test_tickets_are_lists_of_their_own() -> None:
    gold = Gold(tickets=(("a", "b"), ("c", "d")))
    assert score(gold, Gold(tickets=(("a", "b", "c"), ("d",))))["tickets"] == Part(0.75, 3, 1, 1)


def test_a_title_or_term_belongs_to_its_text() -> None:
    gold = Gold(
        glossary=(Term(term="cap", definition="tip"),),
        readings=(Titled(title="Roots", text=("Long.",)),),
        assignments=(Assignment(kind="homework", number=1, title="Draw", text=("A root.",)),),
        about=About(policies=(Titled(title="Late work", text=("Half.",)),)),
    )
    read = Gold(
        glossary=(Term(term="cap", definition="end"),),
        readings=(Titled(title="Root", text=("Long.",)),),
        assignments=(Assignment(kind="independent", number=1, title="Draw", text=("A root.",)),),
        about=About(policies=(Titled(title="Attendance", text=("Half.",)),)),
    )
    parts = score(gold, read)
    assert parts["glossary"] == Part(0, 0, 1, 1)
    assert parts["readings"] == Part(0.5, 1, 1, 1)
    assert parts["assignments"] == Part(0, 0, 1, 1)
    assert parts["assignments.text"] == Part(1, 1)
    assert parts["about.policies"] == Part(0, 0, 1, 1)


def test_facts_about_the_course() -> None:
    def about(**fields: Any) -> Gold:
        return Gold(about=About(**fields))

    gold = about(
        hours=Hours(lecture=15, seminar=30),
        grading=(Weight(name="Exam", percent=40), Weight(name="Essay", percent=60)),
        literature=Literature(basic=("A. B. Book.",), internet=("example.org",)),
        teachers=(Teacher(name="A", email="a@b"), Teacher(name="C")),
    )
    read = about(
        hours=Hours(lecture=30, seminar=30),
        grading=(Weight(name="Exam", percent=60), Weight(name="Essay", percent=60)),
        literature=Literature(basic=("A. B. Book", "example.org")),
        teachers=(Teacher(name="A"), Teacher(name="C", email="a@b")),
    )
    parts = score(gold, read)
    assert parts["about.hours"] == Part(0.5, 1, 1, 1)
    assert parts["about.grading"] == Part(0.5, 1, 1, 1)
    assert parts["about.literature"] == Part(0.5, 1, 1, 1)
    assert parts["about.teachers"] == Part(2 / 3, 2, 1, 1)


def test_figures_and_formulas_are_counted() -> None:
    assert score(GOLD, changed(GOLD, figures=3))["figures"] == Part(0.75, 3, 1, 0)
    assert score(GOLD, changed(GOLD, figures=5, formulas=2))["figures"] == Part(0.8, 4, 0, 1)
    assert score(GOLD, changed(GOLD, formulas=2))["formulas"] == Part(0, 0, 0, 2)


def test_a_table_is_right_as_a_whole_and_without_its_empty_cells() -> None:
    gold = Gold(tables=((("a", "b"), ("1", "2")),))
    assert score(gold, Gold(tables=((("a", "", "b"), ("1", "2")),)))["tables"] == Part(1, 1)
    assert score(gold, Gold(tables=((("a", "b"), ("1", "3")),)))["tables"] == Part(0, 0, 1, 1)


def test_kept_is_the_share_of_letters_that_stand_anywhere() -> None:
    gold = Gold(other=("abc", "defg."), sessions=(Session(kind="lecture", title="abc"),))
    assert kept(gold, "xx abc yy") == 0.6
    assert kept(gold, "defg") == 0.4
    assert kept(gold, "") == 0.0
    assert kept(Gold(kind="test", files=("a.txt",), not_content=("abc",)), "abc") is None
    assert score(gold, Gold(readings=()))["kept"] == Part(0)


def test_lines_that_are_no_content_stay_out() -> None:
    gold = Gold(other=("Text",), not_content=("Page 1", "Page 2", "Text"))
    assert score(gold, Gold(other=("Text", "Page 1.")))["stays out"] == Part(0.5)
    assert score(gold, Gold(other=("Text", "Page 1 and more")))["stays out"] == Part(1)


# --- the command


def test_a_document_that_cannot_be_read_scores_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "mine" / "botany"
    folder.mkdir(parents=True)
    (folder / "gold.json").write_text(json.dumps({"files": ["b.PDF", "a.docx"], "title": "T", "not_content": ["1"]}))
    asked: list[list[Path]] = []

    def broken(files: list[Path]) -> Gold:
        asked.append(files)
        raise ValueError("no text layer")

    one = measured(folder, broken)
    assert asked == [[folder / "b.PDF", folder / "a.docx"]]
    assert one.problem == "ValueError: no text layer"
    assert one.format == "docx+pdf"
    assert one.parts == {"title": Part(0, 0, 1, 0), "kept": Part(0), "stays out": Part(0)}


def test_an_internal_error_of_the_ledger_scores_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text("# Botany\n\n## Lecture 1. Leaves\n\nA leaf breathes.\n")
    assert read([tmp_path / "a.md"]).sessions[0].title == "Leaves"
    understand = build.understand

    def lossy(loaded: Loaded) -> Understood:
        lost = error("ledger-lost", "'A leaf' was taken for content and is missing there")
        found = understand(loaded)
        return dataclasses.replace(found, findings=[*found.findings, lost])

    monkeypatch.setattr(build, "understand", lossy)
    with pytest.raises(LedgerError, match=r"^ledger-lost, 1 times$"):
        read([tmp_path / "a.md"])


def test_what_is_printed_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    golds = {
        "mine/a": {"files": ["a.md"], "kind": "test", "language": "kk", "exam": ["q", "r"]},
        "mine/b": {"files": ["a.md"], "kind": "test", "language": "en", "exam": ["q"]},
        "others/c": {"files": ["a.txt"], "kind": "notes", "language": "en", "exam": ["q", "s"]},
    }
    for name, gold in golds.items():
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "gold.json").write_text(json.dumps(gold))
    results = [measured(folder, lambda _: Gold(exam=("q",))) for folder in documents([tmp_path])]
    show(results, parts=False)
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        "score right missed wrong",
        "0.583 1 1 0 mine/a",
        "1.000 1 0 0 mine/b",
        "0.583 1 1 0 others/c",
        "",
        "kind mine others",
        "notes 0.583 (1)",
        "test 0.792 (2)",
        "",
        "language mine others",
        "en 1.000 (1) 0.583 (1)",
        "kk 0.583 (1)",
        "",
        "format mine others",
        "md 0.792 (2)",
        "txt 0.583 (1)",
        "",
        "part mine others",
        "exam 0.833 (2) 0.667 (1)",
        "kept 0.750 (2) 0.500 (1)",
        "",
        "mine others",
        "all 0.792 (2) 0.583 (1)",
    ]
    show(results[:1], parts=True)
    assert capsys.readouterr().out.splitlines()[2:4] == ["  0.667  exam  1 right, 1 missed", "  0.500  kept"]
    assert told(results)["mine/a"] == {
        "score": pytest.approx(7 / 12),
        "right": 1,
        "missed": 1,
        "wrong": 0,
        "half": "mine",
        "name": "a",
        "kind": "test",
        "language": "kk",
        "format": "md",
        "parts": {
            "exam": {"score": pytest.approx(2 / 3), "right": 1, "missed": 1, "wrong": 0},
            "kept": {"score": 0.5, "right": 0, "missed": 0, "wrong": 0},
        },
    }
