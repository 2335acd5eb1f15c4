"""Persons of an organisation, and its consents."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.network.forms import ConsentForm, ContactForm
from richtschnur.network.models import Consent, Contact
from richtschnur.network.operations import (
    forget_contact,
    keep_contact,
    record_consent,
    revoke_consent,
)
from richtschnur.network.rules import consent_wording
from richtschnur.network.states import Purpose
from richtschnur.network.views.staff.register import named


@requires("network.edit")
def contact(request: Any, identity: UUID, pk: int = 0) -> HttpResponse:
    """A person of the organisation: a new one, or one that is there."""
    one = named(identity)
    known = get_object_or_404(one.contacts.filter(erased_at__isnull=True), pk=pk) if pk else None
    names = ("name", "role", "email", "phone")
    initial = {name: getattr(known, name) for name in names} if known else None
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        keep_contact(
            organization=one,
            contact=known,
            **form.cleaned_data,
            by=actor_of(request),
            at=request.at,
        )
        messages.success(request, _("Saved."))
        return redirect("network:organization", identity)
    context = {"form": form, "organization": one, "contact": known}
    return render(request, "network/staff/contact.html", context)


@requires("network.forget")
def forget(request: Any, pk: int) -> HttpResponse:
    """Ask, then erase a person."""
    person = get_object_or_404(
        Contact.objects.filter(erased_at__isnull=True, organization__isnull=False).select_related(
            "organization"
        ),
        pk=pk,
    )
    assert person.organization is not None
    if request.method == "POST":
        forget_contact(contact=person, by=actor_of(request), at=request.at)
        messages.success(request, _("The person is erased. The organisation stays."))
        return redirect("network:organization", person.organization.identity)
    context = {"contact": person, "organization": person.organization}
    return render(request, "network/staff/forget.html", context)


@requires("network.edit")
def consent(request: Any, identity: UUID) -> HttpResponse:
    """Record what was agreed to in writing."""
    one, today = named(identity), localdate(request.at)
    form = ConsentForm(
        request.POST if request.method == "POST" else None,
        initial={"given_on": today, "purpose": Purpose.LISTING},
        organization=one,
        on=today,
    )
    if request.method == "POST" and form.is_valid():
        try:
            record_consent(
                organization=one, **form.cleaned_data, by=actor_of(request), at=request.at
            )
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The consent is recorded."))
            return redirect("network:organization", identity)
    wordings = [(purpose.label, consent_wording(purpose)) for purpose in Purpose]
    context = {"form": form, "organization": one, "wordings": wordings}
    return render(request, "network/staff/consent.html", context)


@requires("network.edit")
@require_POST
def revoke(request: Any, pk: int) -> HttpResponse:
    """A consent was taken back."""
    given = get_object_or_404(Consent.objects.select_related("organization"), pk=pk)
    revoke_consent(consent=given, by=actor_of(request), at=request.at)
    messages.success(request, _("The consent no longer holds; that it was given stays on record."))
    return redirect("network:organization", given.organization.identity)
