"""The list, one organisation, and what can be done with it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.queries import names_of
from richtschnur.accounts.rules import may
from richtschnur.documents.paper import SheetFormat
from richtschnur.documents.writing import MEDIA_TYPES
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.network.exports import FORMATS, export_register
from richtschnur.network.forms import EntryForm, beginning
from richtschnur.network.models import Organization, entry_of, field_label
from richtschnur.network.operations import (
    add_organization,
    archive_organization,
    change_organization,
    restore_organization,
)
from richtschnur.network.queries import (
    Wanted,
    alike,
    choices,
    everybody,
    found,
    history,
    open_report_count,
    seats_of,
)
from richtschnur.network.states import ReportState
from richtschnur.network.views.shown import asked, filters, shown_entry

A_PAGE = 50


@requires("network.read")
@require_safe
def work(request: Any) -> HttpResponse:
    """All organisations; what the list is narrowed to stands in the address."""
    wanted = asked(request)
    rows = found(everybody().filter(archived_at__isnull=not wanted.archived), wanted)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    by = actor_of(request)
    context = {
        "page": page,
        "rows": [(row, shown_entry(row)) for row in page],
        "wanted": wanted,
        "filters": filters(wanted, choices()),
        "query": wanted.query,
        "formats": FORMATS if may(by, "network.export") else (),
        "may_edit": may(by, "network.edit"),
        "may_import": may(by, "network.import"),
        "may_check": may(by, "network.check"),
        "reports": open_report_count() if may(by, "network.check") else 0,
    }
    return render(request, "network/staff/work.html", context)


def named(identity: UUID) -> Organization:
    """The organisation of that identity with its rows. Raises Http404."""
    rows = everybody().select_related("merged_into")
    return get_object_or_404(rows, identity=identity)


@requires("network.read")
@require_safe
def organization(request: Any, identity: UUID) -> HttpResponse:
    """Everything about one; one that was merged leads to what it is now."""
    one = named(identity)
    if one.merged_into is not None:
        return redirect("network:organization", one.merged_into.identity)
    by = actor_of(request)
    entries = history(one)
    names = names_of(entries)
    people = may(by, "network.read_contacts")
    context = {
        "organization": one,
        "entry": shown_entry(one),
        "contacts": one.contacts.filter(erased_at__isnull=True) if people else (),
        "consents": list(one.consents.select_related("contact")) if people else (),
        "seats": [(seat, seat.is_current(localdate(request.at))) for seat in seats_of(one)],
        "history": [_told(entry, names) for entry in entries],
        "reports": one.reports.filter(state=ReportState.OPEN),
        "check": one.checks.filter(ended_at__isnull=True).first(),
        "may": {act: may(by, f"network.{act}") for act in ("edit", "merge", "check", "forget")},
        "may_read_contacts": people,
    }
    return render(request, "network/staff/organization.html", context)


def _told(entry: Any, names: dict[str, str]) -> dict[str, Any]:
    fields = entry.data.get("fields") or []
    return {
        "entry": entry,
        "who": names.get(entry.actor_id, "") if entry.actor_kind == "user" else "",
        "fields": ", ".join(field_label(name) for name in fields),
    }


@requires("network.edit")
def add(request: Any) -> HttpResponse:
    """A new one; who looks like one that is there is shown before it is stored."""
    form = EntryForm(request.POST if request.method == "POST" else None)
    candidates = []
    if request.method == "POST" and form.is_valid():
        candidates = alike([form.entry])[0]
        if not candidates or "anyway" in request.POST:
            one = add_organization(entry=form.entry, by=actor_of(request), at=request.at)
            messages.success(request, _("“%(name)s” was added.") % {"name": one.name})
            return redirect("network:organization", one.identity)
    context = {"form": form, "candidates": candidates}
    return render(request, "network/staff/edit.html", context)


@requires("network.edit")
def edit(request: Any, identity: UUID) -> HttpResponse:
    """The entry; somebody else's change meanwhile is noticed."""
    one = named(identity)
    posted = request.POST if request.method == "POST" else None
    form = EntryForm(posted, initial=beginning(entry_of(one)))
    context = {"form": form, "organization": one, "seen": one.changed_at.isoformat()}
    if posted is not None and form.is_valid():
        try:
            change_organization(
                organization=one,
                entry=form.entry,
                by=actor_of(request),
                at=request.at,
                seen=_seen(posted.get("seen", "")),
            )
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
            context["present"] = shown_entry(one)
        else:
            messages.success(request, _("Saved."))
            return redirect("network:organization", identity)
    return render(request, "network/staff/edit.html", context)


def _seen(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


@requires("network.edit")
@require_POST
def archive(request: Any, identity: UUID) -> HttpResponse:
    """Into the archive."""
    said = _("It is in the archive. Under “Archive” you can bring it back.")
    return done(request, identity, archive_organization, said)


@requires("network.edit")
@require_POST
def restore(request: Any, identity: UUID) -> HttpResponse:
    """Out of the archive."""
    said = _("It is back in the register. It is not public until it agrees anew.")
    return done(request, identity, restore_organization, said)


def done(request: Any, identity: UUID, act: Callable[..., object], said: str) -> HttpResponse:
    """Do one act on an organisation, say so, and go back to it."""
    try:
        act(organization=named(identity), by=actor_of(request), at=request.at)
    except Forbidden:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("network:organization", identity)


@requires("network.export")
@require_safe
def export(request: Any, format: str) -> FileResponse:
    """The organisations that the list is narrowed to, as a table."""
    if format not in FORMATS:
        raise Http404
    stream = tempfile.TemporaryFile()  # noqa: SIM115 – the response closes it
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"register.{format}"
        wanted: Wanted = asked(request)
        export_register(cast(SheetFormat, format), path, at=request.at, wanted=wanted)
        stream.write(path.read_bytes())
    stream.seek(0)
    name = f"register-{localdate(request.at):%Y-%m-%d}.{format}"
    return FileResponse(stream, as_attachment=True, filename=name, content_type=MEDIA_TYPES[format])
