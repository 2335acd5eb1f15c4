"""A round of the offices: started in two steps, watched on one page, more offices asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.consultation.forms import GuestsForm, RoundForm, usual_round
from richtschnur.consultation.models import Consultation, Invitation
from richtschnur.consultation.operations import invite_offices, remind_offices, start_round
from richtschnur.consultation.queries import all_consultations, invitations_of
from richtschnur.consultation.states import Audience, InvitationState, Phase
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.models import Edition
from richtschnur.ui.addresses import whole_address
from richtschnur.ui.telling import do_and_tell

WAITING = "waiting"


def personal_address(request: Any) -> str:
    """The whole personal address with "{secret}" in it."""
    path = reverse("consultation:office", args=["SECRET"]).replace("SECRET", "{secret}")
    return whole_address(request, path)


def named_round(slug: str) -> Consultation:
    """The consultation of that name where people are asked by name. Raises Http404."""
    consultation = get_object_or_404(all_consultations(), slug=slug)
    if consultation.audience == Audience.PUBLIC:
        raise Http404
    return consultation


@requires("consultation.invite")
def start(request: Any, slug: str, number: int) -> HttpResponse:
    """First who and until when, then all of it once more; only then it happens, at once."""
    editions = Edition.objects.select_related("strategy")
    edition = get_object_or_404(editions, strategy__slug=slug, number=number)
    is_sent = request.method == "POST"
    form = RoundForm(
        request.POST if is_sent else None,
        initial=usual_round(edition.title, request.at),
        at=request.at,
    )
    context: dict[str, Any] = {"form": form, "edition": edition}
    if not is_sent or not form.is_valid() or "back" in request.POST:
        return render(request, "consultation/staff/round_start.html", context)
    if "confirmed" not in request.POST:
        names = [name for name in form.fields if name in request.POST]
        context["typed"] = [(n, value) for n in names for value in request.POST.getlist(n)]
        return render(request, "consultation/staff/round_confirm.html", context)
    try:
        opened = _started(request, edition, form)
    except Forbidden:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "consultation/staff/round_start.html", context)
    messages.success(request, _("The round runs. The invitations are on their way."))
    return redirect("consultation:round", opened.slug)


def _started(request: Any, edition: Edition, form: RoundForm) -> Consultation:
    given = form.cleaned_data
    return start_round(
        edition=edition,
        guests=form.guests,
        closes_at=given["closes_at"],
        title=given["title"],
        introduction=given["introduction"],
        answers_by_on=given["answers_by_on"],
        address=personal_address(request),
        by=actor_of(request),
        at=request.at,
    )


@requires("consultation.read_internal")
def offices(request: Any, slug: str) -> HttpResponse:
    """All offices with how far they are; ?state=… shows those of one state."""
    consultation = named_round(slug)
    invitations = list(invitations_of(consultation))
    wanted = request.GET.get("state", "")
    phase = consultation.phase(request.at)
    counts = _counts(invitations)
    context = {
        "consultation": consultation,
        "phase": phase,
        "at": request.at,
        "rows": [row for row in invitations if _is_wanted(row, wanted)],
        "asked": sum(row.withdrawn_at is None for row in invitations),
        "waiting": sum(row.is_waiting for row in invitations),
        "filters": [(code, label, counts[code]) for code, label in _filters() if counts[code]],
        "wanted": wanted,
        "may_invite": phase != Phase.CLOSED and may(actor_of(request), "consultation.invite"),
        "subject": f"consultation:{slug}",
    }
    return render(request, "consultation/staff/round.html", context)


def _filters() -> list[tuple[str, Any]]:
    return [("", _("all")), (WAITING, _("no answer yet")), *InvitationState.choices]


def _counts(invitations: list[Invitation]) -> dict[str, int]:
    return {code: sum(_is_wanted(row, code) for row in invitations) for code, _label in _filters()}


def _is_wanted(invitation: Invitation, state: str) -> bool:
    if state == WAITING:
        return invitation.is_waiting
    return not state or invitation.state == state


@requires("consultation.invite")
def invite(request: Any, slug: str) -> HttpResponse:
    """Ask more offices while the round runs."""
    consultation = named_round(slug)
    live = invitations_of(consultation).filter(withdrawn_at__isnull=True)
    asked = frozenset(live.filter(office__isnull=False).values_list("office_id", flat=True))
    posted = request.POST if request.method == "POST" else None
    form = GuestsForm(posted, asked=asked, at=request.at)
    if request.method == "POST" and form.is_valid():
        try:
            rows = invite_offices(
                consultation=consultation,
                guests=form.guests,
                address=personal_address(request),
                by=actor_of(request),
                at=request.at,
            )
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = ngettext("%(n)s office is invited.", "%(n)s offices are invited.", len(rows))
            messages.success(request, said % {"n": len(rows)})
            return redirect("consultation:round", slug)
    context = {"form": form, "consultation": consultation}
    return render(request, "consultation/staff/round_invite.html", context)


@requires("consultation.invite")
@require_POST
def remind(request: Any, slug: str) -> HttpResponse:
    """Mail to all that have not answered; a second click mails nobody twice."""
    consultation = named_round(slug)
    remind_all = partial(
        remind_offices,
        consultation=consultation,
        address=personal_address(request),
        by=actor_of(request),
        at=request.at,
    )
    do_and_tell(request, remind_all, _reminded)
    return redirect("consultation:round", slug)


def _reminded(rows: Sequence[object]) -> str:
    said = ngettext("%(n)s office is reminded.", "%(n)s offices are reminded.", len(rows))
    return said % {"n": len(rows)}
