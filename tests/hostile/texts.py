"""Documents and banks in plain text that cost a reader more than they should."""

from __future__ import annotations

from tests.hostile.packages import zipped

WORDS = "Мемлекет және құқық теориясы деген сөз "


def leading_tabs(number: int) -> bytes:
    """One line of so many tabs before a letter."""
    return b"\t" * number + b"a\n"


def tabs(number: int) -> bytes:
    """One line of so many tabs."""
    return b"\t" * number + b"\nword\n"


def tab_table(number: int) -> bytes:
    """Three lines of so many tabs between letters, and as many of one more."""
    return (("a\t" * 100 + "b\n") + ("a\t" * 101 + "b\n")).encode() * (number // 200)


def tab_lines(number: int) -> bytes:
    """Rows of one tab, two at a time."""
    return b"a\tb\na\tb\na b\n" * number


def going_on(number: int) -> bytes:
    """Rows whose long cell goes on over so many lines."""
    return ("Слово слово слово слово\tб\tв\n" + "слово\n" * number).encode()


def columns(number: int) -> bytes:
    """Lines of cells two blanks apart, many of the same number."""
    return b"a  b  c\n" * number + ("d" * 50 + "  e  f\n").encode()


def wide_columns(number: int) -> bytes:
    """Lines of so many cells, no three of one number."""
    return b"".join(b"a  " * (number - n) + b"\n" for n in range(20))


def long_cells(number: int) -> bytes:
    """Lines that are nearly a table, each as the one before, but too long for one."""
    return ("слово слово слово слово сло  слово слово слово слово сло  слово слово слово слово сло\n" * number).encode()


def ruled(number: int) -> bytes:
    return b"a | b\n" * number


def ruled_wide(number: int) -> bytes:
    return b"|" * number + b" a\n" + b" |" * number


def ruled_alternating(number: int) -> bytes:
    return b"a | b\na | b | c\n" * number


def gone(number: int) -> bytes:
    """One line of so many invisible characters."""
    return ("\u200b" * number + "\nword\n").encode()


def soft_hyphens(number: int) -> bytes:
    return ("а\u00ad" * number + "\nword\n").encode()


def spaces(number: int) -> bytes:
    return b"a" + b" " * number + b"b\n"


def digits(number: int) -> bytes:
    return b"1" * number + b" a\n"


def dots(number: int) -> bytes:
    return b"." * number + b"\n"


def numbers(number: int) -> bytes:
    return b"1." * number + b"\n"


def dashes(number: int) -> bytes:
    return b"-" * number + b"\n"


def letters(number: int) -> bytes:
    return ("а" * number + "\n").encode()


def capitals(number: int) -> bytes:
    return ("А" * number + "\n").encode()


def spaced_capitals(number: int) -> bytes:
    return ("А " * number + "\n").encode()


def initials(number: int) -> bytes:
    return ("А.Б. " * number + "\n").encode()


def brackets(number: int) -> bytes:
    return b"(" * number + b"\n"


def quotes(number: int) -> bytes:
    return ("«" * number + "\n").encode()


def colons(number: int) -> bytes:
    return b":" * number + b"\n"


def dotted(number: int) -> bytes:
    """A line of contents: words, then so many dots."""
    return ("Глава 1 " + ". " * number + "\n").encode()


def contents(number: int) -> bytes:
    return "".join(f"{n}. Тема {n} ........ {n}\n" for n in range(number)).encode()


def hyphens(number: int) -> bytes:
    """Lines that each end in a hyphen."""
    return ("Слово сло-\n" * number).encode()


def prose(number: int) -> bytes:
    """Lines of one sentence without an end."""
    return ((WORDS * 2).strip() + "\n").encode() * number


def verses(number: int) -> bytes:
    return ("Слово слово слово\n" * number).encode()


def marks(number: int) -> bytes:
    return "".join(f"{n % 999 + 1}. слово слово\n" for n in range(number)).encode()


def options(number: int) -> bytes:
    return ("1. Сұрақ?\nA) жауап\nB) жауап\nC) жауап\n" * number).encode()


def lectures(number: int) -> bytes:
    return "".join(f"Лекция {n}. Тема\n\nТекст лекции.\n\n" for n in range(1, number + 1)).encode()


def same_lectures(number: int) -> bytes:
    return ("Лекция 1. Тема\n\nТекст лекции.\n\n" * number).encode()


def weeks(number: int) -> bytes:
    return "".join(f"{n} апта. Тақырып\n\nСөз.\n\n" for n in range(1, number + 1)).encode()


def questions(number: int) -> bytes:
    return (
        "Вопросы к экзамену\n\n" + "".join(f"{n}. Что такое право номер {n}?\n" for n in range(1, number + 1))
    ).encode()


def same_questions(number: int) -> bytes:
    return ("Вопросы к экзамену\n\n" + "".join(f"{n}. Что такое право?\n" for n in range(1, number + 1))).encode()


def terms(number: int) -> bytes:
    return ("Глоссарий\n\n" + "".join(f"Термин{n} – это определение термина.\n" for n in range(number))).encode()


def literature(number: int) -> bytes:
    return (
        "Литература\n\n"
        + "".join(f"{n}. Иванов И.И. Право. – М.: Наука, 2001. – 300 с.\n" for n in range(1, number + 1))
    ).encode()


def pages(number: int) -> bytes:
    return ("Заголовок\nслово слово слово\n\f" * number).encode()


def blank_lines(number: int) -> bytes:
    return b"\n" * number + b"word\n"


def latin_in_cyrillic(number: int) -> bytes:
    return ("сl" * number + "\n").encode()


def combining(number: int) -> bytes:
    """So many combining marks on one letter: composing sorts them."""
    return ("a" + "\u0301\u0316" * number + "\n").encode()


def one_byte(number: int) -> bytes:
    """Letters in windows-1251."""
    return (
        WORDS.replace("қ", "к")
        .replace("ұ", "у")
        .replace("і", "и")
        .replace("ө", "о")
        .replace("ң", "н")
        .replace("ғ", "г")
        * number
    ).encode("cp1251", "ignore")


def no_encoding(number: int) -> bytes:
    """Bytes of no encoding."""
    return bytes(range(0x80, 0xFF)) * (number // 127)


def short_lines(number: int) -> bytes:
    return b"a\n" * number


def dates(number: int) -> bytes:
    return b"01.01.2020 " * number + b"\n"


def old_font(number: int) -> bytes:
    return ("Ќ" * number + "\n").encode()


# --- Markdown -----------------------------------------------------------------------------------------------------


def md_quotes(number: int) -> bytes:
    return b">" * number + b" a\n"


def md_quote_lines(number: int) -> bytes:
    return b"> > > > > > > > a\n" * number


def md_brackets(number: int) -> bytes:
    return b"[" * number + b"\n"


def md_bracket_pairs(number: int) -> bytes:
    return b"[" * number + b"a" + b"]" * number + b"\n"


def md_links(number: int) -> bytes:
    return b"[a](" * number + b"\n"


def md_angles(number: int) -> bytes:
    return b"[a](<b" * number + b"\n"


def md_stars(number: int) -> bytes:
    return b"*" * number + b"a\n"


def md_emphasis(number: int) -> bytes:
    return b"*a _b " * number + b"\n"


def md_emphasis_mixed(number: int) -> bytes:
    return b"a**b" + b"c* " * number + b"\n"


def md_ticks(number: int) -> bytes:
    return b"".join(b"`" * (n % 1000) + b"a" for n in range(number // 500)) + b"\n"


def md_dollars(number: int) -> bytes:
    return b"$a " * number + b"\n"


def md_dollars_spaced(number: int) -> bytes:
    return b"$ " * number + b"\n"


def md_double_dollars(number: int) -> bytes:
    return b"$$a\n" * number


def md_tex(number: int) -> bytes:
    return b"\\(a " * number + b"\n"


def md_tex_display(number: int) -> bytes:
    return b"\\[a\n\n" * number


def md_align(number: int) -> bytes:
    return b"\\begin{align}\n" * number


def md_formula(number: int) -> bytes:
    """One formula of fractions inside fractions."""
    return b"$" + b"\\frac{" * number + b"a" + b"}{b}" * number + b"$\n"


def md_long_formula(number: int) -> bytes:
    return b"$" + b"a+" * number + b"a$\n"


def md_roots(number: int) -> bytes:
    return b"$" + b"{" * number + b"a" + b"}" * number + b"$\n"


def md_html(number: int) -> bytes:
    return b"a <b " * number + b"\n"


def md_comments(number: int) -> bytes:
    return b"a <!-- " * number + b"\n"


def md_instructions(number: int) -> bytes:
    return b"a <? " * number + b"\n"


def md_cdata(number: int) -> bytes:
    return b"a <![CDATA[ " * number + b"\n"


def md_declarations(number: int) -> bytes:
    return b"a <!A " * number + b"\n"


def md_autolinks(number: int) -> bytes:
    return b"<http://a" * number + b"\n"


def md_lists(number: int) -> bytes:
    return b"".join(b" " * (2 * n) + b"- a\n" for n in range(number))


def md_list_row(number: int) -> bytes:
    return b"- " * number + b"a\n"


def md_items(number: int) -> bytes:
    return b"- a\n" * number


def md_numbers(number: int) -> bytes:
    return b"999999999. a\n" * number


def md_table(number: int) -> bytes:
    return b"|a" * number + b"|\n" + b"|-" * number + b"|\n" + b"|b\n" * 10


def md_table_rows(number: int) -> bytes:
    """A head of many columns over many short rows: each row is filled up."""
    return b"|a" * number + b"|\n" + b"|-" * number + b"|\n" + b"|b\n" * number


def md_filled_tables(number: int) -> bytes:
    """Small tables whose rows are filled up to thousands of cells each."""
    return b"\n".join([md_table_rows(60)] * number)


def md_footnotes(number: int) -> bytes:
    return (
        b"".join(b"[^%d] " % n for n in range(number)) + b"\n\n" + b"".join(b"[^%d]: a\n\n" % n for n in range(number))
    )


def md_one_footnote(number: int) -> bytes:
    return b"a [^1] " * number + b"\n\n[^1]: " + b"word " * number + b"\n"


def md_note_in_note(number: int) -> bytes:
    return b"a^[" * number + b"b" + b"]" * number + b"\n"


def md_references(number: int) -> bytes:
    return b"".join(b"[a%d]: b\n" % n for n in range(number)) + b"\n" + b"[a1] " * number + b"\n"


def md_reference_long(number: int) -> bytes:
    """One definition of a long address that many links repeat."""
    return b"[a]: http://" + b"b" * number + b"\n\n" + b"[a] " * number + b"\n"


def md_front(number: int) -> bytes:
    return b"---\n" + b"title: " + b" " * number + b"\n" * number


def md_entities(number: int) -> bytes:
    return b"&" * number + b"&a" * number + b"\n"


def md_backslashes(number: int) -> bytes:
    return b"\\" * number + b"\n"


def md_headings(number: int) -> bytes:
    return b"# a\n\n" * number


def md_setext(number: int) -> bytes:
    return b"a\n" * number + b"===\n"


def md_fences(number: int) -> bytes:
    return b"```\n" * number


def md_block_html(number: int) -> bytes:
    return b"<div>\n\n" * number


def md_html_table(number: int) -> bytes:
    return b"<table>" + b"<tr><td rowspan=10000 colspan=1000>a</td></tr>" * number + b"</table>\n"


def md_html_nested(number: int) -> bytes:
    return b"<table><tr><td>" * number + b"\n"


def md_html_attributes(number: int) -> bytes:
    return b"<p " + b" ".join(b"a%d" % n for n in range(number)) + b">a</p>\n"


def md_math(number: int) -> bytes:
    return b"<math>" + b"<mrow>" * number + b"<mi>x</mi>" + b"</mrow>" * number + b"</math>\n"


def md_marks(number: int) -> bytes:
    return b"<!-- coursepack-course/1 {} -->\n" + b"<!-- session {} -->\n" * number


# --- question banks in plain text ---------------------------------------------------------------------------------


def gift_equals(number: int) -> bytes:
    return b"::a:: b {" + b"=a " * number + b"}\n"


def gift_tildes(number: int) -> bytes:
    return b"::a:: b {=x " + b"~a " * number + b"}\n"


def gift_tildes_lines(number: int) -> bytes:
    return b"::a:: b {=x\n" + b"~a\n" * number + b"}\n"


def gift_pairs(number: int) -> bytes:
    return b"::a:: b {" + b"=a -> b " * number + b"}\n"


def gift_open(number: int) -> bytes:
    """A brace that is opened and not closed, over so many groups of lines."""
    return b"a {\n\n" + b"b\n\n" * number


def gift_reopened(number: int) -> bytes:
    """Groups that each close and open a brace: one question goes on and on."""
    return b"a {\n\n" + b"} {\n\n" * number


def gift_braces(number: int) -> bytes:
    return b"{" * number + b"}" * number + b"\n"


def gift_escapes(number: int) -> bytes:
    return b"\\" * number + b" {=a}\n"


def gift_hashes(number: int) -> bytes:
    return b"::a:: b {=a" + b"#" * number + b"}\n"


def gift_percents(number: int) -> bytes:
    return b"::a:: b {=%" + b"-" * number + b"1%a}\n"


def gift_number(number: int) -> bytes:
    return b"::a:: b {#" + b"1" * number + b"x}\n"


def gift_big_number(number: int) -> bytes:
    return b"::a:: b {#" + b"1" * number + b"}\n"


def gift_exponents(number: int) -> bytes:
    """Ranges of numbers with large exponents."""
    return b"::a:: b {#1e-999999..1e999999}\n\n" * number


def gift_comments(number: int) -> bytes:
    return b"// [tag:a\n" * number + b"a {T}\n"


def gift_tags(number: int) -> bytes:
    return b"// " + b"[tag:a" * number + b"\na {T}\n"


def gift_category(number: int) -> bytes:
    return b"$CATEGORY: " + b"a/" * number + b"\n\na {T}\n"


def gift_html(number: int) -> bytes:
    return b"::a::[html]" + b"<b>" * number + b" {T}\n"


def gift_markdown(number: int) -> bytes:
    return b"::a::[markdown]" + b"[" * number + b" {T}\n"


def gift_line(number: int) -> bytes:
    return b"a" * number + b" {T}\n"


def gift_lines(number: int) -> bytes:
    return b"a\n" * number + b" {T}\n"


def gift_categories(number: int) -> bytes:
    """Categories in a chain, each with a question."""
    path, out = "", []
    for n in range(number):
        path += f"/c{n}"
        out.append(f"$CATEGORY: a{path}\n\n::q:: b {{T}}\n\n")
    return "".join(out).encode()


def aiken_options(number: int) -> bytes:
    return b"Q\n" + b"A) a\n" * number + b"ANSWER: A\n"


def aiken_lines(number: int) -> bytes:
    return b"Q\nA) a\nB) b\n" + b"more\n" * number + b"ANSWER: A\n"


def aiken_text(number: int) -> bytes:
    return b"Q\n" * number + b"A) a\nB) b\nANSWER: A\n"


def aiken_key(number: int) -> bytes:
    return b"Q\nA) a\nB) b\nANSWER: " + b"A," * number + b"\n"


def aiken_key_blanks(number: int) -> bytes:
    return b"Q\nA) a\nB) b\nANSWER: A" + b" " * number + b"x\n"


def aiken_blanks(number: int) -> bytes:
    return b"Q\nA) a\nB) b\n" + b" " * number + b"x\nANSWER: A\n"


def csv_columns(number: int) -> bytes:
    return b"text;key;" + b"option;" * number + b"\n" + b"a;A;" + b"b;" * number + b"\n"


def csv_wide(number: int) -> bytes:
    """So many columns that nobody knows, over a hundred rows."""
    return b"text;key;" + b"x;" * number + b"\n" + (b"a;true;" + b"b;" * number + b"\n") * 20


def csv_names(number: int) -> bytes:
    return b"text;key;" + b"".join(b"x%d;" % n for n in range(number)) + b"\na;true\n"


def csv_quote(number: int) -> bytes:
    return b'text;key\n"' + b"a\n" * number


def csv_quotes(number: int) -> bytes:
    return b'"' * number + b"\ntext;key\na;true\n"


def csv_options(number: int) -> bytes:
    return b'text;options;key\na;"' + b"b\n" * number + b'";A\n'


def csv_key(number: int) -> bytes:
    return b'text;options;key\na;"b\nc";"' + b"A, " * number + b'"\n'


def csv_key_blanks(number: int) -> bytes:
    return b'text;options;key\na;"b\nc";"A' + b" " * number + b'x"\n'


def csv_arrows(number: int) -> bytes:
    return b'text;type;options\na;matching;"b' + b" " * number + b'c\nd -> e"\n'


def csv_number(number: int) -> bytes:
    return b"text;type;options\na;numerical;" + b"1" * number + b"x\n"


def csv_plus(number: int) -> bytes:
    return b"text;type;options\na;numerical;" + b" " * number + b"x\n"


def csv_cloze(number: int) -> bytes:
    return b'text;type\n"' + b"{1:SA:=a" * number + b'";cloze\n'


def csv_cloze_hashes(number: int) -> bytes:
    return b'text;type\n"{1:SA:=a' + b"#&" * number + b'}";cloze\n'


def csv_settings(number: int) -> bytes:
    return b'text;type;settings\na;essay;"' + b"lines=1;" * number + b'"\n'


def csv_rows(number: int) -> bytes:
    return b"x;y\n" * number


def workbook(sheet: str, *, strings: str = "", more: str = "") -> bytes:
    """An .xlsx with these rows and shared texts."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    rels = (
        f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{rel}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    return zipped(
        ("[Content_Types].xml", types.encode()),
        (
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
        ),
        (
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'.encode(),
        ),
        ("xl/_rels/workbook.xml.rels", rels.encode()),
        (
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{main}">{more}<sheetData>{sheet}</sheetData></worksheet>'.encode(),
        ),
        ("xl/sharedStrings.xml", f'<sst xmlns="{main}">{strings}</sst>'.encode()),
        stored=True,
    )


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


_HEAD = f'<row r="1">{cell("A1", "text")}{cell("B1", "key")}</row>'


def xlsx_dimension(number: int) -> bytes:
    """A sheet that says to be as large as a sheet can be."""
    row = f'<row r="2">{cell("A2", "a")}{cell("B2", "true")}</row>'
    return workbook(_HEAD + row, more='<dimension ref="A1:XFD1048576"/>' + " " * number)


def xlsx_far(number: int) -> bytes:
    """A cell far to the right in each of so many rows."""
    rows = "".join(f'<row r="{n}">{cell(f"A{n}", "a")}{cell(f"XFD{n}", "b")}</row>' for n in range(2, number + 2))
    return workbook(_HEAD + rows)


def xlsx_down(number: int) -> bytes:
    """Two rows, the second at the bottom of the sheet."""
    return workbook(_HEAD + f'<row r="1048576">{cell("A1048576", "a")}{cell("B1048576", "true")}</row>' + " " * number)


def xlsx_below(number: int) -> bytes:
    """A row below the bottom of any sheet."""
    return workbook(_HEAD + f'<row r="{10**9}">{cell(f"A{10**9}", "a")}</row>' + " " * number)


def xlsx_strings(number: int) -> bytes:
    """So many shared texts."""
    return workbook(_HEAD, strings="<si><t>a</t></si>" * number)


def xlsx_shared(number: int) -> bytes:
    """One long shared text in so many cells."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c>{cell(f"B{n}", "true")}</row>' for n in range(2, number + 2)
    )
    return workbook(_HEAD + rows, strings=f"<si><t>{'a ' * 500_000}</t></si>")


def xlsx_merged(number: int) -> bytes:
    row = f'<row r="2">{cell("A2", "a")}{cell("B2", "true")}</row>'
    merged = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, number + 1))
    return workbook(_HEAD + row + f"</sheetData><mergeCells>{merged}</mergeCells><sheetData>")


def xlsx_number(number: int) -> bytes:
    return workbook(_HEAD + f'<row r="2"><c r="A2"><v>{"1" * number}</v></c>{cell("B2", "true")}</row>')


def xlsx_row_of(number: int) -> bytes:
    """A row of so many cells without a place."""
    return workbook(_HEAD + "<row>" + '<c t="inlineStr"><is><t>a</t></is></c>' * number + "</row>")


def xlsx_rows(number: int) -> bytes:
    return workbook(_HEAD + "<row/>" * number)


def xlsx_stranger(number: int) -> bytes:
    return workbook(_HEAD + "<x/>" * number)
