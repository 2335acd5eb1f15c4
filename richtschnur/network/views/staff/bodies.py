"""Bodies and who sits in them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.network.forms import BodyForm, DayForm, SeatForm
from richtschnur.network.models import Body, Contact, Membership, Organization
from richtschnur.network.operations import (
    end_membership,
    keep_body,
    keep_contact,
    keep_membership,
)
from richtschnur.network.queries import by_name


@requires("network.read")
@require_safe
def bodies(request: Any) -> HttpResponse:
    """All bodies with how many seats they have."""
    context = {
        "bodies": Body.objects.annotate(seats=Count("memberships")).order_by("name"),
        "may_edit": may(actor_of(request), "network.edit"),
    }
    return render(request, "network/staff/bodies.html", context)


@requires("network.read")
def body(request: Any, pk: int) -> HttpResponse:
    """Who sits in one body now, and who did."""
    one = get_object_or_404(Body, pk=pk)
    by = actor_of(request)
    seats = one.memberships.select_related("organization", "contact").order_by("id")
    today = localdate(request.at)
    context = {
        "body": one,
        "current": [seat for seat in seats if seat.is_current(today)],
        "others": [seat for seat in seats if not seat.is_current(today)],
        "may_edit": may(by, "network.edit"),
        "may_read_contacts": may(by, "network.read_contacts"),
        "today": today.isoformat(),
    }
    return render(request, "network/staff/body.html", context)


@requires("network.edit")
def edit(request: Any, pk: int = 0) -> HttpResponse:
    """A new body, or new words on one."""
    one = get_object_or_404(Body, pk=pk) if pk else None
    names = ("name", "kind", "purpose")
    initial = {name: getattr(one, name) for name in names} if one else None
    form = BodyForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_body(body=one, **form.cleaned_data, by=actor_of(request), at=request.at)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("network:body", kept.pk)
    return render(request, "network/staff/body_edit.html", {"form": form, "body": one})


@requires("network.edit")
def seat(request: Any, pk: int) -> HttpResponse:
    """Give a seat in a body."""
    one = get_object_or_404(Body, pk=pk)
    form = SeatForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        organization = _meant(form)
        if not form.errors:
            _give(request, one, form, organization)
            messages.success(request, _("Saved."))
            return redirect("network:body", pk)
    return render(request, "network/staff/seat.html", {"form": form, "body": one})


def _meant(form: SeatForm) -> Organization | None:
    """The organisation that is named, or None with an error in the form."""
    name = form.cleaned_data["organization"]
    if not name:
        return None
    found = by_name(name)
    if len(found) == 1:
        return found[0]
    if not found:
        said = _("The register has no organisation “%(name)s”. Please add it first.")
        form.add_error("organization", said % {"name": name})
    else:
        said = _("Several have these words: %(names)s. Please write the whole name.")
        names = "; ".join(one.name for one in found)
        form.add_error("organization", said % {"names": names})
    return None


def _give(request: Any, body: Body, form: SeatForm, organization: Organization | None) -> None:
    given, by, at = form.cleaned_data, actor_of(request), request.at
    contact: Contact | None = None
    if given["person"]:
        known = Contact.objects.filter(organization=organization, name=given["person"])
        contact = known.filter(erased_at__isnull=True).first() or keep_contact(
            organization=organization, name=given["person"], by=by, at=at
        )
    keep_membership(
        body=body,
        organization=organization,
        contact=contact,
        function=given["function"],
        from_on=given["from_on"],
        until_on=given["until_on"],
        by=by,
        at=at,
    )


@requires("network.edit")
@require_POST
def end(request: Any, pk: int) -> HttpResponse:
    """A seat ends on a day."""
    given = get_object_or_404(Membership, pk=pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        messages.warning(request, " ".join(map(str, form.errors["on"])))
        return redirect("network:body", given.body_id)
    try:
        end_membership(
            membership=given, on=form.cleaned_data["on"], by=actor_of(request), at=request.at
        )
    except Forbidden:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return redirect("network:body", given.body_id)
