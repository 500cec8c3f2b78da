"""Nothing is lost and nothing overwritten: two tabs, other editors, folders that cannot be written, large courses."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from coursepack import build, publish, readers
from coursepack.model.document import Document
from coursepack.outline import Understood
from coursepack.place import CoursepackError, Place
from coursepack.review.course import MOST_KEPT, CourseReview, Snapshot
from tests.review.pages import SOIL, TOML, Visit, text_of, visit


@pytest.fixture
def soil(tmp_path: Path) -> Visit:
    return visit(tmp_path / "soil", {"soil.md": SOIL})


def test_the_second_tab_overwrites_nothing(soil: Visit) -> None:
    stale = soil.pages.review.now().revision
    soil.act("title", title="From one tab")
    answer = soil.send("/act", act="title", title="From the other", revision=stale)
    assert answer.status_code == 409
    assert "was changed meanwhile" in text_of(answer.text)
    assert tomllib.loads(soil.toml)["title"] == "From one tab"


def test_an_editor_beside_the_page(soil: Visit) -> None:
    stale = soil.pages.review.now().revision
    (soil.folder / "course.toml").write_text(TOML.replace('"Soil"', '"By hand"'), "utf-8")
    assert soil.send("/act", act="title", title="By click", revision=stale).status_code == 409
    assert tomllib.loads(soil.toml)["title"] == "By hand"
    assert "By hand" in soil.get("/")


def test_an_undo_never_takes_back_what_somebody_else_wrote(soil: Visit) -> None:
    soil.act("title", title="By click")
    (soil.folder / "course.toml").write_text(TOML.replace('"Soil"', '"By hand"'), "utf-8")
    assert soil.send("/undo").status_code == 409
    assert tomllib.loads(soil.toml)["title"] == "By hand"


def test_what_was_taken_back_is_made_again(soil: Visit) -> None:
    soil.act("title", title="One")
    soil.act("title", title="Two")
    made = soil.toml
    soil.send("/undo")
    soil.send("/undo")
    assert soil.toml == TOML
    assert "Redo: title of the course" in text_of(soil.get("/"))
    soil.send("/redo")
    soil.send("/redo")
    assert soil.toml == made
    assert soil.send("/redo").status_code == 409
    soil.send("/undo")
    soil.act("language", language="ru")
    assert soil.send("/redo").status_code == 409  # something else was said since
    assert "Redo" not in soil.get("/corrections")


def counted(review: CourseReview, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the course in each reading from now on."""
    made: list[str] = []
    read = review._read

    def noted() -> tuple[Snapshot, tuple[object, ...]]:
        now = read()
        made.append(now[0].understood.course.title)
        return now

    monkeypatch.setattr(review, "_read", noted)
    return made


def test_what_is_taken_back_or_made_again_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soil = visit(tmp_path / "soil", {"soil.md": SOIL})
    read = counted(soil.pages.review, monkeypatch)
    soil.act("title", title="One")
    assert read == ["One"]
    assert soil.send("/undo").status_code == 200
    assert soil.pages.review.now().understood.course.title == "Soil"
    soil.send("/redo")
    soil.send("/undo")
    soil.send("/redo")
    assert soil.pages.review.now().understood.course.title == "One"
    assert read == ["One"]
    for number in range(5):
        soil.act("title", title=f"Title {number}")
    assert len(read) == 6
    assert len(soil.pages.review._earlier) == MOST_KEPT


def test_what_is_taken_back_is_read_again_where_something_else_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    soil = visit(tmp_path / "soil", {"soil.md": SOIL})
    read = counted(soil.pages.review, monkeypatch)
    soil.act("title", title="One")
    (soil.folder / "soil.md").write_text(SOIL.replace("Lecture 2. Water", "Lecture 2. Rivers"), "utf-8")
    soil.send("/undo")
    assert [title for *_, title in soil.sessions] == ["Soil", "Rivers"]
    soil.act("title", title="Two")
    (soil.folder.parent / "department.toml").write_text('[about]\nuniversity = "Abai"\n', "utf-8")
    soil.send("/undo")
    assert soil.pages.review.now().understood.course.about.university == "Abai"
    assert soil.pages.review.now().understood.course.title == "Soil"
    assert read == ["One", "One", "Soil", "Two", "Two", "Soil"]


