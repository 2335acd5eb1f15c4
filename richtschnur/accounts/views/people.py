"""People and offices, for the administration."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from richtschnur.accounts.forms import ChangePersonForm, NewPersonForm, OfficeForm
from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import Office, User, actor_of
from richtschnur.accounts.operations import add_office, add_user, change_user, reset_password
from richtschnur.accounts.queries import people as everybody
from richtschnur.accounts.rules import may
from richtschnur.journal.refusals import Refused


@requires("journal.read")
def setup(request: Any) -> HttpResponse:
    """What the administration sets, and the journal."""
    context = {"may_administer": may(actor_of(request), "accounts.administer")}
    return render(request, "accounts/staff/setup.html", context)


@requires("accounts.administer")
def people(request: Any) -> HttpResponse:
    """Everybody with a login."""
    return render(request, "accounts/staff/people.html", {"people": everybody()})


@requires("accounts.administer")
@never_cache
def person_add(request: Any) -> HttpResponse:
    """Add a person; her one-time password is shown on this page alone, and stored nowhere."""
    form = NewPersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        password = secrets.token_urlsafe(12)
        try:
            user = add_user(
                **form.cleaned_data, password=password, by=actor_of(request), at=request.at
            )
        except Refused as refusal:
            form.add_error("login", str(refusal))
        else:
            return _once(request, user, password)
    return render(request, "accounts/staff/person_add.html", {"form": form})


@requires("accounts.administer")
def person(request: Any, pk: int) -> HttpResponse:
    """Change a person's role and office, or close her account."""
    user = get_object_or_404(User.objects.select_related("office"), pk=pk)
    initial = {name: getattr(user, name) for name in ("name", "email", "role", "is_active")}
    form = ChangePersonForm(
        request.POST if request.method == "POST" else None,
        initial=initial | {"office": user.office_id},
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_user(user=user, **form.cleaned_data, by=actor_of(request), at=request.at)
        except (Refused, ValidationError) as refusal:
            form.add_error(None, str(refusal) if isinstance(refusal, Refused) else refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:people")
    return render(request, "accounts/staff/person.html", {"form": form, "person": user})


@requires("accounts.administer")
@require_POST
@never_cache
def person_password(request: Any, pk: int) -> HttpResponse:
    """A new one-time password, for someone who has forgotten hers."""
    user = get_object_or_404(User, pk=pk)
    password = secrets.token_urlsafe(12)
    reset_password(user=user, password=password, by=actor_of(request), at=request.at)
    return _once(request, user, password)


def _once(request: Any, user: User, password: str) -> HttpResponse:
    context = {"person": user, "password": password}
    return render(request, "accounts/staff/password_once.html", context)


@requires("accounts.administer")
def offices(request: Any) -> HttpResponse:
    """The offices, and a form for one more."""
    form = OfficeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        office = add_office(**form.cleaned_data, by=actor_of(request), at=request.at)
        messages.success(request, _("“%(office)s” was added.") % {"office": office})
        return redirect("accounts:offices")
    context = {"form": form, "offices": Office.objects.all()}
    return render(request, "accounts/staff/offices.html", context)
