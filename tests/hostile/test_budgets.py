"""Packages that cost more than they should, judged by ``coursepack validate`` in a process of its own.

Memory is held to 300 MB and processor time to ten seconds, which stands for «never»: each takes under two on an idle
machine (``python -m benchmarks.hostile`` prints what it takes).
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile import packages

pytestmark = pytest.mark.long

Make = Callable[[int], bytes]

ATTACKS: dict[str, tuple[Make, int, str]] = {
    "a name of 30,000 folders": (packages.deep_tar, 30_000, "container-name-"),
    "10,000 names of 100 folders": (packages.deep_names, 10_000, ""),
    "a chain of 8,000 dependencies": (packages.cartridge_chain, 8_000, ""),
    "the same in SCORM": (packages.scorm_chain, 8_000, ""),
    "a million members behind an end record of 0xFFFF": (packages.many, 1_000_000, "container-bomb"),
    "a million behind an end record that says 1": (packages.hidden, 1_000_000, "container-bomb"),
    "a million in ZIP64": (packages.zip64, 1_000_000, "container-bomb"),
    "a million in ZIP64 that says 1": (packages.zip64_lying, 1_000_000, "container-bomb"),
    "an address of 5 MB": (packages.long_href, 5_000_000, ""),
    "an identifier of 100 kB in many findings": (packages.long_identifier, 100_000, ""),
    "a backup that unpacks to 1 GiB": (packages.backup_bomb, 1 << 30, "container-bomb"),
    "a page of 20,000 broken references": (packages.broken_references, 20_000, ""),
    "20,000 missing files": (packages.missing_files, 20_000, ""),
    "PAX headers that fill the memory": (packages.pax_headers, 500, "container-bomb"),
    "one shared sequencing used 1,000 times": (packages.shared_sequencing, 1_000, ""),
}

# The memory of this process alone (proc(5)): getrusage counts what its parent had when it was forked.
MEASURED = """
import atexit, re, time
from coursepack.cli import main
def cost():
    memory = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]
    print(f"cost {time.process_time():.2f} {memory}", flush=True)
atexit.register(cost)
main()
"""


@pytest.mark.parametrize("name", ATTACKS)
def test_it_is_judged_within_its_budget(name: str, tmp_path: Path) -> None:
    make, size, code = ATTACKS[name]
    path = tmp_path / "x.zip"
    path.write_bytes(make(size))
    process = subprocess.run([sys.executable, "-c", MEASURED, "validate", str(path)], capture_output=True, text=True)
    said, _, cost = process.stdout.rpartition("cost ")
    seconds, memory = cost.split()
    assert process.returncode == 1, said[-500:] + process.stderr[-500:]
    assert f"[{code}" in said
    assert "could not finish" not in said
    assert max(len(line) for line in said.splitlines()) < 10_000
    assert float(seconds) < 10
    assert int(memory) < 300_000
