"""What a text without a title may be called by."""

from __future__ import annotations

import pytest

from coursepack.text.opening import opening

SENTENCES = {
    "Read ch. 3 of the textbook. Answer the questions.": "Read ch. 3 of the textbook.",
    "Read e.g. Smith. Then write.": "Read e.g. Smith.",
    "Write an essay on one of the topics:": "Write an essay on one of the topics",
    "1. Draw the map. 2. Measure it.": "1. Draw the map. 2. Measure it.",
    "Write about “power.” Two pages.": "Write about “power.”",
    "Прочитайте гл. 3 учебника. Ответьте на вопросы.": "Прочитайте гл. 3 учебника.",
    "Эссе по книге А. С. Пушкина о дочке. 5 страниц.": "Эссе по книге А. С. Пушкина о дочке.",
    "Сравните законы 1995 г. и 2003 г.: сходства. Сделайте таблицу.": "Сравните законы 1995 г. и 2003 г.: сходства.",
    "Абай т.б. ақындар шығармаларын талдау. Эссе жазу.": "Абай т.б. ақындар шығармаларын талдау.",
    "«Не үшін?» Эссе жазыңыз. Үш бет.": "«Не үшін?» Эссе жазыңыз.",
    "Жоспарды сызыңыз! «Масштаб» сөзін түсіндіріңіз.": "Жоспарды сызыңыз!",
}
CLAUSES = {
    "Compare the two maps of the town; list, sort, count what differs": "Compare the two maps of the town…",
    "Нарисуйте по памяти план (этаж, подъезд, двор) своего района": "Нарисуйте по памяти план…",
    "Ауыл мен қаланың тұрғындарын салыстырыңыз, кестеге түсіріңіз": "Ауыл мен қаланың тұрғындарын салыстырыңыз…",
    "Приведите отношение (номер, клиент, адрес, товар) к нормальной форме": None,
}


@pytest.mark.parametrize("text", SENTENCES)
def test_the_first_sentence(text: str) -> None:
    assert opening(text, 120) == SENTENCES[text]


@pytest.mark.parametrize("text", CLAUSES)
def test_a_longer_sentence_ends_at_a_clause(text: str) -> None:
    assert opening(text, len(text)) == text
    assert opening(text, 50) == CLAUSES[text]


@pytest.mark.parametrize(
    "text", ["", " \n", ":", "x" * 121, "Read, " + "x" * 121, "Take (all of them, the large too, and " + "x" * 99]
)
def test_nothing_where_no_clause_fits(text: str) -> None:
    assert opening(text, 120) is None
