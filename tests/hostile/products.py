"""Everything that is made of a folder of hostile sources, as files: not only what the checks let through."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from coursepack import build, discovery, inspection, publish, readers, writers
from coursepack.languages import messages
from coursepack.model.artifact import Artifact
from coursepack.model.course_json import encode

SAME = frozenset({"scorm2004-3rd"})
"""Formats whose pages are those of another one."""


def of_folder(folder: Path, to: Path, formats: tuple[str, ...] = ()) -> list[Path]:
    """Every product of the course in ``folder``, its course.json, pictures and inspection page, below ``to``."""
    (loaded,) = discovery.find_projects([folder])
    understood = build.understand(loaded)
    to.mkdir(parents=True)
    made: list[Path] = []
    for name in formats or writers.names():
        if name not in SAME:
            writer = writers.load(name)
            context = build.context(loaded, writer, understood.assets, build.Settings(audience="both"))
            made += [_put(to, artifact) for artifact in writer.write(understood.course, context).artifacts]
    (to / "course.json").write_bytes(encode(understood.course))
    pictures = [to / f"{name}.svg" for name in understood.assets.data]
    for path in pictures:
        with suppress(KeyError):  # one that cannot be shown safely: no product gets it
            path.write_bytes(understood.assets.read(path.stem))
    inspection.write_page(to / "inspection.html", understood, messages.of("en"))
    return [*made, to / "course.json", to / "inspection.html", *filter(Path.exists, pictures)]


def of_bank(source: Path, to: Path) -> list[Path]:
    """Every format of question bank made of a question file."""
    to.mkdir(parents=True)
    made = []
    for name in writers.names():
        writer = writers.load(name)
        if writer.write_bank is not None:
            questions = readers.read_questions(source)
            context = writers.Context(assets=questions.assets, options=writer.options())
            made += [_put(to, artifact) for artifact in writer.write_bank(questions.bank, context).artifacts]
    return made


def _put(folder: Path, artifact: Artifact) -> Path:
    publish.write_file(folder / artifact.name, publish.artifact_chunks(artifact))
    return folder / artifact.name
