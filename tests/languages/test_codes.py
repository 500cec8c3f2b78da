"""The table of finding codes: as the source is, in every language, and printed by ``coursepack explain``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from coursepack.checks import sarif
from coursepack.cli import cli
from coursepack.languages import codes, data, messages
from coursepack.place import CoursepackError, Severity, error, warning
from tools import codes as tool


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments])


def test_the_table_is_as_the_source_is() -> None:
    assert tool.wrong() == []


def test_a_code_that_is_missing_and_one_that_nothing_makes_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    table = dict(codes.severities())
    del table["container-encrypted"]
    table["container-never-made"] = (Severity.ERROR,)
    table["container-bomb"] = (Severity.NOTE,)
    monkeypatch.setattr(codes, "severities", lambda: table)
    lines = "\n".join(tool.wrong())
    assert "container-encrypted is not in codes.toml" in lines
    assert "codes.toml: nothing makes container-never-made" in lines
    assert "en/codes.toml: container-never-made is missing" in lines
    assert "en/codes.toml: container-encrypted is not in codes.toml" in lines


def test_what_no_test_raised_is_named(tmp_path: Path) -> None:
    every = [key for key in codes.severities() if "*" not in key]
    lines = [f"{code} {codes.severities()[code][0]}\n" for code in every[1:]]
    lines += ["docx-left-out warning\n", "container-encrypted note\n", "no-such-code error\n"]
    (tmp_path / "1.txt").write_text("".join(lines), "utf-8")
    other, left = tool.judged(tmp_path)
    assert other == [
        "container-encrypted was raised as note, which codes.toml does not say",
        "no-such-code was raised as error, which codes.toml does not say",
    ]
    assert every[0] in left
    assert not {"*-left-out", every[1]} & set(left)


@pytest.mark.parametrize("language", messages.spoken())
def test_every_explanation_is_a_sentence_of_its_language(language: str) -> None:
    own = {"en": "[a-z]", "kk": "[а-яәғқңөұүһі]", "ru": "[а-я]"}[language]
    table = data(language, codes.FILE)
    for key, words in table.items():
        assert set(words) == {"text", "advice"}, key
        for text in words.values():
            assert re.search(own, text), f"{language} {key}: {text}"
            assert re.search(r"[.»)]$", text), f"{language} {key}: {text}"
            assert len(text) <= 400, f"{language} {key}: {text}"
            assert not set(text) & set('"{}'), f"{language} {key}: {text}"
    same = [key for key, words in table.items() if language != "en" and words == data("en", codes.FILE)[key]]
    assert same == []


def test_families_hold_codes_that_are_put_together() -> None:
    assert codes.entry("docx-left-out") == "*-left-out"
    assert codes.entry("-left-out") is None
    assert codes.entry("container-encrypted") == "container-encrypted"
    assert codes.entry("nothing-like-it") is None


def test_explain_prints_what_it_means_and_what_to_do() -> None:
    one = codes.explained("container-encrypted")
    said = run("explain", "[container-encrypted]")
    assert (said.exit_code, said.stdout) == (0, f"container-encrypted (error)\n  {one.text}\n  -> {one.advice}\n")
    kazakh = codes.explained("container-encrypted", "kk")
    assert run("--messages", "kk", "explain", "container-encrypted").stdout.splitlines()[1:] == [
        f"  {kazakh.text}",
        f"  -> {kazakh.advice}",
    ]


def test_explain_as_json_has_every_language() -> None:
    (one,) = json.loads(run("explain", "--json", "container-encrypted").stdout)
    assert one["severities"] == ["error"]
    assert one["text"] == {code: codes.explained("container-encrypted", code).text for code in ("en", "kk", "ru")}
    every = json.loads(run("explain", "--json", "--all").stdout)
    assert [each["code"] for each in every] == list(codes.severities())


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    problem = run("explain", "container-encryptet").exception
    assert isinstance(problem, CoursepackError)
    assert problem.message == "container-encryptet: no finding has this code"
    assert problem.advice == "did you mean container-encrypted?"
    assert "Missing argument 'CODE...'." in run("explain").stderr


def test_sarif_rules_say_what_a_code_means() -> None:
    log = sarif.Log("1")
    found = [error("container-encrypted", "x"), warning("plugin-own", "y")]
    document = json.loads(log.begin() + log.add("a.zip", found) + log.end())
    first, second = document["runs"][0]["tool"]["driver"]["rules"]
    one = codes.explained("container-encrypted")
    assert first == {
        "id": "container-encrypted",
        "fullDescription": {"text": one.text},
        "help": {"text": one.advice},
        "defaultConfiguration": {"level": "error"},
    }
    assert second == {"id": "plugin-own"}


def test_a_language_without_the_table_is_answered_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "known", lambda: ("en", "es"))
    monkeypatch.setattr(codes, "data", lambda code, name: {} if code == "es" else data(code, name))
    assert codes.explained("container-encrypted", "es") == codes.explained("container-encrypted")
