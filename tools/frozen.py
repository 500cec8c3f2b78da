"""Where the folder begins that runs without an installed Python (``make folder``): the command line, and the calls by
which coursepack starts its own interpreter (``-P -c CODE …``, ``coursepack/isolated/job.py``), which that folder is.
"""

from __future__ import annotations

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()
    if sys.argv[1:3] == ["-P", "-c"]:
        code, sys.argv = sys.argv[3], ["-c", *sys.argv[4:]]
        exec(code, {"__name__": "__main__"})  # noqa: S102 - our own, as ``python -c`` does
    else:
        from coursepack.cli import main

        sys.exit(main())  # type: ignore[func-returns-value]
