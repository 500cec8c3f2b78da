"""Banks of all shapes, languages, formats and titles: drawn by a seed, written as folders."""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import openpyxl

from benchmarks.banks import further, shapes, taught, wider
from benchmarks.banks.content import LANGUAGES, Asked, words
from benchmarks.banks.files import FORMATS, LOOKS, Line, Page, as_docx, as_txt
from benchmarks.banks.shapes import Form, Made

DECLARED = {
    "open": ("questions",),
    "open variants": ("questions",),
    "a line each": ("questions",),
    "tickets": ("tickets",),
}
"""Roles that course.toml may say of an arrangement, other than a test's; none: that which ``init`` drafts."""
SHEETS = ("xlsx", "csv")
SHAPES = {**shapes.SHAPES, **further.SHAPES, **wider.SHAPES, **taught.SHAPES}
ARRANGEMENTS = (*shapes.ARRANGEMENTS, *further.SHAPES, *wider.SHAPES, *taught.SHAPES)
CHOSEN = (*shapes.CHOSEN, *further.CHOSEN)
PRINTED = ("kk", "ru", "en")
"""The languages of courses; banks come in others as well."""
STEMS = ("two", "told to", "code", "statements")


@dataclass(frozen=True)
class Case:
    """A bank to read. ``level``: of the headings, 0 where titles are plain lines. ``beside``: what else the folder
    holds."""

    arrangement: str
    options: str
    numbers: str
    keys: str
    language: str
    format: str
    title: str
    level: int
    name: str
    role: str
    beside: str
    stems: str = ""
    columns: int = 1

    def made(self) -> Made:
        said = words(self.language)
        opened = self.arrangement in {"open", "open variants", "a line each", "tickets"}
        bank = said.opens() if opened else said.choices()
        form = Form(said, self.options, self.numbers, self.keys, self.stems)
        made = SHAPES[self.arrangement](form, self.title, further.stems(bank, form), self.level)
        made.page.columns = self.columns
        if not form.is_keyed and self.arrangement in CHOSEN:
            made.asked = [Asked(one.stem, one.answers) for one in made.asked]
        return made

    @property
    def file(self) -> str:
        return f"{self.name}.{self.format}"

    def __str__(self) -> str:
        form = f"{self.numbers}/{self.options}/{self.keys}" if self.arrangement in CHOSEN else self.numbers
        form += f" +{self.stems}" * bool(self.stems) + f" in {self.columns} columns" * (self.columns > 1)
        title = f"«{self.title}» h{self.level}"
        return f"{self.arrangement} {form} {self.language} {self.file} {title} {self.role or 'init'} +{self.beside}"


def _forms() -> list[tuple[str, str, str, str]]:
    """Each arrangement with the ways to write options, numbers and keys that it has."""
    made = []
    for arrangement, options, numbers, keys in product(CHOSEN, shapes.OPTIONS, shapes.NUMBERS, shapes.KEYS):
        apart = keys == "file" and arrangement not in {"plain", "variants"}
        apart = apart or (arrangement in {"essays inside", "explained"} and keys in {"list", "rows", "table"})
        if shapes.fits(options, numbers, keys) and not apart:
            made.append((arrangement, options, numbers, keys))
    for arrangement in ("open", "open variants"):
        made += [(arrangement, "", numbers, "") for numbers in shapes.NUMBERS if numbers not in {"none", "alone"}]
    made += [(one, "upper", "dot", "") for one in ("grid", "two columns", "labels", "a line each", "tickets")]
    rest = [one for one in further.SHAPES if one not in (*further.CHOSEN, "mixed", "keys of variants")]
    made += [(one, "upper", numbers, "") for one in rest for numbers in ("dot", "word", "bracket")]
    made += [("mixed", options, numbers, "") for options in ("upper", "lower") for numbers in ("dot", "word", "alone")]
    for one in wider.SHAPES:
        looks = ("upper", "lower", "dotted") if one in wider.LETTERED else ("upper",)
        made += [(one, options, numbers, "list") for options in looks for numbers in ("dot", "word", "bracket")]
    for one in taught.SHAPES:
        made += [(one, "upper", numbers, "list") for numbers in ("dot", "word", "bracket")]
    behind = ("list", "rows", "table")
    return made + [
        ("keys of variants", options, "dot", key) for options in ("upper", "lower", "dotted") for key in behind
    ]


def _can_show(format_: str, arrangement: str, keys: str) -> bool:
    if format_ in SHEETS:
        return arrangement == "grid" or arrangement in wider.GRIDS
    if arrangement in taught.SHOWN and format_ not in taught.SHOWN[arrangement]:
        return False
    if keys in LOOKS and format_ not in LOOKS[keys]:
        return False
    if arrangement in further.LISTS:
        return format_ in {"docx", "md", "html"}
    if arrangement in wider.ALONE and format_ == "md":
        return False
    if arrangement in {*further.TABLES, *wider.TABLES, *taught.TABLES} and format_ in {"txt", "md"}:
        return False
    return not (arrangement in {"grid", "two columns"} and format_ in {"txt", "md"} and arrangement == "two columns")


