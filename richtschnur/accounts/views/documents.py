"""The county's own templates for Word and OpenDocument files."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.forms import ReferenceForm
from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.county.operations import drop_reference_document, set_reference_document
from richtschnur.county.queries import reference_document, the_county
from richtschnur.county.reference_documents import FORMATS, sample
from richtschnur.documents.writing import MEDIA_TYPES, write

NAMES: Final = {"docx": "Word (DOCX)", "odt": "OpenDocument (ODT)"}


@requires("county.set_up")
def documents(request: Any) -> HttpResponse:
    """Which templates are used, and a place for new ones."""
    form = ReferenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        with tempfile.NamedTemporaryFile(suffix=".zip") as file:
            for chunk in upload.chunks():
                file.write(chunk)
            file.flush()
            try:
                format = set_reference_document(
                    source=Path(file.name), name=upload.name, by=actor_of(request), at=request.at
                )
            except ValidationError as error:
                form.add_error("file", error)
            else:
                said = _("From now on %(format)s files look like your document.")
                messages.success(request, said % {"format": NAMES[format]})
                return redirect("accounts:documents")
    rows = [(format, NAMES[format], reference_document(format)) for format in FORMATS]
    return render(request, "accounts/staff/documents.html", {"form": form, "rows": rows})


@requires("county.set_up")
def document(request: Any, format: str) -> FileResponse:
    """The present template; with `?default` the one to begin from."""
    if format not in FORMATS:
        raise Http404
    present = reference_document(format)
    if present is None or "default" in request.GET:
        county = the_county()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"a.{format}"
            paper = sample(at=request.at, county=county.name, accent=county.accent)
            write(paper, format, path)
            stream = path.open("rb")  # stays readable after the folder is gone
    else:
        stream = present.path.open("rb")
    name = _("template") + f".{format}"
    return FileResponse(stream, as_attachment=True, filename=name, content_type=MEDIA_TYPES[format])


@require_POST
@requires("county.set_up")
def drop(request: Any, format: str) -> HttpResponse:
    """Back to the look that comes along."""
    if format not in FORMATS:
        raise Http404
    drop_reference_document(format=format, by=actor_of(request), at=request.at)
    messages.success(request, _("The default look is used again."))
    return redirect("accounts:documents")
