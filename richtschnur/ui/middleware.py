"""Each request gets its moment; what an operation refuses becomes a page that says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.ui import clock
from richtschnur.ui.views import refusal_page


class RequestTimeMiddleware:
    """`request.at`: one moment for everything that happens in this request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.at = clock.now()
        return self.get_response(request)


class RefusalMiddleware:
    """A refusal that no form has shown yet ends on a page of its own, never in a traceback."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        status = 403 if isinstance(error, Forbidden) else 409
        status = 404 if error.code == "not-found" else status
        return refusal_page(request, str(error), status)
