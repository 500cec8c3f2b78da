"""A question bank from one format to another, without a course: any question reader to any writer's ``write_bank``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import msgspec

from coursepack import __version__, checks, publish, readers, writers
from coursepack.files import sources
from coursepack.model.artifact import Artifact, Bank, Written
from coursepack.model.questions import Question
from coursepack.place import CoursepackError, Finding, Place, Severity, has_errors, warning
from coursepack.writers.others import sound


@dataclass
class Converted:
    """What was written (path, size in bytes) and what a person should know."""

    files: list[tuple[Path, int]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def formats() -> list[str]:
    """The formats that hold questions without a course."""
    return [name for name, writer in writers.installed() if writer.write_bank is not None]


def convert(
    source: Path,
    name: str,
    output: Path,
    *,
    skip_bad: bool = False,
    since: Path | None = None,
    split: int | None = None,
    follow_links: bool = False,
    first_right: bool | None = None,
    free_ticks: bool = False,
    options: Mapping[str, object] = MappingProxyType({}),
    say: Callable[[str], None] = lambda _: None,
) -> Converted:
    """Read the questions of ``source`` and write them as ``name`` into ``output`` (a folder, or a file's path).

    Questions that cannot be read are errors that stop it; with ``skip_bad`` they are left out with a warning. Nothing
    is written when there are errors. ``since`` is an older file, whose questions are left out; ``split`` the most
    questions a file: both for formats that have such options, as ``options`` by name are. ``source`` may be a link only
    with ``follow_links``. ``first_right``: of tagged text that does not tell, the first variant is right.
    ``free_ticks``: a wrong tick costs nothing where several answers are right and no points are reported.
    ``say`` is called with what is being done.
    Raises ``CoursepackError`` for unusable input or a place that cannot be written.
    """
    writer = writers.load(name)
    if writer.write_bank is None:
        raise CoursepackError(f"{name} needs a whole course, expected one of {', '.join(formats())}")
    given = {"since": since, "split": split}
    result = _options(writer, options)
    for option, value in given.items():
        if value is not None and option not in result.__struct_fields__:
            raise CoursepackError(f"{name} has no --{option}, which is for {', '.join(_with(option))}")
    path = sources.check(source.parent, source.name, follow_links=follow_links)
    questions = readers.read_questions(path, first_right=first_right).ticked(free=free_ticks)
    if since is not None:
        sources.check_file(since)
    context = writers.Context(assets=questions.assets, options=writers.chosen(result, given), version=__version__)
    with writers.known(name).guard():
        bank = replace(questions.bank, questions=_counted(questions.bank, say))
        written = writer.write_bank(bank, context)
        if writers.is_others(name):
            written = sound(written, writers.known(name))
        return _written(written, questions, source, output, skip_bad=skip_bad, say=say)


_AT_ONCE = 100
"""So many questions are read between two words about it."""


def _counted(bank: Bank, say: Callable[[str], None]) -> Callable[[], Iterator[Question]]:
    def questions() -> Iterator[Question]:
        for number, question in enumerate(bank.questions(), 1):
            if number % _AT_ONCE == 0:
                say(f"{number} questions read")
            yield question

    return questions


def _options(writer: writers.Writer, stated: Mapping[str, object]) -> msgspec.Struct:
    """The options of a writer as a call says them. Raises ``CoursepackError`` for one that it does not have."""
    try:
        return msgspec.convert(dict(stated), writer.options)
    except msgspec.ValidationError as problem:
        known = ", ".join(writer.options.__struct_fields__) or "none"
        raise CoursepackError(f"options of {writer.name}: {problem}", advice=f"it has {known}") from None


def _written(
    written: Written,
    questions: readers.QuestionFile,
    source: Path,
    output: Path,
    *,
    skip_bad: bool,
    say: Callable[[str], None],
) -> Converted:
    done = Converted()
    done.findings += _softened(questions.findings) if skip_bad else questions.findings
    done.findings += written.findings
    for number, artifact in enumerate(written.artifacts):
        say(f"checking {artifact.name}")
        publish.check_names(artifact, [each.name for each in written.artifacts[:number]])
        done.findings += checks.check_artifact(artifact, checks.Grammar(closed=True))
    if has_errors(done.findings) or not written.artifacts:
        return done
    for artifact, path in _places(written.artifacts, output):
        if path.resolve() == source.resolve():
            raise CoursepackError("is the source itself, expected another file", Place(str(path)))
        say(f"writing {artifact.name}")
        done.files.append((path, publish.file(path, publish.artifact_chunks(artifact))))
    return done


def _with(option: str) -> list[str]:
    """The formats whose writers have such an option."""
    return [
        name
        for name, writer in writers.installed()
        if writer.write_bank is not None and option in writer.options.__struct_fields__
    ]


def _softened(findings: list[Finding]) -> list[Finding]:
    """Errors in single questions as warnings: they are left out, the others are written."""
    return [
        warning(f.code, f"left out: {f.message}", f.place, f.advice) if f.severity is Severity.ERROR else f
        for f in findings
    ]


def _places(artifacts: tuple[Artifact, ...], output: Path) -> list[tuple[Artifact, Path]]:
    if output.is_dir() or not output.suffix:
        return [(artifact, output / artifact.name) for artifact in artifacts]
    if len(artifacts) != 1:
        names = ", ".join(artifact.name for artifact in artifacts) or "none"
        raise CoursepackError(f"{len(artifacts)} files are made ({names}), expected a folder", Place(str(output)))
    return [(artifacts[0], output)]
