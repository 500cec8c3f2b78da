"""The check of Word documents: sixty ways of breaking one, sound documents of other makes, our profile beside the
official schemas."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache

import docx
import pytest
from lxml import etree

from coursepack import limits
from coursepack.checks import Grammar, products
from coursepack.checks.ooxml.document import check, without_extensions
from coursepack.files.package import Package
from coursepack.model.course import Course, Session, Week
from coursepack.place import Finding, Severity
from tests.mutations import official, xml
from tests.papers import members, write
from tests.samples import EVERY_BLOCK
from tests.shared import need_shared

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
Members = dict[str, bytes]


@cache
def _paper(name: str = "course-set") -> tuple[tuple[str, bytes], ...]:
    return tuple(members(write(name).artifacts[0]).items())


def paper(name: str = "course-set") -> Members:
    return dict(_paper(name))


@cache
def _foreign() -> tuple[tuple[str, bytes], ...]:
    """A document of another make (python-docx's own template), with a list, a table, a picture and a link."""
    from tests.samples import PNG

    made = docx.Document()
    made.add_heading("Дәріс", 1)
    made.add_paragraph("бірінші", style="List Bullet")
    made.add_table(2, 2)
    made.add_picture(io.BytesIO(PNG))
    file = io.BytesIO()
    made.save(file)
    package = Package.of_bytes("foreign.docx", file.getvalue())
    return tuple((name, package.read(name)) for name in package.names())


def foreign() -> Members:
    return dict(_foreign())


def found(whole: Members, *, closed: bool = False) -> list[Finding]:
    package = Package.of_members("paper.docx", whole.items())
    return list(check(package, Grammar(closed=closed)))


def errors(whole: Members, *, closed: bool = False) -> set[str]:
    return {f.code for f in found(whole, closed=closed) if f.severity is Severity.ERROR}


def test_ours_and_anothers_are_sound() -> None:
    for name in ("course-set", "syllabus", "exam-tickets"):
        assert found(paper(name), closed=True) == []
        assert found(paper(name)) == []
    assert errors(foreign()) == set()


def test_anothers_is_not_ours() -> None:
    assert "ooxml-profile" in errors(foreign(), closed=True)


def test_a_paper_beyond_a_limit_is_not_called_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.VARIABLE, "word-marks=10")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in foreign().items():
            archive.writestr(name, data)
    codes = {f.code for f in check(Package.of_bytes("a.docx", out.getvalue()), Grammar())}
    assert "ooxml-large" in codes
    assert "ooxml-damaged" not in codes


# --- breaking one -------------------------------------------------------------------------------------------------

Break = Callable[[Members], None]


def lose(name: str) -> Break:
    def break_(whole: Members) -> None:
        del whole[name]

    break_.__name__ = f"lose {name}"
    return break_


def put(name: str, old: str, new: str, count: int = 1) -> Break:
    def break_(whole: Members) -> None:
        before = whole[name].decode()
        assert old in before, f"{old} is not in {name}"
        whole[name] = before.replace(old, new, count).encode()

    break_.__name__ = f"{old[:40]} → {new[:40]}"
    return break_


