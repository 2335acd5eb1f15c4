"""All papers, the import, and one edition to work on."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.documents.blocks import Unreadable
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.forms import ImportForm
from richtschnur.strategy.models import Edition, Preview
from richtschnur.strategy.operations import begin_preview, settle_doubt
from richtschnur.strategy.queries import unreadable_message
from richtschnur.strategy.queries.previews import all_previews
from richtschnur.strategy.queries.work import all_papers


def named_edition(slug: str, number: int) -> Edition:
    """The edition of an address, whoever may see it. Raises Http404."""
    editions = Edition.objects.select_related("strategy", "predecessor")
    return get_object_or_404(editions, strategy__slug=slug, number=number)


@requires("strategy.read_any")
def desk(request: Any) -> HttpResponse:
    """Every paper with its editions and their states."""
    by = actor_of(request)
    context = {
        "papers": all_papers(),
        "previews": all_previews() if may(by, "strategy.import") else [],
        "may_import": may(by, "strategy.import"),
        "may_freeze": may(by, "strategy.freeze"),
    }
    return render(request, "strategy/staff/desk.html", context)


@requires("strategy.import")
def import_file(request: Any) -> HttpResponse:
    """Read a draft; what can't be read is explained at the form, and nothing is stored."""
    is_sent = request.method == "POST"
    initial = {"into": request.GET.get("into", ""), "language": "de"}
    form = ImportForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, initial=initial
    )
    if is_sent and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            preview = _read(request, form.cleaned_data)
        except Unreadable as error:
            form.add_error("file", unreadable_message(error, upload.name))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft was read. Please check what was recognised."))
            return redirect("strategy:preview", preview.key)
    return render(request, "strategy/staff/import.html", {"form": form})


def _read(request: Any, given: dict[str, Any]) -> Preview:
    upload: UploadedFile = given["file"]
    name = str(upload.name)
    into = given["into"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"draft{Path(name).suffix[:10]}"
        with path.open("wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        return begin_preview(
            path=path,
            name=name,
            title=given["title"],
            language=into.language if into else given["language"],
            into=into,
            by=actor_of(request),
            at=request.at,
        )


@requires("strategy.edit")
@require_POST
def doubt(request: Any, slug: str, number: int, index: int) -> HttpResponse:
    """Tick off a place that was checked, or open it again."""
    settle_doubt(
        edition=named_edition(slug, number),
        index=index,
        is_settled=request.POST.get("settled") != "0",
        by=actor_of(request),
        at=request.at,
    )
    response = redirect("strategy:edit", slug, number)
    response["Location"] += "#doubts"
    return response
