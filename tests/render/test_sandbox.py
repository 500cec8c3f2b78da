"""Templates of a stranger, in pages and in papers: nothing of Python in reach, no loop without end, no memory without
end. Each attack is tried on both kinds, for they share one sandbox."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from coursepack import limits
from coursepack.files.resources import templates_dir
from coursepack.languages.catalogues import words
from coursepack.model.course import Course
from coursepack.place import CoursepackError
from coursepack.render import page_template
from coursepack.render.sandbox import FieldGroup
from coursepack.writers.papers import template as papers_template
from coursepack.writers.papers.words import PaperWords

Fill = Callable[[Path, str], str]


def in_a_page(folder: Path, text: str) -> str:
    (folder / "room").mkdir()
    (folder / "room" / "page.html").write_text(text, encoding="utf-8")
    (folder / "room" / "part.html").write_text("a part")
    course = Course(id="a-course", title="A course", language="en")
    return page_template.fill(
        (folder,),
        "room",
        "page.html",
        title="A course",
        course=course,
        word=words("en"),
        group=FieldGroup({"name": "Aliya"}),
    )


def in_a_paper(folder: Path, text: str) -> str:
    path = folder / "syllabus.docx"
    document = docx.Document()
    document.add_paragraph(text)
    document.save(str(path))
    course = Course(id="a-course", title="A course", language="en")
    fields = {
        "title": "A course",
        "course": course,
        "word": PaperWords("en").of_template,
        "group": FieldGroup({"name": "Aliya"}),
        "plan": papers_template.Slot("plan", True),
    }
    made = papers_template.fill(path, fields, "en")
    return "".join(str(text) for text in made.body.itertext())


BOTH = pytest.mark.parametrize("fill", [in_a_page, in_a_paper])

OUT_OF_REACH = [
    "{{ cycler.__init__.__globals__.os.popen('touch PROOF') }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ joiner|attr('__init__')|attr('__globals__') }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__cl' ~ 'ass__') }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(title) }}",
    "{{ '{a.__class__}'.format_map({'a': title}) }}",
    "{{ ('{0.__class__}'|string).format(course) }}",
    "{{ [course]|map(attribute='__class__')|list|first }}",
    "{{ [course]|map('attr', '__class__')|list|first }}",
    "{{ ([course]|groupby('__class__')|first).grouper }}",
    "{% for one in ().__class__.__base__.__subclasses__() %}{{ one }}{% endfor %}",
    "{{ word.__call__.__globals__ }}",
    "{{ word.__func__.__globals__ }}",
    "{{ word.__self__ }}",
    "{{ word('{a.__class__}', a=course) }}",
    "{{ word(course) }}",
    "{{ course.__struct_config__ }}",
    "{{ course.__class__ }}",
    "{{ group.__init__ }}",
    "{{ group.__dict__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ course.sessions().gi_frame.f_globals }}",
    "{% macro m() %}{% endmacro %}{{ m.__init__ }}",
    "{{ range.__globals__ }}",
    "{{ dict.mro() }}",
    "{{ [].append(1) }}",
    "{{ lipsum() }}",
    "{{ [1, 2, 3]|random }}",
    "{% include '../../etc/passwd' %}",
    "{% import '/etc/passwd' as a %}",
]


@BOTH
@pytest.mark.parametrize("text", OUT_OF_REACH)
def test_nothing_of_python_is_in_reach(fill: Fill, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CoursepackError) as caught:
        fill(tmp_path, text)
    assert "coursepack itself failed" not in str(caught.value)
    assert not (tmp_path / "PROOF").exists()


ENDLESS = [
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% macro f(n) %}{% for a in range(9) %}{{ f(n + 1) if n < 99 }}{% endfor %}{% endmacro %}{{ f(0) }}",
    "{{ 7 ** (7 ** 12) }}",
    "{{ 'x' * 10 ** 10 }}",
    "{{ 'x'|center(10 ** 10) }}",
    "{{ 'x'.ljust(10 ** 10) }}",
    "{{ '%99999999999d' % 1 }}",
    "{{ '{:>9999999999}'.format(1) }}",
    "{{ [0] * 10 ** 10 }}",
    "{% set n = namespace(x='xxxxxxxxxx') %}{% for a in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}{{ n.x }}",
    "{{ ('x' * 99999).replace('x', 'x' * 99999) }}",
    "{{ '(' * 99999 }}" + "{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}",
]


@BOTH
@pytest.mark.parametrize("text", ENDLESS)
def test_a_template_ends_and_keeps_to_its_memory(
    fill: Fill, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = "template-seconds=3 template-memory=768MiB template-written=8MiB"
    monkeypatch.setenv(limits.VARIABLE, few)
    with pytest.raises(CoursepackError) as caught:
        fill(tmp_path, text)
    assert str(tmp_path) in str(caught.value)
    assert "coursepack itself failed" not in str(caught.value)


SOUND = {
    "{{ title }}": "A course",
    "{{ title.upper() }}, {{ title|length }}": "A COURSE, 8",
    "{{ '{} of {}'.format(title, course.id) }}": "A course of a-course",
    "{{ word('Contents') if 0 else group.name }}": "Aliya",
    "{% for a in [3, 1, 2]|sort %}{{ loop.index }}{{ a }}{{ loop.cycle('x', 'y') }} {% endfor %}": "11x 22y 33x ",
    "{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m(title) }}": "[A course]",
    "{% set n = namespace(x=0) %}{% for a in range(4) %}{% set n.x = n.x + a %}{% endfor %}{{ n.x }}": "6",
    "{{ {'a': 1}.get('a') }}{% for k, v in {'b': 2}.items() %}{{ k }}{{ v }}{% endfor %}": "1b2",
    "{{ course.sessions()|list|length }}": "0",
    "{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}": "ab",
}


@BOTH
@pytest.mark.parametrize("text", SOUND)
def test_what_templates_are_written_with_works(fill: Fill, text: str, tmp_path: Path) -> None:
    assert fill(tmp_path, text).strip() == SOUND[text].strip()


def test_a_page_may_take_in_another_of_its_folder_and_no_link_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a secret")
    own = tmp_path / "own"
    own.mkdir()
    assert in_a_page(own, "{% include 'part.html' %}") == "a part"
    (own / "room" / "part.html").unlink()
    (own / "room" / "part.html").symlink_to(tmp_path / "secret")
    with pytest.raises(CoursepackError, match="leads out of the folder of templates"):
        page_template.fill((own,), "room", "page.html")
    (own / "room" / "page.html").unlink()
    (own / "room" / "page.html").symlink_to(tmp_path / "secret")
    with pytest.raises(CoursepackError, match="leads out of the folder of templates"):
        page_template.fill((own,), "room", "page.html")


def test_a_shipped_page_is_filled_here_a_departments_in_a_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cartridge").mkdir()
    (tmp_path / "cartridge" / "page.html").write_text("{{ title }}")
    asked: list[object] = []

    def aside(*values: object, **_: object) -> str:
        asked.append(values[0])
        return "aside"

    monkeypatch.setattr("coursepack.render.sandbox.aside", aside)
    values = {"title": "A", "language": "en", "heading": True, "body": ""}
    ours = templates_dir()
    assert "<title>A</title>" in page_template.fill((ours,), "cartridge", "page.html", **values)
    assert page_template.fill((tmp_path, ours), "cartridge", "page.html", **values) == "aside"
    assert asked == ["coursepack.render.page_template:filled"]


def test_a_document_that_is_a_bomb_is_refused_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.VARIABLE, "template-seconds=3 template-memory=768MiB")
    path = tmp_path / "syllabus.docx"
    document = docx.Document()
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/media/zeros.png", bytes(600 << 20))
    with pytest.raises(CoursepackError, match=r"syllabus\.docx"):
        papers_template.fill(path, {}, "en")
    assert os.path.getsize(path) < 1 << 20  # noqa: PTH202
