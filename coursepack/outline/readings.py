"""Texts to read beside the lectures: an article with its authors and references, or a text as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack import languages
from coursepack.model.course import Author, Reading
from coursepack.outline.blocks import list_label
from coursepack.outline.drafts import PartDraft
from coursepack.outline.found import OutlineSource, title_of
from coursepack.outline.markers import fold
from coursepack.outline.pieces import Piece
from coursepack.outline.points import looks_like_text

_UPPER = languages.upper()
_NAME = (
    rf"(?:[{_UPPER}][^\W\d_]+(?:-[{_UPPER}][^\W\d_]+)?\s+[{_UPPER}]\.\s?(?:[{_UPPER}]\.)?"
    rf"|[{_UPPER}]\.\s?(?:[{_UPPER}]\.\s?)?[{_UPPER}][^\W\d_]+)"
)
_AUTHOR = re.compile(rf"(?P<name>{_NAME})\s*(?P<more>(?:[,–—-]\s*[^;]+)?)$")
_DEGREE = languages.expression(r"@degree-abbreviated@|@degree-named@", re.IGNORECASE)
_POST = re.compile(languages.pattern("post"), re.IGNORECASE)
_FULL_NAME = languages.expression(r"(?P<name>[^\W\d_@a@]\w+(?:\s+[^\W\d_@a@][\w.]+){1,2})\s*(?P<more>[,–—]\s*[^;]+)$")
_CODE = languages.expression(r"@code@\b[\s:]*[\d./()\s:+;«»\w-]{0,60}$")
_NOTE_NUMBER = re.compile(r"^\d{1,2}(?=[^\W\d_])")  # «1Абай атындағы …»: which author is meant
_HEAD = 8
"""Among how many pieces an article names its authors and begins its abstract."""
_LONG = 4000
_PLACE = re.compile(languages.pattern("place"), re.IGNORECASE)


def is_article(source: OutlineSource, pieces: Sequence[Piece]) -> bool:
    """Whether a text begins as articles do: authors under a title, and an abstract, keywords or a library's code, or
    much text without headings below them."""
    first = [piece.text for piece in pieces[:_HEAD] if piece.object is None]
    if not any(_authors_in(text) for text in first):
        return False
    has_article_signs = any(_CODE.match(text) or _summary(source, text) for text in first)
    headed = any(piece.heading for piece in pieces[_HEAD:])
    return has_article_signs or (not headed and sum(len(piece.text) for piece in pieces) > _LONG)


def reading(source: OutlineSource, draft: PartDraft, reading_id: str, *, article: bool) -> Reading:
    """A draft of a text to read."""
    source.mark(draft, reading_id)
    pieces = _without_tail(source, draft.get("body"))
    if article:
        pieces = _without_codes(source, pieces)
    builder = source.builder
    place = builder.where(*pieces)
    if draft.title:
        source.stream.texts.claim(draft.title, "content", part=reading_id)
        title: str | None = title_of(draft.title)
    else:
        title, pieces = _title(source, pieces, reading_id, article=article)
    authors: tuple[Author, ...] = ()
    affiliation: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    if article:
        authors, affiliation, pieces = _authors(source, pieces, reading_id)
        references, pieces = _references(source, pieces, reading_id)
    return Reading(
        id=reading_id,
        title=source.entry.title or title,
        label=source.entry.label or draft.label,
        authors=authors,
        affiliation=affiliation,
        blocks=builder.blocks(pieces, reading_id),
        references=references,
        place=place,
    )


def _without_codes(source: OutlineSource, pieces: list[Piece]) -> list[Piece]:
    """Without the library's classification («УДК 94(574)») above the title."""
    codes = [p for p in pieces[:4] if p.object is None and _CODE.match(p.text)]
    source.aside(codes, "classification code")
    return [piece for piece in pieces if not any(piece is code for code in codes)]


def _title(source: OutlineSource, pieces: list[Piece], part: str, *, article: bool) -> tuple[str | None, list[Piece]]:
    """The printed title: what stands before the authors, or a short line above the text; None when there is none."""
    end = 0
    while end < min(len(pieces), 4) and pieces[end].object is None:
        text = pieces[end].text
        if (
            looks_like_text(pieces[end])
            or (article and _authors_in(text))
            or (end and not (text.isupper() or pieces[end].heading))
        ):
            break
        if _PLACE.search(text) and not text.isupper() and end:
            break
        end += 1
    if end == 0:
        return None, pieces
    rest = pieces[end:]
    if not rest or (not article and not looks_like_text(rest[0]) and pieces[0].heading is None and not pieces[0].bold):
        return None, pieces
    if (
        not article
        and not pieces[0].heading
        and not pieces[0].bold
        and (pieces[0].text.endswith((",", ";", ":")) or list_label(pieces[0]))
    ):
        return None, pieces
    source.stream.texts.claim(pieces[:end], "content", part=part)
    return title_of(pieces[:end]), rest


