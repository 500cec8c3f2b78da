"""Whether a bank was read as its author meant it: what looks wrong is counted and shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coursepack import languages
from coursepack.model.blocks import List, Paragraph, block_text
from coursepack.model.questions import Essay, MultipleChoice, Numerical, Question, ShortAnswer
from coursepack.outline.bank.key_text import CLASS, is_key, letters_of
from coursepack.outline.bank.leftover import leftover, told_apart
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import BOXED, begins
from coursepack.outline.bank.parts import DraftOption, DraftQuestion, Read
from coursepack.outline.bank.same_answer import same_answer
from coursepack.outline.pieces import Piece
from coursepack.outline.tree.words import words
from coursepack.place import Finding, Place, error, warning

_ADVICE = (
    'give the file the role that it has in course.toml (role = "questions" for questions without answers), or state '
    "what single lines are ([[correction]] begins = …, kind = …); `coursepack inspect` shows how each line was read"
)


Doubt = tuple[Place | None, str]
"""A place, and what is doubtful there."""


@dataclass(frozen=True)
class BankProblems:
    """What looks wrong in a bank of so many ``questions``: ``found``; ``unsure``, which no share makes an error of; the
    places of questions that are ``keyless``, whose answers have some looks that all ``shared``. And the ``findings`` on
    it."""

    questions: int
    found: Sequence[Doubt]
    unsure: Sequence[Doubt]
    keyless: Sequence[Place | None]
    shared: Sequence[str]
    findings: Sequence[Finding]

    def but(
        self,
        file: str,
        questions: int,
        found: Sequence[Doubt],
        unsure: Sequence[Doubt],
        keyless: Sequence[Place | None],
    ) -> BankProblems:
        """The same of a bank that changed."""
        every = [*found, *unsure]
        shown = "; ".join(f"{place or file}: {why}" for place, why in every[: limits()["shown"]])
        findings = [*without_keys(keyless, self.shared), *_stated(file, questions, len(found), every, shown)]
        return BankProblems(questions, found, unsure, keyless, self.shared, findings)


def guard(
    file: str,
    questions: Sequence[Question],
    keyless: Sequence[Place | None],
    shared: Sequence[str],
    read: Read,
    where: Callable[[Piece], Place | None],
    unknown: Sequence[Doubt] = (),
) -> BankProblems:
    """What is doubtful in a bank; ``unknown`` are keys that name none of their answers."""
    found = [
        *unknown,
        *_doubtful(questions),
        *_left(questions),
        *same_answer(questions),
        *_double(questions, read),
        *((where(line.piece), "a line of no question") for line in read.strays if line.text),
    ]
    before = [line for line in read.front if line.is_text and line.text]
    if len(before) > max(limits()["front"], limits()["front-each"] * len(questions)):
        found.insert(0, (where(before[0].piece), f"{len(before)} lines before the first question"))
    count = len(found)
    unsure = list(_uneven(questions, read))
    found += unsure
    shown = "; ".join(f"{place or file}: {why}" for place, why in found[: limits()["shown"]])
    findings = [*without_keys(keyless, shared), *_stated(file, len(questions), count, found, shown)]
    return BankProblems(len(questions), found[:count], unsure, keyless, shared, findings)


def doubted(file: str, questions: int, found: Sequence[Doubt]) -> Finding | None:
    """One finding on what is doubtful in so many questions of any document."""
    shown = "; ".join(f"{place or file}: {why}" for place, why in found[: limits()["shown"]])
    return next(_stated(file, questions, len(found), found, shown), None)


WITHOUT_KEY = "outline-test-without-key"


def without_keys(keyless: Sequence[Place | None], shared: Sequence[str]) -> Iterator[Finding]:
    """One finding on all questions that nothing gives a key, where there are any."""
    if not keyless:
        return
    looks = " and ".join(shared)
    if len(keyless) == 1 and shared:
        message = f"a test question has no key; all its answers have the same {looks}, which distinguishes none"
    elif len(keyless) == 1:
        message = "a test question has no key; no key line, sign, colour or bold type distinguishes its answers"
    elif shared:
        message = (
            f"{len(keyless)} test questions have no key; all answers have the same {looks}, which distinguishes none"
        )
    else:
        message = (
            f"{len(keyless)} test questions have no key; "
            "no key line, sign, colour or bold type distinguishes their answers"
        )
    yield warning(WITHOUT_KEY, message, keyless[0], "mark the right answers in the source")


def _stated(file: str, count_questions: int, count: int, found: Sequence[Doubt], shown: str) -> Iterator[Finding]:
    """One finding on all doubtful places, of which the first are shown: an error from a share on (``count`` places are
    that serious), a warning below it."""
    bounds = limits()
    serious = count >= bounds["least-doubtful"] and count * 100 > count_questions * bounds["doubtful"]
    if found:
        more = " …" if len(found) > bounds["shown"] else ""
        message = f"{len(found)} places of {count_questions} questions are doubtful: {shown}{more}"
        yield (error if serious else warning)("bank-doubtful", message, found[0][0] or Place(file), _ADVICE)


def empty(file: str, read: Read, where: Callable[[Piece], Place | None]) -> list[Finding]:
    """One finding on a bank in which no question was found."""
    lines = [*read.front, *read.strays, *(line for _, line in read.keys)]
    if not lines:
        return []
    message = "no question was found in a file with the role of a test"
    return [error("bank-empty", message, where(lines[0].piece) or Place(file), _ADVICE)]


_KEYS_ALONE = (
    "give each the number of its question, and the file the name of its test («Test 1», «Test 1 keys»), or put them "
    "behind the questions"
)


def unasked(place: Place | None) -> Finding:
    """Of keys that stand there without the questions that they answer."""
    message = "keys were found, but not the questions that they belong to"
    return warning("bank-empty", message, place, _KEYS_ALONE)


def guard_list(file: str, questions: Sequence[Question]) -> list[Finding]:
    """One finding on a list of questions that holds the answers of a test as well, or nothing else."""
    checks = (
        (_is_bare, "are nothing but the letters or signs of answers", _BEHIND_TEST),
        (_is_led, "begin with the letter of an answer", _BEHIND_TEST),
        (_goes_on, "go on behind the question, as if their answers stood there", _ANSWERS),
    )
    for is_one, what, advice in checks:
        found = [one.place for one in questions if is_one(one)]
        few = len(found) < limits()["least-doubtful"]
        least = limits()["doubtful" if is_one is _is_bare else "marked"]
        if not few and len(found) * 100 >= len(questions) * least:
            message = f"{len(found)} of {len(questions)} questions {what}"
            return [error("bank-doubtful", message, found[0] or Place(file), advice)]
    texts = [block_text(one.text) for one in questions]
    if (left := leftover(texts)) is not None:
        message = f"{len(left[1])} of {len(questions)} questions {left[0]}"
        return [error("bank-doubtful", message, questions[left[1][0]].place or Place(file), _ANSWERS)]
    if behind := _answers_behind(questions, texts):
        message = (
            f"{len(behind)} of {len(questions)} questions repeat the "
            "numbers of others and ask nothing; they look like answers"
        )
        return [error("bank-doubtful", message, behind[0].place or Place(file), _ANSWERS)]
    keys = [one for one, text in zip(questions, texts, strict=True) if is_key(text.strip())]
    if keys:
        message = f"{len(keys)} of {len(questions)} questions are lines that state answers"
        return [warning("bank-doubtful", message, keys[0].place or Place(file), _ANSWERS)]
    pointed = [one for one, text in zip(questions, texts, strict=True) if _POINTED.search(text)]
    if len(pointed) >= limits()["least-doubtful"] and len(pointed) * 100 >= len(questions) * limits()["chosen"]:
        message = (
            f"{len(pointed)} of {len(questions)} questions are followed by an arrow and words; these look like answers"
        )
        return [error("bank-doubtful", message, pointed[0].place or Place(file), _ANSWERS)]
    if offering := [one for one in questions if _seems_to_offer(one)]:
        message = (
            f"{len(offering)} of {len(questions)} questions are "
            "followed by short lettered points; these look like answers"
        )
        return [warning("bank-doubtful", message, offering[0].place or Place(file), _OFFERED)]
    answered = [one for one, text in zip(questions, texts, strict=True) if _is_answered(text)]
    asking = sum(text.split("\n")[0].rstrip().endswith("?") for text in texts)
    if _are_most_of(len(answered), asking) and asking * 3 >= len(questions):
        message = (
            f"{len(answered)} of {len(questions)} questions are followed "
            "by a line that does not ask; it looks like an answer"
        )
        return [warning("bank-doubtful", message, answered[0].place or Place(file), _ANSWERS)]
    if not _are_counted(questions) and (size := evenly(texts)) is not None:
        message = f"of {len(questions)} questions one in {size + 1} asks, over {size} that do not"
        return [error("bank-doubtful", message, questions[0].place or Place(file), _BELOW_EACH)]
    return []


def _answers_behind(questions: Sequence[Question], texts: Sequence[str]) -> list[Question]:
    """The last questions of a list from which on numbers come again, where those before nearly all ask and these do
    not: answers by number behind all questions."""
    numbers = [int(one.printed) if one.printed and one.printed.isdecimal() else 0 for one in questions]
    falls = [at for at, (a, b) in enumerate(pairwise(numbers), 1) if b < a]
    if len(falls) != 1:
        return []
    first, asks = falls[0], [text.split("\n")[0].rstrip().endswith("?") for text in texts]
    behind = questions[first:]
    again = sum(number in {*numbers[:first]} for number in numbers[first:])
    mostly_ask = sum(asks[:first]) * 100 >= first * limits()["throughout"]
    bare = sum(asks[first:]) * 100 <= len(behind) * (100 - limits()["nearly-all"])
    several = len(behind) >= limits()["least-doubtful"] and again * 100 >= len(behind) * limits()["throughout"]
    return list(behind) if mostly_ask and bare and several else []


def _are_counted(questions: Sequence[Question]) -> bool:
    """Whether nearly all questions bear the number behind that of the one above: none of them is the answer of another
    one."""
    numbers = [int(one.printed) if one.printed and one.printed.isdecimal() else 0 for one in questions]
    on = sum(b == a + 1 for a, b in pairwise(numbers))
    return on * 100 >= (len(numbers) - 1) * limits()["nearly-all"]


def evenly(texts: Sequence[str]) -> int | None:
    """How many lines that do not ask follow upon each one that does, from the first on and nearly always as many."""
    asks = [at for at, text in enumerate(texts) if "?" in text[-_TAIL:]]
    steps = [b - a for a, b in pairwise(asks)]
    step = min(steps, default=0)
    if not 2 < step <= limits()["most-answers"] + 1 or asks[0] > 2 * step:
        return None
    even = sum(one % step == 0 for one in steps)  # a stem that does not end with «?» makes two steps one
    often = even + 1 >= limits()["least-ends"] and even * 100 >= len(steps) * limits()["throughout"]
    return step - 1 if often else None


_TAIL = 12


_BEHIND_TEST = "remove the file, or append it to the questions that it answers"
_BELOW_EACH = 'if they are answers to choose from, write a letter before each («A) …») and give the file role = "tests"'
_ANSWERS = 'if answers are given, write each on a line of its own («Answer: …») and give the file role = "tests"'
_OFFERED = 'if they are answers to choose from, give the file the role that it has in course.toml (role = "tests")'
_POINTED = re.compile(r"\w.*[^\s=-]\s*(?:[=-]>|→|⇒|➔)\s*\w[^\n]*$")
_LABEL_INSIDE = re.compile(rf"[^\W\d_]{{2,}}\s+{CLASS}[).]\s?[^\W_]")
_LED = re.compile(rf"{CLASS}\s?[).]\s*\S")
_GOES_ON = re.compile(r"\?\s*[:=–—-]?\s*(?P<behind>[^?]{1,60})$")
_NOTED = re.compile(r"\s*(?:\[[^\[\]]{1,30}\]|\([^()]{1,30}\))\s*$")
"""What brackets say behind a question: the year of its exam, its marks."""
_SIGN = re.compile(r"(?:^|\s)[+-](?=\s?\w)")


def _are_most_of(count: int, of: int) -> bool:
    return count >= limits()["least-doubtful"] and count * 100 >= of * limits()["throughout"]


def _is_answered(text: str) -> bool:
    """Whether one line that does not ask stands below one that does."""
    first, *below = text.split("\n")
    return len(below) == 1 and first.rstrip().endswith("?") and below[0].rstrip()[-1:] not in {"?", ":", ""}


def _seems_to_offer(question: Question) -> bool:
    """Whether three short points or more with letters, none of which asks or is worth something, end a question that
    sets no task which they divide: it asks, or its sentence is left open."""
    last = question.text[-1] if len(question.text) > 1 else None
    if not isinstance(last, List) or last.marker != "lower-alpha" or len(last.items) < limits()["least-doubtful"]:
        return False
    points = [block_text(item.blocks) for item in last.items]
    stem = block_text(question.text[:-1]).rstrip()
    plain = all(len(one) < limits()["answer"] and not words().asks(one) and not _NOTED.search(one) for one in points)
    return plain and (stem.endswith("?") or words().asks(stem) is None)


def _is_bare(question: Question) -> bool:
    return _is_answer(block_text(question.text).strip()) and len(question.text) < 2


def _is_led(question: Question) -> bool:
    return _LED.match(block_text(question.text)) is not None


def _goes_on(question: Question) -> bool:
    text = _NOTED.sub("", block_text(question.text)).strip()
    found = _GOES_ON.search(text)
    behind = found["behind"].strip(" .\n") if found else ""
    return (any(map(str.isalnum, behind)) and not behind.endswith(")")) or _ends_in_signs(text)


def _ends_in_signs(text: str) -> bool:
    """Whether a text that asks ends in three or more pieces behind signs: «2 + 2? + 4 - 5 - 3». In linear time: one
    expression for all pieces takes exponential time over a text with many dashes."""
    behind = text[text.rfind("?") + 1 :]
    last = [found.start() for found in _SIGN.finditer(behind)][-_FEWEST_SIGNS:]
    if len(last) < _FEWEST_SIGNS:
        return False
    return behind.count("+", last[0]) == sum("+" in behind[at : at + 2] for at in last)


_FEWEST_SIGNS = 3


def _is_answer(text: str) -> bool:
    return sum(c.isalnum() for c in text) < 2 or letters_of(text) is not None


def _doubtful(questions: Sequence[Question]) -> Iterator[tuple[Place | None, str]]:
    chosen = sum(isinstance(one, MultipleChoice) for one in questions)
    letter_answers = sum(_is_letter(one) for one in questions if isinstance(one, ShortAnswer))
    among = _Among(
        tests=chosen * 2 > len(questions),
        nearly=chosen >= limits()["least-ends"] and chosen * 100 >= len(questions) * limits()["nearly-all"],
        lettered=letter_answers >= limits()["least-doubtful"] and letter_answers * 2 > len(questions),
    )
    for one in questions:
        text = block_text(one.text).strip()
        doubt = _short_of_words(one, text) or _of_kind(one, text, among) or _of_several(one, text, tests=among.tests)
        if doubt is not None:
            yield one.place, doubt
    yield from _swallowed([one for one in questions if isinstance(one, MultipleChoice)])
    yield from _jumps(questions)


@dataclass(frozen=True)
class _Among:
    """What most questions of a bank are: ``tests`` with answers to choose from, ``nearly`` all of them, short ones
    whose key is a letter."""

    tests: bool
    nearly: bool
    lettered: bool


def _short_of_words(one: Question, text: str) -> str | None:
    bare = sum(c.isalnum() for c in text) < 2 and len(one.text) < 2
    return "a question of one letter or none" if bare else None


def _of_kind(one: Question, text: str, among: _Among) -> str | None:
    """What is doubtful of a question without answers to choose from, or with a short one, beside what most are."""
    match one:
        case Essay():
            return _of_essay(one, text, among)
        case ShortAnswer() if (among.tests or among.lettered) and _is_letter(one):
            return "its key is the letter of an answer, and it has none to choose from"
        case Numerical() if among.tests and _is_counted(one, text):
            return "its key is the number of a line below it: answers to choose from?"
        case _:
            return None


def _of_essay(one: Essay, text: str, among: _Among) -> str | None:
    plain = not one.grader_notes
    if among.tests and plain and not _asks(one, text):
        return "a question without answers among tests"
    if among.tests and plain and sum(_OPENED.match(line) is not None for line in text.split("\n")[1:]) > 1:
        return "a question without answers among tests, and the signs of answers below it"
    if among.nearly and plain and _has_words_below(text):
        return "a question without answers among tests, and words below it"
    if among.nearly and plain and _lists_below(one):
        return "a question without answers among tests, and a list below it"
    return _inside(one, text, tests=among.tests)


_OPENED = re.compile(r"(?:[◯○●⚪⚫☐□❏❑☑☒✓✔√]|[=~+*#](?=\S)|\d{1,3}\s?%)\s*\S")
"""What opens answers to choose from."""


def _of_several(one: Question, text: str, *, tests: bool) -> str | None:
    """What is doubtful of a question that may hold several, or too few answers."""
    if _asks_often(one, text):
        return "several lines of it ask: several questions in one?"
    if _holds_next(one) or (tests and isinstance(one, Essay) and _holds_bare_next(one)):
        return "the numbers that follow its own stand among its words: several questions in one?"
    if isinstance(one, MultipleChoice) and len(one.choices) > limits()["most-answers"]:
        return f"{len(one.choices)} answers: two questions in one?"
    return "a question of one answer" if isinstance(one, MultipleChoice) and len(one.choices) < 2 else None


def _has_words_below(text: str) -> bool:
    """Whether one line stands below the first, of several words that do not ask and end no sentence, or as many short
    lines as answers have, none of which asks."""
    _, *below = text.split("\n")
    if limits()["least-doubtful"] <= len(below) <= limits()["most-below"]:
        return all(len(line) < limits()["answer"] and line.rstrip()[-1:] not in {"?", ":"} for line in below)
    return len(below) == 1 and len(below[0].split()) > 2 and below[0][-1:].isalnum()


def _lists_below(question: Essay) -> bool:
    """Whether a question ends with a list of more than two points."""
    last = question.text[-1] if question.text else None
    return isinstance(last, List) and len(last.items) >= limits()["least-doubtful"]


def _is_counted(question: Numerical, text: str) -> bool:
    """Whether a line below the first begins with the number that is the key, or the one behind it."""
    values = {one.value for one in question.answers}
    below = (_LISTED.match(line) for line in text.split("\n")[1:])
    return any(one["n"] in values or str(int(one["n"]) - 1) in values for one in below if one)


_LISTED = re.compile(r"\(?(?P<n>\d{1,2})[.)]")


def _inside(question: Essay, text: str, *, tests: bool) -> str | None:
    """What of a test stands among the words of a question without answers to choose from."""
    checks = (
        (tests and _ends_in_signs(text), "its text contains the signs of answers"),
        (_is_parted(question), "its text contains signs that separate answers"),
        (_KEY_INSIDE.search(text), "its text contains a key"),
    )
    return next((why for found, why in checks if found), None)


def _is_parted(question: Essay) -> bool:
    """Whether one paragraph of a question, no table, is parted three times or more by tabs or strokes."""
    lines = (block_text((one,)) for one in question.text if isinstance(one, Paragraph))
    return any(max(line.count("\t"), line.count("|")) >= limits()["least-doubtful"] for line in lines)


def _holds_next(question: Question) -> bool:
    """Whether lines of a question, be they of a listing that does not end, bear the numbers that follow upon its own;
    points of its own begin with one."""
    printed = (question.printed or "").strip(" .)")
    if not printed.isdecimal():
        return False
    last = int(printed)
    found = [one for line in block_text(question.text).split("\n") if (one := _NUMBER_OF.match(line))]
    named, bare = ([int(one["n"]) for one in found if bool(one["word"]) is is_named] for is_named in (True, False))
    inside = last + 1 in bare and last + 2 in bare and 1 not in bare[: bare.index(last + 1)]
    return inside or {last + 1, last + 2} <= {*named}


def _holds_bare_next(question: Question) -> bool:
    """Whether one of several lines below a question without answers begins with the number that follows its own."""
    printed = (question.printed or "").strip(" .)")
    below = block_text(question.text).split("\n")[1:]
    bare = printed.isdecimal() and len(below) > limits()["least-doubtful"]
    return bare and any(re.match(rf"{int(printed) + 1}\s+[^\W\d_]", line) for line in below)


_NUMBER_OF = languages.expression(
    r"[*_#\s]{0,6}(?P<word>Q\s?(?=\d)|@question@\s*(?:№\s*)?(?=\d))?(?P<n>\d{1,3})[.):]", re.IGNORECASE
)


def _asks_often(question: Question, text: str) -> bool:
    """Whether several lines of a question ask, the last of a question with answers below lines that another one has."""
    lines = text.split("\n")
    if isinstance(question, Essay):
        asking = sum("?" in line for line in lines) + text.count("? :")
        return asking >= limits()["least-doubtful"] or text.count("?") > limits()["shown"]
    above = [at for at, line in enumerate(lines[:-2]) if line.rstrip().endswith("?")]
    return isinstance(question, MultipleChoice) and bool(above) and lines[-1].rstrip().endswith("?")


_KEY_INSIDE = languages.expression(r"\s[(\[]?(?=[^\W\d_a-z])(?:@key-line@)\s*[:=]\s*\S", re.IGNORECASE)
_SWALLOWED = re.compile(r"\?\s+\w[^?:]{0,60}$")


def _left(questions: Sequence[Question]) -> Iterator[tuple[Place | None, str]]:
    """What the words of questions hold that nothing read: answers, keys, the signs of both."""
    chosen = [one for one in questions if isinstance(one, MultipleChoice)]
    answers = [[block_text(choice.content).strip() for choice in one.choices] for one in chosen]
    for at in told_apart(answers):
        yield chosen[at].place, "a sign distinguishes one of its answers"
    plain = [one for one in questions if isinstance(one, (Essay, ShortAnswer))]
    for one in plain:
        if isinstance(one, ShortAnswer) and _is_below(one):
            yield one.place, "its key is below it among other lines: answers to choose from?"
    if (left := leftover([block_text(one.text) for one in plain])) is not None:
        for at in left[1]:
            yield plain[at].place, f"questions without answers to choose from {left[0]}"


def _is_below(question: ShortAnswer) -> bool:
    """Whether what a question accepts is, or begins, a line below its first, or one of several words on such a line, or
    stands between signs that part words."""
    first, *below = block_text(question.text).lower().split("\n")
    answers = [one.text.strip(" .;").lower() for one in question.answers]
    parts = [one.strip(" .;") for one in _PARTED.split(first)]
    if len(parts) > 2 and any(one in parts for one in answers):
        return True
    return any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", line) for one in answers if one for line in below)


_PARTED = re.compile(r"[\t|;]| / ")


def _uneven(questions: Sequence[Question], read: Read) -> Iterator[tuple[Place | None, str]]:
    """Questions with an answer less or more than nearly all have, where only the place of answers tells them."""
    placed = [
        (one, len(one.choices))
        for one, item in zip(questions, read.items, strict=True)
        if isinstance(one, MultipleChoice) and item.options and item.options[0].kind in _BY_PLACE and not _boxed(item)
    ]
    usual, count = Counter(size for _, size in placed).most_common(1)[0] if placed else (0, 0)
    if count * 100 < len(placed) * limits()["usual-size"] or count < limits()["least-ends"]:
        return
    for one, size in placed:
        if size != usual:
            yield one.place, f"{size} answers where most have {usual}, and nothing counts them"


def _boxed(item: DraftQuestion) -> bool:
    """Whether a box to tick stands before each answer of a line, «[ ] A one   [ ] B two»: none of them is missed."""
    lines = {option.line.at: option.line.text for option in item.options if option.kind == "inline"}
    return len(item.options) == sum(len(BOXED.findall(text)) for text in lines.values()) > 1


_BY_PLACE = frozenset({"below", "deeper", "bullet", "inline", "beside"})


def _swallowed(questions: Sequence[MultipleChoice]) -> Iterator[tuple[Place | None, str]]:
    """Questions with an answer less than most, behind whose question mark something stands: the first answer."""
    sizes = Counter(len(one.choices) for one in questions)
    usual, count = sizes.most_common(1)[0] if sizes else (0, 0)
    for one in questions if count * 100 >= len(questions) * limits()["marked"] else ():
        if len(one.choices) == usual - 1 and _SWALLOWED.search(block_text(one.text).strip()):
            yield one.place, f"{usual - 1} answers where most have {usual}, and text behind its question mark"


def _is_letter(question: ShortAnswer) -> bool:
    answer = question.answers[0].text.strip(" .)(") if len(question.answers) == 1 else ""
    return len(answer) == 1 and answer.isalpha() and answer.isupper()


def _double(questions: Sequence[Question], read: Read) -> Iterator[tuple[Place | None, str]]:
    """Answers whose letters begin anew."""
    for question, item in zip(questions, read.items, strict=True):
        again = next((one for one, count in Counter(_labels(item)).items() if count > 1), None)
        if again is not None:
            yield question.place, f"answers begin with {again} twice: two questions in one?"
        elif item.options and item.options[0].kind == "letter" and not begins(item.options[0].label):
            yield question.place, f"answers begin with {item.options[0].label}"
        elif sum(map(_holds_label, item.options)) > 1:
            yield question.place, "answers that hold the letters of other answers: two columns?"


def _labels(item: DraftQuestion) -> list[str]:
    return [option.label for option in item.options if option.label]


def _holds_label(option: DraftOption) -> bool:
    return _LABEL_INSIDE.search(option.line.text[option.start : option.end]) is not None


def _asks(question: Question, text: str) -> bool:
    """Whether a question without answers is one by its words, or by its number and length."""
    asks = words().asks(text) is not None or text.rstrip(' »"”)').endswith(("?", ":"))
    return asks or (question.printed is not None and len(text.split()) > 3)


def _jumps(questions: Sequence[Question]) -> Iterator[tuple[Place | None, str]]:
    """Numbers that neither count on nor begin anew."""
    numbered = [one for one in questions if one.printed and one.printed.isdecimal()]
    values = [int(one.printed or 0) for one in numbered]
    falling = sum(b == a - 1 for a, b in pairwise(values))
    if falling * 2 > len(values):
        return  # the newest question stands first
    for before, one in pairwise(numbered):
        a, b = int(before.printed or 0), int(one.printed or 0)
        if b not in {1, a + 1} and not (a == b == 1) and before.category == one.category:
            yield one.place, f"number {b} follows {a}"
