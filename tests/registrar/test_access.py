"""The public part of an archive holds nothing that helps to cheat."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import bagit
import msgspec
import pypdfium2
import pytest
from click.testing import CliRunner

from coursepack.cli import cli
from coursepack.files.hashes import sha256
from coursepack.model.blocks import block_text
from coursepack.model.course import Course, Exam
from coursepack.model.questions import Essay, MultipleChoice, ShortAnswer
from coursepack.registrar import access
from coursepack.registrar.access import folded, harmless, leaks, secrets
from coursepack.registrar.bag import parse_info
from coursepack.registrar.verify import verify
from tests.registrar.builds import build, project
from tests.registrar.papers import one_page
from tests.samples import b, everything

NOTE = "Жауапта легитимдіктің үш түрі аталуы керек, әрқайсысына бір ұпай"
FEEDBACK = "Дұрыс жауап: Вебер бойынша легитимді үстемдік"


def course(release: str = "teacher-only") -> Course:
    """The sample with an exam that has notes for graders, keys and feedback."""
    questions = (
        Essay(id="e-1", text=b("Билік легитимдігін салыстырмалы талдаңыз"), grader_notes=b(NOTE)),
        ShortAnswer(id="e-2", text=b("Кім ашты бұл ұғымды"), answers=(), feedback=b(FEEDBACK)),
    )
    exam = msgspec.structs.replace(everything().exam or Exam(), questions=questions, release=release, tickets=())
    return msgspec.structs.replace(everything(), exam=exam)


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


def attached(data: bytes) -> bytes:
    """A PDF with a file attached to it."""
    document = pypdfium2.PdfDocument(one_page())
    document.new_attachment("notes.zip").set_data(data)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_products(folder: Path, made: Course, products: dict[str, tuple[str, bytes]]) -> Path:
    """A build that has these products: name → (format, bytes)."""
    out = build(folder / "out" / "sample", project(folder / "src" / "sample", made), made)
    report = json.loads((out / "build-report.json").read_bytes())
    for name, (kind, data) in products.items():
        (out / name).write_bytes(data)
        report["products"].append({"file": name, "format": kind, "size": len(data), "sha256": sha256(data)})
    (out / "build-report.json").write_text(json.dumps(report), "utf-8")
    return out


def everything_said(folder: Path) -> str:
    """All letters of every member of a bag, archives inside archives opened, and XML and HTML without their markup."""
    found: list[str] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        found.append(folded(data.decode("utf-8", "replace")))
        if path.name not in {"broken.pdf", "tickets.pdf", "attached.pdf"}:
            found += access._said(data, path.name, 9)
    return "\n".join(found)


def call(out: Path, folder: Path, *more: str) -> dict[str, Path]:
    done = CliRunner().invoke(
        cli,
        ["archive", str(out), "--to", str(folder / "bags"), "--sources", str(folder / "src"), *more],
        catch_exceptions=False,
    )
    assert done.exit_code == 0
    return {str(dict(parse_info((path / "bag-info.txt").read_bytes())).get("Access")): path
            for path in sorted((folder / "bags").iterdir())}  # fmt: skip


@pytest.mark.parametrize("release", ["list", "teacher-only"])
def test_no_key_and_no_note_is_in_the_public_part_at_any_depth(tmp_path: Path, release: str) -> None:
    made = course(release)
    page = f"<html><body><p>{NOTE[:20]}<b>{NOTE[20:]}</b></p></body></html>".encode()
    nested = packed(a_txt=b"x", inner_docx=packed(word_xml=page))
    out = with_products(
        tmp_path,
        made,
        {
            "good.docx": ("syllabus", packed(a_xml="<w>Силлабус</w>".encode())),
            "good.pdf": ("pdf", one_page()),
            "leaky.docx": ("syllabus", nested),
            "attached.docx": ("syllabus", packed(a_xml=b"<w>x</w>")),
            "attached.pdf": ("pdf", attached(nested)),
            "broken.docx": ("syllabus", packed(a_xml=b"<w>x</w>")),
            "broken.pdf": ("pdf", b"%PDF-1.7 cut"),
            "tickets.docx": ("exam-tickets", b"tickets"),
            "tickets.pdf": ("pdf", one_page()),
            "bank.csv": ("csv", b"bank"),
            "plugin.bin": ("somebodys-own", b"?"),
        },
    )
    found = call(out, tmp_path, "--access", "both", "--date", "2026-11-20")
    public, restricted = found["public"], found["restricted"]
    assert sorted(p.name for p in (public / "data/products").iterdir()) == [
        "attached.docx",
        "broken.docx",
        "good.docx",
        "good.pdf",
    ]
    assert len(list((restricted / "data/products").iterdir())) == 13
    assert not (public / "data/sources").exists()
    assert "баршаға ашық" in (public / "index.html").read_text("utf-8")
    assert "шектеулі: кілттермен" in (restricted / "index.html").read_text("utf-8")
    assert (restricted / "data/sources/course.toml").exists()
    said = everything_said(public)
    keys = secrets(made)
    assert folded(NOTE) in keys
    assert folded(FEEDBACK) in keys
    assert [text for text in keys if text in said] == []
    assert all(text in everything_said(restricted) for text in (folded(NOTE), folded(FEEDBACK)))
    stem = folded("Билік легитимдігін салыстырмалы талдаңыз")
    assert (stem in said) == (release == "list")
    for each in (public, restricted):
        bagit.Bag(str(each)).validate(processes=1)
        assert verify(each).findings == []


def test_learners_products_are_public_only_where_there_is_no_key(tmp_path: Path) -> None:
    bare = msgspec.structs.replace(everything(), exam=None, weeks=())
    for name, made, kept in (("with", everything(), []), ("without", bare, ["sample.zip"])):
        out = with_products(tmp_path / name, made, {})
        found = call(out, tmp_path / name, "--access", "public")
        folder = found["public"] / "data/products"
        assert (sorted(p.name for p in folder.iterdir()) if folder.exists() else []) == kept


def test_the_course_keeps_what_everybody_is_taught(tmp_path: Path) -> None:
    whole, bare = course("list"), harmless(course("list"))
    assert [s.title for w in bare.weeks for s in w.sessions] == [s.title for w in whole.weeks for s in w.sessions]
    assert bare.glossary == whole.glossary
    assert bare.exam
    assert [(q.id, block_text(q.text), q.grader_notes) for q in bare.exam.questions] == [
        ("e-1", "Билік легитимдігін салыстырмалы талдаңыз", ()),
        ("e-2", "Кім ашты бұл ұғымды", ()),
    ]
    assert all(isinstance(q, Essay) for q in bare.exam.questions)
    assert not any(s.review or s.notes for w in bare.weeks for s in w.sessions)
    assert b'"media"' not in msgspec.json.encode(bare)
    assert any(isinstance(q, MultipleChoice) for w in whole.weeks for s in w.sessions for q in s.review)


def test_a_text_is_known_again_whatever_stands_between_its_letters() -> None:
    texts = {folded(NOTE)}
    assert leaks("  ".join(NOTE).upper().encode(), "a.txt", texts)
    assert leaks(packed(a_zip=packed(b_html=f"<i>{NOTE[:9]}</i><i>{NOTE[9:]}</i>".encode())), "a.zip", texts)
    assert leaks(json.dumps({"a": NOTE}).encode(), "a.js", texts)
    assert not leaks(b"nothing", "a.txt", texts)


def test_a_public_part_cannot_be_built_again_and_says_so(tmp_path: Path) -> None:
    out = with_products(tmp_path, everything(), {})
    public = call(out, tmp_path, "--access", "public")["public"]
    done = CliRunner().invoke(cli, ["verify", "--rebuild", str(public)])
    assert "[rebuild-public]" in done.output


def test_a_bag_is_dated_later_by_a_new_edition(tmp_path: Path) -> None:
    out = with_products(tmp_path, everything(), {})
    (first,) = call(out, tmp_path).values()
    before = {p: p.read_bytes() for p in first.rglob("*") if p.is_file()}
    call(out, tmp_path, "--new-edition", "--date", "2027-01-15")
    call(out, tmp_path, "--new-edition", "--date", "2027-01-15")
    second = first.with_name(first.name + "-e2")
    assert sorted(p.name for p in first.parent.iterdir()) == [first.name, second.name]
    tags = dict(parse_info((second / "bag-info.txt").read_bytes()))
    assert (tags["Bagging-Date"], tags["Replaces"]) == ("2027-01-15", first.name)
    assert before == {p: p.read_bytes() for p in first.rglob("*") if p.is_file()}
    assert verify(second).findings == []
    call(out, tmp_path, "--new-edition", "--date", "2027-02-01")
    third = first.with_name(first.name + "-e3")
    assert dict(parse_info((third / "bag-info.txt").read_bytes()))["Replaces"] == second.name
    shutil.rmtree(tmp_path / "bags")
