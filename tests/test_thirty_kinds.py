"""A folder of thirty kinds of files, as lecturers keep them, and what is said of each: nothing is passed over in
silence."""

# ruff: noqa: E501 - a row a file

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from coursepack.files import office
from tests.readers import old_books, pdf_maker, word
from tests.readers.deck import Deck
from tests.readers.test_epub import book
from tests.readers.test_odt import odt
from tests.samples import PNG
from tests.test_folder import table, told, understood, write

TOPICS = {
    "docx": "Клетка",
    "pptx": "Ядро",
    "md": "Мембрана",
    "txt": "Рибосома",
    "html": "Митоз",
    "mhtml": "Мейоз",
    "epub": "Ген",
    "odt": "Белок",
    "pdf": "Фермент",
    "rtf": "Липид",
    "doc": "Углевод",
    "ppt": "Вода",
    "zip": "Соль",
    "docm": "Хлорофилл",
}
PROSE = "Это единица живого: в ней идёт обмен веществ, она растёт, делится и отвечает на то, что происходит вокруг. "
QUESTIONS = [
    ["Вопрос", "A", "B", "Ответ"],
    ["Что хранит ДНК?", "Информацию", "Воду", "A"],
    ["Где ДНК?", "В ядре", "В стенке", "A"],
]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOODLE = (
    '<?xml version="1.0" encoding="UTF-8"?><quiz><question type="truefalse"><name><text>В</text></name><questiontext '
    'format="html"><text>ДНК в ядре?</text></questiontext><answer fraction="100"><text>true</text></answer>'
    '<answer fraction="0"><text>false</text></answer></question></quiz>'
)


def title(kind: str) -> str:
    return f"Лекция {list(TOPICS).index(kind) + 1}. {TOPICS[kind]}"


def prose(kind: str) -> str:
    return f"{TOPICS[kind]}. {PROSE * 3}"


def docx(kind: str = "docx") -> bytes:
    return word.package(word.p(title(kind)) + word.p(prose(kind)))


def pptx() -> bytes:
    deck = Deck()
    deck.slide(title("pptx"), layout=0)
    deck.slide("Строение", *prose("pptx").split(". "))
    return deck.data()


def page(kind: str) -> str:
    return f"<html><head><meta charset='utf-8'></head><body><h1>{title(kind)}</h1><p>{prose(kind)}</p></body></html>"


def mhtml() -> bytes:
    head = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    return head.encode() + page("mhtml").encode()


def xlsx(rows: list[list[str]]) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


def pdf() -> bytes:
    words = [pdf_maker.Word(title("pdf"), 72, 740, 16)]
    lines = [prose("pdf")[at : at + 60] for at in range(0, 300, 60)]
    return pdf_maker.make([[*words, *(pdf_maker.Word(line, 72, 700 - 20 * n) for n, line in enumerate(lines))]])


