"""Notes and follow-ups, on the desk and on anything."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render, resolve_url
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.desk.forms import NoteForm
from richtschnur.desk.models import Note
from richtschnur.desk.operations import tick_note, write_note
from richtschnur.desk.queries import notes_about, subject_of
from richtschnur.desk.rules import check_may_tick, works_on
from richtschnur.ui.templatetags.ui import day


def about(request: Any, thing: Any) -> str:
    """Fills "staff.about": the notes on one thing such as "point:17", and a form for one more."""
    subject = subject_of(thing)
    if not subject or not may(actor_of(request), "desk.use"):
        return ""
    context = {
        "notes": notes_about(subject),
        "form": NoteForm(
            initial={"subject": subject, "back": request.get_full_path()}, auto_id="note_%s"
        ),
        "back": request.get_full_path(),
    }
    return render_to_string("desk/staff/about.html", context, request)


@requires("desk.use")
def write(request: Any) -> HttpResponse:
    """Keep a note, and go back to where it was written."""
    form = NoteForm(request.POST if request.method == "POST" else None, auto_id="note_%s")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        # What is none of hers, or nothing at all, must not stand in the journal either.
        is_hers = works_on(given["subject"], request.user, actor_of(request))
        note = write_note(
            text=given["text"],
            subject=given["subject"] if is_hers else "",
            follow_up_on=given["follow_up_on"],
            author=request.user,
            by=actor_of(request),
            at=request.at,
        )
        if note.follow_up_on:
            said = _("Noted. It comes back on %(day)s.") % {"day": day(note.follow_up_on)}
        else:
            said = _("Noted.")
        messages.success(request, said)
        return _back(request, given["back"])
    return render(request, "desk/staff/note.html", {"form": form})


@requires("desk.use")
@require_POST
def tick(request: Any, pk: int) -> HttpResponse:
    """Mark a note as done, or open it again; a second click changes nothing."""
    note = get_object_or_404(Note, pk=pk)
    check_may_tick(note, request.user, actor_of(request))
    wants_done = request.POST.get("done") == "1"
    if wants_done != (note.done_at is not None):
        tick_note(note=note, by=actor_of(request), at=request.at)
    return _back(request, request.POST.get("back", ""))


def _back(request: Any, address: str) -> HttpResponse:
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(address if is_ours else resolve_url("desk:today"))
