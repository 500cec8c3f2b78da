"""The question bank of a backup: categories in their contexts, entries, what each type must hold."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from math import inf

from coursepack.checks.mbz.view import Element, View, child, each, text

QUESTIONS = "questions.xml"
LONGEST_NAME = 255
LONGEST_IDNUMBER = 100
# Type → what must stand in its plugin element, or the question is restored with defaults or not at all.
_OPTIONS = {
    "multichoice": ("answers/answer", "multichoice"),
    "truefalse": ("answers/answer", "truefalse"),
    "shortanswer": ("answers/answer", "shortanswer"),
    "numerical": ("answers/answer",),
    "match": ("matchoptions", "matches/match"),
    "ordering": ("answers/answer", "ordering"),
    "essay": ("essay",),
    "multianswer": ("multianswer",),
}
# Containers that a restore of 4.5 takes for a text when they are there and empty, and stops.
_NEVER_EMPTY = ("question_hints", "numerical_units", "answers")


def check(view: View) -> None:
    """Categories, entries, questions."""
    root = view.document(QUESTIONS)
    if root is None:
        return
    categories = list(each(root, "question_category"))
    _tops(view, categories)
    _listed(view, categories)
    for category in categories:
        _category(view, category)
    _unique(view, root)


def _before_tops(view: View) -> bool:
    """True for a backup of Moodle before 3.5, where categories had no common top."""
    main = view.document("moodle_backup.xml")
    release = re.match(r"(\d+)\.(\d+)", text(main, "information/backup_release") if main is not None else "")
    return release is not None and (int(release[1]), int(release[2])) < (3, 5)


def _tops(view: View, categories: list[Element]) -> None:
    tops: Counter[str] = Counter()
    contexts: defaultdict[str, set[str]] = defaultdict(set)
    for category in categories:
        contexts[text(category, "contextid")].add(category.get("id") or "")
        tops[text(category, "contextid")] += text(category, "parent") == "0"
    for context, times in tops.items():
        if times > 1 and not _before_tops(view):
            view.fault("mbz-top", f"{times} top categories in the context {context}, expected one", QUESTIONS)
        elif times == 0 and view.closed:
            view.fault("mbz-top", f"no top category in the context {context}, expected one", QUESTIONS)
    for category in categories:
        parent = text(category, "parent")
        if parent not in {"0", ""} and parent not in contexts[text(category, "contextid")]:
            stated = f"the parent {parent} of «{text(category, 'name')}» is not in its context"
            view.doubt("mbz-category-parent", stated, QUESTIONS, category)


def _listed(view: View, categories: list[Element]) -> None:
    named: set[str] = set()
    known = {category.get("id") or "" for category in categories}
    for member in view.package.names():
        if member.endswith("inforef.xml"):
            for reference in each(view.document(member), "question_categoryref/question_category/id"):
                id_ = (reference.text or "").strip()
                named.add(id_)
                if id_ not in known:
                    stated = f"the question category {id_!r} is not in questions.xml"
                    view.doubt("mbz-categoryref", stated, member, reference)
    for category in categories:
        if category.get("id") not in named:
            stated = f"«{text(category, 'name')}» is in no inforef.xml: its questions are lost silently"
            view.fault("mbz-category-unreferenced", stated, QUESTIONS, category)


def _category(view: View, category: Element) -> None:
    for leaf in ("name", "contextid", "contextlevel", "parent"):
        if not text(category, leaf):
            view.fault("mbz-category", f"a category has no {leaf}", QUESTIONS, category)
    _short(view, category, "name", LONGEST_NAME)
    if text(category, "contextlevel") == "10" and view.closed:
        view.fault("mbz-category-system", "a category of the whole site", QUESTIONS, category)
    idnumbers: Counter[str] = Counter()
    for entry in each(category, "question_bank_entries/question_bank_entry"):
        owner = text(entry, "questioncategoryid")
        if owner and owner != category.get("id"):
            stated = f"an entry names the category {owner}, but stands in {category.get('id')}"
            view.doubt("mbz-entry", stated, QUESTIONS, entry)
        _short(view, entry, "idnumber", LONGEST_IDNUMBER)
        if entry.find("idnumber") is not None and entry.findtext("idnumber") != "$@NULL@$":
            idnumbers[text(entry, "idnumber")] += 1
        questions = list(entry.iterfind(".//question[@id]"))
        if not questions:
            view.doubt("mbz-entry", "an entry without a question", QUESTIONS, entry)
        for question in questions:
            _question(view, question)
    for idnumber, times in idnumbers.items():
        if times > 1:
            make = view.doubt if idnumber else view.fault
            stated = f"the idnumber {idnumber!r} is given {times} times in «{text(category, 'name')}»"
            make("mbz-idnumber-twice", stated, QUESTIONS, category)


def _question(view: View, question: Element) -> None:
    qtype = text(question, "qtype")
    if not qtype:
        view.fault("mbz-question", "a question has no qtype", QUESTIONS, question)
        return
    for leaf in ("questiontext", "generalfeedback", "penalty"):
        if question.find(leaf) is None:
            view.fault("mbz-question", f"a question has no {leaf}", QUESTIONS, question)
    _short(view, question, "name", LONGEST_NAME)
    plugin = child(question, f"plugin_qtype_{qtype}_question")
    others = [str(found.tag) for found in question if str(found.tag).startswith("plugin_qtype_")]
    if others and plugin is None:
        stated = f"a question of type {qtype} has the data of another type ({others[0]})"
        view.fault("mbz-question-options", stated, QUESTIONS, question)
    for path in _OPTIONS.get(qtype, ()):
        if plugin is None or plugin.find(path) is None:
            view.doubt("mbz-question-options", f"a question of type {qtype} has no {path}", QUESTIONS, question)
    for parent in (question, plugin):
        for name in _NEVER_EMPTY if parent is not None and view.closed else ():
            empty = parent.find(name) if parent is not None else None
            if empty is not None and not len(empty):
                view.fault("mbz-container-empty", f"<{name}> is empty: Moodle 4.5 stops there", QUESTIONS, empty)
    most = inf if qtype == "ordering" else 1  # there it is the item's place
    for answer in question.iterfind(".//answer[@id]"):
        _fraction(view, answer, most)
    if plugin is not None:
        _pointers(view, question, plugin)


def _fraction(view: View, answer: Element, most: float) -> None:
    found = text(answer, "fraction")
    if answer.find("fraction") is None:
        return
    try:
        sound = -1 <= float(found) <= most
    except ValueError:
        view.fault("mbz-number", f"fraction is {found!r}, expected a number", QUESTIONS, answer)
        return
    if not sound:
        view.doubt("mbz-fraction", f"fraction is {found}, expected -1 to {most:g}", QUESTIONS, answer)


def _pointers(view: View, question: Element, plugin: Element) -> None:
    """What points to an answer or a question of the same file."""
    answers = {answer.get("id") or "" for answer in plugin.iterfind("answers/answer")}
    for path in ("truefalse/trueanswer", "truefalse/falseanswer", "numerical_records/numerical_record/answer"):
        for pointer in plugin.iterfind(path):
            if (pointer.text or "").strip() not in answers:
                stated = f"{path.rpartition('/')[2]} points to {pointer.text!r}, which is no answer of the question"
                view.fault("mbz-answer-unknown", stated, QUESTIONS, pointer)
    sequence = text(plugin, "multianswer/sequence")
    if sequence and question.get("id") not in view.recognised:
        if view.question_ids is None:
            root = question.getroottree().getroot()
            view.question_ids = {other.get("id") or "" for other in root.iterfind(".//question[@id]")}
        for id_ in sequence.split(","):
            if id_.strip() and id_.strip() not in view.question_ids:
                view.fault("mbz-gap-unknown", f"the gap {id_} is not in questions.xml", QUESTIONS, question)


def _unique(view: View, root: Element) -> None:
    for tag in ("question_category", "question_bank_entry", "question", "answer"):
        times = Counter(element.get("id") for element in root.iterfind(f".//{tag}[@id]"))
        for id_, count in times.items():
            if count > 1:
                view.doubt("mbz-id-twice", f"{count} elements <{tag}> have the id {id_}", QUESTIONS)


def _short(view: View, parent: Element, leaf: str, most: int) -> None:
    found = text(parent, leaf)
    if len(found) > most:
        stated = f"{leaf} has {len(found)} characters; the database holds {most} and the restore stops"
        view.fault("mbz-name-long", stated, QUESTIONS, parent, "shorten it")
