"""The policy of a page: first in its head, from its template's own words, never from what came in."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from coursepack.files.resources import templates_dir
from coursepack.render import page_template, policy
from coursepack.writers import Context, load
from tests.samples import ASSETS, everything

HEAD = '<!DOCTYPE html>\n<html lang="kk">\n<head>\n<meta charset="utf-8">\n'
_EXPRESSION = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
STYLE = "<style>\nbody { color: teal }\n</style>"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _directives(page: str) -> dict[str, list[str]]:
    found = page.partition('<meta http-equiv="Content-Security-Policy" content="')[2].partition('">')[0]
    return {name: values for name, *values in (each.split() for each in found.split("; "))}


def fill(folder: Path, template: str, room: str = "cartridge", **values: object) -> str:
    (folder / room).mkdir()
    (folder / room / "page.html").write_text(template, encoding="utf-8", newline="")
    return page_template.fill((folder,), room, "page.html", **values)


def test_it_stands_right_after_the_encoding_and_allows_the_templates_own_style(tmp_path: Path) -> None:
    page = fill(tmp_path, f"{HEAD}<title>x</title>{STYLE}</head>{{{{ text }}}}", text="<style>p{}</style>")
    assert page.startswith(HEAD.rstrip("\n") + '\n<meta http-equiv="Content-Security-Policy" content="')
    found = _directives(page)
    assert found["default-src"] == found["script-src"] == found["object-src"] == found["base-uri"] == ["'none'"]
    assert found["form-action"] == ["'none'"]
    assert _hash("\nbody { color: teal }\n") in found["style-src"]
    assert _hash("p{}") not in found["style-src"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:"} & {
        value for values in found.values() for value in values
    }


def test_scripts_are_files_of_the_package_or_words_of_the_template(tmp_path: Path) -> None:
    own = f"{HEAD}<script src='../shared/a.js'></script><script>start()</script><p style='margin: 0'>{{{{ text }}}}</p>"
    found = _directives(fill(tmp_path, own, "scorm", text="<script>run()</script><p style='top: 0'>"))
    assert found["script-src"] == ["'self'", _hash("start()")]
    assert _hash("margin: 0") in found["style-src"]
    assert _hash("top: 0") not in found["style-src"]


def test_a_template_saved_on_windows(tmp_path: Path) -> None:
    page = fill(tmp_path, f"{HEAD}{STYLE}".replace("\n", "\r\n"))
    assert _hash("\nbody { color: teal }\n") in _directives(page)["style-src"]


@pytest.mark.parametrize("start", ["<!DOCTYPE html>", "<html>", "<head>", '<head class="a">'])
def test_an_unusual_head(tmp_path: Path, start: str) -> None:
    assert fill(tmp_path, f"{start}<title>x</title>").startswith(f"{start}\n<meta http-equiv=")


@pytest.mark.parametrize(
    "text", ["<p>a</p>", '<head><meta http-equiv="Content-Security-Policy" content="img-src *"></head>']
)
def test_a_fragment_and_a_template_with_its_own_stay(tmp_path: Path, text: str) -> None:
    assert fill(tmp_path, text) == text


def test_no_value_can_pass_for_a_head_or_a_policy(tmp_path: Path) -> None:
    page = fill(tmp_path, f"{HEAD}<title>{{{{ text }}}}</title>", text='<meta http-equiv="content-security-policy">')
    assert _directives(page)["default-src"] == ["'none'"]


@pytest.mark.parametrize("template", sorted(templates_dir().rglob("*.html")), ids=lambda path: path.name)
def test_shipped_templates_need_nothing_that_is_not_allowed(template: Path) -> None:
    """No handler, no script of its own, no address of elsewhere: the policy of its room is enough for each."""
    text = template.read_text("utf-8")
    assert re.findall(r"<[^>]*\son\w+", _EXPRESSION.sub("", text)) == []
    assert "http://" not in text
    assert "https://" not in text
    assert all("'unsafe-inline'" not in policy.policy(room, text) for room in ("scorm", "cartridge"))


@pytest.mark.parametrize("name", ["scorm12", "scorm2004", "cc11", "cc13"])
def test_every_page_of_a_package_has_one(name: str) -> None:
    artifacts = load(name).write(everything(), Context(assets=ASSETS)).artifacts
    pages = [m.read().decode() for a in artifacts for m in a.members if m.path.endswith(".html")]
    assert len(pages) >= 5
    assert [page.count('<meta http-equiv="Content-Security-Policy"') for page in pages] == [1] * len(pages)
    assert any("<blockquote" in page for page in pages)
    styled = [(style, page) for page in pages for style in re.findall(r'style="([^"]*)"', page)]
    assert {style for style, page in styled if _hash(style) not in _directives(page)["style-src"]} == set()


def test_colours_as_the_renderer_writes_them_are_allowed_and_nothing_else() -> None:
    written = ("color: #c00000", "color: #c00000; background-color: #ffff00", "background-color: #ffff00")
    strange = (
        "color: red",
        "color: #c00000; position: fixed",
        "background-color: #ffff00; background: url(//x)",
        "color:",
    )
    page = "".join(f'<span style="{style}">x</span>' for style in (*written, *strange))
    allowed = policy.policy("scorm", "<html></html>", page)

    def hashed(style: str) -> str:
        return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert [style for style in written if hashed(style) not in allowed] == []
    assert [style for style in strange if hashed(style) in allowed] == []
