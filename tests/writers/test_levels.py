"""Points inside points of a plan, in every product that shows a plan."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from coursepack import build, writers
from coursepack.checks import check_artifact
from coursepack.discovery import find_projects
from coursepack.model.artifact import Artifact, Assets
from coursepack.model.course import Course, Session, Topic, Week
from coursepack.model.course_json import decode, encode
from coursepack.pages.teaching import nested
from coursepack.render.wml import w
from coursepack.writers import Context
from coursepack.writers.plain.markdown import course_text
from tests.samples import b

TEXTS = [
    (1, "1.", "Ұғым"),
    (2, "1.1.", "Тар мағынасы"),
    (2, "1.2.", "Кең мағынасы"),
    (3, None, "Мысал"),
    (1, "2.", "Түрлері"),
]


def course(kind: str = "lecture") -> Course:
    points = tuple(
        Topic(id=f"w01-{kind}-o{number}", content=b(text)[0].content, level=level, printed=printed)  # type: ignore[union-attr]
        for number, (level, printed, text) in enumerate(TEXTS, 1)
    )
    plan = {"outline": points} if kind == "lecture" else {"topics": points}
    session = Session(id=f"w01-{kind}", kind=kind, number=1, title="Билік", blocks=b("Мәтін."), **plan)  # type: ignore[arg-type]
    return Course(id="kurs", title="Курс", language="kk", weeks=(Week(id="w01", number=1, sessions=(session,)),))


def written(name: str, made: Course) -> list[Artifact]:
    writer = writers.load(name)
    artifacts = list(writer.write(made, Context(assets=Assets({}), options=writer.options(), version="0")).artifacts)
    assert [str(found) for artifact in artifacts for found in check_artifact(artifact)] == []
    return artifacts


def shape(element: Any) -> list[object]:
    """A list of HTML: its tag, then each item's words and the lists inside it."""
    found: list[object] = [element.tag]
    for item in element.iterchildren("li"):
        inner = item.xpath("ol | ul")
        for one in inner:
            item.remove(one)
        found.append(item.text_content().strip())
        found.extend(shape(one) for one in inner)
    return found


WANTED = ["ol", "Ұғым", ["ol", "Тар мағынасы", "Кең мағынасы", ["ul", "Мысал"]], "Түрлері"]


@pytest.mark.parametrize("name", ["scorm12", "scorm2004", "cc11", "cc13"])
@pytest.mark.parametrize("kind", ["lecture", "seminar"])
def test_lists_lie_inside_lists(name: str, kind: str) -> None:
    (artifact, *_) = written(name, course(kind))
    found: list[object] = []
    for member in artifact.members:
        data = member.read()
        if "Тар мағынасы".encode() not in data:
            continue
        text = data.decode()
        if member.path.endswith(".xml"):  # a topic: its text is HTML in XML
            text = str(etree.fromstring(data).xpath("string(//*[local-name()='text'])"))
        top: Any = html.fromstring(text).xpath("//ol[li[contains(., 'Тар мағынасы')]][not(ancestor::li)]")
        found.extend(shape(one) for one in top)
    assert WANTED in found


def test_a_paper_counts_them_below_one_another() -> None:
    (artifact,) = written("course-set", course())
    (document,) = [member.read() for member in artifact.members if member.path == "word/document.xml"]
    levels = [
        ("".join(text.text or "" for text in one.iter(w("t"))), int(level[0].get(w("val"), "")))
        for one in etree.fromstring(document).iter(w("p"))
        if (level := one.findall(f"{w('pPr')}/{w('numPr')}/{w('ilvl')}"))
    ]
    assert levels == [("Ұғым", 0), ("Тар мағынасы", 1), ("Кең мағынасы", 1), ("Мысал", 2), ("Түрлері", 0)]


def test_the_plan_of_a_syllabus_too() -> None:
    untitled = course("seminar")
    (week,) = untitled.weeks
    (session,) = week.sessions
    bare = Session(id=session.id, kind="seminar", number=1, topics=session.topics)
    made = Course(id="kurs", title="Курс", language="kk", weeks=(Week(id="w01", number=1, sessions=(bare,)),))
    (artifact,) = written("syllabus", made)
    (document,) = [member.read() for member in artifact.members if member.path == "word/document.xml"]
    levels = {
        "".join(text.text or "" for text in one.iter(w("t"))): int(level[0].get(w("val"), ""))
        for one in etree.fromstring(document).iter(w("p"))
        if (level := one.findall(f"{w('pPr')}/{w('numPr')}/{w('ilvl')}"))
    }
    assert {text: levels[text] for _, _, text in TEXTS} == {text: level - 1 for level, _, text in TEXTS}


def test_the_backup_shows_them() -> None:
    (artifact,) = written("moodle-backup", course())
    texts = [member.read().decode("utf-8", "replace") for member in artifact.members]
    assert any(re.search(r"Ұғым\s*(&lt;/p&gt;|</p>)?\s*(&lt;|<)ol", re.sub(r"\s+", " ", text)) for text in texts)


def test_json_and_markdown_keep_them(tmp_path: Path) -> None:
    made = course()
    data = encode(made)
    assert decode(data) == made
    assert data.count(b'"level"') == 3  # those of the outermost points stay unsaid, as they always were
    path = tmp_path / "kurs.md"
    path.write_text(course_text(made), "utf-8")
    (loaded,) = find_projects([path])
    (week,) = build.understand(loaded).course.weeks
    assert [(topic.level, topic.printed) for topic in week.sessions[0].outline] == [one[:2] for one in TEXTS]


def test_levels_that_are_left_out_count_as_one() -> None:
    topics = [Topic(id=f"a-o{n}", content=(), level=level) for n, level in enumerate([2, 5, 5, 1, 3], 1)]
    found = nested(topics)
    assert [(one.topic.id, [inner.topic.id for inner in one.inner]) for one in found] == [
        ("a-o1", ["a-o2", "a-o3"]),
        ("a-o4", ["a-o5"]),
    ]
