"""What did not change is not made again, and what is made from kept stages is the same course."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from coursepack import build, discovery
from coursepack.model.course_json import encode
from coursepack.project.course_toml import Correction, Loaded
from coursepack.stages import Stages, key
from tests.outline.documents import Word

SEED = Path(__file__).parents[2] / "seeds" / "sayasi-bilik"


def corrected(loaded: Loaded, *corrections: Correction) -> Loaded:
    project = msgspec.structs.replace(loaded.project, correction=(*loaded.project.correction, *corrections))
    return msgspec.structs.replace(loaded, project=project)


def test_a_correction_reads_its_document_again_and_no_other() -> None:
    (loaded,) = discovery.find_projects([SEED])
    documents = len(loaded.project.source)
    stages = Stages()
    first = build.understand(loaded, stages=stages)
    assert dict(stages.runs) == {"laid-out": documents, "text": documents, "outline": documents}
    again = build.understand(loaded, stages=stages)
    assert dict(stages.runs) == {"laid-out": documents, "text": documents, "outline": documents}
    assert encode(again.course) == encode(first.course)
    assert again.findings == first.findings
    week = first.course.weeks[2]
    title = week.sessions[0].title or ""
    said = Correction(begins=title, kind="replace", text="Жаңа тақырып")
    changed = corrected(loaded, said)
    found = build.understand(changed, stages=stages)
    assert dict(stages.runs) == {"laid-out": documents, "text": documents, "outline": documents + 1}
    assert encode(found.course) == encode(build.understand(changed).course) != encode(first.course)
    assert encode(build.understand(loaded, stages=stages).course) == encode(first.course)


def test_a_correction_that_matches_nowhere_reads_nothing_again() -> None:
    (loaded,) = discovery.find_projects([SEED])
    stages = Stages()
    build.understand(loaded, stages=stages)
    before = dict(stages.runs)
    found = build.understand(corrected(loaded, Correction(begins="Мұндай жол жоқ", kind="debris")), stages=stages)
    assert dict(stages.runs) == before
    assert [one.code for one in found.findings if one.severity == "warning"].count("outline-correction-unmatched") == 1


def test_documents_are_kept_in_a_folder_for_the_next_process(tmp_path: Path) -> None:
    course = tmp_path / "course"
    course.mkdir()
    Word().h("Лекция 1. Почва").p("Почва есть верхний слой земли.").save(course / "lecture1.docx")
    (course / "lecture2.txt").write_text("Лекция 2. Вода\n\nВода движется в почве.\n", "utf-8")
    (course / "course.toml").write_text(
        'id = "soil"\ntitle = "Почва"\nlanguage = "ru"\n'
        '[[source]]\nfile = "lecture1.docx"\nrole = "lecture"\n[[source]]\nfile = "lecture2.txt"\nrole = "lecture"\n',
        "utf-8",
    )
    (loaded,) = discovery.find_projects([course])
    kept = tmp_path / "kept"
    first, second = Stages(kept), Stages(kept)
    made = build.understand(loaded, stages=first)
    assert first.runs["read"] == 1
    assert len(list(kept.iterdir())) == 1
    again = build.understand(loaded, stages=second)
    assert dict(second.runs) == {"laid-out": 2, "text": 2, "outline": 2}
    assert encode(again.course) == encode(made.course)
    damaged = next(kept.iterdir())
    damaged.write_bytes(damaged.read_bytes()[:-7])
    third = Stages(kept)
    assert encode(build.understand(loaded, stages=third).course) == encode(made.course)
    assert third.runs["read"] == 1
    shutil.rmtree(kept)
    kept.write_text("no folder")
    assert encode(build.understand(loaded, stages=Stages(kept)).course) == encode(made.course)


def test_a_document_is_read_once_when_nobody_says_what_it_is(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from coursepack import readers

    asked: list[str] = []
    plain = readers.read

    def read(path: Path, name: str, **more):  # type: ignore[no-untyped-def]
        asked.append(name)
        return plain(path, name, **more)

    monkeypatch.setattr(readers, "read", read)
    (tmp_path / "lecture1.txt").write_text("Лекция 1. Почва\n\nПочва есть верхний слой земли.\n", "utf-8")
    for named in (tmp_path, tmp_path / "lecture1.txt"):
        asked.clear()
        (loaded,) = discovery.find_projects([named])
        assert len(build.understand(loaded).course.weeks) == 1
        assert asked == ["lecture1.txt"]


def test_what_is_kept_has_a_limit_and_its_own_copies() -> None:
    stages = Stages(most_bytes=200)
    first = stages.of("list", key("a"), lambda: [1, 2, 3])
    first.append(4)
    assert stages.of("list", key("a"), lambda: [9]) == [1, 2, 3]
    for name in range(30):
        stages.of("list", key(name), lambda: [0] * 20)
    assert stages.of("list", key("a"), lambda: [9]) == [9]
    assert stages.runs["list"] == 32
