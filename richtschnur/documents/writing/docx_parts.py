"""The fixed XML of our DOCX files."""

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from richtschnur.documents.paper import Paper
from richtschnur.documents.writing.cleaning import is_right_to_left, locale_of
from richtschnur.documents.writing.pictures import ENDINGS

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
SHADE = "EEF2F3"
FOOTER_REFERENCE = '<w:footerReference w:type="default" r:id="rId4"/>'
QUIET = "555555"
RULE = "B9BFC3"

DOCUMENT_START = f'{_HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>'
CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}{kind}+xml"/>'
        for name, kind in (
            ("document", "document.main"),
            ("styles", "styles"),
            ("numbering", "numbering"),
            ("settings", "settings"),
            ("footer1", "footer"),
            ("footnotes", "footnotes"),
        )
    )
    + "".join(f'<Default Extension="{end}" ContentType="{kind}"/>' for kind, end in ENDINGS.items())
    + '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-'
    'package.core-properties+xml"/></Types>'
)
RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
DOCUMENT_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{index}" Type="{R}/{kind}" Target="{target}.xml"/>'
        for index, (kind, target) in enumerate(
            (
                ("styles", "styles"),
                ("numbering", "numbering"),
                ("settings", "settings"),
                ("footer", "footer1"),
                ("footnotes", "footnotes"),
            ),
            1,
        )
    )
    + "</Relationships>"
)
SETTINGS = (
    f'{_HEAD}<w:settings xmlns:w="{W}"><w:autoHyphenation w:val="true"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)

FOOTNOTES_KIND = f"{_TYPE}footnotes+xml"
SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/>'
    "</w:r></w:p></w:footnote>"
)


def quoted(text: str) -> str:
    """The text for an attribute."""
    return escape(text, {'"': "&quot;", "\n": " "})


def relations(found: Sequence[str]) -> str:
    """A .rels part with these relations."""
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(found)}</Relationships>'
    )


def footnotes(separators: str, notes: Sequence[str]) -> str:
    """word/footnotes.xml."""
    return (
        f'{_HEAD}<w:footnotes xmlns:w="{W}" xmlns:r="{R}">{separators}{"".join(notes)}'
        "</w:footnotes>"
    )


def bullets(abstract: int, number: int) -> tuple[str, str]:
    """The definition of our bullet list and its use, for word/numbering.xml."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:lvlText w:val="{"–" if level % 2 else "•"}"/><w:lvlJc w:val="start"/>'
        f'<w:pPr><w:ind w:left="{360 * level + 360}" w:hanging="360"/></w:pPr></w:lvl>'
        for level in range(6)
    )
    return (
        f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="{abstract}">'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>',
        f'<w:num xmlns:w="{W}" w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>',
    )


def numbering(number: int) -> str:
    return f'{_HEAD}<w:numbering xmlns:w="{W}">{"".join(bullets(number, number))}</w:numbering>'


def properties(paper: Paper) -> str:
    written = paper.written_at
    if written.tzinfo:
        written = written.astimezone(UTC)
    moment = datetime.isoformat(written.replace(tzinfo=None), timespec="seconds") + "Z"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(paper.title)}</dc:title>"
        f"<dc:subject>{escape(paper.subtitle)}</dc:subject>"
        f"<dc:creator>{escape(paper.county)}</dc:creator>"
        f"<dc:language>{locale_of(paper.language)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "</cp:coreProperties>"
    )


def footer(paper: Paper, line: int) -> str:
    def field(code: str) -> str:
        return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    said = escape("  ·  ".join(part for part in (paper.county, paper.title) if part))
    side = "<w:bidi/>" if is_right_to_left(paper.language) else ""
    return (
        f'{_HEAD}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/><w:tabs>'
        f'<w:tab w:val="right" w:pos="{line}"/></w:tabs>{side}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{said}</w:t></w:r><w:r><w:tab/></w:r>'
        f'{field("PAGE")}<w:r><w:t xml:space="preserve"> / </w:t></w:r>{field("NUMPAGES")}'
        "</w:p></w:ftr>"
    )


def section(paper: Paper) -> str:
    """The page: size and margins in twentieths of a point."""
    short, long = (11906, 16838) if paper.paper_size == "a4" else (16838, 23811)
    width, height = (long, short) if paper.landscape else (short, long)
    turned = ' w:orient="landscape"' if paper.landscape else ""
    start, end = (850, 850) if paper.landscape else (1871, 1417)
    if paper.paper_size == "a3" and not paper.landscape:
        start, end = 2041, 1417
    return (
        f"<w:sectPr>{FOOTER_REFERENCE}"
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/><w:pgMar w:top="1134" '
        f'w:right="{end}" w:bottom="1247" w:left="{start}" w:header="567" w:footer="567" '
        'w:gutter="0"/></w:sectPr>'
    )


def table_start(widths: list[int], visual: str) -> str:
    thin = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    return (
        f'<w:tbl><w:tblPr>{visual}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblBorders><w:top {thin}/><w:bottom {thin}/><w:insideH {thin}/></w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="70" w:type="dxa"/>'
        '<w:left w:w="90" w:type="dxa"/><w:bottom w:w="70" w:type="dxa"/>'
        '<w:right w:w="90" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + "</w:tblGrid>"
    )
