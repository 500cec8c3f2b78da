"""How much of public decks, pages and books comes through: ``python -m benchmarks.kept FOLDER [--lost]``.

Of each .pptx, .html and .epub below FOLDER, the words that another program finds in it (python-pptx; Chromium's
``innerText``; lxml over the spine of a book), how many of them are read, how many stand in the course that is made of
the file alone, and its pictures, wanted and got. Words are counted as often as they stand. Set aside on both sides, as
``docs/reading.md`` says of each kind: hidden slides, footers, dates and numbers of slides, titles that repeat that of
the slide before, navigation of pages. Where a page shows nothing without its scripts, its text is what lxml finds.
``docs/kept.md`` has what it said of files in public repositories; none of them is kept here.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import lxml.etree
import lxml.html
import msgspec
from playwright.sync_api import Browser

from coursepack import build, discovery, readers
from coursepack.model.blocks import Figure, Math, Picture, Run
from coursepack.place import CoursepackError
from tests.clients.scorm_lms import chromium, served

ENDINGS = (".pptx", ".html", ".htm", ".epub")
WORD = re.compile(r"\w+")
# What stands around the text of a page, and what is no text of it.
AROUND = "nav, header, footer, aside, script, style, noscript, template, button, select, [role=navigation], [hidden]"
MAIN = """around => { const found = document.querySelectorAll('main, [role=main], article');
  const body = found.length ? found[0] : document.body;
  body.querySelectorAll(around).forEach(each => each.style.display = 'none');
  const shown = [...body.querySelectorAll('img')].filter(each => each.offsetParent && each.naturalWidth > 1);
  return [body.innerText, shown.length]; }"""


@dataclass
class Found:
    words: Counter[str]
    pictures: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lost", action="store_true", help="name the words that are lost, and what was said")
    asked = parser.parse_args()
    files = sorted(path for path in asked.folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file())
    print("| repository | file | words | read | in the course | pictures in the file | pictures in the course |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: |")
    with ExitStack() as stack:
        browser = address = None
        if any(path.suffix.lower().startswith(".htm") for path in files):
            address = stack.enter_context(served(asked.folder))
            browser = stack.enter_context(chromium())
        for path in files:
            name = path.relative_to(asked.folder).as_posix()
            wanted = _wanted(path, browser, f"{address}/{name}")
            _row(name, path, wanted, lost=asked.lost)


def _row(name: str, path: Path, wanted: Found, *, lost: bool) -> None:
    repository, _, file = name.partition("/")
    start = f"| {repository} | {file} | {wanted.words.total()} |"
    try:
        read, course, said = _got(path)
    except CoursepackError as problem:
        print(start, problem, "|", flush=True)
        return
    shares = " | ".join(f"{_share(wanted.words, found.words):.1%}" for found in (read, course))
    print(start, shares, f"| {wanted.pictures} | {course.pictures} |", flush=True)
    if lost:
        unread, unused = wanted.words - read.words, (read.words & wanted.words) - course.words
        for what, found in (("read", unread), ("in the course", unused)):
            print(f"   not {what}:", *(f"{word}×{times}" for word, times in found.most_common(40)))
        print("   said:", *said, sep="\n      ")


def _share(wanted: Counter[str], got: Counter[str]) -> float:
    return (wanted & got).total() / max(wanted.total(), 1)


def words(texts: Iterable[str]) -> Counter[str]:
    """The words of texts, none of which goes on in the next."""
    folded = (unicodedata.normalize("NFKC", text.replace("\u00ad", "")).casefold() for text in texts)
    return Counter(word for text in folded for word in WORD.findall(text))


# --- what others find


def _wanted(path: Path, browser: Browser | None, address: str) -> Found:
    match path.suffix.lower():
        case ".pptx":
            return _deck(path)
        case ".epub":
            return _book(path)
    assert browser is not None
    page = browser.new_page(java_script_enabled=False)
    page.route("**/*", lambda route: route.continue_() if "127.0.0.1" in route.request.url else route.abort())
    page.goto(address.replace("%", "%25").replace("#", "%23"))
    text, pictures = page.evaluate(MAIN, AROUND)
    page.close()
    if not text.strip():
        return Found(*_body(path.read_bytes()))
    return Found(words([text]), pictures)


def _deck(path: Path) -> Found:
    from pptx import Presentation

    texts: list[str] = []
    pictures, before = 0, ""
    for slide in Presentation(str(path)).slides:
        if slide._element.get("show") in {"0", "false"}:  # noqa: SLF001 - the library has no name for it
            continue
        shapes = [shape for shape in _shapes(slide.shapes) if not _is_furniture(shape)]
        pictures += sum(hasattr(shape, "image") for shape in shapes)
        told = [shape for shape in shapes if shape.has_text_frame and shape.text_frame.text.strip()]
        titles = [shape for shape in told if shape.is_placeholder and shape.placeholder_format.type in {1, 3}]
        head = next(iter(titles or sorted(told, key=lambda shape: shape.top or 0)), None)
        title = "" if head is None else " ".join(head.text_frame.text.split())
        for shape in told:
            if shape is not head or title != before:
                texts += [paragraph.text for paragraph in shape.text_frame.paragraphs]
        texts += [cell.text for shape in shapes if shape.has_table for cell in shape.table.iter_cells()]
        before = title
    return Found(words(texts), pictures)


def _is_furniture(shape: Any) -> bool:
    """A slide's number, its footer, its date."""
    return shape.is_placeholder and shape.placeholder_format.type in {13, 15, 16}


