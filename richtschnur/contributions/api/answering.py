"""Answers in JSON; what is refused says why in the language that was asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.vary import vary_on_headers

from richtschnur.accounts.middleware import public
from richtschnur.journal.refusals import Refused
from richtschnur.ui.addresses import whole_address

Endpoint = Callable[..., Any]


class Invalid(Exception):
    """The body breaks rules; `fields` says for each place what to do."""

    def __init__(self, fields: dict[str, list[str]]) -> None:
        super().__init__("invalid")
        self.fields = fields


def endpoint(method: str) -> Callable[[Endpoint], Endpoint]:
    """Decorator: what the view returns becomes JSON, what it raises an error in JSON."""

    def decorate(view: Endpoint) -> Endpoint:
        @csrf_exempt
        @vary_on_headers("Accept-Language")
        @public
        @wraps(view)
        def answer(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in (method, "HEAD" if method == "GET" else method):
                said = _("This address takes %(method)s only.") % {"method": method}
                return error(405, "method", said, {"Allow": method})
            try:
                made = view(request, *args, **kwargs)
            except Invalid as invalid:
                said = _("Please look at these fields once more.")
                return error(422, "invalid", said, fields=invalid.fields)
            except Http404:
                return error(404, "not-found", _("There is nothing at this address."))
            except ValidationError as invalid:
                return error(422, "invalid", " ".join(invalid.messages))
            except Refused as refusal:
                return error(409, refusal.code or "refused", str(refusal))
            return made if isinstance(made, HttpResponse) else reply(made)

        return answer

    return decorate


def reply(content: Any, status: int = 200) -> JsonResponse:
    response = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def error(
    status: int,
    code: str,
    message: str,
    headers: dict[str, str] | None = None,
    **more: Any,
) -> JsonResponse:
    """An error that says what to do."""
    response = reply({"error": {"code": code, "message": message, **more}}, status)
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def receipt_address(request: Any, secret: str) -> str:
    """The whole address of the page of a receipt."""
    path = reverse("contributions:receipt", args=["SECRET"]).replace("SECRET", secret)
    return whole_address(request, path)


def body_of(request: Any) -> dict[str, Any]:
    """The JSON object that was sent. Raises Invalid."""
    try:
        given = json.loads(request.body.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Invalid({"": [_("Please send a JSON object in UTF-8.")]}) from None
    except RequestDataTooBig:
        raise Invalid({"": [_("This is too much at once. Please send less.")]}) from None
    if not isinstance(given, dict):
        raise Invalid({"": [_("Please send a JSON object in UTF-8.")]})
    return given


def _no_constant(name: str) -> None:
    raise ValueError(name)
