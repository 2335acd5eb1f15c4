"""Contributions from a spreadsheet: looked at first, taken in by a second click."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import consultation_by_slug
from richtschnur.contributions.forms.table import TableForm
from richtschnur.contributions.models import HeldTable
from richtschnur.contributions.operations import (
    drop_table,
    hold_table,
    import_contributions,
    preview_import,
)
from richtschnur.contributions.operations.importing import COLUMNS, LATER_COLUMNS
from richtschnur.contributions.operations.previewing import Preview
from richtschnur.contributions.rules import file_name
from richtschnur.contributions.states import Channel, Kind
from richtschnur.contributions.views.uploads import on_disk
from richtschnur.documents.blocks import Unreadable
from richtschnur.documents.tables import read_table
from richtschnur.files.operations import HELD_FOR, held_path
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.queries import unreadable_message

SHOWN = 100


@requires("contributions.record")
def import_table(request: Any, slug: str) -> HttpResponse:
    """Choose a table, look at what would become of each row, take it in."""
    consultation = consultation_by_slug(slug)
    if "held" in request.POST:
        return _take_in(request, consultation)
    if "held" in request.GET and request.method != "POST":
        return _look_again(request, consultation)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _choose(request, consultation, form)
    return _look(request, consultation, form)


def _look(request: Any, consultation: Consultation, form: TableForm) -> HttpResponse:
    upload = form.cleaned_data["file"]
    name = file_name(upload.name or "")
    with on_disk(upload) as path:
        try:
            preview = _previewed(request, consultation, path, name)
            about: dict[str, Any] = {"consultation": consultation, "name": name}
            table = HeldTable(**about)
            if preview.new:
                by = actor_of(request)
                table = hold_table(source=path, by=by, at=request.at, **about)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error("file", str(refused))
            return _choose(request, consultation, form)
    return _preview_page(request, consultation, preview, table)


def _look_again(request: Any, consultation: Consultation) -> HttpResponse:
    """What was looked at before and still waits."""
    table = _held(request, consultation, request.GET["held"])
    if table is None:
        return _too_late(request, consultation)
    preview = _previewed(request, consultation, held_path(table.key), table.name)
    return _preview_page(request, consultation, preview, table)


def _previewed(request: Any, consultation: Consultation, path: Path, name: str) -> Preview:
    with _sentences(name):
        return preview_import(
            consultation=consultation, rows=read_table(path), by=actor_of(request), at=request.at
        )


def _preview_page(
    request: Any, consultation: Consultation, preview: Preview, table: HeldTable
) -> HttpResponse:
    context = _about(consultation) | {
        "preview": preview,
        "name": table.name,
        "shown": preview.new[:SHOWN],
        "more": max(0, len(preview.new) - SHOWN),
        "table": table,
    }
    return render(request, "contributions/staff/import_preview.html", context)


def _held(request: Any, consultation: Consultation, pk: str) -> HeldTable | None:
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 18):
        return None
    rows = HeldTable.objects.filter(consultation=consultation, looked_at__gt=request.at - HELD_FOR)
    found = rows.filter(pk=int(pk)).first()
    return found if found is not None and held_path(found.key).is_file() else None


def _too_late(request: Any, consultation: Consultation) -> HttpResponse:
    said = _("This table was taken in already, or it is too old. Please choose it once more.")
    messages.warning(request, said)
    return redirect("contributions:import", consultation.slug)


def _take_in(request: Any, consultation: Consultation) -> HttpResponse:
    table = _held(request, consultation, request.POST["held"])
    if table is None:
        return _too_late(request, consultation)
    if "drop" in request.POST:
        drop_table(table=table)
        messages.success(request, _("The table is put away; nothing of it was taken in."))
        return redirect("contributions:import", consultation.slug)
    with _sentences(table.name):
        report = import_contributions(
            consultation=consultation,
            rows=read_table(held_path(table.key)),
            by=actor_of(request),
            at=request.at,
        )
    drop_table(table=table)
    context = _about(consultation) | {"report": report, "name": table.name}
    return render(request, "contributions/staff/import_report.html", context)


@contextmanager
def _sentences(name: str) -> Iterator[None]:
    """What can't be read is refused in words."""
    try:
        yield
    except Unreadable as error:
        if error.code == "wrong-encoding":
            raise Refused(unreadable_message(error, name)) from None
        said = _(
            "“%(name)s” can't be read as a table. Please save it as XLSX, ODS or CSV (UTF-8),"
            " without a password, and choose it again."
        )
        raise Refused(said % {"name": name}) from None


def _about(consultation: Consultation) -> dict[str, Any]:
    return {"consultation": consultation}


def _choose(request: Any, consultation: Consultation, form: TableForm) -> HttpResponse:
    context = _about(consultation) | {
        "form": form,
        "columns": _columns(),
        "kinds": Kind.choices,
        "channels": Channel.choices,
    }
    status = 422 if form.is_bound else 200
    return render(request, "contributions/staff/import.html", context, status=status)


def _columns() -> list[tuple[str, str]]:
    meanings = {
        "text": _("What was said, word by word. Needed."),
        "passage": _("Number of the passage; empty for the whole paper"),
        "kind": _("Who speaks, see below"),
        "organisation": _("Club, company or body"),
        "name": _("Name"),
        "email": _("E-mail"),
        "language": _("As a short code: de, en, uk, ar …"),
        "channel": _("Which way it came, see below"),
        "received_at": _("Day, perhaps with time: 2026-11-22 or 2026-11-22T18:00"),
        "id": _("A number of your own; the same number is taken in once"),
        "suggestion": _("The whole passage as it should read"),
    }
    return [(name, meanings[name]) for name in (*COLUMNS, *LATER_COLUMNS)]
