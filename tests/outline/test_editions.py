"""Two languages in two files are two editions that share their ids."""

from __future__ import annotations

import tomllib
from pathlib import Path

from click.testing import CliRunner

from coursepack import build, discovery, export
from coursepack.cli import cli
from coursepack.outline import Understood

KK = "Билік – қоғамдағы адамдардың мінез-құлқына ықпал ету қабілеті. Оның түрлері көп, әрқайсысы өз құралына сүйенеді. "
RU = "Власть есть способность влиять на поведение людей в обществе. Её виды многочисленны, и у каждого свои средства. "
EN = "Information is what we know about the world around us, and people keep it and work with it every day. "
FILES = {
    "kk.txt": f"1-дәріс. Билік\n\n{KK * 4}\n\n2-дәріс. Құқық\n\n{KK * 3}",
    "ru.txt": f"Лекция 1. Власть\n\n{RU * 4}\n\nЛекция 2. Право\n\n{RU * 3}",
    "мақала.txt": f"Статья о власти\n\n{RU * 5}",
}
HEAD = 'id = "c"\ntitle = "Билік"\nlanguage = "kk"\nlanguages = ["ru"]\ntitles = { ru = "Власть" }\n'


def source(file: str, role: str = "textbook", more: str = "") -> str:
    return f'[[source]]\nfile = "{file}"\nrole = "{role}"\n{more}'


def understood(folder: Path, *sources: str, head: str = HEAD) -> dict[str, Understood]:
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "course.toml").write_text(head + "".join(sources), "utf-8")
    (loaded,) = discovery.find_projects([folder])
    return {edition.project.language: build.understand(edition) for _, edition in build.editions(loaded)}


def sessions(found: Understood) -> list[tuple[str, str | None]]:
    return [(session.id, session.title) for _, session in found.course.sessions()]


def told(found: Understood, code: str) -> list[str]:
    return [str(finding) for finding in found.findings if finding.code == code]


def test_each_edition_reads_the_file_in_its_language_under_the_same_ids(tmp_path: Path) -> None:
    made = understood(tmp_path, source("kk.txt"), source("ru.txt"))
    assert sessions(made["kk"]) == [("w01-lecture", "Билік"), ("w02-lecture", "Құқық")]
    assert sessions(made["ru"]) == [("w01-lecture", "Власть"), ("w02-lecture", "Право")]
    assert [made[each].course.title for each in ("kk", "ru")] == ["Билік", "Власть"]
    assert told(made["kk"], "outline-other-edition") == [
        "ru.txt: note: in Russian: it is of another edition than the Kazakh one [outline-other-edition]"
    ]
    assert told(made["ru"], "outline-number-twice") == []


def test_a_text_that_one_language_alone_has_is_of_every_edition(tmp_path: Path) -> None:
    made = understood(tmp_path, source("kk.txt"), source("ru.txt"), source("мақала.txt", "article"))
    assert [len(made[each].course.readings) for each in ("kk", "ru")] == [1, 1]


def test_course_toml_states_the_language_of_a_file(tmp_path: Path) -> None:
    article = source("мақала.txt", "article", 'language = "kk"\n')
    made = understood(tmp_path, source("kk.txt"), source("ru.txt"), article)
    assert [len(made[each].course.readings) for each in ("kk", "ru")] == [1, 1]
    made = understood(tmp_path, source("kk.txt"), article, source("ru.txt", "article"))
    assert [[r.place.file for r in made[e].course.readings if r.place] for e in ("kk", "ru")] == [
        ["мақала.txt"],
        ["ru.txt"],
    ]


def test_an_edition_whose_text_is_in_another_language_is_told(tmp_path: Path) -> None:
    made = understood(tmp_path, source("kk.txt"))
    assert told(made["kk"], "outline-edition-language") == []
    assert told(made["ru"], "outline-edition-language") == [
        (
            "warning: no source is in Russian, the language of this edition [outline-edition-language]"
            " -> name its sources, or take it out of `languages`"
        )
    ]


def test_a_course_of_one_edition_reads_all(tmp_path: Path) -> None:
    head = HEAD.replace('languages = ["ru"]\n', "")
    made = understood(tmp_path, source("kk.txt"), source("ru.txt"), head=head)
    assert len(sessions(made["kk"])) == 4


