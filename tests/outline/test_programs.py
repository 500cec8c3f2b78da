"""Programs typed as plain lines or paragraphs of a lecture are listings, indented as they were; not so in a bank."""

from __future__ import annotations

from pathlib import Path

from coursepack import build, discovery
from coursepack.model.blocks import Block, Blocks, Code, Heading, block_text
from coursepack.model.questions import MultipleChoice
from tests.outline.documents import Word
from tests.outline.test_quotes_and_listings import understood

PYTHON = """total = 0
for i in range(1, 11):
    total += i
    if total > 20:
        print("жиырмадан көп")
print(total)"""
QUERY = "SELECT name, age\nFROM students\n\nWHERE age > 18;"
LEADS = (
    "Бұл цикл командаларды тізбектің әр элементі үшін қайталайды. Төмендегі бағдарлама бірден онға дейінгі",
    "сандарды қосады:",
)
INDENTED = "\n".join(f"    {line}".rstrip() for line in QUERY.split("\n"))
TEXT = f"""1-дәріс. Циклдер

{LEADS[0]}
{LEADS[1]}

{PYTHON}

Бағдарлама 55 санын шығарады.

Сұраныс үлгісі төмендегідей болады:

{INDENTED}

Бақылау сұрақтары:
1. Цикл деген не?
2. Бағдарлама нені шығарады?
"""


def bare(blocks: Blocks) -> list[object]:
    def one(block: Block) -> object:
        match block:
            case Code():
                return Code(text=block.text)
            case Heading():
                return ("heading", block_text((block,)))
            case _:
                return block_text((block,))

    return [one(block) for block in blocks]


def test_a_program_in_a_text_keeps_its_lines(tmp_path: Path) -> None:
    (tmp_path / "1-дәріс.txt").write_text(TEXT, "utf-8")
    course = understood(tmp_path)
    ((_, lecture),) = course.sessions()
    assert bare(lecture.blocks) == [
        " ".join(LEADS),
        Code(text=PYTHON),
        "Бағдарлама 55 санын шығарады.",
        "Сұраныс үлгісі төмендегідей болады:",
        Code(text=QUERY),
    ]
    assert len(lecture.review) == 2


def test_a_program_in_word_paragraphs_keeps_its_indentation(tmp_path: Path) -> None:
    word = Word().p("Лекция 2. Массивы", style="Heading 1")
    word.p("Массив хранит элементы одного типа, доступ к которым идёт по номеру. Рассмотрим программу.")
    code = 'int main() {\n    int a[3] = {1, 2, 3};\n\tprintf("%d", a[0]);\n    return 0;\n}'
    word.p(*code.split("\n"))
    word.p("Она печатает первый элемент.")
    word.document.save(str(tmp_path / "Лекция 2.docx"))
    ((_, lecture),) = understood(tmp_path).sessions()
    assert bare(lecture.blocks)[1:] == [Code(text=code), "Она печатает первый элемент."]


def test_formulas_are_no_programs(tmp_path: Path) -> None:
    lines = ["1-дәріс. Қозғалыс", "Жылдамдық пен жолдың байланысы:", "v = s / t", "s = v * t", "Мұндағы t – уақыт."]
    (tmp_path / "1-дәріс.txt").write_text("\n\n".join(lines), "utf-8")
    ((_, lecture),) = understood(tmp_path).sessions()
    assert not any(isinstance(block, Code) for block in lecture.blocks)


BANK = """1. Какая строка объявляет целое?
A) int a = 5;
B) float a = 5;
C) a := 5
Ответ: A

2. Что печатает программа?
int a = 5;
printf("%d", a);
A) 5
B) a
C) ничего
Ответ: A
"""


def test_lines_of_code_in_a_bank_stay_answers(tmp_path: Path) -> None:
    (tmp_path / "тест.txt").write_text(BANK, "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    exam = build.understand(loaded).course.exam
    assert exam
    assert [len(question.choices) for question in exam.questions if isinstance(question, MultipleChoice)] == [3, 3]
    assert block_text(exam.questions[1].text).split() == [
        "Что",
        "печатает",
        "программа?",
        "int",
        "a",
        "=",
        "5;",
        'printf("%d",',
        "a);",
    ]
