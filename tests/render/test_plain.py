"""Blocks in plain letters."""

from __future__ import annotations

from coursepack.model.blocks import Code, List, ListItem, Paragraph, Quote, Run
from coursepack.render.plain import plain


def said(text: str) -> Paragraph:
    return Paragraph(content=(Run(text=text),))


def test_a_quotation_has_a_sign_before_each_line() -> None:
    inner = Quote(blocks=(said("ішкі"),))
    listed = List(items=(ListItem(blocks=(said("бір"), said("екі"))),), marker="decimal")
    blocks = (said("Алдында"), Quote(blocks=(said("а\nб"), listed, inner)), said("Соңында"))
    assert plain(blocks).split("\n") == ["Алдында", "> а", "> б", "> 1. бір", ">   екі", "> > ішкі", "Соңында"]


def test_a_listing_keeps_its_indentation_in_lists_and_quotations() -> None:
    code = Code(text="if x:\n    y\n\nz")
    assert plain((code,)).split("\n") == ["if x:", "    y", "", "z"]
    assert plain((Quote(blocks=(code,)),)).split("\n") == ["> if x:", ">     y", "> ", "> z"]
    assert plain((List(items=(ListItem(blocks=(said("а"), code)),)),)).split("\n")[1:3] == ["  if x:", "      y"]
