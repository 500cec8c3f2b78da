"""Turns program-specific HTML into standard HTML: classes for styles, lists by their names, footnotes as links forth
and back, links through a redirecting service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import tinycss2

from coursepack.files.xml import take_out
from coursepack.readers.html.blocks import ADDRESSES
from coursepack.readers.html.furniture import DATA
from coursepack.readers.html.tree import Element, all_text
from coursepack.readers.office.names import NAMES

_STYLES = frozenset(
    {
        "font-weight",
        "font-style",
        "text-decoration",
        "text-decoration-line",
        "vertical-align",
        "text-align",
        "font-family",
        "font",
    }
)
_CLASS = re.compile(r"\s*(?:[a-z0-9]+)?\.([\w-]+)\s*", re.IGNORECASE)
_LEVEL = re.compile(r"(lst-\S+?)-(\d)(?:\s|$)")
_MOST_STYLES = 1 << 20
_NOTE_BLOCKS = ("li", "aside", "dd", "p", "div", "td")


def shape(root: Element, sheets: str) -> int:
    """Applies all changes in place; ``sheets`` are the style sheets of the page. Returns how many comments of readers
    were removed."""
    _links(root)
    _late_pictures(root)
    _classes(root, sheets)
    for element in list(root.iter("p")):
        level = next((DATA.headings[name] for name in element.get("class", "").split() if name in DATA.headings), None)
        if level:
            element.tag = f"h{level}"
    _listings(root)
    _lists(root)
    remarks = _remove_comments(root)
    _notes(root)
    return remarks


def sheets_of(root: Element) -> str:
    """The style sheets inside a page."""
    return "\n".join(all_text(style) for style in root.iter("style"))[:_MOST_STYLES]


def _links(root: Element) -> None:
    for link in root.iter("a"):
        parts = urlsplit_safe(link.get("href", ""))
        name = DATA.redirects.get(f"{parts[0]}://{parts[1]}{parts[2]}")
        if name and (true := parse_qs(parts[3]).get(name)):
            link.set("href", true[0])


def _late_pictures(root: Element) -> None:
    """Pictures that a script would load when they are scrolled to, or a browser choose by the width of its window."""
    for image in root.iter("img"):
        late = next((image.get(name, "") for name in DATA.late if image.get(name)), "")
        src = image.get("src", "")
        chosen = [one for name in DATA.sets for one in _largest_first(image.get(name, ""))]
        for around in image.iterancestors("picture"):
            chosen += [one for source in around.iter("source") for one in _largest_first(source.get("srcset", ""))]
        # Until then the page has a grey pixel in its place.
        stand_in = bool(late or image.get("data-srcset")) and src.lower().startswith("data:")
        found = [one for one in (late, "" if stand_in else src, *chosen) if one]
        if found:
            image.set("src", found[0])
        if len(found) > 1 and not found[0].lower().startswith("data:"):
            image.set(ADDRESSES, "\n".join(one.replace("\n", "") for one in found))


def _largest_first(srcset: str) -> list[str]:
    """The addresses of a ``srcset``, the largest picture first."""
    found = [(one.split(), at) for at, one in enumerate(re.split(r",\s+", srcset.strip())) if one.split()]
    sizes = [(float(parts[-1][:-1]) if _SIZE.fullmatch(parts[-1]) else 1.0, -at, parts[0]) for parts, at in found]
    return [address.rstrip(",") for _, _, address in sorted(sizes, reverse=True)]


_SIZE = re.compile(r"\d{1,6}(?:\.\d{1,3})?[wx]")


def urlsplit_safe(address: str) -> tuple[str, str, str, str]:
    """Scheme, host, path and query; four empty strings for an invalid address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", "", "", ""
    return parts.scheme, parts.netloc, parts.path, parts.query


# --- styles -------------------------------------------------------------------------------------------------------


def _classes(root: Element, sheets: str) -> None:
    """Copies the character properties of an element's classes into its ``style``, before what is there."""
    known = _rules(sheets)
    for element in root.iter("*") if known else ():
        declarations = [known[name] for name in element.get("class", "").split() if name in known]
        if declarations:
            element.set("style", ";".join([*declarations, element.get("style", "")]))


