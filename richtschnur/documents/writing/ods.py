"""ODS, streamed: cells carry values, never formulas."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from richtschnur.documents.paper import Sheet, Value
from richtschnur.documents.writing import odf
from richtschnur.documents.writing.cells import as_text, column_widths, head_of, rows_of
from richtschnur.documents.writing.cleaning import clean, is_right_to_left

_SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def write_ods(sheet: Sheet, path: Path) -> None:
    written = sheet.written_at or datetime(1980, 1, 1, tzinfo=UTC)
    title = clean(sheet.title)
    head = head_of(sheet)
    rows = rows_of(sheet)
    first = list(islice(rows, 200))
    with tempfile.TemporaryFile() as spool, ZipFile(path, "w", ZIP_DEFLATED) as archive:
        count = _spool(spool, chain(first, rows))
        odf.start_package(archive, _SPREADSHEET, written, ["styles.xml", "settings.xml"])
        for name, content in (
            ("styles.xml", _styles(sheet)),
            ("meta.xml", odf.properties(title, "", "", sheet.language, written)),
            ("settings.xml", _settings(_name(title))),
        ):
            archive.writestr(odf.entry(name, written), content)
        with archive.open(odf.entry("content.xml", written), "w") as file:
            file.write(_start(_name(title), head, column_widths(head, first)).encode())
            shutil.copyfileobj(spool, file)
            file.write(_end(_name(title), len(head), count).encode())


def _spool(spool: IO[bytes], rows: Iterator[list[Value]]) -> int:
    count = 0
    for row in rows:
        count += 1
        spool.write(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>".encode())
    spool.seek(0)
    return count


def _cell(value: Value) -> str:
    match value:
        case None | "":
            return "<table:table-cell/>"
        case bool():
            kind = f'"boolean" office:boolean-value="{str(value).lower()}"'
        case int() | float():
            kind = f'"float" office:value="{value}"'
        case datetime():
            plain = value.replace(tzinfo=None, microsecond=0).isoformat()
            return _typed("moment", f'"date" office:date-value="{plain}"', value)
        case date():
            return _typed("day", f'"date" office:date-value="{value.isoformat()}"', value)
        case _:
            return _typed("text", '"string"', value)
    return _typed("plain", kind, value)


def _typed(style: str, kind: str, value: Value) -> str:
    lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in as_text(value).split("\n"))
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type={kind}>'
        f"{lines}</table:table-cell>"
    )


def _spaced(line: str) -> str:
    """White space that XML readers would fold, kept; tabs have no place in a cell."""
    escaped = escape(line).replace("\t", " ")
    if escaped[:1] == " ":
        escaped = "<text:s/>" + escaped[1:]
    return escaped.replace("  ", " <text:s/>")


def _start(name: str, head: Sequence[str], widths: Sequence[float]) -> str:
    styles = "".join(
        f'<style:style style:name="c{column}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * 2.1:.1f}mm"/></style:style>'
        for column, width in enumerate(widths)
    )
    columns = "".join(
        f'<table:table-column table:style-name="c{column}"/>' for column in range(len(head))
    )
    titles = "".join(_typed("head", '"string"', title) for title in head)
    return (
        f"{odf.root('content')}<office:automatic-styles>{styles}{_CELL_STYLES}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="{escape(name, {chr(34): "&quot;"})}" table:style-name="sheet">'
        f"{columns or '<table:table-column/>'}<table:table-header-rows><table:table-row>"
        f"{titles or '<table:table-cell/>'}</table:table-row></table:table-header-rows>"
    )


def _end(name: str, columns: int, rows: int) -> str:
    quoted = name.replace("'", "''")
    area = f"'{quoted}'.A1:'{quoted}'.{_letters(columns)}{rows + 1}"
    filtered = (
        ""
        if not columns
        else (
            '<table:database-ranges><table:database-range table:name="all" '
            f'table:target-range-address="{escape(area, {chr(34): "&quot;"})}" '
            'table:display-filter-buttons="true"/></table:database-ranges>'
        )
    )
    return f"</table:table>{filtered}</office:spreadsheet></office:body></office:document-content>"


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _styles(sheet: Sheet) -> str:
    side = "rl-tb" if is_right_to_left(sheet.language) else "lr-tb"
    return (
        f'{odf.root("styles")}<office:styles><style:default-style style:family="table-cell">'
        '<style:text-properties fo:font-family="Liberation Sans" fo:font-size="10pt" '
        f"{odf.language_properties(sheet.language)}/></style:default-style></office:styles>"
        '<office:automatic-styles><style:page-layout style:name="page">'
        '<style:page-layout-properties fo:page-width="297mm" fo:page-height="210mm" '
        f'style:print-orientation="landscape" style:writing-mode="{side}" '
        'style:scale-to-X="1" style:scale-to-Y="0" fo:margin="12mm"/></style:page-layout>'
        "</office:automatic-styles><office:master-styles><style:master-page "
        'style:name="Default" style:page-layout-name="page"/></office:master-styles>'
        "</office:document-styles>"
    )


def _settings(name: str) -> str:
    """The head row stays in sight."""

    def item(key: str, kind: str, value: str | int) -> str:
        return (
            f'<config:config-item config:name="{key}" config:type="{kind}">{value}'
            "</config:config-item>"
        )

    quoted = escape(name, {'"': "&quot;"})
    frozen = (
        item("VerticalSplitMode", "short", 2)
        + item("VerticalSplitPosition", "int", 1)
        + item("ActiveSplitRange", "short", 2)
        + item("PositionTop", "int", 0)
        + item("PositionBottom", "int", 1)
    )
    return (
        f"{odf.root('settings')}<office:settings><config:config-item-set "
        'config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item-map-named config:name="Tables">'
        f'<config:config-item-map-entry config:name="{quoted}">{frozen}'
        "</config:config-item-map-entry></config:config-item-map-named>"
        f"{item('ActiveTable', 'string', quoted)}"
        "</config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


def _name(title: str) -> str:
    return (
        " ".join("".join(" " if sign in "[]*?:/\\'" else sign for sign in title).split())[
            :31
        ].strip()
        or "Sheet"
    )


def _number_style(name: str, parts: str) -> str:
    return f'<number:date-style style:name="{name}">{parts}</number:date-style>'


def _cell_style(name: str, number: str = "", wraps: bool = False, strong: bool = False) -> str:
    data = f' style:data-style-name="{number}"' if number else ""
    wrap = ' fo:wrap-option="wrap"' if wraps else ""
    shade = ' fo:background-color="#eef2f3"' if strong else ""
    weight = '<style:text-properties fo:font-weight="bold"/>' if strong else ""
    return (
        f'<style:style style:name="{name}" style:family="table-cell"{data}>'
        f'<style:table-cell-properties style:vertical-align="top"{wrap}{shade}/>{weight}'
        "</style:style>"
    )


_DAY = (
    '<number:year number:style="long"/><number:text>-</number:text><number:month '
    'number:style="long"/><number:text>-</number:text><number:day number:style="long"/>'
)
_TIME = (
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:'
    '</number:text><number:minutes number:style="long"/>'
)
_CELL_STYLES = (
    _number_style("iso-day", _DAY)
    + _number_style("iso-moment", _DAY + _TIME)
    + '<number:text-style style:name="as-text"><number:text-content/></number:text-style>'
    + _cell_style("plain")
    + _cell_style("day", "iso-day")
    + _cell_style("moment", "iso-moment")
    + _cell_style("text", "as-text", wraps=True)
    + _cell_style("head", "as-text", wraps=True, strong=True)
    + '<style:style style:name="sheet" style:family="table" style:master-page-name="Default">'
    '<style:table-properties table:display="true"/></style:style>'
)
