"""An installed Moodle with the commands of ``living.php``: a course that students work in."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.clients.moodle.moodle import Moodle

SCRIPT = Path(__file__).with_name("living.php")


class Living(Moodle):
    """Like ``Moodle``, with more commands."""

    script = SCRIPT

    def run(self, command: str, *given: object) -> Any:
        php = ["php", "-d", "memory_limit=1G", "-d", "max_input_vars=5000"]
        call = [*php, str(self.script), str(self.tree), command, *map(str, given)]
        done = subprocess.run(call, capture_output=True, text=True, timeout=600, check=False)
        if "=JSON=" not in done.stdout:
            pytest.fail(f"{command}: {done.stdout[-3000:]}{done.stderr[-2000:]}")
        answer = json.loads(done.stdout.split("=JSON=")[1])
        assert not answer["said"], answer["said"]
        return answer["result"]
