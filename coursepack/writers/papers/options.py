"""``[papers]`` of course.toml: how the department's papers look. One table for all three writers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from coursepack import languages

if TYPE_CHECKING:
    Language = str
else:
    Language = Literal[languages.known()]


class PaperOptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``syllabus``: plain paragraphs with tables, or the one-grid form. ``ticket``: the head of an exam ticket.
    ``course_set``: one document, or one a part. ``words``: the language of the fixed words, when it is not the
    course's. ``second_language``: also a bilingual syllabus, side by side. ``plan_weeks``: rows of the plan that are
    printed even where no source fills them. ``letter_scale``: print the scale of letter grades.
    ``ticket_balance``: questions of a ticket come from different lectures (when the questions name them), from the
    parts of the list in turn, or from anywhere. ``font``: the letters of all papers, instead of the template's.
    ``tickets_a_page``: one, two or three of equal height; ``ticket_size``: the sheet that they are printed on;
    ``ticket_copies``: so many numbered copies of each; ``answer_sheets``: so many numbered sheets to write on.
    ``foot``: what stands at the foot of every page but the first; with ``blanks`` a rule where it is not declared.
    """

    syllabus: Literal["paragraphs", "grid"] = "paragraphs"
    ticket: Literal["three-cell", "centred", "row"] = "three-cell"
    course_set: Literal["one", "parts"] = "one"
    words: Language | None = None
    second_language: Language | None = None
    plan_weeks: Annotated[int, msgspec.Meta(ge=1)] | None = None
    letter_scale: bool = True
    font: Annotated[str, msgspec.Meta(min_length=1, max_length=80)] | None = None
    ticket_balance: Literal["auto", "lectures", "list", "none"] = "auto"
    foot: tuple[Literal["version", "date", "pages", "blanks"], ...] = ()
    tickets_a_page: Literal[1, 2, 3] | None = None
    ticket_size: Literal["A4", "A5"] = "A4"
    ticket_copies: Annotated[int, msgspec.Meta(ge=1, le=20)] = 1
    answer_sheets: Annotated[int, msgspec.Meta(ge=0, le=500)] = 0
