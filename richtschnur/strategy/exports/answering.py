"""A file of an edition as the answer to whoever asks for it, here and in later stages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.http import FileResponse
from django.utils.translation import gettext as _

from richtschnur.county.queries import the_county
from richtschnur.documents.paper import Unwritable
from richtschnur.documents.writing import MEDIA_TYPES
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.exports.kept import opened_file
from richtschnur.strategy.models import Edition


def file_answer(
    edition: Edition,
    format: str,
    *,
    name: str,
    variant: str,
    make: Callable[[Path], None],
    at: datetime,
) -> FileResponse:
    """The kept file, or one that is made now. Raises Refused when that fails."""
    try:
        stream = opened_file(edition, format, at=at, variant=variant, make=make)
    except (Unwritable, OSError):
        raise Refused(
            _("The file could not be made. Please choose another format, or call us.")
        ) from None
    return FileResponse(
        stream,
        as_attachment=format != "pdf",
        filename=f"{name}.{format}",
        content_type=MEDIA_TYPES[format],
    )


def send_to() -> tuple[str, str]:
    """Where what was written is sent to: a fact for an Occasion."""
    county = the_county()
    lines = [county.office or county.name, county.address, county.email]
    return _("Send it to"), "\n".join(line for line in lines if line)
