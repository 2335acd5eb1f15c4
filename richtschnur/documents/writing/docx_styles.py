"""The styles of our DOCX files, each by name, so that a reference document can override it."""

from collections.abc import Collection
from dataclasses import dataclass
from xml.sax.saxutils import escape

from richtschnur.documents.paper import Paper
from richtschnur.documents.writing.cleaning import is_right_to_left, locale_of
from richtschnur.documents.writing.docx_parts import QUIET, RULE, W

# Found on office machines; others put a font of the same widths in its place.
FONT = "Calibri"
FONT_RIGHT_TO_LEFT = "Arial"


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes in half points, spaces in twentieths of a point; `colour` "" is the text's."""

    key: str
    name: str
    size: int = 21
    before: int = 0
    after: int = 120
    bold: bool = False
    colour: str = ""
    keeps: bool = False
    outline: int | None = None
    extra: str = ""


def styles_of(paper: Paper) -> tuple[Style, ...]:
    accent = paper.accent[1:].upper()
    cell = 19 if paper.paper_size == "a3" else 17 if paper.landscape else 18
    bar = f'<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="{RULE}"/></w:pBdr>'
    headings = ((32, 480), (26, 380), (23, 300), (21, 260), (21, 240), (21, 240))
    return (
        Style("Title", "Title", 48, 0, 160, True, accent, True),
        Style("Subtitle", "Subtitle", 26, 0, 240, False, QUIET, True),
        *(
            Style(
                f"Heading{level}",
                f"heading {level}",
                size,
                before,
                110,
                True,
                accent if level <= 2 else "",
                True,
                level - 1,
            )
            for level, (size, before) in enumerate(headings, start=1)
        ),
        Style("Quote", "Quote", 21, 120, 200, extra=bar),
        Style("Caption", "caption", 20, 200, 100, True, accent, True),
        Style("Footer", "footer", 16, 0, 0, colour=QUIET),
        Style("County", "Richtschnur County", 19, 0, 120, colour=QUIET, keeps=True),
        Style("Facts", "Richtschnur Facts", 18, 0, 30),
        Style("Lead", "Richtschnur Lead", 25, 120, 180, colour=accent),
        Style("Note", "Richtschnur Note", 18, 0, 100, colour=QUIET),
        Style("ListItem", "Richtschnur List", 21, 0, 60),
        Style("TableText", "Richtschnur Table Text", cell, 0, 0),
        Style("TableHead", "Richtschnur Table Head", cell, 0, 0, True, accent, True),
        Style("RoomLabel", "Richtschnur Room", 18, 160, 60, colour=QUIET, keeps=True),
        Style("FootnoteText", "footnote text", 18, 0, 40),
        Style("Spacer", "Richtschnur Spacer", 12, 0, 0),
    )


_CHARACTERS = (
    ("footnote reference", "FootnoteReference", '<w:vertAlign w:val="superscript"/>'),
    ("Hyperlink", "Hyperlink", '<w:u w:val="single"/>'),
)


def character_styles(known: Collection[str] = ()) -> str:
    """Our styles of characters but those whose ids are known."""
    return "".join(
        f'<w:style xmlns:w="{W}" w:type="character" w:styleId="{key}"><w:name w:val="{name}"/>'
        f"<w:rPr>{look}</w:rPr></w:style>"
        for name, key, look in _CHARACTERS
        if key not in known
    )


def style_xml(style: Style) -> str:
    keeps = "<w:keepNext/><w:keepLines/>" if style.keeps else ""
    calm = "<w:suppressAutoHyphens/>" if style.outline is not None or style.key == "Title" else ""
    level = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    return (
        f'<w:style xmlns:w="{W}" w:type="paragraph" w:styleId="{style.key}">'
        f'<w:name w:val="{escape(style.name)}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{keeps}{style.extra}{calm}"
        f'<w:spacing w:before="{style.before}" w:after="{style.after}"/>{level}</w:pPr>'
        f'<w:rPr>{bold}{colour}<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size + 2}"/>'
        "</w:rPr></w:style>"
    )


def stylesheet(paper: Paper) -> str:
    locale = locale_of(paper.language)
    right = is_right_to_left(paper.language)
    languages = f'w:val="{"en-GB" if right else locale}" w:bidi="{locale if right else "ar-SA"}"'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:styles xmlns:w="{W}">'
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" '
        f'w:eastAsia="{FONT}" w:cs="{FONT_RIGHT_TO_LEFT}"/><w:sz w:val="21"/>'
        f'<w:szCs w:val="23"/><w:lang {languages}/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr>'
        '</w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" '
        'w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        + "".join(map(style_xml, styles_of(paper)))
        + character_styles()
        + "</w:styles>"
    )
