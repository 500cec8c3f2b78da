"""Artifacts → disk: whole or not at all, and only where they belong.

A file, or the folder of a course, is made beside its place (``aside``) and takes it in one step (``exchange``): a run
that fails, is killed or runs out of disk leaves the last good one. The folder of a course holds exactly what its builds
made (``earlier``), and copies of what people changed in it.
"""

from __future__ import annotations

from coursepack.publish.earlier import (
    ASSETS,
    COURSE,
    EDITED,
    OURS,
    REPORT,
    SUMS,
    EarlierBuild,
    Mark,
    mark,
    marks,
    stated,
)
from coursepack.publish.files import artifact_chunks, file, write_file
from coursepack.publish.folders import folder, synchronise, write_sums
from coursepack.publish.products import Product, carry_over, check_names, revision
from coursepack.publish.staging import PREFIX, StagingArea, staging

__all__ = [
    "ASSETS",
    "COURSE",
    "EDITED",
    "OURS",
    "PREFIX",
    "REPORT",
    "SUMS",
    "EarlierBuild",
    "Mark",
    "Product",
    "StagingArea",
    "artifact_chunks",
    "carry_over",
    "check_names",
    "file",
    "folder",
    "mark",
    "marks",
    "revision",
    "staging",
    "stated",
    "synchronise",
    "write_file",
    "write_sums",
]
