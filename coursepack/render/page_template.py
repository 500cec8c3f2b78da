"""HTML pages from the templates of a room (``templates/<room>/``); a department may change those of products."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from coursepack.files.resources import templates_dir
from coursepack.place import CoursepackError, Place
from coursepack.render.policy import guarded

if TYPE_CHECKING:
    from coursepack.render.sandbox import Sandbox


def fill(folders: tuple[Path, ...], room: str, name: str, **values: object) -> str:
    """The template ``<room>/<name>`` of the first folder that has it, filled; all values are escaped.

    A whole page gets its content security policy (``policy``). Where one of the folders is not coursepack's own, that
    is done in a child process.

    Raises ``CoursepackError`` that names the template and the line: missing, a name that does not exist, a mistake,
    more time or memory than a template may use.
    """
    present = tuple(folder for folder in folders if (folder / room).is_dir())
    if all(folder == templates_dir() for folder in present):
        return _filled(present, room, name, values)
    from coursepack.render import sandbox

    page = next((folder / room / name for folder in present if (folder / room / name).is_file()), Path(room, name))
    return sandbox.aside(f"{__name__}:filled", str, present, room, name, values, place=Place(str(page)))


def filled(payload: bytes) -> str:
    """In the child: the page."""
    from coursepack.render import sandbox

    return _filled(*sandbox.given(payload))


def _filled(folders: tuple[Path, ...], room: str, name: str, values: dict[str, object]) -> str:
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
            "compare it with the built-in template",
        ) from None
    except (CoursepackError, MemoryError):
        raise
    except Exception as problem:  # an expression of a template can fail in any way that Python knows
        place = Place(str(next((folder / room / name for folder in present), f"{room}/{name}")))
        raise CoursepackError(
            f"the page template cannot be used: {problem}", place, "compare it with the built-in template"
        ) from None


def _source(environment: Sandbox, name: str) -> str:
    """The text of a template, and of those that it extends or includes by name."""
    from jinja2 import meta

    if environment.loader is None:
        return ""
    texts: dict[str, str] = {}
    waiting = [name]
    while waiting:
        if (one := waiting.pop(0)) in texts:
            continue
        texts[one] = environment.loader.get_source(environment, one)[0]
        waiting += [more for more in meta.find_referenced_templates(environment.parse(texts[one])) if more]
    return "\n".join(texts.values())


@cache
def _environment(folders: tuple[Path, ...], room: str, present: tuple[Path, ...]) -> Sandbox:
    """One a room and run: a template is compiled once, not for each product.

    ``present``, the folders that have the page, is in the key only: a file put before another one is seen.
    """
    import jinja2

    from coursepack.render.sandbox import Loader, Sandbox

    return Sandbox(
        loader=Loader([folder / room for folder in folders]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
