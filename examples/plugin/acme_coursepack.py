from collections.abc import Iterator
from hashlib import sha256

import msgspec

from coursepack.checks import Grammar
from coursepack.files.member import Member
from coursepack.files.package import Package
from coursepack.model.artifact import Artifact, Written
from coursepack.model.course import Course
from coursepack.model.document import Document, Line
from coursepack.place import CoursepackError, Finding, Place, error
from coursepack.readers import File, Reader
from coursepack.writers import Context, Writer


def read(file: File) -> Document:
    try:
        text = file.data.decode(file.encoding or "utf-8")
    except UnicodeDecodeError:
        raise CoursepackError("is not in UTF-8", Place(file.name), "state its encoding in course.toml") from None
    lines = (line.lstrip("* ") if line.startswith("*") else line for line in text.splitlines())
    units = tuple(Line(text=line, number=number) for number, line in enumerate(lines, 1))
    return Document(file=file.name, sha256=sha256(file.data).hexdigest(), medium="org", units=units, wrapped=True)


reader = Reader(read=read, text=True)


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    bullet: str = "-"


def write(course: Course, context: Context) -> Written:
    assert isinstance(context.options, Options)
    lines = [f"{context.options.bullet} {session.title or ''}" for _, session in course.sessions()]
    name = f"{course.id}-agenda.txt"
    member = Member(name, "".join(f"{line}\n" for line in lines).encode())
    return Written((Artifact(name, "agenda", (member,), layers=("agenda",), container="file"),))


writer = Writer("agenda", "The sessions of the course, one a line.", write, table="agenda", options=Options)


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    for name in package.names():
        for number, line in enumerate(package.read(name).decode().splitlines(), 1):
            if not line.partition(" ")[2]:
                yield error("agenda-empty", "a session without a title", package.place(name, number))
