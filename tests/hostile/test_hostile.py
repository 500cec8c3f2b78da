"""Files made to exhaust the machine are refused or judged: nothing else comes of them, and soon."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from coursepack import build, convert, discovery, limits
from coursepack.checks import products
from coursepack.place import LONGEST, CoursepackError, Finding
from tests.hostile.corpus import Attack, attacks

# Some of what is made is as large as a directory of 2 million members: that is for the benchmark.
_SMALLER = {"many": 60_000, "hidden": 60_000, "zip64": 60_000, "zip64_lying": 60_000, "two_ends": 60_000}
_SMALLER |= {"extra_fields": 100, "small_extra_fields": 100, "zeros": 1 << 25, "bzip_zeros": 1 << 25}
_SMALLER |= {
    "under_the_ratio": 1 << 29,
    "backup_bomb": 1 << 29,
    "one_bomb": 1 << 28,
    "pax_headers": 400,
    "strangers": 200_000,
}
_SMALLER |= {"manifest_tags": 3_000_000, "gzip_members": 10_000, "one_question": 200_000, "backup_members": 1000}
_SMALLER |= {"md_filled_tables": 100}  # fewer are within the limit of cells, and read
ALL = {attack.name: attack for attack in attacks()}


def _said(attack: Attack, path: Path) -> tuple[list[Finding], str]:
    """The findings of a command on a file, or the error that it ends with."""
    try:
        if attack.command == "validate":
            return list(products.validate(path).findings), ""
        if attack.command == "convert":
            return convert.convert(path, "gift", path.parent / "out", skip_bad=True).findings, ""
        (loaded,) = discovery.find_projects([path])
        return list(build.understand(loaded).findings), ""
    except CoursepackError as problem:
        return [], str(problem)


def _size(attack: Attack, *, quick: bool) -> int:
    if attack.make.__name__ in _SMALLER:
        return _SMALLER[attack.make.__name__]
    number = attack.number if attack.command == "validate" else attack.number // 16
    return number // 4 if quick and not attack.code else number


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("quick", [True, pytest.param(False, marks=pytest.mark.long)])
def test_it_is_refused_or_judged(name: str, quick: bool, tmp_path: Path) -> None:
    attack = ALL[name]
    path = tmp_path / attack.file
    path.write_bytes(attack.make(_size(attack, quick=quick)))
    before = time.process_time()
    findings, message = _said(attack, path)
    # What grows with the square takes longer at these sizes; the figures themselves are the benchmark's, at the whole ones.
    assert time.process_time() - before < (6 if quick else 12)
    assert all(len(finding.message) <= LONGEST and len(finding.advice) <= LONGEST for finding in findings)
    assert len(message) < 4 * LONGEST
    codes = {finding.code for finding in findings}
    if attack.code:
        assert any(code.startswith(attack.code) for code in codes), codes
    for code in codes:
        most = limits.now().findings
        assert sum(finding.code == code for finding in findings) <= most + 1


LIMITS = {
    "archive-members=3": ("many", 4, "container-bomb", "more than 3 members"),
    "archive-bytes=100": ("under_the_ratio", 1 << 23, "container-bomb", "that unpack to 8388608"),
    "name-folders=3": ("deep_name", 4, "container-name-deep", "4 folders in a name; at most 3 are read"),
    "name-bytes=8": ("deep_name", 4, "container-name-long", "a name of 9 bytes; at most 8 are read"),
    "xml-marks=10": ("long_href", 4, "ims-manifest-malformed", "XML of more than 10 tags and attributes"),
    "archive-directory-bytes=40": ("deep_name", 4, "container-bomb", "a directory of 55 bytes; at most 40 are read"),
}


@pytest.mark.parametrize("setting", LIMITS)
def test_a_limit_says_its_name_and_the_value_found(
    setting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.hostile import packages

    maker, number, code, words = LIMITS[setting]
    path = tmp_path / "x.zip"
    path.write_bytes(getattr(packages, maker)(number))
    monkeypatch.setenv(limits.VARIABLE, setting)
    (found, *_) = [finding for finding in products.validate(path).findings if finding.code == code]
    told = f"{found.message} {found.advice}"
    assert words in told
    assert f"--limit {setting.partition('=')[0]}=…" in told


def test_a_raised_limit_lets_it_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.hostile import packages

    path = tmp_path / "x.zip"
    path.write_bytes(packages.deep_name(200))
    assert "container-name-deep" in {finding.code for finding in products.validate(path).findings}
    monkeypatch.setenv(limits.VARIABLE, "name-folders=300")
    assert "container-name-deep" not in {finding.code for finding in products.validate(path).findings}
