"""Answers that no letter, tag or sign tells: what most questions of a bank have below them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from coursepack.outline.bank.across import side_by_side
from coursepack.outline.bank.even import even
from coursepack.outline.bank.key_text import (
    digits_of,
    letters_of,
    unremarked,
)
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import BankLine, Number, behind_marker, bullet_end
from coursepack.outline.bank.parts import DraftOption, DraftQuestion, Read
from coursepack.outline.pieces import Piece

CODE = re.compile(r"[{}=]|;$|\w\(")
"""What listings hold that answers seldom do."""


AROUND = " .;"


_OPENERS = "-–—•·▪○●*>#@~☐□❏❑◯»›‣◦♦■◆→[] "
"""What may open each answer of a bank beside letters and numbers."""


_COLUMNS = "\t"
_LEAST_SIGNED = 20
"""Answers of a bank, of which one at most goes on over several lines."""


_FEW_LETTERED = 40
"""Lines for each question with letters, where they are so few that they tell nothing of the others."""


def lay_out(read: Read) -> None:
    """The answers that no letter, tag or sign tells: what most questions have below them."""
    blocks = read.items
    if not any(item.said or item.number for item in blocks):
        held = [line for item in blocks for line in (*item.stem, *_offered(item))]
        lines = [*read.front, *held]
        chosen = sum(bool(item.options) for item in blocks)
        result = _by_blocks(lines) if chosen * _FEW_LETTERED <= len(lines) else []
        if len(result) > chosen:
            titled = len(result[0].stem) == 1 and not result[0].lead.text.rstrip().endswith(("?", ":"))
            read.items, read.front = result[titled:], result[0].stem if titled else []
    _part_end(read)
    side_by_side([item for item in read.items if not item.options])
    bare = [item for item in read.items if not item.options and not _states(item) and not (item.stated and item.said)]
    for kind in ("number", "deeper", "bullet", "below"):
        found = [_answers_of(item, kind) for item in bare]
        if kind == "number":
            found = _wrapped(bare, found)
        share = limits()["stacked" if kind == "below" else "marked"]
        for at, (item, lines) in enumerate(zip(bare, found, strict=True)):
            if lines and (_is_stated(item, lines, kind) or _is_usual(found, at, share)):
                _give(item, lines, kind)
        bare = [item for item in bare if not item.options]
    for item in read.items:
        _state(item)
    _led_by_signs(read)


def _part_end(read: Read) -> None:
    """What stands behind the marked answers of the last question, and is none of them, ends the document."""
    last = read.items[-1] if len(read.items) > limits()["least-ends"] else None
    if last is not None and last.options:
        _signature(read, last.options[-1])
    if last is None or last.options or last.said:
        return
    below = last.texts[1:]
    marked = [at for at, line in enumerate(below) if line.bullet or line.sign == "-"]
    behind = len(below) - marked[-1] - 1 if marked else 0
    others = [item for item in read.items[:-1] if len(_answers_of(item, "bullet")) == len(marked)]
    whole = len(marked) > 1 and marked == list(range(marked[0], marked[-1] + 1)) and marked[0] <= 1
    if whole and 0 < behind <= len(marked) and len(others) * 100 >= len(read.items) * limits()["marked"]:
        left = below[-behind:]
        last.stem = [line for line in last.stem if not any(line is one for one in left)]
        read.strays.extend(left)


def _signature(read: Read, last: DraftOption) -> None:
    """What stands behind a gap below the last answer, where hardly any other answer goes on over lines, is none of
    it: «Compiled by: …»."""
    options = [one for item in read.items for one in item.options]
    more = sum(bool(one.more) for one in options if one is not last)
    first = last.more[0] if last.more else None
    if first is None or last.is_empty or not all(one.is_text for one in last.more):  # a table may be one of keys
        return
    before = last.line.piece
    if not (first.piece.gap or _ends_before(before, first.piece, 1) or _COLUMNS in first.text.rstrip()):
        return
    if len(options) > _LEAST_SIGNED and more * _LEAST_SIGNED <= len(options):
        read.strays.extend(last.more)
        last.more = []


def _offered(item: DraftQuestion) -> list[BankLine]:
    return [line for option in item.options for line in (option.line, *option.more)]


def _state(item: DraftQuestion) -> None:
    """Lines with letters over numbered lines, of which the key names one, are statements: «a) … b) …», «1. Only a»."""
    below = item.options[-1].more if item.options else []
    first = next((at for at, line in enumerate(below) if line.number is not None), len(below))
    found = below[first:]
    values = [line.number.value if line.number else 0 for line in found]
    lettered = all(option.kind == "letter" and option.label.isalpha() for option in item.options)
    if not lettered or len(values) < 2 or values != list(range(1, len(values) + 1)) or not _is_keyed(item, found):
        return
    del below[first:]
    item.stem = [*item.stem, *(line for option in item.options for line in (option.line, *option.more))]
    item.options = []
    for line in found:
        number = line.number
        item.options.append(
            DraftOption(line, "number", str(number.value if number else 0), number.end if number else 0)
        )


def _led_by_signs(read: Read) -> None:
    """Where most questions without numbers begin with one sign, «# What is …», it is no part of them."""
    found = [(item, re.match(r"[#>@~$|»›▪■►●•?*]+\s*(?=[\w«“\"'(])", item.lead.text)) for item in read.items]
    signs = Counter(one[0].strip() for item, one in found if one and not item.number and item.lead.is_text)
    sign, count = signs.most_common(1)[0] if signs else ("", 0)
    for item, one in found if count * 100 >= len(found) * limits()["throughout"] else ():
        if one is not None and one[0].strip() == sign:
            item.led = one.end()


