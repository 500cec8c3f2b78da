"""A course that holds one of everything, for tests that need no seed; and small makers of blocks."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib

import docx as python_docx

from coursepack.model.artifact import Assets
from coursepack.model.blocks import (
    Blocks,
    Cell,
    Code,
    Figure,
    Footnote,
    Formula,
    Heading,
    List,
    ListItem,
    Math,
    Media,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Row,
    Run,
    Table,
)
from coursepack.model.course import (
    About,
    Approval,
    Assignment,
    Author,
    Course,
    Exam,
    GradeWeight,
    Grading,
    Hours,
    Interim,
    Literature,
    Reading,
    Section,
    Session,
    Signature,
    Task,
    Teacher,
    Term,
    Topic,
    Week,
)
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Description,
    Essay,
    Gap,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    OrderingItem,
    Pair,
    Question,
    ShortAnswer,
    TrueFalse,
)


def p(text: str) -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph(content=(Run(text=text),))


def b(*texts: str) -> Blocks:
    """Paragraphs of plain text."""
    return tuple(p(text) for text in texts)


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\x00" + b"\x20\x60\xa0" * 8
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(row * 8))
        + chunk(b"IEND", b"")
    )


PNG = _png()
PNG_ID = hashlib.sha256(PNG).hexdigest()
FILES = {"1-дәріс & «жазба».mp3": b"ID3\x03", "film.mp4": bytes(4) + b"ftyp", "data.csv": b"x;y\n3;3\n"}
PAGE = b"<!DOCTYPE html><svg onload='self.name=1'></svg><script>self.name=1</script>"
"""A file that a browser must never take for a page of ours."""


def attached(name: str, data: bytes, media_type: str, caption: str = "") -> Media:
    """An attached file with a caption of plain text."""
    words = (Run(text=caption),) if caption else ()
    return Media(asset=hashlib.sha256(data).hexdigest(), media_type=media_type, name=name, caption=words)


LATER_MEDIA = (
    attached("1-дәріс & «жазба».mp3", FILES["1-дәріс & «жазба».mp3"], "audio/mpeg", "Дәрістің жазбасы"),
    attached("film.mp4", FILES["film.mp4"], "video/mp4"),
    attached("data.csv", FILES["data.csv"], "text/csv", "Деректер <кестесі>"),
    attached("page.html", PAGE, "text/html"),
)
ASSETS = Assets({PNG_ID: PNG})
LATER_ASSETS = Assets({PNG_ID: PNG} | {hashlib.sha256(data).hexdigest(): data for data in (*FILES.values(), PAGE)})
MATHML = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow><msup><mi>x</mi><mn>2</mn></msup>'
    "<mo>+</mo><mn>1</mn></mrow></math>"
)

EVERY_BLOCK: Blocks = (
    Heading(level=1, content=(Run(text="Бірінші бөлім"),)),
    Paragraph(
        content=(
            Run(text="Қалың ", bold=True),
            Run(text="көлбеу ", italic=True),
            Run(text="H"),
            Run(text="2", script="sub"),
            Run(text="O, сілтеме: "),
            Run(text="akorda.kz", href="https://www.akorda.kz/?a=1&b=2"),
            NoteMark(note="n1"),
            Run(text=", a < b & c > d, «тырнақша», \"quoted\" 'single' "),
            Math(mathml=MATHML, tex="x^2+1", text="x²+1"),
        )
    ),
    Footnote(id="n1", label="1", blocks=b("Ескерту мәтіні.")),
    List(
        marker="disc",
        items=(
            ListItem(blocks=b("бірінші")),
            ListItem(blocks=(p("екінші"), List(marker="dash", items=(ListItem(blocks=b("ішкі")),)))),
        ),
    ),
    List(marker="paren", start=3, items=(ListItem(blocks=b("үшінші")), ListItem(blocks=b("төртінші")))),
    Heading(level=2, content=(Run(text="Кесте мен сурет"),)),
    Table(
        header_rows=1,
        caption=(Run(text="Министрліктер"),),
        rows=(
            Row(cells=(Cell(blocks=b("№")), Cell(blocks=b("Атауы"), colspan=2))),
            Row(cells=(Cell(blocks=b("1"), rowspan=2), Cell(blocks=b("Қаржы")), Cell(blocks=b("А")))),
            Row(cells=(Cell(blocks=b("Әділет")), Cell(blocks=b("Б")))),
        ),
    ),
    Figure(asset=PNG_ID, media_type="image/png", alt="Көк шаршы", caption=(Run(text="1-сурет"),), width=8, height=8),
    Formula(math=Math(mathml=MATHML, tex="x^2+1", text="x²+1")),
    Quote(blocks=b("Әлемді өзгертемін десең, өзіңнен баста.")),
    p("Соңғы абзац 😀."),
)

LISTING = "def билік(а):\n\n    if а < 1 & 2:  # <b> \\(x\\)\n\treturn ```{а}```\n"
"""Indentation by blanks and by a tab, a blank line, an empty last line, and signs that mean something elsewhere."""

LATER_BLOCKS: Blocks = (
    Code(text=LISTING, language="python"),
    Code(text="<!-- exam -->\n  бос жол"),
    Paragraph(
        content=(
            Run(text="сызылған", strike=True),
            Run(text=" және "),
            Run(text="қызыл", colour="cc0000", bold=True),
            Run(text=", "),
            Run(text="белгіленген", highlight="ffff00", strike=True, language="kk"),
            Run(text=" мен "),
            Run(text="سلام", direction="rtl", language="ar"),
        )
    ),
    Paragraph(content=(Run(text="مرحبا"),), direction="rtl"),
    Table(
        header_rows=1,
        align=(None, "center", "right"),
        rows=tuple(Row(cells=tuple(Cell(blocks=b(text)) for text in line)) for line in ("абв", "где")),
    ),
    Table(
        caption=(Run(text="Бағандар"),),
        align=("left", "right"),
        rows=(
            Row(cells=(Cell(blocks=b("ж"), rowspan=2), Cell(blocks=b("з")))),
            Row(cells=(Cell(blocks=b("и")),)),
            Row(cells=(Cell(blocks=b("к"), colspan=2),)),
        ),
    ),
    Paragraph(content=(Run(text="في الجهة"),), direction="rtl", align="right"),
    List(items=(ListItem(blocks=(Paragraph(content=(Run(text="أول"),), direction="rtl"),)),)),
    Paragraph(
        content=(
            Run(text="БЖСМ", title="бюджеттік & «жоспарлау» <саласы>", bold=True),
            Run(text=" туралы "),
            Run(text="заң", href="https://adilet.zan.kz/", title='"Әділет" жүйесі'),
            Run(text="."),
        )
    ),
)
"""The kinds of blocks and runs that EVERY_BLOCK does not have."""


def every_question(prefix: str = "exam", session: str | None = None) -> tuple[Question, ...]:
    """One question of each type, with feedback, weights, odd titles and a picture."""

    def name(number: int) -> str:
        return f"{prefix}-{number:03d}"

    picture = Paragraph(
        content=(Run(text="Суретте не? "), Picture(asset=PNG_ID, media_type="image/png", alt="Көк шаршы"))
    )
    return (
        Essay(
            id=name(1),
            number=1,
            printed="4",
            text=b("Билік дегеніміз не?"),
            grader_notes=b("Кемінде үш анықтама."),
            tags=("билік",),
            session=session,
        ),
        MultipleChoice(
            id=name(2),
            number=2,
            text=(picture,),
            title="Сурет < & \"тест\" 'a/b'",
            mark=2.0,
            feedback=b("Жалпы пікір."),
            choices=(
                Choice(content=b("Шаршы"), fraction=1.0, feedback=b("Дұрыс!")),
                Choice(content=b("Дөңгелек <b>"), feedback=b("Қате.")),
                Choice(content=b("Үшбұрыш & т.б.")),
            ),
        ),
        MultipleChoice(
            id=name(3),
            number=3,
            text=b("Билік тармақтары қайсы?"),
            single=False,
            choices=(
                Choice(content=b("Заң шығарушы"), fraction=0.5),
                Choice(content=b("Атқарушы"), fraction=0.5),
                Choice(content=b("Төртінші"), fraction=-0.5),
            ),
        ),
        TrueFalse(
            id=name(4),
            number=4,
            text=b("Қазақстан – президенттік республика."),
            answer=True,
            true_feedback=b("Иә."),
            false_feedback=b("Жоқ, 2-бапты қараңыз."),
        ),
        ShortAnswer(
            id=name(5),
            number=5,
            text=b("Билік туралы ғылым?"),
            answers=(Answer(text="кратология", feedback=b("Дұрыс")), Answer(text="кратол*", fraction=0.5)),
        ),
        Numerical(
            id=name(6),
            number=6,
            text=b("Парламентте неше палата?"),
            answers=(NumericalAnswer(value="2"), NumericalAnswer(value="2.5", tolerance="0.5", fraction=0.25)),
        ),
        Matching(
            id=name(7),
            number=7,
            text=b("Сәйкестендіріңіз"),
            pairs=(
                Pair(question=b("Сенат"), answer=b("жоғарғы палата")),
                Pair(question=b("Мәжіліс"), answer=b("төменгі палата")),
                Pair(question=(), answer=b("үкімет")),
            ),
        ),
        Cloze(
            id=name(8),
            number=8,
            text=b("Астана – {#1}, халқы {#2} миллион."),
            gaps=(
                Gap(kind="short-answer", answers=(Answer(text="Астана"), Answer(text="Ақмола", fraction=0.5))),
                Gap(kind="numerical", answers=(Answer(text="1.4"),), tolerances=("0.1",), mark=2),
            ),
        ),
        Description(id=name(9), number=9, text=b("Келесі сұрақтар мәтін бойынша.")),
        Essay(
            id=name(10),
            number=10,
            printed="107",
            text=b("Билікке анықтама беріңіз."),
            variant_of=name(1),
            min_words=50,
            max_words=300,
            template=b("Менің ойымша,"),
        ),
    )


def everything(language: str = "kk") -> Course:
    """A course with every block, every question type and everything that can be declared."""
    return Course(
        id="sample",
        title="Үлгі курс: «билік» & <заң>",
        language=language,
        about=About(
            code="SB 3208",
            cycle="БП",
            component="ТК",
            credits=5,
            hours=Hours(lecture=15, seminar=30, independent=75, supervised=30, total=150),
            programme="6B03101 – Саясаттану",
            university="Үлгі университеті",
            faculty="Философия және саясаттану факультеті",
            department="Саясаттану кафедрасы",
            year="2026/2027",
            semester="күзгі",
            study_year=3,
            teachers=(
                Teacher(
                    name="Ахметова А.Б.", degree="PhD", post="доцент", email="a@example.kz", office_hours="дс 15:00"
                ),
            ),
            description=b("Курс билік туралы."),
            aim=b("Билікті түсіндіру."),
            outcomes=("Білу", "Талдау"),
            prerequisites=("Философия",),
            postrequisites=("Саяси менеджмент",),
            grading=Grading(
                preset="60/40",
                weights=(GradeWeight(name="Ағымдағы бақылау", percent=60), GradeWeight(name="Емтихан", percent=40)),
                interim=(Interim(after_week=1, name="АБ1", points=100),),
            ),
            policies=(Section(id="policy-1", title="Академиялық адалдық", blocks=b("Плагиатқа жол берілмейді.")),),
            literature=Literature(
                basic=("Вебер М. Саясат.",), additional=("Арендт Х.",), internet=("https://adilet.zan.kz",)
            ),
            approval=Approval(approver_post="Факультет деканы", department_minutes="1", department_date="2026-08-28"),
            signatures=(Signature(role="Кафедра меңгерушісі", name="Омаров О."), Signature(role="Дәріскер")),
            rights="© 2026",
            keywords=("билік", "саясат"),
        ),
        foreword=Section(id="foreword", title="Алғы сөз", blocks=b("Алғы сөз мәтіні.")),
        introduction=Section(id="introduction", title="Кіріспе", blocks=b("Кіріспе мәтіні.")),
        conclusion=Section(id="conclusion", title="Қорытынды", blocks=b("Қорытынды мәтіні.")),
        weeks=(
            Week(
                id="w01",
                number=1,
                sessions=(
                    Session(
                        id="w01-lecture",
                        kind="lecture",
                        number=1,
                        title='Билік: «мәні» & <мағынасы> / "power"',
                        outcomes=("Білу",),
                        outline=(
                            Topic(id="w01-lecture-o1", content=(Run(text="Билік ұғымы"),)),
                            Topic(id="w01-lecture-o2", content=(Run(text="Билік түрлері"),)),
                        ),
                        blocks=EVERY_BLOCK,
                        review=every_question("w01-lecture-q", "w01-lecture"),
                        hours=1,
                        points=2,
                    ),
                    Session(
                        id="w01-seminar",
                        kind="seminar",
                        number=1,
                        topics=(
                            Topic(id="w01-seminar-t1", content=(Run(text="Биліктің мәні."),), printed="1."),
                            Topic(id="w01-seminar-t2", content=(Run(text="Билік үстемдік ретінде."),), printed="2."),
                        ),
                        aims=b("Түсіндіру."),
                        equipment=b("Проектор."),
                        tasks=(Task(id="w01-seminar-k1", blocks=b("Кесте құрыңыз."), printed="1."),),
                    ),
                ),
                assignments=(
                    Assignment(
                        id="w01-supervised",
                        kind="supervised",
                        number=1,
                        label="СОӨЖ",
                        blocks=b("“Саяси ғылымдағы билік мәселесі” атты эссе дайындау."),
                        form="эссе",
                        points=10,
                        due="2026-09-20",
                        hours=3,
                    ),
                ),
            ),
            Week(
                id="w02",
                number=2,
                sessions=(
                    Session(
                        id="w02-lecture",
                        kind="lecture",
                        number=2,
                        title="Екінші дәріс " + "өте ұзақ атау " * 25,
                        blocks=b("Мәтін."),
                    ),
                ),
            ),
        ),
        exam=Exam(questions=every_question()),
        readings=(
            Reading(
                id="reading-1",
                title="Мақала",
                authors=(Author(name="Өскембаев Қ.С.", degree="т.ғ.к.", post="доцент"),),
                affiliation=("Қарағанды университеті",),
                blocks=b("Мақала мәтіні [1,65 б.]."),
            ),
            Reading(id="reading-2", label="Қарар", blocks=b("Қарар мәтіні.")),
        ),
        glossary=(Term(id="term-1", term="Кратология", definition=b("Билік туралы ғылым.")),),
    )


def word_document() -> bytes:
    """A Word document with a heading, a list, a table with merged cells and a picture."""
    made = python_docx.Document()
    made.add_heading("1-дәріс. Билік", 1)
    made.add_paragraph("Сұрақ", style="List Number")
    table = made.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1))
    made.add_picture(io.BytesIO(PNG))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def later() -> Course:
    """A course whose lecture and questions hold the blocks that ``everything`` has not."""
    lecture = Session(id="w01-lecture", kind="lecture", number=1, title="Дәріс", blocks=LATER_BLOCKS + LATER_MEDIA)
    essays = tuple(
        Essay(id=f"exam-{n:03d}", number=n, text=LATER_BLOCKS, feedback=LATER_BLOCKS, grader_notes=LATER_BLOCKS)
        for n in range(1, 4)
    )
    choice = MultipleChoice(
        id="exam-004",
        number=4,
        text=(p("Қайсысы?"), *LATER_BLOCKS),
        choices=(Choice(content=LATER_BLOCKS, fraction=1.0, feedback=LATER_BLOCKS), Choice(content=b("ешқайсысы"))),
    )
    matching = Matching(
        id="exam-005",
        number=5,
        text=b("Сәйкестендіріңіз"),
        pairs=(Pair(question=LATER_BLOCKS, answer=LATER_BLOCKS), Pair(question=b("екінші"), answer=b("қарапайым"))),
    )
    ordering = Ordering(
        id="exam-006",
        number=6,
        text=b("Ретімен қойыңыз"),
        items=(OrderingItem(content=LATER_BLOCKS), OrderingItem(content=b("екінші")), OrderingItem(content=b("соңғы"))),
        correct_feedback=LATER_BLOCKS,
        incorrect_feedback=b("Қайталаңыз."),
    )
    files = MultipleChoice(
        id="exam-007",
        number=7,
        text=(p("Тыңдаңыз."), *LATER_MEDIA),
        feedback=LATER_MEDIA,
        choices=(
            Choice(content=(p("Кесте"), LATER_MEDIA[2]), fraction=1.0, feedback=LATER_MEDIA[:1]),
            Choice(content=(LATER_MEDIA[1],)),
        ),
    )
    return Course(
        id="later",
        title="Информатика",
        language="kk",
        weeks=(Week(id="w01", number=1, sessions=(lecture,)),),
        exam=Exam(questions=(*essays, choice, matching, ordering, files)),
    )