def _rules(sheets: str) -> dict[str, str]:
    """Class → its declarations of character properties; only rules of a single class."""
    found: dict[str, str] = {}
    for rule in tinycss2.parse_stylesheet(sheets, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        names = [_CLASS.fullmatch(part) for part in tinycss2.serialize(rule.prelude).split(",")]
        declarations = [
            f"{node.lower_name}:{tinycss2.serialize(node.value).strip()}"
            for node in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            if node.type == "declaration" and node.lower_name in _STYLES
        ]
        for name in names if declarations else ():
            if name is not None:
                found[name[1]] = ";".join([*([found[name[1]]] if name[1] in found else []), *declarations])
    return found


# --- listings -----------------------------------------------------------------------------------------------------

_FACE = re.compile(r"(?:^|;)\s*font(?:-family)?\s*:([^;]*)", re.IGNORECASE)
_NAME = re.compile(r"[a-z][a-z ]*[a-z]")


def _listings(root: Element) -> None:
    """Adjacent paragraphs in a monospaced typeface become the lines of a listing, as word processors save them; not on
    a page that is mostly monospaced."""
    paragraphs = [one for one in root.iter("p") if all_text(one).strip()]
    coded = [one for one in paragraphs if _is_typed(one)]
    if 2 * len(coded) > len(paragraphs):
        return
    before: Element | None = None
    for one in coded:
        lines = [_shown(line) for line in _with_breaks(one).split("\n")]
        if before is not None and one.getprevious() is before and not (before.tail or "").strip():
            before.text = "\n".join([before.text or "", *lines])
            before.tail = one.tail
            one.tail = None
            take_out(one)
            continue
        one.tag = "pre"
        for child in list(one):
            one.remove(child)
        one.text, before = "\n".join(lines), one


def _shown(line: str) -> str:
    """A line as browsers show it: only no-break spaces are kept."""
    return " ".join(re.split(r"[ \t]+", line.strip(" \t"))).replace("\xa0", " ").rstrip()


def _with_breaks(paragraph: Element) -> str:
    for line in paragraph.iter("br"):
        line.tail = f"\ue000{line.tail or ''}"
    return re.sub(r"\s*\n\s*", " ", all_text(paragraph).strip("\n\r\t ")).replace("\ue000", "\n")


def _is_typed(paragraph: Element) -> bool:
    """Whether a paragraph is text alone, all of it in a monospaced typeface named by a style."""
    if (
        next(paragraph.iter("img", "a", "svg", "math", "table"), None) is not None
        or len(all_text(paragraph)) > NAMES.longest
    ):
        return False
    return all(
        any(_is_monospaced(around) for around in (holder, *_up_to(paragraph, holder)))
        for holder, text in _texts(paragraph)
        if text.strip()
    )


def _texts(paragraph: Element) -> Iterator[tuple[Element, str]]:
    """The texts of a paragraph, each with the element that holds it."""
    for element in paragraph.iter("*"):
        yield element, element.text or ""
        parent = element.getparent()
        if element is not paragraph and parent is not None:
            yield parent, element.tail or ""


def _up_to(paragraph: Element, element: Element) -> Iterator[Element]:
    for around in element.iterancestors() if element is not paragraph else ():
        yield around
        if around is paragraph:
            return


def _is_monospaced(element: Element) -> bool:
    families = _FACE.findall(element.get("style", ""))
    first = _NAME.search(families[-1].lower().rpartition("px")[2].rpartition("pt")[2]) if families else None
    return first is not None and (first[0] in NAMES.monospaced or first[0] == "monospace")


# --- lists --------------------------------------------------------------------------------------------------------


def _lists(root: Element) -> None:
    """Google Docs writes a deeper list after the list that it belongs to, its depth at the end of a class."""
    for deeper in list(root.iter("ul", "ol")):
        at = _LEVEL.search(deeper.get("class", ""))
        before = deeper.getprevious()
        if at is None or before is None or before.tag not in {"ul", "ol"} or (deeper.get("class") and at[2] == "0"):
            continue
        outer = _LEVEL.search(before.get("class", ""))
        items = list(before.iterchildren("li"))
        if outer is not None and items and int(at[2]) > int(outer[2]):
            _into(items[-1], deeper)
        elif outer is not None and items and (inside := list(items[-1].iterchildren("ul", "ol"))):
            _into(inside[-1].getparent() if inside else None, deeper)
    for later in list(root.iter("ul", "ol")):
        before = later.getprevious()
        if (
            before is not None
            and before.tag == later.tag
            and _same_list(before, later)
            and not (before.tail or "").strip()
        ):
            for item in list(later):
                before.append(item)
            take_out(later)


def _same_list(before: Element, later: Element) -> bool:
    names = [_LEVEL.search(one.get("class", "")) for one in (before, later)]
    return names[0] is not None and names[1] is not None and names[0][0].strip() == names[1][0].strip()


def _into(item: Element | None, deeper: Element) -> None:
    if item is not None:
        tail, deeper.tail = deeper.tail, None
        before = deeper.getprevious()
        if before is not None and tail:
            before.tail = (before.tail or "") + tail
        item.append(deeper)


# --- footnotes ----------------------------------------------------------------------------------------------------


def _remove_comments(root: Element) -> int:
    """Removes comments of a document's readers and the marks that link to them; returns how many comments there
    were."""
    count = 0
    prefixes = DATA.comments.prefixes
    for link in list(root.iter("a")):
        names = link.get("href", "").removeprefix("#"), link.get("id", "")
        if not all(name.startswith(prefixes) for name in names):
            continue
        block = next(iter(link.iterancestors("div", "p")), None)
        if names[0].partition("_")[2] and block is not None:
            take_out(block)
            count += 1
        else:
            take_out(link)
    return count


def _notes(root: Element) -> None:
    """A link to an element with a link back is the mark of a footnote; its text becomes ``div id=note-1``."""
    named = {name: element for element in root.iter("*") for name in _own_names(element)}
    order = {element: number for number, element in enumerate(root.iter("*"))}
    bodies: dict[Element, Element | None] = {}
    leading: dict[Element, dict[str, Element]] = {}
    result: dict[Element, tuple[Element, Element]] = {}
    for link in list(root.iter("a")):
        target = named.get(link.get("href", "")[1:]) if link.get("href", "").startswith("#") else None
        if target is None or order[target] < order[link]:
            continue
        if target not in bodies:
            bodies[target] = _body(target)
        body = bodies[target]
        if body is None or body in result or any(around is body for around in link.iterancestors()):
            continue
        if body not in leading:
            leading[body] = {one.get("href", "")[1:]: one for one in body.iter("a") if one.get("href", "")[:1] == "#"}
        back = next((leading[body][name] for name in sorted(_names_of(link)) if name in leading[body]), None)
        if back is not None:
            result[body] = (link, back)
    for number, (body, (link, back)) in enumerate(result.items(), 1):
        label = all_text(link).strip().strip("[]()")
        _remove_back_link(back, body)
        note = root.makeelement("div", {"id": f"note-{number}"})
        sign = root.makeelement("sup", {})
        sign.text = label or str(number)
        note.append(sign)
        sign.tail = body.text
        note.extend(list(body))
        take_out(body)
        root.append(note)
        link.set("href", f"#note-{number}")


def _own_names(element: Element) -> Iterator[str]:
    """The names by which a link leads to an element (HTML Living Standard, 7.4.2.3.3; ``name`` of old)."""
    for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
        if name:
            yield name


def _names_of(link: Element) -> set[str]:
    """The names that a link back to a mark may use: its own, and those of elements that contain nothing else."""
    around = [link, *list(link.iterancestors())[:2], *link.iter("*")]
    return {name for one in around for name in _own_names(one)}


def _body(target: Element) -> Element | None:
    body = target if target.tag in _NOTE_BLOCKS else next(iter(target.iterancestors(*_NOTE_BLOCKS)), None)
    if body is not None and body.tag == "p":
        around = body.getparent()
        if (
            around is not None
            and around.tag == "div"
            and around[0] is body
            and len(list(around.iter("p"))) == len(around)
        ):
            return around if all(_back_links(one) == 0 for one in list(around)[1:]) else body
    return body


def _back_links(element: Element) -> int:
    return sum(link.get("href", "").startswith("#") for link in element.iter("a"))


def _remove_back_link(back: Element, body: Element) -> None:
    """Removes a link back, with the elements that contain nothing else."""
    around = back.getparent()
    while around is not None and around is not body and all_text(around).strip() == all_text(back).strip():
        back, around = around, around.getparent()
    take_out(back)
