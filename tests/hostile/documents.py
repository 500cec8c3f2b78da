"""Documents inside packages and question banks that cost a checker more than they should."""

from __future__ import annotations

from tests.hostile.packages import cartridge, zipped

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


# --- Moodle XML ---------------------------------------------------------------------------------------------------


def quiz(*questions: str) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<quiz>' + "".join(questions) + "</quiz>").encode()


def question(kind: str, text: str, more: str = "") -> str:
    return (
        f'<question type="{kind}"><name><text>N</text></name><questiontext format="html"><text>{text}</text>'
        f"</questiontext>{more}</question>"
    )


def open_gap(number: int) -> bytes:
    """A gap of so many alternatives that never closes."""
    return quiz(question("cloze", "{1:SHORTANSWER:=a" + "~a" * number))


def open_gaps(number: int) -> bytes:
    """So many gaps that never close."""
    return quiz(question("cloze", "{1:SA:=a" * number))


def empty_gaps(number: int) -> bytes:
    return quiz(question("cloze", "{1:SA:}" * number))


def almost_gaps(number: int) -> bytes:
    return quiz(question("cloze", "{1:SA:=a} " + "{" + "1" * number))


def digits(number: int) -> bytes:
    """A grade of so many digits that is no number after all."""
    return quiz(question("essay", "T", f"<defaultgrade>{'1' * number}x</defaultgrade>"))


def big_number(number: int) -> bytes:
    return quiz(question("essay", "T", f"<defaultgrade>{'1' * number}</defaultgrade>"))


def answers(number: int) -> bytes:
    """One question of so many answers that the schema does not know."""
    return quiz(question("multichoice", "T", '<answer fraction="x"/>' * number))


def strangers(number: int) -> bytes:
    """So many elements among the questions."""
    return quiz("<x/>" * number, question("essay", "T"))


def many_violations(number: int) -> bytes:
    """So many questions that break the schema."""
    return quiz(*[question("essay", "T", "<penalty/>")] * number)


def texts_and_files(number: int) -> bytes:
    """So many texts and files in one area."""
    texts = "<text>@@PLUGINFILE@@/a.png</text>" * number
    files = "".join(f'<file name="{n}.png" path="/" encoding="base64">AA==</file>' for n in range(number))
    return quiz(
        f'<question type="essay"><name><text>N</text></name><questiontext format="html">{texts}{files}</questiontext></question>'
    )


def nested_questions(number: int) -> bytes:
    return quiz('<question type="essay">' * number + "</question>" * number)


def categories(number: int) -> bytes:
    """Categories, each inside the one before."""
    path, made = "$course$/top", []
    for n in range(number):
        path += f"/c{n}"
        made.append(f'<question type="category"><category><text>{path}</text></category></question>')
    return quiz(*made, question("essay", "T"))


def slashes(number: int) -> bytes:
    return quiz(f'<question type="category"><category><text>{"/" * number}</text></category></question>')


def one_question(number: int) -> bytes:
    """One question of so many elements."""
    return quiz(question("essay", "T", "<a/>" * number))


def unclosed_instruction(number: int) -> bytes:
    """A file of beginnings of processing instructions."""
    return b"<?" * number


def unclosed_comments(number: int) -> bytes:
    return b"<!--" * number


def short_comments(number: int) -> bytes:
    return b"<!---->" * number


def doctype(number: int) -> bytes:
    return b"<!DOCTYPE [" + b"]" * number


def references(number: int) -> bytes:
    """Numeric character references."""
    return quiz(question("essay", "&#65;" * number))


# --- cartridges: questions, pages, topics -------------------------------------------------------------------------


def assessment(*items: str) -> bytes:
    text = f'<questestinterop xmlns="{QTI}"><assessment ident="a" title="A"><section ident="root_section">'
    text += "".join(items) + "</section></assessment></questestinterop>"
    resource = '<resource identifier="r" type="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"><file href="q.xml"/></resource>'
    return cartridge(resource, "", ("q.xml", text.encode()))


def item(inside: str, ident: str = "i") -> str:
    return f'<item ident="{ident}" title="T">{inside}</item>'


