"""``coursepack preview``: who is answered, what is given, what becomes of a change and of a failure."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coursepack import build, publish
from coursepack.model.artifact import Artifact
from coursepack.place import CoursepackError
from coursepack.preview.preview_files import built, products
from coursepack.preview.serve import running
from coursepack.preview.watching import PreviewBuilder, SourceWatcher
from coursepack.writers import Context, load
from tests.samples import LATER_ASSETS, later

LECTURE = "# 1-дәріс. Топырақ\n\nТопырақ – тірі дене.\n"


def site(folder: Path) -> Path:
    """A site as a product on disk."""
    writer = load("site")
    artifact: Artifact = (
        writer.write(later(), Context(assets=LATER_ASSETS, options=writer.options())).artifacts[0]
    )  # fmt: skip
    publish.write_file(folder / artifact.name, publish.artifact_chunks(artifact))
    return folder / artifact.name


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.putrequest(method, path, skip_host="Host" in named)
    for name, value in named.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    connection.close()
    return found


def until(true: Callable[[], bool]) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it did not come about")


def test_members_of_products_are_given_and_nothing_beside_them(tmp_path: Path) -> None:
    path = site(tmp_path)
    (tmp_path / "secret.txt").write_text("no")
    watch = SourceWatcher(path)
    watch.again()
    at = f"/show/{tmp_path.name}/{path.name}"
    with running(watch, "ru") as server:
        port = server.server_port
        status, headers, body = ask(port, f"{at}/index.html")
        assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert b"site-data" in body
        for other in ("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "//etc/passwd", "/sw.js", "/shared"):
            assert ask(port, at + other)[0] == 404, other
        assert ask(port, "/state", Host="evil.kz")[0] == 403
        assert ask(port, "/state", Host=f"127.0.0.1:{port + 1}")[0] == 403
        assert ask(port, "/state", Sec_Fetch_Site="cross-site")[0] == 403
        assert ask(port, "/state", "POST")[0] == 501
        assert ask(port, "/", "HEAD")[2] == b""
        shell = ask(port, "/")
        assert "default-src 'none'" in shell[1]["content-security-policy"]
        assert "<h1>Предпросмотр: " in shell[2].decode()
        sound = next(name for name in watch.shown.products[0].package.names() if name.endswith(".mp4"))
        status, headers, body = ask(port, f"{at}/{sound}", Range="bytes=4-7")
        assert (status, headers["content-range"], body) == (206, "bytes 4-7/8", b"ftyp")
        assert ask(port, f"/file/{tmp_path.name}/{path.name}")[2] == path.read_bytes()


def test_a_link_out_of_an_unpacked_site_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("no")
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("<title>T</title>")
    (folder / "out.html").symlink_to(tmp_path / "secret.txt")
    assert built(folder)
    (product,) = products(folder)
    assert product.package.names() == ["index.html"]
    assert (product.pages, product.held) == ((("index.html", "T"),), False)


def state(port: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ask(port, "/state")[2])
    return found


def test_a_change_is_built_and_a_failure_leaves_the_last_good_build(tmp_path: Path) -> None:
    sources, room = tmp_path / "course", tmp_path / "room"
    sources.mkdir()
    room.mkdir()
    text = sources / "1-дәріс.md"
    text.write_text(LECTURE, encoding="utf-8")
    assert not built(sources)
    watch = PreviewBuilder(sources, room, build.Settings(formats=("site",)), lambda _: None)
    watch.every = 0.05
    watch.start()
    try:
        with running(watch) as server:
            port = server.server_port

            def lecture() -> str:
                product = state(port)["products"][0]
                address = product["pages"][0]["address"].replace("index.html", "w01-lecture/index.html")
                return ask(port, address)[2].decode()

            assert state(port)["number"] == 1
            assert "тірі дене" in lecture()
            text.write_text(LECTURE + "\nЖаңа сөйлем.\n", encoding="utf-8")
            until(lambda: state(port)["number"] == 2)
            assert "Жаңа сөйлем." in lecture()
            (sources / "course.toml").write_text("id = ")
            until(lambda: bool(state(port)["problems"]))
            assert "course.toml" in state(port)["problems"][0]
            assert state(port)["number"] == 2
            assert "Жаңа сөйлем." in lecture()
            (sources / "course.toml").unlink()
            until(lambda: state(port)["number"] == 3)
            assert state(port)["problems"] == []
    finally:
        watch.stop()
    assert {folder.name for folder in room.iterdir()} <= {str(number) for number in range(1, 9)}


def test_a_folder_where_nothing_was_built_is_said(tmp_path: Path) -> None:
    with pytest.raises(CoursepackError, match="nothing was built here"):
        products(tmp_path / "gone.zip")
