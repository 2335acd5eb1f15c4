"""The portal and the small files that the web expects."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override

from richtschnur.accounts.middleware import public
from richtschnur.contributions.states import Ground
from richtschnur.county.models import PageSlug
from richtschnur.county.queries import page as county_page
from richtschnur.county.queries import the_county
from richtschnur.publishing.queries import portal as portal_at
from richtschnur.ui.addresses import whole_address


@public
def portal(request: Any) -> HttpResponse:
    """The front page: what is open first."""
    context = {"portal": portal_at(request.at), "at": request.at}
    return render(request, "publishing/public/portal.html", context)


@public
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the county's own pages; says so when it is not written yet."""
    if slug not in PageSlug.values:
        raise Http404
    written = county_page(slug, get_language() or "")
    context: dict[str, Any] = {"written": written, "name": PageSlug(slug).label}
    if slug == PageSlug.PRIVACY:
        context["days"] = the_county().mails_kept_days
    elif slug == PageSlug.NETIQUETTE:
        context["grounds"] = Ground.labels
    return render(request, "publishing/public/page.html", context)


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
    lines = ["User-agent: *"]
    for code, _name in settings.LANGUAGES:
        with override(code):
            lines += [f"Disallow: {path}" for path in _not_for_search_engines()]
    lines += ["", f"Sitemap: {whole_address(request, reverse('site_map'))}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")


def _not_for_search_engines() -> list[str]:
    """What stands before the staff's pages and the receipts, in the language in force."""
    staff = [reverse(name) for name in ("desk:today", "strategy:desk", "consultation:work")]
    receipt = reverse("contributions:receipt", args=["x"]).removesuffix("x/")
    office = reverse("consultation:office", args=["x"]).removesuffix("x/")
    account = reverse("accounts:own").removesuffix("/").rpartition("/")[0] + "/"
    return [account, *staff, reverse("evaluation:consultations"), receipt, office]


@public
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116)."""
    from richtschnur.county.queries import the_county

    mail = the_county().email or "security@localhost"
    expires = request.at + timedelta(days=360)  # type: ignore[attr-defined]
    text = f"Contact: mailto:{mail}\nExpires: {expires:%Y-%m-%dT%H:%M:%SZ}\n"
    return HttpResponse(text, content_type="text/plain")
