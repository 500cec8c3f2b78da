"""Tables that carry a plan: weeks with their classes and work, lists of tasks, hours by kind.

``cells`` places the cells, ``forms`` says what each looks like, ``columns`` and ``rows`` what they hold together,
``classes`` and ``work`` make drafts, ``read`` is the way through.
"""

from coursepack.outline.plans.cells import PlanCell, matrix
from coursepack.outline.plans.classes import PlanContext
from coursepack.outline.plans.read import PlanHead, Planned, head_below, read_plan

__all__ = ["PlanCell", "PlanContext", "PlanHead", "Planned", "head_below", "matrix", "read_plan"]
