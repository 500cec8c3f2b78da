"""The console of rich, as far as it may print: a module of its own, for many commands answer faster than rich loads."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from coursepack import visible


class Screen(Console):
    """A console whose colours reach the terminal, and nothing else that a text brings along."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(visible.lines(segment.text), segment.style)

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError  # the command line ends quietly, and with 0: nothing of ours failed