def qti_items(number: int) -> bytes:
    """So many items that say nothing."""
    return assessment(*(item("", f"i{n}") for n in range(number)))


def qti_labels(number: int) -> bytes:
    """One item of so many answers of one name."""
    labels = '<response_label ident="a"/>' * number
    return assessment(
        item(
            f'<presentation><response_lid ident="r"><render_choice>{labels}</render_choice></response_lid></presentation>'
        )
    )


def qti_scores(number: int) -> bytes:
    """One condition of so many scores and as many tests that are negated."""
    field = "<itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>cc_profile</fieldlabel><fieldentry>cc.multiple_choice.v0p1</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>"
    ask = '<presentation><material><mattext>T</mattext></material><response_lid ident="r"><render_choice><response_label ident="a"/><response_label ident="b"/></render_choice></response_lid></presentation>'
    tests = '<not><varequal respident="r">a</varequal></not>' * number
    scores = "<setvar>100</setvar>" * number
    return assessment(
        item(
            f"{field}{ask}<resprocessing><respcondition><conditionvar>{tests}</conditionvar>{scores}</respcondition></resprocessing>"
        )
    )


def qti_strangers(number: int) -> bytes:
    return assessment("<x/>" * number)


def qti_deep(number: int) -> bytes:
    return assessment("<section>" * number + "</section>" * number)


def qti_fields(number: int) -> bytes:
    one = "<qtimetadatafield><fieldlabel>cc_x{}</fieldlabel><fieldentry>1</fieldentry></qtimetadatafield>"
    return assessment(
        item(
            "<itemmetadata><qtimetadata>"
            + "".join(one.format(n) for n in range(number))
            + "</qtimetadata></itemmetadata>"
        )
    )


def page(text: str) -> bytes:
    resource = '<resource identifier="r" type="webcontent" href="a.html"><file href="a.html"/></resource>'
    return cartridge(
        resource, '<item identifier="i" identifierref="r"><title>T</title></item>', ("a.html", text.encode())
    )


def page_deep(number: int) -> bytes:
    return page('<a href="">' + "<div>" * number)


def page_tags(number: int) -> bytes:
    return page('<a href="x">' + "<b>" * number)


def page_attributes(number: int) -> bytes:
    return page("<p " + " ".join(f'a{n}=""' for n in range(number)) + ' href="x">')


def page_anchors(number: int) -> bytes:
    return page("<a " * number)


def page_bodies(number: int) -> bytes:
    return page("<body " * number)


def page_blanks(number: int) -> bytes:
    return page('<img src="' + " " * number)


def page_tables(number: int) -> bytes:
    return page('<a href="">' + "<table><tr><td>" * number)


def page_formatting(number: int) -> bytes:
    return page('<a href="">' + "<b><p>" * number)


def page_tokens(number: int) -> bytes:
    return page(f'<img src="{"$A" * number}">')


def page_address(number: int) -> bytes:
    return page(f'<img src="{"a" * number}">')


def schema_blanks(number: int) -> bytes:
    """A manifest whose schema is so many blanks without an end."""
    return zipped(("imsmanifest.xml", b"<manifest><metadata><schema>" + b" " * number), ("a", b"x"))


def manifests(number: int) -> bytes:
    return zipped(("imsmanifest.xml", b"<manifest " * number), ("a", b"x"))


def same_page(number: int) -> bytes:
    """So many items and resources that name one page."""
    resources = "".join(
        f'<resource identifier="r{n}" type="webcontent" href="a.html"><file href="a.html"/></resource>'
        for n in range(number)
    )
    items = "".join(f'<item identifier="i{n}" identifierref="r{n}"><title>T</title></item>' for n in range(number))
    return cartridge(resources, items, ("a.html", b"<p>word</p>" * 20_000))


# --- Moodle backups -----------------------------------------------------------------------------------------------


def backup(*members: tuple[str, str], information: str = "", contents: str = "") -> bytes:
    main = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<moodle_backup><information><moodle_version>2022112800</moodle_version>'
        "<backup_version>2022112800</backup_version><details><detail><type>course</type><format>moodle2</format></detail></details>"
        f"<contents>{contents}</contents><settings>{information}</settings></information></moodle_backup>"
    )
    return zipped(("moodle_backup.xml", main.encode()), *((name, text.encode()) for name, text in members), stored=True)


