"""Plain data becomes files: papers for reading, sheets for reckoning.

`write` makes HTML, DOCX, ODT, PDF/UA or Markdown of a `Paper`; `write_table` makes XLSX,
ODS, CSV or JSON of a `Sheet`. A file appears whole or not at all; an existing one is
overwritten. OSError passes through; what cannot be made raises `Unwritable`.
"""

from pathlib import Path
from typing import Final

from richtschnur.documents.paper import Paper, PaperFormat, Sheet, SheetFormat
from richtschnur.documents.writing.docx import write_docx
from richtschnur.documents.writing.exchange import write_csv, write_json
from richtschnur.documents.writing.html import write_html
from richtschnur.documents.writing.markdown import write_markdown
from richtschnur.documents.writing.ods import write_ods
from richtschnur.documents.writing.odt import write_odt
from richtschnur.documents.writing.pdf import write_pdf
from richtschnur.documents.writing.preparing import prepared
from richtschnur.documents.writing.target import replacing
from richtschnur.documents.writing.xlsx import write_xlsx

__all__ = ["MEDIA_TYPES", "write", "write_table"]

_OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def write(paper: Paper, format: PaperFormat, path: Path, *, reference: Path | None = None) -> None:
    """Writes the paper to `path`.

    `reference` is a DOCX or ODT of the same format whose styles, head and foot are used;
    other formats have none. Raises Unwritable, ValueError (a row longer than its head,
    an unknown format) or OSError.
    """
    fair = prepared(paper)
    with replacing(path) as file:
        match format:
            case "docx":
                write_docx(fair, file, reference)
            case "odt":
                write_odt(fair, file, reference)
            case "pdf":
                write_pdf(fair, file)
            case "html":
                write_html(fair, file)
            case "md":
                write_markdown(fair, file)
            case _:
                raise ValueError(f"no such format: {format}")


def write_table(sheet: Sheet, format: SheetFormat, path: Path) -> None:
    """Writes the sheet to `path`. Raises Unwritable, ValueError or OSError."""
    writers = {"xlsx": write_xlsx, "ods": write_ods, "csv": write_csv, "json": write_json}
    if format not in writers:
        raise ValueError(f"no such format: {format}")
    with replacing(path) as file:
        writers[format](sheet, file)
