"""The child process: what it may use, what becomes of one that goes wrong. Every guard is tried from inside."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coursepack import isolated, limits
from coursepack.isolated import ChildBudget, call, job
from coursepack.place import CoursepackError, Place

HERE = "tests.test_isolated:"
SMALL = ChildBudget(seconds=10, memory=512 << 20, written=8 << 20)
PLACE = Place("stranger.pdf")


def echo(data: bytes, *, times: int) -> list[str]:
    return [data.decode()] * times


def number(_: bytes) -> int:
    return os.getpid()


def eat(_: bytes) -> int:
    return len([bytearray(1 << 20) for _ in range(2000)])


def abort(_: bytes) -> None:
    os.abort()


def spin(_: bytes) -> None:
    while True:
        pass


def refuse(_: bytes) -> None:
    raise CoursepackError("is a scan", Place("stranger.pdf", page=3), "use OCR")


def stumble(_: bytes) -> None:
    raise ZeroDivisionError("in our own code")


def chatter(_: bytes) -> str:
    sys.stdout.write("a library talks")
    sys.stdout.flush()
    os.write(1, b"and writes")
    return "the answer"


def write(_: bytes, *, path: str) -> str:
    try:
        Path(path).write_text("x")
    except OSError as problem:
        return type(problem).__name__
    return "written"


def flood(_: bytes) -> str:
    return "x" * (64 << 20)


def connect(_: bytes, *, port: int) -> str:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError as problem:
        return type(problem).__name__
    return "connected"


def leave_a_child(_: bytes) -> int:
    return subprocess.Popen(["sleep", "60"]).pid


def test_an_answer_is_data_of_the_stated_type() -> None:
    assert call(HERE + "echo", "сәлем".encode(), list[str], place=PLACE, budget=SMALL, options={"times": 2}) == [
        "сәлем",
        "сәлем",
    ]
    assert call(HERE + "chatter", b"", str, place=PLACE, budget=SMALL) == "the answer"


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ("eat", "needs more than 512 MiB of memory"),
        ("abort", "the process that read it crashed (signal SIGABRT)"),
        ("refuse", "is a scan; use OCR"),
        ("stumble", "coursepack itself failed on it: ZeroDivisionError: in our own code"),
        ("flood", "gives more than 8 MiB"),
    ],
)
def test_what_goes_wrong_is_an_error_with_the_name_of_the_file(task: str, said: str) -> None:
    with pytest.raises(CoursepackError) as caught:
        call(HERE + task, b"", str, place=PLACE, budget=SMALL)
    assert str(caught.value).startswith("stranger.pdf")
    assert said in str(caught.value)


def test_a_worker_does_many_tasks_and_starts_anew_after_one_that_went_wrong() -> None:
    with isolated.Worker(SMALL) as worker:
        first = worker.ask(HERE + "number", b"", int, place=PLACE)
        assert worker.ask(HERE + "number", b"", int, place=PLACE) == first
        with pytest.raises(CoursepackError, match="is a scan"):
            worker.ask(HERE + "refuse", b"", int, place=PLACE)
        assert worker.ask(HERE + "number", bytes(5 << 20), int, place=PLACE) == first
        with pytest.raises(CoursepackError, match="SIGABRT"):
            worker.ask(HERE + "abort", b"", int, place=PLACE)
        second = worker.ask(HERE + "number", b"", int, place=PLACE)
        assert second not in {first, os.getpid()}
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def test_a_loop_ends_at_its_limit() -> None:
    began = time.monotonic()
    with pytest.raises(CoursepackError, match="not done within 1 seconds"):
        call(HERE + "spin", b"", str, place=PLACE, budget=ChildBudget(1, SMALL.memory, SMALL.written))
    assert time.monotonic() - began < 8


def test_nothing_is_written_beyond_the_given_folder(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (inside / "link").symlink_to(outside)

    def tried(path: Path) -> str:
        options: dict[str, str | int | None] = {"path": str(path)}
        return call(HERE + "write", b"", str, place=PLACE, budget=SMALL, options=options, writable=[inside])

    assert tried(inside / "a.txt") == "written"
    assert tried(outside / "a.txt") == "PermissionError"
    assert tried(inside / "link" / "a.txt") == "PermissionError"
    assert tried(Path.home() / "a-file-of-a-stranger.txt") == "PermissionError"
    assert list(outside.iterdir()) == []


def test_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert connect(b"", port=port) == "connected"
        for budget in (SMALL, ChildBudget(SMALL.seconds, SMALL.memory, SMALL.written, local_sockets=True)):
            options: dict[str, str | int | None] = {"port": port}
            assert call(HERE + "connect", b"", str, place=PLACE, budget=budget, options=options) == "PermissionError"


def test_nothing_outlives_the_child() -> None:
    grandchild = call(HERE + "leave_a_child", b"", int, place=PLACE, budget=SMALL)
    for _ in range(100):
        try:
            state = Path(f"/proc/{grandchild}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return
        if state == "Z":
            return
        time.sleep(0.05)
    os.kill(grandchild, signal.SIGKILL)
    pytest.fail("the process that the child started still runs")


def test_another_program_runs_under_the_same_limits(tmp_path: Path) -> None:
    code = f"open({str(tmp_path / 'a')!r}, 'w').write('x'); print('one'); print('done')"
    ran = isolated.program([sys.executable, "-c", code], place=PLACE, budget=SMALL, writable=[tmp_path])
    assert ran == (0, "done")
    code = f"open({str(Path.home() / 'b')!r}, 'w')"
    status, said = isolated.program([sys.executable, "-c", code], place=PLACE, budget=SMALL, writable=[tmp_path])
    assert (status, said[:16]) == (1, "PermissionError:")


def test_a_program_reads_what_it_may_only(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "a").write_text("read")
    (inside / "link").symlink_to(outside / "a")
    installed = [Path(sys.prefix), Path(sys.base_prefix), Path("/usr"), Path("/lib"), Path("/lib64"), Path("/nowhere")]
    for path, answer in (
        (inside / "a", (0, "read")),
        (outside / "a", (1, "PermissionError: [Errno 13]")),
        (inside / "link", (1, "PermissionError: [Errno 13]")),
        (Path("/etc/passwd"), (1, "PermissionError: [Errno 13]")),
        (Path("/proc/self/root/etc/passwd"), (1, "PermissionError: [Errno 13]")),
    ):
        command = [sys.executable, "-I", "-c", f"print(open({str(path)!r}).read())"]
        status, said = isolated.program(
            command,
            place=PLACE,
            budget=SMALL,
            writable=[inside],
            readable=[*installed, Path("/proc")],
            environment={"LANG": "C.UTF-8"},
        )
        assert (status, said[: len(answer[1])]) == answer


def test_a_socket_within_the_machine_leads_nowhere(tmp_path: Path) -> None:
    service = socket.socket(socket.AF_UNIX)
    service.bind(str(tmp_path / "service"))
    service.listen()
    code = f"""