def backup_chain(number: int) -> bytes:
    """Categories in a chain, and as many slots that draw from them."""
    bank = "".join(
        f'<question_category id="{n}"><name>c</name><contextid>1</contextid><parent>{n + 1}</parent></question_category>'
        for n in range(number)
    )
    slots = "".join(
        f'<question_instance id="s{n}"><slot>{n}</slot><question_set_reference id="r{n}"><usingcontextid>1</usingcontextid><questionscontextid>1</questionscontextid>'
        f'<filtercondition>{{"questioncategoryid":"{n}","includingsubcategories":"1"}}</filtercondition></question_set_reference></question_instance>'
        for n in range(number)
    )
    quiz_ = f'<activity id="1" moduleid="1" modulename="quiz" contextid="1"><quiz id="1"><question_instances>{slots}</question_instances></quiz></activity>'
    return backup(
        ("questions.xml", f"<question_categories>{bank}</question_categories>"), ("activities/quiz_1/quiz.xml", quiz_)
    )


def backup_gaps(number: int) -> bytes:
    """So many questions of gaps, each with its sequence."""
    one = (
        '<question_bank_entry id="e{0}"><question_version><question_versions><questions><question id="{0}"><qtype>multianswer</qtype>'
        "<plugin_qtype_multianswer_question><multianswer><sequence>{0}</sequence></multianswer></plugin_qtype_multianswer_question>"
        "</question></questions></question_versions></question_version></question_bank_entry>"
    )
    entries = "".join(one.format(n) for n in range(number))
    return backup(
        (
            "questions.xml",
            f'<question_categories><question_category id="1"><question_bank_entries>{entries}</question_bank_entries></question_category></question_categories>',
        )
    )


def backup_files(number: int) -> bytes:
    one = '<file id="{0}"><contenthash>{0:040x}</contenthash><filename>a</filename></file>'
    return backup(("files.xml", "<files>" + "".join(one.format(n) for n in range(number)) + "</files>"))


def backup_filter(number: int) -> bytes:
    """A filter of so many brackets."""
    slot = f'<question_instance id="s"><slot>1</slot><question_set_reference id="r"><filtercondition>{"[" * number}</filtercondition></question_set_reference></question_instance>'
    quiz_ = f'<activity id="1" moduleid="1" modulename="quiz" contextid="1"><quiz id="1"><question_instances>{slot}</question_instances></quiz></activity>'
    return backup(("activities/quiz_1/quiz.xml", quiz_))


def backup_members(number: int) -> bytes:
    """So many activities, each with documents."""
    contents = (
        "<activities>"
        + "".join(
            f"<activity><moduleid>{n}</moduleid><modulename>page</modulename><directory>activities/page_{n}</directory></activity>"
            for n in range(number)
        )
        + "</activities>"
    )
    text = "<activity>" + "<a>x</a>" * 1000 + "</activity>"
    return backup(*((f"activities/page_{n}/page.xml", text) for n in range(number)), contents=contents)


def backup_pictures(number: int) -> bytes:
    text = '&lt;img src="@@PLUGINFILE@@/a' + "%20" * number
    page_ = f'<activity id="1" moduleid="1" modulename="page" contextid="1"><page id="1"><intro>{text}</intro></page></activity>'
    return backup(("files.xml", "<files/>"), ("activities/page_1/page.xml", page_))


# --- Word documents -----------------------------------------------------------------------------------------------


