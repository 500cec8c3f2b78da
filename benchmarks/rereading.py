"""How long a correction takes until the course is there again: ``python -m benchmarks.rereading [FOLDER …]``.

A review page keeps its documents and ``Stages``: of the documents only the corrected one is outlined again. For each
course, the seeds where no folder is named, one line: processor seconds of the first reading, of one that nothing
changed, of the slowest and the median of corrections to titles of classes and to questions all over its documents, and
which stages ran for one.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from coursepack import build, discovery, readers
from coursepack.model.questions import MultipleChoice
from coursepack.outline import Understood
from coursepack.project.course_toml import Correction, Loaded
from coursepack.review.anchors import spot
from coursepack.stages import Stages

T = TypeVar("T")
SEEDS = Path(__file__).parents[1] / "seeds"
PASSAGES = 12
"""Corrections of each kind that are tried for each course."""


def passages(found: Understood) -> Iterator[Correction]:
    """Another title for some classes of the course, from its first to its last, and another text for some questions of
    its tests."""
    titles = [(one.title, one.place) for _, one in found.course.sessions() if one.title and one.place]
    for title, place in _some(titles):
        yield Correction(begins=title[:60], kind="part", title=f"{title}!", file=place.file)
    sources = {one.document.file: one for one in found.sources}
    asked = [one for one in found.course.questions() if isinstance(one, MultipleChoice) and one.place]
    for question in _some([one for one in asked if one.place and one.place.file in sources]):
        assert question.place is not None
        if where := spot(sources[question.place.file], question.place.first):
            yield Correction(kind="replace", text=f"{where.text}!", **where.entry())  # type: ignore[arg-type]


def _some(every: Sequence[T]) -> Sequence[T]:
    return every[:: max(len(every) // PASSAGES, 1)][:PASSAGES]


def measured(loaded: Loaded, stages: Stages, *corrections: Correction) -> tuple[float, Counter[str], Understood]:
    """Seconds of the processor, the stages that ran, and the course."""
    project = msgspec.structs.replace(loaded.project, correction=(*loaded.project.correction, *corrections))
    before, start = Counter(stages.runs), time.process_time()
    found = build.understand(msgspec.structs.replace(loaded, project=project), stages=stages)
    return time.process_time() - start, stages.runs - before, found


def with_documents(loaded: Loaded) -> Loaded:
    """The course with the documents that a review page holds: what lies beside none of their files."""
    read = {}
    for entry in loaded.project.source:
        path = loaded.folder / entry.file
        if entry.role != "course" and readers.needs_nothing_beside(path) and not readers.is_question_file(path):
            read[entry.file] = discovery.read_document(path, entry.file, entry.encoding)
    return msgspec.structs.replace(loaded, read=read)


def run(loaded: Loaded) -> None:
    """One course on one line."""
    stages = Stages()
    loaded = with_documents(loaded)
    first, _, found = measured(loaded, stages)
    again, _, _ = measured(loaded, stages)
    times, runs = [], Counter[str]()
    for correction in passages(found):
        seconds, ran, _ = measured(loaded, stages, correction)
        times.append(seconds)
        runs = max(runs, ran, key=Counter.total)
    ran_most = ", ".join(f"{stage} {count}" for stage, count in sorted(runs.items()))
    corrected = f"{max(times):.2f} s ({statistics.median(times):.2f} s)" if times else "-"
    print(
        f"{loaded.project.id:24} first {first:.2f} s  unchanged {again:.2f} s  corrected {corrected}  ran: {ran_most}"
    )


if __name__ == "__main__":
    for each in discovery.find_projects([Path(name) for name in sys.argv[1:]] or [SEEDS]):
        run(each)
