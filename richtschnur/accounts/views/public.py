"""Logging in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters

from richtschnur.accounts.forms import LoginForm
from richtschnur.accounts.middleware import public
from richtschnur.accounts.operations import forget_failed_logins, note_failed_login
from richtschnur.accounts.queries import recent_failures
from richtschnur.accounts.rules import seconds_to_wait


@public
@sensitive_post_parameters("password")
def log_in(request: Any) -> HttpResponse:
    """The login page; a login that failed often waits up to a minute, nobody longer."""
    target = _target(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(target)
    form = LoginForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        name, password = form.cleaned_data["login"], form.cleaned_data["password"]
        wait = seconds_to_wait(recent_failures(name, request.at), request.at)
        user = None if wait else authenticate(request, username=name, password=password)
        if user is not None:
            forget_failed_logins(login=name)
            login(request, user)
            return HttpResponseRedirect(target)
        if not wait:
            note_failed_login(login=name, at=request.at)
        form.add_error(None, _why_not(wait))
    context = {"form": form, "next": request.POST.get("next", request.GET.get("next", ""))}
    return render(request, "accounts/public/login.html", context)


def _why_not(wait: int) -> str:
    if not wait:
        return _("Login and password do not belong together. Please check both.")
    return ngettext(
        "There were several attempts with this login. Please wait %(n)s second, then try again.",
        "There were several attempts with this login. Please wait %(n)s seconds, then try again.",
        wait,
    ) % {"n": wait}


def _target(request: Any) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL)
