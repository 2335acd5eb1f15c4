"""The styles of our ODT files; a county's reference document comes before them."""

import re
from pathlib import Path
from xml.sax.saxutils import escape

from richtschnur.documents.paper import Paper
from richtschnur.documents.writing import odf, references
from richtschnur.documents.writing.cleaning import is_right_to_left
from richtschnur.documents.writing.docx_styles import Style, styles_of

FONT = "Liberation Sans"
_NAMES = {
    "Quote": "Quotations",
    "ListItem": "List",
    "TableText": "Table_20_Contents",
    "TableHead": "Table_20_Heading",
    "FootnoteText": "Footnote",
}
_OURS = (
    "mimetype",
    "META-INF/",
    "content.xml",
    "meta.xml",
    "settings.xml",
    "Thumbnails/",
    "manifest.rdf",
    "Configurations2/",
)
_STYLE_NAME = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}name"


def page_name(paper: Paper) -> str:
    """The master page; upright A4 is the one that every document has."""
    if paper.landscape or paper.paper_size != "a4":
        return f"Paper_{paper.paper_size}_{'landscape' if paper.landscape else 'portrait'}"
    return "Standard"


def stylesheet(paper: Paper) -> str:
    right = is_right_to_left(paper.language)
    side, align = ("rl-tb", "right") if right else ("lr-tb", "left")
    defaults = (
        '<style:default-style style:family="paragraph"><style:paragraph-properties '
        f'style:writing-mode="{side}" fo:text-align="{align}" fo:line-height="120%" '
        'fo:hyphenation-ladder-count="no-limit"/><style:text-properties '
        f'fo:font-family="{FONT}" style:font-family-complex="{FONT}" fo:font-size="10pt" '
        'style:font-size-complex="11pt" fo:hyphenate="true" fo:hyphenation-remain-char-count="3" '
        f'fo:hyphenation-push-char-count="3" {odf.language_properties(paper.language)}/>'
        '</style:default-style><style:style style:name="Standard" style:family="paragraph"/>'
    )
    return (
        f"{odf.root('styles')}<office:styles>{defaults}{''.join(_named(paper).values())}"
        f"</office:styles><office:automatic-styles>{_layout(paper)}</office:automatic-styles>"
        f"<office:master-styles>{_master(paper)}</office:master-styles></office:document-styles>"
    )


def read_reference(path: Path, paper: Paper) -> dict[str, str | bytes]:
    """The reference's styles and pictures, with the styles it lacks.

    Raises Unwritable("reference") if the file is no sound ODT, OSError if unreadable.
    """
    parts = references.parts_of(path)
    kept = {name: part for name, part in parts.items() if not name.startswith(_OURS)}
    with references.soundness():
        styles = parts["styles.xml"]
        text = styles if isinstance(styles, str) else styles.decode("utf-8")
        return kept | {"styles.xml": _adopted(text, paper)}


def _adopted(text: str, paper: Paper) -> str:
    known = {element.get(_STYLE_NAME) for element in references.parsed(text).iter()}
    missing = "".join(xml for name, xml in _named(paper).items() if name not in known)
    text = _inserted(text, "office:styles", missing)
    if page_name(paper) not in known:
        text = _inserted(text, "office:automatic-styles", _layout(paper))
        text = _inserted(text, "office:master-styles", _master(paper))
    return text


def _inserted(text: str, element: str, addition: str) -> str:
    """Each added element declares the names it uses."""
    named = re.sub(
        r"<(style:style|style:page-layout|style:master-page|text:list-style)(?=[ >])",
        rf"<\1{odf.NAMES}",
        addition,
    )
    return text.replace(f"</{element}>", f"{named}</{element}>", 1)


def _named(paper: Paper) -> dict[str, str]:
    styles = {_name(style): _style(style) for style in styles_of(paper)}
    styles["Text_20_body"] = (
        '<style:style style:name="Text_20_body" style:display-name="Text body" '
        'style:family="paragraph" style:parent-style-name="Standard">'
        '<style:paragraph-properties fo:margin-bottom="2.1mm"/></style:style>'
    )
    styles["Strong"] = (
        '<style:style style:name="Strong" style:family="text">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
    )
    styles["Bullets"] = _list_style("Bullets", ("•", "–"))
    styles["Numbers"] = _list_style("Numbers", ())
    return styles


