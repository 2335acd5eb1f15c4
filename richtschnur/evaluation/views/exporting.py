"""The overview as a file, for staff."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpResponse

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.rules import require
from richtschnur.documents.writing import MEDIA_TYPES
from richtschnur.evaluation.exports import export_synopsis
from richtschnur.evaluation.forms import ExportForm
from richtschnur.evaluation.forms.overview import PUBLIC
from richtschnur.evaluation.models import SynopsisState
from richtschnur.evaluation.queries import state_of, states_of, visible_points
from richtschnur.evaluation.states import FORMATS, Order
from richtschnur.evaluation.views.context import Desk, desk_of
from richtschnur.evaluation.views.overview import overview_page
from richtschnur.ui.numbers import whole_number


@requires("evaluation.export")
def export(request: Any, slug: str, format: str) -> FileResponse:
    """One file of what this person sees; with `?public=1` what everyone may read."""
    if format not in FORMATS:
        raise Http404
    return _file(request, desk_of(request, slug), format, public=request.GET.get("public") == "1")


@requires("evaluation.export")
def chosen_file(request: Any, slug: str) -> HttpResponse | FileResponse:
    """The file that the form asks for; the page again when it can't be made so."""
    desk = desk_of(request, slug)
    form = ExportForm(request.GET, states=states_of(desk.consultation))
    if not form.is_valid():
        return overview_page(request, desk, export_form=form, status=422)
    asked = form.cleaned_data
    state = state_of(desk.consultation, whole_number(asked["state"])) if asked["state"] else None
    return _file(
        request,
        desk,
        asked["format"],
        public=asked["version"] == PUBLIC,
        state=state,
        order=asked["order"] or Order.PASSAGE,
        columns=asked["columns"],
    )


def _file(
    request: Any,
    desk: Desk,
    format: str,
    *,
    public: bool,
    state: SynopsisState | None = None,
    **more: Any,
) -> FileResponse:
    """A department gets what it works on; frozen states hold all, so they are not for it."""
    if state is not None:
        require(desk.actor, "evaluation.answer_any")
    points = visible_points(desk.consultation, desk.user, desk.actor)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"synopsis.{format}"
        made = export_synopsis(
            desk.consultation, format, path, at=request.at, public=public, points=points,
            state=state, **more,
        )  # fmt: skip
        # The open file outlives its folder.
        response = FileResponse(path.open("rb"), content_type=MEDIA_TYPES[format])
    moment = state.frozen_at if state else request.at
    name = f"{desk.consultation.slug}-{moment:%Y-%m-%d}-{made.sha256[:8]}.{format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