def test_a_text_with_a_picture_beside_it_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soil = visit(tmp_path / "soil", {"soil.md": SOIL + "\n![Roots](roots.png)\n"})
    read = counted(soil.pages.review, monkeypatch)
    soil.act("title", title="One")
    soil.send("/undo")
    assert read == ["One", "Soil"]


def test_a_source_that_changed_is_read_again_and_its_corrections_hold(soil: Visit) -> None:
    units = soil.pages.review.now().understood.ledgers[0].units
    at = next(str(number) for number, text in units.items() if "Lecture 2" in text)
    soil.act("part", source="0", unit=at, part="seminar", number="4", week="7")
    (soil.folder / "soil.md").write_text("# Lecture 9. New\n\nOf other things that came.\n\n" + SOIL, "utf-8")
    assert (7, "seminar", 4, "Water") in soil.sessions
    (soil.folder / "soil.md").write_text(SOIL.replace("Lecture 2. Water", "Lecture 2. Rivers"), "utf-8")
    assert (2, "lecture", 2, "Rivers") in soil.sessions
    assert "lost" in text_of(soil.get("/doubts"))


def test_a_course_toml_that_says_nonsense_is_told_and_can_be_put_right(soil: Visit) -> None:
    (soil.folder / "course.toml").write_text("id = ", "utf-8")
    answer = soil.client.get("/")
    assert answer.status_code == 409
    assert "The course cannot be read" in text_of(answer.text)
    (soil.folder / "course.toml").write_text(TOML, "utf-8")
    assert "Lecture 1. Soil" in text_of(soil.get("/"))


def test_a_folder_that_cannot_be_written(soil: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *_: object, **__: object) -> int:
        raise CoursepackError("cannot be written: Read-only file system", Place(str(path)), "choose another place")

    soil.get("/")
    monkeypatch.setattr(publish, "file", refuse)
    answer = soil.send("/act", act="title", title="Soils")
    assert answer.status_code == 409
    assert "Read-only file system" in text_of(answer.text)
    assert soil.toml == TOML
    assert soil.pages.review.steps == []


def test_what_was_corrected_outlives_the_page(soil: Visit) -> None:
    soil.act("title", title="Soils")
    again = CourseReview(soil.folder).now()
    assert again.understood.course.title == "Soils"


def test_without_a_course_toml_the_first_act_writes_it(tmp_path: Path) -> None:
    seen = visit(tmp_path / "soil", {"soil.md": SOIL}, None)
    assert "Nothing is written yet" in text_of(seen.get("/"))
    seen.act("write")
    assert tomllib.loads(seen.toml)["source"][0]["file"] == "soil.md"
    assert "Nothing is written yet" not in text_of(seen.get("/"))
    seen.send("/undo")
    assert not (seen.folder / "course.toml").exists()


def test_marks_of_an_editor_stay(tmp_path: Path) -> None:
    """A byte order mark, and lines that end as on Windows."""
    seen = visit(tmp_path / "soil", {"soil.md": SOIL})
    file = seen.folder / "course.toml"
    before = b"\xef\xbb\xbf" + TOML.replace("\n", "\r\n").encode()
    file.write_bytes(before)
    units = seen.pages.review.now().understood.ledgers[0].units
    seen.act("debris", source="0", unit=str(max(units)))
    made = file.read_bytes()
    assert made.startswith(before)
    assert b"\n" not in made.replace(b"\r\n", b"")
    seen.send("/undo")
    assert file.read_bytes() == before