LEFT = "left-out"
KINDS: dict[str, tuple[bytes | Callable[[], bytes], tuple[str, str] | None]] = {
    # read, by a reader of ours
    "Лекция 1.docx": (docx, ("source", "lecture")),
    "Лекция 2.pptx": (pptx, ("source", "lecture")),
    "Лекция 20.docm": (lambda: docx("docm"), ("source", "lecture")),
    "Лекция 3.md": (f"# {title('md')}\n\n{prose('md')}\n".encode(), ("source", "lecture")),
    "Лекция 4.txt": (f"{title('txt')}\n\n{prose('txt')}\n".encode("cp1251"), ("source", "lecture")),
    "Лекция 5.html": (page("html").encode(), ("source", "lecture")),
    "Лекция 6.mhtml": (mhtml, ("source", "lecture")),
    "Лекция 7.epub": (lambda: book({"a": f"<h1>{title('epub')}</h1><p>{prose('epub')}</p>"}), ("source", "lecture")),
    "Лекция 8.odt": (lambda: odt(f"<text:p>{title('odt')}</text:p><text:p>{prose('odt')}</text:p>"), ("source", "lecture")),
    "Лекция 9.pdf": (pdf, ("source", "lecture")),
    "архив.zip": (lambda: zipped(лекция__docx=docx("zip")), ("opened", "an archive: each file in it is reported separately")),
    "тест.gift": ("::В1:: Где ДНК? {=в ядре ~в стенке}\n".encode(), ("source", "tests")),
    "тест.xml": (MOODLE.encode(), ("source", "tests")),
    "тест.csv": ("\n".join(";".join(row) for row in QUESTIONS).encode(), ("source", "tests")),
    "вопросы.xlsx": (lambda: xlsx(QUESTIONS), ("source", "tests")),
    "банк.xls": (lambda: old_books.xls({"Лист1": QUESTIONS}), ("source", "tests")),
    # read through LibreOffice, which is not there
    "Лекция 10.rtf": (b"{\\rtf1 x}", (LEFT, "an RTF document is read through LibreOffice, which is not installed here")),
    "Лекция 11.doc": (OLE + bytes(600), (LEFT, "an old Word document is read through LibreOffice, which is not installed here")),
    "Лекция 12.ppt": (OLE + bytes(601), (LEFT, "an old PowerPoint presentation is read through LibreOffice, which is not installed here")),
    # of a kind that is read, and cannot be
    "скан.pdf": (lambda: pdf_maker.make([[], []], picture=True), (LEFT, "a scan: its pages are pictures without a text layer")),
    "закрыто.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), (LEFT, "encrypted with a password")),
    "закрыто.xlsx": (OLE + bytes(9) + "EncryptedPackage".encode("utf-16-le"), (LEFT, "encrypted with a password")),
    "пусто.docx": (b"", (LEFT, "the file is empty, expected a document")),
    "оценки.csv": ("Имя;Балл\nАсан;5\n".encode(), ("other", "holds no questions")),
    # of kinds that nobody reads
    "Лекция 14.key": (b"PK", ("unread", "slides")),
    "план.pages": (b"PK", ("unread", "a document in a format that cannot be read")),
    "журнал.numbers": (b"PK", ("unread", "a spreadsheet in a format that cannot be read")),
    "книга.djvu": (b"AT&T", ("unread", "an electronic book in a format that cannot be read")),
    "старое.rar": (b"Rar!", ("unread", "an archive")),
    "опыт.mp4": (b"\x00\x00\x00\x20ftypisom", ("unread", "a film")),
    "лекция.mp3": (b"ID3", ("unread", "a recording")),
    "схема.png": (PNG, ("other", "a picture that no document uses")),
    "схема.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ("other", "a picture that no document uses")),
    "схема.emf": (b"\x01\x00\x00\x00", ("other", "a picture that no document uses")),
    "программа.exe": (b"MZ", ("other", "no reader for '.exe'")),
    "пример.py": (b"print(1)\n", ("other", "no reader for '.py'")),
    "тетрадь.ipynb": (b"{}", ("unread", "a notebook with a program in it")),
    "Лекция 15.tex": (b"x", ("unread", "a text in a markup that cannot be read")),
    "Лекция 16.gdoc": (b"{}", ("unread", "an address of a document in the cloud, which is not in the folder")),
    ".Лекция 17.docx.icloud": (b"x", ("unread", "a file that is in the cloud and was not downloaded")),
    "фильм.url": (b"x", ("unread", "an address of a page")),
    "Лекция 18.lnk": (b"x", ("unread", "a shortcut to a file elsewhere")),
    "письмо.eml": (b"x", ("unread", "a letter")),
    "доска.flipchart": (b"x", ("unread", "slides of an interactive board")),
    "игра.h5p": (b"x", ("unread", "an exercise or test in a format that cannot be read")),
    "Лекция 19.xyz": (b"x", ("unread", "no reader for '.xyz'")),
    "фото.heic": (b"x", ("other", "a picture that no document uses")),
    "сеть.vsdx": (b"x", ("other", "a drawing of another program")),
    "опыт.srt": (b"x", ("other", "captions of a film or recording")),
    "данные.json": (b"{}", ("other", "no reader for '.json'")),
    "imsmanifest.xml": (b"<manifest/>", ("other", "holds no questions")),
    # nobody's
    "~$кция 1.docx": (b"x", None),
    "Thumbs.db": (b"x", None),
    ".DS_Store": (b"x", None),
}  # fmt: skip


