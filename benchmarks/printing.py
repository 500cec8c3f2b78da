"""Seconds and memory of papers as PDF, by Typst, by LibreOffice and by pandoc: ``python benchmarks/printing.py
[COURSE_FOLDER]``.

Prints a row a paper: pages of each way, seconds and peak memory in MB (RSS of the largest process, from the kernel).
Each paper is printed in a process of its own, so that starting counts. The columns of a program that is not there, or
too old, are «-», and a line says what is missing; pandoc (``pip install pypandoc_binary``, or one on the path) writes
Typst's language from the same DOCX, and Typst sets that.
"""

from __future__ import annotations

import importlib
import importlib.util
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEED = Path(__file__).parents[1] / "seeds" / "sayasi-bilik"
WRITERS = ("syllabus", "course-set", "exam-tickets")
WAYS = ("typst", "office", "pandoc")


def write(folder: Path, into: Path) -> list[str]:
    """The papers of a course, each with its source beside it."""
    from coursepack import build, discovery, publish
    from coursepack.writers import Context, load

    (loaded,) = discovery.find_projects([folder])
    course = build.understand(loaded).course
    names = []
    for name in WRITERS:
        writer = load(name)
        for artifact in writer.write(course, Context(options=writer.options())).artifacts:
            publish.write_file(into / artifact.name, publish.artifact_chunks(artifact))
            (into / f"{artifact.name}.json").write_bytes(artifact.source)
            names.append(artifact.name)
    return names


def pandoc() -> str | None:
    """The program, of the package or on the path, if it writes Typst's language."""
    try:
        program: str | None = str(importlib.import_module("pypandoc").get_pandoc_path())
    except (ImportError, OSError):
        program = shutil.which("pandoc")
    return program if program and "typst" in formats(program) else None


def formats(program: str) -> list[str]:
    """What it writes: Typst's language since 3.1.2."""
    asked = [program, "--list-output-formats"]
    return subprocess.run(asked, check=False, capture_output=True, text=True).stdout.split()


def by_pandoc(path: Path) -> bytes:
    """DOCX → Typst's language → PDF, as pandoc's template has it."""
    import typst

    source = path.with_suffix(".typ")
    program = pandoc() or "pandoc"
    subprocess.run([program, str(path), "-s", "-t", "typst", "-o", str(source)], cwd=path.parent, check=True)
    made = typst.compile(str(source), root=str(path.parent))
    assert isinstance(made, bytes)
    return made


def missing(way: str) -> str:
    """What is to be installed for it; "" where it is there."""
    from coursepack.files import office

    if importlib.util.find_spec("typst") is None and way != "office":
        return "Typst is not installed: pip install '.[print]'"
    if way == "office":
        return "" if office.program() is not None else "LibreOffice is not installed"
    if way == "typst" or pandoc() is not None:
        return ""
    return "no pandoc that writes Typst (3.1.2 or later): pip install pypandoc_binary"


def measure(path: Path, way: str) -> None:
    """In a process of its own: «seconds, MB» of one paper."""
    from coursepack.files import office
    from coursepack.files.package import Package
    from coursepack.render.typst.pdf import TypstPrinter

    start = time.perf_counter()
    if way == "typst":
        package = Package.of_path(path)
        source = path.with_name(f"{path.name}.json").read_bytes()
        with TypstPrinter() as printer:
            made = printer.pdf(path.name, {name: package.read(name) for name in package.names()}, source).data
    elif way == "office":
        made = office.converted(path.name, path.read_bytes(), "pdf")
    else:
        made = by_pandoc(path)
    seconds = time.perf_counter() - start
    usage = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    path.with_suffix(f".{way}.pdf").write_bytes(made)
    print(f"{seconds:.1f}\t{max(usage) / 1024:.0f}", end="")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SEED
    if len(sys.argv) > 2:
        measure(folder, sys.argv[2])
        return
    import pypdfium2

    left_out = {way: reason for way in WAYS if (reason := missing(way))}
    for way, reason in left_out.items():
        print(f"{way} is left out: {reason}", file=sys.stderr)
    print("paper\t" + "\t".join(f"{way} pages\t{way} s\t{way} MB" for way in WAYS))
    with tempfile.TemporaryDirectory() as scratch:
        for name in write(folder, Path(scratch)):
            path = Path(scratch) / name
            told = [name]
            for way in WAYS:
                if way in left_out:
                    told.append("-\t-\t-")
                    continue
                command = [sys.executable, __file__, str(path), way]
                figures = subprocess.run(command, capture_output=True, text=True, check=True).stdout
                with pypdfium2.PdfDocument(path.with_suffix(f".{way}.pdf")) as document:
                    told.append(f"{len(document)}\t{figures}")
            print("\t".join(told), flush=True)


if __name__ == "__main__":
    main()
