"""XLSX in constant memory. Texts are texts: no formula, no link."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import chain, islice
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from richtschnur.documents.paper import Sheet, Unwritable, Value
from richtschnur.documents.writing.cells import as_text, column_widths, head_of, rows_of
from richtschnur.documents.writing.cleaning import clean, is_right_to_left

MOST_ROWS = 1_048_576
MOST_UNITS = 32_767  # UTF-16 units in a cell
_PART = 30_000  # characters; leaves room for characters of two units
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def write_xlsx(sheet: Sheet, path: Path) -> None:
    """Raises Unwritable("too-many-rows") beyond what a worksheet holds."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
        "default_date_format": "yyyy-mm-dd hh:mm",
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        written = sheet.written_at or datetime(1980, 1, 1, tzinfo=UTC)
        book.set_properties(
            {"title": clean(sheet.title)[:255], "created": written.replace(tzinfo=None)}
        )
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        number = book.add_format({"valign": "top"})
        day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})
        moment = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd hh:mm"})
        head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EEF2F3", "bottom": 1}
        )
        page = book.add_worksheet(_sheet_name(sheet.title))
        writer = _Rows(page, sheet, text, number, day, moment)
        writer.write(head)
        if writer.cut:
            rest = book.add_worksheet(_sheet_name(sheet.overflow, taken=page.get_name()))
            _write_rest(rest, writer.cut, text)


class _Rows:
    """Writes the rows and remembers the texts that were too long: cell, text."""

    def __init__(
        self,
        page: Worksheet,
        sheet: Sheet,
        text: Format,
        number: Format,
        day: Format,
        moment: Format,
    ) -> None:
        self.page, self.sheet = page, sheet
        self.text, self.number, self.day, self.moment = text, number, day, moment
        self.cut: list[tuple[str, str]] = []

    def write(self, head_format: Format) -> None:
        page, head = self.page, head_of(self.sheet)
        rows = rows_of(self.sheet)
        first = list(islice(rows, 200))
        _furnish(page, self.sheet, column_widths(head, first))
        for column, title in enumerate(head):
            page.write_string(0, column, title[:_PART], head_format)
        index = 0
        for index, row in enumerate(chain(first, rows), start=1):
            if index >= MOST_ROWS:
                raise Unwritable("too-many-rows", str(MOST_ROWS - 1))
            for column, value in enumerate(row):
                self._cell(index, column, value)
        if head:
            page.autofilter(0, 0, index, len(head) - 1)

    def _cell(self, row: int, column: int, value: Value) -> None:
        page = self.page
        match value:
            case None | "":
                return
            case bool():
                page.write_boolean(row, column, value, self.number)
            case int() | float():
                page.write_number(row, column, value, self.number)
            case date() if value.year < 1900:  # before the first day that XLSX knows
                page.write_string(row, column, as_text(value), self.text)
            case datetime():
                page.write_datetime(row, column, value, self.moment)
            case date():
                page.write_datetime(row, column, value, self.day)
            case str():
                page.write_string(row, column, self._fitting(row, column, value), self.text)

    def _fitting(self, row: int, column: int, text: str) -> str:
        """The text; or its beginning with a mark that says where the whole stands."""
        if len(text) + sum(sign > "\uffff" for sign in text) <= MOST_UNITS:
            return text
        cell = xlsxwriter.utility.xl_rowcol_to_cell(row, column)
        self.cut.append((cell, text))
        return f"{_beginning(text)} […] → {clean(self.sheet.overflow)[:99]}, {cell}"


def _furnish(page: Worksheet, sheet: Sheet, widths: Iterable[float]) -> None:
    page.freeze_panes(1, 0)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    if is_right_to_left(sheet.language):
        page.right_to_left()


def _write_rest(page: Worksheet, cut: list[tuple[str, str]], text: Format) -> None:
    """One row a part: the cell it belongs to, which part of how many, the text."""
    page.set_column(2, 2, 100)
    row = 0
    for cell, whole in cut:
        parts = list(_parts(whole))
        for index, part in enumerate(parts, start=1):
            page.write_string(row, 0, cell, text)
            page.write_string(row, 1, f"{index}/{len(parts)}", text)
            page.write_string(row, 2, part, text)
            row += 1


def _parts(text: str) -> Iterator[str]:
    while text:
        part = _beginning(text)
        yield part
        text = text[len(part) :]


def _beginning(text: str) -> str:
    part = text[:_PART]
    while len(part) + sum(sign > "\uffff" for sign in part) > MOST_UNITS - 200:
        part = part[: len(part) * 3 // 4]
    return part


def _sheet_name(title: str, taken: str = "") -> str:
    name = " ".join(clean(title).translate(_FORBIDDEN).split())[:31].strip() or "Sheet"
    if name.lower() == "history":
        name += "_"
    return name if name.lower() != taken.lower() else f"{name[:29]} 2"
