"""A new user with a stopwatch: ``python -m benchmarks.newcomer FOLDER`` makes twelve unlike documents of one
course there (Kazakh, Russian, English; Word, text, Markdown, a page, slides, a PDF), then drafts and builds it.

Seconds of the clock and of the processor for each step, and what a person still has to say. The installation is timed
by a shell: ``time pip install 'coursepack[review]'``.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import docx

from tests.readers import pdf_maker
from tests.readers.deck import Deck

KK = (
    "Топырақ суды, ауаны және онда бұрын тіршілік еткен ағзалардың қалдықтарын сақтайды, өсімдік тамыры керегін содан "
    "алады. "
)
EN = "Soil holds water, air and the remains of what lived in it once; plants root in it. "
TOPICS = ("Топырақ және оның қабаттары", "Топырақтағы су", "Қарашірік", "Өсімдіктер", "Тұздар", "Аяз")
SYLLABUS = """Силлабус

Пән атауы: Топырақтану
Пән коды: TT 2201
Кредит саны: 5
Оқытушы: Қалиева Айгүл Сәрсенқызы

Пәннің мақсаты: студенттерге топырақтың құрамы мен қасиеттерін үйрету.

Негізгі әдебиет:
1. Жамалбеков Е. Топырақтану. – Алматы: Қазақ университеті, 2006. – 272 б.
2. Тазабеков Т. Топырақтану негіздері. – Алматы, 2004. – 180 б.
"""
WORK = "СӨЖ тапсырмалары\n\n1. Төбенің қимасын сызыңыз.\n2. Бір литр құмды өлшеңіз.\n3. Бес жапырақ жинап, атаңыз.\n"
TERMS = {"Гумус": "остатки живого в почве", "Горизонт": "слой почвы одного вида", "Эрозия": "унос почвы водой"}


def lay(folder: Path) -> None:
    """The twelve documents."""
    folder.mkdir(parents=True)
    for number, topic in enumerate(TOPICS[:3], 1):
        lecture = docx.Document()
        lecture.add_heading(f"{number}-дәріс. {topic}", 1)
        lecture.add_paragraph(KK * 6)
        lecture.add_heading("Бақылау сұрақтары", 2)
        for question in ("Топырақ деген не?", "Ол неден тұрады?"):
            lecture.add_paragraph(question, style="List Number")
        lecture.save(str(folder / f"{number} дәріс.docx"))
    terms = docx.Document()
    terms.add_heading("Глоссарий", 1)
    for term, meaning in TERMS.items():
        terms.add_paragraph(f"{term} – {meaning}.")
    terms.save(str(folder / "глоссарий.docx"))
    deck = Deck()
    deck.slide(f"6-дәріс. {TOPICS[5]}", layout=0)
    deck.slide("Аяз туралы", *[KK.strip()] * 3)
    (folder / "дәріс 6.pptx").write_bytes(deck.data())
    lines = [pdf_maker.Word(EN, 72, 720 - 18 * row) for row in range(30)]
    (folder / "article.pdf").write_bytes(pdf_maker.make([[pdf_maker.Word("The life of soils", 72, 760, 16), *lines]]))
    asked = "\n\n".join(
        f"{n}. Что говорится о почве под номером {n}?\nA) она тонкая\nB) она глубокая\nC) ничего\nОтвет: B"
        for n in range(1, 11)
    )
    texts = {
        "силлабус.txt": SYLLABUS,
        "СӨЖ.txt": WORK,
        "тест.txt": f"Тестовые вопросы\n\n{asked}\n",
        "экзамен.txt": "Вопросы к экзамену\n\n"
        + "".join(f"{n}. Расскажите о слое почвы номер {n}.\n" for n in range(1, 21)),
        "дәріс 4.md": f"# 4-дәріс. {TOPICS[3]}\n\n{KK * 4}\n\n## Бақылау сұрақтары\n\n1. Өсімдік не алады?\n",
        "дәріс 5.html": f"<html><head><meta charset=utf-8></head><body><h1>5-дәріс. {TOPICS[4]}</h1><p>{KK * 4}</p>",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")


def timed(name: str, *arguments: str) -> str:
    """A command of coursepack in a process of its own; its last line."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run([sys.executable, "-m", "coursepack", *arguments], capture_output=True, text=True, check=False)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    print(f"{name:8} {time.perf_counter() - start:6.1f} s, {spent:5.1f} s of the processor, exit {done.returncode}")
    return done.stdout.strip().rpartition("\n")[2]


if __name__ == "__main__":
    course = Path(sys.argv[1])
    lay(course)
    print(f"{len(list(course.iterdir()))} documents in {course}")
    timed("init", "init", str(course))
    print(timed("build", "build", str(course), "-o", str(course.parent / f"{course.name}-built")))
