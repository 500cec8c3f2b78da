"""A 10,000-question bank as a cartridge: read, written, checked and zipped; time and peak memory.

    python benchmarks/cartridge.py [COUNT]

When the program ``text2qti`` is on the path (or named by the variable TEXT2QTI), it makes a package of the same
questions in the same run; it checks nothing. Each measure is a process of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COUNT = 10_000
_OPTIONS = ("Заң шығарушы билік", "Атқарушы билік", "Сот билігі", "Төртінші билік")


def aiken(count: int) -> str:
    """Single-choice questions in Aiken."""
    parts = []
    for number in range(1, count + 1):
        options = "\n".join(f"{letter}) {text} {number}" for letter, text in zip("ABCD", _OPTIONS, strict=True))
        parts.append(f"{number}-сұрақ: билік тармақтарының қайсысы осы анықтамаға сай келеді?\n{options}\nANSWER: B\n")
    return "\n".join(parts)


def text2qti(count: int) -> str:
    """The same questions in the format of text2qti."""
    parts = ["Quiz title: Сұрақтар қоры\n"]
    for number in range(1, count + 1):
        options = "\n".join(
            f"{'*' if letter == 'b' else ''}{letter}) {text} {number}"
            for letter, text in zip("abcd", _OPTIONS, strict=True)
        )
        parts.append(f"{number}. {number}-сұрақ: билік тармақтарының қайсысы осы анықтамаға сай келеді?\n{options}\n")
    return "\n".join(parts)


def ours(source: Path, target: Path, *, checked: bool) -> None:
    """Read, write, check and zip, in this process."""
    from coursepack.checks import check_artifact
    from coursepack.model.artifact import Bank
    from coursepack.publish import artifact_chunks, file
    from coursepack.readers.aiken import read
    from coursepack.writers import Context
    from coursepack.writers.cartridge.writer import cc11

    questions = read(source).bank.questions
    bank = Bank(id="bank", title="Сұрақтар қоры", language="kk", questions=questions)
    assert cc11.write_bank is not None
    (artifact,) = cc11.write_bank(bank, Context()).artifacts
    if checked:
        findings = check_artifact(artifact)
        assert not findings, findings[:3]
    file(target, artifact_chunks(artifact))


def _measure(command: list[str], folder: Path) -> tuple[float, float, float]:
    """Wall seconds, processor seconds (what a busy machine does not change) and peak megabytes of a command."""
    before = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    return time.perf_counter() - before, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    if sys.argv[1:2] == ["--ours"]:
        ours(Path(sys.argv[2]), Path(sys.argv[3]), checked=sys.argv[4] == "checked")
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "questions.txt").write_text(aiken(count), encoding="utf-8")
        (folder / "questions.t2q.txt").write_text(text2qti(count), encoding="utf-8")
        me = [sys.executable, str(Path(__file__).resolve()), "--ours", "questions.txt", "bank.imscc"]
        results = {
            "coursepack, with checks": _measure([*me, "checked"], folder),
            "coursepack, without": _measure([*me, "unchecked"], folder),
        }
        peer = os.environ.get("TEXT2QTI") or shutil.which("text2qti")
        if peer:
            results["text2qti"] = _measure([peer, "questions.t2q.txt"], folder)
        size = (folder / "bank.imscc").stat().st_size
    print(f"{count} questions, package of {size / 1e6:.1f} MB")
    peers = results.get("text2qti")
    for label, (wall, busy, megabytes) in results.items():
        share = f"  {peers[0] / wall:.1f}x {peers[1] / busy:.1f}x" if peers else ""
        print(f"{label:26} {wall:6.2f} s {busy:6.2f} s of processor {megabytes:6.0f} MB{share}")


if __name__ == "__main__":
    main()
