"""Notes of several lectures as lecturers write them: titles that run into the text, numbers before their word, notes in
languages whose other words are not read, and shop manuals whose steps count on from job to job."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outline import documents

# The line that counts a lecture, the heading over questions and over work at home, the word for books.
NOTES = {
    "tr": (("1. Ders: Önerme nedir?", "2. Ders: Bağlaçlar"), "Sorular", "Ödev", "Kaynaklar"),
    "es": (("Lección 1. Qué es un argumento", "Lección 2. Validez"), "Preguntas", "Para casa", "Bibliografía"),
    "de": (("2. Vorlesung: Was ein Satz ist", "3. Vorlesung: Und, oder"), "Fragen", "Hausaufgaben", "Literatur"),
}


@pytest.mark.parametrize("language", sorted(NOTES))
def test_lectures_of_other_languages(tmp_path: Path, language: str) -> None:
    heads, ask, home, books = NOTES[language]
    lines = ["LOGICA", ""]
    for nth, head in enumerate(heads, 1):
        lines += [head, "", f"Alpha beta gamma delta {nth}. Epsilon zeta eta theta iota {nth}.", "", ask]
        lines += [f"1. Kappa lambda mu nu {nth}?", f"2. Xi omicron pi rho {nth}?", "", home, f"Sigma tau {nth}.", ""]
    lines += [books, "Copi, I. Introduction to Logic. New York, 1994.", "Deaño, A. Logica. Madrid, 1978."]
    (tmp_path / "notes.txt").write_text("\n".join(lines), "utf-8")
    read = documents.read(tmp_path)
    titles = [head.partition(": ")[2] or head.partition(". ")[2] for head in heads]
    assert [title for _, _, title in read["lectures"]] == titles
    assert read["reviews"] == [[f"Kappa lambda mu nu {nth}?", f"Xi omicron pi rho {nth}?"] for nth in (1, 2)]
    assert [text for _, _, text, _, _ in read["work"]] == ["Sigma tau 1.", "Sigma tau 2."]


def test_one_label_with_a_number_before_it_is_no_class(tmp_path: Path) -> None:
    lines = ["Lesson plan", "", "1. Topic: The cell", "2. Aim: to meet its parts", "3. Homework: read chapter 2."]
    (tmp_path / "lesson.txt").write_text("\n".join(lines), "utf-8")
    course = documents.read(tmp_path)["course"]
    assert [(one.number, one.title) for _, one in course.sessions()] == [(None, "The cell")]


@pytest.mark.parametrize("bold", [True, False])
def test_a_title_that_runs_into_the_text_ends_where_the_text_begins(tmp_path: Path, *, bold: bool) -> None:
    told = "A graph is a set of points and a set of pairs of them, and a walk goes along the pairs."
    word = documents.Word().b("A Short Course in Graphs").p("typed by the students of Dr. Y. Karaca")
    for nth, title in enumerate(("Walks", "Trees", "Colours"), 1):
        word.p(f"**Lecture {nth} (Sept {nth + 3}). {title}.** {told}" if bold else f"Lecture {nth}. {title}. {told}")
        word.p(f"Theorem {nth}.1. Every one of them has an end.")
    read = documents.read(word.save(tmp_path / "notes.docx"))
    assert [title for _, _, title in read["lectures"]] == ["Walks", "Trees", "Colours"]
    assert read["texts"] == [[f"P: {told}", f"P: Theorem {nth}.1. Every one of them has an end."] for nth in (1, 2, 3)]


def test_jobs_whose_steps_count_on_are_works(tmp_path: Path) -> None:
    word = documents.Word().b("SHOP MANUAL").p("Welding 1, Riverside Trades College")
    steps = word.numbering(("decimal", "%1."))
    titles = ("Striking an arc", "Running a bead", "Butt joint")
    for nth, title in enumerate(titles, 1):
        word.b(f"Job {nth}   {title}").b("Get:").p("two plates, clamps").b("Do:")
        word.p("Clamp the plate.", "Hold an arc.", "Measure the width.", num=steps)
        word.b("Answer before you leave:").p("Why does it stick?", style="List Bullet")
    read = documents.read(word.save(tmp_path / "manual.docx"))
    assert read["laboratorys"] == [(nth, nth, title) for nth, title in enumerate(titles, 1)]
    assert read["laboratory tasks"] == [["Clamp the plate.", "Hold an arc.", "Measure the width."]] * 3
