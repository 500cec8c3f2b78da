"""Kazakh in Latin letters, in any of its alphabets, is recognised: it is not read, and nothing takes it for English."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.text.language import foreign, language

TEXTS = {
    "2018": "Topyraq – jerdiń ústińgi qabaty. Ol uzaq ýaqyt ishinde túziledi jáne ósimdikterdi qorektendiredi.",
    "apostrophes": "Topyraq – jerdin' u'stin'gi qabaty. Ol uzaq yaqyt ishinde tu'ziledi ja'ne o'simdikti o'siredi.",
    "2021": "Topyraq – jerdıñ üstıñgı qabaty. Ol ūzaq uaqyt ışınde tüzıledı jäne ösımdıkterdı qorektendıredı.",
}
OTHERS = {
    "": "Iraq and Qatar export oil. The plants take water from the soil, and the leaf breathes through its pores.",
    "Turkish": "Bitkiler topraktan su alır ve güneş ışığı ile besin üretir. Bu süreç için yaprak gereklidir.",
    "German": "Die Pflanzen nehmen Wasser aus dem Boden und bilden mit Licht ihre Nahrung. Für das Wachstum ist Wärme.",
    "Uzbek": "Oʻsimliklar suvni tuproqdan oladi va quyosh nuri bilan oziq tayyorlaydi. Bu jarayon uchun barg kerak.",
}


@pytest.mark.parametrize("alphabet", TEXTS)
def test_kazakh_in_latin_letters(tmp_path: Path, alphabet: str) -> None:
    text = TEXTS[alphabet]
    assert (language(text), foreign(text)) == ("", "Kazakh in Latin letters")
    (tmp_path / "course.txt").write_text(f"Botanika\n\n{text}\n\n{text}\n", "utf-8")
    (loaded,) = find_projects([tmp_path])
    (told,) = [one for one in build.understand(loaded).findings if one.code == "outline-edition-language"]
    assert "the sources are in Kazakh in Latin letters, which is not read" in told.message


@pytest.mark.parametrize("name", OTHERS)
def test_other_languages_in_latin_letters(name: str) -> None:
    assert foreign(OTHERS[name]) == name
