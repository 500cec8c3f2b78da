"""How the cost of every reader and writer grows: ``python -m benchmarks.growth [NAME …] [--times 1 10 100]``.

Each reads or writes the same at 1, 10 and 100 times its size, in a process of its own. Printed are the seconds of a
processor that the work itself takes (imports and input aside), the most memory of the process, and by which power of
the size the time grew from step to step: 1 is linear. What takes less than ``LEAST`` seconds is not held against the
next.
"""

from __future__ import annotations

import argparse
import io
import math
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

LEAST = 0.02
_WORDS = "Қазақстан Республикасының мемлекеттік билік тармақтары мен олардың өкілеттіктері туралы ережелер. "

Work = Callable[[], object]


# --- readers ----------------------------------------------------------------------------------------------------------


def _document(name: str, data: bytes, folder: Path) -> Work:
    from coursepack import readers

    path = folder / name
    path.write_bytes(data)
    return lambda: readers.read(path, name, encoding=None, follow_links=False)


def _bank(name: str, data: bytes, folder: Path) -> Work:
    from coursepack.readers import read_questions

    path = folder / name
    path.write_bytes(data)
    return lambda: sum(1 for _ in read_questions(path).bank.questions())


def _lectures(times: int) -> list[list[str]]:
    return [[f"{n}-дәріс. Билік", *(f"{at}. {_WORDS}" for at in range(20))] for n in range(1, 5 * times + 1)]


def _text(times: int) -> str:
    return "\n\n".join("\n\n".join(one) for one in _lectures(times))


def _docx(folder: Path, times: int) -> Work:
    import docx

    made = docx.Document()
    for head, *body in _lectures(times):
        made.add_heading(head, 1)
        for text in body:
            made.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return _document("a.docx", out.getvalue(), folder)


def _html(folder: Path, times: int) -> Work:
    body = "".join(f"<h1>{head}</h1>" + "".join(f"<p>{text}</p>" for text in body) for head, *body in _lectures(times))
    return _document("a.html", f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), folder)


def _markdown(folder: Path, times: int) -> Work:
    text = "\n\n".join("\n\n".join([f"# {head}", *body]) for head, *body in _lectures(times))
    return _document("a.md", text.encode(), folder)


def _pdf(folder: Path, times: int) -> Work:
    from benchmarks.reading import pdf

    pdf(folder, 3 * times)
    return _document("b.pdf", (folder / "a.pdf").read_bytes(), folder)


def _pptx(folder: Path, times: int) -> Work:
    from pptx import Presentation

    made = Presentation()
    for head, *body in _lectures(times):
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text = head
        slide.placeholders[1].text = "\n".join(body[:6])
    out = io.BytesIO()
    made.save(out)
    return _document("a.pptx", out.getvalue(), folder)


def _xlsx(folder: Path, times: int) -> Work:
    return _written_and_read("xlsx", "a.xlsx", folder, times)


def _written_and_read(writer: str, name: str, folder: Path, times: int) -> Work:
    """What a writer makes of a bank, as a file to read."""
    made = _write(writer, times)()
    members = {member.path: member.read() for member in made.artifacts[0].members}
    data = next(iter(members.values())) if len(members) == 1 else _zipped(members)
    return _bank(name, data, folder)


def _zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _tags(folder: Path, times: int) -> Work:
    text = "".join(
        f"<question>{n}-сұрақ. Билік?\n" + "".join(f"<variant>Жауап {at} {n}\n" for at in range(5))
        for n in range(30 * times)
    )
    return _bank("a.txt", text.encode(), folder)


READERS: dict[str, Callable[[Path, int], Work]] = {
    "text": lambda folder, times: _document("a.txt", _text(times).encode(), folder),
    "markdown": _markdown,
    "html": _html,
    "docx": _docx,
    "pptx": _pptx,
    "pdf": _pdf,
    "tags": _tags,
    **{
        name: partial(_written_and_read, name, file)
        for name, file in (
            ("aiken", "a.txt"),
            ("gift", "a.gift"),
            ("csv", "a.csv"),
            ("xlsx", "a.xlsx"),
            ("moodle-xml", "a.xml"),
            ("qti21", "a.zip"),
            ("qti3", "a.zip"),
        )
    },
}


