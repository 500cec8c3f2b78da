"""The printed papers as files of the course: what a student may have is shown, the teacher's is hidden."""

from __future__ import annotations

from coursepack import writers
from coursepack.files import media
from coursepack.files.zipped import zip_bytes
from coursepack.model.artifact import Artifact
from coursepack.model.blocks import Blocks
from coursepack.place import CoursepackError, warning
from coursepack.writers.mbz import activities
from coursepack.writers.mbz.backup import Backup, BackupSection

PAPERS = ("exam-tickets", "syllabus", "course-set")


def papers(backup: Backup) -> list[Artifact]:
    """The DOCX papers of the course, as their own writers make them, each once; one that cannot be made is reported."""
    found: list[Artifact] = []
    seen: set[bytes] = set()
    for name in PAPERS:
        try:
            writer = writers.load(name)
            written = writer.write(backup.course, backup.context.for_writer(writer))
        except (CoursepackError, ImportError) as problem:
            stated = f"the paper {name!r} is not in the backup: {problem}"
            backup.report(warning("mbz-paper", stated, advice=f"see what coursepack build --format {name} says"))
            continue
        for artifact in written.artifacts:
            # Two papers may bring the same list for the teacher under names of their own.
            same = _bytes(artifact)
            if artifact.name.endswith(".docx") and same not in seen:
                found.append(artifact)
                seen.add(same)
    return found


def _bytes(artifact: Artifact) -> bytes:
    return zip_bytes(artifact.members) if artifact.container == "zip" else artifact.members[0].read()


def put(backup: Backup, artifact: Artifact, section: BackupSection, stated: Blocks) -> None:
    """A paper as a file resource with its description. Its own findings are told when the paper itself is built."""
    data = _bytes(artifact)
    suffix = artifact.name[artifact.name.rfind(".") :]
    result = activities.file(
        backup,
        section,
        f"paper-{artifact.name.removesuffix(suffix)}",
        f"{artifact.title or artifact.name} ({suffix[1:].upper()})",  # the page beside it may have the same title
        artifact.name,
        media.named(artifact.name).type,
        data,
        visible=artifact.audience == "student",
    )
    if stated:
        activities.describe(backup, result, stated)
