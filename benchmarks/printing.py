"""Seconds and memory of papers as PDF, by Typst and by LibreOffice: ``python benchmarks/printing.py [COURSE_FOLDER]``.

Prints a row a paper: pages, seconds and peak memory in MB (RSS of the largest process, from the kernel) of each way.
Each paper is printed in a process of its own, so that starting counts; without LibreOffice its columns are «-».
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEED = Path(__file__).parents[1] / "seeds" / "sayasi-bilik"
WRITERS = ("syllabus", "course-set", "exam-tickets")


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


def measure(path: Path, way: str) -> None:
    """In a process of its own: «seconds, MB» of one paper."""
    from coursepack.files import office
    from coursepack.files.package import Package
    from coursepack.render.typst.pdf import Printer

    start = time.perf_counter()
    if way == "typst":
        package = Package.of_path(path)
        source = path.with_name(f"{path.name}.json").read_bytes()
        with Printer() as printer:
            made = printer.pdf(path.name, {name: package.read(name) for name in package.names()}, source).data
    else:
        made = office.converted(path.name, path.read_bytes(), "pdf")
    seconds = time.perf_counter() - start
    usage = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    path.with_suffix(f".{way}.pdf").write_bytes(made)
    print(f"{seconds:.1f}\t{max(usage) / 1024:.0f}", end="")


def main() -> None:
    from coursepack.files import office

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SEED
    if len(sys.argv) > 2:
        measure(folder, sys.argv[2])
        return
    import pypdfium2

    print("paper\tpages\tTypst s\tTypst MB\tLibreOffice s\tLibreOffice MB")
    with tempfile.TemporaryDirectory() as scratch:
        for name in write(folder, Path(scratch)):
            path = Path(scratch) / name
            told = ["-\t-", "-\t-"]
            for index, way in enumerate(("typst", "office")):
                if way == "office" and office.program() is None:
                    continue
                command = [sys.executable, __file__, str(path), way]
                told[index] = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            with pypdfium2.PdfDocument(path.with_suffix(".typst.pdf")) as document:
                print(f"{name}\t{len(document)}\t" + "\t".join(told), flush=True)


if __name__ == "__main__":
    main()
