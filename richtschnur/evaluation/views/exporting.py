"""The overview as a file, for staff."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404

from richtschnur.accounts.middleware import requires
from richtschnur.documents.writing import MEDIA_TYPES
from richtschnur.evaluation.exports import FORMATS, export_synopsis
from richtschnur.evaluation.queries import visible_points
from richtschnur.evaluation.views.context import desk_of


@requires("evaluation.export")
def export(request: Any, slug: str, format: str) -> FileResponse:
    """One file of what this person sees; with `?public=1` what everyone may read."""
    if format not in FORMATS:
        raise Http404
    desk = desk_of(request, slug)
    public = request.GET.get("public") == "1"
    points = visible_points(desk.consultation, desk.user, desk.actor)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"synopsis.{format}"
        made = export_synopsis(
            desk.consultation, format, path, at=request.at, public=public, points=points
        )
        # The open file outlives its folder.
        response = FileResponse(path.open("rb"), content_type=MEDIA_TYPES[format])
    name = f"{slug}-{request.at:%Y-%m-%d}-{made.sha256[:8]}.{format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
