"""The parts of an ODT around its paragraphs, as Writer saves them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from xml.sax.saxutils import escape

from richtschnur.bench.papers.offices.sheet import Heading, Sheet, Table

MIME: Final = "application/vnd.oasis.opendocument.text"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES: Final = (
    f'xmlns:office="{_OASIS}:office:1.0" xmlns:style="{_OASIS}:style:1.0"'
    f' xmlns:text="{_OASIS}:text:1.0" xmlns:table="{_OASIS}:table:1.0"'
    f' xmlns:draw="{_OASIS}:drawing:1.0" xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0"'
    f' xmlns:svg="{_OASIS}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)
_SIZES: Final = (16, 14, 12, 11, 11)


def manifest() -> str:
    entries = (("/", MIME), ("content.xml", "text/xml"), ("styles.xml", "text/xml"))
    made = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (*entries, ("Pictures/image1.png", "image/png"))
    )
    return (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0"'
        f' manifest:version="1.3">{made}</manifest:manifest>'
    )


def spaced(text: str) -> str:
    """White space at the ends is written as Writer writes it."""
    words = escape(text)
    return re.sub(r"^ | $", "<text:s/>", words)


def content(body: str) -> str:
    return (
        f"{_HEAD}<office:document-content {_SPACES}><office:automatic-styles>{_automatic()}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )


def _automatic() -> str:
    spans = (
        ("T_bold", 'fo:font-weight="bold"'),
        ("T_italic", 'fo:font-style="italic"'),
        ("T_arabic", 'style:language-complex="ar" style:country-complex="SA"'),
    )
    made = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {look}/>'
        "</style:style>"
        for name, look in spans
    )
    for level, size in enumerate((16, 14, 12, 11.5), 1):
        made += (
            f'<style:style style:name="P_bold{level}" style:family="paragraph"'
            ' style:parent-style-name="Standard"><style:text-properties fo:font-weight="bold"'
            f' fo:font-size="{size}pt"/></style:style>'
        )
    made += (
        '<style:style style:name="P_list" style:family="paragraph"'
        ' style:parent-style-name="Text_20_body"/>'
        '<style:style style:name="P_page" style:family="paragraph"'
        ' style:parent-style-name="Standard"><style:paragraph-properties'
        ' fo:break-before="page"/></style:style>'
        '<style:style style:name="S_columns" style:family="section"><style:section-properties>'
        '<style:columns fo:column-count="2" fo:column-gap="0.8cm"/></style:section-properties>'
        '</style:style><style:style style:name="C_cell" style:family="table-cell">'
        '<style:table-cell-properties fo:border="0.5pt solid #808080" fo:padding="0.1cm"/>'
        "</style:style>"
    )
    return made + _lists()


def _lists() -> str:
    def bullet(level: int) -> str:
        sign = "\uf0b7o▪"[level - 1]
        return f'<text:list-level-style-bullet text:level="{level}" text:bullet-char="{sign}"/>'

    def numbers(forms: str, suffix: str) -> str:
        return "".join(
            f'<text:list-level-style-number text:level="{at}" style:num-format="{form}"'
            f' style:num-suffix="{suffix}"/>'
            for at, form in enumerate(forms, 1)
        )

    kinds = {
        "L_bullets": "".join(bullet(level) for level in (1, 2, 3)),
        "L_decimals": numbers("1ai", "."),
        "L_letters": numbers("a1i", ")"),
        "L_label": '<text:list-level-style-number text:level="1" style:num-format="1"'
        ' style:num-prefix="Leitlinie " style:num-suffix=":"/>',
    }
    return "".join(
        f'<text:list-style style:name="{name}">{levels}</text:list-style>'
        for name, levels in kinds.items()
    )


def styles(sheet: Sheet) -> str:
    headings = [one for one in sheet.parts if isinstance(one, Heading)]
    dot = "." if any(one.is_counted and one.number.endswith(".") for one in headings) else ""
    counted = any(one.is_counted for one in headings)
    made = [
        '<style:default-style style:family="paragraph"><style:text-properties'
        ' style:font-name="Liberation Sans" fo:font-size="11pt" fo:language="de"'
        ' fo:country="DE" style:language-complex="ar" style:country-complex="SA"/>'
        "</style:default-style>",
        _style("Standard", "", ""),
        _style("Text_20_body", "Standard", "", name="Text body"),
        _style("Heading", "Standard", 'fo:font-weight="bold" fo:font-size="14pt"'),
        _style("Title", "Heading", 'fo:font-size="24pt"'),
        _style("Subtitle", "Heading", 'fo:font-size="14pt" fo:font-weight="normal"'),
        _style("Quotations", "Standard", 'fo:font-style="italic"'),
        _style("Caption", "Standard", 'fo:font-style="italic" fo:font-size="9pt"'),
        _style("Footnote", "Standard", 'fo:font-size="9pt"'),
        _style("Contents_20_1", "Standard", "", name="Contents 1"),
        _style("Contents_20_Heading", "Heading", "", name="Contents Heading"),
    ]
    for level, size in enumerate(_SIZES, 1):
        name = f"Heading {level}"
        look = f'fo:font-size="{size}pt"'
        made.append(_style(f"Heading_20_{level}", "Heading", look, name=name, level=level))
    form = "1" if counted else ""
    levels = "".join(
        f'<text:outline-level-style text:level="{level}" style:num-format="{form}"'
        f' style:num-suffix="{dot}" text:display-levels="{level}"/>'
        for level in range(1, 6)
    )
    outline = f'<text:outline-style style:name="Outline">{levels}</text:outline-style>'
    page = (
        '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm"'
        ' fo:page-height="29.7cm" fo:margin="2.3cm"/></style:page-layout>'
    )
    master = (
        '<style:master-page style:name="Standard" style:page-layout-name="A4"><style:header>'
        f"<text:p>{escape(sheet.header)}</text:p></style:header><style:footer><text:p>"
        f"{sheet.footer} <text:page-number>1</text:page-number></text:p></style:footer>"
        "</style:master-page>"
    )
    return (
        f"{_HEAD}<office:document-styles {_SPACES}><office:styles>{''.join(made)}{outline}"
        f"</office:styles><office:automatic-styles>{page}</office:automatic-styles>"
        f"<office:master-styles>{master}</office:master-styles></office:document-styles>"
    )


def _style(key: str, parent: str, look: str, *, name: str = "", level: int = 0) -> str:
    shown = f' style:display-name="{name}"' if name else ""
    above = f' style:parent-style-name="{parent}"' if parent else ""
    outline = f' style:default-outline-level="{level}"' if level else ""
    return (
        f'<style:style style:name="{key}"{shown} style:family="paragraph"{above}{outline}>'
        f"<style:text-properties {look}/></style:style>"
    )


def frame(number: int, texts: Iterable[str]) -> str:
    inner = "".join(f'<text:p text:style-name="Standard">{escape(one)}</text:p>' for one in texts)
    return (
        f'<draw:frame draw:name="Rahmen{number}" text:anchor-type="paragraph" svg:width="15cm">'
        f'<draw:text-box fo:min-height="1.5cm">{inner}</draw:text-box></draw:frame>'
    )


def image(number: int, description: str) -> str:
    return (
        f'<draw:frame draw:name="Bild{number}" text:anchor-type="as-char" svg:width="5cm"'
        ' svg:height="2.5cm"><draw:image xlink:href="Pictures/image1.png" xlink:type="simple"/>'
        f"<svg:title>{escape(description)}</svg:title></draw:frame>"
    )


def change(number: int, kind: str, words: str) -> str:
    info = (
        "<office:change-info><dc:creator>Amt</dc:creator><dc:date>2027-01-10T10:00:00</dc:date>"
        "</office:change-info>"
    )
    inner = f"<text:insertion>{info}</text:insertion>"
    if kind == "deleted":
        inner = f"<text:deletion>{info}<text:p>{words}</text:p></text:deletion>"
    return (
        f'<text:changed-region xml:id="c{number}" text:id="c{number}">{inner}</text:changed-region>'
    )


def contents(lines: Sequence[str]) -> str:
    rows = "".join(
        f'<text:p text:style-name="Contents_20_1">{escape(line)}<text:tab/>{at}</text:p>'
        for at, line in enumerate(lines, 2)
    )
    return (
        '<text:table-of-content text:name="Inhalt"><text:table-of-content-source'
        ' text:outline-level="3"/><text:index-body><text:index-title text:name="Inhalt_Kopf">'
        '<text:p text:style-name="Contents_20_Heading">Inhalt</text:p></text:index-title>'
        f"{rows}</text:index-body></text:table-of-content>"
    )


def table(one: Table, number: int) -> str:
    count = len(one.rows[0])
    rows = []
    for at, row in enumerate(one.rows):
        cells = []
        is_wide = at in one.spans
        for place, text in enumerate(row[:1] if is_wide else row):
            wide = f' table:number-columns-spanned="{count}"' if is_wide else ""
            look = "T_bold" if place == 0 or at == 0 else ""
            words = escape(text)
            words = f'<text:span text:style-name="{look}">{words}</text:span>' if look else words
            cells.append(
                f'<table:table-cell table:style-name="C_cell"{wide}><text:p'
                f' text:style-name="Standard">{words}</text:p></table:table-cell>'
            )
        if is_wide:
            cells += ["<table:covered-table-cell/>"] * (count - 1)
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return (
        f'<table:table table:name="Tabelle{number}"><table:table-column'
        f' table:number-columns-repeated="{count}"/>{"".join(rows)}</table:table>'
    )
