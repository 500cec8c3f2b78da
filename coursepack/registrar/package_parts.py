"""A package as a list of parts: its pages and questions, whoever made it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from urllib.parse import unquote

from lxml import etree, html

from coursepack.checks.detect import MANIFEST
from coursepack.files.package import Package
from coursepack.registrar.parts import CoursePart

Element = etree._Element


def _local(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _all_text(element: Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _children(element: Element, name: str) -> list[Element]:
    return [child for child in element if _local(child) == name]


def _text(element: Element, path: str) -> str:
    """The text at a path of local names below an element; empty when there is none."""
    here = element
    for name in path.split("/"):
        found = _children(here, name)
        if not found:
            return ""
        here = found[0]
    return _all_text(here).strip()


_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "dt", "dd", "figcaption", "caption", "div", "br", "pre"}


def html_text(data: str | bytes) -> str:
    """What a page says, a line a paragraph; scripts and styles aside."""
    if not data.strip():
        return ""
    try:
        root = html.fromstring(data)
    except (etree.ParserError, ValueError):
        return data if isinstance(data, str) else data.decode("utf-8", "replace")
    body = next(iter(root.iter("body")), root)
    parts: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            parts.append("\n" if name in _BLOCKS else "")
            parts.append(element.text or "" if name and name not in {"script", "style"} else "")
        else:
            parts.append("\n" if name in _BLOCKS else "")
            parts.append(element.tail or "" if element is not body else "")
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _manifest_parts(package: Package, root: str) -> tuple[str, list[CoursePart]]:
    manifest = package.xml(root + MANIFEST)
    resources = {element.get("identifier", ""): element for element in manifest.iter() if _local(element) == "resource"}
    organization = next((element for element in manifest.iter() if _local(element) == "organization"), None)
    parts: list[CoursePart] = []
    if organization is not None:
        for item in _children(organization, "item"):
            _walk(package, root, item, resources, "", parts)
    for name, resource in resources.items():
        if "question-bank" in resource.get("type", ""):
            parts += _resource(package, root, resource, name, name, "")
    title = next((_text(lom, "title") for lom in manifest.iter() if _local(lom) == "general"), "")
    title = title or (_text(organization, "title") if organization is not None else "")
    return title, parts


def _walk(
    package: Package, root: str, item: Element, resources: dict[str, Element], where: str, parts: list[CoursePart]
) -> None:
    title = _text(item, "title")
    resource = resources.get(item.get("identifierref", ""))
    if resource is not None:
        parts += _resource(package, root, resource, item.get("identifier", ""), title, where)
    for child in _children(item, "item"):
        _walk(package, root, child, resources, title or where, parts)


def _resource(package: Package, root: str, resource: Element, name: str, title: str, where: str) -> list[CoursePart]:
    href = resource.get("href") or next((file.get("href", "") for file in _children(resource, "file")), "")
    path = posixpath.normpath(root + unquote(href.partition("?")[0])) if href else ""
    if path not in package:
        return [CoursePart("page", name, title, "", where)]
    if "imsqti" in resource.get("type", ""):
        return [CoursePart("page", name, title, "", where), *_qti(package.xml(path), title)]
    if path.lower().endswith((".html", ".htm", ".xhtml")):
        return [CoursePart("page", name, title, html_text(package.read(path)), where)]
    if path.lower().endswith(".xml"):
        document = package.xml(path)
        url = next((element.get("href", "") for element in document.iter() if _local(element) == "url"), "")
        return [
            CoursePart("page", name, title, "\n".join(filter(None, (html_text(_text(document, "text")), url))), where)
        ]
    return [CoursePart("file", name, title, f"{path}: {package.size(path)}", where)]


def _qti(document: Element, where: str) -> list[CoursePart]:
    found = []
    for item in (element for element in document.iter() if _local(element) == "item"):
        texts = [html_text(_all_text(text)) for text in item.iter() if _local(text) == "mattext"]
        keys = [_all_text(key) for key in item.iter() if _local(key) == "varequal"]
        found.append(
            CoursePart("question", item.get("ident", ""), item.get("title", ""), "\n".join([*texts, *keys]), where)
        )
    return found


def _moodle_xml(package: Package, _: str) -> tuple[str, list[CoursePart]]:
    root = package.xml(package.names()[0])
    category, parts = "", []
    for number, question in enumerate(_children(root, "question"), 1):
        if question.get("type") == "category":
            category = _text(question, "category/text")
            continue
        lines = [html_text(_text(question, "questiontext/text"))]
        for answer in question:
            if _local(answer) in {"answer", "subquestion"}:
                share = f"{answer.get('fraction')}: " if answer.get("fraction") else ""
                lines.append(
                    share + html_text(" = ".join(filter(None, (_text(answer, "text"), _text(answer, "answer")))))
                )
        name = _text(question, "idnumber") or f"question-{number}"
        parts.append(
            CoursePart("question", name, _text(question, "name/text"), "\n".join(filter(None, lines)), category)
        )
    return "", parts


_ACTIVITY_TEXT = ("intro", "content", "externalurl", "summary")


def _backup(package: Package, root: str) -> tuple[str, list[CoursePart]]:
    contents = package.xml(root + "moodle_backup.xml")
    parts: list[CoursePart] = []
    for section in (element for element in contents.iter() if _local(element) == "section"):
        directory = _text(section, "directory")
        parts += _summary(package, root + directory + "/section.xml", directory)
    for activity in (element for element in contents.iter() if _local(element) == "activity"):
        directory, kind = _text(activity, "directory"), _text(activity, "modulename")
        path = f"{root}{directory}/{kind}.xml"
        text = "\n".join(_written(package.xml(path))) if path in package else ""
        parts.append(CoursePart("page", directory.rpartition("/")[2], _text(activity, "title"), text))
    if root + "questions.xml" in package:
        for question in package.xml(root + "questions.xml").iter():
            if _local(question) == "question" and _children(question, "questiontext"):
                lines = [html_text(_text(question, "questiontext"))]
                lines += [html_text(_all_text(a)) for a in question.iter() if _local(a) == "answertext"]
                parts.append(CoursePart("question", question.get("id", ""), _text(question, "name"), "\n".join(lines)))
    return _text(contents, "information/original_course_fullname"), parts


def _summary(package: Package, path: str, directory: str) -> list[CoursePart]:
    if path not in package:
        return []
    root = package.xml(path)
    name = _text(root, "name")
    title = "" if name == "$@NULL@$" else name
    return [CoursePart("section", directory.rpartition("/")[2], title, html_text(_text(root, "summary")))]


def _written(document: Element) -> list[str]:
    return [html_text(_all_text(e)) for e in document.iter() if _local(e) in _ACTIVITY_TEXT and e.text]


def _docx(package: Package, _: str) -> tuple[str, list[CoursePart]]:
    lines = []
    for paragraph in (e for e in package.xml("word/document.xml").iter() if _local(e) == "p"):
        line = "".join(e.text or "" for e in paragraph.iter() if _local(e) == "t")
        lines.append(" ".join(line.split()))
    return "", [CoursePart("page", "document", package.name, "\n".join(line for line in lines if line))]


READERS: dict[str, Callable[[Package, str], tuple[str, list[CoursePart]]]] = {
    **dict.fromkeys(("cc10", "cc11", "cc12", "cc13", "scorm12", "scorm2004", "content-package"), _manifest_parts),
    "moodle-xml": _moodle_xml,
    "moodle-backup": _backup,
    "docx": _docx,
}
