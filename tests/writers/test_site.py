"""The web site: addresses, contents, what is in it and what must never be, and its check."""

from __future__ import annotations

import json
import re
from typing import Any

from msgspec.structs import replace

from coursepack.checks import check_artifact
from coursepack.model.artifact import Artifact, Written
from coursepack.model.blocks import Figure
from coursepack.model.course import Course
from coursepack.writers import Context, load
from tests.samples import ASSETS, EVERY_BLOCK, b, everything
from tests.writers.test_scorm import config, members, parsed


def write(course: Course | None = None, **options: Any) -> Written:
    writer = load("site")
    return writer.write(
        course or everything(), Context(assets=ASSETS, options=writer.options(**options), version="test")
    )


def made(**options: Any) -> Artifact:
    (artifact,) = write(**options).artifacts
    return artifact


def test_a_page_of_the_course_has_a_file_of_its_own_and_leads_to_its_neighbours() -> None:
    artifact = made()
    files = members(artifact)
    assert artifact.name == "sample-site.zip"
    assert [name for name in files if name.endswith(".html")][:4] == [
        "index.html",
        "about-syllabus/index.html",
        "foreword/index.html",
        "introduction/index.html",
    ]
    page = parsed(files["w01-lecture/index.html"])
    assert page.findtext(".//title") == '1-дәріс. Билік: «мәні» & <мағынасы> / "power" – Үлгі курс: «билік» & <заң>'
    turns = {link.get("rel"): link.get("href") for link in page.iterfind(".//nav[@class='turn']/a")}
    assert turns == {"prev": "../about-glossary/index.html", "next": "../w01-seminar/index.html"}
    (here,) = page.xpath("//nav[@id='menu']//a[@href='#w01-lecture']")
    assert here.get("data-page") == "w01-lecture"
    (opened,) = page.xpath("//details[@class='part'][@open]")
    assert "../w01-seminar/index.html" in [link.get("href") for link in opened.iterfind(".//a")]
    assert len(page.xpath("//nav[@id='menu']//a[@data-page]")) == len(
        [name for name in files if name.endswith("/index.html")]
    )


def test_what_a_messenger_shows_of_an_address() -> None:
    aim = "Билік туралы «ғылым» & <заң>. " * 20
    course = everything()
    written = write(replace(course, about=replace(course.about, aim=b(aim))))
    files = members(written.artifacts[0])
    said = {
        name: {
            str(meta.get("property") or meta.get("name")): str(meta.get("content"))
            for meta in parsed(files[name]).iterfind(".//meta")
            if meta.get("property") or meta.get("name") == "description"
        }
        for name in ("index.html", "w01-lecture/index.html")
    }
    start = said["index.html"]
    assert (start["og:type"], start["og:title"]) == ("website", course.title)
    assert start["description"] == start["og:description"]
    assert aim.startswith(start["description"].removesuffix("…"))
    assert 100 < len(start["description"]) <= 205
    page = said["w01-lecture/index.html"]
    assert page["og:title"] == '1-дәріс. Билік: «мәні» & <мағынасы> / "power"'
    assert page["og:site_name"] == course.title
    assert "og:image" not in {*start, *page}  # of a host that nobody named
    bare = members(write(replace(course, about=replace(course.about, aim=(), description=()))).artifacts[0])
    assert "description" not in bare["index.html"].decode()


def test_a_link_to_a_place_on_another_page_is_an_address() -> None:
    page = parsed(members(made())["w01-lecture-review/index.html"])
    assert [link.get("href") for link in page.iterfind(".//ul[@class='links']//a")] == [
        "../w01-lecture/index.html#w01-lecture"
    ]


def test_it_keeps_in_the_browser_and_looks_for_no_lms() -> None:
    told = config(members(made())["w01-lecture-review/index.html"])
    assert (told["version"], told["site"]) == ("none", {"root": "../", "offline": True})
    assert told["words"]["noLms"] == "Оқығаныңыз бен жауаптарыңыз тек осы браузерде сақталады."


def test_the_start_page_lists_every_part_with_its_pages() -> None:
    page = parsed(members(made())["index.html"])
    parts = {
        section.findtext("h3"): [link.get("href") for link in section.iterfind(".//a")]
        for section in page.iterfind(".//section[@class='part']")
    }
    assert [(name or "").partition(" өте")[0] for name in parts] == [
        "Курс туралы",
        '1-апта. Билік: «мәні» & <мағынасы> / "power"',
        "2-апта. Екінші дәріс",
        "Емтихан",
        "Қорытынды және қосымша мәтіндер",
    ]
    assert [href for hrefs in parts.values() for href in hrefs] == [
        name for name in members(made()) if name.endswith("/index.html")
    ]
    assert [" ".join((one.text or "").split()) for one in page.iterfind(".//section[@class='part']/p")] == [
        f"шамамен {minutes} мин" for minutes in (2, 1, 1, 1, 1)
    ]


