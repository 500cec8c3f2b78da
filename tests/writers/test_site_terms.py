"""A page of the web site holds the definitions that its own terms open."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from tests import program

TEXT = """# Желілер

## 1-дәріс. Коммутатор

Коммутатор – кадрларды бағыттайтын құрылғы. Жақын тұрған компьютерлерді қосады.

## 2-дәріс. Маршрутизатор

Маршрутизатор желілерді қосады. Коммутатор болса бір желіде жұмыс істейді.

## Глоссарий

**Коммутатор** – жергілікті желідегі құрылғы.

**Маршрутизатор** – желілерді қосатын құрылғы.
"""


def test_each_page_holds_what_its_terms_open(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(TEXT, encoding="utf-8")
    done = program.run(("build", tmp_path / "notes.md", "-f", "site", "-o", tmp_path / "out"), timeout=120)
    assert done.returncode == 0, done.stderr
    (archive,) = (tmp_path / "out").rglob("*-site.zip")
    opened = {}
    with zipfile.ZipFile(archive) as site:
        for name in site.namelist():
            if name.endswith("/index.html"):
                page = site.read(name).decode()
                links = set(re.findall(r'href="#(gloss-[^"]+)"', page))
                assert links == set(re.findall(r'class="gloss" id="(gloss-[^"]+)"', page)), name
                opened[name.split("/")[0]] = len(links)
    assert (opened["w01-lecture"], opened["w02-lecture"]) == (1, 2)
