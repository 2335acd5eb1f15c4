"""The own account: name in the header, logout, password, deputies."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from richtschnur.accounts.forms import DeputyForm, FirstPasswordForm, PasswordForm
from richtschnur.accounts.middleware import public, requires
from richtschnur.accounts.models import Deputy, User, actor_of
from richtschnur.accounts.operations import change_password, end_deputy, name_deputy
from richtschnur.accounts.queries import deputies as deputies_of
from richtschnur.accounts.rules import may
from richtschnur.journal.refusals import Forbidden, Refused


def header_person(request: Any, thing: Any) -> str:
    """Fills "header.person"; the error pages ask without a user."""
    if not hasattr(request, "user"):
        return ""
    return render_to_string("accounts/public/person.html", {"user": request.user}, request)


@public
@require_POST
def log_out(request: Any) -> HttpResponse:
    """End the session, and say so on the login page."""
    logout(request)
    messages.success(request, _("You are logged out."))
    return redirect("accounts:login")


@requires("accounts.use")
@sensitive_post_parameters()
def password(request: Any) -> HttpResponse:
    """Change the own password; after a one-time password everything else waits for this."""
    is_first = request.user.must_change_password
    kind = FirstPasswordForm if is_first else PasswordForm
    form = kind(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        new = form.cleaned_data["new"]
        by = request.user.actor(localdate(request.at))
        change_password(user=request.user, password=new, by=by, at=request.at)
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your new password holds from now on."))
        return redirect(settings.LOGIN_REDIRECT_URL if is_first else "accounts:own")
    return render(request, "accounts/staff/password.html", {"form": form, "is_first": is_first})


@requires("accounts.use")
def own(request: Any) -> HttpResponse:
    """What there is to set for oneself."""
    return render(request, "accounts/staff/own.html", {"person": request.user})


@requires("accounts.use")
def deputies(request: Any) -> HttpResponse:
    """Who stands in for whom: the own ones, for the administration all."""
    by = actor_of(request)
    may_name_others = may(by, "accounts.administer")
    form = DeputyForm(
        request.POST if request.method == "POST" else None,
        initial={"absent": request.user.pk},
        user=request.user,
        may_name_others=may_name_others,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = name_deputy(**{"absent": request.user} | form.cleaned_data, by=by, at=request.at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("%(stands_in)s stands in for %(absent)s.")
            messages.success(request, said % {"stands_in": made.stands_in, "absent": made.absent})
            return redirect("accounts:deputies")
    context = {
        "form": form,
        "may_name_others": may_name_others,
        "deputies": deputies_of(None if may_name_others else request.user)[:200],
        "today": localdate(request.at),
    }
    return render(request, "accounts/staff/deputies.html", context)


@requires("accounts.use")
@require_POST
def deputy_end(request: Any, pk: int) -> HttpResponse:
    """End one deputy's period."""
    deputy = get_object_or_404(Deputy.objects.select_related("absent"), pk=pk)
    concerned: User = deputy.absent
    if concerned != request.user and not may(actor_of(request), "accounts.administer"):
        raise Forbidden(_("Only the person who is away, or the administration, can end this."))
    end_deputy(deputy=deputy, by=actor_of(request), at=request.at)
    messages.success(
        request, _("From today on nobody stands in for %(name)s.") % {"name": concerned}
    )
    return redirect("accounts:deputies")
