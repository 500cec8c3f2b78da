"""Quizzes and grades of a backup: slots and their questions, sums of marks, grade items and their categories."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from coursepack.checks.mbz.view import Element, View, child, each, text


@dataclass
class _QuizBank:
    """The entries and categories of the question bank that slots may refer to."""

    entries: set[str] = field(default_factory=set)
    contexts: dict[str, str] = field(default_factory=dict)
    sizes: Counter[str] = field(default_factory=Counter)
    parents: dict[str, str] = field(default_factory=dict)

    @cached_property
    def below(self) -> dict[str, int]:
        """Questions of each category with those below it. Each has one parent, so sums go up from the leaves; what
        remains are cycles, in which every category is below every other."""
        totals = {id_: self.sizes[id_] for id_ in self.parents}
        waiting = Counter(parent for parent in self.parents.values() if parent in totals)
        leaves = [id_ for id_ in totals if not waiting[id_]]
        done: set[str] = set()
        while leaves:
            done.add(id_ := leaves.pop())
            if (parent := self.parents[id_]) in totals:
                totals[parent] += totals[id_]
                waiting[parent] -= 1
                if not waiting[parent]:
                    leaves.append(parent)
        for start in totals:
            circle: list[str] = []
            here = start
            while here not in done:
                done.add(here)
                circle.append(here)
                here = self.parents[here]
            totals.update(dict.fromkeys(circle, sum(totals[id_] for id_ in circle)))
        return totals


def check(view: View) -> None:
    """Slots, marks, grade items."""
    bank = _bank(view)
    for member in view.package.names():
        if member.startswith("activities/quiz_") and member.endswith("/quiz.xml"):
            _check_quiz(view, member, bank)
    _check_grades(view)


def _bank(view: View) -> _QuizBank:
    bank = _QuizBank()
    for category in each(view.document("questions.xml"), "question_category"):
        id_ = category.get("id") or ""
        bank.contexts[id_] = text(category, "contextid")
        bank.parents[id_] = text(category, "parent")
        for entry in category.iter("question_bank_entry"):
            bank.entries.add(entry.get("id") or "")
            question = entry.find(".//question[@id]")
            drawable = question is not None and text(question, "parent") == "0" and text(question, "length") != "0"
            bank.sizes[id_] += drawable
    return bank


def _check_quiz(view: View, member: str, bank: _QuizBank) -> None:
    activity = view.document(member)
    quiz = activity.find("quiz") if activity is not None else None
    if activity is None or quiz is None:
        return
    slots = list(each(quiz, "question_instances/question_instance"))
    drawn: Counter[tuple[str, bool]] = Counter()
    for instance in slots:
        for reference in each(instance, "question_reference"):
            _check_fixed_slot(view, member, activity, reference, bank)
        for reference in each(instance, "question_set_reference"):
            if found := _random_source(view, member, activity, reference, bank):
                drawn[found] += 1
    _check_numbers(view, member, quiz, slots)
    for (category, deep), wanted in drawn.items():
        there = bank.below[category] if deep else bank.sizes[category]
        if there < wanted:
            message = f"{wanted} slots draw from the category {category}, which holds {there} questions"
            view.doubt("mbz-pool-small", message, member, quiz, "an attempt stops: not enough questions")


def _check_numbers(view: View, member: str, quiz: Element, slots: list[Element]) -> None:
    if slots and all(instance.find("slot") is None for instance in slots):
        return  # the format of Moodle before 2.7
    numbers = [text(instance, "slot") for instance in slots]
    if len(set(numbers)) < len(numbers):
        view.fault("mbz-slot-twice", "two slots have one number: the restore stops", member, quiz)
    elif sorted(numbers, key=lambda n: n.zfill(9)) != [str(n) for n in range(1, len(numbers) + 1)]:
        view.fault("mbz-slot-gap", "the slots are not numbered 1, 2, 3 …: attempts fail", member, quiz)
    first = [text(section, "firstslot") for section in each(quiz, "sections/section")]
    if slots and first and "1" not in first:
        view.fault("mbz-quiz-section", f"no section begins at slot 1 but at {', '.join(first)}", member, quiz)
    try:
        total = sum(float(text(instance, "maxmark") or 0) for instance in slots)
        stated = float(text(quiz, "sumgrades") or 0)
    except ValueError:
        view.fault("mbz-number", "a maxmark or sumgrades is not a number", member, quiz)
        return
    if abs(total - stated) > 0.01:
        message = f"sumgrades is {stated:g}, the slots add up to {total:g}: every grade comes out wrong"
        view.doubt("mbz-sumgrades", message, member, quiz)


def _check_context(view: View, member: str, activity: Element, reference: Element) -> None:
    found = text(reference, "usingcontextid")
    if found and found != activity.get("contextid"):
        message = f"usingcontextid is {found}, expected the quiz's own context {activity.get('contextid')}"
        view.doubt("mbz-slot-context", message, member, reference)


def _check_fixed_slot(view: View, member: str, activity: Element, reference: Element, bank: _QuizBank) -> None:
    _check_context(view, member, activity, reference)
    entry = text(reference, "questionbankentryid")
    if entry not in bank.entries:
        message = f"a slot refers to the question bank entry {entry!r}, which questions.xml does not hold"
        view.doubt("mbz-entry-unknown", message, member, reference, "the quiz cannot be attempted")


def _random_source(
    view: View, member: str, activity: Element, reference: Element, bank: _QuizBank
) -> tuple[str, bool] | None:
    """The category that a random slot draws from, and whether its subcategories are included."""
    _check_context(view, member, activity, reference)
    try:
        condition = json.loads(text(reference, "filtercondition"))
    except (ValueError, RecursionError):
        view.fault("mbz-filter", "filtercondition is not JSON: the restore stops", member, reference)
        return None
    found = _category_of(condition)
    if found is None:
        return None
    category, deep = found
    if category not in bank.contexts:
        message = f"a random slot draws from the category {category}, which questions.xml does not hold"
        view.doubt("mbz-category-unknown", message, member, reference, "not enough questions at an attempt")
        return None
    context = text(reference, "questionscontextid")
    if context != bank.contexts[category]:
        message = f"questionscontextid is {context}, but the category {category} lies in {bank.contexts[category]}"
        view.doubt("mbz-set-context", message, member, reference, "the quiz cannot be edited after the restore")
    return category, deep


def _category_of(condition: object) -> tuple[str, bool] | None:
    """The category and whether subcategories are included, from the filter of Moodle 4.0 to 4.2 or of 4.3 and later."""
    if not isinstance(condition, dict):
        return None
    if "questioncategoryid" in condition:
        return str(condition["questioncategoryid"]), bool(condition.get("includingsubcategories"))
    found = condition.get("filter")
    chosen = found.get("category") if isinstance(found, dict) else None
    if not isinstance(chosen, dict) or not isinstance(chosen.get("values"), list) or not chosen["values"]:
        return None
    options = chosen.get("filteroptions")
    return str(chosen["values"][0]), bool(options.get("includesubcategories")) if isinstance(options, dict) else False


# --- grades -------------------------------------------------------------------------------------------------------


def _check_grades(view: View) -> None:
    gradebook = view.document("gradebook.xml")
    categories = {c.get("id") or "" for c in each(gradebook, "grade_categories/grade_category")}
    for item in each(gradebook, "grade_items/grade_item"):
        if text(item, "itemtype") in {"course", "category"} and text(item, "iteminstance") not in categories:
            message = f"a grade item belongs to the category {text(item, 'iteminstance')!r}, which is not there"
            view.fault("mbz-grade-category", message, "gradebook.xml", item, "the restore stops")
    for member in view.package.names():
        if not member.endswith("/grades.xml"):
            continue
        for item in each(view.document(member), "grade_items/grade_item"):
            category = text(item, "categoryid")
            if gradebook is not None and category not in categories and (category or categories):
                message = f"the grade category {category!r} is not in gradebook.xml: the item goes to the course"
                view.doubt("mbz-grade-category", message, member, item)
            _check_item(view, member, item)


def _check_item(view: View, member: str, item: Element) -> None:
    """Our own items: they are of their activity, and their maximum is the activity's own."""
    if not view.closed:
        return
    mod = text(item, "itemmodule")
    other = member.replace("grades.xml", f"{mod}.xml")
    activity = view.document(other)
    body = child(activity, mod) if activity is not None else None
    if activity is None or body is None or text(item, "iteminstance") != activity.get("id"):
        view.fault("mbz-grade-item", f"the item is of {mod} {text(item, 'iteminstance')}", member, item)
    elif (stated := text(body, "grade_forum" if mod == "forum" else "grade")) != text(item, "grademax"):
        message = f"grademax is {text(item, 'grademax')}, but the activity's grade is {stated}"
        view.fault("mbz-grade-max", message, member, item)
    reference = view.document(member.replace("grades.xml", "inforef.xml"))
    if item.get("id") not in {(e.text or "").strip() for e in each(reference, "grade_itemref/grade_item/id")}:
        view.fault("mbz-grade-itemref", "the item is not in inforef.xml", member, item)
