"""Single commands against their floors and peers, as ratios of processor time in one interleaved run.

    python -m benchmarks.floors [--peers FOLDER] [--runs 5] [--only WORD] [--instructions]

What a row compares runs in turn, each time in a process of its own, so that a busy machine slows both: ratios of
processor time are to be trusted where seconds on the clock are not. Printed are the ratio of the medians with the least
and the most of the pairs, the seconds of a processor of ours, and the most memory that a process took.

The floors: lxml building the same trees, deflate packing the same bytes, pypdfium2 reading the same letters, xmllint
parsing the same file, and Python that does nothing. ``--peers`` is the folder of programs of an environment with
text2qti and docxtpl (``pip install text2qti docxtpl``). ``--instructions`` counts those of the small commands by
``valgrind --tool=callgrind``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
_WIDE = "xml-bytes=1GiB xml-marks=100000000 word-marks=100000000 document-bytes=1GiB document-letters=100000000"
"""Of a document of 46 MB of text there is more than the limits allow."""
_PLAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Used:
    """Seconds of processors, bytes of memory at most."""

    seconds: float
    memory: int


# --- pieces: what is timed inside a process, its imports and its input made before ------------------------------------

Piece = Callable[[], object]
PIECES: dict[str, Callable[[Path], Piece]] = {}


def piece(make: Callable[[Path], Piece]) -> Callable[[Path], Piece]:
    PIECES[make.__name__.replace("_", "-")] = make
    return make


def _questions(path: Path) -> Piece:
    from coursepack.readers import read_questions

    return lambda: sum(1 for _ in read_questions(path).bank.questions())


@piece
def read_moodle(folder: Path) -> Piece:
    return _questions(folder / "10000.xml")


@piece
def read_aiken(folder: Path) -> Piece:
    return _questions(folder / "10000.aiken")


@piece
def lxml_trees(folder: Path) -> Piece:
    """The trees of our Moodle XML: the shape of its first question, filled anew for each."""
    from lxml import etree

    questions = etree.parse(folder / "10000.xml").getroot().iterchildren("question")
    shape = next(_shape(one) for one in questions if one.get("type") == "multichoice")

    def build(parent: Any, one: Any, number: int) -> None:
        name, attributes, text, below = one
        made = etree.SubElement(parent, name, attributes)
        if text:
            made.text = text.replace("1", str(number))
        for each in below:
            build(made, each, number)

    def run() -> None:
        root = etree.Element("quiz")
        for number in range(10_000):
            build(root, shape, number)
        etree.ElementTree(root).write(folder / "floor.xml", encoding="UTF-8", xml_declaration=True)

    return run


def _shape(element: Any) -> tuple[str, dict[str, str], str | None, list[Any]]:
    return element.tag, dict(element.attrib), element.text, [_shape(one) for one in element.iterchildren("*")]


@piece
def deflate(folder: Path) -> Piece:
    """The members of our cartridge of 10,000 questions, packed by the library that we pack with."""
    import zipfile

    import deflate as library

    with zipfile.ZipFile(folder / "10000.imscc") as archive:
        members = [archive.read(name) for name in archive.namelist()]
    return lambda: [library.deflate_compress(data, 6) for data in members]


@piece
def read_pdf(folder: Path) -> Piece:
    from coursepack.readers.pdf import reader

    data = (folder / "100.pdf").read_bytes()
    return lambda: reader.read("a.pdf", data)


@piece
def pypdfium2(folder: Path) -> Piece:
    import pypdfium2 as library

    data = (folder / "100.pdf").read_bytes()

    def run() -> int:
        with library.PdfDocument(data) as document:
            return sum(len(page.get_textpage().get_text_range()) for page in document)

    return run


@piece
def course_set(_: Path) -> Piece:
    write, _checked = _course_set()
    return write


@piece
def course_set_checked(_: Path) -> Piece:
    write, checked = _course_set()
    return lambda: [checked(one) for one in write().artifacts]


def _course_set(times: int = 10) -> tuple[Callable[[], Any], Callable[[Any], Any]]:
    import msgspec

    from coursepack import build, checks, discovery
    from coursepack.writers import Context, load

    (loaded,) = discovery.find_projects([ROOT / "seeds" / "sayasi-bilik"])
    course = build.understand(loaded).course
    weeks = tuple(
        msgspec.structs.replace(week, id=f"w{copy}{week.id}", number=week.number + copy * len(course.weeks))
        for copy in range(times)
        for week in course.weeks
    )
    writer = load("course-set")
    context = Context(options=writer.options())
    whole = msgspec.structs.replace(course, weeks=weeks)
    return lambda: writer.write(whole, context), lambda one: checks.check_artifact(one, checks.Grammar(closed=True))


@piece
def docxtpl(folder: Path) -> Piece:
    """The same paragraphs by one flat loop of a template. Runs in the environment of the peers."""
    import docx  # type: ignore[import-untyped,unused-ignore]
    from docxtpl import DocxTemplate  # type: ignore[import-not-found,unused-ignore]

    made = docx.Document()
    for text in ("{%p for line in lines %}", "{{ line }}", "{%p endfor %}"):
        made.add_paragraph(text)
    made.save(str(folder / "template.docx"))
    lines = json.loads((folder / "lines.json").read_text("utf-8"))

    def run() -> None:
        template = DocxTemplate(folder / "template.docx")
        template.render({"lines": lines}, autoescape=True)
        template.save(folder / "peer.docx")

    return run


@piece
def read_text(folder: Path) -> Piece:
    from coursepack.readers.docx import reader

    data = (folder / "large.docx").read_bytes()
    return lambda: reader.read("a.docx", data)


@piece
def parse_text(folder: Path) -> Piece:
    """The document part of the same file, parsed by lxml."""
    import zipfile

    from lxml import etree

    with zipfile.ZipFile(folder / "large.docx") as archive:
        data = archive.read("word/document.xml")
    return lambda: etree.fromstring(data, etree.XMLParser(huge_tree=True))


def _run_piece(name: str, folder: Path) -> None:
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)  # a PDF is read in a child

    def used() -> float:
        return sum(each.ru_utime + each.ru_stime for each in map(resource.getrusage, who))

    work = PIECES[name](folder)
    start = used()
    kept = work()
    seconds = used() - start
    del kept
    print(seconds, max(resource.getrusage(one).ru_maxrss for one in who))


# --- commands ---------------------------------------------------------------------------------------------------------

COMMANDS: dict[str, Callable[[Path, Path | None], list[str]]] = {
    "python": lambda folder, peers: [sys.executable, "-c", "pass"],
    "click": lambda folder, peers: [sys.executable, "-c", "import click"],
    "help": lambda folder, peers: _ours("--help"),
    "inspect-tiny": lambda folder, peers: _ours("inspect", str(folder / "tiny")),
    "seeds": lambda folder, peers: _ours("build", str(ROOT / "seeds"), "-o", str(folder / "built"), "--force", "-j1"),
    "moodle-10000": lambda folder, peers: _convert(folder, 10_000, "moodle-xml"),
    "cc11-10000": lambda folder, peers: _convert(folder, 10_000, "cc11"),
    "moodle-100": lambda folder, peers: _convert(folder, 100, "moodle-xml"),
    "text2qti-10000": lambda folder, peers: [str((peers or folder) / "text2qti"), str(folder / "10000.txt")],
    "text2qti-100": lambda folder, peers: [str((peers or folder) / "text2qti"), str(folder / "100.txt")],
    "validate-10000": lambda folder, peers: _ours("validate", "--no-cache", str(folder / "10000.xml")),
    "validate-100": lambda folder, peers: _ours("validate", "--no-cache", str(folder / "100.xml")),
    "xmllint": lambda folder, peers: ["xmllint", "--noout", "--huge", str(folder / "10000.xml")],
    "cc11-100000": lambda folder, peers: _convert(folder, 100_000, "cc11"),
}


def _ours(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "coursepack", *arguments]


def _convert(folder: Path, count: int, to: str) -> list[str]:
    return _ours("convert", str(folder / f"{count}.aiken"), "-t", to, "-o", str(folder / f"made-{count}-{to}"), "-q")


def measured(name: str, folder: Path, peers: Path | None) -> Used:
    """One run of a piece or a command in a process of its own. Raises ``SystemExit`` where it fails."""
    if name in PIECES:
        python = str(peers / "python") if name == "docxtpl" and peers else sys.executable
        command = [python, str(Path(__file__)), "--piece", name, str(folder)]
    else:
        command = COMMANDS[name](folder, peers)
    environment = {**os.environ, "PYTHONPATH": "" if "peers" in command[0] or name == "docxtpl" else str(ROOT)}
    environment |= {"COURSEPACK_PREPARED": str(folder / "prepared"), "COURSEPACK_LEDGER": str(folder / "ledger")}
    if name == "read-text":
        environment["COURSEPACK_LIMITS"] = _WIDE
    running = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    assert running.stderr is not None
    said, wrong = running.stdout.read(), running.stderr.read()
    _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    running.stdout.close()
    running.stderr.close()
    if running.returncode:
        raise SystemExit(f"{name} ended with {running.returncode}: {wrong[-2000:]}")
    if name in PIECES:
        seconds, memory = said.split()[-2:]
        return Used(float(seconds), int(memory) * 1024)
    return Used(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


@dataclass(frozen=True)
class Row:
    """``ours`` against ``floor``, of which it should cost no more than ``aim`` times as much; ``faster``: it is a peer,
    which should cost at least ``aim`` times as much as ours."""

    what: str
    ours: str
    floor: str
    aim: float | None
    faster: bool = False


ROWS = (
    Row("`--help` ÷ Python that does nothing", "help", "python", 4),
    Row("`import click` ÷ Python that does nothing", "click", "python", None),
    Row("`inspect` of a tiny course ÷ Python that does nothing", "inspect-tiny", "python", 12),
    Row("`validate` of 100 questions ÷ Python that does nothing", "validate-100", "python", None),
    Row("100 questions → Moodle XML: text2qti ÷ ours", "moodle-100", "text2qti-100", 2, faster=True),
    Row("10,000 questions → Moodle XML, checked ÷ the same trees by lxml", "moodle-10000", "lxml-trees", 2),
    Row("10,000 questions → cc11, checked: text2qti ÷ ours", "cc11-10000", "text2qti-10000", 8, faster=True),
    Row("10,000 questions → cc11, checked ÷ deflate of its members", "cc11-10000", "deflate", None),
    Row("Moodle XML reader ÷ Aiken reader, 10,000 questions", "read-moodle", "read-aiken", 3),
    Row("`validate` of 10,000 questions ÷ xmllint", "validate-10000", "xmllint", 1.5),
    Row("PDF of 100 pages ÷ pypdfium2's own extraction", "read-pdf", "pypdfium2", 4),
    Row("course set ten times, unchecked ÷ docxtpl's flat loop", "course-set", "docxtpl", 1.2),
    Row("course set ten times, checked ÷ docxtpl's flat loop", "course-set-checked", "docxtpl", 2),
    Row("DOCX of 46 MB of text ÷ its XML parsed by lxml", "read-text", "parse-text", None),
    Row("both seeds built ÷ Python that does nothing", "seeds", "python", None),
    Row("100,000 questions → cc11 ÷ Python that does nothing", "cc11-100000", "python", None),
)
_LARGE = {"cc11-100000"}


def prepared(folder: Path) -> None:
    """The inputs of all rows."""
    from benchmarks.questions import aiken, text2qti
    from benchmarks.reading import docx, pdf

    for count in (100, 10_000, 100_000):
        (folder / f"{count}.aiken").write_text("".join(map(aiken, range(1, count + 1))), "utf-8")
        (folder / f"{count}.txt").write_text("".join(map(text2qti, range(1, count + 1))), "utf-8")
    for count in (100, 10_000):
        for ending, to in (("xml", "moodle-xml"), ("imscc", "cc11")):
            source, target = folder / f"{count}.aiken", folder / f"{count}.{ending}"
            subprocess.run([*_ours("convert"), str(source), "-t", to, "-o", str(target), "-q"], check=True, cwd=ROOT)
    (folder / "tiny").mkdir()
    (folder / "tiny" / "text.txt").write_text("Lecture 1. Soil\n\nSoil is a thing.\n\n1. What is soil?\n", "utf-8")
    pdf(folder, 100)
    (folder / "a.pdf").rename(folder / "100.pdf")
    docx(folder, 46_000)
    (folder / "a.docx").rename(folder / "large.docx")
    (folder / "lines.json").write_text(json.dumps(_lines()), "utf-8")


def _lines() -> list[str]:
    """The paragraphs of the course set."""
    from lxml import etree

    write, _ = _course_set()
    part = next(one for one in write().artifacts[0].members if one.path == "word/document.xml").read()
    paragraphs = etree.fromstring(part).iter(f"{_PLAIN}p")
    return ["".join(text.text or "" for text in one.iter(f"{_PLAIN}t")) for one in paragraphs]


def told(row: Row, runs: list[tuple[Used, Used]]) -> str:
    ours, floors = [one.seconds for one, _ in runs], [one.seconds for _, one in runs]
    pairs = [floor / own if row.faster else own / floor for own, floor in zip(ours, floors, strict=True)]
    ratio = median(floors) / median(ours) if row.faster else median(ours) / median(floors)
    aim = "–" if row.aim is None else f"{'≥' if row.faster else '≤'} {row.aim:g}"
    seconds = f"{median(ours):.2f} ({min(ours):.2f}–{max(ours):.2f})"
    memory = max(one.memory for one, _ in runs) / 1e6
    return f"| {row.what} | {aim} | {ratio:.1f} ({min(pairs):.1f}–{max(pairs):.1f}) | {seconds} | {memory:.0f} |"


def instructions(folder: Path) -> None:
    """Of the small commands, which no other work on the machine changes."""
    if shutil.which("valgrind") is None:
        print("valgrind is not there: no instructions are counted")
        return
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    environment |= {"COURSEPACK_PREPARED": str(folder / "prepared")}
    counts: dict[str, int] = {}
    for name in ("python", "click", "help", "inspect-tiny", "validate-100", "moodle-100"):
        command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *COMMANDS[name](folder, None)]
        said = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False).stderr
        found = re.search(r"Collected : (\d+)", said)
        counts[name] = int(found[1]) if found else 0
        print(f"| {name} | {counts[name] / 1e6:.0f} M | {counts[name] / counts['python']:.1f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="", help="rows with this word")
    parser.add_argument("--instructions", action="store_true")
    parser.add_argument("--piece", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--prepare", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.prepare:
        prepared(asked.prepare)
        return
    if asked.piece:
        sys.path.insert(0, str(ROOT))
        _run_piece(asked.piece[0], Path(asked.piece[1]))
        return
    peers: Path | None = asked.peers.absolute() if asked.peers else None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own: what a process held before it became another one counts as the other's memory.
        subprocess.run([sys.executable, "-m", "benchmarks.floors", "--prepare", name], check=True, cwd=ROOT)
        print("| work | target | ratio (smallest–largest) | our seconds | peak MB |")
        print("| --- | --- | ---: | ---: | ---: |")
        for row in ROWS:
            if asked.only not in row.what or not _is_there(row.floor, peers):
                continue
            measured(row.ours, folder, peers)  # once before: what a first call keeps for the next ones
            count = 2 if row.ours in _LARGE else asked.runs
            runs = [(measured(row.ours, folder, peers), measured(row.floor, folder, peers)) for _ in range(count)]
            print(told(row, runs), flush=True)
        if asked.instructions:
            instructions(folder)


def _is_there(floor: str, peers: Path | None) -> bool:
    """Whether the peer or floor is installed."""
    if floor.startswith("text2qti"):
        return peers is not None and (peers / "text2qti").exists()
    if floor == "docxtpl":
        return peers is not None and (peers / "python").exists()
    return floor != "xmllint" or shutil.which("xmllint") is not None


if __name__ == "__main__":
    main()
