"""Points of a plan inside other points: whatever the file, a point keeps its level, and the list ends where it ends."""

from __future__ import annotations

from pathlib import Path

import docx
import pptx
import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text, inline_text
from coursepack.model.course import Session
from coursepack.outline.levels import leveled
from coursepack.outline.pieces import Piece

TREE = [
    (1, "Понятие власти"),
    (2, "Политическая"),
    (2, "Экономическая"),
    (1, "Виды власти"),
    (2, "По субъекту"),
    (1, "Итоги"),
]
PROSE = "Власть есть способность влиять на других людей. Она бывает разной и всегда важна для всего общества."

TYPED = {
    "numbers of two parts": ["1. {}", "1.1. {}", "1.2. {}", "2. {}", "2.1. {}", "3. {}"],
    "no full stop behind them": ["1. {}", "1.1 {}", "1.2 {}", "2. {}", "2.1 {}", "3. {}"],
    "letters": ["1. {}", "а) {}", "б) {}", "2. {}", "а) {}", "3. {}"],
    "dashes": ["1. {}", "- {}", "- {}", "2. {}", "- {}", "3. {}"],
    "bullets": ["1) {}", "• {}", "• {}", "2) {}", "• {}", "3) {}"],
    "brackets": ["1. {}", "1) {}", "2) {}", "2. {}", "1) {}", "3. {}"],
}
MARKDOWN = {
    "numbers in numbers": ["1. {}", "   1. {}", "   2. {}", "2. {}", "   1. {}", "3. {}"],
    "bullets in numbers": ["1. {}", "   - {}", "   - {}", "2. {}", "   - {}", "3. {}"],
    "bullets in bullets": ["- {}", "  * {}", "  * {}", "- {}", "  * {}", "- {}"],
    "typed numbers that are no list to CommonMark": ["1. {}", "1.1. {}", "1.2. {}", "2. {}", "2.1. {}", "3. {}"],
}


def read(path: Path) -> Session:
    (loaded,) = find_projects([path])
    sessions = [session for _, session in build.understand(loaded).course.sessions()]
    assert len(sessions) == 1
    return sessions[0]


def lines(forms: list[str]) -> list[str]:
    return [form.format(text) for form, (_, text) in zip(forms, TREE, strict=True)]


def points(session: Session) -> list[tuple[int, str]]:
    return [(topic.level, inline_text(topic.content)) for topic in (*session.outline, *session.topics)]


@pytest.mark.parametrize("form", TYPED)
@pytest.mark.parametrize("kind", ["Лекция", "Семинар"])
def test_in_plain_text(tmp_path: Path, form: str, kind: str) -> None:
    path = tmp_path / "a.txt"
    plan = "План:\n" if kind == "Лекция" else ""
    path.write_text(f"{kind} 1. Власть\n\n{plan}" + "\n".join(lines(TYPED[form])) + f"\n\n{PROSE}\n", "utf-8")
    session = read(path)
    assert points(session) == TREE
    assert block_text(session.blocks) == PROSE


@pytest.mark.parametrize("form", MARKDOWN)
def test_in_markdown(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a.md"
    plan = "\n".join(lines(MARKDOWN[form]))
    path.write_text(f"# Лекция 1. Власть\n\nПлан:\n\n{plan}\n\n{PROSE}\n", "utf-8")
    session = read(path)
    assert points(session) == TREE
    assert block_text(session.blocks) == PROSE


@pytest.mark.parametrize("styles", [("List Number", "List Number 2"), ("List Bullet", "List Bullet 2")])
def test_in_styles_of_lists(tmp_path: Path, styles: tuple[str, str]) -> None:
    made = docx.Document()
    made.add_heading("Лекция 1. Власть", 1)
    made.add_paragraph("План лекции")
    for level, text in TREE:
        made.add_paragraph(text, style=styles[level - 1])
    made.add_paragraph(PROSE)
    made.save(str(tmp_path / "a.docx"))
    session = read(tmp_path / "a.docx")
    assert points(session) == TREE
    assert block_text(session.blocks) == PROSE


def test_bullets_of_a_deck(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Лекция 1. Власть"
    frame = slide.placeholders[1].text_frame
    for at, (level, text) in enumerate([*TREE[:3], (3, "Рынок"), *TREE[3:]]):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.text, paragraph.level = text, level - 1
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Понятие власти"
    slide.placeholders[1].text_frame.text = PROSE
    deck.save(str(tmp_path / "a.pptx"))
    assert points(read(tmp_path / "a.pptx")) == [*TREE[:3], (3, "Рынок"), *TREE[3:]]


def test_an_amount_is_no_number_of_a_point() -> None:
    found = leveled([Piece("1. Население", []), Piece("1.5 млн человек", []), Piece("2. Площадь", [])])
    assert [(point.level, point.mark.printed if point.mark else None) for point in found] == [
        (1, "1."),
        (1, None),
        (1, "2."),
    ]


def test_three_levels_by_number() -> None:
    texts = ["1. A", "1.1. B", "1.1.1. C", "1.1.2. D", "1.2. E", "2. F", "2.1. G", "2.1.1. H", "3. I"]
    assert [point.level for point in leveled([Piece(text, []) for text in texts])] == [1, 2, 3, 3, 2, 1, 2, 3, 1]


def test_another_list_beside_the_first_is_not_inside_it() -> None:
    texts = ["1. A", "2. B", "1) C", "2) D"]
    assert [point.level for point in leveled([Piece(text, []) for text in texts])] == [1, 1, 1, 1]
