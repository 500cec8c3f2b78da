"""Lesson plans in tables whose heads are words of the teacher's own: what «me» and «they» do from minute to minute."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outline import documents
from tests.outline.documents import Word

# Heads of the stages, labels of what is wanted, of what is needed, the rows, and what is watched for.
PLANS = {
    "en": (
        ("Min", "Me", "Them", "Watching for"),
        ("What I want them to get", "That ice is lighter than water."),
        ("Stuff to have ready", "two bowls, ice, salt"),
        (("Put the ice into the bowl.", "Watch it and write what you see."), ("Add the salt.", "Measure it again.")),
        "who thinks that it sinks",
    ),
    "ru": (
        ("Мин", "Я", "Они", "На что смотреть"),
        ("Чего хочу добиться", "Чтобы все увидели, что лед легче воды."),
        ("Что взять с собой", "две миски, лед, соль"),
        (("Покажите лед в миске.", "Запишите, что видите."), ("Добавьте соль.", "Измерьте еще раз.")),
        "кто думает, что он утонет",
    ),
    "kk": (
        ("Мин", "Мен", "Олар", "Нені байқау"),
        ("Не күтемін", "Мұздың судан жеңіл екенін бәрі көрсін."),
        ("Маған керек", "екі тостаған, мұз, тұз"),
        (("Мұзды ыдысқа салыңыз.", "Көргеніңізді жазыңыз."), ("Тұзды қосыңыз.", "Қайта өлшеңіз.")),
        "батады деп ойлайтындар",
    ),
}
TOPIC = {"en": "Topic: Why ice floats", "ru": "Тема: Почему лед плавает", "kk": "Тақырыбы: Мұз неге қалқиды"}


@pytest.mark.parametrize("language", sorted(PLANS))
def test_what_both_sides_do_from_minute_to_minute_is_to_be_done(tmp_path: Path, language: str) -> None:
    heads, aim, need, rows, note = PLANS[language]
    word = Word().b(TOPIC[language]).table([aim, need])
    word.p("").table([heads, *((f"{nth * 8}–{nth * 8 + 8}", *row, note) for nth, row in enumerate(rows))])
    word.save(tmp_path / "plan.docx")
    read = documents.read(tmp_path)
    assert read["lecture tasks"] == [[one for row in rows for one in row]]
    assert read["lecture aims"] == [aim[1]]
    assert [text for text in read["texts"][0] if note not in text] == []
    assert len([text for text in read["texts"][0] if note in text]) == len(rows)
