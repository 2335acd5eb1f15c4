"""The parts of a DOCX around its paragraphs, as Word writes them in a German office."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from richtschnur.bench.papers.offices.sheet import Heading, Sheet, Table

FIRST_LIST: Final = 10
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R: Final = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_SPACES: Final = (
    f"{W} {_R}"
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" mc:Ignorable=""'
)
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CELL_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def run(text: str, properties: str = "") -> str:
    head = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    inner = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split("\t")
    )
    return f"<w:r>{head}{inner}</w:r>"


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{run(text, properties)}</w:p>"


def document(body: str) -> str:
    return f"{HEAD}<w:document {_SPACES}><w:body>{body}</w:body></w:document>"


def section(columns: int) -> str:
    more = f'<w:cols w:num="{columns}" w:space="567"/>' if columns > 1 else "<w:cols/>"
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdHead"/>'
        '<w:footerReference w:type="default" r:id="rIdFoot"/><w:type w:val="continuous"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1304" w:bottom="1134"'
        f' w:left="1304" w:header="708" w:footer="708" w:gutter="0"/>{more}</w:sectPr>'
    )


def text_box(number: int, texts: Iterable[str]) -> str:
    """A frame beside its paragraph, and once more for older programs, as Word does."""
    inner = "<w:txbxContent>" + "".join(paragraph(one) for one in texts) + "</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0"'
        ' distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="2" behindDoc="0"'
        ' locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:align>right</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="5800000" cy="720000"/><wp:wrapTopAndBottom/>'
        f'<wp:docPr id="{number}" name="Textfeld {number}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        'wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0"'
        ' y="0"/><a:ext cx="5800000" cy="720000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom></wps:spPr><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f'<v:shape type="#_x0000_t202"><v:textbox>{inner}</v:textbox></v:shape></w:pict>'
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def drawing(number: int, description: str) -> str:
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="1800000" cy="900000"/><wp:docPr id="{number}" name="Grafik {number}"'
        f" descr={quoteattr(description)}/><a:graphic><a:graphicData"
        ' uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="image1.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="rIdImage"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="900000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def picture() -> bytes:
    """A small grey PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = zlib.compress((b"\0" + b"\x80" * 24) * 12)
    head = struct.pack(">IIBBBBB", 24, 12, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def contents(lines: Sequence[tuple[int, str]]) -> str:
    """A table of contents: a field in a content control, as Word makes it."""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        ' TOC \\o "1-3" \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    rows = []
    for at, (level, words) in enumerate(lines):
        lead = begin if at == 0 else ""
        tail = run(f"{words}\t{at + 2}")
        rows.append(f'<w:p><w:pPr><w:pStyle w:val="Verzeichnis{level}"/></w:pPr>{lead}{tail}</w:p>')
    end = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
        + paragraph("Inhalt", "Inhaltsverzeichnisberschrift")
        + "".join(rows)
        + end
        + "</w:sdtContent></w:sdt>"
    )


def table(one: Table) -> str:
    count = len(one.rows[0])
    widths = one.widths or (100 // count,) * count
    grid = "".join(f'<w:gridCol w:w="{90 * width}"/>' for width in widths)
    rows = []
    for at, row in enumerate(one.rows):
        is_wide = at in one.spans
        cells = []
        for place, text in enumerate(row[:1] if is_wide else row):
            width = 9000 if is_wide else 90 * widths[place]
            span = f'<w:gridSpan w:val="{count}"/>' if is_wide else ""
            bold = "<w:b/>" if place == 0 or at == 0 else ""
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}</w:tcPr>'
                + paragraph(text, "", bold)
                + "</w:tc>"
            )
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders>{_CELL_BORDERS}'
        '</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def footnotes(notes: Sequence[str]) -> str:
    made = "".join(
        f'<w:footnote w:id="{at}"><w:p><w:pPr><w:pStyle w:val="Funotentext"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="Funotenzeichen"/></w:rPr><w:footnoteRef/></w:r>'
        f"{run(' ' + text)}</w:p></w:footnote>"
        for at, text in enumerate(notes, 1)
    )
    ends = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
        "<w:continuationSeparator/></w:r></w:p></w:footnote>"
    )
    return f"{HEAD}<w:footnotes {W}>{ends}{made}</w:footnotes>"


