"""The page speaks Kazakh, Russian and English: every word of it, in the language of the browser or the one chosen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coursepack.languages.catalogues import words
from coursepack.project.course_toml import Correction
from coursepack.review import acts, declared, parting, plain, speech, uncertainties
from tests.review.pages import SOIL, Visit, text_of, visit

TEMPLATES = Path(acts.__file__).parent / "pages"
LANGUAGES = ("en", "kk", "ru")


@pytest.fixture
def soil(tmp_path: Path) -> Visit:
    return visit(tmp_path / "soil", {"soil.md": SOIL})


def ids() -> set[str]:
    """Every message that the page may say."""
    text = "".join(path.read_text("utf-8") for path in TEMPLATES.glob("*.html"))
    fixed = {found[2] for found in re.finditer(r"""say\((["'])([^"']*)\1[,)]""", text)}
    kinds = [str(one) for one in Correction.__annotations__["kind"].split('"')[1::2]]
    return fixed | {
        *(f"act: {name}" for name in acts.NAMES),
        *(f"part: {name}" for name in acts.PARTS),
        *(f"about: {field.name}" for field in declared.FIELDS),
        *(f"group: {name}" for name, _ in declared.GROUPS),
        *(f"column: {name}" for name in (*declared.COLUMNS, *acts.OF_TASKS)),
        *(f"setting: {'.'.join(path)}" for path in acts.SETTINGS),
        *(f"release: {name}" for name in acts.RELEASES),
        *(f"way: {name}" for name in parting.WAYS),
        *(f"kind: {name}" for name in kinds),
        *(f"severity: {name}" for name in ("error", "warning", "note")),
        *(f"finding: {name}" for name in uncertainties.KINDS),
        *acts.ROLES,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_there(language: str) -> None:
    found = ids()
    assert len(found) > 200
    known = set(words(language, speech.DOMAIN).messages())
    in_english = {one for one in found if not _CODE.match(one) and one not in acts.ROLES}  # the id is the text
    assert sorted(found - known - (in_english | set(acts.ROLES) if language == "en" else set())) == []


_KINDS = "part|act|kind|finding|about|why|reason|severity|group|column|setting|release|way"
_CODE = re.compile(rf"(?:{_KINDS}): [a-z]")


def test_a_message_has_the_same_fields_in_all_languages() -> None:
    for language in LANGUAGES:
        say = words(language, speech.DOMAIN)
        for message in say.messages():
            wanted = re.findall(r"\{\w+\}", message)
            if wanted:
                assert sorted(re.findall(r"\{\w+\}", say._messages[message])) == sorted(wanted)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("accepted", "word"),
    [
        ("kk-KZ,kk;q=0.9,ru;q=0.8", "Күмәнді жерлер"),
        ("ru", "Сомнения"),
        ("de, ru;q=0.5", "Сомнения"),
        ("de", "Doubts"),
        ("ru;q=0.1, kk;q=0.9", "Күмәнді жерлер"),
        ("", "Doubts"),
        ("ru;q=x", "Doubts"),
    ],
)
def test_the_browsers_choice(soil: Visit, accepted: str, word: str) -> None:
    assert word in text_of(soil.get("/doubts", accepted))


def test_the_switch_stays(soil: Visit) -> None:
    soil.send("/language", to="kk")
    page = soil.get("/", "ru")
    assert '<html lang="kk">' in page
    assert "Дереккөз және курс" in text_of(page)
    soil.send("/language", to="xx")
    assert '<html lang="kk">' in soil.get("/", "ru")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_id_of_a_message_is_shown(soil: Visit, language: str) -> None:
    seen = "".join(
        text_of(soil.get(path, language))
        for path in ("/", "/?s=0&at=1", "/?s=0&at=3", "/doubts", "/about", "/department", "/corrections", "/build")
    )
    assert re.findall(rf"(?<![Nn]o )\b{_CODE.pattern}[a-z.-]*", seen) == []


def test_a_finding_without_plain_words_is_said_by_its_message() -> None:
    for language in LANGUAGES:
        say = words(language, "review")
        assert plain.finding(say, "bank-empty") not in {"", "bank empty"}
        assert plain.finding(say, "cc-bank-for-teachers") == ""