def _is_usual(found: Sequence[Sequence[BankLine]], at: int, share: int) -> bool:
    """Whether the questions about one look like it: two of them, and that share."""
    width = limits()["near"]
    near = [bool(lines) for lines in found[max(at - width, 0) : at + width + 1]]
    return sum(near) > 1 and sum(near) * 100 >= len(near) * share


def _states(item: DraftQuestion) -> bool:
    """Whether a question states its answer in words, so that no answers to choose from are missing."""
    return bool(item.answer) or any(
        said and letters_of(said) is None and not _among(item, said) and not _numbered(item, said)
        for said in _keys_of(item)
    )


def _keys_of(item: DraftQuestion) -> list[str]:
    return [unremarked(said) for _, said in item.said]


def _numbered(item: DraftQuestion, said: str) -> bool:
    """Whether each digit of a key is the number of a line below the question: «231»."""
    numbers = {str(line.number.value) for line in item.texts[1:] if line.number}
    digits = digits_of(said)
    return bool(digits) and numbers.issuperset(digits)


def _among(item: DraftQuestion, said: str) -> bool:
    wanted = said.strip(AROUND).lower()
    return any(wanted in answers_in(line) for line in item.texts[1:])


def answers_in(line: BankLine) -> tuple[str, str]:
    """What a line says as an answer: without what it begins with, or its bullet, number or sign."""
    behind = line.number.end if line.number else line.sign_end
    return line.text[behind:].strip(AROUND).lower(), line.text.strip(AROUND + _OPENERS).lower()


def _is_stated(item: DraftQuestion, lines: Sequence[BankLine], kind: str) -> bool:
    """Whether a sign or a key says for itself that these are answers."""
    if any(line.is_right for line in lines) or (kind == "number" and _is_keyed(item, lines)):
        return True
    code = sum(bool(CODE.search(line.text)) for line in lines) * 2 >= len(lines)
    return not code and any(letters_of(said) is not None or _numbered(item, said) for said in _keys_of(item))


def _answers_of(item: DraftQuestion, kind: str) -> list[BankLine]:
    lines = item.texts[1:]
    if kind == "number":
        found = _last_run([line for line in lines if line.number is not None])
    elif kind == "deeper":
        found = [line for line in lines if line.piece.label and line.level > item.lead.level]
    elif kind == "bullet":
        found = [line for line in lines if line.bullet or line.sign == "-"]
    else:
        return _below(item, lines)
    most = limits()["most-answers"]
    return found if 2 <= len(found) <= most and found == lines[-len(found) :] else []


def _wrapped(bare: Sequence[DraftQuestion], found: Sequence[list[BankLine]]) -> list[list[BankLine]]:
    """The numbered answers of questions; those that go on below in lines without a number as well, where the key is
    one of their numbers, or as many answers stand below other questions."""
    sizes = Counter(map(len, found))
    result: list[list[BankLine]] = []
    for item, lines in zip(bare, found, strict=True):
        run = lines or _wraps(item)
        usual = sizes[len(run)] >= limits()["judged"]
        result.append(run if lines or usual or _is_keyed(item, run) else [])
    return result


def _wraps(item: DraftQuestion) -> list[BankLine]:
    """The last lines with numbers below a question that count on from one, where nothing among and below them asks."""
    lines = item.texts[1:]
    found = _last_run([line for line in lines if line.number is not None])
    values = [line.number.value for line in found if line.number]
    if not 2 <= len(values) <= limits()["most-answers"] or values != list(range(1, len(values) + 1)):
        return []
    below = [line for line in lines if line.at > found[0].at and line.number is None]
    return [] if any(line.text.rstrip().endswith(("?", ":")) for line in below) else found


def _is_keyed(item: DraftQuestion, lines: Sequence[BankLine]) -> bool:
    """Whether a key names nothing but numbers of lines."""
    keys = [key for said in _keys_of(item) for key in letters_of(said) or [""]]
    return bool(keys) and {str(line.number.value) for line in lines if line.number}.issuperset(keys)


def _last_run(lines: Sequence[BankLine]) -> list[BankLine]:
    """Of lines with numbers those from the last «1» on: statements stand before them."""
    first = max((at for at, line in enumerate(lines) if line.number and line.number.value == 1), default=0)
    return list(lines[first:])


