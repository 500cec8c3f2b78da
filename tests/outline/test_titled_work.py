"""Work below a class whose heading is the abbreviation for independent work with a title: «СӨЖ 1. Тема»."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text

WEEK = """# {week}

## {lesson}

{text}

### {tasks}

1. {one}
2. {two}

## {head}

{work}
"""
KK = {
    "week": "2-апта",
    "lesson": "2-семинар. Кеңес Одағы",
    "text": "Мәтін бар абзац, бірнеше сөзден тұрады және осында аяқталады.",
    "tasks": "Тапсырмалар",
    "one": "Сызба жасаңыз.",
    "two": "Кесте құрыңыз.",
    "work": "Тоталитарлық жүйенің қоғам өміріне әсеріне талдау жасаңыз.",
}
RU = {
    "week": "Неделя 2",
    "lesson": "Семинар 2. Советский Союз",
    "text": "Абзац с текстом, в котором несколько слов и который здесь кончается.",
    "tasks": "Задания",
    "one": "Нарисуйте схему.",
    "two": "Составьте таблицу.",
    "work": "Сделайте анализ влияния тоталитарного режима на жизнь общества.",
}


@pytest.mark.parametrize(
    ("words", "head"),
    [
        (KK, "СӨЖ. Саяси қуғын-сүргін"),
        (KK, "СӨЖ 1. Саяси қуғын-сүргін"),
        (KK, "1-СӨЖ. Саяси қуғын-сүргін"),
        (KK, "МӨЖ. Саяси қуғын-сүргін тарихының зерттелу деңгейі, оның ұғымы…"),
        (KK, "СӨЖ: саяси қуғын-сүргін"),
        (KK, "СӨЖ"),
        (RU, "СРС 1. Политические репрессии"),
        (RU, "СРО. Политические репрессии"),
    ],
)
def test_it_is_work_of_the_week_and_no_task_of_the_class(words: dict[str, str], head: str, tmp_path: Path) -> None:
    (tmp_path / "апта.md").write_text(WEEK.format(**words, head=head), encoding="utf-8")
    (project,) = find_projects([tmp_path])
    (week,) = build.understand(project).course.weeks
    (session,) = week.sessions
    assert [block_text(task.blocks) for task in session.tasks] == [words["one"], words["two"]]
    (work,) = week.assignments
    assert block_text(work.blocks).endswith(words["work"])
    assert not session.review
