"""HTML pages from the templates of a room (``templates/<room>/``); a department may change those of products."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from coursepack.place import CoursepackError, Place
from coursepack.render.policy import guarded

if TYPE_CHECKING:
    from jinja2 import Environment


def fill(folders: tuple[Path, ...], room: str, name: str, **values: object) -> str:
    """The template ``<room>/<name>`` of the first folder that has it, filled; all values are escaped.

    A whole page gets its content security policy (``policy``).

    Raises ``CoursepackError`` that names the template and the line: missing, a name that does not exist, a mistake.
    """
    import jinja2

    present = tuple(folder for folder in folders if (folder / room / name).is_file())
    try:
        environment = _environment(folders, room, present)
        page = environment.get_template(name).render(**values)
        return guarded(page, room, _source(environment, name))
    except jinja2.TemplateError as problem:
        line = getattr(problem, "lineno", 0) or 0
        raise CoursepackError(
            f"the page template cannot be used: {problem}",
            Place(str(getattr(problem, "filename", None) or f"{room}/{name}"), line, line),
            "compare it with the template that coursepack ships",
        ) from None


def _source(environment: Environment, name: str) -> str:
    return environment.loader.get_source(environment, name)[0] if environment.loader else ""


@cache
def _environment(folders: tuple[Path, ...], room: str, present: tuple[Path, ...]) -> Environment:
    """One a room and run: a template is compiled once, not for each product.

    ``present``, the folders that have the page, is in the key only: a file put before another one is seen.
    """
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder / room for folder in folders]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
