"""Tables and quotes that a platform shows in its own theme: lines, room in the cells and a bar travel with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html as lxml_html

from coursepack import convert
from coursepack.ims.html import CartridgeHtml
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Cell, Quote, Row, Table
from coursepack.moodle.question_html import QuestionHtml
from coursepack.render.html import HtmlRenderer
from tests.samples import b

TABLE = Table(rows=(Row(cells=(Cell(blocks=b("а")), Cell(blocks=b("ә")))),), header_rows=1)
LOOK = {"border": "1", "cellpadding": "6", "style": "border-collapse: collapse"}
BAR = {"style": "margin-left: 0; padding-left: 1em; border-left: 3px solid #bbbbbb"}
BANK = "::a:: [html]<p>Не?</p><table><tr><td>а</td><td>ә</td></tr></table> {T}\n"


@pytest.mark.parametrize(
    ("renderer", "look", "bar"),
    [(QuestionHtml(Assets()), LOOK, BAR), (CartridgeHtml(address=str), LOOK, BAR), (HtmlRenderer(), {}, {})],
    ids=["Moodle", "cartridge", "a page with a style sheet"],
)
def test_a_table_and_a_quote(renderer: HtmlRenderer, look: dict[str, str], bar: dict[str, str]) -> None:
    made = lxml_html.fromstring(f"<div>{renderer.html((TABLE, Quote(blocks=b('сөз'))))}</div>")
    (table,), (quote,) = made.findall("table"), made.findall("blockquote")
    assert (sorted(table.items()), sorted(quote.items())) == (sorted(look.items()), sorted(bar.items()))
    assert quote.findtext("p") == "сөз"
    assert [cell.text for cell in table.iter("th")] == ["а", "ә"]


def test_an_older_file_without_lines_holds_the_question_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.gift").write_text(BANK, "utf-8")
    (old, _), *_ = convert.convert(tmp_path / "a.gift", "moodle-xml", tmp_path / "old.xml").files
    ruled = '<table border="1" cellpadding="6" style="border-collapse: collapse">'
    text = old.read_text("utf-8")
    assert text.count(ruled) == 1
    old.write_text(text.replace(ruled, "<table>"), "utf-8")
    again = convert.convert(tmp_path / "a.gift", "moodle-xml", tmp_path / "new.xml", since=old)
    assert [finding.code for finding in again.findings] == ["moodle-xml-nothing-new"]
