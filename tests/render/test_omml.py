"""Formulas: what MathML becomes in Office Math, letter for letter."""

from __future__ import annotations

import pytest
from latex2mathml.converter import convert
from lxml import etree

from coursepack.render.omml import omml
from tests.official import judge
from tests.shared import need_shared

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MATH = "http://www.w3.org/1998/Math/MathML"


def shape(element: etree._Element) -> str:
    """The tree as words: ``f(num(a) den(b))``; properties left out."""
    name = etree.QName(element).localname
    if name == "r":
        return "".join(str(text) for text in element.itertext())
    inner = " ".join(shape(child) for child in element if not etree.QName(child).localname.endswith("Pr"))
    return f"{name}({inner})" if inner else name


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("x^2+1", "oMath(sSup(e(x) sup(2)) + 1)"),
        (r"\frac{a}{b}", "oMath(f(num(a) den(b)))"),
        (r"\sqrt{x}", "oMath(rad(deg e(x)))"),
        (r"\sqrt[3]{x}", "oMath(rad(deg(3) e(x)))"),
        ("a_i^n", "oMath(sSubSup(e(a) sub(i) sup(n)))"),
        (r"\sum_{i=1}^{n} x_i", "oMath(nary(sub(i = 1) sup(n) e(sSub(e(x) sub(i)))))"),
        (r"\int_0^1 f", "oMath(nary(sub(0) sup(1) e(f)))"),
    ],
)
def test_tex_becomes_office_math(tex: str, expected: str) -> None:
    found = omml(convert(tex))
    assert found is not None
    assert shape(found) == expected


@pytest.mark.parametrize(
    ("mathml", "expected"),
    [
        ("<mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow>", "oMath(d(e(a)))"),
        ("<mfenced open='[' close=']'><mi>a</mi><mi>b</mi></mfenced>", "oMath(d(e(a) e(b)))"),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", "oMath(bar(e(x)))"),
        ("<mover accent='true'><mi>x</mi><mo>^</mo></mover>", "oMath(acc(e(x)))"),
        ("<munder><mi>lim</mi><mi>n</mi></munder>", "oMath(limLow(e(lim) lim(n)))"),
        (
            "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>",
            "oMath(m(mr(e(1) e(2))))",
        ),
        (
            "<semantics><mi>x</mi><annotation encoding='application/x-tex'>y</annotation></semantics>",
            "oMath(x)",
        ),
        ("<mtext>егер</mtext><mspace width='1em'/><mi>x</mi>", "oMath(егер x)"),
        ("<mstyle><munknown><mi>x</mi></munknown></mstyle>", "oMath(x)"),
    ],
)
def test_mathml_becomes_office_math(mathml: str, expected: str) -> None:
    found = omml(f'<math xmlns="{MATH}">{mathml}</math>')
    assert found is not None
    assert shape(found) == expected


@pytest.mark.parametrize("text", ["", "no xml", "<math>", "<math/>", "<!DOCTYPE m><math/>", "\x00"])
def test_what_is_no_formula_is_none(text: str) -> None:
    assert omml(text) is None


@pytest.mark.parametrize(
    "tex",
    [
        r"\sum_{i=1}^{n} \frac{x_i}{\sqrt[3]{y}} \le \binom{n}{k}",
        r"\begin{matrix} a & b \\ c & d \end{matrix}",
        r"\lim_{x \to 0} \frac{\sin x}{x} = 1, \quad \overline{z}, \hat{a}, \vec{v}",
        r"f(x) = \begin{cases} 1 & x > 0 \\ 0 & \text{егер} \end{cases}",
        r"\left( \frac{a}{b} \right)^2 \int_0^\infty e^{-x^2} dx",
    ],
)
def test_formulas_are_valid_by_the_official_schema(tex: str) -> None:
    need_shared("schemas")
    source = convert(tex)
    found = omml(source)
    assert found is not None
    root = etree.fromstring(etree.tostring(found))
    assert judge(root, "ooxml", "shared-math.xsd") == []
    letters = "".join(str(t) for t in root.itertext())
    wanted = "".join(str(t) for t in etree.fromstring(source).itertext())
    # No letter or digit of the formula is lost.
    assert sorted(c for c in letters if c.isalnum()) == sorted(c for c in wanted if c.isalnum())


@pytest.mark.parametrize(
    ("tex", "hidden"), [(r"\int_D f", ["1"]), (r"\sum_{i} x", ["1"]), (r"\int_0^1 f", []), (r"\sum_{i}^{n} x", [])]
)
def test_a_limit_that_is_not_there_leaves_no_dotted_box(tex: str, hidden: list[str]) -> None:
    """ECMA-376 part 1, 22.1.2.111: an empty ``sup`` that is not hidden is shown as a place to fill."""
    found = omml(convert(tex))
    assert found is not None
    assert [mark.get(f"{{{M}}}val") for mark in found.iter(f"{{{M}}}supHide")] == hidden
