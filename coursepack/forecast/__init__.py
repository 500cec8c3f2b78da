"""What an LMS will make of a package, part by part, before anybody uploads it (``coursepack forecast``).

``parts`` sees a package as a list of parts with facts; the tables (``moodle.toml``, ``canvas.toml``, ``openedx.toml``)
say what an LMS makes of parts with such facts, each rule with its source; ``rules`` puts the two together.
"""

from __future__ import annotations

from coursepack.forecast.model import Arrival, Forecast, PackagePart
from coursepack.forecast.rules import names
from coursepack.forecast.run import forecast

__all__ = ["Arrival", "Forecast", "PackagePart", "forecast", "names"]
