"""The styles of a DOCX with the names that Word gives them in a German office."""

from __future__ import annotations

from richtschnur.bench.papers.offices.docx_parts import HEAD, W
from richtschnur.bench.papers.offices.sheet import Heading, Sheet


def styles(sheet: Sheet) -> str:
    counted = any(isinstance(one, Heading) and one.is_counted for one in sheet.parts)
    made = [_style("Standard", "Normal", "", "", '<w:spacing w:after="120"/><w:jc w:val="both"/>')]
    for level, size in enumerate((32, 28, 24, 22, 22), 1):
        numbered = (
            f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr>'
            if counted
            else ""
        )
        properties = (
            f'<w:keepNext/>{numbered}<w:spacing w:before="240"/><w:outlineLvl w:val="{level - 1}"/>'
        )
        made.append(
            _style(
                f"berschrift{level}",
                f"heading {level}",
                "Standard",
                f'<w:b/><w:sz w:val="{size}"/>',
                properties,
            )
        )
        made.append(_style(f"Verzeichnis{level}", f"toc {level}", "Standard"))
    made += [
        _style("Titel", "Title", "Standard", '<w:b/><w:sz w:val="48"/>'),
        _style("Untertitel", "Subtitle", "Standard", '<w:i/><w:sz w:val="28"/>'),
        _style("Zitat", "Quote", "Standard", "<w:i/>", '<w:ind w:left="720" w:right="720"/>'),
        _style("Beschriftung", "caption", "Standard", '<w:i/><w:sz w:val="18"/>'),
        _style("Listenabsatz", "List Paragraph", "Standard", "", "<w:contextualSpacing/>"),
        _style(
            "Inhaltsverzeichnisberschrift",
            "TOC Heading",
            "berschrift1",
            "",
            '<w:outlineLvl w:val="9"/><w:numPr><w:numId w:val="0"/></w:numPr>',
        ),
        _style("Funotentext", "footnote text", "Standard", '<w:sz w:val="18"/>'),
        '<w:style w:type="character" w:styleId="Funotenzeichen"><w:name'
        ' w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
    ]
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Liberation Sans"'
        ' w:hAnsi="Liberation Sans" w:cs="DejaVu Sans"/><w:sz w:val="22"/><w:lang w:val="de-DE"'
        ' w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    return f"{HEAD}<w:styles {W}>{defaults}{''.join(made)}</w:styles>"


def _style(key: str, name: str, base: str, run_properties: str = "", properties: str = "") -> str:
    default = ' w:default="1"' if key == "Standard" else ""
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run_properties}</w:rPr></w:style>"
    )
