"""Whether a stream is written in colours, for everything that the command line prints.

``NO_COLOR`` that is not empty forbids them (no-color.org), ``FORCE_COLOR`` and ``CLICOLOR_FORCE`` ask for them where no
terminal is (force-color.org, bixense.com/clicolors), ``CLICOLOR=0`` and ``TERM=dumb`` forbid them on a terminal. What
forbids outranks what asks.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TextIO

_OFF = {"", "0"}


def wanted(stream: TextIO, environment: Mapping[str, str] | None = None) -> bool:
    """True where colours are to be written to ``stream``; ``environment`` is the process's own, if not given."""
    stated = os.environ if environment is None else environment
    if stated.get("NO_COLOR"):
        return False
    if stated.get("FORCE_COLOR", "") not in _OFF or stated.get("CLICOLOR_FORCE", "") not in _OFF:
        return True
    return stated.get("CLICOLOR", "1") != "0" and stated.get("TERM") != "dumb" and stream.isatty()
