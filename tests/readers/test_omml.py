"""Word's formulas as MathML, and formulas read aloud."""

# ruff: noqa: ISC004 - tables of input and output, a line each

from __future__ import annotations

import pytest
from lxml import etree

from coursepack.readers import mathml, omml

NS = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def convert(inner: str) -> tuple[str, str]:
    found = omml.convert(etree.fromstring(f"<m:oMath {NS}>{inner}</m:oMath>"))
    start = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow>'
    assert found.mathml.startswith(start)
    return found.mathml.removeprefix(start).removesuffix("</mrow></math>"), found.text


def t(text: str, properties: str = "") -> str:
    return f"<m:r><m:rPr>{properties}</m:rPr><m:t>{text}</m:t></m:r>"


def e(text: str, name: str = "e") -> str:
    return f"<m:{name}>{t(text)}</m:{name}>"


@pytest.mark.parametrize(
    ("inner", "expected", "text"),
    [
        (t("2x+1"), "<mn>2</mn><mi>x</mi><mo>+</mo><mn>1</mn>", "2x+1"),
        (t("sin", '<m:sty m:val="p"/>'), '<mi mathvariant="normal">sin</mi>', "sin"),
        (t("масса"), "<mi>масса</mi>", "масса"),
        (t("егер x", "<m:nor/>"), "<mtext>егер x</mtext>", "егер x"),
        (t("v", '<m:sty m:val="b"/>'), '<mi mathvariant="bold">v</mi>', "v"),
        (
            f"<m:f>{e('a+b', 'num')}{e('c', 'den')}</m:f>",
            "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>",
            "(a+b)/c",
        ),
        (
            f'<m:f><m:fPr><m:type m:val="noBar"/></m:fPr>{e("n", "num")}{e("k", "den")}</m:f>',
            '<mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac>',
            "n/k",
        ),
        (f"<m:sSub>{e('a')}{e('1', 'sub')}</m:sSub>", "<msub><mi>a</mi><mn>1</mn></msub>", "a₁"),
        (
            f"<m:sSubSup>{e('a')}{e('i', 'sub')}{e('2', 'sup')}</m:sSubSup>",
            "<msubsup><mi>a</mi><mi>i</mi><mn>2</mn></msubsup>",
            "a_i²",
        ),
        (
            f'<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/>{e("x")}</m:rad>',
            "<msqrt><mi>x</mi></msqrt>",
            "√(x)",
        ),
        (f"<m:rad>{e('3', 'deg')}{e('x')}</m:rad>", "<mroot><mi>x</mi><mn>3</mn></mroot>", "³√(x)"),
        (
            f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>{e("i=1", "sub")}{e("n", "sup")}{e("i")}</m:nary>',
            "<mrow><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi></mrow>",
            "∑_(i=1)ⁿi",
        ),
        (
            f'<m:nary><m:naryPr><m:supHide m:val="1"/></m:naryPr>{e("D", "sub")}<m:sup/>{e("f")}</m:nary>',
            "<mrow><msub><mo>∫</mo><mi>D</mi></msub><mi>f</mi></mrow>",
            "∫_Df",
        ),
        (
            # What is hidden stays in the file, often with what was typed before it was hidden.
            f'<m:nary><m:naryPr><m:supHide m:val="1"/></m:naryPr>{e("D", "sub")}{e("n", "sup")}{e("f")}</m:nary>',
            "<mrow><msub><mo>∫</mo><mi>D</mi></msub><mi>f</mi></mrow>",
            "∫_Df",
        ),
        (
            f"<m:nary><m:naryPr><m:supHide/></m:naryPr>{e('D', 'sub')}{e('n', 'sup')}{e('f')}</m:nary>",
            "<mrow><msub><mo>∫</mo><mi>D</mi></msub><mi>f</mi></mrow>",
            "∫_Df",
        ),
        (
            f'<m:nary><m:naryPr><m:supHide m:val="0"/></m:naryPr>{e("0", "sub")}{e("n", "sup")}{e("f")}</m:nary>',
            "<mrow><msubsup><mo>∫</mo><mn>0</mn><mi>n</mi></msubsup><mi>f</mi></mrow>",
            "∫₀ⁿf",
        ),
        (
            f'<m:nary><m:naryPr><m:subHide m:val="on"/></m:naryPr>{e("0", "sub")}{e("n", "sup")}{e("f")}</m:nary>',
            "<mrow><msup><mo>∫</mo><mi>n</mi></msup><mi>f</mi></mrow>",
            "∫ⁿf",
        ),
        (
            f'<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val=""/></m:dPr>{e("a")}{e("b")}</m:d>',
            '<mrow><mo fence="true">[</mo><mrow><mi>a</mi></mrow><mo>|</mo><mrow><mi>b</mi></mrow></mrow>',
            "[a|b",
        ),
        (
            f"<m:func>{e('f', 'fName')}{e('x')}</m:func>",
            "<mrow><mi>f</mi><mo>\u2061</mo><mi>x</mi></mrow>",
            "fx",
        ),
        (
            f"<m:m><m:mr>{e('1')}{e('2')}</m:mr><m:mr>{e('3')}{e('4')}</m:mr></m:m>",
            "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr>"
            "<mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr></mtable>",
            "[1, 2; 3, 4]",
        ),
        (
            f'<m:acc><m:accPr><m:chr m:val="\u20d7"/></m:accPr>{e("a")}</m:acc>',
            '<mover accent="true"><mi>a</mi><mo>→</mo></mover>',
            "a\u20d7",
        ),
        (
            f"<m:limLow>{e('lim')}{e('n→∞', 'lim')}</m:limLow>",
            "<munder><mrow><mi>l</mi><mi>i</mi><mi>m</mi></mrow><mrow><mi>n</mi><mo>→</mo><mi>∞</mi></mrow></munder>",
            "lim_(n→∞)",
        ),
        (f"<m:unknown>{e('x')}</m:unknown>", "<mi>x</mi>", "x"),
    ],
)
def test_each_structure(inner: str, expected: str, text: str) -> None:
    found, said = convert(inner)
    assert found.replace("<mo>∞</mo>", "<mi>∞</mi>") == expected
    assert said == text


def test_several_formulas_stand_one_under_another() -> None:
    root = etree.fromstring(f"<m:oMathPara {NS}><m:oMath>{t('a')}</m:oMath><m:oMath>{t('b')}</m:oMath></m:oMathPara>")
    assert "<mtable><mtr><mtd><mrow><mi>a</mi></mrow></mtd></mtr>" in omml.convert(root).mathml


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\frac{a}{b}", "a/b"),
        (r"\sqrt[3]{x+1}", "³√(x+1)"),
        (r"e^{-x^2}", "e^(-x²)"),
        (r"\alpha_{ij}", "α_ij"),
        (r"\sum_{i=1}^{n} i", "∑_(i=1)ⁿi"),
    ],
)
def test_tex_keeps_its_source_and_is_read_aloud(tex: str, text: str) -> None:
    found = mathml.of_tex(tex)
    assert found is not None
    assert (found.tex, found.text.replace("−", "-")) == (tex, text)
    assert "display" not in mathml.placed(found).mathml


@pytest.mark.parametrize("tex", [r"\frac{a", r"\begin{x}", "}{", r"\left("])
def test_broken_tex_is_no_accident(tex: str) -> None:
    found = mathml.of_tex(tex)
    assert found is None or found.tex == tex
