"""A paper's translations at the desk: how far each language is, text by text, orders, files."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.documents.blocks import Unreadable
from richtschnur.documents.tables import read_table
from richtschnur.documents.writing import MEDIA_TYPES
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.exports.translating import export_language, file_name
from richtschnur.strategy.forms.translating import FILE_LIMIT, BringForm
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations.translating import (
    Brought,
    bring_translations,
    order_drafts,
    stop_order,
    the_machine,
)
from richtschnur.strategy.queries import unreadable_message
from richtschnur.strategy.queries.translating import (
    in_sections,
    language_overview,
    page_of_sections,
)
from richtschnur.strategy.views.staff.papers import named_edition
from richtschnur.translation.machine import MachineFailed
from richtschnur.translation.queries import latest_order
from richtschnur.ui.languages import BY_CODE, Language, language_of

SHOWN = ("all", "open", "outdated", "unchecked")


def asked_language(edition: Edition, code: str) -> Language:
    """The language of an address. Raises Http404 for the paper's own and unknown ones."""
    if code not in BY_CODE or code == language_of(edition.strategy.language).code:
        raise Http404
    return BY_CODE[code]


def _machine_name() -> str:
    """What machine is set up; "" while there is none."""
    try:
        machine = the_machine()
    except MachineFailed:
        return ""
    return machine.name if machine else ""


@requires("strategy.read_any")
def languages(request: Any, slug: str, number: int) -> HttpResponse:
    """Every language with what is translated, outdated and missing."""
    edition = named_edition(slug, number)
    context = {
        "edition": edition,
        "rows": language_overview(edition),
        "paper_language": edition.strategy.language,
    }
    return render(request, "strategy/staff/languages.html", context)


@requires("strategy.read_any")
def language(request: Any, slug: str, number: int, language: str) -> HttpResponse:
    """One language: German beside the translation, a part of the paper at a time."""
    edition = named_edition(slug, number)
    spoken = asked_language(edition, language)
    by = actor_of(request)
    shown = request.GET.get("show", "all")
    page = page_of_sections(edition, request.GET.get("part", ""))
    context = {
        "edition": edition,
        "language": spoken,
        "sections": in_sections(edition, page, spoken.code, shown if shown in SHOWN else "all"),
        "page": page,
        "shown": shown,
        "order": latest_order(f"edition:{edition.ref}", spoken.code),
        "machine": _machine_name(),
        "may_translate": may(by, "strategy.translate"),
        "may_order": may(by, "strategy.order_translation"),
        "form": BringForm(),
        "paper_language": edition.strategy.language,
    }
    return render(request, "strategy/staff/language.html", context)


@requires("strategy.order_translation")
@require_POST
def order(request: Any, slug: str, number: int, language: str) -> HttpResponse:
    """Order machine drafts of what is missing, or stop an order."""
    edition = named_edition(slug, number)
    code = asked_language(edition, language).code
    about = {"by": actor_of(request), "at": request.at}
    found = latest_order(f"edition:{edition.ref}", code)
    if "stop" in request.POST:
        if found is not None:
            stop_order(order=found, **about)
        messages.success(request, _("No further drafts are made. Those that were made stay."))
    else:
        try:
            order_drafts(edition=edition, language=code, **about)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Ordered. The drafts come one after the other."))
    return redirect("strategy:language", slug, number, code)


@requires("strategy.translate")
def table(request: Any, slug: str, number: int, language: str) -> FileResponse:
    """German beside the translation as XLSX, to be filled in elsewhere."""
    edition = named_edition(slug, number)
    code = asked_language(edition, language).code
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "language.xlsx"
        export_language(edition, code, path, at=request.at)
        stream = path.open("rb")  # stays readable after the folder is gone
    return FileResponse(
        stream,
        as_attachment=True,
        filename=file_name(edition, code),
        content_type=MEDIA_TYPES["xlsx"],
    )


@requires("strategy.translate")
@require_POST
def bring(request: Any, slug: str, number: int, language: str) -> HttpResponse:
    """Take the filled-in table in, and say what became of each row."""
    edition = named_edition(slug, number)
    spoken = asked_language(edition, language)
    form = BringForm(request.POST, request.FILES)
    report: Brought | None = None
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            report = _brought(request, edition, spoken.code, upload)
        except Unreadable as error:
            form.add_error("file", unreadable_message(error, upload.name))
    context = {"edition": edition, "language": spoken, "form": form, "report": report}
    status = 200 if report else 422
    return render(request, "strategy/staff/brought.html", context, status=status)


def _brought(request: Any, edition: Edition, code: str, upload: Any) -> Brought:
    if (upload.size or 0) > FILE_LIMIT:
        raise Unreadable("oversized")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(upload.read())
        rows = list(read_table(path))
    if not rows:
        raise Unreadable("empty")
    if not {"id", "translation"} <= rows[0].keys():
        raise Unreadable("unknown-format")
    return bring_translations(
        edition=edition, language=code, rows=rows, by=actor_of(request), at=request.at
    )