def numbering(sheet: Sheet, lists: Sequence[str]) -> str:
    headings = [one for one in sheet.parts if isinstance(one, Heading)]
    dot = "." if any(one.is_counted and one.number.endswith(".") for one in headings) else ""
    label = next((one.number for one in headings if one.number.endswith(":")), "Leitlinie 1:")
    label = label.replace("1", "%1")
    outline = "".join(
        _level(
            at, "decimal", ".".join(f"%{n}" for n in range(1, at + 2)) + dot, f"berschrift{at + 1}"
        )
        for at in range(5)
    )
    bullets = "".join(_level(at, "bullet", "\uf0b7o\uf0a7"[at % 3]) for at in range(3))
    decimals = "".join(
        _level(at, ("decimal", "lowerLetter", "lowerRoman")[at], f"%{at + 1}.") for at in range(3)
    )
    letters = "".join(
        _level(at, ("lowerLetter", "decimal", "lowerRoman")[at], f"%{at + 1})") for at in range(3)
    )
    kinds = [outline, bullets, decimals, letters, _level(0, "decimal", label)]
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="multilevel"/>{levels}'
        "</w:abstractNum>"
        for at, levels in enumerate(kinds)
    )
    nums = "".join(_num(at + 1, at) for at in range(5))
    for at, form in enumerate(lists, FIRST_LIST + 1):
        nums += _num(at, {"•": 1, "1.": 2, "a)": 3}[form], restarts=form != "•")
    return f"{HEAD}<w:numbering {W}>{abstract}{nums}</w:numbering>"


def _num(number: int, abstract: int, *, restarts: bool = False) -> str:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    return (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
        f"{start if restarts else ''}</w:num>"
    )


def _level(at: int, form: str, text: str, style: str = "") -> str:
    tied = f'<w:pStyle w:val="{style}"/>' if style else ""
    font = (
        '<w:rPr><w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/></w:rPr>' if form == "bullet" else ""
    )
    indent = "" if style else f'<w:pPr><w:ind w:left="{360 * (at + 1)}" w:hanging="360"/></w:pPr>'
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{tied}'
        f'<w:suff w:val="{"space" if ":" in text else "tab"}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/>{indent}{font}</w:lvl>'
    )


def fixed(header: str) -> dict[str, str]:
    """Types, relations, header and footer with the fields of a page's number."""
    kinds = (
        "document.main:document",
        "styles:styles",
        "numbering:numbering",
        "footnotes:footnotes",
        "header:header1",
        "footer:footer1",
    )
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for kind, name in (one.split(":") for one in kinds)
    )
    targets = {
        "rIdStyles": ("styles", "styles.xml"), "rIdNumbers": ("numbering", "numbering.xml"),
        "rIdNotes": ("footnotes", "footnotes.xml"), "rIdHead": ("header", "header1.xml"),
        "rIdFoot": ("footer", "footer1.xml"), "rIdImage": ("image", "media/image1.png"),
    }  # fmt: skip
    relations = "".join(
        f'<Relationship Id="{key}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    spaces = "http://schemas.openxmlformats.org/package/2006"
    page = "".join(
        f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r><w:fldSimple w:instr=" {name} "><w:r>'
        "<w:t>1</w:t></w:r></w:fldSimple>"
        for words, name in (("Seite ", "PAGE"), (" von ", "NUMPAGES"))
    )
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{spaces}/content-types"><Default'
        ' Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png"'
        f' ContentType="image/png"/>{overrides}</Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{spaces}/relationships"><Relationship'
        f' Id="rId1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{spaces}/relationships">'
        f'{relations}<Relationship Id="rIdLink" Type="{_RELATION}/hyperlink"'
        ' Target="https://www.example.org/konzept" TargetMode="External"/></Relationships>',
        "word/header1.xml": f"{HEAD}<w:hdr {W}>{paragraph(header)}</w:hdr>",
        "word/footer1.xml": f"{HEAD}<w:ftr {W}><w:p>{page}</w:p></w:ftr>",
    }
