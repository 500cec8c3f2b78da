"""Persons that a line names beside their posts, wherever on it: «third year, read by assoc. prof. Ann Lee, room 5»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursepack import languages
from coursepack.outline.tree.words import words

_INITIALS = r"(?:[@A@]\.\s?){1,3}"
_NAME = languages.expression(
    rf"(?<![\w.@-])(?:{_INITIALS}[@A@][^\W\d_]+(?:-[@A@][^\W\d_]+)?|[@A@][^\W\d_]+(?:-[@A@][^\W\d_]+)?\s{_INITIALS}(?!\s?[@A@][@a@.])"
    rf"|[@A@][@a@]+(?:\s[@A@][@a@]+){{1,2}})(?![^\W\d_])"
)
_DEGREE = languages.expression(r"(?<![^\W\d_])(?:@degree-abbreviated@|@degree-named@|Ph\.?\s?D)", re.IGNORECASE)
_SURNAMES = languages.words("surname")
_WORD = re.compile(r"\S+")
_EDGES = ' \t,;:()«»"“”–—-'
_ABBREVIATED = re.compile(r"(?:-?[^\W\d_]{1,7}\.)+(?:-?[^\W\d_]{1,4}\.?)?")
_AFTER_NAME = re.compile(r"\s*(?:$|[.,;:()|/–—-]|\t|\s{3,})")
_SENTENCE = languages.expression(r"(?:(?<=[^\W\d_]{4})|(?<=\d\d)|(?<=[»)\"]))[.;]\s+(?=[@A@\d])")
_SIGNED = re.compile(r"(?P<post>[^_\d:]{4,60}?)\s*_{3,}[\s/(]*(?P<name>[^_/()]{4,50})[\s/)]*")
_NAMED_AFTER = languages.expression(r"(?<!\w)(?:@named-after@)\s*$", re.IGNORECASE)
_NAMED_BEFORE = languages.expression(r"\s*(?:@named-before@)(?!\w)", re.IGNORECASE)
_LONGEST = 300
_BESIDE = 40
"""Characters before a name in which a degree or a post may stand."""
_LED = 3
"""Words before a name among which one says that its bearer teaches or made the paper."""


def persons(text: str) -> list[str]:
    """What a line says of each person that it names with a post or a degree, or behind a word for one who teaches or
    made the paper; empty where it names none so."""
    if len(text) > _LONGEST:
        return []
    if signed := _SIGNED.fullmatch(text):
        post, name = signed["post"].strip(), signed["name"].strip()
        fits = words().front("post", post) and not words().front("chair", post) and _NAME.fullmatch(name)
        return [f"{name}, {post}"] if fits else []
    if "___" in text:
        return []
    result: list[tuple[int, int, bool]] = []
    before, listed = 0, False
    for name in _names(text):
        begin, said, led = _begins(text, name, before)
        listed = _teaches(said.rpartition(" ")[0]) or (listed and not text[before:begin].strip(" ,"))
        before = name.end()
        honoured = _NAMED_AFTER.search(text[:begin]) or _NAMED_BEFORE.match(text, name.end())
        teaches = led or (_is_sure(name[0]) and (listed or _titled(text, name)))
        result.append((begin, name.end(), teaches and not honoured and not words().front("chair", said)))
    ends = [*(begin for begin, _, _ in result[1:]), *([len(text)] if result else [])]
    return [
        _until(text, begin, end, after) for (begin, end, teaches), after in zip(result, ends, strict=True) if teaches
    ]


def titled_name(text: str) -> tuple[str, str, str] | None:
    """The posts and degrees that a line begins with, the name behind them, and the rest."""
    name = next((one for one in _names(text) if _is_sure(one[0])), None)
    if name is None:
        return None
    begin, _, led = _begins(text, name, 0)
    titles = text[begin : name.start()].strip()
    return (titles, name[0].strip(), text[name.end() :]) if led and titles and not text[:begin].strip() else None


def _names(text: str) -> Iterator[re.Match[str]]:
    for name in _NAME.finditer(text):
        behind = text[name.end() :]
        if _AFTER_NAME.match(behind) or _teaches(" ".join(behind.split()[:1])):
            yield name


def _is_sure(name: str) -> bool:
    """Whether a name has initials or a surname's ending."""
    return "." in name or any(word.lower().endswith(_SURNAMES) for word in name.split())


def _begins(text: str, name: re.Match[str], before: int) -> tuple[int, str, bool]:
    """Where the posts and degrees before a name begin, at ``before`` at least; the words before them with these;
    whether there are any."""
    begin = name.start()
    tokens = [*_WORD.finditer(text, before, begin)]
    tokens, begin = _past_body(tokens, begin)
    while tokens and _is_title(tokens[-1][0]):
        begin = tokens.pop().start()
    degrees = [
        one.start()
        for one in _DEGREE.finditer(text, max(begin - _BESIDE, before), begin)
        if _beside(text, one.end(), begin)
    ]
    begin = min([begin, *degrees])
    titles = text[begin : name.start()] + name[0].split()[0]
    said = " ".join(token[0] for token in tokens[-_LED:])
    led = words().front("post", titles) or _DEGREE.search(titles) is not None
    return begin, f"{said} {titles}", led


def _past_body(tokens: list[re.Match[str]], begin: int) -> tuple[list[re.Match[str]], int]:
    """The words before a name up to its post, where the body of that post stands between: «доцент кафедры физики И. О.
    Лужина»; and where these end."""
    for at in range(len(tokens) - 1, max(len(tokens) - 1 - _LONGEST_BODY, 0), -1):
        if _BODY.fullmatch(tokens[at][0]) and _is_title(tokens[at - 1][0]):
            return tokens[:at], tokens[at].start()
        if tokens[at][0][-1] in ",.;:":
            break
    return tokens, begin


_BODY = re.compile(languages.pattern("post-of"), re.IGNORECASE)
_LONGEST_BODY = 6
"""Words of the name of a body."""


def _beside(text: str, start: int, end: int) -> bool:
    """Whether a few words of one clause stand between two places."""
    between = text[start:end]
    return len(between.split()) <= _LED and ";" not in between


def _is_title(word: str) -> bool:
    """Whether a word belongs to the posts and degrees before a name; a colon parts a label from them."""
    bare = word.strip(_EDGES)
    if not bare or word[-1] in ":;":
        return False
    if words().front("post", bare) or words().front("post-kind", bare) or _DEGREE.match(bare):
        return True
    short = _ABBREVIATED.fullmatch(bare) is not None and (bare[0].islower() or bare.count(".") > 2)
    return short and not _teaches(bare)


def _teaches(said: str) -> bool:
    tokens = [token.strip(_EDGES) for token in said.split()]
    return any(words().about(" ".join(tokens[at:]), least=1.0) == "teacher" for at in range(len(tokens)))


def _titled(text: str, name: re.Match[str]) -> bool:
    """Whether a post or a degree stands right behind a name: «Ann Lee, professor»."""
    behind = re.match(r"\s*[,(–—-]\s*([^,;()]{2,60})", text[name.end() :])
    return behind is not None and (words().front("post", behind[1]) or bool(_DEGREE.match(behind[1].strip())))


def _until(text: str, begin: int, named: int, end: int) -> str:
    """What is said of a person: to the end of the sentence, or to the next person."""
    stop = _SENTENCE.search(text, named, end)
    return text[begin : stop.start() if stop else end].strip(" ,;:–—-\t(")
