"""CourseBench: its documents are whole, and course-F1 counts what README.md says."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.coursebench.__main__ import HERE, documents
from benchmarks.coursebench.gold import load

DOCUMENTS = documents([HERE / "fit", HERE / "heldout"])


@pytest.mark.parametrize("folder", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_document_has_its_gold_and_all_its_files(folder: Path) -> None:
    gold = load(folder / "gold.json")
    assert gold.files
    assert {path.name for path in folder.iterdir()} == {*gold.files, "gold.json"}
    assert all((folder / name).stat().st_size for name in gold.files)
    assert gold.language
    assert gold.kind


@pytest.mark.parametrize(("half", "count"), [("fit", 52), ("heldout", 54)])
def test_the_log_of_a_half_names_its_documents_and_their_formats(half: str, count: int) -> None:
    lines = (HERE / half / "LOG.md").read_text(encoding="utf-8").splitlines()
    told = [line.split(" — ")[:3] for line in lines if line.startswith("- `") and " — ." in line]
    golds = [(folder.name, load(folder / "gold.json")) for folder in documents([HERE / half])]
    assert told == [[f"- `{name}`", gold.kind, Path(gold.files[0]).suffix] for name, gold in golds]
    assert len(told) == count
