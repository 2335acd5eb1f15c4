"""An edition as a file: to read, to print, to write beside each passage, to reckon with."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import cast

from django.utils.translation import override

from richtschnur.county.queries import reference_document
from richtschnur.documents.paper import Paper, PaperFormat
from richtschnur.documents.writing import write
from richtschnur.strategy.exports.data import write_json
from richtschnur.strategy.exports.kept import is_kept, kept_file, sweep_exports
from richtschnur.strategy.exports.papers import as_paper
from richtschnur.strategy.exports.tags import edition_and_number, room_tag
from richtschnur.strategy.exports.worksheets import Occasion, as_worksheet
from richtschnur.strategy.models import Edition

__all__ = [
    "FORMATS",
    "Occasion",
    "as_paper",
    "edition_and_number",
    "export_edition",
    "export_worksheet",
    "is_kept",
    "kept_file",
    "room_tag",
    "sweep_exports",
]

FORMATS = ("pdf", "docx", "odt", "html", "md", "json")


def export_edition(edition: Edition, format: str, path: Path, *, at: datetime) -> None:
    """Write the edition to `path`. Raises OSError and documents.paper.Unwritable."""
    if format == "json":
        write_json(edition, path)
        return
    with override(edition.strategy.language):
        _write(as_paper(edition, at=at), format, path)


def export_worksheet(
    edition: Edition, format: str, path: Path, *, occasion: Occasion, at: datetime
) -> None:
    """Write the edition with room beside each passage. Raises OSError and Unwritable."""
    with override(edition.strategy.language):
        _write(as_worksheet(edition, occasion=occasion, at=at), format, path)


def _write(paper: Paper, format: str, path: Path) -> None:
    reference = reference_document(format)
    write(paper, cast(PaperFormat, format), path, reference=reference.path if reference else None)
