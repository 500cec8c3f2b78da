"""Tables of those who teach a course, a person a row: «Name | Role | Email | Room | Office hours»."""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.outline.plans import PlanCell
from coursepack.outline.tree.front import TEACHER, Front
from coursepack.outline.tree.people import MAIL, NAME

_LEAST = 2


def staff(front: Front, rows: Sequence[Sequence[PlanCell]]) -> bool:
    """Hear a table whose head names what is said of teachers, above their names; whether it was one."""
    heads = {at: kind for at, cell in enumerate(rows[0]) if (kind := front.kind_of(cell.text)) in TEACHER}
    columns = {at: kind for at, kind in heads.items() if kind != "teacher"}
    body = rows[1:]
    columns |= {at: "email" for at in range(len(rows[0])) if at not in heads and _are_mails(body, at)}
    names = next((at for at in range(len(rows[0])) if at not in columns and _are_names(body, at)), None)
    if len(columns) < _LEAST or names is None or not body:
        return False
    for row in body:
        front.person(row[names].text, {TEACHER[kind]: row[at].text for at, kind in columns.items() if at < len(row)})
    front.claim_all([piece for row in rows for cell in row for piece in cell.pieces])
    return True


def _are_mails(rows: Sequence[Sequence[PlanCell]], at: int) -> bool:
    texts = [row[at].text for row in rows if at < len(row) and row[at].text]
    return bool(texts) and all(MAIL.fullmatch(text) for text in texts)


def _are_names(rows: Sequence[Sequence[PlanCell]], at: int) -> bool:
    texts = [row[at].text for row in rows if at < len(row) and row[at].text]
    return bool(texts) and all(NAME.match(text) and not MAIL.search(text) for text in texts)
