"""A catalogue of many bags: time to enter them, to look again, and to find.

python -m benchmarks.catalogue [BAGS]
python -m benchmarks.catalogue --entries 1000000    entries without their bags: what the register answers
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from benchmarks.audit import shelf
from coursepack.batch.bags import entries as entries_by
from coursepack.batch.processes import Processes
from coursepack.registrar.catalogue import COLUMNS, open_register, update, writing
from coursepack.registrar.catalogue_find import Query, feed, find, sql


def timed(what: str, act: object) -> None:
    start, worked = time.perf_counter(), time.process_time()
    result = act()  # type: ignore[operator] # a lambda below
    used = time.process_time() - worked
    print(f"{what}: {used:.3f} s of the processor, {time.perf_counter() - start:.3f} s; {result}", flush=True)


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        bags = shelf(Path(name), count)
        print(f"{count} bags")
        start = time.process_time()
        timed("enter all", lambda: f"{update(bags).read} read")
        each = (time.process_time() - start) / count
        print(f"at {each * 1000:.2f} ms of a processor a bag a million would take {each * 1e6 / 60:.0f} minutes")
        timed("run again, nothing new", lambda: f"{update(bags).read} read")
        with Processes(2) as engine:
            timed("make anew, two processes", lambda: f"{update(bags, anew=True, read=entries_by(engine)).read} read")
        timed("find by year", lambda: f"{len(find(bags, Query(year='2010/')))} found")
        timed("find by department", lambda: f"{len(find(bags, Query(department='саясаттану')))} found")
        print(f"register: {(bags / 'catalogue.sqlite').stat().st_size / 1e6:.1f} MB")


_FIELDS = {
    "course": "printf('course-%06d', n / 20)",
    "title": "'саясаттану ' || (n / 20)",
    "language": "substr('kkruen', 1 + n % 3 * 2, 2)",
    "year": "(2000 + n % 26) || '/' || (2001 + n % 26)",
    "department": "(n % 700) || '-кафедра'",
    "faculty": "(n % 40) || '-факультет'",
    "programme": "printf('6b%05d', n % 300)",
    "archived": "CASE WHEN n % 100 THEN (2001 + n % 26) || '-06-30' END",
}
# ruff: noqa: S608 - statements are made of the names above
_ENTRIES = (
    (
        "WITH RECURSIVE one(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM one WHERE n < ?) "
        f"INSERT INTO bag (path, mark, {', '.join(_FIELDS)}) "
        f"SELECT printf('bag-%07d', n), '', {', '.join(_FIELDS.values())} FROM one"
    ),
    "INSERT INTO file SELECT id, 'data/a', lower(hex(randomblob(64))), NULL FROM bag",
    "INSERT INTO file SELECT id, 'data/b', lower(hex(randomblob(64))), NULL FROM bag",
    *(
        f"INSERT INTO value (name, folded) SELECT DISTINCT '{name}', {name} FROM bag WHERE {name} IS NOT NULL"
        for name in _FIELDS
    ),
    *(
        f"INSERT INTO has SELECT value.id, bag.id FROM bag JOIN value ON value.name = '{name}' AND folded = bag.{name}"
        for name in _FIELDS
    ),
)


def entries(count: int) -> None:
    """So many entries of bags that do not lie there, two files each, and how long the usual questions take."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        register = open_register(folder)
        start = time.perf_counter()
        indexes = register.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        with writing(register):
            for name_, _ in indexes:  # made once at the end: a million are never entered in one run otherwise
                register.execute(f"DROP INDEX {name_}")
            for statement in _ENTRIES:
                register.execute(statement, (count,) if "?" in statement else ())
            for _, made in indexes:
                register.execute(made)
            (wanted,) = register.execute("SELECT sha512 FROM file WHERE bag = ?", (count // 2,)).fetchone()
        register.close()
        print(f"{count} entries of {len(COLUMNS)} columns, entered in {time.perf_counter() - start:.0f} s")
        for question in (
            Query(course=f"course-{count // 40:06d}"),
            Query(course="атану 777"),
            Query(year="2010-2011", department="17-кафедра"),
            Query(year="2010/2011", programme="6B00123", language="kk"),
            Query(checksum=wanted),
            Query(checksum=wanted[:12]),
            Query(without="archived"),
            Query(department="699-кафедра", unverified_since="2026-01-01"),
        ):
            asked = {key: value for key, value in vars(question).items() if value}
            timed(str(asked), lambda question=question: f"{len(find(folder, question))} found")
        statement = "SELECT year, count(*) FROM bag GROUP BY year"
        timed("SQL: bags a year", lambda: f"{len(sql(folder, statement)[1])} rows")
        small = Query(department="17-кафедра")
        timed("feed of a department", lambda: f"{sum(map(len, feed(folder, small, 'x')))} bytes")
        print(f"register: {(folder / 'catalogue.sqlite').stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--entries"]:
        entries(int(sys.argv[2]))
        sys.exit()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
