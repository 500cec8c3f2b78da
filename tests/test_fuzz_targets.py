"""The fuzzer's targets: their seeds are sound, and its changes of an archive leave an archive."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from benchmarks.fuzz import shapes
from benchmarks.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_are_sound(name: str, tmp_path: Path) -> None:
    target = TARGETS[name]
    seeds = list(target.seeds())
    assert seeds
    for seed in seeds:
        assert len(seed) <= target.longest
        path = tmp_path / f"a{target.ending}"
        path.write_bytes(seed)
        assert target.run(path) is not None


@pytest.mark.parametrize("name", ["docx", "validate-backup"])
def test_most_changes_leave_an_archive(name: str) -> None:
    target = TARGETS[name]
    data = next(target.seeds())

    def plain(given: bytes, longest: int) -> bytes:
        return given[:-1][:longest]

    changed = [shapes.mutate(target.shape, data, target.longest, seed, plain) for seed in range(40)]
    whole = [made for made in changed if zipfile.is_zipfile(io.BytesIO(made)) or tarfile.is_tarfile(io.BytesIO(made))]
    assert len(whole) > 30
    assert len(set(changed)) > 20
