"""What in a product would run, load or lead astray, read the way its reader reads it.

Pages and fragments through html5lib (the parsing algorithm of the HTML Living Standard, as in browsers), SVG and the
parts of packages through lxml. The lists here are this test's own: they do not come from the cleaner's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from itertools import chain
from typing import Any

import html5lib
from lxml import etree

from coursepack.files.archives import container
from coursepack.files.package import Package

# What our own pages hold of these (``_own``), and nobody else: a head, an icon, boxes to answer in.
RUNS = frozenset(
    [
        "script",
        "iframe",
        "frame",
        "frameset",
        "object",
        "embed",
        "applet",
        "base",
        "meta",
        "link",
        "style",
        "form",
        "button",
        "textarea",
        "foreignobject",
        "animate",
        "set",
        "animatetransform",
        "animatemotion",
        "handler",
        "portal",
        "template",
        "noscript",
        "xmp",
        "plaintext",
        "noembed",
        "title",
        "audio",
        "video",
        "source",
        "svg",
        "mglyph",
        "malignmark",
        "annotation-xml",
        "listing",
        "isindex",
        "marquee",
    ]
)
ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "poster", "background", "srcset", "ping", "cite"})
SCHEMES = frozenset({"http", "https", "mailto", "ftp", "ftps", "tel"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HTML = "{http://www.w3.org/1999/xhtml}"
_LOADING = frozenset({"img", "image", "source", "video", "audio", "feimage", "use"})
_BAD_STYLE = re.compile(r"url\s*\(|expression|@import|javascript|behavior|-moz-binding|\\", re.IGNORECASE)


# What a platform's MathJax finds in a text, and a link that it would make.
_TEX = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]|\$\$.*?\$\$", re.DOTALL)
_TEX_LINK = re.compile(r"\\(?:href|url)\s*\{\s*(?!https?:|mailto:)|\\(?:style|class|mmlToken|html\w*)\s*[\[{]")


def scheme(address: str) -> str:
    """As a browser reads it (URL Standard, 4.4)."""
    plain = re.sub(r"[\t\n\r]", "", address.strip("".join(map(chr, range(33)))))
    if plain.replace("\\", "/").startswith("//"):
        return "//"
    found = _SCHEME.match(plain)
    return found[1].lower() if found else ""


def of_tree(root: Any, *, page: bool = False) -> Iterator[str]:
    """What is active in a tree; ``page``: one of our own pages, whose frame may hold more."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2].lower()
        if name in RUNS and not (page and _own(element, name)):
            yield f"<{name}>"
        for key, value in element.attrib.items():
            yield from _attribute(name, str(key).rpartition("}")[2].lower(), str(value))
        # Our own pages bring no MathJax; a platform that takes their text does.
        ignored = (
            page or "tex2jax_ignore" in element.get("class", "") or name in {"code", "annotation", "textarea", "script"}
        )
        for text in (None if ignored else element.text, *(child.tail for child in ([] if ignored else element))):
            yield from (f"TeX {found[0]!r}" for found in _TEX.finditer(text or "") if _TEX_LINK.search(found[0]))


def _own(element: Any, name: str) -> bool:
    """True for what the templates hold themselves."""
    match name:
        case "meta":
            return element.get("http-equiv", "").lower() in {"", "content-security-policy"}
        case "link":
            own = r"(\.\./)?(shared/(icon\.svg|(style|math|site)\.css)|style\.css)"
            return bool(re.fullmatch(own, element.get("href", "")))
        case "script":
            shared = re.fullmatch(r"(\.\./)?shared/[a-z]+\.js", element.get("src", ""))
            data = element.get("id") in {"sco-data", "site-data"} and element.get("type") == "application/json"
            return bool(shared) or data
        case "svg":
            inside = [each.tag.rpartition("}")[2] for each in element]
            return inside == ["path"] and element.get("viewBox") == "0 0 20 20" and not len(element[0])
        case "form":
            # The search and the choice of what is printed: they lead nowhere, and begin as nobody else's does.
            first = next(iter(element), None)
            begins = first is not None and (first.get("for") == "search-field" or first.tag.endswith("fieldset"))
            return begins and set(element.attrib) <= {"role"}
    return name in {"title", "style", "button", "textarea", "noscript"} and "onclick" not in element.attrib


