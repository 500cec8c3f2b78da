"""Every signal of a heading has a name; the reasons are said in the language of who asks."""

from __future__ import annotations

from coursepack import outline
from coursepack.languages import messages
from coursepack.outline import Understood
from coursepack.outline.tree import why
from coursepack.outline.tree.signals import weights


def test_every_signal_of_a_heading_is_named() -> None:
    assert set(why._names()) == set(weights()["heading"]) - {"least"}


def test_the_reasons_are_said_in_the_language_of_who_asks(sayasi: Understood) -> None:
    told = outline.why(sayasi, 25, 25, messages.of("ru"))
    assert told[1:] == [
        "  стало: содержание, часть предисловие",
        "  признак заголовка -9, порог 4: длинная строка -6, кончается как предложение -4, за ней идёт текст +1",
        "  внутри: «Алғы сөз»: предисловие, вес 21, следующее результаты обучения (1): слова +11, знакомые слова +10",
        "  внутри: документ: курс, вес курс +52, занятие +13",
    ]
