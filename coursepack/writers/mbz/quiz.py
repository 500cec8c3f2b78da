"""A quiz: its slots, fixed or drawn at random, what a student sees afterwards.

Random slots use the filter of Moodle 4.0 to 4.2: later versions convert it, while the newer one does not restore on
the older.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from coursepack.model.blocks import Blocks
from coursepack.model.questions import Description, Essay, MultipleChoice, Question
from coursepack.place import Place
from coursepack.writers.mbz.activities import intro, start
from coursepack.writers.mbz.backup import NO_COMPLETION, OWN, STAMP, Activity, Backup, BackupSection
from coursepack.writers.mbz.bank import BankEntry
from coursepack.writers.mbz.tree import Value, leaves, node

PER_PAGE = 5
# When something of an attempt is shown: during it, right after it, while the quiz is open, after it closed.
DURING, AFTER, OPEN, CLOSED = 0x10000, 0x1000, 0x100, 0x10
ALWAYS = DURING | AFTER | OPEN | CLOSED
LATER = AFTER | OPEN | CLOSED


@dataclass(frozen=True)
class ReviewOptions:
    """What a student sees of an attempt: ``REVIEW`` for learning, ``EXAM`` never shows a key."""

    key: int
    remarks: int


LEARNING = ReviewOptions(key=LATER, remarks=LATER)
EXAMINING = ReviewOptions(key=0, remarks=0)


@dataclass(frozen=True)
class RandomSlots:
    """``count`` slots that draw from a category in ``context``; ``below``: and from its sub-categories."""

    category: int
    context: int
    count: int
    mark: float
    below: bool = False


def quiz(
    backup: Backup,
    section: BackupSection,
    key: str,
    name: str,
    about: Blocks,
    *,
    visible: bool = True,
    graded: bool = True,
    place: Place | None = None,
) -> Activity:
    """A quiz without slots (``fill`` puts them in). ``graded`` False: no grade, no place in the gradebook.

    Done with one finished attempt: questions that a person marks would else leave the bar where it was.
    """
    result = start(backup, section, "quiz", key, name, completion=OWN, visible=visible, place=place)
    intro(backup, result, about)
    result.grade = 100.0 if graded else None
    return result


def fill(
    backup: Backup,
    activity: Activity,
    slots: Sequence[BankEntry] | Sequence[RandomSlots],
    *,
    review: ReviewOptions,
    attempts: int = 0,
    opens: int = 0,
    closes: int = 0,
    minutes: int = 0,
) -> None:
    """Slots, times and rules of a quiz. ``attempts`` 0: as many as one likes; times in seconds since 1970."""
    filled = [slot for one in slots for slot in ([one] * one.count if isinstance(one, RandomSlots) else [one])]
    marks = [slot.mark for slot in filled]
    total = float(sum(marks))
    if not total:
        # Nothing in it earns a mark: no grade, no place in the gradebook.
        activity.grade = None
    elif activity.grade is not None and any(isinstance(one, BankEntry) for one in filled):
        # A quiz of known questions counts by their marks; one that draws is marked out of a hundred.
        activity.grade = total
    if not marks:
        activity.completion = NO_COMPLETION
    leaves(activity.body, _rules(review, attempts, opens, closes, minutes))
    leaves(
        activity.body,
        {
            "sumgrades": total,
            "grade": activity.grade or 0.0,
            "timecreated": STAMP,
            "timemodified": STAMP,
            "password": "",
            "subnet": "",
            "browsersecurity": "-",
            "delay1": 0,
            "delay2": 0,
            "showuserpicture": 0,
            "showblocks": 0,
            "completionattemptsexhausted": 0,
            "completionminattempts": int(activity.completion.own),
            "allowofflineattempts": 0,
        },
    )
    holder = node(activity.body, "question_instances")
    for slot, one in enumerate(filled, 1):
        instance = node(holder, "question_instance", id=backup.new_id())
        leaves(
            instance,
            {
                "quizid": activity.instance,
                "slot": slot,
                "page": (slot - 1) // PER_PAGE + 1,
                "displaynumber": None,
                "requireprevious": 0,
                "maxmark": one.mark,
            },
        )
        common: dict[str, Value] = {
            "usingcontextid": activity.context,
            "component": "mod_quiz",
            "questionarea": "slot",
        }
        if isinstance(one, RandomSlots):
            condition = json.dumps({"questioncategoryid": one.category, "includingsubcategories": one.below})
            reference = node(instance, "question_set_reference", id=backup.new_id())
            leaves(reference, common | {"questionscontextid": one.context, "filtercondition": condition})
        else:
            reference = node(instance, "question_reference", id=backup.new_id())
            leaves(reference, common | {"questionbankentryid": one.id, "version": None})
    first = node(node(activity.body, "sections"), "section", id=backup.new_id())
    leaves(first, {"firstslot": 1, "heading": "", "shufflequestions": 0})
    for empty in ("feedbacks", "overrides", "grades", "attempts"):
        node(activity.body, empty)


def marks_itself(question: Question) -> bool:
    """Whether Moodle can mark an answer: nobody need read it, and a key is known."""
    if isinstance(question, MultipleChoice):
        return any(choice.fraction > 0 for choice in question.choices)
    return not isinstance(question, Essay | Description)


def _rules(review: ReviewOptions, attempts: int, opens: int, closes: int, minutes: int) -> dict[str, Value]:
    return {
        "timeopen": opens,
        "timeclose": closes,
        "timelimit": minutes * 60,
        "overduehandling": "autosubmit",
        "graceperiod": 0,
        "preferredbehaviour": "deferredfeedback",
        "canredoquestions": 0,
        "attempts_number": attempts,
        "attemptonlast": 0,
        "grademethod": 1,
        "decimalpoints": 2,
        "questiondecimalpoints": -1,
        "reviewattempt": ALWAYS,
        "reviewcorrectness": review.key,
        "reviewmaxmarks": ALWAYS,
        "reviewmarks": LATER,
        "reviewspecificfeedback": review.remarks,
        "reviewgeneralfeedback": review.remarks,
        "reviewrightanswer": review.key,
        "reviewoverallfeedback": LATER,
        "questionsperpage": PER_PAGE,
        "navmethod": "free",
        "shuffleanswers": 1,
    }
