"""Two organisations become one: choose the other, look at what happens, then do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.network.models import (
    FIELDS,
    LISTS,
    Entry,
    Organization,
    entry_of,
    field_label,
)
from richtschnur.network.operations import merge_organizations, references
from richtschnur.network.queries import Candidate, alike, everybody, found, merge_parts
from richtschnur.network.views.shown import asked, shown_values
from richtschnur.network.views.staff.register import named

MOST_FOUND = 20
THEIRS = "theirs"


@dataclass(frozen=True)
class Side:
    """One field of both; `is_choice` where a person must say which one stays."""

    name: str
    label: str
    ours: list[str]
    theirs: list[str]
    is_choice: bool


@requires("network.merge")
def merge(request: Any, identity: UUID) -> HttpResponse:
    """Without ?with=… whom to choose; with it the preview; a POST merges."""
    kept = named(identity)
    if "with" not in request.GET:
        return _choose(request, kept)
    gone = _other(request.GET["with"])
    if request.method == "POST":
        answer = _merged(request, kept, gone)
        if answer is not None:
            return answer
    context = {
        "kept": kept,
        "gone": gone,
        "sides": _sides(entry_of(kept), entry_of(gone)),
        "parts": merge_parts(gone),
        "others": [(r.label, n) for r in references() if (n := r.count(gone))],
    }
    return render(request, "network/staff/merge.html", context)


def _choose(request: Any, kept: Organization) -> HttpResponse:
    wanted = asked(request)
    if wanted.words:
        rows = found(everybody().filter(archived_at__isnull=True), wanted).exclude(pk=kept.pk)
        candidates = [Candidate(row, ()) for row in rows[:MOST_FOUND]]
    else:
        candidates = alike([entry_of(kept)], but=kept.pk)[0]
    context = {"kept": kept, "candidates": candidates, "wanted": wanted}
    return render(request, "network/staff/merge_choose.html", context)


def _other(text: str) -> Organization:
    try:
        return named(UUID(text))
    except ValueError:
        raise Http404 from None


def _sides(ours: Entry, theirs: Entry) -> list[Side]:
    sides = []
    for name in FIELDS:
        mine, other = getattr(ours, name), getattr(theirs, name)
        if mine == other or not other:
            continue
        is_choice = name not in LISTS and bool(mine)
        shown = (shown_values(name, mine), shown_values(name, other))
        sides.append(Side(name, field_label(name), *shown, is_choice))
    return sides


def _together(ours: Entry, theirs: Entry, chosen: Any) -> Entry:
    """Lists of both, texts as chosen; what only the other one says is taken."""
    data = ours.as_data()
    for side in _sides(ours, theirs):
        other = getattr(theirs, side.name)
        if side.name in LISTS:
            data[side.name] = list(dict.fromkeys([*data[side.name], *other]))
        elif not side.is_choice or chosen.get(side.name) == THEIRS:
            data[side.name] = other
    return Entry.from_data(data)


def _merged(request: Any, kept: Organization, gone: Organization) -> HttpResponse | None:
    entry = _together(entry_of(kept), entry_of(gone), request.POST)
    try:
        merge_organizations(kept=kept, gone=gone, entry=entry, by=actor_of(request), at=request.at)
    except Forbidden:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return None
    messages.success(request, _("The two are one organisation now."))
    return redirect("network:organization", kept.identity)
