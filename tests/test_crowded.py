"""Tags of more attributes than anybody writes are found wherever a parser may see one, and code is no tag."""

from __future__ import annotations

import time

import pytest

from coursepack.files.xml import crowded

CROWD = "<a " + "x='1' " * 300 + ">"
CODE = "if (i <len; j++) { " + "a = 'b'; " * 400 + "}"


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{CROWD}</p>",
        f"<script>x()</script>{CROWD}",
        f"<!-- <script> -->{CROWD}<!-- </script> -->",
        f"<!--><script>-->{CROWD}</script>",
        f"<!x <script>{CROWD}</script>",
        f"</x <script>{CROWD}</script>",
        f"<script>x(){CROWD}",
        f"<!-- {CROWD}",
        f"<title><script></title>{CROWD}</script>",
        f"<textarea>{CROWD}</textarea>",
        f"<p title='<script>'>{CROWD}</script>",
        f"<scripts>{CROWD}</scripts>",
    ],
)
def test_a_crowded_tag_is_found(html: str) -> None:
    assert crowded(html)


@pytest.mark.parametrize(
    "html",
    [f"<script>{CODE}</script><p>x", f"<STYLE>{CODE}</STYLE>", f"<p>a<!-- {CODE} --></p>", "<p class='a'>x</p>" * 1000],
)
def test_code_and_comments_are_no_tags(html: str) -> None:
    assert not crowded(html)


@pytest.mark.parametrize("sign", ["<script>", "<!--", "<!--x-->", "<title>", "<script></script>", "<a ", "<", "</a"])
def test_many_signs_cost_no_square(sign: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        crowded(sign * count)
        return time.process_time() - start

    seconds(100)
    assert seconds(40_000) < 200 * max(seconds(2000), 0.001)
