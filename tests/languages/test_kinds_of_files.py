"""What is said of files that nobody reads is said in the language of the reader, in tables and in findings."""

from __future__ import annotations

import re

import pytest

from coursepack.files.media import GROUPS
from coursepack.languages.messages import Messages

_ENGLISH = re.compile(r"\b(?:that|it|them|the|into|read|save|export|put|and|or)\b")


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("name", GROUPS)
def test_kinds_of_files_and_what_to_do_with_them(name: str, language: str) -> None:
    said, group = Messages(language), GROUPS[name]
    texts = [group.called, f"not read: {group.called}"]
    texts += [group.advice, f"{group.advice}, or ignore it ([files] of course.toml)"] if group.advice else []
    assert [text for text in map(said, texts) if _ENGLISH.search(text)] == []
