"""Every signal of a heading has a name; the reasons are said in the language of who asks."""

from __future__ import annotations

import re

from coursepack import outline
from coursepack.languages import messages
from coursepack.outline import Understood
from coursepack.outline.tree import why
from coursepack.outline.tree.signals import weights


def test_every_signal_of_a_heading_is_named() -> None:
    assert set(why._names()) == set(weights()["heading"]) - {"least"}


def test_the_reasons_are_said_in_the_language_of_who_asks(sayasi: Understood) -> None:
    told = [re.sub(r"-?[0-9]+", "9", line) for line in outline.why(sayasi, 25, 25, messages.of("ru"))]
    assert told[1:] == [
        "  стало: содержание части «предисловие»",
        "  признак заголовка 9, порог 9: длинная строка 9, кончается как предложение 9, за ней идёт текст +9",
        "  внутри: «Алғы сөз»: предисловие, вес 9, затем результаты обучения (9): слова +9, известные слова +9",
        "  внутри: документ: курс, взвешено: курс +9, занятие +9",
    ]