def cases(count: int, seed: int = 1, formats: Sequence[str] = (*FORMATS, *SHEETS)) -> Iterator[Case]:
    """So many banks; arrangements come by turns, all else is drawn, evenly, by the seed."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    forms = _forms()
    turns: dict[str, list[tuple[str, str, str, str]]] = {}
    for one in forms:
        turns.setdefault(one[0], []).append(one)
    for each in turns.values():
        draw.shuffle(each)
    order = [*ARRANGEMENTS, *CHOSEN, "variants", "plain"]  # these differ most
    for at in range(count):
        arrangement = order[at % len(order)]
        while True:
            each = turns[arrangement]
            each.append(form := each.pop(0))
            format_ = draw.choice([one for one in formats if _can_show(one, arrangement, form[3])] or ["docx"])
            if form[3] not in LOOKS or format_ in LOOKS[form[3]]:
                break
        yield _drawn(draw, form, format_)


def _drawn(draw: random.Random, form: tuple[str, str, str, str], format_: str) -> Case:
    arrangement, options, numbers, keys = form
    spoken = PRINTED[:2] if arrangement == "bilingual" else taught.SAID.get(arrangement, LANGUAGES)
    language = draw.choice(spoken)
    said = words(language)
    opened = arrangement in {"open", "open variants", "a line each", "tickets"}
    titles = said.quiz if arrangement == "lecture" else said.open_titles if opened else said.test_titles
    declared = DECLARED.get(arrangement, ("tests", "tests", "questions"))
    roles = ("",) if arrangement == "lecture" or format_ in SHEETS else ("", "", "", *declared)
    roles = declared if arrangement == "bilingual" else roles  # else the first language of the table is the course's
    return Case(
        arrangement,
        options,
        numbers,
        keys,
        language,
        format_,
        draw.choice(titles),
        draw.choice((0, 0, 1, 2)) if format_ != "txt" else 0,
        draw.choice(said.file_names),
        draw.choice(roles),
        draw.choice(("nothing", "lecture", "two lectures")),
        draw.choice(("", "", *STEMS)) if _may_be_long(arrangement, options, numbers) else "",
        draw.choice((1, 2, 3)) if format_ == "pdf" and arrangement in (*CHOSEN, "open", "tickets") else 1,
    )


def _may_be_long(arrangement: str, options: str, numbers: str) -> bool:
    """Whether stems of several paragraphs can be told from answers and from the next question."""
    return arrangement in CHOSEN and options in shapes.LETTERED - {"behind the stem"} and numbers != "none"


def write(case: Case, folder: Path) -> Made:
    """The folder of a case, with the course.toml that says a role where one is said."""
    made, said = case.made(), words(case.language)
    folder.mkdir(parents=True)
    if case.format in SHEETS:
        _sheet(made.page, folder / case.file)
    elif case.format == "pdf":
        (folder / case.file).with_suffix(".docx").write_bytes(as_docx(made.page))
    else:
        (folder / case.file).write_bytes(FORMATS[case.format](made.page))
    names = [case.file]
    if made.keys is not None:
        names.append(f"{said.keys_file}.txt")
        (folder / names[-1]).write_bytes(as_txt(made.keys))
    for n in range({"nothing": 0, "lecture": 1, "two lectures": 2}[case.beside]):
        title = said.lecture.format(n=n + 2, t=said.lecture_titles[n])
        names.append(f"{title.replace('.', '')}.md")
        page = Page([Line(title, level=1), *(Line(text, apart=True) for text in said.prose)])
        (folder / names[-1]).write_bytes(FORMATS["md"](page))
    if case.role:
        (folder / "course.toml").write_text(_toml(case, names, has_keys=made.keys is not None), "utf-8")
    return made


def _toml(case: Case, names: Sequence[str], *, has_keys: bool) -> str:
    roles = [case.role, *(["keys"] if has_keys else [])]
    roles += ["lecture"] * (len(names) - len(roles))
    files = "".join(f'[[source]]\nfile = "{name}"\nrole = "{role}"\n' for name, role in zip(names, roles, strict=True))
    language = case.language if case.language in PRINTED else "en"
    return f'id = "x"\ntitle = "X"\nlanguage = "{language}"\n{files}'


def _sheet(page: Page, path: Path) -> None:
    rows = next(one for one in page.items if isinstance(one, list))
    if path.suffix == ".csv":
        path.write_text("".join(";".join(row) + "\n" for row in rows), "utf-8")
        return
    book = openpyxl.Workbook()
    sheet = book.create_sheet(index=0)
    for row in rows:
        sheet.append(row)
    book.save(path)


def print_all(folders: Sequence[Path]) -> None:
    """The Word documents of folders as PDF in their place, by LibreOffice in one run."""
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as profile:
        names = {}
        for n, folder in enumerate(folders):
            (found,) = folder.glob("*.docx")
            names[n] = found
            shutil.copyfile(found, Path(made) / f"{n}.docx")
            found.unlink()
        files = [str(Path(made) / f"{n}.docx") for n in names]
        if files:
            call = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf"]
            subprocess.run([*call, "--outdir", made, *files], check=True, capture_output=True)
        for n, found in names.items():
            shutil.move(Path(made) / f"{n}.pdf", found.with_suffix(".pdf"))
