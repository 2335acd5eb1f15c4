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
from django.utils.cache import patch_cache_control

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
    """Lets a request through only to views that name an act which its actor may do.

    Pages made for somebody with cookies (a login, a basket) are for no shared cache.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.COOKIES and "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_cache=True)
        return response

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
        if request.user.must_change_password:
            change = reverse("accounts:password")
            return None if request.path == change else redirect(change)
        if not may(actor_of(request), act):
            raise PermissionDenied
        return None
