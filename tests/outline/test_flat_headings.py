"""Documents whose headings all look alike, as a PDF has them: what stands below a heading is told by words alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects

PLANS = {
    "kk": """# АЗАМАТТЫҚ ҚҰҚЫҚ

## 1. Пәннің қысқаша сипаттамасы

Пән азаматтық құқықтың қағидаттарын, субъектілері мен объектілерін және мәмілелерді қамтиды.

## 3. Тақырыптық жоспар

| Апта | Дәріс тақырыбы | Семинар тақырыбы |
|---|---|---|
| 1 | Азаматтық құқық ұғымы | Заңнаманың бастаулары |
| 2 | Құқықтық қатынас | Казус: көршілердің дауы |
| 3 | Жеке тұлғалар | Әрекет қабілеттілігі |
| 4 | Заңды тұлғалар | Жарғыны талдау |

## 4. Студенттің өздік жұмысы

""",
    "ru": """# ГРАЖДАНСКОЕ ПРАВО

## 1. Краткое описание дисциплины

Дисциплина охватывает начала гражданского права, его субъекты, объекты и сделки.

## 3. Тематический план

| Неделя | Тема лекции | Тема семинара |
|---|---|---|
| 1 | Понятие гражданского права | Источники законодательства |
| 2 | Правоотношение | Казус: спор соседей |
| 3 | Физические лица | Дееспособность |
| 4 | Юридические лица | Разбор устава |

## 4. Самостоятельная работа студента

""",
}
WORKS = {
    "kk": (
        "СӨЖ-{}. {}",
        ("Сот шешіміне түсініктеме", "Мәміле жобасы", "Талап арыз"),
        "Тапсыру мерзімі: 2025 жылғы 10 қазан. Ең жоғары балл – 20. Көлемі 3 бет, үш сілтеме.",
        "## 5. Бағалау саясаты\n\nСабаққа себепсіз келмеу балды төмендетеді.\n",
    ),
    "ru": (
        "СРС-{}. {}",
        ("Комментарий к решению суда", "Проект сделки", "Исковое заявление"),
        "Срок сдачи: 10 октября 2025 г. Максимальный балл – 20. Объём 3 страницы, три ссылки.",
        "## 5. Политика оценивания\n\nПропуск занятий без причины снижает балл.\n",
    ),
}


@pytest.mark.parametrize("lang", PLANS)
def test_work_whose_heading_stands_beside_that_of_its_list_is_claimed_once(tmp_path: Path, lang: str) -> None:
    head, titles, told, behind = WORKS[lang]
    tasks = "".join(f"## {head.format(nth, name)}\n\n{told}\n\n" for nth, name in enumerate(titles, 1))
    (tmp_path / "syllabus.md").write_text(PLANS[lang] + tasks + behind, encoding="utf-8")
    (loaded,) = find_projects([tmp_path])
    found = build.understand(loaded)
    assert [one.code for one in found.findings if one.code.startswith("ledger")] == []
    works = [one for week in found.course.weeks for one in week.assignments]
    assert [(one.number, one.title, one.points) for one in works] == [
        (nth, name, 20.0) for nth, name in enumerate(titles, 1)
    ]