def _name(style: Style) -> str:
    heading = re.fullmatch(r"Heading(\d)", style.key)
    return f"Heading_20_{heading[1]}" if heading else _NAMES.get(style.key, style.key)


def _style(style: Style) -> str:
    name = _name(style)
    keeps = 'fo:keep-with-next="always" ' if style.keeps else ""
    bar = f'fo:border-left="1.5pt solid {odf.RULE}" fo:padding-left="3mm" '
    weight = 'fo:font-weight="bold" style:font-weight-complex="bold" ' if style.bold else ""
    colour = f'fo:color="#{style.colour.lower()}" ' if style.colour else ""
    calm = 'fo:hyphenate="false" ' if style.outline is not None or style.key == "Title" else ""
    level = "" if style.outline is None else f' style:default-outline-level="{style.outline + 1}"'
    return (
        f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}" '
        f'style:family="paragraph" style:parent-style-name="Standard"{level}>'
        f"<style:paragraph-properties {keeps}{bar if style.key == 'Quote' else ''}"
        f'fo:margin-top="{style.before / 20}pt" fo:margin-bottom="{style.after / 20}pt"/>'
        f'<style:text-properties {weight}{colour}{calm}fo:font-size="{style.size / 2 - 0.5}pt" '
        f'style:font-size-complex="{style.size / 2 + 0.5}pt"/></style:style>'
    )


def _list_style(name: str, signs: tuple[str, ...]) -> str:
    def level(depth: int) -> str:
        tag = "bullet" if signs else "number"
        sign = (
            f' text:bullet-char="{signs[(depth - 1) % len(signs)]}"'
            if signs
            else ' style:num-format=""'
        )
        step = 6 if signs else 9
        return (
            f'<text:list-level-style-{tag} text:level="{depth}"{sign}>'
            "<style:list-level-properties text:list-level-position-and-space-mode="
            '"label-alignment"><style:list-level-label-alignment '
            f'text:label-followed-by="{"listtab" if signs else "nothing"}" '
            f'text:list-tab-stop-position="{step * depth}mm" fo:text-indent="-{step}mm" '
            f'fo:margin-left="{step * depth}mm"/></style:list-level-properties>'
            f"</text:list-level-style-{tag}>"
        )

    levels = "".join(map(level, range(1, 7)))
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'


def _layout(paper: Paper) -> str:
    short, long = (210, 297) if paper.paper_size == "a4" else (297, 420)
    width, height = (long, short) if paper.landscape else (short, long)
    start, end = (15, 15) if paper.landscape else (33, 25)
    if is_right_to_left(paper.language):
        start, end = end, start
    turned = "landscape" if paper.landscape else "portrait"
    return (
        f'<style:page-layout style:name="{page_name(paper)}_layout">'
        f'<style:page-layout-properties fo:page-width="{width}mm" fo:page-height="{height}mm" '
        f'style:print-orientation="{turned}" fo:margin-top="20mm" fo:margin-bottom="10mm" '
        f'fo:margin-left="{start}mm" fo:margin-right="{end}mm"/><style:footer-style>'
        '<style:header-footer-properties fo:min-height="10mm" fo:margin-top="4mm"/>'
        "</style:footer-style></style:page-layout>"
        '<style:style style:name="FootLine" style:family="paragraph" '
        'style:parent-style-name="Footer"><style:paragraph-properties><style:tab-stops>'
        f'<style:tab-stop style:position="{width - start - end}mm" style:type="right"/>'
        "</style:tab-stops></style:paragraph-properties></style:style>"
    )


def _master(paper: Paper) -> str:
    said = escape("  ·  ".join(part for part in (paper.county, paper.title) if part))
    said = said.replace("  ", " <text:s/>")
    return (
        f'<style:master-page style:name="{page_name(paper)}" '
        f'style:page-layout-name="{page_name(paper)}_layout"><style:footer>'
        f'<text:p text:style-name="FootLine">{said}<text:tab/>'
        '<text:page-number text:select-page="current">1</text:page-number> / '
        "<text:page-count>1</text:page-count></text:p></style:footer></style:master-page>"
    )
