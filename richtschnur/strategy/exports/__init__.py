"""An edition as a file: to read, to print, to write beside each passage, to reckon with."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final, cast

from django.utils.translation import override

from richtschnur.county.queries import reference_document
from richtschnur.documents.paper import Paper, PaperFormat
from richtschnur.documents.writing import write
from richtschnur.strategy.exports.answering import file_answer, send_to
from richtschnur.strategy.exports.data import write_json
from richtschnur.strategy.exports.kept import kept_file, kept_sizes, sweep_exports
from richtschnur.strategy.exports.papers import as_paper
from richtschnur.strategy.exports.tags import edition_and_number, room_tag
from richtschnur.strategy.exports.translations import Translated, as_translation, translated
from richtschnur.strategy.exports.worksheets import Occasion, as_worksheet
from richtschnur.strategy.models import Edition

__all__ = [
    "FORMATS",
    "TO_WRITE",
    "Occasion",
    "Translated",
    "as_paper",
    "edition_and_number",
    "export_edition",
    "export_worksheet",
    "file_answer",
    "kept_file",
    "kept_sizes",
    "room_tag",
    "send_to",
    "sweep_exports",
    "translated",
]

FORMATS: Final = ("pdf", "docx", "odt", "html", "md", "json")
TO_WRITE: Final = ("docx", "odt", "pdf")


def export_edition(
    edition: Edition, format: str, path: Path, *, at: datetime, into: Translated | None = None
) -> None:
    """Write the edition, or its translation, to `path`. Raises OSError and Unwritable."""
    if format == "json":
        write_json(edition, path)
        return
    if into:
        with override(into.language.code):
            _write(as_translation(edition, into, at=at), format, path)
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