def cut(name: str) -> Break:
    def break_(whole: Members) -> None:
        whole[name] = whole[name][: len(whole[name]) // 2]

    break_.__name__ = f"cut {name}"
    return break_


def tree(name: str, change: Callable[[etree._Element], None]) -> Break:
    def break_(whole: Members) -> None:
        root = etree.fromstring(whole[name])
        change(root)
        whole[name] = etree.tostring(root)

    break_.__name__ = change.__name__
    return break_


def _first(root: etree._Element, name: str) -> etree._Element:
    return next(root.iter(f"{{{W}}}{name}"))


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def cell_without_paragraph(root: etree._Element) -> None:
    cell = _first(root, "tc")
    for paragraph in cell.findall(f"{{{W}}}p"):
        cell.remove(paragraph)


def cell_ends_with_table(root: etree._Element) -> None:
    cell = _first(root, "tc")
    inner = etree.fromstring(etree.tostring(_first(root, "tbl")))
    cell.append(inner)


def row_without_cells(root: etree._Element) -> None:
    row = _first(root, "tr")
    for cell in row.findall(f"{{{W}}}tc"):
        row.remove(cell)


def table_without_grid(root: etree._Element) -> None:
    _drop(_first(root, "tblGrid"))


def paragraph_in_paragraph(root: etree._Element) -> None:
    _first(root, "p").append(etree.Element(f"{{{W}}}p"))


def text_outside_a_run(root: etree._Element) -> None:
    etree.SubElement(_first(root, "p"), f"{{{W}}}t").text = "x"


def properties_last(root: etree._Element) -> None:
    paragraph = next(p for p in root.iter(f"{{{W}}}p") if len(p) > 1 and p[0].tag.endswith("pPr"))
    paragraph.append(paragraph[0])


def no_body(root: etree._Element) -> None:
    _drop(_first(root, "body"))


def field_without_end(root: etree._Element) -> None:
    marks = [m for m in root.iter(f"{{{W}}}fldChar") if m.get(f"{{{W}}}fldCharType") == "end"]
    _drop(marks[0])


def field_without_begin(root: etree._Element) -> None:
    _drop(_first(root, "fldChar"))


def lists_before_their_kinds(root: etree._Element) -> None:
    root.append(root.find(f"{{{W}}}abstractNum"))  # type: ignore[arg-type]  # it is there: every paper has lists


RELS = "word/_rels/document.xml.rels"
BREAKS: list[tuple[Break, str]] = [
    (lose("[Content_Types].xml"), "ooxml-content-types"),
    (lose("_rels/.rels"), "ooxml-rels-missing"),
    (lose(DOCUMENT), "ooxml-target-missing"),
    (lose(STYLES), "ooxml-target-missing"),
    (lose("word/media/course1.png"), "ooxml-target-missing"),
    (lose("word/footnotes.xml"), "ooxml-target-missing"),
    (lose("word/header1.xml"), "ooxml-target-missing"),
    (lose(RELS), "ooxml-reference"),
    (cut("[Content_Types].xml"), "ooxml-malformed"),
    (cut("_rels/.rels"), "ooxml-malformed"),
    (cut(DOCUMENT), "ooxml-malformed"),
    (cut(STYLES), "ooxml-malformed"),
    (put(DOCUMENT, "<w:body>", "<w:body>&nbsp;"), "ooxml-malformed"),
    (put(DOCUMENT, "<w:document", "<!DOCTYPE x [<!ENTITY a 'b'>]><w:document"), "ooxml-malformed"),
    (put(DOCUMENT, W, "http://example.org/w"), "ooxml-root"),
    (lose("docProps/core.xml"), "ooxml-target-missing"),
    (put("[Content_Types].xml", "document.main+xml", "document+xml"), "ooxml-main-type"),
    (put("[Content_Types].xml", 'Extension="png"', 'Extension="gif"'), "ooxml-content-type"),
    (put("[Content_Types].xml", 'Extension="rels"', 'Extension="xyz"'), "ooxml-content-type"),
    (put("[Content_Types].xml", 'PartName="/word/styles.xml"', 'PartName="word/styles.xml"'), "ooxml-content-types"),
    (put("[Content_Types].xml", "<Override ", "<Ueberride "), "ooxml-content-types"),
    (put("[Content_Types].xml", ' ContentType="', ' Contenttype="'), "ooxml-content-types"),
    (put("_rels/.rels", "officeDocument/2006/relationships/officeDocument", "x/document"), "ooxml-main"),
    (put("_rels/.rels", 'Target="word/document.xml"', 'Target="word/documents.xml"'), "ooxml-target-missing"),
    (put("_rels/.rels", 'Id="rId1"', 'Id=""'), "ooxml-rels"),
    (put("_rels/.rels", 'Id="rId1" ', ""), "ooxml-rels"),
    (put(RELS, 'Id="header1"', 'Id="footer1"'), "ooxml-rels"),
    (put(RELS, ' TargetMode="External"', ""), "ooxml-target-missing"),
    (put(RELS, "External", "Elsewhere"), "ooxml-rels"),
    (put(RELS, 'Target="media/course1.png"', 'Target="media/none.png"'), "ooxml-target-missing"),
    (put(DOCUMENT, 'r:embed="', 'r:embed="no-'), "ooxml-reference"),
    (put(DOCUMENT, 'w:type="default" r:id="header1"', 'w:type="default" r:id="header9"'), "ooxml-reference"),
    (put(DOCUMENT, "<w:footnoteReference w:id=", '<w:footnoteReference w:id="99" w:x='), "ooxml-footnote-missing"),
    (tree(DOCUMENT, cell_without_paragraph), "ooxml-cell"),
    (tree(DOCUMENT, cell_ends_with_table), "ooxml-cell"),
    (tree(DOCUMENT, row_without_cells), "ooxml-row"),
    (tree(DOCUMENT, paragraph_in_paragraph), "ooxml-nesting"),
    (tree(DOCUMENT, text_outside_a_run), "ooxml-nesting"),
    (tree(DOCUMENT, properties_last), "ooxml-nesting"),
    (tree(DOCUMENT, no_body), "ooxml-body"),
    (tree("word/numbering.xml", lists_before_their_kinds), "ooxml-list-order"),
    (put(DOCUMENT, "<w:jc w:val=", "<w:yc w:val="), "ooxml-nesting"),
    (put(DOCUMENT, '<w:jc w:val="center"', '<w:jc w:val="middle"'), "ooxml-value"),
    (put(DOCUMENT, "<w:body>", '<w:body><x:y xmlns:x="urn:x"/>'), "ooxml-stranger"),
    (put(DOCUMENT, "<w:tbl>", '<w:tbl odd="1">'), "ooxml-attribute"),
    (put(DOCUMENT, "<w:gridCol w:w=", '<w:gridCol w:w="wide" w:x='), "ooxml-attribute"),
    (put(STYLES, "<w:keepNext/>", "<w:keepNext><w:b/></w:keepNext>"), "ooxml-nesting"),
    (put("word/numbering.xml", "<w:abstractNumId w:val=", '<w:abstractNumId w:val="77" w:x='), "ooxml-list-missing"),
]


# What the standard forbids and word processors open all the same: an error in ours, told of in others'.
TOLERATED: list[tuple[Break, str]] = [
    (tree(DOCUMENT, table_without_grid), "ooxml-table"),
    (tree(DOCUMENT, field_without_end), "ooxml-field"),
    (tree(DOCUMENT, field_without_begin), "ooxml-field"),
]


@pytest.mark.parametrize(("break_", "code"), TOLERATED, ids=lambda value: getattr(value, "__name__", ""))
def test_what_every_program_opens_is_a_warning_in_anothers_document(break_: Break, code: str) -> None:
    ours, other = paper(), paper()
    other["docProps/app.xml"] = other["docProps/app.xml"].replace(b"coursepack", b"another program")
    break_(ours)
    break_(other)
    assert code in errors(ours)
    assert errors(other) == set()


@pytest.mark.parametrize(("break_", "code"), BREAKS, ids=lambda value: getattr(value, "__name__", ""))
def test_each_break_is_found_in_any_document(break_: Break, code: str) -> None:
    whole = paper()
    # As another program's: only the rules that every Word document must obey.
    whole["docProps/app.xml"] = whole["docProps/app.xml"].replace(b"coursepack", b"another program")
    assert errors(whole) == set()
    break_(whole)
    assert code in errors(whole)


OURS: list[tuple[Break, str]] = [
    (put(DOCUMENT, '<w:pStyle w:val="Heading1"', '<w:pStyle w:val="Heading77"'), "ooxml-style-missing"),
    (put(DOCUMENT, "<w:numId w:val=", '<w:numId w:val="9999" w:x='), "ooxml-list-missing"),
    (put(DOCUMENT, 'w:anchor="_Toc', 'w:anchor="_Tok'), "ooxml-anchor"),
    (put(DOCUMENT, "<w:bookmarkEnd ", "<w:bookmarkStart w:name='a' "), "ooxml-bookmark-open"),
    (put(DOCUMENT, '<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="3"/>'), "ooxml-grid"),
    (put(DOCUMENT, 'w:vMerge w:val="restart"', 'w:vMerge w:val="continue"'), "ooxml-merge"),
    (put(DOCUMENT, "<w:jc w:val=", "<w:yc w:val="), "ooxml-profile"),
    (put(DOCUMENT, '<w:jc w:val="center"', '<w:jc w:val="middle"'), "ooxml-profile"),
    (put(STYLES, 'w:styleId="Normal"', 'w:styleId="Heading1"'), "ooxml-profile"),
    (put("word/settings.xml", ' w:percent="100"', ""), "ooxml-profile"),
    (put("_rels/.rels", "extended-properties", "other-properties"), "ooxml-properties"),
    (put("docProps/core.xml", "1980-01-01T00:00:00Z", "yesterday"), "ooxml-profile"),
    (put(DOCUMENT, 'descr="Көк шаршы"', 'descrr="x"', 99), "ooxml-profile"),
]


@pytest.mark.parametrize(("break_", "code"), OURS, ids=lambda value: getattr(value, "__name__", ""))
def test_ours_is_held_to_our_profile(break_: Break, code: str) -> None:
    whole = paper()
    break_(whole)
    assert code in errors(whole, closed=True)


def test_a_paper_that_says_it_is_ours_is_held_to_it_anywhere() -> None:
    whole = paper("syllabus")
    put(DOCUMENT, "<w:jc w:val=", "<w:yc w:val=")(whole)
    assert "ooxml-profile" in errors(whole)
    assert {f.code for f in products.judge(Package.of_members("x.docx", whole.items()), ("ooxml",), Grammar())}


def test_findings_name_the_member_and_what_to_do() -> None:
    whole = foreign()
    lose("word/styles.xml")(whole)
    (told,) = [f for f in found(whole) if f.code == "ooxml-target-missing"]
    assert "word/_rels/document.xml.rels" in str(told)
    assert "'word/styles.xml', which is not in the package" in told.message


def test_a_missing_style_in_anothers_is_only_a_warning() -> None:
    whole = foreign()
    put(DOCUMENT, 'w:val="ListBullet"', 'w:val="Gone"')(whole)
    assert {(f.severity, f.code) for f in found(whole) if "style" in f.code} == {
        (Severity.WARNING, "ooxml-style-missing")
    }


def test_macros_are_told() -> None:
    whole = foreign()
    whole["word/vbaProject.bin"] = b"x"
    put(
        "[Content_Types].xml",
        "<Override ",
        '<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/><Override ',
    )(whole)
    assert "ooxml-macros" in {f.code for f in found(whole)}


def test_extensions_that_a_reader_may_ignore_are_taken_out() -> None:
    root = etree.fromstring(
        f"""<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
        xmlns:w14="urn:w14" mc:Ignorable="w14"><w:body><w:p w14:paraId="1"><w14:x/><mc:AlternateContent><mc:Choice
        Requires="w14"/><mc:Fallback><w:r/></mc:Fallback></mc:AlternateContent></w:p></w:body></w:document>"""
    )
    plain = without_extensions(root)
    (paragraph,) = plain[0]
    assert [etree.QName(child).localname for child in paragraph] == ["r"]
    assert len(paragraph.attrib) == len(plain.attrib) == 0


@pytest.mark.parametrize("data", [b"", b"\x00" * 40, b"<a/>", "<w:document/>".encode("utf-16")])
def test_no_part_however_odd_breaks_the_check(data: bytes) -> None:
    for name in (DOCUMENT, STYLES, "[Content_Types].xml", "_rels/.rels", "word/numbering.xml", RELS):
        assert errors(foreign() | {name: data})


# --- beside the official schemas ----------------------------------------------------------------------------------


@cache
def _small() -> tuple[tuple[str, bytes], ...]:
    """A paper with one of each kind of block, and not much more: its mutations are made quickly."""
    lecture = Session(id="w01-lecture", kind="lecture", number=1, title="Т", blocks=EVERY_BLOCK)
    course = Course(id="small", title="Шағын", language="kk", weeks=(Week(id="w01", number=1, sessions=(lecture,)),))
    return tuple(members(write("course-set", course).artifacts[0]).items())


@pytest.mark.long
@pytest.mark.parametrize(
    ("part", "step"),
    [
        (DOCUMENT, 37),
        (STYLES, 41),
        ("word/numbering.xml", 5),
        ("word/settings.xml", 3),
        ("word/footnotes.xml", 5),
        ("[Content_Types].xml", 3),
        (RELS, 3),
    ],
)
def test_what_the_official_schemas_refuse_our_profile_refuses(part: str, step: int) -> None:
    """Every so many of the mutations of a part; ``python -m tests.mutations docx`` runs them all."""
    need_shared("schemas")
    whole = dict(_small())
    assert official.verdict("docx", whole[part], whole[part])
    tried = refused = 0
    slipped = []
    for number, mutation in enumerate(xml.mutations(whole[part])):
        if number % step:
            continue
        tried += 1
        if official.verdict("docx", whole[part], mutation.data) is False:
            refused += 1
            if not errors(whole | {part: mutation.data}, closed=True):
                slipped.append((mutation.name, mutation.target))
    assert slipped == []
    assert refused > tried / 3
