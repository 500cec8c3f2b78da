"""The real LibreOffice and documents that ask it for what lies elsewhere: nothing is fetched, read, run or left."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from coursepack import isolated, limits
from coursepack.files import office
from coursepack.isolated import guards, job
from coursepack.place import CoursepackError, Place
from coursepack.readers import doc
from tests.clients.hostile_office import LINKS, macro, odt, word
from tests.samples import PNG

WORDS = "of the registrar alone"
LOCAL = ("picture.odt", "section.odt", "object.odt", "ole.odt", "background.odt", "page.doc", "text.rtf", "text.docx")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of this test's own, so that what is left in it is seen."""
    if office.program() is None:
        pytest.fail("LibreOffice is missing: run tests/clients/install")
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


class Server:
    """A loopback server that only counts who comes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/x.png"
        self.requests: list[bytes] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                guest, _ = self._socket.accept()
            except OSError:
                return
            with guest:
                self.requests.append(guest.recv(200))
                guest.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def converted(name: str, data: bytes, folder: Path) -> str:
    """All text of what LibreOffice makes of a document, as the reader and the papers ask it to."""
    source = folder / name
    source.write_bytes(data)
    if source.suffix == ".docx":
        made = office.to_pdf(source)
        return subprocess.run(["pdftotext", made, "-"], capture_output=True, check=True, text=True).stdout
    made = office.convert(source, "docx", folder, read_as=doc._kind(name, data).read_as)
    with zipfile.ZipFile(made) as package:
        return "".join(package.read(member).decode(errors="replace") for member in package.namelist())


@pytest.mark.parametrize("name", LINKS)
def test_nothing_is_fetched(name: str, server: Server, tmp_path: Path) -> None:
    assert "Own text." in converted(name, LINKS[name](server.address), tmp_path)
    assert server.requests == []


@pytest.mark.parametrize("name", LOCAL)
def test_no_other_file_is_read_into_the_result(name: str, tmp_path: Path) -> None:
    for secret, data in (
        (tmp_path / "secret.odt", odt(f"<text:p>{WORDS}</text:p>")),
        (tmp_path / "secret.png", PNG + WORDS.encode()),
    ):
        secret.write_bytes(data)
        text = converted(name, LINKS[name](secret.as_uri()), tmp_path)
        assert "Own text." in text
        assert WORDS not in text


def test_a_macro_does_not_run(tmp_path: Path, temporary: Path) -> None:
    written = temporary / "ran"
    assert "Own text." in converted("macro.odt", macro(written), tmp_path)
    assert not written.exists()


@pytest.mark.parametrize("without", ["settings", "kernel"])
def test_each_of_the_two_fences_holds_alone(
    without: str, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if without == "settings":
        monkeypatch.setattr(office, "_SETTINGS", {})
    else:
        start = "from coursepack.isolated import kernel; kernel.no_new_rights = lambda: False; "
        monkeypatch.setattr(job, "START", job.START.replace("child(sys", start + "child(sys"))
    for name in ("picture.odt", "page.doc", "picture.rtf", "external.docx"):
        assert "Own text." in converted(name, LINKS[name](server.address), tmp_path)
    assert server.requests == []


def _alive(mark: str) -> list[int]:
    """Processes whose command line names ``mark``."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if mark.encode() in command:
                found.append(int(entry.name))
    return found


def _gone(mark: str, folder: Path) -> bool:
    for _ in range(100):
        if not _alive(mark) and not list(folder.iterdir()):
            return True
        time.sleep(0.1)
    return False


def test_a_time_out_leaves_no_file_and_no_process(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(limits.VARIABLE, "office-seconds=1")
    source = tmp_path / "long.odt"
    source.write_bytes(odt("".join(f"<text:p>Paragraph {number} of many.</text:p>" for number in range(200_000))))
    with pytest.raises(CoursepackError, match="not done within 1 seconds") as caught:
        office.convert(source, "docx", tmp_path)
    assert caught.value.place == Place("long.odt")
    assert _gone(str(temporary), temporary)


def _command(number: int) -> bytes:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
        return Path(f"/proc/{number}/cmdline").read_bytes()
    return b""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_when_the_run_is_killed_nothing_is_left(how: signal.Signals, tmp_path: Path, temporary: Path) -> None:
    source = tmp_path / "long.odt"
    source.write_bytes(odt("".join(f"<text:p>Paragraph {number} of many.</text:p>" for number in range(200_000))))
    code = "import sys; from pathlib import Path; from coursepack.files import office; office.to_pdf(Path(sys.argv[1]))"
    environment = {**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.Popen([sys.executable, "-c", code, source], env=environment, stderr=subprocess.DEVNULL)
    for _ in range(200):
        if any(b"soffice.bin" in _command(number) for number in _alive(str(temporary))):
            break
        time.sleep(0.05)
    else:
        pytest.fail("LibreOffice did not start")
    run.send_signal(how)
    run.wait(120)  # a busy machine takes its time
    assert _gone(str(temporary), temporary)


def test_papers_with_a_linked_picture_become_pdf_without_it(server: Server, tmp_path: Path) -> None:
    source = tmp_path / "syllabus.docx"
    source.write_bytes(word(server.address))
    made = office.to_pdf(source)
    assert made == tmp_path / "syllabus.pdf"
    assert _pictures(made) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["syllabus.docx", "syllabus.pdf", "temporary"]
    assert server.requests == []


def test_a_picture_of_this_machine_does_not_get_into_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(PNG)
    source = tmp_path / "syllabus.docx"
    source.write_bytes(word((tmp_path / "x.png").as_uri()))
    assert _pictures(office.to_pdf(source)) == 0


def _pictures(made: Path) -> int:
    listed = subprocess.run(["pdfimages", "-list", made], capture_output=True, check=True, text=True).stdout
    return len(listed.splitlines()) - 2


def test_what_a_machine_does_not_hold_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "held", lambda: frozenset({"memory"}))
    (told,) = office.guards(Place("a.doc"))
    assert (told.code, told.place) == ("office-guards", Place("a.doc"))
    assert "network" in told.message
    monkeypatch.setattr(guards, "held", lambda: frozenset(isolated.GUARDS))
    assert list(office.guards(Place("a.doc"))) == []
