"""Deny by default: a view that does not name its act is closed to everyone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import PUBLIC, may

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def requires(act: str) -> Callable[[View], View]:
    """Decorator: whoever calls this view must be allowed to do `act`."""

    def name_act(view: View) -> View:
        @wraps(view)
        def named(*args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(*args, **kwargs)

        named.act = act  # type: ignore[attr-defined]
        return named  # type: ignore[return-value]

    return name_act


def public(view: View) -> View:
    """Decorator: anyone may call this view."""
    return requires(PUBLIC)(view)


class PolicyMiddleware:
    """Lets a request through only to views that name an act which its actor may do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        act = getattr(view, "act", None)
        if act == PUBLIC:
            return None
        if act is None:
            raise PermissionDenied
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may(actor_of(request), act):
            raise PermissionDenied
        change = reverse("accounts:password")
        leaving = (change, reverse("accounts:logout"))
        if request.user.must_change_password and request.path not in leaving:
            return redirect(change)
        return None