@pytest.mark.long
def test_a_bank_of_three_thousand_questions(tmp_path: Path) -> None:
    bank = "\n\n".join(f"{n}. What is the number {n} of all?\nA) {n}\nB) {n + 1}\nC) {n + 2}" for n in range(1, 3001))
    toml = TOML.replace("soil.md", "test.txt").replace("textbook", "tests")
    seen = visit(tmp_path / "soil", {"test.txt": f"Test questions\n\n{bank}\n"}, toml)
    page = seen.get("/?part=exam&q=2900")
    assert "What is the number 2950 of all?" in page
    assert len(page) < 1_000_000
    assert len(seen.get("/doubts")) < 1_000_000
    start = time.process_time()
    seen.get("/?s=0&at=9000")
    assert time.process_time() - start < 5


ACTING = """
import sys
from pathlib import Path
from coursepack.review import acts
from coursepack.review.course import CourseReview

review = CourseReview(Path(sys.argv[1]))
for number in range(1, 10_000):
    now = review.now()
    change = acts.change(now, {"act": "title", "title": f"Title {number}"})
    review.act(now.revision, change.label, change.edit)
    print(number, flush=True)
"""


@pytest.mark.long
@pytest.mark.parametrize("acts", [1, 2, 3])
def test_a_kill_in_the_middle_of_an_act_loses_nothing(tmp_path: Path, acts: int) -> None:
    """After ``kill -9`` course.toml is whole: what was said to be written stands there, or the act after it."""
    soil = tmp_path / "soil"
    visit(soil, {"soil.md": SOIL})
    with subprocess.Popen([sys.executable, "-c", ACTING, str(soil)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(acts)]
        time.sleep(0.013 * acts)  # somewhere in the next one
        os.kill(process.pid, signal.SIGKILL)
        said += process.stdout.readlines()
    last = int(said[-1])
    made = tomllib.loads((soil / "course.toml").read_text("utf-8"))
    assert made["title"] in {f"Title {last}", f"Title {last + 1}"}
    assert "# Kept as it is." in (soil / "course.toml").read_text("utf-8")
    again = CourseReview(soil)
    assert again.now().understood.course.title == made["title"]
    assert again.now().loaded.project.source[0].file == "soil.md"


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100"
    "c9fe92ef0000000049454e44ae426082"
)


