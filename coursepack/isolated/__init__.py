"""Work on a stranger's file in a process of its own: limits of memory, time and written bytes, no network, no writing
elsewhere. What goes wrong there is an error with the file's name, never the end of the run.

What holds, and where: a time limit everywhere; memory, processor time and written bytes where POSIX has
``setrlimit`` (setrlimit(2); macOS does not hold memory); no network by seccomp(2) on Linux, x86-64 and ARM64; no
writing beyond the given folders, and for programs no reading either, by landlock(7) on Linux from 5.13. ``held`` says
which of them this machine gives.

The answer of a child comes back as data of a stated type (MessagePack), never as code or pickled objects.
"""

from __future__ import annotations

from coursepack.isolated.guards import GUARDS, Guard, held, lacking
from coursepack.isolated.job import ChildBudget, budget
from coursepack.isolated.programs import program
from coursepack.isolated.worker import Worker, call

__all__ = ["GUARDS", "ChildBudget", "Guard", "Worker", "budget", "call", "held", "lacking", "program"]