def test_names_of_products_say_the_language_where_there_are_several_editions(tmp_path: Path) -> None:
    understood(tmp_path, source("kk.txt"), source("ru.txt"))
    (loaded,) = discovery.find_projects([tmp_path])
    settings = build.Settings(formats=("scorm12", "syllabus", "markdown"))
    built = build.build_all([loaded], tmp_path / "out", settings)
    assert [[product.file for product in each.report.products] for each in built] == [
        ["c-kk-scorm12.zip", "c-kk-syllabus.docx", "c-kk-markdown.zip"],
        ["c-ru-scorm12.zip", "c-ru-syllabus.docx", "c-ru-markdown.zip"],
    ]
    assert [each.folder for each in built] == [tmp_path / "out" / "c", tmp_path / "out" / "c-ru"]
    toml = tmp_path / "course.toml"
    toml.write_text(toml.read_text("utf-8").replace('languages = ["ru"]\n', ""), "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    alone = build.build_all([loaded], tmp_path / "alone", settings)
    assert [product.file for product in alone[0].report.products] == [
        "c-scorm12.zip",
        "c-syllabus.docx",
        "c-markdown.zip",
    ]


def test_each_edition_is_exported_under_its_own_name(tmp_path: Path) -> None:
    understood(tmp_path, source("kk.txt"), source("ru.txt"))
    for name in ("markdown", "json"):
        export.export([tmp_path], name, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["c-ru.json", "c-ru.md", "c.json", "c.md"]


def drafted(folder: Path, files: dict[str, str]) -> dict[str, object]:
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    (loaded,) = discovery.find_projects([folder])
    return {
        "language": loaded.project.language,
        "languages": list(loaded.project.languages),
        "editions": [edition.project.language for _, edition in build.editions(loaded)],
    }


def test_a_folder_with_the_same_files_in_two_languages_is_drafted_as_two_editions(tmp_path: Path) -> None:
    assert drafted(tmp_path, FILES) == {"language": "kk", "languages": ["ru"], "editions": ["kk", "ru"]}
    (loaded,) = discovery.find_projects([tmp_path])
    made = {edition.project.language: build.understand(edition) for _, edition in build.editions(loaded)}
    assert sessions(made["kk"]) == [("w01-lecture", "Билік"), ("w02-lecture", "Құқық")]
    assert sessions(made["ru"]) == [("w01-lecture", "Власть"), ("w02-lecture", "Право")]


def test_lectures_in_files_of_their_own_in_two_languages_are_two_editions(tmp_path: Path) -> None:
    files = {f"{at}-дәріс.txt": f"{at}-дәріс. Билік {at}\n\n{KK * 4}" for at in (1, 2, 3)}
    files |= {f"Лекция {at}.txt": f"Лекция {at}. Власть {at}\n\n{RU * 4}" for at in (1, 2, 3)}
    assert drafted(tmp_path, files)["languages"] == ["ru"]


def test_a_text_a_list_or_one_lecture_in_another_language_makes_no_edition(tmp_path: Path) -> None:
    lectures = {f"{at}-дәріс.txt": f"{at}-дәріс. Билік {at}\n\n{KK * 4}" for at in (1, 2, 3)}
    questions = "Вопросы к экзамену\n\n" + "\n".join(f"{at}. Что такое власть {at}?" for at in range(1, 30))
    for more in (
        {"вопросы.txt": questions},
        {"Лекция 4.txt": f"Лекция 4. Право\n\n{RU * 4}"},
        {"a.txt": FILES["мақала.txt"]},
    ):
        at = tmp_path / next(iter(more))
        at.mkdir()
        assert drafted(at, lectures | more)["languages"] == []


def test_init_writes_the_languages_and_the_titles_that_the_files_say(tmp_path: Path) -> None:
    head = {"kk": "Пән: Саясаттану\n\n", "ru": "Дисциплина: Политология\n\n"}
    files = {f"{code}.txt": text + FILES[f"{code}.txt"] for code, text in head.items()}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert CliRunner().invoke(cli, ["init", str(tmp_path)]).exit_code == 0
    written = tomllib.loads((tmp_path / "course.toml").read_text("utf-8"))
    assert {key: written[key] for key in ("title", "language", "languages", "titles")} == {
        "title": "Саясаттану",
        "language": "kk",
        "languages": ["ru"],
        "titles": {"ru": "Политология"},
    }


def test_a_course_whose_text_is_in_another_language_is_told(tmp_path: Path) -> None:
    head = 'id = "c"\ntitle = "Билік"\nlanguage = "kk"\n'
    made = understood(tmp_path, source("ru.txt"), head=head)
    (found,) = told(made["kk"], "outline-edition-language")
    assert found == (
        "warning: no source is in Kazakh, the language of the course: they are in Russian [outline-edition-language]"
        " -> state the language of the text: `language` of course.toml"
    )
    made = understood(tmp_path, source("ru.txt"), source("kk.txt"), head=head)
    assert told(made["kk"], "outline-edition-language") == []


def test_a_file_that_is_not_in_the_language_stated_for_it_is_told(tmp_path: Path) -> None:
    made = understood(tmp_path, source("kk.txt"), source("мақала.txt", more='language = "kk"\n'), source("ru.txt"))
    (found,) = told(made["kk"], "outline-edition-language")
    assert found == (
        "мақала.txt: warning: declared to be in Kazakh, but its text is in Russian [outline-edition-language]"
        " -> check whether it is the right file"
    )


def test_lectures_in_three_languages_without_a_declaration_are_three_editions_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "informatics"
    folder.mkdir()
    for number in (1, 2):
        for name, text in {
            "дәріс": f"{number}-дәріс. Ақпарат\n\n{KK * 2}\n\nБақылау сұрақтары\n1. Ақпарат деген не?\n",
            "лекция": f"Лекция {number}. Информация\n\n{RU * 2}\n\nКонтрольные вопросы\n1. Что такое информация?\n",
            "lecture": f"Lecture {number}. Information\n\n{EN * 2}\n\nReview questions\n1. What is information?\n",
        }.items():
            (folder / f"{name} {number}.txt").write_text(text, "utf-8")
    (loaded,) = discovery.find_projects([folder])
    assert (loaded.project.title, loaded.project.id) == ("informatics", "informatics")
    made = {edition.project.language: build.understand(edition) for _, edition in build.editions(loaded)}
    assert {code: [session.title for _, session in one.course.sessions()] for code, one in made.items()} == {
        "kk": ["Ақпарат"] * 2,
        "ru": ["Информация"] * 2,
        "en": ["Information"] * 2,
    }