def test_a_text_that_names_no_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An act reads again a Markdown file with a picture beside it, which may be another one by now, and no other."""
    pictured = SOIL.replace("# Lecture 1. Soil", "# Lecture 3. Air").replace("# Lecture 2. Water", "![Air](air.png)")
    seen = visit(tmp_path, {"soil.md": SOIL, "air.md": pictured})
    (tmp_path / "air.png").write_bytes(PIXEL)
    (tmp_path / "course.toml").write_text(TOML + '\n[[source]]\nfile = "air.md"\nrole = "textbook"\n', "utf-8")
    asked: list[str] = []
    read = readers.read

    def counted(path: Path, name: str, **said: Any) -> Document:
        asked.append(name)
        return read(path, name, **said)

    monkeypatch.setattr(readers, "read", counted)
    seen.pages.review.now()
    seen.act("title", title="Soils")
    assert asked == ["air.md", "air.md"]
    (tmp_path / "soil.md").write_text(SOIL + "\n# Lecture 4. Heat\n\nHeat moves slowly through dry soil.\n", "utf-8")
    assert sorted(number or 0 for _, _, number, _ in seen.sessions) == [1, 2, 3, 4]
    assert asked.count("soil.md") == 1


def test_a_source_that_is_gone_or_cannot_be_read_is_told(soil: Visit) -> None:
    text = (soil.folder / "soil.md").read_text("utf-8")
    soil.get("/")
    (soil.folder / "soil.md").unlink()
    answer = soil.client.get("/")
    assert answer.status_code == 409
    assert "soil.md" in text_of(answer.text)
    (soil.folder / "soil.md").write_bytes(b"\0\1\2" * 1000)
    answer = soil.client.get("/")
    assert answer.status_code == 409
    (soil.folder / "soil.md").write_text(text, "utf-8")
    assert "Lecture 1. Soil" in text_of(soil.get("/"))


def test_a_source_that_changes_while_its_page_is_open(soil: Visit) -> None:
    """The act is for the lines that were shown: it is refused, and the page shows those that are there now."""
    stale = soil.pages.review.now().revision
    (soil.folder / "soil.md").write_text("# Lecture 9. New\n\nOf other things.\n\n" + SOIL, "utf-8")
    answer = soil.send("/act", act="debris", source="0", unit="3", revision=stale)
    assert answer.status_code == 409
    assert "was changed meanwhile" in text_of(answer.text)
    assert soil.toml == TOML
    assert "Lecture 9. New" in text_of(answer.text)


def test_a_file_of_forty_megabytes(tmp_path: Path) -> None:
    """Beyond what is read of a document: it is told with its limit, and the rest of the course is there."""
    toml = TOML + '\n[[source]]\nfile = "large.txt"\nrole = "reading"\n'
    line = "Water moves through the soil by the force of its weight and by that of narrow pores.\n"
    large = line * (40 * 2**20 // len(line))
    seen = visit(tmp_path / "soil", {"soil.md": SOIL})
    (seen.folder / "large.txt").write_text(large, "utf-8")
    (seen.folder / "course.toml").write_text(toml, "utf-8")
    start = time.process_time()
    answer = seen.client.get("/")
    assert time.process_time() - start < 60
    assert answer.status_code == 409
    assert "large.txt" in text_of(answer.text)
    assert "limit" in text_of(answer.text)
    assert seen.toml == toml
    (seen.folder / "large.txt").unlink()
    (seen.folder / "course.toml").write_text(TOML, "utf-8")
    assert "Lecture 1. Soil" in text_of(seen.get("/"))


@pytest.mark.parametrize("toml", [TOML, None], ids=["written", "drafted"])
def test_a_source_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toml: str | None
) -> None:
    soil = visit(tmp_path / "soil", {"soil.md": SOIL}, toml)
    review = CourseReview(soil.folder)
    understand = build.understand

    def slow(*given: Any, **said: Any) -> Understood:
        (soil.folder / "soil.md").write_text(SOIL.replace("Lecture 2. Water", "Lecture 2. Rivers"), "utf-8")
        return understand(*given, **said)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(build, "understand", slow)
        review.now()
    assert [one.title for _, one in review.now().understood.course.sessions()] == ["Soil", "Rivers"]


def test_a_course_that_an_act_would_break_stays_as_it_is(soil: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of ours is no reason to leave what was not read in course.toml, nor an undo that nothing ends."""
    soil.act("title", title="Soils")
    made, understand, wrong = soil.toml, build.understand, [False, True]

    def broken(*given: Any, **said: Any) -> Understood:
        if wrong.pop():
            raise KeyError("week")
        wrong.append(False)
        return understand(*given, **said)

    monkeypatch.setattr(build, "understand", broken)
    answer = soil.send("/act", act="title", title="Broken")
    assert "an internal error of coursepack: KeyError('week')" in text_of(answer.text)
    assert soil.toml == made
    soil.pages.review._earlier.clear()
    wrong.append(True)
    assert soil.send("/undo").status_code == 409
    assert soil.toml == made
    soil.send("/undo")
    assert soil.toml == TOML


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_without_the_right_to_write(soil: Visit) -> None:
    soil.folder.chmod(0o555)
    try:
        answer = soil.send("/act", act="title", title="Soils")
    finally:
        soil.folder.chmod(0o755)
    assert answer.status_code == 409
    assert "Nothing was written" in text_of(answer.text)
    assert soil.toml == TOML


def test_a_folder_of_several_courses_is_told(tmp_path: Path) -> None:
    for name in ("soil", "water"):
        visit(tmp_path / name, {"soil.md": SOIL}, TOML.replace('"soil"', f'"{name}"'))
    with pytest.raises(CoursepackError, match="2 courses"):
        CourseReview(tmp_path).now()
