"""What ODT and ODS files share: the package, its properties, names and styles."""

from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from richtschnur.documents.writing.cleaning import is_right_to_left, locale_of
from richtschnur.documents.writing.pictures import ENDINGS

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = (
    "".join(
        f' xmlns:{prefix}="{_OASIS}{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("style", "style"),
            ("text", "text"),
            ("table", "table"),
            ("number", "datastyle"),
            ("meta", "meta"),
            ("fo", "xsl-fo-compatible"),
            ("svg", "svg-compatible"),
            ("draw", "drawing"),
            ("config", "config"),
        )
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
RULE = "#b9bfc3"
TABLE = (
    '<style:style style:name="Grid" style:family="table"><style:table-properties '
    'style:rel-width="100%" table:align="margins" table:border-model="collapsing" '
    'style:may-break-between-rows="true"/></style:style>'
    '<style:style style:name="GridMirrored" style:family="table"><style:table-properties '
    'style:rel-width="100%" table:align="margins" table:border-model="collapsing" '
    'style:may-break-between-rows="true" style:writing-mode="rl-tb"/></style:style>'
    '<style:style style:name="Row" style:family="table-row"><style:table-row-properties '
    'fo:keep-together="auto"/></style:style>'
    '<style:style style:name="WholeRow" style:family="table-row"><style:table-row-properties '
    'fo:keep-together="always"/></style:style>'
    '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties '
    f'fo:padding="1.4mm" fo:border-bottom="0.5pt solid {RULE}"/></style:style>'
    '<style:style style:name="HeadCell" style:family="table-cell"><style:table-cell-properties '
    f'fo:padding="1.4mm" fo:background-color="#eef2f3" fo:border-top="0.5pt solid {RULE}" '
    f'fo:border-bottom="0.5pt solid {RULE}"/></style:style>'
)
GRAPHICS = (
    '<style:style style:name="PictureFrame" style:family="graphic"><style:graphic-properties '
    'style:vertical-pos="top" style:vertical-rel="baseline" style:wrap="none" '
    'fo:border="none"/></style:style>'
    '<style:style style:name="PictureKept" style:family="paragraph" '
    'style:parent-style-name="Text_20_body"><style:paragraph-properties '
    'fo:keep-with-next="always"/></style:style>'
    '<style:style style:name="PictureCaption" style:family="paragraph" '
    'style:parent-style-name="Caption"><style:paragraph-properties fo:keep-with-next="auto"/>'
    "</style:style>"
)
ROOM = (
    '<style:style style:name="RoomCell" style:family="table-cell"><style:table-cell-properties '
    f'fo:padding="1.6mm" fo:border="0.5pt solid {RULE}"/></style:style>'
    '<style:style style:name="RoomSection" style:family="section">'
    "<style:section-properties/></style:style>"
)


def root(part: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-{part}{NAMES} '
        'office:version="1.3">'
    )


def entry(name: str, written_at: datetime, compression: int = ZIP_DEFLATED) -> ZipInfo:
    info = ZipInfo(name, max(written_at.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
    info.compress_type = compression
    return info


def start_package(archive: ZipFile, kind: str, written_at: datetime, parts: Iterable[str]) -> None:
    """Writes the type, which has to come first and uncompressed, and the list of parts."""
    archive.writestr(entry("mimetype", written_at, ZIP_STORED), kind)
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{escape(name)}" manifest:media-type="{media}"/>'
        for name, media in (
            ("/", kind),
            *((part, media_type(part)) for part in sorted({"content.xml", "meta.xml", *parts})),
        )
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest='
        f'"{_OASIS}manifest:1.0" manifest:version="1.3">{listed}</manifest:manifest>'
    )
    archive.writestr(entry("META-INF/manifest.xml", written_at), manifest)


def media_type(part: str) -> str:
    endings = {"xml": "text/xml"} | {end: kind for kind, end in ENDINGS.items()}
    return endings.get(part.rpartition(".")[2].lower(), "")


def properties(title: str, subject: str, creator: str, language: str, at: datetime) -> str:
    moment = at.isoformat(timespec="seconds")
    return (
        f"{root('meta')}<office:meta><dc:title>{escape(title)}</dc:title>"
        f"<dc:subject>{escape(subject)}</dc:subject><dc:creator>{escape(creator)}</dc:creator>"
        f"<dc:date>{moment}</dc:date><meta:creation-date>{moment}</meta:creation-date>"
        f"<dc:language>{locale_of(language)}</dc:language></office:meta></office:document-meta>"
    )


def language_properties(language: str) -> str:
    """Attributes for text properties; office programs ask for right-to-left ones apart."""
    first, _, region = locale_of(language).partition("-")
    if is_right_to_left(language):
        return f'style:language-complex="{first}" style:country-complex="{region}"'
    return f'fo:language="{first}" fo:country="{region}"'


def paragraph_variant(
    name: str, parent: str, language: str, breaks_page: bool, master_page: str
) -> str:
    paragraph = 'fo:break-before="page" ' if breaks_page and not master_page else ""
    if language:
        # "start" is drawn as "left" by some programs, whatever the direction.
        side, align = ("rl-tb", "right") if is_right_to_left(language) else ("lr-tb", "left")
        paragraph += f'style:writing-mode="{side}" fo:text-align="{align}"'
    text = f"<style:text-properties {language_properties(language)}/>" if language else ""
    page = f' style:master-page-name="{master_page}"' if master_page else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph" '
        f'style:parent-style-name="{parent}"{page}>'
        f"<style:paragraph-properties {paragraph}/>{text}</style:style>"
    )
