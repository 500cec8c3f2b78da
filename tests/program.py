"""The command line as a program of its own, soon: forked from a process that has loaded the modules and the words.

What is started anew takes a second before it does anything (imports, expressions), and the tests call it some hundred
times. A fork has its own environment, working folder, files 1 and 2, and end; what only a new interpreter shows
(``python -m``, pipes, a closed stdout, the seed of hashes) is tested with one.
"""

from __future__ import annotations

import atexit
import importlib
import io
import json
import os
import pkgutil
import resource
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NoReturn


def run(
    arguments: Sequence[str | Path],
    env: Mapping[str, str] | None = None,
    site: Path | None = None,
    timeout: int = 0,
) -> subprocess.CompletedProcess[str]:
    """Call ``coursepack`` in the present working folder, with ``env`` beside the present environment.

    ``site``: a folder of distributions, found before all others; ``timeout``: the seconds of CPU after which it is
    ended (0: it may take as long as it likes).
    """
    words = list(map(str, arguments))
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        server = _server()
        assert server.stdin
        assert server.stdout
        call = {
            "arguments": words,
            "env": os.environ | (env or {}),
            "cwd": str(Path.cwd()),
            "path": [str(site)] if site else [],
            "timeout": timeout,
            "out": str(out),
            "err": str(err),
        }
        server.stdin.write(json.dumps(call) + "\n")
        server.stdin.flush()
        status = int(server.stdout.readline())
        return subprocess.CompletedProcess(words, status, out.read_text("utf-8"), err.read_text("utf-8"))


@cache
def _server() -> subprocess.Popen[str]:
    """The process that is forked, one for each process of tests."""
    command = [sys.executable, "-m", "tests.program"]
    environment = os.environ | {"PYTHONUTF8": "1", "NO_COLOR": "1"}
    root = Path(__file__).parents[1]
    server = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root, env=environment, encoding="utf-8"
    )
    atexit.register(server.kill)
    return server


# --- the process that is forked --------------------------------------------------------------------------------------


def _serve() -> None:
    _warm()
    for line in sys.stdin:
        call = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(call)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _warm() -> None:
    """Load every module; read a lecture, for the expressions that are compiled when they are first asked for."""
    import coursepack
    from coursepack import build, discovery

    for found in pkgutil.walk_packages(coursepack.__path__, "coursepack."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.txt").write_text("Lecture 1. Soil\n\nSoil is the skin of the land.\n", "utf-8")
        (loaded,) = discovery.find_projects([Path(folder)])
        build.understand(loaded)


def _become(call: Mapping[str, Any]) -> NoReturn:
    status = 1
    try:
        os.chdir(call["cwd"])
        if call["timeout"]:
            resource.setrlimit(resource.RLIMIT_CPU, (call["timeout"], call["timeout"]))
        os.environ.clear()
        os.environ.update(call["env"])
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.stdin = io.TextIOWrapper(io.FileIO(0), "utf-8")
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(call[name], os.O_WRONLY | os.O_CREAT), number)
        sys.stdout, sys.stderr = (
            io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w")), "utf-8"),
            io.TextIOWrapper(io.BufferedWriter(io.FileIO(2, "w")), "utf-8", "backslashreplace", line_buffering=True),
        )
        sys.argv = ["coursepack", *call["arguments"]]
        from coursepack import plugins
        from coursepack.cli import main

        if call["path"]:
            sys.path[:0] = call["path"]
            plugins.clear()
        main()
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve()
