"""Files beside published comments: released one by one by a person, read by everyone as copies."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from richtschnur.accounts.middleware import public
from richtschnur.accounts.models import actor_of
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import visible_consultation
from richtschnur.contributions.models import Attachment
from richtschnur.contributions.operations import hold_back_file, release_file
from richtschnur.contributions.queries.public_files import public_file
from richtschnur.contributions.views.attachments import NOTHING_RUNS
from richtschnur.documents.attachments import MEDIA_TYPES
from richtschnur.files.operations import held_path
from richtschnur.journal.refusals import Forbidden, Refused

LARGEST_KEY = 2**63 - 1  # databases break over more


def decide_on_file(request: Any, consultation: Consultation) -> str:
    """Release or hold back the file that a form of the queue names; says why it can't be."""
    asked = request.POST["file"]
    pk = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else 0
    rows = Attachment.objects.filter(contribution__consultation=consultation)
    found = get_object_or_404(rows.select_related("file"), pk=pk)
    about: dict[str, Any] = {"attachment": found, "by": actor_of(request), "at": request.at}
    try:
        if request.POST.get("act") == "release":
            release_file(**about)
            messages.success(request, _("The copy of the file is published."))
        else:
            hold_back_file(**about)
            messages.success(request, _("The file is no longer public."))
    except Forbidden:
        raise
    except Refused as refusal:
        return str(refusal)
    return ""


@public
@require_safe
def released(request: Any, slug: str, pk: int) -> FileResponse:
    """The copy of a file without hidden details, to keep on disk."""
    consultation = visible_consultation(request, slug)
    found = public_file(consultation, min(pk, LARGEST_KEY))
    path = held_path(found.key) if found else None
    if found is None or path is None or not path.is_file():
        raise Http404
    response = FileResponse(
        BytesIO(path.read_bytes()),
        as_attachment=True,
        filename=f"{consultation.slug}-{found.name}",
        content_type=MEDIA_TYPES[found.kind],
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING_RUNS
    response["X-Robots-Tag"] = "noindex"
    return response
