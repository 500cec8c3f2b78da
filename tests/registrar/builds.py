"""Small builds made by hand, for tests of the archive that need no reader and no writer."""

from __future__ import annotations

from pathlib import Path

import msgspec

from coursepack import __version__, publish
from coursepack.build import Report, counts
from coursepack.files.hashes import sha256
from coursepack.files.member import Member
from coursepack.model.artifact import Artifact
from coursepack.model.course import Course, Source
from coursepack.model.course_json import encode
from coursepack.publish import Product
from tests.samples import ASSETS, everything

TEXT = "1-дәріс. Билік\nБилік туралы мәтін.\n"


def project(folder: Path, course: Course) -> Path:
    """A course folder with course.toml and one source."""
    folder.mkdir(parents=True)
    (folder / "кітап 1.txt").write_text(TEXT, "utf-8")
    (folder / "course.toml").write_text(
        f'id = "{course.id}"\ntitle = "{course.id}"\nlanguage = "{course.language}"\n'
        '[[source]]\nfile = "кітап 1.txt"\nrole = "textbook"\n',
        "utf-8",
    )
    return folder


def build(folder: Path, sources: Path, course: Course | None = None) -> Path:
    """The folder that a build of ``course`` would have written."""
    course = course or everything()
    source = Source(file="кітап 1.txt", sha256=sha256((sources / "кітап 1.txt").read_bytes()), role="textbook")
    artifacts = (
        Artifact("sample.zip", "scorm12", (Member("a.html", b"<p>A</p>"), Member("b.html", b"<p>B</p>")), ()),
        Artifact("sample.xml", "moodle-xml", (Member("sample.xml", b"<quiz/>"),), (), container="file"),
    )
    folder.mkdir(parents=True)
    products = []
    for artifact in artifacts:
        size, digest = publish.write_file(folder / artifact.name, publish.artifact_chunks(artifact))
        products.append(Product(file=artifact.name, format=artifact.format, size=size, sha256=digest))
    report = Report(
        coursepack=__version__,
        course=course.id,
        title=course.title,
        language=course.language,
        sources=(source,),
        counts=counts(course),
        products=tuple(products),
        findings=(),
        deflate="test",
        declared_by=sha256((sources / "course.toml").read_bytes()),
    )
    data = {"course.json": encode(course), "build-report.json": msgspec.json.encode(report)}
    data |= {f"{publish.ASSETS}/{name}": content for name, content in ASSETS.data.items()}
    for name, content in data.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    sums = {product.file: product.sha256 for product in products}
    publish.write_sums(folder, sums | {name: sha256(content) for name, content in data.items()})
    return folder
