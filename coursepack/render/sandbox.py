"""Where a template runs, whoever wrote it: what it may reach, how long it may take, how much memory it may use.

A template reaches the data that it is given, the methods of text, numbers and lists, and the functions that are
offered to it; no attribute that begins with «_», no other call, nothing of Python. That holds for every template. One
that coursepack does not ship is filled in a child process as well (``aside``), for no sandbox of a language ends a
loop or holds memory.
"""

from __future__ import annotations

import atexit
import dataclasses
import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from jinja2 import FileSystemLoader, TemplateNotFound
from jinja2.environment import Environment
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, LoopContext, Macro, TemplateReference, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace

from coursepack import isolated, limits
from coursepack.place import Place

T = TypeVar("T")

_TEXT_AND_NUMBERS = (str, int, float, bool, type(None))
_PLAIN = (*_TEXT_AND_NUMBERS, list, tuple, dict, set, frozenset, range)
_OF_JINJA = (LoopContext, Macro, BlockReference, TemplateReference, Namespace, Cycler, Joiner, Undefined)
_JINJAS_OWN = ("_loop_vars", "_block_vars")
"""What Jinja adds to the arguments of a call, and takes away again."""
_GUARDED = "guarded_by_the_sandbox"
_NOT_THERE = {"globals": ("lipsum",), "filters": ("random",)}
"""What would write other bytes in every run."""


class FieldGroup:
    """Fields under one name (``second.title``, ``ticket.number``)."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self.__dict__.update(fields)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja, with nothing in reach but data and what is offered."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for name in _NOT_THERE["globals"]:
            self.globals.pop(name, None)
        for name in _NOT_THERE["filters"]:
            self.filters.pop(name, None)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """True for a public attribute of data."""
        return super().is_safe_attribute(obj, attr, value) and (isinstance(obj, (*_PLAIN, *_OF_JINJA)) or _is_data(obj))

    def is_safe_callable(self, obj: Any) -> bool:
        """True for what a template defines, for methods of data and for what is offered."""
        if isinstance(obj, (Macro, BlockReference, LoopContext, Undefined)) or _is_offered(obj):
            return True
        if getattr(obj, _GUARDED, False) is True or any(obj is known for known in self.globals.values()):
            return True
        owner = getattr(obj, "__self__", None)
        return (
            super().is_safe_callable(obj)
            and owner is not None
            and (isinstance(owner, (*_PLAIN, *_OF_JINJA)) or _is_data(owner))
        )

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Jinja's own guard of ``str.format``, known again when it is called."""
        found = super().wrap_str_format(value)
        if found is not None:
            setattr(found, _GUARDED, True)
        return found

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - Jinja's signature
        """As Jinja calls; what is offered is given text and numbers only (``str.format`` reads attributes)."""
        if _is_offered(__obj):
            theirs = [value for name, value in kwargs.items() if name not in _JINJAS_OWN]
            if not all(isinstance(value, _TEXT_AND_NUMBERS) for value in (*args, *theirs)):
                raise SecurityError("a fixed word takes text and numbers only")
        return super().call(__context, __obj, *args, **kwargs)


def _is_offered(obj: Any) -> bool:
    """True for a function, or an instance of a class, that says ``offered_to_templates`` of itself."""
    return not isinstance(obj, Undefined) and getattr(obj, "offered_to_templates", False) is True


def _is_data(obj: Any) -> bool:
    kind = type(obj)
    return issubclass(kind, (msgspec.Struct, FieldGroup)) or dataclasses.is_dataclass(kind)


class Loader(FileSystemLoader):
    """Templates of these folders, none by way of a link that leads out of them."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The source, its path and whether it is still the same. Raises ``TemplateNotFound``."""
        source, path, fresh = super().get_source(environment, template)
        real = Path(path).resolve()
        if not any(real.is_relative_to(Path(folder).resolve()) for folder in self.searchpath):
            raise TemplateNotFound(template, f"{template} is a link that leads out of the folder of templates")
        return source, path, fresh


def aside(task: str, kind: type[T], *values: object, place: Place) -> T:
    """``module:function``, called in a child process with ``values``; its result.

    Raises ``CoursepackError``: what the function raised, or that it needed more time or memory than a template may.
    """
    # The child is ours and takes these bytes from us; what comes back is never unpickled.
    return _worker(limits.now()).ask(task, pickle.dumps(values), kind, place=place)


def given(payload: bytes) -> Any:
    """In the child: the values."""
    return pickle.loads(payload)  # noqa: S301 - the parent's own bytes


@cache
def _worker(now: limits.Limits) -> isolated.Worker:
    worker = isolated.Worker(isolated.ChildBudget(now.template_seconds, now.template_memory, now.template_written))
    atexit.register(worker.close)
    return worker
