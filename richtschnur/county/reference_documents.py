"""A county's own letterhead and styles for its files: judged by content, tried before use."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Final, Literal
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from richtschnur.documents.paper import Heading, Item, Paper, Table, Text, Unwritable
from richtschnur.documents.writing import write

ReferenceFormat = Literal["docx", "odt"]
FORMATS: Final[tuple[ReferenceFormat, ...]] = ("docx", "odt")
SIZE_LIMIT: Final = 10_000_000
_TEXT: Final = b"application/vnd.oasis.opendocument.text"


def format_of(path: Path) -> ReferenceFormat:
    """Which of the two the file is, whatever its name says. Raises ValidationError."""
    if path.stat().st_size > SIZE_LIMIT:
        raise ValidationError(
            _(
                "The file has %(size)s MB; at most %(limit)s MB fit."
                " Please make its pictures smaller."
            )
            % {"size": path.stat().st_size // 1_000_000, "limit": SIZE_LIMIT // 1_000_000}
        )
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (BadZipFile, OSError, RuntimeError, NotImplementedError):
        names, kind = set(), b""
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(
            _("This file has macros. Please save it once more as a document without macros.")
        )
    if "word/document.xml" in names:
        return "docx"
    if kind.startswith(_TEXT):
        return "odt"
    raise ValidationError(
        _("This is neither a Word nor an OpenDocument text. Please save it as DOCX or ODT.")
    )


def check_reference(path: Path, *, at: datetime) -> ReferenceFormat:
    """Which format it is; it has been tried on a small paper. Raises ValidationError."""
    format = format_of(path)
    with tempfile.TemporaryDirectory() as folder:
        try:
            write(sample(at=at), format, Path(folder) / f"a.{format}", reference=path)
        except (Unwritable, OSError, ValueError):
            raise ValidationError(
                _(
                    "This document can't be used: its styles can't be read. Please open it in your"
                    " word processor, save it under a new name, and choose that file."
                )
            ) from None
    return format


def sample(*, at: datetime, county: str = "", accent: str = "#1d4f60") -> Paper:
    """A paper with everything that has a style, to begin a letterhead from."""
    return Paper(
        title=_("Title of a paper"),
        subtitle=_("Subtitle"),
        language="de",
        blocks=[
            Heading(1, _("Heading of the first level")),
            Text(_("Opening words, set larger."), "lead"),
            Text(_("A paragraph as it stands in a paper.")),
            Heading(2, _("Heading of the second level")),
            Item(_("an item of a list")),
            Item(_("an item below it"), 2),
            Text(_("What somebody said."), "quote"),
            Table(_("A table"), (_("Year"), _("Number")), [("2026", "1")]),
            Heading(3, _("Heading of the third level")),
            Text(_("A remark in small print."), "note"),
        ],
        written_at=at,
        county=county,
        notes=((_("State of"), f"{at:%d.%m.%Y}"),),
        accent=accent,
    )
