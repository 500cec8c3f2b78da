"""Plans of a practice: a table whose rows are the kinds of work of each stage, of which none is a lecture."""

from __future__ import annotations

import re

from coursepack import languages
from coursepack.outline.plans.columns import Columns

_STAGE = re.compile(rf"(?<!\w)(?:{languages.pattern('plan-stage')})(?!\w)", re.IGNORECASE)
_WORKS = re.compile(rf"(?<!\w)(?:{languages.pattern('plan-works')})(?!\w)", re.IGNORECASE)


def are_of_practice(found: Columns) -> bool:
    """Whether the heads of a plan name stages and the kinds of work in them."""
    heads = {at: " ".join(texts) for at, texts in found.heads.items()}
    stages = {at for at, text in heads.items() if _STAGE.search(text)}
    return bool(stages) and any(at not in stages and _WORKS.search(text) for at, text in heads.items())
