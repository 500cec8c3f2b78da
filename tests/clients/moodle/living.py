"""An installed Moodle with the commands of ``living.php``: a course that students work in."""

from __future__ import annotations

from pathlib import Path

from tests.clients.moodle.moodle import Moodle


class Living(Moodle):
    """Like ``Moodle``, with more commands."""

    script = Path(__file__).with_name("living.php")
