"""The public part of an archive holds nothing that helps to cheat."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from hashlib import sha512
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
from coursepack.model.questions import Answer, Essay, MultipleChoice, Numerical, NumericalAnswer, ShortAnswer
from coursepack.registrar.access import harmless
from coursepack.registrar.bag import manifest, parse_info, parse_manifest
from coursepack.registrar.restricted import Secrets, folded, leaks, mentioned, secrets, texts_in
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
            found += [one.text for one in texts_in(data, path.name, 9)]
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
    keys = secrets(made).long
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
    texts = Secrets(long=frozenset({folded(NOTE)}))
    assert leaks("  ".join(NOTE).upper().encode(), "a.txt", texts)
    assert leaks(packed(a_zip=packed(b_html=f"<i>{NOTE[:9]}</i><i>{NOTE[9:]}</i>".encode())), "a.zip", texts)
    assert leaks(json.dumps({"a": NOTE}).encode(), "a.js", texts)
    assert not leaks(b"nothing", "a.txt", texts)


def test_what_is_for_teachers_is_not_public_whatever_its_length(tmp_path: Path) -> None:
    bare = msgspec.structs.replace(everything(), exam=None, weeks=())
    short = packed(a_xml=b"<w>B</w>")
    names = {
        "sample-syllabus.docx": "syllabus",
        "sample-syllabus.pdf": "pdf",
        "sample-syllabus-teacher-questions.docx": "syllabus",
        "sample-exam-key.docx": "syllabus",
        "sample-test-key.docx": "syllabus",
        "sample-cc13.imscc": "cc13",
        "sample-cc13-teacher.imscc": "cc13",
        "sample-own.docx": "syllabus",
    }
    products = {name: (kind, one_page() if kind == "pdf" else short) for name, kind in names.items()}
    out = with_products(tmp_path, bare, products)
    said = json.loads((out / "build-report.json").read_bytes())
    for one in said["products"]:
        if one["file"] == "sample-own.docx":
            one["audience"] = "teacher"
    (out / "build-report.json").write_text(json.dumps(said), "utf-8")
    public = call(out, tmp_path, "--access", "public")["public"]
    kept = ["sample-cc13.imscc", "sample-syllabus.docx", "sample-syllabus.pdf", "sample.zip"]
    assert sorted(p.name for p in (public / "data/products").iterdir()) == kept


@pytest.mark.parametrize(
    ("data", "held"),
    [
        ("<html><body><p>Ұпай: <b>екі</b></p></body></html>", True),
        ("<html><body><p>Ұпай: екі</p></body></html>", True),
        ("<p>Ұпай: екі<br>", True),
        ("<html><body><p>Әр топта ұпай: екі немесе үш</p></body></html>", False),
        ("var x = " + json.dumps({"a": ["<p>Ұпай: екі</p>"]}), True),
        ('<html><body><i data-x="{&quot;a&quot;: [&quot;Ұпай: екі&quot;]}"/></body></html>', True),
        ("<q><mattext>&lt;p&gt;Ұпай: екі&lt;/p&gt;</mattext></q>", True),
        ("<html><body><td>Вебер</td></body></html>", True),
        ("<html><body><p>Вебер айтқандай</p></body></html>", False),
        ("<html><body><td>7</td></body></html>", False),
        ("<html><body><p>Неше түрі бар?</p><td>7</td></body></html>", True),
        ("<html><body><p>Үзіліс жасау</p></body></html>", True),
        ("<html><body><p>Билік деген не?</p></body></html>", True),
        ("<html><body><p>Құқық деген не?</p></body></html>", False),
    ],
)
def test_a_short_note_or_key_is_found_where_it_is_all_that_is_said(data: str, held: bool) -> None:
    asked = (
        Essay(id="e-1", text=b("Құқық деген не?"), grader_notes=b("Ұпай: екі")),
        ShortAnswer(id="e-2", text=b("Билік деген не?"), answers=(Answer(text="Вебер"),)),
        Numerical(id="e-3", text=b("Неше түрі бар?"), answers=(NumericalAnswer(value="7"),)),
    )
    (week, *_) = everything().weeks
    session = msgspec.structs.replace(week.sessions[0], review=(), notes=b("Үзіліс жасау"))
    weeks = (msgspec.structs.replace(week, sessions=(session,)),)
    made = msgspec.structs.replace(everything(), weeks=weeks, exam=Exam(questions=asked, release="open"))
    for name, packing in (("a.html", data.encode()), ("a.zip", packed(b_zip=packed(c_html=data.encode())))):
        assert leaks(packing, name, secrets(made)) == held


def test_a_number_is_a_key_behind_its_question_alone() -> None:
    """Of a released question: its text is no secret, its key is."""
    asked = Numerical(id="e-3", text=b("Неше түрі бар?"), answers=(NumericalAnswer(value="7"),))
    made = msgspec.structs.replace(everything(), weeks=(), exam=Exam(questions=(asked,), release="list"))
    texts = secrets(made)
    assert leaks("<q><p>Неше түрі бар?</p><td>7</td></q>".encode(), "a.html", texts)
    assert not leaks("<q><td>7</td><p>Неше түрі бар?</p></q>".encode(), "a.html", texts)
    assert not leaks("<q><p>Неше түрі бар?</p><p>17 сұрақ</p></q>".encode(), "a.html", texts)


def test_open_questions_of_an_exam_with_tests_are_no_secret_and_what_stays_is_named(tmp_path: Path) -> None:
    open_one = "Билік легитимдігін салыстырмалы талдаңыз"
    closed = "Легитимдік ұғымын ғылымға кім енгізді"
    exam = Exam(
        questions=(
            Essay(id="e-1", text=b(open_one), template=b("Жауабыңызды осы жерден бастаңыз")),
            ShortAnswer(id="e-2", text=b(closed), answers=(Answer(text="Макс Вебер"),)),
        ),
        release="open",
    )
    made = msgspec.structs.replace(everything(), weeks=(), exam=exam)
    printed = packed(a_xml=f"<w><p>{open_one}</p><p>Жауабыңызды осы жерден бастаңыз</p></w>".encode())
    products = {
        "sample-syllabus.docx": ("syllabus", printed),
        "leaky.docx": ("syllabus", packed(a_xml=f"<w>{closed}</w>".encode())),
        "sample-course-set.docx": ("course-set", printed),
    }
    out = with_products(tmp_path, made, products)
    command = ["archive", str(out), "--to", str(tmp_path / "bags"), "--sources", str(tmp_path / "src")]
    done = CliRunner().invoke(cli, [*command, "--access", "public"], catch_exceptions=False)
    (public,) = (tmp_path / "bags").iterdir()
    kept_there = ["sample-course-set.docx", "sample-syllabus.docx", "sample.zip"]
    assert sorted(p.name for p in (public / "data/products").iterdir()) == kept_there
    held = "stays in the restricted part: it contains a key, a ticket or a note for graders [archive-restricted]"
    others = "because they are for teachers or may contain keys: sample.xml [archive-left-out]"
    assert [line for line in done.stderr.splitlines() if "[archive-" in line] == [
        f"{out}/leaky.docx: warning: {held}",
        f"{out}: warning: not in the public part, {others}",
    ]
    kept = json.loads((public / "data/course.json").read_bytes())["exam"]["questions"]
    assert [one["id"] for one in kept] == ["e-1"]


def test_a_public_part_without_products_is_told(tmp_path: Path) -> None:
    out = with_products(tmp_path, everything(), {})
    command = ["archive", str(out), "--to", str(tmp_path / "bags"), "--sources", str(tmp_path / "src")]
    done = CliRunner().invoke(cli, [*command, "--access", "public"], catch_exceptions=False)
    assert f"{out}: warning: the public part contains no product [archive-no-products]" in done.stderr


def test_a_public_part_cannot_be_built_again_and_says_so(tmp_path: Path) -> None:
    out = with_products(tmp_path, everything(), {})
    public = call(out, tmp_path, "--access", "public")["public"]
    done = CliRunner().invoke(cli, ["verify", "--rebuild", str(public)])
    assert done.exit_code == 0
    assert "nothing can be built again from it" in done.output
    assert "complete and unchanged; a public part has no sources, so nothing was rebuilt" in done.output
    assert "--rebuild" not in (public / "index.html").read_text("utf-8")


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


def test_a_forged_predecessor_is_found(tmp_path: Path) -> None:
    """Whoever forges the older edition and counts all its manifests anew is told by its name and by its successor."""
    out = with_products(tmp_path, everything(), {})
    (first,) = call(out, tmp_path).values()
    call(out, tmp_path, "--new-edition", "--date", "2027-01-15")
    second = first.with_name(first.name + "-e2")
    tags = dict(parse_info((second / "bag-info.txt").read_bytes()))
    proof = sha512((first / "tagmanifest-sha512.txt").read_bytes()).hexdigest()
    assert tags["Replaces-Tag-Manifest-SHA512"] == proof
    assert verify(first).findings == verify(second).findings == []
    model = first / "data/course.json"
    model.write_bytes(model.read_bytes().replace("Үлгі курс".encode(), "Ұлгі курс".encode()))
    forged(first)
    assert [(one.severity, one.code) for one in verify(first).findings] == [("warning", "bag-name-digits")]
    assert [(one.severity, one.code) for one in verify(second).findings] == [("error", "bag-predecessor")]
    shutil.rmtree(first)
    assert [(one.severity, one.code) for one in verify(second).findings] == [("note", "bag-predecessor")]


def forged(folder: Path) -> None:
    """Count the manifests of a bag anew, as a forger would."""
    for name, chosen in (("manifest-sha512.txt", "data/"), ("tagmanifest-sha512.txt", "")):
        sums, _ = parse_manifest((folder / name).read_bytes())
        assert all(path.startswith(chosen) for path in sums)
        (folder / name).write_bytes(manifest({path: sha512((folder / path).read_bytes()).hexdigest() for path in sums}))


def test_a_study_pack_is_judged_by_what_it_holds_and_short_keys_in_sentences_are_held_or_told(tmp_path: Path) -> None:
    """A key behind its question is held back, one in another sentence is reported: there it may be said rightly."""
    question = ShortAnswer(
        id="e-1", text=b("Элита туралы ғылым қалай аталады?"), answers=(Answer(text="элитология", fraction=1),)
    )
    exam = Exam(questions=(question,), release="open")
    made = msgspec.structs.replace(everything(), weeks=(), exam=exam)
    asked = "<w><p>Элита туралы ғылым қалай аталады? Ол элитология деп аталады.</p></w>".encode()
    apart = "<w><p>Бұл курс элитология негіздерін қамтиды.</p></w>".encode()
    products = {
        "sample-course-set.docx": ("course-set", packed(a_xml=asked)),
        "sample-syllabus.docx": ("syllabus", packed(a_xml=apart)),
    }
    found = secrets(made)
    assert found.said == {("элита туралы ғылым қалай аталады".replace(" ", ""), "элитология")}
    assert leaks(products["sample-course-set.docx"][1], "a.docx", found)
    assert not leaks(products["sample-syllabus.docx"][1], "a.docx", found)
    assert mentioned(products["sample-syllabus.docx"][1], "a.docx", found) == ["элитология"]
    longer = packed(a_xml="<w><p>Бұл элитологиялық курс.</p></w>".encode())
    assert mentioned(longer, "a.docx", found) == []