def test_the_start_page_says_what_the_course_is_for_and_what_is_due() -> None:
    course = everything()
    figure = next(block for block in EVERY_BLOCK if isinstance(block, Figure))
    written = write(replace(course, about=replace(course.about, aim=(*course.about.aim, figure)))).artifacts[0]
    page = parsed(members(written)["index.html"])
    assert page.findtext(".//header/p") == "Үлгі университеті · Ахметова А.Б."
    heads = [one.text for one in page.iterfind(".//h2")]
    assert heads == ["Курстың мақсаты", "Оқыту нәтижелері", "Курстың мазмұны", "Тапсырмалар"]
    (picture,) = page.iterfind(".//section/figure/img")
    assert picture.get("src") in members(written)  # the pages lie a folder deeper
    assert [one.text for one in page.iterfind(".//section/ol/li")] == ["Білу", "Талдау"]
    (task,) = page.xpath("//section/ul[@class='parts']/li")
    assert task.find(".//a").get("href") == "w01-supervised/index.html"
    assert task.find("span[@class='quiet']").text == "тапсыру мерзімі: 2026 жылғы 20 қыркүйек; 10 балл"


def test_a_description_is_no_aim() -> None:
    course = everything()
    page = parsed(
        members(
            write(replace(course, about=replace(course.about, aim=(), description=b("Билік туралы.")))).artifacts[0]
        )["index.html"]
    )
    assert page.findtext(".//h2") == "Пәннің қысқаша сипаттамасы"
    assert page.findtext(".//section/p") == "Билік туралы."


def test_the_worker_keeps_every_file_and_its_version_is_that_of_their_contents() -> None:
    def told(artifact: Artifact) -> dict[str, Any]:
        found = re.match(rb"const SITE = (.*);\n", members(artifact)["sw.js"])
        assert found
        data: dict[str, Any] = json.loads(found[1])
        return data

    artifact = made()
    assert told(artifact)["files"] == ["./", *(name for name in members(artifact) if name != "sw.js")]
    assert told(made())["version"] == told(artifact)["version"]
    other = (
        load("site")
        .write(everything("ru"), Context(assets=ASSETS, options=load("site").options(), version="test"))
        .artifacts[0]
    )
    assert told(other)["version"] != told(artifact)["version"]
    assert "sw.js" not in members(made(offline=False))


def test_no_key_of_the_exam_and_no_ticket_is_in_it() -> None:
    exam = {name: data for name, data in members(made()).items() if name.startswith("exam") and name.endswith(".html")}
    assert list(exam) == ["exam-list/index.html", "exam-practice/index.html"]
    assert [question for data in exam.values() for question in config(data)["questions"] if "parts" in question] == []
    assert not any("ticket" in name for name in members(made()))


def codes(files: dict[str, bytes]) -> set[str]:
    from coursepack import checks
    from coursepack.checks import Grammar
    from coursepack.files.package import Package

    package = Package.of_members("site.zip", files.items())
    return {finding.code for finding in checks.check(package, ("html", "site"), Grammar(closed=True))}


def test_the_check_finds_what_is_wrong_and_nothing_in_ours() -> None:
    assert check_artifact(made()) == []
    files = members(made())

    def changed(old: bytes, new: bytes, name: str = "w01-lecture/index.html") -> set[str]:
        assert old in files[name]
        found = codes(files | {name: files[name].replace(old, new, 1)})
        # what was changed by hand is another version than the one that readers keep offline
        assert name == "sw.js" or "site-version" in found
        return found - {"site-version"}

    assert changed(b'href="../w01-seminar/index.html"', b'href="../w09/index.html"') >= {"site-link"}
    assert changed(b'href="../w01-seminar/index.html"', b'href="../w01-seminar/index.html#x"') == {"site-link"}
    assert changed(b'src="../shared/api.js"', b'src="https://cdn.kz/api.js"') == {"site-outside"}
    assert changed(b' lang="kk"', b"") == {"site-language"}
    assert changed(b'id="notices"', b'id="main"') == {"site-id"}
    assert changed(b'http-equiv="Content-Security-Policy"', b'name="x"') == {"site-policy"}
    assert changed(b'"shared/site.css"', b'"shared/gone.css"', "sw.js") == {"site-worker"}
    assert codes({name: data for name, data in files.items() if name != "index.html"}) >= {"site-start"}