import socket
made = socket.socket(socket.AF_UNIX)
made.bind({str(tmp_path / "own")!r}), made.listen()
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
    try:
        socket.socket(socket.AF_UNIX, kind).connect({str(tmp_path / "service")!r})
    except PermissionError:
        print(end="denied ")
"""
    local = ChildBudget(SMALL.seconds, SMALL.memory, SMALL.written, local_sockets=True)
    command = [sys.executable, "-I", "-c", code]
    assert isolated.program(command, place=PLACE, budget=local, writable=[tmp_path]) == (0, "denied denied denied")
    assert not (tmp_path / "own").exists()
    service.close()


def test_a_program_writes_no_more_in_all_than_it_may(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfor n in range(99): open(f'{sys.argv[1]}/{n}', 'wb').write(bytes(1 << 20)); time.sleep(.1)"
    )
    command = [sys.executable, "-I", "-c", code, str(tmp_path)]
    with pytest.raises(CoursepackError, match="writes more than 8 MiB"):
        isolated.program(command, place=PLACE, budget=SMALL, writable=[tmp_path], scratch=tmp_path)
    assert 8 <= len(list(tmp_path.iterdir())) < 40


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_program_ends_with_the_process_that_started_it(how: signal.Signals, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    code = f"""
from pathlib import Path
from coursepack import isolated
from coursepack.place import Place
scratch = Path({str(scratch)!r})
command = ["/bin/sh", "-c", "sleep 97 & echo $! > pid.new && mv pid.new pid; wait"]
command[2] = f"cd {{scratch}}; " + command[2]
isolated.program(command, place=Place("x"), budget=isolated.budget(), writable=[scratch], scratch=scratch)
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.Popen([sys.executable, "-c", code], env=environment)
    for _ in range(200):
        if (scratch / "pid").exists():
            break
        time.sleep(0.05)
    sleeper = int((scratch / "pid").read_text())
    run.send_signal(how)
    run.wait(10)
    for _ in range(100):
        if not scratch.exists() and not Path(f"/proc/{sleeper}").exists():
            return
        time.sleep(0.05)
    pytest.fail(f"left: {list(tmp_path.iterdir())}, {Path(f'/proc/{sleeper}').exists()}")


def test_this_machine_holds_every_guard() -> None:
    assert isolated.held() == {"memory", "network", "writing"}


def test_without_posix_calls_the_answer_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job, "START", "import sys; sys.modules['resource'] = None; " + job.START)
    assert call(HERE + "echo", b"a", list[str], place=PLACE, budget=SMALL, options={"times": 1}) == ["a"]


def test_limits_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.VARIABLE, "")
    assert limits.now().archive_members == 50_000
    limits.change(("archive-members=7", "archive-bytes=2GiB"))
    limits.change(("child-seconds=5s",))
    assert (limits.now().archive_members, limits.now().archive_bytes, limits.now().child_seconds) == (7, 2 << 30, 5)
    with pytest.raises(CoursepackError, match="did you mean 'archive-members'"):
        limits.change(("archive-member=7",))
    with pytest.raises(CoursepackError, match="expected a number above 0"):
        limits.change(("child-seconds=0",))
