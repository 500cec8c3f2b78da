"""Writer → artifacts → checks → the folder of a course: one product after another."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from coursepack import checks, plugins, publish, writers
from coursepack.checks import Grammar
from coursepack.model.artifact import Artifact, Assets
from coursepack.model.course import Course
from coursepack.place import Finding, error, has_errors
from coursepack.publish import Product
from coursepack.writers.others import sound


@dataclass
class Making:
    """The products of a course, made in the folder ``new``, and the findings on it and them: with an error among them
    no product is written any more. ``context`` is what course.toml and the call give to a writer; ``called`` is what
    names of products begin with, where it is not the id of the course."""

    course: Course
    context: Callable[[writers.Writer], writers.Context]
    grammar: Grammar
    new: Path
    say: Callable[[str], None]
    findings: list[Finding]
    products: list[Product] = field(default_factory=list)
    called: str | None = None
    sources: dict[str, bytes] = field(default_factory=dict)
    """What papers are made from (``Artifact.source``), by their names."""

    def make(self, name: str) -> bool:
        """The products of the writer of that name; False when it is another's, and failed."""
        self.say(f"writing {name}")
        return self._apart(name) if writers.is_others(name) else self._make(name)

    def _make(self, name: str) -> bool:
        writer = writers.load(name)
        written = writer.write(self.course, self.context(writer))
        # What both cartridges or all SCORM packages say is said once.
        stated = set(self.findings)
        self.findings += [reported for reported in written.findings if reported not in stated]
        for artifact in map(self._named, written.artifacts):
            self.say(f"checking {artifact.name}")
            self.findings += checks.check_artifact(artifact, self.grammar)
            if not has_errors(self.findings):
                self.products.append(published(artifact, self.new, self.products))
                if artifact.source:
                    self.sources[artifact.name] = artifact.source
        return True

    def _named(self, artifact: Artifact) -> Artifact:
        """An edition's product says whose it is: the writers name files by the id that all editions share."""
        if self.called is None or not artifact.name.startswith(self.course.id):
            return artifact
        return replace(artifact, name=self.called + artifact.name.removeprefix(self.course.id))

    def _apart(self, name: str) -> bool:
        """What another's writer makes stops no other product: with an error of its own, it alone is not published."""
        before = set(self.new.iterdir())
        reported: list[Finding] = []
        result: list[Product] = []
        try:
            with writers.known(name).guard(), contextlib.redirect_stdout(sys.stderr):  # stdout is for our answer
                self._of_others(name, reported, result)
        except plugins.PluginError as problem:
            reported.append(error("plugin-failed", problem.message, problem.place, problem.advice))
        self.findings += [each for each in reported if each not in self.findings]
        if has_errors(reported):
            for path in set(self.new.iterdir()) - before:
                path.unlink()
            return False
        self.products += result
        return True

    def _of_others(self, name: str, reported: list[Finding], result: list[Product]) -> None:
        writer = writers.load(name)
        context = self.context(writer)
        if not isinstance(context.options, writer.options):
            raise writers.known(name).error(f"cannot have its options: the table [{writer.table}] is another writer's")
        own = replace(context, assets=Assets(dict(context.assets.data)))
        written = sound(writer.write(self.course, own), writers.known(name))
        reported += written.findings
        for artifact in map(self._named, written.artifacts):
            self.say(f"checking {artifact.name}")
            reported += checks.check_artifact(artifact, self.grammar)
            if not has_errors(reported):
                result.append(published(artifact, self.new, [*self.products, *result]))


def published(artifact: Artifact, new: Path, before: Sequence[Product]) -> Product:
    """An artifact as a file in ``new``. Raises ``CoursepackError`` for a name that no product may have."""
    publish.check_names(artifact, [*publish.OURS, *(product.file for product in before)])
    size, digest = publish.write_file(new / artifact.name, publish.artifact_chunks(artifact))
    return Product(
        file=artifact.name,
        format=artifact.format,
        size=size,
        sha256=digest,
        checks=artifact.layers,
        audience=artifact.audience,
    )