def understand(folder: Path, times: int) -> Work:
    """The whole of ``inspect``: text → course."""
    from coursepack import build, discovery

    (folder / "a.txt").write_text(_text(times), "utf-8")
    (folder / "course.toml").write_text(
        'id = "a"\ntitle = "A"\nlanguage = "kk"\n[[source]]\nfile = "a.txt"\nrole = "textbook"\n', "utf-8"
    )
    (loaded,) = discovery.find_projects([folder])
    return lambda: build.understand(loaded)


# --- writers ----------------------------------------------------------------------------------------------------------


def course(times: int) -> Any:
    """The course with one of everything, its weeks and questions so many times."""
    import msgspec

    from coursepack.model.course import Exam
    from tests.samples import b, every_question, everything

    one = everything()
    plain = tuple(
        msgspec.structs.replace(question, id=f"p{copy}-{question.id}", place=None)
        for copy in range(times)
        for question in every_question("p")
    )
    weeks = []
    for copy in range(times):
        for week in one.weeks:
            sessions = tuple(
                msgspec.structs.replace(
                    each,
                    id=f"c{copy}-{each.id}",
                    blocks=b(*(f"{n}. {_WORDS}" for n in range(20))),
                    review=(),
                    outline=(),
                    topics=(),
                    tasks=(),
                )
                for each in week.sessions
            )
            weeks.append(
                msgspec.structs.replace(
                    week,
                    id=f"c{copy}-{week.id}",
                    number=week.number + copy * len(one.weeks),
                    sessions=sessions,
                    assignments=(),
                )
            )
    return msgspec.structs.replace(one, weeks=tuple(weeks), exam=Exam(questions=plain))


def _write(name: str, times: int) -> Callable[[], Any]:
    import msgspec

    from coursepack import writers
    from coursepack.writers import Context
    from tests.samples import ASSETS

    writer = writers.load(name)
    options = msgspec.convert({"options": 0} if name.startswith("platonus") else {}, writer.options)
    whole = course(times)
    context = Context(assets=ASSETS, options=options, version="0", tests_in_tickets=True)
    return lambda: writer.write(whole, context)


def _written(name: str) -> Callable[[Path, int], Work]:
    def make(_: Path, times: int) -> Work:
        write = _write(name, times)
        return lambda: sum(len(member.read()) for artifact in write().artifacts for member in artifact.members)

    return make


def works() -> dict[str, Callable[[Path, int], Work]]:
    """Every reader and writer, by name."""
    from coursepack import writers

    found = {f"read {name}": make for name, make in READERS.items()} | {"understand": understand}
    return found | {f"write {name}": _written(name) for name in writers.names()}


def run(name: str, times: int) -> None:
    """One work at one size: seconds and bytes of memory."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)  # a PDF is read in a child

    def used() -> float:
        return sum(each.ru_utime + each.ru_stime for each in map(resource.getrusage, who))

    with tempfile.TemporaryDirectory() as folder:
        work = works()[name](Path(folder), times)
        start = used()
        work()
        print(used() - start, max(resource.getrusage(one).ru_maxrss for one in who) * 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--run", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run:
        run(asked.run[0], int(asked.run[1]))
        return
    print(f"| work | {' | '.join(f'×{times}, s' for times in asked.times)} | power | peak MB |")
    print("| --- |" + " ---: |" * (len(asked.times) + 2))
    for name in asked.names or works():
        found: list[tuple[float, int]] = []
        for times in asked.times:
            command = [sys.executable, "-m", "benchmarks.growth", "--run", name, str(times)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                found.append((math.nan, 0))
                print(done.stderr.strip().splitlines()[-1], file=sys.stderr)
                continue
            seconds, memory = done.stdout.split()[-2:]
            found.append((float(seconds), int(memory)))
        print(_row(name, asked.times, found), flush=True)


def _row(name: str, times: list[int], found: list[tuple[float, int]]) -> str:
    powers = [
        f"{math.log(after / before) / math.log(larger / smaller):.2f}" if before >= LEAST else "–"
        for (smaller, larger), ((before, _), (after, _)) in zip(pairwise(times), pairwise(found), strict=True)
    ]
    seconds = " | ".join(f"{one:.2f}" for one, _ in found)
    return f"| {name} | {seconds} | {', '.join(powers)} | {max(memory for _, memory in found) / 1e6:.0f} |"


if __name__ == "__main__":
    main()
