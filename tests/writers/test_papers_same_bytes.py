"""The same papers from another time zone, another locale and another order of hashes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import hashlib
from coursepack.publish import artifact_chunks
from tests.papers import write
digest = hashlib.sha256()
for name in ("syllabus", "course-set", "exam-tickets"):
    for artifact in write(name, second_language="ru").artifacts:
        digest.update(artifact.name.encode() + b"".join(artifact_chunks(artifact)))
print(digest.hexdigest())
"""


def _digest(**environment: str) -> str:
    made = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, **environment},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout.strip()


def test_the_same_bytes_everywhere() -> None:
    here = _digest(TZ="UTC", LANG="C", PYTHONHASHSEED="1")
    there = _digest(TZ="Asia/Almaty", LANG="kk_KZ.UTF-8", LC_ALL="C.UTF-8", PYTHONHASHSEED="77")
    assert here == there
    assert len(here) == len(hashlib.sha256().hexdigest())
