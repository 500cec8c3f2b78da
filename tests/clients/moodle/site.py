"""An installed Moodle with the commands of ``arrived.php``: what arrives of a package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.clients.moodle.living import Living


class Site(Living):
    """With the commands of ``arrived.php``."""

    script = Path(__file__).with_name("arrived.php")

    def arrive(self, path: Path) -> dict[str, Any]:
        """What arrives of a package or question file."""
        name = path.name.lower()
        call: tuple[object, ...]
        if name.endswith((".mbz", ".imscc")):
            call = ("arrive", path)
        elif name.endswith(".zip"):
            call = ("player", path)
        else:
            form = "aiken" if "aiken" in name else "gift" if "gift" in name else "xml"
            call = ("import", path, form)
        found: dict[str, Any] = self.run(*call)
        return found

    @property
    def lms(self) -> str:
        return "moodle-5.0" if self.five else "moodle-4.5"
