"""The lines of a text that are a program, told by their letters and their indentation alone.

A line of a program holds no letters beyond ASCII outside its strings and remarks, so that prose in other scripts is
never taken for one; of prose in ASCII, neither sentences nor items of lists are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack.text.scripts import CYRILLIC_TO_LATIN

_LONGEST = 300
"""Characters of the longest line of a program that somebody typed to be read."""
_QUOTED = re.compile(r"""(["'`])(?:\\.|(?!\1).)*\1|[«“„”][^«»“”„]*[»”“]""")
"""A string; a word processor makes curly quotes of straight ones."""
_DIRECTIVE = r"\s*(?:include|define|undef|ifn?def|if|else|endif|pragma)\b|!"
_REMARK = re.compile(
    rf"(?:(?<!\S)#(?!{_DIRECTIVE})|//|(?<!\S)--(?=\s)|/\*).*$|\{{[^{{}}]*[^\x00-\x7f{{}}][^{{}}]*\}}\s*$"
)
_REMARK_ALONE = re.compile(rf"^\s*(?:#(?!{_DIRECTIVE})|//|--\s|/\*|\*(?:\s|/)|%\s)")
_BEYOND = re.compile(rf"[^\x00-\x7f{''.join(CYRILLIC_TO_LATIN)}]|(?<=\w)[^\x00-\x7f]|[^\x00-\x7f](?=\w)")
"""A letter that no program has in its names; one alone that looks like a Latin one was typed for that."""
_BETWEEN_TAGS = re.compile(r"(?<=>)[^<>]*(?=</)")
_PROMPT = re.compile(r"^\s*(?:>>>|\$|In \[\d+\]:)\s?\S")
"""What is typed at a console; the line below is what it answers."""
_ITEM = re.compile(r"^\s*\(?(?:\d{1,3}|[^\W\d_])[.)]\s+\S|^\s*[-–—•*]\s")
"""A line of a list: a question, an answer, a point."""
_WORDS = re.compile(r"(?<![\w.(\[])[A-Za-z]+(?: [A-Za-z]+){2,}(?![\w(\[.]\w)")
"""Three words that stand beside one another."""
_SIGNS = re.compile(r"[{}()=<>]|;\s*(?:do|then)\s*$|^\s*\$ |^\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP)\s")

_CLAUSE = re.compile(
    r"^\s*(?:SELECT|FROM|WHERE|GROUP BY|ORDER BY|HAVING|LIMIT|VALUES|SET|AND|OR|(?:INNER |LEFT |RIGHT )?JOIN)\b\s*\S"
)
"""A clause of a query, in capitals as all write it."""
_HARD = re.compile(
    r"^\s*[{}]+[;,)]*\s*$|[)\w\s]\{\s*$|^\s*\}"  # a block begins, ends
    r"|^(?!.*\w \().*[\])\"'+-];\s*$|[=\[{<>].*;\s*$"  # a statement ends
    r"|^\s*\#\s*(?:include|define|ifn?def|endif)\b|^\s*#!"
    r"|^\s*(?:import\s+[\w.*]+(?:\s+as\s+\w+)?|from\s+[\w.]+\s+import\s+[\w*(), ]+|(?:using|package)\s+[\w.]+;?)$"
    r"|^\s*(?:(?:public|private|protected|internal|static|final|virtual|override|async|unsigned|extern|inline)\s+)+"
    r"[\w<>\[\],*& ]+\(.*$"
    r"|^\s*(?:def|class|fn|func|function|sub)\s+\w+\s*(?:\(.*\)|:)"
    r"|^\s*(?:for|while|if|elif|except|with|match|case)\b[^.?!]*[)\]\w\"']:\s*$|^\s*(?:else|try|finally):\s*$"
    r"|^\s*(?:[A-Za-z_]\w*(?:\.|->|::))*[A-Za-z_]\w{2,}\([^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*\)\s*$"
    r"|^\s*(?:>>>|\$|C:\\>|sudo|In \[\d+\]:)\s?\S"
    r"|^\s*(?:SELECT\s+(?:DISTINCT\s+)?[\w*.(]|INSERT INTO\s|UPDATE\s+\w+\s+SET\b|DELETE FROM\s"
    r"|CREATE (?:TABLE|VIEW|INDEX|DATABASE|OR)\b|ALTER TABLE\s|DROP TABLE\s)"
    r"|^\s*</?(?:!DOCTYPE|html|head|body|title|meta|link|script|style|div|span|p|a|img|ul|ol|li|table|tr|t[dh]|h[1-6]"
    r"|form|input|button|br|hr)\b[^<>]*>"
    r"|^\s*(?:begin|end[.;]?|return\b[^.?!]*|endif|endfor|fi|done|do|then|\);?|\],?|\[)\s*$"
    r"|;\s*(?:do|then)\s*$|\+\+|&&|\|\||[=!]=|<<\s*\S|:=\s*\S"
)
"""A line that only a program holds."""
_SOFT = re.compile(
    r"^\s*(?:(?:let|var|const|int|float|double|char|bool|string|auto|static|public|private|protected|final|my)\s+)*"
    r"[A-Za-z_][\w.\[\]'\"]*\s*(?:(?:[-+*/%|&^]|<<|>>)?=(?!=)|<-)\s?\S"
    rf"|{_CLAUSE.pattern}"
    r"|^\s*(?:echo|export|source|chmod|mkdir|cd)\s+\S"
    r"|^\s*(?:public|private|protected|static|class|struct|program|var|const|procedure|function|uses|type)\b"
    r"|\w\([^()]*\)|\w\[[^\[\]]*\]|[\w)];\s*$|->|=>|::"
)
"""A line that a program holds and formulas, too."""


_RULE = re.compile(r"([=~#*_+.-])\1{3,}")
"""A line drawn of signs, which programs print and texts have between their parts."""
_ASSIGNED = re.compile(r"^\s*[^\W\d_][\w.\[\]]*\s?(?:[-+*/%|&^:]|<<|>>)?=(?!=)\s?\S")
"""Something gets a value, whatever its name is written in."""


def is_listing(text: str) -> bool:
    """Whether half of the lines, or more, are a program's and none is that of a list: asked of lines that their place
    says much of already, so that names need not be in ASCII."""
    lines = [line for line in text.split("\n") if line.strip()]
    signed = sum(
        _kind(line) in _BEGINS or _ASSIGNED.match(line) is not None or _CALLED.search(line) is not None
        for line in lines
    )
    return 0 < len(lines) <= 2 * signed and not any(map(_ITEM.match, lines))


_CALLED = re.compile(r"^\s*\w[\w.]*\([^()]*(?:\([^()]*\)[^()]*)*\)\s*[;:{]?\s*$|^\s*[\w.]+;\s*$|[{}]\s*$")
"""Something is called, or a statement ends, whatever the letters."""
_ENDED = re.compile(r"[^\W\d_»”\")][.!?…]\s*$|[,.!?]\s+[^\W\d_]{2,}[^\n]*[.!?…]\s*$|\s[–—]\s")
"""A line ends as a sentence does, or has a dash of prose in it."""
_LONGEST_ALIKE = 100


def is_typed(text: str) -> bool:
    """Whether indented lines are a program in letters of any script: two or more, none an item or a sentence, half of
    which or more begin as no sentence and no name does, or end as a statement does."""
    lines = [line for line in text.split("\n") if line.strip()]
    alike = not any(_ITEM.match(line) or _ENDED.search(line) or len(line) > _LONGEST_ALIKE for line in lines)
    signed = sum(_is_small(line) or _CALLED.search(line) is not None for line in lines)
    return len(lines) > 1 and alike and len(lines) <= 2 * signed


def _is_small(line: str) -> bool:
    first = line.lstrip()[0]
    return not (first.isupper() or first.isdigit() or first in "«„“\"'(")


_SENTENCE = re.compile(r"\s*[«„“\"(]?\w(?:\S*\s+){3}.*[.!?…:;»”\")]\s*", re.DOTALL)


def is_sentence(text: str) -> bool:
    """Whether letters begin and end as a sentence of four words or more does."""
    return _SENTENCE.fullmatch(text) is not None and not text.lstrip(' \t«„“"(')[:1].islower()


def programs(lines: Sequence[str]) -> list[range]:
    """The programs among lines, as ranges of them: two lines or more, at least one of which only a program holds, each
    one a program's, a remark, blank between two of them, or indented below one."""
    kinds = [_kind(line) for line in lines]
    found: list[range] = []
    at = 0
    while at < len(lines):
        if kinds[at] not in _BEGINS and not _opens(lines, kinds, at):
            at += 1
            continue
        end = _end(lines, kinds, at)
        members = [kinds[one] for one in range(at, end) if kinds[one] != "blank"]
        if "hard" in members and _is_most(members):
            found.append(range(at, end))
        at = end
    return found


_BEGINS = frozenset({"hard", "soft", "remark"})


def _opens(lines: Sequence[str], kinds: Sequence[str], at: int) -> bool:
    """Whether a block is opened right below a line: «try», «namespace Shop»."""
    return kinds[at] == "bare" and at + 1 < len(lines) and lines[at + 1].strip() == "{"


def _is_most(kinds: Sequence[str]) -> bool:
    signed = sum(kind in {"hard", "soft"} for kind in kinds)
    return signed > 1 and 2 * signed >= len(kinds)


def _kind(line: str) -> str:
    """``hard``, ``soft``, ``remark``, ``blank``, ``bare`` (ASCII that may stand inside a program) or ``""``."""
    if not line.strip():
        return "blank"
    if _RULE.fullmatch(line.strip()):
        return "bare"
    if len(line) > _LONGEST or _ITEM.match(line):
        return ""
    bare = _REMARK.sub("", _BETWEEN_TAGS.sub("", _QUOTED.sub('""', line.rstrip()))).rstrip()
    if not bare.strip() or _REMARK_ALONE.match(line):
        return "remark" if _REMARK_ALONE.match(line) else ""
    if _BEYOND.search(bare):
        return ""
    hard = _HARD.search(bare)
    prose = _WORDS.search(bare) is not None
    if hard and not (prose and not _SIGNS.search(bare)):
        return "hard"
    if prose and not _CLAUSE.search(bare):
        return ""
    if _SOFT.search(bare):
        return "soft"
    return "bare"


def _end(lines: Sequence[str], kinds: Sequence[str], start: int) -> int:
    """Behind the last line of the program that begins at ``start``."""
    left = _indent(lines[start])
    end = at = start
    while at < len(lines):
        kind = kinds[at]
        deeper = kind == "bare" and (_indent(lines[at]) > left or kinds[at + 1 : at + 2] == ["hard"])
        answer = kind == "bare" and at > start and _PROMPT.match(lines[at - 1]) is not None
        if kind in _BEGINS or deeper or answer or at == start:
            end = at + 1
        elif kind != "blank" or at - end >= 2:
            break
        at += 1
    return end


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