def docx(
    body: str, *, styles: str = "", numbering: str = "", relations: str = "", more: tuple[tuple[str, bytes], ...] = ()
) -> bytes:
    """A Word document; ``relations`` are those of its main part."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    rels = f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
    members = [("[Content_Types].xml", types.encode()), ("_rels/.rels", rels.encode())]
    members.append(
        ("word/document.xml", f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'.encode())
    )
    if styles:
        relations += f'<Relationship Id="s" Type="{R}/styles" Target="styles.xml"/>'
        members.append(("word/styles.xml", f'<w:styles xmlns:w="{W}">{styles}</w:styles>'.encode()))
    if numbering:
        relations += f'<Relationship Id="n" Type="{R}/numbering" Target="numbering.xml"/>'
        members.append(("word/numbering.xml", f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>'.encode()))
    members.append(
        ("word/_rels/document.xml.rels", f'<Relationships xmlns="{package}">{relations}</Relationships>'.encode())
    )
    return zipped(*members, *more, stored=True)


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}<w:r><w:t>{text}</w:t></w:r></w:p>"


def docx_words(number: int) -> bytes:
    """So many empty paragraphs."""
    return docx(p("word") + "<w:p/>" * number)


def docx_runs(number: int) -> bytes:
    return docx("<w:p>" + "<w:r><w:t>слово </w:t></w:r>" * number + "</w:p>")


def docx_tables(number: int) -> bytes:
    """Tables inside tables."""
    return docx("<w:tbl><w:tr><w:tc>" * number + p("x") + "</w:tc></w:tr></w:tbl>" * number + p("word"))


def docx_cells(number: int) -> bytes:
    """One row of so many cells, each merged on from above."""
    row = "<w:tr>" + "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>" * number + "</w:tr>"
    return docx(f"<w:tbl>{row}{row}</w:tbl>" + p("word"))


def docx_merged(number: int) -> bytes:
    """One cell that goes on below over so many rows."""
    row = "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>"
    return docx(
        "<w:tbl>" + row.replace("<w:vMerge/>", '<w:vMerge w:val="restart"/>') + row * number + "</w:tbl>" + p("word")
    )


def docx_swallowed(number: int) -> bytes:
    row = "<w:tr>" + "<w:tc><w:tcPr><w:hMerge/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>" * number + "</w:tr>"
    return docx(f"<w:tbl>{row}</w:tbl>" + p("word"))


def docx_spans(number: int) -> bytes:
    """A cell over so many columns, and rows that long."""
    row = (
        '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>'
    )
    return docx(f"<w:tbl>{row * number}</w:tbl>" + p("word"))


def docx_style_chain(number: int) -> bytes:
    """Styles that are based on one another, and as many paragraphs."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="n{n}"/><w:basedOn w:val="s{n + 1}"/></w:style>'
        for n in range(number)
    )
    return docx("".join(p("x", f'<w:pStyle w:val="s{n % 10}"/>') for n in range(number)), styles=styles)


