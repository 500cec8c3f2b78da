"""What it costs to refuse an archive that nobody should open: seconds of processor and memory, in a process of its own.

python -m benchmarks.hostile
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.checks import archives as made
from tests.checks.archives import tarred, zipped
from tests.checks.test_container import MEASURE
from tests.hostile.test_budgets import ATTACKS


def _laughs() -> bytes:
    return zipped(("imsmanifest.xml", made.LAUGHS.replace(b"<l>", b"<manifest>").replace(b"</l>", b"</manifest>")))


def _outside() -> bytes:
    return zipped(("imsmanifest.xml", made.OUTSIDE))


def _tags() -> bytes:
    manifest = b'<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1">'
    return zipped(("imsmanifest.xml", manifest + b"<a/>" * 20_000_000 + b"</manifest>"), method=zipfile.ZIP_STORED)


def _deep() -> bytes:
    return zipped(("imsmanifest.xml", b"<a>" * 1_000_000), method=zipfile.ZIP_STORED)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "sound, one file (what the program itself costs)": lambda: made.SOUND,
    "one member of 1 GiB of zeros": lambda: made.bomb(2**30),
    "a bomb hidden among noise": made.hidden_bomb,
    "200 members that share their bytes": made.overlapping,
    "100,000 empty members": made.crowd,
    "a gzipped tar of 300 MiB of zeros": lambda: tarred(("a", bytes(300 * 2**20))),
    "paths out of the package": lambda: zipped(*((f"../{n}.txt", b"x") for n in range(1000))),
    "billion laughs in the manifest": _laughs,
    "an external entity in the manifest": _outside,
    "20 million tags in the manifest": _tags,
    "a million elements deep": _deep,
}

HOSTILE |= {name: partial(make, size) for name, (make, size, _) in ATTACKS.items()}


def main() -> None:
    print("what | file, kB | processor, s | memory at most, MiB | refused as")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in HOSTILE.items():
            path = Path(folder) / "x.zip"
            path.write_bytes(make())
            done = subprocess.run(
                [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True
            )
            seconds, memory, *codes = done.stdout.split()
            print(f"{name} | {path.stat().st_size / 1000:.1f} | {seconds} | {memory} | {', '.join(codes)}", flush=True)


if __name__ == "__main__":
    main()
