"""The portal and the small files that the web expects."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language

from richtschnur.accounts.middleware import public


@public
def front_door(request: HttpRequest) -> HttpResponse:
    """`/` leads to the portal in the reader's language."""
    response = HttpResponseRedirect(f"/{get_language()}/")
    response["Vary"] = "Accept-Language, Cookie"
    return response


@public
def health(request: HttpRequest) -> HttpResponse:
    """Whether this process reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@public
def robots(request: HttpRequest) -> HttpResponse:
    """Secret addresses and the staff's side are not for search engines."""
    lines = ["User-agent: *", "Disallow: /*/staff/", "Disallow: /*/arbeit/", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@public
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116)."""
    from richtschnur.county.queries import the_county

    mail = the_county().email or "security@localhost"
    expires = request.at.replace(year=request.at.year + 1)  # type: ignore[attr-defined]
    text = f"Contact: mailto:{mail}\nExpires: {expires:%Y-%m-%dT%H:%M:%SZ}\n"
    return HttpResponse(text, content_type="text/plain")
