"""Forms in which colleges and universities write plans, work and titles, as strangers sent them."""

from __future__ import annotations

import pytest

from coursepack.outline.tree import course_title, work
from coursepack.outline.tree.values import of_form
