"""What a screen reader gets of the pages: Chromium's accessibility tree, by its DevTools protocol."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.clients.scorm_lms import DESKTOP, served, until
from tests.clients.test_scorm_player import package

# Roles that a keyboard stops at, and places that a screen reader leads to: each says what it is.
NAMED = {
    "article", "button", "checkbox", "combobox", "complementary", "dialog", "heading", "image", "link", "navigation",
    "progressbar", "radio", "region", "textbox",
}  # fmt: skip
SPOKEN = NAMED | {"banner", "doc-noteref", "main", "search", "figure", "DisclosureTriangle"}


@dataclass(frozen=True)
class Told:
    """A node as it is reported: role, name, description."""

    role: str
    name: str
    description: str


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root: Path = tmp_path_factory.mktemp("tree")
    for member in package("2004").members:
        path = root / member.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(member.read())
    with served(root) as found:
        yield found


def opened(browser: Browser, address: str, sco: str, page_id: str) -> Page:
    page = browser.new_page(viewport=DESKTOP)  # type: ignore[arg-type]  # a plain dict of width and height
    page.goto(f"{address}/{sco}/index.html")
    page.wait_for_selector("html.ready", state="attached")
    page.evaluate("id => coursepack.reader.go(id, true)", page_id)
    return page


def tree(page: Page) -> list[Told]:
    """The nodes in the order in which they are read."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    found: list[Told] = []
    ahead = [nodes[0]]
    while ahead:
        node = ahead.pop()
        if not node["ignored"]:
            role, name, described = (node.get(key, {}).get("value", "") for key in ("role", "name", "description"))
            found.append(Told(role, " ".join(name.split()), " ".join(described.split())))
        ahead += [by_id[child] for child in reversed(node.get("childIds", [])) if child in by_id]
    return found


def wrong(told: list[Told]) -> list[Told]:
    """What has no name, and what is told twice over."""
    return [each for each in told if each.role in NAMED and (not each.name or each.name == each.description)]


def test_names_and_order_of_a_lecture(browser: Browser, address: str) -> None:
    page = opened(browser, address, "w01", "w01-lecture")
    title = '1-дәріс. Билік: «мәні» & <мағынасы> / "power"'
    assert [f"{each.role} {each.name}".strip() for each in tree(page) if each.role in SPOKEN] == [
        "link Мәтінге өту",
        "banner",
        'heading 1-апта. Билік: «мәні» & <мағынасы> / "power"',
        "button Курстан іздеу",
        "navigation Мазмұны",
        f"link {title}",
        "link 1-семинар",
        "link 1 СОӨЖ. “Саяси ғылымдағы билік мәселесі” атты эссе дайындау.",
        "link Бақылау сұрақтары. 1-дәріс",
        "DisclosureTriangle Оқу баптаулары",
        "button Жазбаларым",
        "button Басып шығару",
        "button Пернелер",
        "main",
        f"article {title}",
        f"heading {title}",
        "button Бетбелгі",
        "button Жазба қосу",
        "complementary Оқыту нәтижелері",
        "region Жоспары",
        "navigation Осы бетте",
        "link Бірінші бөлім",
        "link Кесте мен сурет",
        "heading Бірінші бөлім",
        "link akorda.kz жаңа терезеде ашылады",
        "image жаңа терезеде ашылады",  # the arrow behind it, which a style sheet draws and names
        "doc-noteref 1",
        "heading Кесте мен сурет",
        "region Министрліктер",
        "figure",
        "image Көк шаршы",
        "region 1-формула",
        "link Өзін-өзі тексеру: бақылау сұрақтары",
        "navigation Беттер",
        "link Келесі 1-семинар",
    ]
    page.close()


def test_each_kind_of_question_says_what_is_asked_where_it_is_answered(browser: Browser, address: str) -> None:
    page = opened(browser, address, "w01", "w01-lecture-review")
    told = tree(page)
    assert wrong(told) == []
    answered = {"radio", "checkbox", "combobox", "textbox"}
    groups: dict[str, tuple[str, list[str]]] = {}
    for each in told:
        if each.role == "group" and each.name.endswith("-сұрақ"):
            groups[each.name] = (each.description, [])
        elif each.role in answered and groups:
            groups[list(groups)[-1]][1].append(f"{each.role} {each.name} | {each.description}")
    assert groups == {
        "1-сұрақ": ("", ["textbox Сіздің жауабыңыз | Билік дегеніміз не?"]),
        "2-сұрақ": (
            "Суретте не? Көк шаршы",
            ["radio a) Шаршы | ", "radio b) Үшбұрыш & т.б. | ", "radio c) Дөңгелек <b> | "],
        ),
        "3-сұрақ": (
            "Билік тармақтары қайсы?",
            ["checkbox a) Заң шығарушы | ", "checkbox b) Төртінші | ", "checkbox c) Атқарушы | "],
        ),
        "4-сұрақ": ("Қазақстан – президенттік республика.", ["radio Дұрыс | ", "radio Бұрыс | "]),
        "5-сұрақ": ("", ["textbox Сіздің жауабыңыз | Билік туралы ғылым?"]),
        "6-сұрақ": ("", ["textbox Сіздің жауабыңыз | Парламентте неше палата?"]),
        "7-сұрақ": ("Сәйкестендіріңіз", ["combobox Сенат | ", "combobox Мәжіліс | "]),
        "8-сұрақ": ("", ["textbox 1-бос орын | ", "textbox 2-бос орын | "]),
        "9-сұрақ": ("", ["textbox Сіздің жауабыңыз | Билікке анықтама беріңіз."]),
    }
    page.close()


@pytest.mark.parametrize(
    ("sco", "page_id"),
    [("about", "start"), ("about", "about-glossary"), ("about", "about-syllabus"), ("w01", "w01-seminar")],
)
def test_nothing_is_without_a_name_or_told_twice(browser: Browser, address: str, sco: str, page_id: str) -> None:
    page = opened(browser, address, sco, page_id)
    told = tree(page)
    assert wrong(told) == []
    assert [each.role for each in told].count("article") == 1  # pages that are not shown are not told
    names = [each.name for each in told if each.role in {"navigation", "region", "complementary"}]
    assert len(set(names)) == len(names)
    assert [(a, b) for a, b in itertools.pairwise(told) if a.role == b.role == "term"] == []
    page.close()


@pytest.mark.parametrize("dialog", ["notes-list", "print", "keys", "panel", "search"])
def test_dialogs(browser: Browser, address: str, dialog: str) -> None:
    page = opened(browser, address, "w01", "w01-lecture")
    if dialog == "panel":
        page.click("#panel summary")
    else:
        page.click(f"[data-open={dialog}]")
    if dialog == "search":
        until(page.main_frame, "coursepack.search.index")
        page.fill("#search-field", "билік")
    told = tree(page)
    assert wrong(told) == []
    if dialog == "panel":
        radios = [each for each in told if each.role == "radio"]
        assert len(radios) == 13
    else:
        shown = [each for each in told if each.role == "dialog"]
        assert [bool(each.name) for each in shown] == [True]
        assert "article" not in {each.role for each in told}  # what stands behind is not told
    if dialog == "search":
        results = [each for each in told if each.role == "link"]
        assert len(results) > 10
        assert len({(each.name, each.description) for each in results}) == len(results)  # no two say the same
    page.close()