def _shapes(shapes: Any) -> Iterator[Any]:
    from pptx.enum.shapes import MSO_SHAPE_TYPE

    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _book(path: Path) -> Found:
    found, pictures = Counter[str](), 0
    with zipfile.ZipFile(path) as book:
        container: Any = lxml.etree.fromstring(book.read("META-INF/container.xml"))
        package = container.find(".//{*}rootfile").get("full-path")
        tree: Any = lxml.etree.fromstring(book.read(package))
        items = {item.get("id"): item for item in tree.iter("{*}item")}
        for ref in tree.iter("{*}itemref"):
            item = items[ref.get("idref")]
            if "nav" not in item.get("properties", "") and ref.get("linear") != "no":
                member = (PurePosixPath(package).parent / unquote(item.get("href"))).as_posix()
                told, shown = _body(book.read(member))
                found, pictures = found + told, pictures + shown
    return Found(found, pictures)


def _body(page: bytes) -> tuple[Counter[str], int]:
    """The words and pictures of a page."""
    root: Any = lxml.html.fromstring(page)
    body = root.find("body")
    for each in body.xpath(".//script | .//style | .//nav | .//annotation"):
        each.drop_tree()
    return words(["\n".join(body.itertext())]), len(body.xpath(".//img"))


# --- what we find


def _got(path: Path) -> tuple[Found, Found, list[str]]:
    document = readers.read(path, path.name)
    (loaded,) = discovery.find_projects([path])
    understood = build.understand(loaded)
    said = [f"{each.severity} {each.code}: {each.message[:300]}" for each in understood.findings]
    return _all(document.units), _all((understood.course, document.spoken)), said


def _all(value: Any) -> Found:
    texts: list[str] = []
    pictures = 0
    left = [value]
    while left:
        each = left.pop()
        pictures += isinstance(each, Figure | Picture)
        if isinstance(each, str):
            texts.append(each)
        elif isinstance(each, tuple | list) and each and all(isinstance(item, Run | Math | Picture) for item in each):
            texts.append("".join(item.text for item in each if isinstance(item, Run | Math)))
            left += [text for item in each if isinstance(item, Picture) for text in (item.alt, item)]
        elif isinstance(each, tuple | list):
            left += each
        elif isinstance(each, msgspec.Struct):
            left += [getattr(each, field) for field in each.__struct_fields__ if field not in {"place", "asset"}]
    return Found(words(texts), pictures)


if __name__ == "__main__":
    main()