def _authors_in(text: str) -> list[Author]:
    """The authors that a line names: «Name A.B., degree, post; …»; empty when it names none."""
    if len(text) > 400:
        return []
    found: list[Author] = []
    pieces = re.split(r"\s*;\s*", text.strip(" .;"))
    if len(pieces) == 1 and not (_DEGREE.search(text) or _POST.search(text)):
        pieces = re.split(r"\s*,\s*", text.strip(" .;,"))
    for piece in pieces:
        match = _AUTHOR.fullmatch(piece.strip().rstrip("*0123456789¹²³"))
        if match is None and (_DEGREE.search(piece) or _POST.search(piece)):
            match = _FULL_NAME.fullmatch(piece.strip())
        if match is None:
            return []
        degree: str | None = None
        post: str | None = None
        for word in (part.strip() for part in re.split(r",|–|—", match["more"]) if part.strip(" -")):
            if _DEGREE.search(word) and degree is None:
                degree = word
            elif _POST.search(word):
                post = f"{post}, {word}" if post else word
            else:
                post = f"{post}, {word}" if post else word
        found.append(Author(name=match["name"].strip(), degree=degree, post=post))
    return found


def _authors(
    source: OutlineSource, pieces: list[Piece], part: str
) -> tuple[tuple[Author, ...], tuple[str, ...], list[Piece]]:
    authors: list[Author] = []
    affiliation: list[str] = []
    at = 0
    while at < len(pieces) and at < 8 and pieces[at].object is None:
        text = pieces[at].text
        named = _authors_in(text)
        if named and not affiliation:
            authors.extend(named)
        elif authors and _affiliates(source, text, going_on=bool(affiliation)):
            affiliation.extend(_lines_of(source, pieces[at]))
        else:
            break
        source.stream.texts.claim(pieces[at], "content", part=part)
        at += 1
    return tuple(authors), tuple(affiliation), pieces[at:]


def _affiliates(source: OutlineSource, text: str, *, going_on: bool) -> bool:
    """Whether a line under the authors says where they work."""
    if len(text) >= 200 or _is_text(text) or _summary(source, text):
        return False
    return going_on or bool(_PLACE.search(text))


def _summary(source: OutlineSource, text: str) -> bool:
    """«Аннотация. …», «Keywords: …»: they belong to the text."""
    begins = fold(text)
    words = tuple(fold(word) for word in source.marks.words.get("abstract", ()))
    return begins.startswith(words) or any(m.kind in {"keywords", "description"} for m in source.marks.find(text))


def _is_text(text: str) -> bool:
    return len(text) > 60 and text.endswith(".")


def _lines_of(source: OutlineSource, piece: Piece) -> list[str]:
    """An affiliation as its printed lines."""
    if not source.stream.wrapped:
        return [piece.text]
    clean = source.stream.texts.clean
    lines = [re.sub(r"\s+", " ", clean[part.unit][part.start : part.end]).strip() for part in piece.parts]
    return [_NOTE_NUMBER.sub("", line) for line in lines if line]


def _references(source: OutlineSource, pieces: list[Piece], part: str) -> tuple[tuple[str, ...], list[Piece]]:
    """The list of sources at an article's end."""
    for at in range(len(pieces) - 1, -1, -1):
        piece = pieces[at]
        if piece.object is not None:
            continue
        mark = next((m for m in source.marks.find(piece.text) if m.kind == "literature" and m.whole), None)
        if mark is None or len(piece.text) > 80:
            continue
        source.stream.texts.claim(piece, "mark", part=part, reason="heading")
        found: list[str] = []
        for nth, item in enumerate(pieces[at + 1 :], at + 1):
            if found and item.object is None and list_label(item) is None and _summary(source, item.text):
                return tuple(found), [*pieces[:at], *pieces[nth:]]
            bare = source.builder.unmarked(item, None if item.object else list_label(item), part)
            source.stream.texts.claim(bare, "content", part=part)
            if bare.text:
                found.append(bare.text)
        return tuple(found), pieces[:at]
    return (), pieces


def _without_tail(source: OutlineSource, pieces: list[Piece]) -> list[Piece]:
    """Without another text's beginning that the last page held: paragraphs at the end in another language."""
    main = source.stream.language
    if not main or len(pieces) < 4:
        return pieces
    end = len(pieces)
    while (
        end > 1
        and pieces[end - 1].object is None
        and pieces[end - 1].language not in {main, ""}
        and len(pieces[end - 1].text) > 40
    ):
        end -= 1
    tail = pieces[end:]
    if not tail or end < len(pieces) * 0.6:
        return pieces
    begins = fold(tail[0].text)
    summaries = tuple(fold(word) for word in source.marks.words.get("abstract", ()))
    before = pieces[end - 1]
    headed = begins.startswith(summaries) or (before.object is None and fold(before.text).strip(" .:") in summaries)
    cut_off = not tail[-1].text.rstrip().endswith((".", "!", "?", "»", ")"))
    if headed or not cut_off:
        return pieces
    source.aside(tail, "another text's beginning")
    return pieces[:end]