def _below(item: DraftQuestion, lines: Sequence[BankLine]) -> list[BankLine]:
    if item.over:
        lines = item.texts[item.over :]
        return list(lines) if 2 <= len(lines) <= limits()["most-below"] else []
    stem = max(
        (at for at, line in enumerate(lines) if line.text.rstrip().endswith(("?", ":")) and not line.sign), default=-1
    )
    if stem < 0 and item.lead.number is not None and item.lead.number.alone and not (lines and lines[0].sign):
        stem = 0  # «№ 3» over the question
    found = list(lines[stem + 1 :])
    if any(not line.is_text for line in item.stem) and not any(line.is_right for line in found):
        return []
    short = all(len(line.text) < limits()["answer"] for line in found)
    return found if 2 <= len(found) <= limits()["most-below"] and short else []


def _give(item: DraftQuestion, lines: Sequence[BankLine], kind: str) -> None:
    opener = _opener(lines) if kind == "below" else 0
    signed = kind == "below" and any(line.is_right for line in lines) and all(line.sign for line in lines)
    taken = {line.at for line in lines}
    within = kind == "number"  # where lines without a number stand below it, an answer goes on in them
    more = [
        line for line in item.stem if (within or not line.is_text) and min(taken) < line.at and line.at not in taken
    ]
    item.stem = [line for line in item.stem if line.at not in taken and line not in more]
    for line in lines:
        start = line.number.end if kind == "number" and line.number else bullet_end(line) if kind == "bullet" else 0
        start = start or (behind_marker(line) if line.is_right and kind != "below" else 0) or opener
        start = start or (line.sign_end if signed and line.sign == "-" else 0)
        label = str(line.number.value) if line.number else ""
        item.options.append(DraftOption(line, kind, label if kind == "number" else "", start))
    for one in more:
        before = [option for option in item.options if option.line.at < one.at]
        before[-1].more.append(one)


def _opener(lines: Sequence[BankLine]) -> int:
    """How many letters the sign takes that opens each of these answers: «> one», «# two»."""
    found = [re.match(r"[>#@~$|»›‣◦♦■◆]\s*(?=\w)|\[ ?\]\s*(?=\w)", line.text) for line in lines]
    return found[0].end() if found[0] and all(one and one[0] == found[0][0] for one in found) else 0


def _by_blocks(lines: Sequence[BankLine]) -> list[DraftQuestion]:
    """Questions without numbers over answers without letters: a gap, a bold line, a level or a «?» parts them."""
    texts = [line for line in sorted(lines, key=lambda line: line.at) if line.is_text]
    below_blank, paragraphs, even_ = _below_blank(texts), _paragraphs(texts), even(texts)
    ways: tuple[tuple[bool, Callable[[BankLine], bool]], ...] = (
        (True, lambda line: line.piece.gap),
        (True, lambda line: line.at in below_blank),
        (True, lambda line: line.at in paragraphs),
        (True, lambda line: line.at in even_),
        (False, lambda line: line.piece.bold),
        (True, lambda line: bool(line.piece.label) and line.level == 0 and deeper),
        (False, lambda line: line.text.endswith(("?", ":"))),
    )
    deeper = any(line.piece.label and line.level > 0 for line in texts)
    best: list[list[BankLine]] = []
    for by_place, way in ways:
        blocks = list(_blocks(texts, way))
        fit = [block for block in blocks if _is_block(block)]
        size = Counter(map(len, fit)).most_common(1)
        if not by_place and size and size[0][1] * 100 < len(blocks) * limits()["stacked"]:
            continue
        if len(fit) >= 2 and len(fit) * 100 >= len(blocks) * limits()["stacked"] and len(fit) > len(best):
            best = blocks
    return [
        DraftQuestion(block[0], block[0].number.value if isinstance(block[0].number, Number) else None, list(block))
        for block in best
    ]


def _below_blank(lines: Sequence[BankLine]) -> frozenset[int]:
    """The places of lines above which the document has paragraphs or lines without text: their numbers are missing."""
    found = (after.at for before, after in pairwise(lines) if _ends_before(before.piece, after.piece, 1))
    return frozenset(found)


def _paragraphs(lines: Sequence[BankLine]) -> frozenset[int]:
    """The places of lines that begin a paragraph, where each holds several lines, as in Markdown."""
    begins = [after.at for before, after in pairwise(lines) if _ends_before(before.piece, after.piece, 0)]
    return frozenset(begins) if len(begins) * 2 < len(lines) else frozenset()


def _ends_before(before: Piece, after: Piece, apart: int) -> bool:
    return bool(before.parts and after.parts) and after.first > before.last + apart


def _blocks(lines: Sequence[BankLine], begins: Callable[[BankLine], bool]) -> Iterator[list[BankLine]]:
    block: list[BankLine] = []
    for line in lines:
        if block and begins(line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_block(block: Sequence[BankLine]) -> bool:
    short = all(len(line.text) < limits()["answer"] and not line.text.endswith("?") for line in block[1:])
    return 2 <= len(block) - 1 <= limits()["most-below"] and short
