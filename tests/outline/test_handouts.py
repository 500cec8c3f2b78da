"""A handout of one class: the title of the course over the lines of a head and the title of the class; questions inside
its text are no review of it."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from coursepack import build, discovery
from coursepack.model.course import Course


def course(path: Path) -> Course:
    (loaded,) = discovery.find_projects([path])
    return build.understand(loaded).course


TEXTS = {
    "ru": """Реставрация станковой живописи
===============================

Раздаточный лист к занятию в мастерской, группа Р-22

## Лаковые плёнки: как понять, что перед вами

Лак — это прозрачный слой поверх красок. Он насыщает цвет, защищает от пыли и сам первым стареет. Прежде чем его
трогать, надо узнать, из чего он сделан, и не лежит ли под ним что-нибудь ещё, чего не видно при обычном свете.

### Четыре вопроса к поверхности

1. Светится ли она под ультрафиолетом?
2. Есть ли кракелюр, и заходит ли лак в трещины?
3. Меняется ли блеск от дыхания?

Пока на все три нет ответа, пробу растворителем не делают.

### Проба растворителем

Пробное окно — не больше пяти миллиметров, у края, на светлом участке. Начинают с самого слабого растворителя
и каждые десять секунд смотрят на тампон: желтеет — уходит лак, окрашивается — нужно остановиться.
""",
    "en": """# Conservation of paintings

Handout for the studio, group P-22

## Varnish films: what is in front of you

Varnish is a clear layer over the paint. It deepens the colour, keeps off the dust and is the first thing to age.
Before you touch it you must know what it is made of, and whether something lies below it that daylight does not show.

### Questions for the surface

1. Does it glow under ultraviolet light?
2. Is there a net of cracks, and does varnish run into it?
3. Does the gloss change when you breathe on it?

Until all three are answered no solvent is tried.

### The solvent test

The window is no more than five millimetres wide, at the edge, on a light part. Begin with the weakest solvent,
and look at the swab every ten seconds: when it turns yellow the varnish goes, when it takes colour you stop at once.
""",
    "kk": """# Кескіндеме реставрациясы

Шеберханадағы сабаққа арналған парақ, Р-22 тобы

## Лак қабаты: алдыңызда не тұр

Лак — бояудың үстіндегі мөлдір қабат. Ол түсті қанықтырады, шаңнан қорғайды және бірінші болып ескіреді. Оған
қол тигізбес бұрын оның неден жасалғанын, астында тағы бірдеңе жатқан-жатпағанын білу керек.

### Бетке қойылатын сұрақтар

1. Ол ультракүлгін сәуледе жарқырай ма?
2. Жарықтар торы бар ма?
3. Демнен жылтыры өзгере ме?

Үшеуіне де жауап болмайынша, еріткіш сыналмайды.

### Еріткішті сынау

Сынақ терезесі бес миллиметрден аспайды, шетінде, ашық жерінде болады. Ең әлсіз еріткіштен бастайды.
""",
}
TITLES = {
    "ru": ("Реставрация станковой живописи", "Лаковые плёнки: как понять, что перед вами"),
    "en": ("Conservation of paintings", "Varnish films: what is in front of you"),
    "kk": ("Кескіндеме реставрациясы", "Лак қабаты: алдыңызда не тұр"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_title_of_the_course_stands_over_that_of_the_class(name: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.md"
    path.write_text(TEXTS[name], encoding="utf-8")
    made = course(path)
    (one,) = [each for week in made.weeks for each in week.sessions]
    assert (made.title, one.title) == TITLES[name]


@pytest.mark.parametrize("name", TEXTS)
def test_questions_inside_a_text_are_text(name: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.md"
    path.write_text(TEXTS[name], encoding="utf-8")
    (one,) = [each for week in course(path).weeks for each in week.sessions]
    assert one.review == ()


def test_questions_behind_a_text_are_its_review(tmp_path: Path) -> None:
    path = tmp_path / "sheet.md"
    head, asked, rest = TEXTS["en"].partition("### Questions for the surface")
    questions, _, test = rest.partition("### The solvent test")
    path.write_text(f"{head}### The solvent test{test}\n{asked}{questions}", encoding="utf-8")
    (one,) = [each for week in course(path).weeks for each in week.sessions]
    assert len(one.review) >= 3


def test_the_head_of_a_handout_in_word(tmp_path: Path) -> None:
    path = tmp_path / "sheet.docx"
    document = docx.Document()
    for line in TEXTS["en"].strip().replace("\n1. ", "\n\n1. ").split("\n\n"):
        signs, _, text = line.replace("\n", " ").partition(" ")
        if signs and not signs.strip("#"):
            document.add_heading(text, len(signs))
        else:
            for each in line.split("\n") if line[0].isdigit() else [line.replace("\n", " ")]:
                document.add_paragraph(each)
    document.save(str(path))
    made = course(path)
    (one,) = [each for week in made.weeks for each in week.sessions]
    assert (made.title, one.title) == TITLES["en"]