def docx_numbers(number: int) -> bytes:
    """Lists that start very high, in Roman and in Latin letters."""
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:start w:val="{10**9}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n, kind in enumerate(("upperRoman", "upperLetter", "russianLower"))
    )
    return docx(
        "".join(p("x", f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{n % 3 + 1}"/></w:numPr>') for n in range(number)),
        numbering=kinds,
    )


def docx_lists(number: int) -> bytes:
    """So many lists of one kind of nine levels."""
    kind = (
        '<w:abstractNum w:abstractNumId="0">'
        + "".join(f'<w:lvl w:ilvl="{n}"><w:lvlText w:val="%{n + 1}"/></w:lvl>' for n in range(9))
        + "</w:abstractNum>"
    )
    lists = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/></w:num>' for n in range(number))
    return docx(p("word"), numbering=kind + lists)


def docx_level_texts(number: int) -> bytes:
    """A level whose text repeats its number so many times."""
    kind = f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="{"%1" * number}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return docx(p("x", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') * number, numbering=kind)


def docx_notes(number: int) -> bytes:
    """One footnote that so many marks refer to."""
    package = f'<Relationship Id="f" Type="{R}/footnotes" Target="footnotes.xml"/>'
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1">{p("слово " * 100) * (number // 10)}</w:footnote></w:footnotes>'
    mark = '<w:p><w:r><w:t>x</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    return docx(mark * number, relations=package, more=(("word/footnotes.xml", notes.encode()),))


def docx_circle(number: int) -> bytes:
    """Footnotes that refer to one another, each to the next."""
    package = f'<Relationship Id="f" Type="{R}/footnotes" Target="footnotes.xml"/>'
    one = '<w:footnote w:id="{0}"><w:p><w:r><w:t>x</w:t></w:r><w:r><w:footnoteReference w:id="{1}"/></w:r></w:p></w:footnote>'
    notes = f'<w:footnotes xmlns:w="{W}">' + "".join(one.format(n, n + 1) for n in range(number)) + "</w:footnotes>"
    return docx(
        '<w:p><w:r><w:t>x</w:t></w:r><w:r><w:footnoteReference w:id="0"/></w:r></w:p>',
        relations=package,
        more=(("word/footnotes.xml", notes.encode()),),
    )


def docx_fields(number: int) -> bytes:
    """Fields inside fields."""
    return docx(
        "<w:p>"
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC </w:instrText></w:r>' * number
        + "</w:p>"
        + p("word")
    )


def docx_open_fields(number: int) -> bytes:
    """Fields that stay open over as many paragraphs."""
    return docx("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * number + "</w:p>" + p("word") * number)


def docx_boxes(number: int) -> bytes:
    """Text boxes inside text boxes."""
    inside = "<w:p><w:r><w:pict><w:txbxContent>" * number + p("x") + "</w:txbxContent></w:pict></w:r></w:p>" * number
    return docx(inside + p("word"))


def docx_box_row(number: int) -> bytes:
    """So many text boxes in one paragraph."""
    return docx(
        "<w:p>" + f"<w:r><w:pict><w:txbxContent>{p('x')}</w:txbxContent></w:pict></w:r>" * number + "</w:p>" + p("word")
    )


def docx_carried(number: int) -> bytes:
    """Paragraphs whose ends were deleted: each runs into the next."""
    return docx(p("x", "<w:rPr><w:del/></w:rPr>") * number + p("word"))


def docx_relations(number: int) -> bytes:
    """So many relationships of one identifier."""
    return docx(p("word"), relations=f'<Relationship Id="x" Type="{R}/image" Target="none.png"/>' * number)


def docx_many_relations(number: int) -> bytes:
    return docx(
        p("word"),
        relations="".join(
            f'<Relationship Id="x{n}" Type="{R}/numbering" Target="numbering.xml"/>' for n in range(number)
        ),
        numbering='<w:num w:numId="1"/>' * number,
    )


def docx_bookmarks(number: int) -> bytes:
    return docx(p("word") + "".join(f'<w:p><w:bookmarkStart w:id="{n}" w:name="b"/></w:p>' for n in range(number)))


def docx_formulas(number: int) -> bytes:
    """Fractions inside fractions."""
    m = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    inside = (
        f'<m:oMath xmlns:m="{m}">'
        + "<m:f><m:num>" * number
        + "<m:r><m:t>x</m:t></m:r>"
        + "</m:num><m:den/></m:f>" * number
        + "</m:oMath>"
    )
    return docx(f"<w:p>{inside}</w:p>" + p("word"))


def docx_formula_row(number: int) -> bytes:
    m = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    inside = f'<m:oMath xmlns:m="{m}">' + "<m:r><m:t>x</m:t></m:r>" * number + "</m:oMath>"
    return docx(f"<w:p>{inside}</w:p>" + p("word"))


def docx_letters(number: int) -> bytes:
    """One paragraph of so many letters."""
    return docx(p("а" * number) + p("word"))


def docx_lines(number: int) -> bytes:
    """One paragraph of so many line breaks."""
    return docx("<w:p>" + "<w:r><w:t>слово</w:t><w:br/></w:r>" * number + "</w:p>")


def docx_controls(number: int) -> bytes:
    return docx("<w:sdt><w:sdtContent>" * number + p("word") + "</w:sdtContent></w:sdt>" * number)


def docx_pictures(number: int) -> bytes:
    """One picture shown so many times."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    png = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0))
        + chunk(b"tEXt", b"a\0" + b"x" * 4_000_000)
    )
    png += chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    show = f'<w:p><w:r><w:drawing><a:blip xmlns:a="{a}" r:embed="i"/></w:drawing></w:r></w:p>'
    return docx(
        p("word") + show * number,
        relations=f'<Relationship Id="i" Type="{R}/image" Target="a.png"/>',
        more=(("word/a.png", png),),
    )
