"""What came with a contribution, for staff: to keep on disk, never to open in the browser."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.contributions.models import Attachment
from richtschnur.contributions.operations import check_publishable
from richtschnur.journal.refusals import Refused

NOTHING_RUNS = "default-src 'none'; sandbox"
MOST = 1000


@requires("contributions.read")
def attachment(request: Any, number: str, place: int) -> FileResponse:
    """The file as it came."""
    found = _found(number, place)
    return _as_download(found.file.path.open("rb"), found, found.file.name)


@requires("contributions.read")
def attachment_copy(request: Any, number: str, place: int) -> FileResponse:
    """A copy to be published: what its maker did not mean to tell is taken out."""
    found = _found(number, place)
    copy = check_publishable(found)
    return _as_download(BytesIO(copy), found, _("copy") + f"-{found.file.name}")


def _found(number: str, place: int) -> Attachment:
    rows = Attachment.objects.select_related("file")
    found = rows.filter(contribution__number=number, position=min(place, MOST) - 1).first()
    if found is None or not found.file.path.is_file():
        raise Http404
    if found.is_held_back:
        raise Refused(
            _("This file is held back until the virus scanner has looked at it.")
            if found.scan == "waiting"
            else _("This file holds a virus and can't be opened here.")
        )
    return found


def _as_download(stream: Any, found: Attachment, name: str) -> FileResponse:
    response = FileResponse(
        stream, as_attachment=True, filename=name, content_type=found.file.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["Cache-Control"] = "no-store, private"
    return response
