"""What is sound comes through the cleaner as it was, to the byte."""

# ruff: noqa: E501 - drawings and formulas as programs write them

from __future__ import annotations

from collections import Counter

import pytest
from latex2mathml.converter import convert

from coursepack.markup import formulas, pictures, tex

FORMULAS = [
    r"x^2+1",
    r"\frac{-b \pm \sqrt{b^2-4ac}}{2a}",
    r"\sum_{i=1}^{n} i = \frac{n(n+1)}{2}",
    r"\int_0^\infty e^{-x^2}\,dx",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"\begin{cases} x & x > 0 \\ -x & x \le 0 \end{cases}",
    r"\left( \overline{AB} \right) \cdot \vec{v} \quad \text{билік, if } x \in \mathbb{R}",
    r"\color{red}{x} + \boxed{y} + \cancel{z}",
    r"\underbrace{a+b}_{n} \xrightarrow{f} \sqrt[3]{c}",
    r"{}^{14}_{6}\mathrm{C} \to \hat{x}",
    r"\href{https://www.enu.kz/a?b=1}{x}",
    r"\class{MJX-TeXAtom-ORD}{x}",
    r"\style{color: red}{x}",
    r"a < b \& c > d",
]
WIRIS = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML" class="wrs_chemistry"><semantics><mstyle mathcolor="#FF0000" '
    'displaystyle="true"><mfenced open="[" close="]" separators=";"><mtable columnalign="left right" rowspacing="1ex">'
    '<mtr><mtd><mi mathvariant="normal">x</mi><mo>&#x2061;</mo><mspace linebreak="newline"></mspace></mtd></mtr></mtable>'
    '</mfenced><menclose notation="longdiv"><mn>1</mn></menclose><mmultiscripts><mi>F</mi><mn>1</mn><none></none>'
    '<mprescripts></mprescripts><mn>2</mn><none></none></mmultiscripts></mstyle><annotation encoding="application/x-tex">'
    "x^2 &lt; y</annotation></semantics></math>"
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_from_tex(formula: str) -> None:
    told: Counter[str] = Counter()
    source = convert(formula)
    assert formulas.text(source, told) == source
    assert told == {}


def test_a_formula_from_an_editor() -> None:
    told: Counter[str] = Counter()
    assert formulas.text(WIRIS, told) == WIRIS
    assert told == {}


@pytest.mark.parametrize(
    "source", [*FORMULAS[:-3], r"\def\x{y}\x", r"\ce{H2O}", r"\operatorname{href} url \urlx", None]
)
def test_tex(source: str | None) -> None:
    assert tex.safe(source) == source


MATPLOTLIB = b"""<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="460.8pt" viewBox="0 0 460.8 345.6" xmlns="http://www.w3.org/2000/svg" version="1.1">
 <metadata>
  <rdf:RDF xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
   <cc:Work><dc:type rdf:resource="http://purl.org/dc/dcmitype/StillImage"/><dc:date>2026-01-01</dc:date></cc:Work>
  </rdf:RDF>
 </metadata>
 <defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>
 <g id="patch_1"><path d="M 0 345.6 L 460.8 345.6 z" style="fill: #ffffff"/></g>
 <g clip-path="url(#p1)"><use xlink:href="#m1" x="57.6" y="307.5" style="stroke: #000000; stroke-width: 0.8"/></g>
 <!-- 0.2 --><text x="1" style="font: 10px 'DejaVu Sans', sans-serif; text-anchor: middle" transform="rotate(-0 57.6 322.1)">&lt;x&gt;</text>
 <defs><clipPath id="p1"><rect x="57.6" y="41.472" width="357.12" height="266.112"/></clipPath></defs>
</svg>
"""
INKSCAPE = b"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->
<svg width="210mm" height="297mm" viewBox="0 0 210 297" version="1.1" id="svg5" inkscape:version="1.2"
   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
   xmlns:xlink="http://www.w3.org/1999/xlink" xmlns="http://www.w3.org/2000/svg">
  <sodipodi:namedview id="namedview7" pagecolor="#ffffff" inkscape:zoom="0.7"/>
  <g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1" style="display:inline;-inkscape-stroke:none">
    <image width="9" height="9" preserveAspectRatio="none" xlink:href="data:image/png;base64,iVBORw0K
Ggo="/>
    <linearGradient id="a" gradientTransform="matrix(1,0,0,1,2,3)"><stop offset="0" stop-color="rgb(1,2,3)"/></linearGradient>
    <rect fill="url(#a)" filter="url(#f)" style="fill:url(#a);marker-end:url(#m)"/>
    <a xlink:href="https://www.enu.kz/"><text xml:space="preserve"><tspan sodipodi:role="line">enu.kz</tspan></text></a>
  </g>
</svg>
"""
ILLUSTRATOR = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>.st0{fill:#fff;stroke:url(#g)}@media print{.st1{fill:none}}</style><path class="st0" d="M0 0"/></svg>"""


@pytest.mark.parametrize("data", [MATPLOTLIB, INKSCAPE, ILLUSTRATOR, b"<svg/>", b"\x89PNG\r\n\x1a\n<script>", b""])
def test_a_picture(data: bytes) -> None:
    told: Counter[str] = Counter()
    assert pictures.clean(data, told) == data
    assert told == {}