def _attribute(element: str, name: str, value: str) -> Iterator[str]:
    if name.startswith("on") or name in {"srcdoc", "formaction", "action", "autofocus"}:
        yield f"<{element} {name}>"
    if name == "style" and _BAD_STYLE.search(value):
        yield f"<{element} style={value!r}>"
    if name not in ADDRESSES:
        return
    found = scheme(value)
    inline = found == "data" and re.match(r"data:(image/(png|jpeg|gif|webp)[;,]|,$)", value)
    loads = name in {"background", "poster", "srcset", "ping"} or element in _LOADING
    if loads and found in {*SCHEMES, "//"}:
        yield f"<{element} {name}={value!r}> loads"
    elif found and found not in SCHEMES and not inline:
        yield f"<{element} {name}={value!r}>"


@cache
def of_html(text: str, *, page: bool = False) -> tuple[str, ...]:
    """What is active in a page or a fragment, once parsed and once more after serialising (mutations)."""
    return tuple(_of_html(text, page=page))


def _of_html(text: str, *, page: bool) -> Iterator[str]:
    for _ in range(2):
        parse = html5lib.parse if page else html5lib.parseFragment
        tree = parse(text, treebuilder="etree")
        yield from of_tree(tree, page=page)
        text = html5lib.serialize(tree, tree="etree", omit_optional_tags=False)


# Elements of XML whose text is HTML for whoever shows it (Moodle's and IMS's own names).
_HTML_FIELDS = frozenset(
    [
        "intro",
        "content",
        "summary",
        "questiontext",
        "generalfeedback",
        "answertext",
        "feedback",
        "feedbacktext",
        "correctfeedback",
        "graderinfo",
        "partiallycorrectfeedback",
        "incorrectfeedback",
        "responsetemplate",
        "message",
        "description",
        "text",
        "mattext",
        "fieldbody",
    ]
)
# Elements of XML that hold a name: plain text, escaped by whoever shows it.
_NAMES = frozenset({"name", "title", "tag", "category", "rawname"})


def fields(root: Any) -> Iterator[tuple[str, str]]:
    """(name, text) of the elements whose text is HTML."""
    for element in root.iter("*"):
        name = etree.QName(element).localname.lower()
        parent = element.getparent()
        above = "" if parent is None else etree.QName(parent).localname.lower()
        plain = element.get("texttype") == "text/plain" or element.get("format") == "plain_text"
        # A short answer is what a learner types: Moodle compares it and escapes it (qtype_shortanswer).
        plain = plain or (name == "answertext" and parent is not None and parent.findtext("answerformat") == "0")
        if name in _HTML_FIELDS and above not in _NAMES and not plain and element.text and "<" in element.text:
            yield name, element.text


def of_xml(data: bytes, *, moodle: bool = False) -> Iterator[str]:
    """What is active in a part of a package: texts that are HTML, addresses of links.

    ``moodle``: its import decodes entities once more than it should; then too nothing may come alive.
    """
    root = xml(data)
    for element in root.iter("*"):
        yield from _element(element, etree.QName(element).localname.lower())
    for name, text in fields(root):
        for each in (text, *([unescape(text)] if moodle else [])):
            yield from (f"{name}: {found}" for found in of_html(each))


def _element(element: Any, name: str) -> Iterator[str]:
    if etree.QName(element).namespace in {"http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"}:
        yield f"<{name}> of XHTML or SVG in XML"
    address = element.get("href") if name == "url" else None
    if name == "relationship" and element.get("TargetMode") == "External":
        address = element.get("Target")
    if address is not None and scheme(address) not in SCHEMES:
        yield f"<{name}> leads to {address!r}"
    if name == "instrtext" or element.get(f"{_WORD}instr"):
        code = (element.text or "") + "".join(str(value) for value in element.attrib.values())
        if "HYPERLINK" in code and "\\l" not in code:
            yield f"field {code!r}"


