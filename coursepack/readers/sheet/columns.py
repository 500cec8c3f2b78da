"""Heads of the question table's columns and names of its types, as people write them (docs/question-table.md)."""

from __future__ import annotations

import re

_COLUMNS: dict[str, str] = {
    "id": "id|ид",
    "type": "type|тип|түрі|тип вопроса|сұрақ түрі|question type",
    "category": "category|категория|санат|тема|тақырып|topic|раздел|бөлім",
    "title": "title|name|название|атауы",
    "text": "text|question|question text|вопрос|текст|текст вопроса|задание|сұрақ|мәтін|сұрақ мәтіні",
    "options": (
        "options|answers|choices|варианты|варианты ответов|варианты ответа|ответы|нұсқалар|жауап нұсқалары|жауаптар"
    ),
    "key": (
        "key|correct|answer|correct answer|right answer|ключ|ответ|правильный ответ|верный ответ|"
        "кілт|жауап|дұрыс жауап|жауабы"
    ),
    "mark": "mark|points|score|балл|баллы|балы|ұпай",
    "feedback": "feedback|comment|explanation|пояснение|комментарий|түсініктеме|түсінік",
    "option feedback": "option feedback|пояснения к вариантам|нұсқа түсініктемелері",
    "grader notes": "grader notes|для проверяющего|тексерушіге",
    "template": "template|шаблон ответа|жауап үлгісі",
    "tags": "tags|метки|белгілер",
    "printed": "printed|номер в источнике|басылған нөмір|№|no|n|номер|нөмір|number|#|п/п|№ п/п|р/с|р/с №",
    "variant of": "variant of|вариант вопроса|қай сұрақтың нұсқасы",
    "session": "session|занятие|сабақ",
    "settings": "settings|настройки|баптаулар",
}
_BY_HEAD = {head: name for name, heads in _COLUMNS.items() for head in heads.split("|")}
# «A», «Б», «Вариант 1», «Option B», «1-нұсқа»: a column for each option.
_OPTION = re.compile(
    r"(?:option|answer|choice|вариант|ответ|нұсқа|жауап)?\s*(?:№\s*)?(?:[A-HА-ЗӘҒ]|\d{1,2})\s*(?:\)\s*)?(?:(?:[-–]\s*)?нұсқа)?|"
    r"\d{1,2}\s*[-–]\s*(?:нұсқа|жауап)",
    re.IGNORECASE,
)

_LONGEST_HEAD = 200

_TYPES: dict[str, str] = {
    "essay": "essay|эссе|развёрнутый ответ|развернутый ответ|открытый|ашық|жазбаша",
    "multiple-choice": (
        "multiple-choice|multichoice|single|один|один ответ|выбор|бір жауап|бір жауапты|таңдау|закрытый|mc"
    ),
    "multiple-response": (
        "multiple-response|multiple|несколько|несколько ответов|множественный выбор|көп жауап|"
        "көп жауапты|бірнеше жауап|mr"
    ),
    "true-false": "true-false|truefalse|true/false|верно/неверно|да/нет|дұрыс/бұрыс|иә/жоқ|tf",
    "short-answer": "short-answer|shortanswer|short|краткий ответ|короткий ответ|қысқа жауап|sa",
    "numerical": "numerical|number|число|числовой|сан|сандық",
    "matching": "matching|match|соответствие|на соответствие|сәйкестік|сәйкестендіру",
    "cloze": "cloze|пропуски|бос орын",
    "description": "description|описание|сипаттама|текст|мәтін",
}
_BY_TYPE = {word: name for name, words in _TYPES.items() for word in words.split("|")}


def column_of(head: str) -> str | None:
    """The column that a head names (``option`` for one of several option columns), or None."""
    if len(head) > _LONGEST_HEAD:
        return None
    text = " ".join(head.replace("\n", " ").lower().split()).strip(" .:*")
    if text in _BY_HEAD:
        return _BY_HEAD[text]
    return "option" if text and _OPTION.fullmatch(text) else None


def type_of(text: str) -> str | None:
    """The type that a word names, or None."""
    return _BY_TYPE.get(" ".join(text.lower().replace("_", "-").split()))