WORDS = {
    "kk": (
        r"\1-дәріс",
        "{number}-дәріс. {topic}",
        "Бұл – тіршілік бірлігі: онда зат алмасу жүреді, ол өседі, бөлінеді. ",
    ),
    "en": (
        r"Lecture \1",
        "Lecture {number}. {topic}",
        "This is the unit of life: in it matter is exchanged, and it divides. ",
    ),
}
TRANSLATED = {
    "kk": (
        "Жасуша",
        "Өзек",
        "Жарғақша",
        "Рибосома",
        "Митоз",
        "Мейоз",
        "Тұқым",
        "Ақуыз",
        "Ферментация",
        "Май",
        "Көмірсу",
        "Су",
        "Тұз",
        "Жасыл дән",
    ),
    "en": (
        "Cell",
        "Nucleus",
        "Membrane",
        "Ribosome",
        "Mitosis",
        "Meiosis",
        "Gene",
        "Protein",
        "Enzyme",
        "Fat",
        "Sugar",
        "Water",
        "Salt",
        "Leaf green",
    ),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(office, "program", lambda: None)
    for name, (made, _) in KINDS.items():
        write(tmp_path / "биология" / name, made if isinstance(made, bytes) else made())
    return tmp_path / "биология"


def test_what_is_said_of_each(folder: Path) -> None:
    found = understood(folder)
    assert len({Path(name).suffix for name in KINDS}) >= 30
    assert found.account is not None
    said = {name: fate for name, (_, fate) in KINDS.items() if fate}
    assert table(found) == said | {"архив.zip/лекция.docx": ("source", "lecture")}
    assert found.account.system == sum(fate is None for _, fate in KINDS.values())
    warned = {place for severity, _, place, _ in told(found, "project") if severity == "warning"}
    lost = {name for name, (fate, _) in said.items() if fate in {"unread", "left-out"}}
    assert {Path(place).name for place in warned} == lost
    titles = [session.title for _, session in found.course.sessions() if session.kind == "lecture"]
    assert sorted(filter(None, titles)) == sorted(
        set(TOPICS.values()) - {TOPICS[kind] for kind in ("rtf", "doc", "ppt")}
    )


def test_an_unread_kind_is_answered_with_what_to_do(folder: Path) -> None:
    found = understood(folder)
    assert found.account is not None
    mute = [row.file for row in found.account.files if row.fate == "unread" and not row.advice]
    assert mute == []
    advice = {str(each.place): each.advice for each in found.findings if each.code == "project-left-out"}
    assert advice["скан.pdf"].startswith("OCRmyPDF recognises the text: ocrmypdf -l eng+kaz+rus 'скан.pdf' ")


@pytest.mark.parametrize("code", ["kk", "en"])
def test_what_is_said_of_each_in_another_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    file, head, prose = WORDS[code]
    monkeypatch.setattr(sys.modules[__name__], "TOPICS", dict(zip(TOPICS, TRANSLATED[code], strict=True)))
    monkeypatch.setattr(sys.modules[__name__], "PROSE", prose)

    def titled(kind: str) -> str:
        return head.format(number=list(TOPICS).index(kind) + 1, topic=TOPICS[kind])

    monkeypatch.setattr(sys.modules[__name__], "title", titled)
    names = {name: re.sub(r"Лекция (\d+)", file, name) for name in KINDS}
    made = {name: each[0] for name, each in KINDS.items()}
    made["Лекция 3.md"] = f"# {titled('md')}\n\n{prose * 3}\n".encode()
    made["Лекция 4.txt"] = f"{titled('txt')}\n\n{prose * 3}\n".encode()
    made["Лекция 5.html"] = page("html").encode()
    for name, each in made.items():
        write(tmp_path / "c" / names[name], each if isinstance(each, bytes) else each())
    found = understood(tmp_path / "c")
    said = {names[name]: fate for name, (_, fate) in KINDS.items() if fate}
    assert table(found) == said | {"архив.zip/лекция.docx": ("source", "lecture")}
    titles = [session.title for _, session in found.course.sessions() if session.kind == "lecture"]
    assert sorted(filter(None, titles)) == sorted(
        set(TOPICS.values()) - {TOPICS[kind] for kind in ("rtf", "doc", "ppt")}
    )