def xml(data: bytes) -> Any:
    """The root of a part."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))


def _body(page: str) -> str:
    return page.partition("<body>")[2].partition("</body>")[0]


def of_svg(data: bytes) -> Iterator[str]:
    """What is active in a picture that somebody opens by itself, in XML and for a reader that takes it for HTML."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, load_dtd=False))
    for node in (*root.itersiblings(preceding=True), *root.iter()):
        if isinstance(node, etree._ProcessingInstruction):
            yield f"<?{node.target!s}>"
    if (
        root.getroottree().docinfo.internalDTD is not None
        and b"[" in data.partition(b"<!DOCTYPE")[2].partition(b">")[0]
    ):
        yield "declarations in a DOCTYPE"
    for element in root.iter("*"):
        name = etree.QName(element).localname.lower()
        if name in (RUNS - {"svg", "title", "style"}) or element.tag.startswith(_HTML):
            yield f"<{name}>"
        if name == "style" and _loads("".join(str(text) for text in element.itertext())):
            yield f"<style>{element.text}"
        for key, value in element.attrib.items():
            local = str(key).rpartition("}")[2].lower()
            if local.startswith("on") or (local != "href" and _loads(str(value))):
                yield f"<{name} {local}={value!r}>"
            if (
                local == "href"
                and not str(value).startswith("#")
                and (name != "a" or scheme(str(value)) not in SCHEMES)
            ):
                yield f"<{name} href={value!r}>"


def _loads(style: str) -> bool:
    loads = re.search(r"@import|javascript:|expression|\\", style, re.IGNORECASE)
    return bool(loads) or any(not found.strip("\"' ").startswith("#") for found in re.findall(r"url\(([^)]*)", style))


def of_model(value: Any) -> Iterator[str]:
    """What is active in a course.json: formulas, links, media types."""
    if isinstance(value, list):
        for each in value:
            yield from of_model(each)
    if not isinstance(value, dict):
        return
    if mathml := value.get("mathml"):
        yield from of_html(mathml)
    if "href" in value and scheme(value["href"]) not in SCHEMES:
        yield f"href {value['href']!r}"
    for each in value.values():
        yield from of_model(each)


def of_file(name: str, data: bytes, *, moodle: bool = False) -> Iterator[str]:
    """What is active in a product or a member of one, told with its name."""
    if container(data[:512]) != "file":
        moodle = "cc11" in name
        package = Package.of_bytes(name, data)
        for member in package.names():
            yield from of_file(f"{name}!{member}", package.read(member), moodle=moodle)
        return
    ending = name.rpartition(".")[2].lower()
    found: Iterable[str] = ()
    if ending == "xhtml":
        found = of_tree(xml(data), page=True)
    elif ending in {"html", "htm"}:
        found = of_html(data.decode(), page=True)
        if moodle:
            found = chain(found, of_html(unescape(_body(data.decode()))))
    elif name.endswith("shared/searchdata.js"):
        found = _of_data(data.decode())
    elif b"<svg" in data[:2048] and ending not in {"xml", "md", "gift", "csv", "txt", "json"}:
        found = of_svg(data)
    elif ending in {"xml", "rels"}:
        found = of_xml(data, moodle=moodle)
    elif ending == "json":
        found = of_model(json.loads(data))
    elif ending == "md":
        # Its text is read by coursepack again, and shown by nobody's MathJax.
        found = (each for each in of_html(_markdown(data.decode())) if not each.startswith("TeX"))
    elif ending == "gift":
        found = of_html(_gift(data.decode()))
    yield from (f"{name}: {each}" for each in found)


def _of_data(script: str) -> Iterator[str]:
    """A script of ours that is nothing but data, handed to a function."""
    data = re.fullmatch(r"coursepack\.index\((\{.*\})\);?\s*", script, re.DOTALL)
    if data is None:
        yield "a script that is more than data"
    else:
        json.loads(data[1])


def _markdown(text: str) -> str:
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark", {"html": True}).enable(["table"]).render(re.sub(r"<!--.*?-->", "", text)))


def _gift(text: str) -> str:
    """The texts of a GIFT file that are HTML."""
    texts = re.findall(r"\[html\]((?:[^\\{}]|\\.)*)", text)
    return "\n".join(re.sub(r"\\(.)", r"\1", each) for each in texts)
